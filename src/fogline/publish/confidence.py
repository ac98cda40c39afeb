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
    more. Else moderate.
    """
    told = [c for c in evidence.holding() if _last(evidence, c) >= since - SLACK]
    backing = tuple(claim for claim in told if agrees(claim, status))
    against = tuple(claim for claim in told if contradicts(claim, status))
    reports, voices = evidence.voices(backing)
    _, others = evidence.voices(against)
    outside = {evidence.voice(claim) for claim in backing if claim.speaker.side != status}
    newest = max((_last(evidence, claim) for claim in backing), default=None)
    age = evidence.today - newest if evidence.today and newest else None
    reasons = [f"{wording.count(voices, 'independent voice')} in {wording.count(reports, 'report')} "
               f"{'says' if voices == 1 else 'say'} so"]  # fmt: skip
    if voices and not outside:
        reasons.append("all of them on the holder's own side")
    elif outside:
        reasons.append(f"{len(outside)} of them not on the holder's side")
    if others:
        reasons.append(f"{wording.count(others, 'voice')} {'says' if others == 1 else 'say'} otherwise")
    if age is not None:
        reasons.append(f"the newest evidence is {wording.count(max(age.days, 0), 'day')} old")
    weak = voices <= 1 or not outside or belief < 0.6 or age is None or age > STALE
    strong = voices >= 3 and bool(outside) and not others and age is not None and age <= RECENT and belief >= 0.8
    return Confidence("low" if weak else "high" if strong else "moderate", tuple(reasons), backing, against)


def _last(evidence: Evidence, claim: Claim) -> date:
    """The last day a claim can speak of; a statement without an end reaches to the day it was said."""
    said = evidence.said(claim)
    return claim.when.end or said or claim.when.start or date.min
