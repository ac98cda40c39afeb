"""By when a forecast is to come true: times told forward from the day of publication.

A forecast's "by January" and "in November" lie ahead, where a report's own times mostly lie behind; so they have a reading of
their own. The end of the interval is the day by which the forecast has to have come true.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from fogline.model import Basis, Precision, When

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The month in which a season begins, on the northern half of the earth."""
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "a couple of": 2, "a few": 4, "several": 6, "some": 6, "few": 4, "coming": 4, "next": 4,
}  # fmt: skip
"""Vague numbers get the end of what people mean by them, as the last day of a horizon has to be some day."""
DAYS = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30.5, "quarter": 91.5, "year": 365.25}
FEAST = {
    "christmas": (12, 25),
    "the new year": (12, 31),
    "new year": (12, 31),
    "new year’s": (12, 31),
    "year’s end": (12, 31),
    "year's end": (12, 31),
    "year-end": (12, 31),
    "year end": (12, 31),
    "easter": (4, 20),
}
_UNIT = r"(?P<unit>hours?|days?|weeks?|months?|quarters?|years?)"
_COUNT = r"(?:\d{1,3}(?:\s?[-–‑]\s?\d{1,3})?|a couple of|a few|several|[a-z]+)"
LENGTH = re.compile(
    rf"\b(?P<lead>within|in|over|during|for|next|coming)(?: the| at least| no more than| about)?(?: (?:next|coming|following))?"
    rf"(?: (?P<count>{_COUNT}(?: to \w+)?))?(?: or so| more)? {_UNIT}\b(?! of (?:the )?(?:war|fighting))",
    re.IGNORECASE,
)
NAMED = re.compile(
    r"\b(?P<lead>by|before|until|till|through|throughout|in|during|within|on|at|this|next|over|for|beyond|past|after|not later than"
    r"|all|come|the whole|the rest of)\b"
    r"(?P<part>(?: the)?(?: (?:very )?(?:end|middle|start|beginning|close) of|(?: mid-| early | late |mid-| the early | the late ))?)"
    r"(?: the)?(?: (?P<which>this|next|coming|current|following))?[ -]?"
    r"(?P<name>" + "|".join(MONTHS) + "|" + "|".join(SEASONS) + "|" + "|".join(FEAST)
    + r"|weekend|week|month|quarter|year|monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|20\d\d)\b"
    r"(?:(?P<space>,? (?:of )?)(?P<year>20\d\d))?",
    re.IGNORECASE,
)  # fmt: skip
DATED = re.compile(
    r"\b(?P<lead>by|before|until|on|in)? ?(?:(?P<day>\d{1,2}) (?P<month>" + "|".join(MONTHS) + r")|(?P<month2>" + "|".join(MONTHS)
    + r") (?P<day2>\d{1,2})(?!\d))(?:,? (?P<year>20\d\d))?", re.IGNORECASE,
)  # fmt: skip
SOON = re.compile(
    r"(?<!said )(?<!told )\b(?P<name>tonight|tomorrow(?: (?:morning|night|evening|afternoon))?)\b", re.IGNORECASE
)
UNTIL = frozenset({"by", "before", "until", "till", "through", "within", "throughout", "not later than"})
AFTER = frozenset({"beyond", "past", "after"})


def horizon(text: str, today: date) -> When | None:
    """The time that the words of a forecast look ahead to, from ``today``; ``None`` where they name none.

    >>> horizon("will fall by the end of January", date(2025, 11, 21)).end
    datetime.date(2026, 1, 31)
    """
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            found = read(match, today)
            if found is not None:
                return found
    return None


def _soon(match: re.Match[str], today: date) -> When | None:
    day = today + timedelta(days=match["name"].lower().startswith("tomorrow"))
    return _when(match, "on", day, day, today)


def _dated(match: re.Match[str], today: date) -> When | None:
    month = MONTHS.index((match["month"] or match["month2"]).lower()) + 1
    number = int(match["day"] or match["day2"])
    year = int(match["year"]) if match["year"] else today.year
    if not 1 <= number <= monthrange(year, month)[1]:
        return None
    day = date(year, month, number)
    if day < today and not match["year"]:
        day = date(year + 1, month, min(number, monthrange(year + 1, month)[1]))
    return _when(match, (match["lead"] or "on").lower(), day, day, today)


def _length(match: re.Match[str], today: date) -> When | None:
    lead, count = match["lead"].lower(), (match["count"] or "").lower()
    unit = match["unit"].lower().rstrip("s")
    plural = match["unit"].lower().endswith("s")
    if not count and not plural and lead not in ("next", "coming"):
        return None  # "during the day"
    if unit in ("week", "month", "quarter", "year") and not plural and (not count or count in ("next", "coming")):
        return None  # told by ``NAMED``: "in the coming week"
    parts = re.split(r"\s?[-–‑]\s?| to ", count) if count else ["coming"]
    number = parts[-1]
    amount = int(number) if number.isdigit() else NUMBERS.get(number)
    if amount is None:
        return None
    return _interval(today, today + timedelta(days=round(amount * DAYS[unit])), match.group())


def _named(match: re.Match[str], today: date) -> When | None:
    lead, name, which = match["lead"].lower(), match["name"].lower(), (match["which"] or "").lower()
    which = lead if lead in ("this", "next") else which
    spans = ("week", "month", "quarter", "year", "weekend")
    if name in spans and not (
        which or "end of" in match["part"].lower() or (name == "weekend" and lead in UNTIL | {"at"})
    ):
        return None
    if lead == "for" and not which:
        return None
    first, last = _bounds(name, which, match["year"], today)
    if last < today:
        return None
    part = match["part"].lower()
    third = (last - first) // 3
    if "start" in part or "beginning" in part or "early" in part:
        last = first + third
    elif "mid" in part:
        first, last = first + third, last - third
    elif "late" in part or "end" in part or "close" in part:
        first = last - third
    return _when(match, lead, first, last, today)


def _when(match: re.Match[str], lead: str, first: date, last: date, today: date) -> When | None:
    text = match.group().strip()
    if lead in AFTER:
        start = last + timedelta(days=1)
        return When(
            start=start, edtf=f"{start}/..", precision=Precision.INTERVAL, text=text, basis=Basis.PUBLICATION_RELATIVE
        )
    if lead == "before" and match.groupdict().get("name", "").lower() not in FEAST:
        last = first - timedelta(days=1)
    if last < today:
        return None
    return _interval(today if lead in UNTIL else max(first, today), last, text)


def _interval(start: date, end: date, text: str) -> When:
    same = start == end
    edtf = start.isoformat() if same else f"{start}/{end}"
    precision = Precision.DAY if same else Precision.INTERVAL
    return When(start=start, end=end, edtf=edtf, precision=precision, text=text, basis=Basis.PUBLICATION_RELATIVE)


def _bounds(name: str, which: str, year: str | None, today: date) -> tuple[date, date]:
    """First and last day of what is named: the next one from ``today`` on, the running one included."""
    if name in MONTHS:
        return _month(MONTHS.index(name) + 1, int(year) if year else None, today, which)
    if name in SEASONS:
        return _season(SEASONS[name], int(year) if year else None, today, which)
    if name in FEAST:
        month, day = FEAST[name]
        at = date(int(year or today.year), month, day)
        at = at if at >= today or year else at.replace(year=today.year + 1)
        return at, at
    if name.isdigit():
        return date(int(name), 1, 1), date(int(name), 12, 31)
    return _running(name, which, today)


def _running(name: str, which: str, today: date) -> tuple[date, date]:
    ahead = which in ("next", "coming", "following")
    monday = today - timedelta(days=today.weekday())
    if name == "tomorrow":
        return today + timedelta(days=1), today + timedelta(days=1)
    if name == "week":
        first = monday + timedelta(days=7 * ahead)
        return first, first + timedelta(days=6)
    if name == "weekend":
        return monday + timedelta(days=5), monday + timedelta(days=6)
    if name == "year":
        return date(today.year + ahead, 1, 1), date(today.year + ahead, 12, 31)
    if name in ("month", "quarter"):
        size = 3 if name == "quarter" else 1
        start = (today.month - 1) // size * size + size * ahead
        first = date(today.year + start // 12, start % 12 + 1, 1)
        return first, _month_end(first, size)
    number = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday").index(name)
    day = today + timedelta(days=(number - today.weekday()) % 7 or 7)
    return day, day


def _month(month: int, year: int | None, today: date, which: str) -> tuple[date, date]:
    chosen = year or today.year
    if year is None and (month < today.month or (which == "next" and month == today.month)):
        chosen += 1
    first = date(chosen, month, 1)
    return first, _month_end(first, 1)


def _season(month: int, year: int | None, today: date, which: str) -> tuple[date, date]:
    first = date(year or today.year, month, 1)
    if year is None and month == 12 and today.month <= 2 and which != "next":
        first = date(today.year - 1, 12, 1)
    while year is None and _month_end(first, 3) < today:
        first = first.replace(year=first.year + 1)
    return first, _month_end(first, 3)


def _month_end(first: date, months: int) -> date:
    last = first.month - 1 + months
    return date(first.year + last // 12, last % 12 + 1, 1) - timedelta(days=1)


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], When | None]], ...] = (
    (DATED, _dated),
    (SOON, _soon),
    (NAMED, _named),
    (LENGTH, _length),
)
