"""Copydesk's duplicates against other Python tools, from the path of a Parquet file to pairs or kept articles in memory.

    python -m benchmarks.duplicates [--runs N] [--no-peers] [--no-curve]

Every system runs in a fresh process of its own on two cores, with 5-word shingles, 128 permutations and a Jaccard threshold of
0.5; one run goes before to warm imports, files and compiled code, then the best of N counts. Peak memory is that of another fresh
process, which does it once, and next to it that of the process that was timed, in which allocators keep what earlier runs took.
Recall is of the pairs of `reuters_2012_pairs.parquet` with Jaccard 0.7 and more; a tool that gives clusters or kept articles
finds a pair when it puts both articles into one cluster. A system that finds less than 0.9 of them has not solved the task, and
the run fails. `text-dedup` is left out, with a word why, where it cannot be imported.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

SHARED = Path(os.environ.get("COPYDESK_SHARED", Path(__file__).resolve().parents[2] / "shared"))
CORPUS = SHARED / "benchmarks" / "dedup" / "reuters_2012.parquet"
TRUTH = SHARED / "benchmarks" / "dedup" / "reuters_2012_pairs.parquet"
WORD = re.compile(r"[a-z0-9]+")
TOKEN = re.compile(r"\w+")
COPY_ONE_IN = 5
WIDTH, PERMUTATIONS, THRESHOLD = 5, 128, 0.5
SIZES = (5_000, 10_000, 20_000, 40_000, 80_000)
NEEDED_RECALL = 0.9

Found = set[frozenset[str]]


def copydesk(path: str) -> Callable[[], Found]:
    """Verified pairs and clusters in memory; the pairs as sets of ids are taken out by the returned function, after the clock."""
    import pyarrow.parquet as pq

    from pipelines.duplicates import find_duplicates

    file = pq.ParquetFile(path, pre_buffer=False, buffer_size=1 << 20)  # read piece by piece: it is all sketched on the way
    found = find_duplicates(file.iter_batches(2048, columns=["id", "text", "date"], use_threads=False))
    return lambda: {frozenset((r["a_id"], r["b_id"])) for r in found.pairs.select(["a_id", "b_id"]).to_pylist()}


def _texts(path: str) -> tuple[list[str], list[str]]:
    import pyarrow.parquet as pq

    table = pq.read_table(path, columns=["id", "text"])
    return table["id"].to_pylist(), table["text"].to_pylist()


def _shingles(text: str) -> list[str]:
    words = WORD.findall(text.lower())
    return [" ".join(words[i : i + WIDTH]) for i in range(len(words) - WIDTH + 1)]


def rensa(path: str) -> Callable[[], Found]:
    """Full-set sketches in one call over all articles, its own LSH, candidates kept where the estimate reaches the threshold."""
    from rensa import RMinHash, RMinHashLSH

    ids, texts = _texts(path)
    sketches = RMinHash.from_token_sets((_shingles(text) for text in texts), PERMUTATIONS, 42)
    index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=32)
    index.insert_many(sketches)
    pairs = [
        (i, j)
        for i, near in enumerate(index.query_all(sketches))
        for j in near
        if j > i and sketches[i].jaccard(sketches[j]) >= THRESHOLD
    ]
    return lambda: {frozenset((ids[i], ids[j])) for i, j in pairs}


def datasketch(path: str) -> Callable[[], Found]:
    """`MinHash.update_batch` with xxhash, `MinHashLSH` for the threshold, candidates kept where the estimate reaches it."""
    import xxhash
    from datasketch import MinHash, MinHashLSH

    ids, texts = _texts(path)
    empty = MinHash(num_perm=PERMUTATIONS, hashfunc=xxhash.xxh32_intdigest)
    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    sketches = []
    for i, text in enumerate(texts):
        sketch = empty.copy()
        sketch.update_batch({shingle.encode() for shingle in _shingles(text)})
        sketches.append(sketch)
        index.insert(i, sketch)
    pairs = [
        (i, j)
        for i, sketch in enumerate(sketches)
        for j in index.query(sketch)
        if j > i and sketch.jaccard(sketches[j]) >= THRESHOLD
    ]
    return lambda: {frozenset((ids[i], ids[j])) for i, j in pairs}


def text_dedup(path: str) -> Callable[[], Found]:
    """Its own command with two processes; words parted as in the truth. It gives clusters without verification."""
    import pickle

    from text_dedup import minhash

    minhash.NON_ALPHA = re.compile(r"[^a-z0-9]+")
    ids, _ = _texts(path)
    with tempfile.TemporaryDirectory() as folder:
        arguments = [
            "--path",
            "parquet",
            "--data_files",
            path,
            "--split",
            "train",
            "--column",
            "text",
            "--cache_dir",
            f"{folder}/cache",
        ]
        arguments += [
            "--output",
            f"{folder}/out",
            "--ngram",
            str(WIDTH),
            "--num_perm",
            str(PERMUTATIONS),
            "--threshold",
            str(THRESHOLD),
        ]
        arguments += ["--hash_func", "xxh3", "--num_proc", "2", "--debug"]
        minhash.main(arguments, standalone_mode=False)
        with open(f"{folder}/out/uf.pkl", "rb") as dumped:
            union = pickle.load(dumped)
    parent = getattr(union, "parent", union)
    clusters: dict[int, list[int]] = {}

    def root(i: int) -> int:
        while parent.get(i, i) != i:
            i = parent[i]
        return i

    for i in range(len(ids)):
        clusters.setdefault(root(i), []).append(i)
    return lambda: {
        frozenset((ids[a], ids[b])) for members in clusters.values() for n, a in enumerate(members) for b in members[n + 1 :]
    }


SYSTEMS: dict[str, Callable[[str], Callable[[], Found]]] = {
    "copydesk": copydesk,
    "rensa": rensa,
    "text-dedup": text_dedup,
    "datasketch": datasketch,
}


def measure(system: str, path: str, runs: int) -> dict[str, float | int | str]:
    """Best seconds of `runs` after a warm one, peak memory in MB of this process and its children, and the recall.

    Without any run after the warm one only the peak is given, which is that of doing it once.
    """
    try:
        found = SYSTEMS[system](path)
    except ImportError as missing:
        return {"system": system, "left_out": f"cannot be imported here: {missing}"}
    if not runs:
        return {"once_mb": _peak_mb()}
    seconds = []
    for _ in range(runs):
        del found  # nobody holds what an earlier run gave
        start = time.perf_counter()
        found = SYSTEMS[system](path)
        seconds.append(time.perf_counter() - start)
    peak = _peak_mb()
    pairs = found()
    result: dict[str, float | int | str] = {"system": system, "seconds": min(seconds), "runs_mb": peak, "pairs": len(pairs)}
    if Path(path) == CORPUS:
        import pyarrow.parquet as pq

        wanted = [frozenset((r["a_id"], r["b_id"])) for r in pq.read_table(TRUTH).to_pylist() if r["jaccard"] >= 0.7]
        result["recall"] = sum(pair in pairs for pair in wanted) / len(wanted)
    return result


def _peak_mb() -> float:
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1e3


def in_fresh_process(system: str, path: str, runs: int) -> dict:
    """What `measure` gives for the runs, and for doing it once, each in a process of its own; before them one that compiles what
    there is to compile."""
    result: dict = {}
    for times in (0, runs, 0) if system == "copydesk" else (runs, 0):
        command = [sys.executable, "-m", "benchmarks.duplicates", "--one", system, path, "--runs", str(times)]
        done = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"OMP_NUM_THREADS": "1"})
        if done.returncode:
            return {"system": system, "left_out": "failed: " + (done.stderr.strip().splitlines() or ["no message"])[-1]}
        result |= json.loads(done.stdout.strip().splitlines()[-1])
        if "left_out" in result:
            break
    return result


def write_corpus(size: int, path: Path) -> None:
    """`size` articles: the real ones, and beyond them rounds of four new stories and one edited copy, so that pairs grow as
    articles do.

    A new story is a real one in which every word has become another of about the same frequency, the same throughout a round:
    what was a duplicate before is one again, and nothing is shared with other rounds. In a copy three words in a hundred are
    replaced; each real article is copied at most once, because k copies of one text make k² / 2 true pairs.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = pq.read_table(CORPUS, columns=["id", "text", "date"]).to_pylist()
    rng = random.Random(size)
    made = rows[:size]
    words = frequent_first([row["text"] for row in rows])
    turn = 0
    while len(made) < size:
        turn += 1
        retold = new_stories(words, rng)
        for number, source in enumerate(rows[: size - len(made)]):
            copied = turn <= COPY_ONE_IN and number % COPY_ONE_IN == turn - 1
            text = changed_copy(source["text"], rng) if copied else retold(source["text"])
            made.append({"id": f"{source['id']}+{turn}", "text": text, "date": source["date"]})
    pq.write_table(pa.Table.from_pylist(made), path)


def frequent_first(texts: list[str]) -> list[str]:
    """The different words of the texts."""
    return [word for word, _ in Counter(word for text in texts for word in TOKEN.findall(text)).most_common()]


def new_stories(words: list[str], rng: random.Random) -> Callable[[str], str]:
    """Retells texts of such words, the frequent ones first: each becomes another of about the same frequency, always the same."""
    other = []
    for first in range(0, len(words), 50):
        block = words[first : first + 50]
        rng.shuffle(block)
        other += block
    becomes = dict(zip(words, other, strict=True))
    return lambda text: TOKEN.sub(lambda word: becomes[word[0]], text)


def changed_copy(text: str, rng: random.Random) -> str:
    """Three words in a hundred replaced."""
    words = text.split(" ")
    for _ in range(3 * len(words) // 100):
        words[rng.randrange(len(words))] = rng.choice(words)
    return " ".join(words)


def compare_systems(runs: int, peers: bool) -> bool:
    names = list(SYSTEMS) if peers else ["copydesk"]
    results = {name: in_fresh_process(name, str(CORPUS), runs) for name in names}
    ours = results["copydesk"]
    print(f"{'':11s} {'seconds':>8s} {'times ours':>10s} {'peak MB':>8s} {'in runs':>8s} {'pairs':>8s} {'recall J>=.7':>12s}")
    fine = True
    for name, r in results.items():
        if "left_out" in r:
            print(f"{name:11s} left out: {r['left_out']}")
            continue
        times = f"{r['seconds'] / ours['seconds']:.1f}"
        memory = f"{r['once_mb']:8.0f} {r['runs_mb']:8.0f}"
        print(f"{name:11s} {r['seconds']:8.2f} {times:>10s} {memory} {r['pairs']:8d} {r['recall']:12.4f}")
        if r["recall"] < NEEDED_RECALL:
            print(f"{name} has not solved the task: recall {r['recall']:.4f}, needed {NEEDED_RECALL}")
            fine = False
    return fine


def print_curve(runs: int) -> None:
    print(f"{'articles':>8s} {'seconds':>8s} {'µs each':>8s} {'pairs':>8s} {'peak MB':>8s}")
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = Path(folder) / f"{size}.parquet"
            write_corpus(size, path)
            r = in_fresh_process("copydesk", str(path), runs)
            print(f"{size:8d} {r['seconds']:8.2f} {1e6 * r['seconds'] / size:8.1f} {r['pairs']:8d} {r['once_mb']:8.0f}")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--no-peers", action="store_true")
    options.add_argument("--no-curve", action="store_true")
    options.add_argument("--one", nargs=2, metavar=("SYSTEM", "PATH"), help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.one:
        system, path = chosen.one
        print(json.dumps(measure(system, path, chosen.runs)))
        return 0
    if not CORPUS.exists():
        print(f"no corpus at {CORPUS}: set COPYDESK_SHARED to the folder that holds the benchmarks", file=sys.stderr)
        return 1
    fine = compare_systems(chosen.runs, not chosen.no_peers)
    if not chosen.no_curve:
        print_curve(chosen.runs)
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
