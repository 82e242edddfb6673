"""Counts how rare four-grams and words are, over the cleaning development pages and PolNeAR train: seeds/models/rarity.txt.

    python -m benchmarks.training.rarity

Deterministic. Only counts by bucket are kept, no text.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys

import numpy as np

from benchmarks.quality.corpora import BENCHMARKS, ROOT
from pipelines.utterances.folding import folded
from pipelines.utterances.rarity import BUCKETS, gram_buckets, word_bucket, written
from pipelines.utterances.statements import sentences_of

SETS = (
    ("cleaning/dev_mild.jsonl.gz", "gold_body"),
    ("cleaning/dev_full.jsonl.gz", "gold_body"),
    ("quotes/polnear_train.jsonl.gz", "text"),
)
SHORTEST = 20  # characters of a sentence


def main() -> int:
    grams, words = np.zeros(BUCKETS), np.zeros(BUCKETS)
    sentences = articles = 0
    origins = []
    for name, field in SETS:
        raw = (BENCHMARKS / name).read_bytes()
        origins.append(f"{name} {hashlib.sha256(raw).hexdigest()}")
        for line in gzip.decompress(raw).decode("utf-8").splitlines():
            text = json.loads(line)[field]
            articles += 1
            words[list({word_bucket(word) for word in folded(text).split()})] += 1
            for start, end in sentences_of(text, 0, len(text)):
                sentence = folded(text[start:end])
                if len(sentence) > SHORTEST:
                    sentences += 1
                    codes = np.frombuffer(f" {sentence} ".encode("utf-32-le"), np.uint32)
                    grams[np.unique(gram_buckets(codes))] += 1
    head = "# How rare four-grams and words are. `python -m benchmarks.training.rarity` writes it: do not edit by hand.\n"
    head += "".join(f"# data {origin}\n" for origin in origins) + f"# {sentences} sentences, {articles} articles\n"
    tables = {"grams": np.log((sentences + 1) / (grams + 1)), "words": np.log((articles + 1) / (words + 1))}
    body = "".join(f"[{name}]\n{written(weights)}\n" for name, weights in tables.items())
    (ROOT / "seeds" / "models" / "rarity.txt").write_text(head + body, encoding="ascii")
    return 0


if __name__ == "__main__":
    sys.exit(main())
