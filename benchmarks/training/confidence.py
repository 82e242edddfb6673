"""Fits the weights of a row's confidence on the judged development sets: nine numbers, by logistic regression with a penalty.

No model of words or names is learned here: judged sets are there to calibrate against (see their README). A row is right where
`score_judged.py` calls its words and its resolved name right; rows that the guide leaves open are not looked at. Deterministic."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.quality.corpora import calibration_rows, scorer
from benchmarks.quality.sets import Figures
from benchmarks.training.trainer import Learned, Models, Trainer
from pipelines.learned.linear import Linear, Term
from pipelines.quotes import confidence, quotes_in_each, to_json

ARTICLES, ROWS = "quotes/judged_articles_dev.jsonl.gz", "quotes/judged_rows_dev.jsonl.gz"
SCORER = "quotes/score_judged.py"
# What a row of each set counts: the judged rows were drawn by kind of fault, odd ones far more often than they come.
COUNTS = {ARTICLES: 1.0, ROWS: 0.3}
PENALTY = 1.0  # on squared weights but the constant's
FOLDS = 5
HIGH, SURE = 0.85, 0.95
_STEPS = 60
_SAME_WORDS, _SAME_PLACE = 0.79, 0.5  # share of words in common, as score_judged.py has it


class Row(NamedTuple):
    """A row of the answer: the article, its set, what its confidence is weighed from, its type, and whether it is right."""

    article: str
    set: str
    evidence: Mapping[str, float]
    type: str
    right: bool


def rows_of_sets() -> list[Row]:
    """Every row of the judged sets that is right or wrong."""
    return [*_of(ARTICLES, _judged_articles), *_of(ROWS, _judged_rows)]


def _of(name: str, judged: Callable[[list[dict[str, Any]], dict[str, list[dict[str, Any]]]], list[Row]]) -> list[Row]:
    gold = calibration_rows(name)
    texts: dict[str, str] = {row.get("article") or row["id"]: row["text"] for row in gold}
    found = {}
    for (article, text), quotes in zip(texts.items(), quotes_in_each(list(texts.values())), strict=True):
        found[article] = [o | {"evidence": q.evidence} for o, q in zip(to_json(text, quotes), quotes, strict=True) if q.evidence]
    return judged(gold, found)


def _judged_articles(gold: list[dict[str, Any]], found: dict[str, list[dict[str, Any]]]) -> list[Row]:
    judge = scorer(SCORER).judge_article
    rows = []
    for article in gold:
        verdicts, _ = judge(article, {"quotes": found[article["id"]]})
        for quote, verdict, wanted in verdicts:
            if verdict != "neutral" or wanted.get("optional"):
                right = verdict in ("right", "neutral")
                rows.append(Row(article["id"], ARTICLES, quote["evidence"], quote["type"], right))
    return rows


def _judged_rows(gold: list[dict[str, Any]], found: dict[str, list[dict[str, Any]]]) -> list[Row]:
    score = scorer(SCORER)
    rows = []
    for row in gold:
        if row["is_speech"] is None:
            continue
        words = score.Words(row["text"])
        old = words.of(row["start"], row["end"])
        wanted = [words.of(row["gold_start"], row["gold_end"])] if row.get("gold_start") is not None else []
        wanted += [old] if row["is_speech"] and row["span_ok"] == "right" else []
        best, quote = 0.0, None
        for candidate in found[row["article"]]:
            mine = words.of(candidate["start"], candidate["end"])
            same = max((score.jaccard(mine, other) for other in wanted), default=0.0)
            same = same if same >= _SAME_PLACE else score.jaccard(mine, old) / 2
            if same > best:
                best, quote = same, candidate
        if quote is None or best < _SAME_PLACE / 2:
            continue
        name = {"name": row.get("name"), "accept": row.get("accept"), "kind": row.get("kind")}
        right = best >= _SAME_WORDS and score.name_right(name, quote["speaker"], score.mention_text(row, row["text"]))
        rows.append(Row(row["article"], ROWS, quote["evidence"], quote["type"], bool(row["is_speech"] and right)))
    return rows


def fit(rows: Sequence[Row]) -> Linear:
    """The weights with the least penalised loss on some rows, by Newton's method."""
    names = ["constant", *rows[0].evidence]
    values = np.array([[1.0, *(row.evidence[name] for name in names[1:])] for row in rows])
    right = np.array([row.right for row in rows], dtype=float)
    counts = np.array([COUNTS[row.set] for row in rows])
    penalty = np.diag([0.0, *[PENALTY] * (len(names) - 1)])
    weights = np.zeros(len(names))
    for _ in range(_STEPS):
        chances = 1.0 / (1.0 + np.exp(-values @ weights))
        slope = values.T @ (counts * (right - chances)) - penalty @ weights
        curve = (values * (counts * chances * (1.0 - chances))[:, None]).T @ values + penalty
        weights = weights + np.linalg.solve(curve, slope)
    return Linear({name: Term(float(f"{weight:.3g}")) for name, weight in zip(names, weights.tolist(), strict=True)})


def out_of_fold(rows: Sequence[Row]) -> NDArray[np.float64]:
    """The confidence of every row by weights that saw no row of its article."""
    folds = np.array([int(hashlib.sha256(row.article.encode()).hexdigest(), 16) % FOLDS for row in rows])
    chances = np.zeros(len(rows))
    for fold in range(FOLDS):
        weights = fit([row for row, other in zip(rows, folds.tolist(), strict=True) if other != fold])
        for k in np.nonzero(folds == fold)[0].tolist():
            chances[k] = 1.0 / (1.0 + np.exp(-weights.score({"constant": 1.0, **rows[k].evidence})))
    return chances


def learn(_: Models) -> Learned:
    return Learned(weights={confidence.ROW: fit(rows_of_sets())})


def left_out(_: Models) -> dict[str, Figures]:
    """Per set what confidences are worth that were fitted on other articles."""
    rows = rows_of_sets()
    chances = out_of_fold(rows)
    return {
        name: figures_of([(c, row) for c, row in zip(chances.tolist(), rows, strict=True) if row.set == name])
        for name in (ARTICLES, ROWS)
    }


def figures_of(rows: Sequence[tuple[float, Row]]) -> Figures:
    """Calibration errors, the share of right rows among high and sure ones, and the share of rows that are high."""
    reliability = scorer(SCORER).reliability
    indirect = [(c, row.right) for c, row in rows if row.type == "indirect"]
    high, sure = ([row.right for c, row in rows if c >= least] for least in (HIGH, SURE))
    return {
        "calibration_error": reliability([(c, row.right) for c, row in rows])[1],
        "calibration_error_indirect": reliability(indirect)[1],
        "right_of_high": round(sum(high) / max(1, len(high)), 4),
        "right_of_sure": round(sum(sure) / max(1, len(sure)), 4),
        "high": round(len(high) / max(1, len(rows)), 4),
    }


TRAINER = Trainer(
    name=confidence.MODEL,
    gives="the chance that a row's words, mention and resolved name are right",
    data=(ARTICLES, ROWS),
    thresholds={},
    settings={"penalty": PENALTY, "counts": ",".join(map(str, COUNTS.values()))},
    learn=learn,
    left_out=left_out,
    tools=("numpy",),
    words="languages/en/*.toml",
)
