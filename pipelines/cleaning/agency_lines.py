"""The news agency of an article: which of the lines that credit one speaks for the text, and lines that do nothing else.

Whether a line is such a credit is read in `agencies.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.cleaning.agencies import agencies_at_end, agencies_of_credit, names_agencies_only, names_material
from pipelines.cleaning.folding import fold
from pipelines.cleaning.lexicon import Lexicon
from pipelines.cleaning.lines import BODY_LINES_OF_HEAD, Line, head_of
from pipelines.vocabulary import BlockKind

CREDIT_HEAD, CREDIT_TAIL = 12, 3  # lines above the body, and at its end and below it, where an agency may be credited
MOST_CREDITS, MOST_WORDS_OF_A_CREDIT = 2, 14


_IN_BRACKETS = re.compile(r"\(([^()]{2,40})\)")
_BETWEEN_PARTIES = re.compile(r"\s*[/|()]\s*|,\s+")
_TITLE = BlockKind.TITLE
_OF_PICTURE = frozenset({BlockKind.PHOTO_CREDIT, BlockKind.CAPTION})


def take_agency_lines(lines: Sequence[Line], lexicon: Lexicon) -> None:
    """A line that does no more than credit an agency is no longer body; where several do, they are entries of a list."""
    kept = [line for line in lines if line.kept]
    near = kept[:BODY_LINES_OF_HEAD] + kept[max(BODY_LINES_OF_HEAD, len(kept) - CREDIT_TAIL) :]
    found = [line for line in near if _is_credit(line, lexicon)]
    if not 0 < len(found) <= MOST_CREDITS or len(found) == len(kept):
        return
    for line in found:
        line.remove(BlockKind.BYLINE, "rule: credits an agency")


def _is_credit(line: Line, lexicon: Lexicon) -> bool:
    return (
        line.label is None
        and line.word_count <= MOST_WORDS_OF_A_CREDIT
        and agencies_of_credit(line.text, lexicon, line.folded) is not None
    )


def agency_of(names: Sequence[str], bylines: Sequence[str], dateline: str | None, lexicon: Lexicon) -> str | None:
    """The news agency that the byline, else the dateline names, in one spelling. `bylines` are lines that give names: an agency may stand
    behind a comma or a stroke there ("By Jane Roe, Agency")."""
    in_dateline = _IN_BRACKETS.findall(dateline) if dateline else []
    behind = [part for line in bylines for part in _BETWEEN_PARTIES.split(line)[1:]]
    for part in [part for name in names for part in [name, *_BETWEEN_PARTIES.split(name)]] + behind + in_dateline:
        found = lexicon.bylines.agencies.get(fold(part).strip(" .,"))
        if found:
            return found
    return None


def agency_credited(lines: Sequence[Line], body_start: int, body_end: int, lexicon: Lexicon, by_people: bool = False) -> str | None:
    """The first agency that a line near the headline or below the article credits, else the one in brackets at its end. `by_people`:
    the page names its authors; then an agency alone at the head counts only right below them, since else the picture is its."""
    kept = [place for place in range(body_start, body_end) if lines[place].kept]
    end = max(kept[-1] - CREDIT_TAIL, 0) if kept else body_end
    for place in reversed(head_of(lines, body_start, CREDIT_HEAD)):
        found = _agency_on(lines[place], lexicon)
        if found and (not by_people or _is_of_text(lines, place, lexicon)):
            return found
    for line in lines[end : body_end + CREDIT_TAIL]:
        found = _agency_on(line, lexicon)
        if found and (not by_people or names_material(line.text, lexicon) or names_agencies_only(line.text, lexicon)):
            return found
    at_end = agencies_at_end(lines[kept[-1]].text, lexicon) if kept else []
    return at_end[0] if at_end else None


def _agency_on(line: Line, lexicon: Lexicon) -> str | None:
    """The first agency of a removed line that is a credit."""
    if line.kept or line.label is not None or line.kind is _TITLE or line.counts[5]:
        return None
    found = agencies_of_credit(line.text, lexicon, line.folded) if line.word_count <= MOST_WORDS_OF_A_CREDIT else None
    return found[0] if found else None


def _is_of_text(lines: Sequence[Line], place: int, lexicon: Lexicon) -> bool:
    """Whether a credit on a page that names its authors is of the text: "with files from", or an agency alone right below the authors.
    Elsewhere the picture is the agency's."""
    if lines[place].kind in _OF_PICTURE:
        return False
    if names_material(lines[place].text, lexicon):
        return True
    return place > 0 and lines[place - 1].kind == BlockKind.BYLINE and names_agencies_only(lines[place].text, lexicon)
