"""Hold the pipeline's output for the sample corpus against its gold, point by point.

`python tests/sample_score.py [cleaning|quotes|duplicates|ingest]` from the project's root prints every difference and the counts.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT / "seeds" / "articles"
CASES = ROOT / "tests" / "cases"

# Kinds that two careful readers give to the same line.
LIKE_KINDS = [
    {"caption", "photo_credit"},
    {"byline", "author_bio"},
    {"related", "navigation", "section_label"},
    {"share_widget", "counter"},
    {"appeal", "counter", "newsletter", "navigation"},
    {"date_stamp", "timestamp"},
    {"copyright", "other", "navigation", "contact"},
    {"comments", "navigation"},
]
FIELDS = ("title", "date", "byline", "dateline", "section", "photo_credit", "language")
MOMENTS = ("published_at", "modified_at")  # of pages whose markup gives a time


class Point(NamedTuple):
    """One thing that is right or wrong. `area` groups points that share a floor."""

    area: str
    right: bool
    message: str


def cases(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]


GOLD = cases("sample_articles.jsonl")


def record_of(row: dict[str, Any]) -> dict[str, Any]:
    """The record as it stands in the corpus: a line of JSON, or a file given as {text} or {html}. Line ends are as in the file."""
    data = (ARTICLES / row["path"]).read_bytes().decode("utf-8")
    if row["line"] is None:
        return {"html": data} if row["path"].endswith(".html") else {"text": data}
    record: dict[str, Any] = json.loads(data.split("\n")[row["line"] - 1])
    return record


def words(text: str | None) -> list[str]:
    return re.findall(r"\w+", (text or "").lower())


def near(a: str, b: str, floor: float = 0.95) -> bool:
    left, right = Counter(words(a)), Counter(words(b))
    return (left & right).total() >= floor * max(left.total(), right.total(), 1)


# --- running the stages ---------------------------------------------------------------------------------------------------


def cleaned_rows() -> dict[str, dict[str, Any]]:
    from pipelines.cleaning import clean_documents, pages_and_lines, repeated_lines
    from pipelines.schemas import DOCUMENTS

    rows = []
    for row in GOLD:
        record = record_of(row)
        sources = {"text": record.get("text"), "html": record.get("html")}
        rows.append({"id": row["key"], **sources, "publisher": row["publisher"], "url": None})
    for row in cases("sample_rejects.jsonl"):
        if row["reason"] == "all_furniture":
            text = (ARTICLES / row["path"]).read_text(encoding="utf-8")
            rows.append({"id": row["path"], "text": text, "html": None, "publisher": row["path"].split("/")[0], "url": None})
    read = pages_and_lines(pa.Table.from_pylist(rows, schema=DOCUMENTS))
    cleaned = clean_documents(read["pages"], repeated_lines(read["lines"]))
    return {row["id"]: row for row in cleaned.to_pylist()}


def quote_rows(bodies: dict[str, str]) -> dict[str, list[dict[str, Any]]]:
    from pipelines.quotes import extract_quotes
    from pipelines.schemas import BODIES

    table = pa.Table.from_pylist([{"id": key, "text": text} for key, text in bodies.items()], schema=BODIES)
    found: dict[str, list[dict[str, Any]]] = {key: [] for key in bodies}
    for quote in extract_quotes(table).to_pylist():
        if quote["type"] != "indirect":
            found[quote["id"]].append(quote)
    return found


def gold_bodies() -> dict[str, str]:
    return {row["key"]: "\n\n".join(row["body"]) for row in GOLD}


def duplicates_of(bodies: dict[str, str]) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The pairs, and the cluster of each article."""
    from pipelines.duplicates import find_duplicates
    from pipelines.schemas import COMPARED

    rows = [{"id": row["key"], "text": bodies[row["key"]], "publisher": row["publisher"], "date": row["date"]} for row in GOLD]
    found = find_duplicates(pa.Table.from_pylist(rows, schema=COMPARED))
    return found.pairs.to_pylist(), {row["id"]: row["cluster_id"] for row in found.clusters.to_pylist()}


def ingested_rows() -> list[dict[str, Any]]:
    from pipelines.ingest import IngestSettings, read_file, scan

    return [row for found in scan(ARTICLES) for batch in read_file(found, IngestSettings()) for row in batch.to_pylist()]


# --- points ---------------------------------------------------------------------------------------------------------------


def ingest_points(records: list[dict[str, Any]]) -> Iterator[Point]:
    by_place = {(row["path"], row["line"]): row for row in records}
    for gold in GOLD:
        got, record = by_place.get((gold["path"], gold["line"])) or {}, record_of(gold)
        as_it_stands = all(got.get(field) == record.get(field) for field in ("text", "html"))
        yield Point("records", as_it_stands, f"{gold['key']}: record not read as it stands")
        for field in ("title", "url", "byline"):
            yield Point("records", got.get(field) == record.get(field), f"{gold['key']}: {field} {got.get(field)!r}")
        day = (record.get("date") or "")[:10] or None
        yield Point("records", got.get("date") == day, f"{gold['key']}: date {got.get('date')!r}, should be {day!r}")
        yield Point("records", got.get("publisher") == gold["publisher"], f"{gold['key']}: publisher {got.get('publisher')!r}")
    rejects = [row for row in cases("sample_rejects.jsonl") if row["reason"] != "all_furniture"]  # that one is cleaning's
    for gold in rejects:
        got = by_place.get((gold["path"], gold["line"])) or {}
        reject = got.get("reject") or {}
        right = reject.get("reason") == gold["reason"] and bool(reject.get("message"))
        yield Point("rejects", right, f"{gold['path']}: reject {reject}, should be {gold['reason']} ({gold['why']})")
    extra = {(row["path"], row["line"]) for row in records if row["reject"]}
    extra -= {(row["path"], row["line"]) for row in rejects}
    yield Point("rejects", not extra, f"rejected without need: {sorted(extra, key=str)}")


def cleaning_points(cleaned: dict[str, dict[str, Any]]) -> Iterator[Point]:
    for gold in GOLD:
        key, got, record = gold["key"], cleaned.get(gold["key"]) or {}, record_of(gold)
        area = "english" if gold["language"] == "en" else "other languages"
        lines = [line for line in (got.get("text") or "").split("\n") if line.strip()]
        for want in gold["body"]:
            yield Point(
                f"body lines kept, {area}", any(near(want, line) for line in lines), f"{key}: body line lost: {want[:80]!r}"
            )
        allowed = gold["body"] + gold["either"]
        for line in lines:
            right = any(near(want, line) for want in allowed)
            yield Point(f"kept lines that are body, {area}", right, f"{key}: not body, kept: {line[:80]!r}")
        exact = (got.get("text") or "").split("\n\n") == gold["body"]
        yield Point(
            f"bodies right to the letter, {area}", exact or bool(gold["either"]), f"{key}: body differs in letters or marks"
        )
        spans = got.get("removed") or []
        for gone in gold["removed"]:
            length = gone["end"] - gone["start"]
            over = [(min(s["end"], gone["end"]) - max(s["start"], gone["start"]), s["kind"]) for s in spans]
            over = [pair for pair in over if pair[0] > 0]
            enough = sum(pair[0] for pair in over) >= 0.9 * length
            yield Point(f"furniture removed, {area}", enough, f"{key}: not removed ({gone['kind']}): {gone['text'][:60]!r}")
            kind = max(over)[1] if over else None
            like = kind == gone["kind"] or any({kind, gone["kind"]} <= group for group in LIKE_KINDS)
            if enough:
                yield Point(
                    f"kinds of furniture, {area}", like, f"{key}: kind {kind}, should be {gone['kind']}: {gone['text'][:60]!r}"
                )
        for field in FIELDS:
            value = record.get(field) if field in ("title", "date", "byline") else None
            value = value[:10] if value and field == "date" else value
            value = value or got.get(field)
            accepted = [gold[field], *gold.get("accept", {}).get(field, [])]
            if field == "date" and gold.get("date_from_text"):
                accepted.append(gold["date_from_text"])
            right = any((not value and not want) or bool(value and want and near(want, value, 0.9)) for want in accepted)
            yield Point(f"{field}, {area}", right and bool(got), f"{key}: {field} {value!r}, should be {gold[field]!r}")
        corrections = [span["text"] for span in gold["removed"] if span["kind"] == "correction"]
        wanted = {"correction": "\n\n".join(corrections) or None, **{field: gold.get(field) for field in MOMENTS}}
        for field, want in wanted.items():
            value = got.get(field)
            yield Point(f"{field}, {area}", value == want and bool(got), f"{key}: {field} {value!r}, should be {want!r}")
        source = "record" if record.get("date") else got.get("date_source")
        if gold["date"]:
            yield Point(
                f"date, {area}", source == gold["date_source"], f"{key}: date from {source}, should be {gold['date_source']}"
            )


def reject_points(cleaned: dict[str, dict[str, Any]]) -> Iterator[Point]:
    """Pages without a story are rejected, and no page with one is."""
    wanted = {row["path"] for row in cases("sample_rejects.jsonl") if row["reason"] == "all_furniture"}
    for key, row in cleaned.items():
        reason = (row["reject"] or {}).get("reason")
        right = reason == ("all_furniture" if key in wanted else None)
        yield Point("rejects of cleaning", right, f"{key}: reject {reason}, kept {row['text'][:60]!r}")


def lookalike_points(cleaned: dict[str, dict[str, Any]]) -> Iterator[Point]:
    keys = {(row["path"], row["line"]): row["key"] for row in GOLD}
    for case in cases("lookalikes.jsonl"):
        body = (cleaned.get(keys[case["path"], case["line"]]) or {}).get("text") or ""
        kept = " ".join(words(case["text"])) in " ".join(words(body))
        yield Point("look-alikes kept", kept, f"{case['path']}: lost {case['text'][:80]!r} ({case['why']})")


def speaker_right(got: dict[str, Any], gold: dict[str, Any]) -> bool:
    """The resolved name, or where there is none the mention, holds the last word of the right name in at most eight words."""
    said = got.get("speaker_name") or got.get("speaker_mention")
    accepted = [gold["speaker_name"], *gold.get("accept", [])]
    if not said:
        return None in accepted
    return len(words(said)) <= 8 and any(name and words(name)[-1] in words(said) for name in accepted)


def same_span(body: str, a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Equal spans, leaving aside blanks and the punctuation at the end."""

    def core(span: tuple[int, int]) -> tuple[int, int]:
        start, end = span
        while end > start and body[end - 1] in " ,.;\u00a0":
            end -= 1
        return start, end

    return core(a) == core(b)


def quote_points(found: dict[str, list[dict[str, Any]]], bodies: dict[str, str]) -> Iterator[Point]:
    """`bodies` are the gold's, so that offsets can be compared."""
    for gold in GOLD:
        key, body, got = gold["key"], bodies[gold["key"]], found.get(gold["key"]) or []
        area = "english" if gold["language"] == "en" else "other languages"
        matched: set[int] = set()
        for want in gold["quotes"]:
            hits = [
                n for n, quote in enumerate(got) if same_span(body, (quote["start"], quote["end"]), (want["start"], want["end"]))
            ]
            matched.update(hits)
            if want["type"] == "optional":
                continue
            shown = f"{key}: {want['text'][:60]!r}"
            yield Point(f"quotes found, {area}", len(hits) == 1, f"{shown}: found {len(hits)} times")
            if len(hits) != 1:
                continue
            hit = got[hits[0]]
            yield Point(f"types, {area}", hit["type"] == want["type"], f"{shown}: type {hit['type']}, should be {want['type']}")
            said = f"{hit['speaker_name']!r} ({hit['speaker_mention']!r})"
            wanted = f"{want['speaker_name']!r} ({want['speaker_mention']!r})"
            name = want["speaker_name"]
            role = bool(name and want["speaker_mention"]) and name.split()[-1] not in want["speaker_mention"]
            right = speaker_right(hit, want)
            yield Point(f"speakers, {area}", right, f"{shown}: speaker {said}, should be {wanted}")
            if role:
                yield Point(f"pronoun and role speakers, {area}", right, f"{shown}: speaker {said}, should be {wanted}")
            if want["cue"] and want["type"] == "direct":
                right = bool(set(words(hit["cue"])) & set(words(want["cue"])))
                yield Point(f"cues, {area}", right, f"{shown}: cue {hit['cue']!r}, should be {want['cue']!r}")
            if want["speaker_kind"] and hit["speaker_kind"] and speaker_right(hit, want | {"accept": []}):
                right = hit["speaker_kind"] == want["speaker_kind"]
                message = f"{shown}: speaker kind {hit['speaker_kind']}, should be {want['speaker_kind']}"
                yield Point(f"speaker kinds, {area}", right, message)
        spare = {entry["text"].strip(" ,.;") for entry in gold["not_quotes"]}
        by_a_person = {body[q["start"] : q["end"]].strip(" ,.;") for q in got if q["speaker_kind"] == "person"}
        for text in sorted(spare):
            yield Point(f"scare quotes that nobody says, {area}", text not in by_a_person, f"{key}: {text!r} is nobody's words")
        for n, quote in enumerate(got):
            text = body[quote["start"] : quote["end"]]
            if text.strip(" ,.;") not in spare:
                inside = any(want["start"] <= quote["start"] and quote["end"] <= want["end"] for want in gold["quotes"])
                why = "part of a quote" if inside else "not a quote"
                yield Point(f"found quotes that are quotes, {area}", n in matched, f"{key}: {why}: {text[:60]!r}")


def duplicate_points(pairs: list[dict[str, Any]], clusters: dict[str, str]) -> Iterator[Point]:
    kinds = {(pair["a_id"], pair["b_id"]): pair["kind"] for pair in pairs}
    wanted = {(case["a"], case["b"]): case for case in cases("sample_duplicates.jsonl")}
    for (a, b), case in wanted.items():
        merged = clusters[a] == clusters[b]
        area = "pairs merged" if case["merged"] else "pairs kept apart"
        yield Point(area, merged == case["merged"], f"{a} and {b}: merged {merged} ({case['why']})")
        kind = kinds.get((a, b))
        allowed = {case["kind"], None} if case["kind"] == "template" else {case["kind"]}
        yield Point("kinds of pairs", kind in allowed, f"{a} and {b}: kind {kind}, should be {case['kind']}")
    for pair, kind in kinds.items():
        yield Point("pairs kept apart", pair in wanted, f"{pair[0]} and {pair[1]}: called {kind}, should be no pair")


def tally(points: list[Point]) -> dict[str, tuple[int, int]]:
    """Right and all points of each area."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for point in points:
        counts[point.area][0] += point.right
        counts[point.area][1] += 1
    return {area: (right, total) for area, (right, total) in counts.items()}


def all_points(stage: str) -> list[Point]:
    if stage == "ingest":
        return list(ingest_points(ingested_rows()))
    if stage == "quotes":
        return list(quote_points(quote_rows(gold_bodies()), gold_bodies()))
    cleaned = cleaned_rows()
    if stage == "cleaning":
        return [*cleaning_points(cleaned), *reject_points(cleaned), *lookalike_points(cleaned)]
    return list(duplicate_points(*duplicates_of({key: row["text"] for key, row in cleaned.items()})))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    for name in sys.argv[1:] or ["ingest", "cleaning", "quotes", "duplicates"]:
        checked = all_points(name)
        print(f"## {name}\n" + "\n".join(f"[{point.area}] {point.message}" for point in checked if not point.right))
        print("\n".join(f"{area}: {right} of {total}" for area, (right, total) in tally(checked).items()) + "\n")
