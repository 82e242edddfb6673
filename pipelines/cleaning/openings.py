"""The lines over the article and its first ones: which is taken out as its headline, and which stay though they may be taken for one:
a standfirst, a first question, an exclamation.

How likely a line is to be the headline is said in `headlines.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.cleaning.headlines import share_in_lead, stands_over_date_or_byline, take_headline
from pipelines.cleaning.lexicon import Lexicon
from pipelines.cleaning.lines import Line, last_title
from pipelines.cleaning.reasons import SCORED
from pipelines.cleaning.settings import VerdictSettings, Where
from pipelines.vocabulary import BlockKind

QUESTIONS = "?？؟"
OPENING_SCORE = 0.7  # of a line that ends with a question or an exclamation mark and would else be taken for the headline
STANDFIRST_WORDS = 12  # of the first line of a clean text that may as well be a standfirst as a headline,
STOPPED_WORDS = 4  # of a standfirst with a stop
STANDFIRST_GRAMMAR = 0.2  # with such a share of words of grammar: it is called the title and stays
SHARE_OF_USUAL = 0.5  # of that of the sentences, where it is less
# A shorter one has less than such a share of its words in the first two sentences of the article, or in the first where it is worded like a
# sentence. Of 6,000 headlines of an agency one in a hundred has.
SHORT_STANDFIRST, SHORT_GRAMMAR, LINES_OF_LEAD, SHARE_OF_HEADLINE, SHARE_OF_WORDED = 5, 0.3, 2, 0.3, 0.6
NEAR_ARTICLE = 3  # lines from a standfirst to the article, past byline and date
BELOW_HEADLINE = 16  # lines within which sentences above the article stay


def keep_standfirst(lines: list[Line], numbers: VerdictSettings, lexicon: Lexicon) -> None:
    """Keeps the sentences between headline and article that only the score is against: the first, whatever it scores, and likelier ones
    further down. Where the headline is was not known when they were judged."""
    first = next((place for place, line in enumerate(lines) if line.kept), 0)
    headline = last_title(lines, range(first))
    if headline < 0:
        return
    standfirst, above = numbers.spared_where(Where.STANDFIRST), numbers.spared_where(Where.ABOVE)
    for place in range(headline + 1, min(headline + 1 + BELOW_HEADLINE, first)):
        line = lines[place]
        only_score = line.reason.startswith(SCORED) and not line.flagged and not line.bucket
        below = (
            place == headline + 1
            and _is_plain(line)
            and (
                _is_worded(line, lines, SHORT_STANDFIRST, SHORT_GRAMMAR)
                or (first - place <= NEAR_ARTICLE and _says_more(line, lines[first:], lexicon))
            )
        )
        near = place <= headline + (standfirst.reach or 0) and line.word_count < (standfirst.max_words or line.word_count + 1)
        if (
            line.score is None
            or not only_score
            or not (line.sentence or (near and (_is_stopped(line) or _is_long_standfirst(line, lines))) or below)
            or line.text[-1] in "?!"
            or line.folded == lines[headline].folded
        ):
            continue
        if line.score > ((standfirst.floor if near else above.floor) or 0.0):
            line.kind, line.kept, line.reason = BlockKind.BODY, True, "context: a sentence below the headline"


def keep_first_question(lines: list[Line]) -> None:
    """Keeps a question right above the article that only the score is against, where the article asks more of them: questions and answers."""
    first = next((place for place, line in enumerate(lines) if line.kept), 0)
    line = lines[first - 1] if first else None
    if line is None or line.text[-1] not in QUESTIONS or not line.reason.startswith(SCORED) or line.flagged or line.bucket:
        return
    if any(other.kept and other.text[-1] in QUESTIONS for other in lines[first:]):
        line.kind, line.kept, line.reason = BlockKind.BODY, True, "context: the first of the article's questions"


def _is_stopped(line: Line) -> bool:
    """Whether a line of a few words ends with a stop, as a short standfirst does."""
    return line.word_count >= STOPPED_WORDS and line.text[-1] in ".。।" and not any(map(str.isdigit, line.text))


def take_or_keep_headline(lines: list[Line], lexicon: Lexicon, scored: bool) -> str | None:
    """The headline, taken out of the body; but a question or an exclamation that the score holds for the article's own stays in it, and
    so does what stands under the first sentence of a text that the score was not asked about (now: it may have been before)."""
    kept = [line.reason if line.kept else None for line in lines]
    title = take_headline(lines, lexicon)
    if title is None:
        return None
    first_sentence = next((place for place, reason in enumerate(kept) if reason is not None and lines[place].sentence), len(lines))
    gone = [place for place, reason in enumerate(kept) if reason is not None and not lines[place].kept]
    back = [place for place in gone if _opens_article(lines, place, lexicon, scored) or (place > first_sentence and not scored)]
    back += [place for place in gone if place not in back and _is_asked_below(lines, place, first_sentence)]
    open_ended = [] if scored else [place for place in gone if _may_be_standfirst(lines, place, lexicon)]
    back += [place for place in open_ended if place not in back]
    for place in back:
        line = lines[place]
        line.kind, line.kept, line.reason = BlockKind.BODY, True, kept[place] or ""
    return None if len(back) > len(open_ended) and not any(line.kind == BlockKind.TITLE for line in lines) else title


def _is_asked_below(lines: list[Line], place: int, first_sentence: int) -> bool:
    """Whether a line is a question of an interview, below its headline or its first sentence."""
    line = lines[place]
    below = place > first_sentence or any(other.kind == BlockKind.TITLE for other in lines[:place])
    return line.entry and line.text[-1] in QUESTIONS and below


def _may_be_standfirst(lines: list[Line], place: int, lexicon: Lexicon) -> bool:
    """Whether a line that stands right over the first sentence of a text that the score was not asked about is long and worded like a
    sentence, or has little of what the first sentences say: whether it is a headline or a standfirst that lost its headline cannot be
    known, so it stays."""
    if stands_over_date_or_byline(lines, place, lexicon):
        return False
    line = lines[place]
    if _is_worded(line, lines, STANDFIRST_WORDS, STANDFIRST_GRAMMAR):
        return True
    below = lines[place + 1] if place + 1 < len(lines) else line
    if below.kept and not below.sentence and line.word_count < STANDFIRST_WORDS <= below.word_count:
        return False  # that one is the standfirst
    if not _is_plain(line):
        return False
    if _says_more(line, lines[place + 1 :], lexicon):
        return True
    lead = [other for other in lines[place + 1 :] if other.sentence][:LINES_OF_LEAD]
    worded = _is_worded(line, lines, SHORT_STANDFIRST, SHORT_GRAMMAR) and share_in_lead(line, lead, lexicon) < SHARE_OF_WORDED
    return worded and share_in_lead(line, lead[:1], lexicon) < SHARE_OF_HEADLINE


def _says_more(line: Line, below: Sequence[Line], lexicon: Lexicon) -> bool:
    """Whether a line has little of what the first sentences below it say, as a headline has not."""
    lead = [other for other in below if other.sentence][:LINES_OF_LEAD]
    return bool(lead) and share_in_lead(line, lead, lexicon) < SHARE_OF_HEADLINE


def _is_plain(line: Line) -> bool:
    """Whether a line without a stop is as long as a standfirst, and has no date, no words of boilerplate or to the reader, no colon, and
    capitals on half of its words at most."""
    _, reader, _, boilerplate, *_ = line.counts
    if line.word_count < SHORT_STANDFIRST or not line.text[-1].isalnum() or line.dated or reader or boilerplate:
        return False
    return ":" not in line.text and 2 * sum(word[0].isupper() for word in line.text.split()) <= line.word_count


def _is_long_standfirst(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a line without a stop is long and worded like a sentence."""
    return line.text[-1].isalnum() and _is_worded(line, lines, STANDFIRST_WORDS, STANDFIRST_GRAMMAR)


def _is_worded(line: Line, lines: Sequence[Line], least: int, grammar: float) -> bool:
    """Whether a line has so many words and such a share of words of grammar: about that of its page's sentences, in a language with few."""
    if line.word_count < least:
        return False
    sentences = [other for other in lines if other.sentence and other is not line]
    words = sum(other.word_count for other in sentences)
    usual = sum(other.counts[0] for other in sentences) / words if words else 1.0
    return usual > 0 and line.counts[0] >= min(grammar, SHARE_OF_USUAL * usual) * line.word_count


def _opens_article(lines: list[Line], place: int, lexicon: Lexicon, scored: bool) -> bool:
    """Whether a line that ends like a question or an exclamation is the article's first, and not its headline right over a date or byline."""
    line = lines[place]
    if line.text[-1] not in "?!" or stands_over_date_or_byline(lines, place, lexicon):
        return False
    return not scored or line.score is None or line.score >= OPENING_SCORE
