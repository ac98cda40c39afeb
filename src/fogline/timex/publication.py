"""When a report was published: from what its metadata say, and what its text shows where they say nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from email.utils import parsedate_to_datetime

from fogline.model import UNKNOWN_WHEN, Basis, Precision, When
from fogline.timex.finding import Timex, find
from fogline.timex.values import one_day

_LONGEST = 400
"""Characters of a publication line that are read."""


def publication(text: str) -> When:
    """The day an absolute publication date or time names ("2023-10-09T14:23:00Z", "Oct 9, 2023", RFC 2822), or unknown.

    The day is the one written, in the time zone it is written in. The first full date of the line counts; a relative
    date ("2 hours ago") and one whose day and month may be either way round ("10/09/2022") leave it unknown.

    >>> publication("Published: Mon, 09 Oct 2023 14:23:00 +0300").edtf
    '2023-10-09'
    >>> publication("yesterday").known
    False
    """
    line = text[:_LONGEST].strip()
    for timex in find(line, published=UNKNOWN_WHEN, anchors=()):
        when = timex.when
        if when.precision is Precision.DAY and when.start is not None and when.basis is Basis.STATED:
            return replace(one_day(when.start), text=when.text)
    return _compact(line)


def _compact(line: str) -> When:
    """RFC 2822 dates that are not written as words usually are ("09-Oct-23"), and "20231009"."""
    digits = line[:8]
    if len(digits) == 8 and digits.isdecimal() and digits.isascii() and not line[8:9].isdecimal():
        try:
            return replace(one_day(date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))), text=digits)
        except ValueError:
            return UNKNOWN_WHEN
    try:
        return replace(one_day(parsedate_to_datetime(line).date()), text=line)
    except (TypeError, ValueError, IndexError, OverflowError):
        return UNKNOWN_WHEN


def latest_past(timexes: Iterable[Timex]) -> date | None:
    """The latest day that a text speaks of as past, by its own absolute and anchored dates; ``None`` where none is.

    A report without a date of its own was published on that day or later. A month or year counts from its first day:
    the text says no more. What is told from publication or as yet to come does not count.
    """
    days = [day for timex in timexes if (day := _past(timex)) is not None]
    return max(days, default=None)


def _past(timex: Timex) -> date | None:
    when = timex.when
    if timex.ahead or when.basis not in (Basis.STATED, Basis.ANCHOR_RELATIVE) or when.start is None:
        return None
    if when.precision is Precision.DAY or when.end is None:
        return when.start
    return when.end if _between_days(when) else when.start


def _between_days(when: When) -> bool:
    """Whether the value runs from one stated day to another."""
    ends = when.edtf.split("/")
    return len(ends) == 2 and all(len(end) == 10 for end in ends)
