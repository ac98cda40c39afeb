"""One file, many articles: lines of ``{text, title, outlet, url, published}``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fogline.errors import BadMetadata, InputError
from fogline.model import Article, Failure
from fogline.sources.columns import columns
from fogline.sources.making import made
from fogline.sources.opening import failure, load, shown

SUFFIXES = (".jsonl", ".json")
"""The endings that are read."""

_HINT = 'Each line is an object: {"text": ..., "title": ..., "outlet": ..., "url": ..., "published": "2022-09-10"}.'


class JsonLinesSource:
    """Reads ``.jsonl`` and ``.json`` files of at most ``max_bytes``: an object a line, or one array of objects.

    The bytes of an article are its text in UTF-8, so that a citation's offsets can be checked against them; the other
    fields are what is given about it. Its name is its URL, or ``file.jsonl:3`` where the line gives none.
    """

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes

    def accepts(self, path: Path) -> bool:
        """Whether the file's ending is one of those, in either case."""
        return path.suffix.lower() in SUFFIXES

    def read(self, path: Path) -> Iterator[Article | Failure]:
        """The articles in the order of the lines; a broken line comes as a failure and the others go on."""
        try:
            raw = load(path, self._max_bytes)
        except InputError as error:
            yield failure(shown(path.name), error)
            return
        try:
            named = columns(path, self._max_bytes)
        except InputError as error:
            yield failure(shown(path.name), error)
            return
        for number, line in lines_of(raw):
            mapped = named.row(line) if isinstance(line, dict) else line
            yield from _articles(shown(path.name), number, mapped)


def lines_of(raw: bytes) -> Iterator[tuple[int, Any]]:
    """Each line's number and what it holds: a JSON value, or the exception that came of it."""
    encoding = json.detect_encoding(raw)
    if encoding == "utf-8-sig":
        raw, encoding = raw.removeprefix(b"\xef\xbb\xbf"), "utf-8"
    whole = _parsed(raw, encoding)
    if isinstance(whole, list):
        yield from enumerate(whole, 1)
        return
    if isinstance(whole, dict):
        yield 1, whole
        return
    # UTF-8 is cut before it is decoded, so that one bad byte costs one line.
    lines: list[bytes] = raw.split(b"\n") if encoding == "utf-8" else _recoded(raw, encoding)
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield number, _parsed(line, "utf-8")


def _recoded(raw: bytes, encoding: str) -> list[bytes]:
    return raw.decode(encoding, "replace").encode("utf-8", "replace").split(b"\n")


def _parsed(raw: bytes, encoding: str) -> Any:
    try:
        return json.loads(raw.decode(encoding))
    except (ValueError, RecursionError) as error:
        return error


def _articles(file: str, number: int, line: Any) -> Iterator[Article | Failure]:
    name = f"{file}:{number}"
    if isinstance(line, Exception):
        reason = "brackets nested too deep" if isinstance(line, RecursionError) else str(line)
        yield failure(name, BadMetadata(f"{name}: not a JSON line ({reason[:200]}).", _HINT))
        return
    if not isinstance(line, dict) or not isinstance(line.get("text"), str):
        yield failure(name, BadMetadata(f"{name}: it has no text.", _HINT))
        return
    yield from made(name, line["text"], line)
