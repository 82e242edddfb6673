"""Learns all models from the shared development sets, in order, and measures what comes of it: `make train`.

    python -m benchmarks.training [--into FOLDER] [--left-out] [--only MODEL …]

Writes seeds/models, seeds/counts and docs/metrics.json, or all into FOLDER. Deterministic; needs the `train` extra and the shared folder. --left-out
also measures on publishers that were not learned from, for which every model is learned several times more (an hour or so).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from shutil import copy, copytree

from benchmarks.quality import metrics
from benchmarks.quality.corpora import BENCHMARKS, ROOT, SHARED
from benchmarks.quality.sets import Figures
from benchmarks.training import authors, confidence, headlines, lines, quotes, rarity
from benchmarks.training.trainer import Models, Trainer
from pipelines.learned.model import Model, load_model, parse_model, text_of

# The order matters: headlines are picked on pages as the line model judges them, authors on pages from which the headline was taken.
# The confidence of quotes is calibrated on rows that the packaged models give: run it again once another model of quotes is in place.
TRAINERS = (lines.TRAINER, headlines.TRAINER, authors.TRAINER, quotes.TRAINER, confidence.TRAINER)
MODELS = ROOT / "seeds" / "models"
RUNS = ("assets", "benchmarks", "pipelines", "seeds", "warehouse", "docs", "tests")  # what measuring needs of the project


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--into", type=Path, default=MODELS, help="the folder for the models (by default seeds/models)")
    options.add_argument(
        "--only", nargs="+", choices=[trainer.name for trainer in TRAINERS], help="learn these, and measure nothing"
    )
    options.add_argument("--left-out", action="store_true", help="measure on publishers that were not learned from, too")
    chosen = options.parse_args()
    if not BENCHMARKS.is_dir():
        print(f"no development sets at {BENCHMARKS}: set COPYDESK_SHARED to the folder that holds them", file=sys.stderr)
        return 1
    chosen.into.mkdir(parents=True, exist_ok=True)
    if chosen.only:
        learn_only(chosen.only, chosen.into)
        return 0
    rarity.write(rarity.COUNTS if chosen.into.resolve() == MODELS else chosen.into / "counts")
    models: dict[str, Model] = {}
    left_out: dict[str, Figures] = {}
    for trainer in TRAINERS:
        models[trainer.name] = learned(trainer, models, chosen.into)
        if chosen.left_out:
            left_out |= {f"{trainer.name}.{name}": figures for name, figures in trainer.left_out(models).items()}
    file = metrics.FILE if chosen.into.resolve() == MODELS else chosen.into / metrics.FILE.name
    found = measured_with(chosen.into, models)
    metrics.write(metrics.read() | found | ({"left_out": left_out} if left_out else {}), file)
    if file == metrics.FILE:
        metrics.write_pages()
    return 0


def learned(trainer: Trainer, earlier: Models, into: Path) -> Model:
    """The model that a trainer learns now, written to a folder. Others are learned from it as it reads there."""
    start = time.perf_counter()
    text = text_of(trainer.model(earlier))
    (into / f"{trainer.name}.txt").write_text(text, encoding="utf-8")
    model = parse_model(text)
    print(f"{trainer.name}: learned in {time.perf_counter() - start:.0f} s, {model.origin.training}", flush=True)
    return model


def learn_only(names: Sequence[str], into: Path) -> None:
    """Learns some models, in order, on the packaged ones where a model before them is not among them; metrics.json then says which they are."""
    models: dict[str, Model] = {}
    for trainer in TRAINERS:
        models[trainer.name] = learned(trainer, models, into) if trainer.name in names else load_model(trainer.name)
    if into.resolve() == MODELS:
        metrics.write(metrics.read() | {"models": {name: model.origin.training for name, model in sorted(models.items())}})


def measured_with(files: Path, models: dict[str, Model]) -> metrics.Metrics:
    """The metrics of the project with other models, in a process of its own: a process reads the packaged ones once."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in RUNS:
            copytree(ROOT / part, folder / part, ignore=lambda _, names: [n for n in names if n == "__pycache__"])
        for file in files.glob("*.txt"):
            copy(file, folder / "seeds" / "models")
        for file in (files / "counts").glob("*.txt"):
            copy(file, folder / "seeds" / "counts")
        command = [sys.executable, "-m", "benchmarks.quality", "--write"]
        subprocess.run(command, cwd=folder, env=os.environ | {"COPYDESK_SHARED": str(SHARED), "PYTHONPATH": str(folder)})
        found = metrics.read(folder / "docs" / metrics.FILE.name)
    if found["models"] != {name: model.origin.training for name, model in models.items()}:
        raise RuntimeError("the models were learned and written, but measuring them failed: see the messages above")
    return found


if __name__ == "__main__":
    sys.exit(main())
