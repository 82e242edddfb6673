"""From texts to what is remembered of them: shingles, MinHash signatures and bottom sketches, straight from Arrow buffers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines import schemas
from pipelines.duplicates.folding import character_tables
from pipelines.duplicates.loading import kernels
from pipelines.duplicates.settings import DuplicateSettings

_BATCH_BYTES = 2 << 20


@dataclass
class Sketches:
    """What the kernel found in a run of texts; row i of each array is text i."""

    signatures: np.ndarray  # uint32, one row per text
    words: np.ndarray
    distinct: np.ndarray  # different shingles
    text_hashes: np.ndarray  # uint64, two per text
    sketch: np.ndarray  # all sketches end to end
    beside: np.ndarray  # uint32 for each: halves of the shingles half a window before and after
    sketch_starts: np.ndarray
    kept_words: np.ndarray  # uint32, low halves of the hashes of all words, end to end
    word_starts: np.ndarray
    shingles: np.ndarray  # how many, repeats counted

    def let_go_of_sketches(self) -> None:
        """Free what is no longer needed once an index has been made; words and counts stay."""
        self.sketch, self.beside = self.sketch[:0].copy(), self.beside[:0].copy()


@lru_cache(maxsize=8)
def permutations(num_perm: int) -> tuple[np.ndarray, np.ndarray]:
    """Factors and terms of datasketch's default MinHash (seed 1, scheme affine32), drawn here as it draws them.

    A test holds them against datasketch; importing it would cost 60 MB for its dependence on scipy.
    """
    generator = np.random.RandomState(1)
    factors = generator.randint(0, 1 << 31, num_perm, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return factors, generator.randint(0, 1 << 32, num_perm, dtype=np.uint32)


def text_buffers(texts: pa.Array | pa.ChunkedArray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """The bytes and the offsets of each chunk, without a copy where the strings are plain; a null is an empty text."""
    for chunk in texts.chunks if isinstance(texts, pa.ChunkedArray) else [texts]:
        if chunk.null_count:
            chunk = pc.fill_null(chunk, "")
        if not pa.types.is_large_string(chunk.type) and not pa.types.is_string(chunk.type):
            chunk = chunk.cast(pa.large_string())
        if len(chunk) == 0:
            continue
        _, offsets, data = chunk.buffers()
        width = np.int64 if pa.types.is_large_string(chunk.type) else np.int32
        starts = np.frombuffer(offsets, width)[chunk.offset : chunk.offset + len(chunk) + 1].astype(np.int64)
        yield (np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(1, np.uint8)), starts


class Texts:
    """Texts where they lie, in the chunks of an Arrow array: `begins` and `ends` are bytes of the chunk that `part_of` names."""

    def __init__(self, texts: pa.Array | pa.ChunkedArray) -> None:
        self.parts: list[np.ndarray] = []
        begins, ends, part_of = [np.empty(0, np.int64)], [np.empty(0, np.int64)], [np.empty(0, np.int64)]
        for data, offsets in text_buffers(texts):
            begins.append(offsets[:-1])
            ends.append(offsets[1:])
            part_of.append(np.full(len(offsets) - 1, len(self.parts)))
            self.parts.append(data)
        self.begins, self.ends, self.part_of = np.concatenate(begins), np.concatenate(ends), np.concatenate(part_of)

    def joined(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """A copy of the texts of `rows`, end to end, and where each begins, with the end of the last."""
        offsets = _starts(self.ends[rows] - self.begins[rows])
        out = np.zeros(max(1, int(offsets[-1])), np.uint8)
        for part, data in enumerate(self.parts):
            here = np.flatnonzero(self.part_of[rows] == part)
            kernels().copy_texts(data, self.begins[rows[here]], self.ends[rows[here]], out, offsets[here])
        return out, offsets


def _batches(texts: pa.Array | pa.ChunkedArray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    for data, offsets in text_buffers(texts):
        first = 0
        while first < len(offsets) - 1:
            last = int(np.searchsorted(offsets, offsets[first] + _BATCH_BYTES, "right")) - 1
            last = min(max(last, first + 1), len(offsets) - 1)
            yield data, offsets[first : last + 1]
            first = last


@dataclass
class _Batch:
    """What comes out of the kernel for a run of texts."""

    signatures: np.ndarray
    facts: np.ndarray
    text_hashes: np.ndarray
    kept_words: np.ndarray
    sketch: np.ndarray
    beside: np.ndarray


def _sketch_batch(data: np.ndarray, offsets: np.ndarray, settings: DuplicateSettings) -> _Batch:
    size = len(offsets) - 1
    signatures = np.full((size, settings.num_perm), 0xFFFFFFFF, np.uint32)
    facts = np.empty((size, 4), np.int64)
    text_hashes = np.empty((size, 2), np.uint64)
    kept_words = np.empty(int(offsets[-1] - offsets[0]) // 2 + size + 1, np.uint32)
    factors, terms = permutations(settings.num_perm)
    kinds, codes = character_tables()
    limit = np.uint64((1 << 64) // settings.sketch_one_in - (settings.sketch_one_in == 1))
    sketch, beside = kernels().sketch_batch(
        data,
        offsets,
        kinds,
        codes,
        settings.shingle_words,
        factors,
        terms,
        limit,
        settings.sketch_min,
        settings.window,
        signatures,
        facts,
        text_hashes,
        kept_words,
    )
    return _Batch(signatures, facts, text_hashes, kept_words[: int(facts[:, 0].sum())].copy(), sketch, beside)


def sketch_texts(texts: Iterable[pa.Array | pa.ChunkedArray], settings: DuplicateSettings) -> Sketches:
    """The sketches of all texts, in their order, made by `settings.threads` threads while later texts are still being read."""
    with ThreadPoolExecutor(settings.threads) as pool:
        work = [pool.submit(_sketch_batch, data, offsets, settings) for part in texts for data, offsets in _batches(part)]
        parts = [job.result() for job in work]
        del work
        facts = _joined([p.facts for p in parts], np.int64, (0, 4))
        signatures = pool.submit(_joined, [p.signatures for p in parts], np.uint32, (0, settings.num_perm))
        sketch = pool.submit(_joined, [p.sketch for p in parts], np.uint64)
        return Sketches(
            words=facts[:, 0].copy(),
            distinct=facts[:, 1].copy(),
            text_hashes=_joined([p.text_hashes for p in parts], np.uint64, (0, 2)),
            beside=_joined([p.beside for p in parts], np.uint32),
            sketch_starts=_starts(facts[:, 3]),
            word_starts=_starts(facts[:, 0]),
            shingles=facts[:, 2].copy(),
            signatures=signatures.result(),
            sketch=sketch.result(),
            kept_words=_moved([p.kept_words for p in parts], parts),
        )


def _moved(words: list[np.ndarray], parts: list[_Batch]) -> np.ndarray:
    """The words of all parts end to end, each part let go of as soon as it is copied: they are the largest thing in memory."""
    out = np.empty(sum(len(part) for part in words), np.uint32)
    at = len(out)
    while words:
        last = words.pop()
        parts.pop()
        out[at - len(last) : at] = last
        at -= len(last)
    return out


def _joined(parts: list[np.ndarray], kind: type, empty: tuple[int, ...] = (0,)) -> np.ndarray:
    return np.concatenate(parts) if parts else np.empty(empty, kind)


def _starts(lengths: np.ndarray) -> np.ndarray:
    starts = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=starts[1:])
    return starts


def sketch_articles(articles: pa.Table, settings: DuplicateSettings | None = None) -> pa.Table:
    """One row of `SIGNATURES` per article of `COMPARED`, in the same order; no row depends on another.

    The shingles of a text are hashed to 64 bits; `signature` is what `datasketch.MinHash` gives for their low 32 bits. A text of fewer
    words than a shingle has no signature and no sketch.
    """
    settings = settings or DuplicateSettings()
    found = sketch_texts([articles["text"]], settings)
    signed = found.distinct > 0
    lengths = np.where(signed, settings.num_perm, 0)
    return pa.table(
        [
            articles["id"].cast(pa.string()),
            pa.array([f"{a:016x}{b:016x}" for a, b in found.text_hashes.tolist()], pa.string()),
            pa.array(found.words),
            pa.array(found.distinct),
            _list_column(_starts(lengths), found.signatures[signed].reshape(-1), pa.uint32()),
            _list_column(found.sketch_starts, found.sketch, pa.uint64()),
            _list_column(found.sketch_starts, found.beside, pa.uint32()),
        ],
        schema=schemas.SIGNATURES,
    )


def _list_column(starts: np.ndarray, values: np.ndarray, kind: pa.DataType) -> pa.Array | pa.ChunkedArray:
    if starts[-1] < 2**31:
        return pa.ListArray.from_arrays(pa.array(starts.astype(np.int32)), pa.array(values, kind))
    middle = len(starts) // 2
    halves = [_list_column(part - part[0], values[part[0] : part[-1]], kind) for part in (starts[: middle + 1], starts[middle:])]
    return pa.chunked_array([chunk for half in halves for chunk in (half.chunks if isinstance(half, pa.ChunkedArray) else [half])])
