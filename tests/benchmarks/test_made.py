"""Pages made for training: what is put in says what it is, and the page's own lines stay as they were."""

import itertools

import numpy as np
import pytest

from benchmarks.training import made, made_short
from benchmarks.training.made_parts import Page, parts_of
from pipelines.cleaning.lexicon import load_lexicon
from pipelines.cleaning.lines import lines_of

COOKIES = "This website uses cookies and similar tools to count the visits of a page."
TOWNS = ("Eastbrook", "Westmere", "Northfield", "Southwold")


def page(town: str) -> Page:
    headline = f"{town} council votes to rebuild its old stone bridge"
    sentences = [
        f"The council of {town} voted on {day} to rebuild the bridge that the flood of last spring had swept away."
        for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    ]
    texts = [
        "Menu",
        headline,
        "Ada Lorimer",
        "March 3, 2031",
        *sentences,
        "Related stories",
        "Subscribe to our newsletter",
        COOKIES,
    ]
    lines = lines_of(texts, [1] * len(texts), load_lexicon("en"))
    body = [text in sentences for text in texts]
    return Page({"title": headline, "publisher": town}, "mild", lines, body, [0.1] * len(texts), True)


PAGES = [page(town) for town in TOWNS]
PARTS = parts_of(PAGES)


def some(make, count=40):
    """The first page with something put in, `count` times."""
    rng = np.random.RandomState(7)
    found = [make(PAGES[0], PARTS, rng) for _ in range(count)]
    return [one for one in found if one is not None]


def put_in(one: Page) -> list[int]:
    """The places of what was put in; the page's own lines are the others, in order, with what they were."""
    own = {id(line): place for place, line in enumerate(PAGES[0].lines)}
    kept = [place for place, line in enumerate(one.lines) if id(line) in own]
    assert [own[id(one.lines[place])] for place in kept] == list(range(len(PAGES[0].lines)))
    assert [one.body[place] for place in kept] == PAGES[0].body
    return [place for place in range(len(one.lines)) if place not in kept]


@pytest.mark.parametrize("make", [made.with_box, made.with_buttons, made.with_readers])
def test_other_text_is_no_body(make):
    for one in some(make):
        new = put_in(one)
        assert new
        assert not any(one.body[place] for place in new)


@pytest.mark.parametrize("make", [made.with_list, made.with_letters])
def test_lists_headings_and_signatures_are_body(make):
    for one in some(make):
        new = put_in(one)
        assert new
        assert all(one.body[place] for place in new)


@pytest.mark.parametrize("make", [made.with_box, made.with_readers])
def test_other_text_is_of_other_publishers_and_weighs_half_the_body_at_most(make):
    for one in some(make):
        new = put_in(one)
        assert not any(TOWNS[0] in one.lines[place].text for place in new)
        body = sum(weight for weight, is_body in zip(one.weight, one.body, strict=True) if is_body)
        assert sum(one.weight[place] for place in new) <= made.BOX_WEIGHT * body + 1e-9


def test_a_short_page_has_sentences_of_the_body_and_few_lines_around_them():
    own = [line.text for line, is_body in zip(PAGES[0].lines, PAGES[0].body, strict=True) if is_body]
    for one in some(made_short.short_page):
        texts = [one.lines[place].text for place in one.places()]
        assert texts
        assert [text for text in own if text in texts] == texts
        assert len(one.lines) - len(texts) <= 9


def test_a_notice_stands_below_every_paragraph_of_a_short_page_and_is_no_body():
    for one in some(made_short.short_with_notices):
        below = {one.lines[place + 1].text for place in one.places()}
        assert len(below) == 1
        assert not any(one.body[place + 1] for place in one.places())


def test_a_single_notice_stands_below_one_or_two_paragraphs_of_a_short_page_and_is_no_body():
    for one in some(made_short.short_with_a_notice):
        body = one.places()
        parted = [place for place, after in itertools.pairwise(body) if after > place + 1]
        assert len(parted) <= 2
        assert not any(one.body[place + 1] for place in parted)
        assert parted or one.lines[body[-1] + 1]


def test_a_sentence_that_reports_what_a_line_of_boilerplate_says_is_body():
    for one in some(made_short.short_with_reports):
        reports = [
            place
            for place, line in enumerate(one.lines)
            if line.flagged and line.text.startswith(COOKIES[:20]) and line.text != COOKIES
        ]
        assert reports
        assert all(one.body[place] for place in reports)


def test_of_a_page_of_headlines_all_is_body():
    assert all(all(one.body) and len(one.lines) >= 12 for one in some(made_short.of_headlines))


def test_a_seed_gives_the_same_pages_and_each_kind_its_number(monkeypatch):
    monkeypatch.setattr(made, "MIXED", 5)
    monkeypatch.setattr(made, "MAKERS", dict.fromkeys(made.MAKERS, 3))
    one, other = (made.made_pages(PAGES, 4) for _ in range(2))
    assert [[line.text for line in made_one.lines] for made_one in one] == [
        [line.text for line in made_one.lines] for made_one in other
    ]
    assert len(one) >= 3 * len(made.MAKERS)
