"""The parser of the command line: it says what was probably meant, and prints help as it is written. Which commands there are stands in `cli.py`."""

import argparse
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, NoReturn


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help that keeps its lines, with commands and what they do side by side."""

    def add_argument(self, action: argparse.Action) -> None:
        super().add_argument(action)
        if isinstance(action, argparse._SubParsersAction):
            self._action_max_length += self._indent_increment  # the names of commands are indented once more


class Parser(argparse.ArgumentParser):
    """An argument parser that names the nearest command, option or value to one that it does not know."""

    def __init__(self, prog: str | None = None, **options: Any) -> None:
        super().__init__(prog, **{"formatter_class": _Help, **options})

    def error(self, message: str) -> NoReturn:
        message = message.removeprefix("argument ").replace("the following arguments are required:", "missing:")
        self.exit(2, f"{self.prog}: {message.rstrip('?.')}{'?' if message.endswith('?') else '.'} See: {self.prog} --help\n")

    @property
    def commands(self) -> Mapping[str, "Parser"]:
        """The parser of each command."""
        return next(action for action in self._actions if isinstance(action, argparse._SubParsersAction)).choices

    def refuse_unknown(self, unknown: list[str]) -> NoReturn:
        """End with what was meant by arguments that nothing takes."""
        self.refuse_unknown_options(unknown)
        self.error(f"{unknown[0]!r} is one argument too many; leave it out, or put words that belong together in quotation marks")

    def refuse_unknown_options(self, arguments: list[str]) -> None:
        """End with what was meant, if an argument looks like an option and none begins so."""
        options = [option for action in self._actions for option in action.option_strings]
        for argument in arguments:
            name = argument.partition("=")[0]
            if name == "--":
                return
            if name.startswith("--") and not any(option.startswith(name) for option in options):
                self.error(f"there is no option {name}{_meant(name, options)}")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            choices = [str(choice) for choice in action.choices]
            name = action.option_strings[-1] if action.option_strings else str(action.metavar or action.dest)
            what = f"there is no command {value!r}" if isinstance(action, argparse._SubParsersAction) else f"{name} is {value!r}"
            raise _WrongValue(f"{what}{_meant(str(value), choices)}")


class _WrongValue(argparse.ArgumentError):
    """As argparse raises it, without the name of the argument, which says nothing to people."""

    def __init__(self, message: str) -> None:
        super().__init__(None, message)


def _meant(wrong: str, known: list[str]) -> str:
    """What is near to a word that is not known, else all that are.

    >>> _meant("--full-refesh", ["--full-refresh", "--wait"]), _meant("tidy", ["clean", "load"])
    ('; did you mean --full-refresh?', '; allowed: clean, load')
    """
    bare = {word.lstrip("-"): word for word in known}  # dashes, which all options have, make none alike
    near = [bare[word] for word in get_close_matches(wrong.lower().lstrip("-"), bare, n=2)]
    return f"; did you mean {' or '.join(near)}?" if near else f"; allowed: {', '.join(known)}"


_PAGE = """# Commands

Made from the parser of the command line by `COPYDESK_UPDATE_README=1 python -m pytest tests/test_readme.py`; a test holds it equal. `copydesk COMMAND --help`
says the same.
"""


def as_page(top: Parser) -> str:
    """Every command with its help and its arguments, as Markdown; the same on every version of Python."""
    parts = [_PAGE]
    for name, command in top.commands.items():
        actions = [action for action in command._actions if not isinstance(action, argparse._HelpAction)]
        rows = [f"| `{_written(action)}` | {(action.help or '').replace('|', chr(92) + '|')} |" for action in actions]
        table = ["| argument | |", "|---|---|", *rows, ""]
        parts.append("\n".join([f"## {name}", "", "```text", command.description or "", "```", "", *(table if rows else [])]))
    return "\n".join(parts)


def _written(action: argparse.Action) -> str:
    """An argument as one types it."""
    value = str(action.metavar or "{" + ",".join(map(str, action.choices or [action.dest])) + "}") if action.nargs != 0 else ""
    if action.option_strings:
        return f"{', '.join(action.option_strings)} {value}".strip()
    value += " …" if action.nargs in ("*", "+") else ""
    return f"[{value}]" if action.nargs in ("*", "?") else value


def seconds(text: str) -> float:
    """What an option of seconds was given."""
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds; give one such as 60") from None


def count(text: str) -> int:
    """What an option that counts something was given."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1; give one such as 100")
    return int(text)
