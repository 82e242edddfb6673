"""Two statements of one form: the same words in the same order, but for slots that hold quite other ones. "I thank the staff for their patience" is not
"I thank the customers for their trust". A translator who puts other words for some puts other small words too.

What follows from it for a pair is said in `corroboration`.
"""

from __future__ import annotations

from pipelines.slots import filled
from pipelines.utterances.wording import negations_of_all, words_of_all

_MIN_REPLACED = 2  # content words on either side
_MOST_WORDS = 14  # of a statement; in longer ones a translator finds other words for two by chance
_MOST_IN_SLOT = 3  # words


def have_one_form(one: str, other: str) -> bool:
    """Whether two folded statements differ only in slots, which hold at least two quite other words of content in all. A number or day by itself is none: it is
    what a report may have wrong.

    >>> have_one_form("i thank the staff for their patience", "i thank the customers for their trust")
    True
    >>> have_one_form("i thank the staff for their patience", "i thank all of the staff for having been so patient")
    False
    >>> have_one_form("there are 14 cracks in the wall", "there are 40 cracks in the wall")
    False
    """
    a, b = one.split(), other.split()
    if max(len(a), len(b)) > _MOST_WORDS:
        return False
    found = filled(a, b, _MOST_IN_SLOT, words_of_all())
    return found.others >= _MIN_REPLACED and not (found.alike or found.reworded or found.edits)


def denies(one: str, other: str) -> bool:
    """Whether one of two folded statements has a negation more.

    >>> denies("there will be no dismissals", "there will be dismissals")
    True
    """
    a, b = (sum(word in negations_of_all() for word in text.split()) for text in (one, other))
    return a != b
