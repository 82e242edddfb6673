"""Articles and statements as arrays, which pairs of statements are worth a look, and how alike they are.

Which of them are one utterance is decided in `alignment`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.utterances.folding import folded
from pipelines.utterances.kernels.load import KERNELS
from pipelines.utterances.rarity import gram_buckets, rarity, word_buckets, word_hash
from pipelines.utterances.settings import UtteranceSettings
from pipelines.utterances.statements import Statement

_LEAST_COSINE, _LEAST_INSIDE, _LEAST_SHARED = 0.12, 0.5, 100.0
_AT_ONCE = 1 << 13  # statements that are turned into arrays together, fewer than 65,536
_STEM = 5  # letters
_BASE = 0.3  # weight of the most common word


class Lists(NamedTuple):
    """Ascending lists of whole numbers, one after another; list k is `values[starts[k]:starts[k + 1]]`."""

    values: NDArray[Any]
    starts: NDArray[np.int64]


class Pairs(NamedTuple):
    """Pairs of statements and what was measured of them."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    articles_alike: NDArray[np.float64]
    cosine: NDArray[np.float64]  # of rare four-grams
    weight: NDArray[np.float64]  # of the rare four-grams of the one that has less
    in_order: NDArray[np.float64]  # share of the shorter one's words, by rarity, that stand in the other in their order
    rarity: NDArray[np.float64]  # of the words of the shorter one
    around: NDArray[np.float64]  # likeness of what stands around them


TextsOf = Callable[[Sequence[int]], Sequence[str]]  # the texts of articles, by place


def measure(
    articles: Lists,
    days: Sequence[int | None],
    publishers: NDArray[np.int64],
    statements: Sequence[Statement],
    texts_of: TextsOf,
    settings: UtteranceSettings,
) -> Pairs:
    """All pairs of statements of different articles that are at all alike. Statements are in order of their article.

    `articles`: the hashes of the distinct words of each, ascending; `publishers`: a number for each. Articles of one publisher have a form in
    common: no more than `alike_in_form` of their likeness is believed, and what stands around words says nothing. The texts of others
    that are much alike are asked for.
    """
    vocabulary: dict[str, int] = {}
    words = _words_of(statements, vocabulary)
    hashes = np.array([word_hash(word) for word in vocabulary], np.uint64)
    weights = _weights(hashes)
    held, numbers = np.unique(articles.values, return_inverse=True)
    of_articles, article_weights = Lists(numbers.reshape(-1).astype(np.int32), articles.starts), _weights(held.astype(np.uint64))
    total = _totals(of_articles, article_weights**2)
    when = np.array([-1 if day is None else day for day in days], np.int64)
    pairs, alike = _article_pairs(
        of_articles, total, article_weights, when, _verbatim(words, hashes, statements, settings), settings
    )
    firsts = np.searchsorted([s.article for s in statements], np.arange(len(articles.starts))).astype(np.int64)
    grams = _grams([s.folded for s in statements])
    gram_weights = rarity().grams.astype(np.float64) ** 2
    totals = _totals(grams, gram_weights)
    marks = _marks(words, weights, list(vocabulary), settings)
    found, measures = _compared(grams, gram_weights, totals, marks, firsts, pairs)
    first, second, of = found.T
    in_order, rare = _in_order(words, weights, list(vocabulary), first, second)
    of_statement = publishers[[s.article for s in statements]] if statements else publishers
    one = of_statement[first] == of_statement[second]
    around = np.zeros(len(first))
    look = np.flatnonzero(~one & (alike[of] > settings.articles_alike[2]))
    near = np.where(one, np.minimum(alike[of], settings.alike_in_form), alike[of])
    around[look] = _around(texts_of, statements, first[look], second[look], gram_weights, settings)
    return Pairs(first, second, near, measures[:, 0], np.minimum(totals[first], totals[second]), in_order, rare, around)


def article_likeness(words: pa.Table) -> Callable[[str, str], float]:
    """How alike two articles are by their words (`ARTICLE_WORDS`), 0 to 1; 0 where one is not known."""
    column = words["words"].combine_chunks()
    values, ends = column.values.to_numpy(), column.offsets.to_numpy()
    place = {id: k for k, id in enumerate(words["id"].to_pylist())}

    @functools.lru_cache(1 << 12)
    def of(id: str) -> tuple[NDArray[np.uint64], float]:
        held = values[ends[place[id]] : ends[place[id] + 1]]
        return held, float((_weights(held) ** 2).sum())

    @functools.lru_cache(1 << 16)
    def alike(a: str, b: str) -> float:
        if a not in place or b not in place:
            return 0.0
        (first, one), (second, other) = of(a), of(b)
        shared = np.intersect1d(first, second, assume_unique=True)
        return float((_weights(shared) ** 2).sum()) / max(one * other, 1e-9) ** 0.5

    return lambda a, b: alike(min(a, b), max(a, b))


def _weights(hashes: NDArray[np.uint64]) -> NDArray[np.float64]:
    return rarity().words[word_buckets(hashes)].astype(np.float64)


def _words_of(statements: Sequence[Statement], vocabulary: dict[str, int]) -> Lists:
    """The words of each statement by their numbers in `vocabulary`, which grows."""
    rows = (s.folded.split() for s in statements)
    counts = np.zeros(len(statements) + 1, np.int64)

    def numbers() -> Iterator[int]:
        for k, row in enumerate(rows, 1):
            counts[k] = len(row)
            for word in row:
                yield vocabulary.setdefault(word, len(vocabulary))

    return Lists(np.fromiter(numbers(), np.int32), np.cumsum(counts))


def _totals(lists: Lists, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """The weight of each list, added up from the first on, some lists at a time."""
    out, before = np.zeros(len(lists.starts) - 1), 0.0
    for first in range(0, len(out), _AT_ONCE):
        ends = lists.starts[first : first + _AT_ONCE + 1]
        sums = np.cumsum(np.append(before, weights[lists.values[ends[0] : ends[-1]]]))
        out[first : first + _AT_ONCE] = np.diff(sums[ends - ends[0]])
        before = sums[-1]
    return out


def _grams(texts: Sequence[str]) -> Lists:
    """The buckets of the four-grams of each text, each once; some texts at a time, since all places of all texts take much memory."""
    values, counts = [np.zeros(0, np.int32)], [np.zeros(1, np.int64)]
    for first in range(0, len(texts), _AT_ONCE):
        padded = [f" {text} " for text in texts[first : first + _AT_ONCE]]
        codes = np.frombuffer("".join(padded).encode("utf-32-le", "surrogatepass"), np.uint32)
        owner = np.repeat(np.arange(len(padded), dtype=np.uint32), [len(text) for text in padded])
        whole = owner[: max(len(owner) - 3, 0)] == owner[3:]
        keys = owner[: len(whole)][whole] << np.uint32(16) | gram_buckets(codes)[whole].astype(np.uint32)
        keys.sort()
        keys = keys[np.append(True, keys[1:] != keys[:-1])[: len(keys)]]
        values.append((keys & np.uint32(0xFFFF)).astype(np.int32))
        counts.append(np.bincount(keys >> np.uint32(16), minlength=len(padded)))
    return Lists(np.concatenate(values), np.cumsum(np.concatenate(counts)))


def _verbatim(
    words: Lists, hashes: NDArray[np.uint64], statements: Sequence[Statement], settings: UtteranceSettings
) -> NDArray[np.int64]:
    """Pairs of articles [n, 2], ascending, of which statements have five words in a row in common that not too many articles have."""
    article = np.repeat(np.array([s.article for s in statements], np.int64), np.diff(words.starts))
    ends = np.repeat(words.starts[1:], np.diff(words.starts))
    begins = np.flatnonzero(np.arange(len(ends)) + 5 <= ends)
    shingle = np.zeros(len(begins), np.uint64)
    for offset in range(5):
        shingle = shingle * np.uint64(0x9E3779B97F4A7C15) + hashes[words.values[begins + offset]]
    order = np.argsort(shingle, kind="stable")
    shingle, article = shingle[order], article[begins[order]]
    first_time = np.append(True, (shingle[1:] != shingle[:-1]) | (article[1:] != article[:-1]))[: len(shingle)]
    shingle, article = shingle[first_time], article[first_time]
    new = np.append(True, shingle[1:] != shingle[:-1])[: len(shingle)]
    group = np.cumsum(new) - 1
    held = np.bincount(group)[group] if len(group) else group
    kept = (held > 1) & (held <= settings.common_shingle)
    group, article = group[kept], article[kept]
    found = [np.zeros((0, 2), np.int64)]
    for offset in range(1, settings.common_shingle):
        same = np.flatnonzero(group[:-offset] == group[offset:])
        if not len(same):
            break
        found.append(_distinct(np.column_stack([article[same], article[same + offset]])))
    return _distinct(np.concatenate(found))


def _distinct(pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Pairs of places [n, 2], ascending, each once."""
    keys = np.unique(pairs[:, 0] << 32 | pairs[:, 1])
    return np.column_stack([keys >> 32, keys & 0xFFFFFFFF])


def _article_pairs(
    articles: Lists,
    totals: NDArray[np.float64],
    weights: NDArray[np.float64],
    days: NDArray[np.int64],
    verbatim: NDArray[np.int64],
    settings: UtteranceSettings,
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Pairs of articles to compare, and how alike they are: those that share rare words and are alike, or five words of a statement."""
    pairs = _distinct(np.concatenate([_sharing(articles, len(weights), days, settings), verbatim]))
    shared = np.zeros(len(pairs))
    KERNELS.for_work(len(pairs) * 100).shared_weights(
        articles.values, articles.starts, weights**2, pairs[:, 0], pairs[:, 1], shared
    )
    alike = shared / np.sqrt(np.maximum(totals[pairs[:, 0]] * totals[pairs[:, 1]], 1e-9))
    asked = np.isin(pairs[:, 0] << 32 | pairs[:, 1], verbatim[:, 0] << 32 | verbatim[:, 1], assume_unique=True)
    kept = (alike >= settings.least_alike) | asked
    return pairs[kept], alike[kept]


def _sharing(articles: Lists, words: int, days: NDArray[np.int64], settings: UtteranceSettings) -> NDArray[np.int64]:
    """Pairs of articles near in time that share rare words."""
    owner = np.repeat(np.arange(len(days)), np.diff(articles.starts))
    order = np.argsort(articles.values, kind="stable")
    starts = np.searchsorted(articles.values[order], np.arange(words + 1)).astype(np.int64)
    room = max(1 << 16, 64 * len(days))
    while True:
        out = np.empty((room, 2), np.int64)
        n = KERNELS.for_work(len(owner)).common_pairs(
            owner[order], starts, 2, settings.common_word, days, settings.window, np.zeros(len(days), np.int64),
            np.zeros(len(days), np.int64), out, settings.shared_words,
        )  # fmt: skip
        if n <= room:
            return out[:n]
        room = n


def _marks(
    words: Lists, weights: NDArray[np.float64], vocabulary: Sequence[str], settings: UtteranceSettings
) -> NDArray[np.uint64]:
    """256 bits for each statement, one for the beginning of every word that is not too common; all where it has none."""
    bits = np.array([word_hash(word[:_STEM]) for word in vocabulary], np.uint64) >> np.uint64(17)
    place = (bits & np.uint64(255)).astype(np.int64)
    telling = weights >= settings.telling_word
    marks = np.zeros((len(words.starts) - 1, 4), np.uint64)
    for first in range(0, len(marks), _AT_ONCE):
        ends = words.starts[first : first + _AT_ONCE + 1]
        held = words.values[ends[0] : ends[-1]]
        owner = np.repeat(np.arange(len(ends) - 1), np.diff(ends))[telling[held]]
        found = np.zeros((len(ends) - 1, 256), bool)
        found[owner, place[held[telling[held]]]] = True
        marks[first : first + _AT_ONCE] = np.packbits(found, axis=1, bitorder="little").view("<u8")
    marks[~marks.any(axis=1)] = ~np.uint64(0)
    return marks


def _compared(
    grams: Lists, weights: NDArray[np.float64], totals: NDArray[np.float64], marks: NDArray[np.uint64], firsts: NDArray[np.int64],
    pairs: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:  # fmt: skip
    bounds = np.array([_LEAST_COSINE, _LEAST_INSIDE, _LEAST_SHARED])
    sizes = np.diff(firsts)
    work = int((sizes[pairs[:, 0]] * sizes[pairs[:, 1]]).sum()) * 150
    room = max(1 << 14, 16 * len(pairs))
    head = np.full(len(weights), -1, np.int32)
    longest = int(np.diff(grams.starts[firsts]).max(initial=0))
    after, owner = np.empty(longest, np.int32), np.empty(longest, np.int32)
    shared = np.zeros(int((sizes[pairs[:, 0]] * sizes[pairs[:, 1]]).max(initial=0)))
    while True:
        head[:] = -1
        out, measures = np.empty((room, 3), np.int64), np.empty((room, 2))
        n = KERNELS.for_work(work).compare_statements(
            grams.values, grams.starts, weights, totals, marks, firsts, pairs, bounds, head, after, owner, shared, out, measures
        )
        if n <= room:
            return out[:n], measures[:n]
        room = n


def _in_order(
    lists: Lists,
    weights: NDArray[np.float64],
    vocabulary: Sequence[str],
    first: NDArray[np.int64],
    second: NDArray[np.int64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    stems: dict[str, int] = {}
    stem_of = np.array(
        [stems.setdefault(word[:_STEM], len(stems)) if len(word) >= _STEM else -1 for word in vocabulary], np.int64
    ).reshape(-1)
    placed = weights[lists.values] + _BASE
    totals = _totals(Lists(np.arange(len(placed)), lists.starts), placed)
    out = np.zeros(len(first))
    longest = int(np.diff(lists.starts).max(initial=0))
    KERNELS.for_work(len(first) * 200).words_in_order(
        lists.values, stem_of[lists.values], lists.starts, placed, first, second, np.zeros(longest + 1), out
    )
    least = np.minimum(totals[first], totals[second])
    return out / np.maximum(least, 1e-9), least


def _around(
    texts_of: TextsOf,
    statements: Sequence[Statement],
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    weights: NDArray[np.float64],
    settings: UtteranceSettings,
) -> NDArray[np.float64]:
    """The cosine of the four-grams that stand before and after each of the two statements."""
    wanted, places = np.unique(np.concatenate([first, second]), return_inverse=True)
    asked = sorted({statements[number].article for number in wanted.tolist()})
    texts = dict(zip(asked, texts_of(asked), strict=True))
    sides = []
    for number in wanted.tolist():
        statement = statements[number]
        text = texts[statement.article]
        before = folded(text[max(0, statement.start - settings.around) : statement.start])
        sides.append(before + "  " + folded(text[statement.end : statement.end + settings.around]))
    grams = _grams(sides)
    totals = _totals(grams, weights)
    a, b = places[: len(first)], places[len(first) :]
    shared = np.zeros(len(first))
    KERNELS.for_work(len(first) * 600).shared_weights(grams.values, grams.starts, weights, a, b, shared)
    return np.asarray(shared / np.sqrt(np.maximum(totals[a] * totals[b], 1e-9)))
