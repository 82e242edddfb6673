"""Pages in each language, `tests/cases/languages/<code>.jsonl`: what is body, what is read from the page, what goes and as what."""

import json
from pathlib import Path

import pyarrow as pa
import pytest

from pipelines.cleaning import CleanSettings, clean_documents
from pipelines.cleaning.lexicon import known_languages
from pipelines.lexicons import languages_with
from pipelines.schemas import DOCUMENTS

FOLDER = Path(__file__).resolve().parent.parent / "cases" / "languages"
CASES = [
    pytest.param(path.stem, case, id=f"{path.stem}-{case['label']}")
    for path in sorted(FOLDER.glob("*.jsonl"))
    for case in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    if case["command"] == "clean"
]


@pytest.mark.parametrize(("language", "case"), CASES)
def test_a_page_is_read_as_its_case_says(language, case):
    documents = pa.Table.from_pylist([{"id": case["label"], "text": case["text"]}], schema=DOCUMENTS)
    row = clean_documents(documents, None, CleanSettings()).to_pylist()[0]
    assert row["language"] == language
    expected = case["expect"]
    found = {name: row[name].split("\n\n") if name == "text" else row[name] for name in expected if name != "kinds"}
    assert found == {name: value for name, value in expected.items() if name != "kinds"}
    kinds = {case["text"][block["start"] : block["end"]]: block["kind"] for block in row["removed"]}
    assert {line: kinds.get(line) for line in expected.get("kinds", {})} == expected.get("kinds", {})


def test_cases_are_of_languages_that_have_a_folder():
    assert {path.stem for path in FOLDER.glob("*.jsonl")} <= set(known_languages()) | set(languages_with("quotes"))
