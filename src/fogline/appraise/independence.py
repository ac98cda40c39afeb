"""Which voices count beside a claim: the graph of who hangs together, and what is left of each voice in it.

Two families are no two voices where one speaker stands behind both, or outlets of one owner do; and voices of one side that
tell of that side's own gain are hardly two. What hangs together by speaker or owner counts once, by its weightiest
voice; further boasts of one side count a quarter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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


Others = Mapping[str, tuple[Other, ...]]
"""The other voices on a family, by its root."""


def spoken_to(links: Iterable[Link], voices: Mapping[str, Voice], relation: Relation) -> Others:
    """For each family root, the independent voices in that relation to it, likeliest right first; one a speaker or owner."""
    found: dict[str, dict[str, tuple[Voice, float]]] = defaultdict(dict)
    for link in links:
        if link.relation is not relation:
            continue
        a, b = voices[link.a], voices[link.b]
        for own, other in ((a, b), (b, a)):
            if independent(own, other):
                share = _ASPECT.get(link.aspect, 1.0)
                held = found[own.family.root].get(other.family.root)
                if held is None or held[1] < share:
                    found[own.family.root][other.family.root] = (other, share)
    return {
        root: told
        for root, others in found.items()
        if (told := _counted(voices[root], list(others.values()), relation is Relation.CORROBORATES))
    }


def independent(own: Voice, other: Voice) -> bool:
    """Whether the two are two voices: not one family, one speaker, or two outlets of one owner."""
    if own.family.root == other.family.root:
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


def _counted(own: Voice, others: Sequence[tuple[Voice, float]], supporting: bool) -> tuple[Other, ...]:
    """The voices that count, each with its share: one of those that hang together, and boasts of one side in part."""
    seen: set[tuple[str, ...]] = set()
    boasting: set[str] = {own.speaker.side} if supporting and own.interest is Interest.FOR else set()
    counted: list[Other] = []
    for voice, share in sorted(others, key=lambda told: (-told[1] * told[0].prior, told[0].family.root)):
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
        counted.append(Other(voice, kept, elsewhere=not boast or not allied))
    return tuple(counted)
