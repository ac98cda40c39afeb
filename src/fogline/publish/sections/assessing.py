"""How an assessment is put into a sentence, and which claims it is shown to rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fogline.model import CONTESTED, Claim, Polarity, Stretch
from fogline.model.manner import DISPUTED, ENCIRCLED, LOSING, PARTLY, RETAKING, TAKING
from fogline.publish import wording
from fogline.publish.evidence import Evidence

CITED = 6
"""Passages cited for one assessed sentence, the weightiest first; all are in the ledger."""


def position(claim: Claim, evidence: Evidence) -> str:
    """What a control claim says, in a clause: "Russia took Kupiansk", "Ukraine does not hold Kupiansk"."""
    holder, place = wording.side(claim.holder, evidence.theatre), evidence.place
    if claim.polarity is Polarity.NEGATIVE:
        return f"{holder} does not hold {place}"
    if claim.holder == CONTESTED or claim.manner in DISPUTED:
        return f"{place} is contested"
    if claim.manner in ENCIRCLED:
        return f"{place} is encircled, held by {holder}"
    if claim.manner in LOSING:
        return f"{holder} lost {place}"
    if claim.manner in RETAKING:
        return f"{holder} took back {place}"
    verb = "took" if claim.manner in TAKING else "holds part of" if claim.manner in PARTLY else "holds"
    return f"{holder} {verb} {place}"


def clause(status: str, evidence: Evidence, past: bool = False) -> str:
    """A status as a clause: "Ukraine holds Kupiansk", "Kupiansk was contested"."""
    if status == CONTESTED:
        return f"{evidence.place} {'was' if past else 'is'} contested"
    return f"{wording.side(status, evidence.theatre)} {'held' if past else 'holds'} {evidence.place}"


def shares(belief: Mapping[str, float], evidence: Evidence) -> str:
    """A belief in words, the likeliest first: "Ukraine 82 %, contested 10 % and Russia 8 %"."""
    ordered = sorted(belief.items(), key=lambda pair: (-pair[1], pair[0]))
    return wording.joined(
        [f"{wording.state(state, evidence.theatre)} {wording.likelihood(chance).number}" for state, chance in ordered]
    )


def belief_now(evidence: Evidence, last: Stretch) -> Mapping[str, float]:
    """The belief on the day spoken of, or that of the last stretch where there is no such day."""
    return (evidence.control.belief(evidence.today) if evidence.today else {}) or last.belief


def known_on(evidence: Evidence) -> str:
    """The start of an assessed sentence: up to which day reports count."""
    if evidence.known_on:
        return f"As known on {wording.day(evidence.known_on)}"
    if evidence.reached and not evidence.end:
        return f"From reports of which the newest bear no date (the last day they speak of is {wording.day(evidence.reached)})"
    return "From reports of which the newest bear no date"


def then(evidence: Evidence) -> str:
    """The day spoken of, where one was asked for or the reports do not reach to a day that is known."""
    return f" on {wording.day(evidence.today)}" if is_past(evidence) and evidence.today else ""


def is_past(evidence: Evidence) -> bool:
    """Whether the day spoken of is not the day up to which reports count."""
    return evidence.end is not None or evidence.known_on is None


def moved(evidence: Evidence, stretch: Stretch) -> tuple[Claim, ...]:
    """The claims that moved a stretch."""
    return tuple(evidence.known[name] for name in stretch.claims if name in evidence.known)


def strongest(*groups: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims to cite for one sentence, each once, the first groups first."""
    return tuple({claim.id: claim for group in groups for claim in group}.values())[:CITED]


def copies(evidence: Evidence, same: Iterable[Claim]) -> str:
    """How many reports and voices stand behind a shown passage; empty for a single report."""
    reports, voices = evidence.voices(same)
    return f"({wording.reports_and_voices(reports, voices)})" if reports > 1 else ""
