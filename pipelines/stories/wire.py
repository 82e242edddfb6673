"""How much of an article stood elsewhere before, and who had a story first: credits, times and copies read together.

A tie is a tie: of two articles of one day without times, and without a credit, neither has the text from the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pyarrow as pa

from pipelines.schemas import ARTICLE_CREDITS, ARTICLE_SOURCES, FIRST_COPIES, NAMED_STORIES
from pipelines.stories.credits import agency_of_outlet, outlet_of, plain_name
from pipelines.stories.moments import Moment, hours_between, moment_of

_SHARES = 4  # decimals
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
    known, sizes = _read(articles), dict(zip(articles["id"].to_pylist(), articles["characters"].to_pylist(), strict=True))
    shared = pairs.to_pylist()
    printed = _first_printings(known, sizes, shared)
    covered: dict[str, list[tuple[int, int]]] = defaultdict(list)
    rows: list[dict[str, Any]] = []
    for pair in shared:
        a, b = known[pair["a_id"]], known[pair["b_id"]]
        spans = [(span["a_start"], span["a_end"], span["b_start"], span["b_end"]) for span in pair["passages"]]
        for taker, source, own in ((a, b, [span[:2] for span in spans]), (b, a, [span[2:] for span in spans])):
            if _takes_from(taker, source, printed.get(taker.id, taker.moment)):
                covered[taker.id] += own
                share = round(_length(own) / max(1, sizes[taker.id]), _SHARES)
                hours = hours_between(source.moment, taker.moment)
                name = source.owner or ""
                rows.append(
                    {"article_id": taker.id, "source_id": source.id, "source": name, "share": min(1.0, share), "hours": hours}
                )
    credits: list[dict[str, Any]] = []
    for article in known.values():
        whole = article.whole or article.agency is not None
        share = 1.0 if whole else min(1.0, round(_length(covered[article.id]) / max(1, sizes[article.id]), _SHARES))
        credits.append({"article_id": article.id, "credited_to": article.credited, "wire": share})
        if article.whole and article.agency is None and article.credited:
            rows.append({"article_id": article.id, "source_id": None, "source": article.credited, "share": 1.0, "hours": None})
    rows.sort(key=lambda row: (row["article_id"], row["source_id"] or "", row["source"]))
    return (
        pa.Table.from_pylist(sorted(credits, key=lambda row: row["article_id"]), schema=ARTICLE_CREDITS),
        pa.Table.from_pylist(rows, schema=ARTICLE_SOURCES),
    )


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
    rows: list[dict[str, Any]] = []
    for some in members.values():
        first, certain = first_of(some)
        rows += [{"id": article.id, "story_id": first.id, "first_is_certain": certain} for article in some]
    return pa.Table.from_pylist(sorted(rows, key=lambda row: row["id"]), schema=NAMED_STORIES)


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
    rows = articles.to_pylist()
    outlets = {plain_name(row["publisher"]): row["publisher"] for row in rows if row["publisher"]}
    found = {}
    for row in rows:
        named = outlets.get(plain_name(row["bracketed"])) if row["bracketed"] else None  # an outlet of the corpus in the dateline
        agency = agency_of_outlet(row["publisher"]) or (named if named == row["publisher"] else None)
        own = row["agency"] is not None and outlet_of(row["publisher"]) == row["agency"]  # its pages say whose they are
        credited = named if own else row["agency"] or named
        whole = ((row["whole"] and not own) or (named is not None and row["agency"] is None)) and named != row["publisher"]
        found[row["id"]] = _Article(
            row["id"], row["publisher"], moment_of(row["published"]), credited or agency, whole, agency, bool(row["corrected"])
        )
    return found


def _first_printings(known: Mapping[str, _Article], sizes: Mapping[str, int], pairs: Iterable[Any]) -> dict[str, Moment | None]:
    """When an outlet first printed most of what an article of it holds, where that is in an earlier version of its own; null if undated."""
    first: dict[str, Moment | None] = {}
    for pair in pairs:
        a, b = known[pair["a_id"]], known[pair["b_id"]]
        if a.publisher is None or a.publisher != b.publisher:
            continue
        for one, other, side in ((a, b, "a"), (b, a, "b")):
            spans = [(span[f"{side}_start"], span[f"{side}_end"]) for span in pair["passages"]]
            if _length(spans) >= _OWN * sizes[one.id]:
                earliest = first.get(one.id, one.moment)
                first[one.id] = other.moment if other.moment is None or _earlier(other.moment, earliest) else earliest
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


def _length(spans: Iterable[tuple[int, int]]) -> int:
    """Characters that spans cover, each counted once.

    >>> _length([(0, 5), (3, 8), (10, 12)])
    10
    """
    covered, last = 0, 0
    for first, end in sorted(spans):
        covered += max(0, end - max(first, last))
        last = max(last, end)
    return covered
