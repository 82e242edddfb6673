"""Languages that follow the weights of another: what holds for each of them, whatever its words are."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pytest

from pipelines.lexicons import read_language_file
from pipelines.quotes import QuoteSettings, extract_quotes, known_languages, quotes_in, to_json
from pipelines.quotes.language_file import QuotesFile
from pipelines.quotes.lexicon import load_lexicon
from pipelines.quotes.reading import load_language, read_articles
from pipelines.quotes.text.openers import without_elisions
from pipelines.quotes.weights import load_weights
from pipelines.schemas import BODIES

FOLLOWING = [code for code in known_languages() if read_language_file(code, "quotes", QuotesFile).follows]
FOLDER = Path(__file__).parent.parent / "cases" / "languages"
TEXTS = [
    case["text"]
    for path in sorted(FOLDER.glob("*.jsonl"))
    for case in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    if case["command"] == "quotes"
]


def test_every_language_but_english_follows_it():
    assert set(known_languages()) - set(FOLLOWING) == {"en"}
    assert all(load_weights(load_lexicon(code).file.follows) is not None for code in FOLLOWING)


@pytest.mark.parametrize("code", FOLLOWING)
def test_a_language_has_cases(code):
    path = FOLDER / f"{code}.jsonl"
    assert any(json.loads(line)["command"] == "quotes" for line in path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("code", FOLLOWING)
def test_no_cue_of_another_language_and_no_quote_without_words(code):
    text = "Zxqv brlm tkpf, grwn dlkz mnpt brx. Vrtk \n\n— \n\n– 7\n\n«»"
    assert read_articles([text], QuoteSettings(), load_language(code)) == [[]]


@pytest.mark.parametrize("code", FOLLOWING)
def test_elisions_keep_every_offset(code):
    text = "L'usine d'Armont, dit D'Angelo; dell'orto, l’aube, J'ai"
    shown = without_elisions(text, load_lexicon(code))
    assert len(shown) == len(text)
    assert all(a == b or (a in "'’" and b == " ") for a, b in zip(text, shown, strict=True))


def test_texts_are_read_alike_alone_and_together():
    settings = QuoteSettings()
    table = extract_quotes(pa.Table.from_pylist([{"id": str(k), "text": t} for k, t in enumerate(TEXTS)], schema=BODIES), settings)
    alone = [(str(k), q.start, q.end) for k, text in enumerate(TEXTS) for q in quotes_in(text, settings)]
    assert list(zip(*(table[name].to_pylist() for name in ("id", "start", "end")), strict=True)) == alone


def test_a_speaker_left_out_has_a_name_and_no_mention():
    text = "La alcaldesa Nuria Belmar visitó el puente cerrado. «El daño es grave», dijo Belmar. Añadió que las obras empezarán en mayo."
    row = to_json(text, quotes_in(text))[-1]
    assert (row["speaker"]["start"], row["speaker"]["text"], row["speaker"]["name"]) == (None, None, "Nuria Belmar")
    assert row["cue"]["text"] == "Añadió"


@pytest.mark.parametrize(
    "text",
    [
        "Das Programm:\n\n– Begrüßung um neun Uhr\n\n– Vortrag über alte Brücken\n\n– Mittagessen im Saal",
        "— Хліб\n— Сіль\n— Молоко і сир",
    ],
)
def test_a_list_behind_dashes_is_no_speech(text):
    assert quotes_in(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- Nie mamy wyboru, dach się sypie - powiedziała radna Nuria Belmar.", "Nie mamy wyboru, dach się sypie"),
        ("„Nie mamy wyboru, dach się sypie” – powiedziała radna Nuria Belmar.", "Nie mamy wyboru, dach się sypie"),
        ("— No tenemos otra opción —dijo la alcaldesa Nuria Belmar.", "No tenemos otra opción"),
    ],
)
def test_a_sentence_before_a_dash_and_its_speaker_is_direct(text, said):
    [row] = to_json(text, quotes_in(text))
    content = row["content"]
    assert (row["type"], text[content["start"] : content["end"]]) == ("direct", said)
    assert row["speaker"]["name"] == "Nuria Belmar"
