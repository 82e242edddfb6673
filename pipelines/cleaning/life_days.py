"""Days in somebody's life, which are no day of publication: "born 3 May 1931", "3 May 1931 - 12 March 2024"."""

from __future__ import annotations

from pipelines.cleaning.dates import find_dates
from pipelines.cleaning.folding import words_of
from pipelines.cleaning.lexicon import Lexicon

LONGEST_SPAN = 80  # characters of a line that gives the first and last day of a life
YEARS_APART = 15  # of two days: no article is changed after so long


def is_of_a_life(folded: str, lexicon: Lexicon) -> bool:
    """Whether a folded line, or what stands before a date in it, says when somebody was born or died: in a word, or by two days that are too far
    apart for an article and its change.

    >>> from pipelines.cleaning.lexicon import load_lexicon
    >>> lines = ("jane roe, weaver, born on", "3 may 1931 - 12 march 2024", "posted 3 may 2003, updated 4 may 2023", "posted on")
    >>> [is_of_a_life(line, load_lexicon("en")) for line in lines]
    [True, True, False, False]
    """
    words, known = words_of(folded), lexicon.dates
    if not known.life_words.isdisjoint(words):
        return True
    if len(folded) > LONGEST_SPAN or not known.update_words.isdisjoint(words) or not known.labels.isdisjoint(words):
        return False
    years = [int(found.iso[:4]) for found in find_dates(folded, lexicon)]
    return len(years) > 1 and abs(years[0] - years[-1]) >= YEARS_APART
