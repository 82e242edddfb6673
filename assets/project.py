"""Where things are: the project's folder, the warehouse, the configured corpus. Environment and `.env` may say otherwise."""

import os
from pathlib import Path

from dotenv import load_dotenv

from assets.errors import CommandError
from warehouse.working import WarehousePaths


def project_root() -> Path:
    """The checkout that this code runs from; the current folder where the code is installed elsewhere."""
    checkout = Path(__file__).resolve().parent.parent
    return checkout if (checkout / "pyproject.toml").is_file() else Path.cwd()


def load_environment() -> None:
    """Read the project's `.env`, as `dagster dev` does by itself; what is set already stays."""
    load_dotenv(project_root() / ".env", override=False)


def warehouse_paths() -> WarehousePaths:
    """The folder `warehouse/`, or the one that COPYDESK_WAREHOUSE names, below the project where it is relative."""
    folder = os.environ.get("COPYDESK_WAREHOUSE")
    return WarehousePaths(_below_project(folder) if folder else project_root() / "warehouse")


def published_path(warehouse: str | None) -> Path:
    """Where the published file is, in the folder that an option names, else in the configured one; `.env` is read."""
    load_environment()
    return (WarehousePaths(Path(warehouse).expanduser()) if warehouse else warehouse_paths()).published


def published_file(warehouse: str | None) -> Path:
    """The same; raises CommandError where there is no such file."""
    file = published_path(warehouse)
    if not file.exists():
        raise CommandError(f"no warehouse at {str(file)!r}: give its folder with --warehouse; `copydesk load` makes one")
    return file


def shown_path(path: Path) -> str:
    """A path as a reader would type it: from the current folder where it is below it."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def corpus_roots() -> list[Path]:
    """The corpus folders: `seeds/articles`, or those that COPYDESK_CORPUS lists, separated as in PATH."""
    listed = [part for part in os.environ.get("COPYDESK_CORPUS", "").split(os.pathsep) if part]
    return [_below_project(part) for part in listed] or [sample_corpus()]


def sample_corpus() -> Path:
    return Path(__file__).resolve().parent.parent / "seeds" / "articles"


def publish_read_only() -> bool:
    """Whether the published file gets mode 0444: COPYDESK_READ_ONLY=1, for folders that several people share."""
    return os.environ.get("COPYDESK_READ_ONLY", "") not in ("", "0")


def _below_project(part: str) -> Path:
    path = Path(part).expanduser()
    return (path if path.is_absolute() else project_root() / path).resolve()
