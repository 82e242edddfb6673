"""Who of the recent speakers and subjects is the likeliest for a pronoun, or for a role that the text gave to nobody."""

from __future__ import annotations

from bisect import bisect_left

from pipelines.quotes import flags as F
from pipelines.quotes.people.name_index import NameIndex
from pipelines.quotes.people.types import (
    ENDS_SENTENCE,
    FAR_BREAKS,
    FARTHEST,
    GENDERS,
    LONGEST_ARTICLE,
    Introducing,
    Likeliest,
    Met,
    Run,
    Showing,
)

_LONGEST_OPENING = 120  # characters of a clause before the main one
_CLEAR_LEAD = 0.5  # score over another, of somebody of whom nothing tells the gender
_LONGEST_VERB = 20  # characters of "had a talk with"
_MIN_FOR_ROLE = 0.2  # score below which nobody is meant by a role that the text gave to nobody


class Recent:
    """The recent speakers and subjects of one text."""

    def __init__(self, index: NameIndex, clues: Showing, introductions: Introducing, met: Met) -> None:
        self.index, self.clues, self.introductions = index, clues, introductions
        self.text, self.lexicon, self._spoke = index.text, index.lexicon, met.spoke

    def latest(self, position: int, gender: int, role: str | None = None) -> Likeliest | None:
        """Of recent speakers and subjects the one with most to say for it: nearness, having spoken, opening its sentence, gender.

        `gender` 0: any. `role`: what the mention calls them; who is known by other roles is less likely.
        """
        found: list[Likeliest] = []
        topic = self._topic(position) if role else -1
        for spoke in self._spoke[-6:]:
            if spoke.start == topic:
                continue
            theirs = spoke.gender or (self.index.gender_of(spoke.start, spoke.end) if spoke.named else 0)
            if spoke.at >= position or position - spoke.at >= FARTHEST or (theirs and gender and not theirs & gender):
                continue
            if not spoke.named and (role or self.text.count("\n", spoke.at, position) >= FAR_BREAKS):
                continue
            score = 1.6 - (position - spoke.at) / 500 + (0.2 if theirs and gender else 0.0)
            score -= 0.8 if role and self.index.known_as_other(spoke.start, role) else 0.0
            found.append(Likeliest(score, spoke.start, spoke.end, 0.0, spoke.named, guessed=spoke.guessed))
        last_spoke, last_name = (self._spoke[-1].at, self._spoke[-1].start) if self._spoke else (-1, -1)
        subject = self._role_subject(position) if not role else None
        theirs = (subject[1].gender or self.index.gender_of(subject[1].start, subject[1].end)) if subject is not None else 0
        if subject is not None and not (theirs and gender and not theirs & gender):
            score = 0.9 - (position - subject[0]) / 500 + (1.4 if subject[0] > last_spoke else 0.7)
            found.append(Likeliest(score, subject[1].start, subject[1].end))
        best = max(found, default=None)
        opening = self.text.rfind("\n", 0, position) + 1
        for index in range(bisect_left(self.index.starts, position) - 1, -1, -1):
            most = 2.8 - (position - self.index.starts[index]) / 500
            if position - self.index.starts[index] > FARTHEST or (best is not None and most < best.score):
                break
            if (
                best is not None
                and best.score > 1.4 - (position - self.index.ends[index]) / 500
                and not self.index.subjects.is_subject(index)
                and not (self.index.starts[index] >= opening > last_spoke)
            ):
                continue  # only a subject, or the only person of this paragraph, could still be likelier
            candidate = self._candidate(index, position, gender, role, last_spoke, last_name)
            if candidate is not None and candidate.start != topic:
                found.append(candidate)
                best = max(best, candidate) if best else candidate
        if best is None or (role and best.score + best.doubt < _MIN_FOR_ROLE):
            return None
        rival = max((x for x in found if x.start != best.start), default=None)
        lead = 1.0 if rival is None else min(1.0, best.score - rival.score)
        beside = bool(gender) and best.start != last_name and any(self._is_beside(best, other) for other in found)
        lead = 0.0 if beside else lead
        # "Quill met Renn. “…,” she said": nothing says that Quill is a woman
        unclear = bool(gender) and not best.gendered and (beside or lead < _CLEAR_LEAD)
        return best._replace(lead=lead, guessed=best.guessed or unclear)

    def _is_beside(self, best: Likeliest, other: Likeliest) -> bool:
        """ "Quill met Renn": whether hardly more than a verb stands between the likeliest one and another person."""
        if not 0 <= best.at < other.at or other.start == best.start or other.doubt:
            return False
        run, second = self.index.run_at(best.at), self.index.run_at(other.at)
        if run is None or second is None or second.possessive or not (self.index.full(second).given or second.roles):
            return False
        between = self.text[run.end : other.at]
        return 0 < len(between) <= _LONGEST_VERB and between.replace(" ", "").isalpha()

    def _topic(self, position: int) -> int:
        """ "Of Mayor Quill, the driver said": where the name of the person begins who is only spoken of, -1 where there is none."""
        index = bisect_left(self.index.starts, position) - 1
        if index < 0 or self.text[self.index.ends[index] : position] != ", ":
            return -1
        run = self.index.run(index)
        return -1 if run is None else self.index.full(run).start

    def _candidate(
        self, index: int, position: int, gender: int, role: str | None, last_spoke: int, last_name: int
    ) -> Likeliest | None:
        """How likely the name number `index` is meant; None where it cannot be."""
        run = None if self.index.is_quoted(self.index.starts[index]) else self.index.run(index)
        if run is None:
            return None
        full = self.index.full(run, gender)
        is_person = self.index.scores.is_person(full)
        named = is_person or (len(full.words) == 1 and self._spoke_by(full.words[0]))
        if (
            not (len(full.words) > 1 or named)
            or not (named or self.index.scores.may_be_person(full))
            or self.clues.in_credit(run.start)
        ):
            return None
        unknown = len(full.words) == 1 and not (full.given or full.roles or self._spoke_by(full.words[0]))
        if unknown and self.lexicon.file.follows and self.index.subjects.opens_sentence(run.start):
            return None  # "Guldet är hennes tredje": any word has a capital there
        theirs = full.gender or self.index.gender_of(full.start, full.end)
        if theirs and gender and not theirs & gender:
            return None
        score = 0.9 - (position - run.start) / 500 + (0.5 if theirs and gender else 0.0)
        leads = self.index.subjects.opens_sentence(self.index.starts[index]) or (named and self.index.subjects.is_subject(index))
        leads = leads or (is_person and bool(theirs & gender) and self._is_second_of_subject(index))
        if leads and not run.possessive:
            near = self.text.count("\n", run.end, position) < FAR_BREAKS
            score += 1.4 if near and run.start > last_spoke and full.start != last_name else 0.7  # a new subject came in between
        elif not run.possessive and last_spoke >= 0 and is_person and self._alone_since(run, position, last_spoke):
            score += 0.9  # "That did not satisfy Ada Quill. “…,” she said"
        score -= 0.6 if run.possessive else 0.0
        doubt = 0.8 if len(full.words) == 1 else 0.0 if is_person else 0.5
        score -= doubt
        score -= 0.8 if role and self.index.known_as_other(full.start, role, full) else 0.0
        guessed = full.start == last_name and run.start < last_spoke and self._spoke[-1].guessed
        return Likeliest(
            score, full.start, full.end, doubt, guessed=guessed, gendered=full.gender in (F.MASCULINE, F.FEMININE), at=run.start
        )

    def _is_second_of_subject(self, index: int) -> bool:
        """ "Ottoline Lund and Karl Nash opened the mill": the name that a conjunction joins to the one that opens the sentence."""
        between = self.text[self.index.ends[index - 1] : self.index.starts[index]].strip() if index else ""
        return between in self.lexicon.file.codes.conjunction and self.index.subjects.opens_sentence(self.index.starts[index - 1])

    def _spoke_by(self, name: str) -> bool:
        """Whether somebody spoke whose name (lower case) is this word, "Minister Drozd": then it is a person without a title too."""
        return any(spoke.named and self.text[spoke.start : spoke.end].lower() == name for spoke in self._spoke[-6:])

    def _alone_since(self, run: Run, position: int, last_spoke: int) -> bool:
        """Whether the paragraph of the pronoun, in which nobody spoke yet, names this person first and nobody else but in marks."""
        start = self.text.rfind("\n", 0, position) + 1
        if last_spoke >= start or run.start < start or not ENDS_SENTENCE.search(self.text, run.end, position):
            return False
        k = bisect_left(self.index.starts, start)
        inside = [i for i in range(k, bisect_left(self.index.starts, position)) if not self.index.is_quoted(self.index.starts[i])]
        return all(self.index.starts[i] <= run.start < self.index.ends[i] or not self.index.is_likely_at(i) for i in inside)

    def latest_of_role(self, start: int, end: int, gender: int, role: str) -> Likeliest | None:
        """`latest` for a role that the text gave to nobody: of the gender of the pronoun that follows it, "the planner says he"."""
        if not gender and self.lexicon.file.pronouns_tell_gender:
            gender = self.index.subjects.following_pronoun(end)
        return self.latest(start, gender, role)

    def _role_subject(self, position: int) -> tuple[int, Run] | None:
        """The latest sentence of the paragraph that opens with a role, "The librarian has one condition", and who holds it."""
        for start in self.clues.sentences_before(position):
            for at in (start, self.behind_opening(start, position)):
                found = self._role_at(at, position) if at >= 0 else None
                if found is not None:
                    return at, found
        return None

    def behind_opening(self, start: int, position: int) -> int:
        """Where the main clause begins behind an opening one, "Asked why, the manager laughed": -1 where the sentence has none."""
        comma = self.text.find(", ", start, min(position, start + _LONGEST_OPENING))
        if comma < 0:
            return -1
        opener = next(self.index.tokens.forward(start, comma), None)
        opens = opener is not None and opener.flags & (F.BOUNDARY | F.ENDS_ED | F.ENDS_ING)
        return comma + 2 if opens else -1

    def _role_at(self, start: int, position: int) -> Run | None:
        """Who holds the role with which the text goes on at `start`: "The librarian has"."""
        opener = self.text[start : start + LONGEST_ARTICLE].split(None, 1)
        if not opener or opener[0].lower() not in self.lexicon.definite:
            return None
        tokens = self.index.tokens.between(start, min(position, start + 60))[:4]
        if len(tokens) < 3 or not tokens[0].flags & F.DETERMINER or tokens[0].word.lower() not in self.lexicon.definite:
            return None
        if tokens[0].flags & (GENDERS | F.PLURAL):  # "His lawyer"
            return None
        head = next((t for t in tokens[1:3] if t.flags & (F.ROLE | F.TITLE | F.UNKNOWN_LOWER) and not t.flags & F.POSSESSIVE), None)
        run = (
            self.introductions.introduced(head.word.lower(), tokens[: tokens.index(head) + 1], start) if head is not None else None
        )
        return None if run is None else self.index.full(run)
