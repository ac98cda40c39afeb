"""PDF files that hold text: a page after another, one article."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

from fogline.errors import EmptyInput, InputError
from fogline.model import Article, Failure
from fogline.sources.confined import confined
from fogline.sources.making import made, needs
from fogline.sources.opening import failure, load, shown

MOST_PAGES = 2_000
"""Of one file that are read."""

_HINT = "It may be a scan: recognise its text first, and save that as .txt."
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]\n(?=[^\W\d_A-ZА-ЯЄІЇҐ])")
_WRAPPED = re.compile(r"(?<=[^\s.!?:»”\"])\n(?=[^\W\d_A-ZА-ЯЄІЇҐ])")


class PdfSource:
    """Reads ``.pdf`` files of at most ``max_bytes``: the text of all pages as one article, parsed where it can do no harm."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes

    def accepts(self, path: Path) -> bool:
        """Whether the file's ending is that, in either case."""
        return path.suffix.lower() == ".pdf"

    def read(self, path: Path) -> Iterator[Article | Failure]:
        """The one article in the file; a failure where it has no text or cannot be parsed."""
        name = shown(path.name)
        try:
            yield from articles(name, load(path, self._max_bytes), {})
        except InputError as error:
            yield failure(name, error)


def articles(name: str, raw: bytes, about: dict[str, str]) -> list[Article | Failure]:
    """The article in a PDF's bytes, with what is known of it; its title is the file's own where none is known."""
    title, *pages = confined(name, "fogline.sources.pdf:texts", raw) or [""]
    text = unwrapped("\n".join(pages))
    if not text.strip():
        raise EmptyInput(f"{name}: no page of it holds text.", _HINT)
    return made(name, text, {"title": title, **{key: value for key, value in about.items() if value}})


def texts(raw: bytes) -> list[str]:
    """The title and then the text of each page: run where it is confined. Raises whatever the parser raises."""
    try:
        from pypdf import PdfReader
    except ImportError as error:
        raise needs("pypdf", "Reading a PDF") from error
    reader = PdfReader(io.BytesIO(raw))
    title = str((reader.metadata and reader.metadata.title) or "")
    return [title, *(page.extract_text() for page, _ in zip(reader.pages, range(MOST_PAGES), strict=False))]


def unwrapped(text: str) -> str:
    """Text with the line ends taken out that the width of a page made: before a small letter, and within a word.

    >>> unwrapped("The bridge was\\nshel-\\nled at dawn.\\nIt stood.")
    'The bridge was shelled at dawn.\\nIt stood.'
    """
    return _WRAPPED.sub(" ", _HYPHEN.sub("", text))
