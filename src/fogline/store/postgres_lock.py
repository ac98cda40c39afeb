"""One builder at a time in a PostgreSQL database, and its name on the door.

The lock is PostgreSQL's own (an advisory lock of the session), held on a connection that does nothing else, and gone
with the process however it ends. Who holds it is the ``application_name`` of that connection. A pooler between fogline
and the server has to keep sessions whole: transaction pooling would lose the lock.
"""

from __future__ import annotations

import time

from sqlalchemy import Connection, Engine, text

from fogline.errors import LedgerBusy
from fogline.store.locking import Waiting

_ONE_BUILDS = 0x464F474C
_POLL_SECONDS = 0.1
_TELL_EVERY = 1.0

_HOLDER = text(
    """SELECT a.pid, a.usename, a.application_name, a.backend_start
    FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE l.locktype = 'advisory' AND l.granted AND l.classid = 0 AND l.objid = :key AND l.objsubid = 1
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"""
)


class BuilderLock:
    """The right to build in one database; ``acquire`` it, then ``release`` it."""

    def __init__(self, engine: Engine, shown: str) -> None:
        """Of the database behind the engine; ``shown`` is its address without the password."""
        self._engine = engine
        self._shown = shown
        self._connection: Connection | None = None

    def acquire(self, wait_seconds: float, waiting: Waiting | None = None) -> None:
        """Wait at most that long for the right to build, telling ``waiting`` who has it meanwhile.

        Raises ``LedgerBusy``, which names the holder, when the time is over.
        """
        self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        deadline = time.monotonic() + wait_seconds
        told = 0.0
        while not self._connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": _ONE_BUILDS}).scalar():
            now = time.monotonic()
            if now >= deadline:
                raise LedgerBusy(
                    f"{self._shown} is being written by {self._who()}; waited {wait_seconds:g} s.",
                    "Wait until it is done, or stop it; reading the ledger needs no waiting.",
                )
            if waiting is not None and now - told >= _TELL_EVERY:
                told = now
                waiting(f"waiting for {self._who()}")
            time.sleep(min(_POLL_SECONDS, max(deadline - now, 0.0)))

    def release(self) -> None:
        """Let the next one build; does nothing where the right is not held."""
        if self._connection is not None:
            # Ends the session itself, not just its loan from the pool: the lock is the session's.
            self._connection.invalidate()
            self._connection.close()
            self._connection = None

    def _who(self) -> str:
        assert self._connection is not None
        return builder(self._connection) or "another process, which has just let go"


def builder(connection: Connection) -> str:
    """Who builds in the database behind the connection; empty where nobody does."""
    row = connection.execute(_HOLDER, {"key": _ONE_BUILDS}).first()
    if row is None:
        return ""
    return f"{row.application_name or 'a process'} as {row.usename} since {row.backend_start:%Y-%m-%d %H:%M:%S}"
