"""Bring in: from the paths a person names to articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from fogline.errors import NotReadable
from fogline.model import Article, Failure
from fogline.ports import Source
from fogline.registry import names, pick
from fogline.sources import feeds, json_lines, mail, remote, tables, warc
from fogline.sources.files import MEDIA_TYPES
from fogline.sources.metadata import Table, table
from fogline.sources.opening import failure, unreadable
from fogline.sources.walking import Found, walk


def read(places: Sequence[Path | str], max_bytes: int) -> Iterator[Article | Failure]:
    """The articles at paths and addresses, in their order and then of names; what cannot be read comes as a failure.

    A text is an address that fsspec knows.
    """
    here: list[Path] = []
    for place in places:
        if isinstance(place, str):
            yield from read_files(here, max_bytes)
            here = []
            yield from remote.read_address(place, partial(read_files, max_bytes=max_bytes))
        else:
            here.append(place)
    yield from read_files(here, max_bytes)


def read_files(paths: Sequence[Path], max_bytes: int) -> Iterator[Article | Failure]:
    """The articles at the paths, in the order of the paths and then of names; what cannot be read comes as a failure.

    Folders are read with all below them. Of a folder's files those that no source reads are passed over; such a file
    that is named itself is a failure. ``meta.csv`` in a file's folder is applied to it.
    """
    sources: tuple[Source, ...] = tuple(pick("source", name)(max_bytes) for name in names("source"))
    given: dict[Path, Table] = {}
    for found in walk(paths):
        if isinstance(found, Failure):
            yield found
            continue
        source = next((source for source in sources if source.accepts(found.path)), None)
        if source is None:
            yield from _unread(found)
            continue
        folder = found.path.parent
        if folder not in given:
            given[folder] = table(folder, max_bytes)
            yield from given[folder].failures
        for article in source.read(found.path):
            yield article if isinstance(article, Failure) else given[folder].apply(article, found.path)


def _unread(found: Found) -> Iterator[Failure]:
    if not found.named:
        return
    path = found.path
    try:
        path.stat()
    except OSError as error:
        yield failure(str(path), unreadable(path, error))
        return
    endings = (
        *MEDIA_TYPES,
        *json_lines.SUFFIXES,
        *tables.SUFFIXES,
        *mail.SUFFIXES,
        *feeds.SUFFIXES,
        ".xml",
        ".pdf",
        *warc.SUFFIXES,
    )
    read = ", ".join(endings)
    yield failure(str(path), NotReadable(f"{path}: files of this kind are not read.", f"These are read: {read}."))
