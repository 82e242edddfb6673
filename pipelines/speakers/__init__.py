"""Who is who: whether two spellings name one person or organisation, and one row for each speaker of a corpus.

Who said what in an article does not belong here: see `pipelines.quotes`.
"""

from __future__ import annotations

from pipelines.speakers.organisations import same_organisation
from pipelines.speakers.people import Answer, same_person
from pipelines.speakers.settings import NameSettings
from pipelines.vocabulary import SpeakerKind

__all__ = ["Answer", "NameSettings", "same_name"]

_DEFAULT = NameSettings()


def same_name(a: str, b: str, kind: str = SpeakerKind.PERSON, settings: NameSettings = _DEFAULT) -> Answer:
    """Whether two names are of one person, or of one organisation where `kind` is not `person`.

    >>> same_name("Yelena Tarvashko", "Tarvashko").same
    True
    """
    return same_person(a, b, settings) if kind == SpeakerKind.PERSON else same_organisation(a, b, settings)
