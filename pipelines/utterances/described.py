"""What groups of statements say as utterances: their wording, their reports and the row of `copydesk utterances`.

Which statements are of one group stands in `links`, who said them in `speakers`.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from pipelines.language import detect_language
from pipelines.utterances.conflicts import Conflict, conflicts_of
from pipelines.utterances.relations import relation_of
from pipelines.utterances.settings import UtteranceSettings
from pipelines.utterances.speakers import settled, speaker_of
from pipelines.utterances.statements import Statement
from pipelines.utterances.wording import words_of
from pipelines.vocabulary import QuoteType, Relation


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


class Head(NamedTuple):
    """An article; near-duplicates are of one `cluster` and count as one report."""

    id: str
    publisher: str | None
    date: str | None
    cluster: str
    text: str


def utterances_of(
    groups: Sequence[Sequence[Statement]],
    articles: Sequence[Head],
    same_speaker: Callable[[str, str], bool],
    settings: UtteranceSettings,
) -> list[Utterance]:
    """The utterances that groups are. Each rests on its own articles, given by the places that its statements name, and on nothing else."""
    language = functools.cache(lambda place: detect_language(articles[place].text))
    found = []
    for group in groups:
        chosen = settled(group, lambda place: articles[place].text, language, same_speaker, settings)
        fullest = max((s for s in chosen if s.type != QuoteType.INDIRECT), key=_fullness, default=chosen[0])
        members = tuple(_member(articles[s.article], s, fullest.folded, settings) for s in chosen)
        text = articles[fullest.article].text[fullest.start : fullest.end]
        conflicts = conflicts_of(
            chosen,
            lambda s: language(s.article),
            lambda s: articles[s.article].text[s.start : s.end],
            words_of,
            same_speaker,
            settings,
        )
        reports = {articles[s.article].cluster for s in chosen}
        found.append(Utterance(_identity(members), text, members, len(reports), speaker_of(chosen, same_speaker), tuple(conflicts)))
    return found


def _fullness(statement: Statement) -> tuple[int, str]:
    return len(statement.folded), statement.folded


def _member(article: Head, statement: Statement, wording: str, settings: UtteranceSettings) -> Member:
    relation = relation_of(statement.folded, statement.type, wording, settings)
    return Member(article.id, article.publisher, article.date, statement, relation, article.text[statement.start : statement.end])


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
