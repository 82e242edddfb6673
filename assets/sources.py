"""What the files of the checkout say: a hash that comments and layout do not change, and the modules that code names.

Kept between processes by size and time stamps, because parsing all of it takes longer than a load with nothing to do. What a stage's
version is made of stands in `assets/versions.py`.
"""

import ast
import hashlib
import json
import os
import re
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from pipelines.compiled import cache_directory
from warehouse.sql_files import without_comments

# A file written so shortly before it was read may change again without its time stamps showing it: it is read again next time.
RACY_NANOSECONDS = 2_000_000_000

# A string that may name a module; one with a dot before it, in the package of the code; one with a dot at its end, the modules of a package.
_MODULE = re.compile(r"\.?[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*(?:\.|[.:][A-Za-z_]\w*)|\.[A-Za-z_]\w*")


class Source(NamedTuple):
    """`imports`: what import statements name, `from a import b` as `a.b`. `mentions`: what strings may name."""

    digest: str
    imports: list[str]
    mentions: list[str]

    @property
    def names(self) -> list[str]:
        return self.imports + [name.replace(":", ".") for name in self.mentions]


class Sources:
    """The files of a checkout. `keep()` stores what was read for later processes, where the cache directory can be written."""

    def __init__(self, checkout: Path) -> None:
        self._checkout = checkout
        self._kept = _place_of(checkout)
        self._found: dict[str, list[object]] = _stored(self._kept)
        self._new = False
        self._modules: dict[str, Path | None] = {}

    def module(self, name: str) -> Path | None:
        """The file of a module, found without importing it; None where there is none.

        The top-level package is in the checkout, or imported already.
        """
        if name not in self._modules:
            self._modules[name] = self._module(name)
        return self._modules[name]

    def _module(self, name: str) -> Path | None:
        top, *rest = name.split(".")
        folder = self._checkout / top
        if not folder.is_dir():
            loaded = getattr(sys.modules.get(top), "__file__", None)
            if loaded is None or not rest:
                return Path(loaded) if loaded else None
            folder = Path(loaded).parent
        path = folder.joinpath(*rest)
        places = (path / "__init__.py", path.with_name(f"{path.name}.py"))
        return next((place for place in places if place.is_file()), None)

    def modules_in(self, package: str) -> list[str]:
        """The modules and packages right below a package."""
        place = self.module(package)
        if place is None or place.name != "__init__.py":
            return []
        files = [*place.parent.glob("*.py"), *(file.parent for file in place.parent.glob("*/__init__.py"))]
        return [f"{package}.{file.stem}" for file in files if file != place]

    def of(self, file: Path) -> Source:
        path, stamp = str(file), _stamp(file)
        entry = self._found.get(path)
        if entry is None or entry[:3] != stamp:
            started = time.time_ns()
            entry = [*stamp, *_read(file)]
            self._found[path] = entry
            self._new = True
            if started - stamp[1] < RACY_NANOSECONDS:
                entry[0] = -1
        return Source(*entry[3:])  # type: ignore[arg-type]

    def keep(self) -> None:
        if self._new and self._kept is not None:
            with suppress(OSError):
                _replace(self._kept, json.dumps(self._found))
            self._new = False


def _place_of(checkout: Path) -> Path | None:
    folder = cache_directory()
    whose = f"{checkout} {sys.version_info[:3]} {Source._fields}"
    return None if folder is None else folder / f"sources-{hashlib.sha256(whose.encode()).hexdigest()[:16]}.json"


def _stored(place: Path | None) -> dict[str, list[object]]:
    """What an earlier process kept; nothing where it cannot be read or is damaged."""
    if place is None:
        return {}
    try:
        found = json.loads(place.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _replace(place: Path, text: str) -> None:
    """In one step, by a file of this process's own: others may do the same."""
    handle, temporary = tempfile.mkstemp(dir=place.parent, prefix=".sources-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        os.replace(temporary, place)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _stamp(file: Path) -> list[int]:
    status = file.stat()
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns]


def _read(file: Path) -> Source:
    data = file.read_bytes()
    if file.suffix == ".py":
        return parsed(data)
    if file.suffix == ".sql":
        data = without_comments(data.decode("utf-8")).encode()
    if file.suffix == ".toml":
        with suppress(ValueError):  # what is wrong with it, its reader says better
            data = repr(tomllib.loads(data.decode("utf-8"))).encode()
    return Source(hashlib.sha256(data).hexdigest(), [], [])


def parsed(code: bytes | str) -> Source:
    """What Python code says, whatever its comments, docstrings and layout.

    >>> parsed("import json  # to write").digest == parsed("'''Writes.'''\\n\\nimport json").digest
    True
    >>> parsed("import json").digest == parsed("import math").digest
    False
    >>> parsed("from pipelines import schemas").imports, parsed("load('pipelines.quotes.kernels')").mentions
    (['pipelines.schemas'], ['pipelines.quotes.kernels'])
    """
    tree = ast.parse(code)
    digest = hashlib.sha256("\0".join(_words(tree)).encode("utf-8", "surrogatepass")).hexdigest()
    nodes = list(_executed(tree))
    mentions = {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str) and _MODULE.fullmatch(n.value)}
    return Source(digest, sorted({name for node in nodes for name in _imports(node)}), sorted(mentions))


def _words(node: ast.AST) -> Iterator[str]:
    """The tree as words. Strings that stand by themselves are left out: they are docstrings."""
    yield type(node).__name__
    for name in node._fields:
        value = getattr(node, name, None)
        if isinstance(value, ast.AST):
            yield from _words(value)
        elif isinstance(value, list):
            yield "["
            for item in value:
                if not isinstance(item, ast.AST):
                    yield repr(item)
                elif not _is_docstring(item):
                    yield from _words(item)
            yield "]"
        else:
            yield repr(value)


def _executed(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes but docstrings and what stands there for type checkers only."""
    yield node
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            for statement in child.orelse:
                yield from _executed(statement)
        elif not _is_docstring(child):
            yield from _executed(child)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _imports(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        origin = "." * node.level + (node.module or "")
        return [origin + ("" if origin.endswith(".") else ".") + alias.name for alias in node.names]
    return []
