"""Raw text to blocks: one per line with text, hard-wrapped lines joined, offsets into the raw text."""

from __future__ import annotations

import functools
import itertools
import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.cleaning.characters import EXOTIC_BLANKS, HIDING, KERNELS, Codes, classes_for, codes_of
from pipelines.cleaning.columns import Mark
from pipelines.cleaning.folding import fold
from pipelines.cleaning.lexicon import Lexicon, load_lexicon
from pipelines.cleaning.lines import rules_to_try
from pipelines.cleaning.repair import Repair, repair, suspicious
from pipelines.letters import UNSPACED
from pipelines.lexicons import alternation
from pipelines.vocabulary import BlockKind

_EXOTIC = re.compile(f"[{EXOTIC_BLANKS}]")
_LINE = re.compile("[^\n\r\f\u2028\u2029]+")
_VISIBLE = re.compile(f"[^\\W_]|[^\\w{HIDING}\x80-\x9f]")

WRAP_WIDTH = (40, 100)  # characters; lines broken by a mailer or a fixed-width export
WRAP_SLACK = 16  # a wrapped line is filled up to where the next word would not have fitted
MIN_LISTED = 3  # lines of a list
_OPENERS = frozenset('"“„«‹「『-–—•*▪■►▶')
MAX_ENDED = 0.6  # share of the lines of broken paragraphs that end with a stop
_STOPS = frozenset('.!?…:;,。！？：，"”’»“)')
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
        if marks & Mark.DOUBTFUL and suspicious(text):
            text, repairs = repair(text, start)
        if repairs or marks & Mark.SPACED:
            text = squeeze(text)
        if repairs and not _VISIBLE.search(text):
            gap += 1
            continue
        blocks.append(make(Block, (start, end, text, repairs, gap if blocks else 0)))
        gap = 0
    return join_wrapped(blocks) if looks_wrapped(blocks) else blocks


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
    ended = sum(above.text[-1] in _STOPS for above in broken)  # most lines of a broken paragraph end inside a sentence
    return 3 * len(broken) >= len(pairs) * 2 and len(broken) >= 3 and ended <= MAX_ENDED * len(broken)


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


# --- what is glued to the first sentence: `date 2025-11-21 Photo: https://… The minister said …` -----------------------------

PREFIXED_BLOCKS = 3  # boilerplate is glued to the first sentence, which is one of the first blocks
MAX_PREFIXES = 4
_ISO_DAY = r"(?:19|20)\d\d-\d\d-\d\d(?:[t ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:z|[+-]\d\d:?\d\d)?)?"
_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")


class GluedPrefix(NamedTuple):
    """`start`, `end` are offsets into the raw text, `rest` where the line goes on; `value` is the day or the credit itself."""

    start: int
    end: int
    rest: int
    kind: BlockKind
    value: str
    reason: str = "rule: glued to the first sentence"

    def as_block(self) -> tuple[int, int, str, str, None]:
        """Start, end, kind, reason and score of the block it was."""
        return self.start, self.end, self.kind.value, self.reason, None


@functools.cache
def _prefixes(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What a date and what a credit look like there."""
    words, agencies = lexicon.credits.glued, alternation(lexicon.credits.agencies)
    day = rf"\s*(?:{alternation(lexicon.dates.labels)}\s*:?\s*)?{_ISO_DAY}(?=[\s|•·,:-]|$)\s*[|•·,:-]*"
    by = rf"{alternation(words.picture)}(?: {alternation(words.given)})?\s*:\s*"
    address = r"(?:https?://|www\.|t\.me/)\S+"
    agency = rf"(?:[^\W\d_][\w.'’-]*,? ){{0,4}}(?:[/|,(]\s*)?{agencies}\b(?:\s*/\s*{agencies})*\)?"
    credit = rf"\s*{by}({address}|{agency})(?=[\s.|•·]|$)[.|•·]?"
    return re.compile(day, re.IGNORECASE), re.compile(credit, re.IGNORECASE)


def glued_prefixes(line: str, offset: int = 0) -> list[GluedPrefix]:
    """What stands before the first sentence of a line, in order; each ends where the next one starts.

    Prefixes go before the language of a text is known, so that only words count that hold on pages of every language.

    >>> [(p.kind.value, p.value) for p in glued_prefixes("date 2025-11-21 Photo: https://example.org/a The minister")]
    [('date_stamp', '2025-11-21'), ('photo_credit', 'https://example.org/a')]
    >>> glued_prefixes("2025 was a good year")
    []
    """
    date, credit = _prefixes(load_lexicon(None))
    found: list[GluedPrefix] = []
    place = 0
    for _ in range(MAX_PREFIXES):
        match = date.match(line, place)
        kind, value = BlockKind.DATE_STAMP, ""
        if match and match.end() > place:
            value = _DAY.search(match.group())[0]  # type: ignore[index]
        else:
            match = credit.match(line, place)
            if not match:
                break
            kind, value = BlockKind.PHOTO_CREDIT, match.group(1)
        text = match.group()
        start = offset + place + len(text) - len(text.lstrip())
        found.append(GluedPrefix(start, offset + place + len(text.rstrip()), offset + match.end(), kind, value))
        place = match.end()
    return found


def split_prefixes(raw: str, blocks: list[Block]) -> tuple[list[Block], list[GluedPrefix]]:
    """Takes glued prefixes off the first blocks; a block that is nothing else goes altogether."""
    prefixes: list[GluedPrefix] = []
    kept: list[Block] = []
    for block in blocks[:PREFIXED_BLOCKS]:
        found = glued_prefixes(raw[block.start : block.end], block.start)
        prefixes.extend(found)
        if not found:
            kept.append(block)
            continue
        kept.extend(_piece(raw, found[-1].rest, block.end, block.gap))
    return kept + blocks[PREFIXED_BLOCKS:], prefixes


# --- what is glued to a paragraph: `… she said. Click to share on WhatsApp (Opens in new window)` ------------------------------


def split_glued(raw: str, blocks: list[Block], lexicon: Lexicon) -> tuple[list[Block], list[GluedPrefix]]:
    """Cuts out of the blocks what is glued to a paragraph; what stands before and after it are blocks of their own."""
    lowered = raw.lower()
    dominant = _dominant(blocks)
    held = _held(lowered, lexicon) if len(lowered) == len(raw) else frozenset()
    starts = [block.start for block in blocks] if held else []
    glued = [(one, _blocks_with(one.holds, lowered, blocks, starts)) for one in lexicon.glued if one.holds in held]
    telling = {n for word in lexicon.glued_words if word in held for n in _blocks_with(word, lowered, blocks, starts)}
    telling.update(n for n, block in enumerate(blocks) if len(block.text) >= GLUED_SIZE and block.text[-1] not in _STOPS)
    if not glued and not telling and dominant is None:
        return blocks, []
    suspect = telling.union(*(places for _, places in glued))
    cut: list[GluedPrefix] = []
    kept: list[Block] = []
    for number, block in enumerate(blocks):
        if number not in suspect and block is not dominant:
            kept.append(block)
            continue
        text = lowered[block.start : block.end]
        spans = [(*span, one.kind, one.name) for one, places in glued if number in places for span in one.spans(text)]
        if block is dominant:
            spans += _furniture_in(raw[block.start : block.end], lexicon)
        elif number in telling and len(text) >= GLUED_SIZE:
            spans += _furniture_at_end(raw[block.start : block.end], lexicon)
        if not spans:
            kept.append(block)
            continue
        place, gap = block.start, block.gap
        for start, end, kind, name in sorted(spans, key=lambda span: span[:2]):
            first, last = block.start + start, block.start + start + len(raw[block.start + start : block.start + end].rstrip())
            if first < place:
                continue
            kept.extend(_piece(raw, place, first, gap))
            cut.append(GluedPrefix(first, last, last, kind, "", f"rule: {name}"))
            place, gap = last, 1
        kept.extend(_piece(raw, place, block.end, gap))
    return kept, cut


class _Sought(NamedTuple):
    """The words that tell of what may be glued to a paragraph. `codes`, `ends` are those of `words`, as `kernels.find_held` takes them;
    `short` ones are sought one by one."""

    words: tuple[str, ...]
    codes: Codes
    ends: NDArray[np.int64]
    short: tuple[str, ...]


@functools.cache
def _sought(lexicon: Lexicon) -> _Sought:
    every = sorted({*lexicon.glued_words, *(one.holds for one in lexicon.glued)})
    words = tuple(word for word in every if len(word) >= 3)
    ends = np.cumsum([len(word) for word in words], dtype=np.int64)
    return _Sought(words, codes_of("".join(words)), ends, tuple(word for word in every if len(word) < 3))


def _held(lowered: str, lexicon: Lexicon) -> frozenset[str]:
    """Which of the words that tell of what may be glued to a paragraph a text in lower case holds."""
    sought = _sought(lexicon)
    held = KERNELS.for_work(0).find_held(codes_of(lowered), sought.codes, sought.ends)
    found = [sought.words[place] for place in held.nonzero()[0].tolist()]
    return frozenset(found + [word for word in sought.short if word in lowered])


def _blocks_with(word: str, lowered: str, blocks: Sequence[Block], starts: Sequence[int]) -> set[int]:
    """The numbers of the blocks that hold a word; `starts` are those of the blocks."""
    found: set[int] = set()
    number, at = 0, lowered.find(word)
    while at >= 0 and number < len(blocks):
        number = bisect(starts, at, number) - 1
        if number >= 0 and at + len(word) <= blocks[number].end:
            found.add(number)
        number = max(number, 0)
        at = lowered.find(word, blocks[number].end if number in found else at + 1)
    return found


DOMINANT_SIZE, DOMINANT_SHARE = (
    400,
    0.5,
)  # characters of a block, and its share of the page's, whose sentences are judged one by one
LONGEST_FURNITURE = 200  # characters of one of them that a rule may cut out
GLUED_SIZE = 80  # least characters of a paragraph whose last sentence may be furniture
_CREDITS = (BlockKind.PHOTO_CREDIT, BlockKind.CAPTION)
_SPEECH = frozenset('"“”„«»「』')
_CLOSING_MARKS = '"”’»“)'
_GLUED_KINDS = (BlockKind.SHARE_WIDGET, BlockKind.NEWSLETTER, BlockKind.APPEAL)
_UNSTOPPED_KINDS = (*_GLUED_KINDS, BlockKind.RELATED, BlockKind.ADVERTISEMENT, BlockKind.PHOTO_CREDIT, BlockKind.CAPTION)
LONGEST_CAPTION = 200  # characters without speech before a credit, which may be the caption that it belongs to
# To the first stop before a blank, or one of a script without blanks. What stands between is skipped in runs.
_SENTENCE = re.compile(r"\S[^.!?…。！？]*+(?:[.!?…]++[\"”’»)]*+(?!\s)[^.!?…。！？]*+)*+(?:[.!?…]++[\"”’»)]*+|[。！？]|$)")


def _dominant(blocks: Sequence[Block]) -> Block | None:
    """The block that holds the page's article on one line, if one does."""
    sizes = [len(block.text) for block in blocks]
    longest = max(sizes, default=0)
    if longest < DOMINANT_SIZE or longest < DOMINANT_SHARE * sum(sizes):
        return None
    return blocks[sizes.index(longest)]


def _furniture_in(text: str, lexicon: Lexicon) -> list[tuple[int, int, BlockKind, str]]:
    """Start, end, kind and rule of the sentences of a line that would be furniture as lines of their own."""
    spans = [span for span in (match.span() for match in _SENTENCE.finditer(text)) if span[1] - span[0] <= LONGEST_FURNITURE]
    marks = _marks_of([text[start:end] for start, end in spans], lexicon)
    return [
        (*span, marked[0], f"{marked[1]}, inside a long line")
        for span, marked in zip(spans, marks, strict=True)
        if marked is not None
    ]


def _furniture_at_end(text: str, lexicon: Lexicon) -> list[tuple[int, int, BlockKind, str]]:
    """The same of the last sentences of a paragraph, from the end on up to one that is none, if they ask to follow or to subscribe. One
    without a stop may be a link, an advertisement's label or a credit as well, but not that of the caption before it."""
    found: list[tuple[int, int, BlockKind, str]] = []
    for match in reversed(list(_SENTENCE.finditer(text))[1:]):
        sentence = match.group()
        may_be = len(sentence) <= LONGEST_FURNITURE and sentence[-1] not in _CLOSING_MARKS
        unstopped = sentence[-1] not in _STOPS
        asks = may_be and (unstopped or any(word in sentence.lower() for word in lexicon.glued_words))
        marked = _marks_of([sentence], lexicon, edge=asks)[0] if may_be else None
        if marked is None or marked[0] not in (_UNSTOPPED_KINDS if unstopped else _GLUED_KINDS):
            break
        before = text[: match.start()]
        if marked[0] in _CREDITS and len(before) < LONGEST_CAPTION and _SPEECH.isdisjoint(before):
            break
        found.append((*match.span(), marked[0], f"{marked[1]}, at the end of a paragraph"))
    return found


def _marks_of(sentences: Sequence[str], lexicon: Lexicon, edge: bool = False) -> list[tuple[BlockKind, str] | None]:
    """The kind of each sentence that is a label or that a rule hits for sure, and by which; `edge`: also one for the edge of the article."""
    folded = [fold(sentence) for sentence in sentences]
    labels = [lexicon.labels.get(text.strip(" .:!")) for text in folded]
    found = [None if label is None else (label, "label") for label in labels]
    for place, rule in rules_to_try(folded, lexicon):
        if found[place] is None and rule.sure and (edge or rule.where != "edge") and rule.hit(folded[place]):
            found[place] = rule.kind, rule.name
    return found


def _piece(raw: str, start: int, end: int, gap: int) -> list[Block]:
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
