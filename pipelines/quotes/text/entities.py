"""Quotation marks that a page left as its code: `&quot;`, `&ldquo;`, `&#34;`."""

from __future__ import annotations

import re

_MARKS = {
    "quot": '"', "#34": '"', "#x22": '"', "ldquo": "“", "#8220": "“", "#x201c": "“", "rdquo": "”", "#8221": "”", "#x201d": "”",
    "bdquo": "„", "#8222": "„", "#x201e": "„", "laquo": "«", "#171": "«", "#xab": "«", "raquo": "»", "#187": "»", "#xbb": "»",
}  # fmt: skip
_ENTITY = re.compile(rf"&({'|'.join(map(re.escape, _MARKS))});", re.IGNORECASE)
_BEFORE = " \t\n([{—–-\u00a0"


def with_marks(text: str) -> str:
    """The text with the mark for each such code and blanks for the rest of it, on the side away from the words; every offset stays.

    >>> with_marks("&quot;Close it,&quot; she said.")
    '     "Close it,"      she said.'
    """
    if "&" not in text:
        return text

    def mark(match: re.Match[str]) -> str:
        sign, start = _MARKS[match.group(1).lower()], match.start()
        width = match.end() - start
        return sign.rjust(width) if not start or text[start - 1] in _BEFORE else sign.ljust(width)

    return _ENTITY.sub(mark, text)
