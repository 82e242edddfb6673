"""Lists that a heading announces, tables of facts, buttons in a row, and notes that stand between the sentences of short pages."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from pipelines.cleaning import clean_documents
from pipelines.schemas import DOCUMENTS

TITLE = "Quarry sold to beekeeper"
LEAD = "The council of Marl voted by nine to four on Monday to sell the old quarry to a beekeeper."
REST = ("She plans two hundred hives and a small shop at the gate.", "The mayor left the hall before the vote.")


def cleaned(*lines: str) -> dict[str, Any]:
    documents = pa.Table.from_pylist([{"id": "a", "text": "\n\n".join(lines)}], schema=DOCUMENTS)
    row: dict[str, Any] = clean_documents(documents).to_pylist()[0]
    return row


@pytest.mark.parametrize(
    "items",
    [
        ("Key points", "The quarry goes to a beekeeper", "She paid 40,000 pounds", "A shop opens in May"),
        ("At a glance", "The quarry goes to a beekeeper", "She paid 40,000 pounds"),
    ],
)
def test_points_below_their_heading_stay(items: tuple[str, ...]) -> None:
    row = cleaned(TITLE, *items, LEAD, *REST)
    assert row["title"] == TITLE
    assert row["text"].split("\n\n") == [*items, LEAD, *REST]


def test_links_below_such_a_heading_at_the_end_go() -> None:
    row = cleaned(TITLE, LEAD, *REST, "In brief", "Bridge shut all summer", "Water leak in Low Street")
    assert row["text"].split("\n\n") == [LEAD, *REST]


def test_a_table_of_facts_between_sentences_stays() -> None:
    facts = ("Name: Marl Quarry", "Depth: 31 m", "Opened: 1871")
    assert cleaned(TITLE, LEAD, *facts, *REST)["text"].split("\n\n") == [LEAD, *facts, *REST]


def test_buttons_in_a_row_go_and_a_motto_of_their_words_stays() -> None:
    motto = "Save, print, share: under that motto forty neighbours in Marl swap old seeds."
    assert cleaned(TITLE, "Save 12 Share 40 4 min read", LEAD, motto, *REST)["text"].split("\n\n") == [LEAD, motto, *REST]


def test_a_note_that_comments_are_closed_ends_no_article() -> None:
    lines = (
        "Совет Заречного в понедельник девятью голосами против четырёх продал старый карьер пчеловоду.",
        "Она планирует двести ульев и лавку у ворот.",
        "Мэр вышел из зала до голосования.",
    )
    row = cleaned("Карьер продали пчеловоду", *lines[:2], "Комментарии отключены.", lines[2])
    assert row["text"].split("\n\n") == list(lines)


def test_the_short_line_over_a_long_standfirst_is_the_headline() -> None:
    standfirst = "Al veertig jaar staat Edwin Kar elke april op dezelfde brug, dit jaar telde hij er zes"
    row = cleaned("De man die de zwaluwen telt", standfirst, "Op 2 april trok Edwin Kar (78) zijn jas aan en liep naar de brug.")
    assert row["title"] == "De man die de zwaluwen telt"
    assert row["text"].startswith(standfirst)
