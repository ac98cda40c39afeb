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
_SITES = (
    "buildings?|palace|airport|airfield|air base|headquarters|base|barracks|station|bridge|hospital|market|plant|villages"
    "|settlements|streets|blocks|camp"
)
_PART = re.compile(
    rf"\b(?:(?P<side>{_SIDE}|cent(?:ral|re|er)|old|new|western|left|right"
    rf"|industrial) (?:{_PIECE})(?!(?<=bank) of the (?!city|town|village))"
    rf"|(?:in )?the (?P<of>{_SIDE}|cent(?:re|er)) of"
    r"|(?P<share>half|most|part|parts|much|some|(?:a|one) (?:third|quarter|fifth|tenth)"
    r"|two[- ]thirds|three[- ]quarters|the bulk|the majority|several streets) of"
    r"|(?P<percent>\d+(?:[.,]\d+)?) ?(?:%|per ?cent)"
    rf"|(?:the )?(?P<site>(?!villages of|settlements of)(?:{_SITES})) (?:in|of|at)\b"
    rf"|(?<=['’]s )(?:\w+ )?(?P<own>{_SITES}|cent(?:re|er)|north|south|east|west)\b"
    r"|(?:several|some|a few|a couple of|two|three|four) (?P<few>streets|blocks|districts|neighbou?rhoods|quarters|houses)\b"
    r"|(?<!its )(?<!their )(?<!and the )(?<!near the )(?<!near )(?P<air>airport|airfield|air base)\b(?! road)"
    r"|(?P<but>with the exception of|except for|save for|apart from|other than)\b"
    r"|(?P<rim>outskirts|suburbs|(?:edge|fringes) of (?!collapse|war|famine)))",
)
_WHOLE = re.compile(
    r"\b(?:full(?:y)?|entire(?:ly)?|whole|wholly|complete(?:ly)?|total(?:ly)?|all(?: of| the| five| four| three)?"
    r"|every (?:part|district|street|quarter|neighbou?rhood|block|house)|100 ?%)\b"
)
_ALL_TOLD = re.compile(
    r"\b(?:the|controls?|controlled|hold|holds|took|taken) (?:whole|entire) (?:of the )?(?:town|city|village|settlement|place)\b"
    r"|\ball of \w+ (?:is|was|are|were|has|had)\b"
)
"""A base in the town and the whole town: the whole is what is said."""
_ONLY = re.compile(
    r"\b(?:that is all|and no more|nowhere else|only|merely|just|no more than|less than|fewer than|at most|under \d+)\b"
)
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
    found = None if _ALL_TOLD.search(folded) else _PART.search(folded)
    part = _word(found) if found else ""
    if part == "100%":
        part = ""
    return Extent(part, not part and bool(_WHOLE.search(folded)), bool(part) and bool(_ONLY.search(folded)), none=False)


def _word(found: re.Match[str]) -> str:
    named = found["side"] or found["of"] or (found["own"] if found["own"] in ("centre", "center") else "")
    if named:
        return named.removesuffix("ern").replace("central", "centre").replace("center", "centre")
    return (
        f"{found['percent']}%"
        if found["percent"]
        else found["share"]
        or found["site"]
        or found["own"]
        or found["few"]
        or found["air"]
        or found["but"]
        or found["rim"]
    )
