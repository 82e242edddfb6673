"""Which words of a run of capitalised ones are the name proper.

Titles and possessors before it are passed over in `name_start`; this holds what a run goes over: headings, sentence ends, bodies, adverbs.
"""

from __future__ import annotations

from pipelines.quotes import flags as F
from pipelines.quotes.people.companies import HEADING_WORD, is_from_place, is_ticker
from pipelines.quotes.people.kinds import ENDING
from pipelines.quotes.people.name_start import NameStart
from pipelines.quotes.people.name_tokens import MAX_LOOKED_AT, NameRuns, bare_end
from pipelines.quotes.text.words import NICKNAME
from pipelines.quotes.types import Token

_BEHIND_OBJECT = 8  # characters behind a name that hold an article
_LONGEST_PLAIN = 4  # tokens; a longer name may hold a nickname with small words
_SMALL_FIRST = F.NOT_NAME | F.GIVEN | F.NAME_PARTICLE | F.DAY | F.UPPER  # of "The", which begins a sentence, only the first
_WITHIN_WORDS = ("/", "&", "-")  # before a letter that is no initial


def _behind_place(tokens: list[Token]) -> int:
    """ "New Halmar-based Quorum": where the name begins behind a word that says where from; 0 where there is none. "Seo Jun-ho Lee" has none."""
    based = [k for k, token in enumerate(tokens[:-1]) if is_from_place(token.word)]
    return based[-1] + 1 if based else 0


class NameParts:
    """The parts of the runs of one text."""

    def __init__(self, runs: NameRuns) -> None:
        self.runs, self.text, self.lexicon = runs, runs.text, runs.lexicon
        self.tokens, self.kinds = runs.tokens, runs.kinds
        self._start = NameStart(runs)

    def without_phrase(self, tokens: list[Token]) -> list[Token]:
        """The tokens of a name without those of a nickname that holds small words or a title, 'Arthur "Man of Steel" Pell', 'Bill "The Bishop" Dowd',
        which are no parts of a name."""
        small = F.LOWER if len(tokens) > _LONGEST_PLAIN else 0
        if not any(t.flags & (F.TITLE | F.ROLE | F.DETERMINER | small) for t in tokens[1:-1]):
            return tokens
        within = NICKNAME.search(self.text, tokens[0].start, tokens[-1].end + 1)
        if within is None:
            return tokens
        before = [t for t in tokens if t.end <= within.start()]
        if before and before[-1].flags & (F.TITLE | F.ROLE) and not before[-1].flags & F.GIVEN:
            return tokens  # "the chairman (Ada) Quill"
        return before + [t for t in tokens if t.start >= within.end()]

    def core(self, tokens: list[Token], start: int) -> tuple[int, int]:
        """First and last token of the name proper among the tokens of a capitalised run or mention that begins at `start`."""
        last = self._last(tokens)
        tokens = tokens[: last + 1]
        first = self._first(tokens, start)
        if first < last and tokens[last].flags & F.ROLE and tokens[first].flags & F.UPPER and not tokens[last].flags & F.UPPER:
            last -= 1  # "ADA QUILL Comedian": a heading and what follows it
        named = tokens[first : last + 1]
        if (
            first
            and any(self.kinds.is_form(t.word) for t in named)
            and all(self.kinds.is_form(t.word) or t.flags & F.GROUP for t in named)
        ):
            while first and tokens[first - 1].flags & (F.CAPITAL | F.DETERMINER | F.NOT_NAME | F.ROLE) == F.CAPITAL:
                first -= 1  # "Quill Sands Group Inc"
        return first, last

    def _last(self, tokens: list[Token]) -> int:
        """The last token of a run without what follows the name in it."""
        last = len(tokens) - 1
        while last > 0 and (tokens[last].flags & (F.DAY | F.DETERMINER) or self.kinds.is_credit(tokens[last].word)):
            last -= 1  # "told CNN Friday"
        while last > 1 and tokens[last].flags & F.UPPER and self.kinds.is_short_form(tokens[last - 1].word):
            last -= 1  # "Harbour Lines Ltd HLN"
        while last > 0 and (tokens[last].flags & (F.UPPER | F.BOUNDARY) == F.UPPER | F.BOUNDARY or is_ticker(tokens[last].word)):
            last -= 1  # "ADA QUILL ON", "Quorum QRM.N"
        if last > 0 and tokens[last].flags & F.NOT_NAME and not any(t.flags & (F.GIVEN | F.TITLE | F.ROLE) for t in tokens[:last]):
            last -= 1  # "Ende Juni", but "Theresa May"
        return last

    def _first(self, tokens: list[Token], start: int) -> int:
        """The first token of the name that ends a run which begins at `start`; how many there are where none is a name."""
        last = len(tokens) - 1
        first = self._start.of(tokens)
        if last > first:
            first = max(first, self.begin_inside(tokens, start))
        while first <= last and self._begins_no_name(tokens[first], start, first == last):
            first += 1
        while first < last and self._is_no_part(tokens, first, start):
            first += 1
        return self._behind_body(tokens, first) if first < last else first

    def begin_inside(self, tokens: list[Token], start: int) -> int:
        """Of a run that begins at `start` and goes over a heading, the end of a sentence or a town the first token of the last part."""
        before = self.text[start : tokens[-1].start]
        return max(
            self._behind_stop(tokens, start) if "." in before else 0,
            self._behind_heading(tokens) if tokens[0].word.isupper() else 0,
            _behind_place(tokens) if "-" in before else 0,
        )

    def _begins_no_name(self, token: Token, start: int, alone: bool) -> bool:
        """A day, a small word, or an adverb that opens its sentence: "Similarly", and not "Connolly" behind "Ada Connolly"."""
        if token.flags & F.GIVEN:
            return bool(token.flags & (F.NOT_NAME | F.DAY)) and (alone or not self._may_begin_name(token.start))
        if self.runs.is_capital_particle(token):
            return False
        if token.flags & (F.NOT_NAME | F.DAY):
            return True
        if token.flags & F.PARTICLE and not token.flags & F.NAME_PARTICLE:
            return True  # "Of Renn, he said"
        low = token.word.lower()
        reports = self.lexicon.reports
        small = self.lexicon.flags(low) & F.ADVERB or low in reports.conjunctions or low in reports.prepositions
        return bool(small) and low not in self.runs.full and token.start == start and self.runs.opens_text_sentence(start)

    def _may_begin_name(self, start: int) -> bool:
        """Whether a month that is a first name too, "May Linwood", opens a sentence or stands behind a verb of saying or a role."""
        if self.runs.opens_text_sentence(start):
            return True
        before = self.text[max(0, start - 20) : start].split()
        return bool(before) and bool(self.lexicon.flags(before[-1]) & (F.STRONG_CUE | F.ROLE | F.TITLE))

    def _is_no_part(self, tokens: list[Token], k: int, start: int) -> bool:
        """Whether token k stands before the name and is no part of it: "American Toby Renn", "Halmar-based Quorum"."""
        token, rest = tokens[k], tokens[k + 1 :]
        word, flag, kinds = token.word, token.flags, self.kinds
        if flag & F.PARTICLE and not flag & (F.CAPITAL | F.NAME_PARTICLE):
            return True
        if flag & (F.NAME_PARTICLE | F.LOWER) == F.NAME_PARTICLE | F.LOWER and rest[0].flags & F.GIVEN and len(rest) > 1:
            return True  # "selon les mots d'Odile Kermarec"
        if "-" in word:
            parts = word.split("-")
            if parts[-1][:1].islower() or any(self.lexicon.flags(p.lower()) & (F.TITLE | F.ROLE) for p in parts if p):
                return not flag & F.GIVEN
        if flag & F.UPPER and not rest[0].flags & F.UPPER and rest[0].flags & F.GIVEN:
            return True  # "DAN Danny Dorrit": a heading and what follows it
        if rest[0].flags & F.GIVEN and len(rest) > 1 and not flag & (F.GIVEN | F.TITLE) and self._is_definite(token.start):
            return not kinds.is_body(rest[-1].word)  # "the Norlander Toby Renn"
        if flag & F.GIVEN or (len(word.rstrip(".")) == 1 and not flag & F.DETERMINER):
            return False
        known = self._is_known(rest)
        if kinds.is_demonym(word) or (len(rest) > 1 and kinds.is_demonym(rest[0].word) and not kinds.is_body(rest[-1].word)):
            return rest[0].flags & F.GIVEN != 0 or known or (len(rest) > 1 and not any(kinds.is_body(t.word) for t in rest))
        if kinds.is_credit(word):
            return True
        person = bool(rest[0].flags & F.GIVEN and len(rest) > 1) or known
        if self.lexicon.file.follows and len(rest) > 1 and word.lower() in self.lexicon.bodies and self._is_attached(token.start):
            return not kinds.is_body(rest[-1].word)  # "the minister of Health Ada Quill"
        if (kinds.is_body(word) or kinds.is_acronym(word) or kinds.is_brand(word)) and person:
            return not rest[-1].flags & (F.ORGANISATION | F.MEDIUM)
        if k == 0 and token.start == start and self.runs.opens_text_sentence(token.start):
            low = word.lower()
            if self.lexicon.flags(low) & (F.CUE | F.ADVERB | F.AUXILIARY | F.BOUNDARY) & ~F.GIVEN:
                return True
            if person and (not self.lexicon.flags(low) & F.LETTER or f" {low} " in self.text):
                return True
            if len(rest) == 1 and self._leads(token, rest[0]):
                return True
        saint = rest[0].flags & (F.ABBREVIATION | F.PARTICLE) == F.ABBREVIATION | F.PARTICLE  # "Ada St. Clair"
        return known and len(rest) > 1 and not saint

    def _leads(self, token: Token, name: Token) -> bool:
        """ "Updated WHO figures", "Identifying Quill as the buyer": whether the first word of a sentence is none of the name behind it, which the text has
        by itself too, and never behind this word again."""
        if not token.flags & F.CAPITAL or token.flags & F.UPPER:
            return False
        if not (name.flags & F.UPPER and len(name.word) > 1) and not (token.flags & F.ENDS_ING and self._is_object(name.end)):
            return False
        whole = self.text[token.start : bare_end(name)]
        return self.text.count(whole) == 1 and self.runs.stands_alone(self.text[name.start : bare_end(name)])

    def _is_object(self, end: int) -> bool:
        """Whether an article or "as" follows a name that ends here, as behind the object of a participle."""
        behind = next(iter(self.tokens.between(end, min(len(self.text), end + _BEHIND_OBJECT))), None)
        return behind is not None and (bool(behind.flags & F.DETERMINER) or behind.word in self.lexicon.file.codes.manner)

    def _is_definite(self, start: int) -> bool:
        """Whether a definite article stands right before."""
        before = self.text[max(0, start - 8) : start].split()
        return bool(before) and before[-1].lower() in self.lexicon.definite

    def _is_attached(self, start: int) -> bool:
        """Whether a preposition that ties what follows to the words before stands right before."""
        before = self.text[max(0, start - 8) : start].split()
        return bool(before) and before[-1].islower() and bool(self.lexicon.flags(before[-1]) & F.ATTACHING)

    def _behind_stop(self, tokens: list[Token], start: int) -> int:
        """ "… of Quorum Inc. Renn said", "… the U.S. The Quorum said", "… I/B/E/S. Renn said": where the name begins behind the end of a sentence that
        looks like a short form."""
        for k in range(len(tokens) - 2, -1, -1):
            if "." not in self.text[tokens[k].end - 1 : tokens[k + 1].start]:
                continue
            if tokens[k + 1].flags & _SMALL_FIRST == F.NOT_NAME or (
                self.kinds.is_form(tokens[k].word) and not self.kinds.is_form(tokens[k + 1].word)
            ):
                return k + 1
        return 1 if len(tokens[0].word) == 2 and self.text[max(0, start - 1) : start] in _WITHIN_WORDS else 0

    def _behind_heading(self, tokens: list[Token]) -> int:
        """ "BLUNT FORCE Renn said": where the name begins behind a heading in capitals that stands nowhere else. One that is a single word may be
        a part of the name, unless what follows stands elsewhere too."""
        upper = [token.word.isupper() for token in tokens]
        first = upper.index(False) if not all(upper) else len(tokens) - 1
        lead, rest = tokens[:first], tokens[first:]
        words = [token.word for token in lead if token.word.isalpha() and len(token.word) >= HEADING_WORD]
        if not words or any(token.flags & F.GIVEN for token in lead) or self.kinds.is_form(rest[0].word):
            return 0
        short = len(lead) == 1 or (all(upper) and len(rest[0].word) < HEADING_WORD)
        if all(upper) and not short:
            return 0
        if short and not self.runs.stands_alone(self.text[rest[0].start : bare_end(rest[-1])]):
            return 0
        return first if self.text.count(self.text[lead[0].start : lead[-1].end]) == 1 else 0

    def _behind_body(self, tokens: list[Token], first: int) -> int:
        """ "Harbour Press Ada Quill": the name that stands elsewhere too, or begins with a first name, behind an organisation's."""
        if tokens[first].flags & F.GIVEN or tokens[-1].flags & (F.ORGANISATION | F.MEDIUM):
            return first
        for k in range(first + 1, len(tokens) - 1):
            lead, rest = tokens[first:k], tokens[k:]
            if not any(self.kinds.is_body(t.word) or self.kinds.is_acronym(t.word) or self.kinds.is_credit(t.word) for t in lead):
                continue
            if self._is_known(rest) or rest[0].flags & F.GIVEN:
                return k
        return first

    def _is_known(self, tokens: list[Token]) -> bool:
        """Whether these words stand as a name of their own elsewhere in the text, with two words or more."""
        if len(tokens) < 2:
            return False
        start, end = tokens[0].start, bare_end(tokens[-1])
        name = self.text[start:end]
        for index in self.runs.by_last.get(ENDING.sub("", tokens[-1].word).lower(), ())[:MAX_LOOKED_AT]:
            a, b = self.runs.starts[index], self.runs.ends[index]
            if a != start and self.text.startswith(name, a) and b - a <= len(name) + 2:
                return True
        return False
