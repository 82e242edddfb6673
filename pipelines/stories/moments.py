"""When an article was published, as far as it is known: a day, or an instant where time and zone are given."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

_HOUR = 3600.0


class Moment(NamedTuple):
    """A day as ordinal, and seconds since 1970 where time and zone are known."""

    day: int
    instant: float | None


def moment_of(value: str | None) -> Moment | None:
    """What an ISO day or time says; null where it is neither.

    >>> moment_of("2031-05-03"), moment_of("2031-05-03T10:00:00+02:00"), moment_of("2031-05-03T10:00"), moment_of("May")
    (Moment(day=741565, instant=None), Moment(day=741565, instant=1935561600.0), Moment(day=741565, instant=None), None)
    """
    try:
        found = datetime.fromisoformat(value or "")
    except ValueError:
        return moment_of(value[:10]) if value and len(value) > 10 else None
    zoned = found.tzinfo is not None and len(value or "") > 10
    return Moment(found.toordinal(), found.astimezone(UTC).timestamp() if zoned else None)


def hours_between(earlier: Moment | None, later: Moment | None) -> float | None:
    """Hours from one to the other, whole days where no times are known; null where one has no date."""
    if earlier is None or later is None:
        return None
    if earlier.instant is not None and later.instant is not None:
        return (later.instant - earlier.instant) / _HOUR
    return (later.day - earlier.day) * 24.0
