"""Steps of a run, each with an output folder that a later run goes on from; and what an engine is."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from assets.engine.table import Table
from pipelines.stage import Stage

DONE = "step.json"  # written last into the folder of a step


class Engine(Protocol):
    """Runs stages and SQL over tables, and writes what comes out below the folder `out`."""

    name: str

    def map(self, table: Table, stage: Stage, out: Path, settings: Any = None) -> dict[str, Table]:
        """Every row through a stage: the tables that it gives, and `failed`. The table has the columns that `work.takes` says."""

    def join(self, query: str, tables: Mapping[str, Table], out: Path, schema: pa.Schema) -> Table:
        """One SQL statement, in words that all engines have."""

    def gather(self, table: Table, by: str, stage: Stage, out: Path, settings: Any = None) -> dict[str, Table]:
        """All rows with one value of `by` at once through a stage, for every value: as `map`."""


Made = dict[str, Table]


@dataclass
class Steps:
    """Runs steps of an engine, or finds what an earlier run left of them: a step that was broken off is done again.

    What a step rests on is written next to its output: its version, and that of every step before it.
    """

    folder: Path
    engine: Engine
    log: Callable[[str], None] = lambda line: None
    prints: dict[Path, str] = field(default_factory=dict)  # of the tables, by folder

    def given(self, table: Table, print_: str) -> Table:
        """A table that comes from elsewhere, and what it holds in short."""
        self.prints[table.folder] = print_
        return table

    def do(self, name: str, version: str, tables: Mapping[str, Table], work: Callable[[Path], Made]) -> Made:
        """The tables that `work` writes below the folder it is given, or those that are there from before."""
        out = self.folder / name
        parts = [name, version, *(f"{known} {self.prints[table.folder]}" for known, table in sorted(tables.items()))]
        mark = hashlib.sha256("\n".join(parts).encode()).hexdigest()
        made = _left(out, mark)
        if made is None:
            shutil.rmtree(out, ignore_errors=True)
            out.mkdir(parents=True)
            made = work(out)
            _finish(out, mark, made, self.engine.name)
            self.log(f"{name}: " + ", ".join(f"{table.rows()} {known}" for known, table in made.items()))
        else:
            self.log(f"{name}: done before")
        for known, table in made.items():
            self.prints[table.folder] = f"{mark} {known}"
        return made

    def map(self, name: str, table: Table, stage: Stage, version: str, settings: Any = None) -> Made:
        return self.do(name, version, {"table": table}, lambda out: self.engine.map(table, stage, out, settings))

    def gather(self, name: str, table: Table, by: str, stage: Stage, version: str, settings: Any = None) -> Made:
        return self.do(name, f"{version} {by}", {"table": table}, lambda out: self.engine.gather(table, by, stage, out, settings))

    def join(self, name: str, query: str, schema: pa.Schema, **tables: Table) -> Table:
        made = self.do(name, query, tables, lambda out: {"rows": self.engine.join(query, tables, out / "rows", schema)})
        return made["rows"]


def _left(out: Path, mark: str) -> Made | None:
    """The tables of a step that was finished, if it was this one."""
    try:
        known = json.loads((out / DONE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if known.get("mark") != mark:
        return None
    return {
        name: Table(out / name, pa.ipc.read_schema(pa.py_buffer(bytes.fromhex(held)))) for name, held in known["tables"].items()
    }


def _finish(out: Path, mark: str, made: Made, engine: str) -> None:
    tables = {name: table.schema.serialize().to_pybytes().hex() for name, table in made.items()}
    temporary = out / f".{DONE}"
    temporary.write_text(json.dumps({"mark": mark, "engine": engine, "tables": tables}), encoding="utf-8")
    os.replace(temporary, out / DONE)
