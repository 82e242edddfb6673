"""Who is meant by a mention that ends in a name: the full form of a last name, an institution, or the holder of an office.

Whether it is a body's name is decided in `bodies`, which of several people is meant in `bearers`.
"""

from __future__ import annotations

from typing import NamedTuple

from pipelines.quotes import flags as F
from pipelines.quotes.people.name_index import NameIndex
from pipelines.quotes.people.name_parts import NameParts
from pipelines.quotes.people.name_tokens import MAX_LOOKED_AT, bare_end
from pipelines.quotes.people.types import GENDERS, Choosing, Holding, Judging, Met, NameKind, Opening, Resolved, Run, Span, Spoke
from pipelines.quotes.types import How, Token
from pipelines.vocabulary import SpeakerKind

_NO_PERSON = (
    F.ORGANISATION | F.MEDIUM | F.DETERMINER | F.TITLE | F.ROLE | F.GROUP
)  # of a capitalised word: no part of a person's name
_POSTPOSITION = 16  # characters that hold one
_MOST_PARTICLES = 2  # before a last name
_LONGEST_UNKNOWN = 3  # words, particles not counted, of a name of which the text says nothing


class _Naming(NamedTuple):
    """A mention at `start` whose name begins with token `first`. `roles`: see `Named.name`."""

    start: int
    tokens: list[Token]
    first: int
    titles: list[Token]
    roles: str | None

    @property
    def before(self) -> list[Token]:
        return self.tokens[: self.first]

    @property
    def name(self) -> list[Token]:
        return self.tokens[self.first :]

    @property
    def is_described(self) -> bool:
        """Whether a title stands before the name, or the name in apposition to a role."""
        return bool(self.titles or self.roles)


class _Person(NamedTuple):
    """Whose name it is: where that stands, and what is known of them."""

    start: int
    end: int
    gender: int
    role: str | None
    how: How


def _person(run: Run, how: How) -> _Person:
    return _Person(run.start, run.end, run.gender, run.roles[0] if run.roles else None, how)


class Named:
    """The mentions of one text that end in a name."""

    def __init__(
        self, index: NameIndex, parts: NameParts, openings: Opening, bodies: Judging, bearers: Choosing, nouns: Holding, met: Met
    ) -> None:
        self.index, self.parts, self.openings = index, parts, openings
        self.bodies, self.bearers, self.nouns = bodies, bearers, nouns
        self.text, self.lexicon = index.text, index.lexicon
        self._spoke, self._things = met.spoke, met.things
        self._named: dict[tuple[str, str | None], tuple[Resolved, tuple[int, int, int]]] = {}

    def name(self, start: int, end: int, roles: str | None = None) -> Resolved:
        """A mention that ends in a name: its own full form, or the first full one of that last name. `roles`: the role to which the name is in
        apposition."""
        key = (self.text[start:end], roles)
        known = self._named.get(key)
        if known is not None:
            self._spoke.append(Spoke(start, *known[1]))
            return known[0]
        spoken = len(self._spoke)
        found = self._name(start, end, roles)
        if found.kind is SpeakerKind.PERSON and len(self._spoke) == spoken + 1:
            # another mention in the same words is the same person
            self._named[key] = (found, self._spoke[-1][1:4])
        return found

    def _name(self, start: int, end: int, roles: str | None) -> Resolved:
        tokens = [t for t in self.index.tokens.between(start, end) if t.flags & F.LETTER or t.word == "&"]
        tokens = self.parts.without_phrase(tokens)
        if not tokens:
            return Resolved(None, None, SpeakerKind.PERSON, roles, How.NOBODY)
        other = self.openings.name_behind(tokens)
        if other is not None:
            return self._name(*other, roles)
        if self.openings.is_no_name(tokens):
            return Resolved(None, None, SpeakerKind.UNNAMED, None, How.NOBODY)
        if self._is_group_of(tokens):
            return Resolved(tokens[0].start, bare_end(tokens[-1]), SpeakerKind.GROUP, None, How.BODY)
        pair = self.openings.pair_of_one_surname(tokens) or self.openings.two_people(tokens)
        if pair is not None:
            return Resolved(*pair, SpeakerKind.GROUP, None, How.BODY)
        joined = self.openings.joined(tokens)
        if joined and not self.openings.is_pair(tokens):
            return Resolved(tokens[0].start, tokens[-1].end, SpeakerKind.GROUP, None, How.BODY)  # "Quill and Neave"
        tokens = self._without_office(tokens[:joined] if joined else tokens)
        if self._is_role(tokens):
            return self.nouns.role_of(tokens, tokens[-1])
        first, last = self.parts.core(tokens, start)
        if first > last:
            return Resolved(None, None, SpeakerKind.UNNAMED, roles, How.NOBODY)
        tokens = tokens[: last + 1]
        if first and self.bodies.is_saint(tokens[first - 1], tokens[-1]):
            first -= 1
        while first > 1 and tokens[first - 1].word == "&":
            first -= 2  # "law firm Quill & Renn"
        if first == last:
            first = self.bodies.begin(tokens)
        titles = [t for t in tokens[:first] if t.flags & (F.TITLE | F.ROLE) and not t.flags & F.GIVEN]
        if len(tokens) - first == 1 and not tokens[-1].flags & F.GIVEN:
            titles = [t for t in titles if t.word not in self.lexicon.companies]  # "the brewer Quorum"
        return self._meant(_Naming(start, tokens, first, titles, roles))

    def _meant(self, naming: _Naming) -> Resolved:
        """A company, the holder of a role, a person or another body."""
        tokens, first = naming.tokens, naming.first
        body = self.bodies.in_full(naming.name) if not naming.titles else None
        if body is None:
            relative = self._relative(naming)
            if relative is not None:
                return relative
            body = self.bodies.firm(tokens)
        if body is not None:
            return self._body(naming.start, body, SpeakerKind.ORGANISATION)
        kind = self.bodies.kind_of(tokens, first)
        holder = self._holder(naming, kind)
        if holder is not None:
            return holder
        owned = bool(tokens[-1].flags & F.POSSESSIVE)  # "Moody's said"
        if kind is SpeakerKind.PERSON:
            firm = owned or any(t.word == "&" for t in tokens[first:])
            person = None if firm or self.bodies.is_named_so(tokens, first, naming.roles) else self._person_of(naming)
            if person is not None:
                return person
            kind = SpeakerKind.ORGANISATION
        begin = first if self.bodies.ends_in_form(tokens, first) or not naming.titles else 0
        while begin < len(tokens) - 1 and tokens[begin].flags & F.DETERMINER:
            begin += 1
        end = tokens[-1].end if owned else bare_end(tokens[-1])
        return self._body(naming.start, (tokens[begin].start, end), kind)

    def _body(self, start: int, span: Span, kind: SpeakerKind) -> Resolved:
        """A body, remembered for "the company"."""
        self._things.append((start, *span, kind))
        return Resolved(*span, kind, None, How.BODY)

    @staticmethod
    def _is_group_of(tokens: list[Token]) -> bool:
        """ "Residents of Fenwick Row"."""
        return (
            len(tokens) > 2
            and tokens[0].flags & (F.GROUP | F.ORGANISATION) == F.GROUP
            and tokens[1].flags & (F.PARTICLE | F.CAPITAL | F.DETERMINER) == F.PARTICLE
        )

    def _relative(self, naming: _Naming) -> Resolved | None:
        """ "Мать Аглаи Квилл": whose mother it is, where names have cases."""
        if not self.lexicon.file.follows:
            return None
        kin = self.lexicon.file.roles.kin
        relative = next((k for k, t in enumerate(naming.before) if t.word.lower() in kin), -1)
        endings = self.lexicon.file.endings
        if not endings.cases and not endings.genitive_nouns and relative == naming.first - 1:
            return None  # "seine Schwester Ada Quill"
        if relative < 0 or (self._is_nominative(naming.name) and not self._may_be_genitive(naming, relative)):
            return None
        return self.nouns.role_of(naming.tokens[: relative + 1], naming.tokens[relative])

    def _may_be_genitive(self, naming: _Naming, relative: int) -> bool:
        """ "Сестра Александра Лугова", "sestra Jana Lesa": whether a woman's first name is a man's in the genitive too, and nothing tells that it is hers."""
        lexicon, name = self.lexicon, naming.name
        if (
            not lexicon.case_endings or len(name) < 2 or any(t.flags & GENDERS for t in naming.tokens[:relative])
        ):  # "jeho sestra Jana"
            return False
        return lexicon.may_be_genitive(name[0].word.lower(), name[-1].word.lower())

    def _holder(self, naming: _Naming, kind: SpeakerKind) -> Resolved | None:
        """Who holds a role, where the mention is that and what seems a name says of what: "the secretary of the council"."""
        tokens, titles = naming.tokens, naming.titles
        if kind is SpeakerKind.PERSON and self._is_apposed_place(naming):
            return Resolved(None, None, SpeakerKind.UNNAMED, naming.roles, How.NOBODY)
        if titles and (self._names_office(tokens, naming.first) or self._is_of_other(naming)):
            return self.nouns.role_of(tokens, titles[0])
        gender = self._gender_by_ending(tokens)
        somebody = self.nouns.somebody(tokens[-1].word.lower(), tokens, naming.start, gender) if gender else None
        if somebody is not None:
            return somebody
        held = any(t.flags & F.LOWER for t in tokens[1:])  # "the secretary of the Council", and not "the Justice Department"
        body = kind is not SpeakerKind.PERSON or self.bodies.ends_in_form(tokens, naming.first)
        if body and titles and held and self.index.kinds.is_body(tokens[-1].word):
            return self.nouns.role_of(tokens, titles[0])
        return None

    def _person_of(self, naming: _Naming) -> Resolved | None:
        """Whose name it is; None where it is nobody's."""
        core = self._without_genitive(naming.name)
        gender = self._gender_of(core, naming)
        titles = (t.word.lower().rstrip(".") for t in reversed(naming.titles))
        role = naming.roles or next((word for word in titles if word not in self.lexicon.addresses), None)
        words, suffix = core, ""
        while len(words) > 1 and self.index.kinds.is_suffix(words[-1].word):
            suffix, words = words[-1].word.lower().rstrip("."), words[:-1]
        last = self.text[words[-1].start : bare_end(words[-1])].lower()
        particles = words[:-1]
        if len(particles) <= _MOST_PARTICLES and all(t.flags & F.NAME_PARTICLE and not t.flags & F.GIVEN for t in particles):
            alone = not particles or bool(self.index.bearers(last, suffix))  # "Van ’t Hoff"
        else:
            alone = False
        whole = core[0].start, bare_end(core[-1])
        if alone:
            person = self._of_last_name(naming, whole, last, suffix, gender)
        else:
            person = self._of_whole_name(naming, whole, tuple(t.word.lower() for t in words))
        if person is None:
            return None
        end = self.without_case(person.start, person.end)
        self._spoke.append(Spoke(naming.start, person.start, end, gender or person.gender))
        return Resolved(person.start, end, SpeakerKind.PERSON, role or person.role, person.how)

    def _of_last_name(self, naming: _Naming, whole: Span, last: str, suffix: str, gender: int) -> _Person | None:
        """Whose last or first name a single word is. `whole`: where the name stands."""
        bearers = self.index.bearers(last, suffix)
        if not bearers and naming.titles and self._is_of_body(naming, last):
            return None
        if not bearers and not naming.titles:
            bearers = self.index.called(last)
        slip = not bearers
        bearers = bearers or self.index.misspelt(last)
        chosen = self.bearers.meant(bearers, naming.before, naming.titles, gender, naming.start)
        if chosen is not None:
            return _person(chosen, How.GUESS if slip else How.SURNAME if len(bearers) == 1 else How.AMONG)
        if naming.is_described or (len(bearers) > 1 and self.bearers.tells_age(naming.before)):
            return _Person(*whole, 0, None, How.ALONE)
        if self.bodies.is_which(naming.tokens, naming.first) or self.bodies.is_place(naming.tokens):
            return None
        run = self.index.read(*whole)
        if run is None or self.index.scores.kind_of(run) is not NameKind.PERSON:
            return None
        return _Person(*whole, run.gender, None, How.ALONE)

    def _is_of_body(self, naming: _Naming, last: str) -> bool:
        """ "Con Edison", where the text has Consolidated Edison: whether what seems a last name behind a title ends the names of bodies alone."""
        if any(t.word.lower().rstrip(".") in self.lexicon.addresses for t in naming.titles):
            return False
        runs = [self.index.run(n) for n in self.index.runs.full.get(last, ())[:MAX_LOOKED_AT]]
        others = [run for run in runs if run is not None and len(run.words) > 1]
        return bool(others) and all(self.index.scores.kind_of(run) is NameKind.ORGANISATION for run in others)

    def _of_whole_name(self, naming: _Naming, whole: Span, words: tuple[str, ...]) -> _Person | None:
        """Whose name of several words (lower case) it is."""
        nominative = self.index.in_nominative(words)
        if nominative is not None:
            return _person(nominative, How.FULL)
        if naming.is_described:
            return _Person(*whole, 0, None, How.FULL)
        if self.bodies.is_which(naming.tokens, naming.first):
            return None
        run = self.index.read(*whole)
        kind = NameKind.UNKNOWN if run is None else self.index.scores.kind_of(run)
        long = kind is NameKind.UNKNOWN and self.index.scores.without_particles(words) > _LONGEST_UNKNOWN
        if long or kind in (NameKind.ORGANISATION, NameKind.PLACE):
            return None
        found = _Person(*whole, 0, None, How.FULL)
        return found if run is None else _person(run, How.FULL)._replace(start=whole[0], end=whole[1])

    def _is_apposed_place(self, naming: _Naming) -> bool:
        """ "A doctor at the clinic, Lower Ashby,": where nothing but the comma makes the town the doctor's name."""
        if not naming.roles or naming.titles:
            return False
        run = self.index.read(naming.name[0].start, bare_end(naming.name[-1]))
        return run is not None and not run.given and self.index.scores.kind_of(run) is NameKind.PLACE

    def _without_genitive(self, name: list[Token]) -> list[Token]:
        """ "Quill of Harbour Bank": the name without where its bearer belongs."""
        small = F.LOWER | F.PARTICLE
        at = next((k for k, t in enumerate(name) if k and t.flags & (small | F.NAME_PARTICLE) == small), 0)
        return name[:at] if at and name[at].word in self.lexicon.file.codes.genitive else name

    def _gender_of(self, name: list[Token], naming: _Naming) -> int:
        """The gender that a first name, an article or a title says, 0 where none does."""
        gender = next((t.flags & GENDERS for t in name[:-1] if t.flags & F.GIVEN), 0)
        if naming.titles:
            gender = gender or self.lexicon.gender_of_article.get(naming.tokens[0].word.lower(), 0)
        return gender or next((gender for t in naming.titles if (gender := t.flags & GENDERS)), 0)

    def is_surname(self, start: int, end: int) -> bool:
        """ "Bishop said", where the text names Ann Bishop: whether a role with a capital and no article is somebody's surname."""
        word = self.text[start:end]
        return word[:1].isupper() and " " not in word and bool(self.index.bearers(word.lower()))

    def without_case(self, start: int, end: int) -> int:
        """Where a name ends without the case that an apostrophe ties to it: "Ayşe Yıldız’a", or that what follows asks for: "Leena Kuusiston mielestä"."""
        genitive = self.lexicon.file.endings.genitive_name
        behind = self.text[end : end + _POSTPOSITION].split()
        if genitive is not None and behind and behind[0].rstrip(",.") in self.lexicon.file.clauses.behind:
            found = genitive.search(self.text, start, end)
            return end if found is None else found.start("case")
        at = max(self.text.rfind(mark, start, end) for mark in "'’")
        return at if at > start and "'" + self.text[at + 1 : end] in self.lexicon.case_endings else end

    def _is_of_genitive(self, tokens: list[Token]) -> bool:
        """ "Ada Quills Mutter": a noun of people behind somebody's whole name in the genitive, where nouns have capitals."""
        if len(tokens) < 3 or not self.lexicon.person_endings or tokens[-1].flags & (F.ROLE | F.GIVEN) != F.ROLE:
            return False
        owner = tokens[-2]
        return not owner.flags & F.GIVEN and owner.word.endswith(self.lexicon.file.endings.genitive)

    def _is_nominative(self, name: list[Token]) -> bool:
        """Whether a name has a first name as it is listed."""
        return any(t.word.lower() in self.lexicon.listed_names for t in name)

    def _is_role(self, tokens: list[Token]) -> bool:
        """ "The Florida Republican", "the Foreign Minister": capitals, and nobody's name."""
        last = tokens[-1]
        if self._is_of_genitive(tokens):
            return True
        if len(tokens) < 2 or not last.flags & (F.ROLE | F.TITLE) or last.flags & (F.GIVEN | F.ORGANISATION | F.POSSESSIVE):
            return False
        owner = next((k for k in range(len(tokens) - 2, -1, -1) if tokens[k].flags & F.POSSESSIVE), -1)
        held = tokens[owner + 1 :]
        if self.index.bearers(last.word.lower()):
            return False
        if owner >= 0 and not any(t.flags & (F.GIVEN | F.MEDIUM) for t in held):
            return True  # "Norway's Economy Minister"
        if all(t.flags & (F.ROLE | F.TITLE) and not t.flags & F.GIVEN for t in held) and not last.flags & F.TITLE:
            return True  # "CHIEF ECONOMIST"
        if any(t.flags & (F.GIVEN | F.ORGANISATION | F.MEDIUM) for t in tokens):
            return False
        full, article = self.index.full_name(last.word.lower()), bool(tokens[0].flags & F.DETERMINER)
        if full is not None and (not article or full.given or full.roles):
            return False
        return article or not last.flags & F.CAPITAL or self.index.kinds.is_place(tuple(t.word.lower() for t in tokens[:-1]))

    def _without_office(self, tokens: list[Token]) -> list[Token]:
        """ "Mathis Corvell of Brandvik Securities": the name without where its bearer belongs."""
        for k in range(2, len(tokens) - 1) if self.lexicon.person_endings else ():
            named = tokens[k - 2].flags & F.GIVEN and tokens[k - 1].flags & (F.CAPITAL | F.GIVEN) == F.CAPITAL
            if named and tokens[k].flags & (F.LOWER | F.ATTACHING) == F.LOWER | F.ATTACHING:
                return tokens[:k]  # "Verena Kolb von der Genossenschaft Marsch", but "Ulrike von der Linde"
        joins, body = self.lexicon.file.codes.conjunction, self.index.kinds.is_body(tokens[-1].word)
        for k in range(2, len(tokens) - 1):
            if body and tokens[k].word in joins and not any(t.flags & F.GIVEN for t in tokens[:k]):
                return tokens  # "the Fruit and Vegetable Growers Association"
            if not tokens[k].flags & F.PARTICLE or tokens[k].flags & (F.NAME_PARTICLE | F.CAPITAL):
                continue
            begin = k
            while begin and self._may_name(tokens, begin - 1, k):
                begin -= 1
            if begin == k - 1 and self.index.full_name(tokens[begin].word.lower()) is not None:
                return tokens[:k]  # "Quill of Harbour Bank", where the text has Ada Quill
            if begin == k or (begin == k - 1 and not (begin and tokens[begin - 1].flags & (F.TITLE | F.ROLE))):
                return tokens
            run = self.index.full_name(tokens[k - 1].word.lower())
            known = (run is not None and self.index.scores.is_person(run)) or any(t.flags & F.GIVEN for t in tokens[begin : k - 1])
            return tokens[:k] if known or tokens[-1].flags & (F.ORGANISATION | F.MEDIUM) else tokens
        return tokens

    @staticmethod
    def _may_name(tokens: list[Token], at: int, end: int) -> bool:
        """Whether a capitalised word may be part of a person's name that ends before `end`: a title only as a last name, "Peter T. King"."""
        flag = tokens[at].flags
        before = tokens[at - 1] if at else None
        last_name = at == end - 1 and before is not None and (before.flags & F.GIVEN or len(before.word.rstrip(".")) == 1)
        return bool(flag & F.CAPITAL) and not flag & (_NO_PERSON & ~(F.TITLE | F.ROLE) if last_name else _NO_PERSON)

    def _gender_by_ending(self, tokens: list[Token]) -> int:
        """Of an article and a noun in a language that writes nouns with a capital, "der Kaufmann": its gender, 0 where it is no person."""
        if len(tokens) != 2 or not tokens[0].flags & F.DETERMINER or tokens[0].word.lower() not in self.lexicon.definite:
            return 0
        noun = tokens[1]
        if (
            noun.flags & (F.ORGANISATION | F.MEDIUM | F.GROUP | F.DOCUMENT | F.GIVEN)
            or self.index.full_name(noun.word.lower()) is not None
        ):
            return 0
        return next((gender for ending, gender in self.lexicon.person_endings if noun.word.endswith(ending)), 0)

    def _names_office(self, tokens: list[Token], first: int) -> bool:
        """ "The secretary of the council": what follows "of" is where the role is held, and no person's name."""
        joined = first and tokens[first - 1].flags & F.PARTICLE and not tokens[first - 1].flags & F.NAME_PARTICLE
        if not joined:
            joined = bool(first and tokens[first - 1].flags & F.DETERMINER and first > 1 and tokens[first - 2].flags & F.PARTICLE)
        name = tokens[first:]
        if self.lexicon.file.follows and self.index.bearers(tokens[-1].word.lower()):
            return False  # "die Ministerin von der Quill", where the text has Ada von der Quill
        return bool(joined) and len(name) <= 2 and not any(t.flags & F.GIVEN for t in name)

    def _is_of_other(self, naming: _Naming) -> bool:
        """Whether what seems a name behind a role says of whom or what that is: "Anwalt von Ada Quill", "the spokesman of Quill & Sons"."""
        if not self.lexicon.file.follows or naming.first < 2:
            return bool(self.lexicon.file.follows) and self._is_of_place(naming)
        role, before = naming.tokens[naming.first - 2 : naming.first]
        led = role.flags & (F.ROLE | F.TITLE) and before.flags & F.LOWER and before.word in self.lexicon.file.codes.genitive
        if led and len(naming.name) > 1 and naming.name[0].flags & F.GIVEN:
            return True
        return before.word == "&" or self._is_of_place(naming)

    def _is_of_place(self, naming: _Naming) -> bool:
        """ "Der Bürgermeister von Halmar", "Мэр Москвы": an office and where it is held, where the text names nobody so."""
        tokens, first = naming.tokens, naming.first
        word, whole = tokens[-1].word.lower(), self.text[tokens[first].start : bare_end(tokens[-1])]
        others = (b for b in self.index.bearers(word) if self.text[b.run.start : b.run.end] != whole)
        if not first or tokens[first].flags & F.GIVEN or next(others, None) is not None:
            return False
        before = tokens[first - 1]
        if before.flags & (F.NAME_PARTICLE | F.LOWER) == F.NAME_PARTICLE | F.LOWER:
            led = before.word in self.lexicon.file.codes.genitive and bool(tokens[0].flags & F.DETERMINER)
            return led and first > 1 and bool(tokens[first - 2].flags & (F.ROLE | F.TITLE))
        if len(naming.name) != 1 or not self.lexicon.file.genitive_names or not before.flags & F.ROLE:
            return False
        return word.endswith(self.lexicon.file.endings.of_place) or self.index.kinds.is_place_in_case(word)
