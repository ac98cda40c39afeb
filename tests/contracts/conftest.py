"""The stores that have to pass the ledger's contract: a new one is added here, and nowhere else."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fogline.ports import Ledger
from fogline.store.memory import MemoryLedger
from fogline.store.sqlite import SqliteLedger

OPENERS: dict[str, Callable[[Path], Ledger]] = {
    "memory": lambda folder: MemoryLedger(),
    "sqlite": lambda folder: SqliteLedger(folder / "ledger.sqlite"),
}
KEPT = ("sqlite",)
"""The stores that are still there after they were closed."""


@pytest.fixture(params=OPENERS)
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger of each store."""
    opened = OPENERS[request.param](tmp_path)
    yield opened
    opened.close()


@pytest.fixture(params=KEPT)
def again(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Ledger]]:
    """Opens one and the same ledger, time after time, closing it in between."""
    opened: list[Ledger] = []

    def open_again() -> Ledger:
        for ledger in opened:
            ledger.close()
        opened.append(OPENERS[request.param](tmp_path))
        return opened[-1]

    yield open_again
    for ledger in opened:
        ledger.close()
