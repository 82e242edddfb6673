"""Two texts side by side, for a person: what they share, what only one of them has."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from pipelines.duplicates.kernels.shapes import LocatedPassages, Passage, Span
from pipelines.duplicates.kinds import EQUAL, Context, hinging_on_insertion, verdicts_of
from pipelines.duplicates.reading import read_what_verdicts_hang_on
from pipelines.duplicates.settings import DuplicateSettings
from pipelines.duplicates.sketching import TextBuffers, sketch_texts
from pipelines.duplicates.verification import cohesion, compare, locate

_WORD = re.compile(r"\S+")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_MAX_GAP = 3000  # words; a longer gap between shared passages is shown as it is, not searched for single words
_RED, _GREEN, _PLAIN = "\x1b[31m", "\x1b[32m", "\x1b[0m"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Comparison:
    """Two texts and what they share. `passages` are (a_start, a_end, b_start, b_end) in characters, by place in a."""

    a_text: str
    b_text: str
    kind: str | None  # null where too little is shared to call them a pair
    reason: str | None
    jaccard: float
    containment_a: float
    containment_b: float
    passages: tuple[tuple[int, int, int, int], ...]

    def render(self, width: int = 120, colour: bool = False) -> str:
        """Both texts in two columns. What only one has is marked [-so-] and {+so+}, or red and green."""
        return "\n".join(_rows(self, max(40, width), colour))


def compare_articles(a_text: str, b_text: str, settings: DuplicateSettings | None = None) -> Comparison:
    """What the two texts share; they are called a pair as `find_duplicates` would call them, without dates and publishers."""
    settings = settings or DuplicateSettings()
    texts = pa.array([a_text, b_text], pa.large_string())
    found = sketch_texts([texts], settings)
    one, two = np.array([0]), np.array([1])
    equal = bool(found.words[0]) and bool((found.text_hashes[0] == found.text_hashes[1]).all())
    both = np.array([0, 1])
    compared, aligned = compare(found, both, (one, two), settings, everything=True)
    words = aligned.passages[:, Passage.LEFT : Passage.IN_ORDER]
    if equal:
        words = np.array([[0, found.words[0], 0, found.words[1]]])
    text = np.repeat([0, 1], len(words))
    read = TextBuffers(texts)
    firsts, lasts = words[:, [0, 2]].T.reshape(-1), words[:, [1, 3]].T.reshape(-1)
    in_a, in_b = np.split(locate(read, both, found.words, text, firsts, lasts, 1), 2)
    if equal:
        kind: str | None = "exact"
        reason: str | None = EQUAL
        jaccard, share_a, share_b = 1.0, 1.0, 1.0
    else:
        bytes_of = [Span.FIRST_BYTE, Span.LAST_BYTE]
        passages = LocatedPassages(
            np.zeros(1, np.int64),
            np.array([len(words)]),
            aligned.passages[:, Passage.IN_ORDER] == 1,
            np.hstack([in_a[:, bytes_of], in_b[:, bytes_of]]),
        )
        nothing = Context(np.array([-1]), np.zeros(1), np.ones(1), *[np.zeros(1, bool)] * 3)
        hinging = hinging_on_insertion(compared, aligned, nothing, settings)
        aligned.cohesion = cohesion(found, both, compared, aligned, hinging, 1)
        read_what_verdicts_hang_on(read, (one, two), compared, aligned, nothing, settings, passages, 1)
        verdicts = verdicts_of(compared, aligned, nothing, settings)
        kind, reason = (name or None for name in verdicts.names[verdicts.rule[0]])
        jaccard, share_a, share_b = (float(x[0]) for x in (compared.jaccard, compared.containment_left, compared.containment_right))
    shown = np.hstack([in_a[:, [Span.FIRST_CHARACTER, Span.LAST_CHARACTER]], in_b[:, [Span.FIRST_CHARACTER, Span.LAST_CHARACTER]]])
    places = tuple((a0, a1, b0, b1) for a0, a1, b0, b1 in sorted(shown.tolist()))
    return Comparison(a_text, b_text, kind, reason, jaccard, share_a, share_b, places)


Piece = tuple[str, list[str], list[str]]  # equal or changed, words of a, words of b


def _pieces(shown: Comparison) -> Iterator[Piece]:
    """Both texts from beginning to end, cut where they part and meet again."""
    last_a = last_b = 0
    for a0, a1, b0, b1 in _in_order(shown.passages):
        yield from _gap(shown.a_text[last_a:a0], shown.b_text[last_b:b0])
        yield "equal", _WORD.findall(shown.a_text[a0:a1]), _WORD.findall(shown.b_text[b0:b1])
        last_a, last_b = a1, b1
    yield from _gap(shown.a_text[last_a:], shown.b_text[last_b:])


def _in_order(passages: tuple[tuple[int, int, int, int], ...]) -> list[tuple[int, int, int, int]]:
    """The passages that are in order in both texts, the longest kept where two cross."""
    kept: list[tuple[int, int, int, int]] = []
    for passage in sorted(passages, key=lambda p: (p[0] - p[1], p)):
        if all((passage[1] <= k[0] and passage[3] <= k[2]) or (k[1] <= passage[0] and k[3] <= passage[2]) for k in kept):
            kept.append(passage)
    return sorted(kept)


def _gap(a: str, b: str) -> Iterator[Piece]:
    a_words, b_words = _WORD.findall(a), _WORD.findall(b)
    if not a_words or not b_words or max(len(a_words), len(b_words)) > _MAX_GAP:
        if a_words or b_words:
            yield "changed", a_words, b_words
        return
    for tag, a0, a1, b0, b1 in difflib.SequenceMatcher(None, a_words, b_words, autojunk=False).get_opcodes():
        yield ("equal" if tag == "equal" else "changed"), a_words[a0:a1], b_words[b0:b1]


def _rows(shown: Comparison, width: int, colour: bool) -> Iterator[str]:
    side = (width - 3) // 2
    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    for tag, a_words, b_words in _pieces(shown):
        changed = tag == "changed"
        if not changed:
            for a_word, b_word in _paired(a_words, b_words):
                left += [(a_word, False)] if a_word else []
                right += [(b_word, False)] if b_word else []
                if _SENTENCE_END.search(a_word or b_word):
                    yield from _side_by_side(left, right, side, colour)
                    left, right = [], []
        else:
            left += [(word, True) for word in a_words]
            right += [(word, True) for word in b_words]
    yield from _side_by_side(left, right, side, colour)


def _paired(a: list[str], b: list[str]) -> Iterator[tuple[str, str]]:
    for i in range(max(len(a), len(b))):
        yield (a[i] if i < len(a) else ""), (b[i] if i < len(b) else "")


def _side_by_side(left: list[tuple[str, bool]], right: list[tuple[str, bool]], side: int, colour: bool) -> Iterator[str]:
    left_lines, right_lines = _wrapped(left, side, colour, "[-", "-]", _RED), _wrapped(right, side, colour, "{+", "+}", _GREEN)
    mark = "|" if any(changed for _, changed in left + right) else " "
    for i in range(max(len(left_lines), len(right_lines))):
        a, a_width = left_lines[i] if i < len(left_lines) else ("", 0)
        b, _ = right_lines[i] if i < len(right_lines) else ("", 0)
        yield f"{a}{' ' * (side - a_width)} {mark} {b}".rstrip()


def _wrapped(words: list[tuple[str, bool]], side: int, colour: bool, opening: str, closing: str, hue: str) -> list[tuple[str, int]]:
    """Lines of at most `side` columns, each with its visible width."""
    shown: list[tuple[str, bool]] = []
    for i, (raw, changed) in enumerate(words):
        word = _CONTROL.sub("�", raw)
        if changed and not colour:
            before = opening if i == 0 or not words[i - 1][1] else ""
            after = closing if i + 1 == len(words) or not words[i + 1][1] else ""
            word = before + word + after
        while _columns(word) > side:
            cut = _cut(word, side)
            shown.append((word[:cut], changed))
            word = word[cut:]
        shown.append((word, changed))
    lines: list[tuple[str, int]] = []
    line, used = "", 0
    for word, changed in shown:
        size = _columns(word)
        if used and used + 1 + size > side:
            lines.append((line, used))
            line, used = "", 0
        if used:
            line, used = line + " ", used + 1
        line += f"{hue}{word}{_PLAIN}" if changed and colour else word
        used += size
    return [*lines, (line, used)] if used else lines


def _columns(word: str) -> int:
    """Columns on a terminal: two for wide characters, none for combining ones."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in word)


def _cut(word: str, side: int) -> int:
    used = 0
    for i, c in enumerate(word):
        used += _columns(c)
        if used > side:
            return max(1, i)
    return len(word)
