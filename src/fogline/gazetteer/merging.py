"""A user's places held against the shipped ones: which of these they are, and what these know besides."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from fogline.gazetteer.entry import Entry, Feature
from fogline.gazetteer.index import Gazetteer
from fogline.gazetteer.spelling import sound
from fogline.gazetteer.user_file import Sourced

_Lone = tuple[str, str, str]
"""A country, a first-level unit and a folded name."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """The shipped places by what tells that one of a user's is the same."""

    gazetteer: Gazetteer
    by_geonameid: Mapping[int, Entry]
    by_katottg: Mapping[str, Entry]
    unplaced: Mapping[_Lone, Sequence[Entry]]


def index(gazetteer: Gazetteer) -> Shipped:
    """The gazetteer's places, indexed."""
    by_geonameid: dict[int, Entry] = {}
    by_katottg: dict[str, Entry] = {}
    unplaced: dict[_Lone, list[Entry]] = defaultdict(list)
    for entry in gazetteer.every():
        if entry.geonameid is not None:
            by_geonameid[entry.geonameid] = entry
        if entry.katottg:
            by_katottg[entry.katottg] = entry
            if not entry.located and entry.feature is Feature.SETTLEMENT:
                unplaced[_lone(entry)].append(entry)
    return Shipped(gazetteer, by_geonameid, by_katottg, unplaced)


def merged(places: Sequence[Sourced], shipped: Shipped, *, renamed: bool) -> list[Sourced]:
    """The places with what the gazetteer knows of the same ones; theirs goes first where both say something.

    The same is what has the same id in a register; and a settlement that alone in its region bears its name, where the
    gazetteer too has one alone of that name there, known to the codifier only. ``renamed``: show the user's name for it.
    """
    bearers = Counter(_lone(place.entry) for place in places if place.entry.feature is Feature.SETTLEMENT)
    return [
        replace(place, entry=_merged(place.entry, _same(place.entry, shipped, bearers), shipped, renamed))
        for place in places
    ]


def known(places: Iterable[Sourced], shipped: Shipped) -> int:
    """How many of the places, already merged, the gazetteer knows."""
    return sum(
        place.entry.geonameid in shipped.by_geonameid or place.entry.katottg in shipped.by_katottg for place in places
    )


def _same(entry: Entry, shipped: Shipped, bearers: Mapping[_Lone, int]) -> Entry | None:
    if entry.geonameid is not None and entry.geonameid in shipped.by_geonameid:
        return shipped.by_geonameid[entry.geonameid]
    if entry.katottg:
        return shipped.by_katottg.get(entry.katottg)
    lone = _lone(entry)
    alone = shipped.unplaced.get(lone, ())
    if entry.feature is Feature.SETTLEMENT and len(alone) == 1 and bearers[lone] == 1:
        return alone[0]
    return None


def _lone(entry: Entry) -> _Lone:
    return entry.country, entry.admin1, sound(entry.name)


def _merged(own: Entry, known: Entry | None, shipped: Shipped, renamed: bool) -> Entry:
    if known is None:
        return _placed(own, shipped.gazetteer)
    return replace(
        own,
        name=own.name if renamed else known.name,
        geonameid=own.geonameid if own.geonameid is not None else known.geonameid,
        katottg=own.katottg or known.katottg,
        lat=own.lat if own.located else known.lat,
        lon=own.lon if own.located else known.lon,
        country=own.country or known.country,
        admin1=known.admin1 or own.admin1,
        region=known.region or own.region,
        district=known.district or own.district,
        population=own.population or known.population,
        capital=own.capital or known.capital,
        front=own.front or known.front,
        names=tuple(dict.fromkeys((own.name, *own.names, *known.names))),
    )


def _placed(own: Entry, gazetteer: Gazetteer) -> Entry:
    """The place with its region as the gazetteer names it, where that is known."""
    if not own.region or own.admin1:
        return own
    spellings = (own.region, f"{own.region} region", f"{own.region} Oblast")
    units: Iterable[Entry] = (e for name in spellings for e in gazetteer.exact(name) if e.feature is Feature.REGION)
    unit = next((e for e in units if not own.country or e.country == own.country), None)
    if unit is None:
        return own
    return replace(own, country=unit.country, admin1=unit.admin1, region=unit.region)
