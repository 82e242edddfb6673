"""An article as words: each article by itself. How they are counted stands in `descriptions.py`; how rare a word is, only the whole corpus says.

A term is a word's first letters, folded, so that case, accents and endings do not count, or two such words in a row. Words are held as 64-bit hashes.
How terms are weighed stands in `likeness.py`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.schemas import STORY_TOKENS
from pipelines.stories.lexicon import days_of_week
from pipelines.stories.settings import StorySettings

Terms = NDArray[np.uint64]

# Where no blanks stand between words, a character is a word; a number is one with its separators.
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"\d+(?:[.,]\d+)+|[{_UNSPACED}]|[^\W_{_UNSPACED}]+(?:['’][^\W\d_]+)?")
_INSIDE = re.compile(r"(?<=[\w,;] )([^\W\d_a-z]\w+)")  # a word that goes on with a sentence
_LETTERS_A_WORD = 8  # words are searched in so much of the text; longer ones on average are no prose


def article_tokens(articles: pa.Table, settings: StorySettings) -> pa.Table:
    """STORY_TOKENS of articles, one row each, in order, from which `descriptions.py` makes their terms: a third of the numbers, and they compress
    better. `articles` has `id, title, text`.

    >>> rows = pa.table({"id": ["a"], "title": ["Dam breaks"], "text": ["The dam broke on Friday, 12 dead."]})
    >>> article_tokens(rows, StorySettings())["days"].to_pylist()
    [16]
    """
    hashes: dict[str, int] = {}
    words, days = _Words(settings.stem, hashes), days_of_week()
    titles = [_WORD.findall((title or "").lower()) for title in articles["title"].to_pylist()]
    most = settings.words * _LETTERS_A_WORD
    texts = [_WORD.findall(text[:most].lower())[: settings.words] for text in articles["text"].to_pylist()]
    leads = [text[: settings.lead] for text in texts]
    numbers = [[word for word in (*title, *text) if word[0].isdecimal()] for title, text in zip(titles, texts, strict=True)]
    names = [_names(text[: settings.lead * _LETTERS_A_WORD]) for text in articles["text"].to_pylist()]
    columns = [_listed(words.of(of_texts), len(of_texts)) for of_texts in (titles, texts, numbers, names)]
    named = [sum({days[word] for word in (*title, *lead) if word in days}) for title, lead in zip(titles, leads, strict=True)]
    return pa.table([articles["id"], *columns, pa.array(named, pa.int16())], schema=STORY_TOKENS)


class Lists(NamedTuple):
    """Lists of numbers end to end; those of each begin and end at its `bounds`."""

    bounds: NDArray[np.int64]
    values: NDArray[np.int32]


class ArticleWords(NamedTuple):
    """The words of articles in ascending order of id, as numbers; which number a word has, does not matter."""

    ids: pa.Array
    title: Lists
    text: Lists
    numbers: Lists
    names: Lists  # of the beginning
    days: NDArray[np.int16]  # of the week, as bits from Monday on
    hashes: Terms  # the word of each number


def numbered(tokens: pa.Table) -> ArticleWords:
    """STORY_TOKENS with numbers in the place of hashes, by id."""
    tokens = tokens.sort_by("id")
    columns = [tokens[name].combine_chunks() for name in ("title", "text", "numbers", "names")]
    parts = [pc.list_flatten(column).to_numpy() for column in columns]
    hashes, numbers = np.unique(np.concatenate(parts), return_inverse=True)
    ends = np.cumsum([len(part) for part in parts])
    title, text, figures, names = (
        Lists(_bounds(pc.list_value_length(column)), values.astype(np.int32))
        for column, values in zip(columns, np.split(numbers.ravel(), ends[:-1]), strict=True)
    )
    return ArticleWords(
        tokens["id"].combine_chunks(), title, text, figures, names, tokens["days"].to_numpy(), hashes.astype(np.uint64)
    )


def _names(beginning: str) -> list[str]:
    """The words with a capital that no sentence begins with, lower case; in scripts without capitals none.

    >>> _names("The Tarvel dam burst. Mayor Ada Orme spoke.")
    ['tarvel', 'ada', 'orme']
    """
    return [match[1].lower() for match in _INSIDE.finditer(beginning) if match[1][0].isupper()]


def _listed(terms: tuple[NDArray[np.int64], Terms], texts: int) -> pa.Array:
    """Terms as a list column, in order."""
    of, hashes = terms
    return pa.ListArray.from_arrays(pa.array(np.searchsorted(of, np.arange(texts + 1)), pa.int32()), pa.array(hashes))


def _bounds(lengths: pa.Array) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(lengths.to_numpy(zero_copy_only=False))]).astype(np.int64)


class _Words:
    """The hashes of words, each reckoned once."""

    def __init__(self, letters: int, known: dict[str, int]) -> None:
        self.letters, self.known = letters, known

    def of(self, texts: Sequence[Sequence[str]]) -> tuple[NDArray[np.int64], Terms]:
        """Text and hash of every word, in order."""
        known = self.known
        for word in {word for text in texts for word in text} - known.keys():
            known[word] = hash_of(stem(word, self.letters))
        hashes = np.fromiter((known[word] for text in texts for word in text), np.uint64)
        return np.repeat(np.arange(len(texts)), [len(text) for text in texts]), hashes


def stem(word: str, letters: int) -> str:
    """The letters of a lower-case word that count.

    >>> stem("élections", 7), stem("1,200", 7), stem("putin's", 7), stem("l’orage", 7)
    ('electio', '1200', 'putin', 'orage')
    """
    if word[0].isdecimal():
        return word.replace(",", "")
    word = max(re.split("['’]", word), key=len) if not word.isalpha() else word
    if not word.isascii():
        word = "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))
    return word[:letters]


def hash_of(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
