"""Finding the amounts of a text."""

from __future__ import annotations

from dataclasses import dataclass

from fogline.extract.quantities.bounds import LEAST, MOST, Frame, bound_after, frame_before
from fogline.extract.quantities.excluding import alone, clings, dated, excluded
from fogline.extract.quantities.lexicon import DETERMINERS, LENGTHS, LONE, TIME
from fogline.extract.quantities.measures import money_before, rate_at, unit_at, with_repeated_unit
from fogline.extract.quantities.nouns import counted_at, whole_at
from fogline.extract.quantities.numerals import BEGINS, PLURALS, VAGUE, Numeral, numeral_at
from fogline.model import Quantity, Span
from fogline.timex.tokens import Tokens, tokenise

_MORE = frozenset({"more", "full", "whole", "long", "straight", "consecutive", "further"})
_NEVER_LONE = frozenset({*VAGUE, "a", "an"})


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity and the words it was read from, with what is counted."""

    span: Span
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class _Measured:
    """A number with its unit or what it counts, up to token ``last``."""

    unit: str
    of: str
    last: int
    bound: str = ""
    about: bool = False


def find(text: str) -> tuple[Amount, ...]:
    """The amounts of an English text, in text order: measures, counts, shares; no dates, ordinals, names or codes.

    >>> [(a.quantity.low, a.quantity.high, a.quantity.unit) for a in find("They took 10‑15 km² per day, over 9 tanks")]
    [(10.0, 15.0, 'km²/day'), (9.0, None, '')]
    """
    tokens = tokenise(text)
    hits = [i for i, word in enumerate(tokens.words) if word in BEGINS or word[:1].isdecimal()]
    if not hits:
        return ()
    taken = dated(tokens)
    amounts: list[Amount] = []
    done = 0
    for i in hits:
        if i < done or i in taken or clings(tokens, i):
            continue
        numeral = numeral_at(tokens, i)
        if numeral is None or alone(tokens, numeral) or excluded(tokens, numeral):
            continue
        found = _amount(tokens, numeral, done)
        if found is not None:
            amount, done = found
            amounts.append(amount)
    return tuple(amounts)


def _amount(tokens: Tokens, numeral: Numeral, done: int) -> tuple[Amount, int] | None:
    numeral = with_repeated_unit(tokens, numeral)
    measured = _measured(tokens, numeral)
    is_time = measured is not None and measured.unit in TIME
    frame = frame_before(tokens, _with_sign(tokens, numeral), is_time)
    if measured is None:
        measured = _lone(tokens, numeral, frame)
    if measured is None:
        return None
    span = tokens.span(max(_opened(tokens, numeral, frame), done), measured.last)
    bound = frame.bound or measured.bound
    scale = 1_000 if numeral.dotted and not measured.unit else 1
    below = measured.unit.startswith("°") and tokens.words[numeral.first - 1] == "-"
    low, high = (-numeral.high, -numeral.low) if below else (numeral.low * scale, numeral.high * scale)
    quantity = Quantity(
        low=None if bound == MOST else low,
        high=None if bound == LEAST else high,
        unit=measured.unit,
        of=measured.of,
        approximate=numeral.approximate or frame.about or measured.about,
        text=span.of(tokens.text),
    )
    return Amount(span, quantity), measured.last


def _with_sign(tokens: Tokens, numeral: Numeral) -> int:
    """Where the number begins with a sign of money or a minus before it."""
    minus = tokens.words[numeral.first - 1] == "-" and tokens.touches(numeral.first)
    return numeral.first - 1 if minus or money_before(tokens, numeral.first) else numeral.first


def _opened(tokens: Tokens, numeral: Numeral, frame: Frame) -> int:
    """Where the amount begins, with "between" or "from" before a range."""
    ranged = numeral.low < numeral.high and not numeral.approximate
    return frame.first - 1 if ranged and tokens.words[frame.first - 1] in ("between", "from") else frame.first


def _measured(tokens: Tokens, numeral: Numeral) -> _Measured | None:
    """The unit after the number, or the noun it counts; ``None`` where there is neither."""
    bound, about, j = bound_after(tokens, numeral.last)
    money = money_before(tokens, numeral.first)
    if numeral.share:
        whole = whole_at(tokens, j + 1 if tokens.words[j] == "of" else j)
        return None if whole is None else _Measured("%", whole[0], max(whole[1], j))
    if money:
        return _Measured(money, *_of(tokens, j), bound, about)
    found = unit_at(tokens, j + 1 if tokens.words[j] in _MORE else j)
    if found is not None:
        unit, end = found
        of, end = ("", end) if unit in LENGTHS | TIME and not _made_of(tokens, end) else _of(tokens, end)
        return _Measured(unit, of, end, bound, about)
    return _counted(tokens, numeral, j, bound, about)


def _counted(tokens: Tokens, numeral: Numeral, j: int, bound: str, about: bool) -> _Measured | None:
    if tokens.words[j] == "-" and tokens.touches(j):
        if tokens.words[j + 1] == "strong":
            return _Measured("", "", j + 2, bound, about)
        noun = counted_at(tokens, j + 1, one=True)
        return _Measured("", noun[0], noun[1]) if noun and noun[1] == j + 2 else None
    at = j + 1 if tokens.words[j] == "of" else j
    while tokens.words[at] in ("more", "other", "further", "the", "its", "their", "these", "such") and at - j < 3:
        at += 1
    if tokens.words[j] == "of" and tokens.words[at].isdecimal():  # "three of the 12 bridges"
        whole = whole_at(tokens, j + 1)
        return None if whole is None else _Measured("", whole[0], j, bound, about)
    noun = counted_at(tokens, at, one=0 < numeral.high <= 1)
    if noun is None:
        return None
    of, end = noun
    unit, end = rate_at(tokens, end)
    return _Measured(unit, of, end, bound, about)


def _made_of(tokens: Tokens, j: int) -> bool:
    """Whether "of" after a length tells what it is of ("miles of road"), not from where ("3 km of the town")."""
    after = tokens.words[j + 1]
    return after not in DETERMINERS and not tokens.capital(j + 1) and not after.endswith(("ly", "ing"))


def _of(tokens: Tokens, j: int) -> tuple[str, int]:
    """What a measure is of ("12 tonnes of ammunition"), and the token after."""
    if tokens.words[j] != "of":
        return "", j
    whole = whole_at(tokens, j + 1)
    return ("", j) if whole is None else (whole[0], max(whole[1], j))


def _lone(tokens: Tokens, numeral: Numeral, frame: Frame) -> _Measured | None:
    """A number without a noun counts where its form or the words beside it show it ("killed 50", "over 1,200")."""
    bound, about, j = bound_after(tokens, numeral.last)
    if numeral.share:
        return _Measured("%", "", j, bound, about)
    if tokens.words[numeral.last - 1] in _NEVER_LONE:
        return None
    beside = tokens.words[frame.first - 1] in LONE or tokens.words[j] in LONE
    many = tokens.words[numeral.first] in PLURALS and tokens.words[numeral.first] != "scores"
    many = many or tokens.words[j] in ("were", "have", "had")
    many = many or _gauged(tokens, frame.first)
    large = not numeral.plain and numeral.high >= 1_000
    if beside or large or many or frame.bound or frame.about or bound:
        return _Measured("", "", j, bound, about)
    return None


_GAUGES = frozenset({"toll", "losses", "casualties", "number", "count", "strength", "total"})
_GAUGED_BACK = 12
"""Tokens back from "at" or "to" in which the word for what is counted stands."""


def _gauged(tokens: Tokens, first: int) -> bool:
    """Whether a number is that of a toll or the like: "put the death toll at 27", "the losses rose to 300"."""
    if tokens.words[first - 1] not in ("at", "to"):
        return False
    for i in range(first - 2, max(-1, first - 2 - _GAUGED_BACK), -1):
        if tokens.words[i] in _GAUGES:
            return True
        if tokens.sentence_ends(i):
            return False
    return False
