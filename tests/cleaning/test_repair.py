"""Character repairs: damage made on clean text comes back, and clean text does not change."""

import random
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.cleaning.blocks import split_blocks
from pipelines.cleaning.repair import PASSES, fix_characters, repair, suspicious

ENGLISH = [
    "The mayor’s office said on Tuesday that it wasn’t aware of the café’s “special licence” – or of any other.",
    "“We don’t know who’s behind it,” Renée Müller told reporters. “It’s a naïve résumé of what we’ve done…”",
    "The price rose by €5 – about 12 per cent – after the company’s Zürich branch closed, according to José Nuñez.",
    "She’ll return to São Paulo in March, where the “Fundação” has its seat; its head, Åsa Sjöström, won’t comment.",
    "It’s the year’s third storm: the river’s level — 4 metres — hasn’t been as high since the flood of the ’90s.",
]
FRENCH = [
    "« Nous n’avons rien décidé », a déclaré la députée à l’Assemblée. Le château d’Ô a été fermé cet été.",
    "Où était-il ? Il a dit « non » !",
]
RUSSIAN = ["Президент заявил в пятницу, что «план» не согласован.", "Рівне, Сі та Київ: уряд її підтримав, ніхто не заперечував."]
UNTOUCHED = [
    "Family 👩‍👩‍👧‍👦, flag 🏳️‍🌈, heart ❤️ and 1️⃣ stay.",
    "قال الرئيس إن «الخطة» لم تُوقَّع بعد. می‌خواهم",
    'הנשיא אמר: \u200f"לא" לתוכנית.',
    "« Non », dit-il ; « oui » : c’est 12\u202f000 €\xa0!",
    "if (a.b < c) { return x ? y : z; } // a .b",
    "Atlético Madrid met O’Brien’s XI at 3:45 p.m. in Tromsø.",
    "Ελλάδα, Москва, Київ, 東京、北京 and ไทย",
    "Mr. & Mrs. Smith of AT&T paid $5.50 … no?",
    "The train to Bâle and the ship to São João; Çelik and Ångström.",
    "I… don’t… know… ‘what’ „das“ “is”.",
    *ENGLISH,
    *FRENCH,
    *RUSSIAN,
]


def sloppy(text, encoding):
    """UTF-8 bytes read in another encoding, as a program that never fails would."""
    return "".join(bytes([b]).decode(encoding, "ignore") or bytes([b]).decode("latin-1") for b in text.encode("utf-8"))


def every_second_word(text, damage):
    words = text.split(" ")
    return " ".join(damage(word) if place % 2 else word for place, word in enumerate(words))


def between_letters(text, mark, seed):
    rng = random.Random(seed)
    return re.sub(r"(?<=[a-z])(?=[a-z])", lambda _: mark if rng.random() < 0.1 else "", text)


DAMAGE = {
    "latin-1": lambda t: t.encode("utf-8").decode("latin-1"),
    "cp1252": lambda t: sloppy(t, "cp1252"),
    "latin-1 twice": lambda t: t.encode("utf-8").decode("latin-1").encode("utf-8").decode("latin-1"),
    "cp1252 twice": lambda t: sloppy(sloppy(t, "cp1252"), "cp1252"),
    "MacRoman": lambda t: sloppy(t, "mac_roman"),
    "cp1251": lambda t: sloppy(t, "cp1251"),
    "cp1252, every second word": lambda t: every_second_word(t, lambda w: sloppy(w, "cp1252")),
    "MacRoman, every second word": lambda t: every_second_word(t, lambda w: sloppy(w, "mac_roman")),
    "C1 controls": lambda t: t.encode("cp1252", "replace").decode("latin-1"),
    "no-break spaces": lambda t: t.replace(" ", "\xa0", 3),
    "zero-width": lambda t: between_letters(t, "\u200b", 1),
    "soft hyphens": lambda t: between_letters(t, "\xad", 2),
    "direction marks": lambda t: between_letters(t, "\u200e", 3),
    "byte order mark": lambda t: "\ufeff" + t,
    "decomposed": lambda t: unicodedata.normalize("NFD", t),
}
SENTENCES = ENGLISH


@pytest.mark.parametrize("name", DAMAGE)
def test_reversible_damage_is_undone(name):
    wrong = [
        (fix_characters(DAMAGE[name](text)), text)
        for text in SENTENCES
        if suspicious(DAMAGE[name](text)) or DAMAGE[name](text) != text
    ]
    restored = sum(fixed == text for fixed, text in wrong)
    assert restored == len(wrong), next((fixed, text) for fixed, text in wrong if fixed != text)


def test_russian_read_as_windows_1252_or_1251_is_undone():
    for encoding in ("cp1252", "cp1251"):
        assert [fix_characters(sloppy(text, encoding)) for text in RUSSIAN] == RUSSIAN


@pytest.mark.parametrize("text", UNTOUCHED)
def test_text_that_must_not_change(text):
    assert fix_characters(text) == text


def test_lost_bytes_of_an_apostrophe_are_guessed_in_english_only():
    assert fix_characters("They donâ€t know, and itâ€s late") == "They don’t know, and it’s late"
    assert fix_characters("They donât know that it isnât so") == "They don’t know that it isn’t so"
    assert fix_characters("Le bât blesse, dit-elle au château") == "Le bât blesse, dit-elle au château"


def test_each_repair_names_the_raw_text_it_replaces():
    raw = "Le cafÃ©, dit-elle.\n\nThey donâ€™t know.\u200b"
    blocks = split_blocks(raw)
    repairs = [found for block in blocks for found in block.repairs]
    assert [raw[r.start : r.end] for r in repairs] == [r.before for r in repairs]
    assert [(r.kind, r.after) for r in repairs][:2] == [("encoding", "café,"), ("encoding", "don’t")]


def test_wrapped_lines_are_joined_and_broken_words_made_whole():
    raw = (
        "The minister said on Monday that the government would not accept the pro-\n"
        "posal in its present form, and that talks with the unions would go on into\n"
        "the night if they had to, as they had done in the spring of the year before\n"
        "last.\n\nA second paragraph follows here."
    )
    texts = [block.text for block in split_blocks(raw)]
    assert len(texts) == 2
    assert "accept the proposal in its" in texts[0]


def test_paragraphs_on_lines_of_their_own_are_not_joined():
    raw = "\n".join(f"Paragraph {n} says that something happened in the town of {'x' * (n * 17 % 60 + 3)} today." for n in range(9))
    assert len(split_blocks(raw)) == 9


@given(st.text(max_size=300))
@settings(derandomize=True, deadline=None, max_examples=300)
def test_repair_is_done_once(text):
    once = fix_characters(text)
    assert fix_characters(once) == once


@given(st.text(alphabet="âÃ©€™“”. \xa0\u200b\xadabcÐ\x93Â", max_size=60))
@settings(derandomize=True, deadline=None, max_examples=300)
def test_repair_of_damaged_text_is_done_once_and_keeps_its_offsets(text):
    fixed, repairs = repair(text, 7)
    assert fix_characters(fixed) == fixed
    assert [text[r.start - 7 : r.end - 7] for r in repairs] == [r.before for r in repairs]


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("It met the Union , the Board , and the Guild , he said", {"punctuation"}),
        ("Ã\xa0 la fois, dÃ©clarÃ©", {"encoding"}),
        ("The Union , the Caf&eacute; , and the Guild", {"mixed"}),
    ],
)
def test_a_repair_is_mixed_only_where_passes_of_several_kinds_changed_its_line(line, kinds):
    assert {found.kind for found in repair(line, 0)[1]} == kinds


def test_what_a_repair_was_is_known_without_a_second_repair(monkeypatch):
    seen = []
    passes = tuple((kind, lambda line, apply=apply: seen.append(len(line)) or apply(line)) for kind, apply in PASSES)
    monkeypatch.setattr("pipelines.cleaning.repair.PASSES", passes)
    line = "donâ€™t dÃ©clarÃ© " * 50
    assert repair(line, 0)[1]
    assert len(seen) % len(PASSES) == 0  # over the whole line only
