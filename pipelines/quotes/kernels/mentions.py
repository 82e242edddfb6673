"""How the words for a speaker are read: how far they reach, appositions among them, and which of them name somebody.

All tokens are those of the table. An edge between paragraphs has no flags, so that a look past it finds nothing.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from pipelines.quotes import flags as F
from pipelines.quotes.kernels.columns import Columns, Mention

PRONOUN, NAME, NOUN = range(3)  # as what a speaker is looked up
LONGEST_FIELD = 4  # tokens of "for water" in "the minister for water"
LONGEST_APPOSITION = 24  # tokens
MAX_COMMAS = 4  # in an apposition
SMALL = F.ADVERB | F.AUXILIARY
AND = 13  # the code of a conjunction, see `lexicon.CODE_OF_FUNCTION`
ENDS_APPOSITION = F.COMMA | F.CUE | F.STOP | F.QUOTE | F.ADVERB | F.AUXILIARY | F.DASH | F.PAREN | F.COLON
CLOSES = F.COMMA | F.STOP | F.QUOTE | F.DASH | F.COLON
NO_SURNAME = F.ROLE | F.TITLE | F.ORGANISATION | F.MEDIUM | F.DETERMINER


class Said(IntEnum):
    """How the words for a speaker are read."""

    FIRST = 0  # tokens of the mention with what hangs on it, and of its apposition
    LAST = 1
    AS = 2  # PRONOUN, NAME or NOUN
    CORE_FIRST = 3  # tokens that are looked up
    CORE_LAST = 4
    ROLE = 5  # token of the role that an apposition gives, -1: none


def read_speakers(t: Columns, mentions: Any, sentences: Any, said: Any) -> None:
    """Fills in how the words for each of some mentions, rows of `t.mentions`, are read."""
    for n in range(len(mentions)):
        s = sentences[n]
        m = cited(t, s, mentions[n])
        noun = stood_for(t, s, m)
        if noun >= 0:
            read_speaker(t, s, cited(t, s, noun), said[n])
            said[n, Said.FIRST], said[n, Said.LAST] = t.mentions[m, Mention.FIRST], t.mentions[m, Mention.LAST]
        else:
            read_speaker(t, s, m, said[n])


def read_speaker(t: Columns, s: int, m: int, row: Any) -> None:
    mentions = t.mentions
    first, last, group_last = mentions[m, Mention.FIRST], mentions[m, Mention.LAST], mentions[m, Mention.GROUP_LAST]
    kind = mentions[m, Mention.KIND]
    row[Said.FIRST], row[Said.LAST] = first, last
    row[Said.CORE_FIRST], row[Said.CORE_LAST], row[Said.ROLE] = first, last, -1
    row[Said.AS] = PRONOUN if kind == F.PRON else NAME if kind == F.NAME else NOUN
    if kind == F.PRON:
        return
    if kind == F.NAME:
        closing = apposition_end(t.flags, group_last, t.stops[s])
        if closing > group_last:
            row[Said.LAST] = closing - 1 if t.flags[closing] & F.COMMA else closing
    else:
        row[Said.LAST] = max(last, group_last)
    person, role = apposed(t, s, m)
    if person >= 0:
        row[Said.FIRST] = min(first, mentions[person, Mention.FIRST], mentions[role, Mention.FIRST])
        row[Said.LAST] = max(row[Said.LAST], mentions[person, Mention.GROUP_LAST], mentions[role, Mention.GROUP_LAST])
        row[Said.AS], row[Said.ROLE] = NAME, role_token(t.flags, mentions, role)
        row[Said.CORE_FIRST], row[Said.CORE_LAST] = mentions[person, Mention.FIRST], mentions[person, Mention.LAST]


def cited(t: Columns, s: int, m: int) -> int:
    """`The Post, citing two officials, reported`: the officials speak, the paper passes it on."""
    k = t.mentions[m, Mention.GROUP_LAST] + 1
    if t.flags[k] & F.COMMA:
        k += 1
    if not t.flags[k] & F.CITING:
        return m
    for other in range(t.mention_bounds[s], t.mention_bounds[s + 1]):
        if k < t.mentions[other, Mention.FIRST] <= k + 3 and t.mentions[other, Mention.KIND] != F.PRON:
            return other
    return m


def stood_for(t: Columns, s: int, m: int) -> int:
    """`The harbour board, which said`: of a relative pronoun, what it stands for; -1 nothing."""
    first = t.mentions[m, Mention.FIRST]
    if t.mentions[m, Mention.KIND] != F.PRON or not t.flags[first] & (F.RELATIVE | F.COMPLEMENTIZER):
        return -1
    k = first - 1
    if t.flags[k] & F.COMMA:
        k -= 1
    if t.flags[k] & F.PAREN and k > first - 6:  # "the Harbour Forum (HF), who say"
        k -= 1
        while k > first - 6 and not t.flags[k] & F.PAREN:
            k -= 1
        k -= 1
    for other in range(t.mention_bounds[s], t.mention_bounds[s + 1]):
        ends_there = t.mentions[other, Mention.GROUP_LAST] == k and t.mentions[other, Mention.KIND] != F.PRON
        if ends_there and not t.mentions[other, Mention.ATTACHED]:
            return other
    return -1


def apposition_end(flags: Any, last: int, end: int) -> int:
    """Last token of the apposition that follows token `last` between commas, comma included; `last` where there is none.

    "Ada Quill, secretary of the council, said": the second comma's token.
    """
    if last + 2 >= end or not flags[last + 1] & F.COMMA:
        return last
    if flags[last + 2] & F.AUXILIARY and not flags[last + 2] & F.CAPITAL:
        return last
    commas = 0
    for j in range(last + 2, min(end, last + 2 + LONGEST_APPOSITION)):
        flag = flags[j]
        if flag & F.QUOTE:
            return last
        if flag & F.CUE and not flag & F.CAPITAL and commas == 0 and flags[j - 1] & (F.PRONOUN | F.CAPITAL):
            return last
        if flag & F.COMMA:
            commas += 1
            k = j + 1
            while k < end and flags[k] & SMALL:
                k += 1
            if k < end and flags[k] & F.CUE and not flags[k] & F.CAPITAL:
                return j
            if commas == MAX_COMMAS:
                return last
    return last


def apposed(t: Columns, s: int, m: int) -> tuple[int, int]:
    """(person, role) where the mention and one next to it, a comma between, name one person: "Ada Quill, head of the council, said"; -1 where
    they do not."""
    flags, mentions = t.flags, t.mentions
    before = m - 1
    while before >= t.mention_bounds[s] and mentions[before, Mention.ATTACHED]:
        before -= 1
    first = mentions[m, Mention.FIRST]
    behind = flags[mentions[m, Mention.GROUP_LAST] + 1]
    closed = behind and not behind & F.CUE
    if closed and before >= t.mention_bounds[s] and flags[first - 1] & F.COMMA and field_end(flags, mentions, before) == first - 2:
        person, role = person_and_role(t, before, m)
        if person >= 0:
            return person, role
    after = m + 1
    end = field_end(flags, mentions, m)
    while after < t.mention_bounds[s + 1] and (mentions[after, Mention.ATTACHED] or hangs_on_field(flags, mentions, after, end)):
        end = max(end, mentions[after, Mention.LAST])
        after += 1
    if after < t.mention_bounds[s + 1]:
        at = mentions[after, Mention.FIRST]
        if flags[at - 1] & F.COMMA and at == end + 2:
            return person_and_role(t, m, after)
        if flags[end + 1] >> F.CODE_SHIFT & 63 == AND and has_two_roles(flags, mentions, m, after):
            field = flags[end + 2] & F.LOWER != 0 and flags[end + 2] & (F.UNKNOWN_LOWER | F.ORGANISATION) != 0
            if at == end + 2 or (at == end + 3 and field):  # "and county councillor Ada Quill"
                return after, m
    return -1, -1


def hangs_on_field(flags: Any, mentions: Any, m: int, end: int) -> bool:
    """ "The head of training | at the port, Ada Quill": whether a preposition ties a mention to the field that ends with token `end`."""
    return flags[end + 1] & F.ATTACHING != 0 and mentions[m, Mention.FIRST] == end + 2


def has_two_roles(flags: Any, mentions: Any, role: int, person: int) -> bool:
    """ "The chair and former mayor Ada Quill": whether a name behind a conjunction begins with a role in small letters and no article, and
    a role stands before the conjunction."""
    first, last = mentions[person, Mention.FIRST], mentions[person, Mention.LAST]
    begins = flags[first] & F.LOWER != 0 and flags[first] & F.DETERMINER == 0 and mentions[person, Mention.KIND] == F.NAME
    second = role_token(flags, mentions, person)
    named = begins and second >= 0 and flags[second] & F.LOWER != 0 and last > second + 1
    single = flags[mentions[role, Mention.LAST]] & F.ROLE != 0 and flags[mentions[role, Mention.LAST]] & F.CAPITAL == 0
    return named and single and mentions[role, Mention.KIND] == F.NOUN


def person_and_role(t: Columns, x: int, y: int) -> tuple[int, int]:
    """Which of two mentions, a comma between, is the person and which the role."""
    behind = t.flags[t.mentions[y, Mention.GROUP_LAST] + 1]
    if (behind and not behind & ENDS_APPOSITION) or holds_role_and_name(t.flags, t.mentions, y):
        return -1, -1
    if is_person_shaped(t.flags, t.mentions, x) and is_role_shaped(t.flags, t.mentions, y):
        return x, y
    if behind & CLOSES and belongs_to(t.flags, t.mentions, x, y):
        return x, x
    closed = behind & F.COMMA != 0  # "the chairwoman, Senator Ada Quill of Halmar, said"
    person = names_person(t.flags, t.mentions, y) if closed else is_person_shaped(t.flags, t.mentions, y)
    if person and is_role_shaped(t.flags, t.mentions, x):
        return y, x
    return -1, -1


def belongs_to(flags: Any, mentions: Any, x: int, y: int) -> bool:
    """ "Team boss Ada Quill, Halmar Rovers:": whether x names somebody, whom no preposition governs, and y where they belong.

    The name stands behind a role in small letters or begins with a first name; where it does neither, y holds a word for a body.
    """
    first, last = mentions[x, Mention.FIRST], mentions[x, Mention.LAST]
    before = flags[first - 1]
    if mentions[x, Mention.KIND] != F.NAME or mentions[x, Mention.GROUP_LAST] != last:
        return False
    free = not before or before & (F.PUNCTUATION | F.QUOTE) != 0 or (before & F.CUE != 0 and before & F.LOWER != 0)
    if not free or before & F.BOUNDARY or not may_be_body(flags, mentions, y):
        return False
    begin = last
    while begin >= first and is_of_name(flags[begin]):
        begin -= 1
    if begin == last or (begin < first and last == first):
        return False
    if begin >= first and (not flags[begin] & (F.ROLE | F.TITLE) or flags[begin] & F.ORGANISATION):
        return False
    small = begin >= first and flags[begin] & F.LOWER != 0
    return small or flags[begin + 1] & F.GIVEN != 0 or has_body(flags, mentions, y)


def is_of_name(flag: Any) -> bool:
    """A word of a person's name: a capital, and nothing that says what they are; or a particle."""
    return (flag & F.CAPITAL != 0 and not flag & NO_SURNAME) or flag & F.NAME_PARTICLE != 0


def may_be_body(flags: Any, mentions: Any, m: int) -> bool:
    """ "Halmar Rovers", "The Paper Kites": whether a name begins with no first name and holds no role."""
    first, last = mentions[m, Mention.FIRST], mentions[m, Mention.LAST]
    if mentions[m, Mention.KIND] != F.NAME or not flags[last] & F.CAPITAL or role_token(flags, mentions, m) >= 0:
        return False
    if flags[first] & F.DETERMINER and first < last:
        first += 1
    return not flags[first] & F.GIVEN


def has_body(flags: Any, mentions: Any, m: int) -> bool:
    """Whether a word for a body stands in a mention: "Team Halmar"."""
    found = 0
    for k in range(mentions[m, Mention.FIRST], mentions[m, Mention.LAST] + 1):
        found |= flags[k] & (F.ORGANISATION | F.MEDIUM)
    return found != 0


def holds_role_and_name(flags: Any, mentions: Any, m: int) -> bool:
    """ "On Radio Halden, the mayor Ada Quill said": whether a name is a role in small letters and somebody's first and last name right behind it."""
    k = role_token(flags, mentions, m)
    if k < 0 or not flags[k] & F.LOWER or mentions[m, Mention.LAST] < k + 2 or mentions[m, Mention.KIND] != F.NAME:
        return False
    return flags[k + 1] & F.GIVEN != 0 and flags[k + 1] & F.CAPITAL != 0 and flags[mentions[m, Mention.LAST]] & F.CAPITAL != 0


def field_end(flags: Any, mentions: Any, m: int) -> int:
    """Last token of a mention with a bare noun that a preposition ties to it: "the minister for water"."""
    group_last = mentions[m, Mention.GROUP_LAST]
    k = group_last + 1
    if mentions[m, Mention.KIND] != F.NOUN or not flags[k] & F.ATTACHING:
        return group_last
    while k <= group_last + LONGEST_FIELD and flags[k + 1] & (F.UNKNOWN_LOWER | F.ORGANISATION):
        k += 1
    return k if k > group_last + 1 else group_last


def is_person_shaped(flags: Any, mentions: Any, m: int) -> bool:
    """Whether a mention looks like a person's name on which nothing hangs."""
    return mentions[m, Mention.GROUP_LAST] == mentions[m, Mention.LAST] and names_person(flags, mentions, m)


def names_person(flags: Any, mentions: Any, m: int) -> bool:
    """Whether it looks like a person's name, whatever hangs on it."""
    first, last = mentions[m, Mention.FIRST], mentions[m, Mention.LAST]
    if mentions[m, Mention.KIND] != F.NAME:
        return False
    if flags[last] & (F.ORGANISATION | F.MEDIUM | F.ROLE | F.POSSESSIVE):
        return False
    capitals = 0
    for k in range(first, last + 1):
        if flags[k] & F.CAPITAL and not flags[k] & (F.TITLE | F.DETERMINER):
            capitals += 1
        elif capitals > 1 and flags[k] & F.PARTICLE and not flags[k] & F.NAME_PARTICLE:
            break  # "Ada J. Quill of North Halmar"
    if capitals == 1:  # "Her brother, Tomas,", "said her brother, Tomas."
        alone = first == last and flags[last] & F.GIVEN != 0 and flags[first - 1] & F.COMMA != 0
        return alone and flags[last + 1] & (F.COMMA | F.STOP) != 0
    return 2 <= capitals <= 4


def is_role_shaped(flags: Any, mentions: Any, m: int) -> bool:
    """Whether a mention says what somebody is, and is not a title with a name, "Mr. Renn"."""
    if role_token(flags, mentions, m) < 0:
        return False
    last = mentions[m, Mention.LAST]
    if mentions[m, Mention.KIND] != F.NAME or not flags[last] & F.CAPITAL:
        return True
    if flags[last] & (F.ROLE | F.TITLE | F.GROUP | F.ORGANISATION | F.MEDIUM):
        return True
    titled = False
    for k in range(mentions[m, Mention.FIRST], last):
        if flags[k] & F.LOWER and not flags[k] & F.NAME_PARTICLE:
            return True  # "MP for Northfold"
        titled = titled or flags[k] & F.TITLE != 0
    return not titled


def role_token(flags: Any, mentions: Any, m: int) -> int:
    """The first word for a role or title in a mention, -1 none; of "one of the town's bakers" the plural."""
    first, last = mentions[m, Mention.FIRST], mentions[m, Mention.LAST]
    if flags[last] & F.GROUP and flags[first - 1] & F.ATTACHING and flags[first - 2]:
        return last if flags[first - 2] & F.DETERMINER else -1
    for k in range(first, mentions[m, Mention.GROUP_LAST] + 1):
        if flags[k] & (F.ROLE | F.TITLE) and not flags[k] & F.GIVEN:
            return k
    return -1
