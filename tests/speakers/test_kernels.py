"""What is compiled, its twin in Python and a plain way of the same give one answer."""

import functools

import numpy as np
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from pipelines.speakers import candidates, given, sounds
from pipelines.speakers.candidates import may_be_one, not_told_apart
from pipelines.speakers.kernels.load import KERNELS
from pipelines.speakers.people import same_person
from pipelines.speakers.settings import SoundCosts
from pipelines.speakers.skeletons import skeleton

WORDS = st.one_of(
    st.text("abdeiklmnorstvшко", min_size=1, max_size=9),
    st.sampled_from(["tarvashko", "tarwaschko", "тарвашко", "quill", "quil", "bill", "william", "serhiy", "sergey", "yelena"]),
)


def plain_distance(a, b, costs):
    """By the definition: the least of leaving out either first place, or of taking one for the other."""

    def missing(place):
        return costs.silent if place.silent else costs.vowel if not place.sounds & ~sounds._VOWELS else 1.0

    def instead(x, y):
        if x.sounds & y.sounds:
            return 0.0
        if x.sounds & sounds._VOWELS and y.sounds & sounds._VOWELS:
            return costs.other_vowel
        return costs.near if sounds._near(x.sounds) & y.sounds else 1.0

    @functools.cache
    def of(i, j):
        ways = [of(i - 1, j) + missing(a[i - 1])] if i else []
        ways += [of(i, j - 1) + missing(b[j - 1])] if j else []
        ways += [of(i - 1, j - 1) + instead(a[i - 1], b[j - 1])] if i and j else []
        return min(ways, default=0.0)

    return of(len(a), len(b))


@settings(max_examples=150, deadline=None, derandomize=True)
@drawn(WORDS, WORDS)
def test_both_forms_find_the_least_cost_of_turning_one_row_of_sounds_into_another(a, b):
    costs = SoundCosts()
    for compiled in (True, False):
        with KERNELS.always(compiled=compiled):
            assert sounds._distance(a, b, costs) == plain_distance(sounds.sounds_of(a), sounds.sounds_of(b), costs)


def alike(a, b):
    first, second = skeleton(a), skeleton(b)
    joined = len(min(first, second, key=len)) > 1 and (first.startswith(second) or second.startswith(first))
    return first == second or joined or OSA.normalized_similarity(first, second) >= 0.6 or given.one_given_name(a, b)


def within(words, others):
    return all(any(alike(word, other) for other in others) for word in words)


@settings(max_examples=80, deadline=None, derandomize=True)
@drawn(st.lists(st.frozensets(WORDS, min_size=1, max_size=3), min_size=2, max_size=5))
def test_both_forms_leave_out_only_names_that_each_have_a_word_which_is_none_of_the_others(names):
    first, second = np.triu_indices(len(names), 1)
    pairs = list(zip(first.tolist(), second.tolist(), strict=True))
    wanted = [(a, b) for a, b in pairs if within(names[a] - names[b], names[b]) or within(names[b] - names[a], names[a])]
    for compiled in (True, False):
        with KERNELS.always(compiled=compiled):
            found = may_be_one(names, first, second)
        assert [pair for pair, kept in zip(pairs, found.tolist(), strict=True) if kept] == wanted


def test_pairs_are_looked_at_in_threads_as_in_one(monkeypatch):
    names = [
        f"{given} {family}"
        for given in ("Tove", "Bill", "Mara", "William")
        for family in ("Quill", "Quil", "Tarvashko", "Tarwaschko")
    ]
    pairs = np.column_stack(np.triu_indices(len(names), 1))
    with KERNELS.always(compiled=True):
        wanted = not_told_apart(names, pairs)
        monkeypatch.setattr(candidates, "_IN_A_THREAD", 7)
        monkeypatch.setattr(candidates.os, "cpu_count", lambda: 3)
        assert not_told_apart(names, pairs) == wanted
    assert 0 < len(wanted) < len(pairs)


def by_scanning(word):
    """The places of a word of letters without accents: of the longest grapheme that begins here, else of the letter where it is a sound."""
    listed, at, places = sounds._readings("latin"), 0, []
    while at < len(word):
        size = next((size for size in range(sounds._LONGEST, 0, -1) if word[at : at + size] in listed), 1)
        letter = (sounds.Place(sounds._BIT[word[at]], False),) if word[at] in sounds._BIT else ()
        places += listed.get(word[at : at + size], letter)
        at += size
    return places


@settings(max_examples=200, deadline=None, derandomize=True)
@drawn(st.text("abcdefghijklmnopqrstuvwxyz'-1", max_size=12))
def test_letters_without_accents_are_read_by_the_longest_grapheme_first(word):
    assert sounds._read(word, "latin") == by_scanning(word)


NAMES = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(" ".join), min_size=2, max_size=5, unique=True)


@settings(max_examples=60, deadline=None, derandomize=True)
@drawn(NAMES)
def test_both_forms_tell_apart_only_names_that_are_not_of_one_person(names):
    first, second = np.triu_indices(len(names), 1)
    pairs = list(zip(first.tolist(), second.tolist(), strict=True))
    kept = {}
    for compiled in (True, False):
        with KERNELS.always(compiled=compiled):
            kept[compiled] = not_told_apart(names, pairs)
    assert kept[True] == kept[False]
    assert not any(same_person(names[a], names[b]).same for a, b in set(pairs) - set(kept[True]))
