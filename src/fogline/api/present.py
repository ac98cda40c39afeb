"""What each side last claimed of places, found without reading more claims than the answer rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import islice

from fogline.api.known import Parts
from fogline.control.claimed import claimed_by, claims_status
from fogline.model import Claim, Kind, Theatre

_FIRST = 6
"""Claims of a side that are looked at first; then twice as many each time."""


def claimed_of(known: Parts, geonameid: int, theatre: Theatre, on: date | None) -> list[Claim]:
    """Claims of control of a place from which ``claimed_by`` says the same as from all that were out on a day.

    Of each side these are the latest ones, back to where it said something else.
    """
    claims = list(known.corrected(on))
    told: dict[str, set[str]] = {}
    left = {
        side: iter(ids) for (_, side), ids in known.latest(Kind.CONTROL, on, geonameid).items() if side in theatre.codes
    }
    size = _FIRST
    while left:
        some = {side: list(islice(ids, size)) for side, ids in left.items()}
        size *= 2
        found = known.claims([name for own in some.values() for name in own])
        claims += found.values()
        for side, own in some.items():
            statuses = told.setdefault(side, set())
            statuses |= {claims_status(found[name]) for name in own if name in found} - {""}
            if len(statuses) > 1 or not own:
                del left[side]
    return claims


def claimed_everywhere(known: Parts, places: Iterable[int], theatre: Theatre) -> dict[int, dict[str, str]]:
    """What each side last claimed of each of the places, by its code."""
    wanted = frozenset(places)
    found: dict[int, list[Claim]] = {place: [] for place in wanted}
    for claim in known.corrected(None):
        for place in {one.geonameid for one in claim.places if one.geonameid in wanted}:
            found[place or 0].append(claim)
    latest = known.latest(Kind.CONTROL, None)
    pending: Mapping[tuple[int, str], Sequence[str]] = {
        key: ids for key, ids in latest.items() if key[0] in wanted and key[1] in theatre.codes
    }
    size = 1
    while pending:
        pending = _looked_at(known, pending, size, found)
        size *= 4
    return {
        place: {side: one.status for side, one in claimed_by(claims, theatre, place).items()}
        for place, claims in found.items()
    }


def _looked_at(
    known: Parts, pending: Mapping[tuple[int, str], Sequence[str]], size: int, found: dict[int, list[Claim]]
) -> dict[tuple[int, str], Sequence[str]]:
    """Looks at the next claims of each place and side, keeps the first that claims a status, and gives those still without."""
    claims = known.claims([name for ids in pending.values() for name in ids[:size]])
    left: dict[tuple[int, str], Sequence[str]] = {}
    for key, ids in pending.items():
        told = (claims[name] for name in ids[:size] if name in claims)
        claim = next((one for one in told if claims_status(one)), None)
        if claim is not None:
            found[key[0]].append(claim)
        elif len(ids) > size:
            left[key] = ids[size:]
    return left
