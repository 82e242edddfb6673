"""Each check finds what breaks its promise, and nothing in rows that keep it; docs/checks.md says what one does about each."""

import re
from functools import cache
from pathlib import Path

import pytest

from assets.stages.publish import all_checks
from pipelines.vocabulary import COLUMNS
from tests.answers import UPDATE
from warehouse import WarehousePaths, WorkingFile, known_values, warnings_of_files
from warehouse.dictionary import checks_as_page

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "checks.md"
CHECKS = {check.name: check for check in (*all_checks(), *warnings_of_files())}
DEFAULTS = {"VARCHAR": "x", "BIGINT": 0, "INTEGER": 0, "DOUBLE": 1.0, "BOOLEAN": False, "DATE": None}
SENTENCE = "The council of Nordwick met on Monday to talk about the bridge, the ferry and the price of eels in the harbour town."


class Rows:
    """Writes rows of which only what matters is given; other columns that may not be null hold something harmless."""

    def __init__(self, working: WorkingFile) -> None:
        self.working = working

    def add(self, table: str, **values: object) -> None:
        row = {**harmless(self.working, table), **values}
        self.working.run(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))

    def article(self, name: str, *, load_id: str = "now", read: str = "2031-03-01", text: str = SENTENCE, **values: object) -> None:
        """An article, its document and its cluster of one."""
        publisher = values.setdefault("publisher", "gazette")
        self.add("documents", document_id=name, publisher=publisher, load_id=load_id, ingested_at=read)
        self.add(
            "articles", **{"article_id": name, "body": text, "words": len(text.split()), "wire": 0.0, "language": "en"} | values
        )
        self.add("article_clusters", article_id=name, cluster_id=name, canonical_id=name, representative_id=name, size=1)
        self.add("stories", story_id=name)
        self.add("story_articles", article_id=name, story_id=name)

    def sql(self, statement: str) -> None:
        self.working.run(statement)


@cache
def harmless(working: WorkingFile, table: str) -> dict[str, object]:
    """What may stand in the columns of a table that may not be null."""
    needed = working.rows(f"SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = '{table}' AND NOT is_nullable")
    return {name: DEFAULTS.get(kind, [] if kind.endswith("[]") else "2031-03-01") for name, kind in needed}


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    working = WorkingFile(WarehousePaths(tmp_path_factory.mktemp("warehouse")))
    yield working
    working.close()


@pytest.fixture
def rows(opened):
    """Two articles that keep all promises, in a transaction that is rolled back."""
    opened.run("BEGIN TRANSACTION")
    rows = Rows(opened)
    rows.article("a", date="2031-03-01", title="Eels")
    rows.article("b", date="2031-03-02", publisher="herald")
    yield rows
    opened.run("ROLLBACK")


def many(rows: Rows, count: int, **values: object) -> None:
    for place in range(count):
        rows.article(f"n{place}", **values)


def quote(rows: Rows, name: str, **values: object) -> None:
    rows.add("quotes", **{"quote_id": name, "article_id": "a", "type": "direct", "quote": "The", "quote_end": 3} | values)


def speaker(rows: Rows, name: str, kind: str = "person") -> None:
    rows.add("speakers", speaker_id=name, name=name, kind=kind)
    rows.add("speaker_names", speaker_id=name, name=name)


def utterance(rows: Rows, conflicting: bool) -> None:
    rows.add("utterances", utterance_id="u", text="The", first_article_id="a", articles=2, reports=2)
    for article in ("a", "b"):
        rows.add(
            "utterance_reports", utterance_id="u", article_id=article, report_end=3, type="direct", relation="verbatim", text="The"
        )
    if conflicting:
        ends = {"a_end": 3, "b_end": 3}
        rows.add("utterance_conflicts", utterance_id="u", kind="speaker", a_article_id="a", b_article_id="b", **ends)


def copy_of_a(rows: Rows, **values: object) -> None:
    rows.article("c", **values)
    rows.sql("UPDATE article_clusters SET cluster_id = 'a', canonical_id = 'a' WHERE article_id = 'c'")
    rows.add("duplicate_pairs", a_id="a", b_id="c", kind="exact")


def copies_of_one_text(rows: Rows) -> None:
    """Of more copies than are paired one by one each has a pair with the first alone, and the first report is another one."""
    for name in ("a", "c", "d"):
        if name != "a":
            rows.article(name)
            rows.add("duplicate_pairs", a_id="a", b_id=name, kind="exact")
        rows.add("signatures", article_id=name, text_hash="t")
        rows.sql(f"UPDATE article_clusters SET cluster_id = 'c', canonical_id = 'c' WHERE article_id = '{name}'")


def loads_of(rows: Rows, words: list[int]) -> None:
    """A load of twenty articles for each number of words."""
    for place, number in enumerate(words):
        rows.add("loads", load_id=f"l{place}", started_at=f"2031-02-{place + 1:02}")
        for article in range(20):
            rows.article(f"l{place}-{article}", load_id=f"l{place}", text=SENTENCE * number, share_kept=1.0, date="2031-03-01")


BREAKS = {
    "bodies_not_empty": lambda rows: rows.sql("UPDATE articles SET body = '' WHERE article_id = 'a'"),
    "clusters_verified": lambda rows: rows.sql("DELETE FROM article_clusters WHERE article_id = 'a'"),
    "documents_partition": lambda rows: rows.add("rejects", document_id="a", reason="empty"),
    "pairs_verified": lambda rows: rows.add("duplicate_pairs", a_id="a", b_id="gone", kind="exact"),
    "quotes_match_body": lambda rows: quote(rows, "q", quote="Thé"),
    "quotes_refer": lambda rows: quote(rows, "q", speaker_id="nobody"),
    "sources_known": lambda rows: rows.sql("UPDATE articles SET wire = 2"),
    "speakers_refer": lambda rows: rows.add("speakers", speaker_id="s", kind="person"),
    "stories_complete": lambda rows: rows.sql("DELETE FROM story_articles"),
    "unique_ids": lambda rows: rows.add("signatures", article_id="a") or rows.add("signatures", article_id="a"),
    "utterances_refer": lambda rows: rows.add("utterances", utterance_id="u", first_article_id="a"),
    "known_values": lambda rows: quote(rows, "q", type="whispered"),
    "sentences_are_kept": lambda rows: rows.sql("UPDATE articles SET share_kept = 0.2"),
    "removal_is_usual": lambda rows: [
        many(rows, 10),
        rows.sql("INSERT INTO blocks SELECT document_id, 0, 9, 'navigation', '', NULL, 'Menu Menu' FROM documents"),
    ],
    "bodies_are_long": lambda rows: rows.article("c", text="Photo: a crane.", date="2031-03-01"),
    "no_mojibake": lambda rows: rows.article("c", text=SENTENCE + " â€œHello", date="2031-03-01"),
    "dates_not_in_the_future": lambda rows: rows.article("c", date="2033-03-01"),
    "dates_are_known": lambda rows: many(rows, 10),
    "quotes_have_speakers": lambda rows: [quote(rows, f"q{place}", quote_index=place) for place in range(20)],
    "persons_are_persons": lambda rows: speaker(rows, "herald"),
    "no_conflicts": lambda rows: utterance(rows, conflicting=True),
    "clusters_are_alike": lambda rows: copy_of_a(rows, date="2031-06-01"),
    "publishers_still_arrive": lambda rows: [
        *(rows.article(f"n{day}", read=f"2031-01-{day:02}", publisher="weekly") for day in (1, 2, 3, 4)),
    ],
    "loads_are_alike": lambda rows: loads_of(rows, [2, 2, 2, 2, 9]),
}
KEEPS = {
    "clusters_verified": copies_of_one_text,
    "removal_is_usual": lambda rows: many(rows, 10),
    "dates_not_in_the_future": lambda rows: rows.article("c", date="2031-03-02"),
    "dates_are_known": lambda rows: many(rows, 10, date="2031-03-01"),
    "quotes_have_speakers": lambda rows: [quote(rows, f"q{n}", quote_index=n, speaker_mention="she") for n in range(20)],
    "persons_are_persons": lambda rows: [speaker(rows, "Mara Quill"), speaker(rows, "The Herald", "organisation")],
    "no_conflicts": lambda rows: utterance(rows, conflicting=False),
    "clusters_are_alike": lambda rows: copy_of_a(rows, date="2031-03-05"),
    "publishers_still_arrive": lambda rows: [
        *(rows.article(f"n{day}", read=f"2031-02-{day:02}", publisher="weekly") for day in (1, 8, 15, 22)),
    ],
    "loads_are_alike": lambda rows: loads_of(rows, [2, 3, 2, 3, 2]),
}


def test_every_check_can_be_made_to_fail():
    assert set(BREAKS) == set(CHECKS)


@pytest.mark.parametrize("name", BREAKS)
def test_a_check_finds_the_rows_that_break_it(rows, name):
    assert rows.working.value(CHECKS[name].counting) == 0
    BREAKS[name](rows)
    assert rows.working.value(CHECKS[name].counting) > 0


@pytest.mark.parametrize("name", KEEPS)
def test_a_warning_is_quiet_about_what_is_usual(rows, name):
    KEEPS[name](rows)
    assert rows.working.rows(CHECKS[name].query) == []


def test_the_page_of_checks_says_what_the_sql_files_say():
    if UPDATE:
        PAGE.write_text(checks_as_page([*all_checks(), *warnings_of_files()]), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == checks_as_page([*all_checks(), *warnings_of_files()])
    assert set(re.findall(r"^\| `(\w+)`", PAGE.read_text(encoding="utf-8"), re.M)) == set(CHECKS)


def test_the_quotes_of_a_very_long_article_can_be_compared_with_its_body_in_the_memory_that_duckdb_has(rows):
    """Where each place was joined with the body before they were gathered, this was more than that."""
    count, length = 100_000, len(SENTENCE)
    rows.article("long", text=SENTENCE * count)
    rows.sql(
        "INSERT INTO quotes (quote_id, article_id, quote_index, type, quote, quote_start, quote_end, content_start, content_end, confidence, "
        "cue, cue_start, cue_end, speaker_mention, speaker_start, speaker_end) "
        f"SELECT 'q' || i, 'long', i, 'direct', 'The council', i * {length}, i * {length} + 11, 0, 0, 1, "
        f"'met', i * {length} + 24, i * {length} + 27, 'Nordwick', i * {length} + 15, i * {length} + 23 FROM range({count}) AS made(i)"
    )
    assert rows.working.count(CHECKS["quotes_match_body"].query) == 0
    rows.sql("UPDATE quotes SET quote = 'An ostrich' WHERE quote_index = 99999")
    assert rows.working.rows(CHECKS["quotes_match_body"].query) == [("q99999",)]


def test_known_values_names_the_column():
    assert "quotes.type" in known_values(COLUMNS, "speakers").query
