"""The ledger's revision: a count of its writing transactions, kept with the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert

from fogline.model import fingerprint
from fogline.store import schema

_NAME, _CONCLUDED = "revision", "concluded"


# In plain SQL, which both databases take: it is asked with every question.
_STANDING = f"""SELECT (SELECT value FROM about WHERE name = '{_NAME}'),
(SELECT value FROM about WHERE name = '{_CONCLUDED}'), (SELECT min(started_at) FROM runs)"""
REMEMBERED = "fogline_standing"
"""The execution option of a connection whose transaction sees one state: what was asked of it once is kept there."""


def turn(connection: Connection, concludes: bool = True) -> None:
    """Count one more writing transaction, and note whether it may have changed what is concluded."""
    turned = str(count(connection) + 1)
    names = (_NAME, _CONCLUDED) if concludes else (_NAME,)
    connection.execute(delete(schema.about).where(schema.about.c.name.in_(names)))
    connection.execute(insert(schema.about), [{"name": name, "value": turned} for name in names])


def revision(connection: Connection) -> str:
    """The count, with when the ledger was begun: two ledgers at one address are not taken for one another."""
    turned, _, begun = _standing(connection)
    return fingerprint("revision", int(turned or 0), begun or "")


def count(connection: Connection) -> int:
    """How many writing transactions there were."""
    return int(_standing(connection)[0] or 0)


def concluded(connection: Connection) -> int:
    """The count at which conclusions were last written; in a ledger that does not note it yet, the count."""
    turned, concluded, _ = _standing(connection)
    return int(concluded or turned or 0)


def _standing(connection: Connection) -> Sequence[Any]:
    kept: list[Sequence[Any]] = connection.get_execution_options().get(REMEMBERED, [])
    if not kept:
        kept.append(connection.exec_driver_sql(_STANDING).one())
    return kept[0]
