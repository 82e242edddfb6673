"""Learns who speaks and how far the words go from the training part of PolNeAR, and from nothing else.

Six small forests over whole-number features: `speaker` ranks the candidate mentions of a segment, `quote` says whether a segment is a
quotation at all, `right` whether the chosen speaker is, `cue` ranks the cues of its sentence, `start` and `end` rank the tokens at which
the attributed clause may begin and end. What the later ones see of the
first comes from models that did not see the article's publisher. Deterministic."""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.quality.corpora import training_rows
from benchmarks.quality.sets import Figures, quote_figures
from benchmarks.training import forests
from benchmarks.training.trainer import Learned, Models, Trainer
from pipelines.learned.forest import Forest
from pipelines.quotes import QuoteSettings, to_json
from pipelines.quotes import flags as F
from pipelines.quotes.attribution import extent
from pipelines.quotes.attribution import ranking as speakers
from pipelines.quotes.attribution.extent import attributed_of, end_choices, needs_bounds, start_choices
from pipelines.quotes.attribution.order import CUE_NAMES, cue_choices, find_cues
from pipelines.quotes.attribution.ranking import UNIT_NAMES, Candidate, best_rows, offers
from pipelines.quotes.lexicon import Lexicon, load_lexicon
from pipelines.quotes.reading import Language, prepare, read_articles, take_over
from pipelines.quotes.text.segments import Unit
from pipelines.quotes.text.table import TokenTable
from pipelines.quotes.weights import Weights

CORPUS = "quotes/polnear_train.jsonl.gz"
Spans = list[tuple[int, int]]
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
THRESHOLDS = {
    "quotation": 0.62,  # a segment less likely than this to be a quotation is none
    "title": 0.8,  # and what looks like the title of a work needs more
    "speaker": 0.35,  # below, nobody is named
}
_MARKS = "“”\"«»„`'‘’"
BASE = {
    "learning_rate": 0.06,
    "min_data_in_leaf": 20,
    "lambda_l2": 5.0,
    "feature_fraction": 0.35,
    "max_bin": 64,
    "min_data_in_bin": 1,
    "num_threads": 1,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
FEATURES = {
    "speaker": speakers.NAMES,
    "quote": UNIT_NAMES,
    "right": UNIT_NAMES,
    "cue": CUE_NAMES,
    "start": extent.START_NAMES,
    "end": extent.END_NAMES,
}
SHAPES = {  # trees, leaves, objective
    "speaker": (360, 16, "lambdarank"),
    "quote": (140, 8, "binary"),
    "right": (100, 8, "binary"),
    "cue": (100, 8, "lambdarank"),
    "start": (320, 16, "lambdarank"),
    "end": (240, 16, "lambdarank"),
}


@dataclass
class Labelled:
    """One segment with its gold: `quote` is None where it is no quotation; `spans` are its speaker's mentions."""

    unit: Unit
    publisher: str
    quote: dict[str, Any] | None
    spans: Spans
    table: TokenTable
    candidates: list[Candidate]
    rows: NDArray[np.uint8]
    labels: list[int] = field(default_factory=list)


def publisher(article: dict[str, Any]) -> str:
    return str(article["id"]).split("/")[2].split("_")[0]


# --- cue weights


def cue_weights(corpus: Sequence[dict[str, Any]], lexicon: Lexicon) -> dict[str, tuple[int, int]]:
    """For words of the lexicon's cue lists: root of the share of their uses outside marks that are a cue, in 15ths (quotation, any report)."""
    uses: Counter[str] = Counter()
    quoting: Counter[str] = Counter()
    reporting: Counter[str] = Counter()
    outlets: dict[str, set[str]] = defaultdict(set)
    for article in corpus:
        text = article["text"]
        inside = bytearray(len(text))
        for quote in article["quotes"]:
            for mark in quote["marked"]:
                inside[mark["start"] : mark["end"]] = b"\1" * (mark["end"] - mark["start"])
        uses.update(m.group() for m in _WORD.finditer(text) if not inside[m.start()])
        cues: dict[int, tuple[str, bool]] = {}
        for quote in article["quotes"]:
            for cue in quote["cue_spans"]:
                for m in _WORD.finditer(text, cue["start"], cue["end"]):
                    cues[m.start()] = (m.group(), quote["type"] != "indirect" or cues.get(m.start(), ("", False))[1])
        for word, quotation in cues.values():
            reporting[word] += 1
            quoting[word] += quotation
            outlets[word].add(publisher(article))
    out = {}
    for word in sorted(reporting):
        if word == word.lower() and lexicon.words.get(word, 0) & F.CUE and len(outlets[word]) > 1:
            share = [min(15, round(15 * (count[word] / (uses[word] + 2)) ** 0.5)) for count in (quoting, reporting)]
            out[word] = (share[0], share[1])
    return out


# --- labels


def label(corpus: Sequence[dict[str, Any]], lexicon: Lexicon) -> list[Labelled]:
    out: list[Labelled] = []
    for article in corpus:
        batch = prepare([article["text"]], lexicon, indirect=False)
        gold = [q for q in article["quotes"] if q["type"] != "indirect"]
        before: Spans = []
        for offer in offers(batch.units[0], batch.table):
            for unit, a, b in zip(offer.units, offer.bounds, offer.bounds[1:], strict=False):
                quote = _gold_of(unit, gold)
                spans = [(s["start"], s["end"]) for s in quote["speaker_spans"]] if quote else []
                candidates = [offer.candidate(k) for k in range(a, b)]
                item = Labelled(unit, publisher(article), quote, spans, batch.table, candidates, offer.rows[a:b].copy())
                item.labels = [_is_right(candidate, spans, before) for candidate in candidates]
                out.append(item)
                if quote is not None:
                    before = spans
    return out


def _is_right(candidate: Candidate, spans: Spans, before: Spans) -> int:
    if candidate.mention is not None and candidate.p is not None:
        a, b = candidate.p.starts[candidate.mention.first], candidate.p.ends[candidate.mention.last]
        return int(any(max(a, x) < min(b, y) for x, y in spans))
    return int(candidate.relation != speakers.NOBODY_KIND and bool(spans) and spans == before)


def _gold_of(unit: Unit, gold: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The quotation that covers the segment, or that covers half of it or more (as the scorer pairs them)."""
    x, y = unit.segment.start, unit.segment.end
    for quote in gold:
        a, b = quote["start"], quote["end"]
        if (x >= a - 2 and y <= b + 2) or (a >= x - 1 and b <= y + 1 and b - a >= 0.5 * (y - x)):
            return quote
    return None


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start] in _MARKS or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in _MARKS or text[end - 1].isspace()):
        end -= 1
    return start, end


# --- forests


def fit(name: str, rows: Any, labels: Any, groups: list[int] | None) -> Forest:
    trees, leaves, objective = SHAPES[name]
    settings = {**BASE, "num_leaves": leaves, "objective": objective}
    if objective == "lambdarank":
        settings |= {"lambdarank_truncation_level": 3, "label_gain": [0, 1]}
    values = np.asarray(rows, dtype=np.float64)
    return forests.fit(FEATURES[name], values, labels, trees, settings, whole=True, groups=groups)


def fit_speaker(items: Sequence[Labelled]) -> Forest:
    used = [i for i in items if i.spans and len(i.labels) > 1]
    rows = np.concatenate([i.rows[:-1] for i in used])
    return fit("speaker", rows, [y for i in used for y in i.labels[:-1]], [len(i.labels) - 1 for i in used])


def judge_rows(items: Sequence[Labelled], speaker: Forest) -> tuple[list[int], list[tuple[int, ...]]]:
    """Per item the index of the chosen candidate and the row that judges it."""
    rows = np.concatenate([i.rows for i in items])
    bounds = np.cumsum([0, *(len(i.rows) for i in items)]).tolist()
    chosen, judged = best_rows(rows, bounds, speaker.scores(rows).tolist(), [i.unit for i in items])
    return [row - a for row, a in zip(chosen, bounds, strict=False)], [tuple(row) for row in judged.tolist()]


def out_of_fold(items: Sequence[Labelled]) -> Iterator[tuple[list[Labelled], list[int], list[tuple[int, ...]]]]:
    """Each publisher's items with choices and rows from a ranker trained on the other publishers."""
    for outlet in sorted({i.publisher for i in items}):
        speaker = fit_speaker([i for i in items if i.publisher != outlet])
        part = [i for i in items if i.publisher == outlet]
        yield part, *judge_rows(part, speaker)


def place(items: Sequence[Labelled], chosen: Sequence[int], weights: Weights) -> None:
    """Gives every unit its chosen mention and cue, as reading does."""
    for item, index in zip(items, chosen, strict=True):
        unit, candidate = item.unit, item.candidates[index]
        unit.where, unit.mention = candidate.p, candidate.mention
        unit.continues = candidate.relation in (speakers.CARRY, speakers.CARRY_ABOVE)
    by_text: dict[int, list[Labelled]] = defaultdict(list)
    for item in items:
        by_text[id(item.table)].append(item)
    for some in by_text.values():
        units = [item.unit for item in some]
        find_cues(units, some[0].table, weights)
        take_over(units)


def cue_groups(items: Sequence[Labelled], chosen: Sequence[int]) -> list[Any]:
    """Rows and labels of the cues next to right mentions."""
    groups = []
    for item, index in zip(items, chosen, strict=True):
        unit, candidate = item.unit, item.candidates[index]
        p, mention = candidate.p, candidate.mention
        if item.quote is None or p is None or mention is None or not item.labels[index]:
            continue
        unit.where, unit.mention = p, mention
        choices = cue_choices([unit], item.table)
        cues = [item.table.cue(row) for row in choices.options.tolist()]
        spans = [(c["start"], c["end"]) for c in item.quote["cue_spans"]]
        right = [int(any(p.starts[c.last] < b and a < p.ends[c.last] for a, b in spans)) for c in cues]
        if sum(right) == 1 and len(right) > 1:
            groups.append((choices.rows.tolist(), right))
    return groups


def clause_rows(items: Sequence[Labelled], chosen: Sequence[int]) -> tuple[list[Any], list[Any]]:
    """Rows and labels of content starts and ends, for segments whose chosen speaker is right."""
    starts: list[Any] = []
    ends: list[Any] = []
    for item, index in zip(items, chosen, strict=True):
        unit = item.unit
        if item.quote is None or not needs_bounds(unit) or not item.labels[index]:
            continue
        attributed = attributed_of(unit)
        p = unit.p
        a, b = _trim(p.text, item.quote["start"], item.quote["end"])
        first = start_choices([attributed], item.table)
        right = [int(_starts_at(attributed, k, a)) for k in first.options.tolist()]
        if sum(right) != 1:
            continue
        starts.append((first.rows.tolist(), right))
        last = end_choices([attributed], [int(first.options[right.index(1)])], item.table)
        right = [int(_ends_at(attributed, k, b)) for k in last.options.tolist()]
        if sum(right) == 1:
            ends.append((last.rows.tolist(), right))
    return starts, ends


def _starts_at(a: extent.Attributed, k: int, offset: int) -> bool:
    p = a.p
    if p.segment_of[k] >= 0:
        return p.starts[k] <= offset <= p.segment(k).inner_start
    return p.starts[k] == offset


def _ends_at(a: extent.Attributed, k: int, offset: int) -> bool:
    p = a.p
    if p.segment_of[k] >= 0:
        return p.segment(k).inner_end - 1 <= offset <= p.ends[k]
    return p.ends[k] <= offset <= p.ends[k] + 1


def fit_ranker(name: str, groups: Sequence[tuple[list[tuple[int, ...]], list[int]]]) -> Forest:
    return fit(name, [r for rows, _ in groups for r in rows], [y for _, ys in groups for y in ys], [len(ys) for _, ys in groups])


def train(corpus: Sequence[dict[str, Any]]) -> Weights:
    """Everything that is learned from the articles."""
    cues = cue_weights(corpus, load_lexicon("en"))
    items = label(corpus, load_lexicon("en", cues))
    quote_rows: list[tuple[int, ...]] = []
    quote_labels: list[int] = []
    right_rows: list[tuple[int, ...]] = []
    right_labels: list[int] = []
    groups: dict[str, list[Any]] = {"cue": [], "start": [], "end": []}
    folds = []
    for part, chosen, judged in out_of_fold(items):
        folds.append((part, chosen))
        for item, index, row in zip(part, chosen, judged, strict=True):
            quote_rows.append(row)
            quote_labels.append(int(item.quote is not None))
            if item.quote is not None:
                right_rows.append(row)
                right_labels.append(item.labels[index])
        groups["cue"] += cue_groups(part, chosen)
    cue = fit_ranker("cue", groups["cue"])
    weights = Weights(cues, {"cue": cue})
    for part, chosen in folds:
        place(part, chosen, weights)
        more_starts, more_ends = clause_rows(part, chosen)
        groups["start"] += more_starts
        groups["end"] += more_ends
    sizes = {name: len(group) for name, group in groups.items()}
    print(f"{len(items)} segments, speaker right out of fold {np.mean(right_labels):.4f}, {sizes}", file=sys.stderr)
    found = {
        "speaker": fit_speaker(items),
        "quote": fit("quote", quote_rows, quote_labels, None),
        "right": fit("right", right_rows, right_labels, None),
        "cue": cue,
        "start": fit_ranker("start", groups["start"]),
        "end": fit_ranker("end", groups["end"]),
    }
    return Weights(cues, found, THRESHOLDS)


def learn(_: Models) -> Learned:
    weights = train(training_rows(CORPUS))
    return Learned(weights.forests, words={"cue": weights.cues})


def left_out(_: Models) -> dict[str, Figures]:
    """Figures of the training part, each publisher's articles read with what was learned from the others."""
    corpus = training_rows(CORPUS)
    gold: list[dict[str, Any]] = []
    found: list[list[dict[str, Any]]] = []
    for outlet in sorted({publisher(a) for a in corpus}):
        weights = train([a for a in corpus if publisher(a) != outlet])
        language = Language(load_lexicon("en", weights.cues), weights)
        part = [a for a in corpus if publisher(a) == outlet]
        texts = [a["text"] for a in part]
        gold += part
        found += [to_json(t, q) for t, q in zip(texts, read_articles(texts, QuoteSettings(), language), strict=True)]
    return {"polnear_train": quote_figures(gold, found)}


TRAINER = Trainer(
    name="quotes.en",
    gives="of quoted and reported words who speaks, and how far the words go",
    data=(CORPUS,),
    thresholds=THRESHOLDS,
    settings={f"trees_{name}": ",".join(map(str, shape)) for name, shape in SHAPES.items()} | BASE,
    learn=learn,
    left_out=left_out,
    tools=("lightgbm", "numpy"),
    words="languages/en/*.toml",
)
