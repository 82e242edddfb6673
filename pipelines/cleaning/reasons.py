"""What a verdict says: why a line stays, and of which kind and for what reason it goes."""

from __future__ import annotations

from pipelines.cleaning.lexicon import Lexicon
from pipelines.cleaning.lines import Line
from pipelines.cleaning.scored import is_caption
from pipelines.cleaning.settings import CleanSettings, VerdictSettings
from pipelines.vocabulary import BlockKind

SCORED = "score: "  # how the reason of a line begins that only the model is against
RESTORED = "spared: without it the score alone would leave hardly any text"
_STORIES = {2: "2", 3: "3 or 4", 5: "5 or more"}


def why_kept(line: Line, likely: bool) -> str:
    if line.entry and not likely:
        return "context: an entry of an interview, a live blog, a tour or verse"
    if line.hits and (rule := line.rule):
        return f"context: a sentence of the article, for all that it looks like {rule.name}"
    return "score: in the article" if likely else "context: among the lines of the article"


def kind_of_copy(kept_above: int, settings: VerdictSettings) -> tuple[BlockKind, str]:
    if kept_above < settings.head_lines:
        return BlockKind.STANDFIRST_REPEAT, "rule: the standfirst again"
    return BlockKind.OTHER, "repeated: stands further up in the article"


def kind_and_reason(line: Line, where: str, below: bool, lexicon: Lexicon, settings: CleanSettings) -> tuple[BlockKind, str]:
    rule = line.rule
    kind = line.label or (rule.kind if rule else _kind_by_shape(line, below, lexicon))
    if line.bucket >= settings.repeated_in:
        return kind, f"repeated: stands in {_STORIES[line.bucket]} stories of the publisher"
    if line.sure is not None and line.label is None:
        return kind, f"rule: {line.sure.name}"
    if line.label is not None:
        return kind, f"rule: label, {where}"
    if is_caption(line):
        return BlockKind.CAPTION, "rule: who took the picture at the end"
    return kind, f"{SCORED}{where}" + (f", {rule.name}" if rule else "")


def _kind_by_shape(line: Line, below: bool, lexicon: Lexicon) -> BlockKind:
    """The likeliest kind of a line that no rule names."""
    if line.credited:
        return BlockKind.CAPTION
    opener, blank, _ = line.folded.partition(" ")
    if blank and opener in lexicon.words.share_openers:
        return BlockKind.SHARE_WIDGET
    if line.name:
        return BlockKind.BYLINE
    if line.dated and line.word_count <= 8:
        return BlockKind.DATE_STAMP
    if below and line.word_count >= 5:
        return BlockKind.RELATED
    return BlockKind.NAVIGATION if line.word_count <= 4 else BlockKind.OTHER
