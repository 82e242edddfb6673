"""The version of each stage: a hash over its code, its data and its settings. Where it changes, the stage's rows are stale."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from pipelines.settings import Settings

CODE = Path(__file__).resolve().parent.parent

SQL = "warehouse/sql/queries"
CLEANING_SQL = tuple(
    f"{SQL}/{name}.sql"
    for name in (
        "documents_to_clean",
        "write_articles",
        "write_blocks",
        "write_clean_rejects",
        "write_repairs",
        "write_source_text",
    )
)

# What each stage's result depends on besides its input: folders or files, then packages.
DEPENDS = {
    "ingest": (("pipelines/ingest", "assets/stages/ingest.py", f"{SQL}/write_documents.sql", f"{SQL}/write_rejects.sql"), ()),
    "lines": (("pipelines/cleaning", "pipelines/compiled.py", "pipelines/language.py"), ("ftfy", "trafilatura")),
    "cleaning": (
        (
            "pipelines/cleaning",
            "pipelines/compiled.py",
            "pipelines/guarded.py",
            "pipelines/language.py",
            "seeds/boilerplate",
            "assets/stages/cleaning.py",
            *CLEANING_SQL,
        ),
        ("ftfy", "trafilatura", "py3langid"),
    ),
    "signatures": (("pipelines/duplicates", "pipelines/compiled.py"), ("datasketch",)),
    "pairs": (("pipelines/duplicates", "pipelines/compiled.py"), ("datasketch",)),
    "quotes": (
        (
            "pipelines/quotes",
            "pipelines/compiled.py",
            "pipelines/guarded.py",
            "pipelines/language.py",
            "seeds/quotes",
            "assets/stages/quotes.py",
            f"{SQL}/write_quotes.sql",
            f"{SQL}/all_speakers.sql",
        ),
        ("py3langid",),
    ),
}


@cache
def stage_version(stage: str, settings: Settings) -> str:
    """16 hex digits, the same on every machine for the same code, data, settings and package versions."""
    paths, packages = DEPENDS[stage]
    digest = hashlib.sha256()
    for path in paths:
        for file in _files(CODE / path):
            digest.update(file.relative_to(CODE).as_posix().encode())
            digest.update(file.read_bytes())
    for package in packages:
        digest.update(f"{package} {version(package)}".encode())
    digest.update(repr(_settings_of(stage, settings)).encode())
    return digest.hexdigest()[:16]


def _settings_of(stage: str, settings: Settings) -> object:
    part = {"lines": "cleaning", "signatures": "duplicates", "pairs": "duplicates"}.get(stage, stage)
    return getattr(settings, part)


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(p for p in path.rglob("*") if p.is_file() and p.suffix in (".py", ".toml", ".txt", ".tsv", ".json", ".npz"))
