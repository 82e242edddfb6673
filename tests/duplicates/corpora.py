"""Small made corpora in which every text is chosen by the test."""

import numpy as np
import pyarrow as pa
from hypothesis import strategies as st

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
    """Up to fourteen texts put together from a few long passages, so that all kinds of pairs come up, some of them short or
    empty."""
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


def misread(words: list[str], step: int) -> list[str]:
    """Every so many words one with a wrong letter."""
    return [word[:1] + "q" + word[2:] if i % step == 2 else word for i, word in enumerate(words)]


def story() -> list[str]:
    """Words of which every fourth is a long name."""
    return [f"{word}atorium" if i % 4 == 0 else word for i, word in enumerate(prose(7, 150))]


def one_of_each() -> pa.Table:
    """A copy with letters misread, one with more of the same story within, one of another day, and a word-for-word copy."""
    words = story()
    more = [f"{word}atorium" for word in prose(8, 50)]
    texts = [words, misread(words, 6), words[:70] + more + words[70:], [*words, "so", "it", "was"], words]
    return table([" ".join(text) for text in texts], [None, None, "2031-05-01", "2031-05-02", None])


@st.composite
def noisy_corpora(draw: st.DrawFn) -> pa.Table:
    """A few long texts of one story: copies with letters misread, paragraphs set in, other scripts, numbers replaced, texts that
    repeat themselves."""
    texts = []
    for _ in range(draw(st.integers(2, 5))):
        step = draw(st.sampled_from([0, 5, 6, 9]))
        words = misread(story(), step) if step else story()
        if draw(st.booleans()):
            at = draw(st.integers(0, len(words)))
            ending = draw(st.sampled_from(["atorium", "itude"]))  # the story's own names, or others
            words[at:at] = [f"{word}{ending}" for word in prose(draw(st.integers(8, 9)), draw(st.integers(3, 60)))]
        if draw(st.booleans()):
            words = [str(draw(st.integers(1, 9))) if i % 25 == 24 else word for i, word in enumerate(words)]
        if draw(st.booleans()):
            words = words + words[: draw(st.integers(10, 60))]
        glue = draw(st.sampled_from([" ", " ", ", ", "\u00ad \n"]))
        text = glue.join(words) + draw(
            st.sampled_from(["", " Größe — “Überraschung” 😀 ٣٥", " 市议会星期二晚上决定在夏季之前重建木码头 สภาเทศบาล"])
        )
        texts.append(text.replace("er", "ér") if draw(st.booleans()) else text)
    days = [f"2031-05-{1 + draw(st.integers(0, 8)):02d}" if draw(st.booleans()) else None for _ in texts]
    return table(texts, days, ["gazette"] * len(texts) if draw(st.booleans()) else None)
