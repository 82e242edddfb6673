"""Whether two spellings name one person: words of the one are laid next to words of the other, in any order.

What makes two words alike stands here too; how they sound is left to `sounds`, which given names are one to `given`. Who is who in a corpus
does not belong here: two people may share a name.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from rapidfuzz.distance import OSA

from pipelines.speakers import given
from pipelines.speakers.settings import NameSettings
from pipelines.speakers.sounds import script_of, sounds_alike, sounds_of

_DEFAULT = NameSettings()
_POSSESSIVE = re.compile(r"['’]s?(?=\s|$)")
_WORD = re.compile(r"[^\W_]+(?:['’ʼ׳`´‘][^\W_]+)*['׳]?", re.UNICODE)
_APOSTROPHES = re.compile(r"['’ʼ`´‘]")
_LEAST_JOINED, MOST_LONGER = 4, 3  # letters of words that are written together, and how many more or fewer the other word has
_DIGITS = str.maketrans("01359", "oiesg")


class Answer(NamedTuple):
    """`score`: how sure it is that two names are one, 0 to 1. `why`: what was found alike and what was not, in words."""

    same: bool
    score: float
    why: str


class Name(NamedTuple):
    """The words of a name, folded, without titles; `family` is the place of the one that is most likely the family's."""

    words: tuple[str, ...]
    family: int


class Match(NamedTuple):
    """Words `a_first` to `a_last` of one name laid next to words of the other (exclusive ends)."""

    likeness: float
    a_first: int
    a_end: int
    b_first: int
    b_end: int
    how: str


@functools.lru_cache(1 << 16)
def parse_name(text: str, most_words: int = _DEFAULT.most_words) -> Name:
    """The words of a name as they are compared.

    >>> parse_name("Dr. Smith, John").words, parse_name("J.-C. Delorme").words, parse_name("JC Delorme").words
    (('john', 'smith'), ('j', 'c', 'delorme'), ('j', 'c', 'delorme'))
    """
    text = unicodedata.normalize("NFC", _POSSESSIVE.sub("", text.strip()))
    head, comma, tail = text.partition(",")
    turned = bool(comma and _WORD.search(head) and _WORD.search(tail))
    parts = (tail, head) if turned else (text,)
    words = tuple(word for part in parts for word in _without_titles(_words_of(part)))
    return Name(words[:most_words], min(len(words), most_words) - 1)


@functools.lru_cache(1 << 16)
def small_places(words: tuple[str, ...]) -> frozenset[int]:
    """The places of particles, which tell nothing. What ends a name is none, nor a given name that begins it: "Bryan Li", "Ben Hollis".

    >>> sorted(small_places(("ben", "de", "la", "quill"))), sorted(small_places(("la", "quill", "li")))
    ([1, 2], [0])
    """
    small = given.particles()
    return frozenset(
        place for place, word in enumerate(words[:-1]) if word in small and not (place == 0 and word in given.genders())
    )


def _without_titles(words: list[str]) -> list[str]:
    """Without the titles at either end; one word is left in any case: a lone title may be a name. A suffix stays: "Sr." behind a name is no "Señor".

    >>> _without_titles(["sr", "ruiz"]), _without_titles(["berg", "sr"])
    (['ruiz'], ['berg', 'sr'])
    """
    while len(words) > 1 and words[0] in given.titles():
        words = words[1:]
    while len(words) > 1 and words[-1] in given.titles() and words[-1] not in given.suffixes():
        words = words[:-1]
    return words


def _words_of(text: str) -> list[str]:
    out: list[str] = []
    for word in _WORD.findall(text):
        plain = word if word.isalnum() else _APOSTROPHES.sub("", word)
        if 2 <= len(plain) <= 3 and plain.isupper() and plain.isascii() and not set(plain) & set("AEIOUY") and text.upper() != text:
            out += plain.casefold()  # "JC Delorme": initials
        elif plain:
            out.append(plain.casefold())
    return out


@functools.lru_cache(1 << 16)
def plain_word(word: str) -> str:
    """Without accents, and with letters for the digits that stand for them inside a word ("sech1n")."""
    plain = word if word.isascii() else "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return plain.translate(_DIGITS) if not plain.isalpha() and any(c.isalpha() for c in plain) else plain


def words_alike(a: str, b: str, settings: NameSettings = _DEFAULT) -> tuple[float, str]:
    """How alike two words of names are, 0 to 1, and in what way; 0 where that is too little for one word."""
    return likeness_of_words(settings)(a, b)


@functools.cache
def likeness_of_words(settings: NameSettings) -> Callable[[str, str], tuple[float, str]]:
    """`words_alike` with these settings; asked again for the same words, it takes a fifth of the time."""
    return functools.lru_cache(1 << 18)(functools.partial(_words_alike, settings))


def _words_alike(settings: NameSettings, a: str, b: str) -> tuple[float, str]:
    if a == b or plain_word(a) == plain_word(b):
        return 1.0, "equal"
    if min(len(a), len(b)) == 1:
        first, second = sounds_of(a), sounds_of(b)
        begins = a[0] == b[0] or bool(first and second and script_of(a) != script_of(b) and first[0].sounds & second[0].sounds)
        return (settings.initial, "initial") if begins else (0.0, "other initial")
    sounding = sounds_alike(a, b, settings.sounds)
    if script_of(a) != script_of(b):
        return (max(sounding, 0.0), "sounds alike") if sounding >= settings.same_word_across else (0.0, "other word")
    if given.one_given_name(plain_word(a), plain_word(b)):
        return settings.same_family, "forms of one name"
    if _other_gender(a, b):
        return 0.0, "other given name"
    spelling = float(OSA.normalized_similarity(plain_word(a), plain_word(b)))
    likeness = max(spelling, (spelling + 2 * sounding) / 3)
    if likeness < settings.same_word:
        return 0.0, "other word"
    return likeness, "spelt alike" if spelling >= sounding else "sounds alike"


def likeness_without_forms(a: str, b: str, settings: NameSettings) -> float:
    """How alike two words are by letters and sounds alone, whatever is known of given names."""
    spelling = float(OSA.normalized_similarity(plain_word(a), plain_word(b)))
    return max(spelling, (spelling + 2 * sounds_alike(a, b, settings.sounds)) / 3)


def _other_gender(a: str, b: str) -> bool:
    """Angela and Angelo are two, though they are spelt alike."""
    known = given.genders()
    return bool(a in known and b in known and not known[a] & known[b])


def same_person(a: str, b: str, settings: NameSettings = _DEFAULT) -> Answer:
    """Whether two spellings may name one person.

    >>> same_person("Yelena Tarvashko", "Olena Tarwaschko").same
    True
    >>> same_person("Peter Quill", "Mara Quill")
    Answer(same=False, score=0.3, why='quill: equal; only in one: peter; only in the other: mara')
    """
    first, second = parse_name(a, settings.most_words), parse_name(b, settings.most_words)
    if not first.words or not second.words:
        return Answer(False, 0.0, "no word to compare")
    matches = _laid_beside(first.words, second.words, settings)
    left = _left(first.words, [(m.a_first, m.a_end) for m in matches])
    right = _left(second.words, [(m.b_first, m.b_end) for m in matches])
    score = _score(first, second, matches, left, right, settings)
    why = [f"{' '.join(first.words[m.a_first : m.a_end])}" + _beside(second, m) + f": {m.how}" for m in matches]
    why += [f"only in one: {' '.join(first.words[i] for i in left)}"] * bool(left)
    why += [f"only in the other: {' '.join(second.words[i] for i in right)}"] * bool(right)
    return Answer(score >= settings.same_name, round(score, 3), "; ".join(why))


def _beside(other: Name, match: Match) -> str:
    words = " ".join(other.words[match.b_first : match.b_end])
    return f" / {words}" if match.how != "equal" else ""


def _laid_beside(a: tuple[str, ...], b: tuple[str, ...], settings: NameSettings) -> list[Match]:
    """The best one-to-one match of words, the most alike first; a word may stand for two or three that are written together."""
    if a == b:
        return [Match(1.0, i, i + 1, i, i + 1, "equal") for i in range(len(a))]
    alike, found = likeness_of_words(settings), []
    for i in range(len(a)):
        for j in range(len(b)):
            likeness, how = alike(a[i], b[j])
            if likeness:
                found.append(Match(likeness, i, i + 1, j, j + 1, how))
    found += _joined(a, b, settings) + [
        Match(m.likeness, m.b_first, m.b_end, m.a_first, m.a_end, m.how) for m in _joined(b, a, settings)
    ]
    found.sort(key=lambda m: (-m.likeness, -(m.a_end - m.a_first + m.b_end - m.b_first), abs(m.a_first - m.b_first), m))
    chosen: list[Match] = []
    for match in found:
        if all(
            (match.a_end <= m.a_first or match.a_first >= m.a_end) and (match.b_end <= m.b_first or match.b_first >= m.b_end)
            for m in chosen
        ):
            chosen.append(match)
    return sorted(chosen, key=lambda m: m.a_first)


def joined_words(words: tuple[str, ...]) -> list[tuple[int, int, str]]:
    """Two to four neighbouring words as one, with the places of the first and behind the last; short ones are left out."""
    ends = [(i, end) for i in range(len(words)) for end in range(i + 2, min(i + 4, len(words)) + 1)]
    joined = [(i, end, "".join(words[i:end])) for i, end in ends]
    return [found for found in joined if len(found[2]) >= _LEAST_JOINED]


def _joined(a: tuple[str, ...], b: tuple[str, ...], settings: NameSettings) -> list[Match]:
    """Two to four words of `a` that together are one of `b`."""
    alike, found, parts = likeness_of_words(settings), [], joined_words(a)
    for j, word in enumerate(b):
        for i, end, joined in parts:
            if abs(len(joined) - len(word)) <= MOST_LONGER:
                likeness, _ = alike(joined, word)
                if likeness >= settings.joined_word:
                    found.append(Match(likeness, i, end, j, j + 1, "written together"))
    return found


def _left(words: tuple[str, ...], taken: list[tuple[int, int]]) -> list[int]:
    return [i for i in range(len(words)) if not any(first <= i < end for first, end in taken)]


def _score(first: Name, second: Name, matches: list[Match], left: list[int], right: list[int], settings: NameSettings) -> float:
    """The mean likeness of what is matched, less what speaks against it."""
    full = [m for m in matches if m.how != "initial"]
    small, small_b = small_places(first.words), small_places(second.words)
    telling = [m for m in full if m.a_first not in small or m.b_first not in small_b] or full
    if not telling:
        return 0.0
    score = sum(m.likeness for m in telling) / len(telling)
    # a word said twice ("Sergey Sergey Tarvashko") is no word that the other lacks
    said_a, said_b = {first.words[m.a_first] for m in matches}, {second.words[m.b_first] for m in matches}
    lone_a = [i for i in left if i not in small and first.words[i] not in said_a]
    lone_b = [i for i in right if i not in small_b and second.words[i] not in said_b]
    if lone_a and lone_b:
        return score * (1 - settings.contradiction) ** min(len(lone_a), len(lone_b)) * len(telling) / (len(telling) + 1)
    score -= settings.left_over * (len(lone_a) + len(lone_b))
    score -= settings.for_initial * (len(matches) - len(full))
    if len(telling) == 1 and (lone_a or lone_b) and len(full) == len(matches):
        match = telling[0]
        longer, place = (first, match.a_first) if lone_a else (second, match.b_first)
        score -= settings.family_name_alone if place == longer.family else settings.other_name_alone
    if _turned_given_names(first, second, matches):
        score *= 1 - settings.contradiction
    return max(score, 0.0)


def _turned_given_names(first: Name, second: Name, matches: list[Match]) -> bool:
    """Two given names in the other order: Hans Friedrich is not Friedrich Hans, though Smith John may be John Smith."""
    known = given.genders()
    words = [*first.words, *second.words]
    if len(first.words) != 2 or len(second.words) != 2 or not all(word in known for word in words):
        return False
    return any(m.a_first != m.b_first for m in matches)
