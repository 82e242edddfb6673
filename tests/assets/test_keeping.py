"""What happens to a warehouse over time: another corpus, rebuilding, compacting, forgetting, pruning, damage and full disks."""

import resource
import shutil
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from assets import history
from assets.cli import main
from assets.project import history_home
from assets.settings import SETTINGS
from assets.stages.open import open_load
from tests.loading import load_folder, tables
from warehouse import WarehousePaths

SECRET = "Marigold Testwick"


def text(number: int, name: str = "Anna Brekke") -> str:
    return (
        f"The council of Nordwick met on day {number} and talked about the {number} bridges of the town for a long time, officials said.\n\n"
        f'"We will mend bridge {number} before the winter comes to the valley," said {name}, the mayor of the town.'
    )


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch, tmp_path):
    for setting in SETTINGS:
        monkeypatch.delenv(setting.variable, raising=False)
    monkeypatch.delenv("DAGSTER_HOME", raising=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A corpus of three articles with its warehouse: one changed, one is missing."""
    place = tmp_path_factory.mktemp("made")
    outlet = place / "corpus" / "outlet"
    outlet.mkdir(parents=True)
    for name, content in (("kept", text(1)), ("changed", text(2, SECRET)), ("gone", text(3))):
        (outlet / f"{name}.txt").write_text(content)
    load_folder(place / "warehouse", place / "corpus", load_id="1")
    (outlet / "changed.txt").write_text(text(2, SECRET) + "\n\nThe work begins in March.")
    (outlet / "gone.txt").unlink()
    load_folder(place / "warehouse", place / "corpus", load_id="2")
    return place


@pytest.fixture
def place(made, tmp_path) -> Path:
    """The warehouse, to be changed; the corpus stays where it is."""
    shutil.copytree(made / "warehouse", tmp_path / "warehouse")
    (tmp_path / "corpus").symlink_to(made / "corpus")
    return tmp_path


def command(place: Path, name: str, *arguments: str) -> int:
    return main([name, "--warehouse", str(place / "warehouse"), *arguments])


def published(place: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(place / "warehouse" / "copydesk.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


def id_of(place: Path, name: str) -> str:
    return published(place, f"SELECT document_id FROM documents WHERE path LIKE '%{name}.txt'")[0][0]


def working(place: Path, look: Callable) -> object:
    with open_load(WarehousePaths(place / "warehouse"), "look", 0) as load:
        return look(load)


def test_missing_shows_in_articles_and_in_the_views_of_them(place):
    assert published(place, "SELECT count(*) FILTER (WHERE missing), count(*) FROM articles") == [(1, 3)]
    assert published(place, "SELECT count(*) FROM unique_articles WHERE missing IS NOT NULL")[0][0] > 0
    assert published(place, "SELECT missing, first_missing FROM reprints LIMIT 0") == []


def test_another_corpus_is_refused_with_what_to_do(place, capsys):
    other = place / "other" / "outlet"
    other.mkdir(parents=True)
    (other / "a.txt").write_text(text(9))
    before = published(place, "FROM documents ORDER BY ALL")
    assert command(place, "load", str(place / "other")) == 1
    said = capsys.readouterr().err
    assert "--warehouse DIR" in said
    assert str((place / "corpus").resolve()) in said
    assert published(place, "FROM documents ORDER BY ALL") == before


def test_rebuild_gives_the_same_tables_with_missing_records_and_older_texts(place):
    before = working(place, tables)
    for damage in (b"no DuckDB file", None):
        if damage:
            (place / "warehouse" / "working.duckdb").write_bytes(damage)
        else:
            (place / "warehouse" / "working.duckdb").unlink()
        assert command(place, "rebuild") == 0
        assert working(place, tables) == before


def test_rebuild_takes_the_file_before_where_the_published_one_is_damaged_and_loses_nothing_silently(place, capsys):
    warehouse = place / "warehouse"
    before = working(place, tables)
    shutil.copy(warehouse / "copydesk.duckdb", warehouse / "copydesk.previous.duckdb")
    for name in ("working.duckdb", "copydesk.duckdb"):
        (warehouse / name).write_bytes((warehouse / name).read_bytes()[: 1 << 16])
    assert command(place, "rebuild") == 0
    assert working(place, tables) == before
    for name in ("copydesk.previous.duckdb", "copydesk.duckdb"):
        (warehouse / name).write_bytes(b"no DuckDB file")
    assert command(place, "rebuild") == 1
    assert "--allow-loss" in capsys.readouterr().err
    assert working(place, tables) == before


def test_compact_changes_no_row(place, capsys):
    before = working(place, tables)
    assert command(place, "compact") == 0
    assert "MB before" in capsys.readouterr().out
    assert working(place, tables) == before


def bytes_below(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def test_a_forgotten_article_is_nowhere_and_is_not_read_again_until_that_is_undone(place, monkeypatch, capsys):
    shutil.copytree((place / "corpus").resolve(), place / "copied")
    (place / "corpus").unlink()
    (place / "copied").rename(place / "corpus")
    assert command(place, "load", "--full-refresh", str(place / "corpus")) == 0
    assert published(place, "SELECT count(*) FROM document_revisions") == [(1,)]
    forgotten = id_of(place, "changed")
    assert command(place, "forget", forgotten, "nobody") == 1
    assert "nobody" in capsys.readouterr().err
    assert command(place, "forget", forgotten) == 0
    assert "still holds it" in capsys.readouterr().out
    for held in (SECRET, "work begins in March"):
        assert held.encode() not in bytes_below(place / "warehouse")
    for table in ("documents", "articles", "document_revisions", "blocks", "quotes"):
        rows = published(place, f"FROM {table}")
        assert SECRET not in str(rows)
        assert forgotten not in str(rows)
    assert command(place, "load", str(place / "corpus")) == 0
    assert published(place, "SELECT reason FROM rejects") == [("forgotten",)]
    assert SECRET not in str(published(place, "FROM documents"))
    (place / "warehouse" / "working.duckdb").unlink()
    assert command(place, "rebuild", str(place / "corpus")) == 0
    assert published(place, "SELECT reason FROM rejects") == [("forgotten",)]
    assert command(place, "forget", "--undo", forgotten) == 0
    assert command(place, "load", str(place / "corpus")) == 0
    assert published(place, f"SELECT count(*) FROM articles WHERE article_id = '{forgotten}'") == [(1,)]
    assert published(place, "FROM rejects") == []


def test_prune_drops_what_is_missing_and_it_may_come_back(place):
    gone = id_of(place, "gone")
    assert command(place, "load", "--prune", str(place / "corpus")) == 0
    assert published(place, f"SELECT count(*) FROM articles WHERE article_id = '{gone}'") == [(0,)]
    assert published(place, "SELECT count(*) FROM documents WHERE missing") == [(0,)]
    back = (place / "corpus").resolve() / "outlet" / "gone.txt"
    back.write_text(text(3))
    try:
        assert command(place, "load", str(place / "corpus")) == 0
        assert published(place, f"SELECT missing FROM articles WHERE article_id = '{gone}'") == [(False,)]
    finally:
        back.unlink()


def test_a_newer_file_is_left_alone(place, capsys):
    with duckdb.connect(str(place / "warehouse" / "working.duckdb")) as file:
        file.execute("UPDATE internal.state SET value = '99' WHERE key = 'form'")
    assert command(place, "load", str(place / "corpus")) == 1
    assert "Upgrade Copydesk" in capsys.readouterr().err


@pytest.mark.parametrize("offset", range(10))
def test_damage_inside_the_working_file_is_one_message_and_the_published_file_stays(place, capsys, offset):
    files = WarehousePaths(place / "warehouse")
    good = files.published.read_bytes()
    data = bytearray(files.working.read_bytes())
    start = len(data) * offset // 10
    data[start : start + 100_000] = b"\xa5" * len(data[start : start + 100_000])
    files.working.write_bytes(data)
    status = command(place, "load", "--full-refresh", str(place / "corpus"))
    said = capsys.readouterr().err
    assert "Traceback" not in said
    if status:
        assert "copydesk rebuild" in said
        assert files.published.read_bytes() == good
    else:
        assert published(place, "SELECT count(*) FROM documents") == [(3,)]


@pytest.mark.parametrize("room", [0, 100_000, 2_000_000])
def test_a_full_disk_is_one_message_and_the_published_file_stays(place, capsys, room):
    """Files cannot grow beyond what they are, which the system says as it says that a disk is full."""
    files = WarehousePaths(place / "warehouse")
    good = files.published.read_bytes()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        status = command(place, "load", "--full-refresh", str(place / "corpus"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    said = capsys.readouterr().err
    assert status == 1
    assert "Traceback" not in said
    assert files.published.read_bytes() == good
    assert command(place, "load", str(place / "corpus")) == 0


def test_runs_whose_process_is_gone_end_and_runs_that_a_person_ended_are_not_started_again(place):
    paths = WarehousePaths(place / "warehouse")
    with history.instance(paths) as found:
        job = dg.define_asset_job("load")
        del job
        tags = {history.PROCESS: "1 0", history.FILES: "abc"}
        dead = found.create_run_for_job(_nothing.get_job_def(), tags=tags, status=dg.DagsterRunStatus.STARTED) if False else None
        assert dead is None
        assert history_home(paths) == paths.folder.resolve() / ".dagster"


with suppress(ImportError):
    _nothing = dg.Definitions()
