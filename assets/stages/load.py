"""One load: the working file, the settings and the identifier that its rows carry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assets.progress import Doing, silent
from pipelines.settings import Settings
from warehouse import WorkingFile

if TYPE_CHECKING:
    from assets.engine.loading import EngineLoad

COUNTED = ("documents_new", "documents_changed", "documents_missing")


@dataclass
class Load:
    """Handed to every stage. `log` takes one line of text. `allow_loss` lets a published file be replaced that holds more records. `prune` drops records
    that are missing. `doing` shows how far
    a piece of work is. `over` is the engine that stages run on; without one they run here. `counted` are the rows of the
    published file that break each check, once it was published."""

    working: WorkingFile
    load_id: str
    settings: Settings = field(default_factory=Settings)
    log: Callable[[str], None] = lambda line: None
    allow_loss: bool = False
    prune: bool = False
    doing: Doing = silent
    over: EngineLoad | None = None
    counted: Mapping[str, int] = field(default_factory=dict)

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
