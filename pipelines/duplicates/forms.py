"""Two texts of one form with other facts in it, read as strings: capitals, numbers, days, and words in the place of other words.

Which pairs are read stands in `wording`, what they are called in `kinds`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import NamedTuple

from pipelines.folding import folded
from pipelines.lexicons import languages_with, read_language_file
from pipelines.slots import filled, side_by_side, spelled_alike
from pipelines.statement_words import number_words

_TOKEN = re.compile(r"\d+(?:[.,:/-]\d+|[ \xa0\u202f]\d{3}(?!\d))*|[^\W\d_]+(?:['’][^\W\d_]+)?")
_FULL_STOP = re.compile(r"(?<=[^\W\d_]{3})[.!?…]|[。！？]")  # not of an initial or a short form such as "No."

_ENTRY = re.compile(r"\s*((?:[^\W\d_]+ ){1,3}?)(\d+)\b(?=\s+[^\W\d_]|\s*\()")
_LABEL = re.compile(r"\s*([^\W\d_]+):\s")

_LEAD_WORDS = 8  # a line with fewer is a headline, a byline or a credit
_MAX_LEAD = 40  # words of a lead
_MAX_SLOT = 6  # words that stand in the place of others; more are a sentence written again
_MIN_REPLACED = 2  # facts
_ONLY_NUMBERS = 4  # by which more have others in their place than are kept: a form without names
_OTHER_LETTERS = 0.35  # of a name in several words, in words that are no other spelling of those in their place
_SAME_FORM = 0.5  # of the words of either lead that are no facts

_SLOT_LETTERS = 4  # of a word without a capital that says what is reported
_MIN_SLOTS = 2
_MOST_FACTS = 2  # names and numbers in common anywhere, above which two texts report one event
_FRAME = 0.4  # of the words of a lead that stay, the first ones among them
_LISTED_DAYS = 3  # kept days of the week, from which on a lead is a plan of the week, and its days are no facts
_MIN_OTHERS, _MIN_FILLED = 2, 4  # words of content in the slots of a whole text, and these with numbers
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{3}[.!?:])\s+|\n+|(?<=[。！？])")

_MIN_SIGN_SLOTS = 5  # of a lead in a script without blanks
_SIGN = re.compile("[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|\\d+")
_SIGN_LEAD = 120  # signs that are read as the lead
_OF_SIGNS = 0.5  # of the letters of a text, from which on it is in such a script

_MANY_CAPITALS = 0.25  # of the small words and names of a lead, from which on nouns have capitals and tell no facts
_LONG_WEEKDAY = 5  # letters; shorter names of weekdays are short forms and other words

_MIN_UNLIKE = 4  # words in the place of quite other ones
# Times as many as words that are spelled nearly the same; of 6,889 pairs of noisy copies of the development set one has more.
_UNLIKE = 2


class _Token(NamedTuple):
    folded: str
    number: bool
    name: bool
    weekday: bool

    @property
    def fact(self) -> bool:
        return self.number or self.name


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
    kept, slots = side_by_side(a, b, str)
    figures = -_figures(kept)
    alike = unlike = 0
    for some, others in slots:
        if not (some and others) or max(len(some), len(others)) > _MAX_SLOT:
            continue
        figures += min(_figures(some), _figures(others))
        for before, after in zip(some, others, strict=True) if len(some) == len(others) else [(" ".join(some), " ".join(others))]:
            size = 1 if len(some) == len(others) else min(len(some), len(others))
            if not spelled_alike(before, after):
                unlike += size
            elif not (before[0].isdigit() and after[0].isdigit()):  # a digit read wrongly and another number look the same
                alike += size
    return (unlike >= _MIN_UNLIKE and unlike > _UNLIKE * alike) or (figures >= _MIN_UNLIKE and figures > _UNLIKE * alike)


def _figures(words: Sequence[str]) -> int:
    return sum(word[0].isdigit() for word in words)


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
    facts = _facts_of_form(_lead(one), _lead(other))
    filled_in = facts.names > 0 or facts.figures >= _ONLY_NUMBERS
    return filled_in and facts.replaced >= max(_MIN_REPLACED + facts.nouns, facts.kept) and facts.same >= _SAME_FORM * facts.form


class _Facts(NamedTuple):
    """Names and numbers of two texts of one form."""

    replaced: int  # by others
    kept: int
    names: int  # of those replaced
    figures: int  # more numbers that are replaced than that are kept
    same: int  # words in both that are no facts
    form: int  # all words of the one that has more that are no facts
    nouns: bool  # nouns have capitals, so that names that stay say nothing


def _facts_of_form(a: list[_Token], b: list[_Token]) -> _Facts:
    stay, slots = side_by_side(a, b, _folded)
    nouns = all(_writes_nouns_with_capitals(tokens) for tokens in (a, b))
    kept = sum(token.number or token.weekday if nouns else token.fact for token in stay)
    figures = -sum(token.number for token in stay)
    replaced = names = 0
    for some, more in slots:
        if max(len(some), len(more)) > _MAX_SLOT:
            continue
        numbers = min(sum(token.number for token in side) for side in (some, more))
        others = _other_names(some, more)
        replaced += max(numbers, numbers + others - sum(token.number and token.name for token in some))
        names += others
        figures += numbers
    same = sum(not token.fact for token in stay)
    form = max(sum(not token.fact for token in tokens) for tokens in (a, b))
    return _Facts(replaced, kept, names, figures, same, form, nouns)


def is_filled_in_again(one: str, other: str) -> bool:
    """Whether two texts have the same small words all through, and other words of content and other facts in the slots between them, more than they keep: recipes,
    notices. Who edits a copy changes small words, leaves words out, and keeps the facts.

    >>> form = "Heat the oven to {} degrees. Cut the {} into slices, put {} on top, and bake for {} minutes."
    >>> is_filled_in_again(form.format(180, "potatoes", "onions", 50), form.format(200, "pears", "a crust of sugar", 40))
    True
    >>> is_filled_in_again(form.format(180, "potatoes", "onions", 50), form.format(180, "potatoes", "rings of onion", 55))
    False
    """
    words = [[word for match in _TOKEN.finditer(text) for word in folded(match[0]).split()] for text in (one, other)]
    found = filled(words[0], words[1], _MAX_SLOT, number_words())
    if not found.others or found.others + found.numbers < _MIN_FILLED or 2 * max(found.edits, found.alike) > found.others:
        return False
    facts = _facts_of_form(*([token for part in _SENTENCE_END.split(text) for token in _tokens(part)] for text in (one, other)))
    return facts.replaced > facts.kept and (found.others >= _MIN_OTHERS or facts.figures >= _ONLY_NUMBERS)


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
    slots = figures = 0
    nouns = _writes_nouns_with_capitals([*a, *b])
    stay, slots_of_form = side_by_side(a, b, _folded)
    kept = sum(token.number or (token.name and not token.weekday and not nouns) for token in stay)
    days, frame = sum(token.weekday for token in stay), len(stay)
    for some, others in slots_of_form:
        if some and others and max(len(some), len(others)) <= _MAX_SLOT:
            kept -= any(token.weekday for token in some) and any(token.weekday for token in others)
            figures += any(_is_figure(token) for token in some) and any(_is_figure(token) for token in others)
            slots += _says_other_things(some, others)
    plan = days >= _LISTED_DAYS
    kept += 0 if plan else days
    begin = [token.folded for token in a[:2]] == [token.folded for token in b[:2]]
    most_kept = -1 if nouns else int(figures > 0)
    form = begin and frame >= _FRAME * max(len(a), len(b)) and kept <= most_kept and slots >= _MIN_SLOTS
    common = (names_and_numbers(one) & names_and_numbers(other)) - (_weekdays() if plan else frozenset())
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
    slots = sum(bool(some and others) and max(len(some), len(others)) <= _MAX_SLOT for some, others in side_by_side(a, b, str)[1])
    return slots >= _MIN_SIGN_SLOTS


DIFFERENCES = (leads_differ_in_facts, labels_differ, slots_differ, entries_differ, signs_differ, is_filled_in_again)


def _folded(token: _Token) -> str:
    return token.folded


def _is_figure(token: _Token) -> bool:
    return token.number or token.folded in number_words()


def names_and_numbers(text: str) -> set[str]:
    """Numbers and names of a text, without the first words of sentences."""
    found = re.finditer(r"(?<=[^.!?:…\s] )(?:\d[\d.,:]*|[^\W\d_]+)", text)
    return {match[0].casefold() for match in found if match[0][0].isdigit() or match[0][0].isupper()}


def _says_other_things(some: Sequence[_Token], others: Sequence[_Token]) -> bool:
    """Whether the words of two slots, without short ones, numbers and days, are not spelled alike."""
    a, b = (
        " ".join(
            t.folded for t in side if len(t.folded) >= _SLOT_LETTERS and not (t.number or t.weekday or t.folded in number_words())
        )
        for side in (some, others)
    )
    return bool(a and b) and not spelled_alike(a, b)


def _writes_nouns_with_capitals(tokens: list[_Token]) -> bool:
    """As German does: then a capital that stays says nothing of the facts."""
    words = [token for token in tokens if not (token.number or token.weekday)]
    return sum(token.name for token in words) >= _MANY_CAPITALS * len(words)


def _other_names(a: Sequence[_Token], b: Sequence[_Token]) -> int:
    """How many names have others in their place. Spelled nearly the same, it is one name: corrected, or read wrongly. Of as many on either side each is held
    against the one in its place, and all are others if a good part of their letters are: "Mia Sund", "Eva Lund"."""
    some, others = ([token for token in tokens if token.name] for tokens in (a, b))
    if len(some) == len(others):
        letters = sum(len(one.folded) for one in some)
        unlike = sum(len(one.folded) for one, other in zip(some, others, strict=True) if not _is_same_name(one, other))
        return len(some) if unlike > _OTHER_LETTERS * letters else 0
    alike = sum(any(_is_same_name(name, other) for other in others) for name in some)
    return max(0, min(len(some), len(others)) - alike)


def _is_same_name(one: _Token, other: _Token) -> bool:
    """Monday is not Sunday, though most of its letters are; two numbers are never alike."""
    if one.weekday and other.weekday:
        return one.folded == other.folded
    return not one.number and spelled_alike(one.folded, other.folded)


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
