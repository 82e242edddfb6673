"""`copydesk names`: pairs of spellings to whether they name one person or organisation."""

import argparse
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from assets.commands.rows import InputRow, all_rejected, check_writable, counted, encodable, progress, read_rows, reject, write_rows
from pipelines.schemas import REJECT
from pipelines.speakers import same_name
from pipelines.vocabulary import RejectReason, SpeakerKind

GIVES = pa.schema(
    [
        *(pa.field(name, pa.null()) for name in ("id", "a", "b")),
        *(pa.field("same", pa.bool_()), pa.field("score", pa.float64()), pa.field("why", pa.string())),
        pa.field("reject", REJECT),
    ]
)
KINDS = (SpeakerKind.PERSON, SpeakerKind.ORGANISATION)


def run(options: argparse.Namespace) -> int:
    rows = read_rows(options.input)
    check_writable(options.output)
    write_rows(options.output, _answers(rows), GIVES, rows)
    rejected = sum(bool(row.reject or _problem(row.fields)) for row in rows)
    progress(f"compared {counted(len(rows) - rejected, 'pair')} of names")
    return all_rejected(len(rows), rejected)


def _answers(rows: list[InputRow]) -> Iterator[dict[str, Any]]:
    for row in rows:
        problem = row.reject or _problem(row.fields)
        passed = {name: value for name, value in row.fields.items() if name != "reject"}
        if problem:
            yield {"id": row.id, **passed, "same": None, "score": None, "why": None, "reject": problem}
            continue
        fields = row.fields
        answer = same_name(encodable(fields["a"]), encodable(fields["b"]), fields.get("kind") or SpeakerKind.PERSON)
        yield {"id": row.id, **passed, **answer._asdict()}


def _problem(fields: Mapping[str, Any]) -> dict[str, str] | None:
    for name in ("a", "b"):
        value = fields.get(name)
        if value is None:
            return reject(RejectReason.NO_TEXT, f"the row has no {name}. Give the two names as a and b")
        if not isinstance(value, str):
            message = f"{name} is a {type(value).__name__}; allowed is a string. Give the name as a string"
            return reject(RejectReason.BAD_VALUE, message)
    if fields.get("kind") not in (None, *KINDS):
        return reject(RejectReason.BAD_VALUE, f"kind is {fields['kind']!r}; allowed are {', '.join(KINDS)}, or leave it out")
    return None
