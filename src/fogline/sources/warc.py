"""Web archives: WARC files (ISO 28500), packed or not, and WACZ: each page that was archived an article."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from fogline.errors import BadFeed, BrokenEvidence, InputError, NotReadable, TooLarge
from fogline.model import Article, Failure, Given
from fogline.sources import feeds, media, pdf
from fogline.sources.making import needs
from fogline.sources.opening import failure, head, shown, unreadable
from fogline.sources.sitemaps import is_sitemap

SUFFIXES = (".warc", ".warc.gz", ".wacz")
"""The endings that are read."""

_PAGES = {"text/html": "text/html", "application/xhtml+xml": "text/html", "text/plain": "text/plain"}
_FEEDS = ("xml", "rss", "atom", "json")
_HINT = "Copy the archive again; what stands before the damage was read."


@dataclass(slots=True)
class _Seen:
    """What went by in an archive: addresses that answered, what was said of pages beforehand, and feeds."""

    addresses: set[str] = field(default_factory=set)
    about: dict[str, dict[str, str]] = field(default_factory=dict)
    feeds: list[tuple[str, bytes]] = field(default_factory=list)


class WarcSource:
    """Reads archives of any size, one record after another; a record over ``max_bytes`` unpacked is a failure.

    Pages, plain texts and PDF files that answered with 200 are articles; pictures, scripts, robots.txt and the like are passed over,
    and so is what says that it is the same as before. Of a feed those entries are articles whose pages are not in the archive.
    """

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes

    def accepts(self, path: Path) -> bool:
        """Whether the file's ending is one of those, in either case."""
        return path.name.lower().endswith(SUFFIXES)

    def read(self, path: Path, start: int = 0) -> Iterator[Article | Failure]:
        """The articles in the archive's order, entries of feeds last; what is damaged comes as a failure in its place.

        ``start`` is the byte of a WARC file at which a record begins, where not all of it is to be read.
        """
        name = shown(path.name)
        try:
            if not head(path, 1):
                path.stat()
                raise BadFeed(f"{name}: it is empty, or no file.", "Name an archive with something in it.")
            if path.suffix.lower() == ".wacz":
                yield from self._wacz(name, path)
            else:
                with path.open("rb") as file:
                    file.seek(start)
                    yield from self._warc(name, file, _elsewhere(path))
        except OSError as error:
            yield failure(name, unreadable(path, error))
        except InputError as error:
            yield failure(name, error)

    def _wacz(self, name: str, path: Path) -> Iterator[Article | Failure]:
        try:
            with zipfile.ZipFile(path) as archive:
                inside = [info for info in archive.infolist() if info.filename.lower().endswith(SUFFIXES[:2])]
                if not inside:
                    raise BadFeed(f"{name}: there is no WARC file in it.", "Export it again as WACZ.")
                for info in sorted(inside, key=lambda i: i.filename):
                    try:
                        with archive.open(info) as file:
                            yield from self._warc(f"{name}/{info.filename}", file)
                    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
                        yield failure(name, BadFeed(f"{name}: {info.filename} is damaged ({error}).", _HINT))
        except zipfile.BadZipFile as error:
            raise BadFeed(f"{name}: it is no WACZ, or is cut off ({error}).", _HINT) from error

    def _warc(self, name: str, file: IO[bytes], known: frozenset[str] = frozenset()) -> Iterator[Article | Failure]:
        try:
            from warcio.archiveiterator import ArchiveIterator
        except ImportError as error:
            raise needs("warcio", "Reading a web archive") from error
        seen = _Seen(addresses=set(known))
        count = 0
        try:
            for record in ArchiveIterator(file):
                count += 1
                yield from self._record(name, record, seen)
        except InputError:
            raise
        except Exception as error:  # damaged archives make warcio fail in every way
            reason = " ".join(str(error).split())[:120] or type(error).__name__
            yield failure(name, BadFeed(f"{name}: it is damaged behind record {count} ({reason}).", _HINT))
            count = count or -1
        if not count:
            yield failure(name, BadFeed(f"{name}: no record of WARC is in it.", "Name a WARC file."))
        for url, raw in seen.feeds:
            yield from _unseen(url, raw, seen.addresses)

    def _record(self, name: str, record: Any, seen: _Seen) -> Iterator[Article | Failure]:
        url = record.rec_headers.get_header("WARC-Target-URI") or ""
        try:
            if record.rec_type == "metadata" and url:
                seen.about[url] = _fields(_unpacked(url, record, 100_000))
            elif record.rec_type == "response" and record.http_headers is not None:
                yield from self._response(url, record, seen)
        except InputError as error:
            yield failure(url or name, error)

    def _response(self, url: str, record: Any, seen: _Seen) -> Iterator[Article | Failure]:
        status = record.http_headers.get_statuscode()
        about = seen.about.pop(url, {})
        if status[:1] in ("2", "3"):
            seen.addresses |= {url, about.get("asked", url)}
        if status != "200" or urlsplit(url).path == "/robots.txt":
            return
        stated = record.http_headers.get_header("Content-Type") or ""
        kind = media.kind(stated)
        if kind in _PAGES or kind == "application/pdf" or any(word in kind for word in _FEEDS):
            raw = _unpacked(url, record, self._max_bytes)
            yield from _payload(url, stated, raw, about, seen)


def _elsewhere(path: Path) -> frozenset[str]:
    """The addresses that answered in all of a folder of evidence: the page of a feed's entry may be in an earlier file."""
    from fogline.sources.evidence.manifest import lines

    try:
        return frozenset(kept.url for kept in lines(path.parent) if kept.status < 400)
    except BrokenEvidence:
        return frozenset()  # verify tells of it; what is in the file is read all the same


def _payload(url: str, stated: str, raw: bytes, about: dict[str, str], seen: _Seen) -> Iterator[Article | Failure]:
    kind = media.kind(stated)
    given = Given(url=url, title=about.get("title", ""), published=about.get("published", ""))
    if kind == "application/pdf":
        yield from pdf.articles(url, raw, {"url": url, "title": given.title, "published": given.published})
    elif feeds.is_feed(raw[:4096]):
        seen.feeds.append((url, feeds.in_utf8(raw, media.charset(stated))))
    elif kind in _PAGES and raw.strip() and not is_sitemap(raw):
        yield Article(name=url, raw=raw, media_type=media.with_charset(_PAGES[kind], stated), given=given)


def _unseen(url: str, raw: bytes, addresses: set[str]) -> Iterator[Article | Failure]:
    """The entries of an archived feed whose pages are not in the archive."""
    try:
        found = list(feeds.articles(url, raw))
    except InputError as error:
        yield failure(url, error)
        return
    yield from (a for a in found if isinstance(a, Failure) or a.name not in addresses)


def _unpacked(url: str, record: Any, limit: int) -> bytes:
    pieces, size = [], 0
    stream = record.content_stream()
    while piece := stream.read(1 << 16):
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            raise TooLarge(f"{url}: it is over {limit:,} bytes.", "Raise the setting max_bytes if it is a report.")
    if record.length and record.raw_stream.limit > 0:
        raise NotReadable(f"{url}: its record is cut off.", _HINT)
    return b"".join(pieces)


def _fields(raw: bytes) -> dict[str, str]:
    lines = (line.partition(":") for line in raw.decode("utf-8", "replace").splitlines())
    return {name.strip().lower(): value.strip() for name, _, value in lines if value}
