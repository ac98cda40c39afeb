"""Both clocks at once: when a settlement changed hands as seen in hindsight, and when that could first be known."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from fogline.control.changing import Change, changes
from fogline.control.inferring import status_on
from fogline.model import Control


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """A change, the first day by which what had been published let it be assessed, and the days from its likely day to that.

    ``known`` and ``days`` are ``None`` where no report of the ledger let it be known at the time: it was told later,
    as dated background.
    """

    change: Change
    known: date | None
    days: int | None


def delays(hindsight: Control, known_by: Callable[[date], Control], published: Iterable[date]) -> tuple[Delay, ...]:
    """How long the news of each change took; ``known_by`` gives the control as known by a day, ``published`` the days on
    which reports on the settlement came out.
    """
    days = sorted(set(published))
    found = changes(hindsight)
    ends = [one.first for one in found[1:]] + [None]
    return tuple(_delay(one, end, known_by, days) for one, end in zip(found, ends, strict=True))


def _delay(change: Change, end: date | None, known_by: Callable[[date], Control], days: list[date]) -> Delay:
    """``end`` is when the next change begins: what is assessed from then on is not told of this one."""
    for day in days:
        if day < change.first or (end is not None and day >= end):
            continue
        if status_on(known_by(day), day) == change.after:
            return Delay(change=change, known=day, days=(day - change.likely).days)
    return Delay(change=change, known=None, days=None)
