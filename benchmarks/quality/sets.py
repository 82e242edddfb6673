"""What is measured: of each development set its figures, by the scorers that come with the sets.

Shares are from 0 to 1. A figure whose name is in LOWER_IS_BETTER is an error or a loss."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.quality.corpora import BENCHMARKS, rows_of, scorer
from benchmarks.wire import measure as measure_wire
from pipelines.cleaning import CleanSettings, clean_documents, document_lines, repeated_lines
from pipelines.duplicates import find_duplicates
from pipelines.quotes import quotes_in_each, to_json
from pipelines.schemas import COMPARED, DOCUMENTS, STORY_INPUT
from pipelines.stories import find_stories

Figures = dict[str, float]
Rows = list[dict[str, Any]]

LOWER_IS_BETTER = frozenset(
    ["body_loss", "wrong_jaccard", "false_pairs", "embedded_merged", "distractors_merged", "templates_and_boilerplate_wrong"]
)

# Of each set the file that its figures are of.
CORPORA = {
    "cleaning.mild": "cleaning/dev_mild.jsonl.gz",
    "cleaning.full": "cleaning/dev_full.jsonl.gz",
    "quotes.polnear": "quotes/polnear_dev.jsonl.gz",
    "duplicates.reuters": "dedup/reuters_2012.parquet",
    "duplicates.edits": "dedup/edits_dev.jsonl.gz",
    "duplicates.judged": "dedup/judged_pairs_dev.jsonl.gz",
    "stories.mix": "stories/dev.jsonl.gz",
    "stories.wire": "html/dev.jsonl.gz",  # and cleaning/dev_full.jsonl.gz
}


def measure(name: str) -> Figures:
    """The figures of a set, rounded to what its scorer says."""
    return MEASURES[name]()


# --- cleaning


def cleaned(gold: Rows) -> Rows:
    """What `clean` gives for the pages of a set."""
    rows = [{"id": g["id"], "text": g["dirty_text"], "html": None, "publisher": g["publisher"], "url": None} for g in gold]
    documents = pa.Table.from_pylist(rows, schema=DOCUMENTS)
    return clean_documents(documents, repeated_lines(document_lines(documents)), CleanSettings()).to_pylist()


def cleaning_figures(gold: Rows, rows: Rows) -> Figures:
    found = scorer("cleaning/score.py").score(gold, {row["id"]: row["text"] for row in rows}, boot=0)
    names = {"f1": "f1", "removal_precision": "rm_precision_macro", "body_loss": "body_loss_macro"}
    return {name: round(found[key], 4) for name, key in names.items()} | _metadata_figures(gold, rows)


def _metadata_figures(gold: Rows, rows: Rows) -> Figures:
    printed = io.StringIO()
    with tempfile.TemporaryDirectory() as name:
        files = [Path(name) / "gold", Path(name) / "rows"]
        for file, lines in zip(files, (gold, rows), strict=True):
            file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        with redirect_stdout(printed):
            scorer("cleaning/score_metadata.py").main(*files)
    fields = [line.split() for line in printed.getvalue().splitlines()]
    return {f"{field[0]}_{what}": float(field[place]) for field in fields for what, place in (("recall", 4), ("precision", 8))}


def _cleaning(name: str) -> Figures:
    gold = rows_of(CORPORA[name])
    return cleaning_figures(gold, cleaned(gold))


# --- quotes

_QUOTE_FIGURES = {  # of the scorer: F1, or of speakers the share whose head is right
    "segments_f1": "marked.j8",
    "segments_and_speaker_f1": "marked.e2e",
    "clauses_and_speaker_f1": "content.e2e",
    "all_clauses_and_speaker_f1": "content_all.e2e",
    "named_speakers": "marked.spk.named",
    "pronoun_speakers": "marked.spk.pronoun",
    "noun_speakers": "marked.spk.np",
}


def quotes_found(gold: Rows) -> list[Rows]:
    texts = [article["text"] for article in gold]
    return [to_json(text, quotes) for text, quotes in zip(texts, quotes_in_each(texts), strict=True)]


def quote_figures(gold: Rows, found: Sequence[Rows]) -> Figures:
    score = scorer("quotes/score.py")
    report = score.report([score.article(g, {"quotes": q}) for g, q in zip(gold, found, strict=True)], 0, io.StringIO())
    return {name: report[key][2] for name, key in _QUOTE_FIGURES.items()}


def _quotes() -> Figures:
    gold = rows_of(CORPORA["quotes.polnear"])
    return quote_figures(gold, quotes_found(gold))


# --- duplicates


def _printed(kind: str, gold: str, articles: pa.Table) -> str:
    """What the scorer prints of the pairs and clusters of a table."""
    found = find_duplicates(articles)
    with tempfile.TemporaryDirectory() as name:
        files = [str(BENCHMARKS / gold)]
        for part in ("pairs",) if kind == "reuters" else ("pairs", "clusters"):
            files.append(str(Path(name) / part))
            Path(files[-1]).write_text("".join(json.dumps(row) + "\n" for row in getattr(found, part).to_pylist()))
        command = [sys.executable, str(BENCHMARKS / "dedup" / "score.py"), kind, *files]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _number(pattern: str, printed: str) -> float:
    match = re.search(pattern, printed)
    if match is None:
        raise ValueError(f"the scorer did not print {pattern!r}: {printed}")
    return float(match[1])


def _reuters() -> Figures:
    articles = pq.read_table(BENCHMARKS / CORPORA["duplicates.reuters"], columns=["id", "text", "date"])
    printed = _printed("reuters", "dedup/reuters_2012_pairs.parquet", articles)
    bands = {"jaccard_7": "J>=.7", "jaccard_5": "J>=.5", "containment_5": "C>=.5,J<.5", "containment_3": "C>=.3,C<.5"}
    found = {f"recall_{name}": _number(rf"recall {re.escape(band)}\s+([\d.]+)", printed) for name, band in bands.items()}
    return found | {
        "wrong_jaccard": _number(r"wrong Jaccard \(> \.002\) (\d+) of", printed),
        "false_pairs": _number(r"not in the truth\) (\d+);", printed),
    }


def _edits() -> Figures:
    rows = rows_of(CORPORA["duplicates.edits"])
    articles = pa.table({key: [row[key] for row in rows] for key in ("id", "text")})
    printed = _printed("edits", CORPORA["duplicates.edits"], articles)
    found = {}
    for kind in ("copyedit3", "copyedit10", "wrap", "relead", "abridge50", "ocr3", "ocr8"):
        found[f"{kind}_found"] = _number(rf"{kind}\s+n\s+\d+\s+found ([\d.]+)", printed)
        found[f"{kind}_merged"] = _number(rf"{kind}\s+n\s+\d+\s+found [\d.]+\s+merged ([\d.]+)", printed)
    return found | {
        "embedded_found": _number(r"embed_host\s+n\s+\d+\s+found ([\d.]+)", printed),
        "embedded_merged": _number(r"embed_host\s+n\s+\d+\s+found [\d.]+\s+merged ([\d.]+)", printed),
        "distractors_merged": _number(r"distractors merged (\d+)", printed),
    }


def _judged() -> Figures:
    articles: dict[str, dict[str, Any]] = {}
    for r in rows_of(CORPORA["duplicates.judged"]):
        for side in "ab":
            published = {"publisher": r["corpus"], "date": r[f"date_{side}"] or None}
            articles[r[side]] = {"id": r[side], "text": r[f"text_{side}"], **published}
    printed = _printed("judged", CORPORA["duplicates.judged"], pa.Table.from_pylist(list(articles.values())))
    right = {label: (int(n), int(of)) for label, n, of in re.findall(r"(\w+)\s+(\d+) of (\d+) right", printed)}
    wrong = sum(of - n for label, (n, of) in right.items() if label in ("template", "boilerplate"))
    return {"right": right["all"][0], "templates_and_boilerplate_wrong": wrong}


# --- stories


def _stories() -> Figures:
    gold = rows_of(CORPORA["stories.mix"])
    rows = [{name: row.get(name) for name in ("id", "title", "text", "publisher", "date")} for row in gold]
    copies = find_duplicates(pa.Table.from_pylist([{name: row[name] for name in COMPARED.names} for row in rows], schema=COMPARED))
    articles = pa.Table.from_pylist([{name: row[name] for name in STORY_INPUT.names} for row in rows], schema=STORY_INPUT)
    found = find_stories(articles, copies=copies.clusters)
    of = dict(zip(found["id"].to_pylist(), found["story_id"].to_pylist(), strict=True))
    by_set = scorer("stories/score.py").score(gold, of)
    mix = by_set["mix"]
    whole = {"f1": mix["f1"], "precision": mix["precision"], "pairs_f1": mix["pair_f1"], "events_whole": mix["exact"]}
    within = {f"{name}_f1": by_set[name]["f1"] for name in ("allsides", "allsides21", "basil", "ecb", "five")}
    return {name: round(value, 4) for name, value in (whole | within).items()}


def _wire() -> Figures:
    found = measure_wire(BENCHMARKS.parent)
    return {name: found[name] for name in ("right", "right_hidden")}


MEASURES: dict[str, Callable[[], Figures]] = {
    "cleaning.mild": lambda: _cleaning("cleaning.mild"),
    "cleaning.full": lambda: _cleaning("cleaning.full"),
    "quotes.polnear": _quotes,
    "duplicates.reuters": _reuters,
    "duplicates.edits": _edits,
    "duplicates.judged": _judged,
    "stories.mix": _stories,
    "stories.wire": _wire,
}
