"""What can be set: where a value comes from, what is refused, and which warehouse and run history belong to a corpus."""

import json
import re

import pytest

from assets import project, settings
from assets.cli import main
from assets.errors import CommandError
from pipelines.ingest import IngestSettings


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A project folder without anything set."""
    for module in (project, settings):
        monkeypatch.setattr(module, "project_root", lambda: tmp_path)
    for setting in settings.SETTINGS:
        monkeypatch.delenv(setting.variable, raising=False)
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    return tmp_path


def test_a_value_comes_from_the_environment_then_env_then_the_file_then_the_default(root, monkeypatch, capsys):
    def told() -> tuple[object, str]:
        assert main(["settings", "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert set(found) == set(settings.BY_NAME)
        return found["read_only"]["value"], found["read_only"]["from"]

    assert told() == (False, "default")
    (root / "copydesk.toml").write_text("read_only = true\n[limits]\nmax_rows = 7\n")
    assert told() == (True, str(root / "copydesk.toml"))
    assert settings.ingest_settings() == IngestSettings(max_rows=7)
    (root / ".env").write_text("COPYDESK_READ_ONLY=0\nOTHER=1\n")
    assert told() == (False, str(root / ".env"))
    monkeypatch.setenv("COPYDESK_READ_ONLY", "1")
    assert told() == (True, "environment")
    # Dagster lays `.env` over the environment of what it starts; what was given to it holds all the same.
    monkeypatch.setenv(settings.GIVEN, settings.given_environment())
    monkeypatch.setenv("COPYDESK_READ_ONLY", "0")
    assert told() == (True, "environment")


@pytest.mark.parametrize(
    ("file", "variables", "told"),
    [
        ("corpora = ['a']", {}, "'corpora' is no setting"),
        ("[limits]\nmax_rows = 0", {}, "whole number from 1"),
        ("[limits]\nmax_rows = 9999999999999", {}, "to 1000000000000"),
        ("history_days = 1000000", {}, "whole number from 0 to 100000"),
        ("corpus = 'a'", {}, "a list of strings"),
        ("read_only = 1", {}, "true or false"),
        ("languages = ['en', 'xx']", {}, "codes of ar, cs, da, de, el, en"),
        ("languages = 'en'", {}, "a list of strings"),
        ("read_only", {}, "cannot be read"),
        ("", {"COPYDESK_READONLY": "1"}, "COPYDESK_READONLY is no setting"),
        ("", {"COPYDESK_WAIT_SECONDS": "long"}, "COPYDESK_WAIT_SECONDS is 'long'"),
    ],
)
def test_what_is_not_known_or_wrong_is_told_with_place_key_and_what_is_allowed(root, monkeypatch, capsys, file, variables, told):
    (root / "copydesk.toml").write_text(file)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert main(["settings"]) == 1
    said = capsys.readouterr().err
    assert told in said
    assert re.search("allowed|known are", said)
    assert ("environment" if variables else "copydesk.toml") in said


def test_every_setting_is_in_the_docs_with_its_variable():
    text = (settings.project_root() / "docs" / "operations.md").read_text(encoding="utf-8")
    for setting in settings.SETTINGS:
        assert f"| `{setting.name}` | `{setting.variable}` |" in text


def test_a_folder_of_ones_own_has_its_own_warehouse_and_the_sample_has_that_of_the_project(root, tmp_path):
    news, single = tmp_path / "elsewhere" / "news", tmp_path / "elsewhere" / "desk" / "a.txt"
    for folder in (news, single.parent):
        folder.mkdir(parents=True)
    single.write_text("A text.")
    sample = project.sample_corpus()
    assert project.warehouse_paths().folder == root / "warehouse"
    assert project.warehouse_paths([sample / "harbour-courier"]).folder == root / "warehouse"
    assert project.warehouse_paths([news]).folder == root / "warehouses" / "news"
    assert project.warehouse_paths([single]).folder == root / "warehouses" / "desk"
    # A warehouse that names the folder as its corpus is found by a file inside of it.
    named = root / "warehouses" / "by hand"
    named.mkdir(parents=True)
    (named / "corpus.txt").write_text(f"{single.parent}\n")
    assert project.warehouse_paths([single]).folder == named
    (root / "copydesk.toml").write_text('corpus = ["elsewhere/news"]')
    assert project.corpus_roots() == [news]
    assert project.warehouse_paths().folder == root / "warehouses" / "news"
    assert project.warehouse_paths([sample]).folder == root / "warehouse"
    (root / "copydesk.toml").write_text('warehouse = "one"')
    assert {project.warehouse_paths().folder, project.warehouse_paths([news]).folder} == {root / "one"}


def test_each_warehouse_has_its_own_run_history(root):
    own = project.warehouse_paths([root / "news"])
    assert project.history_home(project.warehouse_paths()) == root
    home = project.history_home(own)
    assert home == own.folder / ".dagster"
    assert "telemetry:\n  enabled: false" in (settings.Path(__file__).parents[2] / "dagster.yaml").read_text()
    assert (home / "dagster.yaml").is_file()


def test_a_settings_file_that_is_named_must_be_there(root, monkeypatch):
    monkeypatch.setenv("COPYDESK_SETTINGS", "other.toml")
    with pytest.raises(CommandError, match="not there"):
        settings.resolved()
