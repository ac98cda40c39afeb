"""Families as voices: who speaks in each, with which prior, and which voices stand with or against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fogline.appraise.interest import Interest, interest
from fogline.model import UNKNOWN_SIDE, Claim, Family, Link, Relation, Speaker, SpeakerType, Theatre

UNKNOWN_PRIOR = (0.55, 0.8)
"""The chance that a voice of unknown standing is right for, and against, its own side's interest."""
_SAME_SIDE_BOAST = 0.25
"""Two voices of one side that tell of that side's own gain are hardly two."""
_LEAST = 0.1
"""The weight of a voice whose word is worth no more than a coin's: it still speaks."""
_ASPECT = {"date": 0.5}
"""Two dates of one event leave the event standing: such a dispute weighs half."""

SourceKey = tuple[str, SpeakerType]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One family: its root claim, who speaks, how that stands to the speaker's interest, and its prior."""

    family: Family
    claim: Claim
    speaker: Speaker
    interest: Interest
    prior: float
    standing: str
    owner: str

    @property
    def key(self) -> SourceKey:
        """The speaker as a source that is graded."""
        return self.speaker.name, self.speaker.type


@dataclass(frozen=True, slots=True)
class Other:
    """Another voice on the same: its weight (0 to 1), and whether it is of another side or has no interest."""

    voice: Voice
    weight: float
    elsewhere: bool


def standings(theatre: Theatre) -> Mapping[str, tuple[str, str]]:
    """Standing and owner of every name the theatre knows, by folded name."""
    known = {n.casefold(): (o.standing, o.owner.casefold()) for o in theatre.outlets for n in o.names}
    return known | {n.casefold(): (a.standing, "") for a in theatre.actors for n in a.names}


def prior_of(standing: str, theatre: Theatre) -> tuple[float, float]:
    """The prior chances of being right for, and against, one's own side's interest."""
    return theatre.priors.get(standing, UNKNOWN_PRIOR)


def chance(pair: tuple[float, float], how: Interest) -> float:
    """The chance that goes with the interest; a voice that has none in the matter stands between the two."""
    if how is Interest.NEUTRAL:
        return (pair[0] + pair[1]) / 2
    return pair[0] if how is Interest.FOR else pair[1]


def hear(claims: Mapping[str, Claim], families: Iterable[Family], theatre: Theatre) -> dict[str, Voice]:
    """The voice of every claim, by claim id."""
    known = standings(theatre)
    voices: dict[str, Voice] = {}
    for family in families:
        claim = claims[family.root]
        standing, owner = known.get(claim.speaker.name.casefold(), ("", ""))
        how = interest(claim, claim.speaker.side, theatre)
        voice = Voice(
            family=family,
            claim=claim,
            speaker=claim.speaker,
            interest=how,
            prior=chance(prior_of(standing, theatre), how),
            standing=standing,
            owner=owner,
        )
        voices.update((member, voice) for member in family.members)
    return voices


def spoken_to(
    links: Iterable[Link], voices: Mapping[str, Voice], relation: Relation
) -> Mapping[str, tuple[Other, ...]]:
    """For each family root, the independent voices in that relation to it, heaviest first; one a family."""
    found: dict[str, dict[str, Other]] = defaultdict(dict)
    for link in links:
        if link.relation is not relation:
            continue
        a, b = voices[link.a], voices[link.b]
        for own, other in ((a, b), (b, a)):
            if _independent(own, other):
                found[own.family.root][other.family.root] = _other(own, other, _ASPECT.get(link.aspect, 1.0))
    return {
        root: tuple(sorted(others.values(), key=lambda other: (-other.weight, other.voice.family.root)))
        for root, others in found.items()
    }


def _independent(own: Voice, other: Voice) -> bool:
    """Whether the two are two voices: not one family, one speaker, or two outlets of one owner."""
    if own.family.root == other.family.root:
        return False
    if own.key == other.key and own.speaker.type is not SpeakerType.GROUP and own.speaker.name:
        return False
    return not (own.owner and own.owner == other.owner)


def _other(own: Voice, other: Voice, share: float) -> Other:
    allied = own.speaker.side == other.speaker.side and own.speaker.side not in ("", UNKNOWN_SIDE)
    boast = other.interest is Interest.FOR
    weight = share * max(_LEAST, 2 * other.prior - 1)
    if allied and boast and own.interest is Interest.FOR:
        weight *= _SAME_SIDE_BOAST
    return Other(other, weight, elsewhere=not boast or not allied)
