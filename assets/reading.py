"""The published file of a warehouse, opened for commands that only read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from assets.errors import CommandError


@contextmanager
def published(file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to a published file. Raises CommandError where there is none, or it is no such file or damaged."""
    from warehouse import open_published

    if not file.exists():
        raise CommandError(
            f"no warehouse at {str(file)!r}: give a published copydesk.duckdb or its folder; `copydesk load` makes one"
        )
    try:
        with open_published(file) as connection:
            yield connection
    except (
        duckdb.IOException,
        duckdb.CatalogException,
        duckdb.BinderException,
        duckdb.SerializationException,
        duckdb.InternalException,
    ) as error:
        raise CommandError(
            f"{str(file)!r} cannot be read as a warehouse ({next(iter(str(error).splitlines()), '')[:200]}): allowed is a copydesk.duckdb that "
            "`copydesk load` published; if it is damaged, the next load publishes it again"
        ) from error
