"""`seeds/languages/<code>/statements.toml` as it is read: words that change what a statement says. What they mean is said where they are used."""

from __future__ import annotations

from pydantic import Field

from pipelines.lexicons import LanguageFile, Phrases, WordSet


class StatementsFile(LanguageFile):
    """Negations, and the words for numbers, folded. A number may have two words: `"quatre vingt" = 80`."""

    negations: WordSet = frozenset()
    no_negations: Phrases = frozenset()  # phrases that hold one and deny nothing: "not only"
    no_months: WordSet = frozenset()  # names of months that are other words as well
    ones: WordSet = frozenset()  # words for one, which are other words as well: they count behind tens only
    joins: WordSet = frozenset()  # words between the parts of a number
    numbers: dict[str, int] = Field(default_factory=dict)
    units: dict[str, WordSet] = Field(default_factory=dict)  # of measures, money and clocks, with the words for each
