"""What a person can set: each setting once, with its kind, default and meaning, and where its value comes from.

A value comes from an option of the command, else the environment, else `.env`, else `copydesk.toml`, else the default. What a value does
stands where it is used.
"""

import json
import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dotenv import dotenv_values

from assets.errors import CommandError
from pipelines.ingest import IngestSettings
from pipelines.lexicons import languages_with
from pipelines.marks import MOST_MARKS

FILE = "copydesk.toml"
PREFIX = "COPYDESK_"

# The environment as it was before Dagster laid `.env` over it, as JSON: so that both read the same.
GIVEN = "COPYDESK_GIVEN"

# Variables of this prefix that are no settings: of tests, benchmarks, and the above.
OTHER_VARIABLES = frozenset({GIVEN, *(PREFIX + name for name in ("SHARED", "UPDATE_README", "SCREENSHOTS", "KILLS", "SETTINGS"))})

LIMITS = {
    "max_record_bytes": "bytes of one article: a text file, a line of JSON, a row",
    "max_page_bytes": "bytes of one page of HTML",
    "max_whole_file_bytes": "bytes of a file that can only be read whole, after decompression",
    "max_file_bytes": "bytes of a file after decompression; what stands behind them is refused",
    "max_members": "files in an archive",
    "max_rows": "records in a file; what stands behind them is refused",
    "max_rejects": "records of a file that are refused by themselves; then the rest of it is refused as one",
    "max_fields": "fields of one record, those inside of objects too",
    "max_attributes": "attributes of one tag of a page",
    "max_seconds": "seconds for one record of a format that is unpacked: PDF, RTF, Word",
}


class SettingError(CommandError):
    """A setting is not known or has a wrong value; the message names place, setting and what is allowed."""


@dataclass(frozen=True)
class Kind:
    """How a value is written in a variable, which values of the file are allowed, and both in words."""

    of_text: Callable[[str], Any]
    allows: Callable[[Any], bool]
    allowed: str


@dataclass(frozen=True)
class Setting:
    """`name` is the key in the file, with its section before a dot."""

    name: str
    kind: Kind
    default: Any
    means: str

    @property
    def variable(self) -> str:
        return PREFIX + self.name.replace(".", "_").upper()


@dataclass(frozen=True)
class Value:
    """A setting's value; `place` says where it stands: `default`, `environment`, `.env`, or the path of the file. Paths count from `base`."""

    value: Any
    place: str
    base: Path


def known_languages() -> list[str]:
    """The codes of the languages that have words of their own below `seeds/languages`."""
    return sorted({*languages_with("boilerplate"), *languages_with("quotes")})


def _yes_or_no(text: str) -> bool:
    return {"": False, "0": False, "false": False, "no": False, "1": True, "true": True, "yes": True}[text.strip().lower()]


PATHS = Kind(
    lambda text: [part for part in text.split(os.pathsep) if part],
    lambda value: isinstance(value, list) and all(isinstance(part, str) and part for part in value),
    f"folders, in {FILE} as a list of strings, in a variable with {os.pathsep!r} between them",
)
ENGINE = Kind(
    str,
    lambda value: isinstance(value, str) and (value in ("", "local", "spark") or value.startswith("spark:")),
    "local, spark or spark:MASTER, such as spark:local[2]",
)
LANGUAGES = Kind(
    lambda text: [code for part in text.split(",") if (code := part.strip())],
    lambda value: isinstance(value, list) and set(value) <= set(known_languages()),
    f"codes of {', '.join(known_languages())}; in {FILE} as a list of strings, in a variable with commas between them",
)
PATH = Kind(str, lambda value: isinstance(value, str), "a folder, as a string")
SWITCH = Kind(
    _yes_or_no, lambda value: isinstance(value, bool), f"true or false; in a variable 1 or 0 too, in {FILE} without marks"
)


def _number(first: int, last: int) -> Kind:
    """Beyond `last` are numbers with which a clock or a library could not count."""
    allowed = f"a whole number from {first} to {last}"
    return Kind(int, lambda value: isinstance(value, int) and not isinstance(value, bool) and first <= value <= last, allowed)


COUNT, LIMIT = _number(0, 100_000), _number(1, 10**12)

SETTINGS = (
    Setting("corpus", PATHS, [], "the folders that loads, the schedule and the sensor look through; by default the sample corpus"),
    Setting(
        "warehouse",
        PATH,
        "",
        "the folder of the warehouse; by default warehouse/ for the sample, warehouses/NAME/ for a folder NAME",
    ),
    Setting("languages", LANGUAGES, [], "the languages to load; articles in others become rejects. By default any"),
    Setting("read_only", SWITCH, False, "publish the file as mode 0444, for folders that several people share"),
    Setting("follow_links", SWITCH, False, "read what links that lead out of the corpus folder point to"),
    Setting("wait_seconds", COUNT, 600, "how long a command waits for another load to end"),
    Setting(
        "engine", ENGINE, "", "what stages run on: local or spark[:MASTER], see docs/scale.md; by default this process and its own"
    ),
    Setting("history_days", COUNT, 90, "after how many days a run goes from the run history; 0: never"),
    Setting("history_runs", COUNT, 500, "how many runs stay in the run history, the last ones; 0: any number"),
    *(Setting(f"limits.{name}", LIMIT, getattr(IngestSettings(), name), means) for name, means in LIMITS.items()),
    Setting("limits.max_marks", LIMIT, MOST_MARKS, "quotation marks and apostrophes of one article"),
)
BY_NAME = {setting.name: setting for setting in SETTINGS}


_CHECKOUT = Path(__file__).resolve().parent.parent


def is_checkout() -> bool:
    """Whether this code runs from a checkout, and is not installed elsewhere."""
    return (_CHECKOUT / "pyproject.toml").is_file()


def project_root() -> Path:
    """The checkout that this code runs from; the current folder where the code is installed elsewhere."""
    return _CHECKOUT if is_checkout() else Path.cwd()


def settings_file() -> Path:
    """`copydesk.toml` of the project's folder, or the file that COPYDESK_SETTINGS names."""
    named = _environment().get(PREFIX + "SETTINGS")
    return project_root() / Path(named).expanduser() if named else project_root() / FILE


def value_of(name: str) -> Any:
    """The value of one setting. Raises SettingError where any value is wrong."""
    return resolved()[name].value


def resolved() -> dict[str, Value]:
    """The value of every setting, by name, in the order of SETTINGS. Raises SettingError where a setting is not known or a value is wrong."""
    root, file = project_root(), settings_file()
    if file.name != FILE and not file.is_file():
        raise SettingError(f"{PREFIX}SETTINGS names {str(file)!r}, which is not there: name a file like {FILE}, or leave it out")
    found = {setting.name: Value(setting.default, "default", root) for setting in SETTINGS}
    if file.is_file():
        found |= {name: Value(value, str(file), file.parent) for name, value in _of_file(file, file.stat().st_mtime_ns).items()}
    stored = {name: value for name, value in dotenv_values(root / ".env").items() if value is not None}
    for place, variables in ((str(root / ".env"), stored), ("environment", _environment())):
        found |= {name: Value(value, place, root) for name, value in _of_variables(place, variables).items()}
    return found


def ingest_settings() -> IngestSettings:
    """The limits of reading, as they are set."""
    values = resolved()
    return IngestSettings(**{name: values[f"limits.{name}"].value for name in LIMITS})


def _environment() -> Mapping[str, str]:
    given = os.environ.get(GIVEN)
    return json.loads(given) if given else os.environ


def given_environment() -> str:
    """What GIVEN holds for a process that Dagster starts: our variables as they are now."""
    return json.dumps({name: value for name, value in _environment().items() if name.startswith(PREFIX) and name != GIVEN})


def _of_variables(place: str, variables: Mapping[str, str]) -> dict[str, Any]:
    known = {setting.variable: setting for setting in SETTINGS}
    found = {}
    for variable, text in variables.items():
        if not variable.startswith(PREFIX) or variable in OTHER_VARIABLES:
            continue
        setting = known.get(variable)
        if setting is None:
            raise SettingError(f"{place}: {variable} is no setting; known are {', '.join(known)}: correct the name, or take it out")
        if not text.strip():  # a variable that is there and empty is none
            continue
        try:
            value = setting.kind.of_text(text)
        except (ValueError, KeyError):
            value = None
        if value is None or not setting.kind.allows(value):
            raise _wrong(place, variable, text, setting)
        if value not in ([], ""):  # of separators alone
            found[setting.name] = value
    return found


@cache
def _of_file(file: Path, stamp: int) -> dict[str, Any]:
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingError(
            f"{file} cannot be read: {error}; allowed is TOML in UTF-8, such as `read_only = true`: correct it there"
        ) from error
    found = dict(_entries(content, ""))
    for name, value in found.items():
        if name not in BY_NAME:
            raise SettingError(f"{file}: {name!r} is no setting; known are {', '.join(BY_NAME)}: correct the name, or take it out")
        if not BY_NAME[name].kind.allows(value):
            raise _wrong(str(file), repr(name), value, BY_NAME[name])
    return found


def _entries(content: Mapping[str, Any], section: str) -> list[tuple[str, Any]]:
    return [
        entry
        for name, value in content.items()
        for entry in (_entries(value, f"{section}{name}.") if isinstance(value, dict) else [(section + name, value)])
    ]


def _wrong(place: str, name: str, value: object, setting: Setting) -> SettingError:
    return SettingError(f"{place}: {name} is {value!r}; allowed: {setting.kind.allowed}; it is {setting.means}: correct it there")
