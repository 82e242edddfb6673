"""Utterances that are kept, while articles come, change and go, equal those that are made at once."""

import tracemalloc
from dataclasses import replace
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipelines.quotes import extract_quotes
from pipelines.schemas import BODIES, LINKS, UTTERANCE_REPORTS
from pipelines.utterances import (
    Before,
    Corpus,
    UtteranceSettings,
    article_pairs,
    article_statements,
    found,
    links,
    update_utterances,
)
from pipelines.utterances.article_pairs import nothing_common
from pipelines.utterances.article_words import numbered_words

# Few articles make a word common here, so that what becomes common or rare with other articles is often met.
SETTINGS = replace(UtteranceSettings(), common_word=3, common_shingle=3, shared_words=1)
PLACES = ("harbour wall", "ferry pier", "town library")
SAID = (
    "We will rebuild the {} before the first winter storm arrives, whatever the insurers may say about it.",
    "We shall put up the {} again before the first winter storm, whatever insurers have to say about it.",
    "Nobody who has seen the {} at spring tide can believe that it lasts another decade.",
    "Nobody can believe that the {} lasts another decade, whoever has seen it at spring tide.",
    "We will rebuild the {}.",
)
SPOKE = (
    "{lead}\n\nElsa Brandvold, the mayor of Northfold, told the council on Tuesday: “{said}”",
    "{lead}\n\n“{said}” Mayor Elsa Brandvold said to loud applause.",
    "{lead}\n\nHaakon Lysgaard, who repairs nets, said: “{said}”",
)
LEADS = (
    "Storm damage has cost Northfold a summer of trade.",
    "Fishermen filled the hall as councillors argued.",
    "A second hearing is planned.",
)


@cache
def kept_of(text: str) -> dict[str, pa.Table]:
    rows = pa.table([["x"], [text]], schema=BODIES)
    return dict(article_statements(rows, extract_quotes(rows), SETTINGS))


class Desk:
    """What a warehouse keeps of articles and utterances."""

    def __init__(self) -> None:
        self.articles: dict[str, tuple[str, str | None]] = {}  # text and date
        self.links, self.common, self.utterances = LINKS.empty_table(), nothing_common(), {}

    def load(self, changes: dict[str, tuple[str, str | None] | None]) -> None:
        """Articles that are new, changed, or gone (None)."""
        self.articles = {id: row for id, row in {**self.articles, **changes}.items() if row}
        ids = sorted(self.articles)
        kept = {id: {name: _of(id, table) for name, table in kept_of(self.articles[id][0]).items()} for id in ids}
        statements = pa.concat_tables([kept_of("")["statements"], *(kept[id]["statements"] for id in ids)])
        words = pa.concat_tables([kept_of("")["words"].slice(0, 0), *(kept[id]["words"] for id in ids)])
        dates = [self.articles[id][1] for id in ids]
        corpus = Corpus(
            pa.table(
                {
                    "id": pa.array(ids, pa.string()),
                    "publisher": [f"outlet {id}" for id in ids],
                    "date": pa.array(dates, pa.string()),
                }
            ),
            lambda asked: statements.filter(pc.is_in(statements["id"], value_set=asked)),
            lambda asked: numbered_words(asked, words),
            lambda asked: statements.filter(pc.is_in(statements["id"], value_set=asked)),
            lambda asked: {id: self.articles[id][0] for id in asked},
            {},
        )
        reports = [
            {
                "utterance_id": u.utterance_id,
                "article_id": m.article_id,
                "report_start": m.statement.start,
                "report_end": m.statement.end,
            }
            for u in self.utterances.values()
            for m in u.members
        ]
        table = pa.Table.from_pylist(reports, schema=pa.schema([UTTERANCE_REPORTS.field(name) for name in _REPORT]))
        made = update_utterances(corpus, Before(self.links, self.common, table, pa.array(sorted(changes), pa.string())), SETTINGS)
        self.links = pa.concat_tables([self.links.filter(pa.array(made.links_kept, pa.bool_())), made.links])
        self.common = made.common
        standing = {id: self.utterances[id] for id in made.kept.to_pylist()}
        assert not standing.keys() & {u.utterance_id for u in made.found}
        self.utterances = standing | {u.utterance_id: u for u in made.found}

    def shown(self) -> list[object]:
        members = [(m.article_id, m.date, m.relation, m.text, m.statement.speaker) for u in self._all for m in u.members]
        links = sorted(map(str, self.links.to_pylist()))
        return [[(u.utterance_id, u.text, u.speaker, u.reports, u.conflicts) for u in self._all], members, links]

    @property
    def _all(self) -> list:
        return [self.utterances[id] for id in sorted(self.utterances)]


_REPORT = ("utterance_id", "article_id", "report_start", "report_end")


def _of(id: str, table: pa.Table) -> pa.Table:
    return table.set_column(0, table.schema.field(0), pa.array([id] * table.num_rows, pa.string()))


ARTICLES = st.builds(
    lambda lead, spoke, said, place, day: (spoke.format(lead=lead, said=said.format(place)), day),
    st.sampled_from(LEADS),
    st.sampled_from(SPOKE),
    st.sampled_from(SAID),
    st.sampled_from(PLACES),
    st.sampled_from([None, "2031-03-01", "2031-03-03", "2031-05-01"]),
)


@settings(max_examples=12, deadline=None, derandomize=True, phases=[Phase.generate])
@given(
    st.lists(
        st.dictionaries(st.sampled_from("abcdefghi"), st.one_of(ARTICLES, ARTICLES, st.none()), min_size=1, max_size=6),
        min_size=2,
        max_size=4,
    )
)
def test_articles_that_come_change_and_go_leave_what_one_load_of_the_rest_makes(loads):
    kept, at_once = Desk(), Desk()
    for changes in loads:
        kept.load(changes)
    at_once.load(kept.articles)
    assert kept.shown() == at_once.shown()


def test_parts_say_the_same_wherever_they_are_cut(monkeypatch):
    days = [None, "2031-03-01", "2031-03-03"]
    rows = {
        f"a{k}": (SPOKE[k % 3].format(lead=LEADS[k // 3 % 3], said=SAID[k % 5].format(PLACES[k // 4 % 3])), days[k % 3])
        for k in range(14)
    }
    whole, cut = Desk(), Desk()
    loads = [
        dict(list(rows.items())[:10]),
        dict(list(rows.items())[10:]),
    ]  # the second reads what all said once where that is little
    for rows in loads:
        whole.load(rows)
    monkeypatch.setattr(found, "_ARTICLES_AT_ONCE", 4)
    monkeypatch.setattr(found, "_MEMBERS_IN_PART", 2)
    monkeypatch.setattr(article_pairs, "_ARTICLES_IN_PART", 5)
    monkeypatch.setattr(article_pairs, "AT_ONCE", 3)
    monkeypatch.setattr(links, "_LINKS_AT_ONCE", 1)
    for rows in loads:
        cut.load(rows)
    assert len(cut.utterances) > 1
    assert cut.shown() == whole.shown()


def test_groups_of_many_links_grow_in_the_memory_of_those_that_are_connected(monkeypatch):
    pairs = 3000
    one = np.arange(0, 2 * pairs, 2)
    nodes = links.Nodes(*[np.arange(2 * pairs)] * 3, np.full(2 * pairs, 30), *[np.ones(2 * pairs, bool)] * 2)
    aligned = links.Aligned(one, one + 1, np.ones(pairs), np.ones(pairs, bool))
    graph = links.Graph(nodes, aligned, np.ones(2 * pairs, bool), np.repeat(one, 2).astype(np.int32))
    peaks = []
    for at_once in (pairs, 100):
        monkeypatch.setattr(links, "_LINKS_AT_ONCE", at_once)
        tracemalloc.start()
        groups = links.grown(graph, graph.touched, SETTINGS)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert sorted(groups) == [[k, k + 1] for k in one.tolist()]
    assert peaks[1] < peaks[0] / 2
