"""Utterances: the same words in several articles, whatever their spelling, translation and speaker.

`find_utterances` takes articles and their quotes. Who is quoted, and where quotes are, does not belong here: see `pipelines.quotes`.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from pipelines.language import detect_language
from pipelines.speakers import same_name
from pipelines.utterances.alignment import groups_of
from pipelines.utterances.conflicts import Conflict, conflicts_of
from pipelines.utterances.measures import measure
from pipelines.utterances.relations import relation_of
from pipelines.utterances.settings import UtteranceSettings
from pipelines.utterances.statements import Statement, statements_of
from pipelines.utterances.wording import words_of
from pipelines.vocabulary import QuoteType, Relation, SpeakerKind

__all__ = ["Member", "Utterance", "UtteranceSettings", "find_utterances", "to_json"]

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
    rows = sorted(articles.to_pylist(), key=lambda row: (row["date"] or "9999", row["id"]))
    of_article: dict[str, list[dict[str, Any]]] = {row["id"]: [] for row in rows}
    for quote in quotes.to_pylist():
        if quote["id"] in of_article:
            of_article[quote["id"]].append(quote)
    texts = [row["text"] or "" for row in rows]
    statements = [
        statement
        for place, row in enumerate(rows)
        for statement in statements_of(place, texts[place], sorted(of_article[row["id"]], key=_index), settings)
    ]
    same_speaker = functools.lru_cache(1 << 16)(lambda a, b: same_name(a, b).same)
    pairs = measure(texts, statements, settings)
    groups = groups_of(statements, pairs, [_day(row["date"]) for row in rows], same_speaker, settings)
    language = functools.cache(lambda place: detect_language(texts[place]))
    found = []
    for group in groups:
        chosen = [statements[k] for k in sorted(group, key=lambda k: (statements[k].article, statements[k].start))]
        wording = max((s for s in chosen if s.type != QuoteType.INDIRECT), key=_fullness, default=chosen[0]).folded
        members = tuple(_member(rows[s.article], texts[s.article], s, wording, settings) for s in chosen)
        conflicts = conflicts_of(chosen, [language(s.article) for s in chosen], words_of, same_speaker, settings)
        reports = {(clusters or {}).get(m.article_id, m.article_id) for m in members}
        found.append(Utterance(_identity(members), members, len(reports), _speaker(chosen, same_speaker), tuple(conflicts)))
    return sorted(found, key=lambda utterance: utterance.utterance_id)


def _index(quote: dict[str, Any]) -> int:
    return int(quote["quote_index"])


def _day(text: str | None) -> int | None:
    try:
        return date.fromisoformat(text[:10]).toordinal() if text else None
    except ValueError:
        return None


def _fullness(statement: Statement) -> tuple[int, str]:
    return len(statement.folded), statement.folded


def _member(row: dict[str, Any], text: str, statement: Statement, wording: str, settings: UtteranceSettings) -> Member:
    relation = relation_of(statement.folded, statement.type, wording, settings)
    return Member(row["id"], row["publisher"], row["date"], statement, relation, text[statement.start : statement.end])


def _identity(members: Sequence[Member]) -> str:
    """A hash of the members: their articles and places."""
    places = "\0".join(sorted(f"{m.article_id}\0{m.statement.start}\0{m.statement.end}" for m in members))
    return hashlib.sha256(places.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _speaker(members: Sequence[Statement], same_speaker: Any) -> str | None:
    """The name that most articles give, by the spelling most often used; None where none is given by more than every other one."""
    named = [m for m in members if m.speaker and m.speaker_kind in (SpeakerKind.PERSON, SpeakerKind.ORGANISATION)]
    groups: list[list[Statement]] = []
    for member in named:
        home = next((g for g in groups if same_speaker(g[0].speaker, member.speaker)), None)
        if home is None:
            groups.append([member])
        else:
            home.append(member)
    support = sorted((len({m.article for m in g}), k) for k, g in enumerate(groups))
    if not support or (len(support) > 1 and support[-1][0] == support[-2][0]):
        return None
    names = [m.speaker or "" for m in groups[support[-1][1]]]
    return max(names, key=lambda name: (len(name.split()) > 1, names.count(name), name))


def to_json(utterance: Utterance) -> dict[str, Any]:
    """The row of `copydesk utterances`."""
    members = [
        {
            "article_id": m.article_id,
            "start": m.statement.start,
            "end": m.statement.end,
            "type": m.statement.type,
            "speaker_name": m.statement.speaker,
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
            {"kind": c.kind.value, "members": list(c.members), "before": c.before, "after": c.after} for c in utterance.conflicts
        ],
    }


def _place(member: Member) -> dict[str, Any]:
    return {"start": member.statement.start, "end": member.statement.end, "text": member.text}
