"""Who a mention is: last name to full name, pronoun to the recent speaker, role to the person it was introduced for.

Every answer is a stretch of the article's own text. The text's names are read once, and only when a mention asks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from pipelines.quotes.flags import (
    AUXILIARY,
    BOUNDARY,
    CAPITAL,
    COMMA,
    CUE,
    DAY,
    DETERMINER,
    DOCUMENT,
    FEMININE,
    GIVEN,
    GROUP,
    LETTER,
    MASCULINE,
    MEDIUM,
    NAME_PARTICLE,
    NOT_NAME,
    ORGANISATION,
    PARTICLE,
    PLURAL,
    POSSESSIVE,
    PRONOUN,
    ROLE,
    TITLE,
    UNKNOWN_LOWER,
    UNNAMED,
)
from pipelines.quotes.pack import Pack
from pipelines.vocabulary import SpeakerKind

_UPPER = "".join(re.escape(c) for c in map(chr, range(0x590)) if c.isupper())
_TOKEN = re.compile(r"(?:[^\W\d_]\.){1,}(?=\W|$)|\w+(?:[-’'.&]\w+)*|[^\w\s]")
_ENDING = re.compile(r"(?:[’']s?|\.)$")
_CLITIC = re.compile("[’'](?![sS]$)")
_GENDERS = MASCULINE | FEMININE
_MOST_LOOKED_AT = 40  # mentions of one name or role
_SENTENCES_BACK = 3  # in which a role is looked for that may be the subject
_LONGEST_ARTICLE = 8  # characters
_LEAST_FOR_ROLE = 0.2  # score below which nobody is meant by a role that the text gave to nobody
_FOLLOWING = 220  # characters behind a name in which a pronoun tells its gender
_WORD = re.compile(r"\w+")
_NEXT_SENTENCE = re.compile(r"(?<=[.!?])[”\"’»“]?\s+(?=\w)")
_FARTHEST = 2500  # characters back that a pronoun looks
_BEFORE_NAME = 90  # characters before a name in which its titles stand
_BEHIND_NAME = 110  # and behind, for its apposition
_SENTENCE_ENDS = '.!?\n”"»'
_MOST_BEFORE_SUBJECT = 6  # tokens


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


class Resolved(NamedTuple):
    """The answer for one mention: `start, end` of the name in the text (both None where nobody can be named)."""

    start: int | None
    end: int | None
    kind: SpeakerKind
    role: str | None
    certainty: float


class Token(NamedTuple):
    word: str
    start: int
    end: int
    flags: int


def _is_wordy(character: str) -> bool:
    return character.isalnum() or character == "_"


def _called_by(behind: list[Token], introduction: list[Token]) -> str:
    """The head noun of an apposition that begins with an article, or of the phrase before the name; where it is in no list."""
    tokens = behind if behind and behind[0].flags & DETERMINER else introduction
    head = ""
    for token in tokens[1:]:
        if token.flags & (BOUNDARY | PARTICLE | CAPITAL) or not token.flags & LETTER:
            break
        head = token.word.lower() if token.flags & UNKNOWN_LOWER else ""
    return head


class Names:
    """The names of one text, and the speakers met so far, in reading order."""

    def __init__(self, text: str, pack: Pack, quoted: list[tuple[int, int]]) -> None:
        """`quoted`: the stretches between quotation marks, ascending; who is only talked about there is no recent subject."""
        self.text = text
        self.pack = pack
        self._quoted = quoted
        self._quoted_starts = [a for a, _ in quoted]
        self._spoke: list[tuple[int, int, int, int]] = []  # position, name start, name end, gender
        self._unnamed: list[tuple[int, int, int, str]] = []  # position, name start, name end, head noun
        self._lower: str | None = None
        self._spans: list[tuple[int, int]] | None = None  # runs of capitalised words
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._details: dict[int, Run | None] = {}
        self._full: dict[str, list[int]] = {}  # last word -> indexes of runs of two words or more
        self._inferred: dict[int, int] = {}  # start of a name -> gender of the pronoun that stood for it
        self._followed: dict[int, int] = {}  # start of a name -> gender of the pronoun that follows it in the text
        self._known: dict[str, Run | None] = {}
        self._named: dict[tuple[str, str | None], tuple[Resolved, tuple[int, int, int]]] = {}
        self._openers: dict[int, bool] = {}  # start of a name -> whether it opens its sentence
        self._alone: set[str] = set()  # words that stand alone as a name, or behind a title

    # --- what the text says of its names

    def _read(self) -> list[tuple[int, int]]:
        """Finds the runs of capitalised words; what each is, is looked at only when asked."""
        if self._spans is not None:
            return self._spans
        text, shapes = self.text, self.pack.run_shapes
        spans = self._spans = [m.span() for m in self.pack.name_pattern(_UPPER).finditer(text)]
        self._starts = [a for a, _ in spans]
        self._ends = [b for _, b in spans]
        for index, (a, b) in enumerate(spans):
            run = text[a:b]
            last, full, alone = shapes.get(run) or self._shape(run)
            if full:
                self._full.setdefault(last, []).append(index)
            if alone:
                self._alone.add(last)
        return spans

    def _shape(self, run: str) -> tuple[str, bool, bool]:
        """Of a run of capitalised words the last, lower case; whether it has more; and whether the last stands alone or behind a title."""
        words = run.split()
        last = words[-1].lower()
        if last[-1] in "’'.s":
            last = _ENDING.sub("", words[-1]).lower()
        titled = len(words) == 2 and self.pack.flags(words[0]) & (TITLE | NOT_NAME) != 0
        shape = last, len(words) > 1, len(words) == 1 or titled
        self.pack.keep_shape(run, shape)
        return shape

    def _detail(self, index: int) -> Run | None:
        if index not in self._details:
            assert self._spans is not None
            self._details[index] = self._run(*self._spans[index])
        return self._details[index]

    def _tokens(self, start: int, end: int) -> list[Token]:
        tokens: list[Token] = []
        text, at = self.text, start
        make = tuple.__new__  # what the class does too, at half the cost
        for chunk in text[start:end].split():
            at = text.find(chunk, at)
            tokens += [make(Token, (word, at + a, at + b, flags)) for word, a, b, flags in self._parts(chunk)]
            at += len(chunk)
        return tokens

    def _parts(self, chunk: str) -> tuple[Token, ...]:
        """The tokens of a stretch without blanks, offsets from its start. No token holds a blank, so each stretch is cut by itself, once."""
        parts: tuple[Token, ...] | None = self.pack.parts.get(chunk)
        if parts is None:
            flags = self.pack.flags
            parts = tuple(Token(m.group(), m.start(), m.end(), flags(m.group())) for m in _TOKEN.finditer(chunk))
            self.pack.keep_parts(chunk, parts)
        return parts

    def _words(self, start: int, end: int) -> Iterator[Token]:
        """Word and flags of the tokens; their offsets count from somewhere else."""
        for chunk in self.text[start:end].split():
            yield from self._parts(chunk)

    def _words_back(self, start: int, end: int) -> Iterator[Token]:
        """The same, last to first."""
        for chunk in reversed(self.text[start:end].split()):
            yield from reversed(self._parts(chunk))

    def _run(self, start: int, end: int) -> Run | None:
        tokens = [t for t in self._tokens(start, end) if t.flags & LETTER]
        first = self._name_from(tokens)
        while first < len(tokens) and tokens[first].flags & (NOT_NAME | DAY) and not tokens[first].flags & GIVEN:
            first += 1
        if first >= len(tokens):
            return None
        name = tokens[first:]
        gender = 0
        roles: list[str] = []
        before = self._before(tokens[0].start, first)
        introduction = [] if before else self._introduced_before(start, end)
        before = before or introduction
        for token in [*before, *tokens[:first]]:
            if token.flags & (TITLE | ROLE):
                roles.append(token.word.lower().rstrip("."))
                gender |= token.flags & _GENDERS
        given = next((k for k, t in enumerate(name[:-1]) if t.flags & GIVEN), None)
        if first == 0 and roles and before[-1].flags & PARTICLE and not before[-1].flags & NAME_PARTICLE and given != 0:
            if len(name) > 2:
                name = name[-2:]  # "Secretary of State Ada Jane Quill"
            else:
                roles, gender = [], 0  # "secretary of the Defence Council": the office, not who holds it
        if given is not None:
            gender = next((t.flags & _GENDERS for t in name if t.flags & GIVEN), 0) or gender
        if gender == _GENDERS:
            gender = 0
        a, b = name[0].start, self._bare_end(name[-1])
        behind = self._behind(name[-1].end)
        for token in behind:
            if token.flags & (TITLE | ROLE):
                roles.append(token.word.lower())
                gender = gender or token.flags & _GENDERS
        words = (*(t.word.lower() for t in name[:-1]), self.text[name[-1].start : b].lower())
        return Run(
            a,
            b,
            words,
            gender,
            tuple(roles),
            bool(name[-1].flags & POSSESSIVE),
            given is not None,
            bool(introduction) and not _CLITIC.search(name[-1].word),
            _called_by(behind, introduction),
        )

    def _bare_end(self, token: Token) -> int:
        """Where the token ends without its possessive ending or full stop."""
        word = token.word
        if token.flags & POSSESSIVE:
            return token.end - (2 if word[-1] in "sS" and word[-2] in "'’" else 1)
        return token.end - 1 if word.endswith(".") and len(word) > 2 and "." not in word[:-1] else token.end

    def _before(self, start: int, first: int) -> list[Token]:
        """Titles and roles right before a name: capitalised words, small nouns of people and what joins them."""
        if first:
            return []
        kept: list[Token] = []
        for token in self._words_back(max(0, start - _BEFORE_NAME), start):
            if not self._may_precede(token.flags):
                break
            kept.append(token)
        kept.reverse()
        return kept

    @staticmethod
    def _may_precede(flags: int) -> bool:
        """Whether a token may stand among titles and roles before a name."""
        return bool(flags & LETTER) and not flags & POSSESSIVE and bool(flags & (CAPITAL | TITLE | ROLE | PARTICLE))

    def _introduced_before(self, start: int, end: int) -> list[Token]:
        """ "The curator, Odarka Reed, …": the phrase before the comma, where the name stands between commas."""
        if self.text[max(0, start - 2) : start] != ", " or self.text[end : end + 1] not in (",", "."):
            return []
        kept: list[Token] = []
        for token in self._words_back(max(0, start - _BEFORE_NAME), start - 2):
            if not token.flags & LETTER:
                return []
            kept.append(token)
            article = token.flags & DETERMINER and not (token.flags & PARTICLE and not token.flags & CAPITAL)
            if article or token.flags & POSSESSIVE or (token.flags & DETERMINER and token.word.lower() in self.pack.definite):
                return kept[::-1] if any(t.flags & (ROLE | TITLE) for t in kept) else []
        return []

    def _opens_sentence(self, start: int) -> bool:
        """Whether nothing but a few modifiers stands between the sentence's start and the name, so that it is the subject."""
        known = self._openers.get(start)
        if known is None:
            known = self._openers[start] = self._is_opener(start)
        return known

    def _is_opener(self, start: int) -> bool:
        low = max(0, start - 60)
        lead = self.text[low:start]
        cut = max(map(lead.rfind, _SENTENCE_ENDS))
        if cut < 0 and low:
            return False
        chunks = lead[cut + 1 :].split()
        if len(chunks) > _MOST_BEFORE_SUBJECT:
            return False
        tokens = [t for chunk in chunks for t in self._parts(chunk)]
        if len(tokens) > 2 and tokens[-1].flags & COMMA and tokens[0].flags & DETERMINER and any(t.flags & ROLE for t in tokens):
            return not any(
                t.flags & (CUE | AUXILIARY | PRONOUN | COMMA) & ~ROLE for t in tokens[:-1]
            )  # "The ambassador, Ada Quill, …"
        return len(tokens) <= _MOST_BEFORE_SUBJECT and not any(
            t.flags & (CUE | AUXILIARY | PRONOUN | COMMA | BOUNDARY) for t in tokens
        )

    def _behind(self, end: int) -> list[Token]:
        """The apposition behind a name: ", secretary of the council," as far as its comma."""
        if self.text[end : end + 2] != ", ":
            return []
        kept: list[Token] = []
        for token in self._words(end + 2, min(len(self.text), end + _BEHIND_NAME)):
            if not token.flags & LETTER or (token.flags & CUE and not token.flags & (TITLE | ROLE)):
                break
            kept.append(token)
        return kept if (kept and not kept[0].flags & (PARTICLE & ~NAME_PARTICLE)) or not kept or kept[0].flags & DETERMINER else []

    def _predicate(self, end: int) -> str:
        """ "Alma Reed has been its guard for twenty years": the noun, where only auxiliaries and a determiner lead to it."""
        determined, head = False, ""
        for token in self._words(end, min(len(self.text), end + _BEHIND_NAME // 2)):
            flag = token.flags
            if not determined:
                if flag & DETERMINER and head:
                    determined, head = True, ""
                elif flag & AUXILIARY:
                    head = "auxiliary"
                else:
                    return ""
            elif not flag & LETTER or flag & (BOUNDARY | PARTICLE | CAPITAL | CUE):
                break
            else:
                head = token.word.lower()
        return head if determined else ""

    def _name_from(self, tokens: list[Token]) -> int:
        """Index of the first token of the name proper: behind titles, roles, determiners, possessors and organisations."""
        first = 0
        seen_role = False
        for k, token in enumerate(tokens[:-1]):
            flag = token.flags
            if flag & GIVEN and not flag & ROLE:
                if k > first and seen_role:
                    return k
                continue
            small = not flag & CAPITAL and not flag & NAME_PARTICLE
            joins = flag & PARTICLE and not flag & NAME_PARTICLE
            if flag & (TITLE | ROLE | GROUP):
                seen_role = True
                first = k + 1
            elif small or flag & POSSESSIVE or (k == first and flag & (DETERMINER | NOT_NAME)):
                if not joins or seen_role:
                    first = k + 1
            elif seen_role and flag & (ORGANISATION | MEDIUM):
                first = k + 1
        if seen_role and len(tokens) - first > 2 and first and tokens[first - 1].flags & PARTICLE:
            given = next((k for k in range(first, len(tokens) - 1) if tokens[k].flags & GIVEN), None)
            first = given if given is not None else len(tokens) - 2
        return first

    def _person(self, run: Run) -> bool:
        """Whether something in the text says that this is a person's name."""
        if any(self.pack.flags(w) & (ORGANISATION | MEDIUM) for w in run.words) and not run.given:
            return False
        return bool(run.roles or run.gender or run.given or run.noun) or (len(run.words) in (2, 3) and run.words[-1] in self._alone)

    def _likely(self, run: Run) -> bool:
        """Whether it may be a person though nothing says so: two or three words, no place or institution, no "in" or "the" before them."""
        if self._person(run):
            return True
        if len(run.words) not in (2, 3) or any(self.pack.flags(w) & (ORGANISATION | MEDIUM | DAY) for w in run.words):
            return False
        before = self.text[max(0, run.start - 12) : run.start].split()
        flag = self.pack.flags(before[-1]) if before and before[-1][-1].isalpha() else 0
        return not flag & (BOUNDARY | DETERMINER)

    def _full_name(self, last: str) -> Run | None:
        """The first full mention of the person with this last name (lower case)."""
        self._read()
        if last in self._known:
            return self._known[last]
        found: Run | None = None
        for index in self._full.get(last, ())[:_MOST_LOOKED_AT]:
            run = self._detail(index)
            if run is not None and len(run.words) > 1:
                if self._person(run):
                    found = run
                    break
                found = found or run
        self._known[last] = found
        return found

    # --- mentions

    def name(self, start: int, end: int, roles: str | None = None) -> Resolved:
        """A mention that ends in a name: its own full form, or the first full one of that last name."""
        key = (self.text[start:end], roles)
        known = self._named.get(key)
        if known is not None:
            self._spoke.append((start, *known[1]))
            return known[0]
        spoken = len(self._spoke)
        found = self._name(start, end, roles)
        if found.kind is SpeakerKind.PERSON and len(self._spoke) == spoken + 1:
            # another mention in the same words is the same person
            self._named[key] = (found, self._spoke[-1][1:])
        return found

    def _name(self, start: int, end: int, roles: str | None) -> Resolved:
        tokens = [t for t in self._tokens(start, end) if t.flags & LETTER or t.word == "&"]
        if not tokens:
            return Resolved(None, None, SpeakerKind.PERSON, roles, 0.2)
        first = self._name_from(tokens)
        last = tokens[-1]
        titles = [t for t in tokens[:-1] if t.flags & (TITLE | ROLE) and not t.flags & GIVEN]
        kind = self._kind_of_name(tokens, first)
        if titles and self._names_office(tokens, first):
            return self._role_of(tokens, titles[0])
        gender = self._gender_by_ending(tokens)
        if gender:
            somebody = self._somebody(last.word.lower(), tokens, start, gender)
            if somebody is not None:
                return somebody
        if kind is not SpeakerKind.PERSON:
            if titles and last.flags & (ORGANISATION | MEDIUM):
                return self._role_of(tokens, titles[0])
            begin = 1 if tokens[0].flags & DETERMINER and len(tokens) > 1 else 0
            return Resolved(tokens[begin].start, self._bare_end(last), kind, None, 0.9)
        gender = next((t.flags & _GENDERS for t in tokens if t.flags & GIVEN and t is not last), 0)
        for token in tokens:
            gender = gender or token.flags & _GENDERS
        role = roles or (titles[-1].word.lower().rstrip(".") if titles else None)
        name_start, name_end = tokens[first].start, self._bare_end(last)
        certainty = 0.95
        if first == len(tokens) - 1:
            run = self._full_name(self.text[last.start : name_end].lower())
            if run is not None:
                name_start, name_end = run.start, run.end
                gender = gender or run.gender
                role = role or (run.roles[0] if run.roles else None)
            else:
                certainty = 0.85
        self._spoke.append((start, name_start, name_end, gender))
        return Resolved(name_start, name_end, kind, role, certainty)

    def _gender_by_ending(self, tokens: list[Token]) -> int:
        """Of an article and a noun in a language that writes nouns with a capital, "der Kaufmann": its gender, 0 where it is no person."""
        if len(tokens) != 2 or not tokens[0].flags & DETERMINER or tokens[0].word.lower() not in self.pack.definite:
            return 0
        noun = tokens[1]
        if noun.flags & (ORGANISATION | MEDIUM | GROUP | DOCUMENT | GIVEN) or self._full_name(noun.word.lower()) is not None:
            return 0
        return next((gender for ending, gender in self.pack.person_endings if noun.word.endswith(ending)), 0)

    def _names_office(self, tokens: list[Token], first: int) -> bool:
        """ "The secretary of the council": what follows "of" is where the role is held, and no person's name."""
        joined = first and tokens[first - 1].flags & PARTICLE and not tokens[first - 1].flags & NAME_PARTICLE
        if not joined:
            joined = bool(first and tokens[first - 1].flags & DETERMINER and first > 1 and tokens[first - 2].flags & PARTICLE)
        name = tokens[first:]
        return bool(joined) and len(name) <= 2 and not any(t.flags & GIVEN for t in name)

    def _kind_of_name(self, tokens: list[Token], first: int) -> SpeakerKind:
        name = tokens[first:]
        last = name[-1]
        if any(t.flags & GIVEN for t in name[:-1]):
            return SpeakerKind.PERSON
        if any(t.flags & MEDIUM for t in name):
            return SpeakerKind.MEDIA
        if last.flags & DOCUMENT:
            return SpeakerKind.DOCUMENT
        if any(t.flags & ORGANISATION for t in name):
            return SpeakerKind.ORGANISATION
        if last.flags & GROUP:
            return SpeakerKind.GROUP
        if first and any(t.flags & (TITLE | ROLE) for t in tokens[:first]):
            return SpeakerKind.PERSON
        acronym = len(name) == 1 and len(last.word) > 1 and last.word.isupper()
        determined = bool(tokens[0].flags & DETERMINER) and len(name) <= 3
        if (acronym or determined) and self._full_name(last.word.lower()) is None:
            return SpeakerKind.ORGANISATION
        return SpeakerKind.PERSON

    def label(self, start: int, end: int) -> Resolved:
        """The name before the colon of a transcript's turn: always a person."""
        tokens = [t for t in self._tokens(start, end) if t.flags & LETTER]
        if not tokens:
            return Resolved(None, None, SpeakerKind.PERSON, None, 0.3)
        run = self._full_name(self.text[tokens[-1].start : tokens[-1].end].lower()) if len(tokens) < 3 else None
        a, b = (run.start, run.end) if run is not None and len(tokens) == 1 else (start, end)
        self._spoke.append((start, a, b, run.gender if run is not None else 0))
        return Resolved(a, b, SpeakerKind.PERSON, None, 0.9)

    def pronoun(self, start: int, end: int) -> Resolved:
        """A pronoun: the likeliest recent speaker or subject whose gender does not speak against it."""
        flag = self.pack.flags(self.text[start:end])
        gender = flag & _GENDERS
        if flag & PLURAL or not gender:
            kind = SpeakerKind.GROUP if flag & PLURAL else SpeakerKind.PERSON
            return Resolved(None, None, kind, None, 0.5)
        found = self._latest(start, gender)
        if found is None:
            return Resolved(None, None, SpeakerKind.PERSON, None, 0.4)
        self._spoke.append((start, found[0], found[1], gender))
        self._inferred.setdefault(found[0], gender)
        return Resolved(found[0], found[1], SpeakerKind.PERSON, None, found[2])

    def _latest(self, position: int, gender: int, role: str | None = None) -> tuple[int, int, float] | None:
        """Of recent speakers and subjects the one with most to say for it: nearness, having spoken, opening its sentence, gender.

        `gender` 0: any. `role`: what the mention calls them; who is known by other roles is less likely.
        """
        self._read()
        best: tuple[float, int, int] | None = None
        for at, a, b, theirs in self._spoke[-6:]:
            theirs = theirs or self._gender_of(a, b)
            if at < position and position - at < _FARTHEST and not (theirs and gender and not theirs & gender):
                score = 1.6 - (position - at) / 500 + (0.2 if theirs and gender else 0.0)
                score -= 0.8 if role and self._known_as_other(a, role) else 0.0
                best = max(best, (score, a, b)) if best else (score, a, b)
        last_spoke = self._spoke[-1][0] if self._spoke else -1
        subject = self._role_subject(position) if not role else None
        if subject is not None and not (subject[1].gender and gender and not subject[1].gender & gender):
            score = 0.9 - (position - subject[0]) / 500 + (1.4 if subject[0] > last_spoke else 0.7)
            best = max(best, (score, subject[1].start, subject[1].end)) if best else (score, subject[1].start, subject[1].end)
        for index in range(bisect_left(self._starts, position) - 1, -1, -1):
            most = 2.8 - (position - self._starts[index]) / 500
            if position - self._starts[index] > _FARTHEST or (best is not None and most < best[0]):
                break
            if (
                best is not None
                and best[0] > 1.4 - (position - self._ends[index]) / 500
                and not self._opens_sentence(self._starts[index])
            ):
                continue  # only a subject could still be likelier
            run = None if self._inside_quote(self._starts[index]) else self._detail(index)
            full = run if run is None or len(run.words) > 1 else self._full_name(run.words[-1]) or (run if run.introduced else None)
            if run is None or full is None or not self._likely(full):
                continue
            theirs = full.gender or self._gender_of(full.start, full.end)
            if theirs and gender and not theirs & gender:
                continue
            score = 0.9 - (position - run.start) / 500 + (0.5 if theirs and gender else 0.0)
            if not run.possessive and self._opens_sentence(self._starts[index]):
                score += 1.4 if run.start > last_spoke else 0.7  # a new subject came in between
            score -= 0.6 if run.possessive else 0.0
            score -= 0.5 if not self._person(full) else 0.0
            score -= 0.8 if role and self._known_as_other(full.start, role, full) else 0.0
            best = max(best, (score, full.start, full.end)) if best else (score, full.start, full.end)
        if best is None or (role and best[0] < _LEAST_FOR_ROLE):
            return None
        return best[1], best[2], 0.9 if best[0] > 1 else 0.75

    def _role_subject(self, position: int) -> tuple[int, Run] | None:
        """The latest sentence of the paragraph that opens with a role, "The librarian has one condition", and who holds it."""
        low = max(0, position - _FARTHEST)
        low = max(low, self.text.rfind("\n", low, position) + 1)
        starts = [low, *(m.end() for m in _NEXT_SENTENCE.finditer(self.text, low, position))]
        for start in [at for at in starts[-4 * _SENTENCES_BACK :] if not self._inside_quote(at)][: -_SENTENCES_BACK - 1 : -1]:
            opener = self.text[start : start + _LONGEST_ARTICLE].split(None, 1)
            if not opener or opener[0].lower() not in self.pack.definite:
                continue
            tokens = self._tokens(start, min(position, start + 60))[:4]
            if len(tokens) < 3 or not tokens[0].flags & DETERMINER or tokens[0].word.lower() not in self.pack.definite:
                continue
            if tokens[0].flags & (_GENDERS | PLURAL):  # "His lawyer"
                continue
            head = next((t for t in tokens[1:3] if t.flags & (ROLE | TITLE | UNKNOWN_LOWER) and not t.flags & POSSESSIVE), None)
            if head is None:
                continue
            run = self._introduced(head.word.lower(), tokens[: tokens.index(head) + 1], start)
            if run is not None:
                full = run if len(run.words) > 1 else self._full_name(run.words[-1]) or run
                return start, full
        return None

    def _known_as_other(self, start: int, role: str, run: Run | None = None) -> bool:
        """Whether the text calls whose name stands at `start` something, but not `role`."""
        if run is None:
            k = bisect_right(self._starts, start) - 1
            run = self._detail(k) if k >= 0 and start < self._ends[k] else None
        known = run.roles if run is not None else ()
        # "der Minister" for an "Innenminister"
        return bool(known) and role not in self.pack.anyone and not any(k.endswith(role) or role.endswith(k) for k in known)

    def _gender_of(self, start: int, end: int) -> int:
        """Of a name that says nothing itself: the gender of the pronoun that stood for it, or that follows it in the text."""
        if start in self._inferred or not self.pack.pronouns_tell_gender:
            return self._inferred.get(start, 0)
        if start not in self._followed:
            self._followed[start] = self._following_pronoun(end)
        return self._followed[start]

    def _following_pronoun(self, end: int) -> int:
        """Gender of the pronoun that opens the next sentence or clause, where no other name stands between and none is quoted."""
        text, at = self.text, end
        last = min(len(text), end + _FOLLOWING)
        k = bisect_left(self._starts, end)
        while at < last:
            q = bisect_left(self._quoted_starts, at)
            stop = min(last, self._quoted_starts[q]) if q < len(self._quoted_starts) else last
            for match in _WORD.finditer(text, at, stop):
                while k < len(self._starts) and self._ends[k] <= match.start():
                    k += 1
                flag = self.pack.flags(match.group())
                if flag & PRONOUN and flag & _GENDERS:
                    return flag & _GENDERS
                if k < len(self._starts) and self._starts[k] <= match.start() and not self._only_opens(match):
                    return 0
            at = self._quoted[q][1] if stop < last else last
        return 0

    def _only_opens(self, match: re.Match[str]) -> bool:
        """Whether a capitalised word is one that begins no name."""
        return bool(self.pack.flags(match.group()) & (NOT_NAME | PRONOUN | DETERMINER))

    def _inside_quote(self, position: int) -> bool:
        k = bisect_right(self._quoted_starts, position) - 1
        return k >= 0 and position < self._quoted[k][1]

    def noun(self, start: int, end: int) -> Resolved:
        """A role or other noun: the person it was introduced for, else its own words without the article."""
        tokens = [t for t in self._tokens(start, end) if t.flags & LETTER]
        if not tokens:
            return Resolved(None, None, SpeakerKind.UNNAMED, None, 0.2)
        head = next((t for k, t in enumerate(tokens) if k + 1 == len(tokens) or (k and tokens[k + 1].flags & PARTICLE)), tokens[-1])
        return self._role_of(tokens, head)

    def _role_of(self, tokens: list[Token], head: Token) -> Resolved:
        text, start = self.text, tokens[0].start
        word, flag = head.word.lower(), head.flags
        begin = 1 if tokens[0].flags & DETERMINER and len(tokens) > 1 else 0
        indefinite = bool(tokens[0].flags & DETERMINER) and tokens[0].word.lower() not in self.pack.definite
        end = self._bare_end(tokens[-1])
        kind = self._kind_of_noun(flag)
        if not indefinite and flag & (ROLE | TITLE):
            chosen = self._introduced(word, tokens, start)
            if len(tokens) <= 3 and (chosen is None or word in self.pack.anyone):
                earlier = self._earlier_unnamed(word, start)
                if earlier is not None and (chosen is None or earlier[0] > chosen.start):
                    return Resolved(earlier[0], earlier[1], SpeakerKind.UNNAMED, word, 0.8)
            if chosen is not None:
                full = chosen if len(chosen.words) > 1 else self._full_name(chosen.words[-1]) or chosen
                self._spoke.append((start, full.start, full.end, full.gender))
                return Resolved(full.start, full.end, SpeakerKind.PERSON, word, 0.8)
            owned = tokens[0].flags & (_GENDERS | PLURAL) or tokens[0].flags & POSSESSIVE  # her spokesman: somebody else
            if begin and not owned and len(tokens) <= 3 and word not in self.pack.nobody:
                found = self._latest(start, flag & _GENDERS if self.pack.language == "en" else 0, word)
                if found:
                    return Resolved(found[0], found[1], SpeakerKind.PERSON, word, 0.6)
        elif not indefinite and begin and len(tokens) == 2 and flag & UNKNOWN_LOWER:
            somebody = self._somebody(word, tokens, start, 0)
            if somebody is not None:
                return somebody
        if kind is SpeakerKind.UNNAMED:
            self._unnamed.append((start, tokens[begin].start, end, word))
        return Resolved(tokens[begin].start, end, kind, word if text and flag & (ROLE | TITLE) else None, 0.85)

    def _somebody(self, word: str, tokens: list[Token], start: int, gender: int) -> Resolved | None:
        """ "The pensioner": a word of no list, but somebody; the one introduced by it, named or not, else the likeliest."""
        chosen = self._introduced(word, tokens, start)
        if chosen is not None:
            full = chosen if len(chosen.words) > 1 else self._full_name(chosen.words[-1]) or chosen
            self._spoke.append((start, full.start, full.end, full.gender))
            return Resolved(full.start, full.end, SpeakerKind.PERSON, None, 0.7)
        earlier = self._introduced_unnamed(word, start)
        if earlier is not None:
            return Resolved(earlier[0], earlier[1], SpeakerKind.UNNAMED, None, 0.7)
        found = self._latest(start, gender, word)
        return Resolved(found[0], found[1], SpeakerKind.PERSON, None, 0.5) if found else None

    def _earlier_unnamed(self, word: str, position: int) -> tuple[int, int] | None:
        """The unnamed source that "the official" or "the person" points back to."""
        same = self._introduced_unnamed(word, position)
        if same is not None or word not in self.pack.anyone:
            return same
        return next(((a, b) for at, a, b, head in reversed(self._unnamed) if at < position and not head.endswith("s")), None)

    def _introduced(self, word: str, tokens: list[Token], position: int) -> Run | None:
        """The person whom the text gave this role before `position`; the one whose words agree most, then the latest."""
        self._read()
        said = {t.word.lower() for t in tokens if not t.flags & (DETERMINER | PARTICLE)}
        best: tuple[int, int] | None = None
        chosen: Run | None = None
        for at in self._occurrences(word, position):
            k = bisect_left(self._starts, at)
            for index in range(max(0, k - 2), min(len(self._starts), k + 4)):
                run = self._detail(index)
                if run is None or (word not in run.roles and word != run.noun) or run.start >= position or not self._person(run):
                    continue
                key = (len(said & set(run.roles)), run.start)
                if best is None or key > best:
                    best, chosen = key, run
        return chosen

    def _occurrences(self, word: str, position: int) -> list[int]:
        """Where the word stands before `position`, outside quotations; the latest ones."""
        if self._lower is None:
            self._lower = self.text.lower()
        text = self._lower if len(self._lower) == len(self.text) else self.text  # a few capitals become two letters
        found: list[int] = []
        low = max(0, position - _FARTHEST * 4)
        at = text.find(word, low, position)
        while at >= 0:
            end = at + len(word)
            if not (at and _is_wordy(text[at - 1])) and not (end < len(text) and _is_wordy(text[end])):
                found.append(at)
            at = text.find(word, end, position)
        return [at for at in found if not self._inside_quote(at)][-_MOST_LOOKED_AT:]

    def _introduced_unnamed(self, word: str, position: int) -> tuple[int, int] | None:
        """The latest "a senior official" before `position`: the phrase without its article."""
        for at in reversed(self._occurrences(word, position)):
            tokens = self._tokens(max(0, at - 60), at)
            begin = at
            for token in reversed(tokens):
                if (token.flags & DETERMINER and not token.flags & CAPITAL) or token.word.lower() in ("a", "an", "one", "another"):
                    if token.word.lower() not in self.pack.definite:
                        return begin, at + len(word)
                    break
                if not token.flags & LETTER or token.flags & (PARTICLE | NOT_NAME | CUE):
                    break
                begin = token.start
        return None

    def _kind_of_noun(self, flag: int) -> SpeakerKind:
        if flag & UNNAMED:
            return SpeakerKind.UNNAMED
        if flag & MEDIUM:
            return SpeakerKind.MEDIA
        if flag & DOCUMENT:
            return SpeakerKind.DOCUMENT
        if flag & ORGANISATION:
            return SpeakerKind.ORGANISATION
        if flag & GROUP:
            return SpeakerKind.GROUP
        return SpeakerKind.UNNAMED
