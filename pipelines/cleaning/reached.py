"""Whether a line says how somebody is reached: an address of mail or a telephone number."""

from __future__ import annotations

import re

_DIGIT = re.compile(r"\d")
_REACHED = re.compile(
    r"[\w.+-]+@[\w-]+\.\w{2,}|(?<!\d)(?:\+\d[\d ()-]{6,18}\d|0\d{2,4}[ /-]\d{2,4}[ -]?\d{2,6}|\(?\d{3}\)?[ -]\d{3}-\d{4})(?!\d)"
)


def is_reached(text: str) -> bool:
    """Whether a line holds an address of mail or a telephone number."""
    start = text[:300]
    return ("@" in start or _DIGIT.search(start) is not None) and _REACHED.search(start) is not None
