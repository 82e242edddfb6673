"""Is it wire copy? Measured on `quality/wire_gold.jsonl`: `python -m benchmarks.wire`.

The gold holds ids of pages of the shared corpora and one reader's verdict: the text is an agency's (also on the agency's own page), or was
printed by another outlet before. Pages of which reading gave no verdict were left out. In half of the rows the credit is hidden: byline and
lines around the body are not given, agencies in brackets and last lines are cut, the outlet is another, and the last third of the
paragraphs is missing. So that there is evidence, the corpus then holds the whole page under a third outlet: with its credit and of the
same day for wire copy; of the next day for other articles, which this later reprint must not make wire copy. These reprints are ours, so
the hidden half measures how credits travel over copies, and not how well copies are found in the wild.
"""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from benchmarks.quality.corpora import SHARED
from pipelines.cleaning import clean_documents
from pipelines.cleaning.html import with_page_texts
from pipelines.duplicates import find_duplicates
from pipelines.schemas import COMPARED, CREDIT_INPUT, DOCUMENTS, WIRE_INPUT
from pipelines.stories import article_credits, sources_of
from pipelines.stories.credits import credit_patterns

GOLD = Path(__file__).parent / "quality/wire_gold.jsonl"
WIRE = 0.5  # share from which on an article is called wire copy
_PLACED = re.compile(r"\W*[^\W\d_](?:[^\W\d_]| ){1,30}, [A-Z]{3,}\W*$")
_ABOVE, _BELOW = {"byline", "date_stamp"}, {"byline", "author_bio", "copyright", "other"}


def measure(shared: Path) -> dict[str, Any]:
    """Right answers, and the rows answered wrong, over all and in the hidden half."""
    gold = {row["id"]: row for row in map(json.loads, GOLD.read_text(encoding="utf-8").splitlines())}
    rows = [row for page in _cleaned(_pages(shared, set(gold))) for row in _corpus(page, gold[page["id"]])]
    credits = article_credits(pa.Table.from_pylist([_only(row, CREDIT_INPUT) for row in rows], schema=CREDIT_INPUT)).to_pylist()
    given = [
        row | {"characters": len(row["text"]), "published": row["date"]} | credit for row, credit in zip(rows, credits, strict=True)
    ]
    pairs = find_duplicates(pa.Table.from_pylist([_only(row, COMPARED) for row in rows], schema=COMPARED)).pairs
    shares, _ = sources_of(pa.Table.from_pylist([_only(row, WIRE_INPUT) for row in given], schema=WIRE_INPUT), pairs)
    said = dict(zip(shares["article_id"].to_pylist(), shares["wire"].to_pylist(), strict=True))
    wrong = [id_ for id_, row in gold.items() if (said[id_] >= WIRE) != row["wire"]]
    hidden = [id_ for id_, row in gold.items() if row["hidden"]]
    return {
        "articles": len(gold),
        "right": round(1 - len(wrong) / len(gold), 4),
        "right_hidden": round(1 - len(set(wrong) & set(hidden)) / len(hidden), 4),
        "wrong": wrong,
    }


def _pages(shared: Path, wanted: set[str]) -> Iterator[dict[str, Any]]:
    for prefix, file, text in (("full", "cleaning/dev_full.jsonl.gz", "dirty_text"), ("html", "html/dev.jsonl.gz", None)):
        with gzip.open(shared / "benchmarks" / file, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                if f"{prefix}/{row['id']}" in wanted:
                    page = {"text": row[text]} if text else {"html": row["html"]}
                    yield {"id": f"{prefix}/{row['id']}", "publisher": row["publisher"], "url": row.get("url"), **page}


def _cleaned(pages: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Pages as CREDIT_INPUT with their publishers, each judged by itself."""
    table = with_page_texts(pa.Table.from_pylist(list(pages), schema=DOCUMENTS))
    for row, source, publisher in zip(
        clean_documents(table, None).to_pylist(), table["text"].to_pylist(), table["publisher"].to_pylist(), strict=True
    ):
        bodies = [block for block in row["blocks"] if block["kind"] == "body"]
        start, end = min(block["start"] for block in bodies), max(block["end"] for block in bodies)
        removed = list(_named(row["blocks"], source))
        yield {name: row[name] for name in ("id", "text", "byline", "byline_agency")} | {
            "publisher": publisher,
            "above": "\n".join(text for kind, block, text in removed if kind in _ABOVE and block["end"] <= start) or None,
            "below": "\n".join(text for kind, block, text in removed if kind in _BELOW and block["start"] >= end) or None,
        }


def _named(blocks: list[dict[str, Any]], source: str) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Blocks with their kinds as `warehouse/sql/stages/credits/takes.sql` reads them."""
    before = None
    for block in blocks:
        kind, text = block["kind"], source[block["start"] : block["end"]]
        short = len(text.split(" ")) <= 4 and kind not in ("caption", "body", "title")
        is_byline = short and (before == "byline" or _PLACED.match(text) is not None)
        yield "byline" if is_byline else kind, block, text
        before = kind


def _corpus(page: dict[str, Any], gold: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if not gold["hidden"]:
        yield page | {"date": "2031-05-01"}
        return
    kept = page["text"].split("\n\n")
    kept = kept[: max(1, 2 * len(kept) // 3)]
    patterns = credit_patterns()
    text = "\n\n".join(re.sub(patterns.in_brackets, "", paragraph) for paragraph in kept if not patterns.alone.fullmatch(paragraph))
    nothing = dict.fromkeys(("byline", "byline_agency", "above", "below"))
    yield page | nothing | {"text": text, "publisher": "hidden-outlet", "date": "2031-05-01"}
    copy = page | {"id": f"{page['id']}#copy", "date": "2031-05-01" if gold["wire"] else "2031-05-02"}
    yield copy | ({} if gold["wire"] else {"publisher": "later-outlet"})


def _only(row: dict[str, Any], schema: pa.Schema) -> dict[str, Any]:
    return {name: row.get(name) for name in schema.names}


if __name__ == "__main__":
    print(json.dumps(measure(SHARED), indent=1))
