from fogline.link.naming import side_pattern, side_words
from fogline.model import Side, Theatre


def test_the_names_of_sides_are_whole_words() -> None:
    pattern = side_pattern({"fla": "FLA", "rebel": "FLA"})
    assert pattern is not None
    assert pattern.findall("the fla said flat land is safe from rebels") == ["fla", "rebel"]
    assert pattern.findall("fla's men flagged a rebellion") == ["fla"]


def test_without_sides_there_is_nothing_to_find() -> None:
    assert side_pattern({}) is None


def test_what_names_of_places_have_as_well_is_no_word_of_a_side() -> None:
    theatre = Theatre(name="hills", sides=(Side(code="A", name="Army of al-Karim"),))
    assert side_words(theatre) == {"army", "karim"}
