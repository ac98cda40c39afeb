"""Days and months written out: "10 September 2022", "Sept. 10", "10.09.2022", "2022-09-10", "10 вересня 2022 року"."""

from __future__ import annotations

from datetime import date

from fogline.model import Basis, Precision, When
from fogline.timex import values
from fogline.timex.lexicon import ANY_MONTH, COUNTED, MONTHS, YEAR_WORDS, words
from fogline.timex.numbers import ORDINAL_ENDINGS
from fogline.timex.reading import Fixed, Found, Partial
from fogline.timex.tokens import Tokens

LEADING = words("month_leads")
"""Words before a month that stands alone."""
_DAY_JOINTS = frozenset({"-", "to", "until", "till", "through", "по", "до", "на", "/"})
_NAMES = frozenset({"april", "june", "august", "may", "march"})
_NEEDS_CAPITAL = frozenset({"may", "march", "august"})
_NOT_BEFORE = frozenset({"street", "square", "avenue", "battalion", "brigade", "revolution", "group", "madness", "law"})
_ORDINAL_TAILS = frozenset({"го", "е", "ого", "ое", "та", "те"})


def at_number(tokens: Tokens, i: int) -> Found | None:
    """A date that begins with the digits at ``i``."""
    if clings(tokens, i):
        return None
    if len(tokens.words[i]) == 4:
        return _year_first(tokens, i)
    return _day_first(tokens, i) or _day_month(tokens, i)


def at_month(tokens: Tokens, i: int, loose: bool = False) -> Found | None:
    """A date that begins with the month at ``i``; ``loose`` where the words before have shown that it is a month."""
    named = month_at(tokens, i)
    if named is None:
        return None
    month, j = named
    day = _day_after_month(tokens, j)
    if day is not None:
        return _with_days(tokens, i, month, *day)
    year, end = year_after(tokens, j)
    if year is not None:
        return Found(i, end, Partial(year=year, month=month))
    if loose or _stands_alone(tokens, i):
        return Found(i, i + 1, Partial(month=month))
    return None


def month_at(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """The month named at ``i`` and the token after it; short forms count with a capital or (Cyrillic) a stop."""
    word = tokens.words[i]
    month = ANY_MONTH.get(word)
    if month is None:
        return None
    stop = tokens.words[i + 1] == "." and tokens.touches(i + 1)
    if word not in MONTHS:
        if not (stop if word[0] > "я" or "а" <= word[0] <= "я" else tokens.capital(i)):
            return None
        return month, i + 2 if stop else i + 1
    if word in _NEEDS_CAPITAL and not tokens.capital(i):
        return None
    return month, i + 1


def year_after(tokens: Tokens, i: int) -> tuple[int | None, int]:
    """The year after a day or month that ends before token ``i`` (", 2022", "of 2022"), and the token after it."""
    at = i + 1 if tokens.words[i] in (",", "of") else i
    year = year_number(tokens, at)
    if year is None or tokens.words[at + 1] in COUNTED:
        return None, i
    return year, skip_year_word(tokens, at + 1)


def year_number(tokens: Tokens, i: int) -> int | None:
    """The token as a year from 1800 to 2199, where it is no piece of a longer number, time or code."""
    if len(tokens.words[i]) != 4:
        return None
    number = tokens.number(i)
    if number is None or not 1800 <= number <= 2199 or _runs_on(tokens, i):
        return None
    return number


def skip_year_word(tokens: Tokens, i: int) -> int:
    """The token after "року", "г." and the like at ``i``, if such a word stands there."""
    if tokens.words[i] not in YEAR_WORDS:
        return i
    short = len(tokens.words[i]) <= 2
    return i + 2 if short and tokens.words[i + 1] == "." and tokens.touches(i + 1) else i + 1


def day_number(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """A day of the month at ``i`` ("10", "10th", "10-го"), and the token after it."""
    number = tokens.number(i, longest=2)
    if number is None or not 1 <= number <= 31:
        return None
    if tokens.words[i + 1] in ORDINAL_ENDINGS and tokens.touches(i + 1):
        return number, i + 2
    if tokens.words[i + 1] == "-" and tokens.words[i + 2] in _ORDINAL_TAILS and tokens.touches(i + 2):
        return number, i + 3
    return number, i + 1


def counts(tokens: Tokens, i: int) -> bool:
    """Whether the number before token ``i`` counts or measures something, by what follows."""
    word = tokens.words[i]
    if word in COUNTED or word in ("%", "thousand", "million", "billion", "hundred", "k"):
        return True
    return word == "-" and tokens.touches(i) and tokens.touches(i + 1) and tokens.words[i + 1].isalpha()


def clings(tokens: Tokens, i: int) -> bool:
    """Whether the digits go on from a mark or letters before them ("14:10", "1.10", "Su-27", "T72")."""
    before = tokens.words[i - 1]
    if not tokens.touches(i):
        return False
    if before in (".", ",", "/"):
        return tokens.touches(i - 1) and tokens.number(i - 2, 20) is not None
    if before in (":", "+", "_", "№", "#", "$", "€", "£"):
        return True
    return before.isalpha() or (before == "-" and tokens.touches(i - 1) and tokens.words[i - 2].isalpha())


def _runs_on(tokens: Tokens, i: int) -> bool:
    """Whether the digits go on after them ("2022:", "2,022", "2022.5")."""
    if not tokens.touches(i + 1):
        return False
    mark = tokens.words[i + 1]
    if mark == "/" and len(tokens.words[i + 2]) == 2:  # "2023/24"
        return tokens.number(i + 2) != (int(tokens.words[i]) + 1) % 100
    if mark in (".", ",", ":", "/"):
        return tokens.touches(i + 2) and tokens.number(i + 2, 20) is not None
    glued = tokens.capital(i + 1) and len(mark) >= 3  # "8 March 2022Retaken": two lines run together
    return mark.isalpha() and mark not in YEAR_WORDS and not glued


def _year_first(tokens: Tokens, i: int) -> Found | None:
    """Such as "2022-09-10", "2022/09/10", "2022.09.10", with or without a time; "2022-09"."""
    year, mark = tokens.number(i), tokens.words[i + 1]
    if year is None or mark not in ("-", "/", ".") or not (tokens.touches(i + 1) and tokens.touches(i + 2)):
        return None
    month = tokens.number(i + 2, 2)
    if month is None or len(tokens.words[i + 2]) != 2 or not 1800 <= year <= 2199:
        return None
    day = tokens.number(i + 4, 2)
    if day is not None and tokens.words[i + 3] == mark and tokens.touches(i + 3) and tokens.touches(i + 4):
        return _fixed(i, _skip_time(tokens, i + 5), values.day(year, month, day))
    if mark == "-" and month <= 12 and month <= year % 100 and tokens.words[i + 3] != "-":
        return _fixed(i, i + 3, values.month(year, month))
    return None


def _skip_time(tokens: Tokens, i: int) -> int:
    """The token after a time that follows an ISO date ("T14:23:00.000Z", " 14:23+02:00")."""
    at = i
    if tokens.words[at] == "t" and tokens.touches(at):
        at += 1
    hour = tokens.number(at, 2)
    if hour is None or tokens.words[at + 1] != ":" or tokens.number(at + 2, 2) is None:
        return i
    at += 3
    while tokens.touches(at) and tokens.touches(at + 1) and tokens.words[at] in (":", ".", "+", "-"):
        if tokens.number(at + 1) is None:
            break
        at += 2
    return at + 1 if tokens.words[at] == "z" and tokens.touches(at) else at


def _day_first(tokens: Tokens, i: int) -> Found | None:
    """Such as "10.09.2022", "10/09/2022", "10-09-22"; where day and month may be either way round, the set of both."""
    first, mark = tokens.number(i, 2), tokens.words[i + 1]
    if first is None or mark not in (".", "/", "-") or tokens.words[i + 3] != mark:
        return None
    second, year = tokens.number(i + 2, 2), tokens.number(i + 4, 4)
    if second is None or year is None or not all(tokens.touches(k) for k in range(i + 1, i + 5)):
        return None
    if len(tokens.words[i + 4]) == 2 and len(tokens.words[i + 2]) == 2:
        year += 2000 if year < 70 else 1900
    if not 1800 <= year <= 2199 or (tokens.touches(i + 5) and tokens.words[i + 5] in ("/", "-", ":")):
        return None
    when = values.day(year, second, first)
    if mark == "/" and first != second:
        turned = values.day(year, first, second)
        when = _either(when, turned) if when and turned else when or turned
    return _fixed(i, skip_year_word(tokens, i + 5), when)


def _either(one: When, other: When) -> When:
    """One of two days, as an EDTF set: which of them is not said."""
    days: list[date] = sorted(day for day in (one.start, other.start) if day)
    edtf = f"[{days[0].isoformat()},{days[1].isoformat()}]"
    return When(start=days[0], end=days[1], edtf=edtf, precision=Precision.INTERVAL, basis=Basis.STATED)


def _fixed(first: int, last: int, when: When | None) -> Found | None:
    return None if when is None else Found(first, last, Fixed(when))


def _day_month(tokens: Tokens, i: int) -> Found | None:
    """Such as "10 September 2022", "10th of September", "6-10 September", "6 to 10 вересня"."""
    start = day_number(tokens, i)
    if start is None:
        return None
    day, j = start
    until: int | None = None
    joint = tokens.words[j]
    if joint in _DAY_JOINTS or (joint == "and" and tokens.words[i - 1] == "between"):
        end = day_number(tokens, j + 1)
        if end is None:
            return None
        until, j = end
    if tokens.words[j] == "of":
        j += 1
    named = month_at(tokens, j)
    if named is None:
        return None
    month, j = named
    year, j = year_after(tokens, j)
    return _days(i, j, year, month, day, until)


def _day_after_month(tokens: Tokens, j: int) -> tuple[int, int | None, int] | None:
    """The day, or the first and last day, after a month that ended before token ``j``, and the token after them."""
    if tokens.words[j] == "the":
        j += 1
    start = day_number(tokens, j)
    if start is None or _thousands(tokens, j + 1):
        return None
    day, k = start
    if tokens.words[k] in ("-", "to", "through", "until", "till", "/", "and"):
        end = day_number(tokens, k + 1)
        joint = tokens.words[k]
        listed = joint == "and" and tokens.words[j - 2] != "between" and tokens.words[j - 3] != "between"
        free = end is not None and month_at(tokens, end[1]) is None and not counts(tokens, end[1])
        if end and free and not listed and not _thousands(tokens, k + 2):
            return day, end[0], end[1]
    if counts(tokens, k) or (tokens.words[k] == ":" and tokens.touches(k)):
        return None
    return day, None, k


def _thousands(tokens: Tokens, i: int) -> bool:
    """Whether a number goes on at token ``i`` with decimals, minutes or three more digits."""
    if tokens.words[i] in (",", ".", ":") and tokens.touches(i):
        return tokens.touches(i + 1) and tokens.number(i + 1, 20) is not None
    return len(tokens.words[i]) == 3 and tokens.number(i) is not None


def _with_days(tokens: Tokens, i: int, month: int, day: int, until: int | None, j: int) -> Found | None:
    year, j = year_after(tokens, j)
    return _days(i, j, year, month, day, until)


def _days(first: int, last: int, year: int | None, month: int, day: int, until: int | None) -> Found | None:
    # A leap year shows which days a month can have where no year is named.
    if values.day(year or 2000, month, day) is None or (until and values.day(year or 2000, month, until) is None):
        return None
    if until is not None and until <= day:
        return None
    to = Partial(year=year, month=month, day=until) if until else None
    return Found(first, last, Partial(year=year, month=month, day=day), to)


def _stands_alone(tokens: Tokens, i: int) -> bool:
    """Whether a month without day and year is one: "in May", "the March offensive", not "May God", "March on"."""
    word, before, after = tokens.words[i], tokens.words[i - 1], tokens.words[i + 1]
    if before in LEADING:
        return word.isascii() is False or tokens.capital(i) or word not in _NAMES
    if not word.isascii() or not tokens.capital(i) or after in _NOT_BEFORE:
        return False
    if tokens.words[i - 1] in ("and", "or", "-", "to") and tokens.words[i - 2] in MONTHS:
        return True
    if word in _NAMES:
        article = before in ("the", "a") and after.isalpha() and after not in ("on", "for", "of", "to", "against")
        return article and not tokens.capital(i + 1)
    return before != "black"
