"""Copydesk in a project of others: the few lines of YAML that docs/operations.md shows, loaded as Dagster loads such a project."""

import sys
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from assets.errors import CommandError

PROJECT = """
[tool.dg]
directory_type = "project"

[tool.dg.project]
root_module = "their_project"
"""
OPERATIONS = Path(__file__).resolve().parent.parent.parent / "docs" / "operations.md"
YAML = OPERATIONS.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
THEIRS = """
import dagster as dg

@dg.asset(deps=["unique_articles"])
def digest() -> None: ...
"""
ENGLISH = "The council of Eskmouth met on Monday. “We will mend the pier before the summer,” said Oda Brannick, who chairs it. {}"
FRENCH = (
    "Le conseil municipal de Davrin a voté lundi soir la réparation du vieux pont de bois, fermé depuis la tempête de janvier. "
    "Les travaux commenceront au printemps, a dit la maire, et la région en paiera la moitié."
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = {
        "pyproject.toml": PROJECT,
        "src/their_project/__init__.py": "",
        "src/their_project/defs/__init__.py": "",
        "src/their_project/defs/digest.py": THEIRS,
        "src/their_project/defs/desk/defs.yaml": YAML,
        "data/articles/herald/a.txt": ENGLISH.format("The work is to take until May."),
        "data/articles/gazette/b.txt": ENGLISH.format("It costs two million crowns, of which the region pays a third."),
        "data/articles/relais/c.txt": FRENCH,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path / "src"))
    yield tmp_path
    for name in [name for name in sys.modules if name.split(".")[0] == "their_project"]:
        del sys.modules[name]


def loaded(project: Path) -> dg.Definitions:
    return dg.load_from_defs_folder(path_within_project=project / "src")


def test_it_loads_the_corpus_into_the_target_and_their_assets_come_after_its_own(project: Path) -> None:
    defs = loaded(project)
    result = defs.resolve_implicit_global_asset_job_def().execute_in_process(instance=dg.DagsterInstance.ephemeral())
    assert result.success
    assert (project / "data/desk/report.html").exists()
    with duckdb.connect(str(project / "data/desk/copydesk.duckdb"), read_only=True) as published:
        assert published.execute("SELECT publisher FROM articles ORDER BY ALL").fetchall() == [("gazette",), ("herald",)]
        [(path, reason, message)] = published.execute("SELECT path, reason, message FROM rejects").fetchall()
        assert (path, reason) == ("relais/c.txt", "other_language")
        assert message.startswith("the text is in 'fr'; the setting `languages` allows en: add fr there")
        assert published.execute("SELECT count(*) > 0 FROM quotes WHERE speaker_name = 'Oda Brannick'").fetchall() == [(True,)]
    made = [event.asset_key.to_user_string() for event in result.get_asset_materialization_events()]
    assert made.index("unique_articles") < made.index("digest")
    assert [check.check_name for check in result.get_asset_check_evaluations() if not check.passed] == []
    assert not asked_for(project)


def asked_for(project: Path) -> list[dg.RunRequest]:
    sensor = loaded(project).get_repository_def().get_sensor_def("copydesk_new_files")
    return sensor.evaluate_tick(dg.build_sensor_context(instance=dg.DagsterInstance.ephemeral())).run_requests


def test_what_loads_by_itself_looks_at_that_corpus_and_is_off_unless_asked_for(project: Path) -> None:
    repository = loaded(project).get_repository_def()
    sensor, schedule = repository.get_sensor_def("copydesk_new_files"), repository.get_schedule_def("copydesk_hourly")
    assert sensor.default_status is dg.DefaultSensorStatus.STOPPED
    assert schedule.default_status is dg.DefaultScheduleStatus.STOPPED
    [asked] = asked_for(project)
    assert "3 files to read" in asked.tags["copydesk/work"]
    yaml = project / "src/their_project/defs/desk/defs.yaml"
    yaml.write_text(YAML + "  automatic: true\n", encoding="utf-8")
    assert (
        loaded(project).get_repository_def().get_sensor_def("copydesk_new_files").default_status is dg.DefaultSensorStatus.RUNNING
    )


def test_a_language_that_is_not_known_is_refused_with_those_that_are(project: Path) -> None:
    yaml = project / "src/their_project/defs/desk/defs.yaml"
    yaml.write_text(YAML.replace("[en]", "[en, xx]"), encoding="utf-8")
    with pytest.raises(Exception, match="desk") as raised:
        loaded(project)
    error = raised.value
    while error.__cause__ is not None and not isinstance(error, CommandError):
        error = error.__cause__
    assert "xx is not known; known are ar, cs, da, de, el, en" in str(error)
