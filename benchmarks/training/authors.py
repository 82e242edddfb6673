"""Learns the score that tells authors from other names from the cleaning development pages, as the models before it judge them.

One weight for each name that authors.describe gives: the chance that all names of a candidate are authors (logistic), with names compared
as score_metadata.py does it. All candidates of a page together weigh as much as those of any other. Deterministic."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.quality.sets import Figures
from benchmarks.training.lines import SETS, documents_of, load_gold
from benchmarks.training.sample import digest, judged
from benchmarks.training.trainer import Learned, Models, Trainer
from pipelines.cleaning.author_candidates import Candidate, Page, candidates_in, head_regions, other_regions, page_of
from pipelines.cleaning.author_signs import Signs, describe, row_of
from pipelines.cleaning.authors import chance_of, choose
from pipelines.cleaning.cards import mark_cards
from pipelines.cleaning.clean import Draft, draft_of
from pipelines.cleaning.headlines import take_headline
from pipelines.cleaning.lines import extent
from pipelines.cleaning.metadata import take_standfirst_repeats
from pipelines.cleaning.repetition import buckets_by_publisher, count_repeated, lines_of_documents
from pipelines.cleaning.settings import CleanSettings
from pipelines.cleaning.verdicts import judge
from pipelines.learned.linear import Linear, Term

FOLDS = 5
DEALS = 2
PENALTY = 0.2  # on squared weights: a page counts 1
UNSIGNED = 0.5  # weight of a page whose "By" was taken away
THRESHOLDS = {"min_chance": 0.4, "min_chance_beside": 0.5}
VALUES = {"again": Term(1.0, high=2.0, scale=2.0), "rest": Term(1.0, high=12.0, scale=12.0)}  # cut and scaled, in every group
SPEAK_FOR = (
    "headline_near",
    "body_near",
    "end_near",
    "given",
    "time",
    "role",
    "again",
    "address",
    "sure",
    "over_near",
    "above_biography",
)
SPEAK_AGAINST = (
    "over", "last", "tail", "told", "ordinary", "bare", "alike", "three_words", "inside", "titled", "photo", "photo_above", "contributed",
)  # fmt: skip


class Case(NamedTuple):
    publisher: str
    set: str
    name: str
    page: Page
    found: list[Candidate]
    signs: list[Signs]  # one a candidate
    right: NDArray[np.bool_]
    authors: list[str]
    visible: bool


def words(text: str | None) -> list[str]:
    return re.findall(r"\w+", (text or "").lower())


def authors_of(value: str | list[str] | None) -> list[str]:
    parts = value if isinstance(value, list) else re.split(r",|;|\band\b|&", value or "")
    return [part.strip() for part in parts if part and len(words(part)) >= 2]


def is_author(name: str, authors: Sequence[str]) -> bool:
    return any(" ".join(words(author)) in " ".join(words(name)) for author in authors)


def is_right(names: Sequence[str], authors: Sequence[str]) -> bool:
    """Whether all names are authors, or all authors are given and little besides them, as score_metadata.py has it."""
    return all(is_author(name, authors) for name in names) or gives_all(names, authors)


def gives_all(names: Sequence[str], authors: Sequence[str]) -> bool:
    got = " ".join(words(" , ".join(names)))
    return all(" ".join(words(a)) in got for a in authors) and len(got.split()) <= sum(len(words(a)) for a in authors) + 4


def without_by(text: str) -> str:
    """The page with its names as they are where a publisher writes no "By"."""
    return re.sub(r"(?m)^[Bb]y:?(?:\s*\n+|[ \xa0]+(?=[A-Z]))", "", text)


def cases_of(name: str, unsigned: bool, earlier: Models) -> list[Case]:
    golds = [gold for gold in load_gold(name) if authors_of(gold.get("author"))]
    if unsigned:
        texts = [without_by(gold["dirty_text"]) for gold in golds]
        golds = [{**gold, "dirty_text": text} for gold, text in zip(golds, texts, strict=True) if text != gold["dirty_text"]]
    buckets = buckets_by_publisher(count_repeated(lines_of_documents(documents_of(load_gold(name)))))
    drafts = [draft_of(g["id"], g["dirty_text"], buckets.get(g["publisher"], {}), CleanSettings()) for g in golds]
    read = [(gold, draft) for gold, draft in zip(golds, drafts, strict=True) if isinstance(draft, Draft)]
    for _, draft in read:
        mark_cards(draft.lines, draft.lexicon)
    judge([draft.lines for _, draft in read], [draft.lexicon for _, draft in read], earlier["lines"], CleanSettings())
    cases: list[Case] = []
    for gold, draft in read:
        page, found = candidates_of(draft, earlier)
        authors = authors_of(gold["author"])
        right = np.array([is_right(candidate.names, authors) for candidate in found], np.bool_)
        flat = " ".join(words(gold["dirty_text"]))
        visible = all(" ".join(words(author)) in flat for author in authors)
        kind = "unsigned" if unsigned else name
        cases.append(Case(gold["publisher"], kind, gold["id"], page, found, describe(page, found), right, authors, visible))
    return cases


def candidates_of(draft: Draft, earlier: Models) -> tuple[Page, list[Candidate]]:
    """A judged page without its headline, and all candidates on it."""
    take_headline(draft.lines, draft.lexicon, earlier["headlines"])
    take_standfirst_repeats(draft.lines, extent(draft.lines)[0])
    page = page_of(draft.lines, draft.spaced, draft.lexicon, *extent(draft.lines))
    return page, candidates_in(page, {**head_regions(page), **other_regions(page)})


def without_group(name: str) -> str:
    return name.removeprefix("sure_").removeprefix("weak_").removeprefix("told_")


def term_of(name: str) -> Term:
    """How a feature is cut and scaled before it weighs."""
    return VALUES.get(without_group(name), Term(1.0))


def bounds_of(names: Sequence[str]) -> list[tuple[float | None, float | None]]:
    """Signs for which we know beforehand what they speak for; on so few pages chance would turn some round."""
    plain = [without_group(name) for name in names]
    return [(0.0 if name in SPEAK_FOR else None, 0.0 if name in SPEAK_AGAINST else None) for name in plain]


def train(cases: Sequence[Case]) -> Linear:
    kept = [case for case in cases if case.found]
    rows = [row_of(signs) for case in kept for signs in case.signs]
    names = list(rows[0])
    features = np.array([[term_of(name).of(value) for name, value in row.items()] for row in rows])
    right = np.concatenate([case.right for case in kept])
    of_page = [(UNSIGNED if case.set == "unsigned" else 1) / np.sqrt(len(case.found)) for case in kept]
    weights = np.repeat(of_page, [len(case.found) for case in kept])

    def loss(at: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = features @ at
        total = float(weights @ (np.logaddexp(0, scores) - right * scores)) + PENALTY * float(at @ at)
        slope = features.T @ (weights * (1 / (1 + np.exp(-scores)) - right)) + 2 * PENALTY * at
        return total, slope

    start = np.zeros(len(names))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds_of(names), options={"maxiter": 2000}).x
    return Linear(
        {name: term_of(name)._replace(weight=round(weight, 3)) for name, weight in zip(names, found.tolist(), strict=True)}
    )


def verdict(case: Case, weights: Linear) -> tuple[bool, bool]:
    """Whether names are given, and whether they are right as score_metadata.py has it."""
    if not case.found:
        return False, False
    names, _ = choose(case.page, case.found, [chance_of(signs, weights) for signs in case.signs], THRESHOLDS)
    return bool(names), gives_all(names, case.authors)


def measure(cases: Sequence[Case], verdicts: Sequence[tuple[bool, bool]]) -> Figures:
    given = sum(case_given for case_given, _ in verdicts)
    hits = sum(right for _, right in verdicts)
    visible = sum(case.visible for case in cases)
    seen = sum(case.visible and right for case, (_, right) in zip(cases, verdicts, strict=True))
    return {"recall": round(seen / max(visible, 1), 3), "precision": round(hits / max(given, 1), 3)}


def fold_of(case: Case, deal: int) -> int:
    return hashlib.sha1(f"{deal}{case.publisher}".encode()).digest()[0] % FOLDS


def all_cases(earlier: Models) -> list[Case]:
    return [case for name in SETS for unsigned in (False, True) for case in cases_of(name, unsigned, earlier)]


def learn(earlier: Models) -> Learned:
    return Learned(weights={"authors": train(all_cases(earlier))})


def sample(earlier: Models) -> str:
    found = (candidates_of(draft, earlier) for draft in judged(earlier["lines"]))
    return digest(row_of(signs) for page, candidates in found for signs in describe(page, candidates))


def left_out(earlier: Models) -> dict[str, Figures]:
    """Figures of both sets and of pages whose "By" was taken away: five folds by publisher, dealt in two ways."""
    cases = all_cases(earlier)
    figures = {}
    for deal in range(DEALS):
        weights = [train([case for case in cases if fold_of(case, deal) != fold]) for fold in range(FOLDS)]
        for name in (*SETS, "unsigned"):
            tested = [case for case in cases if case.set == name]
            figures[f"{name}.deal_{deal + 1}"] = measure(tested, [verdict(case, weights[fold_of(case, deal)]) for case in tested])
    return figures


TRAINER = Trainer(
    name="authors",
    gives="the chance that the names of a candidate are all authors",
    data=tuple(SETS.values()),
    thresholds=THRESHOLDS,
    settings={"penalty": PENALTY, "unsigned": UNSIGNED},
    learn=learn,
    left_out=left_out,
    sample=sample,
)
