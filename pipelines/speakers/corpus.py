"""Who is who in a corpus: from the names that articles give their speakers to one id for each speaker.

Whether two spellings may be one name is said by `people` and `organisations`. Here it is weighed whether they are one speaker: two people may
have names that sound alike, and a family name alone may be anybody's. Which names an article gives is no business of this module.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

import pyarrow as pa

from pipelines.schemas import ASSIGNED
from pipelines.speakers.comparing import NOTHING_COMPARED, Compared, Read, compare_people
from pipelines.speakers.decided import NOTHING_DECIDED, DecidedNames, Two
from pipelines.speakers.nearness import Nearness, nearness, telling
from pipelines.speakers.people import parse_name
from pipelines.speakers.settings import NameSettings
from pipelines.speakers.short_names import Organisation, TextsOf, given_together, may_be_short, organisations_of, read_organisations
from pipelines.speakers.spellings import Mention, Spelling, Tally, fold, spellings_of
from pipelines.speakers.touched import names_again
from pipelines.vocabulary import SpeakerKind

_DEFAULT = NameSettings()
Compare = Callable[[Sequence[str], NameSettings, Compared], tuple[dict[str, Read], dict[tuple[str, str], float]]]
Alike = Callable[[str, str], float]  # how alike two articles are, 0 to 1


class Asked(NamedTuple):
    """What is asked of a corpus while it is worked on.

    `mentions`: those of some names, and all of changed articles; `alike`: how alike any two of some articles are; `texts`: of a few articles, to see
    whether one gives a full name with its short form.
    """

    mentions: Callable[[Sequence[str]], Iterable[Mention]]
    alike: Callable[[Sequence[str]], Alike]
    texts: TextsOf


class Assigned(NamedTuple):
    """`speakers`, ASSIGNED in order of article and name: those of all mentions of `names`, and of all changed articles. All others stand as they did."""

    speakers: pa.Table
    names: list[str]
    compared: Compared


def assign_speakers(
    mentions: Sequence[Mention],
    texts_of: TextsOf,
    alike: Alike,
    settings: NameSettings = _DEFAULT,
    decided: DecidedNames = NOTHING_DECIDED,
) -> pa.Table:
    """The speaker of each name of each article, ASSIGNED. The order of `mentions` does not matter. An unnamed speaker is of one article."""
    tallies = [Tally(m.name, m.kind, m.quotes, True) for m in mentions]
    asked = Asked(lambda names: mentions, lambda articles: alike, texts_of)
    return assign_again(tallies, asked, settings, decided, NOTHING_COMPARED).speakers


def assign_again(
    tallies: Iterable[Tally],
    asked: Asked,
    settings: NameSettings,
    decided: DecidedNames,
    before: Compared,
    compare: Compare = compare_people,
) -> Assigned:
    """`assign_speakers` that compares only pairs of names of which one is new, and says only whose those names are on which changed articles bear."""
    spellings = spellings_of(tallies, decided.stand_in)
    people = [s for s in spellings.values() if s.kind == SpeakerKind.PERSON]
    organisations = [s for s in spellings.values() if s.kind == SpeakerKind.ORGANISATION]
    of_people, same = compare([s.name for s in people], settings, before)
    all_names = of_people | read_organisations([s.name for s in organisations], before)
    groups = organisations_of(organisations, all_names)
    short = may_be_short(groups, all_names, decided.two)
    gone = {fold(decided.stand_in(name)) for name in before.mentioned}
    changed = [s.name for key, s in spellings.items() if s.changed or key in gone]
    again = names_again(all_names, same, short, changed, before)
    some = {key: s for key, s in spellings.items() if s.name in again}
    names = sorted({name for s in some.values() for name in s.written})
    unnamed = _read(asked.mentions(names), some.values())
    together = {pair: before.given[pair] for pair in short if short[pair][0][0].name not in again}
    together |= given_together({pair: of for pair, of in short.items() if pair not in together}, asked.texts, before)
    one: dict[tuple[str, str], str] = {}
    for rows in (
        _people([s for s in people if s.name in again], all_names, same, asked.alike, settings, decided.two),
        _organisations(groups.values(), [short[pair] for pair, article in together.items() if article is not None]),
        ((m.article, m.name, _id(s.key)) for s in some.values() if s.name not in all_names for m in s.mentions),
    ):
        for article, name, speaker in rows:
            one[article, name] = min(one.get((article, name), speaker), speaker)
    # A name is of one speaker in an article, also where some of its quotes have it as unnamed.
    one = unnamed | one
    articles, written = zip(*one, strict=True) if one else ((), ())
    table = pa.table([pa.array(column, pa.string()) for column in (articles, written, one.values())], schema=ASSIGNED)
    table = table.sort_by([("article_id", "ascending"), ("name", "ascending")])
    return Assigned(table, names, Compared(all_names, same, together))


def _read(mentions: Iterable[Mention], spellings: Iterable[Spelling]) -> dict[tuple[str, str], str]:
    """Give spellings their mentions; the unnamed speakers, each of its article."""
    unnamed: dict[tuple[str, str], str] = {}
    spelling_of = {name: spelling for spelling in spellings for name in spelling.written}
    for m in sorted(mentions, key=itemgetter(0, 2, 3)):  # article, name and kind
        if m.kind == SpeakerKind.UNNAMED:
            unnamed[m.article, m.name] = _id(f"{m.article}:{m.name.strip().lower()}")
        else:
            spelling_of[m.name].mentions.append(m)
    return unnamed


def _id(text: str) -> str:
    return hashlib.md5(text.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()


# --- people


def _people(
    people: Sequence[Spelling],
    names: Mapping[str, Read],
    same: Mapping[tuple[str, str], float],
    alike_of: Callable[[Sequence[str]], Alike],
    settings: NameSettings,
    two: Two,
) -> Iterator[tuple[str, str, str]]:
    full, parts = ([s for s in people if names[s.name].is_full == is_full] for is_full in (True, False))
    compared = {name for pair in same for name in pair}
    asked = {m.article for s in full if s.name in compared for m in s.mentions[: settings.most_compared]}
    asked |= {m.article for s in parts if s.name in compared for m in s.mentions}
    alike = alike_of(sorted(asked))
    persons = _persons(full, same, alike, settings, two)
    for person in persons:
        number = _id(min(s.key for s in person))
        yield from ((m.article, m.name, number) for s in person for m in s.mentions)
    of_name = {spelling.name: place for place, person in enumerate(persons) for spelling in person}
    near: dict[str, set[int]] = {s.name: set() for s in parts}
    for a, b in same:
        for one, other in ((a, b), (b, a)):
            if one in near and other in of_name and nearness(one, other, settings) >= Nearness.SOUND:
                near[one].add(of_name[other])
    for spelling in parts:
        places = [k for k in near[spelling.name] if not any(frozenset({spelling.key, s.key}) in two for s in persons[k])]
        may_be = [persons[k] for k in sorted(places)]
        for m in spelling.mentions:
            read = _only_reading(m, spelling.name, may_be, alike, settings)
            yield (
                m.article,
                m.name,
                _id(min(s.key for s in read) if read else f"{m.article}:{spelling.key}" if may_be else spelling.key),
            )


def _persons(
    full: Sequence[Spelling], same: Mapping[tuple[str, str], float], alike: Alike, settings: NameSettings, two: Two
) -> list[list[Spelling]]:
    """Full names grouped: the most alike first, and only where every name of the one may be every name of the other."""
    place_of = {spelling.name: place for place, spelling in enumerate(full)}
    scores: dict[tuple[int, int], float] = {}
    for (one, other), score in same.items():
        if one in place_of and other in place_of:
            a, b = place_of[one], place_of[other]
            scores[min(a, b), max(a, b)] = score
    group = {place: [place] for place in range(len(full))}
    apart = {(a, b) for a, b in scores if full[a].articles & full[b].articles or frozenset({full[a].key, full[b].key}) in two}
    for a, b in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        if group[a] is group[b]:
            continue
        across = [(min(x, y), max(x, y)) for x in group[a] for y in group[b]]
        if any(pair in apart or pair not in scores for pair in across):
            continue
        if any(_one_person(full[x], full[y], alike, settings) for x, y in across):
            joined = sorted(group[a] + group[b])
            group |= dict.fromkeys(joined, joined)
    return [[full[k] for k in places] for place, places in sorted(group.items()) if places[0] == place]


def _one_person(a: Spelling, b: Spelling, alike: Alike, settings: NameSettings) -> bool:
    """Whether two spellings that may be one name are one person: by their letters, or since a role or a story speaks for it, or both do."""
    near = nearness(a.name, b.name, settings)
    if near in (Nearness.OTHERS, Nearness.LETTERS):
        return near is Nearness.LETTERS
    by_role = bool(telling(a.roles) & telling(b.roles))
    if near is Nearness.SOUND:
        return by_role or _one_story(a.mentions, b.mentions, alike, settings)
    return by_role and _one_story(a.mentions, b.mentions, alike, settings)


def _one_story(first: Sequence[Mention], second: Sequence[Mention], alike: Alike, settings: NameSettings) -> bool:
    """Whether some article of the one and some of the other are near in time and alike."""
    return any(
        _near(m.day, n.day, settings) and (m.article == n.article or alike(m.article, n.article) >= settings.one_story)
        for m in first[: settings.most_compared]
        for n in second[: settings.most_compared]
    )


def _near(a: int | None, b: int | None, settings: NameSettings) -> bool:
    return a is None or b is None or abs(a - b) <= settings.window


def _only_reading(
    mention: Mention, name: str, may_be: Sequence[Sequence[Spelling]], alike: Alike, settings: NameSettings
) -> Sequence[Spelling] | None:
    """The one person whom a family name alone can mean here, by story and time; None where that is open."""
    in_time = [p for p in may_be if any(_near(mention.day, m.day, settings) for s in p for m in s.mentions)]
    by_story_or_role = [
        p for p in in_time if _one_story([mention], [m for s in p for m in s.mentions], alike, settings) or _role_of(mention, p)
    ]
    if len(by_story_or_role) == 1:
        return by_story_or_role[0]
    has_initial = len(parse_name(name).words) > 1
    return in_time[0] if has_initial and len(in_time) == 1 and not by_story_or_role else None


def _role_of(mention: Mention, person: Sequence[Spelling]) -> bool:
    roles = telling(mention.roles)
    return any(roles & telling(s.roles) for s in person)


# --- organisations


def _organisations(
    groups: Iterable[Organisation], together: Sequence[tuple[Organisation, Organisation]]
) -> Iterator[tuple[str, str, str]]:
    """A short form is the full name that some text gives with it, where that is but one."""
    fuller: dict[str, list[Organisation]] = {}
    for short, full in together:
        fuller.setdefault(short[0].key, []).append(full)
    for spellings in groups:
        if not any(s.mentions for s in spellings):
            continue
        found = fuller.get(spellings[0].key, [])
        number = _id(min(s.key for s in (found[0] if len(found) == 1 else spellings)))
        yield from ((m.article, m.name, number) for s in spellings for m in s.mentions)
