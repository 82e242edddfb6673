"""Character repairs of one line: wrongly decoded bytes, invisible characters, stray spaces and stops. Each change is named and kept.

How wrongly decoded bytes are read again stands in `encoding_repair`.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable
from html.entities import name2codepoint
from typing import NamedTuple

import ftfy

from pipelines.cleaning.characters import LEADS
from pipelines.cleaning.encoding_repair import HIGH, PAIR, decode_again, restore_lost_marks


class Repair(NamedTuple):
    start: int
    end: int
    kind: str
    before: str
    after: str


# Anything that one of the passes could change; no character of ordinary text in any script is in here.
# What does not print is seen by str.isprintable: controls, surrogates, no-break and zero-width spaces, direction marks.
_MARK = re.compile("[\u0300-\u036f\ufffd]")
_LEAD = re.compile(f"[{LEADS}]")


def suspicious(line: str) -> bool:
    """A cheap test of one line, true wherever a pass might find something."""
    if "&" in line or "\\" in line or not line.isprintable() or _is_off(line):
        return True
    if line.isascii() or _LEAD.search(line) is None:
        return False
    return PAIR.search(line) is not None or _MARK.search(line) is not None


def repair(line: str, offset: int) -> tuple[str, tuple[Repair, ...]]:
    """The repaired line, and what was changed; offsets are places in `line` plus `offset`.

    >>> repair("MusÃ©e dâ€™Orsay", 10)
    ('Musée d’Orsay', (Repair(start=10, end=16, kind='encoding', before='MusÃ©e', after='Musée'), Repair(start=17, end=26, kind='encoding', before='dâ€™Orsay', after='d’Orsay')))
    """
    fixed, kinds = _fixed(line)
    if fixed == line:
        return line, ()
    return fixed, tuple(_differences(line, fixed, offset, kinds.pop() if len(kinds) == 1 else None))


def fix_characters(line: str) -> str:
    """All passes until nothing changes, so that a second repair finds nothing."""
    return _fixed(line)[0]


def _fixed(line: str) -> tuple[str, set[str]]:
    """The repaired line, and the kinds of the passes that changed it."""
    kinds: set[str] = set()
    for _ in range(4):
        fixed = line
        for kind, apply in PASSES:
            before, fixed = fixed, apply(fixed)
            if fixed != before:
                kinds.add(kind)
        if fixed == line:
            break
        line = fixed
        if not suspicious(line):
            break
    return line, kinds


# --- the passes: str -> str, each on one line ---------------------------------------------------------------------------------


_C1 = re.compile("[\x80-\x9f]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufff9-\ufffb\ufffe\uffff]|[\ud800-\udfff]")


def drop_controls(line: str) -> str:
    """Control characters show nothing; C1 are Windows-1252; a surrogate pair is one character, half of one is lost.

    >>> drop_controls("a\\x00b\\x93c\\x94 \\ud83d\\ude00\\ud83d")
    'ab“c” 😀�'
    """
    if line.isprintable() or _CONTROLS.search(line) is None:
        return line
    line = ftfy.fixes.fix_surrogates(line)
    line = _C1.sub(lambda match: match.group().encode("latin-1").decode("sloppy-windows-1252"), line)
    return _CONTROLS.sub("", line)


_INVISIBLE = re.compile("[\xad\u200b-\u200f\u061c\u202a-\u202e\u2060-\u2069\ufeff]")
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_BIDI = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_JOINERS = frozenset("\u200c\u200d")


def drop_invisible(line: str) -> str:
    """Zero-width characters, soft hyphens and direction marks, but not where a script or an emoji needs them.

    >>> drop_invisible("wo\\u00adrd\\u200b \\u200efirst")
    'word first'
    >>> drop_invisible("👩\\u200d🚒 می\\u200cخواهم") == "👩\\u200d🚒 می\\u200cخواهم"
    True
    """
    if line.isascii() or _INVISIBLE.search(line) is None:
        return line
    right_to_left = _RTL.search(line) is not None

    def replace(match: re.Match[str]) -> str:
        char, place = match.group(), match.start()
        before = line[place - 1 : place]
        after = line[place + 1 : place + 2]
        if char in _BIDI and right_to_left:
            return char
        if char in _JOINERS and not (_plain_letter(before) or _plain_letter(after)) and before.strip() and after.strip():
            return char
        if char == "\u200b" and "\u0e00" <= before < "\u1800":  # Thai to Khmer: where a line may break
            return char
        return ""

    return _INVISIBLE.sub(replace, line)


def _plain_letter(char: str) -> bool:
    """A letter of a script that never joins: Latin, Greek, Cyrillic."""
    return bool(char) and char < "\u0530"


_NBSP = re.compile("\xa0")


def plain_spaces(line: str) -> str:
    """No-break spaces become spaces, but for those that French and numbers are set with.

    >>> plain_spaces("one\\u00a0two, «\\u00a0non\\u00a0»\\u00a0: 12\\u00a0000")
    'one two, «\\xa0non\\xa0»\\xa0: 12\\xa0000'
    """
    if "\xa0" not in line:
        return line

    def replace(match: re.Match[str]) -> str:
        before, after = line[match.start() - 1 : match.start()], line[match.end() : match.end() + 1]
        typographic = (
            before in ("«", "–", "—")
            or after in ("»", ":", ";", "!", "?", "%", "€", "–", "—")
            or (before.isdigit() and after.isdigit())
        )
        return "\xa0" if typographic and before and after else " "

    return _NBSP.sub(replace, line)


_SPACED_ELLIPSIS = re.compile(r"(?<!\.)\. \. \.(?! ?\.)")


_OFF = re.compile(r" +([.,])(?!\S)(?! \.)")
_OFF_MARK = re.compile(r"[.,](?<= [.,])(?!\S)(?! \.)")  # the mark of it; begins with characters that are rarer than blanks
_ELLIPSIS = ". . ."


def _is_off(line: str) -> bool:
    """Whether a stop or comma stands off its word and before a blank or the end, or an ellipsis is set with spaces."""
    return (" ." in line or " ," in line) and (_ELLIPSIS in line or _OFF_MARK.search(line) is not None)


def _moved(match: re.Match[str]) -> str:
    """What becomes of a stop or comma with blanks before it: a second stop goes, one behind a word moves to it."""
    before, mark = match.string[max(0, match.start() - 1) : match.start()], match[1]
    if before in (".", "!", "?") and mark == ".":
        return ""
    return match.group() if not before or before.isspace() or before == "." else mark


def fix_stops(line: str) -> str:
    """A stop or comma that stands off its word, a second stop after it, an ellipsis set with spaces.

    >>> fix_stops('said on Telegram. .'), fix_stops('he said , then left .'), fix_stops('well . . . no')
    ('said on Telegram.', 'he said, then left.', 'well ... no')
    >>> fix_stops('in print on  , page 3')
    'in print on, page 3'
    >>> fix_stops('a .NET app, $5 .50, « non » ; oui !')
    'a .NET app, $5 .50, « non » ; oui !'
    """
    if not _is_off(line):
        return line
    line = _SPACED_ELLIPSIS.sub("...", line) if _ELLIPSIS in line else line
    return _OFF.sub(_moved, line)


_ENTITY = re.compile(r"&(?:#(\d{2,5})|#x([0-9a-fA-F]{2,4})|([A-Za-z]{2,8}[0-9]{0,2}));")
# Those of HTML 4, but for the marks of tags, which a text about HTML has.
_NAMED = {name: chr(code) for name, code in name2codepoint.items() if name not in ("lt", "gt")} | {"apos": "'", "nbsp": " "}


def read_entities(line: str) -> str:
    """HTML entities that were left in the text, but not in a line that is about HTML.

    >>> read_entities("AT&amp;T said it&#8217;s &quot;fine&quot;")
    'AT&T said it’s "fine"'
    >>> read_entities("Z&uuml;rich&hellip; R&D; a &lt;b&gt;")
    'Zürich… R&D; a &lt;b&gt;'
    >>> read_entities("write <b>&amp;</b> for &")
    'write <b>&amp;</b> for &'
    """
    if "&" not in line or "<" in line or "`" in line:
        return line

    def replace(match: re.Match[str]) -> str:
        decimal, hexadecimal, name = match.groups()
        if name:
            return _NAMED.get(name, match.group())
        number = int(decimal) if decimal else int(hexadecimal, 16)
        return chr(number) if 32 <= number < 0xD800 and not 127 <= number < 160 and chr(number) not in "<>" else match.group()

    return _ENTITY.sub(replace, line)


_ESCAPE = re.compile(
    r"(?<!\\)(?:\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})|\\u(?!d[89a-f])([0-9a-f]{4})|((?:\\x[89a-f][0-9a-f]){2,}))",
    re.IGNORECASE,
)
_ESCAPED_QUOTE = re.compile(r"(?<!\\)\\([\"'])")


def read_escapes(line: str) -> str:
    r"""Escapes of JSON and scripts that were left in the text, but not in a line that is about code.

    >>> read_escapes("The council\\u2019s \\u201clast\\u201d word \\ud83d\\ude00, caf\\xc3\\xa9")
    'The council’s “last” word 😀, café'
    >>> read_escapes('He said: \\"No.\\"'), read_escapes("C:\\users\\u12"), read_escapes("write `\\u2019`")
    ('He said: "No."', 'C:\\users\\u12', 'write `\\u2019`')
    """
    if "\\" not in line or "`" in line:
        return line
    line = _ESCAPE.sub(_unescaped, line)
    return _ESCAPED_QUOTE.sub(r"\1", line) if len(_ESCAPED_QUOTE.findall(line)) > 1 else line


def _unescaped(match: re.Match[str]) -> str:
    """The character of an escape, or the escape itself where that shows nothing."""
    high, low, number, some_bytes = match.groups()
    try:
        if some_bytes:
            char = bytes.fromhex(some_bytes.lower().replace("\\x", "")).decode("utf-8")
        elif high:
            char = bytes.fromhex(high + low).decode("utf-16-be")
        else:
            char = chr(int(number, 16))
    except UnicodeDecodeError:
        return match.group()
    return char if all(part.isprintable() or part in "\u00a0\u00ad\u2009\u202f" for part in char) else match.group()


def compose(line: str) -> str:
    """Letters and their accents as one character (NFC)."""
    return unicodedata.normalize("NFC", line)


PASSES: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("encoding", decode_again),
    ("entity", read_entities),
    ("entity", read_escapes),
    ("encoding", restore_lost_marks),
    ("control", drop_controls),
    ("invisible", drop_invisible),
    ("space", plain_spaces),
    ("punctuation", fix_stops),
    ("accent", compose),
)


# --- what changed ---------------------------------------------------------------------------------------------------------------

_PIECES = re.compile(r"\s+|\S+")


def _differences(before: str, after: str, offset: int, kind: str | None) -> list[Repair]:
    """The changed words, where both have as many; otherwise the one span between what is equal at either end. `kind`: of all changes,
    where passes of one kind made them."""
    head, tail = _equal_ends(before, after)
    start, end = _whole_pieces(before, head, tail)
    old, new = _PIECES.findall(before, start, end), _PIECES.findall(after, start, len(after) - len(before) + end)
    if len(old) != len(new):
        was, now = before[head : len(before) - tail], after[head : len(after) - tail]
        return [Repair(offset + head, offset + len(before) - tail, kind or _kind(was, now), was, now)]
    changes: list[Repair] = []
    place = offset + start
    for was, now in zip(old, new, strict=True):
        if was != now:
            changes.append(Repair(place, place + len(was), kind or _kind(was, now), was, now))
        place += len(was)
    return changes


def _equal_ends(before: str, after: str) -> tuple[int, int]:
    """How many characters both start with, and how many of the rest both end with."""
    shorter = min(len(before), len(after))
    head = _most_equal(shorter, lambda size: before.startswith(after[:size]))
    tail = _most_equal(shorter - head, lambda size: before.endswith(after[len(after) - size :]))
    return head, tail


def _most_equal(most: int, equal: Callable[[int], bool]) -> int:
    """The greatest size up to `most` for which `equal` holds; it holds for all that are less."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if equal(middle):
            low = middle
        else:
            high = middle - 1
    return low


def _whole_pieces(line: str, head: int, tail: int) -> tuple[int, int]:
    """Where the changed words of a line start and end: at blanks that are in the equal ends, so that all before and after is equal."""
    start = line.rfind(" ", 0, head)
    while start > 0 and line[start - 1].isspace():
        start -= 1
    end = line.find(" ", len(line) - tail)
    while 0 <= end < len(line) and line[end].isspace():
        end += 1
    return max(start, 0), end if end >= 0 else len(line)


@functools.lru_cache(maxsize=1024)
def _kind(was: str, now: str) -> str:
    for kind, apply in PASSES:
        if apply(was) == now or (was.strip(" .,") == now.strip(" .,") and kind == "punctuation"):
            return kind
    return "encoding" if len(HIGH.findall(was)) > len(HIGH.findall(now)) + 1 else "mixed"
