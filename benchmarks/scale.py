"""Duplicates past one machine, measured: python benchmarks/scale.py --source FILE --sizes 1000 10000 --engines whole local spark:local[2]

FILE is Parquet or JSON Lines with `text`; without one, the sample corpus. Articles are made of it, seeded: sentences recombined to new articles, and copies of
earlier ones with words changed, cut or set in. `whole` is `find_duplicates`, all in one process. Each run is a process of its own and gives
a line of JSON: seconds on the clock and of all processors, the most memory that the driver, a worker in Python and Java took, bytes of every
step, and a hash of the sorted tables, which has to be the same for all engines. Then what Spark took next to what it may take, and the curve: seconds for
each article and the memory of a worker, by size. Steps of one engine are deleted before the next one begins.
"""

import argparse
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.json as pj
import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from assets.engine import Steps, Table, engine_named  # noqa: E402
from assets.engine.duplicates import duplicates_over  # noqa: E402
from assets.engine.table import write_part, write_table  # noqa: E402
from benchmarks.processes import Watched  # noqa: E402
from pipelines.duplicates import Duplicates, DuplicateSettings, find_duplicates  # noqa: E402
from pipelines.duplicates.places import ARTICLES  # noqa: E402

SAMPLE = ROOT / "seeds" / "articles"
ROWS = 5000  # of a file
COPIES = 0.3  # share of articles that are made from an earlier one
LAST = 400  # articles back that a copy is made of, at most
ROUND = 10_000  # articles, after which sentences come again with every other word another one: of a pool that does not grow, pairs would grow with the square
PUBLISHERS = 200
TIMES, MORE = 1.3, 30.0  # of what LocalEngine takes, and seconds, that SparkEngine may take


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000])
    parser.add_argument("--engines", nargs="+", default=["whole", "local"])
    parser.add_argument("--as-they-are", action="store_true", help="the articles of the source themselves, whatever --sizes says")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where corpora and steps go; by default a temporary folder")
    parser.add_argument("--run", nargs=2, metavar=("ENGINE", "CORPUS"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        print(json.dumps(measured(options.run[0], Path(options.run[1]))))
        return 0
    folder = options.folder or Path(tempfile.mkdtemp(prefix="copydesk-scale-"))
    given = articles_of(options.source) if options.as_they_are else None
    sizes = [given.num_rows] if given is not None else options.sizes
    marks = set()
    curves: dict[str, list[str]] = {engine: [] for engine in options.engines}
    for size in sizes:
        corpus = folder / f"corpus-{size}-{options.seed}"
        shutil.rmtree(corpus, ignore_errors=True)
        corpus.mkdir(parents=True)
        if given is not None:
            write_table(given, corpus, ROWS)
        else:
            for number, part in enumerate(made_corpus(sentences_of(options.source), size, options.seed)):
                write_part(part, corpus, number)
        took: dict[str, tuple[float, float]] = {}
        for engine in options.engines:
            command = [sys.executable, __file__, "--run", engine, str(corpus)]
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode:
                print(done.stderr, file=sys.stderr)
                return 1
            result = json.loads(done.stdout.splitlines()[-1])
            print(json.dumps({"articles": size, "engine": engine, "load_average": os.getloadavg()[0]} | result), flush=True)
            marks.add((size, result["tables"]))
            took[engine.partition(":")[0]] = result["seconds"], result["processor_seconds"]
            memory = " MB, ".join(f"{name} {most}" for name, most in result["largest_process_mb"].items())
            curves[engine].append(
                f"{size}: {1000 * result['processor_seconds'] / size:.2f} ms of a processor for each, {memory} MB"
            )
        if {"local", "spark"} <= set(took):
            for kind, local, spark in zip(("the clock", "all processors"), took["local"], took["spark"], strict=True):
                print(f"{size} articles: Spark took {spark} s of {kind}, allowed are {TIMES * local + MORE:.1f}", flush=True)
        if given is None:
            shutil.rmtree(corpus)
    for engine, points in curves.items():
        print(f"{engine}\n  " + "\n  ".join(points), flush=True)
    if not options.folder:
        shutil.rmtree(folder)
    if len(marks) > len(sizes):
        print("engines differ: their tables have several hashes", file=sys.stderr)
        return 1
    return 0


def sentences_of(source: Path | None) -> list[list[str]]:
    """The sentences of each text."""
    if source is None:
        texts = [file.read_text(encoding="utf-8", errors="replace") for file in sorted(SAMPLE.rglob("*.txt"))]
    else:
        texts = (pq.read_table(source, columns=["text"]) if source.suffix == ".parquet" else pj.read_json(source))[
            "text"
        ].to_pylist()
    return [[part.strip() for part in text.replace("\n", " ").split(". ") if part.strip()] for text in texts if text]


def articles_of(source: Path) -> pa.Table:
    """The rows of a source, with numbers for ids where it has none that differ."""
    table = pq.read_table(source) if source.suffix == ".parquet" else pj.read_json(source)
    ids = table["id"].cast(pa.string()) if "id" in table.column_names else pa.nulls(table.num_rows, pa.string())
    if len(ids.unique()) < table.num_rows:
        ids = pa.array([f"n{number:09d}" for number in range(table.num_rows)])
    nothing = pa.nulls(table.num_rows, pa.string())
    columns = [table[name].cast(pa.string()) if name in table.column_names else nothing for name in ARTICLES.names[1:]]
    return pa.table([ids, *columns], names=ARTICLES.names).cast(ARTICLES)


def made_corpus(texts: list[list[str]], size: int, seed: int) -> Iterator[pa.Table]:
    """So many articles, in parts. The first n of a larger corpus are those of a smaller one."""
    chance = random.Random(seed)
    every = [sentence for text in texts for sentence in text]
    words = sorted({word for sentence in every for word in sentence.split()})
    recent: list[list[str]] = []
    rows: list[dict[str, object]] = []
    for number in range(size):
        if recent and chance.random() < COPIES:
            inserted = varied(chance.sample(every, min(3, len(every))), number // ROUND, words)
            sentences = edited(chance.choice(recent), inserted, chance)
        else:
            sentences = varied(chance.sample(every, min(len(every), chance.randint(6, 22))), number // ROUND, words)
        recent = [*recent[-LAST + 1 :], sentences]
        day = f"20{20 + number % 10}-{1 + chance.randrange(12):02d}-{1 + chance.randrange(28):02d}"
        name = hashlib.md5(f"{seed}:{number}".encode()).hexdigest()
        publisher = f"outlet-{chance.randrange(PUBLISHERS):03d}"
        rows.append({"id": name, "text": ". ".join(sentences) + ".", "publisher": publisher, "date": day, "correction": None})
        if len(rows) == ROWS:
            yield pa.Table.from_pylist(rows, schema=ARTICLES)
            rows = []
    if rows:
        yield pa.Table.from_pylist(rows, schema=ARTICLES)


def varied(sentences: list[str], round_: int, words: list[str]) -> list[str]:
    """Sentences as a round of the corpus has them, the same whenever it draws them; in the first as they are."""
    if not round_:
        return sentences
    chances = (random.Random(f"{round_}:{sentence}") for sentence in sentences)
    return [
        " ".join(chance.choice(words) if chance.random() < 0.5 else word for word in sentence.split())
        for sentence, chance in zip(sentences, chances, strict=True)
    ]


def edited(sentences: list[str], inserted: list[str], chance: random.Random) -> list[str]:
    """As copy desks change a text: not at all, a few words, shorter, or something set in."""
    kind = chance.randrange(4)
    if kind == 0 or len(sentences) < 3:
        return list(sentences)
    if kind == 1:
        return [" ".join("indeed" if chance.random() < 0.04 else word for word in sentence.split()) for sentence in sentences]
    if kind == 2:
        return sentences[: max(2, len(sentences) * 2 // 3)]
    at = chance.randrange(len(sentences))
    return [*sentences[:at], *inserted, *sentences[at:]]


def measured(engine: str, corpus: Path) -> dict[str, object]:
    settings = DuplicateSettings()
    started = time.monotonic()
    articles = Table(corpus, ARTICLES)
    with tempfile.TemporaryDirectory(dir=corpus.parent) as folder, Watched() as watched:
        steps: dict[str, dict[str, float]] = {}
        if engine == "whole":
            found = find_duplicates(articles.read(), settings)
        else:
            last = [time.monotonic()]

            def log(line: str) -> None:
                now = time.monotonic()
                name = line.partition(":")[0]
                size = sum(file.stat().st_size for file in Path(folder, name).rglob("*.parquet"))
                steps[name] = {"seconds": round(now - last[0], 2), "bytes": size}
                last[0] = now

            run = Steps(Path(folder), engine_named(engine), log)
            found = duplicates_over(run, run.given(articles, "corpus"), settings).read()
        seconds = time.monotonic() - started
        return {
            "seconds": round(seconds, 1),
            "processor_seconds": round(watched.processor_seconds(), 1),
            "largest_process_mb": watched.largest_mb(),
            "bytes_in": articles.bytes(),
            "pairs": found.pairs.num_rows,
            "tables": mark(found),
            "steps": steps,
        }


def mark(found: Duplicates) -> str:
    digest = hashlib.sha256()
    for table in (found.pairs, found.clusters, found.capped):
        for start in range(0, table.num_rows, ROWS):  # all rows of a million articles as objects would not fit into memory
            for row in table.slice(start, ROWS).to_pylist():
                digest.update(repr(row).encode())
    return digest.hexdigest()[:16]


if __name__ == "__main__":
    sys.exit(main())
