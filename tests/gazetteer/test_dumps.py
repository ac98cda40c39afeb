from pathlib import Path

import pytest
from tests.gazetteer.sources import dump, line

from fogline.errors import BadGazetteer
from fogline.gazetteer import dumps
from fogline.gazetteer.entry import Feature


def test_a_line_becomes_a_place_with_its_units_names_and_source(tmp_path: Path) -> None:
    rows = [
        line(others="Wendmore,Вендмур,WDM,温德", admin2="B9", population="812"),
        line(9_900_002, "Wendshire", sort="A", code="ADM2", admin2="B9"),
    ]
    found = dumps.read(dump(tmp_path / "GB.zip", rows), {("GB", "ENG"): "England"})
    place = found.places[0]
    assert place.entry.geonameid == 9_900_001
    assert (place.entry.lat, place.entry.lon, place.entry.population) == (51.25, -1.5, 812)
    assert (place.entry.region, place.entry.district) == ("England", "Wendshire")
    assert place.entry.names == ("Wendmoor", "Wendmore", "Вендмур")
    assert place.source == "GeoNames, CC BY 4.0 (GB.zip)"


@pytest.mark.parametrize(
    ("sort", "code", "feature"),
    [
        ("P", "PPL", Feature.SETTLEMENT),
        ("P", "PPLX", Feature.PART),
        ("A", "ADM1", Feature.REGION),
        ("A", "ADM2", Feature.DISTRICT),
        ("H", "STM", Feature.WATER),
        ("L", "RGN", Feature.AREA),
    ],
)
def test_what_sort_of_place_it_is(tmp_path: Path, sort: str, code: str, feature: Feature) -> None:
    found = dumps.read(dump(tmp_path / "GB.txt", [line(sort=sort, code=code)]), {})
    assert [place.entry.feature for place in found.places] == [feature]


def test_other_kinds_are_left_out_and_counted(tmp_path: Path) -> None:
    found = dumps.read(dump(tmp_path / "GB.txt", [line(), line(2, "Wend Tor", sort="T", code="MT")]), {})
    assert (len(found.places), found.others) == (1, 1)


@pytest.mark.parametrize(
    ("bad", "what"),
    [
        (line(2, lat="north"), "'north' is no latitude"),
        (line(2, lat="91"), "'91' is no latitude"),
        (line(2, lon="nan"), "'nan' is no longitude"),
        (line("x"), "'x' is no geonameid"),
        (line(2, name=" "), "it has no name"),
        (line(2, population="many"), "'many' is no population"),
        (line(), "geonameid 9900001 again, first on line 1"),
    ],
)
def test_a_broken_line_is_told_and_the_others_go_on(tmp_path: Path, bad: str, what: str) -> None:
    found = dumps.read(dump(tmp_path / "GB.txt", [line(), bad, line(3, "Otherby")]), {})
    assert [place.entry.name for place in found.places] == ["Wendmoor", "Otherby"]
    assert what in str(found.problems[0])
    assert found.problems[0].line == 2


def test_too_few_columns_are_no_dump(tmp_path: Path) -> None:
    with pytest.raises(BadGazetteer, match="line 1 has 3 columns, and a GeoNames dump has 19"):
        dumps.read(dump(tmp_path / "GB.txt", ["5\tWendmoor\t51"]), {})


def test_an_archive_cut_off_is_refused(tmp_path: Path) -> None:
    path = dump(tmp_path / "GB.zip", [line(n, f"Place{n}") for n in range(1, 400)])
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(BadGazetteer, match="cut off or damaged"):
        dumps.read(path, {})


def test_an_archive_with_damaged_bytes_is_refused(tmp_path: Path) -> None:
    path = dump(tmp_path / "GB.zip", [line(n, f"Place{n}") for n in range(1, 400)])
    raw = bytearray(path.read_bytes())
    middle = len(raw) // 2
    raw[middle : middle + 40] = bytes(40)
    path.write_bytes(raw)
    with pytest.raises(BadGazetteer, match="cut off or damaged"):
        dumps.read(path, {})


def test_another_archive_and_another_encoding_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadGazetteer, match="holds 0 tables"):
        dumps.read(dump(tmp_path / "a.zip", [line()], member="table.csv"), {})
    (tmp_path / "b.txt").write_bytes(line(name="Wendmo\u00f6r").encode("latin-1"))
    with pytest.raises(BadGazetteer, match="not UTF-8"):
        dumps.read(tmp_path / "b.txt", {})


def test_an_empty_dump_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadGazetteer, match="holds no place"):
        dumps.read(dump(tmp_path / "GB.txt", []), {})
