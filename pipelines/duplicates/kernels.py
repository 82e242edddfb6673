"""All compiled kernels under one name, which `compiled.kernels()` imports at the first use."""

from pipelines.duplicates.pair_kernels import (
    agreeing,
    align,
    band_keys,
    belonging,
    bucket_pairs,
    common_shared,
    equal_pairs,
    gather,
    join_canonicals,
    liken,
    place_passages,
    spread,
    verify,
)
from pipelines.duplicates.text_kernels import letter_table, sketch_batch, words_and_places

__all__ = [
    "agreeing",
    "align",
    "band_keys",
    "belonging",
    "bucket_pairs",
    "common_shared",
    "equal_pairs",
    "gather",
    "join_canonicals",
    "letter_table",
    "liken",
    "place_passages",
    "sketch_batch",
    "spread",
    "verify",
    "words_and_places",
]
