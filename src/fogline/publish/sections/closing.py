"""Sources with their grades, and method and limits."""

from __future__ import annotations

from collections import Counter

from fogline.model import RELIABILITY, Claim, SourceGrade
from fogline.publish import wording
from fogline.publish.citations import Citations
from fogline.publish.evidence import Evidence
from fogline.publish.parts import Listing, Section, Sentence, Standing, Table, empty, note

SOURCES = 30
"""Sources in the table, those with most claims here first; the rest are counted."""

CORRECTED = 30
"""Corrected readings that are told; the rest are counted."""

METHOD = (
    "Every report was read by machine: a claim is one speaker asserting one thing in one passage, with everyone who "
    "passed it on.",
    "Reports that copy one text, and repeats of one statement, are one voice and count once.",
    "Who held the place is worked out by a hidden Markov model over days. A claim moves the belief by the weight of "
    "its voice, an admission against the speaker's own interest more than a boast; one side's word alone does not "
    "make assessed control.",
    "Likelihood words are those of ICD 203, always with the number: almost no chance 1–5 %, very unlikely 5–20 %, "
    "unlikely 20–45 %, roughly even chance 45–55 %, likely 55–80 %, very likely 80–95 %, almost certain 95–99 %. "
    "Confidence is how well founded that number is, and is said apart.",
    "Only published reports were read. What was not reported, or not given to fogline, is missing; machine reading "
    "errs, so open the passage before relying on a sentence.",
)
"""What holds for every brief."""


def sources(evidence: Evidence, citations: Citations) -> Section:
    """Who is heard here, with the grade and its reasons."""
    heard = Counter(voice.name for claim in evidence.claims for voice in claim.attribution.chain)
    # A name without a face ("unnamed source") is graded once a report; here it is one row.
    named = {(grade.name, grade.side): grade for grade in reversed(evidence.conclusions.sources)}
    graded = [grade for grade in named.values() if grade.name in heard]
    graded.sort(key=lambda grade: (-heard[grade.name], grade.name))
    if not graded:
        blocks = empty("No source is graded: nothing about the place was read.")
        return Section(key="sources", title="Sources and their grades", blocks=blocks)
    rows = tuple(_source(evidence, citations, grade) for grade in graded[:SOURCES])
    table = Table(
        caption="Sources heard on this place",
        head=("Source", "Side", "Claims here", "Reliability", "Reasons"),
        rows=rows,
        more=max(0, len(graded) - SOURCES),
    )
    lead = (
        "Reliability is the Admiralty letter (A best, F cannot be judged); it is about the source, not about one claim."
    )
    return Section(key="sources", title="Sources and their grades", blocks=(table,), lead=lead)


def method(evidence: Evidence, citations: Citations) -> Section:
    """How this was made and what it cannot say, and which readings are a person's and no longer the machine's."""
    counted = wording.reports_and_voices(*evidence.voices(evidence.claims))
    texts = [
        f"It rests on {wording.count(len(evidence.claims), 'claim')} about {evidence.place} ({counted}), out of "
        f"{wording.count(evidence.extent.documents, 'report')} in the ledger.",
        *METHOD,
    ]
    undated = evidence.extent.without_date
    if undated:
        bear = "bears" if undated == 1 else "bear"
        texts.append(f"{wording.count(undated, 'report')} in the ledger {bear} no date; none was made up.")
    if evidence.geonameid is not None:
        texts.append(f"{evidence.place} is the settlement with GeoNames id {evidence.geonameid}.")
    blocks = [Listing(items=tuple(note(text) for text in texts))]
    corrected = [claim for claim in evidence.claims if claim.corrected]
    if corrected:
        told = tuple(_corrected(evidence, citations, claim) for claim in corrected[:CORRECTED])
        more = max(0, len(corrected) - CORRECTED)
        blocks.append(Listing(label="Readings that a person corrected", items=told, more=more))
    return Section(key="method", title="Method and limits", blocks=tuple(blocks))


def _corrected(evidence: Evidence, citations: Citations, claim: Claim) -> Sentence:
    """What was set right in a reading, from what to what, by whom, when and why; the passage stands as it was."""
    told = "; ".join(
        f"{one.field} from {_value(one.was, evidence)} to {_value(one.now, evidence)}, by {one.person} on "
        f"{wording.day(one.day)}: {one.reason.rstrip('.')}"
        for one in claim.corrected
    )
    return Sentence(parts=(f"{told}.",), standing=Standing.CLAIMED, citations=citations.numbers((claim,)))


def _value(text: str, evidence: Evidence) -> str:
    return wording.named(text, evidence.theatre) or "none"


def _source(evidence: Evidence, citations: Citations, grade: SourceGrade) -> tuple[Sentence, ...]:
    own = [c for c in evidence.claims if any(voice.name == grade.name for voice in c.attribution.chain)]
    spoken = [c for c in own if c.speaker.name == grade.name] or own
    cited = citations.numbers(spoken[:2])
    why = "; ".join(reason.detail.rstrip(".") for reason in grade.reasons if reason.detail)
    meaning = RELIABILITY.get(grade.grade, "")
    return (
        Sentence(parts=(grade.name,), standing=Standing.CLAIMED, citations=cited),
        note(wording.side(grade.side, evidence.theatre)),
        note(str(len(own))),
        note(f"{grade.grade}, {meaning}" if meaning else grade.grade),
        note(wording.named(why, evidence.theatre) or "no reason given"),
    )
