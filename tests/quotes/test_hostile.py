"""Input that no newsroom sends: linear time, no exception, offsets that hold."""

from __future__ import annotations

import time

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.quotes import QuoteSettings, extract_quotes, quotes_in, quotes_in_each, to_json
from pipelines.quotes.reading import load_language, read_articles
from pipelines.schemas import BODIES, QUOTES

SENTENCE = 'The ferry will sail again on Friday, Ines Calder said. "We are ready," she added on the pier in the rain. '
HOSTILE = {
    "only straight marks": '"' * 10_000,
    "only opening marks": "“ " * 10_000,
    "opening marks with words": '"word ' * 10_000,
    "opening and closing in disorder": "”“»«„‟" * 2_000,
    "single marks": "'a " * 10_000,
    "apostrophes": "'" * 10_000,
    "nested to the brim": "“" * 5_000 + "x" + "”" * 5_000,
    "mark and newline": '"\n' * 10_000,
    "right to left": 'قال "سنفتح الجسر في الربيع" ' * 2_000,
    "bidi controls": "\u202e\u2066“abc”\u2069\u202c said he. " * 1_000,
    "one word": "a" * 200_000,
    "capitals": "Ab " * 30_000,
    "cues only": "said " * 20_000,
    "commas": "Calder, " * 10_000 + 'said "no way at all".',
    "colons": "Name: x\n" * 5_000,
    "capitals before a colon": ("A" * 44 + "1: x\n") * 2_000,
    "full stops": ". " * 30_000,
    "initials": "A. B. " * 10_000,
    "hyphens": "-" * 50_000,
    "words with hyphens": "a-" * 20_000,
    "astral and broken": "\U0001f600“\ud800 said”\udfff, " * 500,
    "nulls": '"\0" said \0. ' * 1_000,
    "blank": " \n\t\u00a0" * 1_000,
    "empty": "",
}


ENGLISH = load_language("en")  # so that no such text escapes as one of no known language


def assert_sound(text: str) -> None:
    quotes = read_articles([text], QuoteSettings(), ENGLISH)[0]
    for index, quote in enumerate(quotes):
        assert 0 <= quote.start < quote.end <= len(text)
        assert 0 <= quote.content_start <= quote.start
        assert quote.end <= quote.content_end <= len(text)
        assert "\n" not in text[quote.start : quote.end]
        assert quote.part_of is None or 0 <= quote.part_of < index
        assert 0.0 <= quote.confidence <= 1.0
        if quote.speaker is not None:
            assert 0 <= quote.speaker.start < quote.speaker.end <= len(text)
            if quote.speaker.name_start is not None:
                assert quote.speaker.name_end is not None
                assert 0 <= quote.speaker.name_start < quote.speaker.name_end <= len(text)
    assert [q.start for q in quotes] == sorted(q.start for q in quotes)
    assert len(to_json(text, quotes)) == len(quotes)


def seconds_for(text: str) -> float:
    """Processor time of reading a text, the better of two."""
    best = 1e9
    for _ in range(2):
        began = time.process_time()
        read_articles([text], QuoteSettings(), ENGLISH)
        best = min(best, time.process_time() - began)
    return best


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_gives_a_sound_answer_in_time_that_grows_with_its_length(name: str) -> None:
    text = HOSTILE[name]
    assert_sound(text)
    assert seconds_for(text) < 4 * 2.5 * max(seconds_for(text[: len(text) // 4]), 0.02)


@pytest.mark.parametrize(
    "unit",
    [
        *(SENTENCE, '"word ', "Calder said that ", "“a” and ", "he said “no”, ", "Ines Calder, mayor, ", "said ", "“no” "),
        *("Ada Quill, the mayor, said no. ", 'at p.m. "We saw it now," ', "Ada Quill, who said no, "),
        *('"No," the board, which said "it is" that said ', "The ministers met and they said “no” "),
    ],
    ids=lambda u: u[:12],
)
def test_time_grows_with_the_length_of_one_paragraph(unit: str) -> None:
    def seconds(size: int) -> float:
        return seconds_for(unit * (size // len(unit)))

    assert seconds(20_000) < 4 * 2.5 * max(seconds(5_000), 0.02)


_MARKS = st.sampled_from(
    [
        "“",
        "”",
        '"',
        "«",
        "»",
        "„",
        "'",
        "’",
        ", ",
        ". ",
        "\n",
        "\n\n",
        " said ",
        " he ",
        " Ines Calder ",
        " that ",
        ": ",
        "— ",
        "A",
        "no",
    ]
)


@given(st.lists(_MARKS, max_size=40).map("".join))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_any_arrangement_of_marks_and_cues_is_sound(text: str) -> None:
    assert_sound(text)


@given(st.text(max_size=120))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_any_text_is_sound(text: str) -> None:
    assert_sound(text)


def test_documents_do_not_see_each_other() -> None:
    texts = [SENTENCE, '"No," he said.', "", SENTENCE * 3, "Nothing here.", 'Tobias Renn wept. "Why?" he asked.']
    assert quotes_in_each(texts) == [quotes_in(t) for t in texts]
    assert quotes_in_each(texts[::-1]) == [quotes_in(t) for t in texts[::-1]]


def test_the_table_has_the_schema_and_the_texts_own_words() -> None:
    bodies = pa.table(
        {"id": ["a", "b", "c"], "text": pa.array([SENTENCE, "", 'Ines Calder said: "No."'], pa.large_string())}, schema=BODIES
    )
    table = extract_quotes(bodies)
    assert table.schema == QUOTES
    texts = dict(zip(bodies["id"].to_pylist(), bodies["text"].to_pylist(), strict=True))
    rows = table.to_pylist()
    assert {r["id"] for r in rows} == {"a", "c"}
    for row in rows:
        text = texts[row["id"]]
        assert row["cue"] is None or row["cue"] == text[row["cue_start"] : row["cue_end"]]
        assert row["speaker_name"] is None or row["speaker_name"] in text
    assert extract_quotes(bodies.slice(1, 1)).num_rows == 0


def test_indirect_can_be_turned_off_and_leaves_the_rest() -> None:
    text = 'Ines Calder said the ferry would sail on Friday. "We are ready," she added.'
    with_indirect = quotes_in(text)
    without = quotes_in(text, QuoteSettings(indirect=False))
    assert [q.type.value for q in with_indirect] == ["indirect", "direct"]
    assert [(q.start, q.end) for q in without] == [(q.start, q.end) for q in with_indirect if q.type.value != "indirect"]
