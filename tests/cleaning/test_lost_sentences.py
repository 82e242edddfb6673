"""No sentence of the article is lost, and what the page says of itself is read: invented pages, a test for each kind."""

import itertools
import textwrap
from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pytest

from pipelines.cleaning import CleanSettings, clean_documents, document_lines, repeated_lines
from pipelines.cleaning.clean import draft_of
from pipelines.cleaning.headlines import gives_facts
from pipelines.cleaning.verdicts import judge
from pipelines.schemas import DOCUMENTS

PROSE = (
    "The council of Eastbrook voted on Tuesday to close the old bridge over the Selm for two years.",
    "Engineers had warned in a report that two of the pillars could give way in a flood.",
    'Mayor Ada Quill said the decision was hard. "Nobody wants to lose the bridge, but we cannot wait," she said.',
    "Buses will go round by the mill until the new deck is laid, the county said on Monday.",
    "The work is to cost nine million crowns, of which the county pays half.",
    "Traders in the old town asked for a ferry, and the council will vote on that in May.",
)
HEADLINE = "Eastbrook closes its old bridge"


def cleaned(*texts, publisher=None, url=None):
    rows = [
        {"id": str(number), "text": text, "html": None, "publisher": publisher, "url": url, "markup": None}
        for number, text in enumerate(texts)
    ]
    documents = pa.Table.from_pylist(rows, schema=DOCUMENTS)
    repeated = repeated_lines(document_lines(documents)) if publisher else None
    return clean_documents(documents, repeated).to_pylist()


def page(*lines):
    return "\n\n".join(lines)


def test_a_date_alone_on_its_line_is_read_and_goes():
    row = cleaned(page(HEADLINE, "Tuesday, 4 March 2025 at 15:26", *PROSE))[0]
    assert (row["date"], row["date_source"]) == ("2025-03-04", "stamp")
    assert row["text"] == page(*PROSE)


def test_a_day_that_can_be_read_in_two_ways_is_left_open_and_said():
    stamp = "Published: 12/05/2024 11:20"
    row = cleaned(page(HEADLINE, stamp, *PROSE))[0]
    assert (row["date"], row["date_partial"], row["text"]) == (None, None, page(*PROSE))
    assert any("read in two ways" in found["reason"] for found in row["removed"])
    address = "https://e.example/news/{}/bridge"
    assert cleaned(page(HEADLINE, stamp, *PROSE), url=address.format("2024/05/12"))[0]["date"] == "2024-05-12"
    assert cleaned(page(HEADLINE, stamp, *PROSE), url=address.format("2024/07/12"))[0]["date"] is None
    assert cleaned(page(HEADLINE, "Published: 12.05.2024", *PROSE))[0]["date"] == "2024-05-12"
    assert cleaned(page(HEADLINE, stamp, *PROSE), url="https://e.co.uk/news/bridge")[0]["date"] == "2024-05-12"


def test_a_sentence_below_the_label_of_an_advertisement_stays():
    lines = [
        "The Gazette",
        "Subscribe | Log in",
        HEADLINE,
        "By Ada Roe",
        *PROSE,
        "Advertisement",
        "The ferry has 40 seats, it was said.",
        "Share this",
    ]
    assert cleaned(page(*lines))[0]["text"] == page(*PROSE, lines[-2])


def test_the_closing_line_of_a_blogs_feed_goes():
    lines = ["The post {} appeared first on The Gazette.", "The post that he wrote about it appeared first on a board, she said."]
    assert cleaned(page(*PROSE, lines[0].format(HEADLINE)))[0]["text"] == page(*PROSE)
    assert cleaned(page(*PROSE[:3], lines[1], *PROSE[3:]))[0]["text"] == page(*PROSE[:3], lines[1], *PROSE[3:])


def test_dates_of_a_list_stay():
    entries = [line for day in (3, 9, 17, 21) for line in (f"{day} May 2025", PROSE[day % 5])]
    assert cleaned(page(*entries))[0]["text"] == page(*entries)


def test_a_day_in_the_address_is_the_last_resort():
    row = cleaned(page(HEADLINE, *PROSE), url="https://paper.example/2025/03/04/bridge")[0]
    assert (row["date"], row["date_source"]) == ("2025-03-04", "url")


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://paper.example.co.uk/1", "2025-05-04"),
        ("https://news.example.gov/1", "2025-04-05"),
        ("https://paper.example.com/1", None),
    ],
)
def test_the_country_of_the_address_says_which_number_is_the_day(url, day):
    assert cleaned(page(HEADLINE, "04/05/2025", *PROSE), url=url)[0]["date"] == day


def test_a_day_without_a_year_is_kept_as_such():
    row = cleaned(page(HEADLINE, f"EASTBROOK, March 4 (Reuters) - {PROSE[0]}", *PROSE[1:]))[0]
    assert (row["date"], row["date_partial"], row["byline_agency"]) == (None, "--03-04", "Reuters")


def test_a_correction_has_a_column_of_its_own():
    note = "This article was amended on 5 March 2025 to say that the bridge has two pillars."
    row = cleaned(page(HEADLINE, *PROSE, note))[0]
    assert row["correction"] == note
    assert row["text"] == page(*PROSE)


@pytest.mark.parametrize("spelling", ["The Associated Press", "Associated Press", "AP"])
def test_an_agency_is_given_in_one_spelling(spelling):
    row = cleaned(page(HEADLINE, f"EASTBROOK ({spelling}) — {PROSE[0]}", *PROSE[1:]))[0]
    assert row["byline_agency"] == "Associated Press"


@pytest.mark.parametrize(
    "glued",
    [
        "Click to share on WhatsApp (Opens in new window) Click to share on X (Opens in new window)",
        "Story continues below advertisement",
    ],
)
def test_what_is_glued_to_a_paragraph_is_cut_out_with_its_offsets(glued):
    text = page(HEADLINE, *PROSE[:2], f"{PROSE[2]} {glued}", *PROSE[3:])
    row = cleaned(text)[0]
    assert row["text"] == page(*PROSE)
    assert glued in [text[span["start"] : span["end"]] for span in row["removed"]]


def test_a_quotation_in_two_stories_of_a_publisher_stays_in_both():
    other = (
        "The county stopped its share of the money for the bridge on Thursday.",
        "It wants a second estimate before it pays anything at all.",
        PROSE[2],
        "Councillor Tom Reed called the halt a scandal and asked for a special meeting.",
        "That meeting is to take place in the town hall in the first week of April.",
    )
    rows = cleaned(page(HEADLINE, *PROSE), page("County stops the money for the bridge", *other), publisher="courier")
    assert all(PROSE[2] in row["text"] for row in rows)


def test_a_long_standfirst_without_a_stop_stays():
    standfirst = "The mayor says that it is thankful for the time which the county put into the plan"
    text = cleaned(page(HEADLINE, standfirst, *PROSE))[0]["text"]
    assert text.startswith(standfirst)
    assert cleaned(text)[0]["text"] == text


def test_what_stands_below_a_teaser_stays():
    text = cleaned(page(HEADLINE, *PROSE[:3], "Read also: Ferry fares rise in spring", *PROSE[3:]))[0]["text"]
    assert text == page(*PROSE)


def test_no_paragraph_of_a_script_without_blanks_is_taken_for_the_headline():
    paragraphs = (
        "东溪镇议会星期二投票决定关闭塞尔姆河上的老桥两年，工程师此前警告说两座桥墩可能在洪水中倒塌。",
        "镇长表示，这一决定十分艰难，但是居民的安全比交通方便更重要，不能再继续等待下去。",
        "在新桥面铺好之前，公共汽车将绕道磨坊行驶，县政府星期一在一份声明中说。",
    )
    row = cleaned(page("东溪镇老桥关闭两年", *paragraphs))[0]
    assert row["title"] not in paragraphs
    assert all(paragraph in row["text"] for paragraph in paragraphs)


def test_a_row_says_which_share_of_its_sentences_is_kept():
    assert cleaned(page(HEADLINE, *PROSE))[0]["share_kept"] == 1.0


GERMAN = (
    "Der Rat von Ostbruck hat am Dienstag beschlossen, die alte Brücke für zwei Jahre zu schließen. Fachleute hatten gewarnt, dass zwei "
    "Pfeiler nachgeben könnten. Die Bürgermeisterin nannte den Beschluss schwer. Busse fahren über die Mühle, teilte der Kreis mit. "
)
CHINESE = (
    "议会周二投票决定关闭旧桥两年。工程师在报告中警告说，两根桥墩可能在洪水中垮塌。市长说，这个决定很艰难。公共汽车将绕行磨坊。"
)


@pytest.mark.parametrize(
    ("above", "article", "below"),
    [
        ("Bridge closes", " ".join(PROSE * 6), "Subscribe to our newsletter"),
        ("Brücke zu", (GERMAN * 8).strip(), "Newsletter abonnieren"),
        ("旧桥关闭", CHINESE * 12, "分享"),
        ("Home\n\nNews\n\nSport", " ".join(PROSE * 3), "Most read\n\nFerry is late again\n\n© 2021 Post"),
    ],
)
def test_an_article_on_one_line_stays(above, article, below):
    assert cleaned(page(above, article, below))[0]["text"] == article


def test_furniture_inside_an_article_on_one_line_is_cut_out_with_its_place():
    notice = "Sign up for our daily newsletter."
    text = page(HEADLINE, " ".join([*PROSE, notice, *PROSE]), "Menu")
    row = cleaned(text)[0]
    assert row["text"] == page(" ".join(PROSE), " ".join(PROSE))
    assert notice in [text[cut["start"] : cut["end"]] for cut in row["removed"]]


def test_what_is_glued_to_a_paragraph_goes_though_another_one_holds_a_letter_that_grows_in_lower_case():
    glued = "Story continues below advertisement"
    text = page(HEADLINE, f"The council of İzmir heard it first, {PROSE[0].lower()}", f"{PROSE[1]} {glued} {PROSE[2]}", *PROSE[3:])
    row = cleaned(text)[0]
    assert "İzmir" in row["text"]
    assert glued not in row["text"]
    assert glued in [text[cut["start"] : cut["end"]] for cut in row["removed"]]


def test_a_sentence_between_headline_and_byline_stays():
    row = cleaned(page("Home", HEADLINE, "Nobody in the town wants to lose it.", "By Ada Quill", "4 March 2025", "Share", *PROSE))[
        0
    ]
    assert row["text"].startswith("Nobody in the town wants to lose it.")


@pytest.mark.parametrize(
    "text",
    [
        f"Disclaimer: no credit is claimed for any images on this site, all rights belong to their owners. {'We ask owners to write to us. ' * 12}"
    ],
)
def test_a_long_notice_of_rights_is_no_article(text):
    assert (
        "Disclaimer"
        not in cleaned(page("Menu", HEADLINE, "By Ada Quill", *PROSE[:2], "Comments", text, "Advertisement"))[0]["text"]
    )


BIOGRAPHY = "Ada Quill has written about the county for the Eastbrook Post since 2017 and keeps bees behind the mill."
INTERVIEW = ("What is the first thing you do?", "I look at the river, and then I look at the clock. They never agree.")


@pytest.mark.parametrize(("last", "stays"), [(BIOGRAPHY, False), (BIOGRAPHY.replace("Ada Quill", "Tom Reed"), True)])
def test_a_repeated_last_sentence_goes_where_it_starts_with_the_name_of_the_author(last, stays):
    """Others that a publisher's stories share are background."""
    other = [sentence.replace("bridge", "harbour").replace("council", "port") + " So it was said." for sentence in PROSE]
    pages = [
        page("An evening by the river", "By Ada Quill", *PROSE, *INTERVIEW, last),
        page("Harbour news", "By Ada Quill", *other, last),
    ]
    row = cleaned(*pages, publisher="post")[0]
    assert (last in row["text"]) == stays
    assert page(*PROSE, *INTERVIEW) in row["text"]


@pytest.mark.parametrize(
    ("paragraph", "glued"),
    [
        (PROSE[3], "Follow us on Twitter"),
        ("El jurado elogió la corteza y el precio del pan, dijo Inés Tarro a la prensa.", "Síguenos en Facebook e Instagram"),
        ("Die Jury lobte Kruste und Preis, sagte Inge Holm am Montag in Warnau.", "Folgen Sie uns auf Facebook und Instagram"),
        ("Журі похвалило скоринку та ціну, сказала Інга Гольм у понеділок.", "Підписуйтесь на наш канал у Telegram"),
    ],
)
def test_an_invitation_to_follow_is_cut_off_the_end_of_a_paragraph(paragraph, glued):
    row = cleaned(f"{paragraph} {glued}")[0]
    assert row["text"] == paragraph
    assert [row_text["kind"] in ("share_widget", "newsletter") for row_text in row["removed"]] == [True]


def test_a_sentence_about_twitter_at_the_end_of_a_paragraph_stays():
    paragraph = f"{PROSE[0]} The council will not follow anyone on Twitter."
    assert cleaned(paragraph)[0]["text"] == paragraph


@pytest.mark.parametrize("label", ["Comments", "Comments (4)", "3 comments"])
def test_a_label_of_comments_above_most_of_a_short_article_cuts_nothing(label):
    page_lines = [HEADLINE, "By Ola Brand", PROSE[0], label, *PROSE[1:4]]
    assert cleaned("\n".join(page_lines))[0]["text"] == page(PROSE[0], *PROSE[1:4])


def test_readers_below_a_label_of_comments_go():
    readers = [
        "Comments (2)",
        "Harry1961",
        "Stay safe everyone, it is wild out there!",
        "Reply",
        "gull",
        "My shed is gone.",
        "Reply",
    ]
    assert cleaned("\n".join([HEADLINE, "By Ola Brand", *PROSE, *readers]))[0]["text"] == page(*PROSE)


def test_a_short_sentence_between_others_stays_on_a_short_page():
    essay = [
        "I have crossed it every day for thirty years.",
        "It is ugly, it is narrow, and it rattles.",
        "And I will miss it.",
        "So will you.",
    ]
    closing = "But a bridge is not a memory; it is nine million crowns' worth of steel, and it is tired."
    lines = ["Opinion", "Let the bridge go", "Ola Brand", *essay, closing, "Share"]
    assert cleaned("\n".join(lines))[0]["text"] == page(*essay, closing)


def test_numbered_sub_headings_stay():
    parts = ["1) The bridge will close", PROSE[0], "2) Nobody wants a ferry", PROSE[5], "3) Buses go round", PROSE[3]]
    lines = ["Five things we learned", "4 March 2025", "The council met for six hours on Tuesday.", *parts, "Share on X"]
    assert cleaned("\n".join(lines))[0]["text"] == page(*lines[2:-1])


def stays(scores_of_lines):
    """Which lines of a page stay if the score says so of each."""
    draft = draft_of("1", page(*[text for text, _ in scores_of_lines]), {}, CleanSettings())
    scores = np.array([score for _, score in scores_of_lines])
    forest = SimpleNamespace(features=(), chances=lambda _: scores)
    judge([draft.lines], [draft.lexicon], SimpleNamespace(forests={"body": forest}, thresholds={"body": 0.35}), CleanSettings())
    return [line.kept for line in draft.lines]


SHOP = [("Buy at Selm Stores", 0.02), ("12 crowns", 0.02), ("Tin Lamp Co.", 0.02), ("Add to list", 0.02), ("Map House", 0.02)]
LAMPS = (
    "The lamps of the old bridge were hung on Tuesday over the doors of the old town. The council and the county pay for the work, "
    "and traders asked for two of the lamps. Mayor Ada Quill said nobody wants to lose them."
)
SINGERS = (
    "Opera singers from seven countries rehearse inside Brunnow's deserted warehouse until midnight. Their conductor, Lioba Strand, "
    "prefers unheated rooms because violins sound brighter there, and audiences applaud anyway, wrapped up warmly in blankets."
)


@pytest.mark.parametrize(("paragraph", "score", "kept"), [(LAMPS, 0.5, True), (LAMPS, 0.2, False), (SINGERS, 0.5, False)])
def test_a_paragraph_with_the_articles_words_stays_though_products_part_it_from_the_rest(paragraph, score, kept):
    lines = [*[(sentence, 0.95) for sentence in PROSE], *SHOP * 4, (paragraph, score), *SHOP * 4]
    assert stays(lines) == [True] * len(PROSE) + [False] * 20 + [kept] + [False] * 20


def test_a_table_within_an_article_does_not_part_what_stands_below_it():
    rest = [(sentence, 0.7) for sentence in PROSE]
    table = [(cell, 0.02) for place in range(12) for cell in (f"Lamp {place}", f"{place} crowns", "Tin")]
    assert stays([*[(sentence, 0.95) for sentence in PROSE], *table, *rest]) == [True] * 6 + [False] * 36 + [True] * 6


def test_a_paragraph_below_the_comments_does_not_stay():
    lines = [*[(sentence, 0.95) for sentence in PROSE], ("Comments (3)", 0.02), *SHOP * 4, (LAMPS, 0.5)]
    assert stays(lines)[-1] is False


OTHERS = (SINGERS, "Rain is likely in the hills above Selmford from Friday on, the weather office said.", "Schools stay open.")


@pytest.mark.parametrize(("notice", "score", "kept"), [("Do you want no box here now", 0.2, 0), ("And so said all of us", 0.6, 1)])
def test_a_line_that_comes_back_between_the_sentences_goes_as_a_whole_where_it_scores_low(notice, score, kept):
    lines = [(sentence, 0.95) for sentence in (*PROSE, LAMPS, *OTHERS)]
    for place in (7, 4, 1):
        lines.insert(place, (notice, score))
    found = list(zip(stays([*lines, ("Comments (3)", 0.02)]), [text for text, _ in lines], strict=False))
    assert sum(stayed for stayed, text in found if text == notice) == kept
    assert all(stayed for stayed, text in found if text != notice)


def test_a_page_of_lines_that_all_read_like_headlines_keeps_them():
    heads = (
        "Harbour office counts the boats that come in at night",
        "Keepers of the old light ask for a longer wall",
        "Second berth would leave the quay to the ferry",
        "Old tower may become a room for visitors",
        "Crews fear that sand will close the harbour mouth",
        "Clerk fills two columns with names of boats",
        "Ferry line asks council for room to turn",
        "North wind keeps small boats away from market",
        "Dredging each spring has no price yet",
        "Bench at the top shows the whole of the bay",
        "Skippers keep the weight of the catch to themselves",
        "Lamp would move to the end of the new wall",
        "Council reads no paper on the cost of sand",
        "Stair on the outside worries the fire brigade",
    )
    text = page(*heads, *(f"{head} again" for head in heads))
    assert cleaned(text)[0]["text"] == text


@pytest.mark.parametrize(
    "standfirst",
    ["Three thousand people had signed against it since the summer", "Nobody asked the fishermen about their nets"],
)
@pytest.mark.parametrize("stamps", [(), ("By Ada Quill", "4 March 2025")], ids=["bare", "signed"])
def test_a_short_standfirst_without_a_stop_stays_where_it_says_other_things_than_the_first_sentences(standfirst, stamps):
    row = cleaned(page(HEADLINE, standfirst, *stamps, *PROSE))[0]
    assert (row["title"], row["text"]) == (HEADLINE, page(standfirst, *PROSE))
    assert cleaned(row["text"])[0]["text"] == row["text"]


def test_a_headline_that_the_first_sentences_say_again_is_no_standfirst():
    assert cleaned(page("Council closes the old bridge over the Selm", *PROSE))[0]["text"] == page(*PROSE)


@pytest.mark.parametrize(
    ("headline", "standfirst", "prose"),
    [
        (
            "奥伦桥将于五月起关闭两年",
            "渔民说没有人问过他们的渔网怎么办",
            [
                "市议会星期二决定，奥伦桥将从五月起关闭两年，以便更换两根桥墩。",
                "工程师在报告中警告说，奥伦桥的桥墩可能在洪水中倒塌。",
                "在新桥面铺好之前，公共汽车将绕行磨坊。",
            ],
        ),
        (
            "Vanha silta suljetaan kahdeksi vuodeksi",
            "Kalastajat eivät ehtineet siirtää verkkojaan ajoissa",
            [
                "Kaupunginvaltuusto päätti tiistaina sulkea vanhan sillan kahdeksi vuodeksi, kertoo kaupunki.",
                "Insinöörit olivat varoittaneet, että kaksi sillan pilaria voi pettää tulvassa.",
                "Bussit kiertävät myllyn kautta, kunnes uusi kansi on valmis.",
            ],
        ),
    ],
    ids=["zh", "fi"],
)
@pytest.mark.parametrize("stamps", [(), ("2025-03-04",)], ids=["bare", "dated"])
def test_a_standfirst_without_a_stop_stays_in_languages_of_few_words_of_grammar(headline, standfirst, prose, stamps):
    row = cleaned(page(headline, standfirst, *stamps, *prose))[0]
    assert (row["title"], row["text"]) == (headline, page(standfirst, *prose))
    assert cleaned(row["text"])[0]["text"] == row["text"]


@pytest.mark.parametrize(
    "tail",
    [
        "(aq)",
        "aq/dpa",
        "(dpa/aqu)",
        "/ritzau/",
        "[AP]",
        "– AFP",
        "(A.Q. avec AFP)",
        "Photograph: Rolf Anders/PA",
        "(Foto: Rolf Anders)",
    ],
)
def test_initials_and_credits_behind_the_last_paragraph_go_without_it(tail):
    row = cleaned(page(HEADLINE, *PROSE[:-1], f"{PROSE[-1]} {tail}"))[0]
    assert row["text"] == page(*PROSE)
    assert tail in [
        row["source_text"] or page(HEADLINE, *PROSE[:-1], f"{PROSE[-1]} {tail}")[b["start"] : b["end"]] for b in row["removed"]
    ]


@pytest.mark.parametrize(
    "ending", ["It opens at 8 p.m. ET", "He had seen it in the film “Heat” (1995)", "They laughed. (Laughter)"]
)
def test_what_only_looks_like_initials_at_the_end_stays(ending):
    assert cleaned(page(HEADLINE, *PROSE, ending + "."))[0]["text"].endswith(ending + ".")


def test_a_caption_with_its_credit_between_paragraphs_goes():
    caption = "The old bridge over the Selm, seen from the mill on Monday. Photograph: Rolf Anders/PA"
    assert cleaned(page(HEADLINE, *PROSE[:2], caption, *PROSE[2:]))[0]["text"] == page(*PROSE)


@pytest.mark.parametrize("place", [1, 5])
def test_a_wrapped_paragraph_among_others_is_one_paragraph(place):
    wrapped = "Buses will go round by the mill until the new\ndeck is laid, the county said on Monday. Traders\nin the old town asked for a ferry."
    lines = [*PROSE[:place], wrapped, *PROSE[place:]]
    assert cleaned(page(HEADLINE, *lines))[0]["text"] == page(*lines).replace("\nd", " d").replace("\ni", " i")


def test_lines_of_a_list_among_paragraphs_are_not_joined():
    rows = "Eastbrook Rovers, who play at home on Saturday\nNorvik Town, who have lost all their matches\nHalden, champions of the last two years."
    assert "Saturday\n" not in (text := cleaned(page(HEADLINE, *PROSE[:3], rows, *PROSE[3:]))[0]["text"]) or text
    assert "Saturday Norvik" not in text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Subscribe to the view that old bridges are best, the vicar said, and you will pay for them."),
        ("en", "Reporting by the engineers was strict: every crack was written down with its day."),
        ("de", "Lesen Sie auch die Briefe des Baumeisters, riet die Pfarrerin, dann verstehen Sie den Streit."),
        ("de", "Mehr zum Thema wusste nur der Pfarrer, der die Briefe im Keller aufbewahrt."),
        ("es", "El ministro recibió un correo de la alcaldesa y no contestó en tres semanas."),
        ("fr", "Abonnez-vous à la patience, plaisante-t-il, car le pont n'ouvrira pas avant l'hiver."),
        ("fr", "La ministre doit recevoir une lettre des ingénieurs avant la fin du mois."),
        ("it", "Il sindaco ha ricevuto una e-mail dal ministro e non ha ancora risposto."),
        ("ru", "Подписка на газету стоит в этом году вдвое дороже прежнего."),
    ],
)
def test_a_sentence_of_reporting_with_the_words_of_boilerplate_stays_at_the_end(language, sentence):
    prose = PROSE if language == "en" else FOREIGN[language]
    assert cleaned(page(*prose, sentence))[0]["text"] == page(*prose, sentence)


FOREIGN = {
    "de": (
        "Der Rat von Ostbach hat am Dienstag beschlossen, die alte Brücke über die Selm für zwei Jahre zu schließen.",
        "Ingenieure hatten gewarnt, dass zwei der Pfeiler bei einer Flut nachgeben könnten.",
        "Die Arbeiten kosten neun Millionen Euro, von denen der Kreis die Hälfte zahlt.",
    ),
    "es": (
        "El ayuntamiento de Ribalta decidió el martes cerrar el viejo puente sobre el Selma durante dos años.",
        "Los ingenieros habían advertido de que dos de los pilares podían ceder en una riada.",
        "Las obras costarán nueve millones de euros, de los que la provincia paga la mitad.",
    ),
    "fr": (
        "Le conseil de Pont-Selme a décidé mardi de fermer le vieux pont sur la Selme pendant deux ans.",
        "Des ingénieurs avaient averti que deux des piliers pouvaient céder lors d'une crue.",
        "Les travaux coûteront neuf millions d'euros, dont le département paie la moitié.",
    ),
    "it": (
        "Il consiglio di Ponteselmo ha deciso martedì di chiudere il vecchio ponte sul Selmo per due anni.",
        "Gli ingegneri avevano avvertito che due dei piloni potevano cedere durante una piena.",
        "I lavori costeranno nove milioni di euro, di cui la provincia paga la metà.",
    ),
    "ru": (
        "Совет Восточного во вторник решил закрыть старый мост через Сельму на два года.",
        "Инженеры предупреждали, что две опоры могут не выдержать паводка.",
        "Работы обойдутся в девять миллионов, половину которых заплатит область.",
    ),
}


def test_the_first_question_of_questions_and_answers_stays():
    lines = (
        "Wann ist geöffnet?",
        "Täglich von sieben bis 21 Uhr, freitags bis 23 Uhr.",
        "Was kostet der Eintritt?",
        "- Erwachsene: 5,50 Euro",
        "- Kinder ab sechs: 2,50 Euro",
        "Gibt es Parkplätze?",
        "Ja, 40 am Nordeingang.",
    )
    assert cleaned(page("Was Badegäste jetzt wissen müssen", "Von Silke Ahrens, 3. Mai 2031", *lines))[0]["text"] == page(*lines)


def test_what_introduces_a_list_stays_with_all_of_it():
    lines = (
        "A soup that the bridge keepers of Eastbrook cooked on Fridays.",
        "Ingredients",
        "2 leeks",
        "400 g smoked haddock",
        "1 litre milk",
        "Method",
        "1. Wash the leeks and slice them thinly.",
        "2. Warm the milk with the fish for ten minutes; do not let it boil.",
        "3. Add the leeks and serve with bread.",
    )
    row = cleaned(page("Keeper's soup", *lines))[0]
    assert (row["title"], row["text"]) == ("Keeper's soup", page(*lines))


def test_rows_of_tables_between_sentences_stay_with_what_heads_them():
    lines = (
        "La regata de Ribalta se disputó el sábado con poco viento y ante dos mil espectadores.",
        "Individual",
        "| Puesto | Remero | Tiempo |",
        "| 1 | M. Prado | 7:12,4 |",
        "| 2 | A. Pelayo | 7:15,0 |",
        "Ocho",
        "| 1 | Carrón | 5:58,2 |",
        "| 2 | Ribalta | 6:01,0 |",
        "La próxima cita será en junio en Carrón.",
    )
    assert cleaned(page("Regata de Ribalta: todos los resultados", *lines))[0]["text"] == page(*lines)


def test_a_korean_headline_over_sentences_is_found():
    prose = (
        "동천시 의회가 화요일 낡은 다리를 2년간 닫기로 했다. 홍수 때 무너질 수 있기 때문이다.",
        "기술자들은 보고서에서 교각 두 개가 위험하다고 경고했다.",
        "공사비는 90억 원이며 절반은 도가 낸다고 시장은 밝혔다.",
    )
    row = cleaned(page("동천시 낡은 다리, 2년 닫아", *prose))[0]
    assert (row["title"], row["text"]) == ("동천시 낡은 다리, 2년 닫아", page(*prose))


def test_a_name_of_a_byline_that_stands_in_the_headline_is_a_place():
    row = cleaned(page("Old Selm Bridge in Eastbrook closes for two years", "Jane Roe / Selm Bridge", *PROSE))[0]
    assert row["byline"] == "Jane Roe"


@pytest.mark.parametrize(("line", "stays"), [("Seats: 120 Length: 48 m", True), ("Swing bridges of the world", False)])
def test_facts_behind_labels_right_above_the_article_stay_and_are_no_headline(line, stays):
    """Whatever they score, down to that of a sentence there."""
    lines = ["Menu", "Share on Facebook", HEADLINE, line, *PROSE, "© 2021 Eastbrook Courier"]
    draft = draft_of("1", page(*lines), {}, CleanSettings())
    given = np.array([0.08 if text == line else 0.95 if text in PROSE else 0.02 for text in lines])
    model = SimpleNamespace(forests={"body": SimpleNamespace(features=(), chances=lambda _: given)}, thresholds={"body": 0.35})
    judge([draft.lines], [draft.lexicon], model, CleanSettings())
    assert [found.text for found in draft.lines if found.kept] == [*[line] * stays, *PROSE]
    assert gives_facts(draft.lines[3]) == stays


def test_a_credit_behind_a_paragraph_of_two_sentences_goes_without_it():
    paragraph = "The ferry sails at noon from the north quay. Tickets are sold on board by the crew, who take no cards."
    row = cleaned(page(HEADLINE, *PROSE[:3], f"{paragraph} Photo: Jane Roe/Eastbrook Agency", *PROSE[3:]))[0]
    assert row["text"].split("\n\n") == [*PROSE[:3], paragraph, *PROSE[3:]]


def test_paragraphs_that_only_an_indent_parts_are_joined_whole():
    wrapped = "\n".join("   " + textwrap.fill(f"{one} {two}", 64) for one, two in itertools.pairwise(PROSE))
    row = cleaned(f"{HEADLINE}\n\n{wrapped}")[0]
    assert row["text"].split("\n\n") == [f"{one} {two}" for one, two in itertools.pairwise(PROSE)]


def test_a_song_keeps_its_refrain():
    song = "The bell rings low\nOh carry me over the river", "The gate stands wide\nOh carry me over the river"
    row = cleaned(page(HEADLINE, PROSE[0], *song, "The mill wheel sleeps\nOh carry me over the river"))[0]
    assert row["text"].count("Oh carry me over the river") == 3


def test_a_live_blog_of_two_entries_keeps_both():
    row = cleaned(page(HEADLINE, "March 3, 2021", "18:20", "The bridge is closed.", "17:45", "Barriers are being set up."))[0]
    assert "The bridge is closed." in row["text"]
    assert "Barriers are being set up." in row["text"]


def test_points_below_the_headline_stay():
    row = cleaned(page(HEADLINE, "At a glance", "• Two years of work", "• Nine million crowns", *PROSE))[0]
    assert "Two years of work" in row["text"]
    assert "Nine million crowns" in row["text"]


def test_background_with_a_word_that_may_speak_to_the_reader_stays_in_two_stories():
    background = "La comarca perdió en diez años la mitad de sus rebaños y de sus pastores, según los datos de la cooperativa."
    stories = [
        ("El pleno aprobó el martes el cierre del puente viejo durante dos años.", "Los ingenieros habían avisado del mal estado."),
        (
            "La consejera prometió el jueves una respuesta antes del verano.",
            "Las primeras clases empezarían en octubre en la escuela.",
        ),
    ]
    rows = cleaned(*[page(one, background, other) for one, other in stories], publisher="el-eco")
    assert all(background in row["text"] for row in rows)


def test_a_headline_over_turns_alone_is_the_title():
    row = cleaned(page("Two nights on the old bridge", "Q: Who walked?", "A: I did.", "Q: How often?", "A: Four nights a week."))[0]
    assert row["title"] == "Two nights on the old bridge"
    assert "Q: Who walked?" in row["text"]


@pytest.mark.parametrize(
    "note",
    [
        "Editor's note (Mar. 20, 2024): This story has been updated to say that the bridge is from 1904.",
        "Correction March 20, 2024: An earlier version of this article gave the wrong year.",
    ],
)
def test_a_dated_correction_is_kept_apart(note):
    row = cleaned(page(HEADLINE, *PROSE, note))[0]
    assert row["correction"] == note
    assert note not in row["text"]


@pytest.mark.parametrize(
    ("opening", "dateline"),
    [
        ("EASTBROOK. ", "EASTBROOK"),
        ("Eastbrook (NTB): ", "Eastbrook (NTB)"),
        ("EASTBROOK taz | ", "EASTBROOK taz"),
        ("WATCH. ", None),
    ],
)
def test_a_dateline_may_end_in_a_stop_a_colon_or_a_bar(opening, dateline):
    assert cleaned(page(HEADLINE, opening + PROSE[0], *PROSE[1:]))[0]["dateline"] == dateline


def test_the_signatures_of_letters_are_no_byline():
    letters = (PROSE[0], "Ada Quill", PROSE[1], "Tom Reed", PROSE[3], "Jo Marlow", PROSE[4])
    assert cleaned(page("Letters to the paper about the bridge", *letters))[0]["byline"] is None


@pytest.mark.parametrize(("path", "day"), [("cronaca/24_march_12/a.shtml", "2024-03-12"), ("n1/2024/0312/c1-4.html", "2024-03-12")])
def test_the_day_of_an_address_is_read_in_parts(path, day):
    assert cleaned(page(HEADLINE, *PROSE), url=f"https://example.com/{path}")[0]["date"] == day


@pytest.mark.parametrize(
    ("line", "names"),
    [("记者 李明 摄影 王芳", "李明"), ("本报记者 李明、王芳", "李明, 王芳")],
)
def test_a_photographer_is_no_author_in_chinese(line, names):
    prose = [
        "市议会星期二经过四个多小时的辩论，决定关闭已有一百多年历史的旧码头。",
        "新码头的建设工程将于明年春季动工，预计耗资约一千四百万元。",
    ]
    assert cleaned(page("旧码头将于十二月关闭", line, *prose, *prose[::-1]))[0]["byline"] == names


NORSK = (
    "Kommunen har vedtatt å stenge brua over elva i to år fra mandag.",
    "Ingeniører har advart om at to av pilarene kan svikte i en flom.",
)


@pytest.mark.parametrize("note", ["Les også: Fergen går igjen", "Annonse", "Brua i Nordvik. Foto: Ada Lund"])
@pytest.mark.parametrize("more", [0, 11])
def test_a_short_last_sentence_stays_below_what_parts_an_article(note, more):
    rest = [f"Arbeidet i bydel nummer {number} koster tre millioner kroner, opplyser kommunen." for number in range(3, 3 + more)]
    body = cleaned(
        page("Brua stenges i to år", *NORSK, *rest, NORSK[0].replace("Kommunen", "Fylket"), note, "Datoen er ikke bestemt.")
    )[0]["text"]
    assert body.endswith("Datoen er ikke bestemt.")
    assert note not in body


def test_a_notice_of_rights_below_a_long_article_is_no_last_sentence():
    rest = [f"The work in ward number {number} is to cost three million crowns, the town said." for number in range(3, 14)]
    body = cleaned(page(HEADLINE, *PROSE, *rest, "Read also: The ferry is back in May", "Copyright The Eastbrook Post."))[0]["text"]
    assert "Copyright" not in body


def test_a_day_after_a_word_for_changes_is_not_that_of_publication():
    prose = (
        "Il consiglio comunale ha deciso di chiudere il vecchio ponte per due anni.",
        "I lavori costeranno nove milioni di euro, dice la giunta.",
    )
    row = cleaned(page("Il ponte vecchio chiude", "Ultimo aggiornamento: 7 giugno 2025. Pubblicato: 6 giugno 2025", *prose))[0]
    assert row["date"] == "2025-06-06"


def test_a_caption_with_an_age_in_brackets_goes():
    caption = "Ada Quill (54) at the old bridge. Photo: Tom Reed"
    assert caption not in cleaned(page(HEADLINE, PROSE[0], PROSE[1], caption, *PROSE[2:]))[0]["text"]
