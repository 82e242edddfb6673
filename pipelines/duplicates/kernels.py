"""All compiled kernels under one name, which `loading.kernels()` imports at the first use."""

from pipelines.duplicates.bucket_kernels import band_keys, counted_order, link_buckets, meetings, shared
from pipelines.duplicates.pair_kernels import (
    agreeing,
    belonging,
    common_shared,
    compare,
    equal_pairs,
    join_canonicals,
    liken,
    spread,
)
from pipelines.duplicates.text_kernels import copy_lists, locate, sketch_batch

__all__ = [
    "agreeing",
    "band_keys",
    "belonging",
    "common_shared",
    "compare",
    "copy_lists",
    "counted_order",
    "equal_pairs",
    "join_canonicals",
    "liken",
    "link_buckets",
    "locate",
    "meetings",
    "shared",
    "sketch_batch",
    "spread",
]
