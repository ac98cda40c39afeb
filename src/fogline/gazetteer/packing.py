"""Packs: the shipped files of places, each a table of entries and a table of names sorted for search by bisection.

A pack ``x`` is two files: ``x.entries.csv.gz``, one line a place, and ``x.names.csv.gz``, one line a key with the line
numbers of its places. Where places have one name each there is no second file and the first is sorted by the key of
the name. Lines are split once and parsed when asked for, so that 150,000 places load in a fraction of a second.
"""

from __future__ import annotations

import csv
import gzip
import io
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from fogline.gazetteer.entry import Entry, Feature
from fogline.gazetteer.spelling import key as spelling_key

COLUMNS = (
    "geonameid", "katottg", "feature", "name", "lat", "lon", "country", "admin1", "region", "district", "population",
    "marks", "names",
)  # fmt: skip
_LETTERS = {
    "s": Feature.SETTLEMENT, "p": Feature.PART, "d": Feature.DISTRICT, "r": Feature.REGION, "c": Feature.COUNTRY,
    "w": Feature.WATER, "a": Feature.AREA,
}  # fmt: skip
_OF_FEATURE = {feature: letter for letter, feature in _LETTERS.items()}
_CAPITAL, _FRONT = "c", "f"


@dataclass(frozen=True, slots=True)
class Pack:
    """A shipped table of places: ``rows`` are its unparsed lines, ``names`` its sorted ``key,row row...`` lines.

    Without ``names`` the rows themselves are sorted by the key of their name.
    """

    rows: Sequence[str]
    names: Sequence[str] | None = None

    def find(self, key: str) -> tuple[int, ...]:
        """The numbers of the rows filed under the key."""
        if self.names is None:
            return tuple(range(bisect_left(self.rows, key, key=_own_key), bisect_right(self.rows, key, key=_own_key)))
        at = bisect_left(self.names, key + ",")
        if at < len(self.names) and self.names[at].startswith(key + ","):
            return tuple(int(row) for row in self.names[at][len(key) + 1 :].split())
        return ()

    def entry(self, row: int, offset: int = 0) -> Entry:
        """The entry of a row; its number is the row's plus ``offset``."""
        return parse(self.rows[row], row + offset)

    def keys(self) -> Iterator[str]:
        """All keys, sorted."""
        if self.names is None:
            return map(_own_key, self.rows)
        return (line.rsplit(",", 1)[0] for line in self.names)


def read(name: str) -> Pack:
    """The shipped pack of that name. Raises ``FileNotFoundError`` where there is none."""
    folder = files("fogline.gazetteer") / "data"
    names = folder / f"{name}.names.csv.gz"
    rows = lines((folder / f"{name}.entries.csv.gz").read_bytes())
    return Pack(rows, lines(names.read_bytes()) if names.is_file() else None)


def there_is(name: str) -> bool:
    """Whether a pack of that name is shipped."""
    return (files("fogline.gazetteer") / "data" / f"{name}.entries.csv.gz").is_file()


def _own_key(line: str) -> str:
    return spelling_key(_cells(line)[3])


def _cells(line: str) -> list[str]:
    return next(csv.reader([line])) if '"' in line else line.split(",")


def lines(raw: bytes) -> list[str]:
    """The lines of a packed table below its heading."""
    return gzip.decompress(raw).decode("utf-8").split("\n")[1:-1]


def parse(line: str, number: int) -> Entry:
    """The entry that a line of an entries table holds."""
    geonameid, katottg, feature, name, lat, lon, country, admin1, region, district, population, marks, names = _cells(
        line
    )
    return Entry(
        name=name,
        feature=_LETTERS[feature],
        number=number,
        geonameid=int(geonameid) if geonameid else None,
        katottg=katottg,
        lat=float(lat) if lat else None,
        lon=float(lon) if lon else None,
        country=country,
        admin1=admin1,
        region=region,
        district=district,
        population=int(population or 0),
        capital=_CAPITAL in marks,
        front=_FRONT in marks,
        names=tuple(names.split("|")) if names else (),
    )


def unparse(entry: Entry, decimals: int) -> tuple[str, ...]:
    """The cells of the entry's line, its degrees to so many decimals (3 are some 100 m, 5 some 1 m)."""
    point = [
        f"{degrees:.{decimals}f}".rstrip("0").rstrip(".") if degrees is not None else ""
        for degrees in (entry.lat, entry.lon)
    ]
    marks = (_CAPITAL if entry.capital else "") + (_FRONT if entry.front else "")
    return (
        str(entry.geonameid or ""), entry.katottg, _OF_FEATURE[entry.feature], entry.name, *point, entry.country,
        entry.admin1, entry.region, entry.district, str(entry.population or ""), marks, "|".join(entry.names),
    )  # fmt: skip


def entries_file(entries: Iterable[Entry], decimals: int) -> bytes:
    """The first file of a pack, the same bytes for the same values."""
    return _table(COLUMNS, (unparse(entry, decimals) for entry in entries))


def names_file(keys: Mapping[str, Sequence[int]]) -> bytes:
    """The second file of a pack: the numbers of the rows by key."""
    lines = sorted(f"{key},{' '.join(map(str, numbers))}" for key, numbers in keys.items())
    return _compressed("\n".join(["key,rows", *lines, ""]))


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return _compressed(buffer.getvalue())


def _compressed(text: str) -> bytes:
    return gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0)
