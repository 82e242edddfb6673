"""Utterances over an engine: the steps from articles and their statements to links, groups and utterances, as one machine finds them.

What is found stands in `pipelines/utterances`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from math import ceil, sqrt
from typing import Any, NamedTuple

import pyarrow as pa

from assets.engine.declared import DeclaredSteps, Work
from assets.engine.steps import Steps
from assets.engine.table import Table
from assets.versions import stage_version
from pipelines import schemas
from pipelines.stage import Stage
from pipelines.stages import STATEMENTS, UTTERANCE_SEEDS
from pipelines.utterances import places as p
from pipelines.utterances.tables import TABLES

_ARTICLES_IN_PART = 4096  # whose keys are looked through at once
_KEYS_WORTH_A_POOL = 10_000_000  # rows
_MOST_PAIRS = 50_000  # of a place, before it is split
_MEMBERS_IN_PART = 4096  # statements of groups that are described in one place
_PACKAGES = (*STATEMENTS.packages, "anyascii", "nicknames", "py3langid", "rapidfuzz")
_ARTICLE = pa.field("text", pa.string())
_PAIR = [pa.field("a_text", pa.string()), pa.field("b_text", pa.string()), pa.field("verbatim", pa.bool_())]

_SCHEMAS = {
    "meeting_articles": pa.schema([*_PAIR, pa.field("day", pa.int64()), pa.field("later", pa.int64())]),
    "homes": pa.schema([_ARTICLE, pa.field("home", pa.string())]),
    "asked_articles": pa.schema([pa.field("part", pa.string()), *_PAIR]),
    "placed_articles": p.PLACED,
    "linked_articles": pa.schema([p.SPOKEN.field(name) for name in ("id", "publisher", "date")]),
    "grouped_articles": p.GROUPED,
}


class Said(NamedTuple):
    """The tables of `utterances.tables`, `LINKS` and `places.COMMON`, in no order."""

    tables: dict[str, Table]
    links: Table
    common: Table


def utterances_over(steps: Steps, spoken: Table, how: p.Comparing) -> Said:
    """What `update_utterances` finds among `places.SPOKEN` where all of them are new."""
    run = DeclaredSteps(steps, how, _version, _SCHEMAS)
    doublings = max(0, (spoken.rows() // _ARTICLES_IN_PART).bit_length())
    stage = _stage("said_keys", p.KEYED, partial(p.article_keys, parts=1 << doublings), said_keys=p.KEYS)
    keys = run.map("said_keys", spoken, stage)["said_keys"]
    meeting = _stage("said_meetings", p.KEYS, p.meetings, meetings=p.MEETINGS, common=p.COMMON)
    met = run.gather("said_meetings", keys, "part", replace(meeting, worth_a_pool=_KEYS_WORTH_A_POOL))
    shared = {"shared": how.settings.shared_words}
    pairs = run.join("said_pairs", shared, sql="meeting_articles", meetings=met["meetings"])
    most = {"most": _MOST_PAIRS}
    homes = run.join("said_homes", most, sql="homes", candidates=pairs)
    spans = {"spans": ceil(sqrt(2 * pairs.rows() / _MOST_PAIRS))}
    asked = run.join("said_asked", most | spans, sql="asked_articles", candidates=pairs, homes=homes)
    placed = run.join("said_placed", sql="placed_articles", asked=asked, spoken=spoken)
    links = run.gather("said_links", placed, "part", _stage("said_links", p.PLACED, p.compare_place, links=schemas.LINKS))["links"]
    linked = run.join("said_linked", sql="linked_articles", links=links, spoken=spoken)
    # Whether two groups join depends on how far either has grown.
    members = run.on_the_driver("said_groups", p.group_links, how, _MEMBERS_IN_PART, links=links, linked=linked)
    grouped = run.join("said_grouped", sql="grouped_articles", members=members, spoken=spoken)
    tables = run.gather("said", grouped, "part", _stage("said", p.GROUPED, p.describe_place, **TABLES))
    return Said({name: tables[name] for name in TABLES}, links, met["common"])


def _version(work: Work, how: p.Comparing) -> str:
    one, two = sorted(how.names.one.items()), sorted(map(sorted, how.names.two))
    return f"{stage_version('utterances', work, how.settings, UTTERANCE_SEEDS, _PACKAGES)} {one} {two}"


def _stage(name: str, takes: pa.Schema, work: Any, **gives: pa.Schema) -> Stage:
    return Stage(name, name, takes, gives, work, settings="utterances", rows=4096, worth_a_pool=50_000)
