"""Who holds it and since when: as each side claims it, then as assessed."""

from __future__ import annotations

from collections.abc import Sequence

from fogline.model import UNKNOWN_STATUS, Basis, Claim, Modality
from fogline.publish import wording
from fogline.publish.citations import Citations
from fogline.publish.confidence import confidence
from fogline.publish.evidence import Evidence
from fogline.publish.parts import Listing, Section, Sentence, Standing, note
from fogline.publish.sections.assessing import CITED, belief_now, position
from fogline.publish.sections.bottom import assessed, undecided

POSITIONS = 3
"""Positions told of one side, the latest first: what it says now, and what it said before."""


def holding(evidence: Evidence, citations: Citations) -> Section:
    """Each side's word on it, a card a side, and the assessment in a card of its own."""
    told = evidence.holding()
    others = sorted({claim.speaker.side for claim in told} - set(evidence.theatre.codes))
    blocks = [block for code in (*evidence.theatre.codes, *others) if (block := _card(evidence, citations, code, told))]
    blocks.append(Listing(label="Assessed", items=(_assessed(evidence, citations),)))
    return Section(
        key="holds",
        title="Who holds it, and since when",
        blocks=tuple(blocks),
        lead="What a side claims is kept apart from what the evidence of all sides supports.",
    )


def _card(evidence: Evidence, citations: Citations, code: str, told: Sequence[Claim]) -> Listing | None:
    name = wording.side(code, evidence.theatre)
    own = [claim for claim in told if claim.speaker.side == code]
    if evidence.theatre.side(code):
        if own:
            return Listing(label=f"Claimed by {name}", items=_over_time(evidence, citations, own))
        text = f"No speaker of this side is quoted in the ledger on who holds {evidence.place}."
        return Listing(label=f"Claimed by {name}", items=(note(text),)) if told else None
    return Listing(label=f"Said by others ({name})", items=_side_by_side(evidence, citations, own))


def _over_time(evidence: Evidence, citations: Citations, own: Sequence[Claim]) -> tuple[Sentence, ...]:
    """A side's position now, and those before where it spoke differently."""
    runs: list[list[Claim]] = []
    for claim in own:
        if runs and _stance(runs[-1][-1]) == _stance(claim):
            runs[-1].append(claim)
        else:
            runs.append([claim])
    latest = runs[: -POSITIONS - 1 : -1]
    labels = ("Now: ", *["Before: "] * (len(latest) - 1)) if len(latest) > 1 else ("",)
    pairs = [_position(evidence, citations, run, label) for run, label in zip(latest, labels, strict=True)]
    return tuple(sentence for pair in pairs for sentence in pair)


def _side_by_side(evidence: Evidence, citations: Citations, own: Sequence[Claim]) -> tuple[Sentence, ...]:
    """What speakers of no side say: they are not one mind, so each position stands by itself, the latest first."""
    stances: dict[tuple[str, str], list[Claim]] = {}
    for claim in reversed(own):
        stances.setdefault(_stance(claim), []).insert(0, claim)
    pairs = [_position(evidence, citations, group, "") for group in list(stances.values())[:POSITIONS]]
    return tuple(sentence for pair in pairs for sentence in pair)


def _stance(claim: Claim) -> tuple[str, str]:
    return claim.holder, claim.polarity.value


def _position(evidence: Evidence, citations: Citations, run: Sequence[Claim], label: str) -> tuple[Sentence, Sentence]:
    """What is claimed, from when on and by how many; then its latest passage."""
    first, last = run[0], run[-1]
    since = evidence.day(first)
    earlier = since is not None and evidence.day(last) != since
    begun = f"; its speakers have said so of the time since {wording.day(since)}" if since and earlier else ""
    doubt = "; the report itself calls it unverified" if last.modality is Modality.UNVERIFIED else ""
    counted = wording.reports_and_voices(*evidence.voices(run))
    text = f"{label}{position(last, evidence)}, {_dated(last)}{begun}{doubt}; {counted}."
    summary = Sentence(
        parts=(text[:1].upper() + text[1:],),
        standing=Standing.CLAIMED,
        citations=citations.numbers((first, *run[-CITED:])),
    )
    return summary, citations.told(last)


def _dated(claim: Claim) -> str:
    if not claim.when.known:
        return "on a day not known"
    if claim.when.end is None and claim.when.basis is Basis.PUBLICATION:
        return f"in a report that bears no date, {wording.time(claim.when)}"
    how = wording.basis(claim.when)
    return f"{wording.on(claim.when)}{f' ({how})' if how else ''}"


def _assessed(evidence: Evidence, citations: Citations) -> Sentence:
    stretches = evidence.stretches()
    if not stretches:
        return note("Nothing can be assessed from this evidence.")
    last = stretches[-1]
    belief = belief_now(evidence, last)
    if last.status == UNKNOWN_STATUS:
        return undecided(evidence, citations, belief, last)
    found = confidence(evidence, last.status, last.start, belief.get(last.status, 0.0))
    return assessed(evidence, citations, last, belief, found)
