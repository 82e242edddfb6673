"""From attributed segments, reported clauses and turns to the quotes that are given out, with the names of their speakers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from pipelines.quotes import confidence
from pipelines.quotes import flags as F
from pipelines.quotes.attribution.reported import Reported, overlap
from pipelines.quotes.attribution.sentence import SPEAKING
from pipelines.quotes.kernels import mentions as kernel
from pipelines.quotes.people.bearers import Bearers
from pipelines.quotes.people.bodies import Bodies
from pipelines.quotes.people.clues import Clues
from pipelines.quotes.people.company_nouns import CompanyNouns
from pipelines.quotes.people.introductions import Introductions
from pipelines.quotes.people.labels import Labels
from pipelines.quotes.people.name_index import NameIndex
from pipelines.quotes.people.name_parts import NameParts
from pipelines.quotes.people.named import Named
from pipelines.quotes.people.nouns import Nouns
from pipelines.quotes.people.openings import Openings
from pipelines.quotes.people.pronouns import Pronouns
from pipelines.quotes.people.recent import Recent
from pipelines.quotes.people.types import Met, Resolved
from pipelines.quotes.text.headlines import Headline
from pipelines.quotes.text.joined import in_words
from pipelines.quotes.text.paragraphs import Paragraph
from pipelines.quotes.text.segments import Unit, is_whole
from pipelines.quotes.text.table import TokenTable
from pipelines.quotes.text.transcripts import MIN_TURNS, Turn
from pipelines.quotes.types import NO_ROW, How, Mention, Quote, Speaker
from pipelines.vocabulary import QuoteType, SpeakerKind

TURN_CONFIDENCE = 0.9
ANSWER_CONFIDENCE = 0.8  # where the label of a turn names nobody, and the text before the interview one person
HEADLINE = 0.75  # "Quill: no money for the bridge", where the text below has Ada Quill
BEHIND_HEADLINE = 0.7  # "No money to be had for the bridge: Quill"
ONE_ANSWER = 0.7  # and there is but one: it may be anybody's question


def quotes_of(
    text: str, units: list[Unit], reported: list[Reported], turns: list[Turn], headline: Headline | None, speakers: Speakers
) -> list[Quote]:
    """The quotes of one text, in the order of their start."""
    above = None if headline is None else _headline(headline, speakers)
    quotes: list[Quote] = [] if above is None else [above]
    if headline is not None and above is not None:
        reported = [r for r in reported if r.start >= headline.stop]
    place: dict[int, int] = {}  # index of a unit -> index of its quote
    roots: dict[int, int] = {}  # index of a unit -> index of the quote it continues, or its own
    order: list[tuple[int, int, int]] = [(u.segment.inner_start, 0, i) for i, u in enumerate(units)]
    clauses = _apart_from_turns(reported, turns)
    order += [(r.start, 1, i) for i, r in enumerate(clauses)]
    order += [(t.start, 2, i) for i, t in enumerate(turns)]
    for _, sort, i in sorted(order):
        if sort == 2:
            quotes.append(_turn(turns[i], turns, speakers))
            continue
        if sort == 1:
            quotes.append(_indirect(clauses[i], speakers))
            continue
        place[i] = len(quotes)
        previous = units[i - 1] if i else None
        quote, root = _marked(text, units[i], previous, quotes, place.get(i - 1), roots.get(i - 1), speakers)
        roots[i] = place[i] if root is None else root
        quotes.append(quote)
    return quotes


def _apart_from_turns(reported: list[Reported], turns: list[Turn]) -> list[Reported]:
    spans = [(t.label_start, t.end) for t in turns]
    return [r for r in reported if not spans or not overlap(spans, r.start, r.end)]


def _turn(turn: Turn, turns: Sequence[Turn], speakers: Speakers) -> Quote:
    """`turns`: those of the transcript."""
    if turn.answers:
        speaker = speakers.interviewed(turn.label_start, turn.label_end, turns[0].label_start)
        chance = ANSWER_CONFIDENCE if len(turns) >= MIN_TURNS else ONE_ANSWER
    else:
        speaker = None if turn.anonymous else speakers.labelled(turn.label_start, turn.label_end)
        chance = TURN_CONFIDENCE
    return Quote(turn.start, turn.end, QuoteType.DIRECT, turn.start, turn.end, None, None, speaker, None, chance)


def _headline(line: Headline, speakers: Speakers) -> Quote | None:
    speaker = speakers.headed(line)
    if speaker is None:
        return None
    chance = BEHIND_HEADLINE if line.behind else HEADLINE
    return Quote(line.start, line.end, QuoteType.INDIRECT, line.start, line.end, None, None, speaker, None, chance)


def _marked(
    text: str,
    unit: Unit,
    previous: Unit | None,
    quotes: list[Quote],
    before: int | None,
    root_before: int | None,
    speakers: Speakers,
) -> tuple[Quote, int | None]:
    """The quote of a segment, and the index of the quote that it continues. `before`, `root_before`: those of the segment before."""
    segment = unit.segment
    start, end = segment.inner_start, segment.inner_end
    root: int | None = None
    speaker: Speaker | None = None
    cue: tuple[int | None, int | None] = (None, None)
    whole = is_whole(text, segment)
    mention = unit.mention if _may_speak(unit) else None
    if mention is not None and unit.where is not None:
        part = (
            unit.continues
            and previous is not None
            and before is not None
            and previous.mention == mention
            and previous.where is unit.where
        )
        if part and previous is not None and _is_continuation(text, previous, unit):
            root = root_before
            whole = whole or (root is not None and quotes[root].type is QuoteType.DIRECT and _is_split(text, previous, unit))
        said = None if unit.cue is None else unit.where.word(unit.cue[1])
        speaker = quotes[before].speaker if part and before is not None else speakers.of(unit.where, mention, said)
        if unit.cue is not None:
            cue = (unit.where.starts[unit.cue[0]], unit.where.ends[unit.cue[1]])
    elif unit.left_out is not None:
        cue = (unit.p.starts[unit.left_out[0]], unit.p.ends[unit.left_out[1]])
        speaker = speakers.left_out(unit.p.starts[unit.left_out[0]], unit.p.word(unit.left_out[1]))
    elif not unit.alone:
        whole = False
    kind = QuoteType.DIRECT if whole and unit.content == (start, end) else QuoteType.PARTIAL
    evidence = confidence.of_segment(unit, speaker)
    chance = round(confidence.chance(evidence) * unit.certainty * confidence.certainty(speaker), 3)
    return Quote(start, end, kind, unit.content[0], unit.content[1], cue[0], cue[1], speaker, root, chance, evidence), root


def _may_speak(unit: Unit) -> bool:
    """A thing of no known kind speaks only where the cue touches it ("The sign reads"), and hardly otherwise."""
    p, mention = unit.where, unit.mention
    if p is None or mention is None or mention.kind != F.NOUN or p.flags[mention.head] & SPEAKING or unit.continues:
        return True
    if mention.row == NO_ROW:
        return True  # a rule found it, which knows its kind
    if unit.cue is None:
        return False
    between = range(mention.group_last + 1, unit.cue[0]) if unit.cue[0] > mention.last else range(unit.cue[1] + 1, mention.first)
    return all(p.flags[k] & (F.ADVERB | F.AUXILIARY) for k in between)


def _indirect(item: Reported, speakers: Speakers) -> Quote:
    p, cue = item.p, item.cue
    position = item.start if cue is None else p.starts[cue.first]
    said = None if cue is None else p.word(cue.last)
    speaker = speakers.left_out(position, said) if item.mention is None else speakers.of(p, item.mention, said)
    evidence = confidence.of_clause(item, speaker)
    return Quote(
        item.start,
        item.end,
        QuoteType.INDIRECT,
        item.start,
        item.end,
        None if cue is None else p.starts[cue.first],
        None if cue is None else p.ends[cue.last],
        speaker,
        None,
        round(confidence.chance(evidence) * item.certainty * confidence.certainty(speaker), 3),
        evidence,
    )


def _is_continuation(text: str, previous: Unit, unit: Unit) -> bool:
    """Whether the unit goes on where the one before stopped: only the attribution or a paragraph break stands between."""
    between = text[previous.segment.end : unit.segment.start]
    return len(between) < 250 and (previous.p is not unit.p or unit.alone or previous.segment.end < unit.p.starts[unit.token])


def _is_split(text: str, previous: Unit, unit: Unit) -> bool:
    """`"We will," she said, "go on"`: the sentence between the marks runs on."""
    last = text[previous.segment.inner_end - 1]
    behind = text[previous.segment.end : previous.segment.end + 1]
    return (
        previous.p is unit.p
        and (last == "," or behind == ",")
        and previous.p.sentence_of[previous.token] == unit.p.sentence_of[unit.token]
    )


class Speakers:
    """Who the speakers of one text are: last name to full name, pronoun to the recent speaker, role to the person it was introduced for.

    Ask in reading order: an answer depends on who spoke before. Every name is a span of the text itself.
    """

    def __init__(self, said: Mapping[int, Sequence[int]], index: NameIndex, parts: NameParts) -> None:
        """`said`: see `read_speakers`."""
        self._said, self._index = said, index
        met, clues, introductions = Met(), Clues(index), Introductions(index)
        recent = Recent(index, clues, introductions, met)
        self._nouns = Nouns(index, clues, introductions, recent, CompanyNouns(index, introductions, met), met)
        self._pronouns = Pronouns(index, clues, introductions, recent, met)
        self._bodies = Bodies(index, parts)
        self._named = Named(index, parts, Openings(index), self._bodies, Bearers(index, met), self._nouns, met)
        self._labels = Labels(index, met)

    def of(self, p: Paragraph, mention: Mention, said: str | None = None) -> Speaker:
        """The mention as it is given out, with its apposition, and who it is. `said`: the cue, which may tell their gender: "сказала"."""
        a, b = mention.first, mention.last
        unread = kernel.PRONOUN if mention.kind == F.PRON else kernel.NOUN
        read = (a, b, unread, a, b, -1) if mention.row == NO_ROW else self._said[mention.row]
        first, last, kind, core_first, core_last, role = read
        start, end = p.starts[core_first], p.ends[core_last]
        if kind == kernel.PRONOUN:
            possessive = mention.row == NO_ROW  # "nach seinen Worten": no verb of saying tells how many there are
            several = not possessive and self._index.lexicon.is_of_several(said)
            found = self._pronouns.pronoun(start, end, several, possessive)
        elif kind == kernel.NAME or (first == core_first and self._named.is_surname(start, end)):
            found = self._named.name(start, end, p.word(role).lower() if role >= 0 else None)
            gender = self._index.lexicon.gender_of_verb(said)
            if found.kind is SpeakerKind.ORGANISATION and self._is_several(p, a, core_last, said):
                found = found._replace(kind=SpeakerKind.GROUP)
            if gender and found.kind is SpeakerKind.PERSON and found.start is not None:
                self._index.infer_gender(found.start, gender)
        else:
            named = self._behind_office(p, core_last, last)
            if named >= 0:
                found = self._named.name(p.starts[named], p.ends[last], p.word(core_last).lower())
            else:
                found = self._nouns.noun(start, end)
        return self._speaker(p.starts[first], p.ends[last], found)

    @staticmethod
    def _behind_office(p: Paragraph, head: int, last: int) -> int:
        """ "The leader of the council Ada Quill": where a first name begins right behind the body of the role at `head`; -1 where none does."""
        flags, k = p.flags, last - 1
        named = F.GIVEN | F.CAPITAL
        if k <= head + 1 or not flags[head] & F.ROLE or flags[k] & named != named or not flags[last] & F.CAPITAL:
            return -1
        return k if flags[k - 1] & (F.ORGANISATION | F.LOWER | F.POSSESSIVE) == F.ORGANISATION | F.LOWER else -1

    def _is_several(self, p: Paragraph, first: int, last: int, said: str | None) -> bool:
        """ "Die Anleger klagen", where nouns have capitals: one word behind an article and a verb of several."""
        lexicon, noun = self._index.lexicon, p.flags[last]
        if first == last and self._is_plural_of_people(p, last, said):
            return True
        if (
            not lexicon.person_endings
            or last != first + 1
            or not p.flags[first] & F.DETERMINER
            or noun & (F.ORGANISATION | F.MEDIUM)
        ):
            return False
        return lexicon.is_of_several(said) and not noun & F.UPPER

    def _is_plural_of_people(self, p: Paragraph, k: int, said: str | None) -> bool:
        """`Beekeepers said`, `Vets say`: whether a word with a capital only because it opens the sentence is a noun of several people."""
        lexicon, word = self._index.lexicon, p.word(k).lower()
        opens = k == p.sentence_at(k)[0] and lexicon.reports.openers and lexicon.is_plural(word)
        if not opens or p.flags[k] & (F.GIVEN | F.UPPER | F.POSSESSIVE):
            return False
        cue = (said or "").lower()
        past = cue in lexicon.reports.pasts or lexicon.flags(cue) & F.ENDS_ING or lexicon.is_third_person(cue)
        people = lexicon.noun_endings and lexicon.is_person_noun(word[:-1])
        return bool(people) or (cue in lexicon.reports.plain and not past)

    def left_out(self, position: int, said: str | None = None) -> Speaker | None:
        """The speaker whom no word at the cue names, None where nobody is likely."""
        found = self._pronouns.left_out(position, self._index.lexicon.gender_of_verb(said))
        return None if found.start is None else self._speaker(None, None, found)

    def labelled(self, start: int, end: int) -> Speaker:
        """The speaker whose name stands before the colon of a transcript's turn."""
        found = self._labels.label(start, end)
        return self._speaker(start, end, found)

    def headed(self, line: Headline) -> Speaker | None:
        """Who speaks in a headline, None where its label is nobody's name."""
        run = self._labels.headed(line)
        if run is None:
            return None
        found = Resolved(run.start, run.end, SpeakerKind.PERSON, None, How.FULL)
        return self._speaker(line.label_start, line.label_end, found)

    def interviewed(self, start: int, end: int, begin: int) -> Speaker | None:
        """Who answers in a transcript that begins at `begin`, in a turn whose label names nobody."""
        found = self._labels.interviewed(begin)
        return None if found is None else self._speaker(start, end, found)

    def _as_written(self, role: str | None, start: int | None, end: int | None) -> str | None:
        """The word for a role in the letters of the mention, where it stands there: "Leiterin"."""
        words = "" if role is None or start is None else self._index.text[start:end]
        place = words.lower().find(role or "")
        return words[place : place + len(role)] if role and place >= 0 and len(words) == len(words.lower()) else role

    def _speaker(self, start: int | None, end: int | None, found: Resolved) -> Speaker:
        """With the phrase that the text has anywhere for what a named person is."""
        role, organisation = self._as_written(found.role, start, end), None
        if found.kind in (SpeakerKind.ORGANISATION, SpeakerKind.MEDIA):
            found = self._bodies.whole(found)
        if found.kind is SpeakerKind.PERSON and found.start is not None and found.end is not None:
            found = found._replace(end=self._named.without_case(found.start, found.end))
            assert found.start is not None
            text = self._index.text
            phrase = self._index.phrase_of(found.start)
            if phrase is not None:
                role = in_words(text[phrase.start : phrase.end])
                organisation = in_words(text[slice(*phrase.organisation)]) if phrase.organisation else None
        return Speaker(start, end, found.start, found.end, found.kind, role, organisation, found.how, found.lead)


def read_speakers(
    units: Sequence[Sequence[Unit]], reported: Sequence[Sequence[Reported]], table: TokenTable
) -> dict[int, list[int]]:
    """How the words for each speaker are read (columns `kernels.mentions.Said`), by the rows of their mentions."""
    sentences = {u.mention.row: u.where.sentence_of[u.mention.first] for some in units for u in some if u.mention and u.where}
    sentences |= {r.mention.row: r.p.sentence_of[r.mention.first] for some in reported for r in some if r.mention}
    sentences.pop(NO_ROW, None)
    mentions = np.array(list(sentences), dtype=np.int64)
    said = np.empty((len(mentions), len(kernel.Said)), dtype=np.int64)
    table.kernels.read_speakers(table.columns, mentions, np.array(list(sentences.values()), dtype=np.int64), said)
    return dict(zip(sentences, said.tolist(), strict=True))
