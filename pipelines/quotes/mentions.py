"""A mention of a speaker, and the apposition behind one. Which mentions a sentence has is read in `loops.phrases`."""

from __future__ import annotations

from typing import NamedTuple

from pipelines.quotes.flags import ADVERB, AUXILIARY, CAPITAL, COMMA, CUE, PRONOUN, QUOTE
from pipelines.quotes.loops.phrases import NAME, NOUN, PRON
from pipelines.quotes.sentences import Paragraph

__all__ = ["NAME", "NOUN", "PRON", "Mention", "apposition_end"]


class Mention(NamedTuple):
    """Tokens `first` to `last` (inclusive) of a paragraph."""

    first: int
    last: int
    kind: int  # NAME, PRON or NOUN
    attached: int  # 1 where it hangs on the mention before by a preposition, so that it is hardly a subject
    group_last: int  # last token including what hangs on this mention

    @property
    def head(self) -> int:
        """The token of the head noun or the last of the name."""
        return self.last


def apposition_end(p: Paragraph, last: int, end: int, longest: int = 24) -> int:
    """Last token of the apposition that follows token `last` between commas, comma included; `last` where there is none.

    "Ada Quill, secretary of the council, said": the second comma's token.
    """
    flags = p.flags
    if last + 2 >= end or not flags[last + 1] & COMMA or (flags[last + 2] & AUXILIARY and not flags[last + 2] & CAPITAL):
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
