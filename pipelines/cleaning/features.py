"""Numbers that describe each line: its shape, its words, its neighbours, and its place relative to the run of sentences.

All lines of a batch are described at once in numpy arrays; documents follow one another and never look into each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipelines.cleaning.columns import Common, Number, Runs
from pipelines.cleaning.kernels.load import KERNELS
from pipelines.cleaning.kind_groups import load_kind_groups
from pipelines.cleaning.lines import KINDS, Line

Floats = NDArray[np.float32]

_KINDS = load_kind_groups()
_GROUP_OF = np.array(
    [*(_KINDS.number(_KINDS.kinds[kind]) for kind in KINDS), -1], np.float32
)  # of the place of a kind, -1 for none
_RELATED = _KINDS.number("related")
_APPEALS = _KINDS.number("appeals")
_COMMENTS = _KINDS.number("comments")
_LEGAL = _KINDS.number("legal")
_AUTHORS = _KINDS.number("authors")
_DATES = _KINDS.number("dates")
_FOOT = tuple(map(_KINDS.number, _KINDS.foot))

RUN_WORDS = 120  # of one sentence line that count when the run of sentences is chosen


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
        packed = np.frombuffer(b"".join([line.numbers for line in self.lines]), np.int32)
        self.numbers = packed.reshape(-1, len(Number)).T.copy()  # a row for each Number
        self.sentence = self.numbers[Number.SENTENCE] > 0
        self.flagged = (self.numbers[Number.LABELLED] > 0) | (self.numbers[Number.HITS] > 0)
        self.firsts, self.lasts = self._densest_runs()  # of each document; the rows of its run of sentences
        self.first, self.last = self.firsts[self.document], self.lasts[self.document]
        self.titles: list[int] = []  # of each document, the place of its likeliest headline, -1 where none; set by describe

    def _densest_runs(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """First and one past last row of each document's span with the most words in sentences, less what stands between them."""
        kept = np.array([line.kept for line in self.lines], np.bool_)
        unmarked = self.sentence & ~self.flagged & kept & (self.numbers[Number.GLUED] == 0)
        worth = np.where(unmarked, np.minimum(self.numbers[Number.WORDS], RUN_WORDS), -12)
        return self.densest_spans(worth)

    def densest_spans(self, worth: NDArray) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """First and one past last row of each document's span of the greatest worth."""
        first, last = np.empty_like(self.starts), np.empty_like(self.ends)
        KERNELS.for_work(0).densest_runs(worth.astype(np.float64), self.starts, self.ends, first, last)
        return first, last

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
    """The columns by name, one number per line; the order of names is the order of the model's features."""
    raw = batch.numbers
    words = raw[Number.WORDS].astype(np.float32)
    safe = np.maximum(words, 1)
    letters = np.maximum(raw[Number.UPPER] + raw[Number.LOWER], 1)
    spaced = np.maximum(raw[Number.SPACED], 1)
    ending = raw[Number.ENDING].astype(np.float32)
    full_stop = ((ending >= 1) & (ending <= 3)) | (ending == 6)
    lexical = _lexical_columns(batch)
    flagged = (lexical["sure"] > 0) | (lexical["weak"] > 0) | (lexical["labelled"] > 0)
    sentence = full_stop & (words >= 6) & (lexical["sure"] == 0)
    prose = np.where(sentence & ~flagged, np.minimum(words, 80), 0).astype(np.float32)
    f: dict[str, NDArray] = {
        "words": np.log1p(words),
        "characters_per_word": raw[Number.CHARACTERS] / safe,
        "upper_share": raw[Number.UPPER] / letters,
        "capitalised_share": raw[Number.CAPITALISED] / spaced,
        "digit_share": raw[Number.DIGITS] / np.maximum(raw[Number.CHARACTERS], 1),
        "other_share": raw[Number.OTHERS] / np.maximum(raw[Number.CHARACTERS], 1),
        "commas": np.minimum(raw[Number.COMMAS], 8),
        "quotes": np.minimum(raw[Number.QUOTES], 6),
        "stops_inside": np.minimum(raw[Number.STOPS_INSIDE], 6),
        "glued": np.minimum(raw[Number.GLUED], 3),
        "first": raw[Number.FIRST],
        "ending": ending,
        "gap": np.minimum(np.array([line.gap for line in batch.lines], np.float32), 3),
        "function_share": lexical["function_count"] / safe,
        **lexical,
    }
    f["function_count"] = np.minimum(f["function_count"], 20)
    f["gap_after"] = batch.shifted(f["gap"], 1, 3)
    _add_place(f, batch, words, prose, sentence, flagged)
    _add_neighbours(f, batch, words, sentence, flagged, ending)
    _add_likeness(f, batch, words, sentence, flagged)
    _add_marks_around(f, batch, flagged)
    _add_rhythm(f, batch, words, ending)
    return f


_COUNTED = (
    Number.FUNCTION_COUNT, Number.READER_WORDS, Number.ROLE_WORDS, Number.BOILERPLATE_WORDS, Number.LINK, Number.BULLET, Number.MONTH, Number.YEAR, Number.SURE,
)  # fmt: skip


def _lexical_columns(batch: Batch) -> dict[str, NDArray]:
    """What the words of a line say, alone and among the other lines of the document; sets `batch.titles`."""
    numbers = batch.numbers
    columns = {number.name.lower(): numbers[number].astype(np.float32) for number in _COUNTED}
    columns["weak"] = numbers[Number.HITS].astype(np.float32)
    columns["labelled"] = numbers[Number.LABELLED].astype(np.float32)
    columns["sure_group"] = _GROUP_OF[numbers[Number.SURE_KIND]]
    columns["weak_group"] = _GROUP_OF[numbers[Number.WEAK_KIND]]
    columns["name"] = numbers[Number.NAME].astype(np.float32)
    compared, titles = _compared(batch)
    columns.update({common.name.lower(): compared[common] for common in Common})
    columns["repeats"] = np.minimum(columns["repeats"], 4)
    core = np.minimum(columns.pop("core_words"), 6)
    title = titles[batch.document]
    columns["from_title"] = np.where(title >= 0, np.clip(batch.row - batch.start - title, -30, 30), -40).astype(np.float32)
    columns["core_words"] = core
    batch.titles = titles.tolist()
    return columns


def _compared(batch: Batch) -> tuple[Floats, NDArray[np.int64]]:
    """The columns of kernels.compare_lines, and of each document the place of its likeliest headline, -1 where none."""
    content = [line.content for line in batch.lines]
    content_ends = np.cumsum([len(hashes) // 8 for hashes in content], dtype=np.int64)
    out = np.empty((len(Common), len(content)), np.float32)
    titles = np.empty(len(batch.documents), np.int64)
    KERNELS.for_work(0).compare_lines(
        Runs(batch.starts, batch.ends, batch.firsts, batch.lasts),
        np.frombuffer(b"".join(content), np.uint64),
        content_ends,
        batch.numbers[Number.WORDS],
        batch.sentence,
        batch.flagged,
        out,
        titles,
    )
    return out, titles


def _add_place(f: dict[str, NDArray], batch: Batch, words: NDArray, prose: NDArray, sentence: NDArray, flagged: NDArray) -> None:
    first, last = batch.first, batch.last
    inside = (batch.row >= first) & (batch.row < last)
    total = np.maximum(batch.total(prose), 1)
    before = batch.before(prose)
    _add_loose_run(f, batch, words, flagged)
    f["prose_before"] = before / total
    f["inside_run"] = inside
    f["tail_lines_before"] = np.minimum(
        batch.before((np.isin(f["sure_group"], _FOOT) & (batch.row >= first)).astype(np.float32)), 12
    )
    f["since_tail_line"] = batch.since(np.isin(f["sure_group"], _FOOT), 20)
    f["until_tail_line"] = batch.until(np.isin(f["sure_group"], _FOOT), 20)
    f["since_sentence"] = batch.since(sentence & ~flagged, 15)
    f["until_sentence"] = batch.until(sentence & ~flagged, 15)
    f["since_flagged"] = batch.since(flagged, 10)
    f["until_flagged"] = batch.until(flagged, 10)
    for group, name in ((_RELATED, "related"), (_COMMENTS, "comments"), (_LEGAL, "legal"), (_APPEALS, "appeal")):
        f[f"{name}_before"] = np.minimum(batch.before(((f["sure_group"] == group) & (batch.row >= first)).astype(np.float32)), 4)
    dated = ((f["month"] > 0) & (f["year"] > 0)) | (f["sure_group"] == _DATES)
    f["dates_around"] = batch.window(dated.astype(np.float32), -6, 6)
    f["names_around"] = batch.window(f["name"], -6, 6)
    f["since_byline"] = batch.since((f["sure_group"] == _AUTHORS) | (f["name"] > 0), 12)
    f["since_date"] = batch.since((f["sure_group"] == _DATES) | (f["month"] > 0), 12)


def _add_loose_run(f: dict[str, NDArray], batch: Batch, words: NDArray, flagged: NDArray) -> None:
    """A span that lists do not break: any line without a mark of boilerplate counts by its words."""
    loose = np.where(flagged, -8.0, np.minimum(words, 40) - 4.0)
    first, last = (rows[batch.document] for rows in batch.densest_spans(loose))
    f["inside_loose_run"] = (batch.row >= first) & (batch.row < last)


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
    sentence_words = np.where(sentence, np.minimum(words, 60), 0)
    for first, last in ((-3, -1), (1, 3), (-10, -1), (1, 10)):
        f[f"sentence_words_{first:+d}{last:+d}"] = batch.window(sentence_words, first, last)
    for first, last in ((-10, -1), (1, 10)):
        f[f"flagged_{first:+d}{last:+d}"] = batch.window(flagged.astype(np.float32), first, last)
    f["short_around"] = batch.window((words < 8).astype(np.float32), -4, 4)
    f["bullets_around"] = batch.window(f["bullet"], -3, 3)
    same_length = np.abs(batch.shifted(log_words, -1, -1) - log_words) + np.abs(batch.shifted(log_words, 1, -1) - log_words)
    f["unlike_neighbours"] = same_length


def _add_likeness(f: dict[str, NDArray], batch: Batch, words: NDArray, sentence: NDArray, flagged: NDArray) -> None:
    """How much a line is like the run of sentences: its length, its quotation marks, its words and those around it."""
    first, last = batch.first, batch.last

    def of_run(values: NDArray) -> NDArray:
        sums = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
        return sums[last] - sums[first]

    unmarked = sentence & ~flagged
    log_words = f["words"]
    usual = of_run(np.where(unmarked, log_words, 0)) / np.maximum(of_run(unmarked), 1)
    f["length_beside_run"] = np.where(usual > 0, log_words - usual, 0)
    near_unmarked = np.maximum(batch.window(unmarked.astype(np.float32), -3, 3), 1)
    near = batch.window(np.where(unmarked, log_words, 0), -3, 3) / near_unmarked
    f["length_around_beside_run"] = np.where(near > 0, near - usual, 0)
    curly, straight = batch.numbers[Number.CURLY] > 0, batch.numbers[Number.STRAIGHT] > 0
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
    unmarked_words = np.where(unmarked, np.minimum(words, 80), 0)
    f["unmarked_words_since_flagged"] = np.log1p(_since_mark(batch, unmarked_words, flagged))
    f["unmarked_words_until_flagged"] = np.log1p(_since_mark(batch, unmarked_words, flagged, backward=True))


def _add_marks_around(f: dict[str, NDArray], batch: Batch, flagged: NDArray) -> None:
    """What the nearest marked lines are, words of boilerplate around the line, and the dates and names between the article's start and it."""
    group = np.where(f["sure_group"] >= 0, f["sure_group"], f["weak_group"])
    f["group_above"] = _carried(batch, group, flagged)
    f["group_below"] = _carried(batch, group, flagged, backward=True)
    for name in ("reader_words", "boilerplate_words"):
        f[f"{name}_around"] = batch.window(f[name], -2, 2)
    dated = ((f["month"] > 0) & (f["year"] > 0)) | (f["sure_group"] == _DATES)
    in_run = batch.row >= batch.first
    f["dates_before"] = np.minimum(batch.before((dated & in_run).astype(np.float32)), 6)
    f["names_before"] = np.minimum(batch.before(((f["name"] > 0) & in_run).astype(np.float32)), 6)
    f["sentence_gap"] = f["since_sentence"] + f["until_sentence"]


def _carried(batch: Batch, values: NDArray, mask: NDArray, backward: bool = False) -> NDArray:
    """The value of the last earlier line where `mask` holds, -2 where there is none; the next later one for `backward`."""
    size = len(batch.row)
    if backward:
        nearest = np.minimum.accumulate(np.where(mask, batch.row, size)[::-1])[::-1]
        nearest = np.concatenate((nearest[1:], [size]))
        return np.where(nearest < batch.end, values[np.minimum(nearest, size - 1)], -2)
    nearest = np.maximum.accumulate(np.where(mask, batch.row, -1))
    nearest = np.concatenate(([-1], nearest[:-1]))
    return np.where(nearest >= batch.start, values[np.maximum(nearest, 0)], -2)


def _add_rhythm(f: dict[str, NDArray], batch: Batch, words: NDArray, ending: NDArray) -> None:
    """How regularly lines of a kind come back around the line, as title and date by turns do, and its gaps against the run's."""
    size = np.digitize(words, (2, 5, 9, 16, 30)).astype(np.float32)
    stop = np.isin(ending, (1, 2, 3, 6))
    shape = size + 8 * stop + 16 * (f["bullet"] > 0) + 32 * (f["digit_share"] > 0.15) + 64 * (f["sure_group"] + 1)
    shape = shape.astype(np.float32)
    matches = []
    for by in (1, 2, 3, 4):
        same = (shape == batch.shifted(shape, by, -1)).astype(np.float32)
        matches.append(batch.window(same, -4 - by, 4))
    f["alike_around"] = matches[0]
    f["rhythm"] = np.max(matches[1:], axis=0) - matches[0]
    unmarked = (batch.sentence & ~batch.flagged).astype(np.float64)
    sums = np.concatenate(([0.0], np.cumsum(unmarked * f["gap"])))
    counts = np.concatenate(([0.0], np.cumsum(unmarked)))
    usual = (sums[batch.last] - sums[batch.first]) / np.maximum(counts[batch.last] - counts[batch.first], 1)
    f["gap_beside_run"] = f["gap"] - usual
    f["gap_after_beside_run"] = f["gap_after"] - usual


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
    """The columns side by side, features in order of their names' first appearance; each column is contiguous."""
    return np.array([np.asarray(column, np.float32) for column in columns.values()], np.float32).T
