"""The gazetteer of a theatre, from the shipped packs and what the theatre adds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from fogline.errors import BadSettings
from fogline.gazetteer import packing, user_file
from fogline.gazetteer.entry import Entry, Feature
from fogline.gazetteer.filing import all_keys
from fogline.gazetteer.index import Gazetteer
from fogline.gazetteer.packing import Pack
from fogline.model import NamedPlace, Theatre, fingerprint

MADE = "2026-11"
"""When the shipped packs were made; part of every gazetteer's version."""


def load(theatre: Theatre) -> Gazetteer:
    """The gazetteer of the theatre, loaded once a process.

    A theatre with countries has their settlements, large and small, and of the rest of the world countries, first-level
    units and settlements of 15,000 people and more; a theatre without countries has the whole world. The user's file that
    it names, if any, goes before them. Raises ``BadGazetteer`` where that file cannot be read.
    """
    return _load(theatre.countries, theatre.places, _stamp(theatre.gazetteer))


def shipped() -> Gazetteer:
    """All places that are shipped."""
    return _load((), (), None)


_Stamp = tuple[str, int, int]
"""A file as it is now: path, time of its last change, and size."""


def _stamp(path: str) -> _Stamp | None:
    if not path:
        return None
    try:
        found = Path(path).stat()
    except OSError:
        return (path, 0, 0)  # reading it will say what is wrong
    return (path, found.st_mtime_ns, found.st_size)


@cache
def _load(countries: tuple[str, ...], places: tuple[NamedPlace, ...], own_file: _Stamp | None) -> Gazetteer:
    own = [f"country-{country}" for country in countries if packing.there_is(f"country-{country}")]
    if not countries:
        own = ["country-UA"]
    names = [*own, "world-major"]
    rest = [country for country in countries if f"country-{country}" not in own]
    if rest or not countries:
        names.append("world-minor")
    packs = [_pack(name) for name in names]
    restricted = frozenset({len(names) - 1}) if rest else frozenset[int]()
    renumbered: dict[int, int] = {}
    version = f"{MADE}+{'.'.join(names)}"
    if own_file is not None:
        user = user_file.read_pack(Path(own_file[0]))
        renumbered = _renumbered(packs, user)
        packs.append(user)
        version += f"+file.{fingerprint('gazetteer', *user.rows)[-8:]}"
    entries, keys = _added(packs, places)
    added = fingerprint("places", repr(places))[-8:] if places else "none"
    return Gazetteer(
        packs=tuple(packs), version=f"{version}+{added}", countries=frozenset(countries), restricted=restricted,
        renumbered=renumbered, own_entries=entries, own_keys=keys,
    )  # fmt: skip


def _renumbered(packs: Sequence[Pack], user: Pack) -> dict[int, int]:
    """By number of a shipped place that of the user's place with the same id."""
    first = sum(len(pack.rows) for pack in packs)
    ids: dict[str, int] = {}
    for row, line in enumerate(user.rows, start=first):
        geonameid, katottg, _ = line.split(",", 2)
        ids.update((found, row) for found in (geonameid, katottg) if found)
    found: dict[int, int] = {}
    number = 0
    for pack in packs:
        for line in pack.rows:
            geonameid, katottg, _ = line.split(",", 2)
            mine = ids.get(geonameid) if geonameid else None
            mine = ids.get(katottg) if mine is None and katottg else mine
            if mine is not None:
                found[number] = mine
            number += 1
    return found


@cache
def _pack(name: str) -> Pack:
    return packing.read(name)


def _added(packs: Sequence[Pack], places: Iterable[NamedPlace]) -> tuple[dict[int, Entry], dict[str, tuple[int, ...]]]:
    bare = Gazetteer(packs=tuple(packs), version="")
    first = sum(len(pack.rows) for pack in packs)
    entries: dict[int, Entry] = {}
    keys: dict[str, list[int]] = defaultdict(list)
    for place in places:
        known = bare.entry(place.geonameid) if place.geonameid else None
        number = known.number if known else first + len(entries)
        if known is None:
            entries[number] = _entry(place, number)
        for name in place.names:
            for filed in all_keys(name):
                if number not in keys[filed]:
                    keys[filed].append(number)
    return entries, {filed: tuple(numbers) for filed, numbers in keys.items()}


def _entry(place: NamedPlace, number: int) -> Entry:
    try:
        feature = Feature(place.feature)
    except ValueError as error:
        raise BadSettings(
            f"The theatre's place {place.names[0]!r} has the feature {place.feature!r}, which there is not.",
            f"In places.csv give one of {', '.join(Feature)}.",
        ) from error
    return Entry(
        name=place.names[0], feature=feature, number=number, geonameid=place.geonameid, lat=place.lat,
        lon=place.lon, country=place.country, region=place.region, district=place.district, names=place.names,
    )  # fmt: skip
