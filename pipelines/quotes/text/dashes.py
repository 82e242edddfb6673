"""Speech without closing marks, and what stands inside speech that is not part of it: lines that begin with a dash, "— Закриваємо, — сказала вона. —
Все.", and attributions within marks, "« On reviendra, promet-il, et vite. »".

Quotation marks do not belong here (`marks`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from pipelines.letters import CAPITAL
from pipelines.quotes import flags as F
from pipelines.quotes.lexicon import Lexicon
from pipelines.quotes.text.marks import Segment
from pipelines.quotes.text.paragraphs import Line
from pipelines.quotes.text.words import words_of

_DASH = re.compile(r"[—–―]|(?<=\s)-(?=[\s,.;])")
_MARK = re.compile(r"[\"“”„«»]")
_OPENING = re.compile(r"(?:[—–―]|-(?=\s))\s*(?=[\w¿¡«„“\"…(])")
_WITHIN = re.compile(rf"(?<=[.!?…]) [—–-] (?={CAPITAL}|[¿¡])")  # speech behind a sentence of the same line
_STOPS = ".!?…"
_BEFORE = ".!?…,;:"  # what may stand between speech and a dash
_SENTENCE = re.compile(rf"[.!?…]+[»”\"]?\s+(?={CAPITAL}|[—–-]\s)")
_PAUSE = re.compile(r"(?:,|[!?…]+,?)\s+(?=[^\W\d_])")
_COMMA = re.compile(r",\s+")
_CUE_WITHIN = 4  # words of an attribution in which its cue stands
_LONGEST_SUBJECT = 9  # tokens, with the cue
_THAT_WITHIN = 6  # tokens from a pronoun that opens a sentence to its complementizer
_BEHIND_CUE = 4  # tokens of when, where and to whom: "hän sanoo torstaina eduskunnassa"
_SMALL = F.ADVERB | F.AUXILIARY | F.PRONOUN | F.PARTICLE
_SPEAKER = F.CAPITAL | F.DETERMINER | F.PRONOUN | F.ROLE | F.GROUP | F.TITLE
_LEAST = 2  # letters of a piece of speech


def with_dashes(text: str, lines: Sequence[Line], lexicon: Lexicon) -> list[Line]:
    """The lines with the segments of speech behind dashes, and with those between marks cut where an attribution stands inside."""
    if not lexicon.file.marks.dashes:
        return list(lines)
    cut = _Cut(text, lexicon)
    return [line._replace(segments=cut.segments_of(line)) for line in lines]


class _Cut:
    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text, self.lexicon = text, lexicon
        self.pattern = words_of(lexicon).pattern

    def segments_of(self, line: Line) -> list[Segment]:
        opening = _OPENING.match(self.text, line.start, line.end)
        if opening is not None:
            end = line.start + len(self.text[line.start : line.end].rstrip())
            pieces = self.pieces(opening.end(), end)
            if pieces is not None:
                found = [self._segment(a, b) for a, b in pieces]
                found[0] = found[0]._replace(start=line.start)
                behind = [segment for segment in line.segments if segment.start >= found[-1].end]
                return found + [piece for segment in behind for piece in self._pieces_of(segment)]
        else:
            for inner in _WITHIN.finditer(self.text, line.start, line.end):  # "Han var arg. – Vi spelade dåligt, sa han."
                pieces = self.pieces(inner.end(), line.start + len(self.text[line.start : line.end].rstrip()))
                if pieces is not None and pieces[0][0] == inner.end() and not any(s.end > inner.start() for s in line.segments):
                    before = [piece for segment in line.segments for piece in self._pieces_of(segment)]
                    return before + [self._segment(a, b) for a, b in pieces]
        return [piece for segment in line.segments for piece in self._pieces_of(segment)]

    def _pieces_of(self, segment: Segment) -> list[Segment]:
        pieces = self.pieces(segment.inner_start, segment.inner_end)
        if pieces is None or len(pieces) < 2:
            return [segment]
        found = [self._segment(a, b) for a, b in pieces]
        found[0] = found[0]._replace(start=segment.start)
        found[-1] = found[-1]._replace(end=segment.end, closed=segment.closed)
        return found

    @staticmethod
    def _segment(start: int, end: int) -> Segment:
        return Segment(start, end, start, end, True)

    def pieces(self, start: int, end: int) -> list[tuple[int, int]] | None:
        """The parts of `text[start:end]` that are speech; None where no attribution stands in it."""
        return self._between_dashes(start, end) or self._between_commas(start, end)

    def _between_dashes(self, start: int, end: int) -> list[tuple[int, int]] | None:
        dashes = list(_DASH.finditer(self.text, start + 1, end))
        bounds = [start, *(m.end() for m in dashes), end + 1]
        starts = [m.start() for m in dashes] + [end]
        parts = [(a, b) for a, b in zip(bounds, starts, strict=False)]
        kinds = [k > 0 and self._attributes(a, b) and self._may_stop(parts[k - 1][1]) for k, (a, b) in enumerate(parts)]
        if not any(kinds):
            return None
        pieces: list[tuple[int, int]] = []
        goes_on = False
        for (a, b), is_attribution in zip(parts, kinds, strict=True):
            if is_attribution:
                goes_on = False
            elif goes_on:
                pieces[-1] = (pieces[-1][0], b)
            else:
                pieces.append((a, b))
                goes_on = True
        return self._trimmed(pieces)

    def _may_stop(self, at: int) -> bool:
        """Whether speech may end before a dash: behind a mark, or where the dash stands apart from the word before."""
        return at > 0 and (self.text[at - 1].isspace() or self.text[at - 1] in _BEFORE)

    def _attributes(self, start: int, end: int) -> bool:
        """Whether the words begin with a small letter and a cue, " сказала Олена Гаркуша.", or with a verb of no list before a name."""
        words = self._words(start, end)
        if not words or words[0] & F.CAPITAL:
            return False
        for flag in words[:_CUE_WITHIN]:
            if flag & F.STRONG_CUE and flag & F.LOWER:
                return True
            if not flag & F.LETTER:
                break
        small = list(takewhile(lambda flag: flag & F.LOWER and flag & (_SMALL | F.UNKNOWN_LOWER), words[:_CUE_WITHIN]))
        name = words[len(small) : len(small) + 2]
        unknown = [flag for flag in small if flag & F.UNKNOWN_LOWER]
        return len(unknown) == 1 and len(name) == 2 and all(flag & (F.CAPITAL | F.NOT_NAME) == F.CAPITAL for flag in name)

    def _between_commas(self, start: int, end: int) -> list[tuple[int, int]] | None:
        if not self.lexicon.file.marks.commas:
            return None
        for pause in _PAUSE.finditer(self.text, start, end):
            stop = _SENTENCE.search(self.text, pause.end(), end)
            close = stop.start() if stop else end
            words = self._words(pause.end(), close)
            if self._cue_of(words) is None and not self._ends_in_cue(pause.end(), close):
                continue
            speech = (start, pause.start() + (0 if self.text[pause.start()] == "," else 1))
            if stop:
                return self._trimmed([speech, *self._behind_attribution(stop.end(), end)])
            again = _COMMA.search(self.text, pause.end(), close)
            if again and start and self._in_marks(end):
                return self._trimmed([speech, (again.end(), end)])
            return self._trimmed([speech])
        return None

    def _behind_attribution(self, start: int, end: int) -> list[tuple[int, int]]:
        """The parts that are speech behind the sentence of an attribution. Where speech opens again with a dash, the reporter tells what stands before
        that: "– Ja, sa hon. Tränaren var nöjd. – Hon sprang bra, sa han"."""
        if self._in_marks(end):
            return [(start, end)]
        for again in _WITHIN.finditer(self.text, start - 1, end):
            pieces = self.pieces(again.end(), end)
            if pieces is not None and pieces[0][0] == again.end():
                return [*self._before_more(start, again.start()), *pieces]
        mark = _MARK.search(self.text, start, end)
        if mark is not None:
            return self._before_more(start, mark.start())
        return [(start, self._end_of_speech(start, end))]

    def _before_more(self, start: int, end: int) -> list[tuple[int, int]]:
        """What goes on with an attributed sentence up to other speech of the line: only sentences in which somebody says "I" or "you"."""
        close = start
        while close < end:
            stop = _SENTENCE.search(self.text, close, end)
            if stop is None or not self._is_spoken(close, stop.end()):
                break
            close = stop.end()
        rest = close < end and self.text[end - 1 : end] in _STOPS and self._is_spoken(close, end)
        close = end if rest else close
        return [(start, close)] if close > start else []

    def _end_of_speech(self, start: int, end: int) -> int:
        """Where the first sentence behind an attribution begins that the reporter tells: none in which somebody says "I" or "you"."""
        narrated = self.lexicon.file.marks.narrated
        while start < end:
            stop = _SENTENCE.search(self.text, start, end)
            close = stop.end() if stop else end
            reported = self._reports(start, close) or (narrated is not None and narrated.search(self.text, start, close))
            if reported and not self._is_spoken(start, close):
                return start
            start = close
        return end

    def _is_spoken(self, start: int, end: int) -> bool:
        return not self.lexicon.spoken.isdisjoint(match.group().lower() for match in self.pattern.finditer(self.text, start, end))

    def _reports(self, start: int, end: int) -> bool:
        """Whether a sentence says what somebody says: "Hun understreker at ingen er rammet"."""
        words = [self.lexicon.flags(match.group()) for match in self.pattern.finditer(self.text, start, end)]
        that = next((k for k, flag in enumerate(words[:_THAT_WITHIN]) if flag & F.COMPLEMENTIZER), 0)
        if that and words[0] & F.PRONOUN and words[1] & F.LOWER and not any(flag & F.BOUNDARY for flag in words[: that - 2]):
            return True  # "Han peger på, at renten er steget"
        cue = next((k for k, flag in enumerate(words[:_LONGEST_SUBJECT]) if flag & F.STRONG_CUE and flag & F.LOWER), 0)
        if not cue or not words[0] & (F.PRONOUN | F.ROLE | F.TITLE | F.GIVEN | F.GROUP | F.ORGANISATION | F.DETERMINER):
            return False
        if any(
            flag & (F.COMMA | F.RELATIVE | F.AUXILIARY) or flag & (F.BOUNDARY | F.ATTACHING) == F.BOUNDARY for flag in words[:cue]
        ):
            return False
        return any(flag & (F.COMPLEMENTIZER | F.COLON) for flag in words[cue + 1 : cue + 1 + _CUE_WITHIN])

    def _in_marks(self, end: int) -> bool:
        return end < len(self.text) and self.text[end : end + 2].strip()[:1] in ("»", "”", '"', "“")

    @staticmethod
    def _cue_of(words: list[int]) -> int | None:
        """The place of a cue that opens an attribution, and that its speaker follows: "soupire Lucette", "a déclaré la maire", "dit-elle"."""
        k = 0
        while k < len(words) and k < _CUE_WITHIN and words[k] & (_SMALL & ~F.PRONOUN) and not words[k] & F.STRONG_CUE:
            k += 1
        if k + 1 >= len(words) or not words[k] & F.STRONG_CUE or not words[k] & F.LOWER:
            return None
        behind, next_one = words[k + 1], words[k + 2] if k + 2 < len(words) else 0
        speaks = behind & _SPEAKER or (behind & F.UNKNOWN_LOWER and next_one & F.CAPITAL)  # "sade målvakten Sanna Holm"
        return k if speaks and behind & F.LETTER else None

    def _ends_in_cue(self, start: int, end: int) -> bool:
        """Whether somebody and a cue are all that follows a comma, where subjects stand first: "hän sanoo", "pormestari Aino Rennille kertoo"."""
        if not self.lexicon.file.marks.subjects_first:
            return False
        words = [self.lexicon.flags(match.group()) for match in self.pattern.finditer(self.text, start, end)]
        words = words[:-1] if words and words[-1] & F.STOP else words
        cue = next((k for k, flag in enumerate(words[:_LONGEST_SUBJECT]) if flag & F.STRONG_CUE and flag & F.LOWER), 0)
        if not cue or len(words) > cue + 1 + _BEHIND_CUE or self._is_spoken(start, end):
            return False
        somebody = words[0] & (F.PRONOUN | F.ROLE | F.TITLE | F.CAPITAL)
        others = words[:cue] + words[cue + 1 :]
        return bool(somebody) and not any(flag & (F.BOUNDARY | F.CUE | F.AUXILIARY | F.COMMA | F.COMPLEMENTIZER) for flag in others)

    def _words(self, start: int, end: int) -> list[int]:
        found = []
        for match in self.pattern.finditer(self.text, start, end):
            found.append(self.lexicon.flags(match.group()))
            if len(found) == _CUE_WITHIN + 2:
                break
        return found

    def _trimmed(self, pieces: list[tuple[int, int]]) -> list[tuple[int, int]] | None:
        """Without blanks and the comma before an attribution."""
        found = []
        for a, b in pieces:
            b = min(b, len(self.text))
            while a < b and not (self.text[a].isalnum() or self.text[a] in '¿¡«„“"([…'):
                a += 1
            while b > a and (self.text[b - 1].isspace() or self.text[b - 1] in ",—–―"):
                b -= 1
            if sum(c.isalpha() for c in self.text[a:b]) >= _LEAST:
                found.append((a, b))
        return found or None
