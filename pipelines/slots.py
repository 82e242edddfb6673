"""Two sequences of words side by side: the slots where one has other words than the other, and what stands in them.

What slots say of two texts is said in `duplicates.forms` and `utterances.forms`.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple, TypeVar

from pipelines.statement_words import function_words

ALIKE = 0.6  # of the letters: two spellings, or forms, of one word
_LETTERS = 5  # of a word that count where it stands elsewhere too, so that endings do not

Word = TypeVar("Word")


class Filled(NamedTuple):
    """How many words of two texts stand in the place of other ones."""

    others: int
    alike: int  # that are spelled nearly the same
    numbers: int  # in the place of numbers
    reworded: int  # slots with other small words on either side
    edits: int  # differences that are no slots: words left out or put in, or too many


def side_by_side(
    one: Sequence[Word], other: Sequence[Word], folded: Callable[[Word], str]
) -> tuple[list[Word], list[tuple[Sequence[Word], Sequence[Word]]]]:
    """The words of `one` that stand in both, in order, and the words between them where the two differ, either of which may be none."""
    kept: list[Word] = []
    slots = []
    matcher = SequenceMatcher(None, [*map(folded, one)], [*map(folded, other)], autojunk=False)
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        if tag == "equal":
            kept += one[a0:a1]
        else:
            slots.append((one[a0:a1], other[b0:b1]))
    return kept, slots


def spelled_alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


def filled(one: Sequence[str], other: Sequence[str], slot_words: int, numbers: Container[str] = ()) -> Filled:
    """What two texts, as folded words, have in the slots of one form. Small words make no slot; neither do words that stand elsewhere in the other text, which
    were only moved. `numbers`: words for numbers and days, in addition to digits; a slot has no more than `slot_words` words.

    >>> filled("i thank the staff for their patience".split(), "i thank the guests for their trust".split(), 3)
    Filled(others=2, alike=0, numbers=0, reworded=0, edits=0)
    >>> filled("ann roe died at 81 of the flu".split(), "jim poe died at 84 of a stroke at home".split(), 3)
    Filled(others=2, alike=0, numbers=1, reworded=0, edits=1)
    """
    stems = [{word[:_LETTERS] for word in words} for words in (one, other)]
    others = alike = figures = reworded = edits = 0
    for here, there in side_by_side(one, other, str)[1]:
        figure = [[word for word in side if word[0].isdigit() or word in numbers] for side in (here, there)]
        some, more = _content(here, figure[0], stems[1]), _content(there, figure[1], stems[0])
        figures += min(map(len, figure))
        if not (some and more):
            edits += not all(figure)
        elif max(len(here), len(there)) > slot_words:
            edits += 1
        elif spelled_alike(" ".join(some), " ".join(more)):
            alike += min(len(some), len(more))
        else:
            others += min(len(some), len(more))
            reworded += _small(here) != _small(there)
    return Filled(others, alike, figures, reworded, edits)


def _content(words: Sequence[str], figures: Sequence[str], elsewhere: set[str]) -> list[str]:
    return [w for w in words if w not in figures and w not in function_words() and w[:_LETTERS] not in elsewhere]


def _small(words: Sequence[str]) -> list[str]:
    return [word for word in words if word in function_words()]
