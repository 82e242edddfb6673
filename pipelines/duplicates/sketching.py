"""From texts to what is remembered of them: shingles, MinHash signatures and bottom sketches, straight from Arrow buffers.

What is done with sketches is said in `candidates`, with the words of texts in `verification`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from threading import local

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines import schemas
from pipelines.compiled import Functions
from pipelines.duplicates.arrays import Blocks, as_column, as_numpy, as_text_column, fresh
from pipelines.duplicates.folding import character_tables
from pipelines.duplicates.kernels.load import KERNELS
from pipelines.duplicates.kernels.shapes import Places, SketchFact, SketchRows, SketchRule
from pipelines.duplicates.settings import DuplicateSettings
from pipelines.duplicates.threads import pool

_BYTES_OF_WORD = 6  # about, with what parts it from the next one
_BATCH_BYTES = 1 << 20


class Lists:
    """A list of numbers for each text, as runs of texts gave them."""

    def __init__(self, parts: list[np.ndarray], kind: type, texts: list[int], lengths: np.ndarray) -> None:
        self.lengths = lengths
        self._kind = kind
        self._parts = parts
        self._bounds = _starts(np.array(texts, np.int64))  # the first text of each part, and the number of all

    def addresses(self) -> np.ndarray:
        """Where the list of each text begins in memory; for as long as this object is there and nothing is `taken`."""
        starts = [_starts(self.lengths[first:last]) for first, last in pairwise(self._bounds.tolist())]
        size = np.dtype(self._kind).itemsize
        places = [address_of(part) + size * some[:-1] for part, some in zip(self._parts, starts, strict=True)]
        return np.concatenate([np.empty(0, np.int64), *places])

    def taken(self, rows: np.ndarray | None = None) -> np.ndarray:
        """The lists of the texts in `rows`, or of all, end to end. Those of other texts are let go of: this can be asked for
        once."""
        rows = np.arange(len(self.lengths)) if rows is None else rows
        places = _starts(self.lengths[rows])
        out = fresh(int(places[-1]), self._kind)
        size = out.itemsize
        KERNELS.for_work(0).copy_lists(self.addresses()[rows], size * self.lengths[rows], out.view(np.uint8), size * places)
        self._parts = []
        return out


def lists_of(column: pa.ChunkedArray) -> Lists:
    """The lists of a column where they lie; a null is an empty one."""
    chunks = [chunk for chunk in column.chunks if len(chunk)]
    lengths = [as_numpy(pc.list_value_length(chunk), 0).astype(np.int64) for chunk in chunks]
    kind = column.type.value_type.to_pandas_dtype()
    parts = [as_numpy(chunk.flatten()) for chunk in chunks]
    return Lists(parts, kind, [len(chunk) for chunk in chunks], np.concatenate([np.empty(0, np.int64), *lengths]))


def address_of(values: np.ndarray) -> int:
    """Where the values begin in memory."""
    return int(values.__array_interface__["data"][0])


@dataclass
class Sketches:
    """What the kernel found in a run of texts; row i of each array is text i."""

    words: np.ndarray  # how many
    distinct: np.ndarray  # different shingles
    text_hashes: np.ndarray  # uint64, two per text
    signatures: Lists  # uint32
    sketch: Lists  # uint64
    neighbourhoods: Lists  # uint32, for each of `sketch`: halves of the shingles half a window before and after
    word_hashes: Lists  # uint32, low halves of the hashes of all words

    @cached_property
    def words_of_texts(self) -> Places:
        """The word hashes of each text, which kernels read where they are. Valid as long as this object is."""
        return Places(self.word_hashes.addresses(), self.words)

    def forget_words(self) -> None:
        """Gives their memory back; nothing can be compared after that."""
        self.word_hashes = Lists([], np.uint32, [], np.empty(0, np.int64))
        vars(self).pop("words_of_texts", None)


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


class TextBuffers:
    """Texts where they lie, in the chunks of an Arrow array, which stay for as long as this is there."""

    def __init__(self, texts: pa.Array | pa.ChunkedArray) -> None:
        self._parts = list(text_buffers(texts))
        none = np.empty(0, np.int64)
        self._addresses = np.concatenate([none, *(address_of(data) + offsets[:-1] for data, offsets in self._parts)])
        self._sizes = np.concatenate([none, *(np.diff(offsets) for _, offsets in self._parts)])

    def places(self, rows: np.ndarray) -> Places:
        """The bytes of the texts of `rows`. A thread that reads there has to hold this object: the caller's may be interrupted."""
        return Places(self._addresses[rows], self._sizes[rows])


def _batches(texts: pa.Array | pa.ChunkedArray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    for data, offsets in text_buffers(texts):
        first = 0
        while first < len(offsets) - 1:
            last = int(np.searchsorted(offsets, offsets[first] + _BATCH_BYTES, "right")) - 1
            last = min(max(last, first + 1), len(offsets) - 1)
            yield data, offsets[first : last + 1]
            first = last


class _Room(local):
    """Where the results of a thread stand, by how long they are needed."""

    def __init__(self) -> None:
        self.words, self.signatures, self.rest = Blocks(), Blocks(), Blocks()


def _rule(settings: DuplicateSettings) -> SketchRule:
    limit = np.uint64((1 << 64) // settings.sketch_one_in - (settings.sketch_one_in == 1))
    return SketchRule(settings.shingle_words, *permutations(settings.num_perm), limit, settings.sketch_min, settings.window)


def _sketch_batch(
    kernels: Functions, data: np.ndarray, offsets: np.ndarray, settings: DuplicateSettings, room: _Room
) -> SketchRows:
    size = len(offsets) - 1
    max_words = int(offsets[-1] - offsets[0]) // 2 + size + 1
    max_entries = max_words + (2 * settings.sketch_min + 1) * size + 1
    signatures = room.signatures.keep(room.signatures.room(size * settings.num_perm, np.uint32))
    signatures[...] = 0xFFFFFFFF
    rows = SketchRows(
        signatures.reshape(size, -1),
        np.empty((size, len(SketchFact)), np.int64),
        np.empty((size, 2), np.uint64),
        room.words.room(max_words, np.uint32),
        room.rest.room(max_entries, np.uint64),
        np.empty(max_entries, np.uint32),
    )
    kernels.sketch_batch(data, offsets, character_tables(), _rule(settings), rows)
    words, _, entries = rows.facts.sum(axis=0)
    kept_words, sketch = room.words.keep(rows.words[:words]), room.rest.keep(rows.sketch[:entries])
    neighbourhoods = room.rest.room(int(entries), np.uint32)
    neighbourhoods[...] = rows.neighbourhoods[:entries]
    return rows._replace(words=kept_words, sketch=sketch, neighbourhoods=room.rest.keep(neighbourhoods))


def sketch_texts(texts: Iterable[pa.Array | pa.ChunkedArray], settings: DuplicateSettings) -> Sketches:
    """The sketches of all texts, in their order, made by `settings.threads` threads while later texts are still being read."""
    room = _Room()
    threads = pool(settings.threads)
    work = []
    for some in texts:
        batches = list(_batches(some))
        kernels = KERNELS.for_work(sum(int(offsets[-1] - offsets[0]) for _, offsets in batches) // _BYTES_OF_WORD)
        work += [threads.submit(_sketch_batch, kernels, data, offsets, settings, room) for data, offsets in batches]
    parts = [job.result() for job in work]
    facts = np.concatenate([np.empty((0, len(SketchFact)), np.int64), *(p.facts for p in parts)])
    words, distinct, entries = (facts[:, column].copy() for column in SketchFact)
    texts_of = [len(p.facts) for p in parts]
    return Sketches(
        words=words,
        distinct=distinct,
        text_hashes=np.concatenate([np.empty((0, 2), np.uint64), *(p.text_hashes for p in parts)]),
        signatures=Lists([p.signatures.reshape(-1) for p in parts], np.uint32, texts_of, np.full(len(facts), settings.num_perm)),
        sketch=Lists([p.sketch for p in parts], np.uint64, texts_of, entries),
        neighbourhoods=Lists([p.neighbourhoods for p in parts], np.uint32, texts_of, entries),
        word_hashes=Lists([p.words for p in parts], np.uint32, texts_of, words),
    )


def _starts(lengths: np.ndarray) -> np.ndarray:
    starts = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=starts[1:])
    return starts


def sketch_articles(articles: pa.Table, settings: DuplicateSettings | None = None) -> pa.Table:
    """One row of `SIGNATURES` per article of `COMPARED`, in the same order; no row depends on another.

    The shingles of a text are hashed to 64 bits; `signature` is what `datasketch.MinHash` gives for their low 32 bits. A text of
    fewer words than a shingle has no signature and no sketch.
    """
    settings = settings or DuplicateSettings()
    found = sketch_texts([articles["text"]], settings)
    signed = np.flatnonzero(found.distinct > 0)
    lengths = np.zeros(len(found.words), np.int64)
    lengths[signed] = settings.num_perm
    sketch_starts = _starts(found.sketch.lengths)
    return pa.table(
        [
            articles["id"].cast(pa.string()),
            as_text_column([f"{a:016x}{b:016x}" for a, b in found.text_hashes.tolist()]),
            as_column(found.words),
            as_column(found.distinct),
            _list_column(_starts(lengths), found.signatures.taken(signed)),
            _list_column(sketch_starts, found.sketch.taken()),
            _list_column(sketch_starts, found.neighbourhoods.taken()),
        ],
        schema=schemas.SIGNATURES,
    )


def _list_column(starts: np.ndarray, values: np.ndarray) -> pa.Array | pa.ChunkedArray:
    if starts[-1] < 2**31:
        return pa.ListArray.from_arrays(as_column(starts.astype(np.int32)), as_column(values))
    middle = len(starts) // 2
    halves = [_list_column(part - part[0], values[part[0] : part[-1]]) for part in (starts[: middle + 1], starts[middle:])]
    return pa.chunked_array([chunk for half in halves for chunk in (half.chunks if isinstance(half, pa.ChunkedArray) else [half])])
