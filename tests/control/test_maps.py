import json
from dataclasses import replace
from datetime import date

import pytest
from tests.builders import HRUSHIVKA, NORTH, SOUTH, THEATRE, by_id, claim, document, on

from fogline.control.inferring import infer
from fogline.control.maps import Cell, compare, read
from fogline.control.news import CHANGED, NEWLY_CLAIMED, news
from fogline.errors import UsageError
from fogline.gazetteer import Entry, Feature

STATES = (NORTH, SOUTH, "contested")
ENTRY = Entry(name="Hrushivka", feature=Feature.SETTLEMENT, number=1, geonameid=1, lat=49.7, lon=37.6)
WIRE = document("wire", outlet="World Wire", published="2024-05-05")


def concluded(*extra):
    claims = [
        claim(WIRE, holder=NORTH, manner="captured", when=on("2023-03-01")),
        claim(WIRE, holder=SOUTH, manner="liberated", when=on("2024-01-10"), start=40),
        *extra,
    ]
    documents = by_id(WIRE)
    (found,) = infer(claims, documents, (), (), THEATRE)
    return claims, found


def test_a_map_that_says_the_same_agrees_and_one_that_does_not_is_shown_with_claims():
    claims, control = concluded()
    right = [Cell(1, date(2023, 6, 1), NORTH), Cell(1, date(2024, 2, 1), SOUTH)]
    same = compare(right, {1: control})
    assert (same.agreement, same.unknown, same.worst) == (1.0, 0, ())
    assert same.lag is not None
    assert same.lag < 0  # the map, looked at twice, shows the change only on the second day
    other = compare([replace(right[0], status=SOUTH), right[1]], {1: control})
    assert other.agreement == 0.5
    assert other.brier > same.brier
    (worst,) = other.worst
    assert set(worst.claims) <= {c.id for c in claims}
    assert worst.claims


def test_settlements_of_which_nothing_is_known_are_counted_not_scored():
    found = compare([Cell(2, date(2024, 1, 1), NORTH)], {})
    assert (found.cells, found.unknown) == (1, 1)


@pytest.mark.parametrize(
    "rows",
    [
        "date,settlement,status\n2024-01-01,hrushivka,NO\n",
        "date,geonameid,status\n2024-01-01,1,no\n",
        "date,lat,lon,status\n2024-01-01,49.701,37.601,NO\n",
    ],
)
def test_a_map_may_name_settlements_in_three_ways(tmp_path, rows):
    path = tmp_path / "map.csv"
    path.write_text(rows, "utf-8")
    assert read(path, STATES, [ENTRY]) == (Cell(1, date(2024, 1, 1), NORTH),)


def test_polygons_hold_the_settlements_inside_and_not_those_in_holes(tmp_path):
    outer = [[37, 49], [38, 49], [38, 50], [37, 50], [37, 49]]
    hole = [[37.5, 49.6], [37.7, 49.6], [37.7, 49.8], [37.5, 49.8], [37.5, 49.6]]
    properties = {"date": "2024-01-01", "status": "SO"}
    for rings, cells in (([outer], 1), ([outer, hole], 0)):
        feature = {"properties": properties, "geometry": {"type": "Polygon", "coordinates": rings}}
        path = tmp_path / "map.geojson"
        path.write_text(json.dumps({"features": [feature]}), "utf-8")
        assert len(read(path, STATES, [ENTRY])) == cells


@pytest.mark.parametrize(
    "rows", ["date,settlement,status\nsoon,Hrushivka,NO\n", "date,settlement,status\n2024-01-01,Hrushivka,XX\n"]
)
def test_what_is_wrong_with_a_map_is_said_with_its_row(tmp_path, rows):
    path = tmp_path / "map.csv"
    path.write_text(rows, "utf-8")
    with pytest.raises(UsageError, match=r"map\.csv, row 2"):
        read(path, STATES, [ENTRY])


def test_news_tells_changes_and_claims_apart():
    boast = claim(WIRE, holder=NORTH, manner="captured", speaker="General Oak", when=on("2024-05-01"), start=80)
    claims, control = concluded(boast)
    found = news([control], {HRUSHIVKA.geonameid: claims}, THEATRE, date(2024, 1, 1), date(2024, 12, 31))
    assert [(n.what, n.after) for n in found] == [(CHANGED, SOUTH), (NEWLY_CLAIMED, NORTH)]
    assert found[0].first <= date(2024, 1, 10) <= found[0].last
    assert not news([control], {}, THEATRE, date(2024, 3, 1), date(2024, 12, 31))


def test_agreement_is_told_by_distance_from_the_maps_own_front():
    _, control = concluded()
    cells = [
        Cell(1, date(2023, 6, 1), NORTH), Cell(2, date(2023, 6, 1), SOUTH),
        Cell(1, date(2024, 2, 1), NORTH), Cell(2, date(2024, 2, 1), NORTH),
    ]  # fmt: skip
    found = compare(cells, {1: control}, {1: (49.7, 37.6), 2: (49.7, 37.7)})
    assert found.by_distance == (("under 10 km", 1, 1.0), ("no front on the map", 1, 0.0))


def test_a_point_outside_the_tolerance_is_no_settlement(tmp_path):
    chart = tmp_path / "map.csv"
    chart.write_text("date,lat,lon,status\n2023-06-01,49.74,37.6,contested\n", "utf-8")
    assert read(chart, STATES, [ENTRY]) == ()
    assert read(chart, STATES, [ENTRY], tolerance=6.0) == (Cell(1, date(2023, 6, 1), "contested"),)
