"""One paragraph as a row of tokens, in which every quoted segment is one token, cut into sentences."""

from __future__ import annotations

import operator
from typing import Any

from pipelines.quotes import flags as F
from pipelines.quotes.lexicon import Lexicon
from pipelines.quotes.text.marks import Segment
from pipelines.quotes.text.words import token_pattern

_LONGEST_DATELINE = 14  # tokens
LONGEST_SENTENCE = 250  # tokens; what goes on longer is no prose, and is cut so that work per sentence stays bounded


class Paragraph:
    """Tokens of `text[start:end]`: parallel lists of words, offsets and flags, and per token the index of its sentence.

    `segment[i]` is the index into `segments` where token i is a quoted segment, else -1. `sentences` are (first, last + 1) of tokens.
    `table`, `base`, `first_sentence`: where it stands among the paragraphs of its batch; set there. Offsets are looked up when asked for.
    """

    __slots__ = (
        "_ends",
        "_pieces",
        "_starts",
        "base",
        "clauses",
        "first_sentence",
        "flags",
        "segment",
        "segments",
        "sentence_of",
        "sentences",
        "table",
        "text",
        "words",
    )

    def __init__(self, text: str, start: int, end: int, segments: list[Segment], lexicon: Lexicon) -> None:
        self.text = text
        self.segments = segments
        self.clauses: dict[int, Any] = {}
        self.table: Any = None
        self.base = self.first_sentence = 0
        self.words: list[str] = []
        self.flags: list[int] = []
        self.segment: list[int] = []
        self._pieces: list[tuple[int, int, int]] = []  # spans between segments: start, end, tokens
        self._starts: list[int] | None = None
        self._ends: list[int] = []
        at = start
        for index, segment in enumerate(segments):
            self._add_words(at, segment.start, lexicon)
            self.words.append('"')
            self.flags.append(F.QUOTE)
            self.segment.append(index)
            at = segment.end
        self._add_words(at, end, lexicon)
        self.sentences: list[tuple[int, int]] = []
        self.sentence_of: list[int] = []
        self._cut()

    def _add_words(self, start: int, end: int, lexicon: Lexicon) -> None:
        words = token_pattern(lexicon).findall(self.text, start, end) if start < end else []
        self._pieces.append((start, end, len(words)))
        self.words += words
        self.flags += map(lexicon.flags, words)
        self.segment += [-1] * len(words)

    @property
    def starts(self) -> list[int]:
        """Where each token starts in the text."""
        if self._starts is None:
            self._find_offsets()
        assert self._starts is not None
        return self._starts

    @property
    def ends(self) -> list[int]:
        """Where each token ends in the text, exclusive."""
        if self._starts is None:
            self._find_offsets()
        return self._ends

    def _find_offsets(self) -> None:
        find = self.text.find
        starts: list[int] = []
        add = starts.append
        token = 0
        for index, (at, _, count) in enumerate(self._pieces):
            if index:
                add(self.segments[index - 1].start)
                token += 1
            for word in self.words[token : token + count]:
                # every character that is no blank belongs to a token, so the next one is found at once
                at = find(word, at)
                add(at)
                at += len(word)
            token += count
        ends = list(map(operator.add, starts, map(len, self.words)))
        for token, index in enumerate(self.segment if self.segments else ()):
            if index >= 0:
                ends[token] = self.segments[index].end
        self._starts, self._ends = starts, ends

    def _cut(self) -> None:
        first, count, flags, sentences = self._dateline(), len(self.words), self.flags, self.sentences
        if first:
            sentences.append((0, first))
        for i in [k for k, flag in enumerate(flags) if flag & (F.STOP | F.QUOTE) and k >= first]:
            first = self._cut_long(first, i)
            if i > first and flags[i] & F.QUOTE and self._opens_sentence(i):
                sentences.append((first, i))
                first = i
            if i >= first and (i + 1 == count or (self._ends_sentence(i) if flags[i] & F.STOP else self._quote_ends_sentence(i))):
                sentences.append((first, i + 1))
                first = i + 1
        first = self._cut_long(first, count - 1)
        if first < count:
            self.sentences.append((first, count))
        for index, (a, b) in enumerate(self.sentences):
            self.sentence_of.extend([index] * (b - a))

    def _dateline(self) -> int:
        """The first token behind "KINGSPORT, Oct. 3 (Agency) —", a sentence by itself; 0 where the paragraph opens otherwise."""
        flags = self.flags
        if not flags or not flags[0] & F.CAPITAL:
            return 0
        sure = flags[0] & F.UPPER
        for k in range(1, min(_LONGEST_DATELINE, len(flags) - 1)):
            flag = flags[k]
            if flag & F.DASH:
                return k + 1 if sure and flags[k + 1] & (F.CAPITAL | F.QUOTE | F.DIGIT) else 0
            if not flag & (F.CAPITAL | F.COMMA | F.STOP | F.DIGIT | F.PAREN | F.MARK):
                return 0
            sure = sure or flag & F.DIGIT
        return 0

    def _cut_long(self, first: int, i: int) -> int:
        """Cuts off spans of the longest sentence from token `first` to `i`, and gives the first token of what is left."""
        while i - first >= LONGEST_SENTENCE:
            self.sentences.append((first, first + LONGEST_SENTENCE + 1))
            first += LONGEST_SENTENCE + 1
        return first

    def _ends_sentence(self, i: int) -> bool:
        if self.words[i] == "." and i:
            before = self.words[i - 1]
            short = self.flags[i - 1] & F.ABBREVIATION or (len(before) == 1 and before.isupper())
            if short and self.starts[i] == self.ends[i - 1]:
                return False
        following = self.flags[i + 1]
        if following & (F.STOP | F.COMMA) or self.words[i + 1] in ")]":
            return False
        return bool(following & (F.CAPITAL | F.QUOTE | F.DIGIT | F.PAREN)) or not following & F.LETTER

    def _opens_sentence(self, i: int) -> bool:
        """`… at 5 p.m. "We saw it," she said`: behind an abbreviation that may end a sentence, a quotation that looks like a whole one."""
        before = self.words[i - 1]
        if before[-1] != "." or len(before) < 3 or not self.flags[i - 1] & F.LETTER or self.flags[i - 1] & F.ABBREVIATION:
            return False
        segment = self.segments[self.segment[i]]
        inner = self.text[segment.inner_start : min(segment.inner_end, segment.inner_start + 80)]
        return inner[0].isupper() and self.text[segment.inner_end - 1] in ".,!?…" and inner.count(" ") > 2

    def _quote_ends_sentence(self, i: int) -> bool:
        """A quotation ends the sentence around it where its last character does and no attribution follows."""
        segment = self.segments[self.segment[i]]
        last = self.text[segment.inner_end - 1] if segment.closed else "."
        following = self.flags[i + 1]
        if following & F.QUOTE:
            return last in ".!?…,"
        if last not in ".!?…" or not following & F.CAPITAL:
            return False
        for j in range(i + 1, min(i + 7, len(self.words))):
            flag = self.flags[j]
            if flag & F.CUE and not flag & F.CAPITAL:
                return last == "." and not (j + 1 == len(self.words) or self.flags[j + 1] & (F.STOP | F.COMMA))
            if flag & (F.STOP | F.QUOTE | F.COMMA):
                break
        return True
