import pytest
from hypothesis import given
from hypothesis import strategies as st

from fogline.gazetteer.spelling import key, nominative_stem, sound, stem_sound, stems
from fogline.gazetteer.transliteration import bgn_russian, national, russian


@given(st.text())
def test_a_key_is_its_own_key(name: str) -> None:
    assert key(key(name)) == key(name)


@given(st.text())
def test_any_text_has_a_sound_and_stems(name: str) -> None:
    sound(name)
    stems(name)


@pytest.mark.parametrize("apostrophe", ["'", "’", "ʼ", ""])
def test_apostrophes_do_not_matter(apostrophe: str) -> None:
    assert key(f"Куп{apostrophe}янськ") == "купянськ"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kharkiv", "Kharkov"),
        ("Mykolaiv", "Mykolayiv"),
        ("Horlivka", "Gorlovka"),
        ("Zaporizhzhia", "Zaporizhzhya"),
        ("Kamianka", "Kamenka"),
        ("Vuzlovyi", "Vuzlovoy"),
        ("Krakhmalne", "Krakhmalnoye"),
        ("Tabaivka", "Tabaevka"),
        ("Kruhliakivka", "Круглякiвка".replace("i", "і")),
        ("Сватове", "Svatovo"),
    ],
)
def test_ways_of_writing_one_name_sound_alike(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(("one", "other"), [("Kupiansk", "Kupyn"), ("Lyman", "Lymany"), ("Borova", "Borivka")])
def test_different_names_do_not_sound_alike(one: str, other: str) -> None:
    assert sound(one) != sound(other)


@pytest.mark.parametrize(
    ("nominative", "declined"),
    [
        ("Харків", "Харкова"),
        ("Львів", "Львові"),
        ("Суми", "Сумах"),
        ("Одеса", "Одесою"),
        ("Лозова", "Лозовій"),
        ("Рівне", "Рівного"),
        ("Кременчук", "Кременчуці"),
        ("Ірпінь", "Ірпінь"),
        ("Джанкой", "Джанкоєм"),
        ("Запоріжжя", "Запоріжжям"),
        ("Волчанск", "Волчанском"),
        ("Часов Яр", "Часовом Яру"),
    ],
)
def test_a_declined_name_leads_back_to_its_stem(nominative: str, declined: str) -> None:
    stem = stem_sound(nominative_stem(nominative))
    assert stem in {stem_sound(found) for found in stems(declined)}


def test_romanisation_follows_the_national_system() -> None:
    assert [national(n) for n in ("Щастя", "Юр'ївка", "Розгін", "Їжакевич")] == [
        "Shchastia",
        "Yurivka",
        "Rozghin",
        "Yizhakevych",
    ]


def test_russian_names_follow_bgn() -> None:
    assert [bgn_russian(n) for n in ("Волчанск", "Змиёв", "Елец")] == ["Volchansk", "Zmiyov", "Yelets"]


def test_regular_endings_go_into_russian() -> None:
    assert [russian(n) for n in ("Петропавлівка", "Вовчанськ", "Чугуїв")] == ["Петропавловка", "Вовчанск", "Чугуев"]
