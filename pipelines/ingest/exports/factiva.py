"""Factiva, with and without a code before each field."""

from __future__ import annotations

import functools
import re

from pipelines.ingest.dates import iso_moment
from pipelines.ingest.exports.layout import ExportedArticle, is_copyright, joined, paragraphs_of, without_opener
from pipelines.ingest.exports.words import Codes, export_words
from pipelines.ingest.values import language_code
from pipelines.lexicons import alternation

MOST_LINES = 10  # below the number of words
_DOCUMENT_NUMBER = r"[A-Za-z0-9]{16,32}"
_CODED = re.compile(r"^(?P<code>[A-Z]{2,4})(?:[ ]{2,}|(?<=[A-Z]{3})[ ]|[ ]*\t[ \t]*|[ ]*$)(?P<value>.*)$")
# As above, where a program took the second blank away.
_CODED_CLOSE = re.compile(r"^(?P<code>[A-Z]{2,4})(?:[ \t]+|$)(?P<value>.*)$")


@functools.cache
def _factiva_marks() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = export_words().factiva
    end = rf"^[ \t]*{alternation(words.end)} (?P<id>{_DOCUMENT_NUMBER})[ \t]*$"
    return re.compile(end, re.M | re.I), re.compile(rf"[\d.,  ]+ {alternation(words.words)}", re.I)


def factiva_articles(text: str) -> list[ExportedArticle | str] | None:
    """The articles, as strings the parts that cannot be read; None where the text is no export of Factiva."""
    coded = _coded_factiva(text)
    if coded is not None:
        return coded
    end, words = _factiva_marks()
    if not end.search(text) or not any(words.fullmatch(line.strip()) for line in text.split("\n")):
        return None
    found: list[ExportedArticle | str] = []
    place = 0
    for match in end.finditer(text):
        found.append(_plain_factiva(text[place : match.start()], match["id"]))
        place = match.end()
    rest = text[place:].strip()
    foot = re.compile(alternation(export_words().factiva.foot), re.I)
    return [*found, *([rest] if len(rest.split()) > 12 and not foot.search(rest) else [])]


def _plain_factiva(part: str, number: str) -> ExportedArticle | str:
    """Title, then a block of byline, words, day, publication, code, language and copyright, then the text."""
    _, words = _factiva_marks()
    paragraphs = list(paragraphs_of(part.split("\n")))
    place = next((n for n, paragraph in enumerate(paragraphs) if any(words.fullmatch(line.strip()) for line in paragraph)), None)
    if place is None:
        return part
    article = ExportedArticle(id=number)
    block = [line.strip() for line in paragraphs[place]]
    counted = next(n for n, line in enumerate(block) if words.fullmatch(line))
    above = [" ".join(lines) for paragraph in paragraphs[:place] for lines in _heads([line.strip() for line in paragraph])]
    names = block[:counted]
    if block[counted:] == block[-1:]:  # a page with each line in an element of its own
        end = next(
            (n for n, paragraph in enumerate(paragraphs[: place + MOST_LINES]) if n > place and is_copyright(paragraph)), place
        )
        block += [line.strip() for paragraph in paragraphs[place + 1 : end + 1] for line in paragraph]
        place = end
        names = [above.pop()] if len(above) > 1 and not names else names
    elif not names and len(above) > 1 and without_opener(above[-1]) != above[-1]:
        names = [above.pop()]  # a byline in a paragraph of its own
    if not above and names:
        heads = len(_heads(names))
        above, names = names[:heads], names[heads:]
    article.title = above[-1] if above else None
    if len(above) > 1:
        article.set("section", above[0], "heading")
    article.byline = without_opener(", ".join(names) or None)
    _take_block(article, block[counted + 1 :])
    article.paragraphs = [line for paragraph in paragraphs[place + 1 :] for line in joined(paragraph)]
    return article if article.title and article.date else part


def _heads(lines: list[str]) -> list[list[str]]:
    """A section in capitals, where one stands above the title, and the lines of the title."""
    above = len(lines) > 1 and lines[0].isupper() and not lines[1].isupper()
    return [lines[:1], lines[1:]] if above else [lines]


def _take_block(article: ExportedArticle, block: list[str]) -> None:
    """Day, perhaps a time, publication, its code, perhaps page and edition, language and copyright."""
    rest = list(block)
    if rest and iso_moment(rest[0]):
        article.date = rest.pop(0)
        if rest and re.fullmatch(r"\d\d?:\d\d(?::\d\d)?(?: .{2,8})?", rest[0]):
            article.date += f" {rest.pop(0)}"
    if rest:
        article.publisher = rest.pop(0)
    for line in rest:
        if is_copyright([line]):
            article.set("more", line, "copyright")
        elif article.language is None and len(line.split()) == 1 and language_code(line) and len(line) > 2:
            article.language = line
        else:
            article.more["code"] = f"{article.more['code']}; {line}" if "code" in article.more else line


def _coded_factiva(text: str) -> list[ExportedArticle | str] | None:
    """The layout with a code before each field; None where the text has another."""
    codes = export_words().factiva.codes
    known = {code: name for name in Codes.model_fields for code in getattr(codes, name)}
    lines = text.split("\n")
    coded = _CODED if any(match and match["code"] == codes.title[0] for match in map(_CODED.match, lines)) else _CODED_CLOSE
    fields = [
        (match["code"], match["value"]) if (match := coded.match(line)) and match["code"] in known else (None, line)
        for line in lines
    ]
    there = {known[code] for code, _ in fields if code}
    if not {"title", "text"} <= there or not {"id", "date"} & there or len({code for code, _ in fields if code}) < 4:
        return None
    articles: list[ExportedArticle | str] = []
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


def _coded_article(values: dict[str, list[str]]) -> ExportedArticle:
    codes, article = export_words().factiva.codes, ExportedArticle()
    for name in Codes.model_fields:
        for code in getattr(codes, name):
            lines = values.get(code, [])
            if name == "text":
                article.paragraphs += [line for paragraph in paragraphs_of(lines) for line in joined(paragraph)]
            elif name == "id":
                article.set("id", re.sub(r"^\S+\s+(?=\S+$)", "", next((line.strip() for line in lines if line.strip()), "")), code)
            elif name == "time" and article.date and lines:
                article.date += f" {' '.join(lines).strip()}"
            else:
                article.set(name, " ".join(lines), code)
    article.byline = without_opener(article.byline)
    return article
