"""One sentence outside quotation marks, for languages whose verbs of saying are listed: its mentions and cues, and what grammar says of its words.

What is a finite verb, a subject, the opener of a clause. Whom a cue has for its reporter stands in `reporters`, what it reports in `reports`.
"""

from __future__ import annotations

from pipelines.quotes import flags as F
from pipelines.quotes.lexicon import FIRST, IT, THEY, THIRD, WE, YOU, Lexicon
from pipelines.quotes.text.paragraphs import Paragraph
from pipelines.quotes.types import Clause, Mention

SPEAKING = F.ROLE | F.TITLE | F.GROUP | F.DOCUMENT | F.MEDIUM | F.ORGANISATION | F.UNNAMED
_SMALL = F.ADVERB | F.AUXILIARY
_PERSONAL = frozenset((THIRD, THEY, IT, FIRST, WE, YOU))
_FARTHEST_VERB = 24  # tokens from the start of a clause to its verb


class Sentence:
    """One sentence with its mentions and cues."""

    def __init__(self, p: Paragraph, sentence: int) -> None:
        """`sentence`: its number in the table."""
        self.p, self.flags = p, p.flags
        self.lexicon: Lexicon = p.table.lexicon
        self.words = self.lexicon.reports
        self._text, self._starts, self._ends = p.text, p.starts, p.ends
        clause: Clause = p.table.clause(sentence)
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

    def low(self, k: int) -> str:
        """The token in lower case; empty outside the sentence."""
        return self._text[self._starts[k] : self._ends[k]].lower() if self.first <= k < self.end else ""

    def is_governed(self, mention: Mention) -> bool:
        """Whether a preposition leads in."""
        if mention.first == self.first or not self.flags[mention.first - 1] & F.BOUNDARY:
            return False
        low = self.low(mention.first - 1)
        return (low not in self.words.subordinators and low not in self.words.conjunctions) or low in self.words.prepositions

    def is_subject(self, mention: Mention) -> bool:
        """Whether a verb follows and no preposition leads in."""
        flags = self.flags
        k = mention.group_last + 1
        if k < self.end and flags[k] & (F.COMMA | F.PAREN):
            closing = next((j for j in range(k + 1, min(self.end, k + 24)) if flags[j] & (F.COMMA | F.PAREN)), -1)
            if closing < 0 or self.low(k + 1) in self.words.conjunctions:
                return False
            k = closing + 1
        while k < self.end and (
            flags[k] & (F.ADVERB | F.DAY) or (k + 1 < self.end and flags[k] & F.BOUNDARY and flags[k + 1] & F.DAY)
        ):
            k += 1
        return self.is_verb(k) and not self.is_governed(mention)

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

    def is_time(self, mention: Mention) -> bool:
        return self.low(mention.head).rstrip(".") in self.words.times

    def is_that(self, i: int, begin: int) -> bool:
        """Whether token i opens a clause, and is no "that" behind a preposition or before a verb."""
        flags = self.flags
        if i + 1 >= self.end or not flags[i] & F.COMPLEMENTIZER or not flags[i] & F.LETTER:
            return False
        if (i > begin and flags[i - 1] & F.BOUNDARY) or (flags[i - 1] & F.ADVERB and self.low(i + 1) in self.words.times):
            return False  # "later that night"
        return not flags[i + 1] & F.STOP

    def is_phrase(self, i: int) -> bool:
        """Whether a noun phrase follows a preposition that may also open an infinitive."""
        mention = self.mention_at.get(i + 1)
        return mention is not None and (
            mention.kind == F.NAME or bool(self.flags[i + 1] & (F.DETERMINER | F.GROUP)) or mention.kind == F.NOUN
        )

    def begins_clause(self, i: int) -> bool:
        """Whether a subject with its verb begins here, or a dependent clause."""
        if i >= self.end:
            return False
        if self.flags[i] & F.PRONOUN or self.is_that(i, i):
            return True
        if self.low(i) in self.words.questions or self.low(i) in self.words.subordinators:
            return True
        return (self.mention_at.get(i) is not None or bool(self.flags[i] & F.DETERMINER)) and self.verb_behind(i) >= 0

    def verb_behind(self, i: int) -> int:
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
        apart = contact = False
        for k in range(i + 1, min(self.end, i + _FARTHEST_VERB)):
            flag, low = flags[k], self.low(k)
            if flag & (F.STOP | F.COLON | F.QUOTE):
                return -1
            if flag & F.COMMA and self.is_within_number(k):
                continue
            if flag & (F.COMMA | F.PAREN):
                apart = not apart  # an apposition or relative clause between commas has no say
                continue
            if apart:
                continue
            if flag & F.RELATIVE or self.is_that(k, i) or (low in words.infinitive and not self.is_phrase(k)):
                return -1
            if low in words.conjunctions and self._opens_other_clause(k, i):
                return -1
            if low in words.subordinators and (flags[i] & F.DIGIT or self._holds_verb(k)):
                return -1  # "20 job cuts after the crisis battered demand"
            if self._opens_contact_clause(k, i):
                contact = True
                continue
            finite = flag & F.AUXILIARY and not flag & F.CAPITAL
            if finite or (self.is_verb(k) and self._has_subject(k) and self._is_active(k)):
                if not contact:
                    return k
                contact = False
        return -1

    def is_within_number(self, k: int) -> bool:
        """Whether the comma k is that of "250,000"."""
        return (
            self._starts[k + 1] == self._ends[k] if k + 1 < self.end and self.flags[k - 1] & self.flags[k + 1] & F.DIGIT else False
        )

    def _opens_contact_clause(self, k: int, begin: int) -> bool:
        """`a message | she gave`: whether a pronoun right behind the noun phrase at `begin` has a verb that belongs to that noun."""
        noun = self.mention_at.get(begin)
        if noun is None or noun.kind == F.PRON or self.is_time(noun) or not self.flags[k] & F.PRONOUN:
            return False
        return noun.group_last == k - 1 and self.flags[k] >> F.FORM_SHIFT & 7 in _PERSONAL

    def _holds_verb(self, k: int) -> bool:
        """`a link | after the account messaged it`: whether a subject with its verb stands behind "after", and not only a noun: "the ship after the storm was
        lost"."""
        subject = self.mention_at.get(k + 1)
        behind = -1 if subject is None else subject.group_last + 1
        if not self.is_verb(behind):
            return False
        return not self.flags[behind] & F.AUXILIARY or self.low(k) not in self.words.prepositions

    def _opens_other_clause(self, k: int, begin: int) -> bool:
        """Whether no second subject stands behind the conjunction k: `a second from the spot and Ada Quill made it three`, `the letter and it came` are two
        clauses, since a new thing and somebody known, or anything and "it", share no verb."""
        behind, thing = self.mention_at.get(k + 1), self.mention_at.get(begin)
        if behind is None or self.flags[begin] & F.DIGIT:
            return True
        if behind.kind == F.PRON and self.flags[behind.first] >> F.FORM_SHIFT & 7 in (IT, THEY):
            return True
        if thing is not None and (thing.kind != F.NOUN or self.flags[thing.head] & SPEAKING):
            return False
        low, begins = self.low(begin), self.flags[begin]
        if low in self.lexicon.indefinite:
            return self.low(behind.first) not in self.lexicon.indefinite
        some = begins & F.DETERMINER and not begins & (F.MASCULINE | F.FEMININE | F.PLURAL) and low not in self.lexicon.definite
        return bool(some) and behind.kind == F.NAME  # "any wrongdoing and Ada Quill did not answer"

    def _has_subject(self, k: int) -> bool:
        """Whether a noun phrase or an adverb stands right before the verb."""
        if self.low(k - 1) in self.lexicon.definite | self.lexicon.indefinite:
            return False  # "in an emailed statement"
        if self.ending_at.get(k - 1) is not None or self.flags[k - 1] & (F.ADVERB | F.PRONOUN | F.PAREN):
            return True
        swallowed = bool(self.flags[k - 1] & F.UNKNOWN_LOWER) and self._is_no_plural(k)  # "his dad helped" was read as one phrase
        return any(m.group_last == k - 1 or (swallowed and m.first < k <= m.last) for m in self.mentions)

    def _is_no_plural(self, k: int) -> bool:
        """Whether a word that looks like a verb is not the last noun of its phrase: "its funding measures in May", but "the scandal remains an issue"."""
        past = self.flags[k] & F.ENDS_ED or self.low(k) in self.words.pasts
        return bool(past) or (k + 1 < self.end and bool(self.flags[k + 1] & (F.DETERMINER | F.PRONOUN)))

    def _is_active(self, k: int) -> bool:
        """Whether what follows a word that looks like a verb does not make it a participle ("a plan designed to")."""
        if not self.flags[k] & F.ENDS_ED or k + 1 >= self.end:
            return True
        behind = self.flags[k + 1]
        return not behind & F.BOUNDARY or bool(behind & F.COMPLEMENTIZER)

    def is_clause(self, first: int, end: int) -> bool:
        """Whether the tokens hold a finite verb with its subject before it."""
        flags = self.flags
        if sum(1 for k in range(first, end) if flags[k] & F.LETTER) < 3:
            return False
        if self.low(first) in self.words.prepositions or self.low(first) in self.words.topics:
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

    def _is_adverb_before(self, k: int) -> bool:
        """Whether a small word stands at k that a subordinator follows."""
        return bool(self.flags[k] & F.ADVERB) and self.low(k + 1) in self.words.subordinators

    def opens_subordinate(self, first: int, end: int) -> bool:
        """`As he left, Renn said`: what stands before the subject is a clause of time or reason, and no more."""
        while first < end and (not self.flags[first] & F.LETTER or self._is_adverb_before(first)):
            first += 1  # "Even if it rains"
        if self.flags[first] & F.ENDS_ED and self.low(first) in self.words.addressing:
            return True  # "Asked if he would run, Stroud said no"
        if self.low(first) not in self.words.subordinators and not self.flags[first] & (F.ENDS_ING | F.ENDS_ED):
            return False
        participle = self.low(first) not in self.words.subordinators
        return not any(self.flags[k] & (F.COMMA | (F.AUXILIARY if participle else 0)) for k in range(first, end - 1))
