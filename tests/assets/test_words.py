"""The words of articles come back from the numbers that the working file holds, as the stages gave them."""

from collections import Counter
from itertools import pairwise

import pyarrow as pa

from assets.stages.article_words import words_of_articles
from assets.stages.open import open_load
from assets.stages.runner import run_all
from assets.stages.stories import beginnings_in_order, words_in_order
from pipelines.schemas import STORY_TOKENS
from pipelines.stories import ArticleWords, StorySettings, article_tokens
from pipelines.utterances.statements import words_of_texts
from warehouse import WarehousePaths

TEXTS = {
    "ferry.txt": "The 12 passengers of the ferry were brought to the harbour of Eskmouth on Monday.",
    "brücke.txt": "Die Brücke über den Sund bleibt bis Montag gesperrt, sagte die Bürgermeisterin von Eskmouth.",
    "3.txt": "The ferry to the 3 islands sails again, the harbour office said. The ferry is 40 years old.",
}


def _tokens(words: ArticleWords) -> pa.Table:
    columns = [
        pa.ListArray.from_arrays(pa.array(lists.bounds, pa.int32()), pa.array(words.hashes[lists.values]))
        for lists in (words.title, words.text, words.numbers, words.names)
    ]
    return pa.table([words.ids, *columns, pa.array(words.days)], schema=STORY_TOKENS)


def test_words_come_back_as_they_were_counted_also_after_a_second_load(tmp_path):
    corpus = tmp_path / "corpus" / "gazette"
    corpus.mkdir(parents=True)
    for load_id, names in enumerate(([*TEXTS][:2], TEXTS)):
        for name in names:
            (corpus / name).write_text(TEXTS[name])
        with open_load(WarehousePaths(tmp_path / "w"), str(load_id), 0) as load:
            run_all(load, [corpus.parent])
            working = load.working
            rows = working.table("SELECT article_id AS id, title, body AS text FROM articles ORDER BY id")
            tokens = article_tokens(rows, StorySettings())
            assert _tokens(words_in_order(working, rows.select(["id"]))).equals(tokens)
            words, held_by = beginnings_in_order(working, StorySettings(words=7))
            assert _tokens(words).drop_columns("text").equals(tokens.drop_columns("text"))
            assert _tokens(words)["text"].to_pylist() == [text[:7] for text in tokens["text"].to_pylist()]
            held = Counter(word for row in tokens.to_pylist() for word in {*row["title"], *row["text"]})
            assert {word: times for word, times in zip(words.hashes.tolist(), held_by.tolist(), strict=True) if times} == held
            lists, hashes = words_of_articles(working, rows["id"].combine_chunks())
            found = [sorted(hashes[lists.values[a:b]].tolist()) for a, b in pairwise(lists.starts.tolist())]
            assert found == [words_of_texts([row["text"]])[0].tolist() for row in rows.to_pylist()]
            assert working.rows(
                "SELECT min(number), max(number) + 1 = count(*), count(*) = count(DISTINCT hash) FROM internal.terms"
            ) == [(0, True, True)]
