"""Rows are counted again only where something was written that the query reads."""

import pytest

from warehouse import WarehousePaths, WorkingFile, checks_of_files, warnings_of_files

QUOTES = next(check.query for check in checks_of_files() if check.name == "quotes_match_body")
CONFLICTS = next(check.query for check in warnings_of_files() if check.name == "no_conflicts")  # of a view
LENGTHS = "SELECT strlen(quote) FROM quotes WHERE quote_index > 0"


@pytest.fixture
def asked(tmp_path, monkeypatch):
    """A working file, and the queries whose rows were counted."""
    working, asked = WorkingFile(WarehousePaths(tmp_path)), []
    value = working.value
    monkeypatch.setattr(working, "value", lambda sql: asked.append(sql) or value(sql))
    yield working, asked
    working.close()


@pytest.mark.parametrize(
    ("query", "written", "again"),
    [
        (QUOTES, "UPDATE quotes SET speaker_id = 's' WHERE quote = 'x'", False),
        (QUOTES, "UPDATE quotes SET speaker_id = (SELECT max(cue) FROM quotes), quote = 'y'", True),
        (QUOTES, "UPDATE articles AS a SET wire = 1.0 FROM quotes AS q WHERE q.article_id = a.article_id", False),
        (QUOTES, "DELETE FROM quotes WHERE false", True),
        (QUOTES, "INSERT INTO stories BY NAME SELECT 'FROM quotes' AS story_id WHERE false", False),
        (CONFLICTS, "UPDATE articles SET date = NULL", True),
        (CONFLICTS, "UPDATE articles SET wire = 0.5", False),
        (CONFLICTS, "DELETE FROM signatures", False),
        ("SELECT * FROM quotes", "UPDATE quotes SET speaker_id = NULL", True),
        (LENGTHS, "TRUNCATE stories", True),  # how it writes is not read
        (LENGTHS, "DROP TABLE IF EXISTS nothing; CREATE TABLE IF NOT EXISTS quotes (a INTEGER)", True),
    ],
)
def test_what_was_counted_stands_until_something_is_written_that_it_rests_on(asked, query, written, again):
    working, queries = asked
    assert working.count(query) == working.count(query) == 0
    working.run(written)
    working.count(query)
    assert len(queries) == 1 + again


def test_what_was_counted_of_rows_that_are_taken_back_is_forgotten(asked):
    working, _ = asked

    def fail() -> None:
        with working.transaction():
            working.run("INSERT INTO failures VALUES ('a', 'quotes', 'm')")
            assert working.count("SELECT stage FROM failures") == 1
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert working.count("SELECT stage FROM failures") == 0
