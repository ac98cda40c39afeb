"""Forecasts that speakers made, and what became of them.

A forecast is made on the day its report was published and named by its content, so it cannot be changed afterwards. It is
resolved when due, from assessed control or from corroborated claims, never from the forecaster's own word; where the ledger
cannot tell, it is void.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from fogline.foresee.conditions import HOLDING, Came, Condition, Deed, together
from fogline.model import Claim, Document, Kind, Likelihood, Modality, PlacePrecision, Polarity, fingerprint

CORROBORATED = 2
"""Independent voices, the forecaster's own left out, by which an event counts as having happened."""
VIEWS = frozenset({"other", "intent"})
"""What is foretold is no event: a view, or that somebody will want something."""
EVENTS = frozenset({Kind.ADVANCE, Kind.BATTLE, Kind.STRIKE, Kind.WITHDRAWAL, Kind.LOSSES, Kind.FORCES, Kind.LOGISTICS})


class Outcome(StrEnum):
    """What became of a forecast."""

    CAME = "came true"
    NOT = "did not come true"
    VOID = "void"
    UNKNOWN = "unknown"
    OPEN = "not due"


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """One speaker's forecast: the event at a place by a day, how likely, on what condition; ``claim`` is where it was said."""

    claim: str
    speaker: str
    outlet: str
    made: date
    event: str
    side: str
    holding: bool
    place: str
    geonameid: int | None
    until: date | None
    likelihood: Likelihood
    condition: str

    @property
    def id(self) -> str:
        """The forecast's name by content: it changes if a word of it is changed."""
        until = self.until.isoformat() if self.until else ""
        return fingerprint(
            "forecast", self.claim, self.speaker, self.made.isoformat(), self.event, self.side, self.geonameid, until,
            self.likelihood, self.condition,
        )  # fmt: skip

    @property
    def probability(self) -> float:
        """What it is scored with: the middle of its band."""
        return self.likelihood.middle


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What became of a forecast, why, the claims that it rests on, and by whom: ``rules`` or a person."""

    outcome: Outcome
    why: str
    claims: tuple[str, ...] = ()
    by: str = "rules"


Status = Callable[[int, date, str], tuple[str, tuple[str, ...]]]
"""Assessed status of a place on a day without a speaker's own words: a side's code, contested or unknown, and the claims."""


def forecasts(
    claims: Iterable[Claim], documents: Mapping[str, Document], families: Mapping[str, str]
) -> tuple[Forecast, ...]:
    """The forecasts of the claims, in the order in which they were made; one a family, as copies make no second one.

    Those of a report without a bounded day of publication are left out: it is not known when they were made.
    """
    found: dict[tuple[object, ...], Forecast] = {}
    for claim in claims:
        made = documents[claim.document_id].published.end
        places = [p for p in claim.places if p.precision is not PlacePrecision.COUNTRY][:1]
        if claim.ahead is None or made is None or not places or claim.ahead.event in VIEWS:
            continue
        one = Forecast(
            claim=claim.id, speaker=claim.speaker.name, outlet=claim.outlet.name, made=made, event=claim.ahead.event,
            side=claim.holder or claim.actor, holding=claim.manner in HOLDING, place=places[0].name, geonameid=places[0].geonameid,
            until=claim.when.end, likelihood=claim.ahead.likelihood, condition=claim.ahead.condition,
        )  # fmt: skip
        key = (families.get(claim.id, claim.id), one.event, one.side, one.geonameid)
        if key not in found or one.made < found[key].made:
            found[key] = one
    return tuple(sorted(found.values(), key=lambda one: (one.made, one.claim)))


def resolve(
    one: Forecast,
    day: date,
    claims: Sequence[Claim],
    said: Mapping[str, date],
    families: Mapping[str, str],
    status: Status,
    given: Condition | None = None,
) -> Resolution:
    """What became of a forecast as known by ``day``; ``given`` is what its condition puts, where that could be read."""
    if one.until is None:
        return _void("no day was named by which it was to come")
    if one.geonameid is None:
        return _void("its place is not known to the gazetteer")
    if day <= one.until:
        return Resolution(outcome=Outcome.OPEN, why=f"due after {one.until}")
    if one.event != Kind.CONTROL and one.event not in EVENTS:
        return _void("no rule resolves such an event")
    judge = _Judge(claims=claims, said=said, families=families, status=status)
    if not one.condition:
        return judge.became(one, one.geonameid, one.until)
    came, why, rests = judge.condition(one, given or Condition(deeds=()), one.until)
    if came is Came.NO:
        return Resolution(outcome=Outcome.VOID, why=f"its condition did not come about: {why}", claims=rests)
    if came is Came.UNKNOWN:
        return Resolution(outcome=Outcome.UNKNOWN, why=f"whether its condition came about is not known: {why}")
    found = judge.became(one, one.geonameid, one.until)
    return replace(
        found, why=f"{found.why}; its condition came about: {why}", claims=tuple(dict.fromkeys((*found.claims, *rests)))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judge:
    """What the ledger holds, for telling what became of something."""

    claims: Sequence[Claim]
    said: Mapping[str, date]
    families: Mapping[str, str]
    status: Status

    def became(self, one: Forecast, place: int, until: date) -> Resolution:
        if one.event == Kind.CONTROL:
            return _held(one, place, until, self.status)
        return _happened(one, until, self.claims, self.said, self.families)

    def condition(self, one: Forecast, given: Condition, until: date) -> tuple[Came, str, tuple[str, ...]]:
        """Whether a condition came about between the forecast and its last day, why, and the claims that it rests on."""
        if not given.deeds:
            return Came.UNKNOWN, "the ledger cannot see it", ()
        told = [(deed, self._deed(one, deed, until)) for deed in given.deeds]
        came = together([state for _, (state, _, _) in told], given.either)
        why = "; ".join(f"{deed.place}: {reason}" for deed, (_, reason, _) in told)
        return came, why, tuple(name for _, (_, _, rests) in told for name in rests)

    def _deed(self, one: Forecast, deed: Deed, until: date) -> tuple[Came, str, tuple[str, ...]]:
        put = replace(
            one,
            event=deed.event,
            side=deed.side,
            holding=deed.holding,
            place=deed.place,
            geonameid=deed.geonameid,
            condition="",
        )
        if (
            deed.event == Kind.CONTROL
            and not deed.holding
            and self.status(deed.geonameid, one.made, one.speaker)[0] == deed.side
        ):
            found = Resolution(outcome=Outcome.CAME, why=f"held by {deed.side} already on {one.made}")
        else:
            found = self.became(put, deed.geonameid, until)
        came = {Outcome.CAME: Came.YES, Outcome.NOT: Came.NO}.get(found.outcome, Came.UNKNOWN)
        if deed.negated:
            came = {Came.YES: Came.NO, Came.NO: Came.YES}.get(came, came)
        return came, found.why, found.claims


def _void(why: str) -> Resolution:
    return Resolution(outcome=Outcome.VOID, why=why)


def _held(one: Forecast, place: int, until: date, status: Status) -> Resolution:
    """By assessed control: at the end for "will hold", on any day for "will take"."""
    before, _ = status(place, one.made, one.speaker)
    if not one.holding and before == one.side:
        return _void(f"{one.side} held it already when this was said")
    days = [until] if one.holding else [one.made + timedelta(n) for n in range(1, (until - one.made).days + 1)]
    known = False
    for day in days:
        now, claims = status(place, day, one.speaker)
        if now == one.side:
            return Resolution(outcome=Outcome.CAME, why=f"assessed as held by {now} on {day}", claims=claims)
        known = known or now != "unknown"
    now, claims = status(place, until, one.speaker)
    if not known or now == "unknown":
        return _void(f"who held it by {until} is not known without the forecaster's own word")
    return Resolution(outcome=Outcome.NOT, why=f"assessed as {now} on {until}", claims=claims)


def _happened(
    one: Forecast, until: date, claims: Sequence[Claim], said: Mapping[str, date], families: Mapping[str, str]
) -> Resolution:
    """By corroboration: two voices that are not the forecaster's tell of it; nobody does though others report from there."""
    own = {families.get(c.id, c.id) for c in claims if c.speaker.name == one.speaker}
    there = [
        c
        for c in claims
        if any(p.geonameid == one.geonameid for p in c.places)
        and c.modality is Modality.ACTUAL
        and families.get(c.id, c.id) not in own
        and one.made < (c.when.end or said.get(c.id, one.made)) <= until
    ]
    told = [
        c for c in there
        if c.kind.value == one.event and c.polarity is Polarity.POSITIVE and one.side in ("", c.actor)
    ]  # fmt: skip
    voices = {families.get(c.id, c.id): c.id for c in told}
    if len(voices) >= CORROBORATED:
        return Resolution(
            outcome=Outcome.CAME, why=f"{len(voices)} other voices tell of it", claims=tuple(sorted(voices.values()))
        )
    others = {families.get(c.id, c.id) for c in there}
    if len(others) < CORROBORATED or voices:
        return _void("too little is reported from there to tell")
    return Resolution(outcome=Outcome.NOT, why=f"{len(others)} other voices report from there, and none tells of it")
