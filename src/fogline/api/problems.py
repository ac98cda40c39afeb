"""Errors as problem details (RFC 9457): what was wrong, and in ``hint`` what to do."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from fogline.errors import BadScenario, FoglineError, LedgerAway, LedgerBusy, UnknownPlace, UsageError

MEDIA_TYPE = "application/problem+json"

LATER = 10
"""Seconds after which to try again: a ledger was still being written when the wait for it was over, or its server is away."""

SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "hint"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "hint": {"type": "string"},
    },
}


class NotFound(FoglineError):
    """There is nothing of that id as known on that day."""


class Unreached(FoglineError):
    """Another server that is needed does not answer as it should."""


class Unanswered(FoglineError):
    """What worked on an answer came to an end."""


class Refused(FoglineError):
    """Whoever asks may not do that."""


def problem(
    status: int, title: str, detail: str, hint: str = "", headers: dict[str, str] | None = None
) -> JSONResponse:
    """One problem as a response."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, "hint": hint}
    return JSONResponse(body, status_code=status, media_type=MEDIA_TYPE, headers=headers)


def told(error: FoglineError) -> JSONResponse:
    """An error as a problem."""
    later = isinstance(error, LedgerBusy | LedgerAway)
    headers = {"Retry-After": str(LATER)} if later else None
    return problem(_status(error), type(error).__name__, error.message, error.hint, headers)


def register(app: FastAPI) -> None:
    """Answer every error of the app as a problem."""

    @app.exception_handler(FoglineError)
    async def ours(request: Request, error: FoglineError) -> JSONResponse:
        return told(error)

    @app.exception_handler(RequestValidationError)
    async def malformed(request: Request, error: RequestValidationError) -> JSONResponse:
        what = "; ".join(f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in error.errors())
        return problem(422, "Malformed question", what, "The bounds of every parameter are in /v1/openapi.json.")

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> JSONResponse:
        headers = dict(error.headers) if error.headers else None
        return problem(error.status_code, "Refused", str(error.detail), "See /v1/openapi.json.", headers)


def _status(error: FoglineError) -> int:
    if isinstance(error, UnknownPlace | NotFound):
        return 404
    if isinstance(error, Refused):
        return 403
    if isinstance(error, LedgerBusy | LedgerAway | Unanswered):
        return 503
    if isinstance(error, BadScenario):
        return 422
    if isinstance(error, Unreached):
        return 502
    return 400 if isinstance(error, UsageError) else 500
