"""A ledger in a database that is open: its engine and its lock, what is asked of it in SQL, and all of it at once."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Protocol, Self

from sqlalchemy import Connection, Engine, Select, Table, delete, or_, select

from fogline.errors import LedgerError
from fogline.model import Claim
from fogline.ports import Progress
from fogline.store import revising, rows, schema
from fogline.store.relational import RelationalLedger, Since
from fogline.store.selecting import IN_ORDER, claims_where
from fogline.store.translating import foreign_errors


class Lock(Protocol):
    """The right to write."""

    def release(self) -> None:
        """Let the next one write."""


class Box(NamedTuple):
    """A box of degrees that does not cross the 180th meridian, borders included."""

    south: float
    west: float
    north: float
    east: float


class DatabaseLedger(RelationalLedger):
    """``RelationalLedger`` with ``SearchesText`` and ``SearchesMap``.

    A database adds how it is opened and how it asks for words and for points in a box.
    """

    def __init__(self, place: Path | str, read_only: bool) -> None:
        self.place: Path | str = place
        """Where it is, as it may be shown: an address is without its password."""
        self._read_only = read_only
        self._lock: Lock | None = None
        self._engine: Engine | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def rest(self) -> None:
        """See ``ports.HoldsColumns``."""
        if self._engine is not None:
            self._engine.dispose()

    def close(self) -> None:
        """Let go of the database and the lock; may be called again."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    @abstractmethod
    def _ranked(self, connection: Connection, words: str) -> Iterable[Any]:
        """The rows of ``claims_where`` whose quotation holds all the words, best first by BM25."""

    @abstractmethod
    def _near(self, box: Box) -> Select[tuple[int]]:
        """The numbers of points in the box, and of some beside it: an index may keep points in single precision."""

    def search(self, words: str) -> tuple[Claim, ...]:
        """See ``ports.SearchesText``; best by BM25, and then in the order of ``claims``."""
        with self._reading() as connection:
            return tuple(rows.to_claim(row) for row in self._ranked(connection, words))

    def within(self, south: float, west: float, north: float, east: float) -> tuple[Claim, ...]:
        """See ``ports.SearchesMap``; a box whose ``west`` is east of its ``east`` goes across the 180th meridian."""
        if south > north:
            return ()
        sides = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
        place = schema.claim_places.c
        # The index proposes, the exact columns decide.
        inside = (
            place.point.in_(self._near(Box(south, w, north, e)))
            & place.lat.between(south, north)
            & place.lon.between(w, e)
            for w, e in sides
        )
        pointing = select(place.claim).where(or_(*inside))
        found = claims_where(schema.claims.c.number.in_(pointing)).order_by(*IN_ORDER)
        with self._reading() as connection:
            return tuple(rows.to_claim(row) for row in connection.execute(found))

    @abstractmethod
    def _seeing(self) -> AbstractContextManager[Connection]:
        """A new transaction that sees the ledger as it stood at its first look."""

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        now = _NOW.get()
        if now is not None and now.ledger is self:
            with foreign_errors(self.place):
                yield now.connection
        else:
            with self._seeing() as connection:
                yield _remembering(connection)

    @contextmanager
    def moment(self) -> Iterator[None]:
        """See ``ports.HoldsColumns``: one transaction, begun before anything is waited for that another moment may hold."""
        with self._seeing() as connection:
            token = _NOW.set(_Moment(self, _remembering(connection)))
            try:
                yield
            finally:
                _NOW.reset(token)

    def _in_a_moment(self) -> bool:
        now = _NOW.get()
        return now is not None and now.ledger is self

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """All of the ledger as it stands now, for reading table by table, whatever is written meanwhile."""
        with self._reading() as connection:
            yield connection

    def fill(self, rows_of: Callable[[Table], Iterable[Sequence[Any]]], progress: Progress) -> None:
        """Take over the rows of every table, each with its values in the order of the columns, all or nothing.

        Raises ``LedgerError`` where the ledger holds something already: two ledgers are never mixed.
        """
        with self._writing() as connection:
            held = next((t.name for t in tables() if connection.execute(select(t).limit(1)).first()), None)
            if held is not None:
                raise LedgerError(
                    f"{self.place} holds a ledger already: there are rows in {held}. Nothing was changed.",
                    "Give a new file or an empty database. To see whether both are the same: fogline verify FROM --against TO",
                )
            connection.execute(delete(schema.about))
            with self._unindexed(connection, progress):
                for table in (*tables(), schema.about):
                    self._load(connection, table, rows_of(table))
                progress("indexing words", 0, 0)
                self._index(connection, Since(0, 0, 0))
            self._filled(connection)

    @abstractmethod
    def _unindexed(self, connection: Connection, progress: Progress) -> AbstractContextManager[None]:
        """Within this, the empty tables are without what makes loading slow; afterwards it is there again, made in one go."""

    @abstractmethod
    def _load(self, connection: Connection, table: Table, every: Iterable[Sequence[Any]]) -> None:
        """Insert a table's rows in bulk, taking them as they come."""

    def _filled(self, connection: Connection) -> None:
        """What a database needs to know after so many rows at once."""

    def _for_reading_only(self) -> LedgerError:
        return LedgerError(f"{self.place} was opened for reading only.", "Open it for writing.")

    def _opened(self) -> Engine:
        if self._engine is None:
            raise LedgerError(f"{self.place} was closed.", "Open the ledger again.")
        return self._engine


class _Moment(NamedTuple):
    """The one transaction of a moment: of one thread, as the context is."""

    ledger: DatabaseLedger
    connection: Connection


_NOW: ContextVar[_Moment | None] = ContextVar("moment", default=None)


def _remembering(connection: Connection) -> Connection:
    return connection.execution_options(**{revising.REMEMBERED: []})


def tables() -> tuple[Table, ...]:
    """The tables that hold what a ledger says, those that are pointed to first."""
    return tuple(table for table in schema.metadata.sorted_tables if table is not schema.about)
