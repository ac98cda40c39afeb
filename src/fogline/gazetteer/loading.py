"""The gazetteer of a theatre, from the shipped packs and what the theatre adds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from fogline.errors import BadSettings
from fogline.gazetteer import packing
from fogline.gazetteer.entry import Entry, Feature
from fogline.gazetteer.index import Gazetteer
from fogline.gazetteer.packing import Pack
from fogline.gazetteer.prefixes import SOUND, STEM
from fogline.gazetteer.spelling import is_cyrillic, key, nominative_stem, sound, stem_sound
from fogline.model import NamedPlace, Theatre, fingerprint

MADE = "2026-11"
"""When the shipped packs were made; part of every gazetteer's version."""


def load(theatre: Theatre) -> Gazetteer:
    """The gazetteer of the theatre, loaded once a process.

    A theatre with countries has their settlements, large and small, and of the rest of the world countries, first-level
    units and settlements of 15,000 people and more; a theatre without countries has the whole world.
    """
    return _load(theatre.countries, theatre.places)


@cache
def _load(countries: tuple[str, ...], places: tuple[NamedPlace, ...]) -> Gazetteer:
    own = [f"country-{country}" for country in countries if packing.there_is(f"country-{country}")]
    if not countries:
        own = ["country-UA"]
    names = [*own, "world-major"]
    rest = [country for country in countries if f"country-{country}" not in own]
    if rest or not countries:
        names.append("world-minor")
    packs = tuple(_pack(name) for name in names)
    restricted = frozenset({len(names) - 1}) if rest else frozenset[int]()
    entries, keys = _added(packs, places)
    added = fingerprint("places", repr(places))[-8:] if places else "none"
    return Gazetteer(
        packs=packs, version=f"{MADE}+{'.'.join(names)}+{added}", countries=frozenset(countries), restricted=restricted,
        own_entries=entries, own_keys=keys,
    )  # fmt: skip


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
            for filed in _keys(name):
                if number not in keys[filed]:
                    keys[filed].append(number)
    return entries, {filed: tuple(numbers) for filed, numbers in keys.items()}


def _keys(name: str) -> tuple[str, ...]:
    found = [key(name), SOUND + sound(name)]
    return (*found, STEM + stem_sound(nominative_stem(name))) if is_cyrillic(name) else tuple(found)


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
