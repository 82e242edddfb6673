"""A verdict for each block: body, or furniture of a kind for a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.cleaning.bylines import is_name_line
from pipelines.cleaning.rules import Pack, fold, words_of
from pipelines.cleaning.settings import CleanSettings
from pipelines.vocabulary import BlockKind

ENDS = (".", "!", "?", "…", ":")


@dataclass(slots=True)
class Line:
    """A block as the verdict sees it."""

    text: str
    gap: int
    folded: str
    words: list[str]
    hits: list[int]
    label: BlockKind | None = None
    bucket: int = 0
    kind: BlockKind = BlockKind.BODY
    reason: str = ""
    score: float | None = None

    @property
    def sentence(self) -> bool:
        """Whether it reads as one or more whole sentences."""
        return len(self.words) >= 6 and self.text.rstrip("\"'”’»)]").endswith(ENDS)

    def remove(self, kind: BlockKind, reason: str) -> None:
        self.kind, self.reason = kind, reason


def line_of(text: str, gap: int, pack: Pack, buckets: Mapping[int, int], value: int) -> Line:
    folded = fold(text)
    words = words_of(folded)
    seen = set(words)
    if "©" in folded:
        seen.add("©")
    bare = folded.lstrip("*+•·-–—>»▶►|o ").strip(" :") if len(words) <= 8 else ""
    hits = pack.rules_hit(folded, seen, len(words)) if words or seen else []
    return Line(text, gap, folded, words, hits, pack.labels.get(bare) or pack.labels.get(folded), buckets.get(value, 0))


def densest_run(lines: Sequence[Line]) -> tuple[int, int]:
    """First and one past last line of the stretch with the most words in sentences, less what stands between them."""
    best, best_span, total, start = 0.0, (0, len(lines)), 0.0, 0
    for place, line in enumerate(lines):
        worth = float(min(len(line.words), 60)) if line.sentence and not line.hits and line.kind == BlockKind.BODY else -12.0
        if total <= 0:
            total, start = 0.0, place
        total += worth
        if total > best:
            best, best_span = total, (start, place + 1)
    return best_span


def reach_standfirst(lines: Sequence[Line], first: int, pack: Pack) -> int:
    """Takes in a sentence that stands above the run with nothing but furniture of a few words between."""
    place = first - 1
    while place >= 0 and first - place <= 5 and (lines[place].label is not None or _furniture(lines[place], pack)):
        place -= 1
    return (
        place
        if place >= 0 and first - place <= 5 and place < first - 1 and lines[place].sentence and not lines[place].hits
        else first
    )


def _furniture(line: Line, pack: Pack) -> bool:
    return len(line.words) <= 8 and (not any(c.isalpha() for c in line.text) or any(pack.rules[i].sure for i in line.hits))


def teaser_cards(lines: Sequence[Line], pack: Pack) -> frozenset[int]:
    """Lines of teasers that end a page: a section label, one to three lines, and how long ago it was."""
    found: set[int] = set()
    end = len(lines)
    while end:
        ages = end - 1
        if not any(pack.rules[i].kind == BlockKind.TIMESTAMP for i in lines[ages].hits):
            break
        start = next((i for i in range(ages - 1, max(ages - 5, 0), -1) if lines[i].label == BlockKind.SECTION_LABEL), None)
        if start is None:
            break
        found.update(range(start, end))
        end = start
    return frozenset(found)


def author_card(lines: Sequence[Line], place: int, pack: Pack) -> int:
    """One past the last line of the card that starts at `place`: a name, then a role or a text that begins with the name."""
    name = lines[place]
    if not is_name_line(name.text, pack):
        return place
    after = place + 1
    while after < len(lines) and after <= place + 2 and (_role(lines[after], pack) or lines[after].label == BlockKind.AUTHOR_BIO):
        after += 1
    if after < len(lines) and lines[after].text.startswith(name.text + " ") and len(lines[after].words) > 6:
        return after + 1
    return after if after > place + 1 else place


def _role(line: Line, pack: Pack) -> bool:
    return 0 < len(line.words) <= 8 and not line.sentence and any(word in pack.role_words for word in line.words)


def mark_cards(lines: Sequence[Line], pack: Pack) -> None:
    """Furniture that shows by what stands together: teasers with a label and an age, authors with role and biography, counters."""
    for place in teaser_cards(lines, pack):
        kind = lines[place].label or (BlockKind.TIMESTAMP if lines[place].hits else BlockKind.RELATED)
        lines[place].remove(kind, "teaser: a section label, a text and its age at the end of the page")
    for place in range(len(lines)):
        end = author_card(lines, place, pack) if lines[place].kind == BlockKind.BODY else place
        for i in range(place, end):
            bio = len(lines[i].words) > 8
            lines[i].remove(BlockKind.AUTHOR_BIO if bio else BlockKind.BYLINE, "author: a name with role or biography")
        if not lines[place].words or lines[place].text.replace(",", "").replace(".", "").isdigit():
            beside = [lines[i] for i in (place - 1, place + 1) if 0 <= i < len(lines)]
            if any(
                x.label == BlockKind.SHARE_WIDGET or any(pack.rules[i].kind == BlockKind.SHARE_WIDGET for i in x.hits)
                for x in beside
            ):
                lines[place].remove(BlockKind.COUNTER, "counter: a number beside a share button")


def decide(lines: list[Line], pack: Pack, settings: CleanSettings) -> tuple[int, int]:
    """Sets kind and reason of every line; gives the run that the body was taken from."""
    mark_cards(lines, pack)
    first, last = densest_run(lines)
    first = reach_standfirst(lines, first, pack)
    for place, line in enumerate(lines):
        inside = first <= place < last
        sure = next(
            (pack.rules[i] for i in line.hits if pack.rules[i].sure and not (inside and pack.rules[i].where == "edge")), None
        )
        weak = next((pack.rules[i] for i in line.hits), None)
        if line.kind != BlockKind.BODY:
            continue
        if line.bucket >= settings.repeated_in:
            line.remove(
                line.label or (weak.kind if weak else BlockKind.OTHER), f"stands in {line.bucket}+ stories of the publisher"
            )
        elif sure:
            line.remove(sure.kind, f"rule: {sure.name}")
        elif line.label is not None and not (inside and line.label == BlockKind.SECTION_LABEL):
            line.remove(line.label, "rule: label")
        elif not inside:
            line.remove(weak.kind if weak else BlockKind.OTHER, f"rule: {weak.name}" if weak else "outside the run of sentences")
        elif weak and not line.sentence:
            line.remove(weak.kind, f"rule: {weak.name}")
    return first, last
