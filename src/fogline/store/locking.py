"""One writer at a time, and its name on the door.

The lock is the kernel's (``flock``, or what the system has), held on ``LEDGER.lock`` and gone with the process however
it ends. Who holds it stands in a file of its own, ``LEDGER.writer``, because a lock file may be opened, and emptied, by
whoever waits. A name left behind by a killed writer is not believed: its process is gone.
"""

from __future__ import annotations

import getpass
import json
import os
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from fogline.errors import LedgerBusy
from fogline.store.addresses import shown

_POLL_SECONDS = 0.05
_TELL_EVERY = 1.0

Waiting = Callable[[str], None]
"""Called about once a second with a sentence on who is waited for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Who holds a ledger for writing: process, its start where the system tells it, host, user, since when, command."""

    pid: int
    born: str
    host: str
    user: str
    since: str
    command: str

    def __str__(self) -> str:
        return f"process {self.pid} of {self.user} on {self.host} since {self.since} ({self.command})"


class WriterLock:
    """The right to write one ledger; ``acquire`` it, then ``release`` it."""

    def __init__(self, ledger: Path) -> None:
        """Of the ledger at that path; nothing is touched before ``acquire``."""
        self._ledger = ledger
        self._writer = ledger.with_name(ledger.name + ".writer")
        self._lock = FileLock(ledger.with_name(ledger.name + ".lock"), thread_local=False)

    def acquire(self, wait_seconds: float, waiting: Waiting | None = None) -> None:
        """Wait at most that long for the right to write, telling ``waiting`` who has it meanwhile.

        Raises ``LedgerBusy``, which names the holder, when the time is over; ``OSError`` where no lock can be made.
        """
        deadline = time.monotonic() + wait_seconds
        told = 0.0
        while not self._try():
            now = time.monotonic()
            if now >= deadline:
                raise LedgerBusy(
                    f"{self._ledger} is being written by {self._who()}; waited {wait_seconds:g} s.",
                    "Wait until it is done, or stop it; reading the ledger needs no waiting.",
                )
            if waiting is not None and now - told >= _TELL_EVERY:
                told = now
                waiting(f"waiting for {self._who()}")
            time.sleep(min(_POLL_SECONDS, max(deadline - now, 0.0)))
        self._sign()

    def release(self) -> None:
        """Let the next one write; does nothing where the right is not held."""
        if self._lock.is_locked:
            self._writer.unlink(missing_ok=True)
            self._lock.release()

    def _try(self) -> bool:
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        return True

    def _sign(self) -> None:
        try:
            # Written aside and moved into place, so that no one reads half a name.
            draft = self._writer.with_name(self._writer.name + ".new")
            draft.write_text(json.dumps(asdict(_myself())), "ascii")
            draft.replace(self._writer)
        except BaseException:
            self._lock.release()
            raise

    def _who(self) -> str:
        writer = holder(self._writer)
        return str(writer) if writer else "another process, which has not left its name"


def holder(signature: Path) -> Writer | None:
    """Who signed that file, or ``None`` where nobody did or where that process of this host is gone."""
    try:
        writer = Writer(**json.loads(signature.read_text("ascii")))
    except (OSError, ValueError, TypeError):
        return None
    if writer.host == socket.gethostname() and not _lives(writer):
        return None
    return writer


def _myself() -> Writer:
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # a container's user may have no name
        user = "unknown"
    return Writer(
        pid=os.getpid(),
        born=_born(os.getpid()),
        host=socket.gethostname(),
        user=user,
        since=datetime.now(UTC).isoformat(timespec="seconds"),
        command=" ".join([Path(sys.argv[0]).name, *map(shown, sys.argv[1:])])[:200],
    )


def _lives(writer: Writer) -> bool:
    if os.name != "posix":
        return True  # signal 0 would end the process on Windows
    try:
        os.kill(writer.pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # somebody else's, and alive
    return _born(writer.pid) == writer.born


def _born(pid: int) -> str:
    """When the process started, in the kernel's own ticks, so that a number used again is not taken for the same."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return ""
    return told.rpartition(")")[2].split()[19]
