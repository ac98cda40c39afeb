"""The HTTP application: addresses, what they answer, and what guards them. Only ``serve`` and tests make one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Annotated

import orjson
from fastapi import Depends, FastAPI, Path, Query

from fogline import __version__, flow
from fogline.ahead import NOTHING, Shelf
from fogline.api import ahead, asking, measuring, page, problems, reviewing, shapes, signing_in, views
from fogline.api.access import Access
from fogline.api.answers import Answers, PagedLedger
from fogline.api.asking import After, KnownBy, Limit, Name
from fogline.api.crew import Crew
from fogline.api.features import register as lead_maps
from fogline.api.guarding import DESCRIPTION, Guard
from fogline.api.responding import SoleRoute, routes, written
from fogline.api.telling import highlights
from fogline.config import Settings
from fogline.model import Asked
from fogline.operating.metrics import ServerMetrics
from fogline.publish import rows
from fogline.publish.plain import brief_row
from fogline.publish.rows import Row

Id = Annotated[str, Path(max_length=100)]
Wanted = Annotated[Asked, Depends(asking.asked)]
PlaceName = Annotated[str, Query(min_length=1, max_length=200, description="A settlement, in any spelling.")]
_BRIEFS = 8
"""Briefs that are kept until the ledger or the files beside it change: some hundreds of kilobytes each."""

_SOURCES = 64
"""Pages of sources that are kept as they are written until the ledger changes: 40 KB for a hundred rows."""


def make(
    ledger: PagedLedger,
    settings: Settings,
    access: Access | None = None,
    desk: reviewing.Desk | None = None,
    shelf: Callable[[], Shelf] = lambda: NOTHING,
    metrics: ServerMetrics | None = None,
    crew: Crew | None = None,
) -> FastAPI:
    """The application over a ledger. ``access`` says who is known; without it this machine's own requests are answered.

    ``desk`` is where judgements are kept; without it the ledger is served for reading only. ``shelf`` gives the scenario and
    hypothesis files that are served with it. ``metrics`` counts what is answered, and is answered at ``/metrics``. ``crew``
    are workers that find the answers; while there are none they are found here.
    """
    app = _bare()
    answers = Answers(ledger, settings)
    known = access or Access()
    app.add_middleware(Guard, answers=answers, access=known, shelf=shelf, crew=crew)
    signing_in.register(app, known, writable=desk is not None)
    measuring.register(app, metrics)
    app.router.route_class = routes(answers.moment)
    _lead(app, answers, desk, shelf)
    page.mount(app)
    shapes.describe(app)
    return app


def unguarded(answers: Answers, shelf: Callable[[], Shelf]) -> FastAPI:
    """The addresses that are read, for a worker: it answers one question at a time, and who asks was looked at before."""
    app = _bare()
    app.router.route_class = routes(answers.moment, SoleRoute)
    _lead(app, answers, None, shelf)
    return app


def _bare() -> FastAPI:
    app = FastAPI(title="fogline", version=__version__, openapi_url=DESCRIPTION, docs_url=None, redoc_url=None)
    problems.register(app)
    return app


def _lead(app: FastAPI, answers: Answers, desk: reviewing.Desk | None, shelf: Callable[[], Shelf]) -> None:
    lead_maps(app, answers, shelf)
    _said(app, answers)
    _concluded(app, answers)
    _told(app, answers, shelf)
    ahead.register(app, answers, shelf)
    reviewing.register(app, answers, desk, shelf)
    views.register(app, answers)


def _said(app: FastAPI, answers: Answers) -> None:
    @app.get("/v1/claims", responses=shapes.listed("claim"), response_model=None)
    def claims(asked: Wanted, limit: Limit = 100, after: After = "") -> Row:
        """Who said what, the latest published first."""
        found, mark = answers.claims(asked, asking.meant(after), limit)
        return {"rows": [one.row for one in found], "next": asking.shown(mark)}

    @app.get("/v1/claims/{claim_id}", responses=shapes.one("claim"), response_model=None)
    def claim(claim_id: Id, known_by: KnownBy = None) -> Row:
        """One claim."""
        return answers.claim(claim_id, known_by)

    @app.get("/v1/search", responses=shapes.listed("found"), response_model=None)
    def search(
        q: Annotated[
            str, Query(min_length=1, max_length=200, description="Words, all of which have to be in the quotation.")
        ],
        asked: Wanted,
        limit: Limit = 20,
        after: After = "",
    ) -> Row:
        """Claims by their words, the latest published first; `highlights` are [start, end] in the quotation."""
        from dataclasses import replace

        found, mark = answers.claims(replace(asked, words=q), asking.meant(after), limit)
        made = [{"claim": one.row, "highlights": highlights(one.word, q)} for one in found]
        return {"rows": made, "next": asking.shown(mark)}

    @app.get("/v1/documents", responses=shapes.listed("document"), response_model=None)
    def documents(known_by: KnownBy = None, limit: Limit = 100, after: After = "") -> Row:
        """The reports, by name."""
        page, mark = answers.documents(known_by, after, limit)
        return {"rows": page, "next": mark}

    @app.get("/v1/documents/{document_id}", responses=shapes.one("read"), response_model=None)
    def document(document_id: Id, known_by: KnownBy = None) -> Row:
        """One report: its text (to be shown as text, never as HTML), its furniture, and the claims in it."""
        return answers.document(document_id, known_by)

    @app.get("/v1/runs", responses=shapes.listed("run"), response_model=None)
    def runs() -> Row:
        """How the ledger was read, oldest first."""
        made = [
            {
                "id": run.id,
                "extractor": run.extractor,
                "version": run.version,
                "cleaner": run.cleaner,
                "theatre": run.theatre,
                "started": at.isoformat(),
            }
            for run, at in answers.ledger.runs()
        ]
        return {"rows": made, "next": None}


def _concluded(app: FastAPI, answers: Answers) -> None:
    @app.get("/v1/disputes", responses=shapes.listed("dispute", counted=True), response_model=None)
    def disputes(asked: Wanted, limit: Limit = 100, after: After = "") -> Row:
        """Claims that contradict each other, the latest published first: both passages, the aspect and the reasons."""
        found, mark, total = answers.disputes(asked, after, limit)
        return {"rows": found, "next": mark, "total": total}

    @app.get("/v1/matters", responses=shapes.listed("matter"), response_model=None)
    def matters(asked: Wanted, limit: Limit = 100, after: After = "") -> Row:
        """Questions that claims answer, and for each answer its reports and independent voices."""
        found, mark = answers.matters(asked, after, limit)
        return {"rows": found, "next": mark}

    @app.get("/v1/sources", responses=shapes.listed("source"), response_model=None)
    def sources(known_by: KnownBy = None, side: Name = "", limit: Limit = 100, after: After = "") -> Row:
        """Speakers and outlets with their grade and the reasons for it."""
        found, mark = graded(answers.ledger.revision(), known_by, side, after, limit)
        return {"rows": found, "next": mark}

    @lru_cache(_SOURCES)
    def graded(
        revision: str, known_by: date | None, side: str, after: str, limit: int
    ) -> tuple[orjson.Fragment, str | None]:
        page, mark = answers.known_of(Asked(known_by=known_by)).sources_page(side, after, limit)
        track = ahead.track_of(answers, known_by)
        found = answers.worded(rows.source_row(grade, track(grade)) for grade in page)
        return orjson.Fragment(written(found)), mark

    @app.get("/v1/control", responses=shapes.one("control"), response_model=None)
    def control(
        place: PlaceName,
        on: Annotated[
            asking.Day, Query(description="The day that `day` and `claimed` speak of; left out: the last.")
        ] = None,
        known_by: KnownBy = None,
    ) -> Row:
        """Who held a settlement when, how sure that is on each day; each side's claim apart; what moved it, would change it."""
        return answers.assessed.row(place, known_by, on)

    @app.get("/v1/changes", responses=shapes.listed("change"), response_model=None)
    def changes(place: PlaceName, known_by: KnownBy = None) -> Row:
        """The days on which the assessed status of a settlement changed, the latest first."""
        return answers.assessed.changes(place, known_by)


def _told(app: FastAPI, answers: Answers, shelf: Callable[[], Shelf]) -> None:
    @app.get("/v1/places", responses=shapes.one("places"), response_model=None)
    def places(
        bbox: Annotated[str, Query(max_length=100, description="west,south,east,north in degrees.")] = "",
        datetime: Annotated[str, Query(max_length=60, description="A day, or an interval whose end counts.")] = "",
        known_by: KnownBy = None,
        limit: asking.Many = 100,
        after: After = "",
    ) -> Row:
        """Settlements as GeoJSON, in the shape of OGC API Features, each with what is assessed of it."""
        box, on = asking.box(bbox), asking.moment(datetime)
        page, mark, many = answers.features(known_by, on).page(box, after, limit)
        return {
            "type": "FeatureCollection",
            "features": page,
            "numberMatched": many,
            "numberReturned": len(page),
            "next": mark,
        }

    @lru_cache(_BRIEFS)
    def told(revision: str, files: str, place: str, days: tuple[date | None, date | None, date | None]) -> Row:
        start, end, day = days
        part, followed = answers.settled.part(place, day), ahead.followed(answers, shelf(), place, day)
        return brief_row(flow.brief(part, place, answers.settings, start=start, end=end, day=day, foresight=followed))

    @app.get("/v1/briefs", responses=shapes.one("brief"), response_model=None)
    def briefs(
        place: PlaceName,
        start: Annotated[asking.Day, Query(alias="from")] = None,
        end: Annotated[asking.Day, Query(alias="to")] = None,
        known_by: KnownBy = None,
    ) -> Row:
        """The cited report on a settlement; every sentence names the passages it rests on."""
        files = ahead.mark("/v1/briefs", shelf)
        return told(answers.ledger.revision(), files, place, (start, end, known_by))
