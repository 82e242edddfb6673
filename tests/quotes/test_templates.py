"""Languages that are read by templates: whatever stands between marks, nobody is named who has no title or name of a person's shape."""

from __future__ import annotations

import pytest

from pipelines.lexicons import LexiconError, parse_language_file
from pipelines.quotes import known_languages, quotes_in
from pipelines.quotes.template_file import SpeechFile
from pipelines.quotes.templates import language_by_letters, languages_by_template, read_by_template
from pipelines.quotes.types import QuoteSettings
from pipelines.vocabulary import SpeakerKind

NOUNS = {
    "ja": "{0}は「橋は安全だと思う」と述べた。",
    "zh": "{0}说：“这座桥很安全。”",
    "ar": 'قال {0}: "الجسر آمن تماما الآن".',
    "he": 'כך אמר {0}: "הגשר בטוח לגמרי עכשיו".',
    "ko": "{0}은 “다리는 이제 안전하다”고 말했다.",
}
THINGS = {
    "ja": ["報告書", "橋", "天気", "最後の船"],
    "zh": ["桥梁", "天气", "报告", "水位"],
    "ar": ["الجسر", "التقرير", "الطقس", "النهر"],
    "he": ["הגשר", "הדוח", "מזג האוויר", "הנהר"],
    "ko": ["다리", "보고서", "날씨", "이집트 시장", "한국대 교수"],
}


def test_no_language_is_read_in_two_ways() -> None:
    assert languages_by_template() == ("ar", "he", "ja", "ko", "zh")
    assert not set(languages_by_template()) & set(known_languages())


@pytest.mark.parametrize(("code", "noun"), [(code, noun) for code, nouns in THINGS.items() for noun in nouns])
def test_a_thing_is_nobody(code: str, noun: str) -> None:
    text = NOUNS[code].format(noun)
    (quote,) = read_by_template(text, code, QuoteSettings())
    assert text[quote.start - 1] in '「“"'
    assert text[quote.end] in '」”"'
    assert quote.speaker is None or quote.speaker.kind is not SpeakerKind.PERSON


def test_a_short_text_is_known_by_its_letters() -> None:
    assert [language_by_letters(text) for text in ("「遅い」と市長。", "他说：“不。”", "قال: «لا».", "«Нет»", "No.")] == [
        "ja",
        "zh",
        "ar",
        None,
        None,
    ]


def test_order_of_the_text_and_offsets_hold() -> None:
    text = "王小明说：“我很高兴。”\n\n他还说：“明天再来。”"
    quotes = quotes_in(text)
    assert [text[q.start : q.end] for q in quotes] == ["我很高兴。", "明天再来。"]
    assert [text[q.speaker.name_start : q.speaker.name_end] for q in quotes if q.speaker] == ["王小明", "王小明"]


def test_a_template_without_its_cue_is_told() -> None:
    with pytest.raises(LexiconError, match=r"clauses.*\{cue\}"):
        parse_language_file("letters = 'a'\ncues = 'x'\nwho = 'a'\nclauses = ['{who}']\naround = []", "xx/speech.toml", SpeechFile)
