"""Whether a mention that ends in a name means a company or another body, and not a person.

Which words of a run may be a company's belongs in `companies`, what speaks for each kind of name in `name_scores`.
"""

from __future__ import annotations

from itertools import pairwise

from pipelines.quotes import flags as F
from pipelines.quotes.people.companies import begin_of_company, without_lead
from pipelines.quotes.people.name_index import NameIndex
from pipelines.quotes.people.name_parts import NameParts
from pipelines.quotes.people.name_tokens import MAX_LOOKED_AT, bare_end
from pipelines.quotes.people.types import LONGEST_ARTICLE, Resolved, Span
from pipelines.quotes.types import Token
from pipelines.vocabulary import SpeakerKind

_LONGEST_OFFICE = 90  # characters behind a noun of a body
_ADJECTIVES = 2  # behind it
_SMALL_WORDS = 2  # "de l'"
_NO_ADJECTIVE = F.CUE | F.AUXILIARY | F.BOUNDARY | F.ADVERB | F.DAY | F.PRONOUN | F.DETERMINER | F.ROLE | F.GROUP
_LONGEST_APPOSITION = 40  # characters of "the bakery chain"


class Bodies:
    """The companies and other bodies among the names of one text."""

    def __init__(self, index: NameIndex, parts: NameParts) -> None:
        self.index, self.parts = index, parts
        self.text, self.lexicon, self.runs, self.kinds = index.text, index.lexicon, index.runs, index.kinds
        self._is_place_name: dict[str, bool] = {}

    def in_full(self, tokens: list[Token]) -> Span | None:
        """Of "Copper Hill", "Hill" or "Transaune" the first name of the text that has it whole with a company's form behind it or a word for a body
        before: "Copper Hill Ltd", "Bahngesellschaft Transaune"; none where it is somebody's last name too."""
        name, last = self.text[tokens[0].start : bare_end(tokens[-1])], tokens[-1].word.lower()
        if self.text.count(name) < 2:
            return None
        runs = self.runs
        for n in sorted({*runs.going_on_behind(last)[:MAX_LOOKED_AT], *runs.full.get(last, ())[:MAX_LOOKED_AT]}):
            found = self._full_form(runs.starts[n], runs.ends[n], name)
            if found is not None:
                return None if self._is_other(tokens, name.lower().split(), last) else found
        return None

    def _full_form(self, start: int, end: int, name: str) -> Span | None:
        """The company's full name in a run of capitals, where that has the name with a form behind or a word for a body before."""
        kinds = self.kinds
        end = kinds.form_behind(self.text, end)
        before, found, behind = self.text[start:end].partition(name)
        lead, form = without_lead(before.split(), name, kinds), behind.split()
        own = all(kinds.is_compound_body(word) for word in lead)
        if not (found and (own or form) and (lead or form) and all(map(kinds.is_form, form))):
            return None
        return start + (before.index(lead[0]) if lead and not (form and own) else len(before)), end

    def _is_other(self, tokens: list[Token], words: list[str], last: str) -> bool:
        """Whether a name is somebody's last name, or a place's."""
        bearers = [bearer.run.words for bearer in self.index.bearers(last)]
        if any(list(bearer) != words and not self.kinds.is_compound_body(bearer[0]) for bearer in bearers):
            return True
        return len(words) == 1 and self.is_place(tokens)

    def firm(self, tokens: list[Token]) -> Span | None:
        """ "Ada Quill Co", "General Motors": the run of capitals that a company's form ends; behind a title that is also the first word of a name
        of bodies, whatever form it is."""
        head = tokens[-1]
        short = self.kinds.is_short_form(head.word)
        if len(tokens) < 2 or not head.flags & F.CAPITAL or not (short or self.kinds.is_form(head.word)):
            return None
        if any(a.flags & F.TITLE and b.flags & F.GIVEN for a, b in pairwise(tokens)):
            return None  # "Capt. Ada Sons"
        begin = begin_of_company(tokens, self.kinds)
        if begin < 0:
            return None
        begin += self.parts.begin_inside(tokens[begin:], tokens[begin].start)
        titled = any(t.flags & F.TITLE for t in tokens[begin:-1]) and not any(t.flags & F.GIVEN for t in tokens[begin:-1])
        if begin == len(tokens) - 1 or not (short or (titled and not self.index.bearers(head.word.lower()))):
            return None
        return tokens[begin].start, bare_end(head)

    def begin(self, tokens: list[Token]) -> int:
        """ "the National Farmers' Union": where a name begins whose last word is one for a body, and whose words are those of whom it is for."""
        first = k = len(tokens) - 1
        if not tokens[-1].flags & F.CAPITAL or not tokens[-1].flags & (F.ORGANISATION | F.DOCUMENT | F.GROUP):
            return first
        while k and (tokens[k - 1].flags & F.CAPITAL or tokens[k - 1].word in self.lexicon.file.codes.conjunction):
            k -= 1
            if tokens[k].flags & (F.DETERMINER | F.DAY | F.GIVEN | F.TITLE | F.POSSESSIVE):
                break
            first = k if tokens[k].flags & F.CAPITAL else first
        return first

    def is_saint(self, token: Token, last: Token) -> bool:
        """ "St" of "St Agnes Primary": a short form in the names of places and bodies, where nobody is called so, "Ada St. Clair"."""
        saint = F.ABBREVIATION | F.PARTICLE | F.CAPITAL
        if token.flags & saint != saint:
            return False
        return all(self.text.startswith(token.word, self.runs.starts[n]) for n in self.runs.by_last.get(last.word.lower(), ()))

    def is_which(self, tokens: list[Token], first: int) -> bool:
        """ "Hallow Line, which runs the ferry": no person, unless something says so."""
        end = tokens[-1].end
        if self.text[end : end + 2] != ", " or any(t.flags & F.GIVEN for t in tokens[first:]):
            return False
        behind = next(iter(self.index.tokens.between(end + 2, end + 2 + LONGEST_ARTICLE)), None)
        return behind is not None and behind.word in self.lexicon.of_things

    def is_place(self, tokens: list[Token]) -> bool:
        """ "Karrow offered nine": a single name, nobody's last one, that the text has behind "in" too."""
        name = tokens[-1]
        if len(tokens) > 1 or name.flags & (F.GIVEN | F.POSSESSIVE) or not self.lexicon.places:
            return False
        known = self._is_place_name.get(name.word)
        if known is None:
            full = self.index.full_name(name.word.lower())
            known = full is None and any(f" {where} {name.word}" in self.text for where in self.lexicon.places)
            self._is_place_name[name.word] = known
        return known

    def kind_of(self, tokens: list[Token], first: int) -> SpeakerKind:
        """What a mention means whose name begins with token `first`, by its words and what the text calls it."""
        name, last = tokens[first:], tokens[-1]
        if first and tokens[first - 1].word.lower().rstrip(".") in self.lexicon.addresses:
            return SpeakerKind.PERSON  # "Ms. Law"
        if len(tokens) == 1 and self.index.bearers(last.word.lower()):
            return SpeakerKind.PERSON  # "Bank said", where the text names Emma Bank
        if self.is_saint(name[0], last) or self._is_called_body(last.end) or self._is_behind_body(tokens, first):
            return SpeakerKind.ORGANISATION
        found = self._kind_by_flags(tokens, first)
        if found is None and first and any(t.flags & (F.TITLE | F.ROLE) for t in tokens[:first]):
            return SpeakerKind.PERSON
        return found or self._kind_by_last(last, len(name)) or self._kind_by_article(tokens, first)

    def is_named_so(self, tokens: list[Token], first: int, roles: str | None) -> bool:
        """ "The carrier Quayside Airlines", "her employer, Quayside Ltd": whether the last word makes what seems somebody a body. `roles`: what the
        name is in apposition to."""
        body = self.ends_in_form(tokens, first) or (bool(roles) and self.kinds.is_body(tokens[-1].word))
        return body and not tokens[first].flags & F.GIVEN

    def ends_in_form(self, tokens: list[Token], first: int) -> bool:
        """Whether a company's form ends a name of more words, which begins with token `first`: not "Quill of Harbour Investments"."""
        return (
            len(tokens) - 1 > first and self.kinds.is_form(tokens[-1].word) and not any(t.flags & F.LOWER for t in tokens[first:])
        )

    @staticmethod
    def _kind_by_flags(tokens: list[Token], first: int) -> SpeakerKind | None:
        """What first names and nouns of bodies and groups in a name say."""
        name, last = tokens[first:], tokens[-1]
        after_somebody = last.flags & (F.ORGANISATION | F.MEDIUM) and (len(name) > 2 or tokens[0].flags & F.DETERMINER)
        if any(t.flags & F.GIVEN for t in name[:-1]) and not after_somebody:  # "the Ada Quill Foundation"
            return SpeakerKind.PERSON
        if any(t.flags & (F.MEDIUM | F.ORGANISATION) == F.MEDIUM for t in name):
            return SpeakerKind.MEDIA
        if last.flags & F.DOCUMENT:
            return SpeakerKind.DOCUMENT
        if any(t.flags & F.ORGANISATION for t in name):
            return SpeakerKind.ORGANISATION
        return SpeakerKind.GROUP if last.flags & F.GROUP else None

    def _kind_by_last(self, last: Token, length: int) -> SpeakerKind | None:
        """What the last word of a name of so many words says by its form, or as one of a list."""
        word, kinds = last.word, self.kinds
        if length == 1 and not last.flags & F.GIVEN and (kinds.is_acronym(word) or kinds.is_brand(word)):
            if kinds.is_outlet(word):
                return SpeakerKind.MEDIA
            return SpeakerKind.PERSON if self.index.full_name(word.lower()) else SpeakerKind.ORGANISATION
        if word.lower() in kinds.organisations and length < 3:
            return SpeakerKind.ORGANISATION
        if kinds.is_outlet(word):
            return SpeakerKind.MEDIA
        return SpeakerKind.GROUP if kinds.is_people(word) else None

    def _kind_by_article(self, tokens: list[Token], first: int) -> SpeakerKind:
        """ "The Quorum": behind an article no person, unless the text has somebody of that last name."""
        last = tokens[-1]
        if tokens[0].flags & F.DETERMINER and first <= 1 and len(tokens) - first <= 3 and not last.flags & F.GIVEN:
            full = self.index.full_name(last.word.lower())
            if full is None or not self.index.scores.is_person(full):
                return SpeakerKind.ORGANISATION
        return SpeakerKind.PERSON

    def whole(self, found: Resolved) -> Resolved:
        """The name of a body with the noun before it and what it is of: "прокуратура Приозёрска", "l'Azienda sanitaria di Montecupo"."""
        if found.start is None or found.end is None or not self.lexicon.file.follows:
            return found
        start, end = self._with_noun(found.start), self._with_office(found.start, found.end)
        medium = found.kind is SpeakerKind.MEDIA and not self._is_medium(start, end)
        return found._replace(start=start, end=end, kind=SpeakerKind.ORGANISATION if medium else found.kind)

    def _is_medium(self, start: int, end: int) -> bool:
        """Whether a name has more of a medium than its first word: "agence régionale" has not, "agence de presse" has."""
        tokens = self.index.tokens.between(start, end)
        return len(tokens) == 1 or not tokens[0].flags & F.MEDIUM or any(t.flags & (F.MEDIUM | F.CAPITAL) for t in tokens[1:])

    def _with_noun(self, start: int) -> int:
        """Where the noun of a body begins that stands right before a name which tells of what it is, where nouns have no article between."""
        called = self.lexicon.file.roles.called
        before = self.text[max(0, start - _LONGEST_APPOSITION) : start]
        noun = before.split()[-1] if called and before.endswith(" ") and before.strip() else ""
        body = self.lexicon.flags(noun) & (F.ORGANISATION | F.LOWER) == F.ORGANISATION | F.LOWER
        return start - len(noun) - 1 if body and noun not in called else start

    def _with_office(self, start: int, end: int) -> int:
        """Where the words end that say of what a body is: "ministère | de l'Intérieur", "Agence | régionale de santé"."""
        head = next(iter(self.index.tokens.between(start, end)), None)
        if head is None or not head.flags & (F.ORGANISATION | F.MEDIUM | F.CAPITAL):
            return end
        tokens = self.index.tokens.between(end, min(len(self.text), end + _LONGEST_OFFICE))
        proper, k = bool(head.flags & F.CAPITAL), 0
        while (
            proper
            and k < len(tokens)
            and tokens[k].flags & F.UNKNOWN_LOWER
            and not tokens[k].flags & _NO_ADJECTIVE
            and k < _ADJECTIVES
        ):
            k += 1
        genitives = self.lexicon.file.endings.genitive_nouns
        while (
            not proper
            and k < min(len(tokens), _ADJECTIVES)
            and tokens[k].flags & F.UNKNOWN_LOWER
            and tokens[k].word.endswith(genitives)
        ):
            k, end = k + 1, tokens[k].end  # "администрация Приозёрского | района"
        while (behind := self._behind_of(tokens, k, proper)) > k:
            k, end = behind, bare_end(tokens[behind - 1])
        return end

    def _behind_of(self, tokens: list[Token], k: int, proper: bool) -> int:
        """Behind a small word, an article and a name, or one noun where the body has a name of its own; `k` itself where none follows."""
        words = self.lexicon.file.words.of_bodies
        n = k
        while (
            n < len(tokens)
            and n < k + _SMALL_WORDS
            and tokens[n].flags & F.LOWER
            and (tokens[n].word in words if n == k else self._is_article(tokens[n]))
        ):
            n += 1
        if n == k:
            return k
        first = n
        while n < len(tokens) and tokens[n].flags & (F.CAPITAL | F.LETTER) == F.CAPITAL | F.LETTER:
            n += 1
        if n == first and proper and n < len(tokens) and tokens[n].flags & F.UNKNOWN_LOWER and not tokens[n].flags & _NO_ADJECTIVE:
            n += 1
        return n if n > first else k

    def _is_article(self, token: Token) -> bool:
        elided = token.word in self.lexicon.file.words.elided
        return elided or bool(token.flags & F.DETERMINER and token.word in self.lexicon.definite)

    def _is_behind_body(self, tokens: list[Token], first: int) -> bool:
        """ "La empresa Aguas del Sur", "společnost Vodárna Lesná": whether a noun of a body stands right before the name of no role and no first name."""
        if (
            not self.lexicon.file.follows
            or tokens[first].flags & F.GIVEN
            or any(t.flags & (F.TITLE | F.ROLE) for t in tokens[:first])
        ):
            return False
        start = tokens[first].start
        if self.text[start - 1 : start] != " ":
            return False
        before = self.text[max(0, start - _LONGEST_APPOSITION) : start].split()[-1:]
        if not before or self.lexicon.flags(before[0]) & (F.ORGANISATION | F.LOWER) != F.ORGANISATION | F.LOWER:
            return False
        if before[0] in self.lexicon.file.roles.organisation_in_case:
            return False
        full = self.index.full_name(tokens[-1].word.lower())
        return full is None or not any(t.flags & F.GIVEN for t in self.index.tokens.between(full.start, full.end))

    def _is_called_body(self, end: int) -> bool:
        """ "Ada Quill, the bakery chain,": whether the apposition behind a name that ends here is a noun of a body."""
        stop = self.text.find(",", end + 2, end + _LONGEST_APPOSITION) if self.text.startswith(", ", end) else -1
        behind = self.index.tokens.between(end + 2, stop) if stop > 0 else []
        if len(behind) < 2 or not behind[0].flags & F.DETERMINER or any(t.flags & (F.ROLE | F.PARTICLE) for t in behind[1:]):
            return False
        return behind[-1].flags & (F.ORGANISATION | F.LOWER) == F.ORGANISATION | F.LOWER
