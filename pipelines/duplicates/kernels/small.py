"""Kernels for little text: what takes long as loops in Python, as operations on strings, sets and whole arrays.

Each gives, bit for bit, what the kernel of its name gives; the arguments are described there. They are also what the compiled
kernels are held against.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from pipelines.duplicates.folding import ALONE, DIGIT, LETTER, SEPARATOR, SKIPPED
from pipelines.duplicates.kernels.alignment import MAX_REPLACED_WORDS, _align, _note_passages
from pipelines.duplicates.kernels.basics import FACTOR, LOW, MIX1, MIX2, ONE, U29, U32, _mixed
from pipelines.duplicates.kernels.bits import bytes_at, numbers_at
from pipelines.duplicates.kernels.pairs import _may_be_noisy, _passes
from pipelines.duplicates.kernels.shapes import (
    Characters,
    Fact,
    Limits,
    Places,
    Run,
    Shared,
    SketchFact,
    SketchRows,
    SketchRule,
    WordSpans,
)
from pipelines.duplicates.kernels.shared import MAX_RUNS, _without_short
from pipelines.duplicates.kernels.sketches import MAX_REPEATS, _signed
from pipelines.duplicates.kernels.words import BASIS, DIGIT_AHEAD, LONG_WORD, _classed

_SIGNED_AT_ONCE = 4096  # shingles: with 128 permutations two megabytes
_MASK = (1 << 64) - 1


class _Folding(dict[int, str]):
    """For `str.translate`: of each character its folded letter, a space for what parts words."""

    def __init__(self, characters: Characters) -> None:
        super().__init__()
        self._characters = characters

    def __missing__(self, point: int) -> str:
        kind, code = map(int, _classed(point, self._characters))
        self[point] = {
            SKIPPED: "",
            SEPARATOR: " ",
            ALONE: f" {chr(code)} ",
            DIGIT: chr(DIGIT_AHEAD) * (code >= 128) + chr(code),
        }.get(kind, chr(code))
        return self[point]


class _Hashes(dict[str, int]):
    """The hash of each folded word."""

    def __missing__(self, word: str) -> int:
        data = word.encode()
        value = 0
        if len(data) < 16 and word.isascii():
            value = _number(data[:8]) * int(FACTOR) ^ _number(data[8:]) * int(MIX2)
        else:
            value = int(BASIS)
            for at in range(0, len(data), 8):
                value = _mix(value) + _number(data[at : at + 8])
        has_digit = any(byte & 0xE0 == 0x20 for byte in data)
        self[word] = _mix(value & _MASK) & ~3 | has_digit | (len(word) >= LONG_WORD) << 1
        return self[word]


def _number(data: bytes) -> int:
    return int.from_bytes(data, "little")


def _mix(value: int) -> int:
    value &= _MASK
    value = (value ^ value >> 32) * int(MIX1) & _MASK
    value = (value ^ value >> 29) * int(MIX2) & _MASK
    return value ^ value >> 32


def sketch_batch(data: np.ndarray, offsets: np.ndarray, characters: Characters, rule: SketchRule, rows: SketchRows) -> None:
    folding, hash_of = _Folding(characters), _Hashes()
    at = sketched = 0
    for i in range(len(offsets) - 1):
        text = data[offsets[i] : offsets[i + 1]].tobytes().decode(errors="replace")
        words = np.array([hash_of[word] for word in text.translate(folding).split()], np.uint64)
        rows.text_hashes[i] = _text_hashes(words)
        rows.words[at : at + len(words)] = words & LOW
        at += len(words)
        shingles = _mixed(_polynomials(words, rule.width))
        _sign(shingles, rule, rows.signatures[i])
        kept = _bottom_sketch(shingles.tolist(), rule)
        for values, column in ((rows.sketch, 0), (rows.neighbourhoods, 1)):
            values[sketched : sketched + len(kept)] = [entry[column] for entry in kept]
        sketched += len(kept)
        rows.facts[i, SketchFact.WORDS] = len(words)
        rows.facts[i, SketchFact.DISTINCT] = len(np.unique(shingles))
        rows.facts[i, SketchFact.SKETCH] = len(kept)


def _text_hashes(words: np.ndarray) -> tuple[int, int]:
    places = np.arange(len(words), 2 * len(words), dtype=np.uint64)
    one = int(np.sum(_mixed(words + places * FACTOR)))
    two = int(np.sum((words ^ words >> U29 ^ places * MIX2) * (places * MIX1 | ONE)))
    return _mix(one), _mix(two ^ len(words))


def _polynomials(words: np.ndarray, width: int) -> np.ndarray:
    made = max(0, len(words) - width + 1)
    out = np.zeros(made, np.uint64)
    for k in range(width):
        out = out * FACTOR + words[k : k + made].astype(np.uint64)
    return out


def _sign(shingles: np.ndarray, rule: SketchRule, signature: np.ndarray) -> None:
    hashes = _signed((shingles & LOW).astype(np.uint32))
    for first in range(0, len(hashes), _SIGNED_AT_ONCE):
        permuted = rule.factors[:, None] * hashes[None, first : first + _SIGNED_AT_ONCE] + rule.terms[:, None]
        np.minimum(signature, permuted.min(axis=1), out=signature)


def _bottom_sketch(shingles: list[int], rule: SketchRule) -> list[tuple[int, int]]:
    """Entries and their neighbourhoods, ascending."""
    size, half = len(shingles), (rule.window - 1) // 2

    def entry(place: int) -> tuple[int, int]:
        before = shingles[place - half] & 0xFFFF | 1 if place >= half else 0
        after = shingles[place + half] & 0xFFFF | 1 if place + half < size else 0
        return shingles[place], before << 16 | after

    chosen = [place for place, shingle in enumerate(shingles) if shingle < rule.limit]
    found = [entry(place) for place in chosen]
    for first, last in zip([-1, *chosen], [*chosen, size], strict=True):  # between two of them
        windows = range(first + 1, last - rule.window + 1)
        lowest = {min(range(at, at + rule.window), key=lambda place: (shingles[place], place)) for at in windows}
        found += map(entry, lowest)
    if len(found) < rule.minimum:
        first_places = {shingle: place for place, shingle in reversed([*enumerate(shingles)])}
        found += [entry(first_places[shingle]) for shingle in sorted(first_places)[: rule.minimum]]
    kept: list[tuple[int, int]] = []
    times: Counter[int] = Counter()
    for value, neighbourhood in sorted(found):
        if times[value] < MAX_REPEATS and (value, neighbourhood) not in kept[-1:]:
            kept.append((value, neighbourhood))
        times[value] += 1
    return kept


def locate(texts: Places, characters: Characters, counts: np.ndarray, spans: WordSpans, out: np.ndarray) -> None:
    for i in range(len(counts)):
        wanted = spans.order[spans.starts[i] : spans.ends[i]]
        if len(wanted):
            text = bytes_at(texts.addresses[i], texts.sizes[i]).tobytes().decode(errors="replace")
            firsts, lasts = _places_of_words(text, characters)
            out[wanted, 0::2] = firsts[spans.first[wanted]]
            out[wanted, 1::2] = lasts[spans.last[wanted] - 1]


def _places_of_words(text: str, characters: Characters) -> tuple[np.ndarray, np.ndarray]:
    """Where each word begins and ends, in bytes and in characters."""
    points = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    kind_of = {point: int(_classed(point, characters)[0]) for point in set(points.tolist())}
    kinds = np.array([kind_of[point] for point in points.tolist()], np.int64)
    places = np.flatnonzero(kinds != SKIPPED)
    kinds = kinds[places]
    alone, inside = kinds == ALONE, (kinds == LETTER) | (kinds == DIGIT)
    begins = alone | (inside & ~np.append(False, inside[:-1]))
    ends = alone | (inside & ~np.append(inside[1:], False))
    starts = np.append(0, np.cumsum(1 + (points >= 0x80) + (points >= 0x800) + (points >= 0x10000)))
    firsts, lasts = places[begins], places[ends] + 1
    return np.stack([starts[firsts], firsts], axis=1), np.stack([starts[lasts], lasts], axis=1)


def copy_lists(addresses: np.ndarray, sizes: np.ndarray, out: np.ndarray, places: np.ndarray) -> None:
    for address, size, place in zip(addresses.tolist(), sizes.tolist(), places.tolist(), strict=False):
        out[place : place + size] = bytes_at(address, size)


def shared(keys: np.ndarray, part: np.uint64, parts: np.uint64) -> tuple[np.ndarray, np.ndarray]:
    order = np.argsort(keys, kind="stable")
    order = order[(keys[order] & LOW) * parts >> U32 == part]
    _, times = np.unique(keys[order], return_counts=True)
    order = order[np.repeat(times > 1, times)]
    return order.astype(np.uint32), keys[order]


def band_keys(addresses: np.ndarray, bands: int, rows: int) -> np.ndarray:
    signatures = np.array([numbers_at(address, bands * rows) for address in addresses], np.uint64).reshape(-1, bands, rows)
    keys = np.tile(np.arange(1, bands + 1, dtype=np.uint64) * FACTOR, (len(addresses), 1))
    for row in range(rows):
        keys = (keys ^ signatures[:, :, row]) * MIX1
        keys ^= keys >> U29
    return _mixed(keys).reshape(-1)


def agreeing(addresses: np.ndarray, size: int, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    pairs = zip(addresses[left], addresses[right], strict=True)
    return np.array([np.sum(numbers_at(one, size) == numbers_at(other, size)) for one, other in pairs], np.int64)


def compare(
    words: Places,
    distinct: np.ndarray,
    width: int,
    left: np.ndarray,
    right: np.ndarray,
    limits: Limits,
    everything: bool,
    facts: np.ndarray,
) -> tuple[int, np.ndarray]:
    runs = np.empty((MAX_RUNS, 3), np.int64)
    order, chain, few = np.empty(MAX_RUNS, np.int64), np.empty(MAX_RUNS, np.int64), np.empty(2 * MAX_REPLACED_WORDS, np.uint32)
    made = 0
    passages = []
    for p, (a, b) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        words_left, words_right = (numbers_at(words.addresses[text], words.sizes[text]) for text in (a, b))
        mine, other = _polynomials(words_left, width).tolist(), _polynomials(words_right, width).tolist()
        count, counted = _share(mine, other, runs)
        noisy = _may_be_noisy(counted, distinct[a], distinct[b], max(1, len(mine)), max(1, len(other)))
        if not (everything or noisy or _passes(counted, distinct[a], distinct[b], limits)):
            continue
        links = _align(words_left, words_right, runs, count, width, order, chain, few, facts[made])
        facts[made, Fact.PAIR] = p
        facts[made, Fact.SHARED] = counted[Shared.DISTINCT]
        facts[made, Fact.SHARED_RUN] = counted[Shared.LONGEST_RUN]
        facts[made, Fact.NOISY] = noisy
        of_pair = np.empty((count, 6), np.int64)
        passages.append(of_pair[: _note_passages(runs, count, chain, links, made, of_pair, 0)])
        made += 1
    return made, np.concatenate([np.empty((0, 6), np.int64), *passages])


def _share(mine: list[int], other: list[int], runs: np.ndarray) -> tuple[int, list[int]]:
    """How many runs of shared shingles there are, written to `runs`, and what is shared (Shared)."""
    first_place = {shingle: place for place, shingle in reversed([*enumerate(mine)])}
    count, floor = 0, 1
    longest = hits = steady = 0
    seen: set[int] = set()
    first_left, last_left, first_right, last_right = len(mine), -1, -1, -1
    for j in [j for j, shingle in enumerate(other) if shingle in first_place]:
        if j <= last_right:
            continue
        place = first_place[other[j]]
        begin, run = 0, 1
        while place > begin and j > begin and mine[place - begin - 1] == other[j - begin - 1]:
            begin += 1
        while place + run < len(mine) and j + run < len(other) and mine[place + run] == other[j + run]:
            run += 1
        seen.update(other[j : j + run])
        first_left = min(first_left, *(first_place[shingle] for shingle in other[j : j + run]))
        longest = max(longest, begin + run)
        if first_right < 0:
            first_right = j
        elif abs((place - last_left) - (j - last_right)) <= 2 + (j - last_right) // 8:
            steady += 1
        steady += run - 1
        hits += run
        last_left, last_right = place + run - 1, j + run - 1
        if begin + run >= floor:
            runs[count, Run.LEFT], runs[count, Run.RIGHT], runs[count, Run.LENGTH] = place - begin, j - begin, begin + run
            count += 1
        while count == len(runs):
            floor *= 2
            count = _without_short(runs, count, floor)
    return count, [len(seen), longest, first_left, last_left, first_right, last_right, hits, steady]
