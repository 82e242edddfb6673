"""Which pairs of statements are one utterance, and the groups that they make up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.utterances.corroboration import corroborated, excerpts
from pipelines.utterances.measures import Pairs
from pipelines.utterances.settings import UtteranceSettings
from pipelines.utterances.statements import Statement
from pipelines.vocabulary import QuoteType

SameSpeaker = Callable[[str, str], bool]


def groups_of(
    statements: Sequence[Statement],
    pairs: Pairs,
    days: Sequence[int | None],
    same_speaker: SameSpeaker,
    settings: UtteranceSettings,
) -> list[list[int]]:
    """Groups of statements of two articles or more, each a list of places; one that holds nothing but unattributed words, or nothing but
    reported speech, is none."""
    needed = _needed(statements, pairs, days, settings)
    words = _words_alike(pairs, settings)
    pairs, words, needed = _near_enough(pairs, words, needed, settings)
    speakers = _speakers(statements, pairs, same_speaker)
    likeness = words + _for_speakers(statements, pairs, speakers, settings)
    likeness += settings.alone * _alone(statements, pairs, likeness, speakers, days, settings)
    excerpt, whole = excerpts(statements, pairs, speakers, settings)
    likeness += settings.excerpt_worth * excerpt
    spare = likeness - needed
    best_first, best_second = _best(statements, pairs, likeness)
    alike = (spare >= 0) & best_first & best_second
    others = corroborated(statements, pairs, alike, speakers, _apart(statements, pairs, days), settings)
    spare += settings.translated_worth * others.translations - others.too_little
    linked = (spare >= 0) & (
        (best_first & best_second)
        | (((spare >= settings.best_for_one) | whole) & (best_first | best_second))
        | (likeness >= settings.alike_in_any_case)
    )
    return [
        sorted(group)
        for group in _grown(statements, pairs, spare, linked, settings)
        if len({statements[k].article for k in group}) > 1
        and any(statements[k].quote is not None for k in group)
        and any(statements[k].type != QuoteType.INDIRECT for k in group)
    ]


def _words_alike(pairs: Pairs, settings: UtteranceSettings) -> NDArray[np.float64]:
    alike = pairs.cosine * np.clip(settings.without_rarity + pairs.weight / settings.rare_grams, 0, 1)
    in_order = np.clip((pairs.in_order - settings.in_order) / (1 - settings.in_order), 0, 1)
    in_order *= np.clip(pairs.rarity / settings.rare_enough, 0, 1) * settings.in_order_worth
    own = np.maximum(alike, in_order)
    around = settings.surroundings * pairs.around * np.clip((pairs.articles_alike - 0.2) / 0.3, 0, 1)
    return np.asarray(own + around * np.clip(own / settings.alike_alone, 0, 1))


def _near_enough(
    pairs: Pairs, words: NDArray[np.float64], needed: NDArray[np.float64], settings: UtteranceSettings
) -> tuple[Pairs, NDArray[np.float64], NDArray[np.float64]]:
    """Without the pairs that no speaker makes one, nor nearly one."""
    kept = words + settings.one_speaker >= needed - settings.core_slack
    columns: list[NDArray[Any]] = [column[kept] for column in pairs]
    return Pairs(*columns), words[kept], needed[kept]


def _for_speakers(
    statements: Sequence[Statement], pairs: Pairs, speakers: NDArray[np.float64], settings: UtteranceSettings
) -> NDArray[np.float64]:
    common = np.clip(2 - pairs.rarity / settings.common_words, 0, 1)
    named = np.array([s.by_name for s in statements], bool)
    stock = (speakers < 0) * named[pairs.first] * named[pairs.second] * common
    stock = stock * np.clip(2 - pairs.articles_alike / settings.another_story, 0, 1)
    return np.asarray(settings.one_speaker * speakers - settings.stock_phrase * stock)


def _speakers(statements: Sequence[Statement], pairs: Pairs, same_speaker: SameSpeaker) -> NDArray[np.float64]:
    """1 where both have one speaker by name, -1 where they have two, else 0."""
    out = np.zeros(len(pairs.first))
    for k, (i, j) in enumerate(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)):
        a, b = statements[i].speaker, statements[j].speaker
        if a and b:
            out[k] = 1 if a == b or same_speaker(a, b) else -1
    return out


def _needed(
    statements: Sequence[Statement], pairs: Pairs, days: Sequence[int | None], settings: UtteranceSettings
) -> NDArray[np.float64]:
    needed = np.interp(pairs.articles_alike, settings.articles_alike, settings.needed)
    return np.asarray(needed + settings.needed_far * (_apart(statements, pairs, days) > settings.window))


def _apart(statements: Sequence[Statement], pairs: Pairs, days: Sequence[int | None]) -> NDArray[np.float64]:
    """Days between the two articles; NaN, with which every comparison is false, where one has no day."""
    day = np.array([np.nan if days[s.article] is None else days[s.article] for s in statements], float)
    return np.abs(day[pairs.first] - day[pairs.second]) if len(day) else np.zeros(0)


def _alone(
    statements: Sequence[Statement],
    pairs: Pairs,
    likeness: NDArray[np.float64],
    speakers: NDArray[np.float64],
    days: Sequence[int | None],
    settings: UtteranceSettings,
) -> NDArray[np.float64]:
    """How far two direct or partial statements of one named speaker are ahead of all others, in articles on one event of about one day: what
    a person says once that day, in words that each outlet translates anew. Where an article holds few statements, to be ahead means little."""
    open_words = np.array([s.type != QuoteType.INDIRECT for s in statements], bool)
    least, most = settings.alone_alike
    story = np.clip((pairs.articles_alike - least) / (most - least), 0, 1)
    may_be = (
        (speakers > 0)
        & open_words[pairs.first]
        & open_words[pairs.second]
        & ~(_apart(statements, pairs, days) > settings.alone_days)
    )
    held = np.bincount([s.article for s in statements], weights=open_words) if statements else np.zeros(0)
    of_statement = held[[s.article for s in statements]] if statements else held
    among = np.clip((np.minimum(of_statement[pairs.first], of_statement[pairs.second]) - 2) / (settings.alone_among - 2), 0, 1)
    return np.asarray(np.maximum(_ahead(statements, pairs, likeness) - settings.alone_ahead, 0) * story * among * may_be)


def _ahead(statements: Sequence[Statement], pairs: Pairs, likeness: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much more alike two statements are than either is to any other of the other's article; negative where one has a better match."""
    article = np.array([s.article for s in statements], np.int64)

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


def _best(
    statements: Sequence[Statement], pairs: Pairs, likeness: NDArray[np.float64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether no statement of the second's article is more like the first, and the other way round."""
    article = np.array([s.article for s in statements], np.int64)

    def is_best(one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.bool_]:
        keys = one * (int(article.max(initial=0)) + 1) + article[other] if len(one) else one
        _, place = np.unique(keys, return_inverse=True)
        most = np.full(int(place.max(initial=-1)) + 1, -np.inf)
        np.maximum.at(most, place, likeness)
        return np.asarray(likeness >= most[place] - 1e-9)

    return is_best(pairs.first, pairs.second), is_best(pairs.second, pairs.first)


def _grown(
    statements: Sequence[Statement],
    pairs: Pairs,
    spare: NDArray[np.float64],
    linked: NDArray[np.bool_],
    settings: UtteranceSettings,
) -> list[list[int]]:
    """Groups grown along the links, the surest first. Two groups are joined where their longest statements are alike too, nearly as much
    as is needed, so that a stock phrase does not chain two statements."""
    of_pair = {(i, j): s for i, j, s in zip(pairs.first.tolist(), pairs.second.tolist(), spare.tolist(), strict=True)}
    order = sorted(
        np.flatnonzero(linked).tolist(),
        key=lambda k: (-round(float(spare[k]), 9), *sorted(map(_place(statements), _ends(pairs, k)))),
    )
    group_of: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    core: dict[int, int] = {}

    def agree(i: int, j: int) -> bool:
        if i == j or statements[i].article == statements[j].article:
            return True
        return of_pair.get((min(i, j), max(i, j)), -1.0) >= -settings.core_slack

    for k in order:
        i, j = _ends(pairs, k)
        a, b = group_of.setdefault(i, i), group_of.setdefault(j, j)
        for number in (a, b):
            members.setdefault(number, [number])
            core.setdefault(number, number)
        if a == b or not (agree(core[a], core[b]) and agree(i, core[b]) and agree(core[a], j)):
            continue
        longest = max(core[a], core[b], key=lambda n: (len(statements[n].folded), _place(statements)(n)))
        for number in members[b]:
            group_of[number] = a
        members[a] += members.pop(b)
        core[a] = longest
    return list(members.values())


def _ends(pairs: Pairs, k: int) -> tuple[int, int]:
    return int(pairs.first[k]), int(pairs.second[k])


def _place(statements: Sequence[Statement]) -> Callable[[int], tuple[int, int, int]]:
    return lambda number: (statements[number].article, statements[number].start, statements[number].end)
