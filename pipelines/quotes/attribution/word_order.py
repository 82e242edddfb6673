"""Where the cue of words in marks stands and who is its subject, by the order of words alone, in languages that are read with the weights of another one.

What becomes of the segment and its speaker does not stand here (`borrowed`).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.quotes import flags as F
from pipelines.quotes.attribution.somebody import body_behind, is_name, is_named, is_oblique, is_somebody, named
from pipelines.quotes.text.paragraphs import Paragraph
from pipelines.quotes.types import Clause, Cue, Mention

MARKS = F.COMMA | F.DASH | F.STOP | F.COLON
_SMALL = F.ADVERB | F.AUXILIARY | F.PARTICLE
NEAR = 4  # tokens between a quotation and the cue behind it
_FEW = 2  # words in marks that may be a name: "Die Zeit"
LEAD = 12  # tokens from a cue to the quotation that it leads to


def cue_behind(p: Paragraph, clause: Clause, token: int) -> Cue | None:
    """The cue that follows the segment, with marks and small words between."""
    for cue in clause.cues:
        if cue.first <= token:
            continue
        if cue.follows or cue.first > token + NEAR or not (cue.strong or _is_weak_with_subject(p, clause, cue, token)):
            return None
        between = p.flags[token + 1 : cue.first]
        return cue if all(flag & (MARKS | _SMALL | F.PRONOUN) for flag in between) and not _is_stop(between) else None
    return None


def _is_weak_with_subject(p: Paragraph, clause: Clause, cue: Cue, token: int) -> bool:
    """`„…“, stellte Ada Quill klar`, `„…“, gab sie zu`, `« … », juge-t-elle`: a verb that reports other things too, right behind the marks, and
    somebody by name, or behind a comma he or she, right behind it."""
    if cue.first > token + 2 or cue.last + 1 >= clause.end or not p.flags[cue.last] & F.LOWER:
        return False
    if p.word(cue.last).lower() in p.table.lexicon.file.clauses.impersonal:
        return True
    begin = cue.last + 1
    while begin < clause.end and not p.flags[begin] & F.LETTER and "-" in p.text[p.starts[begin] : p.ends[begin]]:
        begin += 1
    behind = next((m for m in clause.mentions if cue.last < m.first <= begin), None)
    if behind is not None and behind.kind == F.PRON:
        long = len(p.text[p.starts[token] : p.ends[token]].split()) > _FEW
        return long and cue.first == token + 2 and p.word(behind.first).lower() in p.table.lexicon.file.pronouns.forms.third
    return behind is not None and is_named(p, named(p, clause, behind))


def _is_stop(flags: Sequence[int]) -> bool:
    """Whether a sentence ends among the tokens."""
    return any(flag & F.STOP and not flag & F.LETTER for flag in flags[1:])


def cue_before(p: Paragraph, clause: Clause, token: int) -> Cue | None:
    """The last cue before the segment that leads to it."""
    cue = next((c for c in reversed(clause.cues) if c.last < token), None)
    if cue is None or cue.follows or token - cue.last > LEAD or not (cue.strong or p.flags[token - 1] & F.COLON):
        return None
    return None if any(flag & (F.QUOTE | F.STOP) for flag in p.flags[cue.last + 1 : token]) else cue


def opens_clause(p: Paragraph, clause: Clause, cue: Cue) -> bool:
    """Whether the cue opens its clause: "Añadió que", "Потім додає:", "Asked about it, answered:"."""
    flags = p.flags
    k = cue.first - 1
    while k >= clause.first and flags[k] & (F.ADVERB | F.AUXILIARY | F.DAY | F.PARTICLE) and flags[k] & F.LOWER:
        k -= 1
    if k < clause.first:
        return True
    return bool(flags[k] & F.COMMA) and not any(
        (m.kind != F.NOUN or m.first == clause.first) and m.first < k and not is_led(p, m) for m in clause.mentions
    )


def is_led(p: Paragraph, mention: Mention) -> bool:
    """Whether a preposition stands before the mention, or its article is in another case, "dem Rat", so that it is no subject."""
    before = p.flags[mention.first - 1]
    if p.word(mention.first).lower() in p.table.lexicon.file.clauses.oblique:
        return True
    return (bool(before & (F.BOUNDARY | F.ATTACHING)) and not before & F.COMPLEMENTIZER) or bool(mention.attached)


def subject_behind(p: Paragraph, clause: Clause, cue: Cue, token: int) -> Mention | None:
    """Who stands behind the cue up to the next mark; else who stands between the segment and the cue."""
    flags = p.flags
    begin = end = _behind_aside(p, clause, cue)
    while (
        end < clause.end
        and not flags[end] & (F.COMMA | F.STOP | F.DASH | F.COLON)
        and (not flags[end] & F.QUOTE or is_name(p, end))
    ):
        end += 1
    own = [m for m in clause.mentions if begin <= m.first < end and not is_led(p, m)]
    if (
        end > cue.last + 1
        and p.flags[cue.last + 1] & F.UNKNOWN_LOWER
        and p.word(cue.last + 1).endswith(p.table.lexicon.file.endings.gerund)
    ):
        own = []  # «…», dice scuotendo la testa
    datives = p.table.lexicon.file.endings.dative
    own = [m for m in own if m.kind != F.NOUN or not (p.flags[m.last] & F.UNKNOWN_LOWER and p.word(m.last).endswith(datives))]
    body = body_behind(p, cue, end)
    if body is not None and not (own and own[0].first < body.first):
        return body
    if (
        own and own[0].kind == F.NAME and is_oblique(p, own[0])
    ):  # «…», — сказали Алле Роговой; řekla Alle Rogové poslankyně Ada Quill
        own = [m for m in own[1:] if is_named(p, m) and not is_oblique(p, m)][:1]
        if not own:
            return None
    if own:
        return named(p, clause, own[0])
    between = [m for m in clause.mentions if token < m.first and m.last < cue.first]
    if between:
        return between[-1]
    far = [m for m in clause.mentions if cue.last < m.first < end and m.kind == F.NAME]
    chained = [found for m in far if (found := named(p, clause, m)) is not m and not is_led(p, found)]
    return chained[0] if chained else None


def _behind_aside(p: Paragraph, clause: Clause, cue: Cue) -> int:
    """The token behind a cue, or behind a few small words between commas there: "—respondió, molesto, | el concejal"."""
    begin = cue.last + 1
    if begin >= clause.end or not p.flags[begin] & F.COMMA:
        return begin
    closing = next((k for k in range(begin + 2, min(begin + NEAR, clause.end)) if p.flags[k] & F.COMMA), begin)
    aside = p.flags[begin + 1 : closing]
    small = all(flag & F.LOWER and not flag & (F.CUE | F.RELATIVE | F.COMPLEMENTIZER | F.ROLE | F.PRONOUN) for flag in aside)
    return closing + 1 if aside and small else begin


def right_behind(p: Paragraph, clause: Clause, cue: Cue, token: int) -> Mention | None:
    """Who stands right behind a cue that opens its clause."""
    k = cue.last + 1
    while k < token and p.flags[k] & _SMALL and not p.flags[k] & F.DETERMINER:
        k += 1
    found = next((m for m in clause.mentions if m.first == k), None)
    return None if found is None else named(p, clause, found)


def inverted_subject(p: Paragraph, clause: Clause, cue: Cue, token: int) -> Mention | None:
    """`Am Montag sagte die Kanzlerin: "…"`: who stands right behind a cue that has no subject before it in its part of the sentence."""
    start = cue.first
    while start > clause.first and not p.flags[start - 1] & (F.COMMA | F.DASH | F.COLON | F.QUOTE):
        start -= 1
    behind = right_behind(p, clause, cue, token)
    if behind is not None and is_infinitive(p, behind):
        behind = None
    ahead = [m for m in clause.mentions if start <= m.first and m.last < cue.first and not is_led(p, m)]
    if not ahead or behind is None:
        return behind
    if behind.kind == F.PRON and ahead[-1].kind != F.PRON and ahead[0].first == clause.first:
        return behind
    return behind if is_somebody(p, behind) and not any(is_somebody(p, m) for m in ahead) else None


def main_subject(p: Paragraph, clause: Clause, cue: Cue) -> Mention | None:
    """Of a participle, "…, adding", the first mention that no preposition leads in."""
    found = next((m for m in clause.mentions if m.last < cue.first and not is_led(p, m)), None)
    return None if found is None else named(p, clause, found)


def is_infinitive(p: Paragraph, mention: Mention) -> bool:
    """`dijo | sentirse "abrumada"`: a word of no list without an article, of which the ending is an infinitive's."""
    alone = mention.first == mention.last and p.flags[mention.last] & F.UNKNOWN_LOWER
    return bool(alone) and p.word(mention.last).endswith(p.table.lexicon.file.endings.infinitive)
