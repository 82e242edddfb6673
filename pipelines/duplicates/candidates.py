"""Which pairs are worth comparing: texts that share a band of their signatures or a shingle of their sketches.

What a pair is called does not belong here: the comparison in `verification` and the rules of `kinds` decide.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from pipelines.compiled import Functions
from pipelines.duplicates.kernels.load import KERNELS
from pipelines.duplicates.kernels.shapes import Buckets, Entries, LinkedTexts
from pipelines.duplicates.settings import DuplicateSettings
from pipelines.duplicates.threads import in_parts, pool

# One shared shingle is worth a comparison where a run of words is shared around it; else it takes two or more, and so large a
# share of the shorter sketch (a tenth of the least containment that counts: sketches are small), or one where that sketch is very
# short.
MIN_SHARE = 0.04
SHORT_SKETCH = 8


@dataclass
class Signatures:
    """MinHash signatures where they lie: uint32, `num_perm` from each text's address on. Texts too short to shingle have none."""

    addresses: np.ndarray
    num_perm: int
    holder: object  # that keeps them there

    def band_keys(self, texts: np.ndarray, bands: int, rows: int) -> np.ndarray:
        """A hash of each band, all of one text together."""
        return KERNELS.for_work(0).band_keys(self.addresses[texts], bands, rows)

    def estimates(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """Jaccard of each pair of texts, by the share of values that agree."""
        return KERNELS.for_work(0).agreeing(self.addresses, self.num_perm, left, right) / self.num_perm


@dataclass
class Index:
    """Signatures and sketches of texts that all differ, in their order. Texts too short to shingle have neither."""

    signatures: Signatures
    sketch: np.ndarray  # uint64, end to end
    neighbourhoods: np.ndarray  # uint32, for each of `sketch`
    starts: np.ndarray
    ranks: np.ndarray  # of the texts by content: the lowest member is the one that a capped bucket keeps
    common: np.ndarray | None = None  # bool, for each of `sketch`, once it was asked for: see `corpus`

    @cached_property
    def shared(self) -> np.ndarray:
        """Entries of `sketch` that another one equals, equal ones together (and a few others)."""
        return _shared(KERNELS.for_work(0), self.sketch)[0]


@dataclass
class Candidates:
    """Pairs (left < right, ascending) with how they were found, and the buckets that were too full."""

    left: np.ndarray
    right: np.ndarray
    by_band: np.ndarray  # bool: by a band, else by the sketch alone
    capped: list[tuple[str, int, int]] = field(default_factory=list)  # bucket, members, the one kept


def propose(index: Index, settings: DuplicateSettings) -> Candidates:
    """All pairs that share a band, two shingles of the sketch, or one with its neighbourhood."""
    kernels = KERNELS.for_work(len(index.sketch))
    lengths = np.diff(index.starts)
    bands, rows = settings.bands
    signed = np.flatnonzero(lengths > 0)
    workers = pool(settings.threads)
    halves = [workers.submit(_shared, kernels, index.sketch, part, settings.threads) for part in range(settings.threads)]
    keys_of_bands = workers.submit(index.signatures.band_keys, signed, bands, rows)
    texts = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    keys = keys_of_bands.result()
    of_bands = workers.submit(_shared, kernels, keys)
    parts = [half.result() for half in halves]
    index.shared = np.concatenate([order for order, _ in parts])
    starts_of_bands = np.append(0, np.cumsum(np.where(lengths > 0, bands, 0)))
    banded_texts = Entries(np.repeat(signed.astype(np.int32), bands), np.empty(0, np.uint32))
    sketch = _Linked.of(parts, Entries(texts, index.neighbourhoods), index.starts, index, settings)
    banded = _Linked.of([of_bands.result()], banded_texts, starts_of_bands, index, settings)
    found: dict[int, tuple[np.ndarray, np.ndarray]] = {}

    def work(part: slice) -> None:
        found[part.start] = kernels.meetings(part.start, part.stop, sketch.texts, banded.texts, lengths, MIN_SHARE, SHORT_SKETCH)

    in_parts(work, np.arange(len(lengths)), settings.threads)
    ordered = [found[first] for first in sorted(found)]
    pairs = np.concatenate([np.empty(0, np.uint64), *(pairs for pairs, _ in ordered)]).view(np.int64)
    by_band = np.concatenate([np.empty(0, bool), *(by_band for _, by_band in ordered)])
    capped = sorted(banded.capped("band", keys) + sketch.capped("sketch", index.sketch))
    return Candidates(pairs >> 32, pairs & 0xFFFFFFFF, by_band, capped)


@dataclass
class _Linked:
    """Texts linked by the keys of their entries: `order` has the entries of one bucket together."""

    order: np.ndarray
    texts: LinkedTexts

    @staticmethod
    def of(
        parts: list[tuple[np.ndarray, np.ndarray]], entries: Entries, starts: np.ndarray, index: Index, settings: DuplicateSettings
    ) -> _Linked:
        """From parts as the kernel `shared` gives them; the entries of text i are those from `starts[i]` to `starts[i + 1]`."""
        kernels = KERNELS.for_work(0)
        order = np.concatenate([order for order, _ in parts])
        buckets = Buckets(
            np.full(len(entries.texts), -1, np.int32),
            np.empty(len(order), np.int32),
            np.empty(len(order) if len(entries.neighbourhoods) else 0, np.uint32),
            np.empty(len(order), np.int32),
        )
        bases = np.cumsum([0, *(len(part) for part, _ in parts)])

        def link(part: int) -> np.ndarray:
            return kernels.link_buckets(*parts[part], bases[part], entries, index.ranks, settings.bucket_cap, buckets)

        caps = np.concatenate(list(pool(settings.threads).map(link, range(len(parts)))))
        return _Linked(order, LinkedTexts(starts, buckets, caps))

    def capped(self, kind: str, keys: np.ndarray) -> list[tuple[str, int, int]]:
        """Bucket, members and the one kept, of those that were too full."""
        buckets = self.texts.buckets
        return [
            (f"{kind}:{int(keys[self.order[first]]):016x}", size, int(buckets.members[-1 - buckets.ends[first]]))
            for first, size in self.texts.caps.tolist()
        ]


def _shared(kernels: Functions, keys: np.ndarray, part: int = 0, parts: int = 1) -> tuple[np.ndarray, np.ndarray]:
    return kernels.shared(keys, np.uint64(part), np.uint64(parts))


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
        found = np.isin(index.signatures.band_keys(signed, *settings.bands), band)
        inside[np.repeat(signed, settings.bands[0])[found]] = True
    return inside
