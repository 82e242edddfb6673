"""Utterances found in parts are those that one machine finds at once, whatever the parts and the order of rows."""

import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from utterances.test_increments import ARTICLES, SETTINGS, kept_of

from assets.engine import Engine, LocalEngine, Steps
from assets.engine import utterances as over
from assets.engine.table import write_table
from pipelines.speakers.decided import DecidedNames
from pipelines.utterances import Corpus, update_utterances, utterance_tables
from pipelines.utterances.article_words import numbered_words
from pipelines.utterances.found import nothing_before
from pipelines.utterances.places import SPOKEN, Comparing
from warehouse import named_sql

HOW = Comparing(SETTINGS, DecidedNames.of([(False, ["Elsa Brandvold", "Haakon Lysgaard"])]))


def spoken_of(articles: list[tuple[str, str | None]]) -> pa.Table:
    """`SPOKEN` of texts and dates; every third article is a copy of one that stands in no corpus."""
    rows = []
    for number, (text, day) in enumerate(articles):
        kept = kept_of(text)
        said = kept["statements"].drop_columns(["id"]).to_pylist()
        words = kept["words"]["words"].to_pylist()[0]
        row = {"id": f"a{number}", "publisher": f"outlet {number % 4}", "date": day, "cluster": "c" if number % 3 == 2 else None}
        rows.append(row | {"text": text, "words": words, "said": said})
    return pa.Table.from_pylist(rows, schema=SPOKEN)


def sorted_rows(table: pa.Table) -> list[str]:
    return sorted(map(str, table.to_pylist()))


def found_at_once(spoken: pa.Table) -> dict[str, list[str]]:
    rows = [{"id": row["id"]} | statement for row in spoken.to_pylist() for statement in row["said"]]
    statements = pa.Table.from_pylist(rows, schema=kept_of("")["statements"].schema)
    in_cluster = spoken.filter(pc.is_valid(spoken["cluster"]))
    clusters = dict(zip(in_cluster["id"].to_pylist(), in_cluster["cluster"].to_pylist(), strict=True))
    texts = dict(zip(spoken["id"].to_pylist(), spoken["text"].to_pylist(), strict=True))
    corpus = Corpus(
        spoken,
        lambda ids: statements.filter(pc.is_in(statements["id"], value_set=ids)),
        lambda ids: numbered_words(ids, spoken.select(["id", "words"])),
        lambda ids: statements.filter(pc.is_in(statements["id"], value_set=ids)),
        lambda ids: texts,
        clusters,
    )
    updated = update_utterances(corpus, nothing_before(spoken["id"]), HOW.settings, HOW.names.same_all)
    made = utterance_tables(updated.found, clusters) | {"links": updated.links}
    common = [(False, key) for key in updated.common.words.tolist()] + [(True, key) for key in updated.common.shingles.tolist()]
    return {name: sorted_rows(table) for name, table in made.items()} | {"common": sorted(map(str, common))}


def found_over(spoken: pa.Table, in_file: int, engine: Engine | None = None) -> dict[str, list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        steps = Steps(Path(folder) / "steps", engine or LocalEngine())
        said = over.utterances_over(steps, steps.given(write_table(spoken, Path(folder) / "in", in_file), "in"), HOW)
        common = [str((row["shingle"], row["key"])) for row in said.common.read().to_pylist()]
        made = {name: table.read() for name, table in said.tables.items()} | {"links": said.links.read()}
    return {name: sorted_rows(table) for name, table in made.items()} | {"common": sorted(common)}


@settings(max_examples=6, deadline=None, derandomize=True, phases=[Phase.generate])
@given(st.lists(ARTICLES, min_size=2, max_size=9), st.data())
def test_any_partition_and_order_gives_what_one_machine_finds(articles, data):
    spoken = spoken_of(articles)
    mixed = spoken.take(pa.array(data.draw(st.permutations(range(spoken.num_rows)))))
    assert found_over(mixed, data.draw(st.integers(1, 6))) == found_at_once(spoken)


def few_spoken() -> pa.Table:
    said = "“We will rebuild the {} before the first winter storm arrives,” Mayor Elsa Brandvold said to loud applause."
    rest = "“Nobody who has seen it at spring tide can believe that it lasts another decade,” said Haakon Lysgaard."
    places = ("harbour wall", "harbour wall", "ferry pier", "harbour walls", "town library", "ferry pier")
    return spoken_of([(f"{said.format(place)}\n\n{rest}", f"2031-03-0{1 + day}") for day, place in enumerate(places)])


def test_places_that_are_split_give_the_same_utterances(monkeypatch):
    spoken = few_spoken()
    for name in ("_ARTICLES_IN_PART", "_MOST_PAIRS", "_MEMBERS_IN_PART"):
        monkeypatch.setattr(over, name, 1)
    found = found_over(spoken, 2)
    assert found == found_at_once(spoken)
    assert found["utterances"]
    assert found["common"]


def asked(days: list[int], most: int, tmp_path: Path) -> list[tuple[str, str, str]]:
    """Place, lower and higher article, where all articles meet, each of its day."""
    met = [
        (f"a{one:02d}", f"a{other:02d}", False, days[one], days[other])
        for one in range(len(days))
        for other in range(one + 1, len(days))
    ]
    candidates = pa.table([*map(list, zip(*met, strict=True))], names=["a_text", "b_text", "verbatim", "day", "later"])
    homes = pa.table({"text": [f"a{k:02d}" for k in range(len(days))], "home": [f"a{k:02d}" for k in range(len(days))]})
    given_ = {"candidates": write_table(candidates, tmp_path / "candidates"), "homes": write_table(homes, tmp_path / "homes")}
    query = named_sql("engine/asked_articles").replace("{most}", str(most)).replace("{spans}", "4")
    rows = LocalEngine().join(query, given_, tmp_path / "out", over._SCHEMAS["asked_articles"]).read()
    found = [tuple(row.values())[:3] for row in rows.to_pylist()]
    assert sorted(pair for _, *pair in found) == [[a, b] for a, b, *_ in met]
    return found


def test_an_article_is_sent_to_no_more_places_than_there_are_spans_of_time(tmp_path):
    found = asked(list(range(40)), 100, tmp_path)
    places = {id: {place for place, *pair in found if id in pair} for _, *pair in found for id in pair}
    assert {len(sent) for sent in places.values()} == {4}
    assert len(set.union(*places.values())) == 10


def test_a_place_of_too_many_pairs_is_split(tmp_path):
    assert len({place for place, *_ in asked([7] * 40, 100, tmp_path)}) == 10
