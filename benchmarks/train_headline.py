"""Train the score that picks the headline, and measure it on publishers left out.

    python benchmarks/train_headline.py            write seeds/boilerplate/headline.txt from all development pages
    python benchmarks/train_headline.py --check    two halves by publisher, each judged by the weights of the other

Needs the `train` extra and the shared folder. Deterministic. One weight for each name that headlines.describe gives: a choice
among the candidates of a page and giving none (conditional logit), with the right answer as score_metadata.py has it: nine tenths of
the words in common."""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from train_cleaning import documents_of, load_gold

from pipelines.cleaning.cards import mark_cards
from pipelines.cleaning.clean import Draft, draft_of
from pipelines.cleaning.headlines import WEIGHTS, candidates, describe, without_site
from pipelines.cleaning.model import load_model
from pipelines.cleaning.repetition import buckets_by_publisher, count_repeated, lines_of_documents
from pipelines.cleaning.settings import CleanSettings
from pipelines.cleaning.verdicts import judge

PENALTY = 0.3  # on squared weights: a page counts 1
UNSEEN = 0.5  # weight of a page on which no line has the title


class Page(NamedTuple):
    publisher: str
    set: str
    features: NDArray[np.float64]  # candidates x names
    right: NDArray[np.bool_]
    visible: bool


def words(text: str | None) -> set[str]:
    return set(re.findall(r"\w+", (text or "").lower()))


def pages_of(name: str, alone: bool) -> tuple[list[str], list[Page]]:
    golds = [gold for gold in load_gold(name) if gold.get("title")]
    documents = documents_of(load_gold(name))
    buckets = {} if alone else buckets_by_publisher(count_repeated(lines_of_documents(documents)))
    drafts = [draft_of(g["id"], g["dirty_text"], None, buckets.get(g["publisher"], {}), CleanSettings()) for g in golds]
    kept = [(gold, draft) for gold, draft in zip(golds, drafts, strict=True) if isinstance(draft, Draft)]
    for _, draft in kept:
        mark_cards(draft.lines, draft.pack)
    judge([draft.lines for _, draft in kept], load_model(), CleanSettings())
    pages: list[Page] = []
    names: list[str] = []
    for gold, draft in kept:
        lines, title = draft.lines, words(gold["title"])
        start = next((place for place, line in enumerate(lines) if line.kept), len(lines))
        places = candidates(lines, start, draft.pack)
        rows = describe(lines, places, start, draft.pack)
        if not rows:
            continue
        names = list(rows[0])
        found = [words(without_site(lines[place].text)) for place in places]
        right = np.array([len(title & w) >= 0.9 * max(len(title), len(w), 1) for w in found])
        visible = any(words(line.text) == title for line in lines)
        pages.append(Page(gold["publisher"], name, np.array([list(row.values()) for row in rows], np.float64), right, visible))
    return names, pages


def train(pages: Sequence[Page], count: int) -> NDArray[np.float64]:
    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = PENALTY * float(weights @ weights), 2 * PENALTY * weights
        for page in pages:
            raised = np.exp(np.append(page.features @ weights, 0.0))
            shares = raised / raised.sum()
            wanted = np.append(page.right, not page.right.any())
            among = np.where(wanted, shares, 0.0)
            weight = 1.0 if page.right.any() else UNSEEN
            total -= weight * float(np.log(among.sum()))
            slope = slope - weight * page.features.T @ (among / among.sum() - shares)[:-1]
        return total, slope

    return np.asarray(minimize(loss, np.zeros(count), jac=True, method="L-BFGS-B").x)


def measure(pages: Sequence[Page], weights: NDArray[np.float64]) -> dict[str, Any]:
    chosen = [(page, page.features @ weights) for page in pages]
    given = [(page, scores) for page, scores in chosen if scores.max() >= 0]
    hits = [page for page, scores in given if page.right[scores.argmax()]]
    visible = sum(page.visible for page in pages)
    recall = sum(page.visible for page in hits) / max(visible, 1)
    return {
        "pages": len(pages),
        "recall": round(recall, 3),
        "given": len(given),
        "precision": round(len(hits) / max(len(given), 1), 3),
    }


def half_of(page: Page) -> int:
    return hashlib.sha1(page.publisher.encode()).digest()[0] & 1


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--check", action="store_true")
    chosen = arguments.parse_args()
    pages: list[Page] = []
    for name in ("mild", "full"):
        for alone in (False, True):
            names, more = pages_of(name, alone)
            pages += more
    if chosen.check:
        for half in (0, 1):
            weights = train([page for page in pages if half_of(page) != half], len(names))
            for name in ("mild", "full"):
                tested = [page for page in pages if half_of(page) == half and page.set == name]
                print("half", "AB"[half], name, measure(tested, weights))
        return
    weights = train(pages, len(names))
    for name in ("mild", "full"):
        print("trained on", name, measure([page for page in pages if page.set == name], weights))
    rows = "".join(f"{name} {value:.3f}\n" for name, value in zip(names, weights, strict=True))
    path = Path(__file__).resolve().parent.parent / "seeds" / "boilerplate" / WEIGHTS
    path.write_text(
        f"# Written by benchmarks/train_headline.py: what each part of a headline's score weighs.\n{rows}", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
