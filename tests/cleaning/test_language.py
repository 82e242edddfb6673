"""Languages are told apart offline, whatever surrounds the text."""

import pytest

from pipelines import language
from pipelines.language import detect_language

SENTENCES = {
    "en": "The council voted on Tuesday to close the old bridge for two years while engineers replace its deck.",
    "de": "Der Stadtrat hat am Dienstag beschlossen, die alte Brücke für zwei Jahre zu schließen.",
    "fr": "Le conseil municipal a décidé mardi de fermer le vieux pont pendant deux ans pour le réparer.",
    "es": "El ayuntamiento decidió el martes cerrar el viejo puente durante dos años para repararlo.",
    "uk": "Міська рада у вівторок вирішила закрити старий міст на два роки, щоб його відремонтувати.",
    "ru": "Городской совет во вторник решил закрыть старый мост на два года, чтобы его отремонтировать.",
    "it": "Il consiglio comunale ha deciso martedì di chiudere il vecchio ponte per due anni per ripararlo.",
    "pl": "Rada miejska postanowiła we wtorek zamknąć stary most na dwa lata, aby go naprawić.",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_is_enough(code):
    assert detect_language(SENTENCES[code]) == code


@pytest.mark.parametrize("code", SENTENCES)
def test_a_long_text_is_judged_by_its_middle(code):
    assert detect_language("Share Tweet Menu\n" * 5 + (SENTENCES[code] + " ") * 40 + "\nHome News" * 5) == code


@pytest.mark.parametrize("text", ["", "12.30 / 45 %", "??", "Yes", "\ud800\ud800"])
def test_too_little_text_is_no_language(text):
    assert detect_language(text) is None


def test_a_short_text_is_in_the_described_language_it_is_nearly_as_likely_in():
    assert detect_language("“A ponte está fechada desde ontem”, gritou Tomás Alvim.") == "pt"
    assert detect_language("O goberno galego anunciou onte unha nova lei sobre a pesca nas rías.") == "gl"


def test_the_unpacked_model_is_kept_and_made_again_where_it_is_cut_short(tmp_path, monkeypatch):
    monkeypatch.setattr(language, "cache_directory", lambda: tmp_path)
    packed, kept = language._identifier.__wrapped__(), language._identifier.__wrapped__()
    [folder] = tmp_path.iterdir()
    steps = folder / "tk_nextmove.npy"
    whole = steps.read_bytes()
    steps.unlink()  # what is mapped stays
    steps.write_bytes(whole[:-100])
    assert language._kept(folder) is None
    again = language._identifier.__wrapped__()
    for sentence in SENTENCES.values():
        assert packed.rank(sentence) == kept.rank(sentence) == again.rank(sentence)
    assert language._kept(folder) is not None
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]
