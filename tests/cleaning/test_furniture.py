"""Boilerplate in many wordings around one article in each of twenty-seven languages (`tests/cases/furniture.jsonl`): every line of it goes and is
read, and no sentence of the article does."""

import json
from pathlib import Path

import pyarrow as pa
import pytest

from pipelines.cleaning import CleanSettings, clean_documents
from pipelines.cleaning.blocks import split_blocks
from pipelines.cleaning.boilerplate_file import Rule
from pipelines.cleaning.glued import split_prefixes
from pipelines.cleaning.html import read_page
from pipelines.cleaning.lexicon import known_languages, load_lexicon
from pipelines.schemas import DOCUMENTS

PAGES = [
    json.loads(line)
    for line in (Path(__file__).resolve().parent.parent / "cases" / "furniture.jsonl").read_text(encoding="utf-8").splitlines()
]


def cleaned(texts):
    documents = pa.Table.from_pylist([{"id": str(n), "text": text} for n, text in enumerate(texts)], schema=DOCUMENTS)
    return clean_documents(documents, None, CleanSettings()).to_pylist()


def around(page, furniture):
    lines = [page["headline"], *page["body"]]
    at = {"top": 1, "mid": 3, "end": len(lines)}[furniture["place"]]
    return [*lines[:at], furniture["line"], *lines[at:]]


@pytest.mark.parametrize("page", PAGES, ids=[page["language"] for page in PAGES])
@pytest.mark.parametrize("between", ["\n\n", "\n"], ids=["paragraphs", "lines"])
def test_furniture_goes_and_every_sentence_stays(page, between):
    wrong = []
    for furniture, row in zip(page["go"], cleaned([between.join(around(page, one)) for one in page["go"]]), strict=True):
        found = {
            "text": row["text"].split("\n\n") == page["body"],
            "title": row["title"] == page["headline"],
            "date": furniture.get("date") in (None, row["date"]),
            "byline": furniture.get("byline") in (None, row["byline"]),
            "correction": not furniture.get("correction") or row["correction"] is not None,
            "agency": not furniture.get("agency") or row["byline_agency"] is not None,
        }
        wrong += [(furniture["line"], name) for name, right in found.items() if not right]
    assert not wrong


@pytest.mark.parametrize("page", PAGES, ids=[page["language"] for page in PAGES])
def test_a_lead_with_its_dateline_stays(page):
    rows = cleaned(["\n\n".join([page["headline"], lead, *page["body"][1:]]) for lead in page["leads"]])
    assert [row["text"].split("\n\n") for row in rows] == [[lead, *page["body"][1:]] for lead in page["leads"]]
    known = tuple(row["dateline"] for row in rows if row["dateline"])
    assert [line for line in page["datelines"] if not line.startswith(known)] == []


def test_every_language_of_cleaning_but_turkish_has_a_page_here():
    assert {page["language"] for page in PAGES} | {"tr", "any"} >= set(known_languages())


def test_a_rule_for_the_end_of_a_line_reaches_its_end():
    rule = next(rule for rule in load_lexicon("de").rules if rule.name == "Agentur am Ende")
    assert rule.hit("ein schiff im hafen (foto: hans muster/dpa)")
    assert not rule.hit("hamburg (dpa) - der senat hat am dienstag beschlossen, die alte brücke zu sperren.")
    assert isinstance(rule, Rule)


def test_lines_of_one_length_in_a_script_without_blanks_are_no_broken_paragraph():
    page = next(page for page in PAGES if page["language"] == "zh")
    assert [block.text for block in split_blocks("\n".join(page["body"]))] == page["body"]


def test_quotations_one_below_the_other_are_a_list_and_no_broken_paragraph():
    quotes = [
        '"I have used this ferry all my life and will miss it." Ann Lee',
        '"We cannot pay for a bridge and a ferry at once now." Tom Reed',
        '"My children go to school over there, it is simple." May Carr',
        '"Nobody asked the island, and nobody ever has so far." Jim Orr',
    ]
    assert [block.text for block in split_blocks("\n".join(quotes))] == quotes


def test_what_is_glued_to_a_broken_paragraph_leaves_no_line_break():
    lines = [
        f"{word} the council of the harbour town met again on Tuesday evening and"
        for word in ("Date 2019-04-17", "So", "Then", "Now")
    ]
    raw = "\n".join(lines)
    blocks, prefixes = split_prefixes(raw, split_blocks(raw))
    assert [prefix.value for prefix in prefixes] == ["2019-04-17"] or "\n" not in blocks[0].text
    assert all("\n" not in block.text for block in blocks)


ARTICLE = "".join(
    f"<p>The ferry to Lower Tarn was late for the {nth} time this week, the harbour office said.</p>"
    for nth in ("first", "second", "third", "fourth")
)


def test_a_body_that_the_page_gives_twice_in_a_row_is_read_once():
    body = " ".join(
        f"The ferry to Lower Tarn was late for the {nth} time this week, the harbour office said."
        for nth in ("first", "second", "third", "fourth")
    )
    script = json.dumps({"@type": "NewsArticle", "articleBody": f"{body} {body}"})
    text, _ = read_page(
        f'<html><head><script type="application/ld+json">{script}</script></head><body><article><h1>Late again</h1>{ARTICLE}</article></body></html>',
        None,
    )
    assert text.count("fourth time") == 1


def test_the_year_of_a_notice_of_rights_is_no_day():
    _, markup = read_page(
        f"<html><body><article><h1>Late again</h1>{ARTICLE}</article><footer>© 2019 Tarn Post</footer></body></html>", None
    )
    assert "likely_day" not in json.loads(markup or "{}")


def paragraphs(between=""):
    first, *rest = ARTICLE.split("</p>")[:-1]
    return f"<html><body><article><h1>Late again</h1>{first}</p>{between}{''.join(f'{text}</p>' for text in rest)}</article></body></html>"


def test_a_list_of_other_stories_between_paragraphs_goes_with_its_label():
    links = "".join(f'<li><a href="/{n}">How the harbour of Tarn lost its ferry number {n}</a></li>' for n in range(3))
    assert read_page(paragraphs(f"<h3>Read for you</h3><ul>{links}</ul>"), None)[0] == read_page(paragraphs(), None)[0]


def test_a_list_of_links_that_a_sentence_announces_stays():
    links = "".join(f'<li><a href="/{n}">How the harbour of Tarn lost its ferry number {n}</a></li>' for n in range(3))
    text, _ = read_page(
        paragraphs(f"<p>These are the three stories that the jury has chosen for its prize:</p><ul>{links}</ul>"), None
    )
    assert text.count("lost its ferry number") == 3


def test_names_on_links_behind_a_label_stay():
    text, _ = read_page(paragraphs('<p>灯台：<a href="/1">青浜町</a>、<a href="/2">白崎町</a>、<a href="/3">中山市</a></p>'), None)
    assert "灯台：青浜町、白崎町、中山市" in text
