"""Two statements of one form: the same words in the same order, but for slots that hold quite other ones. "I thank the staff for their patience" is not
"I thank the customers for their trust". A translator who puts other words for some puts other small words too.

What follows from it for a pair is said in `corroboration`.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from difflib import SequenceMatcher

from pipelines.cleaning.language_files import WordsFile
from pipelines.lexicons import languages_with, read_language_file
from pipelines.utterances.folding import folded
from pipelines.utterances.wording import negations_of_all, words_of_all

_MIN_REPLACED = 2  # content words on either side
_MOST_WORDS = 14  # of a statement; in longer ones a translator finds other words for two by chance
_MOST_IN_SLOT = 3  # words
_ALIKE = 0.6  # letters in common of two spellings, or forms, of one word
_LETTERS = 5  # of a word that count, so that endings do not


@functools.cache
def function_words() -> frozenset[str]:
    """Words of grammar of every language, folded: a word is seldom one in one language and telling in another."""
    files = (read_language_file(code, "words", WordsFile) for code in languages_with("words"))
    return frozenset(part for file in files for word in file.function_words for part in folded(word).split())


def have_one_form(one: str, other: str) -> bool:
    """Whether two folded statements differ only in slots, which hold at least two quite other words of content in all. A number or day by itself is none: it is
    what a report may have wrong.

    >>> have_one_form("i thank the staff for their patience", "i thank the customers for their trust")
    True
    >>> have_one_form("i thank the staff for their patience", "i thank all of the staff for having been so patient")
    False
    >>> have_one_form("there are 14 cracks in the wall", "there are 40 cracks in the wall")
    False
    """
    a, b = one.split(), other.split()
    if max(len(a), len(b)) > _MOST_WORDS:
        return False
    stems = [{word[:_LETTERS] for word in words} for words in (a, b)]
    replaced = 0
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        here, there = _content(a[a0:a1], stems[1]), _content(b[b0:b1], stems[0])
        if not (here and there) and all(map(_says_number_or_day, (a[a0:a1], b[b0:b1]))):
            continue
        if max(a1 - a0, b1 - b0) > _MOST_IN_SLOT or not (here and there) or _rest(a[a0:a1], here) != _rest(b[b0:b1], there):
            return False
        if SequenceMatcher(None, " ".join(here), " ".join(there), autojunk=False).ratio() >= _ALIKE:
            return False
        replaced += min(len(here), len(there))
    return replaced >= _MIN_REPLACED


def _rest(words: Sequence[str], content: Sequence[str]) -> list[str]:
    return [word for word in words if word not in content]


def _content(words: Sequence[str], elsewhere: set[str]) -> list[str]:
    """The words that are neither of grammar nor a number or day, and do not stand elsewhere in the other statement."""
    grammar, known = function_words(), words_of_all()
    return [w for w in words if not (w in grammar or w in known or w.isdigit() or w[:_LETTERS] in elsewhere)]


def _says_number_or_day(words: Sequence[str]) -> bool:
    return any(word.isdigit() or word in words_of_all() for word in words)


def denies(one: str, other: str) -> bool:
    """Whether one of two folded statements has a negation more.

    >>> denies("there will be no dismissals", "there will be dismissals")
    True
    """
    a, b = (sum(word in negations_of_all() for word in text.split()) for text in (one, other))
    return a != b
