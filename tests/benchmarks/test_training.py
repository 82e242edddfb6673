"""The trainers: what they may learn from, in which order, and that what they write is what they fitted. Learning itself is `make train`."""

import math
from dataclasses import replace

import numpy as np
import pytest

from benchmarks.quality import corpora, metrics
from benchmarks.training.__main__ import TRAINERS
from benchmarks.training.confidence import ARTICLES, Row, fit
from benchmarks.training.forests import tree_of, with_features_in_use
from benchmarks.training.sample import digest
from benchmarks.training.trainer import Learned, Trainer
from pipelines.learned.forest import Forest, Node, Tree
from pipelines.learned.linear import Linear, Term
from pipelines.learned.model import known_models, load_model, parse_model, text_of, training_hash
from pipelines.quotes import confidence

# What LightGBM dumps of a tree: a <= 2.5 ? 0.12345 : (b <= 7.000001 ? -1 : 2)
DUMPED = {
    "tree_structure": {
        "split_feature": 0,
        "threshold": 2.5,
        "left_child": {"leaf_value": 0.12345},
        "right_child": {
            "split_feature": 2,
            "threshold": 7.000001,
            "left_child": {"leaf_value": -1.0},
            "right_child": {"leaf_value": 2.0},
        },
    }
}


def test_every_packaged_model_has_a_trainer_and_headlines_come_before_authors():
    names = [trainer.name for trainer in TRAINERS]
    assert sorted(names) == known_models()
    assert names.index("lines") < names.index("headlines") < names.index("authors")


@pytest.mark.parametrize("trainer", TRAINERS, ids=lambda trainer: trainer.name)
def test_a_trainer_writes_the_thresholds_that_its_packaged_model_has(trainer):
    packaged = load_model(trainer.name)
    assert dict(trainer.thresholds) == dict(packaged.thresholds)
    assert trainer.gives == packaged.origin.gives
    assert set(trainer.data) == set(packaged.origin.data)


# Models that no trainer of the tree has learned yet: a line here goes with the model's next training.
NOT_LEARNED_HERE = {"authors", "headlines", "quotes.en"}


@pytest.mark.parametrize(
    "trainer",
    [
        pytest.param(trainer, marks=pytest.mark.xfail(trainer.name in NOT_LEARNED_HERE, reason="to be learned again", strict=True))
        for trainer in TRAINERS
    ],
    ids=lambda trainer: trainer.name,
)
def test_a_packaged_model_names_the_trainer_settings_and_features_of_the_tree(trainer):
    """Where it does not: `python -m benchmarks.training --only MODEL …` learns it again, and those after it that are learned on what it says."""
    origin = load_model(trainer.name).origin
    assert origin.training == training_hash(origin.data, origin.trainer.split()[-1], origin.settings)
    assert origin.settings == trainer.settled()
    if trainer.sample is None:
        assert origin.trainer.split()[0] == trainer.learn.__module__
    else:
        assert origin.trainer == trainer.trainer({name: load_model(name) for name in known_models()})
    assert metrics.read()["models"][trainer.name] == origin.training


@pytest.mark.parametrize("name", ["lines", "headlines", "authors"])
def test_other_features_and_other_settings_make_a_model_another_trainers(name):
    trainer = next(trainer for trainer in TRAINERS if trainer.name == name)
    earlier = {name: load_model(name) for name in known_models()}
    other = replace(trainer, sample=lambda _: "0123456789abcdef")
    assert other.trainer(earlier) != trainer.trainer(earlier)
    assert other.settled() == trainer.settled()
    assert replace(trainer, thresholds={**trainer.thresholds, "more": 0.1}).settled() != trainer.settled()


def test_the_hash_of_features_changes_with_a_value_a_name_and_their_order():
    rows = [{"words": 1.0, "gap": 2.0}, {"words": 3.0, "gap": 0.0}]
    others = ([{**rows[0], "gap": 2.01}, rows[1]], [{"words": 1.0, "gaps": 2.0}, rows[1]], rows[::-1], rows[:1])
    assert len({digest(some) for some in (rows, *others)}) == 5
    assert digest([{**rows[0], "gap": 2.0001}, rows[1]]) == digest(rows)


@pytest.mark.parametrize("trainer", TRAINERS, ids=lambda trainer: trainer.name)
def test_a_trainer_learns_from_what_may_be_learned_from(trainer):
    if trainer.name == confidence.MODEL:
        assert set(trainer.data) <= set(corpora.MAY_BE_CALIBRATED_ON)
    else:
        assert set(trainer.data) <= set(corpora.MAY_BE_LEARNED_FROM)


def test_a_confidence_is_a_handful_of_numbers_and_evidence_against_a_name_lowers_it():
    weights = load_model(confidence.MODEL).weights[confidence.ROW].terms
    assert len(weights) < 12
    assert all(weights[name].weight < 0 for name in ("body", "own_words", "pronoun", "rival", "unclear", "long_way"))
    assert weights["words"].weight > 0


def test_a_fit_finds_the_shares_that_its_rows_have():
    """Where one piece of evidence tells all, the chance with it and without it is the share of right rows, but for the penalty."""
    base = dict.fromkeys(load_model(confidence.MODEL).weights[confidence.ROW].terms, 0.0)
    del base["constant"]
    rows = [
        Row(str(k), ARTICLES, base | {"body": float(k % 2)}, "direct", k % 10 != 0 and (k % 2 == 0 or k % 4 == 1))
        for k in range(400)
    ]
    fitted = fit(rows)
    for body in (0.0, 1.0):
        share = sum(r.right for r in rows if r.evidence["body"] == body) / 200
        chance = 1 / (1 + math.exp(-fitted.score({"constant": 1.0, **base, "body": body})))
        assert chance == pytest.approx(share, abs=0.01)


def test_what_is_calibrated_on_is_not_learned_from():
    with pytest.raises(ValueError, match="no confidence may be calibrated on quotes/polnear_dev"):
        corpora.calibration_rows("quotes/polnear_dev.jsonl.gz")
    assert not set(corpora.MAY_BE_CALIBRATED_ON) & set(corpora.MAY_BE_LEARNED_FROM)


@pytest.mark.parametrize(
    "name", ["quotes/german_train.jsonl.gz", "quotes/polnear_dev.jsonl.gz", "html/dev.jsonl.gz", "stories/dev.jsonl.gz"]
)
def test_other_sets_are_refused(name):
    with pytest.raises(ValueError, match=f"no model may be learned from {name}; those that may be: cleaning/dev_mild"):
        corpora.training_rows(name)


def test_a_dumped_tree_gives_what_it_says():
    tree = tree_of(DUMPED, whole=False)
    assert tree == Tree((Node(0, 2.5, -1, 1), Node(2, 7.000001, -2, -3)), (0.12345, -1.0, 2.0))
    assert Forest("abc", [tree]).scores(np.array([[2, 0, 9], [3, 0, 7], [3, 0, 8]], np.float32)).tolist() == [0.12345, -1, 2]


def test_thresholds_between_whole_numbers_become_the_lower_one():
    assert [node.threshold for node in tree_of(DUMPED, whole=True).nodes] == [2.0, 7.0]


def test_features_that_no_tree_asks_for_are_left_out():
    forest = with_features_in_use(Forest("abc", [tree_of(DUMPED, whole=True)], "float32"))
    assert forest.features == ("a", "c")
    assert forest.scores([(2, 9), (3, 7), (3, 8)]).tolist() == [np.float32(0.12345), -1, 2]


def test_a_model_says_what_it_was_learned_from_and_its_hash_changes_with_it(monkeypatch, tmp_path):
    (tmp_path / "toys.gz").write_bytes(b"1")
    monkeypatch.setattr(corpora, "BENCHMARKS", tmp_path)

    def model(rate=0.1, toy=b"1"):
        corpora.sha256_of.cache_clear()
        (tmp_path / "toys.gz").write_bytes(toy)
        trainer = Trainer(
            name="toy",
            gives="the chance that a toy is red",
            data=("toys.gz",),
            thresholds={"red": 0.5},
            settings={"rate": rate},
            learn=learn_toys,
            left_out=lambda _: {},
            tools=("numpy",),
        )
        return trainer.model({})

    first = model()
    assert parse_model(text_of(first)).origin == first.origin
    assert first.weights["toy"].terms["size"] == Term(0.25)
    assert "rate=0.1" in first.origin.settings
    assert "threshold_red=0.5" in first.origin.settings
    assert first.origin.trainer.startswith(f"{__name__} ")
    assert len({first.origin.training, model(rate=0.2).origin.training, model(toy=b"2").origin.training}) == 3
    assert model().origin.training == first.origin.training
    corpora.sha256_of.cache_clear()


def learn_toys(_):
    return Learned(weights={"toy": Linear({"size": Term(0.25)})})
