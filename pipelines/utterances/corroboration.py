"""What words have to prove by themselves, where nothing else that was said stands in both articles.

Two articles much alike, each with one short quote, say at the same place in the text "We are very happy with the result" and "We are very
disappointed with the result". What stands around the words speaks for one statement, and so do most of the words. Where several
statements of two articles meet, each speaks for the others: an outlet that made its own translation of one made its own of all. Where none does,
words that are few or usual have to be the same, nearly.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.cleaning.language_files import WordsFile
from pipelines.lexicons import languages_with, read_language_file
from pipelines.utterances.article_pairs import said_words
from pipelines.utterances.folding import folded
from pipelines.utterances.kernels.load import KERNELS
from pipelines.utterances.measures import Pairs
from pipelines.utterances.rarity import rarity, word_buckets, word_hash
from pipelines.utterances.settings import UtteranceSettings
from pipelines.utterances.statements import Statement
from pipelines.vocabulary import QuoteType, SpeakerKind

_LETTERS = 5  # of a word that count, so that endings do not
_USUAL = 0.3  # worth of a word of grammar; what every word is worth at least
_MOST = 4.3  # worth of a word at most: the table of rarity is of English, and words of other languages are not in it


class Corroborated(NamedTuple):
    """Of each pair: whether its words prove too little by themselves and nothing else does, and whether its articles are translations of one."""

    too_little: NDArray[np.bool_]
    translations: NDArray[np.bool_]


def corroborated(
    statements: Sequence[Statement],
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
    quoted = np.array([s.type != QuoteType.INDIRECT for s in statements], bool)
    article = np.array([s.article for s in statements], np.int64)
    shared, differing = np.zeros(len(alike)), np.zeros(len(alike))
    asked = np.flatnonzero(alike)
    shared[asked], differing[asked] = all_in_common(statements, pairs.first[asked], pairs.second[asked])
    meeting = alike & quoted[pairs.first] & quoted[pairs.second]
    reworded = meeting & (shared < settings.reworded * (shared + differing))
    _, between = np.unique(article[pairs.first] << 32 | article[pairs.second], return_inverse=True)
    others = np.bincount(between, weights=reworded)[between] - reworded if len(between) else np.zeros(0)
    fewer = np.minimum(held[article[pairs.first]], held[article[pairs.second]]) if len(between) else np.zeros(0)
    translations = (
        (pairs.articles_alike >= settings.translated_alike)
        & (others > 0)
        & (np.bincount(between, weights=meeting)[between] >= np.maximum(settings.translated, settings.translated_share * fewer))
        if len(between)
        else np.zeros(0, bool)
    )
    too_little = np.zeros(len(alike), bool)
    for k in np.flatnonzero(alike & ~translations).tolist():
        wanted = _wanted(
            statements[pairs.first[k]],
            statements[pairs.second[k]],
            pairs.articles_alike[k],
            speakers[k],
            apart[k],
            others[k] > 0,
            settings,
        )
        share = np.interp(shared[k] + differing[k], settings.few_words, (wanted, min(wanted, settings.many_same_words)))
        usual = apart[k] > settings.window and shared[k] < settings.worth_on_another_day
        too_little[k] = usual or shared[k] < share * (shared[k] + differing[k])
    return Corroborated(too_little, translations)


def _wanted(
    one: Statement,
    other: Statement,
    articles_alike: float,
    speakers: float,
    apart: float,
    others: bool,
    settings: UtteranceSettings,
) -> float:
    """The share of few words that has to stand in both. `others`: whether other statements of the two articles meet."""
    if one.folded == other.folded:
        return 0.0
    if speakers < 0 and _named_person(one) and _named_person(other):
        return settings.same_words_of_two
    if others:
        return 0.0
    if apart >= settings.another_day:
        return settings.same_words_of_two
    return float(np.interp(articles_alike, settings.copied, settings.same_words))


class Excerpts(NamedTuple):
    """Of each pair: whether one stands in the other, in order, and is too much to be a turn of speech; and whether it stands there whole, by a
    speaker who is no other: of a long statement two outlets may each print another half, so that neither is the nearest to it."""

    telling: NDArray[np.bool_]
    whole: NDArray[np.bool_]


def excerpts(statements: Sequence[Statement], pairs: Pairs, speakers: NDArray[np.float64], settings: UtteranceSettings) -> Excerpts:
    """See `Excerpts`; a telling one is by one named speaker, neither is reported speech."""
    telling, whole = np.zeros(len(speakers), bool), np.zeros(len(speakers), bool)
    asked = np.flatnonzero((speakers >= 0) & (pairs.in_order >= settings.excerpt_in_order))
    shared, differing = all_in_common(statements, pairs.first[asked], pairs.second[asked])
    reported = np.array([statement.type == QuoteType.INDIRECT for statement in statements], bool)
    telling[asked] = (speakers[asked] > 0) & (shared >= settings.excerpt_words) & (differing <= 2 * _USUAL)
    whole[asked] = (shared >= settings.whole_words) & (differing == 0)
    whole[asked] &= ~(reported[pairs.first[asked]] | reported[pairs.second[asked]])
    return Excerpts(telling, whole)


def _named_person(statement: Statement) -> bool:
    return statement.by_name and statement.speaker_kind == SpeakerKind.PERSON


def all_in_common(
    statements: Sequence[Statement], first: NDArray[np.int64], second: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """`in_common` of the words of many pairs of statements."""
    numbers, places = np.unique(np.concatenate([first, second]), return_inverse=True)
    said = said_words(pa.chunked_array([[statements[number].folded for number in numbers.tolist()]], pa.string()))
    hashes, starts = said.words
    of_grammar = np.isin(hashes, _hashes_of_function_words())
    worths = np.where(of_grammar, _USUAL, np.minimum(rarity().words[word_buckets(hashes)].astype(np.float64) + _USUAL, _MOST))
    out = np.zeros((len(first), 2))
    KERNELS.for_work(len(first) * 1000).words_in_common(
        np.where(said.stems, said.stems, hashes), worths, starts, places[: len(first)], places[len(first) :], out
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
    if word in _function_words():
        return _USUAL
    bucket = word_buckets(np.array([word_hash(word)], np.uint64))
    return min(float(rarity().words[bucket][0]) + _USUAL, _MOST)


@functools.cache
def _function_words() -> frozenset[str]:
    """Words of grammar of every language, folded: a word is seldom one in one language and telling in another."""
    files = (read_language_file(code, "words", WordsFile) for code in languages_with("words"))
    return frozenset(part for file in files for word in file.function_words for part in folded(word).split())


@functools.cache
def _hashes_of_function_words() -> NDArray[np.uint64]:
    return np.array(sorted(map(word_hash, _function_words())), np.uint64)
