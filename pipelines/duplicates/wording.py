"""What the wording of two texts says that counted words do not: forms, closing passages, lists.

Looks only at pairs that are asked for, as strings. What a pair is called by the answers is said in `kinds`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from ctypes import string_at
from functools import partial
from itertools import pairwise

import numpy as np

from pipelines.duplicates.forms import DIFFERENCES, names_and_numbers, words_are_others
from pipelines.duplicates.kernels.shapes import LocatedPassages, Places
from pipelines.duplicates.sketching import TextBuffers
from pipelines.folding import folded
from pipelines.statement_words import function_words, number_words

_MOST_PARAGRAPHS = 2  # of a closing passage; more are the body of a story
# A long word by its first letters; of scripts without blanks or with short words, two letters: Han, katakana, Hangul.
_TERM = re.compile("(?=([\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]{2}))|(?<![^\\W\\d_])([^\\W\\d_]{5,6})[^\\W\\d_]*")
_MIN_TERMS = 4
_TERMS_SHARED = 0.25  # of the beginning that has fewer
# Of 888 passages of news none shares so little with what stands around it, of 868 of another story about 250 do.
_MIN_NAMES, _NAMES_SHARED, _CONTENT_SHARED = 2, 0.1, 0.07
_CONTENT = re.compile(r"[^\W\d_]{4,}")
_CONTENT_LETTERS = 5  # so that endings do not count

_LEAD_BYTES = 1200  # of a text that are read for its lead, and for its form
_NOISY_BYTES = 1600  # of two texts that are read, from the first passage in common, where one may be a noisy copy
_BEFORE_BYTES = 160  # and as many before it: the name that a form begins with is in no passage

_MIN_LISTED = 20  # words of a passage that is judged as a list
_MAX_LISTED = 1000
_LIST_CAPITALS = 0.7  # of the words of a passage, from which on it is a list of names
_TEXT_CAPITALS = 0.4  # of the words of the whole text, above which capitals say nothing
_REPEATS_UP_TO, _REPEATED = 150, 0.5  # a passage of so few words, of which no more than this share are different


def other_facts(
    texts: TextBuffers, rows: tuple[np.ndarray, np.ndarray], asked: np.ndarray, noisy: np.ndarray, passages: LocatedPassages
) -> np.ndarray:
    """Of the pairs `asked` (bool) for: do their leads name other persons, places, days or numbers in the same words (bool)? Of the pairs that may be
    `noisy` copies (bool): do quite other words stand in the places of words?"""
    found = np.zeros(len(asked), bool)
    for pair in np.flatnonzero(asked):
        one, other = (_decoded(texts.places(side[[pair]]), 0, _LEAD_BYTES) for side in rows)
        found[pair] = any(differ(one, other) for differ in DIFFERENCES)
    for pair in np.flatnonzero(noisy):
        some = slice(passages.starts[pair], passages.ends[pair])
        begins = passages.spans[some][passages.in_order[some]][:, [0, 2]].min(axis=0).tolist()
        one, other = (
            _decoded(texts.places(side[[pair]]), max(0, begin - _BEFORE_BYTES), begin + _NOISY_BYTES)
            for side, begin in zip(rows, begins, strict=True)
        )
        found[pair] = words_are_others(one, other)
    return found


def closings(texts: TextBuffers, rows: tuple[np.ndarray, np.ndarray], asked: np.ndarray, passages: LocatedPassages) -> np.ndarray:
    """Of the pairs `asked` (bool) for: do they report other things before all that they share, or before the longest passage of it, which is no more than two paragraphs (bool)?"""
    found = np.zeros(len(asked), bool)
    for pair in np.flatnonzero(asked):
        spans = passages.spans[passages.starts[pair] : passages.ends[pair]]
        first, last, first_right, _ = spans[np.argmax(spans[:, 1] - spans[:, 0])].tolist()
        passage = _decoded(texts.places(rows[0][[pair]]), first, last)
        paragraphs = sum(bool(line.strip()) for line in passage.splitlines())
        for begins in (spans[:, [0, 2]].min(axis=0).tolist(), (first, first_right)):
            one, other = (_decoded(texts.places(side[[pair]]), 0, begin) for side, begin in zip(rows, begins, strict=True))
            found[pair] |= paragraphs <= _MOST_PARAGRAPHS and report_other_things(one, other)
    return found


def report_other_things(one: str, other: str) -> bool:
    """Whether two beginnings share hardly a long word or a name; false where they have too few to say.

    >>> one = "The rowers of Osk won the spring race on Saturday after their rivals had led until the last bend."
    >>> other = "Timber prices rose again because sawmills in the north lack workers, dealers said."
    >>> report_other_things(one, other), report_other_things(one, one)
    (True, False)
    """
    a, b = _terms(one), _terms(other)
    fewer = min(len(a), len(b))
    return fewer >= _MIN_TERMS and len(a & b) <= _TERMS_SHARED * fewer


def unrelated(
    texts: TextBuffers,
    rows: tuple[np.ndarray, np.ndarray],
    asked: np.ndarray,
    inserted_right: np.ndarray,
    passages: LocatedPassages,
) -> np.ndarray:
    """Of the pairs `asked` (bool) for: does the longest passage that only one has, the right one where `inserted_right`, name nothing of what stands around
    it (bool)?"""
    found = np.zeros(len(asked), bool)
    for pair in np.flatnonzero(asked):
        side = int(inserted_right[pair])
        some = slice(passages.starts[pair], passages.ends[pair])
        spans = sorted(passages.spans[some][passages.in_order[some]][:, 2 * side : 2 * side + 2].tolist())
        gaps = [(start - end, end, start) for (_, end), (start, _) in pairwise(spans)]
        if gaps:
            _, first, last = max(gaps)
            text = texts.places(rows[side][[pair]])
            around = _decoded(text, 0, first), _decoded(text, last, int(text.sizes[0]))
            found[pair] = names_nothing_of(_decoded(text, first, last), "\n".join(around))
    return found


def names_nothing_of(passage: str, around: str) -> bool:
    """Whether a passage has names or numbers of its own, and shares hardly one of them, and hardly another word of content, with the text around it.

    >>> around = "The ferry Sigrun will not sail before Friday. Divers found a rope of the Osk fish farm in its screw."
    >>> names_nothing_of("The striker Luca Reyes, who came from Dunmere, scored nineteen goals for them last season.", around)
    True
    >>> names_nothing_of("The shop on the island was out of milk when Sigrun stayed away, said Ole Marr, who has bread.", around)
    False
    """
    own, others = names_and_numbers(passage), names_and_numbers(around)
    words, more = _content(passage), _content(around)
    names_none = len(own) >= _MIN_NAMES and len(own & others) <= _NAMES_SHARED * len(own)
    return names_none and len(words) >= _MIN_TERMS and len(words & more) <= _CONTENT_SHARED * len(words)


def _content(text: str) -> set[str]:
    """The beginnings of words that are no small words and no numbers."""
    words = {folded(match[0]) for match in _CONTENT.finditer(text)}
    return {word[:_CONTENT_LETTERS] for word in words - function_words() - number_words()}


def _terms(text: str) -> set[str]:
    return {(match[1] or match[2]).casefold() for match in _TERM.finditer(text)}


def listed(texts: TextBuffers, rows: np.ndarray, asked: np.ndarray, passages: LocatedPassages) -> np.ndarray:
    """Of the pairs `asked` (bool) for: is the longest passage that they share a list of names, or one line over and over (bool)?

    `rows` are those of the left texts.
    """
    found = np.zeros(len(asked), bool)
    for pair in np.flatnonzero(asked):
        spans = passages.spans[passages.starts[pair] : passages.ends[pair], :2]
        if len(spans):
            first, last = spans[np.argmax(spans[:, 1] - spans[:, 0])].tolist()
            text = texts.places(rows[[pair]])
            found[pair] = is_list(_decoded(text, first, last), partial(_decoded, text, 0, int(text.sizes[0])))
    return found


def is_list(passage: str, whole: Callable[[], str]) -> bool:
    """Whether a passage is a list of names in a text of sentences, or one line over and over. `whole()` gives the text around it.

    >>> is_list("Share on Post (opens in a new window) " * 4, str)
    True
    >>> is_list("The council voted on Tuesday to close the old ferry terminal at Osk after engineers had warned that it may fall.", str)
    False
    """
    words = passage.split()
    if not _MIN_LISTED <= len(words) <= _MAX_LISTED:
        return False
    if len(words) <= _REPEATS_UP_TO and len({word.casefold() for word in words}) <= _REPEATED * len(words):
        return True
    if _capitals(words) < _LIST_CAPITALS:
        return False
    around = whole().replace(passage, " ").split()
    return bool(around) and _capitals(around) <= _TEXT_CAPITALS


def _capitals(words: list[str]) -> float:
    return sum(word[:1].isupper() for word in words) / len(words)


def _decoded(text: Places, first: int, last: int) -> str:
    """The characters of bytes `first` to `last` of one text."""
    size = min(last, int(text.sizes[0])) - first
    return string_at(int(text.addresses[0]) + first, size).decode("utf-8", "ignore") if size > 0 else ""
