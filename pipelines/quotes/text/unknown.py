"""Words in marks of a language of which nothing is known: whether they are speech, by what stands in and around the marks.

Who speaks is not asked there, nor what a cue is.
"""

from __future__ import annotations

from pipelines.quotes.text.marks import Segment

_STOPS = ".!?…,;।。！？،؛؟"
_DASHES = "–—―-"
_MANY = 7  # words that are no title


def may_be_said(text: str, segment: Segment) -> bool:
    """False for what looks like the title of a work or the name of a firm: few words that begin with a capital, with nothing beside them that
    parts speech from who speaks.

    >>> [may_be_said(t, Segment(t.index("«"), t.index("»") + 1, t.index("«") + 1, t.index("»"), True))
    ...  for t in ("Το πλοίο «Αριάδνη» έφυγε", "«Είναι αργά», είπε", "Είπε: «Ναι»", "Ήταν «μεγάλο λάθος» για όλους")]
    [False, True, True, True]
    """
    words = text[segment.inner_start : segment.inner_end].split()
    if not words:
        return False
    last = words[-1]
    if last[-1] in _STOPS and not ("." in last[:-1] and last[-1] == "."):  # "Bridges S.A." is no sentence
        return True
    before, behind = text[: segment.start].rstrip(" \u00a0"), text[segment.end : segment.end + 3].lstrip(" \u00a0")
    line = before.rfind("\n") + 1
    if behind[:1] in ("\n", "") and len(before) == line:
        return True  # nothing else on the line
    if before[-1:] in (":", ",") or behind[:1] == ",":
        return True
    if text[segment.end : segment.end + 2].strip()[:1] in tuple(_DASHES) and text[segment.end : segment.end + 1].isspace():
        return True
    return (words[0][0].islower() and len(words) > 1) or len(words) >= _MANY
