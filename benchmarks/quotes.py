"""Quality, calibration and speed of quote extraction.

    python benchmarks/quotes.py ../shared/benchmarks/quotes/polnear_dev.jsonl.gz [--no-speed]

Prints what the scorer of the corpus says, a reliability table (of quotes with a confidence near .9, how many are right: words between
the marks and speaker both), and the speed in one warm process against `spacy.blank("en")` that only tokenizes the same texts.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipelines.quotes import QuoteSettings, quotes_in_each, to_json

SHARED = Path(os.environ.get("COPYDESK_SHARED", Path(__file__).resolve().parents[2] / "shared"))
EDGES = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)


def reliability(scorer: Any, gold: list[dict[str, Any]], found: list[list[dict[str, Any]]]) -> list[tuple[str, int, float, float]]:
    """Per bin of confidence: quotes with marks, mean confidence, share whose span (jac80) and speaker (head) are right."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in EDGES[1:]]
    for article, quotes in zip(gold, found, strict=True):
        marked = [q for q in quotes if q["type"] != "indirect"]
        segments = scorer.marked_segments(article["text"])
        wanted = scorer.units_marked(article["text"], segments, article["quotes"])
        given = scorer.units_marked(article["text"], segments, marked)
        pairs = scorer.match(wanted, given, 0.8)
        right = {j for i, j in pairs if scorer.spk_ok(wanted[i]["speaker"], given[j]["speaker"])[2]}
        for j, unit in enumerate(given):
            confidence = unit["q"]["confidence"]
            place = next(k for k, edge in enumerate(EDGES[1:]) if confidence < edge)
            bins[place].append((confidence, j in right))
    rows = []
    for low, high, members in zip(EDGES, EDGES[1:], bins, strict=False):
        if members:
            mean = sum(c for c, _ in members) / len(members)
            rows.append((f"{low:.2f}-{min(high, 1.0):.2f}", len(members), mean, sum(r for _, r in members) / len(members)))
    return rows


def words_a_second(work: Callable[[], object], words: int, rounds: int = 5) -> float:
    """The best of several rounds; the first, which warms up, is not counted."""
    work()
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return words / best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, nargs="?", default=SHARED / "benchmarks" / "quotes" / "polnear_dev.jsonl.gz")
    parser.add_argument("--no-speed", action="store_true")
    options = parser.parse_args()
    with gzip.open(options.corpus, "rt", encoding="utf-8") as lines:
        gold = [json.loads(line) for line in lines]
    texts = [article["text"] for article in gold]
    sys.path.insert(0, str(options.corpus.parent))
    scorer = importlib.import_module("score")
    found = [to_json(text, quotes) for text, quotes in zip(texts, quotes_in_each(texts), strict=True)]
    scorer.report([scorer.article(g, {"quotes": q}) for g, q in zip(gold, found, strict=True)])
    print("confidence   quotes   mean   right")
    for label, count, mean, right in reliability(scorer, gold, found):
        print(f"{label:10s} {count:8d} {mean:6.3f} {right:7.3f}")
    if options.no_speed:
        return
    words = sum(len(text.split()) for text in texts)
    speeds = {
        "all quotes": words_a_second(lambda: quotes_in_each(texts), words),
        "without indirect": words_a_second(lambda: quotes_in_each(texts, QuoteSettings(indirect=False)), words),
        "no quotes or cues": words_a_second(lambda: quotes_in_each(QUIET), sum(len(t.split()) for t in QUIET)),
    }
    import spacy

    tokenizer = spacy.blank("en")
    base = words_a_second(lambda: [tokenizer(text) for text in texts], words)
    print(f"spacy.blank tokenizing {base:12,.0f} words a second")
    for name, speed in speeds.items():
        print(f"{name:22s} {speed:12,.0f} words a second, {speed / base:5.2f} of it")


QUIET = ["\n\n".join(["The long road runs beside the river past the old mill and the new houses on the hill. " * 6] * 12)] * 60


if __name__ == "__main__":
    main()
