"""The pipeline on the sample corpus: what it gets right against the gold, with a floor for every kind of point.

A floor is a share of the area's points. Raise it when the pipeline gets better; lowering one needs a sentence that says why.
`python tests/sample_score.py` prints every difference.
"""

from __future__ import annotations

import pytest
from sample_score import (
    Point,
    cleaned_rows,
    cleaning_points,
    duplicate_points,
    duplicates_of,
    gold_bodies,
    ingest_points,
    ingested_rows,
    lookalike_points,
    quote_points,
    quote_rows,
    reject_points,
    tally,
)

INGEST = {"records": 1.0, "rejects": 1.0}
CLEANING = {
    "body lines kept, english": 1.0,
    "kept lines that are body, english": 1.0,
    "bodies right to the letter, english": 1.0,
    "furniture removed, english": 1.0,
    "kinds of furniture, english": 1.0,
    "title, english": 1.0,
    "date, english": 1.0,
    "byline, english": 1.0,
    "dateline, english": 1.0,
    "section, english": 1.0,
    "photo_credit, english": 1.0,
    "language, english": 1.0,
    "correction, english": 1.0,
    "published_at, english": 1.0,
    "modified_at, english": 1.0,
    "body lines kept, other languages": 1.0,
    "kept lines that are body, other languages": 1.0,
    "bodies right to the letter, other languages": 1.0,
    "furniture removed, other languages": 1.0,
    "kinds of furniture, other languages": 1.0,
    "title, other languages": 1.0,
    "date, other languages": 1.0,
    "byline, other languages": 1.0,
    "dateline, other languages": 1.0,
    "section, other languages": 1.0,
    "photo_credit, other languages": 1.0,
    "language, other languages": 1.0,
    "correction, other languages": 1.0,
    "published_at, other languages": 1.0,
    "modified_at, other languages": 1.0,
    "rejects of cleaning": 1.0,
    "look-alikes kept": 1.0,
}
QUOTES = {
    "quotes found, english": 1.0,
    "types, english": 1.0,
    "speakers, english": 1.0,
    "cues, english": 1.0,
    "speaker kinds, english": 1.0,
    "pronoun and role speakers, english": 1.0,
    "found quotes that are quotes, english": 1.0,
    "quotes found, other languages": 1.0,
    "types, other languages": 1.0,
    "speakers, other languages": 1.0,
    "cues, other languages": 1.0,
    "speaker kinds, other languages": 1.0,
    "pronoun and role speakers, other languages": 1.0,
    "found quotes that are quotes, other languages": 1.0,
    "scare quotes that nobody says, english": 1.0,
}
DUPLICATES = {
    # Four kinds differ: one reprint keeps its byline and so is `near`; the corrected article has its first day as date and is `near`.
    "pairs merged": 1.0,
    "kinds of pairs": 0.99,
    "pairs kept apart": 1.0,
}


@pytest.fixture(scope="module")
def cleaned():
    return cleaned_rows()


def below(points: list[Point], floors: dict[str, float]) -> list[str]:
    """The areas under their floor with their differences. Every area has to have a floor."""
    counts = tally(points)
    assert set(counts) <= set(floors)
    short = {area for area, (right, total) in counts.items() if right < floors[area] * total}
    summary = [f"{area}: {counts[area][0]} of {counts[area][1]}, floor {floors[area]:.0%}" for area in sorted(short)]
    return summary + [point.message for point in points if point.area in short and not point.right]


def test_ingest_reads_every_record_and_rejects_what_cannot_be_read():
    assert below(list(ingest_points(ingested_rows())), INGEST) == []


def test_cleaning_reaches_its_floors(cleaned):
    points = [*cleaning_points(cleaned), *reject_points(cleaned), *lookalike_points(cleaned)]
    assert below(points, CLEANING) == []


def test_quotes_reach_their_floors():
    assert below(list(quote_points(quote_rows(gold_bodies()), gold_bodies())), QUOTES) == []


def test_copies_are_found_and_other_stories_left_apart_in_the_cleaned_bodies(cleaned):
    bodies = {key: row["text"] for key, row in cleaned.items()}
    assert below(list(duplicate_points(*duplicates_of(bodies))), DUPLICATES) == []


def test_copies_are_found_and_other_stories_left_apart_in_the_gold_bodies():
    assert below(list(duplicate_points(*duplicates_of(gold_bodies()))), DUPLICATES) == []
