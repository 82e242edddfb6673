"""Counted terms of all articles to stories."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.schemas import GROUPED
from pipelines.stories.grouping import groups_of
from pipelines.stories.likeness import pair_chances
from pipelines.stories.settings import StorySettings
from pipelines.stories.terms import article_terms


def find_stories(articles: pa.Table, settings: StorySettings | None = None) -> pa.Table:
    """GROUPED: the story of every article, from `id, title, text, date`; ids are unique."""
    settings = settings or StorySettings()
    return group_articles(article_terms(articles, settings), articles.select(["id", "date"]), settings)


def group_articles(terms: pa.Table, dates: pa.Table, settings: StorySettings) -> pa.Table:
    """GROUPED: the story of every article, in ascending order of id, from STORY_TERMS and `id, date`.

    A story has the id of its first article: the earliest by date, of equal ones the lowest id; those without a date come last.
    """
    terms = terms.sort_by("id")
    day_of = dict(zip(dates["id"].to_pylist(), map(_ordinal, dates["date"].to_pylist()), strict=True))
    ids: list[str] = terms["id"].to_pylist()
    days = np.array([day_of[id_] for id_ in ids], np.float64)
    group = groups_of(len(ids), pair_chances(terms, days, settings), settings.join)
    order = np.lexsort((np.arange(len(ids)), np.where(np.isnan(days), np.inf, days), group))
    begins = np.flatnonzero(np.r_[True, group[order][1:] != group[order][:-1]]) if len(ids) else np.zeros(0, int)
    first = np.zeros(len(ids), np.int64)
    first[group[order][begins]] = order[begins]
    return pa.table([terms["id"], pc.take(terms["id"], pa.array(first[group]))], schema=GROUPED)


def _ordinal(day: Any) -> float:
    """An ISO day, or the day at the beginning of a time, as a number; nan where there is none.

    >>> _ordinal("2025-11-21T10:00:00Z"), _ordinal("yesterday"), _ordinal(None)
    (739576.0, nan, nan)
    """
    try:
        return float(date.fromisoformat((day or "")[:10]).toordinal())
    except ValueError:
        return float("nan")
