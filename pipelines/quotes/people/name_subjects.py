"""Where names stand in their sentences: as a subject, and before which pronoun."""

from __future__ import annotations

import re
from bisect import bisect_left

from pipelines.quotes import flags as F
from pipelines.quotes.lexicon import IT
from pipelines.quotes.people.name_tokens import BEHIND_NAME, SENTENCE_ENDS, NameRuns
from pipelines.quotes.people.types import GENDERS
from pipelines.quotes.types import Token

_OPENING_CLAUSE = 220  # characters before a name in which such a clause stands
_MAX_BEFORE_SUBJECT = 6  # tokens
_FOLLOWING = 220  # characters behind a name in which a pronoun tells its gender
_WORD = re.compile(r"\w+")


class Subjects:
    """The places of the names of one text in their sentences. Each is looked at only when asked, and once."""

    def __init__(self, runs: NameRuns) -> None:
        self.runs, self.text, self.lexicon, self.tokens = runs, runs.text, runs.lexicon, runs.tokens
        self._openers: dict[int, bool] = {}  # start of a name -> whether it opens its sentence
        self._subjects: dict[int, bool] = {}  # number of a run -> whether it is a subject
        self._following: dict[int, int] = {}  # end of a name -> see `following`

    def opens_sentence(self, start: int) -> bool:
        """Whether nothing but a few modifiers stands between the sentence's start and the name, so that it is the subject."""
        known = self._openers.get(start)
        if known is None:
            known = self._openers[start] = self._is_opener(start)
        return known

    def _is_opener(self, start: int) -> bool:
        low = max(0, start - 60)
        lead = self.text[low:start]
        cut = max(map(lead.rfind, SENTENCE_ENDS))
        while cut > 0 and lead[cut] == "." and self._is_short(lead[:cut].split()[-1:]):
            cut = max(lead.rfind(mark, 0, cut) for mark in SENTENCE_ENDS)
        if cut < 0 and low:
            return False
        if len(lead[cut + 1 :].split()) > _MAX_BEFORE_SUBJECT:
            return False
        tokens = self.tokens.between(low + cut + 1, start)
        determined = any(t.flags & (F.DETERMINER | F.POSSESSIVE) for t in tokens[:2])
        if len(tokens) > 2 and tokens[-1].flags & F.COMMA and determined and any(t.flags & F.ROLE for t in tokens):
            # "The ambassador, Ada Quill, …", "Renn's lawyer, Ada Quill, …"
            return not any(t.flags & (F.CUE | F.AUXILIARY | F.PRONOUN | F.COMMA) & ~F.ROLE for t in tokens[:-1])
        return (
            len(tokens) <= _MAX_BEFORE_SUBJECT
            and not self._ends_in_verb(tokens)
            and not any(t.flags & (F.CUE | F.AUXILIARY | F.PRONOUN | F.COMMA | F.BOUNDARY) for t in tokens)
        )

    def _ends_in_verb(self, tokens: list[Token]) -> bool:
        """ "Ada Quill meets Mira Renn", "Renn phoned Quill": whether a verb of no list behind a name leads to the next name."""
        if len(tokens) < 2 or not tokens[-2].flags & F.CAPITAL or tokens[-2].flags & (F.NOT_NAME | F.POSSESSIVE | F.ROLE | F.TITLE):
            return False
        verb, word = tokens[-1].flags, tokens[-1].word
        if verb & (F.LOWER | F.UNKNOWN_LOWER) != F.LOWER | F.UNKNOWN_LOWER:
            return False
        if verb & F.ENDS_ED or word in self.lexicon.reports.pasts or self.lexicon.is_third_person(word):
            return True
        return any(t.flags & F.GIVEN for t in tokens[:-2])

    def is_subject(self, number: int) -> bool:
        """Whether a name opens its sentence, or the main clause behind the comma of an opening one: "Asked why, Renn shook his head"."""
        known = self._subjects.get(number)
        if known is None:
            known = self._subjects[number] = self._is_subject(self.runs.starts[number], self.runs.ends[number])
        return known

    def _is_subject(self, start: int, end: int) -> bool:
        if self.opens_sentence(start) or self._opens_dependent(start, end):
            return True
        if self.text[max(0, start - 2) : start] != ", " or not self.text[end : end + 2].strip().isalpha():
            return False
        low = max(0, start - _OPENING_CLAUSE)
        lead = self.text[low : start - 2]
        cut = max(map(lead.rfind, SENTENCE_ENDS))
        while cut > 0 and lead[cut] == "." and self._is_short(lead[:cut].split()[-1:]):
            cut = max(lead.rfind(mark, 0, cut) for mark in SENTENCE_ENDS)
        if cut < 0 and start > _OPENING_CLAUSE:
            return False
        opener = next(self.tokens.forward(low + cut + 1, start - 2), None)
        behind = next(self.tokens.forward(end, min(len(self.text), end + BEHIND_NAME)), None)
        if opener is None or behind is None:
            return False
        if "," in lead[cut + 1 :]:  # "On Friday, the day that the vote was due, Renn laughed"
            return bool(opener.flags & F.BOUNDARY) and behind.flags & (F.LOWER | F.ENDS_ED) == F.LOWER | F.ENDS_ED
        return bool(opener.flags & (F.BOUNDARY | F.ENDS_ED | F.ENDS_ING)) and not behind.flags & (
            F.BOUNDARY | F.PARTICLE | F.CAPITAL
        )

    def _opens_dependent(self, start: int, end: int) -> bool:
        """ "It came as Ada Quill, the mayor, backed him": the subject of a clause behind a subordinator."""
        before = self.text[max(0, start - 40) : start].split()
        while before and self.lexicon.flags(before[-1]) & (F.TITLE | F.ROLE):
            before.pop()
        if not before or before[-1].lower() not in self.lexicon.reports.subordinators:
            return False
        behind = self.text[end : end + BEHIND_NAME]
        if behind.startswith(", "):
            behind = behind[behind.find(", ", 2) + 1 :] if behind.find(", ", 2) > 0 else ""
        verb = _WORD.search(behind)
        return verb is not None and bool(self.lexicon.flags(verb.group()) & (F.CUE | F.AUXILIARY | F.ADVERB | F.ENDS_ED))

    def _is_short(self, word: list[str]) -> bool:
        """Whether a full stop behind the word belongs to it: "Mr", "J"."""
        return bool(word) and (len(word[0]) == 1 or bool(self.lexicon.flags(word[0]) & F.ABBREVIATION))

    def following_pronoun(self, end: int) -> int:
        """Gender of the pronoun that opens the next sentence or clause, where no other name stands between and none is quoted."""
        return max(0, self.following(end))

    def following(self, end: int) -> int:
        """The same, and -1 where it is the pronoun of a thing."""
        known = self._following.get(end)
        if known is None:
            known = self._following[end] = self._find_following(end)
        return known

    def _find_following(self, end: int) -> int:
        text, at, flags_of = self.text, end, self.lexicon.flags
        starts, ends = self.runs.starts, self.runs.ends
        last = min(len(text), end + _FOLLOWING)
        k = bisect_left(starts, end)
        next_run = starts[k] if k < len(starts) else last
        while at < last:
            q = bisect_left(self.runs.quoted_starts, at)
            stop = min(last, self.runs.quoted_starts[q]) if q < len(self.runs.quoted_starts) else last
            for match in _WORD.finditer(text, at, stop):
                flag = flags_of(match.group())
                if flag & F.PRONOUN:
                    if flag & GENDERS:
                        return flag & GENDERS
                    if flag >> F.FORM_SHIFT & 7 == IT:
                        return -1
                if match.start() < next_run:
                    continue
                while k < len(starts) and ends[k] <= match.start():
                    k += 1
                next_run = starts[k] if k < len(starts) else last
                if next_run <= match.start() and not flag & (F.NOT_NAME | F.PRONOUN | F.DETERMINER):
                    return 0
            at = self.runs.quoted[q][1] if stop < last else last
        return 0
