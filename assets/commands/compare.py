"""`copydesk compare`: two texts side by side, files, articles of the warehouse or earlier versions of them."""

import argparse
import shutil
import sys
from pathlib import Path

from assets.errors import CommandError
from pipelines.duplicates import compare_articles


def run(options: argparse.Namespace) -> int:
    a, b = (_text(value, options.warehouse) for value in (options.a, options.b))
    color = options.color == "always" or (options.color == "auto" and sys.stdout.isatty())
    width = options.width or shutil.get_terminal_size((160, 24)).columns
    print(compare_articles(a, b).render(width=width, colour=color))
    return 0


def _text(value: str, warehouse: str | None) -> str:
    """The text of a file, or the body of an article, or of an earlier version of one, in the published warehouse."""
    path = Path(value)
    if path.is_file():
        return path.read_text(encoding="utf-8", errors="replace")
    return _body(value, warehouse)


def _body(article_id: str, warehouse: str | None) -> str:
    from assets.project import published_path
    from assets.reading import published

    file = published_path(warehouse)
    wanted, _, version = article_id.partition("@")
    if file.exists():
        with published(file) as connection:
            found = connection.execute("SELECT body FROM articles WHERE article_id = ?", [article_id]).fetchall()
            if version.isdecimal():
                query = "SELECT body FROM article_versions WHERE article_id = ? AND version = ?"
                found = connection.execute(query, [wanted, int(version)]).fetchall()
        if found:
            return found[0][0]
    raise CommandError(
        f"{article_id!r} is neither a file nor an article_id in {str(file)!r}: give a text file, an id from the articles table, or "
        "ID@VERSION from the view article_versions"
    )
