"""The rest of a sentence that its attribution interrupts: “I trust the river,” she said, “but the river wants help.”

Each part is a statement. Another outlet may print the sentence in one piece, which is like one of the parts only; the other part is the same
utterance where it stands in that piece. Which statements are alike does not stand here: see `alignment`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipelines.utterances.statements import Statement


def with_interrupted(
    groups: Sequence[Sequence[int]], statements: Sequence[Statement], text_of: Callable[[int], str]
) -> list[list[int]]:
    """The groups, each with the statements of no group that go on, or begin, a sentence of it. `statements` are in order of their places."""
    free = set(range(len(statements))).difference(*groups)
    out = []
    for group in groups:
        wordings = [(statements[k].article, f" {statements[k].folded} ") for k in group]
        added = []
        for k in group:
            for first, second, other in ((k - 1, k, k - 1), (k, k + 1, k + 1)):
                if other not in free or not _is_one_sentence(statements[first], statements[second], text_of):
                    continue
                rest = f" {statements[other].folded} "
                if any(rest in words for article, words in wordings if article != statements[other].article):
                    added.append(other)
                    free.discard(other)
        out.append(sorted([*group, *added]))
    return out


def _is_one_sentence(first: Statement, second: Statement, text_of: Callable[[int], str]) -> bool:
    if first.article != second.article or first.quote is None or second.quote != first.quote + 1 or first.speaker != second.speaker:
        return False
    text = text_of(first.article)
    between = text[first.end - 1 : second.start]
    return text[second.start].islower() and "\n" not in between and not any(stop in between[:2] for stop in ".!?…")
