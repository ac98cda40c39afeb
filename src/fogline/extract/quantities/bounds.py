"""Words before and after a number that make it a bound or an approximation."""

from __future__ import annotations

from dataclasses import dataclass

from fogline.extract.quantities.lexicon import ABOUT
from fogline.timex.tokens import Tokens

LEAST, MOST = "least", "most"
_ONE = {
    "over": LEAST, "above": LEAST, "exceeding": LEAST, "exceeded": LEAST, "exceeds": LEAST, ">": LEAST, "≥": LEAST,
    "under": MOST, "below": MOST, "within": MOST, "<": MOST, "≤": MOST, "minimum": LEAST, "maximum": MOST, "max": MOST,
    "min": LEAST,
}  # fmt: skip
_TWO = {
    ("at", "least"): LEAST, ("more", "than"): LEAST, ("greater", "than"): LEAST, ("upwards", "of"): LEAST,
    ("upward", "of"): LEAST, ("excess", "of"): LEAST, ("minimum", "of"): LEAST, ("up", "to"): MOST,
    ("at", "most"): MOST,
    ("fewer", "than"): MOST, ("less", "than"): MOST, ("maximum", "of"): MOST, ("many", "as"): MOST,
    ("much", "as"): MOST, ("far", "as"): MOST,
}  # fmt: skip
_THREE = {
    ("no", "fewer", "than"): LEAST, ("no", "less", "than"): LEAST, ("not", "less", "than"): LEAST,
    ("not", "fewer", "than"): LEAST, ("no", "more", "than"): MOST, ("not", "more", "than"): MOST,
    ("little", "more", "than"): LEAST,
}  # fmt: skip

_HANDED = frozenset(
    {"hand", "hands", "handed", "handing", "turn", "turned", "give", "gave", "given", "took", "take", "taken"}
)
"""Verbs to which an "over" belongs: "handed over 1,212 bodies"."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the amount begins and ends with its qualifiers, its bound ("least", "most" or ""), and approximation."""

    first: int
    bound: str = ""
    about: bool = False


def frame_before(tokens: Tokens, first: int, is_time: bool) -> Frame:
    """The qualifiers before token ``first``; "over three days" is a stretch of time and no bound."""
    bound, about, at = "", False, first
    for _ in range(4):
        words = tokens.words
        three = _THREE.get((words[at - 3], words[at - 2], words[at - 1]))
        two = _TWO.get((words[at - 2], words[at - 1]))
        if three:
            bound, at = bound or three, at - 3
        elif two:
            bound, at = bound or two, at - 2
            if words[at - 1] in ("in", "as", "a") and words[at] in (
                "excess",
                "many",
                "much",
                "far",
                "minimum",
                "maximum",
            ):
                at -= 1
        elif words[at - 1] == "over" and words[at - 2] in _HANDED:
            break
        elif words[at - 1] in _ONE and not (is_time and words[at - 1] in ("over", "within", "under")):
            bound, at = bound or _ONE[words[at - 1]], at - 1
        elif words[at - 1] in ABOUT:
            about, at = True, at - 1
        elif (words[at - 2], words[at - 1]) in (("close", "to"), ("something", "like"), ("order", "of")) or (
            words[at - 1] == "." and words[at - 2] in ("approx", "ca")
        ):
            about, at = True, at - 2
        elif words[at - 1] in ("an", "a") and at < first and words[at] in ("estimated", "mere", "total"):
            at -= 1
        else:
            break
    return Frame(at, bound, about)


def bound_after(tokens: Tokens, j: int) -> tuple[str, bool, int]:
    """Such as "or more", "+", "or so" at token ``j``: the bound, whether approximate, and the token after."""
    words = tokens.words
    if words[j] == "+" and tokens.touches(j):
        return LEAST, False, j + 1
    if words[j] == "or":
        if words[j + 1] in ("more", "over"):
            return LEAST, False, j + 2
        if words[j + 1] in ("less", "fewer"):
            return MOST, False, j + 2
        if words[j + 1] == "so":
            return "", True, j + 2
    return "", False, j
