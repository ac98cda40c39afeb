"""Several days of one month: "6, 7 and 10 September 2022", "September 6 and 7"."""

from __future__ import annotations

from dataclasses import replace

from fogline.timex.absolute import at_month, at_number, clings, counts, day_number, year_after
from fogline.timex.lexicon import ANY_MONTH, words
from fogline.timex.reading import Found, Partial
from fogline.timex.tokens import Tokens

_MOST = 6
"""Days that one list may have."""
_JOINTS = frozenset({",", "and", "or", "&", "і", "та", "и"})


def listed(tokens: Tokens, i: int) -> tuple[Found, ...]:
    """The days of a list that begins at token ``i``; empty where there is none."""
    if tokens.number(i, 2) is not None:
        return _before_month(tokens, i)
    return _after_month(tokens, i) if tokens.words[i] in ANY_MONTH else ()


def _before_month(tokens: Tokens, i: int) -> tuple[Found, ...]:
    days: list[tuple[int, int, int]] = []
    k = i
    for _ in range(_MOST):
        day = day_number(tokens, k)
        if day is None or (day[1] - k > 1 and tokens.words[day[1]] in ANY_MONTH):
            break
        joint = tokens.words[day[1]]
        if joint not in _JOINTS or (joint == "," and tokens.touches(day[1] + 1)):
            break
        days.append((k, day[1], day[0]))
        k = day[1] + 2 if joint == "," and tokens.words[day[1] + 1] in _JOINTS else day[1] + 1
    if not days or tokens.number(k, 2) is None or tokens.words[i - 1] == "between" or clings(tokens, i):
        return ()
    last = at_number(tokens, k)
    if last is None or not isinstance(last.core, Partial) or last.core.day is None:
        return ()
    core = last.core
    numbers = [day for _, _, day in days] + [last.core.day]
    if numbers != sorted(numbers):
        return ()
    return (*(Found(first, end, replace(core, day=day)) for first, end, day in days), last)


def _after_month(tokens: Tokens, i: int) -> tuple[Found, ...]:
    head = at_month(tokens, i)
    if head is None or not isinstance(head.core, Partial) or head.core.day is None or head.to or head.core.year:
        return ()
    found = [head]
    k = head.last
    while len(found) < _MOST and tokens.words[k] in _JOINTS:
        k = k + 2 if tokens.words[k] == "," and tokens.words[k + 1] in _JOINTS else k + 1
        day = day_number(tokens, k)
        if day is None or day[0] <= (head.core.day or 0) or not _ends(tokens, day[1]) or tokens.touches(k):
            break
        found.append(Found(k, day[1], replace(head.core, day=day[0])))
        k = day[1]
    if len(found) == 1:
        return ()
    year, end = year_after(tokens, found[-1].last)
    if year is not None:
        found = [replace(one, core=replace(one.core, year=year)) for one in found if isinstance(one.core, Partial)]
        found[-1] = replace(found[-1], last=end)
    return tuple(found)


def _ends(tokens: Tokens, k: int) -> bool:
    """Whether a listed day can end before token ``k``: no noun follows that it would count."""
    word = tokens.words[k]
    return not counts(tokens, k) and (not word.isalpha() or word in _FUNCTION or word in _JOINTS)


_FUNCTION = words("after_list")
