"""What is known of a language: word lists from `seeds/quotes/<language>.toml`, folded into one set of flags per word."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from pipelines.quotes import flags as F
from pipelines.quotes.weights import Weights, load_weights

FEATURE_OF_LIST = {
    ("cues", "strong"): F.STRONG_CUE,
    ("cues", "weak"): F.WEAK_CUE,
    ("pronouns", "speaker"): F.PRONOUN,
    ("words", "determiners"): F.DETERMINER,
    ("words", "boundaries"): F.BOUNDARY,
    ("words", "auxiliaries"): F.AUXILIARY,
    ("words", "attaching"): F.ATTACHING,
    ("words", "not_names"): F.NOT_NAME,
    ("words", "particles"): F.PARTICLE,
    ("words", "name_particles"): F.NAME_PARTICLE,
    ("words", "adverbs"): F.ADVERB,
    ("words", "days"): F.DAY,
    ("words", "complementizers"): F.COMPLEMENTIZER,
    ("words", "relatives"): F.RELATIVE,
    ("words", "abbreviations"): F.ABBREVIATION,
    ("cues", "citing"): F.CITING,
    ("titles", "masculine"): F.TITLE | F.MASCULINE,
    ("titles", "feminine"): F.TITLE | F.FEMININE,
    ("titles", "neutral"): F.TITLE,
    ("roles", "masculine"): F.ROLE | F.MASCULINE,
    ("roles", "feminine"): F.ROLE | F.FEMININE,
    ("roles", "neutral"): F.ROLE,
    ("roles", "group"): F.GROUP,
    ("roles", "document"): F.DOCUMENT,
    ("roles", "media"): F.MEDIUM,
    ("roles", "organisation"): F.ORGANISATION,
    ("roles", "unnamed"): F.UNNAMED,
    ("given_names", "masculine"): F.GIVEN | F.MASCULINE,
    ("given_names", "feminine"): F.GIVEN | F.FEMININE,
    ("pronouns", "masculine"): F.MASCULINE,
    ("pronouns", "feminine"): F.FEMININE,
    ("pronouns", "plural"): F.PLURAL,
}
# Words with inner marks, abbreviations and initials with their full stop, single marks; a double hyphen is a dash.
# first the common case, a word with nothing behind it that may belong to it, so that the rest is tried for few
_TOKEN = r"\w{2,}+(?![-’'.&@/])|(?:[^\W\d_]\.){2,}|ABBREVIATIONS\.(?=[ \u00a0])|[^\W\d_]\.(?=[ \u00a0][^\W\d_])|\w+(?:[-’'.&@/]\w+)*(?:(?<=[sS])[’'](?!\w))?|--+|[^\w\s]"
_PUNCTUATION = {
    ",": F.COMMA,
    ".": F.STOP,
    "!": F.STOP,
    "?": F.STOP,
    "…": F.STOP,
    ":": F.COLON,
    ";": F.COLON,
    "—": F.DASH,
    "–": F.DASH,
    "-": F.DASH,
    "―": F.DASH,
    "‒": F.DASH,
    "--": F.DASH,
    "(": F.PAREN,
    ")": F.PAREN,
    "[": F.PAREN,
    "]": F.PAREN,
}
MIN_REPORT = 9  # report weight (0 to 15) from which a word is looked at as the cue of a reported clause
THEY = 2  # the form of the one plural pronoun that stands for people named before
IT = 3
_PRONOUN_FORMS = {"he": 1, "she": 1, "they": THEY, "it": IT, "i": 4, "we": 5, "you": 6, "who": 7, "which": 7, "that": 7}
_PLAIN_CUES = frozenset({"said", "told"})
_CODE_OF_FLAG = [
    (F.COMMA, 1),
    (F.STOP, 2),
    (F.COLON, 3),
    (F.DASH, 4),
    (F.PAREN, 5),
    (F.QUOTE, 6),
    (F.MARK, 7),
]
_CODE_OF_WORD = {
    "that": 8,
    "as": 9,
    "of": 10,
    "to": 11,
    "by": 12,
    "and": 13,
    "but": 14,
    "who": 15,
    "which": 15,
    "a": 16,
    "an": 16,
    "the": 17,
}
_CODE_OF_LETTER = [
    (F.STRONG_CUE, 18),
    (F.AUXILIARY, 19),
    (F.PRONOUN, 20),
    (F.DETERMINER, 21),
    (F.BOUNDARY, 22),
    (F.WEAK_CUE, 23),
    (F.ADVERB, 24),
    (F.DAY, 25),
    (F.ROLE, 26),
    (F.TITLE, 26),
    (F.GROUP, 27),
    (F.DOCUMENT, 28),
    (F.DIGIT, 29),
    (F.POSSESSIVE, 30),
    (F.CAPITAL, 31),
]
CODES = 33  # 0: the edge of the sentence, 32: any other word
_MEMO_LIMIT = 200_000  # distinct surface words kept; more only cost time
_SHORTEST_ROLE = 5  # letters of a role that is looked for at the end of a compound
_SHORTEST_STEM = 3  # letters of the verb in a noun such as "owner"
_LONGEST_KEPT = 40  # characters of a span between blanks that is kept


class Lexicon:
    """The word lists of one language. Frozen by convention; `flags` remembers what it looked up."""

    def __init__(self, data: dict[str, Any], weights: Weights | None = None) -> None:
        self.language: str = data["language"]
        tables = {table: keys for table, keys in data.items() if isinstance(keys, dict)}
        self.lists = {
            (table, key): text.split() for table, keys in tables.items() for key, text in keys.items() if isinstance(text, str)
        }
        self.preceding: list[list[str]] = [p.split() for p in data.get("cues", {}).get("preceding", [])]
        self.preceding_first: dict[str, list[list[str]]] = {}
        for phrase in self.preceding:
            self.preceding_first.setdefault(phrase[0], []).append(phrase)
        self.words: dict[str, int] = {}
        for place, flag in FEATURE_OF_LIST.items():
            for word in self.lists.get(place, ()):
                self.words[word] = self.words.get(word, 0) | flag
        for key, flag in (("strong_regular", F.STRONG_CUE), ("weak_regular", F.WEAK_CUE)):
            for verb in self.lists.get(("cues", key), ()):
                for form in inflected(verb):
                    self.words[form] = self.words.get(form, 0) | flag
        for verb in self.lists.get(("cues", "weak_past"), ()):
            for form in inflected(verb)[2:]:
                self.words[form] = self.words.get(form, 0) | F.WEAK_CUE
        endings = tuple(self.lists.get(("roles", "endings"), ()))
        for key in ("masculine", "feminine", "neutral"):
            for noun in self.lists.get(("roles", key), ()):
                if endings and noun.endswith(endings) and plural(noun) not in self.words:
                    self.words[plural(noun)] = F.GROUP
        self.capitalised_nouns: bool = data.get("capitalised_nouns", False)
        self.pronouns_tell_gender: bool = data.get("pronouns_tell_gender", False)
        self.person_endings = [
            (ending, gender)
            for key, gender in (("feminine", F.FEMININE), ("masculine", F.MASCULINE))
            for ending in self.lists.get(("person_endings", key), ())
        ]
        self.sure_endings = [
            (ending, gender)
            for key, gender in (("sure_feminine", F.FEMININE), ("sure_masculine", F.MASCULINE))
            for ending in self.lists.get(("person_endings", key), ())
        ]
        self.definite = frozenset(self.lists.get(("words", "definite"), ()))
        short_titles = self.lists.get(("titles", "in_full"), ())
        self.titles_in_full = dict(zip(short_titles[::2], short_titles[1::2], strict=True))
        self.measures = frozenset(self.lists.get(("cues", "measures"), ()))
        self.places = self.lists.get(("words", "places"), [])
        self.of_things = frozenset(self.lists.get(("words", "of_things"), ()))
        self.negative = frozenset(self.lists.get(("words", "negative"), ()))
        self.hedges = frozenset(self.lists.get(("words", "hedges"), ()))
        self.passive = frozenset(self.lists.get(("words", "passive"), ()))
        self.agents = frozenset(self.lists.get(("words", "agents"), ()))
        self.participles = frozenset(self.lists.get(("cues", "participles"), ()))
        self.feelings = frozenset(self.lists.get(("cues", "feelings"), ()))
        self.nobody = frozenset(self.lists.get(("roles", "nobody"), ()))
        self.anyone = frozenset(self.lists.get(("roles", "anyone"), ()))
        self.noun_endings = endings
        self._predicates = [{key: frozenset(text.split()) for key, text in deed.items()} for deed in data.get("deeds", [])]
        self._predicates_known: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        self._name_pattern: re.Pattern[str] | None = None
        self.memo: dict[str, int] = {}
        self.parts: dict[str, tuple[Any, ...]] = {}  # the tokens of spans between blanks, as `names` cuts them
        self.run_shapes: dict[str, tuple[str, bool, bool]] = {}  # of runs of capitalised words, as `names` reads them
        self.use(weights)
        short = sorted((w.capitalize() for w in self.lists.get(("words", "abbreviations"), ["mr"])), key=lambda w: (-len(w), w))
        clitics = "|".join(data.get("clitics", "").split())
        pattern = _TOKEN.replace("[-’'.&@/]", rf"(?!-(?:t-)?(?:{clitics})\b)[-’'.&@/]") if clitics else _TOKEN
        if clitics:
            pattern = rf"-t-(?=(?:{clitics})\b)|{pattern}"
        pattern = rf"(?=\S)(?:{pattern})"  # a blank is passed over without trying them all
        initials = "".join(sorted({w[0] for w in short}))
        self.token = re.compile(pattern.replace("ABBREVIATIONS", f"(?=[{initials}])(?:{'|'.join(map(re.escape, short))})"))

    def name_pattern(self, upper: str) -> re.Pattern[str]:
        """Runs of words that begin with one of the letters `upper`, with initials and abbreviated titles, particles of names between them."""
        if self._name_pattern is None:
            short = "|".join(
                sorted(rf"(?<={w[0].upper()}){re.escape(w[1:])}" for w in self.lists.get(("words", "abbreviations"), ["mr"]))
            )
            # the capital letter in front, so that the search passes over everything else three times as fast
            word = rf"[{upper}](?:\.(?:[{upper}]\.)*|(?:{short})\.|(?:[\w’'-]*\w)?)"
            particles = "|".join(sorted(map(re.escape, self.lists.get(("words", "name_particles"), ["de"]))))
            self._name_pattern = re.compile(rf"{word}(?:[ \u00a0](?:(?:{particles})[ \u00a0]){{0,2}}{word})*")
        return self._name_pattern

    def use(self, weights: Weights | None) -> None:
        """Puts other weights in place (training does); what was looked up is forgotten."""
        self.weights = weights
        self.cue_weights: dict[str, tuple[int, int]] = weights.cues if weights else {}
        self.memo.clear()
        self.parts.clear()
        self.run_shapes.clear()
        self._reporting: frozenset[str] | None = None

    def reporting_tokens(self) -> frozenset[str]:
        """Words that may govern a reported clause, as `str.split` gives them: also with a mark behind, also capitalised."""
        if self._reporting is None:
            words = [w for w in sorted({*self.words, *self.preceding_first}) if self.flags(w) & F.REPORTING]
            self._reporting = frozenset(w + tail for w in words for tail in ("", ",", ":", ".", ";")) | frozenset(
                w.capitalize() for w in words
            )
        return self._reporting

    def flags(self, token: str) -> int:
        """What `token` is, as a set of the flags above."""
        known = self.memo.get(token)
        if known is None:
            known = self._coded(token, self._look_up(token))
            if len(self.memo) < _MEMO_LIMIT:
                self.memo[token] = known
        return known

    def is_person_noun(self, word: str) -> bool:
        """Whether a noun of no list may be somebody: "pensioner", not "gauge"; any, where the language has no endings listed."""
        return not self.noun_endings or word.endswith(self.noun_endings)

    def predicates_of(self, role: str) -> tuple[frozenset[str], frozenset[str]]:
        """The verbs that say of their subject that it has the role, and the nouns that say it of whose they are."""
        known = self._predicates_known.get(role)
        if known is None:
            deeds = [d for d in self._predicates if role in d["roles"]]
            does = frozenset[str]().union(*(d.get("does", frozenset()) for d in deeds)) | _agent_verbs(role, self.language)
            known = does, frozenset[str]().union(*(d.get("made", frozenset()) for d in deeds))
            if len(self._predicates_known) < _MEMO_LIMIT:
                self._predicates_known[role] = known
        return known

    def keep_parts(self, chunk: str, parts: tuple[Any, ...]) -> None:
        """Remembers the tokens of a span between blanks; long ones do not come twice."""
        if len(chunk) <= _LONGEST_KEPT and len(self.parts) < _MEMO_LIMIT:
            self.parts[chunk] = parts

    def keep_shape(self, run: str, shape: tuple[str, bool, bool]) -> None:
        """Remembers what a run of capitalised words is; long ones do not come twice."""
        if len(run) <= _LONGEST_KEPT and len(self.run_shapes) < _MEMO_LIMIT:
            self.run_shapes[run] = shape

    def _coded(self, token: str, flags: int) -> int:
        low = token.lower()
        pairs = _CODE_OF_LETTER if flags & F.LETTER else _CODE_OF_FLAG
        code = _CODE_OF_WORD.get(low) or next((c for f, c in pairs if flags & f), 32)
        cue, report = self.cue_weights.get(low) or (12 if flags & F.STRONG_CUE else 4 if flags & F.WEAK_CUE else 0,) * 2
        if low in self.preceding_first or (flags & F.CUE and report >= MIN_REPORT):
            flags |= F.REPORTING
        return flags | code << F.CODE_SHIFT | cue << F.CUE_SHIFT | report << F.REPORT_SHIFT | self._form(token, low, flags)

    def _form(self, token: str, low: str, flags: int) -> int:
        if not flags & F.LETTER:
            return F.AMPERSAND if token == "&" else 0
        form = _PRONOUN_FORMS.get(low, 0) << F.FORM_SHIFT
        for holds, flag in (
            (token.endswith("ing"), F.ENDS_ING),
            (token.endswith("ed"), F.ENDS_ED),
            (len(token) > 1 and token.isupper(), F.UPPER),
            (low == token, F.LOWER),
            (low in self.preceding_first, F.OPENS_PHRASE),
            (low in _PLAIN_CUES, F.PLAIN_CUE),
        ):
            if holds:
                form |= flag
        return form

    def _compound(self, low: str) -> int:
        """Of a noun of no list: what its last part is where that is a role, "Wasserministerin", or ends as only nouns of people do."""
        for at in range(2, len(low) - _SHORTEST_ROLE + 1):
            known = self.words.get(low[at:], 0)
            if known & F.ROLE:
                return known & (F.ROLE | F.MASCULINE | F.FEMININE)
        return next(
            (F.ROLE | gender for ending, gender in self.sure_endings if len(low) > len(ending) + 2 and low.endswith(ending)), 0
        )

    def _look_up(self, token: str) -> int:
        if token in _PUNCTUATION:
            return _PUNCTUATION[token]
        first = token[0]
        if not (first.isalnum() or first == "_"):
            return self.words.get(token, 0) | F.MARK
        flags = F.LETTER
        low = token.lower().replace("’", "'")
        if low.endswith(("'s", "s'")) and len(low) > 2:
            flags |= F.POSSESSIVE
            low = low[:-2] if low.endswith("'s") else low[:-1]
        flags |= self.words.get(low.rstrip("."), 0)
        if self.person_endings and first.isupper() and flags & ~F.POSSESSIVE == F.LETTER:
            flags |= self._compound(low)
        if first.isdigit():
            flags |= F.DIGIT
        elif first.isupper():
            flags |= F.CAPITAL
        elif flags == F.LETTER:
            flags |= F.ADVERB if self.language == "en" and low.endswith("ly") and len(low) > 4 else F.UNKNOWN_LOWER
        return flags


def inflected(verb: str) -> list[str]:
    """The forms of a regular English verb.

    >>> inflected("deny"), inflected("argue"), inflected("stress"), inflected("echo")
    (['deny', 'denies', 'denied', 'denying'], ['argue', 'argues', 'argued', 'arguing'], ['stress', 'stresses', 'stressed', 'stressing'], \
['echo', 'echoes', 'echoed', 'echoing'])
    """
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return [verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    stem = verb.removesuffix("e")
    return [verb, third, stem + "ed", stem + "ing"]


def plural(noun: str) -> str:
    """Of an English noun.

    >>> plural("lawyer"), plural("spokeswoman"), plural("deputy")
    ('lawyers', 'spokeswomen', 'deputies')
    """
    if noun.endswith("man"):
        return noun[:-2] + "en"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith("s") else "s")


def _agent_verbs(role: str, language: str) -> frozenset[str]:
    """What an English noun in -er or -or says that its holder does: "teacher", "teaches"."""
    stem = role[:-2]
    if language != "en" or not role.endswith(("er", "or")) or len(stem) < _SHORTEST_STEM:
        return frozenset()
    verbs = [stem, stem + "e"] + ([stem[:-1]] if stem[-1] == stem[-2] else [])
    return frozenset(form for verb in verbs for form in inflected(verb)[1:]) | frozenset(stem + e for e in ("ed", "ing"))


def known_languages() -> list[str]:
    """Languages with a lexicon, sorted."""
    return sorted(p.name[:-5] for p in files("seeds").joinpath("quotes").iterdir() if p.name.endswith(".toml"))


@cache
def load_lexicon(language: str) -> Lexicon | None:
    """The lexicon of `language` (ISO 639-1), or None where there is none."""
    if language not in known_languages():
        return None
    source = files("seeds").joinpath("quotes", f"{language}.toml")
    return Lexicon(tomllib.loads(source.read_text(encoding="utf-8")), load_weights(language))
