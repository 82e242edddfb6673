"""Utterances: the same words in several articles, whatever their spelling, translation and speaker.

`find_utterances` takes articles and their quotes; `article_statements` and `update_utterances` are its two halves, of which the warehouse
keeps what they give. Who is quoted, and where quotes are, does not belong here: see `pipelines.quotes`.
"""

from __future__ import annotations

from pipelines.utterances.described import Member, Utterance, to_json
from pipelines.utterances.found import Before, Corpus, Updated, find_utterances, regrow, update_utterances
from pipelines.utterances.settings import UtteranceSettings
from pipelines.utterances.statements import article_statements
from pipelines.utterances.tables import describe_tables, utterance_tables

__all__ = [
    "Before",
    "Corpus",
    "Member",
    "Updated",
    "Utterance",
    "UtteranceSettings",
    "article_statements",
    "describe_tables",
    "find_utterances",
    "regrow",
    "to_json",
    "update_utterances",
    "utterance_tables",
]
