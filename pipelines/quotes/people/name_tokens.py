"""The words of a text as reading names sees them, and the runs of capitalised ones. What a run says of a person stands in `name_index`."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from pipelines.quotes import flags as F
from pipelines.quotes.lexicon import MEMO_LIMIT, Lexicon
from pipelines.quotes.people.kinds import ENDING, name_words
from pipelines.quotes.text import characters as C
from pipelines.quotes.text.words import NICKNAME, Source, code_rows, words_of
from pipelines.quotes.types import Token

STATED_AGE = re.compile(r", (\d{1,3})(?=[,.;) ])")
BEHIND_NAME = 110  # characters behind a name in which its apposition or its verb stands
MAX_LOOKED_AT = 40  # mentions of one name or role
SENTENCE_ENDS = '.!?\n”"»'
_LONGEST_KEPT = 40  # characters of a run of which it is remembered what it is

Shapes = dict[str, tuple[str, bool, bool]]  # see `NameRuns._shape`
_TOKEN = re.compile(r"(?:[^\W\d_]\.){1,}(?=\W|$)|\w+(?:[-’'.&]\w+)*|[^\w\s]")
_CHUNK = re.compile(r"\S*")


class NameTokens:
    """The tokens of one text. Asked for a part of the text, it cuts words at its edges as the part alone would be cut."""

    def __init__(self, text: str, lexicon: Lexicon, starts: Sequence[int], ends: Sequence[int], flags: Sequence[int]) -> None:
        self.text, self.lexicon = text, lexicon
        self.starts, self.ends, self.flags = starts, ends, flags

    def between(self, start: int, end: int) -> list[Token]:
        """The tokens of a part of the text."""
        k = bisect_left(self.starts, start)
        if k and start < end and self.ends[k - 1] > start:
            return list(self.forward(start, end))
        stop = bisect_left(self.starts, end, k)
        cut = stop > k and self.ends[stop - 1] > end
        make, text, last = tuple.__new__, self.text, stop - cut
        columns = zip(self.starts[k:last], self.ends[k:last], self.flags[k:last], strict=True)
        found = [make(Token, (text[a:b], a, b, flags)) for a, b, flags in columns]
        return found + self._cut_again(self.starts[last], end) if cut else found

    def flags_at(self, start: int, end: int, otherwise: int) -> int:
        """The flags of the first token of a part of the text, `otherwise` where it is cut or there is none."""
        k = bisect_left(self.starts, start)
        if k == len(self.starts) or self.ends[k] > end or (k and self.ends[k - 1] > start):
            return otherwise
        return self.flags[k]

    def flags_before(self, start: int, end: int) -> int | None:
        """The flags of the last token of a part of the text, None where it may be cut or there is none."""
        k = bisect_left(self.starts, end) - 1
        if k < 0 or self.ends[k] > end or self.text.rfind(" ", start, self.starts[k]) < 0:
            return None
        return self.flags[k]

    def forward(self, start: int, end: int) -> Iterator[Token]:
        """The same, one by one."""
        k = bisect_left(self.starts, start)
        if k and start < end and self.ends[k - 1] > start:
            pieces = self._cut_again(start, self._chunk_end(start, end))
            yield from pieces
            k = bisect_left(self.starts, pieces[-1].end, k)
        make, text, starts, ends, flags = tuple.__new__, self.text, self.starts, self.ends, self.flags
        for n in range(k, len(starts)):
            a, b = starts[n], ends[n]
            if b > end:
                if a < end:
                    yield from self._cut_again(a, end)
                return
            yield make(Token, (text[a:b], a, b, flags[n]))

    def backward(self, start: int, end: int) -> Iterator[Token]:
        """The same, last to first."""
        make, text, starts, ends, flags = tuple.__new__, self.text, self.starts, self.ends, self.flags
        whole = start  # from here on tokens are as they are without the edge at the start
        j = bisect_left(starts, start)
        if j and start < end and ends[j - 1] > start:
            whole = self._chunk_end(start, end)
        k = bisect_left(starts, end) - 1
        if k >= 0 and starts[k] >= whole and ends[k] > end:
            yield from reversed(self._cut_again(starts[k], end))
            k -= 1
        while k >= 0 and starts[k] >= whole:
            a, b = starts[k], ends[k]
            yield make(Token, (text[a:b], a, b, flags[k]))
            k -= 1
        if whole > start:
            yield from reversed(self._cut_again(start, whole))

    def _chunk_end(self, start: int, end: int) -> int:
        """Where the span without blanks that is at `start` ends."""
        match = _CHUNK.match(self.text, start, end)
        return match.end() if match else start

    def _cut_again(self, start: int, end: int) -> list[Token]:
        flags = self.lexicon.flags
        return [Token(m.group(), m.start(), m.end(), flags(m.group())) for m in _TOKEN.finditer(self.text, start, end)]


class Capitals(NamedTuple):
    """Where the runs of words that begin with a capital start and end in a text, initials and abbreviated titles among them, and particles
    of names or a nickname between them."""

    starts: Sequence[int]
    ends: Sequence[int]


class NameRuns:
    """The runs of capitalised words of one text."""

    def __init__(self, tokens: NameTokens, capitals: Capitals, quoted: Sequence[tuple[int, int]]) -> None:
        """`quoted`: the spans between quotation marks, ascending; who is only talked about there is no recent subject."""
        self.text, self.lexicon, self.tokens = tokens.text, tokens.lexicon, tokens
        self.kinds = name_words(self.lexicon)
        self.starts, self.ends = capitals
        self.quoted, self.quoted_starts = quoted, [a for a, _ in quoted]
        self.full: dict[str, list[int]] = defaultdict(list)  # last word -> numbers of runs of two words or more
        self.by_last: dict[str, list[int]] = defaultdict(list)  # and of all runs
        self.alone: set[str] = set()  # words that stand alone as a name, or behind a title
        self._inner: dict[str, list[int]] | None = None  # word -> numbers of runs that go on behind it
        text, shapes, shape_of, by_last = self.text, _shapes(self.lexicon), self._shape, self.by_last
        self._runs = [text[a:b] for a, b in zip(self.starts, self.ends, strict=True)]
        for number, (last, full, alone) in enumerate([shapes.get(run) or shape_of(run, shapes) for run in self._runs]):
            by_last[last].append(number)
            if full:
                self.full[last].append(number)
            if alone:
                self.alone.add(last)

    def _shape(self, run: str, shapes: Shapes) -> tuple[str, bool, bool]:
        """Of a run of capitalised words the last, lower case; whether it has more; and whether the last stands alone, behind a title or
        behind particles."""
        words = run.split()
        while len(words) > 1 and self.kinds.is_suffix(ENDING.sub("", words[-1])):
            words.pop()
        last = words[-1].lower()
        if last[-1] in "’'.s":
            last = ENDING.sub("", words[-1]).lower()
        flags = [self.lexicon.flags(word) for word in words[:-1]]
        titled = len(words) == 2 and flags[0] & (F.TITLE | F.NOT_NAME) != 0
        particles = all(flag & (F.NAME_PARTICLE | F.GIVEN) == F.NAME_PARTICLE for flag in flags)  # "Van der Linde said"
        shape = last, len(words) > 1, titled or particles
        if len(run) <= _LONGEST_KEPT and len(shapes) < MEMO_LIMIT:
            shapes[run] = shape
        return shape

    def is_last_name(self, word: str) -> bool:
        """Whether a name of the text of more than one word ends with it."""
        return word in self.full

    def stands_alone(self, name: str) -> bool:
        """Whether a name is a whole run somewhere in the text, but for what ends it and the article that opens a sentence with it."""
        for number in self.by_last.get(name.split()[-1].lower(), ())[:MAX_LOOKED_AT]:
            run = ENDING.sub("", self._runs[number])
            article, _, rest = run.partition(" ")
            if name in (run, rest if article.lower() in self.lexicon.definite else run):
                return True
        return False

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

    def is_capital_particle(self, token: Token) -> bool:
        """ "zei Van der Quill": a particle that has a capital though it opens no sentence."""
        both = F.NAME_PARTICLE | F.CAPITAL
        return token.flags & both == both and not self.opens_text_sentence(token.start)

    def going_on_behind(self, word: str) -> list[int]:
        """The runs of which the word (lower case) is not the last."""
        if self._inner is None:
            self._inner = {}
            for index, run in enumerate(self._runs):
                for inner in run.lower().split()[:-1] if " " in run or "\u00a0" in run else ():
                    self._inner.setdefault(inner.strip("\"“”'‘’()"), []).append(index)
        return self._inner.get(word, [])


@lru_cache(maxsize=16)
def _shapes(lexicon: Lexicon) -> Shapes:
    """What was read before of runs of capitalised words, for one lexicon."""
    return {}


def read_names(source: Source, lexicon: Lexicon, which: Sequence[int]) -> list[tuple[NameTokens, Capitals]]:
    """Tokens and runs of some of the texts of a source."""
    if not source.kernels.compiled:
        return [_read_plain(source.texts[k], lexicon) for k in which]
    words = words_of(lexicon)
    spans = np.array([(source.offsets[k], source.offsets[k] + len(source.texts[k])) for k in which], dtype=np.int64).reshape(-1, 2)
    room = int((spans[:, 1] - spans[:, 0]).sum())
    starts, ends, numbers, run_starts, run_ends = (np.empty(room, dtype=np.int64) for _ in range(5))
    bounds, run_bounds = np.zeros(len(which) + 1, dtype=np.int64), np.zeros(len(which) + 1, dtype=np.int64)
    known, (particles, bound) = words.known(source.kernels), _particles(lexicon)
    nicknames = np.array(source.nicknames, dtype=np.int64).reshape(-1, 2)
    source.kernels.cut_for_names(source.codes, C.classes(), known, spans, starts, ends, numbers, bounds)
    source.kernels.runs_of_capitals(
        source.codes, C.classes(), known, particles, bound, nicknames, spans, run_starts, run_ends, run_bounds
    )
    count = int(bounds[-1])
    flags, _ = words.look_up(source, starts[:count], ends[:count], numbers[:count])
    found = []
    for n, k in enumerate(which):
        a, b, c, d, offset = bounds[n], bounds[n + 1], run_bounds[n], run_bounds[n + 1], source.offsets[k]
        tokens = NameTokens(source.texts[k], lexicon, _view(starts[a:b] - offset), _view(ends[a:b] - offset), _view(flags[a:b]))
        found.append((tokens, Capitals((run_starts[c:d] - offset).tolist(), (run_ends[c:d] - offset).tolist())))
    return found


def _view(numbers: Any) -> Any:
    """The array as a sequence of Python's own numbers."""
    return memoryview(numbers)


def _read_plain(text: str, lexicon: Lexicon) -> tuple[NameTokens, Capitals]:
    spans = [m.span() for m in _TOKEN.finditer(text)]
    flags = [lexicon.flags(text[a:b]) for a, b in spans]
    runs = [m.span() for m in run_pattern(lexicon).finditer(text)]
    tokens = NameTokens(text, lexicon, [a for a, _ in spans], [b for _, b in spans], flags)
    return tokens, Capitals([a for a, _ in runs], [b for _, b in runs])


@lru_cache(maxsize=16)
def _particles(lexicon: Lexicon) -> tuple[Any, Any]:
    return code_rows(lexicon.names.particles), code_rows(lexicon.names.bound_particles)


@lru_cache(maxsize=16)
def run_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    """The runs as a regular expression, the small form of the kernel `runs_of_capitals`."""
    upper = re.escape(C.CAPITALS)
    short = "|".join(sorted(rf"(?<={w[0].upper()}){re.escape(w[1:])}" for w in lexicon.file.words.abbreviations)) or "(?!)"
    # the capital letter in front, so that the search passes over everything else three times as fast
    word = rf"[{upper}](?:\.(?:[{upper}]\.)*|(?:{short})\.|(?:[\w’'-]*\w)?)"
    particles = "|".join(sorted(map(re.escape, lexicon.names.particles))) or "(?!)"
    bound = "|".join(sorted(map(re.escape, lexicon.names.bound_particles))) or "(?!)"
    inner = rf"(?:(?:{bound})[-’'])?{word}"
    return re.compile(rf"{word}(?:[ \u00a0](?:{NICKNAME.pattern}[ \u00a0])?(?:(?:{particles})[ \u00a0]){{0,3}}{inner})*")


def bare_end(token: Token) -> int:
    """Where the token ends without its possessive ending or full stop."""
    word = token.word
    if token.flags & F.POSSESSIVE:
        return token.end - (2 if word[-1] in "sS" and word[-2] in "'’" else 1)
    return token.end - 1 if word.endswith(".") and len(word) > 2 and "." not in word[:-1] else token.end
