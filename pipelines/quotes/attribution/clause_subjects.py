"""One sentence outside quotation marks, for languages that follow the weights of another: who the subject of a cue is, and where its clause ends.

What is said there does not belong here (`clauses`, `sources`).
"""

from __future__ import annotations

from pipelines.quotes import flags as F
from pipelines.quotes.attribution.clause_words import AND, BREAK, BUT, SMALL, Words
from pipelines.quotes.attribution.somebody import belongs_to_led, body_at, is_named, is_somebody, is_whole, named
from pipelines.quotes.text.paragraphs import Paragraph
from pipelines.quotes.types import NO_ROW, Clause, Cue, Mention

_LONGEST_ASIDE = 7  # tokens between commas
_FARTHEST_THAT = 10  # tokens from a cue to its complementizer


class SentenceSubjects:
    """The subjects of one sentence."""

    def __init__(self, p: Paragraph, clause: Clause, words: Words) -> None:
        self.p, self.clause, self.words, self.flags = p, clause, words, p.flags
        self.first, self.end = clause.first, clause.end
        while self.end > self.first and self.flags[self.end - 1] & F.PUNCTUATION and not self.flags[self.end - 1] & F.PAREN:
            self.end -= 1

    def that_behind(self, cue: Cue) -> int | None:
        """The complementizer of the cue's clause, or what opens a reported question behind a comma."""
        for k in range(cue.last + 1, min(cue.last + 1 + _FARTHEST_THAT, self.end)):
            flag = self.flags[k]
            if flag & BREAK or (flag & F.CUE and flag & F.LOWER):
                return None
            if flag & F.COMPLEMENTIZER or (flag & F.LETTER and self._opens_question(k)):
                return k
            if flag & F.COMMA and not self._opens_that(k + 1):
                return self._behind_aside(k)
        return None

    def _behind_aside(self, comma: int) -> int | None:
        """ "Informou, em nota, que": the complementizer behind a phrase with a preposition between commas."""
        for k in range(comma + 1, min(comma + 1 + _LONGEST_ASIDE, self.end)):
            flag = self.flags[k]
            if flag & F.COMMA:
                opens = k > comma + 1 and k + 1 < self.end and self.flags[k + 1] & F.COMPLEMENTIZER
                return k + 1 if opens else None
            led = self.flags[comma + 1] & (F.BOUNDARY | F.ATTACHING | F.DAY | F.ADVERB) or self.flags[comma + 2] & F.DAY
            verb = flag & F.CUE and not flag & F.DOCUMENT  # "em nota"
            if not led or verb or flag & (BREAK | F.AUXILIARY | F.COMPLEMENTIZER | F.RELATIVE):
                return None
        return None

    def _opens_question(self, k: int) -> bool:
        word = self.p.word(k).lower()
        if word in self.words.loose_questions:
            return any(flag & F.AUXILIARY for flag in self.flags[k + 1 : self.end])
        return word in self.words.questions

    def _opens_that(self, k: int) -> bool:
        """Whether a complementizer stands behind a comma; or an apposition ends there, "said Ada Quill, the mayor, that"."""
        if k >= self.end:
            return False
        return bool(self.flags[k] & F.COMPLEMENTIZER) or self.p.word(k).lower() in self.words.questions

    def end_of(self, first: int) -> int:
        """The last token of a clause that begins at `first`: the sentence's, or that before "and" with another cue and complementizer."""
        for cue in self.clause.cues:
            if cue.first <= first or cue.follows:
                continue
            k = cue.first - 1
            joined = k > first and self.flags[k] >> F.CODE_SHIFT & 63 == AND
            if joined and self.that_behind(cue) is not None:
                k -= 1
                return k - 1 if self.flags[k] & F.COMMA else k
        return self.end - 1

    def subject(self, cue: Cue, limit: int) -> Mention | None:
        """Who stands right before the cue, small words and an apposition passed over, else right behind it."""
        before = self._of_auxiliary(cue) or self._body_before(cue) or self._before(cue)
        k = cue.last + 1
        while k < limit and self.flags[k] & (SMALL | F.COMMA) and not self.flags[k] & F.DETERMINER:
            k += 1
        own = body_at(self.p, k, limit) or next((m for m in self.clause.mentions if m.first == k and m.last < limit), None)
        if before is not None:
            return own if own is not None and self._is_inverted(before, own, cue) else before
        if own is not None:
            return named(self.p, self.clause, own)
        source = next((m for m in self.clause.mentions if m.last < cue.first and m.first > self.first), None)
        if source is not None and self.is_led(source) and self.flags[source.last] & (F.ORGANISATION | F.DOCUMENT | F.MEDIUM):
            return source  # "In the ministry they said"
        return None

    def _body_before(self, cue: Cue) -> Mention | None:
        """`Городская полиция | сообщила`, `В министерстве транспорта | сообщили`: a body that opens the clause, or people of it behind a preposition."""
        led = bool(self.flags[self.first] & (F.BOUNDARY | F.ATTACHING))
        body = body_at(self.p, self.first + led, cue.first, subject=not led)
        return body if body is not None and all(flag & SMALL for flag in self.flags[body.last + 1 : cue.first]) else None

    def _is_inverted(self, before: Mention, behind: Mention, cue: Cue) -> bool:
        """`Offiziell sagte die Regierung`, `Beim Treffen der Minister sagte Jung`, `Zugleich sagte sie`: who stands behind the cue is its subject."""
        if before.kind == F.PRON or not self.words.oblique or self.is_led(behind):
            return False
        if behind.kind == F.PRON:
            return before.first == self.first
        touches = all(flag & SMALL for flag in self.flags[before.group_last + 1 : cue.first])
        return is_somebody(self.p, behind) and (not is_somebody(self.p, before) or not touches)

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
        if ahead is not None and not self.is_led(ahead):
            return named(self.p, self.clause, ahead)
        behind = next((m for m in self.clause.mentions if k < m.first <= k + 2 and m.last < cue.first), None)
        return None if behind is None or self.is_led(behind) else named(self.p, self.clause, behind)

    def _before(self, cue: Cue) -> Mention | None:
        for mention in reversed(self.clause.mentions):
            if mention.last >= cue.first or (mention.attached and not self._may_close_role(mention)):
                continue
            gap = self.flags[mention.group_last + 1 : cue.first]
            if all(flag & (SMALL | F.PRONOUN) for flag in gap):
                led = self.is_led(mention) or belongs_to_led(self.p, self.clause, mention)
                if led or self._is_behind_preposition(mention, cue):
                    return self._opening_subject(cue)
                if (described := self._past_relative(mention)) is not None:
                    return named(self.p, self.clause, described)
                return self._behind_apposition(named(self.p, self.clause, self._with_genitive(mention)))
            if gap[:1] and gap[0] & (F.COMMA | F.DASH | F.PAREN) and gap[-1] & (F.COMMA | F.DASH | F.PAREN) and len(gap) > 1:
                return None if self.is_led(mention) else named(self.p, self.clause, mention)
            if len(gap) == 1 and gap[0] & F.COMMA and self.flags[mention.first - 1] & F.COMMA:
                return self._apposed(mention)
        return self._opening_subject(cue)

    def _may_close_role(self, mention: Mention) -> bool:
        """Whether a phrase that hangs on another may name who has that role: "des Ministeriums Ada Quill", not "des Landes Vessen"."""
        both = F.DETERMINER | F.ATTACHING
        names = [k for k in range(mention.first, mention.last + 1) if self.flags[k] & F.CAPITAL]
        body = self.flags[mention.first] & both == both and len(names) == 2 and not any(self.flags[k] & F.GIVEN for k in names)
        return is_named(self.p, mention) and not body

    def _is_behind_preposition(self, mention: Mention, cue: Cue) -> bool:
        """ "Президент Андрій Коваленко після зустрічі з прем'єркою Данії Лоне Мадсен заявив": a name at the end of a phrase with a preposition, where names
        have cases and a person opens the clause."""
        if not self.p.table.lexicon.case_endings or not is_named(self.p, mention):
            return False
        opening = self._opening_subject(cue)
        if opening is None or opening.group_last >= mention.first or not is_named(self.p, opening):
            return False
        between = self.flags[opening.group_last + 1 : mention.first]
        return any(flag & F.BOUNDARY for flag in between) and not any(
            flag & (F.COMMA | F.DASH | F.CUE | F.AUXILIARY) or flag >> F.CODE_SHIFT & 63 in (AND, BUT) for flag in between
        )

    def _past_relative(self, mention: Mention) -> Mention | None:
        """`Un avocat qui représente Ada Quill | a déclaré`: who is described by a relative clause without commas whose object the mention is."""
        for k in range(mention.first - 2, self.first, -1):
            flag = self.flags[k]
            if flag & (F.PUNCTUATION | F.QUOTE | F.CUE) or flag >> F.CODE_SHIFT & 63 in (AND, BUT):
                return None
            if flag & (F.RELATIVE | F.COMPLEMENTIZER):
                ahead = next((m for m in self.clause.mentions if m.group_last == k - 1 and not m.attached), None)
                subject = any(m.first == k + 1 for m in self.clause.mentions)  # "the bridge that Quill said"
                return None if ahead is None or subject or self.is_led(ahead) or not is_somebody(self.p, ahead) else ahead
        return None

    def _with_genitive(self, mention: Mention) -> Mention:
        """Of "глава | комитета", "the head | of the committee" without a word for "of", who has the role; of "ministerstvo | dopravy" all."""
        if not self.p.table.lexicon.file.genitive_names or mention.kind != F.NOUN or self.flags[mention.last] & (F.ROLE | F.TITLE):
            return mention
        body = body_at(self.p, mention.first - 1, mention.last + 1) if mention.first > self.first else None
        if body is not None and body.last == mention.last > mention.first - 1:
            return body
        ahead = next((m for m in reversed(self.clause.mentions) if m.last == mention.first - 1), None)
        if ahead is not None and self._is_of_region(ahead, mention):
            return Mention(ahead.first, mention.last, F.NOUN, 0, mention.last, NO_ROW)
        if ahead is None or self.is_led(ahead) or not self.flags[ahead.last] & (F.ROLE | F.TITLE):
            return mention
        return ahead

    def _is_of_region(self, ahead: Mention, mention: Mention) -> bool:
        """ "Губернатор Приозёрской | области": a role with an adjective and a noun, both in the genitive."""
        endings, flag = self.p.table.lexicon.file.endings.genitive_nouns, self.flags[ahead.last]
        opens = self.flags[ahead.first] & F.ROLE and ahead.last == ahead.first + 1
        adjective = flag & (F.CAPITAL | F.GIVEN) == F.CAPITAL and self.p.word(ahead.last).endswith(endings)
        return bool(opens and adjective) and mention.first == mention.last and self.p.word(mention.last).endswith(endings)

    def _opening_subject(self, cue: Cue) -> Mention | None:
        """The first mention of the clause that no preposition leads in, where nothing but phrases stands between it and the cue."""
        start = cue.first
        while start > self.first and not self.flags[start - 1] & (F.COMMA | F.DASH | F.COLON | F.QUOTE):
            start -= 1
        own = [m for m in self.clause.mentions if start <= m.first and m.last < cue.first and not m.attached and not self.is_led(m)]
        if not own or any(c.last < cue.first and c.first >= start for c in self.clause.cues):
            return None
        return named(self.p, self.clause, own[0])

    def _apposed(self, mention: Mention) -> Mention | None:
        """Of "the captain of the team, Ada Quill," the name, of "Ada Quill, captain of the team," too."""
        if is_named(self.p, mention):
            return mention
        return next((m for m in self.clause.mentions if m.group_last == mention.first - 2 and not self.is_led(m)), mention)

    def _behind_apposition(self, mention: Mention) -> Mention:
        """ "Ada Quill, the mayor, said": the name is the subject."""
        if mention.kind == F.PRON or not self.flags[mention.first - 1] & F.COMMA or is_whole(self.p, mention):
            return mention
        ahead = (m for m in self.clause.mentions if m.group_last == mention.first - 2)
        return next((m for m in ahead if is_named(self.p, m)), mention)

    def is_led(self, mention: Mention) -> bool:
        before = self.flags[mention.first - 1]
        if self.p.word(mention.first).lower() in self.words.oblique:
            return True
        endings, last = self.p.table.lexicon.file.endings, self.p.word(mention.last).lower()
        if mention.attached and last.endswith(endings.oblique_name):
            return True  # "A polgármester a Körös Rádiónak azt mondta"
        if mention.kind == F.NOUN and self.flags[mention.last] & F.UNKNOWN_LOWER and last.endswith(endings.dative):
            return True  # "A bíró a tárgyaláson kiemelte"
        if mention.first == self.first or before >> F.CODE_SHIFT & 63 in (AND, BUT):
            return False
        return bool(before & (F.BOUNDARY | F.ATTACHING)) and not before & F.COMPLEMENTIZER

    def words_in(self, first: int, last: int) -> int:
        return sum(1 for k in range(first, last + 1) if self.flags[k] & F.LETTER)
