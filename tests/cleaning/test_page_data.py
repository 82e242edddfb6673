"""Articles that stand only in the data for a page's scripts, and parts of pages that extractors leave out: invented pages."""

import json

import pytest

from pipelines.cleaning.html import read_page, text_of_html

TITLE = "Quarry firm pays for cracked chapel"
TEXTS = (
    "The company that runs the quarry above Ullerby is to pay for cracks in the wall of the village chapel, it said on Monday.",
    "Members of the chapel had counted 41 cracks since the blasting moved to the eastern face two years ago.",
    "From November there will be no blasting on the first Friday of the month, when the choir rehearses in the chapel.",
)
STORY = {"headline": TITLE, "body": [{"kind": "p", "text": text} for text in TEXTS]}
STREAMED = json.dumps(
    "5:" + json.dumps(["$", "article", [["$", "h1", {"children": TITLE}], *(["$", "p", {"children": t}] for t in TEXTS)]])
)
PAYLOAD = [{"title": 1, "lines": 2}, TITLE, [3, 4, 5], *TEXTS]


@pytest.mark.parametrize(
    "script",
    [
        f"<script>window.__STATE__ = {json.dumps({'page': STORY})};</script>",
        f"<script>window.data = JSON.parse({json.dumps(json.dumps(STORY))});</script>",
        f"<script>self.__next_f.push([1,{STREAMED}])</script>",
        f"<script>window.x=(function(a){{return {{title:{json.dumps(TITLE)},html:{json.dumps(' '.join(TEXTS))},t:a}}}}(1))</script>",
        f'<script type="application/json">{json.dumps(PAYLOAD)}</script>',
        f"<div data-props='{json.dumps(STORY)}'></div>",
    ],
)
def test_an_article_in_the_data_of_scripts_is_read(script):
    head = f'<title>{TITLE}</title><meta property="og:title" content="{TITLE}">'
    text, _ = read_page(f"<html><head>{head}</head><body><div id=root></div>{script}</body></html>", None)
    assert all(sentence in text for sentence in TEXTS)


def body(middle):
    first, *rest = (f"<p>{text}</p>" for text in TEXTS)
    return (
        f"<html><head><title>{TITLE}</title></head><body><main><h1>{TITLE}</h1>{first}{middle}{''.join(rest)}</main></body></html>"
    )


@pytest.mark.parametrize(
    "middle",
    [
        '<p>Services move to these towns:</p><ul><li><a href="/s">Stennis</a></li><li><a href="/w">Wexcombe</a></li></ul>',
        "<dl><dt>Stennis</dt><dd>at ten on Sundays</dd></dl>",
        "The canteen in Stennis is open to all who want to sing.",
        '<p><a href="/r">The report on the cracks lies in the library of Stennis.</a></p>',
    ],
)
def test_what_stands_between_paragraphs_is_kept(middle):
    assert "Stennis" in text_of_html(body(middle))


@pytest.mark.parametrize(
    "middle",
    [
        '<p><img src="a.jpg"><br><em>The chapel seen from Stennis.</em></p>',
        '<table><tr><td><img src="a.jpg"></td></tr><tr><td>The chapel seen from Stennis.</td></tr></table>',
        '<table><tr><td>More</td></tr><tr><td><a href="/1">Stennis counts its old bridges again</a></td></tr>'
        '<tr><td><a href="/2">Stennis buys two new electric ferries</a></td></tr></table>',
    ],
)
def test_captions_and_teasers_in_tables_go(middle):
    assert "Stennis" not in text_of_html(body(middle))


def test_what_stands_for_readers_without_frames_is_read():
    page = (
        body("")
        .replace("<body>", '<frameset cols="1,2"><frame src="a"><noframes><body>')
        .replace("</body>", "</body></noframes></frameset>")
    )
    assert all(sentence in text_of_html(page) for sentence in TEXTS)


def test_neither_day_nor_author_come_from_cards_or_comments():
    card = '<div class="grid"><div><h3><a href="/1">Ferry saved by three hundred knitters</a></h3><span class="author">Vera Pell</span>'
    others = f'{card}<time datetime="2023-10-19">19 October 2023</time></div></div><ol class="comments"><li class="comment"><b class="fn">Gina Roe</b>'
    page = body("").replace("</main>", f'{others}<time datetime="2023-10-20">20 October 2023</time></li></ol></main>')
    _, markup = read_page(page, None)
    assert not {"authors", "published_at", "likely_day"} & set(json.loads(markup or "{}"))
