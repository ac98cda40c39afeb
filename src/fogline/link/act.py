"""What act a passage tells of: classes of acts by their stems, and the words left over that tell one object from another.

The words decide only whether two claims of one place and time may speak of one act; what they say of it is read from the
claims. The classes stand in ``acts.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from fogline.link.near_duplicates import words

if TYPE_CHECKING:
    from fogline.link.facets import Facet

_SHORTEST = 4
"""Shorter words are mostly grammar."""
_SHARED = 0.5
"""The least share of the shorter passage's telling words that both must have where no class of act says enough."""
_KEPT = 1 << 16

SINGLE = frozenset({"leave", "go_in", "encircle", "break_out", "attack", "repel", "yield_up"})
"""Acts of which a side does one at one place and time: the class is enough, whatever the other words."""

OUTCOMES = frozenset({"kill", "wound", "flee", "evacuate", "yield_up", "destroy", "encircle", "remain", "lose", "away"})
"""What becomes of those who are counted."""

_REFERRED = re.compile(
    r"\bthe (?:\w+ )?(?:attack|assault|offensive|raid|push|battle|fighting|clash|shelling|strike|advance|blast|siege)(?:e?s)?\b"
)
"""An act that is referred to as known, and not told."""
_BY_AIR = re.compile(r"\b(?:drone|missile|rocket|aircraft|artillery|shells|uav|warplane)")
_ARMS = re.compile(r"\b(?:tank|vehicle|aircraft|drone|gun|helicopter|plane|ship|equipment|howitzer|carrier)")
_MEN = re.compile(r"\b(?:martyr|soldier|troop|men\b|people|fighter|servicem|casualt|personnel)")
_FLIGHT = re.compile(
    r"\b(?:people|residents|civilians|inhabitants|families|villagers|refugees|locals)\b(?: (?:have|had|has|who|already))* left\b"
)
"""Those who leave are people and no troops."""
_REACHED = re.compile(
    r"\b(?:drone|missile|rocket|uav)s?\b(?: \w+){0,3}? (?:reached|fell|flew|landed|crashed|came down)\b"
)
"""What is sent from afar and comes down somewhere has struck."""
_PULLED = re.compile(
    r"\b(?:pull|pulls|pulled|pulling|withdraw|drew|move|moved|bring|brought)\b (?:\w+ ){1,3}(?:out|back)\b"
)
_LET_IN = re.compile(r"\b(?:let|allowed|permitted|sent) (?:[\w-]+ ){1,5}?(?:in|into|through)\b")
_ALIGHT = re.compile(
    r"\b(?:drone|missile|rocket|uav)s?\b(?: \w+){0,3}? (?:set|started|caused)\b(?: [\w-]+){0,6}? (?:alight|ablaze|on fire|fire)\b"
)
_LEFT_THERE = re.compile(r"\bleft (?:in|inside|there)\b")
_TOLL = re.compile(
    r"(?:risen|rose|climbed|reached|grown|grew|stands|stood|increased|gone up|went up) (?:to |at )?"
    r"(?:at least |more than |over |about |some )?"
    r"(?P<number>\d[\d,]*)"
)


@dataclass(frozen=True, slots=True)
class Act:
    """The classes of act a passage names, and what it says of itself.

    ``asserted`` are the classes that are told and not only referred to ("the attack").
    ``rising``: it says that a number goes on from an earlier one.
    ``toll``: the number that a toll has risen to.
    """

    classes: frozenset[str]
    asserted: frozenset[str]
    rising: bool
    toll: float | None


@lru_cache(maxsize=_KEPT)
def read(text: str) -> Act:
    """The act of a passage.

    >>> sorted(read("Ukrainian troops have withdrawn from Lyman.").classes)
    ['leave']
    """
    folded = text.casefold()
    classes = _classes(folded)
    told, referred = _REFERRED.subn(" ", folded)
    rising = _rising().search(folded)
    toll = _TOLL.search(folded) if rising and classes & {"kill", "wound", "evacuate"} else None
    number = float(toll["number"].replace(",", "").replace(" ", "")) if toll else None
    asserted = _classes(told) if referred else classes
    return Act(classes, asserted, bool(rising), number)


def is_false(text: str) -> bool:
    """Whether a passage calls what it tells untrue."""
    return bool(_false().search(text.casefold()))


@lru_cache(maxsize=_KEPT)
def telling(text: str) -> frozenset[str]:
    """The words of a passage, as stems, that tell one object from another: no act, no number, none of every report's words."""
    stems = tuple(_stems())
    return frozenset(
        stem(word)
        for word in words(text)
        if len(word) >= _SHORTEST and word not in _common() and not word.isdigit() and not word.startswith(stems)
    )


def _classes(folded: str) -> frozenset[str]:
    found = frozenset().union(*(_stems()[match] for match in _any_stem().findall(folded)))
    if "attack" in found and _BY_AIR.search(folded):
        found |= {"strike"}
    if "go_in" not in found and _LET_IN.search(folded):
        found |= {"go_in"}
    if "strike" not in found and (_REACHED.search(folded) or _ALIGHT.search(folded)):
        found |= {"strike"}
    if "leave" not in found and _PULLED.search(folded):
        found |= {"leave"}
    if "leave" in found and _FLIGHT.search(folded):
        found = found - {"leave"} | {"flee"}
    if "leave" in found and _LEFT_THERE.search(folded):
        found = found - {"leave"} | {"remain"}
    if "lose" in found:
        found |= {"destroy"} if _ARMS.search(folded) else {"kill"} if _MEN.search(folded) else frozenset()
    return found


def same(a: Facet, b: Facet) -> bool:
    """Whether two claims of one place and time may tell of one act: same class, and objects that do not differ."""
    x, y = read(a.claim.quote), read(b.claim.quote)
    shared, told = x.classes & y.classes, x.asserted & y.asserted
    if told & SINGLE and (told != {"attack"} or "strike" not in x.classes ^ y.classes):
        return True
    named = names(a, b)
    own, other = telling(a.claim.quote) - named, telling(b.claim.quote) - named
    least = min(len(own), len(other))
    met = len(own & other)
    if told:
        return met > 0 or least == 0
    if shared:
        return met >= _SHARED * least and least > 0
    return not (x.classes or y.classes) and least > 0 and met >= _SHARED * least


def same_outcome(a: Facet, b: Facet) -> bool:
    """Whether both can tell of one outcome: those killed are not those wounded, evacuated or taken prisoner."""
    one, other = read(a.claim.quote).classes & OUTCOMES, read(b.claim.quote).classes & OUTCOMES
    return not (one and other) or bool(one & other)


def share_object(a: Facet, b: Facet) -> bool:
    """Whether both name one object besides the place: the station, the hospital, the same block of flats."""
    return bool((telling(a.claim.quote) & telling(b.claim.quote)) - names(a, b))


def shared(a: Facet, b: Facet, group: str) -> frozenset[str]:
    """The classes of act of both that count in that way: ``state`` or ``toll``."""
    return read(a.claim.quote).classes & read(b.claim.quote).classes & frozenset(_table()["counts"][group])


@lru_cache(maxsize=_KEPT)
def stem(word: str) -> str:
    """The word without its commonest endings, enough to find "attacked" in "attacks".

    >>> stem("refineries") == stem("refinery")
    True
    """
    for ending in ("ies", "ing", "ed", "es", "s", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST - 1:
            return word[: -len(ending)]
    return word


def names(a: Facet, b: Facet) -> frozenset[str]:
    """The stems of the words of places and of the sides, which both passages have without telling of one object."""
    named = {w for f in (a, b) for p in f.claim.places for w in words(f"{p.name} {p.text}")}
    return frozenset(stem(w) for w in named | a.party)


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(files("fogline.link").joinpath("acts.toml").read_text(encoding="utf-8"))


@cache
def _stems() -> Mapping[str, frozenset[str]]:
    """Each stem with its classes, and those of the stems that it holds: "drone attack" is an attack too."""
    named = {stem: name for name, stems in _table()["classes"].items() for stem in stems}
    patterns = {name: _pattern(stems) for name, stems in _table()["classes"].items()}
    return {stem: frozenset(name for name, pattern in patterns.items() if pattern.search(stem)) for stem in named}


@cache
def _any_stem() -> re.Pattern[str]:
    return _pattern(sorted(_stems(), key=lambda stem: (-len(stem), stem)))


def _pattern(stems: list[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(stem) for stem in stems) + ")")


@cache
def _rising() -> re.Pattern[str]:
    return _pattern(_table()["words"]["rising"])


@cache
def _false() -> re.Pattern[str]:
    return _pattern(_table()["words"]["false"])


@cache
def common_stems() -> frozenset[str]:
    """The stems of the words of every report."""
    return frozenset(map(stem, _common()))


@cache
def _common() -> frozenset[str]:
    return frozenset(_table()["words"]["common"])
