"""Shards over processes on this machine."""

from __future__ import annotations

import math
import multiprocessing
import os
import queue
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from fogline.engine.handing import Begun, Died, Done, Raised, Said, hand_out
from fogline.model import Lost

Question = TypeVar("Question")
Result = TypeVar("Result")


class PoolEngine:
    """Runs shards in ``workers`` processes; the function and the shards must be picklable.

    Processes are spawned, not forked, so that a loaded model or an open ledger is never shared by accident. Each has a
    pipe of its own, so that it is known at which shard one died or hangs; another then takes its place. A worker ends with
    the process that started it, however that one ends.
    """

    def __init__(self, workers: int = 0, address: str = "") -> None:
        """Use that many processes; 0 means one a core. There is no address: it is this machine."""
        self._workers = workers or os.cpu_count() or 1

    def map(
        self,
        function: Callable[[Question], Result],
        shards: Iterable[Question],
        limit: Callable[[Question], float] | None = None,
    ) -> Iterator[Result | Lost[Question]]:
        """The results in the order of the shards, which are taken only as workers become free."""
        crew = _Processes(self._workers, function)
        try:
            yield from hand_out(crew, shards, limit)
        finally:
            crew.end()


class _Processes:
    """A crew of spawned processes."""

    def __init__(self, size: int, function: Callable[[Any], Any]) -> None:
        self.size = size
        self._context = multiprocessing.get_context("spawn")
        self._function = function
        self._workers: list[tuple[BaseProcess, Connection] | None] = [None] * size

    def give(self, worker: int, shard: Any) -> None:
        """Start the worker where it is not running yet: a job of one shard starts one process."""
        running = self._workers[worker] or self._start(worker)
        try:
            running[1].send((shard,))
        except (BrokenPipeError, ConnectionResetError):
            return  # it is dead: ``told`` hears the end of its pipe, and the shard is handed out again

    def told(self, seconds: float) -> list[tuple[int, Said]]:
        pipes = [(worker, running[1]) for worker, running in enumerate(self._workers) if running]
        speaking = wait([pipe for _, pipe in pipes], None if math.isinf(seconds) else seconds)
        return [(worker, self._heard(worker, pipe)) for worker, pipe in pipes if pipe in speaking]

    def stop(self, worker: int) -> None:
        self._bury(worker)

    def _heard(self, worker: int, pipe: Connection) -> Said:
        try:
            said: Said = pipe.recv()
        except (EOFError, OSError):
            self._bury(worker)
            return Died()
        return said

    def end(self) -> None:
        for worker in range(self.size):
            self._bury(worker)

    def _start(self, worker: int) -> tuple[BaseProcess, Connection]:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs, self._function), daemon=True)
        process.start()
        theirs.close()  # else the end of the worker would not be the end of the pipe
        self._workers[worker] = process, ours
        return process, ours

    def _bury(self, worker: int) -> None:
        running = self._workers[worker]
        if running is None:
            return
        self._workers[worker] = None
        process, pipe = running
        pipe.close()
        process.kill()
        process.join()
        process.close()


def _work(pipe: Connection, function: Callable[[Any], Any]) -> None:
    """Answer shards until there are no more. They are read by a thread, so that neither end waits for the other to read."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who started us hears Ctrl-C and ends us
    shards: queue.SimpleQueue[tuple[Any]] = queue.SimpleQueue()
    pipe.send(Begun())
    threading.Thread(target=_read, args=(pipe, shards), daemon=True).start()
    while True:
        (shard,) = shards.get()
        pipe.send(_answer(function, shard))


def _answer(function: Callable[[Any], Any], shard: Any) -> Done | Raised:
    try:
        return Done(function(shard))
    except Exception as error:  # whatever it is, it is raised where the shard came from
        return Raised(error)


def _read(pipe: Connection, shards: queue.SimpleQueue[tuple[Any]]) -> None:
    while True:
        try:
            shards.put(pipe.recv())
        except (EOFError, OSError):
            os._exit(1)  # nobody is there to take what is being worked out
