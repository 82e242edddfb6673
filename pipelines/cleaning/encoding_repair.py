"""Text that was decoded in a wrong encoding, back as it was: whole sequences of bytes, and quotation marks of which bytes were lost.

Other damage to characters, and which line is looked at, does not stand here (`repair`).
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

import ftfy

from pipelines.lexicons import LanguageFile, WordSet, alternation, languages_with, merged, read_language_file

# The defaults of ftfy change 518 of 675 clean articles, these settings one: no taste, only damage.
FTFY = ftfy.TextFixerConfig(
    unescape_html=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    normalization="NFC",
    explain=False,
)

# UTF-8 read as Windows-1252, Latin-1, MacRoman or code page 437: a lead and what follows it. As Windows-1251, where the leads
# are letters of every Russian word: two such pairs, or one of a quotation mark or dash.
_FOLLOWING = "\x80-\xbf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122"
_CYRILLIC = "\u0401-\u040f\u0451-\u045f\u0490\u0491\u2116"
PAIR = re.compile(  # starts with one class of characters, which is what re skips to quickly
    "[\xc2-\xf4\u0102\u0103\u0393\u201a\u221a\u251c\u252c\xac\u0413\u0420\u0421\u0432](?:"
    f"(?<=[\xc2-\xf4\u0102\u0103])[{_FOLLOWING}]|(?<=\xe2)(?:$|[\\sA-Za-z])"
    "|(?<=[\u0393\u201a\u221a\u251c\u252c\xac])[\x80-\xff\u0152-\u0192\u2013-\u25a0\u03c0\ufb01\ufb02]"
    f"|(?<=[\u0413\u0420\u0421])[{_FOLLOWING}{_CYRILLIC}][\u0413\u0420\u0421][{_FOLLOWING}{_CYRILLIC}]"
    "|(?<=\u0413)[\xa0-\xbf]|(?<=\u0432)[\u0402\u201e])"
)

HIGH = re.compile(r"[^\x00-\x7f]")


def decode_again(line: str) -> str:
    """UTF-8 that was read as Windows-1252, Latin-1, MacRoman, Windows-1251 and the like, once or twice, in whole or in some words.

    >>> decode_again("La CitÃ© a dit Â«nonÂ»")
    'La Cité a dit «non»'
    >>> decode_again("assume. ¬´¬†√Ä quatre heures")
    'assume. «\\xa0À quatre heures'
    >>> decode_again("Atlético, O’Brien, ĂŽ, €5")
    'Atlético, O’Brien, ĂŽ, €5'
    """
    if line.isascii() or (PAIR.search(line) is None and _CODED.search(line) is None):
        return line
    line = _LOST_LAST_BYTE.sub("”", line)
    if "‚Ä" in line or "√" in line:  # MacRoman; ftfy would take part of it for something else
        line = _decode_words(line)
    fixed = "".join(ftfy.fix_text_segment(part, FTFY) for part in _portions(line))
    return fixed if fixed.isascii() else _decode_words(fixed)


# The third byte of a closing quotation mark is none of Windows-1252; ftfy would read a dagger out of the blank after it.
_LOST_LAST_BYTE = re.compile("(?<=[^\\W_])\u00e2\u20ac(?=[ \\t,.;:)\\]]|$)|(?<=[.,!?…)’])\u00e2\u20ac(?=[ \\t,.;:)\\]]|$)")
_CODED = re.compile("[\x80-\x9f\ufffd]")
_PORTION = 20_000  # characters given to ftfy at once; its search for sequences is not linear in hostile lines


def _portions(line: str) -> list[str]:
    if len(line) <= _PORTION:
        return [line]
    return [line[i : i + _PORTION] for i in range(0, len(line), _PORTION)]


_ENCODINGS = ("mac_roman", "cp1251", "cp1252", "latin-1")
_TYPOGRAPHY = frozenset("¿¡‐‑‒–—―‘’‚“”„†•…‰‹›€™«» \xa0")
_WORD_PARTS = re.compile(r"\S*[^\x00-\x7f]\S*")


def _decode_words(line: str) -> str:
    """Words that are UTF-8 read in another encoding, where the line as a whole is not."""
    return _WORD_PARTS.sub(lambda match: _decode_word(match.group()), line)


def _decode_word(word: str) -> str:
    if len(word) > 200 or len(HIGH.findall(word)) < 2:
        return word
    for encoding in _ENCODINGS:
        try:
            decoded = word.encode(encoding).decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
        if all(_expected(char) for char in decoded if char > "\x7f"):
            return _decode_word(decoded)
    return word


def _expected(char: str) -> bool:
    """Characters that damaged words of news text turn out to hold: accented Latin, Cyrillic of today, marks of print."""
    return "\u00c0" <= char <= "\u017f" or "\u0401" <= char <= "\u045f" or char in "ҐґÂ" or char in _TYPOGRAPHY


_LOST_OPENING = re.compile(
    r"(?:(?<=\s)|(?<=^)|(?<=[(\[]))\u00e2(?:\u20ac(?=[A-Za-z])|(?=[A-Z])|(?=[a-z][^\u00e2]*[A-Za-z.,!?]\u00e2(?:[\s,.;:)]|$)))"
)
_LOST_CLOSING = re.compile(
    r"(?<=[A-Za-z0-9.,!?…])\u00e2\u20ac(?=[\s,.;:)\]]|$)|(?<=[.,!?])\u00e2(?=\s|$)|(?<=[a-z])\u00e2(?=[\s,.;:)]|$)"
)
_LOST_DASH = re.compile(r"(?<=\s)\u00e2\u20ac?(?=\s)")


class RepairFile(LanguageFile):
    """`repair.toml`: how lines of a language are known, and where an apostrophe was in them."""

    words: WordSet
    after_apostrophe: WordSet = frozenset()
    after_o: WordSet = frozenset()


class _Lost(NamedTuple):
    words: re.Pattern[str]
    apostrophe: re.Pattern[str]


@functools.cache
def _lost() -> _Lost:
    """Words that say that a mark may be restored, and where it was an apostrophe. Lines are repaired before their language is known: all
    languages that say so count."""
    file = merged([read_language_file(code, "repair", RepairFile) for code in languages_with("repair")])
    return _Lost(
        words=re.compile(rf"\b{alternation(file.words)}\b"),
        apostrophe=re.compile(
            rf"(?<=[A-Za-z])\u00e2(?:\u20ac)?(?={alternation(file.after_apostrophe)}\b)|(?<=\b[Oo])\u00e2(?=[A-Z][a-z]|{alternation(file.after_o)}\b)"
        ),
    )


def restore_lost_marks(line: str) -> str:
    """Quotation marks whose last bytes were dropped: `donâ€t`, `donât`. Only in lines that hold words of a language that knows such marks:
    `bât` is a French word.

    >>> restore_lost_marks("They donâ€t know that it isnât true")
    'They don’t know that it isn’t true'
    >>> restore_lost_marks("le château et le bât")
    'le château et le bât'
    """
    if "\u00e2" not in line:
        return line
    if "\u00e2\u20ac" not in line and len(_lost().words.findall(line[:2000])) < 2:
        return line
    line = _lost().apostrophe.sub("’", line)
    line = _LOST_OPENING.sub("“", line)
    line = _LOST_CLOSING.sub("”", line)
    return _LOST_DASH.sub("–", line)
