"""The shape of the results: refusals, short texts, equal texts, signatures."""

import threading

import numpy as np
import pyarrow as pa
import pytest
from datasketch import MinHash, MinHashLSH
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import schemas
from pipelines.duplicates import DuplicateSettings, find_duplicates, match_against, sketch_articles
from pipelines.duplicates.sketching import permutations
from tests.duplicates.corpora import prose, table
from tests.naive import shingles

PROSE = (
    "The council met on Tuesday to hear the harbour master explain why the old ferry had been taken out of service again. "
    "Two members asked for the inspection papers, which had not been printed, and the mayor promised copies by the end of the week."
)


def articles(*texts: str) -> pa.Table:
    return pa.table({"id": [f"a{i}" for i in range(len(texts))], "text": list(texts)})


@pytest.mark.parametrize("value", [0, -0.1, 1.01, float("nan")])
def test_a_threshold_outside_its_range_is_refused_with_what_is_allowed(value):
    with pytest.raises(ValueError, match="allowed is a share above 0 and up to 1"):
        DuplicateSettings(jaccard=value)


def test_a_repeated_id_is_refused_with_its_value():
    with pytest.raises(ValueError, match="'twice'"):
        find_duplicates(pa.table({"id": ["once", "twice", "twice"], "text": ["x", "y", "z"]}))


def test_empty_and_wordless_bodies_never_pair():
    found = find_duplicates(articles("", "", " \n", "...", "...", "!"))
    assert found.pairs.num_rows == 0
    assert found.clusters["size"].to_pylist() == [1] * 6


def test_short_texts_pair_by_equality_only():
    found = find_duplicates(articles("See above.", "see above", "see below", "see"))
    assert found.pairs.select(["a_id", "b_id", "kind"]).to_pylist() == [{"a_id": "a0", "b_id": "a1", "kind": "exact"}]


def test_with_one_thread_the_callers_does_all_so_that_its_process_can_be_forked():
    before = threading.active_count()
    find_duplicates(articles(PROSE, PROSE + " So it was.", "Something else entirely."), DuplicateSettings(threads=1))
    assert threading.active_count() == before


def test_results_have_the_schemas_of_the_borders():
    found = find_duplicates(articles(PROSE, PROSE + " So it was.", "Something else entirely."))
    assert found.pairs.schema == schemas.PAIRS
    assert found.clusters.schema == schemas.CLUSTERS
    assert found.capped.schema == schemas.CAPPED
    assert sketch_articles(articles(PROSE)).schema == schemas.SIGNATURES


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(prose(3, 30)), max_size=60), st.sampled_from([16, 128]))
def test_a_signature_is_that_of_datasketch_for_the_same_hashes(words, num_perm):
    """The hashes are taken from a sketch that holds every shingle."""
    everything = DuplicateSettings(num_perm=num_perm, sketch_one_in=1)
    [row] = sketch_articles(articles(" ".join(words)), everything).to_pylist()
    expected = MinHash(num_perm=num_perm, hashfunc=lambda value: value & 0xFFFFFFFF)
    expected.update_batch(row["sketch"])
    assert row["signature"] == (expected.hashvalues.tolist() if row["shingles"] else [])
    assert row["shingles"] == len(set(row["sketch"])) == len(shingles(" ".join(words)))


def test_permutations_are_those_of_datasketch():
    factors, terms = permutations(128)
    assert (np.array([factors, terms]) == MinHash(num_perm=128).permutations).all()


def test_a_row_of_signatures_does_not_depend_on_the_others():
    texts = [PROSE, "", "short", PROSE + " more " + PROSE, "Ünïcödé “quoted” words – and 漢字 too"]
    together = sketch_articles(articles(*texts))
    for i, text in enumerate(texts):
        assert sketch_articles(pa.table({"id": [f"a{i}"], "text": [text]})).equals(together.slice(i, 1))


def test_bands_are_those_of_datasketch():
    for threshold in (0.5, 0.8):
        index = MinHashLSH(threshold=threshold, num_perm=128)
        assert DuplicateSettings(jaccard=threshold).bands == (index.b, index.r)


def test_a_signature_loads_into_datasketch_and_finds_its_copy():
    table = sketch_articles(
        articles(PROSE, PROSE + " Nobody objected.", "Quite another text about a football match that ended in a draw.")
    )
    index = MinHashLSH(threshold=0.5, num_perm=128)
    stored = {row["id"]: MinHash(hashvalues=np.array(row["signature"], np.uint32), scheme="affine32") for row in table.to_pylist()}
    for name, signature in stored.items():
        index.insert(name, signature)
    assert sorted(index.query(stored["a0"])) == ["a0", "a1"]


def test_chinese_is_compared_character_by_character():
    text = "市议会星期二晚上决定在夏季之前重建木码头这个码头自一月的风暴以来一直关闭渔民们曾要求建造石码头但那需要三年时间"
    found = find_duplicates(
        articles(text, "昨天，" + text + "。", "完全不同的一篇文章，讲的是一场足球比赛和一位老守门员的故事，没有人记得他的名字了。")
    )
    [pair] = found.pairs.to_pylist()
    assert (pair["a_id"], pair["b_id"], pair["kind"]) == ("a0", "a1", "near")
    [passage] = pair["passages"]
    assert passage == {"a_start": 0, "a_end": len(text), "b_start": 3, "b_end": 3 + len(text)}


def test_offsets_count_characters_where_bytes_differ():
    found = find_duplicates(articles("Größe — “Überraschung”. 😀 " + PROSE, "Ça, c’est autre chose… " + PROSE))
    [passage] = found.pairs["passages"].to_pylist()[0]
    assert passage["a_start"] == len("Größe — “Überraschung”. 😀 ")
    assert passage["b_start"] == len("Ça, c’est autre chose… ")


def test_case_marks_and_soft_hyphens_do_not_make_a_difference():
    [pair] = find_duplicates(articles(PROSE, PROSE.upper().replace("FERRY", "FER\u00adRY") + "!")).pairs.to_pylist()
    assert pair["kind"] == "exact"


def test_equal_articles_without_end_are_merged_and_the_cap_is_recorded():
    size = 100_000
    many = pa.table({"id": [f"{i:06d}" for i in range(size)], "text": pa.array([PROSE] * size)})
    found = find_duplicates(many)
    assert found.pairs.num_rows == size - 1
    assert set(found.clusters["cluster_id"].to_pylist()) == {"000000"}
    [cap] = found.capped.to_pylist()
    assert (cap["members"], cap["kept"], cap["kept_id"]) == (size, 1, "000000")


def test_a_passage_without_end_is_capped_and_recorded():
    """A thousand reports that share one long passage: its buckets are capped, and each report is compared with at least one
    other."""
    passage = " ".join(prose(9, 60))
    many = table([" ".join(prose(100 + i, 25)) + " " + passage for i in range(1000)])
    found = find_duplicates(many)
    assert found.capped.num_rows > 0
    assert found.pairs.num_rows < 250_000  # of 499,500
    paired = {row[side] for row in found.pairs.select(["a_id", "b_id"]).to_pylist() for side in row}
    assert len(paired) == 1000


def test_one_article_of_fifty_megabytes_is_compared_like_any_other():
    words = prose(11, 200_000)
    huge = " ".join(words * 40)
    assert len(huge) > 40_000_000
    found = find_duplicates(articles(huge, " ".join(words[500:900]), PROSE, "x " * 1_000_000))
    [pair] = found.pairs.to_pylist()
    assert (pair["a_id"], pair["b_id"], pair["kind"]) == ("a0", "a1", "excerpt")
    assert pair["containment_b"] == 1.0


def test_new_texts_are_matched_against_stored_ones_even_under_the_same_ids():
    stored = articles(PROSE, "Nothing of the kind stands here, only a note about the weather on the coast.", "See above.")
    texts = dict(zip(stored["id"].to_pylist(), stored["text"].to_pylist(), strict=True))
    meta = pa.table({"id": stored["id"], "publisher": pa.nulls(3, pa.string()), "date": pa.nulls(3, pa.string())})
    new = pa.table({"id": ["a1", "a9", "a3"], "text": ["In short: " + PROSE, "Unheard of so far, by anybody at all.", "See above"]})
    found = match_against(new, sketch_articles(stored), meta, lambda ids: pa.table({"id": ids, "text": [texts[i] for i in ids]}))
    assert found.select(["a_id", "b_id", "kind"]).to_pylist() == [
        {"a_id": "a1", "b_id": "a0", "kind": "near"},
        {"a_id": "a3", "b_id": "a2", "kind": "exact"},
    ]
    [passage] = found["passages"].to_pylist()[0]
    assert passage["a_start"] == len("In short: ")


def test_a_signature_without_its_date_and_publisher_is_refused_with_its_id():
    with pytest.raises(ValueError, match="'a0'"):
        match_against(articles(PROSE), sketch_articles(articles(PROSE)), table([]), lambda ids: pa.table({"id": ids, "text": ids}))
