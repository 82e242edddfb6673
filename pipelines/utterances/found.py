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
from numpy.typing import NDArray

from pipelines.language import detect_language
from pipelines.schemas import BODIES
from pipelines.speakers import same_name
from pipelines.utterances.alignment import groups_of
from pipelines.utterances.conflicts import Conflict, conflicts_of
from pipelines.utterances.interrupted import with_interrupted
from pipelines.utterances.measures import Lists, measure
from pipelines.utterances.relations import relation_of
from pipelines.utterances.settings import UtteranceSettings
from pipelines.utterances.speakers import settled, speaker_of
from pipelines.utterances.statements import Statement, article_statements, statements_in
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


def find_utterances(
    articles: pa.Table, quotes: pa.Table, clusters: Mapping[str, str] | None = None, settings: UtteranceSettings = _DEFAULT
) -> list[Utterance]:
    """The utterances of articles (`COMPARED`) and their `QUOTES`, in order of their ids.

    `clusters`: the cluster of each article that has one; near-duplicates are one report. What is found does not depend on the order
    of rows.
    """
    kept = article_statements(articles.select(BODIES.names).cast(BODIES), quotes, settings)
    texts = dict(zip(articles["id"].to_pylist(), articles["text"].to_pylist(), strict=True))
    return group_statements(articles, kept["statements"], kept["words"], lambda ids: texts, clusters or {}, settings)


def group_statements(
    articles: pa.Table,
    statements: pa.Table,
    words: pa.Table,
    texts_of: Callable[[Sequence[str]], Mapping[str, str]],
    clusters: Mapping[str, str],
    settings: UtteranceSettings = _DEFAULT,
    one_name: Callable[[str, str], bool] = lambda a, b: same_name(a, b).same,
) -> list[Utterance]:
    """`find_utterances` of what is kept of articles: `STATEMENTS` and `ARTICLE_WORDS`.

    `articles` have id, publisher and date; `texts_of` gives the texts of the few that are looked at again; `one_name` says whether two
    names may be of one speaker.
    """
    columns = (articles[name].to_pylist() for name in ("id", "publisher", "date"))
    heads = sorted((_Head(*row) for row in zip(*columns, strict=True)), key=lambda head: (head.date or "9999", head.id))
    place = {head.id: k for k, head in enumerate(heads)}
    said = statements_in(statements, place)
    texts: dict[int, str] = {}

    def text_of_all(places: Sequence[int]) -> list[str]:
        asked = [heads[k].id for k in places if k not in texts]
        found = texts_of(asked) if asked else {}
        texts.update({place[id]: found[id] for id in asked})
        return [texts[k] for k in places]

    same_speaker = functools.lru_cache(1 << 16)(one_name)
    days = [_day(head.date) for head in heads]
    pairs = measure(_in_order_of(place, words), days, _publishers(heads), said, text_of_all, settings)
    groups = groups_of(said, pairs, days, same_speaker, settings)
    text_of_all(sorted({said[k].article for group in groups for k in group}))
    groups = with_interrupted(groups, said, texts.__getitem__)
    language = functools.cache(lambda k: detect_language(texts[k]))
    found = []
    for group in groups:
        given = [said[k] for k in sorted(group, key=lambda k: (said[k].article, said[k].start))]
        chosen = settled(given, texts.__getitem__, same_speaker, settings)
        fullest = max((s for s in chosen if s.type != QuoteType.INDIRECT), key=_fullness, default=chosen[0])
        members = tuple(_member(heads[s.article], texts[s.article], s, fullest.folded, settings) for s in chosen)
        text = texts[fullest.article][fullest.start : fullest.end]
        conflicts = conflicts_of(chosen, [language(s.article) for s in chosen], words_of, same_speaker, settings)
        reports = {clusters.get(m.article_id, m.article_id) for m in members}
        found.append(Utterance(_identity(members), text, members, len(reports), speaker_of(chosen, same_speaker), tuple(conflicts)))
    return sorted(found, key=lambda utterance: utterance.utterance_id)


class _Head(NamedTuple):
    id: str
    publisher: str | None
    date: str | None


def _publishers(heads: Sequence[_Head]) -> NDArray[np.int64]:
    """A number for the publisher of each article, of its own where it has none."""
    numbers: dict[str, int] = {}
    return np.array(
        [-1 - k if head.publisher is None else numbers.setdefault(head.publisher, len(numbers)) for k, head in enumerate(heads)],
        np.int64,
    )


def _in_order_of(place: Mapping[str, int], words: pa.Table) -> Lists:
    """The words of each article, in order of their places; an article of which nothing is kept has none."""
    ids, column = words["id"].to_pylist(), words["words"].combine_chunks()
    values, ends = column.values.to_numpy(), column.offsets.to_numpy()
    rows: list[NDArray[np.uint64]] = [np.zeros(0, np.uint64)] * len(place)
    for row, id in enumerate(ids):
        if id in place:
            rows[place[id]] = values[ends[row] : ends[row + 1]]
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows], dtype=np.int64)]).astype(np.int64)
    return Lists(np.concatenate([*rows, np.zeros(0, np.uint64)]), starts)


def _day(text: str | None) -> int | None:
    try:
        return date.fromisoformat(text[:10]).toordinal() if text else None
    except ValueError:
        return None


def _fullness(statement: Statement) -> tuple[int, str]:
    return len(statement.folded), statement.folded


def _member(head: _Head, text: str, statement: Statement, wording: str, settings: UtteranceSettings) -> Member:
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
