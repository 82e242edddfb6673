"""Bylines and days at the head of Japanese and Persian pages."""

from __future__ import annotations

import pytest

from pipelines.cleaning.dates import find_dates
from pipelines.cleaning.folding import fold
from pipelines.cleaning.lexicon import load_lexicon


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("۱۴ اسفند ۱۴۰۹", "2031-03-05"),
        ("تاریخ انتشار: ۱۴۰۳/۰۱/۰۱", "2024-03-20"),
        ("۳۰ اسفند ۱۴۰۰", None),
        ("۱۴۰۳ نفر آمدند", None),
    ],
)
def test_days_of_the_solar_calendar_are_read_in_persian(line: str, day: str | None) -> None:
    assert next((found.iso for found in find_dates(fold(line), load_lexicon("fa"))), None) == day


def test_days_of_the_solar_calendar_are_none_in_other_languages() -> None:
    assert not any(find_dates(fold("1409/12/14"), load_lexicon(code)) for code in ("ar", "en", "ja"))


@pytest.mark.parametrize(
    ("line", "names"), [("【山口直美】", ["山口直美"]), ("山口直美、西川隆", ["山口直美", "西川隆"]), ("【山口県】", [])]
)
def test_japanese_names_alone_are_a_byline(line: str, names: list[str]) -> None:
    forms = load_lexicon("ja").bylines.signed
    assert next((found for form in forms if (found := form.names(line))), []) == names
