"""What each feature of the quotes' forests says of invented sentences, by name: two columns that change places are found, and so is a
name that has become another's.

A row of tests/cases/features.jsonl: `forest` whose features they are; `of`: which row of the text, see `rows_of`."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipelines.quotes.attribution import extent
from pipelines.quotes.attribution.extent import attributed_of, end_choices, start_choices
from pipelines.quotes.attribution.order import CUE_NAMES, cue_choices, find_cues
from pipelines.quotes.attribution.ranking import NAMES, UNIT_NAMES, best_rows, offers
from pipelines.quotes.reading import Batch, Language, load_language, prepare
from pipelines.quotes.text.segments import Unit

CASES = [json.loads(line) for line in (Path(__file__).parents[1] / "cases" / "features.jsonl").read_text("utf-8").splitlines()]
FEATURES = {
    "speaker": NAMES,
    "quote": UNIT_NAMES,
    "right": UNIT_NAMES,
    "cue": CUE_NAMES,
    "start": extent.START_NAMES,
    "end": extent.END_NAMES,
}
Rows = Iterator[tuple[list[Any], list[int]]]


def rows_of(forest: str, text: str) -> Rows:
    """Every row that a forest is asked about in a text, and which it is. Of `speaker` segment, mention and relation; of `quote` the segment;
    of `cue` segment and word; of `start` and `end` the segment and the tokens."""
    language = load_language("en")
    assert language is not None
    assert language.weights is not None
    batch = prepare([text], language.lexicon)
    if forest in ("speaker", "quote"):
        yield from _of_candidates(forest, batch, language)
    else:
        for number, unit in enumerate(_decided(batch, language)):
            yield from _of_unit(forest, batch, number, unit)


def _of_candidates(forest: str, batch: Batch, language: Language) -> Rows:
    assert language.weights is not None
    (offer,) = offers(batch.units[0], batch.table)
    if forest == "quote":
        scores = language.weights.forests["speaker"].scores(offer.rows).tolist()
        _, judged = best_rows(offer.rows, offer.bounds, scores, offer.units)
        yield from (([number], row) for number, row in enumerate(judged.tolist()))
        return
    for number, (first, end) in enumerate(itertools.pairwise(offer.bounds)):
        for k in range(first, end):
            candidate = offer.candidate(k)
            p, mention = candidate.p, candidate.mention
            words = None if p is None or mention is None else p.text[p.starts[mention.first] : p.ends[mention.last]]
            yield [number, words, candidate.relation], offer.rows[k].tolist()


def _decided(batch: Batch, language: Language) -> list[Unit]:
    """The segments with the likeliest candidate as their speaker."""
    assert language.weights is not None
    (offer,) = offers(batch.units[0], batch.table)
    scores = language.weights.forests["speaker"].scores(offer.rows).tolist()
    chosen, _ = best_rows(offer.rows, offer.bounds, scores, offer.units)
    for unit, row in zip(offer.units, chosen, strict=True):
        unit.where, unit.mention = offer.candidate(row).p, offer.candidate(row).mention
    find_cues(offer.units, batch.table, language.weights)
    return list(offer.units)


def _of_unit(forest: str, batch: Batch, number: int, unit: Unit) -> Rows:
    p = unit.where
    if forest == "cue":
        if p is not None and unit.mention is not None:
            choices = cue_choices([unit], batch.table)
            for cue, row in zip(choices.options.tolist(), choices.rows.tolist(), strict=True):
                yield [number, p.word(batch.table.cue(cue).last)], row
        return
    attributed = attributed_of(unit)
    firsts = start_choices([attributed], batch.table)
    for first, row in zip(firsts.options.tolist(), firsts.rows.tolist(), strict=True):
        if forest == "start":
            yield [number, first - unit.p.first], row
            continue
        lasts = end_choices([attributed], [first], batch.table)
        for last, of_last in zip(lasts.options.tolist(), lasts.rows.tolist(), strict=True):
            yield [number, first - unit.p.first, last - unit.p.first], of_last


@pytest.mark.parametrize("case", CASES, ids=[f"{case['forest']}-{case['of']}" for case in CASES])
def test_a_feature_says_what_its_name_says(case: dict[str, Any]) -> None:
    found = [row for of, row in rows_of(case["forest"], case["text"]) if of == case["of"]]
    named = [dict(zip(FEATURES[case["forest"]], row, strict=True)) for row in found]
    assert case["features"] in named, [
        {name: (value, row[name]) for name, value in case["features"].items() if row[name] != value} for row in named
    ]


@pytest.mark.parametrize("forest", sorted(FEATURES.keys() - {"right"}))
def test_no_two_features_could_change_places_without_a_case_that_finds_it(forest: str) -> None:
    cases = [case["features"] for case in CASES if case["forest"] == forest]
    assert cases
    assert all(list(case) == list(FEATURES[forest]) for case in cases)
    pairs = itertools.combinations(FEATURES[forest], 2)
    assert [pair for pair in pairs if all(case[pair[0]] == case[pair[1]] for case in cases)] == []
