"""Stretches of the calendar as EDTF values (ISO 8601-2:2019, level 1, with level-2 sets for ambiguous dates)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from fogline.model import Basis, Precision, When

SEASON_MONTH = {21: 3, 22: 6, 23: 9, 24: 12}
"""The first month of each EDTF season: the meteorological seasons of the northern half of the earth."""


def known_year(year: int) -> bool:
    """Whether a ``date`` can be made in the year and the two beside it."""
    return 2 <= year <= 9990


def day(year: int, month: int, number: int, basis: Basis = Basis.STATED) -> When | None:
    """One day; ``None`` where the calendar has no such day.

    >>> day(2022, 9, 31) is None
    True
    """
    if not (known_year(year) and 1 <= month <= 12 and 1 <= number <= monthrange(year, month)[1]):
        return None
    return one_day(date(year, month, number), basis)


def one_day(at: date, basis: Basis = Basis.STATED) -> When:
    """The day as a value."""
    return When(start=at, end=at, edtf=at.isoformat(), precision=Precision.DAY, basis=basis)


def month(year: int, number: int, basis: Basis = Basis.STATED) -> When | None:
    """A calendar month; ``None`` where there is none of that number."""
    if not (known_year(year) and 1 <= number <= 12):
        return None
    start, end = date(year, number, 1), date(year, number, monthrange(year, number)[1])
    return When(start=start, end=end, edtf=f"{year:04}-{number:02}", precision=Precision.MONTH, basis=basis)


def year(number: int, basis: Basis = Basis.STATED) -> When | None:
    """A calendar year."""
    if not known_year(number):
        return None
    start, end = date(number, 1, 1), date(number, 12, 31)
    return When(start=start, end=end, edtf=f"{number:04}", precision=Precision.YEAR, basis=basis)


def season(number: int, code: int, basis: Basis = Basis.STATED) -> When | None:
    """A season by EDTF code; the winter of a year begins in its December.

    >>> season(2023, 21).edtf, str(season(2023, 24).end)
    ('2023-21', '2024-02-29')
    """
    if not known_year(number):
        return None
    first = SEASON_MONTH[code]
    last_year, last = (number + 1, 2) if code == 24 else (number, first + 2)
    start, end = date(number, first, 1), date(last_year, last, monthrange(last_year, last)[1])
    return When(start=start, end=end, edtf=f"{number:04}-{code}", precision=Precision.SEASON, basis=basis)


def years(first: int, last: int, edtf: str, basis: Basis = Basis.STATED) -> When | None:
    """A run of whole years, such as a decade ("199X") or a century ("19XX")."""
    if not (known_year(first) and known_year(last) and first <= last):
        return None
    return When(start=date(first, 1, 1), end=date(last, 12, 31), edtf=edtf, precision=Precision.INTERVAL, basis=basis)


def stretch(
    start: date, end: date, basis: Basis, precision: Precision = Precision.INTERVAL, *, about: bool = False
) -> When:
    """The days from ``start`` to ``end``; ``about`` marks both ends approximate."""
    if start == end and not about:
        return one_day(start, basis)
    mark = "~" if about else ""
    edtf = f"{start.isoformat()}{mark}" if start == end else f"{start.isoformat()}{mark}/{end.isoformat()}{mark}"
    return When(start=start, end=end, edtf=edtf, precision=precision, basis=basis)


def hull(first: When, last: When) -> When | None:
    """From the start of one to the end of the other; ``None`` where that runs backwards or both ends are unknown."""
    if first.start is None and last.end is None:
        return None
    if first.start and last.end and last.end < first.start:
        return None
    left, right = first.edtf.split("/")[0], last.edtf.split("/")[-1]
    return When(
        start=first.start,
        end=last.end,
        edtf=f"{left}/{right}",
        precision=Precision.INTERVAL,
        basis=last.basis if first.basis is Basis.STATED else first.basis,
    )


def shift(at: date, days: int) -> date:
    """The date so many days on, held within what a ``date`` can say."""
    number = at.toordinal() + days
    return date.fromordinal(min(max(number, date.min.toordinal()), date.max.toordinal()))


def add_months(at: date, months: int) -> date:
    """The same day so many months on, or the last day of a shorter month."""
    number = at.year * 12 + at.month - 1 + months
    to_year, to_month = min(max(number // 12, 1), 9999), number % 12 + 1
    return date(to_year, to_month, min(at.day, monthrange(to_year, to_month)[1]))


def week_of(at: date) -> tuple[date, date]:
    """Monday and Sunday of the day's week."""
    monday = at - timedelta(days=min(at.weekday(), at.toordinal() - 1))
    return monday, shift(monday, 6)
