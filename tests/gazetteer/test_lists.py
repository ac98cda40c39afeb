from pathlib import Path

import pytest

from fogline.errors import BadGazetteer
from fogline.gazetteer import lists
from fogline.gazetteer.entry import Feature


def csv(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "own.csv"
    path.write_text(text, "utf-8")
    return path


def test_each_column_is_read(tmp_path: Path) -> None:
    text = (
        "\ufeffNames,lat,lon,feature,country,region,district,geonameid,katottg,population,source\n"
        "Wendmoor | Old  Wend,51.25,-1.5,part of a settlement,gb,England,Wendshire,77,UA1,812,parish list\n"
    )
    (place,) = lists.read(csv(tmp_path, text)).places
    assert place.source == "parish list"
    entry = place.entry
    assert entry.names == ("Wendmoor", "Old Wend")
    assert (entry.lat, entry.lon, entry.feature) == (51.25, -1.5, Feature.PART)
    assert (entry.country, entry.region, entry.district) == ("GB", "England", "Wendshire")
    assert (entry.geonameid, entry.katottg, entry.population) == (77, "UA1", 812)


def test_without_a_point_and_a_source_the_place_is_known_all_the_same(tmp_path: Path) -> None:
    (place,) = lists.read(csv(tmp_path, "names,lat,lon\nWendmoor,,\n")).places
    assert (place.entry.located, place.source) == (False, "own.csv")


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (",51,1,,,", "it has no name"),
        ("| ,51,1,,,", "it has no name"),
        ("Wend,51,,,,", "one coordinate without the other"),
        ("Wend,,1,,,", "one coordinate without the other"),
        ("Wend,ninety,1,,,", "'ninety' is no latitude"),
        ("Wend,51,181,,,", "'181' is no longitude"),
        ("Wend,51,1,castle,,", "there is no feature 'castle'"),
        ("Wend,51,1,,Britain,", "'BRITAIN' is no country code"),
        ("Wend,51,1,,,0", "geonameid cannot be 0"),
        ("Wend,51,1,,,1.5", "'1.5' is no geonameid"),
        ("Wend,51,1,,,7", "geonames 7 again, first on line 2"),
    ],
)
def test_a_broken_line_is_told_and_the_others_go_on(tmp_path: Path, row: str, what: str) -> None:
    found = lists.read(
        csv(tmp_path, f"names,lat,lon,feature,country,geonameid\nGoodby,51,1,,GB,7\n{row}\nAfterby,52,1,,GB,8\n")
    )
    assert [place.entry.name for place in found.places] == ["Goodby", "Afterby"]
    assert [problem.line for problem in found.problems] == [3]
    assert what in str(found.problems[0])


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("name,lat,lon\nWend,1,2\n", "column names is missing"),
        ("names\nWend\n", "column lat and lon is missing"),
        ("names,lat,lon,colour\nWend,1,2,red\n", "no column 'colour'"),
        ("", "is missing"),
        ("names,lat,lon\n", "holds no place"),
        ('names,lat,lon\n"Wend,1,2\n', "cannot be read as CSV"),
    ],
)
def test_a_file_that_is_no_list_of_places_is_refused(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(BadGazetteer, match=what):
        lists.read(csv(tmp_path, text))


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes("names,lat,lon\nWendmo\u00f6r,1,2\n".encode("latin-1"))
    with pytest.raises(BadGazetteer, match="UTF-8"):
        lists.read(path)
