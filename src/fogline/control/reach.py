"""How far a statement on a district or region reaches the settlements in it: "all of Ridna raion is under control"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from fogline.gazetteer import Entry
from fogline.model import Claim, Kind, PlacePrecision
from fogline.model.manner import DISPUTED, ENCIRCLED, PARTLY

Units = Mapping[str, frozenset[int]]
"""The settlements (geonameids) in each district and region, by its name in the gazetteer."""

OF_UNIT, OF_ALL = 0.25, 0.6
"""What a statement on a district or region is worth, as a share of its log-odds, for each settlement in it: plainly, and
where it says "all of". Set by judgement: a district is said to be held while its edges are fought over."""

_ALL = re.compile(
    r"\b(?:all|entire|entirety|whole|wholly|entirely|every (?:town|village|settlement)|the rest)\b", re.IGNORECASE
)
WIDE = frozenset({PlacePrecision.DISTRICT, PlacePrecision.REGION})
"""Precisions of places that hold settlements."""
TELLING = (Kind.CONTROL, Kind.WITHDRAWAL)
"""Kinds of claims that tell who holds a place."""
_INSIDE = PARTLY | DISPUTED | ENCIRCLED


def units(claims: Iterable[Claim], entry: Callable[[int], Entry | None]) -> Units:
    """The settlements that claims of control name, by the districts and regions that ``entry`` says they lie in."""
    named = {
        p.geonameid
        for claim in claims
        if claim.kind is Kind.CONTROL
        for p in claim.places
        if p.geonameid is not None and p.precision is PlacePrecision.SETTLEMENT
    }
    return units_of(named, entry)


def units_of(named: Iterable[int], entry: Callable[[int], Entry | None]) -> Units:
    """Settlements (geonameids) by the districts and regions that ``entry`` says they lie in."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for place in named:
        known = entry(place)
        for unit in (known.district, known.region) if known is not None else ():
            if unit:
                found[unit].add(place)
    return {unit: frozenset(own) for unit, own in found.items()}


def reached(claim: Claim, within: Units) -> dict[int, float]:
    """The settlements that a claim on a district or region reaches without naming them, with its worth for each.

    What is told of a part, or of fighting in a unit, says nothing of any one settlement in it.
    """
    if claim.kind is not Kind.CONTROL or claim.manner in _INSIDE:
        return {}
    wide = {place for p in claim.places if p.precision in WIDE for place in within.get(p.name, ())}
    if not wide:
        return {}
    share = OF_ALL if _ALL.search(claim.quote) else OF_UNIT
    return dict.fromkeys(sorted(wide - {p.geonameid for p in claim.places}), share)
