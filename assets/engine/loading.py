"""A load over an engine: the rows of the working file to tables, the stages' results back, and every table as Parquet at its end.

What is stale, and how rows are written, stands in `assets/stages/runner.py`, which is the same for all loads.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.dataset as ds

from assets.engine.choice import refuse_engine
from assets.engine.duplicates import duplicates_over
from assets.engine.local import LocalEngine
from assets.engine.speakers import names_over
from assets.engine.steps import Engine, Made, Steps
from assets.engine.stories import Grouped, stories_over
from assets.engine.table import Table, restored, write_part, write_table
from assets.engine.utterances import Said, utterances_over
from assets.engine.work import as_batch, takes
from assets.stages.article_words import words_of_articles
from pipelines.duplicates import Duplicates, DuplicateSettings
from pipelines.duplicates.places import ARTICLES
from pipelines.schemas import SIGNATURES
from pipelines.speakers.comparing import Compared, Read
from pipelines.speakers.places import NAMES
from pipelines.speakers.settings import NameSettings
from pipelines.stage import Stage, Tables
from pipelines.stories.places import Scope
from pipelines.stories.texts import TEXT_WORDS
from pipelines.utterances.places import SPOKEN, Comparing
from warehouse import WorkingFile, named_sql
from warehouse.copying import copy_to_parquet

if TYPE_CHECKING:
    from assets.stages.parallel import Job

ROWS = 8192  # that are asked of the working file, and written to it, at once
WORTH_ALL = 0.1  # share of changed articles from which on all are compared again; of fewer, one machine compares what they touch
MANIFEST = "manifest.json"


class EngineLoad:
    """What a load asks of its engine. Steps stand below `folder`, and are kept until a later load does them again."""

    def __init__(self, name: str, folder: Path, log: Callable[[str], None]) -> None:
        self.name, self.folder, self.log = name, folder, log
        self._session: Callable[[], AbstractContextManager[Mapping[str, str]]] = _nobody

    @cached_property
    def engine(self) -> Engine:
        refuse_engine(self.name)
        if self.name == LocalEngine.name:
            return LocalEngine()
        from assets.engine.driver import SparkDriver

        return SparkDriver(self.name.partition(":")[2], None, lambda: self._session(), self._say)

    @contextmanager
    def heard_by(self, session: Callable[[], AbstractContextManager[Mapping[str, str]]]) -> Iterator[None]:
        """Spark says what it does in a Pipes session, a new one for each step."""
        self._session = session
        try:
            yield
        finally:
            self._session = _nobody

    @cached_property
    def steps(self) -> Steps:
        return Steps(self.folder / "steps", self.engine, self._say)

    def _say(self, line: str) -> None:
        self.log(f"{self.name}: {line}")

    def close(self) -> None:
        stop = getattr(vars(self).get("engine"), "stop", None)
        if stop is not None:
            stop()

    def made_of(
        self, stage: Stage, stale: pa.Table, jobs: Iterable[Job], version: str, settings: Any
    ) -> Callable[[pa.Table], dict[str, pa.Table]]:
        """What a stage makes of all `jobs`, batches of the `stale` rows: a function from ids to the rows of these."""
        given = self.steps.do(
            f"{stage.name}.rows", f"{version} {print_of(stale)}", {}, lambda out: {"rows": _written(stage, jobs, out / "rows")}
        )
        made = self.steps.map(stage.name, given["rows"], stage, version, settings)
        return lambda ids: {name: _rows_of(table, ids["id"]) for name, table in made.items()}

    def whole(self, name: str, version: str, held: str, work: Callable[[], Tables]) -> Tables:
        """What a stage that needs all rows makes of them: as a step, so that a load that is killed finds it. `held` is what it reads, in short."""

        def write(out: Path) -> Made:
            return {table: write_table(rows, out / table) for table, rows in work().items()}

        return {table: made.read() for table, made in self.steps.do(f"{name}.whole", f"{version} {held}", {}, write).items()}

    def worth(self, changed: int, articles: int) -> bool:
        """Whether so many changed articles are worth a comparison of all."""
        return changed > WORTH_ALL * articles

    def duplicates(self, working: WorkingFile, settings: DuplicateSettings) -> Duplicates:
        """Pairs and clusters of all articles that have a signature."""
        ids = working.table("SELECT article_id AS id FROM signatures ORDER BY id")
        held = working.rows(named_sql("engine/held"))

        def write(out: Path) -> Made:
            articles = "SELECT article_id AS id, body AS text, publisher, strftime(date, '%Y-%m-%d') AS date, correction FROM articles WHERE article_id IN (SELECT id FROM wanted) ORDER BY id"
            signatures = "SELECT article_id AS id, * EXCLUDE article_id FROM signatures WHERE article_id IN (SELECT id FROM wanted) ORDER BY id"
            made = {}
            for name, query, schema in (("articles", articles, ARTICLES), ("signatures", signatures, SIGNATURES)):
                parts = (working.table(query, wanted=ids.slice(start, ROWS)).cast(schema) for start in range(0, ids.num_rows, ROWS))
                made[name] = _parts(parts, out / name, schema)
            return made

        given = self.steps.do("compared", f"{held} {settings}", {}, write)
        return duplicates_over(self.steps, given["articles"], settings, given["signatures"]).read()

    def compare_names(
        self, listed: Sequence[str], settings: NameSettings, before: Compared
    ) -> tuple[dict[str, Read], dict[tuple[str, str], float]]:
        """`compare_people` of all names, whatever was compared before."""
        names = pa.table([pa.array(listed, pa.string())], schema=NAMES)
        given = self.steps.do("names", print_of(names), {}, lambda out: {"names": write_table(names, out / "names")})
        return names_over(self.steps, given["names"], settings)

    def utterances(self, working: WorkingFile, how: Comparing) -> Said:
        """Utterances of all articles, and the links that they grew along."""
        ids = working.table("SELECT article_id AS id FROM articles ORDER BY id")
        held = working.rows(named_sql("engine/held_spoken"))

        def spoken(start: int) -> pa.Table:
            some = ids.slice(start, ROWS)
            (numbers, starts), known = words_of_articles(working, some["id"].combine_chunks())
            hashes = known[numbers]
            hashes = hashes[np.lexsort((hashes, np.repeat(np.arange(len(starts) - 1), np.diff(starts))))]
            lists = pa.ListArray.from_arrays(pa.array(starts, pa.int32()), pa.array(hashes))
            rows = working.table(named_sql("engine/spoken"), wanted=some)
            return rows.add_column(SPOKEN.get_field_index("words"), "words", lists).cast(SPOKEN)

        def write(out: Path) -> Made:
            return {"spoken": _parts(map(spoken, range(0, ids.num_rows, ROWS)), out / "spoken", SPOKEN)}

        given = self.steps.do("spoken", str(held), {}, write)
        return utterances_over(self.steps, given["spoken"], how)

    def stories(self, working: WorkingFile, text_words: Iterable[pa.Table], said: pa.Table, how: Scope) -> Grouped:
        """Groups of all texts, whose words are `text_words` in parts, as `TEXT_WORDS`."""
        held = working.rows(named_sql("engine/held_text_words"))
        given = self.steps.do(
            "text_words", f"{held} {how.texts}", {}, lambda out: {"text_words": _parts(text_words, out / "text_words", TEXT_WORDS)}
        )
        given |= self.steps.do("story_said", print_of(said), {}, lambda out: {"said": write_table(said, out / "said")})
        return stories_over(self.steps, given["text_words"], given["said"], how)

    def write_tables(self, working: WorkingFile, load_id: str) -> Path:
        """Every table as a folder of Parquet files, in the place of those of an earlier load, and a manifest."""
        out, new = self.folder / "tables", self.folder / ".tables"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        tables = {}
        for name, rows in copy_to_parquet(working, new).items():
            files = sorted((new / name).glob("*.parquet"))
            sizes = sum(file.stat().st_size for file in files)
            tables[name] = {"rows": rows, "files": [f"{name}/{file.name}" for file in files], "bytes": sizes}
        manifest = {"load_id": load_id, "engine": self.name, "tables": tables}
        (new / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
        old = self.folder / ".tables.old"
        shutil.rmtree(old, ignore_errors=True)
        if out.exists():
            os.replace(out, old)
        os.replace(new, out)
        shutil.rmtree(old, ignore_errors=True)
        return out


def _nobody() -> AbstractContextManager[Mapping[str, str]]:
    return nullcontext({})


def _written(stage: Stage, jobs: Iterable[Job], out: Path) -> Table:
    """The rows that a stage takes, in a file for each batch."""
    rows = (as_batch(stage, job) if stage.context else job[0] for job in jobs)
    return _parts(rows, out, takes(stage))


def _parts(tables: Iterable[pa.Table], out: Path, schema: pa.Schema) -> Table:
    out.mkdir(parents=True)
    write_part(schema.empty_table(), out, 0)
    for number, table in enumerate(tables, 1):
        write_part(table, out, number)
    return Table(out, schema)


def _rows_of(table: Table, ids: pa.ChunkedArray) -> pa.Table:
    found = ds.dataset([str(file) for file in table.files], format="parquet").to_table(filter=ds.field("id").isin(ids))
    return restored(found, table.schema)


def print_of(rows: pa.Table) -> str:
    """The rows in short."""
    digest = hashlib.sha256()
    for batch in _in_one_form(rows):
        digest.update(batch.serialize())
    return digest.hexdigest()


def _in_one_form(rows: pa.Table) -> Iterator[pa.RecordBatch]:
    for start in range(0, rows.num_rows, ROWS):
        yield from rows.slice(start, ROWS).combine_chunks().to_batches()
