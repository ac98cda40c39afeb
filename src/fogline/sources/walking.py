"""From the paths a person names to the files they stand for, each once, in order of name."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fogline.errors import NotReadable
from fogline.model import Failure
from fogline.sources.columns import COLUMNS
from fogline.sources.metadata import METADATA
from fogline.sources.opening import failure, is_folder, unreadable

SPEAKING = frozenset((METADATA, COLUMNS))
"""Files that speak for the files beside them, and are no reports."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to be read; ``named`` says whether the person named it rather than a folder above it."""

    path: Path
    named: bool


def walk(paths: Iterable[Path]) -> Iterator[Found | Failure]:
    """The files at the paths; folders are opened up, in order of name, without hidden files and ``meta.csv``.

    A file or folder that is reached twice (named twice, or through a link) comes once, so links that run in a circle
    come to an end. A folder that cannot be listed, or in which there is nothing, comes as a failure.
    """
    seen: set[str] = set()
    for path in paths:
        if is_folder(path):
            yield from _folder(path, seen)
        elif path.name not in SPEAKING and _first_time(path, seen):
            # A shell's ``folder/*`` names these too.
            yield Found(path, named=True)


def _folder(top: Path, seen: set[str]) -> Iterator[Found | Failure]:
    waiting = [top]
    while waiting:
        path = waiting.pop()
        if not _first_time(path, seen):
            continue
        if path is not top and not is_folder(path):
            yield Found(path, named=False)
            continue
        try:
            found = sorted(path.iterdir(), key=lambda inner: inner.name, reverse=True)
        except OSError as error:
            yield failure(str(path), unreadable(path, error))
            continue
        inside = [inner for inner in found if not inner.name.startswith(".") and inner.name not in SPEAKING]
        if path is top and not inside:
            yield failure(str(path), NotReadable(f"{path}: nothing is in this folder.", "Name a folder of reports."))
        waiting += inside


def _first_time(path: Path, seen: set[str]) -> bool:
    real = os.path.realpath(path)
    new = real not in seen
    seen.add(real)
    return new
