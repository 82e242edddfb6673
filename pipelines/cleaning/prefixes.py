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
_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
_CREDIT_WORD = r"(?:photo|image|picture|foto|фото|bild|credit|source|illustration)(?: credits?| by| courtesy| source)?"
_CREDIT = re.compile(
    rf"\s*(?:{_CREDIT_WORD}\s*:\s*)((?:https?://|www\.|t\.me/)\S+|(?:[^\W\d_][\w.'’-]*,? ){{0,4}}(?:[/|,(]\s*)?(?:{AGENCIES})\b(?:\s*/\s*(?:{AGENCIES}))*\)?)"
    r"(?=[\s.|•·]|$)[.|•·]?",
    re.IGNORECASE,
)


class GluedPrefix(NamedTuple):
    """`start`, `end` are offsets into the raw text, `rest` where the line goes on; `value` is the day or the credit itself."""

    start: int
    end: int
    rest: int
    kind: BlockKind
    value: str

    def as_block(self) -> tuple[int, int, str, str, None]:
        """Start, end, kind, reason and score of the block it was."""
        return self.start, self.end, self.kind.value, "rule: glued to the first sentence", None


def glued_prefixes(line: str, offset: int = 0) -> list[GluedPrefix]:
    """What stands before the first sentence of a line, in order; each ends where the next one starts.

    >>> [(p.kind.value, p.value) for p in glued_prefixes("date 2025-11-21 Photo: https://example.org/a The minister")]
    [('date_stamp', '2025-11-21'), ('photo_credit', 'https://example.org/a')]
    >>> glued_prefixes("2025 was a good year")
    []
    """
    found: list[GluedPrefix] = []
    place = 0
    for _ in range(4):
        match = _DATE.match(line, place)
        kind, value = BlockKind.DATE_STAMP, ""
        if match and match.end() > place:
            value = _DAY.search(match.group())[0]  # type: ignore[index]
        else:
            match = _CREDIT.match(line, place)
            if not match:
                break
            kind, value = BlockKind.PHOTO_CREDIT, match.group(1)
        text = match.group()
        start = offset + place + len(text) - len(text.lstrip())
        found.append(GluedPrefix(start, offset + place + len(text.rstrip()), offset + match.end(), kind, value))
        place = match.end()
    return found
