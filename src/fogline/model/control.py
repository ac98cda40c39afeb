"""Who held a settlement, when, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fogline.model.link import Reason

UNKNOWN_STATUS = "unknown"
"""The status of a day for which the evidence names no likely holder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Days ``start`` to ``end`` (both included) of one status, with the mean belief over them and the claims that moved it.

    ``belief`` maps each side's code and ``contested`` to a probability; it sums to one.
    """

    start: date
    end: date
    belief: Mapping[str, float]
    status: str
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StretchAt:
    """Which stretch of whose control: the number of the control and the stretch's place in it, with its days."""

    control: int
    position: int
    place: str
    geonameid: int | None
    start: date
    end: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """The control timeline of one settlement, as known by a day (``None``: in hindsight, from all claims).

    ``daily`` holds the belief of every day from ``start`` on, one tuple a day in the order of ``states``.
    """

    place: str
    geonameid: int | None
    known_by: date | None
    states: tuple[str, ...]
    start: date | None
    daily: tuple[tuple[float, ...], ...]
    timeline: tuple[Stretch, ...]
    reasons: tuple[Reason, ...] = ()

    def belief(self, day: date) -> dict[str, float]:
        """The belief of a day; after the last reckoned day that of the last one, before the first none.

        A stretch bears the mean of its days: what is said of one day is said with this.
        """
        if self.start is None or not self.daily or day < self.start:
            return {}
        row = self.daily[min((day - self.start).days, len(self.daily) - 1)]
        return dict(zip(self.states, row, strict=True))
