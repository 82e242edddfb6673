"""The floors of quality, tests/floors.json: what a figure must reach, with the corpus it is of; and the gate that lets none fall in silence.

A floor is raised by `raised`, to what was measured less a margin. It is lowered by `lowered` only, which writes down the old and the new
value and why. `unexplained` compares with what was committed before: a floor that is lower, or gone, without such an entry is found."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Mapping
from copy import deepcopy
from math import floor
from pathlib import Path
from typing import Any

from benchmarks.quality.corpora import ROOT, sha256_of
from benchmarks.quality.sets import CORPORA, LOWER_IS_BETTER

FILE = ROOT / "tests" / "floors.json"
MARGIN = 0.003  # below what was measured; a page or a pair more or less in sets of some hundreds
MIN_REASON = 5  # words

Floors = dict[
    str, Any
]  # {"sets": {set: {"corpus", "sha256", "floors": {figure: number}}}, "lowered": [{"figure", "from", "to", "reason"}]}


def read(file: Path = FILE) -> Floors:
    return dict(json.loads(file.read_text(encoding="utf-8")))


def write(floors: Floors, file: Path = FILE) -> None:
    file.write_text(json.dumps(floors, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def below(floors: Floors, name: str, figures: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """Of a set the figures that do not reach their floor: what was measured, and the floor."""
    wanted = floors["sets"][name]["floors"]
    return {figure: (figures[figure], level) for figure, level in wanted.items() if _is_worse(figure, figures[figure], level)}


def corpus_is_another(floors: Floors, name: str) -> str:
    """Why the floors of a set are not those of its corpus; empty where they are."""
    known = floors["sets"][name]
    if sha256_of(known["corpus"]) == known["sha256"]:
        return ""
    return f"{known['corpus']} is not the file that the floors of {name} are of (SHA-256 {known['sha256']}); measure, and say why they change"


def raised(floors: Floors, name: str, figures: Mapping[str, float]) -> Floors:
    """Floors in which those of a set are no more than a margin from what was measured; none is lower than before."""
    out = deepcopy(floors)
    known = out["sets"].setdefault(name, {"corpus": CORPORA[name], "sha256": sha256_of(CORPORA[name]), "floors": {}})
    for figure, value in figures.items():
        level = _with_margin(figure, value)
        old = known["floors"].get(figure)
        if old is None or _is_worse(figure, old, level):
            known["floors"][figure] = level
    return out


def lowered(floors: Floors, figure: str, to: float | None, reason: str) -> Floors:
    """Floors in which that of `figure` (SET/NAME) is `to`, None: there is none any more. The reason is a sentence."""
    name, _, short = figure.partition("/")
    if name not in floors["sets"] or short not in floors["sets"][name]["floors"]:
        known = ", ".join(f"{n}/{f}" for n, of in floors["sets"].items() for f in of["floors"])
        raise ValueError(f"no floor {figure!r}; known: {known}")
    if len(reason.split()) < MIN_REASON:
        raise ValueError(f"the reason {reason!r} is no sentence: say what got worse, and why that is right")
    out = deepcopy(floors)
    levels = out["sets"][name]["floors"]
    old = levels.pop(short)
    if to is not None:
        if not _is_worse(short, to, old):
            raise ValueError(f"{to} is not lower than the floor of {figure}, which is {old}")
        levels[short] = to
    out["lowered"].append({"figure": figure, "from": old, "to": to, "reason": reason})
    return out


def unexplained(before: Iterable[Floors], now: Floors) -> list[str]:
    """Of every floor in an earlier state that is now lower or gone without a reason in writing, a sentence that says so."""
    found = set()
    for past in before:
        for name, known in past["sets"].items():
            for short, level in known["floors"].items():
                figure = f"{name}/{short}"
                allowed = _allowed(now["lowered"], figure, short, level)
                at = now["sets"].get(name, {"floors": {}})["floors"].get(short)
                if allowed is not None and (at is None or _is_worse(short, at, allowed)):
                    found.add(
                        f"the floor of {figure} was {level} and is {'gone' if at is None else at}: say why, with "
                        f"`python -m benchmarks.quality --lower {figure} {at} --reason '…'`"
                    )
    return sorted(found)


def _allowed(entries: Iterable[Mapping[str, Any]], figure: str, short: str, level: float) -> float | None:
    """What the entries in their order let a floor be; None: none at all. An entry holds only from the value it names on."""
    now: float | None = level
    for entry in entries:
        if entry["figure"] != figure or now is None or _is_worse(short, entry["from"], now):
            continue
        if len(entry["reason"].split()) >= MIN_REASON and (entry["to"] is None or _is_worse(short, entry["to"], now)):
            now = entry["to"]
    return now


def committed(file: Path = FILE) -> list[Floors]:
    """Every state of the file that git knows of in the history of what is checked out; none outside of a repository."""
    folder = file.parent
    try:
        log = ["git", "-C", str(folder), "log", "--format=%H", "--full-history", "--", file.name]
        commits = subprocess.run(log, capture_output=True, text=True, check=True).stdout.split()
    except (OSError, subprocess.CalledProcessError):
        return []
    found = []
    for commit in commits:
        shown = subprocess.run(["git", "-C", str(folder), "show", f"{commit}:./{file.name}"], capture_output=True, text=True)
        if shown.returncode == 0:  # else the commit is the one that took the file away
            found.append(dict(json.loads(shown.stdout)))
    return found


def _is_worse(figure: str, value: float, than: float) -> bool:
    short = figure.rpartition("/")[2]
    return value > than if short in LOWER_IS_BETTER else value < than


def _with_margin(figure: str, value: float) -> float:
    """A floor for what was measured: exact where it is a count or perfect."""
    if value == int(value):
        return value
    if figure in LOWER_IS_BETTER:
        return round(value + MARGIN, 3)
    return floor((value - MARGIN) * 1000) / 1000
