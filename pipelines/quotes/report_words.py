"""The words that tell that a clause without marks is speech, as sets for `attribution.reports`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.quotes.language_file import Reports


class ReportWords:
    """The words of `[reports]`, in all their forms. `openers`: those that may open the cue of a report; empty where no verb is listed."""

    def __init__(self, listed: Reports, inflected: Callable[[str], tuple[str, ...]]) -> None:
        self.plain, self.findings, self.addressing = map(frozenset, (listed.plain, listed.findings, listed.addressing))
        self.nouns, self.silences, self.negations = map(frozenset, (listed.nouns, listed.silences, listed.negations))
        self.verbs = frozenset(form for verb in listed.verbs for form in inflected(verb)) | frozenset(listed.forms) | self.plain
        self.phrases: dict[str, list[list[str]]] = {}
        for phrase in listed.phrases:
            self.phrases.setdefault(phrase.split()[0], []).append(phrase.split())
        self.led_by: dict[str, list[list[str]]] = {}  # by their last words
        for phrase in listed.led_by:
            self.led_by.setdefault(phrase.split()[-1], []).append(phrase.split())
        self.openers = self.verbs | self.findings | self.phrases.keys()
        self.unsaid, self.questions, self.subordinators = map(frozenset, (listed.unsaid, listed.questions, listed.subordinators))
        self.conjunctions, self.infinitive, self.topics = map(frozenset, (listed.conjunctions, listed.infinitive, listed.topics))
        self.pasts, self.times, self.prepositions = map(frozenset, (listed.pasts, listed.times, listed.prepositions))
        self.particles, self.several = frozenset(listed.particles), frozenset(listed.several)
        self.conditions, self.whoever = frozenset(listed.conditions), frozenset(listed.whoever)
        self.bygone, self.received = frozenset(listed.bygone), frozenset(listed.received)
