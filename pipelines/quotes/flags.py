"""What a token is and what it looks like, as bits of one number."""

from __future__ import annotations

# What a word may be. A word has any number of these.
STRONG_CUE = 1 << 0
WEAK_CUE = 1 << 1
PRONOUN = 1 << 2  # one that may be a speaker
DETERMINER = 1 << 3
BOUNDARY = 1 << 4  # no mention runs across it
AUXILIARY = 1 << 5
ATTACHING = 1 << 6  # a preposition that ties a second noun phrase to the first
NOT_NAME = 1 << 7  # capitalised only because it begins a sentence, or a day or month
PARTICLE = 1 << 8  # may stand inside a name
ADVERB = 1 << 9
TITLE = 1 << 10
ROLE = 1 << 11  # a noun of people
GROUP = 1 << 12
DOCUMENT = 1 << 13
MEDIUM = 1 << 14
ORGANISATION = 1 << 15
UNNAMED = 1 << 16
MASCULINE = 1 << 17
FEMININE = 1 << 18
PLURAL = 1 << 19
DAY = 1 << 20
COMPLEMENTIZER = 1 << 21
NAME_PARTICLE = 1 << 22
RELATIVE = 1 << 23
GIVEN = 1 << 24
# What a token looks like.
CAPITAL = 1 << 25
QUOTE = 1 << 26
COMMA = 1 << 27
STOP = 1 << 28  # . ! ? …
COLON = 1 << 29  # : ;
DASH = 1 << 30
MARK = 1 << 31  # other punctuation
DIGIT = 1 << 32
POSSESSIVE = 1 << 33
PAREN = 1 << 34
ABBREVIATION = 1 << 35
UNKNOWN_LOWER = 1 << 36  # a lower-case word of no list
LETTER = 1 << 37
REPORTING = 1 << 39  # a word that may be the cue of a reported clause
CITING = 1 << 38  # "citing": what follows is the real source

CUE = STRONG_CUE | WEAK_CUE
PEOPLE = ROLE | GROUP
PUNCTUATION = COMMA | STOP | COLON | DASH | MARK | PAREN
# Above these flags stands a small code per token, its shape in a sentence, which the learned parts take as a feature.
CODE_SHIFT = 40
CUE_SHIFT = 46  # then how often the word is the cue of a quotation, 0 to 15,
REPORT_SHIFT = 50  # and of any report, 0 to 15,
# then what else the compiled loops, which see no letters, ask of a word's form.
ENDS_ING = 1 << 54
ENDS_ED = 1 << 55
UPPER = 1 << 56  # two or more letters, all capitals
LOWER = 1 << 57  # no capital letter
OPENS_PHRASE = 1 << 58  # the first word of "according to" and its like
PLAIN_CUE = 1 << 59  # a cue even behind a determiner
FORM_SHIFT = 60  # which pronoun, 0 to 7
AMPERSAND = 1 << FORM_SHIFT | 1 << 31  # MARK with a form of its own

# What a mention is.
NAME, PRON, NOUN = 0, 1, 2

# The shape of a word, bits of a number of its own: what cutting words and sentences asks of its letters.
ABBREVIATED = 1 << 0  # an abbreviation of the lexicon, capitalised
LONE_CAPITAL = 1 << 1
FULL_STOP = 1 << 2
CLOSING = 1 << 3  # a closing bracket
DOTTED = 1 << 4  # a word with its own stop, "p.m.", that may end a sentence
