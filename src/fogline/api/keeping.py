"""What was found lately, to be given again: of so many bytes, and for as long as the ledger stays as it is."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

MOST, LARGEST = 64_000_000, 1_000_000
"""Bytes of answers that are kept in all, and of one answer."""
BESIDE = 1_000
"""Bytes that a value takes beside its own, with its key and place in the order; some 600 were measured of an answer."""


class Bounded(Generic[K, V]):
    """Values by key, which holds the ledger's revision; those unasked for longest are let go of. Threads may share it."""

    def __init__(self, most: int, size: Callable[[V], int], largest: int | None = None) -> None:
        """``most`` bytes are kept in all and ``largest`` of one value, of the bytes that ``size`` tells and ``BESIDE``."""
        self._most, self._largest = most, most if largest is None else min(most, largest)
        self._of_value = size
        self._size = 0
        self._values: OrderedDict[K, V] = OrderedDict()
        self._lock = Lock()

    def find(self, key: K) -> V | None:
        """The value that is kept under the key."""
        with self._lock:
            found = self._values.get(key)
            if found is not None:
                self._values.move_to_end(key)
            return found

    def keep(self, key: K, value: V) -> None:
        """Keep a value, unless it is large."""
        with self._lock:
            if self._weight(value) > self._largest or key in self._values:
                return
            self._values[key] = value
            self._size += self._weight(value)
            while self._size > self._most:
                _, gone = self._values.popitem(last=False)
                self._size -= self._weight(gone)

    def _weight(self, value: V) -> int:
        return self._of_value(value) + BESIDE


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was found; ``path`` is the address as declared."""

    headers: tuple[tuple[bytes, bytes], ...]
    path: str
    body: bytes


class Kept:
    """The answers that were given.

    A tag holds the revision and the whole address with its ``known_by``; who may ask was looked at before. What is of one
    person is never put here.
    """

    def __init__(self, most: int = MOST) -> None:
        self._by_tag = Bounded[tuple[str, str], Given](most, lambda given: len(given.body), LARGEST)

    def find(self, tag: str, host: str) -> Given | None:
        """The answer of that tag; links in it are as absolute as the question, so that the host counts too."""
        return self._by_tag.find((tag, host))

    def keep(self, tag: str, host: str, given: Given) -> None:
        """Keep an answer, unless it is large."""
        self._by_tag.keep((tag, host), given)
