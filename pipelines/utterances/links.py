"""Links between statements, kept from load to load, and the groups that grow along them.

Why two statements are linked does not stand here: see `alignment`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.schemas import LINKS
from pipelines.utterances.alignment import Aligned
from pipelines.utterances.settings import UtteranceSettings
from pipelines.utterances.statements import Spoken

Ints = NDArray[np.int64]
_LINKS_AT_ONCE = 1 << 16  # along which groups grow together: looked up as objects, they take five times their room


class Nodes(NamedTuple):
    """Statements that are linked with others, each once, in order of their articles' places and of their own."""

    article: Ints
    start: Ints
    end: Ints
    letters: Ints  # of its folded words
    open: NDArray[np.bool_]  # direct or partial, not reported
    attributed: NDArray[np.bool_]  # of a quote


class Numbered(NamedTuple):
    """Links by the numbers of `nodes`: half of the room that rows take, since there are many more links than statements."""

    nodes: Nodes
    links: Aligned


class Graph(NamedTuple):
    """Links by the numbers of `nodes`. `touched`: nodes of which a link is new, or was there before and is not any more; `part`: of each node the lowest of
    those that it is connected with, by whatever way along links that make one utterance."""

    nodes: Nodes
    links: Aligned
    touched: NDArray[np.bool_]
    part: NDArray[np.int32]


def links_of(spoken: Spoken, ids: pa.Array, aligned: Aligned) -> pa.Table:
    """LINKS. `ids` are those of the articles of `spoken`, by place."""
    letters = pc.utf8_length(spoken.table["words"]).to_numpy()
    attributed = spoken.table["quote_index"].is_valid().to_numpy()
    columns: list[Any] = []
    for numbers in (aligned.first, aligned.second):
        own = (spoken.start, spoken.end, letters.astype(np.int32), spoken.open, attributed)
        columns += [ids.take(pa.array(spoken.article[numbers])), *(column[numbers] for column in own)]
    return pa.table([*columns, aligned.spare, aligned.linked], schema=LINKS)


def numbered(links: pa.Table, ids: pa.Array) -> Numbered:
    """LINKS, with articles by their places among `ids`, -1 for those that are not there."""

    def column(name: str) -> NDArray[Any]:
        return np.concatenate([links[f"{side}_{name}"].to_numpy() for side in "ab"])

    article = np.concatenate([pc.index_in(links[f"{side}_article"], value_set=ids).fill_null(-1).to_numpy() for side in "ab"])
    places = [article, *(column(name).astype(np.int32) for name in ("start", "end"))]
    numbers, firsts = _numbered(places)
    nodes: list[NDArray[Any]] = [values[firsts] for values in (*places, *map(column, Nodes._fields[3:]))]
    spare, linked = (links[name].to_numpy() for name in ("spare", "linked"))
    return Numbered(Nodes(*nodes), Aligned(numbers[: len(spare)], numbers[len(spare) :], spare, linked))


def without(links: pa.Table, changed: pa.Array, pairs: tuple[pa.Array, pa.Array]) -> NDArray[np.bool_]:
    """Which of the links hold on: those of no changed article, and of none of the pairs of articles."""
    if not links.num_rows:
        return np.zeros(0, bool)
    gone = pc.or_(pc.is_in(links["a_article"], value_set=changed), pc.is_in(links["b_article"], value_set=changed))
    kept = ~gone.to_numpy().astype(bool)
    if len(pairs[0]):
        names = pc.unique(pa.concat_arrays(pairs))
        first, second = (pc.index_in(ids, value_set=names).fill_null(-1).to_numpy().astype(np.int64) for ids in pairs)
        one, other = (
            pc.index_in(links[side], value_set=names).fill_null(-1).to_numpy().astype(np.int64)
            for side in ("a_article", "b_article")
        )
        again = np.isin(
            np.minimum(one, other) << 32 | np.maximum(one, other), np.minimum(first, second) << 32 | np.maximum(first, second)
        )
        kept &= ~(again & (one >= 0) & (other >= 0))
    return kept


def graph_of(kept: Numbered, made: Sequence[Numbered] = (), dropped: Sequence[Numbered] = ()) -> Graph:
    """All links: those `kept` and those `made`. `dropped` are those that are no more."""
    parts = (kept, *made, *dropped)
    every: list[NDArray[Any]] = [np.concatenate(columns) for columns in zip(*(part.nodes for part in parts), strict=True)]
    numbers, firsts = _numbered(every[:3])
    nodes: list[NDArray[Any]] = [values[firsts] for values in every]
    nodes[:3] = [place.astype(np.int64) for place in nodes[:3]]
    touched = np.zeros(len(firsts), bool)
    touched[numbers[len(kept.nodes.article) :]] = True
    touched &= nodes[0] >= 0
    sides, first = list[Aligned](), 0
    for part in parts[: 1 + len(made)]:
        of = numbers[first : first + len(part.nodes.article)]
        sides.append(part.links._replace(first=of[part.links.first], second=of[part.links.second]))
        first += len(of)
    links = Aligned(*(np.concatenate(columns) for columns in zip(*sides, strict=True)))
    return Graph(Nodes(*nodes), links, touched, _connected(len(firsts), links))


def links_in(graph: Graph, ids: pa.Array, first: int) -> pa.Table:
    """The links of a graph from the `first` on, packed: only while somebody needs them as rows do they take the room of rows."""
    nodes, links, columns = graph.nodes, graph.links, list[Any]()
    for numbers in (links.first[first:], links.second[first:]):
        columns.append(pa.DictionaryArray.from_arrays(pa.array(nodes.article[numbers].astype(np.int32)), ids))
        columns += [place[numbers].astype(np.int32) for place in (nodes.start, nodes.end)]
        columns += [column[numbers] for column in (nodes.letters, nodes.open, nodes.attributed)]
    return pa.table([*columns, links.spare[first:], links.linked[first:]], names=LINKS.names)


def touched_parts(graph: Graph) -> NDArray[np.bool_]:
    """The nodes that are connected with a touched one, and those."""
    parts = np.zeros(len(graph.part), bool)
    parts[graph.part[graph.touched]] = True
    return np.asarray(parts[graph.part])


def _connected(nodes: int, links: Aligned) -> NDArray[np.int32]:
    """`Graph.part`."""
    parent = np.arange(nodes, dtype=np.int32)
    first, second = links.first[links.linked], links.second[links.linked]
    while True:
        one, other = parent[first], parent[second]
        lower = parent.copy()
        np.minimum.at(lower, one, other)
        np.minimum.at(lower, other, one)
        while not np.array_equal(lower, lower[lower]):
            lower = lower[lower]
        if np.array_equal(lower, parent):
            return parent
        parent = lower


def numbers_of(known: Sequence[Ints], article: Ints, start: Ints, end: Ints) -> Ints:
    """The places of statements among known ones, given by the same columns; -1 for those that are none."""
    columns = [np.concatenate(pair) for pair in zip(known, (article, start, end), strict=True)]
    numbers, _ = _numbered(columns)
    places = np.full(len(numbers), -1, np.int64)
    places[numbers[: len(known[0])]] = np.arange(len(known[0]))
    return np.asarray(places[numbers[len(known[0]) :]])


def _numbered(columns: Sequence[NDArray[Any]]) -> tuple[NDArray[Any], Ints]:
    """A number for each row, by its place among the different rows in order; and one row of each number."""
    order = np.lexsort(columns[::-1])
    new = np.arange(len(order)) == 0
    for column in columns:
        new[1:] |= np.diff(column[order]) != 0
    places = np.cumsum(new, dtype=np.int32)
    places -= 1
    numbers = np.empty_like(places)
    numbers[order] = places
    return numbers, order[new]


def grown(graph: Graph, asked: NDArray[np.bool_], settings: UtteranceSettings) -> list[list[int]]:
    """Groups of asked nodes grown along the links, the surest first. Two groups are joined where their longest statements are alike too, nearly as much
    as is needed, so that a stock phrase does not chain two statements. A group of one article, or of nothing but unattributed words or
    reported speech, is left out."""
    links, part = graph.links, graph.part
    within = np.flatnonzero(asked[links.first] & asked[links.second] & (part[links.first] == part[links.second]))
    of = part[links.first[within]]
    order = np.argsort(of, kind="stable")
    within, of = within[order], of[order]
    starts = np.flatnonzero(np.append(True, of[1:] != of[:-1])[: len(of)])  # of the links of nodes that are connected
    cuts = starts[np.flatnonzero(np.diff(starts // _LINKS_AT_ONCE, prepend=-1))]
    groups: list[list[int]] = []
    for first, end in pairwise([*cuts.tolist(), len(of)]):
        columns: list[NDArray[Any]] = [column[within[first:end]] for column in links]
        groups += filter(partial(_is_utterance, graph.nodes), _grown_along(Aligned(*columns), graph.nodes, settings))
    return groups


def _grown_along(links: Aligned, nodes: Nodes, settings: UtteranceSettings) -> Iterable[list[int]]:
    """All groups of nodes that are connected by some links."""
    first, second, spare = links.first, links.second, links.spare
    of_pair = dict(zip(zip(first.tolist(), second.tolist(), strict=True), spare.tolist(), strict=True))
    order = np.flatnonzero(links.linked)
    lower, higher = np.minimum(first, second)[order], np.maximum(first, second)[order]  # nodes are in order of their places
    order = order[np.lexsort((higher, lower, -np.round(spare[order], 9)))]
    known = np.unique(np.concatenate([first, second]))
    article, letters = (dict(zip(known.tolist(), column[known].tolist(), strict=True)) for column in (nodes.article, nodes.letters))
    group_of: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    core: dict[int, int] = {}

    def agree(i: int, j: int) -> bool:
        if i == j or article[i] == article[j]:
            return True
        return max(of_pair.get((i, j), -1.0), of_pair.get((j, i), -1.0)) >= -settings.core_slack

    for i, j in zip(first[order].tolist(), second[order].tolist(), strict=True):
        a, b = group_of.setdefault(i, i), group_of.setdefault(j, j)
        for number in (a, b):
            members.setdefault(number, [number])
            core.setdefault(number, number)
        if a == b or not (agree(core[a], core[b]) and agree(i, core[b]) and agree(core[a], j)):
            continue
        longest = max(core[a], core[b], key=lambda n: (letters[n], n))
        for number in members[b]:
            group_of[number] = a
        members[a] += members.pop(b)
        core[a] = longest
    return map(sorted, members.values())


def _is_utterance(nodes: Nodes, group: Sequence[int]) -> bool:
    return len({*nodes.article[group].tolist()}) > 1 and bool(nodes.attributed[group].any()) and bool(nodes.open[group].any())
