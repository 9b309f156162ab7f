"""The language of a text: real sentences, and what is too short or too mixed to tell."""

from __future__ import annotations

import pytest

from summarizer.languages.function_words import FUNCTION_WORDS, LANGUAGES, SCRIPTS
from summarizer.languages.guess import guess, language_code, language_name

SENTENCES = [
    ("en", "Police are investigating the cause of the fire."),
    ("en", "The council said that it would not raise taxes before the end of the year."),
    ("de", "Die Polizei ermittelt, wie es zu dem Brand kam."),
    ("de", "Der Rat hat am Montag mit 19 zu 11 Stimmen gegen das Projekt gestimmt."),
    ("fr", "Quatre personnes ont été blessées dans l'incendie d'un moulin près de Lyon."),
    ("fr", "Le conseil n'a pas encore dit s'il accepte la proposition du maire."),
    ("es", "Cuatro personas resultaron heridas en el incendio de un molino de la ciudad."),
    ("es", "El consejo no ha dicho todavía si acepta la propuesta del alcalde."),
    ("it", "Quattro persone sono rimaste ferite nell'incendio di un mulino della città."),
    ("it", "Il consiglio non ha ancora detto se accetta la proposta del sindaco."),
    ("pt", "Quatro pessoas ficaram feridas no incêndio de um moinho da cidade."),
    ("pt", "O conselho não disse se aceita a proposta do presidente da câmara."),
    ("nl", "Vier mensen raakten gewond bij de brand in een molen van de stad."),
    ("nl", "De raad heeft nog niet gezegd of hij het voorstel van de burgemeester aanneemt."),
    (
        "sv",
        "Fyra personer skadades när det brann i en kvarn och polisen utreder orsaken till branden.",
    ),
    ("pl", "Rada nie powiedziała jeszcze, czy przyjmie propozycję burmistrza, ale to jest pewne."),
    ("ru", "Четыре человека пострадали при пожаре на мельнице, сообщили власти города."),
    ("uk", "Чотири людини постраждали під час пожежі на млині, повідомили у місті."),
    ("el", "Τέσσερις άνθρωποι τραυματίστηκαν στη φωτιά."),
    ("ar", "أصيب أربعة أشخاص في حريق بالمطحنة القديمة."),
    ("he", "ארבעה אנשים נפצעו בשריפה בטחנה הישנה."),
    ("hi", "पुरानी मिल में आग लगने से चार लोग घायल हो गए।"),
    ("th", "มีผู้บาดเจ็บสี่คนจากเหตุไฟไหม้โรงสีเก่า"),
    ("ko", "오래된 방앗간 화재로 네 명이 다쳤다고 경찰이 밝혔다."),
    ("ja", "古い製粉所の火事で四人がけがをした。"),
    ("zh", "警方表示，旧磨坊周五发生火灾，造成四人受伤，原因正在调查。"),
]
UNCLEAR = [
    "",
    "1,000 – 2,000",
    "Ann Lee",
    "Ann Lee, Bob Hall, Cy Dent, Kent",
    "Fire in Kent",
    "Real Madrid 3, La Coruña 1, Las Palmas 0",
    "x = a + i; y = o + e; s = n - d; l = c",
    "東京大学医学部",  # a name: Chinese or Japanese
    "The mill burned on Friday, and he was at work. Die Mühle ist abgebrannt, und er war da.",
    "Negli neljä ihmistä loukkaantui tulipalossa vanhassa myllyssä perjantaina illalla.",
]


@pytest.mark.parametrize(("code", "text"), SENTENCES)
def test_a_sentence_is_known_by_its_words_or_its_letters(code: str, text: str) -> None:
    assert guess(text) == code


@pytest.mark.parametrize("text", UNCLEAR)
def test_nothing_is_guessed_where_it_is_not_clear(text: str) -> None:
    assert guess(text) is None


def test_one_more_sentence_of_names_changes_nothing() -> None:
    for code, text in SENTENCES:
        assert guess(f"{text} {text} Kyiv.") == code


NAMED = [
    ("German", "de"), ("german", "de"), ("Deutsch", "de"), ("de", "de"), ("de-AT", "de"), ("DE_at", "de"),
    ("Austrian German", "de"), ("simple German for children", "de"), ("français", "fr"),
    ("Brazilian Portuguese", "pt"), ("pt_BR", "pt"), ("Simplified Chinese", "zh"), ("zh-Hans", "zh"),
    ("日本語", "ja"), ("no", "nb"), ("Norwegian", "nb"), ("Klingon", None), ("German and English", None),
    ("", None), ("it is up to you", None), ("de la", None), ("xx", None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "code"), NAMED)
def test_a_language_is_named_in_many_ways(name: str, code: str | None) -> None:
    assert language_code(name) == code


def test_the_tables_fit_together() -> None:
    assert set(FUNCTION_WORDS) == {c for c, (script, _) in LANGUAGES.items() if script == "latin"}
    assert {script for script, _ in LANGUAGES.values()} == set(SCRIPTS)
    assert all(language_code(language_name(code)) == code for code in LANGUAGES)
    assert all(word == word.lower() for words in FUNCTION_WORDS.values() for word in words)
