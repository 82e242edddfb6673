"""Texts of a few articles, asked for while a stage works on all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import pyarrow as pa

from warehouse.sql_files import stage_sql

if TYPE_CHECKING:
    from assets.stages.load import Load


def texts_by_id(load: Load, stage: str) -> Callable[[Sequence[str]], Mapping[str, str]]:
    """Gives the texts of articles by their ids, as the `takes.sql` of a stage has them."""

    def texts_of(ids: Sequence[str]) -> Mapping[str, str]:
        wanted = pa.table({"id": pa.array(ids, pa.string())})
        found = load.working.table(stage_sql(stage, "takes"), wanted=wanted)
        return dict(zip(found["id"].to_pylist(), found["text"].to_pylist(), strict=True))

    return texts_of
