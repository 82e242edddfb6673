"""Cues and candidate mentions of speakers in each sentence: names, pronouns, determiner + noun, bare plurals next to a cue."""

from __future__ import annotations

from typing import Any

from pipelines.quotes import flags as F
from pipelines.quotes.kernels.columns import Columns, Cue, Mention

LONGEST_PHRASE = 14  # tokens of a noun phrase
NOUNS = F.PEOPLE | F.TITLE | F.DOCUMENT | F.MEDIUM
NAME_BITS = F.CAPITAL | F.NOT_NAME  # a word may be part of a name where of these only CAPITAL is set
NO_PHRASE = F.BOUNDARY | F.AUXILIARY | F.ADVERB | F.NOT_NAME
NAME_OR_DETERMINER = NAME_BITS | F.DETERMINER
MAY_CUE = F.CUE | F.REPORTING  # the second also marks words that may open "according to" and its like
BEFORE_CUE = F.ADVERB | F.AUXILIARY
ARTICLE = F.DETERMINER | F.PARTICLE
GENDERED = F.MASCULINE | F.FEMININE | F.PLURAL  # of a determiner: a possessive
ROLE_OR_GIVEN = F.ROLE | F.GIVEN
NO_NOUN = F.PRONOUN | F.AUXILIARY
STANDS_FOR_NOUN = F.RELATIVE | F.COMPLEMENTIZER


def read_sentences(phrases: Any, reads: Any, t: Columns) -> None:
    """Fills the cues and mentions of `t`, for the sentences that `reads` has 1 for; the others have none.

    `phrases[k]`: how many words a phrase such as "according to" has that begins at token k, 0 none.
    """
    c = m = 0
    for s in range(len(t.firsts)):
        if reads[s]:
            c_first, m_first = c, m
            c = cues_of(t.flags, phrases, t.firsts[s], t.stops[s], t.cues, c)
            m = mentions_of(t.flags, t.firsts[s], t.stops[s], t.cues, c_first, c, t.mentions, m)
            attach(t.flags, t.mentions, m_first, m)
        t.cue_bounds[s + 1], t.mention_bounds[s + 1] = c, m


def cues_of(flags: Any, phrases: Any, first: int, end: int, cues: Any, count: int) -> int:
    """Reporting words among the tokens, left to right; a word with a determiner or possessive before it is a noun."""
    last = first - 1
    for i in range(first, end):
        flag = flags[i]
        if not flag & MAY_CUE or i <= last:
            continue
        if flag & F.OPENS_PHRASE and phrases[i] and (i == first or flag & F.LOWER) and i + phrases[i] <= end:
            last = i + phrases[i] - 1
            cues[count, Cue.FIRST], cues[count, Cue.LAST], cues[count, Cue.FOLLOWS], cues[count, Cue.STRONG] = i, last, 1, 1
            count += 1
        elif flag & F.CUE and not (flag & F.CAPITAL and i > first):
            before = flags[i - 1] if i > first else 0
            if before & (F.DETERMINER | F.POSSESSIVE) and not before & F.COMPLEMENTIZER and not flag & F.PLAIN_CUE:
                continue
            start = i
            while start > first and start > i - 4 and flags[start - 1] & BEFORE_CUE and not flags[start - 1] & F.CAPITAL:
                start -= 1
            cues[count, Cue.FIRST], cues[count, Cue.LAST], cues[count, Cue.FOLLOWS] = start, i, 0
            cues[count, Cue.STRONG] = 1 if flag & F.STRONG_CUE else 0
            count += 1
    return count


def mentions_of(flags: Any, first: int, end: int, cues: Any, c: int, c_end: int, mentions: Any, count: int) -> int:
    """Candidates among tokens `first` to `end` (exclusive), left to right. Quoted segments are never part of one, nor are cues that
    the speaker follows, such as "in the words of"."""
    i = first
    while i < end:
        flag = flags[i]
        while c < c_end and (not cues[c, Cue.FOLLOWS] or cues[c, Cue.FIRST] < i):
            c += 1
        if c < c_end and cues[c, Cue.FIRST] == i:
            i = cues[c, Cue.LAST] + 1
            continue
        if flag & (F.PUNCTUATION | F.QUOTE) or not flag & F.LETTER:
            i += 1
            continue
        if flag & F.PRONOUN and not (flag & F.CAPITAL and i > first and flag & F.UPPER):
            put_mention(mentions, count, i, i, F.PRON)
            count += 1
            i += 1
            continue
        if flag & STANDS_FOR_NOUN and is_relative_subject(flags, i, first, end):
            put_mention(mentions, count, i, i, F.PRON)
            count += 1
            i += 1
            continue
        named_next = i + 1 < end and flags[i + 1] & NAME_BITS == F.CAPITAL
        if flag & F.COMPLEMENTIZER and (named_next or is_conjunction(flags, i, end)):
            i += 1  # "that Smith", "that students" are no phrases of their own
            continue
        if named_next and flag & F.UNKNOWN_LOWER and not flag & NOUNS:
            i += 1  # "deter Veldmark": more likely a verb than a modifier
            continue
        last = phrase_end(flags, i, end)
        if last < i:
            i += 1
            continue
        kind = kind_of_phrase(flags, i, last, end)
        if kind == F.NAME and is_numbered(flags, last, end):
            last += 1
        if kind >= 0:
            put_mention(mentions, count, i, last, kind)
            count += 1
        i = last + 1
    return count


def is_numbered(flags: Any, last: int, end: int) -> bool:
    """ "Radio 7 said": whether a number belongs to the name that ends with token `last`, and a cue follows."""
    if last + 1 >= end or flags[last] & (NAME_BITS | F.DAY) != F.CAPITAL or not flags[last + 1] & F.DIGIT:
        return False
    return cue_behind(flags, last + 1, end)


def is_conjunction(flags: Any, i: int, end: int) -> bool:
    """Whether a phrase of its own follows the "that": "that the parties", "that students"."""
    if i + 1 >= end:
        return False
    return flags[i + 1] & ARTICLE == ARTICLE or flags[i + 1] & (F.GROUP | F.ORGANISATION) == F.GROUP


def is_relative_subject(flags: Any, i: int, first: int, end: int) -> bool:
    """ "The agency, which reported", "a sign that said": the word stands for the noun before it, and a cue follows."""
    before = flags[i - 1] if i > first else 0
    if flags[i] & F.COMPLEMENTIZER and (
        not before & F.LETTER or before & (F.CUE | F.AUXILIARY | F.ADVERB | F.BOUNDARY | F.PRONOUN)
    ):
        return False
    if before & F.DAY or (i > first + 1 and flags[i - 2] & F.DAY):
        return False  # "a letter on Friday afternoon that said": no noun it could stand for is right before it
    return before & (F.LETTER | F.COMMA | F.DASH) != 0 and cue_behind(flags, i, end)


def cue_behind(flags: Any, i: int, end: int) -> bool:
    """Whether a cue follows token i, with nothing but auxiliaries and adverbs between."""
    k = i + 1
    while k < end and k < i + 4 and flags[k] & BEFORE_CUE and not flags[k] & F.CUE:
        k += 1
    return k < end and flags[k] & F.CUE != 0 and flags[k] & F.LOWER != 0


def put_mention(mentions: Any, n: int, first: int, last: int, kind: int) -> None:
    mentions[n, Mention.FIRST], mentions[n, Mention.LAST], mentions[n, Mention.GROUP_LAST] = first, last, last
    mentions[n, Mention.KIND], mentions[n, Mention.ATTACHED] = kind, 0


def phrase_end(flags: Any, i: int, end: int) -> int:
    """Last token of the noun phrase that begins at token i; i - 1 where none begins here."""
    flag = flags[i]
    named = flag & NAME_BITS == F.CAPITAL
    if not named and not flag & F.DETERMINER:
        if (flag & NO_PHRASE and not flag & F.UNNAMED) or (flag & F.CUE and not flag & NOUNS):
            return i - 1
        if not flag & (F.UNKNOWN_LOWER | NOUNS | F.UNNAMED | F.DIGIT):
            return i - 1
    if flag & F.UNNAMED and not flag & NOUNS and not cue_behind(flags, i + 1, end):
        return i  # "someone | close to the family"
    limit = min(end, i + LONGEST_PHRASE)
    last = i
    j = i + 1
    noun = flag & F.PEOPLE != 0 and not named and not flag & F.DETERMINER
    owned = 0  # token behind the last possessor or determiner
    while j < limit:
        flag = flags[j]
        if not flag & F.LETTER or flag & NO_NOUN:
            if (
                flag & F.AMPERSAND == F.AMPERSAND
                and not flag & F.LETTER
                and j + 1 < limit
                and flags[j + 1] & NAME_BITS == F.CAPITAL
            ):
                j += 1
                continue
            break
        if flag & NAME_BITS == F.CAPITAL:
            named = True
            last = j
            j += 1
            continue
        if named and flag & F.PARTICLE and not flag & F.CAPITAL:
            k = j + 1
            while k < limit and k < j + 3 and (is_small_particle(flags, k) or joins_particles(flags, k)):
                k += 1
            addressed = (
                flags[j - 1] & F.ROLE != 0 and flag & (F.NAME_PARTICLE | F.DETERMINER) != 0 and flags[k] & ROLE_OR_GIVEN != 0
            )
            if k < limit and flags[k] & NAME_BITS == F.CAPITAL and flags[j - 1] & F.CAPITAL and not addressed:
                last = k
                j = k + 1
                continue
            break
        if flag & (F.BOUNDARY | F.ADVERB) or flag & F.CAPITAL:
            break
        if (
            flag & F.DETERMINER
            and flags[j - 1] & (NOUNS | F.ORGANISATION | F.UNKNOWN_LOWER)
            and not flags[j - 1] & (F.DETERMINER | F.POSSESSIVE)
        ):
            break  # "regulators | this month"
        if flag & ARTICLE == ARTICLE and not flags[j - 1] & F.DETERMINER:
            break  # "this year | the company"
        if flag & F.CUE and not (
            flag & NOUNS and last == j - 1 and (flags[j - 1] & (F.DETERMINER | F.POSSESSIVE) or is_noun(flags, j, limit))
        ):
            break
        if flags[j - 1] & (F.POSSESSIVE | F.DETERMINER):
            owned = j
        elif owned and j - owned < 3 and flag & (F.UNKNOWN_LOWER | NOUNS) and not noun:
            pass
        elif (named and not leads_to_noun(flags, j, limit) and not is_head(flags, i, j, end)) or (
            noun and not flag & F.PEOPLE and not goes_on_behind_role(flags, j, limit)
        ):
            break
        if flag & F.PEOPLE:
            noun = True
        last = j
        j += 1
    return last


def is_small_particle(flags: Any, k: int) -> bool:
    return flags[k] & F.PARTICLE != 0 and not flags[k] & F.CAPITAL


def joins_particles(flags: Any, k: int) -> bool:
    """ "Ada von und zu Quill": a conjunction between two particles of a name."""
    return flags[k] & F.BOUNDARY != 0 and flags[k - 1] & F.NAME_PARTICLE != 0 and flags[k + 1] & F.NAME_PARTICLE != 0


def is_noun(flags: Any, j: int, limit: int) -> bool:
    """ "media reports that spoke of": behind another noun, with a clause of its own, the cue word is a noun."""
    if flags[j - 1] & F.CAPITAL or j + 2 >= limit:
        return False
    return flags[j + 1] & (F.COMPLEMENTIZER | F.RELATIVE) != 0 and flags[j + 2] & (F.CUE | F.AUXILIARY) != 0


def leads_to_noun(flags: Any, j: int, limit: int) -> bool:
    """Whether the lower-case words from token j lead to a noun of people: "Harbour Board press secretary", but "Ada Quill phoned police"."""
    if flags[j] & (F.ENDS_ED | F.UNKNOWN_LOWER) == F.ENDS_ED | F.UNKNOWN_LOWER:
        return False
    for k in range(j, min(j + 3, limit)):
        flag = flags[k]
        if flag & NOUNS and not flag & F.CAPITAL:
            return True
        town = flag & F.ORGANISATION and flag & F.LOWER  # "Dorn town council"
        if not (flag & F.UNKNOWN_LOWER or town) or flag & F.CUE:
            return False
    return False


def goes_on_behind_role(flags: Any, j: int, limit: int) -> bool:
    """ "chief | financial officer", "head | gardener:": whether a word of no list behind a noun of people belongs to it."""
    flag = flags[j]
    if flag & (F.DOCUMENT | F.MEDIUM) and flag & F.LOWER and not flag & F.CUE and flags[j - 1] & F.UNNAMED:
        return True  # "the official website"
    if not flag & F.UNKNOWN_LOWER or j + 1 >= limit:
        return False
    return is_people(flags[j + 1]) or flags[j + 1] & F.COLON != 0


def is_people(flag: Any) -> bool:
    """A noun of people in small letters."""
    return flag & F.PEOPLE != 0 and flag & F.LOWER != 0 and not flag & F.CUE


def is_head(flags: Any, first: int, j: int, end: int) -> bool:
    """ "The Clinton camp said", "Her Danish counterpart, Mads Holm,": behind a determiner and a name the last word before a verb or comma."""
    if not flags[first] & F.DETERMINER or j + 1 >= end or flags[j] & (F.ENDS_ED | F.ENDS_ING) or not flags[j] & F.UNKNOWN_LOWER:
        return False
    behind = flags[j + 1]
    return behind & (F.COMMA | F.AUXILIARY) != 0 or (behind & F.CUE != 0 and behind & F.LOWER != 0)


def kind_of_phrase(flags: Any, first: int, last: int, end: int) -> int:
    """NAME or NOUN; -1 where the phrase is no candidate. `end`: of the sentence."""
    if flags[last] & F.DETERMINER and first == last and not flags[last] & F.PEOPLE:
        # a bare number hangs on what is before: "a mother of three"
        return F.NOUN if flags[first - 1] & F.ATTACHING or stands_alone(flags, first, end) else -1
    if flags[last] & NAME_BITS == F.CAPITAL:
        others = False
        for k in range(first, last):
            others = others or flags[k] & NAME_BITS == F.CAPITAL
        # where a noun of people is the one capitalised word, it is a role, "the President", and no name
        if others or not flags[last] & (F.PEOPLE | F.TITLE):
            return F.NAME
    if flags[first] & F.DETERMINER:
        return F.NOUN
    for k in range(first, last + 1):
        if flags[k] & NAME_OR_DETERMINER == F.CAPITAL:
            return F.NOUN
    if not flags[last] & (NOUNS | F.UNNAMED) and not cue_behind(flags, last, end) and not flags[first - 1] & F.CUE:
        return -1
    if flags[first] & F.UNKNOWN_LOWER and flags[first] & (F.ENDS_ED | F.ENDS_ING):
        return -1
    return F.NOUN


def stands_alone(flags: Any, i: int, end: int) -> bool:
    """ "Another said", "tweeted another.": a determiner next to a cue that nothing follows; "the" and "his" never are."""
    if flags[i] & (F.PARTICLE | F.COMPLEMENTIZER | GENDERED) or i + 1 >= end:
        return False
    behind = flags[i + 1]
    if behind & F.CUE and behind & F.LOWER:
        return True
    return flags[i - 1] & F.STRONG_CUE != 0 and behind & F.PUNCTUATION != 0


def attach(flags: Any, mentions: Any, m: int, m_end: int) -> None:
    """Marks phrases that a preposition ties to the one before, and lets that one reach to their end."""
    root = -1
    for n in range(m, m_end):
        before = mentions[n, Mention.FIRST] - 1
        if (
            n > m
            and flags[before] & F.ATTACHING
            and mentions[n - 1, Mention.LAST] == before - 1
            and mentions[n - 1, Mention.KIND] != F.PRON
        ):
            mentions[n, Mention.ATTACHED] = 1
            if not mentions[n - 1, Mention.ATTACHED] or root < 0:
                root = n - 1
            mentions[root, Mention.GROUP_LAST] = mentions[n, Mention.LAST]
        else:
            root = -1


def mark_mentions(mentions: Any, parts: Any) -> None:
    """Sets `parts` to 1 where a mention begins and to 2 inside one."""
    for m in range(len(mentions)):
        parts[mentions[m, Mention.FIRST]] = 1
        for k in range(mentions[m, Mention.FIRST] + 1, mentions[m, Mention.LAST] + 1):
            parts[k] = 2
