"""A person's name at the start of a line, and lists of names: which words may be part of one and what ends it.

How a line gives names is read in `bylines.py` and `biographies.py`.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from pipelines.cleaning.lexicon import Lexicon
from pipelines.letters import CAPITAL
from pipelines.lexicons import alternation

MAX_NAMES = 6
LONGEST_NAMES = 80  # characters of a line in which the first name ends
_HANDLE = re.compile(r"[|•·,-]?\s*@\w+|\S+@\S+\.\w+|\(.*?\)|https?://\S+")
_POSSESSIVE = ("'s", "’s")
_ELIDED = re.compile(rf"[a-z]{{1,3}}[-'’]{CAPITAL}")
_GLUED_WORD = re.compile(r"([A-Z][^\W\d_A-Z]{2,})[A-Z]")  # "RoeEvening": a name and the outlet that stood on the next line
SHOUTED_START = re.compile(r"[A-Z]{2,}[a-z]{2}")  # an outlet such as "NORTHNews"
_NO_NAME = frozenset(':?!"“')


class NamePatterns(NamedTuple):
    name_words: re.Pattern[str]  # words that a name may be made of
    generation: re.Pattern[str]  # the comma before "Jr."
    degrees: re.Pattern[str]  # what a name is followed by that is no part of it
    separator: re.Pattern[str]  # between the names of a list
    name_ends: re.Pattern[str]
    glued_role: re.Pattern[str]


@functools.cache
def name_patterns(lexicon: Lexicon) -> NamePatterns:
    """What names are made of, what ends them and what stands between them."""
    words = lexicon.bylines
    particles, joiners = alternation(words.particles), alternation(words.joiners)
    name_word = rf"(?:(?:[a-z]{{1,3}}[-'’])?{CAPITAL}[\w.'’‘-]*|{particles})"
    return NamePatterns(
        name_words=re.compile(rf"{name_word}(?: {name_word})*"),
        generation=re.compile(rf",\s*(?={alternation(words.generations | words.numerals)}\b)", re.IGNORECASE),
        degrees=re.compile(rf"(?:(?<=[^\W\d_])|(?<=[^\W\d_]\.)),?\s+(?-i:{alternation(words.degrees)})(?![\w-])\.?(?=,|;|$|\s)"),
        separator=re.compile(rf"\s*(?:,|;|&|/|\||•|·|\b{alternation(words.joiners | words.separators)}\b)\s*"),
        # Begins with one class of characters, which is what `re` skips to: a mark, or blanks before one, a dash or a joiner.
        name_ends=re.compile(rf"[\s|/,•·–—@(&](?:(?<=\S)|\s*[|/,•·–—@(&]|-\s|\s*{joiners}\s)"),
        glued_role=re.compile(rf"(?<=[a-z])(?={alternation(words.glued_words)}\b)"),
    )


@functools.lru_cache(maxsize=1024)
def person_name(part: str, lexicon: Lexicon) -> str | None:
    """`part` up to its first word that cannot be in a name, if that leaves two to four capitalised words.

    >>> from pipelines.cleaning.lexicon import load_lexicon
    >>> person_name("Jane van Roe Staff Writer", load_lexicon("en")), person_name("Laura May Roe", load_lexicon("en"))
    ('Jane van Roe', 'Laura May Roe')
    >>> person_name("Jane Roe Eastbrook Gazette", load_lexicon("en")), person_name("Jane Roe EVENING NETWORK", load_lexicon("en"))
    ('Jane Roe', 'Jane Roe')
    >>> person_name("Related Stories", load_lexicon("en")) is None
    True

    Kept, since several readers ask for the same lines.
    """
    patterns, known = name_patterns(lexicon), lexicon.bylines
    part = patterns.glued_role.split(part, maxsplit=1)[0].strip()
    match = patterns.name_words.match(part)
    if not match or match.group().lower() in lexicon.labels or match.group().split()[0].lower() in lexicon.byline_words:
        return None
    words, outlet = _words_of_name(match.group().split(), part[match.end() :].lstrip(" .,")[:1].isdigit(), lexicon)
    if outlet and (len(words) < 2 or words[0].lower() in known.place_openers or _is_outlet_of_three(match.group(), words, lexicon)):
        return None
    behind = known.generations | known.numerals
    if len(words) > 2 and (outlet or _shouts_after_two([word for word in words if word.strip(".").lower() not in behind])):
        words = words[: 3 if len(words[1].rstrip(".")) == 1 or words[1] in known.particles else 2]
    if not 2 <= len(words) <= 4 or not words[0][0].isupper() or not (words[-1][0].isupper() or _ELIDED.match(words[-1])):
        return None
    for word in words:
        if word.endswith(_POSSESSIVE) or (word[0].islower() and word not in known.particles and not _ELIDED.match(word)):
            return None
    rest = part[len(" ".join(words)) :].strip()
    if rest and rest[0].islower() and rest.split()[0] not in known.after_name and not words[-1].endswith("."):
        return None
    long_words = [word for word in words if len(word) > 3 and "." not in word[:-1]]  # "J.K." says nothing
    shouted = sum(word.isupper() for word in long_words)
    surname_only = len(words) == 2 and words[1].isupper() and words[0].lower() in lexicon.given_names
    if shouted not in (0, len(long_words)) and not surname_only:
        return None
    name = " ".join(words)
    return name.title() if name.isupper() and len(name) > 6 else name


def _words_of_name(words: list[str], number_follows: bool, lexicon: Lexicon) -> tuple[list[str], bool]:
    """Words up to the first that is a role, an outlet or a date, and whether it was an outlet; none of a school or a company. May and
    April are names too, and Sun."""
    known, months, weekdays = lexicon.bylines, lexicon.dates.months, lexicon.dates.weekdays
    found: list[str] = []
    for place, word in enumerate(words):
        plain = word.strip(".,").lower()
        if plain in known.outlet_words:
            return found, True
        if plain in known.company_words:
            return [], False
        if plain in lexicon.words.role_words or (plain in known.not_names and not (found and _is_particle(words, place, lexicon))):
            break
        dated = number_follows and place == len(words) - 1
        if (plain in months and (dated or len(found) > 1)) or (plain in weekdays and len(found) != 1):
            return found, any(other.lower() in known.outlet_words for other in words[place + 1 :])
        if found and SHOUTED_START.match(word):
            return found, True
        glued = _GLUED_WORD.match(word) if found else None
        if glued and glued[1].lower() not in known.name_prefixes:
            return [*found, glued[1]], False
        found.append(word.rstrip(",;"))
        if place and word.endswith(".") and len(word) > 3 and "." not in word[:-1] and plain not in known.generations:
            found[-1] = word.rstrip(".")
            break
    return found, False


def _is_outlet_of_three(line: str, words: list[str], lexicon: Lexicon) -> bool:
    """Whether a line of three words is an outlet's name ("Northern Public Radio") and no person's with an outlet of one word behind it."""
    return (
        len(words) == 2 and len(line.split()) == 3 and words[0].lower() not in lexicon.given_names and not line.split()[2].isupper()
    )


def _is_particle(words: list[str], place: int, lexicon: Lexicon) -> bool:
    """Whether a word is one between parts of a name: "Femke de Wit", where "de" is an article as well."""
    return words[place] in lexicon.bylines.particles and words[place + 1 : place + 2] != [] and words[place + 1][0].isupper()


def _shouts_after_two(words: list[str]) -> bool:
    """An outlet in capitals after a name that is not."""
    return (
        len(words) > 2
        and not any(word.isupper() and len(word) > 2 for word in words[:2])
        and all(word.isupper() for word in words[2:])
    )


def is_name_line(line: str, lexicon: Lexicon) -> bool:
    """Whether a line holds one person's name and nothing else."""
    return len(line) <= 40 and _NO_NAME.isdisjoint(line) and person_name(line, lexicon) == line.strip()


def starts_with_name(line: str, lexicon: Lexicon) -> bool:
    """Whether a person's name may open the line."""
    return (
        line[:1].isupper()
        and person_name(name_patterns(lexicon).name_ends.split(line[:LONGEST_NAMES], maxsplit=1)[0], lexicon) is not None
    )


def names_of(rest: str, lexicon: Lexicon) -> list[str]:
    """Names from the start of `rest` up to a role, a date or anything else that is none."""
    names: list[str] = []
    rest = without_degrees(_HANDLE.sub(" ", rest[:300]), lexicon).strip(" ,|•·-")
    outlets = tuple(lexicon.bylines.outlet_words)
    for part in name_patterns(lexicon).separator.split(rest):
        if not part:  # "Jane Roe, and"
            continue
        name = person_name(part, lexicon)
        if name is None or (names and part[len(name) :].strip().lower().startswith(outlets)):
            break
        if name not in names:
            names.append(name)
        if len(names) == MAX_NAMES:
            break
    return names


def without_degrees(text: str, lexicon: Lexicon) -> str:
    """A text that begins with names, without their degrees, and without the comma before "Jr.".

    >>> from pipelines.cleaning.lexicon import load_lexicon
    >>> without_degrees("Jane Roe, MD, and John Doe, Jr.", load_lexicon("en"))
    'Jane Roe, and John Doe Jr.'
    """
    patterns = name_patterns(lexicon)
    return patterns.generation.sub(" ", patterns.degrees.sub("", text))
