"""Unpacks what servers send compressed, never beyond a limit."""

from __future__ import annotations

import zlib

from fogline.errors import NotFetched, TooLarge


def unpacked(name: str, raw: bytes, encoding: str, limit: int) -> bytes:
    """Bytes as they were before ``Content-Encoding``; raises ``TooLarge`` or ``NotFetched``, naming them.

    A bomb costs at most ``limit`` bytes, as no more than that is ever unpacked.
    """
    for step in reversed([part.strip().lower() for part in encoding.split(",") if part.strip()]):
        if step in ("identity", ""):
            continue
        if step not in ("gzip", "x-gzip", "deflate"):
            raise NotFetched(
                f"{name}: it is packed as {step[:20]!r}, which was not asked for.", "Save the page by hand."
            )
        raw = _inflated(name, raw, limit)
    if len(raw) > limit:
        raise TooLarge(
            f"{name}: unpacked it is over {limit:,} bytes.", "Raise the setting max_bytes if it is a report."
        )
    return raw


def _inflated(name: str, raw: bytes, limit: int) -> bytes:
    if not raw:
        return raw
    pieces, left = [], limit + 1
    wrapped = raw[:2] == b"\x1f\x8b" or (raw[0] & 0x0F == 8 and len(raw) > 1 and (raw[0] << 8 | raw[1]) % 31 == 0)
    try:
        while raw and left > 0:
            stream = zlib.decompressobj(47 if wrapped else -15)
            piece = stream.decompress(raw, left)
            pieces.append(piece)
            left -= len(piece)
            if not stream.eof and left > 0:
                raise NotFetched(f"{name}: its packed bytes were cut off.", "Fetch it again.")
            raw = stream.unused_data
            if not raw.startswith(b"\x1f\x8b"):  # what follows the last member of gzip is padding
                break
    except zlib.error as error:
        raise NotFetched(f"{name}: its packed bytes are broken ({error}).", "Fetch it again.") from error
    return b"".join(pieces)
