"""How sure an assessment is of its footing: kept apart from how likely it is, as ICD 203 asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from fogline.model import CONTESTED, Claim, Polarity
from fogline.model.manner import DISPUTED, ENCIRCLED, LOSING, PARTLY
from fogline.publish import wording
from fogline.publish.evidence import Evidence

RECENT = timedelta(days=60)
"""Evidence older than this says little about today at a moving front: confidence is then never high."""

STALE = timedelta(days=365)
"""With nothing newer than this, confidence is low."""

MANY = 3
"""Independent voices from which on confidence may be high."""

EVEN, FIRM = 0.6, 0.8
"""Below the first a belief is near even, and confidence low; below the second it is never high."""

SLACK = timedelta(days=7)
"""Reports of a change come some days before or after the day it is put at."""


@dataclass(frozen=True, slots=True)
class Confidence:
    """Low, moderate or high, each reason as words, and the claims that speak for and against."""

    word: str
    reasons: tuple[str, ...]
    backing: tuple[Claim, ...]
    against: tuple[Claim, ...]


def agrees(claim: Claim, status: str) -> bool:
    """Whether a control claim says what the status says."""
    if claim.polarity is Polarity.NEGATIVE or claim.manner in LOSING | ENCIRCLED:
        return False
    if claim.manner in DISPUTED | PARTLY:
        return status == CONTESTED
    return claim.holder == status


def contradicts(claim: Claim, status: str) -> bool:
    """Whether a control claim says that it is otherwise."""
    if claim.polarity is Polarity.NEGATIVE or claim.manner in LOSING:
        return claim.holder == status
    if claim.manner in ENCIRCLED:
        return False
    return not agrees(claim, status)


def confidence(evidence: Evidence, status: str, since: date, belief: float) -> Confidence:
    """How well founded it is that the status has been so since that day.

    Low: no voice or one alone, only the holder's own side, evidence over a year old, or a belief near even. High: three
    voices or more, one of them not of the holder's side, none against, evidence of the last 60 days, belief of .8 or
    more. Else moderate. These rules are a convention of this project, stated so that a reader can judge them.
    """
    told = [claim for claim in evidence.holding() if (evidence.dated(claim) or date.max) >= since - SLACK]
    backing = tuple(claim for claim in told if agrees(claim, status))
    against = tuple(claim for claim in told if contradicts(claim, status))
    reports, voices = evidence.voices(backing)
    _, others = evidence.voices(against)
    outside = {evidence.voice(claim) for claim in backing if claim.speaker.side != status}
    age = _age(evidence, backing)
    say = f"{wording.count(voices, 'independent voice')} in {wording.count(reports, 'report')}"
    reasons = [f"{say} {'says' if voices == 1 else 'say'} so"]
    if voices:
        some = f"{len(outside)} of them not on the holder's side"
        reasons.append(some if outside else "all of them on the holder's own side")
    if others:
        reasons.append(f"{wording.count(others, 'voice')} {'says' if others == 1 else 'say'} otherwise")
    if age is not None:
        reasons.append(f"the newest evidence is {wording.count(age, 'day')} old")
    elif voices:
        reasons.append("how old the evidence is cannot be said, as the newest reports bear no date")
    stale = age is not None and age > STALE.days
    recent = age is not None and age <= RECENT.days
    weak = voices <= 1 or not outside or belief < EVEN or stale
    strong = voices >= MANY and not others and recent and belief >= FIRM
    return Confidence("low" if weak else "high" if strong else "moderate", tuple(reasons), backing, against)


def _age(evidence: Evidence, backing: tuple[Claim, ...]) -> int | None:
    """How many days before the day up to which reports count the newest evidence lies; ``None`` where that is not known."""
    days = [day for claim in backing if (day := evidence.dated(claim)) is not None]
    if not days or evidence.reached is None or evidence.known_on is None:
        return None
    return max((evidence.reached - max(days)).days, 0)
