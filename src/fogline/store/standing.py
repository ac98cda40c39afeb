"""How a ledger stands, seen without waiting, locking or bringing it to a newer layout: what ``fogline doctor`` asks."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, exc, func, select, text

from fogline.store import migrating, postgres_lock, postgres_server, schema, sqlite_file
from fogline.store.locking import holder
from fogline.store.translating import foreign_errors

_LOCKED, _LOCK_WAIT = "55P03", "500ms"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What was seen. ``size`` and ``free`` are bytes; ``free`` is ``None`` where it cannot be seen from here.

    ``layout`` is the layout of the tables, ``newest`` the one that this version writes; ``counts`` is empty for another layout.
    ``writer`` is who writes to it now, or nobody.
    """

    place: str
    store: str
    layout: str
    newest: str
    pending: int
    size: int
    free: int | None
    writer: str
    counts: tuple[tuple[str, int], ...]


def standing(location: str) -> Standing:
    """How the ledger at an address stands. Raises ``LedgerError`` for one that cannot be opened or is of a newer fogline."""
    return _of_server(location) if "://" in location else _of_file(Path(location).absolute().resolve())


def _of_file(path: Path) -> Standing:
    sqlite_file.check_place(path, must_exist=True)
    with foreign_errors(path):
        sqlite_file.check_application(path, read_only=True)
        engine = sqlite_file.engine(path, "ro")
        try:
            with engine.connect() as connection, connection.begin():
                layout, pending = _layout(connection, str(path))
                counts = _counts(connection) if not pending else ()
        finally:
            engine.dispose()
    beside = (path, path.with_name(f"{path.name}-wal"))
    return Standing(
        place=str(path),
        store=f"SQLite {sqlite3.sqlite_version}",
        layout=layout,
        newest=schema.LAYOUT,
        pending=pending,
        size=sum(each.stat().st_size for each in beside if each.exists()),
        free=shutil.disk_usage(path.parent).free,
        writer=str(holder(path.with_name(f"{path.name}.writer")) or ""),
        counts=counts,
    )


def _of_server(location: str) -> Standing:
    url = postgres_server.address(location)
    place = postgres_server.shown(url)
    engine = postgres_server.engine(url)
    try:
        with foreign_errors(place), engine.connect() as connection, connection.begin():
            postgres_server.check(connection, place, must_exist=True)
            layout, pending = _layout(connection, place)
            counts = _counts_at_once(connection) if not pending else ()
            return Standing(
                place=place,
                store=f"PostgreSQL {_told(connection, 'SHOW server_version')}, PostGIS {_postgis(connection)}",
                layout=layout,
                newest=schema.LAYOUT,
                pending=pending,
                size=int(_told(connection, "SELECT pg_database_size(current_database())")),
                free=None,
                writer=postgres_lock.builder(connection),
                counts=counts,
            )
    finally:
        engine.dispose()


def _layout(connection: Connection, place: str) -> tuple[str, int]:
    found = migrating.layout(connection)
    migrating.refuse_newer(connection, found, place)
    known = migrating.known_layouts()
    return found, len(known) - 1 - known.index(found) if found in known else len(known)


def _counts(connection: Connection) -> tuple[tuple[str, int], ...]:
    asked = (schema.documents, schema.claims, schema.runs, schema.judgements)
    counted = [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in asked]
    return tuple((table.name, int(many)) for table, many in zip(asked, counted, strict=True))


def _counts_at_once(connection: Connection) -> tuple[tuple[str, int], ...]:
    """The counts, or none where a copy is filling the tables: nobody may look at them then."""
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_LOCK_WAIT}'")
    try:
        with connection.begin_nested():
            return _counts(connection)
    except exc.OperationalError as error:
        if getattr(error.orig, "sqlstate", "") != _LOCKED:
            raise
        return ()


def _postgis(connection: Connection) -> str:
    found = connection.execute(text("SELECT extversion FROM pg_extension WHERE extname = 'postgis'")).scalar()
    return str(found or "not switched on")


def _told(connection: Connection, question: str) -> str:
    return str(connection.execute(text(question)).scalar_one())
