"""Who said a quoted segment, by word order: the cue near it, and the mention next to the cue; or the cue of a chosen mention."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipelines.quotes import flags as F
from pipelines.quotes.attribution.choices import Choices
from pipelines.quotes.kernels import order as kernel
from pipelines.quotes.kernels.columns import names
from pipelines.quotes.text.paragraphs import Paragraph
from pipelines.quotes.text.segments import Unit
from pipelines.quotes.text.table import TokenTable, clause_of
from pipelines.quotes.types import NO_ROW, Attribution, Cue, Mention
from pipelines.quotes.weights import Weights

CUE_NAMES = names(kernel.CueChoice)
_OPEN_ENDS = ",?!—–-"  # marks behind which the sentence goes on after a quotation


def attribute(units: Sequence[Unit], table: TokenTable) -> None:
    """Fills in what word order says of every unit that is not alone in its sentence."""
    asked = [unit for unit in units if not unit.alone]
    segments = np.array([_described(unit) for unit in asked], dtype=np.int64).reshape(-1, len(kernel.Segment))
    rules = np.empty((len(asked), len(kernel.Rule)), dtype=np.int64)
    table.kernels.attribute(table.columns, segments, rules)
    for unit, (first, last, mention, pattern) in zip(asked, rules.tolist(), strict=True):
        if pattern != kernel.NONE:
            unit.rule = Attribution(first, last, table.mention(mention), pattern)


def _described(unit: Unit) -> tuple[int, int, int]:
    p, segment = unit.p, unit.segment
    goes_on = p.text[segment.inner_end - 1] in _OPEN_ENDS or p.text[segment.end : segment.end + 1] == ","
    return unit.token, p.sentence_of[unit.token], int(goes_on)


def find_cues(units: Sequence[Unit], table: TokenTable, weights: Weights | None) -> None:
    """The cue of every unit that has a mention of its own."""
    asked = []
    for unit in units:
        unit.cue = None
        if unit.where is not None and unit.mention is not None:
            unit.cue = _colon(unit.where, unit.mention, token_seen(unit))
            if unit.cue is None and unit.mention.row == NO_ROW:
                cue = _by_rule(unit)
                unit.cue = (cue.first, cue.last) if cue else unit.account if unit.where is unit.p else None
            elif unit.cue is None:
                asked.append(unit)
    if weights is None or "cue" not in weights.forests:
        for unit in asked:
            cue = _by_rule(unit)
            unit.cue = (cue.first, cue.last) if cue else None
        return
    for unit, row in zip(asked, cue_choices(asked, table).best(weights.forests["cue"]), strict=True):
        if row >= 0:
            cue = table.cue(row)
            unit.cue = (cue.first, cue.last)


def cue_choices(units: Sequence[Unit], table: TokenTable) -> Choices:
    """The cues that may be those of the units' mentions, as rows of the table's cues."""
    asked = []
    for unit in units:
        assert unit.where is not None
        assert unit.mention is not None
        case = 0
        if unit.where is unit.p:
            case = 1 if unit.p.text[unit.segment.inner_start].isupper() else 2
        asked.append((unit.mention.row, unit.where.sentence_of[unit.mention.first], token_seen(unit), case))
    items = np.array(asked, dtype=np.int64).reshape(-1, len(kernel.Asked))
    chosen, bounds, rows = Choices.room_for(len(units), kernel.MAX_CHOICES, len(kernel.CueChoice))
    row = table.room_for_row(len(kernel.CueChoice))
    table.kernels.cue_choices(table.columns, items, chosen, bounds, rows, row)
    return Choices(chosen[: bounds[-1]], bounds.tolist(), rows[: bounds[-1]])


def token_seen(unit: Unit) -> int:
    """Where the segment stands, seen from the mention: behind the paragraph where the mention is in another one."""
    assert unit.where is not None
    return unit.token if unit.where is unit.p else unit.where.end


def _colon(p: Paragraph, mention: Mention, token: int) -> tuple[int, int] | None:
    """`Name: "…"`: the colon is the cue."""
    at = mention.group_last + 1
    return (at, at) if p.flags[at] & F.COLON and at + 1 == token else None


def _by_rule(unit: Unit) -> Cue | None:
    """Without learned weights: the cue that touches the mention, else the first strong one behind it."""
    assert unit.where is not None
    assert unit.mention is not None
    mention, token = unit.mention, token_seen(unit)
    cues = clause_of(unit.where, mention.first).cues
    for cue in cues:
        near = cue.last + 1 == mention.first or (cue.follows and cue.last < mention.first <= cue.last + 3)
        if near and (cue.follows or mention.first > token):
            return cue
    behind = [c for c in cues if not c.follows and mention.group_last < c.first and (c.first < token or mention.first > token)]
    strong = [c for c in behind if c.strong]
    return next(iter(strong or behind), None)
