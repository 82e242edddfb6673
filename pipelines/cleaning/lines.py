"""A line as the verdict sees it: its words, the rules that hit it, and numbers that no other line can change."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.cleaning.bylines import is_name_line
from pipelines.cleaning.rules import WORD_CLASS_BITS, Pack, Rule, fold, words_of
from pipelines.vocabulary import BlockKind

_BULLETS = "*+•·-–—>»▶►|"
_SENTENCE_ENDS = (".", "!", "?", "…", ":")
_COUNT = (1 << WORD_CLASS_BITS) - 1
MOST_KNOWN = 80  # characters of a line that is likely to come back on other pages
VERSION_SHARE = 0.35  # of the characters in sentences; furniture that comes back is less, an update or a reprint has more in common
LONG_WORD = 5  # letters; names and matter rather than grammar


@dataclass(slots=True)
class Line:
    """One block. `kind` and `reason` are the verdict; `score` the chance of being body where the model was asked."""

    text: str
    gap: int  # blank lines above it
    folded: str
    words: list[str]
    long_words: frozenset[str]
    label: BlockKind | None
    sure: Rule | None
    weak: Rule | None
    hits: int
    bucket: int
    sentence: bool
    name: bool
    counts: tuple[float, ...]  # function, reader, role and furniture words, link, bullet, month, year
    kind: BlockKind = BlockKind.BODY
    reason: str = ""
    score: float | None = None

    @property
    def flagged(self) -> bool:
        """Whether a rule, a label or repetition speaks against it."""
        return self.label is not None or self.hits > 0

    @property
    def kept(self) -> bool:
        return self.kind is BlockKind.BODY

    def keep(self, reason: str) -> None:
        """Says why a line is body; the first reason stands."""
        if self.kept and not self.reason:
            self.reason = reason

    def remove(self, kind: BlockKind, reason: str) -> None:
        self.kind, self.reason = kind, reason


def line_of(text: str, gap: int, pack: Pack, bucket: int = 0) -> Line:
    """The line of a block's repaired text."""
    folded = fold(text)
    words = words_of(folded)
    label = None
    if len(words) <= 8:
        label = pack.labels.get(folded.strip(" :")) or pack.labels.get(folded.lstrip(_BULLETS + "o ").strip(" :"))
    rules = [pack.rules[place] for place in pack.rules_hit(folded, [*words, "©"] if "©" in folded else words, len(words))]
    return Line(
        text=text,
        gap=gap,
        folded=folded,
        words=words,
        long_words=frozenset([word for word in words if len(word) >= LONG_WORD]),
        label=label,
        sure=next((rule for rule in rules if rule.sure), None),
        weak=next((rule for rule in rules if not rule.sure), None),
        hits=len(rules),
        bucket=bucket,
        sentence=len(words) >= 6 and text.rstrip("\"'”’»)]").endswith(_SENTENCE_ENDS),
        name=len(text) <= 40 and is_name_line(text, pack),
        counts=_counts(text, folded, words, pack),
    )


def _line_once(text: str, gap: int, pack: Pack, known: Known) -> Line:
    """The line of a text that may have been read before on another page: short ones come back, long ones hardly ever."""
    if len(text) > MOST_KNOWN:
        return line_of(text, gap, pack)
    key = (pack.language, text)
    line = known.get(key)
    if line is None:
        line = known[key] = line_of(text, gap, pack)
        return line
    return Line(
        text,
        gap,
        line.folded,
        line.words,
        line.long_words,
        line.label,
        line.sure,
        line.weak,
        line.hits,
        0,
        line.sentence,
        line.name,
        line.counts,
    )


def _counts(text: str, folded: str, words: Sequence[str], pack: Pack) -> tuple[float, ...]:
    short = len(words) <= 12
    classes = pack.word_classes
    counted = sum(filter(None, map(classes.get, words)))
    return (
        counted & _COUNT,
        min(counted >> WORD_CLASS_BITS & _COUNT, 5),
        min(counted >> 2 * WORD_CLASS_BITS & _COUNT, 3),
        min(counted >> 3 * WORD_CLASS_BITS, 6),
        "http" in folded or "www." in folded or "@" in text or ".com" in folded,
        text[0] in _BULLETS or text.startswith("o "),
        short and not pack.months.keys().isdisjoint(words),
        short and any(len(word) == 4 and word[:2] in ("19", "20") and word.isdigit() for word in words),
    )


Known = dict[tuple[str, str], Line]  # language of the pack and text, to the line as it was read first


def lines_of(
    texts: Sequence[str], gaps: Sequence[int], pack: Pack, buckets: Mapping[int, int], hashes: Sequence[int], known: Known
) -> list[Line]:
    """The lines of a document; `hashes` are looked up in `buckets` where there are any. Lines read before are in `known`."""
    lines = [_line_once(text, gap, pack, known) for text, gap in zip(texts, gaps, strict=True)]
    if not buckets:
        return lines
    for line, value in zip(lines, hashes, strict=True):
        line.bucket = buckets.get(value, 0)
    _forgive_versions(lines)
    return lines


def _forgive_versions(lines: Sequence[Line]) -> None:
    """Forgets repetition of sentences in another version of a story, which has most of its sentences in common with the first."""
    told = [line for line in lines if line.sentence and not line.flagged]
    repeated = [line for line in told if line.bucket]
    if sum(len(line.text) for line in repeated) > VERSION_SHARE * sum(len(line.text) for line in told):
        for line in repeated:
            line.bucket = 0


_CREDITED = re.compile(
    r"(?:\b(?:photo|image|picture|photograph|foto|фото|bild)s?(?: by)? ?: .{2,80}|\([^()]{3,60}(?: ?/ ?| via )[^()]{2,60}\))\.?$"
)


def is_credited(folded: str) -> bool:
    """Whether a line ends with who took the picture: it is a caption.

    >>> is_credited("a bridge in may. (jane roe / agency)"), is_credited("the bridge is closed.")
    (True, False)
    """
    return _CREDITED.search(folded[-200:]) is not None


def densest_run(lines: Sequence[Line]) -> tuple[int, int]:
    """First and one past last line of the stretch with the most words in sentences, less what stands between them."""
    best, span, total, start = 0.0, (0, len(lines)), 0.0, 0
    for place, line in enumerate(lines):
        if total <= 0:
            total, start = 0.0, place
        total += min(len(line.words), 60) if line.sentence and not line.flagged and line.kept else -12
        if total > best:
            best, span = total, (start, place + 1)
    return span
