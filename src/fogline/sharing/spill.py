"""What does not lie in memory while a ledger is concluded in bulk: piles of values, and rows that have to be put in order."""

from __future__ import annotations

import os
import sqlite3
from bisect import bisect_right
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from struct import Struct
from tempfile import TemporaryDirectory
from typing import Any, Generic, TypeVar, overload

from fogline.sharing.packing import packed, unpacked
from fogline.spilling import spilled

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
        with spilled(folder.parent):
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
            with spilled(self._folder.parent), (self._folder / str(pile)).open("ab") as file:
                file.write(_LENGTH.pack(len(raw)) + raw)
        self._held.clear()
        self._count = 0

    def chunks(self, pile: int) -> Iterator[bytes]:
        """What was laid on a pile, in order, as ``unpacked`` takes it."""
        path = self._folder / str(pile)
        if not path.exists():
            return
        with spilled(self._folder.parent), path.open("rb") as file:
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
        with spilled(self._path.parent), self._path.open("ab") as file:
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
        with spilled(self._path.parent), self._path.open("rb") as file:
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


class Rows:
    """A database of rows that this run alone writes, reads in order, and throws away.

    Raises ``SpillError`` where its file cannot be written or read.
    """

    def __init__(self, path: Path, tables: str) -> None:
        """``tables`` are the statements that make them."""
        self._folder = path.parent
        with spilled(self._folder, sqlite3.Error):
            self._connection = sqlite3.connect(path, isolation_level=None)
            for pragma in ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE", f"cache_size=-{_CACHE_KB}"):
                self._connection.execute(f"PRAGMA {pragma}")
            self._connection.executescript(tables)
            self._connection.execute("BEGIN")  # one transaction for all: else each row would be one

    def do(self, statement: str) -> None:
        """Carry out a statement that gives nothing back."""
        with spilled(self._folder, sqlite3.Error):
            self._connection.execute(statement)

    def put(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Carry out a statement for each of some rows."""
        with spilled(self._folder, sqlite3.Error):
            self._connection.executemany(statement, rows)

    def ask(self, question: str, given: Sequence[Any] = ()) -> Iterator[Any]:
        """The rows that a question gives, each read as it is asked for."""
        with spilled(self._folder, sqlite3.Error):
            for row in self._connection.execute(question, given):  # noqa: UP028 - "yield from" would close what is closed
                yield row

    def count(self, table: str) -> int:
        """How many rows a table has."""
        ((found,),) = self.ask(f"SELECT count(*) FROM {table}")
        return int(found)

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()


@contextmanager
def aside() -> Iterator[Path]:
    """A folder for temporary files, which goes with what is in it."""
    with spilled(Path(os.environ.get("TMPDIR", "TMPDIR"))):
        made = TemporaryDirectory(prefix="fogline-", ignore_cleanup_errors=True)
    with made as found:
        yield Path(found)
