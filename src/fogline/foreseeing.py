"""Questions about what lies ahead, asked of a ledger: scenarios, forecasts and their scores, rival explanations, replays.

Every answer is as known by a day, and rests on what had been published by then and on nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from fogline import flow
from fogline.config import Settings
from fogline.errors import UsageError
from fogline.foresee.queries import Evidence, Held, answer
from fogline.foresee.scenarios import Board, Scenario, boards
from fogline.foresee.scoring import Score, score
from fogline.model import (
    Claim,
    Document,
    Judgement,
    Theatre,
)
from fogline.ports import Ledger
from fogline.review.deciding import standing

if TYPE_CHECKING:
    from fogline.gazetteer import Entry
    from fogline.gazetteer.areas import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a ledger holds, for questions as known by any day: the claims that count, as people let them stand."""

    claims: tuple[Claim, ...]
    documents: dict[str, Document]
    theatre: Theatre
    judgements: tuple[Judgement, ...] = ()

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which anything was published, in order."""
        return tuple(sorted({day for one in self.documents.values() if (day := said(one)) is not None}))


def known(ledger: Ledger, settings: Settings) -> Known:
    """All that a ledger holds."""
    from fogline.review.deciding import counted

    judgements = ledger.judgements()
    return Known(
        claims=counted(ledger.claims(), judgements),
        documents={document.id: document for document in ledger.documents()},
        theatre=flow.theatre_of(settings, (), ledger),
        judgements=judgements,
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
    from fogline.review.deciding import overruled, rulings

    out = {name: when for name, one in of.documents.items() if (when := said(one)) is not None and when <= day}
    documents = {name: of.documents[name] for name in out}
    claims = tuple(c for c in of.claims if c.document_id in out and (not without or c.speaker.name != without))
    families, links, _ = compare(claims, documents, of.theatre, rulings(of.judgements))
    family = {member: one.root for one in families for member in one.members}
    control: dict[int, Held] = {}
    if places:
        letters = partial(overruled, judgements=of.judgements)
        sources, _ = weigh(claims, documents, families, links, of.theatre, letters)
        for one in infer(claims, documents, families, sources, of.theatre, known_by=day, places=places):
            if one.geonameid is not None and one.timeline:
                control[one.geonameid] = Held(belief=belief_on(one, day), claims=one.timeline[-1].claims)
    return Evidence(
        day=day, claims=claims, said={c.id: out[c.document_id] for c in claims}, family=family, control=control
    )


def scenario_of(path: Path, ledger: Ledger, settings: Settings) -> Scenario:
    """The scenario of a file, its places looked up in the ledger's theatre, with what people read. Raises ``BadScenario``."""
    from fogline.foresee.located import text_of

    return scenario_from(str(path), text_of(path), ledger, settings)


def scenario_from(name: str, text: str, ledger: Ledger, settings: Settings) -> Scenario:
    """The same of a text; ``name`` is what errors call it."""
    from fogline.foresee.judged import read
    from fogline.foresee.scenario_files import scenario

    of = known(ledger, settings)
    return read(scenario(name, text, _find(of), of.theatre.codes, _within(of)), standing(ledger.judgements()))


def today(scenario: Scenario, of: Known) -> date:
    """The day up to which a scenario can be read: of the last report or a person's reading, and at the latest as it has closed."""
    read = (m.day for path in scenario.paths for one in path.indicators for m in one.markings)
    last = max((*of.days, *read), default=scenario.opened)
    return max(scenario.opened, min(last, scenario.closes + timedelta(1)))


def _find(of: Known) -> Callable[[str], Entry]:
    return lambda name: flow.place_meant(name, of.claims, of.theatre)


def _within(of: Known) -> Callable[[str, Box | None], frozenset[int] | None]:
    """The places that the claims speak of in a district, a region or a box."""
    from fogline.gazetteer.areas import in_box, in_unit, is_unit
    from fogline.gazetteer.loading import load as gazetteer_of

    def within(name: str, box: Box | None) -> frozenset[int] | None:
        gazetteer = gazetteer_of(of.theatre)
        if name and not is_unit(gazetteer.candidates(name)):
            return None
        spoken = {p.geonameid for c in of.claims for p in c.places if p.geonameid is not None}
        entries = (entry for number in sorted(spoken) if (entry := gazetteer.entry(number)) is not None)
        inside = (e for e in entries if (in_box(e, box) if box else in_unit(e, name)))
        return frozenset(entry.geonameid for entry in inside if entry.geonameid is not None)

    return within


def draft(
    ledger: Ledger, place: str, settings: Settings, day: date | None, length: timedelta, *, looking_back: bool = False
) -> str:
    """A first scenario file for a place, opening on ``day`` (else when the ledger first speaks of it) for ``length``.

    What a report states that bears no day of its own counts from ``day`` on, where that is given: its horizons run from there.
    With ``looking_back`` it opens with the first report of the last ``length`` before ``day``, so that it has a history by then.
    """
    from fogline.extract.horizons import horizon
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
    if day is not None and looking_back:
        opened = min((when for when in days if day - length < when <= day), default=day)
    if opened is None:
        raise UsageError(f"No dated report speaks of {entry.name}.", "Give the day it opens with --known-by.")
    places = () if entry.geonameid is None else (entry.geonameid,)
    held = evidence_of(of, places)(opened).control.get(entry.geonameid or 0)

    def until(claim: Claim) -> date | None:
        """The end of an indicator's horizon, which the claim lacks where its report has no day."""
        ahead = horizon(" ".join(claim.quote.split()), opened) if claim.when.end is None else claim.when
        return ahead.end if ahead else None

    return drafted(entry.name, near, held.belief if held else {}, of.theatre, opened, opened + length, until)


def _by(of: Known, document: str, day: date | None) -> bool:
    published = of.documents[document].published
    when = said(of.documents[document]) or published.start
    return day is None or (when is not None and when <= day)


def history(scenario: Scenario, of: Known, until: date) -> tuple[Board, ...]:
    """The scenario's boards from its opening to a day, each as known by its own day."""
    return boards(scenario, of.days, until, evidence_of(of, _places(scenario)))


def _places(scenario: Scenario) -> set[int]:
    queries = [i.query for path in scenario.paths for i in path.indicators] + [path.outcome for path in scenario.paths]
    asked = [q for q in queries if q is not None and q.measure == "control"]
    return {q.geonameid for q in asked if q.geonameid is not None}.union(*(q.within for q in asked))


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """A scenario replayed: its boards, which path came true (``""``: none is known to have), and the score of each path's days."""

    scenario: Scenario
    boards: tuple[Board, ...]
    came: str
    scores: tuple[tuple[str, Score], ...]


def backtest(
    ledger: Ledger, place: str, settings: Settings, start: date, end: date, file: Path | None = None
) -> Replay:
    """Replay a scenario day by day from ``start`` to ``end``; without a ``file`` the one that a draft of ``start`` makes.

    Each day in between is scored with the last board before it, against what came true by ``end``.
    """
    from fogline.foresee.scenario_files import scenario

    of = known(ledger, settings)
    if file is None:
        text = draft(ledger, place, settings, start, end - start)
        made = scenario("the draft", text, _find(of), of.theatre.codes)
    else:
        made = scenario_of(file, ledger, settings)
        made = replace(made, opened=max(start, made.opened))
    until = min(end, made.closes)
    found = history(made, of, until)
    by = evidence_of(of, _places(made))(until)
    true = [path.id for path in made.paths if path.outcome is not None and answer(path.outcome, by).hit]
    came = true[0] if len(true) == 1 else ""
    days = [made.opened + timedelta(n) for n in range((until - made.opened).days + 1)] if came else []
    scores = []
    for path in made.paths if came else ():
        told = [next(b for b in reversed(found) if b.day <= day) for day in days]
        score_of = score([(dict(board.probabilities)[path.id], path.id == came) for board in told])
        scores += [(path.id, score_of)] if score_of else []
    return Replay(scenario=made, boards=found, came=came, scores=tuple(scores))
