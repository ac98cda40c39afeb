"""When a settlement changed hands, as an interval of days that holds the change with a stated probability."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, pairwise

from fogline.model import UNKNOWN_STATUS, Control, Stretch

WITHIN = 0.9
"""The probability that an interval is made to hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The status of a settlement became another between ``first`` and ``last`` (both included) with probability ``within``.

    ``likely`` is the day on which belief passed from the one to the other; ``claims`` speak of those days.
    """

    place: str
    geonameid: int | None
    before: str
    after: str
    first: date
    likely: date
    last: date
    within: float
    claims: tuple[str, ...]


def changes(control: Control, within: float = WITHIN) -> tuple[Change, ...]:
    """The changes of status in a timeline, days of doubt between two of them left to the interval."""
    known = [stretch for stretch in control.timeline if stretch.status != UNKNOWN_STATUS]
    return tuple(_change(control, one, after, within) for one, after in pairwise(known) if one.status != after.status)


def _change(control: Control, one: Stretch, after: Stretch, within: float) -> Change:
    first, likely, last = _interval(control, one, after, within)
    between = [s for s in control.timeline if s.start <= last and s.end >= first]
    return Change(
        place=control.place,
        geonameid=control.geonameid,
        before=one.status,
        after=after.status,
        first=first,
        likely=likely,
        last=last,
        within=within,
        claims=tuple(dict.fromkeys(claim for s in between for claim in s.claims)),
    )


def _interval(control: Control, one: Stretch, after: Stretch, within: float) -> tuple[date, date, date]:
    """The quantiles of the day of change.

    Within the two stretches the chance that it has changed by a day is the belief in the later status, taken as never
    falling and stretched so that it runs from none to all.
    """
    start = control.start or one.start
    became = control.states.index(after.status)
    days = control.daily[(one.start - start).days : (after.end - start).days + 1]
    by = list(accumulate((belief[became] for belief in days), max))
    low, high = by[0], by[-1]
    tail = (1 - within) / 2
    found = [_first(by, low + (high - low) * q) for q in (tail, 0.5, 1 - tail)]
    return tuple(one.start + timedelta(n) for n in found)  # type: ignore[return-value]


def _first(by: Sequence[float], least: float) -> int:
    """The first day that reaches it; the last one where none does."""
    return min(bisect_left(by, least), len(by) - 1)
