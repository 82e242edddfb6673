"""Stories over an engine: the steps from the words of articles to groups, as one machine finds them. What is found stands in `pipelines/stories`."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

import pyarrow as pa

from assets.engine.declared import DeclaredSteps, Work
from assets.engine.steps import Steps
from assets.engine.table import Table
from assets.versions import stage_version
from pipelines.stage import Stage
from pipelines.stages import STORY_SEEDS, STORY_TERMS
from pipelines.stories import place_schemas as schemas
from pipelines.stories import places as p
from pipelines.stories.texts import TEXT_WORDS

_BLOCKS_IN_SPAN = 2  # a place has the pairs of two spans, or of one
_TEXTS_IN_PART = 4096  # whose terms are counted, and that are grouped, at once
_KEYS_WORTH_A_POOL = 10_000_000  # rows
_PACKAGES = ("numba", "scipy", *STORY_TERMS.packages)

_SCHEMAS = {
    "story_blocks": schemas.BLOCK,
    "story_searched": schemas.SEARCHED,
    "story_asked": pa.schema([schemas.PLACED.field(name) for name in ("part", *schemas.MEETINGS.names, "said")]),
    "story_placed": schemas.PLACED,
    "story_grouping": schemas.GROUPING,
}


class Grouped(NamedTuple):
    """The tables of `places.GROUPS` and `SPREAD`, in no order. A word of one article is not in it."""

    groups: Table
    spread: Table


def stories_over(steps: Steps, text_words: Table, said: Table, how: p.Scope) -> Grouped:
    """What `group_articles` finds among `TEXT_WORDS`, where texts (`SAID`) report utterances in common; and in how many articles each word stands."""
    run = DeclaredSteps(steps, how, _version, _SCHEMAS)
    parts = 1 << max(0, (how.texts // _TEXTS_IN_PART).bit_length())
    counting = _stage("story_keys", TEXT_WORDS, partial(p.story_keys, parts=parts), story_keys=schemas.KEYS)
    keys = run.map("story_keys", text_words, counting)["story_keys"]
    counting = _stage("story_held", schemas.KEYS, partial(p.count_keys, parts=parts), held=schemas.HELD, spread=schemas.SPREAD)
    counted = run.gather("story_held", keys, "part", replace(counting, worth_a_pool=_KEYS_WORTH_A_POOL))
    blocks = run.join("story_blocks", text_words=text_words, held=counted["held"])
    describing = _stage(
        "story_described", schemas.BLOCK, p.describe_block, cards=schemas.CARDS, vectors=schemas.VECTORS, postings=schemas.POSTINGS
    )
    made = run.gather("story_described", blocks, "block", describing)
    searched = run.join("story_searched", vectors=made["vectors"], postings=made["postings"])
    searching = _stage("story_near", schemas.SEARCHED, p.search_block, near=schemas.NEAR, meetings=schemas.MEETINGS)
    found = run.gather("story_near", searched, "block", searching)
    spans = {"blocks": _BLOCKS_IN_SPAN}
    pairs = run.join("story_asked", spans, meetings=found["meetings"], cards=made["cards"], said=said)
    placed = run.join("story_placed", asked=pairs, cards=made["cards"], near=found["near"])
    scored = run.gather(
        "story_scored", placed, "part", _stage("story_scored", schemas.PLACED, p.score_place, scored=schemas.SCORED)
    )["scored"]
    # What hangs together, only all pairs say.
    linked = run.on_the_driver("story_linked", p.link_texts, how, _TEXTS_IN_PART, scored=scored, said=said)
    grouping = run.join("story_grouping", linked=linked, vectors=made["vectors"])
    groups = run.gather(
        "story_groups", grouping, "part", _stage("story_groups", schemas.GROUPING, p.group_part, groups=schemas.GROUPS)
    )
    return Grouped(groups["groups"], counted["spread"])


def _version(work: Work, how: p.Scope) -> str:
    return f"{stage_version('stories', work, how.settings, STORY_SEEDS, _PACKAGES)} {how.texts}"


def _stage(name: str, takes: pa.Schema, work: Any, **gives: pa.Schema) -> Stage:
    return Stage(name, name, takes, gives, work, settings="stories", rows=4096, worth_a_pool=50_000)
