"""What members of one utterance contradict each other in: who spoke, a negation gained or lost, other numbers, other days."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import NamedTuple

from pipelines.utterances.settings import UtteranceSettings
from pipelines.utterances.statements import Statement
from pipelines.utterances.wording import Block, Words, difference_of, numbers_in
from pipelines.vocabulary import ConflictKind, QuoteType, SpeakerKind


class Conflict(NamedTuple):
    """`members`: places within the utterance. `before`, `after`: the words that differ, or the two names."""

    kind: ConflictKind
    members: tuple[int, ...]
    before: str
    after: str


def conflicts_of(
    members: Sequence[Statement],
    languages: Sequence[str | None],
    words: Callable[[str | None], Words],
    same_speaker: Callable[[str, str], bool],
    settings: UtteranceSettings,
) -> list[Conflict]:
    """The conflicts of an utterance, speakers first. `languages` are those of the members' articles."""
    return [*_speakers(members, same_speaker, settings), *_wordings(members, languages, words, settings)]


def _speakers(
    members: Sequence[Statement], same_speaker: Callable[[str, str], bool], settings: UtteranceSettings
) -> list[Conflict]:
    named = [
        k
        for k, member in enumerate(members)
        if member.speaker and member.speaker_kind == SpeakerKind.PERSON and member.confidence >= settings.sure_of_speaker
    ]
    found: dict[tuple[str, str], list[int]] = {}
    for i, j in combinations(named, 2):
        a, b = members[i].speaker or "", members[j].speaker or ""
        if members[i].article != members[j].article and not same_speaker(a, b):
            found.setdefault((min(a, b), max(a, b)), []).extend([i, j])
    return [Conflict(ConflictKind.SPEAKER, tuple(sorted(set(places))), *names) for names, places in sorted(found.items())]


def _wordings(
    members: Sequence[Statement], languages: Sequence[str | None], words: Callable[[str | None], Words], settings: UtteranceSettings
) -> list[Conflict]:
    places: dict[tuple[str, str | None], list[int]] = {}
    for k, (member, language) in enumerate(zip(members, languages, strict=True)):
        if member.type != QuoteType.INDIRECT:
            places.setdefault((member.folded, language), []).append(k)
    wordings = sorted(places, key=lambda key: places[key][0])[: settings.most_wordings]
    found = []
    for one, other in combinations(wordings, 2):
        if one[1] != other[1]:
            continue
        known = words(one[1])
        difference = difference_of(one[0].split(), other[0].split())
        if difference.share < settings.comparable:
            continue
        both = tuple(sorted({*places[one], *places[other]}))
        if len({members[k].article for k in both}) < 2:
            continue
        for block in difference.blocks:
            kind = _kind(block, known)
            if kind:
                found.append(Conflict(kind, both, " ".join(block.before), " ".join(block.after)))
    return found


def _kind(block: Block, known: Words) -> ConflictKind | None:
    denied = [any(word in known.negations for word in side) for side in block]
    if denied[0] != denied[1]:
        return ConflictKind.NEGATION
    days = [{known.days[word] for word in side if word in known.days} for side in block]
    if days[0] and days[1] and not days[0] & days[1] and _is_month(days[0]) == _is_month(days[1]):
        return ConflictKind.DATE
    numbers = [numbers_in(side, known.numbers) for side in block]
    if numbers[0] and numbers[1] and not numbers[0] & numbers[1]:
        return ConflictKind.NUMBER
    return None


def _is_month(days: set[str]) -> bool:
    return all(day.isdigit() for day in days)
