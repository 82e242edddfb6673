"""Stories and wire copy hold the floors of tests/floors.json on the development sets."""

import pytest

from benchmarks.quality.sets import measure


@pytest.mark.parametrize("name", ["stories.mix", "stories.wire"])
def test_stories_hold_their_floors_and_the_figures_of_the_docs(shared, holds, name):
    holds(name, measure(name))
