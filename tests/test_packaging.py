"""The tree as others get it: what is declared covers what is there, and nothing names the machine it was made on."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from assets.sources import parsed

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGE_ROOTS = ("assets", "pipelines", "seeds", "warehouse")

# Addresses of package registries, and folders that only one machine has.
REGISTRY = re.compile(r"https?://[^\s\"'<>]*(?:py" r"pi|python" r"hosted|/simp" r"le\b|artif" r"actory|nex" r"us)", re.I)
MACHINE_PATH = re.compile(r"(?<![\w.~$})/])/(?:root|home|work|Users|tmp/w)/[\w.]")


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True)
    if listed.returncode:
        pytest.skip("no git checkout: nothing says which files belong to the tree")
    return [ROOT / os.fsdecode(name) for name in listed.stdout.split(b"\0") if name and (ROOT / os.fsdecode(name)).is_file()]


def text_of(file: Path) -> str:
    return file.read_bytes().decode("utf-8", "replace")


@pytest.mark.parametrize("pattern", [REGISTRY, MACHINE_PATH], ids=["registry", "machine path"])
def test_no_file_names_a_registry_or_a_machine(pattern: re.Pattern[str]) -> None:
    found = [f"{file.relative_to(ROOT)}: {match[0]}" for file in tracked_files() for match in pattern.finditer(text_of(file))]
    assert found == []


def test_the_patterns_find_what_they_are_for() -> None:
    for address in ("https://py" + "pi.org/project", "http://host:8080/simp" + "le/", "https://files.python" + "hosted.org/x"):
        assert REGISTRY.search(address)
    for path in ('"/ro' + 'ot/x"', " /wo" + "rk/main", "=/ho" + "me/ann"):
        assert MACHINE_PATH.search(path)
    for harmless in ("https://e.example/work/a", "../work/x", "$HOME/work/a", "a/home/b"):
        assert not MACHINE_PATH.search(harmless)


def locked() -> dict[str, list[Requirement]]:
    pins: dict[str, list[Requirement]] = {}
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines():
        requirement = Requirement(line)  # raises for options and comments, so that nothing else can stand there
        pins.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    return pins


def test_the_lock_pins_one_version_each_and_no_address() -> None:
    for requirements in locked().values():
        for requirement in requirements:
            assert re.fullmatch(r"==[\w.]+", str(requirement.specifier))
            assert requirement.url is None
        assert len(requirements) == 1 or all(requirement.marker for requirement in requirements)


@pytest.mark.parametrize("wanted", PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["dev"])
def test_the_lock_covers_what_is_declared(wanted: str) -> None:
    requirement = Requirement(wanted)
    pins = locked().get(canonicalize_name(requirement.name), [])
    assert pins, f"{wanted} is not in requirements.lock; run: make lock"
    for pin in pins:
        (version,) = pin.specifier
        assert requirement.specifier.contains(version.version), f"{wanted} is declared, {pin} is locked; run: make lock"


def test_what_is_imported_is_declared() -> None:
    """Every outside module that our packages import belongs to a declared dependency, not only to a dependency's dependency."""
    declared = {canonicalize_name(Requirement(line).name) for line in PROJECT["project"]["dependencies"]}
    files = [file for package in PACKAGE_ROOTS for file in (ROOT / package).rglob("*.py")]
    imported = {name.split(".")[0] for file in files for name in parsed(file.read_bytes()).imports}
    outside = imported - set(sys.stdlib_module_names) - set(PACKAGE_ROOTS)
    owners = packages_distributions()
    assert [name for name in sorted(outside) if not {canonicalize_name(owner) for owner in owners.get(name, [])} & declared] == []


def test_the_packages_listed_are_the_folders_with_code() -> None:
    folders = {file.parent.relative_to(ROOT) for root in PACKAGE_ROOTS for file in (ROOT / root).rglob("*.py")}
    assert sorted(PROJECT["tool"]["setuptools"]["packages"]) == sorted(".".join(folder.parts) for folder in folders)
    assert all((ROOT / folder / "__init__.py").is_file() for folder in folders)


def test_every_data_file_is_shipped() -> None:
    shipped = {
        file
        for package, patterns in PROJECT["tool"]["setuptools"]["package-data"].items()
        for pattern in patterns
        for file in (ROOT / package).glob(pattern)
    }
    data = [
        file for file in tracked_files() if file.relative_to(ROOT).parts[0] in PACKAGE_ROOTS and file.suffix not in (".py", ".md")
    ]
    assert [str(file.relative_to(ROOT)) for file in data if file not in shipped] == []


def test_the_changelog_begins_with_this_version() -> None:
    versions = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert versions[0] == PROJECT["project"]["version"]


def test_the_license_is_the_one_declared() -> None:
    assert PROJECT["project"]["license"] == "Apache-2.0"
    assert "Apache License\n                           Version 2.0" in (ROOT / "LICENSE").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("target", "command"),
    [
        ("run", "assets.cli load"),
        ("test", "pytest"),
        ("ui", "assets.cli ui"),
        ("lint", "ruff check"),
        ("lint", "mypy"),
        ("bench", "benchmarks/measured.py"),
        ("bench", "-m benchmarks.quality"),
        ("train", "-m benchmarks.training"),
    ],
)
def test_each_target_sets_up_its_environment_and_does_its_work(tmp_path: Path, target: str, command: str) -> None:
    (tmp_path / "benchmarks" / "training").mkdir(parents=True)
    for name in ("__init__.py", "measured.py", "training/something.py"):
        (tmp_path / "benchmarks" / name).touch()
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path)
    made = subprocess.run(
        ["make", "--dry-run", target], cwd=tmp_path, capture_output=True, text=True, check=True, env=clean_environment()
    )
    assert re.search(r"-m venv --clear \.venv", made.stdout)
    assert command in made.stdout
    assert "something.py" not in made.stdout
    assert "__init__.py" not in made.stdout


def test_without_a_python_the_makefile_says_what_to_install(tmp_path: Path) -> None:
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path)
    made = subprocess.run(["make", "run", "PYTHON="], cwd=tmp_path, capture_output=True, text=True, env=clean_environment())
    assert made.returncode != 0
    assert "3.11, 3.12, 3.13 or 3.14" in made.stderr
    assert "python3-venv" in made.stderr


def clean_environment() -> dict[str, str]:
    """Without what an enclosing `make` hands down."""
    return {name: value for name, value in os.environ.items() if not name.startswith("MAKE") and name != "MFLAGS"}


def test_the_check_script_can_be_run() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    subprocess.run(["bash", "-n", ROOT / ".ci" / "run"], check=True)
