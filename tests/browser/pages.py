"""A real browser for tests: Debian's Chromium, and pages that fail where anything goes wrong on them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
if CHROMIUM is None:
    pytest.skip("no Chromium here: apt-get install chromium, as .ci/run does", allow_module_level=True)

from playwright.sync_api import Browser, ConsoleMessage, Page, Response, expect, sync_playwright  # noqa: E402

__all__ = ["Browser", "Page", "chromium", "expect", "page_without_errors"]

CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ON_THIS_MACHINE = ("http://127.0.0.1:", "data:", "blob:")


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS, headless=True)
        yield running
        running.close()


@contextmanager
def page_without_errors(browser: Browser, allowed: tuple[str, ...] = ON_THIS_MACHINE) -> Iterator[Page]:
    """A page; fails where its console showed an error, a script broke, a request failed or went anywhere but to addresses that begin so."""
    page = browser.new_page(viewport={"width": 1600, "height": 1000})
    problems: list[str] = []

    def console(message: ConsoleMessage) -> None:
        if message.type == "error":
            problems.append(f"console: {message.text}")

    def response(answer: Response) -> None:
        if answer.status >= 400:
            problems.append(f"{answer.status}: {answer.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: problems.append(f"script: {error}"))
    page.on("response", response)
    page.on("dialog", lambda dialog: problems.append(f"dialog: {dialog.message}"))
    page.on(
        "request", lambda request: None if request.url.startswith(allowed) else problems.append(f"to another place: {request.url}")
    )
    yield page
    page.close()
    assert problems == []
