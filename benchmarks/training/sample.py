"""What the features of a model say of the sample corpus, as a hash: whether a packaged model still fits the features of the tree is found
without learning it again. A change that shows on no page of the sample is not found; `make train` finds it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import pyarrow as pa

from benchmarks.quality.corpora import ROOT
from pipelines.cleaning.cards import mark_cards
from pipelines.cleaning.clean import Draft, draft_of
from pipelines.cleaning.repetition import buckets_by_publisher, count_repeated, lines_of_documents
from pipelines.cleaning.settings import CleanSettings
from pipelines.cleaning.verdicts import judge
from pipelines.learned.model import Model
from pipelines.schemas import DOCUMENTS

PAGES = ROOT / "seeds" / "articles"
DIGITS = 3  # of a feature that count


def drafts() -> list[Draft]:
    """The text pages of the sample corpus, with the counts of their publishers' lines."""
    files = sorted(PAGES.glob("*/*.txt"))
    rows = [
        {"id": file.stem, "text": file.read_bytes().decode("utf-8", "replace"), "html": None, "publisher": file.parent.name}
        for file in files
    ]
    buckets = buckets_by_publisher(count_repeated(lines_of_documents(pa.Table.from_pylist(rows, schema=DOCUMENTS))))
    found = (draft_of(row["id"] or "", row["text"], buckets.get(row["publisher"] or "", {}), CleanSettings()) for row in rows)
    return [draft for draft in found if isinstance(draft, Draft)]


def judged(model: Model) -> Iterator[Draft]:
    """The same with the verdicts of a model of lines."""
    pages = drafts()
    for page in pages:
        mark_cards(page.lines, page.lexicon)
    judge([page.lines for page in pages], [page.lexicon for page in pages], model, CleanSettings())
    yield from pages


def digest(rows: Iterable[Mapping[str, float]]) -> str:
    """16 hex digits for features by name, in their order."""
    found = hashlib.sha256()
    for row in rows:
        found.update(" ".join(row).encode())
        found.update((np.round(np.array([*row.values()], np.float64), DIGITS) + 0.0).tobytes())
    return found.hexdigest()[:16]
