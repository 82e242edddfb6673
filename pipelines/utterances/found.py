"""From statements to utterances: what is found, in which order, and as the row of `copydesk utterances`.

How alike two statements are stands in `measures`, which are one in `alignment`, who said them in `speakers`.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.language import detect_language
from pipelines.schemas import BODIES, LINKS, UTTERANCE_REPORTS
from pipelines.speakers import same_people
from pipelines.utterances.alignment import OneSpeaker, align
from pipelines.utterances.article_pairs import ArticlePairs, ArticleWords, Common, Lists, article_pairs, nothing_common, said_words
from pipelines.utterances.conflicts import Conflict, conflicts_of
from pipelines.utterances.links import Graph, Nodes, graph_of, grown, links_of, numbers_of, touched_parts, without
from pipelines.utterances.measures import measure
from pipelines.utterances.relations import relation_of
from pipelines.utterances.settings import UtteranceSettings
from pipelines.utterances.speakers import settled, speaker_of
from pipelines.utterances.statements import Spoken, Statement, article_statements
from pipelines.utterances.wording import words_of
from pipelines.vocabulary import QuoteType, Relation

_DEFAULT = UtteranceSettings()


@dataclass(frozen=True, slots=True)
class Member:
    """One report of an utterance. `statement.article` is no id but a place: use `article_id`."""

    article_id: str
    publisher: str | None
    date: str | None
    statement: Statement
    relation: Relation
    text: str


@dataclass(frozen=True, slots=True)
class Utterance:
    """The members by date and article; the first is the first report. `reports`: articles that are no copies of each other."""

    utterance_id: str
    text: str  # the fullest wording
    members: tuple[Member, ...]
    reports: int
    speaker: str | None  # whom most reports name
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True)
class Corpus:
    """All articles: their `id`, `publisher` and `date`; `said`: `id` and folded `words` of every statement; `words_of`: the words of articles by their
    ids, in this order; what is asked for of few: `statements_of` (`STATEMENTS`) and `texts_of`; `clusters`: the cluster of each article that
    has one, since near-duplicates are one report."""

    articles: pa.Table
    said: pa.Table
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
class Updated:
    """`found`: the utterances that are new, or may have changed; `kept`: the ids of those that stand as they are; `links_kept`: which links hold on; `links`: new ones."""

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
        statements.select(["id", "words"]),
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
    order = in_order(corpus.articles)
    ids = order.ids
    changed = pc.is_in(ids, value_set=before.stale).to_numpy(zero_copy_only=False)
    of_said = pc.index_in(corpus.said["id"], value_set=ids).fill_null(-1).to_numpy().astype(np.int64)
    pairs = article_pairs(
        corpus.words_of(ids),
        np.array([-1 if day is None else day for day in order.days], np.int64),
        said_words(corpus.said["words"]),
        of_said,
        changed,
        before.common,
        settings,
    )
    texts = Texts(order.heads, corpus.texts_of)
    made = compare_statements(corpus, order, pairs, texts, one_speaker, settings)
    again = ids.take(pa.array(pairs.again[:, 0])), ids.take(pa.array(pairs.again[:, 1]))
    holding = without(before.links, before.stale, again)
    held, dropped = (before.links.filter(pa.array(mask)) for mask in (holding, ~holding))
    graph = graph_of(held, made, dropped, ids)
    parts = touched_parts(graph)
    groups = grown(graph, parts, settings)
    found = utterances_of(groups, graph.nodes, corpus, order, texts, one_speaker, settings)
    return Updated(found, _standing(before.reports, graph, parts, ids), holding, made, pairs.common)


def compare_statements(
    corpus: Corpus, order: Order, pairs: ArticlePairs, texts: Texts, one_speaker: OneSpeaker, settings: UtteranceSettings
) -> pa.Table:
    """The LINKS of the statements of pairs of articles. Those of a pair rest on its two articles and nothing else."""
    heads, ids, days = order
    asked, places = np.unique(pairs.pairs, return_inverse=True)
    own = ids.take(pa.array(asked))
    spoken = Spoken.of(corpus.statements_of(own), own)
    measured = measure(
        spoken,
        places.reshape(pairs.pairs.shape).astype(np.int64),
        pairs.alike,
        _publishers([heads[k] for k in asked.tolist()]),
        lambda places: texts.of([int(asked[k]) for k in places]),
        settings,
    )
    return links_of(spoken, own, align(spoken, measured, [days[k] for k in asked.tolist()], one_speaker, settings))


def utterances_of(
    groups: Sequence[Sequence[int]],
    nodes: Nodes,
    corpus: Corpus,
    order: Order,
    texts: Texts,
    one_speaker: OneSpeaker,
    settings: UtteranceSettings,
) -> list[Utterance]:
    """The utterances that groups of nodes are, in order of their ids. Each rests on its own articles and nothing else."""
    same_speaker = functools.lru_cache(1 << 16)(lambda a, b: one_speaker([(a, b)])[0])
    heads, ids = order.heads, order.ids
    numbers = np.array([number for group in groups for number in group], np.int64)
    articles = np.unique(nodes.article[numbers])
    texts.of(articles.tolist())
    spoken = Spoken.of(corpus.statements_of(ids.take(pa.array(articles))), ids)
    of_node = numbers_of(nodes, spoken.article, spoken.start, spoken.end)
    wanted = np.flatnonzero(np.isin(of_node, numbers))
    statements = dict(zip(of_node[wanted].tolist(), spoken.statements(wanted), strict=True))
    language = functools.cache(lambda k: detect_language(texts[k]))
    found = []
    for group in groups:
        chosen = settled([statements[number] for number in group], texts.__getitem__, same_speaker, settings)
        fullest = max((s for s in chosen if s.type != QuoteType.INDIRECT), key=_fullness, default=chosen[0])
        members = tuple(_member(heads[s.article], texts[s.article], s, fullest.folded, settings) for s in chosen)
        text = texts[fullest.article][fullest.start : fullest.end]
        conflicts = conflicts_of(chosen, [language(s.article) for s in chosen], words_of, same_speaker, settings)
        reports = {corpus.clusters.get(m.article_id, m.article_id) for m in members}
        found.append(Utterance(_identity(members), text, members, len(reports), speaker_of(chosen, same_speaker), tuple(conflicts)))
    return sorted(found, key=lambda utterance: utterance.utterance_id)


def _standing(reports: pa.Table, graph: Graph, parts: NDArray[np.bool_], ids: pa.Array) -> pa.Array:
    """The ids of the utterances none of whose reports may have changed."""
    all_ids = pc.unique(reports["utterance_id"])
    if not reports.num_rows:
        return all_ids
    article = pc.index_in(reports["article_id"], value_set=ids).fill_null(-1).to_numpy().astype(np.int64)
    numbers = numbers_of(graph.nodes, article, reports["report_start"].to_numpy(), reports["report_end"].to_numpy())
    moved = (article < 0) | (numbers < 0) | parts[numbers] if len(parts) else np.ones(len(numbers), bool)
    return all_ids.filter(pc.invert(pc.is_in(all_ids, value_set=reports["utterance_id"].filter(pa.array(moved)).combine_chunks())))


class Texts:
    """Texts by the places of their articles; each is asked for once."""

    def __init__(self, heads: Sequence[Head], texts_of: Callable[[Sequence[str]], Mapping[str, str]]) -> None:
        self._heads, self._texts_of = heads, texts_of
        self._known: dict[int, str] = {}

    def __getitem__(self, place: int) -> str:
        return self._known[place]

    def of(self, places: Sequence[int]) -> list[str]:
        asked = {self._heads[k].id: k for k in places if k not in self._known}
        texts = self._texts_of([*asked]) if asked else {}
        self._known.update({k: texts[id] for id, k in asked.items()})
        return [self._known[k] for k in places]


class Head(NamedTuple):
    id: str
    publisher: str | None
    date: str | None


class Order(NamedTuple):
    """Articles by date, then id; the places of articles are those in this order."""

    heads: Sequence[Head]
    ids: pa.Array
    days: Sequence[int | None]


def in_order(articles: pa.Table) -> Order:
    """Of `id`, `publisher` and `date`."""
    columns = (articles[name].to_pylist() for name in ("id", "publisher", "date"))
    heads = sorted((Head(*row) for row in zip(*columns, strict=True)), key=lambda head: (head.date or "9999", head.id))
    return Order(heads, pa.array([head.id for head in heads], pa.string()), [day_of(head.date) for head in heads])


def _publishers(heads: Sequence[Head]) -> NDArray[np.int64]:
    """A number for the publisher of each article, of its own where it has none."""
    numbers: dict[str, int] = {}
    return np.array(
        [-1 - k if head.publisher is None else numbers.setdefault(head.publisher, len(numbers)) for k, head in enumerate(heads)],
        np.int64,
    )


def numbered_words(ids: pa.Array, words: pa.Table) -> ArticleWords:
    """ARTICLE_WORDS in order of ids; an article of which nothing is kept has none."""
    rows = pc.index_in(ids, value_set=words["id"])
    column = words["words"].take(rows).fill_null([])
    lists = column.combine_chunks()
    known = lists.flatten().dictionary_encode()
    hashes = known.dictionary.to_numpy().astype(np.uint64)
    order = np.argsort(hashes)
    number = np.empty(len(order), np.int32)
    number[order] = np.arange(len(order))
    starts = np.append(0, np.cumsum(pc.list_value_length(lists).to_numpy())).astype(np.int64)
    return ArticleWords(Lists(number[known.indices.to_numpy()], starts), hashes[order])


def day_of(text: str | None) -> int | None:
    try:
        return date.fromisoformat(text[:10]).toordinal() if text else None
    except ValueError:
        return None


def _fullness(statement: Statement) -> tuple[int, str]:
    return len(statement.folded), statement.folded


def _member(head: Head, text: str, statement: Statement, wording: str, settings: UtteranceSettings) -> Member:
    relation = relation_of(statement.folded, statement.type, wording, settings)
    return Member(*head, statement, relation, text[statement.start : statement.end])


def _identity(members: Sequence[Member]) -> str:
    """A hash of the members: their articles and places."""
    places = "\0".join(sorted(f"{m.article_id}\0{m.statement.start}\0{m.statement.end}" for m in members))
    return hashlib.sha256(places.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def to_json(utterance: Utterance) -> dict[str, Any]:
    """The row of `copydesk utterances`."""
    members = [
        {
            "article_id": m.article_id,
            "start": m.statement.start,
            "end": m.statement.end,
            "type": m.statement.type,
            "speaker_name": m.statement.speaker,
            "speaker_mention": m.statement.mention,
            "speaker_in_group": utterance.speaker,
            "relation": m.relation.value,
            "text": m.text,
        }
        for m in utterance.members
    ]
    first = utterance.members[0]
    return {
        "utterance_id": utterance.utterance_id,
        "first": {"article_id": first.article_id, "publisher": first.publisher, "date": first.date, **_place(first)},
        "reports": utterance.reports,
        "speaker": utterance.speaker,
        "members": members,
        "conflicts": [
            {"kind": c.kind.value, "members": [i, j], "before": c.before, "after": c.after}
            for c in utterance.conflicts
            for i in c.one
            for j in c.other
            if utterance.members[i].article_id != utterance.members[j].article_id
        ],
    }


def _place(member: Member) -> dict[str, Any]:
    return {"start": member.statement.start, "end": member.statement.end, "text": member.text}
