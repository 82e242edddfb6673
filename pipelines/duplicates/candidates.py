"""Which pairs are worth comparing: texts that share a band of their signatures or a shingle of their sketches."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from pipelines.duplicates.compiled import kernels
from pipelines.duplicates.settings import DuplicateSettings

# One shared shingle is worth a comparison where a run of words is shared around it; else it takes two or more, and so large a share of
# the shorter sketch (a tenth of the least containment that counts: sketches are small), or one where that sketch is very short.
_LEAST_SHARE = 0.04
_SHORT_SKETCH = 8


@dataclass
class Index:
    """Signatures and sketches of texts that all differ; texts too short to shingle have neither. Row i is text i."""

    signatures: np.ndarray  # uint32, one row per text
    sketch: np.ndarray  # uint64, end to end
    beside: np.ndarray  # uint32, for each of `sketch`
    starts: np.ndarray
    ranks: np.ndarray  # of the texts by content: the lowest member is the one that a capped bucket keeps
    common: np.ndarray | None = None  # bool, for each of `sketch`, once it was asked for: see `detection`

    @cached_property
    def shared(self) -> np.ndarray:
        return shared_order(self.sketch)


@dataclass
class Candidates:
    """Pairs (left < right, ascending) with how they were found, and the buckets that were too full."""

    left: np.ndarray
    right: np.ndarray
    by_band: np.ndarray  # bool: by a band, else by the sketch alone
    capped: list[tuple[str, int, int]] = field(default_factory=list)  # bucket, members, the one kept


def propose(index: Index, settings: DuplicateSettings) -> Candidates:
    """All pairs that share a band, two shingles of the sketch, or one with its neighbourhood."""
    capped: list[tuple[str, int, int]] = []
    with ThreadPoolExecutor(settings.threads) as pool:
        of_sketch = pool.submit(_from_sketch, index, settings, capped)
        from_bands = pool.submit(_from_bands, index, settings, capped).result()
        from_sketch = of_sketch.result()
    both = np.union1d(from_bands, from_sketch)
    return Candidates(both >> 32, both & 0xFFFFFFFF, np.isin(both, from_bands, assume_unique=True), sorted(capped))


def _from_bands(index: Index, settings: DuplicateSettings, capped: list[tuple[str, int, int]]) -> np.ndarray:
    signed = np.flatnonzero(np.diff(index.starts) > 0)
    if not len(signed):
        return np.empty(0, np.int64)
    bands, rows = settings.bands
    keys = kernels().band_keys(index.signatures[signed], bands, rows)
    pairs = _bucketed(
        "band", keys, shared_order(keys), np.tile(signed, bands), np.empty(0, np.uint32), index.ranks, settings, capped
    )
    return np.unique(pairs >> 1)


def _from_sketch(index: Index, settings: DuplicateSettings, capped: list[tuple[str, int, int]]) -> np.ndarray:
    lengths = np.diff(index.starts)
    members = np.repeat(np.arange(len(lengths)), lengths)
    pairs = _bucketed("sketch", index.sketch, index.shared, members, index.beside, index.ranks, settings, capped)
    pairs.sort()
    texts = pairs >> 1
    last = np.flatnonzero(np.append(texts[1:] != texts[:-1], True)) if len(texts) else np.empty(0, np.int64)
    shared = np.diff(np.append(-1, last))
    sure = (pairs[last] & 1) == 1
    found = texts[last]
    shorter = np.minimum(lengths[found >> 32], lengths[found & 0xFFFFFFFF])
    enough = np.where(shared > 1, shared >= _LEAST_SHARE * shorter, shorter <= _SHORT_SKETCH)
    return found[sure | enough]


def shared_order(keys: np.ndarray) -> np.ndarray:
    """The entries whose key stands more than once (and a few others), in order of the key. Most stand once: sorting those is spared."""
    entries = kernels().repeated(keys)
    return entries[np.argsort(keys[entries])]


def _bucketed(
    name: str,
    keys: np.ndarray,
    order: np.ndarray,
    members: np.ndarray,
    beside: np.ndarray,
    ranks: np.ndarray,
    settings: DuplicateSettings,
    capped: list[tuple[str, int, int]],
) -> np.ndarray:
    keys, members = keys[order], members[order]
    pairs, caps = kernels().bucket_pairs(keys, members, beside[order] if len(beside) else beside, ranks, settings.bucket_cap)
    for first, size in caps.tolist():
        inside = members[first : first + size]
        capped.append((f"{name}:{int(keys[first]):016x}", size, int(inside[np.argmin(ranks[inside])])))
    return pairs


def members_of(index: Index, buckets: set[str], settings: DuplicateSettings) -> np.ndarray:
    """Which texts (bool) stand in one of the named buckets of bands or sketches."""
    inside = np.zeros(len(index.starts) - 1, bool)
    sketch, band = (
        np.array([int(b[len(kind) :], 16) for b in buckets if b.startswith(kind)], np.uint64) for kind in ("sketch:", "band:")
    )
    if len(sketch):
        inside[np.repeat(np.arange(len(inside)), np.diff(index.starts))[np.isin(index.sketch, sketch)]] = True
    if len(band):
        signed = np.flatnonzero(np.diff(index.starts) > 0)
        found = np.isin(kernels().band_keys(index.signatures[signed], *settings.bands), band)
        inside[np.tile(signed, settings.bands[0])[found]] = True
    return inside
