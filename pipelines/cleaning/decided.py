"""Lines that a person has reviewed: what they are is said in a file of corrections, and no rule, count or score outweighs it.

Where the file is read does not belong here: see `pipelines.decisions`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from pipelines.cleaning.lines import Line
from pipelines.cleaning.repetition import line_hash
from pipelines.vocabulary import BlockKind

Kinds = Mapping[int, tuple[BlockKind, str]]  # hash of a line -> what the line is, and where that is said
Reviewed = Mapping[str, Kinds]  # by document


def decisions_by_document(decided: pa.Table | None) -> Reviewed:
    """What DECIDED_LINES say, by document."""
    found: dict[str, dict[int, tuple[BlockKind, str]]] = {}
    for row in decided.to_pylist() if decided is not None else ():
        found.setdefault(row["id"], {})[row["line_hash"]] = BlockKind(row["kind"]), row["entry"]
    return found


def take_decisions(lines: Sequence[Line], kinds: Kinds) -> str | None:
    """Gives the reviewed lines their kind, and returns the first that is the title. What was decided about the others stays as it is."""
    title = None
    for line in lines:
        kind, entry = kinds.get(line_hash(line.text), (None, ""))
        if kind is not None:
            line.kind, line.kept, line.reason = kind, kind == BlockKind.BODY, f"reviewed: {entry}"
            title = title or (line.text if kind == BlockKind.TITLE else None)
    return title
