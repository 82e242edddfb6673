"""Where things are: the project's folder, the configured corpus, the warehouse of a corpus, and the run history of a warehouse."""

import json
import os
import re
import shlex
from collections.abc import Iterable
from pathlib import Path
from shutil import which

from dotenv import load_dotenv

from assets.errors import CommandError
from assets.settings import Value, is_checkout, project_root, resolved, value_of
from warehouse.working import WarehousePaths

_chosen = False  # whether an option named the warehouse of this process

# The folder of the project that holds the warehouses of people's own corpora.
OWN_WAREHOUSES = "warehouses"


def load_environment() -> None:
    """Read the project's `.env`, as `dagster dev` does by itself; what is set already stays."""
    load_dotenv(project_root() / ".env", override=False)


def warehouse_paths(roots: Iterable[Path] | None = None) -> WarehousePaths:
    """The warehouse that is set; else that of the corpus to which the paths belong, by default the configured one.

    The sample corpus has `warehouse/`, a folder NAME of one's own `warehouses/NAME/`.
    """
    named = resolved()["warehouse"]
    if named.value:
        return WarehousePaths(_below(named, named.value))
    first = next(iter(roots), None) if roots is not None else None
    configured = corpus_roots()
    if first is None or any(_is_in(first, root) for root in configured):
        first = configured[0]
    if _is_in(first, sample_corpus()):
        return WarehousePaths(project_root() / "warehouse")
    own = project_root() / OWN_WAREHOUSES
    holding = [
        paths for paths in map(WarehousePaths, sorted(own.glob("*"))) if any(_is_in(first, root) for root in named_corpus(paths))
    ]
    name = first.parent.name if first.is_file() else first.name
    return holding[0] if holding else WarehousePaths(own / (name or "root"))


def given_warehouse(folder: str | None, paths: Iterable[str] = ()) -> WarehousePaths:
    """The warehouse that a command was given; else that of paths, as `warehouse_paths`."""
    if folder:
        return WarehousePaths(Path(folder).expanduser().resolve())
    roots = [Path(path).expanduser().resolve() for path in paths]
    return warehouse_paths(roots or None)


def choose_warehouse(folder: str | None) -> None:
    """Make the folder that an option names the warehouse of this process, if it names one."""
    global _chosen
    _chosen = bool(folder)
    if folder:
        os.environ["COPYDESK_WAREHOUSE"] = str(Path(folder).expanduser().resolve())


def loaded_warehouse(folder: str | None) -> WarehousePaths:
    """The warehouse that an option names, else the configured one. Raises CommandError where nothing was ever loaded into it."""
    paths = given_warehouse(folder)
    if not paths.working.exists():
        raise CommandError(
            f"no warehouse at {str(paths.folder)!r}: give the folder of one with --warehouse; `copydesk load` makes one"
        )
    return paths


def refuse_missing(paths: WarehousePaths, given: str | None) -> None:
    """Raises CommandError where an option names a folder that is not there, so that a typing error does not make one."""
    if given and not paths.folder.is_dir():
        raise CommandError(
            f"no warehouse at {given!r}: give the folder of one with --warehouse, or make one: copydesk load --warehouse {shlex.quote(given)} FOLDER"
        )


def ui_command(paths: WarehousePaths) -> str:
    """What a person types to open Dagster's pages of a warehouse: `make ui` in a checkout, if that opens this one."""
    configured = not _chosen and paths.folder == warehouse_paths().folder
    root = project_root()
    if configured and is_checkout() and Path.cwd() == root and (root / "Makefile").is_file():
        return "make ui"
    program = "copydesk" if which("copydesk") or not is_checkout() else shlex.quote(shown_path(root / ".venv" / "bin" / "copydesk"))
    return f"{program} ui" if configured else f"{program} ui --warehouse {shlex.quote(shown_path(paths.folder))}"


def named_corpus(paths: WarehousePaths) -> list[Path]:
    """The folders that `corpus.txt` of a warehouse names; none where it has no such file yet."""
    try:
        return [Path(line) for line in paths.corpus.read_text(encoding="utf-8", errors="surrogateescape").splitlines() if line]
    except OSError:
        return []


def published_path(warehouse: str | None) -> Path:
    """Where the published file is, in the folder that an option names, else in the configured one; `.env` is read."""
    load_environment()
    return (WarehousePaths(Path(warehouse).expanduser()) if warehouse else warehouse_paths()).published


def shown_path(path: Path) -> str:
    """A path as a reader would type it: from the current folder where it is below it."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def corpus_roots(warehouse: str | None = None) -> list[Path]:
    """The configured corpus folders; where none is, or none that belongs to the warehouse that an option names, those of that one; else the sample corpus."""
    return roots_of(named_corpus(given_warehouse(warehouse)) if warehouse else [])


def roots_of(known: list[Path]) -> list[Path]:
    """What is loaded into a warehouse of the known folders where no path is given: the configured corpus where it is theirs, else they themselves."""
    found = resolved()["corpus"]
    configured = [_below(found, part) for part in found.value]
    there = [root for root in known if root.exists()]  # a folder that is gone was moved, so another may be it
    own = not there or any(_is_in(a, b) or _is_in(b, a) for a in configured for b in there)
    return (configured if own else []) or known or [sample_corpus()]


def sample_corpus() -> Path:
    return Path(__file__).resolve().parent.parent / "seeds" / "articles"


def publish_read_only() -> bool:
    """Whether the published file gets mode 0444, for folders that several people share."""
    return bool(value_of("read_only"))


def history_home(paths: WarehousePaths) -> Path:
    """The folder of the run history that belongs to a warehouse: DAGSTER_HOME where it is set, the checkout for its `warehouse/`, else the warehouse.

    What Dagster has to know of it, `dagster.yaml`, is written there. Raises OSError where it cannot be.
    """
    if os.environ.get("DAGSTER_HOME"):
        return Path(os.environ["DAGSTER_HOME"])
    root = project_root()
    if is_checkout() and paths.folder.resolve() == (root / "warehouse").resolve():
        return root
    home = paths.folder.resolve() / ".dagster"
    home.mkdir(parents=True, exist_ok=True)
    text = Path(__file__).with_name("dagster.yaml").read_text(encoding="utf-8")
    below_home = re.sub(r": \.dagster(\S*)", lambda found: f": {json.dumps(f'{home}{found[1]}', ensure_ascii=False)}", text)
    (home / "dagster.yaml").write_text(below_home, encoding="utf-8")
    return home


def _is_in(path: Path, root: Path) -> bool:
    return path == root or root in path.parents


def _below(found: Value, part: str) -> Path:
    path = Path(part).expanduser()
    return (path if path.is_absolute() else found.base / path).resolve()
