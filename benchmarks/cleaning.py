"""Speed of cleaning against ftfy alone, in one process, warm: `python benchmarks/cleaning.py [mild|full]`.

The bar is 1.5 times as many documents a second as `ftfy.fix_text` with its defaults on the mild set. Then ten hostile inputs at two
sizes: the time of the larger over that of the smaller, which is 4 where a rule is linear in the text and 16 where it is quadratic."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import ftfy
import pyarrow as pa

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.quality.corpora import rows_of  # noqa: E402
from pipelines.cleaning import CleanSettings, clean_documents  # noqa: E402
from pipelines.schemas import DOCUMENTS  # noqa: E402

ROUNDS = 5

HOSTILE: dict[str, Callable[[int], str]] = {
    "one line": lambda size: "The minister said no and left " * (size // 30),
    "only quotation marks": lambda size: '"' * size,
    "only newlines": lambda size: "\n" * size,
    "nested brackets": lambda size: "(" * (size // 2) + ")" * (size // 2),
    "near a share rule": lambda size: "share on facebook " * (size // 18) + "?",
    "near a newsletter rule": lambda size: ("sign up for our " + "the our " * 20 + "\n") * (size // 177),
    "near a byline": lambda size: ("By " + "Jane Roe, " * 30 + "\n") * (size // 304),
    "near a date": lambda size: "march 3 march 3 1999a " * (size // 22),
    "damaged bytes": lambda size: "â€™Ã©Ð " * (size // 8),
    "stops off their words": lambda size: " . ." * (size // 4),
}


def table(texts: list[str]) -> pa.Table:
    rows = [{"id": str(number), "text": text, "html": None, "publisher": None, "url": None} for number, text in enumerate(texts)]
    return pa.Table.from_pylist(rows, schema=DOCUMENTS)


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Processor time, the best of several runs."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def against_ftfy(name: str, rounds: int = ROUNDS) -> tuple[float, float]:
    """Documents a second of cleaning and of ftfy, run by turns so that both see the same machine."""
    texts = [row["dirty_text"] for row in rows_of(f"cleaning/dev_{name}.jsonl.gz")]
    documents = table(texts)
    clean_documents(documents.slice(0, 20), None, CleanSettings())
    ours = theirs = float("inf")
    for _ in range(rounds):
        ours = min(ours, seconds(lambda: clean_documents(documents, None, CleanSettings()), 1))
        theirs = min(theirs, seconds(lambda: [ftfy.fix_text(text) for text in texts], 1))
    return len(texts) / ours, len(texts) / theirs


def hostile_growth(name: str, size: int) -> tuple[float, float]:
    """Seconds for a text of `size` characters, and how much longer one of four times the size takes."""
    small, large = table([HOSTILE[name](size)]), table([HOSTILE[name](4 * size)])
    first = seconds(lambda: clean_documents(small, None, CleanSettings()), 2)
    return first, seconds(lambda: clean_documents(large, None, CleanSettings()), 1) / first


def main() -> None:
    name = sys.argv[1] if len(sys.argv) > 1 else "mild"
    ours, theirs = against_ftfy(name)
    print(f"{name}: clean {ours:.0f} documents/s, ftfy {theirs:.0f} documents/s, ratio {ours / theirs:.2f}")
    for kind in HOSTILE:
        first, growth = hostile_growth(kind, 1_250_000)
        print(f"{kind:24} 1.25 MB {first:6.2f} s   5 MB {first * growth:6.2f} s   growth {growth:.1f}")


if __name__ == "__main__":
    main()
