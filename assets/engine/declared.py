"""Steps by what is declared of them: a stage, or a file of `warehouse/sql/engine/` and the schema of what it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from assets.engine.steps import Steps
from assets.engine.table import Table, write_table
from pipelines.stage import Stage
from warehouse.sql_files import named_sql

Work = Callable[..., Any]


@dataclass
class DeclaredSteps:
    """`settings` are those of every stage; `version` gives that of a stage's function; `schemas` are those of the SQL, by name."""

    steps: Steps
    settings: Any
    version_of: Callable[[Work, Any], str]
    schemas: Mapping[str, pa.Schema]

    def version(self, work: Work) -> str:
        return self.version_of(work, self.settings)

    def map(self, name: str, table: Table, stage: Stage) -> dict[str, Table]:
        return self.steps.map(name, table, stage, self.version(stage.work), self.settings)

    def gather(self, name: str, table: Table, by: str, stage: Stage) -> dict[str, Table]:
        return self.steps.gather(name, table, by, stage, self.version(stage.work), self.settings)

    def join(self, name: str, values: Mapping[str, int] | None = None, /, sql: str = "", **tables: Table) -> Table:
        """`values` stand in the SQL as {name}. `sql`: the file, where it has not the name of the step."""
        query = named_sql(f"engine/{sql or name}")
        for key, value in (values or {}).items():
            query = query.replace("{" + key + "}", str(value))
        return self.steps.join(name, query, self.schemas[sql or name], **tables)

    def on_the_driver(self, name: str, work: Work, *given: Any, **tables: Table) -> Table:
        """What a function makes of whole tables and of what else it is `given`, in this process: each of their rows may bear on all others."""

        def write(out: Path) -> dict[str, Table]:
            return {"rows": write_table(work(*(table.read() for table in tables.values()), *given), out / "rows")}

        return self.steps.do(name, self.version(work), tables, write)["rows"]
