"""Who has a role: the name that closes a long phrase, "the mayor of the old port Ada Quill"; and whether a phrase may be somebody.

Which phrase speaks does not stand here (`borrowed`, `clauses`).
"""

from __future__ import annotations

from pipelines.quotes import flags as F
from pipelines.quotes.kernels import mentions as kernel
from pipelines.quotes.text.paragraphs import Paragraph
from pipelines.quotes.types import Clause, Mention

_LONGEST_ROLE = 9  # tokens from a role to the name of who has it
_LONGEST_NAME = 30  # characters between marks that may be a name
_ENDS_ROLE = F.COMMA | F.STOP | F.COLON | F.DASH | F.CUE | F.AUXILIARY | F.PAREN
_BODY_AND_NAME = 3  # capitals of both
PERSON = F.ROLE | F.TITLE
_SOMEBODY = PERSON | F.GIVEN | F.GROUP | F.ORGANISATION | F.MEDIUM


def named(p: Paragraph, clause: Clause, mention: Mention) -> Mention:
    """Of a role the name of who has it, where it closes the phrase: "the mayor of the old port Ada Quill", "the head of the firm, Ada Quill,"."""
    flags = p.flags
    if mention.kind == F.PRON or not any(flags[k] & PERSON for k in range(mention.first, mention.last + 1)):
        return mention
    if mention.kind == F.NAME and kernel.is_person_shaped(flags, p.table.columns.mentions, mention.row):
        return mention
    found = mention
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
        if not apposed and (other.attached or flags[other.first - 1] & F.ATTACHING) and not _ends_with_name(p, other):
            found = other  # "the head of | Halden Motors"
            continue
        if other.kind == F.NAME and kernel.is_person_shaped(flags, p.table.columns.mentions, other.row):
            return other
        if apposed:
            break
        found = other
    return mention


def belongs_to_led(p: Paragraph, clause: Clause, mention: Mention) -> bool:
    """ "After a meeting with the director of the port Ada Quill": whether the name closes a role that a preposition leads in. Where names have cases, one in
    another than the nominative is no subject."""
    if _is_oblique(p, mention):
        return True
    for role in clause.mentions:
        if role.first >= mention.first or mention.first - role.first > _LONGEST_ROLE:
            continue
        if role.first > clause.first and p.flags[role.first - 1] & F.BOUNDARY and named(p, clause, role) == mention:
            return True
    return False


def _is_oblique(p: Paragraph, mention: Mention) -> bool:
    """ "Андрія Дячука": whether a name of two words begins with a first name that is listed in another case only."""
    lexicon = p.table.lexicon
    if not lexicon.case_endings or mention.kind != F.NAME or mention.first == mention.last:
        return False
    given = next((k for k in range(mention.first, mention.last) if p.flags[k] & F.GIVEN), None)
    return given is not None and p.word(given).lower() not in lexicon.listed_names


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


def is_name(p: Paragraph, token: int) -> bool:
    """Whether what stands between marks is short and may be the name of something: "the coach of «Druzhba» Ada Quill"."""
    return (
        bool(p.flags[token] & F.QUOTE) and p.ends[token] - p.starts[token] <= _LONGEST_NAME and bool(p.flags[token - 1] & F.LETTER)
    )


def is_named(p: Paragraph, mention: Mention) -> bool:
    """Whether the phrase has the shape of a person's name."""
    return mention.kind == F.NAME and bool(kernel.is_person_shaped(p.flags, p.table.columns.mentions, mention.row))


def is_somebody(p: Paragraph, mention: Mention) -> bool:
    """Whether something tells that a phrase may speak: a pronoun, a role, a body, a name of two words, or one that the text has again."""
    if mention.kind == F.PRON or any(p.flags[k] & _SOMEBODY for k in range(mention.first, mention.last + 1)):
        return True
    if is_named(p, mention):
        return True
    return mention.first == mention.last and p.text.count(p.word(mention.last)) > 1
