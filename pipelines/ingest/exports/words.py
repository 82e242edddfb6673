"""The words of archives, as `seeds/exports.toml` has them."""

from __future__ import annotations

import functools

from pipelines.lexicons import LanguageTable, parse_language_file, seeds_folder


class Labels(LanguageTable):
    title: tuple[str, ...]
    byline: tuple[str, ...]
    section: tuple[str, ...]
    date: tuple[str, ...]
    language: tuple[str, ...]
    text: tuple[str, ...]
    url: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    id: tuple[str, ...] = ()
    before: tuple[str, ...]
    after: tuple[str, ...]

    def field_of(self, label: str) -> str | None:
        """What a label is of; None where it is no label of this archive."""
        word = label.strip().lower()
        return next((name for name in type(self).model_fields if word in getattr(self, name)), None)


class _Nexis(LanguageTable):
    of: tuple[str, ...]
    documents: tuple[str, ...]
    end: tuple[str, ...]
    body: tuple[str, ...]
    behind: tuple[str, ...]
    labels: Labels


class _ProQuest(LanguageTable):
    documents: tuple[str, ...]
    missing: tuple[str, ...]
    labels: Labels


class Codes(LanguageTable):
    title: tuple[str, ...]
    byline: tuple[str, ...]
    section: tuple[str, ...]
    date: tuple[str, ...]
    time: tuple[str, ...]
    language: tuple[str, ...]
    publisher: tuple[str, ...]
    text: tuple[str, ...]
    id: tuple[str, ...]
    other: tuple[str, ...]


class _Factiva(LanguageTable):
    end: tuple[str, ...]
    words: tuple[str, ...]
    copyright: tuple[str, ...]
    foot: tuple[str, ...]
    codes: Codes


class ExportsFile(LanguageTable):
    """`seeds/exports.toml`."""

    nexis: _Nexis
    proquest: _ProQuest
    factiva: _Factiva
    others: dict[str, tuple[str, ...]]
    feet: dict[str, tuple[str, ...]]


@functools.cache
def export_words() -> ExportsFile:
    place = seeds_folder().parent / "exports.toml"
    return parse_language_file(place.read_text(encoding="utf-8"), "seeds/exports.toml", ExportsFile)
