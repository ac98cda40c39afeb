"""Handing shards to workers: results in order, what a worker died of tried again, memory bounded."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from fogline.model import Lost

AHEAD = 2
"""Shards given to a worker before its first result is taken: it never waits for the next one."""

WAITING = 4
"""Results a worker may have ready before their turn comes: a slow shard holds up the others no further."""

TRIES = 3
"""Deaths of a worker at one shard before the shard is given up: one may be chance, three in a row are not."""


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


class Crew(Protocol):
    """Workers, each with a queue of shards of its own; what it says comes in the order of that queue."""

    size: int

    def give(self, worker: int, shard: Any) -> None:
        """Put a shard at the end of a worker's queue."""

    def told(self) -> Iterable[tuple[int, Done | Raised | Died]]:
        """What workers have to say, by worker; waits until there is something."""


@dataclass(slots=True)
class _Task:
    number: int
    shard: Any
    deaths: int = 0


def hand_out(crew: Crew, shards: Iterable[Any]) -> Iterator[Any]:
    """The results of all shards, in their order; ``Lost`` in the place of one at which workers died ``TRIES`` times.

    Raises what the function raised. Shards are taken only as workers become free.
    """
    handing = _Handing(crew, shards)
    while handing.filled():
        for worker, said in crew.told():
            handing.hear(worker, said)
        yield from handing.in_turn()


class _Handing:
    """What was handed to whom, what comes back to be tried again, and what waits for its turn."""

    def __init__(self, crew: Crew, shards: Iterable[Any]) -> None:
        self._crew = crew
        self._fresh = enumerate(shards)
        self._again: deque[_Task] = deque()
        self._queues: list[deque[_Task]] = [deque() for _ in range(crew.size)]
        self._ready: dict[int, Any] = {}
        self._taken = self._turn = 0

    def filled(self) -> bool:
        """Bring the queues to ``AHEAD``, shortest first; whether anything is being worked on."""
        for depth in range(AHEAD):
            for worker, queue in enumerate(self._queues):
                if len(queue) == depth and (task := self._next()) is not None:
                    queue.append(task)
                    self._crew.give(worker, task.shard)
        return any(self._queues)

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

    def hear(self, worker: int, said: Done | Raised | Died) -> None:
        """Take in what a worker says of the first shard in its queue."""
        queue = self._queues[worker]
        if isinstance(said, Raised):
            raise said.error
        if isinstance(said, Done):
            self._ready[queue.popleft().number] = said.result
        elif queue:
            self._dead(queue)

    def _dead(self, queue: deque[_Task]) -> None:
        """The first shard is the one the worker died at; the others it had not begun."""
        died_at = queue.popleft()
        self._again.extendleft(reversed(queue))
        queue.clear()
        died_at.deaths += 1
        if died_at.deaths < TRIES:
            self._again.appendleft(died_at)
        else:
            self._ready[died_at.number] = Lost(shard=died_at.shard, deaths=died_at.deaths)

    def in_turn(self) -> Iterator[Any]:
        """The results whose turn it is."""
        while self._turn in self._ready:
            result = self._ready.pop(self._turn)
            self._turn += 1
            yield result
