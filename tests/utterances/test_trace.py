"""`copydesk trace`: words looked up in a warehouse, for people and for programs."""

import json
from pathlib import Path

import pytest

from assets.cli import main
from pipelines.utterances.tracing import marked, printed_in
from tests.loading import load_folder
from warehouse import open_published

WALL = "We will rebuild the harbour wall before the first winter storm arrives, whatever the insurers may say about it."
TEXTS = {
    "quay-post": f"The council met on Tuesday evening to talk about the broken wall of the harbour.\n\n“{WALL}” Mayor Elsa Brandvold said to applause.",
    "tide-mail": "Fishermen filled the town hall as councillors argued over the harbour wall.\n\nElsa Brandvold, the mayor, answered a boat builder: "
    f"“{WALL.replace('will rebuild', 'will not rebuild')}”",
}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    corpus, folder = tmp_path_factory.mktemp("corpus"), tmp_path_factory.mktemp("warehouse")
    for outlet, text in TEXTS.items():
        (corpus / outlet).mkdir()
        (corpus / outlet / "story.txt").write_text(text, encoding="utf-8")
    load_folder(folder, corpus)
    return str(folder)


def test_words_are_shown_with_their_reports_and_the_conflict_first(warehouse, capsys):
    assert main(["trace", "We will rebuild the harbour wall", "--warehouse", warehouse]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].startswith("  negation differs: ")
    assert any("quay-post" in line and "Elsa Brandvold" in line for line in lines)
    assert not any("\033" in line for line in lines)


def test_words_that_are_asked_for_and_missing_in_a_variant_are_shown(warehouse, capsys):
    asked = "We will not rebuild the harbour wall before the first winter storm arrives"
    assert main(["trace", asked, "--json", "--warehouse", warehouse]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert {report["publisher"]: report["missing"] for report in found["reports"]} == {"quay-post": ["not"], "tide-mail": []}
    assert main(["trace", asked, "--warehouse", warehouse]) == 0
    assert "      without: [not]" in capsys.readouterr().out.splitlines()


def test_a_conflict_has_the_words_of_both_bodies(warehouse):
    with open_published(Path(warehouse) / "copydesk.duckdb") as connection:
        [row] = connection.execute(
            """SELECT a_text, b_text, contains(a.body, a_text), contains(b.body, b_text) FROM quote_conflicts
            JOIN articles AS a ON a.article_id = a_article_id JOIN articles AS b ON b.article_id = b_article_id"""
        ).fetchall()
    assert sorted("will not rebuild" in text for text in row[:2]) == [False, True]
    assert row[2:] == (True, True)


def test_programs_get_json_and_a_file_will_do(warehouse, tmp_path, capsys):
    (tmp_path / "quote.txt").write_text(WALL, encoding="utf-8")
    assert main(["trace", str(tmp_path / "quote.txt"), "--json", "--warehouse", warehouse]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert [conflict["kind"] for conflict in found["conflicts"]] == ["negation"]
    assert {report["publisher"] for report in found["reports"]} == set(TEXTS)
    assert found["speaker"] == "Elsa Brandvold"


def test_colours_are_for_terminals_and_can_be_asked_for(warehouse, capsys, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert main(["trace", WALL, "--warehouse", warehouse, "--color", "always"]) == 0
    assert "\033[31m" in capsys.readouterr().out


def test_words_that_nobody_printed_no_words_and_no_warehouse_have_their_exit_status(warehouse, tmp_path, capsys):
    assert main(["trace", "zebras graze beside the motorway", "--warehouse", warehouse]) == 1
    assert "no quote" in capsys.readouterr().err
    assert main(["trace", "?!", "--warehouse", warehouse]) == 2
    assert main(["trace", WALL, "--warehouse", str(tmp_path / "nowhere")]) == 1


def test_pieces_of_a_marked_text_are_the_text():
    for other in (WALL, "", "Nothing of it.", "the harbour wall"):
        assert "".join(part.text for part in marked(WALL, other)) == WALL
    assert not any(part.differs for part in marked(WALL, WALL))


def test_the_best_print_comes_first():
    assert [place for _, place in printed_in(WALL, ["We will rebuild the harbour wall.", WALL, "Other words."])] == [1, 0]
