"""What the theatre knows of who speaks, as far as it bears on who holds what."""

from __future__ import annotations

from dataclasses import dataclass

from fogline.model import UNKNOWN_SIDE, AttributionType, Basis, Claim, Document, Kind, Theatre

_PARTISAN = frozenset({"official", "state"})
"""Standings of voices that speak for their side."""
_MAPPING = frozenset({"mapper"})
"""Standings of voices that chart both sides' ground: what they tell of their own side's gain is no side's word for it."""
BACKGROUND = 21
"""What an outlet tells of a day at least so many days past is background: many have had the time to check it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The codes of the sides, and the names (folded) of voices that speak for a side, and of those that draw maps."""

    codes: tuple[str, ...]
    partisans: frozenset[str]
    mappers: frozenset[str] = frozenset()

    @classmethod
    def of(cls, theatre: Theatre) -> Standing:
        """What that theatre knows."""
        known = [(o.standing, o.names) for o in theatre.outlets] + [(a.standing, a.names) for a in theatre.actors]

        def named(wanted: frozenset[str]) -> frozenset[str]:
            return frozenset(name.casefold() for standing, names in known if standing in wanted for name in names)

        return cls(theatre.codes, named(_PARTISAN), named(_MAPPING))

    def opponent(self, code: str) -> str:
        """The other of two sides, else unknown."""
        others = [c for c in self.codes if c != code]
        return others[0] if len(others) == 1 and code in self.codes else UNKNOWN_SIDE


def settled(claim: Claim, document: Document | None, standing: Standing) -> bool:
    """Whether the claim is dated background in an outlet's own voice, and the outlet does not speak for a side."""
    when = claim.when
    if not dated(claim) or when.basis is Basis.PUBLICATION_RELATIVE or when.start is None or when.end is None:
        return False
    if claim.speaker.side in standing.codes and claim.speaker.name.casefold() in standing.partisans:
        return False
    if document is None or document.published.start is None or document.published.end is None:
        return True  # a report without a date tells of a dated past day
    return (document.published.start - when.end).days >= BACKGROUND


def dated(claim: Claim) -> bool:
    """Whether an outlet says in its own voice who holds a place, and names the day or the days."""
    when = claim.when
    if claim.kind is not Kind.CONTROL or claim.attribution.type is not AttributionType.NONE:
        return False
    return when.basis not in (Basis.PUBLICATION, Basis.UNKNOWN) and when.end is not None
