"""Numbers that are no amounts: dates, times of day, designations, ordinals, labels, list numbers."""

from __future__ import annotations

from fogline.extract.quantities.lexicon import LABELS
from fogline.extract.quantities.measures import unit_at
from fogline.extract.quantities.numerals import Numeral
from fogline.timex.finding import expressions
from fogline.timex.numbers import ORDINAL_ENDINGS
from fogline.timex.tokens import Tokens

_AGES = [["-", unit, "-", "old"] for unit in ("year", "month", "week", "day")]
_SIGNS = frozenset("~≈≃<>≤≥$€£₴₽")
_MEASURING = frozenset({"%", "°", "+", "-", "$", "€", "£", "₴", "₽", "km²", "m²", "m³", "℃"})
_CLINGING = frozenset({"+", "_", ":", "№", "#", "@"})


def dated(tokens: Tokens) -> frozenset[int]:
    """The tokens that are part of a date; a length of time after "for" is an amount as well."""
    taken: set[int] = set()
    for reading in expressions(tokens):
        if tokens.words[reading.first] != "for":
            taken.update(range(reading.first, reading.last))
    return frozenset(taken)


def excluded(tokens: Tokens, numeral: Numeral) -> bool:
    """Whether the number names, dates or orders something."""
    i, j = numeral.first, numeral.last
    if numeral.share:
        return False
    if tokens.words[j : j + 4] in _AGES:
        return True
    if tokens.words[i][:1].isdecimal():
        return _designates(tokens, j) or _orders(tokens, i, j) or _tells_time(tokens, i, j) or _labelled(tokens, i)
    if tokens.words[i] == "one" and tokens.words[j] in ("of", "another", "can", "must", "should", "such", "day"):
        return True
    return tokens.words[i] == "one" and tokens.words[i - 1] in ("no", "the", "this", "that", "any", "every", "each")


def clings(tokens: Tokens, i: int) -> bool:
    """Whether a number goes on from digits, letters or a mark before it: "Su-34", "T72", "+380 44", "1.2.3"."""
    before = tokens.words[i - 1]
    if before.isdecimal() and tokens.starts[i] - tokens.ends[i - 1] <= 1:
        return True
    if not tokens.touches(i):
        return False
    if before == "-" or before == "/":
        return tokens.touches(i - 1) and tokens.words[i - 2].isalnum()
    return before.isalpha() or before in _CLINGING or (before in (".", ",") and tokens.words[i - 2].isdecimal())


def alone(tokens: Tokens, numeral: Numeral) -> bool:
    """Whether plain digits stand between marks, with no word or sign beside them that could make them an amount."""
    if not numeral.plain:
        return False
    before, after = tokens.words[numeral.first - 1], tokens.words[numeral.last]
    return not (before.isalpha() or before in _SIGNS or after.isalpha() or after in _MEASURING)


def _designates(tokens: Tokens, j: int) -> bool:
    """Whether letters or digits go on after the number: "2S19", "1.2.3"."""
    after = tokens.words[j]
    if not tokens.touches(j):
        return False
    if after.isalpha() and unit_at(tokens, j) is None and after not in ORDINAL_ENDINGS:
        return True
    return after in (".", "_", "@", "/") and tokens.touches(j + 1) and tokens.words[j + 1].isdecimal()


def _orders(tokens: Tokens, i: int, j: int) -> bool:
    """Such as "92nd", "(1)", and "1." or "1)" at the start of a line."""
    after = tokens.words[j]
    if after in ORDINAL_ENDINGS and tokens.touches(j):
        return True
    if after == ")" and j - i == 1 and len(tokens.words[i]) <= 2 and tokens.words[i - 1] in ("(", "", "\n"):
        return True
    return after in (".", ":") and tokens.words[i - 1] in ("", "\n") and len(tokens.words[i]) <= 2


def _tells_time(tokens: Tokens, i: int, j: int) -> bool:
    """Such as "14:30", "5 pm", "6 a.m.", "8 o'clock", "0600 hours"."""
    after = tokens.words[j]
    if after == ":" and tokens.touches(j) and tokens.touches(j + 1) and tokens.words[j + 1].isdecimal():
        return True
    if after in ("am", "pm", "o'clock", "utc", "gmt"):
        return True
    if after in ("a", "p") and tokens.words[j + 1] == "." and tokens.words[j + 2] == "m":
        return True
    return len(tokens.words[i]) == 4 and tokens.words[i][0] == "0"


def _labelled(tokens: Tokens, i: int) -> bool:
    """Such as "Article 5", "No. 3", "Indicator 1", "Leopard 2": the word before names by number."""
    k = i - 2 if tokens.words[i - 1] == "." else i - 1
    return tokens.words[k] in LABELS and (
        tokens.capital(k) or tokens.words[k] in ("no", "page", "article", "point", "№")
    )
