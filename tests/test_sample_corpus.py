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
CLEANING = {}
QUOTES = {}
DUPLICATES = {"pairs merged": 1.0, "pairs kept apart": 1.0, "kinds of pairs": 1.0}


@pytest.fixture(scope="module")
def cleaned():
    return cleaned_rows()


def below(points: list[Point], floors: dict[str, float]) -> list[str]:
    """The areas under their floor with their differences. Every area has to have a floor, and every floor an area."""
    counts = tally(points)
    assert set(counts) == set(floors)
    short = {area for area, (right, total) in counts.items() if right < floors[area] * total}
    summary = [f"{area}: {counts[area][0]} of {counts[area][1]}, floor {floors[area]:.0%}" for area in sorted(short)]
    return summary + [point.message for point in points if point.area in short and not point.right]


def test_ingest_reads_every_record_and_rejects_what_cannot_be_read():
    assert below(list(ingest_points(ingested_rows())), INGEST) == []


def test_cleaning_reaches_its_floors(cleaned):
    assert below(list(cleaning_points(cleaned)), CLEANING) == []


def test_cleaning_keeps_every_body_line_that_looks_like_furniture(cleaned):
    assert [point.message for point in lookalike_points(cleaned) if not point.right] == []


def test_cleaning_rejects_a_page_without_a_story_and_no_other(cleaned):
    assert [point.message for point in reject_points(cleaned) if not point.right] == []


def test_quotes_reach_their_floors():
    assert below(list(quote_points(quote_rows(gold_bodies()), gold_bodies())), QUOTES) == []


def test_copies_are_found_and_other_stories_left_apart_in_the_cleaned_bodies(cleaned):
    bodies = {key: row["text"] for key, row in cleaned.items()}
    assert below(list(duplicate_points(*duplicates_of(bodies))), DUPLICATES) == []


def test_copies_are_found_and_other_stories_left_apart_in_the_gold_bodies():
    assert below(list(duplicate_points(*duplicates_of(gold_bodies()))), DUPLICATES) == []
