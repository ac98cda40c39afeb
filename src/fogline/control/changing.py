"""When a settlement changed hands, as an interval of days that holds the change with a stated probability."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from fogline.model import UNKNOWN_STATUS, Control, Stretch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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
    import numpy as np

    daily = np.array(control.daily, float)
    starts, ends = [one.start for one in control.timeline], [one.end for one in control.timeline]

    def change(one: Stretch, after: Stretch) -> Change:
        first, likely, last = _interval(control, daily, one, after, within)
        between = control.timeline[bisect_left(ends, first) : bisect_right(starts, last)]
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

    known = [stretch for stretch in control.timeline if stretch.status != UNKNOWN_STATUS]
    return tuple(change(one, after) for one, after in pairwise(known) if one.status != after.status)


def _interval(
    control: Control, daily: NDArray[np.float64], one: Stretch, after: Stretch, within: float
) -> tuple[date, date, date]:
    """The quantiles of the day of change.

    Within the two stretches the chance that it has changed by a day is the belief in the later status, taken as never
    falling and stretched so that it runs from none to all. Of a quantile it is the first day that reaches it, or the last.
    """
    import numpy as np

    start = control.start or one.start
    became = control.states.index(after.status)
    by = np.maximum.accumulate(daily[(one.start - start).days : (after.end - start).days + 1, became])
    low, high = float(by[0]), float(by[-1])
    tail = (1 - within) / 2
    least = [low + (high - low) * q for q in (tail, 0.5, 1 - tail)]
    first, likely, last = (int(n) for n in np.minimum(np.searchsorted(by, least), len(by) - 1))
    return one.start + timedelta(first), one.start + timedelta(likely), one.start + timedelta(last)
