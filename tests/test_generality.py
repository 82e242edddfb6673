"""Nothing in rules, lists, weights or code is fitted to the real articles: no name of theirs, no sentence of theirs."""

import json
import re
from pathlib import Path

import pytest

from pipelines.speakers.given import genders

ROOT = Path(__file__).resolve().parent.parent
RULES = [
    path
    for folder in ("pipelines", "seeds/languages", "seeds/names", "seeds/models", "seeds/counts", "assets", "warehouse")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in (".py", ".toml", ".txt", ".tsv", ".json", ".sql")
]
TEXTS = [
    path
    for folder in ("pipelines", "assets", "warehouse", "seeds", "tests", "benchmarks", "docs")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in (".py", ".toml", ".txt", ".tsv", ".json", ".jsonl", ".md", ".sql") and path.is_file()
] + [ROOT / "README.md", ROOT / "CHANGELOG.md"]

# Capitalised in the articles, and general: offices, institutions, services and agencies that any newspaper names.
GENERAL = set(
    """
    President President's Secretary Defense Defence Minister Council National Security House White State States United Army General Chief
    Armed Forces Parliament Congress Office Media Getty Images AFP Reuters Telegram Facebook NATO Post News Times New York Friday Thursday
    November Nov Reporter Business Administration Award Local Prize Journalism Foundation Images Delegations Earlier Sources Trump's
    Public Western European Russian American Ukrainian French English German Ukraine Russia America Europe Japan Germany France US U.S USA
    Why Young Bold War Notes Development Independent Technical Advice Work Quality Help Politics Video Feed Show More Read Avatar Share
    July Union Unions International Heads Mayors Peninsula Among Recall Moreover Sanctions Washington Moscow Switzerland Kremlin Thomson NBC
    """.split()
)


def names_of_the_real_articles(shared: Path) -> set[str]:
    """Capitalised words inside sentences, and every word of speakers, bylines, credits and datelines."""
    found: set[str] = set()
    for article in json.loads((shared / "seeds_gold.json").read_text(encoding="utf-8")):
        for paragraph in article["body"]:
            found |= set(re.findall(r"(?<=[a-z,] )[A-Z][\w’'-]{3,}", paragraph))
        fields = [
            article["byline"],
            article["dateline"],
            article["photo_credit"],
            *(quote["speaker"] for quote in article["quotes"]),
        ]
        found |= {word for field in fields if field for word in re.findall(r"\b[A-Z][a-z]{3,}", field)}
    return {re.sub(r"[’']s$", "", word) for word in found} - GENERAL


def test_no_rule_list_or_weight_names_who_is_in_the_real_articles(shared):
    names = names_of_the_real_articles(shared)
    assert len(names) > 20
    pattern = re.compile(r"\b(" + "|".join(sorted(map(re.escape, names))) + r")\b", re.I)
    hits = {f"{path.relative_to(ROOT)}: {m.group()}" for path in RULES for m in pattern.finditer(without_first_names(path))}
    assert hits == set()


def without_first_names(path: Path) -> str:
    """A rule pack's lists of men's and women's first names hold common ones of any origin; so do the lines of forms of such a name."""
    text = path.read_text(encoding="utf-8")
    if path.name == "families.toml":
        return "\n".join(line for line in text.splitlines() if not genders().keys() & set(re.findall(r"\w+", line)))
    return re.sub(r"^(masculine|feminine)\b.*$", "", text, flags=re.M)


def shingles(text: str, size: int) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[place : place + size]) for place in range(len(words) - size + 1)}


@pytest.fixture(scope="module")
def real_sentences(shared) -> set[tuple[str, ...]]:
    return set().union(*(shingles(path.read_text(encoding="utf-8"), 8) for path in (shared / "seeds").glob("*.txt")))


def test_no_eight_words_of_the_real_articles_stand_in_the_project(real_sentences):
    assert len(real_sentences) > 1000
    hits = {
        path.relative_to(ROOT).as_posix()
        for path in TEXTS
        if shingles(path.read_text(encoding="utf-8", errors="ignore"), 8) & real_sentences
    }
    assert hits == set()
