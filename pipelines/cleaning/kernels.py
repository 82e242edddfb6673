# mypy: disallow-untyped-defs=False
"""Loops over the characters and words of lines, for much text. `small.py` does the same for little; `KERNELS` has the form that pays."""

from __future__ import annotations

import numpy as np

from pipelines.cleaning.columns import (
    COPYRIGHT,
    FACTOR,
    JOINING,
    LONG_WORD,
    MAX_COUNTED,
    MIN_OF_CORE,
    SHORT_LINE,
    TELLING_WORD,
    TITLE_REACH,
    TITLE_WORDS,
    Common,
    LineColumn,
    ListBit,
    Mark,
    Number,
    Sign,
    Trait,
)

_LAST = np.uint32(0xFFFF)
_OPENINGS = 1 << 8  # so many that hardly any other characters share one
_OPENING = np.uint32(_OPENINGS - 1)
_ALL_BITS, _NO_BITS = np.uint16(0xFFFF), np.uint16(0)


def _ends_line(code):
    """LF, VT, FF, CR and the line and paragraph separators."""
    return 10 <= code <= 13 or code == 0x2028 or code == 0x2029


def _may_be_damaged(lead, following):
    """Whether a first byte read as a character has a later byte after it; plain Russian letters are none."""
    if lead == 0xE2 or 0x300 <= lead < 0x370 or lead == 0xFFFD:
        return True
    return following > 0x7F and not 0x410 <= following <= 0x450


def _holds_damage(codes, first, end, classes):
    for at in range(first, end):
        if classes[codes[at]] & Trait.LEAD and _may_be_damaged(codes[at], codes[at + 1] if at + 1 < end else np.uint32(32)):
            return True
    return False


def _line_marks(codes, first, end, classes):
    """The marks of `find_lines`, -1 where nothing shows. The loop has no branch: mispredicted ones would take most of its time."""
    every, some = _ALL_BITS, _NO_BITS
    blanks = stops = escapes = np.uint8(0)
    before = np.uint32(0)
    for at in range(first, end):
        code = codes[at]
        found = classes[code]
        every &= found
        some |= found
        after_blank = np.uint8(before == 32)
        blanks |= after_blank & np.uint8(code == 32)
        stops |= after_blank & (np.uint8(code == 44) | np.uint8(code == 46))
        escapes |= np.uint8(code == 38) | np.uint8(code == 92)
        before = code
    if every & Trait.HIDDEN:
        return -1
    spaced = some & Trait.BLANK != 0 or blanks
    doubtful = every & Trait.PRINTABLE == 0 or stops or escapes or (some & Trait.LEAD and _holds_damage(codes, first, end, classes))
    marks = 0
    if spaced:
        marks |= Mark.SPACED
    if doubtful:
        marks |= Mark.DOUBTFUL
    return marks


def find_lines(codes, at, classes, rows):
    """Fills `rows` with the lines from `at` on that show something; gives their number and where the next one starts.

    A row: first and one past last character without outer blanks, blank lines above it, and two bits: 1 there are blanks to squeeze,
    2 there may be something to repair.
    """
    count = 0
    blank = 0
    size = codes.shape[0]
    while at < size and count < rows.shape[0]:
        first = at
        while at < size and not _ends_line(codes[at]):
            at += 1
        end = at
        at += 2 if at + 1 < size and codes[at] == 13 and codes[at + 1] == 10 else 1
        while first < end and classes[codes[first]] & Trait.SPACE:
            first += 1
        while first < end and classes[codes[end - 1]] & Trait.SPACE:
            end -= 1
        marks = _line_marks(codes, first, end, classes) if first < end else -1
        if marks < 0:
            blank += 1
            continue
        rows[count, LineColumn.START] = first
        rows[count, LineColumn.END] = end
        rows[count, LineColumn.BLANK] = blank
        rows[count, LineColumn.MARKS] = marks
        blank = 0
        count += 1
    return count, at


def _stands_at(codes, at, end, words, start, word_end):
    """Whether a word stands at a place of a line."""
    if at + word_end - start > end:
        return False
    while start < word_end and codes[at] == words[start]:
        start += 1
        at += 1
    return start == word_end


def find_held(codes, ends, words, word_ends):
    """Of each line and word, whether the line holds it. Lines stand in `codes` as in `read_words`, with two characters more behind the last,
    words in `words` one right behind the other. Where no word begins with the three characters of a place, as far as the table `opens` can tell, none is compared."""
    opens = np.zeros((_OPENINGS, _OPENINGS), np.bool_)
    start = 0
    for end in word_ends:
        if end - start < 3:
            opens[words[start] & _OPENING] = True
        else:
            opens[words[start] & _OPENING, _next_two(words[start + 1], words[start + 2])] = True
        start = end
    held = np.zeros((ends.shape[0], word_ends.shape[0]), np.bool_)
    first = 0
    for line in range(ends.shape[0]):
        for at in range(first, ends[line]):
            if opens[codes[at] & _OPENING, _next_two(codes[at + 1], codes[at + 2])]:
                start = 0
                for word in range(word_ends.shape[0]):
                    if codes[at] == words[start] and not held[line, word]:
                        held[line, word] = _stands_at(codes, at, ends[line], words, start, word_ends[word])
                    start = word_ends[word]
        first = ends[line] + 1
    return held


def _next_two(second, third):
    """The place in `opens` of the second and third character of a word."""
    return (second * np.uint32(31) + third) & _OPENING


_FACTOR = np.uint64(FACTOR)
_HALF, _ONE_BIT = np.uint64(32), np.uint64(1)
_AT = 64


def _added(state, code):
    """The hash of a word and one more character."""
    return (state + np.uint64(code) + np.uint64(1)) * _FACTOR


def _mixed(state):
    return state ^ (state >> _HALF)


def _entry(word, keys, entries):
    """Where a word stands in the lists of the table, -1 where it does not."""
    last = np.uint64(keys.shape[0] - 1)
    slot = word & last
    while entries[slot] >= 0:
        if keys[slot] == word:
            return np.int64(entries[slot])
        slot = (slot + np.uint64(1)) & last
    return np.int64(-1)


def _is_year(codes, at, classes):
    """Whether the four characters from `at` on are a year of this century or the last."""
    first, second = codes[at], codes[at + 1]
    if not ((first == 49 and second == 57) or (first == 50 and second == 48)):
        return False
    return classes[codes[at + 2]] & Trait.DIGIT != 0 and classes[codes[at + 3]] & Trait.DIGIT != 0


def _whole_line(codes, start, end):
    """The hash of a line, and whether it holds http, www., .com or @."""
    whole = np.uint64(0)
    link = False
    for at in range(start, end):
        code = codes[at]
        whole = _added(whole, code)
        if code == _AT:
            link = True
        elif (code == 112 or code == 46 or code == 109) and at >= start + 3:
            a, b, c = codes[at - 3], codes[at - 2], codes[at - 1]
            link |= code == 112 and a == 104 and b == 116 and c == 116
            link |= code == 46 and a == 119 and b == 119 and c == 119
            link |= code == 109 and a == 46 and b == 99 and c == 111
    return _mixed(whole), link


def _add_rules(tried, more):
    for rule in range(tried.shape[0]):
        tried[rule] |= more[rule]


def read_words(codes, ends, classes, table, numbers, tried, content, content_ends):
    """The words of folded lines: how many of each list, the rules to try, and hashes of the line and its longer words.

    A word is letters and digits, with a hyphen or an apostrophe between them. A line ends at its `ends` in `codes`, the next one starts
    after one character. `table`: the lexicon's words. `numbers`: int32 [line, Number], of which WORDS to YEAR but BULLET are written. `tried`: bool [line,
    rule]. `content` has room for a hash of every line and after it those of its words of four letters or more, the lowest bit set for
    five or more; a line's end at its `content_ends`.
    """
    keys, entries, lists, rules, most_words = table
    at = 0
    telling = 0
    for line in range(ends.shape[0]):
        start, end = at, ends[line]
        words = 0
        month = year = keyed = False
        counts = numbers[line]
        content[telling], counts[Number.LINK] = _whole_line(codes, start, end)
        telling += 1
        while at < end:
            if not classes[codes[at]] & Trait.WORD:
                if codes[at] == COPYRIGHT:
                    found = _entry(_mixed(_added(np.uint64(0), COPYRIGHT)), keys, entries)
                    if found >= 0:
                        keyed = True
                        _add_rules(tried[line], rules[found])
                at += 1
                continue
            first = at
            word = np.uint64(0)
            while at < end:
                code = codes[at]
                if not classes[code] & Trait.WORD:
                    inner = code in JOINING
                    if not inner or at + 1 == end or not classes[codes[at + 1]] & Trait.WORD:
                        break
                word = _added(word, code)
                at += 1
            words += 1
            word = _mixed(word)
            if at - first >= TELLING_WORD:
                content[telling] = word & ~_ONE_BIT | np.uint64(at - first >= LONG_WORD)
                telling += 1
            if at - first == 4:
                year |= _is_year(codes, first, classes)
            found = _entry(word, keys, entries)
            if found < 0:
                continue
            of = lists[found]
            if of == ListBit.FUNCTION:  # most of them
                counts[Number.FUNCTION_COUNT] += 1
                continue
            counts[Number.FUNCTION_COUNT] += of & ListBit.FUNCTION != 0
            counts[Number.READER_WORDS] += of & ListBit.READER != 0
            counts[Number.ROLE_WORDS] += of & ListBit.ROLE != 0
            counts[Number.BOILERPLATE_WORDS] += of & ListBit.BOILERPLATE != 0
            month |= of & ListBit.MONTH != 0
            if of & ListBit.KEYWORD:
                keyed = True
                _add_rules(tried[line], rules[found])
        if keyed:
            for rule in range(most_words.shape[0]):
                tried[line, rule] &= words <= most_words[rule]
        counts[Number.WORDS] = words
        counts[Number.READER_WORDS], counts[Number.ROLE_WORDS], counts[Number.BOILERPLATE_WORDS] = (
            min(counts[Number.READER_WORDS], MAX_COUNTED[0]),
            min(counts[Number.ROLE_WORDS], MAX_COUNTED[1]),
            min(counts[Number.BOILERPLATE_WORDS], MAX_COUNTED[2]),
        )
        counts[Number.MONTH] = month and words <= SHORT_LINE
        counts[Number.YEAR] = year and words <= SHORT_LINE
        content_ends[line] = telling
        at = end + 1
    return telling


def _sentence_like(codes, start, end, classes):
    """Whether a line ends as a sentence does, with closing marks after it or none."""
    while end > start and classes[codes[end - 1]] & Trait.CLOSING:
        end -= 1
    return end > start and classes[codes[end - 1]] & Trait.END != 0


def _ending(codes, start, end, classes, endings):
    """The group of a line's last character; a stop with a closing mark after it is a stop."""
    last = codes[end - 1]
    if end - start > 1 and classes[last] & Trait.CLOSING:
        before = codes[end - 2]
        if before == 46 or before == 33 or before == 63 or before == 0x2026:
            return np.uint8(1)
    return endings[min(last, _LAST)]


def shape_lines(codes, ends, classes, kinds, endings, numbers):
    """Counts over the characters of lines as they are: BULLET and from CHARACTERS on of `numbers`, see columns.Number. No line is empty.

    Lines stand in `codes` as in `read_words`; `kinds` and `endings` are tables of the characters up to U+FFFF."""
    start = 0
    for line in range(ends.shape[0]):
        end = ends[line]
        counts = numbers[line]
        counts[Number.BULLET] = classes[codes[start]] & Trait.BULLET != 0 or (
            codes[start] == 111 and end - start > 1 and codes[start + 1] == 32
        )
        counts[Number.CHARACTERS] = end - start
        before = two_before = np.uint8(Sign.SPACE)
        for place in range(start, end):
            code = codes[place]
            kind = kinds[min(code, _LAST)]
            counts[Number.UPPER + kind] += 1
            if kind >= Sign.QUOTE:  # OTHER too, with the apostrophes
                counts[Number.CURLY] |= code == 0x2019 or code == 0x201C
                counts[Number.STRAIGHT] |= code == 39 or code == 34
            if before == Sign.SPACE and kind != Sign.SPACE:
                counts[Number.SPACED] += 1
                counts[Number.CAPITALISED] += kind == Sign.UPPER
                counts[Number.STOPS_INSIDE] += two_before == Sign.STOP and kind in (Sign.UPPER, Sign.QUOTE)
            elif before == Sign.LOWER and kind == Sign.UPPER:
                counts[Number.GLUED] += 1
            two_before = before
            before = kind
        counts[Number.FIRST] = kinds[min(codes[start], _LAST)]
        counts[Number.ENDING] = _ending(codes, start, end, classes, endings)
        counts[Number.SENTENCE_LIKE] = _sentence_like(codes, start, end, classes)
        start = end + 1


def densest_run(worth, first, last):
    """First and one past last place of the span of `worth[first:last]` with the greatest sum (Kadane); all of it where nothing is
    worth anything."""
    best = total = 0.0
    start = first
    found = first, last
    for place in range(first, last):
        if total <= 0:
            total = 0.0
            start = place
        total += worth[place]
        if total > best:
            best = total
            found = start, place + 1
    return found


def densest_runs(worth, starts, ends, first, last):
    """`densest_run` of each document."""
    for document in range(starts.shape[0]):
        first[document], last[document] = densest_run(worth, starts[document], ends[document])


def _numbered(content, start, end, keys, numbers, known):
    """Numbers the words `content[start:end]` of a document from 0 on, equal ones alike; gives how many there are.

    `keys` and `numbers` are a hash table with room, -1 where free."""
    size = 0
    last = np.uint64(keys.shape[0] - 1)
    for place in range(start, end):
        word = content[place]
        slot = (word >> _ONE_BIT) & last
        while numbers[slot] >= 0 and keys[slot] != word:
            slot = (slot + _ONE_BIT) & last
        if numbers[slot] < 0:
            keys[slot], numbers[slot] = word, size
            size += 1
        known[place - start] = numbers[slot]
    return size


def _likeliest_title(lines, first, shared, distinct, repeats, words, barred):
    """The line above the run or its first whose words are most in the run, -1 where none is likely. Lines count from the document's first."""
    best, best_score = -1, 0.5
    for line in range(max(0, first - TITLE_REACH), min(first + 1, lines)):
        if distinct[line] < 2 or words[line] > TITLE_WORDS or barred[line]:
            continue
        score = shared[line] / (distinct[line] + 1) + 0.3 * (repeats[line] > 1)
        score -= 0.02 * (first - line)
        if score > best_score:
            best, best_score = line, score
    return best


def compare_lines(runs, content, content_ends, words, sentence, flagged, out, titles):
    """What lines have in common with others of their document, and its likeliest headline.

    `runs`: the lines of each document and its run of sentences; `content`: as `read_words` gives it.
    `out`: float32 [8, line]: how often the line stands in the document, and of its distinct long words the share that other sentences
    have, that other lines of the run have, and that the headline has, and how many stand in three or more unflagged other lines of the
    run; -1 where it has none; the share that sentences above it have; and how many lines begin, and how many end, with the same long or
    middling word. `titles`: of each document, counted from its
    first line, -1 where none.
    """
    starts, ends, firsts, lasts = runs
    for document in range(starts.shape[0]):
        first_line, lines = starts[document], ends[document] - starts[document]
        if lines == 0:
            titles[document] = -1
            continue
        start = content_ends[first_line - 1] if first_line else 0
        end = content_ends[ends[document] - 1]
        room = 4
        while room < 2 * (end - start):
            room *= 2
        known = np.empty(end - start, np.int64)
        size = _numbered(content, start, end, np.empty(room, np.uint64), np.full(room, -1, np.int64), known)
        every = known.copy()
        of_lines, of_sentences, of_run = np.zeros(size, np.int64), np.zeros(size, np.int64), np.zeros(size, np.int64)
        of_core = np.zeros(size, np.int64)
        seen = np.full(size, -1, np.int64)
        distinct = np.zeros(lines, np.int64)
        run, run_end = firsts[document] - first_line, lasts[document] - first_line
        at = 0
        for line in range(lines):  # a word's second place in a line becomes -1
            of_lines[known[at]] += 1
            at += 1
            while at < content_ends[first_line + line] - start:
                word = known[at]
                if content[start + at] & _ONE_BIT == 0 or seen[word] == line:
                    known[at] = -1
                else:
                    seen[word] = line
                    distinct[line] += 1
                    of_sentences[word] += sentence[first_line + line]
                    of_run[word] += run <= line < run_end
                    of_core[word] += run <= line < run_end and not flagged[first_line + line]
                at += 1
        first_words, last_words, above = np.zeros(size, np.int64), np.zeros(size, np.int64), np.zeros(size, np.bool_)
        for line in range(lines):
            low = content_ends[first_line + line - 1] - start + 1 if first_line + line else 1
            high = content_ends[first_line + line] - start
            if high > low:
                first_words[every[low]] += 1
                last_words[every[high - 1]] += 1
        at = 0
        for line in range(lines):
            at += 1
            begin = at
            seen_above = 0
            while at < content_ends[first_line + line] - start:
                if known[at] >= 0:
                    seen_above += above[known[at]]
                at += 1
            if sentence[first_line + line] and not flagged[first_line + line]:
                for place in range(begin, at):
                    if known[place] >= 0:
                        above[known[place]] = True
            out[Common.WORDS_ABOVE, first_line + line] = seen_above / distinct[line] if distinct[line] else -1.0
            out[Common.SAME_START, first_line + line] = min(first_words[every[begin]], 8) if at > begin else -1.0
            out[Common.SAME_END, first_line + line] = min(last_words[every[at - 1]], 8) if at > begin else -1.0
        shared = np.zeros(lines, np.int64)
        repeats = np.zeros(lines, np.int64)
        at = 0
        for line in range(lines):
            repeats[line] = of_lines[known[at]]
            at += 1
            own, in_run = sentence[first_line + line], run <= line < run_end
            elsewhere = core = 0
            while at < content_ends[first_line + line] - start:
                word = known[at]
                if word >= 0:
                    elsewhere += of_sentences[word] > own
                    shared[line] += of_run[word] > in_run
                    core += of_core[word] >= MIN_OF_CORE + in_run
                at += 1
            out[Common.REPEATS, first_line + line] = repeats[line]
            out[Common.KNOWN_WORDS, first_line + line] = elsewhere / distinct[line] if distinct[line] else -1.0
            out[Common.RUN_WORDS, first_line + line] = shared[line] / distinct[line] if distinct[line] else -1.0
            out[Common.CORE_WORDS, first_line + line] = core if distinct[line] else -1.0
        barred = sentence[first_line : ends[document]] | flagged[first_line : ends[document]]
        title = _likeliest_title(lines, run, shared, distinct, repeats, words[first_line : ends[document]], barred)
        titles[document] = title
        in_title = np.zeros(size, np.bool_)
        if title >= 0:
            before = content_ends[first_line + title - 1] - start if first_line + title else 0
            for place in range(before + 1, content_ends[first_line + title] - start):
                if known[place] >= 0:
                    in_title[known[place]] = True
        at = 0
        for line in range(lines):
            at += 1
            common = 0
            while at < content_ends[first_line + line] - start:
                if known[at] >= 0:
                    common += in_title[known[at]]
                at += 1
            out[Common.TITLE_WORDS, first_line + line] = common / distinct[line] if distinct[line] else -1.0
