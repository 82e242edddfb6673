"""What a page's markup says of the article: invented pages."""

import json

import pytest
from lxml.html import document_fromstring

from pipelines.cleaning.html import read_page, text_of_html
from pipelines.cleaning.marked_page import Page
from pipelines.cleaning.markup import from_json, read_markup, to_json
from pipelines.cleaning.markup_authors import split_names

BODY = "".join(
    f"<p>{text}</p>"
    for text in (
        "The council of Eastbrook voted on Tuesday to close the old bridge over the Selm for two years.",
        "Engineers had warned in a report that two of the pillars could give way in a flood.",
        "Buses will go round by the mill until the new deck is laid, the county said on Monday.",
    )
)


def markup(head="", body=""):
    return read_markup(
        Page(document_fromstring(f"<html><head>{head}</head><body><article>{body}{BODY}</article></body></html>"), None)
    )


def test_json_ld_says_when_and_by_whom():
    found = markup(
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Bridge closes", "author": [{"@type": "Person", "name": "Ada Quill"}],'
        ' "datePublished": "2025-03-04T10:15:00+01:00", "dateModified": "2025-03-05T08:00:00+01:00"}</script>'
    )
    assert (found.published_at, found.modified_at) == ("2025-03-04T10:15:00+01:00", "2025-03-05T08:00:00+01:00")
    assert found.authors == ("Ada Quill",)


def test_json_ld_that_is_nested_beyond_what_python_reads_says_nothing_and_loses_no_page():
    opened = '{"a":['
    nested = f'<script type="application/ld+json">{opened * 5000}{"]}" * 5000}</script>'
    found = markup(f'{nested}<meta name="author" content="Ada Quill">')
    assert found.authors == ("Ada Quill",)


def test_the_names_of_meta_elements_are_read():
    found = markup(
        '<meta property="article:published_time" content="2025-03-04"><meta name="author" content="By Ada Quill and Tom Reed">'
    )
    assert (found.published_at, found.authors) == ("2025-03-04", ("Ada Quill", "Tom Reed"))


def test_an_outlet_is_no_author():
    assert (
        markup('<meta property="og:site_name" content="Eastbrook Courier"><meta name="author" content="Eastbrook Courier">').authors
        == ()
    )


@pytest.mark.parametrize("window", ["Old bridge closes for two years | The Courier", "Old bridge closes for two years"])
def test_the_title_of_the_window_is_given_without_the_outlet(window):
    assert markup(f"<title>{window}</title>").title == "Old bridge closes for two years"


def test_a_byline_that_readers_see_is_read():
    assert markup(body='<p class="byline">By Ada Quill</p>').authors == ("Ada Quill",)


def test_names_are_split():
    assert split_names("Words by Ada Quill and Tom Reed") == ["Ada Quill", "Tom Reed"]


def test_a_short_heading_in_a_script_without_blanks_is_the_title_before_the_outlet():
    assert markup("<title>旧桥将关闭两年_东溪新闻网</title>", "<h1>旧桥将关闭两年</h1>").title == "旧桥将关闭两年"


def test_markup_is_the_same_after_json():
    found = markup('<meta name="author" content="Ada Quill">')
    assert from_json(to_json(found)) == found


def test_the_text_of_a_page_in_a_table_is_found():
    page = f"<html><body><table><tr><td><h1>Bridge closes</h1>{BODY * 2}</td></tr></table></body></html>"
    assert "Engineers had warned in a report" in text_of_html(page)


SENTENCES = [
    f"On day {n} the council of Eastbrook heard what engineers, traders and bus drivers had to say about the bridge."
    for n in range(9)
]


@pytest.mark.parametrize("tags", [("p", "p", "p"), ("p", "div", "p"), ("p", "p", "div")])
def test_each_paragraph_of_a_table_for_the_layout_is_one_whatever_its_tag(tags):
    rows = [
        "".join(f"<{tag}>{sentence}</{tag}>" for sentence in SENTENCES[3 * number : 3 * number + 3])
        for number, tag in enumerate(tags)
    ]
    table = "".join(f"<tr><td>{row}</td></tr>" for row in rows)
    assert text_of_html(f"<html><body><table>{table}</table></body></html>").split("\n\n") == SENTENCES


def test_a_table_of_results_keeps_its_rows():
    results = "".join(f"<tr><td>Eastbrook {n}</td><td>{n} to {n + 1}</td></tr>" for n in range(4))
    text = text_of_html(f"<html><body><article><h1>Bridge closes</h1>{BODY * 2}<table>{results}</table></article></body></html>")
    assert "| Eastbrook 3 | 3 to 4 |" in text


def test_a_page_without_text_gives_none():
    assert text_of_html("<html><body></body></html>") == ""


def test_the_day_of_a_change_is_not_the_day_of_publication():
    assert markup('<meta name="last-modified" content="Sat, 17 Feb 2024 16:02:01 GMT">').likely_day is None


@pytest.mark.parametrize(
    "element", ['<dd id="date_posted">{}</dd>', '<div class="pubdate">{}</div>', '<span class="published-on">{}</span>']
)
@pytest.mark.parametrize(("lang", "day"), [("en", "December 18, 2023"), ("ja", "2023年12月18日"), ("de", "18. Dezember 2023")])
def test_an_element_that_is_called_so_gives_the_day(element, lang, day):
    head = '<meta name="last-modified" content="Sat, 17 Feb 2024 16:02:01 GMT">'
    assert markup(f'{head}<meta name="language" content="{lang}">', element.format(day)).likely_day == "2023-12-18"


def test_the_standfirst_that_the_page_describes_stands_over_its_text():
    standfirst = "The old bridge over the Selm has stood for ninety years, and will now be shut for two."
    head = f'<meta name="description" content="{standfirst}">'
    page = f"<html><head>{head}</head><body><header><h1>Bridge closes</h1><p>{standfirst}</p></header><article>{BODY * 4}</article></body></html>"
    assert text_of_html(page).startswith(f"Bridge closes\n\n{standfirst}")
    assert text_of_html(page).count(standfirst) == 1
    assert standfirst not in text_of_html(page.replace(f"<p>{standfirst}</p>", ""))


@pytest.mark.parametrize(
    "nearby",
    [
        '<div class="comment-author"><b class="fn">Rolf Anders</b> <span>says:</span></div>',
        '<section id="comments"><p class="author">Rolf Anders</p></section>',
        '<div><a href="/2">The ferry is late for the third day</a><span class="author">Rolf Anders</span></div>',
    ],
    ids=["comment", "comments", "card"],
)
def test_who_comments_and_who_wrote_another_story_is_no_author(nearby):
    own = '<span class="author vcard"><a class="fn" href="/q">Ada Quill</a></span>'
    assert markup(body=f"<h1>Bridge closes</h1>{own}{nearby}").authors == ("Ada Quill",)
    if "comment" in nearby:
        assert markup(body=f"<h1>Bridge closes</h1>{nearby}").authors == ()


@pytest.mark.parametrize(
    "element",
    [
        '<p class="story-meta__author">Ada Quill</p>',
        "<div>By Ada Quill | 3 May 2024</div>",
        "<div><span>Submitted by <b>Ada Quill</b> on Wed, 02/14/2024 - 10:00</span></div>",
        "<p>Words by Ada Quill. Pictures by Rolf Anders</p>",
        "<div>ByAda Quill</div>",
        "<div>3 May 2024 | Autor: Ada Quill</div>",
        "<div>03.05.2024 - von Ada Quill</div>",
    ],
)
def test_an_author_right_below_the_headline_is_read_whatever_the_element_is_called(element):
    assert markup(body=f"<h1>Bridge closes</h1>{element}").authors == ("Ada Quill",)


def test_the_outlets_name_on_the_link_to_its_first_page_is_no_headline():
    top = '<h1><a href="/">Eastbrook Courier</a></h1><h3>Old bridge closes for two years</h3>'
    head = '<title>Eastbrook Courier: Old bridge closes for two years</title><meta property="og:title" content="Old bridge closes for two years">'
    assert markup(head, top).title == "Old bridge closes for two years"
    logo = '<a href="/"><img alt="Eastbrook Courier"></a>'
    assert (
        markup("<title>Eastbrook Courier - Old bridge closes for two years</title>", logo).title
        == "Old bridge closes for two years"
    )


@pytest.mark.parametrize(
    "window", ["旧桥关闭两年 居民不满_东溪日报", "旧橋、2年間閉鎖へ　住民は反発：東溪新聞", "旧桥关闭两年 居民不满--东溪日报"]
)
def test_a_headline_is_known_in_the_title_of_a_chinese_or_japanese_window(window):
    headline = window.split("_")[0].split("：")[0].split("--")[0]
    assert markup(f"<title>{window}</title>", f"<h1>{headline}</h1>").title == " ".join(headline.split())


def test_a_day_below_the_headline_is_read_but_not_that_of_a_change():
    line = '<div class="stamp">Published 08 March 2024, 14:05 GMT<br/>Updated 09 March 2024</div>'
    assert markup(body=f"<h1>Bridge closes</h1>{line}").likely_day == "2024-03-08"


@pytest.mark.parametrize("named", ['div class="standfirst"', 'p class="c-subheadline"', "h2", 'div class="x1"'])
def test_a_standfirst_beside_the_headline_stands_over_the_text(named):
    said = "The council shuts the bridge at once, and the town asks who is to pay for a new one."
    page = f"<html><body><header><h1>Bridge closes for two years</h1><{named}>{said}</{named.split()[0]}></header><div class='text'>{BODY}</div></body></html>"
    assert text_of_html(page).split("\n\n")[:2] == ["Bridge closes for two years", said]


def test_the_headline_stands_over_a_text_that_lost_it_so_that_no_other_line_is_taken_for_it():
    page = f"<html><head><meta property='og:title' content='Bridge closes for two years'></head><body><article>{BODY}</article></body></html>"
    text, _ = read_page(page, None)
    assert text.startswith("Bridge closes for two years\n\nThe council of Eastbrook")


def test_a_sentence_in_boxes_of_its_own_between_paragraphs_is_one():
    said = "The mill road stays open to buses until further notice."
    first, rest = BODY.split("</p>", 1)
    page = (
        f"<html><body><article>{first}</p><div class='card'><div class='card-text'>{said}</div></div>{rest}</article></body></html>"
    )
    assert said in text_of_html(page).split("\n\n")


def test_the_text_of_a_shell_keeps_the_paragraphs_of_its_json():
    paragraphs = [part for part in BODY.replace("<p>", "").split("</p>") if part]
    article = json.dumps({"@type": "NewsArticle", "articleBody": "\n".join(paragraphs)})
    page = f'<html><head><script type="application/ld+json">{article}</script></head><body><div id="root"></div></body></html>'
    assert text_of_html(page).split("\n\n") == paragraphs


def test_the_paragraphs_of_an_old_page_without_end_tags_are_found():
    paragraphs = [part for part in BODY.replace("<p>", "").split("</p>") if part]
    paragraphs += [
        f"The {part} of the bridge is to be built in the {part} year of the works, as the county and the town agreed."
        for part in ("first", "last")
    ]
    page = f"<TABLE><TR><TD><A HREF='/n'>News</A><BR><A HREF='/s'>Sport</A></TD><TD><FONT SIZE=4><B>Bridge closes for two years</B></FONT><BR>By ADA QUILL<BR>May 4, 2003<P>{'<P>'.join(paragraphs)}</TD></TR></TABLE>"
    assert text_of_html(f"<html><body>{page}</body></html>").split("\n\n")[-5:] == paragraphs


@pytest.mark.parametrize(("lang", "day"), [("de", "2031-05-03"), ("es", "2031-05-03"), ("en", None)])
def test_a_day_in_figures_below_the_headline_is_read_where_the_language_has_one_order(lang, day):
    html = f"<html lang={lang}><body><article><h1>Five words of a headline</h1><p class=meta>03/05/2031</p><p>Text.</p></article></body></html>"
    assert read_markup(Page(document_fromstring(html), None)).likely_day == day


@pytest.mark.parametrize(
    "element",
    [
        "<div class=article_authors>Ada Roe</div>",
        "<div data-component=byline-block><span>Ada Roe</span><span>Harbour News, Norvik</span></div>",
        "<meta name=articleAuthor content='Ada Roe'>",
    ],
)
def test_authors_are_read_from_elements_of_more_content_systems(element):
    html = f"<html><body><article><h1>Five words of a headline</h1>{element}<p>Text.</p></article></body></html>"
    assert read_markup(Page(document_fromstring(html), None)).authors == ("Ada Roe",)


def test_a_heading_of_third_rank_is_the_title_where_the_window_has_the_sites_name_before_it():
    html = "<html><head><title>Blog of Norvik: Quay to close for winter</title></head><body><h2>Monday</h2><h3>Quay to close for winter</h3><p>Text.</p></body></html>"
    assert read_markup(Page(document_fromstring(html), None)).title == "Quay to close for winter"


@pytest.mark.parametrize("parts", [1, 2])
@pytest.mark.parametrize("day", ["<time>2034-03-06</time>", '<div class="meta"><span>6 March 2034</span></div>'])
def test_headline_byline_and_day_of_a_short_page_are_lines_of_their_own(parts, day):
    paragraphs = [
        "The ferry to Osk stays in port until <time>Friday</time>, the harbour said. Nobody was hurt.",
        "Tickets are valid next week.",
    ][:parts]
    inner = "<h1>Ferry stays in port</h1><p>By Ada Quill</p>" + day + "".join(f"<p>{text}</p>" for text in paragraphs)
    text = text_of_html(f"<html><body><main><article>{inner}</article></main></body></html>")
    assert text.split("\n\n")[-parts:] == [text.replace("<time>", "").replace("</time>", "") for text in paragraphs]


def test_persian_words_keep_what_parts_their_letters():
    page = "<html lang=fa><body><article><h1>پل بسته می\u200cشود</h1>" + "".join(
        f"<p>{text}</p>"
        for text in (
            "شورای شهر روز سه\u200cشنبه رأی داد که پل قدیمی رودخانه برای دو سال بسته شود تا پایه\u200cهای آن تعمیر شود.",
            "مهندسان هشدار داده بودند که دو پایه از پایه\u200cهای پل ممکن است در سیلاب بهار فرو بریزد و مردم در خطر باشند.",
            "اتوبوس\u200cها تا پایان کار از مسیر آسیاب می\u200cگذرند و شهرداری هزینه آن را می\u200cپردازد.",
        )
    )
    assert "پایه\u200cهای پل" in text_of_html(page + "</article></body></html>")


@pytest.mark.parametrize(
    ("element", "name"),
    [
        ('<div class="author"><span>Ada Quill</span><a href="#">ada@example.com</a></div>', "Ada Quill"),
        ('<div class="author"><b>Ada Quill</b><span>Eastbrook</span></div>', "Ada Quill"),
        ('<p class="byline">Ada Quill</p>', "Ada Quill"),
        ('<p class="authors">Ada Quill in Eastbrook</p>', "Ada Quill"),
        ('<p class="info">2024-03-12 09:11 来源：江报 作者：李小明 字号：大 中 小</p>', "李小明"),
    ],
)
def test_what_stands_next_to_an_authors_name_is_no_part_of_it(element, name):
    lang = "zh" if "来源" in element else "en"
    page = Page(document_fromstring(f'<html lang="{lang}"><body><h1>The old bridge closes today</h1>{element}</body></html>'), None)
    assert read_markup(page).authors == (name,)


def test_days_of_other_stories_and_of_embedded_posts_are_not_the_articles():
    card = '<article><time datetime="2024-03-15">15 March</time><h3><a href="/owl">Owl found in a chimney</a></h3></article>'
    post = '<blockquote class="twitter-tweet"><p>See you!</p>Quay (@quay) <a href="#">March 16, 2024</a></blockquote>'
    headline = "<h1>The old bridge closes</h1><p>It does.</p>"
    next_to_it, below = (
        read_markup(Page(document_fromstring(f"<html><body><main>{body}</main></body></html>"), None))
        for body in (card + headline, headline + post)
    )
    assert next_to_it.published_at is None
    assert below.likely_day is None


def test_a_box_that_asks_to_subscribe_goes_and_a_paragraph_with_a_button_stays():
    prose = "".join(f"<p>The ferry left the quay at noon on day {number} and came back in the evening.</p>" for number in range(6))
    box = "<div><h3>Our letter</h3><p>Every morning what happens on the quay.</p><input type='email'></div>"
    kept = "<div><p>The last boat sailed at night with all its lamps lit.</p><button>Play</button></div>"
    text = text_of_html(f"<html><body><article><h1>Ferry</h1>{prose}{kept}{box}</article></body></html>")
    assert "Every morning" not in text
    assert "The last boat sailed" in text


def test_a_headline_without_a_heading_has_its_names_and_day_below_it():
    found = read_markup(
        Page(
            document_fromstring(
                "<html><head><title>Selm Post - Bridge over the Selm closes</title></head><body><center><big>Bridge over the Selm closes</big><br>"
                f"By Ada Quill<br>March 4, 2025</center>{BODY}</body></html>"
            ),
            None,
        )
    )
    assert (found.title, found.authors, found.likely_day) == ("Bridge over the Selm closes", ("Ada Quill",), "2025-03-04")


def test_an_outlet_as_first_heading_is_no_headline():
    found = markup(
        "<title>The Selm Valley Post | Bridge closes for two years</title>",
        "<h1>The Selm Valley Post</h1><h2>Bridge closes for two years</h2>",
    )
    assert found.title == "Bridge closes for two years"


def test_a_name_behind_a_day_and_by_is_the_author():
    found = markup(body="<h1>Bridge closes</h1><p>March 4, 2025, 9:12 AM, by <a href='/a'>Ada Quill</a></p>")
    assert found.authors == ("Ada Quill",)
