"""Duplicates over an engine: the steps from articles to pairs and clusters, as one machine finds them. What is found stands in `pipelines/duplicates`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pyarrow as pa

from assets.engine.declared import DeclaredSteps, Work
from assets.engine.steps import Steps
from assets.engine.table import Table
from assets.versions import stage_version
from pipelines import schemas
from pipelines.duplicates import Duplicates, DuplicateSettings
from pipelines.duplicates import places as p
from pipelines.stage import Stage
from pipelines.stages import PAIR_SEEDS, SIGNATURES

_TEXTS_IN_PART = 4096  # whose buckets are looked through at once, and that are compared in one place
_KEYS_WORTH_A_POOL = 10_000_000  # rows
_MOST_PAIRS = 20_000  # of a place, before it is split
_TEXT = pa.field("text", pa.string())

_SCHEMAS = {
    "texts": pa.schema([_TEXT, pa.field("first_id", pa.string()), pa.field("copies", pa.int64())]),
    "firsts": schemas.SIGNATURES,
    "candidates": pa.schema([pa.field("a_text", pa.string()), pa.field("b_text", pa.string()), pa.field("band", pa.bool_())]),
    "homes": pa.schema([_TEXT, pa.field("home", pa.string())]),
    "asked": pa.schema([pa.field(name, pa.string()) for name in ("part", "a_text", "b_text")] + [pa.field("band", pa.bool_())]),
    "common": p.FREQUENT,
    "placed": p.PLACED,
    "merged": p.MERGED,
    "clusters": schemas.CLUSTERS,
    "capped": schemas.CAPPED,
}


@dataclass(frozen=True)
class Found:
    """Tables of `SIGNATURES`, `PAIRS`, `CLUSTERS` and `CAPPED`, in no order, and the articles that sketching failed on."""

    signatures: Table
    pairs: Table
    clusters: Table
    capped: Table
    failed: Table | None  # where signatures were made here

    def read(self) -> Duplicates:
        """As `find_duplicates` gives them. Raises MemoryError where they are too many for this machine."""
        pairs, clusters, capped = self.pairs.read(), self.clusters.read(), self.capped.read()
        return Duplicates(
            pairs.sort_by([("a_id", "ascending"), ("b_id", "ascending")]),
            clusters.sort_by("id"),
            capped.sort_by([("bucket", "ascending"), ("members", "ascending")]),
        )


def duplicates_over(steps: Steps, articles: Table, settings: DuplicateSettings, signatures: Table | None = None) -> Found:
    """What `find_duplicates` finds among `places.ARTICLES`. Ids that repeat are not noticed: whoever gives articles takes care of that.

    `signatures`: those of the articles, where they are there already.
    """
    run = DeclaredSteps(steps, replace(settings, threads=1), _version, _SCHEMAS)  # each processor has a process
    failed = None
    if signatures is None:
        made = run.map("signatures", articles, SIGNATURES)
        signatures, failed = made["signatures"], made["failed"]
    texts = run.join("texts", signatures=signatures)
    parts, digits = _parts(texts.rows())
    firsts = run.join("firsts", signatures=signatures, texts=texts)
    keys = run.map("keys", firsts, _stage("keys", schemas.SIGNATURES, partial(p.text_keys, parts=parts), keys=p.TEXT_KEYS))["keys"]
    meets = {"meetings": p.MEETINGS, "capped": p.CAPPED_TEXTS, "frequent": p.FREQUENT}
    meeting = replace(_stage("meetings", p.TEXT_KEYS, p.meetings, **meets), worth_a_pool=_KEYS_WORTH_A_POOL)
    met = run.gather("meetings", keys, "part", meeting)
    days = run.map("dated", articles, Stage("dated", "reading days", p.ARTICLES, {"dated": p.DATED}, p.dated, rows=4096))["dated"]
    candidates = run.join("candidates", meetings=met["meetings"])
    homes = run.join("homes", {"most": _MOST_PAIRS}, candidates=candidates)
    asked = run.join("asked", {"digits": digits}, candidates=candidates, homes=homes, texts=texts)
    often = {"stories": settings.common_stories, "days": settings.common_days}
    common = run.join("common", often, frequent=met["frequent"], signatures=signatures, dated=days)
    placed = run.join("placed", asked=asked, signatures=signatures, articles=articles, common=common)
    outcome = {"pairs": schemas.PAIRS, "merges": p.MERGES}
    found = run.gather("pairs", placed, "part", _stage("pairs", p.PLACED, p.conclude_place, **outcome))
    merged = run.join("merged", merges=found["merges"], texts=texts, signatures=signatures, articles=articles)
    # An order over all texts that merge says which is a canonical.
    grouped = run.on_the_driver("grouped", p.cluster_merged, merged=merged, merges=found["merges"])
    clusters = run.join("clusters", grouped=grouped, signatures=signatures)
    capped = run.join("capped", {"most": settings.equal_cap}, capped=met["capped"], texts=texts)
    return Found(signatures, found["pairs"], clusters, capped, failed)


def _version(work: Work, settings: DuplicateSettings) -> str:
    return stage_version("signatures", work, settings, PAIR_SEEDS, ("pydantic", *SIGNATURES.packages))


def _stage(name: str, takes: pa.Schema, work: Any, **gives: pa.Schema) -> Stage:
    return Stage(name, name, takes, gives, work, settings="duplicates", rows=4096, worth_a_pool=50_000)


def _parts(texts: int) -> tuple[int, int]:
    """In how many parts buckets are looked through, a power of two; and by how many hexadecimal digits places are told apart."""
    doublings = max(0, (texts // _TEXTS_IN_PART).bit_length())
    return 1 << doublings, max(1, -(-doublings // 4))
