"""Headlines of other stories with their days go; so do those stories' openings, and never a paragraph of the article."""

import pyarrow as pa
import pytest

from pipelines.cleaning import clean_documents, document_lines, repeated_lines
from pipelines.schemas import DOCUMENTS

ARTICLE = """Second ferry line opens to Ostrel Bay

3 March 2021

The second ferry line to Ostrel Bay opens on Friday, the harbour office said. It will run every forty minutes until midnight.

The tickets cost four crowns, and those who live on the island travel for half of that."""
OPENING = "HARLEM — The bakers of the old town want flour to be cheaper, their guild said on Monday."


def cleaned(*rows, pooled=False):
    table = pa.Table.from_pylist([dict.fromkeys(DOCUMENTS.names) | row for row in rows], schema=DOCUMENTS)
    return clean_documents(table, repeated_lines(document_lines(table)) if pooled else None).to_pylist()


@pytest.mark.parametrize(
    "below",
    [
        "Town hall closes for the winter\n\n5 March 2021\n\nBakers ask for cheaper flour\n\n4 March 2021",
        f"Town hall closes for the winter\n\n5 March 2021\n\nBakers ask for cheaper flour\n\n4 March 2021\n\n{OPENING}",
        "2021-03-05\n\nTown hall closes for the winter\n\n2021-03-04\n\nBakers ask for cheaper flour",
        "Town hall closes for the winter\n\n2 days ago\n\nBakers ask for cheaper flour\n\n3 days ago\n\nTheir guild wants flour to be cheap.",
    ],
)
def test_other_stories_with_their_days_go_and_give_no_date(below):
    (row,) = cleaned({"id": "a", "text": f"{ARTICLE}\n\nRead also\n\n{below}"})
    assert row["text"] == ARTICLE.split("\n\n", 2)[2]
    assert row["date"] == "2021-03-03"


def test_the_article_goes_on_below_another_story_with_its_day():
    last = "The harbour office said that the ferry will also carry bicycles, but no cars. The line was last served in 1984."
    (row,) = cleaned({"id": "a", "text": f"{ARTICLE}\n\nRead also\n\nTown hall closes for the winter\n\n5 March 2021\n\n{last}"})
    assert row["text"].endswith(last)


@pytest.mark.parametrize(
    ("others", "day"),
    [(("13/03/2024", "28/03/2024"), "2024-03-12"), (("03/13/2024", "03/28/2024"), "2024-12-03"), ((), None)],
)
def test_the_other_pages_of_a_publisher_say_which_number_is_the_day(others, day):
    rows = [
        {
            "id": str(place),
            "publisher": "Ostrel Post",
            "text": ARTICLE.replace("3 March 2021", written).replace("Friday", f"Friday at {place}"),
        }
        for place, written in enumerate(["12/03/2024", *others])
    ]
    assert cleaned(*rows, pooled=True)[0]["date"] == day


LONGER = f"""{ARTICLE}

"We have waited for this since the bridge closed," said Nora Hale, who keeps the shop on the island. She expects twice as many guests.

Until now the last boat left at eight in the evening, and those who missed it had to sleep in the harbour hall or row home."""
LINKS = [
    "Bakers ask the county for cheaper flour",
    "Town hall of Selmford closes for the winter",
    "A quay in the north that nobody pays for",
]


@pytest.mark.parametrize("links", [LINKS[:2], LINKS, [f"- {link}" for link in LINKS[:2]]])
def test_several_links_below_one_label_go(links):
    title, day, *paragraphs = LONGER.split("\n\n")
    (row,) = cleaned({"id": "a", "text": "\n\n".join([title, day, *paragraphs[:2], "Read also", *links, *paragraphs[2:]])})
    assert row["text"].split("\n\n") == paragraphs


def test_a_heading_below_a_link_stays_over_its_paragraph():
    title, day, *paragraphs = LONGER.split("\n\n")
    heading = "What people on the island have waited for"
    (row,) = cleaned(
        {"id": "a", "text": "\n\n".join([title, day, *paragraphs[:2], "Read also", LINKS[0], heading, *paragraphs[2:]])}
    )
    assert row["text"].split("\n\n") == [*paragraphs[:2], heading, *paragraphs[2:]]
