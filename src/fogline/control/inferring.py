"""Stage 6, conclude: who held each settlement on each day, and how sure that is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from fogline.control import hmm
from fogline.control.observations import Observation, observe, settlements
from fogline.control.parameters import Parameters
from fogline.control.reach import Units, reached
from fogline.control.timeline import reasons, status, stretches
from fogline.model import (
    CONTESTED,
    UNKNOWN_STATUS,
    Claim,
    Control,
    Document,
    Family,
    Kind,
    SourceGrade,
    Theatre,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_BATCH = 256
"""So many settlements are worked out at once: enough for speed, few enough for memory."""
_FURTHEST = 366 * 40
"""No timeline is longer than this many days, whatever date a claim names."""


@dataclass(frozen=True, slots=True)
class _Case:
    """One settlement: its name, its observations, and its days.

    ``start`` is the first day of the timeline and ``end`` the last; ``early`` are the days before ``start`` on which
    there is evidence: the model takes them as steps, so that long peace costs no belief.
    """

    place: int
    name: str
    observations: tuple[Observation, ...]
    start: int
    end: int
    early: tuple[int, ...]

    @property
    def length(self) -> int:
        return len(self.early) + self.end - self.start + 1

    def index(self, day: int) -> int:
        """The model's step for a day with evidence, or for a day of the timeline."""
        return self.early.index(day) if day < self.start else len(self.early) + day - self.start

    def indices(self, first: int, last: int) -> Iterator[int]:
        """The model's steps from one day to another, both included."""
        yield from (i for i, day in enumerate(self.early) if first <= day <= last)
        yield from (self.index(day) for day in range(max(first, self.start), min(last, self.end) + 1))


def infer(
    claims: Iterable[Claim],
    documents: Mapping[str, Document],
    families: Iterable[Family],
    sources: Iterable[SourceGrade],
    theatre: Theatre,
    known_by: date | None = None,
    places: Iterable[int] | None = None,
    parameters: Parameters | None = None,
    within: Units | None = None,
) -> tuple[Control, ...]:
    """Control of every settlement of which a claim says who holds it, by geonameid; of ``places`` alone where given.

    With ``known_by`` only claims of documents published by that day count, and belief in a day rests on evidence of
    that day and before (forward); a document without a bounded date of publication never counts then. Without it all
    claims count and belief rests on evidence of later days too (forward-backward). A theatre without sides has none.
    """
    return infer_heard(claims, documents, ranks(families), sources, theatre, known_by, places, parameters, within)


def ranks(families: Iterable[Family]) -> dict[str, tuple[str, int]]:
    """Of every claim the root of its family, and its rank there, that of the root being 0."""
    return {
        member: (family.root, 0 if member == family.root else rank)
        for family in families
        for rank, member in enumerate(family.members, start=1)
    }


def infer_heard(
    claims: Iterable[Claim],
    documents: Mapping[str, Document],
    voices: Mapping[str, tuple[str, int]],
    sources: Iterable[SourceGrade],
    theatre: Theatre,
    known_by: date | None = None,
    places: Iterable[int] | None = None,
    parameters: Parameters | None = None,
    within: Units | None = None,
) -> tuple[Control, ...]:
    """``infer`` where the ``ranks`` of claims are known; one that has none is alone in its family."""
    if not theatre.sides:
        return ()
    wanted = None if places is None else frozenset(places)
    heard = [c for c in claims if known_by is None or _published_by(documents.get(c.document_id), known_by)]
    spoken = _spoken_of(heard, wanted)
    units = within or {}
    told = [c for c in heard if wanted is None or wanted & {*settlements(c), *reached(c, units)}]
    grades = {(source.name, str(source.type)): source.reliability for source in sources}
    observed = observe(told, documents, voices, grades, theatre, parameters, units)
    cases = [
        _case(place, spoken[place], observed.get(place, ()), documents, theatre, known_by) for place in sorted(spoken)
    ]
    states = (*theatre.codes, CONTESTED)
    found: dict[int, Control] = {}
    ordered = iter(sorted((c for c in cases if c.end >= c.start), key=lambda case: (case.length, case.place)))
    while batch := list(islice(ordered, _BATCH)):
        found.update((control.geonameid or 0, control) for control in _batch(batch, states, known_by, parameters))
    return tuple(found.get(case.place) or _nothing(case, states, known_by) for case in cases)


def belief_on(control: Control, day: date) -> dict[str, float]:
    """Belief in each state on a day: knowing nothing before the timeline, fading slowly to that after it."""
    sides = len(control.states) - 1
    if control.start is None or not control.daily or day < control.start:
        return dict(zip(control.states, hmm.uniform(sides).tolist(), strict=True))
    at = (day - control.start).days
    if at < len(control.daily):
        return dict(zip(control.states, control.daily[at], strict=True))
    past = at - len(control.daily) + 1
    faded = hmm.step(sides, past).T @ control.daily[-1]
    return dict(zip(control.states, (faded / faded.sum()).tolist(), strict=True))


def status_on(control: Control, day: date) -> str:
    """The status on a day: a side's code, ``contested``, or ``unknown``."""
    for stretch in control.timeline:
        if stretch.start <= day <= stretch.end:
            return stretch.status
    if not control.timeline or day < control.timeline[0].start:
        return UNKNOWN_STATUS
    if not control.reasons:
        return UNKNOWN_STATUS
    return status(belief_on(control, day))


def _published_by(document: Document | None, day: date) -> bool:
    return document is not None and document.published.end is not None and document.published.end <= day


def _spoken_of(claims: Iterable[Claim], wanted: frozenset[int] | None) -> dict[int, list[Claim]]:
    spoken: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.kind is Kind.CONTROL:
            for place in settlements(claim):
                if wanted is None or place in wanted:
                    spoken[place].append(claim)
    return spoken


def _case(
    place: int,
    claims: Sequence[Claim],
    observations: tuple[Observation, ...],
    documents: Mapping[str, Document],
    theatre: Theatre,
    known_by: date | None,
) -> _Case:
    name = min(p.name for claim in claims for p in claim.places if p.geonameid == place)
    evidence = sorted({day for one in observations for day, _ in one.days})
    first = evidence[0] if evidence else 0
    start = theatre.begins.toordinal() if theatre.begins is not None else first
    if known_by is not None:
        end = known_by.toordinal() if start else -1
    else:
        end = max([*evidence, *(_last_day(claim, documents) for claim in claims)], default=-1) if start else -1
    end = min(end, start + _FURTHEST)
    kept = tuple(one for one in observations if one.days[0][0] <= end)
    early = tuple(day for day in evidence if day < start) if end >= start else ()
    return _Case(place, name, kept, start, end, early)


def _last_day(claim: Claim, documents: Mapping[str, Document]) -> int:
    document = documents.get(claim.document_id)
    ends = (claim.when.end, document.published.end if document else None)
    return max((end.toordinal() for end in ends if end is not None), default=-1)


def _batch(
    cases: Sequence[_Case], states: tuple[str, ...], known_by: date | None, parameters: Parameters | None
) -> list[Control]:
    """Control of some settlements at once; shorter timelines are padded with days without evidence."""
    import numpy as np

    matrix = hmm.step(len(states) - 1, rates=parameters)
    firsts = [min((case.index(day) for day in _days(case)), default=0) for case in cases]
    # One day without evidence goes ahead, so that a change can be told on the first day with evidence.
    length = 1 + max(case.length - first for case, first in zip(cases, firsts, strict=True))
    seen = [
        (row, case.index(day) - first + 1, vector)
        for row, (case, first) in enumerate(zip(cases, firsts, strict=True))
        for one in case.observations
        for day, vector in one.days
        if day <= case.end
    ]
    evidence = hmm.Evidence(
        np.array([row for row, _, _ in seen], dtype=np.intp),
        np.array([day for _, day, _ in seen], dtype=np.intp),
        np.array([vector for _, _, vector in seen]).reshape(-1, len(states)),
        # Never one alone: a product with one column is added up in another order than with several.
        (max(2, len(cases)), length),
    )
    changes = _changes(cases, firsts, states, parameters)
    run = hmm.forward if known_by is not None else hmm.smooth
    belief = run(evidence, matrix, changes, hmm.balance(len(states) - 1, parameters))
    return [
        _control(case, first, belief[row], states, known_by)
        for row, (case, first) in enumerate(zip(cases, firsts, strict=True))
    ]


def _changes(
    cases: Sequence[_Case], firsts: Sequence[int], states: tuple[str, ...], parameters: Parameters | None
) -> hmm.Changes:
    """The steps that told changes of hands make of their own, by day (index) and settlement (row).

    Several voices that date a change to one day make it no more than the firmest of them makes it.
    """
    import numpy as np

    rates: dict[tuple[int, int], list[float]] = {}
    for row, (case, first) in enumerate(zip(cases, firsts, strict=True)):
        for one in case.observations:
            if one.change is None:
                continue
            start, end, side, rate = one.change
            at = states.index(side)
            for index in case.indices(start, end):
                if index >= first:
                    toward = rates.setdefault((index - first + 1, row), [0.0] * len(states))
                    toward[at] = max(toward[at], rate)
    steps: dict[tuple[float, ...], Floats] = {}
    by_day: dict[int, list[tuple[int, Floats]]] = defaultdict(list)
    for (day, row), toward in sorted(rates.items()):
        key = tuple(toward)
        if key not in steps:
            steps[key] = hmm.step(len(states) - 1, toward=key, rates=parameters)
        by_day[day].append((row, steps[key]))
    return {
        day: (np.array([row for row, _ in found]), np.stack([own for _, own in found])) for day, found in by_day.items()
    }


def _days(case: _Case) -> list[int]:
    return [day for one in case.observations for day, _ in one.days if day <= case.end]


def _control(case: _Case, first: int, belief: Floats, states: tuple[str, ...], known_by: date | None) -> Control:
    """The control of one settlement; ``first`` is the index of the first day with evidence, where the model starts."""
    import numpy as np

    daily = np.empty((case.length, len(states)))
    daily[:first] = hmm.uniform(len(states) - 1)
    daily[first:] = belief[1 : 1 + case.length - first]
    daily = daily[len(case.early) :]
    known_from = max(0, first - len(case.early)) if _days(case) else len(daily)
    if not _days(case):
        daily[:] = hmm.uniform(len(states) - 1)
    return Control(
        place=case.name,
        geonameid=case.place,
        known_by=known_by,
        states=states,
        start=date.fromordinal(case.start),
        daily=tuple(map(tuple, daily.tolist())),
        timeline=stretches(daily, states, case.start, known_from, case.observations),
        reasons=reasons(case.observations, states, case.name),
    )


def _nothing(case: _Case, states: tuple[str, ...], known_by: date | None) -> Control:
    return Control(
        place=case.name, geonameid=case.place, known_by=known_by, states=states, start=None, daily=(), timeline=()
    )
