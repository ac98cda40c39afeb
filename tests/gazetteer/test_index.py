import time

import pytest

from fogline.errors import UnknownPlace
from fogline.gazetteer import Feature, Gazetteer
from fogline.gazetteer.loading import load as gazetteer_of
from fogline.model import NamedPlace, Theatre

KUPIANSK, BAKHMUT, DVORICHNA, SOBOLIVKA = 703656, 713174, 709399, 812645


@pytest.mark.parametrize(
    ("spelling", "geonameid"),
    [
        ("Kupiansk", KUPIANSK),
        ("Kupyansk", KUPIANSK),
        ("Kupjansk", KUPIANSK),
        ("Kup'yans'k", KUPIANSK),
        ("Kup’ians’k", KUPIANSK),
        ("KUPIANSK", KUPIANSK),
        ("Куп'янськ", KUPIANSK),
        ("Купʼянськ", KUPIANSK),
        ("Куп’янську", KUPIANSK),
        ("Купянск", KUPIANSK),
        ("Купянска", KUPIANSK),
        ("Bakhmut", BAKHMUT),
        ("Artemivsk", BAKHMUT),
        ("Бахмутом", BAKHMUT),
        ("Dvorichna", DVORICHNA),
        ("Dvurechnaya", DVORICHNA),
        ("Двуречной", DVORICHNA),
        ("Kharkiv", 706483),
        ("Kharkov", 706483),
        ("Харкові", 706483),
        ("Харькова", 706483),
        ("Новій Каховці", 699839),
        ("Кривому Розі", 703845),
        ("Києва", 703448),
        ("Krasny Liman", 704204),
        ("Chasov Yar", 710915),
        ("Sinkovka", 693778),
        ("Synkivka", 693778),
    ],
)
def test_every_spelling_leads_to_one_place(ukraine: Gazetteer, spelling: str, geonameid: int) -> None:
    assert ukraine.find(spelling).geonameid == geonameid


@pytest.mark.parametrize("spelling", ["Sobolevka", "Sobolivka", "Соболівка", "Соболевке"])
def test_a_shared_name_brings_all_its_bearers(ukraine: Gazetteer, spelling: str) -> None:
    found = ukraine.candidates(spelling)
    assert len(found) > 5
    mine = next(entry for entry in found if entry.geonameid == SOBOLIVKA)
    assert (mine.region, mine.district, mine.located) == ("Kharkiv Oblast", "Kupiansk Raion", True)


def test_no_place_comes_twice(ukraine: Gazetteer) -> None:
    found = ukraine.candidates("Ivanivka")
    assert len(found) == len({entry.number for entry in found}) > 20


@pytest.mark.parametrize(
    ("name", "feature"),
    [
        ("Ukraine", Feature.COUNTRY),
        ("Україні", Feature.COUNTRY),
        ("Russian Federation", Feature.COUNTRY),
        ("Kharkiv region", Feature.REGION),
        ("Харківської області", Feature.REGION),
        ("Харьковщине", Feature.REGION),
        ("Kupiansk district", Feature.DISTRICT),
        ("Куп'янському районі", Feature.DISTRICT),
        ("Oskil River", Feature.WATER),
        ("Donbas", Feature.AREA),
    ],
)
def test_wider_places_are_known_for_what_they_are(ukraine: Gazetteer, name: str, feature: Feature) -> None:
    assert ukraine.candidates(name)[0].feature is feature


def test_settlements_of_the_codifier_without_coordinates_are_known(ukraine: Gazetteer) -> None:
    found = [entry for entry in ukraine.candidates("Stelmakhivka") if entry.region == "Luhansk Oblast"]
    assert found
    assert not found[0].located
    assert found[0].katottg.startswith("UA44")


def test_an_id_leads_to_its_place(ukraine: Gazetteer) -> None:
    assert ukraine.entry(SOBOLIVKA) is not None
    assert ukraine.entry(1) is None


def test_an_unknown_name_names_those_that_are_near(ukraine: Gazetteer) -> None:
    with pytest.raises(UnknownPlace) as caught:
        ukraine.find("Kupianskoz")
    assert "Kupianskoz" in caught.value.message
    assert "Kupiansk" in caught.value.hint


def test_a_user_means_the_theatre_then_the_larger_place(ukraine: Gazetteer, world: Gazetteer) -> None:
    assert ukraine.find("Lyman").population > 10_000
    assert ukraine.find("Lozova").population > 50_000
    assert ukraine.find("Alexandria").country == "UA"
    assert world.find("Alexandria").country == "EG"


def test_a_word_for_a_people_leads_to_its_country(world: Gazetteer) -> None:
    assert [entry.country for entry in world.demonym("Ukrainians")] == ["UA"]
    assert world.demonym("Tuesday") == ()


def test_a_text_is_scanned_for_names(ukraine: Gazetteer) -> None:
    text = "Beyond Nova Kakhovka, the road leads to the Kharkiv region and Kupiansk-Vuzlovyi; Kyiv’s mayor stayed."
    assert [span.of(text) for span, _ in ukraine.scan(text) if len(span.of(text)) > 3] == [
        "Nova Kakhovka",
        "Kharkiv region",
        "Kupiansk-Vuzlovyi",
        "Kyiv",
    ]


def test_a_theatre_adds_names_and_places() -> None:
    theatre = Theatre(
        name="made-up",
        countries=("UA",),
        places=(
            NamedPlace(names=("Applefield",), geonameid=KUPIANSK),
            NamedPlace(names=("Pearwood",), lat=49.5, lon=37.5, country="UA"),
        ),
    )
    gazetteer = gazetteer_of(theatre)
    assert gazetteer.find("Applefield").geonameid == KUPIANSK
    assert (gazetteer.find("Pearwood").lat, gazetteer.find("Pearwood").geonameid) == (49.5, None)
    assert gazetteer.version != gazetteer_of(Theatre(name="made-up", countries=("UA",))).version


def test_a_theatre_without_a_pack_has_its_small_places_from_the_world() -> None:
    gazetteer = gazetteer_of(Theatre(name="made-up", countries=("SD",)))
    assert gazetteer.find("El Fasher").country == "SD"
    assert not [e for e in gazetteer.candidates("Soldeu") if e.country == "AD"]


def test_loading_is_quick(ukraine: Gazetteer, world: Gazetteer) -> None:
    start = time.process_time()
    for name in ("Kupiansk", "Харкова", "Sobolevka"):
        ukraine.candidates(name)
        world.candidates(name)
    assert time.process_time() - start < 1
