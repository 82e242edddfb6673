"""`copydesk load`: run through Dagster's assets, quick where nothing is new."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from assets.project import sample_corpus

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "import sys; from assets.cli import main; status = main(sys.argv[1:]); print('dagster' in sys.modules); sys.exit(status)"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("load")
    shutil.copytree(sample_corpus(), folder / "corpus")
    return folder


def load(place: Path, *arguments: str) -> subprocess.CompletedProcess:
    environment = {
        **os.environ,
        "COPYDESK_WAREHOUSE": str(place / "warehouse"),
        "DAGSTER_HOME": str(place),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-c", PROGRAM, "load", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def published(place: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(place / "warehouse" / "copydesk.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


ALL_BODIES = "SELECT article_id, body, title FROM articles ORDER BY 1"


def test_a_load_says_what_it_found_and_is_in_dagsters_history(place):
    done = load(place, str(place / "corpus"))
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr.lower().replace("warning: ", "", 1)
    assert "articles of" in done.stdout
    assert "duckdb -readonly" in done.stdout
    with dg.DagsterInstance.from_config(str(place)) as history:
        [run] = history.get_runs()
    assert (run.job_name, run.status) == ("load", dg.DagsterRunStatus.SUCCESS)
    assert published(place, "SELECT load_id FROM loads") == [(run.run_id,)]


def test_a_second_load_of_an_unchanged_corpus_does_not_start_dagster(place):
    before = (place / "warehouse" / "copydesk.duckdb").stat().st_mtime_ns
    done = load(place, str(place / "corpus"))
    assert done.returncode == 0
    assert "Nothing is new" in done.stdout
    assert done.stdout.splitlines()[-1] == "False"
    assert (place / "warehouse" / "copydesk.duckdb").stat().st_mtime_ns == before


def test_the_summary_names_the_report_and_three_queries_that_work_with_what_they_answer(place):
    said = load(place, str(place / "corpus")).stdout.splitlines()
    assert (place / "warehouse" / "report.html").exists()
    assert any("report.html" in line for line in said)
    queries = [place for place, line in enumerate(said) if line.strip().startswith("FROM ")]
    assert len(queries) == 3
    for number in queries:
        first = published(place, said[number].strip())[0]
        assert any(str(value) in said[number + 1] for value in first if isinstance(value, str))


def test_json_is_one_object_on_standard_output_and_quiet_leaves_nothing_else(place):
    done = load(place, "--json", "--quiet", str(place / "corpus"))
    assert done.stderr == ""
    found = json.loads(done.stdout.splitlines()[0])
    assert found["articles"] == published(place, "SELECT count(*) FROM articles")[0][0]
    assert sum(found["rejects_by_reason"].values()) == found["rejects"] == found["documents"] - found["articles"]
    assert (Path(found["warehouse"]).name, Path(found["report"]).name) == ("copydesk.duckdb", "report.html")
    assert [published(place, query["sql"])[0] for query in found["queries"]]
    assert not found["loaded"]
    assert load(place, "--quiet", str(place / "corpus")).stdout == "False\n"
    wrong = load(place, "--json", "--quiet", str(place / "nowhere"))
    assert (wrong.returncode, wrong.stdout) == (1, "False\n")
    assert "not there" in wrong.stderr


def test_a_full_refresh_gives_the_same_rows(place):
    before = published(place, ALL_BODIES)
    assert load(place, "--full-refresh", str(place / "corpus")).returncode == 0
    assert published(place, ALL_BODIES) == before
    assert published(place, "SELECT count(*) FROM loads") == [(2,)]


def test_a_single_new_file_is_added_under_its_publisher_and_nothing_is_called_missing(place):
    new = place / "corpus" / "harbour-courier" / "new-story.txt"
    new.write_text("The pilot boat came home at dawn with its crew unharmed, the harbour master told this paper on Thursday.")
    count = published(place, "SELECT count(*) FROM documents")[0][0]
    assert load(place, str(new)).returncode == 0
    assert published(place, "SELECT count(*), count(*) FILTER (WHERE missing) FROM documents") == [(count + 1, 0)]
    assert published(place, "SELECT publisher FROM documents WHERE path LIKE '%new-story.txt'") == [("harbour-courier",)]


def test_a_published_file_that_is_gone_is_made_again(place):
    (place / "warehouse" / "copydesk.duckdb").unlink()
    assert load(place, str(place / "corpus")).returncode == 0
    assert published(place, "SELECT count(*) > 0 FROM articles") == [(True,)]


def test_an_older_form_of_the_published_file_is_published_again(place):
    with duckdb.connect(str(place / "warehouse" / "working.duckdb")) as working:
        working.execute("UPDATE internal.state SET value = 'older' WHERE key = 'published_form'")
    before = (place / "warehouse" / "copydesk.duckdb").stat().st_mtime_ns
    assert "file to publish" in load(place, str(place / "corpus")).stderr
    assert (place / "warehouse" / "copydesk.duckdb").stat().st_mtime_ns > before
    assert "Nothing is new" in load(place, str(place / "corpus")).stdout


def test_a_warehouse_that_cannot_be_used_is_status_1_with_what_to_do(place):
    (place / "no folder").write_text("")
    for folder, message in ((place / "no folder", "can be written to"), (place / "damaged", "copydesk rebuild")):
        if message == "copydesk rebuild":
            folder.mkdir()
            (folder / "working.duckdb").write_text("no DuckDB file")
        done = load(place, "--warehouse", str(folder), str(place / "corpus"))
        assert done.returncode == 1
        assert message in done.stderr
        assert "Traceback" not in done.stderr
