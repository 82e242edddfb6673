"""Reported clauses without quotation marks by grammar, for languages that follow the weights of another: "Dijo que …", "…, sagte ein Sprecher",
"Laut Polizei …", "Wie die Bank mitteilte, …", and the subjunctive of what somebody said before.

What counts as words of saying stands in the language's files. Speakers of words in marks do not belong here (`order`, `borrowed`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipelines.quotes import flags as F
from pipelines.quotes.attribution.clause_subjects import SentenceSubjects
from pipelines.quotes.attribution.clause_words import AND, BREAK, BUT, SMALL, Clue, Words, words_of
from pipelines.quotes.attribution.somebody import body_behind, is_named, is_oblique, is_somebody, named
from pipelines.quotes.attribution.sources import ACCORDING, Sources
from pipelines.quotes.codes import CODE_OF_FUNCTION
from pipelines.quotes.text.paragraphs import Paragraph
from pipelines.quotes.text.table import TokenTable
from pipelines.quotes.types import Clause, Cue, Mention

THAT, BEHIND, SUBJUNCTIVE, GOES_ON = 0.85, 0.8, 0.75, 0.35  # certainty of each form
LEFT_OUT = 0.8  # factor where no word names the speaker
_LONGEST_NAME = 40  # characters between quotation marks that may be a name
_MIN_LEFT = 3  # words of a clause before its attribution
_MIN_WORDS = 2
_POINTING = 3  # tokens before a cue in which a word points to its clause
_OPENS_SPEECH = frozenset("—–―‘‚‹'")  # what such a sentence begins with is said in these words, and not reported
_MANNER = CODE_OF_FUNCTION["manner"]


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
        self.subjects = subjects = SentenceSubjects(p, clause, words)
        self.sources = Sources(p, clause, words, subjects.end, subjects.end_of)
        self.p, self.clause, self.words, self.flags = subjects.p, subjects.clause, subjects.words, subjects.flags
        self.first, self.end = subjects.first, subjects.end

    def reports(self, marked: bool = False) -> list[Clue]:
        """`marked`: also what sources say in a word and words in marks: `Laut Ada Quill fehlt „jeder dritte Baum“`."""
        found = [clue for cue in self.clause.cues for clue in self._of_cue(cue)]
        found += self.sources.sayings()
        return [clue for clue in found if self._words_in(clue, marked) >= _MIN_WORDS]

    def _words_in(self, clue: Clue, marked: bool) -> int:
        words, source = self.subjects.words_in(clue.first, clue.last), bool(clue.cue and clue.cue.follows)
        if marked and words + source and any(flag & F.QUOTE for flag in self.flags[clue.first : clue.last + 1]):
            return words + _MIN_WORDS
        return words

    def _of_cue(self, cue: Cue) -> Iterator[Clue]:
        if cue.follows:
            yield from self.sources.according(cue.first, cue.last, cue)
            return
        if not cue.strong and self.p.word(cue.last).lower() not in self.words.only_that:
            return
        that = self.subjects.that_behind(cue)
        if that is not None:
            yield from self._that(cue, that)
            return
        if not cue.strong:
            return
        manner = self._manner_before(cue)
        if manner is not None:
            yield from self._in_manner(cue, manner)
            return
        found = self._object(cue) or self._behind_clause(cue) or self._before_subjunctive(cue) or self._without_that(cue)
        if found is not None:
            yield found

    def _that(self, cue: Cue, that: int) -> Iterator[Clue]:
        if self._is_passive(cue):
            return
        subject = self.subjects.subject(cue, that)
        if subject is not None and self._is_no_noun(subject):
            return
        if subject is None and not self._may_drop(cue):
            return
        first = that + 1 if self.flags[that] & F.COMPLEMENTIZER else that
        last = self.subjects.end_of(first)
        certainty = THAT if subject is not None else THAT * LEFT_OUT
        yield Clue(self.p, first, last, cue, subject, certainty)

    def _is_no_noun(self, mention: Mention) -> bool:
        """Where nouns have capitals, a phrase without any: "darüber"."""
        if not self.words.oblique or mention.kind != F.NOUN:
            return False
        return not any(self.flags[k] & (F.CAPITAL | F.DETERMINER | F.DIGIT) for k in range(mention.first, mention.last + 1))

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

    def _may_drop(self, cue: Cue) -> bool:
        """Whether the subject of the cue may be left out: it opens the sentence, or a part of it."""
        if not self.words.drops:
            return False
        k = cue.first - 1
        while k >= self.first and self.flags[k] & SMALL and self.flags[k] & F.LETTER:
            k -= 1
        return k < self.first or bool(self.flags[k] & F.COMMA) or self.flags[k] >> F.CODE_SHIFT & 63 == AND

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

    def _in_manner(self, cue: Cue, manner: int) -> Iterator[Clue]:
        plain = Cue(cue.first, cue.last, 0, 1)
        stop = next((k for k in range(cue.last + 1, self.end) if self.flags[k] & (F.COMMA | F.DASH)), self.end)
        own = [m for m in self.clause.mentions if manner < m.first and m.last < stop and not self.subjects.is_led(m)]
        bare = None if own else self.sources.bare_source(cue.last + 1, None)
        if not own and bare is None:
            if self.words.drops and manner == self.first and cue.first <= manner + 2 and stop == cue.last + 1 < self.end:
                # "Jak dodaje, gmina obiecała worki"
                yield Clue(self.p, stop + 1, self.subjects.end_of(stop + 1), plain, None, ACCORDING * LEFT_OUT)
            return
        subject = bare or named(self.p, self.clause, own[0])
        if manner == self.first and stop < self.end:
            yield Clue(self.p, stop + 1, self.subjects.end_of(stop + 1), plain, subject, ACCORDING)
        elif manner > self.first and stop >= self.end:
            yield Clue(self.p, self.first, manner - 2, plain, subject, BEHIND)
        elif manner > self.first:
            yield Clue(self.p, self.first, self.end - 1, plain, subject, BEHIND)

    def _object(self, cue: Cue) -> Clue | None:
        """`Bakan Oya Karabulut, biletlerin zamlanmayacağını söyledi`: a clause that is the object of the cue, between it and who opens the sentence."""
        last = cue.first - 1
        if not self.words.nominal or cue.last < self.end - 1 or not self.p.word(last).endswith(self.words.nominal):
            return None
        subject = next((m for m in self.clause.mentions if m.first == self.first and m.last < last), None)
        if subject is not None:
            subject = named(self.p, self.clause, subject)
            if not is_somebody(self.p, subject) or any(mark in self.p.word(subject.last) for mark in "'’"):
                subject = None  # "Karabulut’un istifa edeceğini söyledi": of whom it is said
        first = self.first if subject is None else subject.group_last + 1
        while first < last and self.flags[first] & F.COMMA:
            first += 1
        certainty = SUBJUNCTIVE if subject is not None else SUBJUNCTIVE * LEFT_OUT
        return Clue(self.p, first, last, cue, subject, certainty)

    def _behind_clause(self, cue: Cue) -> Clue | None:
        """`Kein Boot sei ausgelaufen, sagte ein Sprecher am Montag`, `O prazo, disse ela, acaba hoje`."""
        flags = self.flags
        k = cue.first - 1
        if k <= self.first or not flags[k] & (F.COMMA | F.DASH):
            return None
        left = flags[self.first : k]
        if self.p.word(self.first)[:1] in _OPENS_SPEECH or any(flag & (F.QUOTE | F.COLON) for flag in left):
            return None
        stop = next((j for j in range(cue.last + 1, self.clause.end) if self._stops(j)), self.end)
        if stop < self.clause.end and flags[stop] & (F.QUOTE | F.COLON):
            return None
        if self._opens_subordinate(k) or self._closes_apposition(k):
            return None
        subject = self._right_behind(cue, stop)
        few = self.subjects.words_in(self.first, k - 1)
        inserted = self._is_inserted(subject, k, stop)
        if not inserted and (few < _MIN_WORDS or (few < _MIN_LEFT and not self._is_whole(subject, stop))):
            return None
        if subject is None and (
            not self.words.drops or any(self._is_subjectlike(m) for m in self.clause.mentions if m.last < cue.first)
        ):
            return None
        certainty = BEHIND if subject is not None else BEHIND * LEFT_OUT
        named_behind = subject is not None and subject.first == stop + 1 and subject.last + 1 >= self.end
        last = k - 1 if stop >= self.end or named_behind or self._is_apposed(stop) else self.end - 1
        return Clue(self.p, self.first, last, cue, subject, certainty)

    def _is_whole(self, subject: Mention | None, stop: int) -> bool:
        """`Причина — шторм, сообщил капитан Олег Рудаков`: two words are a clause where somebody by name says them and nothing follows."""
        small = self.flags[self.first] & (F.BOUNDARY | F.ATTACHING | F.ADVERB | F.DETERMINER)
        return not small and subject is not None and is_named(self.p, subject) and (stop >= self.end or self._is_apposed(stop))

    def _is_inserted(self, subject: Mention | None, comma: int, stop: int) -> bool:
        """`Движение, сообщил диспетчер Олег Рудаков, восстановят`: an attribution between commas, with nobody before it who could be its subject."""
        if subject is None or not is_somebody(self.p, subject) or is_oblique(self.p, subject) or stop >= self.end:
            return False
        if self.flags[stop] & (F.QUOTE | F.COLON) or self._is_apposed(stop) or subject.last >= stop:
            return False
        if any(m.kind == F.PRON or is_named(self.p, m) for m in self.clause.mentions if m.first < comma):
            return False
        return self.subjects.words_in(stop + 1, self.end - 1) >= _MIN_WORDS

    def _opens_subordinate(self, comma: int) -> bool:
        """`Nachdem er ging, forderte …`: a clause that only leads to the next."""
        flag = self.flags[self.first]
        if not flag & F.BOUNDARY or flag & (F.ATTACHING | F.DETERMINER) or flag >> F.CODE_SHIFT & 63 in (AND, BUT):
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
        return not self.subjects.is_led(mention) and mention.kind != F.NOUN and mention.first == self.first

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
        body = None if impersonal else body_behind(self.p, cue, stop)
        if body is not None:
            return body
        for mention in self.clause.mentions:
            if mention.first <= cue.last or mention.last >= stop:
                continue
            gap = self.flags[cue.last + 1 : mention.first]
            if impersonal:
                if mention.kind != F.PRON or mention.last + 1 >= stop:
                    return named(self.p, self.clause, mention)
                continue
            if not self.subjects.is_led(mention) and not any(flag & F.CUE for flag in gap):
                return named(self.p, self.clause, mention)
        return None

    def _is_subjunctive(self, first: int, end: int, verbs: frozenset[str]) -> bool:
        return any(self.flags[k] & F.LETTER and self.p.word(k) in verbs for k in range(first, end))

    def is_surely_subjunctive(self) -> bool:
        """Whether a verb of the sentence has a form that nothing but reported speech has."""
        return self._is_subjunctive(self.first, self.end, self.words.surely_subjunctive)

    def _before_subjunctive(self, cue: Cue) -> Clue | None:
        """`Er sagte, die Brücke sei sicher`."""
        if not self.words.subjunctive:
            return None
        comma = next((k for k in range(cue.last + 1, self.end) if self.flags[k] & (F.COMMA | BREAK)), None)
        if comma is None or not self.flags[comma] & F.COMMA:
            return None
        first = comma + 1
        if first >= self.end or self.flags[first] & (F.BOUNDARY | F.ATTACHING) == F.BOUNDARY:
            return None
        if not self.flags[first] & F.PRONOUN and not self._is_subjunctive(first, self.end, self.words.subjunctive):
            return None
        subject = self.subjects.subject(cue, comma)
        return None if subject is None else Clue(self.p, first, self.end - 1, cue, subject, SUBJUNCTIVE)

    def _without_that(self, cue: Cue) -> Clue | None:
        """`Hozzátette: a híd elkészül`, `A polgármester azt mondta, nem mond le`: a clause behind a colon, or behind a comma where a word points to it."""
        mark = cue.last + 1
        while mark < self.end and self.flags[mark] & SMALL and self.flags[mark] & F.LETTER:
            mark += 1
        if mark + _MIN_LEFT >= self.end or any(flag & F.QUOTE for flag in self.flags[mark : self.end]):
            return None
        colon = self.words.colons and self.flags[mark] & F.COLON
        begin = max(self.first, cue.first - _POINTING)
        pointed = self.flags[mark] & F.COMMA and any(self.p.word(k).lower() in self.words.pointing for k in range(begin, cue.last))
        if not colon and not pointed:
            return None
        subject = self.subjects.subject(cue, mark)
        if subject is None and not self._may_drop(cue):
            return None
        if colon and subject is not None and (self._is_passive(cue) or not self._may_say(subject)):
            return None
        return Clue(self.p, mark + 1, self.end - 1, cue, subject, SUBJUNCTIVE * (LEFT_OUT if subject is None else 1.0))

    def _may_say(self, mention: Mention) -> bool:
        return bool(self.flags[mention.last] & F.UPPER) or is_somebody(self.p, mention)

    def goes_on(self, before: Mention) -> list[Clue]:
        """`Man habe gut gewirtschaftet`: a sentence in the subjunctive behind reported words goes on with them."""
        if not self.words.subjunctive or any(self.flags[k] & F.QUOTE for k in range(self.first, self.end)):
            return []
        if not self.is_surely_subjunctive():
            return []
        return [Clue(self.p, self.first, self.end - 1, None, before, GOES_ON)]
