"""The exports of newspaper archives, split into their articles: Nexis, ProQuest and Factiva as text.

Files are not opened here, and bytes not decoded: see the readers, which hand over the text. The archives' words stand in
`seeds/exports.toml`. A text that is an export and cannot be split is refused: never two articles in one body.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import dropwhile

from pipelines.ingest.dates import iso_moment
from pipelines.ingest.entry import Entry, Reject
from pipelines.ingest.fields import encodable, language_code, shown
from pipelines.ingest.names import field_names
from pipelines.lexicons import LanguageTable, alternation, parse_language_file, seeds_folder
from pipelines.vocabulary import RejectReason

_WRAPPED = range(40, 100)  # characters of a line that a program broke
_RULE = re.compile(r"^[ \t]*_{20,}[ \t]*$", re.M)
_LABEL = re.compile(r"(?P<label>[^\W\d_][\w /()-]{1,40}?):(?:[ \t]+|(?=\n)|$)(?P<value>.*)", re.S)
_DOCUMENT_NUMBER = r"[A-Za-z0-9]{16,32}"
_CODED = re.compile(r"^(?P<code>[A-Z]{2,4})(?:[ ]{2,}|(?<=[A-Z]{3})[ ]|[ ]*\t[ \t]*|[ ]*$)(?P<value>.*)$")
# As above, where a program took the second blank away.
_CODED_CLOSE = re.compile(r"^(?P<code>[A-Z]{2,4})(?:[ \t]+|$)(?P<value>.*)$")
_CENTRED = 5  # blanks before a line of a heading


class _Labels(LanguageTable):
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
    labels: _Labels


class _ProQuest(LanguageTable):
    documents: tuple[str, ...]
    missing: tuple[str, ...]
    labels: _Labels


class _Codes(LanguageTable):
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
    codes: _Codes


class ExportsFile(LanguageTable):
    """`seeds/exports.toml`."""

    nexis: _Nexis
    proquest: _ProQuest
    factiva: _Factiva
    others: dict[str, tuple[str, ...]]


@functools.cache
def _words() -> ExportsFile:
    place = seeds_folder().parent / "exports.toml"
    return parse_language_file(place.read_text(encoding="utf-8"), "seeds/exports.toml", ExportsFile)


@dataclass
class _Article:
    """What an export says of one article. `more` are the fields that no column takes."""

    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    date: str | None = None
    section: str | None = None
    language: str | None = None
    url: str | None = None
    id: str | None = None
    paragraphs: list[str] = field(default_factory=list)
    more: dict[str, str] = field(default_factory=dict)

    def set(self, name: str, value: str, label: str) -> None:
        """Keep a value where its field has none yet, else, and where no field has that name, under its label."""
        value = " ".join(value.split())
        if value and name in _SIMPLE and getattr(self, name) is None:
            setattr(self, name, value)
        elif value:
            self.more.setdefault(label, value)


_SIMPLE = frozenset({"title", "byline", "publisher", "date", "section", "language", "url", "id"})


def export_entries(text: str) -> list[Entry] | None:
    """The articles of an archive's export, in order; those that cannot be read are rejected. None where the text is no export.

    >>> article = "Quay to close\\n\\nA. Roe\\n12 words\\n3 May 2024\\nThe Post\\nPOST\\nEnglish\\n(c) 2024 The Post\\n\\nIt closes.\\n\\nDocument POST000020240503ek5300001\\n"
    >>> [(entry.format, entry.title, entry.date, entry.byline, entry.text) for entry in export_entries(article * 2)][0]
    ('factiva', 'Quay to close', '2024-05-03', 'A. Roe', 'It closes.')
    >>> export_entries("Quay to close\\n\\nIt closes.") is None
    True
    """
    lined = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\xa0", " ").removeprefix("\ufeff")
    for name, split in _ARCHIVES.items():
        articles = split(lined)
        if articles is not None:
            return [_entry(name, article, place) for place, article in enumerate(articles, 1)]
    for name, labels in _words().others.items():
        if (count := len(re.findall(rf"^[ \t]*{alternation(labels)}:", lined, re.M | re.I))) > 1:
            message = f"this is an export of {name} with {count} articles, which is not split; allowed: one article in a file, or an export of Nexis, ProQuest or "
            message += "Factiva; put each article into a file of its own"
            return [Entry(raw=text.encode(), text=encodable(text), reject=Reject(RejectReason.UNSUPPORTED_FORMAT, message))]
    return None


def _entry(archive: str, article: _Article | str, place: int) -> Entry:
    """A string is a part of the export that could not be read."""
    if isinstance(article, str):
        message = f"part {place} of this export of {archive} cannot be read as an article: it begins {shown(article.strip(), 60)}; "
        message += "allowed: the export as the archive writes it; export the article again, or put it into a file of its own"
        return Entry(
            line=place,
            text=encodable(article),
            raw=article.encode(),
            format=archive,
            reject=Reject(RejectReason.BAD_VALUE, message),
        )
    published = iso_moment(article.date) if article.date else None
    if article.date and not published:
        article.more.setdefault("date", article.date)
    body = "\n\n".join(article.paragraphs)
    if body.strip().rstrip(".").lower() in _words().proquest.missing:
        body = ""
    reject = None
    if not body.strip():
        message = f"article {place} of this export of {archive}, {shown(article.title or '')}, has no text; allowed: articles in full text; export it so"
        reject = Reject(RejectReason.NO_TEXT, message)
    return Entry(
        line=place,
        id=article.id,
        publisher=article.publisher and re.sub(r"\s*(?:\([^()]*\)|;.*)$", "", article.publisher),
        url=article.url,
        title=article.title,
        date=published and published[:10],
        byline=article.byline,
        text=body or None,
        section=article.section and article.section.split(";")[0].strip(),
        language=article.language and language_code(article.language),
        published_at=published,
        extra=json.dumps(article.more, ensure_ascii=False, sort_keys=True) if article.more else None,
        format=archive,
        raw=b"" if body else repr(article).encode("utf-8", "backslashreplace"),
        reject=reject,
    )


# ---------------------------------------------------------------- paragraphs and labels


def _paragraphs(lines: list[str]) -> Iterator[list[str]]:
    """Lines that stand together, without the blank ones between."""
    together: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            together.append(line.rstrip())
        elif together:
            yield together
            together = []


def _joined(paragraph: list[str]) -> list[str]:
    """A paragraph whose lines a program broke, as one; others line by line."""
    stripped = [line.strip() for line in paragraph]
    if len(stripped) > 1 and all(len(line) in _WRAPPED for line in stripped[:-1]) and len(stripped[-1]) < _WRAPPED.stop:
        return [" ".join(stripped)]
    return stripped


def _is_label(paragraph: list[str], labels: _Labels) -> tuple[str, str, str] | None:
    """Field, label and value of a paragraph that begins with one of the labels."""
    match = _LABEL.match("\n".join(paragraph).strip())
    found = match and labels.field_of(match["label"])
    return (found, match["label"].strip(), match["value"]) if match and found else None


def _label_by_label(paragraph: list[str], labels: _Labels) -> list[list[str]]:
    """Labelled lines that stand together, each with the lines that belong to it."""
    if not _is_label(paragraph[:1], labels):
        return [paragraph]
    parts: list[list[str]] = []
    for line in paragraph:
        if _is_label([line], labels):
            parts.append([line])
        else:
            parts[-1].append(line)
    return parts


def _is_copyright(paragraph: list[str]) -> bool:
    first = paragraph[0].strip().lower()
    return any(first.startswith(word) for word in _words().factiva.copyright) and len(paragraph) < 5 and len(first) < 200


def _take_behind(article: _Article, paragraphs: list[list[str]], labels: _Labels) -> list[list[str]]:
    """Take the labelled paragraphs at the end into the article; gives those before them, which are the text."""
    start = end = len(paragraphs)
    while start and (
        _LABEL.match("\n".join(paragraphs[start - 1]).strip())
        or _is_copyright(paragraphs[start - 1])
        or _is_centred(paragraphs[start - 1])
    ):
        start -= 1
    while start < end and not (_is_label(paragraphs[start], labels) or _is_copyright(paragraphs[start])):
        start += 1  # what has a colon in it before the first label is text
    for paragraph in paragraphs[start:]:
        found = _is_label(paragraph, labels) or ("more", "copyright", " ".join(paragraph))
        article.set(*_reordered(found))
    return paragraphs[:start]


def _reordered(found: tuple[str, str, str]) -> tuple[str, str, str]:
    name, label, value = found
    return name, value, label.lower()


def _is_centred(paragraph: list[str]) -> bool:
    return all(len(line) - len(line.lstrip()) >= _CENTRED for line in paragraph)


def _without_opener(byline: str | None) -> str | None:
    return byline and (field_names().opener.sub("", byline, count=1) if field_names().opener.match(byline) else byline)


# ---------------------------------------------------------------- Nexis


@functools.cache
def _nexis_marks() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = _words().nexis
    documents = alternation(words.documents)
    before = rf"^[ \t]*(?:\d+ {alternation(words.of)} \d+ {documents}|{documents} \d+ {alternation(words.of)} \d+)[ \t]*$"
    behind = rf"^[ \t]*{alternation(words.end)}[ \t]*$"
    return (
        re.compile(before, re.M | re.I),
        re.compile(behind, re.M | re.I),
        re.compile(rf"^[ \t]*{alternation(words.body)}[ \t]*$", re.M | re.I),
    )


def _nexis(text: str) -> list[_Article | str] | None:
    before, behind, body = _nexis_marks()
    parts = before.split(text)
    if len(parts) > 1:
        head = [parts[0]] if len(parts[0].split()) > 100 else []
        return [*head, *map(_classic_nexis, parts[1:])]
    if behind.search(text) and (body.search(text) or re.search(r"^\s*(?:load-date|length):", text, re.M | re.I)):
        parts = behind.split(text)
        rest = [parts[-1]] if len(parts[-1].split()) > 20 else []
        return [*map(_new_nexis, parts[:-1]), *rest]
    return None


def _classic_nexis(part: str) -> _Article | str:
    """Publication and day, centred, the title, labelled fields, the text, labelled fields."""
    labels, article = _words().nexis.labels, _Article()
    paragraphs = [lines for paragraph in _paragraphs(part.split("\n")) for lines in _label_by_label(paragraph, labels)]
    rest = list(dropwhile(lambda paragraph: _is_centred(paragraph) or _is_copyright(paragraph), paragraphs))
    heading = [line.strip() for paragraph in paragraphs[: len(paragraphs) - len(rest)] for line in paragraph]
    if not any(map(iso_moment, heading)):  # a program took the blanks away
        first = next((place for place, paragraph in enumerate(rest[:6]) if any(map(iso_moment, paragraph))), -1)
        heading += [line.strip() for paragraph in rest[: first + 1] for line in paragraph]
        rest = rest[first + 1 :]
    day = next((place for place, line in enumerate(heading) if iso_moment(line)), None)
    if day is not None:
        article.date = heading[day]
    names = [line for line in heading[:day] if not _is_copyright([line])]
    article.publisher = names[0] if names else None
    if heading[(day or 0) + 1 :]:
        article.more["edition"] = " ".join(heading[(day or 0) + 1 :])
    rest = _take_before(article, rest, labels)
    text = _take_behind(article, rest, labels)
    article.paragraphs = [line for paragraph in text for line in _joined(paragraph)]
    article.byline = _without_opener(article.byline)
    return article if article.date or article.publisher else part


def _take_before(article: _Article, paragraphs: list[list[str]], labels: _Labels) -> list[list[str]]:
    """Take title and labelled fields before the text; gives what is behind them. Where nothing says where the text begins, all is text but the title."""
    place = last = 0
    for place, paragraph in enumerate(paragraphs[:12]):
        found = _is_label(paragraph, labels)
        if found and found[0] == "text":
            return _with_first(found[2], paragraphs[place + 1 :], article, paragraphs[:place], labels)
        if found and found[0] != "after":
            last = place + 1
        elif found or (last and place >= last) or place > 1:
            break
    taken = paragraphs[:last] or paragraphs[:1]
    for place, paragraph in enumerate(taken):
        found = _is_label(paragraph, labels)
        article.set(*(_reordered(found) if found else ("title" if place == 0 else "more", " ".join(paragraph), "heading")))
    return paragraphs[len(taken) :]


def _with_first(
    value: str, behind: list[list[str]], article: _Article, before: list[list[str]], labels: _Labels
) -> list[list[str]]:
    """The text whose first paragraph stands behind its label, and the fields before that."""
    for place, paragraph in enumerate(before):
        found = _is_label(paragraph, labels)
        article.set(*(_reordered(found) if found else ("title" if place == 0 else "more", " ".join(paragraph), "heading")))
    return [*([value.strip().split("\n")] if value.strip() else []), *behind]


def _new_nexis(part: str) -> _Article | str:
    """Title, publication and day, labelled lines, a line that says that the text begins, the text, one that says that it ends."""
    labels, article = _words().nexis.labels, _Article()
    lines = part.split("\n")
    _, _, body = _nexis_marks()
    begin = next((place for place, line in enumerate(lines) if body.fullmatch(line)), None)
    if begin is None:
        return part
    heading = [line.strip() for line in lines[:begin]]
    day = max((place for place, line in enumerate(heading) if line and iso_moment(line)), default=None)
    if day is None:
        return part
    article.date = heading[day]
    above = [line for line in heading[:day] if line]
    article.publisher = above[-1] if above else None
    article.title = _title_above(heading[:day])
    for line in heading[day + 1 :]:
        found = _is_label([line], labels) if line else None
        if line:
            article.set(*(_reordered(found) if found else ("more", line, "heading")))
    behind = re.compile(rf"{alternation(_words().nexis.behind)}(?::.*)?", re.I)
    after = lines[begin + 1 :]
    end = next((place for place, line in enumerate(after) if behind.fullmatch(line.strip())), len(after))
    for line in after[end:]:
        if found := _is_label([line], labels):
            article.set(*_reordered(found))
        elif match := _LABEL.match(line.strip()):
            article.set("more", match["value"], match["label"].lower())
    article.paragraphs = [line for paragraph in _paragraphs(after[:end]) for line in _joined(paragraph)]
    article.byline = _without_opener(article.byline)
    return article


def _title_above(above: list[str]) -> str | None:
    """The paragraph that ends before the line of the publication."""
    lines = list(above)
    while lines and not lines[-1]:
        lines.pop()
    lines = lines[:-1]  # the publication
    while lines and not lines[-1]:
        lines.pop()
    title: list[str] = []
    while lines and lines[-1]:
        title.insert(0, lines.pop())
    return " ".join(title) or None


# ---------------------------------------------------------------- ProQuest


def _proquest(text: str) -> list[_Article | str] | None:
    labels = _words().proquest.labels
    known = re.compile(rf"^[ \t]*{alternation(_words().proquest.documents)}\s*:", re.M | re.I)
    begins = re.compile(rf"^[ \t]*{alternation(labels.text)}\s*:", re.M | re.I)
    others = re.compile(rf"^[ \t]*{alternation((*labels.publisher, *labels.before))}\s*:", re.M | re.I)
    if not known.search(text) and not (_RULE.search(text) and begins.search(text) and len(others.findall(text)) > 1):
        return None
    parts = [part for part in _RULE.split(text) if part.strip()]
    if any(len(known.findall(part)) > 1 for part in parts):
        return [part if len(known.findall(part)) > 1 else _proquest_article(part) for part in parts]
    return [_proquest_article(part) for part in parts if known.search(part) or begins.search(part)]


def _proquest_article(part: str) -> _Article:
    labels, article = _words().proquest.labels, _Article()
    before, _, _ = _nexis_marks()
    paragraphs = list(dropwhile(lambda paragraph: before.fullmatch(" ".join(paragraph)), _paragraphs(part.split("\n"))))
    begin = next(
        (place for place, paragraph in enumerate(paragraphs) if (found := _is_label(paragraph, labels)) and found[0] == "text"),
        None,
    )
    if begin is None:
        text: list[list[str]] = []
        _take_labelled(article, paragraphs, labels)
    else:
        first = (_is_label(paragraphs[begin], labels) or ("", "", ""))[2]
        text = _take_behind(article, [*([first.strip().split("\n")] if first.strip() else []), *paragraphs[begin + 1 :]], labels)
        _take_labelled(article, paragraphs[:begin], labels)
    article.paragraphs = [line for paragraph in text for line in _joined(paragraph)]
    article.byline = _turned(article.byline)
    if article.date is None and (info := article.more.get("publication info")):
        match = re.search(r"\]\s*(.{4,20}?\d{4})\.?\s*$", info)
        article.date = match[1] if match else None
    return article


def _take_labelled(article: _Article, paragraphs: list[list[str]], labels: _Labels) -> None:
    for place, paragraph in enumerate(paragraphs):
        found = _is_label(paragraph, labels)
        article.set(*(_reordered(found) if found else ("title" if place == 0 else "more", " ".join(paragraph), "heading")))


def _turned(byline: str | None) -> str | None:
    """Names as they are said: `Roe, Ann; Day, Bo` is `Ann Roe, Bo Day`."""
    if byline is None:
        return None
    names = [name.strip().rstrip(".") for name in byline.split(";") if name.strip()]
    return (
        ", ".join(
            " ".join(reversed([part.strip() for part in name.split(",")])) if name.count(",") == 1 else name for name in names
        )
        or None
    )


# ---------------------------------------------------------------- Factiva


@functools.cache
def _factiva_marks() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = _words().factiva
    end = rf"^[ \t]*{alternation(words.end)} (?P<id>{_DOCUMENT_NUMBER})[ \t]*$"
    return re.compile(end, re.M | re.I), re.compile(rf"[\d.,  ]+ {alternation(words.words)}", re.I)


def _factiva(text: str) -> list[_Article | str] | None:
    coded = _coded_factiva(text)
    if coded is not None:
        return coded
    end, words = _factiva_marks()
    if not end.search(text) or not any(words.fullmatch(line.strip()) for line in text.split("\n")):
        return None
    found: list[_Article | str] = []
    place = 0
    for match in end.finditer(text):
        found.append(_plain_factiva(text[place : match.start()], match["id"]))
        place = match.end()
    rest = text[place:].strip()
    foot = re.compile(alternation(_words().factiva.foot), re.I)
    return [*found, *([rest] if len(rest.split()) > 12 and not foot.search(rest) else [])]


def _plain_factiva(part: str, number: str) -> _Article | str:
    """Title, then a block of byline, words, day, publication, code, language and copyright, then the text."""
    _, words = _factiva_marks()
    paragraphs = list(_paragraphs(part.split("\n")))
    place = next((n for n, paragraph in enumerate(paragraphs) if any(words.fullmatch(line.strip()) for line in paragraph)), None)
    if place is None:
        return part
    article = _Article(id=number)
    block = [line.strip() for line in paragraphs[place]]
    counted = next(n for n, line in enumerate(block) if words.fullmatch(line))
    above = [" ".join(map(str.strip, paragraph)) for paragraph in paragraphs[:place]]
    names = block[:counted]
    if not above and names:
        heads = (
            2 if len(names) > 1 and names[0].isupper() and not names[1].isupper() else 1
        )  # a section in capitals stands above the title
        above, names = names[:heads], names[heads:]
    article.title = above[-1] if above else None
    if len(above) > 1:
        article.set("section", above[0], "heading")
    article.byline = _without_opener(", ".join(names) or None)
    _take_block(article, block[counted + 1 :])
    article.paragraphs = [line for paragraph in paragraphs[place + 1 :] for line in _joined(paragraph)]
    return article if article.title and article.date else part


def _take_block(article: _Article, block: list[str]) -> None:
    """Day, perhaps a time, publication, its code, perhaps page and edition, language and copyright."""
    rest = list(block)
    if rest and iso_moment(rest[0]):
        article.date = rest.pop(0)
        if rest and re.fullmatch(r"\d\d?:\d\d(?::\d\d)?(?: .{2,8})?", rest[0]):
            article.date += f" {rest.pop(0)}"
    if rest:
        article.publisher = rest.pop(0)
    for line in rest:
        if _is_copyright([line]):
            article.set("more", line, "copyright")
        elif article.language is None and len(line.split()) == 1 and language_code(line) and len(line) > 2:
            article.language = line
        else:
            article.more["code"] = f"{article.more['code']}; {line}" if "code" in article.more else line


def _coded_factiva(text: str) -> list[_Article | str] | None:
    """The layout with a code before each field; None where the text has another."""
    codes = _words().factiva.codes
    known = {code: name for name in _Codes.model_fields for code in getattr(codes, name)}
    lines = text.split("\n")
    coded = _CODED if any(match and match["code"] == codes.title[0] for match in map(_CODED.match, lines)) else _CODED_CLOSE
    fields = [
        (match["code"], match["value"]) if (match := coded.match(line)) and match["code"] in known else (None, line)
        for line in lines
    ]
    there = {known[code] for code, _ in fields if code}
    if not {"title", "text"} <= there or not {"id", "date"} & there or len({code for code, _ in fields if code}) < 4:
        return None
    articles: list[_Article | str] = []
    current: str | None = None
    begun: set[str] = set()
    values: dict[str, list[str]] = {}
    for code, value in [*fields, ("HD", "")]:
        name = known[code] if code else None
        if (name == "title" and "title" in begun) or (begun and "id" in begun and name):
            articles.append(_coded_article(values))
            values, begun = {}, set()
        if code and name:
            begun.add(name)
            current = code
            values.setdefault(code, []).append(value)
        elif current:
            values[current].append(value)
    return articles


def _coded_article(values: dict[str, list[str]]) -> _Article:
    codes, article = _words().factiva.codes, _Article()
    for name in _Codes.model_fields:
        for code in getattr(codes, name):
            lines = values.get(code, [])
            if name == "text":
                article.paragraphs += [line for paragraph in _paragraphs(lines) for line in _joined(paragraph)]
            elif name == "id":
                article.set("id", re.sub(r"^\S+\s+(?=\S+$)", "", next((line.strip() for line in lines if line.strip()), "")), code)
            elif name == "time" and article.date and lines:
                article.date += f" {' '.join(lines).strip()}"
            else:
                article.set(name, " ".join(lines), code)
    article.byline = _without_opener(article.byline)
    return article


_ARCHIVES: dict[str, Callable[[str], list[_Article | str] | None]] = {"proquest": _proquest, "nexis": _nexis, "factiva": _factiva}
