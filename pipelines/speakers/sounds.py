"""How alike two words sound, whatever their script and spelling.

What a letter may sound like is data, `seeds/names/sounds.toml`. How words make up a name does not stand here: see `people`.
"""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections.abc import Sequence
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, field_validator

from pipelines.speakers.kernels.load import KERNELS
from pipelines.speakers.settings import SoundCosts

CONSONANTS, VOWELS = "pbfvmnlrtdszSZCJckgxhwj", "aeiouy"
_SOUNDS = CONSONANTS + VOWELS
_BIT = {sound: 1 << place for place, sound in enumerate(_SOUNDS)}
_VOWELS = sum(_BIT[sound] for sound in VOWELS)
_LATIN_APOSTROPHES = str.maketrans("’ʼ׳`´‘", "''''''")


class Place(NamedTuple):
    """One place of a word: the sounds that may be meant, as bits, and whether it may be silent."""

    sounds: int
    silent: bool


class SoundTables(BaseModel):
    """`seeds/names/sounds.toml`: graphemes of each script and the places that they stand for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    near: str
    latin: dict[str, str]
    cyrillic: dict[str, str]
    arabic: dict[str, str]
    hebrew: dict[str, str]

    @field_validator("near")
    @classmethod
    def _are_sounds(cls, near: str) -> str:
        _bits(near.replace(" ", ""))
        return near

    @field_validator("latin", "cyrillic", "arabic", "hebrew")
    @classmethod
    def _are_places(cls, table: dict[str, str]) -> dict[str, str]:
        for grapheme, places in table.items():
            if grapheme != "article":
                for place in places.split():
                    _bits(place.removesuffix("?"))
        return table


def _bits(sounds: str) -> int:
    for sound in sounds:
        if sound not in _BIT:
            raise ValueError(f"{sound!r} is no sound; allowed are {_SOUNDS}")
    return sum({_BIT[sound] for sound in sounds})


@functools.cache
def sound_tables() -> SoundTables:
    return SoundTables.model_validate(tomllib.loads((resources.files("seeds") / "names/sounds.toml").read_text(encoding="utf-8")))


@functools.cache
def _readings(script: str) -> dict[str, tuple[Place, ...]]:
    """The places of each grapheme of a script."""
    table = {key: value for key, value in getattr(sound_tables(), script).items() if key != "article"}
    return {
        grapheme: tuple(Place(_bits(place.removesuffix("?")), place.endswith("?")) for place in places.split())
        for grapheme, places in table.items()
    }


_LONGEST = 5  # letters of a grapheme that are looked at together


@functools.cache
def _lengths(script: str) -> dict[str, tuple[int, ...]]:
    """How many letters graphemes have that begin with a letter, the most first."""
    found: dict[str, set[int]] = {}
    for grapheme in _readings(script):
        if len(grapheme) <= _LONGEST:
            found.setdefault(grapheme[0], set()).add(len(grapheme))
    return {letter: tuple(sorted(lengths, reverse=True)) for letter, lengths in found.items()}


@functools.cache
def _near(sounds: int) -> int:
    """The sounds and all that are heard for one of them."""
    for group in sound_tables().near.split():
        bits = _bits(group)
        if sounds & bits:
            sounds = sounds | bits << len(_SOUNDS)  # above, so that nearness is not passed on
    return sounds & ((1 << len(_SOUNDS)) - 1) | sounds >> len(_SOUNDS)


def script_of(word: str) -> str:
    """`latin`, `cyrillic`, `arabic`, `hebrew` or `other`, after the first letter that is of one.

    >>> script_of("Тарвашко"), script_of("Tarvashko"), script_of("ブルノ")
    ('cyrillic', 'latin', 'other')
    """
    for letter in word:
        code = ord(letter)
        if 0x400 <= code < 0x530:
            return "cyrillic"
        if 0x590 <= code < 0x600:
            return "hebrew"
        if 0x600 <= code < 0x700:
            return "arabic"
        if letter.isalpha():
            return "latin" if code < 0x250 or 0x1E00 <= code < 0x1F00 else "other"
    return "latin"


@functools.lru_cache(1 << 16)
def sounds_of(word: str) -> tuple[Place, ...]:
    """The places of a word, double letters once.

    >>> sounds_of("Anna") == sounds_of("ana")
    True
    """
    word, script = unicodedata.normalize("NFC", word.casefold()).translate(_LATIN_APOSTROPHES), script_of(word)
    if script == "other":
        word, script = _romanised(word), "latin"
    article = getattr(sound_tables(), script).get("article")
    if article and word.startswith(article) and len(word) > len(article) + 2:
        word = word[len(article) :]
    places: list[Place] = []
    for place in _read(word, script):
        if not places or places[-1].sounds != place.sounds or place.sounds & _VOWELS:
            places.append(place)
    return tuple(places)


def _romanised(word: str) -> str:
    from anyascii import anyascii

    return anyascii(word).lower()


def _read(word: str, script: str) -> list[Place]:
    """The places of all graphemes, the longest that fits first; a letter that is not listed is read without its accent, or is one itself."""
    if script == "latin" and word.isascii():
        pattern, readings = _latin_graphemes()
        return [place for grapheme in pattern.findall(word) for place in readings.get(grapheme, ())]
    table, lengths, at = _readings(script), _lengths(script), 0
    places: list[Place] = []
    while at < len(word):
        for length in lengths.get(word[at], ()):
            if at + length <= len(word) and (grapheme := word[at : at + length]) in table:
                places += table[grapheme]
                at += length
                break
        else:
            plain = "".join(c for c in unicodedata.normalize("NFKD", word[at]) if not unicodedata.combining(c))
            if plain != word[at] and plain:
                word = word[:at] + plain + word[at + 1 :]
                continue
            if plain in _BIT and script == "latin":
                places.append(Place(_BIT[plain], False))
            at += 1
    return places


@functools.cache
def _latin_graphemes() -> tuple[re.Pattern[str], dict[str, tuple[Place, ...]]]:
    """What finds graphemes in letters without accents, and what each stands for: what is not listed is itself a sound, or nothing."""
    listed = {grapheme: places for grapheme, places in _readings("latin").items() if len(grapheme) <= _LONGEST}
    longest_first = sorted(listed, key=lambda grapheme: (-len(grapheme), grapheme))
    pattern = re.compile("|".join([*map(re.escape, longest_first), "."]), re.DOTALL)
    return pattern, {sound: (Place(bit, False),) for sound, bit in _BIT.items()} | listed


def sounds_alike(a: str, b: str, costs: SoundCosts) -> float:
    """1 where two words sound the same, 0 or less where hardly a sound is shared.

    >>> sounds_alike("Tarvashko", "Tarwaschko", SoundCosts())
    1.0
    >>> sounds_alike("Тарвашко", "Tarwaschko", SoundCosts()) > 0.8
    True
    >>> sounds_alike("Brown", "Goldberg", SoundCosts()) < 0.3
    True
    """
    first, second = sounds_of(a), sounds_of(b)
    if not first or not second:
        return 0.0
    weight = _weight(a, costs) + _weight(b, costs)
    return 1 - 2 * _distance(a, b, costs) / weight


class Columns(NamedTuple):
    """The sounds of words for the kernels: their three rows end to end, where each word begins, and what it costs to leave a whole word out."""

    rows: tuple[NDArray[np.int64], ...]
    starts: NDArray[np.int64]
    weights: NDArray[np.float64]


def columns_of(words: Sequence[str], costs: SoundCosts) -> Columns:
    read = [sounds_of(word) for word in words]
    numbers: dict[Place, int] = {}
    flat = np.array([numbers.setdefault(place, len(numbers)) for places in read for place in places], np.int64)
    sizes = np.fromiter(map(len, read), np.int64, len(read))
    columns = np.array([(place.sounds, _near(place.sounds), _missing(place)) for place in numbers], np.int64).reshape(-1, 3)
    rows = columns[flat].T
    weights = np.bincount(np.repeat(np.arange(len(read)), sizes), _costs(costs)[rows[2]], len(read)).astype(np.float64)
    return Columns(tuple(map(np.ascontiguousarray, rows)), np.append(0, np.cumsum(sizes)), weights)


def kernel_costs(costs: SoundCosts) -> tuple[tuple[float, ...], int]:
    """The costs as the kernels take them, and the bits of the vowels."""
    return _table(costs), _VOWELS


def _missing(place: Place) -> int:
    """Which of the costs it is to leave a place out."""
    if place.silent:
        return _SILENT
    return _VOWEL if not place.sounds & ~_VOWELS else _CONSONANT


@functools.lru_cache(1 << 16)
def _weight(word: str, costs: SoundCosts) -> float:
    table = _table(costs)
    return sum(table[_missing(place)] for place in sounds_of(word))


@functools.cache
def _table(costs: SoundCosts) -> tuple[float, ...]:
    return costs.other_vowel, costs.near, costs.silent, costs.vowel, 1.0


_SILENT, _VOWEL, _CONSONANT = 2, 3, 4  # places in `_table`


@functools.lru_cache(1 << 16)
def _columns(word: str) -> tuple[tuple[int, ...], ...]:
    """The places of a word as the kernel takes them."""
    places = sounds_of(word)
    return (
        tuple(place.sounds for place in places),
        tuple(_near(place.sounds) for place in places),
        tuple(_missing(place) for place in places),
    )


@functools.lru_cache(1 << 16)
def _array(word: str) -> NDArray[np.int64]:
    return np.array(_columns(word), np.int64)


@functools.cache
def _costs(costs: SoundCosts) -> NDArray[np.float64]:
    return np.array(_table(costs))


def _distance(a: str, b: str, costs: SoundCosts) -> float:
    """The least cost of turning the sounds of one word into those of the other."""
    width = len(sounds_of(b))
    kernels = KERNELS.for_work(len(sounds_of(a)) * width)
    if kernels.compiled:
        return float(kernels.turning_cost(_array(a), _array(b), _costs(costs), _VOWELS, np.empty(width + 1)))
    return float(kernels.turning_cost(_columns(a), _columns(b), _table(costs), _VOWELS, [0.0] * (width + 1)))
