"""Stories found in parts are those that one machine finds at once, whatever the parts and the order of rows."""

import random
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from stories.test_stories import DAM, FILLER, FLOOD, FORMS, MATCH, VOTE

from assets.engine import Engine, LocalEngine, Steps
from assets.engine import stories as over
from assets.engine.table import write_table
from pipelines.schemas import STORY_INPUT
from pipelines.stories import StorySettings, article_tokens, describe_articles, group_articles, numbered, spread
from pipelines.stories.descriptions import hashes_of
from pipelines.stories.kernels.load import KERNELS
from pipelines.stories.place_schemas import SAID
from pipelines.stories.places import Scope
from pipelines.stories.stories import reports_in_common
from pipelines.stories.texts import Texts

Article = tuple[str, str | None]  # text and date

HOW = StorySettings(neighbours=(2, 3, 4), kept=25, most=6)  # few, so that each of these bounds is met
ASKED = ["tarvel", "united", "council", "quellin", "zzz"]
DAYS = st.sampled_from([None, "2031-03-01", "2031-03-02", "2031-04-20"])
TEXTS = st.sampled_from([DAM, FLOOD, VOTE, MATCH, "", "12 12 1,200", *FORMS[0], f"{DAM} {FLOOD}"])


def filler(seed: int) -> str:
    of = random.Random(seed)
    words = ("tarvel", "osk", "lisk", "bread", "harbour", "12", "1,200", "friday", "council", "Ada Orme", "Jon Brell")
    return FILLER.format(*of.choices(words, k=5)) + " " + " ".join(of.choices(words, k=of.randrange(12)))


ARTICLES = st.lists(st.tuples(TEXTS | st.integers(0, 40).map(filler), DAYS), max_size=24)


def words_of(articles: list[Article]):
    """Every fifth article has a title."""
    rows = [
        {"id": f"a{number:03}", "title": text[:30] if number % 5 == 0 else None, "text": text, "date": day}
        for number, (text, day) in enumerate(articles)
    ]
    return numbered(article_tokens(pa.Table.from_pylist(rows, schema=STORY_INPUT), HOW))


def heads_of(articles: list[Article]) -> pa.Table:
    """`id, date, cluster_id`; every seventh article is a copy of the first one."""
    ids = [f"a{number:03}" for number in range(len(articles))]
    clusters = ["a000" if number % 7 == 6 else id for number, id in enumerate(ids)]
    strings = pa.string()
    return pa.table(
        {
            "id": pa.array(ids, strings),
            "date": pa.array([day for _, day in articles], strings),
            "cluster_id": pa.array(clusters, strings),
        }
    )


def said_of(articles: list[Article]) -> pa.Table:
    """Some report one utterance."""
    rows = [{"id": f"a{number:03}", "utterance_id": f"u{number % 4}"} for number in range(0, len(articles), 3)]
    return pa.Table.from_pylist(rows, schema=pa.schema([("id", pa.string()), ("utterance_id", pa.string())]))


def found_at_once(articles: list[Article]) -> tuple[list[dict], dict[str, int]]:
    words, heads = words_of(articles), heads_of(articles)
    described = describe_articles(words, heads, HOW, heads)
    grouped = group_articles(described, HOW, said_of(articles))
    held_by = KERNELS.for_work(0).spread(*words.title, *words.text, len(words.hashes))
    return grouped.to_pylist(), dict(zip(ASKED, spread(words.hashes, held_by, ASKED, HOW), strict=True))


def found_over(
    articles: list[Article], in_block: int, in_file: int, order: list[int] | None = None, engine: Engine | None = None
) -> tuple[list[dict], dict[str, int]]:
    texts = Texts.of(heads_of(articles))
    text_words = texts.words_at(np.arange(len(articles)), words_of(articles), in_block)
    ends, times = reports_in_common(texts.ids, texts.text, said_of(articles))
    hashes = hashes_of(ASKED, HOW)
    given_ = {
        "text_words": text_words if order is None else text_words.take(pa.array(order, pa.int64())),
        "said": pa.table([*ends.T, times], schema=SAID),
    }
    with tempfile.TemporaryDirectory() as folder:
        steps = Steps(Path(folder) / "steps", engine or LocalEngine())
        tables = [steps.given(write_table(rows, Path(folder) / name, in_file), name) for name, rows in given_.items()]
        made = over.stories_over(steps, *tables, Scope(HOW, len(texts.texts)))
        counted = {row["hash"]: row["articles"] for row in made.spread.read().to_pylist()}
        grouped = texts.grouped(made.groups.read()).to_pylist()
    return grouped, {word: counted.get(hash, 1) for word, hash in zip(ASKED, hashes.tolist(), strict=True)}


@settings(max_examples=6, deadline=None, derandomize=True, phases=[Phase.generate])
@given(ARTICLES, st.data())
def test_any_partition_and_order_gives_what_one_machine_finds(articles, data):
    order = data.draw(st.permutations(range(len(articles))))
    found = found_over(articles, data.draw(st.integers(1, 9)), data.draw(st.integers(1, 6)), order)
    assert found == found_at_once(articles)


def some_articles() -> list[Article]:
    """Stories of several articles, of near and far days, in which an article says what others do."""
    days = ("2031-03-01", "2031-03-02", None, "2031-04-20")
    of = [f"{DAM} {FLOOD}", f"{FLOOD} {DAM}", DAM, FLOOD, VOTE, f"{VOTE} {MATCH}", MATCH, *FORMS[0], *map(filler, range(30))]
    return [(text, days[number % len(days)]) for number, text in enumerate(of)]


def test_parts_of_one_article_and_many_give_the_same_stories(monkeypatch):
    articles = some_articles()
    wanted = found_at_once(articles)
    stories = {row["story_id"] for row in wanted[0]}
    assert 1 < len(stories) < len(articles)
    assert found_over(articles, 1000, 1000) == wanted
    monkeypatch.setattr(over, "_TEXTS_IN_PART", 2)
    monkeypatch.setattr(over, "_BLOCKS_IN_SPAN", 3)
    assert found_over(articles, 1, 5) == wanted


def test_compiled_and_plain_parts_give_the_same_stories():
    articles = some_articles()
    with KERNELS.always(compiled=True):
        found = found_over(articles, 7, 9)
    assert found == found_at_once(articles)
