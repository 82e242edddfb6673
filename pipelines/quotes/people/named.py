"""Who is meant by a mention that ends in a name: the full form of a last name, an institution, or the holder of an office."""

from __future__ import annotations

from bisect import bisect_left

from pipelines.quotes import flags as F
from pipelines.quotes.people.name_index import NameIndex
from pipelines.quotes.people.name_reader import HEADING_WORD
from pipelines.quotes.people.name_tokens import ENDING, MAX_LOOKED_AT, bare_end
from pipelines.quotes.people.types import GENDERS, LONGEST_ARTICLE, Bearer, Holding, Met, NameKind, Resolved, Run, Span, Spoke
from pipelines.quotes.types import How, Token
from pipelines.vocabulary import SpeakerKind

_NAMES_BEFORE = 60  # names looked at before an interview
_INITIALS = range(2, 4)  # letters of a label
_LONGEST_APPOSITION = 40  # characters of "the bakery chain"
_COUPLE = 90  # characters in which two people of one surname are named together
_NO_PERSON = (
    F.ORGANISATION | F.MEDIUM | F.DETERMINER | F.TITLE | F.ROLE | F.GROUP
)  # of a capitalised word: no part of a person's name


def _is_description(word: str) -> bool:
    """ "Halmar-based", "Debt-laden"."""
    return "-" in word and word.rpartition("-")[2].islower()


class Named:
    """The mentions of one text that end in a name."""

    def __init__(self, index: NameIndex, nouns: Holding, met: Met) -> None:
        self.index, self.nouns, self.text, self.lexicon = index, nouns, index.text, index.lexicon
        self._spoke, self._things = met.spoke, met.things
        self._is_place_name: dict[str, bool] = {}
        self._named: dict[tuple[str, str | None], tuple[Resolved, tuple[int, int, int]]] = {}

    def name(self, start: int, end: int, roles: str | None = None) -> Resolved:
        """A mention that ends in a name: its own full form, or the first full one of that last name."""
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
        tokens = self.index.reader.without_phrase(tokens)
        if not tokens:
            return Resolved(None, None, SpeakerKind.PERSON, roles, How.NOBODY)
        if (
            len(tokens) > 2
            and tokens[0].flags & (F.GROUP | F.ORGANISATION) == F.GROUP
            and tokens[1].flags & (F.PARTICLE | F.CAPITAL) == F.PARTICLE
        ):
            return Resolved(tokens[0].start, bare_end(tokens[-1]), SpeakerKind.GROUP, None, How.BODY)  # "Residents of Fenwick Row"
        tokens = self._without_office(tokens)
        if self._is_role(tokens):
            return self.nouns.role_of(tokens, tokens[-1])
        first, last = self.index.reader.core(tokens, start)
        if first > last:
            return Resolved(None, None, SpeakerKind.UNNAMED, roles, How.NOBODY)
        tokens = tokens[: last + 1]
        head = tokens[-1]
        if first and self._is_saint(tokens[first - 1], head):
            first -= 1
        titles = [t for t in tokens[:first] if t.flags & (F.TITLE | F.ROLE) and not t.flags & F.GIVEN]
        body = self._body_in_full(tokens[first:]) if not titles else None
        if body is not None:
            self._things.append((start, *body, SpeakerKind.ORGANISATION))
            return Resolved(*body, SpeakerKind.ORGANISATION, None, How.BODY)
        relative = next((k for k in range(first) if tokens[k].word.lower() in self.lexicon.file.roles.kin), -1)
        if relative >= 0 and self.lexicon.file.follows and not self._is_nominative(tokens[first:]):
            return self.nouns.role_of(tokens[: relative + 1], tokens[relative])  # "мать Аглаи Квилл": whose mother it is
        firm = self._firm(tokens)
        if firm is not None:
            self._things.append((start, *firm, SpeakerKind.ORGANISATION))
            return Resolved(*firm, SpeakerKind.ORGANISATION, None, How.BODY)
        kind = self._kind_of_name(tokens, first)
        if titles and self._names_office(tokens, first):
            return self.nouns.role_of(tokens, titles[0])
        gender = self._gender_by_ending(tokens)
        if gender:
            somebody = self.nouns.somebody(head.word.lower(), tokens, start, gender)
            if somebody is not None:
                return somebody
        held = any(t.flags & F.LOWER for t in tokens[1:])  # "the secretary of the Council", and not "the Justice Department"
        if kind is not SpeakerKind.PERSON and titles and held and head.flags & (F.ORGANISATION | F.MEDIUM):
            return self.nouns.role_of(tokens, titles[0])
        company = last > first and self.index.kinds.is_form(head.word)  # "the carrier Quayside Airlines"
        if (
            kind is SpeakerKind.PERSON
            and ((roles and self.index.kinds.is_body(head.word)) or company)
            and not tokens[first].flags & F.GIVEN
        ):
            kind = SpeakerKind.ORGANISATION  # "her employer, Quayside Ltd"
        if kind is SpeakerKind.PERSON:
            person = self._person_of(tokens, first, titles, roles, start)
            if person is not None:
                return person
            kind = SpeakerKind.ORGANISATION
        begin = first if company or not titles else 0
        while begin < len(tokens) - 1 and tokens[begin].flags & F.DETERMINER:
            begin += 1
        a, b = tokens[begin].start, bare_end(head)
        self._things.append((start, a, b, kind))
        return Resolved(a, b, kind, None, How.BODY)

    def is_surname(self, start: int, end: int) -> bool:
        """ "Bishop said", where the text names Ann Bishop: whether a role with a capital and no article is somebody's surname."""
        word = self.text[start:end]
        return word[:1].isupper() and " " not in word and bool(self.index.bearers(word.lower()))

    def _body_in_full(self, tokens: list[Token]) -> Span | None:
        """Of "Copper Hill", "Hill" or "Transaune" the first name of the text that has it whole with a company's form behind it or a word for a body
        before: "Copper Hill Ltd", "Bahngesellschaft Transaune"; none where it is somebody's last name too."""
        kinds, runs = self.index.kinds, self.index.runs
        name, last = self.text[tokens[0].start : bare_end(tokens[-1])], tokens[-1].word.lower()
        if self.text.count(name) < 2:
            return None
        for n in sorted({*runs.going_on_behind(last)[:MAX_LOOKED_AT], *runs.full.get(last, ())[:MAX_LOOKED_AT]}):
            start, end = runs.starts[n], kinds.form_behind(self.text, runs.ends[n])
            before, found, behind = self.text[start:end].partition(name)
            lead = [word for word in before.split() if not self.lexicon.flags(word) & (F.DETERMINER | F.NOT_NAME)]
            while lead and (
                kinds.is_place((ENDING.sub("", lead[0]).lower(),)) or self._is_heading(lead[0], name) or _is_description(lead[0])
            ):
                lead.pop(0)  # "Norway's Quorum Corp", "LATE AGAIN Quorum Corp", "Debt-laden Quorum Corp"
            form = behind.split()
            own = all(kinds.is_compound_body(word) for word in lead)
            if found and (own or form) and (lead or form) and all(map(kinds.is_form, form)):
                start += before.index(lead[0]) if lead and not (form and own) else len(before)
                words = name.lower().split()
                bearers = [bearer.run.words for bearer in self.index.bearers(last)]
                others = any(list(bearer) != words and not kinds.is_compound_body(bearer[0]) for bearer in bearers)
                place = len(words) == 1 and self._is_place(tokens)
                return None if others or place else (start, end)
        return None

    @staticmethod
    def _is_heading(word: str, name: str) -> bool:
        """Whether a word in capitals before a name that has small letters is of a heading."""
        return word.isupper() and len(word) >= HEADING_WORD and not name.isupper()

    def _firm(self, tokens: list[Token]) -> Span | None:
        """ "Ada Quill Co", "General Motors": the run of capitals that a company's form ends; behind a title that is also the first word of a name
        of bodies, whatever form it is."""
        head = tokens[-1]
        short = self.index.kinds.is_short_form(head.word)
        if len(tokens) < 2 or not head.flags & F.CAPITAL or not (short or self.index.kinds.is_form(head.word)):
            return None
        begin = len(tokens) - 1
        while begin and (tokens[begin - 1].word == "&" or self._may_be_of_firm(tokens[begin - 1])):
            begin -= 1
        if begin > 1 and tokens[begin - 1].flags & F.PARTICLE and tokens[begin - 2].flags & F.CAPITAL:
            return None  # "Bank of Renn Corp"
        begin += self.index.reader.begin_inside(tokens[begin:], tokens[begin].start)
        titled = any(t.flags & F.TITLE for t in tokens[begin:-1]) and not any(t.flags & F.GIVEN for t in tokens[begin:-1])
        if begin == len(tokens) - 1 or not (short or (titled and not self.index.bearers(head.word.lower()))):
            return None
        return tokens[begin].start, bare_end(head)

    def _may_be_of_firm(self, token: Token) -> bool:
        """Whether a word before a company's form is part of its name: "Quill's Corp", and not "Norway's Quorum", "Retailer Quill", "As Quill"."""
        flag, low = token.flags, ENDING.sub("", token.word).lower()
        if (
            not flag & F.CAPITAL
            or flag & (F.DETERMINER | F.NOT_NAME)
            or (flag & (F.ROLE | F.GROUP) and not flag & (F.TITLE | F.GIVEN))
        ):
            return False
        if _is_description(token.word):
            return False
        kinds = self.index.kinds
        return not (flag & F.POSSESSIVE and (kinds.is_place((low,)) or kinds.is_demonym(low) or low[-1:] == "."))

    def _is_of_genitive(self, tokens: list[Token]) -> bool:
        """ "Ada Quills Mutter": a noun of people behind somebody's whole name in the genitive, where nouns have capitals."""
        if len(tokens) < 3 or not self.lexicon.person_endings or tokens[-1].flags & (F.ROLE | F.GIVEN) != F.ROLE:
            return False
        owner = tokens[-2]
        return not owner.flags & F.GIVEN and owner.word.endswith(self.lexicon.file.endings.genitive)

    def _is_nominative(self, name: list[Token]) -> bool:
        """Whether a name has a first name as it is listed."""
        return any(t.word.lower() in self.lexicon.listed_names for t in name)

    def _is_saint(self, token: Token, last: Token) -> bool:
        """ "St" of "St Agnes Primary": a short form in the names of places and bodies, where nobody is called so, "Ada St. Clair"."""
        saint = F.ABBREVIATION | F.PARTICLE | F.CAPITAL
        if token.flags & saint != saint:
            return False
        runs = self.index.runs
        return all(self.text.startswith(token.word, runs.starts[n]) for n in runs.by_last.get(last.word.lower(), ()))

    def _is_called_body(self, end: int) -> bool:
        """ "Ada Quill, the bakery chain,": whether the apposition behind a name that ends here is a noun of a body."""
        stop = self.text.find(",", end + 2, end + _LONGEST_APPOSITION) if self.text.startswith(", ", end) else -1
        behind = self.index.tokens.between(end + 2, stop) if stop > 0 else []
        if len(behind) < 2 or not behind[0].flags & F.DETERMINER or any(t.flags & (F.ROLE | F.PARTICLE) for t in behind[1:]):
            return False
        return behind[-1].flags & (F.ORGANISATION | F.LOWER) == F.ORGANISATION | F.LOWER

    def _is_role(self, tokens: list[Token]) -> bool:
        """ "The Florida Republican", "the Foreign Minister": capitals, and nobody's name."""
        last = tokens[-1]
        if self._is_of_genitive(tokens):
            return True
        if len(tokens) < 2 or not last.flags & (F.ROLE | F.TITLE) or last.flags & (F.GIVEN | F.ORGANISATION | F.POSSESSIVE):
            return False
        if (
            any(t.flags & (F.GIVEN | F.ORGANISATION | F.MEDIUM) for t in tokens)
            or self.index.full_name(last.word.lower()) is not None
        ):
            return False
        return (
            bool(tokens[0].flags & F.DETERMINER)
            or not last.flags & F.CAPITAL
            or self.index.kinds.is_place(tuple(t.word.lower() for t in tokens[:-1]))
        )

    def _person_of(self, tokens: list[Token], first: int, titles: list[Token], roles: str | None, start: int) -> Resolved | None:
        """Whose name it is; None where it is nobody's."""
        core = tokens[first:]
        small = next(
            (k for k, t in enumerate(core) if k and t.flags & (F.LOWER | F.PARTICLE | F.NAME_PARTICLE) == F.LOWER | F.PARTICLE), 0
        )
        if small and core[small].word in self.lexicon.file.codes.genitive:
            core = core[:small]  # "Quill of Harbour Bank"
        gender = next((t.flags & GENDERS for t in core if t.flags & F.GIVEN and t is not core[-1]), 0)
        if titles:
            gender = gender or self.lexicon.gender_of_article.get(tokens[0].word.lower(), 0)
        for token in titles:
            gender = gender or token.flags & GENDERS
        role = roles or next((w for t in reversed(titles) if (w := t.word.lower().rstrip(".")) not in self.lexicon.addresses), None)
        words = core
        suffix = ""
        while len(words) > 1 and self.index.kinds.is_suffix(words[-1].word):
            suffix, words = words[-1].word.lower().rstrip("."), words[:-1]
        name_start, name_end, how = core[0].start, bare_end(core[-1]), How.FULL
        word = self.text[words[-1].start : bare_end(words[-1])].lower()
        if 1 < len(words) < 4 and all(t.flags & F.NAME_PARTICLE and not t.flags & F.GIVEN for t in words[:-1]):
            words = words[-1:] if self.index.bearers(word, suffix) else words  # "Van ’t Hoff"
        if len(words) == 1:
            bearers = self.index.bearers(word, suffix)
            if not bearers and not titles:
                bearers = self.index.called(word)
            slip = () if bearers else self.index.misspelt(word)
            bearers = bearers or list(slip)
            chosen = self._of_age(bearers, tokens[:first]) or self._chosen(self._of_title(bearers, titles), gender, start)
            if chosen is not None and len(bearers) > 1 and self._tells_age(tokens[:first]) and not chosen.suffix:
                chosen, titles = None, titles or tokens[:1]  # "the younger Quill", and nothing says which one that is
            if chosen is not None:
                name_start, name_end = chosen.start, chosen.end
                gender = gender or chosen.gender
                role = role or (chosen.roles[0] if chosen.roles else None)
                how = How.GUESS if slip else How.SURNAME if len(bearers) == 1 else How.AMONG
            elif not titles and not roles:
                if self._is_which(tokens, first) or self._is_place(tokens):
                    return None
                run = self.index.read(core[0].start, bare_end(core[-1]))
                if run is None or self.index.scores.kind_of(run) is not NameKind.PERSON:
                    return None
                gender = gender or run.gender
                how = How.ALONE
            else:
                how = How.ALONE
        elif (nominative := self.index.in_nominative(tuple(t.word.lower() for t in words))) is not None:
            name_start, name_end = nominative.start, nominative.end
            gender = gender or nominative.gender
            role = role or (nominative.roles[0] if nominative.roles else None)
        elif not titles and not roles:
            if self._is_which(tokens, first):
                return None
            run = self.index.read(core[0].start, bare_end(core[-1]))
            kind = NameKind.UNKNOWN if run is None else self.index.scores.kind_of(run)
            long = kind is NameKind.UNKNOWN and self.index.scores.without_particles(t.word.lower() for t in words) > 3
            if long or kind in (NameKind.ORGANISATION, NameKind.PLACE):
                return None
            if run is not None:
                gender = gender or run.gender
                role = role or (run.roles[0] if run.roles else None)
        name_end = self._without_case(name_start, name_end)
        self._spoke.append(Spoke(start, name_start, name_end, gender))
        return Resolved(name_start, name_end, SpeakerKind.PERSON, role, how)

    def _without_case(self, start: int, end: int) -> int:
        """Where a name ends without the case that an apostrophe ties to it: "Ayşe Yıldız’a"."""
        at = max(self.text.rfind(mark, start, end) for mark in "'’")
        return at if at > start and "'" + self.text[at + 1 : end] in self.lexicon.case_endings else end

    def _of_title(self, bearers: list[Bearer], titles: list[Token]) -> list[Bearer]:
        """Of people of one surname those who have the title that stands before it, where one has: "President Quill"."""
        called = {self.lexicon.titles_in_full.get(word, word) for t in titles if (word := t.word.lower().rstrip("."))}
        return [x for x in bearers if not called.isdisjoint(x.run.roles)] or bearers

    def _chosen(self, bearers: list[Bearer], gender: int, position: int) -> Run | None:
        """Of people of one surname or one first name the one who is meant: of the gender of the title, else the one named last."""
        fitting = [x for x in bearers if not (gender and self._gender_of_bearer(x) & ~gender)]
        if len(fitting) > 1 and gender:
            fitting = [x for x in fitting if self._gender_of_bearer(x)] or fitting
        if not fitting:
            return None  # "Mrs. Quill", where the text names Martin Quill alone
        if len(fitting) == 1:
            return fitting[0].run
        spoke = {x.start: x.at for x in self._spoke if x.named and x.at < position}

        def latest(bearer: Bearer) -> int:
            return max([at for at in bearer.places if at < position] + [spoke.get(at, -1) for at in bearer.places], default=-1)

        last = max(fitting, key=lambda x: (latest(x), -x.run.start))
        if not any(at in spoke for at in last.places):
            last = self._other_of_couple(last, [x for x in fitting if x is not last], position) or last
        return last.run

    def _other_of_couple(self, last: Bearer, others: list[Bearer], position: int) -> Bearer | None:
        """ "Ada Quill and her husband, Jonas Quill", "Ada and Jonas Quill": whom the text names first is meant by "Quill", until the second one
        speaks; `last`: who is named last before `position`."""
        at = max(place for place in last.places if place < position) if last.places[0] < position else last.places[0]
        before = self.text[max(0, at - _COUPLE) : at]
        lead = before.split()
        joins = self.lexicon.file.codes.conjunction
        if len(lead) > 1 and lead[-1] in joins:
            first = next((x for x in others if x.run.words[0] == lead[-2].lower()), None)
            if first is not None:
                return first
        if self.lexicon.file.roles.kin and any(word.rstrip(",") in self.lexicon.file.roles.kin for word in lead[-3:]):
            return next((x for x in others if any(at - _COUPLE < place < at for place in x.places)), None)
        return None

    def _tells_age(self, tokens: list[Token]) -> bool:
        roles = self.lexicon.file.roles
        return any(t.word.lower() in roles.younger or t.word.lower() in roles.elder for t in tokens)

    def _of_age(self, bearers: list[Bearer], tokens: list[Token]) -> Run | None:
        """ "The younger Harte", of William Harte Sr. and William Harte Jr."""
        if len(bearers) < 2 or not self._tells_age(tokens):
            return None
        younger = any(t.word.lower() in self.lexicon.file.roles.younger for t in tokens)
        return next((x.run for x in bearers if x.run.suffix == ("jr" if younger else "sr")), None)

    def _gender_of_bearer(self, bearer: Bearer) -> int:
        return bearer.run.gender or self.index.gender_of(bearer.run.start, bearer.run.end)

    def _without_office(self, tokens: list[Token]) -> list[Token]:
        """ "Mathis Corvell of Brandvik Securities": the name without where its bearer belongs."""
        for k in range(2, len(tokens) - 1) if self.lexicon.person_endings else ():
            named = tokens[k - 2].flags & F.GIVEN and tokens[k - 1].flags & (F.CAPITAL | F.GIVEN) == F.CAPITAL
            if named and tokens[k].flags & (F.LOWER | F.ATTACHING) == F.LOWER | F.ATTACHING:
                return tokens[:k]  # "Verena Kolb von der Genossenschaft Marsch", but "Ulrike von der Linde"
        for k in range(2, len(tokens) - 1):
            if not tokens[k].flags & F.PARTICLE or tokens[k].flags & (F.NAME_PARTICLE | F.CAPITAL):
                continue
            begin = k
            while begin and self._may_name(tokens, begin - 1, k):
                begin -= 1
            if begin == k - 1 and self.index.bearers(tokens[begin].word.lower()):
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

    def _is_which(self, tokens: list[Token], first: int) -> bool:
        """ "Hallow Line, which runs the ferry": no person, unless something says so."""
        end = tokens[-1].end
        if self.text[end : end + 2] != ", " or any(t.flags & F.GIVEN for t in tokens[first:]):
            return False
        behind = next(iter(self.index.tokens.between(end + 2, end + 2 + LONGEST_ARTICLE)), None)
        return behind is not None and behind.word in self.lexicon.of_things

    def _is_place(self, tokens: list[Token]) -> bool:
        """ "Karrow offered nine": a single name, nobody's last one, that the text has behind "in" too."""
        name = tokens[-1]
        if len(tokens) > 1 or name.flags & (F.GIVEN | F.POSSESSIVE) or not self.lexicon.places:
            return False
        known = self._is_place_name.get(name.word)
        if known is None:
            full = self.index.full_name(name.word.lower())
            known = full is None and any(f" {where} {name.word}" in self.text for where in self.lexicon.places)
            self._is_place_name[name.word] = known
        return known

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
        return bool(joined) and len(name) <= 2 and not any(t.flags & F.GIVEN for t in name)

    def _kind_of_name(self, tokens: list[Token], first: int) -> SpeakerKind:
        name = tokens[first:]
        last = name[-1]
        if first and tokens[first - 1].word.lower().rstrip(".") in self.lexicon.addresses:
            return SpeakerKind.PERSON  # "Ms. Law"
        if len(tokens) == 1 and self.index.bearers(last.word.lower()):
            return SpeakerKind.PERSON  # "Bank said", where the text names Emma Bank
        if self._is_saint(name[0], last) or self._is_called_body(last.end):
            return SpeakerKind.ORGANISATION
        after_somebody = last.flags & (F.ORGANISATION | F.MEDIUM) and (len(name) > 2 or tokens[0].flags & F.DETERMINER)
        if any(t.flags & F.GIVEN for t in name[:-1]) and not after_somebody:  # "the Ada Quill Foundation"
            return SpeakerKind.PERSON
        if any(t.flags & (F.MEDIUM | F.ORGANISATION) == F.MEDIUM for t in name):
            return SpeakerKind.MEDIA
        if last.flags & F.DOCUMENT:
            return SpeakerKind.DOCUMENT
        if any(t.flags & F.ORGANISATION for t in name):
            return SpeakerKind.ORGANISATION
        if last.flags & F.GROUP:
            return SpeakerKind.GROUP
        if first and any(t.flags & (F.TITLE | F.ROLE) for t in tokens[:first]):
            return SpeakerKind.PERSON
        word = last.word
        if len(name) == 1 and not last.flags & F.GIVEN and (self.index.kinds.is_acronym(word) or self.index.kinds.is_brand(word)):
            return (
                SpeakerKind.MEDIA
                if self.index.kinds.is_outlet(word)
                else SpeakerKind.PERSON
                if self.index.full_name(word.lower())
                else SpeakerKind.ORGANISATION
            )
        if word.lower() in self.index.kinds.organisations and len(name) < 3:
            return SpeakerKind.ORGANISATION
        if self.index.kinds.is_outlet(word):
            return SpeakerKind.MEDIA
        if self.index.kinds.is_people(word):
            return SpeakerKind.GROUP
        determined = bool(tokens[0].flags & F.DETERMINER) and len(name) <= 3 and not last.flags & F.GIVEN
        if determined and first <= 1:
            full = self.index.full_name(word.lower())
            if full is None or not self.index.scores.is_person(full):
                return SpeakerKind.ORGANISATION
        return SpeakerKind.PERSON

    def interviewed(self, begin: int) -> Resolved | None:
        """The one person whom the text before `begin` names in full, else the one whom its heading does."""
        people = self._people_before(begin)
        if len(people) > 1:
            people = [run for run in people if "\n" not in self.text[: run.start].lstrip()]
        if len(people) != 1:
            return None
        return Resolved(people[0].start, people[0].end, SpeakerKind.PERSON, None, How.LIKELY)

    def _people_before(self, begin: int) -> list[Run]:
        """The people whom the text names in full before `begin`, each once."""
        people: dict[tuple[str, ...], Run] = {}  # those who may be people too, lest one be taken for the only one
        for number in range(min(bisect_left(self.index.starts, begin), _NAMES_BEFORE)):
            run = None if self.index.is_quoted(self.index.starts[number]) else self.index.run(number)
            full = None if run is None else self.index.full(run)
            if full is not None and len(full.words) > 1 and self.index.scores.may_be_person(full):
                people.setdefault(full.words, full)
        return list(people.values())

    def _by_initials(self, letters: str, begin: int) -> Run | None:
        """The one person named before `begin` whose initials these are."""
        people = [run for run in self._people_before(begin) if "".join(word[0] for word in run.words) == letters.lower()]
        return people[0] if len(people) == 1 else None

    def label(self, start: int, end: int) -> Resolved:
        """The name before the colon of a transcript's turn: always a person."""
        tokens = [t for t in self.index.tokens.between(start, end) if t.flags & F.LETTER]
        if not tokens:
            return Resolved(None, None, SpeakerKind.PERSON, None, How.NOBODY)
        if len(tokens) > 1 and tokens[0].flags & F.TITLE and not tokens[0].flags & F.GIVEN and tokens[-1].flags & F.CAPITAL:
            tokens, start = tokens[1:], tokens[1].start  # "Ms. Vogel:"
        word = tokens[-1].word.lower()
        run = self.index.full_name(self.text[tokens[-1].start : tokens[-1].end].lower()) if len(tokens) < 3 else None
        if len(tokens) == 1 and run is None and self.lexicon.flags(word) & F.ROLE and not tokens[0].flags & F.GIVEN:
            return Resolved(start, end, SpeakerKind.UNNAMED, word, How.WORDS)  # "Prosecutor:"
        if len(tokens) == 1 and run is None and tokens[0].flags & F.UPPER and len(word) in _INITIALS:
            run = self._by_initials(word, start)
        a, b = (run.start, run.end) if run is not None and len(tokens) == 1 else (start, end)
        self._spoke.append(Spoke(start, a, b, run.gender if run is not None else 0))
        return Resolved(a, b, SpeakerKind.PERSON, None, How.FULL)
