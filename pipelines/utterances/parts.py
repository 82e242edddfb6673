"""The two steps of utterances that work article by article, in parts that need not know of each other: statements of pairs of articles are compared,
and groups of statements are described.

A part is a few tables that hold all that its result rests on, so that memory does not grow with the corpus, and other machines can work on it.
What is said of a pair or a group is the same in whatever part it comes. How parts are cut does not belong here.
"""

from __future__ import annotations

import functools
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.utterances.alignment import OneSpeaker, align
from pipelines.utterances.described import Head, Utterance, utterances_of
from pipelines.utterances.links import links_of, numbers_of
from pipelines.utterances.measures import measure
from pipelines.utterances.settings import UtteranceSettings
from pipelines.utterances.statements import Spoken

# The articles of a part, by date, then id; where others name them by places, these are those. `text` where it is asked for.
ARTICLES = pa.schema(
    [
        pa.field("id", pa.string(), False),
        pa.field("publisher", pa.string()),
        pa.field("date", pa.string()),
        pa.field("cluster", pa.string()),  # of near-duplicates, which are one report
        pa.field("text", pa.large_string()),
    ]
)
PAIRS = pa.schema([pa.field("a", pa.int64(), False), pa.field("b", pa.int64(), False), pa.field("alike", pa.float64(), False)])
MEMBERS = pa.schema([pa.field(name, pa.int64(), False) for name in ("group", "article", "start", "end")])


def compare_part(
    articles: pa.Table, statements: pa.Table, pairs: pa.Table, one_speaker: OneSpeaker, settings: UtteranceSettings
) -> pa.Table:
    """The LINKS of the statements of pairs of articles (`PAIRS`, ascending) of different publishers, or of one."""
    ids, texts = articles["id"].combine_chunks(), articles["text"]
    spoken = Spoken.of(statements, ids)
    measured = measure(
        spoken,
        np.column_stack([pairs["a"].to_numpy(), pairs["b"].to_numpy()]),
        pairs["alike"].to_numpy(),
        publishers_of(articles),
        lambda places: texts.take(pa.array(places, pa.int64())).to_pylist(),
        settings,
    )
    return links_of(spoken, ids, align(spoken, measured, days_of(articles), one_speaker, settings))


def describe_part(
    articles: pa.Table, statements: pa.Table, members: pa.Table, one_speaker: OneSpeaker, settings: UtteranceSettings
) -> list[Utterance]:
    """The utterances that groups are, in their order; `MEMBERS` are ascending within a group."""
    spoken = Spoken.of(statements, articles["id"].combine_chunks())
    numbers = numbers_of((spoken.article, spoken.start, spoken.end), *(members[name].to_numpy() for name in MEMBERS.names[1:]))
    said = spoken.statements(numbers)
    begins = np.flatnonzero(np.diff(members["group"].to_numpy(), prepend=-1)).tolist()
    groups = [said[first:end] for first, end in zip(begins, [*begins[1:], len(said)], strict=True)]
    rows = zip(*(articles[name].to_pylist() for name in ARTICLES.names), strict=True)
    heads = [Head(id, publisher, day, cluster or id, text) for id, publisher, day, cluster, text in rows]
    same_speaker = functools.lru_cache(1 << 16)(lambda a, b: one_speaker([(a, b)])[0])
    return utterances_of(groups, heads, same_speaker, settings)


def in_order(articles: pa.Table) -> pa.Array:
    """The places of articles by date, then id, those without a date last."""
    last = pc.if_else(pc.equal(pc.fill_null(articles["date"], ""), ""), "9999", articles["date"])
    return pc.sort_indices(pa.table({"date": last, "id": articles["id"]}), [("date", "ascending"), ("id", "ascending")])


def days_of(articles: pa.Table) -> NDArray[np.int64]:
    """The day of each article as a number, -1 where it has none."""
    dates = pc.dictionary_encode(articles["date"].combine_chunks(), null_encoding="encode")
    days = [-1 if day is None else day for day in map(day_of, dates.dictionary.to_pylist())]
    return np.array(days, np.int64)[dates.indices.to_numpy()]


def day_of(text: str | None) -> int | None:
    try:
        return date.fromisoformat(text[:10]).toordinal() if text else None
    except ValueError:
        return None


def publishers_of(articles: pa.Table) -> NDArray[np.int64]:
    """A number for the publisher of each article, of its own where it has none."""
    coded = pc.dictionary_encode(articles["publisher"].combine_chunks()).indices
    numbers = coded.fill_null(-1).to_numpy().astype(np.int64)
    return np.where(numbers < 0, -1 - np.arange(len(numbers)), numbers)
