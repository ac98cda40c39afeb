"""Ukraine's part of the gazetteer: KATOTTG's hierarchy, joined to GeoNames' coordinates where that is unambiguous."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log10
from pathlib import Path
from typing import Any

from fogline.gazetteer import codifier
from fogline.gazetteer.building_world import middle, own_table
from fogline.gazetteer.distance import kilometres
from fogline.gazetteer.entry import Entry, Feature
from fogline.gazetteer.spelling import is_cyrillic, key, sound
from fogline.gazetteer.transliteration import bgn_russian, national, russian

Named = tuple[Entry, tuple[str, ...]]

NEAR_KM = 40.0
"""A settlement is taken for the one of its name whose commune has a known settlement this near, if no other has one
within ``CLEAR`` times that distance. Communes (hromadas) are 10 to 50 km wide."""
CLEAR = 2.0
ROUNDS = 4
LIKE = 3.0
"""How like a district's adjective the name of the town must be that it is named after (see ``_likeness``)."""
_OWN_LETTERS = re.compile(r"^[^ўјљњћђџќѓўәңө]*[а-яіїєґ][^ўјљњћђџќѓўәңө]*$", re.IGNORECASE)
"""Cyrillic as Ukrainian and Russian write it: GeoNames' other names hold Belarusian, Serbian and more."""
_ADJECTIVE = re.compile(r"(?:[scz]k)?i$")


@dataclass(slots=True)
class Unit:
    """A settlement of the codifier, and the GeoNames point it is found to be."""

    katottg: str
    name: str
    region: str
    district: str
    commune: str
    point: Point | None = None


@dataclass(slots=True)
class Point:
    """A settlement of GeoNames, and the one of the codifier it is found to be."""

    geonameid: int
    name: str
    lat: float
    lon: float
    feature: Feature = Feature.SETTLEMENT
    population: int = 0
    admin1: str = ""
    front: bool = False
    names: tuple[str, ...] = ()
    unit: Unit | None = field(default=None, repr=False)


def read(cities: Iterable[Mapping[str, Any]], front: Path) -> list[Named]:
    """The country from the codifier and GeoNames, as it is shipped."""
    return joined(codifier.of_package(), _points(cities, front))


def joined(listed: Sequence[codifier.Row], points: Sequence[Point]) -> list[Named]:
    """Regions, districts and settlements with the names they are filed under; settlements sorted by GeoNames id."""
    called = {row.katottg: row.name for row in listed}
    regions = own_table("ua_regions.csv")
    english = {row["katottg_name"]: row for row in regions}
    units = [
        _unit(row.katottg, row.name, [called.get(a, "") for a in row.above])
        for row in listed
        if row.category in codifier.SETTLEMENTS
    ]
    join(units, points, {row["admin1"]: row["katottg_name"] for row in regions})
    districts = [(row.name, called.get(row.above[0], "")) for row in listed if row.category == "P" and row.above]
    seats = _seats(districts, units)
    middles = middle((p.admin1, p.lat, p.lon) for p in points if p.admin1)
    return [
        *(_region(row, middles.get(row["admin1"])) for row in regions if row["english"] or row["admin1"] == "11"),
        *(_district(name, english[region], seats[region, name]) for name, region in districts if region in english),
        *(_of_point(point, english, seats) for point in sorted(points, key=lambda p: p.geonameid)),
        *(_of_unit(unit, english, seats) for unit in sorted(units, key=lambda u: u.katottg) if unit.point is None),
    ]


def _unit(number: str, name: str, above: Sequence[str]) -> Unit:
    region, district, commune = [*above, "", "", ""][:3]
    return Unit(number, name, region or name, district, commune)


def _points(cities: Iterable[Mapping[str, Any]], front: Path) -> list[Point]:
    points = {
        city["geonameid"]: Point(
            city["geonameid"], city["name"], city["latitude"], city["longitude"], population=city["population"],
            admin1=city["admin1code"], names=tuple(city["alternatenames"]),
        )
        for city in cities
        if city["countrycode"] == "UA"
    }  # fmt: skip
    with front.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            number = int(row["geonameid"])
            if number not in points:
                points[number] = Point(number, row["asciiname"], float(row["lat"]), float(row["lon"]))
            points[number].front = True
            if row["feature_code"] == "PPLX":
                points[number].feature = Feature.PART
    return list(points.values())


def join(units: Sequence[Unit], points: Sequence[Point], region_of: Mapping[str, str]) -> None:
    """Pair settlements of the codifier with points: first names that are alone in their region, then by neighbours."""
    by_sound: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        by_sound[sound(unit.name)].append(unit)
    for point in points:
        point.names = tuple(dict.fromkeys((point.name, *point.names)))
    rivals = {id(p): _rivals(p, by_sound, region_of) for p in points}
    claimed: dict[int, int] = defaultdict(int)
    for found in rivals.values():
        for unit in found:
            claimed[id(unit)] += 1
    for point in points:
        found = rivals[id(point)]
        if (
            len(found) == 1
            and claimed[id(found[0])] == 1
            and (point.admin1 or len(by_sound[sound(found[0].name)]) == 1)
        ):
            _pair(point, found[0])
    for _ in range(ROUNDS):
        _join_by_neighbours(points, rivals, units)


def _rivals(point: Point, by_sound: Mapping[str, Sequence[Unit]], region_of: Mapping[str, str]) -> list[Unit]:
    """The settlements that the point may be, going by its name and its region; its own name counts before others."""
    region = region_of.get(point.admin1)
    for names in ((point.name,), tuple(n for n in point.names if _ukrainian(n)), point.names):
        found = {id(u): u for name in names for u in by_sound.get(sound(name), ())}
        kept = [u for u in found.values() if region is None or u.region == region]
        if kept:
            return kept
    return []


def _ukrainian(name: str) -> bool:
    return bool(re.search("[іїєґІЇЄҐ'’]", name)) and is_cyrillic(name)


def _pair(point: Point, unit: Unit) -> None:
    point.unit, unit.point = unit, point


def _join_by_neighbours(points: Sequence[Point], rivals: Mapping[int, Sequence[Unit]], units: Sequence[Unit]) -> None:
    known: dict[str, list[Point]] = defaultdict(list)
    for unit in units:
        if unit.point is not None:
            known[unit.commune].append(unit.point)
    proposals: dict[int, list[tuple[float, Point, Unit]]] = defaultdict(list)
    for point in points:
        if point.unit is not None or point.feature is Feature.PART:
            continue
        free = [unit for unit in rivals[id(point)] if unit.point is None]
        ways = sorted(
            (min((kilometres(point.lat, point.lon, p.lat, p.lon) for p in known[u.commune]), default=9e9), n)
            for n, u in enumerate(free)
        )
        if ways and ways[0][0] <= NEAR_KM and (len(ways) == 1 or ways[1][0] > CLEAR * ways[0][0]):
            proposals[id(free[ways[0][1]])].append((ways[0][0], point, free[ways[0][1]]))
    for offers in proposals.values():
        if len(offers) == 1:
            _pair(offers[0][1], offers[0][2])


def _seats(districts: Sequence[tuple[str, str]], units: Sequence[Unit]) -> dict[tuple[str, str], str]:
    """The English name of each district, from the settlement that it is named after."""
    seats: dict[tuple[str, str], str] = {}
    for name, region in districts:
        stem = _ADJECTIVE.sub("", sound(name))
        inside = [(_likeness(stem, u), u.katottg, u) for u in units if (u.region, u.district) == (region, name)]
        likeness, _, best = max(inside, key=lambda ranked: ranked[:2], default=(0.0, "", None))
        best = best if likeness >= LIKE else None
        seats[region, name] = f"{national(best.name) if best else national(name)} Raion"
    return seats


def _likeness(stem: str, unit: Unit) -> float:
    """Letters that the stem and the name begin with alike, less half of those left over; larger towns first."""
    name = sound(unit.name)
    shared = next((n for n, (a, b) in enumerate(zip(name, stem, strict=False)) if a != b), min(len(name), len(stem)))
    people = unit.point.population if unit.point else 0
    return shared - 0.5 * abs(len(name) - len(stem)) + 0.3 * log10(people + 1)


def _region(row: Mapping[str, str], point: tuple[float, float] | None) -> Named:
    bases = list(filter(None, row["english"].split("|")))
    adjective = row["katottg_name"]
    names = [row["name"], *(f"{base} {word}" for base in bases for word in ("Oblast", "region", "province"))]
    names += (
        [f"{national(adjective)} {word}" for word in ("oblast", "region")] if bases else ["Crimean Peninsula", "Crimea"]
    )
    names += [f"{adjective} область"] if bases else []
    names += [name for column in ("ukrainian", "russian") for name in row[column].split("|") if name]
    entry = Entry(
        name=row["name"], feature=Feature.REGION, number=0, geonameid=int(row["geonameid"]), country="UA",
        admin1=row["admin1"], region=row["name"], names=tuple(dict.fromkeys(names)), lat=point[0] if point else None,
        lon=point[1] if point else None,
    )  # fmt: skip
    return entry, entry.names


def _district(name: str, region: Mapping[str, str], english: str) -> Named:
    seat = english.removesuffix(" Raion")
    ru = russian(name)
    names = [english, f"{seat} district", f"{national(name)} district", f"{national(name)} raion", f"{name} район"]
    names += [f"{bgn_russian(ru)} district", f"{ru} район"]
    entry = Entry(
        name=english, feature=Feature.DISTRICT, number=0, country="UA", admin1=region["admin1"], region=region["name"],
        district=english, names=tuple(dict.fromkeys(names)),
    )  # fmt: skip
    return entry, entry.names


def _of_point(point: Point, english: Mapping[str, Mapping[str, str]], seats: Mapping[tuple[str, str], str]) -> Named:
    unit = point.unit
    shown = _shown(point)
    names = [shown, point.name, *(_of_unit_names(unit) if unit else ())]
    names += [n for n in point.names if n[:1].isupper() and (_OWN_LETTERS.search(n) or key(n).isascii())]
    region = english[unit.region] if unit else next((r for r in english.values() if r["admin1"] == point.admin1), None)
    entry = Entry(
        name=shown, feature=point.feature, number=0, geonameid=point.geonameid, katottg=unit.katottg if unit else "",
        lat=point.lat, lon=point.lon, country="UA", admin1=region["admin1"] if region else "",
        region=region["name"] if region else "", district=seats.get((unit.region, unit.district), "") if unit else "",
        population=point.population, capital=point.geonameid == 703448, front=point.front,
        names=tuple(dict.fromkeys([shown, *(n for n in names if is_cyrillic(n))]))[:4],
    )  # fmt: skip
    return entry, tuple(dict.fromkeys(names))


def _shown(point: Point) -> str:
    """The name shown: the national romanisation of the official name, if it is GeoNames' name otherwise spelt."""
    if point.unit and sound(point.unit.name) == sound(point.name):
        return national(point.unit.name)
    return point.name


def _of_unit(unit: Unit, english: Mapping[str, Mapping[str, str]], seats: Mapping[tuple[str, str], str]) -> Named:
    names = tuple(dict.fromkeys(_of_unit_names(unit)))
    region = english.get(unit.region)
    entry = Entry(
        name=names[0], feature=Feature.SETTLEMENT, number=0, katottg=unit.katottg, country="UA",
        admin1=region["admin1"] if region else "", region=region["name"] if region else "",
        district=seats.get((unit.region, unit.district), ""), names=names[:2],
    )  # fmt: skip
    return entry, names


def _of_unit_names(unit: Unit) -> tuple[str, ...]:
    ru = russian(unit.name)
    return (national(unit.name), unit.name, ru, bgn_russian(ru))
