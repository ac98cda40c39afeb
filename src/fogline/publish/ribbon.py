"""The control ribbon as shapes: belief by day as stacked bands, claims as marks above and below."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from fogline.model import CONTESTED
from fogline.publish.parts import Ribbon

WIDTH, TOP, HEIGHT, LEFT, RIGHT = 960, 34, 150, 10, 10
"""The picture in its own units: width, where the bands begin, how tall they are, margins."""

FOOT = 62
"""Room below the bands for marks and the axis."""

EVEN = 1e-6
"""Beliefs that differ by less are alike."""

TICKS = 6
"""Dates on the axis at most, so that they never touch on a narrow screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One state's polygon, with its name and the class that colours it."""

    name: str
    style: str
    points: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A date on the axis."""

    x: float
    label: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A claim's mark: a triangle that points at the bands."""

    path: str
    style: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """All shapes of one ribbon."""

    width: int
    height: int
    top: int
    bottom: int
    bands: tuple[Band, ...]
    ticks: tuple[Tick, ...]
    signs: tuple[Sign, ...]
    unknown: tuple[tuple[float, float], ...] = ()
    """From where to where nothing is known: drawn over the bands, which there say nothing."""


def draw(ribbon: Ribbon) -> Picture | None:
    """The shapes of a ribbon, or ``None`` where it has no days."""
    if not ribbon.points:
        return None
    first, last = ribbon.points[0][0], ribbon.points[-1][0]
    order = _order(ribbon.states)
    return Picture(
        width=WIDTH,
        height=TOP + HEIGHT + FOOT,
        top=TOP,
        bottom=TOP + HEIGHT,
        bands=tuple(_band(ribbon, order, number, first, last) for number in range(len(order))),
        ticks=_ticks(first, last),
        signs=tuple(
            _sign(_x(mark.day, first, last), mark.side, mark.label, ribbon)
            for mark in ribbon.marks
            if first <= mark.day <= last
        ),
        unknown=_unknown(ribbon, first, last),
    )


def _unknown(ribbon: Ribbon, first: date, last: date) -> tuple[tuple[float, float], ...]:
    """The stretches of days on which every state is believed alike, which is to know nothing."""
    found: list[tuple[float, float]] = []
    if not ribbon.even_is_unknown:
        return ()
    for (day, row), (after, later) in pairwise(ribbon.points):
        if max(row) - min(row) < EVEN and max(later) - min(later) < EVEN:
            start, end = _x(day, first, last), _x(after, first, last)
            found[-1:] = [(found[-1][0], end)] if found and found[-1][1] == start else [*found[-1:], (start, end)]
    return tuple(found)


def style(state: str, states: tuple[str, ...]) -> str:
    """The class that colours a state: by its place among the sides, so that no side has a colour of its own."""
    if state == CONTESTED:
        return "contested"
    sides = [code for code in states if code != CONTESTED]
    return f"side{sides.index(state) % 4}" if state in sides else "other"


def _order(states: tuple[str, ...]) -> tuple[int, ...]:
    """From the top: the first side, contested in the middle, then the other sides."""
    sides = [number for number, state in enumerate(states) if state != CONTESTED]
    middle = [number for number, state in enumerate(states) if state == CONTESTED]
    return (*sides[:1], *middle, *sides[1:])


def _x(day: date, first: date, last: date) -> float:
    span = max((last - first).days, 1)
    return round(LEFT + (WIDTH - LEFT - RIGHT) * (day - first).days / span, 1)


def _band(ribbon: Ribbon, order: tuple[int, ...], number: int, first: date, last: date) -> Band:
    upper: list[str] = []
    lower: list[str] = []
    points = ribbon.points if len(ribbon.points) > 1 else (ribbon.points[0], ribbon.points[0])
    for place, (day, row) in enumerate(points):
        above = sum(row[state] for state in order[:number])
        x = _x(day, first, last) if len(ribbon.points) > 1 else (LEFT, WIDTH - RIGHT)[place]
        upper.append(f"{x},{round(TOP + HEIGHT * above, 1)}")
        lower.append(f"{x},{round(TOP + HEIGHT * (above + row[order[number]]), 1)}")
    state = order[number]
    return Band(
        name=ribbon.names[state],
        style=style(ribbon.states[state], ribbon.states),
        points=" ".join([*upper, *reversed(lower)]),
    )


def _ticks(first: date, last: date) -> tuple[Tick, ...]:
    days = (last - first).days
    if days <= 62:
        marks = [first, last] if days else [first]
    else:
        months = (last.year - first.year) * 12 + last.month - first.month
        step = next(s for s in (1, 2, 3, 6, 12, 24, 60, 120, 100_000) if months / s <= TICKS)
        marks = [
            date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1)
            for n in range(1, months + 1)
            if (first.year * 12 + first.month - 1 + n) % step == 0
        ]
    return tuple(_tick(day, first, last, fine=days <= 62) for day in marks if first <= day <= last)


def _tick(day: date, first: date, last: date, fine: bool) -> Tick:
    x = _x(day, first, last)
    label = f"{day.day} {day:%b %Y}" if fine else f"{day:%b %Y}"
    anchor = "start" if x < WIDTH * 0.06 else "end" if x > WIDTH * 0.94 else "middle"
    return Tick(x=x, label=label, anchor=anchor)


def _sign(x: float, side: str, label: str, ribbon: Ribbon) -> Sign:
    sides = [code for code in ribbon.states if code != CONTESTED]
    if side in sides[:1]:
        y = TOP - 4
        path = f"M{x},{y} l-6,-11 h12 z"
    elif side in sides[1:]:
        y = TOP + HEIGHT + 4
        path = f"M{x},{y} l-6,11 h12 z"
    else:
        y = TOP + HEIGHT + 27
        path = f"M{x},{y - 6} l5,6 l-5,6 l-5,-6 z"
    return Sign(path=path, style=style(side, ribbon.states), label=label)
