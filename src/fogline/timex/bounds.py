"""What "early", "since", "by" and "around" make of a value."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date

from fogline.model import Precision, When
from fogline.timex.values import add_months, shift, stretch

EARLY, MID, LATE = 0, 1, 2


def part(when: When, third: int) -> When:
    """The early, middle or late third of a value, marked approximate: days 1-10, 11-20, 21- of a month; four months.

    >>> from fogline.timex.values import month
    >>> part(month(2022, 9), LATE).edtf
    '2022-09-21~/2022-09-30~'
    """
    if when.precision is Precision.DAY:
        return when
    if when.start is None or when.end is None:
        return replace(when, precision=Precision.INTERVAL, edtf=f"{when.edtf}~" if when.edtf else "")
    if when.edtf.endswith("X"):
        return _third_of_years(when, third)
    if when.precision is Precision.MONTH:
        days = ((1, 10), (11, 20), (21, when.end.day))[third]
        first, last = when.start.replace(day=days[0]), when.start.replace(day=days[1])
    elif when.precision in (Precision.YEAR, Precision.SEASON):
        length = 4 if when.precision is Precision.YEAR else 1
        first = add_months(when.start, third * length)
        last = shift(add_months(first, length), -1)
    else:
        first, last = _third_of_days(when.start, when.end, third)
    return stretch(first, last, when.basis, about=True)


def half(when: When, second: bool) -> When:
    """The first or second half: days 1-15 and 16- of a month, six months of a year."""
    if when.start is None or when.end is None:
        return replace(when, precision=Precision.INTERVAL)
    if when.precision is Precision.MONTH:
        first, last = (16, when.end.day) if second else (1, 15)
        return stretch(when.start.replace(day=first), when.start.replace(day=last), when.basis)
    if when.precision is Precision.YEAR:
        months = (7, 12) if second else (1, 6)
        return _months(when, *months)
    span = (when.end - when.start).days // 2
    if second:
        return stretch(shift(when.start, span + 1), when.end, when.basis)
    return stretch(when.start, shift(when.start, span), when.basis)


def quarter(when: When, number: int) -> When:
    """A quarter (1-4) of a year."""
    if when.precision is not Precision.YEAR or when.start is None:
        return replace(when, precision=Precision.INTERVAL)
    return _months(when, number * 3 - 2, number * 3)


def first_days(when: When, days: int, *, about: bool, precision: Precision) -> When:
    """The first ``days`` days of a value."""
    if when.start is None or when.end is None:
        return replace(when, precision=precision)
    return stretch(when.start, min(shift(when.start, days - 1), when.end), when.basis, precision, about=about)


def last_days(when: When, days: int, *, about: bool, precision: Precision) -> When:
    """The last ``days`` days of a value."""
    if when.start is None or when.end is None:
        return replace(when, precision=precision)
    return stretch(max(shift(when.end, 1 - days), when.start), when.end, when.basis, precision, about=about)


def with_day_before(when: When) -> When:
    """The day and the one before it: the night that ends in it."""
    if when.start is None or when.start == date.min or when.end is None:
        return when
    return stretch(shift(when.start, -1), when.end, when.basis)


def around(when: When) -> When:
    """The value with its ends marked approximate; the days stay those that are named."""
    if not when.edtf:
        return when
    ends = [end if end in ("", "..") or end.endswith("~") else f"{end}~" for end in when.edtf.split("/")]
    return replace(when, edtf="/".join(ends))


def since(when: When) -> When:
    """From the value's start on, the end open."""
    left = when.edtf.split("/")[0]
    return replace(when, end=None, edtf=f"{left}/.." if left else "", precision=_open(when))


def until(when: When) -> When:
    """Up to and with the value's end, the start open: what "by" and "until" say."""
    right = when.edtf.split("/")[-1]
    return replace(when, start=None, edtf=f"../{right}" if right else "", precision=_open(when))


def before(when: When) -> When:
    """Up to the day before the value's start."""
    if when.start is None or when.start == date.min:
        return replace(when, start=None, end=None, edtf="", precision=Precision.UNKNOWN)
    end = shift(when.start, -1)
    return replace(when, start=None, end=end, edtf=f"../{end.isoformat()}", precision=Precision.INTERVAL)


def after(when: When) -> When:
    """From the day after the value's end."""
    if when.end is None or when.end == date.max:
        return replace(when, start=None, end=None, edtf="", precision=Precision.UNKNOWN)
    start = shift(when.end, 1)
    return replace(when, start=start, end=None, edtf=f"{start.isoformat()}/..", precision=Precision.INTERVAL)


def _open(when: When) -> Precision:
    return Precision.INTERVAL if when.edtf else Precision.UNKNOWN


def _months(when: When, first: int, last: int) -> When:
    assert when.start is not None
    year = when.start.year
    end = date(year, last, monthrange(year, last)[1])
    edtf = f"{year:04}-{first:02}/{year:04}-{last:02}"
    return replace(when, start=date(year, first, 1), end=end, edtf=edtf, precision=Precision.INTERVAL)


def _third_of_years(when: When, third: int) -> When:
    """Years 0-3, 4-6 and 7-9 of a decade; a century by tens of these."""
    assert when.start is not None
    assert when.end is not None
    unit = (when.end.year - when.start.year + 1) // 10
    first, last = ((0, 4), (4, 7), (7, 10))[third]
    start, end = when.start.year + first * unit, when.start.year + last * unit - 1
    return replace(
        when,
        start=when.start.replace(year=start),
        end=when.end.replace(year=end),
        edtf=f"{start:04}~/{end:04}~",
        precision=Precision.INTERVAL,
    )


def _third_of_days(start: date, end: date, third: int) -> tuple[date, date]:
    length = (end - start).days + 1
    return shift(start, length * third // 3), shift(start, max(length * (third + 1) // 3, length * third // 3 + 1) - 1)
