"""The addresses of what lies ahead: forecasts and track records, rival explanations, scenarios kept, drafted and replayed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Annotated, Any, Literal

from fastapi import FastAPI, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from fogline import ahead, explaining, foreseeing
from fogline.ahead import Shelf
from fogline.api import asking, shapes
from fogline.api.answers import Answers
from fogline.api.asking import After, KnownBy, Limit, Name
from fogline.api.foretold import Foretold
from fogline.api.problems import NotFound
from fogline.api.reviewing import check_sender
from fogline.errors import FoglineError, UsageError
from fogline.excerpt import Placewise
from fogline.foresee.hypotheses import Matrix, standings, turning
from fogline.foresee.scoring import score
from fogline.model import SourceGrade, SpeakerType
from fogline.publish.brief import Foresight
from fogline.publish.matrix import matrix_row
from fogline.publish.outlook_rows import scenario_row
from fogline.publish.rows import Row
from fogline.publish.tracks import forecast_row, score_row, tracks

PlaceName = Annotated[str, Query(min_length=1, max_length=200, description="A settlement, in any spelling.")]
FileName = Annotated[str, Path(max_length=200, description="A file, as /v1/files names it.")]
LONGEST = 400
"""Days of a scenario that are answered: each is concluded anew."""
DRAFTED = timedelta(days=90)
"""How long a drafted scenario runs."""
Outcomes = Literal["", "came true", "did not come true", "void", "unknown", "not due"]


class Given(BaseModel):
    """A scenario or hypothesis file as text, to be looked at; nothing of it is kept."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=1, max_length=100_000, description="TOML, as in docs/looking-ahead.md.")]
    known_by: date | None = None


SHELVED = ("/v1/files", "/v1/scenarios", "/v1/hypotheses", "/v1/forecasts", "/v1/tracks", "/v1/briefs", "/v1/exports")
"""Addresses whose answers follow from the files of the server too, and not from the ledger alone."""


def mark(path: str, shelf: Callable[[], Shelf]) -> str:
    """What an entity tag of an address has to hold of the files, so that an answer is asked for anew when one changes."""
    if not path.startswith(SHELVED):
        return ""
    try:
        return ahead.stamp(shelf())
    except FoglineError:
        return ""  # the address itself says what is wrong


def register(app: FastAPI, answers: Answers, shelf: Callable[[], Shelf]) -> None:
    """Add the addresses; ``shelf`` gives the scenario and hypothesis files of the server."""
    board = Boards(answers, shelf)
    _foretold(app, answers, board)
    _files(app, answers, board)
    _explained(app, answers, board)
    _scenarios(app, answers, board)


class Boards:
    """The files of the server, and what they say of the ledger, kept for as long as both stay as they are."""

    def __init__(self, answers: Answers, shelf: Callable[[], Shelf]) -> None:
        self._answers = answers
        self.shelf = shelf
        self._foretold = Foretold(answers, answers.ledger) if isinstance(answers.ledger, Placewise) else None
        self._scenario = lru_cache(16)(self._read_scenario)
        self._matrix = lru_cache(16)(self._read_matrix)

    def text(self, name: str, sort: str) -> str:
        """The text of a file of that sort; raises ``NotFound``."""
        path = self.shelf().files.get(name)
        text = ahead.text(path) if path else ""
        if not text or ahead.sort_of(text) != sort:
            raise NotFound(f"No {sort} file is named {name!r}.", "Look at /v1/files.")
        return text

    def scenario(self, name: str, text: str, day: date | None) -> Row:
        """The row of a scenario with its boards."""
        return self._scenario(self._answers.ledger.revision(), name, text, day)

    def matrix(self, name: str, text: str, day: date | None) -> Row:
        """The row of a matrix."""
        return self._matrix(self._answers.ledger.revision(), name, text, day)

    @property
    def paged(self) -> bool:
        """Whether a page of the forecasts known today can be had without the others."""
        return self._foretold is not None

    def page(self, asked: dict[str, str], after: str, limit: int) -> Row:
        """A page of every speaker's forecasts and, behind these, of ours."""
        assert self._foretold is not None
        own = ahead.forecasts(self.shelf(), self._answers.ledger, self._answers.settings, None)
        ours = [row for row in own if all(value in ("", row[name]) for name, value in asked.items())]
        if after and any(row["id"] == after for row in ours):
            page, mark = asking.turned(ours, lambda row: str(row["id"]), after, limit)
            return {"rows": page, "next": mark}
        found, mark = self._foretold.page(asked, after, limit)
        rows = [forecast_row(one) for one in found]
        if mark is None:
            mark = str(rows[-1]["id"]) if rows and len(rows) == limit and ours else None
            more, last = asking.turned(ours, lambda row: str(row["id"]), "", max(1, limit - len(rows)))
            rows, mark = (rows + more, last) if len(rows) < limit else (rows, mark)
        return {"rows": rows, "next": mark}

    def forecasts(self, day: date | None) -> list[dict[str, Any]]:
        """Every speaker's forecasts, and ours of the journal."""
        own = ahead.forecasts(self.shelf(), self._answers.ledger, self._answers.settings, day)
        return [forecast_row(one) for one in self._answers.resolved(day)] + own

    def _read_scenario(self, revision: str, name: str, text: str, day: date | None) -> Row:
        ledger, settings = self._answers.ledger, self._answers.settings
        found = foreseeing.scenario_from(name, text, ledger, settings)
        _check_length(found.opened, found.closes)
        return {**ahead.board(found, ledger, settings, day), "came": None, "scores": {}}

    def _read_matrix(self, revision: str, name: str, text: str, day: date | None) -> Row:
        return _matrix_row(
            self._answers, explaining.weighed_from(name, text, self._answers.ledger, self._answers.settings, day), day
        )


def _foretold(app: FastAPI, answers: Answers, board: Boards) -> None:
    @app.get("/v1/forecasts", responses=shapes.listed("forecast"), response_model=None)
    def forecasts(
        place: Name = "",
        speaker: Name = "",
        outlet: Name = "",
        outcome: Annotated[Outcomes, Query(description="What became of it.")] = "",
        known_by: KnownBy = None,
        limit: Limit = 100,
        after: After = "",
    ) -> Row:
        """Who foretold what, how likely, by when, and what became of it by others' word; in the order of their ids."""
        asked = {"place": place, "speaker": speaker, "outlet": outlet, "outcome": outcome}
        if known_by is None and board.paged:
            return board.page(asked, after, limit)
        kept = [
            row for row in board.forecasts(known_by) if all(value in ("", row[name]) for name, value in asked.items())
        ]
        page, mark = asking.turned(kept, lambda row: str(row["id"]), after, limit)
        return {"rows": page, "next": mark}

    @app.get("/v1/tracks", responses=shapes.listed("track"), response_model=None)
    def scored(by: Literal["speaker", "outlet"] = "speaker", place: Name = "", known_by: KnownBy = None) -> Row:
        """How the forecasts of each speaker or outlet did, once due; the best first. Of one place's alone, where it is named."""
        if known_by is None and board.paged and answers.large:
            if not place:
                raise UsageError(
                    f"There are {answers.claims_in_all:,} claims: what became of every forecast takes all of them.",
                    "Name a place with place=.",
                )
            rows = board.page({"place": place}, "", sys.maxsize)["rows"]
        else:
            rows = [row for row in board.forecasts(known_by) if place in ("", row["place"])]
        return {"rows": tracks(rows, by, score), "next": None}


def _files(app: FastAPI, answers: Answers, board: Boards) -> None:
    @app.get("/v1/files", responses=shapes.listed("file"), response_model=None)
    def files() -> Row:
        """The scenario and hypothesis files of this server; what is wrong with one stands in its `problem`, with line and remedy."""
        found = ahead.kept(board.shelf(), answers.ledger, answers.settings)
        return {"rows": [_file_row(one) for one in found], "next": None}


def _explained(app: FastAPI, answers: Answers, board: Boards) -> None:
    @app.get("/v1/hypotheses", responses=shapes.one("hypotheses"), response_model=None)
    def hypotheses(place: PlaceName, known_by: KnownBy = None) -> Row:
        """The rival explanations that reports give, drafted as competing hypotheses; letters are rules' first guesses or people's."""
        made = explaining.draft(answers.settled.part(place, known_by), place, answers.settings, known_by)
        return matrix_row(made, standings(made), turning(made), answers.settled.speakers(place, known_by))

    @app.get("/v1/hypotheses/draft", responses=shapes.one("text"), response_model=None)
    def drafted(place: PlaceName, known_by: KnownBy = None) -> Row:
        """The same as the text of a file, to be judged, changed and kept."""
        from fogline.foresee.hypothesis_files import written

        part = answers.settled.part(place, known_by)
        return {"text": written(explaining.draft(part, place, answers.settings, known_by))}

    @app.get("/v1/hypotheses/{file}", responses=shapes.one("hypotheses"), response_model=None)
    def kept(file: FileName, known_by: KnownBy = None) -> Row:
        """The matrix of a file of this server."""
        return board.matrix(file, board.text(file, ahead.HYPOTHESES), known_by)

    @app.post("/v1/hypotheses", responses=shapes.one("hypotheses"), response_model=None)
    def tried(given: Given, request: Request) -> Row:
        """The matrix of a text; what is wrong with it is told with line and remedy. Nothing is kept."""
        check_sender(request)
        return board.matrix("the text", given.text, given.known_by)


def _scenarios(app: FastAPI, answers: Answers, board: Boards) -> None:
    @app.get("/v1/scenarios", responses=shapes.one("scenario"), response_model=None)
    def replayed(
        place: PlaceName,
        start: Annotated[date, Query(alias="from", description="The first day.")],
        end: Annotated[date, Query(alias="to", description="The last day.")],
    ) -> Row:
        """Who may hold a settlement by a day: a drafted scenario, replayed day by day as known by, with its scores."""
        _check_length(start, end)
        replay = foreseeing.backtest(answers.ledger, place, answers.settings, start, end)
        scores = {name: score_row(found) for name, found in replay.scores}
        return {**scenario_row(replay.scenario, replay.boards), "came": replay.came or None, "scores": scores}

    @app.get("/v1/scenarios/draft", responses=shapes.one("text"), response_model=None)
    def drafted(place: PlaceName, known_by: KnownBy = None) -> Row:
        """A first scenario file: paths and indicators as reports state them, else who may hold the place; to be judged and kept.

        As known by a day it opens with the first report of the 90 days before.
        """
        ledger = answers.settled.part(place, None) if answers.large else answers.ledger
        text = foreseeing.draft(ledger, place, answers.settings, known_by, DRAFTED, looking_back=True)
        return {"text": text}

    @app.get("/v1/scenarios/{file}", responses=shapes.one("scenario"), response_model=None)
    def kept(file: FileName, known_by: KnownBy = None) -> Row:
        """The scenario of a file of this server: its paths and indicators, how they stood on every day, and what moved them."""
        return board.scenario(file, board.text(file, ahead.SCENARIO), known_by)

    @app.post("/v1/scenarios", responses=shapes.one("scenario"), response_model=None)
    def tried(given: Given, request: Request) -> Row:
        """The same of a text; what is wrong with it is told with line and remedy. Nothing is kept."""
        check_sender(request)
        return board.scenario("the text", given.text, given.known_by)


def _matrix_row(answers: Answers, made: Matrix, day: date | None) -> Row:
    speakers = {claim.id: claim.speaker.name for claim in answers.whole(day).every()}
    return matrix_row(made, standings(made), turning(made), speakers)


def _file_row(one: ahead.Kept) -> Row:
    problem = {"detail": one.problem, "hint": one.hint, "line": one.line} if one.problem else None
    return {
        "file": one.file,
        "sort": one.sort or None,
        "id": one.id or None,
        "title": one.title or None,
        "place": one.place or None,
        "problem": problem,
    }


def _check_length(start: date, end: date) -> None:
    if not timedelta() < end - start <= timedelta(LONGEST):
        raise UsageError(f"{start} to {end} cannot be replayed.", f"Give from 1 to {LONGEST} days.")


def followed(answers: Answers, shelf: Shelf, place: str, day: date | None) -> Foresight:
    """What is followed ahead of a place, which a brief tells.

    In a large ledger forecasts are those about the place, and nobody's track record is told: it would take all of them.
    """
    settings = answers.settings
    if not answers.large:
        return ahead.foresight(shelf, place, answers.ledger, settings, day, answers.resolved(day))
    found = ahead.foresight(shelf, place, answers.settled.part(place, day), settings, day)
    return replace(found, tracks=())


def track_of(answers: Answers, day: date | None) -> Callable[[SourceGrade], Row | None]:
    """The track record of a source: a speaker's own forecasts, an outlet's all that it passed on.

    Of the present of a large ledger there is none: what became of every forecast takes all of its claims.
    """
    if day is None and answers.large:
        return lambda grade: None
    made = [forecast_row(one) for one in answers.resolved(day)]
    told = {by: {row[by]: row for row in tracks(made, by, score)} for by in ("speaker", "outlet")}
    return lambda grade: told["outlet" if grade.type is SpeakerType.OUTLET else "speaker"].get(grade.name)
