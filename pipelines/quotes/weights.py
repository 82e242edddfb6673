"""The learned numbers of a language, read from `seeds/quotes/<language>.weights.txt` as `benchmarks/train_quotes.py` wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from pipelines.quotes.forest import Forest, parse_forest


@dataclass(frozen=True)
class Weights:
    """`cues`: per word how often it is the cue of a quotation and of any report, 0 to 15. `forests`: by name. `calibration`: knots (x, y)."""

    cues: dict[str, tuple[int, int]]
    forests: dict[str, Forest]
    features: dict[str, list[str]]
    calibration: dict[str, tuple[NDArray[np.float64], NDArray[np.float64]]]

    def calibrated(self, name: str, scores: NDArray[np.float64]) -> NDArray[np.float64]:
        """Probabilities from raw values, by linear interpolation between the knots."""
        x, y = self.calibration[name]
        return np.interp(scores, x, y)


def parse_weights(text: str) -> Weights:
    """Sections `[cues]`, `[forest NAME FEATURE…]`, `[calibration NAME]`; `#` begins a comment line."""
    cues: dict[str, tuple[int, int]] = {}
    forests: dict[str, Forest] = {}
    features: dict[str, list[str]] = {}
    calibration: dict[str, tuple[NDArray[np.float64], NDArray[np.float64]]] = {}
    for section in text.split("\n["):
        head, _, body = section.partition("\n")
        lines = [line for line in body.split("\n") if line and not line.startswith("#")]
        kind, *rest = head.strip("[]").split()
        if kind == "cues":
            for line in lines:
                word, cue, report = line.split()
                cues[word] = (int(cue), int(report))
        elif kind == "forest":
            features[rest[0]] = rest[1:]
            forests[rest[0]] = parse_forest(lines, len(rest) - 1)
        elif kind == "calibration":
            knots = np.array([[float(v) for v in line.split()] for line in lines])
            calibration[rest[0]] = (knots[:, 0], knots[:, 1])
    return Weights(cues, forests, features, calibration)


@cache
def load_weights(language: str) -> Weights | None:
    """The weights of `language`, or None where nothing was learned for it."""
    source = files("seeds").joinpath("quotes", f"{language}.weights.txt")
    if not source.is_file():
        return None
    return parse_weights(source.read_text(encoding="utf-8"))
