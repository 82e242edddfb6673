"""Settings of names and speakers: what costs how much when two spellings are compared, and from where on two names are one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SoundCosts:
    """What it costs to turn one row of sounds into another; a consonant that is missing or another one costs 1."""

    vowel: float = 0.28  # a vowel that is missing
    other_vowel: float = 0.12
    silent: float = 0.2  # a sound that may be silent, missing
    near: float = 0.35  # a consonant heard for another one


@dataclass(frozen=True)
class NameSettings:
    """From which likeness on words and names are one. Chosen by hand on pairs of names and not sensitive: docs/speakers.md."""

    sounds: SoundCosts = SoundCosts()
    same_word: float = 0.72  # two words of one script
    same_word_across: float = 0.66  # two words of different scripts
    joined_word: float = 0.85  # one word against two or three written together
    # How alike words are that are one by other means than their letters.
    same_family: float = 0.95  # two forms of one given name ("Bill", "William")
    initial: float = 0.8
    # What is taken from the likeness of two names, for each case.
    for_initial: float = 0.06  # an initial for a word
    left_over: float = 0.03  # a word that only one of them has
    contradiction: float = 0.4  # each has a word that the other lacks
    family_name_alone: float = 0.2
    other_name_alone: float = 0.45  # a single word that is not the other's last
    same_name: float = 0.68
    # Whether two spellings are one speaker of a corpus.
    slip: float = 0.85  # likeness of two words from which on it may be a slip in one name
    slip_letters: int = 7  # of such a word
    rare_letters: int = 8  # of a family name that few people have
    window: int = 30  # days between two articles in which a family name alone may stand for somebody
    one_story: float = 0.2  # likeness of two articles
    most_compared: int = 20  # articles of each of two names
    most_words: int = 9  # of a name; further ones are passed over
