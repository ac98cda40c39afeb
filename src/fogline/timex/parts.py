"""Parts told by their place in a whole: "the first day of the invasion", "the last week of August", "the day after"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from fogline.model import Precision, When
from fogline.timex import bounds, values
from fogline.timex.anchored import Anchors, anchored, moved, opening, ordinal_unit, start_of, told_start
from fogline.timex.durations import date_at
from fogline.timex.lexicon import UNITS
from fogline.timex.numbers import ordinal, whole
from fogline.timex.reading import Displaced, Fixed, Found, Move, Shifted, To
from fogline.timex.shifts import away, days_on
from fogline.timex.tokens import Tokens

_LENGTH = {"hour": 1, "day": 1, "night": 1, "week": 7, "month": 30, "year": 365}
OPENING = {"hour": 1, "day": 7, "week": 21, "month": 92, "year": 730}
"""How many days "the first days (weeks, months) of the invasion" are, where no number is named; chosen, not tuned."""
_PLURAL_OF_DATE = {"day": 5, "week": 14}
_LAST = frozenset({"last", "final", "closing"})
_FIRST = frozenset({"opening", "early", "earliest", "initial"})
_ENDS = ("of", "after", "into", "since", "in")
_SINCE = frozenset({"since", "before", "after", "until", "till", "following"})


@dataclass(frozen=True, slots=True)
class Part:
    """The ``number``-th (-1: last) unit, or the first or last ``count``; ``count`` 0: a plural without a number."""

    number: int
    count: int
    unit: str
    last: int


def at_part(tokens: Tokens, i: int, anchors: Anchors) -> Found | None:
    """A part whose ordinal ("first", "24th", "last", "opening") is token ``i``."""
    part = _part(tokens, i)
    if part is None or tokens.words[part.last] not in _ENDS:
        return None
    j = part.last + 1
    event = anchors.event_at(tokens, j)
    if event is not None:
        if part.number < 0:
            return None
        return Found(i, event[0], Fixed(_of_event(part, event[1])))
    found = date_at(tokens, j) if tokens.words[part.last] == "of" else None
    if found is None or found.to is not None:
        return None
    return Found(i, found.last, found.core, changes=(partial(_of_date, part),))


def _part(tokens: Tokens, i: int) -> Part | None:
    word = tokens.words[i]
    if word in _LAST or word in _FIRST:
        number, j = (-1 if word in _LAST else 1), i + 1
    else:
        found = ordinal(tokens, i)
        if found is None:
            return None
        number, j = found
    count = whole(tokens, j) if number in (1, -1) else None
    if count is not None:
        unit = UNITS.get(tokens.words[count[1]])
        return Part(number, count[0], unit, count[1] + 1) if unit else None
    unit = UNITS.get(tokens.words[j])
    if unit is None:
        return None
    plural = tokens.words[j].endswith("s")
    if plural and number not in (1, -1):
        return None
    return Part(number, 0 if plural else 1, unit, j + 1)


def _of_event(part: Part, day: date) -> When:
    if part.count == 1:
        return ordinal_unit(day, part.number, part.unit)
    if part.count == 0:
        return opening(day, OPENING.get(part.unit, 30), about=True)
    return opening(day, min(part.count * _LENGTH.get(part.unit, 30), 40_000), about=part.unit in ("month", "year"))


def _of_date(part: Part, when: When) -> When:
    if when.start is None or when.end is None:
        return replace(when, edtf="", precision=Precision.UNKNOWN)
    if part.unit == "quarter" and part.count == 1:
        return bounds.quarter(when, 4 if part.number < 0 else min(part.number, 4))
    if part.unit == "month" and when.precision is Precision.YEAR:
        return _months_of_year(part, when)
    length = _PLURAL_OF_DATE.get(part.unit, 60) if part.count == 0 else _LENGTH.get(part.unit, 90) * part.count
    fine = Precision.WEEK if (part.unit, part.count) == ("week", 1) else Precision.INTERVAL
    if part.number < 0:
        return bounds.last_days(when, length, about=part.count == 0, precision=fine)
    if part.number == 1:
        return bounds.first_days(when, length, about=part.count == 0, precision=fine)
    first = values.shift(when.start, length * (part.number - 1))
    last = min(values.shift(first, length - 1), when.end)
    return values.stretch(first, last, when.basis, fine) if first <= last else replace(when, precision=fine)


def _months_of_year(part: Part, when: When) -> When:
    assert when.start is not None
    count = min(max(part.count, 1), 12)
    first = 13 - count if part.number < 0 else min(part.number, 12)
    one = values.month(when.start.year, first, when.basis)
    last = values.month(when.start.year, min(first + count - 1, 12), when.basis)
    if one is None or last is None:
        return when
    return one if one == last else values.hull(one, last) or one


def at_day_of(tokens: Tokens, i: int, anchors: Anchors) -> Found | None:
    """Such as "the day after the invasion", "the day before", "day three of the war": by "day", "week" or "eve"."""
    word, after = tokens.words[i], tokens.words[i + 1]
    numbered = whole(tokens, i + 1) if word == "day" else None
    if numbered is not None and tokens.words[numbered[1]] in ("of", "in"):
        event = anchors.event_at(tokens, numbered[1] + 1)
        return None if event is None else Found(i, event[0], Fixed(ordinal_unit(event[1], max(numbered[0], 1), "day")))
    if word == "eve" and after == "of":
        return _beside(tokens, i, i + 2, days_on(-1), anchors)
    if tokens.words[i - 1] != "the" or word not in ("day", "night", "week", "month", "year"):
        return None
    if after == "of" and word == "day":
        event = anchors.event_at(tokens, i + 2)
        return None if event is None else Found(i, event[0], Fixed(moved(event[1], days_on(0))))
    if after not in ("before", "after"):
        return None
    sign = -1 if after == "before" else 1
    move = days_on(sign) if word in ("day", "night") else away(1, 1, word, sign)
    return _beside(tokens, i, i + 2, move, anchors)


def _beside(tokens: Tokens, i: int, j: int, move: Move, anchors: Anchors) -> Found | None:
    event = anchors.event_at(tokens, j)
    if event is not None:
        return Found(i, event[0], Fixed(moved(event[1], move)))
    found = date_at(tokens, j)
    if found is not None:
        return (
            None if tokens.words[j] in ("yesterday", "tomorrow") else Found(i, found.last, Displaced(found.core, move))
        )
    if tokens.words[j].isalnum() or tokens.words[i] == "eve":
        return None
    return Found(i, j, Shifted(To.TEXT, move))


def at_event(tokens: Tokens, i: int, anchors: Anchors) -> Found | None:
    """An anchor event told as a time by the words before it: "since the invasion", "at the start of the war"."""
    event = anchors.named_at(tokens, i)
    if event is None:
        return None
    end, day, first = event
    lead = tokens.words[first - 1]
    core = Fixed(anchored(values.one_day(day)))
    if lead in _SINCE:
        return Found(first, end, core)
    if told_start(tokens, first) and lead in ("at", "from", "with", "by", "in", "on"):
        return Found(first, end, Fixed(start_of(day)) if lead != "on" else core)
    return None
