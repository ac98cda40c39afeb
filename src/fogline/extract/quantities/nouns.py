"""What is counted: the head of the noun phrase after a number, found by form, without a parse."""

from __future__ import annotations

from fogline.extract.quantities.lexicon import COUNTED, DETERMINERS, NOT_COUNTED, STOPS, UNITS
from fogline.timex.tokens import Tokens

_REACH = 6
"""Words a noun phrase may have up to its head: "12 new long-range Russian attack drones"."""


def counted_at(tokens: Tokens, j: int, one: bool = False) -> tuple[str, int] | None:
    """The noun counted by a number that ends before token ``j``, as written, and the token after it.

    The first plural in the phrase; with ``one``, only a noun known to be counted. Ends in a designation where that is
    the noun ("five T-72s").
    """
    last: tuple[str, int] | None = None
    for k in range(j, j + _REACH):
        word = tokens.words[k]
        if not word.isalpha() and not _inside(tokens, k):
            break
        if word in STOPS:
            break
        if word.isalpha() and _counts(tokens, k, one):
            last = (_text(tokens, k, k + 1), k + 1)
            if not _runs_on(tokens, k + 1):
                return last
        elif word.isdecimal() and tokens.words[k + 1] == "s" and tokens.touches(k + 1):
            first = k - 2 if tokens.words[k - 1] == "-" else k - 1
            return _text(tokens, max(first, j), k + 2), k + 2
    return last


def whole_at(tokens: Tokens, j: int) -> tuple[str, int] | None:
    """The head of the phrase at token ``j`` after "of": "the occupied territory" gives "territory"."""
    k = j
    while tokens.words[k] in DETERMINERS and k - j < 3:
        k += 1
    start = k
    while k - start < _REACH and tokens.words[k].isalpha() and tokens.words[k] not in STOPS:
        k += 1
        if tokens.words[k] == "'" and tokens.words[k + 1] == "s":
            k += 2
    while k - start > 1 and (tokens.words[k - 1].endswith(("ed", "ing")) or tokens.words[k - 1] in ("'", "s")):
        k -= 1
    if k == start or tokens.words[start] in UNITS and k - start > 1:
        return None
    return _text(tokens, k - 1, k), k


def _counts(tokens: Tokens, k: int, one: bool) -> bool:
    word = tokens.words[k]
    if word in COUNTED:
        return True
    if one or len(word) < 3 or not word.endswith("s") or word in NOT_COUNTED:
        return False
    return not word.endswith(("ss", "ous", "us", "is"))


def _runs_on(tokens: Tokens, k: int) -> bool:
    """Whether the noun goes on to a head after it ("air defence systems", "attack drones", "men and ...")."""
    word = tokens.words[k]
    return word.isalpha() and word not in STOPS and _counts(tokens, k, False) and tokens.words[k - 1] in COUNTED


def _inside(tokens: Tokens, k: int) -> bool:
    """Whether a mark or number belongs to a compound or designation: "long-range", "T-72", "S-300"."""
    word = tokens.words[k]
    if word == "-":
        return tokens.touches(k) and tokens.touches(k + 1)
    return word.isdecimal() and tokens.touches(k) and len(word) <= 4


def _text(tokens: Tokens, first: int, last: int) -> str:
    return tokens.text[tokens.starts[first] : tokens.ends[last - 1]]
