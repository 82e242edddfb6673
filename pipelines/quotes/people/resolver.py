"""Who a mention is: last name to full name, pronoun to the recent speaker, role to the person it was introduced for.

Every answer is a span of the article's own text. The text's names are read once, and only when a mention asks. Each kind of mention has its own
module: `named`, `pronouns`, `nouns`; they share the speakers met so far (`discourse`).
"""

from __future__ import annotations

from pipelines.quotes.people.clues import Clues
from pipelines.quotes.people.discourse import Discourse
from pipelines.quotes.people.introductions import Introductions
from pipelines.quotes.people.name_index import NameIndex
from pipelines.quotes.people.named import Named
from pipelines.quotes.people.nouns import Nouns
from pipelines.quotes.people.pronouns import Pronouns
from pipelines.quotes.people.recent import Recent


class Resolver:
    """Who the mentions of one text are. Ask in reading order: an answer depends on who spoke before."""

    def __init__(self, index: NameIndex) -> None:
        self.index, self.text = index, index.text
        discourse, introductions = Discourse(index, Clues(index)), Introductions(index)
        recent = Recent(discourse, introductions)
        nouns, pronouns = Nouns(discourse, introductions, recent), Pronouns(discourse, introductions, recent)
        named = Named(discourse, nouns)
        self.name, self.label = named.name, named.label
        self.pronoun, self.left_out = pronouns.pronoun, pronouns.left_out
        self.noun = nouns.noun
