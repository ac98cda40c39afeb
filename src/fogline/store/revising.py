"""The ledger's revision: a count of its writing transactions, kept with the ledger."""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, insert, select

from fogline.model import fingerprint
from fogline.store import schema

_NAME = "revision"


def turn(connection: Connection) -> None:
    """Count one more writing transaction."""
    turned = count(connection) + 1
    connection.execute(delete(schema.about).where(schema.about.c.name == _NAME))
    connection.execute(insert(schema.about).values(name=_NAME, value=str(turned)))


def revision(connection: Connection) -> str:
    """The count, with when the ledger was begun: two ledgers at one address are not taken for one another."""
    begun = connection.execute(select(func.min(schema.runs.c.started_at))).scalar() or ""
    return fingerprint("revision", count(connection), begun)


def count(connection: Connection) -> int:
    """How many writing transactions there were."""
    return int(connection.execute(select(schema.about.c.value).where(schema.about.c.name == _NAME)).scalar() or 0)
