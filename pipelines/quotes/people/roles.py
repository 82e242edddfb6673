"""What somebody is, in the words of the text, and the body where they are it: "president of the Harbour Bank".

Which words stand around a name does not belong here (`name_index`), nor who is meant by a role alone (`nouns`).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.quotes import flags as F
from pipelines.quotes.lexicon import Lexicon
from pipelines.quotes.people.kinds import NameWords
from pipelines.quotes.people.types import RolePhrase, Span
from pipelines.quotes.types import Token

_ROLE = F.ROLE | F.TITLE
_NOT_FIRST = F.DETERMINER | F.POSSESSIVE | F.DIGIT | F.RELATIVE
_MAX_WORDS = 12  # of a phrase


def role_phrase(tokens: Sequence[Token], lexicon: Lexicon, kinds: NameWords) -> RolePhrase | None:
    """The phrase that the words next to a name are, without its article; None where they are no role ("a former neighbour", "Mr.")."""
    words = list(tokens)
    if words and words[0].flags & F.OPENS_PHRASE and words[0].flags & F.LOWER:
        return None  # "according to an aide": somebody else
    if words and words[0].flags & F.RELATIVE:
        return None  # "whose son attends the school"
    while len(words) > 1 and words[0].flags & F.ADVERB and words[0].flags & F.LOWER and not words[0].flags & _ROLE:
        words.pop(0)  # "then the head of the club"
    while words and (words[0].flags & _NOT_FIRST or (words[0].flags & F.PARTICLE and words[0].flags & F.LOWER)):
        words.pop(0)
    while words and words[-1].flags & (F.DETERMINER | F.PARTICLE | F.ATTACHING) and not words[-1].flags & _ROLE:
        words.pop()
    if len(words) > 1 and words[-1].flags & F.TITLE and words[-1].start > words[-2].end + 1:
        words.pop()  # "the ward's director, Dr. Ada Quill"
    if not words or len(words) > _MAX_WORDS or not (any(_is_role(t, lexicon) for t in words) or _is_whose(words, lexicon)):
        return None
    if words[0].flags & F.ENDS_ING and words[0].flags & F.UNKNOWN_LOWER:
        return None  # "travelling with the president"
    return RolePhrase(words[0].start, words[-1].end, _organisation(words, kinds))


def _is_whose(words: list[Token], lexicon: Lexicon) -> bool:
    """ "member of the town council", "Green Party leader": whether a role that many have stands with the body where they have it."""
    body = any(t.flags & (F.ORGANISATION | F.GROUP) and not t.flags & _ROLE for t in words)
    return body and any(t.flags & F.ROLE and t.word.lower() in lexicon.loose for t in words)


def _is_role(token: Token, lexicon: Lexicon) -> bool:
    return bool(token.flags & _ROLE) and token.word.lower().rstrip(".") not in lexicon.loose


def _organisation(words: list[Token], kinds: NameWords) -> Span | None:
    """A body's name behind a preposition, or before the role: "head of the Harbour Bank", "Harbour Bank chairman"."""
    joints = [k for k, t in enumerate(words) if t.flags & (F.ATTACHING | F.PARTICLE) and t.flags & F.LOWER]
    for k in joints:
        name = [t for t in words[k + 1 : next((j for j in joints if j > k), len(words))] if not t.flags & F.DETERMINER]
        if name and _is_body(name, kinds):
            return name[0].start, name[-1].end
    role = next((k for k, t in enumerate(words) if t.flags & _ROLE), 0)
    before = words[:role]
    if len(before) == 1 and before[0].flags & F.ORGANISATION:
        return None  # "Council president": no body's name
    return (before[0].start, before[-1].end) if before and _is_body(before, kinds) else None


def _is_body(name: list[Token], kinds: NameWords) -> bool:
    if not all(t.flags & F.CAPITAL for t in name):
        return False
    last = name[-1].word
    return (
        kinds.is_body(last) or kinds.is_brand(last) or (kinds.is_acronym(last) and not kinds.is_place((last.lower().rstrip("."),)))
    )
