"""The command line: `copydesk load | rebuild | compact | forget | settings | clean | quotes | duplicates | stories | names | utterances | trace | compare
| report`.

The row-wise commands are those of the catalogue of stages.

Heavy imports wait until a command needs them.
"""

import argparse
import os
import sys
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from assets.errors import CommandError, UsageError

NOTHING_DONE, WRONG_USAGE = 1, 2

# Commands that have a module of their own, with `run(options)`, and need no catalogue.
OWN = (
    "load",
    "rebuild",
    "compact",
    "forget",
    "settings",
    "duplicates",
    "stories",
    "names",
    "utterances",
    "trace",
    "compare",
    "report",
)


REBUILD = """The published file gives records that are missing, older texts and what loads did; the corpus gives the rest. Needed where
working.duckdb is damaged or lost.

example:
  copydesk rebuild --warehouse warehouses/news"""

COMPACT = """Prints the size of both files before and after. Rows do not change.

example:
  copydesk compact"""

FORGET = """One line for each ID on standard output: what was erased, whether its file still holds it, and how many copies of it remain. A record
whose file stays in the corpus is found again by loads, and refused without its text (reason `forgotten`).

example:
  copydesk forget 0a1b2c3d4e5f60718293"""

SETTINGS = """name, value and where it comes from: default, copydesk.toml, .env or the environment. docs/operations.md says what each means.

example:
  copydesk settings --json"""


def _long(text: str) -> dict[str, Any]:
    """Help that keeps its lines."""
    return {"description": text, "formatter_class": argparse.RawDescriptionHelpFormatter}


def parser(row_wise: bool = True) -> argparse.ArgumentParser:
    """The options of every command; without the row-wise ones it is there at once."""
    top = argparse.ArgumentParser(prog="copydesk", description="Dirty news text to clean articles, duplicates and quotes.")
    top.add_argument("--version", action="version", version=f"copydesk {_version()}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    load = commands.add_parser("load", help="run the whole pipeline over a folder and publish the warehouse")
    load.add_argument("paths", nargs="*", metavar="PATH", help="folders or files; by default the configured corpus")
    load.add_argument("--full-refresh", action="store_true", help="read and make everything again")
    load.add_argument(
        "--allow-loss",
        action="store_true",
        help="publish although the last published file holds records that the working file lost",
    )
    load.add_argument(
        "--prune", action="store_true", help="drop records that are missing from the corpus, and what was made of them"
    )
    load.add_argument(
        "--engine",
        metavar="ENGINE",
        help="what stages run on: local or spark[:MASTER], with steps and tables as Parquet (docs/scale.md); by default this process "
        "and its own",
    )
    _of_warehouse(load)

    rebuild = commands.add_parser(
        "rebuild", help="make the working file anew, from the corpus and the published file, and load", **_long(REBUILD)
    )
    rebuild.add_argument(
        "paths", nargs="*", metavar="PATH", help="folders of the corpus; by default those that the published file names"
    )
    rebuild.add_argument(
        "--allow-loss", action="store_true", help="go on where no published file can be read: older texts are lost then"
    )
    _of_warehouse(rebuild)

    compact = commands.add_parser(
        "compact", help="write both files of a warehouse again, without the room of deleted rows", **_long(COMPACT)
    )
    _of_warehouse(compact)

    forget = commands.add_parser(
        "forget", help="erase articles everywhere: texts, older texts, previews and run history", **_long(FORGET)
    )
    forget.add_argument("ids", nargs="+", metavar="ID", help="articles.article_id or documents.document_id")
    forget.add_argument("--undo", action="store_true", help="let the next load read them again")
    _of_warehouse(forget)

    settings = commands.add_parser("settings", help="print every setting, its value and where that comes from", **_long(SETTINGS))
    settings.add_argument("--json", action="store_true", help="an object by name, with value, from, variable and means")

    if row_wise:
        _add_row_wise(commands)

    duplicates = commands.add_parser("duplicates", help="find near-duplicates, JSON Lines or Parquet in, JSON Lines out")
    duplicates.add_argument("--clusters", metavar="FILE", help="also write the cluster of every row, as JSON Lines")
    duplicates.add_argument(
        "--against", metavar="WAREHOUSE", help="compare with the articles of a published file instead of with each other"
    )
    _streams(duplicates)

    stories = commands.add_parser("stories", help="group articles that tell of one event, JSON Lines in and out")
    _streams(stories)

    names = commands.add_parser("names", help="say which pairs of spellings name one person or organisation, JSON Lines in and out")
    _streams(names)

    utterances = commands.add_parser("utterances", help="find the words that several articles report, and conflicts in them")
    _streams(utterances)

    trace = commands.add_parser("trace", help="look words up: who printed them first, in which wordings, said by whom")
    trace.add_argument(
        "words", metavar="WORDS|FILE", help="the words, in quotation marks for the shell, or a text file that holds them"
    )
    trace.add_argument("--warehouse", metavar="DIR", help="folder of the warehouse; by default warehouse/ of the project")
    trace.add_argument("--json", action="store_true", help="all that is known, as JSON, for programs")
    trace.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", help="colours; auto: on a terminal, unless NO_COLOR is set"
    )

    compare = commands.add_parser("compare", help="show two texts side by side with their differences")
    compare.add_argument(
        "a", metavar="A", help="a text file, or an article_id of the warehouse, or ARTICLE_ID@VERSION for an earlier one"
    )
    compare.add_argument(
        "b", metavar="B", help="a text file, or an article_id of the warehouse, or ARTICLE_ID@VERSION for an earlier one"
    )
    compare.add_argument("--warehouse", metavar="DIR", help="folder of the warehouse")
    compare.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="colours; auto: on a terminal only")
    compare.add_argument("--width", type=int, metavar="COLUMNS", help="width of the output; by default that of the terminal")

    report = commands.add_parser(
        "report",
        help="write one HTML file that shows what the warehouse holds",
        description="One HTML file, without a server or a network: what came in and from whom, what was removed, who copies whom, "
        "stories, quotes by speaker, the same words across outlets, each article with its page, rejects, checks. A load writes it too.",
        epilog="example: copydesk report --warehouse ~/news-warehouse ~/report.html",
    )
    report.add_argument(
        "output", nargs="?", metavar="OUT", help="the file to write; by default report.html in the warehouse's folder"
    )
    report.add_argument("--warehouse", metavar="DIR", help="folder of the warehouse; by default warehouse/ of the project")
    report.add_argument("--most", type=int, default=20_000, metavar="N", help="show the newest N articles one by one (20000)")
    return top


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns the exit status: 0 fine, 1 nothing could be done, 2 wrong usage."""
    given = sys.argv[1:] if arguments is None else arguments
    options = parser(row_wise=not given or given[0] not in OWN).parse_args(given)
    try:
        return _run(options)
    except CommandError as error:
        print(f"copydesk {options.command}: {error}", file=sys.stderr)
        return WRONG_USAGE if isinstance(error, UsageError) else NOTHING_DONE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody reads any more: not even what is still buffered
        return NOTHING_DONE
    except KeyboardInterrupt:
        kept = "; what was written is kept, the next load goes on from there" if options.command == "load" else ""
        print(f"copydesk {options.command}: stopped{kept}", file=sys.stderr)
        return NOTHING_DONE


def _version() -> str:
    try:
        return version("copydesk")
    except PackageNotFoundError:
        return "(not installed)"


def _of_warehouse(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--warehouse",
        metavar="DIR",
        help="folder of the warehouse; by default that of the corpus: warehouse/ for the sample, else warehouses/NAME",
    )
    command.add_argument("--wait", type=float, metavar="SECONDS", help="how long to wait for another load to end (600)")


def _streams(command: argparse.ArgumentParser) -> None:
    command.add_argument("input", metavar="IN", help="file, or - for standard input")
    command.add_argument("output", metavar="OUT", help="file, or - for standard output")


def _run(options: argparse.Namespace) -> int:
    from assets.commands.rows import progress
    from pipelines import compiled

    compiled.announce = progress
    if options.command not in OWN:
        from assets.commands import batch

        return batch.run(options.kept.command, options.kept.stage, options)
    return int(import_module(f"assets.commands.{options.command}").run(options))


def _add_row_wise(commands: argparse._SubParsersAction) -> None:
    from assets.stages.catalogue import CATALOGUE, Kept

    for kept in CATALOGUE:
        if isinstance(kept, Kept) and kept.command:
            command = commands.add_parser(kept.command.name, help=kept.command.help)
            for option, meaning in kept.command.options.items():
                command.add_argument(f"--{option}", action="store_true", help=meaning)
            _streams(command)
            command.set_defaults(kept=kept)


if __name__ == "__main__":
    sys.exit(main())
