"""Both forms of the kernels against plain Python, and against each other bit for bit: lines of a text, words and characters of lines, what
lines have in common."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.cleaning.blocks import TooManyLinesError, split_blocks
from pipelines.cleaning.characters import (
    classes_for,
    codes_of,
    endings,
    ends_in,
    folded,
    hashes_of,
    kinds,
    line_ends,
    text_of,
)
from pipelines.cleaning.columns import FACTOR, Common, Mark, Number, Runs
from pipelines.cleaning.features import Batch, describe
from pipelines.cleaning.folding import fold, words_of
from pipelines.cleaning.glued import _SENTENCE, _SIGN_OFF, LONGEST_SIGN_OFF
from pipelines.cleaning.kernels import small
from pipelines.cleaning.kernels.load import KERNELS
from pipelines.cleaning.lexicon import load_lexicon
from pipelines.cleaning.lines import lines_of, rules_of
from pipelines.cleaning.person_names import name_patterns
from pipelines.cleaning.repair import repair, suspicious
from pipelines.cleaning.verdicts import _rounded
from pipelines.lexicons import alternation

LEXICON = load_lexicon("en")
TOKENS = st.sampled_from(
    "The minister said don't re-run 'quoted' a--b -x- O’Brien İstanbul ΣΊΣΥΦΟΣ straße 1999 19٣٣ 2021 March march’s share subscribe our you "
    "reporter © © 😀 𝐁old 𠀀 http://x www.x.org x.com a@b • * o — – … ! ? . : ; , “ ” « » ( ) no_w U.S. Bridge. Closed? “No!” (AP) ﬁx".split()
)
TEXTS = st.lists(st.one_of(TOKENS, st.text(max_size=8)), min_size=1, max_size=30).map(
    lambda tokens: re.sub(r"\s+", " ", " ".join(tokens)).strip() or "x"
)
MANY = settings(derandomize=True, deadline=None, max_examples=200)


@pytest.fixture(params=[False, True], ids=["plain", "compiled"], scope="module", autouse=True)
def form(request):
    """Every test runs with kernels as Python and as machine code."""
    with KERNELS.always(compiled=request.param):
        yield


def numbers_of(line):
    return {
        number.name.lower(): value for number, value in zip(Number, np.frombuffer(line.numbers, np.int32).tolist(), strict=True)
    }


@given(st.lists(TEXTS, min_size=1, max_size=6))
@MANY
def test_the_words_of_a_line_are_those_of_the_pattern(texts):
    for text, line in zip(texts, lines_of(texts, [0] * len(texts), LEXICON), strict=True):
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
    for text, line in zip(texts, lines_of(texts, [0] * len(texts), LEXICON), strict=True):
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
        assert found["sentence_like"] == text.rstrip("\"'”’»)]」』）").endswith(tuple(".!?…:。！？؟।"))
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
    count, _ = KERNELS.for_work(0).find_lines(codes, 0, classes_for(codes), rows)
    for start, end, _, marks in rows[:count].tolist():
        assert marks & Mark.DOUBTFUL or not suspicious(text[start:end])


@given(st.lists(TEXTS, min_size=1, max_size=12))
@settings(derandomize=True, deadline=None, max_examples=100)
def test_words_in_common_are_those_of_sets(texts):
    lines = lines_of(texts, [0] * len(texts), LEXICON)
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


# --- both forms, bit for bit ----------------------------------------------------------------------------------------------------

RAW = st.lists(
    st.one_of(TOKENS, st.text(max_size=6), st.sampled_from(["\n", "\r\n", "\n\n", "\x85", "\u2028", "  ", " .", "\u200b"]))
).map("".join)


def both(name, *arguments, out):
    """What each form gives, and what it wrote into copies of the arrays `out`."""
    results = []
    for form in (KERNELS.plain(), KERNELS.compiled()):
        written = [np.array(array) for array in out]
        given_back = getattr(form, name)(*arguments, *written)
        results.append((given_back, *[array.tobytes() for array in written]))
    return results


def test_every_kernel_has_both_forms():
    assert {name for name in vars(KERNELS.compiled()) if name != "compiled"} <= {*vars(small)}


@given(RAW)
@MANY
def test_both_forms_find_the_same_lines(raw):
    codes = codes_of(raw)
    plain, compiled = both("find_lines", codes, 0, classes_for(codes), out=[np.zeros((len(raw) + 1, 4), np.int64)])
    assert plain[1:] == compiled[1:]
    assert plain[0][0] == compiled[0][0]


def joined(texts):
    codes = codes_of("\n".join(texts))
    return codes, np.cumsum([len(text) + 1 for text in texts], dtype=np.int64) - 1


@given(
    st.lists(
        st.text(st.characters(exclude_characters="\n")) | st.sampled_from(["ΟΔΟΣ", "Σ", "İZMİR", "“Č”", "\0", "𐐀"]), min_size=1
    )
)
@MANY
def test_lines_folded_all_at_once_are_what_each_is_alone(texts):
    assert text_of(folded(codes_of("\n".join(texts)))).split("\n") == [fold(text) for text in texts]
    assert ends_in(codes_of("\n".join(texts))).tolist() == line_ends(texts).tolist()


@given(st.lists(TEXTS, min_size=1, max_size=6))
@MANY
def test_both_forms_count_the_same_characters(texts):
    codes, ends = joined(texts)
    numbers = np.zeros((len(texts), len(Number)), np.int32)
    plain, compiled = both("shape_lines", codes, ends, classes_for(codes), kinds(), endings(), out=[numbers])
    assert plain == compiled


@given(st.lists(TEXTS, min_size=1, max_size=6))
@MANY
def test_both_forms_find_the_same_words(texts):
    codes, ends = joined([fold(text) for text in texts])
    out = [
        np.zeros((len(texts), len(Number)), np.int32),
        np.zeros((len(texts), len(LEXICON.rules)), np.bool_),
        np.zeros(len(codes) // 4 + 2 * len(texts), np.uint64),
        np.zeros(len(texts), np.int64),
    ]
    plain, compiled = both("read_words", codes, ends, classes_for(codes), LEXICON.table, out=out)
    assert plain == compiled


@given(st.lists(st.lists(TEXTS, max_size=12), min_size=1, max_size=4))
@MANY
def test_both_forms_find_the_same_in_common(documents):
    batch = Batch([lines_of(texts, [0] * len(texts), LEXICON) if texts else [] for texts in documents])
    content = [line.content for line in batch.lines]
    arguments = [
        Runs(batch.starts, batch.ends, batch.firsts, batch.lasts),
        np.frombuffer(b"".join(content), np.uint64),
        np.cumsum([len(hashes) // 8 for hashes in content], dtype=np.int64),
        batch.numbers[Number.WORDS],
        batch.sentence,
        batch.flagged,
    ]
    out = [np.zeros((len(Common), len(content)), np.float32), np.zeros(len(documents), np.int64)]
    plain, compiled = both("compare_lines", *arguments, out=out)
    assert plain == compiled


@given(st.lists(st.floats(-100, 100), max_size=30), st.data())
@MANY
def test_both_forms_find_the_same_run(worth, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(worth)), max_size=3)))
    ends = np.array([*cuts, len(worth)], np.int64)
    starts = np.array([0, *cuts], np.int64)
    plain, compiled = both("densest_runs", np.array(worth, np.float64), starts, ends, out=[ends, ends])
    assert plain == compiled
    assert KERNELS.plain().densest_run(np.array(worth), 0, len(worth)) == KERNELS.compiled().densest_run(
        np.array(worth), 0, len(worth)
    )


@given(TEXTS)
@MANY
def test_a_hash_is_made_of_one_character_after_another(text):
    expected = 0
    for char in text:
        expected = (expected + ord(char) + 1) * FACTOR % 2**64
    found = hashes_of(codes_of("ab" + text), np.array([2], np.int64), np.array([2 + len(text)], np.int64))
    assert found.tolist() == [expected ^ (expected >> 32)]


@given(st.lists(TEXTS, max_size=4), st.lists(st.text(alphabet="abdehnot ", min_size=1, max_size=6), max_size=5))
@MANY
def test_both_forms_find_the_words_that_lines_hold(lines, words):
    words += [word for line in lines for word in (line[:3] + "x", line[-3:], line[:1], line[1:9]) if word]
    ends = np.cumsum([len(word) for word in words], dtype=np.int64)
    for form in (KERNELS.plain(), KERNELS.compiled()):
        held = form.find_held(codes_of("\n".join([*lines, "", ""])), line_ends(lines), codes_of("".join(words)), ends)
        assert held.tolist() == [[word in line for word in words] for line in lines]


@given(st.lists(st.one_of(st.floats(0, 1), st.integers(0, 20_000).map(lambda half: half / 20_000))))
@MANY
def test_scores_are_rounded_as_python_does(scores):
    assert _rounded(np.array(scores, np.float64)) == [round(score, 4) for score in scores]


@given(
    st.lists(
        st.sampled_from(["said.", "”", " ", "(", "[", "abcd", "AB", "a. ", "©", "/", " -- ", ", ", "]", "。（完）"]), max_size=40
    ).map("".join)
)
@MANY
def test_what_signs_an_article_is_as_long_as_what_is_looked_at(text):
    found = _SIGN_OFF.search("x" * 200 + text)
    assert found is None or len(found.group()) <= LONGEST_SIGN_OFF


PLAIN_SENTENCE = re.compile(r"\S.*?(?:[.!?…]+[\"”’»)]*(?=\s)|[。！？]|$)", re.DOTALL)


@settings(deadline=None)
@given(st.text(alphabet='.!?…"”)。！ab \n', max_size=30).map(str.strip))
def test_the_sentences_of_a_line_end_where_the_plain_pattern_ends_them(line):
    assert [match.span() for match in _SENTENCE.finditer(line)] == [match.span() for match in PLAIN_SENTENCE.finditer(line)]


JOINERS = alternation(LEXICON.bylines.joiners)
PLAIN_END = re.compile(rf"\s*[|/,•·–—@(]|\s-\s|\s+{JOINERS}\s|\s*&")


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([" ", "  ", "-", "–", "|", ",", "&", "@", "(", "a", "Jane", "Roe", "and"]), max_size=14).map("".join)
)
def test_a_name_ends_where_the_plain_pattern_ends_it(line):
    assert name_patterns(LEXICON).name_ends.split(line, maxsplit=1)[0] == PLAIN_END.split(line, maxsplit=1)[0]
