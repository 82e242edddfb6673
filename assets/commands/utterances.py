"""`copydesk utterances`: articles to the words that several of them report."""

import argparse
from typing import Any

import pyarrow as pa

from assets.commands.duplicates import read_texts
from assets.commands.rows import all_rejected, check_writable, counted, progress, refuse_same, write_rows
from assets.errors import CommandError
from pipelines.duplicates import find_duplicates
from pipelines.quotes import extract_quotes
from pipelines.schemas import BODIES, QUOTES
from pipelines.utterances import find_utterances, to_json

_CONFLICT = pa.struct(
    [
        *(pa.field(name, pa.string()) for name in ("kind", "before", "after")),
        pa.field("members", pa.list_(pa.int64())),
    ]
)
_PLACE = (pa.field("start", pa.int64()), pa.field("end", pa.int64()))
_MEMBER = ("type", "speaker_name", "speaker_mention", "speaker_in_group", "relation", "text")
_TOGETHER = 512  # articles that are read for quotes at a time


def run(options: argparse.Namespace) -> int:
    refuse_same(options.input, options.output)
    texts = read_texts(options.input)
    check_writable(options.output)
    for place, problem in texts.problems.items():
        progress(f"row {place + 1} (id {texts.ids[place]!r}) is not read: {problem['message']}")
    articles = texts.articles
    parts = [QUOTES.empty_table()]
    for start in range(0, articles.num_rows, _TOGETHER):
        parts.append(extract_quotes(articles.slice(start, _TOGETHER).select(BODIES.names).cast(BODIES)))
        progress(f"reading quotes: {min(start + _TOGETHER, articles.num_rows)} of {articles.num_rows}")
    try:
        clusters = find_duplicates(articles).clusters
    except ValueError as error:
        raise CommandError(str(error)) from error
    of_article = dict(zip(clusters["id"].to_pylist(), clusters["cluster_id"].to_pylist(), strict=True))
    found = find_utterances(articles, pa.concat_tables(parts), of_article)
    given = texts.given
    rows = [to_json(utterance) for utterance in found]
    for row in rows:
        for place in (row["first"], *row["members"]):
            place["article_id"] = given[place["article_id"]]
    write_rows(options.output, rows, _gives(texts.ids))
    conflicts = sum(bool(row["conflicts"]) for row in rows)
    found_in = f"{counted(len(rows), 'utterance')} in {counted(articles.num_rows, 'article')}"
    progress(f"{found_in}, {conflicts} with conflicting reports" if rows else found_in)
    return all_rejected(len(texts.ids), len(texts.problems))


def _gives(ids: list[Any]) -> pa.Schema:
    """The columns of the output; ids of articles are numbers where all that were given are."""
    number = bool(ids) and all(isinstance(value, int) and not isinstance(value, bool) for value in ids)
    article = pa.field("article_id", pa.int64() if number else pa.string())
    texts = {name: pa.field(name, pa.string()) for name in ("publisher", "date", "text", *_MEMBER)}
    return pa.schema(
        [
            pa.field("utterance_id", pa.string()),
            pa.field("first", pa.struct([article, texts["publisher"], texts["date"], *_PLACE, texts["text"]])),
            pa.field("reports", pa.int64()),
            pa.field("speaker", pa.string()),
            pa.field("members", pa.list_(pa.struct([article, *_PLACE, *(texts[name] for name in _MEMBER)]))),
            pa.field("conflicts", pa.list_(_CONFLICT)),
        ]
    )
