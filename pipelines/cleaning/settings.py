"""What can be set about cleaning."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CleanSettings:
    """`threshold`: a block whose score of being body is under it goes. `least_kept`: share of the words of sentence-like blocks
    that is kept whatever the scores say. `repeated_in`: a line in so many stories of its publisher goes (one of 2, 3, 5)."""

    threshold: float = 0.5
    least_kept: float = 0.25
    repeated_in: int = 2
    most_blocks: int = 200_000

    def __post_init__(self) -> None:
        if self.repeated_in not in (2, 3, 5):
            raise ValueError(f"repeated_in is {self.repeated_in}; it must be a bucket: 2, 3 or 5")
        for name in ("threshold", "least_kept"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} is {getattr(self, name)}; it must be from 0 to 1")
