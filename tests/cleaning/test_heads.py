"""What only its place tells from the article, and what keeps its place: lines round a headline, questions, results, closing sentences."""

import pyarrow as pa

from pipelines.cleaning import CleanSettings, clean_documents
from pipelines.schemas import DOCUMENTS

BODY = [
    "The mill at Corran turned again on Saturday for the first time since 1961, in front of some 300 people.",
    "Its wheel is of oak and weighs two tons, said the miller, who had worked on it with his sons for four years.",
    '"I had given up twice, and twice my wife hid the letter," he told the crowd before he opened the gate.',
    "Flour is to be had from May, on Saturdays only.",
]


def cleaned(lines, between="\n\n"):
    documents = pa.Table.from_pylist([{"id": "a", "text": between.join(lines)}], schema=DOCUMENTS)
    return clean_documents(documents, None, CleanSettings()).to_pylist()[0]


def test_short_lines_over_a_headline_and_down_to_its_day_go():
    row = cleaned(["Countryside", "Old mill gets a new wheel", "By Jana Dorn", "Valley staff", "16 May 2023 | Corran", *BODY])
    assert (row["title"], row["date"], row["text"].split("\n\n")) == ("Old mill gets a new wheel", "2023-05-16", BODY)


def test_short_lines_between_a_headline_and_the_first_sentence_go():
    row = cleaned(["Old mill gets a new wheel", "Hear it now", "217", *BODY])
    assert (row["title"], row["text"].split("\n\n")) == ("Old mill gets a new wheel", BODY)


def test_questions_without_labels_stay_with_their_answers():
    turns = ["Why now?", "Because it was time.", "Who paid?", "Nobody did.", "And next?", "Bread."]
    assert cleaned(["The miller on his wheel", BODY[0], *turns])["text"].split("\n\n")[-6:] == turns


def test_the_credit_behind_a_quotation_goes_and_the_quotation_stays():
    lines = ["Old mill gets a new wheel", *BODY[:2], BODY[2] + " Photo: Tom Field/Valley Post", BODY[3]]
    assert cleaned(lines)["text"].split("\n\n") == BODY


def test_the_headline_right_below_a_label_of_links_goes():
    lines = ["Old mill gets a new wheel", *BODY[:2], "Read also", "Who pays for the old mills", *BODY[2:]]
    assert cleaned(lines)["text"].split("\n\n") == BODY


def test_a_quotation_in_guillemets_is_no_link():
    speech = "»Jeg havde opgivet to gange, og to gange gemte min kone brevet«"
    lines = ["Møllen maler igen", "Møllen i Korrup malede lørdag for første gang siden 1961, og 300 mennesker så på.", speech]
    lines += ["Hjulet er af eg og vejer to ton, siger mølleren, som har arbejdet på det i fire år.", "Melet sælges fra maj."]
    assert speech in cleaned(lines)["text"]


def test_korean_paragraphs_of_one_length_are_no_broken_lines():
    lines = [
        "마을 방앗간이 지난 토요일 육십 년 만에 다시 문을 열었다.",
        "주민 삼백 명이 모여 새 물레바퀴가 도는 모습을 지켜봤다.",
        "주인은 아들들과 함께 사 년 동안 바퀴를 깎았다고 말했다.",
        "밀가루는 오월부터 토요일에만 살 수 있다고 그는 전했다.",
    ]
    assert cleaned(lines, "\n")["text"].split("\n\n") == lines
