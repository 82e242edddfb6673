"""The dateline that opens a story: `Oslo, March 4 – `."""

from __future__ import annotations

import re

from pipelines.cleaning.dates import find_date, find_day
from pipelines.cleaning.rules import Pack, fold

LONGEST = 90  # characters before the dash
_DASH = re.compile(r"(?:(?<=\w)|(?<=[\w.)])\s)?(?:\s[-–—]{1,2}\s|(?<=[\w)])[–—]{1,2}\s?|(?<=[)])\s?[-–—]{1,2}\s?)")
_DASHES = frozenset("-–—")
_PLACE = re.compile(r"(?:[^\W\d_][\w.'’-]*)(?:[ /,-]+(?:[^\W\d_][\w.'’-]*))*")
_SMALL = frozenset(
    [
        "of",
        "the",
        "and",
        "de",
        "la",
        "el",
        "al",
        "di",
        "du",
        "des",
        "le",
        "les",
        "am",
        "an",
        "der",
        "den",
        "bei",
        "sur",
        "y",
        "e",
        "на",
        "на",
        "при",
    ]
)


def find_dateline(paragraph: str, pack: Pack) -> str | None:
    """What stands before the dash, date included; None where the opening is no dateline.

    >>> from pipelines.cleaning.rules import load_pack
    >>> find_dateline("PARIS, May 3 (Agency) - The mayor said", load_pack("en"))
    'PARIS, May 3 (Agency)'
    >>> find_dateline("The mayor - a baker - said no", load_pack("en")) is None
    True
    """
    opening = paragraph[: LONGEST + 4]
    if _DASHES.isdisjoint(opening):
        return None
    match = _DASH.search(opening)
    if not match or match.start() < 3:
        return None
    head, rest = paragraph[: match.start()].strip(), paragraph[match.end() :].lstrip()
    if not rest or not (rest[0].isupper() or rest[0] in "\"“‘'«„" or rest[0].isdigit()):
        return None
    place = re.sub(r"\([^)]*\)", " ", head)
    agency = place != head
    folded = fold(place)
    dated = find_date(folded, pack) is not None or find_day(folded, pack) is not None
    words = [w.strip(",.") for w in place.split()]
    words = [w for w in words if w and not w.strip("/").isdigit() and w.lower() not in pack.months and w.lower() not in _SMALL]
    if not words or len(words) > 7 or not all(w[0].isupper() or w[0].isdigit() for w in words) or not _PLACE.match(place):
        return None
    if words[0].lower() in pack.function_words or any(w.lower() in pack.function_words for w in words):
        return None
    shouted = words[0].isupper() and len(words[0]) > 2
    short = len(words) <= 2 and rest[0].isupper() and not _DASH.search(rest[:200])
    return head if agency or dated or shouted or short else None
