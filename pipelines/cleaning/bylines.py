"""Which names a line gives: after "By", on a line of its own, above a biography. Who of them is an author is weighed in `authors.py`."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from pipelines.cleaning.dates import find_date, starts_with_time
from pipelines.cleaning.folding import fold, words_of
from pipelines.cleaning.lexicon import Lexicon
from pipelines.letters import CAPITAL
from pipelines.lexicons import alternation
from pipelines.vocabulary import BlockKind

MAX_NAMES = 6
LONGEST_NAMES = 80  # characters of a line in which the first name ends
BEFORE_BYLINE = " ([{—–-•·*|"
_HANDLE = re.compile(r"[|•·,-]?\s*@\w+|\S+@\S+\.\w+|\(.*?\)|https?://\S+")
_COMMA = re.compile(r", ")


class _Patterns(NamedTuple):
    name_words: re.Pattern[str]  # words that a name may be made of
    generation: re.Pattern[str]  # the comma before "Jr."
    degrees: re.Pattern[str]  # what a name is followed by that is no part of it
    separator: re.Pattern[str]  # between the names of a list
    joiner: re.Pattern[str]  # between two names, what is more than a comma
    clock: re.Pattern[str]  # behind a date, with its half of the day and its zone
    name_ends: re.Pattern[str]
    glued_role: re.Pattern[str]
    signature: re.Pattern[str]
    signature_openers: tuple[str, ...]
    set_off: re.Pattern[str]
    site: re.Pattern[str]
    from_place: re.Pattern[str]
    biography: re.Pattern[str]
    next_biography: re.Pattern[str]
    writer: re.Pattern[str]
    board: re.Pattern[str]
    addressed: re.Pattern[str]
    reached: re.Pattern[str]
    reached_at: re.Pattern[str]
    reached_end: re.Pattern[str]
    plainly_reached: re.Pattern[str]
    contributed: re.Pattern[str]


@functools.cache
def _patterns(lexicon: Lexicon) -> _Patterns:
    words = lexicon.bylines
    particles, joiners = alternation(words.particles), alternation(words.joiners)
    name_word = rf"(?:(?:[a-z]{{1,3}}[-'’])?{CAPITAL}[\w.'’‘-]*|{particles})"
    the = alternation({word.capitalize() for word in words.definite})
    by = alternation(words.reached.by)
    return _Patterns(
        name_words=re.compile(rf"{name_word}(?: {name_word})*"),
        generation=re.compile(rf",\s*(?={alternation(words.generations | words.numerals)}\b)", re.IGNORECASE),
        degrees=re.compile(rf"(?:(?<=[^\W\d_])|(?<=[^\W\d_]\.)),?\s+(?-i:{alternation(words.degrees)})(?![\w-])\.?(?=,|;|$|\s)"),
        separator=re.compile(rf"\s*(?:,|;|&|/|\||•|·|\b{alternation(words.joiners | words.separators)}\b)\s*"),
        joiner=re.compile(rf",?\s+(?:{joiners}|&)\s+|\s*&\s*"),
        clock=re.compile(
            rf"\W*(?:{alternation(lexicon.dates.clock.before)}\s)?\d{{1,2}}[:.h]\d\d(?::\d\d)?(?:\s?[AaPp]\.?[Mm]\b\.?)?"
            rf"(?:\s[A-Z]{{2,4}}\b|\s[A-Z][a-z]{{2}}\b(?=\W*\b[a-z])|\s(?!{alternation(lexicon.byline_words)}\b)[a-z]{{1,3}}\b)?"
        ),
        # Begins with one class of characters, which is what `re` skips to: a mark, or blanks before one, a dash or a joiner.
        name_ends=re.compile(rf"[\s|/,•·–—@(&](?:(?<=\S)|\s*[|/,•·–—@(&]|-\s|\s*{joiners}\s)"),
        glued_role=re.compile(rf"(?<=[a-z])(?={alternation(words.glued_words)}\b)"),
        signature=re.compile(rf"(?:\b{alternation(words.signatures)}|^{alternation(words.signature_openers)}) ", re.IGNORECASE),
        signature_openers=tuple(words.signature_openers),
        set_off=re.compile(rf"\s*(?:[|/•·–—@-]|\(@|\S+@\S|\((?:\w+ ){{0,2}}[A-Z]{{2,6}}\)$|(?i:{alternation(words.set_off)})\b)"),
        site=re.compile(rf",? ?[\w-]+\.{alternation(words.domains)}\b", re.IGNORECASE),
        from_place=re.compile(rf"{alternation(words.from_words)} (?:{alternation(words.definite)} )?{CAPITAL}"),
        biography=re.compile(rf"\s+{alternation(words.biography_verbs)}\s"),
        next_biography=re.compile(rf"\s{alternation(words.next_verbs)} (?:{alternation(words.articles)} )?"),
        writer=re.compile(
            rf"^(?:{CAPITAL}[\w.'’-]+ ){{2,4}}{alternation(words.writers.being)} (?:[\w-]+ ){{0,4}}(?i:{alternation(words.writers.nouns)})\b"
        ),
        board=re.compile(
            rf"(?:{the} )?((?:{CAPITAL}[\w.'’-]* ){{0,4}}{alternation(words.boards.names)}) {alternation(words.boards.verbs)}\b"
        ),
        addressed=re.compile(
            rf"^(?:{alternation(words.addressed.as_author)},? )?(?:{alternation(words.addressed.forms)}\.? )?(?={CAPITAL})"
        ),
        reached=re.compile(rf"\b(?i:{alternation(words.reached.verbs)})\s+(?:[a-z]+\s+){{0,4}}(?={CAPITAL})"),
        reached_at=re.compile(rf"(?:[,’']\S*)?\s*(?:@|{by}\b|:|\(|,)"),
        reached_end=re.compile(rf" {by} |[@(,:]"),
        contributed=re.compile(rf"^\W*{alternation(words.contributed_openers)}|\b{alternation(words.contributed)}\b"),
        plainly_reached=re.compile(rf"@| {alternation(words.reached.plainly_by)} "),
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
            rest = _patterns(lexicon).glued_role.sub(" | ", line[len(word) :].lstrip(" :"))
            placed = _FROM_PLACE.match(rest)  # "By our correspondent in Oslo, Jane Roe"
            return names_of(rest[placed.end() if placed and rest[0].islower() else 0 :], lexicon) or organisation(rest, lexicon)
    return []


_FROM_PLACE = re.compile(rf"[^\W\d_]{{1,4}} {CAPITAL}[\w'’-]+(?: {CAPITAL}[\w'’-]+)?, (?={CAPITAL})")
_CUT = re.compile(r"\s*[|•·(]|\s[-–—]\s|\s+\d")


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


_LABELLED = re.compile(r"\W*([^\W\d_]+(?: [^\W\d_]+){0,2}) ?[:|] ?(?=[^\W\d_])")


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


_LOCAL_PART = re.compile(r"\b([a-z]{2,20})[._]([a-z][a-z'-]{1,30})@[\w.-]+\.\w")


def name_in_address(line: str) -> list[str]:
    """The name of an address whose first name stands in the line, too.

    >>> name_in_address("Contact Jane by e-mail, jane.roe@example.org"), name_in_address("Write to news.desk@example.org")
    (['Jane Roe'], [])
    """
    match = _LOCAL_PART.search(line.lower()) if "@" in line else None
    first = match[1].title() if match else ""
    return [f"{first} {match[2].title()}"] if match and re.search(rf"\b{first}\b", line) else []


def names_alone(line: str, lexicon: Lexicon) -> list[str]:
    """The names of a line that is nothing but two or more.

    >>> from pipelines.cleaning.lexicon import load_lexicon
    >>> names_alone("Jane Roe and John Doe", load_lexicon("en")), names_alone("Jane Roe and the mayor", load_lexicon("en"))
    (['Jane Roe', 'John Doe'], [])
    """
    bare = line.strip(" ,•*|·–—-:+/")
    parts = [part for part in _patterns(lexicon).separator.split(bare) if part] if len(bare) <= 120 else []
    if not 2 <= len(parts) <= MAX_NAMES:
        return []
    names = [person_name(part, lexicon) for part in parts]
    whole = all(name and name.casefold() == part.casefold() for name, part in zip(names, parts, strict=True))
    return [name for name in names if name] if whole else []


def name_alone(line: str, lexicon: Lexicon) -> str | None:
    """The name of a line that is one, with a bullet or in capitals."""
    bare = line.strip(" ,•*|·–—-:+/~")
    if len(bare) > 40 or not 2 <= len(bare.split()) <= 4 or not (bare.isupper() or len(bare) < len(line)):
        return None
    name = person_name(bare, lexicon)
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


MAX_OF_A_PLACE = 5  # words of "in Oslo", "for the Evening Post"
MAX_SIGNED_WITH = 9  # words of an outlet or a role next to a name


def starts_with_name(line: str, lexicon: Lexicon) -> bool:
    """Whether a person's name may open the line."""
    return (
        line[:1].isupper()
        and person_name(_patterns(lexicon).name_ends.split(line[:LONGEST_NAMES], maxsplit=1)[0], lexicon) is not None
    )


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
    line = patterns.glued_role.sub(" | ", line)
    names: list[str] = []
    place, after_first, joined = 0, 0, False
    while len(names) < MAX_NAMES:
        rest = line[place:]
        name = person_name(patterns.name_ends.split(rest, maxsplit=1)[0], lexicon)
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
        or _SHOUTED_START.match(rest)
    ):
        return True
    folded = fold(rest)
    date = find_date(folded, lexicon)
    words = words_of(folded[: date.start] if date else folded)
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


_LEADING = " —–-*•·~▪■"


def tells_of_writer(paragraph: str, lexicon: Lexicon) -> bool:
    """Whether a paragraph begins with someone's name and calls them a writer or reporter."""
    return _patterns(lexicon).writer.match(paragraph[:120]) is not None


def names_of_biography(line: str, lexicon: Lexicon) -> list[str]:
    """The names of a biography or a note on how to reach the author at the foot of a page.

    >>> from pipelines.cleaning.lexicon import load_lexicon
    >>> names_of_biography("Jane Roe is a reporter in Oslo.", load_lexicon("en"))
    ['Jane Roe']
    >>> names_of_biography("—Staff writer Jane Roe can be reached at the desk.", load_lexicon("en"))
    ['Jane Roe']
    >>> names_of_biography("Contact reporter Jane Roe at jroe@example.org.", load_lexicon("en"))
    ['Jane Roe']
    >>> names_of_biography("Jane Roe, Ann Lee and John Doe are reporters.", load_lexicon("en"))
    ['Jane Roe', 'Ann Lee', 'John Doe']
    >>> names_of_biography("Follow Europe on the radio.", load_lexicon("en"))
    []
    """
    line = line.lstrip(_LEADING)
    patterns = _patterns(lexicon)
    board = patterns.board.match(line[:120])
    if board:
        return [board[1]]
    addressed = patterns.addressed.match(line)
    line = line[addressed.end() :] if addressed else line
    reached = patterns.reached.search(line[:80]) if patterns.plainly_reached.search(line) else None
    if reached:
        rest = line[reached.end() : reached.end() + 60]
        name = person_name(patterns.reached_end.split(rest, maxsplit=1)[0], lexicon)
        if name and patterns.reached_at.match(rest[len(name) :]):
            return [name]
    match = patterns.biography.search(line[:160])
    if match is None:
        return []
    if match.group().strip() in lexicon.bylines.plural_verbs:
        names = [person_name(part, lexicon) for part in patterns.separator.split(line[: match.start()])]
        return [name for name in names if name] if all(names) else []
    words = re.split(r"[,(]", line[: match.start()], maxsplit=1)[0].split()
    roles = [place for place, word in enumerate(words) if word.lower() in lexicon.words.role_words]
    if roles and len(words) - roles[-1] > 2:
        words = words[roles[-1] + 1 :]
    half = len(words) // 2
    if words[:half] == words[half:]:  # the name as a caption, then the sentence
        words = words[:half]
    name = person_name(" ".join(words), lexicon)
    return [name, *_names_of_next_sentences(line, name, lexicon)] if name else []


MAX_OF_BIOGRAPHIES = 1500  # characters of a paragraph that holds the biographies of several authors


def _names_of_next_sentences(line: str, first: str, lexicon: Lexicon) -> list[str]:
    """Authors whose biographies follow the first in the same paragraph."""
    names: list[str] = []
    for sentence in re.split(r"(?<=[.;]) ", line[:MAX_OF_BIOGRAPHIES])[1:]:
        match = _patterns(lexicon).next_biography.search(sentence[:50])
        name = person_name(sentence[: match.start()], lexicon) if match else None
        if name and match and name == sentence[: match.start()] and name not in (first, *names):
            names.append(name)
    return names[: MAX_NAMES - 1]


def only_contributed(folded: str, lexicon: Lexicon) -> bool:
    """Whether what a line says next to a name is that someone did no more than add to the article."""
    return _patterns(lexicon).contributed.search(folded) is not None


def without_degrees(text: str, lexicon: Lexicon) -> str:
    """A text that begins with names, without their degrees, and without the comma before "Jr.".

    >>> from pipelines.cleaning.lexicon import load_lexicon
    >>> without_degrees("Jane Roe, MD, and John Doe, Jr.", load_lexicon("en"))
    'Jane Roe, and John Doe Jr.'
    """
    patterns = _patterns(lexicon)
    return patterns.generation.sub(" ", patterns.degrees.sub("", text))


def names_of(rest: str, lexicon: Lexicon) -> list[str]:
    """Names from the start of `rest` up to a role, a date or anything else that is none."""
    names: list[str] = []
    rest = without_degrees(_HANDLE.sub(" ", rest[:300]), lexicon).strip(" ,|•·-")
    outlets = tuple(lexicon.bylines.outlet_words)
    for part in _patterns(lexicon).separator.split(rest):
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
    patterns, known = _patterns(lexicon), lexicon.bylines
    part = patterns.glued_role.split(part, maxsplit=1)[0].strip()
    match = patterns.name_words.match(part)
    if not match or match.group().lower() in lexicon.labels or match.group().split()[0].lower() in lexicon.byline_words:
        return None
    words, outlet = _words_of_name(match.group().split(), part[match.end() :].lstrip(" .,")[:1].isdigit(), lexicon)
    if outlet and (len(words) < 2 or words[0].lower() in known.place_openers):
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
    long_words = [word for word in words if len(word) > 3]
    shouted = sum(word.isupper() for word in long_words)
    surname_only = len(words) == 2 and words[1].isupper() and words[0].lower() in lexicon.given_names
    if shouted not in (0, len(long_words)) and not surname_only:
        return None
    name = " ".join(words)
    return name.title() if name.isupper() and len(name) > 6 else name


_POSSESSIVE = ("'s", "’s")
_ELIDED = re.compile(rf"[a-z]{{1,3}}[-'’]{CAPITAL}")


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
        if plain in lexicon.words.role_words or plain in known.not_names:
            break
        dated = number_follows and place == len(words) - 1
        if (plain in months and (dated or len(found) > 1)) or (plain in weekdays and len(found) != 1):
            return found, any(other.lower() in known.outlet_words for other in words[place + 1 :])
        if found and _SHOUTED_START.match(word):
            return found, True
        glued = _GLUED_WORD.match(word) if found else None
        if glued and glued[1].lower() not in known.name_prefixes:
            return [*found, glued[1]], False
        found.append(word.rstrip(",;"))
        if place and word.endswith(".") and len(word) > 3 and "." not in word[:-1] and plain not in known.generations:
            found[-1] = word.rstrip(".")
            break
    return found, False


_GLUED_WORD = re.compile(r"([A-Z][^\W\d_A-Z]{2,})[A-Z]")  # "RoeEvening": a name and the outlet that stood on the next line
_SHOUTED_START = re.compile(r"[A-Z]{2,}[a-z]{2}")  # an outlet such as "NORTHNews"


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


_NO_NAME = frozenset(':?!"“')
