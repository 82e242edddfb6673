"""What happens to a warehouse over time: another corpus, rebuilding, compacting, forgetting, pruning, damage and full disks."""

import os
import resource
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from assets import history
from assets.cli import main
from assets.project import corpus_roots, history_home
from assets.settings import SETTINGS
from assets.stages.open import open_load
from assets.stages.runner import forget_all, pending_work, run_all
from tests.loading import load_folder, tables
from warehouse import WarehousePaths, copying, publish, rebuild, source_of, why_broken

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


def test_a_load_without_a_path_takes_the_corpus_of_the_warehouse_that_is_named(place, monkeypatch):
    loaded, corpus = [], (place / "corpus").resolve()
    WarehousePaths(place / "warehouse").corpus.write_text(f"{corpus}\n")
    monkeypatch.setattr("assets.commands.load.load_roots", lambda load, roots, *_: loaded.append(roots) or 0)
    assert command(place, "load") == 0
    assert loaded == [[corpus]]


def test_rebuild_gives_the_same_tables_with_missing_records_and_older_texts(place):
    before = working(place, tables)
    (place / "warehouse" / "working.duckdb").write_bytes(b"no DuckDB file")
    assert command(place, "rebuild") == 0
    assert working(place, tables) == before


def test_rebuild_takes_the_file_before_where_the_published_one_is_damaged_and_loses_nothing_silently(place, capsys):
    files = WarehousePaths(place / "warehouse")
    shutil.copy(files.published, files.previous)
    files.published.write_bytes(files.published.read_bytes()[: 1 << 16])
    assert source_of(files) == files.previous
    files.previous.write_bytes(b"no DuckDB file")
    assert command(place, "rebuild") == 1
    assert "--allow-loss" in capsys.readouterr().err


def test_rebuild_from_the_corpus_alone_takes_the_one_that_the_warehouse_names_and_no_other(place, monkeypatch, capsys):
    files, corpus, loaded = WarehousePaths(place / "warehouse"), (place / "corpus").resolve(), []
    monkeypatch.setattr("assets.commands.rebuild.load_roots", lambda load, roots, **_: loaded.append(roots) or 0)
    files.corpus.write_text(f"{place / 'gone'}\n{corpus}\n")
    for damaged in (files.published, files.working):
        damaged.write_bytes(b"no DuckDB file")
    assert command(place, "rebuild", "--allow-loss") == 0
    assert loaded == [[corpus]]
    files.corpus.write_text(f"{place / 'gone'}\n")
    assert command(place, "rebuild", "--allow-loss") == 1
    assert "give the folder where it is now" in capsys.readouterr().err


def test_compact_changes_no_row(place, capsys):
    before = working(place, tables)
    assert command(place, "compact") == 0
    assert "MB before" in capsys.readouterr().out
    assert working(place, tables) == before


def test_files_do_not_grow_where_all_is_made_again(place, monkeypatch):
    monkeypatch.setattr("assets.stages.publish.LEAST_BYTES", 0)  # else such small files may
    files = WarehousePaths(place / "warehouse")
    sizes = []
    for again in range(3):
        with open_load(files, f"again {again}", 0) as load:
            forget_all(load)
            run_all(load, [place / "corpus"])
        sizes.append(sum(file.stat().st_size for file in (files.working, files.published)))
    assert max(sizes) <= 1.3 * sizes[0]


def test_a_load_writes_rows_that_changed_to_the_published_file_and_all_of_them_where_it_has_grown(place, monkeypatch):
    corpus = (place / "corpus").resolve()
    more, whole, copy_all = corpus / "outlet" / "more.txt", [], copying.copy_all
    monkeypatch.setattr(copying, "MOST_CHANGED", 9)  # of so few rows
    monkeypatch.setattr(copying, "copy_all", lambda *given: whole.append(given) or copy_all(*given))
    try:
        for number, least, written in ((4, 1 << 30, 0), (5, 0, 1), (6, 1 << 30, 1)):
            monkeypatch.setattr("assets.stages.publish.LEAST_BYTES", least)
            working(place, lambda load: load.working.set_state("whole_bytes", "1"))
            more.write_text(text(number))
            load_folder(place / "warehouse", corpus, load_id=str(number))
            assert len(whole) == written
            assert published(
                place, "SELECT body FROM articles WHERE publisher = 'outlet' AND body LIKE '%day " + str(number) + "%'"
            )
            assert published(place, "SELECT count(*) FROM articles") == [(4,)]
            assert command(place, "load", str(corpus)) == 0  # and it is what was published
            assert len(whole) == written
    finally:
        more.unlink()


def bytes_below(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def test_a_forgotten_article_is_nowhere_and_is_not_read_again_until_that_is_undone(place, capsys):
    paths, corpus = WarehousePaths(place / "warehouse"), (place / "corpus").resolve()
    forgotten = id_of(place, "changed")
    with history.instance(paths) as runs:  # as the preview of an asset holds it
        runs.create_run_for_job(run_of_nothing, tags={"preview": SECRET}, status=dg.DagsterRunStatus.SUCCESS)
    shutil.copy(paths.published, paths.previous)
    paths.report.write_text(SECRET)
    assert SECRET.encode() in bytes_below(history_home(paths))
    assert command(place, "forget", forgotten, "nobody") == 1
    assert "nobody" in capsys.readouterr().err
    assert command(place, "forget", forgotten) == 0
    assert "still holds it" in capsys.readouterr().out
    assert SECRET.encode() not in bytes_below(place / "warehouse")
    assert not paths.previous.exists()
    held = working(place, tables)
    assert SECRET not in str(held)
    assert forgotten not in str(held)
    held = load_folder(paths.folder, corpus, load_id="3")
    assert SECRET not in str(held)
    assert published(place, "SELECT reason FROM rejects") == [("forgotten",)]
    rebuild(paths, source_of(paths), lambda root: root)
    assert working(place, lambda load: load.working.rows("FROM internal.dropped")) == [(forgotten, True)]
    assert command(place, "forget", "--undo", forgotten) == 0
    assert forgotten in str(load_folder(paths.folder, corpus, load_id="4")["articles"])
    assert published(place, "FROM rejects") == []


def test_prune_drops_what_is_missing_and_it_may_come_back(place):
    corpus, gone = (place / "corpus").resolve(), id_of(place, "gone")
    with open_load(WarehousePaths(place / "warehouse"), "3", 0) as load:
        load.prune = True
        assert pending_work(load, [corpus]) == {"records to drop": 1}
        run_all(load, [corpus])
    assert published(place, f"SELECT count(*) FROM articles WHERE article_id = '{gone}'") == [(0,)]
    assert published(place, "SELECT count(*) FROM documents WHERE missing") == [(0,)]
    back = corpus / "outlet" / "gone.txt"
    back.write_text(text(3))
    try:
        load_folder(place / "warehouse", corpus, load_id="4")
        assert published(place, f"SELECT missing FROM articles WHERE article_id = '{gone}'") == [(False,)]
    finally:
        back.unlink()


def test_a_newer_file_is_left_alone(place, capsys):
    with duckdb.connect(str(place / "warehouse" / "working.duckdb")) as file:
        file.execute("UPDATE internal.state SET value = '99' WHERE key = 'form'")
    assert command(place, "load", str(place / "corpus")) == 1
    assert "Upgrade Copydesk" in capsys.readouterr().err


@pytest.mark.parametrize(
    "offset", [pytest.param(place, marks=[] if place in (0, 5) else pytest.mark.faults) for place in range(10)]
)
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


@pytest.mark.parametrize("offset", [12, 4100, 8200, "half"])
def test_commands_that_read_a_damaged_published_file_say_so_in_one_message(place, capsys, monkeypatch, offset):
    file = WarehousePaths(place / "warehouse").published
    data = bytearray(file.read_bytes())
    if offset == "half":
        del data[len(data) // 2 :]
    else:
        data[offset : offset + 4096] = bytes(4096)
    file.write_bytes(data)
    monkeypatch.chdir(place)
    Path("in.jsonl").write_text('{"id": "1", "text": "The council of Nordwick met."}\n')
    for given in (
        ["trace", "--warehouse", "warehouse", "bridge"],
        ["report", "--warehouse", "warehouse"],
        ["export", "--warehouse", "warehouse", "out"],
        ["compare", "--warehouse", "warehouse", "a", "b"],
        ["duplicates", "--against", "warehouse", "in.jsonl", "-"],
    ):
        assert main(given) == 1
        told = capsys.readouterr()
        assert (told.out, told.err.count("the next load publishes it again")) == ("", 1)
    assert not (place / "warehouse" / ".report.html.tmp").exists()


@contextmanager
def full_disk(room: int) -> Iterator[None]:
    """Files cannot grow beyond `room` bytes, which the system says much as it says that a disk is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def test_a_full_disk_is_one_message_and_the_published_file_stays(place, capsys):
    files = WarehousePaths(place / "warehouse")
    good = files.published.read_bytes()
    with full_disk(0):
        assert command(place, "load", "--full-refresh", str(place / "corpus")) == 1
    assert "make room" in capsys.readouterr().err
    assert files.published.read_bytes() == good
    with open_load(files, "3", 0) as load:
        with full_disk(len(good) // 2), pytest.raises(duckdb.Error) as found:
            publish(load.working)
        assert "make room" in why_broken(files.working, found.value)
        assert files.published.read_bytes() == good
        assert [file.name for file in files.folder.glob(".*tmp*")] == []
        publish(load.working)


@dg.job(name="load")
def run_of_nothing() -> None:
    """Stands for the job of a load."""


def test_runs_whose_process_is_gone_end_and_old_ones_go(place, monkeypatch):
    paths = WarehousePaths(place / "warehouse")
    with history.instance(paths) as found:
        runs = [
            found.create_run_for_job(run_of_nothing, tags=tags, status=dg.DagsterRunStatus.STARTED)
            for tags in ({history.PROCESS: "1 0"}, {history.PROCESS: history.this_process()}, {})
        ]
        assert history.close_dead_runs(found) == 1
        assert [found.get_run_by_id(run.run_id).status.value for run in runs] == ["FAILURE", "STARTED", "STARTED"]
        monkeypatch.setattr(history, "timedelta", lambda days: -timedelta(minutes=1))
        assert history.drop_old_runs(found) == 1
        assert found.get_run_by_id(runs[0].run_id) is None
    assert history_home(paths) == paths.folder.resolve() / ".dagster"


def test_a_load_that_a_person_ended_is_not_started_again_for_the_same_files(place):
    with history.instance(WarehousePaths(place / "warehouse")) as found:
        run = found.create_run_for_job(run_of_nothing, tags={history.FILES: "abc"}, status=dg.DagsterRunStatus.STARTED)
        assert not history.ended_by_a_person(found, "abc")
        history.close_stopped_run(found, run.run_id)
        assert history.ended_by_a_person(found, "abc")
        assert not history.ended_by_a_person(found, "others")


def test_of_the_run_history_the_last_runs_stay_and_the_files_of_others_go(place, monkeypatch):
    monkeypatch.setenv("COPYDESK_HISTORY_RUNS", "2")
    with history.instance(WarehousePaths(place / "warehouse")) as found:
        runs = [run_of_nothing.execute_in_process(instance=found).run_id for _ in range(4)]
        assert history.drop_old_runs(found) == 2
        assert [run.run_id for run in found.get_runs()] == runs[:1:-1]
        events = Path(found.event_log_storage.path_for_shard("x")).parent
        assert {file.name.partition(".")[0] for file in events.iterdir()} == {"index", *runs[2:]}
        assert history.drop_old_runs(found) == 0


def test_a_load_that_a_person_ended_counts_until_a_whole_one_went_well_or_files_are_others(place):
    def ran(files: str | None, status: dg.DagsterRunStatus) -> None:
        found.create_run_for_job(run_of_nothing, tags={history.FILES: files} if files else {}, status=status)

    with history.instance(WarehousePaths(place / "warehouse")) as found:
        ran("abc", dg.DagsterRunStatus.CANCELED)
        ran(None, dg.DagsterRunStatus.SUCCESS)  # a run of something else
        ran("abc", dg.DagsterRunStatus.FAILURE)
        assert history.ended_by_a_person(found, "abc")
        ran("other", dg.DagsterRunStatus.SUCCESS)
        assert not history.ended_by_a_person(found, "abc")
        ran("abc", dg.DagsterRunStatus.CANCELED)
        ran("abc", dg.DagsterRunStatus.SUCCESS)
        assert not history.ended_by_a_person(found, "abc")


def test_a_warehouse_that_is_named_keeps_its_corpus_where_another_one_is_configured(place, monkeypatch):
    files, corpus, other = WarehousePaths(place / "warehouse"), (place / "corpus").resolve(), place / "other"
    other.mkdir()
    files.corpus.write_text(f"{corpus}\n")
    monkeypatch.setenv("COPYDESK_CORPUS", str(other))
    assert corpus_roots(str(files.folder)) == [corpus]
    monkeypatch.setenv("COPYDESK_CORPUS", f"{corpus}{os.pathsep}{other}")
    assert corpus_roots(str(files.folder)) == [corpus, other]
    monkeypatch.setenv("COPYDESK_CORPUS", str(other))
    loaded = []
    monkeypatch.setattr("assets.commands.rebuild.load_roots", lambda load, roots, **_: loaded.append(roots) or 0)
    assert command(place, "rebuild") == 0
    assert loaded == [[corpus]]


def test_a_file_that_there_was_no_memory_for_is_read_by_the_next_load(tmp_path, monkeypatch):
    outlet = tmp_path / "corpus" / "outlet"
    outlet.mkdir(parents=True)
    (outlet / "a.txt").write_text(text(1))
    os.utime(outlet / "a.txt", (1_700_000_000, 1_700_000_000))
    with monkeypatch.context() as without:
        without.setattr("pipelines.ingest.text_reader.decode", lambda data: (_ for _ in ()).throw(MemoryError))
        load_folder(tmp_path / "warehouse", tmp_path / "corpus", load_id="1")
    assert published(tmp_path, "SELECT reason FROM rejects") == [("too_large",)]
    load_folder(tmp_path / "warehouse", tmp_path / "corpus", load_id="2")
    assert published(tmp_path, "SELECT count(*) FROM articles") == [(1,)]
