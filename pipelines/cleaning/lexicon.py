"""What cleaning knows on a page of a language: its own files, those that hold for every language, and what other languages share.

Which words there are and what they mean stands in `language_files.py`, `boilerplate_file.py` and in the files themselves. What is done with them does not stand
here: patterns are made next to the code that looks for them.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.cleaning.boilerplate_file import BoilerplateFile, Glued, Rule
from pipelines.cleaning.characters import codes_of, hashes_of
from pipelines.cleaning.columns import ListBit
from pipelines.cleaning.language_files import BylinesFile, CreditsFile, DatesFile
from pipelines.lexicons import files_for_pages, languages_with, merged
from pipelines.names import given_names
from pipelines.vocabulary import BlockKind
from pipelines.words_file import WordsFile

# A page in a language that has no folder, or in none that is known, is read as one in English: most widgets are, and a rule must not be
# tried in all languages at once.
FALLBACK = "en"


class WordTable(NamedTuple):
    """The words that a lexicon asks for, as a hash table with open addresses in which a kernel looks up every word of a text.

    `entries` are places in `lists` and `rules`, -1 where a slot is free.
    """

    keys: NDArray[np.uint64]
    entries: NDArray[np.int32]
    lists: NDArray[np.uint8]  # of each word, the ListBits
    rules: NDArray[np.bool_]  # [word, rule]: the rules that the word is a keyword of
    most_words: NDArray[np.int64]  # of each rule, the words of the longest line that it is tried on


@dataclass(frozen=True, eq=False, slots=True)
class Lexicon:
    """What is known on pages of one language. One object per language, so that what is made of it can be kept with it."""

    language: str
    words: WordsFile
    dates: DatesFile
    bylines: BylinesFile
    credits: CreditsFile
    rules: tuple[Rule, ...]
    glued: tuple[Glued, ...]
    glued_words: tuple[str, ...]
    labels: Mapping[str, BlockKind]
    label_words: frozenset[str]  # every word of the labels and boilerplate words: none is part of a name
    byline_words: tuple[str, ...]  # the longest first
    given_names: frozenset[str]
    table: WordTable


def known_languages() -> tuple[str, ...]:
    """The languages that cleaning has rules for."""
    return languages_with("boilerplate")


@functools.cache
def load_lexicon(language: str | None) -> Lexicon:
    """The lexicon of a language; for an unknown one, that of English.

    >>> load_lexicon("de").language, load_lexicon("xx").language, load_lexicon(None).language
    ('de', 'en', 'en')
    """
    return compose(language if language in known_languages() else FALLBACK)


@functools.cache
def compose(language: str, folder: Path | None = None) -> Lexicon:
    """The lexicon of a language from the files below a folder of languages, by default those of the package."""
    boilerplate = files_for_pages(language, "boilerplate", BoilerplateFile, folder)
    words = merged(files_for_pages(language, "words", WordsFile, folder))
    dates = merged(files_for_pages(language, "dates", DatesFile, folder))
    bylines = merged(files_for_pages(language, "bylines", BylinesFile, folder))
    rules = tuple(rule for file in boilerplate for rule in file.rule)
    labels = _labels(boilerplate)
    lists = {
        ListBit.FUNCTION: words.function_words,
        ListBit.READER: words.reader_words,
        ListBit.ROLE: words.role_words,
        ListBit.BOILERPLATE: words.boilerplate_words,
        ListBit.MONTH: frozenset(dates.months),
    }
    return Lexicon(
        language=language,
        words=words,
        dates=dates,
        bylines=bylines,
        credits=merged(files_for_pages(language, "credits", CreditsFile, folder)),
        rules=rules,
        glued=tuple(glued for file in boilerplate for glued in file.glued),
        glued_words=tuple(sorted({word for file in boilerplate for word in file.glued_words})),
        labels=labels,
        label_words=words.boilerplate_words.union(*(line.split() for line in labels)),
        byline_words=tuple(sorted(bylines.byline_words, key=lambda phrase: (-len(phrase), phrase))),
        given_names=given_names(language, folder),
        table=_word_table(lists, rules),
    )


def _labels(files: Sequence[BoilerplateFile]) -> dict[str, BlockKind]:
    """Whole lines and their kinds; the more specific file is right, and within one the first kind that has the line."""
    found: dict[str, BlockKind] = {}
    for file in files:
        for kind, lines in file.labels.items():
            for line in lines:
                found.setdefault(line.strip(" :"), kind)
    return found


def _word_table(lists: Mapping[ListBit, frozenset[str]], rules: Sequence[Rule]) -> WordTable:
    words = sorted({word for rule in rules for word in rule.keywords}.union(*lists.values()))
    place = {word: number for number, word in enumerate(words)}
    of_lists = np.zeros(len(words), np.uint8)
    for bit, known in lists.items():
        of_lists[[place[word] for word in known]] |= np.uint8(bit)
    of_rules = np.zeros((len(words), len(rules)), np.bool_)
    for number, rule in enumerate(rules):
        keywords = [place[word] for word in rule.keywords]
        of_lists[keywords] |= np.uint8(ListBit.KEYWORD)
        of_rules[keywords, number] = True
    ends = np.cumsum([len(word) for word in words], dtype=np.int64)
    hashes = hashes_of(codes_of("".join(words)), np.concatenate((np.zeros(1, np.int64), ends[:-1])), ends)
    size = 1 << (4 * len(words)).bit_length()
    keys, entries = np.zeros(size, np.uint64), np.full(size, -1, np.int32)
    for number, value in enumerate(hashes.tolist()):
        slot = value % size
        while entries[slot] >= 0:
            slot = (slot + 1) % size
        keys[slot], entries[slot] = value, number
    return WordTable(keys, entries, of_lists, of_rules, np.array([rule.words for rule in rules], np.int64))
