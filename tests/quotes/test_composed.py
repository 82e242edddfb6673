"""Texts in decomposed letters have the quotes of the same texts in composed ones, each at its own place."""

from __future__ import annotations

import unicodedata

import pytest

from pipelines.quotes import quotes_in

TEXTS = [
    "정미래 시장은 “항구는 봄에 연다”고 밝혔다. 이어 “조금만 기다려 달라”고 덧붙였다.",
    "“The Müller house fell in the night,” Zoë Brandt-Añez said. “It stood for 200 years,” she added.",
    "« La forêt a brûlé trois jours », a raconté Émilie Lefèvre jeudi.",
]


@pytest.mark.parametrize("text", TEXTS)
def test_decomposed_letters_change_no_quote(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert decomposed != text

    def found(text: str) -> list[tuple[str, str]]:
        said = [q for q in quotes_in(text) if q.speaker is not None]
        spans = [((q.start, q.end), (q.speaker.name_start, q.speaker.name_end)) for q in said if q.speaker is not None]
        return [(unicodedata.normalize("NFC", text[a:b]), unicodedata.normalize("NFC", text[c:d])) for (a, b), (c, d) in spans]

    assert found(text)
    assert found(decomposed) == found(text)


def test_a_role_of_several_joined_words_is_given_as_written() -> None:
    [quote] = quotes_in("“We wait for the spring here,” Ada Quill, aide to Máire Mac an tSaoi, said.")
    assert quote.speaker is not None
    assert quote.speaker.role == "aide to Máire Mac an tSaoi"
