"""The published file of a warehouse, opened for commands that only read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from assets.errors import CommandError


@contextmanager
def published(file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to a published file. Raises CommandError where there is none, or it is no such file or damaged."""
    from warehouse import open_published, why_broken

    if not file.exists():
        raise CommandError(
            f"no warehouse at {str(file)!r}: give a published copydesk.duckdb or its folder; `copydesk load` makes one"
        )
    try:
        with open_published(file) as connection:
            yield connection
    except duckdb.OutOfMemoryException as error:
        raise CommandError(why_broken(file, error)) from error
    except duckdb.Error as error:  # where a checksum is wrong, of no narrower class
        raise CommandError(
            f"{str(file)!r} cannot be read as a warehouse ({next(iter(str(error).splitlines()), '')[:200]}): allowed is a copydesk.duckdb that "
            "`copydesk load` published; if it is damaged, the next load publishes it again"
        ) from error
