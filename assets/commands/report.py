"""`copydesk report`: one HTML file that shows what the warehouse holds."""

import argparse
from pathlib import Path

from assets.errors import CommandError
from assets.project import published_path, shown_path
from assets.report import write_report


def run(options: argparse.Namespace) -> int:
    published = published_path(options.warehouse)
    target = Path(options.output) if options.output else published.with_name("report.html")
    try:
        write_report(published, target, options.most)
    except OSError as error:
        raise CommandError(
            f"cannot write {str(target)!r} ({error.strerror or error}): give a file in a folder that can be written to"
        ) from error
    print(f"Wrote {shown_path(target)}: open it in a browser")
    return 0
