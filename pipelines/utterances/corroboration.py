"""What words have to prove by themselves, where nothing else that was said stands in both articles.

Two articles much alike, each with one short quote, say at the same place in the text "We are very happy with the result" and "We are very
disappointed with the result". What stands around the words speaks for one statement, and so do most of the words. Where several
statements of two articles meet, each speaks for the others: an outlet that made its own translation of one made its own of all. Where none does,
words that are few or usual have to be the same, nearly.
"""

from __future__ import annotations

import functools
from collections import Counter
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.statement_words import function_words
from pipelines.utterances.article_words import said_words
from pipelines.utterances.forms import denies, have_one_form
from pipelines.utterances.kernels.load import KERNELS, in_threads
from pipelines.utterances.measures import Pairs
from pipelines.utterances.rarity import rarity, word_buckets, word_hash
from pipelines.utterances.settings import UtteranceSettings
from pipelines.utterances.statements import Columns

_IN_THREAD = 1 << 13  # pairs
_LETTERS = 5  # of a word that count, so that endings do not
_USUAL = 0.3  # worth of a word of grammar; what every word is worth at least
_NEVER = 2.0  # a share that no words have
_MOST = 4.3  # worth of a word at most: the table of rarity is of English, and words of other languages are not in it


class Corroborated(NamedTuple):
    """Of each pair: whether its words prove too little by themselves and nothing else does, and whether its articles are translations of one."""

    too_little: NDArray[np.bool_]
    translations: NDArray[np.bool_]


def corroborated(
    said: Columns,
    pairs: Pairs,
    alike: NDArray[np.bool_],
    speakers: NDArray[np.float64],
    apart: NDArray[np.float64],
    held: NDArray[np.float64],
    settings: UtteranceSettings,
) -> Corroborated:
    """What the other statements of two articles say of each pair. `alike`: the pairs that are alike enough, each the best for the other's
    article; `speakers`: -1 where two are named; `apart`: days between the articles; `held`: the quoted statements of each article.

    Reported speech corroborates nothing: articles on one event report the same.
    """
    if not len(alike):
        return Corroborated(np.zeros(0, bool), np.zeros(0, bool))
    shared, differing = np.zeros(len(alike)), np.zeros(len(alike))
    asked = np.flatnonzero(alike)
    shared[asked], differing[asked] = all_in_common(said.words, pairs.first[asked], pairs.second[asked])
    meeting = alike & said.open[pairs.first] & said.open[pairs.second]
    reworded = meeting & (shared < settings.reworded * (shared + differing))
    _, between = np.unique(said.article[pairs.first] << 32 | said.article[pairs.second], return_inverse=True)
    others = np.bincount(between, weights=reworded)[between] - reworded
    fewer = np.minimum(held[said.article[pairs.first]], held[said.article[pairs.second]])
    translations = (
        (pairs.articles_alike >= settings.translated_alike)
        & (others > 0)
        & (np.bincount(between, weights=meeting)[between] >= np.maximum(settings.translated, settings.translated_share * fewer))
    )
    share = _share_of_few(shared + differing, _wanted(said, pairs, speakers, apart, others > 0, settings), settings)
    usual = (apart > settings.window) & (shared < settings.worth_on_another_day)
    too_little = alike & ~translations & (usual | (shared < share * (shared + differing)))
    two = (speakers < 0) & said.person_by_name[pairs.first] & said.person_by_name[pairs.second]
    unsure = np.flatnonzero(alike & ~translations & ~too_little & ((differing > 0) | two))
    versions = (pairs.articles_alike >= settings.versions_alike) & (speakers > 0) & (others == 0)
    too_little[unsure] = _are_two(said.words, pairs.first[unsure], pairs.second[unsure], two[unsure], versions[unsure])
    return Corroborated(too_little, translations)


def _are_two(
    words: pa.ChunkedArray,
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    of_two: NDArray[np.bool_],
    versions: NDArray[np.bool_],
) -> list[bool]:
    """Of pairs, whether of two people one affirms what the other denies, or two `versions` of one text have statements of one form."""
    sides = (words.take(pa.array(side, pa.int64())).to_pylist() for side in (first, second))
    rows = zip(*sides, of_two.tolist(), versions.tolist(), strict=True)
    return [(two and denies(one, other)) or (version and have_one_form(one, other)) for one, other, two, version in rows]


def _wanted(
    said: Columns,
    pairs: Pairs,
    speakers: NDArray[np.float64],
    apart: NDArray[np.float64],
    others: NDArray[np.bool_],
    settings: UtteranceSettings,
) -> NDArray[np.float64]:
    """The share of few words that has to stand in both. `others`: whether other statements of the two articles meet."""
    wording = pc.dictionary_encode(said.words.combine_chunks()).indices.to_numpy()
    person = said.person_by_name
    words = pc.count_substring(said.words, " ").to_numpy() + 1
    few = np.minimum(words[pairs.first], words[pairs.second]) < settings.fewest_to_differ
    cases = (
        (wording[pairs.first] == wording[pairs.second], 0.0),
        (few, _NEVER),  # "Eleven hours." stands in much that somebody says
        ((speakers < 0) & person[pairs.first] & person[pairs.second], settings.same_words_of_two),
        (others, 0.0),
        (apart >= settings.another_day, settings.same_words_of_two),
    )
    alike = np.interp(pairs.articles_alike, settings.copied, settings.same_words)
    return np.select([case for case, _ in cases], [share for _, share in cases], alike)


def _share_of_few(worth: NDArray[np.float64], wanted: NDArray[np.float64], settings: UtteranceSettings) -> NDArray[np.float64]:
    """The share of words worth so much that has to stand in both: as `wanted` for few words, less for many."""
    (few, many), least = settings.few_words, np.minimum(wanted, settings.many_same_words)
    return np.where(worth < few, wanted, np.where(worth >= many, least, (least - wanted) / (many - few) * (worth - few) + wanted))


class Excerpts(NamedTuple):
    """Of each pair: whether one stands in the other, in order, and is too much to be a turn of speech; and whether it stands there whole, by a
    speaker who is no other: of a long statement two outlets may each print another half, so that neither is the nearest to it."""

    telling: NDArray[np.bool_]
    whole: NDArray[np.bool_]


def excerpts(said: Columns, pairs: Pairs, speakers: NDArray[np.float64], settings: UtteranceSettings) -> Excerpts:
    """See `Excerpts`; a telling one is by one named speaker, neither is reported speech."""
    telling, whole = np.zeros(len(speakers), bool), np.zeros(len(speakers), bool)
    asked = np.flatnonzero((speakers >= 0) & (pairs.in_order >= settings.excerpt_in_order))
    shared, differing = all_in_common(said.words, pairs.first[asked], pairs.second[asked])
    telling[asked] = (speakers[asked] > 0) & (shared >= settings.excerpt_words) & (differing <= 2 * _USUAL)
    whole[asked] = (shared >= settings.whole_words) & (differing == 0)
    whole[asked] &= said.open[pairs.first[asked]] & said.open[pairs.second[asked]]
    return Excerpts(telling, whole)


def all_in_common(
    words: pa.ChunkedArray, first: NDArray[np.int64], second: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """`in_common` of many pairs of folded texts."""
    numbers, places = np.unique(np.concatenate([first, second]), return_inverse=True)
    said = said_words(words.take(pa.array(numbers, pa.int64())))
    hashes, starts = said.words
    of_grammar = np.isin(hashes, _hashes_of_function_words())
    worths = np.where(of_grammar, _USUAL, np.minimum(rarity().words[word_buckets(hashes)].astype(np.float64) + _USUAL, _MOST))
    out = np.zeros((len(first), 2))
    kernels = KERNELS.for_work(len(first) * 1000)
    one, other, beginnings = places[: len(first)], places[len(first) :], np.where(said.stems, said.stems, hashes)
    in_threads(
        kernels,
        lambda part: kernels.words_in_common(beginnings, worths, starts, one[part], other[part], out[part]),
        len(first),
        _IN_THREAD,
    )
    return out[:, 0], out[:, 1]


def in_common(one: str, other: str) -> tuple[float, float]:
    """The worth of the words that stand in both, in any order, and of the further words of the one that has less of them."""
    counts = [Counter(word[:_LETTERS] for word in text.split()) for text in (one, other)]
    worth: dict[str, float] = {}
    for word in (*one.split(), *other.split()):
        worth[word[:_LETTERS]] = max(worth.get(word[:_LETTERS], 0.0), _worth(word))
    shared, *further = (
        sum(worth[word] * count for word, count in part.items())
        for part in (counts[0] & counts[1], counts[0] - counts[1], counts[1] - counts[0])
    )
    return shared, min(further)


@functools.lru_cache(1 << 16)
def _worth(word: str) -> float:
    if word in function_words():
        return _USUAL
    bucket = word_buckets(np.array([word_hash(word)], np.uint64))
    return min(float(rarity().words[bucket][0]) + _USUAL, _MOST)


@functools.cache
def _hashes_of_function_words() -> NDArray[np.uint64]:
    return np.array(sorted(map(word_hash, function_words())), np.uint64)
