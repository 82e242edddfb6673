"""The gate of quality: a floor is raised by what was measured, and falls only with a reason in writing."""

import json
import subprocess

import pytest

from benchmarks.quality import floors, metrics
from benchmarks.quality.sets import CORPORA, MEASURES

WHY = "Two pages of the set turned out to be wrong."


def some(f1=0.9, body_loss=0.05, lowered=()):
    return {
        "sets": {"cleaning.mild": {"corpus": "x", "sha256": "y", "floors": {"f1": f1, "body_loss": body_loss}}},
        "lowered": list(lowered),
    }


def entry(to, before=0.9, figure="cleaning.mild/f1", reason=WHY):
    return {"figure": figure, "from": before, "to": to, "reason": reason}


def without(figure):
    state = some()
    del state["sets"]["cleaning.mild"]["floors"][figure]
    return state


# --- what is committed


def test_no_floor_is_lower_than_any_that_was_committed_without_a_reason():
    history = floors.committed()
    if not history:
        pytest.skip("no git history of tests/floors.json here")
    assert floors.unexplained(history, floors.read()) == []


def test_every_figure_has_a_set_that_is_measured_and_every_lowered_floor_a_sentence():
    known = floors.read()
    assert known["sets"].keys() == MEASURES.keys() == CORPORA.keys()
    assert all(of["corpus"] == CORPORA[name] and len(of["sha256"]) == 64 and of["floors"] for name, of in known["sets"].items())
    for item in known["lowered"]:
        assert len(item["reason"].split()) >= floors.MIN_REASON, item
        assert item["from"] != item["to"], item


# --- the gate


@pytest.mark.parametrize(
    ("now", "figures"),
    [
        (some(f1=0.89), ["f1"]),
        (some(body_loss=0.06), ["body_loss"]),
        (some(0.89, 0.06), ["body_loss", "f1"]),
        (without("f1"), ["f1"]),
        ({"sets": {}, "lowered": []}, ["body_loss", "f1"]),
        (some(0.89, lowered=[entry(0.895)]), ["f1"]),  # the reason is for another value
        (some(0.89, lowered=[entry(0.89, before=0.85)]), ["f1"]),
        (some(0.89, lowered=[entry(0.89, figure="cleaning.full/f1")]), ["f1"]),
        (some(0.89, lowered=[entry(0.89, reason="sorry")]), ["f1"]),
    ],
)
def test_a_floor_that_falls_without_a_reason_is_found(now, figures):
    found = floors.unexplained([some()], now)
    assert [sentence.split()[3] for sentence in found] == [f"cleaning.mild/{figure}" for figure in figures]
    assert all("say why" in sentence for sentence in found)


@pytest.mark.parametrize(
    "now",
    [
        some(),
        some(f1=0.91, body_loss=0.04),
        some(f1=0.89, lowered=[entry(0.89)]),
        some(f1=0.895, lowered=[entry(0.89)]),
        some(f1=0.88, lowered=[entry(0.89), entry(0.88, before=0.89)]),
        some(body_loss=0.06, lowered=[entry(0.06, before=0.05, figure="cleaning.mild/body_loss")]),
        without("f1") | {"lowered": [entry(None)]},
    ],
)
def test_floors_that_rise_stay_or_fall_with_a_reason_pass(now):
    assert floors.unexplained([some()], now) == []


def test_a_reason_holds_once_and_not_after_the_floor_has_risen_again():
    reason = entry(0.89)
    assert floors.unexplained([some(0.9), some(0.89, lowered=[reason])], some(0.89, lowered=[reason])) == []
    assert floors.unexplained([some(0.9), some(0.95, lowered=[reason])], some(0.89, lowered=[reason])) != []


def test_git_remembers_floors_that_a_later_commit_lowered(tmp_path):
    file = tmp_path / "tests" / "floors.json"
    file.parent.mkdir()

    def git(*command):
        identity = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
        subprocess.run(["git", "-C", str(tmp_path), *identity, *command], check=True, capture_output=True)

    git("init", "-q")
    for level in (0.9, 0.85):  # the second commit slipped past everybody
        floors.write(some(level), file)
        git("add", ".")
        git("commit", "-qm", "floors")
    history = floors.committed(file)
    assert [state["sets"]["cleaning.mild"]["floors"]["f1"] for state in history] == [0.85, 0.9]
    assert floors.unexplained(history, floors.read(file)) != []
    floors.write(floors.lowered(some(0.9), "cleaning.mild/f1", 0.85, WHY), file)
    assert floors.unexplained(history, floors.read(file)) == []


def test_outside_of_a_repository_there_is_no_history(tmp_path):
    assert floors.committed(tmp_path / "floors.json") == []


# --- writing floors


def test_floors_are_raised_to_what_was_measured_less_a_margin_and_never_lowered():
    known = some(0.9, 0.05)
    assert floors.raised(known, "cleaning.mild", {"f1": 0.9555, "body_loss": 0.02}) == some(0.952, 0.023)
    assert floors.raised(known, "cleaning.mild", {"f1": 0.8, "body_loss": 0.2}) == known
    assert floors.raised(known, "cleaning.mild", {"f1": 1.0, "body_loss": 0.0}) == some(1.0, 0.0)


def test_lowering_writes_down_both_values_and_the_reason():
    now = floors.lowered(some(), "cleaning.mild/f1", 0.89, WHY)
    assert now == some(0.89, lowered=[entry(0.89)])
    assert floors.lowered(some(), "cleaning.mild/f1", None, WHY) == without("f1") | {"lowered": [entry(None)]}


@pytest.mark.parametrize(
    ("figure", "to", "reason", "wanted"),
    [
        ("cleaning.mild/f2", 0.8, WHY, "no floor 'cleaning.mild/f2'; known: cleaning.mild/f1"),
        ("cleaning.mild/f1", 0.91, WHY, "not lower than the floor"),
        ("cleaning.mild/body_loss", 0.04, WHY, "not lower than the floor"),
        ("cleaning.mild/f1", 0.8, "because", "no sentence"),
    ],
)
def test_what_is_no_lowering_is_refused(figure, to, reason, wanted):
    with pytest.raises(ValueError, match=wanted):
        floors.lowered(some(), figure, to, reason)


def test_a_figure_below_its_floor_is_told_with_both():
    assert floors.below(some(), "cleaning.mild", {"f1": 0.89, "body_loss": 0.05}) == {"f1": (0.89, 0.9)}
    assert floors.below(some(), "cleaning.mild", {"f1": 0.9, "body_loss": 0.051}) == {"body_loss": (0.051, 0.05)}


def test_floors_of_another_corpus_are_refused(shared):
    known = floors.read()
    assert floors.corpus_is_another(known, "cleaning.mild") == ""
    known["sets"]["cleaning.mild"]["sha256"] = "0" * 64
    assert "is not the file that the floors of cleaning.mild are of" in floors.corpus_is_another(known, "cleaning.mild")


# --- the docs


def test_the_tables_of_the_docs_are_those_of_the_metrics():
    found = {page.name: page.read_text(encoding="utf-8") for page in metrics.pages()}
    assert {name: metrics.with_tables(text, metrics.read()) for name, text in found.items()} == found
    assert sum(text.count("<!-- figures: ") for text in found.values()) == len(metrics.TABLES)


def test_a_table_is_made_again_where_its_page_marks_it():
    told = json.loads(json.dumps(metrics.read()))
    told["figures"]["cleaning.mild"]["f1"] = 0.1234
    page = "before\n<!-- figures: cleaning -->\nold\n<!-- end -->\nafter\n"
    made = metrics.with_tables(page, told)
    assert made.startswith("before\n<!-- figures: cleaning -->\n| | mild |")
    assert "| F1 | .123 |" in made
    assert "old" not in made
    assert made.endswith("<!-- end -->\nafter\n")
