"""Which place each name means: names of one document are resolved together, the plain ones first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log10

from fogline.extract.place_evidence import Mention, Use
from fogline.extract.place_hints import hint
from fogline.extract.place_setting import Home, Reading, Setting, units_of
from fogline.gazetteer import Entry, Feature, Gazetteer
from fogline.gazetteer.spelling import key
from fogline.model import Theatre

NOWHERE = Home()


@dataclass(frozen=True, slots=True)
class Choice:
    """The place chosen (``None``: left open), how surely (0 to 1), and why."""

    entry: Entry | None
    score: float
    reasons: tuple[str, ...] = ()


# Weights set by judgement and tuned by hand on TR-News, LGL and VIINA's reports (docs/methods/places.md).
UNKNOWN_PEOPLE = 100
"""Added to each population: those of which none is known are villages."""
_THEATRE, _BOUNDS, _FOUGHT_OVER, _FRONT = 3.0, 0.5, 1.5, 0.5
_EXACT = 1.0
_VOTES = {
    1: (5.0, 1.5, "its country is named"),
    2: (5.5, 5.0, "its region is named"),
    3: (3.0, 1.5, "its district is named"),
}
"""By the length of a unit, the most that it counts by votes of the document and of the outlet's others."""
_SAME_AT_HOME = 3.0
ROUNDS = 4
"""How often the names of a document are weighed by each other's readings; further rounds change next to nothing."""
_QUALIFIED = 7.0
_NEIGHBOURS = 5.0
_COUNTRY, _REGION, _KNOWN_REGION, _AREA, _CAPITAL = 2.0, 3.0, 5.5, 4.0, 1.0
_OWN_NAME = 1.0
_UNPLACED = -1.0
SURE = 0.15
"""The least share of belief that a candidate must have to be chosen."""
MARGIN = 1.1
"""How many times as likely as the next one it must be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """The mentions that mean one place: a name, its candidates with what speaks for each whatever else is named."""

    numbers: tuple[int, ...]
    name: str
    times: float
    entries: tuple[Entry, ...]
    weights: tuple[float, ...]
    reasons: tuple[tuple[str, ...], ...]
    known: int


def resolve(
    text: str, mentions: Sequence[Mention], gazetteer: Gazetteer, theatre: Theatre, home: Home = NOWHERE
) -> tuple[Choice, ...]:
    """For each mention the place it means. All mentions of one name mean one place, unless qualified.

    ``home`` is what other documents of the same outlet name, where several are read together.
    """
    return choices(read(text, mentions, gazetteer, theatre, home), len(mentions))


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A name of the document, which mentions bear it, its readings, and why each is believed."""

    numbers: tuple[int, ...]
    reading: Reading
    reasons: tuple[tuple[str, ...], ...]
    known: int


def read(
    text: str, mentions: Sequence[Mention], gazetteer: Gazetteer, theatre: Theatre, home: Home = NOWHERE
) -> tuple[Resolved, ...]:
    """The names of a document with the shares of belief of their places."""
    qualifiers = _qualifiers(text, mentions)
    numbers: dict[tuple[str, str, Feature | None], list[int]] = defaultdict(list)
    for number, mention in enumerate(mentions):
        numbers[key(mention.span.of(text)), qualifiers.get(number, ""), hint(text, mention.span)].append(number)
    groups = [
        _group(text, mentions, own, gazetteer, theatre, gazetteer.exact(qualifier) if qualifier else ())
        for (_, qualifier, _), own in numbers.items()
    ]
    readings = [_reading(group, group.weights) for group in groups]
    reasons: list[tuple[tuple[str, ...], ...]] = [group.reasons for group in groups]
    open_groups = [(place, group) for place, group in enumerate(groups) if len(group.entries) > 1]
    for _ in range(ROUNDS if open_groups else 0):
        setting = Setting(readings)
        for place, group in open_groups:
            voted = [_voted(entry, group.name, place, setting, home) for entry in group.entries]
            weights = [own + vote for own, (vote, _) in zip(group.weights, voted, strict=True)]
            readings[place] = _reading(group, weights)
            reasons[place] = tuple((*own, *more) for own, (_, more) in zip(group.reasons, voted, strict=True))
    return tuple(
        Resolved(numbers=group.numbers, reading=reading, reasons=why, known=group.known)
        for group, reading, why in zip(groups, readings, reasons, strict=True)
    )


def choices(resolved: Iterable[Resolved], mentions: int) -> tuple[Choice, ...]:
    """For each mention the likeliest place, or none where nothing tells which."""
    found: dict[int, Choice] = {}
    for one in resolved:
        found.update(dict.fromkeys(one.numbers, _choice(one)))
    return tuple(found[number] for number in range(mentions))


def _choice(one: Resolved) -> Choice:
    if not one.reading.entries:
        return Choice(None, 0.5, ("no place of this name is known",))
    order = sorted(
        range(len(one.reading.entries)),
        key=lambda n: (-one.reading.shares[n], -one.reading.entries[n].population, one.reading.entries[n].number),
    )
    best, share = order[0], one.reading.shares[order[0]]
    why = f"one of {one.known} places of this name" if one.known > 1 else "the only place of this name"
    if share < SURE or (len(order) > 1 and share < MARGIN * one.reading.shares[order[1]]):
        return Choice(None, share, (why, "nothing in the document tells which"))
    return Choice(one.reading.entries[best], share, (why, *one.reasons[best]))


def _reading(group: _Group, weights: Sequence[float]) -> Reading:
    top = max(weights, default=0.0)
    powers = [exp(weight - top) for weight in weights]
    total = sum(powers)
    shares = tuple(power / total for power in powers)
    return Reading(name=group.name, entries=group.entries, shares=shares, times=group.times)


def _qualifiers(text: str, mentions: Sequence[Mention]) -> dict[int, str]:
    """By mention: the name of the wider place that follows it, as in "Paris, Texas" or "Borova (Kharkiv region)"."""
    found: dict[int, str] = {}
    for number, (mention, after) in enumerate(pairwise(mentions)):
        between = text[mention.span.end : after.span.start]
        wider = any(e.feature in (Feature.COUNTRY, Feature.REGION, Feature.DISTRICT) for e in after.entries)
        if wider and between.strip("\u00a0 ") in ("", ",", "(", ", the", "in", "in the", ", in", ", in the", "(the"):
            found[number] = key(after.span.of(text))
    return found


def _group(
    text: str,
    mentions: Sequence[Mention],
    numbers: Sequence[int],
    gazetteer: Gazetteer,
    theatre: Theatre,
    wider: Sequence[Entry],
) -> _Group:
    first = mentions[numbers[0]]
    name, meant = first.span.of(text), hint(text, first.span)
    every = tuple({e.number: e for n in numbers for e in mentions[n].entries}.values())
    entries = tuple(e for e in every if e.feature is meant) or every
    exact = {e.number for e in gazetteer.exact(name)} or {e.number for e in every}
    weighed = [_weigh(e, name, e.number in exact, wider, theatre) for e in entries]
    return _Group(
        numbers=tuple(numbers), name=key(name), entries=entries, known=len(every),
        times=sum(0.5 if mentions[n].use is Use.OTHER else 1.0 for n in numbers),
        weights=tuple(weight for weight, _ in weighed), reasons=tuple(reasons for _, reasons in weighed),
    )  # fmt: skip


def _weigh(
    entry: Entry, name: str, exact: bool, wider: Sequence[Entry], theatre: Theatre
) -> tuple[float, tuple[str, ...]]:
    """What speaks for the place whatever else the document names."""
    found = [
        (1.2 * log10(entry.population + UNKNOWN_PEOPLE), ""),
        (_EXACT if exact else 0.0, ""),
        (_OWN_NAME if key(entry.name) == key(name) else 0.0, ""),
        (_of_feature(entry), ""),
        (_CAPITAL if entry.capital else 0.0, ""),
        (_UNPLACED if entry.feature is Feature.SETTLEMENT and not entry.located else 0.0, ""),
        (_QUALIFIED if any(_within(entry, unit) for unit in wider) else 0.0, "in the wider place named after it"),
    ]
    if theatre.countries:
        fought_over = entry.feature is Feature.SETTLEMENT and entry.region in theatre.regions
        found += [
            (_THEATRE if entry.country in theatre.countries else 0.0, "in the theatre's country"),
            (_FOUGHT_OVER if fought_over else 0.0, "in a region fought over"),
            (_FRONT if entry.front else 0.0, "near the front"),
            (_BOUNDS if _inside(entry, theatre) else 0.0, ""),
        ]
    return sum(value for value, _ in found), tuple(why for value, why in found if value and why)


def _inside(entry: Entry, theatre: Theatre) -> bool:
    if not theatre.bounds or entry.lat is None or entry.lon is None:
        return False
    south, west, north, east = theatre.bounds
    return south <= entry.lat <= north and west <= entry.lon <= east


def _voted(entry: Entry, name: str, place: int, setting: Setting, home: Home) -> tuple[float, tuple[str, ...]]:
    """What the other names of the document, and those of the outlet's other documents, say for the place."""
    found: list[tuple[float, str]] = []
    for unit in units_of(entry):
        most, at_home, why = _VOTES[len(unit)]
        found.append((most * setting.vote(unit, place), why))
        found.append((at_home * home.units.get(unit, 0.0), ""))
    near = setting.nearness(entry, place)
    found.append((_NEIGHBOURS * near, "near other places named" if near > 0.1 else ""))
    found.append((_SAME_AT_HOME * home.named.get((name, entry.number), 0.0), "the outlet's other articles mean it"))
    return sum(value for value, _ in found), tuple(why for value, why in found if value > 0.3 and why)


_UNIT_HEAVY = ("US", "CA", "AU", "UA", "RU", "DE", "GB", "IN", "CN")
"""Countries whose first-level units are as well known as large cities."""


def _of_feature(entry: Entry) -> float:
    """What stands in for the population of what is no settlement."""
    if entry.feature is Feature.REGION:
        return _KNOWN_REGION if entry.country in _UNIT_HEAVY else _REGION
    return {Feature.COUNTRY: _COUNTRY, Feature.AREA: _AREA, Feature.DISTRICT: 2.0, Feature.WATER: 1.0}.get(
        entry.feature, 0.0
    )


def _within(entry: Entry, unit: Entry) -> bool:
    if entry.number == unit.number or entry.country != unit.country:
        return False
    return (
        unit.feature is Feature.COUNTRY
        or (unit.feature is Feature.REGION and unit.admin1 == entry.admin1)
        or (unit.feature is Feature.DISTRICT and unit.district == entry.district)
    )
