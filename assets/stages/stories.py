"""Counted terms, dates and copies of all articles to stories. What makes a story stands in `pipelines/stories`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from assets.stages.words import hashes_of_terms
from pipelines.compiled import cache_directory
from pipelines.duplicates.arrays import as_column, as_numpy
from pipelines.schemas import GROUPED, WIRE_INPUT
from pipelines.stories import ArticleWords, Lists, StorySettings, describe_articles, group_articles, name_stories, spread
from pipelines.stories.descriptions import hashes_of
from pipelines.stories.kernels.load import KERNELS
from pipelines.stories.place_schemas import SAID
from pipelines.stories.places import Scope
from pipelines.stories.stories import reports_in_common
from pipelines.stories.texts import Texts
from warehouse import unpack
from warehouse.memory import trim
from warehouse.sql_files import stage_sql

_BYTES_A_WORD = 2  # about
ROWS = 8192  # whose words are read at once
WORDS = 1 << 20  # of which a count is read at once
FEW = 1000  # articles, among which some are alike
BLOCK = 4096  # texts that an engine describes, and compares with all others, at once

if TYPE_CHECKING:
    from assets.stages.load import Load
    from pipelines.stage import Tables
    from warehouse import WorkingFile


def stories_of_all(load: Load, stale: pa.Table, gone: pa.Table) -> Tables:
    """Group all articles again; one whose terms could not be counted is a story by itself."""
    working = load.working
    said = working.table("SELECT DISTINCT article_id AS id, utterance_id FROM utterance_reports ORDER BY ALL")
    with ThreadPoolExecutor(1) as pool:  # its kernels and these queries leave each other a processor
        grouped, articles_with = (_grouping if load.over is None else _grouping_over)(load, said, pool)
        titles = working.table(stage_sql("stories", "title_words"))
        asked = pc.unique(titles["word"])
        counted = pa.table({"word": asked, "articles": articles_with(asked.to_pylist())})
        alone = working.table(_ALONE)["id"]
        articles = working.table(f"SELECT * REPLACE (0 AS characters) FROM ({stage_sql('sources', 'articles')}) ORDER BY id")
        groups = pa.concat_tables([grouped(), pa.table([alone, alone], schema=GROUPED)])
    found = name_stories(groups, articles.cast(WIRE_INPUT)).rename_columns({"id": "article_id"})
    return {
        "stories": working.table(stage_sql("stories", "make_stories"), found=found, title_words=titles, spread=counted),
        "story_articles": found.drop_columns(["first_is_certain"]),
    }


def compile_stories(load: Load) -> None:
    """Group `FEW` articles, so that who groups all finds what that needs compiled."""
    if KERNELS.cached or cache_directory() is None:
        return
    settings = load.settings.stories
    words, _ = beginnings_in_order(load.working, settings, FEW)
    dates = pa.table([words.ids, pa.nulls(len(words.ids), pa.string())], ["id", "date"])
    group_articles(describe_articles(words, dates, settings), settings)


_ALONE = "SELECT article_id AS id FROM articles ANTI JOIN internal.story_terms USING (article_id) ORDER BY id"
_Grouping = tuple[Callable[[], pa.Table], Callable[[Sequence[str]], Sequence[int]]]


def _grouping(load: Load, said: pa.Table, pool: Executor) -> _Grouping:
    """Gives the groups of all articles, which are found meanwhile; and says, once, in how many articles words stand."""
    working, settings = load.working, load.settings.stories
    dates = working.table("SELECT article_id AS id, strftime(date, '%Y-%m-%d') AS date FROM articles")
    copies = working.table("SELECT article_id AS id, cluster_id FROM article_clusters")
    words, articles = beginnings_in_order(working, settings)
    hashes, held = words.hashes, [words]
    del words  # what describes articles lets go of them when it has read them: they take much room

    def grouped() -> pa.Table:
        trim()
        described = describe_articles(held.pop(), dates, settings, copies)
        trim()
        return group_articles(described, settings, said)

    return pool.submit(grouped).result, lambda asked: spread(hashes, articles, asked, settings)


def _grouping_over(load: Load, said: pa.Table, pool: Executor) -> _Grouping:
    """The same over the load's engine. Here no words are held, but those of titles."""
    assert load.over is not None
    working, settings = load.working, load.settings.stories
    texts = Texts.of(
        working.table(
            "SELECT article_id AS id, strftime(date, '%Y-%m-%d') AS date, cluster_id FROM articles JOIN article_clusters USING (article_id) "
            "SEMI JOIN internal.story_terms USING (article_id) ORDER BY id"
        )
    )
    in_time = texts.in_time

    def words_from(start: int) -> pa.Table:
        places = np.sort(in_time[start : start + ROWS])
        return texts.words_at(places, words_in_order(working, pa.table({"id": texts.ids.take(as_column(places))})), BLOCK)

    ends, times = reports_in_common(texts.ids, texts.text, said)
    found = load.over.stories(
        working,
        map(words_from, range(0, len(texts.ids), ROWS)),
        pa.table([as_column(column) for column in (*ends.T, times)], schema=SAID),
        Scope(settings, len(texts.texts)),
    )

    def articles_with(asked: Sequence[str]) -> list[int]:
        hashes = hashes_of(asked, settings)
        counts: dict[int, int] = {}
        for counted in found.spread.batches(WORDS):
            words = as_numpy(counted["hash"])
            held = np.isin(words, hashes)
            counts |= zip(words[held].tolist(), as_numpy(counted["articles"])[held].tolist(), strict=True)
        return [counts.get(word, 1) for word in hashes.tolist()]

    return lambda: texts.grouped(found.groups.read()), articles_with


def words_in_order(working: WorkingFile, wanted: pa.Table) -> ArticleWords:
    """The words by which stories are found, of the articles that are `wanted` (`id`), in order of their ids."""
    some = "WHERE article_id IN (SELECT id FROM wanted)"
    held = working.table(f"SELECT * FROM internal.story_terms {some} ORDER BY article_id", wanted=wanted)
    title, text, numbers, names = (_unpacked(held[name]) for name in ("title", "text", "numbers", "names"))
    ids, days = held["article_id"].combine_chunks(), held["days"].to_numpy()
    return ArticleWords(ids, title, text, numbers, names, days, hashes_of_terms(working))


def beginnings_in_order(
    working: WorkingFile, settings: StorySettings, most: int | None = None
) -> tuple[ArticleWords, NDArray[np.int64]]:
    """The same of all articles, or of the first `most`, with as many words of each text as articles are described by; and in how many articles each word
    stands, in all of a text."""
    held = working.table("SELECT * FROM internal.story_terms ORDER BY article_id LIMIT $most", {"most": most})
    hashes, kernels = hashes_of_terms(working), KERNELS.for_work(held.nbytes // _BYTES_A_WORD)
    starts = range(0, held.num_rows, ROWS)

    def beginnings(start: int) -> tuple[Lists, NDArray[np.int64]]:
        titles, texts = (_unpacked(held[name].slice(start, ROWS)) for name in ("title", "text"))
        return Lists(*kernels.beginnings(*texts, settings.words)), kernels.spread(*titles, *texts, len(hashes))

    articles, bounds = np.zeros(len(hashes), np.int64), np.zeros(held.num_rows + 1, np.int64)
    values = np.empty(
        min(held["text"].nbytes, held.num_rows * settings.words), np.int32
    )  # a word has a byte at least; the rest takes no room
    with ThreadPoolExecutor(settings.threads) as pool:
        for start, (part, counted) in zip(starts, pool.map(beginnings, starts), strict=True):
            articles += counted
            bounds[start + 1 : start + len(part.bounds)] = bounds[start] + part.bounds[1:]
            values[bounds[start] :][: len(part.values)] = part.values
    text = Lists(bounds, values[: bounds[-1]])
    title, numbers, names = (_unpacked(held[name]) for name in ("title", "numbers", "names"))
    ids, days = held["article_id"].combine_chunks(), held["days"].to_numpy()
    return ArticleWords(ids, title, text, numbers, names, days, hashes), articles


def _unpacked(chunks: pa.ChunkedArray) -> Lists:
    column = chunks.combine_chunks()
    kernels = KERNELS.for_work(column.nbytes // _BYTES_A_WORD)
    if not kernels.compiled:
        return Lists(*unpack(column, np.int32))
    _, ends, given = column.buffers()
    ends = np.frombuffer(ends, np.int32)[column.offset :][: len(column) + 1]
    return Lists(*kernels.unpacked(ends, np.frombuffer(given, np.uint8)))
