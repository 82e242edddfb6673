"""The names that stand in a text: runs of capitalised words, the titles before them and the appositions behind.

Whom a mention means does not belong here (`resolver`), nor what sentences show of people and things (`clues`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from pipelines.quotes import flags as F
from pipelines.quotes.lexicon import MEMO_LIMIT, Lexicon
from pipelines.quotes.people.name_tokens import Capitals, NameTokens, Token

_ENDING = re.compile(r"(?:[’']s?|\.)$")
_CLITIC = re.compile("[’'](?![sS]$)")
STATED_AGE = re.compile(r", (\d{1,3})(?=[,.;) ])")
GENDERS = F.MASCULINE | F.FEMININE
MAX_LOOKED_AT = 40  # mentions of one name or role
_BEFORE_NAME = 90  # characters before a name in which its titles stand
_BEHIND_NAME = 110  # and behind, for its apposition
_SENTENCE_ENDS = '.!?\n”"»'
_OPENING_CLAUSE = 160  # characters before a name in which such a clause stands
_OPENING = 60  # characters before a name in which its sentence begins, where it opens it
_NO_OPENING = F.CUE | F.AUXILIARY | F.PRONOUN | F.BOUNDARY  # what stands between no sentence's start and its subject
_LONGEST_NAME = 6  # words
_LONGEST_KEPT = 40  # characters of a run of which it is remembered what it is
_MAX_BEFORE_SUBJECT = 6  # tokens


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

    def __init__(self, tokens: NameTokens, capitals: Capitals) -> None:
        self.text, self.lexicon, self.tokens = tokens.text, tokens.lexicon, tokens
        self.starts, self.ends = capitals
        self._runs: dict[int, Run | None] = {}
        self._full: dict[str, list[int]] = {}  # last word -> numbers of runs of two words or more
        self._alone: set[str] = set()  # words that stand alone as a name, or behind a title
        self._full_names: dict[str, Run | None] = {}
        self._inner: dict[str, list[int]] | None = None  # word -> numbers of runs that go on behind it
        self._openers: dict[int, bool] = {}  # start of a name -> whether it opens its sentence
        self._subjects: dict[int, bool] = {}  # number of a run -> whether it is a subject
        self._persons: dict[int, bool] = {}  # start of a run -> whether something says that it is a person
        self._likely_persons: dict[int, bool] = {}
        text, shapes, shape_of = self.text, _shapes(self.lexicon), self._shape
        for number, (a, b) in enumerate(zip(self.starts, self.ends, strict=True)):
            run = text[a:b]
            last, full, alone = shapes.get(run) or shape_of(run, shapes)
            if full:
                self._full.setdefault(last, []).append(number)
            if alone:
                self._alone.add(last)

    def _shape(self, run: str, shapes: Shapes) -> tuple[str, bool, bool]:
        """Of a run of capitalised words the last, lower case; whether it has more; and whether the last stands alone or behind a title."""
        words = run.split()
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
            self._runs[number] = self._read(self.starts[number], self.ends[number])
        return self._runs[number]

    def run_at(self, start: int) -> Run | None:
        """The run in which a place of the text lies, None where it lies in none or that is no name."""
        number = bisect_right(self.starts, start) - 1
        return self.run(number) if number >= 0 and start < self.ends[number] else None

    def full(self, run: Run) -> Run:
        """The full name of whom a run names, as it stands first; the run itself where it has more than one word, or there is none."""
        return run if len(run.words) > 1 else self.full_name(run.words[-1]) or run

    def is_last_name(self, word: str) -> bool:
        """Whether a name of the text of more than one word ends with it."""
        return word in self._full

    def _read(self, start: int, end: int) -> Run | None:
        tokens = [t for t in self.tokens.between(start, end) if t.flags & F.LETTER]
        first = self.name_from(tokens)
        while first < len(tokens) and tokens[first].flags & (F.NOT_NAME | F.DAY) and not tokens[first].flags & F.GIVEN:
            first += 1
        if first >= len(tokens):
            return None
        name = tokens[first:]
        while len(name) > 1 and name[-1].flags & F.DAY:
            name = name[:-1]  # "told CNN Friday"
        gender = 0
        roles: list[str] = []
        before = self._before(tokens[0].start, first)
        introduction = [] if before else self._introduced_before(start, end)
        before = before or introduction
        for token in [*before, *tokens[:first]]:
            if token.flags & (F.TITLE | F.ROLE):
                roles.append(self._title(token))
                gender |= token.flags & GENDERS
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
        behind = self._behind(name[-1].end)
        for token in behind:
            if token.flags & (F.TITLE | F.ROLE):
                roles.append(token.word.lower())
                gender = gender or token.flags & GENDERS
        words = (*(t.word.lower() for t in name[:-1]), self.text[name[-1].start : b].lower())
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
        )

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

    def _before(self, start: int, first: int) -> list[Token]:
        """Titles and roles right before a name: capitalised words, small nouns of people and what joins them."""
        low = max(0, start - _BEFORE_NAME)
        if first or not self._may_precede(self.tokens.flags_before(low, start)):
            return []
        kept: list[Token] = []
        for token in self.tokens.backward(low, start):
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
        low, text = max(0, start - _OPENING), self.text
        if self.tokens.flags_before(low, start) & _NO_OPENING and text[start - 1] == " " and text[start - 2].isalpha():
            return False  # the word right before it, no sentence ending between
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
            t.flags & (F.COMMA | _NO_OPENING) for t in tokens
        )

    def is_subject(self, number: int) -> bool:
        """Whether a name opens its sentence, or the main clause behind the comma of an opening one: "Asked why, Renn shook his head"."""
        known = self._subjects.get(number)
        if known is None:
            known = self._subjects[number] = self._is_subject(self.starts[number], self.ends[number])
        return known

    def _is_subject(self, start: int, end: int) -> bool:
        if self.opens_sentence(start):
            return True
        if self.text[max(0, start - 2) : start] != ", " or not self.text[end : end + 2].strip().isalpha():
            return False
        low = max(0, start - _OPENING_CLAUSE)
        lead = self.text[low : start - 2]
        cut = max(map(lead.rfind, _SENTENCE_ENDS))
        if (cut < 0 and start > _OPENING_CLAUSE) or "," in lead[cut + 1 :]:
            return False
        opener = next(self.tokens.forward(low + cut + 1, start - 2), None)
        behind = next(self.tokens.forward(end, min(len(self.text), end + _BEHIND_NAME)), None)
        if opener is None or behind is None:
            return False
        return bool(opener.flags & (F.BOUNDARY | F.ENDS_ED | F.ENDS_ING)) and not behind.flags & (
            F.BOUNDARY | F.PARTICLE | F.CAPITAL
        )

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
            kept.append(token)
        return (
            kept
            if (kept and not kept[0].flags & (F.PARTICLE & ~F.NAME_PARTICLE)) or not kept or kept[0].flags & F.DETERMINER
            else []
        )

    def _predicate(self, end: int) -> str:
        """ "Alma Reed has been its guard for twenty years": the noun, where only auxiliaries and a determiner lead to it."""
        far = min(len(self.text), end + _BEHIND_NAME // 2)
        if not self.tokens.flags_behind(end, far) & F.AUXILIARY:
            return ""
        determined, head = False, ""
        for token in self.tokens.forward(end, far):
            flag = token.flags
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

    def name_from(self, tokens: list[Token]) -> int:
        """Index of the first token of the name proper: behind titles, roles, determiners, possessors and organisations."""
        first = 0
        seen_role = False
        for k, token in enumerate(tokens[:-1]):
            flag = token.flags
            if flag & F.GIVEN and not flag & F.ROLE:
                if seen_role:
                    return k
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

    def is_person(self, run: Run) -> bool:
        """Whether something in the text says that this is a person's name."""
        known = self._persons.get(run.start)
        if known is None:
            known = self._persons[run.start] = self._is_person(run)
        return known

    def _is_person(self, run: Run) -> bool:
        if len(run.words) > _LONGEST_NAME:
            return False  # a headline
        if any(self.lexicon.flags(w) & (F.ORGANISATION | F.MEDIUM) for w in run.words) and not run.given:
            return False
        if run.roles or run.gender or run.given or run.noun:
            return True
        return len(run.words) in (2, 3) and (run.words[-1] in self._alone or STATED_AGE.match(self.text, run.end) is not None)

    def may_be_person(self, run: Run) -> bool:
        """Whether it may be a person though nothing says so: two or three words, no place or institution, no "in" or "the" before them."""
        known = self._likely_persons.get(run.start)
        if known is None:
            known = self._likely_persons[run.start] = self.is_person(run) or self._looks_like_person(run)
        return known

    def _looks_like_person(self, run: Run) -> bool:
        if len(run.words) not in (2, 3) or any(self.lexicon.flags(w) & (F.ORGANISATION | F.MEDIUM | F.DAY) for w in run.words):
            return False
        before = self.text[max(0, run.start - 12) : run.start].split()
        flag = self.lexicon.flags(before[-1]) if before and before[-1][-1].isalpha() else 0
        return not flag & (F.BOUNDARY | F.DETERMINER)

    def full_name(self, last: str) -> Run | None:
        """The first full mention of the person with this last name (lower case)."""
        if last not in self._full_names:
            self._full_names[last] = self._find_full_name(last) or self._family_name_first(last)
        return self._full_names[last]

    def _find_full_name(self, last: str) -> Run | None:
        found: Run | None = None
        for number in self._full.get(last, ())[:MAX_LOOKED_AT]:
            run = self.run(number)
            if run is not None and len(run.words) > 1:
                if self.is_person(run):
                    return run
                found = found or run
        return found

    def going_on_behind(self, word: str) -> list[int]:
        """The runs of which the word (lower case) is not the last."""
        if self._inner is None:
            self._inner = {}
            for number, (a, b) in enumerate(zip(self.starts, self.ends, strict=True)):
                for inner in self.text[a:b].lower().split()[:-1]:
                    self._inner.setdefault(inner, []).append(number)
        return self._inner.get(word, [])

    def _family_name_first(self, name: str) -> Run | None:
        """ "Ren said", of Ren Haoyu: the first full mention of a person whose name begins with this one."""
        if self.lexicon.flags(name) & (F.GIVEN | _NO_FAMILY_NAME):
            return None
        for number in self.going_on_behind(name)[:MAX_LOOKED_AT]:
            run = self.run(number)
            if run is not None and 1 < len(run.words) <= _LONGEST_NAME and run.words[0] == name and self.is_person(run):
                return run
        return None


@lru_cache(maxsize=16)
def _shapes(lexicon: Lexicon) -> Shapes:
    """What was read before of runs of capitalised words, for one lexicon."""
    return {}
