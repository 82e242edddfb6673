"""What grammar says against the ranker's choice of a speaker: whose clause it is, who only passes it on, who says nothing at all."""

from __future__ import annotations

from pipelines.quotes import flags as F
from pipelines.quotes.attribution.reported import Reporter
from pipelines.quotes.attribution.reporters import reporter_of
from pipelines.quotes.attribution.sentence import SPEAKING, Sentence
from pipelines.quotes.kernels.columns import Inside
from pipelines.quotes.kernels.order import AFTER_ACCORDING, BEFORE_ACCORDING, BEFORE_SUBJECT_CUE
from pipelines.quotes.lexicon import IT, Lexicon
from pipelines.quotes.text.paragraphs import Paragraph
from pipelines.quotes.text.segments import RULED, Unit
from pipelines.quotes.text.table import clause_of
from pipelines.quotes.types import Clause, Cue, Mention

# Share of PolNeAR's training part, publishers left out, where naming nobody is right: no mention likely enough, or grammar against it.
NOBODY_LIKELY = 0.15
NOBODY_SPEAKS = 0.45
_FEW = 2  # words that need a cue to be somebody's
_CREDIT_BEFORE = 2  # tokens before a name in which "photo" and a colon stand
_NEAR = 6  # tokens from a verb to the words that are its object
_MEDIUM = 6  # words of "by" and who quotes
_BEHIND_PARTICIPLE = 3  # tokens in which "quoted as saying" goes on
_NO_VERB = F.BOUNDARY | F.AUXILIARY | F.ADVERB | F.PRONOUN | F.DETERMINER


def subject_before(p: Paragraph, token: int, mention: Mention) -> Mention:
    """Who speaks before the segment: of the clause in which the marks stand the subject, where that clause has one of its own."""
    clause = clause_of(p, token)
    near = next((c for c in reversed(clause.cues) if c.last < token), None)
    if near is None or near.first - 2 <= mention.group_last:
        return mention
    return _relative_subject(p, token, clause, near) or _own_it(p, token, clause, near, mention) or mention


def _relative_subject(p: Paragraph, token: int, clause: Clause, near: Cue) -> Mention | None:
    """`…, denying reports that spoke of "…"`: of the last cue before the segment, a "that" clause, the subject is what "that" stands for."""
    if token - near.last > 3 or not p.flags[near.first - 1] & (F.COMPLEMENTIZER | F.RELATIVE):
        return None
    return next((m for m in reversed(clause.mentions) if m.group_last == near.first - 2 and m.kind == F.NOUN), None)


def _own_it(p: Paragraph, token: int, clause: Clause, near: Cue, mention: Mention) -> Mention | None:
    """`She tore the letter up, since it thanks her for "…"`: the subject "it" of a clause with a subordinator or conjunction of its own."""
    flags = p.flags
    subject = near.first - 1
    opener = flags[subject - 1]
    if flags[subject] >> F.FORM_SHIFT & 7 != IT or token - near.last > _NEAR or near.follows:
        return None
    if not opener & (F.BOUNDARY | F.RELATIVE | F.NOT_NAME) or opener & (F.COMPLEMENTIZER | F.CUE):
        return None
    if any(flags[k] & (F.QUOTE | F.STOP) for k in range(mention.first, token)):
        return None
    return next((m for m in clause.mentions if m.first == subject), None)


def signed(unit: Unit) -> None:
    """`“…”`, and on the line below `— Ada Quill, mayor`: the name behind the dash is the speaker."""
    p = unit.below
    if p is None:
        return
    k = p.first
    while k < p.end and p.flags[k] & F.DASH:
        k += 1
    clause = clause_of(p, p.first)
    mention = next((m for m in clause.mentions if m.first == k and m.kind == F.NAME), None)
    if mention is not None and not clause.cues and p.sentence_of[p.end - 1] == p.sentence_of[p.first]:
        unit.where, unit.mention, unit.continues, unit.is_speaker = p, mention, False, max(unit.is_speaker, RULED)


def signed_on_line(unit: Unit) -> None:
    """`Line of the day: “…” — Ada Quill, mayor`: the name behind the dash that closes the paragraph is the speaker, and not what stands before."""
    p, k = unit.p, unit.token + 1
    behind_colon = unit.token > p.first and p.flags[unit.token - 1] & F.COLON
    if not behind_colon or k >= p.end or not p.flags[k] & F.DASH or not unit.segment.closed:
        return
    while k < p.end and p.flags[k] & F.DASH:
        k += 1
    clause = clause_of(p, min(k, p.end - 1))
    mention = next((m for m in clause.mentions if m.first == k and m.kind == F.NAME), None)
    if mention is not None and not any(p.flags[j] & (F.CUE | F.AUXILIARY | F.QUOTE) for j in range(k, p.end)):
        unit.where, unit.mention, unit.continues, unit.is_speaker = p, mention, False, max(unit.is_speaker, RULED)


def labelled(unit: Unit) -> None:
    """`Ada Quill, Halmar University: “…”`: in front of a colon the somebody with whom the sentence begins, and not where they belong."""
    p, k = unit.p, unit.token - 1
    if unit.mention is None or unit.where is not p or k <= p.first or not p.flags[k] & F.COLON:
        return
    clause = clause_of(p, k)
    if _label_behind_heading(unit, clause, k):
        return
    name = next((m for m in clause.mentions if m.first == clause.first and m.kind == F.NAME), None)
    if name is None or not name.last < unit.mention.first < k or not p.flags[name.last + 1] & F.COMMA:
        return
    given = F.GIVEN | F.CAPITAL
    somebody = any(p.flags[j] & given == given for j in range(name.first, name.last)) and not p.flags[name.last] & F.POSSESSIVE
    if somebody and not any(p.flags[j] & (F.CUE | F.AUXILIARY | F.QUOTE) for j in range(name.last + 1, k)):
        unit.mention, unit.is_speaker = name, max(unit.is_speaker, RULED)


def _label_behind_heading(unit: Unit, clause: Clause, colon: int) -> bool:
    """`What they said: coach Ada Quill (Halmar): “…”`: gives the unit the person whose name stands between two colons, with or without brackets."""
    p = unit.p
    heading = next((k for k in range(colon - 1, clause.first, -1) if p.flags[k] & (F.COLON | F.QUOTE | F.STOP)), -1)
    if heading < 0 or not p.flags[heading] & F.COLON:
        return False
    name = next((m for m in clause.mentions if m.first == heading + 1 and m.kind == F.NAME and m.last > m.first), None)
    if name is None or any(p.flags[k] & (F.CUE | F.AUXILIARY) and p.flags[k] & F.LOWER for k in range(heading + 1, colon)):
        return False
    behind = p.flags[name.group_last + 1]
    known = any(p.flags[k] & (F.GIVEN | F.TITLE | F.ROLE) for k in range(name.first, name.last))
    if not known or not behind & (F.COLON | F.PAREN | F.COMMA):
        return False
    unit.mention, unit.is_speaker = name, max(unit.is_speaker, RULED)
    return True


def credited(unit: Unit, lexicon: Lexicon) -> None:
    """`(Photo: Ketty Press)`, and a quotation in the next paragraph: who made the picture says nothing."""
    p, mention = unit.where, unit.mention
    if p is None or mention is None or unit.continues or not unit.alone:
        return
    before = range(max(p.first, mention.first - _CREDIT_BEFORE), mention.first)
    lead = [p.word(k).lower() for k in before if p.flags[k] & F.LETTER]
    marked = bool(before) and bool(p.flags[mention.first - 1] & (F.COLON | F.BOUNDARY))
    if marked and lead and lead[-1] in lexicon.names.kinds.credits:
        unit.mention, unit.cue, unit.is_speaker = None, None, NOBODY_LIKELY


def according_to(unit: Unit) -> None:
    """`"…," per the bylaws`, `According to the bylaws, members "…"`: who follows such a cue is the speaker, whatever ranks higher."""
    rule = unit.rule
    behind = rule.pattern == AFTER_ACCORDING and rule.cue_first <= unit.token + 2
    if not behind and not _opens_with_according(unit):
        return
    if unit.where is not unit.p or unit.mention is None or rule.mention is None or unit.mention.first != rule.mention.first:
        unit.is_speaker = max(unit.is_speaker, RULED)
    unit.where, unit.mention, unit.continues = unit.p, rule.mention, False


def beside_cue(unit: Unit, lexicon: Lexicon) -> None:
    """`Responding to charges about the levy, Renn said, "…"`: whose verb of saying touches the marks is the speaker, whatever ranks higher."""
    if unit.alone or unit.mention is None or unit.where is not unit.p or unit.continues or not lexicon.reports.openers:
        return
    p, token = unit.p, unit.token
    clause = clause_of(p, token)
    cue = (
        _touching_before(p, token, clause, lexicon)
        or _touching_behind(p, token, clause, lexicon)
        or _behind_other_quote(p, token, clause, unit.mention)
    )
    behind_thing = _behind_thing(p, token, clause, unit.mention) if cue is None else None
    cue = cue or behind_thing
    if cue is None or unit.mention.group_last == cue.first - 1 or unit.mention.first == cue.last + 1:
        return
    found = reporter_of(Sentence(p, p.sentence_of[token]), cue)
    if found is None or found[0].first == unit.mention.first or p.flags[found[0].first] & (F.RELATIVE | F.COMPLEMENTIZER):
        return
    if found[0].kind == F.NOUN if behind_thing else found[1] is not Reporter.BESIDE:
        return
    unit.mention = found[0]
    unit.is_speaker = max(unit.is_speaker, RULED)


def _touching_before(p: Paragraph, token: int, clause: Clause, lexicon: Lexicon) -> Cue | None:
    """`said, "…"`, `said that "…"`: the verb of saying right before the segment."""
    k = token - 1
    while k >= clause.first and p.flags[k] & (F.COMMA | F.COLON | F.COMPLEMENTIZER):
        k -= 1
    reports = lexicon.reports
    verbs = reports.plain
    if p.flags[token - 1] & F.COLON and (not p.flags[k] & F.ENDS_ING or p.flags[k - 1] & F.COMMA):
        verbs = reports.verbs - reports.nouns  # "told the jury that the accused replied: “…”"
    return next((c for c in clause.cues if c.last == k and not c.follows and p.word(k).lower() in verbs), None)


def _touching_behind(p: Paragraph, token: int, clause: Clause, lexicon: Lexicon) -> Cue | None:
    """`"…," the mayor said`: the verb of saying in the clause that begins behind the segment."""
    cue = next((c for c in clause.cues if c.first > token), None)
    if cue is None or cue.follows or p.word(cue.last).lower() not in lexicon.reports.plain:
        return None
    start = token + 1
    while start < cue.first and p.flags[start] & F.COMMA:
        start += 1
    begins = any(m.first == start and m.group_last == cue.first - 1 for m in clause.mentions)
    return cue if begins else None


def _behind_other_quote(p: Paragraph, token: int, clause: Clause, mention: Mention) -> Cue | None:
    """`Renn called it "late", Quill branded it a "ruin"`: the last verb before the segment, where another quotation parts it from the mention."""
    cue = next((c for c in reversed(clause.cues) if c.last < token), None)
    if cue is None or cue.follows or any(p.flags[k] & F.QUOTE for k in range(cue.last + 1, token)):
        return None
    parted = mention.group_last < cue.first and any(p.flags[k] & F.QUOTE for k in range(mention.group_last + 1, cue.first))
    return cue if parted else None


def _behind_thing(p: Paragraph, token: int, clause: Clause, mention: Mention) -> Cue | None:
    """`Renn stands by the row of tweets in which he called it "late"`: the last verb before the segment, where the mention says nothing itself."""
    cue = next((c for c in reversed(clause.cues) if c.last < token), None)
    if mention.kind != F.NOUN or p.flags[mention.head] & SPEAKING or cue is None or cue.follows:
        return None
    return cue if mention.group_last < cue.first and not any(p.flags[k] & F.QUOTE for k in range(cue.last + 1, token)) else None


def _opens_with_according(unit: Unit) -> bool:
    """Whether the sentence opens with such a cue, and nobody else is said to say something."""
    p, rule = unit.p, unit.rule
    clause = clause_of(p, unit.token)
    if rule.pattern != BEFORE_ACCORDING or rule.cue_first != clause.first:
        return False
    return not any(c.strong and rule.cue_last < c.first for c in clause.cues)


def first_speaker(p: Paragraph, token: int, mention: Mention) -> Mention:
    """`"…," Grayson said, according to Frankel`: the one who said it, and not the one who tells of it."""
    clause = clause_of(p, token)
    told = next((c for c in clause.cues if c.follows and token < c.last < mention.first <= c.last + 3), None)
    if told is None:
        return mention
    said = next((c for c in clause.cues if token < c.first < told.first and c.strong and not c.follows), None)
    if said is None:
        return mention
    beside = (m for m in clause.mentions if m.first > token and (m.group_last == said.first - 1 or m.first == said.last + 1))
    return next(beside, mention)


def by_cue(unit: Unit, lexicon: Lexicon) -> None:
    """What the cue shows once it is known: that the mention is spoken to or of, or that nobody speaks."""
    p, mention = unit.where, unit.mention
    if p is None or mention is None or unit.continues:
        return
    if unit.cue is None:
        unit.cue = (
            (unit.account if p is unit.p else None)
            or _tag_verb(unit, p, mention, lexicon)
            or _verb_of_no_list(unit, p, mention, lexicon)
        )
    if unit.cue is None:
        if unit.inside[Inside.WORDS] <= _FEW and not unit.alone:
            unit.mention, unit.is_speaker = None, NOBODY_LIKELY  # one or two words, and nothing says that somebody said them
    elif (
        _says_nothing(p, mention, lexicon)
        or p.word(unit.cue[1]).lower() in lexicon.file.cues.receiving
        or _keeps_silent(unit, p, unit.cue, lexicon)
        or _is_not_said(p, unit.cue, lexicon)
        or (_is_hedged(unit, lexicon) and not _says_there(unit, p, unit.cue))
    ):
        unit.mention, unit.cue, unit.is_speaker = None, None, NOBODY_SPEAKS
    elif p is unit.p and _is_passive(p, mention, unit.cue, lexicon) and (unit.cue[1] < unit.token or mention.first > unit.token):
        agent = _agent(p, unit, lexicon)
        if agent is not None:
            unit.mention = agent
        elif not p.flags[mention.head] & (F.DOCUMENT | F.MEDIUM):
            unit.mention, unit.cue, unit.is_speaker = None, None, NOBODY_SPEAKS


def _verb_of_no_list(unit: Unit, p: Paragraph, mention: Mention, lexicon: Lexicon) -> tuple[int, int] | None:
    """`« On verra », bougonne Luc Ferrand`: the one word of no list between words in marks and their speaker."""
    if not lexicon.file.follows or p is not unit.p or mention.first <= unit.token:
        return None
    between = range(unit.token + 1, mention.first)
    verbs = [k for k in between if p.flags[k] & F.UNKNOWN_LOWER]
    small = all(p.flags[k] & (F.UNKNOWN_LOWER | F.PUNCTUATION | F.ADVERB | F.AUXILIARY | F.PRONOUN) for k in between)
    return (verbs[0], verbs[0]) if small and len(verbs) == 1 else None


def _tag_verb(unit: Unit, p: Paragraph, mention: Mention, lexicon: Lexicon) -> tuple[int, int] | None:
    """`"…," she shares.`: whatever verb closes the sentence behind the quotation and its speaker says that they speak."""
    k = mention.group_last + 1
    if p is not unit.p or mention.first <= unit.token or k >= p.sentence_at(unit.token)[1]:
        return None
    flag = p.flags[k]
    is_verb = flag & F.ENDS_ED or lexicon.is_third_person(p.word(k))
    if not is_verb or not flag & F.LOWER or flag & _NO_VERB:
        return None
    return (k, k) if all(p.flags[j] & F.COMMA for j in range(unit.token + 1, mention.first)) else None


def _says_nothing(p: Paragraph, mention: Mention, lexicon: Lexicon) -> bool:
    """`Neither of them mentioned "…"`."""
    return p.word(mention.first).lower() in lexicon.negative


def _keeps_silent(unit: Unit, p: Paragraph, cue: tuple[int, int], lexicon: Lexicon) -> bool:
    """`Renn declined to comment on the "rumours"`: but `declined to comment, calling it "late"`."""
    reports, k = lexicon.reports, cue[1] + 1
    if p is not unit.p or k >= unit.token or p.word(k).lower() not in reports.infinitive:
        return False
    return p.word(cue[1]).lower() in reports.silences and not any(p.flags[j] & F.PUNCTUATION for j in range(k, unit.token))


def _is_not_said(p: Paragraph, cue: tuple[int, int], lexicon: Lexicon) -> bool:
    """`Renn never said "…"`."""
    reports, before = lexicon.reports, range(max(p.first, cue[0] - 1), cue[1])  # "did not say"
    return p.word(cue[1]).lower() in reports.plain and any(p.word(k).lower() in reports.negations for k in before)


def _is_hedged(unit: Unit, lexicon: Lexicon) -> bool:
    """`a so-called "…"`: a name that somebody else gave it."""
    return unit.token > unit.p.first and unit.p.word(unit.token - 1).lower() in lexicon.hedges


def _says_there(unit: Unit, p: Paragraph, cue: tuple[int, int]) -> bool:
    """Whether a verb that hardly does anything but report stands in the sentence of the words in marks."""
    return bool(p.flags[cue[1]] & F.STRONG_CUE) and p is unit.p and p.sentence_of[cue[1]] == p.sentence_of[unit.token]


def _is_passive(p: Paragraph, mention: Mention, cue: tuple[int, int], lexicon: Lexicon) -> bool:
    """`She is thought of as "…"`, `He was asked: "…"`: the subject is not who speaks, but for `was quoted as saying`."""
    first, last = cue
    word = p.word(last).lower()
    if mention.last > first:
        return False
    if lexicon.file.clauses.oblique:
        return word in lexicon.participles and _is_behind_passive(p, last, lexicon)
    if word in lexicon.feelings or not (p.flags[last] & F.ENDS_ED or word in lexicon.participles):
        return False
    if not any(p.word(k).lower() in lexicon.passive for k in range(first, last)):
        return False
    by = last + 1 < len(p.flags) and p.word(last + 1).lower() in lexicon.agents
    reach = last + 1 + _BEHIND_PARTICIPLE + by * _MEDIUM  # "was quoted by the Tarv news agency as saying"
    return not any(flag & F.CUE and flag & F.ENDS_ING for flag in p.flags[last + 1 : reach])


def _is_behind_passive(p: Paragraph, last: int, lexicon: Lexicon) -> bool:
    """`„…“, wurde Ada Quill am Schalter gesagt`: whether the verb of a passive stands before a participle, in its part of the sentence."""
    k = last - 1
    while k > p.first and not p.flags[k] & (F.COMMA | F.DASH | F.COLON | F.QUOTE | F.STOP):
        if p.word(k).lower() in lexicon.passive:
            return True
        k -= 1
    return False


def _agent(p: Paragraph, unit: Unit, lexicon: Lexicon) -> Mention | None:
    """`was asked by the host: "…"`, `has been called "…" by critics`: who follows "by"."""
    assert unit.cue is not None
    clause = clause_of(p, unit.token)
    behind = [k + 2 for k in (unit.cue[1], unit.token) if k + 2 < clause.end and p.word(k + 1).lower() in lexicon.agents]
    return next((m for m in clause.mentions if m.first in behind and m.kind != F.PRON), None)


def names_no_reporter(p: Paragraph, mention: Mention, cue: tuple[int, int], lexicon: Lexicon) -> bool:
    """`Asked whether he would stay, Renn said`, `The driver was told to wait`: who asks or tells is not said."""
    first = p.sentence_at(cue[0])[0]
    asked = cue[1] == first and mention.first > first and p.flags[first] & F.CAPITAL and p.flags[first] & F.ENDS_ED
    return bool(asked) or _is_passive(p, mention, cue, lexicon)


def has_lower_case_object(unit: Unit) -> bool:
    """`The firm expects "a slow spring"`: a subject, its reporting verb and right behind it words that open no title."""
    rule, segment = unit.rule, unit.segment
    if unit.mention is None or rule.pattern != BEFORE_SUBJECT_CUE or rule.cue_last != unit.token - 1:
        return False
    return segment.closed and unit.p.text[segment.inner_start].islower()
