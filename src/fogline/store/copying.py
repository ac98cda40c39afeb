"""A ledger whole into another place: between databases of any two kinds, from one moment's state, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Table, func, select

from fogline.errors import UsageError
from fogline.ports import Ledger, Progress
from fogline.store.database import DatabaseLedger

_ROWS_AT_ONCE = 2_000


def copy(source: Ledger, target: Ledger, progress: Progress) -> int:
    """Copy every row of every table, under the numbers they have; returns how many there were.

    What is written to ``source`` meanwhile is left out whole. Killed at any moment, ``target`` holds nothing yet: the same copy
    can be made again. Memory is bounded by some thousands of rows. Raises ``LedgerError`` where ``target`` holds something
    already, ``UsageError`` for a store that is no database.
    """
    copied = 0
    with in_database(source).snapshot() as connection:

        def rows_of(table: Table) -> Iterator[Sequence[Any]]:
            nonlocal copied
            total = connection.execute(select(func.count()).select_from(table)).scalar_one()
            done = 0
            every = select(table).execution_options(yield_per=_ROWS_AT_ONCE)
            with connection.execute(every) as found:
                for some in found.partitions():
                    yield from some
                    done += len(some)
                    progress(f"copying {table.name}", done, total)
            copied += done

        in_database(target).fill(rows_of, progress)
    return copied


def in_database(ledger: Ledger) -> DatabaseLedger:
    """The ledger as one whose tables can be read; raises ``UsageError`` for another."""
    if not isinstance(ledger, DatabaseLedger):
        raise UsageError(
            f"A {type(ledger).__name__} keeps no tables that could be read or written whole.",
            "Give a ledger's file or a postgresql:// address.",
        )
    return ledger
