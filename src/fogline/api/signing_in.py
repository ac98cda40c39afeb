"""Saying who one is: by a token given once, or at an OpenID provider; then a cookie tells. And who one is, and may do."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse

from fogline.api import shapes
from fogline.api.access import Access, Visitor
from fogline.api.people import Person, Role
from fogline.api.problems import NotFound
from fogline.api.sessions import COOKIE, Session, give
from fogline.api.single_sign_on import SingleSignOn
from fogline.publish.rows import Row


def register(app: FastAPI, access: Access, *, writable: bool) -> None:
    """Add the addresses; ``writable`` says whether anybody may decide at all."""

    @app.get("/v1/me", responses=shapes.one("me"), response_model=None)
    def me(request: Request) -> Row:
        """Who asks, and what he may do; nobody, where he has yet to say."""
        return me_row(access, request.state.visitor, writable)

    @app.post("/v1/session", status_code=201, responses=shapes.begun(), response_model=None)
    def sign_in(request: Request, response: Response) -> Row:
        """Begin a session with the token in `Authorization`: a cookie that scripts cannot read tells from then on."""
        person = request.state.visitor.person
        if person is None:
            raise NotFound("Nobody is asked here who he is.", "Serve with --tokens or --oidc.")
        secret, session = _begin(access, request, person)
        give(response, secret)
        return me_row(access, Visitor(person, session), writable)

    @app.delete("/v1/session", responses=shapes.one("me"), response_model=None)
    def sign_out(request: Request, response: Response) -> Row:
        """End the session."""
        access.sessions.end(request.cookies.get(COOKIE, ""))
        give(response, "")
        return me_row(access, Visitor(), writable)

    @app.get("/v1/sign-in", include_in_schema=False, response_model=None)
    async def leave(request: Request) -> Response:
        """Off to the OpenID provider."""
        return await _sign_on(access).leave(request)

    @app.get("/v1/sign-in/done", include_in_schema=False, response_model=None)
    async def arrive(request: Request) -> Response:
        """Back from the OpenID provider."""
        person = await _sign_on(access).arrive(request)
        if isinstance(person, str):
            return PlainTextResponse(person, status_code=403)
        secret, _ = _begin(access, request, person)
        back = RedirectResponse(_sign_on(access).home, status_code=303)
        give(back, secret)
        return back

    if access.sign_on is not None:
        access.sign_on.prepare(app)


def _begin(access: Access, request: Request, person: Person) -> tuple[str, Session]:
    """A session in the place of the one that the browser had."""
    access.sessions.end(request.cookies.get(COOKIE, ""))
    return access.sessions.begin(person)


def _sign_on(access: Access) -> SingleSignOn:
    if access.sign_on is None:
        raise NotFound("There is no provider to sign in at.", "Serve with --oidc, or give a token.")
    return access.sign_on


def me_row(access: Access, visitor: Visitor, writable: bool) -> Row:
    """See ``/v1/me``."""
    person = visitor.person
    may = person.role if person else Role.ADMIN if not access.guarded else None
    return {
        "name": person.name if person else None,
        "role": may.value if may else None,
        "decides": writable and may in (Role.REVIEWER, Role.ADMIN),
        "guarded": access.guarded,
        "tokens": bool(access.tokens),
        "signs_in": access.sign_on.title if access.sign_on else None,
        "check": visitor.session.check if visitor.session else None,
    }
