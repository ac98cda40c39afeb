"""The shapes of answers in the OpenAPI description: the published JSON Schemas, and those that only the API has."""

from __future__ import annotations

import json
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from fogline.api import problems
from fogline.publish import rows

Schema = dict[str, Any]

PUBLISHED = ("claim", "dispute", "matter", "source", "control", "brief")


def _said(*kinds: str) -> Schema:
    return {"type": list(kinds)} if len(kinds) > 1 else {"type": kinds[0]}


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "required": list(properties), "properties": properties}


def _array(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


_TEXT, _MAYBE, _NUMBER = _said("string"), _said("string", "null"), _said("integer")
_SCORE = _said("number", "null")
_BELIEF = {"type": "object", "additionalProperties": _said("number")}
_CLAIMED = {"type": "object", "additionalProperties": _TEXT}
_COUNTS = _array(_object(value=_TEXT, claims=_NUMBER))
_VOICES = _array(_ref("voice"))
_DOCUMENT = {
    "id": _TEXT,
    "name": _TEXT,
    "outlet": _MAYBE,
    "title": _MAYBE,
    "language": _MAYBE,
    "published": _MAYBE,
    "url": _MAYBE,
    "domain": _MAYBE,
    "outlet_known": _said("boolean"),
    "authors": _array(_TEXT),
    "modified": _MAYBE,
    "known_from": _object(title=_TEXT, outlet=_TEXT, authors=_TEXT, published=_TEXT, modified=_TEXT),
}
OWN: dict[str, Schema] = {
    "link": _object(href=_TEXT, rel=_TEXT, type=_TEXT),
    "linked": _object(title=_TEXT, description=_TEXT, links=_array(_ref("link"))),
    "conformance": _object(conformsTo=_array(_TEXT)),
    "collection": _object(id=_TEXT, title=_TEXT, description=_TEXT, itemType=_TEXT, links=_array(_ref("link"))),
    "collections": _object(collections=_array(_ref("collection")), links=_array(_ref("link"))),
    "feature": _object(
        type={"const": "Feature"},
        id=_said("integer", "string"),
        geometry=_said("object", "null"),
        properties=_said("object"),
    ),
    "features": _object(
        type={"const": "FeatureCollection"},
        features=_array(_ref("feature")),
        links=_array(_ref("link")),
        numberMatched=_NUMBER,
        numberReturned=_NUMBER,
    ),
    "found": _object(claim=_ref("claim"), highlights=_array(_array(_NUMBER))),
    "document": _object(**_DOCUMENT),
    "read": _object(
        **_DOCUMENT,
        sha256=_TEXT,
        text=_TEXT,
        furniture=_array({"type": "array"}),
        parts=_array({"type": "array"}),
        passages=_array({"type": "array"}),
        claims=_array(_ref("claim")),
    ),
    "run": _object(id=_TEXT, extractor=_TEXT, version=_TEXT, cleaner=_TEXT, theatre=_TEXT, started=_TEXT),
    "change": _object(
        place=_TEXT,
        on=_TEXT,
        before=_TEXT,
        after=_TEXT,
        belief_before=_BELIEF,
        belief_after=_BELIEF,
        claims=_array(_TEXT),
    ),
    "place": _object(
        type={"const": "Feature"},
        id=_NUMBER,
        geometry={
            "oneOf": [{"type": "null"}, _object(type={"const": "Point"}, coordinates=_array(_said("number")))],
        },
        properties=_object(
            name=_TEXT,
            names=_array(_TEXT),
            claims=_NUMBER,
            claimed=_CLAIMED,
            status=_MAYBE,
            belief=_BELIEF,
            valid_from=_MAYBE,
            valid_to=_MAYBE,
        ),
    ),
    "places": _object(
        type={"const": "FeatureCollection"},
        features=_array(_ref("place")),
        numberMatched=_NUMBER,
        numberReturned=_NUMBER,
        next=_MAYBE,
    ),
    "forecast": _object(
        id=_TEXT, claim=_MAYBE, speaker=_TEXT, outlet=_TEXT, made=_TEXT, event=_TEXT, side=_MAYBE, holding=_said("boolean"),
        place=_TEXT, geonameid=_said("integer", "null"), until=_MAYBE, likelihood=_TEXT, probability=_said("number"),
        condition=_MAYBE, outcome=_TEXT, why=_TEXT, evidence=_array(_TEXT), by=_TEXT, ours=_said("boolean"),
    ),
    "track": _object(
        forecasts=_NUMBER, void=_NUMBER, unknown=_NUMBER, not_due=_NUMBER, scored=_NUMBER, brier=_SCORE, log=_SCORE,
        skill_base_rate=_SCORE, skill_half=_SCORE,
        calibration=_array(_object(forecast=_said("number"), came_true=_said("number"), number=_NUMBER)),
    ),
    "file": _object(
        file=_TEXT, sort=_MAYBE, id=_MAYBE, title=_MAYBE, place=_MAYBE,
        problem={"oneOf": [{"type": "null"}, _object(detail=_TEXT, hint=_TEXT, line=_said("integer", "null"))]},
    ),
    "text": _object(text=_TEXT),
    "hypotheses": _object(
        id=_TEXT,
        place=_TEXT,
        question=_TEXT,
        hypotheses=_array(_object(id=_TEXT, title=_TEXT, prior=_said("number"), said=_array(_TEXT), said_by=_array(_TEXT))),
        standings=_array(
            _object(
                hypothesis=_TEXT, inconsistency=_said("number"), probability=_said("number"), likelihood=_TEXT, rank=_NUMBER,
                rank_bayes=_NUMBER, against=_array(_TEXT),
            )
        ),
        turning={"oneOf": [{"type": "null"}, _object(row=_TEXT, ranking=_TEXT, first=_TEXT)]},
        evidence=_array(
            _object(
                id=_TEXT, title=_TEXT, claims=_array(_TEXT), voices=_NUMBER, diagnosticity=_said("number"),
                cells={"type": "object", "additionalProperties": _object(letter=_TEXT, why=_TEXT, by=_TEXT, subject=_TEXT)},
            )
        ),
    ),
    "board": _object(
        day=_TEXT,
        paths=_array(_object(id=_TEXT, title=_TEXT, probability=_said("number"), likelihood=_TEXT)),
        confidence=_TEXT,
        reason=_TEXT,
        indicators=_array(
            _object(
                id=_TEXT, path=_TEXT, title=_TEXT, state=_TEXT, day=_MAYBE, value=_SCORE, now=_SCORE, ratio=_said("number"),
                by=_TEXT, why=_MAYBE, claims=_array(_TEXT),
            )
        ),
    ),
    "scenario": _object(
        id=_TEXT, title=_TEXT, place=_TEXT, opened=_TEXT, closes=_TEXT, basis=_TEXT, priors=_BELIEF,
        paths=_array(_object(id=_TEXT, title=_TEXT, prior=_said("number"), outcome=_MAYBE)),
        indicators=_array(
            _object(
                id=_TEXT, path=_TEXT, title=_TEXT, horizon=_TEXT, query=_MAYBE, threshold=_SCORE, hit=_said("number"),
                miss=_said("number"), after=_array(_TEXT), subject=_TEXT,
            )
        ),
        board=_ref("board"), history=_array(_ref("board")),
        moves=_array(
            _object(
                day=_TEXT, indicator=_TEXT, title=_TEXT, state=_TEXT, ratio=_said("number"), path=_TEXT, before=_said("number"),
                after=_said("number"), by=_TEXT, claims=_array(_TEXT),
            )
        ),
        came=_MAYBE, scores={"type": "object"},
    ),
    "doubtful": _object(claim=_ref("claim"), doubts=_array(_TEXT), moves=_said("number")),
    "judgement": _object(
        id=_TEXT,
        decision=_TEXT,
        subject=_TEXT,
        words=_MAYBE,
        value=_MAYBE,
        by=_TEXT,
        reason=_TEXT,
        at=_TEXT,
        holds=_said("boolean", "null"),
    ),
    "effect": _object(
        judgement=_ref("judgement"), changes=_array(_TEXT), more=_NUMBER, outdated=_said("boolean"),
        parts=_array(_object(what=_TEXT, of=_TEXT, before=_TEXT, after=_TEXT)),
    ),
    "me": _object(
        name=_MAYBE, role=_MAYBE, decides=_said("boolean"), guarded=_said("boolean"), tokens=_said("boolean"),
        signs_in=_MAYBE, check=_MAYBE,
    ),
    "overview": _object(
        theatre=_TEXT,
        title=_TEXT,
        sides=_array(_object(code=_TEXT, name=_TEXT)),
        kinds=_array(_TEXT),
        certainties=_array(_TEXT),
        last=_MAYBE,
        claims=_NUMBER,
        place=_MAYBE,
    ),
    "facets": _object(total=_NUMBER, kind=_COUNTS, side=_COUNTS, speaker=_COUNTS, outlet=_COUNTS, certainty=_COUNTS),
    "months": _object(rows=_array(_object(month=_TEXT, sides={"type": "object", "additionalProperties": _NUMBER}))),
    "voice": _object(family=_TEXT, reports=_NUMBER, claims=_array(_TEXT), first=_ref("claim")),
    "standing": _object(
        claim=_TEXT,
        credibility=_said("integer", "null"),
        reasons=_array({"type": "object"}),
        family=_VOICES,
        corroborated=_VOICES,
        contradicted=_VOICES,
        disputes=_array(_TEXT),
    ),
    "clash": _object(dispute=_ref("dispute"), documents=_array(_TEXT), a=_VOICES, b=_VOICES),
    "matrix": _object(
        more=_object(questions=_said("boolean"), voices=_said("boolean")),
        matters=_array(_object(id=_TEXT, question=_TEXT, place=_TEXT, aspect=_TEXT)),
        voices=_array(
            _object(
                name=_TEXT,
                side=_TEXT,
                cells={
                    "type": "object",
                    "additionalProperties": _array(_object(value=_TEXT, claims=_array(_TEXT))),
                },
            )
        ),
    ),
    "problem": problems.SCHEMA,
}  # fmt: skip


def one(name: str) -> dict[int | str, Schema]:
    """The responses of an address that answers one such object."""
    return _responses(_ref(name))


def listed(name: str, counted: bool = False) -> dict[int | str, Schema]:
    """The responses of an address that answers a page: ``rows``, and in ``next`` the ``after`` of the page behind it.

    Where they are counted, ``total`` is how many rows there are on all pages.
    """
    total = {"total": _NUMBER} if counted else {}
    return _responses(_object(rows=_array(_ref(name)), next=_MAYBE, **total))


def decided(status: int) -> dict[int | str, Schema]:
    """The responses of an address that takes a judgement, answered by ``status`` and what it changes."""
    told = _responses(_ref("effect"))
    problem = {"content": {problems.MEDIA_TYPE: {"schema": _ref("problem")}}}
    done = told.pop(200)
    del told[304]
    return {
        status: done,
        **told,
        403: {"description": "Who asks may not decide that.", **problem},
        503: {
            "description": "The ledger was still being written when the wait for it was over; try again.",
            "headers": {"Retry-After": {"description": "In so many seconds.", "schema": {"type": "integer"}}},
            **problem,
        },
    }


def begun() -> dict[int | str, Schema]:
    """The responses of the address that begins a session."""
    told = decided(201)
    told[201] = {"description": "Begun.", "content": {"application/json": {"schema": _ref("me")}}}
    return told


def describe(app: FastAPI) -> None:
    """Let the app describe itself with these shapes."""

    def openapi() -> Schema:
        if app.openapi_schema is None:
            made = get_openapi(title=app.title, version=app.version, openapi_version="3.1.0", routes=app.routes)
            made.setdefault("components", {})["schemas"] = _schemas(made.get("components", {}).get("schemas", {}))
            app.openapi_schema = made
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _schemas(found: Schema) -> Schema:
    """All that is referred to; what FastAPI says of its own errors is never sent."""
    kept = {name: schema for name, schema in found.items() if name not in ("HTTPValidationError", "ValidationError")}
    return {**kept, **{name: _placed(name) for name in PUBLISHED}, **OWN}


def _placed(name: str) -> Schema:
    """A published schema with its references led to where it stands here."""
    text = json.dumps({k: v for k, v in rows.schema(name).items() if k not in ("$schema", "$id")})
    placed: Schema = json.loads(text.replace('"#/$defs/', f'"#/components/schemas/{name}/$defs/'))
    return placed


def _responses(schema: Schema) -> dict[int | str, Schema]:
    problem = {"content": {problems.MEDIA_TYPE: {"schema": _ref("problem")}}}
    told: dict[int | str, Schema] = {
        304: {"description": "As the `If-None-Match` has it."},
        400: {"description": "A question put wrongly.", **problem},
        401: {"description": "No valid token.", **problem},
        404: {"description": "Nothing there.", **problem},
        422: {"description": "A parameter out of bounds.", **problem},
    }
    return {200: {"description": "Found.", "content": {"application/json": {"schema": schema}}}, **told}
