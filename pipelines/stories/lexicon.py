"""What languages give to stories: the days of the week, in all forms that a text writes out (`stories.toml`), and words of grammar (`words.toml`).

The words of credits are declared next to the code that reads them, in `pipelines.stories.credits`.
"""

from __future__ import annotations

import functools
from pathlib import Path

from pydantic import field_validator

from pipelines.lexicons import LanguageFile, Words, languages_with, read_language_file
from pipelines.words_file import WordsFile

DAYS = 7


class StoryWords(LanguageFile):
    """`stories.toml` of a language."""

    weekdays: tuple[
        Words, ...
    ] = ()  # Monday first, the forms of each day, lower case; no short ones, which are words of other languages

    @field_validator("weekdays")
    @classmethod
    def _are_seven(cls, weekdays: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
        if len(weekdays) not in (0, DAYS):
            raise ValueError(f"{len(weekdays)} days are given; allowed are seven, Monday first")
        return weekdays


@functools.cache
def words_of_grammar() -> tuple[frozenset[str], ...]:
    """The words of grammar of each language, in order of their codes."""
    return tuple(read_language_file(code, "words", WordsFile).function_words for code in languages_with("words"))


@functools.cache
def days_of_week(folder: Path | None = None) -> dict[str, int]:
    """The bit of the day that a word names, in any language: stories go across languages, so an article's own does not matter.

    >>> days_of_week()["tuesday"]
    2
    """
    found: dict[str, int] = {}
    for code in languages_with("stories", folder):
        for day, forms in enumerate(read_language_file(code, "stories", StoryWords, folder).weekdays):
            for form in forms:
                found[form] = found.get(form, 0) | 1 << day
    return found
