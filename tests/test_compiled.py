"""Where compiled kernels are kept."""

import os
from pathlib import Path

import pytest

from pipelines.compiled import cache_directory, fingerprint

directory = cache_directory.__wrapped__  # without the memory of earlier answers


@pytest.fixture
def places(tmp_path, monkeypatch):
    """No place to write in but those that a test gives."""
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    blocked = tmp_path / "blocked"
    blocked.write_text("a file, where no directory can be made")
    monkeypatch.setattr(Path, "home", lambda: blocked)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(blocked))
    return tmp_path


def test_numba_cache_dir_comes_first(places, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(places / "chosen"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(places / "cache"))
    assert directory() == places / "chosen"


def test_where_the_home_cannot_be_written_a_private_temporary_directory_serves(places, monkeypatch):
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(places))
    found = directory()
    assert found.parent == places
    assert found.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners of files here")
def test_a_directory_that_others_may_write_to_is_not_taken(places, monkeypatch):
    open_to_all = places / "cache" / "copydesk-numba"
    open_to_all.mkdir(parents=True)
    open_to_all.chmod(0o777)
    monkeypatch.setenv("XDG_CACHE_HOME", str(places / "cache"))
    assert directory() is None


def test_code_compiled_from_other_sources_is_kept_elsewhere(tmp_path):
    """Numba looks only at the file a function is in; what it calls and its constants may stand in another."""
    (tmp_path / "inner").mkdir()
    for name in ("calls.py", "inner/constants.py"):
        (tmp_path / name).write_text("WIDTH = 5\n")
    before = fingerprint(tmp_path)
    assert fingerprint(tmp_path) == before
    (tmp_path / "inner" / "constants.py").write_text("WIDTH = 6\n")
    assert fingerprint(tmp_path) != before
