"""Counts how rare four-grams and words are, over the cleaning development pages and PolNeAR train: seeds/counts/rarity.txt.

Deterministic; `make train` writes it. Only weights by bucket are kept, no text. Nothing is learned here: see the other trainers.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.quality.corpora import ROOT, sha256_of, training_rows
from pipelines.folding import folded
from pipelines.utterances.rarity import BUCKETS, gram_buckets, word_buckets, written
from pipelines.utterances.statements import sentences_of, words_of_texts

SETS = (
    ("cleaning/dev_mild.jsonl.gz", "gold_body"),
    ("cleaning/dev_full.jsonl.gz", "gold_body"),
    ("quotes/polnear_train.jsonl.gz", "text"),
)
COUNTS = ROOT / "seeds" / "counts"
SHORTEST = 20  # characters of a sentence


def text_of_counts() -> str:
    """The file, as text."""
    grams, words = np.zeros(BUCKETS), np.zeros(BUCKETS)
    sentences = articles = 0
    origins = []
    for name, field in SETS:
        origins.append(f"{name} {sha256_of(name)}")
        for row in training_rows(name):
            text = row[field]
            articles += 1
            words[np.unique(word_buckets(words_of_texts([text])[0]))] += 1
            for start, end in sentences_of(text, 0, len(text)):
                sentence = folded(text[start:end])
                if len(sentence) > SHORTEST:
                    sentences += 1
                    codes = np.frombuffer(f" {sentence} ".encode("utf-32-le"), np.uint32)
                    grams[np.unique(gram_buckets(codes))] += 1
    head = "# How rare four-grams and words are. `make train` writes it: do not edit by hand.\n"
    head += "".join(f"# data {origin}\n" for origin in origins) + f"# {sentences} sentences, {articles} articles\n"
    tables = {"grams": np.log((sentences + 1) / (grams + 1)), "words": np.log((articles + 1) / (words + 1))}
    body = "".join(f"[{name}]\n{written(weights)}\n" for name, weights in tables.items())
    return head + body


def write(folder: Path = COUNTS) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rarity.txt").write_text(text_of_counts(), encoding="ascii")
