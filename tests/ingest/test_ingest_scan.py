"""Which files are candidates, and in what order."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipelines.ingest import IngestSettings, read_file, scan


def write(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(f"text of {path}", encoding="utf-8")


def paths(root: Path) -> list[str]:
    return [file.path for file in scan(root)]


def test_files_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    write(tmp_path, "b/2.txt", "a.txt", "b/1.txt", "b-c/x.txt", "B/y.txt", "zürich/é.txt")
    assert paths(tmp_path) == ["B/y.txt", "a.txt", "b-c/x.txt", "b/1.txt", "b/2.txt", "zürich/é.txt"]


def test_a_candidate_carries_place_size_and_time(tmp_path: Path) -> None:
    write(tmp_path, "outlet/story.txt")
    (file,) = scan(tmp_path)
    status = (tmp_path / "outlet/story.txt").stat()
    assert (file.path, file.size, file.mtime_ns) == ("outlet/story.txt", status.st_size, status.st_mtime_ns)
    assert file.absolute.read_text(encoding="utf-8") == "text of outlet/story.txt"


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.txt",
        ".git/a.txt",
        "a.txt~",
        "#a.txt#",
        ".#a.txt",
        "a.txt.swp",
        "~$a.txt",
        "a.txt.bak",
        "a.part",
        "Thumbs.db",
        "desktop.ini",
    ],
)
def test_hidden_files_and_leftovers_are_left_out(tmp_path: Path, name: str) -> None:
    write(tmp_path, name, "kept.txt")
    assert paths(tmp_path) == ["kept.txt"]


@pytest.mark.parametrize("name", ["backup.txt", "a#b.txt", "parts.txt", "swp.txt", "no ending", "#1 story.txt"])
def test_names_that_only_look_alike_are_kept(tmp_path: Path, name: str) -> None:
    write(tmp_path, name)
    assert paths(tmp_path) == [name]


def test_a_single_file_is_its_own_root(tmp_path: Path) -> None:
    write(tmp_path, "outlet/story.txt")
    assert paths(tmp_path / "outlet/story.txt") == ["story.txt"]


def test_an_empty_folder_has_no_candidates(tmp_path: Path) -> None:
    assert scan(tmp_path) == []


def test_a_missing_root_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"no file or folder at .*nowhere.*give the path"):
        scan(tmp_path / "nowhere")


def test_link_loops_end_and_real_files_keep_their_place(tmp_path: Path) -> None:
    write(tmp_path, "real/a.txt", "real/deep/b.txt")
    (tmp_path / "a-link").symlink_to(tmp_path / "real", target_is_directory=True)
    (tmp_path / "real/deep/up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "real/self").symlink_to("self")
    (tmp_path / "latest.txt").symlink_to(tmp_path / "real/a.txt")
    assert paths(tmp_path) == ["real/a.txt", "real/deep/b.txt", "real/self"]


def test_links_to_the_outside_are_followed_once(tmp_path: Path) -> None:
    write(tmp_path, "outside/x/a.txt", "root/own.txt")
    for name in ("one", "two"):
        (tmp_path / "root" / name).symlink_to(tmp_path / "outside", target_is_directory=True)
    (tmp_path / "root/three.txt").symlink_to(tmp_path / "outside/x/a.txt")
    assert paths(tmp_path / "root") == ["one/x/a.txt", "own.txt"]


def test_a_link_to_nothing_is_a_candidate_and_ends_as_a_reject(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (file,) = scan(tmp_path)
    (batch,) = read_file(file, IngestSettings())
    assert batch.to_pylist()[0]["reject"]["reason"] == "unreadable_file"


def test_pipes_are_left_out(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert scan(tmp_path) == []


def test_a_folder_that_cannot_be_listed_is_a_candidate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "open.txt", "closed/a.txt")
    allowed = os.access
    listed = os.listdir
    monkeypatch.setattr(os, "access", lambda place, mode: Path(place).name != "closed" and allowed(place, mode))

    def refuse(place: Path) -> list[str]:
        if Path(place).name == "closed":
            raise PermissionError(13, "Permission denied")
        return listed(place)

    monkeypatch.setattr(os, "listdir", refuse)
    found = scan(tmp_path)
    assert [file.path for file in found] == ["closed", "open.txt"]
    (batch,) = read_file(found[0], IngestSettings())
    assert batch.to_pylist()[0]["reject"]["reason"] == "unreadable_file"


def test_names_that_are_no_unicode_are_escaped(tmp_path: Path) -> None:
    try:
        with open(os.fsencode(tmp_path) + b"/caf\xe9.txt", "wb") as stream:
            stream.write(b"text")
    except OSError:
        pytest.skip("this file system takes Unicode names only")
    (file,) = scan(tmp_path)
    assert file.path == "caf\\xe9.txt"
    (batch,) = read_file(file, IngestSettings())
    assert batch.to_pylist()[0]["text"] == "text"


def test_files_that_tell_of_their_folder_end_as_rejects(tmp_path: Path) -> None:
    write(tmp_path, "README.md", "outlet/License.txt", "outlet/readme-first.txt", "outlet/readme.jsonl")
    reasons = {file.path: next(read_file(file, IngestSettings())).to_pylist()[0]["reject"] for file in scan(tmp_path)}
    assert {path for path, reject in reasons.items() if reject and reject["reason"] == "not_a_record"} == {
        "README.md",
        "outlet/License.txt",
    }


def test_a_path_that_is_too_long_for_the_system_is_a_candidate_and_ends_as_a_reject(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    here = os.getcwd()
    try:
        os.chdir(tmp_path)
        for _ in range(20):
            os.mkdir("d" * 250)
            os.chdir("d" * 250)
        Path("deep.txt").write_text("deep", encoding="utf-8")
    finally:
        os.chdir(here)
    first, *others = scan(tmp_path)
    assert first.path == "a.txt"
    assert len(others) == 1
    assert next(read_file(others[0], IngestSettings())).to_pylist()[0]["reject"]["reason"] == "unreadable_file"


def test_a_file_that_goes_while_the_folder_is_looked_through_is_no_candidate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a.txt", "b.txt")
    looked = os.stat

    def look(place: object, **options: object) -> os.stat_result:
        if str(place).endswith("a.txt"):
            (tmp_path / "a.txt").unlink(missing_ok=True)
        return looked(place, **options)  # type: ignore[call-overload]

    monkeypatch.setattr("pipelines.ingest.files._is_file", lambda place: True)
    monkeypatch.setattr(os, "stat", look)
    assert paths(tmp_path) == ["b.txt"]


def test_a_link_that_leads_out_of_the_folder_given_is_a_reject_that_says_so(tmp_path: Path) -> None:
    corpus, outside = tmp_path / "corpus", tmp_path / "outside"
    for folder in (corpus / "outlet", corpus / "shared", outside):
        folder.mkdir(parents=True)
        (folder / "a.txt").write_text("An article.")
    for name, target in (
        ("in", corpus / "shared"),
        ("out", outside),
        ("out.txt", outside / "a.txt"),
        ("none.txt", outside / "b.txt"),
    ):
        (corpus / "outlet" / name).symlink_to(target)
    found = scan(corpus / "outlet", within=corpus)
    rejects = {
        file.path: [row["reject"] for batch in read_file(file, IngestSettings()) for row in batch.to_pylist()] for file in found
    }
    assert {path for path, [reject] in rejects.items() if reject is None} == {"a.txt", "in/a.txt"}
    assert {path: reject["reason"] for path, [reject] in rejects.items() if reject} == dict.fromkeys(
        ("out", "out.txt", "none.txt"), "outside"
    )
    assert "follow_links" in rejects["out"][0]["message"]
    assert {file.path for file in scan(corpus)} == {"outlet/a.txt", "outlet/none.txt", "outlet/out/a.txt", "shared/a.txt"}
