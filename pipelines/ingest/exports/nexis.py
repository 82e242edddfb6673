"""Nexis, in its classic and its newer layout."""

from __future__ import annotations

import functools
import re
from itertools import dropwhile

from pipelines.ingest.dates import iso_moment
from pipelines.ingest.exports.layout import (
    LABEL,
    ExportedArticle,
    behind_label,
    is_centred,
    is_copyright,
    joined,
    label_by_label,
    labelled,
    paragraphs_of,
    take_behind,
    take_heading,
    without_opener,
)
from pipelines.ingest.exports.words import Labels, export_words
from pipelines.lexicons import alternation


@functools.cache
def nexis_marks() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Lines before an article ("Document 1 of 3"), lines behind one, and lines before its text."""
    words = export_words().nexis
    documents = alternation(words.documents)
    before = rf"^[ \t]*(?:\d+ {alternation(words.of)} \d+ {documents}|{documents} \d+ {alternation(words.of)} \d+)[ \t]*$"
    behind = rf"^[ \t]*{alternation(words.end)}[ \t]*$"
    return (
        re.compile(before, re.M | re.I),
        re.compile(behind, re.M | re.I),
        re.compile(rf"^[ \t]*{alternation(words.body)}[ \t]*$", re.M | re.I),
    )


def nexis_articles(text: str) -> list[ExportedArticle | str] | None:
    """The articles, as strings the parts that cannot be read; None where the text is no export of Nexis."""
    before, behind, body = nexis_marks()
    parts = before.split(text)
    if len(parts) > 1:
        head = [parts[0]] if len(parts[0].split()) > 100 else []
        return [*head, *map(_classic_nexis, parts[1:])]
    if behind.search(text) and (body.search(text) or re.search(r"^\s*(?:load-date|length):", text, re.M | re.I)):
        parts = behind.split(text)
        rest = [parts[-1]] if len(parts[-1].split()) > 20 else []
        return [*map(_new_nexis, parts[:-1]), *rest]
    return None


def _classic_nexis(part: str) -> ExportedArticle | str:
    """Publication and day, centred, the title, labelled fields, the text, labelled fields."""
    labels, article = export_words().nexis.labels, ExportedArticle()
    paragraphs = [lines for paragraph in paragraphs_of(part.split("\n")) for lines in label_by_label(paragraph, labels)]
    rest = list(dropwhile(lambda paragraph: is_centred(paragraph) or is_copyright(paragraph), paragraphs))
    heading = [line.strip() for paragraph in paragraphs[: len(paragraphs) - len(rest)] for line in paragraph]
    if not any(map(iso_moment, heading)):  # a program took the blanks away
        first = next((place for place, paragraph in enumerate(rest[:6]) if any(map(iso_moment, paragraph))), -1)
        heading += [line.strip() for paragraph in rest[: first + 1] for line in paragraph]
        rest = rest[first + 1 :]
    day = next((place for place, line in enumerate(heading) if iso_moment(line)), None)
    if day is not None:
        article.date = heading[day]
    names = [line for line in heading[:day] if not is_copyright([line])]
    article.publisher = names[0] if names else None
    if heading[(day or 0) + 1 :]:
        article.more["edition"] = " ".join(heading[(day or 0) + 1 :])
    rest = _take_before(article, rest, labels)
    text = take_behind(article, rest, labels)
    article.paragraphs = [line for paragraph in text for line in joined(paragraph)]
    article.byline = without_opener(article.byline)
    return article if article.date or article.publisher else part


def _take_before(article: ExportedArticle, paragraphs: list[list[str]], labels: Labels) -> list[list[str]]:
    """Take title and labelled fields before the text; gives what is behind them. Where nothing says where the text begins, all is text but the title."""
    place = last = 0
    for place, paragraph in enumerate(paragraphs[:12]):
        found = labelled(paragraph, labels)
        if found and found[0] == "text":
            take_heading(article, paragraphs[:place], labels)
            return [*behind_label(found[1]), *paragraphs[place + 1 :]]
        if found and found[0] != "after":
            last = place + 1
        elif found or (last and place >= last) or place > 1:
            break
    taken = paragraphs[:last] or paragraphs[:1]
    take_heading(article, taken, labels)
    return paragraphs[len(taken) :]


def _new_nexis(part: str) -> ExportedArticle | str:
    """Title, publication and day, labelled lines, a line that says that the text begins, the text, one that says that it ends."""
    labels, article = export_words().nexis.labels, ExportedArticle()
    lines = part.split("\n")
    _, _, body = nexis_marks()
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
        if line:
            article.set(*(labelled([line], labels) or ("more", line, "heading")))
    behind = re.compile(rf"{alternation(export_words().nexis.behind)}(?::.*)?", re.I)
    after = lines[begin + 1 :]
    end = next((place for place, line in enumerate(after) if behind.fullmatch(line.strip())), len(after))
    for line in after[end:]:
        if found := labelled([line], labels):
            article.set(*found)
        elif match := LABEL.match(line.strip()):
            article.set("more", match["value"], match["label"].lower())
    article.paragraphs = [line for paragraph in paragraphs_of(after[:end]) for line in joined(paragraph)]
    article.byline = without_opener(article.byline)
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
