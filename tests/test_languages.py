"""A language is a folder: what stands in one changes no page of another language but by what it shares, and no word of any stands in code."""

import ast
import re
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from pipelines.cleaning.boilerplate_file import BoilerplateFile
from pipelines.cleaning.encoding_repair import RepairFile
from pipelines.cleaning.language_files import BylinesFile, CreditsFile, DatesFile
from pipelines.cleaning.lexicon import compose, known_languages
from pipelines.language import Detection
from pipelines.lexicons import LanguageFile, languages_with, read_language_file, seeds_folder
from pipelines.names import Names
from pipelines.words_file import WordsFile

ROOT = Path(__file__).resolve().parent.parent
FILES: dict[str, type[LanguageFile]] = {
    "words": WordsFile,
    "boilerplate": BoilerplateFile,
    "dates": DatesFile,
    "bylines": BylinesFile,
    "credits": CreditsFile,
    "names": Names,
    "detection": Detection,
    "repair": RepairFile,
}
ALONE = [  # share nothing
    code
    for code in known_languages()
    if not any(read_language_file(code, file, model).shared for file, model in FILES.items() if code in languages_with(file))
]


@pytest.mark.parametrize("left_out", ALONE)
def test_a_language_that_shares_nothing_changes_no_page_of_another(left_out, tmp_path):
    shutil.copytree(seeds_folder(), tmp_path / "languages", ignore=lambda folder, names: [left_out] if left_out in names else [])
    assert left_out not in languages_with("boilerplate", tmp_path / "languages")
    for code in known_languages():
        if code == left_out:
            continue
        with_it, without = compose(code), compose(code, tmp_path / "languages")
        for field in fields(with_it):
            if field.name != "table":  # made of the others
                assert getattr(with_it, field.name) == getattr(without, field.name), (code, field.name)
    assert left_out not in languages_with("detection") + languages_with("repair")  # ask before the language is known


def test_italian_shares_nothing():
    assert "it" in ALONE


# --- words in code ------------------------------------------------------------------------------------------------------------

CODE = sorted(  # what reads texts
    path
    for place in ("cleaning", "quotes", "language.py", "names.py", "lexicons.py", "letters.py")
    for path in ([ROOT / "pipelines" / place] if place.endswith(".py") else (ROOT / "pipelines" / place).rglob("*.py"))
)
OF_PAGES = "pipelines/cleaning/page_names.py"  # names of elements, classes and fields, which are English
CODE = [path for path in CODE if path.relative_to(ROOT).as_posix() != OF_PAGES]
REGULAR = {"compile", "search", "match", "fullmatch", "sub", "split", "findall", "finditer"}
_LETTERS = re.compile(r"[^\W\d_]+")
# Names of what holds a text.
_TEXTS = re.compile(r"(?<![a-z])(?:words?|texts?|lines?|folded|labels?|plain|low|paragraph|before|after|rest|token)(?![a-z])")
_SYNTAX = re.compile(r"\\[a-zA-Z]|\(\?[a-zA-Z]+[:)]|\(\?P<\w+>|\[(?:\\.|[^\]\\])*\]|\{\d*,?\d*\}")


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def words_of_languages() -> frozenset[str]:
    """Words of three letters and more that the files of any language hold, without their rules."""
    found: set[str] = set()
    for path in (ROOT / "seeds" / "languages").rglob("*.toml"):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        texts = [
            *(name for name in content.get("months", {}) if "_" not in name),
            *strings({key: value for key, value in content.items() if key not in ("rule", "shared")}),
        ]
        found |= {word.lower() for text in texts for word in _LETTERS.findall(text)}
    return frozenset(word for word in found if len(word) > 2)


def words_in(source: str, words: frozenset[str]) -> list[str]:
    """Where words of a language stand in a module: in patterns, in lists of words, as words that a text is held against; and any word that is not
    in ASCII."""
    tree = ast.parse(source)
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}
    types = {id(node.slice) for node in ast.walk(tree) if isinstance(node, ast.Subscript)}  # Literal["start", "end"]
    found: list[str] = []

    def check(node: ast.AST, of_pattern: bool, what: str) -> None:
        for inner in ast.walk(node):
            if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                text = _SYNTAX.sub(" ", inner.value) if of_pattern else inner.value
                hits = [word for word in _LETTERS.findall(text.lower()) if word in words]
                found.extend(f"line {inner.lineno}: {what} {word!r}" for word in hits)

    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in REGULAR and node.args:
            if isinstance(node.func.value, ast.Name) and node.func.value.id == "re":
                check(node.args[0], True, "pattern with")
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("startswith", "endswith"):
            check(node, False, "held against")
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split" and not node.args:
            check(node, False, "list of words with")
        elif isinstance(node, ast.Tuple | ast.List | ast.Set) and id(node) not in types:
            constants = [e.value for e in node.elts if isinstance(e, ast.Constant) and isinstance(e.value, str)]
            if len(constants) == len(node.elts) > 1 and not any("_" in text for text in constants):
                hits = [text for text in constants if text.lower().strip() in words]
                found.extend(f"line {node.lineno}: list of words with {text!r}" for text in hits if 2 * len(hits) > len(constants))
        elif isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn | ast.Eq | ast.NotEq):
            sides = (node.left, *node.comparators)
            if any(_TEXTS.search(ast.unparse(side)) for side in sides if not isinstance(side, ast.Constant)):
                for side in sides:
                    check(side, False, "held against") if isinstance(side, ast.Constant) else None
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            foreign = [
                word
                for word in _LETTERS.findall(node.value)
                if len(word) > 3 and not word.isascii() and (word.islower() or word.istitle())
            ]
            found.extend(f"line {node.lineno}: the word {word!r}" for word in foreign)
    return sorted(set(found))


WORDS = frozenset(["said", "photo", "monday", "tuesday", "share", "the"])


@pytest.mark.parametrize(
    "source",
    [
        'P = re.compile(r"\\b(?:photo|image)s?: ")',
        'P = re.compile(rf"{A} (?:the )?{B}")',
        'DAYS = ("monday", "tuesday")',
        'DAYS = "monday tuesday sunday".split()',
        'x = line.startswith("share ")',
        'x = " said " in line',
        'x = word == "the"',
        'P = "опубліковано"',
    ],
)
def test_words_of_a_language_are_found_in_code(source):
    assert words_in(source, WORDS)


@pytest.mark.parametrize(
    "source",
    [
        '"""The photo that was said to be shared."""',
        'P = re.compile(r"(?i:[a-z]+)\\b\\W*https?://")',
        'raise ValueError(f"the text has {n} lines, said {m}")',
        'NAMES = ("said_words", "the")',
        'x: Literal["monday", "tuesday"]',
        'LEADS = "ГРСв"',
        'row = {"photo": 1}',
        'x = char in "«»„“…"',
    ],
)
def test_other_strings_are_passed_over(source):
    assert words_in(source, WORDS) == []


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_word_of_any_language_stands_in_code(path):
    assert words_in(path.read_text(encoding="utf-8"), words_of_languages()) == []
