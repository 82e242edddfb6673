"""Which files below a folder are candidates, in an order that does not depend on the file system."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

LEFTOVER_ENDINGS = ("~", ".swp", ".swo", ".swx", ".bak", ".orig", ".tmp", ".temp", ".part", ".partial", ".crdownload")
LEFTOVER_NAMES = frozenset({"thumbs.db", "desktop.ini", "__macosx", "__pycache__"})
# Names of files that tell of the folder they lie in, without their ending.
ABOUT_NAMES = frozenset({"readme", "license", "licence", "changelog", "contributing", "copying", "citation", "notice", "robots"})
# Files of reviewed decisions, beside or in a corpus folder; no articles.
CORRECTIONS, DECISIONS = "corrections", ".toml"
ABOUT_ENDINGS = ("", ".md", ".txt", ".text", ".rst", ".html", ".htm")


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A candidate. `path` is relative to the root, with forward slashes and always valid Unicode: it is the file's identity."""

    path: str
    absolute: Path
    size: int  # bytes, as stored
    mtime_ns: int
    max_bytes: int = 0  # that may come out of it where it is compressed; 0: any number
    outside: str = ""  # where a link leads that is not followed
    content: Callable[[], IO[bytes]] | None = None  # opens it where it is a member of an archive


def is_about_the_folder(path: str) -> bool:
    """Whether a file's name says that it tells of its folder, and holds no article.

    >>> is_about_the_folder("post/README.md"), is_about_the_folder("LICENSE"), is_about_the_folder("readme-first.txt"), is_about_the_folder("readme.csv")
    (True, True, False, False)
    """
    name, ending = os.path.splitext(path.rpartition("/")[2].lower())
    return name in ABOUT_NAMES and ending in ABOUT_ENDINGS


def scan(root: Path, within: Path | None = None) -> list[FoundFile]:
    """All candidates below a folder, or the one file that `root` is, ordered by `path`.

    Hidden files and folders, editors' leftovers and unfinished downloads are left out; so is what is neither file nor folder
    (sockets, pipes). Links are followed: each real file is found once, under its own place where that is below the root. One
    that leads out of the folder `within`, if that is given, is itself a candidate, so that reading it gives a reject.
    A folder that cannot be listed is itself a candidate, so that reading it gives a reject and not silence.
    """
    root = Path(root)
    if not root.exists():
        raise FileNotFoundError(f"no file or folder at {str(root)!r}; give the path of an existing one")
    start = root.resolve()
    if not start.is_dir():
        return list(_found(root.name, start))
    return _told_apart(
        sorted(
            _walk(start, None if within is None else os.path.realpath(within)),
            key=lambda file: (file.path, os.fsencode(file.absolute)),
        )
    )


def _told_apart(files: list[FoundFile]) -> list[FoundFile]:
    """A name with escapes may be another file's real name: the later one gets a backslash before its name."""
    taken: set[str] = set()
    apart = []
    for file in files:
        while file.path in taken:
            folder, slash, name = file.path.rpartition("/")
            file = replace(file, path=f"{folder}{slash}\\{name}")
        taken.add(file.path)
        apart.append(file)
    return apart


def _walk(start: Path, within: str | None) -> Iterator[FoundFile]:
    """Real folders first, then links by name, so that a link never takes the place of what it points to."""
    seen: set[str] = set()
    waiting = [("", start)]
    links: list[tuple[str, Path]] = []
    while waiting:
        prefix, folder = waiting.pop()
        real = os.path.realpath(folder)
        if real not in seen:
            seen.add(real)
            for name, place in _entries(prefix, folder):
                if os.path.islink(place):
                    links.append((name, place))
                elif os.path.isdir(place):
                    waiting.append((name + "/", place))
                elif _is_file(place):
                    seen.add(os.path.join(real, place.name))
                    yield from _found(name, place)
            if not os.access(folder, os.R_OK | os.X_OK):
                yield from _found(prefix.rstrip("/") or ".", folder)
        if not waiting and links:
            links.sort(key=lambda link: link[0], reverse=True)
            yield from _follow(links, waiting, seen, within)


def _follow(
    links: list[tuple[str, Path]], waiting: list[tuple[str, Path]], seen: set[str], within: str | None
) -> Iterator[FoundFile]:
    """Take links until one leads to a folder, which then waits to be walked. One that leads out of `within` is not followed."""
    while links and not waiting:
        name, place = links.pop()
        real = os.path.realpath(place)
        if real in seen:
            continue
        if within is not None and real != within and not real.startswith(within.rstrip(os.sep) + os.sep):
            seen.add(real)
            yield from (replace(found, outside=real) for found in _found(name, place))
        elif os.path.isdir(real):
            waiting.append((name + "/", place))
        elif _is_file(place) or not os.path.exists(real):
            seen.add(real)
            yield from _found(name, place)


def _entries(prefix: str, folder: Path) -> list[tuple[str, Path]]:
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    return [(prefix + name, folder / name) for name in names if not is_skipped(name) and not _is_decisions(prefix + name)]


def _is_decisions(path: str) -> bool:
    """Whether a file is one of reviewed decisions by its place in the corpus folder. What a publisher `corrections` prints is none."""
    return path.startswith(f"{CORRECTIONS}/") and path.count("/") == 1 and path.endswith(DECISIONS)


def is_skipped(name: str) -> bool:
    """Whether a file's name is hidden, or that of a leftover."""
    low = name.lower()
    return low.startswith((".", "~$")) or low.endswith(LEFTOVER_ENDINGS) or low in LEFTOVER_NAMES or (low[0] == low[-1] == "#")


def _is_file(place: Path) -> bool:
    """Whether it can be read as one, or nobody can tell: a path that is too long is a candidate, so that reading it gives a reject."""
    try:
        return stat.S_ISREG(place.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):  # gone, or a link to nothing
        return False
    except OSError:
        return True


def _found(name: str, place: Path) -> Iterator[FoundFile]:
    """The candidate; none where it went away. Names that are no valid Unicode are written with escapes, `caf\\xe9.txt`."""
    path = os.fsencode(name).decode("utf-8", "backslashreplace")
    size = mtime_ns = 0  # of what cannot be reached
    for look in (os.stat, os.lstat):  # of a link to nothing its own size and time
        try:
            status = look(place)
        except FileNotFoundError:
            if look is os.lstat:
                return
        except OSError:
            pass
        else:
            size, mtime_ns = status.st_size, status.st_mtime_ns
            break
    yield FoundFile(path, place, size, mtime_ns)
