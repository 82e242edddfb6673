"""Articles as stories in parts take them: one of the articles of each text stands for it, and texts come in blocks."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.duplicates.arrays import as_column, as_numpy
from pipelines.schemas import STORY_TOKENS
from pipelines.stories.stories import days_of, named_groups, of_cluster, texts_of
from pipelines.stories.terms import ArticleWords

# The words of an article. `block` and `number` are those of its text, null for a copy of a text that another article stands for.
TEXT_WORDS = pa.schema(
    [
        pa.field("block", pa.int64()),
        pa.field("number", pa.int64()),  # ascending with the ids of the articles that stand for texts
        pa.field("day", pa.int64()),  # ordinal
        *(field for field in STORY_TOKENS if field.name != "id"),
    ]
)


class Texts(NamedTuple):
    """Articles in ascending order of id: their dates as ordinals or nan, the number of the text of each; and the article of each text, by its place."""

    ids: pa.Array
    days: NDArray[np.float64]
    text: NDArray[np.int64]
    texts: NDArray[np.int64]

    @classmethod
    def of(cls, articles: pa.Table) -> Texts:
        """`articles` have `id, date, cluster_id`, in ascending order of id."""
        days = days_of(articles["id"], articles.select(["id", "date"]))
        texts, text = texts_of(of_cluster(articles["id"].to_pylist(), articles.select(["id", "cluster_id"])), days)
        return cls(articles["id"].combine_chunks(), days, text, texts)

    @property
    def in_time(self) -> NDArray[np.int64]:
        """The places of all articles, by the dates of their texts. What tells of one event is near in time, and has terms in common."""
        return np.argsort(self._times[self.text], kind="stable")

    def words_at(self, places: NDArray[np.int64], words: ArticleWords, in_block: int) -> pa.Table:
        """`TEXT_WORDS` of the articles at some ascending places, which have these words. Blocks hold so many texts each, in order of time."""
        block = np.empty(len(self.texts), np.int64)
        block[np.argsort(self._times, kind="stable")] = np.arange(len(self.texts)) // in_block
        text, days = self.text[places], self.days[places]
        copy = self.texts[text] != places
        lists = [
            pa.ListArray.from_arrays(as_column(held.bounds.astype(np.int32)), as_column(words.hashes[held.values]))
            for held in (words.title, words.text, words.numbers, words.names)
        ]
        heads = [
            as_column(block[text], copy),
            as_column(text, copy),
            as_column(np.nan_to_num(days).astype(np.int64), np.isnan(days)),
        ]
        return pa.table([*heads, *lists, as_column(words.days)], schema=TEXT_WORDS)

    @property
    def _times(self) -> NDArray[np.float64]:
        return np.nan_to_num(self.days[self.texts], nan=np.inf)

    def grouped(self, groups: pa.Table) -> pa.Table:
        """GROUPED, from `places.GROUPS`."""
        group = np.arange(len(self.texts))
        group[as_numpy(groups["number"])] = as_numpy(groups["lowest"])
        return named_groups(self.ids, group[self.text], self.days)
