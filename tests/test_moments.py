"""Days and times that machines wrote: the field of a record and the markup of a page are read alike."""

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.ingest.dates import iso_day
from pipelines.moments import read_moment

MOMENTS = st.datetimes(datetime(1994, 1, 1), datetime(2099, 12, 31)).map(lambda found: found.replace(microsecond=0))
ZONES = st.integers(-12 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))


@given(MOMENTS, ZONES)
def test_what_python_writes_is_read_with_its_zone(moment, zone):
    moment = moment.replace(tzinfo=zone)
    midnight = moment.time().isoformat() == "00:00:00"
    wanted = moment.date().isoformat() if midnight else moment.isoformat()
    for written in (
        moment.isoformat(),
        moment.isoformat(" "),
        format_datetime(moment),
        moment.strftime("%a %b %d %Y %H:%M:%S GMT%z"),
    ):
        assert read_moment(written) == wanted, written
        assert written.startswith(moment.strftime("%a %b")) or iso_day(written) == moment.date().isoformat(), written


@given(MOMENTS)
def test_days_are_read_alike_from_fields_and_from_markup(moment):
    for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d %B %Y", "%B %d, %Y", "%a, %d %b %Y", "%b %d %Y"):
        written = moment.strftime(form)
        assert read_moment(written) == iso_day(written) == moment.date().isoformat(), written


@given(MOMENTS)
def test_seconds_and_milliseconds_since_1970_are_read_in_markup(moment):
    seconds = int(moment.replace(tzinfo=UTC).timestamp())
    if seconds >= 1_000_000_000 and seconds < 2_000_000_000:
        assert read_moment(str(seconds)) == read_moment(f"{seconds}000") == moment.replace(tzinfo=UTC).isoformat()


@pytest.mark.parametrize("written", ["", "4 March", "04/05/2025", "March 2021", "2025-02-30", "today", "1.2.3", "x" * 200])
def test_what_a_reader_would_have_to_guess_is_none(written):
    assert read_moment(written) is None
    assert iso_day(written) is None


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("March 4, 2021 5:06 pm", "2021-03-04T17:06:00"),
        ("Monday, March 1, 2021, 12:05 AM", "2021-03-01T00:05:00"),
        ("Sat, 23 Dec 2023 05:42:00 PST", "2023-12-23T05:42:00-08:00"),
        ("Mon Jan 13 13:37:49 UTC 2020", "2020-01-13T13:37:49+00:00"),
    ],
)
def test_halves_of_the_day_and_names_of_zones_count(written, moment):
    assert read_moment(written) == moment
