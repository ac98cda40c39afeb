"""From daily belief to a status a day, and to stretches of one status."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from heapq import nsmallest
from itertools import pairwise
from typing import TYPE_CHECKING

from fogline.control.observations import Observation
from fogline.model import CONTESTED, UNKNOWN_STATUS, Claim, Kind, Polarity, Reason, Stretch
from fogline.model.manner import DISPUTED, LOSING, PARTLY, RETAKING, TAKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ASSESSED = 0.65
"""A side is assessed to hold a place from this belief on: more than any side's own word can reach."""
LEADING = 0.45
"""A place is assessed as contested where that leads, with at least this belief."""
MOVED = 12
"""A stretch names at most so many of the claims that moved it, the weightiest first."""


def statuses(belief: NDArray[np.float64], states: Sequence[str]) -> list[str]:
    """The status of each day; ``belief`` has a row a day."""
    import numpy as np

    names = np.array([*states, UNKNOWN_STATUS])
    lead = belief.argmax(axis=1)
    top = belief[np.arange(len(belief)), lead]
    least = np.where(lead == len(states) - 1, LEADING, ASSESSED)
    found: list[str] = names[np.where(top >= least, lead, len(states))].tolist()
    return found


def status(belief: Mapping[str, float]) -> str:
    """The status that goes with one day's belief.

    >>> status({"NO": 0.7, "SO": 0.2, "contested": 0.1}), status({"NO": 0.6, "SO": 0.3, "contested": 0.1})
    ('NO', 'unknown')
    """
    lead = max(sorted(belief), key=lambda state: belief[state])
    return lead if belief[lead] >= (LEADING if lead == CONTESTED else ASSESSED) else UNKNOWN_STATUS


def stretches(
    belief: NDArray[np.float64],
    states: Sequence[str],
    start: int,
    known_from: int,
    observations: Sequence[Observation],
) -> tuple[Stretch, ...]:
    """Days of equal status merged; all days before ``known_from`` (an index) are unknown. ``start`` is an ordinal."""
    daily = statuses(belief, states)
    daily[:known_from] = [UNKNOWN_STATUS] * min(known_from, len(daily))
    movers = _Movers(observations)
    edges = [0, *(i for i in range(1, len(daily)) if daily[i] != daily[i - 1]), len(daily)]
    found = []
    for first, last in pairwise(edges):
        mean = belief[first:last].mean(axis=0)
        mean = mean / mean.sum()
        found.append(
            Stretch(
                start=date.fromordinal(start + first),
                end=date.fromordinal(start + last - 1),
                belief=dict(zip(states, mean.tolist(), strict=True)),
                status=daily[first],
                claims=movers.of(start + first - 1, start + last - 1),
            )
        )
    return tuple(found)


def reasons(observations: Sequence[Observation], states: Sequence[str], place: str) -> tuple[Reason, ...]:
    """One reason a family: what it said of the place and how much that moved the belief (log-odds at its day)."""
    found = []
    for one in observations:
        day, vector = one.days[-1]
        best = max(range(len(states)), key=lambda i: (vector[i], -i))
        rest = [v for i, v in enumerate(vector) if i != best]
        claim = one.claim
        detail = f"{date.fromordinal(day)}: {claim.speaker.name or 'the report'}: {_said(claim, place)} ({one.role})."
        weight = round(vector[best] - sum(rest) / len(rest), 6)
        found.append(Reason(name=one.role, detail=detail, weight=weight, claims=(claim.id,)))
    return tuple(found)


def _said(claim: Claim, place: str) -> str:
    if claim.kind is Kind.WITHDRAWAL:
        return f"{claim.actor} withdrew from {place}"
    if claim.holder == CONTESTED or claim.manner in DISPUTED:
        return f"{place} is contested"
    if claim.polarity is Polarity.NEGATIVE or claim.manner in LOSING:
        return f"{claim.holder} does not hold {place}"
    if claim.manner in PARTLY:
        return f"{claim.holder} holds a part of {place}"
    verb = "took back" if claim.manner in RETAKING else "took" if claim.manner in TAKING else "holds"
    return f"{claim.holder} {verb} {place}"


class _Movers:
    """The claims of the observations by the days that they speak of: looked up for every stretch of a long timeline."""

    def __init__(self, observations: Sequence[Observation]) -> None:
        self._ranked = sorted(observations, key=lambda one: (-one.strength, one.claim.id))
        told = sorted({(day, rank) for rank, one in enumerate(self._ranked) for day, _ in one.days})
        self._days = [day for day, _ in told]
        self._ranks = [rank for _, rank in told]

    def of(self, first: int, last: int) -> tuple[str, ...]:
        """The claims that speak of the days from ``first`` to ``last``, weightiest first."""
        near = set(self._ranks[bisect_left(self._days, first) : bisect_right(self._days, last)])
        return tuple(self._ranked[rank].claim.id for rank in nsmallest(MOVED, near))


def rounded(daily: Sequence[Sequence[float]]) -> NDArray[np.float64]:
    """Beliefs day by day to four places, each as ``round`` has it: in one go, as a war has a thousand days.

    >>> rounded([(0.12345, 0.87655), (0.5, 0.5)]).tolist()
    [[0.1235, 0.8766], [0.5, 0.5]]
    """
    import numpy as np

    scaled = np.array(daily, float) * 10_000
    # Where scaling may have moved a number across a half, the digits of the number itself decide.
    near = np.argwhere(np.abs(scaled - np.floor(scaled) - 0.5) < 1e-6).tolist() if scaled.size else []
    found: NDArray[np.float64] = np.rint(scaled) / 10_000
    for day, state in near:
        found[day, state] = round(daily[day][state], 4)
    return found
