"""What word order says of a speaker in languages that are read with the weights of another one: subjects behind their verb, names at the end of a
long role, subjects left out.

Where cue and subject stand in a clause does not stand here (`word_order`), nor reported clauses (`clauses`), nor what holds in every language
(`grammar`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipelines.quotes import flags as F
from pipelines.quotes.attribution.clause_subjects import SentenceSubjects
from pipelines.quotes.attribution.clause_words import Words, words_of
from pipelines.quotes.attribution.clauses import Sentence
from pipelines.quotes.attribution.somebody import (
    PERSON,
    belongs_to_led,
    is_named,
    is_somebody,
    named,
)
from pipelines.quotes.attribution.verb_forms import closed_by_participle
from pipelines.quotes.attribution.word_order import (
    LEAD,
    MARKS,
    NEAR,
    cue_before,
    cue_behind,
    inverted_subject,
    is_led,
    main_subject,
    opens_clause,
    right_behind,
    subject_behind,
)
from pipelines.quotes.codes import CODE_OF_FUNCTION
from pipelines.quotes.kernels.columns import Inside
from pipelines.quotes.kernels.order import AFTER_ACCORDING
from pipelines.quotes.lexicon import Lexicon
from pipelines.quotes.text.paragraphs import Paragraph
from pipelines.quotes.text.segments import RULED, Unit
from pipelines.quotes.text.table import clause_of
from pipelines.quotes.types import Clause, Cue, Mention

FOLLOWED = 0.93  # factor of the confidence of words in marks, read with the weights of another language
NO_CUE = 0.85  # factor where a verb of no list leads from the words in marks to their speaker
NAMED_ALONE = 0.8  # how sure a speaker is whose name is the only one before a colon
LEFT_OUT = 0.7  # how sure a speaker is whom no word names
_FEW, _SURELY_SPEECH = 2, 5  # words in a reported clause that are somebody's: with a small letter, with any
_SENTENCES_BACK = 4
_NEXT_PARAGRAPH = 3  # a unit's distance
_LONGEST_NAME = 5  # words
_LONGEST_TITLE = 6  # words


def settle(unit: Unit, lexicon: Lexicon) -> None:
    """Corrects the mention that the ranker chose where the cue that touches the segment has a subject of its own, or none at all."""
    unit.certainty = FOLLOWED
    carried = unit.continues and unit.where is not unit.p
    if not unit.alone and (not carried or _is_attributed_behind(unit)):
        _by_order(unit, lexicon)
    if not unit.alone and not unit.p.flags[unit.token - 1] & F.COLON:
        _by_clause(unit, lexicon)
    if unit.mention is not None and unit.where is not None and not unit.continues:
        clause = clause_of(unit.where, unit.mention.first)
        unit.mention = named(unit.where, clause, unit.mention)


def _is_attributed_behind(unit: Unit) -> bool:
    clause = clause_of(unit.p, unit.token)
    return cue_behind(unit.p, clause, unit.token) is not None or _behind_verb_of_no_list(unit, clause) is not None


def _by_clause(unit: Unit, lexicon: Lexicon) -> None:
    """Words in marks within a reported clause are those of who reports it."""
    p, clause = unit.p, clause_of(unit.p, unit.token)
    inside = [
        clue
        for clue in Sentence(p, clause, words_of(lexicon)).reports(marked=True)
        if clue.cue is not None and clue.first <= unit.token <= clue.last and clue.mention is not None
    ]
    if not inside:
        return
    clue = max(inside, key=lambda clue: (clue.certainty, clue.first))
    words = unit.inside[Inside.WORDS]
    if words >= _SURELY_SPEECH or (words >= _FEW and p.text[unit.segment.inner_start].islower()):
        unit.is_quote = max(unit.is_quote, RULED)
    if (
        unit.where is not p
        or unit.mention is None
        or not is_somebody(p, unit.mention)
        or is_led(p, unit.mention)
        or clue.first <= unit.mention.first
    ):
        unit.where, unit.mention, unit.continues = p, clue.mention, False
    if clue.cue is not None and unit.mention == clue.mention:
        unit.account = (clue.cue.first, clue.cue.last)


def share_runs(units: Sequence[Unit], lexicon: Lexicon) -> None:
    """Gives a quotation that goes on in the next paragraph the speaker named there, where its own paragraph names none."""
    for unit, behind in pairwise(units):
        if unit.segment.closed or not behind.alone or behind.distance != _NEXT_PARAGRAPH or unit.mention is None:
            continue
        if lexicon.file.follows and behind.mention is None and behind.segment.start < behind.segment.inner_start:
            behind.is_quote, behind.is_speaker = max(unit.is_quote, behind.is_quote), unit.is_speaker
            behind.where, behind.mention, behind.cue, behind.continues = unit.where, unit.mention, unit.cue, True
    for unit, behind in zip(reversed(units[:-1]), reversed(units[1:]), strict=True):
        if unit.segment.closed or not unit.alone or behind.distance != _NEXT_PARAGRAPH:
            continue
        opens_again = behind.segment.start < behind.segment.inner_start
        if not lexicon.file.follows and opens_again and unit.mention is not None:
            continue  # weights of its own know of paragraphs that all begin with a mark
        unit.is_quote = max(unit.is_quote, behind.is_quote)
        own = unit.mention is not None and unit.where is not None and (unit.where is unit.p or is_named(unit.where, unit.mention))
        if own or behind.continues or (behind.mention is None and behind.left_out is None):
            continue
        unit.where, unit.mention, unit.cue, unit.left_out = behind.where, behind.mention, behind.cue, behind.left_out
        unit.is_speaker, unit.continues = behind.is_speaker, False


def read_second_halves(units: Sequence[Unit]) -> None:
    """`« Nous irons », promet Ada Quill, « jusqu'au bout »`: words in marks behind an attribution and a comma go on with those before it; so does
    speech behind a dash."""
    for before, unit in pairwise(units):
        if before.p is not unit.p or before.mention is None or before.where is not unit.p or before.cue is None:
            continue
        if unit.left_out is not None:
            continue  # `— Ada fell, — said Quill. Then Marlow came. — Call somebody, — orders.`: a cue of its own
        p = unit.p
        inside = before.token < before.cue[0] and before.mention.last < unit.token and before.token < before.mention.first
        same = p.sentence_of[before.token] == p.sentence_of[unit.token]
        half = same and p.flags[unit.token - 1] & (F.COMMA | F.DASH) and p.text[unit.segment.inner_start].islower()
        dashed = unit.segment.start == unit.segment.inner_start  # `— Ada fell, — said Quill. — Badly.`
        if inside and (half or dashed):
            unit.is_quote = max(unit.is_quote, before.is_quote)
            if unit.mention is None:
                unit.where, unit.mention, unit.continues, unit.is_speaker = p, before.mention, True, before.is_speaker


def names_something(unit: Unit, lexicon: Lexicon) -> bool:
    """`the paper «Evening Shore»`, `der Roman „Salz“`: a few words with a capital next to a noun for what has a name."""
    p, segment = unit.p, unit.segment
    before_names = lexicon.file.marks.before_names
    if not before_names or unit.inside[Inside.WORDS] > _LONGEST_TITLE:
        return False
    if not p.text[segment.inner_start].isupper() or p.text[segment.inner_end - 1] in ".,!?…":
        return False
    if _is_subject(unit, lexicon):
        return True
    next_to = unit.token + 1 if lexicon.file.marks.before_verbs else unit.token - 1  # “Yeni Gün” gazetesi
    if not p.first <= next_to < p.end:
        return False
    word = p.word(next_to).lower()
    return word.startswith(before_names) or (bool(lexicon.person_endings) and word.endswith(before_names))


def _is_subject(unit: Unit, lexicon: Lexicon) -> bool:
    """`„Bild“ berichtete`, and where nouns have capitals `berichtete „Bild“` and `laut „Bild“`: a name that speaks."""
    p, token = unit.p, unit.token
    if unit.inside[Inside.WORDS] > _LONGEST_NAME or token + 1 >= p.sentence_at(token)[1]:
        return False
    if lexicon.file.marks.before_verbs and not p.text[unit.segment.inner_start : unit.segment.inner_end].istitle():
        return False
    behind, before = p.flags[token + 1], p.flags[token - 1] if token > p.first else 0
    if behind & F.STRONG_CUE and behind & F.LOWER and not before & (F.COLON | F.COMMA):
        clause = clause_of(p, token)
        cue = next((c for c in clause.cues if c.first == token + 1), None)
        subject = None if cue is None else right_behind(p, clause, cue, clause.end)
        return subject is None or not is_somebody(p, subject)  # `"Das ist teuer" sagte Hartmann` lacks a comma
    k = token - 1
    while k > p.first and p.flags[k] & (F.DETERMINER | F.MEDIUM | F.ORGANISATION) and k > token - NEAR:
        k -= 1
    if token > p.first and p.flags[k] >> F.CODE_SHIFT & 63 == CODE_OF_FUNCTION["manner"] and _cue_near(p, token):
        return True  # `Wie die „Bild“ heute berichtete`
    speaks = before & F.STRONG_CUE or any(c.follows and c.last == token - 1 for c in clause_of(p, token).cues)
    return bool(lexicon.person_endings and speaks)


def _cue_near(p: Paragraph, token: int) -> bool:
    """Whether a strong cue stands behind the token, before the next mark."""
    for k in range(token + 1, min(token + 1 + LEAD, p.sentence_at(token)[1])):
        if p.flags[k] & (MARKS | F.QUOTE):
            return False
        if p.flags[k] & F.STRONG_CUE:
            return True
    return False


def _by_order(unit: Unit, lexicon: Lexicon) -> None:
    p, clause = unit.p, clause_of(unit.p, unit.token)
    if unit.rule.pattern == AFTER_ACCORDING and unit.rule.cue_first <= unit.token + 2:
        unit.is_quote = max(unit.is_quote, RULED)  # `"…", so Hartmann`
        return
    cue = cue_behind(p, clause, unit.token)
    if cue is not None:
        if p.word(cue.last).lower() in lexicon.file.clauses.impersonal:
            _take(unit, p, _source_behind(p, clause, cue, lexicon), cue, lexicon)
        else:
            subject = subject_behind(p, clause, cue, unit.token)
            if subject is None and unit.token > clause.first and p.flags[unit.token - 1] & F.COLON:
                subject = _before_colon(unit, clause)  # `Il parere di Ada Quill: «No», dice`
            if subject is None and lexicon.file.marks.before_verbs:  # Elif Harman, “Köprü kapalı” dedi
                subject = next((m for m in clause.mentions if m.last < unit.token and is_somebody(p, m)), None)
            _take(unit, p, subject, cue, lexicon)
        return
    closing = closed_by_participle(p, clause, unit.token, lexicon)
    if closing is not None:
        _take(unit, p, closing[0], closing[1], lexicon)
        return
    person = _behind_verb_of_no_list(unit, clause)
    if person is not None:
        unit.where, unit.mention, unit.continues = p, person, False
        unit.is_speaker, unit.is_quote = max(unit.is_speaker, RULED), max(unit.is_quote, RULED)
        unit.certainty *= NO_CUE
        return
    cue = cue_before(p, clause, unit.token)
    if cue is None:
        viewer = _viewer(p, clause, unit.token, lexicon)
        source = viewer or _source_of(unit, clause, lexicon) or _before_colon(unit, clause)
        if source is not None:
            unit.where, unit.mention, unit.continues = p, source, False
            if viewer is not None and p.text[unit.segment.inner_start].islower():
                unit.account = (clause.first, clause.first)  # `Pour Ada Quill, c'est « une honte »`
                unit.is_quote = max(unit.is_quote, RULED)
            if unit.token + 1 >= clause.end - 1 and p.flags[unit.token - 1] & F.COLON and is_named(p, source):
                unit.is_quote = max(unit.is_quote, RULED)  # `Ada Quill, capitaine : « Non »`
                if source == _only_name(p, clause, unit.token):
                    unit.is_speaker, unit.account = max(unit.is_speaker, NAMED_ALONE), (unit.token - 1, unit.token - 1)
    elif p.flags[cue.last] & F.ENDS_ING:
        subject = main_subject(p, clause, cue)
        if subject is not None:
            _take(unit, p, subject, cue, lexicon)
    elif opens_clause(p, clause, cue):
        _take(unit, p, right_behind(p, clause, cue, unit.token), cue, lexicon)
    elif (subject := inverted_subject(p, clause, cue, unit.token)) is not None:
        _take(unit, p, subject, cue, lexicon)
    elif (
        unit.where is p
        and unit.mention is not None
        and (not is_somebody(p, unit.mention) or is_led(p, unit.mention) or belongs_to_led(p, clause, unit.mention))
    ):
        subject = SentenceSubjects(p, clause, words_of(lexicon)).subject(cue, unit.token)
        if subject is not None and is_somebody(p, subject):
            _take(unit, p, subject, cue, lexicon)


def _behind_verb_of_no_list(unit: Unit, clause: Clause) -> Mention | None:
    """`« On verra bien », bougonne Luc Ferrand`: a sentence in marks opens the sentence, and a few small words, of which one is of no list, lead
    to somebody's name."""
    p, flags = unit.p, unit.p.flags
    if unit.token != clause.first or unit.inside[Inside.WORDS] < _FEW or unit.inside[Inside.ALL_CAPITALS]:
        return None
    first = unit.token + 1
    while first < clause.end and flags[first] & MARKS:
        first += 1
    if first == unit.token + 1 and p.text[unit.segment.inner_end - 1] not in ",.!?…":
        return None
    pronoun = next((m for m in clause.mentions if m.first > first), None)
    if pronoun is not None and pronoun.kind == F.PRON and _is_inverted_verb(p, first, pronoun):
        return pronoun
    mention = next((m for m in clause.mentions if m.first > first and m.kind == F.NAME), None)
    if mention is None or mention.first > first + NEAR or is_led(p, mention):
        return None
    verb = flags[first : mention.first]
    if p.table.lexicon.person_endings and not flags[mention.first] & (PERSON | F.GIVEN):
        return None  # nouns have capitals too
    if not any(flag & F.UNKNOWN_LOWER for flag in verb) or not all(flag & F.LOWER and flag & F.LETTER for flag in verb):
        return None
    known = any(flags[k] & (PERSON | F.GIVEN) for k in range(mention.first, mention.last + 1))
    return mention if known or is_named(p, mention) else None


def _is_inverted_verb(p: Paragraph, first: int, pronoun: Mention) -> bool:
    """`bougonne-t-il`: whether a hyphen ties the pronoun to a word of no list near `first`."""
    verb = pronoun.first - 1
    while verb > first and not p.flags[verb] & F.LETTER:
        verb -= 1
    tied = "-" in p.text[p.ends[verb] : p.starts[pronoun.first]]
    return tied and verb <= first + 2 and bool(p.flags[verb] & F.UNKNOWN_LOWER)


def _viewer(p: Paragraph, clause: Clause, token: int, lexicon: Lexicon) -> Mention | None:
    """`For the economist Ada Quill, "the problem lies elsewhere"`: a person right behind a word that opens the sentence."""
    if p.word(clause.first).lower() not in lexicon.file.clauses.views or any(c.first < token for c in clause.cues if c.strong):
        return None
    first = next((m for m in clause.mentions if clause.first < m.first <= clause.first + 2 and m.last < token), None)
    if first is None:
        return None
    person = named(p, clause, first)
    return person if is_named(p, person) else None


def _source_of(unit: Unit, clause: Clause, lexicon: Lexicon) -> Mention | None:
    """`Nach Meinung der Politikerin ist das "ein Eingriff"`; `Die Brücke sei "marode"` behind a sentence in which somebody said something."""
    words = words_of(lexicon)
    sentence = Sentence(unit.p, clause, words)
    for clue in sentence.sources.sayings():
        if clue.first <= unit.token <= clue.last:
            return clue.mention
    if sentence.is_surely_subjunctive() and not any(c.strong for c in clause.cues):
        return _reporter_before(unit.p, clause, words)
    return None


def _reporter_before(p: Paragraph, clause: Clause, words: Words) -> Mention | None:
    """Who said something last in the sentences of the paragraph before."""
    table = p.table
    number = p.sentence_of[clause.first]
    for sentence in range(number - 1, max(p.first_sentence, number - 1 - _SENTENCES_BACK) - 1, -1):
        before = table.clause(sentence)
        for cue in reversed(before.cues):
            if cue.strong and not cue.follows:
                return SentenceSubjects(p, before, words).subject(cue, before.end)
            if cue.follows:
                return next((m for m in before.mentions if cue.last < m.first <= cue.last + 2), None)
    return None


def _before_colon(unit: Unit, clause: Clause) -> Mention | None:
    """`In der ARD zeigt sich der Trainer zufrieden: "…"`: somebody whom no preposition leads in, where the ranker chose somebody or something else."""
    p = unit.p
    if unit.token == clause.first or not p.flags[unit.token - 1] & F.COLON:
        return None
    alone = _only_name(p, clause, unit.token)
    if alone is not None:
        return alone
    if unit.mention is not None and unit.where is p and is_somebody(p, unit.mention) and not is_led(p, unit.mention):
        return None
    own = [m for m in clause.mentions if m.last < unit.token and not is_led(p, m) and is_somebody(p, m)]
    return named(p, clause, own[0]) if own else None


def _only_name(p: Paragraph, clause: Clause, token: int) -> Mention | None:
    """`The spokesman of the tenants, Ada Quill: “…”`: the one name before the colon, where no verb stands there."""
    answers, verb = p.table.lexicon.file.roles.utterances, F.CUE | F.AUXILIARY
    said = [p.word(k).lower() in answers for k in range(clause.first, token)]
    if any(flag & verb and flag & F.LOWER and not noun for flag, noun in zip(p.flags[clause.first : token], said, strict=True)):
        return None
    before = [m for m in clause.mentions if m.last < token and (is_named(p, m) or _is_called_by_trade(p, m))]
    named_so = [m for m in before if not is_led(p, m) or p.word(m.first - 2).lower() in answers]
    flags = [p.flags[m.first : m.last + 1] for m in named_so]
    roles = [any(f & (F.ROLE | F.GROUP) for f in some) and not any(f & F.GIVEN for f in some) for some in flags]
    names = [m for m, role in zip(named_so, roles, strict=True) if not role]  # "Sprecher der Anwohner", where nouns have capitals
    return names[0] if len(names) == 1 else None


def _is_called_by_trade(p: Paragraph, mention: Mention) -> bool:
    """`Anna Fischer`: a first name and a noun of people as a last name."""
    flags = p.flags[mention.first : mention.last + 1]
    return len(flags) > 1 and bool(flags[0] & F.GIVEN) and all(flag & F.CAPITAL for flag in flags)


def _source_behind(p: Paragraph, clause: Clause, cue: Cue, lexicon: Lexicon) -> Mention | None:
    """`heißt es in einem Bericht`, `йдеться у заяві`: the first noun or name behind such a cue, with an article or not."""
    found = next((m for m in clause.mentions if m.first > cue.last and m.kind != F.PRON), None)
    sources = Sentence(p, clause, words_of(lexicon)).sources
    return sources.bare_source(cue.last + 2, found) or found


def _take(unit: Unit, p: Paragraph, subject: Mention | None, cue: Cue, lexicon: Lexicon) -> None:
    if subject is None:
        if lexicon.file.drops_subjects and cue.strong:
            unit.mention, unit.where, unit.continues = None, None, False
            unit.left_out, unit.is_speaker = (cue.first, cue.last), LEFT_OUT
        if cue.strong and (lexicon.file.drops_subjects or unit.token == p.sentence_at(unit.token)[0]):
            unit.is_quote = max(unit.is_quote, RULED)
        return
    if unit.where is not p or unit.mention is None or unit.mention.first != subject.first:
        unit.is_speaker = max(unit.is_speaker, RULED)
    if (cue.strong or cue.first > unit.token) and (cue.first > unit.token or p.flags[unit.token - 1] & F.COLON):
        unit.is_quote = max(unit.is_quote, RULED)
    unit.where, unit.mention, unit.continues, unit.account = p, subject, False, (cue.first, cue.last)
