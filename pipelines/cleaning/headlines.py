"""Which line is the headline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipelines.cleaning.lines import Line, is_credited
from pipelines.vocabulary import BlockKind

REACH = 25  # lines above the body
BODY_LINES = 12  # whose words the headline is held against
FLOOR = 1.15
FLOOR_ABOVE = 0.85  # for a line that is no body: it may have no word of the body, as a poetic headline
AS_GOOD = 0.4
_NEVER = (BlockKind.CAPTION, BlockKind.PHOTO_CREDIT, BlockKind.AUTHOR_BIO, BlockKind.COPYRIGHT, BlockKind.CONTACT)
_INSIDE_STOP = re.compile(r"[.!?…][\"'”’]? ")
_STOPS = (".", ":", ",", ";")


def take_headline(lines: Sequence[Line]) -> str | None:
    """The headline above the body or in its first lines; it and its repeats are no longer body. None where there is none.

    A standfirst can have as many words of the body as the headline over it, so the first line wins that is about as good as the best."""
    start = next((place for place, line in enumerate(lines) if line.kept), len(lines))
    places = [place for place in range(max(0, start - REACH), min(start + 1, len(lines))) if _may_be_headline(lines[place])]
    if not places:
        return None
    body_words = frozenset(w for line in lines[start : start + BODY_LINES] if line.kept and line.sentence for w in line.content_words)
    repeats = Counter([line.folded for line in lines])
    scored = [(_score(lines[place], body_words, repeats[lines[place].folded], start - place), place) for place in places]
    best_score = max((score for score, _ in scored), default=0.0)
    if best_score < FLOOR:
        best_score = max((score for score, place in scored if not lines[place].kept), default=0.0)
        if best_score < FLOOR_ABOVE:
            return None
    best = lines[next(place for score, place in scored if score >= max(best_score - AS_GOOD, FLOOR_ABOVE))]
    shorter = [
        lines[place] for _, place in scored if lines[place].word_count >= 4 and best.folded.startswith(lines[place].folded + " ")
    ]
    page_title, best = (
        best,
        min(shorter, key=lambda line: len(line.text), default=best),
    )  # "Headline | Outlet" above the headline itself
    titles = [line for line in lines if line.folded in (best.folded, page_title.folded)]
    if start < len(lines) and sum(line.kept for line in lines) == sum(line.kept for line in titles):
        return None  # a text that is nothing but a headline is its own body
    for line in titles:
        line.remove(BlockKind.TITLE, "rule: headline above the body")
    return best.text


def _may_be_headline(line: Line) -> bool:
    if line.label is not None or line.sure is not None or line.name or not 2 <= line.word_count <= 32 or len(line.text) > 220:
        return False
    if is_credited(line.folded) or (line.weak is not None and line.weak.kind in _NEVER):
        return False
    month, year = line.counts[6], line.counts[7]
    if (month and year and line.word_count <= 9) or (line.text[0] in "*+•" or line.bucket):
        return False
    if line.kept:
        return not line.sentence or (line.text[-1] in "?!" and _INSIDE_STOP.search(line.text) is None and line.word_count <= 20)
    return True


def _score(line: Line, body_words: frozenset[int], repeats: int, distance: int) -> float:
    """How much a line looks like the headline of a body with these words."""
    count = line.word_count
    content = line.content_words
    score = 1.6 * sum(word in body_words for word in content) / max(len(content), 1) + min(count, 9) / 9
    score += 0.4 * min(repeats - 1, 2) - 0.02 * max(distance, 0) + (0.15 if line.gap else 0.0)
    if line.text.rstrip("\"'”’").endswith(_STOPS) and not line.text.endswith(("...", "U.S.")):
        score -= 0.4 if line.sentence else 0.7
    return score - 0.5 if count <= 3 else score
