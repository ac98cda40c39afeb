"""A brief with its pictures frozen: what a file to print is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fogline.model import CONTESTED, UNKNOWN_STATUS, Account, Control, Kind, Stretch
from fogline.publish import wording
from fogline.publish.exports import speaking
from fogline.publish.locator import Spot, locator
from fogline.publish.parts import Brief
from fogline.publish.sheet import sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Illustrated:
    """The brief; belief over time and the settlements around as SVG, "" where there is nothing to draw."""

    brief: Brief
    ribbon: str
    map: str


def illustrated(brief: Brief, account: Account) -> Illustrated:
    """The brief with its pictures, all as known by the account's day."""
    ours = next((one for one in account.control if one.geonameid == brief.geonameid), None)
    if ours is None or brief.geonameid is None:
        return Illustrated(brief=brief, ribbon="", map="")
    there = [c for c in account.every.values() if any(p.geonameid == brief.geonameid for p in c.places)]
    told = [claim for claim in there if claim.kind is Kind.CONTROL]
    ribbon = sheet([ours], {brief.geonameid: told}, account.theatre, f"{brief.place}: belief by day")
    return Illustrated(brief=brief, ribbon=ribbon, map=_map(brief, ours, account))


def _map(brief: Brief, ours: Control, account: Account) -> str:
    day = brief.as_known_on
    spots = [spot for one in account.control if one is not ours and (spot := _spot(one, account, day))]
    middle = _spot(ours, account, day)
    if middle is None:
        return ""
    names = [wording.state(state, account.theatre) for state in ours.states]
    return locator(
        middle, spots, ours.states, names, f"Around {brief.place}, {wording.day(day) if day else 'last known'}"
    )


def _spot(control: Control, account: Account, day: date | None) -> Spot | None:
    """A settlement as it stood on the day, else on the last day that is told of; ``None`` where it has no point."""
    place = speaking.held(account, control.place, control.geonameid)
    if place.lat is None or place.lon is None:
        return None
    stretch = _on(control, day)
    status = stretch.status if stretch else UNKNOWN_STATUS
    belief = stretch.belief.get(CONTESTED if status == CONTESTED else status, 0.0) if stretch else 0.0
    return Spot(name=place.name, lat=place.lat, lon=place.lon, status=status, belief=belief)


def _on(control: Control, day: date | None) -> Stretch | None:
    before = [one for one in control.timeline if day is None or one.start <= day]
    return before[-1] if before else None
