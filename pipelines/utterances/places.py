"""Utterances in parts that need not know of each other: keys of articles, meetings at a key, pairs of articles in one place, groups in one place.

Candidates come out as `article_pairs` finds them over all articles at once; what a pair is, and what a group says, the very same functions
say. How rows are brought together does not belong here.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines import schemas
from pipelines.duplicates.arrays import as_column, as_numpy
from pipelines.speakers.decided import DecidedNames
from pipelines.utterances.article_pairs import likeness_of
from pipelines.utterances.article_words import OF_ARTICLE, PLACE, numbered_words, said_shingles
from pipelines.utterances.links import graph_of, grown, numbered
from pipelines.utterances.parts import ARTICLES, PAIRS, compare_part, days_of, in_order
from pipelines.utterances.parts import MEMBERS as MEMBERS_OF_PART
from pipelines.utterances.settings import UtteranceSettings
from pipelines.utterances.tables import describe_tables

_STATEMENT = [field for field in schemas.STATEMENTS if field.name != "id"]

# An article with all that its utterances rest on: the hashes of its distinct words, and its statements. A `cluster` of copies is one report.
SPOKEN = pa.schema(
    [
        pa.field("id", pa.string()),
        pa.field("publisher", pa.string()),
        pa.field("date", pa.string()),
        pa.field("cluster", pa.string()),
        pa.field("text", pa.large_string()),
        pa.field("words", pa.list_(pa.uint64())),
        pa.field("said", pa.list_(pa.struct([field.with_nullable(True) for field in _STATEMENT]))),
    ]
)

KEYED = pa.schema([SPOKEN.field(name) for name in ("id", "date", "words", "said")])

KEYS = pa.schema(
    [
        pa.field("part", pa.int32(), False),  # all rows of a key have one
        pa.field("shingle", pa.bool_(), False),  # five words in a row of a statement, else a word
        pa.field("key", pa.uint64(), False),
        pa.field("id", pa.string(), False),
        pa.field("day", pa.int64(), False),  # -1 where there is none
    ]
)

# Columns of pairs are named as in `duplicates.places`: the same SQL puts them in places. What is called a text there is an article here.
MEETINGS = pa.schema(
    [
        pa.field("a_text", pa.string(), False),  # the lower
        pa.field("b_text", pa.string(), False),
        pa.field("times", pa.int64(), False),  # rare words in common, of articles near in time
        pa.field("verbatim", pa.bool_(), False),
        pa.field("day", pa.int64(), False),  # of the earlier one, -1 where there is none
        pa.field("later", pa.int64(), False),  # of the other
    ]
)

COMMON = pa.schema([pa.field("shingle", pa.bool_(), False), pa.field("key", pa.uint64(), False)])

# What a place is given: articles, and pairs of them. What does not belong to a row is null.
PLACED = pa.schema(
    [
        pa.field("part", pa.string(), False),
        *SPOKEN,
        pa.field("a_text", pa.string()),
        pa.field("b_text", pa.string()),
        pa.field("verbatim", pa.bool_()),
    ]
)

MEMBERS = pa.schema(
    [
        pa.field("part", pa.int64(), False),
        pa.field("number", pa.int64(), False),  # of the group
        pa.field("id", pa.string(), False),
        pa.field("begins", pa.int64(), False),
        pa.field("ends", pa.int64(), False),
    ]
)

# The same of groups: articles, and the statements that are members of a group.
GROUPED = pa.schema(
    [
        pa.field("part", pa.int64(), False),
        *SPOKEN,
        pa.field("number", pa.int64()),
        pa.field("begins", pa.int64()),
        pa.field("ends", pa.int64()),
    ]
)


class Comparing(NamedTuple):
    """What a comparison rests on in addition to the articles: settings, and what people decided on names."""

    settings: UtteranceSettings
    names: DecidedNames


def article_keys(articles: pa.Table, how: Comparing, parts: int = 1) -> pa.Table:
    """By what articles (`KEYED`) may meet, as `KEYS`; `parts` is a power of two."""
    words, said = articles["words"].combine_chunks(), articles["said"].combine_chunks()
    of_word, of_said = (as_numpy(pc.list_parent_indices(lists)).astype(np.int64) for lists in (words, said))
    shingles = said_shingles(pa.chunked_array([said.flatten().field("words")]), of_said)
    keys = np.concatenate([as_numpy(words.flatten()).astype(np.uint64), shingles >> OF_ARTICLE])
    article = np.concatenate([of_word, (shingles & PLACE).astype(np.int64)])
    days = days_of(articles)
    return pa.table(
        [
            as_column((keys & np.uint64(parts - 1)).astype(np.int32)),
            as_column(np.arange(len(keys)) >= len(of_word)),
            as_column(keys),
            articles["id"].take(as_column(article)),
            as_column(days[article]),
        ],
        schema=KEYS,
    )


def meetings(keys: pa.Table, how: Comparing) -> dict[str, pa.Table]:
    """Who meets whom at `KEYS`, each with all of its rows, and which keys are too common to say anything."""
    ids = keys["id"].combine_chunks()
    names = pc.unique(ids)
    names = names.take(pc.array_sort_indices(names))
    article = as_numpy(pc.index_in(ids, value_set=names)).astype(np.int64)
    shingle, key, day = (as_numpy(keys[name]) for name in ("shingle", "key", "day"))
    order = np.lexsort((article, key, shingle))
    shingle, key, day, article = shingle[order], key[order], day[order], article[order]
    new = np.append(True, (key[1:] != key[:-1]) | (shingle[1:] != shingle[:-1]))[: len(order)]
    starts = np.flatnonzero(new)
    sizes = np.diff(np.append(starts, len(order)))
    common = sizes > np.where(shingle[starts], how.settings.common_shingle, how.settings.common_word)
    later = np.repeat(np.where(common, 0, sizes), sizes) - 1 - (np.arange(len(order)) - np.repeat(starts, sizes))
    later = np.maximum(later, 0)
    a = np.repeat(np.arange(len(order)), later)
    b = np.arange(later.sum()) - np.repeat(np.cumsum(later) - later, later) + a + 1
    near = shingle[a] | (day[a] < 0) | (day[b] < 0) | (np.abs(day[a] - day[b]) <= how.settings.window)
    a, b = a[near], b[near]
    pairs, pair = np.unique(article[a] * len(names) + article[b], return_inverse=True)
    verbatim = np.bincount(pair, weights=shingle[a], minlength=len(pairs))
    times = np.bincount(pair, minlength=len(pairs)) - verbatim
    days = np.zeros((2, len(pairs)), np.int64)
    days[:, pair] = np.minimum(day[a], day[b]), np.maximum(day[a], day[b])
    lower, higher = (names.take(as_column(places)) for places in np.divmod(pairs, max(1, len(names))))
    return {
        "meetings": pa.table([lower, higher, *map(as_column, (times.astype(np.int64), verbatim > 0, *days))], schema=MEETINGS),
        "common": pa.table([as_column(shingle[starts][common]), as_column(key[starts][common])], schema=COMMON),
    }


def compare_place(rows: pa.Table, how: Comparing) -> pa.Table:
    """The `LINKS` of the pairs of a place (`PLACED`)."""
    articles, statements = _part_of(rows)
    ids = articles["id"].combine_chunks()
    asked = rows.filter(pc.is_valid(rows["a_text"]))
    ends = np.stack([as_numpy(pc.index_in(asked[name], value_set=ids)).astype(np.int64) for name in ("a_text", "b_text")], axis=1)
    ends.sort(axis=1)
    ranked = np.lexsort((ends[:, 1], ends[:, 0]))
    pairs, verbatim = ends[ranked], as_numpy(asked["verbatim"])[ranked]
    words = rows.filter(pc.is_valid(rows["words"])).select(["id", "words"]).cast(schemas.ARTICLE_WORDS)
    alike = likeness_of(numbered_words(ids, words), pairs)
    kept = verbatim | (alike >= how.settings.least_alike)
    worth = pa.table([pairs[kept, 0], pairs[kept, 1], alike[kept]], schema=PAIRS)
    return compare_part(articles, statements, worth, how.names.same_all, how.settings)


def group_links(links: pa.Table, articles: pa.Table, how: Comparing, in_part: int) -> pa.Table:
    """The `MEMBERS` of all groups that links make; `articles` have `id`, `publisher` and `date`. A group of many reads many links, so all are here."""
    ids = articles["id"].take(in_order(articles)).combine_chunks()
    graph = graph_of(numbered(links, ids))
    groups = grown(graph, np.ones(len(graph.touched), bool), how.settings)
    groups.sort()  # by their first articles, so that a part is of some days
    sizes = np.array([len(group) for group in groups], np.int64)
    nodes = np.array([node for group in groups for node in group], np.int64)
    part = np.repeat((np.cumsum(sizes) - sizes) // in_part, sizes)
    number = np.repeat(np.arange(len(groups)), sizes)
    columns = (
        part,
        number,
        ids.take(as_column(graph.nodes.article[nodes])),
        graph.nodes.start[nodes],
        graph.nodes.end[nodes],
    )
    return pa.table([column if isinstance(column, pa.Array) else as_column(column) for column in columns], schema=MEMBERS)


def describe_place(rows: pa.Table, how: Comparing) -> dict[str, pa.Table]:
    """The utterances of the groups of a place (`GROUPED`), as tables."""
    articles, statements = _part_of(rows)
    members = rows.filter(pc.is_valid(rows["number"]))
    article = as_numpy(pc.index_in(members["id"], value_set=articles["id"].combine_chunks())).astype(np.int64)
    number, start, end = (as_numpy(members[name]) for name in ("number", "begins", "ends"))
    ranked = np.lexsort((end, start, article, number))
    grouped = pa.table([column[ranked] for column in (number, article, start, end)], schema=MEMBERS_OF_PART)
    return describe_tables(articles, statements, grouped, how.names.same_all, how.settings)


def _part_of(rows: pa.Table) -> tuple[pa.Table, pa.Table]:
    """The articles and statements of a place as those of a part."""
    articles = rows.filter(pc.is_valid(rows["words"])).select(SPOKEN.names)
    lists = articles["said"].combine_chunks()
    owner = articles["id"].take(pc.list_parent_indices(lists))
    said = pa.table([owner, *lists.flatten().flatten()], names=["id", *(field.name for field in _STATEMENT)]).cast(
        schemas.STATEMENTS
    )
    return articles.select(ARTICLES.names).take(in_order(articles)).cast(ARTICLES), said
