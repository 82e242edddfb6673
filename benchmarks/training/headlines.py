"""Learns the score that picks the headline from the cleaning development pages, as the line model before it judges them.

One weight for each name that headlines.describe gives: a choice among the candidates of a page and giving none (conditional logit), with
the right answer as score_metadata.py has it: nine tenths of the words in common. Deterministic."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.quality.sets import Figures
from benchmarks.training.lines import SETS, documents_of, load_gold
from benchmarks.training.sample import digest, judged
from benchmarks.training.trainer import Learned, Models, Trainer
from pipelines.cleaning.cards import mark_cards
from pipelines.cleaning.clean import Draft, draft_of
from pipelines.cleaning.headlines import candidates, describe, without_site
from pipelines.cleaning.repetition import buckets_by_publisher, count_repeated, lines_of_documents
from pipelines.cleaning.settings import CleanSettings
from pipelines.cleaning.verdicts import judge
from pipelines.learned.linear import Linear, Term
from pipelines.learned.model import Model

PENALTY = 0.3  # on squared weights: a page counts 1
VALUES = {
    "words": Term(1.0, high=9.0, scale=9.0),
    "many_words": Term(1.0, scale=8.0),
    "repeats": Term(1.0, high=2.0),
}  # cut and scaled
UNSEEN = 0.5  # weight of a page on which no line has the title


class Page(NamedTuple):
    publisher: str
    set: str
    features: NDArray[np.float64]  # candidates x names
    right: NDArray[np.bool_]
    visible: bool


def words(text: str | None) -> set[str]:
    return set(re.findall(r"\w+", (text or "").lower()))


def pages_of(name: str, alone: bool, model: Model) -> tuple[list[str], list[Page]]:
    golds = [gold for gold in load_gold(name) if gold.get("title")]
    documents = documents_of(load_gold(name))
    buckets = {} if alone else buckets_by_publisher(count_repeated(lines_of_documents(documents)))
    drafts = [draft_of(g["id"], g["dirty_text"], buckets.get(g["publisher"], {}), CleanSettings()) for g in golds]
    kept = [(gold, draft) for gold, draft in zip(golds, drafts, strict=True) if isinstance(draft, Draft)]
    for _, draft in kept:
        mark_cards(draft.lines, draft.lexicon)
    judge([draft.lines for _, draft in kept], [draft.lexicon for _, draft in kept], model, CleanSettings())
    pages: list[Page] = []
    names: list[str] = []
    for gold, draft in kept:
        lines, title = draft.lines, words(gold["title"])
        start = next((place for place, line in enumerate(lines) if line.kept), len(lines))
        places = candidates(lines, start, draft.lexicon)
        rows = describe(lines, places, start, draft.lexicon)
        if not rows:
            continue
        names = list(rows[0])
        found = [words(without_site(lines[place].text)) for place in places]
        right = np.array([len(title & w) >= 0.9 * max(len(title), len(w), 1) for w in found])
        visible = any(words(line.text) == title for line in lines)
        pages.append(Page(gold["publisher"], name, np.array([values_of(row) for row in rows]), right, visible))
    return names, pages


def values_of(row: Mapping[str, float]) -> list[float]:
    """A candidate's features as they are weighed."""
    return [VALUES.get(name, Term(1.0)).of(value) for name, value in row.items()]


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


def measure(pages: Sequence[Page], weights: Sequence[NDArray[np.float64]]) -> Figures:
    """Figures of pages; `weights`: of each."""
    chosen = [(page, page.features @ of_page) for page, of_page in zip(pages, weights, strict=True)]
    given = [(page, scores) for page, scores in chosen if scores.max() >= 0]
    hits = [page for page, scores in given if page.right[scores.argmax()]]
    visible = sum(page.visible for page in pages)
    recall = sum(page.visible for page in hits) / max(visible, 1)
    return {"recall": round(recall, 3), "precision": round(len(hits) / max(len(given), 1), 3)}


def half_of(page: Page) -> int:
    return hashlib.sha1(page.publisher.encode()).digest()[0] & 1


def all_pages(lines: Model) -> tuple[list[str], list[Page]]:
    """The pages of both sets, each once next to the others of its publisher and once alone."""
    pages: list[Page] = []
    names: list[str] = []
    for name in SETS:
        for alone in (False, True):
            names, more = pages_of(name, alone, lines)
            pages += more
    return names, pages


def learn(earlier: Models) -> Learned:
    names, pages = all_pages(earlier["lines"])
    weights = train(pages, len(names)).tolist()
    return Learned(
        weights={
            "headline": Linear(
                {name: VALUES.get(name, Term(1.0))._replace(weight=round(w, 3)) for name, w in zip(names, weights, strict=True)}
            )
        }
    )


def sample(earlier: Models) -> str:
    rows: list[dict[str, float]] = []
    for page in judged(earlier["lines"]):
        start = next((place for place, line in enumerate(page.lines) if line.kept), len(page.lines))
        rows += describe(page.lines, candidates(page.lines, start, page.lexicon), start, page.lexicon)
    return digest(rows)


def left_out(earlier: Models) -> dict[str, Figures]:
    """Figures of both sets: two halves by publisher, each judged by the weights of the other."""
    names, pages = all_pages(earlier["lines"])
    weights = [train([page for page in pages if half_of(page) != half], len(names)) for half in (0, 1)]
    tested = {name: [page for page in pages if page.set == name] for name in SETS}
    return {name: measure(of_set, [weights[half_of(page)] for page in of_set]) for name, of_set in tested.items()}


TRAINER = Trainer(
    name="headlines",
    gives="how likely a line is the headline, beside the other candidates of its page and none",
    data=tuple(SETS.values()),
    thresholds={"min_chance": 0.3},  # publishers left out, precision on full .899 to .903 at no loss of recall
    settings={"penalty": PENALTY, "unseen": UNSEEN},
    learn=learn,
    left_out=left_out,
    sample=sample,
)
