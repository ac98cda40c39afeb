"""Days told from the day of publication or from another date in the text, without a number: yesterday, on Tuesday."""

from __future__ import annotations

from datetime import date
from functools import partial

from fogline.model import Basis, When
from fogline.timex.absolute import at_month, at_number, month_at, year_after
from fogline.timex.bounds import EARLY, LATE, MID, part
from fogline.timex.lexicon import ANY_WEEKDAY, DAY_WORDS, UNITS, WEEKDAYS, words
from fogline.timex.numbers import ORDINAL_ENDINGS
from fogline.timex.reading import Found, Move, Partial, Shifted, To
from fogline.timex.shifts import (
    changed,
    day_of_month,
    days_on,
    in_year,
    lasting,
    named_month,
    part_so_far,
    recent,
    weekday,
    whole_unit,
)
from fogline.timex.tokens import Tokens
from fogline.timex.values import one_day, shift, week_of

PAST = frozenset({"last", "past", "previous", "preceding"})
AHEAD = frozenset({"next", "coming", "upcoming", "forthcoming"})
_AFTER_THAT = frozenset({"next", "following", "ensuing", "subsequent"})
_DAYTIMES = frozenset({"morning", "afternoon", "evening", "night"})
_PAPERS = words("papers")
_FEASTS = words("feasts")


def at_weekday(tokens: Tokens, i: int, ahead: bool | None) -> Found | None:
    """A day of the week at ``i``: told from publication, or part of the date beside it."""
    dated = _before_date(tokens, i)
    if dated is not None:
        return dated
    word, before = tokens.words[i], tokens.words[i - 1]
    if word not in WEEKDAYS or (before in _FEASTS) or (tokens.words[i + 1] in _PAPERS and tokens.capital(i + 1)):
        return None
    number = WEEKDAYS[word]
    end = i + 2 if tokens.words[i + 1] in _DAYTIMES else i + 1
    if before in PAST:
        return Found(i - 1, end, Shifted(To.PUBLICATION, weekday(number, -1)))
    if before in AHEAD:
        return Found(i - 1, end, Shifted(To.PUBLICATION, weekday(number, 1)))
    if before == "this":
        return Found(i - 1, end, Shifted(To.PUBLICATION, weekday(number, 1 if ahead else 0)))
    if before == "that" or before in _AFTER_THAT:
        return Found(i - 1, end, Shifted(To.TEXT, weekday(number, 1)))
    if tokens.words[end] == "last" or (tokens.words[end], tokens.words[end + 1]) == ("last", "week"):
        week = tokens.words[end + 1] == "week"
        move = _day_of_week(number, -1) if week else weekday(number, -1)
        return Found(i, end + 1 + week, Shifted(To.PUBLICATION, move))
    if (tokens.words[end], tokens.words[end + 1]) == ("next", "week"):
        return Found(i, end + 2, Shifted(To.PUBLICATION, _day_of_week(number, 1)))
    if not tokens.capital(i) and before != "on":
        return None
    return Found(i, end, Shifted(To.PUBLICATION, weekday(number, 1 if ahead else 0)))


def _day_of_week(number: int, steps: int) -> Move:
    return partial(_in_week, number, steps)


def _in_week(number: int, steps: int, at: date) -> When:
    monday, _ = week_of(shift(at, 7 * steps))
    return one_day(shift(monday, number), Basis.PUBLICATION_RELATIVE)


def _before_date(tokens: Tokens, i: int) -> Found | None:
    """Such as "Saturday, September 10, 2022": the date, with the weekday in its span."""
    j = i + 1
    for word in (".", ",", "the"):
        j = j + 1 if tokens.words[j] == word else j
    found = at_number(tokens, j) if tokens.number(j, 4) is not None else at_month(tokens, j)
    if found is None or not isinstance(found.core, Partial) or found.core.day is None:
        return None
    return Found(i, found.last, found.core, found.to)


def at_day_word(tokens: Tokens, i: int) -> Found | None:
    """Such as "today", "yesterday evening", "the day before yesterday", "вчора"."""
    if (tokens.words[i - 1], tokens.words[i + 1]) == ("«", "»"):  # a newspaper
        return None
    days = DAY_WORDS[tokens.words[i]]
    end = i + 2 if tokens.words[i + 1] in _DAYTIMES else i + 1
    first = i
    if (tokens.words[i - 2], tokens.words[i - 1]) in (("day", "before"), ("day", "after")):
        days += -1 if tokens.words[i - 1] == "before" else 1
        first = i - 3 if tokens.words[i - 3] == "the" else i - 2
    return Found(first, end, Shifted(To.PUBLICATION, days_on(days)))


def at_overnight(tokens: Tokens, i: int) -> Found | None:
    """Such as "overnight": the night before the day of publication, unless a date stands beside it."""
    j = i + 2 if tokens.words[i + 1] in ("on", "into", "to") else i + 1
    if at_number(tokens, j) or at_month(tokens, j) or tokens.words[j] in ANY_WEEKDAY or tokens.words[j] == "from":
        return None
    return Found(i, i + 1, Shifted(To.PUBLICATION, lasting(1, 1, "day", -1, about=False)))


def at_daytime(tokens: Tokens, i: int) -> Found | None:
    """Such as "last night", "this morning", "that evening"."""
    word, before = tokens.words[i], tokens.words[i - 1]
    if before == "last" and word in ("night", "evening"):
        move = lasting(1, 1, "day", -1, about=False) if word == "night" else days_on(-1)
        return Found(i - 1, i + 1, Shifted(To.PUBLICATION, move))
    if before == "this":
        return Found(i - 1, i + 1, Shifted(To.PUBLICATION, days_on(0)))
    if before in ("that", "same"):
        return Found(i - 1, i + 1, Shifted(To.TEXT, days_on(0)))
    if before in ("next", "following"):
        return Found(i - 1, i + 1, Shifted(To.TEXT, days_on(1)))
    return None


def at_unit(tokens: Tokens, i: int) -> Found | None:
    """A week, month, year ... at ``i`` told by the word before it: "last week", "the next day", "recent months"."""
    word, before = tokens.words[i], tokens.words[i - 1]
    unit = UNITS[word]
    if word.endswith("s"):
        return _several(tokens, i, unit, before)
    end = i + 1
    if before in ("last", "past", "previous") or before in ("next", "coming", "upcoming"):
        return _step(tokens, i, unit, before)
    if before == "this" or before == "current":
        return _this(tokens, i, unit)
    if before in ("that", "same"):
        move = days_on(0) if unit in ("day", "night") else whole_unit(unit, 0)
        soon = _so_far(tokens, i)
        if soon:
            return Found(i - 2, end, Shifted(To.TEXT, part_so_far(unit, soon)))
        return Found(i - 1, end, Shifted(To.TEXT, move))
    if before in _AFTER_THAT or before == "preceding":
        sign = -1 if before == "preceding" else 1
        return Found(i - 1, end, Shifted(To.TEXT, whole_unit(unit, sign)))
    if unit == "weekend" and before in ("the", "over", "at"):
        return Found(i, end, Shifted(To.PUBLICATION, whole_unit("weekend", 0)))
    return None


def _step(tokens: Tokens, i: int, unit: str, before: str) -> Found | None:
    sign = -1 if before in PAST else 1
    if unit in ("hour", "season"):
        return None
    if unit == "day":
        # "the last day of ..." and "the next day" are told from something in the text.
        if before in ("next", "previous") and tokens.words[i + 1] != "of":
            return Found(i - 1, i + 1, Shifted(To.TEXT, days_on(sign)))
        return Found(i - 1, i + 1, Shifted(To.PUBLICATION, days_on(sign))) if before in ("past", "coming") else None
    if before == "previous":
        return Found(i - 1, i + 1, Shifted(To.TEXT, whole_unit(unit, -1)))
    if unit == "night":
        return Found(
            i - 1, i + 1, Shifted(To.PUBLICATION, lasting(1, 1, "day", -1, about=False) if sign < 0 else days_on(0))
        )
    if before in ("coming", "past") and unit not in ("quarter", "weekend"):
        return Found(i - 1, i + 1, Shifted(To.PUBLICATION, lasting(1, 1, unit, sign, about=False)))
    move = whole_unit(unit, sign)
    third = {"early": EARLY, "mid": MID, "late": LATE}.get(tokens.words[i - 2])
    if third is not None:
        return Found(i - 2, i + 1, Shifted(To.PUBLICATION, changed(move, partial(part, third=third))))
    if tokens.words[i - 2] in ("later", "earlier"):
        return Found(i - 2, i + 1, Shifted(To.PUBLICATION, move))
    return Found(i - 1, i + 1, Shifted(To.PUBLICATION, move))


def _this(tokens: Tokens, i: int, unit: str) -> Found | None:
    if unit in ("hour", "season", "day"):
        return None if unit != "day" else Found(i - 1, i + 1, Shifted(To.PUBLICATION, days_on(0)))
    soon = _so_far(tokens, i)
    if soon:
        return Found(i - 2, i + 1, Shifted(To.PUBLICATION, part_so_far(unit, soon)))
    return Found(i - 1, i + 1, Shifted(To.PUBLICATION, whole_unit(unit, 0)))


def _so_far(tokens: Tokens, i: int) -> int:
    """-1 for "earlier this month", 1 for "later this month", else 0."""
    return {"earlier": -1, "later": 1}.get(tokens.words[i - 2], 0)


def _several(tokens: Tokens, i: int, unit: str, before: str) -> Found | None:
    """Such as "recent weeks", "the past days", "the coming months"."""
    if unit in ("quarter", "season", "weekend") or tokens.words[i + 1] == "of":
        return None
    if before in ("recent", "past", "last", "latest"):
        return Found(i - 1, i + 1, Shifted(To.PUBLICATION, recent(unit, -1)))
    if before in ("coming", "next", "upcoming", "near"):
        return Found(i - 1, i + 1, Shifted(To.PUBLICATION, recent(unit, 1)))
    return None


def at_told_month(tokens: Tokens, i: int, ahead: bool | None) -> Found | None:
    """Such as "last September", "next May", "September last year", "July 6 this year"."""
    named = month_at(tokens, i)
    if named is None:
        return None
    month, j = named
    before = tokens.words[i - 1]
    told = before in ("last", "past", "next", "this", "coming") and tokens.capital(i)
    if told and year_after(tokens, j)[0] is None and tokens.number(j, 2) is None:
        way = {"last": -1, "past": -1, "this": 2}.get(before, 1)
        return Found(i - 1, j, Shifted(To.PUBLICATION, named_month(month, way)))
    return None


def with_told_year(tokens: Tokens, found: Found) -> Found | None:
    """A date without a year that "last year", "this year" or "that year" follows."""
    core, j = found.core, found.last
    if not isinstance(core, Partial) or core.year is not None or found.to is not None:
        return None
    j = j + 1 if tokens.words[j] in ("of", ",") else j
    if tokens.words[j + 1] != "year" or (core.day is None and core.month is None and core.season is None):
        return None
    told = {"last": -1, "this": 0, "next": 1, "that": 0, "same": 0, "previous": -1, "following": 1}
    steps = told.get(tokens.words[j])
    if steps is None:
        return None
    to = To.PUBLICATION if tokens.words[j] in ("last", "this", "next") else To.YEAR
    return Found(found.first, j + 2, Shifted(to, in_year(steps, core.month, core.day, core.season)))


_LEADS_DAY = frozenset({"on", "since", "until", "till", "before", "after"})
"""Not "by" and "from", behind which a unit stands as often: "taken by the 24th", "soldiers from the 14th"."""
_BEHIND_DAY = frozenset(
    {"", "\n", ".", ",", ";", ":", ")", "and", "but", "when", "while", "after", "before", "with", "at", "in"}
)


def at_day_alone(tokens: Tokens, i: int, ahead: bool | None) -> Found | None:
    """A day of the month that is not named: "on the 20th"; the last such day before publication, or the next one."""
    day = tokens.number(i, 2)
    ending = i + 1
    if day is None or not 1 <= day <= 31 or tokens.words[ending] not in ORDINAL_ENDINGS or not tokens.touches(ending):
        return None
    if tokens.words[i - 1] != "the" or tokens.words[i - 2] not in _LEADS_DAY or tokens.words[i + 2] not in _BEHIND_DAY:
        return None
    if _is_ranked_on(tokens, i + 2):
        return None
    return Found(i - 1, i + 2, Shifted(To.PUBLICATION, day_of_month(day, 1 if ahead else 0)))


def _is_ranked_on(tokens: Tokens, i: int) -> bool:
    """Whether a second ordinal follows, so that the noun of both comes yet: "on the 2nd *and 3rd* floors"."""
    if tokens.words[i] not in (",", "and"):
        return False
    second = i + 2 if tokens.words[i + 1] in ("the", "and") else i + 1
    return tokens.words[second].isdecimal() and tokens.words[second + 1] in ORDINAL_ENDINGS
