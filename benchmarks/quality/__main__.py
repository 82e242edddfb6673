"""Measures the development sets with the packaged models, next to their floors.

python -m benchmarks.quality                    prints every figure and its floor
python -m benchmarks.quality --write            also writes docs/metrics.json and makes the tables of the docs from it
python -m benchmarks.quality --raise-floors     also raises tests/floors.json to what was measured, less a margin
python -m benchmarks.quality --lower SET/FIGURE VALUE --reason 'A sentence that says why.'     lowers one (None: takes it away)
"""

from __future__ import annotations

import argparse
import sys

from benchmarks.quality import floors, metrics
from benchmarks.quality.corpora import BENCHMARKS
from benchmarks.quality.sets import CORPORA, measure


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--write", action="store_true", help="write docs/metrics.json and the tables of the docs")
    options.add_argument("--raise-floors", action="store_true", help="raise tests/floors.json to what was measured, less a margin")
    options.add_argument("--lower", nargs=2, metavar=("SET/FIGURE", "VALUE"), help="lower one floor instead of measuring")
    options.add_argument("--reason", default="", help="why it falls, in a sentence")
    chosen = options.parse_args()
    known = floors.read()
    if chosen.lower:
        figure, value = chosen.lower
        try:
            floors.write(floors.lowered(known, figure, None if value == "None" else float(value), chosen.reason))
        except ValueError as wrong:
            print(wrong, file=sys.stderr)
            return 2
        return 0
    if not BENCHMARKS.is_dir():
        print(f"no development sets at {BENCHMARKS}: set COPYDESK_SHARED to the folder that holds them", file=sys.stderr)
        return 1
    found = {name: measure(name) for name in CORPORA}
    low = {f"{name}/{figure}" for name, of in found.items() for figure in floors.below(known, name, of)}
    for name, of in found.items():
        for figure, value in of.items():
            level = known["sets"][name]["floors"].get(figure, "")
            print(f"{name + '/' + figure:46s} {value:9.4f} {level:>9} {'below its floor' * (f'{name}/{figure}' in low)}".rstrip())
    if chosen.write:
        metrics.write(metrics.read() | metrics.measured(found))
        metrics.write_pages()
    if chosen.raise_floors:
        for name, of in found.items():
            known = floors.raised(known, name, of)
        floors.write(known)
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
