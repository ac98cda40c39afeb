"""What each side last said of a settlement: what is claimed, kept apart from what is assessed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fogline.model import CONTESTED, Basis, Claim, Kind, Modality, Polarity, Theatre
from fogline.model.manner import DISPUTED, ENCIRCLED, LOSING, PARTLY

_SAID = frozenset({Modality.ACTUAL, Modality.UNVERIFIED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """The last status a side claimed, the day from which it claims so without a break, and the last day it did.

    ``status`` is a side's code, ``CODE in part``, ``contested`` or ``not CODE``; days are ``None`` where no date is known.
    ``claims`` are the ids of that unbroken run, latest last.
    """

    side: str
    status: str
    since: date | None
    last: date | None
    claims: tuple[str, ...]


def claimed_by(claims: Iterable[Claim], theatre: Theatre, place: int | str) -> dict[str, Claimed]:
    """What each side's voices last claimed of the place (a geonameid or a name), by the side's code.

    Claims that the report calls unverified are claimed all the same; aims, forecasts and conditions are not. A claim
    whose day is not known counts as earlier than those whose day is.
    """
    found: dict[str, list[Claim]] = {code: [] for code in theatre.codes}
    for claim in claims:
        side = claim.speaker.side
        if side in found and _speaks_of(claim, place) and claims_status(claim):
            found[side].append(claim)
    return {side: _last_run(side, told) for side, told in found.items() if told}


def claims_status(claim: Claim) -> str:
    """The status that a claim claims of its place; empty where it claims none, as with aims, forecasts and conditions."""
    return _status(claim) if claim.kind is Kind.CONTROL and claim.modality in _SAID else ""


def _last_run(side: str, told: list[Claim]) -> Claimed:
    ordered = sorted(told, key=lambda c: (_day(c) or date.min, c.id))
    status = _status(ordered[-1])
    run: list[Claim] = []
    for claim in reversed(ordered):
        if _status(claim) != status:
            break
        run.append(claim)
    days = [claim.when.start or claim.when.end for claim in run if _dated(claim)]
    known = [day for day in days if day is not None]
    return Claimed(
        side=side,
        status=status,
        since=min(known, default=None),
        last=_day(ordered[-1]) if _dated(ordered[-1]) else None,
        claims=tuple(claim.id for claim in reversed(run)),
    )


def _day(claim: Claim) -> date | None:
    return claim.when.end or claim.when.start


def _dated(claim: Claim) -> bool:
    """Whether a day is known on which it was so; a report without a date, whose day lies somewhere after one it names, has none."""
    return claim.when.end is not None or claim.when.basis is not Basis.PUBLICATION


def _speaks_of(claim: Claim, place: int | str) -> bool:
    if isinstance(place, int):
        return any(p.geonameid == place for p in claim.places)
    return any(p.name.casefold() == place.casefold() for p in claim.places)


def _status(claim: Claim) -> str:
    if claim.manner in ENCIRCLED or not claim.holder:
        return ""
    if claim.polarity is Polarity.NEGATIVE or claim.manner in LOSING:
        return f"not {claim.holder}"
    if claim.holder == CONTESTED or claim.manner in DISPUTED:
        return CONTESTED
    return f"{claim.holder} in part" if claim.manner in PARTLY else claim.holder
