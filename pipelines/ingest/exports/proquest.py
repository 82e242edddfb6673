"""ProQuest: articles between rules, with a label before each field."""

from __future__ import annotations

import re
from itertools import dropwhile

from pipelines.ingest.exports.layout import (
    ExportedArticle,
    behind_label,
    joined,
    labelled,
    paragraphs_of,
    take_behind,
    take_heading,
)
from pipelines.ingest.exports.nexis import nexis_marks
from pipelines.ingest.exports.words import export_words
from pipelines.lexicons import alternation

_RULE = re.compile(r"^[ \t]*_{20,}[ \t]*$", re.M)


def proquest_articles(text: str) -> list[ExportedArticle | str] | None:
    """The articles, as strings the parts that cannot be read; None where the text is no export of ProQuest."""
    labels = export_words().proquest.labels
    known = re.compile(rf"^[ \t]*{alternation(export_words().proquest.documents)}\s*:", re.M | re.I)
    begins = re.compile(rf"^[ \t]*{alternation(labels.text)}\s*:", re.M | re.I)
    others = re.compile(rf"^[ \t]*{alternation((*labels.publisher, *labels.before))}\s*:", re.M | re.I)
    if not known.search(text) and not (_RULE.search(text) and begins.search(text) and len(others.findall(text)) > 1):
        return None
    parts = [part for part in _RULE.split(text) if part.strip()]
    if any(len(known.findall(part)) > 1 for part in parts):
        return [part if len(known.findall(part)) > 1 else _proquest_article(part) for part in parts]
    return [_proquest_article(part) for part in parts if known.search(part) or begins.search(part)]


def _proquest_article(part: str) -> ExportedArticle:
    labels, article = export_words().proquest.labels, ExportedArticle()
    before, _, _ = nexis_marks()
    paragraphs = list(dropwhile(lambda paragraph: before.fullmatch(" ".join(paragraph)), paragraphs_of(part.split("\n"))))
    begin = next(
        (place for place, paragraph in enumerate(paragraphs) if (found := labelled(paragraph, labels)) and found[0] == "text"),
        None,
    )
    if begin is None:
        text: list[list[str]] = []
        take_heading(article, paragraphs, labels)
    else:
        first = (labelled(paragraphs[begin], labels) or ("", "", ""))[1]
        text = take_behind(article, [*behind_label(first), *paragraphs[begin + 1 :]], labels)
        take_heading(article, paragraphs[:begin], labels)
    article.paragraphs = [line for paragraph in text for line in joined(paragraph)]
    article.byline = _turned(article.byline)
    if article.date is None and (info := article.more.get("publication info")):
        match = re.search(r"\]\s*(.{4,20}?\d{4})\.?\s*$", info)
        article.date = match[1] if match else None
    return article


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
