"""Lines that are short because of what they are: questions and answers, speech, the times of a live blog, days, results, verse.

One by one they look like menus and links. Together they have a form that menus lack. What becomes of them is decided in `verdicts.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from pipelines.cleaning.announced import announced_items, facts, ingredients, priced
from pipelines.cleaning.dates import find_date, find_day, is_date_alone
from pipelines.cleaning.lexicon import Lexicon
from pipelines.cleaning.life_days import is_of_a_life
from pipelines.cleaning.lines import Line, near
from pipelines.cleaning.readers_letters import letters
from pipelines.vocabulary import BlockKind

LONGEST_LABEL = 40  # characters of who speaks
MAX_LABEL_WORDS = 4
MIN_TURNS, MIN_OF_SPEAKER = 4, 2  # of an interview, and of each who speaks in it
MIN_TURN_SHARE = 0.3  # of the lines from the first turn to the last
MIN_ENTRIES = 3  # of a live blog, a tour or a numbered list
MAX_BETWEEN = 12  # lines of one entry of a live blog, and of a turn
LONGEST_CLOCK = 12  # characters of a line that is a time and nothing else
MAX_BELOW = 3  # lines of its last entry
MIN_SENTENCES = 0.5  # share of its lines under which a list of times or numbers leads to other stories
OPENING = 28  # characters in which the day of an entry stands
MIN_VERSES, MAX_VERSE_WORDS, MIN_VERSE_WORDS = 4, 12, 3
MIN_RUN_ON = 0.5  # share of verses that run on: they begin small or end in a comma
MIN_GRAMMAR = 0.2  # share of words of grammar in verse
MIN_REFRAINS, MAX_STANZA = 3, 12  # times that a refrain stands, and lines from one to the next
_TITLED = r"(?:[^\W\d_]{1,5}\. ?){0,2}"  # "SEN. ", "MR. ", "J. P. "
_SPEAKER = re.compile(rf"[-–—•* ]*({_TITLED}[^\W\d_][^:：.!?\"“»]{{0,38}}?) ?[:：] ?(?=\S|$)|([A-Z])\. (?=\S)")
_RESULT = re.compile(
    r"(?<![\d:.-])\d{1,3} ?[-–:] ?\d{1,3}(?![\d:.-])|[^\W\d_]\)? \d{1,3},? ?[-–]? ?[^\W\d_][^\d:]{2,40} \d{1,3}$|^[^\d:]{2,30}: \d{1,3}(?:,\d{3})*$"
    r"|^[^\W\d_][^\d:.]{4,40} \d{1,3}(?:,\d{3})*$"
)
_TIMES = (BlockKind.TIMESTAMP, BlockKind.DATE_STAMP)
_SPEECH = '"“«„»—–'
_BRACKETS = ("()", "[]")
_DIGIT = re.compile(r"\d")
_BULLETS = "-–—•*[( "
_CLOCK = re.compile(r"[-–—•*\[( ]*\d{1,2}[:.h]\d\d(?!\d)(?![.:]\d)")
_NUMBER = re.compile(r"(\d{1,2})[.)] ?(?=[^\d\s])")
_FRACTIONS = "½⅓¼⅔¾⅛"
_ASKING = "?？؟"
_STOPS = '.!?…。！？؟"”’»“'
_OPENING = "\"“«„'’("
_RUNNING_ON = ",;—–，、；"


def mark_entries(lines: Sequence[Line], lexicon: Lexicon) -> None:
    """Sets `entry` of every line that belongs to such a form, and takes it from those that no longer do."""
    labelled: list[int] = []
    speech: list[int] = []
    items: list[int] = []
    questions: list[int] = []
    short: list[int] = []
    running_on: list[int] = []
    dated: list[int] = []
    for place, line in enumerate(lines):
        line.entry = False
        marked = line.label is not None or line.hits
        text = line.text
        if line.kept and line.label is None and line.sure is None and line.sentence and marked and ":" in text[1:LONGEST_LABEL]:
            labelled.append(place)  # words of an introduction that a speaker says
        if not line.kept or (marked and not _is_time(line)):
            continue
        first, last = text[0], text[-1]
        if not first.isalpha():
            if first.isdigit() or first in _BULLETS or first in _FRACTIONS:
                items.append(place)
            if first in _SPEECH and not marked and _ends(line):
                speech.append(place)
        if not line.sentence and line.dated:
            dated.append(place)
        if not marked:
            opening = text[1:LONGEST_LABEL]
            if ":" in opening or "：" in opening or opening[:2] == ". ":
                labelled.append(place)
            if last in _ASKING:
                questions.append(place)
        if line.word_count <= MAX_VERSE_WORDS:
            short.append(place)
            if line.word_count >= MIN_VERSE_WORDS and (first.islower() or last in _RUNNING_ON):
                running_on.append(place)
    found: set[int] = set(announced_items(lines, lexicon))
    found.update(place for place in dated if is_of_a_life(lines[place].folded, lexicon))
    found.update(letters(lines, lexicon))
    if len(labelled) >= MIN_ENTRIES - 1:
        found.update(facts(lines, lexicon))
    if len(labelled) >= MIN_TURNS:
        found.update(_turns(lines, _spoken(lines, labelled)))
    clocks = [place for place in items if _CLOCK.match(lines[place].text)] if len(items) >= MIN_ENTRIES - 1 else []
    if len(clocks) >= MIN_ENTRIES or (len(clocks) == MIN_ENTRIES - 1 and all(_heads_sentence(lines, place) for place in clocks)):
        found.update(_timed(lines, clocks))
    found.update(priced(lines))
    if len(items) >= MIN_ENTRIES - 1:
        found.update(ingredients(lines, lexicon))
    if len(items) >= MIN_ENTRIES:
        found.update(_numbered(lines, sorted(set(items).difference(clocks))))
        found.update(_announced(lines, items))
    days, results = _with_numbers(lines, short)
    found.update(_under_article(lines, days, lambda line: _begins_with_day(line, lexicon)))
    found.update(_under_article(lines, results, lambda line: _RESULT.search(line.text) is not None))
    if len(questions) >= MIN_ENTRIES:
        found.update(_questions(lines, questions))
    if len(speech) >= MIN_ENTRIES:
        found.update(place for run in _runs(speech) if len(run) >= MIN_ENTRIES for place in run)
    if len(running_on) >= MIN_RUN_ON * MIN_VERSES:
        with_day = sum(_begins_with_day(lines[place], lexicon) for place in set(running_on).intersection(days))
        if len(running_on) - with_day >= MIN_RUN_ON * MIN_VERSES:
            found.update(_verses(lines))
    if len(refrains := _refrains(lines)) >= MIN_REFRAINS:
        found.update(_sung(lines, refrains))
    for place in found:
        lines[place].entry = True


def _is_time(line: Line) -> bool:
    """Whether all that marks a line is that it says when."""
    kind = line.label or (line.sure.kind if line.sure else None)
    return kind in _TIMES


def _speaker(text: str) -> str | None:
    """Who speaks in a line: the last word of the name before the colon, "BRAND" of "OLA BRAND, HOST:"."""
    match = _SPEAKER.match(text)
    if match is None or text.startswith("//", match.end()):
        return None
    words = (match[1] or match[2]).split(",")[0].split()
    return words[-1].casefold() if len(words) <= MAX_LABEL_WORDS and not words[0][0].islower() else None


def _spoken(lines: Sequence[Line], labelled: Sequence[int]) -> list[tuple[int, str]]:
    """The lines in which somebody speaks, each once, and who."""
    spoken: list[tuple[int, str]] = []
    said: set[str] = set()
    for place in labelled:
        speaker = _speaker(lines[place].text)
        if speaker and lines[place].folded not in said:
            spoken.append((place, speaker))
            said.add(lines[place].folded)
    return spoken


def _turns(lines: Sequence[Line], spoken: Sequence[tuple[int, str]]) -> list[int]:
    """The turns of an interview: two speakers or more, each several times, one after the other, in sentences."""
    counts = Counter(speaker for _, speaker in spoken)
    turns = [(place, speaker) for place, speaker in spoken if counts[speaker] >= MIN_OF_SPEAKER]
    changes = sum(one != other for (_, one), (_, other) in pairwise(turns))
    if len(turns) < MIN_TURNS or len({speaker for _, speaker in turns}) < 2 or 2 * changes < len(turns) - 1:
        return []
    first, last = turns[0][0], turns[-1][0]
    worded = sum(_ends(lines[place]) or lines[place].text[-1] in ":：" for place, _ in turns)
    if len(turns) < MIN_TURN_SHARE * (last + 1 - first) or worded < MIN_SENTENCES * len(turns):
        return []
    within = [place for place, _ in spoken if first <= place <= last]
    heard = [first - 1] if first and lines[first - 1].kept and _is_heard(lines[first - 1]) else []
    return [*heard, *within, *_between(lines, within)]


def _between(lines: Sequence[Line], turns: Sequence[int]) -> Iterator[int]:
    """What stands between two turns that are near each other: the rest of an answer, and what is heard, though "(Pause)" be a button, too."""
    for one, other in pairwise(turns):
        if other - one <= MAX_BETWEEN:
            between = range(one + 1, other)
            yield from (place for place in between if lines[place].kept and (not lines[place].flagged or _is_heard(lines[place])))


def _is_heard(line: Line) -> bool:
    """Whether a line is a word or more in brackets, which a transcript has of sounds, and no rule hits it."""
    return not line.hits and line.text[0] + line.text[-1] in _BRACKETS and line.folded[1:-1].replace(" ", "").isalpha()


def _questions(lines: Sequence[Line], questions: Sequence[int]) -> Iterator[int]:
    """The questions of an interview without labels, each with a sentence below it, and the answers."""
    asked = [place for place in questions if _answer(lines, place)]
    for run in near(asked, MAX_BETWEEN):
        if len(run) >= MIN_ENTRIES:
            yield from (*run, *_between(lines, run), *_answer(lines, run[-1]))


def _answer(lines: Sequence[Line], place: int) -> list[int]:
    """The place of the sentence right below a line; nothing where there is none, or another question."""
    below = lines[place + 1] if place + 1 < len(lines) else None
    answers = below is not None and below.kept and not below.flagged and _ends(below) and below.text[-1] not in _ASKING
    return [place + 1] if answers else []


def _heads_sentence(lines: Sequence[Line], place: int) -> bool:
    """Whether a line is a time and nothing else, right over a line that ends with a stop."""
    return len(lines[place].text) <= LONGEST_CLOCK and bool(_answer(lines, place))


def _timed(lines: Sequence[Line], clocks: Sequence[int]) -> list[int]:
    """The entries of a live blog with the lines below each time; times over headlines lead to other stories."""
    found: list[int] = []
    texts: list[Line] = []
    for clock, after in pairwise([*clocks, len(lines)]):
        alone = len(lines[clock].text) <= LONGEST_CLOCK
        reach = MAX_BETWEEN if after < len(lines) else MAX_BELOW
        found.append(clock)
        texts += [] if alone else [lines[clock]]
        for place in range(clock + 1, min(after, clock + 1 + reach)):
            if lines[place].flagged or not lines[place].kept or (after == len(lines) and not _ends(lines[place])):
                break
            found.append(place)
            texts.append(lines[place])
    return found if texts and sum(map(_ends, texts)) >= MIN_SENTENCES * len(texts) else []


def _numbered(lines: Sequence[Line], items: Sequence[int]) -> list[int]:
    """The entries of a numbered list that are worded as sentences; numbered headlines are a box of what is read most."""
    numbers = [(place, int(match[1])) for place in items if (match := _NUMBER.match(lines[place].text))]
    runs: list[list[int]] = [[place] for place, _ in numbers[:1]]
    for (_, one), (place, other) in pairwise(numbers):
        if other == one + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    explained = [run for run in runs if len(run) >= MIN_ENTRIES and _is_explained(lines, run)]
    return [place for run in explained for place in (*run, *_between(lines, run), *_answer(lines, run[-1]))]


def _is_explained(lines: Sequence[Line], run: Sequence[int]) -> bool:
    """Whether most entries of a numbered list are sentences, or sub-headings with a sentence below."""
    below = sum(
        _ends(lines[place]) or (place + 1 < len(lines) and lines[place + 1].sentence and place + 1 not in run) for place in run
    )
    return below >= MIN_SENTENCES * len(run)


def _begins_with_day(line: Line, lexicon: Lexicon) -> bool:
    """Whether a line begins with a day and says more."""
    opening = line.folded[:OPENING]
    found = find_date(opening, lexicon) or find_day(opening, lexicon)
    says_more = found is not None and sum(map(str.isalpha, line.text[found.end :])) >= MIN_LETTERS
    return found is not None and says_more and found.start <= LONGEST_WEEKDAY and not is_date_alone(line.folded, lexicon)


def _announced(lines: Sequence[Line], items: Sequence[int]) -> Iterator[int]:
    """The items of a list that a line with a colon announces, by their bullets and numbers: ingredients, songs, products. Up to two short
    lines may stand between two of them: an item without a number, the next part's announcement, an address; with what announces them."""
    runs = [[items[0]]]
    for one, other in pairwise(items):
        between = lines[one + 1 : other]
        if len(between) <= MAX_BETWEEN_ITEMS and all(_may_be_item(line) for line in between):
            runs[-1].append(other)
        else:
            runs.append([other])
    for run in runs:
        above = lines[run[0] - 1] if run[0] else None
        if len(run) >= MIN_ENTRIES and above is not None and not above.flagged and above.kept and above.text[-1] in ":：":
            yield from range(run[0] - (above.word_count < MIN_ANNOUNCING), run[-1] + 1)


def _may_be_item(line: Line) -> bool:
    return line.kept and not line.flagged and line.word_count <= MAX_ITEM_WORDS and not line.sentence


MAX_BETWEEN_ITEMS, MAX_ITEM_WORDS = 2, 12
MIN_ANNOUNCING = 4  # words of a line that stays for itself where it announces a list
LONGEST_WEEKDAY, MIN_LETTERS = 12, 4  # characters before the day of an entry, and letters behind it


def _runs(places: Sequence[int]) -> list[list[int]]:
    """Places with at most one other between them, together."""
    return near(places, 2)


def _with_numbers(lines: Sequence[Line], short: Sequence[int]) -> tuple[list[int], list[int]]:
    """Short lines with a number that may begin with a day, and those that may give a result."""
    days: list[int] = []
    results: list[int] = []
    for place in short:
        line = lines[place]
        number = None if line.sentence else _DIGIT.search(line.text)
        if number is None:
            continue
        if number.start() < OPENING:
            days.append(place)
        if line.text[0].isalpha() and not line.flagged:
            results.append(place)
    return days, results


def _under_article(lines: Sequence[Line], places: Sequence[int], fits: Callable[[Line], bool]) -> Iterator[int]:
    """Days or results that stand one below the other, under a sentence of the article, under a word or two that announce them, or between the
    headline and the first sentence. `places`: of lines that may be some; whether they are is asked where enough stand together."""
    if len(places) < MIN_ENTRIES:
        return
    near = [place for run in _runs(places) if len(run) >= MIN_ENTRIES for place in run]
    for run in _runs([place for place in near if fits(lines[place])]):
        above = lines[run[0] - 1] if run[0] else None
        below = lines[run[-1] + 1] if run[-1] + 1 < len(lines) else None
        opens = run[0] <= 1 and below is not None and below.kept and below.sentence
        announced = above is not None and not above.flagged and (_ends(above) or above.text[-1] in ":：")
        if len(run) >= MIN_ENTRIES and (opens or announced):
            word_above = announced and lines[run[0] - 1].text[-1] in ":：" and lines[run[0] - 1].word_count < MIN_ANNOUNCING
            yield from range(run[0] - word_above, run[0])
            yield from run


def _runs_on(line: Line) -> bool:
    """Whether a short line is no end: the next goes on with its sentence."""
    return line.word_count >= MIN_VERSE_WORDS and (line.text[0].islower() or line.text[-1] in _RUNNING_ON)


def _verses(lines: Sequence[Line]) -> Iterator[int]:
    """The lines of verse: short ones of which most run on."""
    for run in near([place for place, line in enumerate(lines) if _may_be_verse(line)], 1):
        signs = [place for place in run if _runs_on(lines[place])]
        if signs:
            first = signs[0] - (lines[signs[0]].text[0].islower() and signs[0] > run[0])
            verses = range(first, run[-1] + 1)
            if len(verses) >= MIN_VERSES and len(signs) >= MIN_RUN_ON * len(verses) and _is_worded(lines[first : run[-1] + 1]):
                yield from verses


def _refrains(lines: Sequence[Line]) -> list[int]:
    """The places of the line that may be verse and stands most often, of those with most words."""
    places: dict[str, list[int]] = {}
    for place, line in enumerate(lines):
        if line.word_count <= MAX_VERSE_WORDS:
            places.setdefault(line.folded, []).append(place)
    often = [found for found in places.values() if len(found) >= MIN_REFRAINS and lines[found[0]].word_count > MIN_VERSE_WORDS]
    often = [found for found in often if all(_may_be_verse(lines[place]) for place in found)]
    return max(often, key=lambda found: (len(found), lines[found[0]].word_count), default=[])


def _sung(lines: Sequence[Line], refrains: Sequence[int]) -> list[int]:
    """The lines of a song whose refrain stands below different verses, as far apart from each other each time."""
    steps = {other - one for one, other in pairwise(refrains)}
    first = refrains[0] - min(steps) + 1
    verses = [place for place in range(max(first, 0), refrains[-1]) if place not in refrains]
    if len(steps) != 1 or not 2 <= min(steps) <= MAX_STANZA or first < 0:
        return []
    different = len({lines[place].folded for place in verses}) == len(verses)
    return [*verses, *refrains] if different and all(_may_be_verse(lines[place]) for place in verses) else []


def _may_be_verse(line: Line) -> bool:
    if not line.kept or line.flagged or not 2 <= line.word_count <= MAX_VERSE_WORDS:
        return False
    _, _, _, _, link, bullet, *_ = line.counts
    text = line.text
    opens = text[0].isalpha() or text[0] in _OPENING
    return opens and not link and not bullet and "|" not in text and not any(map(str.isdigit, text))


def _is_worded(verses: Sequence[Line]) -> bool:
    """Whether lines hold the words of grammar that lists of links lack, and no line stands twice in a row."""
    twice = any(one.folded == other.folded for one, other in pairwise(verses))
    return not twice and sum(line.counts[0] for line in verses) >= MIN_GRAMMAR * sum(line.word_count for line in verses)


def _ends(line: Line) -> bool:
    return line.text[-1] in _STOPS
