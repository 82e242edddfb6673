"""The paragraphs of a batch of articles as one row of tokens, with the cues and mentions of every sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.quotes import flags as F
from pipelines.quotes.kernels import phrases
from pipelines.quotes.kernels.load import KERNELS
from pipelines.quotes.lexicon import Lexicon
from pipelines.quotes.text.paragraphs import Paragraph
from pipelines.quotes.types import Clause, Cue, Mention


class TokenTable:
    """Tokens of all `paragraphs` one after the other, a 0 between them, in `flags`; token k of a paragraph is token `base + k` here.

    `firsts`, `ends`: the tokens of each sentence; sentence s of a paragraph is sentence `first_sentence + s` here. `mentions` and `cues` are
    tables whose rows of sentence s lie between `bounds[s]` and `bounds[s + 1]`; their columns are named in `kernels.phrases`.
    """

    def __init__(self, paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> None:
        self.paragraphs = paragraphs
        self.lexicon = lexicon
        flags = [0]
        firsts: list[int] = []
        ends: list[int] = []
        self.paragraph_of: list[int] = []  # of each sentence
        for index, p in enumerate(paragraphs):
            p.table, p.base, p.first_sentence = self, len(flags), len(firsts)
            flags += p.flags
            flags.append(0)
            base = p.base
            firsts += [base + a for a, _ in p.sentences]
            ends += [base + b for _, b in p.sentences]
            self.paragraph_of += [index] * len(p.sentences)
        self.kernels = KERNELS.for_work(len(flags))
        array = np.array(flags, dtype=np.int64)
        lengths = self._phrases(array, lexicon)
        self._parts: NDArray[np.uint8] | None = None
        self.mentions = np.empty((len(flags), 5), dtype=np.int64)
        self.cues = np.empty((len(flags), 4), dtype=np.int64)
        self.mention_bounds = np.zeros(len(firsts) + 1, dtype=np.int64)
        self.cue_bounds = np.zeros(len(firsts) + 1, dtype=np.int64)
        self.flags: Any = array if self.kernels.compiled else flags
        self.firsts: Any = np.array(firsts, dtype=np.int64) if self.kernels.compiled else firsts
        self.ends: Any = np.array(ends, dtype=np.int64) if self.kernels.compiled else ends
        self.kernels.read_sentences(
            self.flags, lengths, self.firsts, self.ends, self.cues, self.cue_bounds, self.mentions, self.mention_bounds
        )
        self._localise()

    @property
    def parts(self) -> NDArray[np.uint8]:
        """Per token 1 where a mention begins, 2 inside one, else 0."""
        if self._parts is None:
            self._parts = np.zeros(len(self.flags) + 1, dtype=np.uint8)
            self.kernels.mark_mentions(self.mentions[: self._mention_bounds[-1]], self._parts)
        return self._parts

    def _phrases(self, flags: NDArray[np.int64], lexicon: Lexicon) -> NDArray[np.int64]:
        """Per token how many words a phrase such as "according to" has that begins there, else 0."""
        lengths = np.zeros(len(flags), dtype=np.int64)
        bases = [p.base for p in self.paragraphs]
        places = np.nonzero(flags & F.OPENS_PHRASE)[0]
        for place, index in zip(places.tolist(), (np.searchsorted(bases, places, side="right") - 1).tolist(), strict=True):
            p = self.paragraphs[index]
            lengths[place] = _phrase_at(p, place - p.base, lexicon)
        return lengths

    def mention(self, row: int) -> Mention:
        """The mention in row `row` of the table, in tokens of its paragraph."""
        return Mention._make(self._local_mentions[row])

    def cue(self, row: int) -> Cue:
        """The cue in row `row` of the table, in tokens of its paragraph."""
        return Cue._make(self._local_cues[row])

    def clause(self, sentence: int, bounds: tuple[int, int]) -> Clause:
        """What sentence `sentence` of the table holds; `bounds` are its tokens in its paragraph."""
        m, m_end = self._mention_bounds[sentence : sentence + 2]
        c, c_end = self._cue_bounds[sentence : sentence + 2]
        return Clause(
            *bounds, list(map(Mention._make, self._local_mentions[m:m_end])), list(map(Cue._make, self._local_cues[c:c_end]))
        )

    def _localise(self) -> None:
        """Lists of the tables with tokens counted from their paragraph's start."""
        bases = np.array([self.paragraphs[i].base for i in self.paragraph_of], dtype=np.int64)
        self._mention_bounds, self._cue_bounds = self.mention_bounds.tolist(), self.cue_bounds.tolist()
        mentions, cues = self.mentions[: self._mention_bounds[-1]].copy(), self.cues[: self._cue_bounds[-1]].copy()
        of_mention = np.repeat(bases, np.diff(self.mention_bounds))
        for column in (phrases.FIRST, phrases.LAST, phrases.GROUP_LAST):
            mentions[:, column] -= of_mention
        cues[:, :2] -= np.repeat(bases, np.diff(self.cue_bounds))[:, None]
        self._local_mentions, self._local_cues = mentions.tolist(), cues.tolist()

    def close(self) -> None:
        """Lets go of the paragraphs, so that no cycle keeps them in memory."""
        for p in self.paragraphs:
            p.table = None
        self.paragraphs = ()

    def tables(self) -> tuple[Any, ...]:
        """What most loops begin with."""
        return self.flags, self.firsts, self.ends, self.cues, self.cue_bounds, self.mentions, self.mention_bounds


def _phrase_at(p: Paragraph, k: int, lexicon: Lexicon) -> int:
    words = p.words
    if words[k].lower() in lexicon.measures and (k + 1 >= len(words) or not p.flags[k + 1] & (F.DETERMINER | F.CAPITAL | F.GROUP)):
        return 0  # "per cent"
    for phrase in lexicon.preceding[words[k].lower()]:
        if [w.lower() for w in words[k : k + len(phrase)]] == phrase:
            return len(phrase)
    return 0


def clause_of(p: Paragraph, sentence: int) -> Clause:
    """The clause view of a sentence, remembered on the paragraph."""
    known: Clause | None = p.clauses.get(sentence)
    if known is None:
        table: TokenTable = p.table
        known = p.clauses[sentence] = table.clause(p.first_sentence + sentence, p.sentences[sentence])
    return known
