"""The compiled passes against plain Python: lines of a text, words and characters of lines, what lines have in common."""

import re

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.cleaning import CleanSettings, clean_documents
from pipelines.cleaning.blocks import TooManyLinesError, split_blocks
from pipelines.cleaning.characters import classes_for, codes_of, kernels
from pipelines.cleaning.columns import Mark, Number
from pipelines.cleaning.features import Batch, describe
from pipelines.cleaning.folding import fold, words_of
from pipelines.cleaning.lexicon import load_lexicon
from pipelines.cleaning.lines import lines_of, rules_of
from pipelines.cleaning.repair import repair, suspicious
from pipelines.schemas import DOCUMENTS
from pipelines.vocabulary import RejectReason

LEXICON = load_lexicon("en")
TOKENS = st.sampled_from(
    "The minister said don't re-run 'quoted' a--b -x- O’Brien İstanbul ΣΊΣΥΦΟΣ straße 1999 19٣٣ 2021 March march’s share subscribe our you "
    "reporter © © 😀 𝐁old 𠀀 http://x www.x.org x.com a@b • * o — – … ! ? . : ; , “ ” « » ( ) no_w U.S. Bridge. Closed? “No!” (AP) ﬁx".split()
)
TEXTS = st.lists(st.one_of(TOKENS, st.text(max_size=8)), min_size=1, max_size=30).map(
    lambda tokens: re.sub(r"\s+", " ", " ".join(tokens)).strip() or "x"
)
MANY = settings(derandomize=True, deadline=None, max_examples=200)


def numbers_of(line):
    return {
        number.name.lower(): value for number, value in zip(Number, np.frombuffer(line.numbers, np.int32).tolist(), strict=True)
    }


@given(st.lists(TEXTS, min_size=1, max_size=6))
@MANY
def test_the_words_of_a_line_are_those_of_the_pattern(texts):
    for text, line in zip(texts, lines_of(texts, [0] * len(texts), LEXICON, {}, []), strict=True):
        folded, found = fold(text), numbers_of(line)
        words = words_of(folded)
        short = len(words) <= 12
        assert line.folded == folded
        assert line.words == words
        assert found["words"] == line.word_count == len(words)
        assert found["function_count"] == sum(word in LEXICON.words.function_words for word in words)
        assert found["reader_words"] == min(sum(word in LEXICON.words.reader_words for word in words), 5)
        assert found["role_words"] == min(sum(word in LEXICON.words.role_words for word in words), 3)
        assert found["boilerplate_words"] == min(sum(word in LEXICON.words.boilerplate_words for word in words), 6)
        assert found["month"] == (short and not LEXICON.dates.months.keys().isdisjoint(words))
        assert found["year"] == (short and any(len(w) == 4 and w[:2] in ("19", "20") and w.isdigit() for w in words))
        assert found["link"] == any(part in folded for part in ("http", "www.", ".com", "@"))
        assert len(line.long_words) == len({word for word in words if len(word) >= 5})
        assert len(line.content_words) == sum(len(word) >= 4 for word in words)
        tried = [
            rule for rule in LEXICON.rules if {*rule.keywords} & {*words, *("©" * ("©" in folded))} and len(words) <= rule.words
        ]
        assert rules_of(text, LEXICON) == [rule for rule in tried if rule.hit(folded)]


@given(st.lists(TEXTS, min_size=1, max_size=6))
@MANY
def test_the_characters_of_a_line_are_counted_as_python_sees_them(texts):
    for text, line in zip(texts, lines_of(texts, [0] * len(texts), LEXICON, {}, []), strict=True):
        found = numbers_of(line)
        plain = [char for char in text if char <= "\uffff" and char not in '.!?…。！？,;"“”„«»']
        assert found["characters"] == len(text)
        assert found["spaced"] == len(text.split())
        assert found["upper"] == sum(char.isupper() for char in plain)
        assert found["lower"] == sum(char.isalpha() and not char.isupper() for char in plain)
        assert found["digits"] == sum(char.isdigit() and not char.isalpha() for char in plain)
        assert found["stops"] == sum(char in ".!?…。！？" for char in text)
        assert found["commas"] == sum(char in ",;" for char in text)
        assert found["quotes"] == sum(char in '"“”„«»' for char in text)
        assert found["capitalised"] == sum(word[0] in plain and word[0].isupper() for word in text.split())
        assert found["sentence_like"] == text.rstrip("\"'”’»)]").endswith((".", "!", "?", "…", ":"))
        assert found["curly"] == ("’" in text or "“" in text)
        assert found["straight"] == ("'" in text or '"' in text)
        assert found["bullet"] == (text[0] in "*+•·-–—>»▶►|" or text.startswith("o "))


ENDS = re.compile("\r\n|[\n\r\v\f\u2028\u2029]")


@given(st.text(alphabet="ab.& \t\xa0\n\r\v\f\u2028\x1c\x85\u200b\xad_\x93😀éÐ", max_size=60))
@settings(derandomize=True, deadline=None, max_examples=400)
def test_lines_are_those_between_line_ends(raw):
    expected = []
    start = 0
    for line in ENDS.split(raw):
        text = repair(line.strip(), 0)[0].strip()
        if re.search("[^\\W_]|[^\\w\\s\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x1f\x7f-\x9f]", text):
            expected.append(line.strip())
        start += len(line)
    assert [raw[block.start : block.end] for block in split_blocks(raw)] == expected


@given(st.text(alphabet="ab .,&\xa0\u200bâÃГРСвиé©€“\x93\u0301�", max_size=30))
@settings(derandomize=True, deadline=None, max_examples=400)
def test_a_line_that_is_passed_over_needs_no_repair(text):
    codes = codes_of(text)
    rows = np.zeros((len(text) + 1, 4), np.int64)
    count, _ = kernels().find_lines(codes, 0, classes_for(codes), rows)
    for start, end, _, marks in rows[:count].tolist():
        assert marks & Mark.DOUBTFUL or not suspicious(text[start:end])


@given(st.lists(TEXTS, min_size=1, max_size=12))
@settings(derandomize=True, deadline=None, max_examples=100)
def test_words_in_common_are_those_of_sets(texts):
    lines = lines_of(texts, [0] * len(texts), LEXICON, {}, [])
    batch = Batch([lines, lines[::-1]])
    columns = describe(batch)
    first, last = int(batch.firsts[0]), int(batch.lasts[0])
    long_words = [{word for word in words_of(line.folded) if len(word) >= 5} for line in lines]
    for place, line in enumerate(lines):
        others = [w for i, w in enumerate(long_words) if i != place and lines[i].sentence]
        known = len(long_words[place] & set().union(*others)) / max(len(long_words[place]), 1)
        run = [w for i, w in enumerate(long_words) if i != place and first <= i < last]
        in_run = len(long_words[place] & set().union(*run)) / max(len(long_words[place]), 1)
        unmarked = [w for i, w in enumerate(long_words) if i != place and first <= i < last and not lines[i].flagged]
        core = {
            word for word in long_words[place] if sum(word in w for w in unmarked) >= 3 + (first <= place < last) * line.flagged
        }
        assert columns["core_words"][place] == (min(len(core), 6) if long_words[place] else -1)
        assert columns["known_words"][place] == (np.float32(known) if long_words[place] else -1)
        assert columns["run_words"][place] == (np.float32(in_run) if long_words[place] else -1)
        assert columns["repeats"][place] == min(sum(x.folded == line.folded for x in lines), 4)
        title = batch.titles[0]
        shared = len(long_words[place] & long_words[title]) / max(len(long_words[place]), 1) if title >= 0 else 0.0
        assert columns["title_words"][place] == (np.float32(shared) if long_words[place] else -1)


def test_a_text_of_more_lines_than_allowed_is_found_out_and_counts_for_nothing():
    assert len(split_blocks("a\n" * 10, 10)) == 10
    with pytest.raises(TooManyLinesError, match="the text has more than 10 lines"):
        split_blocks("a\n" * 11, 10)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Share on Facebook\n" * 2_800_000, RejectReason.TOO_LARGE),
        ("\u200b\n" * 25_000_000, RejectReason.EMPTY),
        ("The minister said on Monday that nothing had been decided about the bridge. " * 660_000, None),
        (("The minister said on Monday that nothing had been decided. " * 9 + "\n\n") * 95_000, None),
    ],
    ids=["millions of lines", "millions of lines that show nothing", "one line", "paragraphs"],
)
def test_fifty_megabytes_get_a_verdict_or_a_reject(text, reason):
    assert len(text) >= 50_000_000
    documents = pa.table({"id": ["1"], "text": [text], "html": [None], "publisher": [None], "url": [None]}).cast(DOCUMENTS)
    row = clean_documents(documents, None, CleanSettings()).select(["text", "reject"]).to_pylist()[0]
    assert (row["reject"] or {}).get("reason") == reason
    assert (len(row["text"]) > 0.99 * len(text)) == (reason is None)
