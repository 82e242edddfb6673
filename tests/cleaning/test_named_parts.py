"""Parts of an article in boxes whose names sound like something else: invented pages."""

import pytest

from pipelines.cleaning.html import text_of_html

ABOVE = (
    "The council of Eastbrook voted on Tuesday to close the old bridge over the Selm for two years.",
    "Engineers had warned in a report that two of the pillars could give way in a flood.",
)
BELOW = (
    "Buses will go round by the mill until the new deck is laid, the county said on Monday.",
    "The bridge was built in 1904 and last repaired when the council still met above the fire station.",
)
APPEAL = "<p>Our journalists need your support to keep going, so please consider a gift today.</p>" * 2


def paragraphs(texts):
    return "".join(f"<p>{text}</p>" for text in texts)


def page(body):
    return (
        f"<html><head><title>Bridge closes | Selm Post</title></head><body><main><h1>Bridge closes</h1>{body}</main></body></html>"
    )


@pytest.mark.parametrize(
    "box", ['class="expandable-content"', 'class="rest" style="display:none"', 'id="premium-content"', 'class="text-bar"']
)
def test_the_rest_of_an_article_in_a_box_that_sounds_like_a_button_stays(box):
    text = text_of_html(page(f"{paragraphs(ABOVE)}<div {box}>{paragraphs(BELOW)}</div>"))
    assert all(sentence in text for sentence in (*ABOVE, *BELOW))


def test_an_article_in_a_box_called_after_comments_stays_and_the_comments_go():
    said = "I have crossed that bridge every day for forty years, and never once did it give way under me."
    body = f'<div id="comments-page"><h1>Bridge closes</h1>{paragraphs(ABOVE + BELOW)}</div><div class="comments">{paragraphs((said,))}</div>'
    text = text_of_html(page(body))
    assert all(sentence in text for sentence in (*ABOVE, *BELOW))
    assert said not in text


def test_a_box_of_sentences_that_share_nothing_with_the_article_goes():
    text = text_of_html(page(f'{paragraphs(ABOVE)}<div class="overlay-box">{APPEAL}</div>{paragraphs(BELOW * 3)}'))
    assert "journalists" not in text
    assert all(sentence in text for sentence in (*ABOVE, *BELOW))


def test_words_within_a_sentence_stay_whatever_they_are_called():
    sentence = "The council of Eastbrook voted on Tuesday to close the old bridge over the Selm for two years."
    named = sentence.replace("old bridge", '<span class="tooltip-embed">old bridge</span>')
    assert sentence in text_of_html(page(f"<p>{named}</p>{paragraphs(BELOW)}"))


def test_most_of_an_article_in_a_box_called_after_other_stories_stays_and_a_newsletter_goes():
    offer = "<p>Our Friday letter tells you what mattered this week.</p><p>Sign up and get it before anyone else does.</p>"
    body = f'<div class="related-body">{paragraphs(ABOVE)}</div>{paragraphs(BELOW)}<div class="newsletter-box">{offer}</div>'
    text = text_of_html(page(body))
    assert all(sentence in text for sentence in (*ABOVE, *BELOW))
    assert "Friday letter" not in text


def test_headings_and_short_texts_in_slides_stay_in_order():
    slides = (("The mill", ABOVE[0]), ("The bridge", BELOW[1]), ("The whistle", "It still works, the council says."))
    shown = "".join(
        f'<div class="slide"><h2>{head}</h2><div class="slide__text"><p>{text}</p></div></div>' for head, text in slides
    )
    text = text_of_html(page(f'{paragraphs(BELOW[:1])}<div class="slides">{shown}</div>'))
    assert [line for line in text.split("\n\n") if line in sum(slides, ())] == list(sum(slides, ()))


@pytest.mark.parametrize("footer", ["<footer>", '<footer class="entry-footer">'])
def test_the_last_paragraph_in_the_footer_of_an_article_stays(footer):
    body = f"<article><h1>Bridge closes</h1>{paragraphs(ABOVE + BELOW[:1])}{footer}{paragraphs(BELOW[1:])}<ul><li>Tags</li></ul></footer></article>"
    text = text_of_html(page(body).replace("<h1>Bridge closes</h1><article>", "<article>"))
    assert BELOW[1] in text
    assert "Tags" not in text


@pytest.mark.parametrize("name", ["author", "tags", "article-footer", "comment-body-text"])
def test_a_sentence_between_others_stays_whatever_its_box_is_called(name):
    text = text_of_html(page(f'{paragraphs(ABOVE)}<div class="{name}">{paragraphs(BELOW[:1])}</div>{paragraphs(BELOW[1:])}'))
    assert BELOW[0] in text


def test_a_box_called_after_the_author_that_speaks_to_readers_goes():
    follow = "Follow us on every channel, and tell us what you think of what we write about the bridge."
    text = text_of_html(page(f'{paragraphs(ABOVE + BELOW)}<div class="author-note"><p>{follow}</p></div>'))
    assert follow not in text


def test_an_article_in_boxes_called_after_consent_stays_and_the_banner_goes():
    banner = '<div class="cookie-bar"><p>We use cookies to count visits. You can change your mind at any time.</p><button>Accept</button></div>'
    boxes = "".join(f'<div class="cookie-free"><p>{text}</p></div>' for text in ABOVE + BELOW)
    text = text_of_html(page(banner + boxes))
    assert all(sentence in text for sentence in (*ABOVE, *BELOW))
    assert "count visits" not in text


def test_a_paragraph_between_others_stays_though_its_own_class_is_author():
    said = "“The council of Eastbrook has one bridge and three opinions of it,” the mayor said."
    text = text_of_html(page(f'{paragraphs(ABOVE)}<p class="author">{said}</p>{paragraphs(BELOW)}'))
    assert said in text
