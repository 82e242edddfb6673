"""What each feature of lines and headlines says of invented pages, by name: two columns that change places are found, and so is a name that has
become another's. Of authors see test_authors.

A row of tests/cases/page_features.jsonl: `model` whose features they are, `page` a file, `line` which of its blocks."""

import itertools
import json
from pathlib import Path

import numpy as np
import pytest

from pipelines.cleaning import headlines
from pipelines.cleaning.cards import mark_cards
from pipelines.cleaning.clean import draft_of
from pipelines.cleaning.features import Batch, describe
from pipelines.cleaning.repetition import line_hash
from pipelines.cleaning.settings import CleanSettings
from pipelines.cleaning.verdicts import judge
from pipelines.learned.model import load_model

ROOT = Path(__file__).resolve().parents[2]
CASES = [json.loads(line) for line in (ROOT / "tests" / "cases" / "page_features.jsonl").read_text("utf-8").splitlines()]
# Of lines of one page: in how many stories of the publisher they stand.
REPEATED = {line_hash("Old bridge to close for two years."): 5, line_hash("• Ferry fares to rise in spring"): 2}
LEARNED = {
    "lines": load_model("lines").forests["body"].features,
    "headlines": tuple(load_model("headlines").weights["headline"].terms),
}


def features_of(model: str, page: str) -> dict[int, dict[str, float]]:
    """The features of each line of a page; of headlines, of each candidate."""
    text = (ROOT / page).read_text(encoding="utf-8")
    draft = draft_of("1", text, None, REPEATED if page.startswith("tests") else {}, CleanSettings())
    lines, lexicon = draft.lines, draft.lexicon
    mark_cards(lines, lexicon)
    if model == "lines":
        columns = describe(Batch([lines]))
        return {place: {name: float(column[place]) for name, column in columns.items()} for place in range(len(lines))}
    judge([lines], [lexicon], load_model("lines"), CleanSettings())
    start = next((place for place, line in enumerate(lines) if line.kept), len(lines))
    places = headlines.candidates(lines, start, lexicon)
    return dict(zip(places, headlines.describe(lines, places, start, lexicon), strict=True))


@pytest.mark.parametrize("case", CASES, ids=[f"{case['model']}-{Path(case['page']).stem}-{case['line']}" for case in CASES])
def test_a_feature_says_what_its_name_says(case):
    found = features_of(case["model"], case["page"])[case["line"]]
    wrong = {
        name: (value, found[name]) for name, value in case["features"].items() if not np.isclose(found[name], value, atol=1e-4)
    }
    assert wrong == {}


@pytest.mark.parametrize("model", ["lines", "headlines"])
def test_no_two_features_could_change_places_without_a_case_that_finds_it(model):
    cases = [case["features"] for case in CASES if case["model"] == model]
    assert all(tuple(case) == LEARNED[model] for case in cases)
    pairs = itertools.combinations(LEARNED[model], 2)
    assert [pair for pair in pairs if all(abs(case[pair[0]] - case[pair[1]]) <= 2e-4 for case in cases)] == []
