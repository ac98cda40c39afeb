"""Which voices count beside a claim: the graph of who hangs together, and what is left of each voice in it.

Two families are no two voices where one speaker stands behind both, or outlets of one owner do; and voices of one side that
tell of that side's own gain are hardly two. What hangs together by speaker or owner counts once, by its weightiest
voice; further boasts of one side count a quarter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fogline.appraise.interest import Interest
from fogline.appraise.voices import Voice
from fogline.model import UNKNOWN_SIDE, Link, Relation, SpeakerType

SAME_SIDE_BOAST = 0.25
"""What a further voice of a side is worth that tells of its own side's gain too."""
_ASPECT = {"date": 0.5}
"""Two dates of one event leave the event standing: such a dispute weighs half."""


@dataclass(frozen=True, slots=True)
class Other:
    """Another voice on the same: the share (0 to 1) in which it counts, and whether it is of another side or has no interest."""

    voice: Voice
    share: float
    elsewhere: bool


Others = Mapping[int, tuple[Other, ...]]
"""The other voices on a family, by its number."""


def spoken_to(links: Iterable[Link], voices: Mapping[str, Voice], relation: Relation) -> Others:
    """For each family (by number), the independent voices in that relation to it, likeliest right first; one a speaker or owner.

    ``voices`` gives the voice of each claim's family.
    """
    found: dict[int, dict[int, float]] = defaultdict(dict)
    told: dict[int, Voice] = {}
    for link in links:
        if link.relation is not relation:
            continue
        a, b = voices[link.a], voices[link.b]
        told[a.number], told[b.number] = a, b
        share = share_of(link.aspect)
        for own, other in ((a, b), (b, a)):
            found[own.number][other.number] = max(share, found[own.number].get(other.number, 0.0))
    supporting = relation is Relation.CORROBORATES
    every = {
        number: counted(told[number], [(told[other], share) for other, share in others.items()], supporting=supporting)
        for number, others in found.items()
    }
    return {number: others for number, others in every.items() if others}


def share_of(aspect: str) -> float:
    """The share in which a voice counts by the aspect of its link."""
    return _ASPECT.get(aspect, 1.0)


def independent(own: Voice, other: Voice) -> bool:
    """Whether the two are two voices: not one family, one speaker, or two outlets of one owner."""
    if own.number == other.number:
        return False
    return not (_ties(own) & _ties(other))


def _ties(voice: Voice) -> frozenset[tuple[str, ...]]:
    """What a voice hangs on: its speaker, unless that is a group without a face, and its owner."""
    ties: set[tuple[str, ...]] = set()
    if voice.speaker.name and voice.speaker.type is not SpeakerType.GROUP:
        ties.add(("speaker", voice.speaker.name, voice.speaker.type.value))
    if voice.owner:
        ties.add(("owner", voice.owner))
    return frozenset(ties)


def counted(own: Voice, told: Iterable[tuple[Voice, float]], *, supporting: bool) -> tuple[Other, ...]:
    """Of the voices linked to one those that count, each with its share: one of those that hang together, boasts of one side in part.

    Likeliest right first; ``told`` names each with the share of its link.
    """
    others = [(voice, share) for voice, share in told if independent(own, voice)]
    seen: set[tuple[str, ...]] = set()
    boasting: set[str] = {own.speaker.side} if supporting and own.interest is Interest.FOR else set()
    kept_of: list[Other] = []
    for voice, share in sorted(others, key=lambda one: (-one[1] * one[0].prior, one[0].number)):
        ties = _ties(voice)
        if ties & seen:
            continue
        seen |= ties
        side, boast = voice.speaker.side, voice.interest is Interest.FOR
        allied = side == own.speaker.side and side not in ("", UNKNOWN_SIDE)
        kept = share
        if boast:
            kept *= SAME_SIDE_BOAST if side in boasting else 1.0
            boasting.add(side)
        kept_of.append(Other(voice, kept, elsewhere=not boast or not allied))
    return tuple(kept_of)
