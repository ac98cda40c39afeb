"""How a server and its workers write to each other: sizes first, then the bytes."""

from __future__ import annotations

import socket
from struct import Struct

HEAD = Struct(">I")
"""The size of a question, or a generation."""
SIZES = Struct(">II")
"""The sizes of an answer's head and body."""


def joined(head: bytes, body: bytes) -> bytes:
    """An answer as it is sent.

    >>> split(joined(b"head", b"body"))
    (b'head', b'body')
    """
    return SIZES.pack(len(head), len(body)) + head + body


def split(whole: bytes) -> tuple[bytes, bytes]:
    """Head and body of an answer."""
    size, _ = SIZES.unpack_from(whole)
    return whole[SIZES.size : SIZES.size + size], whole[SIZES.size + size :]


def question(connection: socket.socket) -> bytes | None:
    """The next question; ``None`` once nobody will ask any more."""
    head = _exactly(connection, HEAD.size)
    return None if head is None else _exactly(connection, HEAD.unpack(head)[0])


def _exactly(connection: socket.socket, size: int) -> bytes | None:
    found = bytearray()
    while len(found) < size:
        some = connection.recv(size - len(found))
        if not some:
            return None
        found += some
    return bytes(found)
