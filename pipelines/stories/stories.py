"""Counted terms of all articles to stories."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.schemas import GROUPED
from pipelines.stories.descriptions import Described, described
from pipelines.stories.grouping import groups_of
from pipelines.stories.likeness import Pairs, pair_chances
from pipelines.stories.settings import StorySettings
from pipelines.stories.terms import ArticleWords, article_tokens, numbered


class Articles(NamedTuple):
    """Articles in ascending order of id, and what they are compared by: texts, each of which may be that of several."""

    ids: pa.Array
    days: NDArray[np.float64]  # ordinals of their dates, or nan
    text: NDArray[np.int64]  # the number of its text
    texts: NDArray[np.int64]  # the first article of each text, by its place
    weekdays: NDArray[np.int16]  # that each text names, as bits
    described: Described


def find_stories(articles: pa.Table, settings: StorySettings | None = None, copies: pa.Table | None = None) -> pa.Table:
    """GROUPED: the story of every article, from STORY_INPUT; `copies` as in `describe_articles`."""
    settings = settings or StorySettings()
    words = numbered(article_tokens(articles, settings))
    return group_articles(describe_articles(words, articles.select(["id", "date"]), settings, copies), settings)


def describe_articles(words: ArticleWords, dates: pa.Table, settings: StorySettings, copies: pa.Table | None = None) -> Articles:
    """What `group_articles` takes, from the words of all articles and `id, date`. The words are not kept.

    Copies are in one story and count once: those with one `cluster_id` in `copies` (`id, cluster_id`), without it those with equal words.
    """
    days = days_of(words.ids, dates)
    texts, text = texts_of(_equal(words) if copies is None else of_cluster(words.ids.to_pylist(), copies), days)
    return Articles(words.ids, days, text, texts, words.days[texts], described(words, texts, settings))


def days_of(ids: pa.Array, dates: pa.Table) -> NDArray[np.float64]:
    """The dates (`id, date`) of articles as ordinals, or nan."""
    day_of = dict(zip(dates["id"].to_pylist(), map(_ordinal, dates["date"].to_pylist()), strict=True))
    return np.array([day_of[id_] for id_ in ids.to_pylist()], np.float64)


def texts_of(label: NDArray[np.int64], days: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first of the articles with one label, by its place, ascending; and for each article which of these is its text."""
    texts, text = np.unique(_firsts(label, days), return_inverse=True)
    return texts, text


def group_articles(articles: Articles, settings: StorySettings, said: pa.Table | None = None) -> pa.Table:
    """GROUPED: the story of every article, in ascending order of id.

    `said` (`id, utterance_id`): the utterances that articles report, which are evidence.
    A story has the id of its first article: the earliest by date, of equal ones the lowest id; those without a date come last.
    """
    pairs = pair_chances(articles.described, articles.weekdays, articles.days[articles.texts], settings)
    if said is not None:
        pairs = with_reports(pairs, *reports_in_common(articles.ids, articles.text, said), settings)
    vectors, columns = articles.described.vectors[:], articles.described.columns
    group = groups_of(len(articles.texts), pairs, settings.join, vectors, columns, settings.sure, settings.narrow)
    return named_groups(articles.ids, group[articles.text], articles.days)


def named_groups(ids: pa.Array, group: NDArray[np.int64], days: NDArray[np.float64]) -> pa.Table:
    """GROUPED, from a number for the group of each article."""
    return pa.table([ids, ids.take(pa.array(_firsts(group, days)))], schema=GROUPED)


def reports_in_common(ids: pa.Array, text: NDArray[np.int64], said: pa.Table) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The pairs of texts, as two columns, that report utterances in common, and how many."""
    place = dict(zip(ids.to_pylist(), text.tolist(), strict=True))
    reporting: dict[str, set[int]] = {}
    for id_, utterance in zip(said["id"].to_pylist(), said["utterance_id"].to_pylist(), strict=True):
        if id_ in place:
            reporting.setdefault(utterance, set()).add(place[id_])
    common = Counter(pair for places in reporting.values() for pair in combinations(sorted(places), 2))
    return np.array(list(common), np.int64).reshape(-1, 2), np.array(list(common.values()), np.int64)


def with_reports(pairs: Pairs, ends: NDArray[np.int64], counts: NDArray[np.int64], settings: StorySettings) -> Pairs:
    """The pairs, and those that report utterances in common. Each makes it likelier that both tell one story, by itself."""
    if not len(counts):
        return pairs
    keys = pairs.a.astype(np.int64) << 32 | pairs.b  # ascending, each once
    none = 1 - pairs.chance  # the chance that it is not so
    asked = ends[:, 0] << 32 | ends[:, 1]
    order = np.argsort(asked)
    asked, by_words = asked[order], (1 - settings.said) ** counts[order]
    at = np.searchsorted(keys, asked)
    there = keys[np.minimum(at, len(keys) - 1)] == asked if len(keys) else np.zeros(len(asked), bool)
    none[at[there]] *= by_words[there]
    keys, none = (np.insert(old, at[~there], new[~there]) for old, new in ((keys, asked), (none, by_words)))
    return Pairs(keys >> 32, keys & 0xFFFFFFFF, 1 - none)


def _firsts(label: NDArray[np.int64], days: NDArray[np.float64]) -> NDArray[np.int64]:
    """For every place the first of those with its label: the earliest, of equal ones the lowest place, without a date last."""
    order = np.lexsort((np.arange(len(label)), np.where(np.isnan(days), np.inf, days), label))
    labels, begins = np.unique(label[order], return_index=True)
    return order[begins][np.searchsorted(labels, label)]


def _equal(words: ArticleWords) -> NDArray[np.int64]:
    """A label for every article, the same where the words are the same and there are any."""
    labels: dict[Any, int] = {}

    def content(row: int) -> Any:
        parts = tuple(lists.values[lists.bounds[row] : lists.bounds[row + 1]].tobytes() for lists in (words.title, words.text))
        return parts if any(parts) else row

    return np.array([labels.setdefault(content(row), row) for row in range(len(words.ids))], np.int64)


def of_cluster(ids: list[str], copies: pa.Table) -> NDArray[np.int64]:
    cluster_of = dict(zip(copies["id"].to_pylist(), copies["cluster_id"].to_pylist(), strict=True))
    labels: dict[str, int] = {}
    return np.array([labels.setdefault(cluster_of.get(id_, id_), len(labels)) for id_ in ids], np.int64)


def _ordinal(day: Any) -> float:
    """An ISO day, or the day at the beginning of a time, as a number; nan where there is none.

    >>> _ordinal("2025-11-21T10:00:00Z"), _ordinal("yesterday"), _ordinal(None)
    (739576.0, nan, nan)
    """
    try:
        return float(date.fromisoformat((day or "")[:10]).toordinal())
    except ValueError:
        return float("nan")
