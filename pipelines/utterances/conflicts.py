"""What members of one utterance contradict each other in: who spoke, a negation gained or lost, other numbers, other days."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, takewhile
from typing import NamedTuple

from pipelines.folding import folded
from pipelines.utterances.corroboration import in_common
from pipelines.utterances.settings import UtteranceSettings
from pipelines.utterances.statements import Statement
from pipelines.utterances.wording import (
    Block,
    Difference,
    Words,
    difference_of,
    is_number,
    numbers_in,
    without_no_negations,
    words_of_all,
)
from pipelines.vocabulary import ConflictKind, QuoteType, SpeakerKind

MOST_CHANGED_WITH_IT = 3  # other words that may differ where a negation is lost,
MOST_ADDED_WITH_IT = 1  # or be added with it

_PAUSE = re.compile(r"[,;:.!?¿¡…()\[\]–—]|(?<=\s)-+(?=\s)")  # a mark between the parts of a sentence


class Conflict(NamedTuple):
    """`one` and `other`: places within the utterance, of those that say the one and the other. `before`, `after`: the words, or names."""

    kind: ConflictKind
    one: tuple[int, ...]
    other: tuple[int, ...]
    before: str
    after: str

    @property
    def members(self) -> tuple[int, ...]:
        return tuple(sorted({*self.one, *self.other}))


def conflicts_of(
    members: Sequence[Statement],
    language_of: Callable[[Statement], str | None],
    text_of: Callable[[Statement], str],
    words: Callable[[str | None], Words],
    same_speaker: Callable[[str, str], bool],
    settings: UtteranceSettings,
) -> list[Conflict]:
    """The conflicts of an utterance, speakers first. `language_of`: the language of a member's article, asked for where wordings differ; `text_of`: a
    member as printed."""
    return [*_speakers(members, same_speaker, settings), *_wordings(members, language_of, text_of, words, settings)]


def _speakers(
    members: Sequence[Statement], same_speaker: Callable[[str, str], bool], settings: UtteranceSettings
) -> list[Conflict]:
    """Two people, one of whom at least is named at the cue itself; both for sure."""
    named = [
        k
        for k, member in enumerate(members)
        if member.speaker and member.speaker_kind == SpeakerKind.PERSON and member.confidence >= settings.sure_of_speaker
    ]
    found: dict[tuple[str, str], tuple[set[int], set[int]]] = {}
    for i, j in combinations(named, 2):
        a, b = members[i], members[j]
        if a.article == b.article or not (a.by_name or b.by_name) or _may_be_one(a, b, same_speaker):
            continue
        if not _are_the_same_words(a, b, settings):  # "total coordination" may be two people's
            continue
        if (b.speaker or "") < (a.speaker or ""):
            i, j = j, i
        one, other = found.setdefault((members[i].speaker or "", members[j].speaker or ""), (set(), set()))
        one.add(i)
        other.add(j)
    return [
        Conflict(ConflictKind.SPEAKER, tuple(sorted(one)), tuple(sorted(other)), *names)
        for names, (one, other) in sorted(found.items())
    ]


def _are_the_same_words(a: Statement, b: Statement, settings: UtteranceSettings) -> bool:
    share = difference_of(a.folded, b.folded).share
    shorter = 1 + min(a.folded.count(" "), b.folded.count(" "))
    enough = share >= settings.comparable and share * shorter >= settings.words_of_two
    return enough and in_common(a.folded, b.folded)[0] >= settings.worth_of_two


def _may_be_one(a: Statement, b: Statement, same_speaker: Callable[[str, str], bool]) -> bool:
    """Whether names or what stands at the cue allow one person: "Clinton" may be either."""
    first = {a.speaker or "", (a.mention if a.by_name else None) or a.speaker or ""}
    second = {b.speaker or "", (b.mention if b.by_name else None) or b.speaker or ""}
    words = [frozenset(folded(name or "").split()) for name in (a.speaker, b.speaker)]
    return words[0] <= words[1] or words[1] <= words[0] or any(same_speaker(x, y) for x in first for y in second)


def _wordings(
    members: Sequence[Statement],
    language_of: Callable[[Statement], str | None],
    text_of: Callable[[Statement], str],
    words: Callable[[str | None], Words],
    settings: UtteranceSettings,
) -> list[Conflict]:
    printed = [(k, member) for k, member in enumerate(members) if member.type != QuoteType.INDIRECT]
    different = [*dict.fromkeys(member.folded for _, member in printed)][: settings.most_wordings]
    if not any(_may_contradict(*pair, settings) for pair in combinations(different, 2)):
        return []
    places: dict[tuple[str, str | None], list[int]] = {}
    for k, member in printed:
        places.setdefault((member.folded, language_of(member)), []).append(k)
    wordings = sorted(places, key=lambda key: places[key][0])[: settings.most_wordings]
    found = []
    for one, other in combinations(wordings, 2):
        if one[1] != other[1]:
            continue
        known = words(one[1])
        difference = difference_of(*(without_no_negations(wording, known) for wording, _ in (one, other)))
        if difference.share < settings.comparable or len({members[k].article for k in (*places[one], *places[other])}) < 2:
            continue
        texts = tuple(text_of(members[places[wording][0]]) for wording in (one, other))
        for block, kind in _contradictions(difference, texts, known):
            sides = tuple(places[one]), tuple(places[other])
            found.append(Conflict(kind, *sides, " ".join(block.before), " ".join(block.after)))
    return found


def _contradictions(difference: Difference, texts: tuple[str, ...], known: Words) -> Iterator[tuple[Block, ConflictKind]]:
    """Where two wordings contradict each other. Where as many negations stand in both, "nobody … not guilty" and "no one … don't blame", they say
    the same. A tag or a "no" between two marks, as `texts` are printed, denies nothing: "we knew it, didn't we, and"."""
    both = (*difference.blocks, *difference.edges)
    lost = sum(_negations(block.before, known) - _negations(block.after, known) for block in both)
    for place, (block, around) in enumerate(zip(difference.blocks, difference.around, strict=True)):
        kind = _kind(block, around, known)
        if kind == ConflictKind.NEGATION and (not lost or _stands_alone(block, texts)):
            continue
        if kind == ConflictKind.NUMBER and _are_of_other_units(difference.blocks, place, known):
            continue
        if kind:
            yield block, kind


def _stands_alone(block: Block, texts: tuple[str, ...]) -> bool:
    """Whether the words of each side, where it has any, are all that stands between two marks.

    >>> _stands_alone(Block(("isnt", "it"), ()), ("That is all, isn't it, my friend", "That is all, my friend"))
    True
    >>> _stands_alone(Block(("not",), ()), ("That is not, my friend, all", "That is, my friend, all"))
    False
    """
    return all(
        not side or " ".join(side) in {folded(part) for part in _PAUSE.split(text)} for side, text in zip(block, texts, strict=True)
    )


def _are_of_other_units(blocks: Sequence[Block], place: int, known: Words) -> bool:
    """Whether the numbers of a block are of two units, which stand in it or in the next one: "30 degrees Celsius", "86 degrees Fahrenheit"; "10 pm",
    "22:00"."""
    units = [[{known.units[word] for word in side if word in known.units} for side in block] for block in blocks[place : place + 2]]
    return units[0][0] != units[0][1] or any(one and other and one != other for one, other in units[1:])


def _may_contradict(one: str, other: str, settings: UtteranceSettings) -> bool:
    """Whether two wordings may contradict each other in any language; to know that of an article takes long."""
    difference, known = difference_of(one, other), words_of_all()
    return difference.share >= settings.comparable and any(
        word in known or word.isdigit() for block in difference.blocks for side in block for word in side
    )


def _kind(block: Block, around: Block, known: Words) -> ConflictKind | None:
    if bool(_negations(block.before, known)) != bool(_negations(block.after, known)) and _is_little_else(block, known):
        return ConflictKind.NEGATION
    days = [{known.days[word] for word in side if word in known.days} for side in block]
    if days[0] and days[1] and not _share_a_day(*days) and _is_month(days[0]) == _is_month(days[1]):
        return ConflictKind.DATE
    return ConflictKind.NUMBER if _are_other_numbers(block, around, known) else None


def _share_a_day(one: set[str], other: set[str]) -> bool:
    """Whether some day, or month, of the one is one of the other, or a short form of it: "Thurs"."""
    return any(a == b or (not _is_month({a, b}) and (a.startswith(b) or b.startswith(a))) for a in one for b in other)


def _are_other_numbers(block: Block, around: Block, known: Words) -> bool:
    """Whether numbers differ and little else: "40 customers a day" and "12 million crowns" are two matters. Words next to the block may be parts of
    its numbers: of "4 | 000" and "4 | thousand"."""
    numbers = [numbers_in(side, known) for side in block]
    if not (numbers[0] and numbers[1]) or numbers[0] & numbers[1]:
        return False
    rest = [{word for word in side if not is_number(word, known)} for side in block]
    if len(rest[0] ^ rest[1]) > MOST_CHANGED_WITH_IT:
        return False
    left = [*takewhile(lambda word: is_number(word, known), reversed(around.before))][::-1]
    right = [*takewhile(lambda word: is_number(word, known), around.after)]
    one, other = (numbers_in([*left, *side, *right], known) for side in block)
    return bool(one - other and other - one)


def _is_little_else(block: Block, known: Words) -> bool:
    """Whether little but the negation differs: "did not meet" and "met", and no clause of its own, "and nothing happened to her"."""
    rest = [{word for word in side if word not in known.negations} for side in block]
    return len(rest[0] ^ rest[1]) <= (MOST_CHANGED_WITH_IT if all(block) else MOST_ADDED_WITH_IT)


def _negations(words: Sequence[str], known: Words) -> int:
    return sum(word in known.negations for word in words)


def _is_month(days: set[str]) -> bool:
    return all(day.isdigit() for day in days)
