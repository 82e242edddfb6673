"""The shared development sets: where they lie, what their bytes are, and which of them models may be learned from."""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import json
import os
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("COPYDESK_SHARED", ROOT.parent / "shared"))
BENCHMARKS = SHARED / "benchmarks"

# All others are to measure with: their licences or their purpose forbid that anything learned from them ships.
MAY_BE_LEARNED_FROM = ("cleaning/dev_mild.jsonl.gz", "cleaning/dev_full.jsonl.gz", "quotes/polnear_train.jsonl.gz")

# A confidence, which is a handful of numbers, may be calibrated on these; nothing else may be learned from them.
MAY_BE_CALIBRATED_ON = ("quotes/judged_articles_dev.jsonl.gz", "quotes/judged_rows_dev.jsonl.gz")


def rows_of(name: str) -> list[dict[str, Any]]:
    """The rows of a set, for measuring."""
    with gzip.open(BENCHMARKS / name, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def training_rows(name: str) -> list[dict[str, Any]]:
    """The rows of a set, for learning from them."""
    if name not in MAY_BE_LEARNED_FROM:
        raise ValueError(f"no model may be learned from {name}; those that may be: {', '.join(MAY_BE_LEARNED_FROM)}")
    return rows_of(name)


def calibration_rows(name: str) -> list[dict[str, Any]]:
    """The rows of a set, for calibrating a confidence."""
    if name not in MAY_BE_CALIBRATED_ON:
        raise ValueError(f"no confidence may be calibrated on {name}; those that may be used: {', '.join(MAY_BE_CALIBRATED_ON)}")
    return rows_of(name)


@cache
def sha256_of(name: str) -> str:
    return hashlib.sha256((BENCHMARKS / name).read_bytes()).hexdigest()


@cache
def scorer(name: str) -> ModuleType:
    """A script that comes with the sets, as a module. Those of one folder may import each other."""
    path = BENCHMARKS / name
    spec = importlib.util.spec_from_file_location(name.replace("/", "_").removesuffix(".py"), path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(path.parent))
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(path.parent))
    return module
