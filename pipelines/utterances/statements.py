"""Articles and their quotes to statements: the sentences of every quote, and of words in marks that `quotes` gave nobody.

`article_statements` is a stage: what it gives of an article rests on nothing but its body and quotes.

How alike two statements are does not stand here.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines import schemas
from pipelines.collection import no_collection
from pipelines.folding import folded, folded_letters
from pipelines.letters import CAPITAL
from pipelines.lexicons import languages_with, read_language_file
from pipelines.quotes.language_file import QuotesFile
from pipelines.quotes.lexicon import elisions_on_pages_of
from pipelines.quotes.text.paragraphs import read_lines
from pipelines.quotes.text.segments import is_whole
from pipelines.stage import Tables
from pipelines.utterances.kernels.load import KERNELS
from pipelines.utterances.settings import UtteranceSettings
from pipelines.vocabulary import QuoteType, SpeakerKind

_END_OF_SENTENCE = re.compile(r"""(?<=[.!?…])["”’»')\]]*\s+(?=["“„«'‘(]*[^\W\d_a-zа-яё])|\n+""")
_LONGEST_SHORT_FORM = 8  # characters
NAMED = (SpeakerKind.PERSON, SpeakerKind.ORGANISATION)
_MARKS = re.compile('["“”„«»「『]')
_LETTERS = 4  # that take as long to hash as the kernels of this package take for a unit of work
_Row = tuple[Any, ...]  # of STATEMENTS but for the id


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence or clause of an article. `quote`: the quote_index of its quote, None for words in marks that are nobody's quote."""

    article: int  # its place among the articles
    start: int
    end: int
    type: str
    quote: int | None
    speaker: str | None
    speaker_kind: str | None
    mention: str | None  # the speaker as named at the cue
    confidence: float
    folded: str

    @property
    def by_name(self) -> bool:
        """Whether the article names the speaker at the cue itself: "Mara Quill said", not "she said" or "the mayor said"."""
        return self.speaker_kind in NAMED and bool(self.speaker and self.mention) and names_at_cue(self.speaker, self.mention)


@functools.lru_cache(1 << 12)
def names_at_cue(speaker: str, mention: str) -> bool:
    """Whether a mention has a word of a speaker's name."""
    return not frozenset(folded(speaker).split()).isdisjoint(folded(mention).split())


def article_statements(bodies: pa.Table, quotes: pa.Table, settings: UtteranceSettings) -> Tables:
    """`statements` (`STATEMENTS`) and `words` (`ARTICLE_WORDS`) of articles (`BODIES`) and their `QUOTES`, in order of the articles."""
    texts = dict(zip(bodies["id"].to_pylist(), bodies["text"].to_pylist(), strict=True))
    of_article: dict[str, list[dict[str, Any]]] = {id: [] for id in texts}
    for quote in quotes.select(_OF_QUOTE).to_pylist():
        if quote["id"] in of_article:
            of_article[quote["id"]].append(quote)
    with no_collection():
        rows = [
            (id, *row) for id, text in texts.items() for row in _statements_of(text, sorted(of_article[id], key=_index), settings)
        ]
    columns = zip(*rows, strict=True) if rows else [()] * len(schemas.STATEMENTS)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schemas.STATEMENTS, strict=True)]
    words, starts = words_of_texts(texts.values())
    lists = pa.ListArray.from_arrays(pa.array(starts, pa.int32()), pa.array(words, pa.uint64()))
    return {
        "statements": pa.table(arrays, schema=schemas.STATEMENTS),
        "words": pa.table([bodies["id"].combine_chunks(), lists], schema=schemas.ARTICLE_WORDS),
    }


_OF_QUOTE = [
    "id",
    "quote_index",
    "start",
    "end",
    "type",
    "speaker_name",
    "speaker_kind",
    "speaker_mention",
    "part_of",
    "confidence",
]


def _index(quote: dict[str, Any]) -> int:
    return int(quote["quote_index"])


class Columns(NamedTuple):
    """What decides whether two statements are one, by columns."""

    article: NDArray[np.int64]
    open: NDArray[np.bool_]  # direct or partial, not reported
    speaker: NDArray[np.int64]  # the place in `names`, -1 where there is none
    names: Sequence[str]
    by_name: NDArray[np.bool_]  # named at the cue itself
    person_by_name: NDArray[np.bool_]
    words: pa.ChunkedArray  # folded


def _numbered(column: pa.ChunkedArray) -> tuple[NDArray[np.int64], list[str]]:
    """The place of each text among the different ones, -1 where it is null or empty; and these."""
    coded = pc.dictionary_encode(column.combine_chunks())
    different = coded.dictionary.to_pylist()
    places = coded.indices.fill_null(-1).to_numpy().astype(np.int64)
    places[np.isin(places, [k for k, text in enumerate(different) if not text])] = -1
    return places, different


class Spoken(NamedTuple):
    """Statements by columns, in order of their articles' places and of their own."""

    table: pa.Table  # STATEMENTS
    article: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    open: NDArray[np.bool_]  # direct or partial, not reported

    @classmethod
    def of(cls, table: pa.Table, ids: pa.Array) -> Spoken:
        """Of a table `STATEMENTS`; `ids` are those of the articles, by place. Statements of other articles are left out."""
        places = pc.index_in(table["id"], value_set=ids)
        if places.null_count:
            table, places = table.filter(places.is_valid()), places.drop_null()
        article = places.to_numpy().astype(np.int64)
        order = np.lexsort((table["end"].to_numpy(), table["start"].to_numpy(), article))
        table = table.take(order)
        quoted = pc.not_equal(table["type"], QuoteType.INDIRECT.value).to_numpy()
        return cls(table, article[order], table["start"].to_numpy(), table["end"].to_numpy(), quoted.astype(bool))

    def columns(self, numbers: NDArray[np.int64]) -> Columns:
        """Some of them, as they are compared."""
        some = self.table.select(["speaker_name", "speaker_kind", "speaker_mention", "words"]).take(numbers)
        speaker, names = _numbered(some["speaker_name"])
        mention, mentions = _numbered(some["speaker_mention"])
        kind, kinds = _numbered(some["speaker_kind"])
        named = (speaker >= 0) & (mention >= 0) & np.isin(kind, [k for k, one in enumerate(kinds) if one in NAMED])
        keys, places = np.unique(speaker[named] << 32 | mention[named], return_inverse=True)
        by_name = np.zeros(len(numbers), bool)
        by_name[named] = np.array([names_at_cue(names[key >> 32], mentions[key & 0xFFFFFFFF]) for key in keys.tolist()], bool)[
            places
        ]
        person = by_name & np.isin(kind, [k for k, one in enumerate(kinds) if one == SpeakerKind.PERSON])
        return Columns(self.article[numbers], self.open[numbers], speaker, names, by_name, person, some["words"])

    def statements(self, numbers: NDArray[np.int64]) -> list[Statement]:
        """Some of them, one by one."""
        some = self.table.take(numbers)
        columns = [some[name].to_pylist() for name in schemas.STATEMENTS.names[1:]]
        return [Statement(*row) for row in zip(self.article[numbers].tolist(), *columns, strict=True)]


def words_of_texts(texts: Iterable[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The hashes of the distinct words of each text, ascending, end to end, and where those of each begin."""
    letters = [folded_letters(text) for text in texts]
    ends = np.cumsum([0, *map(len, letters)])
    hashes, stems = (np.empty(int(ends[-1]) // 2 + len(ends), np.uint64) for _ in range(2))
    starts = np.empty(len(ends), np.int64)
    kernels = KERNELS.for_work(int(ends[-1]) // _LETTERS)
    hashes = hashes[: kernels.hashed_words(np.frombuffer(b"".join(letters), np.uint8), ends, hashes, stems, starts)]
    for first, end in pairwise(starts.tolist()):
        hashes[first:end].sort()
    new = np.append(True, hashes[1:] != hashes[:-1])[: len(hashes)]
    new[starts[starts < len(hashes)]] = True
    return hashes[new], np.append(0, np.cumsum(new))[starts]


@functools.cache
def _short_form() -> re.Pattern[str]:
    """The short forms of all languages with a capital and a full stop, and initials, at the end of a text."""
    files = [read_language_file(code, "quotes", QuotesFile) for code in languages_with("quotes")]
    known = sorted({word.capitalize() for file in files for word in file.words.abbreviations})
    return re.compile(rf"(?<![\w.])(?:{CAPITAL}|{'|'.join(map(re.escape, known))})\.\Z")


def sentences_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences between two offsets, without blanks around them. The stop of a short form or an initial ends none: "Gen. Vole"."""
    cuts = [start]
    for m in _END_OF_SENTENCE.finditer(text, start, end):
        if not _short_form().search(text, max(start, m.start() - _LONGEST_SHORT_FORM), m.start()):
            cuts.append(m.end())
    for first, last in pairwise((*cuts, end)):
        part = text[first:last].lstrip()
        if part:
            yield last - len(part), last - len(part) + len(part.rstrip())


def _statements_of(text: str, quotes: Sequence[dict[str, Any]], settings: UtteranceSettings) -> list[_Row]:
    """The statements of an article, by start. A continued quote has the speaker of its first part."""
    found = [row for place, quote in enumerate(quotes) for row in _of_quote(text, quote, _said_by(quotes, place), settings)]
    found += _unattributed(text, quotes, settings)
    return sorted(found, key=itemgetter(0, 1))


def _said_by(quotes: Sequence[dict[str, Any]], index: int) -> dict[str, Any]:
    first = quotes[index]
    while first["part_of"] is not None and not first["speaker_name"] and first["part_of"] < index:
        index = first["part_of"]
        first = quotes[index]
    return first


def _of_quote(text: str, quote: dict[str, Any], said: dict[str, Any], settings: UtteranceSettings) -> Iterator[_Row]:
    fewest = settings.fewest_indirect if quote["type"] == QuoteType.INDIRECT else settings.fewest_words
    for start, end in sentences_of(text, quote["start"], quote["end"]):
        words = folded(text[start:end])
        if words.count(" ") + 1 >= fewest:
            speaker = said["speaker_name"], said["speaker_kind"], said["speaker_mention"]
            yield start, end, quote["type"], quote["quote_index"], *speaker, quote["confidence"], words


def reaches_into(spans: Iterable[tuple[int, int]]) -> Callable[[int, int], bool]:
    """Whether any of the spans has a character of that from `first` to `last`; asked for all parts of a text, in time that is not squared.

    >>> reaches_into([(0, 4), (6, 9)])(4, 6), reaches_into([(0, 4), (6, 9)])(4, 7)
    (False, True)
    """
    ordered = sorted(spans)
    starts, ends = [start for start, _ in ordered], list(accumulate((end for _, end in ordered), max))

    def reached(first: int, last: int) -> bool:
        before = bisect_left(starts, last)
        return before > 0 and ends[before - 1] > first

    return reached


def _unattributed(text: str, quotes: Sequence[dict[str, Any]], settings: UtteranceSettings) -> Iterator[_Row]:
    """Words in marks that are no quote: another article may say whose words they are."""
    if not _MARKS.search(text):
        return
    taken = reaches_into((quote["start"], quote["end"]) for quote in quotes)
    for line in read_lines(text, elisions_on_pages_of(None)):
        for segment in line.segments:
            first, last = segment.inner_start, segment.inner_end
            if taken(first, last):
                continue
            kind = QuoteType.DIRECT if is_whole(text, segment) else QuoteType.PARTIAL
            for start, end in sentences_of(text, first, last):
                words = folded(text[start:end])
                if words.count(" ") + 1 >= settings.fewest_unattributed:
                    yield start, end, kind, None, None, None, None, 0.0, words
