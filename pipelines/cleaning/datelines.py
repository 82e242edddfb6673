"""The dateline that opens a story: `Oslo, March 4 – `. What a day in it is stands in `dates.py`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.cleaning.dates import find_date, find_day
from pipelines.cleaning.folding import fold, words_of
from pipelines.cleaning.lexicon import Lexicon
from pipelines.letters import CAPITAL

LONGEST_DATELINE = 90  # characters before the dash
_DASH = re.compile(
    r"(?:(?<=\w)|(?<=[\w.)/])\s)?(?:\s[-–—]{1,2}\s|(?<=[\w)])[–—]{1,2}\s?|(?<=[)])\s?[-–—]{1,2}\s?|(?<=[\w)])\.\s?[-–—]{1,2}\s)"
)
MAX_UNCASED_PLACE = 4  # words of a place in scripts without capitals, where the agency must stand in brackets
_SLASHED = re.compile(r"([^/.]{3,60}\. ?/[^/]{2,30}/)\.?\s+(?=[\w\"“«„])")  # "MOSCOW, May 3. /TASS/. "
_STOPPED = re.compile(
    rf"((?:{CAPITAL}[\w'’-]*[ -]?){{1,3}}), (\d{{1,2}}\.? [^\W\d_]{{3,12}})(?: \([^()]{{2,20}}\))?\. (?={CAPITAL}|[\"“„«])"
)  # "OSLO, 4. Februar. "
_SHOUTED = rf"((?:(?:{CAPITAL})(?:{CAPITAL}|[-'’])+ ?){{1,3}}"
# "OSLO. The mayor", "Oslo (NTB): The mayor", "BERLIN taz | Die Stadt": a stop, brackets and a colon, small letters and a bar.
_PLACED = re.compile(
    rf"(?:{_SHOUTED}(?<=\w{{4}}))\. |({CAPITAL}[\w'’-]+(?:[ -]{CAPITAL}[\w'’-]+){{0,2}} \({CAPITAL}[\w/ ]{{1,19}}\)): |"
    rf"{_SHOUTED}[a-z]{{2,5}}(?:/[a-z]{{2,5}})?) \| )(?={CAPITAL}|[\"“„«–])"
)
_AGENCY = re.compile(r"\([^)]*\)|(?<=\s)/[^/]{2,30}/(?!\S)")  # "(AP)", "/Newsroute/"
# "NEW DELHI: The mayor". Who speaks in a transcript stands so, too: `shouted_place` looks at all paragraphs.
_SHOUTED_COLON = re.compile(rf"{_SHOUTED}(?<=\w{{4}})): (?={CAPITAL}|[\"“„«])")
LEAST_SHOUTED = 15  # words of a paragraph whose place is set off by a colon
_ANY_DASH = re.compile("[-–—]")
_PLACE = re.compile(r"(?:[^\W\d_][\w.'’-]*)(?:[ /,-]+(?:[^\W\d_][\w.'’-]*))*")


def _find_dash(text: str) -> re.Match[str] | None:
    """The first dash that is set off, with the blanks about it; at most two characters stand before it."""
    for dash in _ANY_DASH.finditer(text):
        for start in range(max(0, dash.start() - 2), dash.start() + 1):
            match = _DASH.match(text, start)
            if match:
                return match
    return None


def _find_dash_from(text: str, start: int) -> re.Match[str] | None:
    """The next such dash from a place on."""
    return next((match for match in _DASH.finditer(text, start)), None)


def _is_date(text: str, lexicon: Lexicon) -> bool:
    """Whether a text is a day and nothing else."""
    folded = fold(text).strip(" ,")
    found = find_date(folded, lexicon)
    return found is not None and found.end - found.start >= len(folded) - 1


def _is_day(text: str, lexicon: Lexicon) -> bool:
    """Whether a text is a day and month and nothing else."""
    found = find_day(fold(text), lexicon)
    return found is not None and found.start == 0 and found.end >= len(text)


def shouted_place(body: Sequence[str], lexicon: Lexicon) -> str | None:
    """The place in capitals with a colon that opens the first paragraph of a text, and no other."""
    found = _SHOUTED_COLON.match(body[0]) if body and len(body[0].split()) >= LEAST_SHOUTED else None
    if found is None or any(_SHOUTED_COLON.match(other) for other in body[1:]):
        return None
    words = [word for word in fold(found[1]).split() if word not in lexicon.bylines.place_openers]
    told = set(" ".join(body).split())
    common = any(word in told or word in lexicon.dates.update_words for word in words)  # written small elsewhere: "WARNING: …"
    return None if not words or common or _is_known_word(" ".join(words), lexicon) else found[1]


def _is_known_word(text: str, lexicon: Lexicon) -> bool:
    """Whether a text or a word of it is a label, a word of grammar or a role."""
    known = (lexicon.labels, lexicon.label_words, lexicon.words.function_words, lexicon.words.role_words)
    return any(word in of for word in (fold(text), *words_of(fold(text))) for of in known)


def find_dateline(paragraph: str, lexicon: Lexicon) -> str | None:
    """What stands before the dash, date included; None where the opening is no dateline.

    >>> from pipelines.cleaning.lexicon import load_lexicon
    >>> find_dateline("PARIS, May 3 (Agency) - The mayor said", load_lexicon("en"))
    'PARIS, May 3 (Agency)'
    >>> find_dateline("The mayor - a baker - said no", load_lexicon("en")) is None
    True
    """
    opening = paragraph[: LONGEST_DATELINE + 4]
    if slashed := _SLASHED.match(opening):
        return slashed[1] if slashed[1].split(",")[0].isupper() else None
    if (stopped := _STOPPED.match(opening)) and _is_day(stopped[2], lexicon):
        of_place = words_of(fold(stopped[1]))
        return None if any(word in lexicon.words.function_words for word in of_place) else opening[: stopped.end()].rstrip(". ")
    if placed := _PLACED.match(opening):
        found = (placed[1] or placed[2] or placed[3]).rstrip(". ")
        return None if _is_known_word(found, lexicon) else found
    match = _find_dash(opening)
    if match and paragraph[0] == "(" and paragraph[match.start() - 1] == ")":  # "(ANSA) - ROME, 3 MAY - "
        match = _find_dash_from(opening, match.end())
    if not match or match.start() < 3:
        return None
    head, rest = paragraph[: match.start()].strip(), paragraph[match.end() :].lstrip()
    second = _find_dash(rest[: LONGEST_DATELINE // 2])
    if second and _is_date(rest[: second.start()], lexicon):
        head, rest = paragraph[: match.end()] + rest[: second.start()].rstrip(), rest[second.end() :].lstrip()
    uncased = paragraph[0].isalpha() and not paragraph[0].isupper() and not paragraph[0].islower()
    if not rest or not (rest[0].isupper() or rest[0] in "\"“‘'«„" or rest[0].isdigit() or uncased):
        return None
    place = _AGENCY.sub(" ", head)
    agency = place != head
    folded = fold(place)
    dated = find_date(folded, lexicon) is not None or find_day(folded, lexicon) is not None
    words = [w.strip(",.-–—") for w in place.split()]
    no_places = (lexicon.dates.months, lexicon.dates.dateline_words)
    words = [w for w in words if w and not w.strip("/").isdigit() and not any(w.lower() in known for known in no_places)]
    if uncased and (not agency or len(words) > MAX_UNCASED_PLACE):
        return None
    small = lexicon.bylines.particles if agency and dated else frozenset()  # "Vale da Moura, 12 mar 2024 (Lusa)"
    words = [w for w in words if w not in small]
    capital = uncased or all(w[0].isupper() or w[0].isdigit() for w in words)
    if not words or len(words) > 7 or not capital or not _PLACE.match(place.strip(" -–—")):
        return None
    if any(w.lower() in lexicon.words.function_words for w in words):
        return None
    shouted = words[0].isupper() and len(words[0]) > 2
    short = len(words) <= 2 and rest[0].isupper() and _find_dash(rest[:200]) is None
    return head if agency or dated or shouted or short else None
