"""How texts become words, against the rule read character by character."""

import unicodedata

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.duplicates.settings import DuplicateSettings
from pipelines.duplicates.sketching import TextBuffers, sketch_texts
from pipelines.duplicates.verification import locate
from tests.naive import words_of

CHARACTERS = "abzAZ09 .,-'\n\u2019\u00ad\u200b\u0301éÉßñІїґшЖαΩ中文日かタไทยم٣५²ⅷ５Ａﬁ😀𠀀𝒜İȺ"


TEXTS = st.lists(
    st.one_of(
        st.text(st.sampled_from(CHARACTERS), max_size=40),
        st.text(st.sampled_from("abc "), max_size=150),
        st.sampled_from(["international ", "Donaudampfschifffahrtsgesellschaft ", "1789 ", "самостійність ", "a " * 70]),
    ),
    max_size=6,
).map("".join)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_words_are_those_of_the_rule_and_equal_hashes_are_equal_words(texts):
    found = sketch_texts([pa.array(texts, pa.string())], DuplicateSettings())
    expected = [words_of(text) for text in texts]
    assert found.words.tolist() == [len(words) for words in expected]
    hashes = {}
    for word, value in zip((word for words in expected for word, _, _ in words), found.word_hashes.taken().tolist(), strict=True):
        assert hashes.setdefault(word, value) == value
    assert len(set(hashes.values())) == len(hashes)
    for word, value in hashes.items():
        has_digit = any(unicodedata.category(character)[0] == "N" for character in word)
        assert value & 1 == has_digit
        assert has_digit or (value >> 1) & 1 == (len(word) >= 7)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(TEXTS)
def test_words_are_found_again_where_they_stand(text):
    expected = words_of(text)
    texts, count = TextBuffers(pa.array([text], pa.string())), len(expected)
    if not count:
        return
    every = np.arange(count)
    found = locate(texts, np.zeros(1, np.int64), np.array([count]), np.zeros(count, np.int64), every, every + 1, 1)
    assert [(first, last) for _, _, first, last in found.tolist()] == [(first, last) for _, first, last in expected]
    data = text.encode()
    assert [data[a:b].decode() for a, b, _, _ in found.tolist()] == [text[first:last] for _, first, last in expected]


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.lists(TEXTS, min_size=2, max_size=5))
def test_what_is_remembered_of_a_text_does_not_depend_on_its_neighbours(texts):
    together = sketch_texts([pa.array(texts, pa.string())], DuplicateSettings())
    of_lists = [
        np.split(lists.taken(), np.cumsum(lists.lengths)[:-1])
        for lists in (together.signatures, together.sketch, together.neighbourhoods, together.word_hashes)
    ]
    for row, text in enumerate(texts):
        alone = sketch_texts([pa.array([text], pa.string())], DuplicateSettings())
        assert together.text_hashes[row].tolist() == alone.text_hashes[0].tolist()
        assert together.distinct[row] == alone.distinct[0]
        of_alone = [alone.signatures, alone.sketch, alone.neighbourhoods, alone.word_hashes]
        assert [lists[row].tolist() for lists in of_lists] == [lists.taken().tolist() for lists in of_alone]


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.lists(st.sampled_from("a b c d e f g".split()), max_size=300))
def test_distinct_shingles_are_counted_exactly(words):
    found = sketch_texts([pa.array([" ".join(words)], pa.string())], DuplicateSettings())
    assert found.distinct[0] == len({tuple(words[i : i + 5]) for i in range(len(words) - 4)})
