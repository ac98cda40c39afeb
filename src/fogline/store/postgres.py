"""The ledger in a PostgreSQL database with PostGIS: one database, one ledger, shared by a team."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Table,
    Text,
    cast,
    column,
    false,
    func,
    literal,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY, insert

from fogline.errors import LedgerError
from fogline.model import Claim
from fogline.store import migrating, postgres_server, rows, schema
from fogline.store.grounds import chunks
from fogline.store.locking import Waiting
from fogline.store.postgres_lock import BuilderLock
from fogline.store.relational import RelationalLedger, Since
from fogline.store.selecting import IN_ORDER, claims_where
from fogline.store.texts import Kept, kept
from fogline.store.translating import foreign_errors
from fogline.store.words import phrases, ranked_among, tokens

_WORDS = table("claims_words", column("number"), column("words"), column("size"))
_POINTS = table("points", column("number"), column("at"))
_ONE_WRITES = 0x464F474D
"""The advisory lock held for one writing transaction: two never number their rows at once."""

_LONGEST_WORD = 300
_LAST_PLACE = 16_383
"""What a ``tsvector`` can hold: a word of 2,046 bytes, and 14 bits of place in a text."""

_INDEXED_AT_ONCE = 5_000


class PostgresLedger(RelationalLedger):
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
        self._read_only = read_only
        self._lock: BuilderLock | None = None
        self._engine: Engine | None = postgres_server.engine(url)
        try:
            with foreign_errors(self._shown):
                self._open(location, wait_seconds, waiting)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> PostgresLedger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connections and the lock; may be called again."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    def search(self, words: str) -> tuple[Claim, ...]:
        """See ``ports.SearchesText``; best by BM25, and then in the order of ``claims``."""
        wanted = phrases(words)
        if not wanted:
            return ()
        found = (
            claims_where(_WORDS.c.words.op("@@")(_question(wanted)))
            .add_columns(schema.claims.c.quote)
            .join(_WORDS, _WORDS.c.number == schema.claims.c.number)
            .order_by(*IN_ORDER)
        )
        with self._reading() as connection:
            heard = connection.execute(found).all()
            every, mean = connection.execute(select(func.count(), func.avg(_WORDS.c.size)).select_from(_WORDS)).one()
            having = [
                connection.execute(
                    select(func.count()).where(_WORDS.c.words.op("@@")(_question([phrase])))
                ).scalar_one()
                for phrase in wanted
            ]
        order = ranked_among(wanted, [tokens(row.quote) for row in heard], having, every, float(mean or 1))
        return tuple(rows.to_claim(heard[n]) for n in order)

    def within(self, south: float, west: float, north: float, east: float) -> tuple[Claim, ...]:
        """See ``ports.SearchesMap``; a box whose ``west`` is east of its ``east`` goes across the 180th meridian."""
        lat, lon = schema.claim_places.c.lat, schema.claim_places.c.lon
        boxes = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
        if south > north:
            return ()
        # The index keeps boxes in single precision, rounded out: it proposes, the exact columns decide.
        near = or_(*(_POINTS.c.at.op("&&")(func.ST_MakeEnvelope(w, south, e, north, 4326)) for w, e in boxes))
        pointing = (
            select(schema.claim_places.c.claim)
            .join(_POINTS, _POINTS.c.number == schema.claim_places.c.point)
            .where(near, lat.between(south, north), or_(*(lon.between(w, e) for w, e in boxes)))
        )
        found = claims_where(schema.claims.c.number.in_(pointing)).order_by(*IN_ORDER)
        with self._reading() as connection:
            return tuple(rows.to_claim(row) for row in connection.execute(found))

    def _having(self, words: str) -> ColumnElement[bool] | None:
        return _having(words)

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
        self._lock = BuilderLock(engine, self._shown)
        self._lock.acquire(wait_seconds, waiting)
        with engine.begin() as connection:
            if migrating.layout(connection) != schema.LAYOUT:
                postgres_server.need_postgis(connection, self._shown)
                migrating.migrate(connection)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with foreign_errors(self._shown), self._opened().connect() as plain:
            connection = plain.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self._read_only:
            raise LedgerError(f"{self._shown} was opened for reading only.", "Open it for writing.")
        with foreign_errors(self._shown), self._opened().connect() as connection, connection.begin():
            # The builder's own lock goes with its connection; this one holds even where the server dropped that.
            connection.execute(select(func.pg_advisory_xact_lock(_ONE_WRITES)))
            yield connection

    def _insert(self, connection: Connection, table: Table, some: Sequence[rows.Row]) -> None:
        if not some:
            return
        names = [each.name for each in table.columns]
        texts = {each.name for each in table.columns if isinstance(each.type, Kept)}
        columns = ", ".join(f'"{name}"' for name in names)
        driver: Any = connection.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
            for row in some:
                copy.write_row(
                    [kept(row[name]) if name in texts and row[name] is not None else row[name] for name in names]
                )

    def _insert_new(self, connection: Connection, table: Table, some: Sequence[rows.Row]) -> None:
        connection.execute(insert(table).on_conflict_do_nothing(), some)

    def _index(self, connection: Connection, since: Since) -> None:
        added = select(schema.claims.c.number, schema.claims.c.quote).where(schema.claims.c.number >= since.claim)
        filling = text(
            "INSERT INTO claims_words (number, words, size) VALUES (:number, CAST(:words AS tsvector), :size)"
        )
        for some in chunks(connection.execute(added), _INDEXED_AT_ONCE):
            connection.execute(filling, [_indexed(row.number, row.quote) for row in some])

    def _opened(self) -> Engine:
        if self._engine is None:
            raise LedgerError(f"{self._shown} was closed.", "Open the ledger again.")
        return self._engine


def _indexed(number: int, quote: str) -> Mapping[str, Any]:
    split = tokens(quote)
    # No word holds a quotation mark or a backslash: nothing in it has a meaning to PostgreSQL.
    placed = " ".join(f"'{word[:_LONGEST_WORD]}':{min(n, _LAST_PLACE)}" for n, word in enumerate(split, 1))
    return {"number": number, "words": placed, "size": len(split)}


def _having(words: str) -> ColumnElement[bool] | None:
    """The claims whose quotation holds the words; ``None`` where no words are asked for."""
    if not words:
        return None
    wanted = phrases(words)
    if not wanted:
        return false()
    return schema.claims.c.number.in_(select(_WORDS.c.number).where(_WORDS.c.words.op("@@")(_question(wanted))))


def _question(wanted: Sequence[Sequence[str]]) -> Any:
    """All the phrases, each with its words side by side, in PostgreSQL's language."""
    told = " & ".join("(" + " <-> ".join(f"'{word[:_LONGEST_WORD]}'" for word in phrase) + ")" for phrase in wanted)
    return cast(literal(told, Text()), TSQUERY)
