"""Which pairs are worth comparing: texts that share a band of their signatures or a shingle of their sketches."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from pipelines.duplicates.loading import kernels
from pipelines.duplicates.settings import DuplicateSettings
from pipelines.duplicates.threads import pool

# One shared shingle is worth a comparison where a run of words is shared around it; else it takes two or more, and so large a share of
# the shorter sketch (a tenth of the least containment that counts: sketches are small), or one where that sketch is very short.
_LEAST_SHARE = 0.04
_SHORT_SKETCH = 8


@dataclass
class Index:
    """Signatures and sketches of texts that all differ; texts too short to shingle have neither. All else is in order of the texts."""

    signatures: np.ndarray  # uint32, a row each
    sketch: np.ndarray  # uint64, end to end
    beside: np.ndarray  # uint32, for each of `sketch`
    starts: np.ndarray
    ranks: np.ndarray  # of the texts by content: the lowest member is the one that a capped bucket keeps
    common: np.ndarray | None = None  # bool, for each of `sketch`, once it was asked for: see `detection`

    @cached_property
    def shared(self) -> np.ndarray:
        """Entries of `sketch` that another one equals, equal ones together (and a few others)."""
        return _shared(self.sketch, 0, 1)


@dataclass
class Candidates:
    """Pairs (left < right, ascending) with how they were found, and the buckets that were too full."""

    left: np.ndarray
    right: np.ndarray
    by_band: np.ndarray  # bool: by a band, else by the sketch alone
    capped: list[tuple[str, int, int]] = field(default_factory=list)  # bucket, members, the one kept


def propose(index: Index, settings: DuplicateSettings) -> Candidates:
    """All pairs that share a band, two shingles of the sketch, or one with its neighbourhood."""
    lengths = np.diff(index.starts)
    texts = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    workers = pool(settings.threads)
    jobs = [workers.submit(_of_sketch, index, texts, part, settings) for part in range(settings.threads)]
    of_bands = workers.submit(_of_bands, index, settings)
    of_sketch = [job.result() for job in jobs]
    index.shared = np.concatenate([part.order for part in of_sketch])
    from_bands = kernels().tallied(of_bands.result().pairs, len(lengths))[0]
    found, times, sure = kernels().tallied(np.concatenate([part.pairs for part in of_sketch]), len(lengths))
    from_sketch = _enough(found, times, sure, lengths)
    both = np.union1d(from_bands, from_sketch)
    by_band = np.zeros(len(both), bool)
    by_band[np.searchsorted(both, from_bands)] = True
    capped = [bucket for part in (of_bands.result(), *of_sketch) for bucket in part.capped]
    return Candidates(both >> 32, both & 0xFFFFFFFF, by_band, sorted(capped))


@dataclass
class _Bucketed:
    """Entries that share a key, the pairs of texts behind them, as `bucket_pairs` gives them, and the buckets that were too full."""

    order: np.ndarray
    pairs: np.ndarray
    capped: list[tuple[str, int, int]]


def _of_bands(index: Index, settings: DuplicateSettings) -> _Bucketed:
    signed = np.flatnonzero(np.diff(index.starts) > 0)
    bands, rows = settings.bands
    keys = kernels().band_keys(index.signatures, signed, bands, rows)
    return _bucketed(
        "band", index, keys, _shared(keys, 0, 1), (np.tile(signed.astype(np.int32), bands), np.empty(0, np.uint32)), settings
    )


def _of_sketch(index: Index, texts: np.ndarray, part: int, settings: DuplicateSettings) -> _Bucketed:
    order = _shared(index.sketch, part, settings.threads)
    return _bucketed("sketch", index, index.sketch, order, (texts, index.beside), settings)


def _shared(keys: np.ndarray, part: int, parts: int) -> np.ndarray:
    return kernels().shared(keys, np.uint64(part), np.uint64(parts))


def _enough(found: np.ndarray, times: np.ndarray, sure: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Of the pairs that share `times` entries of their sketches those that are worth a comparison."""
    shorter = np.minimum(lengths[found >> 32], lengths[found & 0xFFFFFFFF])
    return found[sure | np.where(times > 1, times >= _LEAST_SHARE * shorter, shorter <= _SHORT_SKETCH)]


def _bucketed(
    name: str,
    index: Index,
    keys: np.ndarray,
    order: np.ndarray,
    entries: tuple[np.ndarray, np.ndarray],
    settings: DuplicateSettings,
) -> _Bucketed:
    """`entries` are text and besides of each key."""
    members, beside = entries
    pairs, caps = kernels().bucket_pairs(keys, order, members, beside, index.ranks, settings.bucket_cap)
    capped = []
    for first, size in caps.tolist():
        inside = members[order[first : first + size]]
        capped.append((f"{name}:{int(keys[order[first]]):016x}", size, int(inside[np.argmin(index.ranks[inside])])))
    return _Bucketed(order, pairs, capped)


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
        found = np.isin(kernels().band_keys(index.signatures, signed, *settings.bands), band)
        inside[np.tile(signed, settings.bands[0])[found]] = True
    return inside
