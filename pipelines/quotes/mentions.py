"""Candidate mentions of speakers in a sentence: names, pronouns, determiner + noun, bare plurals beside a cue."""

from __future__ import annotations

from typing import NamedTuple

from pipelines.quotes.pack import (
    ADVERB,
    ATTACHING,
    AUXILIARY,
    BOUNDARY,
    CAPITAL,
    COMMA,
    COMPLEMENTIZER,
    CUE,
    DETERMINER,
    DIGIT,
    DOCUMENT,
    LETTER,
    MEDIUM,
    NOT_NAME,
    PARTICLE,
    PEOPLE,
    POSSESSIVE,
    PRONOUN,
    PUNCTUATION,
    QUOTE,
    RELATIVE,
    TITLE,
    UNKNOWN_LOWER,
)
from pipelines.quotes.sentences import Paragraph

NAME, PRON, NOUN = 0, 1, 2
_LONGEST = 14  # tokens of a noun phrase
_NOUNS = PEOPLE | TITLE | DOCUMENT | MEDIUM
_NAME_BITS = CAPITAL | NOT_NAME  # a word may be part of a name where of these only CAPITAL is set
_NO_PHRASE = BOUNDARY | AUXILIARY | ADVERB | NOT_NAME
_NAME_OR_DETERMINER = _NAME_BITS | DETERMINER


class Mention(NamedTuple):
    """Tokens `first` to `last` (inclusive) of a paragraph; `head` is the token of the head noun or the last of the name."""

    first: int
    last: int
    head: int
    kind: int  # NAME, PRON or NOUN
    attached: bool  # hangs on the mention before by a preposition, so it is hardly a subject
    group_last: int  # last token including what hangs on this mention


def mentions_of(p: Paragraph, first: int, end: int, blocked: dict[int, int]) -> list[Mention]:
    """The candidates among tokens `first` to `end` (exclusive), left to right. Quoted segments are never part of one, nor are the
    `blocked` stretches (first token to last), such as "in the words of"."""
    flags = p.flags
    found: list[Mention] = []
    i = first
    while i < end:
        flag = flags[i]
        if i in blocked:
            i = blocked[i] + 1
            continue
        if flag & (PUNCTUATION | QUOTE) or not flag & LETTER:
            i += 1
            continue
        if flag & PRONOUN and not (flag & CAPITAL and len(p.words[i]) > 1 and i > first and p.words[i].isupper()):
            found.append(Mention(i, i, i, PRON, False, i))
            i += 1
            continue
        if flag & COMPLEMENTIZER and i + 1 < end and flags[i + 1] & _NAME_BITS == CAPITAL:
            i += 1  # "that Smith" is no phrase of its own
            continue
        if flag & UNKNOWN_LOWER and not flag & _NOUNS and i + 1 < end and flags[i + 1] & _NAME_BITS == CAPITAL:
            i += 1  # "deter Veldmark": more likely a verb than a modifier
            continue
        last = _phrase_end(p, i, end)
        if last < i:
            i += 1
            continue
        made = _mention(p, i, last)
        if made is not None:
            found.append(made)
        i = last + 1
    return _attach(p, found)


def _phrase_end(p: Paragraph, i: int, end: int) -> int:
    """Last token of the noun phrase that begins at token i; i - 1 where none begins here."""
    flags = p.flags
    flag = flags[i]
    named = flag & _NAME_BITS == CAPITAL
    if not named and not flag & DETERMINER:
        if flag & _NO_PHRASE or (flag & CUE and not flag & _NOUNS):
            return i - 1
        if not flag & (UNKNOWN_LOWER | _NOUNS | DIGIT):
            return i - 1
    limit = min(end, i + _LONGEST)
    last = i
    j = i + 1
    noun = bool(flag & PEOPLE) and not named
    owned = 0  # token behind the last possessor or determiner
    while j < limit:
        flag = flags[j]
        if not flag & LETTER or flag & (PRONOUN | AUXILIARY):
            if p.words[j] in "&" and j + 1 < limit and flags[j + 1] & _NAME_BITS == CAPITAL:
                j += 1
                continue
            break
        if flag & _NAME_BITS == CAPITAL:
            named = True
            last = j
            j += 1
            continue
        if named and flag & PARTICLE and not flag & CAPITAL:
            k = j + 1
            while k < limit and k < j + 3 and flags[k] & PARTICLE and not flags[k] & CAPITAL:
                k += 1
            if k < limit and flags[k] & _NAME_BITS == CAPITAL and flags[j - 1] & CAPITAL:
                last = k
                j = k + 1
                continue
            break
        if flag & (BOUNDARY | ADVERB) or flag & CAPITAL:
            break
        if flag & CUE and not (
            flag & _NOUNS and last == j - 1 and (flags[j - 1] & (DETERMINER | POSSESSIVE) or _is_noun(p, j, limit))
        ):
            break
        if flags[j - 1] & POSSESSIVE or flags[j - 1] & DETERMINER:
            owned = j
        elif owned and j - owned < 3 and flag & (UNKNOWN_LOWER | _NOUNS) and not noun:
            pass
        elif (named and not _leads_to_noun(p, j, limit)) or (noun and not flag & PEOPLE):
            break
        noun = noun or bool(flag & PEOPLE)
        last = j
        j += 1
    return last


def _is_noun(p: Paragraph, j: int, limit: int) -> bool:
    """ "media reports that spoke of": behind another noun, with a clause of its own, the cue word is a noun."""
    flags = p.flags
    if flags[j - 1] & CAPITAL or j + 2 >= limit:
        return False
    return bool(flags[j + 1] & (COMPLEMENTIZER | RELATIVE)) and bool(flags[j + 2] & (CUE | AUXILIARY))


def _leads_to_noun(p: Paragraph, j: int, limit: int) -> bool:
    """Whether the lower-case words from token j lead to a noun of people: "Harbour Board press secretary"."""
    for k in range(j, min(j + 3, limit)):
        flag = p.flags[k]
        if flag & _NOUNS and not flag & CAPITAL:
            return True
        if not flag & UNKNOWN_LOWER or flag & CUE:
            return False
    return False


def _mention(p: Paragraph, first: int, last: int) -> Mention | None:
    flags = p.flags
    head = last
    if flags[last] & DETERMINER and first == last and not flags[last] & PEOPLE:
        # a bare number hangs on what is before: "a mother of three"
        return Mention(first, last, last, NOUN, False, last) if first and flags[first - 1] & ATTACHING else None
    if flags[head] & _NAME_BITS == CAPITAL and not (flags[head] & (PEOPLE | TITLE) and _only_name(p, first, last)):
        return Mention(first, last, head, NAME, False, last)
    if flags[first] & DETERMINER or any(flag & _NAME_OR_DETERMINER == CAPITAL for flag in flags[first : last + 1]):
        return Mention(first, last, head, NOUN, False, last)
    if not flags[head] & _NOUNS:
        beside_cue = (last + 1 < len(flags) and flags[last + 1] & CUE) or (first and flags[first - 1] & CUE)
        if not beside_cue:
            return None
    if flags[first] & UNKNOWN_LOWER and p.words[first].endswith(("ed", "ing")):
        return None
    return Mention(first, last, head, NOUN, False, last)


def _only_name(p: Paragraph, first: int, last: int) -> bool:
    """Whether the last token is the one capitalised word: then a noun of people there is a role, "the President", and no name."""
    return not any(p.flags[k] & _NAME_BITS == CAPITAL for k in range(first, last))


def _attach(p: Paragraph, found: list[Mention]) -> list[Mention]:
    """Marks phrases that a preposition ties to the one before, and lets that one reach to their end."""
    out: list[Mention] = []
    root = -1
    for mention in found:
        before = mention.first - 1
        if out and before >= 1 and p.flags[before] & ATTACHING and out[-1].last == before - 1 and out[-1].kind != PRON:
            mention = Mention(mention.first, mention.last, mention.head, mention.kind, True, mention.group_last)
            if not out[-1].attached or root < 0:
                root = len(out) - 1
            leader = out[root]
            out[root] = Mention(leader.first, leader.last, leader.head, leader.kind, leader.attached, mention.last)
        else:
            root = -1
        out.append(mention)
    return out


def apposition_end(p: Paragraph, last: int, end: int, longest: int = 24) -> int:
    """Last token of the apposition that follows token `last` between commas, comma included; `last` where there is none.

    "Ada Quill, secretary of the council, said": the second comma's token.
    """
    flags = p.flags
    if last + 2 >= end or not flags[last + 1] & COMMA:
        return last
    commas = 0
    best = last
    for j in range(last + 2, min(end, last + 2 + longest)):
        flag = flags[j]
        if flag & QUOTE or (
            flag & CUE and not flag & CAPITAL and best == last and commas == 0 and flags[j - 1] & (PRONOUN | CAPITAL)
        ):
            return last
        if flag & COMMA:
            commas += 1
            k = j + 1
            while k < end and flags[k] & (ADVERB | AUXILIARY):
                k += 1
            if k < end and flags[k] & CUE and not flags[k] & CAPITAL:
                return j
            if commas == 4:
                return best
    return best
