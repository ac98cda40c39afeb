from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fogline.extract.place_mentions import mentions
from fogline.extract.places import Toponym, Use, find, located
from fogline.gazetteer.loading import load as gazetteer_of
from fogline.model import Document, Place, PlacePrecision, Span
from fogline.theatres.loading import load


def read(text: str, name: str = "ukraine", entities: tuple[Span, ...] = ()) -> dict[str, Toponym]:
    theatre = load(name)
    document = Document(article_id="a", name="n", text=text)
    return {toponym.text: toponym for toponym in find(document, gazetteer_of(theatre), theatre, entities)}


def literal(text: str, name: str = "ukraine") -> list[str]:
    return [word for word, toponym in read(text, name).items() if toponym.use is Use.LITERAL]


@pytest.mark.parametrize(
    ("text", "name", "precision"),
    [
        ("Shells fell on Kupiansk at dawn.", "Kupiansk", PlacePrecision.SETTLEMENT),
        ("Shells fell near Kupiansk at dawn.", "Kupiansk", PlacePrecision.NEAR),
        ("They stopped 7 km from Kupiansk.", "Kupiansk", PlacePrecision.NEAR),
        ("They stopped on the outskirts of Kupiansk.", "Kupiansk", PlacePrecision.NEAR),
        ("They stopped in Kupiansk's outskirts.", "Kupiansk", PlacePrecision.NEAR),
        ("They pushed towards Kupiansk again.", "Kupiansk", PlacePrecision.DIRECTION),
        ("Fighting goes on in the Kupiansk direction.", "Kupiansk", PlacePrecision.DIRECTION),
        ("Fighting goes on in the Lyman-Kupiansk direction.", "Lyman", PlacePrecision.DIRECTION),
        ("They hold the left bank of the Oskil.", "Oskil", PlacePrecision.FEATURE),
        ("It lies in the Kharkiv region.", "Kharkiv region", PlacePrecision.REGION),
        ("It lies in Kupiansk district.", "Kupiansk district", PlacePrecision.DISTRICT),
        ("They left Ukraine.", "Ukraine", PlacePrecision.COUNTRY),
        ("The Dvurechensky bridgehead grew.", "Dvurechensky", PlacePrecision.AREA),
        ("Boats crossed near Stelmakhivka in Luhansk Oblast.", "Stelmakhivka", PlacePrecision.NO_COORDINATES),
    ],
)
def test_how_the_words_stand_to_the_place(text: str, name: str, precision: PlacePrecision) -> None:
    assert read(text)[name].place.precision is precision


def test_two_spellings_are_one_place() -> None:
    found = read("Kupiansk was shelled. Kupyansk has stood so far. Купянск обстреляли.")
    assert {toponym.place.geonameid for toponym in found.values()} == {703656}


@pytest.mark.parametrize(
    "text",
    [
        "The head of the administration said that Sobolevka was taken, which brings troops nearer to Kupiansk.",
        "Sobolevka, in Kupiansk district, changed hands.",
        "Бої тривають у Соболівці, неподалік від Куп'янська.",
    ],
)
def test_a_shared_name_means_the_bearer_near_the_other_places(text: str) -> None:
    mine = [t for word, t in read(text).items() if word.startswith(("Sobol", "Собол"))]
    assert [t.place.geonameid for t in mine] == [812645]


def test_a_shared_name_alone_is_left_open() -> None:
    toponym = read("Shells fell on Ivanivka.")["Ivanivka"]
    assert toponym.place.precision is PlacePrecision.NOT_FOUND
    assert toponym.place.lat is None
    assert any("nothing in the document" in reason for reason in toponym.reasons)


@pytest.mark.parametrize(
    "text",
    [
        "Lyman Johnson spoke to reporters.",
        "Colonel Alexander Pokrovsky denied it.",
        "Sumy Aziz wrote the article.",
        "As before, nothing moved. But it will. At last.",
        "She was Reading a book.",
    ],
)
def test_people_and_everyday_words_are_no_places(text: str) -> None:
    assert read(text) == {}


def test_the_people_of_the_theatre_are_no_places() -> None:
    assert "Volodymyr" not in read("Volodymyr Zelensky went to Kupiansk.")


@pytest.mark.parametrize(
    ("text", "name", "use"),
    [
        ("Moscow said that it had advanced.", "Moscow", Use.METONYMIC),
        ("Moscow’s failure to advance was plain.", "Moscow", Use.METONYMIC),
        ("Talks with Moscow broke down.", "Moscow", Use.METONYMIC),
        ("A bomb went off in Moscow on Sunday.", "Moscow", Use.LITERAL),
        ("Ukraine denied the report.", "Ukraine", Use.METONYMIC),
        ("The train from Ukraine was late.", "Ukraine", Use.LITERAL),
        ("Russian forces withdrew.", "Russian", Use.OTHER),
        ("She teaches at Kharkiv University.", "Kharkiv", Use.OTHER),
    ],
)
def test_what_use_is_made_of_the_name(text: str, name: str, use: Use) -> None:
    assert read(text)[name].use is use


def test_the_wider_place_named_after_a_town_decides() -> None:
    found = read("A fire broke out in Paris, Texas, on Monday.", "world")
    assert found["Paris"].place.lat == pytest.approx(33.66, abs=0.1)


def test_a_region_named_decides_between_towns() -> None:
    assert read("Shells fell on Borova in the Kharkiv region.")["Borova"].place.geonameid == 711623


def test_a_river_is_told_from_the_village_of_its_name() -> None:
    assert read("They crossed the Oskil river at night.")["Oskil river"].place.precision is PlacePrecision.FEATURE


def test_a_region_is_told_from_its_city() -> None:
    assert read("Troops entered the region of Kursk.")["Kursk"].place.precision is PlacePrecision.REGION


def test_a_name_written_small_is_heard_where_it_is_also_written_large() -> None:
    assert "kupiansk" in read("Fog hid Kupiansk. They left kupiansk at noon.")


def test_a_tagger_adds_names_the_gazetteer_lacks() -> None:
    text = "They rested at Qarvoblin Ridge."
    found = read(text, entities=(Span(15, 30),))
    assert found["Qarvoblin Ridge"].place.precision is PlacePrecision.NOT_FOUND


def test_ukrainian_and_russian_are_read() -> None:
    assert literal("Вибухи пролунали у Харкові та під Вовчанськом.") == ["Харкові", "Вовчанськом"]
    assert literal("Взрывы прогремели в Харькове и под Волчанском.") == ["Харькове", "Волчанском"]


@given(st.text(alphabet=st.sampled_from("Kupiansk Харків.,'’-\nMoscow")))
def test_any_text_is_read_and_every_span_shows_its_words(text: str) -> None:
    theatre = load("ukraine")
    document = Document(article_id="a", name="n", text=text)
    found = find(document, gazetteer_of(theatre), theatre)
    assert all(toponym.span.of(text) == toponym.text for toponym in found)
    assert all(0 <= toponym.score <= 1 for toponym in found)
    assert list(found) == sorted(found, key=lambda toponym: toponym.span)
    assert all(not a.span.overlaps(b.span) for a, b in pairwise(found))


def test_names_that_are_each_shared_place_each_other() -> None:
    found = read("Fire crews from Alexandria, Kensington and Brandon met in Douglas County, Minnesota.", "world")
    assert found["Alexandria"].place.lat == pytest.approx(45.89, abs=0.1)


def test_a_name_does_not_vote_for_itself() -> None:
    text = "Washington said so. Washington said it again on Monday, and Washington will say it tomorrow."
    place = read(text, "world")["Washington"].place
    assert place.lat == pytest.approx(38.9, abs=0.1)


def test_an_outlets_other_articles_tell_which_town_is_meant() -> None:
    texts = (
        "A barn burned down near Athens on Friday. Deputies came from Tyler, Texas, and from Henderson County.",
        "A school in Athens will open late on Monday.",
    )
    assert [lat_of_athens(texts, outlet) for outlet in ("Barn Post", "")] == [
        pytest.approx(32.2, abs=0.1),
        pytest.approx(37.98, abs=0.1),
    ]


def lat_of_athens(texts: tuple[str, ...], outlet: str) -> float | None:
    """Where Athens is put in the last text, when all are read as the outlet's."""
    theatre = load("world")
    gazetteer = gazetteer_of(theatre)
    documents = [Document(article_id=str(n), name=str(n), text=t, outlet=outlet) for n, t in enumerate(texts)]
    found = [mentions(document.text, gazetteer, theatre) for document in documents]
    last = located(documents, found, gazetteer, theatre)[-1]
    return next(toponym.place.lat for toponym in last if toponym.text == "Athens")


def test_an_outlets_articles_are_read_the_same_in_any_order() -> None:
    theatre = load("world")
    gazetteer = gazetteer_of(theatre)
    texts = ("Athens and Tyler, Texas.", "Athens, Georgia, and Augusta, Georgia.", "Nothing new in Athens.")
    documents = [Document(article_id=t, name=t, text=t, outlet="Post") for t in texts]

    def by_text(order: list[Document]) -> dict[str, list[Place]]:
        found = [mentions(document.text, gazetteer, theatre) for document in order]
        placed = located(order, found, gazetteer, theatre)
        return {d.text: [t.place for t in toponyms] for d, toponyms in zip(order, placed, strict=True)}

    assert by_text(documents) == by_text(documents[::-1])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The U.S. sent two more.", "U.S."),
        ("US aid arrived.", "US"),
        ("He grew up in Gulfport, Miss., and left.", "Miss."),
        ("He grew up in Peoria, IL, and left.", "IL"),
        ("RIDNA — Shells fell on Oskil.", "Oskil"),
        ("Lyman was shelled.", "Lyman"),
        ("Russian troops took Lyman.", "Lyman"),
        ("Krasnoarmiisk residents left.", "Krasnoarmiisk"),
    ],
)
def test_short_forms_and_towns_that_things_befall_are_places(text: str, name: str) -> None:
    assert name in read(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Miss Koval said so.", "Miss"),
        ("I'll go, and I'd stay.", "I'll"),
        ("Give it to us now.", "us"),
        ("Act now.", "Act"),
        ("The Olympic flame went out.", "Olympic"),
    ],
)
def test_words_that_look_like_short_forms_are_none(text: str, name: str) -> None:
    assert name not in read(text, "world")


def test_a_name_is_not_widened_by_its_party_side_or_office() -> None:
    text = "Rep. Koval, D-Ohio, spoke in western Ohio at the Lucas County Jail."
    spans = tuple(Span(text.index(w), text.index(w) + len(w)) for w in ("D-Ohio", "western Ohio", "Lucas County Jail"))
    assert {"Ohio", "Lucas County"} <= set(read(text, "world", spans))


def test_a_body_of_the_theatre_is_no_place_of_another_country() -> None:
    assert literal("Fano fighters have entered Lalibela.", "ethiopia") == ["Lalibela"]
    assert literal("Fighters have entered Fano.", "ukraine") == ["Fano"]
