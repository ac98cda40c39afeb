"""How answers are written: as JSON, without a detour."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any

import orjson
from fastapi import Response
from fastapi.routing import APIRoute

Within = Callable[[], AbstractContextManager[Any]]


class Json(Response):
    """A response in JSON."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """The value as JSON, which says ``null`` for what JSON has no number for, as everywhere else."""
        return written(content)


def written(value: Any) -> bytes:
    """A plain value as JSON in UTF-8.

    >>> written({"голос": [1, None]}).decode()
    '{"голос":[1,null]}'
    """
    try:
        return orjson.dumps(value)
    except TypeError:  # a key that is no text, or an integer beyond 64 bits: nothing that is asked for often
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


class PlainRoute(APIRoute):
    """A route whose function gives plain rows: they are written as they are, where FastAPI would first copy every value.

    ``within`` is what each question that changes nothing is answered in.
    """

    within: Within = staticmethod(nullcontext)

    def __init__(self, path: str, endpoint: Callable[..., Any], **about: Any) -> None:
        if not iscoroutinefunction(endpoint):
            within = self.within if set(about.get("methods") or ()) == {"GET"} else nullcontext
            endpoint = self.run(_responding(endpoint, about.get("status_code") or 200, within))
        super().__init__(path, endpoint, **about)

    def run(self, respond: Callable[..., Response]) -> Callable[..., Any]:
        """The function as it is run: in a thread of its own."""
        return respond


class SoleRoute(PlainRoute):
    """The same for a process that answers one question at a time: its functions need no thread of their own."""

    def run(self, respond: Callable[..., Response]) -> Callable[..., Any]:
        """The function as it is run: at once."""

        @wraps(respond)
        async def at_once(*args: Any, **kwargs: Any) -> Response:
            return respond(*args, **kwargs)

        return at_once


def routes(within: Within, kind: type[PlainRoute] = PlainRoute) -> type[PlainRoute]:
    """Routes of a kind whose questions are answered in that."""
    return type(kind.__name__, (kind,), {"within": staticmethod(within)})


def _responding(endpoint: Callable[..., Any], status: int, within: Within) -> Callable[..., Response]:
    @wraps(endpoint)
    def respond(*args: Any, **kwargs: Any) -> Response:
        with within():
            answer = endpoint(*args, **kwargs)
        return answer if isinstance(answer, Response) else Json(answer, status_code=status)

    return respond
