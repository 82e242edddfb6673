"""Small changes to a text and its tokens before languages that borrow weights are read: written-together articles part, and a capital that only the
start of a sentence gives is none.

The weights of English know such words as they stand in English. What a word is does not stand here (`lexicon`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from pipelines.letters import CAPITAL
from pipelines.quotes import flags as F
from pipelines.quotes.kernels.columns import Mention
from pipelines.quotes.lexicon import CODE_OF_FUNCTION, Lexicon
from pipelines.quotes.text.paragraphs import Paragraph
from pipelines.quotes.text.table import TokenTable

_PLAIN = F.CUE | F.AUXILIARY | F.ADVERB | F.BOUNDARY | F.DAY | F.PARTICLE  # what is no name because it opens a sentence
_LINKS = F.BOUNDARY | F.ATTACHING | F.PARTICLE | F.DETERMINER  # between the two words of a cue
_CODE = 63 << F.CODE_SHIFT
_INITIAL = 2  # characters of "A."
_NOUN_AND_NAME = 2  # tokens at least from a noun to a last name: "bombeiros João Colba"
_NO_PART = F.DETERMINER | F.BOUNDARY | F.AUXILIARY  # what ends a name
_OPENS_NO_NAME = F.BOUNDARY | F.CUE | F.AUXILIARY | F.NOT_NAME | F.DETERMINER | F.ADVERB
_NAMED = F.GIVEN | F.TITLE | F.ROLE | F.GROUP | F.ORGANISATION | F.MEDIUM


def attach_genitives(table: TokenTable) -> None:
    """Ties a phrase with an article of its own that shows a genitive to the one right before it: "der Sprecher | des Ministeriums"."""
    columns = table.columns
    count = int(columns.mention_bounds[-1])
    mentions = columns.mentions[:count]
    flags = np.asarray(table.sentence_columns[0])
    both = F.DETERMINER | F.ATTACHING
    touching = np.nonzero(mentions[1:, Mention.FIRST] == mentions[:-1, Mention.GROUP_LAST] + 1)[0] + 1
    tied = touching[(flags[mentions[touching, Mention.FIRST]] & both) == both]
    for n in tied.tolist():
        root = n - 1
        while (
            root
            and mentions[root, Mention.ATTACHED]
            and mentions[root - 1, Mention.GROUP_LAST] >= mentions[root, Mention.FIRST] - 2
        ):
            root -= 1
        if mentions[n - 1, Mention.KIND] != F.PRON:
            mentions[n, Mention.ATTACHED] = 1
            mentions[root, Mention.GROUP_LAST] = mentions[n - 1, Mention.GROUP_LAST] = mentions[n, Mention.GROUP_LAST]


def part_names(table: TokenTable) -> None:
    """Parts a name from the genitive before it, whose article shows where it begins: "le chef des pompiers | Jean Colb"."""
    count = int(table.columns.mention_bounds[-1])
    mentions = table.columns.mentions[:count]
    flags = np.asarray(table.sentence_columns[0])
    starts = mentions[:, Mention.FIRST]
    inside = (flags[starts] & F.ATTACHING) != 0
    genitive = inside | ((flags[starts - 1] & F.ATTACHING) != 0)
    long = mentions[:, Mention.LAST] - starts >= _NOUN_AND_NAME
    for n in np.nonzero(genitive & long)[0].tolist():
        first, last = int(starts[n]) - int(not inside[n]), int(mentions[n, Mention.LAST])
        if not flags[first - 1] & F.LETTER or flags[first - 1] & F.CUE:
            continue  # "Til politimannen Ada Quill sa vitnet": no noun that it hangs on
        small = first + 1
        while small <= last and flags[small] & F.LOWER and flags[small] & F.LETTER:
            small += 1
        held = flags[first + 1 : small]
        if (
            small == first + 1
            or small >= last
            or (held & (F.ROLE | F.GROUP) == F.ROLE).any()
            or _word(table, first - 1) in table.lexicon.file.roles.kin
            or not flags[small] & F.GIVEN
            or (held & (F.ORGANISATION | F.MEDIUM)).any()
            or (held & (F.PARTICLE | F.DETERMINER) == F.PARTICLE).any()
        ):
            continue  # "the head of the hospital Jean Colb", "the son of the singer Jean Colb"
        if (flags[small : last + 1] & F.CAPITAL != 0).all():
            mentions[n, Mention.FIRST], mentions[n, Mention.ATTACHED], mentions[n, Mention.KIND] = small, 0, F.NAME


def begin_behind_answers(table: TokenTable) -> None:
    """Lets a phrase that begins with what was said begin at whose it was: "Die Antwort von | Ada Quill: …"."""
    answers = table.lexicon.file.roles.utterances
    if not answers:
        return
    mentions = table.columns.mentions[: int(table.columns.mention_bounds[-1])]
    flags = np.asarray(table.sentence_columns[0])
    first = mentions[:, Mention.FIRST]
    noun = first + ((flags[first] & F.DETERMINER) != 0)
    tied = ((flags[noun + 1] >> F.CODE_SHIFT) & 63 == CODE_OF_FUNCTION["genitive"]) & (noun + 2 < mentions[:, Mention.LAST])
    for n in np.nonzero(tied)[0].tolist():
        name = int(noun[n]) + 2
        if (flags[name : mentions[n, Mention.LAST] + 1] & F.CAPITAL != 0).all() and _word(table, name - 2) in answers:
            mentions[n, Mention.FIRST], mentions[n, Mention.KIND], mentions[n, Mention.ATTACHED] = name, F.NAME, 1


def _word(table: TokenTable, token: int) -> str:
    """A token in small letters."""
    p = table.paragraphs[bisect_right([p.first for p in table.paragraphs], token) - 1]
    return p.word(token).lower()


def begin_at_roles(table: TokenTable) -> None:
    """Lets a phrase without an article begin at its first small noun of people: "матчу | тренер Юрій Дзюба"."""
    count = int(table.columns.mention_bounds[-1])
    mentions = table.columns.mentions[:count]
    flags = np.asarray(table.sentence_columns[0])
    people = ((flags & (F.ROLE | F.TITLE)) != 0) & ((flags & F.LOWER) != 0)
    before = np.concatenate([[0], np.cumsum(people)])
    first, last = mentions[:, Mention.FIRST], mentions[:, Mention.LAST]
    late = (before[last + 1] - before[first + 1] > 0) & ~people[first] & ((flags[first] & F.DETERMINER) == 0)
    for n in np.nonzero((before[last + 1] - before[first + 1] > 0) & people[first])[0].tolist():
        _part_two(mentions, n, flags, people)
        inner = np.nonzero(people[first[n] + 1 : last[n] + 1])[0]
        if len(inner):
            _end_at_role(table, n, int(first[n] + 1 + inner[0]))
    for n in np.nonzero(late)[0].tolist():
        inside = np.nonzero(people[first[n] : last[n] + 1])[0]
        role = int(first[n] + inside[0])
        if _end_at_role(table, n, role):
            continue
        named = (flags[first[n] : role] & (F.CAPITAL | F.NOT_NAME)) == F.CAPITAL
        behind = flags[role + 1] & F.CAPITAL and _is_inflected(
            table, int(first[n])
        )  # "řekla starostovi Janu Vránovi | poslankyně Ada Quill"
        if named.all() and len(named) > 1 and not behind:  # "Ada Quill | mayor of the town"
            mentions[n, Mention.KIND], mentions[n, Mention.LAST] = F.NAME, role - 1
            mentions[n, Mention.GROUP_LAST] = role - 1
        else:
            mentions[n, Mention.FIRST], mentions[n, Mention.ATTACHED] = role, 0


def end_at_names(table: TokenTable) -> None:
    """Ends a phrase with a name where a small noun follows, in languages with cases: "posłanki Beaty Lisieckiej | rolnicy"."""
    count = int(table.columns.mention_bounds[-1])
    mentions = table.columns.mentions[:count]
    flags = np.asarray(table.sentence_columns[0])
    last = mentions[:, Mention.LAST]
    small = flags[last] & (F.LOWER | F.PARTICLE | F.CUE) == F.LOWER
    for n in np.nonzero(small & (last - mentions[:, Mention.FIRST] > 1))[0].tolist():
        name = int(last[n]) - 1
        if flags[name] & flags[name - 1] & F.CAPITAL:
            mentions[n, Mention.LAST] = mentions[n, Mention.GROUP_LAST] = name
            mentions[n, Mention.KIND] = F.NAME


def read_cases(table: TokenTable) -> None:
    """Ends a phrase before a noun that has the case of no subject, "a kórház igazgatója | lapunknak elmondta", "Ada Quill | Kainuun laitokselta"; and
    lets a name in such a case hang on what stands before it: "Ada Quill a Körös Rádiónak elmondta"."""
    endings = table.lexicon.file.endings
    if not endings.dative and not endings.oblique_name:
        return
    mentions = table.columns.mentions[: int(table.columns.mention_bounds[-1])]
    flags = np.asarray(table.sentence_columns[0])
    firsts = [p.first for p in table.paragraphs]
    for n, (first, last) in enumerate(mentions[:, [Mention.FIRST, Mention.LAST]].tolist()):
        p = table.paragraphs[bisect_right(firsts, last) - 1]
        word = p.word(last).lower()
        if flags[last] & F.UNKNOWN_LOWER:
            held = last > first and flags[last - 1] & (F.ROLE | F.LOWER) == F.ROLE | F.LOWER and word.endswith(endings.dative)
        else:
            held = last - first > 1 and _names_place(p, last)
        if held:
            mentions[n, Mention.LAST] = mentions[n, Mention.GROUP_LAST] = last - 1
        elif mentions[n, Mention.KIND] == F.NAME and not flags[last] & F.GIVEN and word.endswith(endings.oblique_name):
            mentions[n, Mention.ATTACHED] = 1


def _names_place(p: Paragraph, token: int) -> bool:
    """Whether a word with a capital behind two others is in the genitive before a small noun in such a case: "Ada Quill Kainuun laitokselta"."""
    flags, endings = p.flags, p.table.lexicon.file.endings
    if not endings.genitive_place or not flags[token] & flags[token - 1] & flags[token - 2] & F.CAPITAL or flags[token] & F.GIVEN:
        return False
    small = flags[token + 1] & F.UNKNOWN_LOWER and p.word(token + 1).endswith(endings.dative)
    return bool(small) and p.word(token).endswith(endings.genitive_place)


def _end_at_role(table: TokenTable, n: int, role: int) -> bool:
    """Ends mention `n` behind the role that opens it, where the one at token `role` has a name in another case: "Речник | міністра Павла Галича"."""
    mentions = table.columns.mentions
    first, last = int(mentions[n, Mention.FIRST]), int(mentions[n, Mention.LAST])
    if table.flags[first] & F.GIVEN or (role != first + 1 and not table.flags[first] & F.ROLE):
        return False
    if not table.lexicon.is_role_in_genitive(_word(table, role)):
        given = [k for k in range(role + 1, last) if table.flags[k] & F.GIVEN]
        inflected = bool(given) and given[-1] <= given[0] + 1 and _is_inflected(table, given[0], last)
        if not table.lexicon.file.genitive_names or not inflected:
            return False
    mentions[n, Mention.KIND], mentions[n, Mention.LAST], mentions[n, Mention.GROUP_LAST] = F.NOUN, first, first
    return True


def _is_inflected(table: TokenTable, token: int, last: int = 0) -> bool:
    """Whether a token is a first name that is not listed so, where names have cases; with the last name at token `last`, also a man's in the genitive that
    is a woman's too, "Karla Roubíčka"."""
    lexicon = table.lexicon
    if not lexicon.case_endings or not table.flags[token] & F.GIVEN:
        return False
    word = _word(table, token)
    if last and lexicon.file.surnames_tell_gender and lexicon.may_be_genitive(word, _word(table, last)):
        return True
    return word not in lexicon.listed_names


def _part_two(mentions: Any, n: int, flags: Any, people: Any) -> None:
    """Ends a name with a role before it where the next role with a name begins: "sanoi ministeri Ada Quill | pormestari Aino Rennille"."""
    first, last = int(mentions[n, Mention.FIRST]), int(mentions[n, Mention.LAST])
    for k in range(first + _NOUN_AND_NAME + 1, last):
        if people[k] and flags[k - 1] & flags[k - 2] & flags[k + 1] & F.CAPITAL:
            mentions[n, Mention.LAST] = mentions[n, Mention.GROUP_LAST] = k - 1
            return


def own_by_ending(table: TokenTable) -> None:
    """Makes a noun of people behind a name in the genitive, which no apostrophe marks, the head of the phrase: "Ada Quills mamma"."""
    genitive, owned = table.lexicon.file.endings.genitive, table.lexicon.file.endings.owned
    if not genitive and not owned:
        return
    count = int(table.columns.mention_bounds[-1])
    mentions = table.columns.mentions[:count]
    flags = np.asarray(table.sentence_columns[0])
    firsts = [p.first for p in table.paragraphs]
    behind = mentions[:, Mention.LAST] + 1
    person = flags[behind] & (F.ROLE | F.LOWER | F.CUE) == F.ROLE | F.LOWER
    for n in np.nonzero(person & (mentions[:, Mention.KIND] == F.NAME))[0].tolist():
        last = int(mentions[n, Mention.LAST])
        p = table.paragraphs[bisect_right(firsts, last) - 1]
        owns = flags[last] & F.POSSESSIVE or p.word(last).endswith(genitive) or p.word(last + 1).endswith(owned)
        if last > int(mentions[n, Mention.FIRST]) and owns:
            mentions[n, Mention.LAST] = mentions[n, Mention.GROUP_LAST] = last + 1
            mentions[n, Mention.KIND] = F.NOUN


@lru_cache(maxsize=16)
def _elided(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """A short word with its apostrophe before another word. Where both have a capital it is a name: "D'Angelo"."""
    if not words:
        return None
    written = "|".join(sorted(map(re.escape, words), key=lambda w: (-len(w), w)))
    capital = "|".join(sorted((re.escape(w.capitalize()) for w in words), key=lambda w: (-len(w), w)))
    return re.compile(rf"(?<!\w)(?:(?:{written})[’'](?=\w)|(?:{capital})[’'](?=\w)(?!{CAPITAL}))")


def without_elisions(text: str, lexicon: Lexicon) -> str:
    """The text with a blank for each apostrophe that ties a short word to the next; every offset stays.

    >>> from pipelines.quotes.lexicon import load_lexicon
    >>> without_elisions("L'usine d'Armont, dit D'Angelo", load_lexicon("fr"))
    "L usine d Armont, dit D'Angelo"
    """
    pattern = _elided(lexicon.file.words.elided)
    return text if pattern is None else pattern.sub(lambda match: match.group()[:-1] + " ", text)


def join_names(table: TokenTable) -> None:
    """Lets a small word with a capital that stands inside a name be part of it: "Kofi A. Mensah", "Marie Le Goff"."""
    written: Any = table.flags
    flags, followed = np.asarray(table.sentence_columns[0]), bool(table.lexicon.file.follows)
    inside = flags[1:-1]
    small = (inside & F.CAPITAL != 0) & (inside & _NO_PART != 0)
    inner = np.nonzero(small & (inside & (F.UPPER | F.NAME_PARTICLE * followed) != 0))[0] + 1
    for k in inner.tolist():
        before, behind = int(flags[k - 1]), int(flags[k + 1])
        joined = before & F.CAPITAL or (before & F.LOWER and before & F.NAME_PARTICLE)  # "Anne de La Tour"
        opens = before & _OPENS_NO_NAME & ~(_NO_PART if before & F.NAME_PARTICLE else 0)
        if before & F.CUE and before & F.LOWER and (behind & F.CAPITAL or behind & F.NAME_PARTICLE):
            written[k] &= ~(_NO_PART | F.NOT_NAME | F.ATTACHING)  # "zei Van der Quill"
        elif joined and not opens and behind & F.CAPITAL:
            initial = table.ends[k] - table.starts[k] == _INITIAL and not behind & F.UPPER
            if initial or not flags[k] & F.UPPER:
                written[k] &= ~(_NO_PART | F.NOT_NAME | F.ATTACHING)


def read_openers(table: TokenTable) -> None:
    """Takes the capital from words of the lexicon that open a sentence and are no name: "Añadió que". A word of no list that opens one, with a
    small one behind it, begins no name."""
    flags: Any = table.flags
    _read_caused(table)
    for token in _infinitives(table):
        flags[token] &= ~(F.CUE | F.REPORTING)
    for token, flag in _changed(flags, table.firsts, table.stops):
        flags[token] = flag


def _read_caused(table: TokenTable) -> None:
    """Makes a cue of two words such as "a fait savoir" one that tells as much as a verb of saying; without the first of them it is none."""
    cues = table.lexicon.file.cues
    if not cues.caused:
        return
    flags: Any = table.flags
    others = frozenset((*cues.strong, *cues.weak))
    for token, index in table.places_of(F.WEAK_CUE):
        p = table.paragraphs[index]
        word = p.word(token).lower()
        if word not in cues.caused:
            continue
        verb = token - 1
        if verb > p.first and flags[verb] & F.LOWER and flags[verb] & _LINKS:  # "dio a conocer"
            verb -= 1
        verb = verb if p.word(verb).lower() in cues.causing else token - 1
        if token > p.first and flags[verb] & F.LETTER and p.word(verb).lower() in cues.causing:
            flags[token] = (flags[token] & ~F.ADVERB) | F.STRONG_CUE | F.REPORTING
            for k in range(verb, token):
                flags[k] = (flags[k] & ~(F.CUE | F.REPORTING | _LINKS | _CODE)) | F.AUXILIARY
        elif word not in others:
            flags[token] &= ~(F.CUE | F.REPORTING)


def _infinitives(table: TokenTable) -> list[int]:
    """Cues right behind a small "to", which report nothing: "Schadenersatz zu fordern"."""
    flags = np.asarray(table.sentence_columns[0])
    cues = np.nonzero((flags & F.CUE != 0) & (flags & F.LOWER != 0))[0]
    before = flags[cues - 1]
    led = ((before >> F.CODE_SHIFT) & 63 == CODE_OF_FUNCTION["goal"]) & (before & F.LOWER != 0)
    return cues[led].tolist()


def _changed(flags: Sequence[int], firsts: Sequence[int], stops: Sequence[int]) -> list[tuple[int, int]]:
    found = []
    for first, stop in zip(firsts, stops, strict=True):
        k = first
        while k < stop and not flags[k] & (F.LETTER | F.QUOTE):
            k += 1
        if k == stop or not flags[k] & F.CAPITAL or flags[k] & (_NAMED | F.UPPER):
            continue
        flag = flags[k]
        if flag & _PLAIN:
            found.append((k, (flag & ~F.CAPITAL) | F.LOWER))
    return found
