"""Fixtures of all tests in a browser."""

from collections.abc import Iterator

import pytest

from tests.browser.pages import Browser, Page, chromium, page_without_errors


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with page_without_errors(browser) as page:
        yield page
