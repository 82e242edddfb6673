"""Who wrote it: names after "By", names on a line of their own, names above a biography."""

from __future__ import annotations

import re

from pipelines.cleaning.rules import Pack, fold

_NAME_WORD = r"(?:[^\W\d_a-z][\w.'’‘-]*|de|da|di|del|della|der|den|dos|du|el|al|bin|ibn|la|le|van|von|ter|ten|y|e|zu)"
_NAME_WORDS = re.compile(rf"{_NAME_WORD}(?: {_NAME_WORD})*")
_SEPARATOR = re.compile(r"\s*(?:,|;|&|/|\||•|·| - | – | — |\band\b|\bund\b|\bet\b|\by\b|\be\b|\bта\b|\bи\b|\bі\b|\bwith\b)\s*")
_HANDLE = re.compile(r"[|•·,-]?\s*@\w+|\S+@\S+\.\w+|\(.*?\)|https?://\S+")
_ENDS = re.compile(
    r"\s*(?:[|•·]|, (?=[a-z])| - | – | — |\bfor\b|\bin\b|\bat\b|\bon\b|\bpublished\b|\bupdated\b|\bposted\b|\d)", re.IGNORECASE
)

_AFTER_NAME = frozenset(["on", "in", "for", "at", "via", "of", "with", "und", "für", "in", "para", "por", "pour", "à"])
MOST_NAMES = 6
_NOT_NAMES = frozenset(
    [
        "staff",
        "wire",
        "agencies",
        "agency",
        "news",
        "newsroom",
        "editors",
        "editorial",
        "team",
        "desk",
        "report",
        "reports",
        "reporters",
        "admin",
        "administrator",
        "contributor",
        "guest",
        "press",
        "associated",
        "reuters",
        "afp",
        "bureau",
        "magazine",
        "online",
        "media",
        "correspondent",
        "reporter",
        "editor",
        "writer",
        "author",
        "network",
        "service",
        "services",
        "times",
        "post",
        "daily",
        "weekly",
        "journal",
        "today",
        "board",
        "column",
        "photo",
        "photos",
        "video",
        "share",
        "comments",
        "read",
        "more",
        "here",
        "view",
        "follow",
        "the",
        "of",
        "your",
        "all",
        "new",
        "united",
        "national",
        "international",
        "university",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)


def names_in_byline(line: str, pack: Pack) -> list[str]:
    """The names of a byline that starts with a word such as "By"; [] where the line is none.

    >>> from pipelines.cleaning.rules import load_pack
    >>> names_in_byline("By Jane A. Roe and John O'Doe, Staff Writers | March 3", load_pack("en"))
    ['Jane A. Roe', "John O'Doe"]
    >>> names_in_byline("By the time they left", load_pack("en"))
    []
    """
    folded = fold(line[:40])
    for word in pack.byline_words if folded.startswith(pack.byline_words) else ():
        if folded.startswith(word) and folded[len(word) : len(word) + 1] in (" ", ":"):
            rest = _GLUED_ROLE.sub(" | ", line[len(word) :].lstrip(" :"))
            return names_of(rest, pack) or organisation(rest)
    return []


_GLUED_ROLE = re.compile(
    r"(?<=[a-z])(?=(?:Staff|Senior|Editor|Reporter|Writer|Contributor|Correspondent|Associate|Assistant|Special)\b)"
)


def organisation(rest: str) -> list[str]:
    """An organisation after "By": one to five words, each with a capital."""
    words = rest.strip(" .|").split()
    plain = (
        1 <= len(words) <= 5 and words[0][0].isupper() and all(w[0].isupper() or w in ("of", "for", "and", "the") for w in words)
    )
    return [" ".join(words)] if plain and len(rest) <= 50 and not rest.rstrip().endswith((":", "?", "!")) else []


_SIGNATURE = re.compile(r"(?:\b(?:written|posted|reported|story|words|text) by|^about) ", re.IGNORECASE)


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


_SIGNED = re.compile(r"\s*(?:[|/,•·–—-]\s*|(?=\d))")


def name_at_start(line: str, pack: Pack) -> str | None:
    """The name that opens a line and is set off from what follows: an outlet, a role, a date, a time.

    >>> from pipelines.cleaning.rules import load_pack
    >>> name_at_start("Jane Roe - January 24, 2020", load_pack("en"))
    'Jane Roe'
    >>> name_at_start("Jane Roe walked home", load_pack("en")) is None
    True
    """
    line = _GLUED_ROLE.sub(" | ", line)
    name = person_name(re.split(r"\s*[|/,•·–—\d]|\s-\s", line, maxsplit=1)[0], pack)
    if name is None or not line.startswith(name):
        return None
    rest = line[len(name) :].strip()
    role = re.match(r"[^\W\d_]+", rest)
    return name if _SIGNED.match(rest) or (role and role.group().lower() in pack.role_words) else None


_BIOGRAPHY = re.compile(r"\s+(?:is|are|was|covers|writes|reports|has|joined|lives|works|(?:may|can) be reached|ist|est|es|è)\s")


def name_of_biography(line: str, pack: Pack) -> str | None:
    """The name that a biography at the foot of a page begins with.

    >>> from pipelines.cleaning.rules import load_pack
    >>> name_of_biography("Jane Roe is a reporter in Oslo.", load_pack("en"))
    'Jane Roe'
    """
    match = _BIOGRAPHY.search(line[:60])
    if match is None:
        return None
    words = line[: match.start()].split()
    half = len(words) // 2
    if words[:half] == words[half:]:  # the name as a caption, then the sentence
        words = words[:half]
    return person_name(" ".join(words), pack)


def names_of(rest: str, pack: Pack) -> list[str]:
    """Names from the start of `rest` up to a role, a date or anything else that is none."""
    names: list[str] = []
    rest = _HANDLE.sub(" ", rest[:300]).strip(" ,|•·-")
    for part in _SEPARATOR.split(rest):
        name = person_name(part, pack)
        if name is None:
            break
        if name not in names:
            names.append(name)
        if len(names) == MOST_NAMES:
            break
    return names


def person_name(part: str, pack: Pack) -> str | None:
    """`part` up to its first word that cannot be in a name, if that leaves two to four capitalised words.

    >>> from pipelines.cleaning.rules import load_pack
    >>> person_name("Jane van Roe Staff Writer", load_pack("en"))
    'Jane van Roe'
    >>> person_name("Related Stories", load_pack("en")) is None
    True
    """
    match = _NAME_WORDS.match(part.strip())
    if not match or match.group().lower() in pack.labels:
        return None
    words: list[str] = []
    for word in match.group().split():
        plain = word.strip(".,").lower()
        if plain in pack.role_words or plain in _NOT_NAMES or plain in pack.months or plain in pack.weekdays:
            break
        words.append(word.rstrip(",;"))
    if not 2 <= len(words) <= 4 or not words[0][0].isupper() or not words[-1][0].isupper():
        return None
    rest = part.strip()[len(" ".join(words)) :].strip()
    if rest and rest[0].islower() and rest.split()[0] not in _AFTER_NAME and not words[-1].endswith("."):
        return None
    long_words = [word for word in words if len(word) > 3]
    if sum(word.isupper() for word in long_words) not in (0, len(long_words)):
        return None
    name = " ".join(words)
    return name.title() if name.isupper() and len(name) > 6 else name


def is_name_line(line: str, pack: Pack) -> bool:
    """Whether a line holds one person's name and nothing else."""
    return len(line) <= 40 and person_name(line, pack) == line.strip() and not any(c in line for c in ':?!"“')
