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
    repeated,
    spread,
    verify,
)
from pipelines.duplicates.text_kernels import copy_texts, locate, sketch_batch

__all__ = [
    "agreeing",
    "align",
    "band_keys",
    "belonging",
    "bucket_pairs",
    "common_shared",
    "copy_texts",
    "equal_pairs",
    "gather",
    "join_canonicals",
    "liken",
    "locate",
    "repeated",
    "sketch_batch",
    "spread",
    "verify",
]
