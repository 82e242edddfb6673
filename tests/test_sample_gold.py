"""The gold of the sample corpus agrees with itself and holds what it is meant to hold. No pipeline code is run here."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from sample_score import ARTICLES, GOLD, cases, record_of

from pipelines.vocabulary import BlockKind, DateSource, DuplicateKind, RejectReason, SpeakerKind

DUPLICATES = cases("sample_duplicates.jsonl")
REJECTS = cases("sample_rejects.jsonl")
LOOKALIKES = cases("lookalikes.jsonl")
FRENCH_SPACING = re.compile("(?<=«)\u00a0|\u00a0(?=[»:;!?%])|(?<=[0-9])\u00a0(?=[0-9])")  # where a no-break space belongs
QUOTES = [(row["key"], quote) for row in GOLD for quote in row["quotes"]]


def source_of(row: dict) -> str:
    """The text or the page of a record."""
    record = record_of(row)
    return record.get("text") or record["html"]


def is_pronoun_or_role(quote: dict) -> bool:
    """The mention does not hold the name's last word, so the name has to be found elsewhere in the article."""
    mention, name = quote["speaker_mention"], quote["speaker_name"]
    return bool(mention and name) and name.split()[-1] not in mention


by_key = pytest.mark.parametrize("row", GOLD, ids=[row["key"] for row in GOLD])


def test_every_file_of_the_corpus_stands_in_the_gold_or_in_the_rejects():
    files = {path.relative_to(ARTICLES).as_posix() for path in ARTICLES.rglob("*") if path.is_file()}
    assert files == {row["path"] for row in GOLD} | {row["path"] for row in REJECTS}


def test_every_line_of_a_jsonl_file_stands_in_the_gold_or_in_the_rejects():
    for path in ARTICLES.rglob("*.jsonl"):
        name = path.relative_to(ARTICLES).as_posix()
        lines = {n for n, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1) if line}
        assert lines == {row["line"] for row in GOLD + REJECTS if row["path"] == name}, name


def test_keys_are_unique():
    assert max(Counter(row["key"] for row in GOLD).values()) == 1


@by_key
def test_removed_spans_are_ordered_and_give_their_text(row):
    text, last = source_of(row), 0
    for span in row["removed"]:
        assert last <= span["start"] < span["end"] <= len(text)
        assert text[span["start"] : span["end"]] == span["text"] == span["text"].strip()
        assert span["kind"] in set(BlockKind) - {"body"}
        last = span["end"]


@by_key
def test_body_and_removed_text_together_are_the_whole_record(row):
    """Nothing of the raw text is unaccounted for, counted in letters and digits and leaving repaired characters aside. Of a page
    the body stands in it, paragraph by paragraph; the page around it is the extractor's."""
    text = source_of(row)
    if "html" in record_of(row):
        assert all(paragraph in text for paragraph in row["body"])
        assert not row["removed"]
        return
    kept, last = [], 0
    for span in row["removed"]:
        kept.append(text[last : span["start"]])
        last = span["end"]
    kept.append(text[last:])

    def plain(parts: list[str]) -> Counter:
        return Counter(char for part in parts for char in part if char.isascii() and char.isalnum())

    assert plain(kept) == plain(row["body"] + row["either"])


@by_key
def test_body_paragraphs_are_clean_text(row):
    assert row["body"]
    for paragraph in row["body"]:
        assert paragraph == paragraph.strip()
        assert not any(sign in paragraph for sign in ("\n", "\r", "  ", "â€", "Ã", "\u200b"))
        assert "\u00a0" not in FRENCH_SPACING.sub("", paragraph)


@by_key
def test_quotes_stand_in_the_body_in_order_without_their_marks(row):
    body, last = "\n\n".join(row["body"]), 0
    for quote in row["quotes"]:
        assert body[quote["start"] : quote["end"]] == quote["text"] == quote["text"].strip()
        assert "\n" not in quote["text"]
        assert quote["start"] >= last
        assert body[quote["start"] - 1] in "\"“‘„«'" or body[quote["start"] - 2 : quote["start"]] in ("« ", "«\u00a0")
        assert quote["type"] in {"direct", "partial", "optional"}
        last = quote["end"]
    for words in row["not_quotes"]:
        assert words["text"] in body


@by_key
def test_cue_and_mention_stand_in_the_paragraph_of_their_quote_and_the_name_in_the_body(row):
    body = "\n\n".join(row["body"])
    for quote in row["quotes"]:
        start, end = body.rfind("\n\n", 0, quote["start"]) + 1, body.find("\n\n", quote["end"])
        paragraph = body[start : end if end >= 0 else len(body)]
        for field in ("cue", "speaker_mention"):
            assert quote[field] is None or quote[field] in paragraph, quote
        assert quote["speaker_kind"] is None or quote["speaker_kind"] in set(SpeakerKind)
        assert (quote["speaker_name"] is None) or all(word in body for word in quote["speaker_name"].split()), quote


@by_key
def test_metadata_is_of_the_record_and_of_the_closed_kinds(row):
    text = source_of(row)
    assert (row["date"] is None) == (row["date_source"] is None)
    assert row["date_source"] is None or row["date_source"] in set(DateSource)
    if row["dateline"]:
        assert any(row["dateline"] in paragraph for paragraph in row["body"])
    for field in ("section", "photo_credit"):
        assert row[field] is None or row[field] in text


def test_duplicate_cases_name_records_once_and_only_the_three_kinds_merge():
    keys = {row["key"] for row in GOLD}
    pairs = [(case["a"], case["b"]) for case in DUPLICATES]
    assert len(set(pairs)) == len(pairs)
    for case in DUPLICATES:
        assert case["a"] < case["b"]
        assert {case["a"], case["b"]} <= keys
        assert case["kind"] is None or case["kind"] in set(DuplicateKind)
        assert not case["merged"] or case["kind"] in {"exact", "near", "update"}
    assert {case["kind"] for case in DUPLICATES} >= {"exact", "near", "update", "excerpt", "template", None}


def test_rejects_have_reasons_of_the_closed_vocabulary():
    assert {row["reason"] for row in REJECTS} <= set(RejectReason)
    assert {row["reason"] for row in REJECTS} >= {"unreadable_bytes", "empty", "broken_json", "binary_file"}


def test_lookalike_lines_stand_in_the_body_of_their_article():
    for case in LOOKALIKES:
        rows = [row for row in GOLD if (row["path"], row["line"]) == (case["path"], case["line"])]
        assert len(rows) == 1
        assert any(case["text"] in paragraph for paragraph in rows[0]["body"]), case


def test_every_kind_of_furniture_occurs():
    assert {span["kind"] for row in GOLD for span in row["removed"]} == set(BlockKind) - {"body"}


def test_utterances_name_quotes_of_the_gold_by_several_outlets():
    texts = {(key, quote["text"]): quote["speaker_name"] for key, quote in QUOTES}
    for case in cases("sample_utterances.jsonl"):
        assert len({member["key"] for member in case["members"]}) == len(case["members"]) >= 4
        for member in case["members"]:
            assert texts[member["key"], member["text"]] == member["speaker_name"]
            assert member["speaker_name"] in case["speakers"]


def test_the_corpus_has_the_size_and_the_outlets_it_promises():
    publishers = {}
    for row in GOLD:
        publishers.setdefault(row["publisher"], set()).add(row["language"])
    assert len(GOLD) >= 36
    assert len(publishers) >= 7
    assert sum("en" in languages for languages in publishers.values()) >= 6
    assert any(languages.isdisjoint({"en"}) for languages in publishers.values())
    assert len(LOOKALIKES) >= 12


def test_the_corpus_has_enough_pronoun_and_role_speakers():
    assert sum(is_pronoun_or_role(quote) for _, quote in QUOTES) >= 60
