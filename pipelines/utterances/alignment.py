"""Which pairs of statements are one utterance. The groups that they make up do not stand here: see `links`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.utterances.corroboration import corroborated, excerpts
from pipelines.utterances.interrupted import rests_of
from pipelines.utterances.measures import Pairs, words_alike
from pipelines.utterances.settings import UtteranceSettings
from pipelines.utterances.statements import Columns, Spoken

OneSpeaker = Callable[[Sequence[tuple[str, str]]], Sequence[bool]]  # whether two names may be of one speaker, for many pairs


class Aligned(NamedTuple):
    """Pairs of statements, by their numbers, that are as alike as is needed, or nearly. `spare`: how much more; `linked`: whether that makes them one
    utterance, unless a group says otherwise."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    spare: NDArray[np.float64]
    linked: NDArray[np.bool_]


def align(
    spoken: Spoken, measured: Iterable[Pairs], days: NDArray[np.int64], one_speaker: OneSpeaker, settings: UtteranceSettings
) -> Aligned:
    """Which of the pairs are one utterance. The answer for a pair depends on the statements of its two articles and on nothing else.

    `days`: of each article, -1 where it has none.
    """
    day = np.where(days < 0, np.nan, days)[spoken.article]
    parts = [_near_enough(pairs, day, settings) for pairs in measured]
    pairs = Pairs(*(np.concatenate(columns) for columns in zip(*(part[0] for part in parts), strict=True)))
    words, needed = (np.concatenate([part[k] for part in parts]) for k in (1, 2))
    numbers, places = np.unique(np.concatenate([pairs.first, pairs.second]), return_inverse=True)
    pairs = pairs._replace(first=places[: len(words)], second=places[len(words) :])
    said, apart = spoken.columns(numbers), np.abs(day[numbers][pairs.first] - day[numbers][pairs.second])
    held = np.bincount(spoken.article, weights=spoken.open, minlength=len(days)).astype(np.float64)
    speakers = _speakers(said, pairs, one_speaker)
    likeness = words + _for_speakers(said, pairs, speakers, settings)
    likeness += settings.alone * _alone(said, pairs, likeness, speakers, apart, held, settings)
    excerpt, whole = excerpts(said, pairs, speakers, settings)
    likeness += settings.excerpt_worth * excerpt
    spare = likeness - needed
    best_first, best_second = _best(said.article, pairs, likeness)
    alike = (spare >= 0) & best_first & best_second
    others = corroborated(said, pairs, alike, speakers, apart, held, settings)
    spare += settings.translated_worth * others.translations - others.too_little
    denied = (
        (speakers < 0) & said.by_name[pairs.first] & said.by_name[pairs.second]
    )  # "He took it," Quill said. "I never did," said Renn.
    linked = (spare >= 0) & (
        (best_first & best_second)
        | (((spare >= settings.best_for_one) | whole) & (best_first | best_second) & ~denied)
        | (likeness >= settings.alike_in_any_case)
    )
    kept = spare >= -settings.core_slack
    return _with_rests(Aligned(numbers[pairs.first[kept]], numbers[pairs.second[kept]], spare[kept], linked[kept]), spoken)


def _with_rests(aligned: Aligned, spoken: Spoken) -> Aligned:
    """The pairs, and those of the other part of an interrupted sentence, which are as alike as is needed just so."""
    place = {pair: k for k, pair in enumerate(zip(aligned.first.tolist(), aligned.second.tolist(), strict=True))}
    linked, spare = aligned.linked.copy(), aligned.spare.copy()
    added = []
    for one, other in rests_of(spoken, aligned.first[linked], aligned.second[linked]):
        k = place.get((one, other), place.get((other, one)))
        if k is None:
            added.append((one, other))
        elif not linked[k]:
            linked[k], spare[k] = True, max(spare[k], 0.0)
    further = np.array(sorted({(min(pair), max(pair)) for pair in added}), np.int64).reshape(-1, 2)
    return Aligned(
        np.concatenate([aligned.first, further[:, 0]]),
        np.concatenate([aligned.second, further[:, 1]]),
        np.concatenate([spare, np.zeros(len(further))]),
        np.concatenate([linked, np.ones(len(further), bool)]),
    )


def _near_enough(
    pairs: Pairs, day: NDArray[np.float64], settings: UtteranceSettings
) -> tuple[Pairs, NDArray[np.float64], NDArray[np.float64]]:
    """The pairs that may be one, or nearly, whoever speaks; how alike their words are, and how much they need. `day`: of each statement."""
    needed = np.interp(pairs.articles_alike, settings.articles_alike, settings.needed)
    needed += settings.needed_far * (np.abs(day[pairs.first] - day[pairs.second]) > settings.window)
    words = words_alike(pairs, settings)
    kept = words + settings.one_speaker >= needed - settings.core_slack
    columns: list[NDArray[Any]] = [column[kept] for column in pairs]
    return Pairs(*columns), words[kept], needed[kept]


def _for_speakers(said: Columns, pairs: Pairs, speakers: NDArray[np.float64], settings: UtteranceSettings) -> NDArray[np.float64]:
    common = np.clip(2 - pairs.rarity / settings.common_words, 0, 1)
    stock = (speakers < 0) * said.by_name[pairs.first] * said.by_name[pairs.second] * common
    stock = stock * np.clip(2 - pairs.articles_alike / settings.another_story, 0, 1)
    return np.asarray(settings.one_speaker * speakers - settings.stock_phrase * stock)


def _speakers(said: Columns, pairs: Pairs, one_speaker: OneSpeaker) -> NDArray[np.float64]:
    """1 where both have one speaker by name, -1 where they have two, else 0."""
    one, other = said.speaker[pairs.first], said.speaker[pairs.second]
    out = np.where((one < 0) | (other < 0), 0.0, np.where(one == other, 1.0, -1.0))
    asked = np.flatnonzero(out < 0)
    keys, places = np.unique(one[asked] << 32 | other[asked], return_inverse=True)
    same = one_speaker([(said.names[key >> 32], said.names[key & 0xFFFFFFFF]) for key in keys.tolist()])
    out[asked] = np.where(np.array(same, bool)[places], 1.0, -1.0)
    return out


def _alone(
    said: Columns,
    pairs: Pairs,
    likeness: NDArray[np.float64],
    speakers: NDArray[np.float64],
    apart: NDArray[np.float64],
    held: NDArray[np.float64],
    settings: UtteranceSettings,
) -> NDArray[np.float64]:
    """How far two direct or partial statements of one named speaker are ahead of all others, in articles on one event of about one day: what
    a person says once that day, in words that each outlet translates by itself. Where an article holds few statements, to be ahead means little."""
    least, most = settings.alone_alike
    story = np.clip((pairs.articles_alike - least) / (most - least), 0, 1)
    may_be = (speakers > 0) & said.open[pairs.first] & said.open[pairs.second] & ~(apart > settings.alone_days)
    of_statement = held[said.article]
    among = np.clip((np.minimum(of_statement[pairs.first], of_statement[pairs.second]) - 2) / (settings.alone_among - 2), 0, 1)
    return np.asarray(np.maximum(_ahead(said.article, pairs, likeness) - settings.alone_ahead, 0) * story * among * may_be)


def _ahead(article: NDArray[np.int64], pairs: Pairs, likeness: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much more alike two statements are than either is to any other of the other's article; negative where one has a better match."""

    def rivals(one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.float64]:
        keys = one * (int(article.max(initial=0)) + 1) + article[other] if len(one) else one
        order = np.lexsort((-likeness, keys))
        new = np.append(True, keys[order][1:] != keys[order][:-1]) if len(keys) else np.zeros(0, bool)
        place = np.cumsum(new) - 1
        starts = np.flatnonzero(new)
        best = likeness[order][starts]
        second = np.append(likeness[order], 0.0)[starts + 1] * np.append(~new, False)[starts + 1]
        out = np.empty(len(keys))
        out[order] = np.where(new, second[place], best[place])
        return out

    return likeness - np.maximum(rivals(pairs.first, pairs.second), rivals(pairs.second, pairs.first))


def _best(article: NDArray[np.int64], pairs: Pairs, likeness: NDArray[np.float64]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether no statement of the second's article is more like the first, and the other way round."""

    def is_best(one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.bool_]:
        keys = one * (int(article.max(initial=0)) + 1) + article[other] if len(one) else one
        _, place = np.unique(keys, return_inverse=True)
        most = np.full(int(place.max(initial=-1)) + 1, -np.inf)
        np.maximum.at(most, place, likeness)
        return np.asarray(likeness >= most[place] - 1e-9)

    return is_best(pairs.first, pairs.second), is_best(pairs.second, pairs.first)
