"""What fuzzing found (`make fuzz`) stays fixed, and what must hold for any bytes holds for some that Hypothesis draws."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.fuzzing.targets import ENDINGS, TARGETS

CASES = sorted((Path(__file__).parent / "cases" / "fuzzed").glob("*-*"))

# Pieces by which the formats and texts are told apart, so that drawn bytes are nearly what is read every day.
PIECES = st.sampled_from(
    [
        *(
            b'"',
            b"'",
            b",",
            b";",
            b"\t",
            b"\n",
            b"\r\n",
            b"\\",
            b"{",
            b"}",
            b"[",
            b"]",
            b":",
            b"<",
            b">",
            b"&",
            b"\x1e",
            b"\xef\xbb\xbf",
            b"\xff\xfe",
        ),
        *(
            b'{"text": "',
            b"id,text,date\n",
            b"2031-03-04",
            b"<p>",
            b"</p>",
            b"<script>",
            b"<title>",
            b"<item>",
            b"<description>",
            b"&#x110000;",
        ),
        *(
            b"Subject: x\n",
            b"\n\n",
            b"{\\rtf1 ",
            b"\\u8220?",
            b"By Mara Quill | ",
            b"March 4, 2031",
            b"Share on Facebook",
            b"Read more: ",
        ),
        *("“ ” « » „ ‘ ’ – — é ü Ж 東京 \u202e \u200b \ufeff 🚢".encode().split(b" ")),
        *(
            b" said ",
            b"the mayor",
            b" Ines Calder ",
            b"She told reporters that ",
            b"The ferry sails again on Friday. ",
            b"Caf\xe9",
            b"\xc3",
            b"\x00",
        ),
    ]
) | st.binary(max_size=4)
ENDING = st.integers(0, len(ENDINGS) - 1).map(lambda number: bytes([number]))


# Found and not fixed yet, with the reason.
KNOWN = {
    "cleaner-e73fd343ad53": "a day that is glued to the fourth line is cut off only once lines before it are gone: it is looked for in the first three"
}


def marked(case: Path):
    marks = [pytest.mark.xfail(reason=KNOWN[case.name], raises=AssertionError)] if case.name in KNOWN else []
    return pytest.param(case, id=case.name, marks=marks)


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_what_was_found_once_holds(case):
    TARGETS[case.name.partition("-")[0]](case.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
@given(data=st.data())
@settings(derandomize=True, deadline=None, max_examples=60)
def test_it_holds_for_drawn_bytes(target, data):
    pieces = data.draw(st.lists(PIECES, max_size=25))
    TARGETS[target]((data.draw(ENDING) if target == "readers" else b"") + b"".join(pieces))
