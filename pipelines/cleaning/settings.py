"""What can be set about cleaning, and the numbers of the verdict.

Which lines are likely to be body is the model's to say: its threshold stands in its file. Here stands what is made of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, IntEnum, auto

from pipelines.marks import MOST_MARKS


class Where(IntEnum):
    """Where a line stands that is spared though the model scores it too low."""

    INSIDE = auto()  # between the first and the last kept line
    INSIDE_LIGHT = auto()  # there, on a page light of boilerplate
    BETWEEN = auto()  # there, directly between two sentences of the article that nothing marks
    SUSPECT = auto()  # there, and marked by a suspect word only
    EDGE = auto()  # directly above the first kept line or below the last one
    BEYOND_TEASER = auto()  # below the article, after a single line that leads to another story
    STANDFIRST = auto()  # below the headline: the first that fits
    ABOVE = auto()  # above the article and below the headline, among dates and names
    ABOVE_UNTITLED = auto()  # above the article where nothing is likely to be the headline
    BELOW = auto()  # below the article, among dates and names
    SHORT = auto()  # on a short page that is prose but for its marked lines, above its comments
    FAR = auto()  # anywhere: lists of products, pictures or links part it from the article
    PARAGRAPH = auto()  # below the article's first line, a paragraph of several sentences
    PARAGRAPH_INSIDE = auto()  # one between the first and the last kept line
    ITEM = auto()  # between the first and the last kept line, with a bullet
    HEADING = auto()  # over a kept sentence, below another or below a link that stands below one


class Needs(Enum):
    """What a spared line has to be."""

    ANYTHING = auto()
    SENTENCE = auto()
    PROSE = auto()  # a sentence, or with the words of the article and few capitals


@dataclass(frozen=True, slots=True)
class Spared:
    """Lines that are kept for where they stand: from a score over `floor`, within `reach` lines of the article or headline, with so many
    words or more, and fewer than `max_words`."""

    where: Where
    floor: float
    reach: int | None = None
    words: int = 0
    max_words: int | None = None
    needs: Needs = Needs.ANYTHING


SPARED = (
    Spared(Where.INSIDE, floor=0.15),
    Spared(Where.INSIDE_LIGHT, floor=0.07),
    Spared(Where.BETWEEN, floor=0.07),
    Spared(Where.SUSPECT, floor=0.15, words=12, needs=Needs.SENTENCE),
    Spared(Where.EDGE, floor=0.05, words=4, needs=Needs.SENTENCE),
    Spared(Where.BEYOND_TEASER, floor=0.3, words=6, needs=Needs.SENTENCE),
    Spared(Where.STANDFIRST, floor=0.04, reach=5, words=5, max_words=60, needs=Needs.PROSE),
    Spared(Where.ABOVE, floor=0.12, reach=8, words=5, needs=Needs.PROSE),
    Spared(Where.ABOVE_UNTITLED, floor=0.2, reach=8, words=5, needs=Needs.PROSE),
    Spared(Where.BELOW, floor=0.6, reach=4, words=5, needs=Needs.SENTENCE),
    Spared(Where.SHORT, floor=0.03, words=5, needs=Needs.SENTENCE),
    Spared(Where.FAR, floor=0.85, words=15, needs=Needs.SENTENCE),
    Spared(Where.PARAGRAPH, floor=0.4, words=35, needs=Needs.SENTENCE),
    Spared(Where.PARAGRAPH_INSIDE, floor=0.25, words=25, needs=Needs.SENTENCE),
    Spared(Where.ITEM, floor=0.06),
    Spared(Where.HEADING, floor=0.02, words=1, max_words=6),
)


@dataclass(frozen=True, slots=True)
class VerdictSettings:
    """Chosen on the development pages, cross-validated by publisher; F1 moves by less than .002 over a third up or down."""

    spared: tuple[Spared, ...] = SPARED

    # The article is the span of lines with the greatest worth.
    max_words: int = 80  # of one line that count
    cost: float = 6.0  # words that a line left out costs a span
    cost_flagged: float = 7.0
    often: int = 3  # a short line that a page repeats so often stands between the paragraphs of one article:
    cost_often: float = 0.3  # the part of its cost that is left
    near_lines: int = 6  # of lines left out in a row; what nothing marks below them is part of the same table or gallery:
    cost_deep: float = 0.2  # the part of its cost that is left
    short_line: int = 8  # words
    short_page: int = 12  # lines; on a page of fewer, lines left out cost less and lines inside need less score, in proportion
    threshold_marked: float = 0.65  # on a page of fewer, of what a rule hits
    threshold_unmarked: float = 0.2  # on a page where no rule, label or repetition marks any line: it has been cleaned already
    threshold_light: float = 0.25  # on one that is light of boilerplate, of lines that nothing marks

    # A block that holds the article by itself: its words, its share of the characters in sentences, ends of sentences inside it.
    dominant_words: int = 80
    dominant_flagged: int = 3  # times as many where a rule speaks against it: notices of rights are long, too
    dominant_share: float = 0.5
    dominant_stops: int = 3

    # A page is light of boilerplate under these shares of flagged lines.
    light: float = 0.2
    light_for_list: float = 0.1  # where a page is long
    long_page: int = 40  # lines

    # A list page, a transcript or a live blog keeps its lines.
    list_words: float = 4.0  # words of a line over which it speaks for a list
    list_flagged_cost: float = 8.0  # words that a flagged line costs a list
    list_kept: float = 0.8  # share of the list's words under which the lines kept without it are too few
    list_max_flagged: float = 0.25
    list_topic: float = 0.6  # share of its words that the article must have
    entry_reach: int = 4  # lines between the entries of a form, or between it and the article
    short_sentence: int = 3  # words of a line with a stop that stays between the sentences of a short page
    opening: int = 8  # lines above the article, at most, where the first sentence among them introduces it
    loose: int = 2  # lines of a short page that are no sentences, the first not counted, where all else is,
    loose_prose: float = 0.6  # and the share of its words in sentences with it: all of these stay
    notes: int = 2  # between the sentences of a short page and the last ones
    closing: int = 3  # such lines below the last longer sentence of a short page
    going_on: int = 2  # kept sentences below a label of comments on a short page, where the article goes on below it
    announcing: int = 2  # lines right above it that announce it,
    announcing_words: int = 4  # of so many words or more

    # A text that is kept without being scored.
    clean_prose: float = 0.8  # share of words in whole sentences
    brief_lines: int = 5

    # Lines directly below the last kept one that go on with it: their mean score, and that of the last of them.
    tail: float = 0.4
    tail_of_form: float = 0.25  # where one with a colon and a stop follows one with a colon
    tail_end: float = 0.24

    # Sentences and what stands between them.
    beyond_lines: int = 3  # below links to other stories, most of which must go on with the article
    neighbour: float = 0.55  # score of the sentences around a line
    telling: float = 0.45  # of one between them that stays although a rule hits it
    link: float = 0.55  # score under which a line between sentences that ends like a headline is a link
    link_words: int = 6
    most_link_words: int = 25  # a longer line is a paragraph that lacks its stop
    below_link: float = 0.45  # score under which a line right below a label or a link is another link
    last_link: float = 0.5  # score that a headline under the last sentence needs
    last_link_followed: float = 0.9  # where boilerplate follows it
    sure: float = 0.8  # score of the sentence above it
    topic: float = 0.3  # share of words that the article has, where no stop ends a line of prose
    capitals: float = 0.6  # share of words with capitals under which such a line is prose

    paragraph_topic: float = 0.15  # share of words that the article has, of a paragraph that other things part from it,
    paragraph_topic_inside: float = 0.1  # and of one between its lines

    # A sentence that stands in several stories of its publisher is background or a quotation, not boilerplate, over these scores.
    reporting: float = 0.7
    reporting_often: float = 0.95  # where no event explains the number of stories
    reporting_between: float = 0.75  # of a line that is no sentence, between two of the article's, in so few stories

    list_words_each: float = 3.0  # of the items, on average, of a likely list that other things part from the article

    # What goes from the kept lines.
    copy_words: int = 5  # of a line that goes as a copy
    max_copies: float = 0.2  # of the kept lines; a text with more is verse or a table
    head_lines: int = 4  # first kept lines, among which a copy is the standfirst again
    date: float = 0.7  # score that a line needs there which is little more than a date

    # Where the model would leave hardly any text.
    left_sentences: float = 0.5  # share of a page's sentences,
    left_words: int = 60  # and words in sentences, that are an article by themselves
    min_left: float = 0.2  # share of the characters of a light page's unmarked lines that the score alone must leave

    def __post_init__(self) -> None:
        places = [row.where for row in self.spared]
        if sorted(place.name for place in places) != sorted(Where.__members__):
            raise ValueError(f"spared has rows for {', '.join(place.name for place in places)}; it must have one for each Where")

    def spared_where(self, where: Where) -> Spared:
        """The row of the table."""
        row = self.spared[where - 1]  # most tables are in the order of the places
        if row.where is where:
            return row
        for row in self.spared:
            if row.where is where:
                return row
        raise ValueError(f"{where!r} has no row in spared; it must be one of Where")


@dataclass(frozen=True, slots=True)
class CleanSettings:
    """`threshold`: a line whose chance of being body is under it goes, but for what is spared; None: the one that the model of lines was
    given when it was trained. `least_kept`: where boilerplate is light and less than this share of the unmarked words would be kept, all
    of them are. `repeated_in`: a line in so many stories of its publisher goes (one of 2, 3, 5). Over `most_blocks` lines or
    `most_characters`, or `most_marks` quotation marks, a text is rejected as too large. `languages`: codes of those that are wanted, all where empty; a text in another one
    is rejected, unless it has less than `telling_characters`: of 200, one in sixty is taken for another language, of a whole page none is
    (development pages)."""

    threshold: float | None = None
    least_kept: float = 0.3
    repeated_in: int = 2
    most_blocks: int = 100_000
    most_characters: int = 100_000_000
    most_marks: int = MOST_MARKS
    languages: tuple[str, ...] = ()
    telling_characters: int = 200
    verdicts: VerdictSettings = field(default_factory=VerdictSettings)

    def __post_init__(self) -> None:
        if self.repeated_in not in (2, 3, 5):
            raise ValueError(f"repeated_in is {self.repeated_in}; it must be a bucket: 2, 3 or 5")
        for name in ("threshold", "least_kept"):
            value = getattr(self, name)
            if value is not None and not 0 <= value <= 1:
                raise ValueError(f"{name} is {value}; it must be from 0 to 1")
