"""Whom the members of an utterance name: what each article says by itself, and what the others make of it.

How a name is found within an article does not stand here: see `pipelines.quotes`. Whether two names are one: `pipelines.speakers`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from pipelines.utterances.folding import folded
from pipelines.utterances.settings import UtteranceSettings
from pipelines.utterances.statements import NAMED, Statement

SameSpeaker = Callable[[str, str], bool]
TextOf = Callable[[int], str]


def settled(
    members: Sequence[Statement], text_of: TextOf, same_speaker: SameSpeaker, settings: UtteranceSettings
) -> list[Statement]:
    """The members with the speaker that each article gives, in the light of the others.

    A name at the cue stays as it is. Whom "he" stands for was inferred: where every other article names somebody else, and this one
    names that person shortly before, it is that one; where two inferences contradict each other, neither is kept. A role, a document or
    somebody unnamed is no name.
    """
    named = [replace(m, speaker=None) if m.speaker_kind not in NAMED else m for m in members]
    said = [m for m in named if m.by_name]
    return [m if m.by_name else _inferred(m, named, said, text_of, same_speaker, settings) for m in named]


def _inferred(
    member: Statement,
    members: Sequence[Statement],
    said: Sequence[Statement],
    text_of: TextOf,
    same_speaker: SameSpeaker,
    settings: UtteranceSettings,
) -> Statement:
    others = [m for m in members if m.article != member.article and m.speaker]
    own = member.speaker
    if own and any(same_speaker(own, m.speaker or "") for m in others):
        return member
    names = {m.speaker or "" for m in said if m.article != member.article} or {m.speaker or "" for m in others}
    if not names or not all(same_speaker(a, b) for a in names for b in names):
        return member
    there = _named_before(member, sorted(names), text_of, settings)
    if there and member.speaker_kind in (*NAMED, None):
        return replace(member, speaker=there, speaker_kind=others[0].speaker_kind)
    return member if any(m.by_name for m in others) else replace(member, speaker=None)


def _named_before(member: Statement, names: Sequence[str], text_of: TextOf, settings: UtteranceSettings) -> str | None:
    """The longest of the names that stands in the article shortly before the words, or the family name alone."""
    before = f" {folded(text_of(member.article)[max(0, member.start - settings.named_before) : member.start])} "
    for name in sorted(names, key=lambda name: (-len(name), name)):
        if f" {folded(name)} " in before:
            return name
    families = sorted({name.split()[-1] for name in names if name.split()})
    return next((family for family in families if f" {folded(family)} " in before), None)


def speaker_of(members: Sequence[Statement], same_speaker: SameSpeaker) -> str | None:
    """The name that most articles give, by its spelling most often used; None where none is given by more than every other one."""
    groups: list[list[Statement]] = []
    for member in members:
        if member.speaker and member.speaker_kind in NAMED:
            home = next((g for g in groups if same_speaker(g[0].speaker or "", member.speaker)), None)
            if home is None:
                groups.append([member])
            else:
                home.append(member)
    support = sorted((len({m.article for m in g}), k) for k, g in enumerate(groups))
    if not support or (len(support) > 1 and support[-1][0] == support[-2][0]):
        return None
    names = [m.speaker or "" for m in groups[support[-1][1]]]
    return max(names, key=lambda name: (len(name.split()) > 1, names.count(name), name))
