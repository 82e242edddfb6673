"""Every stage between reading files and publishing, declared once and in the order in which a load runs them.

From this follow the run, what is pending, the assets and what they depend on, versions, and the row-wise commands. A stage's folder
`warehouse/sql/stages/<name>/` holds its SQL, and what is there is used:

- `inputs.sql`: `id, input_hash, context_hash` of every row that the stage works on, and `weight` where rows take unequal time;
- `takes.sql`, `context.sql` and `decided.sql`: the tables that its function takes, for the ids in `wanted`; `prepare.sql` comes before all others;
- `write_*.sql`: from `new_<name>`, for each table that the function gives, into the stage's tables;
- `make_<table>.sql`: all rows of a table, for a `Whole` without a function.
- `finish.sql`: for a `Whole`, after its tables are written: what it fills in on tables of other stages.

Without `inputs.sql` and `takes.sql` a stage works on each article by its body. How a stage is run stands in `runner.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from assets.commands.batch import Batch
from assets.commands.clean import CLEAN as CLEAN_COMMAND
from assets.commands.quotes import QUOTES as QUOTES_COMMAND
from assets.stages.changes import Changes
from assets.stages.pairs import pairs_and_clusters
from assets.stages.sources import sources_of_all
from assets.stages.speakers import speakers_of_all
from assets.stages.stories import compile_stories, stories_of_all
from assets.stages.utterances import utterances_of_all
from assets.versions import stage_version
from pipelines.settings import Settings
from pipelines.stage import Stage
from pipelines.stages import (
    CLEAN,
    CREDITS,
    LINES,
    PAIR_SEEDS,
    QUOTES,
    SIGNATURES,
    SPEAKER_SEEDS,
    STATEMENTS,
    STORY_SEEDS,
    STORY_TERMS,
    UTTERANCE_SEEDS,
)

if TYPE_CHECKING:
    from assets.stages.load import Load

# Tables that several stages write, told apart by the column `stage`. What a stage fails on goes into `failures`.
SHARED = frozenset({"failures", "rejects"})

# What several stages add to and none takes from: the numbers of words.
NUMBERS = "internal.terms"

_LENGTH = "block_end - block_start"


@dataclass(frozen=True)
class Shown:
    """What the UI shows of a table or view, which makes it an asset: by name how often each value of a column occurs, a number (as SQL over
    the table; both are drawn over time), and the rows of a query (a file of `warehouse/sql`). Its preview is `sql/previews/<table>.sql`,
    where that is not there `columns` of its first rows."""

    table: str
    columns: str = "*"
    counts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    queries: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Kept:
    """A row-wise stage: what it gives for a row is kept until the row, its context or the stage's version changes.

    `tables` are those it fills, with the column that holds the id of the row they were made from; `reads` those its SQL reads.
    """

    stage: Stage
    pending: str
    tables: Mapping[str, str]
    group: str
    reads: tuple[str, ...] = ("articles",)
    shows: tuple[Shown, ...] = ()
    command: Batch | None = None

    @property
    def name(self) -> str:
        return self.stage.name

    @property
    def packages(self) -> tuple[str, ...]:
        return self.stage.packages

    @property
    def work(self) -> Callable[..., Any]:
        return self.stage.work

    def version(self, settings: Settings) -> str:
        stage = self.stage
        return stage_version(stage.name, stage.work, settings_of(stage.settings, settings), stage.seeds, stage.packages)


@dataclass(frozen=True, eq=False)
class Whole:
    """A stage that needs all rows: `work(load, stale, gone)` gives the whole of each table, of which what differs is written, or its `Changes`.

    `stale` are the rows that changed since the last time, `gone` those that are not there any more, so it need not begin from scratch. `compiles` does
    the work for a few rows, unless what compiles in it was compiled before.
    """

    name: str
    pending: str
    tables: Mapping[str, str]
    group: str
    reads: tuple[str, ...]
    work: Callable[[Load, pa.Table, pa.Table], Mapping[str, pa.Table | Changes]] | None = None
    shows: tuple[Shown, ...] = ()
    settings: str = ""
    seeds: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    compiles: Callable[[Load], None] | None = None

    def version(self, settings: Settings) -> str:
        return stage_version(self.name, self.work, settings_of(self.settings, settings), self.seeds, self.packages)


Declared = Kept | Whole


def settings_of(part: str, settings: Settings) -> Any:
    return getattr(settings, part) if part else None


CATALOGUE: tuple[Declared, ...] = (
    Kept(
        LINES,
        pending="documents to count lines of",
        tables={"internal.document_lines": "id"},
        group="clean",
        reads=("documents", "rejects"),
    ),
    Kept(
        CLEAN,
        pending="documents to clean",
        tables={"articles": "article_id", "blocks": "document_id", "rejects": "document_id", "repairs": "document_id"},
        group="clean",
        reads=("documents", "rejects", "internal.document_lines", "internal.decisions"),
        shows=(
            Shown(
                "articles",
                numbers={
                    "share_kept": "avg(share_kept)",
                    "publishers": "count(DISTINCT publisher)",
                    "words_median": "median(words)",
                    "without_date": "count(*) FILTER (date IS NULL)",
                    "cut_short": "count(*) FILTER (share_kept < 1 / 3.0)",
                },
                queries={"share_kept_by_publisher": "queries/share_kept"},
            ),
            Shown(
                "blocks",
                counts={"removed": ("blocks WHERE kind <> 'body'", "kind")},
                numbers={"share_removed": f"coalesce(sum({_LENGTH}) FILTER (kind <> 'body'), 0) / nullif(sum({_LENGTH}), 0)"},
            ),
            Shown("rejects", counts={"reasons": ("rejects", "reason")}),
        ),
        command=CLEAN_COMMAND,
    ),
    Kept(
        SIGNATURES,
        pending="articles to sketch",
        tables={"signatures": "article_id"},
        group="duplicates",
        shows=(Shown("signatures"),),
    ),
    Whole(
        "pairs",
        pending="articles to compare",
        tables={"duplicate_pairs": "", "article_clusters": "article_id", "capped_buckets": "", "internal.undone_pairs": ""},
        group="duplicates",
        reads=("articles", "signatures", "internal.decisions"),
        work=pairs_and_clusters,
        shows=(
            Shown("duplicate_pairs", counts={"kinds": ("duplicate_pairs", "kind")}),
            Shown(
                "article_clusters",
                numbers={"copies": "count(*) FILTER (article_id <> canonical_id)", "largest": "max(size)"},
            ),
        ),
        settings="duplicates",
        seeds=PAIR_SEEDS,
        packages=("duckdb", "pydantic", *SIGNATURES.packages),
    ),
    Kept(
        QUOTES,
        pending="articles to read for quotes",
        tables={"quotes": "article_id"},
        group="quotes",
        reads=("articles", "internal.decisions"),
        shows=(
            Shown(
                "quotes",
                counts={"types": ("quotes", "type"), "failures": ("failures", "stage")},
                numbers={
                    "share_with_speaker": "avg(CAST(speaker_mention IS NOT NULL OR speaker_name IS NOT NULL AS INTEGER))",
                    "share_with_name": "avg(CAST(speaker_name IS NOT NULL AS INTEGER))",
                    "confidence": "avg(confidence)",
                },
            ),
        ),
        command=QUOTES_COMMAND,
    ),
    Kept(
        STATEMENTS,
        pending="articles to gather statements from",
        tables={"internal.statements": "article_id", "internal.article_words": "article_id"},
        group="quotes",
        reads=("articles", "quotes"),
    ),
    Whole(
        "speakers",
        pending="articles to gather speakers from",
        tables={"speakers": "", "speaker_names": "", "speaker_articles": "", "internal.compared_names": ""},
        group="quotes",
        reads=("articles", "quotes", "internal.article_words", "internal.decisions"),
        work=speakers_of_all,
        shows=(
            Shown("speakers", counts={"kinds": ("speakers", "kind")}),
            Shown("speaker_names"),
            Shown("speaker_articles"),
        ),
        settings="names",
        seeds=SPEAKER_SEEDS,
        packages=("anyascii", "duckdb", "nicknames", "numba", "numpy", "pyarrow", "pydantic", "rapidfuzz"),
    ),
    Kept(
        CREDITS,
        pending="articles to read for credits",
        tables={"internal.article_credits": "article_id"},
        group="stories",
        reads=("articles", "documents", "blocks"),
    ),
    Whole(
        "utterances",
        pending="articles to look for utterances in",
        tables={
            "utterances": "",
            "utterance_reports": "",
            "utterance_conflicts": "",
            "internal.statement_links": "",
            "internal.common_words": "",
        },
        group="quotes",
        reads=(
            "articles",
            "article_clusters",
            "internal.statements",
            "internal.article_words",
            "internal.article_credits",
            "internal.decisions",
        ),
        work=utterances_of_all,
        shows=(
            Shown("utterances", numbers={"reports": "coalesce(sum(reports), 0)", "conflicts": "coalesce(sum(conflicts), 0)"}),
            Shown(
                "utterance_reports",
                counts={"relations": ("utterance_reports", "relation")},
            ),
            Shown("utterance_conflicts", counts={"kinds": ("utterance_conflicts", "kind")}),
        ),
        settings="utterances",
        seeds=(*UTTERANCE_SEEDS, *CREDITS.seeds),
        packages=("duckdb", "numba", "numpy", "nicknames", "anyascii", "rapidfuzz", "py3langid", "pyarrow", "pydantic"),
    ),
    Whole(
        "sources",
        pending="articles to find sources of",
        tables={"article_sources": "", "internal.article_wire": "article_id", "internal.first_copies": ""},
        group="stories",
        reads=("articles", "article_clusters", "duplicate_pairs", "internal.article_credits"),
        work=sources_of_all,
        shows=(Shown("article_sources", numbers={"articles": "count(DISTINCT article_id)"}),),
        seeds=CREDITS.seeds,
        packages=("duckdb", "numpy", *CREDITS.packages),
    ),
    Kept(
        STORY_TERMS,
        pending="articles to count terms of",
        tables={"internal.story_terms": "article_id"},
        group="stories",
    ),
    Whole(
        "stories",
        pending="articles to group into stories",
        tables={"stories": "", "story_articles": "article_id"},
        group="stories",
        reads=(
            "articles",
            "article_clusters",
            "article_sources",
            "quotes",
            "utterance_reports",
            "internal.article_credits",
            "internal.story_terms",
        ),
        work=stories_of_all,
        shows=(Shown("stories", numbers={"told_by_several": "count(*) FILTER (articles > 1)", "largest": "max(articles)"}),),
        settings="stories",
        seeds=STORY_SEEDS,
        packages=("duckdb", "numba", "scipy", *STORY_TERMS.packages),
        compiles=compile_stories,
    ),
    Whole(
        "corrections",
        pending="reviewed corrections to follow",
        tables={"applied_corrections": ""},
        group="publish",
        reads=("blocks", "quotes", "speakers", "speaker_articles", "internal.decisions", "internal.undone_pairs"),
        shows=(Shown("applied_corrections", numbers={"without_effect": "count(*) FILTER (message IS NOT NULL)"}),),
    ),
)
