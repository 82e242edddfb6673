"""Texts in encodings that they do not name: read where one reading holds up, else refused."""

import codecs
from pathlib import Path

import pytest

from pipelines.ingest import FoundFile, IngestSettings, read_file
from pipelines.ingest.guessing import Encodings, guessed
from pipelines.lexicons import languages_with, read_language_file

TEXTS = {
    "de": "Der Bürgermeister von Nordwick sagte am Montag, dass die Brücke über den Fluss vier Wochen lang gesperrt bleibt. „Wir müssen prüfen“, sagte er.",
    "fr": "La maire de Davrin a annoncé lundi que le pont resterait fermé pendant quatre semaines, parce que des fissures ont été trouvées près des piliers.",
    "pl": "Burmistrz miasta powiedział w poniedziałek, że most zostanie zamknięty na cztery tygodnie, ponieważ znaleziono pęknięcia w jego filarach. Będzie objazd.",
    "cs": "Starostka města v pondělí řekla, že most zůstane čtyři týdny uzavřený, protože v jeho pilířích byly nalezeny trhliny. Objížďka povede přes údolí.",
    "ru": "Мэр города сообщил в понедельник, что мост будет закрыт на четыре недели, потому что в его опорах нашли трещины. Объезд проложат через долину.",
    "en": "The mayor of Nordwick said on Monday that the bridge would stay shut for four weeks. “We don’t know what we will find,” he said, and the café agreed.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_each_encoding_of_a_language_gives_the_text_or_nothing(language):
    text = TEXTS[language] * 2
    encodings = read_language_file(language, "encodings", Encodings).encodings
    read = 0
    for name in encodings:
        try:
            found = guessed(text.encode(name))
        except UnicodeEncodeError:
            continue
        assert found is None or found[0] == text, name
        read += found is not None
    assert read


def test_what_is_noise_or_too_short_is_not_guessed():
    for data in (
        b"Ein Caf\xe9",
        bytes(range(128, 256)) * 4,
        "Text".encode("cp037") * 60,
        TEXTS["de"].encode("utf-8")[:-1] + b"\xc3" * 9,
    ):
        assert guessed(data) is None


def test_the_encoding_is_told_with_the_record(tmp_path: Path):
    def encoding(name: str, data: bytes) -> tuple:
        file = tmp_path / name
        file.write_bytes(data)
        [row] = [row for batch in read_file(FoundFile(name, file, len(data), 1), IngestSettings()) for row in batch.to_pylist()]
        return row["encoding"], row["reject"] and row["reject"]["reason"]

    assert encoding("a.txt", TEXTS["de"].encode("cp1252")) == ("cp1252, detected", None)
    assert encoding("b.txt", TEXTS["de"].encode()) == (None, None)
    assert encoding("c.txt", codecs.BOM_UTF16_LE + TEXTS["de"].encode("utf-16-le")) == ("utf-16-le, byte order mark", None)
    assert encoding("d.html", b'<meta charset="windows-1252"><p>' + TEXTS["de"].encode("cp1252")) == ("cp1252, declared", None)
    assert encoding("e.txt", b"Ein Caf\xe9") == (None, "unreadable_bytes")


def test_every_language_whose_words_tell_it_has_its_encodings():
    assert set(TEXTS) <= set(languages_with("encodings"))
