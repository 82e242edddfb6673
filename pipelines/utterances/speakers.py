"""Whom the members of an utterance name: what each article says by itself, and what the others make of it.

How a name is found within an article does not stand here: see `pipelines.quotes`. Whether two names are one: `pipelines.speakers`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from pipelines.folding import folded
from pipelines.lexicons import languages_with, read_language_file
from pipelines.quotes.language_file import QuotesFile
from pipelines.speakers import given
from pipelines.utterances.settings import UtteranceSettings
from pipelines.utterances.statements import NAMED, Statement
from pipelines.vocabulary import SpeakerKind

SameSpeaker = Callable[[str, str], bool]


class Around(NamedTuple):
    """What articles, given by their places, say around a statement: the folded words shortly before it, and in which language."""

    before: Callable[[int, int], str]
    language: Callable[[int], str | None]


def settled(
    members: Sequence[Statement],
    text_of: Callable[[int], str],
    language_of: Callable[[int], str | None],
    same_speaker: SameSpeaker,
    settings: UtteranceSettings,
) -> list[Statement]:
    """The members with the speaker that each article gives, in the light of the others.

    A name at the cue stays as it is. Whom "he" stands for was inferred: where others name one person, and the article names that one
    shortly before, it is that one. Where no article has a name at the cue and inferences contradict each other, it is the one person whom
    all of them name before, or nobody. A role, a document or somebody unnamed is no name.
    """

    @functools.cache
    def before(article: int, start: int) -> str:
        return f" {folded(text_of(article)[max(0, start - settings.named_before) : start])} "

    around = Around(before, language_of)
    named = [replace(m, speaker=None) if m.speaker_kind not in NAMED else m for m in members]
    said = [m for m in named if _surely_named(m, settings)]
    one = _named_by_all(named, around, same_speaker) if not said else None
    return [m if _surely_named(m, settings) else _inferred(m, named, said, one, around, same_speaker, settings) for m in named]


def _surely_named(member: Statement, settings: UtteranceSettings) -> bool:
    return member.by_name and member.confidence >= settings.sure_of_speaker


def _inferred(
    member: Statement,
    members: Sequence[Statement],
    said: Sequence[Statement],
    one: str | None,
    around: Around,
    same_speaker: SameSpeaker,
    settings: UtteranceSettings,
) -> Statement:
    others = [m for m in (said or members) if m.article != member.article and m.speaker]
    if member.speaker and member.speaker_kind == SpeakerKind.PERSON:
        others = [m for m in others if m.speaker_kind == SpeakerKind.PERSON]  # "he" is no campaign
    own, names = member.speaker, sorted({m.speaker or "" for m in others})
    if not names or member.speaker_kind not in (*NAMED, None) or (own and any(same_speaker(own, name) for name in names)):
        return member
    if not said:
        return replace(member, speaker=one)
    sure_role = (
        own and member.confidence >= settings.sure_of_role and not _is_pronoun(member.mention, around.language(member.article))
    )
    if not sure_role and all(same_speaker(a, b) for a in names for b in names):
        there = _named_before(member, names, around)
        if there:
            return replace(member, speaker=there, speaker_kind=others[0].speaker_kind)
    return member


def _named_by_all(members: Sequence[Statement], around: Around, same_speaker: SameSpeaker) -> str | None:
    """The one name among those of the members that every article names before the words; None where there are two, or none."""
    names = sorted({m.speaker for m in members if m.speaker}, key=lambda name: (-len(name), name))
    by_all = [name for name in names if all(_named_before(m, [name], around) for m in members)]
    return by_all[0] if by_all and all(same_speaker(by_all[0], name) for name in by_all) else None


@functools.cache
def _genders_of_pronouns(language: str | None) -> dict[str, str]:
    """`masculine` or `feminine` for each pronoun of a language that is one of them alone."""
    if language not in languages_with("quotes"):
        return {}
    pronouns = read_language_file(language, "quotes", QuotesFile).pronouns
    masculine, feminine = set(pronouns.masculine), set(pronouns.feminine)
    return dict.fromkeys(masculine - feminine, "masculine") | dict.fromkeys(feminine - masculine, "feminine")


def _is_pronoun(mention: str | None, language: str | None) -> bool:
    return mention is None or mention.casefold() in _genders_of_pronouns(language)


def _may_be(mention: str | None, name: str, language: str | None) -> bool:
    """Whether a pronoun may stand for a name: "she" for no Bernard."""
    gender = _genders_of_pronouns(language).get((mention or "").casefold())
    of_name = given.genders().get(folded(name).split(" ")[0])
    return gender is None or of_name is None or gender in of_name


def _named_before(member: Statement, names: Sequence[str], around: Around) -> str | None:
    """The longest of the names that stands in the article shortly before the words, or the family name alone."""
    names = [name for name in names if _may_be(member.mention, name, around.language(member.article))]
    words = around.before(member.article, member.start) if names else ""
    for name in sorted(names, key=lambda name: (-len(name), name)):
        if f" {folded(name)} " in words:
            return name
    families = sorted({name.split()[-1] for name in names if name.split()})
    return next((family for family in families if f" {folded(family)} " in words), None)


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
