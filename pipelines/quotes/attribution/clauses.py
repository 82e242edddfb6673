"""Reported clauses without quotation marks by grammar, for languages that follow the weights of another: "Dijo que …", "…, sagte ein Sprecher",
"Laut Polizei …", "Wie die Bank mitteilte, …", and the subjunctive of what somebody said before.

What counts as words of saying stands in the language's files. Speakers of words in marks do not belong here (`order`, `borrowed`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipelines.quotes import flags as F
from pipelines.quotes.attribution.somebody import belongs_to_led, is_named, is_somebody, named
from pipelines.quotes.lexicon import CODE_OF_FUNCTION, Lexicon
from pipelines.quotes.text.paragraphs import Paragraph
from pipelines.quotes.text.table import TokenTable
from pipelines.quotes.types import Clause, Cue, Mention

ACCORDING, THAT, BEHIND, SUBJUNCTIVE, GOES_ON = 0.85, 0.85, 0.8, 0.75, 0.35  # certainty of each form
LEFT_OUT = 0.8  # factor where no word names the speaker
_FARTHEST_THAT = 10  # tokens from a cue to its complementizer
_LONGEST_SOURCE = 14  # tokens of "according to X"
_LONGEST_APPOSITION = 9
_LONGEST_SAYING = 5  # tokens of "nach den ersten Angaben"
_LONGEST_NAME = 40  # characters between quotation marks that may be a name
_MIN_LEFT = 3  # words of a clause before its attribution
_MIN_WORDS = 2
_SHORTEST_COMPOUND, _SHORTEST_PART = 9, 6  # letters
_MAY_LEAD = F.BOUNDARY | F.ATTACHING | F.REPORTING | F.PARTICLE  # what a preposition or "zufolge" may be
_BREAK = F.QUOTE | F.STOP | F.COLON
_SMALL = F.ADVERB | F.AUXILIARY | F.PARTICLE | F.DAY
_MANNER, _AND, _BUT, _OF = (CODE_OF_FUNCTION[name] for name in ("manner", "conjunction", "adversative", "genitive"))


class Clue(NamedTuple):
    """A reported clause in tokens of `p`, its cue (None: it goes on from the sentence before) and speaker (None: no word names them)."""

    p: Paragraph
    first: int
    last: int
    cue: Cue | None
    mention: Mention | None
    certainty: float


class Words(NamedTuple):
    """The words of a language that only this module asks for, see `language_file.Clauses`."""

    prepositions: frozenset[str]
    statements: frozenset[str]
    long_statements: tuple[str, ...]  # those that may end a compound
    behind: frozenset[str]
    questions: frozenset[str]
    subjunctive: frozenset[str]
    surely_subjunctive: frozenset[str]
    impersonal: frozenset[str]
    only_that: frozenset[str]
    oblique: frozenset[str]
    passive: frozenset[str]
    drops: bool


@lru_cache(maxsize=32)
def words_of(lexicon: Lexicon) -> Words:
    """The words of the lexicon's language."""
    file, clauses = lexicon.file, lexicon.file.clauses
    return Words(
        frozenset(clauses.prepositions),
        frozenset(clauses.statements),
        tuple(word for word in clauses.statements if len(word) >= _SHORTEST_PART) if lexicon.person_endings else (),
        frozenset(clauses.behind),
        frozenset(clauses.questions),
        frozenset(clauses.subjunctive),
        frozenset(clauses.surely_subjunctive),
        frozenset(clauses.impersonal),
        frozenset(clauses.only_that),
        frozenset(clauses.oblique),
        frozenset(file.words.passive),
        file.drops_subjects,
    )


def find_clauses(scanned: Sequence[Paragraph], table: TokenTable, said: Mapping[int, Mention]) -> Iterator[Clue]:
    """The reported clauses of the paragraphs, in their order. Some may overlap. `said`: by sentence who says the words in marks there."""
    words = words_of(table.lexicon)
    for p in scanned:
        before: Mention | None = None
        for sentence in range(p.first_sentence, p.end_sentence):
            reader = Sentence(p, table.clause(sentence), words)
            found = reader.reports()
            if not found and before is not None and sentence not in said:
                found = reader.goes_on(before)
            yield from found
            before = (found[-1].mention if found else None) or said.get(sentence) or before


class Sentence:
    """One sentence outside quotation marks."""

    def __init__(self, p: Paragraph, clause: Clause, words: Words) -> None:
        self.p, self.clause, self.words, self.flags = p, clause, words, p.flags
        self.first, self.end = clause.first, clause.end
        while self.end > self.first and self.flags[self.end - 1] & F.PUNCTUATION and not self.flags[self.end - 1] & F.PAREN:
            self.end -= 1

    def reports(self) -> list[Clue]:
        found = [clue for cue in self.clause.cues for clue in self._of_cue(cue)]
        found += self.sayings()
        return [clue for clue in found if self._words(clue.first, clue.last) >= _MIN_WORDS]

    def _of_cue(self, cue: Cue) -> Iterator[Clue]:
        if cue.follows:
            yield from self._according(cue.first, cue.last, cue)
            return
        if not cue.strong and self.p.word(cue.last).lower() not in self.words.only_that:
            return
        that = self._that_behind(cue)
        if that is not None:
            yield from self._that(cue, that)
            return
        if not cue.strong:
            return
        manner = self._manner_before(cue)
        if manner is not None:
            yield from self._as_told(cue, manner)
            return
        left = self._behind_clause(cue)
        if left is not None:
            yield left
            return
        right = self._before_subjunctive(cue)
        if right is not None:
            yield right

    # --- "said that"

    def _that_behind(self, cue: Cue) -> int | None:
        """The complementizer of the cue's clause, or what opens a reported question behind a comma."""
        for k in range(cue.last + 1, min(cue.last + 1 + _FARTHEST_THAT, self.end)):
            flag = self.flags[k]
            if flag & _BREAK or (flag & F.CUE and flag & F.LOWER):
                return None
            if flag & F.COMPLEMENTIZER or (flag & F.LETTER and self.p.word(k).lower() in self.words.questions):
                return k
            if flag & F.COMMA and not self._opens_that(k + 1):
                return None
        return None

    def _opens_that(self, k: int) -> bool:
        """Whether a complementizer stands behind a comma; or an apposition ends there, "said Ada Quill, the mayor, that"."""
        if k >= self.end:
            return False
        return bool(self.flags[k] & F.COMPLEMENTIZER) or self.p.word(k).lower() in self.words.questions

    def _that(self, cue: Cue, that: int) -> Iterator[Clue]:
        if self._is_passive(cue):
            return
        subject = self.subject(cue, that)
        if subject is not None and self._is_no_noun(subject):
            return
        if subject is None and not self._may_drop(cue):
            return
        first = that + 1 if self.flags[that] & F.COMPLEMENTIZER else that
        last = self._end_of(first)
        certainty = THAT if subject is not None else THAT * LEFT_OUT
        yield Clue(self.p, first, last, cue, subject, certainty)

    def _is_no_noun(self, mention: Mention) -> bool:
        """Where nouns have capitals, a phrase without any: "darüber"."""
        if not self.words.oblique or mention.kind != F.NOUN:
            return False
        return not any(self.flags[k] & (F.CAPITAL | F.DETERMINER | F.DIGIT) for k in range(mention.first, mention.last + 1))

    def _end_of(self, first: int) -> int:
        """The last token of a clause that begins at `first`: the sentence's, or that before "and" with another cue and complementizer."""
        for cue in self.clause.cues:
            if cue.first <= first or cue.follows:
                continue
            k = cue.first - 1
            joined = k > first and self.flags[k] >> F.CODE_SHIFT & 63 == _AND
            if joined and self._that_behind(cue) is not None:
                k -= 1
                return k - 1 if self.flags[k] & F.COMMA else k
        return self.end - 1

    def subject(self, cue: Cue, limit: int) -> Mention | None:
        """Who stands right before the cue, small words and an apposition passed over, else right behind it."""
        before = self._of_auxiliary(cue) or self._before(cue)
        k = cue.last + 1
        while k < limit and self.flags[k] & (_SMALL | F.COMMA) and not self.flags[k] & F.DETERMINER:
            k += 1
        own = next((m for m in self.clause.mentions if m.first == k and m.last < limit), None)
        if before is not None:
            return own if own is not None and self._is_inverted(before, own, cue) else before
        if own is not None:
            return named(self.p, self.clause, own)
        source = next((m for m in self.clause.mentions if m.last < cue.first and m.first > self.first), None)
        if source is not None and self._is_led(source) and self.flags[source.last] & (F.ORGANISATION | F.DOCUMENT | F.MEDIUM):
            return source  # "In the ministry they said"
        return None

    def _is_inverted(self, before: Mention, behind: Mention, cue: Cue) -> bool:
        """`Offiziell sagte die Regierung`, `Beim Treffen der Minister sagte Jung`, `Zugleich sagte sie`: who stands behind the cue is its subject."""
        if before.kind == F.PRON or not self.words.oblique or self._is_led(behind):
            return False
        if behind.kind == F.PRON:
            return before.first == self.first
        touches = all(flag & _SMALL for flag in self.flags[before.group_last + 1 : cue.first])
        return is_somebody(self.p, behind) and (not is_somebody(self.p, before) or not touches)

    def _is_passive(self, cue: Cue) -> bool:
        """Whether a verb that makes passives stands before the cue in its part of the sentence."""
        if not self.words.oblique:
            return False
        k = cue.last - 1
        while k >= self.first and not self.flags[k] & (F.COMMA | F.DASH | F.COLON | F.QUOTE):
            if self.flags[k] & F.AUXILIARY and self.p.word(k).lower() in self.words.passive:
                return True
            k -= 1
        return False

    def _of_auxiliary(self, cue: Cue) -> Mention | None:
        """`Stoiber hatte die Rolle der Vorsitzenden betont`, `Am Montag hat Stoiber den Rat gewarnt`: who stands by the verb of a participle."""
        if not self.words.oblique:
            return None
        k = cue.first - 1
        while k >= self.first and not self.flags[k] & (F.COMMA | F.DASH | F.COLON | F.QUOTE | F.AUXILIARY):
            k -= 1
        if k < self.first or not self.flags[k] & F.AUXILIARY or k >= cue.first - 1:
            return None
        ahead = next((m for m in self.clause.mentions if m.group_last == k - 1 and not m.attached), None)
        if ahead is not None and not self._is_led(ahead):
            return named(self.p, self.clause, ahead)
        behind = next((m for m in self.clause.mentions if k < m.first <= k + 2 and m.last < cue.first), None)
        return None if behind is None or self._is_led(behind) else named(self.p, self.clause, behind)

    def _before(self, cue: Cue) -> Mention | None:
        for mention in reversed(self.clause.mentions):
            if mention.last >= cue.first or (mention.attached and not is_named(self.p, mention)):
                continue
            gap = self.flags[mention.group_last + 1 : cue.first]
            if all(flag & (_SMALL | F.PRONOUN) for flag in gap):
                if self._is_led(mention) or belongs_to_led(self.p, self.clause, mention):
                    return self._opening_subject(cue)
                return self._behind_apposition(named(self.p, self.clause, mention))
            if gap[:1] and gap[0] & (F.COMMA | F.DASH | F.PAREN) and gap[-1] & (F.COMMA | F.DASH | F.PAREN) and len(gap) > 1:
                return None if self._is_led(mention) else named(self.p, self.clause, mention)
            if len(gap) == 1 and gap[0] & F.COMMA and self.flags[mention.first - 1] & F.COMMA:
                return self._apposed(mention)
        return self._opening_subject(cue)

    def _opening_subject(self, cue: Cue) -> Mention | None:
        """The first mention of the clause that no preposition leads in, where nothing but phrases stands between it and the cue."""
        start = cue.first
        while start > self.first and not self.flags[start - 1] & (F.COMMA | F.DASH | F.COLON | F.QUOTE):
            start -= 1
        own = [
            m for m in self.clause.mentions if start <= m.first and m.last < cue.first and not m.attached and not self._is_led(m)
        ]
        if not own or any(c.last < cue.first and c.first >= start for c in self.clause.cues):
            return None
        return named(self.p, self.clause, own[0])

    def _apposed(self, mention: Mention) -> Mention | None:
        """Of "the captain of the team, Ada Quill," the name, of "Ada Quill, captain of the team," too."""
        if is_named(self.p, mention):
            return mention
        return next((m for m in self.clause.mentions if m.group_last == mention.first - 2 and not self._is_led(m)), mention)

    def _behind_apposition(self, mention: Mention) -> Mention:
        """ "Ada Quill, the mayor, said": the name is the subject."""
        if mention.kind == F.PRON or not self.flags[mention.first - 1] & F.COMMA:
            return mention
        ahead = (m for m in self.clause.mentions if m.group_last == mention.first - 2)
        return next((m for m in ahead if is_named(self.p, m)), mention)

    def _is_led(self, mention: Mention) -> bool:
        before = self.flags[mention.first - 1]
        if self.p.word(mention.first).lower() in self.words.oblique:
            return True
        if mention.first == self.first or before >> F.CODE_SHIFT & 63 in (_AND, _BUT):
            return False
        return bool(before & (F.BOUNDARY | F.ATTACHING)) and not before & F.COMPLEMENTIZER

    def _may_drop(self, cue: Cue) -> bool:
        """Whether the subject of the cue may be left out: it opens the sentence, or a part of it."""
        if not self.words.drops:
            return False
        k = cue.first - 1
        while k >= self.first and self.flags[k] & _SMALL and self.flags[k] & F.LETTER:
            k -= 1
        return k < self.first or bool(self.flags[k] & F.COMMA) or self.flags[k] >> F.CODE_SHIFT & 63 == _AND

    # --- "according to"

    def _according(self, first: int, last: int, cue: Cue, own: Mention | None = None) -> Iterator[Clue]:
        """`own`: the source where it stands inside the phrase, "за його словами"."""
        loose = self.p.word(first).lower() in self.p.table.lexicon.measures
        if loose and not (first == self.first or self.flags[first - 1] & (F.COMMA | F.DASH | F.QUOTE | F.PAREN)):
            return
        source, end = (own, max(last, own.group_last) + 1) if own is not None else self._source(last + 1)
        if source is None:
            return
        end = self._with_genitive(end)
        opens = all(
            flag & _SMALL or not flag & F.LETTER or flag >> F.CODE_SHIFT & 63 == _AND for flag in self.flags[self.first : first]
        )
        marked = first > self.first and self.flags[first - 1] & (F.COMMA | F.DASH | F.PAREN)
        if opens:
            start = end
            while start < self.end and self.flags[start] & (F.COMMA | F.DASH):
                start += 1
            start = self._behind_comma_part(start, source)
            clue = (start, self._end_of(start))
        elif marked and end >= self.end:
            clue = (self.first, first - 2)
        else:
            clue = (self._part_before(first), self.end - 1)
        yield Clue(self.p, *clue, cue, source, ACCORDING)

    def _with_genitive(self, end: int) -> int:
        """Behind what a genitive ties to a source: "laut einer Schätzung | von spanischen Händlern"."""
        if end >= self.end or self.flags[end] >> F.CODE_SHIFT & 63 != _OF:
            return end
        tied = next((m for m in self.clause.mentions if end < m.first <= end + 3), None)
        return end if tied is None else tied.group_last + 1

    def _part_before(self, first: int) -> int:
        """Where the clause around a phrase in its middle begins: the sentence, or behind a complementizer."""
        for k in range(first - 1, self.first, -1):
            if self.flags[k] & F.COMPLEMENTIZER and self.flags[k - 1] & F.COMMA:
                return k + 1
        return self.first

    def _source(self, k: int) -> tuple[Mention | None, int]:
        """Who follows "according to", and the token behind the words for them."""
        flags = self.flags
        comma = next(
            (j for j in range(k, min(k + _LONGEST_SOURCE, self.clause.end)) if flags[j] & (F.COMMA | F.STOP | F.DASH | F.QUOTE)),
            None,
        )
        inside = [m for m in self.clause.mentions if m.first >= k and m.last < k + _LONGEST_SOURCE]
        if not inside or inside[0].first > k + 2:
            return None, k
        lead = inside[0]
        verb = next(
            (j for j in range(k, comma if comma is not None else k + _LONGEST_SOURCE) if j < self.end and flags[j] & F.AUXILIARY),
            None,
        )
        if comma is not None and verb is None and not any(c.first < comma and c.last >= k for c in self.clause.cues if c.first > k):
            own = [m for m in inside if m.last < comma]
            person = next((m for m in own if is_named(self.p, m)), None)
            if own and (
                person is None or flags[lead.first] & (F.ROLE | F.TITLE | F.GROUP) or lead is person or lead.kind != F.NAME
            ):
                return person if person is not None else lead, comma
        person = named(self.p, self.clause, lead)
        end = person.group_last + 1
        return person, end

    def _behind_comma_part(self, start: int, source: Mention) -> int:
        """Behind the apposition of the source: "laut Ada Quill, der Leiterin des Amts, …"."""
        flags = self.flags
        comma = next((k for k in range(start, min(start + _LONGEST_APPOSITION, self.end)) if flags[k] & F.COMMA), None)
        if comma is None or start == self.first or not flags[start - 1] & F.COMMA:
            return start
        part = flags[start:comma]
        if any(flag & (F.AUXILIARY | F.CUE | F.PRONOUN) for flag in part) or not any(
            flag & (F.ROLE | F.TITLE) for flag in part[:3]
        ):
            person = is_named(self.p, source)
            if (
                not person
                or any(flag & (F.AUXILIARY | F.CUE | F.PRONOUN) for flag in part)
                or not part[0] & (F.DETERMINER | F.UNKNOWN_LOWER)
            ):
                return start
            return start if len(part) > 3 or not flags[source.last + 1] & F.COMMA else comma + 1
        return comma + 1

    def sayings(self) -> Iterator[Clue]:
        """`Nach Angaben der Polizei …`, `offiziellen Angaben zufolge …`, `за його словами`."""
        if not self.words.statements and not self.words.behind:
            return
        covered = [(c.first, c.last) for c in self.clause.cues if c.follows]
        for k in range(self.first, self.end):
            if not self.flags[k] & _MAY_LEAD or any(a <= k <= b for a, b in covered):
                continue
            word = self.p.word(k).lower()
            if word in self.words.behind:
                before = next((m for m in reversed(self.clause.mentions) if m.group_last == k - 1 or m.last == k - 1), None)
                if before is not None:
                    yield from self._postposed(k, before)
            elif word in self.words.prepositions:
                if k > self.first and self._is_statement(self.p.word(k - 1).lower()):
                    noun = next((m for m in self.clause.mentions if m.first <= k - 1 <= m.last), None)
                    if noun is not None:
                        yield from self._postposed(k, noun)  # "dem Vernehmen nach"
                else:
                    yield from self._saying(k)

    def _postposed(self, k: int, mention: Mention) -> Iterator[Clue]:
        whole = mention
        while (
            ahead := next((m for m in self.clause.mentions if m.group_last == whole.first - 1 or m.last == whole.first - 1), None)
        ) is not None:
            whole = ahead
        cue = Cue(k, k, 0, 1)
        begin = whole.first
        while begin > self.first and (
            self.flags[begin - 1] & (F.UNKNOWN_LOWER | F.DETERMINER | F.ROLE) or self._is_statement(self.p.word(begin - 1).lower())
        ):
            begin -= 1
        if begin <= self.first:
            yield Clue(self.p, k + 1, self._end_of(k + 1), cue, mention, ACCORDING)
        else:
            yield Clue(self.p, self._part_before(begin), self.end - 1, cue, mention, ACCORDING)

    def _saying(self, k: int) -> Iterator[Clue]:
        for noun in range(k + 1, min(k + 1 + _LONGEST_SAYING, self.end)):
            if not self.flags[noun] & F.LETTER or self.flags[noun] & (F.AUXILIARY | F.BOUNDARY):
                return
            if not self._is_statement(self.p.word(noun).lower()):
                continue
            inner = [m for m in self.clause.mentions if k < m.first <= noun]
            possessor = next((m for m in inner if m.kind == F.PRON), None)
            cue = Cue(k, noun, 1, 1)
            after = next((m for m in self.clause.mentions if noun < m.first <= noun + 2), None)
            if possessor is None and after is not None and self._is_genitive(noun + 1, after):
                yield from self._according(k, noun, cue)
            else:
                own = possessor or next((m for m in inner if m.last >= noun), inner[-1] if inner else None)
                if own is not None:
                    yield from self._according(k, noun, cue, own)
            return

    def _is_statement(self, word: str) -> bool:
        """Whether it is a noun of what is said, or ends with one: "Polizeiangaben"."""
        return word in self.words.statements or (len(word) > _SHORTEST_COMPOUND and word.endswith(self.words.long_statements))

    def _is_genitive(self, k: int, mention: Mention) -> bool:
        """Whether what follows a noun belongs to it: "of X", "des X", or a name or role without anything between."""
        flag = self.flags[k]
        if flag >> F.CODE_SHIFT & 63 == _OF or (flag & F.DETERMINER and flag & F.ATTACHING):
            return True
        return mention.first == k and bool(flag & (F.CAPITAL | F.ROLE | F.GROUP | F.ORGANISATION))

    # --- "as X told", "…, said X"

    def _manner_before(self, cue: Cue) -> int | None:
        """The "as" that opens the part in which the cue stands."""
        k = cue.first - 1
        while k >= self.first and not self.flags[k] & (F.COMMA | F.DASH | F.STOP):
            k -= 1
        k += 1
        whole = self.flags[cue.last + 1] & F.COMMA and self.flags[self.first] >> F.CODE_SHIFT & 63 == _MANNER
        if whole and not any(c.strong for c in self.clause.cues if c.first < cue.first):
            return self.first  # "Wie Ada Quill, die Sprecherin, in Bonn mitteilte,"
        return k if k < cue.first + 1 and k < self.end and self.flags[k] >> F.CODE_SHIFT & 63 == _MANNER and k != cue.last else None

    def _as_told(self, cue: Cue, manner: int) -> Iterator[Clue]:
        stop = next((k for k in range(cue.last + 1, self.end) if self.flags[k] & (F.COMMA | F.DASH)), self.end)
        own = [m for m in self.clause.mentions if manner < m.first and m.last < stop and not self._is_led(m)]
        if not own:
            return
        subject = named(self.p, self.clause, own[0])
        told = Cue(cue.first, cue.last, 0, 1)
        if manner == self.first and stop < self.end:
            yield Clue(self.p, stop + 1, self._end_of(stop + 1), told, subject, ACCORDING)
        elif manner > self.first and stop >= self.end:
            yield Clue(self.p, self.first, manner - 2, told, subject, BEHIND)
        elif manner > self.first:
            yield Clue(self.p, self.first, self.end - 1, told, subject, BEHIND)

    def _behind_clause(self, cue: Cue) -> Clue | None:
        """`Kein Boot sei ausgelaufen, sagte ein Sprecher am Montag`, `O prazo, disse ela, acaba hoje`."""
        flags = self.flags
        k = cue.first - 1
        if k <= self.first or not flags[k] & (F.COMMA | F.DASH):
            return None
        left = flags[self.first : k]
        if any(flag & (F.QUOTE | F.COLON) for flag in left) or self._words(self.first, k - 1) < _MIN_LEFT:
            return None
        stop = next((j for j in range(cue.last + 1, self.clause.end) if self._stops(j)), self.end)
        if stop < self.clause.end and flags[stop] & (F.QUOTE | F.COLON):
            return None
        if self._opens_subordinate(k) or self._closes_apposition(k):
            return None
        subject = self._right_behind(cue, stop)
        if subject is None and (
            not self.words.drops or any(self._is_subjectlike(m) for m in self.clause.mentions if m.last < cue.first)
        ):
            return None
        certainty = BEHIND if subject is not None else BEHIND * LEFT_OUT
        last = k - 1 if stop >= self.end or self._is_apposed(stop) else self.end - 1
        return Clue(self.p, self.first, last, cue, subject, certainty)

    def _opens_subordinate(self, comma: int) -> bool:
        """`Nachdem er ging, forderte …`: a clause that only leads to the next."""
        flag = self.flags[self.first]
        if not flag & F.BOUNDARY or flag & (F.ATTACHING | F.DETERMINER) or flag >> F.CODE_SHIFT & 63 in (_AND, _BUT):
            return False
        return not any(flag & F.COMMA for flag in self.flags[self.first : comma])

    def _closes_apposition(self, comma: int) -> bool:
        """`Die Sprecherin, Ada Quill, kritisierte die Pläne`: the comma before the cue closes what stands behind its subject."""
        start = comma
        while start > self.first and not self.flags[start - 1] & (F.COMMA | F.DASH):
            start -= 1
        if start == self.first:
            return False
        whole = any(start <= m.first <= start + 1 and m.group_last == comma - 1 for m in self.clause.mentions)
        return whole or bool(self.flags[start] & F.RELATIVE and not self.flags[start] & F.COMPLEMENTIZER)

    def _stops(self, k: int) -> bool:
        """Whether a mark ends an attribution; what stands briefly between quotation marks behind a small word is a name in it."""
        flag = self.flags[k]
        if flag & F.QUOTE and self.flags[k - 1] & (F.ATTACHING | F.BOUNDARY | F.DETERMINER | F.ORGANISATION | F.MEDIUM):
            return self.p.ends[k] - self.p.starts[k] > _LONGEST_NAME
        return bool(flag & (F.COMMA | F.DASH | F.QUOTE | F.COLON))

    def _is_subjectlike(self, mention: Mention) -> bool:
        return not self._is_led(mention) and mention.kind != F.NOUN and mention.first == self.first

    def _is_apposed(self, stop: int) -> bool:
        """Whether what follows the comma behind a speaker belongs to them: "…, sagte Ada Quill, die Leiterin des Amts"."""
        flags = self.flags
        closing = next((k for k in range(stop + 1, self.end) if flags[k] & F.COMMA), self.end)
        part = flags[stop + 1 : closing]
        if flags[stop + 1] & F.RELATIVE and closing >= self.end:
            return True
        return closing >= self.end and any(flag & (F.ROLE | F.TITLE) for flag in part[:4])

    def _right_behind(self, cue: Cue, stop: int) -> Mention | None:
        impersonal = self.p.word(cue.last).lower() in self.words.impersonal
        for mention in self.clause.mentions:
            if mention.first <= cue.last or mention.last >= stop:
                continue
            gap = self.flags[cue.last + 1 : mention.first]
            if impersonal:
                if mention.kind != F.PRON or mention.last + 1 >= stop:
                    return named(self.p, self.clause, mention)
                continue
            if not self._is_led(mention) and not any(flag & F.CUE for flag in gap):
                return named(self.p, self.clause, mention)
        return None

    # --- subjunctive

    def _is_subjunctive(self, first: int, end: int, verbs: frozenset[str]) -> bool:
        return any(self.flags[k] & F.LETTER and self.p.word(k) in verbs for k in range(first, end))

    def is_surely_subjunctive(self) -> bool:
        """Whether a verb of the sentence has a form that nothing but reported speech has."""
        return self._is_subjunctive(self.first, self.end, self.words.surely_subjunctive)

    def _before_subjunctive(self, cue: Cue) -> Clue | None:
        """`Er sagte, die Brücke sei sicher`."""
        if not self.words.subjunctive:
            return None
        comma = next((k for k in range(cue.last + 1, self.end) if self.flags[k] & (F.COMMA | _BREAK)), None)
        if comma is None or not self.flags[comma] & F.COMMA:
            return None
        first = comma + 1
        if first >= self.end or self.flags[first] & (F.BOUNDARY | F.ATTACHING) == F.BOUNDARY:
            return None
        if not self.flags[first] & F.PRONOUN and not self._is_subjunctive(first, self.end, self.words.subjunctive):
            return None
        subject = self.subject(cue, comma)
        return None if subject is None else Clue(self.p, first, self.end - 1, cue, subject, SUBJUNCTIVE)

    def goes_on(self, before: Mention) -> list[Clue]:
        """`Man habe gut gewirtschaftet`: a sentence in the subjunctive behind reported words goes on with them."""
        if not self.words.subjunctive or any(self.flags[k] & F.QUOTE for k in range(self.first, self.end)):
            return []
        if not self.is_surely_subjunctive():
            return []
        return [Clue(self.p, self.first, self.end - 1, None, before, GOES_ON)]

    def _words(self, first: int, last: int) -> int:
        return sum(1 for k in range(first, last + 1) if self.flags[k] & F.LETTER)
