"""The control ribbon and the table beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from fogline.model import UNKNOWN_STATUS, Stretch
from fogline.publish import wording
from fogline.publish.citations import Citations
from fogline.publish.evidence import Evidence
from fogline.publish.parts import Mark, Ribbon, Section, Sentence, Standing, Table, empty, note
from fogline.publish.sections.assessing import moved, position, shares

ROWS = 40
"""Stretches in the table, the newest; the rest are counted."""

MARKS = 60
"""Claims marked on the ribbon, the newest."""

STEP = 0.02
"""A day is drawn where belief moved by more than this since the last drawn day."""

CITED = 4
"""Passages cited for one row."""

Point = tuple[date, tuple[float, ...]]
"""A day and its belief, in the order of the control's states."""


def timeline(evidence: Evidence, citations: Citations) -> Section:
    """Belief by day as a picture, and the same as a table."""
    stretches = evidence.stretches()
    if not stretches:
        blocks = empty("There is no timeline: nothing could be assessed.")
        return Section(key="timeline", title="Timeline", blocks=blocks)
    rows = tuple(_row(evidence, citations, stretch) for stretch in stretches[-ROWS:])
    table = Table(
        caption=f"Assessed control of {evidence.place}",
        head=("From", "To", "Status", "Mean belief"),
        rows=rows,
        more=max(0, len(stretches) - ROWS),
    )
    return Section(key="timeline", title="Timeline", blocks=(_ribbon(evidence, citations), table))


def _row(evidence: Evidence, citations: Citations, stretch: Stretch) -> tuple[Sentence, ...]:
    cited = citations.numbers(moved(evidence, stretch)[:CITED])
    status = wording.state(stretch.status, evidence.theatre)
    likely = stretch.belief.get(stretch.status)
    word = f" ({wording.likelihood(likely).word})" if likely is not None and stretch.status != UNKNOWN_STATUS else ""
    standing = Standing.ASSESSED if cited else Standing.NOTE
    return (
        note(wording.day(stretch.start)),
        note(wording.day(stretch.end)),
        Sentence(parts=(f"{status}{word}",), standing=standing, citations=cited),
        note(shares(stretch.belief, evidence)),
    )


def _ribbon(evidence: Evidence, citations: Citations) -> Ribbon:
    states = evidence.control.states
    return Ribbon(
        caption=f"Belief about who held {evidence.place}, by day",
        states=states,
        names=tuple(wording.state(state, evidence.theatre) for state in states),
        points=_points(evidence),
        marks=_marks(evidence, citations),
    )


def _points(evidence: Evidence) -> tuple[Point, ...]:
    """The days on which belief bends: those where it moved, each with the day before, and the last one."""
    drawn: list[Point] = []
    before: Point | None = None
    for point in _days(evidence):
        if not drawn or max(abs(a - b) for a, b in zip(point[1], drawn[-1][1], strict=True)) > STEP:
            drawn += [before] if before is not None and before[0] != drawn[-1][0] else []
            drawn.append(point)
        before = point
    if before is not None and before[0] != drawn[-1][0]:
        drawn.append(before)
    return tuple((day, tuple(round(chance, 4) for chance in row)) for day, row in drawn)


def _days(evidence: Evidence) -> Iterator[Point]:
    control = evidence.control
    if control.start is None:
        return
    for offset, row in enumerate(control.daily):
        day = control.start + timedelta(days=offset)
        if (evidence.start is None or day >= evidence.start) and (evidence.end is None or day <= evidence.end):
            yield day, row


def _marks(evidence: Evidence, citations: Citations) -> tuple[Mark, ...]:
    told = [(day, claim) for claim, _ in evidence.folded(reversed(evidence.holding())) if (day := evidence.day(claim))]
    return tuple(
        Mark(
            day=day,
            side=claim.speaker.side,
            label=f"{claim.speaker.name}: {position(claim, evidence)}",
            citation=citations.number(claim),
        )
        for day, claim in sorted(told[:MARKS], key=lambda pair: (pair[0], pair[1].id))
    )
