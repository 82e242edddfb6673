"""Whose verb the words in marks hang on, where the ranker took somebody else of the sentence: its subject, by grammar.

Only what English needs (`reports.openers`); what a mention is by name does not belong here, nor whether the marks hold a quotation.
"""

from __future__ import annotations

from pipelines.quotes import flags as F
from pipelines.quotes.attribution.descriptions import past_description, past_field
from pipelines.quotes.attribution.reporters import is_unsaid, may_report
from pipelines.quotes.attribution.sentence import SPEAKING, Sentence
from pipelines.quotes.lexicon import THIRD, Lexicon
from pipelines.quotes.text.segments import RULED, Unit
from pipelines.quotes.types import NO_ROW, Cue, Mention

_NEAR = 10  # tokens from a participle to the words in marks that are its object
_NO_LISTENER = F.COMMA | F.QUOTE | F.STOP | F.AUXILIARY | F.CUE | F.RELATIVE | F.COLON
_NEAR_VERB = 3  # tokens from "showed" to who is shown, and from there to "saying"


def by_subject(unit: Unit, lexicon: Lexicon) -> None:
    """Gives the unit the subject of the verb that its words hang on."""
    if not lexicon.reports.openers or unit.alone or unit.continues or (unit.where is not None and unit.where is not unit.p):
        return
    if unit.mention is not None and unit.mention.row == NO_ROW:
        return  # "the accused", whom only grammar knows
    found = Around(unit, lexicon).subject()
    if found is not None and (unit.mention is None or found.first != unit.mention.first):
        unit.where, unit.mention, unit.is_speaker = unit.p, found, max(unit.is_speaker, RULED)


class Around:
    """The sentence around the words in marks."""

    def __init__(self, unit: Unit, lexicon: Lexicon) -> None:
        self.unit, self.p, self.token, self.lexicon = unit, unit.p, unit.token, lexicon
        self.flags = unit.p.flags
        self.sentence = Sentence(unit.p, unit.p.sentence_of[unit.token])
        self.last_cue = next((c for c in reversed(self.sentence.cues) if c.last < unit.token), None)

    def subject(self) -> Mention | None:
        """The subject, None where grammar says nothing against the choice."""
        mention = self.unit.mention
        times = self.lexicon.reports.times
        if mention is None or (
            mention.kind == F.NOUN and any(self._word(k) in times for k in range(mention.first, mention.last + 1))
        ):
            return self._of_opening()
        return (
            self._quoted_as_saying()
            or past_field(self.sentence, mention)
            or self._described(mention)
            or self._pronoun_at_cue(mention)
            or self._shown(mention)
            or self._past_source(mention)
            or self._of_participle(mention)
            or self._named_before(mention)
            or self._bearer_of(mention)
            or self._of_tag(mention)
            or self._said_to_say(mention)
        )

    def _word(self, k: int) -> str:
        return self.p.word(k).lower() if self.sentence.first <= k < self.sentence.end else ""

    def _is_plain(self, cue: Cue) -> bool:
        return not cue.follows and self._word(cue.last) in self.lexicon.reports.plain

    def _of_opening(self) -> Mention | None:
        """`Hours after telling reporters that he was "done", Renn resigned`: the subject behind a participle that opens the sentence."""
        cue, sentence = self.last_cue, self.sentence
        if cue is None or cue.follows or not self.flags[cue.last] & F.ENDS_ING or self.flags[cue.last] & F.CAPITAL:
            return None
        if not self._is_plain(cue) or any(sentence.is_subject(m) for m in sentence.mentions if m.last < cue.first):
            return None
        behind = next((m for m in sentence.mentions if m.first > self.token), None)
        if behind is None or any(not self.flags[k] & F.COMMA for k in range(self.token + 1, behind.first)):
            return None
        ends_clause = self.p.text[self.unit.segment.inner_end - 1] == "," or behind.first > self.token + 1
        somebody = behind.kind != F.NOUN or bool(self.flags[behind.head] & SPEAKING)
        return behind if ends_clause and somebody and sentence.is_subject(behind) else None

    def _quoted_as_saying(self) -> Mention | None:
        """`the article said, quoting her as saying, "…"`: whoever is quoted, not who quotes."""
        cue = self.last_cue
        if cue is None or not self._is_plain(cue) or not self.flags[cue.last] & F.ENDS_ING or not self._touches(cue):
            return None
        if self._word(cue.first - 1) not in self.lexicon.file.codes.manner:
            return None
        end = cue.first - 2
        quoted = next((m for m in self.sentence.mentions if m.last == end), None)
        start = quoted.first if quoted is not None else end
        if self._word(start - 1) not in self.lexicon.file.cues.citing:
            return None
        return quoted

    def _described(self, mention: Mention) -> Mention | None:
        """`A woman injured in the crash said it was "late"`: who is described, where a verb of saying follows what describes her."""
        k = mention.group_last + 1
        while k < self.sentence.end and self.flags[k] & (F.ADVERB | F.DAY):
            k += 1
        cue = self.sentence.cue_at.get(k)
        if cue is None or cue.follows or self._word(cue.last) in self.lexicon.reports.nouns:
            return None
        return past_description(self.sentence, mention)

    def _touches(self, cue: Cue) -> bool:
        """Whether only a comma, colon or "that" parts the cue from the words in marks behind it."""
        return all(self.flags[k] & (F.COMMA | F.COLON | F.COMPLEMENTIZER) for k in range(cue.last + 1, self.token))

    def _pronoun_at_cue(self, mention: Mention) -> Mention | None:
        """`Her father stands by her, and Renn repeated it when she added, "…"`: the pronoun before the verb that touches the marks."""
        cue = self.last_cue
        if cue is None or cue.follows or not self._touches(cue) or mention.last >= cue.first - 1:
            return None
        flag, opener = self.flags[cue.first - 1], self.flags[cue.first - 2]
        if flag >> F.FORM_SHIFT & 7 != THIRD or not flag & F.PRONOUN or opener & (F.CUE | F.COMPLEMENTIZER | F.RELATIVE):
            return None
        parted = any(
            mention.group_last < m.first and m.group_last < cue.first - 1 and self.sentence.is_subject(m) and not m.attached
            for m in self.sentence.mentions
        )
        return next((m for m in self.sentence.mentions if m.first == cue.first - 1), None) if parted else None

    def _shown(self, mention: Mention) -> Mention | None:
        """`The video showed Renn telling supporters: "…"`: who is shown to speak, not what shows it."""
        if mention.kind != F.NOUN or self.flags[mention.head] & (F.ROLE | F.TITLE | F.GROUP | F.ORGANISATION | F.UNNAMED):
            return None
        k = mention.group_last + 1
        if not self.sentence.is_verb(k) or (mention.last < self.token < k):
            return None
        shown = next((m for m in self.sentence.mentions if k < m.first <= k + _NEAR_VERB), None)
        if shown is None or (shown.kind == F.NOUN and not self.flags[shown.head] & SPEAKING):
            return None
        cue = next((c for c in self.sentence.cues if shown.group_last < c.first <= shown.group_last + _NEAR_VERB), None)
        if cue is None or not self.flags[cue.last] & F.ENDS_ING:
            return None
        inner = next((m for m in self.sentence.mentions if m.attached and m.last == shown.group_last and m.kind == F.NAME), None)
        return inner or shown  # "footage of Renn saying"

    def _past_source(self, mention: Mention) -> Mention | None:
        """`Renn, according to the indictment, told Quill he should "…"`: who speaks behind the inserted source."""
        source = next((c for c in self.sentence.cues if c.follows and 0 <= mention.first - c.last - 1 <= 2), None)
        cue = self.last_cue
        if source is None or cue is None or cue.follows or not source.last < cue.first or source.first < self.sentence.first + 2:
            return None
        before = self.sentence.ending_at.get(source.first - 2)
        inserted = self.flags[source.first - 1] & F.COMMA and any(
            self.flags[k] & F.COMMA for k in range(mention.group_last + 1, cue.first)
        )
        if before is None or not inserted or before.first != self.sentence.first or not self._is_plain(cue):
            return None
        between = any(mention.group_last < m.first < cue.first and self.sentence.is_subject(m) for m in self.sentence.mentions)
        return None if between else before

    def _of_participle(self, mention: Mention) -> Mention | None:
        """`Renn's letter came as Quill turned the offer down, saying it was "…"`: the subject of the clause that the participle ends."""
        cue, flags = self.last_cue, self.flags
        if cue is None or cue.follows or not flags[cue.last] & F.ENDS_ING or not self._is_plain(cue):
            return None
        if self.token - cue.last > _NEAR or mention.first > cue.last or cue.first == self.sentence.first:
            return None
        if not flags[cue.first - 1] & (F.COMMA | F.DASH):
            return None
        between = [k for k in range(cue.last + 1, self.token) if flags[k] & (F.QUOTE | F.STOP)]
        if between:
            return None
        subjects = [m for m in self.sentence.mentions if m.group_last < cue.first and not m.attached and self._speaks(m)]
        main = [m for m in subjects if not self._is_subordinate(m)]
        chosen = main[-1] if main else subjects[-1] if subjects else None
        if main and subjects[-1].kind == F.NAME and main[-1].kind == F.NOUN and flags[main[-1].head] & F.DOCUMENT:
            chosen = subjects[-1]  # "Her letter came as Renn turned it down, saying"
        if chosen is None or chosen.first == mention.first:
            return None
        thing = mention.kind == F.NOUN and flags[mention.head] & F.DOCUMENT
        weak = thing or flags[mention.last] & F.POSSESSIVE or self._is_subordinate(mention) or self.sentence.is_governed(mention)
        later = main and mention in main and mention.first < chosen.first and self._joins(chosen)
        return chosen if weak or later else None

    def _joins(self, mention: Mention) -> bool:
        """`…, and Renn disavowed it, saying`: a main clause of its own begins with the mention."""
        k = mention.first - 1
        return self._word(k) in self.lexicon.file.codes.conjunction and bool(self.flags[k - 1] & F.COMMA)

    def _speaks(self, mention: Mention) -> bool:
        if self.flags[mention.last] & F.POSSESSIVE or not self.sentence.is_subject(mention):
            return False
        return mention.kind != F.NOUN or bool(self.flags[mention.head] & SPEAKING)

    def _is_subordinate(self, mention: Mention) -> bool:
        """Whether the mention is the subject of a clause behind "as", "which" or a verb of saying."""
        k = mention.first - 1
        if k < self.sentence.first:
            return False
        flag, word = self.flags[k], self._word(k)
        return bool(flag & (F.RELATIVE | F.COMPLEMENTIZER | F.CUE)) or word in self.lexicon.reports.subordinators

    def _named_before(self, mention: Mention) -> Mention | None:
        """`Harbour First, a small party in Halmar, called it "late"`: the name that the phrase between commas explains."""
        if mention.kind != F.NOUN or mention.first > self.token or self._word(mention.first) not in self.lexicon.indefinite:
            return None
        k = mention.first - 1
        if k <= self.sentence.first or not self.flags[k] & F.COMMA:
            return None
        name = self.sentence.ending_at.get(k - 1)
        cue = self.last_cue
        if name is None or name.kind != F.NAME or name.first != self.sentence.first or cue is None:
            return None
        closed = any(self.flags[j] & F.COMMA for j in range(mention.last + 1, cue.first + 1))
        return name if closed and not self.sentence.is_governed(name) else None

    def _bearer_of(self, mention: Mention) -> Mention | None:
        """`Commenting on the sale, Ada Quill, CEO of Quill Foods plc, said: "…"`: the name that begins its clause, before the role between commas."""
        flags, cue = self.flags, self.last_cue
        k = mention.first - 1
        if cue is None or mention.first > cue.first or not self._is_office(mention):
            return None
        name = self.sentence.ending_at.get(k - 1) if k > self.sentence.first and flags[k] & F.COMMA else None
        if name is None or name.kind != F.NAME or name.attached or flags[name.last] & F.POSSESSIVE:
            return None
        begins = name.first == self.sentence.first or bool(flags[name.first - 1] & F.COMMA)
        closed = flags[cue.first - 1] & F.COMMA and not any(flags[j] & F.COMMA for j in range(mention.last + 1, cue.first - 1))
        return name if begins and closed and not self.sentence.is_governed(name) else None

    def _is_office(self, mention: Mention) -> bool:
        """A role, or one and the name of where it is held, "CEO of Quill Foods"."""
        if mention.kind == F.NOUN:
            return bool(self.flags[mention.head] & (F.ROLE | F.TITLE))
        pairs = ((self.flags[k], self.flags[k + 1]) for k in range(mention.first, mention.last))
        return mention.kind == F.NAME and any(a & F.ROLE and b & F.ATTACHING and b & F.LOWER for a, b in pairs)

    def _of_tag(self, mention: Mention) -> Mention | None:
        """`The neighbours discussed "joint drills" off the coast, the ministry said`: who is said to say the whole sentence."""
        if mention.first > self.token or (self.unit.cue is not None and self._is_plain(self.last_cue or Cue(0, 0, 1, 0))):
            return None
        cue = next((c for c in reversed(self.sentence.cues) if c.first > self.token and self._is_plain(c)), None)
        if cue is None or not self.flags[cue.first - 1] & F.LETTER:
            return None
        if any(c.first < self.token and (c.strong or c.follows) for c in self.sentence.cues):
            return None
        teller = self.sentence.ending_at.get(cue.first - 1)
        if teller is None or teller.first <= self.token + 1 or not self.flags[teller.first - 1] & F.COMMA:
            return None
        if any(self.flags[k] & F.QUOTE for k in range(self.token + 1, cue.last)):
            return None
        ends = cue.last + 1 >= self.sentence.last or not self.sentence.is_verb(cue.last + 1)
        return teller if ends and may_report(self.sentence, teller, plain=True) else None

    def _said_to_say(self, mention: Mention) -> Mention | None:
        """`Renn said the driver, 34, had told her: "…"`: whose words the speaker of the sentence passes on."""
        cue, flags = self.last_cue, self.flags
        word = "" if cue is None else self._word(cue.last)
        if (
            cue is None
            or cue.follows
            or not (cue.strong or word in self.lexicon.reports.verbs)
            or word in self.lexicon.reports.nouns
        ):
            return None
        if is_unsaid(self.sentence, cue) or any(flags[k] & _NO_LISTENER for k in range(cue.last + 1, self.token - 1)):
            return None
        outer = next((c for c in self.sentence.cues if mention.group_last < c.first < cue.first), None)
        if outer is None or outer.follows or flags[outer.last] & F.ENDS_ING:
            return None
        if self._word(outer.last) not in (*self.lexicon.reports.verbs, *self.lexicon.file.cues.receiving):
            return None
        inner = next((m for m in self.sentence.mentions if m.first > outer.last and not m.attached and self._reaches(m, cue)), None)
        if inner is None or inner.kind == F.PRON or not self._begins_clause(inner, outer):
            return None
        people = inner.kind == F.NAME or bool(flags[inner.head] & F.PEOPLE)
        touches = inner.first == outer.last + 1 and inner.group_last == cue.first - 1  # "recalled Renn telling her"
        addressed = self._word(outer.last) in self.lexicon.reports.addressing
        if not people or flags[inner.last] & F.POSSESSIVE or (flags[cue.last] & F.ENDS_ING and (addressed or not touches)):
            return None
        if any(self._word(k) in self.lexicon.passive for k in range(cue.first, cue.last)):
            return None  # "noted that the neighbours were informed"
        self.unit.teller = mention
        return inner

    def _reaches(self, mention: Mention, cue: Cue) -> bool:
        """Whether nothing but an addition between commas parts the mention from its verb."""
        k = mention.group_last + 1
        if self.flags[k] & F.COMMA:
            k = next((j for j in range(k + 1, cue.first) if self.flags[j] & F.COMMA), k) + 1
        return k == cue.first

    def _begins_clause(self, mention: Mention, outer: Cue) -> bool:
        """Whether the mention follows the verb of saying, its listener or its "that"; the first name of "her client, Ada Quill," is as good."""
        k = mention.first - 1
        before = self.sentence.ending_at.get(k - 1) if self.flags[k] & F.COMMA else None
        if before is not None and before.kind == F.NOUN:
            k = before.first - 1
        listens = self._word(outer.last) in self.lexicon.reports.addressing and self.sentence.ending_at.get(k) is not None
        return k == outer.last or bool(self.flags[k] & F.COMPLEMENTIZER) or listens
