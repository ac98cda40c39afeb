"""What does not lie in memory while a ledger is concluded in bulk: piles of values, and rows that have to be put in order."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from struct import Struct
from typing import Generic, TypeVar, overload

from fogline.sharing.packing import packed, unpacked

T = TypeVar("T")

_HELD = 10_000
"""Values that all piles of a kind hold before they are written out."""
_KEPT = 4
"""Chunks of a run that are kept, once read."""
_LENGTH = Struct("<Q")
_CACHE_KB = 16_000


class Piles(Generic[T]):
    """Values by the number of their pile, each pile in a file of its own; what is written together shares what it has in common."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        self._held: dict[int, list[T]] = defaultdict(list)
        self._count = 0

    def put(self, pile: int, value: T) -> None:
        """Lay a value on a pile."""
        self._held[pile].append(value)
        self._count += 1
        if self._count >= _HELD:
            self.flush()

    def flush(self) -> None:
        """Write out what is held."""
        for pile, values in self._held.items():
            raw = packed(values)
            with (self._folder / str(pile)).open("ab") as file:
                file.write(_LENGTH.pack(len(raw)) + raw)
        self._held.clear()
        self._count = 0

    def chunks(self, pile: int) -> Iterator[bytes]:
        """What was laid on a pile, in order, as ``unpacked`` takes it."""
        path = self._folder / str(pile)
        if not path.exists():
            return
        with path.open("rb") as file:
            while size := file.read(_LENGTH.size):
                yield file.read(_LENGTH.unpack(size)[0])


class Run(Generic[T]):
    """Values in order, in one file, any of which can be asked for again by its number."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._firsts: list[int] = []
        self._places: list[tuple[int, int]] = []
        self._kept: OrderedDict[int, list[T]] = OrderedDict()
        self.size = 0

    def extend(self, values: list[T]) -> None:
        """Add some values; they are read again together."""
        if not values:
            return
        raw = packed(values)
        with self._path.open("ab") as file:
            self._places.append((file.tell(), len(raw)))
            file.write(raw)
        self._firsts.append(self.size)
        self.size += len(values)

    def __getitem__(self, number: int) -> T:
        at = bisect_right(self._firsts, number) - 1
        if at not in self._kept:
            self._kept[at] = self._read(at)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(at)
        return self._kept[at][number - self._firsts[at]]

    def __iter__(self) -> Iterator[T]:
        for at in range(len(self._places)):
            yield from self._read(at)

    def _read(self, at: int) -> list[T]:
        start, length = self._places[at]
        with self._path.open("rb") as file:
            file.seek(start)
            return list(unpacked([file.read(length)]))


class Made(Sequence[T]):
    """Values that are made anew each time they are gone through; only how many there are is in memory."""

    def __init__(self, size: int, make: Iterable[T]) -> None:
        """``make`` gives them in order, as often as it is asked."""
        self._size, self._make = size, make

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[T]:
        return iter(self._make)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        return tuple(self)[at]


def rows_at(path: Path) -> sqlite3.Connection:
    """A database for rows that this run alone writes, reads in order, and throws away."""
    found = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE", f"cache_size=-{_CACHE_KB}"):
        found.execute(f"PRAGMA {pragma}")
    return found
