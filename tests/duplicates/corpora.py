"""Small made corpora in which every text is chosen by the test, and the slow exact answers to hold results against."""

import re

import numpy as np
import pyarrow as pa
from hypothesis import strategies as st

WORD = re.compile(r"[a-z0-9]+")
VOCABULARY = [
    a + b + c for a in ("ba", "ke", "lo", "mi", "nu") for b in ("rd", "st", "ll", "nt") for c in ("a", "o", "er", "ing", "7")
]


def prose(seed: int, words: int) -> list[str]:
    """Words that no text of another seed has in the same order."""
    return [VOCABULARY[i] for i in np.random.default_rng(seed).integers(0, len(VOCABULARY), words)]


def table(texts: list[str], dates: list[str | None] | None = None, publishers: list[str | None] | None = None) -> pa.Table:
    size = len(texts)
    return pa.table(
        {
            "id": [f"n{i:03d}" for i in range(size)],
            "text": pa.array(texts, pa.large_string()),
            "publisher": pa.array(publishers or [None] * size, pa.string()),
            "date": pa.array(dates or [None] * size, pa.string()),
        }
    )


@st.composite
def corpora(draw: st.DrawFn) -> pa.Table:
    """Up to fourteen texts put together from a few long passages, so that all kinds of pairs come up, some of them short or empty."""
    passages = [prose(seed, 40) for seed in range(5)]
    piece = st.tuples(st.integers(0, 4), st.integers(0, 20), st.integers(3, 40)).map(lambda p: passages[p[0]][p[1] : p[1] + p[2]])
    edited = st.tuples(piece, st.lists(st.integers(0, 39), max_size=2)).map(
        lambda pe: [("changed" if i in pe[1] else word) for i, word in enumerate(pe[0])]
    )
    text = st.lists(edited, max_size=4).map(lambda pieces: ". ".join(" ".join(p) for p in pieces))
    texts = draw(st.lists(text | st.sampled_from(["", "see above", "See above!", " ".join(prose(1, 40))]), min_size=1, max_size=14))
    day = st.none() | st.integers(1, 12).map(lambda d: f"2031-05-{d:02d}")
    dates = draw(st.lists(day, min_size=len(texts), max_size=len(texts)))
    publishers = draw(st.lists(st.sampled_from([None, "gazette", "herald"]), min_size=len(texts), max_size=len(texts)))
    return table(texts, dates, publishers)


def shingles(text: str) -> set[tuple[str, ...]]:
    words = WORD.findall(text.lower())
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


def longest_run(a: str, b: str) -> int:
    """The longest run of words that both texts have, by the quadratic table."""
    left, right = WORD.findall(a.lower()), WORD.findall(b.lower())
    best, row = 0, [0] * (len(right) + 1)
    for word in left:
        row = [0] + [row[j] + 1 if word == other else 0 for j, other in enumerate(right)]
        best = max(best, *row)
    return best
