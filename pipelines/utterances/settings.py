"""Settings of utterances: from which likeness on two statements are one. Few numbers, chosen on the development sets: docs/utterances.md."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class UtteranceSettings:
    """How alike statements of two articles have to be to be one utterance, by how alike the articles are."""

    # What two statements need, for articles that are alike as in `articles_alike`; between two of these, in proportion.
    articles_alike: tuple[float, ...] = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
    needed: tuple[float, ...] = (0.85, 0.6, 0.6, 0.44, 0.44, 0.38)
    window: int = 14  # days; articles further apart need more
    needed_far: float = 0.16
    # Words of one in the order of the other's: how much of the shorter has to be there to count, and how rare they have to be together.
    in_order: float = 0.67
    in_order_worth: float = 1.0
    rare_enough: float = 22.0
    # Rare four-grams of both: the likeness counts in full from so much rarity on, and so much of it without any.
    rare_grams: float = 690.0
    without_rarity: float = 0.5
    surroundings: float = 0.35  # weight of what stands around the two, where the articles are alike
    alike_alone: float = 0.25  # likeness of the words themselves from which on their surroundings count in full
    one_speaker: float = 0.04  # for one named speaker; taken off for two
    # For one named speaker: what counts, and how much, by how far the two are more alike than either is to all else in the other's article,
    # where the articles are alike as from the first of these on, in full from the second on, and not more than so many days apart.
    alone_ahead: float = 0.1
    alone: float = 0.5
    alone_alike: tuple[float, float] = (0.26, 0.34)
    alone_days: int = 1
    alone_among: int = 8  # statements that both articles hold, from which on it counts in full; of two and less it does not
    # Taken off for common words of two named speakers, in articles less alike than this: "no comment" is nobody's own.
    stock_phrase: float = 1.0
    another_story: float = 0.25
    common_words: float = 8.0  # rarity of the words together up to which this is so in full, up to twice as much in part
    best_for_one: float = 0.13  # further likeness needed where another statement of one of the articles is more alike
    alike_in_any_case: float = 0.9
    core_slack: float = 0.13  # how much less the longest statements of two groups may be alike
    # Added where one stands whole in the other, in order up to this share and with words worth so much, by one speaker.
    excerpt_worth: float = 0.12
    excerpt_in_order: float = 0.9
    excerpt_words: float = 9.4
    whole_words: float = 6.0  # worth of words that stand whole in a longer statement, which then need not be the nearest to it
    # Where no other statement of the two articles corroborates: the share of the words, by worth, that has to stand in both, in full for words
    # worth less together than the first of `few_words`, `many_same_words` and no more from the second on. For one speaker, or one that is
    # not known, it depends on how alike the articles are; two who are named, or another day, need `same_words_of_two`.
    few_words: tuple[float, float] = (18.0, 36.0)
    copied: tuple[float, float] = (0.65, 0.8)
    same_words: tuple[float, float] = (0.2, 0.75)
    many_same_words: float = 0.3
    versions_alike: float = (
        0.6  # articles from which on two statements of one person in one form are two: "thank the staff", "thank the guests"
    )
    fewest_to_differ: int = 3  # words; shorter statements have to be the same
    same_words_of_two: float = 0.99
    another_day: int = 3  # days apart from which on articles do not report one occasion
    # Another statement corroborates where it is reworded, with a smaller share of the words in both: copies have a quote word for word. Two
    # articles that are so much alike are translations of one where so many of their quoted statements meet, and such a share of what the one
    # with fewer has: a further pair then needs so much less.
    reworded: float = 0.95
    translated_alike: float = 0.5
    translated: int = 2
    translated_share: float = 0.6
    translated_worth: float = 0.12
    worth_on_another_day: float = 12.0  # of the words in common, where the articles are more than `window` days apart
    # Candidates.
    common_word: int = 60  # articles; a word in more does not propose a pair
    telling_word: float = 1.0  # rarity; two statements that share the beginning of no such word are not compared
    shared_words: int = 2  # rare words that two articles share
    least_alike: float = 0.15  # articles less alike are compared only where five words stand in both statements
    common_shingle: int = 60
    fewest_words: int = 2  # of a marked statement
    fewest_indirect: int = 5
    fewest_unattributed: int = 3
    alike_in_form: float = 0.3  # articles of one publisher are alike by their form: no more than this is believed
    around: int = 200  # characters to either side
    # Speakers, relations and conflicts.
    named_before: int = 2500  # characters before the words in which "he" may have been named
    edited: float = 0.75  # share of the shorter wording that stands in both, in order
    most_changed: float = 0.35  # words that differ within, for each word
    comparable: float = 0.5  # share of words in common from which on a difference is a conflict and not another translation
    words_of_two: float = 4.0  # words in common from which on two speakers of them are a conflict
    worth_of_two: float = 9.0  # of these words, under which two named people may each have said them: "it is a dream come true"
    most_wordings: int = 12  # of an utterance; further ones are not compared
    sure_of_role: float = 0.95  # confidence from which on "the president" stays who the article says, whomever others name
    sure_of_speaker: float = 0.85  # confidence in a speaker from which on another one is a conflict
