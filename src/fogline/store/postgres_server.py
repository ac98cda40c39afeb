"""What a PostgreSQL database must be to be a ledger, and how one is reached."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TypeVar

from sqlalchemy import URL, Connection, Engine, RootTransaction, create_engine, inspect, make_url, select, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from fogline.errors import LedgerError, NotALedger
from fogline.store import schema

T = TypeVar("T")
_CONNECT_SECONDS = "10"
_KEPT_OPEN, _MORE = 8, 24
"""Connections that stay open, and how many more there may be: three processes fit into what PostgreSQL allows by itself."""
_OLDEST = 150_000
_THEIRS = frozenset({"spatial_ref_sys"})
"""Tables that PostGIS makes."""


def address(location: str) -> URL:
    """The address taken apart; raises ``LedgerError``, which does not repeat it, where it is none."""
    if find_spec("psycopg") is None:
        raise LedgerError(
            "A ledger in PostgreSQL needs the extra `postgres`, which is not installed.",
            "Install it: pip install 'fogline[postgres]'",
        )
    try:
        url = make_url(location)
    except (ArgumentError, ValueError):
        url = None
    if url is None or url.drivername not in ("postgresql", "postgresql+psycopg") or not url.database:
        raise LedgerError(
            "The ledger's address cannot be understood.",
            "Write it as postgresql://USER:PASSWORD@HOST:PORT/DATABASE; in a password write / as %2F, @ as %40, : as %3A.",
        ) from None
    return url.set(drivername="postgresql+psycopg")


def shown(url: URL) -> str:
    """The address as it may be shown: without the password, wherever it stood."""
    bare = url.difference_update_query(["password", "sslpassword", "passfile"])
    return bare.set(drivername="postgresql").render_as_string(hide_password=True)


def engine(url: URL) -> Engine:
    """An engine whose connections bear the name of the process that made it; transactions on them are begun by ``begun``."""
    name = f"fogline, process {os.getpid()} on {socket.gethostname()}"[:63]
    told = {"connect_timeout": _CONNECT_SECONDS, "application_name": name, **url.query}
    return create_engine(url.set(query=told), pool_size=_KEPT_OPEN, max_overflow=_MORE)


@contextmanager
def begun(engine: Engine, begin: str = "BEGIN") -> Iterator[Connection]:
    """A transaction, begun by the statement ``begin`` and committed at the end."""

    def open_it(connection: Connection) -> RootTransaction:
        transaction = connection.begin()
        connection.exec_driver_sql(begin)
        return transaction

    plain, transaction = _answered(engine, open_it)
    with plain, transaction:
        yield plain


def asked(engine: Engine, ask: Callable[[Connection], T]) -> T:
    """What one statement answers, which is a transaction of its own; it may be given twice."""
    plain, answer = _answered(engine, ask)
    plain.close()
    return answer


def _answered(engine: Engine, ask: Callable[[Connection], T]) -> tuple[Connection, T]:
    """A connection with its answer to a first statement, which also shows whether it still holds.

    A server that was started again leaves dead ones behind: then the next one is asked, until it is a new one that fails.
    """
    while True:
        # The driver begins nothing by itself then; what it commits and rolls back is what we began.
        plain = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        about = plain.connection.info
        known = about.get("answered", False)
        try:
            answer = ask(plain)
        except DBAPIError as error:
            plain.close()
            if not (known and error.connection_invalidated):
                raise
        except BaseException:
            plain.close()
            raise
        else:
            about["answered"] = True
            return plain, answer


def check(connection: Connection, place: str, must_exist: bool) -> None:
    """Raise a ``LedgerError`` for a server too old, a database of another program, or none where one must be."""
    found = int(connection.execute(text("SHOW server_version_num")).scalar_one())
    if found < _OLDEST:
        raise LedgerError(f"{place}: PostgreSQL {found // 10_000} is too old.", "Use PostgreSQL 15 or later.")
    tables = set(inspect(connection).get_table_names()) - _THEIRS
    if not tables and must_exist:
        raise NotALedger(f"There is no ledger in {place}.", f"Make one: fogline build PATH... --ledger {place}")
    if tables and not _ours(connection, tables):
        raise NotALedger(
            f"{place} holds tables of another program.", "Make a database for the ledger alone: createdb NAME"
        )


def need_postgis(connection: Connection, place: str) -> None:
    """Raise a ``LedgerError`` with the command to give where PostGIS is missing and cannot be switched on."""
    known = connection.execute(text("SELECT installed_version FROM pg_available_extensions WHERE name = 'postgis'"))
    row = known.first()
    if row is None:
        raise LedgerError(
            f"{place}: the server has no PostGIS.",
            "Install it there, on Debian: apt install postgresql-15-postgis-3 (with the server's own number).",
        )
    if row.installed_version is not None:
        return
    superuser = connection.execute(text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")).scalar()
    if not superuser:
        database = connection.engine.url.database
        raise LedgerError(
            f"{place}: PostGIS is installed but not switched on, and only the superuser may do it.",
            f"Ask for: psql --dbname {database} --command 'CREATE EXTENSION postgis'",
        )
    connection.execute(text("CREATE EXTENSION postgis"))


def _ours(connection: Connection, tables: set[str]) -> bool:
    if not {"about", "alembic_version"} <= tables:
        return False
    made = select(schema.about.c.value).where(schema.about.c.name == "fogline")
    return connection.execute(made).first() is not None
