"""Texts with labelled lines over them: the front matter of Markdown between two rules, or "Title: …", "Author: …", "Date: …" one by one."""

from __future__ import annotations

import re

from pipelines.ingest.entry import Entry
from pipelines.ingest.fields import entry_of
from pipelines.ingest.names import field_of
from pipelines.ingest.settings import IngestSettings

MOST_LINES = 40
LEAST_LABELLED = 3  # lines without rules around them
_LABELLED = re.compile(r"(?P<label>[^\W\d_][\w .-]{1,30}?)\s?:\s+(?P<value>\S.*)")
_FENCED = re.compile(rf"\s*---[ \t]*\n(?P<head>(?:[^\n]*\n){{1,{MOST_LINES}}}?)(?:---|\.\.\.)[ \t]*(?:\n|$)")
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
    fields = {field_of(labelled["label"]) for labelled in found}
    if (
        "title" not in fields
        or not fields & {"published", "byline"}
        or "text" in fields
        or (not fenced and len(found) < len(lines))
    ):
        return None
    record = {labelled["label"].strip(): labelled["value"].strip().strip("\"'") for labelled in found}
    rest = plain[match.end() :].lstrip("\n")
    return entry_of({**record, "text": rest}, None, settings) if rest.strip() else None
