"""Who wrote it: names after "By", names on a line of their own, names above a biography."""

from __future__ import annotations

import re

from pipelines.cleaning.dates import find_date
from pipelines.cleaning.rules import Pack, fold, words_of
from pipelines.vocabulary import BlockKind

_NAME_WORD = (
    r"(?:(?:[a-z]{1,3}[-'’])?[^\W\d_a-z][\w.'’‘-]*|de|da|di|del|della|der|den|dos|du|el|al|bin|ibn|la|le|van|von|ter|ten|y|e|zu)"
)
_NAME_WORDS = re.compile(rf"{_NAME_WORD}(?: {_NAME_WORD})*")
_SEPARATOR = re.compile(r"\s*(?:,|;|&|/|\||•|·| - | – | — |\band\b|\bund\b|\bet\b|\by\b|\be\b|\bта\b|\bи\b|\bі\b|\bwith\b)\s*")
_HANDLE = re.compile(r"[|•·,-]?\s*@\w+|\S+@\S+\.\w+|\(.*?\)|https?://\S+")
_AFTER_NAME = frozenset("on in for at via of with from und für mit aus para por con en pour avec à dans з із для с со для".split())
MOST_NAMES = 6
LONGEST_NAMES = 80  # characters of a line in which the first name ends
_NOT_NAMES = frozenset(
    (
        "additional admin administrator afp all and are associated at author bureau by column comments contributing contributor "
        "copyright correspondent deals details editing editor editorial editors exclusive first follow for from guest guide has "
        "have here highlights how illustration in international is last links more national new of on photo photography photos "
        "points posted published read report reporter reporters reporting reports results reuters reviews rights service "
        "services share specials staff stories summary takeaways the these this today united university updated video view was "
        "what when where who why wire with writer writing your"
    ).split()
)


# Words that newspapers and agencies are called by, and people hardly ever are; and those of other houses.
_OUTLET_WORDS = frozenset(
    (
        "advocate agence broadcasting broadcaster bulletin business chronicle communications courier daily dispatch enquirer examiner gazette globe guardian "
        "health herald inquirer journal ledger magazine media mercury network news newspaper newspapers newswire observer online post press publishing radio "
        "register review sentinel sports statesman telegram telegraph television times tribune tv weekly wire zeitung"
    ).split()
)
_HOUSE_WORDS = frozenset(
    (
        "agencies agency board desk newsroom team center centre college commission committee company corporation council department foundation group inc institute llc limited ltd "
        "ministry office school society"
    ).split()
)


def names_in_byline(line: str, pack: Pack) -> list[str]:
    """The names of a byline that starts with a word such as "By"; [] where the line is none.

    >>> from pipelines.cleaning.rules import load_pack
    >>> names_in_byline("By Jane A. Roe and John O'Doe, Staff Writers | March 3", load_pack("en"))
    ['Jane A. Roe', "John O'Doe"]
    >>> names_in_byline("By the time they left", load_pack("en"))
    []
    """
    line = line.lstrip(BEFORE_BYLINE)
    folded = line[:40].lower()
    for word in pack.byline_words if folded.startswith(pack.byline_words) else ():
        after = line[len(word) : len(word) + 2]
        if not folded.startswith(word):
            continue
        if after[:1] in (" ", ":") or (word == "by" and after[:1].isupper() and after[1:].islower()):  # "ByJane Roe": a lost space
            rest = _GLUED_ROLE.sub(" | ", line[len(word) :].lstrip(" :"))
            return names_of(rest, pack) or organisation(rest, pack)
    return []


BEFORE_BYLINE = " ([{—–-•·*|"
_GLUED_ROLE = re.compile(
    r"(?<=[a-z])(?=(?:Staff|Senior|Editor|Reporter|Writer|Contributor|Correspondent|Associate|Assistant|Special|The)\b)"
)


_TEAMS = frozenset(["desk", "staff", "team", "newsroom", "board", "reporters", "correspondents", "bureau"])
_CUT = re.compile(r"\s*[|•·(]|\s[-–—]\s|\s+\d")


def organisation(rest: str, pack: Pack) -> list[str]:
    """An organisation after "By", up to what is set off from it: one to five words, each with a capital.

    >>> from pipelines.cleaning.rules import load_pack
    >>> organisation("Northern Weather Desk | March 3, 2021", load_pack("en")), organisation("March 3", load_pack("en"))
    (['Northern Weather Desk'], [])
    """
    rest = _CUT.split(rest.strip(" |-–—"), maxsplit=1)[0]
    words = rest.strip(" .").split()
    half = len(words) // 2
    if words[:half] == words[half:]:
        words = words[:half]
    while words and (words[-1].strip(".,").lower() in pack.months or words[-1].strip(".,").lower() in pack.weekdays):
        words.pop()
    if not words:
        return []
    team = len(words) > 1 and words[-1].lower() in _TEAMS
    named = all(word[0].isupper() or word in ("of", "for", "and", "the") or team for word in words)
    plain = 1 <= len(words) <= 5 and words[0][0].isupper() and named
    return [" ".join(words)] if plain and len(rest) <= 50 and not rest.rstrip().endswith((":", "?", "!")) else []


_SIGNATURE = re.compile(
    r"(?:\b(?:written|posted|reported|reporting|story|words|text|report|article|compiled|authored|published|submitted|contributed) by|\bas told to|^about) ",
    re.IGNORECASE,
)

SIGNATURE_WORDS = (
    "about ",
    "written",
    "posted",
    "reported",
    "reporting",
    "story",
    "words",
    "text",
    "report",
    "article",
    "compiled",
    "authored",
    "published",
)


def names_after_signature(line: str, pack: Pack) -> list[str]:
    """Names after "written by" inside a line, or on a line that is "About" and a name.

    >>> from pipelines.cleaning.rules import load_pack
    >>> names_after_signature("News, Top Story | Written by Jane Roe", load_pack("en"))
    ['Jane Roe']
    """
    match = _SIGNATURE.search(line[:200])
    if match is None or (match.start() == 0 and not is_name_line(line[match.end() :].strip(), pack)):
        return []
    return names_of(line[match.end() :], pack)


_LINKED = re.compile(
    r"\W*(?:[a-z]+ ){0,3}?(?:links?|posts?|stories|story|articles?|more|columns?|content|profile|page|bio|biography|feed|picture|image|photo|"
    r"headshot|avatar|portrait|alerts?)(?:(?: by| from| for| of)|(?: content| articles| stories| posts) by) ",
    re.IGNORECASE,
)


def names_linked(line: str, pack: Pack) -> list[str]:
    """The name of a line that is a link to an author's page.

    >>> from pipelines.cleaning.rules import load_pack
    >>> names_linked("View all posts by Jane Roe", load_pack("en")), names_linked("Photo by Jane Roe", load_pack("en"))
    (['Jane Roe'], [])
    """
    match = _LINKED.match(line[:120]) if _LINK_WORD.search(line[:80]) else None
    if match is None or (match.group().lower().endswith("by ") and _PICTURED.search(match.group())):
        return []
    name = line[match.end() :].strip(" .»>→")
    return [name] if is_name_line(name, pack) else []


_LINK_WORD = re.compile(r" (?:by|from|for|of) ", re.IGNORECASE)
_PICTURED = re.compile(r"picture|image|photo|portrait", re.IGNORECASE)
_LABELLED = re.compile(r"\W*([^\W\d_]+(?: [^\W\d_]+){0,2}) ?[:|] ?(?=[^\W\d_])")
_FIELD_WORDS = frozenset("words text story interview report column opinion analysis essay review reviewer content".split())


def names_after_label(line: str, pack: Pack) -> list[str]:
    """The names of a field such as "Reporter: Jane Roe".

    >>> from pipelines.cleaning.rules import load_pack
    >>> names_after_label("Reporter: Jane Roe", load_pack("en")), names_after_label("Mayor: Jane Roe", load_pack("en"))
    (['Jane Roe'], [])
    """
    match = _LABELLED.match(line[:80]) if ":" in line or "|" in line else None
    words = match[1].lower().split() if match else []
    if match is None or (pack.role_words.isdisjoint(words) and _FIELD_WORDS.isdisjoint(words)):
        return []
    return names_of(line[match.end() :], pack)


_LOCAL_PART = re.compile(r"\b([a-z]{2,20})[._]([a-z][a-z'-]{1,30})@[\w.-]+\.\w")


def name_in_address(line: str) -> list[str]:
    """The name of an address whose first name stands in the line, too.

    >>> name_in_address("Contact Jane by e-mail, jane.roe@example.org"), name_in_address("Write to news.desk@example.org")
    (['Jane Roe'], [])
    """
    match = _LOCAL_PART.search(line.lower()) if "@" in line else None
    first = match[1].title() if match else ""
    return [f"{first} {match[2].title()}"] if match and re.search(rf"\b{first}\b", line) else []


def names_alone(line: str, pack: Pack) -> list[str]:
    """The names of a line that is nothing but two or more.

    >>> from pipelines.cleaning.rules import load_pack
    >>> names_alone("Jane Roe and John Doe", load_pack("en")), names_alone("Jane Roe and the mayor", load_pack("en"))
    (['Jane Roe', 'John Doe'], [])
    """
    bare = line.strip(" ,•*|·–—-:+/")
    parts = [part for part in _SEPARATOR.split(bare) if part] if len(bare) <= 120 else []
    if not 2 <= len(parts) <= MOST_NAMES:
        return []
    names = [person_name(part, pack) for part in parts]
    whole = all(name and name.casefold() == part.casefold() for name, part in zip(names, parts, strict=True))
    return [name for name in names if name] if whole else []


def name_alone(line: str, pack: Pack) -> str | None:
    """The name of a line that is one, with a bullet or in capitals."""
    bare = line.strip(" ,•*|·–—-:+/~")
    if len(bare) > 40 or not 2 <= len(bare.split()) <= 4 or not (bare.isupper() or len(bare) < len(line)):
        return None
    name = person_name(bare, pack)
    return name if name and name.casefold() == bare.casefold() else None


def is_house(folded: str) -> bool:
    """Whether a short line holds a word that newspapers, agencies or desks are called by."""
    words = words_of(folded[:120])
    return not (_OUTLET_WORDS.isdisjoint(words) and _AGENCY_WORDS.isdisjoint(words) and _TEAMS.isdisjoint(words))


def house_of(line: str, pack: Pack) -> list[str]:
    """The newspaper, agency or desk that a line is, before a date or alone.

    >>> from pipelines.cleaning.rules import load_pack
    >>> house_of("Eastbrook Gazette Staff | March 3, 2021", load_pack("en")), house_of("Eastbrook Mill", load_pack("en"))
    (['Eastbrook Gazette Staff'], [])
    """
    folded = fold(line)
    found = find_date(folded, pack) if len(folded) == len(line) else None
    house = _CUT.split(line[: found.start] if found else line, maxsplit=1)[0].strip(" |•·,-–—:")
    words = house.lower().split()
    if (
        len(house) > 50
        or pack.labels.get(house.lower(), BlockKind.PHOTO_CREDIT) != BlockKind.PHOTO_CREDIT
        or not is_house(house.lower())
        or not house[:1].isupper()
    ):
        return []
    return organisation(house, pack) if len(words) > 1 or words[0] in _AGENCY_WORDS else []


_NAME_ENDS = re.compile(r"\s*[|/,•·–—@(]|\s-\s|\s+(?:and|und|et|y|e|и|і|та)\s|\s*&")
_JOINER = re.compile(r",?\s+(?:and|und|et|y|e|и|і|та|&)\s+|\s*&\s*")
_SET_OFF = re.compile(r"\s*(?:[|/•·–—@-]|\(@|(?i:(?:last )?updated|published|posted)\b)")
_FROM = re.compile(r"(?:in|at|for|reports|writes) (?:the )?[^\W\d_a-z]")
_AGENCY_WORDS = frozenset(
    "afp ap associated reuters dpa efe ansa press agencies agency news newsroom times post journal daily network".split()
)
_SITE = re.compile(r",? ?[\w-]+\.(?:com|org|net|co|info|news)\b", re.IGNORECASE)
_CLOCK = re.compile(r"\s*,?\s*\d{1,2}(?::\d\d|\s*(?:hrs?|hours?|min|mins|minutes?|days?|weeks?|[dhm]\b))")
MOST_OF_A_PLACE = 5  # words of "in Oslo", "for the Evening Post"
MOST_SIGNED_WITH = 9  # words of an outlet or a role beside a name


def starts_with_name(line: str, pack: Pack) -> bool:
    """Whether a person's name may open the line."""
    return line[:1].isupper() and person_name(_NAME_ENDS.split(line[:LONGEST_NAMES], maxsplit=1)[0], pack) is not None


def names_at_start(line: str, pack: Pack, near: bool = False) -> list[str]:
    """The names that open a line and are set off from what follows: an outlet, a role, a date, a time; close under a headline
    (`near`) a comma does.

    >>> from pipelines.cleaning.rules import load_pack
    >>> names_at_start("Jane Roe - January 24, 2020", load_pack("en"))
    ['Jane Roe']
    >>> names_at_start("Jane Roe, Ann Lee and John Doe, Evening Post - March 3, 2021", load_pack("en"))
    ['Jane Roe', 'Ann Lee', 'John Doe']
    >>> names_at_start("Jane Roe walked home", load_pack("en")), names_at_start("Old Farm 2025 Red, France", load_pack("en"))
    ([], [])
    """
    line = line.lstrip(BEFORE_BYLINE)
    if not line[:1].isupper() or " " not in line:
        return []
    line = _GLUED_ROLE.sub(" | ", line)
    names: list[str] = []
    place, after_first, joined = 0, 0, False
    while len(names) < MOST_NAMES:
        rest = line[place:]
        name = person_name(_NAME_ENDS.split(rest, maxsplit=1)[0], pack)
        if name is None or not rest.lower().startswith(name.lower()):
            break
        names.append(name)
        place += len(name)
        after_first = after_first or place
        joiner = _JOINER.match(line, place)
        joined = joined or joiner is not None
        comma = None if joiner else re.compile(r", ").match(line, place)
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
    return names if glued or _is_set_off(rest, pack) or (near and rest.startswith(",")) else []


def _is_set_off(rest: str, pack: Pack) -> bool:
    """Whether what follows a name says that the name is a signature."""
    if not rest:
        return False
    if _SET_OFF.match(rest) or _CLOCK.match(rest) or _SITE.match(rest) or _SHOUTED_START.match(rest):
        return True
    folded = fold(rest)
    date = find_date(folded, pack)
    words = words_of(folded[: date.start] if date else folded)
    if (date and date.start < 24) or (words and words[0] in pack.role_words):
        return True
    if _FROM.match(rest):
        return len(words) <= MOST_OF_A_PLACE
    if len(words) > MOST_SIGNED_WITH:
        return False
    named = not (pack.role_words.isdisjoint(words) and _OUTLET_WORDS.isdisjoint(words) and _AGENCY_WORDS.isdisjoint(words))
    return named and (rest[0] == "," or rest[0].isupper())


def names_after_date(line: str, pack: Pack) -> list[str]:
    """The names of a line that is a date and names.

    >>> from pipelines.cleaning.rules import load_pack
    >>> names_after_date("March 3, 2021 | Jane Roe", load_pack("en")), names_after_date("March 3, 2021 Jane Roe left", load_pack("en"))
    (['Jane Roe'], [])
    """
    folded = fold(line)
    found = find_date(folded, pack)
    if found is None or len(folded) != len(line) or found.start > 24:
        return []
    rest = line[found.end :].strip(" |•·,-–—")
    return [rest] if person_name(rest, pack) == rest else []


_BIOGRAPHY = re.compile(
    r"\s+(?:is|are|was|covers|writes|reports|has|joined|lives|works|leads|oversees|edits|hosts|studies|teaches|contributes|specializes|"
    r"specialises|focuses|serves|(?:may|can) be (?:reached|contacted|followed)|ist|schreibt|est|couvre|es|escribe|cubre|è)\s"
)
_REACHED = re.compile(r"\b(?i:contact|reach|e-?mail|follow|message|write to|connect with)\s+(?:[a-z]+\s+){0,4}(?=[^\W\d_a-z])")
_REACHED_AT = re.compile(r"(?:[,’']\S*)?\s*(?:@|at\b|on\b|via\b|by\b|:|\(|,)")
_LEADING = " —–-*•·~▪■"


_WRITER = re.compile(
    r"^(?:[^\W\d_a-z][\w.'’-]+ ){2,4}is an? (?:[\w-]+ ){0,4}(?i:writer|reporter|editor|columnist|correspondent|contributor|journalist|critic)\b"
)


def tells_of_writer(paragraph: str) -> bool:
    """Whether a paragraph begins with someone's name and calls them a writer or reporter."""
    return _WRITER.match(paragraph[:120]) is not None


_EDITORIAL_BOARD = re.compile(
    r"(?:The )?((?:[^\W\d_a-z][\w.'’-]* ){0,4}(?:Editorial Board|editorial board)) (?:consists|comprises|includes|is|are|operates|speaks)\b"
)
_THE_AUTHOR = re.compile(
    r"^(?:The (?:author|writer|columnist|reporter),? )?(?:(?:Dr|Prof|Mr|Mrs|Ms|Professor)\.? )?(?=[^\W\d_a-z])"
)


def names_of_biography(line: str, pack: Pack) -> list[str]:
    """The names of a biography or a note on how to reach the author at the foot of a page.

    >>> from pipelines.cleaning.rules import load_pack
    >>> names_of_biography("Jane Roe is a reporter in Oslo.", load_pack("en"))
    ['Jane Roe']
    >>> names_of_biography("—Staff writer Jane Roe can be reached at the desk.", load_pack("en"))
    ['Jane Roe']
    >>> names_of_biography("Contact reporter Jane Roe at jroe@example.org.", load_pack("en"))
    ['Jane Roe']
    >>> names_of_biography("Jane Roe, Ann Lee and John Doe are reporters.", load_pack("en"))
    ['Jane Roe', 'Ann Lee', 'John Doe']
    >>> names_of_biography("Follow Europe on the radio.", load_pack("en"))
    []
    """
    line = line.lstrip(_LEADING)
    board = _EDITORIAL_BOARD.match(line) if "ditorial " in line[:80] else None
    if board:
        return [board[1]]
    line = _THE_AUTHOR.sub("", line)
    reached = _REACHED.search(line[:80]) if "@" in line or " at " in line or " on " in line else None
    if reached:
        rest = line[reached.end() : reached.end() + 60]
        name = person_name(re.split(r" (?:at|on|via|by) |[@(,:]", rest, maxsplit=1)[0], pack)
        if name and _REACHED_AT.match(rest[len(name) :]):
            return [name]
    match = _BIOGRAPHY.search(line[:160])
    if match is None:
        return []
    if match.group().strip() in ("are", "were"):
        names = [person_name(part, pack) for part in _SEPARATOR.split(line[: match.start()])]
        return [name for name in names if name] if all(names) else []
    words = re.split(r"[,(]", line[: match.start()], maxsplit=1)[0].split()
    roles = [place for place, word in enumerate(words) if word.lower() in pack.role_words]
    if roles and len(words) - roles[-1] > 2:
        words = words[roles[-1] + 1 :]
    half = len(words) // 2
    if words[:half] == words[half:]:  # the name as a caption, then the sentence
        words = words[:half]
    name = person_name(" ".join(words), pack)
    return [name, *_names_of_next_sentences(line, name, pack)] if name else []


_IS = re.compile(r"\s(?:is|covers|writes) (?:an? |the )?")
MOST_OF_BIOGRAPHIES = 1500  # characters of a paragraph that holds the biographies of several authors


def _names_of_next_sentences(line: str, first: str, pack: Pack) -> list[str]:
    """Authors whose biographies follow the first in the same paragraph."""
    names: list[str] = []
    for sentence in re.split(r"(?<=[.;]) ", line[:MOST_OF_BIOGRAPHIES])[1:]:
        match = _IS.search(sentence[:50])
        name = person_name(sentence[: match.start()], pack) if match else None
        if name and match and name == sentence[: match.start()] and name not in (first, *names):
            names.append(name)
    return names[: MOST_NAMES - 1]


def names_of(rest: str, pack: Pack) -> list[str]:
    """Names from the start of `rest` up to a role, a date or anything else that is none."""
    names: list[str] = []
    rest = _HANDLE.sub(" ", rest[:300]).strip(" ,|•·-")
    for part in _SEPARATOR.split(rest):
        name = person_name(part, pack)
        if name is None or (names and part[len(name) :].strip().lower().startswith(tuple(_OUTLET_WORDS))):
            break
        if name not in names:
            names.append(name)
        if len(names) == MOST_NAMES:
            break
    return names


# First words of towns and streets: what a newspaper's name begins with where a person's could stand.
_PLACE_OPENERS = frozenset(
    "abu buenos cape east el fort grand hong kuala las los new north port rio saint salt san santa south tel wall west".split()
)
_PARTICLES = frozenset("de da di del della der den dos du el al bin ibn la le van von ter ten y e zu".split())


def person_name(part: str, pack: Pack) -> str | None:
    """`part` up to its first word that cannot be in a name, if that leaves two to four capitalised words.

    >>> from pipelines.cleaning.rules import load_pack
    >>> person_name("Jane van Roe Staff Writer", load_pack("en")), person_name("Laura May Roe", load_pack("en"))
    ('Jane van Roe', 'Laura May Roe')
    >>> person_name("Jane Roe Eastbrook Gazette", load_pack("en")), person_name("Jane Roe EVENING NETWORK", load_pack("en"))
    ('Jane Roe', 'Jane Roe')
    >>> person_name("Related Stories", load_pack("en")) is None
    True
    """
    part = _GLUED_ROLE.split(part, maxsplit=1)[0].strip()
    match = _NAME_WORDS.match(part)
    if not match or match.group().lower() in pack.labels or match.group().split()[0].lower() in pack.byline_words:
        return None
    words, outlet = _words_of_name(match.group().split(), part[match.end() :].lstrip(" .,")[:1].isdigit(), pack)
    if outlet and (len(words) < 2 or words[0].lower() in _PLACE_OPENERS):
        return None
    if len(words) > 2 and (outlet or _shouts_after_two(words)):
        words = words[: 3 if len(words[1].rstrip(".")) == 1 or words[1] in _PARTICLES else 2]
    if any(word.endswith(("'s", "’s")) for word in words):
        return None
    if not 2 <= len(words) <= 4 or not words[0][0].isupper() or not words[-1][0].isupper():
        return None
    if any(word[0].islower() and word not in _PARTICLES and not _ELIDED.match(word) for word in words):
        return None
    rest = part[len(" ".join(words)) :].strip()
    if rest and rest[0].islower() and rest.split()[0] not in _AFTER_NAME and not words[-1].endswith("."):
        return None
    long_words = [word for word in words if len(word) > 3]
    if sum(word.isupper() for word in long_words) not in (0, len(long_words)):
        return None
    name = " ".join(words)
    return name.title() if name.isupper() and len(name) > 6 else name


_ELIDED = re.compile(r"[a-z]{1,3}[-'’][^\W\d_a-z]")


def _words_of_name(words: list[str], number_follows: bool, pack: Pack) -> tuple[list[str], bool]:
    """Words up to the first that is a role, an outlet or a date, and whether it was an outlet; none of a school or a company. May and
    April are names too, and Sun."""
    found: list[str] = []
    for place, word in enumerate(words):
        plain = word.strip(".,").lower()
        if plain in _OUTLET_WORDS:
            return found, True
        if plain in _HOUSE_WORDS:
            return [], False
        if plain in pack.role_words or plain in _NOT_NAMES:
            break
        dated = number_follows and place == len(words) - 1
        if (plain in pack.months and (dated or len(found) > 1)) or (plain in pack.weekdays and len(found) != 1):
            return found, any(other.lower() in _OUTLET_WORDS for other in words[place + 1 :])
        if found and _SHOUTED_START.match(word):
            return found, True
        glued = _GLUED_WORD.match(word) if found else None
        if glued and glued[1].lower() not in _PREFIXES:
            return [*found, glued[1]], False
        found.append(word.rstrip(",;"))
        if place and word.endswith(".") and len(word) > 3 and "." not in word[:-1] and plain not in ("jr", "sr"):
            found[-1] = word.rstrip(".")
            break
    return found, False


_GLUED_WORD = re.compile(r"([A-Z][^\W\d_A-Z]{2,})[A-Z]")  # "RoeEvening": a name and the outlet that stood on the next line
_SHOUTED_START = re.compile(r"[A-Z]{2,}[a-z]{2}")  # an outlet such as "NORTHNews"
_PREFIXES = frozenset("mac fitz van vander del des san saint".split())


def _shouts_after_two(words: list[str]) -> bool:
    """An outlet in capitals after a name that is not."""
    return not any(word.isupper() and len(word) > 2 for word in words[:2]) and all(word.isupper() for word in words[2:])


def is_name_line(line: str, pack: Pack) -> bool:
    """Whether a line holds one person's name and nothing else."""
    return len(line) <= 40 and person_name(line, pack) == line.strip() and not any(c in line for c in ':?!"“')
