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
_LONGEST_COUNT = 3  # words of "as many as" before a number
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
            day = (flag & F.DAY and not flag & F.POSSESSIVE) or (
                flag & F.COMPLEMENTIZER and self.sentence.low(i + 1) in reports.times and flags[i - 1] & F.ADVERB
            )
            if self.sentence.low(i) in reports.bygone and self._is_time_of_saying(i + 1):
                i += 2
                continue
            if flag & F.ADVERB and not day and mention is None and self._modifies_subject(i, limit):
                return self._bare(i + 1, word, i)
            if day or (flag & F.ADVERB and mention is None and self.sentence.low(i) not in reports.plain):
                i += 1
                continue
            if (
                mention is not None
                and self.sentence.is_time(mention)
                and not self._is_the_time(mention)
                and (pending < 0 or not self.sentence.is_verb(mention.group_last + 1))
            ):
                i = mention.last + 1
                continue
            if mention is None and low in reports.times and flag & F.LOWER and flags[i - 1] & (F.DAY | F.COMPLEMENTIZER):
                i += 1  # "later Friday night that", "later that night that"
                continue
            if flag & F.COMMA and (closing := max(self._past_aside(i), self._past_phrase(i) if i > begin else -1)) >= 0:
                i = closing + 1
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
                timed = any(flags[k] & F.DAY or self.sentence.low(k) in reports.times for k in range(i, behind))
                pending, i = i if pending < 0 and not timed else pending, behind
                continue
            if flag & F.BOUNDARY and i + 1 < self.end and self.sentence.is_that(i + 1, i + 1) and low not in reports.conjunctions:
                i += 1  # "asked only that"
                continue
            if pending >= 0 and self.sentence.is_verb(i) and self.sentence.low(pending) in reports.subordinators:
                return None  # "said after the council voted"
            if pending >= 0 and self._counts(pending, i):
                return self._bare(i, word, pending)  # "said at least two people", "said up to 20 people"
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

    def _is_time_of_saying(self, k: int) -> bool:
        """`said last week that`, `said last week he would go`, but `said last summer he wrote`: whether the time at k is not part of what was said."""
        if self.sentence.low(k) not in self.words.times or self.flags[k] & F.POSSESSIVE:
            return False
        verb = self.sentence.verb_behind(k + 1) if k + 1 in self.mention_at else -1
        several = bool(self.flags[k + 1] & F.PLURAL and self.flags[k + 1] & F.PRONOUN)  # "said last month they hoped to win"
        now = verb >= 0 and (several or bool(self.flags[verb] & F.AUXILIARY))
        return self.sentence.is_that(k + 1, k + 1) or now or self._opens_with_nouns(k + 1)

    def _is_the_time(self, mention: Mention) -> bool:
        """`recalled the day the pool opened`, `said the march would go on`: a time with no more than its article is not when somebody said it."""
        after = self.sentence.low(mention.last + 1) in self.words.subordinators  # "said the day after the vote"
        return (
            mention.last == mention.first + 1 and not after and self.sentence.low(mention.first) in self.lexicon.file.codes.definite
        )

    def _modifies_subject(self, i: int, limit: int) -> bool:
        """`said only the sign was left`, `said even the sign had burned`: whether an adverb that is no adverb of manner or time belongs to the subject behind it."""
        if not self.flags[i] & F.BOUNDARY or i + 1 >= limit:
            return False
        behind = self.mention_at.get(i + 1)
        return behind is not None and behind.kind != F.PRON and self.sentence.verb_behind(i + 1) >= 0

    def _past_aside(self, comma: int) -> int:
        """`said, however, that`: the second comma around adverbs; -1 where something else stands between them, or nothing."""
        k = comma + 1
        if self.flags[k] & F.ENDS_ING and self.flags[k + 1] & F.COMMA and not self.flags[k] & F.STRONG_CUE:
            return k + 1 if k + 1 < self.last else -1  # "said, laughing, that"
        while k < self.end and self.flags[k] & (F.ADVERB | F.BOUNDARY) and k not in self.mention_at and k < comma + 3:
            if self.sentence.low(k) in self.words.conjunctions | self.words.subordinators | self.words.prepositions:
                return -1
            k += 1
        return k if comma + 1 < k < self.last and self.flags[k] & F.COMMA else -1

    def _past_phrase(self, comma: int) -> int:
        """`said Monday, after the fire, it would close`: the second comma around a phrase with a preposition before the clause; -1 where there is none."""
        if self.sentence.low(comma + 1) not in self.words.prepositions:
            return -1
        k = self._behind_phrase(comma + 1)
        clause = k + 1 < self.last and self.flags[k] & F.COMMA and self.sentence.begins_clause(k + 1)
        return k if k >= 0 and clause and self.sentence.low(k + 1) not in self.words.subordinators else -1

    def _counts(self, preposition: int, i: int) -> bool:
        """Whether a preposition makes a number of the phrase at i less sure: "at least two people", "up to 20 people"."""
        number = self.flags[i] & F.DIGIT or (
            self.flags[i] & F.DETERMINER and not self.flags[i] & (F.PARTICLE | F.MASCULINE | F.FEMININE)
        )
        words = range(preposition, i)
        small = all(self.flags[k] & (F.BOUNDARY | F.UNKNOWN_LOWER) and k not in self.mention_at for k in words)
        return bool(number) and len(words) <= _LONGEST_COUNT and small

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
            if flags[k] & F.CUE and flags[k] & F.ENDS_ING and flags[k - 1] & F.COMMA:
                return -1  # "told the Post, adding that"
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

    def _bare(self, i: int, word: str, begin: int = -1) -> tuple[Form, int] | None:
        """A clause without a complementizer, if one begins at token i, with a small word before its subject (`begin`, -1: none)."""
        if i >= self.last or not self.words.openers or self._is_particle(i, word):
            return None
        flag, found = self.flags[i], (Form.BARE, i if begin < 0 else begin)
        if word in self.words.plain and (
            self.mention_at.get(i) is not None or flag & (F.PRONOUN | F.DETERMINER | F.DIGIT | F.CAPITAL)
        ):
            return None if self._is_noun_alone(i) else found
        stands = self.sentence.verb_behind(i) >= 0 or (word in self.words.plain and self._opens_with_nouns(i))
        return found if stands else None

    def _opens_with_nouns(self, i: int) -> bool:
        """`said existing home sales increased`: whether words of no list, as nouns are, lead from token i to a verb in the past or an auxiliary."""
        flags, first = self.flags, i
        while i < min(self.end, first + _LONGEST_SUBJECT) and flags[i] & F.UNKNOWN_LOWER:
            i += 1
            past = flags[i] & F.ENDS_ED or self.sentence.low(i) in self.words.pasts
            if i < self.end and (flags[i] & F.AUXILIARY or past) and flags[i] & F.LOWER:
                return True
        return False

    def _is_noun_alone(self, i: int) -> bool:
        """`said goodbye to her staff`, `said a prayer before the match`: whether one thing is said that no verb follows."""
        mention, flags = self.mention_at.get(i), self.flags
        if mention is None or mention.kind != F.NOUN or self.sentence.verb_behind(i) >= 0:
            return False
        word, behind = self.sentence.low(mention.head), mention.last + 1
        if mention.last == i and flags[i] & F.UNKNOWN_LOWER and self.sentence.low(behind) in self.words.conjunctions:
            return True  # "said goodbye and left"
        if word in self.lexicon.tales:
            return True  # "said a few words"
        if flags[mention.head] & (F.GROUP | F.ORGANISATION | F.UNNAMED) or self.lexicon.is_plural(word) or flags[i] & F.DIGIT:
            return False  # verbs of several have no ending: "people in the area face hunger"
        if behind < self.last and not flags[behind] & (F.BOUNDARY | F.ATTACHING | F.STOP):
            return False
        for k in range(mention.first + 1, self.end):
            if flags[k] & (F.COMMA | F.STOP | F.COLON | F.DASH):
                break
            if flags[k] & (F.AUXILIARY | F.PRONOUN | F.QUOTE | F.ENDS_ED) or self.sentence.is_verb(k):
                return False
        return True

    def _is_particle(self, i: int, word: str) -> bool:
        """`wrote down the value of its loans`: what makes another verb of the cue."""
        return word not in self.words.plain and self.sentence.low(i) in self.words.particles
