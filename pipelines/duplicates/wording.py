"""What the wording of two texts says that counted words do not: capitals, sentences, lists.

Looks only at pairs that are asked for, as strings. What a pair is called by the answers is said in `kinds`.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Callable
from ctypes import string_at
from functools import partial
from typing import NamedTuple

import numpy as np

from pipelines.duplicates.kernels.shapes import LocatedPassages, Places
from pipelines.duplicates.sketching import TextBuffers
from pipelines.lexicons import languages_with, read_language_file

_TOKEN = re.compile(r"\d+(?:[.,:/-]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
_FULL_STOP = re.compile(r"(?<=[^\W\d_]{3})[.!?…]|[。！？]")  # not of an initial or a short form such as "No."

_ENTRY = re.compile(r"\s*((?:[^\W\d_]+ ){1,3}?)(\d+)\b(?=\s+[^\W\d_]|\s*\()")
_LABEL = re.compile(r"\s*([^\W\d_]+):\s")

_MOST_PARAGRAPHS = 2  # of a closing passage; more are the body of a story
# A long word by its first letters; of scripts without blanks or with short words, two letters: Han, katakana, Hangul.
_TERM = re.compile("(?=([\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]{2}))|(?<![^\\W\\d_])([^\\W\\d_]{5,6})[^\\W\\d_]*")
_MIN_TERMS = 4
_TERMS_SHARED = 0.25  # of the beginning that has fewer

_LEAD_BYTES = 1200  # of a text that are read for its lead
_LEAD_WORDS = 8  # a line with fewer is a headline, a byline or a credit
_MAX_LEAD = 40  # words of a lead
_MAX_SLOT = 6  # words that stand in the place of others; more are a sentence written again
_MIN_REPLACED = 2  # facts
_ONLY_NUMBERS = 4  # by which more have others in their place than are kept: a form without names
_SAME_FORM = 0.5  # of the words of either lead that are no facts
_SPELLED_ALIKE = 0.6  # letters in common of two spellings of a name

_SLOT_LETTERS = 4  # of a word without a capital that says what is reported
_MIN_SLOTS = 2
_MOST_FACTS = 2  # names and numbers in common anywhere, above which two texts report one event
_FRAME = 0.4  # of the words of a lead that stay, the first ones among them
_LISTED_DAYS = 3  # kept days of the week, from which on a lead is a plan of the week, and its days are no facts
_MIN_SIGN_SLOTS = 5  # of a lead in a script without blanks
_SIGN = re.compile("[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|\\d+")
_SIGN_LEAD = 120  # signs that are read as the lead
_OF_SIGNS = 0.5  # of the letters of a text, from which on it is in such a script

_MANY_CAPITALS = 0.25  # of the small words and names of a lead, from which on nouns have capitals and tell no facts
_LONG_WEEKDAY = 5  # letters; shorter names of weekdays are short forms and other words

_NOISY_BYTES = 1600  # of two texts that are read, from the first passage in common, where one may be a noisy copy
_BEFORE_BYTES = 160  # and as many before it: the name that a form begins with is in no passage
_MIN_UNLIKE = 4  # words in the place of quite other ones
_UNLIKE = (
    2  # times as many as words that are spelled nearly the same; of 6,889 pairs of noisy copies of the development set one has more
)

_MIN_LISTED = 20  # words of a passage that is judged as a list
_MAX_LISTED = 1000
_LIST_CAPITALS = 0.7  # of the words of a passage, from which on it is a list of names
_TEXT_CAPITALS = 0.4  # of the words of the whole text, above which capitals say nothing
_REPEATS_UP_TO, _REPEATED = 150, 0.5  # a passage of so few words, of which no more than this share are different


class _Token(NamedTuple):
    folded: str
    number: bool
    name: bool
    weekday: bool

    @property
    def fact(self) -> bool:
        return self.number or self.name


def other_facts(
    texts: TextBuffers, rows: tuple[np.ndarray, np.ndarray], asked: np.ndarray, noisy: np.ndarray, passages: LocatedPassages
) -> np.ndarray:
    """Of the pairs `asked` (bool) for: do their leads name other persons, places, days or numbers in the same words (bool)? Of the pairs that may be
    `noisy` copies (bool): do quite other words stand in the places of words?"""
    found = np.zeros(len(asked), bool)
    for pair in np.flatnonzero(asked):
        one, other = (_decoded(texts.places(side[[pair]]), 0, _LEAD_BYTES) for side in rows)
        found[pair] = any(differ(one, other) for differ in _DIFFERENCES)
    for pair in np.flatnonzero(noisy):
        some = slice(passages.starts[pair], passages.ends[pair])
        begins = passages.spans[some][passages.in_order[some]][:, [0, 2]].min(axis=0).tolist()
        one, other = (
            _decoded(texts.places(side[[pair]]), max(0, begin - _BEFORE_BYTES), begin + _NOISY_BYTES)
            for side, begin in zip(rows, begins, strict=True)
        )
        found[pair] = words_are_others(one, other)
    return found


def labels_differ(one: str, other: str) -> bool:
    """Whether two texts of one form begin with another word before a colon, and quite other words stand in their slots: horoscopes.

    >>> text = "Aries: a good day for letters. A friend calls at 4 and brings bread."
    >>> other = text.replace("Aries", "Virgo").replace("letters", "walks").replace("friend", "cousin").replace("bread", "tools")
    >>> labels_differ(text, other), labels_differ(text, other.replace("Virgo", "Aries"))
    (True, False)
    """
    labels = [match[1].casefold() for text in (one, other) if (match := _LABEL.match(text)) is not None]
    return len(set(labels)) == 2 and words_are_others(one, other)


def entries_differ(one: str, other: str) -> bool:
    """Whether two texts begin with one name and another number, which a small letter follows: entries of a list, and no score or toll.

    >>> entries_differ("Velda 12 is an outer moon of Osk.", "Velda 13 is an outer moon of Osk.")
    True
    >>> entries_differ("Osk 1 Velda 0 after an hour.", "Osk 2 Velda 0 at the end."), entries_differ("At least 12 died.", "At least 13 died.")
    (False, False)
    """
    found = [_ENTRY.match(text) for text in (one, other)]
    if not all(
        match and match[1].istitle() and not text[match.end() :].lstrip()[:1].isupper()
        for match, text in zip(found, (one, other), strict=True)
    ):
        return False
    a, b = (match.groups() for match in found if match)
    return a[0] == b[0] and a[1] != b[1]


def words_are_others(one: str, other: str) -> bool:
    """Whether two texts of like letters differ in words, not in letters: noise changes letters of a word, and the word stays recognisable; in a form that is
    filled in again, quite other words stand in its slots.

    >>> words_are_others("A bus hit a wall in Osk on Monday, Ann Roe said.", "A train left a track at Ulm on Friday, Jim Poe said.")
    True
    >>> words_are_others("A bus hit a wall in Osk on Monday, Ann Roe said.", "A bvs h1t a wa1l in 0sk on Mondav, Ann Rce said.")
    False
    >>> words_are_others("High water at 5:12 (4.1 m), 17:40 (4.3 m).", "High water at 5:58 (4.2 m), 18:27 (4.4 m).")
    True
    """
    a, b = ([match[0].casefold() for match in _TOKEN.finditer(text)] for text in (one, other))
    alike = unlike = figures = 0
    for tag, a0, a1, b0, b1 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            figures -= sum(word[0].isdigit() for word in a[a0:a1])
        elif tag == "replace" and max(a1 - a0, b1 - b0) <= _MAX_SLOT:
            figures += min(sum(word[0].isdigit() for word in side) for side in (a[a0:a1], b[b0:b1]))
            some, others = " ".join(a[a0:a1]), " ".join(b[b0:b1])
            if difflib.SequenceMatcher(None, some, others, autojunk=False).ratio() < _SPELLED_ALIKE:
                unlike += min(a1 - a0, b1 - b0)
            elif not (some[0].isdigit() and others[0].isdigit()):  # a digit read wrongly and another number look the same
                alike += min(a1 - a0, b1 - b0)
    return (unlike >= _MIN_UNLIKE and unlike > _UNLIKE * alike) or (figures >= _MIN_UNLIKE and figures > _UNLIKE * alike)


def leads_differ_in_facts(one: str, other: str) -> bool:
    """Whether the leads of two texts put other facts into one form: at least two numbers or names in the place of others, and no
    fewer than are kept. One of them has to be a name, since the number of victims grows in updates too; or it is
    four numbers more than are kept.

    >>> form = "{}, of Osk, died at home on Monday, after a long and heavy illness of the lungs."
    >>> leads_differ_in_facts(form.format("Ann Roe, 84"), form.format("Jim Poe, 91"))
    True
    >>> leads_differ_in_facts("At least 12 people died in Osk on Monday.", "At least 19 people died in Osk on Monday.")
    False
    """
    a, b = _lead(one), _lead(other)
    aligned = difflib.SequenceMatcher(None, [token.folded for token in a], [token.folded for token in b], autojunk=False)
    replaced = names = kept = same = figures = 0
    nouns = all(_writes_nouns_with_capitals(tokens) for tokens in (a, b))
    for tag, a0, a1, b0, b1 in aligned.get_opcodes():
        if tag == "equal":
            facts = sum(token.fact for token in a[a0:a1])
            kept += sum(token.number or token.weekday for token in a[a0:a1]) if nouns else facts
            figures -= sum(token.number for token in a[a0:a1])
            same += a1 - a0 - facts
        elif tag == "replace" and max(a1 - a0, b1 - b0) <= _MAX_SLOT:
            numbers = min(sum(token.number for token in a[a0:a1]), sum(token.number for token in b[b0:b1]))
            others = _other_names(a[a0:a1], b[b0:b1])
            replaced += max(numbers, numbers + others - sum(token.number and token.name for token in a[a0:a1]))
            names += others
            figures += numbers
    form = max(sum(not token.fact for token in tokens) for tokens in (a, b))
    filled_in = names > 0 or figures >= _ONLY_NUMBERS
    return filled_in and replaced >= max(_MIN_REPLACED + nouns, kept) and same >= _SAME_FORM * form


def slots_differ(one: str, other: str) -> bool:
    """Whether the leads of two texts put quite other words, of which some may have small letters, into one form, and keep no fact: menus, burglaries,
    pollen. A day that is another one weighs as much as a kept fact, and so does a number where the other words are quite others too. The days of a plan of the week are
    no facts. Words for numbers alone say nothing, since they grow in updates; where nouns have capitals, only another day does.

    >>> slots_differ("Thieves broke into a bakery at night and took two sacks of coins.", "Thieves broke into a school at night and took four guitars.")
    True
    >>> slots_differ("Two people died and three were hurt when a bus fell into a river.", "Four people died and nine were hurt when a bus fell into a river.")
    False
    >>> slots_differ("A court in Osk sent a baker to jail for four years over a bribe.", "A court in Osk sent a tailor to jail for two years over a theft.")
    True
    """
    a, b = _lead(one), _lead(other)
    slots = kept = frame = days = figures = 0
    nouns = _writes_nouns_with_capitals([*a, *b])
    for tag, a0, a1, b0, b1 in difflib.SequenceMatcher(
        None, [t.folded for t in a], [t.folded for t in b], autojunk=False
    ).get_opcodes():
        some, others = a[a0:a1], b[b0:b1]
        if tag == "equal":
            kept += sum(token.number or (token.name and not token.weekday and not nouns) for token in some)
            days += sum(token.weekday for token in some)
            frame += a1 - a0
        elif tag == "replace" and max(a1 - a0, b1 - b0) <= _MAX_SLOT:
            kept -= any(token.weekday for token in some) and any(token.weekday for token in others)
            figures += any(_is_figure(token) for token in some) and any(_is_figure(token) for token in others)
            slots += _says_other_things(some, others)
    plan = days >= _LISTED_DAYS
    kept += 0 if plan else days
    begin = [token.folded for token in a[:2]] == [token.folded for token in b[:2]]
    most_kept = -1 if nouns else int(figures > 0)
    form = begin and frame >= _FRAME * max(len(a), len(b)) and kept <= most_kept and slots >= _MIN_SLOTS
    common = (_facts(one) & _facts(other)) - (_weekdays() if plan else frozenset())
    return form and (nouns or len(common) <= _MOST_FACTS)


def signs_differ(one: str, other: str) -> bool:
    """Whether the leads of two texts in Han and kana, where no capital tells a name, put other signs into many slots of one form: quakes, accidents.

    >>> form = "{}日{}時ごろ、{}を震源とする地震があり、{}で震度{}を観測した。深さは約{}キロと推定される。"
    >>> one, other = form.format("4", "3", "港町沖", "東浜町", "4", "30"), form.format("5", "19", "白川湾", "北山村", "3", "60")
    >>> signs_differ(one, other), signs_differ(one, one.replace("震度4", "震度5"))
    (True, False)
    """
    if any(len(_SIGN.findall(text)) < _OF_SIGNS * len(text) for text in (one, other)):
        return False
    a, b = (_SIGN.findall(text)[:_SIGN_LEAD] for text in (one, other))
    codes = difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    slots = sum(tag == "replace" and max(a1 - a0, b1 - b0) <= _MAX_SLOT for tag, a0, a1, b0, b1 in codes)
    return slots >= _MIN_SIGN_SLOTS


_DIFFERENCES = (leads_differ_in_facts, labels_differ, slots_differ, entries_differ, signs_differ)


def _is_figure(token: _Token) -> bool:
    return token.number or token.folded in _number_words()


def _facts(text: str) -> set[str]:
    """Numbers and names of a text, without the first words of sentences."""
    found = re.finditer(r"(?<=[^.!?:…\s] )(?:\d[\d.,:]*|[^\W\d_]+)", text)
    return {match[0].casefold() for match in found if match[0][0].isdigit() or match[0][0].isupper()}


def _says_other_things(some: list[_Token], others: list[_Token]) -> bool:
    """Whether the words of two slots, without short ones, numbers and days, are not spelled alike."""
    a, b = (
        " ".join(
            t.folded for t in side if len(t.folded) >= _SLOT_LETTERS and not (t.number or t.weekday or t.folded in _number_words())
        )
        for side in (some, others)
    )
    return bool(a and b) and difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() < _SPELLED_ALIKE


def _writes_nouns_with_capitals(tokens: list[_Token]) -> bool:
    """As German does: then a capital that stays says nothing of the facts."""
    words = [token for token in tokens if not (token.number or token.weekday)]
    return sum(token.name for token in words) >= _MANY_CAPITALS * len(words)


def _other_names(a: list[_Token], b: list[_Token]) -> int:
    """How many names have others in their place. Spelled nearly the same, it is one name: corrected, or read wrongly."""
    some, others = ([token for token in tokens if token.name] for tokens in (a, b))
    alike = sum(any(_is_same_name(name, other) for other in others) for name in some)
    return max(0, min(len(some), len(others)) - alike)


def _is_same_name(one: _Token, other: _Token) -> bool:
    """Monday is not Sunday, though most of its letters are."""
    return one.folded == other.folded if one.weekday and other.weekday else _spelled_alike(one.folded, other.folded)


def _spelled_alike(one: str, other: str) -> bool:
    return not one[0].isdigit() and difflib.SequenceMatcher(None, one, other, autojunk=False).ratio() >= _SPELLED_ALIKE


def closings(texts: TextBuffers, rows: tuple[np.ndarray, np.ndarray], asked: np.ndarray, passages: LocatedPassages) -> np.ndarray:
    """Of the pairs `asked` (bool) for: do they report other things before all that they share, of which the longest passage is no more than two
    paragraphs (bool)?"""
    found = np.zeros(len(asked), bool)
    for pair in np.flatnonzero(asked):
        spans = passages.spans[passages.starts[pair] : passages.ends[pair]]
        first, last = spans[np.argmax(spans[:, 1] - spans[:, 0]), :2].tolist()
        passage = _decoded(texts.places(rows[0][[pair]]), first, last)
        begins = spans[:, [0, 2]].min(axis=0).tolist()
        one, other = (_decoded(texts.places(side[[pair]]), 0, begin) for side, begin in zip(rows, begins, strict=True))
        paragraphs = sum(bool(line.strip()) for line in passage.splitlines())
        found[pair] = paragraphs <= _MOST_PARAGRAPHS and report_other_things(one, other)
    return found


def report_other_things(one: str, other: str) -> bool:
    """Whether two beginnings share hardly a long word or a name; false where they have too few to say.

    >>> one = "The rowers of Osk won the spring race on Saturday after their rivals had led until the last bend."
    >>> other = "Timber prices rose again because sawmills in the north lack workers, dealers said."
    >>> report_other_things(one, other), report_other_things(one, one)
    (True, False)
    """
    a, b = ({(match[1] or match[2]).casefold() for match in _TERM.finditer(text)} for text in (one, other))
    fewer = min(len(a), len(b))
    return fewer >= _MIN_TERMS and len(a & b) <= _TERMS_SHARED * fewer


def listed(texts: TextBuffers, rows: np.ndarray, asked: np.ndarray, passages: LocatedPassages) -> np.ndarray:
    """Of the pairs `asked` (bool) for: is the longest passage that they share a list of names, or one line over and over (bool)?

    `rows` are those of the left texts.
    """
    found = np.zeros(len(asked), bool)
    for pair in np.flatnonzero(asked):
        spans = passages.spans[passages.starts[pair] : passages.ends[pair], :2]
        if len(spans):
            first, last = spans[np.argmax(spans[:, 1] - spans[:, 0])].tolist()
            text = texts.places(rows[[pair]])
            found[pair] = is_list(_decoded(text, first, last), partial(_decoded, text, 0, int(text.sizes[0])))
    return found


def is_list(passage: str, whole: Callable[[], str]) -> bool:
    """Whether a passage is a list of names in a text of sentences, or one line over and over. `whole()` gives the text around it.

    >>> is_list("Share on Post (opens in a new window) " * 4, str)
    True
    >>> is_list("The council voted on Tuesday to close the old ferry terminal at Osk after engineers had warned that it may fall.", str)
    False
    """
    words = passage.split()
    if not _MIN_LISTED <= len(words) <= _MAX_LISTED:
        return False
    if len(words) <= _REPEATS_UP_TO and len({word.casefold() for word in words}) <= _REPEATED * len(words):
        return True
    if _capitals(words) < _LIST_CAPITALS:
        return False
    around = whole().replace(passage, " ").split()
    return bool(around) and _capitals(around) <= _TEXT_CAPITALS


def _capitals(words: list[str]) -> float:
    return sum(word[:1].isupper() for word in words) / len(words)


def _lead(text: str) -> list[_Token]:
    """The tokens of the first sentence, from the first line on that is long enough for one."""
    for line in text.splitlines():
        if len(_TOKEN.findall(line)) >= _LEAD_WORDS:
            end = _FULL_STOP.search(line)
            while end and len(_TOKEN.findall(line[: end.start()])) < _LEAD_WORDS:
                end = _FULL_STOP.search(line, end.end())
            return _tokens(line[: end.start()] if end else line)[:_MAX_LEAD]
    return []


def _tokens(sentence: str) -> list[_Token]:
    """A capital makes a name, but not of the first word, unless another one follows. So does a number behind a name, "Lane 15", and a weekday is one
    with a small letter too."""
    found = list(_TOKEN.finditer(sentence))
    capitals = [match[0][0].isupper() for match in found]
    tokens = []
    for place, match in enumerate(found):
        number = match[0][0].isdigit()
        follows = place > 0 and capitals[place - 1] and match.start() == found[place - 1].end() + 1
        first = place == 0 and not (len(found) > 1 and capitals[1])
        folded = match[0].casefold()
        weekday = folded in _weekdays()
        tokens.append(_Token(folded, number, weekday or (capitals[place] and not first) or (number and follows), weekday))
    return tokens


@functools.cache
def _weekdays() -> frozenset[str]:
    """The names of the days of the week in all languages that have a folder, casefolded."""
    from pipelines.cleaning.language_files import DatesFile  # only the few pairs that hang on it pay for it

    files = (read_language_file(code, "dates", DatesFile) for code in languages_with("dates"))
    return frozenset(day.casefold() for file in files for day in file.weekdays if len(day) >= _LONG_WEEKDAY)


@functools.cache
def _number_words() -> frozenset[str]:
    """The words for numbers in all languages that have a file for them, folded as in the file."""
    from pipelines.statement_words import StatementsFile  # only the few pairs that hang on it pay for it

    files = (read_language_file(code, "statements", StatementsFile) for code in languages_with("statements"))
    return frozenset(word for file in files for word in file.numbers)


def _decoded(text: Places, first: int, last: int) -> str:
    """The characters of bytes `first` to `last` of one text."""
    size = min(last, int(text.sizes[0])) - first
    return string_at(int(text.addresses[0]) + first, size).decode("utf-8", "ignore") if size > 0 else ""
