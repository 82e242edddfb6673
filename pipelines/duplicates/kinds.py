"""What a verified pair is, by rules on what its texts share and on their dates and numbers.

The facts come from `verification` and `corpus`; nothing is counted here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.duplicates.settings import DuplicateSettings
from pipelines.duplicates.verification import MIN_NOISE_BETWEEN, Aligned, Compared
from pipelines.vocabulary import MERGING_KINDS, DuplicateKind

# All measured on the development sets; shares are of words or shingles.
_FAR_DAYS = 4  # days between two printings of a story that is still the same news (a long weekend)
_NEARLY_ALL = 0.7  # Jaccard of two copies with small edits
_UPDATE = 0.5  # of the shorter text in the longer: a later version of one story
_IN_ORDER = 0.75  # of the words of the shorter text, in the same order in the longer
_TOO_SHORT = 0.08  # of the longer text: a shorter one is a passage of it, not an earlier version
_WHOLE = 0.9  # of the shorter text in the longer: it stands whole in it
_BLOCK = 0.5  # of the shared words in the longest run: they are one passage, not scattered sentences
_BLOCK_UPDATE = 0.55  # of the shorter text that one passage must make up at least to be more than an excerpt
_INSIDE = 20  # words before and after a passage, in both texts, that make it an excerpt from within
_OTHER_HEAD = 40  # words of other beginnings in both texts
_OTHER_STORY = 250  # words of other beginnings that make even a long passage one of another story
_SAME_HEAD = 0.7  # of the shorter text that one passage must make up at least if the two go on for long without each other
_FOREIGN, _FOREIGN_UNDATED, _FOREIGN_ALONE = 0.25, 1.0, 2.0  # cohesion below which an insertion is a passage of another story
_LONG_INSERT = 30  # words that one text has more than the other in one place: they may be a passage of another story
_NOTHING_ELSE = 24  # words in which the two differ apart from the insertion
_MIN_NUMBERS = 4  # that have others in their place, and more than stayed: the facts differ
_ALIKE = 0.8  # of the longer text in words: two of one form with other facts have about the same length
_CORRECTED = 0.9  # Jaccard above which other facts are corrections
_NOISY_SPAN = 0.5  # of both texts, from the first shared passage to the last, in a copy with recognition noise
_NOISY_SPAN_OF_ONE = 0.7  # the same where one passage is the most of it
_OTHER_BEGINNING = 8  # words of its own before the closing passage in both texts that may report something else
_CLOSING, _CLOSING_SHARE = 80, 0.8  # words, and share of the shorter text, up to which a passage may be the closing of two stories
_FEW = 60  # words of a passage that may be a row of buttons
_COMMON = 0.5  # of the shared shingles that a publisher prints on many days
_OWN = 0.3  # containment without those, below which nothing else connects the two


FOREIGN = "one has a passage of another story within"
OWN_FOREIGN = "nearly all words in common, the publisher's other version has a passage more"
NOISY = "the same letters in the same order, but for noise"
EQUAL = "the same words in the same order"
CORRECTED, EQUAL_BUT_CORRECTED = "nearly all words in common, one with a correction", "the same words, one with a correction"
FAR_PASSAGE = "one passage in stories with other beginnings, days apart"
STATED = "what is shared is one quotation"
GROWN, KEPT = "nearly all words in common, a later version has more", "nearly all words in common"


@dataclass
class Context:
    """What the corpus says about each pair, apart from its two texts."""

    days_apart: np.ndarray  # between the nearest printings; -1 where a date is missing
    common_share: np.ndarray  # of the shared shingles, those that a publisher prints on many days; 0 to 1
    own_containment: np.ndarray  # the larger containment without them
    grown: np.ndarray  # bool: the later one has more than a few words more, or both are of one publisher and one has
    own_version: np.ndarray  # bool: both are of one publisher, with dates
    corrected: np.ndarray  # bool: one says what was corrected, the other does not, or says something else


@dataclass
class Verdicts:
    """What each pair is: `names[rule]` is its kind and the reason, both "" where nothing is promised about it."""

    rule: np.ndarray  # the first that holds
    names: list[tuple[str, str]]

    @property
    def kept(self) -> np.ndarray:
        return self.rule < len(self.names) - 1

    def of_kinds(self, *kinds: str) -> np.ndarray:
        return np.array([kind in kinds for kind, _ in self.names])[self.rule]


def verdicts_of(pairs: Compared, aligned: Aligned, context: Context, settings: DuplicateSettings) -> Verdicts:
    """Kind and reason of each pair; equal texts are not judged here.

    The first rule that holds names the pair. Whether a pair has a kind at all depends on its two texts alone.
    """
    similarity = np.where(np.isnan(aligned.letter_similarity), 0, aligned.letter_similarity)
    noise = (similarity[:, 0] >= settings.noisy_similarity) & (similarity[:, 1] >= MIN_NOISE_BETWEEN) & _spans_both(aligned)
    rules = _rules(pairs, aligned, context, noise, _foreign(aligned, context))
    names = [(kind.value, reason) for kind, reason, _ in rules] + [("", "")]
    return Verdicts(_first_rule(rules, pairs, noise, settings), names)


def hinging_on_wording(
    pairs: Compared, aligned: Aligned, context: Context, settings: DuplicateSettings
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The pairs (bool) of which `verdicts_of` may say something else with other `other_facts`: copies, and noisy ones; and with other `listed`.

    `cohesion` and `letter_similarity` are there already.
    """
    verdicts = verdicts_of(pairs, aligned, context, settings)
    merging = verdicts.of_kinds(*MERGING_KINDS)
    shorter, longer = np.minimum(*aligned.sizes), np.maximum(*aligned.sizes)
    noisy = np.array([reason == NOISY for _, reason in verdicts.names])[verdicts.rule]
    facts = merging & ~noisy & (pairs.jaccard < _CORRECTED) & (shorter >= _ALIKE * longer)
    short_excerpt = verdicts.of_kinds(DuplicateKind.EXCERPT) & (aligned.run <= _FEW)
    return facts, noisy, (merging | short_excerpt) & (pairs.jaccard < _NEARLY_ALL) & _is_block(aligned)


def hinging_on_speech(pairs: Compared, aligned: Aligned, context: Context, settings: DuplicateSettings) -> np.ndarray:
    """The pairs (bool) of which `verdicts_of` says something else with `statement`. All other facts are there already."""
    verdicts = verdicts_of(pairs, aligned, context, settings)
    passage = verdicts.of_kinds(DuplicateKind.EXCERPT, DuplicateKind.UPDATE, DuplicateKind.NEAR)
    far_passage, noisy = (np.array([reason == r for _, reason in verdicts.names])[verdicts.rule] for r in (FAR_PASSAGE, NOISY))
    return ((passage & ~noisy) | far_passage) & (pairs.jaccard < _NEARLY_ALL) & verdicts.kept


def hinging_on_passage(pairs: Compared, aligned: Aligned, context: Context, settings: DuplicateSettings) -> np.ndarray:
    """The pairs (bool) of which `verdicts_of` says something else with `unrelated`."""
    merging = verdicts_of(pairs, aligned, context, settings).of_kinds(*MERGING_KINDS)
    return merging & (aligned.insert >= _LONG_INSERT) & _cut(aligned, context)


def hinging_on_beginnings(pairs: Compared, aligned: Aligned, context: Context, settings: DuplicateSettings) -> np.ndarray:
    """The pairs (bool) of which `verdicts_of` says something else with `closing`."""
    verdicts = verdicts_of(pairs, aligned, context, settings)
    larger = np.maximum(pairs.containment_left, pairs.containment_right)
    begin = (aligned.heads + aligned.between).min(axis=0) >= _OTHER_BEGINNING
    short = (aligned.run <= _CLOSING) & (larger < _CLOSING_SHARE) & (pairs.jaccard < _NEARLY_ALL)
    return verdicts.of_kinds(DuplicateKind.UPDATE) & begin & short & _is_block(aligned)


def hinging_on_insertion(pairs: Compared, aligned: Aligned, context: Context, settings: DuplicateSettings) -> np.ndarray:
    """The pairs (bool) of which `verdicts_of` would say something else with one `cohesion` than with another."""
    foreign, own = aligned.insert >= _LONG_INSERT, np.zeros(len(pairs.left), bool)
    with_foreign, without = (
        _first_rule(_rules(pairs, aligned, context, pairs.noisy, some), pairs, pairs.noisy, settings) for some in (foreign, own)
    )
    return with_foreign != without


def hinging_on_letters(pairs: Compared, aligned: Aligned, context: Context, settings: DuplicateSettings) -> np.ndarray:
    """The pairs (bool) of which `verdicts_of` would say something else with one `letter_similarity` than with another."""
    noisy, clean, foreign = pairs.noisy & _spans_both(aligned), np.zeros(len(pairs.left), bool), _foreign(aligned, context)
    with_noise, without = (
        _first_rule(_rules(pairs, aligned, context, some, foreign), pairs, some, settings) for some in (noisy, clean)
    )
    return with_noise != without


def _spans_both(aligned: Aligned) -> np.ndarray:
    """Does what both share, from the first passage to the last, make up most of both texts (bool)? One passage is not the whole."""
    span = np.where(_is_block(aligned), _NOISY_SPAN_OF_ONE, _NOISY_SPAN)
    return (aligned.heads + aligned.tails <= (1 - span) * aligned.sizes).all(axis=0)


def _is_block(aligned: Aligned) -> np.ndarray:
    """Is one passage the most of what is shared (bool)?"""
    return aligned.run >= _BLOCK * np.maximum(1, aligned.ordered)


def _foreign(aligned: Aligned, context: Context) -> np.ndarray:
    """Does one have a passage of another story within (bool)? Of one day, a text that stands whole in another but for a part within was cut there, unless
    that part names nothing of the story."""
    elsewhere = sum((*aligned.heads, *aligned.tails, *aligned.between)) - aligned.insert
    undated = np.where(elsewhere <= _NOTHING_ELSE, _FOREIGN_ALONE, _FOREIGN_UNDATED)
    low = aligned.cohesion < np.where(context.days_apart < 0, undated, _FOREIGN)
    return (aligned.insert >= _LONG_INSERT) & np.where(_cut(aligned, context), aligned.unrelated, low)


def _cut(aligned: Aligned, context: Context) -> np.ndarray:
    """Are two texts of one day one, but for a passage within (bool)?"""
    whole = aligned.ordered >= _WHOLE * aligned.sizes.min(axis=0)
    return (context.days_apart == 0) & whole & (aligned.ordered >= _UPDATE * aligned.sizes.max(axis=0))


Rule = tuple[DuplicateKind, str, np.ndarray]


def _first_rule(rules: list[Rule], pairs: Compared, noise: np.ndarray, settings: DuplicateSettings) -> np.ndarray:
    """Which rule is the first that holds for each pair; their number where nothing is promised about it."""
    larger = np.maximum(pairs.containment_left, pairs.containment_right)
    promised = (pairs.jaccard >= settings.jaccard) | (larger >= settings.containment) | (pairs.run >= settings.shared_run)
    return np.where(promised | noise, np.argmax(np.stack([holds for _, _, holds in rules]), axis=0), len(rules))


def _rules(pairs: Compared, aligned: Aligned, context: Context, noise: np.ndarray, foreign: np.ndarray) -> list[Rule]:
    k = DuplicateKind
    jaccard = pairs.jaccard
    larger = np.maximum(pairs.containment_left, pairs.containment_right)
    smaller = np.minimum(pairs.containment_left, pairs.containment_right)
    own = np.where(context.common_share > 0, np.minimum(larger, context.own_containment), larger)
    far = context.days_apart > _FAR_DAYS
    block = _is_block(aligned)
    head, tail = np.minimum(*aligned.heads), np.minimum(*aligned.tails)
    inside = (head >= _INSIDE) & (tail >= _INSIDE)
    shorter, longer = np.minimum(*aligned.sizes), np.maximum(*aligned.sizes)
    ordered = aligned.equal >= _IN_ORDER * shorter
    replaced = (aligned.replaced_numbers >= _MIN_NUMBERS) & (aligned.replaced_numbers > aligned.kept_numbers)
    other_story = (head >= _OTHER_STORY) & (larger < _WHOLE)
    parting = (larger < _SAME_HEAD) & (jaccard < _SAME_HEAD / 3)
    small = jaccard < _NEARLY_ALL
    right_longer = aligned.sizes[1] >= aligned.sizes[0]
    before, after = (np.where(right_longer, ends[1], ends[0]) for ends in (aligned.heads, aligned.tails))
    set_in = block & (larger >= _WHOLE) & (smaller < _UPDATE) & (np.minimum(before, after) >= _INSIDE)
    return [
        (k.BOILERPLATE, "what is shared is a list of names, or one line over and over", aligned.listed),
        (k.BOILERPLATE, "most of what is shared a publisher prints on many days", (context.common_share >= _COMMON) & (own < _OWN)),
        (k.STATEMENT, STATED, aligned.statement),
        (
            k.BOILERPLATE,
            FAR_PASSAGE,
            far & small & block & (head >= _OTHER_HEAD) & (larger >= _OWN),
        ),
        (k.TEMPLATE, "scattered sentences in common, days apart", far & small & ~block),
        (k.TEMPLATE, "the same sentences with other numbers", ~block & replaced & (jaccard < _WHOLE)),
        (k.EXCERPT, "a passage in common, days apart", far & small),
        (k.TEMPLATE, "the same sentences about other persons, places, days or numbers", aligned.other_facts),
        (k.UPDATE, OWN_FOREIGN, foreign & ~small & context.own_version),
        (k.EXCERPT, FOREIGN, foreign),
        (k.UPDATE, GROWN, ~small & context.grown),
        (k.UPDATE, CORRECTED, ~small & context.corrected),
        (k.NEAR, KEPT, ~small),
        (k.NEAR, NOISY, noise & (smaller < _UPDATE)),
        (k.EXCERPT, "one stands whole within the other, between other text", set_in),
        (k.EXCERPT, "one passage of two stories", block & ((inside & (larger < _WHOLE)) | other_story | parting)),
        (k.EXCERPT, "one closing passage behind other beginnings", aligned.closing),
        (k.EXCERPT, "one is a short passage of the other", shorter < _TOO_SHORT * longer),
        (k.UPDATE, "nearly all words of the shorter text, in the same order", ordered & (jaccard >= _OWN)),
        (k.UPDATE, "most of the shorter text stands in the longer", (larger >= np.where(block, _BLOCK_UPDATE, _UPDATE))),
        (k.EXCERPT, "a passage in common", np.ones(len(larger), bool)),
    ]
