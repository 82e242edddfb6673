"""Documents to rows: blocks, verdicts until nothing changes, metadata, and the row that tells all of it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from pipelines.cleaning.agency_lines import take_agency_lines
from pipelines.cleaning.blocks import Block, Spaced, TooManyLinesError, split_blocks
from pipelines.cleaning.cards import mark_cards
from pipelines.cleaning.decided import Reviewed, decisions_by_document, take_decisions
from pipelines.cleaning.entries import mark_entries
from pipelines.cleaning.glued import GluedPrefix, cut_glued, split_prefixes
from pipelines.cleaning.headlines import HEADLINE
from pipelines.cleaning.heads import take_head_lines
from pipelines.cleaning.html import read_page
from pipelines.cleaning.lexicon import Lexicon, load_lexicon
from pipelines.cleaning.lines import Line, lines_of, set_buckets
from pipelines.cleaning.lone_lines import take_lone_lines
from pipelines.cleaning.markup import NO_MARKUP, Markup, from_json
from pipelines.cleaning.metadata import Metadata, read_metadata, take_biography, take_bylines, take_title, weighed
from pipelines.cleaning.openings import keep_first_question, keep_standfirst, take_or_keep_headline
from pipelines.cleaning.reasons import SCORED
from pipelines.cleaning.repetition import buckets_by_publisher, folded_hash
from pipelines.cleaning.settings import CleanSettings
from pipelines.cleaning.stamps import take_date_lines
from pipelines.cleaning.verdicts import judge
from pipelines.collection import no_collection
from pipelines.language import detect_language
from pipelines.learned.model import Model, load_model
from pipelines.marks import too_many_marks
from pipelines.schemas import CLEANED
from pipelines.vocabulary import BlockKind, DateSource, RejectReason

Row = dict[str, Any]

_BODY = BlockKind.BODY  # looked up once: in Python 3.11 that takes as long as ten comparisons
LINES_AT_ONCE = 20_000  # lines judged together; bounds the memory that features take
CHARACTERS_AT_ONCE = 250_000  # read together; as arrays they fit the processor's cache
TELLING = 60  # characters of a line that says which language the article is in; menus may be in another
COUNTED_TO = 20_000  # characters of a raw text: what stands further inside would have to be counted to
MAX_PASSES = 8  # over what is left, until nothing more goes; two are the rule


@dataclass(slots=True)
class Draft:
    """A document on its way: its blocks, their lines, and what was read from it."""

    name: str
    source: str | None
    blocks: list[Block]
    raw: str
    lexicon: Lexicon
    language: str | None
    prefixes: list[GluedPrefix]
    buckets: Mapping[int, int]  # of the lines of its publisher
    lines: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)  # the lines that the first verdicts keep
    title: str | None = None
    metadata: Metadata = field(default_factory=Metadata)
    markup: Markup = field(default_factory=Markup)
    url: str | None = None

    @property
    def spaced(self) -> Spaced:
        return Spaced(self.raw, self.blocks)


def clean_table(
    documents: pa.Table,
    repeated: pa.Table | None,
    settings: CleanSettings,
    model: Model | None = None,
    decided: pa.Table | None = None,
) -> pa.Table:
    """CLEANED rows of DOCUMENTS rows; `model` stands in for the packaged one when that is being trained."""
    buckets = buckets_by_publisher(repeated)
    reviewed = decisions_by_document(decided)
    model = model or load_model("lines")
    with no_collection():  # of lines and rows
        return pa.concat_tables([_table(chunk, model, settings, reviewed) for chunk in _chunks(documents, buckets, settings)])


def _table(chunk: list[Draft | Row], model: Model, settings: CleanSettings, reviewed: Reviewed) -> pa.Table:
    drafts = [draft for draft in chunk if isinstance(draft, Draft)]
    _decide(drafts, model, settings)
    for draft in drafts:
        if draft.name in reviewed:
            draft.title = take_decisions(draft.lines, reviewed[draft.name]) or draft.title
    return _as_table([_row(item) if isinstance(item, Draft) else item for item in chunk])


def _as_table(rows: list[Row]) -> pa.Table:
    """Rows of CLEANED whose lists hold plain tuples, which makes the table in half the time that dictionaries take."""
    columns = [
        _nested([row[field.name] for row in rows], field.type)
        if pa.types.is_list(field.type)
        else pa.array([row[field.name] for row in rows], field.type)
        for field in CLEANED
    ]
    return pa.Table.from_arrays(columns, schema=CLEANED)


def _nested(lists: list[list[tuple[Any, ...]]], of: pa.ListType) -> pa.ListArray:
    """Lists of tuples as lists of the struct that `of` names."""
    fields = list(of.value_type)
    values = list(zip(*itertools.chain.from_iterable(lists), strict=True)) or [()] * len(fields)
    struct = pa.StructArray.from_arrays([pa.array(v, f.type) for v, f in zip(values, fields, strict=True)], fields=fields)
    ends = itertools.accumulate(map(len, lists), initial=0)
    return pa.ListArray.from_arrays(pa.array(ends, pa.int32()), struct, type=of)


def _chunks(documents: pa.Table, buckets: Mapping[str, Mapping[int, int]], settings: CleanSettings) -> Iterator[list[Draft | Row]]:
    chunk: list[Draft | Row] = []
    unread: list[Draft] = []
    lines = characters = 0
    columns = (documents[name].to_pylist() for name in ("id", "text", "html", "publisher", "url", "markup"))
    for name, text, html, publisher, url, markup in zip(*columns, strict=True):
        source = None
        if text is None and html is not None:
            text, markup = read_page(html, url)
            source = text
        item = _split(name, text, buckets.get(publisher or "", {}), settings, source, from_json(markup), url)
        chunk.append(item)
        if isinstance(item, Draft):
            unread.append(item)
            lines += len(item.blocks)
            characters += len(item.raw)
        if lines >= LINES_AT_ONCE or characters >= CHARACTERS_AT_ONCE:
            _read_lines(unread)
            unread, characters = [], 0
        if lines >= LINES_AT_ONCE:
            yield chunk
            chunk, lines = [], 0
    _read_lines(unread)
    yield chunk


def _read_lines(drafts: Sequence[Draft]) -> None:
    """Cuts what is glued to the paragraphs of documents and reads their lines, those of one language together."""
    by_lexicon: dict[Lexicon, list[Draft]] = {}
    for draft in drafts:
        by_lexicon.setdefault(draft.lexicon, []).append(draft)
    for lexicon, some in by_lexicon.items():
        for draft, (kept, cut) in zip(some, cut_glued([(draft.raw, draft.blocks) for draft in some], lexicon), strict=True):
            draft.blocks, draft.prefixes = kept, [*draft.prefixes, *cut]
        blocks = [block for draft in some for block in draft.blocks]
        lines = iter(lines_of([block.text for block in blocks], [block.gap for block in blocks], lexicon))
        for draft in some:
            draft.lines = list(itertools.islice(lines, len(draft.blocks)))
            if draft.buckets:
                set_buckets(draft.lines, draft.buckets, [folded_hash(line.folded) for line in draft.lines])


def draft_of(name: str, text: str | None, buckets: Mapping[int, int], settings: CleanSettings) -> Draft | Row:
    """The draft of one text with its lines, or its rejected row."""
    item = _split(name, text, buckets, settings)
    if isinstance(item, Draft):
        _read_lines([item])
    return item


def _split(
    name: str,
    text: str | None,
    buckets: Mapping[int, int],
    settings: CleanSettings,
    source: str | None = None,
    markup: Markup = NO_MARKUP,
    url: str | None = None,
) -> Draft | Row:
    """The draft of one document, its lines still to be read, or its rejected row. `source`: the text again, where it was taken from a
    page just now."""
    if text is None:
        return rejected_row(name, None, RejectReason.NO_TEXT, "the record has neither text nor html; give one of them")
    if len(text) > settings.most_characters:
        message = f"the text has {len(text):,} characters, at most {settings.most_characters:,} are taken; split the file into its articles"
        return rejected_row(name, source, RejectReason.TOO_LARGE, message)
    if (problem := too_many_marks(text, settings.most_marks)) is not None:
        return rejected_row(name, source, RejectReason.TOO_LARGE, problem)
    try:
        blocks = split_blocks(text, settings.most_blocks)
    except TooManyLinesError as error:
        return rejected_row(name, source, RejectReason.TOO_LARGE, f"{error}; split the file into its articles")
    if not blocks:
        message = "the text holds nothing that can be read; check the file or the extraction before it"
        return rejected_row(name, source, RejectReason.EMPTY, message)
    blocks, prefixes = split_prefixes(text, blocks)
    telling = "\n".join([b.text for b in blocks if len(b.text) >= TELLING]) or text
    language = detect_language(telling)
    if language and settings.languages and language not in settings.languages and len(telling) >= settings.telling_characters:
        message = (
            f"the text is in {language!r}; the setting `languages` allows {', '.join(settings.languages)}: add {language} there, or "
            "take the record out of the corpus"
        )
        return rejected_row(name, source, RejectReason.OTHER_LANGUAGE, message)
    return Draft(name, source, blocks, text, load_lexicon(language), language, prefixes, buckets, markup=markup, url=url)


def rejected_row(name: str, source: str | None, reason: RejectReason, message: str) -> Row:
    """A row of CLEANED with nothing in it but why."""
    empty: Row = dict.fromkeys(CLEANED.names)
    lists: Row = {"removed": [], "repairs": [], "blocks": []}
    return {**empty, **lists, "id": name, "text": "", "source_text": source, "reject": {"reason": reason.value, "message": message}}


def _decide(drafts: list[Draft], model: Model, settings: CleanSettings) -> None:
    """Verdicts on the page, then on what is left of it as if that were the page, until nothing more goes: so a clean text
    stays as it is."""
    _judge([(draft, draft.lines) for draft in drafts], model, settings)
    for draft in drafts:
        take_title(draft.lines, draft.markup.title)
        take_biography(draft.lines, draft.markup.authors)
        found = read_metadata(draft.lines, draft.spaced, draft.prefixes, draft.lexicon, draft.url, draft.buckets)
        draft.metadata = weighed(found, draft.markup)
        day = take_head_lines(draft.lines, draft.lexicon)
        if day and draft.metadata.date is None:
            draft.metadata = draft.metadata._replace(date=day, date_source=DateSource.STAMP, date_partial=None)
        draft.title = draft.markup.title or draft.title
        draft.body = [line for line in draft.lines if line.kept]
    open_drafts = drafts
    for _ in range(MAX_PASSES):
        trials = [(draft, kept) for draft in open_drafts if (kept := _as_text(draft.lines))]
        _judge(trials, model, settings)
        for draft, kept in trials:
            take_bylines(kept, [line.text for line in kept], draft.lexicon)
            take_date_lines(kept, draft.lexicon)
            take_agency_lines(kept, draft.lexicon)
            take_lone_lines([line for line in kept if line.kept])
        open_drafts = [draft for draft, kept in trials if False in [line.kept for line in kept]]
        if not open_drafts:
            return
    for draft in open_drafts:
        _keep_headlines(draft)


def _keep_headlines(draft: Draft) -> None:
    """Puts back what was taken for a headline on a page of which one line after the other reads like one: none of them is the article's.
    The other lines from the first of these to the last are put back too where only the score is against them: it does not hold either."""
    lines = draft.lines
    headlines = [line for line in lines if line.kind == BlockKind.TITLE and line.reason == HEADLINE]
    back = {id(line) for line in (*headlines, *draft.body)}
    places = [place for place, line in enumerate(lines) if id(line) in back]
    for line in lines[places[0] : places[-1] + 1]:
        unmarked = line.reason.startswith(SCORED) and not line.flagged and not line.bucket
        if not line.kept and (id(line) in back or unmarked):
            line.kind, line.kept, line.reason = BlockKind.BODY, True, "context: one of a list of headlines"
    draft.title = draft.markup.title


def _as_text(lines: list[Line]) -> list[Line]:
    """The kept lines as they would be read from the body: one blank line between any two."""
    kept = [line for line in lines if line.kept]
    for place, line in enumerate(kept):
        line.gap = 1 if place else 0
    return kept


def _judge(pages: list[tuple[Draft, list[Line]]], model: Model, settings: CleanSettings) -> None:
    for draft, lines in pages:
        mark_cards(lines, draft.lexicon)
        mark_entries(lines, draft.lexicon)
    asked = judge([lines for _, lines in pages], [draft.lexicon for draft, _ in pages], model, settings)
    for (draft, lines), scored in zip(pages, asked, strict=True):
        title = take_or_keep_headline(lines, draft.lexicon, scored)
        draft.title = draft.title or title
        if scored:
            keep_standfirst(lines, settings.verdicts, draft.lexicon)
            keep_first_question(lines)


def _share_kept(lines: list[Line]) -> float | None:
    """The share of the characters in sentences that are body."""
    sizes = [(len(line.text), line.kept) for line in lines if line.sentence]
    total = sum([size for size, _ in sizes])
    return round(sum([size for size, kept in sizes if kept]) / total, 4) if total else None


def _row(draft: Draft) -> Row:
    raw = draft.raw
    body = [line.text for line in draft.lines if line.kept]
    # The text of a body block is looked up in the raw text, but for one so far inside.
    blocks: list[tuple[int, int, str, str, float | None, str | None]] = [
        (
            start,
            end,
            line.kind,
            line.reason,
            line.score,
            None if line.kind is _BODY and start <= COUNTED_TO else raw[start:end],
        )
        for (start, end, _, _, _), line in zip(draft.blocks, draft.lines, strict=True)
    ]
    if draft.prefixes:
        blocks.extend((cut.start, cut.end, cut.kind, cut.reason, None, raw[cut.start : cut.end]) for cut in draft.prefixes)
        blocks.sort(key=lambda block: block[0])
    row: Row = {
        "id": draft.name,
        "text": "\n\n".join(body),
        "language": draft.language,
        "share_kept": _share_kept(draft.lines),
        "source_text": draft.source,
        "removed": [block[:4] for block in blocks if block[2] is not _BODY],
        "repairs": [repaired for block in draft.blocks for repaired in block.repairs],
        "blocks": blocks,
        "reject": None,
        **draft.metadata._replace(title=draft.title)._asdict(),
    }
    if not body:
        message = (
            f"all {len(blocks)} blocks are page furniture; `removed` has each one's kind and reason. "
            "Check that the extraction before this step took the article's text, and not a consent page or a menu"
        )
        row["reject"] = {"reason": RejectReason.ALL_FURNITURE.value, "message": message}
    return row
