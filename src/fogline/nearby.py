"""Settlements by where they lie: which a statement on a district reaches, and which stand around another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from fogline.model import Claim, Conclusions, Document, Theatre

if TYPE_CHECKING:
    from fogline.control.reach import Units
    from fogline.gazetteer import Entry, Gazetteer
    from fogline.publish.sections.around import Neighbour

NEAR_KM, NEAREST = 30.0, 6
"""How far the neighbours in a brief may lie, and how many are shown."""


def neighbours(
    entry: Entry,
    claims: Sequence[Claim],
    documents: dict[str, Document],
    conclusions: Conclusions,
    theatre: Theatre,
    day: date | None,
) -> tuple[Neighbour, ...]:
    """The control of the settlements around of which claims tell who held them, the nearest first, as known by ``day``."""
    from fogline.control.inferring import infer
    from fogline.gazetteer.loading import load as gazetteer_of
    from fogline.publish.sections.around import Neighbour

    concluded = {one.geonameid: one for one in conclusions.control if one.geonameid is not None}
    around = nearest(entry, concluded, gazetteer_of(theatre))[:NEAREST]
    told = {place: concluded[place] for _, place in around}
    if day is not None:
        found = infer(
            claims, documents, conclusions.families, conclusions.sources, theatre, known_by=day, places=told,
            within=units_within(claims, theatre),
        )  # fmt: skip
        told = {one.geonameid: one for one in found if one.geonameid is not None}
    return tuple(Neighbour(told[place], far) for far, place in around if place in told)


def nearest(entry: Entry, places: Iterable[int], gazetteer: Gazetteer) -> list[tuple[float, int]]:
    """Those of the places that lie within ``NEAR_KM`` of another, with their distance, the nearest first."""
    from fogline.gazetteer.distance import kilometres

    if entry.lat is None or entry.lon is None:
        return []
    near: list[tuple[float, int]] = []
    for place in set(places) - {entry.geonameid}:
        other = gazetteer.entry(place)
        if other is not None and other.lat is not None and other.lon is not None:
            near.append((kilometres(entry.lat, entry.lon, other.lat, other.lon), place))
    return sorted((far, place) for far, place in near if far <= NEAR_KM)


def units_within(claims: Iterable[Claim], theatre: Theatre) -> Units:
    """The settlements that statements on each district and region reach, of those that the claims name."""
    from fogline.control.reach import units
    from fogline.gazetteer.loading import load as gazetteer_of

    return units(claims, gazetteer_of(theatre).entry)
