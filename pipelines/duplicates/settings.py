"""The one settings object of duplicate detection; derived numbers (the bands) are derived, not written twice."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache


@dataclass(frozen=True)
class DuplicateSettings:
    """What counts as shared, how candidates are proposed, and what may merge.

    Thresholds are shares in (0, 1]. `sketch_one_in` keeps every shingle whose hash is under 2^64 divided by it. The defaults of
    `jaccard`, `containment` and `shared_run` are the promise of the `duplicates` command.
    """

    shingle_words: int = 5
    num_perm: int = 128
    jaccard: float = 0.5  # a pair with at least this Jaccard is reported; the bands are tuned to it
    containment: float = 0.3  # or with at least this share of either text in the other
    shared_run: int = 25  # or with at least so many equal words in a row
    noisy_similarity: float = 0.75  # or whose aligned passages agree, letter by letter, at least so well
    sketch_one_in: int = 16
    sketch_min: int = 8
    bucket_cap: int = 96  # a fuller bucket links its members to one of them and is recorded
    equal_cap: int = 64  # the same for texts that are equal word for word
    common_days: int = 5  # a shingle that one publisher prints on so many days is common
    common_stories: int = 8  # and in so many different texts
    threads: int = 2

    def __post_init__(self) -> None:
        for name in ("jaccard", "containment", "noisy_similarity"):
            value = getattr(self, name)
            if not 0 < value <= 1:
                raise ValueError(f"{name} is {value!r}: allowed is a share above 0 and up to 1, such as 0.5")
        for name, minimum in _MINIMA.items():
            value = getattr(self, name)
            if value < minimum:
                raise ValueError(f"{name} is {value!r}: allowed is {minimum} or more")

    @cached_property
    def bands(self) -> tuple[int, int]:
        """Number of bands and rows in each, as datasketch picks them for the Jaccard threshold."""
        return _optimal_bands(self.jaccard, self.num_perm)

    @property
    def window(self) -> int:
        """Shingles in a shared run of `shared_run` words: of so many in a row at least one is in the sketch."""
        return max(1, self.shared_run - self.shingle_words + 1)


_MINIMA = {
    "shingle_words": 1,
    "num_perm": 1,
    "shared_run": 5,
    "sketch_one_in": 1,
    "sketch_min": 0,
    "bucket_cap": 2,
    "equal_cap": 2,
    "common_days": 2,
    "common_stories": 2,
    "threads": 1,
}


@lru_cache(maxsize=16)
def _optimal_bands(threshold: float, num_perm: int) -> tuple[int, int]:
    if (threshold, num_perm) == (0.5, 128):
        return 25, 5  # what the search below gives; it takes two seconds and is tested
    from datasketch.lsh import MinHashLSH

    lsh = MinHashLSH(threshold=threshold, num_perm=num_perm)
    return lsh.b, lsh.r
