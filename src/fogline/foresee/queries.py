"""What an indicator asks of the ledger, and the answer as known by a day: independent voices, their change, or belief.

A claim counts where it is put as having happened. A family counts once, on the day its first member was published, so that a
copy moves nothing, today or later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from fogline.gazetteer.distance import kilometres
from fogline.model import Claim, Kind, Modality, PlacePrecision, Polarity

WIDE = frozenset({PlacePrecision.AREA, PlacePrecision.DISTRICT, PlacePrecision.REGION, PlacePrecision.COUNTRY})
"""Precisions whose point is a label: nothing is located by it."""


class Measure(StrEnum):
    """What is measured."""

    VOICES = "voices"
    CHANGE = "change"
    CONTROL = "control"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question to the ledger that has a number for its answer.

    ``voices`` counts the independent voices of the last ``window`` days that tell of ``kinds`` at the place or within
    ``within_km`` of it; ``change`` is that less the count of the window before; ``control`` is the belief that ``side`` holds
    the place. ``side`` is who acts, or who would hold it. Of an ``area`` (a district, a region or a box, as it was written) claims
    on any place in it count, and ``control`` is the number of its settlements that the side is believed to hold: the sum of
    the beliefs. ``within`` are the GeoNames ids of the places in it that anybody speaks of.
    """

    measure: Measure
    place: str
    geonameid: int | None
    lat: float | None = None
    lon: float | None = None
    kinds: tuple[Kind, ...] = ()
    side: str = ""
    threshold: float = 1.0
    below: bool = False
    window: int = 14
    within_km: float = 0.0
    area: str = ""
    within: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Belief in each state of a place on a day, by side's code or ``contested``, and the claims that moved it last."""

    belief: Mapping[str, float]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What was known by ``day``: claims, when each was published, to which family it belongs, and who held what."""

    day: date
    claims: tuple[Claim, ...]
    said: Mapping[str, date]
    family: Mapping[str, str]
    control: Mapping[int, Held] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A number, whether it reaches the threshold, and the families behind it (by their first claim)."""

    value: float
    hit: bool
    families: tuple[str, ...]


def answer(query: Query, evidence: Evidence) -> Answer:
    """The answer to a query as known by the evidence's day."""
    if query.measure is Measure.CONTROL:
        return _control(query, evidence)
    first = firsts(evidence)
    told = sorted({evidence.family[c.id] for c in evidence.claims if counts(c, query)})
    recent = tuple(name for name in told if _ago(first[name], evidence.day) < query.window)
    value = float(len(recent))
    if query.measure is Measure.CHANGE:
        value -= sum(query.window <= _ago(first[name], evidence.day) < 2 * query.window for name in told)
    return Answer(value=value, hit=_reaches(value, query), families=recent)


def firsts(evidence: Evidence) -> dict[str, date]:
    """The day on which each family was first heard."""
    found: dict[str, date] = {}
    for claim in evidence.claims:
        name, day = evidence.family[claim.id], evidence.said[claim.id]
        found[name] = min(found.get(name, day), day)
    return found


def counts(claim: Claim, query: Query) -> bool:
    """Whether a claim tells of what is asked: of its kind and side, at its place, as having happened."""
    if claim.modality is not Modality.ACTUAL or claim.polarity is not Polarity.POSITIVE:
        return False
    if query.kinds and claim.kind not in query.kinds:
        return False
    if query.side and query.side not in (claim.actor, claim.holder):
        return False
    return _there(claim, query)


def _there(claim: Claim, query: Query) -> bool:
    if query.area:
        return any(place.geonameid in query.within for place in claim.places)
    if any(place.geonameid == query.geonameid and place.geonameid is not None for place in claim.places):
        return True
    if query.within_km <= 0 or query.lat is None or query.lon is None:
        return False
    return any(
        place.precision not in WIDE
        and place.lat is not None
        and place.lon is not None
        and kilometres(query.lat, query.lon, place.lat, place.lon) <= query.within_km
        for place in claim.places
    )


def _control(query: Query, evidence: Evidence) -> Answer:
    if query.area:
        return _held_within(query, evidence)
    held = evidence.control.get(query.geonameid or 0)
    if held is None or not held.belief:
        return Answer(value=0.0, hit=False, families=())  # nothing is known, which is no belief
    value = held.belief.get(query.side, 0.0)
    moved = {evidence.family[name] for name in held.claims if name in evidence.family}
    return Answer(value=value, hit=_reaches(value, query), families=tuple(sorted(moved)))


def _held_within(query: Query, evidence: Evidence) -> Answer:
    """How many settlements of an area a side is believed to hold; of those of which nothing is known it holds none."""
    held = [evidence.control[place] for place in sorted(query.within) if place in evidence.control]
    told = [one for one in held if one.belief]
    value = sum(one.belief.get(query.side, 0.0) for one in told)
    moved = {evidence.family[name] for one in told for name in one.claims if name in evidence.family}
    return Answer(value=value, hit=bool(told) and _reaches(value, query), families=tuple(sorted(moved)))


def _reaches(value: float, query: Query) -> bool:
    return value <= query.threshold if query.below else value >= query.threshold


def _ago(then: date, day: date) -> int:
    return (day - then) // timedelta(days=1)
