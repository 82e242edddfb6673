"""Floors of what is found on the development sets, measured with their own scorer. Lowering one needs a sentence saying why."""

import gzip
import hashlib
import json
import re
import subprocess
import sys

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.duplicates import find_duplicates

SHA256 = {
    "reuters_2012.parquet": "7076855dad203ba66a5dd9c1aa91fc6005c8cca15581df71d358f84a8b384acd",
    "edits_dev.jsonl.gz": "2f4048b1f2da06b8f64b276c5c8704af74d9db4341b804eba20a6f998aebdf85",
    "judged_pairs_dev.jsonl.gz": "5454dba815c3e8c3eb652d0dc0a2d6bf7d6e5eea69d15741ce846b94277a852b",
}


@pytest.fixture
def score(shared, tmp_path):
    """Find the duplicates of a table and give what the scorer prints, as numbers by label."""

    def run(name: str, corpus: str, gold: str, articles: pa.Table) -> str:
        folder = shared / "benchmarks" / "dedup"
        assert hashlib.sha256((folder / corpus).read_bytes()).hexdigest() == SHA256[corpus], "another corpus needs other floors"
        found = find_duplicates(articles)
        for part in ("pairs", "clusters"):
            rows = getattr(found, part).to_pylist()
            (tmp_path / part).write_text("".join(json.dumps(row) + "\n" for row in rows))
        files = [str(folder / gold), str(tmp_path / "pairs")] + ([] if name == "reuters" else [str(tmp_path / "clusters")])
        done = subprocess.run([sys.executable, str(folder / "score.py"), name, *files], capture_output=True, text=True, check=True)
        return done.stdout

    return run


def rows_of(path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def test_reuters_recall_and_exact_numbers(shared, score):
    articles = pq.read_table(shared / "benchmarks/dedup/reuters_2012.parquet", columns=["id", "text", "date"])
    printed = score("reuters", "reuters_2012.parquet", "reuters_2012_pairs.parquet", articles)
    recall = {band: float(value) for band, value in re.findall(r"recall (\S+)\s+([\d.]+)", printed)}
    assert recall["J>=.7"] == 1.0
    assert recall["J>=.5"] == 1.0
    assert recall["C>=.5,J<.5"] == 1.0
    assert recall["C>=.3,C<.5"] >= 0.99
    assert "wrong Jaccard (> .002) 0 of" in printed
    assert "not in the truth) 0;" in printed


def test_made_edits_are_found_and_merged(shared, score):
    rows = rows_of(shared / "benchmarks/dedup/edits_dev.jsonl.gz")
    printed = score(
        "edits", "edits_dev.jsonl.gz", "edits_dev.jsonl.gz", pa.table({k: [r[k] for r in rows] for k in ("id", "text")})
    )
    found = {
        kind: (float(f), float(m)) for kind, f, m in re.findall(r"(\w+)\s+n\s+\d+\s+found ([\d.]+)\s+merged ([\d.]+)", printed)
    }
    assert found["copyedit3"][1] >= 0.999
    assert found["copyedit10"][1] >= 0.99
    assert found["wrap"][1] >= 0.999
    assert found["relead"] >= (1.0, 0.96)
    assert found["abridge50"][0] == 1.0
    assert found["ocr3"][1] >= 0.995
    assert found["ocr8"][0] >= 0.86
    assert found["embed_host"][0] == 1.0
    assert found["embed_host"][1] <= 0.01
    assert int(re.search(r"distractors merged (\d+)", printed)[1]) <= 1


def test_pairs_that_a_reader_judged(shared, score):
    articles: dict[str, dict] = {}
    for r in rows_of(shared / "benchmarks/dedup/judged_pairs_dev.jsonl.gz"):
        for side in "ab":
            articles[r[side]] = {
                "id": r[side],
                "text": r[f"text_{side}"],
                "publisher": r["corpus"],
                "date": r[f"date_{side}"] or None,
            }
    printed = score(
        "judged", "judged_pairs_dev.jsonl.gz", "judged_pairs_dev.jsonl.gz", pa.Table.from_pylist(list(articles.values()))
    )
    right = {label: (int(n), int(of)) for label, n, of in re.findall(r"(\w+)\s+(\d+) of (\d+) right", printed)}
    assert right["all"][0] >= 64
    assert sum(of - n for label, (n, of) in right.items() if label in ("template", "boilerplate")) <= 1
