"""Which line is the headline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipelines.cleaning.lines import Line
from pipelines.vocabulary import BlockKind

REACH = 25  # lines above the body
BODY_LINES = 12  # whose words the headline is held against
FLOOR = 1.15
_STOPS = (".", ":", ",", ";")


def take_headline(lines: Sequence[Line]) -> str | None:
    """The best headline above the body or in its first line; it and its repeats are no longer body. None where there is none."""
    start = next((place for place, line in enumerate(lines) if line.kept), len(lines))
    body_words = frozenset(w for line in lines[start : start + BODY_LINES] if line.kept and line.sentence for w in line.words)
    repeats = Counter([line.folded for line in lines])
    best, best_score = None, FLOOR
    for place in range(max(0, start - REACH), min(start + 1, len(lines))):
        line = lines[place]
        if line.label is not None or line.sure is not None or (line.sentence and repeats[line.folded] == 1):
            continue
        score = _score(line, body_words, repeats[line.folded], start - place)
        if score > best_score:
            best, best_score = line, score
    if best is None:
        return None
    for line in lines:
        if line.folded == best.folded:
            line.remove(BlockKind.TITLE, "rule: headline above the body")
    return best.text


def _score(line: Line, body_words: frozenset[str], repeats: int, distance: int) -> float:
    """How much a line looks like the headline of a body with these words."""
    count = len(line.words)
    if not 2 <= count <= 32 or len(line.text) > 220:
        return 0.0
    content = [word for word in line.words if len(word) > 3]
    score = 1.6 * sum(word in body_words for word in content) / max(len(content), 1) + min(count, 9) / 9
    score += 0.4 * min(repeats - 1, 2) - 0.035 * min(distance, 20)
    if line.text.endswith(_STOPS) and not line.text.endswith(("...", "U.S.")):
        score -= 0.7
    return score - 0.5 if count <= 3 else score
