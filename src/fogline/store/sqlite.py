"""The ledger in one SQLite file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from sqlalchemy import ColumnElement, Connection, Engine, Table, and_, column, false, literal_column, or_, select, table
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from fogline.errors import LedgerError
from fogline.model import Claim
from fogline.store import migrating, rows, schema, sqlite_file
from fogline.store.locking import Waiting, WriterLock
from fogline.store.relational import RelationalLedger, Since
from fogline.store.selecting import IN_ORDER, claims_where
from fogline.store.translating import file_errors, foreign_errors
from fogline.store.words import asked as words_asked

_CLAIMS_FTS = table("claims_fts", column("rowid"), column("rank"))
_BOX = table("points_box", column("number"), column("south"), column("north"), column("west"), column("east"))

_INDEX = (
    "INSERT INTO documents_fts(rowid, title, text) SELECT number, title, text FROM documents WHERE number >= ?",
    "INSERT INTO claims_fts(rowid, quote) SELECT number, quote FROM claims WHERE number >= ?",
    "INSERT INTO points_box SELECT number, lat, lat, lon, lon FROM points WHERE number >= ?",
)


class SqliteLedger(RelationalLedger):
    """A ledger in the SQLite file ``path``, made where there is none, brought to the newest layout where it is older.

    One process writes at a time: a second one waits ``wait_seconds``, telling ``waiting`` whom it waits for, and then
    raises ``LedgerBusy``. With ``read_only`` nothing is locked and nobody waited for. Raises ``NotALedger``,
    ``NewerLedger`` or another ``LedgerError`` for a file that cannot be used.
    """

    def __init__(
        self, path: Path | str, wait_seconds: float = 30.0, read_only: bool = False, waiting: Waiting | None = None
    ) -> None:
        self.path = Path(path).absolute()
        self._lock: WriterLock | None = None
        self._engine: Engine | None = None
        with foreign_errors(self.path), file_errors(self.path):
            # Links are followed, so that one ledger has one lock under whatever name.
            self.path = self.path.resolve()
            self._read_only = read_only
            try:
                self._open(wait_seconds, waiting)
            except BaseException:
                self.close()
                raise

    def __enter__(self) -> SqliteLedger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file and the lock; may be called again."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def search(self, words: str) -> tuple[Claim, ...]:
        """See ``ports.SearchesText``; best by BM25, and then in the order of ``claims``."""
        question = words_asked(words)
        if not question:
            return ()
        found = (
            claims_where(literal_column("claims_fts").op("MATCH")(question))
            .join(_CLAIMS_FTS, _CLAIMS_FTS.c.rowid == schema.claims.c.number)
            .order_by(_CLAIMS_FTS.c.rank, *IN_ORDER)
        )
        with self._reading() as connection:
            return tuple(rows.to_claim(row) for row in connection.execute(found))

    def within(self, south: float, west: float, north: float, east: float) -> tuple[Claim, ...]:
        """See ``ports.SearchesMap``; a box whose ``west`` is east of its ``east`` goes across the 180th meridian."""
        lat, lon = schema.claim_places.c.lat, schema.claim_places.c.lon
        # The R-tree keeps rounded-out single precision: it proposes, the exact columns decide.
        near = (_BOX.c.north >= south, _BOX.c.south <= north)
        if west <= east:
            between = and_(_BOX.c.east >= west, _BOX.c.west <= east, lon.between(west, east))
        else:
            between = or_(lon >= west, lon <= east)
        pointing = (
            select(schema.claim_places.c.claim)
            .join(_BOX, _BOX.c.number == schema.claim_places.c.point)
            .where(*near, lat.between(south, north), between)
        )
        found = claims_where(schema.claims.c.number.in_(pointing)).order_by(*IN_ORDER)
        with self._reading() as connection:
            return tuple(rows.to_claim(row) for row in connection.execute(found))

    def _having(self, words: str) -> ColumnElement[bool] | None:
        return _having(words)

    def _open(self, wait_seconds: float, waiting: Waiting | None) -> None:
        sqlite_file.check_place(self.path, must_exist=self._read_only)
        sqlite_file.check_application(self.path, self._read_only)
        if self._read_only:
            self._open_to_read(wait_seconds, waiting)
            return
        self._lock = WriterLock(self.path)
        self._lock.acquire(wait_seconds, waiting)
        sqlite_file.bring_up_to_date(self.path)
        self._engine = sqlite_file.engine(self.path, "rw")

    def _open_to_read(self, wait_seconds: float, waiting: Waiting | None) -> None:
        self._engine = sqlite_file.engine(self.path, "ro")
        with self._engine.connect() as connection, connection.begin():
            found = migrating.layout(connection)
            migrating.refuse_newer(connection, found, self.path)
        if found != schema.LAYOUT:
            self._engine.dispose()
            SqliteLedger(self.path, wait_seconds, waiting=waiting).close()
            self._engine = sqlite_file.engine(self.path, "ro")

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with foreign_errors(self.path), self._opened().connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self._read_only:
            raise LedgerError(f"{self.path} was opened for reading only.", "Open it for writing.")
        with foreign_errors(self.path), self._opened().connect() as plain:
            connection = plain.execution_options(fogline_writes=True)
            with connection.begin():
                yield connection

    def _insert_new(self, connection: Connection, table: Table, some: Sequence[rows.Row]) -> None:
        connection.execute(insert_sqlite(table).on_conflict_do_nothing(), some)

    def _index(self, connection: Connection, since: Since) -> None:
        for statement, first in zip(_INDEX, since, strict=True):
            connection.exec_driver_sql(statement, (first,))

    def _opened(self) -> Engine:
        if self._engine is None:
            raise LedgerError(f"{self.path} was closed.", "Open the ledger again.")
        return self._engine


def _having(words: str) -> ColumnElement[bool] | None:
    """The condition that a claim's quotation has all these words; ``None`` where none are asked for."""
    question = words_asked(words)
    if not question:
        return false() if words else None
    matching = select(_CLAIMS_FTS.c.rowid).where(literal_column("claims_fts").op("MATCH")(question))
    return schema.claims.c.number.in_(matching)
