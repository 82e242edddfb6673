"""The files of models: read, written, and refused where something in them is not understood."""

from __future__ import annotations

from importlib.resources import files

import pytest

from pipelines.learned.forest import Knots, Node, Tree
from pipelines.learned.linear import Linear, Term
from pipelines.learned.model import UNKNOWN, known_models, load_model, parse_model, rounded, text_of, training_hash

TEXT = """
# a comment
[model toy]
gives the chance that a toy is red
trainer benchmarks/training/toys.py
data toys/train.jsonl aa, toys/more.jsonl bb
settings rate=0.1
tools none
training 0123456789abcdef

[thresholds]
red 0.5

[features red]
size
weight

[forest red features=red sums=float32]
0:2.5:-1:1 1:3:-2:-3|0.25 -1 2
|0.5

[knots red]
0 0.1
1 0.9

[weights price]
size 0.500
weight -1.000 low=0 high=9 scale=9

[words said]
told 3 4
"""


def test_a_file_says_all_of_a_model():
    toy = parse_model(TEXT)
    red = toy.forests["red"]
    assert toy.name == "toy"
    assert toy.origin.data == {"toys/train.jsonl": "aa", "toys/more.jsonl": "bb"}
    assert toy.thresholds == {"red": 0.5}
    assert red.features == ("size", "weight")
    assert red.trees == (Tree((Node(0, 2.5, -1, 1), Node(1, 3.0, -2, -3)), (0.25, -1.0, 2.0)), Tree((), (0.5,)))
    assert red.knots == Knots((0.0, 1.0), (0.1, 0.9))
    assert red.scores([(0, 0), (3, 3), (3, 4)]).tolist() == [0.75, -0.5, 2.5]
    assert toy.weights["price"] == Linear({"size": Term(0.5), "weight": Term(-1.0, 0.0, 9.0, 9.0)})
    assert toy.words == {"said": {"told": (3, 4)}}


@pytest.mark.parametrize(
    "text", [TEXT, *(files("seeds").joinpath("models", f"{name}.txt").read_text("utf-8") for name in known_models())]
)
def test_what_is_written_is_what_was_read(text):
    written = text_of(parse_model(text))
    assert text_of(parse_model(written)) == written
    assert [line for line in written.split("\n") if line and line[0] != "#"] == [
        line for line in text.split("\n") if line and line[0] != "#"
    ]


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("red 0.5", "red half", r"toy.txt, line 12: 'red half' in \[thresholds\]; it must be a name and a number"),
        ("gives the", "give the", "it must be one of gives, trainer"),
        ("tools none\n", "", "does not say tools"),
        ("[words said]", "[wrods said]", r"a section \[wrods\]; allowed: model, thresholds"),
        ("features=red", "features=rde", "needs features=NAME, one of red"),
        ("sums=float32", "sums=float16", "one of float32, float64"),
        ("0:2.5:-1:1", "0:2.5:-1", "it must be feature:threshold:left:right"),
        ("|0.5", "0.5", "a bar"),
        ("|0.5", "0:1:-1:-2|0.5", r"toy.txt, line 18: \[forest red\]: a tree reaches 2 leaves and has 1"),
        ("high=9", "hihg=9", "not hihg"),
        ("told 3 4", "told 3 4\ntold 3 5", "says something twice"),
        ("size\nweight\n", "size\nsize\n", "says something twice"),
        ("[knots red]", "[knots blue]", "knots of no forest: blue"),
        ("[model toy]", "", "stands before the first section"),
    ],
)
def test_what_is_not_understood_is_an_error_with_its_place(before, after, wanted):
    assert before in TEXT
    with pytest.raises(ValueError, match=wanted):
        parse_model(TEXT.replace(before, after, 1), "toy.txt")


def test_an_unknown_model_names_the_known_ones():
    with pytest.raises(
        FileNotFoundError, match=r"no model 'limes'; known: authors, headlines, lines, quotes.confidence, quotes.en"
    ):
        load_model("limes")


@pytest.mark.parametrize("name", known_models())
def test_a_packaged_model_says_where_it_comes_from(name):
    """Either the hash can be computed again from what the file says, or the file says that nobody can."""
    origin = load_model(name).origin
    assert load_model(name).name == name
    assert origin.data
    assert all(len(sha) == 64 for sha in origin.data.values())
    assert (origin.training == UNKNOWN) == bool(origin.note)
    if origin.training != UNKNOWN:
        assert origin.training == training_hash(origin.data, origin.trainer.split()[-1], origin.settings)


def test_the_training_hash_changes_with_data_trainer_and_settings():
    base = training_hash({"a": "1"}, "code", "rate=1")
    assert len({base, training_hash({"a": "2"}, "code", "rate=1"), training_hash({"b": "1"}, "code", "rate=1")}) == 3
    assert len({base, training_hash({"a": "1"}, "edoc", "rate=1"), training_hash({"a": "1"}, "code", "rate=2")}) == 3


def test_rounded_trees_are_those_of_their_file_and_part_the_same_values():
    (tree,) = rounded([Tree((Node(0, 1 / 3, -1, -2),), (1 / 3, -12.34567))])
    assert tree.leaves == (0.3333, -12.35)
    assert tree.nodes[0].threshold <= 1 / 3 < tree.nodes[0].threshold + 1e-7


def test_a_model_is_small_enough_to_review():
    assert {name: len(text_of(load_model(name))) for name in known_models() if len(text_of(load_model(name))) > 500_000} == {}
