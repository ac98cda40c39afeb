"""Which store a ledger's address means."""

from __future__ import annotations

from fogline.ports import Ledger
from fogline.registry import pick
from fogline.store.addresses import shown as shown
from fogline.store.locking import Waiting

MEMORY = "memory:"


def open_ledger(
    location: str, *, wait_seconds: float = 30.0, read_only: bool = False, waiting: Waiting | None = None
) -> Ledger:
    """The ledger at an address: a file's path, ``memory:``, or ``NAME://...`` for the store registered as ``NAME``.

    ``wait_seconds``, ``read_only`` and ``waiting`` are as in ``SqliteLedger``. Raises ``UnknownName`` for a store that
    is not registered, and what the store raises.
    """
    if location == MEMORY:
        memory: Ledger = pick("store", "memory")()
        return memory
    scheme, parted, rest = location.partition("://")
    name = scheme if parted else "sqlite"
    target = rest if name == "sqlite" and parted else location
    store: Ledger = pick("store", name)(target, wait_seconds=wait_seconds, read_only=read_only, waiting=waiting)
    return store
