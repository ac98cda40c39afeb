"""Sessions: who signed in with a token or elsewhere, known again by a cookie that the page's script cannot read."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock

from fastapi import Response

from fogline.api.people import Person

COOKIE = "__Host-fogline"
"""Browsers take a cookie of this prefix only over an encrypted connection (or from this machine), for one host and all its paths."""

LONGEST, IDLE = 12 * 3600, 2 * 3600
"""Seconds after which a session ends: from its beginning, and from when it was last used."""

MOST = 10_000
"""Sessions kept at once; beyond that the longest unused goes."""


@dataclass(frozen=True, slots=True)
class Session:
    """One person signed in on one browser; ``check`` has to come with whatever changes something."""

    person: Person
    check: str
    began: float
    used: float


class Sessions:
    """The sessions of one server, in its memory: they end with it. Only digests of cookies are kept."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._by_digest: dict[str, Session] = {}
        self._lock = Lock()

    def begin(self, person: Person) -> tuple[str, Session]:
        """What the cookie is to hold, and the session it stands for."""
        secret, now = secrets.token_urlsafe(32), self._now()
        session = Session(person, secrets.token_urlsafe(32), now, now)
        with self._lock:
            self._by_digest = {name: one for name, one in self._by_digest.items() if not _over(one, now)}
            if len(self._by_digest) >= MOST:
                del self._by_digest[min(self._by_digest, key=lambda name: self._by_digest[name].used)]
            self._by_digest[_digest(secret)] = session
        return secret, session

    def find(self, secret: str) -> Session | None:
        """The session of a cookie, used now; none where it has ended or never was."""
        name, now = _digest(secret), self._now()
        with self._lock:
            found = self._by_digest.get(name)
            if found is None or _over(found, now):
                self._by_digest.pop(name, None)
                return None
            self._by_digest[name] = replace(found, used=now)
            return found

    def end(self, secret: str) -> None:
        """End the session of a cookie."""
        with self._lock:
            self._by_digest.pop(_digest(secret), None)


def give(answer: Response, secret: str) -> None:
    """Put the cookie of a session on an answer; an empty ``secret`` takes it away."""
    answer.set_cookie(
        COOKIE, secret, max_age=LONGEST if secret else 0, path="/", secure=True, httponly=True, samesite="strict"
    )


def _over(session: Session, now: float) -> bool:
    return now - session.began > LONGEST or now - session.used > IDLE


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
