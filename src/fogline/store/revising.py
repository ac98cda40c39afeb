"""The ledger's revision: a count of its writing transactions, kept with the ledger."""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, insert, select

from fogline.model import fingerprint
from fogline.store import schema

_NAME, _CONCLUDED = "revision", "concluded"
_REVISION = select(
    select(schema.about.c.value).where(schema.about.c.name == _NAME).scalar_subquery().label("turned"),
    select(func.min(schema.runs.c.started_at)).scalar_subquery().label("begun"),
)


def turn(connection: Connection, concludes: bool = True) -> None:
    """Count one more writing transaction, and note whether it may have changed what is concluded."""
    turned = str(count(connection) + 1)
    names = (_NAME, _CONCLUDED) if concludes else (_NAME,)
    connection.execute(delete(schema.about).where(schema.about.c.name.in_(names)))
    connection.execute(insert(schema.about), [{"name": name, "value": turned} for name in names])


def revision(connection: Connection) -> str:
    """The count, with when the ledger was begun: two ledgers at one address are not taken for one another."""
    row = connection.execute(_REVISION).one()
    return fingerprint("revision", int(row.turned or 0), row.begun or "")


def count(connection: Connection) -> int:
    """How many writing transactions there were."""
    return _noted(connection, _NAME)


def concluded(connection: Connection) -> int:
    """The count at which conclusions were last written; in a ledger that does not note it yet, the count."""
    return _noted(connection, _CONCLUDED) or count(connection)


def _noted(connection: Connection, name: str) -> int:
    # In plain SQL, which both databases take: it is asked with every question.
    return int(connection.exec_driver_sql(f"SELECT value FROM about WHERE name = '{name}'").scalar() or 0)
