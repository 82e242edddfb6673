"""The somebody whom words describe that stand between them and their verb: "a person familiar with the talks", "those who stayed", "the accused".

Which cue has which subject stands in `reporters`.
"""

from __future__ import annotations

from pipelines.quotes import flags as F
from pipelines.quotes.attribution.sentence import SPEAKING, Sentence
from pipelines.quotes.types import NO_ROW, Mention

_MOST_NOUNS = 2  # behind the last name of a body: "supporters club"


def with_name(sentence: Sentence, mention: Mention) -> Mention:
    """`The Quill Foods | pension fund said`: with the name before it, which was read as a phrase of its own."""
    before = sentence.ending_at.get(mention.first - 1)
    if (
        before is None
        or mention.kind != F.NOUN
        or not sentence.flags[mention.first] & F.UNKNOWN_LOWER
        or before.group_last > before.last
    ):
        return mention
    named = before.kind == F.NAME and sentence.flags[before.first] & F.DETERMINER and not sentence.is_governed(before)
    body = sentence.flags[mention.last] & (F.ORGANISATION | F.GROUP)
    return Mention(before.first, mention.last, F.NOUN, 0, mention.last, NO_ROW) if named and body else mention


def before_nouns(sentence: Sentence, k: int) -> Mention | None:
    """`The chairman of the Dorn Rovers supporters club said`: with a noun or two behind a name that ended the mention."""
    flags, begin = sentence.flags, k
    while begin > k - _MOST_NOUNS and sentence.first < begin and not any(m.group_last == begin for m in sentence.mentions):
        noun = flags[begin] & F.LOWER and flags[begin] & (F.UNKNOWN_LOWER | F.ORGANISATION | F.GROUP | F.MEDIUM)
        verb = flags[begin] & (F.CUE | F.ENDS_ED | F.ENDS_ING | F.AUXILIARY | F.BOUNDARY | F.ADVERB | F.DETERMINER)
        if not noun or verb or sentence.low(begin) in sentence.words.pasts:
            return None
        begin -= 1
    found = sentence.ending_at.get(begin)
    if begin == k or found is None or found.kind == F.PRON or sentence.is_governed(found):
        return None
    named = any(flags[j] & F.CAPITAL and not flags[j] & F.NOT_NAME for j in range(found.first, begin + 1))
    if not named or not (flags[found.first] & F.DETERMINER or flags[k] & (F.ORGANISATION | F.GROUP)):
        return None
    if found.group_last > found.last:
        return found._replace(group_last=k)
    return Mention(found.first, k, F.NOUN, 0, k, NO_ROW)


def described(sentence: Sentence, k: int) -> Mention | None:
    """`Those who stayed said`, `An official who asked not to be named said`, `The accused said`: the somebody whom words describe that end with token k and
    no noun."""
    flags = sentence.flags
    if k <= sentence.first or not flags[k] & F.LETTER:
        return None
    begin = k - 1
    while begin > sentence.first and flags[begin] & F.ADVERB:
        begin -= 1
    if flags[k] & F.ENDS_ED and flags[begin] & F.DETERMINER and flags[k] & F.LOWER:
        return Mention(begin, k, F.NOUN, 0, k, NO_ROW)  # "the accused", "the newly elected"
    for other in reversed([m for m in sentence.mentions if m.group_last < k and m.kind != F.PRON]):
        between = range(other.group_last + 1, k + 1)
        if _is_parted(sentence, between):
            break
        if _may_be_described(sentence, other) and _opens_description(sentence, between):
            return other
    return those(sentence, k)


def those(sentence: Sentence, k: int) -> Mention | None:
    """`Those who stayed`: a determiner that stands for people, before the words that describe them and end with token k."""
    flags = sentence.flags
    for j in range(k - 1, sentence.first - 1, -1):
        between = range(j + 1, k + 1)
        if _is_parted(sentence, between):
            return None
        if (
            not flags[j] & F.DETERMINER
            or flags[j] & (F.PARTICLE | F.MASCULINE | F.FEMININE | F.DIGIT)
            or not _opens_description(sentence, between)
        ):
            continue
        return None if j > sentence.first and flags[j - 1] & F.ATTACHING else Mention(j, j, F.NOUN, 0, j, NO_ROW)
    return None


def _is_parted(sentence: Sentence, tokens: range) -> bool:
    flags, conjunctions = sentence.flags, sentence.words.conjunctions
    return any(flags[j] & (F.PUNCTUATION | F.QUOTE) or sentence.low(j) in conjunctions for j in tokens)


def _opens_description(sentence: Sentence, tokens: range) -> bool:
    """Whether the tokens begin as a relative clause or participle does: "who stayed", "living nearby", "questioned"."""
    flags, first, words = sentence.flags, tokens.start, sentence.words
    infinitive = any(sentence.low(j) in words.infinitive for j in tokens)
    if any(flags[j] & F.STRONG_CUE and not infinitive for j in tokens) or not flags[first] & F.LOWER:
        return False  # "who said it was late"
    if any(flags[j] & F.COMPLEMENTIZER or sentence.low(j) in words.questions for j in tokens[1:]):
        return False
    if flags[first] & F.RELATIVE:
        return any(flags[j] & (F.AUXILIARY | F.CUE | F.UNKNOWN_LOWER) or sentence.is_verb(j) for j in tokens[1:])
    if any(flags[j] & (F.AUXILIARY | F.PRONOUN) for j in tokens) and not infinitive:
        return False
    return bool(flags[first] & (F.ENDS_ED | F.ENDS_ING)) and sentence.low(first) not in words.plain


def past_field(sentence: Sentence, mention: Mention) -> Mention | None:
    """`A person familiar with the talks said`: before a thing behind a preposition, the somebody whom the phrase describes."""
    flags = sentence.flags
    if mention.kind == F.PRON or mention.first == sentence.first:
        return None
    if mention.kind == F.NAME or flags[mention.head] & (SPEAKING & ~F.ORGANISATION):
        return _close_to(sentence, mention)
    if not flags[mention.first - 1] & F.ATTACHING and not sentence.is_governed(mention):
        return None
    for other in reversed([m for m in sentence.mentions if m.group_last < mention.first - 1]):
        if any(flags[k] & (F.PUNCTUATION | F.QUOTE | F.AUXILIARY | F.PRONOUN) for k in range(other.last + 1, mention.first)):
            return None
        if other.kind == F.NOUN and flags[other.head] & (F.PEOPLE | F.UNNAMED):
            return None if sentence.is_governed(other) or sentence.is_subject(other) else other
    return None


def _close_to(sentence: Sentence, mention: Mention) -> Mention | None:
    """`Someone close to the family said`, `sources familiar with the council said`: who is described by one adjective and a preposition before somebody."""
    flags, k = sentence.flags, mention.first - 2
    if not flags[k + 1] & F.BOUNDARY or not flags[k] & F.UNKNOWN_LOWER or flags[k] & (F.ENDS_ED | F.ENDS_ING):
        return None
    other = next((m for m in sentence.mentions if m.group_last == k - 1 and m.kind == F.NOUN), None)
    if other is None or not flags[other.head] & (F.PEOPLE | F.UNNAMED) or sentence.is_governed(other):
        return None
    return other


def past_bare_nouns(sentence: Sentence, mention: Mention) -> Mention | None:
    """`A group of beekeepers in Dorn said`, `The head of fundraising at Quill Foods said`: who opens the sentence or its part, where a noun without an article
    parts them from the body or place behind a preposition."""
    flags = sentence.flags
    if not sentence.is_governed(mention) or sentence.low(mention.first - 1) in sentence.lexicon.agents:
        return None
    k, bare = mention.first - 1, False
    while k >= sentence.first and k not in sentence.ending_at:
        if flags[k] & (F.PUNCTUATION | F.QUOTE | F.AUXILIARY | F.CUE | F.PRONOUN | F.COMPLEMENTIZER | F.RELATIVE | F.ENDS_ED):
            return None
        if sentence.low(k) in sentence.words.conjunctions | sentence.words.subordinators - sentence.words.prepositions:
            return None
        bare = bare or bool(flags[k] & F.UNKNOWN_LOWER)
        k -= 1
    other = sentence.ending_at.get(k)
    if other is None or not bare or other.kind != F.NOUN or not flags[k + 1] & (F.BOUNDARY | F.ATTACHING):
        return None
    opens = other.first == sentence.first or flags[other.first - 1] & (F.COMMA | F.COMPLEMENTIZER)
    return other if opens and flags[other.head] & (SPEAKING | F.PEOPLE) else None


def before_and(sentence: Sentence, mention: Mention) -> Mention | None:
    """`Feld and her colleagues wrote`: the name before "and" and a noun, where the two open the sentence or its part."""
    k = mention.first - 1
    if mention.kind != F.NOUN or sentence.low(k) not in sentence.lexicon.file.codes.conjunction:
        return None
    other = sentence.ending_at.get(k - 1)
    if other is None or other.kind != F.NAME or sentence.is_governed(other):
        return None
    owned = sentence.flags[mention.first] & F.DETERMINER and sentence.flags[mention.first] & (F.MASCULINE | F.FEMININE | F.PLURAL)
    if not owned and other.first == sentence.first:
        return None  # "Federal and state officials"
    before = other.first - 1
    return other if before < sentence.first or sentence.flags[before] & (F.COMMA | F.COMPLEMENTIZER) else None


def past_description(sentence: Sentence, mention: Mention) -> Mention | None:
    """`A woman injured in the crash said`, `a lawyer representing Ada Quill said`, `the scientist who studies the river said`: the somebody whom a participle
    or a relative clause describes that ends with the mention before the verb."""
    k = mention.first - 1
    if k <= sentence.first or sentence.low(k) in sentence.words.subordinators or any(m.group_last == k for m in sentence.mentions):
        return None
    for other in reversed([m for m in sentence.mentions if m.group_last < k and m.kind != F.PRON]):
        between, bare = range(_past_kind(sentence, other.group_last + 1), mention.first), other
        if _ends_in_participle(sentence, other):  # "a letter seen | by the Post"
            between, bare = range(other.last, mention.first), other._replace(last=other.last - 1, group_last=other.last - 1)
        if _is_parted(sentence, between):
            return None
        role = F.ROLE | F.LOWER
        if len(between) == 1 and sentence.flags[mention.first] & role == role:
            return None  # "Town council planning officer Lew Marsh"
        if _may_be_described(sentence, bare) and _describes(sentence, between, mention):
            written = sentence.flags[bare.head] & F.DOCUMENT and sentence.low(k) in sentence.lexicon.agents
            written = written and sentence.low(k - 1) not in sentence.words.received  # "an email seen by the Post said"
            return None if written and mention.kind == F.NAME else bare  # "a statement released by Quill Foods said"
    return None


def _past_kind(sentence: Sentence, k: int) -> int:
    """The token behind `of operators`, where a group of somebody whom no list has is described."""
    flags, behind = sentence.flags, k + 1
    while flags[k] & F.ATTACHING and flags[behind] & flags[behind + 1] & F.UNKNOWN_LOWER:
        behind += 1  # as far as the participle
    return behind if behind > k + 1 else k


def _ends_in_participle(sentence: Sentence, mention: Mention) -> bool:
    """Whether a noun phrase was read with the participle behind it."""
    k = mention.last
    if mention.kind != F.NOUN or mention.group_last > k or k < mention.first + 2 or not sentence.flags[k] & F.LOWER:
        return False
    return bool(sentence.flags[k] & F.ENDS_ED) or sentence.low(k) in sentence.lexicon.participles


def _may_be_described(sentence: Sentence, mention: Mention) -> bool:
    """Whether somebody who may be a subject is meant."""
    opened = sentence.low(mention.first - 1) in sentence.words.subordinators  # "after a group led by Quill said"
    if mention.attached or (sentence.is_governed(mention) and not opened) or sentence.is_time(mention):
        return False
    behind = sentence.flags[mention.group_last + 1]
    if behind & F.RELATIVE and sentence.low(mention.group_last + 1) not in sentence.lexicon.of_things:
        return True  # "a vet who treated the dog"
    if mention.kind == F.NAME:
        return mention.first == sentence.first or bool(sentence.flags[mention.first - 1] & F.PUNCTUATION)
    flag, word = sentence.flags[mention.head], sentence.low(mention.head)
    return bool(flag & (SPEAKING | F.PEOPLE)) or sentence.lexicon.is_person_noun(word) or sentence.lexicon.is_plural(word)


def _describes(sentence: Sentence, tokens: range, mention: Mention) -> bool:
    """Whether tokens that end before a mention begin a relative clause whose object it is, or a participle whose object it is or holds."""
    flags, first = sentence.flags, tokens.start
    others = range(first + 1, tokens.stop)
    if any(flags[j] & (F.COMPLEMENTIZER | F.STRONG_CUE) or sentence.low(j) in sentence.words.questions for j in others):
        return False  # "who said the mayor told her", "worried that the mayor said"
    that = bool(flags[first] & F.COMPLEMENTIZER) and bool(flags[first + 1] & F.AUXILIARY or sentence.is_verb(first + 1))
    if flags[first] & F.RELATIVE or that:
        passive = mention.kind == F.NAME and flags[tokens[-1]] & F.ENDS_ED and any(flags[j] & F.AUXILIARY for j in others)
        return not passive and any(flags[j] & F.AUXILIARY or sentence.is_verb(j) for j in others)  # "who was named Ted"
    if any(flags[j] & (F.AUXILIARY | F.PRONOUN) for j in tokens) or not flags[first] & F.LOWER:
        return False
    past = flags[first] & F.ENDS_ED or sentence.low(first) in sentence.words.pasts | sentence.lexicon.participles
    return bool(flags[first] & F.ENDS_ING) or bool(past and others)  # "a man named Ted"
