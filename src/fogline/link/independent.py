"""How many independent voices some claims are: families, tied to each other by speaker and by owner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fogline.link.facets import Facet
from fogline.model import Family, SpeakerType, Theatre


def owners_of(theatre: Theatre) -> Mapping[str, str]:
    """The owner of every outlet of which the theatre knows it, by folded name."""
    return {name.casefold(): outlet.owner for outlet in theatre.outlets if outlet.owner for name in outlet.names}


@dataclass(frozen=True, slots=True)
class Voices:
    """The family of every claim, and what a family hangs on by its root: who speaks there, for which side, and whose it is."""

    family: Mapping[str, str]
    ties: Mapping[str, tuple[str, ...]]
    side: Mapping[str, str]

    @classmethod
    def of(cls, facets: Iterable[Facet], families: Iterable[Family], owners: Mapping[str, str]) -> Voices:
        """The voices of all claims; ``owners`` by the folded name of an outlet."""
        families = tuple(families)
        roots = {family.root: family.id for family in families}
        family = {member: one.id for one in families for member in one.members}
        return cls.told(family, {roots[facet.id]: facet for facet in facets if facet.id in roots}, owners)

    @classmethod
    def told(cls, family: Mapping[str, str], roots: Mapping[str, Facet], owners: Mapping[str, str]) -> Voices:
        """The voices of some claims: ``family`` names the family of each, ``roots`` are these families' roots by that name."""
        return cls(
            family=family,
            ties={name: ties(facet, owners) for name, facet in roots.items()},
            side={name: facet.claim.speaker.side for name, facet in roots.items()},
        )

    def by_side(self, members: Sequence[str]) -> tuple[tuple[str, int], ...]:
        """How many independent voices of each side the claims (ids) are: what hangs together by speaker or owner is one."""
        parent: dict[str, str] = {}
        names = list(dict.fromkeys(self.family[claim] for claim in members))
        for name in names:
            for tie in self.ties[name]:
                parent[_root(parent, tie)] = _root(parent, name)
        sides = {_root(parent, name): self.side[name] for name in reversed(names)}
        return tuple(sorted(Counter(sides.values()).items()))


def _root(parent: Mapping[str, str], name: str) -> str:
    while parent.get(name, name) != name:
        name = parent[name]
    return name


def ties(facet: Facet, owners: Mapping[str, str]) -> tuple[str, ...]:
    """What a family hangs on by its root: who speaks there, and whose outlet it is; ``owners`` by the folded name of an outlet."""
    speaker = facet.claim.speaker
    owner = owners.get(speaker.name.casefold(), "") if speaker.type is SpeakerType.OUTLET else ""
    return tuple(tie for tie in (facet.voice, f"owner:{owner}" if owner else "") if tie)
