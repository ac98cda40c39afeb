"""Forecasts, every speaker's and ours, and what became of them: by rules over the ledger, or by a person's word, which goes first."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from fogline import flow
from fogline.config import Settings
from fogline.foresee.forecasts import Forecast, Resolution, Status, forecasts, resolve
from fogline.foresee.queries import Measure, Query, answer
from fogline.foresee.scenarios import Board, Scenario
from fogline.foreseeing import Known, evidence_of, known, said
from fogline.knowing import knows
from fogline.model import (
    UNKNOWN_STATUS,
    Claim,
    Conclusions,
    Control,
    Document,
    Kind,
    Precision,
    Theatre,
    When,
    fingerprint,
    likelihood_of,
)
from fogline.ports import Ledger
from fogline.review.deciding import standing

if TYPE_CHECKING:
    from fogline.foresee.conditions import Condition

OURS = "fogline"
"""The speaker of our own forecasts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A forecast and what became of it."""

    forecast: Forecast
    resolution: Resolution


def resolved(
    ledger: Ledger, settings: Settings, day: date | None = None, place: int | None = None
) -> tuple[Resolved, ...]:
    """Every speaker's forecasts and what became of them, as known by ``day`` (``None``: the last day of publication).

    A person's word goes before the rules'. ``place`` is the one whose forecasts are wanted, where not all are.
    """
    from fogline.foresee.judged import resolutions

    theatre = flow.theatre_of(settings, (), ledger)
    claims, documents, conclusions = flow.known_by(ledger, theatre, day)
    out = {name: when for name, one in documents.items() if (when := said(one)) is not None}
    rest = knows(ledger).rest
    now = day or (rest.extent.dated if rest is not None else max(out.values(), default=None))
    if now is None or all(claim.ahead is None for claim in claims):
        return ()
    families = {member: one.root for one in conclusions.families for member in one.members}
    made = [one for one in forecasts(claims, documents, families) if place is None or one.geonameid == place]
    spoken = resolutions(standing(ledger.judgements()), day)
    given = conditions_of(
        [one for one in made if one.id not in spoken], {claim.id: claim for claim in claims}, ledger, settings, now
    )
    became = became_by(claims, documents, conclusions, theatre, now, day)
    return tuple(
        Resolved(forecast=one, resolution=spoken.get(one.id) or became(one, given.get(one.id))) for one in made
    )


def became_by(
    claims: Sequence[Claim],
    documents: Mapping[str, Document],
    conclusions: Conclusions,
    theatre: Theatre,
    now: date,
    day: date | None = None,
) -> Callable[[Forecast, Condition | None], Resolution]:
    """What became of a forecast by ``now``, of which its condition is given where it could be read; as known by ``day``.

    ``claims`` are at least all that name the places of the forecasts and of their conditions.
    """
    told = {c.id: end for c in claims if (end := said(documents[c.document_id])) is not None}
    families = {member: one.root for one in conclusions.families for member in one.members}
    status = _status_of(claims, documents, conclusions, theatre, day)
    return lambda one, given: resolve(one, now, claims, told, families, status, given)


def conditions_of(
    made: Sequence[Forecast], claims: Mapping[str, Claim], ledger: Ledger, settings: Settings, now: date
) -> dict[str, Condition]:
    """What the conditions of forecasts that are due put, by the forecast's id.

    ``claims`` are at least those of the forecasts and those read in the same sentences.
    """
    due = [one for one in made if one.condition and one.until and one.until < now]
    return _conditions(due, claims, ledger, settings)


def _conditions(
    made: Sequence[Forecast], claims: Mapping[str, Claim], ledger: Ledger, settings: Settings
) -> dict[str, Condition]:
    """What the conditions of forecasts put, each heard as a sentence of its own, by the forecast's id."""
    from fogline.foresee.conditions import condition, statement
    from fogline.foresee.forecasts import EVENTS
    from fogline.reading import extractor_of, theatre_meant

    told = [(one, text) for one in made if (text := statement(one.condition))]
    if not told:
        return {}
    documents = [
        Document(
            article_id=one.claim, name=one.claim, text=text, outlet=one.outlet, language="en",
            published=When(start=one.made, end=one.made, edtf=one.made.isoformat(), precision=Precision.DAY),
        )
        for one, text in told
    ]  # fmt: skip
    extractor = extractor_of(theatre_meant(settings, (), ledger))
    beside: dict[tuple[str, int], list[Claim]] = {}
    for claim in claims.values():
        beside.setdefault((claim.document_id, claim.span.start), []).append(claim)
    found: dict[str, Condition] = {}
    for (one, _), heard in zip(told, extractor.extract(documents, screened=False), strict=True):
        own = claims[one.claim]
        found[one.id] = condition(one.condition, heard, beside[own.document_id, own.span.start], one.side, EVENTS)
    return found


def _status_of(
    claims: Sequence[Claim],
    documents: Mapping[str, Document],
    conclusions: Conclusions,
    theatre: Theatre,
    day: date | None,
) -> Status:
    """Assessed status without a speaker's own words, worked out once a speaker and place."""
    from fogline.control.inferring import infer, status_on
    from fogline.control.observations import settlements

    @cache
    def telling(place: int) -> tuple[list[Claim], frozenset[str]]:
        """The claims from which it follows who held a place, and their speakers."""
        found = [one for one in claims if one.kind in (Kind.CONTROL, Kind.WITHDRAWAL) and place in settlements(one)]
        return found, frozenset(one.speaker.name for one in found)

    @cache
    def control(place: int, speaker: str) -> Control | None:
        others = [claim for claim in telling(place)[0] if claim.speaker.name != speaker]
        found = infer(
            others, documents, conclusions.families, conclusions.sources, theatre, known_by=day, places=[place]
        )
        return found[0] if found else None

    def status(place: int, on: date, speaker: str) -> tuple[str, tuple[str, ...]]:
        found = control(place, speaker if speaker in telling(place)[1] else "")
        if found is None:
            return UNKNOWN_STATUS, ()
        moved = next((s.claims for s in found.timeline if s.start <= on <= s.end), ())
        return status_on(found, on), moved

    return status


def own_forecasts(scenario: Scenario, board: Board) -> list[dict[str, Any]]:
    """A board's probabilities as forecasts of our own, for the journal: one a path that has an outcome to be known by."""
    found = []
    for path in scenario.paths:
        if path.outcome is None:
            continue
        asked = path.outcome
        told = {
            "kind": "forecast",
            "speaker": OURS,
            "made": board.day.isoformat(),
            "title": path.title,
            "path": path.id,
            "place": scenario.place,
            "geonameid": asked.geonameid,
            "until": scenario.closes.isoformat(),
            "probability": round(dict(board.probabilities)[path.id], 4),
            "outcome": json.loads(json.dumps({**asdict(asked), "within": sorted(asked.within)}, default=str)),
        }
        found.append({"id": fingerprint("forecast", json.dumps(told, sort_keys=True)), **told})
    return found


def own_resolved(
    lines: Sequence[Mapping[str, Any]], ledger: Ledger, settings: Settings, day: date | None
) -> list[dict[str, Any]]:
    """Our own forecasts of a journal with what became of them: by their outcome query, as known by the day they were due."""
    from fogline.foresee.judged import resolutions

    of = known(ledger, settings)
    now = day or max(of.days, default=date.min)
    spoken = resolutions(standing(ledger.judgements()), day)
    rows = []
    for line in lines:
        if line["kind"] != "forecast" or line["made"] > now.isoformat():
            continue
        query = _query(line["outcome"])
        until = date.fromisoformat(line["until"])
        said_so = spoken.get(line["id"])
        came, why = (said_so.outcome.value, said_so.why) if said_so else _became(of, query, until, now)
        rows.append(
            {
                "id": line["id"], "claim": None, "speaker": OURS, "outlet": OURS, "made": line["made"], "event": str(query.measure),
                "side": query.side or None, "holding": False, "place": line["place"], "geonameid": query.geonameid,
                "until": line["until"], "likelihood": likelihood_of(line["probability"]).value, "probability": line["probability"],
                "condition": None, "outcome": came, "why": why, "evidence": [], "by": said_so.by if said_so else "rules",
                "ours": True,
            }
        )  # fmt: skip
    return rows


def _query(told: Mapping[str, Any]) -> Query:
    within = frozenset(told.get("within", ()))
    kinds = tuple(Kind(kind) for kind in told["kinds"])
    return Query(**{**told, "measure": Measure(told["measure"]), "kinds": kinds, "within": within})


def _became(of: Known, query: Query, until: date, now: date) -> tuple[str, str]:
    if now <= until:
        return "not due", f"due after {until}"
    places = query.within if query.geonameid is None else {query.geonameid}
    evidence = evidence_of(of, places)(until)
    if query.measure is Measure.CONTROL and not places & evidence.control.keys():
        return "void", f"who held it on {until} is not known"
    found = answer(query, evidence)
    return ("came true" if found.hit else "did not come true"), f"{query.measure} {found.value:.2f} on {until}"
