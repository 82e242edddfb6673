"""What `seeds/languages/<code>/quotes.toml` may say: its tables and keys, each word list with the flags that it gives its words.

How words are looked up does not stand here (see `lexicon`), nor do lists of names (`pipelines.names`).
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from pydantic import AfterValidator, Field

from pipelines.lexicons import LanguageFile, LanguageTable, Pattern, Words
from pipelines.quotes import flags as F


class Gives(NamedTuple):
    """The flags of every word of a list."""

    flags: int


def _lower(words: tuple[str, ...]) -> tuple[str, ...]:
    for word in words:
        if word != word.lower():
            raise ValueError(f"{word!r} is not allowed; words are written in lower case")
    return words


def _phrases(phrases: tuple[str, ...]) -> tuple[str, ...]:
    for phrase in phrases:
        if not phrase.strip():
            raise ValueError("an empty phrase is not allowed; a phrase is one or more words")
    return _lower(phrases)


def _single(words: tuple[str, ...]) -> tuple[str, ...]:
    for word in words:
        if not word.isalnum():
            raise ValueError(f"{word!r} is not allowed; an abbreviation is written in letters, without its stop")
    return words


LowerWords = Annotated[Words, AfterValidator(_lower)]
Phrases = Annotated[tuple[str, ...], AfterValidator(_phrases)]


class Marks(LanguageTable):
    """`elisions`: what an apostrophe begins without opening a quotation, ’em, ’til."""

    elisions: LowerWords = ()
    dashes: bool = False  # a line that begins with a dash may be speech, and an attribution may stand between dashes inside speech
    before_names: LowerWords = ()  # how nouns begin that stand before a name or title in marks: "газет"
    before_verbs: bool = False  # speech in marks stands right before its verb and takes in nothing else: “Köprü kapalı” dedi
    narrated: Pattern | None = (
        None  # what tells that a sentence behind an attribution in a dash line is the reporter's: "– Nej, sade hon. Hon gick."
    )
    subjects_first: bool = False  # somebody may stand before the verb there: "Emme luovuta, hän sanoo"
    commas: bool = False  # an attribution may stand between commas inside speech: "On reviendra, promet-il, et vite"


class Transcripts(LanguageTable):
    """`anonymous`: labels of turns that name nobody, "Q" and "A"; `answers`: those of them that stand before what is answered."""

    anonymous: LowerWords = ()
    answers: LowerWords = ()


class Cues(LanguageTable):
    """Words that report speech. `strong`: hardly anything else follows them; `weak`: they often report something other than words."""

    strong: Annotated[LowerWords, Gives(F.STRONG_CUE)] = ()
    weak: Annotated[LowerWords, Gives(F.WEAK_CUE)] = ()
    strong_regular: LowerWords = ()  # base forms, the other forms follow by `regular_verbs`
    weak_regular: LowerWords = ()
    weak_past: LowerWords = ()  # base forms that are nouns too: only the past and the participle are cues
    verbs_only: LowerWords = ()  # cues that are no nouns: they are cues behind a determiner too
    preceding: Phrases = ()  # cues that the speaker follows: "according to"
    measures: LowerWords = ()  # of their first words those that measure too, "per cent": cues only before a determiner, a name or a group
    causing: LowerWords = ()  # verbs that make a cue of one of the words below behind them: "a fait savoir", "dio a conocer"
    caused: Annotated[LowerWords, Gives(F.WEAK_CUE)] = ()
    works: LowerWords = ()  # nouns right before the title of a work in marks: "the novel"
    of_works: LowerWords = ()  # of them those behind which a title in marks is a book or song, where a person is the subject: "has read"
    citing: Annotated[LowerWords, Gives(F.CITING)] = ()  # "citing X": X is the source
    participles: LowerWords = ()  # past participles without the regular ending
    receiving: LowerWords = ()  # cues whose subject somebody else speaks to: "heard"
    feelings: LowerWords = ()  # participles of what the subject of a passive itself feels: "was worried that"


class Reports(LanguageTable):
    """What tells that a clause without marks is speech. Where no verb is listed, any strong cue may report, and only a clause with a
    complementizer or behind "according to" is taken."""

    plain: LowerWords = ()  # verbs of saying, each form: whatever clause follows them was said
    verbs: LowerWords = ()  # base forms of regular ones: what follows is speech if it is a clause with a verb of its own
    forms: LowerWords = ()  # and forms of irregular ones
    phrases: Phrases = ()  # a form and what belongs to it: "pointed out"
    led_by: Phrases = ()  # phrases behind which a verb of saying was said all the same: "went on to say", "was quoted as saying"
    nouns: LowerWords = ()  # of all these forms those that are nouns too: cues only before a complementizer or behind a pronoun
    findings: LowerWords = ()  # forms of what a report, a study or those who made it say: "found"
    addressing: LowerWords = ()  # forms that may have a listener behind them: "told reporters"
    unsaid: LowerWords = ()  # before the verb these say that nothing was said: "to", "might", "not"
    negations: LowerWords = ()  # before the verb these say that it was not said: "never"
    silences: LowerWords = ()  # "but did not name": what tells that nothing more was said
    questions: LowerWords = ()  # openers of a reported question: "whether"
    subordinators: LowerWords = ()  # openers of a clause that is followed by another: "when"
    conjunctions: LowerWords = ()  # "and", "but"
    infinitive: LowerWords = ()  # "to"
    prepositions: LowerWords = ()  # that may stand between the cue and its clause: "said on Friday", "said in a statement"
    topics: LowerWords = ()  # prepositions of what is only talked about: "spoke about"
    particles: LowerWords = ()  # adverbs that make another verb of the one before them: "wrote down the value"
    pasts: LowerWords = ()  # finite verbs that no ending shows: "went"
    several: LowerWords = ()  # auxiliaries of a subject that is several: "were"
    times: LowerWords = ()  # nouns of times, which say nothing: "last week said"
    conditions: LowerWords = ()  # openers of what may be or not be, right before the subject: "If she says so"
    whoever: LowerWords = ()  # pronouns behind which "who said" tells of nobody in particular: "anyone"
    bygone: LowerWords = ()  # words that put the noun of a time behind them in the past: "last"
    received: LowerWords = ()  # participles of a text that somebody has and others wrote: "an email seen by the Post"


class Forms(LanguageTable):
    """Which pronoun a word is, as the learned parts and `people.pronouns` tell them apart; the number of each stands in `lexicon`."""

    third: LowerWords = ()  # he, she
    third_plural: LowerWords = ()  # they
    thing: LowerWords = ()  # it
    first: LowerWords = ()  # I
    first_plural: LowerWords = ()  # we
    second: LowerWords = ()  # you
    relative: LowerWords = ()  # who, which, that


class Pronouns(LanguageTable):
    """`speaker`: those that may be a speaker. The others say of any pronoun or possessive whom it stands for."""

    speaker: Annotated[LowerWords, Gives(F.PRONOUN)] = ()
    contracted: LowerWords = ()  # verbs that hang on one of these: "they've"
    masculine: Annotated[LowerWords, Gives(F.MASCULINE)] = ()
    feminine: Annotated[LowerWords, Gives(F.FEMININE)] = ()
    plural: Annotated[LowerWords, Gives(F.PLURAL)] = ()
    sources: LowerWords = ()  # forms that stand for somebody next to "according to": "selon lui", "hänen mukaansa"
    nearest: LowerWords = ()  # those that stand for who was named last, and not for who spoke last: "acesta"
    spoken: LowerWords = ()  # between marks they show that somebody talks: "I", "you", "our"
    forms: Forms = Forms()


class FunctionWords(LanguageTable):
    """Small words, by what they do in a sentence."""

    determiners: Annotated[LowerWords, Gives(F.DETERMINER)] = ()
    several: LowerWords = ()  # articles behind which several people are meant: "gli infermieri"
    definite: LowerWords = ()  # of the determiners those that point to somebody known
    indefinite: LowerWords = ()  # what stands before a noun of somebody new, determiner or not: "a", "another"
    masculine_articles: LowerWords = ()  # articles that tell the gender of who has the role behind them: "el portavoz",
    feminine_articles: LowerWords = ()  # "la portavoz"
    boundaries: Annotated[LowerWords, Gives(F.BOUNDARY)] = ()  # a candidate mention stops before these
    auxiliaries: Annotated[LowerWords, Gives(F.AUXILIARY)] = ()
    attaching: Annotated[LowerWords, Gives(F.ATTACHING)] = ()  # prepositions that tie a noun phrase to the one before
    not_names: Annotated[LowerWords, Gives(F.NOT_NAME)] = ()  # capitalised words that begin no name, whatever follows
    particles: Annotated[LowerWords, Gives(F.PARTICLE)] = ()  # small words that may stand in a name or between a role and a name
    adverbs: Annotated[LowerWords, Gives(F.ADVERB)] = ()
    not_adverbs: LowerWords = ()  # nouns that end as adverbs do: "family"
    days: Annotated[LowerWords, Gives(F.DAY)] = ()
    complementizers: Annotated[LowerWords, Gives(F.COMPLEMENTIZER)] = ()
    relatives: Annotated[LowerWords, Gives(F.RELATIVE)] = ()
    acronyms: LowerWords = ()  # words that in capitals are short forms: "the WHO"
    abbreviations: Annotated[LowerWords, AfterValidator(_single), Gives(F.ABBREVIATION)] = ()  # without their stop
    of_bodies: LowerWords = ()  # inside the name of a body, before what it is of: "Agence de santé", "Agenzia per l'ambiente"
    places: LowerWords = ()  # what stands before the name of a place and hardly before a person's
    of_things: LowerWords = ()  # relatives that stand for no person
    negative: LowerWords = ()  # a subject that says nothing: "Neither mentioned"
    hedges: LowerWords = ()  # the words in marks behind these are what somebody else calls it: "so-called"
    passive: LowerWords = ()  # what makes a passive of the participle behind it, "is called",
    agents: LowerWords = ()  # and the word for who does it
    elided: LowerWords = ()  # what an apostrophe ties to the word behind it, without it: "l" in "l'usine"
    clitics: LowerWords = ()  # pronouns that hang on their verb with a hyphen: "a-t-elle"


class Clauses(LanguageTable):
    """What tells reported clauses in a language that follows the weights of another. `prepositions` and `statements`: "nach Angaben", with
    words between."""

    prepositions: LowerWords = ()
    statements: LowerWords = ()  # nouns of what is said: "Angaben", "словами"
    behind: LowerWords = ()  # "according to" that stands behind who is meant: "zufolge"
    own: LowerWords = ()  # "according to him" in one word: "szerinte"
    questions: LowerWords = ()  # what opens a reported question: "ob"
    loose_questions: LowerWords = ()  # those that are prepositions too, and open a question only before an auxiliary: "berättar om kriget"
    nominal: LowerWords = ()  # endings of verbs before a cue whose clause is its object: "gelmeyeceğini söyledi"
    subjunctive: LowerWords = ()  # verbs in the mood of what somebody else says: "sei"
    surely_subjunctive: LowerWords = ()  # those that nothing but reported speech has
    only_that: LowerWords = ()  # weak cues that report where a complementizer follows: "gab bekannt, dass"
    views: LowerWords = ()  # what opens a sentence before who holds a view, only before words in marks: "pour"
    pointing: LowerWords = ()  # behind one of these and a cue a clause needs no complementizer: "azt mondta, nem mond le"
    colons: bool = (
        False  # a clause behind a cue and a colon is reported as one behind a complementizer is: "Hozzátette: a híd elkészül"
    )
    oblique: LowerWords = ()  # what begins no subject: "den", "dem"
    impersonal: LowerWords = ()  # verbs of which the source stands behind a preposition: "heißt es in einem Bericht"


class Codes(LanguageTable):
    """Which word of the language does what these do in English, as the trees see it. The code of each stands in `lexicon.CODE_OF_FUNCTION`."""

    that: LowerWords = ()
    manner: LowerWords = ()  # as
    genitive: LowerWords = ()  # of
    goal: LowerWords = ()  # to
    agent: LowerWords = ()  # by
    conjunction: LowerWords = ()  # and
    adversative: LowerWords = ()  # but
    relative: LowerWords = ()  # who, which
    indefinite: LowerWords = ()  # a, an
    definite: LowerWords = ()  # the


class Roles(LanguageTable):
    """Nouns of people and of other sources, as heads of a mention: "the official", "a spokesman", "the report"."""

    masculine: Annotated[LowerWords, Gives(F.ROLE | F.MASCULINE)] = ()
    feminine: Annotated[LowerWords, Gives(F.ROLE | F.FEMININE)] = ()
    neutral: Annotated[LowerWords, Gives(F.ROLE)] = ()
    group: Annotated[LowerWords, Gives(F.GROUP)] = ()
    document: Annotated[LowerWords, Gives(F.DOCUMENT)] = ()
    media: Annotated[LowerWords, Gives(F.MEDIUM)] = ()
    organisation: Annotated[LowerWords, Gives(F.ORGANISATION)] = ()
    organisation_in_case: Annotated[LowerWords, Gives(F.ORGANISATION)] = ()  # forms of such nouns that are no subject: "в полиции"
    called: LowerWords = ()  # nouns of bodies before which no article and behind which their name stands: "společnost Vodárna"; behind others,
    # "прокуратура Приозёрска", it tells of what or where they are
    unnamed: Annotated[LowerWords, Gives(F.UNNAMED)] = ()
    compounds: bool = False  # a noun of no list that ends with one of these is one too: "vaktleder"
    endings: LowerWords = ()  # how a noun of people of no list ends; where there are none, any noun may be somebody
    trades: LowerWords = ()  # and how such a noun ends that has a capital and stands before a name: "Locksmith Ada Quill"
    nobody: LowerWords = ()  # nouns of which it stays open who it is
    lesser: LowerWords = ()  # before a role these make it another one: "vice president"
    loose: LowerWords = ()  # roles that anybody of another role may have too: "candidate"
    apart: LowerWords = ()  # roles of which nobody has two: "judge", "witness"
    utterances: LowerWords = ()  # nouns of what somebody said or wrote: "his response"
    tales: LowerWords = ()  # nouns of what is told, and not of who listens: "told the story"
    outputs: LowerWords = ()  # nouns of what a body gives out: "Labor Department figures"
    others: LowerWords = ()  # what tells that it is nobody met before: "a second official"
    kin: LowerWords = ()  # nouns of relatives: "her husband"
    of_two: LowerWords = ()  # nouns that stand for one of two people just named, no role: "the latter"
    younger: LowerWords = ()  # before a surname of two people these mean the younger one, "the younger Renn",
    elder: LowerWords = ()  # and these the elder
    companies: LowerWords = ()  # nouns for the company that a text is about: "the firm"
    anyone: LowerWords = ()  # nouns that say nothing but that it is the one spoken of before
    aged: Pattern | None = None  # a noun that tells an age: "71-year-old"


class PersonEndings(LanguageTable):
    """Endings of nouns of people, where nouns are written with a capital: "der Kaufmann", "die Imkerin".

    `sure_*`: hardly any surname ends so, the noun is a role before a name too: "der Hydrologe Ole Brandt".
    """

    masculine: LowerWords = ()
    feminine: LowerWords = ()
    sure_masculine: LowerWords = ()
    sure_feminine: LowerWords = ()


class Endings(LanguageTable):
    """How words end that stand in no list."""

    adverb: LowerWords = ()
    cases: LowerWords = ()  # of names: what may differ between two cases of one
    genitive: LowerWords = ()  # of a name before what is its bearer's, without an apostrophe: "Ada Quills mamma"
    owned: LowerWords = ()  # of a noun of people behind a name that says whose it is: "Quill Ada ügyvédje"
    genitive_name: Pattern | None = (
        None  # how a name ends whose nominative is that without the group `case`: "Kuusisto(n) mielestä"
    )
    genitive_roles: LowerWords = ()  # what the genitive of a noun of people has behind the listed form, "des Trainers",
    nominative_roles: LowerWords = ()  # or behind that without one of these: "des Angeklagten"
    genitive_nouns: LowerWords = ()  # of nouns and adjectives behind the noun that they belong to, where these have no article: "министерство транспорта"
    infinitive: LowerWords = ()  # of a verb behind a cue that is no subject: "dijo sentirse",
    gerund: LowerWords = ()  # and of one whose subject the cue has too: "dice scuotendo la testa"
    dative: LowerWords = ()  # of nouns in a case that no subject has, as of people to whom somebody speaks: "powiedział dziennikarzom",
    oblique_name: LowerWords = ()  # of names in such a case: "a Körös Rádiónak elmondta",
    genitive_place: LowerWords = ()  # and of a place in the genitive before such a noun: "Kainuun laitokselta"
    of_place: LowerWords = ()  # of a place in the genitive behind a role, as no last name ends: "мэр Риги",
    masculine_verb: LowerWords = ()  # of a cue whose subject is a man: "сказал",
    feminine_surname: LowerWords = ()  # of a woman's last name in the nominative, that no man's has in another case: "Lesová"
    feminine_verb: LowerWords = ()  # and a woman: "сказала"
    plural_verb: LowerWords = ()  # of a cue whose subject is several: "zeiden ze", where one pronoun is she and they
    plural: LowerWords = ()
    present_participle: LowerWords = ()
    past_participle: LowerWords = ()
    third_person: Pattern | None = None  # searched in a lower-case word: "says", not "pass"


class Inflection(LanguageTable):
    """A rule of spelling: `forms` are what stands for what `ending` matches."""

    ending: Pattern
    forms: tuple[str, ...]


class VerbInflection(Inflection):
    """The base form, the third person, the past and the participle."""

    forms: tuple[str, str, str, str]


class AgentNouns(LanguageTable):
    """Nouns that name who does something: "teacher", "teaches"."""

    endings: LowerWords
    verb_endings: tuple[
        str, ...
    ]  # what stands for the ending in the verb's base form; a doubled letter before it is also taken as one
    stem_endings: LowerWords = ()  # forms of a verb that are the noun's stem with one of these


class RolePredicate(LanguageTable):
    """Who does one of these (a verb behind the name) or made one (behind its possessive) may be called by one of the roles."""

    roles: LowerWords
    does: LowerWords = ()
    made: LowerWords = ()


class QuotesFile(LanguageFile):
    """`quotes.toml` of a language. Of what other languages share, only `marks` is read."""

    follows: str = ""  # the language whose weights read this one too: they look at kinds, distances and shapes, at no word
    genitive_names: bool = False  # a name in the genitive may stand between a role and who has it: "мэр Приозёрска Нина Лугова"
    two_surnames: bool = False  # people have two surnames, and may be called by the first: "Ángela Sotomayor Duarte", "Sotomayor"
    surnames_tell_gender: bool = False  # a woman's last name ends in one of `endings.feminine_surname`, unless it is foreign
    drops_subjects: bool = False  # a verb may stand without its subject: "Dijo que"
    pronouns_tell_gender: bool = False  # a pronoun of a gender stands for a person
    roles_tell_gender: bool = False  # a noun of people of a gender stands for a person of that gender
    marks: Marks = Marks()
    transcripts: Transcripts = Transcripts()
    cues: Cues = Cues()
    reports: Reports = Reports()
    pronouns: Pronouns = Pronouns()
    words: FunctionWords = FunctionWords()
    clauses: Clauses = Clauses()
    codes: Codes = Codes()
    roles: Roles = Roles()
    person_endings: PersonEndings = PersonEndings()
    endings: Endings = Endings()
    regular_verbs: tuple[VerbInflection, ...] = ()  # the first whose ending fits is taken
    regular_plurals: tuple[Inflection, ...] = ()
    agent_nouns: AgentNouns | None = None
    role_predicates: tuple[RolePredicate, ...] = Field(default=())


def flagged(table: LanguageTable) -> list[tuple[tuple[str, ...], int]]:
    """The lists of a table that give flags, with these flags.

    >>> flagged(Marks(elisions="em"))
    []
    >>> flagged(Transcripts()) + [(words, flags == F.CITING) for words, flags in flagged(Cues(citing="citing")) if words]
    [(('citing',), True)]
    """
    return [
        (getattr(table, name), mark.flags)
        for name, field in type(table).model_fields.items()
        for mark in field.metadata
        if isinstance(mark, Gives)
    ]
