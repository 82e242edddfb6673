"""Loads are incremental, resumable and independent of order."""

import contextlib
import itertools
import json
import os
import random
import shutil
import signal
import threading
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assets.project import sample_corpus
from assets.stages.open import open_load
from assets.stages.runner import pending_work, run_all
from tests.forked import Command
from tests.loading import load_folder, load_unpublished, tables
from warehouse import WarehousePaths

ROOT = Path(__file__).resolve().parents[2]
CORPUS = sorted(path.relative_to(sample_corpus()).as_posix() for path in sample_corpus().rglob("*") if path.is_file())
# Half of the sample, which has copies, utterances and stories, takes half of the time.
HALF = CORPUS[::2]
KILLS = int(os.environ.get("COPYDESK_KILLS", "6"))  # more of them take longer and find more


def copy_files(names, folder: Path) -> None:
    for name in names:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(sample_corpus() / name, target)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The tables of the sample corpus loaded at once."""
    return load_folder(tmp_path_factory.mktemp("whole"), sample_corpus())


@pytest.fixture(scope="module")
def half(tmp_path_factory):
    """The tables of HALF loaded at once."""
    corpus = tmp_path_factory.mktemp("half")
    copy_files(HALF, corpus)
    found = load_folder(tmp_path_factory.mktemp("loaded"), corpus)
    assert found["duplicate_pairs"]
    assert found["utterances"]
    assert len(found["stories"]) < len(found["articles"])
    return found


@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(order=st.permutations(HALF), cuts=st.lists(st.integers(1, len(HALF) - 1), max_size=3, unique=True).map(sorted))
def test_any_order_and_any_split_into_batches_gives_equal_tables(tmp_path_factory, half, order, cuts):
    corpus, warehouse = tmp_path_factory.mktemp("corpus"), tmp_path_factory.mktemp("warehouse")
    for start, end in itertools.pairwise([0, *cuts]):
        copy_files(order[start:end], corpus)
        load_unpublished(warehouse, corpus, load_id=f"load {start}")
    copy_files(order, corpus)
    assert load_folder(warehouse, corpus, load_id="last") == half
    shutil.rmtree(corpus)
    shutil.rmtree(warehouse)


SOME = CORPUS[1::3]
TOLD = (
    "articles",
    "quotes",
    "speakers",
    "speaker_names",
    "speaker_articles",
    "utterances",
    "utterance_reports",
    "utterance_conflicts",
)
CORRECTED = "“We have read the letter, and we will answer it before the week is out,” said Koen Aldersey on Monday."


@settings(max_examples=2, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(st.data())
def test_articles_that_change_or_go_and_reviewed_names_leave_what_one_load_of_the_rest_makes(tmp_path_factory, data):
    """Speakers and utterances are kept but where changed articles touch them."""
    corpus, warehouse = tmp_path_factory.mktemp("place") / "corpus", tmp_path_factory.mktemp("warehouse")
    copy_files(SOME, corpus)
    load_unpublished(warehouse, corpus, load_id="first")
    names = st.sampled_from([name for name in SOME if name.endswith(".txt")])
    for name in data.draw(st.sets(names, min_size=2, max_size=6)):
        with (corpus / name).open("a", encoding="utf-8") as file:
            file.write(f"\n\n{CORRECTED}\n")
    for name in data.draw(st.sets(st.sampled_from(SOME), min_size=1, max_size=6)):
        (corpus / name).unlink()
    with open_load(WarehousePaths(warehouse), "second", 0) as load:
        spoke = [name for (name,) in load.working.rows("SELECT DISTINCT name FROM speakers WHERE kind = 'person' ORDER BY name")]
    pair = data.draw(st.lists(st.sampled_from(spoke), min_size=2, max_size=2, unique=True))
    (corpus.parent / "corrections").mkdir()
    (corpus.parent / "corrections" / "names.toml").write_text(f"[[names]]\nsame = {json.dumps(pair, ensure_ascii=False)}\n")
    with open_load(WarehousePaths(warehouse), "third", 0) as load:
        load.prune = True
        run_all(load, [corpus])
        kept = tables(load)
    fresh = load_folder(tmp_path_factory.mktemp("fresh"), corpus)
    assert fresh["utterances"]
    assert {name: kept[name] for name in TOLD} == {name: fresh[name] for name in TOLD}


def test_a_second_load_has_nothing_to_do_and_changes_nothing(tmp_path):
    first = load_folder(tmp_path, sample_corpus(), load_id="first")
    published = (tmp_path / "copydesk.duckdb").stat()
    with open_load(WarehousePaths(tmp_path), "second", 0) as load:
        assert pending_work(load, [sample_corpus()]) == {}
        run_all(load, [sample_corpus()])
        assert tables(load) == first
        assert load.working.rows("SELECT load_id FROM loads") == [("first",)]
    assert (tmp_path / "copydesk.duckdb").stat().st_mtime_ns == published.st_mtime_ns


def test_a_changed_record_keeps_its_identity_and_its_older_text(tmp_path):
    corpus = tmp_path / "corpus"
    copy_files([CORPUS[0]], corpus)
    story = corpus / "outlet" / "story.txt"
    story.parent.mkdir()
    first, second = (
        "The harbour opened on Monday after a long winter of repairs.",
        "The harbour opened on Tuesday after a long winter of repairs.",
    )
    story.write_text(first)
    before = load_folder(tmp_path / "w", corpus, load_id="1")
    story.write_text(second)
    after = load_folder(tmp_path / "w", corpus, load_id="2")
    with open_load(WarehousePaths(tmp_path / "w"), "3", 0) as load:
        [(identity, body)] = load.working.rows("SELECT article_id, body FROM articles WHERE publisher = 'outlet'")
        assert body == second
        assert load.working.rows("SELECT document_id, raw_text FROM document_revisions") == [(identity, first)]
    assert [row[0] for row in before["documents"]] == [row[0] for row in after["documents"]]


def test_a_record_that_is_gone_is_marked_and_kept(tmp_path):
    corpus = tmp_path / "corpus"
    copy_files(CORPUS[:4], corpus)
    load_folder(tmp_path / "w", corpus)
    (corpus / CORPUS[0]).unlink()
    load_folder(tmp_path / "w", corpus, load_id="2")
    with open_load(WarehousePaths(tmp_path / "w"), "3", 0) as load:
        assert load.working.rows("SELECT DISTINCT path FROM documents WHERE missing") == [(CORPUS[0],)]
        assert load.working.value("SELECT count(*) FROM documents") >= 4
        assert load.working.rows("SELECT documents_missing > 0 FROM loads WHERE load_id = '2'") == [(True,)]
    copy_files(CORPUS[:1], corpus)
    load_folder(tmp_path / "w", corpus, load_id="4")
    with open_load(WarehousePaths(tmp_path / "w"), "5", 0) as load:
        assert load.working.rows("SELECT count(*) FROM documents WHERE missing") == [(0,)]


def test_loading_another_folder_leaves_the_first_ones_records_alone(tmp_path):
    for name in ("a", "b"):
        folder = tmp_path / name / "outlet"
        folder.mkdir(parents=True)
        (folder / "story.txt").write_text(f"A council meeting in town {name} ended late on Tuesday evening, officials said.")
    load_folder(tmp_path / "w", tmp_path / "a")
    load_folder(tmp_path / "w", tmp_path / "b", load_id="2")
    with open_load(WarehousePaths(tmp_path / "w"), "3", 0) as load:
        assert load.working.rows("SELECT count(*), count(DISTINCT path), bool_or(missing) FROM documents") == [(2, 1, False)]


def test_every_body_stands_next_to_its_hash_by_which_publishing_knows_it(tmp_path):
    copy_files(HALF[:6], tmp_path / "corpus")
    load_folder(tmp_path / "w", tmp_path / "corpus")
    with open_load(WarehousePaths(tmp_path / "w"), "2", 0) as load:
        [(articles, changed)] = load.working.rows(
            "SELECT count(*), count(*) FILTER (body_hash IS DISTINCT FROM md5(body)) FROM articles"
        )
    assert articles > 2
    assert changed == 0


def test_the_same_corpus_in_two_places_gives_equal_tables(tmp_path, whole):
    copy_files(CORPUS, tmp_path / "elsewhere")
    assert load_folder(tmp_path / "w", tmp_path / "elsewhere") == whole


def test_a_record_that_becomes_unreadable_moves_to_rejects_and_its_quotes_go(tmp_path):
    story = tmp_path / "corpus" / "outlet" / "story.txt"
    story.parent.mkdir(parents=True)
    story.write_text(
        'The bridge is safe again.\n\n"We checked every bolt of it," said Mara Quill, the town\'s engineer, on Monday morning.'
    )
    assert load_folder(tmp_path / "w", tmp_path / "corpus")["quotes"]
    story.write_bytes(b"broken \xfa\xfb bytes")
    after = load_folder(tmp_path / "w", tmp_path / "corpus", load_id="2")
    assert len(after["rejects"]) == len(after["documents"]) == 1
    assert not any(after[name] for name in ("articles", "blocks", "signatures", "article_clusters", "quotes", "speakers"))
    assert len(after["document_revisions"]) == 1


def test_new_lines_above_a_broken_one_move_its_line_number(tmp_path):
    file = tmp_path / "corpus" / "outlet" / "stories.jsonl"
    file.parent.mkdir(parents=True)
    good = [
        json.dumps({"id": str(i), "text": f"Story number {i} about the ferry timetable was printed on page {i}."}) for i in range(3)
    ]
    file.write_text("\n".join([good[0], "{broken", good[1]]))
    load_folder(tmp_path / "w", tmp_path / "corpus")
    file.write_text("\n".join([good[2], good[0], "{broken", good[1]]))
    grown = load_folder(tmp_path / "w", tmp_path / "corpus", load_id="2")
    assert grown == load_folder(tmp_path / "w2", tmp_path / "corpus")


def many_documents(folder: Path) -> None:
    """A corpus that takes a second or two to load, in files of many records, so that a kill can land anywhere."""
    texts = [path.read_text(encoding="utf-8", errors="ignore") for path in sorted(sample_corpus().rglob("*.txt"))[::2]]
    for outlet in range(3):
        path = folder / f"outlet{outlet}" / "stories.jsonl"
        path.parent.mkdir(parents=True)
        rows = ({"id": f"{n}", "text": text.replace("Monday", f"day {n}"), "date": "2031-01-02"} for n, text in enumerate(texts))
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def kill(process: Command) -> None:
    with contextlib.suppress(ProcessLookupError):  # it was done already
        os.killpg(process.pid, signal.SIGKILL)


def start_load(warehouse: Path, *paths: Path) -> Command:
    return Command(["load", *map(str, paths)], {"COPYDESK_WAREHOUSE": str(warehouse), "DAGSTER_HOME": str(warehouse)})


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A larger corpus, its tables from an undisturbed load by the command, and how long the work took after it had begun."""
    corpus, warehouse = tmp_path_factory.mktemp("large"), tmp_path_factory.mktemp("undisturbed")
    many_documents(corpus)
    process = start_load(warehouse, corpus)
    for line in process.stderr:
        if "new or changed" in line:
            break
    started = time.monotonic()
    process.communicate()
    assert process.returncode == 0
    seconds = time.monotonic() - started
    with open_load(WarehousePaths(warehouse), "look", 0) as load:
        return corpus, tables(load), seconds


def test_a_load_killed_at_random_moments_and_run_again_gives_the_tables_of_an_undisturbed_one(large, tmp_path):
    corpus, expected, seconds = large
    moments = random.Random(7)
    inside = 0
    for attempt in range(KILLS):
        warehouse = tmp_path / str(attempt)
        warehouse.mkdir()
        process = start_load(warehouse, corpus)
        for line in process.stderr:
            if "new or changed" in line:
                break
        threading.Timer(moments.uniform(0, 0.9 * seconds), kill, (process,)).start()
        process.communicate()
        inside += process.returncode == -signal.SIGKILL
        assert load_folder(warehouse, corpus, load_id="again") == expected, f"kill {attempt}"
        shutil.rmtree(warehouse)
    assert inside >= KILLS / 2


def test_a_second_load_at_the_same_time_says_so(large, tmp_path):
    corpus, _, _ = large
    first = start_load(tmp_path, corpus)
    assert "to do" in first.stderr.readline()
    second = Command(["load", "--wait", "0.1", str(corpus)], {"COPYDESK_WAREHOUSE": str(tmp_path)})
    _, said = second.communicate()
    assert second.returncode == 1
    assert "another load is running" in said
    kill(first)
    first.communicate()


def test_a_load_that_is_stopped_says_that_the_next_one_goes_on(large, tmp_path):
    corpus, expected, _ = large
    process = start_load(tmp_path, corpus)
    for line in process.stderr:
        if "documents to clean" in line:
            break
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 1
    assert "the next load goes on from there" in said
    assert load_folder(tmp_path, corpus, load_id="again") == expected
