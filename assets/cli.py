"""The command line: which commands there are, and their options.

The row-wise commands are those of the catalogue of stages. Heavy imports wait until a command needs them.
"""

import argparse
import atexit
import gc
import logging
import os
import sys
import warnings
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import NoReturn

from assets import importing
from assets.arguments import Parser, count, seconds
from assets.errors import CommandError, UsageError
from assets.help import HELP, TOP

NOTHING_DONE, WRONG_USAGE = 1, 2

# Commands that have a module of their own, with `run(options)`, and need no catalogue.
OWN = (
    *("load", "rebuild", "compact", "forget", "settings"),
    *("duplicates", "stories", "names", "utterances", "trace", "compare", "report", "export", "ui", "completion"),
)
_SHELLS = ("bash", "zsh", "fish", "tcsh")

# For completion: what a shell offers for an argument.
_FILE = {"bash": "_shtab_compgen_files", "zsh": "_files", "tcsh": "f", "fish": "(__fish_complete_path (commandline -ct))"}
_FOLDER = {"bash": "_shtab_compgen_dirs", "zsh": "_files -/", "tcsh": "d", "fish": "(__fish_complete_directories)"}


def parser(row_wise: bool = True) -> Parser:
    """The options of every command; without the row-wise ones it is there at once."""
    top = Parser(prog="copydesk", description=TOP)
    top.add_argument("--version", action="version", version=f"copydesk {_version()}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND", title="commands")

    load = _command(commands, "load", "run the whole pipeline over a folder and publish the warehouse")
    _complete(
        load.add_argument(
            "paths",
            nargs="*",
            metavar="PATH",
            help="folders or files; by default the configured corpus, or that of --warehouse where it is another",
        ),
        _FILE,
    )
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
    _says(load)

    rebuild = _command(commands, "rebuild", "make the working file from scratch, from the corpus and the published file, and load")
    _complete(
        rebuild.add_argument(
            "paths",
            nargs="*",
            metavar="PATH",
            help="folders of the corpus; by default as for load: the configured ones, or those of the warehouse where these are others",
        ),
        _FOLDER,
    )
    rebuild.add_argument(
        "--allow-loss", action="store_true", help="go on where no published file can be read: older texts are lost then"
    )
    _of_warehouse(rebuild)
    _says(rebuild)

    _of_warehouse(_command(commands, "compact", "write both files of a warehouse again, without the room of deleted rows"))

    forget = _command(commands, "forget", "erase articles everywhere: texts, older texts, previews and run history")
    forget.add_argument("ids", nargs="+", metavar="ID", help="articles.article_id or documents.document_id")
    forget.add_argument("--undo", action="store_true", help="let the next load read them again")
    _of_warehouse(forget)

    settings = _command(commands, "settings", "print every setting, its value and where that comes from")
    settings.add_argument("--json", action="store_true", help="an object by name, with value, from, variable and means")

    if row_wise:
        _add_row_wise(commands)

    duplicates = _command(commands, "duplicates", "find copies and shared passages")
    _complete(duplicates.add_argument("--clusters", metavar="FILE", help="also write the cluster of every row there"), _FILE)
    _complete(
        duplicates.add_argument(
            "--against", metavar="WAREHOUSE", help="compare with the articles of a published file instead of with each other"
        ),
        _FILE,
    )
    _streams(duplicates)
    _streams(_command(commands, "stories", "group articles about the same event"))
    _streams(_command(commands, "names", "say which pairs of spellings name one person or organisation"))
    _streams(_command(commands, "utterances", "find the words that several articles report, and conflicts in them"))

    trace = _command(commands, "trace", "look words up: who printed them first, in which wordings, said by whom")
    _complete(
        trace.add_argument(
            "words", metavar="WORDS|FILE", help="the words, in quotation marks for the shell, or a text file that holds them"
        ),
        _FILE,
    )
    _of_published(trace)
    trace.add_argument("--json", action="store_true", help="all that is known, as JSON, for programs")
    trace.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", help="colours; auto: on a terminal, unless NO_COLOR is set"
    )

    compare = _command(commands, "compare", "show two texts side by side with their differences")
    for name in ("a", "b"):
        what = "a text file, or an article_id of the warehouse, or ARTICLE_ID@VERSION for an earlier one"
        _complete(compare.add_argument(name, metavar=name.upper(), help=what), _FILE)
    _of_published(compare)
    compare.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="colours; auto: on a terminal only")
    compare.add_argument("--width", type=count, metavar="COLUMNS", help="width of the output; by default that of the terminal")

    report = _command(commands, "report", "write one HTML file that shows what the warehouse holds")
    _complete(
        report.add_argument(
            "output", nargs="?", metavar="OUT", help="the file to write; by default report.html in the warehouse's folder"
        ),
        _FILE,
    )
    _of_published(report)
    report.add_argument("--most", type=count, default=20_000, metavar="N", help="show the newest N articles one by one (20000)")

    ui = _command(commands, "ui", "open Dagster's pages of a warehouse: runs, tables, checks, schedule")
    ui.add_argument("--port", type=count, metavar="N", help="by default the first free one from 3000 on")
    ui.add_argument(
        "--host", default="127.0.0.1", metavar="ADDRESS", help="where to listen (127.0.0.1: this machine only; no password)"
    )
    _of_published(ui)
    ui.add_argument("--quiet", action="store_true", help="print nothing but errors and the address")

    export = _command(commands, "export", "write the tables of a warehouse as Parquet and CSV files")
    _complete(export.add_argument("folder", metavar="DIR", help="a new or empty folder, or that of an earlier export"), _FOLDER)
    _of_published(export)
    export.add_argument("--no-csv", dest="csv", action="store_false", help="write Parquet only")
    export.add_argument("--json", action="store_true", help="print the manifest; all else on standard error")
    export.add_argument("--quiet", action="store_true", help="print nothing but errors, and the manifest of --json")

    completion = _command(commands, "completion", "print a script that completes commands and options in a shell")
    completion.add_argument("shell", choices=_SHELLS, metavar="SHELL", help=", ".join(_SHELLS))
    return top


def program() -> NoReturn:
    """Run the command of this process, and end it without what Python does for those that go on: half a second of taking modules apart."""
    importing.freezes = True
    try:
        status = main()
    except BaseException:
        gc.unfreeze()  # it ends in Python's way, and modules of C++ say what they think was left
        raise
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        status = NOTHING_DONE
    atexit._run_exitfuncs()
    os._exit(status)


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns the exit status: 0 fine, 1 nothing could be done, 2 wrong usage."""
    given = sys.argv[1:] if arguments is None else arguments
    if arguments is None:
        _silence_libraries()
    if not given:
        parser().print_help(sys.stderr)
        return WRONG_USAGE
    known = parser(row_wise=given[0] not in OWN)
    if given[0] in known.commands:
        known.commands[given[0]].refuse_unknown_options(given[1:])
    options, unknown = known.parse_known_args(given)
    if unknown:
        known.commands[options.command].refuse_unknown(unknown)
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


def _silence_libraries() -> None:
    """What libraries warn of is for us, not for people who use the command; PYTHONWARNINGS shows it again."""
    logging.getLogger().addHandler(logging.NullHandler())
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
        os.environ["PYTHONWARNINGS"] = "ignore"  # for the processes that this one starts


def _command(commands: argparse._SubParsersAction, name: str, short: str) -> Parser:
    return commands.add_parser(name, help=short, description=f"{short[0].upper()}{short[1:]}.\n\n{HELP.get(name, '')}".rstrip())


def _complete(action: argparse.Action, files: dict[str, str]) -> None:
    """What a shell completes the argument with."""
    action.complete = files  # type: ignore[attr-defined]


def _of_warehouse(command: Parser) -> None:
    _complete(
        command.add_argument(
            "--warehouse",
            metavar="DIR",
            help="folder of the warehouse; by default that of the corpus: warehouse/ for the sample, else warehouses/NAME",
        ),
        _FOLDER,
    )
    command.add_argument("--wait", type=seconds, metavar="SECONDS", help="how long to wait for another load to end (600)")


def _of_published(command: Parser) -> None:
    option = command.add_argument(
        "--warehouse", metavar="DIR", help="folder of the warehouse; by default the configured one, else warehouse/"
    )
    _complete(option, _FOLDER)


def _says(command: Parser) -> None:
    command.add_argument("--json", action="store_true", help="print the summary as one JSON object; all else on standard error")
    command.add_argument("--quiet", action="store_true", help="print nothing but errors, and the object of --json")


def _streams(command: Parser) -> None:
    _complete(command.add_argument("input", metavar="IN", help="file, or - for standard input"), _FILE)
    _complete(command.add_argument("output", metavar="OUT", help="file, or - for standard output"), _FILE)
    command.add_argument("--quiet", action="store_true", help="print nothing but errors")


def _run(options: argparse.Namespace) -> int:
    with importing.large_imports():
        from assets.commands.rows import be_quiet, progress
        from pipelines import compiled

        run = import_module(f"assets.commands.{options.command}").run if options.command in OWN else None
    be_quiet(getattr(options, "quiet", False))
    compiled.announce = progress
    if run is None:
        from assets.commands import batch

        return batch.run(options.kept.command, options.kept.stage, options)
    return int(run(options))


def _add_row_wise(commands: argparse._SubParsersAction) -> None:
    from assets.stages.catalogue import CATALOGUE, Kept

    for kept in CATALOGUE:
        if isinstance(kept, Kept) and kept.command:
            command = _command(commands, kept.command.name, kept.command.help)
            for option, meaning in kept.command.options.items():
                command.add_argument(f"--{option}", action="store_true", help=meaning)
            _streams(command)
            command.set_defaults(kept=kept)


if __name__ == "__main__":
    program()
