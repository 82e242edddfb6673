"""Reported clauses by their source: "Laut Polizei …", "nach Angaben der Polizei", "за його словами"."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipelines.quotes import flags as F
from pipelines.quotes.attribution.clause_words import AND, SMALL, Clue, Words
from pipelines.quotes.attribution.somebody import body_at, is_named, is_somebody, named
from pipelines.quotes.codes import CODE_OF_FUNCTION
from pipelines.quotes.text.paragraphs import Paragraph
from pipelines.quotes.types import NO_ROW, Clause, Cue, Mention

ACCORDING = 0.85  # certainty of this form
_LEFT_OUT = 0.8  # factor where no word names the speaker
_LONGEST_SOURCE = 14  # tokens of "according to X"
_LONGEST_APPOSITION = 9
_LONGEST_SAYING = 5  # tokens of "nach den ersten Angaben"
_SHORTEST_COMPOUND = 9  # letters
_MAY_LEAD = F.BOUNDARY | F.ATTACHING | F.REPORTING | F.PARTICLE  # what a preposition or "zufolge" may be
_LONGEST_BARE = 4  # tokens of a source without a name
_SOURCE = F.ROLE | F.GROUP | F.ORGANISATION | F.MEDIUM | F.DOCUMENT | F.UNNAMED
_OF = CODE_OF_FUNCTION["genitive"]


class Sources:
    """What one sentence gives as said by its sources."""

    def __init__(self, p: Paragraph, clause: Clause, words: Words, end: int, end_of: Callable[[int], int]) -> None:
        """`end`: behind the last token that is no mark; `end_of`: see `SentenceSubjects.end_of`."""
        self.p, self.clause, self.words, self.flags = p, clause, words, p.flags
        self.first, self.end, self._end_of = clause.first, end, end_of

    def according(self, first: int, last: int, cue: Cue, own: Mention | None = None) -> Iterator[Clue]:
        """`own`: the source where it stands inside the phrase, "за його словами"."""
        loose = self.p.word(first).lower() in self.p.table.lexicon.measures
        if loose and not (first == self.first or self.flags[first - 1] & (F.COMMA | F.DASH | F.QUOTE | F.PAREN)):
            return
        if own is None and first > self.first and self.p.word(first - 1).lower() in self.words.pronouns:  # "jego zdaniem"
            first, own = first - 1, Mention(first - 1, first - 1, F.PRON, 0, first - 1, NO_ROW)
        opens = all(
            flag & SMALL or not flag & F.LETTER or flag >> F.CODE_SHIFT & 63 == AND for flag in self.flags[self.first : first]
        )
        if own is None and opens and self.words.drops and self._is_verb_alone(last + 1):
            verb = Cue(last + 1, last + 1, 0, 1)  # "Según explica, las listas crecen"
            yield Clue(self.p, last + 3, self._end_of(last + 3), verb, None, ACCORDING * _LEFT_OUT)
            return
        source, end = (own, max(last, own.group_last) + 1) if own is not None else self._source(last + 1, opens)
        if source is None or self._is_no_source(source):
            return
        source = self._possessor(source) or source
        end = self._with_genitive(end)
        marked = first > self.first and self.flags[first - 1] & (F.COMMA | F.DASH | F.PAREN)
        if opens:
            start = end
            while start < self.end and self.flags[start] & (F.COMMA | F.DASH):
                start += 1
            start = self._behind_relative(start) or self._behind_comma_part(start, source)
            if start >= self.end:
                return
            clue = (start, self._end_of(start))
        elif marked and end >= self.end:
            clue = (self.first, first - 2)
        else:
            clue = (self._part_before(first), self.end - 1)
        yield Clue(self.p, *clue, cue, source, ACCORDING)

    def _is_verb_alone(self, k: int) -> bool:
        """Whether token k is a verb of saying that a comma follows, so that nobody is its subject there."""
        reports = F.STRONG_CUE | F.LOWER
        return k + 1 < self.end and self.flags[k] & reports == reports and bool(self.flags[k + 1] & F.COMMA)

    def _possessor(self, source: Mention) -> Mention | None:
        """ "По его словам", "ihrer Meinung nach": whose the words are."""
        first = source.first
        if first == source.last or not self._is_statement(self.p.word(source.last).lower()):
            return None
        if not self.flags[first] & (F.MASCULINE | F.FEMININE) or self.flags[first] & (F.ROLE | F.TITLE | F.GIVEN):
            return None
        if self.flags[first] & F.CAPITAL and first > self.first:
            return None  # "sind Ihrer Meinung nach": of whom is spoken to
        return Mention(first, first, F.PRON, 0, first, NO_ROW)

    def _is_no_source(self, source: Mention) -> bool:
        """ "Selon la saison": one thing of no list behind an article, where the word before it measures too."""
        flag, lexicon = self.flags[source.head], self.p.table.lexicon
        word = self.p.word(source.head)
        if source.kind != F.NOUN or not flag & F.UNKNOWN_LOWER or not self.flags[source.first] & F.DETERMINER:
            return False
        return not lexicon.source_in_case(word) and not lexicon.is_plural(word.lower()) and source.first == source.last - 1

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

    def _source(self, k: int, opens: bool) -> tuple[Mention | None, int]:
        """Who follows "according to", and the token behind the words for them. `opens`: whether the phrase opens the sentence."""
        flags = self.flags
        if k < self.end and self.p.word(k).lower() in self.p.table.lexicon.spoken:
            return None, k  # "według mnie"
        for j in (k, k - 1):  # a phrase may end with it too: "potrivit lui"
            if self.flags[j] & F.LETTER and self.p.word(j).lower() in self.words.pronouns and self._stands_alone(j + 1):
                return Mention(j, j, F.PRON, 0, j, NO_ROW), j + 1
        stop = min(k + _LONGEST_SOURCE, self.end if opens else self.clause.end)
        comma = next((j for j in range(k, stop) if flags[j] & (F.COMMA | F.STOP | F.DASH | F.QUOTE)), None)
        inside = [m for m in self.clause.mentions if m.first >= k and m.last < k + _LONGEST_SOURCE]
        bare = self.bare_source(k, inside[0] if inside else None)
        if bare is not None:
            end = bare.last + 1
            return bare, comma if comma is not None and self._are_of_it(end, comma) else end
        if not inside or inside[0].first > k + 2:
            return None, k
        if inside[0].first > k and flags[k] & (F.MASCULINE | F.FEMININE) and flags[k + 1] & F.COMMA:
            return None, k  # "selon lui, l'incendie": a pronoun that is no subject, and not who follows it
        lead = inside[0]
        verb = next(
            (j for j in range(k, comma if comma is not None else k + _LONGEST_SOURCE) if j < self.end and flags[j] & F.AUXILIARY),
            None,
        )
        if comma is not None and verb is None and not any(c.first < comma and c.last >= k for c in self.clause.cues if c.first > k):
            own = [m for m in inside if m.last < comma]
            person = next((m for m in own if is_named(self.p, m) and (m.first == k or not flags[m.first - 1] & F.BOUNDARY)), None)
            apposed = next((m for m in inside if m.first == comma + 1 and is_named(self.p, m)), None)
            unknown = (
                comma == k + 2 and flags[k] & F.DETERMINER and flags[k + 1] & F.UNKNOWN_LOWER
            )  # "segundo a relatora, Ada Quill,"
            called = bool(unknown) or any(flag & F.ROLE for flag in flags[k : min(k + 2, comma)])
            if person is None and apposed is not None and called and flags[apposed.last + 1] & F.COMMA:
                return apposed, apposed.last + 1  # "potrivit primarului din Lunca Mare, Ada Quill, podul"
            if own and (
                person is None or flags[lead.first] & (F.ROLE | F.TITLE | F.GROUP) or lead is person or lead.kind != F.NAME
            ):
                return person if person is not None else lead, comma
        person = named(self.p, self.clause, lead, source=True)
        end = person.group_last + 1
        return person, end

    def _stands_alone(self, k: int) -> bool:
        """Whether a pronoun before token k is no possessive: "volgens haar | is", but not "volgens haar | broer"."""
        if (
            k >= self.clause.end
            or not self.flags[k] & F.LETTER
            or self.flags[k] & (F.AUXILIARY | F.BOUNDARY | F.DETERMINER | F.PRONOUN)
        ):
            return True
        return not self.flags[k - 1] & F.DETERMINER and not self.flags[k] & F.CAPITAL

    def bare_source(self, k: int, mention: Mention | None) -> Mention | None:
        """A noun of people or of another source with no name behind it, where `mention`, the first one behind token k, is not it alone: "według
        policji | kierowca jechał", "volgens de politie | reed de bestuurder"."""
        lexicon, flags = self.p.table.lexicon, self.flags
        body = body_at(self.p, k, self.end, subject=False)
        if body is not None:
            return body
        for j in range(k, min(k + _LONGEST_BARE, self.end)):
            flag = flags[j]
            if not flag & F.LETTER or flag & (F.CAPITAL | F.PRONOUN | F.POSSESSIVE | F.CUE | F.AUXILIARY):
                return None
            if flag & _SOURCE or (flag & F.UNKNOWN_LOWER and lexicon.source_in_case(self.p.word(j))):
                while j + 1 < self.end and flags[j + 1] & F.UNKNOWN_LOWER and lexicon.source_in_case(self.p.word(j + 1)):
                    j += 1
                named_behind = j + 1 < self.end and flags[j + 1] & (F.CAPITAL | F.ATTACHING | F.DETERMINER | F.PARTICLE)
                longer = mention is not None and mention.first <= j < mention.last and mention.kind == F.NOUN
                alone = mention is None or mention.first > j
                if named_behind or not (longer or alone):
                    return None
                return Mention(k, j, F.NOUN, 0, j, NO_ROW)
            if not flag & (F.DETERMINER | F.UNKNOWN_LOWER):
                return None
        return None

    def _are_of_it(self, first: int, comma: int) -> bool:
        """Whether the words between a source and a comma hang on it: no verb, and no mention of their own."""
        return (
            not any(flag & (F.AUXILIARY | F.CUE | F.PRONOUN) for flag in self.flags[first:comma]) and comma - first <= _LONGEST_BARE
        )

    def _behind_relative(self, start: int) -> int | None:
        """Behind the clause on a source, "so Ada Quill, die das Amt leitet"; None where another clause follows: "so Quill, das sei beschlossen"."""
        flags = self.flags
        if start + 1 >= self.end or not (flags[start] & F.RELATIVE and flags[start - 1] & F.COMMA):
            return None
        if flags[start] & F.DETERMINER and flags[start + 1] & F.AUXILIARY:
            return None
        return next((k + 1 for k in range(start, self.end) if flags[k] & F.COMMA), self.end)

    def _behind_comma_part(self, start: int, source: Mention) -> int:
        """Behind the apposition of the source: "laut Ada Quill, der Leiterin des Amts, …"."""
        flags = self.flags
        comma = next((k for k in range(start, min(start + _LONGEST_APPOSITION, self.end)) if flags[k] & F.COMMA), None)
        if comma is None or start == self.first or not flags[start - 1] & F.COMMA:
            return start
        part = flags[start:comma]
        if part and all(flag & (F.CAPITAL | F.NAME_PARTICLE) for flag in part) and not is_named(self.p, source):
            return comma + 1  # "selon la présidente, Ada Quill, …"
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
        if not self.words.statements and not self.words.behind:  # `own` stands with `behind`
            return
        covered = [(c.first, c.last) for c in self.clause.cues if c.follows]
        for k in range(self.first, self.end):
            if not self.flags[k] & _MAY_LEAD or any(a <= k <= b for a, b in covered):
                continue
            word = self.p.word(k).lower()
            if word in self.words.own:
                yield from self._postposed(k, Mention(k, k, F.PRON, 0, k, NO_ROW))
            elif word in self.words.behind:
                before = next((m for m in reversed(self.clause.mentions) if m.group_last == k - 1 or m.last == k - 1), None)
                if k > self.first and self.p.word(k - 1).lower() in self.words.pronouns:
                    before = Mention(k - 1, k - 1, F.PRON, 0, k - 1, NO_ROW)
                if before is None or not is_somebody(self.p, before):
                    before = self._source_before(k) or before
                if before is not None and (self.words.statements or before.row == NO_ROW or is_somebody(self.p, before)):
                    yield from self._postposed(k, before)
            elif word in self.words.prepositions:
                if k > self.first and self._is_statement(self.p.word(k - 1).lower()):
                    noun = next((m for m in self.clause.mentions if m.first <= k - 1 <= m.last), None)
                    if noun is not None:
                        yield from self._postposed(k, noun)  # "dem Vernehmen nach"
                else:
                    yield from self._saying(k)

    def _source_before(self, k: int) -> Mention | None:
        """`A rendőrség | szerint`, `Poliisin | mukaan`, `Tordai Márta igazgató | szerint`: a noun of a source, or who has the role."""
        last = k - 1
        while last > self.first and self.flags[last] & (F.ROLE | F.TITLE) and self.flags[last] & F.LOWER:
            last -= 1
        holder = next((m for m in self.clause.mentions if m.last == last < k - 1 and is_named(self.p, m)), None)
        if holder is not None or k == self.first:
            return holder
        if not (self.flags[k - 1] | self.p.table.lexicon.source_in_case(self.p.word(k - 1).lower())) & _SOURCE:
            return None
        first = k - 1 - int(k - 1 > self.first and bool(self.flags[k - 2] & F.DETERMINER))
        return Mention(first, k - 1, F.NOUN, 0, k - 1, NO_ROW)

    def _postposed(self, k: int, mention: Mention) -> Iterator[Clue]:
        whole = mention
        while (
            ahead := next((m for m in self.clause.mentions if m.group_last == whole.first - 1 or m.last == whole.first - 1), None)
        ) is not None:
            whole = ahead
        cue, mention = Cue(k, k, 0, 1), self._possessor(mention) or mention
        begin = whole.first
        while begin > self.first and (
            self.flags[begin - 1] & (F.UNKNOWN_LOWER | F.DETERMINER | F.ROLE) or self._is_statement(self.p.word(begin - 1).lower())
        ):
            begin -= 1
        roles = (m for m in self.clause.mentions if m.first == self.first and m.group_last == begin - 2)
        if self.flags[begin - 1] & F.COMMA and any(self.flags[m.last] & F.ROLE for m in roles):
            begin = self.first  # "A sértett ügyvédje, Ada Quill szerint"
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
                yield from self.according(k, noun, cue)
            else:
                own = possessor or next((m for m in inner if m.last >= noun), inner[-1] if inner else None)
                if own is not None:
                    yield from self.according(k, noun, cue, own)
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
