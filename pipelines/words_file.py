"""The form of `words.toml` of a language: words that cleaning counts in a line, those of grammar among them."""

from __future__ import annotations

from pydantic import Field

from pipelines.lexicons import LanguageFile, Phrases, WordSet
from pipelines.vocabulary import BlockKind


class WordsFile(LanguageFile):
    """`words.toml`: words that are counted in a line."""

    function_words: WordSet = frozenset()
    reader_words: WordSet = frozenset()
    role_words: WordSet = frozenset()
    attributing_words: WordSet = frozenset()
    boilerplate_words: WordSet = frozenset()
    abbreviations: WordSet = frozenset()
    being: WordSet = frozenset()
    share_openers: WordSet = frozenset()
    list_headings: Phrases = frozenset()
    measures: WordSet = frozenset()
    letter_headings: Phrases = frozenset()
    letter_openings: Phrases = frozenset()
    letters_unsigned: Phrases = frozenset()
    kinds: dict[BlockKind, WordSet] = Field(default_factory=dict)
