"""The settlements around: what is assessed of each, in a table and as small ribbons on one scale of days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from fogline.model import UNKNOWN_STATUS, Claim, Control
from fogline.publish import wording
from fogline.publish.citations import Citations
from fogline.publish.evidence import Evidence
from fogline.publish.parts import Section, Sentence, Standing, Table, empty, note
from fogline.publish.sections.assessing import CITED, moved, shares
from fogline.publish.sheet import ribbon


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A settlement near, how many kilometres away, and its control."""

    control: Control
    kilometres: float


def around(evidence: Evidence, citations: Citations, neighbours: Sequence[Neighbour]) -> Section:
    """What is assessed of the settlements around of which the ledger tells; the nearest first."""
    told = [one for one in neighbours if one.control.timeline and one.control.start is not None]
    if not told:
        blocks = empty(f"Of no other settlement near {evidence.place} does the ledger tell who held it.")
        return Section(key="around", title="Around it", blocks=blocks)
    table = Table(
        caption=f"Settlements near {evidence.place}, as last assessed",
        head=("Settlement", "Distance", "Status", "Belief"),
        rows=tuple(_row(evidence, citations, one) for one in told),
    )
    spans = [(c.start, c.start + timedelta(len(c.daily) - 1)) for n in told if (c := n.control).start is not None]
    days = (min(first for first, _ in spans), max(last for _, last in spans))
    small = tuple(
        replace(
            ribbon(one.control, _speaking(evidence, one.control), evidence.theatre, days),
            key=f"around-{one.control.geonameid}",
        )
        for one in told
    )
    return Section(key="around", title="Around it", blocks=(table, *small))


def _speaking(evidence: Evidence, control: Control) -> list[Claim]:
    return [c for c in evidence.known.values() if any(p.geonameid == control.geonameid for p in c.places)]


def _row(evidence: Evidence, citations: Citations, one: Neighbour) -> tuple[Sentence, ...]:
    last = one.control.timeline[-1]
    cited = citations.numbers(moved(evidence, last)[:CITED])
    status = wording.state(last.status, evidence.theatre)
    day = f" on {wording.day(last.end)}" if last.status != UNKNOWN_STATUS else ""
    belief = one.control.belief(last.end) or last.belief
    return (
        note(one.control.place),
        note(f"{one.kilometres:.0f} km"),
        Sentence(parts=(f"{status}{day}",), standing=Standing.ASSESSED if cited else Standing.NOTE, citations=cited),
        note(shares(belief, evidence)),
    )
