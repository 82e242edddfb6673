"""Which encoding a text is in that is not UTF-8 and names none: only where one reading holds up, else nobody knows."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from functools import cache

from charset_normalizer import from_bytes
from pydantic import Field, field_validator

from pipelines.language import detect_language
from pipelines.lexicons import LanguageFile, languages_with, read_language_file

LEAST_BYTES = 120  # of a text; in less a language is not sure
LEAST_FOREIGN = 2  # characters outside of ASCII
MOST_ODD = 0.02  # share of the letters outside of ASCII that are none of the language, as in names of abroad
MOST_CHAOS = 0.1  # as charset-normalizer measures it; noise is above
MOST_CAPITALS = 0.4  # share of the letters
MARKS = frozenset("“”„‚‘’‹›«»–—…·•°§€£¡¿™©®½¼¾²³\xa0\xad№´")


_FOREIGN = re.compile(r"[^\x00-\x7f]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
# Inside of a word, and not behind an escape of JSON: a mark that does not join words, or a capital letter outside of ASCII behind a small one.
_INSIDE = re.compile(r"(?<!\\[bfnrt])(?:(?<=[^\W\d_])[“”„‚‹›«»…•§€£¡¿™©®½¼¾²³\xa0°](?=[^\W\d_])|(?<=[a-zà-öø-ÿа-я])[À-ÖØ-ÞА-Я])")


class Encodings(LanguageFile):
    """`encodings.toml`: the encodings in which texts of the language were written, and its letters outside of ASCII, by themselves or as what
    an encoding holds. Where there are thousands, a share of them is `frequent`."""

    encodings: tuple[str, ...]
    letters: str = ""
    letters_of: str = ""  # or all that one of these encodings can write
    frequent: str = ""
    frequent_share: float = Field(0.0, ge=0, le=1)

    @field_validator("encodings")
    @classmethod
    def _are_known(cls, encodings: tuple[str, ...]) -> tuple[str, ...]:
        for name in encodings:
            try:
                codecs.lookup(name)
            except LookupError:
                raise ValueError(f"{name!r} is no encoding that Python knows; allowed are names such as 'cp1252'") from None
        return encodings


def guessed(data: bytes) -> tuple[str, str] | None:
    """The text and the name of its encoding, where readings in all encodings of all languages leave one text; else None.

    A reading holds up where the text is in the language whose encoding it is, has no letters of others and no control characters, and
    charset-normalizer finds no noise in it.

    >>> text = "Der Bürgermeister sagte am Montag, dass die Brücke über den Fluss vier Wochen lang für Lastwagen gesperrt bleibt, weil Risse gefunden wurden."
    >>> guessed(text.encode("cp1252")) == (text, "cp1252")
    True
    >>> guessed("Ein Café".encode("cp1252")) is None
    True
    """
    if len(data) < LEAST_BYTES:
        return None
    found: dict[str, str] = {}
    for code in languages_with("encodings"):
        known = _file(code)
        for name in known.encodings:
            text = _reading(data, name, code, known)
            if text is not None:
                found.setdefault(text, name)
    if len(found) != 1:
        return None
    ((text, name),) = found.items()
    best = from_bytes(data, cp_isolation=[name]).best()
    return (text, name) if best is not None and best.chaos <= MOST_CHAOS and str(best) == text else None


def _shouts(text: str) -> bool:
    """Whether capitals are more than any article has: one of two Cyrillic encodings turns the case of the other around."""
    return sum(map(str.isupper, text)) > MOST_CAPITALS * sum(map(str.isalpha, text))


@cache
def _file(code: str) -> Encodings:
    return read_language_file(code, "encodings", Encodings)


def _is_letter(character: str, known: Encodings) -> bool:
    if character in known.letters:
        return True
    for name in known.letters_of.split():
        try:
            character.encode(name)
        except UnicodeEncodeError:
            continue
        return True
    return False


def _reading(data: bytes, encoding: str, language: str, known: Encodings) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    foreign = _FOREIGN.findall(text)
    of_words = [character for character in foreign if character not in MARKS]
    counts = Counter(of_words)
    odd = sum(count for character, count in counts.items() if not _is_letter(character, known)) + len(_INSIDE.findall(text))
    if sum(counts[character] for character in set(known.frequent)) < known.frequent_share * len(of_words):
        return None
    if len(foreign) < LEAST_FOREIGN or odd > MOST_ODD * len(of_words) or _CONTROL.search(text) or _shouts(text):
        return None
    return text if detect_language(text) == language else None
