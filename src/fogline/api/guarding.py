"""What every request passes: who may ask, whether the answer is known to who asks, and the headers of every answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fastapi import Request, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fogline.ahead import Shelf
from fogline.api import ahead, measuring, page, problems
from fogline.api.access import OWN, Access, is_here
from fogline.api.answers import Answers
from fogline.api.crew import Crew
from fogline.api.keeping import Given, Kept
from fogline.errors import FoglineError

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "private, no-cache",
}
"""On every answer: nothing of it runs, is framed, or is read by another site."""

ENCRYPTED = {"Strict-Transport-Security": "max-age=31536000"}
"""On every answer that went encrypted: the browser is not to come again without."""

LARGEST = 1_000_000
"""Bytes of a request's body; the longest judgement is far below."""

DESCRIPTION = "/v1/openapi.json"
"""Where the API is described."""

_Raw = tuple[tuple[bytes, bytes], ...]


class Guard:
    """The application behind the guard. Plain ASGI: the middleware of functions costs more than most answers."""

    def __init__(
        self, app: ASGIApp, answers: Answers, access: Access, shelf: Callable[[], Shelf], crew: Crew | None = None
    ) -> None:
        self._app = app
        self._answers = answers
        self._access = access
        self._shelf = shelf
        self._crew = crew
        self._kept = Kept()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See the ASGI specification."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request, secure = Request(scope, receive), scope.get("scheme") == "https"
        told = measuring.is_told(request)
        if page.is_page(scope["path"]) and not told and (self._access.guarded or is_here(request)):
            await self._app(scope, receive, _adding(send, _PAGE[secure]))
            return
        visitor = self._access.visitor(request)
        refusal = self._access.refusal(request, visitor) or _too_large(request)
        if refusal is not None:
            await refusal(scope, receive, _adding(send, _PLAIN[secure]))
            return
        request.state.visitor = visitor
        if scope["path"] in OWN or told:
            await self._app(scope, receive, _adding(send, _OWN[secure]))
        elif scope["method"] == "GET":
            try:
                await self._tagged(request, _PLAIN[secure], send)
            except FoglineError as error:  # of the ledger, which is asked how it stands before anything is sent
                await problems.told(error)(scope, receive, _adding(send, _PLAIN[secure]))
        else:
            await self._app(scope, receive, _adding(send, _PLAIN[secure]))

    async def _tagged(self, request: Request, headers: _Raw, send: Send) -> None:
        """The answer with its entity tag, or a word that who asks has it already."""
        path, query = request.scope["path"], request.scope["query_string"].decode("latin-1")
        tag = self._answers.tag(f"{path}?{query}{ahead.mark(path, self._shelf)}")
        known = {one.strip() for one in request.headers.get("if-none-match", "").split(",")}
        tagging = _adding(send, headers, tag)
        if tag in known:
            await Response(status_code=304)(request.scope, request.receive, tagging)
            return
        where = f"{request.scope['scheme']}://{request.headers.get('host', '')}"
        given = self._kept.find(tag, where) or await self._worked(request, tag, where, tagging)
        if given is not None:
            request.scope["route"] = given
            await tagging({"type": "http.response.start", "status": 200, "headers": given.headers})
            await tagging({"type": "http.response.body", "body": given.body})

    async def _worked(self, request: Request, tag: str, where: str, send: Send) -> Given | None:
        """The answer, if a worker found one, or ``None`` where all has been sent."""
        # Workers answer without a guard, and know nothing of who may ask, which the description tells.
        crew = None if request.scope["path"] == DESCRIPTION else self._crew
        reply = await crew.ask(request, self._answers.ledger.revision()) if crew else None
        if reply is None:
            await self._app(request.scope, request.receive, send)
            return None
        given = Given(reply.headers, reply.route, reply.body)
        if reply.status == 200:
            self._kept.keep(tag, where, given)
            return given
        request.scope["route"] = given
        await send({"type": "http.response.start", "status": reply.status, "headers": reply.headers})
        await send({"type": "http.response.body", "body": reply.body})
        return None


def _adding(send: Send, headers: _Raw, tag: str = "") -> Send:
    """Sends the same with the headers in the place of others of their names, and with the tag where all went well."""
    names = {name for name, _ in headers}

    async def add(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = [one for one in message.get("headers", ()) if one[0].lower() not in names]
            tagged = [(b"etag", tag.encode())] if tag and message["status"] in (200, 304) else []
            message = {**message, "headers": [*own, *headers, *tagged]}
        await send(message)

    return add


def _raw(*some: Mapping[str, str]) -> _Raw:
    joined = {name.lower(): value for one in some for name, value in one.items()}
    return tuple((name.encode(), value.encode()) for name, value in joined.items())


def _by_encryption(other: Mapping[str, str]) -> dict[bool, _Raw]:
    return {False: _raw(HEADERS, other), True: _raw(HEADERS, ENCRYPTED, other)}


_PLAIN = _by_encryption({})
_OWN = _by_encryption({"Cache-Control": "no-store"})
_PAGE = _by_encryption({"Content-Security-Policy": page.SECURITY})


def _too_large(request: Request) -> Response | None:
    """A refusal of a body that is too large, or does not say how large it is."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return None
    length = request.headers.get("content-length", "" if "transfer-encoding" in request.headers else "0")
    if length.isascii() and length.isdigit() and int(length) <= LARGEST:
        return None
    hint = f"Send at most {LARGEST:,} bytes, with a Content-Length."
    return problems.problem(413, "Too large", "The request is too large, or does not say how large it is.", hint)
