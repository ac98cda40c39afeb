"""One shard after another, in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Question = TypeVar("Question")
Result = TypeVar("Result")


class SerialEngine:
    """Runs shards one after another: for few documents, for debugging, and as the yardstick for the others."""

    def __init__(self, workers: int = 1, address: str = "") -> None:
        """There is one worker, this process, and it has no address."""

    def map(self, function: Callable[[Question], Result], shards: Iterable[Question]) -> Iterator[Result]:
        """The results in the order of the shards."""
        return map(function, shards)
