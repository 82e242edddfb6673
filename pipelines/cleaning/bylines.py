"""Which names a line gives: after "By", after a label or a date, alone. Sentences that give names are read in `biographies.py`, and who
of them all is an author is weighed in `authors.py`."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from pipelines.cleaning.dates import find_date, starts_with_time
from pipelines.cleaning.folding import fold, words_of
from pipelines.cleaning.lexicon import Lexicon
from pipelines.cleaning.person_names import (
    LONGEST_NAMES,
    MAX_NAMES,
    SHOUTED_START,
    is_name_line,
    name_patterns,
    names_of,
    person_name,
)
from pipelines.letters import CAPITAL
from pipelines.lexicons import alternation
from pipelines.vocabulary import BlockKind

BEFORE_BYLINE = " ([{—–-•·*|"
MAX_OF_A_PLACE = 5  # words of "in Oslo", "for the Evening Post"
MAX_SIGNED_WITH = 9  # words of an outlet or a role next to a name
_COMMA = re.compile(r", ")
_CUT = re.compile(r"\s*[|•·(]|\s[-–—]\s|\s+\d")
_FROM_PLACE = re.compile(rf"[^\W\d_]{{1,4}} {CAPITAL}[\w'’-]+(?: {CAPITAL}[\w'’-]+)?, (?={CAPITAL})")
_LABELLED = re.compile(r"\W*([^\W\d_]+(?: [^\W\d_]+){0,2}) ?[:|] ?(?=[^\W\d_])")


class _Patterns(NamedTuple):
    joiner: re.Pattern[str]  # between two names, what is more than a comma
    clock: re.Pattern[str]  # behind a date, with its half of the day and its zone
    signature: re.Pattern[str]
    signature_openers: tuple[str, ...]
    set_off: re.Pattern[str]
    site: re.Pattern[str]
    from_place: re.Pattern[str]
    in_place: re.Pattern[str]  # behind a name, to the end


@functools.cache
def _patterns(lexicon: Lexicon) -> _Patterns:
    words = lexicon.bylines
    joiners = alternation(words.joiners)
    return _Patterns(
        joiner=re.compile(rf",?\s+(?:{joiners}|&)\s+|\s*&\s*"),
        clock=re.compile(
            rf"\W*(?:{alternation(lexicon.dates.clock.before)}\s)?\d{{1,2}}[:.h]\d\d(?::\d\d)?(?:\s?[AaPp]\.?[Mm]\b\.?)?"
            rf"(?:\s[A-Z]{{2,4}}\b|\s[A-Z][a-z]{{2}}\b(?=\W*\b[a-z])|\s(?!{alternation(lexicon.byline_words)}\b)[a-z]{{1,3}}\b)?"
        ),
        signature=re.compile(rf"(?:\b{alternation(words.signatures)}|^{alternation(words.signature_openers)}) ", re.IGNORECASE),
        signature_openers=tuple(words.signature_openers),
        set_off=re.compile(rf"\s*(?:[|/•·–—@-]|\(@|\S+@\S|\((?:\w+ ){{0,2}}[A-Z]{{2,6}}\)$|(?i:{alternation(words.set_off)})\b)"),
        site=re.compile(rf",? ?[\w-]+\.{alternation(words.domains)}\b", re.IGNORECASE),
        from_place=re.compile(rf"{alternation(words.from_words)} (?:{alternation(words.definite)} )?{CAPITAL}"),
        in_place=re.compile(rf" {alternation(words.from_words)} {CAPITAL}[\w'’-]+(?: {CAPITAL}[\w'’-]+){{0,2}}$"),
    )


def names_in_byline(line: str, lexicon: Lexicon) -> list[str]:
    """The names of a byline that starts with a word such as "By"; [] where the line is none.

    >>> from pipelines.cleaning.lexicon import load_lexicon
    >>> names_in_byline("By Jane A. Roe and John O'Doe, Staff Writers | March 3", load_lexicon("en"))
    ['Jane A. Roe', "John O'Doe"]
    >>> names_in_byline("By the time they left", load_lexicon("en"))
    []
    """
    line = line.lstrip(BEFORE_BYLINE)
    folded = line[:40].lower()
    glued = lexicon.bylines.glued_byline_words
    for word in lexicon.byline_words if folded.startswith(lexicon.byline_words) else ():
        after = line[len(word) : len(word) + 2]
        if not folded.startswith(word):
            continue
        if after[:1] in (" ", ":") or (word in glued and after[:1].isupper() and after[1:].islower()):  # "ByJane Roe": a lost space
            rest = name_patterns(lexicon).glued_role.sub(" | ", line[len(word) :].lstrip(" :"))
            placed = _FROM_PLACE.match(rest)  # "By our correspondent in Oslo, Jane Roe"
            return names_of(rest[placed.end() if placed and rest[0].islower() else 0 :], lexicon) or organisation(rest, lexicon)
    return []


def organisation(rest: str, lexicon: Lexicon) -> list[str]:
    """An organisation after "By", up to what is set off from it: one to five words, each with a capital.

    >>> from pipelines.cleaning.lexicon import load_lexicon
    >>> organisation("Northern Weather Desk | March 3, 2021", load_lexicon("en")), organisation("March 3", load_lexicon("en"))
    (['Northern Weather Desk'], [])
    """
    rest = _CUT.split(rest.strip(" |-–—"), maxsplit=1)[0]
    words = rest.strip(" .").split()
    half = len(words) // 2
    if words[:half] == words[half:]:
        words = words[:half]
    while words and any(words[-1].strip(".,").lower() in known for known in (lexicon.dates.months, lexicon.dates.weekdays)):
        words.pop()
    if not words:
        return []
    team = len(words) > 1 and words[-1].lower() in lexicon.bylines.team_words
    named = all(word[0].isupper() or word.isupper() or word in lexicon.bylines.small_words or team for word in words)
    plain = 1 <= len(words) <= 5 and (words[0][0].isupper() or words[0].isupper()) and named
    return [" ".join(words)] if plain and len(rest) <= 50 and not rest.rstrip().endswith((":", "?", "!")) else []


def names_after_signature(line: str, lexicon: Lexicon) -> list[str]:
    """Names after "written by" inside a line, or on a line that is "About" and a name.

    >>> from pipelines.cleaning.lexicon import load_lexicon
    >>> names_after_signature("News, Top Story | Written by Jane Roe", load_lexicon("en"))
    ['Jane Roe']
    """
    start, patterns = line[:200], _patterns(lexicon)
    low = start.lower()
    if not low.startswith(patterns.signature_openers) and not any(map(low.__contains__, lexicon.bylines.signatures)):
        return []
    match = patterns.signature.search(start)
    if match is None or (match.start() == 0 and not is_name_line(line[match.end() :].strip(), lexicon)):
        return []
    return names_of(line[match.end() :], lexicon)


def names_linked(line: str, lexicon: Lexicon) -> list[str]:
    """The name of a line that is a link to an author's page.

    >>> from pipelines.cleaning.lexicon import load_lexicon
    >>> names_linked("View all posts by Jane Roe", load_lexicon("en")), names_linked("Photo by Jane Roe", load_lexicon("en"))
    (['Jane Roe'], [])
    """
    end = max([link.end(line[:LONGEST_NAMES]) for link in lexicon.bylines.link], default=0)
    name = line[end:].strip(" .»>→") if end else ""
    return [name] if is_name_line(name, lexicon) else []


def names_after_label(line: str, lexicon: Lexicon) -> list[str]:
    """The names of a field such as "Reporter: Jane Roe".

    >>> from pipelines.cleaning.lexicon import load_lexicon
    >>> names_after_label("Reporter: Jane Roe", load_lexicon("en")), names_after_label("Mayor: Jane Roe", load_lexicon("en"))
    (['Jane Roe'], [])
    """
    match = _LABELLED.match(line[:80]) if ":" in line or "|" in line else None
    words = match[1].lower().split() if match else []
    if match is None or (lexicon.words.role_words.isdisjoint(words) and lexicon.bylines.field_words.isdisjoint(words)):
        return []
    return names_of(line[match.end() :], lexicon)


def names_alone(line: str, lexicon: Lexicon) -> list[str]:
    """The names of a line that is nothing but two or more, each also with its place.

    >>> from pipelines.cleaning.lexicon import load_lexicon
    >>> names_alone("Jane Roe and John Doe", load_lexicon("en")), names_alone("Jane Roe and the mayor", load_lexicon("en"))
    (['Jane Roe', 'John Doe'], [])
    >>> names_alone("Jane Roe in Oslo and John Doe in New Bergen", load_lexicon("en"))
    ['Jane Roe', 'John Doe']
    """
    bare = line.strip(" ,•*|·–—-:+/")
    parts = [part for part in name_patterns(lexicon).separator.split(bare) if part] if len(bare) <= 120 else []
    if not 2 <= len(parts) <= MAX_NAMES:
        return []
    bare_parts = [_patterns(lexicon).in_place.sub("", part) for part in parts]
    names = [person_name(part, lexicon) for part in bare_parts]
    whole = all(name and name.casefold() == part.casefold() for name, part in zip(names, bare_parts, strict=True))
    return [name for name in names if name] if whole else []


def name_alone(line: str, lexicon: Lexicon) -> str | None:
    """The name of a line that is one, with a bullet, in capitals, or in brackets where it begins with a given name."""
    bare = line.strip(" ,•*|·–—-:+/~")
    in_brackets = bare.startswith("(") and bare.endswith(")")
    bare = bare[1:-1] if in_brackets else bare
    if len(bare) > 40 or not 2 <= len(bare.split()) <= 4 or not (bare.isupper() or len(bare) < len(line)):
        return None
    name = person_name(bare, lexicon)
    if in_brackets and bare.split()[0].lower() not in lexicon.given_names:  # "(Loud Applause)"
        return None
    return name if name and name.casefold() == bare.casefold() else None


def is_outlet(folded: str, lexicon: Lexicon) -> bool:
    """Whether a short line holds a word that newspapers, agencies or desks are called by."""
    words, known = words_of(folded[:120]), lexicon.bylines
    return not (
        known.outlet_words.isdisjoint(words) and known.agency_words.isdisjoint(words) and known.team_words.isdisjoint(words)
    )


def outlet_of(line: str, lexicon: Lexicon) -> list[str]:
    """The newspaper, agency or desk that a line is, before a date or alone.

    >>> from pipelines.cleaning.lexicon import load_lexicon
    >>> outlet_of("Eastbrook Gazette Staff | March 3, 2021", load_lexicon("en")), outlet_of("Eastbrook Mill", load_lexicon("en"))
    (['Eastbrook Gazette Staff'], [])
    """
    folded = fold(line)
    found = find_date(folded, lexicon) if len(folded) == len(line) else None
    outlet = _CUT.split(line[: found.start] if found else line, maxsplit=1)[0].strip(" |•·,-–—:")
    words = outlet.lower().split()
    if (
        len(outlet) > 50
        or lexicon.labels.get(outlet.lower(), BlockKind.PHOTO_CREDIT) != BlockKind.PHOTO_CREDIT
        or not is_outlet(outlet.lower(), lexicon)
        or not outlet[:1].isupper()
    ):
        return []
    return organisation(outlet, lexicon) if len(words) > 1 or words[0] in lexicon.bylines.agency_words else []


def names_at_start(line: str, lexicon: Lexicon, near: bool = False) -> list[str]:
    """The names that open a line and are set off from what follows: an outlet, a role, a date, a time; close under a headline
    (`near`) a comma does.

    >>> from pipelines.cleaning.lexicon import load_lexicon
    >>> names_at_start("Jane Roe - January 24, 2020", load_lexicon("en"))
    ['Jane Roe']
    >>> names_at_start("Jane Roe, Ann Lee and John Doe, Evening Post - March 3, 2021", load_lexicon("en"))
    ['Jane Roe', 'Ann Lee', 'John Doe']
    >>> names_at_start("Jane Roe walked home", load_lexicon("en")), names_at_start("Old Farm 2025 Red, France", load_lexicon("en"))
    ([], [])
    """
    line = line.lstrip(BEFORE_BYLINE)
    if not line[:1].isupper() or " " not in line:
        return []
    patterns = _patterns(lexicon)
    line = name_patterns(lexicon).glued_role.sub(" | ", line)
    names: list[str] = []
    place, after_first, joined = 0, 0, False
    while len(names) < MAX_NAMES:
        rest = line[place:]
        name = person_name(name_patterns(lexicon).name_ends.split(rest, maxsplit=1)[0], lexicon)
        if name is None or not rest.lower().startswith(name.lower()):
            break
        names.append(name)
        place += len(name)
        after_first = after_first or place
        joiner = patterns.joiner.match(line, place)
        joined = joined or joiner is not None
        comma = None if joiner else _COMMA.match(line, place)
        step = joiner or comma
        if step is None or (joined and joiner is None):
            break
        place = step.end()
    if not names:
        return []
    if not joined:
        names, place = names[:1], after_first
    glued = line[place : place + 1].isupper()
    rest = line[place:].lstrip()
    return names if glued or _is_set_off(rest, lexicon) or (near and rest.startswith(",")) else []


def _is_set_off(rest: str, lexicon: Lexicon) -> bool:
    """Whether what follows a name says that the name is a signature."""
    if not rest:
        return False
    if (
        _patterns(lexicon).set_off.match(rest)
        or starts_with_time(rest, lexicon)
        or _patterns(lexicon).site.match(rest)
        or SHOUTED_START.match(rest)
    ):
        return True
    folded = fold(rest)
    date = find_date(folded, lexicon)
    words = words_of(folded[: date.start] if date else folded)
    if date and not lexicon.dates.life_words.isdisjoint(words):
        return False
    if (date and date.start < 24) or (words and words[0] in lexicon.words.role_words):
        return True
    if _patterns(lexicon).from_place.match(rest):
        return len(words) <= MAX_OF_A_PLACE
    if len(words) > MAX_SIGNED_WITH:
        return False
    known = (lexicon.words.role_words, lexicon.bylines.outlet_words, lexicon.bylines.agency_words)
    return not all(names.isdisjoint(words) for names in known) and (rest[0] == "," or rest[0].isupper())


def names_after_date(line: str, lexicon: Lexicon) -> list[str]:
    """The names of a line that is a date and names.

    >>> from pipelines.cleaning.lexicon import load_lexicon
    >>> names_after_date("March 3, 2021 | Jane Roe", load_lexicon("en")), names_after_date("March 3, 2021 Jane Roe left", load_lexicon("en"))
    (['Jane Roe'], [])
    >>> names_after_date("Wednesday March 3, 2021 10:05 am PDT by Jane Roe", load_lexicon("en"))
    ['Jane Roe']
    """
    folded = fold(line)
    found = find_date(folded, lexicon)
    if found is None or len(folded) != len(line) or found.start > 24:
        return []
    rest = line[found.end :]
    clock = _patterns(lexicon).clock.match(rest)
    rest = rest[clock.end() if clock else 0 :].strip(" |•·,-–—")
    names = names_in_byline(rest, lexicon)
    if names:
        return names
    return [rest] if person_name(rest, lexicon) == rest else []
