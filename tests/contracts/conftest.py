"""The stores that have to pass the ledger's contract: a new one is added here, and nowhere else."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fogline.ports import HoldsColumns, Ledger
from fogline.store.memory import MemoryLedger
from fogline.store.postgres import PostgresLedger
from fogline.store.sqlite import SqliteLedger

Opener = Callable[[], Ledger]

STORES = ("memory", "sqlite", "postgresql", "sqlite held", "postgresql held")
KEPT = ("sqlite", "postgresql")
"""The stores that are still there after they were closed."""


def opener(store: str, request: pytest.FixtureRequest, folder: Path) -> Opener:
    """Opens one ledger of the store, empty at first."""
    if store == "memory":
        return MemoryLedger
    if store.endswith(" held"):
        return _held(opener(store.removesuffix(" held"), request, folder))
    if store == "sqlite":
        return lambda: SqliteLedger(folder / "ledger.sqlite")
    address: str = request.getfixturevalue("postgres")
    return lambda: PostgresLedger(address)


def _held(opened: Opener) -> Opener:
    """Opens a ledger that answers from memory from the start."""

    def open_and_hold() -> Ledger:
        ledger = opened()
        assert isinstance(ledger, HoldsColumns)
        ledger.hold()
        return ledger

    return open_and_hold


@pytest.fixture(params=STORES)
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger of each store."""
    opened = opener(request.param, request, tmp_path)()
    yield opened
    opened.close()


@pytest.fixture(params=KEPT)
def again(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """Opens one and the same ledger, time after time, closing it in between."""
    open_it = opener(request.param, request, tmp_path)
    opened: list[Ledger] = []

    def open_again() -> Ledger:
        for ledger in opened:
            ledger.close()
        opened.append(open_it())
        return opened[-1]

    yield open_again
    for ledger in opened:
        ledger.close()
