"""Sentences that their attribution cuts in two, titles whose stop ends no sentence, and two halves of one long statement."""

from pipelines.utterances.statements import sentences_of
from tests.utterances.test_utterances import LEADS, articles, found_in


def test_the_first_half_of_an_interrupted_sentence_is_the_same_utterance() -> None:
    table = articles(
        f"{LEADS[0]}\n\n“I trust the river,” Mayor Elsa Brandvold said, “but the river wants to see us mend the harbour wall ourselves.”",
        f"{LEADS[1]}\n\n“I trust the river, but the river wants to see us mend the harbour wall ourselves,” Mayor Elsa Brandvold said.",
    )
    (utterance,) = found_in(table)
    assert [member.text for member in utterance.members] == [
        "I trust the river,",
        "but the river wants to see us mend the harbour wall ourselves.",
        "I trust the river, but the river wants to see us mend the harbour wall ourselves,",
    ]


def test_both_halves_of_a_long_statement_are_excerpts_of_it() -> None:
    long = "We will rebuild the harbour wall before the first winter storm arrives, and if the insurers do not pay, there will be no wall"
    table = articles(
        f"{LEADS[0]}\n\n“{long},” Mayor Elsa Brandvold said.",
        f"{LEADS[1]}\n\n“We will rebuild the harbour wall before the first winter storm arrives,” Mayor Elsa Brandvold said. "
        "“And if the insurers do not pay, there will be no wall.”",
    )
    assert sum(len(utterance.members) for utterance in found_in(table)) == 3


def test_a_title_ends_no_sentence() -> None:
    text = "I feel for Gen. Vole. He was treated badly by Sen. Quill."
    assert [text[start:end] for start, end in sentences_of(text, 0, len(text))] == [
        "I feel for Gen. Vole.",
        "He was treated badly by Sen. Quill.",
    ]
