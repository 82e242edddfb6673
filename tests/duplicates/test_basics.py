"""The shape of the results: refusals, short texts, equal texts, signatures."""

import numpy as np
import pyarrow as pa
import pytest
from datasketch import MinHash, MinHashLSH

from pipelines import schemas
from pipelines.duplicates import DuplicateSettings, find_duplicates, sketch_articles

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


def test_results_have_the_schemas_of_the_borders():
    found = find_duplicates(articles(PROSE, PROSE + " So it was.", "Something else entirely."))
    assert found.pairs.schema == schemas.PAIRS
    assert found.clusters.schema == schemas.CLUSTERS
    assert found.capped.schema == schemas.CAPPED
    assert sketch_articles(articles(PROSE)).schema == schemas.SIGNATURES


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
