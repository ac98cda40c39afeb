"""Composes the cited brief on one settlement: one frozen value that every output renders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from fogline import __version__
from fogline.model import Claim, Conclusions, Control, Document, Theatre
from fogline.publish.citations import Citations
from fogline.publish.evidence import Rest, gather
from fogline.publish.parts import Brief
from fogline.publish.sections import ahead, around, boards, bottom, changes, closing, holding, timeline, told, weighed
from fogline.publish.sections.ahead import Outlook
from fogline.publish.sections.around import Neighbour
from fogline.publish.sections.boards import Foresight

__all__ = ["Brief", "Foresight", "Rest", "compose"]

NOTHING_FOLLOWED = Foresight()


def compose(
    place: str,
    geonameid: int | None,
    *,
    claims: Sequence[Claim],
    documents: Mapping[str, Document],
    hashes: Mapping[str, str],
    conclusions: Conclusions,
    control: Control,
    outlook: Outlook,
    theatre: Theatre,
    neighbours: Sequence[Neighbour] = (),
    foresight: Foresight = NOTHING_FOLLOWED,
    start: date | None = None,
    end: date | None = None,
    known_by: date | None = None,
    rest: Rest | None = None,
    texts: Mapping[str, Document] | None = None,
) -> Brief:
    """The brief on a settlement from what the ledger holds.

    ``hashes`` is the SHA-256 of the stored bytes by document id; ``foresight`` is what is followed
    ahead; ``start`` and ``end`` bound the time it tells of. With nothing known it says so. ``rest`` and ``texts`` are given where
    ``claims`` and ``documents`` are a settlement's part of a large ledger: the documents may lack their text, and ``texts`` has it.
    """
    evidence = gather(
        place,
        geonameid,
        claims=claims,
        documents=documents,
        conclusions=conclusions,
        control=control,
        theatre=theatre,
        start=start,
        end=end,
        known_by=known_by,
        rest=rest,
    )
    citations = Citations(documents if texts is None else texts, hashes, theatre)
    sections = (
        bottom.bottom_line(evidence, citations),
        holding.holding(evidence, citations),
        changes.changed(evidence, citations),
        timeline.timeline(evidence, citations),
        around.around(evidence, citations, neighbours),
        told.context(evidence, citations),
        told.signals(evidence, citations),
        weighed.corroborated(evidence, citations),
        weighed.disputed(evidence, citations),
        weighed.single(evidence, citations),
        ahead.explanations(evidence, citations, outlook),
        boards.matrix(evidence, citations, foresight),
        ahead.scenarios(evidence, citations, outlook),
        boards.boards(evidence, citations, foresight),
        boards.forecasts(evidence, citations, outlook, foresight),
        boards.tracks(evidence, citations, foresight),
        closing.sources(evidence, citations),
        closing.method(evidence, citations),
    )
    reports, voices = evidence.voices(evidence.claims)
    return Brief(
        place=place,
        geonameid=geonameid,
        theatre=theatre.title or theatre.name,
        as_known_on=evidence.known_on,
        known_by=known_by,
        start=start,
        end=end,
        sections=sections,
        citations=citations.all(),
        reports=reports,
        voices=voices,
        claims=len(evidence.claims),
        version=__version__,
    )
