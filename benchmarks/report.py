"""How long the report takes to write, to open and to search, in a real browser.

    python benchmarks/report.py [--sizes N …] [--warehouse DIR]

Loads so many Reuters articles (more than there are: edits of them) with `copydesk load`, or takes a warehouse that is there, and writes
its report. `write` is the process of `copydesk report`, with its start. `open` is from the address to the list of articles with its
search, `words in titles` and `words in texts` from the last letter to the last hit; all texts are unpacked for the latter, once. Chromium
is that of the system.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.load import write_corpus  # noqa: E402

# Seconds allowed, by articles: to write, and to open it and search in it.
ALLOWED = {1_500: (10.0, 2.0), 20_000: (60.0, 60.0)}
IN_TITLES, IN_TEXTS = "bank", "central bank governor said on tuesday"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def seconds_of(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def processor_seconds() -> float:
    """Of the processes that this one ended."""
    return sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])


def copydesk(*words: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-m", "assets.cli", *words], env=environment, check=True, capture_output=True)


def loaded(folder: Path, articles: int) -> Path:
    corpus = write_corpus(folder, articles).parent.parent
    copydesk("load", "--warehouse", str(folder / "warehouse"), str(corpus))
    return folder / "warehouse"


def in_browser(page_file: Path) -> dict[str, float]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.set_default_timeout(300_000)
        status = page.locator("#articles").get_by_role("status")
        done = "() => !document.querySelector('#articles [role=status]').textContent.includes('looking')"

        def search(words: str) -> None:
            page.get_by_label("search titles, names and texts").fill(words)
            page.wait_for_function(done)

        found = {"open": seconds_of(lambda: (page.goto(f"{page_file.as_uri()}#articles"), status.wait_for()))}
        found["words in texts"] = seconds_of(lambda: search(IN_TEXTS))
        found["words in titles"] = seconds_of(lambda: search(IN_TITLES))
        browser.close()
    return found


def measure(warehouse: Path, folder: Path) -> bool:
    """Print what it took, and say whether that is allowed for so many articles."""
    from warehouse import open_published

    page = folder / "report.html"
    with open_published(warehouse / "copydesk.duckdb") as published:
        articles = int(published.execute("SELECT count(*) FROM articles").fetchall()[0][0])
    before = processor_seconds()
    write = seconds_of(lambda: copydesk("report", "--warehouse", str(warehouse), str(page)))
    print(
        f"{articles} articles: write {write:.1f} s ({processor_seconds() - before:.1f} s of processors), {page.stat().st_size / 1e6:.1f} MB"
    )
    to_write, to_search = next((ALLOWED[size] for size in sorted(ALLOWED) if articles <= size), ALLOWED[max(ALLOWED)])
    if CHROMIUM is None:
        print("no Chromium here, so it is not opened: apt-get install chromium")
        return write <= to_write
    found = in_browser(page)
    print("  " + ", ".join(f"{name} {seconds:.2f} s" for name, seconds in found.items()))
    searchable = found["open"] + found["words in titles"]
    print(f"  allowed: write {to_write:.0f} s, open and search {to_search:.0f} s")
    return write <= to_write and searchable <= to_search


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_500])
    parser.add_argument("--warehouse", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.warehouse:
            return 0 if measure(options.warehouse, Path(folder)) else 1
        results = []
        for articles in options.sizes:
            place = Path(folder) / str(articles)
            results.append(measure(loaded(place, articles), place))
        return 0 if all(results) else 1


if __name__ == "__main__":
    raise SystemExit(main())
