"""Maps and files: OGC API - Features, Part 1 (OGC 17-069r4, core and GeoJSON), and the exports.

A map program is given the address of the landing page and finds the rest by its links.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, FastAPI, Path, Query, Request, Response

from fogline import exporting
from fogline.ahead import Shelf
from fogline.api import ahead, asking, shapes
from fogline.api.answers import Answers
from fogline.api.asking import After, KnownBy, Limit
from fogline.api.problems import NotFound
from fogline.api.responding import written
from fogline.api.stretches import Stretches, name_of
from fogline.api.telling import feature
from fogline.excerpt import Placewise
from fogline.model import Asked, PlaceClaims
from fogline.publish.exports import flat, geo
from fogline.publish.rows import Row

CONFORMS = (
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
)
COLLECTIONS = {
    "places": ("Settlements", "Each settlement that claims speak of, with what is assessed of it on a day."),
    "control": ("Control over time", "Each stretch of days in which a settlement's assessed status stays as it is."),
}
GEOJSON = "application/geo+json"
Box = Annotated[str, Query(max_length=100, description="west,south,east,north in degrees.")]
Moment = Annotated[str, Query(max_length=60, description="A day, or an interval of days; either end may be `..`.")]
Space = tuple[float, float, float, float] | None
"""West, south, east, north in degrees; ``None`` for everywhere."""
Name = Annotated[str, Path(max_length=100)]


class GeoJson(Response):
    """A response in GeoJSON (RFC 7946)."""

    media_type = GEOJSON

    def render(self, content: Any) -> bytes:
        """The value as JSON."""
        return written(content)


def register(app: FastAPI, answers: Answers, shelf: Callable[[], Shelf]) -> None:
    """Add the addresses."""
    _found(app)
    _features(app, answers)
    _exports(app, answers, shelf)


def link(request: Request, path: str, rel: str, kind: str = "application/json", **about: str) -> Row:
    """A link to an address of this server, as absolute as the question was."""
    asked = f"?{urlencode(about)}" if about else ""
    return {"href": f"{str(request.base_url).rstrip('/')}{path}{asked}", "rel": rel, "type": kind}


def _found(app: FastAPI) -> None:
    @app.get("/v1/", responses=shapes.one("linked"), response_model=None)
    def landing(request: Request) -> Row:
        """Where to begin: what there is, by links."""
        openapi = "application/vnd.oai.openapi+json;version=3.1"
        links = [
            link(request, "/v1/", "self"),
            link(request, "/v1/openapi.json", "service-desc", openapi),
            link(request, "/v1/conformance", "conformance"),
            link(request, "/v1/collections", "data"),
        ]
        return {"title": "fogline", "description": "Claims about settlements, and what is assessed.", "links": links}

    @app.get("/v1/conformance", responses=shapes.one("conformance"), response_model=None)
    def conformance() -> Row:
        """Which parts of the standard hold."""
        return {"conformsTo": list(CONFORMS)}

    @app.get("/v1/collections", responses=shapes.one("collections"), response_model=None)
    def collections(request: Request) -> Row:
        """The collections of features."""
        made = [_collection(request, name) for name in COLLECTIONS]
        return {"collections": made, "links": [link(request, "/v1/collections", "self")]}

    @app.get("/v1/collections/{name}", responses=shapes.one("collection"), response_model=None)
    def collection(request: Request, name: Name) -> Row:
        """One collection."""
        return _collection(request, _known(name))


def _known(name: str) -> str:
    if name not in COLLECTIONS:
        raise NotFound(f"There is no collection {name!r}.", f"There are: {', '.join(COLLECTIONS)}.")
    return name


def _collection(request: Request, name: str) -> Row:
    title, said = COLLECTIONS[name]
    path = f"/v1/collections/{name}"
    links = [link(request, path, "self"), link(request, f"{path}/items", "items", GEOJSON)]
    return {"id": name, "title": title, "description": said, "itemType": "feature", "links": links}


def _features(app: FastAPI, answers: Answers) -> None:
    stretches = lru_cache(4)(lambda revision, day: _stretches(answers, day))
    kept = Stretches(answers, answers.ledger) if isinstance(answers.ledger, Placewise) else None

    def paged(
        name: str, day: date | None, span: tuple[date | None, date | None], box: Space, after: str, limit: int
    ) -> tuple[list[Row], str | None, int]:
        """A page of features, the mark behind it, and how many there are."""
        if name == "control" and day is None and kept is not None:
            among = kept.found(*span, box)
            shown, mark = asking.turned(among, name_of, after, limit)
            return kept.rows(shown), mark, len(among)
        if name == "places":
            there = [one for one in answers.places(day) if box is None or placed_in(one, box)]
            page, mark = asking.turned(there, lambda one: str(one.geonameid), after, limit)
            return settlements(page, day, span[1] or span[0]), mark, len(there)
        every = stretches(answers.ledger.revision(), day)
        found = [one for one in every if _during(one, *span) and (box is None or inside(one, box))]
        turned, mark = asking.turned(found, lambda one: str(one["id"]), after, limit)
        return turned, mark, len(found)

    def settlements(some: Iterable[PlaceClaims], day: date | None, on: date | None) -> list[Row]:
        held = answers.held(day, on)
        return [feature(place, held.get(place.geonameid), on) for place in some]

    def named(name: str, feature_id: str, day: date | None) -> Iterable[Row]:
        """Features among which is the one of that id, if there is any."""
        if name == "places":
            return settlements((one for one in answers.places(day) if str(one.geonameid) == feature_id), day, None)
        if day is not None or kept is None:
            return stretches(answers.ledger.revision(), day)
        return kept.rows([one for one in kept.found(None, None, None) if name_of(one) == feature_id][:1])

    @app.get("/v1/collections/{name}/items", responses=_geo("features"), response_class=GeoJson, response_model=None)
    def features(
        request: Request, name: Name, bbox: Box = "", datetime: Moment = "", known_by: KnownBy = None,
        limit: Limit = 100, after: After = "",
    ) -> Response:  # fmt: skip
        """A page of features in GeoJSON; `next` among the links leads on."""
        page, mark, many = paged(_known(name), known_by, asking.interval(datetime), asking.box(bbox), after, limit)
        path, asked = f"/v1/collections/{name}/items", dict(request.query_params)
        links = [link(request, path, "self", GEOJSON, **asked)]
        links += [link(request, path, "next", GEOJSON, **{**asked, "after": mark})] if mark else []
        links += [link(request, "/v1/exports/control.csv", "alternate", "text/csv")] if name == "control" else []
        links.append(link(request, f"/v1/collections/{name}", "collection"))
        counted = {"numberMatched": many, "numberReturned": len(page)}
        return GeoJson({"type": "FeatureCollection", "features": page, "links": links, **counted})

    @app.get(
        "/v1/collections/{name}/items/{feature_id:path}",
        responses=_geo("feature"), response_class=GeoJson, response_model=None,
    )  # fmt: skip
    def one(request: Request, name: Name, feature_id: Name, known_by: KnownBy = None) -> Response:
        """One feature."""
        for found in named(_known(name), feature_id, known_by):
            if str(found["id"]) == feature_id:
                path = f"/v1/collections/{name}"
                links = [
                    link(request, f"{path}/items/{feature_id}", "self", GEOJSON),
                    link(request, path, "collection"),
                ]
                return GeoJson({**found, "links": links})
        raise NotFound(
            f"There is no feature {feature_id!r} in {name}.", f"Look for it in /v1/collections/{name}/items."
        )


def _stretches(answers: Answers, day: date | None) -> list[Row]:
    made = exporting.account(answers.ledger, answers.settings, day=day)
    return [geo.feature(row) for row in flat.control_rows(made)]


def _during(one: Row, first: date | None, last: date | None) -> bool:
    """Whether a stretch shares a day with the interval."""
    about = one["properties"]
    after = first is None or about["valid_to"] >= first.isoformat()
    return after and (last is None or about["valid_from"] <= last.isoformat())


def inside(one: Row, box: tuple[float, float, float, float]) -> bool:
    """Whether a feature lies in a box of west, south, east, north; one without a point lies in none."""
    if one["geometry"] is None:
        return False
    lon, lat = one["geometry"]["coordinates"]
    return asking.boxed(lon, lat, box)


def placed_in(place: PlaceClaims, box: tuple[float, float, float, float]) -> bool:
    """The same of a place."""
    return place.lon is not None and place.lat is not None and asking.boxed(place.lon, place.lat, box)


def _geo(name: str) -> dict[int | str, dict[str, Any]]:
    made = shapes.one(name)
    made[200] = {"description": "Found.", "content": {GEOJSON: made[200]["content"]["application/json"]}}
    return made


def _exports(app: FastAPI, answers: Answers, shelf: Callable[[], Shelf]) -> None:
    @app.get("/v1/exports", responses=shapes.one("linked"), response_model=None)
    def formats(request: Request) -> Row:
        """What can be exported; a brief needs `place`."""
        links = [
            link(request, f"/v1/exports/{form}", "enclosure", exporting.media_type(form))
            for form in exporting.formats()
        ]
        return {"title": "Exports", "description": "The ledger in the formats of other programs.", "links": links}

    media: Callable[[], dict[str, Any]] = lambda: {exporting.media_type(form): {} for form in exporting.formats()}  # noqa: E731
    told = {**shapes.one("linked"), 200: {"description": "The file.", "content": media()}}

    @app.get("/v1/exports/{form}", responses=told, response_class=Response, response_model=None)
    def export(
        form: Name,
        asked: Annotated[Asked, Depends(asking.asked)],
        q: asking.Words = "",
        start: Annotated[asking.Day, Query(alias="from", description="First day that a brief tells of.")] = None,
        end: Annotated[asking.Day, Query(alias="to", description="Last day that a brief tells of.")] = None,
    ) -> Response:
        """A file, byte for byte as `fogline export` writes it; of the claims asked for alone, where more than a place is asked."""
        if form not in exporting.formats():
            raise NotFound(f"There is no format {form!r}.", f"There are: {', '.join(exporting.formats())}.")
        narrower = replace(asked, words=q, place="", known_by=None)
        placewise = bool(form in exporting.TOLD and asked.place)
        ledger = answers.settled.part(asked.place, asked.known_by) if placewise else answers.ledger
        made = exporting.write(
            ledger, answers.settings, form, place=asked.place, day=asked.known_by, period=(start, end),
            only=None if narrower == Asked() else answers.ids(narrower),
            foresight=lambda place: ahead.followed(answers, shelf(), place, asked.known_by),
        )  # fmt: skip
        saved = {"Content-Disposition": f'attachment; filename="{_file(form)}"'}
        return Response(made, media_type=exporting.media_type(form), headers=saved)


def _file(form: str) -> str:
    """How a format's file is called where it is saved."""
    return form if "." in form else f"fogline.{form}.{exporting.exporter(form).ending}"
