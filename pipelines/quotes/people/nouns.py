"""Who is meant by a role or another noun: "the curator", "the 71-year-old", "the agency's website".

Which name "the company" stands for does not belong here (`company_nouns`).
"""

from __future__ import annotations

from bisect import bisect_left

from pipelines.quotes import flags as F
from pipelines.quotes.people.name_index import NameIndex
from pipelines.quotes.people.name_tokens import MAX_LOOKED_AT, STATED_AGE, bare_end
from pipelines.quotes.people.types import (
    ENDS_SENTENCE,
    FAR_BREAKS,
    FARTHEST,
    GENDERS,
    LONGEST_ARTICLE,
    Introducing,
    Likeliest,
    Met,
    Naming,
    Remembering,
    Resolved,
    Run,
    Showing,
    Spoke,
)
from pipelines.quotes.types import How, Token
from pipelines.vocabulary import SpeakerKind

_LONGEST_ROLE = 5  # tokens of one that the only person of a text may hold
_BEFORE_ROLE = 40  # characters that hold two words
_SHORT_APPOSITION = 3  # its comma and words up to the role
_SURE_LEAD = 0.4  # score over the next likely one


class Nouns:
    """The roles and other nouns of one text."""

    def __init__(
        self, index: NameIndex, clues: Showing, introductions: Introducing, recent: Remembering, companies: Naming, met: Met
    ) -> None:
        self.index, self.clues, self.introductions, self.recent = index, clues, introductions, recent
        self._companies = companies
        self.text, self.lexicon = index.text, index.lexicon
        self._spoke, self._unnamed, self._things = met.spoke, met.unnamed, met.things

    def noun(self, start: int, end: int) -> Resolved:
        """A role or other noun: the person it was introduced for, else its own words without the article."""
        tokens = [t for t in self.index.tokens.between(start, end) if t.flags & F.LETTER]
        if not tokens:
            return Resolved(None, None, SpeakerKind.UNNAMED, None, How.NOBODY)
        if all(t.flags & F.DETERMINER for t in tokens):
            return Resolved(None, None, SpeakerKind.UNNAMED, None, How.NOBODY)  # "another said"
        if (
            len(tokens) > 1
            and tokens[0].flags & F.DETERMINER
            and tokens[1].flags & (F.PARTICLE | F.DETERMINER | F.CAPITAL) == F.PARTICLE
        ):
            return Resolved(None, None, SpeakerKind.UNNAMED, None, How.NOBODY)  # "one of them said"
        tokens = self._bare(tokens)
        head = next(
            (t for k, t in enumerate(tokens) if k + 1 == len(tokens) or (k and tokens[k + 1].flags & F.PARTICLE)), tokens[-1]
        )
        if self.lexicon.file.endings.genitive_nouns and tokens[-1].flags & F.LOWER:  # "městské ministerstvo dopravy"
            noun = next((t for t in tokens if self._in_case(t) & (F.ORGANISATION | F.ROLE)), None)
            head = noun if noun is not None and self._in_case(noun) & F.ORGANISATION else head
        if head.word.lower() in self.lexicon.outputs:
            body = self._publisher(tokens, head)
            if body is not None:
                return body
        if head.word.lower() in self.lexicon.utterances:
            author = self._author(tokens, head)
            if author is not None:
                return author
        return self.role_of(tokens, head)

    def _bare(self, tokens: list[Token]) -> list[Token]:
        """Without what was done with the noun: "a memo | circulated", "a letter | sent to parents"."""
        for k, token in enumerate(tokens[1:], 1):
            irregular = self.lexicon.reports.pasts | self.lexicon.participles
            done = token.flags & F.LOWER and (token.flags & F.ENDS_ED or token.word.lower() in irregular)
            last = k + 1 == len(tokens) or tokens[k + 1].flags & (F.PARTICLE | F.BOUNDARY)
            if done and last and tokens[k - 1].flags & F.LOWER and not tokens[k - 1].flags & (F.DETERMINER | F.ADVERB | F.BOUNDARY):
                return tokens[:k]
        return tokens

    def _in_case(self, token: Token) -> int:
        """The flags of a noun, of one in another case too: "полиции"."""
        unknown = token.flags & F.UNKNOWN_LOWER or (token.flags & (F.CAPITAL | F.GIVEN)) == F.CAPITAL
        return token.flags | (self.lexicon.source_in_case(token.word.lower()) if unknown else 0)

    def _publisher(self, tokens: list[Token], head: Token) -> Resolved | None:
        """ "Labor Department figures", "the agency's website": the body that gives them out."""
        lead = [t for t in tokens[: tokens.index(head)] if not t.flags & F.DETERMINER]
        name = [t for t in lead if t.flags & F.CAPITAL]
        if not name or not (
            name[-1].flags & F.POSSESSIVE or self.index.kinds.is_body(name[-1].word) or self.index.kinds.is_acronym(name[-1].word)
        ):
            return None
        start, end = name[0].start, bare_end(name[-1])
        self._things.append((tokens[0].start, start, end, SpeakerKind.ORGANISATION))
        return Resolved(start, end, SpeakerKind.ORGANISATION, None, How.LIKELY)

    def _author(self, tokens: list[Token], head: Token) -> Resolved | None:
        """`His response: “…”`, `the statement said`, behind "Quill said in a statement": whose words they are."""
        owner = tokens[0].flags & (GENDERS | F.PLURAL)
        if owner and tokens[0].flags & F.DETERMINER:
            found = self.recent.latest(tokens[0].start, owner & GENDERS) if owner & GENDERS else None
            if found is None or not found.named:
                return None
            self._spoke.append(Spoke(tokens[0].start, found.start, found.end, owner & GENDERS))
            return Resolved(found.start, found.end, SpeakerKind.PERSON, None, How.PRONOUN, found.lead)
        if len(tokens) != 2 or tokens[0].word.lower() not in self.lexicon.definite or not self._spoke:
            return None
        spoke, position = self._spoke[-1], tokens[0].start
        thing = next((t for t in reversed(self._things) if spoke.at < t[0] < position and t[3] is SpeakerKind.ORGANISATION), None)
        at = spoke.at if thing is None else thing[0]
        between = self.text[at:position]
        if (thing is None and not spoke.named) or between.count("\n") >= FAR_BREAKS:
            return None
        sentence = ENDS_SENTENCE.split(between, maxsplit=1)[0]
        if not any(f" {article} {head.word.lower()}" in sentence for article in self.lexicon.indefinite):
            return None
        if thing is not None:
            self._things.append((position, *thing[1:]))
            return Resolved(thing[1], thing[2], thing[3], None, How.LIKELY)
        self._spoke.append(spoke._replace(at=position))
        return Resolved(spoke.start, spoke.end, SpeakerKind.PERSON, None, How.LIKELY)

    def role_of(self, tokens: list[Token], head: Token) -> Resolved:
        start = tokens[0].start
        word, flag = head.word.lower(), self._in_case(head)
        if word in self.lexicon.file.roles.of_two:
            return Resolved(None, None, SpeakerKind.UNNAMED, None, How.NOBODY)
        begin = 1 if tokens[0].flags & F.DETERMINER and len(tokens) > 1 else 0
        if begin and flag & F.DIGIT and self.lexicon.tells_age(word) and tokens[0].word.lower() in self.lexicon.definite:
            aged = self._aged(word, start)
            if aged is not None:
                return aged
        indefinite = bool(tokens[0].flags & F.DETERMINER) and tokens[0].word.lower() not in self.lexicon.definite
        other = indefinite or any(t.word.lower() in self.lexicon.others for t in tokens)
        end = bare_end(tokens[-1])
        kind = self._kind_of_noun(flag)
        if begin and tokens[0].word.lower() in self.lexicon.file.words.several and kind in (SpeakerKind.UNNAMED, SpeakerKind.GROUP):
            return Resolved(tokens[begin].start, end, SpeakerKind.GROUP, None, How.WORDS)
        if not other and flag & (F.ROLE | F.TITLE):
            somebody = self._holder(word, tokens, head, begin)
            if somebody is not None:
                return somebody
        elif not other and begin and word in self.lexicon.companies:
            company = self._companies.meant(word, tokens, start)
            if company is not None:
                self._things.append((start, *company[:2], SpeakerKind.ORGANISATION))
                return Resolved(*company[:2], SpeakerKind.ORGANISATION, None, company[2])
        elif not other and begin and len(tokens) == 2 and flag & F.UNKNOWN_LOWER:
            somebody = self.somebody(word, tokens, start, 0)
            if somebody is not None:
                return somebody
        if kind is SpeakerKind.UNNAMED:
            self._unnamed.append((start, tokens[begin].start, end, word))
            if flag & F.ROLE and not self.lexicon.is_plural(word):
                gender = flag & GENDERS or (
                    self.index.subjects.following_pronoun(end) if self.lexicon.file.pronouns_tell_gender else 0
                )
                self._spoke.append(Spoke(start, tokens[begin].start, end, gender, named=False))
        elif not self.lexicon.is_plural(word):
            self._things.append((start, tokens[begin].start, end, kind))
        return Resolved(tokens[begin].start, end, kind, word if flag & (F.ROLE | F.TITLE) else None, How.WORDS)

    def _holder(self, word: str, tokens: list[Token], head: Token, begin: int) -> Resolved | None:
        """Who holds the role of a definite mention: whom the text gave it, an unnamed one met before, or whose deeds fit it."""
        start, flag = tokens[0].start, head.flags
        chosen = self.introductions.introduced(word, tokens, start)
        # "her spokesman", "the Russian president": somebody else than who was just spoken of
        owned = tokens[0].flags & (GENDERS | F.PLURAL) or any(t.flags & (F.POSSESSIVE | F.CAPITAL) for t in tokens[1:-1])
        if len(tokens) <= 3 and not owned and (chosen is None or word in self.lexicon.anyone):
            earlier = self._earlier_unnamed(word, start)
            if earlier is not None and (chosen is None or earlier[0] > chosen.start):
                self._spoke.append(Spoke(start, *earlier, flag & GENDERS, named=False))
                return Resolved(earlier[0], earlier[1], SpeakerKind.UNNAMED, word, How.HELD)
        if chosen is not None:
            full = self.index.full(chosen)
            how = How.HELD if self.introductions.fits(tokens, chosen) and not self._contested(word, full, start) else How.GUESS
            self._spoke.append(Spoke(start, full.start, full.end, full.gender, guessed=how is How.GUESS))
            return Resolved(full.start, full.end, SpeakerKind.PERSON, word, how)
        if not begin or word in self.lexicon.nobody:
            return None
        article = tokens[0].word.lower() in self.lexicon.file.codes.definite and not any(t.flags & F.POSSESSIVE for t in tokens)
        only = self._only_person(start, word, flag) if article and len(tokens) <= _LONGEST_ROLE and not flag & F.UNNAMED else None
        if only is not None and self.introductions.is_of_office(word, tokens, only) and not self._is_set_apart(word, only, start):
            self._spoke.append(Spoke(start, only.start, only.end, only.gender, guessed=True))
            return Resolved(only.start, only.end, SpeakerKind.PERSON, word, How.GUESS)
        if len(tokens) > 3:
            return None
        if owned:
            return self._by_place(word, tokens, flag)
        if flag & F.UNNAMED and word not in self.lexicon.anyone:
            return None
        behind = self.text[tokens[-1].end : tokens[-1].end + LONGEST_ARTICLE].split()
        if len(behind) > 1 and behind[0] == "," and self.lexicon.flags(behind[1]) & F.RELATIVE:
            return None  # "the doctor, who had advised against it": new to the text
        doer = self.clues.by_predicate(word, start)
        if doer is not None:
            self._spoke.append(Spoke(start, doer.start, doer.end, doer.gender))
            return Resolved(doer.start, doer.end, SpeakerKind.PERSON, word, How.LIKELY)
        found = self.recent.latest_of_role(
            start, tokens[-1].end, flag & GENDERS if self.lexicon.file.roles_tell_gender else 0, word
        )
        run = None if found is None else self.index.run_at(found.start)
        if found is None or (
            run is not None
            and (
                self._is_surname_like(word, run)
                or not self.introductions.is_of_office(word, tokens, run)
                or self._is_set_apart(word, run, start)
                or self._is_other_side(word, run)
            )
        ):
            return None
        # who holds an office is called so somewhere: "Senator Quill"
        how = How.GUESS if flag & F.TITLE or self._is_doubtful(found, word) else How.LIKELY
        self._spoke.append(Spoke(start, found.start, found.end, flag & GENDERS, guessed=how is How.GUESS))
        return Resolved(found.start, found.end, SpeakerKind.PERSON, word, how)

    def _contested(self, role: str, full: Run, position: int) -> bool:
        """Whether somebody else spoke since the text named the holder, just before, of whom it does not say that they are something else."""
        spoke = self._spoke[-1] if self._spoke else None
        if spoke is None or not spoke.named or self.text.count("\n", spoke.at, position) >= FAR_BREAKS:
            return False
        other = self.index.run_at(spoke.start)
        if other is None or not set(other.words).isdisjoint(full.words) or self.index.known_as_other(spoke.start, role, other):
            return False
        return not any(a > spoke.at for a, _ in self.index.runs.places_of_last(full.end, MAX_LOOKED_AT) if a < position)

    def _is_doubtful(self, found: Likeliest, role: str) -> bool:
        """Whether another one is nearly as likely to be meant, or the name may be no person's, or that of one who is something else."""
        return found.doubt > 0 or found.lead < _SURE_LEAD or self.index.known_as_other(found.start, role)

    def _is_other_side(self, role: str, run: Run) -> bool:
        """ "The judge asked" where the text knows a witness: roles of which nobody has two."""
        apart = self.lexicon.file.roles.apart
        return role in apart and role not in run.roles and any(known in apart for known in run.roles)

    def _is_set_apart(self, role: str, run: Run, position: int) -> bool:
        """ "Ada Quill asked the minister whether", "Asked by Ada Quill, the minister said": whether a sentence has both, though it gives nobody the
        role."""
        places = [span for span in self.index.runs.places_of_last(run.end, MAX_LOOKED_AT) if span[0] < position]
        for at in (*self.introductions.occurrences(role, position), position) if places else ():
            start, end = min(places, key=lambda span: abs(span[0] - at))
            between = self.text[end:at] if start < at else self.text[at:start]
            apposed = between.startswith(",") and len(between.split()) <= _SHORT_APPOSITION
            apposed = apposed or (
                at < start and between.endswith(", ") and self.text[end : end + 1] == ","
            )  # "the director of the mill, Ada Quill,"
            lead = self.text[max(0, at - _BEFORE_ROLE) : at].rsplit(None, 2)[-2:] if at < position else []
            if lead and (lead[-1].lower() not in self.lexicon.definite or lead[0].lower() in self.lexicon.file.codes.manner):
                continue  # "sworn in as president", "as the president"
            if not apposed and "\n" not in between and ENDS_SENTENCE.search(between) is None:
                return True
        return False

    def _only_person(self, position: int, role: str, flag: int) -> Run | None:
        """Who is meant by a role that the text gave to nobody, if one person alone was named so far, and in full."""
        only: Run | None = None
        for index in range(bisect_left(self.index.starts, position)):
            run = None if self.index.is_quoted(self.index.starts[index]) else self.index.run(index)
            full = None if run is None else self.index.full(run)
            if full is None or not self.index.scores.may_be_person(full) or (only is not None and full.start == only.start):
                continue
            if (
                only is not None
                or len(full.words) < 2
                or not self.index.scores.is_person(full)
                or self.index.known_as_other(full.start, role, full)
            ):
                return None
            only = full
        if only is not None and self._is_surname_like(role, only):
            return None
        theirs = 0 if only is None else only.gender or self.index.gender_of(only.start, only.end)
        return None if theirs and flag & GENDERS and not theirs & flag else only

    @staticmethod
    def _is_surname_like(role: str, run: Run) -> bool:
        """ "Die Richterin" where the text names Olaf Richter: a noun of people that is written like his name, which says nothing of him."""
        return role.startswith(run.words[-1]) and role not in run.roles

    def _by_place(self, word: str, tokens: list[Token], flag: int) -> Resolved | None:
        """ "The Texas governor" of whom the text told nothing of the kind: who spoke last, unless they are known as something else."""
        start, field = tokens[0].start, tokens[1:-1]
        places = all(t.flags & F.CAPITAL and not t.flags & F.POSSESSIVE for t in field)
        if not places or not self._spoke or flag & F.UNNAMED:
            return None
        spoke = self._spoke[-1]
        far = self.text.count("\n", spoke.at, start) >= 2 * FAR_BREAKS
        theirs = spoke.gender or self.index.gender_of(spoke.start, spoke.end)
        if (
            not spoke.named
            or far
            or (theirs and flag & GENDERS and not theirs & flag)
            or self.index.known_as_other(spoke.start, word)
        ):
            return None
        self._spoke.append(spoke._replace(at=start))
        return Resolved(spoke.start, spoke.end, SpeakerKind.PERSON, word, How.LIKELY)

    def _aged(self, age: str, position: int) -> Resolved | None:
        """ "The 71-year-old": who is of that age in the text, else the latest person of no stated age."""
        number = age.split("-")[0]
        latest: Run | None = None
        for index in range(bisect_left(self.index.starts, position) - 1, -1, -1):
            end = self.index.ends[index]
            if position - end > FARTHEST:
                break
            stated = STATED_AGE.match(self.text, end)
            if (stated and stated.group(1) != number) or (not stated and latest is not None) or self.index.is_quoted(end):
                continue
            run = self.index.run(index)
            full = None if run is None else self.index.full(run)
            if full is None or not self.index.scores.is_person(full):
                continue
            latest = full
            if stated:
                break
        if latest is None:
            return None
        self._spoke.append(Spoke(position, latest.start, latest.end, latest.gender))
        return Resolved(latest.start, latest.end, SpeakerKind.PERSON, None, How.HELD)

    def somebody(self, word: str, tokens: list[Token], start: int, gender: int) -> Resolved | None:
        """ "The pensioner": a word of no list, but somebody; the one introduced by it, named or not, else the likeliest."""
        chosen = self.introductions.introduced(word, tokens, start) or self.clues.by_predicate(word, start)
        if chosen is not None:
            full = self.index.full(chosen)
            self._spoke.append(Spoke(start, full.start, full.end, full.gender))
            return Resolved(full.start, full.end, SpeakerKind.PERSON, None, How.HELD)
        earlier = self.introductions.introduced_unnamed(word, start)
        if earlier is not None:
            return Resolved(earlier[0], earlier[1], SpeakerKind.UNNAMED, None, How.HELD)
        if not self.lexicon.is_person_noun(word):
            return None
        found = self.recent.latest_of_role(start, tokens[-1].end, gender, word)
        return Resolved(found.start, found.end, SpeakerKind.PERSON, None, How.GUESS) if found else None

    def _earlier_unnamed(self, word: str, position: int) -> tuple[int, int] | None:
        """The unnamed source that "the official" or "the person" points back to."""
        same = self.introductions.introduced_unnamed(word, position)
        if same is not None and word in self.lexicon.loose and "\n" in self.text[same[1] : position]:
            same = same if any(same[0] == spoke.start for spoke in self._spoke) else None  # "put up a candidate who lies"
        if same is not None or word not in self.lexicon.anyone:
            return same
        return next(
            ((a, b) for at, a, b, head in reversed(self._unnamed) if at < position and not self.lexicon.is_plural(head)), None
        )

    def _kind_of_noun(self, flag: int) -> SpeakerKind:
        if flag & F.UNNAMED:
            return SpeakerKind.UNNAMED
        if flag & (F.MEDIUM | F.ORGANISATION) == F.MEDIUM:
            return SpeakerKind.MEDIA
        if flag & F.DOCUMENT:
            return SpeakerKind.DOCUMENT
        if flag & F.ORGANISATION:
            return SpeakerKind.ORGANISATION
        if flag & F.GROUP:
            return SpeakerKind.GROUP
        return SpeakerKind.UNNAMED
