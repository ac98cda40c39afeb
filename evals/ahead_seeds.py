"""The seed reports, looking ahead: paths, indicators, rival explanations, hedged forecasts, and no fact made of any."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from evals.reading import hear
from fogline import explaining, foreseeing
from fogline.config import Settings
from fogline.flow import conclude
from fogline.foresee.scenarios import Scenario
from fogline.model import Claim, Kind, Likelihood, Modality, Reading, Run, SpeakerType
from fogline.store.memory import MemoryLedger
from fogline.theatres.loading import load as theatre_named

TOWN = "Kupiansk"
DAY = date(2025, 11, 25)
"""When a scenario is drafted: the reports that state one bear no day, so their horizons run from here."""
LONG = timedelta(days=90)
AHEAD = frozenset({Kind.FORECAST, Kind.INDICATOR})


def figures(shared: Path) -> dict[str, float]:
    """The share of the promised answers that hold."""
    readings = hear([shared / "seeds"])
    ledger, settings = _ledger(readings), Settings(theatre="ukraine")
    claims = [claim for reading in readings for claim in reading.claims]
    text = foreseeing.draft(ledger, TOWN, settings, DAY, LONG)
    drafted = foreseeing.scenario_from("the draft", text, ledger, settings)
    answers = {
        **_paths(drafted),
        "rival explanations in one matrix, each given by somebody named": _explained(ledger, settings, claims),
        "hedged forecasts of one speaker: one even, one sure on a condition by the end of a season": _hedged(claims),
        "nothing of it is read as having come about": not any(
            claim.modality is Modality.ACTUAL for claim in claims if claim.kind in AHEAD or claim.ahead
        ),
    }
    for what, held in answers.items():
        print(f"ahead_seeds: {'holds' if held else 'FAILS'}  {what}")
    return {"answers": sum(answers.values()) / len(answers)}


def _ledger(readings: tuple[Reading, ...]) -> MemoryLedger:
    ledger = MemoryLedger()
    way = Run(extractor="seeds", version="1", cleaner="seeds", theatre="ukraine")
    ledger.add(way, readings, datetime.combine(DAY, datetime.min.time(), UTC))
    documents = {reading.document.id: reading.document for reading in readings}
    ledger.conclude(conclude(ledger.claims(), documents, theatre_named("ukraine")))
    return ledger


def _paths(drafted: Scenario) -> dict[str, bool]:
    """Of the scenario that a report states."""
    watched = [indicator for path in drafted.paths for indicator in path.indicators]
    half_a_year, quarter = DAY + timedelta(days=180), date(2026, 3, 31)
    return {
        "a baseline and a risk path": [path.id for path in drafted.paths] == ["baseline path", "risk path"],
        "three indicators": len(watched) == 3,
        "one within six months, one by the end of the coming quarter": len(watched) == 3
        and abs((watched[0].horizon - half_a_year).days) <= 5
        and watched[2].horizon == quarter,
    }


def _explained(ledger: MemoryLedger, settings: Settings, claims: list[Claim]) -> bool:
    matrix = explaining.draft(ledger, TOWN, settings)
    by = {claim.id: claim.speaker for claim in claims}
    named = {one.id: any(by[name].type is SpeakerType.PERSON for name in one.said) for one in matrix.hypotheses}
    return all(named.get(name) for name in ("feint", "gain", "hold_back"))


def _hedged(claims: list[Claim]) -> bool:
    told = [claim for claim in claims if claim.ahead]
    even = {
        c.speaker.name
        for c in told
        if c.ahead and c.ahead.likelihood is Likelihood.EVEN and c.ahead.event == Kind.BATTLE
    }
    sure = {
        c.speaker.name
        for c in told
        if c.ahead and c.ahead.likelihood is Likelihood.ALMOST_CERTAIN and c.ahead.condition and c.when.text == "spring"
    }
    return bool(even & sure)
