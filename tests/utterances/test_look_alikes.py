"""Two outlets' versions of one text, each with a short statement: which pairs are one statement and which only look like it.

`look_alike_stories.jsonl` has the texts, `look_alike_statements.jsonl` what stands in them. The thresholds were chosen with the stories of
part `dev`; those of part `held` were looked at when they stood.
"""

import json
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from pipelines.quotes import extract_quotes
from pipelines.schemas import BODIES, COMPARED
from pipelines.utterances import find_utterances

CASES = Path(__file__).resolve().parents[1] / "cases"
DAY = date(2031, 3, 4)
WORD_FOR_WORD = {  # a quote that both have beside the statement, as copies do
    "en": "“Whoever has a ticket from last year should keep it until the office has looked at the numbers,” said Gero Halm.",
    "de": "„Wer noch eine Karte aus dem vorigen Jahr hat, sollte sie aufheben, bis das Amt alles geprüft hat“, sagte Gero Halm.",
    "fr": "« Ceux qui ont un billet de l'an dernier doivent le garder jusqu'à nouvel ordre », a dit Gero Halm.",
    "es": "«Quien tenga una entrada del año pasado debe guardarla hasta nueva orden», dijo Gero Halm.",
}


def rows(name):
    return [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]


STORIES = {story["story"]: story for story in rows("look_alike_stories.jsonl")}
STATEMENTS = rows("look_alike_statements.jsonl")


def articles(place, case, beside):
    story = STORIES[case["story"]]
    for side in ("a", "b"):
        text = story[side].format(case[side]) + (f"\n\n{WORD_FOR_WORD[story['language']]}" if beside else "")
        day = DAY + timedelta(days=case["days"] * (side == "b"))
        yield {"id": f"{place}{side}", "text": text, "publisher": f"outlet {side}", "date": day.isoformat()}


@pytest.fixture(scope="module", params=[False, True], ids=["alone", "beside a quote word for word"])
def joined(request):
    """For each case, whether its statements are one utterance, in a corpus of its two articles."""
    tables = [
        pa.Table.from_pylist(list(articles(place, case, request.param)), schema=COMPARED) for place, case in enumerate(STATEMENTS)
    ]
    quotes = extract_quotes(pa.concat_tables(tables).select(BODIES.names).cast(BODIES))
    found = []
    for case, table in zip(STATEMENTS, tables, strict=True):
        utterances = find_utterances(table, quotes.filter(pc.is_in(quotes["id"], table["id"])))
        shared = WORD_FOR_WORD[STORIES[case["story"]]["language"]]
        found.append(any(member.text not in shared for utterance in utterances for member in utterance.members))
    return found


@pytest.mark.parametrize("part", ["dev", "held"])
def test_what_only_looks_alike_is_not_joined_and_what_is_one_statement_is(joined, part):
    cases = [(case, found) for case, found in zip(STATEMENTS, joined, strict=True) if STORIES[case["story"]]["part"] == part]
    assert sum(not case["same"] for case, _ in cases) >= 20
    assert [case for case, found in cases if case["same"] != found] == []
