"""Texts of fifty megabytes get a verdict or a reject."""

import pyarrow as pa
import pytest

from pipelines.cleaning import CleanSettings, clean_documents
from pipelines.schemas import DOCUMENTS
from pipelines.vocabulary import RejectReason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Share on Facebook\n" * 2_800_000, RejectReason.TOO_LARGE),
        ("\u200b\n" * 25_000_000, RejectReason.EMPTY),
        ("The minister said on Monday that nothing had been decided about the bridge. " * 660_000, None),
        (("The minister said on Monday that nothing had been decided. " * 9 + "\n\n") * 95_000, None),
    ],
    ids=["millions of lines", "millions of lines that show nothing", "one line", "paragraphs"],
)
def test_fifty_megabytes_get_a_verdict_or_a_reject(text, reason):
    assert len(text) >= 50_000_000
    documents = pa.table({"id": ["1"], "text": [text], "html": [None], "publisher": [None], "url": [None], "markup": [None]}).cast(DOCUMENTS)
    row = clean_documents(documents, None, CleanSettings()).select(["text", "reject"]).to_pylist()[0]
    assert (row["reject"] or {}).get("reason") == reason
    assert (len(row["text"]) > 0.99 * len(text)) == (reason is None)
