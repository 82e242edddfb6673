"""Names that sentences give: of an author's biography, of a note on how to reach the author, of an address."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from pipelines.cleaning.lexicon import Lexicon
from pipelines.cleaning.person_names import MAX_NAMES, name_patterns, person_name
from pipelines.letters import CAPITAL
from pipelines.lexicons import alternation

MAX_ADVERBS = 1  # between an inserted clause and the verb
MAX_OF_BIOGRAPHIES = 1500  # characters of a paragraph that holds the biographies of several authors
_QUOTES = frozenset('"“”„«»')
_LEADING = " —–-*•·~▪■"
_LOCAL_PART = re.compile(r"\b([a-z]{2,20})[._]([a-z][a-z'-]{1,30})@[\w.-]+\.\w")


class _Patterns(NamedTuple):
    biography: re.Pattern[str]
    next_biography: re.Pattern[str]
    writer: re.Pattern[str]
    board: re.Pattern[str]
    addressed: re.Pattern[str]
    reached: re.Pattern[str]
    reached_at: re.Pattern[str]
    reached_end: re.Pattern[str]
    plainly_reached: re.Pattern[str]
    contributed: re.Pattern[str]


@functools.cache
def _patterns(lexicon: Lexicon) -> _Patterns:
    words = lexicon.bylines
    the = alternation({word.capitalize() for word in words.definite})
    by = alternation(words.reached.by)
    return _Patterns(
        biography=re.compile(rf"\s+{alternation(words.biography_verbs)}\s"),
        next_biography=re.compile(rf"\s{alternation(words.next_verbs)} (?:{alternation(words.articles)} )?"),
        writer=re.compile(
            rf"^(?:{CAPITAL}[\w.'’-]+ ){{2,4}}{alternation(words.writers.being)} (?:[\w-]+ ){{0,4}}(?i:{alternation(words.writers.nouns)})\b"
        ),
        board=re.compile(
            rf"(?:{the} )?((?:{CAPITAL}[\w.'’-]* ){{0,4}}{alternation(words.boards.names)}) {alternation(words.boards.verbs)}\b"
        ),
        addressed=re.compile(
            rf"^(?:{alternation(words.addressed.as_author)},? )?(?:{alternation(words.addressed.forms)}\.? )?(?={CAPITAL})"
        ),
        reached=re.compile(rf"\b(?i:{alternation(words.reached.verbs)})\s+(?:[a-z]+\s+){{0,4}}(?={CAPITAL})"),
        reached_at=re.compile(rf"(?:[,’']\S*)?\s*(?:@|{by}\b|:|\(|,)"),
        reached_end=re.compile(rf" {by} |[@(,:]"),
        contributed=re.compile(rf"^\W*{alternation(words.contributed_openers)}|\b{alternation(words.contributed)}\b"),
        plainly_reached=re.compile(rf"@| {alternation(words.reached.plainly_by)} "),
    )


def tells_of_writer(paragraph: str, lexicon: Lexicon) -> bool:
    """Whether a paragraph begins with someone's name and calls them a writer or reporter."""
    return _patterns(lexicon).writer.match(paragraph[:120]) is not None


def names_of_biography(line: str, lexicon: Lexicon) -> list[str]:
    """The names of a biography or a note on how to reach the author at the foot of a page.

    >>> from pipelines.cleaning.lexicon import load_lexicon
    >>> names_of_biography("Jane Roe is a reporter in Oslo.", load_lexicon("en"))
    ['Jane Roe']
    >>> names_of_biography("—Staff writer Jane Roe can be reached at the desk.", load_lexicon("en"))
    ['Jane Roe']
    >>> names_of_biography("Contact reporter Jane Roe at jroe@example.org.", load_lexicon("en"))
    ['Jane Roe']
    >>> names_of_biography("Jane Roe, Ann Lee and John Doe are reporters.", load_lexicon("en"))
    ['Jane Roe', 'Ann Lee', 'John Doe']
    >>> names_of_biography("Follow Europe on the radio.", load_lexicon("en"))
    []
    """
    line = line.lstrip(_LEADING)
    patterns = _patterns(lexicon)
    board = patterns.board.match(line[:120])
    if board:
        return [board[1]]
    addressed = patterns.addressed.match(line)
    line = line[addressed.end() :] if addressed else line
    reached = patterns.reached.search(line[:80]) if patterns.plainly_reached.search(line) else None
    if reached:
        rest = line[reached.end() : reached.end() + 60]
        name = person_name(patterns.reached_end.split(rest, maxsplit=1)[0], lexicon)
        if name and patterns.reached_at.match(rest[len(name) :]):
            return [name]
    match = next((match for match in patterns.biography.finditer(line[:160]) if _is_main_verb(line[: match.start()])), None)
    if match is None:
        return []
    if match.group().strip() in lexicon.bylines.plural_verbs:
        names = [person_name(part, lexicon) for part in name_patterns(lexicon).separator.split(line[: match.start()])]
        return [name for name in names if name] if all(names) else []
    words = re.split(r"[,(]", line[: match.start()], maxsplit=1)[0].split()
    roles = [place for place, word in enumerate(words) if word.lower() in lexicon.words.role_words]
    if roles and len(words) - roles[-1] > 2:
        words = words[roles[-1] + 1 :]
    half = len(words) // 2
    if words[:half] == words[half:]:  # the name as a caption, then the sentence
        words = words[:half]
    name = person_name(" ".join(words), lexicon)
    return [name, *_names_of_next_sentences(line, name, lexicon)] if name else []


def _is_main_verb(before: str) -> bool:
    """Whether a verb is that of the person with whom a sentence begins, by what stands between: no quotation, no clause that a comma opens
    ("Jane Roe, who leads the union, said it was late"), and after an inserted one no more than an adverb."""
    _, *inserted = before.split(",")
    adverbs = len(inserted[-1].split()) if inserted else 0
    return _QUOTES.isdisjoint(before) and (not adverbs or (adverbs <= MAX_ADVERBS and len(inserted) % 2 == 0))


def _names_of_next_sentences(line: str, first: str, lexicon: Lexicon) -> list[str]:
    """Authors whose biographies follow the first in the same paragraph."""
    names: list[str] = []
    for sentence in re.split(r"(?<=[.;]) ", line[:MAX_OF_BIOGRAPHIES])[1:]:
        match = _patterns(lexicon).next_biography.search(sentence[:50])
        name = person_name(sentence[: match.start()], lexicon) if match else None
        if name and match and name == sentence[: match.start()] and name not in (first, *names):
            names.append(name)
    return names[: MAX_NAMES - 1]


def only_contributed(folded: str, lexicon: Lexicon) -> bool:
    """Whether what a line says next to a name is that someone did no more than add to the article."""
    return _patterns(lexicon).contributed.search(folded) is not None


def name_in_address(line: str) -> list[str]:
    """The name of an address whose first name stands in the line, too.

    >>> name_in_address("Contact Jane by e-mail, jane.roe@example.org"), name_in_address("Write to news.desk@example.org")
    (['Jane Roe'], [])
    """
    match = _LOCAL_PART.search(line.lower()) if "@" in line else None
    first = match[1].title() if match else ""
    return [f"{first} {match[2].title()}"] if match and re.search(rf"\b{first}\b", line) else []
