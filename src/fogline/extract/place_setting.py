"""What a document names besides the place at hand, and what the outlet's other documents name: votes between readings.

Every reading of a name votes, with its share of belief, for the country, region and district it lies in and for the
places near it; a name never votes for itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp

from fogline.gazetteer import Entry, Feature
from fogline.gazetteer.distance import kilometres

Unit = tuple[str, ...]
"""A country ``(code,)``, a first-level unit ``(code, admin1)`` or a district ``(code, region, district)``."""

NEIGHBOUR_KM = 60.0
"""How far the pull of another place in the document reaches (it falls off by a factor e over this distance)."""
NEAREST = (0.67, 0.33)
"""What the nearest other place counts, and the second nearest."""
SETTLED_VOTE = 0.8
"""A settlement's vote for the units it lies in, against 1 for each time that a unit itself is named."""
WIDER_VOTE = 0.5
"""A unit's vote for those it lies in."""
HEARD = 0.3
"""The least share of belief with which a reading votes for places near it."""

SCEPTICAL = 1.0
"""Added to the number of an outlet's other documents, so that one alone does not decide."""

_UNITS = (Feature.COUNTRY, Feature.REGION, Feature.DISTRICT)


def units_of(entry: Entry) -> tuple[Unit, ...]:
    """The country, region and district that the place is or lies in, as far as known."""
    found: list[Unit] = [(entry.country,)] if entry.country else []
    if entry.admin1:
        found.append((entry.country, entry.admin1))
    if entry.district:
        found.append((entry.country, entry.region, entry.district))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one name may be: its places with their shares of belief, and how often it stands in the text.

    ``times`` counts a word for a people as half.
    """

    name: str
    entries: tuple[Entry, ...]
    shares: tuple[float, ...]
    times: float = 1.0

    def votes(self) -> Iterable[tuple[Unit, float]]:
        """The votes for units."""
        for entry, share in zip(self.entries, self.shares, strict=True):
            if entry.feature in _UNITS:
                *wider, unit = units_of(entry) or ((),)
                yield unit, share * self.times
                for other in wider:
                    yield other, WIDER_VOTE * share
            elif entry.feature in (Feature.SETTLEMENT, Feature.PART):
                for unit in units_of(entry):
                    yield unit, SETTLED_VOTE * share


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What the other documents of the outlet name: votes for units, and by name for the place it was there."""

    units: Mapping[Unit, float] = field(default_factory=dict)
    named: Mapping[tuple[str, int], float] = field(default_factory=dict)


class Setting:
    """The votes of a document's readings, asked for one name at a time."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        """Count the votes."""
        self._units: defaultdict[Unit, float] = defaultdict(float)
        self._own: list[dict[Unit, float]] = []
        for reading in readings:
            own: defaultdict[Unit, float] = defaultdict(float)
            for unit, vote in reading.votes():
                own[unit] += vote
                self._units[unit] += vote
            self._own.append(own)
        self._anchors = [
            (number, entry, share)
            for number, reading in enumerate(readings)
            for entry, share in zip(reading.entries, reading.shares, strict=True)
            if share >= HEARD and entry.located and entry.feature is Feature.SETTLEMENT
        ]

    def vote(self, unit: Unit, asking: int) -> float:
        """From 0 to 1: how far the other names speak for the unit."""
        number = max(0.0, self._units.get(unit, 0.0) - self._own[asking].get(unit, 0.0))
        return number / (number + 1.0)

    def nearness(self, entry: Entry, asking: int) -> float:
        """From 0 to 1: how near the nearest other places of the document are."""
        if entry.lat is None or entry.lon is None or entry.feature not in (Feature.SETTLEMENT, Feature.PART):
            return 0.0
        pulls = sorted(
            (
                share * exp(-kilometres(entry.lat, entry.lon, other.lat, other.lon) / NEIGHBOUR_KM)
                for number, other, share in self._anchors
                if number != asking and other.number != entry.number and other.lat is not None and other.lon is not None
            ),
            reverse=True,
        )
        return sum(pull * part for pull, part in zip(pulls, NEAREST, strict=False))


def homes(readings: Sequence[Sequence[Reading]]) -> tuple[Home, ...]:
    """For each document of one outlet, given its readings, what the outlet's other documents name.

    A unit's vote is the share of the other documents that speak for it; a name's vote for a place n/(n+1) for n others
    that mean it by it.
    """
    own = [_ballot(document) for document in readings]
    units: defaultdict[Unit, float] = defaultdict(float)
    named: defaultdict[tuple[str, int], float] = defaultdict(float)
    for ballot in own:
        for unit, vote in ballot.units.items():
            units[unit] += vote
        for name, vote in ballot.named.items():
            named[name] += vote
    others = len(readings) - 1
    if others < 1:
        return (Home(),) * len(readings)
    return tuple(
        Home(
            units={unit: (total - ballot.units.get(unit, 0.0)) / (others + SCEPTICAL) for unit, total in units.items()},
            named={name: (rest := total - ballot.named.get(name, 0.0)) / (rest + 1.0) for name, total in named.items()},
        )
        for ballot in own
    )


def _ballot(readings: Iterable[Reading]) -> Home:
    """What one document says of its outlet's home: at most one vote a unit and a name."""
    units: defaultdict[Unit, float] = defaultdict(float)
    named: dict[tuple[str, int], float] = {}
    for reading in readings:
        for unit, vote in reading.votes():
            units[unit] += vote
        for entry, share in zip(reading.entries, reading.shares, strict=True):
            if share >= HEARD:
                named[reading.name, entry.number] = max(named.get((reading.name, entry.number), 0.0), share)
    return Home(units={unit: vote / (vote + 1.0) for unit, vote in units.items()}, named=named)
