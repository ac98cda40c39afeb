"""Which store a ledger's address means."""

from __future__ import annotations

from fogline.ports import Ledger
from fogline.registry import pick
from fogline.store.locking import Waiting

MEMORY = "memory:"


def shown(location: str) -> str:
    """A ledger's address as it may be shown: without a password.

    >>> shown("postgresql://ann:secret@host/ledger")
    'postgresql://ann:***@host/ledger'
    """
    if "://" not in location:
        return location
    scheme, _, rest = location.partition("://")
    bare, asked, query = rest.partition("?")
    who, at, where = bare.rpartition("@")
    user, colon, _ = who.partition(":")
    options = "&".join(each for each in query.split("&") if "pass" not in each.lower())
    return f"{scheme}://{user}{':***' if colon else ''}{at}{where}{asked if options else ''}{options}"


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
