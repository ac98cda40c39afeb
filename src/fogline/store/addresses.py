"""How a ledger's address is shown."""

from __future__ import annotations


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
