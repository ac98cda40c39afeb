"""A gazetteer file of a user's own: places beside the shipped ones, or in their stead, each with its source.

The file is a zip archive of three members: the two of a pack (``packing``) and ``sources.csv``, which says for each row
where the place was taken from and under which licence. The same places give the same bytes.
"""

from __future__ import annotations

import csv
import io
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fogline.errors import BadGazetteer
from fogline.gazetteer.entry import Entry
from fogline.gazetteer.filing import every_key
from fogline.gazetteer.packing import Pack, entries_file, lines, names_file

ENTRIES, NAMES, SOURCES = "entries.csv.gz", "names.csv.gz", "sources.csv"
DECIMALS = 5
"""Of the degrees that are kept: some 1 m."""
MADE = (2020, 1, 1, 0, 0, 0)
"""The date that members bear, so that the same places give the same bytes."""
_AGAIN = "Build it again with: fogline gazetteer build SOURCE... -o FILE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """A place with all names it is filed under, and where it was taken from."""

    entry: Entry
    source: str

    @property
    def identity(self) -> tuple[object, ...]:
        """What makes it the same place as another: its id in a register, else its name and unit and point."""
        e = self.entry
        if e.geonameid is not None:
            return ("geonames", e.geonameid)
        if e.katottg:
            return ("katottg", e.katottg)
        return ("name", e.name, e.country, e.region, e.district, e.feature, e.lat, e.lon)


def read_pack(path: Path) -> Pack:
    """The places of the file as a pack. Raises ``BadGazetteer`` where there is no such file or it cannot be understood."""
    return _packed(path, _members(path, (ENTRIES, NAMES)))


def read(path: Path) -> tuple[Sourced, ...]:
    """The places of the file with their sources; raises as ``read_pack`` does."""
    members = _members(path, (ENTRIES, NAMES, SOURCES))
    pack = _packed(path, members)
    sources = [row[0] for row in csv.reader(io.StringIO(members[SOURCES].decode("utf-8"), newline="")) if row]
    if len(sources) != len(pack.rows):
        raise BadGazetteer(f"{path}: it has {len(pack.rows)} places and {len(sources)} sources.", _AGAIN)
    return tuple(Sourced(entry=pack.entry(row), source=source) for row, source in enumerate(sources))


def _packed(path: Path, members: dict[str, bytes]) -> Pack:
    try:
        pack = Pack(lines(members[ENTRIES]), lines(members[NAMES]))
        if pack.rows:
            pack.entry(0)
            pack.entry(len(pack.rows) - 1)
    except (OSError, EOFError, ValueError, KeyError, zlib.error) as error:
        raise BadGazetteer(f"{path}: its tables cannot be read ({error}).", _AGAIN) from error
    return pack


def _members(path: Path, names: Sequence[str]) -> dict[str, bytes]:
    if not path.is_file():
        raise BadGazetteer(
            f"There is no gazetteer file at {path}.", "Make one: fogline gazetteer build SOURCE... -o FILE"
        )
    try:
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in names}
    except (OSError, EOFError, KeyError, zipfile.BadZipFile, zlib.error) as error:
        raise BadGazetteer(f"{path}: not a gazetteer file, or damaged ({error}).", _AGAIN) from error


def write(path: Path, places: Iterable[Sourced]) -> int:
    """Write the places, sorted, in one step: a reader sees the old file or the new one. Returns how many there are.

    Of several with one identity the last is kept. Raises ``BadGazetteer`` where the file cannot be written.
    """
    kept = {place.identity: place for place in places}
    ordered = sorted(kept.values(), key=lambda place: tuple(map(repr, place.identity)))
    entries = [replace(place.entry, number=row) for row, place in enumerate(ordered)]
    keys: dict[str, list[int]] = {}
    for entry in entries:
        for filed in every_key((entry.name, *entry.names)):
            keys.setdefault(filed, []).append(entry.number)
    sources = io.StringIO()
    csv.writer(sources, lineterminator="\n").writerows((place.source,) for place in ordered)
    members = {
        ENTRIES: entries_file(entries, DECIMALS),
        NAMES: names_file(keys),
        SOURCES: sources.getvalue().encode("utf-8"),
    }
    try:
        _replace(path, _zipped(members))
    except OSError as error:
        raise BadGazetteer(f"{path}: cannot be written ({error}).", "Name a folder that you may write to.") from error
    return len(ordered)


def _zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, MADE), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _replace(path: Path, content: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        aside = Path(file.name)
        try:
            file.write(content)
            file.flush()
            aside.replace(path)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise
