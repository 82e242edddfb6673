"""Utterances: the same words in several articles, whatever their spelling, translation and speaker.

`find_utterances` takes articles and their quotes; `article_statements` and `group_statements` are its two halves, of which the warehouse
keeps what the first gives. Who is quoted, and where quotes are, does not belong here: see `pipelines.quotes`.
"""

from __future__ import annotations

from pipelines.utterances.found import Member, Utterance, find_utterances, group_statements, to_json
from pipelines.utterances.settings import UtteranceSettings
from pipelines.utterances.statements import article_statements
from pipelines.utterances.tables import utterance_tables

__all__ = [
    "Member",
    "Utterance",
    "UtteranceSettings",
    "article_statements",
    "find_utterances",
    "group_statements",
    "to_json",
    "utterance_tables",
]
