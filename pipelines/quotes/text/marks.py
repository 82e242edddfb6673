"""Quotation marks to segments: a state machine over the marks of one paragraph.

A mark opens or closes by what stands around it, and only where that leaves it open by its shape. So straight marks, curly marks set the
wrong way round, low-high („ “), guillemets either way round (« » and » «) and nested marks of one kind go through the same code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipelines.marks import DOUBLE_MARKS, SINGLE_MARKS


class Segment(NamedTuple):
    """One quoted span. `start, end` include the marks, `inner_start, inner_end` do not (nor blanks next to the marks)."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool  # False where the paragraph ends without a closing mark


class Marks(NamedTuple):
    """The outermost segments of one paragraph in order, and the offsets of marks without a partner."""

    segments: list[Segment]
    odd: list[int]


_SINGLE_MARKS = frozenset(SINGLE_MARKS)
_HEBREW = "[\u05d0-\u05ea]"  # within a word a straight mark stands for an acronym there
_ONE_MARK = DOUBLE_MARKS + "".join(sorted(_SINGLE_MARKS))
# One set of characters first: so the search skips all other text at once.
_ANY_MARK = re.compile(rf"[{_ONE_MARK}](?:(?<=`)`|(?<=')'|(?<!\")|(?!{_HEBREW})|(?<!{_HEBREW}\"))")
_WITH_COMMAS = re.compile(rf"(?<!\S),,(?=\w)|{_ANY_MARK.pattern}")
_STOPS = ".,!?…"
_COMMA = (", ", ",\u00a0")
_STOP_AND_BLANK = tuple(stop + blank for stop in _STOPS for blank in " \u00a0")
_ANGLE = frozenset("«»‹›")
_CORNER = frozenset("「」『』")
_OPENING = frozenset(["“", "„", "‟", "«", "‹", "「", "『", "〝", "``", ",,"])
_CLOSING = frozenset(["”", "»", "›", "」", "』", "〞"])
_BEFORE_OPENER = frozenset("([{—–-/‒―¿¡:…") | _OPENING | frozenset("\"'‘")
_AFTER_CLOSER = frozenset(".,;:!?)]}—–-/…‒―") | _CLOSING | frozenset("\"'’")
_MAX_DEPTH = 4
_MOST_LINES = 12  # of one quotation that opens in one line and closes in another
_SHORTEST_UNCLOSED = 20  # characters; a shorter span after a lone mark is not taken for a quote
_OPEN, _CLOSE, _EITHER = 1, 2, 3


Places = list[tuple[int, str]]  # where marks stand in a text, in order: offset and mark


def marks_in(text: str, start: int = 0, end: int | None = None) -> Places:
    """All marks of a text or a part of it, apostrophes among them.

    >>> marks_in("``Don't,'' she said.")
    [(0, '``'), (5, "'"), (8, "''")]
    """
    end = len(text) if end is None else end
    marks = _WITH_COMMAS if text.find(",,", start, end) >= 0 else _ANY_MARK
    return [(m.start(), m.group()) for m in marks.finditer(text, start, end)]


def read_marks(
    text: str,
    start: int,
    end: int,
    places: Places,
    *,
    next_opens: bool = False,
    outer_singles: bool = False,
    elisions: frozenset[str] = frozenset(),
) -> Marks:
    """The segments of the paragraph `text[start:end]`, whose marks are `places`.

    `next_opens`: the next paragraph begins with an opening mark, as where a quotation runs on. Single marks open speech, as in British usage,
    only where the paragraph has no double ones, or with `outer_singles`: in this text the double ones are the inner ones.
    `elisions`: see `Lexicon.elisions`.
    """
    if outer_singles:
        outer = _read_singles(text, start, end, places, next_opens, elisions)
        if outer.segments:
            return outer
    found = [place for place in places if place[1] not in _SINGLE_MARKS]
    if not found:
        return _read_singles(text, start, end, places, next_opens, elisions)
    roles = [_role(text, at, mark, start, end) for at, mark in found]
    nested = _pair_nested(text, found, roles, end, next_opens)
    return nested if nested is not None else _pair_flat(text, found, roles, end, next_opens)


def over_lines(text: str, spans: Sequence[tuple[int, int]], marks: Sequence[Marks]) -> dict[int, list[Segment]]:
    """The segments of lines that share one quotation: it opens in one and closes some lines below, with no blank line and no other mark
    between, as tweets and songs are set. By number of the line; `spans` and `marks` are those of all lines."""
    found: dict[int, list[Segment]] = {}
    opened: int | None = None
    for nth, here in enumerate(marks):
        if opened is not None:
            joined = nth - opened < _MOST_LINES and "\n" not in text[spans[nth - 1][1] : spans[nth][0]].replace("\n", "", 1)
            closes = bool(here.odd) and _is_first(here) and _role(text, here.odd[0], text[here.odd[0]], *spans[nth]) == _CLOSE
            if joined and closes:
                found |= _divided(text, spans, marks, opened, nth)
            if not joined or here.odd or here.segments:
                opened = None
        if opened is None and here.odd and _is_last(here) and _role(text, here.odd[-1], text[here.odd[-1]], *spans[nth]) == _OPEN:
            opened = nth
    return found


def _is_first(marks: Marks) -> bool:
    return not marks.segments or marks.odd[0] < marks.segments[0].start


def _is_last(marks: Marks) -> bool:
    return not marks.segments or marks.odd[-1] >= marks.segments[-1].start


def _divided(
    text: str, spans: Sequence[tuple[int, int]], marks: Sequence[Marks], first: int, last: int
) -> dict[int, list[Segment]]:
    """The quotation from the last odd mark of one line to the first of another, a segment on each line; others of these lines stay."""
    start, end = marks[first].odd[-1], marks[last].odd[0] + 1
    before = [segment for segment in marks[first].segments if segment.end <= start]
    behind = [segment for segment in marks[last].segments if segment.start >= end]
    found: dict[int, list[Segment]] = {nth: [] for nth in range(first, last + 1)}
    for nth in range(first, last):
        opener = start if nth == first else spans[nth][0]
        _add(found[nth], text, opener, spans[nth][1], int(nth == first), 0, closed=False)
    _add(found[last], text, spans[last][0], end, 0, 1)
    found[first] = before + found[first]
    found[last] += behind
    return found


def prefers_singles(text: str, places: Places) -> bool:
    """Whether speech stands between single marks in this text, so that double ones are quotations within it.

    >>> texts = "‘He said “no”,’ she said. ‘Twice.’", "“He said ‘no.’” “Twice.”", "“‘Who?’ I asked; ‘Nobody,’ she said.”"
    >>> [prefers_singles(text, marks_in(text)) for text in texts]
    [True, False, False]
    """
    doubles = closing = 0
    inside = -1  # where the double mark stands that is open
    for at, mark in places:
        if mark not in _SINGLE_MARKS:
            doubles += 1
            inside = -1 if mark in _CLOSING or (inside >= 0 and mark not in _OPENING) else at
        elif _closes_speech(text, at):
            closing += inside < 0 or "\n" in text[inside:at]
    return not doubles or closing > doubles // 2


def _closes_speech(text: str, at: int) -> bool:
    if text[at] not in "’'" or at == 0 or text[at - 1] not in _STOPS:
        return False
    behind = text[at + 1 : at + 2]
    return not (behind.isalnum() or behind in ("_", "'", "’"))


def opens_with_mark(text: str, start: int, end: int) -> bool:
    """Whether the paragraph begins with a mark that may open a quotation.

    >>> opens_with_mark('“Yes', 0, 4), opens_with_mark('Yes', 0, 3), opens_with_mark("'Tis", 0, 4)
    (True, False, True)
    """
    while start < end and text[start].isspace():
        start += 1
    if end - start < 2:
        return False
    return text[start] in "\"“„«‹‘'”»" and not text[start + 1].isspace()


def _role(text: str, at: int, mark: str, start: int, end: int) -> int:
    before = text[at - 1] if at > start else " "
    after_at = at + len(mark)
    after = text[after_at] if after_at < end else " "
    can_open = (before.isspace() or before in _BEFORE_OPENER) and not after.isspace() and after not in ".,;:!?)"
    can_close = (after.isspace() or after in _AFTER_CLOSER) and not before.isspace()
    if mark == "''":
        return _OPEN if can_open and not can_close and before.isspace() else _CLOSE
    if can_open != can_close:
        elided = mark == "«" and before in "'’" and _ELIDED.search(text, max(start, at - _LONGEST_ELISION), at)
        return _OPEN if can_open or elided else _CLOSE
    if mark in _OPENING:
        return _OPEN
    if mark in _CLOSING:
        return _CLOSE
    if can_open and before in "—–-" and after.isalnum():
        return _OPEN
    return _EITHER


def _family(mark: str) -> int:
    return 1 if mark in _ANGLE else 2 if mark in _CORNER else 0


def _pair_nested(text: str, found: list[tuple[int, str]], roles: list[int], end: int, next_opens: bool) -> Marks | None:
    """Pairs by depth; None where the marks do not balance that way."""
    stack: list[tuple[int, str]] = []
    segments: list[Segment] = []
    for (at, mark), role in zip(found, roles, strict=True):
        family = _family(mark)
        if role == _EITHER:
            role = _CLOSE if stack and _family(stack[-1][1]) == family else _OPEN
        if role == _OPEN:
            if len(stack) == _MAX_DEPTH:
                return None
            stack.append((at, mark))
        elif not stack or _family(stack[-1][1]) != family:
            return None
        else:
            opened, opener = stack.pop()
            if not stack:
                _add(segments, text, opened, at + len(mark), len(opener), len(mark))
    if stack:
        if len(stack) > 1 or not next_opens:
            return None
        opened, opener = stack[0]
        _add_unclosed(segments, text, opened, len(opener), end, next_opens)
    return Marks(segments, [])


def _pair_flat(text: str, found: list[tuple[int, str]], roles: list[int], end: int, next_opens: bool) -> Marks:
    """Pairs each opener with the next closer of its family; an opener met meanwhile restarts, and the one before is odd.

    A straight mark may have its blank on the wrong side, as in '"No, "she said.': behind a comma it closes, where the marks that follow pair;
    behind a sentence only where the text goes on with the name that led in to the words, since a new paragraph of a quotation opens like that.
    """
    segments: list[Segment] = []
    odd: list[int] = []
    opened: tuple[int, str] | None = None
    for nth, ((at, mark), role) in enumerate(zip(found, roles, strict=True)):
        misplaced = role == _OPEN and opened is not None and opened[1] == mark == '"' and (len(found) - nth) % 2
        if misplaced and opened is not None and _may_close(text, opened[0], at):
            role = _CLOSE
        if opened is None:
            if role == _CLOSE:
                odd.append(at)
            else:
                opened = (at, mark)
        elif _family(mark) != _family(opened[1]):
            continue
        elif role == _OPEN:
            odd.append(opened[0])
            _add_abandoned(segments, text, opened[0], len(opened[1]), at)
            opened = (at, mark)
        else:
            _add(segments, text, opened[0], at + len(mark), len(opened[1]), len(mark))
            opened = None
    if opened is not None:
        if not next_opens:
            odd.append(opened[0])
        _add_unclosed(segments, text, opened[0], len(opened[1]), end, next_opens)
    return Marks(segments, sorted(odd))


def _may_close(text: str, opened: int, at: int) -> bool:
    """Whether a comma and a blank stand before the mark at `at`, or the end of a sentence and behind it a name that stands shortly before the
    opening mark: `Quill wrote, "It is over. "Quill left.`"""
    if text.endswith(_COMMA, 0, at):
        return True
    word = _NAME.match(text, at + 1) if text.endswith(_STOP_AND_BLANK, 0, at) else None
    return word is not None and word.group() in text[max(0, opened - _LEAD) : opened].split()


_ELIDED = re.compile(r"(?<!\w)(?:\w|\w*qu)['’]\Z", re.IGNORECASE)  # « parle d’« un scandale » »: a blank stands behind French marks
_NAME = re.compile(r"[^\W\d_a-z]\w{2,}")
_LEAD = 40  # characters before a mark in which the name of who speaks stands
_SENTENCE_END = re.compile(r"[.!?…](?=\s)")


def _add_abandoned(segments: list[Segment], text: str, opened: int, width: int, until: int) -> None:
    """An opener without a closer before the next opener: kept as far as its first sentence end, where it starts a sentence."""
    stop = _SENTENCE_END.search(text, opened + width, until)
    if stop and text[opened + width].isupper() and stop.end() - opened > _SHORTEST_UNCLOSED:
        _add(segments, text, opened, stop.end(), width, 0, closed=False)


def _add_unclosed(segments: list[Segment], text: str, opened: int, width: int, end: int, runs_on: bool) -> None:
    """`runs_on`: the next paragraph begins with a mark; then a short sentence is one too."""
    while end > opened and text[end - 1].isspace():
        end -= 1
    if end - opened > _SHORTEST_UNCLOSED or (runs_on and text[end - 1] in _STOPS):
        _add(segments, text, opened, end, width, 0, closed=False)


def _add(segments: list[Segment], text: str, start: int, end: int, opener: int, closer: int, closed: bool = True) -> None:
    inner_start, inner_end = start + opener, end - closer
    while inner_start < inner_end and text[inner_start].isspace():
        inner_start += 1
    while inner_end > inner_start and text[inner_end - 1].isspace():
        inner_end -= 1
    # marks that stand directly inside the outer ones (""A"") are theirs
    while inner_start < inner_end and text[inner_start] in '"“”„':
        inner_start += 1
        if text[inner_end - 1] in '"“”' and inner_end - 1 > inner_start:
            inner_end -= 1
    if any(c.isalnum() for c in text[inner_start : min(inner_end, inner_start + 400)]):
        segments.append(Segment(start, end, inner_start, inner_end, closed))


_BEFORE_SINGLE = re.compile(r"[\w’'.,!?]")  # what stands before no opening mark,
_BEHIND_SINGLE = re.compile(r"[\w\[…$£€]")  # and what behind one
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…%)\]])[’'‘`´](?!\w)")
_ACCENTS = frozenset("`´")  # accents that stand for marks: around a title or a term as often as around speech
_AFTER_MARK = re.compile(r"['’](\w+)")
_BEFORE_MARK = re.compile(r"['’](\w+)\Z")
_LONGEST_ELISION = 8  # characters
_DECADE = re.compile(r"\d0s")
_YEAR = re.compile(r"['’]\d\d(?!\w)")


def _read_singles(text: str, start: int, end: int, places: Places, next_opens: bool, elisions: frozenset[str]) -> Marks:
    """British usage: ‘Speech,’ he said. A mark inside a word is an apostrophe; so is one after a plural s, unless nothing else closes."""
    segments: list[Segment] = []
    openers = [at for at, mark in places if mark in ("‘", "'", "‚", "`", "´") and _opens_single(text, at, end, elisions)]
    if not openers:
        return Marks([], [])
    ends = [m.start() for m in _SINGLE_CLOSE.finditer(text, start, end) if not _is_elided(text, start, m.start(), elisions)]
    done, near = start, 0
    for index, at in enumerate(openers):
        if at < done:
            continue
        limit = openers[index + 1] if index + 1 < len(openers) else end
        while near < len(ends) and ends[near] <= at:
            near += 1
        chosen = _closing_single(text, ends, near, limit, end)
        if chosen is not None and text[at] in _ACCENTS and text[chosen - 1] not in _STOPS:
            continue  # a title or a term
        if chosen is not None and chosen > limit and _YEAR.match(text, at):
            continue  # "the class of '68", before words that another mark opens
        if chosen is not None:
            _add(segments, text, at, chosen + 1, 1, 1)
            done = chosen + 1
        elif next_opens and index + 1 == len(openers):
            _add_unclosed(segments, text, at, 1, end, next_opens)  # goes on in the next paragraph
    return Marks(segments, [])


def _opens_single(text: str, at: int, end: int, elisions: frozenset[str]) -> bool:
    if at + 1 >= end or not _BEHIND_SINGLE.match(text[at + 1]) or (at and _BEFORE_SINGLE.match(text[at - 1])):
        return False
    behind = _AFTER_MARK.match(text, at)  # a word, where the mark may stand for left-out letters: ’em, the ’90s
    return behind is None or (behind.group(1).lower() not in elisions and _DECADE.fullmatch(behind.group(1)) is None)


def _is_elided(text: str, start: int, at: int, elisions: frozenset[str]) -> bool:
    """Whether the mark ends a word of which the first letter is left out too: rock ’n’ roll."""
    behind = _BEFORE_MARK.search(text, max(start, at - _LONGEST_ELISION), at)
    return behind is not None and behind.group(1).lower() in elisions


def _closing_single(text: str, ends: list[int], near: int, limit: int, end: int) -> int | None:
    """The first closer after punctuation; else the first that is no plural possessive; else the last before the next opener."""
    last = None
    for index in range(near, min(near + 40, len(ends))):
        at = ends[index]
        if at > limit and last is not None:
            return last
        if text[at - 1] in _STOPS:
            return at
        following = text[at + 1 : at + 2]
        possessive = text[at - 1] in "sS" and following.isspace() and text[at + 2 : at + 3].islower()
        if not possessive:
            return at
        last = at
    return last
