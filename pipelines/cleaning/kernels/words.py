# mypy: disallow-untyped-defs=False
"""Loops over the words and characters of folded lines: which words of the lexicon stand in each, and counts over its characters."""

from __future__ import annotations

import numpy as np

from pipelines.cleaning.columns import (
    COPYRIGHT,
    FACTOR,
    JOINING,
    LONG_WORD,
    MAX_COUNTED,
    SHORT_LINE,
    TELLING_WORD,
    ListBit,
    Number,
    Sign,
    Trait,
)

_LAST = np.uint32(0xFFFF)
_OPENINGS = 1 << 8  # so many that hardly any other characters share one
_OPENING = np.uint32(_OPENINGS - 1)
_FACTOR = np.uint64(FACTOR)
_HALF, _ONE_BIT = np.uint64(32), np.uint64(1)
_AT = 64


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
