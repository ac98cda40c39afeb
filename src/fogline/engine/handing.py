"""Handing shards to workers: results in order, what a worker died of or hangs at tried again, memory and time bounded."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from fogline.errors import NoAnswer
from fogline.model import Lost

AHEAD = 2
"""Shards given to a worker before its first result is taken: it never waits for the next one."""

WAITING = 4
"""Results a worker may have ready before their turn comes: a slow shard holds up the others no further."""

TRIES = 3
"""Deaths of a worker at one shard before the shard is given up: one may be chance, three in a row are not."""

WAITS = 2
"""Workers that may take too long for one shard before it is given up: one may have been held up by others on its machine."""


STARTING = 300.0
"""Seconds for a worker to come into being; its shards go to others then, as on a cluster that has lost a node and has no core free."""

ROUNDS = 2
"""Times in a row that not one worker has to come into being before there is nobody to wait for."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A worker is there, and at the first of its shards."""


@dataclass(frozen=True, slots=True)
class Done:
    """A worker came to the end of the first of its shards."""

    result: Any


@dataclass(frozen=True, slots=True)
class Raised:
    """The function raised at the first of a worker's shards."""

    error: BaseException


@dataclass(frozen=True, slots=True)
class Died:
    """A worker died; another stands in its place, with no shards."""


Said = Begun | Done | Raised | Died


class Crew(Protocol):
    """Workers, each with a queue of shards of its own; what it says comes in the order of that queue."""

    size: int

    def give(self, worker: int, shard: Any) -> None:
        """Put a shard at the end of a worker's queue."""

    def told(self, seconds: float) -> Sequence[tuple[int, Said]]:
        """What workers have to say, by worker; waits that long for something, and says nothing if nobody does."""

    def stop(self, worker: int) -> None:
        """End a worker that takes too long, as if it had died."""


@dataclass(slots=True)
class _Task:
    number: int
    shard: Any
    deaths: int = 0
    waits: int = 0


def hand_out(crew: Crew, shards: Iterable[Any], limit: Callable[[Any], float] | None) -> Iterator[Any]:
    """The results of all shards, in their order; ``Lost`` in the place of one at which workers died ``TRIES`` times, or took
    more than ``limit`` seconds ``WAITS`` times.

    Shards are taken only as workers become free. Raises what the function raised, and ``NoAnswer`` where not one worker comes
    into being, ``ROUNDS`` times in a row.
    """
    handing = _Handing(crew, shards, limit)
    while handing.filled():
        told = crew.told(handing.patience())
        for worker, said in told:
            handing.hear(worker, said)
        if not told:
            handing.stop_the_late()
        yield from handing.in_turn()


def _without_end(shard: Any) -> float:
    return math.inf


class _Handing:
    """What was handed to whom, what comes back to be tried again, and what waits for its turn."""

    def __init__(self, crew: Crew, shards: Iterable[Any], limit: Callable[[Any], float] | None) -> None:
        self._crew = crew
        self._limit = limit or _without_end
        self._fresh = enumerate(shards)
        self._again: deque[_Task] = deque()
        self._queues: list[deque[_Task]] = [deque() for _ in range(crew.size)]
        self._there = [False] * crew.size
        self._due = [math.inf] * crew.size
        self._absent: set[int] = set()
        self._alone = 0
        self._ready: dict[int, Any] = {}
        self._taken = self._turn = 0

    def filled(self) -> bool:
        """Bring the queues to ``AHEAD``, shortest first; whether anything is being worked on."""
        if len(self._absent) == self._crew.size:
            self._try_all_again()
        for depth in range(AHEAD):
            for worker, queue in enumerate(self._queues):
                if len(queue) == depth and worker not in self._absent and (task := self._next()) is not None:
                    queue.append(task)
                    self._crew.give(worker, task.shard)
                    if depth == 0:
                        self._watch(worker)
        return any(self._queues)

    def _try_all_again(self) -> None:
        self._alone += 1
        if self._alone == ROUNDS:
            minutes = ROUNDS * STARTING / 60
            raise NoAnswer(
                f"No worker has come into being in {minutes:.0f} minutes.",
                "See that a machine of the cluster is there and has a core free; what was read is kept: build again then.",
            )
        self._absent.clear()

    def _next(self) -> _Task | None:
        """A shard to be tried again, else a new one; none while too many results wait for their turn."""
        if self._again:
            return self._again.popleft()
        if self._taken - self._turn >= WAITING * self._crew.size:
            return None
        for number, shard in self._fresh:
            self._taken = number + 1
            return _Task(number, shard)
        return None

    def _watch(self, worker: int) -> None:
        """From now on a worker has its time to start, or for the first shard of its queue."""
        queue = self._queues[worker]
        seconds = math.inf
        if queue:
            seconds = self._limit(queue[0].shard) if self._there[worker] else STARTING
        self._due[worker] = time.monotonic() + seconds

    def patience(self) -> float:
        """Seconds until the first of the workers is late."""
        return max(0.0, min(self._due) - time.monotonic())

    def stop_the_late(self) -> None:
        """End the workers whose time is over: they have nothing to say."""
        now = time.monotonic()
        for worker, due in enumerate(self._due):
            if due <= now:
                self._crew.stop(worker)
                if self._there[worker]:
                    self._dead(worker, late=True)
                else:
                    self._absent.add(worker)
                    self._give_back(worker)

    def hear(self, worker: int, said: Said) -> None:
        """Take in what a worker says of the first shard in its queue."""
        queue = self._queues[worker]
        if isinstance(said, Raised):
            raise said.error
        if isinstance(said, Died):
            if queue:
                self._dead(worker)
            else:
                self._give_back(worker)
            return
        self._there[worker] = True
        self._alone = 0
        if isinstance(said, Done):
            self._ready[queue.popleft().number] = said.result
        self._watch(worker)

    def _dead(self, worker: int, *, late: bool = False) -> None:
        """The first shard is the one the worker died at or was late with; the others it had not begun."""
        task = self._queues[worker].popleft()
        self._give_back(worker)
        task.deaths += 1
        task.waits += late
        if task.deaths < TRIES and task.waits < WAITS:
            self._again.appendleft(task)
        else:
            waited = self._limit(task.shard) if late else 0.0
            self._ready[task.number] = Lost(shard=task.shard, deaths=task.deaths, waited=waited)

    def _give_back(self, worker: int) -> None:
        """There is no worker now; what it had not begun is handed out again."""
        self._again.extendleft(reversed(self._queues[worker]))
        self._queues[worker].clear()
        self._there[worker] = False
        self._due[worker] = math.inf

    def in_turn(self) -> Iterator[Any]:
        """The results whose turn it is."""
        while self._turn in self._ready:
            result = self._ready.pop(self._turn)
            self._turn += 1
            yield result
