"""Whether two spellings name one person or organisation."""

import gzip
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from pipelines.speakers import same_name
from pipelines.speakers.given import one_given_name
from pipelines.speakers.people import parse_name, same_person
from pipelines.speakers.settings import SoundCosts
from pipelines.speakers.sounds import SoundTables, script_of, sound_tables, sounds_alike
from pipelines.vocabulary import SpeakerKind

SHARED = Path(os.environ.get("COPYDESK_SHARED", Path(__file__).resolve().parents[2].parent / "shared"))

ONE = [
    ("Yelena Tarvashko", "Jelena Tarwaschko", "two languages' spellings"),
    ("Yelena Tarvashko", "Olena Tarvashka", "a given name in another language, another ending"),
    ("Yelena Tarvashko", "Елена Тарвашко", "another script"),
    ("John Smith", "Smith, John", "turned, with a comma"),
    ("Robert Hollis", "Bob Hollis", "a short form"),
    ("R. Hollis", "Robert Hollis", "an initial"),
    ("J.-C. Delorme", "Jean-Claude Delorme", "two initials"),
    ("Dr. Mara Quill", "Mara Quill", "a title"),
    ("Mara Quill", "Mara Jane Quill", "a middle name"),
    ("Mara Quill", "Quill", "the family name alone"),
    ("MaraQuill", "Mara Quill", "written together"),
    ("Mara Quil", "Mara Quill", "a slip"),
    ("Mara Quill's", "Mara Quill", "a possessive"),
    ("Karl Lindström", "Karl Lindstrom", "an accent"),
]
TWO = [
    ("Mara Quill", "Peter Quill", "one family, two given names"),
    ("Mara Quill", "Mara Stone", "one given name, two families"),
    ("Angela Moreau", "Angelo Moreau", "a man and a woman"),
    ("R. Hollis", "David Hollis", "another initial"),
    ("Mara Jane Quill", "Mara Ruth Quill", "another middle name"),
    ("Hans Friedrich", "Friedrich Hans", "two given names, turned"),
    ("Mara Quill", "Mara", "a given name alone"),
    ("Quill", "Hollis", "nothing alike"),
]


@pytest.mark.parametrize(("a", "b", "why"), ONE)
def test_spellings_of_one_person(a, b, why):
    assert same_name(a, b).same, same_name(a, b)


@pytest.mark.parametrize(("a", "b", "why"), TWO)
def test_names_of_two_people(a, b, why):
    assert not same_name(a, b).same, same_name(a, b)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("International Monetary Fund", "IMF", True),
        ("the Bank of Korvia", "Bank of Korvia", True),
        ("Bank of Korvia", "BoK", True),
        ("Harbour Lines Ltd", "Harbour Lines", True),
        ("World Health Organization", "World Health Organisation", True),
        ("Bank of Korvia", "Bank of Sorvane", False),
        ("International Monetary Fund", "IFM", False),
        ("Harbour Lines", "Harbour Trust", False),
        ("National Health Service", "National Hearing Service", False),
    ],
)
def test_full_and_short_forms_of_organisations(a, b, same):
    for first, second in ((a, b), (b, a)):
        assert same_name(first, second, SpeakerKind.ORGANISATION).same is same


def test_why_says_what_is_alike_and_what_is_not():
    assert same_name("Bob Hollis", "Robert J. Hollis").why == (
        "bob / robert: forms of one name; hollis: equal; only in the other: j"
    )


NAMES = st.text(st.characters(codec="utf-8"), max_size=24)


@given(NAMES, NAMES)
def test_any_text_has_an_answer_the_same_both_ways(a, b):
    there, back = same_person(a, b), same_person(b, a)
    assert 0 <= there.score <= 1
    assert there.score == back.score


@given(NAMES)
def test_a_name_is_itself(name):
    if parse_name(name).words:
        assert same_person(name, name).same


def test_unknown_sounds_and_keys_in_the_table_are_errors():
    table = sound_tables().model_dump()
    with pytest.raises(ValidationError, match="'Q' is no sound"):
        SoundTables.model_validate({**table, "latin": {"q": "Q"}})
    with pytest.raises(ValidationError, match="greek"):
        SoundTables.model_validate({**table, "greek": {}})


def test_scripts_are_known_by_their_letters():
    assert [script_of(word) for word in ("Brunnow", "Бруннов", "برونو", "ברונו", "ブルノ", "12")] == [
        "latin", "cyrillic", "arabic", "hebrew", "other", "latin",
    ]  # fmt: skip


def test_sounds_bear_other_scripts_and_no_other_word():
    costs = SoundCosts()
    assert sounds_alike("Бруннов", "Brunnow", costs) > 0.9
    assert sounds_alike("ברונו", "Bruno", costs) > 0.9
    assert sounds_alike("Бруннов", "Selmek", costs) < 0.4


def test_given_names_of_two_languages_and_short_forms():
    assert one_given_name("sergey", "serhiy")
    assert one_given_name("peggy", "margaret")
    assert not one_given_name("sergey", "simon")


@pytest.mark.skipif(not SHARED.exists(), reason="the development sets are not here: set COPYDESK_SHARED")
def test_quality_on_the_development_set():
    """Floors of docs/speakers.md: F1 of people; recall of each script where few random pairs are called the same."""
    text = gzip.decompress((SHARED / "benchmarks/utterances/names_dev.jsonl.gz").read_bytes()).decode()
    rows = [json.loads(line) for line in text.splitlines()]
    counts: dict[tuple[str, bool, bool], int] = {}
    for row in rows:
        key = (row["set"], row["same"], same_person(row["a"], row["b"]).same)
        counts[key] = counts.get(key, 0) + 1
    found = {
        of: counts[of, True, True] / (counts[of, True, True] + counts[of, True, False]) for of in ("russian", "arabic", "hebrew")
    }
    assert found["russian"] >= 0.94
    assert found["arabic"] >= 0.94
    assert found["hebrew"] >= 0.95
    assert all(counts[of, False, True] <= 0.005 * 2000 for of in found)
    right, wrong, missed = (counts["name_bench", *key] for key in ((True, True), (False, True), (True, False)))
    assert 2 * right / (2 * right + wrong + missed) >= 0.93
