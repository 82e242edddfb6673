"""What a run of capitalised words says: the name proper, the titles before it and the apposition behind.

Which runs a text has is said in `name_tokens`, whether a name is a person's in `name_scores`.
"""

from __future__ import annotations

import re
from itertools import dropwhile

from pipelines.quotes import flags as F
from pipelines.quotes.people.name_tokens import BEHIND_NAME, ENDING, MAX_LOOKED_AT, STATED_AGE, NameRuns, bare_end
from pipelines.quotes.people.roles import role_phrase
from pipelines.quotes.people.types import GENDERS, RolePhrase, Run
from pipelines.quotes.text.words import NICKNAME
from pipelines.quotes.types import Token

_CLITIC = re.compile("[’'](?![sS]$)")
_BEFORE_NAME = 90  # characters before a name in which its titles stand
_CLOSES_APPOSITION = ",.;:)\n"
_SHORT_APPOSITION, _SHORT_SUBJECT = 6, 3  # words
_NO_NAME = F.NOT_NAME | F.TITLE | F.ROLE | F.GROUP | F.ORGANISATION | F.MEDIUM | F.DOCUMENT | F.PARTICLE
_OF_SOMEBODY = F.RELATIVE | F.ROLE | F.TITLE  # what an apposition has that tells what somebody is
_LONGEST_PLAIN = 4  # tokens; a longer name may hold a nickname with small words
_PLACE, _OF_PLACE = 3, 5  # letters of "Oslo" or longer, of "based" or longer
HEADING_WORD = 4  # letters of a word of a heading in capitals
_SMALL_FIRST = F.NOT_NAME | F.GIVEN | F.NAME_PARTICLE | F.DAY | F.UPPER  # of "The", which begins a sentence, only the first
_WITHIN_WORDS = ("/", "&", "-")  # before a letter that is no initial
_SHORTEST_NOUN = 8  # letters of a noun of people of no list before a name


def _called_by(behind: list[Token], introduction: list[Token]) -> str:
    """The head noun of an apposition that begins with an article, or of the phrase before the name; where it is in no list."""
    tokens = behind if behind and behind[0].flags & F.DETERMINER else introduction
    head = ""
    for token in tokens[1:]:
        if token.flags & (F.BOUNDARY | F.PARTICLE | F.CAPITAL) or not token.flags & F.LETTER:
            break
        head = token.word.lower() if token.flags & F.UNKNOWN_LOWER else ""
    return head


def _is_subject(kept: list[Token]) -> bool:
    """Whether words between a comma and a verb of saying are who says so: "a cub of old Jaro, the zoo said", "… in Halmar, clerk Ada Quill said"."""
    if kept[0].flags & F.DETERMINER and not any(t.flags & _OF_SOMEBODY for t in kept):
        return True
    return bool(kept[-1].flags & F.CAPITAL) and any(t.flags & F.GIVEN for t in kept[:-1])


def _opens(token: Token) -> bool:
    """ "But President Ada Quill": a word that opens a sentence and is no part of what somebody is."""
    return token.flags & (F.CAPITAL | F.NOT_NAME) == F.CAPITAL | F.NOT_NAME and not token.flags & (F.TITLE | F.ROLE)


def _before_field(introduction: list[Token]) -> list[Token]:
    """ "The opponent for president, Ada Quill, …": without the field of a role."""
    field = next((k for k, t in enumerate(introduction) if t.flags & F.BOUNDARY), len(introduction)) if introduction else 0
    return introduction[:field]


def _behind_place(tokens: list[Token]) -> int:
    """ "New Halmar-based Quorum": where the name begins behind a word that says where from; 0 where there is none. "Seo Jun-ho Lee" has none."""
    parts = [token.word.rpartition("-") for token in tokens[:-1]]
    based = [k for k, (before, _, form) in enumerate(parts) if len(before) >= _PLACE and form.islower() and len(form) >= _OF_PLACE]
    return based[-1] + 1 if based else 0


class NameReader:
    """What the runs of one text say."""

    def __init__(self, runs: NameRuns) -> None:
        self.runs, self.text, self.lexicon = runs, runs.text, runs.lexicon
        self.tokens, self.kinds = runs.tokens, runs.kinds
        endings = (ending for ending, _ in self.lexicon.person_endings)
        self._noun_endings = (*self.lexicon.file.roles.trades, *endings)  # of nouns of people of no list

    def read(self, start: int, end: int) -> Run | None:
        tokens = self.without_phrase([t for t in self.tokens.between(start, end) if t.flags & F.LETTER])
        first, last = self.core(tokens, start)
        if first > last:
            return None
        name = tokens[first : last + 1]
        suffix = ""
        while len(name) > 1 and self.kinds.is_suffix(name[-1].word):
            suffix = name.pop().word.lower().rstrip(".")
        gender = 0
        roles: list[str] = []
        titled = first > 0 and any(t.flags & (F.TITLE | F.ROLE) for t in tokens[:first])
        before = [] if titled else self._before(tokens[0].start)
        introduction = [] if before else self._introduced_before(start, end)
        before = before or introduction
        described = [*before, *tokens[:first]]
        lesser = False
        for token in [*(_before_field(introduction) or before), *tokens[:first]]:
            if token.flags & (F.TITLE | F.ROLE):
                if not lesser:
                    roles.append(self._title(token))
                gender |= token.flags & GENDERS
            lesser = token.word.lower() in self.lexicon.lesser  # "Vice President": no president
        given = next((k for k, t in enumerate(name[:-1]) if t.flags & F.GIVEN), None) if len(name) > 1 else None
        if first == 0 and roles and before[-1].flags & F.PARTICLE and not before[-1].flags & F.NAME_PARTICLE and given != 0:
            if len(name) > 2:
                name = name[-2:]  # "Secretary of State Ada Jane Quill"
            else:
                roles, gender = [], 0  # "secretary of the Defence Council": the office, not who holds it
        if described and roles:
            gender = self.lexicon.gender_of_article.get(described[0].word.lower(), gender)
        if given is not None:
            gender = next((t.flags & GENDERS for t in name if t.flags & F.GIVEN), 0) or gender
        if gender == GENDERS:
            gender = 0
        a, b = name[0].start, bare_end(name[-1])
        words = (*[t.word.lower() for t in name[:-1]], self.text[name[-1].start : b].lower())
        if suffix:
            b = bare_end(tokens[last])
        behind = self._behind(tokens[last].end)
        behind = [] if behind and self._hangs_on(name[0].start) else behind
        described += behind
        lesser = False
        for token in self._own_part(behind):
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
            frozenset([t.word.lower().removesuffix("'s").removesuffix("’s") for t in described if t.flags & F.LETTER]),
            self._phrase(tokens[last].end, behind, [*before, *tokens[:first]]),
        )

    def _phrase(self, end: int, behind: list[Token], before: list[Token]) -> RolePhrase | None:
        """What the words next to a name that ends at `end` say that its bearer is."""
        if not behind and not before and not self.text.startswith(", ", end):
            return None
        stated = STATED_AGE.match(self.text, end)
        behind = self._behind(stated.end()) if stated else behind
        closed = bool(behind) and self.text[behind[-1].end : behind[-1].end + 1] in _CLOSES_APPOSITION
        before = list(dropwhile(_opens, before))
        return (role_phrase(behind, self.lexicon, self.kinds) if closed else None) or role_phrase(before, self.lexicon, self.kinds)

    def _hangs_on(self, start: int) -> bool:
        """ "Nita Loring of Halmar, the chairwoman": what follows the place is said of who comes from there."""
        before = self.text[max(0, start - 8) : start].split()
        low = before[-1].lower() if before else ""
        if before and before[-1][0].isupper() and self.lexicon.flags(low) & (F.BOUNDARY | F.ATTACHING):
            return True  # "In Halmar, the minister"
        return low in self.lexicon.file.codes.genitive or low in self.lexicon.places

    def without_phrase(self, tokens: list[Token]) -> list[Token]:
        """The tokens of a name without those of a nickname with small words, 'Arthur "Man of Steel" Pell', which are no parts of a name."""
        if len(tokens) <= _LONGEST_PLAIN or not any(t.flags & F.LOWER for t in tokens[1:-1]):
            return tokens
        within = NICKNAME.search(self.text, tokens[0].start, tokens[-1].end + 1)
        return tokens if within is None else [t for t in tokens if t.end <= within.start() or t.start >= within.end()]

    def core(self, tokens: list[Token], start: int) -> tuple[int, int]:
        """First and last token of the name proper among the tokens of a capitalised run or mention that begins at `start`."""
        last = len(tokens) - 1
        while last > 0 and (tokens[last].flags & (F.DAY | F.DETERMINER) or self.kinds.is_credit(tokens[last].word)):
            last -= 1  # "told CNN Friday"
        while last > 1 and tokens[last].flags & F.UPPER and self.kinds.is_short_form(tokens[last - 1].word):
            last -= 1  # "Harbour Lines Ltd HLN"
        if last > 0 and tokens[last].flags & F.NOT_NAME and not any(t.flags & (F.GIVEN | F.TITLE | F.ROLE) for t in tokens[:last]):
            last -= 1  # "Ende Juni", but "Theresa May"
        tokens = tokens[: last + 1]
        first = self._name_from(tokens)
        if last > first:
            first = max(first, self.begin_inside(tokens, start))
        while first < len(tokens) and self._begins_no_name(tokens[first], start, first == last):
            first += 1
        while first < last and self._is_no_part(tokens, first, start):
            first += 1
        if first < last:
            first = self._behind_body(tokens, first)
        if first < last and tokens[last].flags & F.ROLE and tokens[first].flags & F.UPPER and not tokens[last].flags & F.UPPER:
            last -= 1  # "ADA QUILL Comedian": a heading and what follows it
        named = tokens[first : last + 1]
        if (
            first
            and any(self.kinds.is_form(t.word) for t in named)
            and all(self.kinds.is_form(t.word) or t.flags & F.GROUP for t in named)
        ):
            while first and tokens[first - 1].flags & (F.CAPITAL | F.DETERMINER | F.NOT_NAME | F.ROLE) == F.CAPITAL:
                first -= 1  # "Quill Sands Group Inc"
        return first, last

    def begin_inside(self, tokens: list[Token], start: int) -> int:
        """Of a run that begins at `start` and goes over a heading, the end of a sentence or a town the first token of the last part."""
        before = self.text[start : tokens[-1].start]
        return max(
            self._behind_stop(tokens, start) if "." in before else 0,
            self._behind_heading(tokens) if tokens[0].word.isupper() else 0,
            _behind_place(tokens) if "-" in before else 0,
        )

    def _begins_no_name(self, token: Token, start: int, alone: bool) -> bool:
        """A day, a small word, or an adverb that opens its sentence: "Similarly", and not "Connolly" behind "Ada Connolly"."""
        if token.flags & F.GIVEN:
            return bool(token.flags & (F.NOT_NAME | F.DAY)) and (alone or not self._may_begin_name(token.start))
        if self._is_capital_particle(token):
            return False
        if token.flags & (F.NOT_NAME | F.DAY):
            return True
        if token.flags & F.PARTICLE and not token.flags & F.NAME_PARTICLE:
            return True  # "Of Renn, he said"
        low = token.word.lower()
        reports = self.lexicon.reports
        small = self.lexicon.flags(low) & F.ADVERB or low in reports.conjunctions or low in reports.prepositions
        return bool(small) and low not in self.runs.full and token.start == start and self.runs.opens_text_sentence(start)

    def _is_capital_particle(self, token: Token) -> bool:
        """ "zei Van der Quill": a particle that has a capital though it opens no sentence."""
        both = F.NAME_PARTICLE | F.CAPITAL
        return token.flags & both == both and not self.runs.opens_text_sentence(token.start)

    def _may_begin_name(self, start: int) -> bool:
        """Whether a month that is a first name too, "May Linwood", opens a sentence or stands behind a verb of saying or a role."""
        if self.runs.opens_text_sentence(start):
            return True
        before = self.text[max(0, start - 20) : start].split()
        return bool(before) and bool(self.lexicon.flags(before[-1]) & (F.STRONG_CUE | F.ROLE | F.TITLE))

    def _is_no_part(self, tokens: list[Token], k: int, start: int) -> bool:
        """Whether token k stands before the name and is no part of it: "American Toby Renn", "Halmar-based Quorum"."""
        token, rest = tokens[k], tokens[k + 1 :]
        word, flag, kinds = token.word, token.flags, self.kinds
        if flag & F.PARTICLE and not flag & (F.CAPITAL | F.NAME_PARTICLE):
            return True
        if flag & (F.NAME_PARTICLE | F.LOWER) == F.NAME_PARTICLE | F.LOWER and rest[0].flags & F.GIVEN and len(rest) > 1:
            return True  # "selon les mots d'Odile Kermarec"
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
        if self.lexicon.file.follows and len(rest) > 1 and word.lower() in self.lexicon.bodies and self._is_attached(token.start):
            return not kinds.is_body(rest[-1].word)  # "the minister of Health Ada Quill"
        if (kinds.is_body(word) or kinds.is_acronym(word) or kinds.is_brand(word)) and person:
            return not rest[-1].flags & (F.ORGANISATION | F.MEDIUM)
        if k == 0 and token.start == start and self.runs.opens_text_sentence(token.start):
            low = word.lower()
            if self.lexicon.flags(low) & (F.CUE | F.ADVERB | F.AUXILIARY | F.BOUNDARY) & ~F.GIVEN:
                return True
            if person and (not self.lexicon.flags(low) & F.LETTER or f" {low} " in self.text):
                return True
        saint = rest[0].flags & (F.ABBREVIATION | F.PARTICLE) == F.ABBREVIATION | F.PARTICLE  # "Ada St. Clair"
        return known and len(rest) > 1 and not saint

    def _is_definite(self, start: int) -> bool:
        """Whether a definite article stands right before."""
        before = self.text[max(0, start - 8) : start].split()
        return bool(before) and before[-1].lower() in self.lexicon.definite

    def _is_attached(self, start: int) -> bool:
        """Whether a preposition that ties what follows to the words before stands right before."""
        before = self.text[max(0, start - 8) : start].split()
        return bool(before) and before[-1].islower() and bool(self.lexicon.flags(before[-1]) & F.ATTACHING)

    def _behind_stop(self, tokens: list[Token], start: int) -> int:
        """ "… of Quorum Inc. Renn said", "… the U.S. The Quorum said", "… I/B/E/S. Renn said": where the name begins behind the end of a sentence that
        looks like a short form."""
        for k in range(len(tokens) - 2, -1, -1):
            if "." not in self.text[tokens[k].end - 1 : tokens[k + 1].start]:
                continue
            if tokens[k + 1].flags & _SMALL_FIRST == F.NOT_NAME or (
                self.kinds.is_form(tokens[k].word) and not self.kinds.is_form(tokens[k + 1].word)
            ):
                return k + 1
        return 1 if len(tokens[0].word) == 2 and self.text[max(0, start - 1) : start] in _WITHIN_WORDS else 0

    def _behind_heading(self, tokens: list[Token]) -> int:
        """ "BLUNT FORCE Renn said": where the name begins behind a heading in capitals that stands nowhere else. One that is a single word may be
        a part of the name, unless what follows stands elsewhere too."""
        upper = [token.word.isupper() for token in tokens]
        first = upper.index(False) if not all(upper) else len(tokens) - 1
        lead, rest = tokens[:first], tokens[first:]
        words = [token.word for token in lead if token.word.isalpha() and len(token.word) >= HEADING_WORD]
        if not words or any(token.flags & F.GIVEN for token in lead) or self.kinds.is_form(rest[0].word):
            return 0
        short = len(lead) == 1 or (all(upper) and len(rest[0].word) < HEADING_WORD)
        if all(upper) and not short:
            return 0
        if short and not self.runs.stands_alone(self.text[rest[0].start : bare_end(rest[-1])]):
            return 0
        return first if self.text.count(self.text[lead[0].start : lead[-1].end]) == 1 else 0

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

    def _is_known(self, tokens: list[Token]) -> bool:
        """Whether these words stand as a name of their own elsewhere in the text, with two words or more."""
        if len(tokens) < 2:
            return False
        start, end = tokens[0].start, bare_end(tokens[-1])
        name = self.text[start:end]
        for index in self.runs.by_last.get(ENDING.sub("", tokens[-1].word).lower(), ())[:MAX_LOOKED_AT]:
            a, b = self.runs.starts[index], self.runs.ends[index]
            if a != start and self.text.startswith(name, a) and b - a <= len(name) + 2:
                return True
        return False

    def _title(self, token: Token) -> str:
        """A title or role as it is written in full."""
        word = token.word.lower().rstrip(".")
        return self.lexicon.titles_in_full.get(word, word)

    def _before(self, start: int) -> list[Token]:
        """Titles and roles right before a name: capitalised words, small nouns of people and what joins them."""
        kept: list[Token] = []
        low = max(0, start - _BEFORE_NAME)
        last = self.tokens.flags_before(low, start)
        if last is not None and not self._may_precede(last):
            return kept
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

    def _behind(self, end: int) -> list[Token]:
        """The apposition behind a name: ", secretary of the council," as far as its comma."""
        if self.text[end : end + 2] != ", ":
            return []
        kept: list[Token] = []
        for token in self.tokens.forward(end + 2, min(len(self.text), end + BEHIND_NAME)):
            if not token.flags & F.LETTER:
                break
            if token.flags & F.CUE and not token.flags & (F.TITLE | F.ROLE):
                says = token.flags & (F.STRONG_CUE | F.LOWER) == F.STRONG_CUE | F.LOWER
                if says and kept and _is_subject(kept):
                    return []
                if token.flags & F.LOWER and 0 < len(kept) <= _SHORT_SUBJECT and kept[0].word.lower() in self.lexicon.definite:
                    return []  # "asked by Toby Renn, the governor pointed to"
                break
            if kept and "\n" in self.text[kept[-1].end : token.start]:
                break
            if not kept and token.flags & (F.PRONOUN | F.AUXILIARY):
                return []  # "Worse, he"
            kept.append(token)
        if not kept or (kept[0].flags & F.PARTICLE & ~F.NAME_PARTICLE and not kept[0].flags & F.DETERMINER):
            return []
        return [] if self._goes_on(kept) else kept

    def _goes_on(self, kept: list[Token]) -> bool:
        """ "Asked by Toby Renn, the governor pointed to": a subject and its verb, and no comma behind."""
        closed = len(kept) <= _SHORT_APPOSITION or self.text[kept[-1].end : kept[-1].end + 1] == ","
        if closed or kept[0].word.lower() not in self.lexicon.definite:
            return False
        return any(t.flags & (F.ENDS_ED | F.LOWER) == F.ENDS_ED | F.LOWER and not t.flags & F.ROLE for t in kept[2:4])

    def _own_part(self, behind: list[Token]) -> list[Token]:
        """Of an apposition what is said of its person: "an aide", and not "to the president"; "travelling with the president" nothing."""
        if not behind:
            return behind
        at = next((k for k, t in enumerate(behind) if k and t.flags & F.DETERMINER and self._governs(behind[k - 1])), None)
        if at is None or not (behind[0].flags & (F.ROLE | F.TITLE | F.DETERMINER) or behind[0].flags & F.ENDS_ING):
            return behind
        rest = next(
            (k for k in range(at, len(behind)) if behind[k].word.lower() in self.lexicon.file.codes.conjunction), len(behind)
        )
        return behind[:at] + behind[rest:]

    @staticmethod
    def _governs(token: Token) -> bool:
        """Whether it is a preposition."""
        return bool(token.flags & F.LOWER) and bool(token.flags & (F.ATTACHING | F.BOUNDARY)) and not token.flags & F.RELATIVE

    def _predicate(self, end: int) -> str:
        """ "Alma Reed has been its guard for twenty years": the noun, where only auxiliaries and a determiner lead to it."""
        if self.tokens.flags_at(end, end + BEHIND_NAME // 2, F.COMMA | F.AUXILIARY) & (F.COMMA | F.AUXILIARY) == 0:
            return ""
        determined, head = False, ""
        for nth, token in enumerate(self.tokens.forward(end, min(len(self.text), end + BEHIND_NAME // 2))):
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
        """The token of a noun of no list before two capitalised words that ends as nouns of people do, where nouns have capitals: "Hafenmeister
        Ole Brandt", or as nouns of trades do: "Locksmith Ada Quill"; -1 where there is none."""
        at = 1 if tokens and tokens[0].flags & F.DETERMINER else 0
        if not self._noun_endings or len(tokens) < at + 3 or len(tokens[at].word) < _SHORTEST_NOUN:
            return -1
        if tokens[at].flags & (F.GIVEN | F.NOT_NAME | F.ORGANISATION | F.MEDIUM | F.POSSESSIVE) or not tokens[at].flags & F.CAPITAL:
            return -1
        behind = tokens[at + 1 : at + 3]
        if any(t.flags & (F.CAPITAL | F.ORGANISATION | F.MEDIUM) != F.CAPITAL for t in behind):
            return -1
        return at if tokens[at].word.endswith(self._noun_endings) else -1

    @staticmethod
    def _heads_body(token: Token, behind: Token) -> bool:
        """ "Ministry of Fisheries": what "of" follows is the name of the body, and not where somebody holds a role."""
        body = F.ORGANISATION | F.CAPITAL
        return (
            token.flags & (body | F.ROLE | F.TITLE) == body
            and behind.flags & (F.PARTICLE | F.NAME_PARTICLE | F.CAPITAL) == F.PARTICLE
        )

    def _name_from(self, tokens: list[Token]) -> int:
        """Index of the first token of the name proper: behind titles, roles, determiners, possessors and organisations."""
        first = 0
        seen_role = False
        if len(tokens) < 2 or self._is_called_by_title(tokens):
            return 0
        behind = self._behind_genitive(tokens)
        if behind:
            return behind
        bare = self._bare_role(tokens)
        company = self.kinds.is_form(tokens[-1].word) and not any(t.flags & F.GIVEN for t in tokens)  # "General Motors"
        for k, token in enumerate(tokens[:-1]):
            flag = token.flags
            if flag & F.POSSESSIVE and flag & F.GIVEN and tokens[k + 1].flags & F.CAPITAL:
                first = k + 1  # "Ada Quill's spokesman Tom Renn"
                continue
            if k == bare:
                seen_role, first = True, k + 1
                continue
            if flag & F.GIVEN and not flag & F.ROLE:
                genitives = self.lexicon.file.genitive_names
                if seen_role:
                    return first if k == first + 1 and not genitives and self._may_be_called(tokens, first) else k
                if k and not first and genitives and not tokens[k - 1].flags & F.GIVEN:
                    return k  # "мэр Приозёрска Нина Лугова", but "Anna Maria Zych"
                continue
            within = k and tokens[k - 1].flags & tokens[k + 1].flags & F.NAME_PARTICLE  # "Ada von und zu Quill"
            small = not flag & F.CAPITAL and not flag & F.NAME_PARTICLE and not within
            joins = flag & F.PARTICLE and not flag & F.NAME_PARTICLE
            if flag & (F.TITLE | F.ROLE | F.GROUP):
                if self._heads_body(token, tokens[k + 1]) or (company and flag & F.CAPITAL and (k == 0 or flag & F.TITLE)):
                    continue
                seen_role = True
                first = k + 1
            elif (
                small
                or (flag & F.POSSESSIVE and not self._owns_body(tokens, k))
                or (k == first and flag & (F.DETERMINER | F.NOT_NAME) and not self._is_capital_particle(token))
            ):
                if not joins or seen_role:
                    first = k + 1
            elif seen_role and flag & (F.ORGANISATION | F.MEDIUM):
                first = k + 1
        if seen_role and len(tokens) - first > 2 and first and tokens[first - 1].flags & F.PARTICLE:
            given = next((k for k in range(first, len(tokens) - 1) if tokens[k].flags & F.GIVEN), None)
            first = given if given is not None else len(tokens) - 2
        return first

    def _owns_body(self, tokens: list[Token], k: int) -> bool:
        """ "St Vigor's Church", "King's College": a possessor before one noun of a body, which says nothing alone; no country's "Iran's Parliament"."""
        last = tokens[-1]
        if k != len(tokens) - 2 or last.flags & (F.CAPITAL | F.ORGANISATION) != F.CAPITAL | F.ORGANISATION:
            return False
        if last.flags & (F.POSSESSIVE | F.MEDIUM):
            return False
        owner = ENDING.sub("", tokens[k].word).lower()
        return not (self.kinds.is_place((owner,)) or self.kinds.is_demonym(owner) or self.runs.is_last_name(owner))

    def _may_be_called(self, tokens: list[Token], first: int) -> bool:
        """Whether a word right behind a role and before a first name is another one, of no list: "the deputy Pier Paolo Zanin"."""
        token = tokens[first]
        word = token.word
        if first and not tokens[first - 1].flags & (F.ROLE | F.TITLE):
            return False  # "the minister of Sorvane Olena Tarvashka"
        plain = token.flags & (F.CAPITAL | F.UPPER) == F.CAPITAL and not token.flags & (_NO_NAME | F.POSSESSIVE)
        return plain and not (self.kinds.is_demonym(word) or self.kinds.is_place((word.lower(),)) or self.kinds.is_body(word))

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
        for nth, token in enumerate(self.tokens.forward(end + 2, min(len(self.text), end + BEHIND_NAME))):
            if not nth and token.word not in self.lexicon.indefinite:
                return False
            if not token.flags & F.LETTER or token.flags & (F.CAPITAL | F.BOUNDARY | F.PARTICLE | F.AUXILIARY | F.CUE):
                return False
            if nth and not token.flags & F.TITLE and (token.flags & F.ROLE or self.lexicon.is_person_noun(token.word)):
                return True
        return False
