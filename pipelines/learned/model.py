"""A learned model as one text file: where it comes from, its features, trees, weights and thresholds. Read and written here.

    [model lines]                          its name; then what it gives and where it comes from, a key and its text a line
    gives the chance that a line is body
    training unknown
    [thresholds]                           that its trainer chose, by name
    least_chance 0.3
    [features line]                        names of columns, one a line
    words
    [forest body features=line sums=float32]      a tree a line: feature:threshold:left:right of every node, a bar, the leaves
    0:2.5:-1:-2|0.4 -0.3
    [knots body]                           calibration of that forest: chance as given, as it should be
    0.2 0.1
    [weights headline]                     logistic weights, with cuts and scale of a value where it has some
    words 2.956 high=9 scale=9
    [words cue]                            whole numbers that are known of words
    said 15 15

`#` begins a comment line. What cannot be read is an error with file and line: a model is never used in part.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TypeVar

import numpy as np

from pipelines.learned.forest import Forest, Knots, Node, Tree
from pipelines.learned.linear import Linear, Term

UNKNOWN = "unknown"  # instead of a training hash, where the numbers came about in a way that cannot be done again exactly
_ORIGIN = ("gives", "trainer", "data", "settings", "tools", "training", "note")
_TERM = ("low", "high", "scale")
_SUMS = ("float32", "float64")
_Read = TypeVar("_Read")


@dataclass(frozen=True)
class Origin:
    """Where a model comes from. `data`: SHA-256 by name of the set. `training`: the hash of data, trainer and settings, or UNKNOWN."""

    gives: str
    trainer: str
    data: Mapping[str, str]
    settings: str
    tools: str
    training: str
    note: str = ""


@dataclass(frozen=True)
class Model:
    name: str
    origin: Origin
    thresholds: Mapping[str, float] = field(default_factory=dict)
    forests: Mapping[str, Forest] = field(default_factory=dict)
    weights: Mapping[str, Linear] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, tuple[int, ...]]] = field(default_factory=dict)


def training_hash(data: Mapping[str, str], trainer: str, settings: str) -> str:
    """16 hex digits for the data, the trainer's code (its hash) and its settings."""
    parts = [*(f"{name} {sha}" for name, sha in sorted(data.items())), trainer, settings]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


@cache
def load_model(name: str) -> Model:
    """The model `name` of seeds/models, read once."""
    found = read_model(name)
    if found is None:
        raise FileNotFoundError(f"no model {name!r}; known: {', '.join(known_models())}. `make train` writes them to seeds/models")
    return found


def read_model(name: str) -> Model | None:
    """The model `name` of seeds/models, None where there is none."""
    source = resources.files("seeds").joinpath("models", f"{name}.txt")
    return parse_model(source.read_text(encoding="utf-8"), f"seeds/models/{name}.txt") if source.is_file() else None


def known_models() -> list[str]:
    """
    >>> known_models()
    ['authors', 'headlines', 'lines', 'quotes.confidence', 'quotes.en']
    """
    return sorted(file.name[:-4] for file in resources.files("seeds").joinpath("models").iterdir() if file.name.endswith(".txt"))


# --- reading


def parse_model(text: str, file: str = "model") -> Model:
    """The model that a file holds; ValueError names the file, the line and what is allowed there."""
    sections = list(_sections(text, file))
    names: dict[str, list[str]] = {}
    trees: dict[str, tuple[dict[str, str], list[Tree], str]] = {}
    knots: dict[str, Knots] = {}
    weights: dict[str, Linear] = {}
    words: dict[str, dict[str, tuple[int, ...]]] = {}
    thresholds: dict[str, float] = {}
    model, origin = "", {}
    for section in sections:
        if section.kind == "model":
            model, origin = section.name, dict(section.read(_origin_line))
        elif section.kind == "thresholds":
            thresholds |= dict(section.read(_number_line))
        elif section.kind == "features":
            names[section.name] = section.read(_one_word)
        elif section.kind == "forest":
            trees[section.name] = (section.options, section.read(_tree_line), section.place)
        elif section.kind == "knots":
            given, right = zip(*section.read(_knot_line), strict=True)
            knots[section.name] = Knots(given, right)
        elif section.kind == "weights":
            weights[section.name] = Linear(dict(section.read(_term_line)))
        elif section.kind == "words":
            words[section.name] = dict(section.read(_word_line))
        else:
            allowed = "model, thresholds, features, forest, knots, weights, words"
            raise ValueError(f"{section.place}: a section [{section.kind}]; allowed: {allowed}")
    forests = {}
    for name, (options, found, place) in trees.items():
        if options.keys() != {"features", "sums"} or options["features"] not in names or options["sums"] not in _SUMS:
            raise ValueError(
                f"{place}: [forest {name}] needs features=NAME, one of {', '.join(names) or 'no'} sections of features, and "
                f"sums=TYPE, one of {', '.join(_SUMS)}"
            )
        try:
            forests[name] = Forest(names[options["features"]], found, options["sums"], knots.pop(name, None))
        except ValueError as wrong:
            raise ValueError(f"{place}: [forest {name}]: {wrong}") from wrong
    if knots:
        raise ValueError(f"{file}: knots of no forest: {', '.join(knots)}")
    if missing := [key for key in _ORIGIN if key not in origin and key not in ("data", "note")]:
        raise ValueError(f"{file}: [model] does not say {', '.join(missing)}")
    data = dict(part.rsplit(" ", 1) for part in origin.pop("data", "").split(", ") if part)
    return Model(model, Origin(**origin, data=data), thresholds, forests, weights, words)


@dataclass
class _Section:
    kind: str
    name: str
    options: dict[str, str]
    file: str
    line: int
    lines: list[tuple[int, str]]

    @property
    def place(self) -> str:
        return f"{self.file}, line {self.line}"

    def read(self, of_line: Callable[[str], _Read]) -> list[_Read]:
        """What every line says; none may be said twice."""
        found = []
        for number, line in self.lines:
            try:
                found.append(of_line(line))
            except (ValueError, KeyError) as wrong:
                wanted = (of_line.__doc__ or "").strip()
                raise ValueError(
                    f"{self.file}, line {number}: {line[:80]!r} in [{self.kind}]; it must be {wanted} ({wrong})"
                ) from wrong
        keys = [item[0] if isinstance(item, tuple) and isinstance(item[0], str) else item for item in found]
        if self.kind != "forest" and len(set(keys)) < len(keys):
            raise ValueError(f"{self.place}: [{self.kind} {self.name}] says something twice")
        return found


def _sections(text: str, file: str) -> Iterator[_Section]:
    section: _Section | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("["):
            if section is not None:
                yield section
            kind, *rest = line.strip("[]").split()
            options = dict(item.split("=", 1) for item in rest if "=" in item)
            section = _Section(kind, " ".join(item for item in rest if "=" not in item), options, file, number, [])
        elif section is None:
            raise ValueError(f"{file}, line {number}: {line[:80]!r} stands before the first section, which must be [model NAME]")
        else:
            section.lines.append((number, line))
    if section is not None:
        yield section


def _origin_line(line: str) -> tuple[str, str]:
    """one of gives, trainer, data, settings, tools, training, note, and a text"""
    key, _, value = line.partition(" ")
    if key not in _ORIGIN:
        raise ValueError(f"not {key}")
    return key, value


def _number_line(line: str) -> tuple[str, float]:
    """a name and a number"""
    name, value = line.split()
    return name, float(value)


def _one_word(line: str) -> str:
    """one name"""
    (name,) = line.split()
    return name


def _tree_line(line: str) -> Tree:
    """feature:threshold:left:right of each node, a bar, and the values of the leaves"""
    nodes, bar, leaves = line.partition("|")
    if not bar:
        raise ValueError("no bar")
    of_nodes = []
    for item in nodes.split():
        feature, threshold, left, right = item.split(":")
        of_nodes.append(Node(int(feature), float(threshold), int(left), int(right)))
    return Tree(tuple(of_nodes), tuple(map(float, leaves.split())))


def _knot_line(line: str) -> tuple[float, float]:
    """a chance as given, and what it should be"""
    given, right = line.split()
    return float(given), float(right)


def _term_line(line: str) -> tuple[str, Term]:
    """a feature, its weight, and low=, high=, scale= where it has them"""
    name, weight, *rest = line.split()
    options = {key: float(value) for key, value in (item.split("=") for item in rest)}
    if not options.keys() <= set(_TERM):
        raise ValueError(f"not {', '.join(sorted(options.keys() - set(_TERM)))}")
    return name, Term(float(weight), **options)


def _word_line(line: str) -> tuple[str, tuple[int, ...]]:
    """a word and whole numbers"""
    word, *numbers = line.split()
    return word, tuple(map(int, numbers))


# --- writing


def text_of(model: Model) -> str:
    """The file of a model: `parse_model` gives the same model back."""
    return "\n".join(_lines_of(model)) + "\n"


def _lines_of(model: Model) -> Iterator[str]:
    yield "# A learned model of Copydesk. `make train` writes it, pipelines/learned/model.py says how it is read: do not edit by hand."
    yield from ("", f"[model {model.name}]")
    for key in _ORIGIN:
        value = getattr(model.origin, key)
        text = ", ".join(f"{name} {sha}" for name, sha in value.items()) if key == "data" else value
        if text:
            yield f"{key} {text}"
    if model.thresholds:
        yield from ("", "[thresholds]")
        yield from (f"{name} {value:g}" for name, value in model.thresholds.items())
    lists: dict[tuple[str, ...], str] = {}
    for name, forest in model.forests.items():
        if forest.features not in lists:
            lists[forest.features] = name
            yield from ("", f"[features {name}]", *forest.features)
    for name, forest in model.forests.items():
        yield from ("", f"[forest {name} features={lists[forest.features]} sums={forest.sums}]")
        yield from map(_tree_text, forest.trees)
        if forest.knots is not None:
            yield from ("", f"[knots {name}]")
            yield from (f"{given:g} {right:g}" for given, right in zip(*forest.knots, strict=True))
    for name, linear in model.weights.items():
        yield from ("", f"[weights {name}]")
        yield from (_term_text(feature, term) for feature, term in linear.terms.items())
    for name, words in model.words.items():
        yield from ("", f"[words {name}]")
        yield from (" ".join([word, *map(str, numbers)]) for word, numbers in words.items())


def _tree_text(tree: Tree) -> str:
    nodes = " ".join(f"{feature}:{_short(threshold)}:{left}:{right}" for feature, threshold, left, right in tree.nodes)
    return f"{nodes}|{' '.join(f'{value:.4g}' for value in tree.leaves)}"


def _short(threshold: float) -> str:
    """The fewest digits that stand for the same float32."""
    value = np.float32(threshold)
    if abs(value) < 1e6 and value == int(value):
        return str(int(value))
    return np.format_float_positional(value, unique=True, trim="-") if 1e-4 < abs(value) < 1e6 else repr(float(value))


def _term_text(feature: str, term: Term) -> str:
    options = [f"{key}={getattr(term, key):g}" for key in _TERM if getattr(term, key) != Term._field_defaults[key]]
    return " ".join([feature, f"{term.weight:.3f}", *options])


def rounded(trees: Iterable[Tree]) -> list[Tree]:
    """Trees as their file will have them: leaves of four digits, thresholds that part the same float32 values."""
    return [
        Tree(
            tuple(node._replace(threshold=_under(node.threshold)) for node in tree.nodes),
            tuple(float(f"{v:.4g}") for v in tree.leaves),
        )
        for tree in trees
    ]


def _under(threshold: float) -> float:
    """The greatest float32 that is not over it."""
    value = np.float32(threshold)
    return float(np.nextafter(value, np.float32(-np.inf)) if float(value) > threshold else value)
