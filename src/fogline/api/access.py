"""Who may ask and decide: by a token, by a session's cookie, or anyone on this machine where nobody is asked who he is."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field

from fastapi import Request, Response

from fogline.api.addresses import is_loopback
from fogline.api.people import Person
from fogline.api.problems import problem
from fogline.api.sessions import COOKIE, Session, Sessions
from fogline.api.single_sign_on import SingleSignOn

CHECK = "x-csrf-token"
"""The header that carries a session's check: a page elsewhere can neither read nor send it."""

OPEN = frozenset({"/v1/me", "/v1/sign-in", "/v1/sign-in/done"})
"""Addresses for those who have yet to say who they are; nothing of the ledger is told there."""

OWN = frozenset({*OPEN, "/v1/session"})
"""Addresses whose answers are of one person and moment: never kept, not even to be asked about again."""

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: a person, if anybody is known, and the session if a cookie told so."""

    person: Person | None = None
    session: Session | None = None


@dataclass(frozen=True, slots=True)
class Access:
    """Who is known here: by the SHA-256 of tokens, by sessions, and by signing in elsewhere. Empty: nobody is asked."""

    tokens: Mapping[str, Person] = field(default_factory=dict)
    sign_on: SingleSignOn | None = None
    sessions: Sessions = field(default_factory=Sessions)

    @property
    def guarded(self) -> bool:
        """Whether one has to say who one is."""
        return bool(self.tokens) or self.sign_on is not None

    def visitor(self, request: Request) -> Visitor:
        """Who asks, as far as the request tells; a token counts before a cookie."""
        authorization = request.headers.get("authorization", "")
        if authorization:
            return Visitor(self.tokens.get(digest(authorization)))
        session = self.sessions.find(request.cookies[COOKIE]) if COOKIE in request.cookies else None
        return Visitor(session.person, session) if session else Visitor()

    def refusal(self, request: Request, visitor: Visitor) -> Response | None:
        """The answer to a request that is not to be answered; else none."""
        if not self.guarded and not is_here(request):
            # A page elsewhere may give its own name this machine's address, and would then read as this site.
            return problem(
                400,
                "Another host",
                "Without tokens only this machine is answered.",
                "Ask for localhost, or use --tokens.",
            )
        if request.method not in SAFE and _from_elsewhere(request):
            return problem(403, "Refused", "A page of another site asks.", "Decide from the page of this ledger.")
        if self.guarded and visitor.person is None and request.url.path not in OPEN:
            return problem(
                401,
                "No valid token",
                "This ledger is served to those who have a token or signed in.",
                "Send it as: Authorization: Bearer TOKEN, or sign in on the page.",
                {"WWW-Authenticate": "Bearer"},
            )
        if request.method not in SAFE and visitor.session is not None and not _checked(request, visitor.session):
            return problem(
                403, "Refused", "The session's check is missing or another's.", f"Send `check` of /v1/me as {CHECK}."
            )
        return None


def is_here(request: Request) -> bool:
    """Whether a request is for this machine by one of its own names; a name that is none is not."""
    try:
        return is_loopback(request.url.hostname or "")
    except ValueError:
        return False


def digest(authorization: str) -> str:
    """The SHA-256 of the token in a header; empty where there is none."""
    scheme, _, token = authorization.partition(" ")
    return hashlib.sha256(token.strip().encode()).hexdigest() if scheme.lower() == "bearer" else ""


def _checked(request: Request, session: Session) -> bool:
    return hmac.compare_digest(request.headers.get(CHECK, "").encode(), session.check.encode())


def _from_elsewhere(request: Request) -> bool:
    """Whether a browser says that a page of another site sends this; programs that are no browser say nothing."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("none", "same-origin")
    origin = request.headers.get("origin")
    return origin is not None and origin.partition("://")[2] != request.headers.get("host", "")
