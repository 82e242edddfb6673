"""What the UI says of an asset before it is made: columns, where the table is, whose it is, the code and the page of the docs.

What it says of the rows once they are made stands in `assets/metadata.py`.
"""

import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import dagster as dg

from warehouse import description
from warehouse.dictionary import dictionary
from warehouse.sql_files import FOLDER

DOCS = Path(__file__).resolve().parent.parent / "docs"
OWNERS = ["team:copy-desk"]

# Where the published file is attached as `copydesk`, a table or view is called so.
TABLE_NAME = "copydesk.main.{}"

# The page below docs/ of a stage or group that is not named like it. Where neither has one, the link leads to docs/architecture.md.
PAGES = {
    "ingest": "input",
    "clean": "cleaning",
    "signatures": "duplicates",
    "pairs": "duplicates",
    "sources": "stories",
    "views": "queries",
}
PLAN = "architecture"


def table_spec(
    table: str,
    *,
    folder: str,
    group: str,
    stage: str,
    kinds: set[str],
    deps: Iterable[str] = (),
    works: Iterable[Callable[..., Any]] = (),
    **more: Any,
) -> dg.AssetSpec:
    """The asset of a table or view; `folder` of `warehouse/sql` declares it, `works` are the functions that make its rows."""
    return dg.AssetSpec(
        table,
        deps=sorted(deps),
        group_name=group,
        kinds=kinds,
        description=description(f"{folder}/{table}"),
        owners=OWNERS,
        tags={"copydesk/stage": stage},
        metadata={
            "dagster/column_schema": column_schema(table),
            "dagster/table_name": TABLE_NAME.format(table),
            **links(stage, group, works, FOLDER / folder / f"{table}.sql"),
        },
        **more,
    )


def column_schema(table: str) -> dg.TableSchema:
    """The columns of a table or view with the comments that DuckDB has."""
    columns = [
        dg.TableColumn(
            column.name,
            column.type,
            column.comment or None,
            dg.TableColumnConstraints(nullable=column.nullable, unique=column.unique),
        )
        for column in dictionary()[table].columns
    ]
    return dg.TableSchema(columns)


def links(stage: str, group: str, works: Iterable[Callable[..., Any]] = (), *files: Path) -> dict[str, Any]:
    """Where the code is, and the page of the docs; a Copydesk installed from a wheel comes without docs."""
    pages = (DOCS / f"{name}.md" for name in (PAGES.get(stage, stage), PAGES.get(group, group), PLAN))
    page = next((page for page in pages if page.is_file()), None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dg.BetaWarning)  # of the two classes here
        found = [_reference(work) for work in works]
        found += [dg.LocalFileCodeReference(file_path=str(file), label=file.name) for file in files]
        code = dg.CodeReferencesMetadataValue(code_references=list({one.source: one for one in found}.values()))
    return {"dagster/code_references": code} | ({"docs": dg.MetadataValue.path(page)} if page else {})


def _reference(work: Callable[..., Any]) -> dg.LocalFileCodeReference:
    function = getattr(work, "func", work)
    place = function.__code__
    return dg.LocalFileCodeReference(
        file_path=place.co_filename, line_number=place.co_firstlineno, label=f"{function.__module__}.{function.__name__}"
    )
