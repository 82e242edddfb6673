"""Whether a word that is a noun and a verb of saying is the one or the other: "the court reports that", "the court reports the public can read".

Which words are both stands in `[reports]` of the language's file (`nouns`).
"""

from __future__ import annotations

from pipelines.quotes import flags as F
from pipelines.quotes.attribution.reported import Reporter
from pipelines.quotes.attribution.sentence import Sentence
from pipelines.quotes.types import Cue, Mention


def is_verb_of(sentence: Sentence, reporter: Mention, how: Reporter, cue: Cue) -> bool:
    """`Ada Quill claims the clerk …`, `the union claims the …`, `…, the Halmar Post reports.`: whether a word that is a noun too is the verb of a name or
    of "the" and somebody, since an article or the end of the sentence follows it."""
    flags = sentence.flags
    beside = how is Reporter.BESIDE and reporter.group_last == cue.first - 1
    apposed = how is Reporter.APPOSED and flags[cue.first - 1] & F.COMMA
    if not (beside or apposed) or cue.first != cue.last or flags[reporter.last] & F.POSSESSIVE:
        return False
    somebody = flags[reporter.head] & (F.ROLE | F.ORGANISATION) and sentence.low(reporter.first) in sentence.lexicon.definite
    if not (reporter.kind == F.NAME or somebody) or not sentence.lexicon.is_third_person(sentence.low(cue.last)):
        return False
    behind = cue.last + 1
    return behind >= sentence.last or bool(flags[behind] & (F.DETERMINER | F.PRONOUN | F.STOP))


def is_noun_of(sentence: Sentence, reporter: Mention, word: str, start: int) -> bool:
    """`The court reports the public can read were late`: whether the word is a noun behind another one, since a second finite verb without a subject of its
    own shows that the clause at `start` says which reports are meant."""
    flags = sentence.flags
    if word not in sentence.words.nouns or reporter.kind != F.NOUN:
        return False
    first, subject = sentence.verb_behind(start), sentence.mention_at.get(start)
    if (
        first < 0
        or subject is None
        or any(flags[k] & F.PRONOUN or k in sentence.mention_at for k in range(subject.last + 1, first))
    ):
        return False
    if flags[first] & F.AUXILIARY and first > start + 1 and _hangs(sentence, first - 1):
        return True  # "the defence relied on were"
    for k in range(first + 1, sentence.end):
        low = sentence.low(k)
        if (
            flags[k] & (F.PUNCTUATION | F.QUOTE | F.RELATIVE | F.PRONOUN)
            or low in sentence.words.conjunctions | sentence.words.subordinators
        ):
            return False
        mention = sentence.mention_at.get(k)
        if mention is not None and not sentence.is_governed(mention):
            return False
        if sentence.low(k - 1) in sentence.words.infinitive:
            continue
        if flags[k] & F.AUXILIARY and not flags[k - 1] & (F.AUXILIARY | F.ADVERB) and k > first + (flags[first] & F.AUXILIARY != 0):
            several = low in sentence.words.several and not _is_several(sentence, subject)
            return bool(several or _hangs(sentence, k - 1) or flags[first] & F.AUXILIARY or flags[start] & F.PRONOUN)
    return False


def _hangs(sentence: Sentence, k: int) -> bool:
    """Whether token k is a preposition without a noun, which belongs to the verb before."""
    return sentence.low(k) in sentence.words.prepositions | sentence.words.topics


def _is_several(sentence: Sentence, subject: Mention) -> bool:
    """Whether a verb in the plural may belong to it: "the men", "the police"."""
    words = range(subject.first, subject.last + 1)
    return any(sentence.flags[k] & F.GROUP or sentence.lexicon.is_plural(sentence.low(k)) for k in words)
