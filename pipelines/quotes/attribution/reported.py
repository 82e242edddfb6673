"""Reported clauses without quotation marks: "She said that the bridge was safe", "The bridge is safe, she said".

Which clause reports speech, who its reporter is and how far it goes, by grammar. How sure a row is does not stand here
(`pipelines.quotes.confidence`), nor does who the reporter is by name (`pipelines.quotes.people`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from pipelines.quotes import flags as F
from pipelines.quotes.lexicon import FIRST, IT, THEY, THIRD, WE, YOU
from pipelines.quotes.text.paragraphs import Paragraph
from pipelines.quotes.text.table import TokenTable
from pipelines.quotes.types import Cue, Mention

SHORTEST_CLAUSE = 8  # characters
_CHUNK = re.compile(r"\S+")
_SMALL = F.ADVERB | F.AUXILIARY
_BRACKET = F.COMMA | F.DASH | F.PAREN
_PERSONAL = frozenset((THIRD, THEY, IT, FIRST, WE, YOU))
SPEAKING = F.ROLE | F.TITLE | F.GROUP | F.DOCUMENT | F.MEDIUM | F.ORGANISATION | F.UNNAMED
_NOT_REPORTER = frozenset((FIRST, WE, YOU))  # the writer, or the reader
_FARTHEST_THAT = 16  # tokens from the cue to the "that" of its clause
_FARTHEST_VERB = 24  # tokens from the start of a clause to its verb
_SHORT_LEAD = 5  # tokens of an opening that says nothing by itself: "On the contrary, she said,"
_LONGEST_SOURCE = 20  # tokens from "according to X" to the comma before the clause


class Form(IntEnum):
    """How the clause hangs on its cue."""

    THAT = 0  # she said that …
    QUESTION = 1  # she asked whether …
    BARE = 2  # she said …
    SOURCE = 3  # according to her, …
    BEFORE = 4  # …, she said
    AROUND = 5  # …, she said, …


class Reporter(IntEnum):
    """Where the reporter of a cue was found."""

    BESIDE = 0  # right before the cue
    APPOSED = 1  # before what stands between commas
    BEHIND = 2  # said the mayor
    FAR = 3  # of a verb before, which is the subject of this one too


@dataclass(slots=True)
class Reported:
    """A reported clause: text offsets, its cue (None: it goes on from the sentence before) and who reports (None: no word names them), in tokens
    of `p`. `certainty`: a factor of the row's confidence."""

    p: Paragraph
    cue: Cue | None
    mention: Mention | None
    start: int
    end: int
    form: Form
    found: Reporter
    certainty: float = 1.0


def paragraphs_to_scan(table: TokenTable) -> list[Paragraph]:
    """The paragraphs that hold a word which reports, standing by itself between blanks or before a mark."""
    trigger = table.lexicon.reporting_tokens()
    scanned: dict[int, bool] = {}  # of paragraphs with a reporting token
    for token, index in table.places_of(F.REPORTING):
        if not scanned.get(index):
            p = table.paragraphs[index]
            start = p.starts[token]
            chunk = _CHUNK.match(p.text, start)
            begins = start == p.line.start or p.text[start - 1].isspace()
            scanned[index] = begins and chunk is not None and chunk.group() in trigger
    paragraphs = [table.paragraphs[index] for index in scanned]
    # where no token does, a word between quotation marks may still stand so
    return [
        p
        for p, found in zip(paragraphs, scanned.values(), strict=True)
        if p.line.nth >= 0 and (found or not trigger.isdisjoint(p.text[p.line.start : p.line.end].split()))
    ]


def find_reported(scanned: Sequence[Paragraph], table: TokenTable) -> Iterator[Reported]:
    """The reported clauses of the paragraphs, in their order."""
    reporting = {table.sentence_of[token] for token, _ in table.places_of(F.REPORTING)}
    for p in scanned:
        for sentence in range(p.first_sentence, p.end_sentence):
            if sentence in reporting and table.has_cue(sentence):
                yield from Sentence(p, sentence).reports()


class Sentence:
    """One sentence with its mentions and cues."""

    def __init__(self, p: Paragraph, sentence: int) -> None:
        """`sentence`: its number in the table."""
        table: TokenTable = p.table
        self.p, self.flags, self.lexicon, self.words = p, p.flags, table.lexicon, table.lexicon.reports
        self._text, self._starts, self._ends = p.text, p.starts, p.ends
        clause = table.clause(sentence)
        self.first, self.end = clause.first, clause.end
        self.mentions, self.cues = clause.mentions, clause.cues
        self.mention_at = {m.first: m for m in clause.mentions}
        self.ending_at = {m.group_last: m for m in clause.mentions if not m.attached}  # mentions with what hangs on them
        self.cue_at = {c.first: c for c in clause.cues}
        self.reporters: dict[int, Mention] = {}  # by the first token of their cue
        last = self.end - 1
        while last > self.first and self.flags[last] & (F.STOP | F.COMMA | F.COLON | F.DASH):
            last -= 1
        self.last = last  # its last token but for the marks that close it

    def reports(self) -> Iterator[Reported]:
        """The clauses that the cues of the sentence report."""
        for cue in self.cues:
            found = self._by_source(cue) if cue.follows else self._by_verb(cue)
            if found is not None:
                yield found

    def _low(self, k: int) -> str:
        return self._text[self._starts[k] : self._ends[k]].lower() if self.first <= k < self.end else ""

    def _made(self, cue: Cue, reporter: Mention, first: int, last: int, form: Form, how: Reporter) -> Reported | None:
        p, flags = self.p, self.flags
        while last > first and flags[last] & (F.PUNCTUATION & ~F.PAREN):
            last -= 1
        while first < last and flags[first] & (F.COMMA | F.DASH | F.COLON):
            first += 1
        if last <= first or last >= self.end:
            return None
        start, end = p.starts[first], p.ends[last]
        return Reported(p, cue, reporter, start, end, form, how) if end - start >= SHORTEST_CLAUSE else None

    # --- according to X

    def _by_source(self, cue: Cue) -> Reported | None:
        flags = self.flags
        if self._low(cue.first) in self.lexicon.measures:
            return None
        reporter = next((m for m in self.mentions if cue.last < m.first <= cue.last + 3), None)
        if reporter is None or not self.may_report(reporter, plain=True):
            return None
        behind = reporter.group_last + 1
        comma = next((j for j in range(behind, min(self.end, behind + _LONGEST_SOURCE)) if flags[j] & F.COMMA), -1)
        lead_end = cue.first - 1 if cue.first > self.first and flags[cue.first - 1] & _BRACKET else cue.first
        if not self._is_clause(self.first, lead_end):
            if lead_end - self.first > 1 and flags[cue.first - 1] & F.COMMA and comma >= 0 and self.is_verb(comma + 1):
                return self._made(cue, reporter, self.first, self.last, Form.AROUND, Reporter.BEHIND)
            start = comma + 1 if comma >= 0 else behind
            if comma == behind and self._is_apposition(behind + 1):
                closing = next((j for j in range(behind + 1, self.end) if flags[j] & F.COMMA), -1)
                start = closing + 1 if closing >= 0 else start
            return self._made(cue, reporter, start, self._clause_end(start, cue, reporter), Form.SOURCE, Reporter.BEHIND)
        opener = self._low(cue.first - 1)
        if opener in self.words.conjunctions or opener in self.words.subordinators:  # "…, and according to X, …"
            start = comma + 1 if comma >= 0 else behind
            return self._made(cue, reporter, start, self._clause_end(start, cue, reporter), Form.SOURCE, Reporter.BEHIND)
        goes_on = self._low(comma + 1) in self.words.conjunctions or self._low(comma + 1) in self.words.subordinators
        if comma >= 0 and goes_on and not self._is_other_report(comma):
            return self._made(cue, reporter, self.first, self.last, Form.AROUND, Reporter.BEHIND)
        return self._made(cue, reporter, self.first, lead_end - 1, Form.BEFORE, Reporter.BEHIND)

    # --- X said

    def _by_verb(self, cue: Cue) -> Reported | None:
        flags = self.flags
        word = self._low(cue.last)
        behind = self._behind_cue(cue, word)
        if behind < 0 or self._is_unsaid(cue):
            return None
        found = self.reporter_of(cue)
        if found is None:
            return None
        reporter, how = found
        if not self.may_report(reporter, word in self.words.plain) or self._is_contact_clause(reporter, how):
            return None
        if word not in self.words.verbs and word in self.words.findings and not self._finds(reporter):
            return None
        self.reporters[cue.first] = reporter
        if how is Reporter.BEHIND:
            behind = reporter.group_last + 1
        told = how is Reporter.BEHIND and any(flags[k] & F.QUOTE for k in range(max(self.first, cue.first - 2), cue.first))
        complement = None if told else self._complement(behind, word)  # `"…," said one of the fishermen.`
        if complement is not None and word in self.words.nouns and complement[0] is Form.BARE and reporter.kind != F.PRON:
            complement = None
        if complement is not None:
            form, start = complement
            if form is Form.BARE and word not in self.words.verbs:
                return None
            return self._made(cue, reporter, start, self._clause_end(start, cue, reporter), form, how)
        first = cue.first if how is Reporter.FAR else min(cue.first, reporter.first)
        fence = F.COMMA | F.DASH if word in self.words.plain else F.COMMA
        fenced = first > self.first + 1 and bool(flags[first - 1] & fence) and how is not Reporter.FAR
        if not fenced or (behind < self.end and flags[behind] & F.COLON) or (word in self.words.nouns and reporter.kind != F.PRON):
            return None
        if self._is_clause(self.first, first - 1):
            return None if self._opens_subordinate(self.first, first) else self._behind_clause(cue, reporter, how, first, behind)
        return self._behind_phrase_only(cue, reporter, how, first, behind)

    def _behind_clause(self, cue: Cue, reporter: Mention, how: Reporter, first: int, behind: int) -> Reported | None:
        """`…, she said.`, `…, she said, but …`"""
        comma = next((j for j in range(behind, self.end) if self.flags[j] & (F.COMMA | F.DASH)), -1)
        if comma >= 0 and comma + 1 <= self.last and not self._is_other_report(comma):
            goes_on = self._low(comma + 1) in self.words.conjunctions
            if reporter.kind == F.PRON and comma == behind and self._low(comma + 1) not in self.words.subordinators:
                goes_on = goes_on or not self.flags[comma + 1] & (F.ENDS_ING | F.RELATIVE)
            if goes_on:
                return self._made(cue, reporter, self.first, self.last, Form.AROUND, how)
        return self._made(cue, reporter, self.first, first - 2, Form.BEFORE, how)

    def _behind_phrase_only(self, cue: Cue, reporter: Mention, how: Reporter, first: int, behind: int) -> Reported | None:
        """`On the contrary, she said, …`: what stands before is no clause; `The point, she said, is …`: its subject does."""
        if behind + 2 >= self.end or not self.flags[behind] & (F.COMMA | F.DASH):
            return None
        if self.is_verb(behind + 1):
            return self._made(cue, reporter, self.first, self.last, Form.AROUND, how)
        if first - self.first > _SHORT_LEAD or self._closes_with_apposition(behind):
            return None
        return self._made(cue, reporter, behind + 1, self._clause_end(behind + 1, cue, reporter), Form.BARE, how)

    # --- the reporter

    def reporter_of(self, cue: Cue) -> tuple[Mention, Reporter] | None:
        """Who is the subject of the cue."""
        flags = self.flags
        participle = bool(flags[cue.last] & F.ENDS_ING) and not any(flags[k] & F.AUXILIARY for k in range(cue.first, cue.last))
        led = self._led_from(cue)
        participle = participle and led == cue.first
        k = self._past_times(led - 1)
        if k >= self.first and flags[k] & F.PAREN:
            k = self._opening_of(k) - 1  # "Ada Quill (R-Ga.) said"
        if k >= self.first and flags[k] & _BRACKET and not participle:
            apposed = self._before_brackets(k)
            if apposed is not None:
                return apposed, Reporter.APPOSED
        direct = self.ending_at.get(k)
        if direct is not None and direct.kind == F.NAME and not participle and direct.first - 2 > self.first:
            comma = direct.first - 2
            held = flags[comma] & F.COMMA and flags[comma + 1] & F.ATTACHING
            apposed = self._before_brackets(comma) if held else None  # "Samir Haddad, MD, of St. Brigid Hospital said"
            if apposed is not None and apposed.kind == F.NAME and apposed.first == self.first:
                return apposed, Reporter.APPOSED
        if direct is not None and not (participle and self.is_governed(direct)):
            return self.past_field(direct) or direct, Reporter.BESIDE
        inverted = self.mention_at.get(cue.last + 1)
        if (
            inverted is not None
            and inverted.kind != F.PRON
            and cue.first == cue.last
            and not self._is_time(inverted)
            and not participle
        ) and (cue.first == self.first or flags[cue.first - 1] & (_BRACKET | F.QUOTE)):
            return inverted, Reporter.BEHIND
        shared = self._shared_subject(cue, participle)
        return None if shared is None else (shared, Reporter.FAR)

    def past_field(self, mention: Mention) -> Mention | None:
        """`A person familiar with the talks said`: before a thing behind a preposition, the somebody whom the phrase describes."""
        flags = self.flags
        if mention.kind != F.NOUN or flags[mention.head] & (SPEAKING & ~F.ORGANISATION) or mention.first == self.first:
            return None
        if not flags[mention.first - 1] & F.ATTACHING and not self.is_governed(mention):
            return None
        for other in reversed([m for m in self.mentions if m.group_last < mention.first - 1]):
            if any(flags[k] & (F.PUNCTUATION | F.QUOTE | F.AUXILIARY | F.PRONOUN) for k in range(other.last + 1, mention.first)):
                return None
            if other.kind == F.NOUN and flags[other.head] & (F.PEOPLE | F.UNNAMED):
                return None if self.is_governed(other) or self.is_subject(other) else other
        return None

    def _opening_of(self, k: int) -> int:
        """The bracket that token k closes."""
        while k > self.first and self.p.word(k) not in "([":
            k -= 1
        return k

    def _past_times(self, k: int) -> int:
        """The token before adverbs and times: "Halden Motors just this month announced", "Renn on Friday said"."""
        flags = self.flags
        while k > self.first:
            flag = flags[k]
            if (
                flag & F.DAY
                or (flag & _SMALL and not flag & F.CAPITAL)
                or (flag & F.BOUNDARY and self._low(k) in self.lexicon.file.words.adverbs)
                or (flag & F.BOUNDARY and flags[k + 1] & F.DAY and self._low(k) in self.words.prepositions)
            ):
                k -= 1
            else:
                timed = self.ending_at.get(k)
                if timed is None or timed.first <= self.first:
                    return k
                bare = timed.first == k and flags[k] & F.UNKNOWN_LOWER and flags[k - 1] & F.AUXILIARY  # "has long said"
                if not bare and not self._is_time(timed):
                    return k
                k = timed.first - 1
                if self._low(k) in self.words.prepositions:
                    k -= 1
        return k

    def _before_brackets(self, k: int) -> Mention | None:
        """`Ada Quill, 41, the mayor of Halmar, who built it, said`: the first of a chain of phrases between commas; k is the last comma."""
        flags = self.flags
        found: Mention | None = None
        while k > self.first:
            opening = k - 2 if flags[k - 1] & F.STOP else k - 1  # "R-Ga.,"
            while opening >= self.first and not flags[opening] & (_BRACKET | F.STOP | F.COLON | F.QUOTE):
                opening -= 1
            begin = opening + 1
            last = self.ending_at.get(k - 1)
            if self._has_verb(begin, k):
                joined = last is not None and self._opens_clause(last.first - 1)
                return last if joined or (last is not None and self._is_that(last.first - 1, last.first - 1)) else found
            if opening < self.first or not flags[opening] & _BRACKET:
                return last if last is not None and not self.is_governed(last) else found
            if (
                last is not None
                and last.first > begin
                and self._low(last.first - 1) in self.words.conjunctions
                and last.first == begin + 1
            ):
                return last
            found = self.mention_at.get(begin) or found
            k = opening
        return found

    def _opens_clause(self, k: int) -> bool:
        """Whether token k joins a clause, and not only a noun to another: "between the group and the government"."""
        low = self._low(k)
        if low in self.words.subordinators:
            return True
        if low not in self.words.conjunctions:
            return False
        return low not in self.lexicon.file.codes.conjunction or bool(self.flags[k - 1] & _BRACKET)

    def _has_verb(self, begin: int, end: int) -> bool:
        """Whether a finite verb stands there that belongs to no relative clause."""
        for k in range(begin, end):
            if self.flags[k] & (F.RELATIVE | F.COMPLEMENTIZER):
                return False
            if self.flags[k] & F.AUXILIARY or (
                self.is_verb(k) and (self.ending_at.get(k - 1) is not None or self.flags[k - 1] & F.PRONOUN)
            ):
                return True
        return False

    def is_governed(self, mention: Mention) -> bool:
        """Whether a preposition leads in."""
        if mention.first == self.first or not self.flags[mention.first - 1] & F.BOUNDARY:
            return False
        low = self._low(mention.first - 1)
        return (low not in self.words.subordinators and low not in self.words.conjunctions) or low in self.words.prepositions

    def _shared_subject(self, cue: Cue, participle: bool) -> Mention | None:
        """`She welcomed the vote, saying`, `She left early and said`: of a participle or second verb the subject of the one before."""
        k = cue.first - 1
        while k > self.first and self.flags[k] & F.ADVERB:
            k -= 1
        low = self._low(k)
        joined = low in self.words.conjunctions
        if not ((participle and k >= self.first and self.flags[k] & (_BRACKET | F.ADVERB)) or joined):
            return None
        earlier = [c for c in self.cues if c.last < cue.first and c.first in self.reporters]
        if earlier:
            return self.reporters[earlier[-1].first]
        subjects = [m for m in self.mentions if m.group_last < cue.first and not m.attached and self.is_subject(m)]
        return subjects[0] if subjects else None

    def is_subject(self, mention: Mention) -> bool:
        """Whether a verb follows and no preposition leads in."""
        flags = self.flags
        k = mention.group_last + 1
        if k < self.end and flags[k] & (F.COMMA | F.PAREN):
            closing = next((j for j in range(k + 1, min(self.end, k + 24)) if flags[j] & (F.COMMA | F.PAREN)), -1)
            if closing < 0 or self._low(k + 1) in self.words.conjunctions:
                return False
            k = closing + 1
        while k < self.end and (
            flags[k] & (F.ADVERB | F.DAY) or (k + 1 < self.end and flags[k] & F.BOUNDARY and flags[k + 1] & F.DAY)
        ):
            k += 1
        return self.is_verb(k) and not self.is_governed(mention)

    def may_report(self, mention: Mention, plain: bool) -> bool:
        """Whether somebody who speaks, or something that is written, is meant."""
        flag = self.flags[mention.head]
        if mention.kind == F.PRON:
            return flag >> F.FORM_SHIFT & 7 not in _NOT_REPORTER or bool(flag & F.RELATIVE)
        if self._is_time(mention) or (
            flag & F.DETERMINER and not flag & F.PEOPLE and self.lexicon.reports.openers and flag & F.DIGIT
        ):
            return False
        if mention.kind == F.NAME or flag & SPEAKING or plain:
            return True
        word = self._low(mention.head)
        return self.lexicon.is_person_noun(word) or self.lexicon.is_plural(word) or bool(flag & F.CAPITAL)

    def _finds(self, mention: Mention) -> bool:
        flag = self.flags[mention.head]
        if mention.kind == F.PRON:
            return flag >> F.FORM_SHIFT & 7 in (IT, THEY)
        return bool(flag & (F.DOCUMENT | F.GROUP | F.ORGANISATION | F.MEDIUM))

    def _is_contact_clause(self, reporter: Mention, how: Reporter) -> bool:
        """`The system he vowed to fix`, `what she said`, `which he says he keeps`: the cue belongs to a noun's own relative clause."""
        if how is not Reporter.BESIDE or reporter.first == self.first:
            return False
        k = reporter.first - 1
        flag = self.flags[k]
        if flag & F.RELATIVE or (self._low(k) in self.words.questions and self._low(k) not in self.words.subordinators):
            return True
        before = self.ending_at.get(k)
        return before is not None and not self._is_time(before) and before.kind != F.PRON and reporter.kind == F.PRON

    def _is_time(self, mention: Mention) -> bool:
        return self._low(mention.head).rstrip(".") in self.words.times

    # --- the cue

    def _behind_cue(self, cue: Cue, word: str) -> int:
        """The token behind the cue and what belongs to it; -1 where it reports nothing."""
        if not self.flags[cue.last] & F.REPORTING:
            return -1
        for phrase in self.words.phrases.get(word, ()):
            if [self._low(k) for k in range(cue.last, cue.last + len(phrase))] == phrase:
                return cue.last + len(phrase)
        if self.words.openers and word not in self.words.verbs and word not in self.words.findings:
            return -1
        return cue.last + 1

    def _led_from(self, cue: Cue) -> int:
        """Where "went on to say" or "was quoted as saying" begins; the cue's own first token where no such phrase leads to it."""
        for phrase in self.words.led_by.get(self._low(cue.first - 1), ()):
            begin = cue.first - len(phrase)
            if begin > self.first and [self._low(k) for k in range(begin, cue.first)] == phrase:
                return begin
        return cue.first

    def _is_unsaid(self, cue: Cue) -> bool:
        """ "declined to say", "might say", "did not say": nobody said it."""
        if (led := self._led_from(cue)) < cue.first:
            return self._low(led - 1) in self.words.unsaid
        begin = cue.first - 1 if cue.first > self.first and not self.flags[cue.first - 1] & F.PUNCTUATION else cue.first
        return any(self._low(k) in self.words.unsaid for k in range(begin, cue.last))

    # --- the clause

    def _complement(self, i: int, word: str) -> tuple[Form, int] | None:
        """The clause behind a cue, which ends before token i: its form and first token."""
        flags, reports = self.flags, self.words
        begin, pending = i, -1  # `pending`: where an opening phrase began that may belong to the clause
        listener = word in reports.addressing
        limit = min(self.end, i + _FARTHEST_THAT)
        if self._low(i) in reports.topics:
            that = self._that_behind(i, limit)
            return None if that < 0 else (Form.THAT, that + 1)
        while i < limit:
            flag, low = flags[i], self._low(i)
            if self._is_that(i, begin):
                stands = flags[i + 1] & (F.AUXILIARY | F.CAPITAL | F.ENDS_ING) == F.AUXILIARY  # "said that was a lie"
                return (Form.BARE, i) if stands else (Form.THAT, i + 1)
            if flag & (F.QUOTE | F.STOP | F.COLON) or (low in reports.infinitive and not self._is_phrase(i)):
                return None
            if low in reports.questions and (low not in reports.subordinators or low == "if"):
                return (Form.QUESTION, i) if word in reports.verbs and low not in self.lexicon.of_things else None
            if low in reports.subordinators and low not in reports.prepositions:
                return None
            mention = self.mention_at.get(i)
            day = flag & F.DAY or (flag & F.COMPLEMENTIZER and self._low(i + 1) in reports.times and flags[i - 1] & F.ADVERB)
            if day or (flag & F.ADVERB and mention is None and self._low(i) not in reports.plain):
                i += 1
                continue
            if mention is not None and self._is_time(mention) and (pending < 0 or not self.is_verb(mention.group_last + 1)):
                i = mention.last + 1
                continue
            if mention is None and low in reports.times and flag & F.LOWER and flags[i - 1] & (F.DAY | F.COMPLEMENTIZER):
                i += 1  # "later Friday night that", "later that night that"
                continue
            if flag & (F.COMMA | F.PAREN | F.DASH):
                that = self._that_behind(i, limit) if i > begin or self._low(i + 1) in reports.prepositions else -1
                if that >= 0:
                    return Form.THAT, that + 1
                return self._bare(pending, word) if pending >= 0 and flag & F.COMMA and i + 1 < self.end else None
            if listener and (mention is not None or self._is_object(i)):
                behind = mention.group_last + 1 if mention is not None else i + 1
                if flags[behind] & F.DIGIT and flags[behind + 1] & F.COMPLEMENTIZER:
                    behind += 1  # "told Radio 7 that"
                if mention is not None and self.is_verb(behind):
                    return self._bare(i, word)
                if (
                    self._low(behind) in reports.conjunctions
                    and behind + 1 in self.mention_at
                    and self._that_behind(behind, limit) >= 0
                ):
                    behind = self.mention_at[behind + 1].group_last + 1  # "told his wife and friends that"
                listener, i = False, behind
                continue
            if low in reports.prepositions or (flag & F.ATTACHING and self._is_phrase(i)):
                behind = self._behind_phrase(i)
                if behind < 0:
                    return None
                pending, i = i if pending < 0 else pending, behind
                continue
            if flag & F.BOUNDARY and i + 1 < self.end and self._is_that(i + 1, i + 1) and low not in reports.conjunctions:
                i += 1  # "asked only that"
                continue
            if pending >= 0 and not self._begins_clause(i):
                return self._bare(pending, "") if word in reports.plain else None  # "said at least one"
            return self._bare(i, word)
        return None

    def _is_phrase(self, i: int) -> bool:
        """Whether a noun phrase follows a preposition that may also open an infinitive."""
        mention = self.mention_at.get(i + 1)
        return mention is not None and (
            mention.kind == F.NAME or bool(self.flags[i + 1] & (F.DETERMINER | F.GROUP)) or mention.kind == F.NOUN
        )

    def _is_object(self, i: int) -> bool:
        """A pronoun that is no subject: "told him"."""
        flag = self.flags[i]
        return (
            bool(flag & (F.MASCULINE | F.FEMININE | F.PLURAL))
            and not flag & (F.PRONOUN | F.CAPITAL | F.DETERMINER | F.ROLE | F.TITLE)
        ) or (self._low(i) in self.lexicon.spoken and not flag & F.PRONOUN)

    def _is_that(self, i: int, begin: int) -> bool:
        """Whether token i opens a clause, and is no "that" behind a preposition or before a verb."""
        flags = self.flags
        if i + 1 >= self.end or not flags[i] & F.COMPLEMENTIZER or not flags[i] & F.LETTER:
            return False
        if (i > begin and flags[i - 1] & F.BOUNDARY) or (flags[i - 1] & F.ADVERB and self._low(i + 1) in self.words.times):
            return False  # "later that night"
        return not flags[i + 1] & F.STOP

    def _that_behind(self, i: int, limit: int) -> int:
        """The next "that" of the same clause, -1 where a verb or a new clause comes first."""
        flags = self.flags
        for k in range(i + 1, limit):
            if flags[k] & (F.QUOTE | F.STOP | F.COLON | F.RELATIVE):
                return -1
            if self._is_that(k, i):
                return k
            if flags[k] & F.AUXILIARY or (flags[k] & F.CUE and flags[k] & F.LOWER and self.ending_at.get(k - 1) is not None):
                return -1
        return -1

    def _behind_phrase(self, i: int) -> int:
        """The token behind a preposition and its noun phrase; -1 where none follows."""
        flags = self.flags
        k = i + 1
        while k < self.end and self._low(k) in self.words.prepositions:
            k += 1  # "out of", "earlier on"
        if k >= self.end:
            return -1
        mention = self.mention_at.get(k)
        if mention is not None and mention.kind != F.PRON:
            return mention.group_last + 1
        if flags[k] & F.COMPLEMENTIZER and mention is None and k + 1 < self.end:
            return k + 2  # "at that time"
        if flags[k] & (F.DAY | F.DIGIT | F.CAPITAL | F.UNKNOWN_LOWER | F.ENDS_ING):
            k += 1
            while k < self.end and flags[k] & (F.DAY | F.DIGIT | F.UNKNOWN_LOWER) and self.mention_at.get(k) is None:
                k += 1
            return k
        return -1

    def _begins_clause(self, i: int) -> bool:
        """Whether a subject with its verb begins here, or a dependent clause."""
        if i >= self.end:
            return False
        if self.flags[i] & F.PRONOUN or self._is_that(i, i):
            return True
        if self._low(i) in self.words.questions or self._low(i) in self.words.subordinators:
            return True
        return self.mention_at.get(i) is not None and self._verb_behind(i) >= 0

    def _bare(self, i: int, word: str) -> tuple[Form, int] | None:
        """A clause without a complementizer, if one begins at token i."""
        if i >= self.last or not self.words.openers:
            return None
        flag = self.flags[i]
        if word in self.words.plain and (
            self.mention_at.get(i) is not None or flag & (F.PRONOUN | F.DETERMINER | F.DIGIT | F.CAPITAL)
        ):
            return Form.BARE, i
        return (Form.BARE, i) if self._verb_behind(i) >= 0 else None

    def _verb_behind(self, i: int) -> int:
        """The finite verb of the clause that begins at token i, -1 where a new clause or nothing comes first."""
        flags, words = self.flags, self.words
        if flags[i] & F.PRONOUN and i + 1 < self.end:
            form, behind = flags[i] >> F.FORM_SHIFT & 7, flags[i + 1]
            if flags[i] & F.POSSESSIVE and not flags[i] & F.DETERMINER:
                return i  # "he's"
            if form == IT and not (behind & _SMALL or self.is_verb(i + 1)):
                return -1  # "denied it entry"
            if form in _PERSONAL and behind & F.LETTER and not behind & (F.BOUNDARY | F.DETERMINER):
                return i + 1
        apart = False
        for k in range(i + 1, min(self.end, i + _FARTHEST_VERB)):
            flag, low = flags[k], self._low(k)
            if flag & (F.STOP | F.COLON | F.QUOTE):
                return -1
            if flag & (F.COMMA | F.PAREN):
                apart = not apart  # an apposition or relative clause between commas has no say
                continue
            if apart:
                continue
            if flag & F.RELATIVE or self._is_that(k, i) or (low in words.infinitive and not self._is_phrase(k)):
                return -1
            if low in words.conjunctions and self.mention_at.get(k + 1) is None:
                return -1
            if flag & F.AUXILIARY and not flag & F.CAPITAL:
                return k
            if self.is_verb(k) and self._has_subject(k) and self._is_active(k):
                return k
        return -1

    def _has_subject(self, k: int) -> bool:
        """Whether a noun phrase or an adverb stands right before the verb."""
        if self.ending_at.get(k - 1) is not None or self.flags[k - 1] & (F.ADVERB | F.PRONOUN | F.PAREN):
            return True
        swallowed = bool(self.flags[k - 1] & F.UNKNOWN_LOWER)  # "his dad helped" was read as one phrase
        return any(m.group_last == k - 1 or (swallowed and m.first < k <= m.last) for m in self.mentions)

    def _is_active(self, k: int) -> bool:
        """Whether what follows a word that looks like a verb does not make it a participle ("a plan designed to")."""
        if not self.flags[k] & F.ENDS_ED or k + 1 >= self.end:
            return True
        behind = self.flags[k + 1]
        return not behind & F.BOUNDARY or bool(behind & F.COMPLEMENTIZER)

    def is_verb(self, k: int) -> bool:
        """Whether the token may be a finite verb."""
        if not self.first <= k < self.end:
            return False
        flag = self.flags[k]
        if not flag & F.LOWER or flag & (F.BOUNDARY | F.DETERMINER | F.PRONOUN) or flag & F.ENDS_ING:
            return False
        word = self.p.word(k)
        if word in self.words.nouns:
            return False
        if flag & F.AUXILIARY or word in self.words.pasts:
            return True
        return bool(flag & (F.UNKNOWN_LOWER | F.CUE)) and bool(flag & F.ENDS_ED or self.lexicon.is_third_person(word))

    def _is_clause(self, first: int, end: int) -> bool:
        """Whether the tokens hold a finite verb with its subject before it."""
        flags = self.flags
        if sum(1 for k in range(first, end) if flags[k] & F.LETTER) < 3:
            return False
        if self._low(first) in self.words.prepositions or self._low(first) in self.words.topics:
            comma = next((k for k in range(first, end) if flags[k] & F.COMMA), end)
            if comma >= end - 1:
                # "In one tweet Friday,"
                return any(flags[k] & F.AUXILIARY for k in range(first, end))
        for k in range(first + 1, end):
            if flags[k] & F.AUXILIARY:
                return True
            if self.is_verb(k) and not flags[k - 1] & (F.DETERMINER | F.BOUNDARY | F.POSSESSIVE | F.DIGIT):
                return True
        return False

    def _opens_subordinate(self, first: int, end: int) -> bool:
        """`As he left, Renn said`: what stands before the subject is a clause of time or reason, and no more."""
        while first < end and not self.flags[first] & F.LETTER:
            first += 1
        if self.flags[first] & F.ENDS_ED and self._low(first) in self.words.addressing:
            return True  # "Asked if he would run, Stroud said no"
        if self._low(first) not in self.words.subordinators and not self.flags[first] & (F.ENDS_ING | F.ENDS_ED):
            return False
        participle = self._low(first) not in self.words.subordinators
        return not any(self.flags[k] & (F.COMMA | (F.AUXILIARY if participle else 0)) for k in range(first, end - 1))

    def _is_apposition(self, k: int) -> bool:
        """Whether a phrase with an article or a relative clause begins at k that a comma closes without a verb of its own."""
        flags = self.flags
        if k >= self.end:
            return False
        if flags[k] & F.RELATIVE:
            return True
        if not flags[k] & F.DETERMINER:
            return False
        for j in range(k + 1, self.end):
            if flags[j] & F.COMMA:
                return True
            if flags[j] & F.AUXILIARY:
                return False
        return False

    def _closes_with_apposition(self, comma: int) -> bool:
        """`…, said Ada Quill, who runs the harbour.`"""
        flags = self.flags
        k = comma + 1
        if k >= self.end or flags[k] & (F.RELATIVE | F.STOP):
            return True
        for j in range(k, self.end):
            if flags[j] & (F.AUXILIARY | F.COMPLEMENTIZER):
                return False
            if flags[j] & F.RELATIVE:
                return True
        return True

    def _clause_end(self, start: int, cue: Cue, reporter: Mention) -> int:
        """Last token of a clause that begins at `start` behind its cue: as far as the sentence goes, but for what reports again."""
        flags, p = self.flags, self.p
        relative = bool(reporter.kind == F.PRON and flags[reporter.first] & (F.RELATIVE | F.COMPLEMENTIZER))
        inside = not cue.follows and self._opens_subordinate(self.first, min(cue.first, reporter.first))
        opening = min(cue.first, reporter.first)
        dashed = opening > self.first and bool(flags[opening - 1] & F.DASH)  # "– the mayor says it is safe –"
        depth = self._depth(cue)
        text, starts, ends, conjunctions = p.text, p.starts, p.ends, self.words.conjunctions
        for k in range(start, self.last + 1):
            flag = flags[k]
            if flag & F.PAREN:
                depth += 1 if p.word(k) in "([" else -1
                if depth < 0 or (depth == 0 and self._in_brackets(cue)):
                    return k - 1
            if k <= start + 1:
                continue
            if flag & F.COLON and p.word(k) == ";" and self._is_other_report(k):
                return k - 1
            if flag & (F.COMMA | F.DASH):
                if (
                    (dashed and flag & F.DASH)
                    or (relative and self.is_verb(k + 1))
                    or (inside and self._begins_clause(k + 1))
                    or self._is_other_report(k)
                ):
                    return k - 1
            elif (text[starts[k] : ends[k]].lower() in conjunctions and self._is_other_report(k - 1)) or (
                k in self.cue_at and self.cue_at[k].follows and self._low(k) not in self.lexicon.measures
            ):
                return k - 1
        return self.last

    def _in_brackets(self, cue: Cue) -> bool:
        return self._depth(cue) > 0

    def _depth(self, cue: Cue) -> int:
        """How many brackets are open before a cue."""
        brackets = [self.p.word(k) for k in range(self.first, cue.first) if self.flags[k] & F.PAREN]
        return sum([1 if bracket in "([" else -1 for bracket in brackets])

    def _is_other_report(self, k: int) -> bool:
        """Whether behind token k another report begins: "and warned", "while the paper said", ", adding that"."""
        flags, reports = self.flags, self.words
        n = k + 1
        joined = self._low(n) in reports.conjunctions
        if joined:
            n += 1
        while n < self.end and flags[n] & F.ADVERB and n not in self.cue_at:
            n += 1
        cue = self.cue_at.get(n)
        if cue is not None:
            if cue.follows:
                return True
            word = self._low(cue.last)
            if self._is_unsaid(cue) or self._behind_cue(cue, word) < 0:
                return joined and self._low(n) in reports.silences
            if flags[cue.last] & F.ENDS_ING:
                return True
            finite = (
                flags[cue.last] & F.ENDS_ED or self.lexicon.is_third_person(word) or word in reports.plain or word in reports.pasts
            )
            return bool(joined and finite) and word not in reports.addressing and word not in reports.nouns
        mention = self.mention_at.get(n)
        if mention is not None and joined and mention.kind == F.PRON and self._low(n + 1) in reports.silences:
            return True
        if mention is None:
            return joined and self._low(n) in reports.silences and bool(flags[k] & F.COMMA)
        behind = self.cue_at.get(mention.group_last + 1)
        if behind is None or behind.follows or self._is_unsaid(behind):
            return False
        return self._low(behind.last) in reports.verbs and self._low(behind.last) not in reports.nouns


def overlap(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the ascending `spans` overlaps `start, end`."""
    k = bisect_right(spans, (end,)) - 1
    return any(spans[j][1] > start and spans[j][0] < end for j in range(k, max(-1, k - 3), -1))


_RANK = {Form.THAT: 0, Form.QUESTION: 1, Form.BEFORE: 2, Form.AROUND: 3, Form.SOURCE: 4, Form.BARE: 5}


def apart(found: list[Reported]) -> list[Reported]:
    """No two clauses that overlap: of one within another the outer one stays."""
    kept: list[Reported] = []
    for item in sorted(found, key=lambda r: (r.start, -r.end, _RANK[r.form])):
        if kept and item.start < kept[-1].end:
            continue
        kept.append(item)
    return kept
