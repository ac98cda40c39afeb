"""From what the words say to a value: with the day of publication, the dates before it in the text, and no guess."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from fogline.model import Basis, Precision, When
from fogline.timex import values
from fogline.timex.reading import Core, Displaced, Fixed, Move, Partial, Reading, Shifted, To, Unplaced
from fogline.timex.shifts import named_month, named_season, this_season
from fogline.timex.tokens import Tokens

NEWS_DAYS = 45
"""A day without a year that lies at most so long before publication is news, whatever year the text named before.

Chosen from how reports are written, not tuned: a report speaks of the last weeks without naming the year.
"""
CARRY = 400
"""Characters over which a year named before carries on to a day without one."""
CARRY_DAYS = 92
"""A carried year may turn over once: from December on, "5 January" is the next one, within so many days."""
TEXT_REACH = 1_000
"""Characters over which "the next day" reaches back to the date spoken of."""


def resolve(readings: Sequence[Reading], tokens: Tokens, published: When) -> list[When]:
    """The values of the readings, in their order; one that runs backwards or cannot be known is unknown."""
    found: list[When] = []
    for number, reading in enumerate(readings):
        context = Context(tokens, published, readings, found, number)
        when = context.value()
        span = tokens.span(reading.first, reading.last)
        found.append(replace(when, text=span.of(tokens.text)))
    return found


class Context:
    """One reading among those of its text."""

    __slots__ = ("at", "found", "number", "published", "reading", "readings", "tokens")

    def __init__(
        self, tokens: Tokens, published: When, readings: Sequence[Reading], found: Sequence[When], number: int
    ) -> None:
        self.tokens, self.published, self.readings, self.found, self.number = tokens, published, readings, found, number
        self.reading = readings[number]
        self.at = tokens.starts[self.reading.first]

    def value(self) -> When:
        """The reading's value."""
        reading = self.reading
        if reading.to is None:
            when = self.core(reading.core)
        else:
            first, last = _completed(reading.core, reading.to)
            end = self.core(last)
            start = self.core(_with_year_before(first, last, end))
            when = _range(start, end)
        for change in reading.changes:
            when = change(when)
        return when

    def core(self, core: Core) -> When:
        """The value of a core."""
        if isinstance(core, Fixed):
            return core.when
        if isinstance(core, Shifted):
            return self.shifted(core)
        if isinstance(core, Displaced):
            inner = self.core(core.core)
            return _move(core.move, inner, inner.basis)
        if isinstance(core, Unplaced):
            return When(basis=Basis.ANCHOR_RELATIVE)
        return self.dated(core)

    def shifted(self, core: Shifted) -> When:
        """A value told from publication or from the date before."""
        if core.to is To.PUBLICATION:
            return _move(core.move, self.published, Basis.PUBLICATION_RELATIVE)
        before = self.before(any_precision=core.to is To.YEAR)
        return When() if before is None else _move(core.move, before, before.basis)

    def before(self, any_precision: bool = False) -> When | None:
        """The date last spoken of, a day where there is one near; a month or a year will do for "of that year"."""
        wider: When | None = None
        for k in range(self.number - 1, max(-1, self.number - 9), -1):
            other = self.readings[k]
            if self.at - self.tokens.ends[other.last - 1] > TEXT_REACH:
                break
            when = self.found[k]
            if other.lone or bool(other.ahead) != bool(self.reading.ahead) or when.start is None or when.end is None:
                continue
            if any_precision or when.precision is Precision.DAY:
                return when
            wider = wider or when
        return wider

    def dated(self, core: Partial) -> When:
        """A date by its parts; without a year it takes one from the text, else from publication, else none."""
        if core.year is not None:
            return _whole(core, core.year, Basis.STATED) or When(basis=Basis.STATED)
        news = self.from_publication(core)
        if news is not None and self.is_news(news):
            return news
        return self.carried(core) or news or _open(core)

    def is_news(self, when: When) -> bool:
        """Whether a day told from publication is so near it that no other year is meant."""
        day = self.published.start
        return day is not None and when.start is not None and abs((day - when.start).days) <= NEWS_DAYS

    def from_publication(self, core: Partial) -> When | None:
        """The nearest such day before publication, or after it where the text speaks of what is to come."""
        start, end = self.published.start, self.published.end
        if start is None or end is None:
            return None
        one, other = (_nearest(core, day, self.reading.ahead) for day in (start, end))
        return one if one == other else None

    def carried(self, core: Partial) -> When | None:
        """The date in the year of a date close before, where that keeps the order of time."""
        for k in range(self.number - 1, max(-1, self.number - 4), -1):
            other, when = self.readings[k], self.found[k]
            if self.at - self.tokens.ends[other.last - 1] > CARRY:
                return None
            if when.start is None or when.end is None or when.basis is Basis.PUBLICATION_RELATIVE:
                continue
            for year in (when.start.year, when.start.year + 1):
                value = _whole(core, year, Basis.STATED)
                if value is None or value.end is None or value.start is None or value.end < when.start:
                    continue
                if year == when.start.year or (value.start - when.end).days <= CARRY_DAYS:
                    return value
            if not other.lone:
                return None
        return None


def _nearest(core: Partial, at: date, ahead: bool | None) -> When | None:
    way = 1 if ahead else 0
    if core.season is not None:
        # Where no word tells, a season over for half a year is the one to come: "the winter" told in October.
        return (this_season(core.season) if ahead is None else named_season(core.season, way))(at)
    if core.day is None:
        return None if core.month is None else named_month(core.month, way)(at)
    years = range(at.year, at.year + 9) if ahead else range(at.year, at.year - 9, -1)  # 29 February may be eight off
    for year in years:
        value = _whole(core, year, Basis.PUBLICATION_RELATIVE)
        if value is not None and value.start is not None and (value.start >= at if ahead else value.start <= at):
            return value
    return None


def _whole(core: Partial, year: int, basis: Basis) -> When | None:
    if core.season is not None:
        return values.season(year, core.season, basis)
    if core.month is None:
        return values.year(year, basis)
    if core.day is None:
        return values.month(year, core.month, basis)
    return values.day(year, core.month, core.day, basis)


def _open(core: Partial) -> When:
    """A date whose year nothing names: the year stays open."""
    if core.season is not None:
        return When(edtf=f"XXXX-{core.season}", precision=Precision.SEASON, basis=Basis.STATED)
    if core.day is None:
        return When(edtf=f"XXXX-{core.month:02}", precision=Precision.MONTH, basis=Basis.STATED)
    return When(edtf=f"XXXX-{core.month:02}-{core.day:02}", precision=Precision.DAY, basis=Basis.STATED)


def _completed(first: Core, last: Core) -> tuple[Core, Core]:
    """The two ends of a range, each with the year that only the other names, in the order of time."""
    if not (isinstance(first, Partial) and isinstance(last, Partial)):
        return first, last
    one, other = (first.month or 0, first.day or 0), (last.month or 0, last.day or 0)
    if first.season is not None and last.season is not None:
        one, other = (first.season, 0), (last.season, 0)
    if first.year is None and last.year is not None:
        return replace(first, year=last.year - (one > other)), last
    if last.year is None and first.year is not None:
        return first, replace(last, year=first.year + (other < one))
    return first, last


def _with_year_before(first: Core, last: Core, end: When) -> Core:
    """The start of a range whose year is that of its end, where neither is named."""
    if not (isinstance(first, Partial) and isinstance(last, Partial)) or first.year is not None or end.end is None:
        return first
    over = (first.month or 0, first.day or 0) > (last.month or 0, last.day or 0)
    return replace(first, year=end.end.year - over)


def _range(start: When, end: When) -> When:
    joined = values.hull(start, end)
    if joined is not None:
        basis = end.basis if start.basis is Basis.STATED else start.basis
        return replace(joined, basis=basis)
    if start.edtf and end.edtf and not (start.known or end.known):
        return When(edtf=f"{start.edtf}/{end.edtf}", precision=Precision.INTERVAL, basis=end.basis)
    return When(basis=end.basis)


def _move(move: Move, reference: When, basis: Basis) -> When:
    """A move from an interval of reference: by both its ends where it has two, by its start where the end is open."""
    if reference.start is None:
        return When(basis=basis)
    first = move(reference.start)
    if first is None or first.start is None:
        return When(basis=basis)
    if reference.end is None:
        edtf = f"{first.start.isoformat()}/.."
        return When(start=first.start, edtf=edtf, precision=Precision.INTERVAL, basis=basis)
    if reference.end == reference.start:
        return replace(first, basis=basis)
    last = move(reference.end)
    joined = None if last is None else values.hull(first, last) if last != first else first
    return When(basis=basis) if joined is None else replace(joined, basis=basis)
