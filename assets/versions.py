"""The version of each stage: a hash of all that shapes its rows besides their input. If it changes, they are stale.

That is the modules that its function imports, parsed, so that comments, docstrings and layout do not count; the data, packages and
settings that it declares; its SQL; and the code that writes rows. What the input of a row is, its SQL says, not this module.
"""

import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from assets.sources import Sources
from warehouse.sql_files import EACH_ARTICLE

CHECKOUT = Path(__file__).resolve().parent.parent
OURS = frozenset({"assets", "pipelines", "seeds", "warehouse"})

# What writes the rows of every stage: modules by themselves, without what they import, and the package whose functions the SQL calls.
WRITERS = ("assets.stages.runner", "pipelines.stage", "warehouse.spans", "warehouse.working")
ENGINE = "duckdb"

# What says which rows are stale and shapes none: a change of it shows in what it says.
SHAPES_NOTHING = frozenset({"assets.versions"})

Work = Callable[..., Any]
version = cache(metadata.version)  # to find one takes a millisecond, and stages share packages


@cache
def stage_version(
    name: str, work: Work | None, settings: object = None, seeds: tuple[str, ...] = (), packages: tuple[str, ...] = ()
) -> str:
    """16 hex digits, the same on every machine for the same code, data, settings, and versions of Python and of packages.

    `work` is the stage's function, None where SQL does all.
    """
    return _version(CHECKOUT, _sources(), name, work, settings, seeds, packages)


def version_at(
    root: Path, name: str, work: Work | None, settings: object, seeds: tuple[str, ...], packages: tuple[str, ...]
) -> str:
    """`stage_version` for the checkout at `root` as it is now."""
    return _version(root, Sources(root), name, work, settings, seeds, packages)


@cache
def _sources() -> Sources:
    """Those of this checkout, which all stages of a process share: a stage's versions are worked out once."""
    return Sources(CHECKOUT)


def _version(
    root: Path, sources: Sources, name: str, work: Work | None, settings: object, seeds: tuple[str, ...], packages: tuple[str, ...]
) -> str:
    modules = (imported(work, sources) if work else {}) | {module: sources.module(module) for module in WRITERS}
    files = {*modules.values(), *seed_files(root, seeds), *_sql_files(root, name)}
    parts = [
        f"python {sys.version_info.major}.{sys.version_info.minor}",
        repr(settings),
        *(f"{package} {version(package)}" for package in (ENGINE, *packages)),
        *sorted(f"{_shown(file, root)} {sources.of(file).digest}" for file in files if file),
    ]
    sources.keep()
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def imported(work: Work, sources: Sources) -> dict[str, Path]:
    """Our modules that are imported where a function stands, and from there on, with their files.

    Imports inside functions count, and modules that a string names, as for a lazy loader. Of a package above a module only its
    `__init__` counts, not what that imports.
    """
    start: str = getattr(work, "func", work).__module__
    ours = OURS | {start.split(".")[0]}
    found: dict[str, Path] = {}
    waiting, followed = [start], {start}
    while waiting:
        module = waiting.pop()
        file = sources.module(module)
        if file is None:
            raise ModuleNotFoundError(f"{module} has no file of Python code, so the version of what it does cannot be worked out")
        found[module] = file
        found |= {above: place for above in _packages_above(module) if (place := sources.module(above))}
        named = (_absolute(name, module, file) for name in sources.of(file).names)
        others = {other for name in named if name.split(".")[0] in ours for other in modules_of(name, sources)}
        waiting += others - followed - SHAPES_NOTHING
        followed |= others
    return found


def outside(work: Work, root: Path = CHECKOUT) -> set[str]:
    """The top-level names of what these modules import besides each other and the standard library."""
    sources = Sources(root)
    names = {name.split(".")[0] for file in imported(work, sources).values() for name in sources.of(file).imports}
    return names - OURS - {work.__module__.split(".")[0]} - set(sys.stdlib_module_names)


def seed_files(root: Path, patterns: Iterable[str]) -> Iterator[Path]:
    """The files below `seeds/` that patterns name. Raises FileNotFoundError where one names none."""
    for pattern in patterns:
        matching = [file for file in (root / "seeds").glob(pattern) if file.is_file()]
        if not matching:
            raise FileNotFoundError(f"no file is seeds/{pattern}, which a stage declares as its data: correct the pattern")
        yield from matching


def _sql_files(root: Path, name: str) -> Iterable[Path]:
    """The files of a stage's folder, and those that it leaves to `each_article`."""
    folders = (root / "warehouse" / "sql" / "stages" / folder for folder in (EACH_ARTICLE, name))
    return {file.name: file for folder in folders for file in folder.glob("*.sql")}.values()


def _shown(file: Path, root: Path) -> str:
    """A path without anything of the machine."""
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else file.name


def _absolute(name: str, module: str, file: Path) -> str:
    """A name with dots before it as one that begins with a top-level package."""
    dots = len(name) - len(name.lstrip("."))
    if not dots:
        return name
    above = module.split(".")[: None if file.name == "__init__.py" else -1]
    return ".".join([*above[: len(above) - dots + 1], name.lstrip(".")])


def modules_of(name: str, sources: Sources) -> list[str]:
    """The module of that name, or the one that has it as an attribute; with a dot at its end, all modules of the package."""
    if name.endswith("."):
        return sources.modules_in(name[:-1])
    return [module for module in (name, name.rpartition(".")[0]) if module and sources.module(module)][:1]


def _packages_above(module: str) -> list[str]:
    parts = module.split(".")
    return [".".join(parts[:end]) for end in range(1, len(parts))]
