"""An article as counted terms: what it is compared by. Each article by itself; how rare a term is, only the whole corpus says.

A term is the 64-bit hash of a word's first letters, folded, so that case, accents and endings do not count, or of two such words in a row.
How terms are weighed stands in `likeness.py`.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.schemas import STORY_TERMS, STORY_TOKENS
from pipelines.stories.lexicon import days_of_week, words_of_grammar
from pipelines.stories.settings import StorySettings

Terms = NDArray[np.uint64]

# Where no blanks stand between words, a character is a word; a number is one with its separators.
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"\d+(?:[.,]\d+)+|[{_UNSPACED}]|[^\W_{_UNSPACED}]+(?:['’][^\W\d_]+)?")
_LETTERS_A_WORD = 8  # words are searched in so much of the text; longer ones on average are no prose
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))


def article_terms(articles: pa.Table, settings: StorySettings) -> pa.Table:
    """STORY_TERMS of articles, one row each, in order. `articles` has `id, title, text`.

    >>> rows = pa.table({"id": ["a"], "title": ["Dam breaks"], "text": ["The dam broke on Friday, 12 dead."]})
    >>> article_terms(rows, StorySettings())["days"].to_pylist()
    [16]
    """
    return counted_terms(article_tokens(articles, settings), settings)


def article_tokens(articles: pa.Table, settings: StorySettings) -> pa.Table:
    """STORY_TOKENS of articles, from which `counted_terms` makes their terms: a third of the numbers, and they compress better."""
    hashes: dict[str, int] = {}
    words, days = _Words(settings.stem, hashes), days_of_week()
    titles = [_WORD.findall((title or "").lower()) for title in articles["title"].to_pylist()]
    most = settings.words * _LETTERS_A_WORD
    texts = [_WORD.findall(text[:most].lower())[: settings.words] for text in articles["text"].to_pylist()]
    leads = [text[: settings.lead] for text in texts]
    numbers = [[word for word in (*title, *text) if word[0].isdecimal()] for title, text in zip(titles, texts, strict=True)]
    columns = [_listed(words.of(of_texts), len(of_texts)) for of_texts in (titles, texts, numbers)]
    named = [sum({days[word] for word in (*title, *lead) if word in days}) for title, lead in zip(titles, leads, strict=True)]
    return pa.table([articles["id"], *columns, pa.array(named, pa.int16())], schema=STORY_TOKENS)


def counted_terms(tokens: pa.Table, settings: StorySettings) -> pa.Table:
    """STORY_TERMS from STORY_TOKENS, in order. Sorting takes several times the room of the words: give some thousand articles at a time."""
    title_of, text_of, numbers = (_flat(tokens[name]) for name in ("title", "text", "numbers"))
    lead_of = _first(text_of, settings.lead)
    kept_title, kept_text, kept_lead = _without_grammar((title_of, text_of, lead_of), tokens.num_rows, settings.stem)
    columns: list[pa.Array] = [tokens["id"].combine_chunks()]
    for parts in (
        ((kept_title, settings.title), (kept_text, 1)),
        ((kept_title, settings.title), (kept_lead, 1)),
        ((_paired(title_of), settings.title), (_paired(_first(text_of, settings.paired)), 1)),
        ((numbers, 1),),
    ):
        columns += _counted(parts, tokens.num_rows)
    return pa.table([*columns, tokens["days"]], schema=STORY_TERMS)


def _listed(terms: tuple[NDArray[np.int64], Terms], texts: int) -> pa.Array:
    """Terms as a list column, in order."""
    of, hashes = terms
    return pa.ListArray.from_arrays(pa.array(np.searchsorted(of, np.arange(texts + 1)), pa.int32()), pa.array(hashes))


def _flat(lists: pa.ChunkedArray) -> tuple[NDArray[np.int64], Terms]:
    """The opposite of `_listed`."""
    column = lists.combine_chunks()
    return pc.list_parent_indices(column).to_numpy(), pc.list_flatten(column).to_numpy()


def _without_grammar(
    described: tuple[tuple[NDArray[np.int64], Terms], ...], texts: int, letters: int
) -> Iterator[tuple[NDArray[np.int64], Terms]]:
    """Title, text and lead without the words of grammar of the language that has most of them in title and lead; of equal ones the first.

    Where few articles are in a language, its "the" and "of" look as rare as names.
    """
    grammar = _grammar(letters)
    title, _, lead = described
    of, hashes = (np.concatenate(parts) for parts in zip(title, lead, strict=True))
    known, places = np.unique(hashes, return_inverse=True)
    seen = np.unique(of << 32 | places)  # each word of a text once
    of, places = seen >> 32, seen & 0xFFFFFFFF
    held = [np.bincount(of[np.isin(known, words)[places]], minlength=texts) for words in grammar]
    language = np.argmax(held, axis=0) if texts else np.zeros(0, np.int64)
    for of, hashes in described:
        kept = np.ones(len(of), bool)
        for place, words in enumerate(grammar):
            its = np.flatnonzero(language[of] == place)
            kept[its] = ~np.isin(hashes[its], words)
        yield of[kept], hashes[kept]


@functools.cache
def _grammar(letters: int) -> tuple[Terms, ...]:
    """The hashes of the words of grammar of each language."""
    return tuple(np.unique(np.array([_hash(stem(word, letters)) for word in words], np.uint64)) for words in words_of_grammar())


class _Words:
    """The hashes of words, each reckoned once."""

    def __init__(self, letters: int, known: dict[str, int]) -> None:
        self.letters, self.known = letters, known

    def of(self, texts: Sequence[Sequence[str]]) -> tuple[NDArray[np.int64], Terms]:
        """Text and hash of every word, in order."""
        known = self.known
        for word in {word for text in texts for word in text} - known.keys():
            known[word] = _hash(stem(word, self.letters))
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


def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _first(terms: tuple[NDArray[np.int64], Terms], count: int) -> tuple[NDArray[np.int64], Terms]:
    """The first terms of each text."""
    of, hashes = terms
    if not len(of):
        return terms
    begins = np.flatnonzero(np.r_[True, of[1:] != of[:-1]])
    place = np.arange(len(of)) - np.repeat(begins, np.diff(np.r_[begins, len(of)]))
    return of[place < count], hashes[place < count]


def _paired(terms: tuple[NDArray[np.int64], Terms]) -> tuple[NDArray[np.int64], Terms]:
    """The pairs of neighbours in each text, as terms of their own."""
    of, hashes = terms
    inside = of[1:] == of[:-1]
    return of[1:][inside], (hashes[:-1] * _MIX[0] ^ (hashes[1:] * _MIX[1]))[inside]


def _counted(parts: Sequence[tuple[tuple[NDArray[np.int64], Terms], int]], texts: int) -> list[pa.Array]:
    """Terms and counts of each text as two list columns, terms ascending."""
    of = np.concatenate([terms[0] for terms, _ in parts])
    hashes = np.concatenate([terms[1] for terms, _ in parts])
    weights = np.concatenate([np.full(len(terms[0]), weight, np.int32) for terms, weight in parts])
    order = np.lexsort((hashes, of))
    of, hashes, weights = of[order], hashes[order], weights[order]
    new = np.r_[True, (of[1:] != of[:-1]) | (hashes[1:] != hashes[:-1])] if len(of) else np.zeros(0, bool)
    begins = np.flatnonzero(new)
    counts = np.add.reduceat(weights, begins) if len(of) else weights
    offsets = pa.array(np.searchsorted(of[begins], np.arange(texts + 1)), pa.int32())
    lists: Callable[..., pa.Array] = pa.ListArray.from_arrays
    return [lists(offsets, pa.array(hashes[begins], pa.uint64())), lists(offsets, pa.array(counts, pa.int32()))]
