"""`copydesk load` agrees with `clean`, `duplicates` and `quotes` run singly, and the five real articles come out right."""

import hashlib
import importlib.util
import json

import pytest

from assets.cli import main
from assets.project import sample_corpus
from assets.stages.open import open_load
from assets.stages.runner import run_all
from tests.loading import load_folder
from warehouse import WarehousePaths

# Points of the five real articles that are right, of 221. Lower it only with a sentence here that says why.
SEEDS_FLOOR = 221
SEEDS_SHA256 = "4c7dbcd0149c28cda95d1ba38b9fdc91447a3392128951d7fe75e6dcfd6960be"


@pytest.fixture(params=["sample", "seeds"], scope="module")
def loaded(request, tmp_path_factory):
    corpus = sample_corpus() if request.param == "sample" else request.getfixturevalue("shared") / "seeds"
    with open_load(WarehousePaths(tmp_path_factory.mktemp("warehouse")), "load", 0) as load:
        run_all(load, [corpus])
        yield load.working


def command(tmp_path, name, rows, *options):
    source, target = tmp_path / f"{name}.in", tmp_path / f"{name}.out"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert main([name, *options, str(source), str(target)]) == 0
    return [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]


def test_bodies_are_those_of_clean(loaded, tmp_path):
    readable = "raw_text IS NOT NULL AND document_id NOT IN (SELECT document_id FROM rejects WHERE stage = 'ingest')"
    source = "CASE WHEN raw_html IS NULL THEN raw_text END, raw_html"
    rows = loaded.rows(f"SELECT document_id, {source}, publisher, url FROM documents WHERE {readable} ORDER BY 1")
    cleaned = command(tmp_path, "clean", [dict(zip(("id", "text", "html", "publisher", "url"), row, strict=True)) for row in rows])
    bodies = dict(loaded.rows("SELECT article_id, body FROM articles"))
    assert {row["id"]: row["text"] for row in cleaned if "reject" not in row} == bodies
    removed = {(row["id"], r["start"], r["end"], r["kind"]) for row in cleaned for r in row["removed"]}
    assert removed == set(loaded.rows("SELECT document_id, block_start, block_end, kind FROM blocks WHERE kind <> 'body'"))


def pages_and_texts(folder):
    """Stories of one outlet, every other one a page; all end with the same line, which no rule knows."""
    for number in range(8):
        sentences = [
            f"The ferry to island {number} will sail again on Monday, the office of the harbour of Nordwick said in a long letter to us.",
            f"It left {number} times in May.",
            f"Nobody had told the {number} passengers who waited there, and most of them went home on foot over the old stone bridge.",
            f"“We are sorry about all {number} of them,” the letter said.",
        ]
        lines = [
            *sentences,
            "Yellow herring and green anchor for every friend of the harbour office and its gulls, summer and winter",
        ]
        page = "<html><body><article>" + "".join(f"<p>{line}</p>" for line in lines) + "</article></body></html>"
        path = folder / "outlet" / f"s{number}.{'html' if number % 2 else 'txt'}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page if number % 2 else "\n\n".join(lines), encoding="utf-8")
        yield path


def test_pages_count_among_their_publishers_stories_in_load_and_clean_and_in_any_batches(tmp_path):
    for place, _ in enumerate(pages_and_texts(tmp_path / "grown")):
        batches = load_folder(tmp_path / "w1", tmp_path / "grown", load_id=str(place))
    assert len(list(pages_and_texts(tmp_path / "whole"))) == 8
    assert load_folder(tmp_path / "w2", tmp_path / "whole") == batches
    with open_load(WarehousePaths(tmp_path / "w2"), "look", 0) as load:
        query = "SELECT document_id, raw_text, raw_html, publisher FROM documents ORDER BY 1"
        rows = [dict(zip(("id", "text", "html", "publisher"), row, strict=True)) for row in load.working.rows(query)]
        removed = set(load.working.rows("SELECT document_id, block_start, reason FROM blocks WHERE kind <> 'body'"))
        bodies = dict(load.working.rows("SELECT article_id, body FROM articles"))
    given = [{**row, "text": None} if row["html"] else row for row in rows]
    cleaned = command(tmp_path, "clean", given)
    assert {row["id"]: row["text"] for row in cleaned} == bodies
    assert {(row["id"], r["start"], r["reason"]) for row in cleaned for r in row["removed"]} == removed
    assert [row.get("source_text") for row in cleaned] == [row["text"] if row["html"] else None for row in rows]
    assert {identity for identity, _, reason in removed if reason.startswith("repeated")} == set(bodies)


def test_pairs_and_clusters_are_those_of_duplicates(loaded, tmp_path):
    rows = loaded.rows("SELECT article_id, body, publisher, strftime(date, '%Y-%m-%d') FROM articles ORDER BY 1")
    clusters = tmp_path / "clusters"
    pairs = command(
        tmp_path,
        "duplicates",
        [dict(zip(("id", "text", "publisher", "date"), row, strict=True)) for row in rows],
        "--clusters",
        str(clusters),
    )
    stored = loaded.rows("SELECT a_id, b_id, kind, jaccard FROM duplicate_pairs ORDER BY 1, 2")
    assert sorted((p["a_id"], p["b_id"], p["kind"], p["jaccard"]) for p in pairs) == stored
    found = [json.loads(line) for line in clusters.read_text().splitlines()]
    assert {row["id"]: row["cluster_id"] for row in found} == dict(
        loaded.rows("SELECT article_id, cluster_id FROM article_clusters")
    )


def test_quotes_are_those_of_quotes(loaded, tmp_path):
    rows = loaded.rows("SELECT article_id, body FROM articles ORDER BY 1")
    found = command(tmp_path, "quotes", [dict(zip(("id", "text"), row, strict=True)) for row in rows])
    single = {
        (
            row["id"],
            q["start"],
            q["end"],
            q["type"],
            (q["speaker"] or {}).get("text"),
            (q["speaker"] or {}).get("name"),
            q["part_of"],
        )
        for row in found
        for q in row["quotes"]
    }
    stored = "SELECT article_id, quote_start, quote_end, type, speaker_mention, speaker_name, part_of FROM quotes"
    assert single == set(loaded.rows(stored))


def seeds_points(shared, cleaned, quoted):
    spec = importlib.util.spec_from_file_location("seeds_score", shared / "seeds_score.py")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    by_id = [{row["id"]: row for row in rows} for rows in (cleaned, quoted)]
    return list(scorer.points(*by_id))


def wrong_of(points):
    return [message for right, message in points if not right]


def test_the_five_real_articles_are_right(shared, tmp_path):
    files = sorted((shared / "seeds").glob("*.txt"))
    assert hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest() == SEEDS_SHA256
    cleaned = command(tmp_path, "clean", [{"id": path.name, "text": path.read_text(encoding="utf-8")} for path in files])
    quoted = command(tmp_path, "quotes", cleaned)
    points = seeds_points(shared, cleaned, quoted)
    assert len(points) == 221
    assert len(points) - len(wrong_of(points)) >= SEEDS_FLOOR, wrong_of(points)


def test_none_of_the_five_real_articles_is_called_a_duplicate_of_another(shared, tmp_path):
    files = sorted((shared / "seeds").glob("*.txt"))
    assert command(tmp_path, "duplicates", [{"id": path.name, "text": path.read_text(encoding="utf-8")} for path in files]) == []
