"""Loading a whole ledger into PostgreSQL: rows by COPY, indexes and references afterwards, each made in one go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from fogline.ports import Progress

_MEMORY = "256MB"
"""What the server may take while it sorts for one index: its own default is a quarter of it, and would sort on the disk."""

_CONSTRAINTS = """SELECT conrelid::regclass::text AS held_by, quote_ident(conname) AS name, contype AS kind,
pg_get_constraintdef(oid) AS told FROM pg_constraint
WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'f') AND NOT (conrelid::regclass::text = ANY(%s))
ORDER BY conname"""
_INDEXES = """SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS told
FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
WHERE t.relnamespace = 'public'::regnamespace AND NOT (i.indrelid::regclass::text = ANY(%s))
AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid) ORDER BY 1"""


@contextmanager
def unindexed(connection: Connection, others: Sequence[str], progress: Progress) -> Iterator[None]:
    """Within this, the tables but ``others`` have no index and no reference; nobody else may look at them meanwhile.

    All in the open transaction: where it breaks off, everything is as it was.
    """
    found = connection.exec_driver_sql(_CONSTRAINTS, (list(others),)).all()
    references = [one for one in found if one.kind == "f"]
    keys = [one for one in found if one.kind != "f"]
    indexes = connection.exec_driver_sql(_INDEXES, (list(others),)).all()
    for one in (*references, *keys):
        connection.exec_driver_sql(f"ALTER TABLE {one.held_by} DROP CONSTRAINT {one.name}")
    for one in indexes:
        connection.exec_driver_sql(f"DROP INDEX {one.name}")
    yield
    connection.exec_driver_sql(f"SET LOCAL maintenance_work_mem = '{_MEMORY}'")
    made = [
        *(f"ALTER TABLE {one.held_by} ADD CONSTRAINT {one.name} {one.told}" for one in keys),
        *(one.told for one in indexes),
        *(f"ALTER TABLE {one.held_by} ADD CONSTRAINT {one.name} {one.told}" for one in references),
    ]
    for done, statement in enumerate(made, 1):
        connection.exec_driver_sql(statement)
        progress("indexing", done, len(made))


def copy_in(
    connection: Connection, table: str, names: Sequence[str], some: Iterable[Sequence[Any]], frozen: bool = False
) -> None:
    """Insert rows in bulk; what goes wrong is raised as SQLAlchemy raises it, although its driver is spoken to directly.

    ``frozen`` is for a table that this transaction has emptied: its rows need no second visit by the server's housekeeping.
    """
    driver: Any = connection.connection.driver_connection
    failed: Any = connection.dialect.loaded_dbapi.Error
    columns = ", ".join(f'"{name}"' for name in names)
    statement = f'COPY "{table}" ({columns}) FROM STDIN{" WITH (FREEZE)" if frozen else ""}'
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in some:
                copy.write_row(row)
    except failed as error:
        raise DBAPIError.instance(statement, None, error, failed, dialect=connection.dialect) from error
