"""What can be set about cleaning."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CleanSettings:
    """`threshold`: a line whose chance of being body is under it goes, but for what verdicts.py says of lists and sub-headings; None: the one
    that the model of lines was given when it was trained.
    `least_kept`: where furniture is light and less than this share of the unmarked words would be kept, all of them are.
    `repeated_in`: a line in so many stories of its publisher goes (one of 2, 3, 5). Over `most_blocks` lines or
    `most_characters` a text is rejected as too large."""

    threshold: float | None = None
    least_kept: float = 0.3
    repeated_in: int = 2
    most_blocks: int = 100_000
    most_characters: int = 100_000_000

    def __post_init__(self) -> None:
        if self.repeated_in not in (2, 3, 5):
            raise ValueError(f"repeated_in is {self.repeated_in}; it must be a bucket: 2, 3 or 5")
        for name in ("threshold", "least_kept"):
            value = getattr(self, name)
            if value is not None and not 0 <= value <= 1:
                raise ValueError(f"{name} is {value}; it must be from 0 to 1")
