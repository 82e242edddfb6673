"""Reads the files of a language, `seeds/languages/<code>/<file>.toml`, each against the model that declares its keys.

A page knows what its own language says and what other languages declare as `shared`, nothing else of them. Which keys a file has is
declared next to the code that uses them (`pipelines.cleaning.lexicon`, `pipelines.quotes.lexicon`, `pipelines.names`), not here.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Sequence
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, ValidationInfo, field_validator

SHARED = "any"  # the folder of what holds on pages of every language
SHARED_KEY = "shared"  # names what of a language's file holds there too


class LexiconError(ValueError):
    """A language file is wrong; the message names file, key, value and what is allowed."""


class LanguageTable(BaseModel):
    """Base of the tables of a language file: an unknown key is an error, values keep their type."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Exemplified(LanguageTable):
    """Base of what proves itself in its file: it has to hit each of its `hits` and none of its `misses`, which it declares after its other keys."""

    def is_hit(self, example: str) -> bool:
        """Whether it is for this line."""
        raise NotImplementedError

    def shown(self) -> str:
        """What an error calls it."""
        return "the pattern"

    @field_validator("hits", "misses", check_fields=False)
    @classmethod
    def _examples_hold(cls, examples: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if set(cls.model_fields) - {"hits", "misses"} <= set(info.data):  # nothing else is wrong
            table = cls.model_construct(**info.data)
            wanted = info.field_name == "hits"
            for example in examples:
                if table.is_hit(example) != wanted:
                    raise ValueError(f"{example!r} is {'no hit' if wanted else 'a hit'} of {table.shown()}")
        return examples


class LanguageFile(LanguageTable):
    """Base of every model of a language file. `shared` names those of its keys that hold on pages of every language."""

    shared: tuple[str, ...] = ()

    @field_validator("shared")
    @classmethod
    def _are_keys(cls, shared: tuple[str, ...]) -> tuple[str, ...]:
        keys = sorted(set(cls.model_fields) - {"shared"})
        for name in shared:
            if name not in keys:
                raise ValueError(f"{name!r} is no key of this file; allowed are {', '.join(keys)}")
        return shared

    def shared_part(self) -> Self:
        """The file with the keys that it shares and no others."""
        return self.model_construct(**{name: getattr(self, name) for name in self.shared})


def as_words(value: Any) -> Any:
    """A list of words that may be written as one string with blanks between them."""
    words = value.split() if isinstance(value, str) else value
    for word in words if isinstance(words, list) else ():
        if isinstance(word, str) and len(word.split()) != 1:
            raise ValueError(f"{word!r} is no single word; allowed are words without blanks")
    return words


# Lists of single words, written as one string with blanks between them or as a list; in order, or only to be looked up in.
Words = Annotated[tuple[str, ...], BeforeValidator(as_words)]
WordSet = Annotated[frozenset[str], BeforeValidator(as_words)]
# A list of words and phrases, which may hold blanks.
Phrases = frozenset[str]


def _pattern(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return re.compile(value)
    except re.error as error:
        raise ValueError(f"is no regular expression ({error}); allowed is what Python's `re` compiles") from error


Pattern = Annotated[re.Pattern[str], BeforeValidator(_pattern)]

M = TypeVar("M", bound=LanguageFile)
T = TypeVar("T", bound=LanguageTable)


@functools.cache
def languages_with(file: str, folder: Path | None = None) -> tuple[str, ...]:
    """The codes of the languages that have `<file>.toml`, sorted, without the shared folder.

    >>> "en" in languages_with("names")
    True
    """
    folders = (language for language in (folder or seeds_folder()).iterdir() if language.joinpath(f"{file}.toml").is_file())
    return tuple(sorted(language.name for language in folders if language.name != SHARED))


def files_for_pages(language: str | None, file: str, model: type[M], folder: Path | None = None) -> tuple[M, ...]:
    """What holds on pages of a language: the file of every language, its own, and of each other language what that one shares.

    Own comes before shared, so that the first file to say something is the most specific. A file that is not there is passed over, and one of
    another language that does not name the key `shared` is not parsed: most of them, and to parse them takes as long as much else of a start.
    """
    folder = folder or seeds_folder()
    known = languages_with(file, folder)
    first = [code for code in (SHARED, language) if code and folder.joinpath(code, f"{file}.toml").is_file()]
    found = [read_language_file(code, file, model, folder) for code in first]
    texts = {code: folder.joinpath(code, f"{file}.toml").read_text(encoding="utf-8") for code in known if code != language}
    others = (read_language_file(code, file, model, folder) for code, text in texts.items() if SHARED_KEY in text)
    return (*found, *(other.shared_part() for other in others if other.shared))


def merged(files: Sequence[M]) -> M:
    """Several files as one: lists one after another without repeats, tables key by key, where the first file to have a key is right."""
    values: dict[str, Any] = {}
    for name in type(files[0]).model_fields:
        found = [getattr(file, name) for file in files]
        values[name] = _merged(found) if name != "shared" else ()
    return files[0].model_construct(**values)


def _merged(found: Sequence[Any]) -> Any:
    first = found[0]
    if isinstance(first, LanguageTable):
        return first.model_construct(
            **{name: _merged([getattr(table, name) for table in found]) for name in type(first).model_fields}
        )
    if isinstance(first, frozenset):
        return first.union(*found)
    if isinstance(first, tuple):
        return tuple(dict.fromkeys(value for values in found for value in values))
    if isinstance(first, dict):
        tables = {key: [table[key] for table in found if key in table] for table in found for key in table}
        return {key: _merged(values) for key, values in tables.items()}
    return next((value for value in found if value), first)


def alternation(words: Iterable[str]) -> str:
    """A group of a regular expression that holds for each of the words or phrases, the longest that fits first; without any, for nothing.
    A word that ends in `*` stands for all that begin so.

    >>> alternation(["a.m.", "photo", "photograph*"])
    '(?:photograph\\\\w*|photo|a\\\\.m\\\\.)'
    """
    patterns = [
        re.escape(word.removesuffix("*")) + r"\w*" * word.endswith("*") for word in sorted(words, key=lambda w: (-len(w), w))
    ]
    return f"(?:{'|'.join(patterns)})" if patterns else "(?!)"


@functools.cache
def read_language_file(language: str, file: str, model: type[M], folder: Path | None = None) -> M:
    """The validated content of `seeds/languages/<language>/<file>.toml`, or of that file below another folder of languages.

    Raises LexiconError where the file is not there, is no TOML, or does not fit the model.
    """
    place = f"seeds/languages/{language}/{file}.toml"
    path = (folder or seeds_folder()).joinpath(language, f"{file}.toml")
    if not path.is_file():
        known = ", ".join(languages_with(file, folder)) or "none"
        raise LexiconError(f"there is no {file}.toml for language {language!r}; known: {known}. Add {place}")
    return parse_language_file(path.read_text(encoding="utf-8"), place, model)


def parse_language_file(text: str, place: str, model: type[T]) -> T:
    """The validated content of a data file; `place` names it in errors. Raises LexiconError."""
    return validated(parse_toml(text, place), place, model)


def parse_toml(text: str, place: str) -> dict[str, Any]:
    """The tables of a data file; `place` names it in errors. Raises LexiconError."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{place} is no TOML: {error}; allowed: a file of TOML; correct it there") from error


def validated(values: Any, place: str, model: type[T]) -> T:
    """A table as its model declares it. Raises LexiconError, with every key that is wrong."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise LexiconError("\n".join(_message(place, found, model) for found in error.errors())) from error


def _message(place: str, found: Any, model: type[LanguageTable]) -> str:
    key = _key(found["loc"])
    if found["type"] == "extra_forbidden":
        return f"{place}: unknown key {key!r}; allowed here: {', '.join(_allowed(model, found['loc'][:-1])) or 'nothing else'}"
    if found["type"] == "missing":
        return f"{place}: key {key!r} is missing; allowed: a file that has it; add it"
    allowed = found["msg"].removeprefix("Value error, ")
    return f"{place}: {key} is {found['input']!r}: {allowed[:1].lower()}{allowed[1:]}"


def _key(location: Sequence[int | str]) -> str:
    """A location as one would write it: `rule[3].where`."""
    written = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return written.removeprefix(".")


def _allowed(model: Any, location: Sequence[int | str]) -> list[str]:
    """The keys of the table at a location, as its model declares them."""
    for part in location:
        if isinstance(part, int):
            continue
        field = model.model_fields.get(part) if _is_model(model) else None
        if field is None:
            return []
        model = _model_in(field.annotation)
    return sorted(model.model_fields) if _is_model(model) else []


def _model_in(annotation: Any) -> Any:
    """The model that a field holds, alone, in a list or in a table."""
    if _is_model(annotation):
        return annotation
    inside = (_model_in(part) for part in getattr(annotation, "__args__", ()))
    return next((found for found in inside if found is not None), None)


def _is_model(found: Any) -> bool:
    return isinstance(found, type) and issubclass(found, BaseModel)


@functools.cache
def seeds_folder() -> Path:
    """The folder of languages that comes with the package."""
    return Path(str(resources.files("seeds"))) / "languages"
