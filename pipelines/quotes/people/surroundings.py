"""The words around a name that may say what its bearer is: titles and introductions before it, the apposition or predicate behind."""

from __future__ import annotations

from pipelines.quotes import flags as F
from pipelines.quotes.people.name_tokens import BEHIND_NAME, NameRuns
from pipelines.quotes.types import Token

_BEFORE_NAME = 90  # characters before a name in which its titles stand
_MOST_MODIFIERS = 3  # words before a role that belong to it
_SHORT_APPOSITION, _SHORT_SUBJECT = 6, 3  # words
_OF_SOMEBODY = F.RELATIVE | F.ROLE | F.TITLE  # what an apposition has that tells what somebody is


def _is_subject(kept: list[Token]) -> bool:
    """Whether words between a comma and a verb of saying are who says so: "a cub of old Jaro, the zoo said", "… in Halmar, clerk Ada Quill said"."""
    if kept[0].flags & F.DETERMINER and not any(t.flags & _OF_SOMEBODY for t in kept):
        return True
    return bool(kept[-1].flags & F.CAPITAL) and any(t.flags & F.GIVEN for t in kept[:-1])


class Surroundings:
    """The words around the names of one text."""

    def __init__(self, runs: NameRuns) -> None:
        self.text, self.lexicon, self.tokens = runs.text, runs.lexicon, runs.tokens

    def title_in_full(self, token: Token) -> str:
        """A title or role as it is written in full."""
        word = token.word.lower().rstrip(".")
        return self.lexicon.titles_in_full.get(word, word)

    def before(self, start: int) -> list[Token]:
        """Titles and roles right before a name: capitalised words, small nouns of people and what joins them."""
        kept: list[Token] = []
        low = max(0, start - _BEFORE_NAME)
        last = self.tokens.flags_before(low, start)
        if last is not None and not self._may_precede(last):
            return kept
        for token in self.tokens.backward(low, start):
            if not self._may_precede(token.flags):
                break
            kept.append(token)
        kept.reverse()
        return kept

    def modifiers(self, start: int) -> list[Token]:
        """The nouns right before a role that begins at `start` and belong to it: "fire | chief", "Dorn town council | member"."""
        kept: list[Token] = []
        for token in self.tokens.backward(max(0, start - _BEFORE_NAME), start):
            capital = token.flags & F.CAPITAL and not token.flags & (F.NOT_NAME | F.POSSESSIVE | F.DAY | F.GIVEN)
            if not capital and (not self._may_modify(token) or (kept and kept[-1].flags & F.CAPITAL)):
                return [] if self._governs_verb(token) else kept[::-1]  # "to meet mayor Ada Quill"
            kept.append(token)
            if len(kept) == _MOST_MODIFIERS:
                break
        return kept[::-1]

    def _governs_verb(self, token: Token) -> bool:
        """Whether what follows may be the base form of a verb: behind an auxiliary, or a "to" that no "according" leads in."""
        if token.flags & F.AUXILIARY or token.word.lower() not in self.lexicon.reports.infinitive:
            return bool(token.flags & F.AUXILIARY)
        before = self.tokens.flags_before(max(0, token.start - _BEFORE_NAME), token.start)
        return before is None or not before & F.OPENS_PHRASE

    def _may_modify(self, token: Token) -> bool:
        """Whether it may be a noun before another, and no verb."""
        flags, word = token.flags, token.word.lower()
        if (
            not flags & F.LOWER
            or not flags & (F.UNKNOWN_LOWER | F.ROLE | F.GROUP | F.ORGANISATION)
            or flags & (F.CUE | F.POSSESSIVE)
        ):
            return False
        if (
            flags & (F.DETERMINER | F.ENDS_ED | F.ENDS_ING | F.AUXILIARY | F.BOUNDARY | F.ADVERB)
            or word in self.lexicon.reports.pasts
        ):
            return False
        return bool(flags & (F.ROLE | F.GROUP | F.ORGANISATION)) or not self.lexicon.is_third_person(word)

    @staticmethod
    def _may_precede(flags: int) -> bool:
        """Whether a token may stand among titles and roles before a name."""
        return bool(flags & F.LETTER) and not flags & F.POSSESSIVE and bool(flags & (F.CAPITAL | F.TITLE | F.ROLE | F.PARTICLE))

    def introduced_before(self, start: int, end: int) -> list[Token]:
        """ "The curator, Odarka Reed, …": the phrase before the comma, where the name stands between commas."""
        if self.text[max(0, start - 2) : start] != ", " or self.text[end : end + 1] not in (",", "."):
            return []
        kept: list[Token] = []
        for token in self.tokens.backward(max(0, start - _BEFORE_NAME), start - 2):
            if not token.flags & F.LETTER:
                return []
            kept.append(token)
            article = token.flags & F.DETERMINER and not (token.flags & F.PARTICLE and not token.flags & F.CAPITAL)
            if (
                article
                or token.flags & F.POSSESSIVE
                or (token.flags & F.DETERMINER and token.word.lower() in self.lexicon.definite)
            ):
                return kept[::-1] if any(t.flags & (F.ROLE | F.TITLE) for t in kept) else []
        return []

    def behind(self, end: int) -> list[Token]:
        """The apposition behind a name: ", secretary of the council," as far as its comma."""
        if self.text[end : end + 2] != ", ":
            return []
        kept: list[Token] = []
        for token in self.tokens.forward(end + 2, min(len(self.text), end + BEHIND_NAME)):
            if token.word == "." and kept and kept[-1].word.lower() in self.lexicon.file.words.abbreviations:
                continue  # "St. Brigid Hospital"
            if not token.flags & F.LETTER:
                break
            if token.flags & F.CUE and not token.flags & (F.TITLE | F.ROLE):
                says = token.flags & (F.STRONG_CUE | F.LOWER) == F.STRONG_CUE | F.LOWER
                if says and kept and _is_subject(kept):
                    return []
                if token.flags & F.LOWER and 0 < len(kept) <= _SHORT_SUBJECT and kept[0].word.lower() in self.lexicon.definite:
                    return []  # "asked by Toby Renn, the governor pointed to"
                break
            if kept and "\n" in self.text[kept[-1].end : token.start]:
                break
            if not kept and token.flags & (F.PRONOUN | F.AUXILIARY):
                return []  # "Worse, he"
            kept.append(token)
        if not kept or (kept[0].flags & F.PARTICLE & ~F.NAME_PARTICLE and not kept[0].flags & F.DETERMINER):
            return []
        return [] if self._goes_on(kept) else kept

    def _goes_on(self, kept: list[Token]) -> bool:
        """ "Asked by Toby Renn, the governor pointed to": a subject and its verb, and no comma behind."""
        closed = len(kept) <= _SHORT_APPOSITION or self.text[kept[-1].end : kept[-1].end + 1] == ","
        if closed or kept[0].word.lower() not in self.lexicon.definite:
            return False
        return any(t.flags & (F.ENDS_ED | F.LOWER) == F.ENDS_ED | F.LOWER and not t.flags & F.ROLE for t in kept[2:4])

    def hangs_on(self, start: int) -> bool:
        """ "Nita Loring of Halmar, the chairwoman": what follows the place is said of who comes from there."""
        before = self.text[max(0, start - 8) : start].split()
        low = before[-1].lower() if before else ""
        if before and before[-1][0].isupper() and self.lexicon.flags(low) & (F.BOUNDARY | F.ATTACHING):
            return True  # "In Halmar, the minister"
        return low in self.lexicon.file.codes.genitive or low in self.lexicon.places

    def own_part(self, behind: list[Token]) -> list[Token]:
        """Of an apposition what is said of its person: "an aide", and not "to the president"; "travelling with the president" nothing."""
        if not behind:
            return behind
        if behind[0].flags & F.RELATIVE and behind[0].word.lower() not in self.lexicon.file.codes.relative:
            return []  # "whose brother is the mayor"
        at = next((k for k, t in enumerate(behind) if k and t.flags & F.DETERMINER and self._governs(behind[k - 1])), None)
        if at is None or not (behind[0].flags & (F.ROLE | F.TITLE | F.DETERMINER) or behind[0].flags & F.ENDS_ING):
            return behind
        rest = next(
            (k for k in range(at, len(behind)) if behind[k].word.lower() in self.lexicon.file.codes.conjunction), len(behind)
        )
        return behind[:at] + behind[rest:]

    @staticmethod
    def _governs(token: Token) -> bool:
        """Whether it is a preposition."""
        return bool(token.flags & F.LOWER) and bool(token.flags & (F.ATTACHING | F.BOUNDARY)) and not token.flags & F.RELATIVE

    def predicate(self, end: int) -> str:
        """ "Alma Reed has been its guard for twenty years": the noun, where only auxiliaries and a determiner lead to it."""
        if self.tokens.flags_at(end, end + BEHIND_NAME // 2, F.COMMA | F.AUXILIARY) & (F.COMMA | F.AUXILIARY) == 0:
            return ""
        determined, head = False, ""
        for nth, token in enumerate(self.tokens.forward(end, min(len(self.text), end + BEHIND_NAME // 2))):
            flag = token.flags
            if (nth == 0 and flag & F.COMMA) or (nth == 1 and flag & F.RELATIVE and not head):
                continue  # ", who has been the senior nurse"
            if not determined:
                if flag & F.DETERMINER and head:
                    determined, head = True, ""
                elif flag & F.AUXILIARY:
                    head = "auxiliary"
                else:
                    return ""
            elif not flag & F.LETTER or flag & (F.BOUNDARY | F.PARTICLE | F.CAPITAL | F.CUE):
                break
            else:
                head = token.word.lower()
        return head if determined else ""
