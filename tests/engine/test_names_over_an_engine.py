"""Names compared in parts say what they say of each other at once, whatever the parts and the order."""

import tempfile
from pathlib import Path
from unittest.mock import patch

import pyarrow as pa
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from assets.engine import Engine, LocalEngine, Steps
from assets.engine import speakers as over
from assets.engine.table import write_table
from pipelines.speakers import NameSettings
from pipelines.speakers.comparing import NOTHING_COMPARED, compare_people
from pipelines.speakers.places import NAMES

# Full names, parts of them, families at either end, words too short to have a sound, and slips of the pen.
WORDS = ("Yelena", "Tarvashko", "Tarvashka", "Li", "Wei", "Bob", "Robert", "Hollis", "Holliss", "van", "O", "J.", "Élan")
SETTINGS = NameSettings()


def compared_over(names: list[str], in_file: int, in_part: int, engine: Engine | None = None) -> tuple[dict, dict]:
    with tempfile.TemporaryDirectory() as folder, patch.object(over, "_NAMES_IN_PART", in_part):
        steps = Steps(Path(folder) / "steps", engine or LocalEngine())
        table = write_table(pa.table([names], schema=NAMES), Path(folder) / "in", in_file)
        return over.names_over(steps, steps.given(table, "in"), SETTINGS)


@settings(max_examples=8, deadline=None, derandomize=True, phases=[Phase.generate])
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join), unique=True, max_size=14), st.data())
def test_any_partition_and_order_gives_what_one_machine_finds(names, data):
    mixed = data.draw(st.permutations(names))
    found = compared_over(mixed, data.draw(st.integers(1, 5)), data.draw(st.integers(1, 20)))
    assert found == compare_people(sorted(names), SETTINGS, NOTHING_COMPARED)


def test_a_name_that_another_one_makes_full_is_full_in_every_part():
    read, same = compared_over(["Wei Li", "Li Wei", "Li", "Mara Quill", "Quill"], 1, 1)
    assert {name for name, one in read.items() if one.is_full} == {"Wei Li", "Li Wei", "Mara Quill"}
    assert {("Li Wei", "Wei Li"), ("Mara Quill", "Quill")} <= set(same)
