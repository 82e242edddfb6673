"""Who has a role: the name that closes a long phrase, "the mayor of the old port Ada Quill"; and whether a phrase may be somebody.

Which phrase speaks does not stand here (`borrowed`, `clauses`).
"""

from __future__ import annotations

from pipelines.quotes import flags as F
from pipelines.quotes.codes import CODE_OF_FUNCTION
from pipelines.quotes.kernels import mentions as kernel
from pipelines.quotes.text.paragraphs import Paragraph
from pipelines.quotes.types import NO_ROW, Clause, Cue, Mention

_LONGEST_ROLE = 9  # tokens from a role to the name of who has it
_LONGEST_NAME = 30  # characters between marks that may be a name
_ENDS_ROLE = F.COMMA | F.STOP | F.COLON | F.DASH | F.CUE | F.AUXILIARY | F.PAREN | F.RELATIVE | F.COMPLEMENTIZER
_BODY_AND_NAME = 3  # capitals of both
PERSON = F.ROLE | F.TITLE
_SMALL = F.ADVERB | F.AUXILIARY | F.DAY
_GENITIVES = 3  # words behind a noun of a body
_NO_GENITIVE = F.PEOPLE | F.BOUNDARY | F.ADVERB | F.AUXILIARY | F.CUE | F.PRONOUN | F.DAY | F.DETERMINER
_SOMEBODY = PERSON | F.GIVEN | F.GROUP | F.ORGANISATION | F.MEDIUM


def named(p: Paragraph, clause: Clause, mention: Mention, source: bool = False) -> Mention:
    """Of a role the name of who has it, where it closes the phrase: "the mayor of the old port Ada Quill", "the head of the firm, Ada Quill,".
    `source`: the role is not in the nominative, as behind "according to"."""
    flags = p.flags
    if mention.kind == F.PRON or not any(flags[k] & PERSON for k in range(mention.first, mention.last + 1)):
        return _apposed_name(p, clause, mention) or mention
    if mention.kind == F.NAME and kernel.is_person_shaped(flags, p.table.columns.mentions, mention.row):
        return mention
    found = mention
    led = flags[mention.first - 1] & F.BOUNDARY or any(c.follows and c.last == mention.first - 1 for c in clause.cues)
    source = source or bool(led)
    for other in clause.mentions:
        if other.first <= mention.last:
            continue
        if other.first - mention.first > _LONGEST_ROLE:
            break
        gap = flags[found.last + 1 : other.first]
        apposed = any(flag & F.COMMA for flag in gap)
        if any(flag & (_ENDS_ROLE & ~F.COMMA) for flag in gap) or sum(1 for flag in gap if flag & F.COMMA) > 1:
            break
        if apposed and not flags[other.first - 1] & F.COMMA:
            break
        tied = other.attached or flags[other.first - 1] & F.ATTACHING
        hangs = other.attached or any(flag & F.ATTACHING for flag in gap)
        if not apposed and hangs and p.word(mention.last).lower() in p.table.lexicon.file.roles.kin:
            break  # "die Schwester | des Vermissten Ada Quill"
        oblique = p.word(other.first).lower() in p.table.lexicon.file.clauses.oblique
        if not apposed and ((oblique and not source) or _is_other_person(p, other) or (not source and is_oblique(p, other))):
            break
        if not apposed and tied and not _ends_with_name(p, other):
            found = other  # "the head of | Halden Motors"
            continue
        if other.kind == F.NAME and kernel.is_person_shaped(flags, p.table.columns.mentions, other.row):
            return other
        if apposed:
            break
        found = other
    return mention


def _apposed_name(p: Paragraph, clause: Clause, mention: Mention) -> Mention | None:
    """`"…", añadió su antecesora, | Ada Quill.`: the name in apposition to an article or possessive and a noun of no list."""
    flags, last = p.flags, mention.last
    if (
        mention.kind != F.NOUN
        or last != mention.first + 1
        or not flags[mention.first] & F.DETERMINER
        or not flags[last] & F.UNKNOWN_LOWER
    ):
        return None
    if not flags[last + 1] & F.COMMA or not flags[mention.first - 1] & F.CUE:
        return None
    name = next((m for m in clause.mentions if m.first == last + 2), None)
    ends = name is not None and flags[name.last + 1] & (F.COMMA | F.STOP | F.DASH)
    return name if name is not None and ends and is_named(p, name) else None


def _is_other_person(p: Paragraph, mention: Mention) -> bool:
    """`said the judge to the witness Ada Quill`: whether a phrase behind a role begins with a role or first name of its own and a preposition or
    an article ties it to the role, so that it is somebody else."""
    flags, first = p.flags, mention.first
    while flags[first - 1] & PERSON and flags[first - 1] & F.LOWER:
        first -= 1  # "au notaire | Alain Colb"
    begin = first
    while begin < mention.last and flags[begin] & (F.DETERMINER | F.PARTICLE) and not flags[begin] & F.CAPITAL:
        begin += 1
    while flags[first - 1] & F.DETERMINER and not flags[first - 1] & F.CAPITAL:
        first -= 1
    joined = flags[first - 1] >> F.CODE_SHIFT & 63 == CODE_OF_FUNCTION["conjunction"]  # "chairman and chief executive Ada Quill"
    led = 0 if joined else flags[first - 1] & (F.BOUNDARY | F.ATTACHING)
    if led & (F.BOUNDARY | F.ATTACHING) == F.BOUNDARY and any(flags[k] & F.GIVEN for k in range(begin, mention.last + 1)):
        return True
    lexicon, word = p.table.lexicon, p.word(begin).lower()
    somebody = flags[begin] & (PERSON | F.GIVEN) or lexicon.source_in_case(word) & F.ROLE or lexicon.is_role_in_genitive(word)
    return bool(led or flags[first] & F.DETERMINER) and bool(somebody)


def belongs_to_led(p: Paragraph, clause: Clause, mention: Mention) -> bool:
    """ "After a meeting with the director of the port Ada Quill": whether the name closes a role that a preposition leads in. Where names have cases, one in
    another than the nominative is no subject."""
    if is_oblique(p, mention):
        return True
    for role in clause.mentions:
        if role.first >= mention.first or mention.first - role.first > _LONGEST_ROLE:
            continue
        if role.first > clause.first and p.flags[role.first - 1] & F.BOUNDARY and named(p, clause, role) == mention:
            return True
    return False


def is_oblique(p: Paragraph, mention: Mention) -> bool:
    """ "Андрія Дячука": whether a name has a first name, but none that is listed in this case; or may be a man's in the genitive, "Karla Roubíčka", where
    a woman's last name would show it."""
    lexicon = p.table.lexicon
    if not lexicon.case_endings or mention.kind != F.NAME or mention.first == mention.last:
        return False
    given = [p.word(k).lower() for k in range(mention.first, mention.last) if p.flags[k] & F.GIVEN]
    role = p.flags[mention.first] & PERSON  # "sestra Jana Lesa" is whose sister speaks
    if given and not role and lexicon.file.surnames_tell_gender and lexicon.may_be_genitive(given[0], p.word(mention.last).lower()):
        return True
    return bool(given) and lexicon.listed_names.isdisjoint(given)


def _ends_with_name(p: Paragraph, mention: Mention) -> bool:
    """ "The head of ANA Ada Quill", "the commissioner for the Sea Ada Quill": what the role is of and who has it, in one run of capitals."""
    capitals = [k for k in range(mention.first, mention.last + 1) if p.flags[k] & F.CAPITAL]
    if mention.kind != F.NAME or len(capitals) < _BODY_AND_NAME or p.flags[mention.last + 1] & F.COMMA:
        return False
    if any(p.flags[k] & (F.ORGANISATION | F.MEDIUM) for k in capitals):
        return False
    first = p.flags[mention.first]
    if p.word(capitals[0]).lower() in p.table.lexicon.bodies:
        return True  # "the minister of Health Ada Quill"
    known = (
        any(p.flags[k] & F.GIVEN for k in capitals[1:-1])
        or p.text.count(p.word(mention.last)) > 1
        or p.text.count(p.word(capitals[0])) > 1
    )
    return known or bool(first & (F.UPPER | F.DETERMINER))


def body_at(p: Paragraph, first: int, end: int, subject: bool = True) -> Mention | None:
    """`uvedlo | ministerstvo dopravy`: where nouns have no article, a noun of a body that begins at a token or has one adjective before it, with the
    nouns in the genitive behind it; None where a name follows. `subject`: only in the nominative, not "сообщил | полиции"."""
    lexicon, flags = p.table.lexicon, p.flags
    genitives = lexicon.file.endings.genitive_nouns
    if not genitives:
        return None
    opens = F.CAPITAL if first == p.sentence_at(first)[0] else 0
    head = next((k for k in range(first, min(first + 2, end)) if _is_body(p, k) or not flags[k] & (F.UNKNOWN_LOWER | opens)), end)
    if head >= end or not _is_body(p, head) or (subject and p.word(head).lower() not in lexicon.file.roles.organisation):
        return None
    last = head
    while last + 1 < min(end, head + 1 + _GENITIVES) and flags[last + 1] & F.LOWER and not flags[last + 1] & _NO_GENITIVE:
        if not p.word(last + 1).endswith(genitives):
            break
        last += 1
    if last + 1 < end and flags[last + 1] & (F.CAPITAL | F.QUOTE):
        return None  # "společnost Vodárna", "компания «Восток»"
    return Mention(first, last, F.NOUN, 0, last, NO_ROW)


def body_behind(p: Paragraph, cue: Cue, end: int) -> Mention | None:
    """`uvedlo v pondělí | ministerstvo dopravy`: such a noun behind a cue, a day passed over."""
    flags, k = p.flags, cue.last + 1
    while k < end and (flags[k] & _SMALL or (flags[k] & F.BOUNDARY and k + 1 < end and flags[k + 1] & F.DAY)):
        k += 1
    led = k + 1 < end and flags[k] & F.BOUNDARY  # "заявили | в министерстве"
    return body_at(p, k + 1, end, subject=False) if led else body_at(p, k, end)


def _is_body(p: Paragraph, token: int) -> bool:
    flag = p.flags[token]
    if flag & F.UNKNOWN_LOWER:
        flag |= p.table.lexicon.source_in_case(p.word(token))
    return flag & (F.ORGANISATION | F.GIVEN) == F.ORGANISATION and not flag & F.UPPER


def is_name(p: Paragraph, token: int) -> bool:
    """Whether what stands between marks is short and may be the name of something: "the coach of «Druzhba» Ada Quill"."""
    return (
        bool(p.flags[token] & F.QUOTE) and p.ends[token] - p.starts[token] <= _LONGEST_NAME and bool(p.flags[token - 1] & F.LETTER)
    )


def is_named(p: Paragraph, mention: Mention) -> bool:
    """Whether the phrase has the shape of a person's name."""
    return mention.kind == F.NAME and bool(kernel.is_person_shaped(p.flags, p.table.columns.mentions, mention.row))


def is_whole(p: Paragraph, mention: Mention) -> bool:
    """Whether a phrase has the role of somebody and a name of two words: "the mayor Ada Quill"."""
    names = sum(1 for k in range(mention.first, mention.last + 1) if p.flags[k] & F.CAPITAL and not p.flags[k] & PERSON)
    return names > 1 and bool(p.flags[mention.head] & F.CAPITAL) and bool(_roles_of(p, mention)) and is_named(p, mention)


def _roles_of(p: Paragraph, mention: Mention) -> int:
    return sum(1 for k in range(mention.first, mention.last + 1) if p.flags[k] & PERSON and p.flags[k] & F.LOWER)


def is_somebody(p: Paragraph, mention: Mention) -> bool:
    """Whether something tells that a phrase may speak: a pronoun, a role, a body, a name of two words, or one that the text has again."""
    if mention.kind == F.PRON or any(p.flags[k] & _SOMEBODY for k in range(mention.first, mention.last + 1)):
        return True
    if is_named(p, mention):
        return True
    return mention.first == mention.last and p.text.count(p.word(mention.last)) > 1
