"""The distinct words of articles, from what the working file holds to what speakers and utterances work on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from assets.stages.words import hashes_of_terms
from pipelines.utterances.article_words import ArticleWords, unpacked_words

if TYPE_CHECKING:
    from warehouse import WorkingFile


def words_of_articles(working: WorkingFile, ids: pa.Array) -> ArticleWords:
    """The distinct words of each article, in the order given; none for an article that is not in the file."""
    asked = pa.table({"id": ids, "place": np.arange(len(ids))})
    words = "SELECT w.words FROM asked AS a LEFT JOIN internal.article_words AS w ON w.article_id = a.id ORDER BY a.place"
    return unpacked_words(working.table(words, asked=asked)["words"], hashes_of_terms(working))
