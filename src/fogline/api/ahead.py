"""The addresses of what lies ahead: forecasts and track records, rival explanations, a scenario replayed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from fastapi import FastAPI, Query

from fogline import explaining, foreseeing
from fogline.api import asking, shapes
from fogline.api.answers import Answers
from fogline.api.asking import After, KnownBy, Limit, Name
from fogline.errors import UsageError
from fogline.foresee.hypotheses import standings, turning
from fogline.foresee.scoring import score
from fogline.model import SourceGrade, SpeakerType
from fogline.publish.matrix import matrix_row
from fogline.publish.outlook_rows import scenario_row
from fogline.publish.rows import Row
from fogline.publish.tracks import forecast_row, score_row, tracks

PlaceName = Annotated[str, Query(min_length=1, max_length=200, description="A settlement, in any spelling.")]
LONGEST = 400
"""Days of a replay that are answered: each is concluded anew."""


def register(app: FastAPI, answers: Answers) -> None:
    """Add the addresses."""

    @app.get("/v1/forecasts", responses=shapes.listed("forecast"), response_model=None)
    def forecasts(
        place: Name = "", speaker: Name = "", known_by: KnownBy = None, limit: Limit = 100, after: After = ""
    ) -> Row:
        """Who foretold what, how likely, by when, and what became of it by others' word; in the order of their ids."""
        kept = [
            row
            for row in _forecasts(answers, known_by)
            if place in ("", row["place"]) and speaker in ("", row["speaker"])
        ]
        page, mark = asking.turned(kept, lambda row: str(row["id"]), after, limit)
        return {"rows": page, "next": mark}

    @app.get("/v1/tracks", responses=shapes.listed("track"), response_model=None)
    def scored(by: Literal["speaker", "outlet"] = "speaker", known_by: KnownBy = None) -> Row:
        """How the forecasts of each speaker or outlet did, once due; the best first."""
        return {"rows": tracks(_forecasts(answers, known_by), by, score), "next": None}

    @app.get("/v1/hypotheses", responses=shapes.one("hypotheses"), response_model=None)
    def hypotheses(place: PlaceName, known_by: KnownBy = None) -> Row:
        """The rival explanations that reports give, drafted as competing hypotheses; the letters are rules' first guesses."""
        made = explaining.draft(answers.ledger, place, answers.settings, known_by)
        speakers = {claim.id: claim.speaker.name for claim in answers.snapshot(known_by).claims.values()}
        return matrix_row(made, standings(made), turning(made), speakers)

    @app.get("/v1/scenarios", responses=shapes.one("scenario"), response_model=None)
    def scenarios(
        place: PlaceName,
        start: Annotated[date, Query(alias="from", description="The first day.")],
        end: Annotated[date, Query(alias="to", description="The last day.")],
    ) -> Row:
        """Who may hold a settlement by a day: a drafted scenario, replayed day by day as known by, with its scores."""
        if not timedelta() < end - start <= timedelta(LONGEST):
            raise UsageError(f"{start} to {end} cannot be replayed.", f"Give from 1 to {LONGEST} days.")
        replay = foreseeing.backtest(answers.ledger, place, answers.settings, start, end)
        scores = {name: score_row(found) for name, found in replay.scores}
        return {**scenario_row(replay.scenario, replay.boards), "came": replay.came or None, "scores": scores}


def _forecasts(answers: Answers, day: date | None) -> list[dict[str, Any]]:
    return [forecast_row(one) for one in answers.resolved(day)]


def track_of(answers: Answers, day: date | None) -> Callable[[SourceGrade], Row | None]:
    """The track record of a source: a speaker's own forecasts, an outlet's all that it passed on."""
    made = _forecasts(answers, day)
    told = {by: {row[by]: row for row in tracks(made, by, score)} for by in ("speaker", "outlet")}
    return lambda grade: told["outlet" if grade.type is SpeakerType.OUTLET else "speaker"].get(grade.name)
