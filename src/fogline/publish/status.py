"""Who held a settlement on one day, as each side claimed it and as assessed: an answer for the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from fogline.model import Claim, Conclusions, Control, Document, Theatre
from fogline.publish.citations import Citations
from fogline.publish.evidence import Evidence, gather
from fogline.publish.parts import Citation, Listing, Sentence, note
from fogline.publish.sections import bottom, holding


def status_on(
    day: date | None,
    *,
    claims: Sequence[Claim],
    documents: Mapping[str, Document],
    conclusions: Conclusions,
    control: Control,
    theatre: Theatre,
    known_by: date | None = None,
) -> tuple[tuple[tuple[str, tuple[Sentence, ...]], ...], tuple[Citation, ...]]:
    """Labelled sentences (the assessment first, then what each side claimed by then) and the passages they rest on.

    ``day`` is the day asked about; ``None`` asks about all the time the reports tell of.
    """
    evidence: Evidence = gather(
        control.place,
        control.geonameid,
        claims=claims,
        documents=documents,
        conclusions=conclusions,
        control=control,
        theatre=theatre,
        start=None,
        end=day,
        known_by=known_by,
    )
    citations = Citations(documents, {}, theatre)
    line = bottom.bottom_line(evidence, citations)
    claimed = [
        (block.label, block.items)
        for block in holding.holding(evidence, citations).blocks
        if isinstance(block, Listing) and block.label != "Assessed"
    ]
    assessed = tuple(sentence for block in line.blocks for sentence in getattr(block, "sentences", ()))
    if not evidence.stretches():
        assessed = (note("Nothing can be assessed from this evidence."), *assessed)
    return (("Assessed", assessed), *claimed), citations.all()
