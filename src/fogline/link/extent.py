"""How much of a place a passage speaks of: a named part, an explicit whole, no part at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_SIDES = "north|south|east|west"
_SIDE = rf"(?:(?:{_SIDES})[- ]?(?:{_SIDES})?(?:ern)?)"
_PIECE = (
    "part|outskirts?|bank|edge|suburbs?|half|quarters?|(?:micro)?districts?|side|neighbou?rhoods?|approaches|fringes?"
    "|streets?|wards?"
)
_PART = re.compile(
    rf"\b(?:(?P<side>{_SIDE}|cent(?:ral|re|er)|old|new|western|left|right|industrial) (?:{_PIECE})"
    rf"|(?:in )?the (?P<of>{_SIDE}|cent(?:re|er)) of"
    r"|(?P<share>half|most|part|parts|much|some|(?:a|one) (?:third|quarter|fifth|tenth)"
    r"|two[- ]thirds|three[- ]quarters|the bulk|the majority|several streets) of"
    r"|(?P<percent>\d+(?:[.,]\d+)?) ?(?:%|per ?cent)"
    r"|(?:the )?(?P<site>buildings?|palace|airport|airfield|headquarters|base|barracks|station|bridge|hospital|market|plant"
    r"|villages|settlements|streets|blocks|camp) (?:in|of|at)\b"
    r"|(?P<rim>outskirts|suburbs))",
)
_WHOLE = re.compile(
    r"\b(?:full(?:y)?|entire(?:ly)?|whole|wholly|complete(?:ly)?|total(?:ly)?|all(?: of| the| five| four| three)?"
    r"|every part|100 ?%)\b"
)
_ONLY = re.compile(r"\b(?:only|merely|just|no more than|less than|fewer than|at most|under \d+)\b")
_NONE = re.compile(
    r"\b(?:any|no|not (?:a|one)(?: single)?) (?:part|piece|inch|street|metre|quarter|building|settlement|block)\b"
)


@dataclass(frozen=True, slots=True)
class Extent:
    """``part``: the part that is named, in a word ("north", "half", "70%"), or "". ``whole``: all of it, in so many words.

    ``only``: no more than that part. ``none``: not even a part.
    """

    part: str = ""
    whole: bool = False
    only: bool = False
    none: bool = False


@lru_cache(maxsize=1 << 16)
def read(text: str) -> Extent:
    """The extent that a passage speaks of.

    >>> read("They hold only the northern outskirts of the town.")
    Extent(part='north', whole=False, only=True, none=False)
    """
    folded = text.casefold()
    if _NONE.search(folded):
        return Extent(none=True)
    found = _PART.search(folded)
    part = _word(found) if found else ""
    if part == "100%":
        part = ""
    return Extent(part, not part and bool(_WHOLE.search(folded)), bool(part) and bool(_ONLY.search(folded)), none=False)


def _word(found: re.Match[str]) -> str:
    named = found["side"] or found["of"]
    if named:
        return named.removesuffix("ern").replace("central", "centre").replace("center", "centre")
    return f"{found['percent']}%" if found["percent"] else found["share"] or found["site"] or found["rim"]
