"""The bottom line: who holds it, how likely, how well founded, and who says otherwise."""

from __future__ import annotations

from collections.abc import Mapping

from fogline.model import UNKNOWN_STATUS, Stretch
from fogline.publish import wording
from fogline.publish.citations import Citations
from fogline.publish.confidence import Confidence, confidence
from fogline.publish.evidence import Evidence
from fogline.publish.parts import Prose, Section, Sentence, Standing, empty
from fogline.publish.sections.assessing import (
    CITED,
    belief_now,
    clause,
    is_past,
    known_on,
    moved,
    position,
    shares,
    strongest,
    then,
)


def bottom_line(evidence: Evidence, citations: Citations) -> Section:
    """The answer first."""
    stretches = evidence.stretches()
    if not stretches:
        return Section(key="bottom-line", title="Bottom line", blocks=empty(_too_little(evidence)))
    last = stretches[-1]
    belief = belief_now(evidence, last)
    if last.status == UNKNOWN_STATUS:
        sentences: tuple[Sentence, ...] = (undecided(evidence, citations, belief, last),)
    else:
        found = confidence(evidence, last.status, last.start, belief.get(last.status, 0.0))
        sentences = (
            assessed(evidence, citations, last, belief, found),
            _confidence(citations, found),
            *_otherwise(evidence, citations, found),
        )
    return Section(key="bottom-line", title="Bottom line", blocks=(Prose(sentences=sentences),))


def assessed(
    evidence: Evidence, citations: Citations, last: Stretch, belief: Mapping[str, float], found: Confidence
) -> Sentence:
    """Who holds it, in ICD 203 words with the number, and since when."""
    chance = wording.likelihood(belief.get(last.status, 0.0))
    says = chance.that(clause(last.status, evidence, past=is_past(evidence)))
    text = f"{known_on(evidence)}, {says}{then(evidence)}, since about {wording.day(last.start)}."
    cited = citations.numbers(strongest(moved(evidence, last), found.backing))
    return Sentence(parts=(text,), standing=Standing.ASSESSED if cited else Standing.NOTE, citations=cited)


def undecided(evidence: Evidence, citations: Citations, belief: Mapping[str, float], last: Stretch) -> Sentence:
    """That the evidence names no likely holder, with the shares."""
    cited = citations.numbers(strongest(moved(evidence, last), evidence.holding()[-CITED:]))
    holds = "held" if is_past(evidence) else "holds"
    text = (
        f"{known_on(evidence)}, the evidence does not say who {holds} {evidence.place}{then(evidence)}: "
        f"{shares(belief, evidence)}."
    )
    return Sentence(parts=(text,), standing=Standing.ASSESSED if cited else Standing.NOTE, citations=cited)


def _too_little(evidence: Evidence) -> str:
    if not evidence.claims:
        return f"The ledger holds no claim about {evidence.place} in this period: who holds it cannot be said from it."
    counted = wording.count(len(evidence.claims), "claim")
    return f"The ledger holds {counted} about {evidence.place}, but none from which it follows who holds it."


def _confidence(citations: Citations, found: Confidence) -> Sentence:
    text = f"Confidence in this is {found.word}: {'; '.join(found.reasons)}."
    cited = citations.numbers((*found.backing[-CITED:], *found.against[-2:]))
    return Sentence(parts=(text,), standing=Standing.ASSESSED if cited else Standing.NOTE, citations=cited)


def _otherwise(evidence: Evidence, citations: Citations, found: Confidence) -> tuple[Sentence, ...]:
    if not found.against:
        return ()
    latest = found.against[-1]
    reports, voices = evidence.voices(found.against)
    who = wording.chain(latest.attribution.chain, evidence.theatre)
    text = (
        f"Claimed otherwise, and not assessed so: {who}, says that {position(latest, evidence)} "
        f"(against the assessment: {wording.reports_and_voices(reports, voices)})."
    )
    return (Sentence(parts=(text,), standing=Standing.CLAIMED, citations=citations.numbers(found.against[-CITED:])),)
