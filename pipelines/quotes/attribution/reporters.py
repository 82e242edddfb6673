"""Who reports: the subject of a cue, as grammar finds it, and whether it and its verb say anything.

What is reported stands in `reports`, who a reporter is by name in `pipelines.quotes.people`.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.quotes import flags as F
from pipelines.quotes.attribution.descriptions import (
    before_and,
    before_nouns,
    described,
    past_bare_nouns,
    past_description,
    past_field,
    those,
    with_name,
)
from pipelines.quotes.attribution.reported import Reporter
from pipelines.quotes.attribution.sentence import SPEAKING, Sentence
from pipelines.quotes.lexicon import FIRST, IT, THEY, WE, YOU
from pipelines.quotes.types import Cue, Mention

BRACKET = F.COMMA | F.DASH | F.PAREN
_SMALL = F.ADVERB | F.AUXILIARY
_NOT_REPORTER = frozenset((FIRST, WE, YOU))  # the writer, or the reader


def reporter_of(sentence: Sentence, cue: Cue) -> tuple[Mention, Reporter] | None:
    """Who is the subject of the cue."""
    flags = sentence.flags
    participle = bool(flags[cue.last] & F.ENDS_ING) and not any(flags[k] & F.AUXILIARY for k in range(cue.first, cue.last))
    led = _led_from(sentence, cue)
    participle = participle and led == cue.first
    k = _past_times(sentence, led - 1)
    if k >= sentence.first and flags[k] & F.PAREN:
        k = _opening_of(sentence, k) - 1  # "Ada Quill (R-Ga.) said"
    inverted = None if participle else _subject_behind(sentence, cue)
    if inverted is not None and _is_plainly_behind(sentence, cue, inverted):
        return inverted, Reporter.BEHIND
    if k >= sentence.first and flags[k] & BRACKET and not participle:
        apposed = _before_brackets(sentence, k)
        if apposed is not None:
            return apposed, Reporter.APPOSED
    direct = sentence.ending_at.get(k)
    if direct is None and flags[k] & F.LOWER and flags[k] & F.CUE and flags[k - 1] & F.DETERMINER:
        direct = sentence.ending_at.get(k - 1)  # "lawmakers at the hearing told"
    if direct is not None and flags[direct.first - 1] & F.RELATIVE and direct.kind == F.NOUN and sentence.is_verb(direct.first):
        direct = None  # "someone who lives nearby"
    if direct is not None and direct.kind == F.NAME and not participle and direct.first - 2 > sentence.first:
        comma = direct.first - 2
        held = flags[comma] & F.COMMA and flags[comma + 1] & F.ATTACHING
        apposed = _before_brackets(sentence, comma) if held else None  # "Samir Haddad, MD, of St. Brigid Hospital said"
        if apposed is not None and apposed.kind == F.NAME and apposed.first == sentence.first:
            return apposed, Reporter.APPOSED
    if direct is not None and not (participle and sentence.is_governed(direct)):
        direct = with_name(sentence, direct)
        found = past_field(sentence, direct) or past_bare_nouns(sentence, direct) or before_and(sentence, direct)
        if (
            found is None and not participle and sentence.low(cue.last) not in sentence.words.nouns
        ):  # "a paper saying", "his comment that"
            found = past_description(sentence, direct)
        if found is None and not participle and direct.kind == F.NOUN and sentence.is_governed(direct):
            found = those(sentence, direct.last)
        return found or direct, Reporter.BESIDE
    if inverted is not None:
        return inverted, Reporter.BEHIND
    told_of = None if participle else before_nouns(sentence, k) or described(sentence, k)
    if told_of is not None:
        return told_of, Reporter.BESIDE
    shared = _shared_subject(sentence, cue, participle)
    return None if shared is None else (shared, Reporter.FAR)


def _subject_behind(sentence: Sentence, cue: Cue) -> Mention | None:
    """`…, said the mayor`: who stands right behind a cue that opens its part of the sentence."""
    found = sentence.mention_at.get(cue.last + 1)
    if found is None or found.kind == F.PRON or cue.first != cue.last or sentence.is_time(found):
        return None
    opens = cue.first == sentence.first or sentence.flags[cue.first - 1] & (BRACKET | F.QUOTE)
    return found if opens else None


def _is_plainly_behind(sentence: Sentence, cue: Cue, mention: Mention) -> bool:
    """`The fire began in the kitchen, said the owner, who …`: whether but one comma stands before the cue, so that it closes no apposition, and somebody
    stands behind it."""
    flags, k = sentence.flags, cue.first - 1
    if sentence.low(cue.last) not in sentence.words.verbs - sentence.words.nouns or k <= sentence.first or not flags[k] & F.COMMA:
        return False
    if _is_name_alone(sentence, cue, mention):
        return True
    if any(flags[j] & (BRACKET | F.COLON | F.QUOTE) for j in range(sentence.first, k)):
        return False
    behind = mention.group_last + 1
    closed = behind >= sentence.end or flags[behind] & (F.COMMA | F.STOP | F.DAY | F.BOUNDARY)
    return bool(closed) and (mention.kind == F.NAME or bool(flags[mention.head] & (SPEAKING | F.PEOPLE)))


def _is_name_alone(sentence: Sentence, cue: Cue, mention: Mention) -> bool:
    """`“…” the bank, which failed, said Ada Quill, a broker`: whether a name closes its part of the sentence and has no verb of its own."""
    if mention.kind != F.NAME or sentence.low(cue.last) in sentence.words.addressing:
        return False
    behind = mention.group_last + 1
    closes = behind >= sentence.end or bool(sentence.flags[behind] & (F.STOP | F.COMMA))
    return closes and not sentence.is_subject(mention)


def _opening_of(sentence: Sentence, k: int) -> int:
    """The bracket that token k closes."""
    while k > sentence.first and sentence.p.word(k) not in "([":
        k -= 1
    return k


def _past_times(sentence: Sentence, k: int) -> int:
    """The token before adverbs and times: "Halden Motors just this month announced", "Renn on Friday said"."""
    flags = sentence.flags
    while k > sentence.first:
        flag = flags[k]
        if (
            flag & F.DAY
            or (flag & _SMALL and not flag & F.CAPITAL)
            or (flag & F.BOUNDARY and sentence.low(k) in sentence.lexicon.file.words.adverbs)
            or (flag & F.BOUNDARY and flags[k + 1] & F.DAY and sentence.low(k) in sentence.words.prepositions)
        ):
            k -= 1
        else:
            timed = sentence.ending_at.get(k)
            if timed is None or timed.first <= sentence.first:
                return k
            bare = timed.first == k and flags[k] & F.UNKNOWN_LOWER and flags[k - 1] & F.AUXILIARY  # "has long said"
            year = timed.first == k and flags[k] & F.DIGIT and sentence.is_governed(timed)  # "who in 2019 said"
            if not bare and not year and not sentence.is_time(timed):
                return k
            k = timed.first - 1
            if sentence.low(k) in sentence.words.prepositions:
                k -= 1
    return k


def _before_brackets(sentence: Sentence, k: int) -> Mention | None:
    """`Ada Quill, 41, the mayor of Halmar, who built it, said`: the first of a chain of phrases between commas; k is the last comma."""
    flags = sentence.flags
    found: Mention | None = None
    while k > sentence.first:
        opening = k - 2 if flags[k - 1] & F.STOP else k - 1  # "R-Ga.,"
        while opening >= sentence.first and not _parts(flags, opening):
            opening -= 1
        begin = opening + 1
        last = sentence.ending_at.get(k - 1)
        if _has_verb(sentence, begin, k):
            joined = last is not None and _opens_clause(sentence, last.first - 1)
            return last if joined or (last is not None and sentence.is_that(last.first - 1, last.first - 1)) else found
        if opening < sentence.first or not flags[opening] & BRACKET:
            if found is not None and _opens_with_participle(sentence, begin):
                return found
            return last if last is not None and not sentence.is_governed(last) else found
        if (
            last is not None
            and last.first > begin
            and sentence.low(last.first - 1) in sentence.words.conjunctions
            and last.first == begin + 1
        ):
            return last
        found = sentence.mention_at.get(begin) or found
        k = opening
    return found


def _parts(flags: Sequence[int], k: int) -> bool:
    """Whether token k stands between two phrases: no stop of "the No. 2 provider"."""
    return bool(flags[k] & (BRACKET | F.STOP | F.COLON | F.QUOTE)) and not (flags[k] & F.STOP and flags[k + 1] & F.DIGIT)


def _opens_with_participle(sentence: Sentence, begin: int) -> bool:
    """`Commenting on the sale, Ada Quill, the chair, said`: whether a participle with its object or a preposition opens the sentence."""
    flags = sentence.flags
    if begin != sentence.first or not flags[begin] & (F.ENDS_ING | F.ENDS_ED) or flags[begin] & F.GIVEN:
        return False
    return bool(flags[begin + 1] & (F.BOUNDARY | F.DETERMINER | F.PRONOUN))


def _opens_clause(sentence: Sentence, k: int) -> bool:
    """Whether token k joins a clause, and not only a noun to another: "between the group and the government"."""
    low = sentence.low(k)
    if low in sentence.words.subordinators:
        return True
    if low not in sentence.words.conjunctions:
        return False
    return low not in sentence.lexicon.file.codes.conjunction or bool(sentence.flags[k - 1] & BRACKET)


def _has_verb(sentence: Sentence, begin: int, end: int) -> bool:
    """Whether a finite verb stands there that belongs to no relative clause."""
    asking = sentence.words.questions - sentence.words.subordinators  # "the only place where it is legal"
    for k in range(begin, end):
        if sentence.flags[k] & (F.RELATIVE | F.COMPLEMENTIZER) or sentence.low(k) in asking:
            return False
        if sentence.flags[k] & F.AUXILIARY or (
            sentence.is_verb(k)
            and (sentence.ending_at.get(k - 1) is not None or sentence.flags[k - 1] & F.PRONOUN or _is_swallowed(sentence, k))
        ):
            return True
    return False


def _is_swallowed(sentence: Sentence, k: int) -> bool:
    """`The fire started in the kitchen`: whether a verb was read as the end of the noun phrase that is its subject."""
    past = sentence.flags[k] & F.ENDS_ED or sentence.low(k) in sentence.words.pasts
    held = any(m.kind == F.NOUN and m.last == k and m.first < k - 1 for m in sentence.mentions)
    finite = sentence.low(k) in sentence.words.pasts - sentence.lexicon.participles  # "The shares fell, Tom Renn, the chair, said"
    behind = F.BOUNDARY | F.ADVERB | F.DAY | (F.COMMA if finite else 0)
    return bool(past) and held and bool(sentence.flags[k + 1] & behind)


def says_nothing(sentence: Sentence, reporter: Mention) -> bool:
    """`Nobody in the town said`, `If she says`, `Anyone who said`, `It is not clear who said`: whether nobody is meant, or nobody known to have said it."""
    flags, words, k = sentence.flags, sentence.words, reporter.first
    if sentence.low(k - 1) in words.conditions:
        return True
    if flags[k] & F.RELATIVE and reporter.kind == F.PRON:
        before = sentence.low(k - 1)
        denied = sentence.low(k - 2) in words.negations or flags[k - 2] & F.AUXILIARY
        unclear = flags[k - 1] & F.UNKNOWN_LOWER and denied and not sentence.lexicon.is_plural(before)
        return before in words.whoever or bool(unclear and k - 1 not in sentence.ending_at)
    while k >= sentence.first and not flags[k] & F.COMPLEMENTIZER:
        if sentence.low(k) in sentence.lexicon.negative and not flags[k + 1] & F.DIGIT:
            return True
        if sentence.low(k) in words.negations and flags[k + 1] & (F.DETERMINER | F.UNNAMED) and k < reporter.first:
            return True  # "Not one of them said"
        k -= 1
        stops = F.PUNCTUATION | F.QUOTE | F.AUXILIARY | F.COMPLEMENTIZER | F.STRONG_CUE
        low = sentence.low(k)
        if flags[k] & stops or (low in words.conjunctions and low not in sentence.lexicon.negative) or low in words.subordinators:
            return False
    return False


def _shared_subject(sentence: Sentence, cue: Cue, participle: bool) -> Mention | None:
    """`She welcomed the vote, saying`, `She left early and said`: of a participle or second verb the subject of the one before."""
    k = cue.first - 1
    while k > sentence.first and sentence.flags[k] & F.ADVERB:
        k -= 1
    low = sentence.low(k)
    joined = low in sentence.words.conjunctions
    if not ((participle and k >= sentence.first and sentence.flags[k] & (BRACKET | F.ADVERB)) or joined):
        return None
    earlier = [c for c in sentence.cues if c.last < cue.first and c.first in sentence.reporters]
    if earlier:
        return sentence.reporters[earlier[-1].first]
    subjects = [m for m in sentence.mentions if m.group_last < cue.first and not m.attached and sentence.is_subject(m)]
    return subjects[0] if subjects else None


def may_report(sentence: Sentence, mention: Mention, plain: bool) -> bool:
    """Whether somebody who speaks, or something that is written, is meant."""
    flag = sentence.flags[mention.head]
    if mention.kind == F.PRON:
        return flag >> F.FORM_SHIFT & 7 not in _NOT_REPORTER or bool(flag & F.RELATIVE)
    if sentence.is_time(mention) or (
        flag & F.DETERMINER and not flag & F.PEOPLE and sentence.lexicon.reports.openers and flag & F.DIGIT
    ):
        return False
    if mention.kind == F.NAME or flag & SPEAKING or plain:
        return True
    word = sentence.low(mention.head)
    return sentence.lexicon.is_person_noun(word) or sentence.lexicon.is_plural(word) or bool(flag & F.CAPITAL)


def finds(sentence: Sentence, mention: Mention) -> bool:
    """Whether the mention is something written or a body, whose findings count as speech."""
    flag = sentence.flags[mention.head]
    if mention.kind == F.PRON:
        return flag >> F.FORM_SHIFT & 7 in (IT, THEY)
    return bool(flag & (F.DOCUMENT | F.GROUP | F.ORGANISATION | F.MEDIUM))


def is_contact_clause(sentence: Sentence, reporter: Mention, how: Reporter) -> bool:
    """`The system he vowed to fix`, `what she said`, `which he says he keeps`: the cue belongs to a noun's own relative clause."""
    if how is not Reporter.BESIDE or reporter.first == sentence.first:
        return False
    k = reporter.first - 1
    flag = sentence.flags[k]
    held = sentence.mention_at.get(sentence.first)  # "The inn that Ada Quill said she would sell burned down"
    if flag & F.COMPLEMENTIZER and held is not None and held.group_last == k - 1 and held.kind == F.NOUN:
        return True
    if flag & F.RELATIVE or (sentence.low(k) in sentence.words.questions and sentence.low(k) not in sentence.words.subordinators):
        return True
    before = sentence.ending_at.get(k)
    return before is not None and not sentence.is_time(before) and before.kind != F.PRON and reporter.kind == F.PRON


def behind_cue(sentence: Sentence, cue: Cue, word: str) -> int:
    """The token behind the cue and what belongs to it; -1 where it reports nothing."""
    if not sentence.flags[cue.last] & F.REPORTING:
        return -1
    for phrase in sentence.words.phrases.get(word, ()):
        if [sentence.low(k) for k in range(cue.last, cue.last + len(phrase))] == phrase:
            return cue.last + len(phrase)
    if sentence.words.openers and word not in sentence.words.verbs and word not in sentence.words.findings:
        return -1
    return cue.last + 1


def _led_from(sentence: Sentence, cue: Cue) -> int:
    """Where "went on to say" or "was quoted as saying" begins; the cue's own first token where no such phrase leads to it."""
    for phrase in sentence.words.led_by.get(sentence.low(cue.first - 1), ()):
        begin = cue.first - len(phrase)
        if begin > sentence.first and [sentence.low(k) for k in range(begin, cue.first)] == phrase:
            return begin
    return cue.first


def is_unsaid(sentence: Sentence, cue: Cue) -> bool:
    """ "declined to say", "might say", "did not say": nobody said it."""
    if (led := _led_from(sentence, cue)) < cue.first:
        return sentence.low(led - 1) in sentence.words.unsaid
    begin = cue.first - 1 if cue.first > sentence.first and not sentence.flags[cue.first - 1] & F.PUNCTUATION else cue.first
    return not sentence.words.unsaid.isdisjoint([sentence.low(k) for k in range(begin, cue.last)])
