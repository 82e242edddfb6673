"""Reported clauses of languages that follow the weights of another, as the answer takes them. What a clause is stands in `clauses`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipelines.quotes import flags as F
from pipelines.quotes.attribution.clauses import find_clauses
from pipelines.quotes.attribution.reported import SHORTEST_CLAUSE, Form, Reported, Reporter
from pipelines.quotes.text.paragraphs import Paragraph
from pipelines.quotes.text.table import TokenTable
from pipelines.quotes.types import Mention


def by_grammar(scanned: Sequence[Paragraph], table: TokenTable, said: Mapping[int, Mention]) -> Iterator[Reported]:
    """The reported clauses of the paragraphs; the day right behind a cue is left out. `said`: see `find_clauses`."""
    for clue in find_clauses(scanned, table, said):
        p, first = clue.p, clue.first
        while first < clue.last and p.flags[first] & (F.COMPLEMENTIZER | F.DAY | F.COMMA) and not p.flags[first] & F.QUOTE:
            first += 1
        start, end = p.starts[first], p.ends[clue.last]
        if end - start >= SHORTEST_CLAUSE:
            yield Reported(p, clue.cue, clue.mention, start, end, Form.BARE, Reporter.BESIDE, clue.certainty)


def likeliest(found: Sequence[Reported]) -> list[Reported]:
    """No two clauses that overlap: the likelier stays."""
    kept: list[Reported] = []
    for item in sorted(found, key=lambda r: (r.start, -r.certainty)):
        if kept and item.start < kept[-1].end:
            if item.certainty > kept[-1].certainty:
                kept[-1] = item
            continue
        kept.append(item)
    return kept
