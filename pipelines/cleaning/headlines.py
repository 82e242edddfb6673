"""Which line is the headline: a linear score over the lines above the body and its first ones, held against giving none."""

from __future__ import annotations

import functools
import itertools
import math
import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

from pipelines.cleaning.dates import find_date
from pipelines.cleaning.lexicon import Lexicon
from pipelines.cleaning.lines import Line, is_time_alone
from pipelines.learned.model import Model, load_model
from pipelines.letters import UNSPACED
from pipelines.lexicons import alternation
from pipelines.titles import behind_last
from pipelines.vocabulary import BlockKind

CARD = "card: "  # how the reason of a line begins that cards took for another story's
HEADLINE = "rule: headline above the body"
REACH = 60  # lines above the body
INTO_BODY = 2  # kept lines from the body's start that may be the headline
BODY_LINES = 12  # whose words the headline is held against
ANCHOR_REACH = 5  # lines within which a date or a byline follows a headline
DATE_SHARE = 0.4  # of a line's characters in its date
LEAST_OF_A_STATEMENT = 8  # words of a statement below which there is no headline
SHORT_HEADLINE = (2, 3)  # words of one over a brief, whose words are found again in it by so many letters
STEM, SYLLABLES = 4, 2
LEAST_BELOW, MOST_OVER = 3, 12  # sentences below a first line without a stop, and its words, that make it their headline
MOST_AMONG = 2  # other lines among them
MOST_BETWEEN = 8  # words of a line between a headline and the first sentence
LABEL = 14  # characters before a date that leave a line a date line
LONGEST_ABBREVIATION = 40  # characters at the end of a line
STANDFIRST_MARGIN, LEAST_OVER = 0.7, 5  # by which a line right over the best may score less, and its least words
MARGIN_AT_TOP = 1.5  # the same of the first line of the page
LEAST_OF_LONG, LONGEST_OVER = 12, 0.7  # words of a standfirst, and the share of them that its headline has at most
LONGEST_SITE, LEAST_BEFORE_SITE = 40, 4  # characters of a site's name behind a headline, and words of that
NEIGHBOURS = 3  # lines within which a headline and its standfirst stand
_NEVER = (BlockKind.PHOTO_CREDIT, BlockKind.AUTHOR_BIO, BlockKind.COPYRIGHT, BlockKind.CONTACT)
_ANCHORS = (BlockKind.DATE_STAMP, BlockKind.TIMESTAMP, BlockKind.READING_TIME)
T = TypeVar("T")
_INSIDE_STOP = re.compile(r"[.!?…][\"'”’]? ")
_STOPS = (".", ":", ",", ";")
_OPENING_MARKS, _CLOSING_MARKS = frozenset('"“„«「『»'), frozenset('"”“»」』«')
_BULLETS = "*+•▪■►▶→➔✓✔-–—"
_LABELLED = re.compile(r"\w:\s")
_SEPARATED = re.compile(r" [|›»>/] ")


def take_headline(lines: Sequence[Line], lexicon: Lexicon, model: Model | None = None) -> str | None:
    """The headline above the body or in its first lines; it and its repeats are no longer body. None where there is none.

    `model` stands in for the packaged one when others are being trained."""
    start = next((place for place, line in enumerate(lines) if line.kept), len(lines))
    places = candidates(lines, start, lexicon)
    if not places:
        return None
    model = model or load_model("headlines")
    scores = [model.weights["headline"].score(row) for row in describe(lines, places, start, lexicon)]
    if _chance(scores) >= model.thresholds["min_chance"]:
        best = lines[_over_standfirst(lines, places, scores)]
    elif (start <= NEIGHBOURS and _is_over_brief(lines, lexicon)) or (
        start <= 1 and any(over(lines, lexicon) for over in (_is_over_standfirst, _is_over_sentences, _is_over_entries))
    ):
        best = lines[0]
    else:
        return None
    shorter = [
        lines[place] for place in places if lines[place].word_count >= 4 and best.folded.startswith(lines[place].folded + " ")
    ]
    page_title, best = (
        best,
        min(shorter, key=lambda line: len(line.text), default=best),
    )  # "Headline | Outlet" above the headline itself
    wanted = {best.folded, page_title.folded}
    titles = [line for line in lines if line.folded in wanted]
    kept = sum(line.kept for line in titles)
    if kept and kept == sum(line.kept for line in lines):
        return None  # a text that is nothing but a headline is its own body
    for line in titles:
        line.remove(BlockKind.TITLE, HEADLINE)
    return without_site(best.text.lstrip(_BULLETS + " "))


def _is_over_brief(lines: Sequence[Line], lexicon: Lexicon) -> bool:
    """Whether a text of a few lines begins with two or three words that its first sentence tells of, in whatever form: "Ski lift reopens". Date and byline may part them."""
    line = lines[0]
    below = (place for place in range(1, len(lines)) if not _anchor(lines, (place,), lexicon) and not _is_between(lines[place]))
    sentence = lines[next(below, 0)]
    if len(lines) > BODY_LINES or not sentence.kept:
        return False
    if (
        line.word_count not in SHORT_HEADLINE
        or line.text[-1] in ".:,;"
        or not _may_be_headline(line, lexicon)
        or line.text.isupper()
    ):
        return False
    stems, parts = set(_stems(sentence.words)), _stems(line.words)
    return sentence.sentence and 2 * sum(part in stems for part in parts) >= len(parts) > 0


def _is_between(line: Line) -> bool:
    """Whether a line is a few words without a stop that may part a headline from its article: buttons, a byline."""
    return not line.sentence and line.word_count <= MOST_BETWEEN and (line.flagged or ":" in line.text)


def _is_over_standfirst(lines: Sequence[Line], lexicon: Lexicon) -> bool:
    """Whether a text begins with a short line over a much longer one without a stop, its standfirst, and a sentence."""
    if len(lines) < LEAST_BELOW or not all(line.kept for line in lines[:LEAST_BELOW]):
        return False
    first, second, third = lines[:LEAST_BELOW]
    return _has_standfirst(first, second) and not second.sentence and third.sentence and _may_be_headline(first, lexicon)


def _has_standfirst(first: Line, second: Line) -> bool:
    """Whether a line is a headline by its length and that of the line below it."""
    shorter = LEAST_OVER - 1 <= first.word_count <= LONGEST_OVER * second.word_count and second.word_count >= LEAST_OF_LONG
    return shorter and first.text[-1].isalnum() and not first.text.isupper()


def _is_over_sentences(lines: Sequence[Line], lexicon: Lexicon) -> bool:
    """Whether a text begins with a line without a stop, and all that follows but for a line or two are sentences with one of its words, in
    whatever form."""
    line, rest = lines[0], lines[1:]
    if (
        len(rest) < LEAST_BELOW
        or not line.kept
        or not LEAST_OVER - 1 <= line.word_count <= MOST_OVER
        or not line.text[-1].isalnum()
    ):
        return False
    sentences = sum(other.sentence for other in rest if other.kept)
    others = sum(other.kept and other.text[0] not in _BULLETS for other in rest) - sentences
    if sentences < LEAST_BELOW or others > MOST_AMONG or not _may_be_headline(line, lexicon) or line.text[0] in _BULLETS:
        return False
    stems = {stem for other in rest for stem in _stems(other.words)}
    return any(stem in stems for stem in _stems(line.words))


def _is_over_entries(lines: Sequence[Line], lexicon: Lexicon) -> bool:
    """Whether a text begins with a line without a stop, and what follows are the turns of an interview, a live blog or the like, with
    a sentence or two that introduce them. A quotation in whole may be their headline too."""
    line, rest = lines[0], lines[1:]
    quoted = line.text[0] in _OPENING_MARKS and line.text[-1] in _CLOSING_MARKS and line.text[:-1].rstrip()[-1:].isalnum()
    least = LEAST_OVER - 1 - quoted
    worded = line.kept and least <= line.word_count <= MOST_OVER and (quoted or line.text[-1].isalnum())
    entries = sum(other.entry for other in rest)
    introduced = all(other.entry or other.sentence for other in rest)
    return worded and introduced and LEAST_BELOW <= entries >= len(rest) - MOST_AMONG and _may_be_headline(line, lexicon)


def _stems(words: Sequence[str]) -> list[str]:
    """The first letters of the longer words; of Korean ones, each letter of which is a syllable, the first two."""
    sizes = ((word, SYLLABLES if "가" <= word[0] <= "힣" else STEM) for word in words)
    return [word[:size] for word, size in sizes if len(word) >= size]


def _over_standfirst(lines: Sequence[Line], places: Sequence[int], scores: Sequence[float]) -> int:
    """The place of the best candidate, or the one directly over it where that scores nearly as well, or is the first line of the page and
    much shorter: of two such lines the second is the standfirst."""
    best = scores.index(max(scores))
    if best and places[best - 1] == places[best] - 1 == 0 and lines[0].kept and _has_standfirst(lines[0], lines[1]):
        return 0
    margin = MARGIN_AT_TOP if best and places[best - 1] == 0 and lines[0].kept else STANDFIRST_MARGIN
    if best and places[best - 1] == places[best] - 1 and scores[best - 1] > scores[best] - margin:
        above, below = lines[places[best - 1]], lines[places[best]]
        if above.kept == below.kept and above.word_count >= LEAST_OVER and above.folded != below.folded:
            return places[best - 1]
    return places[best]


def _chance(scores: Sequence[float]) -> float:
    """The chance of the best candidate among the others and giving none (which scores 0); 0 where none is better."""
    best = max(scores)
    if best < 0:
        return 0.0
    return 1 / (math.exp(-best) + sum(math.exp(score - best) for score in scores))


def without_site(title: str) -> str:
    """A page title without the name of the site after a bar.

    >>> without_site("Bridge to close for two years | Eastbrook Courier"), without_site("Weather | Markets")
    ('Bridge to close for two years', 'Weather | Markets')
    """
    headline, name = behind_last(title, "|") if "|" in title else ("", "")
    return headline if 2 <= len(name) <= LONGEST_SITE and len(headline.split()) >= LEAST_BEFORE_SITE else title


def candidates(lines: Sequence[Line], start: int, lexicon: Lexicon) -> list[int]:
    """Places of the lines that may be the headline of a body that starts at `start`."""
    kept = [place for place in range(start, min(start + 2 * INTO_BODY, len(lines))) if lines[place].kept][:INTO_BODY]
    opened = next((n for n, place in enumerate(kept) if _opens(lines, place, lexicon)), None)
    if opened is not None:  # below the article's first sentence at the top of a page nothing is its headline
        kept = kept[: opened + 1]
    end = kept[-1] + 1 if kept else len(lines)
    near = range(max(0, start - REACH), end)
    return [place for place in near if _may_be_headline(lines[place], lexicon) and not _is_item(lines, place)]


def _is_item(lines: Sequence[Line], place: int) -> bool:
    """Whether a line and one next to it have the same bullet: they are a list."""
    bullet = lines[place].text[0]
    return bullet in _BULLETS and any(
        0 <= other < len(lines) and lines[other].text[0] == bullet for other in (place - 1, place + 1)
    )


def _may_be_headline(line: Line, lexicon: Lexicon) -> bool:
    if (
        line.entry
        or line.label is not None
        or line.sure is not None
        or line.name
        or line.reason.startswith(CARD)
        or not 2 <= line.word_count <= 32
        or len(line.text) > 220
    ):
        return False
    if line.kept and _is_statement(line, lexicon):
        return False
    if (
        line.credited
        or (line.weak is not None and line.weak.kind in _NEVER)
        or _is_byline(line, lexicon)
        or len(_SEPARATED.findall(line.text)) > 1
        or gives_facts(line)
    ):
        return False
    if _is_date_line(line, lexicon):
        return False
    if line.kept:
        return not line.sentence or (_INSIDE_STOP.search(line.text) is None and line.word_count <= 20)
    return True


def gives_facts(line: Line) -> bool:
    """Whether a line gives several things behind their labels, some in figures, as over a review: who tested it, price, address."""
    return len(_LABELLED.findall(line.text)) > 1 and any(map(str.isdigit, line.text)) and not line.sentence and not line.dated


def _opens(lines: Sequence[Line], place: int, lexicon: Lexicon) -> bool:
    """Whether nothing but kept lines stands above a statement of the article."""
    line = lines[place]
    stated = _is_statement(line, lexicon) and line.word_count >= LEAST_OF_A_STATEMENT and not line.flagged
    return stated and all(above.kept for above in lines[:place])


def _is_statement(line: Line, lexicon: Lexicon) -> bool:
    """Whether a line is a sentence with a full stop, not that of an abbreviation: "… in the U.S." may be a headline."""
    return line.sentence and line.text[-1] not in "?!" and not _is_abbreviated(line.text, lexicon)


@functools.cache
def _abbreviated(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"(?:\.\.\.|\b(?:[A-Z]\.){{2,}}|\b{alternation(lexicon.words.abbreviations)})$")


def _is_abbreviated(text: str, lexicon: Lexicon) -> bool:
    """Whether the stop at the end of a line is that of an abbreviation or of an ellipsis."""
    if text[-3:-2] != "." and not text.endswith(tuple(lexicon.words.abbreviations)):
        return False
    return _abbreviated(lexicon).search(text, max(0, len(text) - LONGEST_ABBREVIATION)) is not None


def _is_date_line(line: Line, lexicon: Lexicon) -> bool:
    """Whether a line is little more than a date, or starts with one."""
    found = find_date(line.folded, lexicon)
    return found is not None and (found.start <= LABEL or found.end - found.start >= DATE_SHARE * len(line.text))


def _is_byline(line: Line, lexicon: Lexicon) -> bool:
    """Whether a line starts with "By" and a capital."""
    if line.word_count > 14 or not line.folded.startswith(lexicon.byline_words):
        return False
    return any(
        line.folded.startswith(word + " ") and line.text[len(word) + 1 : len(word) + 2].isupper() for word in lexicon.byline_words
    )


def describe(lines: Sequence[Line], places: Sequence[int], start: int, lexicon: Lexicon) -> list[dict[str, float]]:
    """What the score of each candidate is made of."""
    body_words = frozenset().union(
        *[line.content_words for line in lines[start : start + BODY_LINES] if line.sentence and line.kept]
    )
    folded = [line.folded for line in lines]
    overlaps = {place: _overlap(lines[place], body_words) for place in places}
    unspaced = [place for place in places if not lines[place].text.isascii() and UNSPACED.search(lines[place].text)]
    if unspaced:
        body = [line.folded for line in lines[start : start + BODY_LINES] if line.sentence and line.kept]
        pairs = frozenset(pair for text in body for pair in _pairs(text))
        overlaps |= {place: _share(_pairs(lines[place].folded), pairs) for place in unspaced}
    return [_describe(lines, place, start, lexicon, overlaps, folded) for place in places]


def _describe(
    lines: Sequence[Line], place: int, start: int, lexicon: Lexicon, overlaps: Mapping[int, float], folded: Sequence[str]
) -> dict[str, float]:
    line = lines[place]
    count = line.word_count
    stop = line.text.rstrip("\"'”’").endswith(_STOPS) and not _is_abbreviated(line.text, lexicon)
    before = [overlaps[i] for i in range(place - NEIGHBOURS, place) if i in overlaps and lines[i].word_count >= 4]
    after = [overlaps[i] for i in range(place + 1, place + 1 + NEIGHBOURS) if i in overlaps and lines[i].word_count >= 4]
    return {
        "none": 1.0,
        "overlap": overlaps[place],
        "words": count,
        "few_words": count <= 3,
        "many_words": max(0, count - 16),
        "stop": stop and not line.sentence,
        "sentence_stop": stop and line.sentence,
        "repeats": folded.count(line.folded) - 1,
        "distance": math.log1p(max(start - place, 0)),
        "kept": line.kept,
        "first": place == 0,
        "gap": line.gap > 0,
        "repeated": line.bucket > 0,
        "repeated_often": line.bucket >= 5,
        "bullet": line.text[0] in _BULLETS,
        "separated": len(_SEPARATED.findall(line.text)) == 1,
        "weak": line.weak is not None,
        "weak_caption": line.weak is not None and line.weak.kind == BlockKind.CAPTION,
        "dated": find_date(line.folded, lexicon) is not None,
        "anchor_after": _anchor(lines, range(place + 1, min(place + 1 + ANCHOR_REACH, len(lines))), lexicon),
        "anchor_before": _anchor(lines, range(place - 1, max(place - 3, -1), -1), lexicon),
        "better_before": max(before, default=0.0),
        "text_before": len(before) > 0,
        "text_after": len(after) > 0,
    }


def share_in_lead(line: Line, lead: Sequence[Line], lexicon: Lexicon) -> float:
    """The share of a line's longer words but for those of grammar that stand in the lines of the lead, in whatever form; 1 where it has none. Where no blanks
    part words, of its pairs of letters."""
    if not line.text.isascii() and UNSPACED.search(line.text):
        return _share(_pairs(line.folded), frozenset(pair for other in lead for pair in _pairs(other.folded)))
    stems = _stems([word for word in line.words if word not in lexicon.words.function_words])
    return _share(stems, frozenset(stem for other in lead for stem in _stems(other.words))) if stems else 1.0


def stands_over_date_or_byline(lines: Sequence[Line], place: int, lexicon: Lexicon) -> bool:
    """Whether the next line is a date, a time or a byline."""
    timed = place + 1 < len(lines) and not lines[place + 1].entry and is_time_alone(lines[place + 1])
    return timed or _anchor(lines, range(place + 1, min(place + 2, len(lines))), lexicon) > 0


def _overlap(line: Line, body_words: frozenset[int]) -> float:
    return _share(line.content_words, body_words)


def _share(of: Sequence[T], known: frozenset[T]) -> float:
    return sum(one in known for one in of) / max(len(of), 1)


def _pairs(text: str) -> list[str]:
    """The pairs of letters of a text, which stand for words where no blanks part them."""
    return [one + other for one, other in itertools.pairwise(text) if one.isalnum() and other.isalnum()]


def _anchor(lines: Sequence[Line], places: Sequence[int], lexicon: Lexicon) -> float:
    """How near the next date or byline is: 1 for the next line, 1/2 for the one after it; 0 where there is none."""
    for distance, place in enumerate(places, 1):
        line = lines[place]
        if line.kind in _ANCHORS or line.name or _is_byline(line, lexicon):
            return 1 / distance
        counts = line.counts
        if counts[6] and counts[7]:
            return 1 / distance
    return 0.0
