"""`seeds/languages/<code>/statements.toml` as it is read: words that change what a statement says, and the small words of all languages. What they mean
is said where they are used."""

from __future__ import annotations

import functools

from pydantic import Field

from pipelines.folding import folded
from pipelines.lexicons import LanguageFile, Phrases, WordSet, languages_with, read_language_file
from pipelines.words_file import WordsFile


class StatementsFile(LanguageFile):
    """Negations, and the words for numbers, folded. A number may have two words: `"quatre vingt" = 80`."""

    negations: WordSet = frozenset()
    no_negations: Phrases = frozenset()  # phrases that hold one and deny nothing: "not only"
    no_months: WordSet = frozenset()  # names of months that are other words as well
    ones: WordSet = frozenset()  # words for one, which are other words as well: they count behind tens only
    joins: WordSet = frozenset()  # words between the parts of a number
    numbers: dict[str, int] = Field(default_factory=dict)
    units: dict[str, WordSet] = Field(default_factory=dict)  # of measures, money and clocks, with the words for each


@functools.cache
def function_words() -> frozenset[str]:
    """Words of grammar of every language, folded: a word is seldom one in one language and telling in another."""
    files = (read_language_file(code, "words", WordsFile) for code in languages_with("words"))
    return frozenset(part for file in files for word in file.function_words for part in folded(word).split())


@functools.cache
def number_words() -> frozenset[str]:
    """The words for numbers in all languages that have a file for them."""
    files = (read_language_file(code, "statements", StatementsFile) for code in languages_with("statements"))
    return frozenset(word for file in files for word in file.numbers)
