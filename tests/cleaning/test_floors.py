"""Cleaning holds the floors of tests/floors.json on the development pages, and what it gives stays as it is.

The packaged models were learned from these pages, so the floors stand above what publishers left out give (docs/cleaning.md); they are
there to catch a change that makes cleaning worse."""

import pyarrow as pa
import pytest

from benchmarks.quality.corpora import rows_of
from benchmarks.quality.sets import CORPORA, cleaned, cleaning_figures
from pipelines.cleaning import CleanSettings, clean_documents, document_lines, repeated_lines
from pipelines.schemas import DOCUMENTS


@pytest.fixture(scope="module", params=["cleaning.mild", "cleaning.full"])
def pages(request, shared):
    """The name of a set, its gold and what `clean` gives."""
    gold = rows_of(CORPORA[request.param])
    return request.param, gold, cleaned(gold)


def test_cleaning_holds_its_floors_and_the_figures_of_the_docs(pages, holds):
    name, gold, rows = pages
    holds(name, cleaning_figures(gold, rows))


@pytest.mark.parametrize("pooled", [False, True])
def test_a_cleaned_page_stays_as_it_is(pages, pooled):
    _, gold, rows = pages
    publishers = {row["id"]: row.get("publisher") if pooled else None for row in gold}
    again = [{"id": row["id"], "text": row["text"], "html": None, "publisher": publishers[row["id"]], "url": None} for row in rows]
    documents = pa.Table.from_pylist(again, schema=DOCUMENTS)
    table = clean_documents(documents, repeated_lines(document_lines(documents)) if pooled else None, CleanSettings())
    assert [row["id"] for row, text in zip(rows, table["text"].to_pylist(), strict=True) if row["text"] != text] == []
