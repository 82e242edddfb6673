"""Train the line score of cleaning, and measure it on publishers left out.

    python benchmarks/train_cleaning.py                 write seeds/boilerplate/weights.txt from all development pages
    python benchmarks/train_cleaning.py --check         five folds by publisher: scores of pages whose publisher was not trained on
    python benchmarks/train_cleaning.py --check --alone the same without the other pages of the publisher

Needs the `train` extra and the shared folder. Deterministic: one thread, fixed seeds. Features only, no words: what is learned is in
the file as feature, threshold and leaf values.

Beside the pages themselves it trains on pages put together from the furniture of one and the body of another (list-like bodies
more often): without these the trees learn single pages by heart (full F1 .920 instead of .926)."""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pyarrow as pa

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pipelines.cleaning.clean import Draft, clean_table, draft_of  # noqa: E402
from pipelines.cleaning.features import Batch, describe, matrix  # noqa: E402
from pipelines.cleaning.lines import Line  # noqa: E402
from pipelines.cleaning.model import WEIGHTS, Model, parse  # noqa: E402
from pipelines.cleaning.repetition import buckets_by_publisher, count_repeated, lines_of_documents  # noqa: E402
from pipelines.cleaning.settings import CleanSettings  # noqa: E402
from pipelines.schemas import DOCUMENTS  # noqa: E402

SHARED = Path(os.environ.get("COPYDESK_SHARED", ROOT.parent / "shared")) / "benchmarks" / "cleaning"
SETS = ("mild", "full")
FOLDS = 5
MADE_PAGES = 800
MOST_FURNITURE = 1.5  # weight of all furniture above and below a body that weighs 1
BODY_LINE = 0.3  # weight that the lines of a body share evenly, beside what their words weigh
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
ROUNDS = 160


@dataclass
class Page:
    """A development page: its lines, and of each whether it is body (None where the gold cannot say) and how much it weighs."""

    gold: dict[str, Any]
    set: str
    lines: list[Line]
    body: list[bool | None]
    weight: list[float]
    reliable: bool


def scorer() -> ModuleType:
    """score.py of the shared benchmarks."""
    spec = importlib.util.spec_from_file_location("cleaning_score", SHARED / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load_gold(name: str) -> list[dict[str, Any]]:
    with gzip.open(SHARED / f"dev_{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def documents_of(golds: Sequence[dict[str, Any]]) -> pa.Table:
    rows = [{"id": g["id"], "text": g["dirty_text"], "html": None, "publisher": g["publisher"], "url": None} for g in golds]
    return pa.Table.from_pylist(rows, schema=DOCUMENTS)


def pages_of(name: str, score: ModuleType, alone: bool = False) -> list[Page]:
    golds = load_gold(name)
    documents = documents_of(golds)
    buckets = {} if alone else buckets_by_publisher(count_repeated(lines_of_documents(documents)))
    return [page_of(gold, name, buckets.get(gold["publisher"], {}), score) for gold in golds]


def page_of(gold: dict[str, Any], name: str, buckets: Any, score: ModuleType) -> Page:
    draft = draft_of(gold["id"], gold["dirty_text"], None, buckets, CleanSettings())
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
    _cap_furniture_outside(body, weight)
    best = "\n".join(line.text for line, is_body in zip(draft.lines, body, strict=True) if is_body is not False)
    reliable = score.f1(score.counts(gold["gold_body"], best)) >= 0.9  # else the gold itself is in doubt: not trained on
    return Page(gold, name, draft.lines, body, weight, reliable)


def _doubt_what_follows(lines: Sequence[Line], body: Sequence[bool | None], weight: list[float]) -> None:
    """No weight for a stretch of sentences right under the last line of the gold that no mark of furniture parts from it: the gold breaks off."""
    last = max((place for place, is_body in enumerate(body) if is_body), default=-1)
    marked = (place for place in range(last + 1, len(lines)) if lines[place].flagged or lines[place].bucket)
    end = next(marked, len(lines))
    told = sum(len(line.words) for line in lines[last + 1 : end] if line.sentence and len(line.words) >= 12)
    if told >= DOUBTFUL_WORDS:
        weight[last + 1 : end] = [0.0] * (end - last - 1)


def _cap_furniture_outside(body: Sequence[bool | None], weight: list[float]) -> None:
    """Scales what the furniture above and below the body weighs down to MOST_FURNITURE: a page counts as one, however long its menus."""
    places = [place for place, is_body in enumerate(body) if is_body] or [0]
    outside = [*range(places[0]), *range(places[-1] + 1, len(body))]
    cap = min(1.0, MOST_FURNITURE / max(sum(weight[place] for place in outside), 1e-9))
    for place in outside:
        weight[place] *= cap


def made_page(furniture: Page, body: Page) -> Page:
    """The body of one page in the furniture of another, with the furniture where it stood in proportion."""
    new = [(line, weight) for line, is_body, weight in zip(body.lines, body.body, body.weight, strict=True) if is_body]
    slots = sum(is_body is True for is_body in furniture.body)
    title, own_title = (body.gold.get("title") or "").strip(), (furniture.gold.get("title") or "").strip()
    headline = next((line for line in body.lines if title and line.text == title), None)
    lines: list[Line] = []
    labels: list[bool | None] = []
    weights: list[float] = []
    seen = used = 0
    for line, is_body, weight in zip(furniture.lines, furniture.body, furniture.weight, strict=True):
        if is_body:
            seen += 1
            while used < round(seen / slots * len(new)):
                lines.append(new[used][0])
                labels.append(True)
                weights.append(new[used][1])
                used += 1
            continue
        if headline is not None and own_title and line.text == own_title:
            line = replace(headline, gap=line.gap)
        lines.append(line)
        labels.append(is_body)
        weights.append(weight)
    return Page(body.gold, furniture.set, lines, labels, weights, True)


def made_pages(pages: Sequence[Page], count: int, seed: int) -> list[Page]:
    rng = np.random.RandomState(seed)

    def list_likeness(page: Page) -> float:
        lines = [line for line, is_body in zip(page.lines, page.body, strict=True) if is_body]
        return 0.3 + 1 - sum(line.sentence for line in lines) / max(len(lines), 1)

    chances = np.array([list_likeness(page) for page in pages])
    chances /= chances.sum()
    made = []
    for _ in range(count):
        furniture, body = pages[rng.randint(len(pages))], pages[rng.choice(len(pages), p=chances)]
        enough = min(sum(b is True for b in page.body) for page in (furniture, body)) >= 2
        if enough and furniture.gold["publisher"] != body.gold["publisher"]:
            made.append(made_page(furniture, body))
    return made


def train(pages: Sequence[Page], seed: int) -> Model:
    return parse(train_text(pages, seed))


def line_weights(page: Page) -> np.ndarray:
    """The weights of a page's lines: by their words, and each body line a share besides, so that short ones count."""
    weight = np.array(page.weight)
    body = np.array([is_body is True for is_body in page.body])
    return weight + (body & (weight > 0)) * BODY_LINE / max(int(body.sum()), 1)


def train_text(pages: Sequence[Page], seed: int) -> list[str]:
    """The lines of a weights file."""
    import lightgbm

    reliable = [page for page in pages if page.reliable]
    made = made_pages(reliable, MADE_PAGES, seed)
    everything = reliable + made
    columns = describe(Batch([page.lines for page in everything]))
    label = np.concatenate([[-1 if b is None else int(b) for b in page.body] for page in everything])
    weight = np.concatenate(
        [line_weights(page) * (1.5 if number < len(reliable) else 1.0) for number, page in enumerate(everything)]
    )
    use = (label >= 0) & (weight > 0)
    data = lightgbm.Dataset(matrix(columns)[use], label=label[use], weight=weight[use] / weight[use].mean())
    booster = lightgbm.train(PARAMETERS, data, ROUNDS)
    return weights_text(booster.dump_model(), list(columns))


def weights_text(dump: dict[str, Any], names: Sequence[str]) -> list[str]:
    trees: list[list[str]] = []
    used: set[int] = set()
    for info in dump["tree_info"]:
        nodes: list[str] = []
        leaves: list[float] = []
        _walk(info["tree_structure"], names, nodes, leaves, used)
        trees.append(["tree", *nodes, "leaves " + " ".join(f"{value:.4g}" for value in leaves)])
    head = [
        "# The line score of cleaning. Written by benchmarks/train_cleaning.py; do not edit by hand.",
        "# node: feature, threshold, leaves (as bits) that stay where the value is over the threshold",
    ]
    return (
        head + [f"feature {name}" for place, name in enumerate(names) if place in used] + [line for tree in trees for line in tree]
    )


def _walk(node: dict[str, Any], names: Sequence[str], nodes: list[str], leaves: list[float], used: set[int]) -> None:
    if "leaf_value" in node:
        leaves.append(node["leaf_value"])
        return
    first = len(leaves)
    place = len(nodes)
    nodes.append("")
    _walk(node["left_child"], names, nodes, leaves, used)
    left = ((1 << (len(leaves) - first)) - 1) << first
    _walk(node["right_child"], names, nodes, leaves, used)
    used.add(node["split_feature"])
    nodes[place] = f"node {names[node['split_feature']]} {_float32(node['threshold'])} {~left & 0xFFFF:04x}"


def _float32(threshold: float) -> str:
    """A threshold that separates the same float32 values, in few digits."""
    value = np.float32(threshold)
    if float(value) > threshold:
        value = np.nextafter(value, np.float32(-np.inf))
    return np.format_float_positional(value, unique=True, trim="-") if 1e-4 < abs(value) < 1e6 else repr(float(value))


def fold_of(publishers: Sequence[str]) -> dict[str, int]:
    names = sorted(set(publishers))
    order = np.random.RandomState(0).permutation(len(names))
    return {names[place]: number % FOLDS for number, place in enumerate(order)}


def check(alone: bool, out: Path | None) -> dict[str, dict[str, float]]:
    """Scores of both sets, every page cleaned with weights that saw nothing of its publisher."""
    score = scorer()
    pages = [page for name in SETS for page in pages_of(name, score, alone)]
    folds = fold_of([page.gold["publisher"] for page in pages])
    models = [train([page for page in pages if folds[page.gold["publisher"]] != fold], fold) for fold in range(FOLDS)]
    results = {}
    for name in SETS:
        golds = load_gold(name)
        documents = documents_of(golds)
        repeated = None if alone else count_repeated(lines_of_documents(documents))
        rows: dict[str, Any] = {}
        for fold in range(FOLDS):
            mask = pa.array([folds[g["publisher"]] == fold for g in golds])
            cleaned = clean_table(documents.filter(mask), repeated, CleanSettings(), models[fold])
            rows.update({row["id"]: row for row in cleaned.to_pylist()})
        results[name] = score.score(golds, {key: row["text"] for key, row in rows.items()})
        print(score.fmt(name + (" alone" if alone else ""), results[name]), flush=True)
        if out:
            out.mkdir(parents=True, exist_ok=True)
            (out / f"{name}.jsonl").write_text("".join(json.dumps(rows[g["id"]]) + "\n" for g in golds), encoding="utf-8")
    return results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="five folds by publisher instead of writing weights")
    parser.add_argument("--alone", action="store_true", help="without repetition over the pages of a publisher")
    parser.add_argument("--out", type=Path, help="folder for the rows of --check")
    arguments = parser.parse_args()
    if arguments.check:
        check(arguments.alone, arguments.out)
        return
    score = scorer()
    lines = train_text([page for name in SETS for page in pages_of(name, score)], FOLDS)
    path = ROOT / "seeds" / "boilerplate" / WEIGHTS
    path.write_text("\n".join(lines) + "\n", encoding="ascii")
    print(f"{path.relative_to(ROOT)}: {sum(line == 'tree' for line in lines)} trees, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
