"""The state machine over quotation marks."""

from __future__ import annotations

import pytest

from pipelines.quotes.lexicon import elisions_on_pages_of
from pipelines.quotes.text.marks import marks_in, over_lines, read_marks


def read(text: str, next_opens: bool = False) -> tuple[list[str], int]:
    marks = read_marks(text, 0, len(text), marks_in(text), next_opens=next_opens, elisions=elisions_on_pages_of("en"))
    return [text[s.inner_start : s.inner_end] for s in marks.segments], len(marks.odd)


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ('"A b," he said.', ["A b,"]),
        ("“A b,” he said.", ["A b,"]),
        ("”A b,” he said.", ["A b,"]),
        ("„A b“, sagte er.", ["A b"]),
        ("„A b”, powiedział.", ["A b"]),
        ("«A b», dijo.", ["A b"]),
        ("« A b », dit-il.", ["A b"]),
        ("»A b«, sagte er.", ["A b"]),
        ("``A b,'' he said.", ["A b,"]),
        ("‘A b,’ he said.", ["A b,"]),
        ('He said—"A b"—and left.', ["A b"]),
        ('"A "b" c," he said.', ['A "b" c,']),
        ('"A "b" or "c d" e," he said. "F."', ['A "b" or "c d" e,', "F."]),
        ("“A ‘b’ c,” he said.", ["A ‘b’ c,"]),
        ("«A „b“ c», dijo.", ["A „b“ c"]),
        ("‘I can’t stay,’ he said.", ["I can’t stay,"]),
        ("The workers' hall and the captains' table", []),
        ("Back in the '90s, rock 'n' roll ruled", []),
        ('""A b,"" he said.', ["A b,"]),
        ('"A b, "Renk said. "C d. " He left. "E f, "he said.', ["A b,", "C d.", "E f,"]),
        ('"A b, he said, "C d," and left.', ["C d,"]),
        ('"" and "…"', []),
        ('Quill wrote, "we close the pier. It is unsafe. "Quill meant the old pier.', ["we close the pier. It is unsafe."]),
        ('Quill said: "We close the pier, all. "It is unsafe." She left.', ["We close the pier, all.", "It is unsafe."]),
    ],
)
def test_what_stands_between_the_marks(text: str, inner: list[str]) -> None:
    assert read(text)[0] == inner


def test_a_paragraph_that_the_next_goes_on_is_open_and_not_odd() -> None:
    text = '"We looked at it every month and wrote it down.'
    segments, odd = read(text, next_opens=True)
    assert segments == ["We looked at it every month and wrote it down."]
    assert odd == 0


def test_a_lone_mark_is_recorded_and_loses_nothing_behind_it() -> None:
    segments, odd = read('The pipe is 12" wide. "A b," he said. "C d," she said.')
    assert segments == ["A b,", "C d,"]
    assert odd == 1


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("“One.\nTwo.\nThree,” she said.", {0: ["One."], 1: ["Two."], 2: ["Three,"]}),
        ("“No.” “One.\nTwo.” “Yes.”", {0: ["No.", "One."], 1: ["Two.", "Yes."]}),
        ("“One.\n\nTwo.”", {}),
        ("“One.\n“Two.”", {}),
        ('A 5" pipe.\nA 6" one.', {}),
        ("“One.\n" + "More.\n" * 12 + "Last.”", {}),
    ],
)
def test_one_quotation_over_lines_is_a_segment_on_each(text: str, parts: dict[int, list[str]]) -> None:
    spans, at = [], 0
    for line in text.split("\n"):
        if line:
            spans.append((at, at + len(line)))
        at += len(line) + 1
    marks = [read_marks(text, start, end, marks_in(text, start, end)) for start, end in spans]
    found = over_lines(text, spans, marks)
    assert {nth: [text[s.inner_start : s.inner_end] for s in segments] for nth, segments in found.items()} == parts
