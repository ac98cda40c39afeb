"""The ledger in a PostgreSQL database with PostGIS: one database, one ledger, shared by a team."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    Text,
    cast,
    column,
    false,
    func,
    literal,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY, insert

from fogline.ports import Progress
from fogline.store import migrating, postgres_server, revising, rows, schema
from fogline.store.database import Box, DatabaseLedger, tables
from fogline.store.locking import Waiting
from fogline.store.postgres_bulk import copy_in, unindexed
from fogline.store.postgres_lock import BuilderLock
from fogline.store.relational import Since
from fogline.store.selecting import IN_ORDER, claims_where
from fogline.store.texts import Kept, kept
from fogline.store.translating import foreign_errors
from fogline.store.words import phrases, ranked_among, tokens

_WORDS = table("claims_words", column("number"), column("words"), column("size"))
_POINTS = table("points", column("number"), column("at"))
_LOOKS = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_ONE_WRITES = 0x464F474D
"""The advisory lock held for one writing transaction: two never number their rows at once."""

_LONGEST_WORD = 300
_LAST_PLACE = 16_383
"""What a ``tsvector`` can hold: a word of 2,046 bytes, and 14 bits of place in a text."""

_INDEXED_AT_ONCE = 5_000
_AS_THEY_ARE = ("about", "alembic_version", "spatial_ref_sys")
"""Tables that no row of another points to: small, or not ours."""


class PostgresLedger(DatabaseLedger):
    """A ledger in the database at ``postgresql://[USER[:PASSWORD]@]HOST[:PORT]/DATABASE``; its tables are made there.

    One builder writes at a time: a second one waits ``wait_seconds``, telling ``waiting`` whom it waits for, and then
    raises ``LedgerBusy``. With ``read_only`` nobody is waited for. Raises ``NotALedger``, ``NewerLedger`` or another
    ``LedgerError`` for a database that cannot be used; no error shows the password.
    """

    def __init__(
        self, location: str, wait_seconds: float = 30.0, read_only: bool = False, waiting: Waiting | None = None
    ) -> None:
        url = postgres_server.address(location)
        self._shown = postgres_server.shown(url)
        super().__init__(self._shown, read_only)
        self._engine = postgres_server.engine(url)
        try:
            with foreign_errors(self._shown):
                self._open(location, wait_seconds, waiting)
        except BaseException:
            self.close()
            raise

    def revision(self) -> str:
        """See ``ports.PagesClaims``; asked with every question, in one word to the server."""
        if self._in_a_moment():
            return super().revision()
        with foreign_errors(self._shown):
            return postgres_server.asked(self._opened(), revising.revision)

    def _ranked(self, connection: Connection, words: str) -> Iterable[Any]:
        wanted = phrases(words)
        if not wanted:
            return ()
        found = (
            claims_where(_holding(wanted))
            .add_columns(schema.claims.c.quote)
            .join(_WORDS, _WORDS.c.number == schema.claims.c.number)
            .order_by(*IN_ORDER)
        )
        heard = connection.execute(found).all()
        every, mean = connection.execute(select(func.count(), func.avg(_WORDS.c.size)).select_from(_WORDS)).one()
        having = [connection.execute(select(func.count()).where(_holding([one]))).scalar_one() for one in wanted]
        order = ranked_among(wanted, [tokens(row.quote) for row in heard], having, every, float(mean or 1))
        return [heard[n] for n in order]

    def _matching(self, words: str) -> Select[Any]:
        wanted = phrases(words)
        return select(_WORDS.c.number).where(_holding(wanted) if wanted else false())

    def expected(self, connection: Connection, words: str) -> int | None:
        """See ``held.Finds``: the server's own guess, from how often each word stood in its last sample."""
        asked = self._matching(words).compile(connection, compile_kwargs={"literal_binds": True})
        (plan,) = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {asked}").scalar_one()
        return int(plan["Plan"]["Plan Rows"])

    def _near(self, box: Box) -> Select[tuple[int]]:
        south, west, north, east = box
        envelope = func.ST_MakeEnvelope(west, south, east, north, 4326)
        return select(_POINTS.c.number).where(_POINTS.c.at.op("&&")(envelope))

    def _open(self, location: str, wait_seconds: float, waiting: Waiting | None) -> None:
        engine = self._opened()
        with engine.begin() as connection:
            postgres_server.check(connection, self._shown, must_exist=self._read_only)
            found = migrating.layout(connection)
            migrating.refuse_newer(connection, found, self._shown)
        if self._read_only:
            if found != schema.LAYOUT:
                PostgresLedger(location, wait_seconds, waiting=waiting).close()
            return
        lock = BuilderLock(engine, self._shown)
        self._lock = lock
        lock.acquire(wait_seconds, waiting)
        with engine.begin() as connection:
            if migrating.layout(connection) != schema.LAYOUT:
                postgres_server.need_postgis(connection, self._shown)
                migrating.migrate(connection)

    @contextmanager
    def _seeing(self) -> Iterator[Connection]:
        with foreign_errors(self._shown), postgres_server.begun(self._opened(), _LOOKS) as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self._read_only:
            raise self._for_reading_only()
        with foreign_errors(self._shown), postgres_server.begun(self._opened()) as connection:
            # The builder's own lock goes with its connection; this one holds even where the server dropped that.
            connection.execute(select(func.pg_advisory_xact_lock(_ONE_WRITES)))
            yield connection

    def _insert(self, connection: Connection, table: Table, some: Sequence[rows.Row]) -> None:
        names = [each.name for each in table.columns]
        copy_in(connection, table.name, names, _kept(table, ([row[name] for name in names] for row in some)))

    @contextmanager
    def _unindexed(self, connection: Connection, progress: Progress) -> Iterator[None]:
        with unindexed(connection, _AS_THEY_ARE, progress):
            yield

    def _load(self, connection: Connection, table: Table, every: Iterable[Sequence[Any]]) -> None:
        # Emptied in this transaction, and nobody can have seen it since: what PostgreSQL asks of rows that come frozen.
        connection.exec_driver_sql(f'TRUNCATE "{table.name}"')
        copy_in(connection, table.name, [each.name for each in table.columns], _kept(table, every), frozen=True)

    def _insert_new(self, connection: Connection, table: Table, some: Sequence[rows.Row]) -> None:
        connection.execute(insert(table).on_conflict_do_nothing(), some)

    def _index(self, connection: Connection, since: Since) -> None:
        added = select(schema.claims.c.number, schema.claims.c.quote).where(schema.claims.c.number >= since.claim)
        with connection.execute(added.execution_options(yield_per=_INDEXED_AT_ONCE)) as found:
            for some in found.partitions():
                words = (_indexed(row.number, row.quote) for row in some)
                copy_in(connection, "claims_words", ("number", "words", "size"), words)

    def _filled(self, connection: Connection) -> None:
        # Until the server has counted the rows it may choose a slow way to them.
        connection.exec_driver_sql(f"ANALYZE {', '.join(each.name for each in tables())}, claims_words")


def _kept(table: Table, every: Iterable[Sequence[Any]]) -> Iterator[list[Any]]:
    """The rows with their texts as PostgreSQL can keep them."""
    texts = [n for n, each in enumerate(table.columns) if isinstance(each.type, Kept)]
    for row in every:
        values = list(row)
        for n in texts:
            if values[n] is not None:
                values[n] = kept(values[n])
        yield values


def _indexed(number: int, quote: str) -> tuple[int, str, int]:
    split = tokens(quote)
    # No word holds a quotation mark or a backslash: nothing in it has a meaning to PostgreSQL.
    placed = " ".join(f"'{word[:_LONGEST_WORD]}':{min(n, _LAST_PLACE)}" for n, word in enumerate(split, 1))
    return number, placed, len(split)


def _holding(wanted: Sequence[Sequence[str]]) -> ColumnElement[bool]:
    """That a text has all the phrases, each with its words side by side, in PostgreSQL's language."""
    told = " & ".join("(" + " <-> ".join(f"'{word[:_LONGEST_WORD]}'" for word in phrase) + ")" for phrase in wanted)
    return _WORDS.c.words.op("@@")(cast(literal(told, Text()), TSQUERY))
