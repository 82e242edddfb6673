"""What a participle that closes an attribution says of a speaker, in languages that are read with the weights of another one.

Where subjects stand by finite verbs does not belong here (`word_order`, `clause_subjects`).
"""

from __future__ import annotations

from pipelines.quotes import flags as F
from pipelines.quotes.attribution.clause_subjects import SentenceSubjects
from pipelines.quotes.attribution.clause_words import words_of
from pipelines.quotes.attribution.somebody import is_somebody
from pipelines.quotes.lexicon import Lexicon
from pipelines.quotes.text.paragraphs import Paragraph
from pipelines.quotes.types import Clause, Cue, Mention


def closed_by_participle(p: Paragraph, clause: Clause, token: int, lexicon: Lexicon) -> tuple[Mention, Cue] | None:
    """`„…“, hatte Bürgermeister Brandt am Abend gesagt`: the subject behind the verb that opens the attribution, and the participle that closes it."""
    flags, k = p.flags, token + 1
    while k < clause.end and flags[k] & (F.COMMA | F.DASH):
        k += 1
    if not lexicon.file.clauses.oblique or token != clause.first or k >= clause.end or not flags[k] & F.AUXILIARY:
        return None
    cue = next((c for c in clause.cues if c.first > k and c.strong and not c.follows), None)
    if cue is None or any(flag & (F.COMMA | F.DASH | F.COLON | F.QUOTE) for flag in flags[k : cue.first]):
        return None
    subject = SentenceSubjects(p, clause, words_of(lexicon)).subject(cue, clause.end)
    return (subject, cue) if subject is not None and is_somebody(p, subject) and subject.first <= k + 3 else None
