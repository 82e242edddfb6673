"""`copydesk trace`: where words were printed, in which wordings, and who is said to have said them."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from assets.errors import UsageError
from pipelines.folding import folded
from pipelines.utterances.tracing import marked, printed_in

_MOST = 5  # utterances that are shown
_CODES = {"bold": "1", "faint": "2", "conflict": "31", "differs": "33"}
Style = Callable[[str, str], str]


def run(options: argparse.Namespace) -> int:
    words = _words(options.words)
    reports, utterances, conflicts = _tables(options.warehouse)
    found = list(_found(words, reports, utterances, conflicts))
    if options.json:
        json.dump(found, sys.stdout, ensure_ascii=False, indent=2)
        print()
    else:
        for place, item in enumerate(found):
            print(("\n" if place else "") + "\n".join(_lines(item, _style(options.color))))
    if not found:
        print("copydesk trace: these words are in no quote of the warehouse, nor words like them", file=sys.stderr)
    return 0 if found else 1


def _words(value: str) -> str:
    path = Path(value)
    try:
        is_file = path.is_file()
    except OSError:  # words that are too long for a name
        is_file = False
    words = path.read_text(encoding="utf-8", errors="replace") if is_file else value
    if not any(c.isalnum() for c in words):
        raise UsageError(f"no words in {value!r}: give the words to look up, or a file that holds them")
    return words


def _tables(warehouse: str | None) -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]], list[dict[str, Any]]]:
    from assets.project import published_path
    from assets.reading import published
    from warehouse import named_sql

    with published(published_path(warehouse)) as connection:
        reports = connection.sql(named_sql("queries/trace_reports")).to_arrow_table().to_pylist()
        utterances = connection.sql("FROM utterances").to_arrow_table().to_pylist()
        conflicts = connection.sql("FROM quote_conflicts ORDER BY ALL").to_arrow_table().to_pylist()
    return reports, {row["utterance_id"]: row for row in utterances}, conflicts


def _found(
    words: str, reports: list[dict[str, Any]], utterances: dict[str, dict[str, Any]], conflicts: list[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """The utterances that hold the words, those with conflicts first, then by likeness; a quote that stands alone is one of one report."""
    best: dict[tuple[str, ...], tuple[float, list[dict[str, Any]]]] = {}
    for share, place in printed_in(words, (row["text"] for row in reports)):
        row = reports[place]
        key = (row["utterance_id"],) if row["utterance_id"] else ("", folded(row["text"]))
        if row["utterance_id"] and key not in best:
            best[key] = share, [r for r in reports if r["utterance_id"] == row["utterance_id"]]
        elif not row["utterance_id"]:
            best.setdefault(key, (share, []))[1].append(row)
    items = [_item(words, key[0], share, members, utterances, conflicts) for key, (share, members) in list(best.items())[:_MOST]]
    yield from sorted(items, key=lambda item: (not item["conflicts"], -item["share"]))


def _item(
    words: str,
    utterance_id: str,
    share: float,
    members: list[dict[str, Any]],
    utterances: dict[str, dict[str, Any]],
    conflicts: list[dict[str, Any]],
) -> dict[str, Any]:
    known = utterances.get(utterance_id, {})
    members = sorted(members, key=lambda row: (row["date"] is None, row["date"], row["article_id"], row["start"]))
    first = next((row for row in members if row["article_id"] == known.get("first_article_id")), members[0])
    certain = known.get("first_is_certain", len({row["publisher"] for row in members}) == 1 and first["date"] is not None)
    if not utterance_id:  # a quote in no utterance, and the copies of its article
        seen: dict[str, str] = {}
        members = [row | {"counts": seen.setdefault(row["cluster_id"], row["article_id"]) == row["article_id"]} for row in members]
    names = ("kind", "a_words", "b_words", "a_publisher", "b_publisher", "a_article_id", "b_article_id")
    return {
        "utterance_id": utterance_id or None,
        "text": known.get("text", first["text"]),
        "speaker": known.get("speaker_name", first["speaker_name"]),
        "share": share,
        "articles": known.get("articles", len({row["article_id"] for row in members})),
        "reports_counted": known.get("reports", len({row["cluster_id"] for row in members})),
        "first": {name: first[name] for name in ("article_id", "publisher", "date", "title", "path")} | {"is_certain": certain},
        "conflicts": [{name: c[name] for name in names} for c in conflicts if utterance_id and c["utterance_id"] == utterance_id],
        "reports": [
            {name: value for name, value in row.items() if name not in ("utterance_id", "cluster_id")}
            | {"missing": [part.text for part in marked(words, row["text"]) if part.differs]}
            for row in members
        ],
    }


def _style(color: str) -> Style:
    """Colours on a terminal, unless NO_COLOR is set (no-color.org); without them words that differ stand in brackets."""
    if color == "always" or (color == "auto" and sys.stdout.isatty() and not os.environ.get("NO_COLOR")):
        return lambda kind, text: f"\033[{_CODES[kind]}m{text}\033[0m"
    return lambda kind, text: f"[{text}]" if kind == "differs" else text


def _lines(item: dict[str, Any], style: Style) -> Iterator[str]:
    first = item["first"]
    yield style("bold", f"“{item['text']}”") + f" {item['speaker'] or 'nobody named by most'}"
    for c in item["conflicts"]:
        sides = (f"{c[f'{side}_publisher'] or c[f'{side}_article_id']}: {c[f'{side}_words'] or '(nothing)'}" for side in "ab")
        yield style("conflict", f"  {c['kind']} differs: {' | '.join(sides)}")
    yield f"  first: {first['date'] or 'no date'}, {first['publisher'] or 'no publisher'}, {first['title'] or first['path']}{'' if first['is_certain'] else ' (not certain)'}"
    if item["articles"] > 1:
        yield f"  {item['articles']} articles, {item['reports_counted']} without copies"
    for row in item["reports"]:
        text = "".join(style("differs", part.text) if part.differs else part.text for part in marked(row["text"], item["text"]))
        said = row["speaker_name"] or row["speaker_mention"] or "nobody"
        head = f"  {row['date'] or '----------'}  {row['publisher'] or row['article_id']}"
        yield f"{head}  {row['relation']}  {said}{'' if row['counts'] else '  (copy)'}"
        yield style("faint", "      ") + " ".join(text.split())
        if row["missing"]:
            yield f"      without: {style('differs', ' … '.join(' '.join(part.split()) for part in row['missing']))}"
