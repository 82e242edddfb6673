# mypy: disallow-untyped-defs=False
"""Loops over the lines of a document: the span where most of its sentences stand, and what lines have in common with others."""

from __future__ import annotations

import numpy as np

from pipelines.cleaning.columns import MIN_OF_CORE, TITLE_REACH, TITLE_WORDS, Common

_ONE_BIT = np.uint64(1)


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


def _numbered(content):
    """The words of a document as numbers from 0 on, equal ones alike, and how many different ones there are."""
    room = 4
    while room < 2 * content.shape[0]:
        room *= 2
    keys, numbers = np.empty(room, np.uint64), np.full(room, -1, np.int64)  # a hash table; -1 where it is free
    known = np.empty(content.shape[0], np.int64)
    size = 0
    last = np.uint64(room - 1)
    for place in range(content.shape[0]):
        word = content[place]
        slot = (word >> _ONE_BIT) & last
        while numbers[slot] >= 0 and keys[slot] != word:
            slot = (slot + _ONE_BIT) & last
        if numbers[slot] < 0:
            keys[slot], numbers[slot] = word, size
            size += 1
        known[place] = numbers[slot]
    return known, size


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


def _share(count, of):
    return count / of if of else -1.0


def _keep_distinct(known, content, ends):
    """Leaves of the words of each line the distinct ones of five letters or more; the others become -1. How many are left of each line.

    The hash of the line itself, before its words, stays.
    """
    distinct = np.zeros(ends.shape[0], np.int64)
    seen = np.full(known.shape[0], -1, np.int64)
    at = 0
    for line in range(ends.shape[0]):
        at += 1
        while at < ends[line]:
            word = known[at]
            if content[at] & _ONE_BIT == 0 or seen[word] == line:
                known[at] = -1
            else:
                seen[word] = line
                distinct[line] += 1
            at += 1
    return distinct


def _compare_ends(every, ends, size, out):
    """How many lines begin, and how many end, with the same word. `every`: the words with the short ones."""
    first_words, last_words = np.zeros(size, np.int64), np.zeros(size, np.int64)
    at = 0
    for line in range(ends.shape[0]):
        if ends[line] > at + 1:
            first_words[every[at + 1]] += 1
            last_words[every[ends[line] - 1]] += 1
        at = ends[line]
    at = 0
    for line in range(ends.shape[0]):
        some = ends[line] > at + 1
        out[Common.SAME_START, line] = min(first_words[every[at + 1]], 8) if some else -1.0
        out[Common.SAME_END, line] = min(last_words[every[ends[line] - 1]], 8) if some else -1.0
        at = ends[line]


def _compare_above(known, ends, sentence, flagged, distinct, size, out):
    """The share of the words of each line that unflagged sentences above it have."""
    above = np.zeros(size, np.bool_)
    at = 0
    for line in range(ends.shape[0]):
        seen_above = 0
        for place in range(at + 1, ends[line]):
            if known[place] >= 0:
                seen_above += above[known[place]]
        if sentence[line] and not flagged[line]:
            for place in range(at + 1, ends[line]):
                if known[place] >= 0:
                    above[known[place]] = True
        out[Common.WORDS_ABOVE, line] = _share(seen_above, distinct[line])
        at = ends[line]


def _compare_shared(known, ends, sentence, flagged, run, distinct, size, out):
    """How often each line stands in the document, and what other sentences and other lines of the run have of its words.

    Gives the number of these lines, and of its words that other lines of the run have.
    """
    first, last = run
    of_lines, of_sentences = np.zeros(size, np.int64), np.zeros(size, np.int64)
    of_run, of_core = np.zeros(size, np.int64), np.zeros(size, np.int64)
    at = 0
    for line in range(ends.shape[0]):
        of_lines[known[at]] += 1
        in_run = first <= line < last
        for place in range(at + 1, ends[line]):
            word = known[place]
            if word >= 0:
                of_sentences[word] += sentence[line]
                of_run[word] += in_run
                of_core[word] += in_run and not flagged[line]
        at = ends[line]
    repeats, shared = np.zeros(ends.shape[0], np.int64), np.zeros(ends.shape[0], np.int64)
    at = 0
    for line in range(ends.shape[0]):
        repeats[line] = of_lines[known[at]]
        in_run = first <= line < last
        elsewhere = core = 0
        for place in range(at + 1, ends[line]):
            word = known[place]
            if word >= 0:
                elsewhere += of_sentences[word] > sentence[line]
                shared[line] += of_run[word] > in_run
                core += of_core[word] >= MIN_OF_CORE + in_run
        out[Common.REPEATS, line] = repeats[line]
        out[Common.KNOWN_WORDS, line] = _share(elsewhere, distinct[line])
        out[Common.RUN_WORDS, line] = _share(shared[line], distinct[line])
        out[Common.CORE_WORDS, line] = core if distinct[line] else -1.0
        at = ends[line]
    return repeats, shared


def _compare_title(known, ends, title, distinct, size, out):
    """The share of the words of each line that the headline has."""
    in_title = np.zeros(size, np.bool_)
    if title >= 0:
        for place in range(ends[title - 1] + 1 if title else 1, ends[title]):
            if known[place] >= 0:
                in_title[known[place]] = True
    at = 0
    for line in range(ends.shape[0]):
        common = 0
        for place in range(at + 1, ends[line]):
            if known[place] >= 0:
                common += in_title[known[place]]
        out[Common.TITLE_WORDS, line] = _share(common, distinct[line])
        at = ends[line]


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
        first, end = starts[document], ends[document]
        if first == end:
            titles[document] = -1
            continue
        start = content_ends[first - 1] if first else 0
        own, own_ends = content[start : content_ends[end - 1]], content_ends[first:end] - start
        sentences, flags, found = sentence[first:end], flagged[first:end], out[:, first:end]
        run = firsts[document] - first, lasts[document] - first
        known, size = _numbered(own)
        _compare_ends(known, own_ends, size, found)
        distinct = _keep_distinct(known, own, own_ends)
        _compare_above(known, own_ends, sentences, flags, distinct, size, found)
        repeats, shared = _compare_shared(known, own_ends, sentences, flags, run, distinct, size, found)
        title = _likeliest_title(end - first, run[0], shared, distinct, repeats, words[first:end], sentences | flags)
        titles[document] = title
        _compare_title(known, own_ends, title, distinct, size, found)
