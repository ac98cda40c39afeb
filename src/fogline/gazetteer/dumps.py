"""GeoNames dumps: one tab-separated line a place, in a ``.txt`` or in the ``.zip`` that geonames.org offers by country.

The format is GeoNames' ``readme.txt`` of the folder ``export/dump``: 19 columns without a heading. Names are CC BY 4.0:
whoever publishes from them credits GeoNames.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from fogline.errors import BadGazetteer
from fogline.gazetteer.checking import Problem, latitude, longitude, whole_number
from fogline.gazetteer.entry import Entry, Feature
from fogline.gazetteer.spelling import familiar_names
from fogline.gazetteer.user_file import Sourced

COLUMNS = 19
LICENCE = "GeoNames, CC BY 4.0"
MOST_BYTES = 4_000_000_000
"""Of an unpacked table: all countries together are 1.6 GB."""
_FETCH = "Fetch the dump again: fogline gazetteer fetch COUNTRY"

_OF_CODE: Mapping[str, Feature] = {
    "PCLI": Feature.COUNTRY, "ADM1": Feature.REGION, "ADM2": Feature.DISTRICT, "ADM3": Feature.DISTRICT,
    "STM": Feature.WATER, "STMI": Feature.WATER, "LK": Feature.WATER, "RSV": Feature.WATER, "SEA": Feature.WATER,
    "BAY": Feature.WATER, "RGN": Feature.AREA, "PPLX": Feature.PART,
}  # fmt: skip
_CAPITALS = frozenset({"PPLC"})


@dataclass(slots=True)
class Dump:
    """What was read: places, lines that could not be understood, and how many were of other kinds (mountains, hotels)."""

    places: list[Sourced] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    others: int = 0


def read(path: Path, regions: Mapping[tuple[str, str], str]) -> Dump:
    """The settlements, units, waters and areas of a dump; ``regions`` names units by country and GeoNames' code.

    A line that cannot be understood is a problem and the others go on. Raises ``BadGazetteer`` where the file is no dump,
    or a damaged one.
    """
    found = Dump()
    named = dict(regions)
    districts: dict[tuple[str, str, str], str] = {}
    rows: list[tuple[Entry, str]] = []
    seen: dict[int, int] = {}
    for number, cells in _rows(path):
        feature = _feature(cells[6], cells[7])
        if feature is None:
            found.others += 1
            continue
        try:
            entry = _entry(cells, feature)
        except ValueError as error:
            found.problems.append(Problem(path.name, number, str(error)))
            continue
        first = seen.setdefault(entry.geonameid or 0, number)
        if first != number:
            found.problems.append(
                Problem(path.name, number, f"geonameid {entry.geonameid} again, first on line {first}")
            )
            continue
        if feature is Feature.REGION:
            named.setdefault((entry.country, entry.admin1), entry.name)
        elif cells[7] == "ADM2":
            districts[entry.country, entry.admin1, cells[11]] = entry.name
        rows.append((entry, cells[11]))
    source = f"{LICENCE} ({path.name})"
    for entry, admin2 in rows:
        region = named.get((entry.country, entry.admin1), "")
        district = districts.get((entry.country, entry.admin1, admin2), "") if admin2 else ""
        whole = replace(entry, region=region, district=district if entry.feature is not Feature.REGION else "")
        found.places.append(Sourced(entry=whole, source=source))
    if not rows and not found.others:
        raise BadGazetteer(f"{path}: it holds no place.", _FETCH)
    return found


def _feature(sort: str, code: str) -> Feature | None:
    return _OF_CODE.get(code, Feature.SETTLEMENT if sort == "P" else None)


def _entry(cells: list[str], feature: Feature) -> Entry:
    name, others = cells[1].strip(), (n.strip() for n in cells[3].split(","))
    if not name:
        raise ValueError("it has no name")
    return Entry(
        name=name, feature=feature, number=0, geonameid=whole_number(cells[0], "geonameid", least=1),
        lat=latitude(cells[4]), lon=longitude(cells[5]), country=cells[8], admin1=cells[10] if cells[10] != "00" else "",
        population=whole_number(cells[14] or "0", "population"), capital=cells[7] in _CAPITALS,
        names=familiar_names([name, cells[2], *others]),
    )  # fmt: skip


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The lines with their numbers, each split; the first ones decide whether the file is a dump at all."""
    with _opened(path) as lines:
        for number, line in enumerate(_decoded(path, lines), start=1):
            if not line.strip():
                continue
            cells = line.rstrip("\r\n").split("\t")
            if len(cells) != COLUMNS:
                raise BadGazetteer(
                    f"{path}: line {number} has {len(cells)} columns, and a GeoNames dump has {COLUMNS}, split by tabs.",
                    f"{_FETCH}. A table of your own goes in as CSV with a heading.",
                )
            yield number, cells


def _decoded(path: Path, lines: Iterable[str]) -> Iterator[str]:
    try:
        yield from lines
    except UnicodeDecodeError as error:
        raise BadGazetteer(f"{path}: it is not UTF-8 ({error}).", _FETCH) from error
    except (EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise BadGazetteer(f"{path}: the archive is cut off or damaged ({error}).", _FETCH) from error


def _damaged(archive: zipfile.ZipFile) -> bool:
    """Whether a member is not what was packed: told before a line of it is believed."""
    try:
        return archive.testzip() is not None
    except (EOFError, zipfile.BadZipFile, zlib.error):
        return True


@contextmanager
def _opened(path: Path) -> Iterator[Iterable[str]]:
    if path.suffix.lower() != ".zip":
        with path.open(encoding="utf-8", newline="\n") as file:
            yield file
        return
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise BadGazetteer(f"{path}: the archive is cut off or damaged ({error}).", _FETCH) from error
    with archive:
        tables = [info for info in archive.infolist() if info.filename.lower() not in ("readme.txt",)]
        tables = [info for info in tables if info.filename.lower().endswith(".txt")]
        if len(tables) != 1:
            raise BadGazetteer(
                f"{path}: it holds {len(tables)} tables, and a GeoNames dump holds one besides readme.txt.", _FETCH
            )
        if _damaged(archive):
            raise BadGazetteer(f"{path}: the archive is cut off or damaged (a checksum is wrong).", _FETCH)
        if tables[0].file_size > MOST_BYTES:
            raise BadGazetteer(
                f"{path}: unpacked it is {tables[0].file_size:,} bytes.", "Give the dump of one country."
            )
        with archive.open(tables[0]) as raw:
            yield io.TextIOWrapper(raw, "utf-8", newline="\n")
