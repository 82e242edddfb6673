"""What is known of a language: the word lists of its `quotes.toml` and `names.toml`, folded into one set of flags per word.

Which keys the files have stands in `language_file`. What was learned from texts stands in `weights`; of it a lexicon is given the cue weights,
which are part of a word's flags.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from pipelines.lexicons import files_for_pages, languages_with, read_language_file
from pipelines.names import Names, double_particles
from pipelines.quotes import flags as F
from pipelines.quotes.codes import CODE_OF_FUNCTION, code_and_weight
from pipelines.quotes.language_file import Inflection, QuotesFile, flagged
from pipelines.quotes.report_words import ReportWords

_PUNCTUATION = {
    **dict.fromkeys(",", F.COMMA),
    **dict.fromkeys(".!?…", F.STOP),
    **dict.fromkeys(":;", F.COLON),
    **dict.fromkeys(["—", "–", "-", "―", "‒", "--"], F.DASH),
    **dict.fromkeys("()[]", F.PAREN),
}
MIN_REPORT = 9  # report weight (0 to 15) from which a word is looked at as the cue of a reported clause
# Which pronoun a word is.
THIRD, THEY, IT, FIRST, WE, YOU, RELATIVE = range(1, 8)
_FORM_OF_KEY = {
    "third": THIRD,
    "third_plural": THEY,
    "thing": IT,
    "first": FIRST,
    "first_plural": WE,
    "second": YOU,
    "relative": RELATIVE,
}
MEMO_LIMIT = 200_000  # distinct surface words kept; more only cost time
_SHORTEST_ROLE = 5  # letters of a role that is looked for at the end of a compound
_SOURCES = F.ROLE | F.GROUP | F.ORGANISATION | F.MEDIUM | F.DOCUMENT | F.UNNAMED
_OTHER_WORDS = F.CUE | F.AUXILIARY | F.BOUNDARY | F.DETERMINER | F.PRONOUN | F.ADVERB
_SHORTEST_STEM = 3  # letters of the verb in a noun such as "owner"


class Lexicon:
    """The word lists of one language, never changed. `flags` remembers what it looked up."""

    def __init__(
        self,
        language: str,
        file: QuotesFile,
        names: Names,
        elisions: Iterable[str] = (),
        cue_weights: Mapping[str, tuple[int, int]] = MappingProxyType({}),
    ) -> None:
        """`elisions`: those of this language and those that others share. `cue_weights`: see `weights.Weights.cues`."""
        self.language = language
        self.file, self.names = file, names
        self.elisions = frozenset(elisions)
        self.cue_weights = cue_weights
        cues, words, roles, pronouns, endings = file.cues, file.words, file.roles, file.pronouns, file.endings
        self.words = self._flags_of_lists()
        self.preceding: dict[str, list[list[str]]] = {}  # phrases such as "according to", by their first word
        for phrase in sorted(cues.preceding, key=lambda phrase: -len(phrase.split())):  # "according to figures of" first
            self.preceding.setdefault(phrase.split()[0], []).append(phrase.split())
        self.measures, self.participles, self.feelings = map(frozenset, (cues.measures, cues.participles, cues.feelings))
        self.reports = ReportWords(file.reports, self.inflected)
        self.definite, self.indefinite, self.of_things = map(frozenset, (words.definite, words.indefinite, words.of_things))
        self.gender_of_article = dict.fromkeys(words.masculine_articles, F.MASCULINE)
        self.gender_of_article |= dict.fromkeys(words.feminine_articles, F.FEMININE)
        self.negative, self.hedges, self._not_adverbs = map(frozenset, (words.negative, words.hedges, words.not_adverbs))
        self.caused = frozenset(file.cues.caused)
        self.passive, self.agents = frozenset(words.passive), frozenset(words.agents)
        self.places = words.places
        self.bodies = frozenset(names.kinds.organisations)
        self.nobody, self.anyone, self.noun_endings = frozenset(roles.nobody), frozenset(roles.anyone), roles.endings
        self._aged = roles.aged
        self.lesser, self.loose = frozenset(roles.lesser), frozenset(roles.loose)
        # "Mrs.", "former": what stands before a name and is no role of its own
        self.addresses = frozenset(word for word in self.loose if self.words.get(word, 0) & (F.TITLE | F.ROLE) == F.TITLE)
        self.tales = frozenset(roles.tales)
        self.utterances, self.outputs = frozenset(roles.utterances), frozenset(roles.outputs)
        self.others, self.companies = frozenset(roles.others), frozenset(roles.companies)
        self.spoken = frozenset(pronouns.spoken)
        self.anonymous, self.answers = frozenset(file.transcripts.anonymous), frozenset(file.transcripts.answers)
        self.titles_also = names.titles.also
        self.titles_in_full, self.given_titles = names.titles.in_full, frozenset(names.titles.given)
        self._bound_particles, self._label = frozenset(names.bound_particles), names.kinds.label
        self.person_endings = _with_gender(file.person_endings.feminine, file.person_endings.masculine)
        self._verb_endings = _with_gender(file.endings.feminine_verb, file.endings.masculine_verb)
        self.sure_endings = _with_gender(file.person_endings.sure_feminine, file.person_endings.sure_masculine)
        self.case_endings = frozenset({"", *endings.cases}) if endings.cases else frozenset()
        self.listed_names = frozenset((*names.given_names.masculine, *names.given_names.feminine))
        self._given_stems = self._stems_of_names()
        self._source_stems = self._stems_of_sources()
        self._participle_endings = endings.present_participle, endings.past_participle
        self._verbs_only = frozenset(cues.verbs_only)
        self._acronyms = frozenset(word.upper() + end for word in words.acronyms for end in ("", "'s", "’s"))
        self._plural_endings, self._third_person = endings.plural, endings.third_person
        self._code_of_word = _by_word(file.codes, CODE_OF_FUNCTION)
        forms = _by_word(pronouns.forms, _FORM_OF_KEY)
        self._form_of_word = forms | {long: forms.get(word, 0) for long, word in self._contracted()}
        self._known_predicates: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        self._memo: dict[str, int] = {}
        self._reporting: frozenset[str] | None = None

    def _flags_of_lists(self) -> dict[str, int]:
        file, names = self.file, self.names
        found: dict[str, int] = {}
        lists = [
            *(pair for table in (file.cues, file.pronouns, file.words, file.roles) for pair in flagged(table)),
            ((*file.clauses.statements, *file.clauses.behind, *file.clauses.own, *file.clauses.subjunctive), F.REPORTING),
            (names.given_names.masculine, F.GIVEN | F.MASCULINE),
            (names.given_names.feminine, F.GIVEN | F.FEMININE),
            (names.titles.masculine, F.TITLE | F.MASCULINE),
            (names.titles.feminine, F.TITLE | F.FEMININE),
            (names.titles.neutral, F.TITLE),
            (names.particles, F.NAME_PARTICLE | F.PARTICLE),
            *((self.inflected(verb), F.STRONG_CUE) for verb in file.cues.strong_regular),
            *((self.inflected(verb), F.WEAK_CUE) for verb in file.cues.weak_regular),
            *((self.inflected(verb)[2:], F.WEAK_CUE) for verb in file.cues.weak_past),
        ]
        for words, flags in lists:
            for word in words:
                found[word] = found.get(word, 0) | flags
        for word in names.given_names.either:
            found[word] = (found.get(word, 0) | F.GIVEN) & ~(F.MASCULINE | F.FEMININE)
        found |= {long: found[word] for long, word in self._contracted()}
        for noun in (*file.roles.masculine, *file.roles.feminine, *file.roles.neutral):
            if file.roles.endings and noun.endswith(file.roles.endings) and (many := self.plural(noun)) not in found:
                found[many] = F.GROUP
        return found

    def _contracted(self) -> list[tuple[str, str]]:
        """ "they've", with the pronoun that it stands for."""
        return [(word + end, word) for word in self.file.pronouns.speaker for end in self.file.pronouns.contracted]

    def inflected(self, verb: str) -> tuple[str, ...]:
        """The forms of a regular verb: base, third person, past, participle.

        >>> load_lexicon("en").inflected("deny"), load_lexicon("en").inflected("stress")
        (('deny', 'denies', 'denied', 'denying'), ('stress', 'stresses', 'stressed', 'stressing'))
        """
        return _by_rule(self.file.regular_verbs, verb)

    def plural(self, noun: str) -> str:
        """Of a regular noun.

        >>> [load_lexicon("en").plural(noun) for noun in ("lawyer", "spokeswoman", "deputy")]
        ['lawyers', 'spokeswomen', 'deputies']
        """
        return _by_rule(self.file.regular_plurals, noun)[0]

    def is_plural(self, word: str) -> bool:
        """Whether a noun ends as plurals do."""
        return word.endswith(self._plural_endings)

    def gender_of_verb(self, cue: str | None) -> int:
        """Of a cue whose ending tells who said it, "сказала": their gender, else 0."""
        word = (cue or "").lower()
        return next((gender for ending, gender in self._verb_endings if word.endswith(ending)), 0)

    def is_of_several(self, cue: str | None) -> bool:
        """Whether the ending of a cue tells that several said it: "zeiden"."""
        return bool(self.file.endings.plural_verb) and (cue or "").lower().endswith(self.file.endings.plural_verb)

    def is_third_person(self, word: str) -> bool:
        """Whether a lower-case word ends as verbs in the third person do."""
        return self._third_person is not None and self._third_person.search(word) is not None

    def tells_age(self, word: str) -> bool:
        """Whether the word is a noun such as "71-year-old"."""
        return self._aged is not None and self._aged.fullmatch(word) is not None

    def reporting_tokens(self) -> frozenset[str]:
        """Words that may govern a reported clause, as `str.split` gives them: also with a mark behind, also capitalised."""
        if self._reporting is None:
            words = [w for w in sorted({*self.words, *self.preceding}) if self.flags(w) & F.REPORTING]
            self._reporting = frozenset(
                form + tail for w in words for form in (w, w.capitalize()) for tail in ("", ",", ":", ".", ";")
            )
        return self._reporting

    def flags(self, token: str) -> int:
        """What `token` is, as a set of the flags of `flags`, with its code, weights and form."""
        known = self._memo.get(token)
        if known is None:
            known = self._acronym(token) if token in self._acronyms else self._coded(token, self._look_up(token))
            if len(self._memo) < MEMO_LIMIT:
                self._memo[token] = known
        return known

    def is_person_noun(self, word: str) -> bool:
        """Whether a noun of no list may be somebody: "pensioner", not "gauge"; any, where the language has no endings listed."""
        return not self.noun_endings or word.endswith(self.noun_endings)

    def predicates_of(self, role: str) -> tuple[frozenset[str], frozenset[str]]:
        """The verbs that say of their subject that it has the role, and the nouns that say it of whose they are."""
        known = self._known_predicates.get(role)
        if known is None:
            predicates = [p for p in self.file.role_predicates if role in p.roles]
            does = frozenset(self._verbs_of_agent(role)).union(*(p.does for p in predicates))
            known = does, frozenset[str]().union(*(p.made for p in predicates))
            if len(self._known_predicates) < MEMO_LIMIT:
                self._known_predicates[role] = known
        return known

    def _verbs_of_agent(self, role: str) -> set[str]:
        """What a noun such as "teacher" says that its holder does: "teaches", "teaching"."""
        rule = self.file.agent_nouns
        ending = next((e for e in rule.endings if role.endswith(e)), None) if rule is not None else None
        if rule is None or ending is None:
            return set()
        stem = role.removesuffix(ending)
        if len(stem) < _SHORTEST_STEM:
            return set()
        verbs = [stem + e for e in rule.verb_endings] + ([stem[:-1]] if stem[-1] == stem[-2] else [])
        return {form for verb in verbs for form in self.inflected(verb)[1:]} | {stem + e for e in rule.stem_endings}

    def _coded(self, token: str, flags: int) -> int:
        low = token.lower()
        code, unweighed = code_and_weight(flags)
        code = self._code_of_word.get(low) or code
        cue, report = self.cue_weights.get(low) or (unweighed, unweighed)
        if (
            low in self.preceding
            or low in self.caused
            or (low in self.reports.openers if self.reports.openers else flags & F.CUE and report >= MIN_REPORT)
        ):
            flags |= F.REPORTING
        return flags | code << F.CODE_SHIFT | cue << F.CUE_SHIFT | report << F.REPORT_SHIFT | self._form(token, low, flags)

    @staticmethod
    def _acronym(token: str) -> int:
        """The flags of "WHO", which as a word is another thing."""
        flags = F.LETTER | F.CAPITAL | (F.UPPER if token.isupper() else F.POSSESSIVE)
        return flags | code_and_weight(flags)[0] << F.CODE_SHIFT

    def _form(self, token: str, low: str, flags: int) -> int:
        if not flags & F.LETTER:
            return F.AMPERSAND if token == "&" else 0
        return (
            self._form_of_word.get(low, 0) << F.FORM_SHIFT
            | (token.endswith(self._participle_endings[0]) and F.ENDS_ING)
            | (token.endswith(self._participle_endings[1]) and F.ENDS_ED)
            | (len(token) > 1 and token.isupper() and F.UPPER)
            | (low == token and F.LOWER)
            | (low in self.preceding and F.OPENS_PHRASE)
            | (low in self._verbs_only and F.PLAIN_CUE)
        )

    def _compound(self, low: str) -> int:
        """Of a noun of no list: what its last part is where that is a role, "Wasserministerin", or ends as only nouns of people do."""
        for at in range(2, len(low) - _SHORTEST_ROLE + 1):
            known = self.words.get(low[at:], 0)
            if known & F.ROLE:
                return known & (F.ROLE | F.MASCULINE | F.FEMININE)
        return next(
            (F.ROLE | gender for ending, gender in self.sure_endings if len(low) > len(ending) + 2 and low.endswith(ending)), 0
        )

    def _stems_of_names(self) -> dict[str, int]:
        """First names without the ending of their case, with their gender."""
        found: dict[str, int] = {}
        given = self.names.given_names
        for words, gender in ((given.masculine, F.MASCULINE), (given.feminine, F.FEMININE)):
            for name in words if self.case_endings else ():
                for stem in sorted({name.removesuffix(ending) for ending in self.case_endings}):
                    if len(stem) >= _SHORTEST_STEM:
                        found[stem] = found.get(stem, 0) | F.GIVEN | gender
        return found

    def _stems_of_sources(self) -> dict[str, int]:
        """Nouns of people and of other sources without the ending of their case, with their flags."""
        found: dict[str, int] = {}
        for noun, flags in self.words.items() if self.case_endings else ():
            if flags & _SOURCES and not flags & ~_SOURCES & _OTHER_WORDS:
                for stem in (noun, noun[:-1]):
                    if len(stem) >= _SHORTEST_STEM:
                        found[stem] = found.get(stem, 0) | flags
        return found

    def may_be_genitive(self, first: str, last: str) -> bool:
        """Whether a woman's first and last name (lower case) may be a man's in the genitive.

        >>> [load_lexicon("cs").may_be_genitive(*name.split()) for name in ("jana lesa", "jana lesová", "hana lesa")]
        [True, False, False]
        """
        if last.endswith(self.file.endings.feminine_surname) or first not in self.names.given_names.feminine:
            return False
        return any(man != first and self.is_case_of(man, first) for man in self.names.given_names.masculine)

    def is_case_of(self, a: str, b: str) -> bool:
        """Whether two words (lower case) differ in the ending of a case only: "зуева", "зуевой"."""
        common = 0
        while common < min(len(a), len(b)) and a[common] == b[common]:
            common += 1
        return common >= _SHORTEST_STEM and a[common:] in self.case_endings and b[common:] in self.case_endings

    def is_role_in_genitive(self, word: str) -> bool:
        """Whether a lower-case word is a noun of people in the genitive, where its ending tells that.

        >>> [load_lexicon("de").is_role_in_genitive(word) for word in ("angeklagten", "trainers", "ministeriums")]
        [True, True, False]
        """
        endings = (e for e in self.file.endings.genitive_roles if word.endswith(e))
        stems = (word.removesuffix(e) + nominative for e in endings for nominative in ("", *self.file.endings.nominative_roles))
        return any(self.words.get(stem, 0) & (F.ROLE | F.ORGANISATION) == F.ROLE for stem in stems)

    def source_in_case(self, word: str) -> int:
        """Of a lower-case word the flags of the source that it is in any case: "policji", of "policja"; 0 where it is none.

        >>> bool(load_lexicon("pl").source_in_case("policji")), load_lexicon("pl").source_in_case("drzewa")
        (True, 0)
        """
        for cut in range(min(4, len(word) - _SHORTEST_STEM + 1)):
            known = self._source_stems.get(word[: len(word) - cut], 0)
            if known and word[len(word) - cut :] in self.case_endings:
                return known
        return 0

    def _given_in_case(self, low: str) -> int:
        """Of a capitalised word of no list: a first name in another case, "Марины"; 0 where it is none."""
        for cut in range(1, min(4, len(low) - _SHORTEST_STEM + 1)):
            known = self._given_stems.get(low[:-cut], 0)
            if known and low[-cut:] in self.case_endings:
                return known
        return 0

    def _double_given(self, low: str) -> int:
        """Of a word with a hyphen: a first name of two, "anna-lena", where both parts are; the first tells the gender."""
        parts = [self.words.get(part, 0) for part in low.split("-")]
        return F.GIVEN | (parts[0] & (F.MASCULINE | F.FEMININE)) if all(flag & F.GIVEN for flag in parts) else 0

    def _look_up(self, token: str) -> int:
        if not token:
            return 0
        if token in _PUNCTUATION:
            return _PUNCTUATION[token]
        first = token[0]
        if not (first.isalnum() or first == "_"):
            known = self.words.get(token, 0)
            if known & F.NAME_PARTICLE:
                return known | F.LETTER  # "van ’t Hoff"
            return F.LETTER | F.CAPITAL if len(token) > 2 and token[1].isupper() else known | F.MARK  # "Gerald “Gerry” Marlow"
        if self._label is not None and self._label.search(token):
            return F.LETTER | F.BOUNDARY
        flags = F.LETTER
        low = token.lower().replace("’", "'")
        if low.endswith(("'s", "s'")) and len(low) > 2:
            flags |= F.POSSESSIVE
            low = low[:-2] if low.endswith("'s") else low[:-1]
        flags |= self.words.get(low.rstrip("."), 0)
        if flags == F.LETTER and first.isupper() and "-" in low:
            flags |= self._double_given(low)
        if self._given_stems and first.isupper() and flags == F.LETTER:
            flags |= self._given_in_case(low)
        if self.file.roles.compounds and flags == F.LETTER and not low[-1].isdigit():
            flags |= self._compound(low)
        if self.person_endings and first.isupper() and flags & ~F.POSSESSIVE == F.LETTER:
            flags |= self._compound(low)
        if first.isdigit():
            flags |= F.DIGIT
        elif first.isupper() or (not token.isalpha() and self._begins_with_particle(token)):
            flags |= F.CAPITAL
        elif flags == F.LETTER:
            endings = self.file.endings.adverb
            adverb = (
                low.endswith(endings)
                and low not in self._not_adverbs
                and any(len(low) > len(e) + 2 and low.endswith(e) for e in endings)
            )
            flags |= F.ADVERB if adverb else F.UNKNOWN_LOWER
        return flags

    def _begins_with_particle(self, token: str) -> bool:
        """ "d’Armont", "al-Masrani": a name, though it begins with a small letter."""
        cut = next((k for k, c in enumerate(token) if c in "-'’"), -1)
        return 0 < cut < len(token) - 1 and token[cut + 1].isupper() and token[:cut] in self._bound_particles


def _with_gender(feminine: Iterable[str], masculine: Iterable[str]) -> list[tuple[str, int]]:
    return [(ending, F.FEMININE) for ending in feminine] + [(ending, F.MASCULINE) for ending in masculine]


def _by_word(table: object, numbers: Mapping[str, int]) -> dict[str, int]:
    return {word: number for key, number in numbers.items() for word in getattr(table, key)}


def _by_rule(rules: Iterable[Inflection], word: str) -> tuple[str, ...]:
    """The forms that the first fitting rule gives; only the word itself where none fits."""
    rule = next((rule for rule in rules if rule.ending.search(word)), None)
    return (word,) if rule is None else tuple(rule.ending.sub(form, word, count=1) for form in rule.forms)


def known_languages() -> list[str]:
    """Languages with a `quotes.toml`, sorted."""
    return list(languages_with("quotes"))


@cache
def elisions_on_pages_of(language: str | None) -> frozenset[str]:
    """What an apostrophe may begin on a page of the language, known or not: its own elisions and those that others share.

    >>> "twas" in elisions_on_pages_of("nl")
    True
    """
    return frozenset(word for file in files_for_pages(language, "quotes", QuotesFile) for word in file.marks.elisions)


def load_lexicon(language: str, cue_weights: Mapping[str, tuple[int, int]] = MappingProxyType({})) -> Lexicon:
    """The lexicon of a language that has one, with these cue weights. Raises LexiconError where there is none."""
    file = read_language_file(language, "quotes", QuotesFile)
    names = read_language_file(language, "names", Names)
    joined = [particle.replace(" ", "_") for particle in double_particles(language)]  # as `text.joined` writes them
    names = names.model_copy(update={"particles": (*names.particles, *joined)})
    return Lexicon(language, file, names, elisions_on_pages_of(language), cue_weights)
