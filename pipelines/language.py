"""Which language a text is in, offline: words that tell a language first, a byte n-gram model for the rest."""

from __future__ import annotations

import functools
import os
import re
import shutil
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from pipelines.compiled import cache_directory
from pipelines.lexicons import LanguageFile, WordSet, languages_with, read_language_file

SAMPLE = 800  # characters looked at; on news text more did not change an answer
ENOUGH_LETTERS = 20  # fewer say too little
NEARLY = 4.0  # difference of two log-likelihoods that says little
ENOUGH_WORDS = 8  # of a text that the words of a language tell


class Detection(LanguageFile):
    """`detection.toml`: the words by which a text in the language is known before the n-gram model is asked."""

    words: WordSet
    share: float


_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = "".join(chr(code) if chr(code).isalpha() else " " for code in range(128))  # the same of ASCII, quicker
_PRINTED = re.compile("[’‘“”–—…\xa0]+")  # all that keeps most English text from being ASCII


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code, or None where there is too little text to say.

    >>> detect_language("The minister said on Monday that he was not aware of the report.")
    'en'
    >>> detect_language("Der Minister sagte am Montag, dass er von dem Bericht nichts gewusst habe.")
    'de'
    >>> detect_language("12.30 / 45 %") is None
    True
    """
    sample = _sample(text)
    if not sample.isascii():
        sample = _PRINTED.sub(" ", sample)
    words = sample.translate(_LETTERS).split() if sample.isascii() else _WORD.findall(sample)
    joined = " ".join(words)
    if len(joined) - max(len(words) - 1, 0) < ENOUGH_LETTERS:
        return None
    if len(words) >= ENOUGH_WORDS:
        telling = Counter(filter(None, map(_telling().get, joined.lower().split(" "))))
        for code, share in _shares():
            if sum([count for codes, count in telling.items() if code in codes]) >= share * len(words):
                return code
    code, likelihood = _identifier().classify(joined)
    return str(code) if code in _described() else _nearly(joined, likelihood) or str(code)


def _nearly(joined: str, likelihood: float) -> str | None:
    """The described language in which a text is nearly as likely as in the likeliest: a short Portuguese sentence may be Galician as well."""
    return next(
        (str(code) for code, other in _identifier().rank(joined) if other > likelihood - NEARLY and code in _described()), None
    )


@functools.cache
def _described() -> frozenset[str]:
    """The languages with a folder in `seeds/languages`."""
    return frozenset(languages_with("boilerplate"))


@functools.cache
def _telling() -> dict[str, tuple[str, ...]]:
    """The languages that each word tells of."""
    known = [(code, read_language_file(code, "detection", Detection).words) for code, _ in _shares()]
    return {word: tuple(code for code, others in known if word in others) for _, words in known for word in words}


@functools.cache
def _shares() -> tuple[tuple[str, float], ...]:
    """The least share of words that tell of it, of each language that is known by its words."""
    return tuple((code, read_language_file(code, "detection", Detection).share) for code in languages_with("detection"))


def _sample(text: str) -> str:
    """A span from the middle of a long text: heads and feet of pages are lists of names and links."""
    if len(text) <= SAMPLE:
        return text
    start = (len(text) - SAMPLE) // 2
    return text[start : start + SAMPLE]


@functools.cache
def _identifier() -> Any:
    """The n-gram model. Its package packs it so that unpacking takes half a second: what was unpacked is kept with compiled code."""
    from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

    packed = MODEL_DIR / MODEL_FILE
    folder = cache_directory()
    kept = folder / f"language-model-{packed.stat().st_size}-{packed.stat().st_mtime_ns}" if folder else None
    if kept is not None and (found := _kept(kept)) is not None:
        return LanguageIdentifier(**found)
    found = LanguageIdentifier.from_model_file(packed)
    if kept is not None:
        with suppress(OSError):
            _keep(kept, found)
    return found


_ARRAYS = ("nb_ptc", "nb_pc")
_LISTS = ("nb_classes", "tk_output")
_VIEWS = ("tk_nextmove", "tk_row")  # of which Python reads number after number, in a third of the time that an array of numpy takes


def _kept(place: Path) -> dict[str, Any] | None:
    """What the identifier is made of, of which nothing is read before it is used; None where that is not there, or cut short."""
    try:
        parts = {name: np.load(place / f"{name}.npy", mmap_mode="r") for name in (*_ARRAYS, *_LISTS, *_VIEWS)}
    except (OSError, ValueError, EOFError):
        return None
    arrays = {name: np.asarray(parts[name]) for name in _ARRAYS}
    lists = {name: parts[name].tolist() for name in _LISTS}
    return arrays | lists | {name: memoryview(parts[name]) for name in _VIEWS}


def _keep(place: Path, found: Any) -> None:
    temporary = tempfile.mkdtemp(dir=place.parent, prefix=".language-model-")
    try:
        for name in (*_ARRAYS, *_LISTS, *_VIEWS):
            np.save(f"{temporary}/{name}.npy", np.asarray(getattr(found, name)))
        shutil.rmtree(place, ignore_errors=True)  # where it was cut short
        os.rename(temporary, place)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
