"""Which place each name means: names of one document are resolved together, the plain ones first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log10

from fogline.extract.place_evidence import Mention, Use
from fogline.gazetteer import Entry, Feature, Gazetteer
from fogline.gazetteer.distance import kilometres
from fogline.gazetteer.spelling import key
from fogline.model import Span, Theatre


@dataclass(frozen=True, slots=True)
class Choice:
    """The place chosen (``None``: left open), how surely (0 to 1), and why."""

    entry: Entry | None
    score: float
    reasons: tuple[str, ...] = ()


# Weights set by judgement and tuned by hand on TR-News, LGL and VIINA's reports (docs/methods/places.md).
NEIGHBOUR_KM = 60.0
"""How far the pull of another place in the document reaches (it falls off by a factor e over this distance)."""
UNKNOWN_PEOPLE = 100
"""Added to each population: those of which none is known are villages."""
_THEATRE, _BOUNDS, _FOUGHT_OVER, _FRONT = 3.0, 0.5, 1.5, 0.5
_EXACT = 1.0
_COUNTRY_NAMED, _REGION_NAMED, _DISTRICT_NAMED = 3.0, 5.5, 3.0
_QUALIFIED = 7.0
_NEIGHBOURS = 5.0
_COUNTRY, _REGION, _KNOWN_REGION, _AREA, _CAPITAL = 2.0, 3.0, 4.5, 4.0, 1.0
_OWN_NAME = 1.0
_UNPLACED = -1.0
SURE = 0.2
"""The least share of belief that a candidate must have to be chosen."""
MARGIN = 1.2
"""How many times as likely as the next one it must be."""


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the document names besides the place at hand."""

    countries: Mapping[str, float]
    regions: Mapping[tuple[str, str], float]
    districts: frozenset[str]
    anchors: tuple[Entry, ...]


def resolve(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer, theatre: Theatre) -> tuple[Choice, ...]:
    """For each mention the place it means. All mentions of one name mean one place, unless qualified."""
    qualifiers = _qualifiers(text, mentions)
    groups: dict[tuple[str, str, Feature | None], list[int]] = defaultdict(list)
    for number, mention in enumerate(mentions):
        groups[key(mention.span.of(text)), qualifiers.get(number, ""), _hint(text, mention.span)].append(number)
    setting = _setting(mentions, ())
    first = {
        name: _choose(text, mentions, numbers, setting, gazetteer, theatre, qualifiers)
        for name, numbers in groups.items()
    }
    setting = _setting(mentions, [c.entry for c in first.values() if c.entry and c.score >= 0.75])
    choices: dict[int, Choice] = {}
    for numbers in groups.values():
        choice = _choose(text, mentions, numbers, setting, gazetteer, theatre, qualifiers)
        choices.update(dict.fromkeys(numbers, choice))
    return tuple(choices[number] for number in range(len(mentions)))


def _qualifiers(text: str, mentions: Sequence[Mention]) -> dict[int, str]:
    """By mention: the name of the wider place that follows it, as in "Paris, Texas" or "Borova (Kharkiv region)"."""
    found: dict[int, str] = {}
    for number, (mention, after) in enumerate(pairwise(mentions)):
        between = text[mention.span.end : after.span.start]
        wider = any(e.feature in (Feature.COUNTRY, Feature.REGION, Feature.DISTRICT) for e in after.entries)
        if wider and between.strip("\u00a0 ") in ("", ",", "(", ", the", "in", "in the", ", in", ", in the", "(the"):
            found[number] = key(after.span.of(text))
    return found


def _setting(mentions: Iterable[Mention], anchors: Sequence[Entry]) -> _Setting:
    countries: defaultdict[str, float] = defaultdict(float)
    regions: defaultdict[tuple[str, str], float] = defaultdict(float)
    districts: set[str] = set()
    for mention in mentions:
        units = [e for e in mention.entries if e.feature in (Feature.COUNTRY, Feature.REGION, Feature.DISTRICT)]
        # A name of several units, as Georgia is, says nothing for either.
        for entry in units if len(units) == 1 else ():
            share = 1.0 if mention.use is not Use.OTHER else 0.5
            if entry.feature is Feature.COUNTRY:
                countries[entry.country] += share
            elif entry.feature is Feature.REGION:
                regions[entry.country, entry.admin1] += share
            elif entry.feature is Feature.DISTRICT:
                districts.add(entry.district)
    for entry in anchors:
        countries[entry.country] += 0.5
        if entry.admin1:
            regions[entry.country, entry.admin1] += 0.5
    return _Setting(
        countries={c: n / (n + 1.0) for c, n in countries.items()},
        regions={r: n / (n + 1.0) for r, n in regions.items()},
        districts=frozenset(districts),
        anchors=tuple(e for e in anchors if e.located and e.feature is Feature.SETTLEMENT),
    )


def _choose(
    text: str,
    mentions: Sequence[Mention],
    numbers: Sequence[int],
    setting: _Setting,
    gazetteer: Gazetteer,
    theatre: Theatre,
    qualifiers: Mapping[int, str],
) -> Choice:
    entries = tuple({e.number: e for n in numbers for e in mentions[n].entries}.values())
    if not entries:
        return Choice(None, 0.5, ("no place of this name is known",))
    name = mentions[numbers[0]].span.of(text)
    exact = {e.number for e in gazetteer.exact(name)} or {e.number for e in entries}
    wider = gazetteer.exact(qualifiers[numbers[0]]) if numbers[0] in qualifiers else ()
    hint = _hint(text, mentions[numbers[0]].span)
    hinted = [e for e in entries if e.feature is hint]
    weighed = [(_weigh(e, name, e.number in exact, wider, setting, theatre), e) for e in hinted or entries]
    best, chosen = max(weighed, key=lambda w: (w[0][0], w[1].population, -w[1].number))
    share = 1 / sum(exp(weight - best[0]) for (weight, _), _ in weighed)
    why = f"one of {len(entries)} places of this name" if len(entries) > 1 else "the only place of this name"
    rivals = sorted((weight for (weight, _), _ in weighed), reverse=True)[:2]
    if share < SURE or (len(rivals) == 2 and exp(rivals[0] - rivals[1]) < MARGIN):
        return Choice(None, share, (why, "nothing in the document tells which"))
    return Choice(chosen, share, (why, *best[1]))


def _weigh(
    entry: Entry,
    name: str,
    exact: bool,
    wider: Sequence[Entry],
    setting: _Setting,
    theatre: Theatre,
) -> tuple[float, tuple[str, ...]]:
    weight, reasons = 0.0, []

    def add(value: float, reason: str) -> None:
        nonlocal weight
        weight += value
        if value and reason:
            reasons.append(reason)

    add(1.2 * log10(entry.population + UNKNOWN_PEOPLE), "")
    add(_EXACT if exact else 0.0, "")
    add(_OWN_NAME if key(entry.name) == key(name) else 0.0, "")
    add(_of_feature(entry), "")
    add(_CAPITAL if entry.capital else 0.0, "")
    if entry.feature is Feature.SETTLEMENT and not entry.located:
        add(_UNPLACED, "")
    if theatre.countries:
        add(_THEATRE if entry.country in theatre.countries else 0.0, "in the theatre's country")
        fought_over = entry.feature is Feature.SETTLEMENT and entry.region in theatre.regions
        add(_FOUGHT_OVER if fought_over else 0.0, "in a region fought over")
        add(_FRONT if entry.front else 0.0, "near the front")
        if theatre.bounds and entry.lat is not None and entry.lon is not None:
            south, west, north, east = theatre.bounds
            add(_BOUNDS if south <= entry.lat <= north and west <= entry.lon <= east else 0.0, "")
    if any(_within(entry, unit) for unit in wider):
        add(_QUALIFIED, "in the wider place named after it")
    add(_COUNTRY_NAMED * setting.countries.get(entry.country, 0.0), "its country is named")
    add(
        _REGION_NAMED * setting.regions.get((entry.country, entry.admin1), 0.0) if entry.admin1 else 0.0,
        "its region is named",
    )
    add(_DISTRICT_NAMED if entry.district and entry.district in setting.districts else 0.0, "its district is named")
    near = _nearness(entry, setting.anchors)
    add(_NEIGHBOURS * near, "near other places named" if near > 0.1 else "")
    return weight, tuple(reasons)


_UNIT_HEAVY = ("US", "CA", "AU", "UA", "RU", "DE", "GB", "IN", "CN")
"""Countries whose first-level units are as well known as large cities."""


def _of_feature(entry: Entry) -> float:
    """What stands in for the population of what is no settlement."""
    if entry.feature is Feature.REGION:
        return _KNOWN_REGION if entry.country in _UNIT_HEAVY else _REGION
    return {Feature.COUNTRY: _COUNTRY, Feature.AREA: _AREA, Feature.DISTRICT: 2.0, Feature.WATER: 1.0}.get(
        entry.feature, 0.0
    )


_WATER_AFTER = re.compile(r"\s+(?:[Rr]ivers?|[Rr]eservoir|[Ss]ea)\b")
_WATER_BEFORE = re.compile(
    r"(?:\b(?:banks? of|along|across|crossing|crossed|cross|over|river|reservoir)\s+the\s+|"
    r"\b(?:[Rr]iver|річк\w+|рек[аиеу]|рекой|берез[іи]|берегу)\s+)$"
)
_ARTICLE_BEFORE = re.compile(r"\bthe\s+$")
_ALONE_AFTER = re.compile(r"\s*(?:[.,;:)\n]|$)|\s+(?:and|or|in|to|at|near|from|by|with|on)\b")
_REGION_BEFORE = re.compile(r"\b(?:region|regions|oblast|province|state) of\s+$")
_REGION_AFTER = re.compile(r"\s+(?:region|oblast|province|Region|Oblast|Province)\b")


def _hint(text: str, span: Span) -> Feature | None:
    """What sort of place the words directly around the name say that it is."""
    before, after = text[max(0, span.start - 40) : span.start], text[span.end : span.end + 20]
    the_bare_name = _ARTICLE_BEFORE.search(before) and _ALONE_AFTER.match(after)
    if _WATER_AFTER.match(after) or _WATER_BEFORE.search(before) or the_bare_name:
        return Feature.WATER
    if _REGION_BEFORE.search(before) or _REGION_AFTER.match(after):
        return Feature.REGION
    return None


def _within(entry: Entry, unit: Entry) -> bool:
    if entry.number == unit.number or entry.country != unit.country:
        return False
    return (
        unit.feature is Feature.COUNTRY
        or (unit.feature is Feature.REGION and unit.admin1 == entry.admin1)
        or (unit.feature is Feature.DISTRICT and unit.district == entry.district)
    )


def _nearness(entry: Entry, anchors: Iterable[Entry]) -> float:
    """From 0 to 1: how near the nearest other places of the document are, the second nearest counting half."""
    if entry.lat is None or entry.lon is None or entry.feature not in (Feature.SETTLEMENT, Feature.PART):
        return 0.0
    away = sorted(
        kilometres(entry.lat, entry.lon, a.lat, a.lon)
        for a in anchors
        if a.lat is not None and a.lon is not None and a.number != entry.number
    )
    return sum(exp(-km / NEIGHBOUR_KM) * share for km, share in zip(away, (0.67, 0.33), strict=False))
