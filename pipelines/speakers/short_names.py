"""Names of organisations in a corpus: those of equal words are one, and a short form is that of a full name where some text gives both.

What two names say of each other stands in `organisations`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from pipelines.speakers.comparing import Compared
from pipelines.speakers.decided import Two
from pipelines.speakers.organisations import organisation_words, short_forms, short_letters
from pipelines.speakers.spellings import Spelling, fold

TextsOf = Callable[[Sequence[str]], Mapping[str, str]]
Organisation = Sequence[Spelling]  # all spellings of equal words
_TEXTS_AT_ONCE = 512


def organisations_of(spellings: Sequence[Spelling]) -> dict[tuple[str, ...], Organisation]:
    """By their words."""
    groups: dict[tuple[str, ...], list[Spelling]] = {}
    for spelling in spellings:
        groups.setdefault(organisation_words(spelling.name), []).append(spelling)
    return groups


def may_be_short(groups: Mapping[tuple[str, ...], Organisation], two: Two) -> list[tuple[Organisation, Organisation]]:
    """Pairs of which the first may be the short form of the second."""
    full_by_form: dict[str, list[tuple[str, ...]]] = {}
    for words, spellings in groups.items():
        if len(words) > 1:
            for form in short_forms(_in_order(spellings)):
                full_by_form.setdefault(form, []).append(words)
    may_be: list[tuple[Organisation, Organisation]] = []
    for words, spellings in sorted(groups.items()):
        if len(words) != 1 or not 2 <= len(words[0]) <= 8:
            continue
        for other in full_by_form.get(short_letters(spellings[0].name), ()):
            if any(frozenset({s.key, full.key}) in two for s in spellings for full in groups[other]):
                continue
            if any(word[0] == words[0][0] for word in other):
                may_be.append((spellings, groups[other]))
    return may_be


def _in_order(spellings: Organisation) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+", fold(spellings[0].name)))


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
            text = texts.get(id, "")
            for place in asked[id]:
                if (
                    place not in where
                    and all(name in text for name in names[place])
                    and all(patterns[n].search(text) for n in names[place])
                ):
                    where[place] = id
    return {pair: where.get(place) for place, pair in enumerate(names)}
