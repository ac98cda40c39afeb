"""The process that holds a large ledger for a server, and the workers that are copies of it.

A copy shares the memory of what it was copied from until one of the two changes it (fork(2), copy on write), so that the
columns are read once and held once however many workers there are. The holder answers nothing itself and has one thread: a
process with several must not be copied.
"""

from __future__ import annotations

import asyncio
import gc
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable
from typing import Protocol

import orjson
from starlette.types import ASGIApp, Message

from fogline.api.crew import LONG, SHORT
from fogline.api.frames import HEAD, joined, question
from fogline.errors import LedgerError
from fogline.operating import logs

_LOOK = 1.0
"""Seconds after which the holder looks whether a worker ended."""
_CALM = 1.0
"""Seconds that are waited before a worker that ended is replaced: what kills it at once must not kill ten a second."""


class Holding(Protocol):
    """What is copied: a ledger in memory, with the application over it."""

    @property
    def app(self) -> ASGIApp:
        """The application."""

    def copied(self) -> None:
        """That the first workers are there."""

    def refresh(self) -> None:
        """Bring up to date what is held."""

    def rest(self) -> None:
        """Let go of all that two processes must not share."""


def can_fork() -> bool:
    """Whether this system copies processes."""
    return hasattr(os, "fork") and hasattr(socket, "send_fds")


def default_workers() -> int:
    """As many as there are cores for this process, at most eight; none where copying is unsafe or there is one core."""
    if sys.platform != "linux":
        return 0  # on macOS the system's own libraries do not bear it
    cores = len(os.sched_getaffinity(0))
    return min(cores, 8) if cores > 1 else 0


def start(hold: Callable[[], Holding], workers: int) -> socket.socket:
    """Start the holder: what ``hold`` makes in it is held. Gives the socket over which workers arrive.

    To be called while this process has one thread and no connection to the ledger.
    """
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid:
        theirs.close()
        return ours
    _end(lambda: _holder(hold, workers, ours, theirs))
    raise AssertionError


def _end(work: Callable[[], None]) -> None:
    """Do the work, and end the process without what its parent had put off until its own end."""
    code = 1
    try:
        for one in (signal.SIGINT, signal.SIGHUP):
            signal.signal(one, signal.SIG_IGN)  # a Ctrl-C is for the server, whose end is seen by its sockets
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        work()
        code = 0
    except BrokenPipeError:
        code = 0
    except BaseException as error:  # the process ends here: there is nobody to hand the error to
        logs.note("worker", level=40, error=error)
        sys.excepthook(type(error), error, error.__traceback__)
    finally:
        sys.stderr.flush()
        os._exit(code)


def _holder(hold: Callable[[], Holding], workers: int, ours: socket.socket, control: socket.socket) -> None:
    ours.close()
    held = hold()
    crew = _Copies(held, control, workers)
    crew.make()
    held.copied()
    behind = False
    while True:
        asked, _, _ = select.select([control], [], [], _LOOK)
        if asked:
            if not control.recv(64):
                return
            behind = True
        if behind:
            behind = not _renewed(held, crew)
        crew.replace()


def _renewed(held: Holding, crew: _Copies) -> bool:
    """Whether all workers could be made anew: while the ledger cannot be read those there are go on, and it is tried again."""
    try:
        held.refresh()
    except LedgerError as error:
        logs.note("worker", level=30, error=error)
        return False
    crew.make()
    return True


class _Copies:
    """The workers that were copied, by process."""

    def __init__(self, held: Holding, control: socket.socket, workers: int) -> None:
        self._held = held
        self._control = control
        self._kinds = [SHORT] * workers + [LONG]
        self._generation = 0
        self._alive: dict[int, tuple[bytes, int]] = {}

    def make(self) -> None:
        """All of them anew; those there were end when the server lets go of them."""
        self._held.rest()
        gc.unfreeze()  # what was let go of since is collected too
        gc.collect()
        gc.freeze()  # a collection that looked at what is shared would write to it, and it would be shared no longer
        self._generation += 1
        for kind in self._kinds:
            self._copy(kind)

    def replace(self) -> None:
        """Replace those of the last generation that ended by themselves."""
        while self._alive:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            kind, generation = self._alive.pop(pid, (SHORT, 0))
            if status and generation == self._generation:
                time.sleep(_CALM)
                self._copy(kind)

    def _copy(self, kind: bytes) -> None:
        server, worker = socket.socketpair()
        pid = os.fork()
        if not pid:
            server.close()
            self._control.close()
            _end(lambda: _work(worker, self._held.app))
        worker.close()
        self._alive[pid] = (kind, self._generation)
        socket.send_fds(self._control, [kind + HEAD.pack(self._generation)], [server.fileno()])
        server.close()


def _work(connection: socket.socket, app: ASGIApp) -> None:
    """Answer until nobody asks any more."""
    gc.set_threshold(50_000, 20, 100)
    loop = asyncio.new_event_loop()
    while (asked := question(connection)) is not None:
        head, body = loop.run_until_complete(_answer(app, *orjson.loads(asked)))
        connection.sendall(joined(head, body))


async def _answer(app: ASGIApp, scheme: str, host: str, path: str, query: str) -> tuple[bytes, bytes]:
    """What the application answers: its status, the address as declared and its headers, and its body."""
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": scheme,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode("latin-1"),
        "root_path": "",
        "headers": [(b"host", host.encode("latin-1"))] if host else [],
        "client": None,
        "server": None,
        "state": {},
    }
    begun: list[Message] = []
    body = bytearray()

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            begun.append(message)
        elif message["type"] == "http.response.body":
            body.extend(message.get("body", b""))

    try:
        await app(scope, receive, send)
    except Exception as error:  # whatever a question ran into: the worker goes on with the next
        # The application has answered that it failed, and says so once more to whoever runs it.
        logs.note("worker", level=40, error=error)
        sys.excepthook(type(error), error, error.__traceback__)
    status, headers = begun[0]["status"], begun[0]["headers"]
    route = getattr(scope.get("route"), "path", "other")
    told = [[name.decode("latin-1"), value.decode("latin-1")] for name, value in headers]
    return orjson.dumps([status, route, told]), bytes(body)
