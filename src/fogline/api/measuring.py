"""What an operator sees of the server: a log line and a count for each answer, and ``/metrics``."""

from __future__ import annotations

import time

from fastapi import FastAPI, Request, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fogline.operating import logs
from fogline.operating.metrics import ServerMetrics

PATH = "/metrics"


def is_told(request: Request) -> bool:
    """Whether metrics are asked for: they change with every answer, and are never taken from a cache."""
    return request.url.path == PATH


class Watch:
    """The application, every answer logged and counted, those that are refused too."""

    def __init__(self, app: ASGIApp, metrics: ServerMetrics | None) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See the ASGI specification."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()
        status = 500

        async def notice(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, notice)
        finally:
            seconds = time.perf_counter() - begun
            # The address as declared, not as asked: what people look for is in neither log nor metrics.
            route = getattr(scope.get("route"), "path", "other")
            logs.note("request", method=scope["method"], route=route, status=status, ms=round(seconds * 1000, 1))
            if self._metrics is not None:
                self._metrics.answered(scope["method"], route, status, seconds)


def register(app: FastAPI, metrics: ServerMetrics | None) -> None:
    """Log and count every answer; whoever may read may ask for the counts."""
    app.add_middleware(Watch, metrics=metrics)
    if metrics is None:
        return

    @app.get(PATH, include_in_schema=False)
    def told() -> Response:
        body, media_type = metrics.text()
        return Response(body, media_type=media_type)
