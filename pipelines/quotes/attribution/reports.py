"""Reported clauses without quotation marks: "She said that the bridge was safe", "The bridge is safe, she said".

Which clause reports speech and how far it goes, by grammar. How sure a row is does not stand here (`pipelines.quotes.confidence`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipelines.quotes import flags as F
from pipelines.quotes.attribution.complements import Complements
from pipelines.quotes.attribution.noun_or_verb import is_noun_of, is_verb_of
from pipelines.quotes.attribution.reported import SHORTEST_CLAUSE, Form, Reported, Reporter
from pipelines.quotes.attribution.reporters import (
    BRACKET,
    behind_cue,
    finds,
    is_contact_clause,
    is_unsaid,
    may_report,
    reporter_of,
    says_nothing,
)
from pipelines.quotes.attribution.sentence import Sentence
from pipelines.quotes.text.paragraphs import Paragraph
from pipelines.quotes.text.table import TokenTable
from pipelines.quotes.types import NO_ROW, Cue, Mention

_CHUNK = re.compile(r"\S+")
_OF_NUMBERS = "%‰°€£$¥"  # they close a clause that ends with a number: "Sales fell 12%"
_SHORT_LEAD = 5  # tokens of an opening that says nothing by itself: "On the contrary, she said,"
_LONGEST_ROLE = 5  # tokens of a role before a name
_NO_ROLE = F.BOUNDARY | F.DETERMINER | F.PRONOUN | F.AUXILIARY | F.CUE | F.POSSESSIVE
_LONGEST_LISTENER = 8  # tokens of who is told and when
_LONGEST_SOURCE = 20  # tokens from "according to X" to the comma before the clause


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
    reporting = table.reporting_sentences()
    for p in scanned:
        for sentence in range(p.first_sentence, p.end_sentence):
            if sentence in reporting:
                yield from Reports(Sentence(p, sentence)).all()


class Reports:
    """What the cues of one sentence report."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence, self.p, self.flags = sentence, sentence.p, sentence.flags
        self.lexicon, self.words = sentence.lexicon, sentence.words
        self.first, self.end, self.last = sentence.first, sentence.end, sentence.last
        self.mentions, self.mention_at, self.ending_at = sentence.mentions, sentence.mention_at, sentence.ending_at
        self.cues, self.cue_at = sentence.cues, sentence.cue_at

    def all(self) -> Iterator[Reported]:
        """The clauses that the cues of the sentence report."""
        for cue in self.cues:
            found = self._by_source(cue) if cue.follows else self._by_verb(cue)
            if found is not None:
                yield found

    def _made(self, cue: Cue, reporter: Mention, first: int, last: int, form: Form, how: Reporter) -> Reported | None:
        p, flags = self.p, self.flags
        while last > first and flags[last] & (F.PUNCTUATION & ~F.PAREN) and p.word(last) not in _OF_NUMBERS:
            last -= 1
        while first < last and flags[first] & (F.COMMA | F.DASH | F.COLON):
            first += 1
        if last <= first or last >= self.end:
            return None
        start, end = p.starts[first], p.ends[last]
        return Reported(p, cue, reporter, start, end, form, how) if end - start >= SHORTEST_CLAUSE else None

    def _by_source(self, cue: Cue) -> Reported | None:
        flags = self.flags
        if self.sentence.low(cue.first) in self.lexicon.measures:
            return None
        reporter = next((m for m in self.mentions if cue.last < m.first <= cue.last + 3), None)
        reporter = reporter and self._with_document(reporter)
        if reporter is None or not may_report(self.sentence, reporter, plain=True):
            return None
        behind = reporter.group_last + 1
        comma = next((j for j in range(behind, min(self.end, behind + _LONGEST_SOURCE)) if flags[j] & F.COMMA), -1)
        lead_end = cue.first - 1 if cue.first > self.first and flags[cue.first - 1] & BRACKET else cue.first
        if not self.sentence.is_clause(self.first, lead_end):
            if lead_end - self.first > 1 and flags[cue.first - 1] & F.COMMA and comma >= 0 and self.sentence.is_verb(comma + 1):
                return self._made(cue, reporter, self.first, self.last, Form.AROUND, Reporter.BEHIND)
            start = comma + 1 if comma >= 0 else behind
            if comma == behind and (self._is_apposition(behind + 1) or self._is_bare_apposition(behind + 1, reporter)):
                closing = next((j for j in range(behind + 1, self.end) if flags[j] & F.COMMA), -1)
                start = closing + 1 if closing >= 0 else start
            return self._made(cue, reporter, start, self._clause_end(start, cue, reporter), Form.SOURCE, Reporter.BEHIND)
        opener = self.sentence.low(cue.first - 1)
        if opener in self.words.conjunctions or opener in self.words.subordinators:  # "…, and according to X, …"
            start = comma + 1 if comma >= 0 else behind
            return self._made(cue, reporter, start, self._clause_end(start, cue, reporter), Form.SOURCE, Reporter.BEHIND)
        goes_on = (
            self.sentence.low(comma + 1) in self.words.conjunctions or self.sentence.low(comma + 1) in self.words.subordinators
        )
        if comma >= 0 and goes_on and not self._is_other_report(comma):
            return self._made(cue, reporter, self.first, self.last, Form.AROUND, Reporter.BEHIND)
        return self._made(cue, reporter, self.first, lead_end - 1, Form.BEFORE, Reporter.BEHIND)

    def _with_document(self, source: Mention) -> Mention:
        """`according to a police report`: with the noun of a text behind it, which was read as a verb."""
        k = source.last + 1
        written = source.kind == F.NOUN and k < self.end and self.flags[k] & F.DOCUMENT and self.flags[k] & F.LOWER
        if not written or not self._has_no_object(k):
            return source
        return Mention(source.first, k, F.NOUN, 0, k, NO_ROW)

    def _has_no_object(self, k: int) -> bool:
        """Whether the word at k has no object behind it, as a verb would."""
        return k + 1 >= self.end or not self.flags[k + 1] & (F.DETERMINER | F.PRONOUN | F.COMPLEMENTIZER | F.CAPITAL)

    def _by_verb(self, cue: Cue) -> Reported | None:
        flags = self.flags
        word = self.sentence.low(cue.last)
        behind = behind_cue(self.sentence, cue, word)
        if behind < 0 or is_unsaid(self.sentence, cue):
            return None
        found = reporter_of(self.sentence, cue)
        if found is None:
            return None
        reporter, how = found
        if not may_report(self.sentence, reporter, word in self.words.plain) or is_contact_clause(self.sentence, reporter, how):
            return None
        if says_nothing(self.sentence, reporter):
            return None
        if word not in self.words.verbs and word in self.words.findings and not finds(self.sentence, reporter):
            return None
        self.sentence.reporters[cue.first] = reporter
        if how is Reporter.BEHIND:
            behind = reporter.group_last + 1
        quoted = how is Reporter.BEHIND and any(flags[k] & F.QUOTE for k in range(max(self.first, cue.first - 2), cue.first))
        quoted = quoted or (how is Reporter.BEHIND and bool(flags[behind] & F.RELATIVE))  # "said an official who was present"
        complement = None if quoted else Complements(self.sentence).behind(behind, word)  # `"…," said one of the fishermen.`
        if how is Reporter.BEHIND and self.sentence.low(behind) in self.words.conjunctions:
            complement = None  # "said Ada Quill, but she added that"
        noun = word in self.words.nouns and reporter.kind != F.PRON and not is_verb_of(self.sentence, reporter, how, cue)
        bare = complement is not None and complement[0] is Form.BARE
        first = cue.first if how is Reporter.FAR else min(cue.first, self._with_role(reporter))
        fence = F.COMMA | F.DASH if word in self.words.plain else F.COMMA
        fenced = first > self.first + 1 and bool(flags[first - 1] & fence) and how is not Reporter.FAR
        fenced = fenced and self.p.starts[first] > self.p.ends[first - 1]  # "13,600 jobs"
        if complement is not None and bare and (noun or is_noun_of(self.sentence, reporter, word, complement[1])):
            complement = None
        if complement is not None and bare and fenced and self._is_closing(first, complement[1]):
            complement = None
        if complement is not None:
            form, start = complement
            if form is Form.BARE and word not in self.words.verbs:
                return None
            return self._made(cue, reporter, start, self._clause_end(start, cue, reporter), form, how)
        if not fenced or (behind < self.end and flags[behind] & F.COLON) or noun or self._is_about(behind, word):
            return None
        if self.sentence.is_clause(self.first, first - 1):
            if self._is_said_of(first - 1):
                return None
            if not self.sentence.opens_subordinate(self.first, first):
                return self._behind_clause(cue, reporter, how, first, behind)
            inserted = behind < self.last and flags[behind] & F.COMMA and self.sentence.begins_clause(behind + 1)
            return self._made(cue, reporter, self.first, self.last, Form.AROUND, how) if inserted else None
        return self._behind_phrase_only(cue, reporter, how, first, behind)

    def _with_role(self, reporter: Mention) -> int:
        """`…, | ECB policymaker Ada Quill said`: the first token of a name with the words before it, which no list has as a role, back to a comma."""
        flags, k = self.flags, reporter.first
        counted = self.ending_at.get(k - 1)
        if counted is not None and flags[k - 1] & F.ATTACHING:
            return counted.first  # "one of | the sources said"
        if reporter.kind != F.NAME:
            return k
        least = max(self.first + 1, k - _LONGEST_ROLE)
        while k > least and flags[k - 1] & F.LETTER and not flags[k - 1] & _NO_ROLE and not self.sentence.is_verb(k - 1):
            if flags[k - 1] & F.LOWER and flags[k - 1] & F.NOT_NAME:
                break  # "something Quill denies"
            k -= 1
        return k if flags[k - 1] & F.COMMA else reporter.first

    def _is_about(self, behind: int, word: str) -> bool:
        """`…, the bank warned of losses`, `…, the trader told him of a loss`: whether the cue has its own object, so that it does not report what stands before."""
        if word in self.words.addressing and self.sentence.low(behind) not in self.words.topics:
            listener = self.mention_at.get(behind)
            behind = listener.group_last + 1 if listener is not None else behind + 1
        elif word in self.words.plain:
            return False  # "…, she said of the plan"
        return self.sentence.low(behind) in self.words.topics

    def _is_closing(self, first: int, start: int) -> bool:
        """`The road is shut, the county said in a notice, and …`: whether a clause stands before an attribution, so that what a preposition leads in behind the
        cue tells where or how it was said."""
        led = self.sentence.low(start) in self.words.prepositions
        return led and self.sentence.is_clause(self.first, first - 1) and not self.sentence.opens_subordinate(self.first, first)

    def _behind_clause(self, cue: Cue, reporter: Mention, how: Reporter, first: int, behind: int) -> Reported | None:
        """`…, she said.`, `…, she said, but …`"""
        comma = next((j for j in range(behind, self.end) if self.flags[j] & (F.COMMA | F.DASH)), -1)
        if comma == behind < self.last and self._is_interrupted(first - 2, comma + 1):
            return self._made(cue, reporter, self.first, self.last, Form.AROUND, how)
        if comma >= 0 and comma + 1 <= self.last and not self._is_other_report(comma):
            goes_on = self.sentence.low(comma + 1) in self.words.conjunctions
            if reporter.kind == F.PRON and comma == behind and self.sentence.low(comma + 1) not in self.words.subordinators:
                goes_on = goes_on or not self.flags[comma + 1] & (F.ENDS_ING | F.RELATIVE)
            if goes_on:
                return self._made(cue, reporter, self.first, self.last, Form.AROUND, how)
        return self._made(cue, reporter, self.first, first - 2, Form.BEFORE, how)

    def _is_interrupted(self, last: int, k: int) -> bool:
        """`The plan would, she said, cost …`, `What caused it, she said, is not known`, `A man came in, police said, and demanded money`: whether the clause that
        stops at `last` goes on at token k."""
        if self.flags[last] & F.AUXILIARY or (self.sentence.low(self.first) in self.words.questions and self.sentence.is_verb(k)):
            return True
        cue = self.cue_at.get(k + 1)
        if cue is None or cue.follows or self.sentence.low(k) not in self.words.conjunctions or is_unsaid(self.sentence, cue):
            return False
        word = self.sentence.low(cue.last)
        return Complements(self.sentence).behind(cue.last + 1, word) is None and word not in self.words.silences

    def _is_said_of(self, comma: int) -> bool:
        """`Renn said that her client, Hugh Nash, told …`: whether before the comma stands no more of a report than its subject."""
        subject = self.ending_at.get(comma - 1)
        if subject is None or subject.kind == F.PRON:
            return False
        k = subject.first - 1
        k = k - 1 if k >= self.first and self.flags[k] & F.COMPLEMENTIZER else k
        return any(c.last == k and not c.follows and self.sentence.low(k) in self.words.plain for c in self.cues)

    def _behind_phrase_only(self, cue: Cue, reporter: Mention, how: Reporter, first: int, behind: int) -> Reported | None:
        """`On the contrary, she said, …`: what stands before is no clause; `The point, she said, is …`: its subject does."""
        behind = self._past_listener(behind)
        if behind + 2 >= self.end or not self.flags[behind] & (F.COMMA | F.DASH):
            return None
        if self.sentence.is_verb(behind + 1) or (first - 2 > self.first and self.flags[first - 2] & F.AUXILIARY):
            return self._made(cue, reporter, self.first, self.last, Form.AROUND, how)
        if first - self.first > _SHORT_LEAD or self._closes_with_apposition(behind):
            return None
        return self._made(cue, reporter, behind + 1, self._clause_end(behind + 1, cue, reporter), Form.BARE, how)

    def _past_listener(self, behind: int) -> int:
        """`A bridge, Renn told the Post last month, would cost …`: the comma behind who listens and when, where a verb goes on there."""
        for k in range(behind, min(self.last, behind + _LONGEST_LISTENER)):
            if self.flags[k] & F.COMMA:
                return k if self.sentence.is_verb(k + 1) else behind
            verb = self.flags[k] & F.CUE and self.flags[k] & F.LOWER
            if verb or self.flags[k] & (F.AUXILIARY | F.PRONOUN | F.PUNCTUATION | F.QUOTE | F.COMPLEMENTIZER):
                break
        return behind

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

    def _is_bare_apposition(self, k: int, reporter: Mention) -> bool:
        """`According to the man's lawyer, Jo Hallam, …`, `According to Ada Quill, mayor of Dorn, …`: a name or role alone between commas."""
        mention = self.mention_at.get(k)
        if mention is None or mention.group_last + 2 >= self.end or not self.flags[mention.group_last + 1] & F.COMMA:
            return False
        if mention.kind == F.NAME:
            return reporter.kind == F.NOUN
        return mention.kind == F.NOUN and reporter.kind == F.NAME and bool(self.flags[mention.head] & F.ROLE)

    def _closes_with_apposition(self, comma: int) -> bool:
        """`…, said Ada Quill, who runs the harbour.`"""
        flags = self.flags
        k = comma + 1
        if k >= self.end or flags[k] & (F.RELATIVE | F.STOP):
            return True
        if self.sentence.begins_clause(k):
            return False
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
        inside = not cue.follows and self.sentence.opens_subordinate(self.first, min(cue.first, reporter.first))
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
            if flag & F.COLON and p.word(k) == ";" and (self._is_other_report(k) or self._reports_behind(k)):
                return k - 1
            if flag & (F.COMMA | F.DASH):
                if (
                    (dashed and flag & F.DASH)
                    or (relative and self.sentence.is_verb(k + 1))
                    or (inside and self.sentence.begins_clause(k + 1))
                    or self._is_other_report(k)
                ):
                    return k - 1
            elif (text[starts[k] : ends[k]].lower() in conjunctions and self._is_other_report(k - 1, cue.follows)) or (
                k in self.cue_at and self.cue_at[k].follows and self.sentence.low(k) not in self.lexicon.measures
            ):
                return k - 1
        return self.last

    def _is_passive(self, cue: Cue) -> bool:
        """`and was being questioned`: whether the subject of the cue says nothing."""
        if not (self.flags[cue.last] & F.ENDS_ED or self.sentence.low(cue.last) in self.lexicon.participles):
            return False
        return any(self.sentence.low(k) in self.lexicon.passive for k in range(cue.first, cue.last))

    def _reports_behind(self, k: int) -> bool:
        """`she would sell; in May she said she would not`: whether somebody says something in the rest of the sentence."""
        told = [c for c in self.cues if c.first > k and not c.follows and self.sentence.low(c.last) in self.words.plain]
        near = [c for c in told if not any(self.flags[j] & (F.COMMA | F.COLON | F.QUOTE) for j in range(k + 1, c.first))]
        return any(self.flags[c.first - 1] & F.PRONOUN or c.first - 1 in self.ending_at for c in near)

    def _in_brackets(self, cue: Cue) -> bool:
        return self._depth(cue) > 0

    def _depth(self, cue: Cue) -> int:
        """How many brackets are open before a cue."""
        brackets = [self.p.word(k) for k in range(self.first, cue.first) if self.flags[k] & F.PAREN]
        return sum([1 if bracket in "([" else -1 for bracket in brackets])

    def _is_other_report(self, k: int, of_its_own: int = 0) -> bool:
        """Whether behind token k another report begins: "and warned", "while the paper said", ", adding that". `of_its_own`: 1 where it needs a subject of its
        own, since what a source tells goes on: "According to police, he came in and demanded money"."""
        flags, reports = self.flags, self.words
        n = k + 1
        joined = self.sentence.low(n) in reports.conjunctions
        if joined:
            n += 1
        while n < self.end and flags[n] & F.ADVERB and n not in self.cue_at:
            n += 1
        cue = self.cue_at.get(n)
        if cue is not None:
            if cue.follows:
                return True
            word = self.sentence.low(cue.last)
            if (of_its_own and joined) or self._is_passive(cue):
                return False
            if is_unsaid(self.sentence, cue) or behind_cue(self.sentence, cue, word) < 0:
                return joined and self.sentence.low(n) in reports.silences
            if flags[cue.last] & F.ENDS_ING:
                return True
            finite = (
                flags[cue.last] & F.ENDS_ED or self.lexicon.is_third_person(word) or word in reports.plain or word in reports.pasts
            )
            return bool(joined and finite) and word not in reports.addressing and word not in reports.nouns
        mention = self.mention_at.get(n)
        if mention is not None and joined and mention.kind == F.PRON and self.sentence.low(n + 1) in reports.silences:
            return True
        if mention is None:
            return joined and self.sentence.low(n) in reports.silences and bool(flags[k] & F.COMMA)
        behind = self.cue_at.get(mention.group_last + 1)
        if behind is None or behind.follows or is_unsaid(self.sentence, behind):
            return False
        return self.sentence.low(behind.last) in reports.verbs and self.sentence.low(behind.last) not in reports.nouns
