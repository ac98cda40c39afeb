"""The days a claim of control speaks of, and how much it says of each.

A capture is put at the end of its date (by then the holder has the place) and, the other way round, at the day before
its date begins (by then it has not): between the two the change may lie anywhere, which is the date's width. A claim
whose time is open or unknown speaks of no day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from fogline.model import CONTESTED, Basis, Claim, Kind, Polarity, Precision, When
from fogline.model.manner import DISPUTED, LOSING, PARTLY, TAKING

_WIDE = 31
"""Dates wider than a month say less of each of their days."""
_BY = 14
"""What had happened "by" a day is told because it happened in the weeks before; so many days are taken."""
_EVENTS = TAKING | LOSING


@dataclass(frozen=True, slots=True)
class Mark:
    """A day (ordinal), whether it is the day before the change that is told of, and the weight (0 to 1)."""

    day: int
    before: bool = False
    weight: float = 1.0


def marks(claim: Claim, published: date | None = None, wide: float = 1.0) -> tuple[Mark, ...]:
    """The days the claim speaks of, earliest first; empty where none is known.

    What is told as having happened had happened when it was ``published``: a wide date ends there at the latest.
    ``wide`` is the power by which the width of an event's date takes from what it says.
    """
    when = claim.when
    own = when.basis not in (Basis.PUBLICATION, Basis.UNKNOWN)
    event = claim.kind is Kind.WITHDRAWAL or claim.manner in _EVENTS
    if when.end is None:
        # What is so "since" a day is so on it; an event "after" a day has no day.
        return (Mark(when.start.toordinal()),) if when.start is not None and own and not event else ()
    end = _told_by(when.end, when.start, published)
    if when.start is None:
        return (Mark(end),) if own else ()
    start = when.start.toordinal()
    weight = min(1.0, _WIDE / (end - start + 1))
    if event and own:
        before = (
            () if claim.polarity is Polarity.NEGATIVE or claim.kind is Kind.WITHDRAWAL else (_before(start, weight),)
        )
        return (*before, Mark(end, weight=weight**wide))
    if when.precision is Precision.INTERVAL and end > start:
        return Mark(start, weight=0.5), Mark(end, weight=0.5)
    return (Mark((start + end) // 2, weight=weight),)


def _before(start: int, weight: float) -> Mark:
    return Mark(start - 1, before=True, weight=weight)


def change(claim: Claim, published: date | None = None) -> tuple[int, int] | None:
    """The first and last day (ordinals) to which the claim dates a change of hands; ``None`` where it tells of none.

    A capture without a date of its own is put on the day it was reported. Contest is such a change too: it is short,
    and told because it has begun.
    """
    when = claim.when
    told = claim.kind is Kind.WITHDRAWAL or claim.manner in _EVENTS or is_contest(claim)
    if not told or claim.polarity is Polarity.NEGATIVE or when.end is None:
        return None
    if when.start is None:
        return (when.end - timedelta(_BY)).toordinal(), when.end.toordinal()
    return when.start.toordinal(), _told_by(when.end, when.start, published)


def _told_by(end: date, start: date | None, published: date | None) -> int:
    """The end of a date (an ordinal), or the day of publication where that lies within the date."""
    within = published is not None and (start is None or start <= published) and published < end
    return (published if within and published is not None else end).toordinal()


def is_contest(claim: Claim) -> bool:
    """Whether the claim says that no side has the whole place."""
    return claim.holder == CONTESTED or claim.manner in DISPUTED or claim.manner in PARTLY


def bounded(claims: Iterable[Claim]) -> dict[tuple[str, int], When]:
    """The dates, by claim and settlement, that end sooner since the same text goes on to tell of a later change.

    "Captured in 2022. Recaptured on 10 November." tells that the capture was before 10 November: texts tell changes in
    their order.
    """
    told: dict[tuple[str, int], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.manner in TAKING and claim.when.start is not None and claim.polarity is Polarity.POSITIVE:
            for place in claim.places:
                if place.geonameid is not None and claim.when.basis not in (Basis.PUBLICATION, Basis.UNKNOWN):
                    told[claim.document_id, place.geonameid].append(claim)
    found: dict[tuple[str, int], When] = {}
    for (_, settlement), own in told.items():
        ordered = sorted(own, key=lambda c: (c.span.start, c.id))
        for claim, after in pairwise(ordered):
            start, end, next_start = claim.when.start, claim.when.end, after.when.start
            later = start is not None and end is not None and next_start is not None and start < next_start <= end
            if later and claim.holder != after.holder and start is not None and next_start is not None:
                edtf = f"{start}/{next_start - timedelta(1)}"
                found[claim.id, settlement] = replace(
                    claim.when, end=next_start - timedelta(1), edtf=edtf, precision=Precision.INTERVAL
                )
    return found
