"""Short pages made for training, with hardly any boilerplate or with little else than one notice that comes back; and pages of headlines.

Of these the few hundred real pages have next to none; without them the trees take what they have seen around long articles for the rule."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.training.made_parts import LEAST_BODY, New, Page, Parts, Random, lines_from, one_of, weights_of, with_lines
from pipelines.cleaning.lines import Line

FEWEST = 1  # sentences of a short page
HEADED = 0.7  # chance that it has its headline; half of it for a name, and for a day
SPACED = 0.7  # chance that a blank line parts the lines of a short page


def short_page(page: Page, parts: Parts, rng: Random) -> Page | None:
    """Some sentences of the body with hardly anything around them."""
    body = page.places(sentences=True)
    if len(body) < LEAST_BODY:
        return None
    start, gap = rng.randint(len(body) - LEAST_BODY + 1), int(rng.rand() < SPACED)
    chosen = [page.lines[place] for place in body[start : start + rng.randint(FEWEST, 2 * LEAST_BODY)]]
    above, below = ([one_of(parts.buttons, rng) for _ in range(rng.randint(0, 4))] for _ in range(2))
    title = (page.gold.get("title") or "").strip()
    if title and rng.rand() < HEADED:
        above += lines_from([title])
    for details in (parts.names, parts.days):
        above += [one_of(details, rng)] if rng.rand() < HEADED / 2 else []
    lines = [replace(line, gap=gap) for line in [*above, *chosen, *below]]
    is_body: list[bool | None] = [len(above) <= place < len(above) + len(chosen) for place in range(len(lines))]
    return _weighted(page, lines, is_body)


def short_with_notices(page: Page, parts: Parts, rng: Random) -> Page | None:
    """The same with one or two short lines of boilerplate below every paragraph."""
    return _with_notices(short_page(page, parts, rng), parts, rng, everywhere=True)


def short_with_a_notice(page: Page, parts: Parts, rng: Random) -> Page | None:
    """The same with them below one or two paragraphs."""
    return _with_notices(short_page(page, parts, rng), parts, rng, everywhere=False)


def _with_notices(short: Page | None, parts: Parts, rng: Random, everywhere: bool) -> Page | None:
    if short is None:
        return None
    gap, body = short.lines[-1].gap, short.places()
    notices = [replace(one_of(parts.buttons, rng), gap=gap) for _ in range(rng.randint(1, 3))]
    weighed = [*zip(notices, weights_of(short, notices), strict=True)]
    places = body if everywhere else rng.choice(body, min(len(body), rng.randint(1, 3)), replace=False).tolist()
    return with_lines(short, [New(place + 1, line, False, weight) for place in places for line, weight in weighed])


def short_with_reports(page: Page, parts: Parts, rng: Random) -> Page | None:
    """A short page, or the page as it is, with sentences that report what a line of boilerplate says; they are body."""
    short = page if rng.rand() < 0.5 else short_page(page, parts, rng)
    body = short.places(sentences=True) if short else []
    if short is None or len(body) < 3 or not parts.wordings:
        return None
    new = []
    for place in rng.choice(body[1:], rng.randint(1, 3), replace=False):
        report = _report(one_of(parts.wordings, rng), short.lines[place], rng)
        if report is not None:
            new.append(New(int(place), replace(report, gap=short.lines[place].gap), True, short.weight[place]))
    return with_lines(short, new) if new else None


def _report(wording: str, sentence: Line, rng: Random) -> Line | None:
    """What a line of boilerplate says, and behind a comma how a sentence goes on; None where no rule hits it."""
    words = sentence.text.split()
    end = " ".join(words[len(words) - min(len(words), rng.randint(8, 20)) :])
    line = lines_from([f"{wording}, {end}"])[0]
    return line if line.flagged and line.sentence else None


def of_headlines(page: Page, parts: Parts, rng: Random) -> Page | None:
    """Nothing but headlines, which are body: the page says no more."""
    count, gap = rng.randint(12, 40), int(rng.rand() < SPACED)
    lines = [replace(line, gap=gap) for line in lines_from([one_of(parts.stories, rng).headline for _ in range(count)])]
    return _weighted(page, lines, [True] * count)


def _weighted(page: Page, lines: list[Line], body: list[bool | None]) -> Page:
    words = sum(line.word_count for line, is_body in zip(lines, body, strict=True) if is_body)
    return Page(page.gold, page.set, lines, body, [min((line.word_count + 4) / max(words, 30), 1.0) for line in lines], True)
