"""Who is meant by a pronoun, or by a subject that the language leaves out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from pipelines.quotes import flags as F
from pipelines.quotes.lexicon import IT, THEY, THIRD
from pipelines.quotes.people.name_index import NameIndex
from pipelines.quotes.people.types import ENDS_SENTENCE, FARTHEST, GENDERS, Introducing, Met, Remembering, Resolved, Showing, Spoke
from pipelines.quotes.types import How, Token
from pipelines.vocabulary import SpeakerKind

_OPENING = 60  # characters at the start of a sentence in which its subject is looked for
_MAX_OPENING = 5  # tokens there
_NO_MODIFIER = (
    F.BOUNDARY | F.PRONOUN | F.CUE | F.AUXILIARY | F.COMMA | F.STOP | F.COLON | F.DASH | F.MARK | F.QUOTE | F.PAREN | F.POSSESSIVE
)


class Pronouns:
    """The pronouns of one text."""

    def __init__(self, index: NameIndex, clues: Showing, introductions: Introducing, recent: Remembering, met: Met) -> None:
        self.index, self.clues, self.introductions, self.recent = index, clues, introductions, recent
        self.text, self.lexicon = index.text, index.lexicon
        self._spoke, self._unnamed, self._things = met.spoke, met.unnamed, met.things
        self._declared: dict[str, list[int]] = {}  # pronoun -> where the text may say that somebody goes by it, "they/them"

    def pronoun(self, start: int, end: int, several: bool = False, possessive: bool = False) -> Resolved:
        """A pronoun: the likeliest recent speaker or subject whose gender does not speak against it. `several`: its verb is a plural.
        `possessive`: "in his words"; where nouns have capitals that is only somebody with a first name."""
        flag = self.lexicon.flags(self.text[start:end])
        gender, form = flag & GENDERS, flag >> F.FORM_SHIFT & 7
        if form == THIRD and not gender:
            return self.left_out(start, person=True)  # one word for he and she says little more than a verb
        if form == THEY or several:
            one = self._goes_by(self.text[start:end].lower(), start)
            if one is not None:
                return one
            found = self._plural_subject(start)
            if found is not None:
                return Resolved(*found, SpeakerKind.GROUP, None, How.THING)
        if form == IT:
            thing = self.clues.thing_before(start, self._things) or self._latest_thing(start)
            if thing is None:
                return Resolved(None, None, SpeakerKind.UNNAMED, None, How.NOBODY)
            self._things.append((start, *thing))
            return Resolved(*thing, None, How.THING)
        if flag & F.PLURAL or not gender or several:
            kind = SpeakerKind.GROUP if flag & F.PLURAL or several else SpeakerKind.PERSON
            return Resolved(None, None, kind, None, How.NOBODY)
        unnamed = self._unnamed_just_now(start, gender)
        if unnamed is not None:
            spoke = bool(self._spoke) and self._spoke[-1].start == unnamed[0]
            how = How.PRONOUN if spoke or not self._is_beside_others(*unnamed, start) else How.GUESS
            return Resolved(*unnamed, SpeakerKind.UNNAMED, None, how, float(spoke or self._tells_gender(*unnamed)))
        likeliest = self.recent.latest(start, gender)
        if likeliest is not None and possessive and self.lexicon.person_endings:
            run = self.index.run_at(likeliest.start)
            likeliest = likeliest if run is None or run.given else None
        nearest = likeliest is None or self.text[start:end].lower() not in self.lexicon.file.pronouns.nearest
        if likeliest is None or not (nearest or likeliest.start == self._named_last(start)):
            return Resolved(None, None, SpeakerKind.PERSON, None, How.NOBODY)
        self._spoke.append(Spoke(start, likeliest.start, likeliest.end, gender, likeliest.named, likeliest.guessed))
        if not likeliest.named:
            return Resolved(likeliest.start, likeliest.end, SpeakerKind.UNNAMED, None, How.PRONOUN, likeliest.lead)
        if likeliest.guessed:
            return Resolved(likeliest.start, likeliest.end, SpeakerKind.PERSON, None, How.GUESS)
        self.index.infer_gender(likeliest.start, gender)
        return Resolved(likeliest.start, likeliest.end, SpeakerKind.PERSON, None, How.PRONOUN, likeliest.lead)

    def _named_last(self, position: int) -> int:
        """Where the whole name begins of who is named last before a position, -1 where nobody is."""
        for index in range(bisect_left(self.index.starts, position) - 1, -1, -1):
            run = None if self.index.is_quoted(self.index.starts[index]) else self.index.run(index)
            full = None if run is None else self.index.full(run)
            if full is not None and self.index.scores.may_be_person(full):
                return full.start
        return -1

    def left_out(self, position: int, gender: int = 0, person: bool = False) -> Resolved:
        """Who speaks where the language leaves the subject out: who spoke last, somebody unnamed or an institution too, or a subject since.

        `gender`: that of the verb, 0 where it tells none. `person`: no institution is meant.
        """
        last = max((spoke.at for spoke in self._spoke if spoke.at < position), default=-1)
        things = [thing for thing in self._things if last < thing[0] < position and not person]
        unnamed = [(at, a, b, SpeakerKind.UNNAMED) for at, a, b, _ in self._unnamed if last < at < position]
        other = max((*things, *unnamed), default=None)
        if other is not None and position - other[0] < FARTHEST:
            return Resolved(*other[1:], None, How.LEFT_OUT)
        likeliest = self.recent.latest(position, gender)
        if likeliest is None:
            return Resolved(None, None, SpeakerKind.PERSON, None, How.NOBODY)
        self._spoke.append(Spoke(position, likeliest.start, likeliest.end, gender, likeliest.named))
        kind = SpeakerKind.PERSON if likeliest.named else SpeakerKind.UNNAMED
        return Resolved(likeliest.start, likeliest.end, kind, None, How.LEFT_OUT, likeliest.lead)

    def _unnamed_just_now(self, position: int, gender: int) -> tuple[int, int] | None:
        """ "A spokeswoman said it was over. "Go home," she said": who opens one of the paragraph's latest sentences, no name being near."""
        if not self.lexicon.file.pronouns_tell_gender:
            return None
        last = self._spoke[-1] if self._spoke else None
        if last is not None and not last.named and (not last.gender or last.gender & gender):
            here = "\n" not in self.text[last.at : position]
            if here and not self._names_somebody(last.at, position):
                return last.start, last.end  # `"…," a man said. "…," he added.`
        end = position
        for start in self.clues.sentences_before(position):
            owned = self._owned_at(start, end)
            if owned is not None and not (owned[1].flags & GENDERS and not owned[1].flags & gender):
                return None if self._names_somebody(owned[1].end, position) else (owned[0], owned[1].end)
            for at in (start, self.recent.behind_opening(start, end)):
                found = self._unnamed_at(at, end) if at >= 0 else None
                if found is not None:
                    theirs = found[1].flags & GENDERS
                    if (theirs and not theirs & gender) or self._names_somebody(start, position):
                        return None  # "Carole Bower, a retiree, said"
                    return found[0], found[1].end
            end = start
        return None

    def _is_beside_others(self, start: int, end: int, position: int) -> bool:
        """ "A pilot spoke to a mechanic. “…,” he said": whether nothing tells the gender of the noun, and its sentence holds another for a person."""
        if self._tells_gender(start, end):
            return False
        stop = ENDS_SENTENCE.search(self.text, end, position)
        behind = self.index.tokens.between(end, stop.start() if stop else position)
        nouns = [t for t in behind if t.flags & F.ROLE and not t.flags & (F.POSSESSIVE | F.CUE)]
        return any(not self.lexicon.is_plural(t.word.lower()) for t in nouns)

    def _tells_gender(self, start: int, end: int) -> bool:
        return any(t.flags & GENDERS for t in self.index.tokens.between(start, end))

    def _names_somebody(self, start: int, end: int) -> bool:
        """Whether the text outside marks names somebody there."""
        starts = self.index.starts
        places = range(bisect_left(starts, start), bisect_left(starts, end))
        return any(self.index.is_likely_at(k) and not self.index.is_quoted(starts[k]) for k in places)

    def _owned_at(self, start: int, end: int) -> tuple[int, Token] | None:
        """ "Ada Quill's daughter came home": where somebody unnamed begins who belongs to somebody, and the head."""
        tokens = self.index.tokens.between(start, min(end, start + _OPENING))[:_MAX_OPENING]
        owner = next((k for k, t in enumerate(tokens) if t.flags & F.POSSESSIVE), -1)
        if owner < 0 or not all(t.flags & F.CAPITAL for t in tokens[: owner + 1]):
            return None
        head = next((k for k, t in enumerate(tokens) if k > owner and t.flags & F.ROLE and t.flags & F.LOWER), -1)
        if head < 0 or any(t.flags & _NO_MODIFIER for t in tokens[owner + 1 : head]):
            return None
        if not self.index.subjects.opens_sentence(tokens[0].start) or self._goes_with_noun(tokens, head):
            return None
        return tokens[0].start, tokens[head]

    def _goes_with_noun(self, tokens: list[Token], k: int) -> bool:
        """ "Quill's chief complaint": whether a noun follows a word for somebody."""
        if k + 1 >= len(tokens):
            return False
        behind, word = tokens[k + 1].flags, tokens[k + 1].word.lower()
        verb = behind & F.ENDS_ED or word in self.lexicon.reports.pasts or self.lexicon.is_third_person(word)
        noun = F.UNKNOWN_LOWER | F.ROLE | F.GROUP | F.DOCUMENT | F.MEDIUM | F.ORGANISATION
        return bool(behind & noun) and not verb

    def _unnamed_at(self, start: int, end: int) -> tuple[int, Token] | None:
        """Of "a spokeswoman for the port", with which the text goes on at `start`, where the words behind the article begin, and the head."""
        tokens = self.index.tokens.between(start, min(end, start + _OPENING))[:_MAX_OPENING]
        head = next((t for t in tokens[1:] if t.flags & F.ROLE and not t.flags & F.POSSESSIVE), None)
        if (
            head is None
            or not self._is_indefinite(tokens[0])
            or any(t.flags & _NO_MODIFIER for t in tokens[1 : tokens.index(head)])
        ):
            return None
        return tokens[1].start, head

    def _is_indefinite(self, token: Token) -> bool:
        return bool(token.flags & F.DETERMINER) and token.word.lower() not in self.lexicon.definite

    def _latest_thing(self, position: int) -> tuple[int, int, SpeakerKind] | None:
        """The institution or document that spoke last."""
        for at, start, end, kind in reversed(self._things):
            if at < position:
                return (start, end, kind) if position - at < FARTHEST else None
        return None

    def _plural_subject(self, position: int) -> tuple[int, int] | None:
        """ "The ministers met again. They called it": the people with whom one of the paragraph's latest sentences opens."""
        for start in self.clues.sentences_before(position):
            tokens = self.index.tokens.between(start, min(position, start + _OPENING))[:_MAX_OPENING]
            heads = [k for k, t in enumerate(tokens[:-1]) if self._are_people(t)]
            if not heads or not tokens[0].flags & F.CAPITAL or any(t.flags & _NO_MODIFIER for t in tokens[: heads[0]]):
                continue
            head = next(k for k in heads if k + 1 not in heads)
            if tokens[head].flags & F.POSSESSIVE or tokens[head + 1].flags & F.CAPITAL:
                continue
            begin = 1 if tokens[0].flags & F.DETERMINER and head else 0
            if begin and tokens[0].word.lower() in self.lexicon.definite:
                return self._first_called(tokens[head].word.lower(), position)
            return tokens[begin].start, tokens[head].end
        return None

    def _goes_by(self, they: str, position: int) -> Resolved | None:
        """ "Sam Riverton (they/them)", "who uses they/them pronouns": the person of whom the text says so, unless others opened a sentence since."""
        places = self._declared.get(they)
        if places is None:
            places = [m.start() for m in re.finditer(rf"{re.escape(they)}[/-]", self.text, re.IGNORECASE)]
            self._declared[they] = places
        last = bisect_right(places, position - len(they) - 1) - 1
        if last < 0 or self.index.is_quoted(at := places[last]):
            return None
        for index in range(bisect_left(self.index.starts, at) - 1, -1, -1):
            run = None if self.index.is_quoted(self.index.starts[index]) else self.index.run(index)
            full = None if run is None else self.index.full(run)
            if full is None or not self.index.scores.may_be_person(full):
                continue
            plural = self._plural_subject(position)
            if "\n" in self.text[run.end if run else 0 : at] or plural is not None:
                return None
            self._spoke.append(Spoke(position, full.start, full.end, 0))
            return Resolved(full.start, full.end, SpeakerKind.PERSON, None, How.PRONOUN)
        return None

    def _are_people(self, token: Token) -> bool:
        if token.flags & (F.DETERMINER | F.POSSESSIVE) or not self.lexicon.is_plural(token.word):
            return False
        return bool(token.flags & F.GROUP) or (len(token.word) > 1 and bool(self.lexicon.flags(token.word[:-1]) & F.ROLE))

    def _first_called(self, noun: str, position: int) -> tuple[int, int] | None:
        """The first place of the noun, with the capitalised words before it, or all that stand between it and its article."""
        places = self.introductions.occurrences(noun, position)
        if not places:
            return None
        at = begin = places[0]
        capitals = True
        for token in reversed(self.index.tokens.between(max(0, at - _OPENING), at)):
            if token.flags & F.DETERMINER:
                return begin, at + len(noun)
            if not token.flags & F.LETTER or token.flags & _NO_MODIFIER:
                break
            capitals = capitals and bool(token.flags & F.CAPITAL)
            begin = token.start
        return (begin if capitals else at), at + len(noun)
