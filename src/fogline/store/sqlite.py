"""The ledger in one SQLite file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Date, Select, Table, column, false, insert, literal_column, select, table
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from fogline.ports import Progress
from fogline.store import migrating, rows, schema, sqlite_file
from fogline.store.database import Box, DatabaseLedger
from fogline.store.grounds import chunks
from fogline.store.locking import Waiting, WriterLock
from fogline.store.relational import Since
from fogline.store.selecting import IN_ORDER, claims_where
from fogline.store.translating import file_errors, foreign_errors
from fogline.store.watching import Watched
from fogline.store.words import asked as words_asked

_CLAIMS_FTS = table("claims_fts", column("rowid"), column("rank"))
_BOX = table("points_box", column("number"), column("south"), column("north"), column("west"), column("east"))

_ROWS_AT_ONCE = 2_000
_INDEX = (
    "INSERT INTO documents_fts(rowid, title, text) SELECT number, title, text FROM documents WHERE number >= ?",
    "INSERT INTO claims_fts(rowid, quote) SELECT number, quote FROM claims WHERE number >= ?",
    "INSERT INTO points_box SELECT number, lat, lat, lon, lon FROM points WHERE number >= ?",
)


class SqliteLedger(DatabaseLedger):
    """A ledger in the SQLite file ``path``, made where there is none, brought to the newest layout where it is older.

    One process writes at a time: a second one waits ``wait_seconds``, telling ``waiting`` whom it waits for, and then
    raises ``LedgerBusy``. With ``read_only`` nothing is locked and nobody waited for. Raises ``NotALedger``,
    ``NewerLedger`` or another ``LedgerError`` for a file that cannot be used.
    """

    def __init__(
        self, path: Path | str, wait_seconds: float = 30.0, read_only: bool = False, waiting: Waiting | None = None
    ) -> None:
        self.path = Path(path).absolute()
        super().__init__(self.path, read_only)
        self._watched: Watched[str] | None = None
        with foreign_errors(self.path), file_errors(self.path):
            # Links are followed, so that one ledger has one lock under whatever name.
            self.place = self.path = self.path.resolve()
            try:
                self._open(wait_seconds, waiting)
            except BaseException:
                self.close()
                raise

    def revision(self) -> str:
        """See ``ports.PagesClaims``; a server asks with every question, and the ledger changes seldom."""
        if self._in_a_moment():
            return super().revision()
        with foreign_errors(self.path):
            if self._watched is None and self._opened():
                self._watched = Watched(lambda: sqlite_file.connect(self.path, "ro"), super().revision)
            assert self._watched is not None
            return self._watched.now()

    def rest(self) -> None:
        """See ``ports.HoldsColumns``."""
        super().rest()
        watched, self._watched = self._watched, None
        if watched is not None:
            watched.close()

    def close(self) -> None:
        """See ``DatabaseLedger``."""
        self.rest()
        super().close()

    def _ranked(self, connection: Connection, words: str) -> Iterable[Any]:
        question = words_asked(words)
        if not question:
            return ()
        found = (
            claims_where(literal_column("claims_fts").op("MATCH")(question))
            .join(_CLAIMS_FTS, _CLAIMS_FTS.c.rowid == schema.claims.c.number)
            .order_by(_CLAIMS_FTS.c.rank, *IN_ORDER)
        )
        return connection.execute(found)

    def _matching(self, words: str) -> Select[Any]:
        question = words_asked(words)
        numbers = select(_CLAIMS_FTS.c.rowid)
        return numbers.where(literal_column("claims_fts").op("MATCH")(question) if question else false())

    def _near(self, box: Box) -> Select[tuple[int]]:
        up = (_BOX.c.north >= box.south, _BOX.c.south <= box.north)
        return select(_BOX.c.number).where(*up, _BOX.c.east >= box.west, _BOX.c.west <= box.east)

    def _open(self, wait_seconds: float, waiting: Waiting | None) -> None:
        sqlite_file.check_place(self.path, must_exist=self._read_only)
        sqlite_file.check_application(self.path, self._read_only)
        if self._read_only:
            self._open_to_read(wait_seconds, waiting)
            return
        lock = WriterLock(self.path)
        lock.acquire(wait_seconds, waiting)
        self._lock = lock
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
    def _seeing(self) -> Iterator[Connection]:
        with foreign_errors(self.path), self._opened().connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self._read_only:
            raise self._for_reading_only()
        with foreign_errors(self.path), self._opened().connect() as plain:
            connection = plain.execution_options(fogline_writes=True)
            with connection.begin():
                yield connection

    def _insert_new(self, connection: Connection, table: Table, some: Sequence[rows.Row]) -> None:
        connection.execute(insert_sqlite(table).on_conflict_do_nothing(), some)

    def _index(self, connection: Connection, since: Since) -> None:
        for statement, first in zip(_INDEX, since, strict=True):
            connection.exec_driver_sql(statement, (first,))

    @contextmanager
    def _unindexed(self, connection: Connection, progress: Progress) -> Iterator[None]:
        made = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        ).all()
        for index in made:
            connection.exec_driver_sql(f'DROP INDEX "{index.name}"')
        yield
        for done, index in enumerate(made, 1):
            connection.exec_driver_sql(index.sql)
            progress("indexing", done, len(made))

    def _load(self, connection: Connection, table: Table, every: Iterable[Sequence[Any]]) -> None:
        statement = str(insert(table).compile(connection))
        days = [n for n, each in enumerate(table.columns) if isinstance(each.type, Date)]
        for some in chunks(every, _ROWS_AT_ONCE):
            connection.exec_driver_sql(statement, [_plain(row, days) for row in some])


def _plain(row: Sequence[Any], days: Sequence[int]) -> tuple[Any, ...]:
    """The values as they stand in the file: a day in its ISO form."""
    values = list(row)
    for n in days:
        values[n] = values[n] and values[n].isoformat()
    return tuple(values)
