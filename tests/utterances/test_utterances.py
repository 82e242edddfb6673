"""Utterances: the same words in several articles. Properties first; then an example of each relation and conflict, and of what looks alike."""

import random

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.folding import folded
from pipelines.quotes import extract_quotes
from pipelines.schemas import BODIES, COMPARED, QUOTES
from pipelines.utterances import Utterance, UtteranceSettings, find_utterances, to_json
from pipelines.utterances.conflicts import conflicts_of
from pipelines.utterances.kernels.load import KERNELS
from pipelines.utterances.rarity import STEP, Rarity, rarity, written
from pipelines.utterances.speakers import _is_pronoun, _may_be
from pipelines.utterances.statements import Statement, reaches_into
from pipelines.utterances.wording import words_of
from pipelines.vocabulary import Relation

WALL = "We will rebuild the harbour wall before the first winter storm arrives, whatever the insurers may say about it."
DREDGER = "The dredger has been lying idle at the eastern quay since the owners fell out over the fuel bill."
SPOKE = (
    "Elsa Brandvold, the mayor of Northfold, told the council on Tuesday: “{}”\n\nThe vote will be taken after Easter.",
    "“{}” Mayor Elsa Brandvold said to loud applause.\n\nNets and crates lay piled up before the doors.",
    "Asked by a boat builder from the back row, the mayor, Elsa Brandvold, answered: “{}”\n\nA second hearing is planned.",
    "Elsa Brandvold, who has led the town for nine years, said: “{}”\n\nInsurers declined to speak to this newspaper.",
)
LEADS = (
    "The council of Northfold met on Tuesday evening to talk about the harbour and its broken wall.",
    "In Northfold the harbour wall was the only matter on the table of the council this week.",
    "Fishermen filled the town hall as councillors argued over the harbour wall.",
    "Storm damage to the harbour wall has cost Northfold a summer of trade.",
)
SETTINGS = settings(max_examples=25, deadline=None, derandomize=True)


def articles(*texts: str, dates: tuple[str | None, ...] = ()) -> pa.Table:
    days = dates or tuple(f"2031-03-0{place + 1}" for place in range(len(texts)))
    rows = [
        {"id": f"a{place}", "text": text, "publisher": f"outlet {place}", "date": day}
        for place, (text, day) in enumerate(zip(texts, days, strict=True))
    ]
    return pa.Table.from_pylist(rows, schema=COMPARED)


def found_in(table: pa.Table, clusters: dict[str, str] | None = None) -> list[Utterance]:
    quotes = extract_quotes(table.select(BODIES.names).cast(BODIES)) if table.num_rows else QUOTES.empty_table()
    return find_utterances(table, quotes, clusters)


def told(*statements: str) -> pa.Table:
    """One article for each statement, which gives it to the mayor; a sentence with marks or a cue of its own stands as it is."""
    return articles(
        *(
            f"{LEADS[place % 4]}\n\n{s if '“' in s or 'said' in s else SPOKE[place % 4].format(s)}"
            for place, s in enumerate(statements)
        )
    )


# --- properties


@st.composite
def corpora(draw: st.DrawFn) -> pa.Table:
    """Articles that share statements, whole, halved or with other words."""
    pool = [
        WALL,
        WALL.replace("rebuild", "put up again"),
        "We will rebuild the harbour wall.",
        DREDGER,
        DREDGER.replace("fuel", "coal"),
    ]
    texts = []
    for _ in range(draw(st.integers(2, 5))):
        chosen = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=3))
        texts.append("\n\n".join([draw(st.sampled_from(LEADS)), *(draw(st.sampled_from(SPOKE)).format(s) for s in chosen)]))
    return articles(*texts, dates=tuple(draw(st.sampled_from([None, "2031-03-01", "2031-03-02"])) for _ in texts))


@SETTINGS
@given(corpora(), st.randoms(use_true_random=False))
def test_the_order_of_articles_and_quotes_changes_nothing(table, rng):
    quotes = extract_quotes(table.select(BODIES.names).cast(BODIES))
    places, rows = list(range(table.num_rows)), list(range(quotes.num_rows))
    rng.shuffle(places)
    rng.shuffle(rows)
    assert find_utterances(table.take(places), quotes.take(rows)) == find_utterances(table, quotes)


@SETTINGS
@given(corpora())
def test_offsets_are_the_words_and_members_are_of_several_articles(table):
    texts = dict(zip(table["id"].to_pylist(), table["text"].to_pylist(), strict=True))
    seen = set()
    for utterance in found_in(table):
        assert len({member.article_id for member in utterance.members}) > 1
        for member in utterance.members:
            start, end = member.statement.start, member.statement.end
            assert texts[member.article_id][start:end] == member.text == member.text.strip() != ""
            assert (member.article_id, start, end) not in seen
            seen.add((member.article_id, start, end))
        for conflict in utterance.conflicts:
            assert len(conflict.members) > 1
            assert max(conflict.members) < len(utterance.members)
        assert to_json(utterance)["first"]["article_id"] == utterance.members[0].article_id


@SETTINGS
@given(corpora())
def test_a_pair_is_judged_by_itself_whatever_else_is_loaded(table):
    """Articles on another matter in the same load change nothing."""
    other = ["The ferry to Solvik was late again.\n\n“My cousin paints boats for a living,” said Tove Lund, a painter."] * 2
    more = [{"id": f"z{place}", "text": text, "publisher": None, "date": None} for place, text in enumerate(other)]
    joined = pa.concat_tables([table, pa.Table.from_pylist(more, schema=COMPARED)])
    assert [u for u in found_in(joined) if not u.members[0].article_id.startswith("z")] == found_in(table)


@SETTINGS
@given(corpora())
def test_compiled_and_plain_kernels_agree(table):
    compiled, plain = KERNELS.compiled(), KERNELS.plain()
    values = [member.text.encode() for utterance in found_in(table) for member in utterance.members]
    lists = [sorted(set(value)) for value in values] or [[1]]
    starts = [0]
    for row in lists:
        starts.append(starts[-1] + len(row))
    import numpy as np

    flat, weights = np.array([v for row in lists for v in row], np.int64), np.linspace(0.1, 1, 256)
    pairs = np.array([(i, j) for i in range(len(lists)) for j in range(len(lists))], np.int64)
    one, other = np.zeros(len(pairs)), np.zeros(len(pairs))
    for form, out in ((compiled, one), (plain, other)):
        form.shared_weights(flat, np.array(starts, np.int64), weights, pairs[:, 0].copy(), pairs[:, 1].copy(), np.zeros(256), out)
    assert one.tolist() == other.tolist()
    slow = [sum(weights[v] for v in lists[i] if v in set(lists[j])) for i, j in pairs.tolist()]
    assert one.tolist() == pytest.approx(slow)


@pytest.mark.parametrize("texts", [(), ("",), ("", ""), ("“", "”"), ("“ ”", "“ ”"), ("\ud800“a b c d”", "x“a b c d”")])
def test_any_text_will_do(texts):
    table = pa.table(
        [[f"a{k}" for k in range(len(texts))], [t.replace("\ud800", "") for t in texts], [None] * len(texts), [None] * len(texts)],
        names=COMPARED.names,
    ).cast(COMPARED)
    assert found_in(table) == []


def test_the_table_of_rarity_is_what_was_counted():
    import numpy as np

    assert all(len(table) == 1 << 16 for table in rarity())
    assert Rarity._fields == ("grams", "words")
    weights = np.array([random.Random(3).uniform(0, 15) for _ in range(256)])
    codes = np.frombuffer(written(weights).replace("\n", "").encode(), np.uint8)
    assert np.abs((codes - ord("0")) * STEP - weights).max() <= STEP / 2 + 1e-9


# --- relations

RELATIONS = [
    (WALL, Relation.VERBATIM),
    ("We will rebuild the harbour wall before the first winter storm arrives.", Relation.EXCERPT),
    (
        "We will rebuild the harbour wall before the first autumn gale arrives, whatever the insurers may say about it.",
        Relation.EDITED,
    ),
    (
        "The harbour wall, we will have rebuilt it before winter brings its first storm, whatever insurers say.",
        Relation.RETRANSLATED,
    ),
    (
        "Elsa Brandvold, the mayor of Northfold, said that they would rebuild the harbour wall before the first winter storm arrives, "
        "whatever the insurers may say about it.",
        Relation.INDIRECT,
    ),
]


@pytest.mark.parametrize(("words", "relation"), RELATIONS, ids=[relation for _, relation in RELATIONS])
def test_each_relation_to_the_fullest_wording(words, relation):
    (utterance,) = found_in(told(WALL, words))
    assert [member.relation for member in utterance.members if member.article_id == "a1"] == [relation]
    assert utterance.speaker == "Elsa Brandvold"


def test_a_long_quote_and_its_second_sentence_meet():
    (utterance,) = found_in(told(f"{DREDGER} {WALL}", WALL))
    assert [member.text for member in utterance.members] == [WALL, WALL]


def test_near_duplicates_are_one_report():
    table = told(WALL, WALL, WALL)
    assert [u.reports for u in found_in(table)] == [3]
    assert [u.reports for u in found_in(table, {"a0": "a0", "a1": "a0", "a2": "a2"})] == [2]


def test_the_first_report_is_the_earliest_and_without_a_date_the_last():
    table = told(WALL, WALL, WALL)
    table = table.set_column(3, "date", pa.array([None, "2031-03-05", "2031-03-04"]))
    (utterance,) = found_in(table)
    assert [member.article_id for member in utterance.members] == ["a2", "a1", "a0"]


def test_words_in_marks_that_an_article_gives_nobody_belong_to_the_group():
    (utterance,) = found_in(told(WALL, f"A banner at the quay read in red letters “{WALL}”"))
    assert len(utterance.members) == 2


# --- look-alikes

LOOK_ALIKES = [
    (DREDGER, "The ferry has been running late since the owners bought a second-hand engine.", "one speaker, another matter"),
    (
        "I met the owners of the dredger on Monday in my office.",
        "I met the insurers of the wall on Thursday at the quay.",
        "one form, other facts",
    ),
]
STOCK = [
    "This is a great day for our town.",
    "No comment.",
    "We are looking into it.",
    "I cannot say anything about that at this time.",
]
ELSEWHERE = (
    "A goods train left the rails near Solvik early on Thursday, spilling gravel over two fields.\n\n"
    "“{}” a spokesman for the railway, Ove Tangen, told reporters at the level crossing. Cranes are on their way from the capital."
)


@pytest.mark.parametrize(("one", "other", "why"), LOOK_ALIKES, ids=[why for *_, why in LOOK_ALIKES])
def test_what_looks_alike_is_no_utterance(one, other, why):
    assert found_in(told(one, other)) == []


@pytest.mark.parametrize("words", STOCK)
def test_a_stock_phrase_of_two_speakers_is_no_utterance(words):
    assert found_in(told(words, ELSEWHERE.format(words))) == []


def test_a_phrase_that_two_long_statements_share_does_not_chain_them():
    one = f"{WALL[:-1]}, and that is a promise to everybody in this town."
    other = f"{DREDGER[:-1]}, and that is a promise to everybody in this town."
    assert found_in(told(one, other)) == []


# --- conflicts

CHANGES = [
    (WALL.replace("will rebuild", "will not rebuild"), "negation"),
    ("We have set aside 400 crowns for each fisherman whose nets were lost at the outer wall.", "number"),
    ("We have set aside 90 crowns for each fisherman whose nets were lost at the outer wall on Monday.", "date"),
]
BEFORE = {
    "negation": WALL,
    "number": "We have set aside 90 crowns for each fisherman whose nets were lost at the outer wall.",
    "date": "We have set aside 90 crowns for each fisherman whose nets were lost at the outer wall on Friday.",
}


@pytest.mark.parametrize(("words", "kind"), CHANGES, ids=[kind for _, kind in CHANGES])
def test_a_changed_fact_is_a_conflict_with_the_words_that_differ(words, kind):
    (utterance,) = found_in(told(BEFORE[kind], words))
    assert [conflict.kind for conflict in utterance.conflicts] == [kind]
    assert utterance.conflicts[0].before != utterance.conflicts[0].after


# A wording, the same with a negation, the same with another number.
IN_OTHER_LANGUAGES = {
    "de": ("Wir bauen im Frühjahr drei Brücken", "Wir bauen im Frühjahr keine drei Brücken", "Wir bauen im Frühjahr zwölf Brücken"),
    "fr": ("Il reste trois ponts à bâtir", "Il ne reste pas trois ponts à bâtir", "Il reste douze ponts à bâtir"),
    "es": ("El alcalde construirá tres puentes nuevos", "El alcalde no construirá tres puentes nuevos", "El alcalde construirá 12 puentes nuevos"),
    "it": ("Il sindaco costruirà tre ponti nuovi", "Il sindaco non costruirà tre ponti nuovi", "Il sindaco costruirà dodici ponti nuovi"),
    "pt": ("O prefeito construirá três pontes novas", "O prefeito não construirá três pontes novas", "O prefeito construirá doze pontes novas"),
    "nl": ("Wij bouwen in het voorjaar drie bruggen", "Wij bouwen in het voorjaar geen drie bruggen", "Wij bouwen in het voorjaar twaalf bruggen"),
    "pl": ("Wiosną zbudujemy trzy nowe mosty", "Wiosną nie zbudujemy trzy nowe mosty", "Wiosną zbudujemy dwanaście nowe mosty"),
    "ru": ("Весной мы построим три новых моста", "Весной мы не построим три новых моста", "Весной мы построим 12 новых моста"),
    "uk": ("Навесні ми збудуємо три нові мости", "Навесні ми не збудуємо три нові мости", "Навесні ми збудуємо дев’ять нові мости"),
}  # fmt: skip


@pytest.mark.parametrize("language", IN_OTHER_LANGUAGES)
def test_a_negation_and_a_number_are_known_in_other_languages(language):
    words = [folded(wording) for wording in IN_OTHER_LANGUAGES[language]]
    members = [Statement(place, 0, 1, "direct", place, None, None, None, 0.9, text) for place, text in enumerate(words)]
    for other, kind in ((1, "negation"), (2, "number")):
        both = [members[0], members[other]]
        found = conflicts_of(both, lambda s: language, lambda s: s.folded, words_of, lambda a, b: a == b, UtteranceSettings())
        assert [c.kind for c in found] == [kind]


# Two wordings of the mayor that say the same, though one has a negation, or another number.
SAY_THE_SAME = [
    ("We told the council about those poplars, didn't we, and they sent us a calendar", "We told the council about those poplars, and they sent us a calendar"),
    ("The old wall was weak, no, it was rotten to the core when the storm came", "The old wall was weak, it was rotten to the core when the storm came"),
    ("The storm took not only the roof but the whole upper floor of the school", "The storm took the roof and the whole upper floor of the school"),
    ("We will open the school on time whether or not the lights are on by then", "We will open the school on time whether the lights are on by then"),
    ("The wind reached 180 kilometres an hour on the hill above the old church", "The wind reached 112 miles an hour on the hill above the old church"),
    ("It was 30 degrees Celsius in the hall when the lights went out at noon", "It was 86 degrees Fahrenheit in the hall when the lights went out at noon"),
    ("The gates at the pier will be locked at 6 pm from now on, dogs or not", "The gates at the pier will be locked at 18:00 from now on, dogs or not"),
]  # fmt: skip
SAY_OTHER_THINGS = [
    ("The camp site, in my view, is safe for families", "The camp site, in my view, is not safe for families", "negation"),
    ("We will, if it rains, open the gates by Sunday", "We will not, if it rains, open the gates by Sunday", "negation"),
    ("The bigger of the dogs weighed 30 kilos and died", "The bigger of the dogs weighed 50 kilos and died", "number"),
    ("We have cut 12 km of reeds along the shore", "We have cut 20 kilometres of reeds along the shore", "number"),
    ("The gates will be locked at 6 pm from now on", "The gates will be locked at 8 pm from now on", "number"),
]


def kinds_of(*wordings):
    printed = dict(enumerate(wordings))
    members = [Statement(place, 0, 1, "direct", place, None, None, None, 0.9, folded(text)) for place, text in printed.items()]
    found = conflicts_of(members, lambda s: "en", lambda s: printed[s.article], words_of, lambda a, b: a == b, UtteranceSettings())
    return [conflict.kind for conflict in found]


@pytest.mark.parametrize(("one", "other"), SAY_THE_SAME)
def test_a_tag_a_turn_of_speech_and_another_unit_are_no_conflict(one, other):
    assert kinds_of(one, other) == kinds_of(other, one) == []


@pytest.mark.parametrize(("one", "other", "kind"), SAY_OTHER_THINGS)
def test_a_denial_next_to_a_mark_and_a_number_of_one_unit_are_conflicts(one, other, kind):
    assert kinds_of(one, other) == kinds_of(other, one) == [kind]


def test_a_pronoun_is_one_of_the_language_of_its_article():
    assert not _may_be("she", "Bernard Quill", "en")
    assert _may_be("he", "Bernard Quill", "en")
    assert _may_be("she", "Bernard Quill", "de")
    assert not _is_pronoun("she", "de")
    assert _is_pronoun("She", "en")
    assert not _is_pronoun("she", None)


def test_another_named_speaker_is_a_conflict():
    other = f"Torvald Aune, who heads the fishermen's union, told the council on Tuesday: “{WALL}”"
    (utterance,) = found_in(told(WALL, other))
    assert [(c.kind, c.before, c.after) for c in utterance.conflicts] == [("speaker", "Elsa Brandvold", "Torvald Aune")]


def test_who_makes_a_claim_does_not_report_the_denial_that_stands_next_to_it():
    denial = "“I have never taken a boat, a cabin or so much as a rope from that yard,” {} said."
    first = f"Transport minister Aurel Stanko rejected claims that he had been given a boat.\n\n{denial.format('Stanko')}"
    second = (
        "A former manager of the Lund shipyard says that transport minister Aurel Stanko was given a boat.\n\n“He took a boat and a cabin, and he "
        f"never paid for so much as a rope,” said the manager, Theo Brandis.\n\nStanko denied it. {denial.format('the minister')}"
    )
    (utterance,) = found_in(articles(first, second))
    assert len(utterance.members) == 2
    assert not utterance.conflicts


@pytest.mark.parametrize(
    "other",
    [
        f"Brandvold told the council: “{WALL}”",
        f"The mayor told the council: “{WALL}”",
        f"“{WALL}” a person close to the council said.",
        "The harbour wall, we will have rebuilt it before winter brings its first storm, whatever insurers say.",
        "We will rebuild the harbour wall before the first winter storm comes, whatever the insurers may say.",
        WALL.replace("arrives,", "arrives, and nobody will pay more than today,"),
        WALL.replace("We will rebuild", "We will, we will rebuild"),
    ],
)
def test_a_part_of_the_name_a_role_or_another_wording_is_no_conflict(other):
    (utterance,) = found_in(told(WALL, other))
    assert utterance.conflicts == ()


PUMPS = "We have brought {} sandbags to the harbour wall and expect the storm on {}, whatever the insurers say."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("4,000", "Thursday"), ("four thousand", "Thursday")),
        (("1.5 million", "Thursday"), ("1,500,000", "Thursday")),
        (("20,000", "Thursday"), ("20 thousand", "Thurs.")),
        (("a hundred and five", "Thursday"), ("105", "Thursday")),
        (("thirty-one", "Thursday"), ("31", "Thursday")),
    ],
)
def test_a_number_or_day_in_another_writing_is_no_conflict(one, other):
    (utterance,) = found_in(told(PUMPS.format(*one), PUMPS.format(*other)))
    assert utterance.conflicts == ()


def test_numbers_of_thousands_that_differ_in_one_group_are_a_conflict():
    (utterance,) = found_in(told(PUMPS.format("20,400", "Thursday"), PUMPS.format("20,900", "Thursday")))
    assert [conflict.kind for conflict in utterance.conflicts] == ["number"]


VERSIONS = (
    "Thirty-five years of waiting are over: Carrow beat Dunmere 2-1 in the cup final on Saturday. Both goals came from Luca Reyes.\n\n{}\n\nSelby Park was sold out.",
    "Carrow won the cup on Saturday by beating Dunmere 2-1 in the final. Luca Reyes scored both goals.\n\n{}\n\nSelby Park was sold out.",
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "“It was a clear penalty and all of us saw it,” said Rolf Stern.",
            "“It was not a clear penalty and all of us saw it,” said Jan Moor.",
        ),
        (
            "“I thank the staff for their patience in these weeks,” said Ann Vick.",
            "“I thank the guests for their trust in these years,” said Ann Vick.",
        ),
    ],
    ids=["claim and denial", "one form"],
)
def test_two_statements_of_two_versions_of_a_text_are_two(one, other):
    assert found_in(articles(VERSIONS[0].format(one), VERSIONS[1].format(other), dates=("2031-03-04", "2031-03-04"))) == []


def test_words_that_anybody_says_are_no_conflict_of_two_speakers():
    said = ("“It is a dream come true,” said Luca Reyes.", "“It is a dream come true,” said Ann Vick.")
    texts = [version.format(words) for version, words in zip(VERSIONS, said, strict=True)]
    assert [u.conflicts for u in found_in(articles(*texts, dates=("2031-03-04", "2031-03-04")))] in ([], [()])


SPANS = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6)).map(lambda pair: (pair[0], pair[0] + pair[1])), max_size=6)


@given(SPANS, st.integers(0, 20), st.integers(1, 6))
@settings(derandomize=True, deadline=None)
def test_whether_a_span_is_reached_into_is_what_comparing_all_says(spans, first, length):
    last = first + length
    assert reaches_into(spans)(first, last) == any(start < last and first < end for start, end in spans)


STRIKE = "The mayor of Northfold, Elsa Brandvold, met the tram drivers on Tuesday about rest between their night shifts in the depot of Northfold."


def test_two_words_are_no_part_of_a_longer_statement():
    asked = "“We have asked for eleven hours of rest between two night shifts,” Elsa Brandvold said."
    alone = "What did she ask for? “Eleven hours,” Elsa Brandvold said."
    assert found_in(articles(f"{STRIKE}\n\n{asked}", f"{STRIKE}\n\n{alone}")) == []
    assert len(found_in(articles(f"{STRIKE}\n\n{alone}", f"{STRIKE}\n\n{alone}"))) == 1


def test_the_stop_of_a_short_form_ends_no_statement():
    words = "The offer on the table is ten hours of rest, and Ms. Brandvold of the union knows it."
    [utterance] = found_in(told(words, words))
    assert utterance.text == words
