"""The numbers by which the working file holds words, for what stages work on.

Some articles at a time: unpacking and sorting take several times the room of what is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

if TYPE_CHECKING:
    from warehouse import WorkingFile

AT_ONCE = 4096  # articles


def slices(held: pa.Table) -> Iterator[pa.Table]:
    return (held.slice(first, AT_ONCE) for first in range(0, held.num_rows, AT_ONCE))


def hashes_of_terms(working: WorkingFile) -> NDArray[np.uint64]:
    """The hash of each number."""
    return working.table("SELECT hash FROM internal.terms ORDER BY number")["hash"].to_numpy()
