"""Settlements by where they lie: which a statement on a district reaches, and which stand around another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from fogline.model import Claim, Conclusions, Document, Theatre

if TYPE_CHECKING:
    from fogline.control.reach import Units
    from fogline.gazetteer import Entry
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
    from fogline.gazetteer.distance import kilometres
    from fogline.gazetteer.loading import load as gazetteer_of
    from fogline.publish.sections.around import Neighbour

    if entry.lat is None or entry.lon is None:
        return ()
    gazetteer = gazetteer_of(theatre)
    near: dict[int, float] = {}
    for place in {one.geonameid for one in conclusions.control} - {entry.geonameid, None}:
        other = gazetteer.entry(place or 0)
        if other is not None and other.lat is not None and other.lon is not None:
            near[place or 0] = kilometres(entry.lat, entry.lon, other.lat, other.lon)
    nearest = sorted((far, place) for place, far in near.items() if far <= NEAR_KM)[:NEAREST]
    found = infer(
        claims, documents, conclusions.families, conclusions.sources, theatre, known_by=day,
        places=[place for _, place in nearest], within=units_within(claims, theatre),
    )  # fmt: skip
    told = {one.geonameid: one for one in found}
    return tuple(Neighbour(told[place], far) for far, place in nearest if place in told)


def units_within(claims: Iterable[Claim], theatre: Theatre) -> Units:
    """The settlements that statements on each district and region reach, of those that the claims name."""
    from fogline.control.reach import units
    from fogline.gazetteer.loading import load as gazetteer_of

    return units(claims, gazetteer_of(theatre).entry)
