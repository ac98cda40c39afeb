"""Shards over a pool of processes on this machine."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TypeVar

Question = TypeVar("Question")
Result = TypeVar("Result")

AHEAD = 2
"""Shards handed out per worker before the first result is taken: keeps workers busy and memory bounded."""


class PoolEngine:
    """Runs shards in ``workers`` processes; the function and the shards must be picklable.

    Processes are spawned, not forked, so that a loaded model or an open ledger is never shared by accident.
    """

    def __init__(self, workers: int) -> None:
        """Use that many processes, at least one."""
        self._workers = max(1, workers)

    def map(self, function: Callable[[Question], Result], shards: Iterable[Question]) -> Iterator[Result]:
        """The results in the order of the shards, which are taken only as workers become free."""
        context = multiprocessing.get_context("spawn")
        waiting: deque[Future[Result]] = deque()
        with ProcessPoolExecutor(max_workers=self._workers, mp_context=context) as pool:
            for shard in shards:
                waiting.append(pool.submit(function, shard))
                if len(waiting) >= AHEAD * self._workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
