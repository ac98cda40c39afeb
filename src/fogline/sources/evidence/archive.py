"""Writes responses with their requests into WARC 1.1 files (ISO 28500), each body once."""

from __future__ import annotations

import hashlib
import io
import os
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fogline.errors import BrokenEvidence
from fogline.sources.evidence import manifest
from fogline.sources.evidence.manifest import FIRST, Kept
from fogline.sources.making import needs

if TYPE_CHECKING:
    from fogline.sources.web.client import Exchange

_SPACE = uuid.UUID("8c7c1f5e-6a52-5d53-9d0e-5f2b3f0a7c11")
"""Names of WARC records are made from this and their content: the same responses make the same files."""

REVISIT = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"


class Evidence:
    """A folder of evidence, opened to add to it; one process at a time.

    A response is in the WARC file before its line is in the manifest: a kill in between leaves bytes behind the last line's
    end, which are cut off here, and the response counts as never had.
    """

    def __init__(self, folder: Path) -> None:
        """Open the folder, made where there is none; raises ``BrokenEvidence`` where its manifest does not hold."""
        from filelock import FileLock, Timeout

        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(folder / ".lock", timeout=0)
        try:
            self._lock.acquire()
        except Timeout as error:
            raise BrokenEvidence(
                f"{folder}: another process adds to it.", "Wait for it, or give another folder."
            ) from error
        manifest.mend(folder)
        self._last: Kept | None = None
        self._bodies: dict[str, Kept] = {}
        ends: dict[str, int] = {}
        for kept in manifest.lines(folder):
            self._note(kept)
            ends[kept.file] = kept.end
        for path in sorted(folder.glob("*.warc.gz")):
            if path.stat().st_size > ends.get(path.name, 0):
                os.truncate(path, ends.get(path.name, 0))

    def close(self) -> None:
        """Let others add to the folder."""
        self._lock.release()

    def keep(self, exchange: Exchange, about: dict[str, str] | None = None) -> Kept:
        """Write a request and its response, and then its line; ``about`` is what a feed said of it beforehand.

        When this returns it is on the disk.
        """
        digest = hashlib.sha256(exchange.body).hexdigest()
        known = self._bodies.get(digest) if exchange.body else None
        number = self._last.number + 1 if self._last else 1
        name = f"{exchange.at.astimezone(UTC):%Y-%m-%d}.warc.gz"
        block = _written(exchange, digest, known, about or {}, number)
        path = self.folder / name
        with path.open("ab") as file:
            start = file.tell()
            file.write(block)
            file.flush()
            os.fsync(file.fileno())
        kept = Kept(
            number=number, at=_stamp(exchange.at), url=exchange.url, status=exchange.status, sha256=digest, body=known is None,
            file=name, start=start, end=start + len(block), block=hashlib.sha256(block).hexdigest(),
            before=self._last.hash if self._last else FIRST,
        )  # fmt: skip
        manifest.append(self.folder, kept)
        self._note(kept)
        return kept

    def _note(self, kept: Kept) -> None:
        self._last = kept
        if kept.body:
            self._bodies.setdefault(kept.sha256, kept)


def verify(folder: Path) -> tuple[int, tuple[str, ...]]:
    """How many responses are kept, and a sentence for each that is not as it was kept; walks all of the manifest.

    Raises ``BrokenEvidence`` where the chain of the manifest itself is broken.
    """
    if not (folder / manifest.MANIFEST).is_file():
        raise BrokenEvidence(f"{folder}: there is no {manifest.MANIFEST} in it.", "Name a folder that fetch made.")
    count, wrong = 0, []
    bodies: set[str] = set()
    for kept in manifest.lines(folder):
        count += 1
        if kept.body:
            bodies.add(kept.sha256)
        elif kept.sha256 not in bodies:
            wrong.append(f"{kept.file}: of {kept.url} the body is nowhere before line {kept.number}.")
        if hashlib.sha256(_cut(folder, kept)).hexdigest() != kept.block:
            wrong.append(
                f"{kept.file}, bytes {kept.start} to {kept.end}: the response of {kept.url} was changed or lost."
            )
    return count, tuple(wrong)


def body(folder: Path, kept: Kept) -> tuple[bytes, str, str]:
    """A kept body as sent, its ``Content-Encoding`` and its ``Content-Type``.

    Raises ``BrokenEvidence`` where it has its SHA-256 no more.
    """
    from warcio.archiveiterator import ArchiveIterator

    found, encoding, kind = b"", "", ""
    for entry in ArchiveIterator(io.BytesIO(_cut(folder, kept))):
        if entry.rec_type == "response":
            found = entry.raw_stream.read()
            encoding, kind = (
                entry.http_headers.get_header(name) or "" for name in ("Content-Encoding", "Content-Type")
            )
    if hashlib.sha256(found).hexdigest() != kept.sha256:
        raise BrokenEvidence(f"{kept.file}: the response of {kept.url} was changed.", "Restore it from a copy.")
    return found, encoding, kind


def versions(folder: Path, url: str) -> Iterator[tuple[str, Kept]]:
    """Each version of a page, oldest first: when it was first seen so, and the response in which its body stands."""
    last = ""
    bodies: dict[str, Kept] = {}
    for kept in manifest.lines(folder):
        if kept.body:
            bodies.setdefault(kept.sha256, kept)
        if kept.url == url and kept.status == 200 and kept.sha256 != last:
            last = kept.sha256
            yield kept.at, bodies[kept.sha256]


def _cut(folder: Path, kept: Kept) -> bytes:
    path = folder / kept.file
    if Path(kept.file).name != kept.file or not path.is_file():
        return b""
    with path.open("rb") as file:
        file.seek(kept.start)
        return file.read(kept.end - kept.start)


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _written(exchange: Exchange, digest: str, known: Kept | None, about: dict[str, str], number: int) -> bytes:
    try:
        from warcio.statusandheaders import StatusAndHeaders
        from warcio.warcwriter import WARCWriter
    except ImportError as error:
        raise needs("warcio", "Keeping evidence") from error
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")

    def named(kind: str) -> str:
        return f"<urn:uuid:{uuid.uuid5(_SPACE, f'{number} {kind} {exchange.url} {exchange.at} {digest}')}>"

    def add(kind: str, payload: bytes, head: Any, more: dict[str, str]) -> None:
        headers = {"WARC-Record-ID": named(kind), "WARC-Date": _stamp(exchange.at), **more}
        writer.write_record(
            writer.create_warc_record(
                exchange.url,
                kind,
                payload=io.BytesIO(payload),
                length=len(payload),
                http_headers=head,
                warc_headers_dict=headers,
            )
        )

    if about:
        fields = "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in sorted(about.items()) if value)
        add("metadata", fields.encode(), None, {"Content-Type": "application/warc-fields"})
    path = exchange.url.split("/", 3)
    asked = StatusAndHeaders(
        f"GET /{path[3] if len(path) > 3 else ''} HTTP/1.1", list(exchange.asked), is_http_request=True
    )
    add("request", b"", asked, {"WARC-Concurrent-To": named("response")})
    # What was sent in chunks is kept whole, so the header that says otherwise goes; its length is that of the body.
    headers = [(k, v) for k, v in exchange.headers if k.lower() not in ("transfer-encoding", "content-length")]
    headers.append(("Content-Length", str(len(exchange.body))))
    head = StatusAndHeaders(f"{exchange.status} {exchange.reason}".strip(), headers, protocol="HTTP/1.1")
    more = {"WARC-Payload-Digest": f"sha256:{digest}"}
    if exchange.address:
        more["WARC-IP-Address"] = exchange.address
    if known is None:
        add("response", exchange.body, head, more)
    else:
        more |= {"WARC-Profile": REVISIT, "WARC-Refers-To-Target-URI": known.url, "WARC-Refers-To-Date": known.at}
        add("revisit", b"", head, more)
    return out.getvalue()
