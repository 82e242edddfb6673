"""Quotes of an article: the quoted or reported words, the cue, and who said them.

`quotes_in` reads one text, `extract_quotes` a table of bodies, `to_json` gives the objects that `copydesk quotes` writes. Each text is read
by itself, so the answer for one never depends on the others.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from pipelines.language import detect_language
from pipelines.quotes.model import Quote, QuoteSettings, Speaker
from pipelines.quotes.pack import known_languages, load_pack
from pipelines.quotes.reading import read_articles
from pipelines.schemas import QUOTES

__all__ = ["Quote", "QuoteSettings", "Speaker", "extract_quotes", "known_languages", "quotes_in", "to_json"]

_DEFAULT = QuoteSettings()


def quotes_in(text: str, settings: QuoteSettings = _DEFAULT) -> list[Quote]:
    """The quotes of one text, ordered by start; offsets count in `text`. Where the language has no pack: spans without speakers.

    >>> [(q.type.value, q.start, q.end) for q in quotes_in('"We are ready to open the bridge," Mayor Ada Quill said on Monday.')]
    [('direct', 1, 33)]
    """
    language = detect_language(text) or settings.default_language
    return read_articles([text], settings, load_pack(language))[0]


def extract_quotes(bodies: pa.Table, settings: QuoteSettings = _DEFAULT) -> pa.Table:
    """`BODIES` to `QUOTES`: one row per quote, documents in input order, quotes by start. A null or empty text has none."""
    rows: list[dict[str, Any]] = []
    for identity, text in zip(bodies["id"].to_pylist(), bodies["text"].to_pylist(), strict=True):
        for index, quote in enumerate(quotes_in(text or "", settings)):
            rows.append(_row(identity, index, text, quote))
    return pa.Table.from_pylist(rows, schema=QUOTES)


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
            "text": text[speaker.start : speaker.end],
            "name": _cut(text, speaker.name_start, speaker.name_end),
            "kind": speaker.kind.value,
        },
        "part_of": quote.part_of,
        "confidence": quote.confidence,
    }


def _row(identity: str, index: int, text: str, quote: Quote) -> dict[str, Any]:
    speaker = quote.speaker
    return {
        "id": identity,
        "quote_index": index,
        "start": quote.start,
        "end": quote.end,
        "type": quote.type.value,
        "content_start": quote.content_start,
        "content_end": quote.content_end,
        "cue_start": quote.cue_start,
        "cue_end": quote.cue_end,
        "cue": _cut(text, quote.cue_start, quote.cue_end),
        "speaker_start": speaker.start if speaker else None,
        "speaker_end": speaker.end if speaker else None,
        "speaker_mention": text[speaker.start : speaker.end] if speaker else None,
        "speaker_name": _cut(text, speaker.name_start, speaker.name_end) if speaker else None,
        "speaker_kind": speaker.kind.value if speaker else None,
        "speaker_role": speaker.role if speaker else None,
        "part_of": quote.part_of,
        "confidence": quote.confidence,
    }
