"""How a claim is spoken of in a reason: sentences a person can read."""

from __future__ import annotations

from datetime import date

from fogline.link.facets import Facet
from fogline.model import CONTESTED, AttributionType
from fogline.model.manner import LOSING, RETAKING, TAKING


def teller(facet: Facet) -> str:
    """Who says it, and through whom it is read: "General Elm (through World Wire)"; the outlet for its own words."""
    claim = facet.claim
    if claim.attribution.type is AttributionType.NONE or len(claim.attribution.chain) == 1:
        return claim.outlet.name or "the report"
    relays = ", ".join(s.name or "an unnamed report" for s in claim.attribution.chain[1:])
    return f"{claim.speaker.name} (through {relays})"


def assertion(facet: Facet, place: str) -> str:
    """What a control claim says of the place: "RU took Hrushivka"."""
    claim, holder = facet.claim, facet.holder.removeprefix("~")
    if facet.holder == CONTESTED:
        return f"{place} is contested"
    if claim.manner in LOSING:
        return f"{holder} lost {place}"
    if facet.denied:
        return f"{holder} does not hold {place}"
    if facet.partial:
        return f"{holder} holds a part of {place}"
    verb = "took back" if claim.manner in RETAKING else "took" if claim.manner in TAKING else "holds"
    return f"{holder} {verb} {place}"


def time(facet: Facet) -> str:
    """The time a claim speaks of, in ISO days; "at an unknown time" where it is not bounded."""
    if facet.start is None or facet.end is None:
        return "at an unknown time"
    start, end = date.fromordinal(facet.start), date.fromordinal(facet.end)
    return f"on {start}" if start == end else f"between {start} and {end}"
