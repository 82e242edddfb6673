# mypy: disallow-untyped-defs=False
"""What the kernels of cleaning do, for little text, without compiling: the same names, arguments and results.

`lines`, `words` and `common` say what each function gives, and go character by character. Here numpy and `re` do that, over whole texts.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import numpy as np

from pipelines.cleaning.characters import EXOTIC_BLANKS, HIDING, LEADS, hashes_of, text_of
from pipelines.cleaning.columns import (
    COPYRIGHT,
    JOINING,
    LONG_WORD,
    MAX_COUNTED,
    MIN_OF_CORE,
    SHORT_LINE,
    TELLING_WORD,
    TITLE_REACH,
    TITLE_WORDS,
    Common,
    ListBit,
    Mark,
    Number,
    Sign,
    Trait,
)

_LINE_END = re.compile("\r\n|[\n\v\f\r\u2028\u2029]")
_SHOWS = re.compile(f"[^{HIDING}]|\x85")
_SPACED = re.compile(f"[{EXOTIC_BLANKS}]|  ")
_DAMAGE = re.compile(f"[\xe2\u0300-\u036f\ufffd]|[{LEADS}](?=[^\x00-\x7f\u0410-\u0450])")
_LINKS = ("@", "http", "www.", ".com")
_STOPS = (".", "!", "?", "…")
_ONE = np.uint64(1)


def find_lines(codes, at, classes, rows):
    text = text_of(codes)
    count = blank = 0
    while at < len(text) and count < len(rows):
        match = _LINE_END.search(text, at)
        line = text[at : match.start() if match else len(text)]
        shown = line.strip()
        if shown and _SHOWS.search(shown):
            first = at + len(line) - len(line.lstrip())
            doubtful = (
                not shown.isprintable()
                or any(sign in shown for sign in (" .", " ,", "&", "\\"))
                or _DAMAGE.search(shown) is not None
            )
            marks = Mark.SPACED * (_SPACED.search(shown) is not None) + Mark.DOUBTFUL * doubtful
            rows[count] = first, first + len(shown), blank, marks
            count += 1
            blank = 0
        else:
            blank += 1
        at = match.end() if match else len(text) + 1
    return count, at


def find_held(codes, ends, words, word_ends):
    text, known = text_of(codes), text_of(words)
    lines = [text[before + 1 : end] for before, end in pairwise([-1, *ends.tolist()])]
    words = [known[start:end] for start, end in pairwise([0, *word_ends.tolist()])]
    return np.array([[word in line for word in words] for line in lines], np.bool_).reshape(len(lines), len(words))


def _entries(hashes, keys, entries):
    """Where words stand in the lists of the table, -1 where they do not."""
    found = np.full(len(hashes), -1, np.int64)
    last = np.uint64(len(keys) - 1)
    slots = hashes & last
    searched = np.arange(len(hashes))
    while len(searched):
        at = slots[searched]
        taken = entries[at] >= 0
        hit = taken & (keys[at] == hashes[searched])
        found[searched[hit]] = entries[at[hit]]
        searched = searched[taken & ~hit]
        slots[searched] = (slots[searched] + _ONE) & last
    return found


def read_words(codes, ends, classes, table, numbers, tried, content, content_ends):
    keys, entries, lists, rules, most_words = table
    count = len(ends)
    starts = np.concatenate((np.zeros(1, np.int64), ends[:-1] + 1))
    traits = classes[codes]
    letters = traits & Trait.WORD != 0
    inner = np.isin(codes, JOINING)
    inner[:1] = inner[-1:] = False
    inner[1:-1] &= letters[:-2] & letters[2:]
    edges = np.diff(np.concatenate(([False], letters | inner, [False])).astype(np.int8))
    firsts, lasts = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    sizes = lasts - firsts
    of_line = np.searchsorted(ends, firsts, side="right")
    hashes = hashes_of(codes, np.concatenate((starts, firsts)), np.concatenate((ends, lasts)))
    of_lines, of_words = hashes[:count], hashes[count:]
    found = _entries(of_words, keys, entries)
    bits = np.where(found >= 0, lists[found], 0)

    def counted(mask):
        return np.bincount(of_line[mask], minlength=count)

    words = numbers[:, Number.WORDS] = np.bincount(of_line, minlength=count)
    numbers[:, Number.FUNCTION_COUNT] = counted(bits & ListBit.FUNCTION != 0)
    columns = (Number.READER_WORDS, Number.ROLE_WORDS, Number.BOILERPLATE_WORDS)
    for column, bit, most in zip(columns, (ListBit.READER, ListBit.ROLE, ListBit.BOILERPLATE), MAX_COUNTED, strict=True):
        numbers[:, column] = np.minimum(counted(bits & bit != 0), most)
    short = words <= SHORT_LINE
    numbers[:, Number.MONTH] = (counted(bits & ListBit.MONTH != 0) > 0) & short
    years = firsts[sizes == 4]
    century = codes[years] * 256 + codes[years + 1]
    digits = traits[years + 2] & traits[years + 3] & Trait.DIGIT != 0
    is_year = np.zeros(len(firsts), np.bool_)
    is_year[sizes == 4] = digits & np.isin(century, (49 * 256 + 57, 50 * 256 + 48))
    numbers[:, Number.YEAR] = (counted(is_year) > 0) & short
    text = text_of(codes)
    spans = list(zip(starts.tolist(), ends.tolist(), strict=True))
    numbers[:, Number.LINK] = [any(sign in text[start:end] for sign in _LINKS) for start, end in spans]
    keyed = bits & ListBit.KEYWORD != 0
    np.logical_or.at(tried, of_line[keyed], rules[found[keyed]])
    signs = np.flatnonzero(codes == COPYRIGHT)
    if len(signs):
        sign = _entries(hashes_of(codes, signs[:1], signs[:1] + 1), keys, entries)[0]
        if sign >= 0:
            tried[np.searchsorted(ends, signs, side="right")] |= rules[sign]
    tried &= words[:, None] <= most_words
    telling = sizes >= TELLING_WORD
    content_ends[:] = np.cumsum(1 + counted(telling))
    total = int(content_ends[-1])
    content[np.concatenate(([0], content_ends[:-1]))] = of_lines
    places = np.arange(np.count_nonzero(telling)) + of_line[telling] + 1
    content[places] = of_words[telling] & ~_ONE | (sizes[telling] >= LONG_WORD)
    return total


def shape_lines(codes, ends, classes, kinds, endings, numbers):
    count = len(ends)
    starts = np.concatenate((np.zeros(1, np.int64), ends[:-1] + 1))
    in_plane = np.minimum(codes, len(kinds) - 1)
    signs = kinds[in_plane]
    inside = np.ones(len(codes), np.bool_)
    inside[ends[ends < len(codes)]] = False
    line = np.repeat(np.arange(count), ends - starts)
    before = np.concatenate(([Sign.SPACE], np.where(inside, signs, Sign.SPACE)[:-1]))
    two_before = np.concatenate(([Sign.SPACE], before[:-1]))
    two_before[starts] = Sign.SPACE
    signs, before, two_before, own = signs[inside], before[inside], two_before[inside], codes[inside]

    def counted(mask):
        return np.bincount(line[mask], minlength=count)

    begins = (before == Sign.SPACE) & (signs != Sign.SPACE)
    upper = signs == Sign.UPPER
    each = np.bincount(line * len(Sign) + signs, minlength=count * len(Sign)).reshape(count, len(Sign))
    numbers[:, Number.UPPER : Number.OTHERS + 1] = each
    numbers[:, Number.CHARACTERS] = ends - starts
    numbers[:, Number.CURLY] = counted(np.isin(own, (0x2019, 0x201C))) > 0
    numbers[:, Number.STRAIGHT] = counted(np.isin(own, (39, 34))) > 0
    numbers[:, Number.SPACED] = counted(begins)
    numbers[:, Number.CAPITALISED] = counted(begins & upper)
    numbers[:, Number.STOPS_INSIDE] = counted(begins & (two_before == Sign.STOP) & (upper | (signs == Sign.QUOTE)))
    numbers[:, Number.GLUED] = counted((before == Sign.LOWER) & upper)
    numbers[:, Number.FIRST] = kinds[in_plane[starts]]
    text = text_of(codes)
    for number, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        numbers[number, Number.BULLET] = classes[codes[start]] & Trait.BULLET != 0 or text[start:end].startswith("o ")
        closed = end - start > 1 and classes[codes[end - 1]] & Trait.CLOSING and text[end - 2] in _STOPS
        numbers[number, Number.ENDING] = 1 if closed else endings[in_plane[end - 1]]
        while end > start and classes[codes[end - 1]] & Trait.CLOSING:
            end -= 1
        numbers[number, Number.SENTENCE_LIKE] = end > start and classes[codes[end - 1]] & Trait.END != 0


def densest_run(worth, first, last):
    best = total = 0.0
    start = first
    found = first, last
    for place, value in enumerate(worth[first:last].tolist(), first):
        if total <= 0:
            total = 0.0
            start = place
        total += value
        if total > best:
            best = total
            found = start, place + 1
    return found


def densest_runs(worth, starts, ends, first, last):
    for document, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        first[document], last[document] = densest_run(worth, start, end)


def compare_lines(runs, content, content_ends, words, sentence, flagged, out, titles):
    starts, ends, firsts, lasts = runs
    hashes, bounds = content.tolist(), [0, *content_ends.tolist()]
    for document, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        if start == end:
            titles[document] = -1
            continue
        run = range(int(firsts[document]) - start, int(lasts[document]) - start)
        wholes = [hashes[bounds[line]] for line in range(start, end)]
        telling = [hashes[bounds[line] + 1 : bounds[line + 1]] for line in range(start, end)]
        long_words = [frozenset([word for word in line if word & 1]) for line in telling]
        sentences, marked = sentence[start:end].tolist(), flagged[start:end].tolist()
        repeats = Counter(wholes)
        of_sentences, of_run, of_core = Counter(), Counter(), Counter()
        first_words, last_words = Counter(), Counter()
        for line, found in enumerate(long_words):
            of_sentences.update(found if sentences[line] else ())
            of_run.update(found if line in run else ())
            of_core.update(found if line in run and not marked[line] else ())
            first_words.update(telling[line][:1])
            last_words.update(telling[line][-1:])
        shared = [sum([of_run[word] > (line in run) for word in found]) for line, found in enumerate(long_words)]
        often = [repeats[whole] for whole in wholes]
        barred = [a or b for a, b in zip(sentences, marked, strict=True)]
        title = _likeliest_title(run.start, shared, long_words, often, words[start:end].tolist(), barred)
        titles[document] = title
        of_title = long_words[title] if title >= 0 else frozenset()
        above = set()
        for line, found in enumerate(long_words):
            size = len(found)
            values = {
                Common.REPEATS: often[line],
                Common.KNOWN_WORDS: sum([of_sentences[word] > sentences[line] for word in found]) / size if size else -1.0,
                Common.RUN_WORDS: shared[line] / size if size else -1.0,
                Common.TITLE_WORDS: len(found & of_title) / size if size else -1.0,
                Common.CORE_WORDS: sum([of_core[word] >= MIN_OF_CORE + (line in run) for word in found]) if size else -1.0,
                Common.WORDS_ABOVE: len(found & above) / size if size else -1.0,
                Common.SAME_START: min(first_words[telling[line][0]], 8) if telling[line] else -1.0,
                Common.SAME_END: min(last_words[telling[line][-1]], 8) if telling[line] else -1.0,
            }
            out[list(values), start + line] = list(values.values())
            if sentences[line] and not marked[line]:
                above |= found


def _likeliest_title(first, shared, long_words, repeats, words, barred):
    best, best_score = -1, 0.5
    for line in range(max(0, first - TITLE_REACH), min(first + 1, len(words))):
        if len(long_words[line]) < 2 or words[line] > TITLE_WORDS or barred[line]:
            continue
        score = shared[line] / (len(long_words[line]) + 1) + 0.3 * (repeats[line] > 1)
        score -= 0.02 * (first - line)
        if score > best_score:
            best, best_score = line, score
    return best
