"""Stories in parts that need not know of each other: how often terms stand anywhere, articles of a block described, what each is most like, pairs in one
place, groups in one part.

What an article is described by, how likely a pair is and what joins, the very functions of one machine say, with every sum added up in their
order. What the columns of the rows are stands in `place_schemas`. How rows are brought together does not belong here.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.duplicates.arrays import as_column, as_numpy
from pipelines.schemas import STORY_TOKENS
from pipelines.stories.descriptions import Counts, Held, described, languages_of, single
from pipelines.stories.grouping import NONE, groups_of, that_may_join
from pipelines.stories.kernels.load import KERNELS
from pipelines.stories.likeness import Facts, Pairs, bounded, chances_of, neighbourhoods
from pipelines.stories.place_schemas import CARDS, GROUPS, HELD, KEYS, LINKED, MEETINGS, NEAR, POSTINGS, SCORED, SPREAD, VECTORS
from pipelines.stories.rows import matrix
from pipelines.stories.settings import StorySettings
from pipelines.stories.stories import with_reports
from pipelines.stories.terms import ArticleWords, numbered

Ints = NDArray[np.int64]

WORD, LEAD, PAIR, FIGURE, ANYWHERE = range(5)  # what a term stands in: `ANYWHERE` counts the words of all articles, of copies too
_SURELY_NONE = NONE / 2  # a pair below this stays below NONE, however its chance is rounded


class Scope(NamedTuple):
    """What stories rest on in addition to the articles: settings, and how many texts there are."""

    settings: StorySettings
    texts: int


def story_keys(text_words: pa.Table, how: Scope, parts: int = 1) -> pa.Table:
    """How many of some articles (`TEXT_WORDS`) have each key, as `KEYS`; `parts` is a power of two."""
    words, settings = _words_of(text_words), how.settings
    kernels, known = KERNELS.for_work(len(words.text.values)), len(words.hashes)
    places = np.flatnonzero(as_numpy(text_words["number"].is_valid()))
    block = as_numpy(text_words["block"], 0)
    grammar = languages_of(words.hashes, settings.stem)
    own = kernels.own_languages(places, *words.title, *words.text, grammar, settings.lead)
    found: list[tuple[int, Ints, Ints, Ints]] = []  # kind, block, and both words, of each distinct term of an article
    for kind, first in ((WORD, settings.words), (LEAD, settings.lead)):
        bounds, terms, _ = kernels.count_words(places, *words.title, *words.text, first, settings.title, grammar, own)
        found.append(
            (
                kind,
                block[np.repeat(places, np.diff(np.asarray(bounds)))],
                np.asarray(terms, np.int64),
                np.zeros(len(terms), np.int64),
            )
        )
    of, one, other = _pairs_of(words, settings.paired)
    kept = as_numpy(text_words["number"].is_valid())[of]
    distinct = np.unique((of[kept] * known + one[kept]) * known + other[kept])
    found.append((PAIR, block[distinct // max(1, known * known)], *_divided(distinct % max(1, known * known), known)))
    counted = single(places, words.numbers, known)
    figures = counted.terms.astype(np.int64)
    found.append((FIGURE, block[np.repeat(places, np.diff(counted.bounds))], figures, np.zeros(len(figures), np.int64)))
    every = [
        np.repeat(np.arange(text_words.num_rows), np.diff(lists.bounds)) * known + lists.values
        for lists in (words.title, words.text)
    ]
    anywhere = np.unique(np.concatenate(every)).astype(np.int64) % max(1, known)
    found.append((ANYWHERE, np.zeros(len(anywhere), np.int64), anywhere, np.zeros(len(anywhere), np.int64)))
    return pa.concat_tables([KEYS.empty_table(), *(_counted(words, *some, parts) for some in found)])


def count_keys(keys: pa.Table, how: Scope, parts: int = 1) -> dict[str, pa.Table]:
    """In how many articles of all the keys of a part stand, each with all of its rows: for every block that has it, and for words alone. What one article
    has is left out."""
    columns = {name: as_numpy(keys[name]) for name in KEYS.names}
    order = np.lexsort(tuple(columns[name] for name in ("block", "other", "one", "kind")))
    kind, one, other, block, articles = (columns[name][order] for name in ("kind", "one", "other", "block", "articles"))
    new = np.append(True, (kind[1:] != kind[:-1]) | (one[1:] != one[:-1]) | (other[1:] != other[:-1]))[: len(order)]
    of = np.cumsum(new) - 1
    totals = np.bincount(of, articles).astype(np.int64)
    here = (totals[of] > 1) & (kind != ANYWHERE) & (new | (np.diff(block, prepend=-1) != 0))
    part = columns["part"][0] if len(order) else 0
    most = max(how.settings.few, how.settings.most) + 1  # from which on it does not matter how many
    words = np.flatnonzero(new & (kind == ANYWHERE) & (totals[of] > 1))
    held = (block[here], kind[here], one[here], other[here], of[here] * parts + part, np.minimum(totals[of], most)[here])
    return {
        "held": pa.table([as_column(column) for column in held], schema=HELD),
        "spread": pa.table([as_column(one[words]), as_column(totals[of[words]])], schema=SPREAD),
    }


def describe_block(rows: pa.Table, how: Scope) -> dict[str, pa.Table]:
    """The articles of a block (`BLOCK`) as they are compared: what pairs are judged by, their terms, and by term the articles."""
    text_words = rows.filter(pc.is_valid(rows["number"])).sort_by("number")
    words, some = _words_of(text_words), rows.filter(pc.is_valid(rows["kind"]))
    KERNELS.for_work(len(words.text.values))
    numbers, (counts, terms, pair_terms) = as_numpy(text_words["number"]), _counts_of(words, some, how)
    found = described(words, np.arange(text_words.num_rows), how.settings, counts)
    vectors, of_column = found.vectors[:], np.concatenate([terms[WORD], terms[LEAD], pair_terms])
    row = np.repeat(np.arange(len(numbers)), np.diff(vectors.indptr))
    description = np.searchsorted(found.columns, vectors.indices, "right") - 1
    sizes = np.bincount(row * len(found.columns) + description, minlength=len(numbers) * len(found.columns)).astype(np.int64)
    every = of_column[vectors.indices]
    by_term = np.argsort(every, kind="stable")
    some_terms, begins = np.unique(every[by_term], return_index=True)
    ends = np.append(begins, len(every))
    block = text_words["block"]
    own = as_column(np.full(len(some_terms), as_numpy(block)[0] if len(block) else 0))
    held_by = [
        (found.held["numbers"], terms[FIGURE]),
        (found.held["names"], words.hashes.view(np.int64)),
        (found.held["pairs"], pair_terms),
    ]
    figures = found.numbers
    facts = [_listed(figures.indptr, terms[FIGURE][figures.indices]), _listed(figures.indptr, figures.data)]
    facts += [_listed(*_known(some.bounds, of_term[some.terms])) for some, of_term in held_by]
    facts += [as_column(some.sizes.astype(np.int64)) for some, _ in held_by]
    listed = [
        _listed(vectors.indptr, every),
        _listed(vectors.indptr, vectors.data),
        _listed(np.arange(len(numbers) + 1) * 3, sizes),
    ]
    by_terms = [_listed(ends, numbers[row][by_term]), _listed(ends, vectors.data[by_term])]
    return {
        "cards": pa.table([block, text_words["number"], text_words["day"], text_words["days"], *facts], schema=CARDS),
        "vectors": pa.table([block, text_words["number"], *listed], schema=VECTORS),
        "postings": pa.table([as_column(some_terms), own, *by_terms], schema=POSTINGS),
    }


def search_block(rows: pa.Table, how: Scope) -> dict[str, pa.Table]:
    """What each article of a block (`SEARCHED`) is most like, and the pairs that are worth a look."""
    own, foreign = rows.filter(pc.is_valid(rows["number"])).sort_by("number"), rows.filter(pc.is_valid(rows["term"]))
    numbers, (bounds, terms), (_, weights) = as_numpy(own["number"]), _lists(own["members"]), _lists(own["weights"])
    (of_terms, articles), (_, their_weights) = _lists(foreign["members"]), _lists(foreign["weights"])
    their_terms = np.repeat(as_numpy(foreign["term"]), np.diff(of_terms))
    others, place = np.unique(articles, return_inverse=True)
    order = np.argsort(place, kind="stable")
    known = np.unique(terms)
    columns = np.searchsorted(known, np.concatenate([terms, their_terms[order]])).astype(np.int32)
    ends = np.concatenate([bounds, bounds[-1] + np.cumsum(np.bincount(place, minlength=len(others)))])
    KERNELS.for_work(len(columns))
    vectors = matrix(np.concatenate([weights, their_weights[order]]), columns, ends, len(known))
    near, scales = neighbourhoods(vectors, how.settings, len(numbers), how.texts)
    scales = bounded(scales, how.texts, how.settings)
    row, other = np.repeat(np.arange(len(numbers)), np.diff(near.indptr)), np.concatenate([numbers, others])[near.indices]
    order = np.lexsort((other, row))
    other, like = other[order], near.data[order]
    each = _listed(np.arange(len(numbers) + 1) * len(scales), np.stack(scales, axis=1).ravel())
    worth = like >= scales[len(scales) // 2][row]
    met = [np.minimum(numbers[row], other)[worth], np.maximum(numbers[row], other)[worth], like[worth]]
    return {
        "near": pa.table([own["number"], _listed(near.indptr, other), _listed(near.indptr, like), each], schema=NEAR),
        "meetings": pa.table([as_column(column) for column in met], schema=MEETINGS),
    }


def score_place(rows: pa.Table, how: Scope) -> pa.Table:
    """The chances of the pairs of a place (`PLACED`), but for those that say nothing."""
    cards, asked = rows.filter(pc.is_valid(rows["number"])).sort_by("number"), rows.filter(pc.is_valid(rows["a"]))
    asked = asked.sort_by([("a", "ascending"), ("b", "ascending")])
    numbers, (bounds, others) = as_numpy(cards["number"]), _lists(cards["near"])
    KERNELS.for_work(len(others))
    every = np.unique(np.concatenate([numbers, others]))  # what an article is near to stands in no card
    at = np.searchsorted(every, numbers)

    def rows_of(bounds: Ints) -> Ints:
        sizes = np.zeros(len(every), np.int64)
        sizes[at] = np.diff(bounds)
        return np.concatenate([[0], np.cumsum(sizes)])

    def held(name: str) -> Held:
        bounds, terms = _lists(cards[name])
        known, places = np.unique(terms, return_inverse=True)
        return Held(rows_of(bounds), places.astype(np.int32), len(known), placed(as_numpy(cards[f"{name}_size"]), 0))

    def placed(values: np.ndarray, missing: float) -> np.ndarray:
        found = np.full(len(every), missing, values.dtype)
        found[at] = values
        return found

    scales = _lists(cards["scales"])[1].reshape(-1, len(how.settings.neighbours))
    figures, (_, weights) = _lists(cards["numbers"]), _lists(cards["weights"])
    known, places = np.unique(figures[1], return_inverse=True)
    days = as_numpy(cards["day"], -1).astype(np.float64)
    facts = Facts(
        matrix(_lists(cards["likenesses"])[1], np.searchsorted(every, others).astype(np.int32), rows_of(bounds), len(every)),
        [placed(scale, 1) for scale in np.ascontiguousarray(scales.T)],
        matrix(weights, places.astype(np.int32), rows_of(figures[0]), len(known)),
        {"numbers": held("figures"), "names": held("names"), "pairs": held("paired")},
        placed(as_numpy(cards["days"]), 0),
        placed(np.where(days < 0, np.nan, days), np.nan),
    )
    a, b = (np.searchsorted(every, as_numpy(asked[name])) for name in ("a", "b"))
    chance = chances_of(a, b, as_numpy(asked["likeness"]), facts, how.settings)
    kept = (chance >= _SURELY_NONE) | as_numpy(asked["said"])
    return pa.table([as_column(every[a[kept]]), as_column(every[b[kept]]), as_column(chance[kept])], schema=SCORED)


def link_texts(scored: pa.Table, said: pa.Table, how: Scope, in_part: int) -> pa.Table:
    """The pairs along which groups grow, as `LINKED`, in parts that no group goes beyond, most of so many articles."""
    scored, said = (table.sort_by([("a", "ascending"), ("b", "ascending")]) for table in (scored, said))
    a, b, chance = (as_numpy(scored[name]) for name in SCORED.names)
    ends = np.stack([as_numpy(said["a"]), as_numpy(said["b"])], axis=1)
    pairs = with_reports(Pairs(a, b, chance), ends, as_numpy(said["times"]), how.settings)
    kept, connected = that_may_join(how.texts, pairs, how.settings.join)
    sizes = np.bincount(connected)
    part = ((np.cumsum(sizes) - sizes) // in_part)[connected[kept.a]]
    return pa.table([as_column(column) for column in (part.astype(np.int64), kept.a, kept.b, kept.chance)], schema=LINKED)


def group_part(rows: pa.Table, how: Scope) -> pa.Table:
    """The `GROUPS` of the articles of a part (`GROUPING`)."""
    own, linked = rows.filter(pc.is_valid(rows["number"])).sort_by("number"), rows.filter(pc.is_valid(rows["a"]))
    linked = linked.sort_by([("a", "ascending"), ("b", "ascending")])
    numbers, (bounds, terms), (_, weights), (_, sizes) = (
        as_numpy(own["number"]),
        *(_lists(own[name]) for name in ("terms", "weights", "sizes")),
    )
    KERNELS.for_work(len(terms))
    descriptions = len(sizes) // max(1, len(numbers))
    description = np.repeat(np.tile(np.arange(descriptions), len(numbers)), sizes)
    known, first, places = np.unique(terms, return_index=True, return_inverse=True)
    order = np.argsort(description[first], kind="stable")  # a term is of one description
    column = np.empty(len(known), np.int32)
    column[order] = np.arange(len(known))
    vectors = matrix(weights, column[places], bounds, len(known))
    a, b = (np.searchsorted(numbers, as_numpy(linked[name])) for name in ("a", "b"))
    pairs = Pairs(a, b, as_numpy(linked["chance"]))
    columns, settings = np.searchsorted(description[first][order], np.arange(descriptions)), how.settings
    group = groups_of(len(numbers), pairs, settings.join, vectors, columns, settings.sure, settings.narrow)
    joined = np.flatnonzero(group != np.arange(len(numbers)))
    return pa.table([as_column(numbers[joined]), as_column(numbers[group[joined]])], schema=GROUPS)


def _words_of(text_words: pa.Table) -> ArticleWords:
    """The words of articles in their order."""
    tokens = text_words.select([name for name in STORY_TOKENS.names if name != "id"])
    return numbered(tokens.add_column(0, "id", as_column(np.arange(text_words.num_rows))))


def _counts_of(words: ArticleWords, held: pa.Table, how: Scope) -> tuple[Counts, Ints, Ints]:
    """In how many articles of all the terms of a block stand (`HELD`); their numbers, by kind and word; and those of pairs, by the number of the pair. A term
    that no other article has has none."""
    kind, one, other, term, articles = (as_numpy(held[name]) for name in ("kind", "one", "other", "term", "articles"))
    known, alone = len(words.hashes), kind != PAIR
    at, next_at = (np.searchsorted(words.hashes, hashes) for hashes in (one, other))
    in_articles, terms = np.ones((PAIR + 2, known), np.int64), np.full((PAIR + 2, known), -1, np.int64)
    in_articles[kind[alone], at[alone]], terms[kind[alone], at[alone]] = articles[alone], term[alone]
    _, first, second = _pairs_of(words, how.settings.paired)
    different, pairs = np.unique(first * known + second, return_inverse=True)
    pairs_in, pair_terms = np.ones(len(different), np.int32), np.full(len(different), -1, np.int64)
    place = np.searchsorted(different, (at * known + next_at)[~alone])
    pairs_in[place], pair_terms[place] = articles[~alone], term[~alone]
    highest = int(articles.max(initial=1))
    counts = Counts(how.texts, highest, in_articles[[WORD, LEAD]], pairs.astype(np.int32), pairs_in, in_articles[FIGURE])
    return counts, terms, pair_terms


def _pairs_of(words: ArticleWords, paired: int) -> tuple[Ints, Ints, Ints]:
    """The pairs of neighbours in titles, and among the first words of texts, with their articles, article by article: in the order of their numbers."""
    found: list[tuple[Ints, Ints, Ints]] = []
    for lists, most in ((words.title, None), (words.text, paired)):
        sizes = np.diff(lists.bounds)
        inside = np.maximum((sizes if most is None else np.minimum(sizes, most)) - 1, 0)
        of = np.repeat(np.arange(len(inside)), inside)
        at = np.arange(len(of)) + np.repeat(lists.bounds[:-1] - (np.cumsum(inside) - inside), inside)
        found.append((of, lists.values[at].astype(np.int64), lists.values[at + 1].astype(np.int64)))
    of, one, other = (np.concatenate(parts) for parts in zip(*found, strict=True))
    order = np.argsort(of, kind="stable")
    return of[order], one[order], other[order]


def _counted(words: ArticleWords, kind: int, block: Ints, one: Ints, other: Ints, parts: int) -> pa.Table:
    """How many articles of each block have each term."""
    blocks, of_block = np.unique(block, return_inverse=True)
    known = max(1, len(words.hashes))
    different, articles = np.unique((of_block * known + one) * known + other, return_counts=True)
    pair, place = different % (known * known), different // (known * known)
    one, other = _divided(pair, known)
    hashes, others = words.hashes[one], words.hashes[other] if kind == PAIR else np.zeros(len(other), np.uint64)
    part = ((hashes ^ others >> np.uint64(1)) & np.uint64(parts - 1)).astype(np.int32)
    columns = (part, np.full(len(pair), kind, np.int32), hashes, others, blocks[place], articles.astype(np.int64))
    return pa.table([as_column(column) for column in columns], schema=KEYS)


def _divided(pair: Ints, known: int) -> tuple[Ints, Ints]:
    one, other = np.divmod(pair, max(1, known))
    return one, other


def _known(bounds: Ints, terms: Ints) -> tuple[Ints, Ints]:
    """Without the terms that no other article has."""
    kept = terms != -1
    return np.concatenate([[0], np.cumsum(kept)])[bounds], terms[kept]


def _listed(bounds: np.ndarray, values: np.ndarray) -> pa.Array:
    return pa.ListArray.from_arrays(as_column(bounds.astype(np.int32)), as_column(values))


def _lists(column: pa.ChunkedArray) -> tuple[Ints, np.ndarray]:
    """Where lists begin and end, and their values."""
    sizes = as_numpy(pc.list_value_length(column)).astype(np.int64)
    return np.concatenate([[0], np.cumsum(sizes)]), as_numpy(pc.list_flatten(column))
