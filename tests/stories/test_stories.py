"""Articles to stories: what belongs together, and that neither order nor the number of loads matters."""

import itertools
import random

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.lexicons import LexiconError, parse_language_file
from pipelines.schemas import GROUPED, STORY_INPUT, STORY_TOKENS
from pipelines.stories import Lists, StorySettings, article_tokens, describe_articles, find_stories, group_articles, numbered
from pipelines.stories.descriptions import described
from pipelines.stories.grouping import groups_of
from pipelines.stories.lexicon import StoryWords, days_of_week
from pipelines.stories.likeness import Pairs
from pipelines.stories.stories import reports_in_common, with_reports
from pipelines.stories.terms import stem

DAM = "The Tarvel dam burst on Friday after three days of rain, and 12 people drowned in Quellin, mayor Ada Orme said."
FLOOD = "At least 12 people drowned in Quellin when the Tarvel dam burst. Mayor Ada Orme asked for help on Friday."
VOTE = "Parliament in Osk voted on Tuesday to lower the tax on bread. Minister Jon Brell called it a relief for families."
BREAD = "Families in Osk will pay less tax on bread: parliament adopted the bill of minister Jon Brell on Tuesday."
MATCH = "Rovers beat Lisk United 3-1 in the cup final, with two goals by striker Pim Dorn in extra time."
FILLER = "The {0} council of {1} met again about its {2} and the {3}; a report on {4} is due."


def table(texts: dict[str, str], dates: dict[str, str] | None = None) -> pa.Table:
    rows = [{"id": key, "title": None, "text": text, "date": (dates or {}).get(key)} for key, text in texts.items()]
    return pa.Table.from_pylist(rows, schema=STORY_INPUT)


def corpus(seed: int = 0, filler: int = 30) -> dict[str, str]:
    """Two stories of two articles, one of one, and articles that have nothing to do with each other."""
    of = random.Random(seed)
    names = ["".join(of.choice("bdfgklmnprstvz") + of.choice("aeiou") for _ in range(3)) for _ in range(filler * 5)]
    texts = {f"f{place:02}": FILLER.format(*names[place * 5 : place * 5 + 5]) for place in range(filler)}
    return texts | {"d1": DAM, "d2": FLOOD, "v1": VOTE, "v2": BREAD, "m": MATCH}


def described_articles(articles: pa.Table):
    return describe_articles(numbered(article_tokens(articles, StorySettings())), articles.select(["id", "date"]), StorySettings())


def stories_of(articles: pa.Table) -> dict[str, str]:
    found = find_stories(articles)
    return dict(zip(found["id"].to_pylist(), found["story_id"].to_pylist(), strict=True))


def test_articles_on_one_event_are_one_story_and_others_are_none():
    found = stories_of(table(corpus()))
    assert found["d1"] == found["d2"]
    assert found["v1"] == found["v2"]
    assert len({found["d1"], found["v1"], found["m"]}) == 3
    assert sum(story == found["m"] for story in found.values()) == 1


UNRELATED = {
    "en": (
        "A bakery in Nordwick sold its ten thousandth rye loaf on Saturday, and gave it away to the first customer who came through the door. "
        "The shop opened nine years ago in a former post office and now employs eleven people, most of whom learned the trade from the owner.",
        "Two metres of snow fell on the pass above Torrin overnight and shut the only road between the valleys for the third time this spring. "
        "Nobody slept, the cook of the school said, where drivers of forty lorries had soup and bread until four in the morning.",
        "The town of Eskmouth will rebuild its wooden pier before the summer season begins, the council decided after a debate of four hours. "
        "It has been closed since a storm in January tore away the last forty metres and left the ticket house leaning over the water.",
    ),
    "de": (
        "Eine Bäckerei in Nordwick hat am Samstag ihr zehntausendstes Roggenbrot verkauft und der ersten Kundin geschenkt, die durch die Tür kam. "
        "Der Laden war vor neun Jahren in einer alten Post eröffnet worden und hat heute elf Angestellte, die meisten von ihnen aus dem Ort.",
        "Auf dem Pass über Torrin sind in der Nacht zwei Meter Schnee gefallen, und die einzige Straße zwischen den Tälern ist wieder gesperrt. "
        "Vor Freitag werde sie nicht frei sein, teilte das Straßenamt mit; die Fahrer von vierzig Lastwagen haben in einer Schule geschlafen.",
        "Die Stadt Eskmouth will ihre hölzerne Seebrücke noch vor dem Sommer wieder aufbauen, das hat der Rat am Dienstag nach vier Stunden beschlossen. "
        "Sie ist seit dem Sturm im Januar geschlossen, der die letzten vierzig Meter weggerissen und das Kassenhaus beschädigt hat.",
    ),
}


@pytest.mark.parametrize("language", UNRELATED)
def test_few_articles_on_different_events_in_one_language_are_different_stories(language):
    """All words of a language are rare among so few articles."""
    texts = {f"{place}": text for place, text in enumerate(UNRELATED[language])}
    assert len(set(stories_of(table(texts)).values())) == len(texts)
    found = stories_of(table(texts | {"d1": DAM, "d2": FLOOD}))
    assert found["d1"] == found["d2"]
    assert len(set(found.values())) == len(texts) + 1


def test_a_few_articles_in_another_language_are_told_apart_too():
    """Words of grammar are as rare as names there."""
    german = {f"g{place}": text for place, text in enumerate(UNRELATED["de"])}
    found = stories_of(table(corpus() | german))
    assert len({found[key] for key in german}) == len(german)


QUAKE = (
    "A {0} earthquake with a preliminary magnitude of {1} struck {2} of {3} at {4} on {5}, the national seismological centre said. It was centred {6} "
    "kilometres from the harbour of {3} at a depth of {7} kilometres. There were no immediate reports of damage or injuries."
)
OBITUARY = (
    "The retired {0} {1}, {2}, of {3}, died on {4} at {5}. Born in {6} in {7}, the {0} worked for {8} years at the {9}. Services will be held at "
    "{10} on Saturday at {11}, with burial in the parish cemetery. In lieu of flowers, the family asks for donations to the hospice."
)
FORMS = [
    (
        QUAKE.format("light", "4.2", "north", "Trossvik", "6:14", "Tuesday", "11", "7.5"),
        QUAKE.format("shallow", "3.4", "south", "Lindal", "11:52", "Friday", "23", "2.1"),
    ),
    (
        OBITUARY.format("nurse", "Marit Hallum", 84, "Osk", "Tuesday", "Lakeside", "Trossvik", 1946, 31, "clinic", 11, "St. Olaf"),
        OBITUARY.format("baker", "Anders Quist", 71, "Lindal", "Monday", "Elm Manor", "Harwick", 1959, 24, "mill", 2, "Trinity"),
    ),
]
UPDATES = [
    (
        QUAKE.format("strong", "6.8", "south", "Trossvik", "4:12", "Sunday", "40", "12"),
        QUAKE.format("strong", "6.6", "south", "Trossvik", "4:13", "Sunday", "43", "10"),
    ),
    (
        "At least 12 people died and 40 were hurt on Monday when a bridge collapsed in Quellin, rescue workers said. The bridge over the river Arn fell at the "
        "height of the morning traffic, sending cars and a bus into the water. Mayor Ada Orme said that it had been declared safe.",
        "At least 19 people died and 55 were hurt when a bridge collapsed in Quellin, rescue workers said on Tuesday. The bridge over the river Arn fell at the "
        "height of the morning traffic, sending cars and a bus into the water. The minister Jon Brell promised an inquiry.",
    ),
]


@pytest.mark.parametrize(("texts", "stories"), [*((texts, 2) for texts in FORMS), *((texts, 1) for texts in UPDATES)])
def test_one_form_about_other_people_and_places_is_another_story_and_new_numbers_are_not(texts, stories):
    found = stories_of(table(corpus() | {"one": texts[0], "other": texts[1]}))
    assert len({found["one"], found["other"]}) == stories


# Two events of one man, three short leads on each: every lead has the name and the town, and the leads on one event have more in common.
WON = (
    "Velmo Tarkin won the primary in Orsk: a landslide for Tarkin, who thanked Orsk.",
    "Velmo Tarkin had a landslide in Orsk. After the primary, Tarkin went on with his tour of Orsk.",
    "Landslide: Orsk chose Velmo Tarkin, and the primary made Tarkin the man of Orsk.",
)
ACCUSED = (
    "Velmo Tarkin took bribes in Orsk: a driver of Tarkin brought envelopes to Orsk.",
    "Velmo Tarkin denies bribes in Orsk. Envelopes, Tarkin said, never came to Orsk.",
    "Bribes: Orsk asks Velmo Tarkin about envelopes, and Tarkin leaves Orsk.",
)


def test_two_events_of_one_man_are_two_stories_though_all_articles_share_his_name():
    texts = (
        corpus() | {f"w{place}": text for place, text in enumerate(WON)} | {f"x{place}": text for place, text in enumerate(ACCUSED)}
    )
    found = stories_of(table(texts))
    assert found["w0"] == found["w1"] == found["w2"]
    assert found["x0"] == found["x1"] == found["x2"]
    assert found["w0"] != found["x0"]
    joined = find_stories(table(texts), StorySettings(narrow=0)).to_pylist()
    assert len({row["story_id"] for row in joined if row["id"] in {"w0", "x0"}}) == 1


def test_utterances_in_common_are_evidence_each_by_itself():
    articles = table(corpus())
    described = described_articles(articles)
    said = [{"id": id_, "utterance_id": f"u{place}"} for place in range(3) for id_ in ("m", "v1")]

    def together(count: int) -> bool:
        found = group_articles(described, StorySettings(), pa.Table.from_pylist(said[: 2 * count] or said[:1]))
        story = dict(zip(found["id"].to_pylist(), found["story_id"].to_pylist(), strict=True))
        assert story["d1"] == story["d2"]
        return bool(story["m"] == story["v1"])

    assert [together(count) for count in (0, 1, 3)] == [False, False, False]
    alone = table({"m": MATCH, "v1": VOTE} | {key: text for key, text in corpus().items() if key[0] == "f"})
    found = group_articles(described_articles(alone), StorySettings(), pa.Table.from_pylist(said))
    assert len(set(found.filter(pc.is_in(found["id"], pa.array(["m", "v1"])))["story_id"].to_pylist())) == 1


@settings(derandomize=True, deadline=None, max_examples=50)
@given(
    st.dictionaries(st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda pair: pair[0] < pair[1]), st.floats(0, 1)),
    st.sets(st.tuples(st.integers(0, 6), st.sampled_from("uvw"))),
)
def test_each_utterance_in_common_makes_a_pair_likelier_also_one_that_shares_no_words(chances, said):
    pairs = sorted(chances)
    a, b = (np.array([pair[side] for pair in pairs], np.int32) for side in range(2))
    ids = pa.array([str(number) for number in range(7)])
    reports = pa.table({"id": [str(number) for number, _ in said], "utterance_id": [utterance for _, utterance in said]})
    pairs_there = Pairs(a, b, np.array([chances[pair] for pair in pairs]))
    found = with_reports(pairs_there, *reports_in_common(ids, np.arange(7), reports), StorySettings())
    common = {
        pair: count
        for pair in itertools.combinations(range(7), 2)
        if (count := sum((pair[0], utterance) in said and (pair[1], utterance) in said for utterance in "uvw"))
    }
    wanted = {
        pair: 1 - (1 - chances.get(pair, 0.0)) * (1 - StorySettings().said) ** common.get(pair, 0) for pair in {*chances, *common}
    }
    assert list(zip(found.a.tolist(), found.b.tolist(), strict=True)) == sorted(wanted)
    assert found.chance.tolist() == pytest.approx([wanted[pair] for pair in sorted(wanted)])


def test_a_story_is_named_by_its_earliest_article():
    texts = corpus()
    assert stories_of(table(texts))["d2"] == "d1"
    assert stories_of(table(texts, {"d1": "2024-05-05", "d2": "2024-05-04"}))["d1"] == "d2"
    assert stories_of(table(texts, {"d2": "2024-05-04T10:00:00Z"}))["d1"] == "d2"


def test_equal_articles_are_one_story_even_if_there_are_more_of_them_than_neighbours():
    texts = corpus() | {f"c{place:03}": DAM for place in range(90)}
    found = stories_of(table(texts))
    assert {found[f"c{place:03}"] for place in range(90)} == {found["d1"]}
    assert found["v1"] != found["d1"]


def test_copies_are_one_story_and_count_once():
    texts = corpus() | {f"c{place:03}": f"{DAM} Edition {place}." for place in range(90)}
    articles = table(texts)
    clusters = [{"id": key, "cluster_id": "d1" if key[0] == "c" else key} for key in texts]
    found = find_stories(articles, copies=pa.Table.from_pylist(clusters))
    story = dict(zip(found["id"].to_pylist(), found["story_id"].to_pylist(), strict=True))
    assert {story[f"c{place:03}"] for place in range(90)} == {story["d1"]} == {story["d2"]}
    alone = stories_of(table(corpus()))
    assert {key: value == alone[key] for key, value in story.items() if key in alone and value[0] != "c"}
    assert story["v1"] == story["v2"] != story["d1"] != story["m"]


@pytest.mark.parametrize("texts", [{}, {"a": ""}, {"a": "!", "b": ""}, {"a": DAM}, {"a": DAM, "b": MATCH}])
def test_little_or_nothing_is_grouped_without_a_fault(texts):
    assert stories_of(table(texts)) == {key: key for key in texts}


def test_the_tables_are_as_declared():
    articles = table(corpus())
    assert article_tokens(articles, StorySettings()).schema == STORY_TOKENS
    assert find_stories(articles).schema == GROUPED


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 12))
def test_neither_order_nor_batches_change_a_story(order, batch):
    dates = {"d1": "2024-05-05", "d2": "2024-05-04", "v1": "2024-05-09"}
    articles = table(corpus(), dates)
    expected = find_stories(articles)
    places = list(range(articles.num_rows))
    order.shuffle(places)
    mixed = articles.take(places)
    parts = [article_tokens(mixed.slice(begin, batch), StorySettings()) for begin in range(0, mixed.num_rows, batch)]
    described = describe_articles(numbered(pa.concat_tables(parts)), mixed.select(["id", "date"]), StorySettings())
    assert group_articles(described, StorySettings()).equals(expected)


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 7), st.integers(0, 12))
def test_increments_and_removals_give_the_stories_of_one_load(order, batch, removed):
    """What earlier loads leave behind is the numbers of words, also of articles that are gone: neither matters."""
    articles = table(corpus(), {"d1": "2024-05-05", "d2": "2024-05-04", "v1": "2024-05-09"})
    places = list(range(articles.num_rows))
    order.shuffle(places)
    tokens = article_tokens(articles.take(places), StorySettings())
    number: dict[int, int] = {}
    for begin in range(0, tokens.num_rows, batch):
        for name in ("title", "text", "numbers", "names"):
            new = {word for words in tokens[name].slice(begin, batch).to_pylist() for word in words} - number.keys()
            number |= {word: len(number) + place for place, word in enumerate(new)}
    left = tokens.slice(removed)
    words = numbered(left)
    renumbered = np.array([number[word] for word in words.hashes.tolist()], np.int32)
    title, text, numbers, names = (
        Lists(lists.bounds, renumbered[lists.values]) for lists in (words.title, words.text, words.numbers, words.names)
    )
    described = describe_articles(
        words._replace(title=title, text=text, numbers=numbers, names=names, hashes=np.array([*number], np.uint64)),
        articles.select(["id", "date"]),
        StorySettings(),
    )
    assert group_articles(described, StorySettings()).equals(find_stories(articles.take(sorted(places[removed:]))))


def naive_groups(count, pairs, join):
    """Average linkage, slow and obvious."""
    chance = np.zeros((count, count))
    for a, b, value in zip(pairs.a, pairs.b, pairs.chance, strict=True):
        chance[a, b] = chance[b, a] = value
    groups = [[place] for place in range(count)]
    while True:
        best = (join, None)
        for x in range(len(groups)):
            for y in range(x + 1, len(groups)):
                mean = sum(chance[a, b] for a in groups[x] for b in groups[y]) / (len(groups[x]) * len(groups[y]))
                if mean > best[0] or (best[1] is None and mean == join):
                    best = (mean, (x, y))
        if best[1] is None:
            return sorted(map(sorted, groups))
        x, y = best[1]
        groups[x] += groups.pop(y)
        groups.sort(key=min)


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 9), st.data())
def test_groups_are_those_of_average_linkage(count, data):
    edges = [(a, b) for a in range(count) for b in range(a + 1, count)]
    chosen = [edge for edge in edges if data.draw(st.booleans())]
    chances = data.draw(st.permutations([0.05 + 0.9 * n / max(1, len(chosen)) + 0.001 * n * n for n in range(len(chosen))]))
    pairs = Pairs(np.array([a for a, _ in chosen], int), np.array([b for _, b in chosen], int), np.array(chances))
    group = groups_of(count, pairs, 0.4)
    made = sorted(sorted(np.flatnonzero(group == place).tolist()) for place in set(group.tolist()))
    assert made == naive_groups(count, pairs, 0.4)
    assert all(place == min(np.flatnonzero(group == place)) for place in set(group.tolist()))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Zelensky’s", "zelensky"), ("Élections", "elections"), ("1,200", "1200"), ("президентом", "президент")],
)
def test_words_that_count_as_one(one, other):
    assert stem(one.lower(), 7) == stem(other.lower(), 7)


def test_words_without_blanks_between_them_are_terms_too():
    words = numbered(article_tokens(table({"a": "東京で地震", "b": "東京で地震"}), StorySettings()))
    found = described(words, np.arange(2), StorySettings())
    in_words, in_lead, in_pairs = np.diff(
        np.searchsorted(np.sort(found.vectors[:1].indices), [*found.columns, found.vectors.shape[1]])
    )
    assert (in_words, in_lead, in_pairs) == (5, 5, 4)


def test_days_of_the_week_are_one_bit_in_every_language():
    days = days_of_week()
    assert days["friday"] == days["freitag"] == days["vendredi"] == days["п'ятницю"] == 16
    assert "sun" not in days


def test_a_file_with_six_days_is_an_error_that_says_so():
    with pytest.raises(LexiconError, match="weekdays"):
        parse_language_file('weekdays = ["a", "b", "c", "d", "e", "f"]', "x.toml", StoryWords)


def test_settings_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="join is 2"):
        StorySettings(join=2)
    with pytest.raises(ValueError, match="kept is 0"):
        StorySettings(kept=0)
