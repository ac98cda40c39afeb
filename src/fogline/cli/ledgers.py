"""Opens the ledger that a command asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from fogline.cli.console import say
from fogline.config import Settings
from fogline.errors import NotALedger
from fogline.ports import Ledger


@contextmanager
def reading(place: Path | str, settings: Settings) -> Iterator[Ledger]:
    """The ledger for reading only; raises ``NotALedger`` with the way to make one where there is none."""
    from fogline.store.opening import open_ledger

    if "://" not in str(place) and not Path(place).exists():
        raise NotALedger(
            f"There is no ledger at {place}.",
            f"Make one with: fogline build REPORTS --ledger {place}, or name another with --ledger.",
        )
    ledger = open_ledger(str(place), wait_seconds=settings.wait_seconds, read_only=True)
    try:
        yield ledger
    finally:
        ledger.close()


@contextmanager
def writing(place: Path | str, settings: Settings) -> Iterator[Ledger]:
    """The ledger for reading and writing, made where there is none."""
    from fogline.store.opening import open_ledger

    ledger = open_ledger(str(place), wait_seconds=settings.wait_seconds, waiting=_once())
    try:
        yield ledger
    finally:
        ledger.close()


def _once() -> Callable[[str], None]:
    """Says whom it waits for, once a holder: it is asked about once a second."""
    told: set[str] = set()

    def waiting(sentence: str) -> None:
        if not told:
            told.add(sentence)
            say(sentence)

    return waiting
