"""Numbers as amounts have them: digits with separators and scales, words, ranges, fractions, and vague numbers."""

from __future__ import annotations

from dataclasses import dataclass

from fogline.timex.numbers import SCALES, UNITS, WORDS, spelled, whole
from fogline.timex.tokens import Tokens

VAGUE = {"few": (2, 5), "several": (2, 9), "couple": (2, 3), "handful": (2, 5)}
"""What a vague number stands for; chosen, documented in docs/methods/quantities.md, and always marked approximate."""
GROUPS = {"dozen": 12, "score": 20, "hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9}
PLURALS = {
    "tens": (20, 99), "dozens": (24, 99), "scores": (40, 99), "hundreds": (200, 999), "thousands": (2_000, 9_999),
    "millions": (2_000_000, 9_999_999), "billions": (2 * 10**9, 10**10 - 1),
}  # fmt: skip
"""Bare plurals: from twice the unit to just under the next."""
_SHORT_SCALES = {
    "k": 1_000,
    "thousand": 1_000,
    "bn": 10**9,
    "mln": 10**6,
    "mn": 10**6,
    "bln": 10**9,
    "тис": 1_000,
    "млн": 10**6,
}
MONEY = frozenset("$€£₴₽")
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "sixth": 6,
    "sixths": 6, "tenth": 10, "tenths": 10,
}  # fmt: skip
_SIGNS = {"½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4}
_FEW = frozenset({"a", "the", "last", "past", "next", "first", "these", "those", "only", "every"})
_LONGEST = 15
"""Digits a number may have; longer ones are codes."""
SINGLE = frozenset(["kilometer", "kilometre", "mile", "metre", "meter", "hectare", "tonne", "ton"])
"""Units that "a" before them makes one of."""
BEGINS = frozenset({*WORDS, *SINGLE, *VAGUE, *PLURALS, *_PARTS, "dozen", "half", *_SIGNS}) - {"second", "seconds"}
"""Words a number may begin with."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number or range in tokens ``first`` up to ``last``.

    ``approximate``: a vague number. ``share``: a part of a whole, already in percent. ``plain``: digits that neither
    separators nor scales mark as an amount. ``dotted``: "10.000", which is ten thousand where it counts.
    """

    first: int
    last: int
    low: float
    high: float
    approximate: bool = False
    share: bool = False
    plain: bool = False
    dotted: bool = False
    scale: float = 1


def numeral_at(tokens: Tokens, i: int) -> Numeral | None:
    """The number or range that begins at token ``i``."""
    one = _single(tokens, i)
    if one is None:
        return None
    other = _range_end(tokens, one)
    return one if other is None else _joined(tokens, one, other)


def _single(tokens: Tokens, i: int) -> Numeral | None:
    word = tokens.words[i]
    if word[:1].isdecimal():
        return _digits(tokens, i)
    if word in _SIGNS:
        return Numeral(i, i + 1, round(_SIGNS[word] * 100, 1), round(_SIGNS[word] * 100, 1), share=True)
    if word in SINGLE:
        return _one_unit(tokens, i)
    part = _part(tokens, i) or _one_in(tokens, i)
    if part is not None:
        return part
    if word in VAGUE or word in PLURALS or word == "dozen":
        return _vague(tokens, i)
    if word == "half":
        return _half(tokens, i)
    return _words(tokens, i)


def _digits(tokens: Tokens, i: int) -> Numeral | None:
    """Such as "50", "50,000", "50 000", "1.2 million", "50k", "10,5"."""
    words = tokens.words
    if len(words[i]) > _LONGEST:
        return None
    digits, j, grouped = words[i], i + 1, False
    while len(words[i]) <= 3 and _triple(tokens, j, digits):
        at = j if words[j].isdecimal() else j + 1
        digits, j, grouped = digits + words[at], at + 1, True
    dotted = False
    fraction = ""
    if words[j] in (".", ",") and tokens.touches(j) and tokens.touches(j + 1) and words[j + 1].isdecimal():
        if len(words[j + 1]) > _LONGEST or (words[j] == "," and grouped):
            return None
        fraction, dotted = words[j + 1], words[j] == "." and len(words[j + 1]) == 3 and len(words[i]) <= 3
        j += 2
    value = float(f"{digits}.{fraction}") if fraction else float(int(digits))
    scale, end = _scale(tokens, j)
    plain = not (grouped or fraction or scale > 1)
    if plain and _part_after(tokens, i, j):
        return None
    return Numeral(i, end, value * scale, value * scale, plain=plain, dotted=dotted and scale == 1, scale=scale)


def _triple(tokens: Tokens, j: int, digits: str) -> bool:
    """Whether three more digits go on at token ``j``: after a comma or apostrophe, or a single space."""
    words = tokens.words
    if len(digits) > _LONGEST:
        return False
    if words[j] in (",", "'") and tokens.touches(j) and tokens.touches(j + 1):
        return len(words[j + 1]) == 3 and words[j + 1].isdecimal()
    return len(words[j]) == 3 and words[j].isdecimal() and tokens.starts[j] - tokens.ends[j - 1] == 1


def _part_after(tokens: Tokens, i: int, j: int) -> bool:
    """Whether a stroke makes the digits a code or date ("24/7", "9/11")."""
    stroke = tokens.words[j] == "/" and tokens.touches(j) and tokens.words[j + 1][:1].isdecimal()
    return stroke or (tokens.words[i - 1] == "/" and tokens.touches(i))


def _scale(tokens: Tokens, j: int) -> tuple[float, int]:
    """The scale after a number and the token after it: "million", "k", "bn", "-thousand", "hundred thousand"."""
    words, scale = tokens.words, 1.0
    for _ in range(2):
        at = j + 1 if words[j] == "-" and tokens.touches(j) and words[j + 1] in SCALES else j
        word = words[at]
        if word in SCALES or word == "dozen":
            scale *= SCALES.get(word, 12)
        elif word in _SHORT_SCALES and (tokens.touches(at) or len(word) > 1):
            scale *= _SHORT_SCALES[word]
            at = at + 1 if words[at + 1] == "." and not word.isascii() else at
        elif word == "m" and tokens.touches(at) and words[j - 1].isdecimal() and _money_before(tokens, j):
            scale *= 10**6
        else:
            break
        j = at + 1
    return scale, j


def _money_before(tokens: Tokens, j: int) -> bool:
    """Whether a sign of money stands before the number that ends before token ``j``."""
    k = j - 1
    while k >= 0 and j - k < 5 and (tokens.words[k].isdecimal() or tokens.words[k] in (".", ",")):
        k -= 1
    return tokens.words[k] in MONEY


def _words(tokens: Tokens, i: int) -> Numeral | None:
    """Such as "twenty-five thousand", "a hundred", "one and a half million", "two dozen"."""
    found = spelled(tokens, i)
    if found is None:
        return None
    value, j = float(found[0]), found[1]
    for half in (["and", "a", "half"], ["-", "and", "-", "a", "-", "half"]):
        if tokens.words[j : j + len(half)] == half:
            value, j = value + 0.5, j + len(half)
    scale, end = _scale(tokens, j)
    first = i - 1 if tokens.words[i - 1] == "a" and tokens.words[i] in SCALES else i
    return Numeral(first, end, value * scale, value * scale, approximate=first < i, scale=scale)


def _vague(tokens: Tokens, i: int) -> Numeral | None:
    """Such as "several hundred", "a few", "a couple of", "dozens", "tens of thousands", "a dozen"."""
    words = tokens.words
    first = i - 1 if words[i - 1] in ("a", "an") else i
    if words[i] == "dozen":
        return Numeral(first, i + 1, 12, 12, approximate=True)
    if words[i] == "few" and words[i - 1] not in _FEW:  # "few people" says how little, not how many
        return None
    low, high = map(float, VAGUE.get(words[i]) or PLURALS[words[i]])
    j = i + 1
    if words[i] in PLURALS:
        scale = {"thousands": 1_000, "millions": 10**6, "hundreds": 100}.get(words[j + 1], 0) if words[j] == "of" else 0
        if scale:
            return Numeral(first, j + 2, low * scale, (high + 1) * scale - 1, approximate=True)
        return Numeral(first, j, low, high, approximate=True)
    j = j + 1 if words[i] in ("couple", "handful") and words[j] == "of" else j
    while words[j] in GROUPS:
        low, high, j = low * GROUPS[words[j]], high * GROUPS[words[j]], j + 1
    return Numeral(first, j, low, high, approximate=True)


def _half(tokens: Tokens, i: int) -> Numeral | None:
    """Such as "half a million", "half a dozen", "half a kilometre", "half the city", "half of"."""
    words = tokens.words
    if words[i + 1] == "a" and words[i + 2] in GROUPS:
        return Numeral(i, i + 3, GROUPS[words[i + 2]] / 2, GROUPS[words[i + 2]] / 2, approximate=True)
    if words[i + 1] in ("a", "an"):
        return Numeral(i, i + 2, 0.5, 0.5)
    return None


def _one_unit(tokens: Tokens, i: int) -> Numeral | None:
    """Such as "a kilometre", where it is no rate ("per tonne", "$5 a tonne")."""
    if tokens.words[i - 1] not in ("a", "an") or tokens.words[i - 2] in ("half", "quarter") or _rates(tokens, i - 2):
        return None
    return Numeral(i - 1, i, 1, 1)


def _rates(tokens: Tokens, k: int) -> bool:
    """Whether "a" after token ``k`` says "per"."""
    return tokens.words[k].isdecimal() or tokens.words[k] in SCALES or tokens.words[k].endswith(("s", "km"))


def _one_in(tokens: Tokens, i: int) -> Numeral | None:
    """Such as "one in five houses": a share, in percent."""
    bottom = whole(tokens, i + 2) if (tokens.words[i], tokens.words[i + 1]) == ("one", "in") else None
    if bottom is None or not 2 <= bottom[0] <= 1_000:
        return None
    return Numeral(i, bottom[1], round(100 / bottom[0], 1), round(100 / bottom[0], 1), share=True)


def _part(tokens: Tokens, i: int) -> Numeral | None:
    """Such as "a third of", "two-thirds of", "three quarters of", "half the": a share, in percent."""
    words = tokens.words
    if words[i] in _PARTS:
        top, j, first = 1, i, i - 1 if words[i - 1] in ("a", "one") else i
        if first == i and words[i] != "half":
            return None
    elif words[i] in UNITS:
        top, j, first = UNITS[words[i]], i + 1, i
        j = j + 1 if words[j] == "-" else j
    else:
        return None
    bottom = _PARTS.get(words[j])
    if bottom is None or not 0 < top < bottom:
        return None
    if words[j + 1] != "of" and not (words[j] == "half" and words[j + 1] in ("the", "its", "their", "his", "this")):
        return None
    share = round(top / bottom * 100, 1)
    return Numeral(first, j + 1, share, share, share=True)


def _range_end(tokens: Tokens, one: Numeral) -> Numeral | None:
    """The second number of a range: "10-15", "10 to 15", "between 10 and 15", "two or three"."""
    joint, j = tokens.words[one.last], one.last + 1
    between = joint == "and" and tokens.words[one.first - 1] == "between"
    if not (between or joint in ("-", "to", "or")) or one.share:
        return None
    if joint == "-" and (tokens.touches(one.last) != tokens.touches(j)):
        return None
    if tokens.words[j] in MONEY and tokens.words[one.first - 1] == tokens.words[j]:
        j += 1
    other = _single(tokens, j)
    if other is None or other.share or (other.approximate and not one.approximate):
        return None
    return other


def _joined(tokens: Tokens, one: Numeral, other: Numeral) -> Numeral:
    """The range of two numbers; a scale after the second counts for both ("20-30 thousand")."""
    low, high = one.low, other.high
    if other.scale > 1 and one.scale == 1 and low < 1_000 and low < high / other.scale:
        low *= other.scale
    if high <= low:
        return one
    return Numeral(
        one.first, other.last, low, high, one.approximate or other.approximate, plain=one.plain and other.plain
    )
