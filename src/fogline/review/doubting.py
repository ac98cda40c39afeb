"""Which readings a person should look at first: those in doubt that an assessment rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fogline.model import (
    Certainty,
    Claim,
    Control,
    Judgement,
    Kind,
    Modality,
    PlacePrecision,
    SpeakerType,
)
from fogline.review.deciding import ABOUT_READING, standing

EASY = 0.25
"""The weight of a claim that moves no assessment, so that doubtful ones among them still come before sure ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful:
    """A reading to look at: why it is in doubt, and how much it moves an assessment (log-odds)."""

    claim: Claim
    reasons: tuple[str, ...]
    moves: float

    @property
    def urgency(self) -> float:
        """What the queue is sorted by: doubts times what hangs on the claim."""
        return len(self.reasons) * (EASY + self.moves)


def queue(claims: Iterable[Claim], control: Iterable[Control], judgements: Sequence[Judgement]) -> tuple[Doubtful, ...]:
    """The doubtful readings on which nobody has decided, the most urgent first."""
    moved: dict[str, float] = {}
    for one in control:
        for reason in one.reasons:
            for claim in reason.claims:
                moved[claim] = max(moved.get(claim, 0.0), abs(reason.weight))
    decided = {one.subject for one in standing(judgements) if one.decision in ABOUT_READING}
    found = (_doubtful(claim, moved) for claim in claims if claim.id not in decided)
    return tuple(sorted((one for one in found if one.reasons), key=lambda one: (-one.urgency, one.claim.id)))


def _doubtful(claim: Claim, moved: Mapping[str, float]) -> Doubtful:
    return Doubtful(claim=claim, reasons=tuple(_doubts(claim)), moves=moved.get(claim.id, 0.0))


def _doubts(claim: Claim) -> Iterable[str]:
    ground = claim.kind in (Kind.CONTROL, Kind.WITHDRAWAL)
    precisions = {place.precision for place in claim.places}
    if PlacePrecision.NOT_FOUND in precisions:
        yield "a place it names could not be told"
    if ground and not claim.places:
        yield "it says who holds ground and names no place"
    if ground and len(claim.places) > 2:
        yield "it may not be about each of the places it names"
    if claim.speaker.type is SpeakerType.GROUP or not claim.speaker.name:
        yield "its speaker is not named"
    if ground and claim.speaker.side == "unknown" and claim.speaker.type is not SpeakerType.OUTLET:
        yield "its speaker's side is not known"
    if ground and not claim.when.known:
        yield "its day is not known"
    if claim.certainty in (Certainty.UNDERSPECIFIED, Certainty.POSSIBLE):
        yield "it is hedged"
    if claim.modality is Modality.UNVERIFIED:
        yield "the report calls it unverified"
    if len(claim.attribution.chain) > 3:
        yield "it is heard through several others"
