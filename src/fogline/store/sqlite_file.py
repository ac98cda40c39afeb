"""What a SQLite file must be to be a ledger, and how one is opened."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

from fogline.errors import LedgerError, NotALedger
from fogline.store import migrating
from fogline.store.schema import APPLICATION_ID, LAYOUT

_KEPT_OPEN, _MORE = 8, 40
"""Connections that stay open, and how many more there may be: enough for every thread of a server."""
_BUSY_SECONDS = 10.0
_CACHE_KIBIBYTES = 64 * 1024
_JOURNAL_BYTES = 64 * 1024 * 1024

# FULL, not NORMAL: with NORMAL a power cut may take back the last transactions, and what a person judged cannot be
# computed again. A build commits a few times a second at most, so the sync each commit costs is not felt. Against a
# killed process both are safe.
_PRAGMAS = (
    "PRAGMA synchronous=FULL",
    f"PRAGMA cache_size=-{_CACHE_KIBIBYTES}",
    f"PRAGMA journal_size_limit={_JOURNAL_BYTES}",
)


def check_place(path: Path, must_exist: bool) -> None:
    """Raise a ``LedgerError`` for a path at which no ledger can be, or is where one must be."""
    if path.is_dir():
        raise LedgerError(f"{path} is a folder, not a ledger.", f"Give a file in it, such as {path / 'ledger.sqlite'}.")
    if not path.parent.is_dir():
        raise LedgerError(f"There is no folder {path.parent} for the ledger {path.name}.", "Make the folder first.")
    if not path.exists():
        if must_exist:
            raise LedgerError(f"There is no ledger {path}.", f"Make one: fogline build PATH... --ledger {path}")
        return
    if not path.is_file():
        raise NotALedger(f"{path} is not a file.", "Give the file that `fogline build` wrote.")


def check_application(path: Path, read_only: bool) -> None:
    """Raise ``NotALedger`` for a file that is none of SQLite's, or that another application made; an empty one may become a ledger.

    SQLite itself is asked. A process that opens and closes the file in another way loses all locks that it has on it (POSIX),
    and whoever closes the ledger elsewhere may then take the write-ahead log away from under its readers.
    """
    if not path.exists():
        return
    with closing(sqlite3.connect(address(path, "ro" if read_only else "rw"), uri=True, timeout=_BUSY_SECONDS)) as plain:
        (application,) = plain.execute("PRAGMA application_id").fetchone()
        (tables,) = plain.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != APPLICATION_ID and (application or tables or read_only):
        raise NotALedger(
            f"{path} is a SQLite file, but not a ledger of fogline.",
            "Give the file that `fogline build` wrote, or another name for a new ledger.",
        )


def address(path: Path, mode: str) -> str:
    """The URI by which SQLite opens the file: ``ro`` reads, ``rw`` writes, ``rwc`` also makes it."""
    uri = f"{path.as_uri()}?mode={mode}"
    # A ledger on a read-only disk, all of it in its one file, can be read without the side files SQLite would make.
    if mode == "ro" and not os.access(path.parent, os.W_OK) and not _pending(path):
        uri += "&immutable=1"
    return uri


def engine(path: Path, mode: str, foreign_keys: bool = True) -> Engine:
    """An engine whose transactions are SQLite's own: what reads sees one state, what writes is alone from its begin."""
    # Whoever closes a ledger last takes the side files away, and SQLite lets only a connection that may write do so.
    looks = _looks(path, mode)
    made = create_engine(
        "sqlite+pysqlite://",
        creator=lambda: connect(path, mode),
        poolclass=QueuePool,
        pool_size=_KEPT_OPEN,
        max_overflow=_MORE,
    )

    @event.listens_for(made, "connect")
    def set_up(plain: Any, _: Any) -> None:
        for pragma in (*_PRAGMAS, f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}"):
            plain.execute(pragma)
        if looks:
            plain.execute("PRAGMA query_only=ON")

    @event.listens_for(made, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("fogline_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return made


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """A connection that begins no transaction by itself; threads may hand it to one another."""
    uri = address(path, "rw" if _looks(path, mode) else mode)
    return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=_BUSY_SECONDS)


def _looks(path: Path, mode: str) -> bool:
    """Whether it is only read, in a place that could be written to."""
    return mode == "ro" and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def bring_up_to_date(path: Path) -> None:
    """Make the ledger where there is none, and give an older one the newest layout, in one transaction.

    The caller holds the writer's lock. Raises ``NewerLedger`` for a layout that this version does not know.
    """
    # While tables are rebuilt nothing may follow a foreign key; it can only be switched off before a transaction.
    made = engine(path, "rwc", foreign_keys=False)
    try:
        with made.connect() as plain:
            # Stays with the file. Readers see the last commit whole while a writer works, and a commit is one append.
            plain.connection.cursor().execute("PRAGMA journal_mode=WAL")
            connection = plain.execution_options(fogline_writes=True)
            with connection.begin():
                found = migrating.layout(connection)
                migrating.refuse_newer(connection, found, path)
                if found != LAYOUT:
                    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
                    migrating.migrate(connection)
                    _check_keys(connection, path)
    finally:
        made.dispose()


def _check_keys(connection: Connection, path: Path) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise LedgerError(
            f"{path}: a row of {broken[0]} points to a row of {broken[2]} that is not there.",
            "The file was changed from outside; restore a backup, or build the ledger again.",
        )


def _pending(path: Path) -> bool:
    wal = path.with_name(path.name + "-wal")
    return wal.exists() and wal.stat().st_size > 0
