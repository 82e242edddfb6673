"""The runs of capitalised words of one text, by their words and places. What such a run is does not belong here (`name_reader`)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from pipelines.quotes import flags as F
from pipelines.quotes.lexicon import MEMO_LIMIT, Lexicon
from pipelines.quotes.people.kinds import name_words
from pipelines.quotes.people.name_tokens import Capitals, NameTokens

ENDING = re.compile(r"(?:[’']s?|\.)$")
MAX_LOOKED_AT = 40  # mentions of one name or role
SENTENCE_ENDS = '.!?\n”"»'
_LONGEST_KEPT = 40  # characters of a run of which it is remembered what it is

Shapes = dict[str, tuple[str, bool, bool]]  # see `NameRuns._shape`


class NameRuns:
    """The runs of capitalised words of one text."""

    def __init__(self, tokens: NameTokens, capitals: Capitals, quoted: Sequence[tuple[int, int]]) -> None:
        """`quoted`: the spans between quotation marks, ascending; who is only talked about there is no recent subject."""
        self.text, self.lexicon, self.tokens = tokens.text, tokens.lexicon, tokens
        self.kinds = name_words(self.lexicon)
        self.starts, self.ends = capitals
        self.quoted, self.quoted_starts = quoted, [a for a, _ in quoted]
        self.full: dict[str, list[int]] = {}  # last word -> numbers of runs of two words or more
        self.by_last: dict[str, list[int]] = {}  # and of all runs
        self.alone: set[str] = set()  # words that stand alone as a name, or behind a title
        self._inner: dict[str, list[int]] | None = None  # word -> numbers of runs that go on behind it
        text, shapes, shape_of = self.text, _shapes(self.lexicon), self._shape
        for number, (a, b) in enumerate(zip(self.starts, self.ends, strict=True)):
            run = text[a:b]
            last, full, alone = shapes.get(run) or shape_of(run, shapes)
            self.by_last.setdefault(last, []).append(number)
            if full:
                self.full.setdefault(last, []).append(number)
            if alone:
                self.alone.add(last)

    def _shape(self, run: str, shapes: Shapes) -> tuple[str, bool, bool]:
        """Of a run of capitalised words the last, lower case; whether it has more; and whether the last stands alone or behind a title."""
        words = run.split()
        while len(words) > 1 and self.kinds.is_suffix(ENDING.sub("", words[-1])):
            words.pop()
        last = words[-1].lower()
        if last[-1] in "’'.s":
            last = ENDING.sub("", words[-1]).lower()
        titled = len(words) == 2 and self.lexicon.flags(words[0]) & (F.TITLE | F.NOT_NAME) != 0
        shape = last, len(words) > 1, len(words) == 1 or titled
        if len(run) <= _LONGEST_KEPT and len(shapes) < MEMO_LIMIT:
            shapes[run] = shape
        return shape

    def is_last_name(self, word: str) -> bool:
        """Whether a name of the text of more than one word ends with it."""
        return word in self.full

    def places_of_last(self, end: int, count: int) -> list[tuple[int, int]]:
        """Of the name that ends at `end` the first places outside quotations of names with the same last word."""
        k = bisect_right(self.ends, end - 1)
        if k == len(self.ends) or self.starts[k] >= end:
            return []
        last = self._shape(self.text[self.starts[k] : self.ends[k]], {})[0]
        numbers = [n for n in self.by_last.get(last, [])[:count] if not self.is_quoted(self.starts[n])]
        return [(self.starts[n], self.ends[n]) for n in numbers]

    def is_quoted(self, position: int) -> bool:
        """Whether a place lies between quotation marks."""
        k = bisect_right(self.quoted_starts, position) - 1
        return k >= 0 and position < self.quoted[k][1]

    def opens_text_sentence(self, start: int) -> bool:
        """Whether a sentence, line or quotation begins here."""
        before = self.text[max(0, start - 3) : start].rstrip(" \u00a0")
        return not before or before[-1] in SENTENCE_ENDS + "“:(['‘"

    def going_on_behind(self, word: str) -> list[int]:
        """The runs of which the word (lower case) is not the last."""
        if self._inner is None:
            self._inner = {}
            for index, (a, b) in enumerate(zip(self.starts, self.ends, strict=True)):
                for inner in self.text[a:b].lower().split()[:-1]:
                    self._inner.setdefault(inner.strip("\"“”'‘’()"), []).append(index)
        return self._inner.get(word, [])


@lru_cache(maxsize=16)
def _shapes(lexicon: Lexicon) -> Shapes:
    """What was read before of runs of capitalised words, for one lexicon."""
    return {}
