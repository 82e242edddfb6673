"""The one settings object of stories. Every number below was tuned on the development articles; `docs/stories.md` says what each is worth."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class StorySettings:
    """How articles are described, how alike two must be, and when groups join.

    An article is described by the words of its beginning, by those of its lead alone, and by pairs of neighbouring words. Likeness is the
    mean cosine of the three. It is then read against the neighbourhood of both articles: in a corpus full of one topic the same likeness
    says less.
    """

    stem: int = 7  # letters of a word that count, so that endings of any language do not
    words: int = 400  # words of the text that are read
    lead: int = 60  # words of the lead
    paired: int = 200  # words whose neighbours are paired
    title: int = 2  # a word of the title counts so often
    kept: int = 160  # terms kept of each description, the rarest first
    common: float = 0.1  # a term in more than this share of all articles tells nothing
    few: int = 5  # whatever the share, a term in so many articles still tells something
    most: int = 300  # nor does one in more articles than this, however large the corpus
    lone: float = (
        0.1  # a term that no other article has adds so much to the length of a description, so that a small corpus is not all alike
    )
    imagined: int = 20  # articles added to the count, without a term in common, so that a small corpus can be told apart too

    neighbours: tuple[int, ...] = (15, 30, 60)  # the ranks whose likeness is the scale of an article's neighbourhood
    scale: tuple[float, float] = (0.03, 0.15)  # bounds of that scale: tiny corpora, and stories with more articles than neighbours
    floor_of_few: float = 0.2  # the lower bound where there are few articles: all words of a language look rare then
    settled: int = 400  # articles, of which half of that is left
    emphasis: float = 1.2  # exponent of what exceeds the scale

    # The log odds that two articles tell one story, from what is found about them.
    base: float = -5.2
    above: float = 1.0  # for the log of likeness over the scales of both
    likeness: float = 0.6  # for the log of likeness itself
    shared: float = 7.0  # for the cosine of their neighbourhoods
    numbers: float = 1.1  # for the square root of the cosine of their numbers
    other_day: float = -1.1  # where both leads name days of the week, and none in common, and one article has no date
    together: float = 0.4  # for two dates of one day, or of one and the next
    apart: float = -1.4  # for `farthest` days or more between their dates; for fewer, less, by the log of the days
    undated: float = 0.3  # share of `apart` where an article has no date
    farthest: int = 90
    form: float = -5.0  # where both are of one form, and tell of other things in it
    same_form: float = 0.3  # of the pairs of words of the one with fewer, from which on that is so
    other_numbers: float = 0.5  # of its numbers, up to which they may be in the other
    other_names: float = 0.34  # of the names of its beginning
    least_facts: int = 2  # different numbers, and names, in each: with fewer nothing is said
    said: float = 0.3  # chance that two articles tell one story because both report one utterance

    join: float = 0.38  # groups join while the mean chance over their pairs is at least this
    sure: float = 0.7  # below this, two groups of several articles do not join
    narrow: float = 4.0  # where they are alike by fewer terms than this, in each description: what they share is a name
    threads: int = 2

    def __post_init__(self) -> None:
        for name in ("stem", "words", "lead", "paired", "kept", "most", "farthest", "threads"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is {getattr(self, name)!r}: allowed is 1 or more")
        for name in ("common", "join"):
            if not 0 < getattr(self, name) <= 1:
                raise ValueError(f"{name} is {getattr(self, name)!r}: allowed is a share above 0 and up to 1, such as 0.1")
