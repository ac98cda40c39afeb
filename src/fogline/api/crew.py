"""The processes that answer for a server of a large ledger: each question goes to one that is free, as the answers come back.

A server's own process says who may ask, keeps the sessions, counts and remembers answers. What it takes to answer goes, as an
address, over a socket to a worker, a copy of the process that holds the ledger's columns (``forking``). Short questions never
wait behind long ones: these have a worker of their own.
"""

from __future__ import annotations

import asyncio
import socket
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

import orjson
from fastapi import Request

from fogline.api.frames import HEAD, SIZES, split
from fogline.api.problems import Unanswered

_TRIES = 2
"""Workers that a question is given to at most: the second where the first ended over it."""
_QUIET = 10.0
"""Seconds for which a ledger has to stay as it is until workers are made anew, which then share its columns again."""
SHORT, LONG = b"s", b"l"
_ALL_OF_IT = (
    "/v1/briefs", "/v1/collections/control/", "/v1/exports", "/v1/files", "/v1/forecasts", "/v1/hypotheses", "/v1/review",
    "/v1/scenarios", "/v1/tracks",
)  # fmt: skip
_KNOWN_FROM_COLUMNS = ("/v1/claims", "/v1/documents", "/v1/facets", "/v1/months", "/v1/search")


def lane(path: str, query: str) -> bytes:
    """Whether an address is answered from a part of a large ledger, or may have to read all of it.

    >>> lane("/v1/claims", "known_by=2024-01-01"), lane("/v1/matters", ""), lane("/v1/matters", "known_by=2024-01-01")
    (b's', b's', b'l')
    """
    past = "known_by=" in query and (not path.startswith(_KNOWN_FROM_COLUMNS) or path.endswith("/standing"))
    return LONG if past or path.startswith(_ALL_OF_IT) else SHORT


@dataclass(frozen=True, slots=True)
class Reply:
    """What a worker answered; ``route`` is the address as declared."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    route: str
    body: bytes


class _Gone(Exception):
    """The worker ended before it answered, or none will come."""


class _Line(asyncio.Protocol):
    """The connection to one worker, which answers one question at a time."""

    def __init__(self, kind: bytes, generation: int, lost: Callable[[_Line], None]) -> None:
        self.kind = kind
        self.generation = generation
        self.retired = False
        self._lost = lost
        self._parts = bytearray()
        self._waiting: asyncio.Future[bytes] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See ``asyncio.Protocol``."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """See ``asyncio.Protocol``."""
        self._parts += data
        if self._waiting is None or len(self._parts) < SIZES.size:
            return
        if len(self._parts) >= SIZES.size + sum(SIZES.unpack_from(self._parts)):
            whole, self._parts = bytes(self._parts), bytearray()
            if not self._waiting.done():
                self._waiting.set_result(whole)

    def connection_lost(self, exc: Exception | None) -> None:
        """See ``asyncio.Protocol``."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(_Gone())
        self._lost(self)

    def close(self) -> None:
        """End the worker, which reads until here."""
        if self._transport is not None:
            self._transport.close()

    async def ask(self, question: bytes) -> Reply:
        """The answer. Raises ``_Gone``."""
        assert self._transport is not None
        if self._transport.is_closing():
            raise _Gone
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(HEAD.pack(len(question)) + question)
        head, body = split(await self._waiting)
        status, route, headers = orjson.loads(head)
        raw = tuple((name.encode("latin-1"), value.encode("latin-1")) for name, value in headers)
        return Reply(status, raw, route, body)


@dataclass(slots=True)
class _Lane:
    """The workers for one kind of question, and who waits for one; ``manned`` once there was one, while others follow it."""

    manned: bool = False
    lines: set[_Line] = field(default_factory=set)
    free: list[_Line] = field(default_factory=list)
    waiting: deque[asyncio.Future[_Line]] = field(default_factory=deque)


class Crew:
    """The workers of one server, as they come over the control socket from the process that forks them."""

    def __init__(self, control: socket.socket) -> None:
        control.setblocking(False)
        self._control = control
        self._attached = False
        self._orphaned = False
        self._lanes = {SHORT: _Lane(), LONG: _Lane()}
        self._revision = ""
        self._renewing: asyncio.TimerHandle | None = None
        self._greeting: set[asyncio.Task[None]] = set()

    async def ask(self, request: Request, revision: str) -> Reply | None:
        """A worker's answer; ``None`` until workers are there, and once none will come any more.

        A question over which a worker ended is never left to who asks: it waits for another worker. Raises ``Unanswered``
        where that ends too, or does not come.
        """
        self._attach()
        self._notice(revision)
        path, query = request.scope["path"], request.scope["query_string"].decode("latin-1")
        own = self._lanes[lane(path, query)]
        host = request.headers.get("host", "")
        question = orjson.dumps([request.scope["scheme"], host, path, query])
        given = 0
        while own.manned and given < _TRIES:
            try:
                line = await self._free(own)
                given += 1
                # Whoever asked may turn away; the worker goes on, and is free only afterwards.
                asking = asyncio.ensure_future(self._asked(own, line, question))
                return await asyncio.shield(asking)
            except _Gone:
                continue
        if not given:
            return None
        raise Unanswered(
            "The process that worked on the answer ended.", "Ask again; if it happens again, ask for less."
        )

    def close(self) -> None:
        """Let all workers end."""
        for own in self._lanes.values():
            for line in list(own.lines):
                line.close()
        self._control.close()

    async def _asked(self, own: _Lane, line: _Line, question: bytes) -> Reply:
        try:
            return await line.ask(question)
        finally:
            self._done(own, line)

    async def _free(self, own: _Lane) -> _Line:
        if own.free:
            return own.free.pop()
        waiting: asyncio.Future[_Line] = asyncio.get_running_loop().create_future()
        own.waiting.append(waiting)
        try:
            return await waiting
        except asyncio.CancelledError:
            if waiting.done() and not waiting.cancelled() and waiting.exception() is None:
                self._done(own, waiting.result())
            raise

    def _done(self, own: _Lane, line: _Line) -> None:
        """Give the line to who waits longest."""
        if line.retired:
            own.lines.discard(line)
            line.close()
        if line not in own.lines:
            return
        while own.waiting:
            waiting = own.waiting.popleft()
            if not waiting.done():
                waiting.set_result(line)
                return
        own.free.append(line)

    def _attach(self) -> None:
        if not self._attached:
            self._attached = True
            asyncio.get_running_loop().add_reader(self._control.fileno(), self._arrived)

    def _arrived(self) -> None:
        """A new worker: its kind, its generation, and the socket to it."""
        try:
            told, handles, _, _ = socket.recv_fds(self._control, 5, 1)
        except BlockingIOError:
            return
        loop = asyncio.get_running_loop()
        if not told:  # the process that makes workers ended
            loop.remove_reader(self._control.fileno())
            self._orphaned = True
            for own in self._lanes.values():
                self._give_up(own)
            return
        kind, generation = told[:1], HEAD.unpack(told[1:])[0]
        task = loop.create_task(self._greet(socket.socket(fileno=handles[0]), kind, generation))
        self._greeting.add(task)
        task.add_done_callback(self._greeting.discard)

    async def _greet(self, to: socket.socket, kind: bytes, generation: int) -> None:
        own = self._lanes[kind]
        _, line = await asyncio.get_running_loop().create_connection(
            lambda: _Line(kind, generation, self._lost), sock=to
        )
        own.lines.add(line)
        own.manned = True
        older = [one for one in own.lines if one.generation < generation and not one.retired]
        for one in sorted(older, key=lambda one: one not in own.free)[:1]:
            one.retired = True
            if one in own.free:
                own.free.remove(one)
                self._done(own, one)
        self._done(own, line)

    def _lost(self, line: _Line) -> None:
        own = self._lanes[line.kind]
        own.lines.discard(line)
        own.free = [one for one in own.free if one is not line]
        self._give_up(own)

    def _give_up(self, own: _Lane) -> None:
        """Tell who waits that no worker will come, where none will."""
        if own.lines or not self._orphaned:
            return
        own.manned = False
        for waiting in own.waiting:
            if not waiting.done():
                waiting.set_exception(_Gone())
        own.waiting.clear()

    def _notice(self, revision: str) -> None:
        """Have workers made anew once a ledger that changed stays as it is: until then each keeps up by itself."""
        if self._revision and revision != self._revision:
            if self._renewing is not None:
                self._renewing.cancel()
            self._renewing = asyncio.get_running_loop().call_later(_QUIET, self._renew)
        self._revision = revision

    def _renew(self) -> None:
        self._renewing = None
        self._control.send(b"r")
