"""A row that a stage fails on."""

import json

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.cli import main
from pipelines.cleaning import clean_documents
from pipelines.guarded import guarded
from pipelines.schemas import DOCUMENTS
from tests.loading import load_folder


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.lists(st.booleans(), max_size=40))
def test_only_the_rows_that_fail_are_given_up_and_all_come_in_order(bad):
    rows = pa.table({"id": pa.array(range(len(bad)), pa.int64())})

    def work(some):
        if any(bad[i] for i in some["id"].to_pylist()):
            raise ValueError("bad")
        return some["id"].to_pylist()

    parts = guarded(work, rows, lambda row, told: [(row["id"][0].as_py(), told.split(" in ")[0])])
    expected = [(i, "ValueError: bad") if fails else i for i, fails in enumerate(bad)]
    assert [value for part in parts for value in part] == expected


def test_running_out_of_memory_is_no_fault_of_a_row():
    def work(some):
        raise MemoryError

    with pytest.raises(MemoryError):
        guarded(work, pa.table({"id": [1, 2]}), lambda row, told: None)


def test_a_document_that_cleaning_fails_on_is_rejected_and_the_others_are_cleaned(monkeypatch):
    from pipelines.cleaning import clean

    plain = clean.split_blocks

    def failing(text, most):
        if "tripwire" in text:
            raise IndexError("no such block")
        return plain(text, most)

    texts = [f"The council met on Monday and voted for the bridge, number {i}, which opens in May." for i in range(5)]
    texts[2] = "a tripwire for the parser"
    documents = pa.Table.from_pylist([{"id": str(i), "text": text} for i, text in enumerate(texts)], schema=DOCUMENTS)
    untouched = clean_documents(documents).to_pylist()
    monkeypatch.setattr(clean, "split_blocks", failing)
    rows = clean_documents(documents).to_pylist()
    assert [row["id"] for row in rows] == list("01234")
    assert rows[2]["reject"]["reason"] == "failed"
    assert "IndexError: no such block in test_guarded.py" in rows[2]["reject"]["message"]
    assert rows[:2] + rows[3:] == untouched[:2] + untouched[3:]


def write_articles(folder):
    folder.mkdir()
    for name in ("one", "two", "three"):
        text = f'The bridge opens in May.\n\n"We are {name} step from the end," Mayor Ada Quill said on Monday.\n'
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def break_quotes(monkeypatch):
    import pipelines.quotes as package

    plain = package.read_articles

    def failing(texts, *others):
        if any("two step" in text for text in texts):
            raise KeyError("speaker")
        return plain(texts, *others)

    monkeypatch.setattr(package, "read_articles", failing)


def test_an_article_that_reading_quotes_fails_on_is_told_and_the_load_goes_on(tmp_path, monkeypatch):
    write_articles(tmp_path / "corpus")
    with monkeypatch.context() as patched:
        break_quotes(patched)
        found = load_folder(tmp_path / "warehouse", tmp_path / "corpus")
    assert len(found["articles"]) == 3
    assert len(found["quotes"]) == 2
    [(article, stage, message)] = found["failures"]
    assert stage == "quotes"
    assert "KeyError: 'speaker' in test_guarded.py" in message
    assert article not in {row[1] for row in found["quotes"]}
    (tmp_path / "corpus" / "two.txt").write_text("The bridge is shut, and nobody says when it opens.\n", encoding="utf-8")
    assert load_folder(tmp_path / "warehouse", tmp_path / "corpus", load_id="later")["failures"] == []


def test_the_quotes_command_gives_a_reject_for_a_text_it_fails_on(tmp_path, monkeypatch):
    texts = [f'"We are {name} step from the end," Mayor Ada Quill said.' for name in ("one", "two", "three")]
    rows = [{"id": str(i), "text": text} for i, text in enumerate(texts)]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    break_quotes(monkeypatch)
    assert main(["quotes", str(tmp_path / "in.jsonl"), str(tmp_path / "out.jsonl")]) == 0
    found = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [len(row["quotes"]) for row in found] == [1, 0, 1]
    assert found[1]["reject"]["reason"] == "failed"
    assert [row["text"] for row in found] == texts
