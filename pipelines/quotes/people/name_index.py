"""The names that stand in a text: runs of capitalised words, the titles before them and the appositions behind.

Whom a mention means does not belong here (`resolver`), nor what sentences show of people and things (`clues`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from pipelines.quotes import flags as F
from pipelines.quotes.lexicon import IT, MEMO_LIMIT, Lexicon
from pipelines.quotes.people.kinds import name_words
from pipelines.quotes.people.name_tokens import Capitals, NameTokens
from pipelines.quotes.people.roles import RolePhrase, role_phrase
from pipelines.quotes.text.words import NICKNAME
from pipelines.quotes.types import Token

_ENDING = re.compile(r"(?:[’']s?|\.)$")
_CLITIC = re.compile("[’'](?![sS]$)")
STATED_AGE = re.compile(r", (\d{1,3})(?=[,.;) ])")
GENDERS = F.MASCULINE | F.FEMININE
_SHORT_FORM = 3  # letters
MAX_LOOKED_AT = 40  # mentions of one name or role
_BEFORE_NAME = 90  # characters before a name in which its titles stand
_BEHIND_NAME = 110  # and behind, for its apposition
_SENTENCE_ENDS = '.!?\n”"»'
_OPENING_CLAUSE = 220  # characters before a name in which such a clause stands
_CLOSES_APPOSITION = ",.;:)\n"
_LONGEST_NAME = 6  # words
_SHORTEST_STEM = 3  # letters that the cases of a name share
_SHORTEST_NOUN = 8  # letters of a noun of people of no list before a name
_LONGEST_KEPT = 40  # characters of a run of which it is remembered what it is
_MAX_BEFORE_SUBJECT = 6  # tokens
_FOLLOWING = 220  # characters behind a name in which a pronoun tells its gender
_WORD = re.compile(r"\w+")
_PLACES_LOOKED_AT = 12  # of one name
_PRONOUNS_LOOKED_AT = 3
_MIN_KIND = 0.6  # score below which nothing is known of a name


Shapes = dict[str, tuple[str, bool, bool]]  # see `NameIndex._shape`
_NO_FAMILY_NAME = F.TITLE | F.ROLE | F.GROUP | F.ORGANISATION | F.MEDIUM | F.NOT_NAME | F.DETERMINER | F.BOUNDARY


class Run(NamedTuple):
    """A person's or other name as it stands in the text: offsets, lower-case words, gender where known, salience cues."""

    start: int
    end: int
    words: tuple[str, ...]
    gender: int
    roles: tuple[str, ...]
    possessive: bool
    given: bool
    introduced: bool  # "The curator, Odarka Reed, …"
    noun: str  # a word of no list by which the text introduces them: ", a beekeeper,"
    suffix: str = ""  # "jr"
    described: frozenset[str] = frozenset()  # all words of titles, introduction and apposition
    phrase: RolePhrase | None = None  # what they are, in the words next to the name


class Bearer(NamedTuple):
    """Somebody with a full name in the text: their clearest mention, and where they are named in full."""

    run: Run
    places: tuple[int, ...]


class Scores(NamedTuple):
    """What speaks for each kind of name."""

    person: float
    organisation: float
    place: float


class NameKind(IntEnum):
    UNKNOWN = 0
    PERSON = 1
    ORGANISATION = 2
    PLACE = 3


def _called_by(behind: list[Token], introduction: list[Token]) -> str:
    """The head noun of an apposition that begins with an article, or of the phrase before the name; where it is in no list."""
    tokens = behind if behind and behind[0].flags & F.DETERMINER else introduction
    head = ""
    for token in tokens[1:]:
        if token.flags & (F.BOUNDARY | F.PARTICLE | F.CAPITAL) or not token.flags & F.LETTER:
            break
        head = token.word.lower() if token.flags & F.UNKNOWN_LOWER else ""
    return head


class NameIndex:
    """The names of one text by their words. What a run of capitalised words is, is looked at only when asked, and once."""

    def __init__(
        self, tokens: NameTokens, capitals: Capitals, quoted: Sequence[tuple[int, int]], say_i: frozenset[str] = frozenset()
    ) -> None:
        """`quoted`: the spans between quotation marks, ascending; who is only talked about there is no recent subject. `say_i`: single names
        (lower case) of speakers who say I."""
        self._say_i = say_i
        self.text, self.lexicon, self.tokens = tokens.text, tokens.lexicon, tokens
        self.kinds = name_words(self.lexicon)
        self.starts, self.ends = capitals
        self.quoted, self.quoted_starts = quoted, [a for a, _ in quoted]
        self._runs: dict[int, Run | None] = {}
        self._full: dict[str, list[int]] = {}  # last word -> numbers of runs of two words or more
        self._by_last: dict[str, list[int]] = {}  # and of all runs
        self._alone: set[str] = set()  # words that stand alone as a name, or behind a title
        self._bearers_of: dict[str, list[Bearer]] = {}
        self._scores: dict[tuple[str, ...], Scores] = {}
        self._full_names: dict[str, Run | None] = {}
        self._inner: dict[str, list[int]] | None = None  # word -> numbers of runs that go on behind it
        self._openers: dict[int, bool] = {}  # start of a name -> whether it opens its sentence
        self._subjects: dict[int, bool] = {}  # number of a run -> whether it is a subject
        text, shapes, shape_of = self.text, _shapes(self.lexicon), self._shape
        for number, (a, b) in enumerate(zip(self.starts, self.ends, strict=True)):
            run = text[a:b]
            last, full, alone = shapes.get(run) or shape_of(run, shapes)
            self._by_last.setdefault(last, []).append(number)
            if full:
                self._full.setdefault(last, []).append(number)
            if alone:
                self._alone.add(last)

    def _shape(self, run: str, shapes: Shapes) -> tuple[str, bool, bool]:
        """Of a run of capitalised words the last, lower case; whether it has more; and whether the last stands alone or behind a title."""
        words = run.split()
        while len(words) > 1 and self.kinds.is_suffix(_ENDING.sub("", words[-1])):
            words.pop()
        last = words[-1].lower()
        if last[-1] in "’'.s":
            last = _ENDING.sub("", words[-1]).lower()
        titled = len(words) == 2 and self.lexicon.flags(words[0]) & (F.TITLE | F.NOT_NAME) != 0
        shape = last, len(words) > 1, len(words) == 1 or titled
        if len(run) <= _LONGEST_KEPT and len(shapes) < MEMO_LIMIT:
            shapes[run] = shape
        return shape

    def run(self, number: int) -> Run | None:
        """What a run of capitalised words is, None where it is no name."""
        if number not in self._runs:
            self._runs[number] = self.read(self.starts[number], self.ends[number])
        return self._runs[number]

    def run_at(self, start: int) -> Run | None:
        """The run in which a place of the text lies, None where it lies in none or that is no name."""
        number = bisect_right(self.starts, start) - 1
        return self.run(number) if number >= 0 and start < self.ends[number] else None

    def is_last_name(self, word: str) -> bool:
        """Whether a name of the text of more than one word ends with it."""
        return word in self._full

    def places_of_last(self, end: int, count: int) -> list[tuple[int, int]]:
        """Of the name that ends at `end` the first places outside quotations of names with the same last word."""
        k = bisect_right(self.ends, end - 1)
        if k == len(self.ends) or self.starts[k] >= end:
            return []
        last = self._shape(self.text[self.starts[k] : self.ends[k]], {})[0]
        numbers = [n for n in self._by_last.get(last, [])[:count] if not self.is_quoted(self.starts[n])]
        return [(self.starts[n], self.ends[n]) for n in numbers]

    def is_quoted(self, position: int) -> bool:
        """Whether a place lies between quotation marks."""
        k = bisect_right(self.quoted_starts, position) - 1
        return k >= 0 and position < self.quoted[k][1]

    def read(self, start: int, end: int) -> Run | None:
        tokens = [t for t in self.tokens.between(start, end) if t.flags & F.LETTER]
        first, last = self.core(tokens, start)
        if first > last:
            return None
        name = tokens[first : last + 1]
        suffix = ""
        while len(name) > 1 and self.kinds.is_suffix(name[-1].word):
            suffix = name.pop().word.lower().rstrip(".")
        gender = 0
        roles: list[str] = []
        titled = any(t.flags & (F.TITLE | F.ROLE) for t in tokens[:first])
        before = [] if titled else self._before(tokens[0].start)
        introduction = [] if before else self._introduced_before(start, end)
        before = before or introduction
        described = [*before, *tokens[:first]]
        field = next((k for k, t in enumerate(introduction) if t.flags & F.BOUNDARY), len(introduction))  # "opponent for president"
        lesser = False
        for token in [*(introduction[:field] or before), *tokens[:first]]:
            if token.flags & (F.TITLE | F.ROLE):
                if not lesser:
                    roles.append(self._title(token))
                gender |= token.flags & GENDERS
            lesser = token.word.lower() in self.lexicon.lesser  # "Vice President": no president
        given = next((k for k, t in enumerate(name[:-1]) if t.flags & F.GIVEN), None)
        if first == 0 and roles and before[-1].flags & F.PARTICLE and not before[-1].flags & F.NAME_PARTICLE and given != 0:
            if len(name) > 2:
                name = name[-2:]  # "Secretary of State Ada Jane Quill"
            else:
                roles, gender = [], 0  # "secretary of the Defence Council": the office, not who holds it
        if given is not None:
            gender = next((t.flags & GENDERS for t in name if t.flags & F.GIVEN), 0) or gender
        if gender == GENDERS:
            gender = 0
        a, b = name[0].start, self.bare_end(name[-1])
        words = (*(t.word.lower() for t in name[:-1]), self.text[name[-1].start : b].lower())
        if suffix:
            b = self.bare_end(tokens[last])
        behind = [] if self._hangs_on(name[0].start) else self._behind(tokens[last].end)
        described += behind
        lesser = False
        for token in behind:
            if token.flags & (F.TITLE | F.ROLE):
                if not lesser:
                    roles.append(token.word.lower())
                gender = gender or token.flags & GENDERS
            lesser = token.word.lower() in self.lexicon.lesser
        return Run(
            a,
            b,
            words,
            gender,
            tuple(roles),
            bool(name[-1].flags & F.POSSESSIVE),
            given is not None,
            bool(introduction) and not _CLITIC.search(name[-1].word),
            _called_by(behind, introduction) or self._predicate(name[-1].end),
            suffix,
            frozenset(t.word.lower().removesuffix("'s").removesuffix("’s") for t in described if t.flags & F.LETTER),
            self._phrase(tokens[last].end, behind, [*before, *tokens[:first]]),
        )

    def _phrase(self, end: int, behind: list[Token], before: list[Token]) -> RolePhrase | None:
        """What the words next to a name that ends at `end` say that its bearer is."""
        stated = STATED_AGE.match(self.text, end)
        behind = self._behind(stated.end()) if stated else behind
        closed = bool(behind) and self.text[behind[-1].end : behind[-1].end + 1] in _CLOSES_APPOSITION
        return (role_phrase(behind, self.lexicon, self.kinds) if closed else None) or role_phrase(before, self.lexicon, self.kinds)

    def phrase_of(self, start: int) -> RolePhrase | None:
        """What the text says somewhere that the person is whose name stands at `start`: the first phrase of two words, else the first one."""
        run = self.run_at(start)
        if run is None:
            return None
        found: RolePhrase | None = None
        for number in self._by_last.get(run.words[-1], ())[:MAX_LOOKED_AT]:
            other = self.run(number)
            if other is None or other.phrase is None or not (len(other.words) == 1 or other.words[0] == run.words[0]):
                continue
            if other.gender and run.gender and not other.gender & run.gender:
                continue  # "Lady Bowden" is not Sir Alec
            if " " in self.text[other.phrase.start : other.phrase.end]:
                return other.phrase
            found = found or other.phrase
        return found

    def _hangs_on(self, start: int) -> bool:
        """ "Nita Loring of Halmar, the chairwoman": what follows the place is said of who comes from there."""
        before = self.text[max(0, start - 8) : start].split()
        low = before[-1].lower() if before else ""
        if before and before[-1][0].isupper() and self.lexicon.flags(low) & (F.BOUNDARY | F.ATTACHING):
            return True  # "In Halmar, the minister"
        return low in self.lexicon.file.codes.genitive or low in self.lexicon.places

    def core(self, tokens: list[Token], start: int) -> tuple[int, int]:
        """First and last token of the name proper among the tokens of a capitalised run or mention that begins at `start`."""
        last = len(tokens) - 1
        while last > 0 and (tokens[last].flags & (F.DAY | F.DETERMINER) or self.kinds.is_credit(tokens[last].word)):
            last -= 1  # "told CNN Friday"
        if last > 0 and tokens[last].flags & F.NOT_NAME and not any(t.flags & (F.GIVEN | F.TITLE | F.ROLE) for t in tokens[:last]):
            last -= 1  # "Ende Juni", but "Theresa May"
        tokens = tokens[: last + 1]
        first = self.name_from(tokens)
        while first < len(tokens) and self._begins_no_name(tokens[first], start):
            first += 1
        while first < last and self._is_no_part(tokens, first, start):
            first += 1
        if first < last:
            first = self._behind_body(tokens, first)
        if first < last and tokens[last].flags & F.ROLE and tokens[first].flags & F.UPPER and not tokens[last].flags & F.UPPER:
            last -= 1  # "ADA QUILL Comedian": a heading and what follows it
        return first, last

    def _begins_no_name(self, token: Token, start: int) -> bool:
        """A day, a small word, or an adverb that opens its sentence: "Similarly", and not "Connolly" behind "Ada Connolly"."""
        if token.flags & F.GIVEN:
            return False
        if token.flags & (F.NOT_NAME | F.DAY):
            return True
        if token.flags & F.PARTICLE and not token.flags & F.NAME_PARTICLE:
            return True  # "Of Renn, he said"
        low = token.word.lower()
        small = self.lexicon.flags(low) & F.ADVERB or low in self.lexicon.reports.conjunctions
        return bool(small) and low not in self._full and token.start == start and self._opens_text_sentence(start)

    def _is_no_part(self, tokens: list[Token], k: int, start: int) -> bool:
        """Whether token k stands before the name and is no part of it: "American Toby Renn", "Halmar-based Quorum"."""
        token, rest = tokens[k], tokens[k + 1 :]
        word, flag, kinds = token.word, token.flags, self.kinds
        if flag & F.PARTICLE and not flag & (F.CAPITAL | F.NAME_PARTICLE):
            return True
        if "-" in word:
            parts = word.split("-")
            if parts[-1][:1].islower() or any(self.lexicon.flags(p.lower()) & (F.TITLE | F.ROLE) for p in parts if p):
                return not flag & F.GIVEN
        if flag & F.UPPER and not rest[0].flags & F.UPPER and rest[0].flags & F.GIVEN:
            return True  # "DAN Danny Dorrit": a heading and what follows it
        if rest[0].flags & F.GIVEN and len(rest) > 1 and not flag & (F.GIVEN | F.TITLE) and self._is_definite(token.start):
            return not kinds.is_body(rest[-1].word)  # "the Norlander Toby Renn"
        if flag & F.GIVEN or (len(word.rstrip(".")) == 1 and not flag & F.DETERMINER):
            return False
        known = self._is_known(rest)
        if kinds.is_demonym(word) or (len(rest) > 1 and kinds.is_demonym(rest[0].word) and not kinds.is_body(rest[-1].word)):
            return rest[0].flags & F.GIVEN != 0 or known or (len(rest) > 1 and not any(kinds.is_body(t.word) for t in rest))
        if kinds.is_credit(word):
            return True
        person = bool(rest[0].flags & F.GIVEN and len(rest) > 1) or known
        if (kinds.is_body(word) or kinds.is_acronym(word) or kinds.is_brand(word)) and person:
            return not rest[-1].flags & (F.ORGANISATION | F.MEDIUM)
        if k == 0 and token.start == start and self._opens_text_sentence(token.start):
            low = word.lower()
            if self.lexicon.flags(low) & (F.CUE | F.ADVERB | F.AUXILIARY | F.BOUNDARY) & ~F.GIVEN:
                return True
            if person and (not self.lexicon.flags(low) & F.LETTER or f" {low} " in self.text):
                return True
        return known and len(rest) > 1

    def _is_definite(self, start: int) -> bool:
        """Whether a definite article stands right before."""
        before = self.text[max(0, start - 8) : start].split()
        return bool(before) and before[-1].lower() in self.lexicon.definite

    def _behind_body(self, tokens: list[Token], first: int) -> int:
        """ "Harbour Press Ada Quill": the name that stands elsewhere too, or begins with a first name, behind an organisation's."""
        if tokens[first].flags & F.GIVEN or tokens[-1].flags & (F.ORGANISATION | F.MEDIUM):
            return first
        for k in range(first + 1, len(tokens) - 1):
            lead, rest = tokens[first:k], tokens[k:]
            if not any(self.kinds.is_body(t.word) or self.kinds.is_acronym(t.word) or self.kinds.is_credit(t.word) for t in lead):
                continue
            if self._is_known(rest) or rest[0].flags & F.GIVEN:
                return k
        return first

    def _opens_text_sentence(self, start: int) -> bool:
        """Whether a sentence, line or quotation begins here."""
        before = self.text[max(0, start - 3) : start].rstrip(" \u00a0")
        return not before or before[-1] in _SENTENCE_ENDS + "“:(['‘"

    def _is_known(self, tokens: list[Token]) -> bool:
        """Whether these words stand as a name of their own elsewhere in the text, with two words or more."""
        if len(tokens) < 2:
            return False
        start, end = tokens[0].start, self.bare_end(tokens[-1])
        name = self.text[start:end]
        for index in self._by_last.get(_ENDING.sub("", tokens[-1].word).lower(), ())[:MAX_LOOKED_AT]:
            a, b = self.starts[index], self.ends[index]
            if a != start and self.text.startswith(name, a) and b - a <= len(name) + 2:
                return True
        return False

    def _title(self, token: Token) -> str:
        """A title or role as it is written in full."""
        word = token.word.lower().rstrip(".")
        return self.lexicon.titles_in_full.get(word, word)

    def bare_end(self, token: Token) -> int:
        """Where the token ends without its possessive ending or full stop."""
        word = token.word
        if token.flags & F.POSSESSIVE:
            return token.end - (2 if word[-1] in "sS" and word[-2] in "'’" else 1)
        return token.end - 1 if word.endswith(".") and len(word) > 2 and "." not in word[:-1] else token.end

    def _before(self, start: int) -> list[Token]:
        """Titles and roles right before a name: capitalised words, small nouns of people and what joins them."""
        kept: list[Token] = []
        for token in self.tokens.backward(max(0, start - _BEFORE_NAME), start):
            if not self._may_precede(token.flags):
                break
            kept.append(token)
        kept.reverse()
        return kept

    @staticmethod
    def _may_precede(flags: int) -> bool:
        """Whether a token may stand among titles and roles before a name."""
        return bool(flags & F.LETTER) and not flags & F.POSSESSIVE and bool(flags & (F.CAPITAL | F.TITLE | F.ROLE | F.PARTICLE))

    def _introduced_before(self, start: int, end: int) -> list[Token]:
        """ "The curator, Odarka Reed, …": the phrase before the comma, where the name stands between commas."""
        if self.text[max(0, start - 2) : start] != ", " or self.text[end : end + 1] not in (",", "."):
            return []
        kept: list[Token] = []
        for token in self.tokens.backward(max(0, start - _BEFORE_NAME), start - 2):
            if not token.flags & F.LETTER:
                return []
            kept.append(token)
            article = token.flags & F.DETERMINER and not (token.flags & F.PARTICLE and not token.flags & F.CAPITAL)
            if (
                article
                or token.flags & F.POSSESSIVE
                or (token.flags & F.DETERMINER and token.word.lower() in self.lexicon.definite)
            ):
                return kept[::-1] if any(t.flags & (F.ROLE | F.TITLE) for t in kept) else []
        return []

    def opens_sentence(self, start: int) -> bool:
        """Whether nothing but a few modifiers stands between the sentence's start and the name, so that it is the subject."""
        known = self._openers.get(start)
        if known is None:
            known = self._openers[start] = self._is_opener(start)
        return known

    def _is_opener(self, start: int) -> bool:
        low = max(0, start - 60)
        lead = self.text[low:start]
        cut = max(map(lead.rfind, _SENTENCE_ENDS))
        while cut > 0 and lead[cut] == "." and self._is_short(lead[:cut].split()[-1:]):
            cut = max(lead.rfind(mark, 0, cut) for mark in _SENTENCE_ENDS)
        if cut < 0 and low:
            return False
        if len(lead[cut + 1 :].split()) > _MAX_BEFORE_SUBJECT:
            return False
        tokens = self.tokens.between(low + cut + 1, start)
        determined = any(t.flags & (F.DETERMINER | F.POSSESSIVE) for t in tokens[:2])
        if len(tokens) > 2 and tokens[-1].flags & F.COMMA and determined and any(t.flags & F.ROLE for t in tokens):
            # "The ambassador, Ada Quill, …", "Renn's lawyer, Ada Quill, …"
            return not any(t.flags & (F.CUE | F.AUXILIARY | F.PRONOUN | F.COMMA) & ~F.ROLE for t in tokens[:-1])
        return len(tokens) <= _MAX_BEFORE_SUBJECT and not any(
            t.flags & (F.CUE | F.AUXILIARY | F.PRONOUN | F.COMMA | F.BOUNDARY) for t in tokens
        )

    def is_subject(self, number: int) -> bool:
        """Whether a name opens its sentence, or the main clause behind the comma of an opening one: "Asked why, Renn shook his head"."""
        known = self._subjects.get(number)
        if known is None:
            known = self._subjects[number] = self._is_subject(self.starts[number], self.ends[number])
        return known

    def _is_subject(self, start: int, end: int) -> bool:
        if self.opens_sentence(start) or self._opens_dependent(start, end):
            return True
        if self.text[max(0, start - 2) : start] != ", " or not self.text[end : end + 2].strip().isalpha():
            return False
        low = max(0, start - _OPENING_CLAUSE)
        lead = self.text[low : start - 2]
        cut = max(map(lead.rfind, _SENTENCE_ENDS))
        while cut > 0 and lead[cut] == "." and self._is_short(lead[:cut].split()[-1:]):
            cut = max(lead.rfind(mark, 0, cut) for mark in _SENTENCE_ENDS)
        if cut < 0 and start > _OPENING_CLAUSE:
            return False
        opener = next(self.tokens.forward(low + cut + 1, start - 2), None)
        behind = next(self.tokens.forward(end, min(len(self.text), end + _BEHIND_NAME)), None)
        if opener is None or behind is None:
            return False
        if "," in lead[cut + 1 :]:  # "On Friday, the day that the vote was due, Renn laughed"
            return bool(opener.flags & F.BOUNDARY) and behind.flags & (F.LOWER | F.ENDS_ED) == F.LOWER | F.ENDS_ED
        return bool(opener.flags & (F.BOUNDARY | F.ENDS_ED | F.ENDS_ING)) and not behind.flags & (
            F.BOUNDARY | F.PARTICLE | F.CAPITAL
        )

    def _opens_dependent(self, start: int, end: int) -> bool:
        """ "It came as Ada Quill, the mayor, backed him": the subject of a clause behind a subordinator."""
        before = self.text[max(0, start - 40) : start].split()
        while before and self.lexicon.flags(before[-1]) & (F.TITLE | F.ROLE):
            before.pop()
        if not before or before[-1].lower() not in self.lexicon.reports.subordinators:
            return False
        behind = self.text[end : end + _BEHIND_NAME]
        if behind.startswith(", "):
            behind = behind[behind.find(", ", 2) + 1 :] if behind.find(", ", 2) > 0 else ""
        verb = _WORD.search(behind)
        return verb is not None and bool(self.lexicon.flags(verb.group()) & (F.CUE | F.AUXILIARY | F.ADVERB | F.ENDS_ED))

    def _is_short(self, word: list[str]) -> bool:
        """Whether a full stop behind the word belongs to it: "Mr", "J"."""
        return bool(word) and (len(word[0]) == 1 or bool(self.lexicon.flags(word[0]) & F.ABBREVIATION))

    def _behind(self, end: int) -> list[Token]:
        """The apposition behind a name: ", secretary of the council," as far as its comma."""
        if self.text[end : end + 2] != ", ":
            return []
        kept: list[Token] = []
        for token in self.tokens.forward(end + 2, min(len(self.text), end + _BEHIND_NAME)):
            if not token.flags & F.LETTER or (token.flags & F.CUE and not token.flags & (F.TITLE | F.ROLE)):
                break
            if kept and "\n" in self.text[kept[-1].end : token.start]:
                break
            if not kept and token.flags & (F.PRONOUN | F.AUXILIARY):
                return []  # "Worse, he"
            kept.append(token)
        return (
            kept
            if (kept and not kept[0].flags & (F.PARTICLE & ~F.NAME_PARTICLE)) or not kept or kept[0].flags & F.DETERMINER
            else []
        )

    def _predicate(self, end: int) -> str:
        """ "Alma Reed has been its guard for twenty years": the noun, where only auxiliaries and a determiner lead to it."""
        determined, head = False, ""
        for nth, token in enumerate(self.tokens.forward(end, min(len(self.text), end + _BEHIND_NAME // 2))):
            flag = token.flags
            if (nth == 0 and flag & F.COMMA) or (nth == 1 and flag & F.RELATIVE and not head):
                continue  # ", who has been the senior nurse"
            if not determined:
                if flag & F.DETERMINER and head:
                    determined, head = True, ""
                elif flag & F.AUXILIARY:
                    head = "auxiliary"
                else:
                    return ""
            elif not flag & F.LETTER or flag & (F.BOUNDARY | F.PARTICLE | F.CAPITAL | F.CUE):
                break
            else:
                head = token.word.lower()
        return head if determined else ""

    def _behind_genitive(self, tokens: list[Token]) -> int:
        """ "Речниця міністра Івана Мороза Ганна Лісова": where the name begins behind another one in the genitive; 0 where there is none."""
        if not self.lexicon.file.genitive_names:
            return 0
        listed = [t.word.lower() in self.lexicon.listed_names for t in tokens[:-1]]
        last = max((k for k, known in enumerate(listed) if known), default=0)
        other = any(t.flags & F.GIVEN and not known for t, known in zip(tokens[:last], listed, strict=False))
        return last if other else 0

    def _bare_role(self, tokens: list[Token]) -> int:
        """Where nouns have capitals, the token of a noun of no list before two capitalised words that ends as nouns of people do, "Hafenmeister Ole
        Brandt"; -1 where there is none."""
        at = 1 if tokens and tokens[0].flags & F.DETERMINER else 0
        if not self.lexicon.person_endings or len(tokens) < at + 3 or len(tokens[at].word) < _SHORTEST_NOUN:
            return -1
        if tokens[at].flags & (F.GIVEN | F.NOT_NAME | F.ORGANISATION | F.MEDIUM | F.POSSESSIVE) or not tokens[at].flags & F.CAPITAL:
            return -1
        behind = tokens[at + 1 : at + 3]
        if any(t.flags & (F.CAPITAL | F.ORGANISATION | F.MEDIUM) != F.CAPITAL for t in behind):
            return -1
        return at if any(tokens[at].word.endswith(ending) for ending, _ in self.lexicon.person_endings) else -1

    def name_from(self, tokens: list[Token]) -> int:
        """Index of the first token of the name proper: behind titles, roles, determiners, possessors and organisations."""
        first = 0
        seen_role = False
        if self._is_called_by_title(tokens):
            return 0
        behind = self._behind_genitive(tokens)
        if behind:
            return behind
        bare = self._bare_role(tokens)
        for k, token in enumerate(tokens[:-1]):
            flag = token.flags
            if k == bare:
                seen_role, first = True, k + 1
                continue
            if flag & F.GIVEN and not flag & F.ROLE:
                if seen_role or (k and not first and self.lexicon.file.genitive_names):
                    return k  # "мэр Приозёрска Нина Лугова"
                continue
            small = not flag & F.CAPITAL and not flag & F.NAME_PARTICLE
            joins = flag & F.PARTICLE and not flag & F.NAME_PARTICLE
            if flag & (F.TITLE | F.ROLE | F.GROUP):
                seen_role = True
                first = k + 1
            elif small or flag & F.POSSESSIVE or (k == first and flag & (F.DETERMINER | F.NOT_NAME)):
                if not joins or seen_role:
                    first = k + 1
            elif seen_role and flag & (F.ORGANISATION | F.MEDIUM):
                first = k + 1
        if seen_role and len(tokens) - first > 2 and first and tokens[first - 1].flags & F.PARTICLE:
            given = next((k for k in range(first, len(tokens) - 1) if tokens[k].flags & F.GIVEN), None)
            first = given if given is not None else len(tokens) - 2
        return first

    def _is_called_by_title(self, tokens: list[Token]) -> bool:
        """ "Queen Jonas, 73,", "Major Hallam, a baker,": a title as a first name, where what follows is said of nobody with such a title."""
        if len(tokens) != 2 or not tokens[0].flags & F.CAPITAL or tokens[0].word.lower() not in self.lexicon.given_titles:
            return False
        name, end = tokens[1], tokens[1].end
        if name.flags & (F.ORGANISATION | F.MEDIUM | F.POSSESSIVE | F.NOT_NAME) or not name.flags & F.CAPITAL:
            return False
        stated = STATED_AGE.match(self.text, end)
        if name.flags & F.GIVEN and not stated:
            return False
        return self._is_said_to_be_anybody(stated.end() if stated else end)

    def _is_said_to_be_anybody(self, end: int) -> bool:
        """Whether a phrase with "a" and a noun of people follows behind a comma."""
        if self.text[end : end + 2] != ", ":
            return False
        for nth, token in enumerate(self.tokens.forward(end + 2, min(len(self.text), end + _BEHIND_NAME))):
            if not nth and token.word not in self.lexicon.indefinite:
                return False
            if not token.flags & F.LETTER or token.flags & (F.CAPITAL | F.BOUNDARY | F.PARTICLE | F.AUXILIARY | F.CUE):
                return False
            if nth and not token.flags & F.TITLE and (token.flags & F.ROLE or self.lexicon.is_person_noun(token.word)):
                return True
        return False

    def _score(self, run: Run) -> Scores:
        """What speaks for a person, for an organisation and for a place, in the name and in the text around its places."""
        known = self._scores.get(run.words)
        if known is None:
            known = self._scores[run.words] = self._weighed(run)
        own = 2.5 if run.roles or run.introduced else 1.5 if run.noun else 0.0
        if STATED_AGE.match(self.text, run.end):
            own += 2.5
        return Scores(known.person + own, known.organisation, known.place) if own else known

    def _weighed(self, run: Run) -> Scores:
        words, kinds = run.words, self.kinds
        surface = self.text[run.start : run.end].split()
        person = organisation = place = 0.0
        if len(words) > 1:
            person += 2.5 if run.given else 0.6 if len(words) < 4 else 0.0
            person += 1.5 if any(len(w.rstrip(".")) == 1 for w in words[1:-1]) else 0.0
        elif self.lexicon.flags(words[0]) & F.GIVEN:
            person += 1.0
        if len(words) == 1 and words[0] in self._say_i:
            person += 2.5
        person += 1.5 if run.suffix else 0.0
        person += 1.5 if NICKNAME.search(self.text, run.start, run.end) else 0.0
        if kinds.is_body(words[-1]):
            organisation += 3.0
        elif any(kinds.is_body(w) for w in words):
            organisation += 1.5
        if len(words) > 1 and not run.given:
            organisation += 2.0 if self._opens_with_letters(surface) else 0.0  # "HMS Corvell"
            organisation += 2.0 if self.lexicon.flags(words[-1]) & F.DOCUMENT else 0.0  # "the Halmar Papers"
            organisation += 1.5 if kinds.is_place(words[-1:]) else 0.0  # "Harbour Hollywood"
        if any(kinds.is_credit(w) for w in words):
            organisation += 4.0
        if (len(surface) == 1 and kinds.is_acronym(surface[0])) or any(map(kinds.is_brand, surface)):
            organisation += 2.0
        if len(words) > 1 and not run.given and self.lexicon.is_plural(words[-1]) and words[-1] not in self._alone:
            organisation += 0.7
        if len(words) == 1 and not run.given:
            organisation += 1.0 if f" {words[0]} " in self.text else 0.0  # a common noun too
            organisation += 2.0 if self._only_opens_sentences(words[0]) else 0.0
        if self.lexicon.flags(words[-1]) & F.GROUP and not run.given:
            organisation += 3.0
        if kinds.is_place(words) or (kinds.is_demonym(words[-1]) and len(words) < 3 and not run.given):
            place += 2.5
        elif len(words) > 1 and kinds.is_place(words[:2]) and not run.given:
            organisation += 1.5
        if len(words) in (2, 3) and words[-1] in self._alone and not self.lexicon.flags(words[-1]) & F.GIVEN:
            person += 1.2
        around = self._around(run)
        return Scores(person + around.person, organisation + around.organisation, place + around.place)

    def _opens_with_letters(self, surface: list[str]) -> bool:
        """A short form of three letters or more before a name that is none; two may be a person's initials."""
        first, second = surface[0], surface[1] if len(surface) > 1 else ""
        return (
            bool(second)
            and len(first) >= _SHORT_FORM
            and "." not in first
            and self.kinds.is_acronym(first)
            and not second.isupper()
        )

    def _only_opens_sentences(self, word: str) -> bool:
        """ "Worse, he forgot": a word with a capital only where its sentence begins, behind which no verb or name's mark stands."""
        for index in self._by_last.get(word, ())[:_PLACES_LOOKED_AT]:
            a, b = self.starts[index], self.ends[index]
            if not self._opens_text_sentence(a) or self.text[b - 2 : b - 1] in "'’":
                return False
            behind = _WORD.match(self.text, b + 1) if self.text[b : b + 1] == " " else None
            if behind is not None and self.lexicon.flags(behind.group()) & (F.CUE | F.AUXILIARY | F.ENDS_ED | F.ADVERB):
                return False
        return True

    def _around(self, run: Run) -> Scores:
        """What stands before and behind each place of the name."""
        person = organisation = place = 0.0
        text, looked = self.text, 0
        for index in self._by_last.get(run.words[-1], ())[:_PLACES_LOOKED_AT]:
            a, b = self.starts[index], self.ends[index]
            other = text[a:b].split()
            if len(other) != len(run.words) and not (len(other) == 2 and self.lexicon.flags(other[0]) & F.TITLE):
                continue
            if len(other) == 2 and len(run.words) == 1:
                person += 2.0  # behind a title
                continue
            before = text[max(0, a - 14) : a].split()
            if before and text[a - 1] in " \u00a0":
                low = before[-1].lower()
                if low in self.lexicon.places and len(run.words) < 3:
                    place += 1.0
                elif self.lexicon.flags(low) & F.DETERMINER and low in self.lexicon.definite:
                    organisation += 0.8
                elif self.lexicon.flags(low) & (F.TITLE | F.ROLE) and not self.lexicon.flags(low) & F.GROUP:
                    person += 1.5
                elif self.lexicon.flags(low) & F.STRONG_CUE and len(run.words) > 1:
                    person += 0.5  # "said Ada Quill"
            group = _WORD.match(text, b + 1) if text[b : b + 1] == " " else None
            if group is not None and self.lexicon.flags(group.group()) & (F.GROUP | F.ORGANISATION) and len(run.words) > 1:
                organisation += 0.8  # "Karo Sund militants"
            behind = text[b : b + 12].lstrip("’'s")
            if behind.startswith(", "):
                opener = behind[2:].split(" ")[0]
                if self.lexicon.flags(opener) & F.RELATIVE:
                    if opener in self.lexicon.of_things:
                        organisation += 1.5
                    else:
                        person += 1.5
            if looked < _PRONOUNS_LOOKED_AT and self.lexicon.file.pronouns_tell_gender:
                if len(run.words) == 1 and text[b : b + 1] == "," and self._opens_text_sentence(a):
                    continue  # "Worse, he"
                looked += 1
                follows = self._following(b)
                person += 0.8 if follows > 0 else 0.0
                organisation += 0.8 if follows < 0 else 0.0
        return Scores(min(person, 4.0), min(organisation, 2.4), min(place, 3.0))

    def following_pronoun(self, end: int) -> int:
        """Gender of the pronoun that opens the next sentence or clause, where no other name stands between and none is quoted."""
        return max(0, self._following(end))

    def _following(self, end: int) -> int:
        """The same, and -1 where it is the pronoun of a thing."""
        text, at = self.text, end
        last = min(len(text), end + _FOLLOWING)
        k = bisect_left(self.starts, end)
        while at < last:
            q = bisect_left(self.quoted_starts, at)
            stop = min(last, self.quoted_starts[q]) if q < len(self.quoted_starts) else last
            for match in _WORD.finditer(text, at, stop):
                while k < len(self.starts) and self.ends[k] <= match.start():
                    k += 1
                flag = self.lexicon.flags(match.group())
                if flag & F.PRONOUN and flag & GENDERS:
                    return flag & GENDERS
                if flag & F.PRONOUN and flag >> F.FORM_SHIFT & 7 == IT:
                    return -1
                if k < len(self.starts) and self.starts[k] <= match.start() and not self._only_opens(match):
                    return 0
            at = self.quoted[q][1] if stop < last else last
        return 0

    def _only_opens(self, match: re.Match[str]) -> bool:
        """Whether a capitalised word is one that begins no name."""
        return bool(self.lexicon.flags(match.group()) & (F.NOT_NAME | F.PRONOUN | F.DETERMINER))

    def kind_of(self, run: Run) -> NameKind:
        """What the text says a name is: the kind with the most to say for it."""
        if len(run.words) > _LONGEST_NAME:
            return NameKind.ORGANISATION  # a headline
        person, organisation, place = self._score(run)
        if max(person, organisation, place) < _MIN_KIND:
            return NameKind.UNKNOWN
        if person >= organisation and person >= place:
            return NameKind.PERSON
        return NameKind.PLACE if place >= organisation else NameKind.ORGANISATION

    def is_person(self, run: Run) -> bool:
        """Whether something in the text says that this is a person's name."""
        if len(run.words) > _LONGEST_NAME:
            return False  # a headline
        person, organisation, place = self._score(run)
        return person >= 1.0 and person > organisation and person > place

    def may_be_person(self, run: Run) -> bool:
        """Whether it may be a person though nothing says so: two or three words, no place or institution, no "in" or "the" before them."""
        if self.is_person(run):
            return True
        if len(run.words) not in (2, 3) or any(self.lexicon.flags(w) & F.DAY for w in run.words):
            return False
        person, organisation, place = self._score(run)
        if person <= organisation or person <= place:
            return False
        before = self.text[max(0, run.start - 12) : run.start].split()
        flag = self.lexicon.flags(before[-1]) if before and before[-1][-1].isalpha() else 0
        return not flag & (F.BOUNDARY | F.DETERMINER)

    def _numbers_of(self, last: str) -> Sequence[int]:
        """The runs of two words or more that end with this one (lower case); else, where names have cases, with it in another case."""
        found = self._full.get(last, ())
        if found or not self.lexicon.case_endings:
            return found
        return next((runs for other, runs in self._full.items() if self._is_case_of(other, last)), ())

    def _is_case_of(self, a: str, b: str) -> bool:
        """Whether two words (lower case) differ in the ending of a case only: "зуева", "зуевой"."""
        common = 0
        while common < min(len(a), len(b)) and a[common] == b[common]:
            common += 1
        endings = self.lexicon.case_endings
        return common >= _SHORTEST_STEM and a[common:] in endings and b[common:] in endings

    def in_nominative(self, words: tuple[str, ...]) -> Run | None:
        """The run that has a name of several words (lower case) with its first name as it is listed, where these have it in another case."""
        if not self.lexicon.case_endings or len(words) < 2 or words[0] in self.lexicon.listed_names:
            return None
        for number in self._numbers_of_cases(words[-1]):
            run = self.run(number)
            if run is None or len(run.words) != len(words) or run.words[0] not in self.lexicon.listed_names:
                continue
            if all(a == b or self._is_case_of(a, b) for a, b in zip(run.words, words, strict=True)):
                return run
        return None

    def _numbers_of_cases(self, last: str) -> list[int]:
        return [
            n for other, runs in self._full.items() if other == last or self._is_case_of(other, last) for n in runs[:MAX_LOOKED_AT]
        ]

    def full_name(self, last: str) -> Run | None:
        """The likeliest full mention of a person with this last name (lower case)."""
        if last in self._full_names:
            return self._full_names[last]
        bearers = self.bearers(last)
        found = bearers[0].run if bearers else None
        if found is None:  # "Orsola Venn", of whom nothing says that she is somebody
            runs = (self.run(index) for index in self._numbers_of(last)[:MAX_LOOKED_AT])
            found = next(
                (run for run in runs if run is not None and len(run.words) > 1 and not run.suffix and self.may_be_person(run)), None
            )
        self._full_names[last] = found = found or self._family_name_first(last)
        return found

    def full(self, run: Run, gender: int = 0) -> Run:
        """The full mention of the person whom a name of one word stands for; itself where there is none. `gender`: theirs, if known."""
        if len(run.words) > 1:
            return run
        gender = gender or run.gender
        bearers = self.bearers(run.words[0], run.suffix)
        if not bearers and not self._titled(run):
            bearers = self.called(run.words[0])
            bearers = bearers if len(bearers) == 1 else []
        fitting = [x.run for x in bearers if not (gender and x.run.gender and not x.run.gender & gender)]
        if bearers:
            return fitting[0] if fitting else run
        return self.full_name(run.words[0]) or run

    def _titled(self, run: Run) -> bool:
        """Whether a title stands right before the name: "Mr Martin" is nobody called Martin."""
        before = self.text[max(0, run.start - 12) : run.start].split()
        return bool(before) and bool(self.lexicon.flags(before[-1]) & F.TITLE)

    def bearers(self, last: str, suffix: str = "") -> list[Bearer]:
        """The people of this last name (lower case): who is named most often first."""
        key = f"{last} {suffix}"
        known = self._bearers_of.get(key)
        if known is None:
            runs = [run for index in self._numbers_of(last)[:MAX_LOOKED_AT] if (run := self.run(index)) is not None]
            grouped = self._grouped([r for r in runs if not suffix or r.suffix == suffix])
            known = self._bearers_of[key] = [x for x in grouped if suffix or not x.run.suffix or not self._named_before(last, x)]
        return known

    def _named_before(self, last: str, bearer: Bearer) -> bool:
        """Whether the last name stands alone before "Anselm Renn Jr." is named: then it is another one's."""
        index = next(iter(self._by_last.get(last, ())), None)
        if index is None:
            return False
        run = self.run(index)
        return run is not None and len(run.words) == 1 and run.start < bearer.places[0]

    def called(self, first: str) -> list[Bearer]:
        """The people whose name begins with this word (lower case)."""
        key = f" {first}"
        known = self._bearers_of.get(key)
        if known is None:
            runs = [run for index in self.going_on_behind(first)[:MAX_LOOKED_AT] if (run := self.run(index)) is not None]
            known = self._bearers_of[key] = self._grouped(
                [r for r in runs if first in self._called_by(r) and len(r.words) <= _LONGEST_NAME]
            )
        return known

    def _called_by(self, run: Run) -> tuple[str, ...]:
        """The first name, and the nickname between marks."""
        nickname = next(
            (w for w in run.words[1:-1] if re.search(rf"[\"“'‘(]{re.escape(w)}", self.text[run.start : run.end].lower())), ""
        )
        return (run.words[0], nickname)

    def _grouped(self, runs: list[Run]) -> list[Bearer]:
        """Full mentions of people, those of one person together: the same first and last word and suffix."""
        groups: dict[tuple[str, str, str], list[Run]] = {}
        for run in runs:
            if len(run.words) > 1 and self.is_person(run):
                groups.setdefault((run.words[0], run.words[-1], run.suffix), []).append(run)
        bearers = []
        for group in groups.values():
            best = max(group, key=lambda r: (r.given, len(r.words) < 4, -r.start))
            gender = next((r.gender for r in group if r.gender), 0)
            roles = next((r.roles for r in group if r.roles), ())
            bearers.append(
                Bearer(best._replace(gender=best.gender or gender, roles=best.roles or roles), tuple(r.start for r in group))
            )
        return sorted(bearers, key=lambda x: (bool(x.run.suffix), -len(x.places), x.run.start))

    def going_on_behind(self, word: str) -> list[int]:
        """The runs of which the word (lower case) is not the last."""
        if self._inner is None:
            self._inner = {}
            for index, (a, b) in enumerate(zip(self.starts, self.ends, strict=True)):
                for inner in self.text[a:b].lower().split()[:-1]:
                    self._inner.setdefault(inner.strip("\"“”'‘’()"), []).append(index)
        return self._inner.get(word, [])

    def _family_name_first(self, name: str) -> Run | None:
        """ "Ren said", of Ren Haoyu: the first full mention of a person whose name begins with this one."""
        if self.lexicon.flags(name) & (F.GIVEN | _NO_FAMILY_NAME):
            return None
        for index in self.going_on_behind(name)[:MAX_LOOKED_AT]:
            run = self.run(index)
            if run is not None and 1 < len(run.words) <= _LONGEST_NAME and run.words[0] == name and self.is_person(run):
                return run
        return None


@lru_cache(maxsize=16)
def _shapes(lexicon: Lexicon) -> Shapes:
    """What was read before of runs of capitalised words, for one lexicon."""
    return {}
