"""Units after a number: "km²", "sq. km", "square kilometers", "-kilometer", "per cent", "km² per day"."""

from __future__ import annotations

from dataclasses import replace

from fogline.extract.quantities.lexicon import CUBIC, PER, RATES, SQUARE, TIME, UNITS
from fogline.extract.quantities.numerals import MONEY, Numeral, numeral_at
from fogline.timex.tokens import Tokens


def unit_at(tokens: Tokens, j: int) -> tuple[str, int] | None:
    """The unit that begins at token ``j``, with what it is told per, and the token after it."""
    at = j + 1 if tokens.words[j] == "-" and tokens.touches(j) and tokens.touches(j + 1) else j
    found = _plain(tokens, at)
    if found is None:
        return None
    unit, end = found
    if unit in TIME:
        return unit, end
    return _rated(tokens, unit, end)


def rate_at(tokens: Tokens, j: int) -> tuple[str, int]:
    """Such as "per day", "a day", "daily" at token ``j``: the unit it makes of a count, and the token after it."""
    return _rated(tokens, "", j)


def with_repeated_unit(tokens: Tokens, numeral: Numeral) -> Numeral:
    """A range whose unit is told twice ("between 5 km and 7 km"), as one number that ends before the second unit."""
    if numeral.low != numeral.high or tokens.words[numeral.first - 1] not in ("between", "from"):
        return numeral
    one = unit_at(tokens, numeral.last)
    if one is None or tokens.words[one[1]] not in ("and", "to"):
        return numeral
    other = numeral_at(tokens, one[1] + 1)
    if other is None or other.high <= numeral.low or unit_at(tokens, other.last) is None:
        return numeral
    same = (unit_at(tokens, other.last) or ("", 0))[0].startswith(one[0])
    return replace(numeral, last=other.last, high=other.high, plain=False) if same else numeral


def money_before(tokens: Tokens, i: int) -> str:
    """The unit of a sign of money right before token ``i``."""
    return UNITS[tokens.words[i - 1]] if tokens.words[i - 1] in MONEY else ""


def _plain(tokens: Tokens, j: int) -> tuple[str, int] | None:
    words = tokens.words
    if words[j] in ("square", "sq", "cubic", "cu"):
        k = j + 2 if words[j + 1] == "." else j + 1
        table = CUBIC if words[j].startswith("c") else SQUARE
        unit = table.get(UNITS.get(words[k], ""))
        return None if unit is None else (unit, k + 1)
    if words[j] == "per" and words[j + 1] == "cent":
        return "%", j + 2
    if words[j] == "percentage" and words[j + 1] in ("points", "point"):
        return "%", j + 2
    if words[j] in ("metric", "long", "short") and UNITS.get(words[j + 1]) == "tonnes":
        return "tonnes", j + 2
    if words[j] == "nautical" and words[j + 1] in ("miles", "mile"):
        return "nmi", j + 2
    if words[j] == "u" and words[j + 1 : j + 5] == [".", "s", ".", "dollars"]:
        return "USD", j + 5
    if words[j] == "us" and words[j + 1] in ("dollars", "dollar"):
        return "USD", j + 2
    unit = UNITS.get(words[j])
    if unit is None:
        return None
    return _powered(tokens, unit, j + 1)


def _powered(tokens: Tokens, unit: str, j: int) -> tuple[str, int]:
    """Such as "km2", "km^2", "° C", "km/h"."""
    words = tokens.words
    k = j + 1 if words[j] == "^" else j
    if words[k] in ("2", "3") and tokens.touches(k):
        powered = (SQUARE if words[k] == "2" else CUBIC).get(unit)
        if powered:
            return powered, k + 1
    if unit == "°" and words[j] in ("c", "celsius"):
        return "°C", j + 1
    if unit == "km" and words[j] == "/" and words[j + 1] == "h":
        return "km/h", j + 2
    return unit, j


def _rated(tokens: Tokens, unit: str, j: int) -> tuple[str, int]:
    words = tokens.words
    if words[j] in RATES:
        return f"{unit}/{RATES[words[j]]}", j + 1
    if words[j] in ("per", "a", "an", "each", "every", "/") and words[j + 1] in PER:
        return f"{unit}/{PER[words[j + 1]]}", j + 2
    return unit, j
