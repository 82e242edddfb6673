"""Which pairs of articles are worth comparing: those that share rare words and are alike, or five words in a row of what somebody said.

What is compared of them stands in `measures`. A word or five words that too many articles hold propose no pair. That is the only thing about a
pair that other articles decide; what crosses that step is known by what was common before, and only the pairs that share it are looked at again.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.utterances.article_words import AT_ONCE, EVERY, OF_ARTICLE, PLACE, ArticleWords, Hashes, Ints, Lists, ascending
from pipelines.utterances.kernels.load import KERNELS, in_threads
from pipelines.utterances.rarity import steps_of
from pipelines.utterances.settings import UtteranceSettings

_MORE_WHERE_FEW = 4  # times as many where few of their shingles are looked at: each time all parts of a table are read
_ASKED_IN_THREAD, _PAIRS_IN_THREAD = 1 << 12, 1 << 14
_NUMBERS_AT_ONCE = 1 << 22
_COUNTED_AT_ONCE = 1 << 18  # what counting makes of more does not stay in the cache, and takes many times as long
_ARTICLES_IN_PART = 1 << 16  # whose shingles are held together
_GROUPED_APART = 8  # parts of these
_LOOKED_AT = 1 << 20  # bits of five words; as flags they stay in the cache of a processor
_NO_KEYS = np.zeros(0, np.int64)

Places = NDArray[np.int32]
ShinglesOf = Callable[[Ints, NDArray[np.bool_]], Hashes]  # `said_shingles` of articles at some places, of those that are looked at
Alike = Callable[[str, str], float]  # how alike two articles are, 0 to 1


class Common(NamedTuple):
    """What more articles hold than may propose a pair, by hashes: words, and five words in a row."""

    words: Hashes
    shingles: Hashes


def nothing_common() -> Common:
    return Common(np.zeros(0, np.uint64), np.zeros(0, np.uint64))


class ArticlePairs(NamedTuple):
    """`pairs` [n, 2] of places, ascending, that are to be compared, and how alike they are. `again` [n, 2]: pairs of unchanged articles
    of which it has to be decided again whether they are compared; if so, they are among `pairs`. Pairs are many times the articles, so they are held
    in 32 bits for each side, and as keys (lower place above 32 bits, higher place) while they are found."""

    pairs: Places
    alike: NDArray[np.float64]
    again: Places
    common: Common


def article_likeness(ids: Sequence[str], words: ArticleWords) -> Alike:
    """How alike articles are by their words, which are given in the order of their ids; 0 where one is not known."""
    values, starts = words.lists
    place = {id: k for k, id in enumerate(ids)}
    steps = steps_of(words.hashes) ** 2

    @functools.lru_cache(1 << 12)
    def of(id: str) -> tuple[NDArray[np.int64], float]:
        held = values[starts[place[id]] : starts[place[id] + 1]].astype(np.int64)
        return held, float(steps[held].sum())

    @functools.lru_cache(1 << 16)
    def alike(a: str, b: str) -> float:
        if a not in place or b not in place:
            return 0.0
        (first, one), (second, other) = of(a), of(b)
        shared = np.intersect1d(first, second, assume_unique=True)
        return float(steps[shared].sum()) / max(one * other, 1e-9) ** 0.5

    return lambda a, b: alike(min(a, b), max(a, b))


def article_pairs(
    articles: ArticleWords,
    days: Ints,
    shingles_of: ShinglesOf,
    changed: NDArray[np.bool_],
    before: Common,
    settings: UtteranceSettings,
) -> ArticlePairs:
    """All pairs of which one article is `changed`, and those that share what became common or rare since `before`.

    `days`: of each article, -1 where it has none.
    """
    lists, numbers = articles.lists, len(articles.hashes)
    steps = steps_of(articles.hashes) ** 2
    totals = _totals(lists, steps)
    held = np.zeros(numbers, np.int64)
    for first in range(0, len(lists.values), _COUNTED_AT_ONCE):
        held += np.bincount(lists.values[first : first + _COUNTED_AT_ONCE], minlength=numbers)
    rare = held <= settings.common_word
    keys = [_sharing(lists, steps, totals, held, days, changed, settings)]
    verbatim, common_shingles, moved = _verbatim(shingles_of, changed, before.shingles, settings)
    keys.append(verbatim)
    common = Common(np.sort(articles.hashes[~rare]), common_shingles)
    again = _as_pairs(_NO_KEYS)
    if not changed.all():
        was_rare = ~np.isin(articles.hashes, before.words)
        turned = _turned(lists, steps, totals, was_rare, rare, days, changed, settings)
        asked = ascending(np.concatenate([turned, moved]))
        again = _as_pairs(asked)
        look = _Groups.of(shingles_of(np.unique(again).astype(np.int64), EVERY))
        telling = look.only(~np.isin(look.numbers, common_shingles)).keys_of_pairs(None)
        near = again[_near(again, days, settings) & (_shared(lists, rare.astype(np.float64), again) >= settings.shared_words)]
        near = near[_likeness(lists, steps, totals, near) >= settings.least_alike]
        keys += [telling[np.isin(telling, asked)], _keys(near)]
    del verbatim
    pairs = _as_pairs(ascending(_joined(keys)))
    return ArticlePairs(pairs, _likeness(lists, steps, totals, pairs), again, common)


def _verbatim(
    shingles_of: ShinglesOf, changed: NDArray[np.bool_], common_before: Hashes, settings: UtteranceSettings
) -> tuple[Ints, Hashes, Ints]:
    """The keys of the pairs with a changed article that share a telling shingle, some more than once; the shingles that are common; and the keys of the pairs
    of unchanged articles that share one that is common and was not, or the other way round.

    A shingle that no changed article has cannot have become common, and only one that was can have ceased to be: no others are looked at. What is made of
    shingles takes several times their room, so a part of them is grouped after another; of very many articles no more than a part is held at a time.
    """
    looked_at, at_once = EVERY, AT_ONCE
    if not changed.all():
        at_once *= _MORE_WHERE_FEW
        looked_at = np.zeros(_LOOKED_AT, bool)
        asked = np.concatenate([shingles_of(np.flatnonzero(changed), EVERY) >> OF_ARTICLE, common_before])
        looked_at[asked & np.uint64(_LOOKED_AT - 1)] = True
    pairs, common, moved = [_NO_KEYS], [np.zeros(0, np.uint64)], [_NO_KEYS]
    parts = 1 + len(changed) // _ARTICLES_IN_PART
    for part in range(parts):
        held = []
        for first in range(0, len(changed), at_once):
            keys = shingles_of(np.arange(first, min(first + at_once, len(changed))), looked_at)
            held.append(keys if parts == 1 else _part_of(keys, part, parts).copy())
        for place in range(part * _GROUPED_APART, (part + 1) * _GROUPED_APART):
            some = [_part_of(keys, place, parts * _GROUPED_APART) for keys in held]
            groups = _Groups.of(ascending(np.concatenate([np.zeros(0, np.uint64), *some])))
            pairs.append(groups.between(2, settings.common_shingle).keys_of_pairs(changed))
            common.append(groups.numbers[groups.sizes > settings.common_shingle])
            crossed = groups.only(np.isin(groups.numbers, np.setxor1d(common[-1], common_before)))
            moved.append(crossed.members_in(~changed).keys_of_pairs(None))
    return _joined(pairs), np.sort(np.concatenate(common)), np.concatenate(moved)


def _part_of(keys: Hashes, part: int, parts: int) -> Hashes:
    """Of ascending keys those of one of so many parts, into which five words in a row fall by their value."""
    bounds = [np.uint64((at << 40) // parts) << OF_ARTICLE for at in (part, part + 1)]
    first, end = np.searchsorted(keys, bounds)
    return keys[first : end if part + 1 < parts else len(keys)]


class _Groups(NamedTuple):
    """Articles by what they hold in common: group k are `members[starts[k]:starts[k + 1]]`, ascending, those that hold `numbers[k]`."""

    numbers: Hashes
    starts: Ints
    members: Ints

    @classmethod
    def of(cls, keys: Hashes) -> _Groups:
        """Of ascending keys: a number above the bits of a place."""
        numbers = keys >> OF_ARTICLE
        starts = np.flatnonzero(np.append(True, numbers[1:] != numbers[:-1])[: len(keys)])
        return cls(numbers[starts], np.append(starts, len(keys)).astype(np.int64), (keys & PLACE).astype(np.int64))

    @property
    def sizes(self) -> Ints:
        return np.diff(self.starts)

    def only(self, kept: NDArray[np.bool_]) -> _Groups:
        sizes = self.sizes
        return _Groups(self.numbers[kept], np.append(0, np.cumsum(sizes[kept])), self.members[np.repeat(kept, sizes)])

    def between(self, fewest: int, most: int) -> _Groups:
        return self.only((self.sizes >= fewest) & (self.sizes <= most))

    def members_in(self, places: NDArray[np.bool_]) -> _Groups:
        kept = places[self.members]
        of = np.repeat(np.arange(len(self.numbers)), self.sizes)[kept]
        return _Groups(self.numbers, np.append(0, np.cumsum(np.bincount(of, minlength=len(self.numbers)))), self.members[kept])

    def keys_of_pairs(self, asked: NDArray[np.bool_] | None) -> Ints:
        """Those of the places that are in a group together, ascending; of groups with an asked member, and with one such member, if `asked` is given."""
        groups = self
        if asked is not None and len(self.members):
            groups = self.only(np.maximum.reduceat(asked[self.members], self.starts[:-1]))
        behind = np.repeat(groups.starts[1:], groups.sizes) - np.arange(len(groups.members)) - 1  # members of the same group
        done, found = np.append(0, np.cumsum(behind)), [np.zeros(0, np.int64)]
        cuts = np.searchsorted(done[:-1], np.arange(0, done[-1] + _NUMBERS_AT_ONCE, _NUMBERS_AT_ONCE))
        for first, last in pairwise(np.unique(np.append(cuts, len(behind))).tolist()):
            of = np.repeat(np.arange(first, last), behind[first:last])
            other = of + np.arange(len(of)) - (done[of] - done[first]) + 1
            one, other = groups.members[of], groups.members[other]
            keys = one << 32 | other
            found.append(ascending(keys if asked is None else keys[asked[one] | asked[other]]))
        return ascending(np.concatenate(found))


def _sharing(
    lists: Lists,
    steps: NDArray[np.float64],
    totals: NDArray[np.float64],
    held: Ints,
    days: Ints,
    changed: NDArray[np.bool_],
    settings: UtteranceSettings,
) -> Ints:
    """The keys of the pairs with a changed article that are near in time, share rare words and are alike."""
    telling, asked = (held >= 2) & (held <= settings.common_word), np.flatnonzero(changed)
    if not changed.all():
        there = np.zeros(len(held), bool)
        for place in asked.tolist():
            there[lists.values[lists.starts[place] : lists.starts[place + 1]]] = True
        telling &= there
    kept = np.flatnonzero(telling[lists.values])
    numbers = lists.values[kept]
    members = _owners_of(lists, kept)[np.argsort(numbers, kind="stable")]
    ends = np.append(0, np.cumsum(np.bincount(numbers, minlength=len(held))))
    kernels = KERNELS.for_work(len(members) * 8)

    def work(part: slice) -> Ints:
        counts, touched, marks, room = np.zeros(len(days), np.int64), np.zeros(len(days), np.int64), np.zeros(len(held)), 1 << 16
        while True:
            out, likeness = np.empty((room, 2), np.int64), np.empty(room)
            n = kernels.alike_articles(
                asked[part], changed, lists.values, lists.starts, steps, totals, members, ends, days, settings.window,
                settings.shared_words, settings.least_alike, counts, touched, marks, out, likeness,
            )  # fmt: skip
            if n <= room:
                return _keys(out[:n])
            room = n

    return np.concatenate([_NO_KEYS, *in_threads(kernels, work, len(asked), _ASKED_IN_THREAD)])


def _turned(
    lists: Lists,
    steps: NDArray[np.float64],
    totals: NDArray[np.float64],
    was_rare: NDArray[np.bool_],
    rare: NDArray[np.bool_],
    days: Ints,
    changed: NDArray[np.bool_],
    settings: UtteranceSettings,
) -> Ints:
    """The keys of the pairs of unchanged articles, near in time and alike, that share enough rare words now and did not before, or the other way round."""
    moved = was_rare != rare
    kept = np.flatnonzero(moved[lists.values])
    owners = _owners_of(lists, kept)
    kept, owners = kept[~changed[owners]], owners[~changed[owners]]
    keys = (lists.values[kept].astype(np.uint64) << OF_ARTICLE) | owners.astype(np.uint64)
    pairs = _as_pairs(_Groups.of(np.sort(keys)).keys_of_pairs(None))
    pairs = pairs[_near(pairs, days, settings)]
    shares = [_shared(lists, flags.astype(np.float64), pairs) >= settings.shared_words for flags in (was_rare, rare)]
    pairs = pairs[shares[0] != shares[1]]
    return _keys(pairs[_likeness(lists, steps, totals, pairs) >= settings.least_alike])


def _totals(lists: Lists, steps: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the numbers of each list are worth together."""
    out = np.zeros(len(lists.starts) - 1)
    KERNELS.for_work(len(lists.values)).sums_of_lists(lists.values, lists.starts, steps, out)
    return out


def _owners_of(lists: Lists, places: Ints) -> NDArray[np.int32]:
    """The list that the numbers at some places are in."""
    return (np.searchsorted(lists.starts, places, side="right") - 1).astype(np.int32)


def _shared(
    lists: Lists, weights: NDArray[np.float64], pairs: Ints | Places, totals: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """The weight of what both lists of a pair hold; as a share of the geometric mean of their `totals`, if these are given."""
    out = np.zeros(len(pairs))
    kernels = KERNELS.for_work(len(pairs) * 100)

    def work(part: slice) -> None:
        first, second = pairs[part].T.astype(np.int64)
        kernels.shared_weights(lists.values, lists.starts, weights, first, second, np.zeros(len(weights)), out[part])
        if totals is not None:
            out[part] /= np.sqrt(np.maximum(totals[first] * totals[second], 1e-9))

    in_threads(kernels, work, len(pairs), _PAIRS_IN_THREAD)
    return out


def _likeness(lists: Lists, steps: NDArray[np.float64], totals: NDArray[np.float64], pairs: Ints | Places) -> NDArray[np.float64]:
    return _shared(lists, steps, pairs, totals)


def likeness_of(articles: ArticleWords, pairs: Ints) -> NDArray[np.float64]:
    """How alike the articles of pairs of places are."""
    steps = steps_of(articles.hashes) ** 2
    return _likeness(articles.lists, steps, _totals(articles.lists, steps), pairs)


def _near(pairs: Places, days: Ints, settings: UtteranceSettings) -> NDArray[np.bool_]:
    one, other = days[pairs[:, 0]], days[pairs[:, 1]]
    return np.asarray((one < 0) | (other < 0) | (np.abs(one - other) <= settings.window))


def _keys(pairs: Ints | Places) -> Ints:
    return pairs[:, 0].astype(np.int64) << 32 | pairs[:, 1]


def _as_pairs(keys: Ints) -> Places:
    """The pairs of places [n, 2] of keys."""
    pairs = np.empty((len(keys), 2), np.int32)
    np.right_shift(keys, 32, out=pairs[:, 0], casting="unsafe")
    np.bitwise_and(keys, 0xFFFFFFFF, out=pairs[:, 1], casting="unsafe")
    return pairs


def _joined(parts: list[Ints]) -> Ints:
    """All of `parts`, which are let go of one by one, so that no more than one stands there twice."""
    out = np.empty(0, np.int64)
    while parts:
        some = parts.pop()
        out.resize(len(out) + len(some), refcheck=False)  # memory that the system maps at another place is not copied
        out[len(out) - len(some) :] = some
    return out
