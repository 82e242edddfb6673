"""Who took the picture: what a caption or a credit line says of it."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from pipelines.cleaning.lexicon import Lexicon
from pipelines.letters import CAPITAL
from pipelines.lexicons import alternation


class _Patterns(NamedTuple):
    label: re.Pattern[str]
    bracketed: re.Pattern[str]
    at_end: re.Pattern[str]
    credited: re.Pattern[str]
    credited_words: tuple[str, ...]  # a line that `credited` fits holds one of them
    credited_in_brackets: re.Pattern[str]  # which are the last ones
    mentioned: re.Pattern[str]
    parties: re.Pattern[str]  # a photographer and an outlet
    agency: re.Pattern[str]


LONGEST_CREDITED = 83  # characters that a line ends with from a colon on: the colon, a blank, 80 of names, a stop
LONGEST_BEFORE = 60  # characters before the colon: "picture courtesy of"

_IN_PARENTHESES = re.compile(r"[(\[]([^()\[\]]{3,90})[)\]][.\s]*$")


_AFTER_STOP = re.compile(r"[.!?…][\"”’»]* (?=[(\[/]?[^\W\d_])")
_NAME = rf"{CAPITAL}(?:{CAPITAL}|[.'’-])*(?: {CAPITAL}(?:{CAPITAL}|[.'’-])*){{0,3}}"
_NAMED = rf"{CAPITAL}[\w.'’-]+(?: {CAPITAL}[\w.'’-]*){{1,3}}"
_PERSON = rf"{CAPITAL}[\w'’-]+(?: {CAPITAL}[\w.'’-]+){{1,3}}"
_OUTLET = rf"{CAPITAL}[^.!?]{{1,40}}"
_SIGNED_OFF = re.compile(
    rf"[.!?»”\"] (?:/ ?{_NAME}(?: \({_NAME}\))?|{_NAME} ?/ ?{_NAME}|{_NAMED} \| {_NAMED}|/ ?{_PERSON}|[-–—] {_PERSON} ?/ ?{_OUTLET})$"
)


@functools.cache
def _patterns(lexicon: Lexicon) -> _Patterns:
    words = lexicon.credits
    label, at_end, credited = words.label, words.at_end, words.credited
    via = alternation(words.parties.via)
    party = rf"{CAPITAL}[\w.'’-]*(?: (?:{alternation(words.parties.of)} )?{CAPITAL}[\w.'’-]*){{0,4}}"
    return _Patterns(
        label=re.compile(
            rf"^\W*(?:{alternation(label.kind_of)}\s+)?{alternation(label.picture)}"
            rf"(?:\s+{alternation(label.given)})?(?:\s*[:|/–-]\s*|\s+{alternation(label.by)}\s+)",
            re.IGNORECASE,
        ),
        bracketed=re.compile(
            rf"[(\[](?:{alternation(label.picture)}\b[^()\[\]]{{3,60}}|{alternation(words.agencies)})[)\]]\.?$", re.IGNORECASE
        ),
        at_end=re.compile(
            rf"{alternation(at_end.picture)}(?: {alternation(at_end.given)})?\s*[:/]\s*([^.]{{3,90}})\.?$", re.IGNORECASE
        ),
        credited=re.compile(rf"\b{alternation(credited.picture)}(?: {alternation(credited.given)})?(?: ?: |\.\.\.|…).{{2,80}}\.?$"),
        credited_words=tuple(sorted(word.removesuffix("*") for word in credited.picture)),
        credited_in_brackets=re.compile(rf"\([^()]{{3,60}}(?: ?/ ?| {via} )[^()]{{2,60}}\)\.?$"),
        mentioned=re.compile(rf"\b{alternation(words.mentioned.picture)}\b"),
        parties=re.compile(rf"{party} ?(?:/| {via} ) ?(?:{party}|[a-z]+)"),
        agency=re.compile(rf"\b{alternation(words.agencies)}\b", re.IGNORECASE),
    )


def is_credited(folded: str, lexicon: Lexicon) -> bool:
    """Whether a folded line ends with who took the picture: it is a caption.

    >>> from pipelines.cleaning.lexicon import load_lexicon
    >>> [is_credited(line, load_lexicon("en")) for line in ("a bridge in may. (jane roe / agency)", "the bridge is closed.")]
    [True, False]
    """
    if folded.endswith((")", ").")):
        end = folded[-200:]
        if _patterns(lexicon).credited_in_brackets.match(end, max(end.rfind("("), 0)):
            return True
    near = max(len(folded) - LONGEST_CREDITED, 0)
    colon = max(folded.find(": ", near), folded.find("...", near), folded.find("…", near))  # "Credit...Jane Roe"
    if colon < 0 or folded.count('"', colon) % 2:  # a quotation that holds the colon ends behind it
        return False
    patterns, start = _patterns(lexicon), max(colon - LONGEST_BEFORE, 0)
    named = any(map(folded[start:].__contains__, patterns.credited_words))
    return named and patterns.credited.search(folded, start) is not None


def is_signed_off(text: str) -> bool:
    """Whether a line ends, behind its stop, with a stroke or bar and names: who took the picture, or for whom.

    >>> [is_signed_off(f"The quay. {end}") for end in ("/ JANE ROE", "JANE ROE / AFP", "Jane Roe | The Post", "- Jane Roe / The Post")]
    [True, True, True, True]
    >>> is_signed_off("It read: WET / DRY")
    False
    """
    return _SIGNED_OFF.search(text[-LONGEST_CREDITED:]) is not None


def credit_behind_stop(text: str, lexicon: Lexicon) -> int | None:
    """Where the credit starts that a text ends with behind a stop.

    >>> from pipelines.cleaning.lexicon import load_lexicon
    >>> text = "The quay opens in May. Photo: J. Roe/AFP"
    >>> text[: credit_behind_stop(text, load_lexicon("en"))], credit_behind_stop("The quay opens. In May.", load_lexicon("en"))
    ('The quay opens in May. ', None)
    """
    patterns = _patterns(lexicon)
    for match in _AFTER_STOP.finditer(text, max(len(text) - LONGEST_CREDITED, 0)):
        tail = text[match.end() :].removeprefix("/")
        if patterns.bracketed.match(tail) or patterns.label.match(tail):
            return match.end()
    return None


def mentions_picture(folded: str, lexicon: Lexicon) -> bool:
    """Whether a folded line speaks of a picture."""
    return _patterns(lexicon).mentioned.search(folded) is not None


def photo_credit_of(line: str, lexicon: Lexicon) -> str | None:
    """Who took the picture, from a caption or credit line.

    >>> from pipelines.cleaning.lexicon import load_lexicon
    >>> photo_credit_of("A bridge in May. (Jane Roe / AFP via Getty Images)", load_lexicon("en"))
    'Jane Roe / AFP via Getty Images'
    >>> photo_credit_of("Photo: Jane Roe", load_lexicon("en"))
    'Jane Roe'
    """
    patterns = _patterns(lexicon)
    label = patterns.label.match(line)
    if label and 3 <= len(line) - label.end() <= 90:
        return line[label.end() :].strip(" .)]")
    for pattern in (_IN_PARENTHESES, patterns.at_end):
        match = pattern.search(line[-220:])
        if match and (
            pattern is patterns.at_end
            or patterns.agency.search(match[1])
            or patterns.label.match(match[1])
            or patterns.parties.fullmatch(match[1])
        ):
            inner = match[1].strip()
            label = patterns.label.match(inner)
            return (inner[label.end() :] if label else inner).strip()
    return None


def opens_with_credit(line: str, lexicon: Lexicon) -> bool:
    """Whether a line starts with who took the picture.

    >>> from pipelines.cleaning.lexicon import load_lexicon
    >>> [opens_with_credit(line, load_lexicon("en")) for line in ("Photos: Jane Roe/ Example Agency", "By Jane Roe")]
    [True, False]
    """
    return _patterns(lexicon).label.match(line) is not None
