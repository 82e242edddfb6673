"""What is glued to the article's own text, in the same line: before its first sentence (`date 2025-11-21 Photo: https://… The minister said
…`), at the end of a paragraph (`… she said. Click to share on WhatsApp (Opens in new window)`), between the sentences of a long line.

What stands before and after it becomes blocks of their own.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.cleaning.blocks import STOPS, Block, piece_of
from pipelines.cleaning.characters import Codes, codes_of, line_ends
from pipelines.cleaning.credits import credit_behind_stop
from pipelines.cleaning.folding import fold
from pipelines.cleaning.kernels.load import KERNELS
from pipelines.cleaning.lexicon import Lexicon, load_lexicon
from pipelines.cleaning.lines import rules_to_try
from pipelines.cleaning.scored import STOP_INSIDE
from pipelines.letters import UNSPACED
from pipelines.lexicons import alternation
from pipelines.vocabulary import BlockKind

PREFIXED_BLOCKS = 3  # boilerplate is glued to the first sentence, which is one of the first blocks
MAX_PREFIXES = 4
_ISO_DAY = r"(?:19|20)\d\d-\d\d-\d\d(?:[t ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:z|[+-]\d\d:?\d\d)?)?"
_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")


class GluedPrefix(NamedTuple):
    """`start`, `end` are offsets into the raw text, `rest` where the line goes on; `value` is the day or the credit itself."""

    start: int
    end: int
    rest: int
    kind: BlockKind
    value: str
    reason: str = "rule: glued to the first sentence"


@functools.cache
def _prefixes(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What a date and what a credit look like there."""
    words, agencies = lexicon.credits.glued, alternation(lexicon.credits.agencies)
    day = rf"\s*(?:{alternation(lexicon.dates.labels)}\s*:?\s*)?{_ISO_DAY}(?=[\s|•·,:-]|$)\s*[|•·,:-]*"
    by = rf"{alternation(words.picture)}(?: {alternation(words.given)})?\s*:\s*"
    address = r"(?:https?://|www\.|t\.me/)\S+"
    agency = rf"(?:[^\W\d_][\w.'’-]*,? ){{0,4}}(?:[/|,(]\s*)?{agencies}\b(?:\s*/\s*{agencies})*\)?"
    credit = rf"\s*{by}({address}|{agency})(?=[\s.|•·]|$)[.|•·]?"
    return re.compile(day, re.IGNORECASE), re.compile(credit, re.IGNORECASE)


def glued_prefixes(line: str, offset: int = 0) -> list[GluedPrefix]:
    """What stands before the first sentence of a line, in order; each ends where the next one starts.

    Prefixes go before the language of a text is known, so that only words count that hold on pages of every language.

    >>> [(p.kind.value, p.value) for p in glued_prefixes("date 2025-11-21 Photo: https://example.org/a The minister")]
    [('date_stamp', '2025-11-21'), ('photo_credit', 'https://example.org/a')]
    >>> glued_prefixes("2025 was a good year")
    []
    """
    date, credit = _prefixes(load_lexicon(None))
    found: list[GluedPrefix] = []
    place = 0
    for _ in range(MAX_PREFIXES):
        match = date.match(line, place)
        kind, value = BlockKind.DATE_STAMP, ""
        if match and match.end() > place:
            value = _DAY.search(match.group())[0]  # type: ignore[index]
        else:
            match = credit.match(line, place)
            if not match:
                break
            kind, value = BlockKind.PHOTO_CREDIT, match.group(1)
        text = match.group()
        start = offset + place + len(text) - len(text.lstrip())
        found.append(GluedPrefix(start, offset + place + len(text.rstrip()), offset + match.end(), kind, value))
        place = match.end()
    return found


def split_prefixes(raw: str, blocks: list[Block]) -> tuple[list[Block], list[GluedPrefix]]:
    """Takes glued prefixes off the first blocks; a block that is nothing else goes altogether."""
    prefixes: list[GluedPrefix] = []
    kept: list[Block] = []
    for block in blocks[:PREFIXED_BLOCKS]:
        found = glued_prefixes(raw[block.start : block.end], block.start)
        prefixes.extend(found)
        if not found:
            kept.append(block)
            continue
        kept.extend(piece_of(raw, found[-1].rest, block.end, block.gap))
    return kept + blocks[PREFIXED_BLOCKS:], prefixes


# --- what is glued to a paragraph ------------------------------------------------------------------------------------------------

DOMINANT_SIZE, DOMINANT_SHARE = (
    400,
    0.5,
)  # characters of a block, and its share of the page's, whose sentences are judged one by one
LONGEST_CUT = 200  # characters of one of them that a rule may cut out
GLUED_SIZE, GLUED_SYLLABLES = (
    80,
    30,
)  # least characters of a paragraph whose last sentence may be boilerplate, and where each is a syllable
_SYLLABLES = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
_NO_WORDS: AbstractSet[str] = frozenset()
_CREDITS = (BlockKind.PHOTO_CREDIT, BlockKind.CAPTION)
_SPEECH = frozenset('"“”„«»「』')
_CLOSING_MARKS = '"”’»“)'
_GLUED_KINDS = (BlockKind.SHARE_WIDGET, BlockKind.NEWSLETTER, BlockKind.APPEAL)
_UNSTOPPED_KINDS = (*_GLUED_KINDS, BlockKind.RELATED, BlockKind.ADVERTISEMENT, BlockKind.PHOTO_CREDIT, BlockKind.CAPTION)
LONGEST_CAPTION = 200  # characters without speech before a credit, which may be the caption that it belongs to
# To the first stop before a blank, or one of a script without blanks. What stands between is skipped in runs.
_SENTENCE = re.compile(r"\S[^.!?…。！？]*+(?:[.!?…]++[\"”’»)]*+(?!\s)[^.!?…。！？]*+)*+(?:[.!?…]++[\"”’»)]*+|[。！？]|$)")


CLOSING_BLOCKS = 3  # the article's last paragraph is one of the last blocks
LEAST_CREDITED = 40  # characters of each of its sentences before a credit; fewer are the picture's caption
SENTENCES_CREDITED = 2  # of a paragraph further up before a credit; one may be the picture's caption
_MAY_CREDIT = (")", ").", "]", "].")
LONGEST_SIGN_OFF = 100  # characters of what `_SIGN_OFF` finds
LEAST_SIGNED = 30  # characters of a last paragraph without its sign-off; of scripts without blanks a third
# Initials and agencies behind a last stop: "(jw)", "dpa/abc", "/ritzau/", "[AP]", "-NB", "(A.F. avec AFP)", "（完）".
_BARE = "(?:[a-zа-я]{2,4}|[A-Z]{2,3})"
_INITIALS = r"©?(?:[^\W\d_]{2,4}|(?:[^\W\d_]{1,3}\. ?){1,3})"
_SIGN_OFF = re.compile(
    rf"(?:(?<=[^\W\d_]{{3}}[.!?…])|(?<=[.!?…][\"”’»“]))(?: [(\[]{_INITIALS}(?:[ /,+-]{{1,2}}{_INITIALS}){{0,2}}/?[)\]]| /\w{{2,8}}/)?"
    rf"(?: [–—-]{{1,2}} ?{_BARE}(?: ?/{{1,2}} ?{_BARE}){{0,2}}/?| {_BARE}(?: ?/{{1,2}} ?{_BARE}){{1,2}}/?| {_BARE} {_BARE}/{_BARE})?$|(?<=[。！？]) ?（[^（）\d]{{1,8}}）$"
)


@dataclass(slots=True, eq=False)
class _Paragraph:
    """A block that may hold something else, as it stands in the raw text. `dominant`: it is the page's article on one line; `telling`: what it
    holds or how it ends tells of something at its end. `spans`: start, end, kind and rule of what goes."""

    text: str
    dominant: bool
    telling: bool
    spans: list[tuple[int, int, BlockKind, str]]


def cut_glued(pages: Sequence[tuple[str, list[Block]]], lexicon: Lexicon) -> list[tuple[list[Block], list[GluedPrefix]]]:
    """Cuts out of the blocks of documents what is glued to a paragraph. `pages`: the raw text of each and its blocks; gives its blocks
    then, and what was cut out."""
    suspects = _suspects(pages, lexicon)
    paragraphs = [paragraph for found in suspects for paragraph in found.values()]
    _mark_inside([paragraph for paragraph in paragraphs if paragraph.dominant], lexicon)
    _mark_ends([paragraph for paragraph in paragraphs if paragraph.telling and not paragraph.dominant], lexicon)
    return [_without(raw, blocks, found) for (raw, blocks), found in zip(pages, suspects, strict=True)]


class _Sought(NamedTuple):
    """The words that tell of what may be glued to a paragraph, with their characters and where each ends in these."""

    words: tuple[str, ...]
    codes: Codes
    ends: NDArray[np.int64]


@functools.cache
def _sought(lexicon: Lexicon) -> _Sought:
    words = tuple(sorted({*lexicon.glued_words, *(one.holds for one in lexicon.glued)}))
    return _Sought(words, codes_of("".join(words)), np.cumsum([len(word) for word in words], dtype=np.int64))


def _suspects(pages: Sequence[tuple[str, list[Block]]], lexicon: Lexicon) -> list[dict[int, _Paragraph]]:
    """Of each document the blocks that may hold something else, by their number."""
    # One by one: most are ASCII, which is in lower case at once.
    lowered = [raw[block.start : block.end].lower() for raw, blocks in pages for block in blocks]
    sought = _sought(lexicon)
    held = KERNELS.for_work(0).find_held(codes_of("\n".join([*lowered, "", ""])), line_ends(lowered), sought.codes, sought.ends)
    words: dict[int, set[str]] = {}
    for at in np.flatnonzero(held).tolist():  # of both axes at once it takes ten times as long
        place, word = divmod(at, len(sought.words))
        words.setdefault(place, set()).add(sought.words[word])
    telling = frozenset(lexicon.glued_words)
    found: list[dict[int, _Paragraph]] = []
    place = -1
    for raw, blocks in pages:
        dominant, closing = _dominant(blocks), _closing(blocks)
        found.append({})
        for number, block in enumerate(blocks):
            place += 1
            own = words.get(place, _NO_WORDS)
            unstopped = block.text[-1] not in STOPS and len(block.text) >= GLUED_SIZE
            signed = (
                _sign_off(raw[block.start : block.end], lexicon)
                if number == closing
                else _credit_behind(raw[block.start : block.end], SENTENCES_CREDITED, lexicon)
                if block.text.endswith(_MAY_CREDIT) or unstopped
                else None
            )
            if own or unstopped or signed or block is dominant:
                low, text = lowered[place], raw[block.start : block.end]
                same = len(low) == len(text)  # so that offsets are those of the raw text
                glued = [one for one in lexicon.glued if one.holds in own] if same else []
                spans = [(*span, one.kind, one.name) for one in glued for span in one.spans(low)]
                least = GLUED_SYLLABLES if _SYLLABLES.search(low) else GLUED_SIZE
                tells = len(low) >= least and (unstopped or not telling.isdisjoint(own))
                if signed:
                    spans.append(signed)
                found[-1][number] = _Paragraph(text, block is dominant, tells, spans)
    return found


def _closing(blocks: Sequence[Block]) -> int | None:
    """The number of the article's last paragraph: the last block of some length, if it is one of the last at all."""
    last = range(len(blocks) - 1, max(len(blocks) - 1 - CLOSING_BLOCKS, 0), -1)
    return next(
        (n for n in last if len(blocks[n].text) >= (LEAST_SIGNED // 3 if UNSPACED.search(blocks[n].text) else LEAST_SIGNED)), None
    )


def _sign_off(text: str, lexicon: Lexicon) -> tuple[int, int, BlockKind, str] | None:
    """What stands behind the last stop of an article's last paragraph, if that is who wrote it or who took the picture."""
    initials = _SIGN_OFF.search(text, max(len(text) - LONGEST_SIGN_OFF, 0))
    if initials and initials.group():
        return (
            initials.end() - len(initials.group().lstrip()),
            initials.end(),
            BlockKind.BYLINE,
            "initials, at the end of the article",
        )
    return _credit_behind(text, 1, lexicon)


def _credit_behind(text: str, sentences: int, lexicon: Lexicon) -> tuple[int, int, BlockKind, str] | None:
    """What stands behind the last stop of a paragraph of so many sentences, if that is who took the picture."""
    credit = credit_behind_stop(text, lexicon)
    if credit is None or credit < LEAST_CREDITED * sentences or len(STOP_INSIDE.findall(text[:credit])) < sentences:
        return None
    return credit, len(text), BlockKind.PHOTO_CREDIT, "credit, at the end of a paragraph"


def _dominant(blocks: Sequence[Block]) -> Block | None:
    """The block that holds the page's article on one line, if one does."""
    sizes = [len(block.text) for block in blocks]
    longest = max(sizes, default=0)
    if longest < DOMINANT_SIZE or longest < DOMINANT_SHARE * sum(sizes):
        return None
    return blocks[sizes.index(longest)]


def _mark_inside(paragraphs: Sequence[_Paragraph], lexicon: Lexicon) -> None:
    """The sentences of long lines that would be boilerplate as lines of their own go."""
    sentences = [
        (paragraph, match.span())
        for paragraph in paragraphs
        for match in _SENTENCE.finditer(paragraph.text)
        if match.end() - match.start() <= LONGEST_CUT
    ]
    marks = _marks_of([paragraph.text[start:end] for paragraph, (start, end) in sentences], lexicon)
    for (paragraph, span), marked in zip(sentences, marks, strict=True):
        if marked is not None:
            paragraph.spans.append((*span, marked[0], f"{marked[1]}, inside a long line"))


def _mark_ends(paragraphs: Sequence[_Paragraph], lexicon: Lexicon) -> None:
    """The last sentences of paragraphs, from the end on up to one that is none, go if they ask to follow or to subscribe. One without a stop
    may be a link, an advertisement's label or a credit as well, but not that of the caption before it."""
    rests = [(paragraph, reversed(list(_SENTENCE.finditer(paragraph.text))[1:])) for paragraph in paragraphs]
    while rests:
        last = [(paragraph, rest, match) for paragraph, rest in rests if (match := next(rest, None)) and _may_go(match.group())]
        sentences = [match.group() for _, _, match in last]
        marks = _marks_of(sentences, lexicon, [_asks(sentence, lexicon) for sentence in sentences])
        rests = []
        for (paragraph, rest, match), marked in zip(last, marks, strict=True):
            if marked is not None and _goes(paragraph.text[: match.start()], match.group(), marked[0]):
                paragraph.spans.append((*match.span(), marked[0], f"{marked[1]}, at the end of a paragraph"))
                rests.append((paragraph, rest))


def _may_go(sentence: str) -> bool:
    return len(sentence) <= LONGEST_CUT and sentence[-1] not in _CLOSING_MARKS


def _asks(sentence: str, lexicon: Lexicon) -> bool:
    """Whether a last sentence may be boilerplate that is known as such at the edge of an article only."""
    return sentence[-1] not in STOPS or any(word in sentence.lower() for word in lexicon.glued_words)


def _goes(before: str, sentence: str, kind: BlockKind) -> bool:
    """Whether a last sentence of a kind goes, by what stands before it in the paragraph."""
    if kind not in (_GLUED_KINDS if sentence[-1] in STOPS else _UNSTOPPED_KINDS):
        return False
    return kind not in _CREDITS or len(before) >= LONGEST_CAPTION or not _SPEECH.isdisjoint(before)


def _marks_of(
    sentences: Sequence[str], lexicon: Lexicon, at_edge: Sequence[bool] | None = None
) -> list[tuple[BlockKind, str] | None]:
    """The kind of each sentence that is a label or that a rule hits for sure, and by which; `at_edge`: also one for the edge of the article."""
    folded = [fold(sentence) for sentence in sentences]
    labels = [lexicon.labels.get(text.strip(" .:!")) for text in folded]
    found = [None if label is None else (label, "label") for label in labels]
    for place, rule in rules_to_try(folded, lexicon):
        if (
            found[place] is None
            and rule.sure
            and (rule.where != "edge" or (at_edge and at_edge[place]))
            and rule.hit(folded[place])
        ):
            found[place] = rule.kind, rule.name
    return found


def _without(raw: str, blocks: list[Block], found: dict[int, _Paragraph]) -> tuple[list[Block], list[GluedPrefix]]:
    """The blocks of a document without the spans that go, and these."""
    cut: list[GluedPrefix] = []
    kept: list[Block] = []
    if not any(paragraph.spans for paragraph in found.values()):
        return blocks, cut
    for number, block in enumerate(blocks):
        spans = found[number].spans if number in found else []
        if not spans:
            kept.append(block)
            continue
        place, gap = block.start, block.gap
        for start, end, kind, name in sorted(spans, key=lambda span: span[:2]):
            first = block.start + start
            last = first + len(raw[first : block.start + end].rstrip())
            if first < place:
                continue
            kept.extend(piece_of(raw, place, first, gap))
            cut.append(GluedPrefix(first, last, last, kind, "", f"rule: {name}"))
            place, gap = last, 1
        kept.extend(piece_of(raw, place, block.end, gap))
    return kept, cut
