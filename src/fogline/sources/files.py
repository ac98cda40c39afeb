"""One file, one article: plain text, Markdown, HTML."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fogline.errors import InputError
from fogline.model import Article, Failure
from fogline.sources.opening import failure, load, shown

MEDIA_TYPES = {".txt": "text/plain", ".md": "text/markdown", ".html": "text/html", ".htm": "text/html"}
"""The endings that are read, and what they hold."""


class FileSource:
    """Reads ``.txt``, ``.md``, ``.html`` and ``.htm`` files of at most ``max_bytes``."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes

    def accepts(self, path: Path) -> bool:
        """Whether the file's ending is one of those, in either case."""
        return path.suffix.lower() in MEDIA_TYPES

    def read(self, path: Path) -> Iterator[Article | Failure]:
        """The one article in the file, its bytes as they are; a failure where it cannot be read."""
        name = shown(path.name)
        try:
            raw = load(path, self._max_bytes)
        except InputError as error:
            yield failure(name, error)
        else:
            yield Article(name=name, raw=raw, media_type=MEDIA_TYPES[path.suffix.lower()])
