"""Places from a CSV of one's own, with a heading; ``COLUMNS`` says what it may hold."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fogline.errors import BadGazetteer
from fogline.gazetteer.checking import Problem, point, whole_number
from fogline.gazetteer.entry import Entry, Feature
from fogline.gazetteer.user_file import Sourced

COLUMNS: Mapping[str, str] = {
    "names": "the name and further spellings, old names and other languages too, parted by |",
    "lat": "degrees north (WGS84); empty with lon where no source gives a point",
    "lon": "degrees east (WGS84)",
    "feature": "settlement (where left out), part of a settlement, district, region, country, water, area",
    "country": "its ISO 3166 code of two letters",
    "region": "the first-level unit it lies in, as the gazetteer names it",
    "district": "the second-level unit",
    "geonameid": "its GeoNames id: a place that is known by it gets these names and this point",
    "katottg": "its code in Ukraine's codifier, used likewise",
    "population": "people, as a whole number",
    "source": "where this line was taken from; the file's name where left out",
}
"""What each column means; only ``names`` must be there."""
NEEDED = ("names", "lat", "lon")
_HEADING = (
    f"Give a heading with {', '.join(NEEDED)}; there may also be {', '.join(c for c in COLUMNS if c not in NEEDED)}."
)


@dataclass(slots=True)
class Listed:
    """What was read: places, and lines that could not be understood."""

    places: list[Sourced] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read(path: Path) -> Listed:
    """The places of the file. A line that cannot be understood is a problem and the others go on.

    Raises ``BadGazetteer`` where the file cannot be read or a needed column is missing.
    """
    found = Listed()
    first: dict[tuple[object, ...], int] = {}
    for line, row in _rows(path):
        try:
            place = place_of(row, row.get("source") or path.name)
        except ValueError as error:
            found.problems.append(Problem(path.name, line, str(error)))
            continue
        if first.setdefault(place.identity, line) != line:
            which = f"{place.identity[0]} {place.identity[1]}"
            found.problems.append(Problem(path.name, line, f"{which} again, first on line {first[place.identity]}"))
            continue
        found.places.append(place)
    if not found.places and not found.problems:
        raise BadGazetteer(f"{path}: it holds no place.", _HEADING)
    return found


def place_of(row: Mapping[str, str], source: str) -> Sourced:
    """The place that the cells describe. Raises ``ValueError`` with a sentence where they make no sense."""
    names = tuple(dict.fromkeys(filter(None, (" ".join(n.split()) for n in row.get("names", "").split("|")))))
    if not names:
        raise ValueError("it has no name")
    lat, lon = point(row.get("lat", ""), row.get("lon", ""))
    country = row.get("country", "").strip().upper()
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise ValueError(f"{country!r} is no country code of two letters")
    geonameid = row.get("geonameid", "").strip()
    entry = Entry(
        name=names[0], feature=_feature(row.get("feature", "")), number=0, names=names, lat=lat, lon=lon,
        country=country, region=_line(row.get("region", "")), district=_line(row.get("district", "")),
        geonameid=whole_number(geonameid, "geonameid", least=1) if geonameid else None,
        katottg=_line(row.get("katottg", "")),
        population=whole_number(row.get("population", "").strip() or "0", "population"),
    )  # fmt: skip
    if not source.strip():
        raise ValueError("it has no source")
    return Sourced(entry=entry, source=_line(source))


def _line(cell: str) -> str:
    return " ".join(cell.split())


def _feature(cell: str) -> Feature:
    try:
        return Feature(_line(cell) or Feature.SETTLEMENT)
    except ValueError:
        raise ValueError(f"there is no feature {cell.strip()!r}, but {', '.join(Feature)}") from None


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            head = [name.strip().casefold() for name in reader.fieldnames or ()]
            _check(path, head)
            reader.fieldnames = head
            for row in reader:
                yield reader.line_num, {name: cell for name, cell in row.items() if name and cell is not None}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadGazetteer(f"{path}: it cannot be read as CSV in UTF-8 ({error}).", _HEADING) from error


def _check(path: Path, head: list[str]) -> None:
    missing = [name for name in NEEDED if name not in head]
    unknown = [name for name in head if name not in COLUMNS]
    if missing:
        raise BadGazetteer(f"{path}: the column {' and '.join(missing)} is missing from its heading.", _HEADING)
    if unknown:
        raise BadGazetteer(f"{path}: there is no column {', '.join(map(repr, unknown))}.", _HEADING)
