"""Utterances as the tables of the warehouse. What an utterance is does not stand here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from pipelines import schemas
from pipelines.utterances.alignment import OneSpeaker
from pipelines.utterances.described import Member, Utterance
from pipelines.utterances.parts import describe_part
from pipelines.utterances.settings import UtteranceSettings

TABLES = {
    "utterances": pa.schema([field for field in schemas.UTTERANCES if not field.name.startswith("first_")]),
    "utterance_reports": schemas.UTTERANCE_REPORTS,
    "utterance_conflicts": schemas.UTTERANCE_CONFLICTS,
}


def utterance_tables(found: Sequence[Utterance], clusters: Mapping[str, str]) -> dict[str, pa.Table]:
    """`utterances`, but for which report was first, `utterance_reports` and `utterance_conflicts`. `clusters`: the cluster of each article that has one."""
    rows = {
        "utterances": [_utterance(u) for u in found],
        "utterance_reports": [row for u in found for row in _reports(u, clusters)],
        "utterance_conflicts": [row for u in found for row in _conflicts(u)],
    }
    return {name: pa.Table.from_pylist(some, schema=TABLES[name]) for name, some in rows.items()}


def describe_tables(
    articles: pa.Table, statements: pa.Table, members: pa.Table, one_speaker: OneSpeaker, settings: UtteranceSettings
) -> dict[str, pa.Table]:
    """The tables of what `describe_part` makes of a part."""
    in_cluster = articles.filter(articles["cluster"].is_valid())
    clusters = dict(zip(in_cluster["id"].to_pylist(), in_cluster["cluster"].to_pylist(), strict=True))
    return utterance_tables(describe_part(articles, statements, members, one_speaker, settings), clusters)


def _utterance(u: Utterance) -> dict[str, Any]:
    return {
        "utterance_id": u.utterance_id,
        "text": u.text,
        "speaker_name": u.speaker,
        "articles": len({member.article_id for member in u.members}),
        "reports": u.reports,
        "conflicts": len(list(_conflicts(u))),
    }


def _reports(u: Utterance, clusters: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    seen: dict[str, str] = {}
    for member in u.members:
        cluster = clusters.get(member.article_id, member.article_id)
        statement = member.statement
        yield {
            "utterance_id": u.utterance_id,
            "article_id": member.article_id,
            "report_start": statement.start,
            "report_end": statement.end,
            "quote_index": statement.quote,
            "type": statement.type,
            "relation": member.relation.value,
            "text": member.text,
            "speaker_name": statement.speaker,
            "speaker_mention": statement.mention,
            "speaker_in_group": u.speaker,
            "counts": seen.setdefault(cluster, member.article_id) == member.article_id,
        }


def _conflicts(u: Utterance) -> Iterator[dict[str, Any]]:
    """One row per conflict: the earliest pair of reports, of two articles, that are of the one and of the other side."""
    for conflict in u.conflicts:
        sides = [(u.members[i], u.members[j]) for i in conflict.one for j in conflict.other]
        a, b = next((a, b) for a, b in sides if a.article_id != b.article_id)
        yield {
            "utterance_id": u.utterance_id,
            "kind": conflict.kind.value,
            **_place("a", a),
            **_place("b", b),
            "a_words": conflict.before,
            "b_words": conflict.after,
        }


def _place(side: str, member: Member) -> dict[str, Any]:
    return {
        f"{side}_article_id": member.article_id,
        f"{side}_start": member.statement.start,
        f"{side}_end": member.statement.end,
    }
