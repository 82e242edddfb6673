"""The clause behind the cue of a report: past the listener, day, place or means, the "that" or the first word of what was said.

Where the clause ends, and which cues report at all, is decided in `reports`.
"""

from __future__ import annotations

from pipelines.quotes import flags as F
from pipelines.quotes.attribution.reported import Form
from pipelines.quotes.attribution.sentence import Sentence
from pipelines.quotes.types import Mention

_NO_LISTENER = F.CUE | F.AUXILIARY | F.BOUNDARY | F.ADVERB | F.DAY | F.PUNCTUATION
_LONGEST_SUBJECT = 6  # tokens of a subject without an article
_FARTHEST_THAT = 16  # tokens from the cue to the "that" of its clause


class Complements:
    """The clauses that may stand behind the cues of one sentence."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence, self.flags = sentence, sentence.flags
        self.lexicon, self.words = sentence.lexicon, sentence.words
        self.end, self.last = sentence.end, sentence.last
        self.mentions, self.mention_at, self.ending_at = sentence.mentions, sentence.mention_at, sentence.ending_at

    def behind(self, i: int, word: str) -> tuple[Form, int] | None:
        """The clause behind a cue, which ends before token i: its form and first token."""
        flags, reports = self.flags, self.words
        begin, pending = i, -1  # `pending`: where an opening phrase began that may belong to the clause
        listener = word in reports.addressing
        limit = min(self.end, i + _FARTHEST_THAT)
        if self._is_about_number(i, word):
            return Form.BARE, i
        if self.sentence.low(i) in reports.topics:
            that = self._that_behind(i, limit)
            return None if that < 0 else (Form.THAT, that + 1)
        while i < limit:
            flag, low = flags[i], self.sentence.low(i)
            if self.sentence.is_that(i, begin):
                stands = flags[i + 1] & (F.AUXILIARY | F.CAPITAL | F.ENDS_ING) == F.AUXILIARY  # "said that was a lie"
                return (Form.BARE, i) if stands else (Form.THAT, i + 1)
            if flag & (F.QUOTE | F.STOP | F.COLON) or (low in reports.infinitive and not self.sentence.is_phrase(i)):
                return None
            if low in reports.questions and (low not in reports.subordinators or low == "if"):
                return (Form.QUESTION, i) if word in reports.verbs and low not in self.lexicon.of_things else None
            if low in reports.subordinators and low not in reports.prepositions:
                return None
            mention = self.mention_at.get(i)
            day = flag & F.DAY or (
                flag & F.COMPLEMENTIZER and self.sentence.low(i + 1) in reports.times and flags[i - 1] & F.ADVERB
            )
            if day or (flag & F.ADVERB and mention is None and self.sentence.low(i) not in reports.plain):
                i += 1
                continue
            if (
                mention is not None
                and self.sentence.is_time(mention)
                and (pending < 0 or not self.sentence.is_verb(mention.group_last + 1))
            ):
                i = mention.last + 1
                continue
            if mention is None and self._is_bare_time(i):
                i += 2  # "said last week that"
                continue
            if mention is None and low in reports.times and flag & F.LOWER and flags[i - 1] & (F.DAY | F.COMPLEMENTIZER):
                i += 1  # "later Friday night that", "later that night that"
                continue
            if flag & (F.COMMA | F.PAREN | F.DASH):
                that = self._that_behind(i, limit) if i > begin or self.sentence.low(i + 1) in reports.prepositions else -1
                if that >= 0:
                    return Form.THAT, that + 1
                return self._bare(pending, word) if pending >= 0 and flag & F.COMMA and i + 1 < self.end else None
            if listener and mention is not None and self._is_tale(mention):
                return None  # "told the story of the flood"
            if listener and (mention is not None or self._is_object(i)):
                alone = mention is None or self._is_her_alone(i)
                behind = i + 1 if mention is None or alone else mention.group_last + 1
                if flags[behind] & F.DIGIT and flags[behind + 1] & F.COMPLEMENTIZER:
                    behind += 1  # "told Radio 7 that"
                if not alone and self.sentence.is_verb(behind):
                    return self._bare(i, word)
                if (
                    self.sentence.low(behind) in reports.conjunctions
                    and behind + 1 in self.mention_at
                    and self._that_behind(behind, limit) >= 0
                ):
                    behind = self.mention_at[behind + 1].group_last + 1  # "told his wife and friends that"
                listener, i = False, behind
                continue
            if listener and flag & F.LOWER and not flag & _NO_LISTENER and self.sentence.is_that(i + 1, i + 1):
                listener, i = False, i + 1  # "told parliament that"
                continue
            if low in reports.prepositions or (flag & F.ATTACHING and self.sentence.is_phrase(i)):
                behind = self._behind_phrase(i)
                if behind < 0:
                    return None
                pending, i = i if pending < 0 else pending, behind
                continue
            if flag & F.BOUNDARY and i + 1 < self.end and self.sentence.is_that(i + 1, i + 1) and low not in reports.conjunctions:
                i += 1  # "asked only that"
                continue
            if pending >= 0 and self.sentence.is_verb(i) and self.sentence.low(pending) in reports.subordinators:
                return None  # "said after the council voted"
            if pending >= 0 and not self.sentence.begins_clause(i):
                that = self._that_behind(i - 1, limit)
                if that >= 0:
                    return Form.THAT, that + 1  # "said in her September outlook that"
                subject = self._pronoun_behind(i)
                if word in reports.plain and subject >= 0:
                    return Form.BARE, subject  # "said in a Dec. 22 filing it could"
                if word in reports.plain and self._opens_with_nouns(i):
                    return Form.BARE, i
                return self._bare(pending, "") if word in reports.plain else None  # "said at least one"
            return self._bare(i, word)
        return None

    def _is_about_number(self, i: int, word: str) -> bool:
        """`said around 250,000 of them are used`: a clause that opens with an estimate."""
        flags = self.flags
        if word not in self.words.plain or i + 1 >= self.end or not flags[i + 1] & F.DIGIT:
            return False
        low = self.sentence.low(i)
        estimates = low in self.words.topics or (flags[i] & F.BOUNDARY and low not in self.words.prepositions)
        return bool(estimates) and any(flags[k] & F.AUXILIARY or self.sentence.is_verb(k) for k in range(i + 2, self.end))

    def _is_bare_time(self, i: int) -> bool:
        """`last week`: a noun of a time with a word before it that is no article, and no subject: "last week was warm"."""
        flags = self.flags
        led = flags[i] & F.LOWER and flags[i] & F.LETTER and not flags[i] & (F.BOUNDARY | F.DETERMINER | F.PRONOUN | F.AUXILIARY)
        return bool(led) and self.sentence.low(i + 1) in self.words.times and not self.sentence.is_verb(i + 2)

    def _is_tale(self, mention: Mention) -> bool:
        """Whether a noun is what is told, and not who listens."""
        words = (self.sentence.low(k) for k in range(mention.first, mention.last + 1))
        return mention.kind == F.NOUN and not self.lexicon.tales.isdisjoint(words)

    def _is_her_alone(self, i: int) -> bool:
        """`told her the school would close`: a pronoun of who listens, before an article, though it may stand before a noun too."""
        flags = self.flags
        possessive = flags[i] & F.DETERMINER and flags[i] & (F.MASCULINE | F.FEMININE) and not flags[i] & F.CAPITAL
        return bool(possessive) and bool(flags[i + 1] & (F.DETERMINER | F.PRONOUN))

    def _is_object(self, i: int) -> bool:
        """A pronoun that is no subject: "told him"."""
        flag = self.flags[i]
        return (
            bool(flag & (F.MASCULINE | F.FEMININE | F.PLURAL))
            and not flag & (F.PRONOUN | F.CAPITAL | F.DETERMINER | F.ROLE | F.TITLE)
        ) or (self.sentence.low(i) in self.lexicon.spoken and not flag & F.PRONOUN)

    def _that_behind(self, i: int, limit: int) -> int:
        """The next "that" of the same clause, -1 where a verb or a new clause comes first."""
        flags = self.flags
        for k in range(i + 1, limit):
            if flags[k] & (F.QUOTE | F.STOP | F.COLON | F.RELATIVE):
                return -1
            if self.sentence.is_that(k, i):
                return k
            if flags[k] & F.AUXILIARY or (flags[k] & F.CUE and flags[k] & F.LOWER and self.ending_at.get(k - 1) is not None):
                return -1
        return -1

    def _pronoun_behind(self, i: int) -> int:
        """The pronoun with which a clause begins right behind a few nouns or numbers, -1 where none does."""
        flags, first = self.flags, i
        while i < min(self.end - 1, first + _LONGEST_SUBJECT) and flags[i] & (F.LETTER | F.DIGIT):
            if flags[i] & F.PRONOUN:
                return i if self.sentence.begins_clause(i) else -1
            if flags[i] & (F.BOUNDARY | F.AUXILIARY | F.RELATIVE):
                return -1
            i += 1
        return -1

    def _behind_phrase(self, i: int) -> int:
        """The token behind a preposition and its noun phrase; -1 where none follows."""
        flags = self.flags
        k = i + 1
        while k < self.end and self.sentence.low(k) in self.words.prepositions:
            k += 1  # "out of", "earlier on"
        if k >= self.end:
            return -1
        mention = self.mention_at.get(k)
        if mention is not None and mention.kind != F.PRON:
            k = mention.group_last + 1
            return k + 1 if self.sentence.low(k) in self.words.nouns and not flags[k] & F.CAPITAL else k  # "in a research note"
        if flags[k] & F.COMPLEMENTIZER and mention is None and k + 1 < self.end:
            return k + 2  # "at that time"
        if flags[k] & (F.DAY | F.DIGIT | F.CAPITAL | F.UNKNOWN_LOWER | F.ENDS_ING):
            k += 1
            while k < self.end and flags[k] & (F.DAY | F.DIGIT | F.UNKNOWN_LOWER) and self.mention_at.get(k) is None:
                if self._opens_with_nouns(k):
                    break  # "on Friday existing home sales increased"
                k += 1
            return k
        return -1

    def _bare(self, i: int, word: str) -> tuple[Form, int] | None:
        """A clause without a complementizer, if one begins at token i."""
        if i >= self.last or not self.words.openers or self._is_particle(i, word):
            return None
        flag = self.flags[i]
        mention = self.mention_at.get(i)
        alone = mention is not None and mention.group_last == i and flag & F.UNKNOWN_LOWER  # "said goodbye and left"
        if (
            word in self.words.plain
            and not alone
            and (mention is not None or flag & (F.PRONOUN | F.DETERMINER | F.DIGIT | F.CAPITAL))
        ):
            return Form.BARE, i
        stands = self.sentence.verb_behind(i) >= 0 or (word in self.words.plain and self._opens_with_nouns(i))
        return (Form.BARE, i) if stands else None

    def _opens_with_nouns(self, i: int) -> bool:
        """`said existing home sales increased`: whether words of no list, as nouns are, lead from token i to a verb in the past or an auxiliary."""
        flags, first = self.flags, i
        while i < min(self.end, first + _LONGEST_SUBJECT) and flags[i] & F.UNKNOWN_LOWER:
            i += 1
            past = flags[i] & F.ENDS_ED or self.sentence.low(i) in self.words.pasts
            if i < self.end and (flags[i] & F.AUXILIARY or past) and flags[i] & F.LOWER:
                return True
        return False

    def _is_particle(self, i: int, word: str) -> bool:
        """`wrote down the value of its loans`: what makes another verb of the cue."""
        return word not in self.words.plain and self.sentence.low(i) in self.words.particles
