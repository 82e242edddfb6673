"""`seeds/languages/<code>/statements.toml` as it is read: words that change what a statement says. What they mean is said where they are used."""

from __future__ import annotations

from pydantic import Field

from pipelines.lexicons import LanguageFile, WordSet


class StatementsFile(LanguageFile):
    """Negations, and the words for numbers, folded."""

    negations: WordSet = frozenset()
    no_months: WordSet = frozenset()  # names of months that are other words as well
    numbers: dict[str, int] = Field(default_factory=dict)
