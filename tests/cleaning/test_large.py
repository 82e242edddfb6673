"""Long texts and pages: a verdict or a reject, all of the text, and work that grows with the length."""

import pyarrow as pa
import pytest

from pipelines.cleaning import CleanSettings, clean_documents, html
from pipelines.cleaning.html import _in_order, text_of_html
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
    documents = pa.table({"id": ["1"], "text": [text], "html": [None], "publisher": [None], "url": [None], "markup": [None]}).cast(
        DOCUMENTS
    )
    row = clean_documents(documents, None, CleanSettings()).select(["text", "reject"]).to_pylist()[0]
    assert (row["reject"] or {}).get("reason") == reason
    assert (len(row["text"]) > 0.99 * len(text)) == (reason is None)


class Searched(str):
    """A text that counts the characters that searches in it went over."""

    characters = 0

    def find(self, wanted, start=0):
        found = super().find(wanted, start)
        self.characters += (len(self) if found < 0 else found + len(wanted)) - start
        return found


@pytest.mark.parametrize("lines", [500, 2_000])
def test_the_lines_of_a_page_are_found_in_one_walk(lines):
    paragraphs = [f"The ferry of {number} left late that day." for number in range(lines)]
    order = Searched("".join(filter(str.isalnum, "".join(paragraphs).casefold())))
    assert _in_order("\n\n".join(paragraphs), order) == "\n\n".join(paragraphs)
    assert order.characters <= 2 * len(order)


def test_lines_that_come_too_late_are_put_in_the_order_of_the_page():
    lines = [f"The ferry of {number} left late that day." for number in range(6)]
    order = "".join(filter(str.isalnum, "".join(lines).casefold()))
    assert _in_order("\n\n".join([*lines[2:], *lines[:2]]), order).split("\n\n") == lines


@pytest.mark.parametrize("opened", ["<div>", "<font size=2>", "<blockquote><p>", "<ul><li>", "<DIV class='a'><SPAN>"])
def test_a_page_that_never_closes_its_elements_keeps_its_text(opened):
    lines = [f"The ferry of {number} o'clock left late that day, and nobody on the quay could say why." for number in range(400)]
    page = "<html><head><title>Ferries late</title></head><body>" + "".join(
        f"{opened}{line[:4]}<b>{line[4:9]}</b>{line[9:]}<br><br>\n" for line in lines
    )
    text = " ".join(text_of_html(page).split())
    assert [line for line in lines if line not in text] == []


def test_of_a_page_of_too_many_elements_every_paragraph_is_read(monkeypatch):
    monkeypatch.setattr(html, "MOST_ELEMENTS", 1_000)
    lines = [f"The ferry of {number} o'clock left late that day, and nobody on the quay could say why." for number in range(900)]
    body = "".join(
        f"<div class=x><p>{line.replace('left', '<i>l</i>eft')}<br>Quay {n}<script>p('<p>')</script></p></div>"
        for n, line in enumerate(lines)
    )
    text = text_of_html(f"<html><head><title>Ferries</title></head><body>{body}</body></html>")
    assert text.split("\n\n") == [part for number, line in enumerate(lines) for part in (line, f"Quay {number}")]


@pytest.mark.parametrize("long", ["<img src='data:image/png;base64,{}'>", "<p>{}</p>"], ids=["a picture", "a text"])
def test_a_page_goes_on_below_what_is_longer_than_parsers_bear(long):
    board = [f"The harbour board met on day {day} and said that the bridge over the Selm would stay shut." for day in range(6)]
    page = f"<html><body><h1>Bridge stays shut</h1>{long.format('A' * 10_100_000)}{''.join(f'<p>{line}</p>' for line in board)}</body></html>"
    assert board[-1] in text_of_html(page)
