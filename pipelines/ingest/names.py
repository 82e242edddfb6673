"""Under which names records hold their fields: `seeds/fields.toml`, held against its model. What is done with the values stands in `fields.py`."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from pipelines.lexicons import LanguageTable, LexiconError, parse_language_file, seeds_folder

_LONGEST_COMPOSED = 48  # characters
_BETWEEN = re.compile(r"[\s_:@.()\[\]#/&\ufeff-]+")


class _Fields(LanguageTable):
    id: tuple[str, ...]
    url: tuple[str, ...]
    canonical_url: tuple[str, ...]
    title: tuple[str, ...]
    published: tuple[str, ...]
    modified: tuple[str, ...]
    byline: tuple[str, ...]
    publisher: tuple[str, ...]
    section: tuple[str, ...]
    language: tuple[str, ...]
    text: tuple[str, ...]
    html: tuple[str, ...]
    markdown: tuple[str, ...]


class _Objects(LanguageTable):
    wrapping: tuple[str, ...]
    parts: tuple[str, ...]
    person: tuple[str, ...]
    named: tuple[str, ...]
    ignored: tuple[str, ...]
    no_records: tuple[str, ...]


class _Rich(LanguageTable):
    """Names in texts that are trees of nodes. `roots` hold a tree, `nodes` a node's inner ones, `types` say what it is, `words` are its words; `held`: objects that hold
    its words; `inline`: kinds of nodes within a paragraph."""

    roots: tuple[str, ...]
    nodes: tuple[str, ...]
    types: tuple[str, ...]
    words: tuple[str, ...]
    held: tuple[str, ...]
    inline: tuple[str, ...]


class _Composed(LanguageTable):
    """Of which words a name of the field is composed that stands in no list: one of `heads` at least, and else of `further`."""

    heads: tuple[str, ...]
    further: tuple[str, ...] = ()


class _Openers(LanguageTable):
    """`people`: words before names that could be a part of one; `labels`: words before a colon and names; `others`: words before names that are left out of a byline; `joiners`: words between two names of one; `places`: words between a name and
    where its bearer is; `roles`: last words of what stands behind a name and is none; `no_names`: what pages write next to names."""

    byline: tuple[str, ...]
    people: tuple[str, ...]
    labels: tuple[str, ...]
    others: tuple[str, ...]
    joiners: tuple[str, ...]
    places: tuple[str, ...]
    roles: tuple[str, ...]
    no_names: tuple[str, ...]


class _Dates(LanguageTable):
    """`locales`: languages without a folder, of which CLDR names months and weekdays. `day`, `year`: words before a day and a year in them. `forms`: keys of an
    object that holds a moment in several forms."""

    locales: tuple[str, ...]
    day: tuple[str, ...]
    year: tuple[str, ...]
    forms: tuple[str, ...]


class FieldsFile(LanguageTable):
    """`seeds/fields.toml`."""

    fields: _Fields
    composed: dict[str, _Composed]  # by field; what an earlier one takes, no later one does
    objects: _Objects
    rich: _Rich
    openers: _Openers
    languages: dict[str, tuple[str, ...]]
    dates: _Dates


class FieldNames(NamedTuple):
    """`paths`: for each field the ways to it, best first, as folded keys. `of_key`: the field that a folded key belongs to. `composed`: how
    folded keys of a field look that are in no list."""

    paths: dict[str, tuple[tuple[str, ...], ...]]
    of_key: dict[str, str]
    composed: dict[str, re.Pattern[str]]
    wrapping: frozenset[str]
    parts: tuple[str, ...]
    person: tuple[str, ...]
    named: tuple[str, ...]
    ignored: frozenset[str]
    no_records: frozenset[str]
    rich: _Rich
    opener: re.Pattern[str]
    opener_of_people: re.Pattern[str]
    opener_of_others: re.Pattern[str]
    joiner: re.Pattern[str]  # between two names, which begin with capitals
    place: re.Pattern[str]  # behind a name
    roles: frozenset[str]
    no_names: frozenset[str]
    languages: dict[str, str]
    shown: dict[str, tuple[str, ...]]
    dates: _Dates


def folded(key: str) -> str:
    """A key as it is compared.

    >>> folded("Published-At"), folded("og:title"), folded(" Article Text"), folded("Author(s)")
    ('publishedat', 'ogtitle', 'articletext', 'authors')
    """
    return _BETWEEN.sub("", key).lower()


def path_of(name: str) -> tuple[str, ...]:
    return tuple(folded(part) for part in name.split("."))


@functools.lru_cache(maxsize=4096)
def field_of(key: str) -> str | None:
    """The field that a key belongs to, folded or not: by the lists of names, else by the words that it is composed of.

    >>> field_of("pubDate"), field_of("news-publication date"), field_of("Artikeltext"), field_of("text_length"), field_of("crawl_date")
    ('published', 'published', 'text', None, None)
    """
    names, key = field_names(), folded(key)
    known = names.of_key.get(key)
    if known or len(key) > _LONGEST_COMPOSED:
        return known
    return next((field for field, form in names.composed.items() if form.fullmatch(key)), None)


@functools.cache
def field_names(place: Path | None = None) -> FieldNames:
    """The table of names, that of the package where no file is given. Raises LexiconError where the file is wrong."""
    place = place or seeds_folder().parent / "fields.toml"
    file = parse_language_file(place.read_text(encoding="utf-8"), "seeds/fields.toml", FieldsFile)
    _check_owners(file.fields)
    names = {field: getattr(file.fields, field) for field in _Fields.model_fields}
    paths = {field: tuple(map(path_of, found)) for field, found in names.items()}
    joiners = "|".join(
        re.escape(word)
        for small in file.openers.joiners
        for word in dict.fromkeys((small, small.upper()))
        if word == small or len(word) > 1
    )
    return FieldNames(
        paths=paths,
        of_key={"".join(path): field for field, found in paths.items() for path in found},
        composed={field: _form_of(words) for field, words in file.composed.items()},
        wrapping=frozenset(file.objects.wrapping),  # compared as they are: `_source` is not `source`
        parts=tuple(map(folded, file.objects.parts)),
        person=tuple(map(folded, file.objects.person)),
        named=tuple(map(folded, file.objects.named)),
        ignored=frozenset(map(folded, file.objects.ignored)),
        no_records=frozenset(map(folded, file.objects.no_records)),
        rich=file.rich,
        opener=re.compile(f"{_opener(file.openers.byline).pattern}|{_opener(file.openers.labels, colon=':').pattern}", re.I),
        opener_of_people=_opener(file.openers.people),
        opener_of_others=_opener(file.openers.others),
        joiner=re.compile(rf",?\s+(?:{joiners})\s+"),
        place=re.compile(rf"\s(?:{'|'.join(map(re.escape, file.openers.places))})\s(?=[^\W\d_a-z])"),
        roles=frozenset(file.openers.roles),
        no_names=frozenset(file.openers.no_names),
        languages={word: code for code, words in file.languages.items() for word in (code, *words)},
        shown=names,
        dates=file.dates.model_copy(update={"forms": tuple(map(folded, file.dates.forms))}),
    )


def _opener(words: Sequence[str], colon: str = ":?") -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})\s*{colon}\s+(?=\S)", re.I)


def _form_of(words: _Composed) -> re.Pattern[str]:
    heads, all_words = ("|".join(sorted(map(folded, some))) for some in (words.heads, words.heads + words.further))
    return re.compile(rf"(?:{all_words})*?(?:{heads})(?:{all_words})*")


def _check_owners(fields: _Fields) -> None:
    """A name belongs to one field, however it is written."""
    owners: dict[str, str] = {}
    for field in _Fields.model_fields:
        for name in getattr(fields, field):
            key = ".".join(path_of(name))
            if key in owners:
                message = f"seeds/fields.toml: {name!r} stands in {owners[key]} and in {field}; allowed is each name once, "
                raise LexiconError(message + "however it is written: take it out of one of them")
            owners[key] = field


def told_apart(names: Sequence[str]) -> list[str]:
    """Names of a record's fields; one that stands there again gets a number, so that its value stays too.

    >>> told_apart(["id", "text", "text", "date", "text.2", "text"])
    ['id', 'text', 'text.3', 'date', 'text.2', 'text.4']
    """
    taken, times, apart = set(names), dict.fromkeys(names, 0), []
    for name in names:
        times[name] += 1
        tried = name
        if times[name] > 1:
            while (tried := f"{name}.{times[name]}") in taken:
                times[name] += 1
            taken.add(tried)
        apart.append(tried)
    return apart
