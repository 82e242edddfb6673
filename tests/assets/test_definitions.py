"""What the Dagster UI shows and runs."""

import os
import subprocess
import sys
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from assets.definitions import defs
from assets.project import project_root, sample_corpus
from assets.stages.catalogue import CATALOGUE
from assets.stages.publish import all_checks
from warehouse import warnings_of_files

TABLES = {"documents"} | {shown.table for declared in CATALOGUE for shown in declared.shows}
ASSETS = TABLES | {"published_warehouse", "report"}
CHECKS = {check.name for check in all_checks()}
WARNINGS = {check.name for check in warnings_of_files()}  # shown, and published all the same


@pytest.fixture
def warehouse(tmp_path, monkeypatch):
    monkeypatch.setenv("COPYDESK_WAREHOUSE", str(tmp_path))
    return tmp_path


def test_every_asset_has_description_group_and_kinds():
    specs = {spec.key.to_user_string(): spec for spec in defs.resolve_all_asset_specs()}
    assert set(specs) == ASSETS
    for name, spec in specs.items():
        assert spec.description, name
        assert spec.group_name, name
        assert spec.group_name != "default", name
        assert spec.kinds, name


def test_schedule_and_sensor_run_by_default():
    repository = defs.get_repository_def()
    assert repository.get_schedule_def("hourly").default_status is dg.DefaultScheduleStatus.RUNNING
    assert repository.get_sensor_def("new_files").default_status is dg.DefaultSensorStatus.RUNNING


def test_every_invariant_is_a_blocking_check():
    checks = [spec for check in defs.asset_checks for spec in check.check_specs]
    assert {spec.name for spec in checks} == CHECKS | WARNINGS
    assert {spec.asset_key.to_user_string() for spec in checks} <= ASSETS
    assert {spec.name for spec in checks if spec.blocking} == CHECKS


def test_materialize_all_needs_no_configuration_and_passes_all_checks(warehouse):
    result = defs.resolve_implicit_global_asset_job_def().execute_in_process(instance=dg.DagsterInstance.ephemeral())
    assert result.success
    done = {event.asset_key.to_user_string(): event.materialization for event in result.get_asset_materialization_events()}
    assert set(done) == ASSETS
    for name in TABLES:
        assert done[name].metadata["dagster/row_count"].value >= 0
        assert done[name].metadata["preview"].value.startswith("| ")
    assert done["report"].metadata["page"].value == (warehouse / "report.html").as_uri()
    shown = done["articles"].metadata
    assert 0.3 < shown["share_kept"].value < 1
    assert "| harbour-courier |" in shown["share_kept_by_publisher"].value
    evaluations = result.get_asset_check_evaluations()
    assert {evaluation.check_name for evaluation in evaluations} == CHECKS | WARNINGS
    assert all(evaluation.passed for evaluation in evaluations)
    with duckdb.connect(str(warehouse / "copydesk.duckdb"), read_only=True) as published:
        assert published.execute("SELECT count(*) > 10 FROM articles").fetchall() == [(True,)]


def test_a_failing_check_keeps_the_last_good_file(warehouse):
    job = defs.resolve_implicit_global_asset_job_def()
    assert job.execute_in_process(instance=dg.DagsterInstance.ephemeral()).success
    before = (warehouse / "copydesk.duckdb").stat().st_mtime_ns
    with duckdb.connect(str(warehouse / "working.duckdb")) as working:
        working.execute("UPDATE quotes SET quote = quote || '!' WHERE quote_index = 0")
        working.execute("UPDATE internal.state SET value = 'yes' WHERE key = 'unpublished'")
    result = job.execute_in_process(instance=dg.DagsterInstance.ephemeral(), raise_on_error=False)
    failed = {evaluation.check_name for evaluation in result.get_asset_check_evaluations() if not evaluation.passed}
    assert not result.success
    assert failed == {"quotes_match_body"}
    assert (warehouse / "copydesk.duckdb").stat().st_mtime_ns == before


def test_one_asset_can_be_materialized_alone(warehouse):
    assets = defs.assets
    assert dg.materialize(
        assets, selection=["documents"], resources=defs.resources, instance=dg.DagsterInstance.ephemeral()
    ).success
    assert dg.materialize(assets, selection=["articles", "blocks", "rejects"], resources=defs.resources).success
    assert not (warehouse / "copydesk.duckdb").exists()


def test_the_sensor_asks_for_a_load_where_files_are_new_and_skips_after_it(warehouse):
    sensor = defs.get_repository_def().get_sensor_def("new_files")
    asked = sensor.evaluate_tick(dg.build_sensor_context(instance=dg.DagsterInstance.ephemeral()))
    assert len(asked.run_requests) == 1
    again = sensor.evaluate_tick(dg.build_sensor_context(instance=dg.DagsterInstance.ephemeral()))
    assert [request.run_key for request in again.run_requests] == [request.run_key for request in asked.run_requests]
    assert defs.resolve_job_def("load").execute_in_process(instance=dg.DagsterInstance.ephemeral()).success
    skipped = sensor.evaluate_tick(dg.build_sensor_context(instance=dg.DagsterInstance.ephemeral()))
    assert not skipped.run_requests
    assert "nothing is new" in skipped.skip_message


def test_the_sensor_asks_again_for_files_that_come_back_as_they_were_and_for_a_new_warehouse(tmp_path, monkeypatch):
    story = tmp_path / "corpus" / "outlet" / "a.txt"
    story.parent.mkdir(parents=True)
    monkeypatch.setenv("COPYDESK_CORPUS", str(tmp_path / "corpus"))
    sensor = defs.get_repository_def().get_sensor_def("new_files")
    keys = []
    for warehouse, there in (("one", True), ("one", False), ("one", True), ("two", True)):
        monkeypatch.setenv("COPYDESK_WAREHOUSE", str(tmp_path / warehouse))
        if there:
            story.write_text("The council of Nordwick met on Monday and talked about the bridges of the town, officials said.")
            os.utime(story, (10**9, 10**9))
        else:
            story.unlink()
        [asked] = sensor.evaluate_tick(dg.build_sensor_context(instance=dg.DagsterInstance.ephemeral())).run_requests
        keys.append(asked.run_key)
        assert defs.resolve_job_def("load").execute_in_process(instance=dg.DagsterInstance.ephemeral()).success
    assert len(set(keys)) == 4


def test_the_sensor_says_which_folder_is_not_there(warehouse, monkeypatch):
    monkeypatch.setenv("COPYDESK_CORPUS", str(warehouse / "nowhere"))
    sensor = defs.get_repository_def().get_sensor_def("new_files")
    skipped = sensor.evaluate_tick(dg.build_sensor_context(instance=dg.DagsterInstance.ephemeral()))
    assert "nowhere" in skipped.skip_message


def test_schedule_and_sensor_skip_while_a_load_runs(warehouse):
    from assets.stages.open import open_load
    from warehouse import WarehousePaths

    with open_load(WarehousePaths(warehouse), "running", 0):
        sensor = defs.get_repository_def().get_sensor_def("new_files")
        assert (
            "a load is running"
            in sensor.evaluate_tick(dg.build_sensor_context(instance=dg.DagsterInstance.ephemeral())).skip_message
        )


def test_the_checked_in_instance_keeps_history_and_tells_nobody():
    text = (project_root() / "dagster.yaml").read_text(encoding="utf-8")
    assert "base_dir: .dagster" in text
    assert "telemetry:\n  enabled: false" in text
    assert "nux:\n  enabled: false" in text
    assert "purge_after_days" in text


def test_the_configured_corpus_is_the_sample_where_nothing_else_is_said(monkeypatch, tmp_path):
    from assets.project import corpus_roots

    monkeypatch.delenv("COPYDESK_CORPUS", raising=False)
    assert corpus_roots() == [sample_corpus()]
    monkeypatch.setenv("COPYDESK_CORPUS", str(tmp_path))
    assert corpus_roots() == [tmp_path]


@pytest.mark.parametrize("command", [["dg", "list", "defs", "--json"], ["dagster", "definitions", "validate"]])
def test_the_command_line_tools_of_dagster_find_the_project_without_flags(command):
    """What `dg dev` and `dagster dev` read to find the definitions."""
    program = Path(sys.executable).parent / command[0]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DAGSTER")}
    found = subprocess.run([program, *command[1:]], cwd=project_root(), env=environment, capture_output=True, text=True, check=True)
    said = found.stdout + found.stderr
    assert all(name in said for name in ASSETS) or "Validation successful for code location copydesk" in said
