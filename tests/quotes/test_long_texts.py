"""Very long texts: read in pieces, with the quotes at their places."""

from pipelines import quotes
from pipelines.quotes import pieces, quotes_in

STORY = (
    "The quay at Torvik will stay shut until May, the harbour office said.\n\n"
    "“We cannot let lorries onto planks that move,” Runa Delmark, who runs it, said on Friday. “Nor would they thank us.”\n\n"
    "Fishermen asked for another month. “May is too early for us,” said Odo Farrant, their spokesman.\n"
)


def test_pieces_are_the_text_and_none_is_longer_than_allowed():
    for text in (STORY, STORY.replace("\n", " "), "x" * 300, "", "一句话。" * 60):
        cut = list(pieces.pieces_of(text, 100))
        assert "".join(piece for _, piece in cut) == text
        assert [offset for offset, _ in cut] == [len("".join(piece for _, piece in cut[:k])) for k in range(len(cut))]
        assert all(len(piece) <= 100 for _, piece in cut)


def test_a_long_text_has_in_each_piece_the_quotes_that_the_piece_has(monkeypatch):
    one = quotes_in(STORY)
    assert any(quote.part_of is not None for quote in one)
    assert any(quote.speaker for quote in one)
    monkeypatch.setattr(quotes, "LONGEST", len(STORY))
    found = quotes_in(STORY * 3)
    assert len(found) == 3 * len(one)
    for k, quote in enumerate(found):
        assert quote == pieces.moved(one, len(STORY) * (k // len(one)), len(one) * (k // len(one)))[k % len(one)]
    long = STORY * 3
    assert [long[q.start : q.end] for q in found] == [STORY[q.start : q.end] for q in one] * 3


def test_what_is_read_together_does_not_grow_with_a_text(monkeypatch):
    read = []
    real = quotes.read_articles
    monkeypatch.setattr(quotes, "read_articles", lambda texts, *rest: read.append(sum(map(len, texts))) or real(texts, *rest))
    quotes_in(STORY * 700)
    assert len(read) > 1
    assert max(read) <= pieces.LONGEST
