"""One load: the working file, the settings and the identifier that its rows carry."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pyarrow as pa

from assets.versions import stage_version
from pipelines.settings import Settings
from warehouse import WorkingFile

COUNTED = ("documents_new", "documents_changed", "documents_missing")


@dataclass
class Load:
    """Handed to every stage. `log` takes one line of text."""

    working: WorkingFile
    load_id: str
    settings: Settings = field(default_factory=Settings)
    log: Callable[[str], None] = lambda line: None

    def version(self, stage: str) -> str:
        return stage_version(stage, self.settings)

    def note_write(self, **counts: int) -> None:
        """Record, inside the writing transaction, that there is something to publish, and add to the load's counts."""
        self.working.set_state("unpublished", "yes")
        self.working.run(
            "INSERT OR IGNORE INTO loads (load_id, started_at, documents_new, documents_changed, documents_missing) VALUES (?, now(), 0, 0, 0)",
            [self.load_id],
        )
        for name in COUNTED:
            if counts.get(name):
                self.working.run(f"UPDATE loads SET {name} = {name} + ? WHERE load_id = ?", [counts[name], self.load_id])


def batches(ids: pa.Table, rows: int) -> Iterator[pa.Table]:
    """Slices of at most `rows` rows."""
    for start in range(0, ids.num_rows, rows):
        yield ids.slice(start, rows)
