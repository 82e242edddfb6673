"""The words behind the numbers by which the working file holds them, for stages that need their hashes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from warehouse import WorkingFile


def hashes_of_terms(working: WorkingFile) -> NDArray[np.uint64]:
    """The hash of each number."""
    return working.table("SELECT hash FROM internal.terms ORDER BY number")["hash"].to_numpy()
