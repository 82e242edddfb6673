"""Names of people over an engine: which are full ones, and which may be of one person. What is found stands in `pipelines/speakers`."""

from __future__ import annotations

from functools import partial
from typing import Any

import pyarrow as pa

from assets.engine.declared import DeclaredSteps, Work
from assets.engine.steps import Steps
from assets.engine.table import Table
from assets.versions import stage_version
from pipelines.speakers import places as p
from pipelines.speakers.comparing import Read
from pipelines.speakers.settings import NameSettings
from pipelines.stage import Stage
from pipelines.stages import SPEAKER_SEEDS

_NAMES_IN_PART = 4096
_PACKAGES = ("anyascii", "nicknames", "numba", "numpy", "pyarrow", "pydantic", "rapidfuzz")


def names_over(steps: Steps, names: Table, settings: NameSettings) -> tuple[dict[str, Read], dict[tuple[str, str], float]]:
    """What `compare_people` says of `places.NAMES`, which differ, where none is known."""
    run = DeclaredSteps(steps, settings, _version, {})
    parts = 1 + names.rows() // _NAMES_IN_PART
    named = run.map(
        "names_by_words", names, _stage("names_by_words", p.NAMES, partial(p.by_words, parts=parts), named=p.NAMES_BY_WORDS)
    )
    reading = _stage("names_read", p.NAMES_BY_WORDS, partial(p.read_names, parts=parts), read=p.READ_NAMES, meeting=p.MEETING_NAMES)
    made = run.gather("names_read", named["named"], "part", reading)
    comparing = _stage("names_compared", p.MEETING_NAMES, p.compare_names, same=p.SAME_NAMES)
    same = run.gather("names_compared", made["meeting"], "part", comparing)["same"].read()
    columns = (same[name].to_pylist() for name in p.SAME_NAMES.names)
    return p.names_of(made["read"].read()), {(name, other): score for name, other, score in sorted(zip(*columns, strict=True))}


def _version(work: Work, settings: NameSettings) -> str:
    return stage_version("speakers", work, settings, SPEAKER_SEEDS, _PACKAGES)


def _stage(name: str, takes: pa.Schema, work: Any, **gives: pa.Schema) -> Stage:
    return Stage(name, name, takes, gives, work, settings="names", rows=4096, worth_a_pool=10_000)
