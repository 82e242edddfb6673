"""Raw text to blocks: one per line with text, hard-wrapped lines joined, offsets into the raw text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from pipelines.cleaning.characters import EXOTIC_BLANKS, HIDING, classes_for, codes_of
from pipelines.cleaning.columns import Mark
from pipelines.cleaning.kernels.load import KERNELS
from pipelines.cleaning.repair import Repair, repair, suspicious
from pipelines.letters import UNSPACED

_EXOTIC = re.compile(f"[{EXOTIC_BLANKS}]")
_LINE = re.compile("[^\n\r\f\u2028\u2029]+")
_VISIBLE = re.compile(f"[^\\W_]|[^\\w{HIDING}\x80-\x9f]")

_DOUBTFUL, _SPACED = int(Mark.DOUBTFUL), int(Mark.SPACED)

WRAP_WIDTH = (40, 100)  # characters; lines broken by a mailer or a fixed-width export
WRAP_SLACK = 16  # a wrapped line is filled up to where the next word would not have fitted
MIN_LISTED = 3  # lines of a list
MIN_INDENTED, MIN_STOPPED = 2, 0.8  # first lines of paragraphs, and the share of them below a line with a stop
_INDENTS = frozenset(" \t\xa0\u3000")
_OPENERS = frozenset('"“„«‹「『-–—•*▪■►▶')
MAX_ENDED = 0.6  # share of the lines of broken paragraphs that end with a stop
STOPS = frozenset('.!?…:;,。！？：，"”’»“)')
SENTENCE_STOPS = frozenset(".!?…؟")
UNSPACED_SLACK = 3  # or, in scripts without blanks, but for a stop or two that may not begin a line


class Block(NamedTuple):
    """`text` is the repaired line with single spaces; `start`, `end` are offsets into the raw text, without outer blanks."""

    start: int
    end: int
    text: str
    repairs: tuple[Repair, ...]
    gap: int  # blank lines before it


class TooManyLinesError(ValueError):
    """The text has more lines than were allowed."""


def split_blocks(raw: str, most: int | None = None) -> list[Block]:
    """Every line of `raw` that shows something. TooManyLinesError where there are more than `most`, found before all are read.

    >>> [(b.start, b.end, b.text, b.gap) for b in split_blocks("  One\\u00a0two \\n\\n\\nThree")]
    [(2, 9, 'One two', 0), (13, 18, 'Three', 2)]
    """
    blocks: list[Block] = []
    gap, make = 0, tuple.__new__
    for number, (start, end, blank, marks) in enumerate(_lines(raw)):
        if number == most:
            raise TooManyLinesError(f"the text has more than {most:,} lines")
        text = raw[start:end]
        gap += blank
        repairs: tuple[Repair, ...] = ()
        if marks & _DOUBTFUL and suspicious(text):
            text, repairs = repair(text, start)
        if repairs or marks & _SPACED:
            text = squeeze(text)
        if repairs and not _VISIBLE.search(text):
            gap += 1
            continue
        blocks.append(make(Block, (start, end, text, repairs, gap if blocks else 0)))
        gap = 0
    blocks = _parted_by_indents(raw, blocks)
    return join_wrapped(blocks) if looks_wrapped(blocks) else _join_wrapped_paragraphs(blocks)


_AT_ONCE = 512


def _lines(raw: str) -> Iterator[list[int]]:
    """Start and end, blank lines above and marks of each line that shows something.

    Lines end as on Unix, Windows and old Macs, and at form feeds and the line and paragraph separators; not at U+0085, which is mostly
    a damaged ellipsis."""
    codes = codes_of(raw)
    classes = classes_for(codes)
    rows = np.empty((min(_AT_ONCE, len(codes)), 4), np.int64)
    find_lines = KERNELS.for_work(len(codes)).find_lines
    at = 0
    while at < len(codes):
        count, at = find_lines(codes, at, classes, rows)
        yield from rows[:count].tolist()


def squeeze(text: str) -> str:
    """Runs of blanks become one space.

    >>> squeeze("a  b\\tc")
    'a b c'
    """
    text = text.replace("\t", " ") if text.isascii() else _EXOTIC.sub(" ", text)
    while "  " in text:  # a pattern would stop at every single blank
        text = text.replace("  ", " ")
    return text.strip()


_BLANKS = re.compile(r"[ \t\xa0]{2,}")
_SPACES = re.compile("   *")  # two literal ones, which `re` skips to


class Spaced(Sequence[str]):
    """The lines of blocks with ` | ` for each run of blanks, no-break ones too. Few are asked for."""

    def __init__(self, raw: str, blocks: list[Block]) -> None:
        self.raw, self._blocks = raw, blocks

    def __len__(self) -> int:
        return len(self._blocks)

    def __getitem__(self, place: int) -> str:  # type: ignore[override]
        start, end, text, _, _ = self._blocks[place]
        raw = self.raw[start:end]
        if "\xa0" in raw:
            return _BLANKS.sub(" | ", raw)
        if len(raw) <= len(text):
            return text
        return (_BLANKS if "\t" in raw else _SPACES).sub(" | ", raw)


def _parted_by_indents(raw: str, blocks: list[Block]) -> list[Block]:
    """Blocks of which an indented line stands apart from the one above, as behind a blank line, where only the first lines of paragraphs are
    indented: most lines under others are not, and nearly all that are stand below a line that ends with a stop."""
    below = [place for place in range(1, len(blocks)) if blocks[place].gap == 0]
    indented = [place for place in below if raw[blocks[place].start - 1] in _INDENTS]
    stopped = sum(blocks[place - 1].text[-1] in STOPS for place in indented)
    if len(indented) < MIN_INDENTED or 2 * len(indented) > len(below) or stopped < MIN_STOPPED * len(indented):
        return blocks
    apart = frozenset(indented)
    return [block._replace(gap=1) if place in apart else block for place, block in enumerate(blocks)]


def looks_wrapped(blocks: list[Block]) -> bool:
    """Whether most lines that stand directly under another continue its sentence, all of about one width."""
    if len(blocks) < 4:
        return False
    pairs = [(a, b) for a, b in itertools.pairwise(blocks) if b.gap == 0]
    if len(pairs) < 3:
        return False
    width = max(len(a.text) for a, _ in pairs)
    if not WRAP_WIDTH[0] <= width <= WRAP_WIDTH[1]:
        return False
    broken = [a for a, b in pairs if _continues(a, b, width)]
    ended = sum(above.text[-1] in STOPS for above in broken)  # most lines of a broken paragraph end inside a sentence
    return 3 * len(broken) >= len(pairs) * 2 and len(broken) >= 3 and ended <= MAX_ENDED * len(broken)


def _join_wrapped_paragraphs(blocks: list[Block]) -> list[Block]:
    """Each wrapped paragraph as one block, among others that stand on one line each."""
    apart = len(blocks) - [block.gap for block in blocks].count(0)
    if apart == len(blocks) - 1 or 2 * apart < len(blocks) - 1:
        return blocks
    joined: list[Block] = []
    starts = [place for place, block in enumerate(blocks) if block.gap or not place]
    for first, end in itertools.pairwise([*starts, len(blocks)]):
        pieces = blocks[first:end]
        joined += [_join(pieces)] if len(pieces) > 1 and _is_wrapped(pieces) else pieces
    return joined


def _is_wrapped(pieces: Sequence[Block]) -> bool:
    """Whether lines below each other are a paragraph broken at one width: all but the last are full, no more than some end with a stop, the
    last one does, and most go on in small letters, where their script has them."""
    *full, last = pieces
    width = max(len(piece.text) for piece in full)
    if not WRAP_WIDTH[0] <= width <= WRAP_WIDTH[1] or last.text[-1] not in STOPS or _is_list(pieces):
        return False
    below = [piece.text[0] for piece in pieces[1:]]
    opened = sum(first.isupper() or not first.isalpha() for first in below)
    ended = sum(piece.text[-1] in SENTENCE_STOPS for piece in full)
    return (
        2 * max(opened, ended) < len(below)
        and len(last.text) <= width
        and all(_continues(above, under, width) for above, under in itertools.pairwise(pieces))
    )


def _continues(above: Block, below: Block, width: int) -> bool:
    if below.gap or not below.text:
        return False
    if UNSPACED.match(below.text):  # such lines are broken after any letter: a shorter one ends a paragraph
        return len(above.text) > width - UNSPACED_SLACK
    return len(above.text) + len(below.text.split(" ", 1)[0]) + 1 > width - WRAP_SLACK


def join_wrapped(blocks: list[Block]) -> list[Block]:
    """Each run of continued lines as one block; a word broken by a hyphen at the line's end is made whole, as a repair."""
    width = max((len(a.text) for a, b in itertools.pairwise(blocks) if b.gap == 0), default=0)
    joined: list[Block] = []
    pieces: list[Block] = []
    for block in blocks:
        if pieces and not _continues(pieces[-1], block, width):
            joined += pieces if _is_list(pieces) else [_join(pieces)]
            pieces = []
        pieces.append(block)
    if pieces:
        joined += pieces if _is_list(pieces) else [_join(pieces)]
    return joined


def _is_list(pieces: Sequence[Block]) -> bool:
    """Whether most of the lines that stand below each other open a quotation or an item: a list whose lines are of about one length."""
    opened = sum(piece.text[:1] in _OPENERS for piece in pieces)
    return len(pieces) >= MIN_LISTED and 2 * opened > len(pieces)


def _join(pieces: list[Block]) -> Block:
    if len(pieces) == 1:
        return pieces[0]
    texts = [pieces[0].text]
    repairs = list(pieces[0].repairs)
    for above, below in itertools.pairwise(pieces):
        if _broken_word(above.text, below.text):
            texts[-1] = texts[-1][:-1] + below.text
            repairs.append(Repair(above.end - 1, below.start, "hyphenation", "-\n", ""))
        elif not above.text[-1].isascii() and UNSPACED.match(below.text):
            texts[-1] += below.text
        else:
            texts.append(below.text)
        repairs.extend(below.repairs)
    return Block(pieces[0].start, pieces[-1].end, " ".join(texts), tuple(repairs), pieces[0].gap)


def _broken_word(above: str, below: str) -> bool:
    return len(above) > 2 and above[-1] in "-\u2010" and above[-2].islower() and below[:1].islower()


def piece_of(raw: str, start: int, end: int, gap: int) -> list[Block]:
    """The block of a part of a line, none where it shows nothing."""
    part = raw[start:end]
    if not _VISIBLE.search(part):
        return []
    pieces: list[Block] = []
    for match in _LINE.finditer(part):  # of a block that was joined from lines
        line = match.group()
        if _VISIBLE.search(line):
            first, shown = start + match.start() + len(line) - len(line.lstrip()), line.strip()
            text, repairs = repair(shown, first) if suspicious(shown) else (shown, ())
            pieces.append(Block(first, first + len(shown), squeeze(text), repairs, 0 if pieces else gap))
    return [_join(pieces)] if pieces else []
