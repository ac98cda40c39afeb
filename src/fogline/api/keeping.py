"""Answers that were given lately, to be given again: as bytes, by what they answer and the ledger's revision."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

MOST, LARGEST = 64_000_000, 1_000_000
"""Bytes that are kept in all, and of one answer."""
_BESIDE = 1_000
"""Bytes that an answer takes beside its body: its tag, headers and place in the order; some 600 were measured."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was found; ``path`` is the address as declared."""

    headers: tuple[tuple[bytes, bytes], ...]
    path: str
    body: bytes


class Kept:
    """The answers, those given last to the end; used by one thread.

    A tag holds the revision and the whole address with its ``known_by``; who may ask was looked at before. What is of one
    person is never put here.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._size = 0
        self._by_tag: OrderedDict[tuple[str, str], Given] = OrderedDict()

    def find(self, tag: str, host: str) -> Given | None:
        """The answer of that tag; links in it are as absolute as the question, so that the host counts too."""
        found = self._by_tag.get((tag, host))
        if found is not None:
            self._by_tag.move_to_end((tag, host))
        return found

    def keep(self, tag: str, host: str, given: Given) -> None:
        """Keep an answer, unless it is large, and let go of those unasked for longest."""
        if _weight(given) > min(LARGEST, self._most) or (tag, host) in self._by_tag:
            return
        self._by_tag[tag, host] = given
        self._size += _weight(given)
        while self._size > self._most:
            _, gone = self._by_tag.popitem(last=False)
            self._size -= _weight(gone)


def _weight(given: Given) -> int:
    return len(given.body) + _BESIDE
