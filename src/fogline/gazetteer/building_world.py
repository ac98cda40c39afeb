"""The world's part of the gazetteer: countries, first-level units, and settlements of 500 people and more."""

from __future__ import annotations

import csv
import io
import json
import re
import struct
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from fogline.gazetteer.entry import Entry, Feature
from fogline.gazetteer.spelling import familiar_names, is_cyrillic, key

MAJOR = 15_000
"""People from which a settlement is in the pack that every theatre loads."""
MINOR = 1_000
"""People from which a settlement is shipped at all, but for these countries:"""
THOROUGH = frozenset(
    ["US", "GB", "CA", "AU", "NZ", "IE", "RU", "BY", "MD", "SD", "SS", "TD", "ER", "ET", "EG", "LY", "CF"]
)
"""English-speaking ones, and those in or around the shipped theatres."""

Named = tuple[Entry, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What was read: countries, units and settlements with the names each is filed under."""

    countries: tuple[Named, ...]
    regions: tuple[Named, ...]
    settlements: tuple[Named, ...]
    cities: tuple[Mapping[str, Any], ...]
    demonyms: Mapping[str, tuple[str, ...]]

    def major(self) -> list[Named]:
        """Countries, first-level units, and larger settlements (Ukraine's have a pack of their own)."""
        cities = [(e, names) for e, names in self.settlements if e.population >= MAJOR or e.capital]
        return [*self.countries, *self.regions, *cities]

    def minor(self) -> list[Named]:
        """The other settlements, down to 500 people where reports in English are likeliest to name them, else 1,000."""
        return [
            (e, names)
            for e, names in self.settlements
            if not (e.population >= MAJOR or e.capital) and (e.population >= MINOR or e.country in THOROUGH)
        ]


def read(geonames: Path, admin1: Path, countries: Path) -> World:
    """Everything but Ukraine's settlements from the GeoNames tables, Natural Earth's attribute table, and our own."""
    info = json.loads((geonames / "countries.json").read_text("utf-8"))
    cities = tuple(json.loads((geonames / "cities500.json").read_text("utf-8")).values())
    own = {row["iso"]: row for row in own_table("countries.csv")}
    labels = {row["ISO_A2_EH"]: row for row in attributes(countries)}
    units = _units(admin1)
    short = {f"{row['country']}.{row['admin1']}": tuple(row["names"].split("|")) for row in own_table("units.csv")}
    middles = middle((f"{c['countrycode']}.{c['admin1code']}", c["latitude"], c["longitude"]) for c in cities)
    return World(
        countries=tuple(_country(info[iso], own.get(iso, {}), labels.get(iso, {})) for iso in sorted(info)),
        regions=tuple(
            _region(code, *unit, middles.get(code), short.get(code, ()))
            for code, unit in sorted(units.items())
            if code[:3] != "UA."
        ),
        settlements=tuple(_settlements(cities, info, {code: unit[0] for code, unit in units.items()})),
        cities=cities,
        demonyms={iso: tuple(filter(None, row["demonyms"].split("|"))) for iso, row in own.items()},
    )


def own_table(name: str) -> list[dict[str, str]]:
    """The rows of a table of this project's own."""
    text = (files("fogline.gazetteer") / "sources" / name).read_text("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def attributes(path: Path) -> Iterable[dict[str, str]]:
    """The rows of a dBASE III table in UTF-8, as shapefiles carry them."""
    raw = path.read_bytes()
    count, header, size = struct.unpack("<IHH", raw[4:12])
    columns, at = [], 32
    while raw[at] != 0x0D:
        columns.append((raw[at : at + 11].split(b"\0")[0].decode("ascii"), raw[at + 16]))
        at += 32
    for number in range(count):
        row, at = {}, header + number * size + 1
        for name, width in columns:
            row[name] = raw[at : at + width].decode("utf-8").strip(" \0")
            at += width
        yield row


def _units(path: Path) -> dict[str, tuple[str, int]]:
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return {code: (name, int(geonameid)) for code, name, _, geonameid in rows}


def _country(info: Mapping[str, Any], own: Mapping[str, str], label: Mapping[str, str]) -> Named:
    name = own.get("names", "").split("|")[0] or info["name"]
    given = [name, *own.get("names", "").split("|"), info["name"]]
    given += [label.get(column, "") for column in ("NAME", "NAME_LONG", "FORMAL_EN", "NAME_UK", "NAME_RU")]
    names = tuple(dict.fromkeys(n for n in given if n))
    entry = Entry(
        name=name, feature=Feature.COUNTRY, number=0, geonameid=info["geonameid"], country=info["iso"],
        lat=float(label["LABEL_Y"]) if label else None, lon=float(label["LABEL_X"]) if label else None,
        population=int(info["population"] or 0), names=names,
    )  # fmt: skip
    return entry, names


_UNIT_WORDS = re.compile(
    r"\s+(?:Oblast'?|Region|Province|State|Department|Governorate|Prefecture|District|County|Parish|Krai|Kray)$"
)


def middle(points: Iterable[tuple[str, float, float]]) -> dict[str, tuple[float, float]]:
    """The mean point of the settlements of each unit, to a tenth of a degree: roughly where the unit lies."""
    found: dict[str, list[tuple[float, float]]] = {}
    for unit, lat, lon in points:
        found.setdefault(unit, []).append((lat, lon))
    return {
        unit: (round(sum(lat for lat, _ in own) / len(own), 1), round(sum(lon for _, lon in own) / len(own), 1))
        for unit, own in found.items()
    }


def _region(code: str, name: str, geonameid: int, point: tuple[float, float] | None, others: Sequence[str]) -> Named:
    country, _, admin1 = code.partition(".")
    entry = Entry(
        name=name, feature=Feature.REGION, number=0, geonameid=geonameid, country=country, admin1=admin1, region=name,
        lat=point[0] if point else None, lon=point[1] if point else None,
    )  # fmt: skip
    short = _UNIT_WORDS.sub("", name)
    names = [name, short, *others]
    if country == "RU":
        names += [f"{short} {word}" for word in ("Oblast", "region", "oblast", "Region")]
    elif country not in ("US", "CA", "AU"):
        names += [f"{short} {word}" for word in ("province", "region", "state", "governorate")]
    return entry, tuple(dict.fromkeys(names))


def _settlements(
    cities: Iterable[Mapping[str, Any]], info: Mapping[str, Any], units: Mapping[str, str]
) -> Iterable[Named]:
    capitals = {iso: key(row["capital"]) for iso, row in info.items() if row["capital"]}
    biggest = Counter[tuple[str, str]]()
    for city in cities:
        named = (city["countrycode"], key(city["name"]))
        biggest[named] = max(biggest[named], city["population"])
    for city in sorted(cities, key=lambda c: (c["countrycode"], c["geonameid"])):
        country = city["countrycode"]
        if country == "UA":
            continue
        named = (country, key(city["name"]))
        capital = capitals.get(country) == named[1] and biggest[named] == city["population"]
        names = _names(city, capital or city["population"] >= MAJOR)
        yield (
            Entry(
                name=city["name"], feature=Feature.SETTLEMENT, number=0, geonameid=city["geonameid"],
                lat=city["latitude"], lon=city["longitude"], country=country, admin1=city["admin1code"],
                population=city["population"], capital=capital,
                region=units.get(f"{country}.{city['admin1code']}", "") if city["population"] >= MAJOR else "",
            ),
            names,
        )  # fmt: skip


def _names(city: Mapping[str, Any], major: bool) -> tuple[str, ...]:
    """The name, and for larger places the other spellings that a report in English, Ukrainian or Russian may use."""
    own = city["name"]
    if not major:
        return (own,)
    others = familiar_names(city["alternatenames"])
    few = (
        others if city["population"] >= 100_000 else [n for n in others if is_cyrillic(n) or key(n)[:2] == key(own)[:2]]
    )
    return tuple(dict.fromkeys([own, *few]))
