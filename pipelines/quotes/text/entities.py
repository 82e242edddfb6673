"""Quotation marks that a page left as its code: `&quot;`, `&ldquo;`, `&#34;`."""

from __future__ import annotations

import re
from html import unescape

_SIGNS = frozenset('"“”„«»')
_ENTITY = re.compile(r"&(?:[a-z]{4,5}|#\d{2,4}|#x[0-9a-f]{2,4});", re.IGNORECASE)
_BEFORE = " \t\n([{—–-\u00a0"


def with_marks(text: str) -> str:
    """The text with the mark for each such code and blanks for the rest of it, on the side away from the words; every offset stays.

    >>> with_marks("&quot;Close it,&quot; she said.")
    '     "Close it,"      she said.'
    """
    if "&" not in text:
        return text

    def mark(match: re.Match[str]) -> str:
        sign, start = unescape(match.group().lower()), match.start()
        if sign not in _SIGNS:
            return match.group()
        width = match.end() - start
        return sign.rjust(width) if not start or text[start - 1] in _BEFORE else sign.ljust(width)

    return _ENTITY.sub(mark, text)
