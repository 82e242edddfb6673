"""What was learned of a language: how often words are cues, and the forests that rank and judge. `benchmarks/training/quotes.py` learns it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from pipelines.learned.forest import Forest
from pipelines.learned.model import Model, read_model

# Instead of learned thresholds, where nothing was learned: rules call a thing likely (.8) or unlikely (.2 and less).
BY_RULE = {"quotation": 0.5, "title": 0.5}


@dataclass(frozen=True)
class Weights:
    """`cues`: per word how often it is the cue of a quotation and of any report, 0 to 15. `forests`, `thresholds`: by name."""

    cues: dict[str, tuple[int, int]]
    forests: Mapping[str, Forest] = field(default_factory=dict)
    thresholds: Mapping[str, float] = field(default_factory=dict)


def weights_of(model: Model) -> Weights:
    return Weights({word: (cue, report) for word, (cue, report) in model.words["cue"].items()}, model.forests, model.thresholds)


@cache
def load_weights(language: str) -> Weights | None:
    """The weights of `language`, or None where nothing was learned for it."""
    model = None if not language else read_model(f"quotes.{language}")
    return None if model is None else weights_of(model)
