"""What all tests share: where the shared folder is, and what holds a floor."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples in every run: what a run finds, the next one finds too. `make fuzz` looks for others.
settings.register_profile("same examples", derandomize=True)
settings.load_profile("same examples")

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("COPYDESK_SHARED", ROOT.parent / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real articles and benchmarks; the test skips where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"no shared folder at {SHARED}: set COPYDESK_SHARED to the folder that holds the real articles")
    return SHARED


@pytest.fixture(scope="session")
def holds(shared: Path) -> Callable[[str, Mapping[str, float]], None]:
    """Asserts that the figures of a set reach their floors, and are those from which the docs were made."""
    from benchmarks.quality import floors, metrics

    def check(name: str, figures: Mapping[str, float]) -> None:
        known = floors.read()
        assert floors.corpus_is_another(known, name) == ""
        assert floors.below(known, name, figures) == {}, (
            "measured, and the floor. Lowering one: python -m benchmarks.quality --help"
        )
        documented = metrics.read()["figures"].get(name, {})
        moved = {figure: (value, documented.get(figure)) for figure, value in figures.items() if documented.get(figure) != value}
        assert moved == {}, "measured, and what docs/metrics.json says. Make it again: python -m benchmarks.quality --write"

    return check
