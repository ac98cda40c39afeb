"""Scenarios: paths with priors, indicators that the ledger or a person reads, and probabilities by log-odds.

Each reading multiplies the odds of its path against all others by what a hit or a miss says (a likelihood ratio, Good 1950). Readings
that rest on families which an earlier reading has spent count by their fresh share alone, so one voice moves a probability once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from fogline.foresee.queries import Answer, Evidence, Query, answer
from fogline.model import Likelihood, likelihood_of

CAP = 20.0
"""The most that one reading may multiply odds by: an indicator worth more would be the outcome itself."""

FIRM, FAIR = 4, 2
"""Independent voices behind the readings for high and for moderate confidence."""


class State(StrEnum):
    """How an indicator stands."""

    HIT = "hit"
    MISS = "miss"
    OPEN = "open"
    UNSEEN = "not seen by the ledger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """A person's reading of an indicator."""

    day: date
    state: State
    person: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """What to watch: a query, or nothing that the ledger sees (``None``) and then a person's; until ``horizon``.

    ``hit`` and ``miss`` are the likelihood ratios that either says of its path. ``after`` names indicators that have to be hit first.
    """

    id: str
    title: str
    query: Query | None
    horizon: date
    hit: float
    miss: float
    after: tuple[str, ...] = ()
    markings: tuple[Marking, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """One way it may go: its prior, what to watch, and by which query it is known to have come true."""

    id: str
    title: str
    prior: float
    indicators: tuple[Indicator, ...] = ()
    outcome: Query | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A question about a place over a time, and the paths that answer it, of which one comes true.

    ``id`` is what people's readings of its indicators name it by: it stays when the file is renamed.
    """

    title: str
    place: str
    opened: date
    closes: date
    basis: str
    paths: tuple[Path, ...]
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """An indicator as known by a day: its state, since when, what it weighs, and the families that moved it.

    ``value`` is what the query answered when it was hit; ``now`` what it answers on the board's day, hit or not.
    """

    path: str
    indicator: str
    state: State
    day: date | None = None
    value: float | None = None
    ratio: float = 1.0
    families: tuple[str, ...] = ()
    by: str = "ledger"
    why: str = ""
    now: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """All paths and indicators as known by a day."""

    day: date
    probabilities: tuple[tuple[str, float], ...]
    reads: tuple[Read, ...]
    confidence: str
    reason: str

    @property
    def words(self) -> tuple[tuple[str, Likelihood], ...]:
        """Each path's probability in the words of ICD 203."""
        return tuple((name, likelihood_of(chance)) for name, chance in self.probabilities)


def boards(
    scenario: Scenario, days: Sequence[date], until: date, known: Callable[[date], Evidence]
) -> tuple[Board, ...]:
    """The boards of every day of ``days`` (on which anything was published) in the scenario's time, and of ``until``.

    ``known`` gives what was known by a day. A day's board rests on that day's evidence and on what was hit before it.
    """
    hits: dict[str, Read] = {}
    found: list[Board] = []
    last = min(until, scenario.closes)
    asked = sorted(
        {day for day in days if scenario.opened <= day <= last} | {scenario.opened, max(until, scenario.opened)}
    )
    for day in asked:
        evidence = known(day)
        now = {one.id: answer(one.query, evidence) for path in scenario.paths for one in path.indicators if one.query}
        for path in scenario.paths:
            for indicator in path.indicators:
                _look(path, indicator, day, hits, now.get(indicator.id))
        found.append(_board(scenario, day, hits, {name: told.value for name, told in now.items()}))
    return tuple(found)


def _look(path: Path, indicator: Indicator, day: date, hits: dict[str, Read], told: Answer | None) -> None:
    """Note a first hit by the ledger, and whatever a person read on or before the day, which goes first."""
    if any(name not in hits for name in indicator.after):
        return
    if (one := _marked(indicator, day)) is not None:
        hits.pop(indicator.id, None)
        if one.state is State.HIT:
            hits[indicator.id] = _spoken(path.id, indicator.id, one)
    elif indicator.id not in hits and told is not None and told.hit and day <= indicator.horizon:
        hits[indicator.id] = Read(
            path=path.id, indicator=indicator.id, state=State.HIT, day=day, value=told.value, families=told.families
        )


def _marked(indicator: Indicator, day: date) -> Marking | None:
    """What a person last read by a day."""
    return max((m for m in indicator.markings if m.day <= day), key=lambda m: m.day, default=None)


def _spoken(path: str, indicator: str, one: Marking) -> Read:
    return Read(path=path, indicator=indicator, state=one.state, day=one.day, by=one.person, why=one.why)


def _board(scenario: Scenario, day: date, hits: dict[str, Read], now: Mapping[str, float]) -> Board:
    every = [(path, indicator) for path in scenario.paths for indicator in path.indicators]
    reads = [replace(_read(path, one, day, hits), now=now.get(one.id)) for path, one in every]
    ratios = {indicator.id: (indicator.hit, indicator.miss) for path in scenario.paths for indicator in path.indicators}
    weighed = _weigh(reads, ratios)
    logs = {path.id: math.log(path.prior) for path in scenario.paths}
    for read in weighed:
        logs[read.path] += math.log(read.ratio)
    top = max(logs.values())
    total = sum(math.exp(value - top) for value in logs.values())
    confidence, reason = _confidence(weighed)
    return Board(
        day=day,
        probabilities=tuple((name, math.exp(value - top) / total) for name, value in logs.items()),
        reads=weighed,
        confidence=confidence,
        reason=reason,
    )


def _read(path: Path, indicator: Indicator, day: date, hits: dict[str, Read]) -> Read:
    if indicator.id in hits:
        return hits[indicator.id]
    marked = _marked(indicator, day)
    if marked is not None and marked.state is State.MISS:
        return _spoken(path.id, indicator.id, marked)
    if indicator.query is None:
        return Read(path=path.id, indicator=indicator.id, state=State.UNSEEN)
    if day > indicator.horizon:
        return Read(path=path.id, indicator=indicator.id, state=State.MISS, day=indicator.horizon)
    return Read(path=path.id, indicator=indicator.id, state=State.OPEN)


def _weigh(reads: Sequence[Read], ratios: dict[str, tuple[float, float]]) -> tuple[Read, ...]:
    """Each reading's ratio, capped; families that an earlier reading spent count no more."""
    spent: set[str] = set()
    found: dict[str, Read] = {}
    for read in sorted(reads, key=lambda one: (one.day or date.max, one.indicator)):
        hit, miss = ratios[read.indicator]
        ratio = hit if read.state is State.HIT else miss if read.state is State.MISS else 1.0
        ratio = min(CAP, max(1 / CAP, ratio))
        fresh = len(set(read.families) - spent) / len(read.families) if read.families else 1.0
        spent |= set(read.families)
        found[read.indicator] = replace(read, ratio=ratio**fresh)
    return tuple(found[read.indicator] for read in reads)


def _confidence(reads: Sequence[Read]) -> tuple[str, str]:
    """How far the probability can be trusted: by the voices behind it and the share of indicators that are decided."""
    voices = {name for read in reads for name in read.families} | {
        f"{read.by}:{read.indicator}" for read in reads if read.by != "ledger"
    }
    decided = sum(read.state in (State.HIT, State.MISS) for read in reads)
    told = f"{len(voices)} independent voices behind the readings; {decided} of {len(reads)} indicators decided"
    if len(voices) >= FIRM and 2 * decided >= len(reads):
        return "high", told
    return ("moderate", told) if len(voices) >= FAIR and decided else ("low", told)
