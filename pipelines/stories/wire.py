"""How much of an article stood elsewhere before, and who had a story first: credits, times and copies read together.

A tie is a tie: of two articles of one day without times, and without a credit, neither has the text from the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.schemas import ARTICLE_CREDITS, ARTICLE_SOURCES, FIRST_COPIES, NAMED_STORIES
from pipelines.stories.credits import agency_of_outlet, outlet_of, plain_name
from pipelines.stories.moments import Moment, hours_between, moment_of

Ints = NDArray[np.int64]

_SHARES = 4  # decimals
_READ = ("id", "publisher", "published", "agency", "whole", "bracketed", "corrected")
_OWN = 0.5  # share of an article in a text of its own outlet, from which on that is a version of it


class _Article(NamedTuple):
    id: str
    publisher: str | None
    moment: Moment | None
    credited: str | None  # the agency or outlet that it credits
    whole: bool  # the credit is for the whole text
    agency: str | None  # that its publisher is; an outlet that names itself in its datelines is one too
    corrected: bool  # a note says that an earlier version said something else

    @property
    def owner(self) -> str | None:
        """Who wrote the text, as far as it says: the agency it credits or is, else the publisher."""
        return self.agency or (self.credited if self.whole else None) or self.publisher


def _rank(article: _Article) -> int:
    """An agency's own comes first; who has the text from one, behind who says nothing of it."""
    return 0 if article.agency else 2 if article.whole else 1


def _rank_of_copy(article: _Article) -> int:
    """An agency's own comes first; of copies of one text, who says that it is an agency's before who does not."""
    return 0 if article.agency else 1 if article.whole else 2


def sources_of(articles: pa.Table, pairs: pa.Table) -> tuple[pa.Table, pa.Table]:
    """ARTICLE_CREDITS, a row for each article, and ARTICLE_SOURCES, a row for each article and each other text that it holds a part of.

    `articles` are WIRE_INPUT, `pairs` verified pairs with `a_id, b_id, passages`. An article takes from another outlet's if that one is an
    agency's text, or was published earlier; one with an agency's credit in dateline, byline or trailer is that agency's from end to end.
    """
    known = _read(articles)
    some, sizes = list(known.values()), articles["characters"].to_numpy()
    shared = _shared(articles["id"], pairs)
    lengths = [_lengths(shared.of, spans, len(shared.a)) for spans in (shared.a_spans, shared.b_spans)]
    across, within = _outlets_of(some, shared)
    printed = _first_printings(some, sizes, shared, lengths, np.flatnonzero(within))
    found: list[tuple[str, str | None, str, float, float | None]] = []
    taken: list[tuple[int, int, int]] = []  # pair, side and place of the one that takes
    for pair in np.flatnonzero(across).tolist():
        places = int(shared.a[pair]), int(shared.b[pair])
        for side, (own, other) in enumerate((places, places[::-1])):
            taker, source = some[own], some[other]
            if _takes_from(taker, source, printed.get(own, taker.moment)):
                taken.append((pair, side, own))
                share = min(1.0, round(int(lengths[side][pair]) / max(1, int(sizes[own])), _SHARES))
                found.append((taker.id, source.id, source.owner or "", share, hours_between(source.moment, taker.moment)))
    covered = _covered(shared, taken, len(some))
    credits: list[tuple[str, str | None, float]] = []
    for place, article in enumerate(some):
        whole = article.whole or article.agency is not None
        share = 1.0 if whole else min(1.0, round(int(covered[place]) / max(1, int(sizes[place])), _SHARES))
        credits.append((article.id, article.credited, share))
        if article.whole and article.agency is None and article.credited:
            found.append((article.id, None, article.credited, 1.0, None))
    found.sort(key=lambda row: (row[0], row[1] or "", row[2]))
    return _table(sorted(credits, key=lambda row: row[0]), ARTICLE_CREDITS), _table(found, ARTICLE_SOURCES)


def _table(rows: Sequence[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else [()] * len(schema)
    return pa.table([pa.array(column, kind.type) for column, kind in zip(columns, schema, strict=True)], schema=schema)


class _Shared(NamedTuple):
    """Pairs of articles, each by its place, and their shared passages end to end: of which pair, with begin and end in either text."""

    a: Ints
    b: Ints
    of: Ints
    a_spans: tuple[Ints, Ints]
    b_spans: tuple[Ints, Ints]


def _shared(ids: pa.ChunkedArray, pairs: pa.Table) -> _Shared:
    places = [pc.index_in(pairs[name], value_set=ids.combine_chunks()).to_numpy().astype(np.int64) for name in ("a_id", "b_id")]
    passages = pairs["passages"].combine_chunks()
    of, flat = pc.list_parent_indices(passages).to_numpy(), pc.list_flatten(passages)
    a_spans, b_spans = ((flat.field(f"{side}_start").to_numpy(), flat.field(f"{side}_end").to_numpy()) for side in "ab")
    return _Shared(places[0], places[1], of, a_spans, b_spans)


def _outlets_of(articles: Sequence[_Article], shared: _Shared) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which pairs are of two outlets, and which of one that has an article in such a pair: of the others nothing is asked."""
    numbers: dict[str, int] = {}
    outlet = np.array([-1 if a.publisher is None else numbers.setdefault(a.publisher, len(numbers)) for a in articles], np.int64)
    first, second = outlet[shared.a], outlet[shared.b]
    across = (first >= 0) & (second >= 0) & (first != second)
    asked = np.zeros(len(articles), bool)
    asked[shared.a[across]] = asked[shared.b[across]] = True
    return across, (first >= 0) & (first == second) & (asked[shared.a] | asked[shared.b])


def _covered(shared: _Shared, taken: Sequence[tuple[int, int, int]], articles: int) -> Ints:
    """How many characters of each article stand in what it takes from others: of `taken` pairs, with the side and place of the one that takes."""
    of_side = []
    for side, spans in enumerate((shared.a_spans, shared.b_spans)):
        taker = np.full(len(shared.a), -1, np.int64)
        here = np.array([(pair, place) for pair, of, place in taken if of == side], np.int64).reshape(-1, 2)
        taker[here[:, 0]] = here[:, 1]
        kept = taker[shared.of] >= 0
        of_side.append((taker[shared.of][kept], spans[0][kept], spans[1][kept]))
    of, begins, ends = (np.concatenate(columns) for columns in zip(*of_side, strict=True))
    return _lengths(of, (begins, ends), articles)


def name_stories(grouped: pa.Table, articles: pa.Table) -> pa.Table:
    """NAMED_STORIES: each article with the id of the first article of its story, and whether it is certain that it was first.

    `grouped` says which articles are of one story, `articles` are WIRE_INPUT. First is the earliest: by instants where all dated articles
    have one, else by day. Of equal ones an agency's own comes before others, and these before those that credit an agency for the text;
    then the lowest id. Where the earliest credits an agency whose own article is there, that one is first.
    """
    known = _read(articles)
    members: dict[str, list[_Article]] = defaultdict(list)
    for id_, story in zip(grouped["id"].to_pylist(), grouped["story_id"].to_pylist(), strict=True):
        members[story].append(known[id_])
    rows: list[tuple[str, str, bool]] = []
    for some in members.values():
        first, certain = first_of(some)
        rows += [(article.id, first.id, certain) for article in some]
    return _table(sorted(rows), NAMED_STORIES)


def first_reports(groups: Mapping[str, Sequence[str]], articles: pa.Table) -> dict[str, tuple[str, bool]]:
    """For each group of articles the id of the first, as in `name_stories`, and whether it is certain. `articles` are WIRE_INPUT."""
    known = _read(articles)
    firsts = {name: first_of([known[id_] for id_ in ids]) for name, ids in groups.items()}
    return {name: (first.id, certain) for name, (first, certain) in firsts.items()}


def first_copies(clusters: pa.Table, merging: pa.Table, articles: pa.Table) -> pa.Table:
    """FIRST_COPIES: of the articles of each cluster of copies the first report: the earliest, of one time by credits, else the article that names the
    cluster.

    `clusters` have `id, cluster_id`, `merging` are the pairs `a_id, b_id` by which copies are copies, `articles` are
    WIRE_INPUT. A first report is verified against every other article of its cluster; where the one that was first is not, the next is taken, which is
    never certain.
    """
    known = _read(articles)
    verified = set(zip(merging["a_id"].to_pylist(), merging["b_id"].to_pylist(), strict=True))
    members: dict[str, list[_Article]] = defaultdict(list)
    for id_, cluster in zip(clusters["id"].to_pylist(), clusters["cluster_id"].to_pylist(), strict=True):
        members[cluster].append(known[id_])
    rows: list[dict[str, Any]] = []
    for cluster, some in members.items():
        if len(some) == 1:
            rows.append({"id": cluster, "canonical_id": cluster, "first_is_certain": True})
            continue
        ids = {article.id for article in some}
        may_be = [a for a in some if all((min(a.id, b), max(a.id, b)) in verified for b in ids - {a.id})]
        earliest, certain = first_of(some, cluster, _rank_of_copy)
        first = earliest if earliest in may_be else first_of(may_be, cluster, _rank_of_copy)[0] if may_be else known[cluster]
        certain = certain and first == earliest
        rows += [{"id": id, "canonical_id": first.id, "first_is_certain": certain} for id in ids]
    return pa.Table.from_pylist(sorted(rows, key=lambda row: row["id"]), schema=FIRST_COPIES)


def first_of(articles: Sequence[_Article], preferred: str = "", rank: Callable[[_Article], int] = _rank) -> tuple[_Article, bool]:
    """The first of the articles of one story, and whether it is certain that no other outlet was before it. Of one time the lowest `rank`
    comes first, of equal ones one without a note of correction, then the `preferred`."""
    if len(articles) == 1:
        [first] = articles
        return first, first.moment is not None and not (first.whole and first.agency is None)
    dated = [article for article in articles if article.moment]
    times = {article.id: _time(article, dated) for article in articles}
    earliest = min(times.values())
    tied = [article for article in articles if times[article.id] == earliest]
    first = min(tied, key=lambda article: (rank(article), article.corrected, article.id != preferred, article.id))
    own = [article for article in articles if _credits(first, article)]
    if own and not first.agency:
        first = min(own, key=lambda article: (times[article.id], article.id))
    rivals = [article for article in articles if article.publisher != first.publisher or article.publisher is None]
    rivals = [article for article in rivals if article.id != first.id and not _credits(article, first)]
    certain = first.moment is not None and not (first.whole and first.agency is None)
    return first, certain and all(article.moment is not None and times[article.id] > times[first.id] for article in rivals)


def _read(articles: pa.Table) -> dict[str, _Article]:
    columns = {name: articles[name].to_pylist() for name in _READ}
    publishers = {*columns["publisher"]}
    known_as = {publisher: outlet_of(publisher) for publisher in publishers}
    outlets = {plain_name(publisher): publisher for publisher in sorted(publishers - {None, ""})}
    agencies = {publisher: agency_of_outlet(publisher) for publisher in publishers}
    moments = {published: moment_of(published) for published in {*columns["published"]}}
    in_dateline = {name: outlets.get(plain_name(name)) if name else None for name in {*columns["bracketed"]}}
    found = {}
    for id_, publisher, published, credit, of_whole, bracketed, corrected in zip(*columns.values(), strict=True):
        named = in_dateline[bracketed]  # an outlet of the corpus
        itself = named is not None and named == publisher
        agency = agencies[publisher] or (named if itself else None)
        own = credit is not None and known_as[publisher] == credit  # its pages say whose they are
        credited = named if own else credit or named
        whole = ((of_whole and not own) or (named is not None and credit is None)) and not itself
        found[id_] = _Article(id_, publisher, moments[published], credited or agency, whole, agency, bool(corrected))
    return found


def _first_printings(
    articles: Sequence[_Article], sizes: Ints, shared: _Shared, lengths: Sequence[Ints], within: Ints
) -> dict[int, Moment | None]:
    """When an outlet first printed most of what an article of it holds, where that is in an earlier version of its own; null if undated.

    `within` are the pairs of one outlet; articles are given by their places.
    """
    first: dict[int, Moment | None] = {}
    for pair in within.tolist():
        a, b = int(shared.a[pair]), int(shared.b[pair])
        for side, (one, other) in enumerate(((a, b), (b, a))):
            if lengths[side][pair] >= _OWN * sizes[one]:
                earliest, moment = first.get(one, articles[one].moment), articles[other].moment
                first[one] = moment if moment is None or _earlier(moment, earliest) else earliest
    return first


def _takes_from(taker: _Article, source: _Article, printed: Moment | None) -> bool:
    """Whether what both have in common is the other's: it is another outlet's, and an agency's text, or certainly earlier.

    `printed` is when the taker's outlet had the text first.
    """
    if (
        taker.agency
        or _credits(source, taker)
        or taker.publisher is None
        or source.publisher is None
        or taker.publisher == source.publisher
    ):
        return False
    if taker.whole:
        return _credits(taker, source)
    return source.agency is not None or source.whole or _earlier(source.moment, printed)


def _credits(one: _Article, other: _Article) -> bool:
    """Whether one says that it has its text from the other's outlet."""
    return one.whole and one.credited is not None and one.credited in (other.agency, other.publisher)


def _earlier(one: Moment | None, other: Moment | None) -> bool:
    hours = hours_between(one, other)
    return hours is not None and hours > 0


def _time(article: _Article, dated: Sequence[_Article]) -> float:
    if article.moment is None:
        return float("inf")
    if all(other.moment and other.moment.instant is not None for other in dated):
        return article.moment.instant or 0.0
    return float(article.moment.day)


def _lengths(of: Ints, spans: tuple[Ints, Ints], count: int) -> Ints:
    """Characters that the spans of each of `count` owners cover, each counted once.

    >>> _lengths(np.array([0, 0, 0, 2]), (np.array([3, 0, 10, 1]), np.array([8, 5, 12, 2])), 3).tolist()
    [10, 0, 1]
    """
    if not len(of):
        return np.zeros(count, np.int64)
    order = np.lexsort((spans[1], spans[0], of))
    of, begins, ends = of[order], spans[0][order], spans[1][order]
    apart = of * (int(ends.max()) + 1)  # puts the spans of each owner behind those of the one before
    last = np.maximum(np.append(0, np.maximum.accumulate(apart + ends)[:-1]) - apart, 0)
    return np.bincount(of, np.maximum(0, ends - np.maximum(begins, last)), count).astype(np.int64)
