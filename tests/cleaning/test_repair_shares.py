"""How much injected damage is undone over all bodies of the sample corpus, by kind of damage. The floor is .97 of the damaged paragraphs.

What cannot be told apart is left out and said here: where every byte from 80 to 9F was dropped, a dash may have been long or short, a
quotation mark single or double, and a capital with an accent any of sixteen."""

import json
import random
import re
import unicodedata
from pathlib import Path

import pytest

from pipelines.cleaning.blocks import split_blocks
from pipelines.cleaning.repair import fix_characters

CASES = Path(__file__).resolve().parent.parent / "cases" / "sample_articles.jsonl"
BODIES = [json.loads(line)["body"] for line in CASES.read_text(encoding="utf-8").splitlines()]
PARAGRAPHS = [paragraph for body in BODIES for paragraph in body]
FLOOR = 0.97


def read_as(text, encoding):
    """UTF-8 bytes read in another encoding; bytes that it does not have become the control characters of Latin-1."""
    return "".join(bytes([b]).decode(encoding, "ignore") or chr(b) for b in text.encode("utf-8"))


def words_damaged(text, damage):
    return " ".join(damage(word) if place % 2 else word for place, word in enumerate(text.split(" ")))


def sprinkled(text, marks):
    rng = random.Random(len(text))
    return re.sub(r"(?<=\w)(?=\w)", lambda _: rng.choice(marks) if rng.random() < 0.1 else "", text)


def without_controls(text):
    return re.sub("[\x80-\x9f]", "", text)


DAMAGE = {
    "Windows-1252": lambda t: read_as(t, "cp1252"),
    "Latin-1": lambda t: read_as(t, "latin-1"),
    "Windows-1252, twice": lambda t: read_as(read_as(t, "cp1252"), "cp1252"),
    "Latin-1, twice": lambda t: read_as(read_as(t, "latin-1"), "latin-1"),
    "MacRoman": lambda t: read_as(t, "mac_roman"),
    "Windows-1251": lambda t: read_as(t, "cp1251"),
    "Windows-1252, every second word": lambda t: words_damaged(t, lambda w: read_as(w, "cp1252")),
    "Windows-1252 twice, every second word": lambda t: words_damaged(t, lambda w: read_as(read_as(w, "cp1252"), "cp1252")),
    "MacRoman, every second word": lambda t: words_damaged(t, lambda w: read_as(w, "mac_roman")),
    "Windows-1252 bytes as controls": lambda t: t.encode("cp1252", "replace").decode("latin-1"),
    "Windows-1252 without the bytes it does not have": lambda t: without_controls(read_as(t, "cp1252")),
    "no-break spaces": lambda t: re.sub(r"(?<=[a-z,]) (?=[a-z])", "\xa0", t, count=5),
    "zero-width characters": lambda t: sprinkled(t, "\u200b\u200c\u2060\ufeff"),
    "soft hyphens": lambda t: sprinkled(t, "\xad"),
    "direction marks": lambda t: sprinkled(t, "\u200e\u200f\u202a\u202c\u2066\u2069"),
    "byte order mark": lambda t: "\ufeff" + t,
    "decomposed accents": lambda t: unicodedata.normalize("NFD", t),
}


def share_restored(damaged):
    """Of pairs of damaged and clean text that differ: the share restored, and the first that was not."""
    differing = [(bad, good) for bad, good in damaged if bad != good]
    wrong = [(fix_characters(bad), good) for bad, good in differing if fix_characters(bad) != good]
    assert len(differing) >= 30, "too little of it is damaged to say anything"
    return 1 - len(wrong) / len(differing), wrong[:1]


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_undone(name):
    share, example = share_restored([(DAMAGE[name](text), text) for text in PARAGRAPHS])
    assert share >= FLOOR, (share, example)


def test_lost_controls_are_undone_in_english_where_only_one_mark_could_have_stood_there():
    plain = [text for text in PARAGRAPHS if re.search("[’“]", text) and not re.search("[^\x00-\x7f’“”]|’(?!\\w)", text)]
    share, example = share_restored([(without_controls(read_as(text, "latin-1")), text) for text in plain])
    assert share >= FLOOR, (share, example)


def wrapped(paragraph, width):
    """As a mailer breaks lines, with long words broken at a hyphen."""
    lines, line = [], ""
    for word in paragraph.split(" "):
        room = width - len(line) - 2
        if len(line) + 1 + len(word) <= width:
            line = f"{line} {word}".strip()
        elif word.isalpha() and len(word) > 6 and 2 <= room <= len(word) - 2:
            lines.append(f"{line} {word[:room]}-")
            line = word[room:]
        else:
            lines.append(line)
            line = word
    return "\n".join([*lines, line])


@pytest.mark.parametrize("width", [60, 72, 80])
def test_wrapped_lines_and_words_broken_at_their_end_are_made_whole(width):
    right = total = 0
    for body in BODIES:
        found = [block.text for block in split_blocks("\n\n".join(wrapped(paragraph, width) for paragraph in body))]
        right += sum(paragraph in found for paragraph in body)
        total += len(body)
    assert right >= FLOOR * total, (right, total)


def test_clean_paragraphs_do_not_change():
    assert [text for text in PARAGRAPHS if fix_characters(text) != text] == []
