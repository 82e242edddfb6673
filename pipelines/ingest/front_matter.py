"""Texts with labelled lines over them: the front matter of Markdown between two rules, as YAML or TOML, or "Title: …", "Author: …", "Date: …" one by
one."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from pipelines.ingest.entry import Entry
from pipelines.ingest.fields import entry_of
from pipelines.ingest.names import field_of
from pipelines.ingest.settings import IngestSettings

MOST_LINES = 40
LEAST_LABELLED = 2  # lines without rules around them
_LABELLED = re.compile(r"(?P<label>[^\W\d_][\w .-]{1,30}?)\s?:\s+(?P<value>\S.*)")
_OPENS = re.compile(r"(?P<label>[^\W\d_][\w .-]{1,30}?)\s?:")
_FENCED = re.compile(rf"\s*(?P<rule>---|\+\+\+)[ \t]*\n(?P<head>(?:[^\n]*\n){{1,{MOST_LINES}}}?)(?:(?P=rule)|\.\.\.)[ \t]*(?:\n|$)")
_OPEN = re.compile(rf"\s*(?P<head>(?:[^\n]+\n){{{LEAST_LABELLED},{MOST_LINES}}}?)[ \t]*\n")


def labelled_entry(text: str, settings: IngestSettings) -> Entry | None:
    """The article below the labelled lines with what they say of it; None where no line over the text names a title and a day or authors.

    >>> entry = labelled_entry("---\\ntitle: 'Quay to close'\\ndate: 2024-05-03\\n---\\n\\nIt closes in May.\\n", IngestSettings())
    >>> entry.title, entry.date, entry.text
    ('Quay to close', '2024-05-03', 'It closes in May.\\n')
    >>> labelled_entry("Quay to close\\n\\nDate: unknown\\n\\nIt closes.", IngestSettings()) is None
    True
    """
    plain = text.replace("\r\n", "\n").removeprefix("\ufeff")
    fenced = _FENCED.match(plain)
    match = fenced or _OPEN.match(plain)
    if match is None:
        return None
    lines = match["head"].splitlines()
    found = [labelled for line in lines if (labelled := _LABELLED.fullmatch(line.strip()))]
    record = _of_toml(match["head"]) if fenced and fenced["rule"] == "+++" else _of_yaml(lines)
    fields = set(map(field_of, record))
    if (
        "title" not in fields
        or not fields & {"published", "byline"}
        or "text" in fields
        or (not fenced and len(found) < len(lines))
    ):
        return None
    rest = plain[match.end() :].lstrip("\n")
    return entry_of({**record, "text": rest}, None, settings) if rest.strip() else None


def _of_toml(head: str) -> dict[str, Any]:
    try:
        return tomllib.loads(head)
    except tomllib.TOMLDecodeError:
        return {}


def _of_yaml(lines: list[str]) -> dict[str, Any]:
    """What labelled lines say, with lists and objects of one level; other lines are passed over.

    >>> _of_yaml(["title: 'Quay'", "authors:", "  - Ada Roe", "  - Bo Day", "source:", "  name: Post", "tags: [a, b]"])
    {'title': 'Quay', 'authors': ['Ada Roe', 'Bo Day'], 'source': {'name': 'Post'}, 'tags': ['a', 'b']}
    """
    record: dict[str, Any] = {}
    opened: str | None = None
    for line in lines:
        bare, labelled = line.strip(), _LABELLED.fullmatch(line.strip())
        if bare.startswith("- ") and opened and isinstance(record.setdefault(opened, []), list):
            record[opened].append(_unmarked(bare[2:]))
        elif labelled and line[:1].isspace() and opened and isinstance(record.setdefault(opened, {}), dict):
            record[opened][labelled["label"].strip()] = _unmarked(labelled["value"])
        elif labelled:
            record[labelled["label"].strip()], opened = _value(labelled["value"].strip()), None
        elif opens := _OPENS.fullmatch(bare):
            opened = opens["label"].strip()
    return record


def _value(written: str) -> str | list[str]:
    if written[:1] == "[" and written[-1:] == "]":
        return [_unmarked(item) for item in written[1:-1].split(",") if item.strip()]
    return _unmarked(written)


def _unmarked(written: str) -> str:
    return written.strip().strip("\"'")
