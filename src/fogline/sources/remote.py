"""Reports at an address that fsspec knows (``s3://bucket/folder``): brought here by and by, and read as files are."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from fogline.errors import NotReadable
from fogline.model import Article, Failure
from fogline.sources.opening import shown
from fogline.sources.walking import SPEAKING

TOGETHER = 500
"""Files that are here at once: what is read is let go before the next are brought."""

_WEB = ("http://", "https://")

Read = Callable[[Sequence[Path]], Iterator[Article | Failure]]


def read_address(address: str, read: Read) -> Iterator[Article | Failure]:
    """The articles at an address, folder by folder in order of name; ``read`` reads files that are here.

    What speaks for a folder's files (``meta.csv``) is brought with each part of them. An address that does not answer, or
    has nothing, is a failure.
    """
    try:
        files, found = _found(address)
    except Exception as error:  # each kind of address has errors of its own, which nothing unites
        yield _unread(address, f"it cannot be read ({type(error).__name__}: {shown(str(error))})")
        return
    if not found:
        yield _unread(address, "nothing is there")
    for folder, names in groupby(found, key=lambda path: path.rpartition("/")[0]):
        yield from _folder(address, files, folder, list(names), read)


def _found(address: str) -> tuple[Any, list[str]]:
    if address.startswith(_WEB):
        raise ValueError("pages are fetched by `fogline fetch`, which keeps what was answered")
    import fsspec

    files, path = fsspec.url_to_fs(address)
    paths = [str(found) for found in files.find(path)]
    kept = [found for found in paths if not any(part.startswith(".") for part in found.split("/"))]
    return files, sorted(kept, key=lambda found: found.rpartition("/"))


def _folder(address: str, files: Any, folder: str, paths: list[str], read: Read) -> Iterator[Article | Failure]:
    speaking = [path for path in paths if path.rpartition("/")[2] in SPEAKING]
    reports = iter([path for path in paths if path not in speaking])
    while batch := list(islice(reports, TOGETHER)):
        with tempfile.TemporaryDirectory(prefix="fogline-") as here:
            brought = []
            for path in [*speaking, *batch]:
                local = Path(here) / path.rpartition("/")[2]
                try:
                    files.get_file(path, str(local))
                except (
                    Exception
                ) as error:  # each kind of address has errors of its own; the other files are still wanted
                    told = shown(str(error))
                    yield _unread(f"{address}: {path}", f"it cannot be brought here ({type(error).__name__}: {told})")
                    continue
                brought += [] if path in speaking else [local]
            for entry in read(brought):
                yield _from(folder, here, entry)


def _from(folder: str, here: str, entry: Article | Failure) -> Article | Failure:
    """A failure by the name that its file has there."""
    if isinstance(entry, Article):
        return entry
    name, problem = (text.replace(here, folder) for text in (entry.name, entry.problem))
    return replace(entry, name=name, problem=problem)


def _unread(address: str, why: str) -> Failure:
    error = NotReadable(f"{address}: {why}.", "Check the address, what it needs to be let in, and that it answers.")
    return Failure(name=shown(address), problem=error.message, remedy=error.hint)
