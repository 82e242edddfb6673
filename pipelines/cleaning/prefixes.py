"""Furniture glued to the front of a first sentence: `date 2025-11-21 Photo: https://… The minister said …`."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipelines.vocabulary import BlockKind

AGENCIES = (
    r"getty(?: images)?|reuters|afp|a\.?p\.?|associated press|epa(?:-efe)?|shutterstock|istock|alamy|dpa|anadolu(?: agency)?|xinhua|tass|"
    r"unsplash|pexels|pixabay|flickr|wikimedia(?: commons)?|bloomberg|ukrinform|facebook|instagram|telegram|youtube|screenshot"
)
_ISO_DAY = r"(?:19|20)\d\d-\d\d-\d\d(?:[t ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:z|[+-]\d\d:?\d\d)?)?"
_DATE = re.compile(
    rf"\s*(?:(?:date|published|updated|posted|дата|datum|fecha|data)\s*:?\s*)?{_ISO_DAY}(?=[\s|•·,:-]|$)\s*[|•·,:-]*", re.IGNORECASE
)
_CREDIT_WORD = r"(?:photo|image|picture|foto|фото|bild|credit|source|illustration)(?: credits?| by| courtesy| source)?"
_CREDIT = re.compile(
    rf"\s*(?:{_CREDIT_WORD}\s*:\s*)((?:https?://|www\.|t\.me/)\S+|(?:[^\W\d_][\w.'’-]*,? ){{0,4}}(?:[/|,(]\s*)?(?:{AGENCIES})\b(?:\s*/\s*(?:{AGENCIES}))*\)?)"
    r"(?=[\s.|•·]|$)[.|•·]?",
    re.IGNORECASE,
)


class Prefix(NamedTuple):
    """`value` is the day or the credit itself."""

    end: int
    kind: BlockKind
    value: str


def glued_prefixes(line: str) -> list[Prefix]:
    """What stands before the first sentence of a line, in order; each ends where the next one starts.

    >>> [(p.kind.value, p.value) for p in glued_prefixes(" date 2025-11-21 Photo: https://example.org/a The minister")]
    [('date_stamp', '2025-11-21'), ('photo_credit', 'https://example.org/a')]
    >>> glued_prefixes("2025 was a good year")
    []
    """
    found: list[Prefix] = []
    place = 0
    for _ in range(4):
        match = _DATE.match(line, place)
        if match and match.end() > place:
            day = re.search(r"(?:19|20)\d\d-\d\d-\d\d", match.group())
            found.append(Prefix(match.end(), BlockKind.DATE_STAMP, day.group() if day else ""))
            place = match.end()
            continue
        match = _CREDIT.match(line, place)
        if not match:
            break
        found.append(Prefix(match.end(), BlockKind.PHOTO_CREDIT, match.group(1)))
        place = match.end()
    return found
