"""How many rows queries have, asked again only where something that they read was written since. What a query is for is not known here."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from warehouse.sql_files import named_sql, sql_names, without_comments, without_remarks

ALL = "*"  # stands for every column
_LITERAL, _INNERMOST = re.compile(r"'[^']*'"), re.compile(r"\([^()]*\)")
_WRITE = re.compile(
    r"\b(?:INSERT(?: OR \w+)? INTO|DELETE FROM|UPDATE|(?:CREATE(?: OR REPLACE)?|ALTER|DROP) (?:TABLE|VIEW)(?: IF (?:NOT )?EXISTS)?)"
    r" (?:\w+\.)?(\w+)(?:(?: AS \w+)? SET (.*?)(?: FROM | WHERE |;|$))?"
)
_WRITES_NOTHING = frozenset(
    ("SELECT", "WITH", "FROM", "CREATE", "COMMENT", "SET", "RESET", "CHECKPOINT", "BEGIN", "COMMIT", "ROLLBACK", "ATTACH", "DETACH")
)
_EVERY_COLUMN = re.compile(r"(?:SELECT|DISTINCT|[.,]) ?\*")


class Counts:
    """What was counted, and what was written since."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def of(self, query: str, count: Callable[[], int]) -> int:
        """How many rows a query has: `count` is called where that is not known."""
        if query not in self._known:
            self._known[query] = count()
        return self._known[query]

    def note(self, sql: str) -> None:
        """Forget what SQL may have changed."""
        for table, columns in written(sql):
            for query in [query for query in self._known if reads(query, table, columns)]:
                del self._known[query]


@cache
def written(sql: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The tables that SQL writes to, and of which columns; `ALL` where it cannot be seen which.

    >>> written("UPDATE quotes SET speaker_id = (SELECT id FROM s) FROM t; DELETE FROM internal.ledger")
    (('quotes', frozenset({'speaker_id'})), ('ledger', frozenset({'*'})))
    """
    text, before = _LITERAL.sub("''", without_comments(sql)), ""
    while text != before:
        text, before = _INNERMOST.sub("", text), text
    found = [
        [(table, columns) for table, columns in _WRITE.findall(statement)] or _unread(statement) for statement in text.split(";")
    ]
    return tuple(
        (table, frozenset(re.findall(r"(\w+) ?=", columns)) or frozenset({ALL})) for some in found for table, columns in some
    )


def _unread(statement: str) -> list[tuple[str, str]]:
    """Every table, where a statement is none of those that write to no table which is there."""
    first = statement.split(maxsplit=1)[:1]
    return [] if not first or first[0].upper() in _WRITES_NOTHING else [(ALL, "")]


def reads(query: str, table: str, columns: frozenset[str]) -> bool:
    """Whether a query may give something else where these columns of a table change: whether it, or a view that it names, names them."""
    named = _words(query)
    return table == ALL or (table in named and (ALL in columns or ALL in named or not named.isdisjoint(columns)))


@cache
def _words(query: str) -> frozenset[str]:
    """All words of a query and of the views that it names."""
    words: set[str] = set()
    waiting = [query]
    while waiting:
        text = without_comments(waiting.pop())
        new = {*re.findall(r"\w+", text), *([ALL] if _EVERY_COLUMN.search(text) else [])} - words
        waiting += [without_remarks(named_sql(f"views/{view}")) for view in sql_names("views") if view in new]
        words |= new
    return frozenset(words)
