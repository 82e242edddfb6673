"""What a stage that knows it gives in the place of a whole table: which rows are no more, and which are new."""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa


class Changes(NamedTuple):
    """`gone`: the rowids, one column, of rows that do not stand any more; `added`: rows that are not there yet."""

    gone: pa.Table
    added: pa.Table
