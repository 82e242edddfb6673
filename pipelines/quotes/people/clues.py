"""What the sentences of a text show of its people and things: who did what a role does, and what "it" stands for.

Who spoke before does not belong here: see `recent`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter

from pipelines.quotes import flags as F
from pipelines.quotes.people.name_index import NameIndex
from pipelines.quotes.people.name_tokens import MAX_LOOKED_AT, bare_end
from pipelines.quotes.people.types import FARTHEST, NameKind, Run
from pipelines.quotes.types import Token
from pipelines.vocabulary import SpeakerKind

Thing = tuple[int, int, SpeakerKind]  # where its name begins and ends
Met = tuple[int, int, int, SpeakerKind]  # where it is mentioned, and the same
SENTENCES_BACK = 3  # in which a subject is looked for
_NEXT_SENTENCE = re.compile(r"[.!?]([”\"’»“]?\s+)(?=\w)")
_THING = F.DOCUMENT | F.MEDIUM | F.ORGANISATION
_NOT_LEADING = F.BOUNDARY | F.AUXILIARY | F.CUE | F.COMMA | F.PRONOUN  # what does not stand before the subject of a sentence
_PREDICATE = 40  # characters behind a name in which its verb stands, or what belongs to it
_POSSESSIVE = ("'s", "’s", "s'", "s’")
_LONGEST_BYLINE = 8  # words
_FEWEST_OF_BODY = 2  # words of a name that tells by itself that it is a body
_MAX_BETWEEN = 3  # tokens between a possessor and what it made


class Clues:
    """What stands around the names of one text."""

    def __init__(self, index: NameIndex) -> None:
        self.index, self.text, self.lexicon = index, index.text, index.lexicon
        self._credit_lines: dict[int, bool] = {}  # start of a line -> whether it is a credit
        self._asked: tuple[int, list[int]] = (-1, [])  # the last position asked for, and the sentences before it
        self._borders: list[tuple[int, int]] | None = None  # from the end of a sentence to where the next begins

    def in_credit(self, position: int) -> bool:
        """Whether a name stands in a photo credit or on a button: its line has several words of such and no verb."""
        if not self.index.kinds.credits:
            return False
        start = self.text.rfind("\n", 0, position) + 1
        known = self._credit_lines.get(start)
        if known is None:
            end = self.text.find("\n", position)
            known = self._credit_lines[start] = self._is_credit(self.text[start : end if end >= 0 else len(self.text)])
        return known

    def _is_credit(self, line: str) -> bool:
        words = line.split()
        if len(words) <= _LONGEST_BYLINE and words[0][:1].isupper() and words[0].lower() in self.lexicon.file.codes.agent:
            return not line.rstrip().endswith((".", "!", "?"))  # "By Ada Quill", and no sentence
        capitals = [w for w in words if w[0].isupper()]
        enough = max(2, (len(words) - 9) // 4)  # a quarter of the words but for twelve
        return len(capitals) >= enough and sum(self.index.kinds.is_credit(w.strip(".,:()/-")) for w in capitals) >= enough

    def sentences_before(self, position: int) -> list[int]:
        """Where the paragraph's latest sentences outside quotations begin, that of `position` included; the nearest first."""
        if position != self._asked[0]:
            self._asked = position, self._sentences_before(position)
        return self._asked[1]

    def _sentences_before(self, position: int) -> list[int]:
        if self._borders is None:
            self._borders = [match.span(1) for match in _NEXT_SENTENCE.finditer(self.text)]
        low = max(0, position - FARTHEST)
        low = max(low, self.text.rfind("\n", low, position) + 1)
        found: list[int] = []
        looked_at = 4 * SENTENCES_BACK  # beginnings, `low` among them
        k = bisect_left(self._borders, position, key=itemgetter(1)) - 1
        while looked_at and k >= 0 and self._borders[k][0] >= low:
            begin = self._borders[k][1]
            if not self.index.is_quoted(begin):
                found.append(begin)
                if len(found) == SENTENCES_BACK:
                    return found
            looked_at -= 1
            k -= 1
        if looked_at and not self.index.is_quoted(low):
            found.append(low)
        return found

    def thing_before(self, position: int, spoke: Sequence[Met]) -> Thing | None:
        """What "it" stands for: of the paragraph's latest sentence with an institution or document the one that spoke in it, its subject or the nearest one
        before `position`. `spoke`: those that spoke before, in the text's order."""
        end = position
        for start in self.sentences_before(position):
            latest = next((met for met in reversed(spoke) if start <= met[0] < end), None)
            if latest is not None:
                return latest[1:]
            things = self._things_in(start, end)
            if things:
                leading, *_ = things[0]
                return things[0][1:] if leading else things[-1][1:]
            end = start
        return None

    def _things_in(self, start: int, end: int) -> list[tuple[bool, int, int, SpeakerKind]]:
        """Institutions, media and documents between two offsets: whether it is the subject, start, end, kind."""
        things: list[tuple[bool, int, int, SpeakerKind]] = []
        leading, body = True, None
        tokens = self.index.tokens.between(start, end)
        for k, token in enumerate(tokens):
            if self.index.is_quoted(token.start):
                continue
            if self._is_thing(token) and (leading or not self._is_modifier(tokens, k)) and self._may_say(tokens, k, leading):
                things.append((leading, *self._whole_name(token), self._kind_of_thing(token)))
            elif (
                leading
                and token.flags & (F.CAPITAL | F.NOT_NAME | F.GIVEN) == F.CAPITAL
                and not self._is_other_word(tokens, k)
                and self._is_nobody(token)
            ):
                things.append((leading, *self._longest_form(token), SpeakerKind.ORGANISATION))
            elif leading and body is None and token.flags & (F.CAPITAL | F.NOT_NAME | F.GIVEN) == F.CAPITAL:
                body = self._body_at(token)
            leading = leading and not token.flags & _NOT_LEADING
        if body is not None and not things:
            return [(True, body.start, body.end, SpeakerKind.ORGANISATION)]
        return things

    def _is_modifier(self, tokens: list[Token], k: int) -> bool:
        """ "A government grant": another noun follows."""
        if k + 1 < len(tokens) and tokens[k + 1].word in self.lexicon.reports.pasts:
            return False  # "the ministry set terms"
        return k + 1 < len(tokens) and bool(tokens[k + 1].flags & (F.UNKNOWN_LOWER | F.ROLE | F.GROUP | F.DOCUMENT))

    def _is_other_word(self, tokens: list[Token], k: int) -> bool:
        """ "Granting the licence", "Any change", "Deal options", "Shares in Quorum": a participle with its object, a determiner or a noun that has its
        capital only as the first word of its sentence."""
        token = tokens[k]
        if not self.index.runs.opens_text_sentence(token.start):
            return False
        if token.flags & F.DETERMINER or self.index.scores.is_common_noun(token.word.lower()):
            return True
        behind = tokens[k + 1].flags if k + 1 < len(tokens) else 0
        if self.lexicon.is_plural(token.word) and behind & (F.ATTACHING | F.LOWER) == F.ATTACHING | F.LOWER:
            return True
        return bool(token.flags & F.ENDS_ING) and bool(behind & (F.DETERMINER | F.PRONOUN))

    def _is_nobody(self, token: Token) -> bool:
        """Whether a single capitalised word is a name that nothing says is a person's, and nobody's last name."""
        k = bisect_left(self.index.starts, token.start)
        if k == len(self.index.starts) or self.index.starts[k] != token.start:
            return False
        run = self.index.run(k)
        if run is None or len(run.words) > 1 or not run.words[0].isalpha() or run.possessive or self.index.scores.is_person(run):
            return False
        return not self.index.runs.is_last_name(run.words[0])

    def _body_at(self, token: Token) -> Run | None:
        """The name of several words that begins here, where more speaks for a body than for a person: "Halden Lines"."""
        run = self.index.run_at(token.start)
        if run is None or run.start != token.start or len(run.words) < _FEWEST_OF_BODY or run.possessive:
            return None
        may_be_body = self.lexicon.is_plural(run.words[-1]) or any(map(self.index.kinds.is_body, run.words))
        return run if may_be_body and self.index.scores.kind_of(run) is NameKind.ORGANISATION else None

    def _longest_form(self, token: Token) -> tuple[int, int]:
        """The first name of the text that goes on behind this one: "Halden", "Halden Motors"."""
        k = bisect_left(self.index.starts, token.start)
        for index in self.index.runs.going_on_behind(token.word.lower())[:MAX_LOOKED_AT]:
            if index < k and self.text.startswith(token.word + " ", self.index.starts[index]):
                return self.index.starts[index], self.index.ends[index]
        return token.start, self.index.ends[k]

    def _may_say(self, tokens: list[Token], k: int, leading: bool) -> bool:
        """Whether it is no document that somebody else speaks in or of, "in a statement", "the demise of the law firm", "its plan foresees a fall": that says
        something as the subject of a sentence with a verb of saying, or where it is new, "Quill brought a letter"."""
        if self._kind_of_thing(tokens[k]) is not SpeakerKind.DOCUMENT:
            return True
        if k > 1 and tokens[k - 1].word.lower() in self.lexicon.indefinite and not tokens[k - 2].flags & (F.BOUNDARY | F.ATTACHING):
            return True
        if not leading or self._is_modifier(tokens, k) or any(t.flags & F.ATTACHING for t in tokens[:k]):
            return False
        return any(t.flags & F.CUE and t.flags & F.LOWER and not self.index.is_quoted(t.start) for t in tokens[k + 1 :])

    def _is_thing(self, token: Token) -> bool:
        """An institution or document in the singular, and no possessor; an acronym too."""
        flag = token.flags
        if flag & F.POSSESSIVE or not flag & F.LETTER:
            return False
        if flag & F.UPPER and flag & F.CAPITAL and not flag & F.NOT_NAME:
            return True
        return bool(flag & _THING) and not flag & F.CUE and not self.lexicon.is_plural(token.word)

    @staticmethod
    def _kind_of_thing(token: Token) -> SpeakerKind:
        if token.flags & F.MEDIUM:
            return SpeakerKind.MEDIA
        return SpeakerKind.DOCUMENT if token.flags & F.DOCUMENT else SpeakerKind.ORGANISATION

    def _whole_name(self, token: Token) -> tuple[int, int]:
        """Of a word in a name the name without its article, else the word alone."""
        k = bisect_right(self.index.starts, token.start) - 1
        if not token.flags & F.CAPITAL or k < 0 or token.start >= self.index.ends[k]:
            return token.start, token.end
        run = self.index.run(k)
        if run is not None and run.start <= token.start < run.end:
            return run.start, run.end
        tokens = self.index.tokens.between(self.index.starts[k], self.index.ends[k])
        first = next((t for t in tokens if not t.flags & (F.NOT_NAME | F.DETERMINER)), token)
        return first.start, bare_end(tokens[-1])

    def by_predicate(self, role: str, position: int) -> Run | None:
        """The latest person before `position` who does what the role does ("Mira Quill plays the widow": the actress) or made what its
        holder makes ("Mira Quill’s new novel": the author)."""
        does, made = self.lexicon.predicates_of(role)
        if not does and not made:
            return None
        last = bisect_left(self.index.starts, position)
        for index in range(last - 1, max(-1, last - 1 - MAX_LOOKED_AT), -1):
            possessive = self.text[self.index.ends[index] - 2 : self.index.ends[index]] in _POSSESSIVE
            if not self._does(self.index.ends[index], possessive, does, made) or self.index.is_quoted(self.index.starts[index]):
                continue
            run = self.index.run(index)
            if run is None:
                continue
            full = self.index.full(run)
            if self.index.scores.may_be_person(full):
                return full
        return None

    def _does(self, end: int, possessive: bool, does: frozenset[str], made: frozenset[str]) -> bool:
        """Whether the name that ends here is the subject of one of the verbs, or the possessor of one of the nouns."""
        passive = False
        for nth, token in enumerate(self.index.tokens.between(end, min(len(self.text), end + _PREDICATE))):
            word, flag = token.word.lower(), token.flags
            passive = passive or word in self.lexicon.passive
            if possessive:
                if word in made:
                    return True
                if nth >= _MAX_BETWEEN or not flag & F.LETTER or flag & F.BOUNDARY:
                    return False
            elif word in does:
                return not passive or bool(flag & F.ENDS_ING)  # "was sentenced": no judge
            elif not flag & (F.ADVERB | F.AUXILIARY):
                return False
        return False
