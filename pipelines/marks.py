"""Quotation marks of all scripts, and how many of them an article may have."""

from __future__ import annotations

DOUBLE_MARKS = '"“”„‟«»‹›「」『』〝〞＂″'
SINGLE_MARKS = "‘’‚'`´"  # apostrophes too

# Half again as many as a text of 50 MB of news in one piece has, and ten seconds of looking for quotes.
MOST_MARKS = 500_000


def too_many_marks(text: str, most: int = MOST_MARKS) -> str | None:
    """Why a text has too many quotation marks to be an article, in words; None where it has not.

    >>> too_many_marks('"a" "b" "c"', 5)
    'the text has 6 quotation marks, and 5 are allowed; split it into its articles; or raise the setting limits.max_marks'
    >>> too_many_marks('"a" "b"', 5)
    """
    if len(text) <= most or (count := sum(map(text.count, DOUBLE_MARKS + SINGLE_MARKS))) <= most:
        return None
    return f"the text has {count:,} quotation marks, and {most:,} are allowed; split it into its articles; or raise the setting limits.max_marks"
