"""Times told with a length of time: "two days ago", "the past 24 hours", "three days after the invasion"."""

from __future__ import annotations

from dataclasses import dataclass

from fogline.timex.absolute import at_month, at_number
from fogline.timex.anchored import Anchors, moved
from fogline.timex.lexicon import ANY_MONTH, SEASONS, UNITS, WEEKDAYS
from fogline.timex.numbers import whole
from fogline.timex.reading import Displaced, Fixed, Found, Move, Shifted, To, Unplaced
from fogline.timex.relative import AHEAD, at_day_word, at_weekday
from fogline.timex.shifts import BARE, VAGUE, away, lasting, recent
from fogline.timex.tokens import Tokens
from fogline.timex.years import at_season, at_year

_BACK = frozenset({"last", "past", "previous", "preceding", "recent", "latest"})
_FILL = frozenset({"full", "long", "whole", "straight", "consecutive", "short", "more", "further", "calendar"})
_LATER = frozenset({"later", "afterwards", "afterward", "thereafter", "hence"})
_EARLIER = frozenset({"earlier", "previously", "prior", "beforehand"})
_HAVE = frozenset({"has", "have", "had", "been", "ve"})
_NOUN_AHEAD = frozenset({"that", "this", "it", "then"})
_REACH = 12
"""Tokens of the sentence before "for months" in which "has" or "been" makes it reach up to the day of writing."""


@dataclass(frozen=True, slots=True)
class Length:
    """``low`` to ``high`` of a ``unit`` in tokens ``first`` up to ``last``; ``vague`` where no number is named."""

    first: int
    last: int
    low: float
    high: float
    unit: str
    vague: bool = False


def length_at(tokens: Tokens, i: int) -> Length | None:
    """The length of time whose number or unit is token ``i``: "two days", "3-6 months", "a week", "months"."""
    word = tokens.words[i]
    if word in UNITS:
        return _unit_alone(tokens, i)
    if word in VAGUE and word:
        j = i + 2 if tokens.words[i + 1] == "of" else i + 1
        first = i - 1 if tokens.words[i - 1] in ("a", "the") and word != "several" else i
        first = first if tokens.words[first] != "the" else i
        return _of_unit(tokens, first, j, *VAGUE[word], vague=True)
    number = whole(tokens, i)
    if number is None:
        return None
    low, j = number
    high = low
    if tokens.words[j] in ("-", "to", "or"):
        other = whole(tokens, j + 1)
        if other is not None and other[0] > low:
            high, j = other
    if tokens.words[j] == "and" and (tokens.words[j + 1], tokens.words[j + 2]) == ("a", "half"):
        return _of_unit(tokens, i, j + 3, low + 0.5, high + 0.5)
    return _of_unit(tokens, i, j, low, high)


def _of_unit(tokens: Tokens, first: int, j: int, low: float, high: float, vague: bool = False) -> Length | None:
    j = j + 1 if tokens.words[j] in _FILL else j
    unit = UNITS.get(tokens.words[j])
    return None if unit is None or unit == "season" else Length(first, j + 1, low, high, unit, vague)


def _unit_alone(tokens: Tokens, i: int) -> Length | None:
    word, before, unit = tokens.words[i], tokens.words[i - 1], UNITS[tokens.words[i]]
    if unit == "season":
        return None
    if not word.endswith("s"):
        if before not in ("a", "an"):
            return None
        if tokens.words[i - 2] == "half":
            return Length(i - 2, i + 1, 0.5, 0.5, unit)
        if tuple(tokens.words[i + 1 : i + 4]) == ("and", "a", "half"):
            return Length(i - 1, i + 4, 1.5, 1.5, unit)
        return Length(i - 1, i + 1, 1, 1, unit)
    return Length(i, i + 1, *BARE.get(unit, VAGUE[""]), unit, vague=True)


def at_length(tokens: Tokens, i: int, anchors: Anchors, ahead: bool | None) -> Found | None:
    """A time told with a length of time whose number or unit is token ``i``."""
    length = length_at(tokens, i)
    if length is None:
        return None
    return _told_after(tokens, length, anchors) or _told_before(tokens, length, ahead)


def _told_after(tokens: Tokens, length: Length, anchors: Anchors) -> Found | None:
    """What follows the length: "ago", "later", "before that", "after the invasion", "after 10 September"."""
    j = length.last
    word = tokens.words[j]
    if word == "ago":
        return Found(length.first, j + 1, Shifted(To.PUBLICATION, _away(length, -1)))
    if word in _LATER or (word == "on" and not tokens.words[j + 1].isalnum()):
        return Found(length.first, j + 1, Shifted(To.TEXT, _away(length, 1)))
    if word in _EARLIER and tokens.words[j + 1] != "to":
        return Found(length.first, j + 1, Shifted(To.TEXT, _away(length, -1)))
    if word == "from" and tokens.words[j + 1] in ("now", "today"):
        return Found(length.first, j + 2, Shifted(To.PUBLICATION, _away(length, 1)))
    if word in ("after", "before", "into", "since", "following", "prior"):
        sign = -1 if word in ("before", "prior") else 1
        return _from_event(tokens, length, j + 2 if word == "prior" else j + 1, sign, anchors)
    return None


def _from_event(tokens: Tokens, length: Length, j: int, sign: int, anchors: Anchors) -> Found | None:
    move = _away(length, sign)
    event = anchors.event_at(tokens, j)
    if event is not None:
        return Found(length.first, event[0], Fixed(moved(event[1], move)))
    if tokens.words[j] in _NOUN_AHEAD or not (tokens.words[j].isalnum() or tokens.words[j] == "'"):
        end = j + 1 if tokens.words[j] in _NOUN_AHEAD else j
        return Found(length.first, end, Shifted(To.TEXT, move))
    found = date_at(tokens, j)
    if found is not None:
        return Found(length.first, found.last, Displaced(found.core, move))
    if tokens.words[j - 1] in ("since", "into", "following") or tokens.words[length.first - 1] == "for":
        return None
    return Found(length.first, j, Unplaced())


def _told_before(tokens: Tokens, length: Length, ahead: bool | None) -> Found | None:
    """What precedes the length: "the past", "the next", "for", "in", "within"."""
    first, before = length.first, tokens.words[length.first - 1]
    about = length.vague or length.low != length.high
    if before in _BACK or before in AHEAD:
        sign = -1 if before in _BACK else 1
        if tokens.words[length.last] == "of":
            return None
        move = _lasting(length, sign, about) if tokens.words[first] not in UNITS else recent(length.unit, sign)
        return Found(first - 1, length.last, Shifted(To.PUBLICATION, move))
    if before == "for":
        past = any(tokens.words[k] in _HAVE for k in range(max(0, first - _REACH), first - 1))
        if past and not ahead and tokens.words[length.last] not in ("of", "to"):
            return Found(first - 1, length.last, Shifted(To.PUBLICATION, _lasting(length, -1, about)))
        return None
    if before == "in" and ahead and _stops(tokens, length.last):
        return Found(first, length.last, Shifted(To.PUBLICATION, _away(length, 1)))
    if before == "within" and ahead:
        return Found(first - 1, length.last, Shifted(To.PUBLICATION, _lasting(length, 1, about)))
    return None


def _stops(tokens: Tokens, j: int) -> bool:
    word = tokens.words[j]
    return not word.isalpha() or word in ("time", "at", "when", "if", "and")


def _away(length: Length, sign: int) -> Move:
    return away(length.low, length.high, length.unit, sign)


def _lasting(length: Length, sign: int, about: bool) -> Move:
    return lasting(length.low, length.high, length.unit, sign, about=about)


def date_at(tokens: Tokens, i: int) -> Found | None:
    """A date that begins at token ``i``, an article before it left out."""
    i = i + 1 if tokens.words[i] == "the" else i
    word = tokens.words[i]
    if tokens.number(i, 4) is not None:
        return at_number(tokens, i) or at_year(tokens, i)
    if word in ANY_MONTH:
        return at_month(tokens, i, loose=True)
    if word in SEASONS:
        return at_season(tokens, i)
    if word in WEEKDAYS:
        return at_weekday(tokens, i, ahead=False)
    return at_day_word(tokens, i) if word in ("today", "yesterday", "tomorrow") else None
