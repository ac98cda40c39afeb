"""Questions about what lies ahead, asked of a ledger: scenarios, forecasts and their scores, rival explanations, replays.

Every answer is as known by a day, and rests on what had been published by then and on nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from fogline import flow
from fogline.config import Settings
from fogline.errors import UsageError
from fogline.foresee.queries import Evidence, Held
from fogline.foresee.scenarios import Board, Scenario, boards
from fogline.model import Claim, Document, Theatre
from fogline.ports import Ledger

if TYPE_CHECKING:
    from fogline.gazetteer import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a ledger holds, for questions as known by any day."""

    claims: tuple[Claim, ...]
    documents: dict[str, Document]
    theatre: Theatre

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which anything was published, in order."""
        return tuple(sorted({day for one in self.documents.values() if (day := said(one)) is not None}))


def known(ledger: Ledger, settings: Settings) -> Known:
    """All that a ledger holds."""
    return Known(
        claims=ledger.claims(),
        documents={document.id: document for document in ledger.documents()},
        theatre=flow.theatre_of(settings, (), ledger),
    )


def said(document: Document) -> date | None:
    """The day by which a document was out for sure; ``None`` where that is not known."""
    return document.published.end


def evidence_of(of: Known, places: Iterable[int], without: str = "") -> Callable[[date], Evidence]:
    """What was known by a day: a function that looks at nothing that was published later, and remembers its answers.

    ``places`` are those whose control is asked for. ``without`` is a speaker whose own words are left out.
    """
    wanted = tuple(sorted(set(places)))
    found: dict[date, Evidence] = {}

    def by(day: date) -> Evidence:
        if day not in found:
            found[day] = _evidence(of, wanted, day, without)
        return found[day]

    return by


def _evidence(of: Known, places: Sequence[int], day: date, without: str) -> Evidence:
    from fogline.appraise.weighing import weigh
    from fogline.control.inferring import belief_on, infer
    from fogline.link.comparing import compare

    out = {name: when for name, one in of.documents.items() if (when := said(one)) is not None and when <= day}
    documents = {name: of.documents[name] for name in out}
    claims = tuple(c for c in of.claims if c.document_id in out and (not without or c.speaker.name != without))
    families, links, _ = compare(claims, documents, of.theatre)
    family = {member: one.root for one in families for member in one.members}
    control: dict[int, Held] = {}
    if places:
        sources, _ = weigh(claims, documents, families, links, of.theatre)
        for one in infer(claims, documents, families, sources, of.theatre, known_by=day, places=places):
            if one.geonameid is not None and one.timeline:
                control[one.geonameid] = Held(belief=belief_on(one, day), claims=one.timeline[-1].claims)
    return Evidence(
        day=day, claims=claims, said={c.id: out[c.document_id] for c in claims}, family=family, control=control
    )


def scenario_of(path: Path, ledger: Ledger, settings: Settings) -> Scenario:
    """The scenario of a file, its places looked up in the ledger's theatre. Raises ``BadScenario``."""
    from fogline.foresee.scenario_files import load

    theatre = flow.theatre_of(settings, (), ledger)
    claims = ledger.claims()

    def find(name: str) -> Entry:
        return flow.place_meant(name, claims, theatre)

    return load(path, find, theatre.codes)


def draft(ledger: Ledger, place: str, settings: Settings, day: date | None, length: timedelta) -> str:
    """A first scenario file for a place, opening on ``day`` (else when the ledger first speaks of it) for ``length``."""
    from fogline.foresee.drafting import draft as drafted
    from fogline.foresee.drafting import stating

    of = known(ledger, settings)
    entry = flow.place_meant(place, of.claims, of.theatre)
    about = [c for c in of.claims if any(p.geonameid == entry.geonameid for p in c.places)]
    told = {c.document_id for c in about}
    near = [c for c in of.claims if c.document_id in told and _by(of, c.document_id, day)]
    stated = stating(near)
    days = [when for c in stated or near if (when := said(of.documents[c.document_id])) is not None]
    opened = day or min(days, default=None)
    if opened is None:
        raise UsageError(f"No dated report speaks of {entry.name}.", "Give the day it opens with --known-by.")
    places = () if entry.geonameid is None else (entry.geonameid,)
    held = evidence_of(of, places)(opened).control.get(entry.geonameid or 0)
    return drafted(entry.name, near, held.belief if held else {}, of.theatre, opened, opened + length)


def _by(of: Known, document: str, day: date | None) -> bool:
    when = said(of.documents[document])
    return day is None or (when is not None and when <= day)


def history(scenario: Scenario, of: Known, until: date) -> tuple[Board, ...]:
    """The scenario's boards from its opening to a day, each as known by its own day."""
    return boards(scenario, of.days, until, evidence_of(of, _places(scenario)))


def _places(scenario: Scenario) -> set[int]:
    queries = [i.query for path in scenario.paths for i in path.indicators] + [path.outcome for path in scenario.paths]
    return {q.geonameid for q in queries if q is not None and q.geonameid is not None and q.measure == "control"}
