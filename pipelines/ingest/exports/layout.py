"""What exports of all archives are made of: an article's fields, paragraphs, labelled lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipelines.ingest.exports.words import Labels, export_words
from pipelines.ingest.names import field_names

_WRAPPED = range(40, 100)  # characters of a line that a program broke
LABEL = re.compile(r"(?P<label>[^\W\d_][\w /()-]{1,40}?):(?:[ \t]+|(?=\n)|$)(?P<value>.*)", re.S)
_CENTRED = 5  # blanks before a line of a heading


@dataclass
class ExportedArticle:
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


def paragraphs_of(lines: list[str]) -> Iterator[list[str]]:
    """Groups of lines with no blank line between them."""
    together: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            together.append(line.rstrip())
        elif together:
            yield together
            together = []


def joined(paragraph: list[str]) -> list[str]:
    """A paragraph whose lines a program broke, as one; others line by line."""
    stripped = [line.strip() for line in paragraph]
    if len(stripped) > 1 and all(len(line) in _WRAPPED for line in stripped[:-1]) and len(stripped[-1]) < _WRAPPED.stop:
        return [" ".join(stripped)]
    return stripped


def labelled(paragraph: list[str], labels: Labels) -> tuple[str, str, str] | None:
    """Field, value and label of a paragraph that begins with one of the labels, as `ExportedArticle.set` takes them."""
    match = LABEL.match("\n".join(paragraph).strip())
    found = match and labels.field_of(match["label"])
    return (found, match["value"], match["label"].strip().lower()) if match and found else None


def label_by_label(paragraph: list[str], labels: Labels) -> list[list[str]]:
    """Labelled lines that stand together, each with the lines that belong to it."""
    if not labelled(paragraph[:1], labels):
        return [paragraph]
    parts: list[list[str]] = []
    for line in paragraph:
        if labelled([line], labels):
            parts.append([line])
        else:
            parts[-1].append(line)
    return parts


def take_heading(article: ExportedArticle, paragraphs: list[list[str]], labels: Labels) -> None:
    """Take title and labelled paragraphs before the text into the article."""
    for place, paragraph in enumerate(paragraphs):
        other = ("title" if place == 0 else "more", " ".join(paragraph), "heading")
        article.set(*(labelled(paragraph, labels) or other))


def behind_label(value: str) -> list[list[str]]:
    """What stands behind the label at the beginning of a paragraph; none where nothing does."""
    return [value.strip().split("\n")] if value.strip() else []


def is_copyright(paragraph: list[str]) -> bool:
    first = paragraph[0].strip().lower()
    return any(first.startswith(word) for word in export_words().factiva.copyright) and len(paragraph) < 5 and len(first) < 200


def take_behind(article: ExportedArticle, paragraphs: list[list[str]], labels: Labels) -> list[list[str]]:
    """Take the labelled paragraphs at the end into the article; gives those before them, which are the text."""
    start = end = len(paragraphs)
    while start and (
        LABEL.match("\n".join(paragraphs[start - 1]).strip())
        or is_copyright(paragraphs[start - 1])
        or is_centred(paragraphs[start - 1])
        or _is_behind_copyright(paragraphs[max(0, start - 2) : start])
    ):
        start -= 1
    while start < end and not (labelled(paragraphs[start], labels) or is_copyright(paragraphs[start])):
        start += 1  # what has a colon in it before the first label is text
    for paragraph in paragraphs[start:]:
        article.set(*(labelled(paragraph, labels) or ("more", " ".join(paragraph), "copyright")))
    return paragraphs[:start]


def _is_behind_copyright(paragraphs: list[list[str]]) -> bool:
    """Whether the second is a short line below a copyright, which says what is reserved."""
    return (
        len(paragraphs) == 2 and is_copyright(paragraphs[0]) and len(paragraphs[1]) == 1 and len(paragraphs[1][0]) < _WRAPPED.start
    )


def is_centred(paragraph: list[str]) -> bool:
    return all(len(line) - len(line.lstrip()) >= _CENTRED for line in paragraph)


def without_opener(byline: str | None) -> str | None:
    return byline and (field_names().opener.sub("", byline, count=1) if field_names().opener.match(byline) else byline)
