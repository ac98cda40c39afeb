"""What a comparator finds between two claims."""

from __future__ import annotations

from dataclasses import dataclass

from fogline.link.facets import Facet, place_key
from fogline.link.wording import assertion, teller, time
from fogline.model import Certainty, Reason, Relation

HEDGED = frozenset({Certainty.POSSIBLE, Certainty.PROBABLE, Certainty.UNDERSPECIFIED})
"""Whoever is so sure says less than whoever is certain."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The relation of two claims in one aspect, and the named reasons. No verdict at all is a result too: silence."""

    relation: Relation
    aspect: str
    reasons: tuple[Reason, ...]


def both(name: str, a: Facet, b: Facet, why: str) -> Reason:
    """A reason that names both control claims, with who tells them and the time each speaks of, and why it counts."""
    place = _shared_place(a, b)
    detail = f"{teller(a)}: {assertion(a, place)} {time(a)}; {teller(b)}: {assertion(b, place)} {time(b)}; {why}."
    return Reason(name=name, detail=detail, claims=(a.id, b.id))


def beside(name: str, a: Facet, b: Facet, why: str) -> Reason:
    """A reason that names both claims by who tells them and the time each speaks of, and why it counts."""
    return Reason(name=name, detail=f"{teller(a)} {time(a)}; {teller(b)} {time(b)}; {why}.", claims=(a.id, b.id))


def changed_word(a: Facet, b: Facet) -> tuple[Reason, ...]:
    """The reason that one voice says both of two things that differ; none where two voices do."""
    if not a.voice or a.voice != b.voice:
        return ()
    detail = f"{a.claim.speaker.name} says both."
    return (Reason(name="speaker contradicts himself", detail=detail, claims=(a.id, b.id)),)


def in_days(number: int) -> str:
    """So many days in words: "1 day", "3 days"."""
    return f"{number} day{'' if number == 1 else 's'}"


def _shared_place(a: Facet, b: Facet) -> str:
    shared = set(a.held) & set(b.held)
    return min((p.name for p in a.claim.places if {place_key(p), f"{place_key(p)}/area"} & shared), default="the place")
