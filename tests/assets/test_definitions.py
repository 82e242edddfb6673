"""What the Dagster UI shows and runs."""

import os
import re
import subprocess
import sys
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from assets.definitions import defs
from assets.project import project_root, sample_corpus
from assets.stages.catalogue import CATALOGUE
from assets.stages.open import open_load
from assets.stages.publish import all_checks
from warehouse import WarehousePaths, open_published, sql_names, warnings_of_files
from warehouse.dictionary import dictionary

TABLES = {"documents"} | {shown.table for declared in CATALOGUE for shown in declared.shows}
VIEWS = set(sql_names("views"))
ASSETS = TABLES | VIEWS | {"published_warehouse", "report"}
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
        assert spec.owners == ["team:copy-desk"], name
        assert spec.tags["copydesk/stage"], name
        assert Path(spec.metadata["docs"].value).is_file(), name
        code = spec.metadata["dagster/code_references"].code_references
        assert all(Path(place.file_path).is_file() for place in code), name
        assert code, name


def test_the_columns_of_an_asset_are_those_of_duckdb_with_their_comments():
    specs = {spec.key.to_user_string(): spec for spec in defs.resolve_all_asset_specs()}
    for name in TABLES | VIEWS:
        columns = specs[name].metadata["dagster/column_schema"].columns
        assert [(column.name, column.type, column.description) for column in columns] == [
            (column.name, column.type, column.comment) for column in dictionary()[name].columns
        ]
        assert specs[name].metadata["dagster/table_name"] == f"copydesk.main.{name}"
    articles = {column.name: column.constraints for column in specs["articles"].metadata["dagster/column_schema"].columns}
    assert articles["article_id"].unique
    assert not articles["body"].nullable
    assert not articles["body"].unique
    assert articles["title"].nullable


def test_an_asset_comes_after_what_it_reads():
    after = {
        spec.key.to_user_string(): {dep.asset_key.to_user_string() for dep in spec.deps} for spec in defs.resolve_all_asset_specs()
    }
    assert {"articles", "article_clusters", "speakers"} <= after["utterances"]  # whose statements a step of theirs gathers
    assert after["reprints"] == {"articles", "article_clusters", "duplicate_pairs", "published_warehouse", "signatures"}
    for name in VIEWS:
        assert "published_warehouse" in after[name]
        assert len(after[name]) > 1


def test_what_people_can_set_says_what_it_does():
    for job in ("load", "__ASSET_JOB"):
        resolved = defs.get_repository_def().get_job(job)
        fields = resolved.run_config_schema.run_config_schema_type.fields
        settings = {**fields["ops"].config_type.fields["documents"].config_type.fields["config"].config_type.fields}
        settings |= fields["resources"].config_type.fields["desk"].config_type.fields["config"].config_type.fields
        assert {"paths", "full_refresh", "prune", "allow_loss", "wait_seconds"} <= set(settings)
        assert all(field.description and not field.is_required for field in settings.values())


def test_what_has_not_come_in_for_a_week_is_shown_as_old():
    policies = {
        spec.key.to_user_string(): spec.freshness_policy for spec in defs.resolve_all_asset_specs() if spec.freshness_policy
    }
    assert set(policies) == {"documents", "published_warehouse"}
    assert "freshness:\n  enabled: true" in (project_root() / "dagster.yaml").read_text(encoding="utf-8")


def test_schedule_and_sensor_run_by_default():
    repository = defs.get_repository_def()
    assert repository.get_schedule_def("hourly").default_status is dg.DefaultScheduleStatus.RUNNING
    assert repository.get_sensor_def("new_files").default_status is dg.DefaultSensorStatus.RUNNING
    for named in (repository.get_schedule_def("hourly"), repository.get_sensor_def("new_files"), repository.get_job("load")):
        assert len(named.description) > 60
        assert named.tags["copydesk/does"] == "load"


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
    with open_published(warehouse / "copydesk.duckdb") as connection:
        rows = {name: connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0] for name in TABLES | VIEWS}
    assert {name: done[name].metadata["dagster/row_count"].value for name in TABLES | VIEWS} == rows
    for name in TABLES | VIEWS:
        shown = done[name].metadata["preview"].value
        assert shown.startswith("| "), name
        assert not re.search(r"\b[0-9a-f]{16,}\b", shown), f"a person can open no hash: {name}"
        assert name in sql_names("previews")
    assert done["report"].metadata["page"].value == (warehouse / "report.html").as_uri()
    shown = done["articles"].metadata
    assert 0.3 < shown["share_kept"].value < 1
    assert "| harbour-courier |" in shown["share_kept_by_publisher"].value
    with open_published(warehouse / "copydesk.duckdb") as published:
        newest = str(published.execute("SELECT max(date) FROM articles").fetchall()[0][0])
        for name in ("articles", "quotes", "signatures", "unique_articles", "quotes_with_context"):
            assert newest in done[name].metadata["preview"].value.splitlines()[2], name
        for name in VIEWS:
            assert (
                done[name].metadata["dagster/row_count"].value == published.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0]
            )
        for asset, figure, query in (
            ("quotes", "types/partial", "FROM quotes WHERE type = 'partial'"),
            ("duplicate_pairs", "kinds/near", "FROM duplicate_pairs WHERE kind = 'near'"),
            ("rejects", "reasons/empty", "FROM rejects WHERE reason = 'empty'"),
            ("rejects", "reasons/too_large", "FROM rejects WHERE reason = 'too_large'"),  # none, and drawn as none
            ("utterances", "conflicts", "FROM utterance_conflicts"),
        ):
            value = done[asset].metadata[figure]
            assert isinstance(value, dg.IntMetadataValue)
            assert value.value == published.execute(f"SELECT count(*) {query}").fetchall()[0][0]
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


def test_a_run_of_the_pages_says_nothing_in_their_terminal_unless_something_is_wrong():
    [level] = [field for name, field in defs.loggers["console"].config_schema.config_type.fields.items() if name == "log_level"]
    assert level.default_value == "WARNING"


@pytest.mark.parametrize("command", [["dg", "list", "defs", "--json"], ["dagster", "definitions", "validate"]])
def test_the_command_line_tools_of_dagster_find_the_project_without_flags(command):
    """What `dg dev` and `dagster dev` read to find the definitions."""
    program = Path(sys.executable).parent / command[0]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DAGSTER")}
    found = subprocess.run([program, *command[1:]], cwd=project_root(), env=environment, capture_output=True, text=True, check=True)
    said = found.stdout + found.stderr
    assert all(name in said for name in ASSETS) or "Validation successful for code location copydesk" in said
