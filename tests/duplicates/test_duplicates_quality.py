"""Duplicates hold the floors of tests/floors.json on the development sets, measured with their own scorer."""

import pytest

from benchmarks.quality.sets import measure


@pytest.mark.parametrize("name", ["duplicates.reuters", "duplicates.edits", "duplicates.judged"])
def test_duplicates_hold_their_floors_and_the_figures_of_the_docs(shared, holds, name):
    holds(name, measure(name))
