"""Lines that do no more than credit a news agency: `AFP`, `Madrid (EFE)`, `With files from The Canadian Press`.

Which of the agencies of a page is given, and where such a line has to stand, is weighed in `agency_lines.py`.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from pipelines.cleaning.credits import mentions_picture
from pipelines.cleaning.folding import fold, words_of
from pipelines.cleaning.lexicon import Lexicon
from pipelines.letters import CAPITAL
from pipelines.lexicons import alternation

LONGEST_CREDIT = 100  # characters of a line that is no more than a credit
MAX_OF_SHOUTED = 3  # letters of an agency's name that must be in capitals, or as it is given: "PA", "dpa"
CLOSING = 60  # characters at the end of a text that may hold an agency in brackets


class _Patterns(NamedTuple):
    words: frozenset[str]  # one of which every credit holds
    parts: re.Pattern[str]  # between the parts of a credit
    opener: re.Pattern[str]
    closer: re.Pattern[str]
    place: re.Pattern[str]


@functools.cache
def _patterns(lexicon: Lexicon) -> _Patterns:
    known = lexicon.bylines
    spellings = [*known.agencies, *(name.lower() for name in known.agencies.values()), *known.unnamed_agencies]
    joiners = alternation(known.line_joiners | known.joiners)
    return _Patterns(
        words=frozenset(word for spelling in spellings for word in words_of(spelling)),
        parts=re.compile(rf"\s*[/|(),;&+：:·•]\s*|\s+[-–—]+\s+|\s+{joiners}\s+"),
        opener=re.compile(rf"{alternation(known.agency_openers)}(?:\s*[:：]\s*|\s+|(?<=[\u3040-\u9fff]))"),
        closer=re.compile(rf"\s+{alternation(known.agency_closers)}$"),
        place=re.compile(rf"{CAPITAL}[\w.'’-]*(?: {CAPITAL}[\w.'’-]*){{0,2}}"),
    )


def agencies_of_credit(text: str, lexicon: Lexicon, folded: str | None = None) -> list[str] | None:
    """The agencies that a line credits and says nothing else, in one spelling; none of them where it says "agencies". None where it is
    no credit. `folded`: the text folded, where it is known.

    >>> from pipelines.cleaning.lexicon import load_lexicon
    >>> en = load_lexicon("en")
    >>> agencies_of_credit("With files from The Canadian Press", en), agencies_of_credit("(Reuters/AFP)", en)
    (['Canadian Press'], ['Reuters', 'AFP'])
    >>> agencies_of_credit("Reuters to cut jobs", en) is None, agencies_of_credit("pa", en) is None
    (True, True)
    """
    if len(text) > LONGEST_CREDIT:
        return None
    patterns = _patterns(lexicon)
    folded = fold(text) if folded is None else folded
    if _names_none(folded, lexicon) or len(folded) != len(text) or mentions_picture(folded, lexicon):
        return None
    opener = patterns.opener.match(folded, _start(folded))
    start = opener.end() if opener else 0
    closer = patterns.closer.search(folded.rstrip(" .)]】）")) if opener is None else None
    shown = text[start : closer.start() if closer else len(text)]
    return _agencies(shown, opener is not None or closer is not None, lexicon)


@functools.lru_cache(maxsize=1024)
def _names_none(folded: str, lexicon: Lexicon) -> bool:
    """Whether a folded line holds no word of an agency. Kept, since every pass asks for the same lines again."""
    return _patterns(lexicon).words.isdisjoint(words_of(folded))


def names_material(text: str, lexicon: Lexicon) -> bool:
    """Whether a credit says more than the agency's name: "with files from"."""
    folded = fold(text)
    return _patterns(lexicon).opener.match(folded, _start(folded)) is not None


def names_agencies_only(text: str, lexicon: Lexicon) -> bool:
    """Whether a line holds names of agencies and nothing else: "Rhea Amsel/AFP" is who took the picture, where the page names its authors.

    >>> from pipelines.cleaning.lexicon import load_lexicon
    >>> [names_agencies_only(text, load_lexicon("en")) for text in ("AFP/Reuters", "Rhea Amsel/AFP")]
    [True, False]
    """
    parts = _patterns(lexicon).parts.split(text.strip(" .()[]【】（）—–-*"))
    return all(agency_named(part, lexicon) for part in parts)


def _start(folded: str) -> int:
    return len(folded) - len(folded.lstrip(" ([【（—–-*"))


def _agencies(shown: str, is_opened: bool, lexicon: Lexicon) -> list[str] | None:
    patterns, found, places = _patterns(lexicon), [], 0
    credited = False
    for part in patterns.parts.split(shown.strip(" .()[]【】（）—–-*")):
        bare = part.strip(" .()[]【】（）*-–—")
        if not bare:
            continue
        agency = agency_named(bare, lexicon)
        if agency is not None:
            found.append(agency)
            credited = True
        elif fold(bare) in lexicon.bylines.unnamed_agencies and (is_opened or found or len(words_of(bare)) == 1):
            credited = True
        elif not is_opened and patterns.place.fullmatch(bare) and not places:
            places += 1
        else:
            return None
    return list(dict.fromkeys(found)) if credited else None


def agency_named(text: str, lexicon: Lexicon) -> str | None:
    """The agency that a text is the name of, in one spelling. A name of few letters is one only in capitals or as it is given.

    >>> from pipelines.cleaning.lexicon import load_lexicon
    >>> [agency_named(text, load_lexicon("en")) for text in ("The Associated Press", "AP", "Ap", "dpa")]
    ['Associated Press', 'Associated Press', None, 'dpa']
    """
    name = lexicon.bylines.agencies.get(fold(text).strip(" .,"))
    letters = text.strip(" .,")
    if name is None or (len(letters) <= MAX_OF_SHOUTED and letters.isascii() and not letters.isupper() and letters != name):
        return None
    return name


_IN_BRACKETS = re.compile(r"[(（\[]([^()（）\[\]]{2,40})[)）\]]\W*$")


def agencies_at_end(text: str, lexicon: Lexicon) -> list[str]:
    """The agencies in brackets behind the last sentence of a text: "… the mayor said. (AFP)"."""
    match = _IN_BRACKETS.search(text[-CLOSING:])
    return (agencies_of_credit(match[1], lexicon) or []) if match else []
