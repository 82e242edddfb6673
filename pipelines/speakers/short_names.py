"""Names of organisations in a corpus: those of equal words are one, and a short form is that of a full name where some text gives both.

What two names say of each other stands in `organisations`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from pipelines.speakers.comparing import ORGANISATION, Compared, Read
from pipelines.speakers.decided import Two
from pipelines.speakers.organisations import organisation_words, short_forms, short_letters
from pipelines.speakers.spellings import Spelling, fold

TextsOf = Callable[[Sequence[str]], Mapping[str, str]]
Organisation = Sequence[Spelling]  # all spellings of equal words
_TEXTS_AT_ONCE = 512


def read_organisations(listed: Iterable[str], before: Compared) -> dict[str, Read]:
    """Names of organisations as they meet others."""
    names = {}
    for name in listed:
        known = before.names.get(name)
        names[name] = known if known and known.kind == ORGANISATION else _read_one(name)
    return names


def _read_one(name: str) -> Read:
    words = organisation_words(name)
    forms = short_forms(tuple(re.findall(r"[^\W_]+", fold(name)))) if len(words) > 1 else {short_letters(name)}
    return Read(ORGANISATION, " ".join(words), " ".join(sorted(forms)))


def organisations_of(spellings: Iterable[Spelling], names: Mapping[str, Read]) -> dict[str, Organisation]:
    """By their words, in order."""
    groups: dict[str, list[Spelling]] = {}
    for spelling in spellings:
        groups.setdefault(names[spelling.name].words, []).append(spelling)
    return dict(sorted(groups.items()))


def may_be_short(
    groups: Mapping[str, Organisation], names: Mapping[str, Read], two: Two
) -> dict[tuple[str, str], tuple[Organisation, Organisation]]:
    """Pairs of which the first may be the short form of the second, by their names."""
    full_by_form: dict[str, list[str]] = {}
    for words, spellings in groups.items():
        if " " in words:
            for form in names[spellings[0].name].sounds.split():
                full_by_form.setdefault(form, []).append(words)
    may_be = {}
    for words, spellings in groups.items():
        if " " in words or not 2 <= len(words) <= 8:
            continue
        for other in full_by_form.get(names[spellings[0].name].sounds, ()):
            if any(frozenset({s.key, full.key}) in two for s in spellings for full in groups[other]):
                continue
            if any(word[0] == words[0] for word in other.split()):
                may_be[spellings[0].name, groups[other][0].name] = spellings, groups[other]
    return may_be


def given_together(
    pairs: Mapping[tuple[str, str], tuple[Organisation, Organisation]], texts_of: TextsOf, before: Compared
) -> dict[tuple[str, str], str | None]:
    """For the names of each pair of a short form and a full name the article of either whose text gives both, None where none does.

    Of a pair that was looked for before, only changed articles are read, unless it is one of these that gave both. The mentions of the pairs are there.
    """
    names = list(pairs)
    asked: dict[str, list[int]] = {}
    where: dict[int, str] = {}
    for place, pair in enumerate(pairs.values()):
        known, article_before = names[place] in before.given, before.given.get(names[place])
        articles = {article for spellings in pair for s in spellings for article in s.articles}
        if article_before in articles and article_before not in before.changed:
            where[place] = article_before or ""
            continue
        for article in articles.intersection(before.changed) if known and article_before is None else articles:
            asked.setdefault(article, []).append(place)
    patterns = {name: re.compile(rf"\b{re.escape(name)}\b") for pair in names for name in pair}
    articles_in_order = sorted(asked)
    for first in range(0, len(articles_in_order), _TEXTS_AT_ONCE):
        some = [id for id in articles_in_order[first : first + _TEXTS_AT_ONCE] if not where.keys() >= set(asked[id])]
        texts = texts_of(some) if some else {}
        for id in some:
            stands = functools.cache(partial(_stands_in, texts.get(id, ""), patterns))  # a long text has many pairs of few names
            for place in asked[id]:
                if place not in where and all(map(stands, names[place])):
                    where[place] = id
    return {pair: where.get(place) for place, pair in enumerate(names)}


def _stands_in(text: str, patterns: Mapping[str, re.Pattern[str]], name: str) -> bool:
    return name in text and patterns[name].search(text) is not None
