"""What a claim tells of the state of a settlement on which days, as log-likelihoods.

One family counts once for a place, by its root: a side's word does not become anyone else's by being reprinted. A
side's word for its own gain is worth little however often it is given: all such words of one side on one place share
one small allowance, so that they alone can never carry an assessment (see ``docs/methods/control.md``).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from fogline.control.likelihoods import Vector, before_taking, boast, encircled, held, part, ruled_out, scaled
from fogline.control.marks import Mark, bounded, change, is_contest, marks
from fogline.control.parameters import Parameters, fitted
from fogline.control.reach import TELLING, Units, reached
from fogline.control.standing import Standing, dated, settled
from fogline.model import CONTESTED, Certainty, Claim, Document, Kind, Modality, PlacePrecision, Polarity, Theatre
from fogline.model.manner import DISPUTED, ENCIRCLED, LOSING, PARTLY, RETAKING, TAKING

REPORT, BACKGROUND, ADMISSION, OWN_WORD = "report", "dated background", "admission", "own side's word"
"""What sort of word an observation is."""
BOAST = math.log(1.8)
"""The allowance: from knowing nothing, belief in a side can rise to 1.8 / 2.8 = .643 by its own word, under the
threshold of an assessment (``timeline.ASSESSED``)."""
_FIRMNESS = {
    Certainty.CERTAIN: 1.0,
    Certainty.PROBABLE: 0.7,
    Certainty.UNDERSPECIFIED: 0.8,
    Certainty.POSSIBLE: 0.35,
}
_UNHEARD = 0.6
_LEAST, _MOST = 0.52, 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One family's word on one settlement: log-likelihoods by day (ordinal), in the order of the states.

    ``role`` is what sort of word it is: report, dated background, admission, or own side's word.
    """

    place: int
    claim: Claim
    family: str
    role: str
    side: str
    days: tuple[tuple[int, Vector], ...]
    change: tuple[int, int, str, float] | None = None
    """First and last day of a change of hands that is told of, toward which state, and the rate a day it is worth."""

    @property
    def strength(self) -> float:
        """How far its weightiest day tells the states apart."""
        return max(max(vector) - min(vector) for _, vector in self.days)


@dataclass(frozen=True, slots=True)
class _Reading:
    """By what a claim is read: who speaks for whom, and the model's parameters."""

    standing: Standing
    parameters: Parameters


def observe(
    claims: Iterable[Claim],
    documents: Mapping[str, Document],
    voices: Mapping[str, tuple[str, int]],
    reliability: Mapping[tuple[str, str], float],
    theatre: Theatre,
    parameters: Parameters | None = None,
    within: Units | None = None,
) -> dict[int, tuple[Observation, ...]]:
    """The observations on every settlement (by geonameid) that any of the claims speaks of.

    ``voices`` gives each claim's family and its rank in it, the root first; ``reliability`` each source's chance of
    being right by name and type; ``within`` the settlements that statements on a district or region reach.
    """
    reading = _Reading(Standing.of(theatre), parameters or fitted())
    claims = tuple(claim for claim in claims if is_evidence(claim))
    ends = bounded(claims)
    speaking: dict[tuple[int, str], tuple[int, Observation]] = {}
    for claim in claims:
        family, rank = voices.get(claim.id, (claim.id, 0))
        document = documents.get(claim.document_id)
        worth = dict.fromkeys(settlements(claim), 1.0) | reached(claim, within or {})
        for place, share in worth.items():
            end = ends.get((claim.id, place))
            told = claim if end is None else replace(claim, when=end)
            one = _observation(told, place, family, document, reliability, reading)
            if one is None:
                continue
            if told is not claim or share != 1.0:
                one = replace(one, claim=claim) if share == 1.0 else _of_unit(one, claim, share)
            own = rank if share == 1.0 else rank + _NAMED_FIRST
            before = speaking.get((place, family))
            if before is None or own < before[0] or _amends(one, before[1], documents):
                speaking[place, family] = min(own, before[0] if before else own), one
    by_place: defaultdict[int, list[Observation]] = defaultdict(list)
    for _, one in speaking.values():
        by_place[one.place].append(one)
    kept = {place: [one for one in own if not _withdrawn(one, own, documents)] for place, own in by_place.items()}
    return {place: _share_boasts(sorted(kept[place], key=_time)) for place in sorted(kept)}


_NAMED_FIRST = 1_000_000
"""Added to the rank of a statement on a wider unit: what a family says of the settlement itself comes first."""


def _of_unit(one: Observation, claim: Claim, share: float) -> Observation:
    """What a statement on the wider unit is worth here; it dates no change of this settlement."""
    days = tuple((day, scaled(vector, share)) for day, vector in one.days)
    return replace(one, claim=claim, days=days, change=None)


def _amends(one: Observation, before: Observation, documents: Mapping[str, Document]) -> bool:
    """Whether an outlet tells the same thing again later, with a date: then that is its account."""
    first, last = before.claim, one.claim
    if not (dated(first) and dated(last) and first.outlet == last.outlet):
        return False
    return (_told(first, documents), first.id) < (_told(last, documents), last.id)


def _withdrawn(one: Observation, among: Sequence[Observation], documents: Mapping[str, Document]) -> bool:
    """Whether an outlet that told a capture as its own later tells the same as what the capturing side says."""
    claim = one.claim
    return dated(claim) and any(
        other.role == OWN_WORD
        and other.claim.outlet == claim.outlet
        and other.claim.holder == claim.holder
        and other.claim.when.overlaps(claim.when)
        and _told(other.claim, documents) > _told(claim, documents)
        for other in among
    )


def _told(claim: Claim, documents: Mapping[str, Document]) -> date:
    document = documents.get(claim.document_id)
    return (document.published.end if document else None) or date.min


def is_evidence(claim: Claim) -> bool:
    """Whether the claim can be evidence of who holds a settlement: of such a kind, and put as having happened."""
    return claim.modality is Modality.ACTUAL and claim.kind in TELLING


def settlements(claim: Claim) -> tuple[int, ...]:
    """The settlements themselves (not what is near or around them) that the claim names, by geonameid."""
    found = {p.geonameid for p in claim.places if p.precision is PlacePrecision.SETTLEMENT and p.geonameid is not None}
    return tuple(sorted(found))


def _time(one: Observation) -> tuple[int, str]:
    return one.days[-1][0], one.claim.id


def _observation(
    claim: Claim,
    place: int,
    family: str,
    document: Document | None,
    reliability: Mapping[tuple[str, str], float],
    reading: _Reading,
) -> Observation | None:
    standing, fit = reading.standing, reading.parameters
    published = document.published.end if document is not None else None
    found = marks(claim, published, reading.parameters.wide)
    holder = claim.actor if claim.kind is Kind.WITHDRAWAL else claim.holder
    if not found or not holder or (holder not in standing.codes and holder != CONTESTED):
        return None
    side = claim.speaker.side
    gains = _gaining(claim, standing)
    right = min(_MOST, max(_LEAST, reliability.get((claim.speaker.name, claim.speaker.type), _UNHEARD)))
    role = REPORT
    if settled(claim, document, standing):
        role, right = BACKGROUND, max(right, fit.background)
    elif side in standing.codes and gains == side:
        role = REPORT if claim.speaker.name.casefold() in standing.mappers else OWN_WORD
    elif side in standing.codes and gains in standing.codes:
        role, right = ADMISSION, max(right, fit.admitted)
    elif side not in standing.codes and dated(claim):
        right = max(right, fit.stated)
    days = tuple(_days(claim, found, right, reading, own_word=role == OWN_WORD))
    told = None if role == OWN_WORD else _change(claim, published, right, reading)
    return Observation(place=place, claim=claim, family=family, role=role, side=side, days=days, change=told)


def _change(
    claim: Claim, published: date | None, right: float, reading: _Reading
) -> tuple[int, int, str, float] | None:
    """The change of hands the claim tells of, spread over the width of its date."""
    standing = reading.standing
    found, gains = change(claim, published), _gaining(claim, standing)
    if is_contest(claim):
        gains = CONTESTED
    if found is None or gains not in (*standing.codes, CONTESTED):
        return None
    rate = (
        (2 * right - 1)
        * _FIRMNESS[claim.certainty]
        * (reading.parameters.withdrawn if claim.kind is Kind.WITHDRAWAL else 1.0)
    )
    return (*found, gains, rate / (found[1] - found[0] + 1))


def _gaining(claim: Claim, standing: Standing) -> str:
    """The side whose gain the claim tells of; empty where it tells of nobody's."""
    if claim.kind is Kind.WITHDRAWAL:
        return standing.opponent(claim.actor)
    if claim.holder == CONTESTED or claim.manner in DISPUTED or claim.manner in ENCIRCLED:
        return ""
    lost = (claim.manner in LOSING) or claim.polarity is Polarity.NEGATIVE
    return standing.opponent(claim.holder) if lost else claim.holder


def _days(
    claim: Claim, found: Sequence[Mark], right: float, reading: _Reading, *, own_word: bool
) -> Iterator[tuple[int, Vector]]:
    firm = _FIRMNESS[claim.certainty]
    if own_word:  # it says little of the day it speaks of, and nothing of the days before
        found = found[-1:]
    for mark in found:
        yield mark.day, scaled(_vector(claim, mark, right, reading, own_word=own_word), firm * mark.weight)


def _vector(claim: Claim, mark: Mark, right: float, reading: _Reading, *, own_word: bool) -> Vector:
    standing, fit = reading.standing, reading.parameters
    states = (*standing.codes, CONTESTED)
    withdrawn = claim.kind is Kind.WITHDRAWAL
    holder = claim.actor if withdrawn else claim.holder
    denied = withdrawn or claim.polarity is Polarity.NEGATIVE or (claim.manner in LOSING and not mark.before)
    if own_word:
        return scaled(boast(states, holder, denies=denied), BOAST)
    if mark.before and claim.manner in TAKING:
        again = claim.manner in RETAKING
        return before_taking(states, holder, right, fit.before_retaking if again else fit.before, again=again)
    if denied:
        return scaled(ruled_out(states, holder, right), fit.withdrawn if withdrawn else 1.0)
    if claim.manner in ENCIRCLED:
        return encircled(states, holder)
    if claim.manner in PARTLY:
        return part(states, holder, right)
    return held(states, CONTESTED if claim.manner in DISPUTED else holder, right, taken=claim.manner in TAKING)


def _share_boasts(found: Sequence[Observation]) -> tuple[Observation, ...]:
    """Let all that one side says for its own gain share one allowance."""
    spent: dict[str, float] = defaultdict(float)
    for one in found:
        if one.role == OWN_WORD:
            spent[one.side] += one.strength / BOAST
    return tuple(
        replace(one, days=tuple((day, scaled(vector, 1 / max(1.0, spent[one.side]))) for day, vector in one.days))
        if one.role == OWN_WORD
        else one
        for one in found
    )
