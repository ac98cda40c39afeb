"""The shingles of many texts, to be compared again once it is known which texts may be copies."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from fogline.spilling import spilled

IN_MEMORY = 64_000_000
"""Bytes that are kept in memory; from there on they lie in a temporary file."""


class Shingled:
    """The shingles of texts by the texts' numbers, each as a number of eight bytes that this process alone gives it.

    Two different shingles have the same number once in 10^19 times. Raises ``SpillError`` where a temporary file cannot be written
    or read.

    >>> with Shingled() as kept:
    ...     kept.add({"the river crossing", "river crossing fell"})
    ...     kept.add({"the river crossing"})
    ...     len(kept[0]), len(kept[0] & kept[1])
    (2, 1)
    """

    def __init__(self, in_memory: int = IN_MEMORY) -> None:
        self._folder = Path(tempfile.gettempdir())
        self._file = tempfile.SpooledTemporaryFile(max_size=in_memory)  # noqa: SIM115 - it is this object's
        self._ends = array("q", [0])

    def add(self, found: Iterable[str]) -> None:
        """Keep the shingles of the next text."""
        raw = array("q", map(hash, found)).tobytes()
        with spilled(self._folder):
            self._file.seek(self._ends[-1])
            self._file.write(raw)
        self._ends.append(self._ends[-1] + len(raw))

    def __getitem__(self, number: int) -> frozenset[int]:
        start, end = self._ends[number], self._ends[number + 1]
        with spilled(self._folder):
            self._file.seek(start)
            return frozenset(memoryview(self._file.read(end - start)).cast("q"))

    def __enter__(self) -> Shingled:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()
