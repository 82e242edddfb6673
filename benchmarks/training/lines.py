"""Learns the score of lines from the cleaning development pages; measured on publishers left out.

Besides the pages themselves it learns from pages made from their parts (`made.py`): without these the trees learn single pages by heart. Features
only, no words. Deterministic: one thread, fixed seeds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from benchmarks.quality.corpora import scorer, training_rows
from benchmarks.quality.sets import Figures, cleaning_figures
from benchmarks.training.forests import fit, with_features_in_use
from benchmarks.training.made import MAKERS, MIXED, made_pages
from benchmarks.training.made_parts import Page
from benchmarks.training.sample import digest, drafts
from benchmarks.training.trainer import Learned, Models, Trainer
from pipelines.cleaning.clean import Draft, clean_table, draft_of
from pipelines.cleaning.features import Batch, describe, matrix
from pipelines.cleaning.lines import Line
from pipelines.cleaning.repetition import buckets_by_publisher, count_repeated, lines_of_documents
from pipelines.cleaning.settings import CleanSettings
from pipelines.learned.forest import Forest
from pipelines.learned.model import Model, Origin
from pipelines.schemas import DOCUMENTS

SETS = {"mild": "cleaning/dev_mild.jsonl.gz", "full": "cleaning/dev_full.jsonl.gz"}
SCORER = "cleaning/score.py"
FOLDS = 5
REAL_PAGE = 5.0  # weight of a real page where a made one weighs 1
MAX_BOILERPLATE = 1.5  # weight of all boilerplate above and below a body that weighs 1
BODY_LINE = 0.3  # weight that the lines of a body share evenly, besides what their words weigh
DOUBTFUL_WORDS = 100  # in sentences right under the end of the gold: see _doubt_what_follows
PARAMETERS = {
    "objective": "binary",
    "learning_rate": 0.07,
    "num_leaves": 16,
    "min_data_in_leaf": 60,
    "min_sum_hessian_in_leaf": 0.5,
    "lambda_l2": 5,
    "feature_fraction": 0.35,
    "bagging_fraction": 0.5,
    "max_bin": 63,
    "bagging_freq": 1,
    "verbose": -1,
    "num_threads": 1,
    "deterministic": True,
    "seed": 1,
}
ROUNDS = 240


def load_gold(name: str) -> list[dict[str, Any]]:
    return training_rows(SETS[name])


def documents_of(golds: Sequence[dict[str, Any]]) -> pa.Table:
    rows = [{"id": g["id"], "text": g["dirty_text"], "html": None, "publisher": g["publisher"], "url": None} for g in golds]
    return pa.Table.from_pylist(rows, schema=DOCUMENTS)


def pages_of(name: str) -> list[Page]:
    golds = load_gold(name)
    buckets = buckets_by_publisher(count_repeated(lines_of_documents(documents_of(golds))))
    return [page_of(gold, name, buckets.get(gold["publisher"], {})) for gold in golds]


def page_of(gold: dict[str, Any], name: str, buckets: Any) -> Page:
    score = scorer(SCORER)
    draft = draft_of(gold["id"], gold["dirty_text"], buckets, CleanSettings())
    assert isinstance(draft, Draft)
    raw_lines = gold["dirty_text"].split("\n")
    flags = iter(score.flags(gold["dirty_text"], gold["gold_body"]))
    of_line = [next(flags) if score.tokens(line) else None for line in raw_lines]
    ends = np.cumsum([len(line) + 1 for line in raw_lines])
    body = [of_line[int(np.searchsorted(ends, block.start, side="right"))] for block in draft.blocks]
    optional = {text.strip() for text in gold.get("gold_optional") or []}
    words = max(len(score.tokens(gold["gold_body"])), 30)
    weight = [0.0 if line.text in optional else min((len(score.tokens(line.text)) + 4) / words, 1.0) for line in draft.lines]
    _doubt_what_follows(draft.lines, body, weight)
    _cap_boilerplate_outside(body, weight)
    best = "\n".join(line.text for line, is_body in zip(draft.lines, body, strict=True) if is_body is not False)
    reliable = score.f1(score.counts(gold["gold_body"], best)) >= 0.9  # else the gold itself is in doubt: not trained on
    return Page(gold, name, draft.lines, body, weight, reliable)


def _doubt_what_follows(lines: Sequence[Line], body: Sequence[bool | None], weight: list[float]) -> None:
    """Takes the weight from sentences right under the last line of the gold, where no mark of boilerplate stands between: the gold breaks off."""
    last = max((place for place, is_body in enumerate(body) if is_body), default=-1)
    marked = (place for place in range(last + 1, len(lines)) if lines[place].flagged or lines[place].bucket)
    end = next(marked, len(lines))
    words = sum(len(line.words) for line in lines[last + 1 : end] if line.sentence and len(line.words) >= 12)
    if words >= DOUBTFUL_WORDS:
        weight[last + 1 : end] = [0.0] * (end - last - 1)


def _cap_boilerplate_outside(body: Sequence[bool | None], weight: list[float]) -> None:
    """Scales what the boilerplate above and below the body weighs down to MAX_BOILERPLATE: a page counts as one, however long its menus."""
    places = [place for place, is_body in enumerate(body) if is_body] or [0]
    outside = [*range(places[0]), *range(places[-1] + 1, len(body))]
    cap = min(1.0, MAX_BOILERPLATE / max(sum(weight[place] for place in outside), 1e-9))
    for place in outside:
        weight[place] *= cap


def line_weights(page: Page) -> np.ndarray:
    """The weights of a page's lines: by their words, and each body line a share besides, so that short ones count."""
    weight = np.array(page.weight)
    body = np.array([is_body is True for is_body in page.body])
    return weight + (body & (weight > 0)) * BODY_LINE / max(int(body.sum()), 1)


def train(pages: Sequence[Page], seed: int) -> Forest:
    """Trees that give the chance of a line to be body."""
    reliable = [page for page in pages if page.reliable]
    everything = reliable + made_pages(reliable, seed)
    columns = describe(Batch([page.lines for page in everything]))
    label = np.concatenate([[-1 if b is None else int(b) for b in page.body] for page in everything])
    weight = np.concatenate(
        [line_weights(page) * (REAL_PAGE if number < len(reliable) else 1.0) for number, page in enumerate(everything)]
    )
    use = (label >= 0) & (weight > 0)
    weights = weight[use] / weight[use].mean()
    found = fit(list(columns), matrix(columns)[use], label[use], ROUNDS, PARAMETERS, sums="float32", weights=weights)
    return with_features_in_use(found)


def fold_of(publishers: Sequence[str]) -> dict[str, int]:
    names = sorted(set(publishers))
    order = np.random.RandomState(0).permutation(len(names))
    return {names[place]: number % FOLDS for number, place in enumerate(order)}


def learn(_: Models) -> Learned:
    return Learned({"body": train([page for name in SETS for page in pages_of(name)], FOLDS)})


def sample(_: Models) -> str:
    pages = [page.lines for page in drafts()]
    columns = describe(Batch(pages))
    return digest(dict(zip(columns, row, strict=True)) for row in matrix(columns).tolist())


def left_out(_: Models) -> dict[str, Figures]:
    """Figures of both sets, every page cleaned by a model that saw nothing of its publisher."""
    pages = [page for name in SETS for page in pages_of(name)]
    folds = fold_of([page.gold["publisher"] for page in pages])
    models = [_model(train([page for page in pages if folds[page.gold["publisher"]] != fold], fold)) for fold in range(FOLDS)]
    figures = {}
    for name in SETS:
        golds = load_gold(name)
        documents = documents_of(golds)
        repeated = count_repeated(lines_of_documents(documents))
        rows: dict[str, Any] = {}
        for fold in range(FOLDS):
            mask = pa.array([folds[g["publisher"]] == fold for g in golds])
            cleaned = clean_table(documents.filter(mask), repeated, CleanSettings(), models[fold])
            rows.update({row["id"]: row for row in cleaned.to_pylist()})
        figures[name] = cleaning_figures(golds, [rows[gold["id"]] for gold in golds])
    return figures


def _model(forest: Forest) -> Model:
    return Model("lines", Origin("", "", {}, "", "", ""), TRAINER.thresholds, {"body": forest})


TRAINER = Trainer(
    name="lines",
    gives="the chance that a line of a page is body",
    data=tuple(SETS.values()),
    thresholds={"body": 0.35},
    settings={
        "rounds": ROUNDS,
        "mixed_pages": MIXED,
        **{make.__name__: count for make, count in MAKERS.items()},
        "real_page": REAL_PAGE,
        "max_boilerplate": MAX_BOILERPLATE,
        "body_line": BODY_LINE,
        **PARAMETERS,
    },
    learn=learn,
    left_out=left_out,
    tools=("lightgbm", "numpy"),
    sample=sample,
)
