"""How things are named: by their content."""

from __future__ import annotations

import hashlib
import json

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def fingerprint(kind: str, *parts: str | int | float | None) -> str:
    """Name a thing by its content: same kind and parts, same name, on every machine.

    The parts go through JSON, so ``("a.b", "c")`` and ``("a", "b.c")`` stay apart, and so do ``1`` and ``"1"``.

    >>> fingerprint("claim", "a.b", "c") == fingerprint("claim", "a", "b.c")
    False
    >>> fingerprint("claim", "x").startswith("claim-")
    True
    """
    raw = _ENCODE([kind, *parts])
    digest = hashlib.blake2b(raw.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
    return f"{kind}-{digest}"


def sha256(raw: bytes) -> str:
    """The SHA-256 of stored bytes in hexadecimal: what a citation is checked against."""
    return hashlib.sha256(raw).hexdigest()
