"""Which pairs of articles are worth comparing: those that share rare words and are alike, or five words in a row of what somebody said.

What is compared of them stands in `measures`. A word or five words that too many articles hold propose no pair. That is the only thing about a
pair that other articles decide; what crosses that step is known by what was common before, and only the pairs that share it are looked at again.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.utterances.kernels.load import KERNELS
from pipelines.utterances.rarity import steps_of
from pipelines.utterances.settings import UtteranceSettings

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]

_AT_ONCE = 1 << 13  # texts, or articles, that are turned into arrays together
_IN_A_ROW = 5  # words
OF_ARTICLE = np.uint64(24)  # bits for the place of an article, below 40 of what five words are hashed to
PLACE = np.uint64((1 << 24) - 1)


Alike = Callable[[str, str], float]  # how alike two articles are, 0 to 1


class Lists(NamedTuple):
    """Lists of whole numbers, one after another; list k is `values[starts[k]:starts[k + 1]]`."""

    values: NDArray[Any]
    starts: Ints


class ArticleWords(NamedTuple):
    """The distinct words of each article by their numbers, ascending, and the hash of each number."""

    lists: Lists
    hashes: Hashes


class Said(NamedTuple):
    """The words of statements, one after another: by their hashes, and by those of their first letters, 0 for short words."""

    words: Lists
    stems: Hashes


class Common(NamedTuple):
    """What more articles hold than may propose a pair, by hashes: words, and five words in a row."""

    words: Hashes
    shingles: Hashes


def nothing_common() -> Common:
    return Common(np.zeros(0, np.uint64), np.zeros(0, np.uint64))


class ArticlePairs(NamedTuple):
    """`pairs` [n, 2] of places, ascending, that are to be compared, and how alike they are. `again` [n, 2]: pairs of unchanged articles
    of which it has to be decided again whether they are compared; if so, they are among `pairs`."""

    pairs: Ints
    alike: NDArray[np.float64]
    again: Ints
    common: Common


def said_words(texts: pa.ChunkedArray) -> Said:
    """The words of folded texts."""
    column = texts.combine_chunks().cast(pa.large_string())
    _, offsets, data = column.buffers()
    ends = (
        np.frombuffer(offsets, np.int64)[column.offset : column.offset + len(column) + 1] if len(column) else np.zeros(1, np.int64)
    )
    letters = np.frombuffer(data, np.uint8)[ends[0] : ends[-1]] if data is not None else np.zeros(0, np.uint8)
    starts = np.zeros(len(ends), np.int64)
    most = int(np.count_nonzero(letters == ord(" "))) + len(ends)
    hashes, stems = np.zeros(most, np.uint64), np.zeros(most, np.uint64)
    n = KERNELS.for_work(len(letters)).hashed_words(letters, ends - ends[0], hashes, stems, starts)
    return Said(Lists(hashes[:n], starts), stems[:n])


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
    said: Said,
    of_said: Ints,
    changed: NDArray[np.bool_],
    before: Common,
    settings: UtteranceSettings,
) -> ArticlePairs:
    """All pairs of which one article is `changed`, and those that share what became common or rare since `before`.

    `of_said`: the article of each statement in `said`; `days`: of each article, -1 where it has none.
    """
    lists, numbers = articles.lists, len(articles.hashes)
    steps = steps_of(articles.hashes) ** 2
    totals = np.bincount(_owners(lists), weights=steps[lists.values], minlength=len(days)).astype(np.float64)
    held = np.bincount(lists.values, minlength=numbers)
    rare = held <= settings.common_word
    shingles = _Groups.of(said_shingles(said, of_said))
    common = Common(np.sort(articles.hashes[~rare]), shingles.numbers[shingles.sizes > settings.common_shingle])
    telling = shingles.between(2, settings.common_shingle)
    sharing, alike = _sharing(lists, steps, totals, held, days, changed, settings)
    verbatim = telling.pairs(changed)
    again = np.zeros((0, 2), np.int64)
    if not changed.all():
        was_rare = ~np.isin(articles.hashes, before.words)
        moved = shingles.only(np.isin(shingles.numbers, np.setxor1d(common.shingles, before.shingles)))
        turned = _turned(lists, steps, totals, was_rare, rare, days, changed, settings)
        again = _distinct(np.concatenate([turned, moved.members_in(~changed).pairs(None)]))
        look = np.zeros(len(days), bool)
        look[again.reshape(-1)] = True
        verbatim = np.concatenate([verbatim, _among(telling.members_in(look).pairs(None), again)])
        near = again[_near(again, days, settings) & (_shared(lists, rare.astype(np.float64), again) >= settings.shared_words)]
        likeness = _likeness(lists, steps, totals, near)
        enough = likeness >= settings.least_alike
        sharing, alike = np.concatenate([sharing, near[enough]]), np.concatenate([alike, likeness[enough]])
    verbatim = _distinct(verbatim)
    further = verbatim[~np.isin(_keys(verbatim), _keys(sharing))]
    pairs, alike = np.concatenate([sharing, further]), np.concatenate([alike, _likeness(lists, steps, totals, further)])
    order = np.argsort(_keys(pairs))
    return ArticlePairs(pairs[order], alike[order], again, common)


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

    def pairs(self, asked: NDArray[np.bool_] | None) -> Ints:
        """The pairs of places [n, 2] that are in a group together, ascending; of groups with an asked member, and with one such member, if `asked` is given."""
        groups = self
        if asked is not None and len(self.members):
            groups = self.only(np.maximum.reduceat(asked[self.members], self.starts[:-1]))
        of = np.repeat(np.arange(len(groups.numbers)), groups.sizes)
        found = [np.zeros((0, 2), np.int64)]
        for offset in range(1, int(groups.sizes.max(initial=0))):
            same = np.flatnonzero(of[:-offset] == of[offset:])
            first, second = groups.members[same], groups.members[same + offset]
            if asked is not None:
                kept = asked[first] | asked[second]
                first, second = first[kept], second[kept]
            found.append(_distinct(np.column_stack([first, second])))
        return _distinct(np.concatenate(found))


def said_shingles(said: Said, of_said: Ints) -> Hashes:
    """Which articles have which five words in a row in a statement, each once: 40 bits for the words above the place of the article."""
    parts = [np.zeros(0, np.uint64)]
    values, starts = said.words
    for first in range(0, len(of_said), _AT_ONCE):
        bounds = starts[first : first + _AT_ONCE + 1]
        held, sizes = values[bounds[0] : bounds[-1]], np.diff(bounds)
        ends = np.repeat(bounds[1:] - bounds[0], sizes)
        begins = np.flatnonzero(np.arange(len(ends)) + _IN_A_ROW <= ends)
        shingle = np.zeros(len(begins), np.uint64)
        for offset in range(_IN_A_ROW):
            shingle = shingle * np.uint64(0x9E3779B97F4A7C15) + held[begins + offset]
        owner = np.repeat(of_said[first : first + _AT_ONCE], sizes)[begins].astype(np.uint64)
        parts.append(_ascending((shingle & ~PLACE) | owner))
    return _ascending(np.concatenate(parts))


def _sharing(
    lists: Lists,
    steps: NDArray[np.float64],
    totals: NDArray[np.float64],
    held: Ints,
    days: Ints,
    changed: NDArray[np.bool_],
    settings: UtteranceSettings,
) -> tuple[Ints, NDArray[np.float64]]:
    """The pairs with a changed article that are near in time, share rare words and are alike; and how alike they are."""
    telling = (held >= 2) & (held <= settings.common_word)
    owner = _owners(lists)
    if not changed.all():
        there = np.zeros(len(held), bool)
        there[lists.values[changed[owner]]] = True
        telling &= there
    kept = np.flatnonzero(telling[lists.values])
    numbers = lists.values[kept]
    members = owner[kept][np.argsort(numbers, kind="stable")]
    ends = np.append(0, np.cumsum(np.bincount(numbers, minlength=len(held))))
    asked = np.flatnonzero(changed)
    counts, touched = np.zeros(len(days), np.int64), np.zeros(len(days), np.int64)
    marks = np.zeros(len(held))
    found, alike = [np.zeros((0, 2), np.int64)], [np.zeros(0)]
    kernels = KERNELS.for_work(len(members) * 8)
    for first in range(0, len(asked), _AT_ONCE):
        some, room = asked[first : first + _AT_ONCE], 1 << 16
        while True:
            out, likeness = np.empty((room, 2), np.int64), np.empty(room)
            n = kernels.alike_articles(
                some, changed, lists.values, lists.starts, steps, totals, members, ends, days, settings.window, settings.shared_words,
                settings.least_alike, counts, touched, marks, out, likeness,
            )  # fmt: skip
            if n <= room:
                break
            room = n
        found.append(out[:n].copy())
        alike.append(likeness[:n].copy())
    return np.concatenate(found), np.concatenate(alike)


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
    """The pairs of unchanged articles, near in time and alike, that share enough rare words now and did not before, or the other way round."""
    moved = was_rare != rare
    kept = np.flatnonzero(moved[lists.values])
    kept = kept[~changed[_owners(lists)[kept]]]
    keys = (lists.values[kept].astype(np.uint64) << OF_ARTICLE) | _owners(lists)[kept].astype(np.uint64)
    pairs = _Groups.of(np.sort(keys)).pairs(None)
    pairs = pairs[_near(pairs, days, settings)]
    shares = [_shared(lists, flags.astype(np.float64), pairs) >= settings.shared_words for flags in (was_rare, rare)]
    pairs = pairs[shares[0] != shares[1]]
    return pairs[_likeness(lists, steps, totals, pairs) >= settings.least_alike]


def _owners(lists: Lists) -> NDArray[np.int32]:
    """The list that each number is in."""
    return np.repeat(np.arange(len(lists.starts) - 1, dtype=np.int32), np.diff(lists.starts))


def _shared(lists: Lists, weights: NDArray[np.float64], pairs: Ints) -> NDArray[np.float64]:
    """The weight of what both lists of a pair hold."""
    out = np.zeros(len(pairs))
    first, second = np.ascontiguousarray(pairs[:, 0]), np.ascontiguousarray(pairs[:, 1])
    KERNELS.for_work(len(pairs) * 100).shared_weights(lists.values, lists.starts, weights, first, second, out)
    return out


def _likeness(lists: Lists, steps: NDArray[np.float64], totals: NDArray[np.float64], pairs: Ints) -> NDArray[np.float64]:
    both = np.maximum(totals[pairs[:, 0]] * totals[pairs[:, 1]], 1e-9)
    return np.asarray(_shared(lists, steps, pairs) / np.sqrt(both))


def likeness_of(articles: ArticleWords, pairs: Ints) -> NDArray[np.float64]:
    """How alike the articles of pairs of places are."""
    steps = steps_of(articles.hashes) ** 2
    totals = np.bincount(_owners(articles.lists), steps[articles.lists.values], len(articles.lists.starts) - 1).astype(np.float64)
    return _likeness(articles.lists, steps, totals, pairs)


def _near(pairs: Ints, days: Ints, settings: UtteranceSettings) -> NDArray[np.bool_]:
    one, other = days[pairs[:, 0]], days[pairs[:, 1]]
    return np.asarray((one < 0) | (other < 0) | (np.abs(one - other) <= settings.window))


def _among(pairs: Ints, others: Ints) -> Ints:
    return pairs[np.isin(_keys(pairs), _keys(others))]


def _keys(pairs: Ints) -> Ints:
    return pairs[:, 0] << 32 | pairs[:, 1]


def _distinct(pairs: Ints) -> Ints:
    """Pairs of places [n, 2], ascending, each once."""
    keys = _ascending(_keys(pairs))
    return np.column_stack([keys >> 32, keys & 0xFFFFFFFF])


def _ascending(values: NDArray[Any]) -> NDArray[Any]:
    """The different values, ascending: by sorting them in place, which takes a tenth of the time of the hash table of `np.unique`."""
    values.sort()
    return values[np.append(True, values[1:] != values[:-1])[: len(values)]]
