"""Which words of a run of capitals are a company's name, by the words alone.

What the text around a name shows belongs in `bodies`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.quotes import flags as F
from pipelines.quotes.people.kinds import ENDING, NameWords
from pipelines.quotes.types import Token

_TICKER = re.compile(r"[A-Z\d]{2,6}[a-z]?\.[A-Z]{1,2}")
_PLACE, _OF_PLACE = 3, 5  # letters of "Oslo" or longer, of "based" or longer
HEADING_WORD = 4  # letters of a word of a heading in capitals


def is_ticker(word: str) -> bool:
    """ "QRM.N": the sign of a share at an exchange."""
    return _TICKER.fullmatch(word) is not None


def is_called_by_form(tokens: Sequence[Token], kinds: NameWords) -> bool:
    """ "General Motors": whether a company's form ends the words, and none is a first name. A title in them may be part of the name."""
    return kinds.is_form(tokens[-1].word) and not any(t.flags & F.GIVEN for t in tokens)


def begin_of_company(tokens: Sequence[Token], kinds: NameWords) -> int:
    """Where the name begins that a company's form ends: "Ada Quill Co" of "Retailer Ada Quill Co"; -1 where it has "of", "Bank of Renn Corp"."""
    begin = len(tokens) - 1
    while begin and (tokens[begin - 1].word == "&" or _may_be_of_company(tokens[begin - 1], kinds)):
        begin -= 1
    of = begin > 1 and tokens[begin - 1].flags & F.PARTICLE and tokens[begin - 2].flags & F.CAPITAL
    return -1 if of else begin


def _may_be_of_company(token: Token, kinds: NameWords) -> bool:
    """Whether a word before a company's form is part of its name: "Quill's Corp", and not "Norway's Quorum", "Retailer Quill", "As Quill"."""
    flag, low = token.flags, ENDING.sub("", token.word).lower()
    if not flag & F.CAPITAL or flag & (F.DETERMINER | F.NOT_NAME) or is_description(token.word):
        return False
    if flag & (F.ROLE | F.GROUP) and not flag & (F.TITLE | F.GIVEN):
        return False
    return not (flag & F.POSSESSIVE and (kinds.is_place((low,)) or kinds.is_demonym(low) or low[-1:] == "."))


def without_lead(words: Sequence[str], name: str, kinds: NameWords) -> list[str]:
    """The words before a company's name that may be part of it: none of "Norway's Quorum", "LATE AGAIN Quorum", "Debt-laden Quorum"."""
    lead = [word for word in words if not kinds.lexicon.flags(word) & (F.DETERMINER | F.NOT_NAME)]
    form = max((k for k, word in enumerate(lead) if kinds.is_form(word)), default=-1)
    lead = lead[form + 1 :]  # "Renn Corp Quorum"
    while lead and (kinds.is_place((ENDING.sub("", lead[0]).lower(),)) or _is_heading(lead[0], name) or is_description(lead[0])):
        lead.pop(0)
    return lead


def is_description(word: str) -> bool:
    """ "Halmar-based", "Debt-laden"."""
    return "-" in word and word.rpartition("-")[2].islower()


def is_from_place(word: str) -> bool:
    """ "Halmar-based", and not "Jun-ho"."""
    place, _, form = word.rpartition("-")
    return len(place) >= _PLACE and form.islower() and len(form) >= _OF_PLACE


def _is_heading(word: str, name: str) -> bool:
    """Whether a word in capitals before a name that has small letters is of a heading."""
    return word.isupper() and len(word) >= HEADING_WORD and not name.isupper()
