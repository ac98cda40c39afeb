"""What changed: in the assessment, and in what is claimed."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import dropwhile, pairwise

from fogline.model import UNKNOWN_STATUS, Claim, Kind, Stretch
from fogline.publish import wording
from fogline.publish.citations import Citations
from fogline.publish.evidence import Evidence
from fogline.publish.parts import Listing, Section, Sentence, Standing, note
from fogline.publish.sections.assessing import CITED, clause, copies, moved, shares, strongest

CHANGES = 12
"""Changes of status that are told, the latest; the rest are in the timeline."""

NEW = 8
"""New claims that are told."""

FRESH = timedelta(days=30)
"""How far back "newly claimed" reaches where no period was asked for."""

NEWS = (Kind.CONTROL, Kind.ADVANCE, Kind.WITHDRAWAL)
"""Kinds of claims that say that a line moved."""


def changed(evidence: Evidence, citations: Citations) -> Section:
    """The changes of assessed status in the period, then the claims that are new."""
    stretches = list(dropwhile(lambda stretch: stretch.status == UNKNOWN_STATUS, evidence.stretches()))
    moves = [pair for pair in pairwise(stretches) if pair[0].status != pair[1].status]
    told = tuple(_move(evidence, citations, before, after) for before, after in moves[-CHANGES:])
    none = "The assessed status did not change in the period." if stretches else "Nothing was assessed in the period."
    blocks = [Listing(label="Assessed", items=told or (note(none),), more=max(0, len(moves) - CHANGES))]
    folded = list(evidence.folded(_new(evidence)))
    if folded:
        items = tuple(
            citations.told(claim, after=copies(evidence, same), others=same[:CITED]) for claim, same in folded[:NEW]
        )
        label = "Newly claimed" if evidence.start else "Newly claimed in the last 30 days"
        blocks.append(Listing(label=label, items=items, more=max(0, len(folded) - NEW)))
    return Section(key="changed", title="What changed", blocks=tuple(blocks))


def _move(evidence: Evidence, citations: Citations, before: Stretch, after: Stretch) -> Sentence:
    from_day = f"From about {wording.day(after.start)}"
    if after.status == UNKNOWN_STATUS:
        belief = evidence.control.belief(after.start) or after.belief
        text = f"{from_day} the evidence did not say who held {evidence.place}: {shares(belief, evidence)}."
    else:
        text = f"{from_day} {_was(after, after.start, evidence)}"
        text += "." if before.status == UNKNOWN_STATUS else f"; before, {_was(before, before.end, evidence)}."
    cited = citations.numbers(strongest(moved(evidence, after), moved(evidence, before)))
    return Sentence(parts=(text,), standing=Standing.ASSESSED if cited else Standing.NOTE, citations=cited)


def _was(stretch: Stretch, day: date, evidence: Evidence) -> str:
    belief = evidence.control.belief(day) or stretch.belief
    chance = wording.likelihood(belief.get(stretch.status, 0.0))
    return chance.that(clause(stretch.status, evidence, past=True))


def _new(evidence: Evidence) -> list[Claim]:
    """The claims that say a line moved, of the period or else of the last days, newest first."""
    since = evidence.start or (evidence.reached - FRESH if evidence.reached else None)
    dated = [
        (day, claim)
        for claim in evidence.claims
        if claim.kind in NEWS and (day := evidence.dated(claim)) and since and day >= since
    ]
    return [claim for _, claim in sorted(dated, key=lambda pair: pair[0], reverse=True)]
