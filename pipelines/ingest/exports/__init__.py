"""The exports of newspaper archives, split into their articles: Nexis, ProQuest and Factiva as text.

Files are not opened here, and bytes not decoded: see the readers, which hand over the text. The archives' words stand in
`seeds/exports.toml`. A text that is an export and cannot be split is refused: never two articles in one body.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from pipelines.ingest.dates import iso_moment
from pipelines.ingest.entry import Entry, Reject
from pipelines.ingest.exports.factiva import factiva_articles
from pipelines.ingest.exports.layout import ExportedArticle
from pipelines.ingest.exports.nexis import nexis_articles
from pipelines.ingest.exports.proquest import proquest_articles
from pipelines.ingest.exports.words import export_words
from pipelines.ingest.people import names_of_people
from pipelines.ingest.values import encodable, language_code, shown
from pipelines.lexicons import alternation
from pipelines.vocabulary import RejectReason


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
    words = export_words()
    marks = [(name, rf"{alternation(labels)}:") for name, labels in words.others.items()]
    marks += [(name, alternation((line,))) for name, feet in words.feet.items() for line in feet]
    for name, mark in marks:
        if (count := len(re.findall(rf"^[ \t]*{mark}", lined, re.M | re.I))) > 1:
            message = f"this is an export of {name} with {count} articles, which is not split; allowed: one article in a file, or an export of Nexis, ProQuest or "
            message += "Factiva; put each article into a file of its own"
            return [Entry(raw=text.encode(), text=encodable(text), reject=Reject(RejectReason.UNSUPPORTED_FORMAT, message))]
    return None


def _entry(archive: str, article: ExportedArticle | str, place: int) -> Entry:
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
    if body.strip().rstrip(".").lower() in export_words().proquest.missing:
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
        byline=article.byline and names_of_people(article.byline, article.publisher),
        text=body or None,
        section=article.section and article.section.split(";")[0].strip(),
        language=article.language and language_code(article.language),
        published_at=published,
        extra=json.dumps(article.more, ensure_ascii=False, sort_keys=True) if article.more else None,
        format=archive,
        raw=b"" if body else repr(article).encode("utf-8", "backslashreplace"),
        reject=reject,
    )


_ARCHIVES: dict[str, Callable[[str], list[ExportedArticle | str] | None]] = {
    "proquest": proquest_articles,
    "nexis": nexis_articles,
    "factiva": factiva_articles,
}
