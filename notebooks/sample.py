"""A look at a published warehouse: who is quoted, who copies whom, one statement followed over outlets.

    pip install marimo
    marimo edit notebooks/sample.py                 # opens in the browser
    python notebooks/sample.py                      # runs all cells, without one

It reads `warehouse/copydesk.duckdb`, which `make run` fills from the sample corpus, or the file that COPYDESK_WAREHOUSE names the folder of.
"""

import marimo

app = marimo.App(width="medium", app_title="Copydesk: a look at the sample")


@app.cell
def _():
    import os
    from pathlib import Path

    import duckdb
    import marimo as mo

    folder = Path(os.environ.get("COPYDESK_WAREHOUSE") or Path(__file__).resolve().parent.parent / "warehouse")
    desk = duckdb.connect(str(folder / "copydesk.duckdb"), read_only=True)

    def table(sql, parameters=None):
        """The rows of a query, as marimo shows them."""
        rows = desk.sql(sql, params=parameters).to_arrow_table().to_pylist()
        return mo.ui.table(rows, selection=None, page_size=10)

    return desk, mo, table


@app.cell
def _(desk, mo):
    _articles, _outlets, _first, _last = desk.sql(
        "SELECT count(*), count(DISTINCT publisher), min(date), max(date) FROM articles"
    ).fetchall()[0]
    mo.md(f"# A look at the sample\n\n{_articles} articles of {_outlets} outlets, {_first} to {_last}.")
    return


@app.cell
def _(mo, table):
    _rows = table(
        """
        SELECT speaker, count(*) AS quotes, count(DISTINCT publisher) AS outlets
        FROM quotes_with_context
        WHERE speaker_kind = 'person'
        GROUP BY ALL
        ORDER BY quotes DESC, speaker
        """
    )
    mo.vstack([mo.md("## Who is quoted most"), _rows])
    return


@app.cell
def _(mo, table):
    _rows = table(
        "SELECT publisher, kind, text, documents, reason FROM removed_text ORDER BY documents DESC, times DESC, publisher, text"
    )
    mo.vstack([mo.md("## What was taken out of the pages"), _rows])
    return


@app.cell
def _(mo, table):
    mo.vstack([mo.md("## Who copies whom"), table("FROM syndication ORDER BY articles DESC, source, republisher")])
    return


@app.cell
def _(desk, mo):
    _rows = desk.sql("SELECT left(text, 90), utterance_id FROM utterances ORDER BY reports DESC, utterance_id LIMIT 20").fetchall()
    _choices = dict(_rows)
    statement = mo.ui.dropdown(_choices, value=next(iter(_choices), None), label="A statement", full_width=True)
    mo.vstack([mo.md("## One statement over outlets"), statement])
    return (statement,)


@app.cell
def _(statement, table):
    table(
        """
        SELECT a.date, a.publisher, r.relation, coalesce(r.speaker_name, r.speaker_mention) AS speaker, r.text
        FROM utterance_reports AS r
        JOIN articles AS a USING (article_id)
        WHERE r.utterance_id = ?
        ORDER BY a.date NULLS LAST, a.publisher
        """,
        [statement.value],
    )
    return


if __name__ == "__main__":
    app.run()
