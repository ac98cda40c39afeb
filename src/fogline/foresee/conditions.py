"""The condition of a forecast: what it says has to happen, and whether that came about by others' word.

A condition can be read where its words tell of a deed at a known place that the ledger resolves: who holds it, or an event that voices
corroborate. "If aid wanes" cannot be, and then nothing is known of it until a person says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fogline.model import Claim, Kind, Place, PlacePrecision, Polarity

OPENER = re.compile(
    r"^(?:only |even )?(?:(?P<not>unless)|if|provided(?: that)?|providing(?: that)?|as long as|so long as|as soon as|the moment"
    r"|once|when|in case|in the event that|assuming(?: that)?|on (?:the )?condition that|should)\s+",
    re.IGNORECASE,
)
"""What opens a condition that is a clause of its own; "with" and "without" open none."""
HOLDING = frozenset({"hold", "retain", "keep", "secure", "control", "administer"})
"""Words of control that say that nothing changes; all others say that the holder comes to have the place."""


class Came(StrEnum):
    """Whether a condition came about."""

    YES = "came about"
    NO = "did not come about"
    UNKNOWN = "is not known to have come about or not"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One thing that a condition puts: an event or control at a place, by a side; ``negated`` where it must not happen."""

    event: str
    side: str
    holding: bool
    place: str
    geonameid: int
    negated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """The deeds that a condition puts; ``either`` where one of them is enough."""

    deeds: tuple[Deed, ...]
    either: bool = False


def statement(condition: str) -> str:
    """The clause of a condition as a sentence of its own; "" where it is no clause.

    >>> statement("Unless Pokrovsk falls")
    'Pokrovsk falls.'
    >>> statement("with enough drones")
    ''
    """
    opener = OPENER.match(condition.strip())
    clause = condition.strip()[opener.end() :].strip(" ,.;") if opener else ""
    return f"{clause[0].upper()}{clause[1:]}." if clause else ""


def condition(
    words: str, heard: Sequence[Claim], beside: Iterable[Claim], side: str, events: frozenset[Kind]
) -> Condition:
    """What a condition puts, from what is ``heard`` of its clause; empty where the ledger can see none of it.

    ``beside`` are the claims of the sentence that puts it: places are theirs where the names are, as they were found in their
    context. ``side`` is that of the forecast, which "they" stands for. Where part of it cannot be seen, the whole cannot.
    """
    opener = OPENER.match(words.strip())
    against = bool(opener and opener["not"])
    known = {place.text: place for claim in beside for place in claim.places}
    deeds: dict[tuple[str, int], Deed] = {}
    for claim in heard:
        place = next((known.get(p.text, p) for p in claim.places if _found(known.get(p.text, p))), None)
        if place is None or place.geonameid is None or not (claim.kind is Kind.CONTROL or claim.kind in events):
            return Condition(deeds=())
        who = (
            claim.holder
            or claim.actor
            or (side if re.match(r"(?:they|it|he)\b", statement(words), re.IGNORECASE) else "")
        )
        if claim.kind is Kind.CONTROL and not who:
            return Condition(deeds=())
        negated = (claim.polarity is Polarity.NEGATIVE) != against
        deeds.setdefault(
            (claim.kind.value, place.geonameid),
            Deed(
                event=claim.kind.value, side=who, holding=claim.manner in HOLDING, place=place.name, geonameid=place.geonameid,
                negated=negated,
            ),
        )  # fmt: skip
    return Condition(deeds=tuple(deeds.values()), either=re.search(r"\bor\b", words) is not None)


def _found(place: Place) -> bool:
    return place.geonameid is not None and place.precision in (PlacePrecision.SETTLEMENT, PlacePrecision.NEAR)


def together(found: Sequence[Came], either: bool) -> Came:
    """Whether a condition of several deeds came about: by all of them, or by one where one is enough.

    >>> together([Came.YES, Came.UNKNOWN], either=True), together([Came.YES, Came.UNKNOWN], either=False)
    (<Came.YES: 'came about'>, <Came.UNKNOWN: 'is not known to have come about or not'>)
    """
    decisive, other = (Came.YES, Came.NO) if either else (Came.NO, Came.YES)
    if decisive in found:
        return decisive
    return other if found and all(one is other for one in found) else Came.UNKNOWN
