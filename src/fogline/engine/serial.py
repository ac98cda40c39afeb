"""One shard after another, in this process."""

from __future__ import annotations

import math
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from fogline.model import Lost

Question = TypeVar("Question")
Result = TypeVar("Result")

AGAIN = 1.0
"""Seconds after which a shard that took too long is interrupted once more, if something has swallowed the first time."""


class SerialEngine:
    """Runs shards one after another: for few documents, for debugging, and as the yardstick for the others.

    A shard that takes too long is interrupted where this process can be: by the alarm of its main thread. Code that never
    comes back to Python is beyond it; a worker of its own, in the other engines, is ended whatever it does.
    """

    def __init__(self, workers: int = 1, address: str = "") -> None:
        """There is one worker, this process, and it has no address."""

    def map(
        self,
        function: Callable[[Question], Result],
        shards: Iterable[Question],
        limit: Callable[[Question], float] | None = None,
    ) -> Iterator[Result | Lost[Question]]:
        """The results in the order of the shards; what hangs is not tried again, as it would hang again."""
        for shard in shards:
            seconds = limit(shard) if limit else math.inf
            try:
                with _interrupted_after(seconds):
                    result = function(shard)
            except _Late:
                yield Lost(shard=shard, deaths=1, waited=seconds)
            else:
                yield result


class _Late(BaseException):
    """Time is over. No ``except Exception`` in what is running takes it for an error of its own."""


@contextmanager
def _interrupted_after(seconds: float) -> Iterator[None]:
    """Raise ``_Late`` in the body once the time is over, where this thread of this system can be told so."""
    if (
        math.isinf(seconds)
        or not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
        yield
        return
    before = signal.signal(signal.SIGALRM, _late)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    finally:  # the alarm may have rung in the line above, before it was off
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _late(number: int, frame: Any) -> None:
    raise _Late
