"""docs/metrics.json: the figures that were measured last, of which models; and the tables of the docs, which are made from it.

A table stands in a page between `<!-- figures: NAME -->` and `<!-- end -->`; `python -m benchmarks.quality --write` makes it again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.quality.corpora import ROOT
from benchmarks.quality.sets import Figures
from pipelines.learned.model import known_models, load_model

DOCS = ROOT / "docs"
FILE = DOCS / "metrics.json"

Metrics = dict[str, Any]  # {"models": {name: training}, "figures": {set: figures}, "left_out": {what: figures}}


def read(file: Path = FILE) -> Metrics:
    return dict(json.loads(file.read_text(encoding="utf-8")))


def write(metrics: Metrics, file: Path = FILE) -> None:
    file.write_text(json.dumps(metrics, indent=1) + "\n", encoding="utf-8")


def measured(figures: Mapping[str, Figures]) -> Metrics:
    """What the packaged models give, and which those are."""
    return {"models": {name: load_model(name).origin.training for name in known_models()}, "figures": dict(figures)}


# --- the tables of the docs


def pages() -> list[Path]:
    return sorted(DOCS.glob("*.md"))


def write_pages() -> None:
    """Makes the tables of all pages again."""
    for page in pages():
        page.write_text(with_tables(page.read_text(encoding="utf-8"), read()), encoding="utf-8")


def with_tables(page: str, metrics: Metrics) -> str:
    """The text of a page with its tables made from the metrics."""
    return re.sub(
        r"(?s)(<!-- figures: (\w+) -->\n).*?(<!-- end -->)",
        lambda match: match[1] + "\n".join(TABLES[match[2]](metrics)) + "\n" + match[3],
        page,
    )


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    head = list(head)
    return [f"| {' | '.join(cells)} |".replace("|  |", "| |") for cells in (head, ["---"] * len(head), *rows)]


def _share(value: float) -> str:
    """A share as the pages of cleaning have it: .961."""
    return f"{value:.3f}".replace("0.", ".", 1)


def _cleaning(metrics: Metrics) -> list[str]:
    packaged, left_out = metrics["figures"], metrics["left_out"]
    of = [packaged["cleaning.mild"], packaged["cleaning.full"], left_out["lines.mild"], left_out["lines.full"]]
    names = {"f1": "F1", "body_loss": "macro body loss", "removal_precision": "macro removal precision"}
    rows = [[label, *(_share(figures[name]) for figures in of)] for name, label in names.items()]
    for field in ("title", "date", "byline"):
        rows.append([field, *(f"{_share(figures[field + '_recall'])}, {_share(figures[field + '_precision'])}" for figures in of)])
    return _table(["", "mild", "full", "mild, publishers left out", "full, publishers left out"], rows)


def _chosen(metrics: Metrics) -> list[str]:
    def cell(name: str) -> str:
        found = metrics["left_out"].get(name)
        return f"{_share(found['recall'])}, {_share(found['precision'])}" if found else ""

    kinds = {
        "title, halves": "headlines.{}",
        "byline, five folds": "authors.{}.deal_1",
        "byline, dealt another way": "authors.{}.deal_2",
    }
    rows = [[label, *(cell(name.format(of)) for of in ("mild", "full", "unsigned"))] for label, name in kinds.items()]
    return _table(["left out", "mild", "full", "`By` taken away"], rows)


def _quotes(metrics: Metrics) -> list[str]:
    names = {
        "segments_f1": "A segments, jac80",
        "segments_and_speaker_f1": "A e2e",
        "clauses_and_speaker_f1": "B direct and mixed, e2e",
        "all_clauses_and_speaker_f1": "B all types, e2e",
        "named_speakers": "speakers that are named, head right",
        "pronoun_speakers": "pronouns",
        "noun_speakers": "other noun phrases",
    }
    of = [metrics["figures"]["quotes.polnear"], metrics["left_out"]["quotes.en.polnear_train"]]
    rows = [[label, *(f"{100 * figures[name]:.1f}" for figures in of)] for name, label in names.items()]
    return _table(["", "dev", "publishers left out"], rows)


TABLES: dict[str, Callable[[Metrics], list[str]]] = {"cleaning": _cleaning, "chosen": _chosen, "quotes": _quotes}
