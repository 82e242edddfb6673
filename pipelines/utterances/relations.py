"""How a member of an utterance stands to the wording it is compared with: word for word, a part, edited, another translation, reported."""

from __future__ import annotations

from pipelines.utterances.settings import UtteranceSettings
from pipelines.utterances.wording import difference_of
from pipelines.vocabulary import QuoteType, Relation


def relation_of(words: str, type_of_quote: str, wording: str, settings: UtteranceSettings) -> Relation:
    """The relation of folded words to a wording of the same utterance.

    >>> relation_of("we will not go", "direct", "we said that we will not go there", UtteranceSettings()).value
    'excerpt'
    """
    if type_of_quote == QuoteType.INDIRECT:
        return Relation.INDIRECT
    if words == wording:
        return Relation.VERBATIM
    if f" {words} " in f" {wording} " or f" {wording} " in f" {words} ":
        return Relation.EXCERPT
    difference = difference_of(words, wording)
    changed = sum(max(len(block.before), len(block.after)) for block in difference.blocks)
    if difference.share >= settings.edited and changed <= settings.most_changed * len(words.split()):
        return Relation.EDITED if not difference.edges else Relation.EXCERPT if not difference.blocks else Relation.EDITED
    return Relation.RETRANSLATED
