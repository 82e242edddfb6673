"""Who said a quoted segment, by word order: the cue near it and the mention beside the cue."""

from __future__ import annotations

from pipelines.quotes import flags as F
from pipelines.quotes.text.paragraphs import Paragraph
from pipelines.quotes.text.table import clause_of
from pipelines.quotes.types import NOBODY, Attribution, Clause, Cue, Mention

_LONGEST_FIELD = 4  # tokens
_FARTHEST = 60  # tokens searched on either side of a segment


def attribute(p: Paragraph, token: int) -> Attribution:
    """The attribution of the segment at `token` from its own sentence, or NOBODY."""
    clause = clause_of(p, p.sentence_of[token])
    after = _after(p, token, min(clause.end, token + 1 + _FARTHEST), clause)
    before = _before(p, max(clause.first, token - _FARTHEST), token, clause)
    segment = p.segments[p.segment[token]]
    last = p.text[segment.inner_end - 1]
    behind = p.text[segment.end : segment.end + 1]
    open_end = last in ",?!—–-" or behind == ","
    if after and (open_end or not before):
        return after
    return before or after or NOBODY


def _after(p: Paragraph, token: int, end: int, clause: Clause) -> Attribution | None:
    """`"…," X said`, `"…," said X`, `"…," according to X`, `"…" — X`."""
    flags = p.flags
    limit = token + 1
    while limit < end and not flags[limit] & F.QUOTE:
        limit += 1
    start = token + 1
    while start < limit and flags[start] & (F.COMMA | F.DASH | F.PAREN | F.STOP):
        start += 1
    if start >= limit:
        return None
    mentions = [m for m in clause.mentions if start <= m.first and m.last < limit]
    cues = [c for c in clause.cues if start <= c.first and c.last < limit]
    if flags[start - 1] & F.DASH and mentions and mentions[0].first == start and mentions[0].kind == F.NAME and not cues:
        return Attribution(-1, -1, mentions[0], "dash")
    for cue in cues[:3]:
        if cue.follows:
            speaker = _first_after(mentions, cue.last)
            if speaker:
                return Attribution(cue.first, cue.last, speaker, "after_according")
            continue
        subject = _subject(p, mentions, cue.first, start)
        if subject is not None and _introduces(p, start, subject.first):
            return Attribution(cue.first, cue.last, subject, "after_subject_cue")
        if cue.first <= start + 2:
            speaker = _first_after(mentions, cue.last)
            if speaker is not None and speaker.first <= cue.last + 3 and not _object_of(p, cue.last, speaker):
                return Attribution(cue.first, cue.last, speaker, "after_cue_subject")
    return None


def _introduces(p: Paragraph, start: int, first: int) -> bool:
    """Whether only small words stand between the quotation and the mention: "…" as X said."""
    return first - start <= 2 and all(not p.flags[k] & (F.QUOTE | F.STOP) for k in range(start, first))


def _object_of(p: Paragraph, cue: int, mention: Mention) -> bool:
    return any(p.flags[k] & F.BOUNDARY for k in range(cue + 1, mention.first))


def _first_after(mentions: list[Mention], token: int) -> Mention | None:
    for mention in mentions:
        if mention.first > token:
            return mention
    return None


def _subject(p: Paragraph, mentions: list[Mention], cue: int, start: int) -> Mention | None:
    """The mention that ends right before the cue, an apposition or a relative clause between commas skipped."""
    flags = p.flags
    for mention in reversed(mentions):
        if mention.last >= cue or mention.attached:
            continue
        gap = mention.group_last + 1
        if gap >= cue or all(flags[k] & (F.ADVERB | F.AUXILIARY) for k in range(gap, cue)):
            if _inside_apposition(p, mentions, mention, start):
                continue
            return mention
        if flags[gap] & (F.COMMA | F.DASH | F.PAREN) and flags[cue - 1] & (F.COMMA | F.DASH | F.PAREN | F.ADVERB | F.AUXILIARY):
            if _inside_apposition(p, mentions, mention, start):
                continue
            return mention
    return None


def _inside_apposition(p: Paragraph, mentions: list[Mention], mention: Mention, start: int) -> bool:
    """Whether another mention stands before this one with only a comma between: then that one is the subject."""
    k = mention.first - 1
    while k > start and p.flags[k] & F.LETTER and not p.flags[k] & F.COMMA and k > mention.first - 4:
        k -= 1
    if k <= start or not p.flags[k] & F.COMMA:
        return False
    return any(m.group_last == k - 1 and m.kind != F.PRON and not m.attached for m in mentions)


def _before(p: Paragraph, start: int, token: int, clause: Clause) -> Attribution | None:
    """`X said: "…"`, `X said that … "…"`, `according to X, "…"`, `X, citing Y, reported "…"`."""
    flags = p.flags
    for k in range(token - 1, start - 1, -1):
        if flags[k] & F.QUOTE and p.sentence_of[k] != p.sentence_of[token]:
            start = k + 1
            break
    if start >= token:
        return None
    mentions = [m for m in clause.mentions if start <= m.first and m.last < token]
    cues = [c for c in clause.cues if start <= c.first and c.last < token]
    if not mentions:
        return None
    for cue in reversed(cues):
        if cue.follows:
            speaker = _first_after(mentions, cue.last)
            if speaker:
                return Attribution(cue.first, cue.last, speaker, "before_according")
            continue
        subject = _subject(p, mentions, cue.first, start)
        if subject is None:
            subject = _main_subject(p, mentions, cue, start)
        if subject is not None:
            return Attribution(cue.first, cue.last, subject, "before_subject_cue")
    if token and flags[token - 1] & F.COLON:
        first = mentions[0]
        if first.group_last == token - 2 and first.first == p.sentences[p.sentence_of[token]][0]:
            return Attribution(token - 1, token - 1, first, "colon")
    return None


def _main_subject(p: Paragraph, mentions: list[Mention], cue: Cue, start: int) -> Mention | None:
    """For a participle ("…, adding that"): the first mention of the sentence that no preposition leads in."""
    for mention in mentions:
        if mention.first >= cue.first:
            break
        if mention.attached or (mention.first > start and p.flags[mention.first - 1] & F.BOUNDARY):
            continue
        return mention
    return None


CUE_NAMES = [
    "side",
    "gap_mention",
    "gap_segment",
    "weight",
    "report",
    "form",
    "nth_from_mention",
    "nth_from_segment",
    "code_before",
    "code_after",
    "subject_between",
    "mention_side",
    "mention_kind",
    "first_case",
    "before_segment",
    "touches_mention",
    "small_words_only",
]


def cue_rows(
    p: Paragraph, mention: Mention, token: int, cues: list[Cue], mentions: list[Mention]
) -> tuple[list[Cue], list[tuple[int, ...]]]:
    """The cues of the mention's sentence, and what the ranker looks at. `token`: where the segment stands, seen from the mention."""
    flags = p.flags
    first, last = mention.first, mention.group_last
    before_mention = last < token
    segment = p.segments[p.segment[token]] if token < len(flags) and p.segment[token] >= 0 else None
    case = 0 if segment is None else 1 if p.text[segment.inner_start].isupper() else 2
    near = flags[token - 1] >> F.CODE_SHIFT & 63 if 0 < token <= len(flags) else 0
    behind = [c for c in cues if c.first > last]
    ahead = [c for c in cues if c.last < first]
    chosen = ahead[-4:] + behind[:6]
    rows: list[tuple[int, ...]] = []
    for cue in chosen:
        after_mention = cue.first > last
        gap = cue.first - last - 1 if after_mention else first - cue.last - 1
        side = int(after_mention) + (2 if cue.first > token else 0)
        nth = behind.index(cue) if after_mention else len(ahead) - 1 - ahead.index(cue)
        between = range(last + 1, cue.first) if after_mention else range(cue.last + 1, first)
        nearer = sum(1 for c in cues if (cue.last < c.first < token) or (token < c.first < cue.first))
        subject = (
            any(m.first > last and m.group_last == cue.first - 1 and not m.attached for m in mentions) if after_mention else False
        )
        rows.append(
            (
                side,
                min(gap, 40),
                min(abs(token - cue.last), 40),
                flags[cue.last] >> F.CUE_SHIFT & 15,
                flags[cue.last] >> F.CUE_SHIFT + 4 & 15,
                3 if cue.follows else 2 if flags[cue.last] & F.ENDS_ING else 1,
                min(nth, 6),
                min(nearer, 6),
                flags[cue.first - 1] >> F.CODE_SHIFT & 63 if cue.first else 0,
                flags[cue.last + 1] >> F.CODE_SHIFT & 63 if cue.last + 1 < len(flags) else 0,
                int(subject),
                int(before_mention),
                mention.kind,
                case,
                near,
                int(gap == 0),
                int(all(flags[k] & (F.ADVERB | F.AUXILIARY | F.COMMA) for k in between)),
            )
        )
    return chosen, rows


def colon_cue(p: Paragraph, mention: Mention, token: int) -> tuple[int, int] | None:
    """`Name: "…"`: the colon is the cue."""
    at = mention.group_last + 1
    return (at, at) if at < len(p.flags) and p.flags[at] & F.COLON and at + 1 == token else None


def cue_by_rule(p: Paragraph, mention: Mention, token: int, cues: list[Cue]) -> Cue | None:
    """Without learned weights: the cue that touches the mention, else the first strong one behind it."""
    for cue in cues:
        if (cue.last + 1 == mention.first or (cue.follows and cue.last < mention.first <= cue.last + 3)) and (
            cue.follows or mention.first > token
        ):
            return cue
    behind = [c for c in cues if not c.follows and mention.group_last < c.first and (c.first < token or mention.first > token)]
    strong = [c for c in behind if c.strong]
    return next(iter(strong or behind), None)


def full_mention(p: Paragraph, mention: Mention, end: int) -> tuple[int, int]:
    """Text offsets of a mention with what hangs on it and its apposition (the closing comma left out)."""
    last = (
        mention.last
        if mention.kind == F.PRON
        else max(mention.last, mention.group_last if mention.kind != F.NAME else mention.last)
    )
    if mention.kind == F.NAME:
        closing = apposition_end(p, mention.group_last, end)
        if closing > mention.group_last:
            last = closing - 1 if p.flags[closing] & F.COMMA else closing
    return p.starts[mention.first], p.ends[last]


def apposition_end(p: Paragraph, last: int, end: int, longest: int = 24) -> int:
    """Last token of the apposition that follows token `last` between commas, comma included; `last` where there is none.

    "Ada Quill, secretary of the council, said": the second comma's token.
    """
    flags = p.flags
    if last + 2 >= end or not flags[last + 1] & F.COMMA or (flags[last + 2] & F.AUXILIARY and not flags[last + 2] & F.CAPITAL):
        return last
    commas = 0
    best = last
    for j in range(last + 2, min(end, last + 2 + longest)):
        flag = flags[j]
        if flag & F.QUOTE or (
            flag & F.CUE and not flag & F.CAPITAL and best == last and commas == 0 and flags[j - 1] & (F.PRONOUN | F.CAPITAL)
        ):
            return last
        if flag & F.COMMA:
            commas += 1
            k = j + 1
            while k < end and flags[k] & (F.ADVERB | F.AUXILIARY):
                k += 1
            if k < end and flags[k] & F.CUE and not flags[k] & F.CAPITAL:
                return j
            if commas == 4:
                return best
    return best


def apposed(p: Paragraph, mentions: list[Mention], mention: Mention) -> tuple[Mention, Mention] | None:
    """(person, role) where the mention and one beside it, a comma between, name one person: "Ada Quill, head of the council, said"."""
    index = next((i for i, m in enumerate(mentions) if m.first == mention.first), -1)
    pairs = []
    before = next((m for m in reversed(mentions[: max(0, index)]) if not m.attached), None)
    closed = mention.group_last + 1 < len(p.flags) and not p.flags[mention.group_last + 1] & F.CUE
    if closed and before is not None and _field_end(p, before) == mention.first - 2 and p.flags[mention.first - 1] & F.COMMA:
        pairs.append((before, mention))
    after = next((m for m in mentions[index + 1 :] if not m.attached), None)
    if after is not None and after.first == _field_end(p, mention) + 2 and p.flags[after.first - 1] & F.COMMA:
        pairs.append((mention, after))
    for x, y in pairs:
        behind = y.group_last + 1
        if behind < len(p.flags) and not p.flags[behind] & (
            F.COMMA | F.CUE | F.STOP | F.QUOTE | F.ADVERB | F.AUXILIARY | F.DASH | F.PAREN
        ):
            continue
        if _person_shaped(p, x) and _role_shaped(p, y):
            return x, y
        if _person_shaped(p, y) and _role_shaped(p, x):
            return y, x
    return None


def _field_end(p: Paragraph, mention: Mention) -> int:
    """Last token of a mention with a bare noun that a preposition ties to it: "the minister for water"."""
    k = mention.group_last + 1
    if mention.kind != F.NOUN or k >= len(p.flags) or not p.flags[k] & F.ATTACHING:
        return mention.group_last
    while k + 1 < len(p.flags) and k <= mention.group_last + _LONGEST_FIELD and p.flags[k + 1] & (F.UNKNOWN_LOWER | F.ORGANISATION):
        k += 1
    return k if k > mention.group_last + 1 else mention.group_last


def _person_shaped(p: Paragraph, mention: Mention) -> bool:
    flags = p.flags
    if mention.kind != F.NAME or mention.group_last != mention.last or flags[mention.head] & (F.ORGANISATION | F.MEDIUM | F.ROLE):
        return False
    capitals = [
        k for k in range(mention.first, mention.last + 1) if flags[k] & F.CAPITAL and not flags[k] & (F.TITLE | F.DETERMINER)
    ]
    return 2 <= len(capitals) <= 4 and not flags[mention.last] & F.POSSESSIVE


def _role_shaped(p: Paragraph, mention: Mention) -> bool:
    """Whether it says what somebody is, and is not a title with a name, "Mr. Renn"."""
    if role_word(p, mention) is None:
        return False
    named = mention.kind == F.NAME and p.flags[mention.last] & F.CAPITAL
    titled = any(p.flags[k] & F.TITLE for k in range(mention.first, mention.last))
    return not (named and titled and not p.flags[mention.last] & (F.ROLE | F.TITLE | F.GROUP | F.ORGANISATION | F.MEDIUM))


def role_word(p: Paragraph, mention: Mention) -> str | None:
    """The first word for a role or title in a mention, lower case; of "one of the town's bakers" the plural."""
    if mention.first > 1 and p.flags[mention.head] & F.GROUP and p.flags[mention.first - 1] & F.ATTACHING:
        return p.words[mention.head].lower() if p.flags[mention.first - 2] & F.DETERMINER else None
    for k in range(mention.first, mention.group_last + 1):
        if p.flags[k] & (F.ROLE | F.TITLE) and not p.flags[k] & F.GIVEN:
            return p.words[k].lower()
    return None
