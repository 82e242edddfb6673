"""Results against slow exact answers: every pair of a small corpus compared, any order and any batching of the input."""

import random

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines import schemas
from pipelines.duplicates import DuplicateSettings, find_duplicates, sketch_articles, update_duplicates, updating
from pipelines.duplicates.kernels.load import KERNELS
from pipelines.duplicates.stored import indexed, proposed_from
from pipelines.vocabulary import MERGING_KINDS
from tests import naive
from tests.duplicates.corpora import corpora, prose, table
from tests.naive import WORD, longest_run, shingles

COMPLETE = DuplicateSettings(sketch_one_in=1)  # every shingle in the sketch: the candidates then miss nothing
EVERY = settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def rows(pairs: pa.Table) -> dict[tuple[str, str], dict]:
    return {(row["a_id"], row["b_id"]): row for row in pairs.to_pylist()}


@EVERY
@given(corpora())
def test_pairs_are_those_of_comparing_every_text_with_every_other(articles):
    found = rows(find_duplicates(articles, COMPLETE).pairs)
    texts = list(zip(articles["id"].to_pylist(), articles["text"].to_pylist(), strict=True))
    for i, (a_id, a) in enumerate(texts):
        for b_id, b in texts[i + 1 :]:
            left, right = shingles(a), shingles(b)
            row = found.pop((a_id, b_id), None)
            equal = WORD.findall(a.lower()) == WORD.findall(b.lower()) != []
            shared = len(left & right)
            jaccard = 1.0 if equal else shared / max(1, len(left | right))
            most = shared / max(1, min(len(left), len(right)))
            if equal or jaccard >= 0.5 or most >= 0.3 or longest_run(a, b) >= 25:
                assert row is not None, (a, b)
            if row is not None:
                assert abs(row["jaccard"] - jaccard) < 1e-9
                assert (row["kind"] == "exact") == equal
                if not equal:
                    assert abs(row["containment_a"] - shared / max(1, len(left))) < 1e-9
                    assert abs(row["containment_b"] - shared / max(1, len(right))) < 1e-9
    assert not found


letters = st.lists(st.sampled_from([32, 97, 98, 99, 233, 255, 256, 1078]), max_size=140)


@EVERY
@given(letters, letters)
def test_the_distance_of_letters_is_that_of_the_plain_table(a, b):
    for form in (KERNELS.compiled(), KERNELS.plain()):
        room, places = np.empty(len(a) + len(b) + 8, np.uint64), np.zeros((3, 256), np.uint64)
        found = form.edit_distance(np.array(a, np.int64), len(a), np.array(b, np.int64), len(b), room, places)
        assert found == naive.edit_distance(a, len(a), b, len(b), room, places)
        assert not places.any()


@EVERY
@given(corpora())
def test_passages_are_the_same_words_in_both_texts(articles):
    texts = dict(zip(articles["id"].to_pylist(), articles["text"].to_pylist(), strict=True))
    for row in find_duplicates(articles).pairs.to_pylist():
        a, b = texts[row["a_id"]], texts[row["b_id"]]
        assert row["passages"]
        for p in row["passages"]:
            left, right = a[p["a_start"] : p["a_end"]], b[p["b_start"] : p["b_end"]]
            assert WORD.findall(left.lower()) == WORD.findall(right.lower())
            assert left[0].isalnum()
            assert left[-1].isalnum()


@EVERY
@given(corpora(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(articles, rng):
    order = list(range(articles.num_rows))
    rng.shuffle(order)
    first, second = find_duplicates(articles), find_duplicates(articles.take(order))
    assert first.pairs.equals(second.pairs)
    assert first.clusters.equals(second.clusters)
    assert first.capped.equals(second.capped)


@EVERY
@given(corpora(), st.data())
def test_any_batching_and_any_change_ends_where_a_whole_run_ends(articles, data):
    ids = articles["id"].to_pylist()
    few = DuplicateSettings(bucket_cap=4, equal_cap=3)
    state = find_duplicates(articles.slice(0, 0), few)
    present: set[str] = set()
    texts = dict(zip(ids, articles["text"].to_pylist(), strict=True))
    for _ in range(2):
        added = set(data.draw(st.lists(st.sampled_from(ids), max_size=8)))
        gone = set(data.draw(st.lists(st.sampled_from(ids), max_size=3)))
        changed = set(data.draw(st.lists(st.sampled_from(ids), max_size=2)))
        for name in changed:
            texts[name] = " ".join(texts[name].split()[:40] + prose(len(name) + len(texts[name]), 6))
        new = (present | added) - gone
        rows_now = [i for i, name in enumerate(ids) if name in new]
        now = articles.take(pa.array(rows_now, pa.int64())).set_column(
            1, "text", pa.array([texts[ids[i]] for i in rows_now], pa.large_string())
        )
        state = update_duplicates(
            sketch_articles(now, few),
            now.select(["id", "publisher", "date"]),
            sorted((added | changed) & new),
            state.pairs,
            lambda wanted: pa.table({"id": wanted, "text": [texts[w] for w in wanted]}),
            few,
            state.capped,
        )
        present = new
        whole = find_duplicates(now, few)
        assert state.pairs.cast(schemas.PAIRS).equals(whole.pairs)
        assert state.clusters.equals(whole.clusters)
        assert state.capped.equals(whole.capped)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(corpora(), st.sampled_from([1, 60, 400]))
def test_texts_compared_a_few_at_a_time_end_where_a_whole_run_ends(articles, most):
    some = DuplicateSettings(equal_cap=3)
    texts = dict(zip(articles["id"].to_pylist(), articles["text"].to_pylist(), strict=True))
    asked = []

    def texts_of(wanted: list[str]) -> pa.Table:
        asked.append(sum(len(texts[name].split()) for name in wanted))
        return pa.table({"id": pa.array(wanted, pa.string()), "text": pa.array([texts[w] for w in wanted], pa.large_string())})

    none = find_duplicates(articles.slice(0, 0), some)
    meta = articles.select(["id", "publisher", "date"])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(updating, "_MOST_WORDS", most)
        found = update_duplicates(sketch_articles(articles, some), meta, list(texts), none.pairs, texts_of, some, none.capped)
    whole = find_duplicates(articles, some)
    assert (found.pairs.cast(schemas.PAIRS).equals(whole.pairs), found.clusters.equals(whole.clusters)) == (True, True)
    assert most > 1 or whole.pairs.num_rows < 4 or len(asked) > 1


@EVERY
@given(corpora())
def test_every_member_is_verified_against_its_canonical(articles):
    found = find_duplicates(articles)
    merging = {(r["a_id"], r["b_id"]) for r in found.pairs.to_pylist() if r["kind"] in MERGING_KINDS}
    clusters = found.clusters.to_pylist()
    assert [r["id"] for r in clusters] == sorted(articles["id"].to_pylist())
    dates = dict(zip(articles["id"].to_pylist(), articles["date"].to_pylist(), strict=True))
    members: dict[str, list[str]] = {}
    for row in clusters:
        members.setdefault(row["cluster_id"], []).append(row["id"])
        if row["id"] != row["canonical_id"]:
            assert tuple(sorted((row["id"], row["canonical_id"]))) in merging
            assert (dates[row["canonical_id"]] or "9999") <= (dates[row["id"]] or "9999")
    for row in clusters:
        assert row["size"] == len(members[row["cluster_id"]])
        assert row["canonical_id"] in members[row["cluster_id"]]
        assert row["representative_id"] in members[row["cluster_id"]]


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.integers(0, 10_000), st.integers(4, 12))
def test_a_chain_of_versions_is_not_one_cluster(seed, length):
    """Each version keeps three quarters of the one before. Single linkage would merge them all; the first and last share
    nothing."""
    words = prose(seed, 400)
    texts = [" ".join(words[20 * i : 20 * i + 80]) for i in range(length)]
    order = list(range(length))
    random.Random(seed).shuffle(order)
    found = find_duplicates(table([texts[i] for i in order]))
    assert len(set(found.clusters["cluster_id"].to_pylist())) > 1
    merging = {(r["a_id"], r["b_id"]) for r in found.pairs.to_pylist() if r["kind"] in MERGING_KINDS}
    assert merging, "neighbours must merge, or the chain shows nothing"
    for row in found.clusters.to_pylist():
        if row["id"] != row["canonical_id"]:
            assert tuple(sorted((row["id"], row["canonical_id"]))) in merging


@EVERY
@given(corpora(), st.sampled_from([2, 3, 96]), st.integers(1, 3))
def test_candidates_are_those_of_dictionaries_of_buckets(articles, cap, threads):
    some = DuplicateSettings(bucket_cap=cap, threads=threads)
    proposed = proposed_from(*indexed(sketch_articles(articles, some), articles.select(["id", "publisher", "date"]), some), some)
    expected, capped = naive.candidates(proposed.index, some)
    found = proposed.candidates
    pairs = list(zip(found.left.tolist(), found.right.tolist(), strict=True))
    assert pairs == sorted(expected)
    assert found.by_band.tolist() == [expected[pair] for pair in pairs]
    assert len(found.capped) == capped
