"""One document from raw text to body: blocks, verdicts, metadata, and the row that tells all of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from pipelines.cleaning.blocks import Block, split_blocks, squeeze
from pipelines.cleaning.metadata import (
    TITLE_FLOOR,
    Metadata,
    dateline_and_day,
    find_bylines,
    find_stamp,
    photo_credit_of,
    title_score,
)
from pipelines.cleaning.prefixes import Prefix, glued_prefixes
from pipelines.cleaning.repair import repair
from pipelines.cleaning.repetition import SHORTEST, buckets_by_publisher, line_hash
from pipelines.cleaning.rules import Pack, fold, load_pack, words_of
from pipelines.cleaning.settings import CleanSettings
from pipelines.cleaning.verdicts import Line, decide, line_of
from pipelines.language import detect_language
from pipelines.schemas import CLEANED
from pipelines.vocabulary import BlockKind, DateSource, RejectReason

Row = dict[str, Any]


def clean_table(documents: pa.Table, repeated: pa.Table | None, settings: CleanSettings) -> pa.Table:
    """CLEANED rows of DOCUMENTS rows."""
    buckets = buckets_by_publisher(repeated)
    rows = []
    for document in documents.select(["id", "text", "html", "publisher"]).to_pylist():
        rows.append(clean_one(document, buckets.get(document["publisher"] or "", {}), settings))
    return pa.Table.from_pylist(rows, schema=CLEANED)


def clean_one(document: Row, buckets: Mapping[int, int], settings: CleanSettings) -> Row:
    """The CLEANED row of one document."""
    raw, source = document["text"], None
    if raw is None and document["html"] is not None:
        from pipelines.cleaning.html import text_of_html

        raw = source = text_of_html(document["html"])
    if raw is None:
        return _rejected(document["id"], None, RejectReason.NO_TEXT, "the record has neither text nor html; give one of them")
    blocks = split_blocks(raw)
    if not blocks:
        return _rejected(
            document["id"],
            source,
            RejectReason.EMPTY,
            "the text holds nothing but blanks; check the file or the extraction before it",
        )
    if len(blocks) > settings.most_blocks:
        message = f"the text has {len(blocks)} lines, at most {settings.most_blocks} are taken; split the file into its articles"
        return _rejected(document["id"], source, RejectReason.TOO_LARGE, message)
    language = detect_language(raw)
    return _clean_blocks(document["id"], raw, source, blocks, language, load_pack(language), buckets, settings)


def _rejected(name: str, source: str | None, reason: RejectReason, message: str) -> Row:
    empty: Row = dict.fromkeys(CLEANED.names)
    lists: Row = {"removed": [], "repairs": [], "blocks": []}
    return {**empty, **lists, "id": name, "text": "", "source_text": source, "reject": {"reason": reason.value, "message": message}}


def _clean_blocks(
    name: str,
    raw: str,
    source: str | None,
    blocks: list[Block],
    language: str | None,
    pack: Pack,
    buckets: Mapping[int, int],
    settings: CleanSettings,
) -> Row:
    blocks, prefixes = _split_prefixes(raw, blocks)
    lines = [line_of(b.text, b.gap, pack, buckets, line_hash(b.text) if buckets and len(b.text) >= SHORTEST else 0) for b in blocks]
    decide(lines, pack, settings)
    metadata = _metadata(lines, prefixes, pack)
    body = [line.text for line in lines if line.kind == BlockKind.BODY]
    removed = sorted(
        [(start, end, kind.value, reason) for start, end, kind, reason, _ in prefixes] + _removed_blocks(blocks, lines)
    )
    kept_prefixes = [(start, end, kind.value, reason, None) for start, end, kind, reason, _ in prefixes]
    all_blocks = sorted(
        kept_prefixes + [(b.start, b.end, x.kind.value, x.reason, x.score) for b, x in zip(blocks, lines, strict=True)]
    )
    repairs = [r._asdict() for b in blocks for r in b.repairs]
    row: Row = {
        "id": name,
        "text": "\n\n".join(body),
        "language": language,
        "source_text": source,
        "removed": [dict(zip(("start", "end", "kind", "reason"), entry, strict=True)) for entry in removed],
        "repairs": repairs,
        "blocks": [dict(zip(("start", "end", "kind", "reason", "score"), entry, strict=True)) for entry in all_blocks],
        "reject": None,
        **metadata._asdict(),
    }
    if not body:
        message = f"all {len(blocks)} blocks are page furniture; see removed for each one's kind and reason"
        row["reject"] = {"reason": RejectReason.ALL_FURNITURE.value, "message": message}
    return row


GluedPrefix = tuple[int, int, BlockKind, str, str]  # start, end, kind, reason, value


def _split_prefixes(raw: str, blocks: list[Block]) -> tuple[list[Block], list[GluedPrefix]]:
    """Takes glued prefixes off the first blocks; a block that is nothing else goes altogether."""
    prefixes: list[GluedPrefix] = []
    kept: list[Block] = []
    for place, block in enumerate(blocks):
        found: list[Prefix] = glued_prefixes(raw[block.start : block.end]) if place < 3 else []
        start = block.start
        for prefix in found:
            end = block.start + prefix.end
            text = raw[start:end]
            prefixes.append(
                (
                    start + len(text) - len(text.lstrip()),
                    start + len(text.rstrip()),
                    prefix.kind,
                    "glued to the first sentence",
                    prefix.value,
                )
            )
            start = end
        if not found:
            kept.append(block)
        elif raw[start : block.end].strip():
            rest = raw[start : block.end]
            inner = start + len(rest) - len(rest.lstrip())
            text, repairs = repair(rest.strip(), inner)
            kept.append(Block(inner, block.end, squeeze(text), repairs, block.gap))
    return kept, prefixes


def _removed_blocks(blocks: list[Block], lines: list[Line]) -> list[tuple[int, int, str, str]]:
    return [(b.start, b.end, x.kind.value, x.reason) for b, x in zip(blocks, lines, strict=True) if x.kind != BlockKind.BODY]


def _metadata(lines: list[Line], prefixes: list[GluedPrefix], pack: Pack) -> Metadata:
    places = [i for i, line in enumerate(lines) if line.kind == BlockKind.BODY]
    start, end = (places[0], places[-1] + 1) if places else (len(lines), len(lines))
    title = _take_title(lines, start, pack)
    texts = [line.text for line in lines]
    kinds = [line.kind for line in lines]
    names, at = find_bylines(texts, kinds, pack, start, end)
    for place in at:
        lines[place].remove(BlockKind.BYLINE, "rule: byline")
    stamp = next((value for _, _, kind, _, value in prefixes if kind == BlockKind.DATE_STAMP), None) or find_stamp(
        texts, kinds, pack, start, end
    )
    dateline, day = dateline_and_day([line.text for line in lines if line.kind == BlockKind.BODY], pack)
    credit = next((value for _, _, kind, _, value in prefixes if kind == BlockKind.PHOTO_CREDIT), None)
    if credit is None:
        credits = (photo_credit_of(x.text) for x in lines if x.kind in (BlockKind.CAPTION, BlockKind.PHOTO_CREDIT))
        credit = next((c for c in credits if c), None)
    section = next((x.text.strip(" :") for x in lines[:start] if x.label == BlockKind.SECTION_LABEL), None)
    return Metadata(
        title=title,
        date=stamp or day,
        date_source=DateSource.STAMP if stamp else DateSource.DATELINE if day else None,
        byline=", ".join(names) or None,
        dateline=dateline,
        section=section,
        photo_credit=credit,
    )


def _take_title(lines: list[Line], start: int, pack: Pack) -> str | None:
    """The best headline above the body or in its first line; it and its repeats are no longer body."""
    body_words = frozenset(
        w for line in lines[start : start + 12] if line.kind == BlockKind.BODY and line.sentence for w in line.words
    )
    repeats: dict[str, int] = {}
    for line in lines:
        repeats[line.folded] = repeats.get(line.folded, 0) + 1
    best, best_score = None, TITLE_FLOOR
    for place in range(max(0, start - 25), min(start + 1, len(lines))):
        line = lines[place]
        if line.label is not None or any(pack.rules[i].sure for i in line.hits) or (line.sentence and repeats[line.folded] == 1):
            continue
        score = title_score(line.text, words_of(fold(line.text)), body_words, repeats[line.folded], start - place)
        if score > best_score:
            best, best_score = place, score
    if best is None:
        return None
    for line in lines:
        if line.folded == lines[best].folded:
            line.remove(BlockKind.TITLE, "rule: headline above the body")
    return lines[best].text
