"""Moves from a day of reference: yesterday, last week, on Tuesday, two months ago."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from fogline.model import Basis, Precision, When
from fogline.timex import values
from fogline.timex.bounds import around
from fogline.timex.reading import Move
from fogline.timex.values import add_months, shift, stretch, week_of

_BASIS = Basis.PUBLICATION_RELATIVE
_DAYS = {"hour": 1 / 24, "day": 1, "night": 1, "weekend": 7, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "quarter": 3, "season": 3, "year": 12, "decade": 120}

RECENT = {"hour": 1, "day": 7, "week": 42, "month": 183, "year": 1826, "decade": 3652}
"""How many days "recent days", "recent weeks" ... reach back at most: a week, six weeks, half a year, five years.

Chosen, not tuned: no corpus at hand states them; the ends are marked approximate.
"""
VAGUE = {"couple": (2, 3), "few": (2, 5), "several": (2, 9), "": (2, 11)}
BARE = {"day": (2, 13), "week": (2, 8), "decade": (2, 5)}
"""The numbers "a couple of", "a few", "several" and a bare plural ("for months") stand for."""


def days_on(days: int) -> Move:
    """So many days on (or back): yesterday is ``days_on(-1)``."""
    return partial(_days_on, days)


def _days_on(days: int, at: date) -> When:
    return values.one_day(shift(at, days), _BASIS)


def whole_unit(unit: str, steps: int) -> Move:
    """The week, weekend, month, quarter, year or decade so many steps from the one of reference."""
    return partial(_whole_unit, unit, steps)


def _whole_unit(unit: str, steps: int, at: date) -> When | None:
    if unit == "week":
        start, end = week_of(shift(at, 7 * steps))
        return stretch(start, end, _BASIS, Precision.WEEK)
    if unit == "weekend":
        return _weekend(steps, at)
    if unit == "month":
        moved = add_months(at.replace(day=1), steps)
        return values.month(moved.year, moved.month, _BASIS)
    if unit == "quarter":
        moved = add_months(at.replace(month=at.month - (at.month - 1) % 3, day=1), 3 * steps)
        return stretch(moved, shift(add_months(moved, 3), -1), _BASIS)
    if unit == "year":
        return values.year(at.year + steps, _BASIS)
    if unit == "decade":
        first = (at.year // 10 + steps) * 10
        return values.years(first, first + 9, f"{first // 10:03}X", _BASIS)
    return _days_on(steps, at)


def _weekend(steps: int, at: date) -> When:
    """Saturday and Sunday: with 0 the one that is or was last, with -1 the last before this week, with 1 the next."""
    monday, sunday = week_of(at)
    saturday = shift(sunday, -1)
    if steps > 0:
        return (
            stretch(saturday, sunday, _BASIS)
            if at < saturday
            else stretch(shift(saturday, 7), shift(sunday, 7), _BASIS)
        )
    if steps == 0 and at >= saturday:
        return stretch(saturday, sunday, _BASIS)
    return stretch(shift(monday, -2), shift(monday, -1), _BASIS)


def weekday(number: int, way: int) -> Move:
    """A day of the week: with 0 the last or this day, with -1 the last before it, with 1 the next after it."""
    return partial(_weekday, number, way)


def _weekday(number: int, way: int, at: date) -> When:
    if way > 0:
        ahead = (number - at.weekday()) % 7
        return _days_on(ahead or 7, at)
    back = (at.weekday() - number) % 7
    return _days_on(-(back or (7 if way < 0 else 0)), at)


def named_month(number: int, way: int) -> Move:
    """A month by name: the last that has begun (0), the last that is over (-1), the next (1), this year's (2)."""
    return partial(_named_month, number, way)


def _named_month(number: int, way: int, at: date) -> When | None:
    if way == 2:
        return values.month(at.year, number, _BASIS)
    if way > 0:
        return values.month(at.year + (number <= at.month), number, _BASIS)
    return values.month(at.year - (number > at.month or (way < 0 and number == at.month)), number, _BASIS)


def named_season(code: int, way: int) -> Move:
    """A season by name: the last that has begun (0), the last that is over (-1), the next to begin (1)."""
    return partial(_named_season, code, way)


def _named_season(code: int, way: int, at: date) -> When | None:
    found = values.season(at.year + 1, code, _BASIS)
    for number in (at.year, at.year - 1, at.year - 2):
        season = values.season(number, code, _BASIS)
        if season is None or season.start is None or season.end is None:
            return None
        if season.start <= at and (way >= 0 or season.end < at):
            return found if way > 0 else season
        found = season
    return None


def this_season(code: int) -> Move:
    """The season that is, else the next of the same year's course: what "this winter" means in November and January."""
    return partial(_this_season, code)


def _this_season(code: int, at: date) -> When | None:
    season = _named_season(code, 0, at)
    if season is None or season.end is None or (at - season.end).days <= 183:
        return season
    return _named_season(code, 1, at)


def in_year(steps: int, month: int | None = None, day: int | None = None, season: int | None = None) -> Move:
    """A month, day or season of last year (-1), this year (0) or next year (1)."""
    return partial(_in_year, steps, month, day, season)


def _in_year(steps: int, month: int | None, day: int | None, season: int | None, at: date) -> When | None:
    year = at.year + steps
    if season is not None:
        return values.season(year, season, _BASIS)
    if month is None:
        return values.year(year, _BASIS)
    return values.month(year, month, _BASIS) if day is None else values.day(year, month, day, _BASIS)


def away(low: float, high: float, unit: str, sign: int) -> Move:
    """So many units before (-1) or after (1): exact in days; a week counts by its seven days around, and so on."""
    return partial(_away, low, high, unit, sign)


def _away(low: float, high: float, unit: str, sign: int, at: date) -> When | None:
    near, far = (_moved(at, sign * number, unit) for number in (low, high))
    first, last = min(near, far), max(near, far)
    if unit == "hour":
        return stretch(min(at, first), max(at, last), _BASIS)
    if unit in ("day", "night"):
        return stretch(first, last, _BASIS, about=low != high)
    if unit in ("week", "fortnight", "weekend"):
        return stretch(shift(first, -3), shift(last, 3), _BASIS, Precision.WEEK, about=True)
    if unit in ("month", "quarter", "season"):
        return _spread(values.month(first.year, first.month, _BASIS), values.month(last.year, last.month, _BASIS))
    return _spread(values.year(first.year, _BASIS), values.year(last.year, _BASIS))


def _spread(first: When | None, last: When | None) -> When | None:
    if first is None or last is None:
        return None
    return around(first if first == last else values.hull(first, last) or first)


def lasting(low: float, high: float, unit: str, sign: int, *, about: bool) -> Move:
    """From the day of reference that far back (-1) or on (1): "the past three days", "the next 3-6 months"."""
    return partial(_lasting, low, high, unit, sign, about)


def _lasting(low: float, high: float, unit: str, sign: int, about: bool, at: date) -> When:
    far = _moved(at, sign * max(low, high), unit)
    return stretch(min(at, far), max(at, far), _BASIS, about=about)


def recent(unit: str, sign: int) -> Move:
    """The recent (-1) or coming (1) days, weeks, months."""
    return partial(_recent, RECENT.get(unit, 7), sign)


def _recent(days: int, sign: int, at: date) -> When:
    far = shift(at, sign * days)
    return stretch(min(at, far), max(at, far), _BASIS, about=True)


def part_so_far(unit: str, sign: int) -> Move:
    """Earlier (-1) or later (1) in the week, month or year of reference."""
    return partial(_part_so_far, unit, sign)


def _part_so_far(unit: str, sign: int, at: date) -> When | None:
    whole = _whole_unit(unit, 0, at)
    if whole is None or whole.start is None or whole.end is None:
        return None
    return stretch(whole.start, at, _BASIS) if sign < 0 else stretch(at, whole.end, _BASIS)


def changed(move: Move, change: Callable[[When], When]) -> Move:
    """The move and then the change."""
    return partial(_changed, move, change)


def _changed(move: Move, change: Callable[[When], When], at: date) -> When | None:
    moved = move(at)
    return None if moved is None else change(moved)


def _moved(at: date, number: float, unit: str) -> date:
    number = max(min(number, 100_000), -100_000)
    if unit in _MONTHS:
        months = number * _MONTHS[unit]
        moved = add_months(at, int(months))
        return shift(moved, round((months - int(months)) * 30))
    days = number * _DAYS.get(unit, 1)
    return shift(at, int(days) if days == int(days) else int(days - 1 if days < 0 else days + 1))


def day_of_month(number: int, way: int) -> Move:
    """A day by its number: with 0 the last such day, this one included; with 1 the next after it."""
    return partial(_day_of_month, number, way)


def _day_of_month(number: int, way: int, at: date) -> When | None:
    for steps in range(3):  # two months in a row never both lack a day
        month = add_months(at.replace(day=1), steps if way > 0 else -steps)
        try:
            day = month.replace(day=number)
        except ValueError:
            continue
        if day > at if way > 0 else day <= at:
            return values.one_day(day, _BASIS)
    return None
