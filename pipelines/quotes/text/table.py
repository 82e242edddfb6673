"""The paragraphs of a batch of articles as one row of tokens, with the sentences, cues and mentions in it.

Who speaks does not belong here, nor what a segment is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.quotes import flags as F
from pipelines.quotes.kernels import sentences as S
from pipelines.quotes.kernels.columns import Columns
from pipelines.quotes.kernels.columns import Cue as CueColumn
from pipelines.quotes.lexicon import Lexicon
from pipelines.quotes.text.marks import Segment
from pipelines.quotes.text.paragraphs import Paragraph
from pipelines.quotes.text.words import EDGE, SEGMENT, TEXT, Source, words_of
from pipelines.quotes.types import Clause, Cue, Mention

_LOOKED_AT = 80  # characters of a segment that tell whether it looks like a whole sentence
_STOPS = ".,!?…"
_LAST_MARKS = {".": S.STOP, ",": S.COMMA, **dict.fromkeys("!?…", S.LOUD_STOP)}


class TokenTable:
    """Tokens of all `paragraphs` one after the other, an edge between them, of which the flags are 0.

    `flags`, `starts`, `ends` (in the token's text), `sentence_of` and `segment_of` (-1: none) are columns of tokens; `firsts` and `stops` are
    the tokens of each sentence; `columns` has what kernels take, after `read`.
    """

    def __init__(self, source: Source, paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> None:
        self.source, self.paragraphs, self.lexicon = source, paragraphs, lexicon
        self.kernels = source.kernels
        self.segments: list[Segment] = [segment for p in paragraphs for segment in p.line.segments]
        self._cut_words()
        self._cut_sentences()
        self._share()

    def _cut_words(self) -> None:
        items = [(EDGE, 0, 0)]
        number_of_item = [-1]
        number = 0
        for p in self.paragraphs:
            at, offset = p.offset + p.line.start, p.offset
            for segment in p.line.segments:
                start, end = offset + segment.start, offset + segment.end
                items += ((TEXT, at, start), (SEGMENT, start, end))
                number_of_item += (-1, number)
                number += 1
                at = end
            end = offset + p.line.end
            items += ((TEXT, at, end), (EDGE, end, end))
            number_of_item += (-1, -1)
        cut = words_of(self.lexicon).cut(self.source, items)
        kinds = np.array([kind for kind, _, _ in items])
        items_of = np.asarray(cut.items)
        edges = np.nonzero((items_of >= 0) & (kinds[items_of] == EDGE))[0]
        offsets = np.repeat([0, *(p.offset for p in self.paragraphs)], np.diff(edges, prepend=-1))
        segment_of = np.where(items_of >= 0, np.array(number_of_item)[items_of], -1)
        starts, ends = np.asarray(cut.starts) - offsets, np.asarray(cut.ends) - offsets
        self._bases, self._counts = edges[:-1] + 1, np.diff(edges) - 1
        flags = np.asarray(cut.flags, dtype=np.int64)
        self.flags, self.starts, self.ends, self.segment_of = map(self._column, (flags, starts, ends, segment_of))
        self.segment_tokens: list[int] = np.nonzero(segment_of >= 0)[0].tolist()
        self._cut = (
            (flags, cut.shapes, starts, ends, segment_of)
            if self.kernels.compiled
            else (self.flags, cut.shapes, self.starts, self.ends, self.segment_of)
        )

    def _cut_sentences(self) -> None:
        count = len(self.flags)
        last_marks, looks_whole = [], []
        for p in self.paragraphs:
            for segment in p.line.segments:
                last = p.text[segment.inner_end - 1]
                last_marks.append(_LAST_MARKS.get(last, S.OTHER) if segment.closed else S.STOP)
                looks_whole.append(_looks_whole(p.text, segment))
        firsts, stops = np.empty(count, dtype=np.int64), np.empty(count, dtype=np.int64)
        bounds = np.zeros(len(self.paragraphs) + 1, dtype=np.int64)
        found = self.kernels.cut_sentences(
            *self._cut,
            np.array(last_marks, dtype=np.int64),
            np.array(looks_whole, dtype=np.int64),
            self._bases,
            self._counts,
            firsts,
            stops,
            bounds,
        )
        firsts, stops = firsts[:found], stops[:found]
        self.firsts, self.stops, self.bounds = firsts.tolist(), stops.tolist(), bounds.tolist()
        # as kernels take them
        self.sentence_columns: tuple[Any, Any, Any] = (
            (self._cut[0], firsts, stops) if self.kernels.compiled else (self.flags, self.firsts, self.stops)
        )
        sentence_of = np.full(count, -1, dtype=np.int64)
        self.kernels.number_sentences(firsts, stops, sentence_of)
        self.sentence_of = self._column(sentence_of)

    def _column(self, numbers: NDArray[np.int64]) -> Sequence[int]:
        """A column of tokens as a sequence of Python's own numbers: a list for plain kernels, a view where most of them are never asked for."""
        return memoryview(numbers) if self.kernels.compiled else numbers.tolist()  # type: ignore[arg-type]

    def _share(self) -> None:
        """Gives every paragraph its place, and the columns."""
        bases, counts = self._bases.tolist(), self._counts.tolist()
        for p, first, count, bounds in zip(self.paragraphs, bases, counts, pairwise(self.bounds), strict=True):
            p.table, p.first, p.end = self, first, first + count
            p.first_sentence, p.end_sentence = bounds
            p.flags, p.starts, p.ends = self.flags, self.starts, self.ends
            p.sentence_of, p.segment_of = self.sentence_of, self.segment_of

    def read(self, wanted: Sequence[Paragraph]) -> None:
        """Finds the cues and mentions in the sentences of some of the paragraphs."""
        reads = np.zeros(len(self.firsts), dtype=np.uint8)
        for p in wanted:
            reads[p.first_sentence : p.end_sentence] = 1
        count, sentences = len(self.flags), len(self.firsts)
        mentions, cues = np.empty((count, 5), dtype=np.int64), np.empty((count, 4), dtype=np.int64)
        mention_bounds, cue_bounds = np.zeros(sentences + 1, dtype=np.int64), np.zeros(sentences + 1, dtype=np.int64)
        self.columns = Columns(*self.sentence_columns, cues, cue_bounds, mentions, mention_bounds)
        self.kernels.read_sentences(self._phrases(), reads, self.columns)
        self._mention_bounds, self._cue_bounds = mention_bounds.tolist(), cue_bounds.tolist()
        self._parts: NDArray[np.uint8] | None = None
        self._clauses: dict[int, Clause] = {}
        self._rows: tuple[list[list[int]], list[list[int]]] | None = None

    def _phrases(self) -> NDArray[np.int64]:
        """Per token how many words a phrase such as "according to" has that begins there, else 0."""
        lengths = np.zeros(len(self.flags), dtype=np.int64)
        for place, index in self.places_of(F.OPENS_PHRASE):
            lengths[place] = _phrase_at(self.paragraphs[index], place, self.lexicon)
        return lengths

    @property
    def parts(self) -> NDArray[np.uint8]:
        """Per token 1 where a mention begins, 2 inside one, else 0."""
        if self._parts is None:
            self._parts = np.zeros(len(self.flags) + 1, dtype=np.uint8)
            self.kernels.mark_mentions(self.columns.mentions[: self._mention_bounds[-1]], self._parts)
        return self._parts

    def places_of(self, flags: int) -> Iterator[tuple[int, int]]:
        """The tokens that have one of the flags, each with the number of its paragraph."""
        tokens = np.nonzero(np.asarray(self.sentence_columns[0]) & flags)[0]
        return zip(tokens.tolist(), (np.searchsorted(self._bases, tokens, side="right") - 1).tolist(), strict=True)

    def mention(self, row: int) -> Mention:
        """The mention in row `row` of the columns."""
        return Mention._make(self._read_rows()[0][row])

    def cue(self, row: int) -> Cue:
        """The cue in row `row` of the columns."""
        return Cue._make(self._read_rows()[1][row])

    def _read_rows(self) -> tuple[list[list[int]], list[list[int]]]:
        """The rows of mentions, each with its number, and of cues. Asked for when nothing changes them any more."""
        if self._rows is None:
            mentions, cues = self.columns.mentions[: self._mention_bounds[-1]], self.columns.cues[: self._cue_bounds[-1]]
            self._rows = np.column_stack([mentions, np.arange(len(mentions))]).tolist(), cues.tolist()
        return self._rows

    def clause(self, sentence: int) -> Clause:
        """What a sentence holds."""
        known = self._clauses.get(sentence)
        if known is None:
            m, m_end = self._mention_bounds[sentence : sentence + 2]
            c, c_end = self._cue_bounds[sentence : sentence + 2]
            make = tuple.__new__
            mention_rows, cue_rows = self._read_rows()
            mentions = [make(Mention, row) for row in mention_rows[m:m_end]]
            cues = [make(Cue, row) for row in cue_rows[c:c_end]]
            known = self._clauses[sentence] = Clause(self.firsts[sentence], self.stops[sentence], mentions, cues)
        return known

    def room_for_row(self, features: int) -> Any:
        """What kernels write one row of features into."""
        return np.zeros(features, dtype=np.int64) if self.kernels.compiled else [0] * features

    def reporting_sentences(self) -> frozenset[int]:
        """The sentences with a cue that may report a clause, or whose speaker follows."""
        cues = self.columns.cues[: self._cue_bounds[-1]]
        last = np.asarray(self.sentence_columns[0])[cues[:, CueColumn.LAST]]
        which = (last & F.REPORTING != 0) | (cues[:, CueColumn.FOLLOWS] != 0)
        return frozenset(np.asarray(self.sentence_of)[cues[which, CueColumn.FIRST]].tolist())

    def cues_of(self, p: Paragraph) -> int:
        """How many cues a paragraph has."""
        return self._cue_bounds[p.end_sentence] - self._cue_bounds[p.first_sentence]

    def first_segment(self, p: Paragraph) -> int:
        """The number of a paragraph's first segment, which has one."""
        return bisect_left(self.segment_tokens, p.first)

    def close(self) -> None:
        """Lets go of the paragraphs, so that no cycle keeps them in memory."""
        for p in self.paragraphs:
            p.table = None
        self.paragraphs = ()


def _looks_whole(text: str, segment: Segment) -> bool:
    inner = text[segment.inner_start : min(segment.inner_end, segment.inner_start + _LOOKED_AT)]
    return inner[0].isupper() and text[segment.inner_end - 1] in _STOPS and inner.count(" ") > 2


def _phrase_at(p: Paragraph, k: int, lexicon: Lexicon) -> int:
    first = p.word(k).lower()
    if first in lexicon.measures and (k + 1 >= p.end or not p.flags[k + 1] & (F.DETERMINER | F.CAPITAL | F.GROUP)):
        return 0  # "per cent"
    for phrase in lexicon.preceding[first]:
        if k + len(phrase) <= p.end and all(p.word(k + j).lower() == word for j, word in enumerate(phrase)):
            return len(phrase)
    return 0


def clause_of(p: Paragraph, token: int) -> Clause:
    """What the sentence of a token holds."""
    table: TokenTable = p.table
    return table.clause(p.sentence_of[token])
