"""Who is who: whether two spellings name one person or organisation, and one row for each speaker of a corpus.

Who said what in an article does not belong here: see `pipelines.quotes`.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.speakers.candidates import not_told_apart
from pipelines.speakers.organisations import same_organisation
from pipelines.speakers.people import Answer, same_person
from pipelines.speakers.settings import NameSettings
from pipelines.vocabulary import SpeakerKind

__all__ = ["Answer", "NameSettings", "same_name", "same_people"]

_DEFAULT = NameSettings()
_FEW = 20  # pairs that are compared in full without a cheap look before


def same_name(a: str, b: str, kind: str = SpeakerKind.PERSON, settings: NameSettings = _DEFAULT) -> Answer:
    """Whether two names are of one person, or of one organisation where `kind` is not `person`.

    >>> same_name("Yelena Tarvashko", "Tarvashko").same
    True
    """
    return same_person(a, b, settings) if kind == SpeakerKind.PERSON else same_organisation(a, b, settings)


def same_people(pairs: Sequence[tuple[str, str]], settings: NameSettings = _DEFAULT) -> list[bool]:
    """Whether two names may be of one person, for many pairs.

    >>> same_people([("Yelena Tarvashko", "Tarvashko"), ("Peter Quill", "Mara Quill")])
    [True, False]
    """
    names = {name: place for place, name in enumerate(dict.fromkeys(name for pair in pairs for name in pair))}
    places = [(names[a], names[b]) for a, b in pairs]
    maybe = set(places if len(pairs) < _FEW else not_told_apart([*names], places, settings))
    return [place in maybe and same_person(*pair, settings).same for pair, place in zip(pairs, places, strict=True)]
