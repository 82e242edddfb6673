"""Text of pages that stands in the data of scripts, or is broken into lines: invented pages."""

import json

from pipelines.cleaning.html import text_of_html

TITLE = "Council keeps the night ferry"
SENTENCES = (
    "The council of Marle voted on Monday to keep the night ferry to the islands for another winter, whatever it costs.",
    "The boat carries nine people on an average night, and once, in February, it carried a piano and nobody else.",
    "“We pay for street lamps that nobody walks under,” said the harbour master, who has steered it for eleven years.",
)


def page(body):
    return f"<html><head><title>{TITLE} | Marle Post</title><meta property='og:title' content='{TITLE}'></head><body>{body}</body></html>"


def script(data):
    return f"<script type='application/json'>{json.dumps(data)}</script>"


def test_an_article_that_stands_in_the_data_of_a_script_alone_is_read_from_the_object_with_its_headline():
    other = {
        "title": "Another story",
        "body": "<p>" + "It is about a lighthouse and much longer than the first one. " * 20 + "</p>",
    }
    pieces = [{"text": SENTENCES[2][:30]}, {"text": SENTENCES[2][30:]}]
    blocks = [{"type": "paragraph", "text": SENTENCES[0]}, {"type": "html", "html": f"<p>{SENTENCES[1]}</p>"}, {"children": pieces}]
    text = text_of_html(
        page(f"<div id='app'></div>{script({'page': {'story': {'title': TITLE, 'blocks': blocks}, 'next': [other]}})}")
    )
    assert text.split("\n\n")[-3:] == list(SENTENCES)
    assert "lighthouse" not in text


def test_lines_that_were_broken_to_fit_are_joined_and_lines_of_an_address_are_not():
    lines = [
        "The council of Marle voted on Monday to keep the night ferry to the",
        "islands for another winter, whatever it costs the town. The boat is",
        "old, carries nine people on an average night, and once, in a stormy",
        "February, it carried a piano and nobody else. The harbour master is",
        "proud of it, and says that it will outlive both of its engines, the",
        "council and the bridge, which has been planned since his schooldays.",
    ]
    assert " ".join(lines) in text_of_html(page(f"<h1>{TITLE}</h1><p>{'<br>'.join(lines)}</p><p>{SENTENCES[2]}</p>"))
    places = [
        "Town Library, Mill Lane 4, open from ten to six on weekdays",
        "Sports Hall, Quay Street 12, open every day but Sunday",
    ]
    text = text_of_html(page(f"<h1>{TITLE}</h1><p>{SENTENCES[0]}</p><p>{'<br>'.join(places)}</p><p>{SENTENCES[1]}</p>"))
    assert all(place in text.split("\n\n") for place in places)
