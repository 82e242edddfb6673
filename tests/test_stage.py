"""A stage as a thing by itself, and a row that it fails on."""

import json
from argparse import Namespace
from dataclasses import replace

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.commands import batch
from assets.commands.quotes import QUOTES as QUOTES_COMMAND
from assets.stages.catalogue import CATALOGUE
from assets.stages.open import open_load
from assets.stages.runner import run_all
from pipelines import cleaning
from pipelines.duplicates import sketch_articles
from pipelines.learned.model import ModelError
from pipelines.lexicons import LexiconError
from pipelines.quotes import extract_quotes
from pipelines.schemas import DOCUMENTS
from pipelines.stage import FAILED, Stage, guarded
from pipelines.stages import QUOTES
from tests.loading import load_folder, tables
from warehouse import WarehousePaths

NUMBERS = pa.schema([pa.field("id", pa.string())])


def numbers(count):
    return pa.table({"id": [str(number) for number in range(count)]}, schema=NUMBERS)


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.lists(st.booleans(), max_size=40))
def test_only_the_rows_that_fail_are_given_up_and_all_come_in_order(bad):
    def work(some):
        numbers = [int(number) for number in some["id"].to_pylist()]
        if any(bad[number] for number in numbers):
            raise ValueError("bad")
        return numbers

    parts = guarded(work, numbers(len(bad)), lambda row, error: [(int(row["id"][0].as_py()), error.split(" in ")[0])])
    expected = [(i, "ValueError: bad") if fails else i for i, fails in enumerate(bad)]
    assert [value for part in parts for value in part] == expected


@pytest.mark.parametrize("error", [MemoryError, FileNotFoundError, LexiconError, ModelError])
def test_what_is_no_fault_of_a_row_is_raised(error):
    def work(some):
        raise error("not the row")

    with pytest.raises(error):
        guarded(work, numbers(2), lambda row, error: None)


def squares(rows, factor, power):
    """Two tables; fails on 3."""
    values = [int(value) for value in rows["id"].to_pylist()]
    if 3 in values:
        raise ZeroDivisionError("three")
    factors = factor["factor"].to_pylist()
    return {"small": rows, "large": pa.table({"value": pa.array([(factors[0] * v) ** power for v in values], pa.int64())})}


@pytest.fixture
def stage():
    large = pa.schema([pa.field("value", pa.int64())])
    return Stage("squares", "squaring", NUMBERS, {"small": NUMBERS, "large": large}, squares, context=(large,), settings="power")


def test_a_stage_gives_each_table_and_what_it_failed_on(stage):
    made = stage.run(numbers(6), pa.table({"factor": [10]}), settings=2)
    assert made["small"]["id"].to_pylist() == list("01245")
    assert made["large"]["value"].to_pylist() == [0, 100, 400, 1600, 2500]
    assert made["failed"]["id"].to_pylist() == ["3"]
    assert "squaring failed on this text (ZeroDivisionError: three in test_stage.py" in made["failed"]["message"][0].as_py()


def test_a_stage_of_one_table_may_give_it_bare_and_of_no_rows_gives_empty_tables(stage):
    bare = replace(stage, gives={"small": NUMBERS}, work=lambda rows: rows, settings="")
    assert bare.run(numbers(2))["small"].num_rows == 2
    empty = bare.run(numbers(0))
    assert (empty["small"], empty["failed"]) == (NUMBERS.empty_table(), FAILED.empty_table())


def test_other_columns_than_declared_are_an_error_that_names_both(stage):
    wrong = replace(stage, gives={"small": FAILED}, work=lambda rows: rows, settings="")
    with pytest.raises(TypeError, match=r"stage 'squares' gives 'small' with id: string; declared is id: string not null"):
        wrong.run(numbers(2))


def test_a_document_that_cleaning_fails_on_is_rejected_and_the_others_are_cleaned(monkeypatch):
    plain = cleaning.clean_table

    def failing(documents, *others, **named):
        if any("tripwire" in text for text in documents["text"].to_pylist()):
            raise IndexError("no such block")
        return plain(documents, *others, **named)

    texts = [f"The council met on Monday and voted for the bridge, number {i}, which opens in May." for i in range(5)]
    texts[2] = "a tripwire for the parser"
    documents = pa.Table.from_pylist([{"id": str(i), "text": text} for i, text in enumerate(texts)], schema=DOCUMENTS)
    untouched = cleaning.clean_documents(documents).to_pylist()
    monkeypatch.setattr(cleaning, "clean_table", failing)
    rows = cleaning.clean_documents(documents).to_pylist()
    assert [row["id"] for row in rows] == list("01234")
    assert rows[2]["reject"]["reason"] == "failed"
    assert "IndexError: no such block in test_stage.py" in rows[2]["reject"]["message"]
    assert rows[:2] + rows[3:] == untouched[:2] + untouched[3:]


def write_articles(folder):
    folder.mkdir()
    for name in ("one", "two", "three"):
        text = f'The bridge opens in May.\n\n"We are {name} step from the end," Mayor Ada Quill said on Monday.\n'
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def quotes_that_fail(bodies, settings):
    if any("two step" in text for text in bodies["text"].to_pylist()):
        raise KeyError("speaker")
    return extract_quotes(bodies, settings)


def sketches_that_fail(articles, settings):
    if any("two step" in text for text in articles["text"].to_pylist()):
        raise OverflowError("too many")
    return sketch_articles(articles, settings)


def with_work(name, work):
    """The catalogue with another function for a stage."""
    return [replace(d, stage=replace(d.stage, work=work)) if d.name == name else d for d in CATALOGUE]


FAULTY = with_work("quotes", quotes_that_fail)


def test_an_article_that_reading_quotes_fails_on_is_said_and_the_next_version_tries_again(tmp_path):
    write_articles(tmp_path / "corpus")
    with open_load(WarehousePaths(tmp_path / "warehouse"), "faulty", 0) as load:
        run_all(load, [tmp_path / "corpus"], FAULTY)
        found = tables(load)
    assert len(found["articles"]) == 3
    assert len(found["quotes"]) == 2
    [(article, stage, message)] = found["failures"]
    assert stage == "quotes"
    assert "KeyError: 'speaker' in test_stage.py" in message
    assert article not in {row[1] for row in found["quotes"]}
    corrected = load_folder(tmp_path / "warehouse", tmp_path / "corpus", load_id="later")
    assert corrected["failures"] == []
    assert len(corrected["quotes"]) == 3


def test_an_article_that_sketching_fails_on_stands_alone_and_the_load_is_published(tmp_path):
    write_articles(tmp_path / "corpus")
    with open_load(WarehousePaths(tmp_path / "warehouse"), "faulty", 0) as load:
        run_all(load, [tmp_path / "corpus"], with_work("signatures", sketches_that_fail))
        found = tables(load)
        [(article, stage, message)] = found["failures"]
    assert (stage, "OverflowError: too many" in message) == ("signatures", True)
    assert [row for row in found["article_clusters"] if row[0] == article] == [(article, article, article, article, 1, True)]
    assert len(found["article_clusters"]) == 3
    assert load_folder(tmp_path / "warehouse", tmp_path / "corpus", load_id="later")["failures"] == []


def test_a_failure_goes_with_the_text_that_it_was_of(tmp_path):
    write_articles(tmp_path / "corpus")
    with open_load(WarehousePaths(tmp_path / "warehouse"), "faulty", 0) as load:
        run_all(load, [tmp_path / "corpus"], FAULTY)
        (tmp_path / "corpus" / "two.txt").write_text("The bridge is shut, and nobody says when it opens.\n", encoding="utf-8")
        run_all(load, [tmp_path / "corpus"], FAULTY)
        assert tables(load)["failures"] == []


def test_the_quotes_command_gives_a_reject_for_a_text_it_fails_on(tmp_path):
    def failing(rows, options):
        if any("two step" in text for text in rows["text"].to_pylist()):
            raise KeyError("speaker")
        return QUOTES_COMMAND.answer(rows, options)

    texts = [f'"We are {name} step from the end," Mayor Ada Quill said.' for name in ("one", "two", "three")]
    rows = [{"id": str(i), "text": text} for i, text in enumerate(texts)]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    options = Namespace(input=str(tmp_path / "in.jsonl"), output=str(tmp_path / "out.jsonl"), no_indirect=False)
    assert batch.run(replace(QUOTES_COMMAND, answer=failing), QUOTES, options) == 0
    found = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [len(row["quotes"]) for row in found] == [1, 0, 1]
    assert found[1]["reject"]["reason"] == "failed"
    assert [row["text"] for row in found] == texts
