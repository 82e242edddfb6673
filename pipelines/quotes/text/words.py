"""Cuts texts into words and says what each is: by a regular expression for little text, by kernels over code points for much.

What a word is to a lexicon is looked up once per surface form. Sentences do not belong here (`text.table`), nor how names are read.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.compiled import Functions
from pipelines.letters import CAPITAL
from pipelines.quotes import flags as F
from pipelines.quotes.kernels.load import KERNELS
from pipelines.quotes.kernels.words import EDGE, SEGMENT, TEXT, UNKNOWN, WORD
from pipelines.quotes.lexicon import MEMO_LIMIT, Lexicon
from pipelines.quotes.text import characters as C

__all__ = ["EDGE", "SEGMENT", "TEXT", "Cut", "Source", "Words", "words_of"]

# First the common case, a word with nothing behind it that may belong to it, so that the rest is tried for few
_TOKEN = r"\w{2,}+(?![-’'.&@/])|(?:[^\W\d_]\.){2,}|ABBREVIATIONS\.(?=[ \u00a0])|[^\W\d_]\.(?=[ \u00a0][^\W\d_])|\w+(?:[-’'.&@/]\w+)*(?:(?<=[sS])[’'](?!\w))?|--+|[^\w\s]"
_SMALL = r"[^\W\d_A-Z]{1,3}"  # a word within a nickname: "Man of Steel"
# A nickname inside a name, with its marks: Gerald “Gerry” Marlow, Anselm "Big Ansel" Ricard, Gerald (Gerry) Marlow. The mark stands in front of
# what is looked at before it, so that the search passes over everything else at once.
NICKNAME = re.compile(
    rf"[“„«‚\"'‘(](?<=[\w.][ \u00a0].)(?:(?<=«)[ \u00a0\u202f])?(?:{_SMALL}[ \u00a0])?{CAPITAL}[\w’'-]*(?:[ \u00a0](?:{_SMALL}[ \u00a0]){{0,2}}{CAPITAL}[\w’'-]*){{0,2}}(?<![’'])(?:[ \u00a0\u202f]?»|[”“\"'’‘)])(?=[ \u00a0]{CAPITAL}(?:[^\W\d_A-Z]|['’]{CAPITAL}))"
)
_SMALLEST = 1 << 13  # words for which there is room at first
_WORDY = re.compile(r"\w")
_FLAGS_OF_KIND = (0, F.QUOTE, 0)  # of TEXT, SEGMENT, EDGE


class Source:
    """Some texts as one, a newline between them; `offsets`: where each begins. `kernels`: in which form they are read."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.text = "\n".join(texts)
        self.offsets: list[int] = []
        at = 0
        for text in texts:
            self.offsets.append(at)
            at += len(text) + 1
        self.kernels: Functions = KERNELS.for_work(0)
        self._codes: NDArray[np.uint32] | None = None
        self._nicknames: list[tuple[int, int]] | None = None
        self.whole_words: dict[Lexicon, list[tuple[int, int]]] = {}  # what is one word to a lexicon though it has blanks or marks

    @property
    def codes(self) -> NDArray[np.uint32]:
        """The code points, for compiled kernels."""
        if self._codes is None:
            self._codes = np.frombuffer(self.text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        return self._codes

    @property
    def nicknames(self) -> list[tuple[int, int]]:
        """Where nicknames between marks stand, ascending."""
        if self._nicknames is None:
            self._nicknames = [match.span() for match in NICKNAME.finditer(self.text)]
        return self._nicknames


class Cut(NamedTuple):
    """Tokens of a source, lists or arrays: where each starts and ends in it, its flags and shape, and the item of a token that is a segment
    or an edge, -1 of words."""

    starts: Any
    ends: Any
    flags: Any
    shapes: Any
    items: Any


class Known(NamedTuple):
    """The words met, for kernels: the letters of word n are `letters[firsts[n] : firsts[n + 1]]`; `slots` is a hash table of numbers."""

    slots: NDArray[np.int64]
    hashes: NDArray[np.int64]
    firsts: NDArray[np.int64]
    letters: NDArray[np.uint32]
    shapes: NDArray[np.uint8]
    flags: NDArray[np.int64]


class Words:
    """What was met of the words of one lexicon: flags and shape of every surface form. All is forgotten where it becomes too much."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.pattern = _pattern(lexicon)
        self._abbreviated = _short_forms(lexicon)
        self._clitics = code_rows(lexicon.file.words.clitics)
        marked = [p for p in lexicon.names.particles if not p.isalpha()]
        self._particles = re.compile(rf"(?:{'|'.join(map(re.escape, marked))})(?=[ \u00a0]{CAPITAL})") if marked else None
        self._forget()

    def _forget(self) -> None:
        self._numbers: dict[str, int] = {}
        self._flags: list[int] = []
        self._shapes: list[int] = []
        self._unpublished: list[str] = []  # words that are not in `_known`
        self._known = _no_words()
        for word in (".", *self._abbreviated):  # without these no kernel could tell "Mr." from the end of a sentence
            self.number(word)

    def number(self, word: str) -> int:
        """The number of a surface form, a new one where it was not met."""
        found = self._numbers.get(word)
        if found is None:
            found = self._numbers[word] = len(self._flags)
            self._flags.append(self.lexicon.flags(word))
            self._shapes.append(self._shape(word))
            self._unpublished.append(word)
        return found

    def cut(self, source: Source, items: Sequence[tuple[int, int, int]]) -> Cut:
        """The tokens of the items (kind, start, end), in their order."""
        if len(self._numbers) > MEMO_LIMIT:
            self._forget()
        parts, origins = self._parted(items, self._whole_words(source))
        cut = self._cut_compiled(source, parts) if source.kernels.compiled else self._cut_plain(source, parts)
        if origins is None:
            return cut
        if source.kernels.compiled:
            return cut._replace(items=np.where(cut.items >= 0, np.array(origins)[cut.items], -1))
        return cut._replace(items=[origins[item] if item >= 0 else -1 for item in cut.items])

    def _whole_words(self, source: Source) -> list[tuple[int, int]]:
        """What is one word though it has blanks or marks: nicknames with their marks, particles such as "’t"."""
        if self._particles is None:
            return source.nicknames
        known = source.whole_words.get(self.lexicon)
        if known is None:
            known = source.whole_words[self.lexicon] = self._found_whole(source, self._particles)
        return known

    @staticmethod
    def _found_whole(source: Source, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
        text = source.text
        found = (match.span() for match in pattern.finditer(text))
        particles = [span for span in found if not (span[0] and _WORDY.match(text[span[0] - 1]))]
        return sorted(particles + source.nicknames) if particles else source.nicknames

    @staticmethod
    def _parted(
        items: Sequence[tuple[int, int, int]], words: list[tuple[int, int]]
    ) -> tuple[Sequence[tuple[int, int, int]], list[int] | None]:
        """The items, where some are text with such words in it the pieces of those, and which item each is one of (None: all are whole)."""
        if not words:
            return items, None
        parts: list[tuple[int, int, int]] = []
        origins: list[int] = []
        starts = [start for start, _ in words]
        for index, (kind, start, end) in enumerate(items):
            at = start
            if kind == TEXT:
                for a, b in words[bisect_left(starts, start) : bisect_left(starts, end)]:
                    if a >= at and b <= end:
                        parts += ((TEXT, at, a), (WORD, a, b))
                        origins += (index, -1)
                        at = b
            parts.append((kind, at, end))
            origins.append(index)
        return parts, origins

    def _cut_plain(self, source: Source, items: Sequence[tuple[int, int, int]]) -> Cut:
        starts, ends, numbers, items_of = [], [], [], []
        for index, (kind, start, end) in enumerate(items):
            spans = [match.span() for match in self.pattern.finditer(source.text, start, end)] if kind == TEXT else [(start, end)]
            starts += [a for a, _ in spans]
            ends += [b for _, b in spans]
            numbers += [self.number(source.text[a:b]) for a, b in spans] if kind in (TEXT, WORD) else [-1]
            items_of += [-1] * len(spans) if kind == TEXT else [index]
        flags = [self._flags[n] if n >= 0 else _FLAGS_OF_KIND[items[i][0]] for n, i in zip(numbers, items_of, strict=True)]
        return Cut(starts, ends, flags, [self._shapes[n] if n >= 0 else 0 for n in numbers], items_of)

    def _cut_compiled(self, source: Source, items: Sequence[tuple[int, int, int]]) -> Cut:
        table = np.array(items, dtype=np.int64).reshape(-1, 3)
        room = int((table[:, 2] - table[:, 1]).sum()) + len(table)
        starts, ends, numbers, items_of = (np.empty(room, dtype=np.int64) for _ in range(4))
        known = self.known(source.kernels)
        count = source.kernels.cut_items(source.codes, C.classes(), known, self._clitics, table, starts, ends, numbers, items_of)
        starts, ends, numbers, items_of = (column[:count].copy() for column in (starts, ends, numbers, items_of))
        flags, shapes = self.look_up(source, starts, ends, numbers)
        others = np.nonzero((items_of >= 0) & (table[items_of, 0] != WORD))[0]
        flags[others] = np.array(_FLAGS_OF_KIND)[table[items_of[others], 0]]
        shapes[others] = 0
        return Cut(starts, ends, flags, shapes, items_of)

    def look_up(
        self, source: Source, starts: NDArray[np.int64], ends: NDArray[np.int64], numbers: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
        """Flags and shapes of tokens whose numbers kernels found. Words that they did not know (-1) are learned, their numbers filled in."""
        unknown = np.nonzero(numbers == UNKNOWN)[0]
        if len(unknown):
            text, number = source.text, self.number
            numbers[unknown] = [number(text[a:b]) for a, b in zip(starts[unknown].tolist(), ends[unknown].tolist(), strict=True)]
        known, counted = self.known(source.kernels), np.maximum(numbers, 0)
        return known.flags[counted], known.shapes[counted]

    def known(self, kernels: Functions) -> Known:
        """All words met so far, for kernels."""
        count, new = len(self._flags), self._unpublished
        if new:
            first = count - len(new)
            known, grown = _with_room(self._known, count, sum(map(len, new)), first)
            known.flags[first:count], known.shapes[first:count] = self._flags[first:], self._shapes[first:]
            ends = known.firsts[first] + np.cumsum(list(map(len, new)))
            known.firsts[first + 1 : count + 1] = ends
            letters = "".join(new).encode("utf-32-le", "surrogatepass")
            known.letters[known.firsts[first] : ends[-1]] = np.frombuffer(letters, dtype=np.uint32)
            kernels.learn_words(known, 0 if grown else first, count)
            self._known, self._unpublished = known, []
        return self._known

    def _shape(self, word: str) -> int:
        shape = F.ABBREVIATED if word in self._abbreviated else 0
        if len(word) == 1:
            return shape | (F.LONE_CAPITAL if word.isupper() else F.FULL_STOP if word == "." else F.CLOSING if word in ")]" else 0)
        return shape | (F.DOTTED if len(word) > 2 and word[-1] == "." else 0)


def _no_words() -> Known:
    numbers = np.zeros(0, dtype=np.int64)
    return Known(numbers, numbers, np.zeros(1, dtype=np.int64), np.zeros(0, np.uint32), np.zeros(0, np.uint8), numbers)


def _with_room(known: Known, words: int, letters: int, count: int) -> tuple[Known, bool]:
    """Tables for so many words with so many more letters, and whether they are new ones, in which the hash table is empty."""
    letters += int(known.firsts[count])
    if words <= len(known.hashes) and letters <= len(known.letters):
        return known, False
    room = max(_SMALLEST, 2 * words)
    slots = np.full(1 << (2 * room).bit_length(), -1, dtype=np.int64)
    return Known(
        slots,
        np.zeros(room, dtype=np.int64),
        np.pad(known.firsts[: count + 1], (0, room - count)),
        np.pad(known.letters, (0, max(8 * room, 2 * letters) - len(known.letters))),
        np.pad(known.shapes[:count], (0, room - count)),
        np.pad(known.flags[:count], (0, room - count)),
    ), True


def code_rows(words: Sequence[str]) -> NDArray[np.uint32]:
    """A row of code points for each word, 0 behind; no rows where there are none."""
    rows = np.zeros((len(words), max(map(len, words), default=1)), dtype=np.uint32)
    for row, word in zip(rows, words, strict=True):
        row[: len(word)] = list(map(ord, word))
    return rows


def _short_forms(lexicon: Lexicon) -> frozenset[str]:
    """The abbreviations as they are written: with a capital, titles outside English also without one, "prof.", or with several, "MUDr."."""
    short = lexicon.file.words.abbreviations
    titles = [w for w in short if len(w) > 1 and lexicon.file.follows and lexicon.flags(w) & F.TITLE]
    others = (*titles, *(w[:-1].upper() + w[-1] for w in titles))
    return frozenset([*(w.capitalize() for w in short), *others])


def _pattern(lexicon: Lexicon) -> re.Pattern[str]:
    """Words with inner marks, abbreviations and initials with their full stop, single marks; a double hyphen is a dash."""
    words = lexicon.file.words
    short = sorted(_short_forms(lexicon), key=lambda w: (-len(w), w))
    clitics = "|".join(words.clitics)
    pattern = _TOKEN.replace("[-’'.&@/]", rf"(?!-(?:t-)?(?:{clitics})\b)[-’'.&@/]") if clitics else _TOKEN
    if clitics:
        pattern = rf"-t-(?=(?:{clitics})\b)|{pattern}"
    pattern = rf"(?=\S)(?:{pattern})"  # a blank is passed over without trying them all
    initials = "".join(sorted({w[0] for w in short}))
    any_short = f"(?=[{initials}])(?:{'|'.join(map(re.escape, short))})" if short else "(?!)"
    return re.compile(pattern.replace("ABBREVIATIONS", any_short))


@lru_cache(maxsize=16)
def words_of(lexicon: Lexicon) -> Words:
    """What a process knows of the words of a lexicon."""
    return Words(lexicon)
