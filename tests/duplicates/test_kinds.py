"""Each kind on texts made for it: what it takes, and what it must not take for it."""

import pytest

from pipelines.duplicates import compare_articles, find_duplicates
from pipelines.vocabulary import MERGING_KINDS
from tests.duplicates.corpora import misread, prose, table

STORY = prose(21, 300)
OTHER = prose(22, 300)
OWN_WORDS = prose(23, 120)


def kind(a: list[str], b: list[str], days: tuple[str | None, str | None] = (None, None)) -> str | None:
    found = find_duplicates(table([" ".join(a), " ".join(b)], list(days))).pairs["kind"].to_pylist()
    return found[0] if found else None


def form(numbers: range, names: list[str]) -> list[str]:
    """A report of one form: seven words that stay, then a number and a name that do not."""
    out: list[str] = []
    plain = [word.strip("7") for word in STORY]
    for i, (number, name) in enumerate(zip(numbers, names, strict=True)):
        out += [*plain[8 * i : 8 * i + 8], str(number), name]
    return out


def test_exact_is_the_same_words_in_the_same_order():
    assert kind(STORY, STORY) == "exact"
    assert kind([w.title() + "," for w in STORY], STORY) == "exact"


def test_near_is_a_copy_with_few_changes():
    assert kind(STORY, [*STORY[:100], "changed", *STORY[101:]]) == "near"
    assert kind(STORY, ["Reprinted", "with", "thanks", *STORY]) == "near"


def test_near_is_also_a_copy_with_recognition_noise_of_which_few_shingles_are_left():
    assert kind(STORY, misread(STORY, 6)) == "near"


def test_words_that_were_replaced_are_not_noise():
    replaced = [OTHER[i] if i % 6 == 2 else word for i, word in enumerate(STORY)]
    assert kind(STORY, replaced) is None


def test_update_is_a_short_version_that_stands_in_a_longer_one():
    assert kind(STORY[:150], STORY) == "update"
    assert kind(STORY[:200], STORY + OWN_WORDS, ("2031-05-01", "2031-05-02")) == "update"


def test_a_later_copy_with_a_paragraph_added_is_an_update():
    assert kind(STORY, STORY + OWN_WORDS[:20], ("2031-05-01", "2031-05-02")) == "update"
    assert kind(STORY + OWN_WORDS[:20], STORY, ("2031-05-01", "2031-05-02")) == "near"


@pytest.mark.parametrize(("publishers", "expected"), [(["gazette", "gazette"], "update"), (["gazette", "herald"], "near")])
def test_of_one_day_a_longer_version_is_an_update_only_by_the_same_publisher(publishers, expected):
    texts = [" ".join(STORY), " ".join(STORY + OWN_WORDS[:20])]
    [pair] = find_duplicates(table(texts, ["2031-05-01"] * 2, publishers)).pairs.to_pylist()
    assert pair["kind"] == expected


def test_excerpt_is_a_passage_of_one_story_within_another():
    assert kind(STORY, OTHER[:150] + STORY[100:180] + OTHER[150:]) == "excerpt"


def on_a_subject(seed: int, sentences: int, subject: int) -> list[str]:
    """Sentences of eight words, of which three are names that the whole story is about."""
    names = [f"{word}atorium" for word in prose(subject, 12)]
    return [
        w
        for i in range(sentences)
        for w in [*(v[:6] for v in prose(seed + i, 5)), names[i % 12], names[(5 * i) % 12], names[(7 * i) % 12]]
    ]


@pytest.mark.parametrize("days", [(None, None), ("2031-05-01", "2031-05-02")])
def test_a_text_with_a_passage_of_another_story_set_into_it_is_not_a_copy_of_the_one_without(days):
    host = on_a_subject(1000, 40, subject=61)
    assert kind(host, host[:160] + on_a_subject(2000, 10, subject=62) + host[160:], days) == "excerpt"


def test_a_paragraph_more_of_the_same_story_is_an_update():
    host = on_a_subject(1000, 40, subject=61)
    assert kind(host, host[:160] + on_a_subject(2000, 10, subject=61) + host[160:], ("2031-05-01", "2031-05-02")) == "update"


def test_template_is_one_form_with_other_facts():
    monday, tuesday = form(range(100, 130), OTHER[:30]), form(range(200, 230), OTHER[30:60])
    assert kind(monday, tuesday, ("2031-05-01", "2031-05-02")) == "template"
    assert kind(monday, tuesday, ("2031-05-01", "2031-05-12")) == "template"


def test_the_same_numbers_are_no_template():
    assert kind(form(range(100, 130), OTHER[:30]), form(range(100, 130), OTHER[:30])) == "exact"


def test_boilerplate_is_one_passage_in_stories_with_other_beginnings_days_apart():
    boilerplate = prose(31, 200)
    a, b = [*prose(32, 60), *boilerplate], [*prose(33, 60), *boilerplate]
    assert kind(a, b, ("2031-05-01", "2031-06-01")) == "boilerplate"


def test_what_a_publisher_prints_on_many_days_does_not_make_duplicates():
    notice = prose(41, 70)
    texts = [" ".join([*prose(50 + i, 60), *notice]) for i in range(12)]
    dates = [f"2031-05-{i + 1:02d}" for i in range(12)]
    ours = find_duplicates(table(texts, dates, ["gazette"] * 12))
    assert set(ours.pairs["kind"].to_pylist()) == {"boilerplate"}
    assert min(ours.pairs["common_share"].to_pylist()) >= 0.8  # counted on the sketch, whose entries at the edges differ
    assert max(ours.pairs["own_containment"].to_pylist()) < 0.3


@pytest.mark.parametrize("changed", [{"dates": ["2031-05-01"] * 12}, {"publishers": [f"p{i}" for i in range(12)]}])
def test_the_same_passage_on_one_day_or_by_many_publishers_is_not_common(changed):
    notice = prose(41, 70)
    texts = [" ".join([*prose(50 + i, 60), *notice]) for i in range(12)]
    given = {"dates": [f"2031-05-{i + 1:02d}" for i in range(12)], "publishers": ["gazette"] * 12} | changed
    found = find_duplicates(table(texts, given["dates"], given["publishers"]))
    assert max(found.pairs["common_share"].to_pylist()) == 0.0


def test_the_canonical_is_the_first_report_and_the_representative_the_latest_version():
    texts = [STORY + OWN_WORDS[:20], STORY, STORY + OWN_WORDS[:9]]
    found = find_duplicates(table([" ".join(t) for t in texts], ["2031-05-03", "2031-05-01", "2031-05-02"]))
    assert set(found.pairs["kind"].to_pylist()) <= {kind.value for kind in MERGING_KINDS}
    for row in found.clusters.to_pylist():
        assert (row["canonical_id"], row["representative_id"], row["size"]) == ("n001", "n000", 3)


def test_a_comparison_marks_what_only_one_text_has():
    a, b = "The pier will cost two million crowns, the council said.", "The pier will cost three million crowns, the council said."
    shown = compare_articles(a, b)
    assert shown.passages == ((23, 55, 25, 57),)
    plain = shown.render(120)
    assert "[-two-]" in plain
    assert "{+three+}" in plain
    assert "\x1b[31mtwo\x1b[0m" in shown.render(120, colour=True)
    assert all(len(line) <= 120 for line in plain.splitlines())


def test_a_comparison_does_not_pass_on_control_characters():
    assert "\x1b" not in compare_articles("\x1b[2Jwords here", "other words").render()
