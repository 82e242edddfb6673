"""The five real articles: every point of seeds_score.py that cleaning answers for."""

import importlib.util
import json
import sys

import pyarrow as pa
import pytest

from pipelines.cleaning import CleanSettings, clean_documents
from pipelines.schemas import DOCUMENTS

QUOTE_MESSAGES = ("quote found", "type ", "cue ", "speaker ", "not quotes", "a span holds")


@pytest.fixture(scope="module")
def cleaned(shared):
    names = sorted(path.name for path in (shared / "seeds").glob("*.txt"))
    rows = [
        {"id": name, "text": (shared / "seeds" / name).read_text(encoding="utf-8"), "html": None, "publisher": None, "url": None}
        for name in names
    ]
    return clean_documents(pa.Table.from_pylist(rows, schema=DOCUMENTS), None, CleanSettings()).to_pylist()


def test_every_point_of_cleaning_is_right(shared, cleaned):
    spec = importlib.util.spec_from_file_location("seeds_score", shared / "seeds_score.py")
    score = importlib.util.module_from_spec(spec)
    sys.modules["seeds_score"] = score
    spec.loader.exec_module(score)
    points = list(score.points({row["id"]: row for row in cleaned}, {}))
    mine = [(right, message) for right, message in points if not message.split(": ", 1)[1].startswith(QUOTE_MESSAGES)]
    assert len(mine) > 90
    assert [message for right, message in mine if not right] == []


def test_removed_spans_are_the_raw_text_in_order(shared, cleaned):
    for row in cleaned:
        raw = (shared / "seeds" / row["id"]).read_text(encoding="utf-8")
        ends = 0
        for span in row["removed"]:
            assert ends <= span["start"] < span["end"] <= len(raw)
            assert raw[span["start"] : span["end"]].strip() == raw[span["start"] : span["end"]]
            ends = span["end"]
        assert json.dumps(row)
