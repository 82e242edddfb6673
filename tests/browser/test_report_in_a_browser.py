"""The report in a real browser: search, filter, open a difference, follow a quote over outlets; and articles that would like to run scripts.

With COPYDESK_SCREENSHOTS=docs/images pictures of it are written there.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from assets.project import sample_corpus
from assets.report import write_report
from assets.report.gather import ROWS_OF_CHECK
from tests.browser.pages import Browser, Page, expect, page_without_errors
from tests.loading import load_folder
from warehouse import warnings_of_files

ROOT = Path(__file__).resolve().parent.parent.parent
ATTACK = "</script><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\"><!--"
HOSTILE = {
    "id": ATTACK,
    "title": f"Harbour {ATTACK}",
    "author": f"Ada Quill {ATTACK}",
    "publisher": f"outlet {ATTACK}",
    "url": "javascript:document.title='taken'",
    "date": "2031-03-02",
    "text": f"The harbour stays shut on Monday, the council said. 𝄞𝄞 {ATTACK}\n\n"
    f"“We will open it again {ATTACK} in the spring,” said Ada Brannick, the harbour master.\n\n"
    "Ferries call at the old quay until then, and the market stands next to it.",
}

FROM_THE_RIGHT = {
    "id": "right",
    "publisher": "الصحيفة",
    "title": "الجسر يفتح أبوابه",
    "date": "2031-03-02",
    "text": "قال الوزير أحمد الناصر يوم الاثنين إن الجسر الجديد سيفتح غدا أمام السيارات. وأضاف: «لن ننتظر أكثر من ذلك».\n\n"
    "وقالت رئيسة البلدية ليلى حداد إن العمل انتهى قبل الموعد بشهرين، وإن المدينة ستحتفل به يوم الجمعة.",
}

SHORT = {
    "id": "short",
    "publisher": "weekly",
    "title": "Bridge",
    "text": "The old bridge is shut again, the council said on Monday.",
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    corpus, folder = tmp_path_factory.mktemp("corpus"), tmp_path_factory.mktemp("warehouse")
    shutil.copytree(sample_corpus(), corpus, dirs_exist_ok=True)
    name = "<img src=x onerror=document.title='taken'>.jsonl"
    (corpus / name).write_text(
        json.dumps(HOSTILE) + "\n{broken\n" + json.dumps(SHORT) + "\n" + json.dumps(FROM_THE_RIGHT), encoding="utf-8"
    )
    load_folder(folder, corpus)
    return write_report(folder / "copydesk.duckdb", folder / "report.html")


@pytest.fixture
def page(browser: Browser, report: Path) -> Iterator[Page]:
    with page_without_errors(browser, (report.as_uri(), "data:")) as page:
        page.goto(report.as_uri())
        yield page
        assert page.title().startswith("Copydesk report")


def rows(report: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(report.with_name("copydesk.duckdb")), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_its_figures_are_those_of_the_warehouse(page: Page, report: Path) -> None:
    for name, table in {"articles": "articles", "rejected": "rejects", "quotes": "quotes"}.items():
        figure = page.locator("dl.figures div", has=page.get_by_text(name, exact=True)).locator("dd")
        expect(figure).to_have_text(str(rows(report, f"SELECT count(*) FROM {table}")[0][0]))
    for (publisher,) in rows(report, "SELECT DISTINCT publisher FROM articles"):
        expect(page.get_by_role("rowheader", name=publisher, exact=True).first).to_be_visible()


def test_a_search_finds_titles_and_texts_and_a_filter_narrows_it(page: Page, report: Path) -> None:
    page.get_by_role("link", name="Articles").click()
    total = rows(report, "SELECT count(*) FROM articles")[0][0]
    status = page.locator("#articles").get_by_role("status")
    expect(status).to_have_text(f"{total} of {total}")
    page.get_by_label("search titles, names and texts").fill("chlorine PUMP")
    found = rows(
        report,
        "SELECT count(*) FROM articles WHERE lower(concat(title, ' ', body)) LIKE '%chlorine%' AND lower(concat(title, ' ', body)) LIKE '%pump%'",
    )
    assert 0 < found[0][0] < total
    expect(status).to_have_text(f"{found[0][0]} of {total}")
    page.get_by_label("search titles, names and texts").fill("")
    page.locator("#filter-articles-publisher").select_option("tidewire")
    of_outlet = rows(report, "SELECT count(*) FROM articles WHERE publisher = 'tidewire'")[0][0]
    expect(status).to_have_text(f"{of_outlet} of {total}")


def test_an_article_shows_its_body_and_the_page_with_what_was_removed(page: Page, report: Path) -> None:
    ((article, removed),) = rows(
        report, "SELECT document_id, count(*) FROM blocks WHERE kind <> 'body' GROUP BY ALL ORDER BY 2 DESC, 1 LIMIT 1"
    )
    page.goto(f"{report.as_uri()}#article/{article}")
    expect(page.get_by_role("heading", name="Body")).to_be_visible()
    assert 0 < page.locator("#detail .page del").count() <= removed
    body = rows(report, f"SELECT body FROM articles WHERE article_id = '{article}'")[0][0]
    assert page.locator("#detail .text").first.text_content() == body
    quotes = {quote for (quote,) in rows(report, f"SELECT quote FROM quotes WHERE article_id = '{article}'")}
    assert set(page.locator("#detail .said").all_text_contents()) <= quotes


def test_a_difference_marks_what_only_one_article_has(page: Page, report: Path) -> None:
    ((a, b),) = rows(report, "SELECT a_id, b_id FROM duplicate_pairs WHERE kind = 'update' ORDER BY ALL LIMIT 1")
    page.goto(f"{report.as_uri()}#copies")
    page.locator(f"#copies a[href='#pair/{a}/{b}']").click()
    expect(page.get_by_role("heading", name="Two articles: update")).to_be_visible()
    sides = page.locator("#detail .text")
    for side, article in enumerate((a, b)):
        body = rows(report, f"SELECT body FROM articles WHERE article_id = '{article}'")[0][0]
        assert sides.nth(side).text_content() == body
    assert page.locator("#detail mark").count() > 0


def test_a_quote_is_followed_over_outlets(page: Page, report: Path) -> None:
    ((utterance, text, reports),) = rows(
        report,
        "SELECT u.utterance_id, u.text, count(*) FROM utterances AS u JOIN utterance_reports AS r ON r.utterance_id = u.utterance_id "
        "GROUP BY ALL ORDER BY 3 DESC, 1 LIMIT 1",
    )
    page.get_by_role("link", name="Same words").click()
    page.locator(f"#utterances a[href='#utterance/{utterance}']").click()
    expect(page.locator("#detail h1")).to_have_text(f"“{text}”")
    expect(page.locator("#detail blockquote")).to_have_count(reports)
    page.locator("#detail li a").first.click()
    expect(page.get_by_role("heading", name="Body")).to_be_visible()


def test_nothing_of_an_article_becomes_a_script_or_an_element(page: Page, report: Path) -> None:
    (article,) = rows(report, "SELECT article_id, body FROM articles WHERE publisher LIKE 'outlet%'")
    for route in ("articles", "stories", "utterances", "speakers", "copies", "rejects", f"article/{article[0]}"):
        page.goto(f"{report.as_uri()}#{route}")
        expect(page.locator("#detail" if "/" in route else f"#{route}")).to_be_visible()
        assert page.locator("img").count() == 0
    assert page.locator("#detail .text").first.text_content() == article[1]
    assert page.locator("a[href^='javascript']").count() == 0
    for quote in page.locator("#detail .said").all_text_contents():
        assert rows(report, "SELECT count(*) FROM quotes WHERE quote = '{}'".format(quote.replace("'", "''"))) == [(1,)]


def test_the_same_warehouse_gives_the_same_page(report: Path, tmp_path: Path) -> None:
    again = write_report(report.with_name("copydesk.duckdb"), tmp_path / "report.html")
    assert again.read_bytes() == report.read_bytes()


def test_a_report_of_few_articles_says_that_it_shows_the_newest(browser: Browser, report: Path, tmp_path: Path) -> None:
    few = write_report(report.with_name("copydesk.duckdb"), tmp_path / "report.html", most=3)
    with page_without_errors(browser, (few.as_uri(), "data:")) as page:
        page.goto(f"{few.as_uri()}#articles")
        expect(page.get_by_role("note")).to_contain_text("Lists show the newest 3 of them")
        expect(page.locator("#articles").get_by_role("status")).to_have_text("3 of 3")


ROUTES = ("overview", "articles", "stories", "utterances", "speakers", "copies", "rejects", "checks")


def test_no_section_is_wider_than_a_telephone(page: Page, report: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    details = [f"article/{article}" for (article,) in rows(report, "SELECT article_id FROM articles ORDER BY ALL LIMIT 3")]
    details += [f"pair/{a}/{b}" for a, b in rows(report, "SELECT a_id, b_id FROM duplicate_pairs ORDER BY ALL LIMIT 1")]
    for route in (*ROUTES, *details):
        page.goto(f"{report.as_uri()}#{route}")
        expect(page.locator("#detail" if "/" in route else f"#{route}")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, route


def test_the_keyboard_reaches_everything_and_what_opens_has_the_focus(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.get_by_role("link", name="Articles").focus()
    page.keyboard.press("Enter")
    page.get_by_label("search titles, names and texts").focus()
    page.keyboard.type("harbour")
    for _ in range(3):  # past the two filters
        page.keyboard.press("Tab")
    expect(page.locator("#articles .rows a").first).to_be_focused()
    title = page.locator("#articles .rows a").first.inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("#detail h1")).to_have_text(title)
    expect(page.locator("#detail h1")).to_be_focused()
    page.go_back()
    expect(page.locator("#articles")).to_be_visible()
    expect(page.locator("#articles .rows a").first).to_be_focused()


def test_back_leads_to_the_place_that_a_link_was_followed_from(page: Page) -> None:
    page.get_by_role("link", name="Articles").click()
    page.locator("#articles .rows h2 a").nth(30).click()
    expect(page.locator("#detail h1")).to_be_focused()
    page.go_back()
    expect(page.locator("#articles .rows h2 a").nth(30)).to_be_focused()
    expect(page.locator("#articles .rows h2 a").nth(30)).to_be_in_viewport()


def test_headings_go_down_one_level_at_a_time_and_landmarks_have_names_of_their_own(page: Page, report: Path) -> None:
    article, other = rows(report, "SELECT a_id, b_id FROM duplicate_pairs ORDER BY ALL LIMIT 1")[0]
    for route in (*ROUTES, f"article/{article}", f"pair/{article}/{other}"):
        page.goto(f"{report.as_uri()}#{route}")
        expect(page.locator("#detail" if "/" in route else f"#{route}")).to_be_visible()
        shown = page.locator("h1:visible, h2:visible, h3:visible")
        levels = [int(level[1]) for level in shown.evaluate_all("all => all.map(one => one.tagName)")]
        assert levels[0] == 1, route
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), route
        regions = page.locator("section:visible, nav:visible, [role=region]:visible")
        names = regions.evaluate_all(
            "all => all.map(one => one.getAttribute('aria-label') || document.getElementById(one.getAttribute('aria-labelledby')).innerText)"
        )
        assert len(names) == len(set(names)), route


def test_a_text_runs_from_the_side_where_its_script_begins(page: Page, report: Path) -> None:
    [(article,)] = rows(report, "SELECT article_id FROM articles WHERE title = 'الجسر يفتح أبوابه'")
    page.goto(f"{report.as_uri()}#article/{article}")
    expect(page.locator("#detail h1")).to_be_visible()
    for place in ("#detail h1", "#detail .text >> nth=0"):
        box = page.locator(place).bounding_box()
        words = page.locator(place).evaluate(
            "one => { const all = document.createRange(); all.selectNodeContents(one); return all.getClientRects()[0].right }"
        )
        assert words > box["x"] + box["width"] - 5


def test_rows_that_are_unusual_stand_at_their_check_with_what_to_do(page: Page, report: Path) -> None:
    with duckdb.connect(str(report.with_name("copydesk.duckdb")), read_only=True) as connection:
        broken = {check: connection.execute(check.counting).fetchall()[0][0] for check in warnings_of_files()}
    page.goto(f"{report.as_uri()}#checks")
    for check, count in broken.items():
        row = page.locator("#checks tr", has=page.get_by_role("rowheader", name=check.name, exact=True))
        expect(row.locator("td").last).to_have_text(str(count))
        expect(row.locator("details")).to_have_count(int(count > 0))
        if count:
            row.locator("summary").click()
            expect(row.get_by_text(check.todo, exact=True)).to_be_visible()
            expect(row.locator("tbody tr")).to_have_count(min(count, ROWS_OF_CHECK))
    assert {check.name for check, count in broken.items() if count} == {"bodies_are_long"}


def test_on_paper_there_are_no_controls_and_no_text_is_cut_off(page: Page) -> None:
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.querySelector('.scroll')).overflowX") == "visible"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_pictures_of_the_report_over_the_sample(browser: Browser, tmp_path: Path) -> None:
    folder = ROOT / os.environ.get("COPYDESK_SCREENSHOTS", tmp_path)
    load_folder(tmp_path, sample_corpus())
    plain = write_report(tmp_path / "copydesk.duckdb", tmp_path / "report.html")
    quoted = rows(plain, "SELECT utterance_id FROM utterances ORDER BY reports DESC, utterance_id LIMIT 1")[0][0]
    cleaned = rows(
        plain,
        "SELECT article_id FROM articles JOIN documents AS d ON d.document_id = article_id WHERE path LIKE '%library-late-hours%'",
    )
    with page_without_errors(browser, (plain.as_uri(), "data:")) as page:
        for name, route, height in (
            ("report", "overview", 1400),
            ("report-quote", f"utterance/{quoted}", 640),
            ("report-article", f"article/{cleaned[0][0]}", 1000),
        ):
            page.set_viewport_size({"width": 1280, "height": height})
            page.goto(f"{plain.as_uri()}#{route}")
            expect(page.locator("#detail" if "/" in route else f"#{route}")).to_be_visible()
            page.screenshot(path=folder / f"{name}.png")
