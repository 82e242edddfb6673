"""What removed lines are that no rule and no label names: dates, rows of buttons, notes to the reader, by their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipelines.cleaning.dates import find_date
from pipelines.cleaning.lexicon import Lexicon
from pipelines.cleaning.lines import Line
from pipelines.cleaning.reached import is_reached
from pipelines.vocabulary import BlockKind

MIN_SHARED = 2  # different words of a kind in a line
DATE_SHARE = 0.4  # of a line's characters in its date
FEW_WORDS = 4  # of a line that is too short for words to tell
MAX_WORDS_UNADDRESSED = 16  # of a note that has no word to the reader
MAX_WORDS = 90  # of a line that is looked at
_VAGUE = (BlockKind.OTHER, BlockKind.NAVIGATION, BlockKind.RELATED, BlockKind.BYLINE)


def name_kinds(lines: Sequence[Line], texts: Sequence[str], body_end: int, lexicon: Lexicon) -> None:
    """Sets the kind of removed lines whose kind was a guess from their shape; reasons stay, for they say why a line went."""
    words = lexicon.words.kinds
    between = _between_comments(lines)
    for place, line in enumerate(lines):
        if line.kept or line.label is not None or (line.word_count <= FEW_WORDS and not _may_be_short_note(line, texts[place])):
            continue
        if line.sure is None and line.weak is None and line.kind in _VAGUE:
            own = _kind_of(line, texts[place], place >= body_end, words, lexicon)
            line.kind = BlockKind.COMMENTS if between[place] and own in _VAGUE else own
        elif line.sure is not None and line.kind == BlockKind.APPEAL and _share(line, words, BlockKind.COMMENTS) >= MIN_SHARED:
            line.kind = BlockKind.COMMENTS


def _between_comments(lines: Sequence[Line]) -> list[bool]:
    """Of each line, whether the nearest lines above and below it that a rule or a label names are those of comments."""
    named = [line.label or (line.sure.kind if line.sure else None) for line in lines]
    if BlockKind.COMMENTS not in named:
        return [False] * len(named)
    above = _carried(named)
    below = _carried(named[::-1])[::-1]
    return [a == b == BlockKind.COMMENTS for a, b in zip(above, below, strict=True)]


def _carried(named: Sequence[BlockKind | None]) -> list[BlockKind | None]:
    """The last kind before each place that has one."""
    found: list[BlockKind | None] = []
    last = None
    for kind in named:
        found.append(last)
        last = kind or last
    return found


def _kind_of(line: Line, text: str, below: bool, words: Mapping[BlockKind, frozenset[str]], lexicon: Lexicon) -> BlockKind:
    if " | " in text:
        labels = [lexicon.labels.get(piece.strip(" :").lower()) for piece in text.split(" | ")]
        if labels[0] is not None and None not in labels:
            return labels[0]
    if line.kind == BlockKind.BYLINE:
        return line.kind
    found = find_date(line.folded, lexicon) if len(line.text) <= 60 else None
    if found is not None and found.end - found.start >= DATE_SHARE * len(line.text):
        return BlockKind.DATE_STAMP
    if not FEW_WORDS < line.word_count <= MAX_WORDS:
        return line.kind
    if below and is_reached(line.text):
        return BlockKind.CONTACT
    if not line.counts[1] and line.word_count > MAX_WORDS_UNADDRESSED:
        return line.kind
    own = set(line.words)
    shares = {kind: len(own & known) for kind, known in words.items()}
    best = max(shares, key=lambda kind: shares[kind])
    return best if shares[best] >= MIN_SHARED else line.kind


def _may_be_short_note(line: Line, text: str) -> bool:
    """Whether a line of few words may be a date or a row of buttons."""
    return " | " in text or "20" in line.folded or "19" in line.folded


def _share(line: Line, words: Mapping[BlockKind, frozenset[str]], kind: BlockKind) -> int:
    """How many different words of a kind stand in a line."""
    return len(words.get(kind, frozenset()).intersection(line.words))
