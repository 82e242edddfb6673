"""A line as the verdict sees it: its words, the rules that hit it, and numbers that no other line can change."""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.cleaning.boilerplate_file import LOOKED_AT, Rule, unspaced_words
from pipelines.cleaning.button_rows import is_button_row
from pipelines.cleaning.characters import Codes, classes_for, codes_of, endings, ends_in, folded, kinds, text_of
from pipelines.cleaning.columns import Number
from pipelines.cleaning.credits import is_credited, is_signed_off
from pipelines.cleaning.folding import fold, words_of
from pipelines.cleaning.kernels.load import KERNELS
from pipelines.cleaning.lexicon import Lexicon
from pipelines.cleaning.person_names import is_name_line
from pipelines.letters import FIRST_UNSPACED, UNSPACED
from pipelines.vocabulary import BlockKind

_SIZE = 4 * len(Number)
_COUNTS = struct.Struct("=4x8i")
_NAMING = [Number.CHARACTERS, Number.SPACED, Number.CAPITALISED, Number.OTHERS]
_MARKS = slice(Number.SURE, Number.WEAK_KIND + 1)
_COUNTED = re.compile(r"([^()]+?) ?\(\d[\d.,]*\)")  # "comments (3)"
_KINDS = [Number.SURE_KIND, Number.WEAK_KIND]
KINDS = tuple(BlockKind)
_PLACE_OF_KIND = {kind: place for place, kind in enumerate(KINDS)}
_ENCLOSING = "[]()（）【】〔〕<>|–—-"
_BEFORE_RULE = "[(【>►▶➤→☞👉 "  # what opens a line before the words of a link
_BEFORE_LABEL = "*+•·-–—>»▶►|o "  # bullets, and what they become where a list is copied as text
_ENCLOSED = (BlockKind.RELATED, BlockKind.NEWSLETTER, BlockKind.SHARE_WIDGET, BlockKind.ADVERTISEMENT)
_IN_SENTENCES = (BlockKind.CORRECTION, BlockKind.CAPTION, BlockKind.PHOTO_CREDIT, BlockKind.AUTHOR_BIO)  # sentences hold them, too
_STOPS, _COMMAS, MOST_ATTRIBUTING = ".।", re.compile("[,،][\"']? "), 8  # and words of what says whose words a sentence gives
_AROUND_RULE = _BEFORE_RULE + ")]】"
_AT_ONCE = 5_000  # lines
MAX_LABEL_WORDS = 8
LONGEST_NAME = 40  # characters
LONGEST_TIME = 12  # characters of a line that is a time and little else
_TIME = re.compile(r"\d{1,2}[:.h]\d\d(?!\d)")
MIN_SENTENCE = 6  # words
INTO_BODY, BODY_LINES_OF_HEAD = 12, 4  # lines below the body's start, and kept ones, among which removed lines are the head's
TAIL = 20  # lines below the body that may speak of its authors
VERSION_SHARE = (
    0.35  # of the characters in sentences; boilerplate that comes back is less, an update or a reprint has more in common
)


@dataclass(slots=True)
class Line:
    """One block. `kind` and `reason` are the verdict; `score` the chance of being body where the model was asked; `entry`: whether it
    belongs to an interview, a live blog, a tour or verse."""

    text: str
    gap: int  # blank lines above it
    folded: str
    label: BlockKind | None
    sure: Rule | None
    weak: Rule | None
    hits: int
    credited: bool  # whether it ends with who took the picture
    sentence: bool
    name: bool
    word_count: int
    numbers: bytes  # int32, one for each Number
    content: bytes  # hashes, uint64 each: of `folded`, then of its words of four letters or more, lowest bit set for five or more
    bucket: int = 0
    kind: BlockKind = BlockKind.BODY
    kept: bool = True
    reason: str = ""
    score: float | None = None
    entry: bool = False
    _words: list[str] | None = field(default=None, init=False, repr=False)
    _content: list[int] | None = field(default=None, init=False, repr=False)
    _long_words: frozenset[int] | None = field(default=None, init=False, repr=False)

    @property
    def words(self) -> list[str]:
        """Found at the first use: few lines are asked for them."""
        if self._words is None:
            self._words = words_of(self.folded)
        return self._words

    @property
    def content_words(self) -> list[int]:
        """The hashes of its words of four letters or more."""
        if self._content is None:
            self._content = memoryview(self.content)[8:].cast("Q").tolist()
        return self._content

    @property
    def long_words(self) -> frozenset[int]:
        """The hashes of its words of five letters or more: names and matter rather than grammar."""
        if self._long_words is None:
            self._long_words = frozenset([word for word in self.content_words if word & 1])
        return self._long_words

    @property
    def counts(self) -> tuple[int, ...]:
        """Function, reader, role and boilerplate words, link, bullet, month, year."""
        return _COUNTS.unpack_from(self.numbers)

    @property
    def dated(self) -> bool:
        """Whether it holds a month and a year, and is short."""
        *_, month, year = self.counts
        return bool(month and year)

    @property
    def rule(self) -> Rule | None:
        """The rule that speaks most against it."""
        return self.sure or self.weak

    @property
    def flagged(self) -> bool:
        """Whether a rule, a label or repetition speaks against it."""
        return self.label is not None or self.hits > 0

    def keep(self, reason: str) -> None:
        """Says why a line is body; the first reason stands."""
        if self.kept and not self.reason:
            self.reason = reason

    def remove(self, kind: BlockKind, reason: str) -> None:
        self.kind, self.kept, self.reason = kind, False, reason


def line_of(text: str, gap: int, lexicon: Lexicon) -> Line:
    """The line of a block's repaired text."""
    return lines_of([text], [gap], lexicon)[0]


def is_marked(text: str, lexicon: Lexicon) -> bool:
    """Whether a line is a label or a rule hits it."""
    low = fold(text)
    numbers = np.zeros((1, len(Number)), np.int32)
    *_, to_try = _words(codes_of(low), lexicon, numbers)
    labelled = numbers[0, Number.WORDS] <= MAX_LABEL_WORDS and _label(low, lexicon) is not None
    return labelled or any(rule.hit(low) for _, rule in _also_unspaced(to_try, [low], lexicon))


def rules_of(text: str, lexicon: Lexicon) -> list[Rule]:
    """The rules that hit a line, in the order of the lexicon."""
    low = fold(text)
    return [rule for _, rule in rules_to_try([low], lexicon) if rule.hit(low)]


def rules_to_try(folded: Sequence[str], lexicon: Lexicon) -> list[tuple[int, Rule]]:
    """The places of folded lines that rules may hit, each with the rule; those of a line in the order of the lexicon, then those whose
    keyword is part of a run of letters."""
    if not folded:
        return []
    lines = [line.replace("\n", " ") for line in folded]
    found: list[tuple[int, Rule]] = []
    for start in range(0, len(lines), _AT_ONCE):  # so that the table of lines and rules stays small
        some = lines[start : start + _AT_ONCE]
        *_, to_try = _words(codes_of("\n".join(some)), lexicon, np.zeros((len(some), len(Number)), np.int32))
        found += [(start + place, rule) for place, rule in to_try]
    return _also_unspaced(found, folded, lexicon)


def _also_unspaced(rules: list[tuple[int, Rule]], folded: Sequence[str], lexicon: Lexicon) -> list[tuple[int, Rule]]:
    words = [unspaced_words(line) for line in folded]
    return _with_unspaced(rules, folded, words, lexicon) if any(words) else rules


def set_buckets(lines: Sequence[Line], buckets: Mapping[int, int], hashes: Sequence[int]) -> None:
    """Sets in how many stories of the publisher each line of a document stands; `hashes` are those of the lines."""
    for line, value in zip(lines, hashes, strict=True):
        line.bucket = buckets.get(value, 0)
    _forgive_versions(lines)


def lines_of(texts: Sequence[str], gaps: Sequence[int], lexicon: Lexicon) -> list[Line]:
    """The lines of texts, none of which is empty or holds a line break. No line knows of another: they may be of several documents. What
    stands on many pages is read once."""
    if not texts:
        return []
    places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    known = _read(list(places), lexicon)
    return [Line(text, gap, *known[places[text]]) for text, gap in zip(texts, gaps, strict=True)]


def _read(texts: Sequence[str], lexicon: Lexicon) -> list[tuple[Any, ...]]:
    """What Line has of each text, from `folded` to `content`."""
    codes = codes_of("\n".join(texts))
    low_codes = folded(codes)
    folded_lines = text_of(low_codes).split("\n")
    numbers = np.zeros((len(texts), len(Number)), np.int32)
    _measure(codes, numbers)
    content, ends, rules = _words(low_codes, lexicon, numbers)
    if UNSPACED.search(text_of(codes[codes >= FIRST_UNSPACED])):
        unspaced = [unspaced_words(text) for text in texts]
        numbers[:, Number.WORDS] = np.maximum(numbers[:, Number.WORDS], unspaced)
        rules = _with_unspaced(rules, folded_lines, unspaced, lexicon)
    numbers[:, Number.SENTENCE] = (numbers[:, Number.WORDS] >= MIN_SENTENCE) & (numbers[:, Number.SENTENCE_LIKE] > 0)
    labels: list[BlockKind | None] = [None] * len(texts)
    for place in np.flatnonzero(numbers[:, Number.WORDS] <= MAX_LABEL_WORDS).tolist():
        labels[place] = _label(folded_lines[place], lexicon)
    names = [False] * len(texts)
    for place in np.flatnonzero(_may_be_names(numbers)).tolist():
        names[place] = texts[place][0].isupper() and is_name_line(texts[place], lexicon)
    hits: dict[int, list[Rule]] = {}
    for place, rule in rules:
        low = folded_lines[place]
        if not (rule.hit(low) or (low[0] in _BEFORE_RULE and rule.kind in _ENCLOSED and rule.hit(low.strip(_AROUND_RULE)))):
            continue
        if rule.kind in _IN_SENTENCES or not _is_attributed(low, lexicon):
            hits.setdefault(place, []).append(rule)
    numbers[:, Number.NAME] = names
    numbers[:, _KINDS] = -1
    marked = sorted({*hits, *(place for place, label in enumerate(labels) if label is not None)})
    if marked:
        numbers[marked, _MARKS] = [_marks(labels[place], hits.get(place, ())) for place in marked]
    sure: list[Rule | None] = [None] * len(texts)
    weak, counts = sure.copy(), [0] * len(texts)
    for place, found in hits.items():
        counts[place] = len(found)
        certain = [rule for rule in found if rule.sure]
        sure[place] = next((rule for rule in certain if rule.where != "edge"), certain[0] if certain else None)
        weak[place] = next((rule for rule in found if not rule.sure), None)
    credited = [
        ((": " in low or ")" in low[-2:] or "..." in low or "…" in low) and is_credited(low, lexicon))
        or (("/" in text or " | " in text) and is_signed_off(text))
        for low, text in zip(folded_lines, texts, strict=True)
    ]
    sentences = (numbers[:, Number.SENTENCE] > 0).tolist()
    packed = numbers.tobytes()
    own_numbers = [packed[start : start + _SIZE] for start in range(0, len(packed), _SIZE)]
    own_content = [content[8 * start : 8 * end] for start, end in pairwise([0, *ends])]
    words = numbers[:, Number.WORDS].tolist()
    columns = (folded_lines, labels, sure, weak, counts, credited, sentences, names, words, own_numbers, own_content)
    return list(zip(*columns, strict=True))


def _is_attributed(folded: str, lexicon: Lexicon) -> bool:
    """Whether a line is a sentence that says after a comma whose words it gives, before any colon: "Read also the letters, the mayor said."

    No other words of a page to its readers do."""
    if folded[-1] not in _STOPS or ":" in folded or len(folded) > LOOKED_AT:
        return False
    _, *parts = _COMMAS.split(folded)
    known = lexicon.words.attributing_words
    said = (words for words in map(words_of, parts) if len(words) <= MOST_ATTRIBUTING)
    return any(word.partition("-")[0] in known for words in said for word in words)  # "plaisante-t-il"


def _with_unspaced(
    rules: list[tuple[int, Rule]], folded: Sequence[str], unspaced: Sequence[int], lexicon: Lexicon
) -> list[tuple[int, Rule]]:
    """The rules to be tried, also those whose keyword is part of a run of letters, in scripts without blanks."""
    known = [rule for rule in lexicon.rules if any(UNSPACED.match(word) for word in rule.keywords)]
    tried = {(place, rule.name) for place, rule in rules}
    more = [
        (place, rule)
        for place, words in enumerate(unspaced)
        if words
        for rule in known
        if rule.tried_unspaced(folded[place], words) and (place, rule.name) not in tried
    ]
    return [*rules, *more]


def _may_be_names(numbers: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Short lines of two to four words, at least two with a capital (or with what the kernel does not know as one)."""
    size, spaced, capitalised, others = (numbers[:, place] for place in _NAMING)
    return (size <= LONGEST_NAME) & (spaced >= 2) & (spaced <= 4) & (capitalised + others >= 2)


def _label(folded: str, lexicon: Lexicon) -> BlockKind | None:
    """The kind of a line that is a label, with a bullet, a colon, a number in brackets or none."""
    label = lexicon.labels.get(folded.strip(" :,"))
    if label is None and folded[-1] in ".…!":
        label = lexicon.labels.get(folded.rstrip(" :.…!"))
    if label is None and folded[-1] == ")" and (counted := _COUNTED.fullmatch(folded)):
        label = lexicon.labels.get(counted[1])
    if label is None and folded[0] in _BEFORE_LABEL:
        label = lexicon.labels.get(folded.lstrip(_BEFORE_LABEL).strip(" :"))
    if label is None and (folded[0] in _ENCLOSING or folded[-1] in _ENCLOSING):
        label = lexicon.labels.get(folded.strip(_ENCLOSING + _BEFORE_LABEL).strip(" :"))
    if label is None and folded[-1] not in "!?" and is_button_row(folded, lexicon):
        label = BlockKind.SHARE_WIDGET
    return label


def _marks(label: BlockKind | None, rules: Sequence[Rule]) -> tuple[int, ...]:
    """The last columns of Number, from `sure` on."""
    sure = next((rule.kind for rule in rules if rule.sure), None)
    weak = next((rule.kind for rule in rules if not rule.sure), None)
    own = label or sure
    return (
        sure is not None,
        len(rules),
        label is not None,
        _PLACE_OF_KIND[own] if own else -1,
        _PLACE_OF_KIND[weak] if weak else -1,
    )


def _measure(codes: Codes, numbers: NDArray[np.int32]) -> None:
    """Fills in what is counted over characters."""
    KERNELS.for_work(0).shape_lines(codes, ends_in(codes), classes_for(codes), kinds(), endings(), numbers)


def _words(codes: Codes, lexicon: Lexicon, numbers: NDArray[np.int32]) -> tuple[bytes, list[int], list[tuple[int, Rule]]]:
    """Fills in what is counted over words of folded lines; the hashes of content words, where those of each line end, and the rules to be
    tried."""
    lines = len(numbers)
    tried = np.zeros((lines, len(lexicon.rules)), np.bool_)
    content = np.empty(len(codes) // 4 + 2 * lines, np.uint64)
    content_ends = np.empty(lines, np.int64)
    found = KERNELS.for_work(0).read_words(
        codes, ends_in(codes), classes_for(codes), tuple(lexicon.table), numbers, tried, content, content_ends
    )
    places, rules = np.divmod(np.flatnonzero(tried), len(lexicon.rules))  # of both axes at once it takes ten times as long
    to_try = [(place, lexicon.rules[rule]) for place, rule in zip(places.tolist(), rules.tolist(), strict=True)]
    return content[:found].tobytes(), content_ends.tolist(), to_try


def _forgive_versions(lines: Sequence[Line]) -> None:
    """Forgets repetition of sentences in another version of a story, which has most of its sentences in common with the first."""
    sentences = [line for line in lines if line.sentence and not line.flagged]
    repeated = [line for line in sentences if line.bucket]
    if sum(len(line.text) for line in repeated) > VERSION_SHARE * sum(len(line.text) for line in sentences):
        for line in repeated:
            line.bucket = 0


def extent(lines: Sequence[Line]) -> tuple[int, int]:
    """First and one past last line of the body."""
    count = len(lines)
    first = next((place for place in range(count) if lines[place].kept), count)
    last = next((place for place in range(count - 1, first, -1) if lines[place].kept), first)
    return first, min(last + 1, count)


def last_title(lines: Sequence[Line], places: Sequence[int]) -> int:
    """The last place of a headline among some places, -1 where none is."""
    title = BlockKind.TITLE
    return max([place for place in places if lines[place].kind is title], default=-1)


def of_kind(lines: Sequence[Line], kind: BlockKind) -> list[str]:
    """The texts of the lines of a kind."""
    return [line.text for line in lines if line.kind is kind]


def head_of(lines: Sequence[Line], body_start: int, reach: int) -> list[int]:
    """Lines above the body, its first two or those over its first sentence, and removed ones among its first."""
    below: list[int] = []
    kept, begun = 0, False
    for place in range(body_start, min(body_start + INTO_BODY, len(lines))):
        kept += lines[place].kept
        if kept > BODY_LINES_OF_HEAD:
            break
        begun |= lines[place].kept and lines[place].sentence
        if place < body_start + 2 or not lines[place].kept or not begun:
            below.append(place)
    return [*range(max(0, body_start - reach), body_start), *below]


def is_time_alone(line: Line) -> bool:
    """Whether a line is a time and little else: over the entry of a live blog, or under a headline."""
    return len(line.text) <= LONGEST_TIME and _TIME.match(line.text) is not None


def near(places: Sequence[int], reach: int) -> list[list[int]]:
    """Places that follow each other within so many lines, together."""
    runs: list[list[int]] = [[place] for place in places[:1]]
    for one, other in pairwise(places):
        if other <= one + reach:
            runs[-1].append(other)
        else:
            runs.append([other])
    return runs
