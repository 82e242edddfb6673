"""Speech in languages written without capitals or without blanks, found by the templates of `speech.toml`.

The trees and kernels know names by their capitals and words by their blanks; where a script has neither, a language says in its file what
stands before and behind the marks. Nobody is named who has no title, no name of the file's shape and no name that the text gave in full before;
the words between marks are given out in any case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipelines.lexicons import languages_with
from pipelines.quotes.attribution.reported import overlap
from pipelines.quotes.template_file import FILE, Pair, Reader, reader_of
from pipelines.quotes.template_people import Cast, Who
from pipelines.quotes.text.marks import Segment
from pipelines.quotes.text.paragraphs import read_lines
from pipelines.quotes.types import How, Quote, QuoteSettings, Speaker
from pipelines.vocabulary import QuoteType, SpeakerKind

_NOBODY, _NAMED, _CARRIED, _CLAUSE, _LOOSE = 0.5, 0.85, 0.7, 0.75, 0.75  # confidence; no set of these languages has been judged
_FARTHEST = 120  # characters before the marks in which an attribution begins
_SHORTEST_CLAUSE = 4  # characters
_STOPS = "。！？…，.!؟،"
_ENDS = "。！？.!?؟"  # of sentences
_WHOLE = 8  # characters of attributed words that are taken for a sentence


def languages_by_template() -> tuple[str, ...]:
    """The languages that have templates."""
    return languages_with(FILE)


def language_by_letters(text: str) -> str | None:
    """Of a text too short to tell its language: the first language with templates whose letters stand in it.

    >>> language_by_letters("「もう遅い」と市長。"), language_by_letters("It is late.")
    ('ja', None)
    """
    if text.isascii():
        return None
    codes = sorted(languages_by_template(), key=lambda code: code == "zh")  # Japanese has Chinese characters too
    return next((code for code in codes if reader_of(code).file.letters.search(text)), None)


def read_by_template(text: str, code: str, settings: QuoteSettings) -> list[Quote]:
    """The quotes of a text in one of these languages, in order of their start."""
    return Article(text, reader_of(code), settings.indirect).quotes()


class Article:
    """One text."""

    def __init__(self, text: str, reader: Reader, indirect: bool) -> None:
        self.text, self.reader, self.indirect = text, reader, indirect
        self.cast = Cast(text, reader)

    def quotes(self) -> list[Quote]:
        found: list[Quote] = []
        for line in read_lines(self.text, frozenset()):
            spans = [(s.start, s.end) for s in line.segments]
            around = self._chains(line.segments)
            items: list[tuple[int, Segment | re.Match[str]]] = [(s.start, s) for s in line.segments]
            if self.indirect:
                items += [(m.start("words"), m) for m in self._clauses(line.start, line.end, spans)]
            for _, item in sorted(items, key=lambda x: x[0]):
                quote = (
                    self._clause(item)
                    if isinstance(item, re.Match)
                    else self._marked(item, around[item.start], line.start, line.end)
                )
                if quote is not None:
                    found.append(quote)
        return found

    def _clauses(self, start: int, end: int, spans: list[tuple[int, int]]) -> Iterator[re.Match[str]]:
        """The sentences of a line that report without marks."""
        taken = -1
        for pattern in self.reader.clauses:
            assert pattern is not None
            for match in pattern.finditer(self.text, start, end):
                if (
                    not overlap(spans, *match.span())
                    and match.start() >= taken
                    and match.end("words") - match.start("words") >= _SHORTEST_CLAUSE
                ):
                    taken = match.end()
                    yield match

    def _clause(self, match: re.Match[str]) -> Quote | None:
        named = match.groupdict().get("who") is not None
        who = self.cast.who(*match.span("who")) if named else self.cast.carried(match.start(), match.start())
        if who is None:
            return None
        a, b = match.span("words")
        while b > a and self.text[b - 1].isspace():
            b -= 1
        self.cast.speaks(who, a)
        speaker = self._speaker(who) if named else self._left_out(who)
        return Quote(a, b, QuoteType.INDIRECT, a, b, *match.span("cue"), speaker, None, _CLAUSE if named else _CARRIED)

    def _is_work(self, segment: Segment, start: int, end: int) -> bool:
        return any(self._fitting(pair, segment, start, end) is not None for pair in self.reader.works)

    def _chains(self, segments: Sequence[Segment]) -> dict[int, Segment]:
        """By the start of each segment what one attribution holds together with it: `"다리는 닫힌다"며 "돌아가 달라"고 말했다`."""
        found: dict[int, Segment] = {}
        chain: list[Segment] = []
        for segment in segments:
            chained = self.reader.file.chained
            if chain and (chained is None or not chained.fullmatch(self.text, chain[-1].end, segment.start)):
                chain = []
            chain.append(segment)
            found |= {part.start: segment._replace(start=chain[0].start) for part in chain}
        return found

    def _marked(self, segment: Segment, chain: Segment, start: int, end: int) -> Quote | None:
        if self._is_work(segment, start, end):
            return None
        a, b = segment.inner_start, segment.inner_end
        who, cue, sure = self._attributed(chain, start, end)
        kind = QuoteType.DIRECT if self._is_sentence(segment, who is not None) else QuoteType.PARTIAL
        if who is None:
            return Quote(a, b, kind, a, b, None, None, None, None, _NOBODY)
        self.cast.speaks(who, a)
        speaker = self._left_out(who) if sure == _CARRIED else self._speaker(who)
        return Quote(a, b, kind, a, b, cue[0], cue[1], speaker, None, sure)

    def _is_sentence(self, segment: Segment, attributed: bool) -> bool:
        """Whether the words close with a mark of their own, or somebody says so many that they are a sentence."""
        closes = self.text[segment.inner_end - 1] in _STOPS
        return closes or (attributed and segment.inner_end - segment.inner_start >= _WHOLE)

    def _attributed(self, segment: Segment, start: int, end: int) -> tuple[Who | None, tuple[int | None, int | None], float]:
        """Who speaks, the cue and how sure that is: what stands before the marks counts first, and a speaker left out before one behind them.
        Where any verb may be the cue counts last."""
        around = sorted(self.reader.around, key=lambda pair: (pair.loose, pair.before is None))
        leading = sum(1 for pair in around if pair.before is not None and not pair.loose)
        ordered = [(pair, False) for pair in around[:leading]] + [(pair, True) for pair in self.reader.again]
        for pair, again in [*ordered, *((pair, False) for pair in around[leading:])]:
            spans = self._fitting(pair, segment, start, end)
            if spans is None:
                continue
            who = self._carried(segment.start, start) if again else self.cast.who(*spans["who"])
            if who is None or (pair.loose and who.kind is not SpeakerKind.PERSON):
                continue
            return who, spans.get("cue", (None, None)), _CARRIED if again else _LOOSE if pair.loose else _NAMED
        return None, (None, None), _NOBODY

    def _carried(self, at: int, start: int) -> Who | None:
        sentence = max((self.text.rfind(stop, start, at) + 1 for stop in _ENDS), default=start)
        return self.cast.carried(at, max(sentence, start))

    def _fitting(self, pair: Pair, segment: Segment, start: int, end: int) -> dict[str, tuple[int, int]] | None:
        """The groups of a pair of templates as offsets of the text, where both fit around the segment."""
        before, behind, _ = pair
        low = max(start, segment.start - _FARTHEST)
        found: dict[str, tuple[int, int]] = {}
        for pattern, match, shift in (
            (before, before.search(self.text[low : segment.start]) if before else None, low),
            (behind, behind.match(self.text, segment.end, end) if behind else None, 0),
        ):
            if pattern is None:
                continue
            if match is None:
                return None
            found |= {name: (match.start(name) + shift, match.end(name) + shift) for name in pattern.groupindex}
        return found

    def _speaker(self, who: Who) -> Speaker:
        a, b = who.name if who.name else (None, None)
        how = How.FULL if who.kind is SpeakerKind.PERSON else How.WORDS
        return Speaker(who.start, who.end, a, b, who.kind, who.role, None, how, 1.0)

    def _left_out(self, who: Who) -> Speaker:
        return self._speaker(who)._replace(start=None, end=None, how=How.LEFT_OUT)
