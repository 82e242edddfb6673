"""Reads the `.sql` files: one per table, view, query and check, named by its path below `sql/`. What they mean is not known here."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "sql"

# Columns whose texts differ from row to row. All others hold few or short ones, which a dictionary takes two thirds of the room for, or less.
LONG_TEXTS = frozenset(
    ("body", "extra", "headline", "markup", "message", "quote", "raw_html", "raw_text", "text", "title", "wording", "words")
)

# A stage whose folder says nothing else works on each article by its body.
EACH_ARTICLE = "each_article"

_KEY = re.compile(r",\s*PRIMARY KEY\s*\([^)]*\)|\s+PRIMARY KEY")

_QUOTED_OR_LAYOUT = re.compile(r"('(?:[^']|'')*'|\"(?:[^\"]|\"\")*\")|(?:--[^\n]*|/\*.*?\*/|\s)+", re.S)
_TEXT = re.compile(r"\b(\w+) (VARCHAR|BLOB)\b(?!\[)")
_READ = re.compile(r"\b(?:FROM|JOIN) (\w+)")
_COMMENT = re.compile(r"COMMENT ON (TABLE|VIEW|COLUMN) (?:internal\.)?(\w+)(?:\.(\w+))? IS '((?:[^']|'')*)';\n?")


@cache
def named_sql(name: str) -> str:
    """The text of `sql/<name>.sql`. Raises FileNotFoundError where there is none."""
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")


@cache
def sql_names(folder: str) -> tuple[str, ...]:
    """The names in `sql/<folder>/`, sorted."""
    return tuple(sorted(path.stem for path in (FOLDER / folder).glob("*.sql")))


def stage_sql_names(stage: str) -> tuple[str, ...]:
    """The files that a stage has: those of its folder, and of `each_article` where it lacks one."""
    return tuple(sorted({*sql_names(f"stages/{stage}"), *sql_names(f"stages/{EACH_ARTICLE}")}))


def stage_sql(stage: str, file: str) -> str:
    """The text of one of them. Raises FileNotFoundError where there is none."""
    return named_sql(f"stages/{stage if file in sql_names(f'stages/{stage}') else EACH_ARTICLE}/{file}")


def without_comments(sql: str) -> str:
    """SQL as DuckDB understands it, whatever its comments and layout.

    >>> without_comments("SELECT '--', a -- the first\\nFROM t")
    "SELECT '--', a FROM t"
    """
    return _QUOTED_OR_LAYOUT.sub(lambda match: match[1] or " ", sql).strip()


def description(name: str) -> str:
    """What a table or view says it is, from its file, `tables/<table>` or `views/<view>`. Raises ValueError where it says nothing."""
    found = comments(name).get(None)
    if found is None:
        raise ValueError(f"warehouse/sql/{name}.sql has no COMMENT ON TABLE or VIEW … IS '…'; say there what a row is")
    return found


def comments(name: str) -> dict[str | None, str]:
    """What a table or view says of its columns, and under None of itself, from its file, `tables/<table>` or `views/<view>`."""
    return {
        column if kind == "COLUMN" else None: text.replace("''", "'") for kind, _, column, text in _COMMENT.findall(named_sql(name))
    }


@cache
def without_remarks(declaration: str) -> str:
    """A declaration without its COMMENT ON statements, which take DuckDB four times as long as all else in it.

    >>> without_remarks("CREATE TABLE a (b INTEGER);\\n\\nCOMMENT ON COLUMN a.b IS 'Not ''its''; own.';\\n")
    'CREATE TABLE a (b INTEGER);\\n\\n'
    """
    return _COMMENT.sub("", declaration)


def tables_read(name: str) -> set[str]:
    """What stands after FROM or JOIN in `sql/<name>.sql`, tables, views and its own parts alike.

    >>> sorted(tables_read("views/corrections"))
    ['articles']
    """
    return set(_READ.findall(without_comments(named_sql(name))))


@cache
def without_keys(declaration: str) -> str:
    """A table without its primary key, whose index takes a tenth of a file and is of use only where rows are written.

    >>> without_keys("CREATE TABLE a (b INTEGER PRIMARY KEY, c INTEGER)"), without_keys("CREATE TABLE a (b INTEGER, PRIMARY KEY (b))")
    ('CREATE TABLE a (b INTEGER, c INTEGER)', 'CREATE TABLE a (b INTEGER)')
    """
    return _KEY.sub("", declaration)


@cache
def compressed(declaration: str) -> str:
    """A table that says of each text how it is compressed: left to itself, DuckDB takes twice the room.

    >>> compressed("CREATE TABLE a (body VARCHAR NOT NULL, name VARCHAR, names VARCHAR[])")
    'CREATE TABLE a (body VARCHAR USING COMPRESSION zstd NOT NULL, name VARCHAR USING COMPRESSION dict_fsst, names VARCHAR[])'
    """
    return _TEXT.sub(
        lambda column: f"{column[0]} USING COMPRESSION {'zstd' if column[1] in LONG_TEXTS or column[2] == 'BLOB' else 'dict_fsst'}",
        declaration,
    )


def published_form() -> str:
    """Changes where any table or view that people read is declared or described in another way."""
    declared = [
        without_comments(named_sql(f"{folder}/{name}")) for folder in ("tables", "publish", "views") for name in sql_names(folder)
    ]
    return hashlib.sha256("\n".join(declared).encode()).hexdigest()[:16]
