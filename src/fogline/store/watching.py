"""Whether a SQLite file was written since one last looked: SQLite itself counts, and tells in microseconds."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Watched(Generic[T]):
    """What was found in a file, found anew only after somebody wrote to it.

    ``connect`` opens a connection that is used for nothing else: ``PRAGMA data_version`` tells of what others wrote.
    """

    def __init__(self, connect: Callable[[], sqlite3.Connection], find: Callable[[], T]) -> None:
        self._find = find
        self._lock = Lock()
        self._connection = connect()
        self._seen: tuple[int, T] | None = None

    def now(self) -> T:
        """It, as it stands now."""
        with self._lock:
            (version,) = self._connection.execute("PRAGMA data_version").fetchone()
            if self._seen is None or self._seen[0] != version:
                # Found after the version was told: what is written in between makes it be found once more.
                self._seen = (version, self._find())
            return self._seen[1]

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
