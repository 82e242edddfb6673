"""Cuts paragraphs, rows of tokens, into sentences, and describes what stands between quotation marks."""

from __future__ import annotations

from typing import Any

from pipelines.quotes import flags as F

LONGEST_DATELINE = 14  # tokens
LONGEST_SENTENCE = 250  # tokens; what goes on longer is no prose, and is cut so that work per sentence stays bounded
LONG_WORD, HEADING_OF_TWO, HEADING = 8, 9, 10  # letters of one word, of two and of more that are a heading and no abbreviations
NEAR_CUE = 6  # tokens behind a quotation in which its attribution begins
OTHER, STOP, LOUD_STOP, COMMA = range(4)  # how the words between two marks end; LOUD_STOP: any other stop
TITLE_CASE = F.CAPITAL | F.BOUNDARY | F.DETERMINER | F.PARTICLE | F.DIGIT  # what the words of a title may be


def cut_sentences(
    flags: Any,
    shapes: Any,
    starts: Any,
    ends: Any,
    segments: Any,
    last_marks: Any,
    looks_whole: Any,
    bases: Any,
    counts: Any,
    firsts: Any,
    stops: Any,
    bounds: Any,
) -> int:
    """Fills in the first token of each sentence and the one behind its last; those of paragraph p are from `bounds[p]` to `bounds[p + 1]`.

    `segments`: of a token which segment it is, -1 none. `last_marks`, `looks_whole`: of each segment how its words end, and whether they look like
    a whole sentence. `bases`, `counts`: the first token and the tokens of each paragraph.
    """
    n = 0
    for p in range(len(bases)):
        base, stop = bases[p], bases[p] + counts[p]
        first = base + dateline_length(flags, base, stop)
        if first > base:
            firsts[n], stops[n] = base, first
            n += 1
        for i in range(first, stop):
            if i == first and flags[i] & F.CAPITAL:
                title = heading_length(flags, starts, ends, i, stop)
                if title > 0:
                    firsts[n], stops[n] = first, first + title
                    first += title
                    n += 1
            if i < first:
                continue
            flag = flags[i]
            if not flag & (F.STOP | F.QUOTE):
                if not shapes[i] & F.DOTTED or not may_close(flag, shapes[i]) or i + 1 == stop or not opens_sentence(flags[i + 1]):
                    continue
                if i - first < LONGEST_SENTENCE:
                    firsts[n], stops[n] = first, i + 1
                    first = i + 1
                    n += 1
                continue
            while i - first >= LONGEST_SENTENCE:
                firsts[n], stops[n] = first, first + LONGEST_SENTENCE + 1
                first += LONGEST_SENTENCE + 1
                n += 1
            if i > first and flag & F.QUOTE and looks_whole[segments[i]] and may_close(flags[i - 1], shapes[i - 1]):
                firsts[n], stops[n] = first, i
                first = i
                n += 1
            if i < first:
                continue
            if i + 1 == stop:
                closes = True
            elif flag & F.STOP:
                closes = closes_sentence(flags, shapes, starts, ends, i, base)
            else:
                closes = quotation_closes(flags, last_marks[segments[i]], i, stop)
            if closes:
                firsts[n], stops[n] = first, i + 1
                first = i + 1
                n += 1
        while stop - 1 - first >= LONGEST_SENTENCE:
            firsts[n], stops[n] = first, first + LONGEST_SENTENCE + 1
            first += LONGEST_SENTENCE + 1
            n += 1
        if first < stop:
            firsts[n], stops[n] = first, stop
            n += 1
        bounds[p + 1] = n
    return n


def heading_length(flags: Any, starts: Any, ends: Any, first: int, stop: int) -> int:
    """Tokens of `RISING COSTS Quill said`, a heading in capitals that an outlet's line breaks no longer part from the text; 0 where none opens a sentence.
    Short words in capitals are abbreviations: "UK PM Ada Quill said"."""
    k, words, letters, longest = first, 0, 0, 0
    while k < stop and flags[k] & (F.UPPER | F.COMMA):
        if not flags[k] & F.COMMA:
            length = ends[k] - starts[k]
            letters += length
            longest = max(longest, length)
            words += 1
        k += 1
    if words == 0 or k == stop or not flags[k] & F.CAPITAL or flags[k - 1] & F.COMMA:
        return 0
    if words == 1:
        return 1 if longest >= LONG_WORD and flags[k] & (F.DETERMINER | F.PRONOUN) else 0
    if words == 2:
        return k - first if letters >= HEADING_OF_TWO and longest > HEADING_OF_TWO // 2 else 0
    return k - first if letters >= HEADING else 0


def dateline_length(flags: Any, base: int, stop: int) -> int:
    """Tokens of "KINGSPORT, Oct. 3 (Agency) —" or "(Agency) —", a sentence by itself; 0 where the paragraph opens otherwise."""
    if base == stop or not flags[base] & (F.CAPITAL | F.PAREN):
        return 0
    sure = flags[base] & (F.UPPER | F.PAREN)
    for k in range(base + 1, min(base + LONGEST_DATELINE, stop - 1)):
        flag = flags[k]
        if flag & F.DASH:
            return k + 1 - base if sure and flags[k + 1] & (F.CAPITAL | F.QUOTE | F.DIGIT) else 0
        if not flag & (F.CAPITAL | F.COMMA | F.STOP | F.DIGIT | F.PAREN | F.MARK):
            return 0
        sure = sure or flag & F.DIGIT
    return 0


def may_close(flag: int, shape: int) -> bool:
    """`… at 5 p.m. "We saw it," she said`: whether it is a word with its own stop that may end a sentence."""
    return shape & F.DOTTED != 0 and flag & F.LETTER != 0 and not flag & F.ABBREVIATION


def opens_sentence(flag: int) -> bool:
    """`… at 3 a.m. The pump`: a small word with a capital."""
    return flag & F.CAPITAL != 0 and flag & (F.DETERMINER | F.PRONOUN) != 0 and not flag & F.DAY


def closes_sentence(flags: Any, shapes: Any, starts: Any, ends: Any, i: int, base: int) -> bool:
    """Whether the stop at token i, which is not the paragraph's last, ends a sentence."""
    short = i > base and (flags[i - 1] & F.ABBREVIATION or shapes[i - 1] & F.LONE_CAPITAL)
    if short and shapes[i] & F.FULL_STOP and starts[i] == ends[i - 1]:
        return False
    following = flags[i + 1]
    if following & (F.STOP | F.COMMA) or shapes[i + 1] & F.CLOSING:
        return False
    if i > base and following & F.DIGIT and ends[i - 1] - starts[i - 1] == 2 and flags[i - 1] & (F.CAPITAL | F.UPPER) == F.CAPITAL:
        return False  # "the No. 2 provider"
    return following & (F.CAPITAL | F.QUOTE | F.DIGIT | F.PAREN) != 0 or not following & F.LETTER


def quotation_closes(flags: Any, last_mark: int, i: int, stop: int) -> bool:
    """A quotation ends the sentence around it where its last character does and no attribution follows."""
    following = flags[i + 1]
    if following & F.QUOTE:
        return last_mark != OTHER
    if last_mark in (OTHER, COMMA) or not following & F.CAPITAL:
        return False
    for j in range(i + 1, min(i + 1 + NEAR_CUE, stop)):
        flag = flags[j]
        if flag & F.CUE and not flag & F.CAPITAL:
            return last_mark == STOP and j + 1 < stop and not flags[j + 1] & (F.STOP | F.COMMA)
        if flag & (F.STOP | F.QUOTE | F.COMMA):
            break
    return True


def number_sentences(firsts: Any, stops: Any, sentence_of: Any) -> None:
    """Fills in which sentence each token is in."""
    for s in range(len(firsts)):
        for k in range(firsts[s], stops[s]):
            sentence_of[k] = s


def stand_alone(flags: Any, firsts: Any, stops: Any, sentences: Any, alone: Any) -> None:
    """Of each of the sentences whether it holds nothing but quotations."""
    for n in range(len(sentences)):
        alone[n] = 1
        for k in range(firsts[sentences[n]], stops[sentences[n]]):
            if flags[k] & F.LETTER and not flags[k] & (F.QUOTE | F.STOP | F.COMMA):
                alone[n] = 0
                break


def describe_insides(flags: Any, bounds: Any, before: Any, nths: Any, rows: Any) -> None:
    """What stands between the marks of each segment, whose tokens are from `bounds[n]` to `bounds[n + 1]`; `before`: the flags of the token
    before it, 0 none; `nths`: which paragraph of its text it is in. The columns of `rows` are `Inside`."""
    for n in range(len(rows)):
        auxiliaries, pronouns, boundaries, letters, last_word, other = 0, 0, 0, 0, 0, 0
        first, last = 0, 0
        for k in range(bounds[n], bounds[n + 1]):
            flag = flags[k]
            last = flag
            if k == bounds[n]:
                first = flag
            if flag & F.LETTER:
                letters += 1
                last_word = flag
                if not flag & TITLE_CASE:
                    other = 1
            if flag & F.AUXILIARY:
                auxiliaries += 1
            if flag & F.PRONOUN:
                pronouns += 1
            if flag & F.BOUNDARY:
                boundaries += 1
        row = rows[n]
        row[0] = first >> F.CODE_SHIFT & 63
        row[1] = last >> F.CODE_SHIFT & 63
        row[2] = last_word >> F.CODE_SHIFT & 63
        row[3] = min(auxiliaries, 5)
        row[4] = min(pronouns, 5)
        row[5] = min(boundaries, 6)
        row[6] = min(letters, 20)
        row[7] = 1 if letters > 0 and not other else 0
        row[8] = 1 if before[n] & F.POSSESSIVE else 0
        row[9] = min(nths[n], 20)
