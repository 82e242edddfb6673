"""Cuts text into words, and finds the number of each among the words known. Text is given as code points.

These kernels run compiled only: the small form of each is a regular expression (`text.words`, `people.name_index`), and the tests hold both
against each other. Which characters are what stands in `text.characters`, what a word is to a lexicon in `text.words`.
"""

from __future__ import annotations

from typing import Any

from pipelines.quotes import flags as F
from pipelines.quotes.text import characters as C

HYPHEN, DOT, SMALL_T = 0x2D, 0x2E, 0x74
# Kinds of items: text to cut, a quoted segment that is one token, the 0 between paragraphs, text that is one word
TEXT, SEGMENT, EDGE, WORD = 0, 1, 2, 3
KIND, START, END = range(3)  # columns of items
UNKNOWN = -1  # the number of a word that is not known
NO_WORD = -2  # and of a token that is none
_MULTIPLIER = 1000003


def cut_items(
    codes: Any, classes: Any, known: Any, clitics: Any, items: Any, starts: Any, ends: Any, numbers: Any, items_of: Any
) -> int:
    """Fills in where each token starts and ends and the number of the word that it is; of a segment or edge also which item it is, of words
    -1. Gives how many tokens there are."""
    n = 0
    for item in range(len(items)):
        i, end = items[item, START], items[item, END]
        if items[item, KIND] != TEXT:
            starts[n], ends[n], numbers[n], items_of[n] = i, end, UNKNOWN if items[item, KIND] == WORD else NO_WORD, item
            n += 1
            continue
        while i < end:
            kind = classes[codes[i]]
            if kind & C.SPACE:
                i += 1
                continue
            j, code = i, 0
            while j < end and classes[codes[j]] & C.WORDY:
                code = code * _MULTIPLIER ^ codes[j]
                j += 1
            if j == i or (j < end and classes[codes[j]] & C.JOINER):
                j = _word_end(codes, classes, known, clitics, i, end)
                code = _hash_of(codes, i, j)
            starts[n], ends[n], numbers[n], items_of[n] = i, j, _number_by(code, codes, known, i, j), -1
            n += 1
            i = j
    return n


def _word_end(codes: Any, classes: Any, known: Any, clitics: Any, i: int, end: int) -> int:
    """Where the word or mark that begins at i ends."""
    if not classes[codes[i]] & C.WORDY:
        if codes[i] != HYPHEN:
            return i + 1
        if _joins_clitic(codes, classes, clitics, i, end):
            return i + 3
        j = i + 1
        while j < end and codes[j] == HYPHEN:
            j += 1
        return j
    j = i + 1
    while j < end and classes[codes[j]] & C.WORDY:
        j += 1
    if codes[j] == DOT:
        last = _dotted_end(codes, classes, known, i, j, end)
        if last:
            return last
    while j < end and classes[codes[j]] & C.JOINER and not _parts(codes, classes, clitics, j, end):
        k = j + 1
        while k < end and classes[codes[k]] & C.WORDY:
            k += 1
        if k == j + 1:
            break
        j = k
    possessive = j < end and classes[codes[j]] & C.APOSTROPHE and classes[codes[j - 1]] & C.SIBILANT
    if possessive and (j + 1 == end or not classes[codes[j + 1]] & C.WORDY):
        return j + 1
    return j


def _dotted_end(codes: Any, classes: Any, known: Any, i: int, j: int, end: int) -> int:
    """Where "U.S.", "Mr." or the initial "J." from i on ends, the first stop of which is at j; 0 where it is none of them."""
    if j == i + 1 and classes[codes[i]] & C.LETTER:
        k = i
        while k + 1 < end and classes[codes[k]] & C.LETTER and codes[k + 1] == DOT:
            k += 2
        if k > i + 2:
            return k
    if j + 1 < end and classes[codes[j + 1]] & C.BLANK:
        number = _number_of(codes, known, i, j)
        if number >= 0 and known.shapes[number] & F.ABBREVIATED:
            return j + 1
        if j == i + 1 and classes[codes[i]] & C.LETTER and j + 2 < end and classes[codes[j + 2]] & C.LETTER:
            return j + 1
    return 0


def _parts(codes: Any, classes: Any, clitics: Any, j: int, end: int) -> bool:
    """Whether the joiner at j is the hyphen before a clitic, "dit-il", "a-t-elle"."""
    if not len(clitics) or codes[j] != HYPHEN:
        return False
    return _is_clitic(codes, classes, clitics, j + 1, end) or _joins_clitic(codes, classes, clitics, j, end)


def _joins_clitic(codes: Any, classes: Any, clitics: Any, j: int, end: int) -> bool:
    """Whether the hyphen at j is the first of "-t-" before a clitic."""
    if j + 2 >= end or codes[j + 1] != SMALL_T or codes[j + 2] != HYPHEN:
        return False
    return _is_clitic(codes, classes, clitics, j + 3, end)


def _is_clitic(codes: Any, classes: Any, clitics: Any, i: int, end: int) -> bool:
    """Whether one of the clitics stands at i. `clitics`: a row of code points each, 0 behind."""
    j = i
    while j < end and classes[codes[j]] & C.WORDY:
        j += 1
    return _is_one_of(codes, clitics, i, j)


def _is_one_of(codes: Any, words: Any, i: int, j: int) -> bool:
    for w in range(len(words)):
        k = 0
        while k < j - i and k < words.shape[1] and words[w, k] == codes[i + k]:
            k += 1
        if k == j - i and k > 0 and (k == words.shape[1] or words[w, k] == 0):
            return True
    return False


def _hash_of(codes: Any, i: int, j: int) -> int:
    found = 0
    for k in range(i, j):
        found = found * _MULTIPLIER ^ codes[k]
    return found


def _number_of(codes: Any, known: Any, i: int, j: int) -> int:
    """The number of the word between i and j, UNKNOWN where it was not met."""
    return _number_by(_hash_of(codes, i, j), codes, known, i, j)


def _number_by(code: int, codes: Any, known: Any, i: int, j: int) -> int:
    """The same, given its hash."""
    mask = len(known.slots) - 1
    at = (code ^ code >> 29) & mask
    while known.slots[at] >= 0:
        number = known.slots[at]
        if known.hashes[number] == code and known.firsts[number + 1] - known.firsts[number] == j - i:
            first = known.firsts[number]
            k = 0
            while k < j - i and known.letters[first + k] == codes[i + k]:
                k += 1
            if k == j - i:
                return number
        at = (at + 1) & mask
    return UNKNOWN


def learn_words(known: Any, number: int, count: int) -> None:
    """Puts words `number` to `count` (exclusive), whose letters are in place, where `_number_of` finds them."""
    mask = len(known.slots) - 1
    for n in range(number, count):
        code = _hash_of(known.letters, known.firsts[n], known.firsts[n + 1])
        known.hashes[n] = code
        at = (code ^ code >> 29) & mask
        while known.slots[at] >= 0:
            at = (at + 1) & mask
        known.slots[at] = n


def cut_for_names(codes: Any, classes: Any, known: Any, spans: Any, starts: Any, ends: Any, numbers: Any, bounds: Any) -> None:
    """Fills in the words of some spans as reading names sees them: initials with their stops, marks inside a word belong to it. Those of
    span s are from `bounds[s]` to `bounds[s + 1]`."""
    n = 0
    for s in range(len(spans)):
        i, end = spans[s, 0], spans[s, 1]
        while i < end:
            if classes[codes[i]] & C.SPACE:
                i += 1
                continue
            j, code = i, 0
            while j < end and classes[codes[j]] & C.WORDY:
                code = code * _MULTIPLIER ^ codes[j]
                j += 1
            if j == i or (j < end and classes[codes[j]] & C.NAME_JOINER):
                j = _name_word_end(codes, classes, i, end)
                code = _hash_of(codes, i, j)
            starts[n], ends[n], numbers[n] = i, j, _number_by(code, codes, known, i, j)
            n += 1
            i = j
        bounds[s + 1] = n


def _name_word_end(codes: Any, classes: Any, i: int, end: int) -> int:
    if not classes[codes[i]] & C.WORDY:
        return i + 1
    k = i
    while k + 1 < end and classes[codes[k]] & C.LETTER and codes[k + 1] == DOT:
        k += 2
    if k > i and (k == end or not classes[codes[k]] & C.WORDY):
        return k
    j = i + 1
    while True:
        while j < end and classes[codes[j]] & C.WORDY:
            j += 1
        if j + 1 >= end or not classes[codes[j]] & C.NAME_JOINER or not classes[codes[j + 1]] & C.WORDY:
            return j
        j += 2


def runs_of_capitals(
    codes: Any,
    classes: Any,
    known: Any,
    particles: Any,
    bound: Any,
    nicknames: Any,
    spans: Any,
    starts: Any,
    ends: Any,
    bounds: Any,
) -> None:
    """Fills in the runs of words that begin with a capital, initials and abbreviated titles among them, particles of names and a nickname
    between them. Those of span s are from `bounds[s]` to `bounds[s + 1]`. `nicknames`: their starts and ends, ascending."""
    n = 0
    for s in range(len(spans)):
        i, end = spans[s, 0], spans[s, 1]
        while i < end:
            if not classes[codes[i]] & C.CAPITAL:
                i += 1
                continue
            j = _capital_end(codes, classes, known, i, end)
            while j < end and classes[codes[j]] & C.BLANK:
                k = _behind_nickname(codes, classes, nicknames, j + 1, end)
                k = _behind_particles(codes, classes, particles, k, end)
                k = _behind_bound_particle(codes, classes, bound, k, end)
                if k >= end or not classes[codes[k]] & C.CAPITAL:
                    break
                j = _capital_end(codes, classes, known, k, end)
            starts[n], ends[n] = i, j
            n += 1
            i = j
        bounds[s + 1] = n


def _capital_end(codes: Any, classes: Any, known: Any, i: int, end: int) -> int:
    """Where the capitalised word at i ends: initials and abbreviations with their stops, others with their last letter."""
    j = i + 1
    if j < end and codes[j] == DOT:
        j += 1
        while j + 1 < end and classes[codes[j]] & C.CAPITAL and codes[j + 1] == DOT:
            j += 2
        return j
    while j < end and classes[codes[j]] & C.WORDY:
        j += 1
    if j < end and codes[j] == DOT:
        number = _number_of(codes, known, i, j)
        if number >= 0 and known.shapes[number] & F.ABBREVIATED:
            return j + 1
    last = j
    while j < end and classes[codes[j]] & C.IN_NAME:
        j += 1
        if classes[codes[j - 1]] & C.WORDY:
            last = j
    return last


def _behind_particles(codes: Any, classes: Any, particles: Any, i: int, end: int) -> int:
    """Where the word behind up to three particles begins."""
    for _ in range(3):
        j = i
        while j < end and not classes[codes[j]] & C.BLANK:
            j += 1
        if j >= end or not _is_one_of(codes, particles, i, j):
            break
        i = j + 1
    return i


def _behind_nickname(codes: Any, classes: Any, nicknames: Any, i: int, end: int) -> int:
    """Where the word behind the nickname at i begins; i where there is none."""
    low, high = 0, len(nicknames)
    while low < high:
        middle = (low + high) // 2
        if nicknames[middle, 0] < i:
            low = middle + 1
        else:
            high = middle
    if low == len(nicknames) or nicknames[low, 0] != i:
        return i
    behind = nicknames[low, 1]
    return behind + 1 if behind + 1 < end and classes[codes[behind]] & C.BLANK else i


def _behind_bound_particle(codes: Any, classes: Any, bound: Any, i: int, end: int) -> int:
    """Where the capital letter behind a particle that is written together with its name stands, "d’Armont"; i where there is none."""
    j = i
    while j < end and classes[codes[j]] & C.WORDY:
        j += 1
    if j + 1 >= end or not (codes[j] == HYPHEN or classes[codes[j]] & C.APOSTROPHE) or not classes[codes[j + 1]] & C.CAPITAL:
        return i
    return j + 1 if _is_one_of(codes, bound, i, j) else i
