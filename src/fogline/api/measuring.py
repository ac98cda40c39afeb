"""What an operator sees of the server: a log line and a count for each answer, and ``/metrics``."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response

from fogline.operating import logs
from fogline.operating.metrics import ServerMetrics

PATH = "/metrics"


def is_told(request: Request) -> bool:
    """Whether metrics are asked for: they change with every answer, and are never taken from a cache."""
    return request.url.path == PATH


def register(app: FastAPI, metrics: ServerMetrics | None) -> None:
    """Log and count every answer, those that are refused too; whoever may read may ask for the counts."""

    @app.middleware("http")
    async def watch(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
        begun = time.perf_counter()
        status = 500
        try:
            answer = await go_on(request)
            status = answer.status_code
            return answer
        finally:
            seconds = time.perf_counter() - begun
            # The address as declared, not as asked: what people look for is in neither log nor metrics.
            route = getattr(request.scope.get("route"), "path", "other")
            logs.note("request", method=request.method, route=route, status=status, ms=round(seconds * 1000, 1))
            if metrics is not None:
                metrics.answered(request.method, route, status, seconds)

    if metrics is None:
        return

    @app.get(PATH, include_in_schema=False)
    def told() -> Response:
        body, media_type = metrics.text()
        return Response(body, media_type=media_type)
