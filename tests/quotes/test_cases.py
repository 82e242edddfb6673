"""Every row of `tests/cases/quotes.jsonl`, and those of each language: the words between the marks, who said them, by which cue."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.quotes import Quote, QuoteSettings, quotes_in

FOLDER = Path(__file__).parent.parent / "cases"
CASES = [
    pytest.param(case, id=path.stem + " " + case["label"])
    for path in (FOLDER / "quotes.jsonl", *sorted((FOLDER / "languages").glob("*.jsonl")))
    for case in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    if case.get("command", "quotes") == "quotes"
]

SURE = 0.85  # confidence from which a row is shown as sure


def _name(text: str, quote: Quote) -> str | None:
    speaker = quote.speaker
    return None if speaker is None or speaker.name_start is None else text[speaker.name_start : speaker.name_end]


def _mention(text: str, quote: Quote) -> str | None:
    speaker = quote.speaker
    return None if speaker is None or speaker.start is None else text[speaker.start : speaker.end]


@pytest.mark.parametrize("case", CASES)
def test_quotes_are_those_of_the_case(case: dict[str, Any]) -> None:
    text = case["text"]
    quotes = quotes_in(text, QuoteSettings(indirect=case.get("indirect", False)))
    found = {text[q.start : q.end]: q for q in quotes}
    if case.get("only_these", True):
        assert [text[q.start : q.end] for q in quotes] == [want["text"] for want in case["quotes"]], case["why"]
    for want in case["quotes"]:
        quote = found[want["text"]]
        if case.get("nobody"):
            assert quote.speaker is None
        if "name" in want:
            assert _name(text, quote) == want["name"]
        if "mention" in want:
            assert _mention(text, quote) == want["mention"]
        if "type" in want:
            assert quote.type.value == want["type"]
        if "kind" in want:
            assert quote.speaker is not None
            assert quote.speaker.kind.value == want["kind"]
        if "role" in want:
            assert quote.speaker is not None
            assert (quote.speaker.role, quote.speaker.organisation) == (want["role"], want.get("organisation"))
        if "cue" in want:
            assert quote.cue_start is not None
            assert text[quote.cue_start : quote.cue_end] == want["cue"]
        if "sure" in want:
            assert (quote.confidence >= SURE) is want["sure"]
        if "part_of" in want:
            assert quote.part_of == want["part_of"]
