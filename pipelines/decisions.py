"""Reads files of corrections: decisions of a person, which every load applies. `docs/corrections.md` has an example of each kind.

What a decision changes stands in the stage that applies it, which articles it means in SQL; here it is only read and checked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Self

import pyarrow as pa
from pydantic import Field, model_validator

from pipelines.cleaning.blocks import split_blocks
from pipelines.cleaning.repetition import line_hash
from pipelines.lexicons import LanguageTable, LexiconError, parse_toml, validated
from pipelines.schemas import DECISIONS
from pipelines.speakers.spellings import fold
from pipelines.vocabulary import BlockKind, CorrectionKind, SpeakerKind

Row = dict[str, Any]


class Entry(LanguageTable):
    """Base of all entries: `note` is for people, who may say there why, and who decided."""

    note: str = ""


class LineEntry(Entry):
    """What a line is on all pages of a publisher that hold it."""

    publisher: str
    text: str = Field(min_length=1)
    kind: BlockKind

    @model_validator(mode="after")
    def _is_one_line(self) -> Self:
        found = len(split_blocks(self.text))
        if found != 1:
            raise ValueError(
                f"text has {found} lines: allowed is one line as it stands on the page; give each line an entry of its own"
            )
        return self


class NamesEntry(Entry):
    """Names of one speaker, or each of another."""

    same: tuple[str, ...] = ()
    different: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _has_one_list(self) -> Self:
        if bool(self.same) == bool(self.different):
            raise ValueError("allowed is either same or different, with two names or more")
        names = self.same or self.different
        if len({fold(name) for name in names}) < len(names) or len(names) < 2:
            raise ValueError(f"{list(names)}: allowed are two names or more that differ in more than case and accents")
        return self


class ArticlesEntry(Entry):
    """Articles that are no copies of each other."""

    different: tuple[str, ...] = Field(min_length=2)


class QuoteEntry(Entry):
    """Who said the one quote of an article that holds these words."""

    article: str
    words: str = Field(min_length=1)
    speaker: str = Field(min_length=1)
    kind: SpeakerKind = SpeakerKind.PERSON


_ENTRIES: Mapping[CorrectionKind, type[Entry]] = {
    CorrectionKind.LINE: LineEntry,
    CorrectionKind.NAMES: NamesEntry,
    CorrectionKind.ARTICLES: ArticlesEntry,
    CorrectionKind.QUOTE: QuoteEntry,
}


def read_decisions(files: Iterable[tuple[str, str | None]]) -> pa.Table:
    r"""DECISIONS of files, each as its name and its text, in the order given. What is wrong is a row that says so; the others count.

    The text is None where the file cannot be opened.

    >>> read_decisions([("a.toml", '[[articles]]\ndifferent = ["a.txt", "b.txt"]')])["refs"].to_pylist()
    [['a.txt', 'b.txt']]
    >>> read_decisions([("a.toml", '[[quote]]\nwords = "No."\nspeaker = "Ann Roe"')])["problem"].to_pylist()
    ["a.toml: quote[1]: key 'article' is missing"]
    """
    rows = _without_contradictions(row for name, text in files for row in _rows(name, text))
    return pa.Table.from_pylist([{"decision": place, **row} for place, row in enumerate(rows)], schema=DECISIONS)


def _rows(file: str, text: str | None) -> Iterator[Row]:
    try:
        if text is None:
            raise LexiconError(f"{file} cannot be opened: give this user the right to read it")
        sections = parse_toml(text, file)
    except LexiconError as error:
        yield {"file": file, "wording": "", "problem": str(error)}
        return
    for section, entries in sections.items():
        if section not in _ENTRIES or not isinstance(entries, list):
            problem = f"{file}: {section!r} is no list of corrections; allowed: {', '.join(f'[[{kind}]]' for kind in _ENTRIES)}"
            yield {"file": file, "entry": section, "wording": _wording(entries), "problem": problem}
            continue
        for place, entry in enumerate(entries, 1):
            named = {"file": file, "entry": f"{section}[{place}]", "kind": section, "wording": _wording(entry)}
            try:
                yield named | _columns(validated(entry, f"{file}: {section}[{place}]", _ENTRIES[CorrectionKind(section)]))
            except LexiconError as error:
                yield named | {"problem": str(error)}


def _wording(entry: Any) -> str:
    stated = {key: value for key, value in entry.items() if key != "note"} if isinstance(entry, dict) else entry
    return json.dumps(stated, ensure_ascii=False, default=str)


def _columns(entry: Entry) -> Row:
    match entry:
        case LineEntry():
            text = split_blocks(entry.text)[0].text
            return {"publisher": entry.publisher, "line_hash": line_hash(text), "line_kind": entry.kind.value}
        case NamesEntry():
            return {"same": bool(entry.same), "names": list(entry.same or entry.different)}
        case ArticlesEntry():
            return {"refs": list(entry.different)}
        case QuoteEntry():
            return {"refs": [entry.article], "words": entry.words, "speaker": entry.speaker, "speaker_kind": entry.kind.value}
    raise TypeError(f"{type(entry).__name__} is no entry of a file of corrections")


def _without_contradictions(rows: Iterable[Row]) -> Iterator[Row]:
    """An entry that decides otherwise than one before it, or on the same line or quote, is not used, and says so."""
    subjects: dict[tuple[Any, ...], Row] = {}
    named = _Names()
    for row in rows:
        other: Row | None = row
        if row.get("line_hash") is not None:
            other = subjects.setdefault((row["publisher"], row["line_hash"]), row)
        elif row.get("words") is not None:
            other = subjects.setdefault((*row["refs"], row["words"]), row)
        elif row.get("names") is not None:
            other = named.contradicted(row)
        if other is None or other is row:
            yield row
        else:
            does = "repeats" if other["wording"] == row["wording"] else "contradicts"
            known = {key: row[key] for key in ("file", "entry", "kind", "wording")}
            yield known | {"problem": f"{row['file']}: {row['entry']} {does} {other['entry']} of {other['file']}: take out one"}


class _Names:
    """Which names are one and which are two by the entries so far."""

    def __init__(self) -> None:
        self._one: list[tuple[frozenset[str], Row]] = []
        self._two: list[tuple[frozenset[str], Row]] = []

    def contradicted(self, row: Row) -> Row | None:
        """The entry that this one contradicts. Where there is none, this one counts from now on."""
        names = frozenset(fold(name) for name in row["names"])
        if not row["same"]:
            against = next((other for group, other in self._one if len(group & names) > 1), None)
            self._two += [(names, row)] if against is None else []
            return against
        joined = names.union(*(group for group, _ in self._one if group & names))
        against = next((other for apart, other in self._two if len(apart & joined) > 1), None)
        if against is None:
            self._one = [(group, other) for group, other in self._one if not group & names] + [(joined, row)]
        return against
