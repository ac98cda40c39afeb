"""How much a source or a claim is worth: the Admiralty code, its two scales kept apart."""

from __future__ import annotations

from dataclasses import dataclass

from fogline.model.claim import SpeakerType
from fogline.model.link import Reason

RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
"""The Admiralty code's words for a source."""

CREDIBILITY = {
    1: "confirmed by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "truth cannot be judged",
}
"""The Admiralty code's words for a claim."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceGrade:
    """The reliability of one speaker or outlet: chance of being right (0 to 1), letter A to F, and why."""

    name: str
    type: SpeakerType
    side: str
    claims: int
    reliability: float
    grade: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimGrade:
    """The credibility of one claim: 1 to 6, and why."""

    claim: str
    credibility: int
    reasons: tuple[Reason, ...]
