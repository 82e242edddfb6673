"""Which corpus a warehouse belongs to; a load of another one into it is refused."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from assets.errors import CommandError
from assets.stages.ingest import root_path
from assets.stages.load import Load


class OtherCorpusError(CommandError):
    """The warehouse is of another corpus; the message says of which, and what to do."""


def known_roots(load: Load) -> list[Path]:
    """The corpus folders that the warehouse has records of."""
    rows = load.working.rows("SELECT root FROM internal.roots UNION SELECT root FROM internal.places ORDER BY root")
    return [root_path(root) for (root,) in rows]


def refuse_another(load: Load, roots: Iterable[Path]) -> None:
    """Raises OtherCorpusError where the warehouse has a corpus that is still there, and none of the paths belongs to it or holds it.

    A corpus whose folder is gone was moved, so any other may be it.
    """
    wanted = [path.resolve() for path in roots]
    known = [root for root in known_roots(load) if root.exists()]
    if not known or any(a == b or a in b.parents or b in a.parents for a in wanted for b in known):
        return
    named = " ".join(map(str, known))
    given = " ".join(map(str, wanted))
    raise OtherCorpusError(
        f"the warehouse {str(load.working.paths.folder)!r} is of the corpus {named}; allowed is that corpus, and {given} is another: give it a "
        f"warehouse of its own with --warehouse DIR or COPYDESK_WAREHOUSE (without, it gets one below warehouses/), or make both one corpus: "
        f"copydesk load --warehouse {load.working.paths.folder} {named} {given}"
    )


def write_name(load: Load) -> None:
    """Name the corpus in `corpus.txt` of the warehouse, for people and for finding the warehouse of a folder."""
    lines = [f"{root}\n" for root in known_roots(load)]
    data = os.fsencode("".join(lines))
    file = load.working.paths.corpus
    if not file.exists() or file.read_bytes() != data:
        file.write_bytes(data)
