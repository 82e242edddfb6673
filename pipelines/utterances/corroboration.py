"""What words have to prove by themselves, where nothing else that was said stands in both articles.

Two articles much alike, each with one short quote, say at the same place in the text "We are very happy with the result" and "We are very
disappointed with the result". What stands around the words speaks for one statement, and so do most of the words. Where several
statements of two articles meet, each speaks for the others: an outlet that translated one of them anew did so with all. Where none does,
words that are few or usual have to be the same, nearly.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipelines.cleaning.language_files import WordsFile
from pipelines.lexicons import languages_with, read_language_file
from pipelines.utterances.folding import folded
from pipelines.utterances.measures import Pairs
from pipelines.utterances.rarity import rarity, word_buckets, word_hash
from pipelines.utterances.settings import UtteranceSettings
from pipelines.utterances.statements import Statement
from pipelines.vocabulary import QuoteType, SpeakerKind

_LETTERS = 5  # of a word that count, so that endings do not
_USUAL = 0.3  # worth of a word of grammar; what every word is worth at least
_MOST = 4.3  # worth of a word at most: the table of rarity is of English, and words of other languages are not in it


def uncorroborated(
    statements: Sequence[Statement],
    pairs: Pairs,
    alike: NDArray[np.bool_],
    speakers: NDArray[np.float64],
    apart: NDArray[np.float64],
    settings: UtteranceSettings,
) -> NDArray[np.bool_]:
    """The pairs whose words do not prove enough, of those that are `alike`, each the best for the other's article.

    `speakers`: -1 where two are named; `apart`: days between the articles. Reported speech corroborates nothing: articles on one event
    report the same.
    """
    quoted = np.array([s.type != QuoteType.INDIRECT for s in statements], bool)
    article = np.array([s.article for s in statements], np.int64)
    between = list(zip(article[pairs.first].tolist(), article[pairs.second].tolist(), strict=True))
    counted = alike & quoted[pairs.first] & quoted[pairs.second]
    others = Counter(between[k] for k in np.flatnonzero(counted).tolist())
    out = np.zeros(len(alike), bool)
    for k in np.flatnonzero(alike).tolist():
        one, other = statements[pairs.first[k]], statements[pairs.second[k]]
        far = bool(apart[k] > settings.window)
        if others[between[k]] > int(counted[k]) and not far or one.folded == other.folded and not far:
            continue
        shared, differing = _in_common(one.folded.split(), other.folded.split())
        if far and shared < settings.worth_on_another_day:
            out[k] = True
        elif others[between[k]] <= int(counted[k]):
            two = apart[k] >= settings.another_day or (speakers[k] < 0 and _named_person(one) and _named_person(other))
            wanted = settings.same_words_of_two if two else np.interp(pairs.articles_alike[k], settings.copied, settings.same_words)
            wanted = np.interp(shared + differing, settings.few_words, (wanted, min(wanted, settings.many_same_words)))
            out[k] = shared < wanted * (shared + differing)
    return out


def _named_person(statement: Statement) -> bool:
    return statement.by_name and statement.speaker_kind == SpeakerKind.PERSON


def _in_common(one: Sequence[str], other: Sequence[str]) -> tuple[float, float]:
    """The worth of the words that stand in both, in any order, and of the further words of the one that has less of them."""
    counts = [Counter(word[:_LETTERS] for word in words) for words in (one, other)]
    worth: dict[str, float] = {}
    for word in (*one, *other):
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
