"""Texts in encodings that they do not name: read where one reading holds up, else refused."""

import codecs
import csv
import io
import json
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
    "ja": "クイレン港湾委員会は火曜日、潜水士が杭を直す間、北の埠頭を九週間閉めることを決めた。漁師たちは、ニシンの漁期をすべて失うと述べ、郡に助けを求めた。",
    "zh": "港务局周二投票决定关闭北码头九个星期，以便潜水员修理下面的木桩。渔民们说，这将使他们失去整个鲱鱼季节，并请求县里提供帮助，市长也同意了这个要求。",
    "hu": "A polgármester hétfőn közölte, hogy a hidat négy hétre lezárják, mert repedéseket találtak a pillérein. A kerülő út a völgyön át vezet majd.",
    "el": "Ο δήμαρχος ανακοίνωσε τη Δευτέρα ότι η γέφυρα θα μείνει κλειστή τέσσερις εβδομάδες, γιατί βρέθηκαν ρωγμές στα βάθρα της και πρέπει να ελεγχθεί.",
    "ar": "أعلن رئيس البلدية يوم الاثنين أن الجسر سيبقى مغلقا أربعة أسابيع بعد العثور على شقوق في أعمدته، وقال إن الحافلات ستسير عبر الوادي حتى نهاية الشهر.",
    "ko": "시장은 월요일 다리 기둥에서 금이 발견되어 다리를 네 주 동안 닫는다고 밝혔다. 주민들은 배를 더 띄워 달라고 요청했고 군은 예산을 찾아보겠다고 말했다.",
    "da": "Borgmesteren sagde mandag, at broen bliver lukket i fire uger, fordi der er fundet revner i pillerne. Omkørslen går gennem ådalen, siger hun også.",
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


def test_escapes_of_json_are_no_letters_of_the_words_behind_them(tmp_path):
    text = "Die Brücke ist zu.\n„Wir müssen prüfen“, sagte er.\n" + TEXTS["de"]
    (row,) = rows_of(tmp_path, "a.jsonl", json.dumps({"text": text}, ensure_ascii=False).encode("cp1252"))
    assert row["text"] == text


def rows_of(folder: Path, name: str, data: bytes) -> list[dict]:
    file = folder / name
    file.write_bytes(data)
    return [row for batch in read_file(FoundFile(name, file, len(data), 1), IngestSettings()) for row in batch.to_pylist()]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("language", ["en", "ru", "pl"])
def test_utf16_without_a_mark_is_known_by_its_bytes(tmp_path, language, encoding):
    (row,) = rows_of(tmp_path, "a.txt", TEXTS[language].encode(encoding))
    assert (row["text"], row["encoding"]) == (TEXTS[language], f"{encoding}, detected")
    (row,) = rows_of(tmp_path, "a.csv", f'id,text\n7,"{TEXTS[language]}"\n'.encode(encoding))
    assert row["text"] == TEXTS[language]


def test_bytes_with_nul_that_are_no_utf16_are_binary(tmp_path):
    for data in (
        b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" * 9,
        b"a\0b" * 50,
        bytes(range(256)) * 2,
        b"\0" * 64,
        b"\x01\0\x02\0" * 60,
    ):
        (row,) = rows_of(tmp_path, "a.txt", data)
        assert row["reject"]["reason"] == "binary_file", data[:8]


def test_a_text_that_writes_japanese_in_ascii_is_read(tmp_path):
    (row,) = rows_of(tmp_path, "a.txt", TEXTS["ja"].encode("iso2022_jp"))
    assert (row["text"], row["encoding"]) == (TEXTS["ja"], "iso2022_jp_2, detected")


@pytest.mark.parametrize(
    ("language", "encoding"),
    [("de", "cp1252"), ("ja", "cp932"), ("zh", "gb18030"), ("pl", "cp1250"), ("ru", "cp1251"), ("ru", "koi8_r"), ("en", "cp1252")],
)
@pytest.mark.parametrize("form", ["csv", "jsonl", "json"])
def test_records_of_many_are_read_in_the_encoding_of_all_and_it_is_told_with_each(tmp_path, language, encoding, form):
    """Also a short one, which says nothing by itself, and the name of a column."""
    texts = [
        TEXTS[language].replace("“", '"').replace("”", '"'),
        TEXTS[language][-40:].replace("“", "").replace("„", "").replace("”", ""),
        "Only plain letters.",
    ]
    rows = [
        {"id": str(place), "text": text, "Größe" if encoding == "cp1252" else "size": f"{place} cm"}
        for place, text in enumerate(texts)
    ]
    out = io.StringIO()
    if form == "csv":
        writer = csv.DictWriter(out, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    else:
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        out.write("\n".join(lines) if form == "jsonl" else f"[{','.join(lines)}]")
    found = rows_of(tmp_path, f"a.{form}", out.getvalue().encode(encoding))
    assert [(row["text"], row["reject"]) for row in found] == [(text, None) for text in texts]
    told = f"{encoding}, detected"
    assert [row["encoding"] for row in found][:2] == [told, told]
    assert found[2]["encoding"] in (None, told)  # a line of ASCII says nothing of it
    assert json.loads(found[1]["extra"]) == {key: "1 cm" for key in rows[0] if key not in ("id", "text")}


def test_lines_of_two_encodings_are_read_each_in_its_own(tmp_path):
    lines = [json.dumps({"text": TEXTS["de"]}, ensure_ascii=False) for _ in range(2)]
    found = rows_of(tmp_path, "a.jsonl", (lines[0] + "\n").encode() + lines[1].encode("cp1252"))
    assert [(row["text"], row["encoding"]) for row in found] == [(TEXTS["de"], None), (TEXTS["de"], "cp1252, detected")]


def test_a_broken_line_of_a_utf8_file_is_refused_by_itself(tmp_path):
    lines = [json.dumps({"text": TEXTS["de"]}, ensure_ascii=False).encode() for _ in range(3)]
    lines[1] = lines[1].replace("ü".encode(), b"\xc3", 1)
    found = rows_of(tmp_path, "a.jsonl", b"\n".join(lines))
    assert [row["reject"] and row["reject"]["reason"] for row in found] == [None, "unreadable_bytes", None]


def test_a_long_line_is_cut_between_characters_where_its_encoding_is_looked_for(tmp_path):
    text = TEXTS["ru"] * 900
    found = rows_of(tmp_path, "a.jsonl", json.dumps({"text": text}, ensure_ascii=False).encode() + b'\n{"text": "Br\xfccke"}')
    assert [row["reject"] and row["reject"]["reason"] for row in found] == [None, "unreadable_bytes"]


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
    for said in ("windows-1252", "utf-8"):
        page = f'<html><meta charset="{said}"><p>{TEXTS["ru"]}</p></html>'.encode("cp1251")
        name = "cp1252" if said == "windows-1252" else said
        assert encoding(f"{said}.html", page) == (f"cp1251, detected; the file says {name}", None)
    late = f'<html><script>{"var a=1;" * 400}</script><meta charset="windows-1251"><p>Да, нет.</p></html>'
    assert encoding("f.html", late.encode("cp1251")) == ("cp1251, declared", None)


def test_every_language_whose_words_tell_it_has_its_encodings():
    assert set(TEXTS) <= set(languages_with("encodings"))
