"""Numbers that describe each line: its shape, its words, its neighbours, and its place relative to the run of sentences.

All lines of a batch are described at once in numpy arrays; documents follow one another and never look into each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from pipelines.cleaning.lines import Line, densest_run
from pipelines.vocabulary import BlockKind

Floats = NDArray[np.float32]

# Kinds that count as one in features: what stands together on pages.
KIND_GROUPS: tuple[tuple[BlockKind, ...], ...] = (
    (BlockKind.SHARE_WIDGET, BlockKind.COUNTER),
    (BlockKind.NAVIGATION, BlockKind.SECTION_LABEL),
    (BlockKind.RELATED,),
    (BlockKind.NEWSLETTER, BlockKind.APPEAL, BlockKind.ADVERTISEMENT),
    (BlockKind.PHOTO_CREDIT, BlockKind.CAPTION),
    (BlockKind.COMMENTS,),
    (BlockKind.COPYRIGHT, BlockKind.CONTACT),
    (BlockKind.AUTHOR_BIO, BlockKind.BYLINE),
    (BlockKind.DATE_STAMP, BlockKind.TIMESTAMP, BlockKind.READING_TIME),
)
_GROUP = {kind: number for number, kinds in enumerate(KIND_GROUPS) for kind in kinds}
_GROUP.update({kind: 1 for kind in BlockKind if kind not in _GROUP})
_TAIL_GROUPS = (2, 3, 5, 6, 7)  # what starts the foot of a page

# --- characters ------------------------------------------------------------------------------------------------------------------

_UPPER, _LOWER, _DIGIT, _SPACE, _STOP, _COMMA, _QUOTE, _OTHER = range(8)


def _class_table() -> NDArray[np.uint8]:
    table = np.full(0x10000, _OTHER, np.uint8)
    for code in range(0x10000):
        char = chr(code)
        if char.isupper():
            table[code] = _UPPER
        elif char.isalpha():
            table[code] = _LOWER
        elif char.isdigit():
            table[code] = _DIGIT
        elif char.isspace():
            table[code] = _SPACE
    for chars, number in ((".!?…。！？", _STOP), (",;", _COMMA), ('"“”„«»', _QUOTE)):
        table[[ord(c) for c in chars]] = number
    return table


_CLASSES = _class_table()
_ENDINGS = {c: n for n, chars in enumerate((".。", "!?！？", "…", ":", ",;-–—", "\"'”’»“", ")]"), 1) for c in chars}


def character_columns(texts: Sequence[str]) -> dict[str, NDArray]:
    """Counts over the characters of each line; no line is empty."""
    joined = "\n".join(texts) + "\n"
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    classes = _CLASSES[np.minimum(codes, 0xFFFF)]
    lengths = np.fromiter((len(t) for t in texts), np.int64, len(texts))
    starts = np.concatenate(([0], np.cumsum(lengths + 1)[:-1]))

    def count(mask: NDArray) -> NDArray:
        return np.add.reduceat(mask.view(np.uint8), starts, dtype=np.int32)

    space = classes == _SPACE
    opens = np.concatenate(([True], space[:-1])) & ~space
    stop_inside = (classes[:-2] == _STOP) & space[1:-1] & (codes[1:-1] != 10) & ((classes[2:] == _UPPER) | (classes[2:] == _QUOTE))
    columns: dict[str, NDArray] = {
        "characters": lengths,
        "spaced": count(opens),
        "upper": count(classes == _UPPER),
        "letters": count(classes <= _LOWER),
        "digits": count(classes == _DIGIT),
        "commas": count(classes == _COMMA),
        "quotes": count(classes == _QUOTE),
        "others": count(classes == _OTHER),
        "capitalised": count(opens & (classes == _UPPER)),
        "glued": count(np.concatenate(((classes[:-1] == _LOWER) & (classes[1:] == _UPPER), [False]))),
        "stops_inside": count(np.concatenate((stop_inside, [False, False]))),
        "first": classes[starts],
    }
    return columns


# --- lines -----------------------------------------------------------------------------------------------------------------------


class Batch:
    """The lines of several documents with the columns that features are made of."""

    def __init__(self, documents: Sequence[Sequence[Line]]) -> None:
        self.documents = documents
        self.lines = [line for document in documents for line in document]
        sizes = np.array([len(d) for d in documents], np.int64)
        self.ends = np.cumsum(sizes)
        self.starts = self.ends - sizes
        self.document = np.repeat(np.arange(len(documents)), sizes)
        self.start = self.starts[self.document]
        self.end = self.ends[self.document]
        self.row = np.arange(len(self.lines))
        self.titles: list[int] = []  # of each document, the place of its likeliest headline, -1 where none; set by describe
        self.runs = [densest_run(document) for document in documents]

    def shifted(self, values: NDArray, by: int, fill: float) -> NDArray:
        """values[i + by] where that line is of the same document, else `fill`."""
        out = np.full(len(values), fill, values.dtype)
        if by > 0:
            out[:-by] = np.where(self.document[:-by] == self.document[by:], values[by:], fill)
        else:
            out[-by:] = np.where(self.document[-by:] == self.document[:by], values[:by], fill)
        return out

    def window(self, values: NDArray, first: int, last: int) -> NDArray:
        """Sum of values[i + first .. i + last] within the document."""
        sums = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
        low = np.clip(self.row + first, self.start, self.end)
        high = np.clip(self.row + last + 1, self.start, self.end)
        return (sums[np.maximum(high, low)] - sums[low]).astype(np.float32)

    def since(self, mask: NDArray, limit: int) -> NDArray:
        """Lines since the last earlier line where `mask` holds, at most `limit`."""
        last = np.maximum.accumulate(np.where(mask, self.row, -1))
        last = np.concatenate(([-1], last[:-1]))
        return np.where(last >= self.start, np.minimum(self.row - last, limit), limit).astype(np.float32)

    def until(self, mask: NDArray, limit: int) -> NDArray:
        """Lines to the next later line where `mask` holds, at most `limit`."""
        size = len(self.row)
        following = np.minimum.accumulate(np.where(mask, self.row, size)[::-1])[::-1]
        following = np.concatenate((following[1:], [size]))
        return np.where(following < self.end, np.minimum(following - self.row, limit), limit).astype(np.float32)

    def before(self, values: NDArray) -> NDArray:
        """Sum over the earlier lines of the document."""
        sums = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
        return (sums[self.row] - sums[self.start]).astype(np.float32)

    def total(self, values: NDArray) -> NDArray:
        sums = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
        return (sums[self.end] - sums[self.start]).astype(np.float32)


def describe(batch: Batch) -> dict[str, NDArray]:
    """Name to column, one number per line; the order of names is the order of the model's features."""
    lines = batch.lines
    size = len(lines)
    raw = character_columns([line.text for line in lines])
    words = np.fromiter((len(line.words) for line in lines), np.float32, size)
    safe = np.maximum(words, 1)
    letters = np.maximum(raw["letters"], 1)
    spaced = np.maximum(raw["spaced"], 1)
    ending = np.fromiter((_ending(line.text) for line in lines), np.float32, size)
    full_stop = ((ending >= 1) & (ending <= 3)) | (ending == 6)
    contexts = [_Context(document, run) for document, run in zip(batch.documents, batch.runs, strict=True)]
    batch.titles = [context.title for context in contexts]
    lexical = _lexical_columns(batch, contexts)
    flagged = (lexical["sure"] > 0) | (lexical["weak"] > 0) | (lexical["labelled"] > 0)
    sentence = full_stop & (words >= 6) & (lexical["sure"] == 0)
    prose = np.where(sentence & ~flagged, np.minimum(words, 80), 0).astype(np.float32)
    f: dict[str, NDArray] = {
        "words": np.log1p(words),
        "characters_per_word": raw["characters"] / safe,
        "upper_share": raw["upper"] / letters,
        "capitalised_share": raw["capitalised"] / spaced,
        "digit_share": raw["digits"] / np.maximum(raw["characters"], 1),
        "other_share": raw["others"] / np.maximum(raw["characters"], 1),
        "commas": np.minimum(raw["commas"], 8),
        "quotes": np.minimum(raw["quotes"], 6),
        "stops_inside": np.minimum(raw["stops_inside"], 6),
        "glued": np.minimum(raw["glued"], 3),
        "first": raw["first"],
        "ending": ending,
        "gap": np.minimum(np.fromiter((line.gap for line in lines), np.float32, size), 3),
        "function_share": lexical["function_count"] / safe,
        **lexical,
    }
    f["function_count"] = np.minimum(f["function_count"], 20)
    f["gap_after"] = batch.shifted(f["gap"], 1, 3)
    _add_place(f, batch, words, prose, sentence, flagged)
    _add_neighbours(f, batch, words, sentence, flagged, ending)
    _add_likeness(f, batch, words, sentence, flagged)
    return f


def _ending(text: str) -> int:
    last = text[-1]
    if last in "\"'”’»)]" and len(text) > 1 and text[-2] in ".!?…":
        return 1
    return _ENDINGS.get(last, 0)


_LEXICAL = (
    "function_count", "reader_words", "role_words", "furniture_words", "link", "bullet", "month", "year",
    "sure", "weak", "labelled", "sure_group", "weak_group", "name", "repeats", "known_words", "run_words", "title_words", "from_title", "core_words",
)  # fmt: skip


def _lexical_columns(batch: Batch, contexts: Sequence[_Context]) -> dict[str, NDArray]:
    rows = [
        _lexical_row(line, place, context)
        for document, context in zip(batch.documents, contexts, strict=True)
        for place, line in enumerate(document)
    ]
    table = np.fromiter(chain.from_iterable(rows), np.float32, len(rows) * len(_LEXICAL)).reshape(len(rows), len(_LEXICAL))
    return {name: table[:, place] for place, name in enumerate(_LEXICAL)}


class _Context:
    """What a line is held against: how often lines and words stand in the document, and the words of its likeliest headline."""

    def __init__(self, document: Sequence[Line], run: tuple[int, int]) -> None:
        self.seen = Counter([line.folded for line in document])
        self.first, self.last = run
        self.sentence_words = _once_and_more([line.long_words for line in document if line.sentence])
        self.run_words = _once_and_more([line.long_words for line in document[run[0] : run[1]]])
        counts = Counter(chain.from_iterable([line.long_words for line in document[run[0] : run[1]] if not line.flagged]))
        self.core = tuple(frozenset(word for word, count in counts.items() if count >= least) for least in (3, 4))
        self.title = self._likeliest_title(document)
        self.title_words = document[self.title].long_words if self.title >= 0 else frozenset()

    def _likeliest_title(self, document: Sequence[Line]) -> int:
        best, best_score = -1, 0.5
        for place in range(max(0, self.first - 25), min(self.first + 1, len(document))):
            line = document[place]
            long_words = line.long_words
            if len(long_words) < 2 or len(line.words) > 30 or line.flagged or line.sentence:
                continue
            own = self.first <= place < self.last
            score = len(long_words & self.run_words[own]) / (len(long_words) + 1) + 0.3 * (self.seen[line.folded] > 1)
            score -= 0.02 * (self.first - place)
            if score > best_score:
                best, best_score = place, score
        return best


def _once_and_more(lines: Sequence[frozenset[str]]) -> tuple[set[str], set[str]]:
    """Words of at least one line, and of at least two: what a line shares with others, seen from outside and from inside."""
    once: set[str] = set()
    more: set[str] = set()
    for words in lines:
        more |= once & words
        once |= words
    return once, more


def _lexical_row(line: Line, place: int, context: _Context) -> tuple[float, ...]:
    sure = line.label or (line.sure.kind if line.sure else None)
    long_words = line.long_words
    known = run_known = title_known = core = -1.0
    if long_words:
        own, in_run = line.sentence, context.first <= place < context.last
        count = len(long_words)
        known = len(long_words & context.sentence_words[own]) / count
        run_known = len(long_words & context.run_words[in_run]) / count
        title_known = len(long_words & context.title_words) / count
        core = min(len(long_words & context.core[in_run]), 6)
    return (
        *line.counts,
        line.sure is not None,
        line.hits,
        line.label is not None,
        _GROUP[sure] if sure else -1,
        _GROUP[line.weak.kind] if line.weak else -1,
        line.name,
        min(context.seen[line.folded], 4),
        known,
        run_known,
        title_known,
        max(-30, min(30, place - context.title)) if context.title >= 0 else -40,
        core,
    )


def _add_place(f: dict[str, NDArray], batch: Batch, words: NDArray, prose: NDArray, sentence: NDArray, flagged: NDArray) -> None:
    first = (np.array([r[0] for r in batch.runs]) + batch.starts)[batch.document]
    last = (np.array([r[1] for r in batch.runs]) + batch.starts)[batch.document]
    lines = np.maximum(batch.end - batch.start, 1)
    inside = (batch.row >= first) & (batch.row < last)
    total = np.maximum(batch.total(prose), 1)
    before = batch.before(prose)
    _add_loose_run(f, batch, words, flagged)
    f["lines_of_page"] = np.log1p(lines)
    f["prose_of_page"] = np.log1p(total)
    f["prose_share_of_page"] = total / np.maximum(batch.total(words), 1)
    f["flagged_share_of_page"] = batch.total(flagged.astype(np.float32)) / lines
    f["place"] = (batch.row - batch.start) / lines
    f["lines_from_top"] = np.minimum(batch.row - batch.start, 60)
    f["lines_to_end"] = np.minimum(batch.end - 1 - batch.row, 60)
    f["prose_before"] = before / total
    f["prose_words_before"] = np.log1p(before)
    f["prose_words_after"] = np.log1p(np.maximum(total - before - prose, 0))
    f["inside_run"] = inside
    f["lines_from_run_start"] = np.clip(batch.row - first, -40, 40)
    f["lines_from_run_end"] = np.clip(batch.row - last, -40, 40)
    f["tail_lines_before"] = np.minimum(
        batch.before((np.isin(f["sure_group"], _TAIL_GROUPS) & (batch.row >= first)).astype(np.float32)), 12
    )
    f["since_tail_line"] = batch.since(np.isin(f["sure_group"], _TAIL_GROUPS), 20)
    f["until_tail_line"] = batch.until(np.isin(f["sure_group"], _TAIL_GROUPS), 20)
    f["since_sentence"] = batch.since(sentence & ~flagged, 15)
    f["until_sentence"] = batch.until(sentence & ~flagged, 15)
    f["since_flagged"] = batch.since(flagged, 10)
    f["until_flagged"] = batch.until(flagged, 10)
    for group, name in ((2, "related"), (5, "comments"), (6, "legal"), (3, "appeal")):
        f[f"{name}_before"] = np.minimum(batch.before(((f["sure_group"] == group) & (batch.row >= first)).astype(np.float32)), 4)
    dated = ((f["month"] > 0) & (f["year"] > 0)) | (f["sure_group"] == 8)
    f["dates_around"] = batch.window(dated.astype(np.float32), -6, 6)
    f["names_around"] = batch.window(f["name"], -6, 6)
    f["since_byline"] = batch.since((f["sure_group"] == 7) | (f["name"] > 0), 12)
    f["since_date"] = batch.since((f["sure_group"] == 8) | (f["month"] > 0), 12)


def loose_runs(batch: Batch, worth: NDArray) -> tuple[NDArray, NDArray]:
    """First and one past last row of each document's stretch of the greatest worth (Kadane), for every line."""
    starts, ends = [], []
    values = worth.tolist()
    for low, high in zip(batch.starts.tolist(), batch.ends.tolist(), strict=True):
        best, span, total, start = 0.0, (low, high), 0.0, low
        for place in range(low, high):
            if total <= 0:
                total, start = 0.0, place
            total += values[place]
            if total > best:
                best, span = total, (start, place + 1)
        starts.append(span[0])
        ends.append(span[1])
    return np.array(starts)[batch.document], np.array(ends)[batch.document]


def _add_loose_run(f: dict[str, NDArray], batch: Batch, words: NDArray, flagged: NDArray) -> None:
    """A stretch that lists do not break: any line without a mark of furniture counts by its words."""
    loose = np.where(flagged, -8.0, np.minimum(words, 40) - 4.0)
    first, last = loose_runs(batch, loose)
    f["inside_loose_run"] = (batch.row >= first) & (batch.row < last)
    f["lines_from_loose_start"] = np.clip(batch.row - first, -40, 40)
    f["lines_from_loose_end"] = np.clip(batch.row - last, -40, 40)
    inside = np.where(f["inside_loose_run"] & ~flagged, words, 0)
    f["loose_share_of_page"] = batch.total(inside) / np.maximum(batch.total(words), 1)
    f["loose_words_per_line"] = np.log1p(batch.total(inside) / np.maximum(batch.total(inside > 0), 1))


def _add_neighbours(
    f: dict[str, NDArray], batch: Batch, words: NDArray, sentence: NDArray, flagged: NDArray, ending: NDArray
) -> None:
    log_words = f["words"]
    for by in (-2, -1, 1, 2):
        f[f"words_at_{by:+d}"] = batch.shifted(log_words, by, -1)
    for by in (-1, 1):
        f[f"ending_at_{by:+d}"] = batch.shifted(ending, by, -1)
        f[f"sure_group_at_{by:+d}"] = batch.shifted(f["sure_group"], by, -2)
        f[f"capitalised_at_{by:+d}"] = batch.shifted(f["capitalised_share"].astype(np.float32), by, -1)
        f[f"known_words_at_{by:+d}"] = batch.shifted(f["known_words"], by, -2)
        f[f"bullet_at_{by:+d}"] = batch.shifted(f["bullet"], by, -1)
    sentence_words = np.where(sentence, np.minimum(words, 60), 0)
    for first, last in ((-3, -1), (1, 3), (-10, -1), (1, 10)):
        f[f"sentence_words_{first:+d}{last:+d}"] = batch.window(sentence_words, first, last)
        f[f"flagged_{first:+d}{last:+d}"] = batch.window(flagged.astype(np.float32), first, last)
    f["short_around"] = batch.window((words < 8).astype(np.float32), -4, 4)
    f["bullets_around"] = batch.window(f["bullet"], -3, 3)
    same_length = np.abs(batch.shifted(log_words, -1, -1) - log_words) + np.abs(batch.shifted(log_words, 1, -1) - log_words)
    f["unlike_neighbours"] = same_length


def _add_likeness(f: dict[str, NDArray], batch: Batch, words: NDArray, sentence: NDArray, flagged: NDArray) -> None:
    """How much a line is like the run of sentences: its length, its quotation marks, its words and those around it."""
    first = (np.array([r[0] for r in batch.runs]) + batch.starts)[batch.document]
    last = (np.array([r[1] for r in batch.runs]) + batch.starts)[batch.document]

    def of_run(values: NDArray) -> NDArray:
        sums = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
        return sums[last] - sums[first]

    size = len(batch.lines)
    told = sentence & ~flagged
    log_words = f["words"]
    usual = of_run(np.where(told, log_words, 0)) / np.maximum(of_run(told), 1)
    f["length_beside_run"] = np.where(usual > 0, log_words - usual, 0)
    near_told = np.maximum(batch.window(told.astype(np.float32), -3, 3), 1)
    near = batch.window(np.where(told, log_words, 0), -3, 3) / near_told
    f["length_around_beside_run"] = np.where(near > 0, near - usual, 0)
    curly = np.fromiter(("\u2019" in line.text or "\u201c" in line.text for line in batch.lines), np.bool_, size)
    straight = np.fromiter(("'" in line.text or '"' in line.text for line in batch.lines), np.bool_, size)
    marks = curly.astype(np.float32) - straight
    of_page = (of_run(marks) - np.where((batch.row >= first) & (batch.row < last), marks, 0)) / np.maximum(
        of_run(curly | straight), 1
    )
    f["marks_beside_run"] = marks * of_page
    around = batch.window(marks, -5, 5) / np.maximum(batch.window(np.abs(marks), -5, 5), 1)
    f["marks_around_beside_run"] = around * of_page
    known = np.maximum(f["run_words"], 0) * np.minimum(words, 30)
    for low, high in ((-4, -1), (1, 4)):
        weight = batch.window(np.where(f["run_words"] >= 0, np.minimum(words, 30), 0), low, high)
        f[f"run_words_{low:+d}{high:+d}"] = np.where(weight > 0, batch.window(known, low, high) / np.maximum(weight, 1), -1)
    marked = flagged.astype(np.float32)
    before = batch.before(marked)
    f["flagged_share_before"] = before / np.maximum(batch.row - batch.start, 1)
    f["flagged_share_after"] = (batch.total(marked) - before - marked) / np.maximum(batch.end - 1 - batch.row, 1)
    told_words = np.where(told, np.minimum(words, 80), 0)
    f["told_since_flagged"] = np.log1p(_since_mark(batch, told_words, flagged))
    f["told_until_flagged"] = np.log1p(_since_mark(batch, told_words, flagged, backward=True))


def _since_mark(batch: Batch, values: NDArray, mask: NDArray, backward: bool = False) -> NDArray:
    """Sum of values from the last line where `mask` holds to this one, in the document; the other way round for `backward`."""
    sums = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
    size = len(batch.row)
    if backward:
        nearest = np.minimum.accumulate(np.where(mask, batch.row, size)[::-1])[::-1]
        return sums[np.minimum(nearest, batch.end)] - sums[batch.row]
    nearest = np.maximum.accumulate(np.where(mask, batch.row, -1))
    return sums[batch.row + 1] - sums[np.maximum(nearest + 1, batch.start).clip(max=batch.row + 1)]


def matrix(columns: dict[str, NDArray]) -> Floats:
    """The columns side by side, features in order of their names' first appearance."""
    return np.column_stack([np.asarray(column, np.float32) for column in columns.values()])
