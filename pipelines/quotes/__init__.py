"""Quotes of an article: the quoted or reported words, the cue, and who said them.

`quotes_in` reads one text, `extract_quotes` a table of bodies, `to_json` gives the objects that `copydesk quotes` writes. Each text is read
by itself, so the answer for one never depends on the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa

from pipelines.collection import no_collection
from pipelines.language import detect_language
from pipelines.quotes.kernels.load import KERNELS
from pipelines.quotes.lexicon import known_languages
from pipelines.quotes.pieces import LONGEST, moved, pieces_of
from pipelines.quotes.reading import load_language, read_articles
from pipelines.quotes.templates import language_by_letters, languages_by_template, read_by_template
from pipelines.quotes.text.composed import as_written, composed, is_decomposed
from pipelines.quotes.types import Quote, QuoteSettings, Speaker
from pipelines.schemas import QUOTES

__all__ = ["Quote", "QuoteSettings", "Speaker", "extract_quotes", "known_languages", "quotes_in", "quotes_in_each", "to_json"]

_DEFAULT = QuoteSettings()
_TOGETHER = 32  # texts whose candidates are scored in one call, if they are short


def quotes_in(text: str, settings: QuoteSettings = _DEFAULT) -> list[Quote]:
    """The quotes of one text, ordered by start; offsets count in `text`. Where the language has no lexicon: spans without speakers.

    >>> [(q.type.value, q.start, q.end) for q in quotes_in('"We are ready to open the bridge," Mayor Ada Quill said on Monday.')]
    [('direct', 1, 33)]
    """
    return quotes_in_each([text], settings)[0]


def quotes_in_each(texts: Sequence[str], settings: QuoteSettings = _DEFAULT) -> list[list[Quote]]:
    """`quotes_in` of many texts, faster than one by one: their candidates are scored together. The answers are the same."""
    written = [composed(text) if is_decomposed(text) else (text, None) for text in texts]
    with no_collection():  # of the rows of features
        read = _read_each([text for text, _ in written], settings)
    return [quotes if places is None else as_written(quotes, places) for quotes, (_, places) in zip(read, written, strict=True)]


def _read_each(texts: Sequence[str], settings: QuoteSettings) -> list[list[Quote]]:
    KERNELS.for_work(sum(map(len, texts)))  # asked once for all, so that none is read in the form that pays for fewer
    out: list[list[Quote]] = [[] for _ in texts]
    for some in _together(texts):
        of_language: dict[str, list[int]] = {}
        for place, (index, _, _) in enumerate(some):
            text = texts[index]
            code = detect_language(text) or language_by_letters(text) or settings.default_language
            of_language.setdefault(code, []).append(place)
        found: list[list[Quote]] = [[]] * len(some)
        for language, members in of_language.items():
            pieces = [some[place][2] for place in members]
            if language in languages_by_template():
                read = [read_by_template(piece, language, settings) for piece in pieces]
            else:
                read = read_articles(pieces, settings, load_language(language))
            for place, quotes in zip(members, read, strict=True):
                found[place] = quotes
        for (index, offset, _), quotes in zip(some, found, strict=True):
            out[index] += moved(quotes, offset, len(out[index]))
    return out


def _together(texts: Sequence[str]) -> Iterator[list[tuple[int, int, str]]]:
    """The pieces of texts that are read together: place of the text, offset in it, piece."""
    some: list[tuple[int, int, str]] = []
    characters = 0
    for index, text in enumerate(texts):
        for offset, piece in pieces_of(text, LONGEST):
            if len(some) == _TOGETHER or characters + len(piece) > LONGEST:
                if some:
                    yield some
                some, characters = [], 0
            some.append((index, offset, piece))
            characters += len(piece)
    yield some


def extract_quotes(bodies: pa.Table, settings: QuoteSettings = _DEFAULT) -> pa.Table:
    """`BODIES` to `QUOTES`: one row per quote, documents in input order, quotes by start. A null or empty text has none."""
    texts = [text or "" for text in bodies["text"].to_pylist()]
    rows: list[tuple[Any, ...]] = []
    for identity, text, quotes in zip(bodies["id"].to_pylist(), texts, quotes_in_each(texts, settings), strict=True):
        rows += [_row(identity, index, text, quote) for index, quote in enumerate(quotes)]
    columns: Sequence[Any] = list(zip(*rows, strict=True)) or [()] * len(QUOTES)
    return pa.Table.from_arrays(
        [pa.array(column, field.type) for column, field in zip(columns, QUOTES, strict=True)], schema=QUOTES
    )


def to_json(text: str, quotes: list[Quote]) -> list[dict[str, Any]]:
    """The quote objects of `copydesk quotes`, as INTERFACES has them."""
    return [_object(text, quote) for quote in quotes]


def _cut(text: str, start: int | None, end: int | None) -> str | None:
    return None if start is None or end is None else text[start:end]


def _object(text: str, quote: Quote) -> dict[str, Any]:
    speaker = quote.speaker
    return {
        "start": quote.start,
        "end": quote.end,
        "type": quote.type.value,
        "content": {"start": quote.content_start, "end": quote.content_end},
        "cue": None
        if quote.cue_start is None
        else {"start": quote.cue_start, "end": quote.cue_end, "text": _cut(text, quote.cue_start, quote.cue_end)},
        "speaker": None
        if speaker is None
        else {
            "start": speaker.start,
            "end": speaker.end,
            "text": _cut(text, speaker.start, speaker.end),
            "name": _cut(text, speaker.name_start, speaker.name_end),
            "kind": speaker.kind.value,
            "role": speaker.role,
            "organisation": speaker.organisation,
        },
        "part_of": quote.part_of,
        "confidence": quote.confidence,
    }


def _row(identity: str, index: int, text: str, quote: Quote) -> tuple[Any, ...]:
    """The columns of `QUOTES`, in their order."""
    speaker = quote.speaker
    spoken: tuple[Any, ...] = (None,) * 6
    if speaker is not None:
        name = _cut(text, speaker.name_start, speaker.name_end)
        spoken = (speaker.start, speaker.end, _cut(text, speaker.start, speaker.end), name, speaker.kind, speaker.role)
    return (
        identity,
        index,
        quote.start,
        quote.end,
        quote.type,
        quote.content_start,
        quote.content_end,
        quote.cue_start,
        quote.cue_end,
        _cut(text, quote.cue_start, quote.cue_end),
        *spoken,
        quote.part_of,
        quote.confidence,
        speaker.organisation if speaker is not None else None,
    )
