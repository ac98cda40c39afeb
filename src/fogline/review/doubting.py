"""Which readings a person should look at first: those in doubt that an assessment rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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
    settled = decided(judgements)
    found = (doubtful(claim, moved.get(claim.id, 0.0)) for claim in claims if claim.id not in settled)
    return tuple(sorted((one for one in found if one.reasons), key=lambda one: (-one.urgency, one.claim.id)))


def decided(judgements: Sequence[Judgement]) -> frozenset[str]:
    """The claims of which somebody has decided whether they are read rightly."""
    return frozenset(one.subject for one in standing(judgements) if one.decision in ABOUT_READING)


def doubtful(claim: Claim, moves: float) -> Doubtful:
    """A reading with what is in doubt of it, if anything is."""
    reading = _Reading(
        kind=claim.kind,
        precisions=[place.precision for place in claim.places],
        speaker=claim.speaker.name,
        speaker_type=claim.speaker.type,
        side=claim.speaker.side,
        timed=claim.when.known,
        certainty=claim.certainty,
        modality=claim.modality,
        voices=len(claim.attribution.chain),
    )
    return Doubtful(claim=claim, reasons=tuple(_doubts(reading)), moves=moves)


def doubts_kept(body: Mapping[str, Any]) -> int:
    """How many things are in doubt of a claim as a ledger keeps it: an object of JSON, field by field as the model has it."""
    chain, when = body["attribution"]["chain"], body["when"]
    reading = _Reading(
        kind=body["kind"],
        precisions=[place["precision"] for place in body["places"]],
        speaker=chain[0]["name"],
        speaker_type=chain[0]["type"],
        side=chain[0]["side"],
        timed=when["start"] is not None or when["end"] is not None,
        certainty=body["certainty"],
        modality=body["modality"],
        voices=len(chain),
    )
    return sum(1 for _ in _doubts(reading))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What of a claim can be in doubt; words are those of the model's enumerations."""

    kind: str
    precisions: Sequence[str]
    speaker: str
    speaker_type: str
    side: str
    timed: bool
    certainty: str
    modality: str
    voices: int


def _doubts(one: _Reading) -> Iterable[str]:
    ground = one.kind in (Kind.CONTROL, Kind.WITHDRAWAL)
    if PlacePrecision.NOT_FOUND in one.precisions:
        yield "a place it names could not be told"
    if ground and not one.precisions:
        yield "it says who holds ground and names no place"
    if ground and len(one.precisions) > 2:
        yield "it may not be about each of the places it names"
    if one.speaker_type == SpeakerType.GROUP or not one.speaker:
        yield "its speaker is not named"
    if ground and one.side == "unknown" and one.speaker_type != SpeakerType.OUTLET:
        yield "its speaker's side is not known"
    if ground and not one.timed:
        yield "its day is not known"
    if one.certainty in (Certainty.UNDERSPECIFIED, Certainty.POSSIBLE):
        yield "it is hedged"
    if one.modality == Modality.UNVERIFIED:
        yield "the report calls it unverified"
    if one.voices > 3:
        yield "it is heard through several others"
