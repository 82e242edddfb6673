"""What is made of the scores of a page's lines; the scores are given, so that no training changes what is tested."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from pipelines.cleaning.cards import mark_cards
from pipelines.cleaning.clean import draft_of
from pipelines.cleaning.repetition import line_hash
from pipelines.cleaning.settings import CleanSettings, VerdictSettings, Where
from pipelines.cleaning.verdicts import judge
from tests.prose import PROSE as REPORT

INSIDE = (Where.INSIDE, Where.INSIDE_LIGHT, Where.BETWEEN, Where.HEADING)
PROSE = REPORT[:4]
BOILERPLATE = ["Share on Facebook", "Share on Twitter", "© 2021 Eastbrook Courier"]


def kept(page, scores, verdicts=None, repeated=None):
    """The lines that stay; those without a score are prose, at .95, or boilerplate, at .02. `repeated`: the buckets of lines."""
    settings = CleanSettings(verdicts=verdicts or VerdictSettings())
    draft = draft_of("1", "\n\n".join(page), repeated or {}, settings)
    mark_cards(draft.lines, draft.lexicon)
    given = np.array([scores.get(line, 0.95 if line in PROSE else 0.02) for line in page])
    model = SimpleNamespace(forests={"body": SimpleNamespace(features=(), chances=lambda _: given)}, thresholds={"body": 0.35})
    judge([draft.lines], [draft.lexicon], model, settings)
    return [line.text for line in draft.lines if line.kept]


@pytest.mark.parametrize(("floor", "stays"), [(0.0, True), (1.0, False)])
def test_a_row_of_the_table_says_what_is_spared_there(floor, stays):
    """A sub-heading between two sentences stays for where it stands, or goes where the table asks for more than it scores."""
    spared = tuple(replace(row, floor=floor) if row.where in INSIDE else row for row in VerdictSettings().spared)
    heading = "What the council says"
    page = [BOILERPLATE[0], *PROSE[:3], heading, *PROSE[3:], *BOILERPLATE[1:]]
    body = [*PROSE[:3], *[heading] * stays, *PROSE[3:]]
    assert kept(page, {heading: 0.2}, VerdictSettings(spared=spared)) == body


@pytest.mark.parametrize(("score", "stays"), [(0.5, False), (0.9, True)])
@pytest.mark.parametrize(
    "line", ["This article was originally published in the Thornby Gazette.", "Have something to say? Leave a comment below."]
)
def test_a_line_that_a_rule_hits_stays_on_a_short_page_only_if_it_is_all_but_sure(line, score, stays):
    assert kept([*PROSE, line], {line: score}) == [*PROSE, *[line] * stays]


def test_on_a_long_page_the_threshold_decides_of_such_a_line():
    line = "This article was originally published in the Thornby Gazette."
    assert kept([*BOILERPLATE * 4, *PROSE, line], {line: 0.5}) == [*PROSE, line]


@pytest.mark.parametrize(("score", "stays"), [(0.4, False), (0.5, True)])
def test_a_likely_line_below_a_link_to_another_story_is_a_heading_and_another_is_a_link(score, stays):
    links = ["Read also", "Council buys new school buses"]
    page = [BOILERPLATE[0], *PROSE[:2], *links, "Noise and dust", *PROSE[2:], *BOILERPLATE[1:]]
    assert kept(page, {"Noise and dust": score}) == [*PROSE[:2], *["Noise and dust"] * stays, *PROSE[2:]]


def test_sub_headings_that_count_on_with_a_colon_are_no_links():
    headings = [f"Step {number}: what the engineers do on the bridge" for number in ("one", "two", "three")]
    page = [PROSE[0], headings[0], PROSE[1], headings[1], PROSE[2], headings[2], PROSE[3], *BOILERPLATE]
    assert kept(page, dict.fromkeys(headings, 0.45)) == page[:7]
    others = [f"{word}: what the engineers do on the bridge" for word in ("Video", "Gallery", "Comment")]
    page = [PROSE[0], others[0], PROSE[1], others[1], PROSE[2], others[2], PROSE[3], *BOILERPLATE]
    assert kept(page, dict.fromkeys(others, 0.45)) == PROSE


def test_a_last_line_goes_on_with_the_form_of_the_one_above():
    facts = ["Length of the bridge: 212 metres, 180 of them over water.", "Opened: 1931."]
    page = [*BOILERPLATE * 3, *PROSE, *facts, *BOILERPLATE[1:]]
    assert kept(page, dict(zip(facts, (0.7, 0.3), strict=True))) == [*PROSE, *facts]
    page[-3] = "Photos of 1931"
    assert kept(page, {facts[0]: 0.7, page[-3]: 0.3}) == [*PROSE, facts[0]]


def test_of_a_page_without_a_sentence_nothing_goes_that_nothing_marks():
    page = ["Oslo 0", "Riga 1", "Bern 2", "Rome 3", "Kyiv 4", "Lima 5", "Cork 6", "Bath 7"]
    assert kept(page, dict.fromkeys(page[3:], 0.4)) == page


@pytest.mark.parametrize("stop", ["", "."])
def test_a_paragraph_that_lacks_its_stop_is_no_link_to_another_story(stop):
    last = (
        "In March more than three hundred drivers, among them nurses of the harbour clinic, were sent back by the police "
        "at the barrier below the mill for want of a permit that nobody had ever asked them to show" + stop
    )
    assert kept([*PROSE, last, *BOILERPLATE[1:]], {last: 0.8}) == [*PROSE, last]
    link = "Harbour clinic nurses ask the county for permits"
    assert kept([*PROSE, link, *BOILERPLATE[1:]], {link: 0.8}) == PROSE


@pytest.mark.parametrize(("score", "stays"), [(0.8, True), (0.7, False)])
def test_a_line_between_sentences_that_stands_in_two_stories_stays_if_it_is_likely(score, stays):
    place = "EASTBROOK, SELM"
    page = [*BOILERPLATE * 3, *PROSE[:2], place, *PROSE[2:]]
    repeated = {line_hash(place): 2}
    assert kept(page, {place: score}, repeated=repeated) == [*PROSE[:2], *[place] * stays, *PROSE[2:]]


def test_a_list_below_the_article_that_is_likely_on_the_whole_stays_with_all_its_items():
    items = ["* 8 ripe pears, cored", "* 1 lemon or its juice", "* 6 spoons of pectin", "* 1 jar of pale honey"]
    page = [*BOILERPLATE * 3, *PROSE, "Print", *items, *BOILERPLATE[1:]]
    assert kept(page, dict(zip(items, (0.5, 0.3, 0.3, 0.5), strict=True)))[-5:] == [PROSE[-1], *items]
    assert kept(page, dict.fromkeys(items, 0.3)) == PROSE
    tags = ["* pears", "* honey", "* autumn", "* jam"]
    page = [*BOILERPLATE * 3, *PROSE, "Print", *tags, *BOILERPLATE[1:]]
    assert kept(page, dict(zip(tags, (0.5, 0.3, 0.3, 0.5), strict=True))) == PROSE


@pytest.mark.parametrize(("bullet", "stays"), [("* ", True), ("", False)])
def test_an_item_of_a_list_inside_the_article_needs_less_score(bullet, stays):
    item = bullet + "Zone two: 61 to 70 beats in a hundred"
    page = [*BOILERPLATE * 3, *PROSE[:2], "© 2021 Eastbrook Courier", item, *PROSE[2:]]
    assert kept(page, {item: 0.08}) == [*PROSE[:2], *[item] * stays, *PROSE[2:]]


@pytest.mark.parametrize(("marks", "stays"), [(1, True), (4, False)])
def test_on_a_page_light_of_boilerplate_the_threshold_is_lower(marks, stays):
    names = ["Name and age of the keepers", "Tilda Morn, of the upper light", "Jory Vane, of the lower light"]
    page = [*PROSE, *names, *BOILERPLATE[:1] * marks]
    assert kept(page, dict.fromkeys(names, 0.3)) == [*PROSE, *names * stays]


@pytest.mark.parametrize(("score", "stays"), [(0.3, True), (0.2, False)])
def test_a_paragraph_between_parts_of_an_article_that_other_things_part_needs_less_score(score, stays):
    paragraph = (
        "The harbour district has waited for the council's engineers since the county closed the mill. Residents of the bridge say "
        "that noise and dust will not end in two years, and ask who pays for the work."
    )
    names = [f"{name} Vane / Eastbrook Archive" for name in ("Jory", "Tilda", "Marel", "Hattie", "Corin", "Leda", "Pell")]
    page = [*BOILERPLATE * 3, *PROSE[:2], *names, paragraph, *names, *PROSE[2:]]
    assert kept(page, {paragraph: score}) == [*PROSE[:2], *[paragraph] * stays, *PROSE[2:]]
    page = [*BOILERPLATE * 3, *PROSE, *names, paragraph]
    assert kept(page, {paragraph: score}) == PROSE


@pytest.mark.parametrize(("score", "stays"), [(0.5, True), (0.4, False)])
def test_a_sentence_of_the_article_that_a_rule_hits_stays_if_it_is_likely(score, stays):
    sentence = "Copyright 2020 was the year in which the council bought the plans of the bridge from its engineers."
    page = [*BOILERPLATE * 3, *PROSE[:2], sentence, *PROSE[2:]]
    assert kept(page, {sentence: score}) == [*PROSE[:2], *[sentence] * stays, *PROSE[2:]]
