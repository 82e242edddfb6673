"""Counted terms, dates and copies of all articles to stories. What makes a story stands in `pipelines/stories`."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from assets.stages.words import hashes_of_terms
from pipelines.schemas import GROUPED, WIRE_INPUT
from pipelines.stories import ArticleWords, Lists, describe_articles, group_articles, name_stories, spread
from pipelines.stories.kernels.load import KERNELS
from warehouse import unpack
from warehouse.sql_files import stage_sql

_BYTES_A_WORD = 2  # about

if TYPE_CHECKING:
    from assets.stages.load import Load
    from pipelines.stage import Tables
    from warehouse import WorkingFile


def stories_of_all(load: Load, stale: pa.Table, gone: pa.Table) -> Tables:
    """Group all articles again; one whose terms could not be counted is a story by itself."""
    working, settings = load.working, load.settings.stories
    dates = working.table("SELECT article_id AS id, strftime(date, '%Y-%m-%d') AS date FROM articles")
    copies = working.table("SELECT article_id AS id, cluster_id FROM article_clusters")
    said = working.table("SELECT DISTINCT article_id AS id, utterance_id FROM utterance_reports ORDER BY ALL")
    words = words_in_order(working, settings.threads)
    held = [words]  # let go of as soon as nothing asks for them any more: they take much room

    def grouped() -> pa.Table:
        described = describe_articles(held[0], dates, settings, copies)
        held.clear()
        return group_articles(described, settings, said)

    with ThreadPoolExecutor(1) as beside:  # its kernels and these queries leave each other a processor
        grouping = beside.submit(grouped)
        titles = working.table(stage_sql("stories", "title_words"))
        asked = pc.unique(titles["word"])
        counted = pa.table({"word": asked, "articles": spread(words, asked.to_pylist(), settings)})
        del words
        alone = working.table(_ALONE)["id"]
        articles = working.table(f"SELECT * REPLACE (0 AS characters) FROM ({stage_sql('sources', 'articles')}) ORDER BY id")
        groups = pa.concat_tables([grouping.result(), pa.table([alone, alone], schema=GROUPED)])
    found = name_stories(groups, articles.cast(WIRE_INPUT)).rename_columns({"id": "article_id"})
    return {
        "stories": working.table(stage_sql("stories", "make_stories"), found=found, title_words=titles, spread=counted),
        "story_articles": found.drop_columns(["first_is_certain"]),
    }


_ALONE = "SELECT article_id AS id FROM articles ANTI JOIN internal.story_terms USING (article_id) ORDER BY id"


def words_in_order(working: WorkingFile, threads: int = 1) -> ArticleWords:
    """The words by which stories are found, of all articles in order of their ids."""
    held = working.table("SELECT * FROM internal.story_terms ORDER BY article_id")
    kernels = KERNELS.for_work(held.nbytes // _BYTES_A_WORD)

    def lists(name: str) -> Lists:
        if not kernels.compiled:
            return Lists(*unpack(held[name], np.int32))
        column = held[name].combine_chunks()
        _, ends, given = column.buffers()
        return Lists(
            *kernels.unpacked(np.frombuffer(ends, np.int32)[column.offset :][: len(column) + 1], np.frombuffer(given, np.uint8))
        )

    with ThreadPoolExecutor(threads) as pool:
        text, *others = pool.map(lists, ("text", "title", "numbers", "names"))
        hashes = hashes_of_terms(working)
    title, numbers, names = others
    return ArticleWords(held["article_id"].combine_chunks(), title, text, numbers, names, held["days"].to_numpy(), hashes)
