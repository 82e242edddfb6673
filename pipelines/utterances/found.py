"""From statements to utterances: what is compared, what is kept from load to load, and which groups are made again.

How alike two statements are stands in `measures`, which are one in `alignment`, what a group says in `described`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.schemas import BODIES, LINKS, UTTERANCE_REPORTS
from pipelines.speakers import same_people
from pipelines.utterances.alignment import OneSpeaker
from pipelines.utterances.article_pairs import ArticlePairs, Common, ShinglesOf, article_pairs, nothing_common
from pipelines.utterances.article_words import ArticleWords, numbered_words, said_shingles
from pipelines.utterances.described import Utterance
from pipelines.utterances.links import Graph, Nodes, graph_of, grown, links_in, numbered, numbers_of, touched_parts, without
from pipelines.utterances.parts import ARTICLES, MEMBERS, PAIRS, compare_part, days_of, describe_part, in_order, publishers_of
from pipelines.utterances.settings import UtteranceSettings
from pipelines.utterances.statements import article_statements

_DEFAULT = UtteranceSettings()
_ARTICLES_AT_ONCE = 20_000  # that are compared with each other; they take some 10 KB each meanwhile
_MEMBERS_IN_PART = 1 << 13  # statements of groups that are described together, whose articles are held three times meanwhile

Job = tuple[pa.Table, pa.Table, pa.Table]  # what `compare_part` or `describe_part` takes


@dataclass(frozen=True)
class Corpus:
    """All articles: their `id`, `publisher` and `date`; what is asked for of some, by their ids: `words_of`, in this order, `statements_of`
    (`STATEMENTS`) and `texts_of`; `said_of`: `id` and folded `words` of every statement; `clusters`: the cluster of each article that has one,
    since near-duplicates are one report."""

    articles: pa.Table
    said_of: Callable[[pa.Array], pa.Table]
    words_of: Callable[[pa.Array], ArticleWords]
    statements_of: Callable[[pa.Array], pa.Table]
    texts_of: Callable[[Sequence[str]], Mapping[str, str]]
    clusters: Mapping[str, str]


@dataclass(frozen=True)
class Before:
    """What was found before: `LINKS`, what was common, and the reports of utterances: `utterance_id`, `article_id`, `report_start`, `report_end`.
    `stale`: the articles that are new or changed, or are gone, since."""

    links: pa.Table
    common: Common
    reports: pa.Table
    stale: pa.Array


@dataclass(frozen=True)
class Regrown:
    """`jobs`: what `describe_part` makes the utterances of that are new, or may have changed; `kept`: the ids of those that stand as they are;
    `links_kept`: which links hold on; `links`: gives the new ones, packed."""

    jobs: Iterable[Job]
    kept: pa.Array
    links_kept: NDArray[np.bool_]
    links: Callable[[], pa.Table]
    common: Common


@dataclass(frozen=True)
class Updated:
    """As `Regrown`, with the utterances that are new, or may have changed, in order of their ids."""

    found: list[Utterance]
    kept: pa.Array
    links_kept: NDArray[np.bool_]
    links: pa.Table
    common: Common


def find_utterances(
    articles: pa.Table, quotes: pa.Table, clusters: Mapping[str, str] | None = None, settings: UtteranceSettings = _DEFAULT
) -> list[Utterance]:
    """The utterances of articles (`COMPARED`) and their `QUOTES`, in order of their ids.

    `clusters`: the cluster of each article that has one; near-duplicates are one report. What is found does not depend on the order
    of rows.
    """
    kept = article_statements(articles.select(BODIES.names).cast(BODIES), quotes, settings)
    statements = kept["statements"]
    texts = dict(zip(articles["id"].to_pylist(), articles["text"].to_pylist(), strict=True))
    corpus = Corpus(
        articles,
        lambda ids: statements.select(["id", "words"]).filter(pc.is_in(statements["id"], value_set=ids)),
        lambda ids: numbered_words(ids, kept["words"]),
        lambda ids: statements.filter(pc.is_in(statements["id"], value_set=ids)),
        lambda ids: texts,
        clusters or {},
    )
    return update_utterances(corpus, nothing_before(articles["id"]), settings).found


def nothing_before(ids: pa.ChunkedArray) -> Before:
    """All articles are new."""
    return Before(LINKS.empty_table(), nothing_common(), UTTERANCE_REPORTS.empty_table(), ids.combine_chunks())


def update_utterances(
    corpus: Corpus,
    before: Before,
    settings: UtteranceSettings = _DEFAULT,
    one_speaker: OneSpeaker = same_people,
) -> Updated:
    """Compare stale articles with all others, and grow those groups again in which a link is new or gone.

    `one_speaker` says whether two names may be of one speaker.
    """
    made = regrow(corpus, before, settings, one_speaker)
    found = [utterance for job in made.jobs for utterance in describe_part(*job, one_speaker, settings)]
    found.sort(key=lambda utterance: utterance.utterance_id)
    return Updated(found, made.kept, made.links_kept, made.links().cast(LINKS), made.common)


def regrow(corpus: Corpus, before: Before, settings: UtteranceSettings, one_speaker: OneSpeaker) -> Regrown:
    """As `update_utterances`, but for the description of the utterances."""
    articles = corpus.articles.select(["id", "publisher", "date"]).take(in_order(corpus.articles))
    ids, days = articles["id"].combine_chunks(), days_of(articles)
    changed = pc.is_in(ids, value_set=before.stale).to_numpy(zero_copy_only=False)
    words = corpus.words_of(ids)
    if not changed.all() and len(ids) <= _ARTICLES_AT_ONCE:
        corpus = _read_once(corpus, ids)
    pairs = article_pairs(words, days, _shingles_of(corpus, ids), changed, before.common, settings)
    again = ids.take(pa.array(pairs.again[:, 0])), ids.take(pa.array(pairs.again[:, 1]))
    common, jobs = pairs.common, _pairs_in_parts(corpus, articles, pairs, settings)
    del pairs, words  # most of the memory, which is given back where the jobs end
    made = [numbered(compare_part(*job, one_speaker, settings), ids) for job in jobs]
    holding = without(before.links, before.stale, again)
    held, dropped = (numbered(before.links.filter(pa.array(mask)), ids) for mask in (holding, ~holding))
    graph = graph_of(held, made, [dropped])
    del made, held, dropped  # the largest of all, and the graph says the same
    parts = touched_parts(graph)
    groups = sorted(grown(graph, parts, settings))  # by time, so that those of a part are of few articles
    return Regrown(
        _groups_in_parts(corpus, articles, groups, graph.nodes),
        _standing(before.reports, graph, parts, ids),
        holding,
        lambda: links_in(graph, ids, int(np.count_nonzero(holding))),
        common,
    )


def _read_once(corpus: Corpus, ids: pa.Array) -> Corpus:
    """In an increment into not too many articles, nearly all statements are asked for, and some again: all are read once."""
    every = corpus.statements_of(ids)

    def some(asked: pa.Array) -> pa.Table:
        return every if len(asked) == len(ids) else every.filter(pc.is_in(every["id"], value_set=asked))

    return replace(corpus, said_of=lambda asked: some(asked).select(["id", "words"]), statements_of=some)


def _shingles_of(corpus: Corpus, ids: pa.Array) -> ShinglesOf:
    """What `article_pairs` asks of articles."""

    def shingles(places: NDArray[np.int64], looked_at: NDArray[np.bool_]) -> NDArray[np.uint64]:
        own = ids.take(pa.array(places))
        said = corpus.said_of(own)
        return said_shingles(said["words"], places[pc.index_in(said["id"], value_set=own).to_numpy()], looked_at)

    return shingles


def _pairs_in_parts(corpus: Corpus, articles: pa.Table, pairs: ArticlePairs, settings: UtteranceSettings) -> Iterator[Job]:
    """Jobs for `compare_part`: all pairs, or where articles are many, some at a time."""
    publishers = publishers_of(articles)
    for part in _parts_of(pairs.pairs, articles.num_rows):
        some, alike = pairs.pairs[part], pairs.alike[part]
        there = _there(some, articles.num_rows)
        # What stands around statements is looked at in much alike articles of two outlets only.
        across = (publishers[some[:, 0]] != publishers[some[:, 1]]) & (alike > settings.articles_alike[2])
        own = _part_of(corpus, articles, np.flatnonzero(there), _there(some[across], articles.num_rows)[there])
        a, b = (np.cumsum(there) - 1)[some].T
        yield own, corpus.statements_of(own["id"].combine_chunks()), pa.table([a, b, alike], schema=PAIRS)


def _parts_of(pairs: NDArray[np.int32], articles: int) -> Iterator[slice | NDArray[np.int64]]:
    """Parts of ascending pairs, of no more than `_ARTICLES_AT_ONCE` articles each: those with a first article of one block of articles, which are all near
    in time, else those with an article of each of two blocks."""
    there = _there(pairs, articles)
    asked = int(there.sum())
    blocks = 1 if asked <= _ARTICLES_AT_ONCE else -(-2 * asked // _ARTICLES_AT_ONCE)
    block = ((np.cumsum(there) - 1) * blocks // max(1, asked)).astype(np.int32)
    for first, end in pairwise(np.searchsorted(block[pairs[:, 0]], np.arange(blocks + 1, dtype=np.int32)).tolist()):
        if np.count_nonzero(_there(pairs[first:end], articles)) > _ARTICLES_AT_ONCE:
            others = block[pairs[first:end, 1]]
            yield from (first + np.flatnonzero(others == other) for other in np.unique(others).tolist())
        elif first < end:
            yield slice(first, end)


def _there(places: NDArray[np.integer[Any]], count: int) -> NDArray[np.bool_]:
    flags = np.zeros(count, bool)
    flags[places.reshape(-1)] = True
    return flags


def _groups_in_parts(corpus: Corpus, articles: pa.Table, groups: Sequence[Sequence[int]], statements: Nodes) -> Iterator[Job]:
    """Jobs for `describe_part`."""
    nodes, sizes = np.array([node for group in groups for node in group], np.int64), np.array([*map(len, groups)], np.int64)
    group, part = np.repeat(np.arange(len(groups)), sizes), np.repeat((np.cumsum(sizes) - sizes) // _MEMBERS_IN_PART, sizes)
    for one in np.unique(part).tolist():
        of_part = part == one
        some = nodes[of_part]
        asked, places = np.unique(statements.article[some], return_inverse=True)
        own = _part_of(corpus, articles, asked, np.ones(len(asked), bool))
        members = pa.table([group[of_part], places.reshape(-1), statements.start[some], statements.end[some]], schema=MEMBERS)
        yield own, corpus.statements_of(own["id"].combine_chunks()), members


def _part_of(corpus: Corpus, articles: pa.Table, places: NDArray[np.int64], with_text: NDArray[np.bool_]) -> pa.Table:
    """`ARTICLES` at some places."""
    some = articles.take(pa.array(places))
    ids = some["id"].to_pylist()
    asked = [id for id, wanted in zip(ids, with_text.tolist(), strict=True) if wanted]
    texts = corpus.texts_of(asked) if asked else {}
    clusters = pa.array([corpus.clusters.get(id) for id in ids], pa.string())
    return pa.table([*some.columns, clusters, pa.array([texts.get(id) for id in ids], pa.large_string())], schema=ARTICLES)


def _standing(reports: pa.Table, graph: Graph, parts: NDArray[np.bool_], ids: pa.Array) -> pa.Array:
    """The ids of the utterances none of whose reports may have changed."""
    all_ids = pc.unique(reports["utterance_id"])
    if not reports.num_rows:
        return all_ids
    article = pc.index_in(reports["article_id"], value_set=ids).fill_null(-1).to_numpy().astype(np.int64)
    numbers = numbers_of(graph.nodes[:3], article, reports["report_start"].to_numpy(), reports["report_end"].to_numpy())
    moved = (article < 0) | (numbers < 0) | parts[numbers] if len(parts) else np.ones(len(numbers), bool)
    return all_ids.filter(pc.invert(pc.is_in(all_ids, value_set=reports["utterance_id"].filter(pa.array(moved)).combine_chunks())))
