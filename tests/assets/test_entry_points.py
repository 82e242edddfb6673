"""What commands do with damaged input, with a file that is no warehouse, and with an output that is their input."""

import json
import os

import duckdb
import pytest

from assets.cli import main

TEXT = "The council of Nordwick met on Monday and talked about the bridges of the town for a long time, officials said."
ROW_WISE = ("clean", "quotes", "names", "stories")
ALL = (*ROW_WISE, "duplicates", "utterances")


@pytest.mark.parametrize("command", ALL)
@pytest.mark.parametrize("content", [b'{broken\n{"id": 2}\n', os.urandom(2000) + b"\n", b'{"id": 1, "text": 7, "a": 1}\n'])
def test_a_file_of_which_no_row_can_be_taken_is_status_1_and_every_row_is_answered(tmp_path, capsys, command, content):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(content)
    assert main([command, str(source), str(target)]) == 1
    assert "nothing was done" in capsys.readouterr().err
    rows = [line for line in content.split(b"\n") if line.strip()]
    if command in ROW_WISE:
        assert [bool(json.loads(line)["reject"]) for line in target.read_text().splitlines()] == [True] * len(rows)


@pytest.mark.parametrize("command", ALL)
def test_a_file_without_rows_is_fine(tmp_path, command):
    (tmp_path / "in.jsonl").write_text("\n")
    assert main([command, str(tmp_path / "in.jsonl"), str(tmp_path / "out.jsonl")]) == 0
    assert (tmp_path / "out.jsonl").read_text() == ""


@pytest.mark.parametrize("command", ["duplicates", "stories", "utterances"])
def test_an_output_that_would_take_the_place_of_the_texts_is_wrong_usage(tmp_path, capsys, command):
    file = tmp_path / "same.jsonl"
    file.write_text(json.dumps({"id": 1, "text": TEXT}) + "\n")
    (tmp_path / "link.jsonl").symlink_to(file)
    before = file.read_bytes()
    assert main([command, str(file), str(tmp_path / "link.jsonl")]) == 2
    assert "same file" in capsys.readouterr().err
    assert file.read_bytes() == before


@pytest.mark.parametrize("command", ["clean", "names"])
def test_a_row_wise_command_may_write_over_its_input(tmp_path, command):
    file = tmp_path / "same.jsonl"
    file.write_text(json.dumps({"id": 1, "text": TEXT, "a": "Anna Brekke", "b": "A. Brekke"}) + "\n")
    assert main([command, str(file), str(file)]) == 0
    assert [json.loads(line)["id"] for line in file.read_text().splitlines()] == [1]


def test_a_step_that_breaks_off_leaves_the_file_that_it_would_have_replaced(tmp_path, monkeypatch):
    file = tmp_path / "same.jsonl"
    file.write_text(json.dumps({"id": 1, "text": TEXT}) + "\n")
    before = file.read_bytes()

    def end(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("assets.commands.batch._answers", end)
    assert main(["clean", str(file), str(file)]) != 0
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["same.jsonl"]


@pytest.mark.parametrize("places", [("in.xlsx", "out.jsonl"), ("in.jsonl", "out.xlsx")])
def test_a_spreadsheet_is_refused_with_what_to_give_instead(tmp_path, capsys, places):
    for name in ("in.xlsx", "in.jsonl"):
        (tmp_path / name).write_text(json.dumps({"id": 1, "text": TEXT}) + "\n")
    assert main(["clean", *(str(tmp_path / name) for name in places)]) == 1
    assert "is a spreadsheet; allowed: .jsonl, .csv" in capsys.readouterr().err
    assert not (tmp_path / "out.xlsx").exists()


@pytest.mark.parametrize("command", ["ui", "rebuild"])
def test_a_warehouse_that_is_not_there_is_not_made_by_a_slip(tmp_path, capsys, command):
    assert main([command, "--warehouse", str(tmp_path / "nowhere")]) == 1
    assert "no warehouse at" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_no_warehouse_is_told(tmp_path, capsys):
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": 1, "text": TEXT}) + "\n")
    file = tmp_path / "copydesk.duckdb"
    for make in (
        lambda: file.write_text("no DuckDB file"),
        lambda: (file.unlink(), duckdb.connect(str(file)).execute("CREATE TABLE a (b INTEGER)")),
    ):
        make()
        for arguments in (
            ["duplicates", "--against", str(file), str(tmp_path / "in.jsonl"), "-"],
            ["trace", "--warehouse", str(tmp_path), "some words of it"],
            ["compare", "--warehouse", str(tmp_path), "0a", "0b"],
        ):
            assert main(arguments) == 1
            assert "cannot be read as a warehouse" in capsys.readouterr().err


def test_an_empty_folder_publishes_nothing_and_records_that_are_all_refused_are_status_1(tmp_path, capsys, monkeypatch):
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    (tmp_path / "corpus" / "outlet").mkdir(parents=True)
    load = ["load", "--warehouse", str(tmp_path / "warehouse"), str(tmp_path / "corpus")]
    assert main(load) == 1
    assert "nothing is published" in capsys.readouterr().err
    assert not (tmp_path / "warehouse" / "copydesk.duckdb").exists()
    (tmp_path / "corpus" / "outlet" / "a.txt").write_text("")
    assert main(load) == 1
    told = capsys.readouterr()
    assert "FROM rejects" in told.err
    assert "0 articles" in told.out
    assert (tmp_path / "warehouse" / "copydesk.duckdb").exists()
