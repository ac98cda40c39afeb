"""Pairs of statements to be compared: lines of ``{id, a: {text, outlet, published}, b: {...}, theatre}``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fogline.errors import BadMetadata, InputError
from fogline.model import Article, Failure
from fogline.sources.json_lines import lines_of
from fogline.sources.metadata import understand
from fogline.sources.opening import failure, load, shown

_HINT = (
    'Each line is an object: {"id": ..., "a": {"text": ..., "outlet": ..., "published": "2022-09-10"}, '
    '"b": {...}, "theatre": ...}.'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two statements as articles; ``theatre`` is a name, or "" where it is left to be recognised."""

    id: str
    a: Article
    b: Article
    theatre: str = ""


def read(path: Path, max_bytes: int) -> Iterator[Pair | Failure]:
    """The pairs in the order of the lines; a bad line comes as a failure that names its number, and the others go on.

    A line without an id goes by its number. A file that cannot be read at all is one failure.
    """
    name = shown(path.name)
    try:
        raw = load(path, max_bytes)
    except InputError as error:
        yield failure(name, error)
        return
    for number, line in lines_of(raw):
        try:
            yield _pair(name, number, line)
        except BadMetadata as error:
            yield failure(f"{name}:{number}", error)


def _pair(file: str, number: int, line: Any) -> Pair:
    where = f"{file}:{number}"
    if isinstance(line, Exception):
        raise BadMetadata(f"{where}: not a JSON line ({str(line)[:200]}).", _HINT)
    if not isinstance(line, dict):
        raise BadMetadata(f"{where}: it is {type(line).__name__}, not an object.", _HINT)
    theatre, named = line.get("theatre") or "", line.get("id")
    if not isinstance(theatre, str):
        raise BadMetadata(f"{where}: theatre is {type(theatre).__name__}, not text.", _HINT)
    if not isinstance(named, str | int | None):
        raise BadMetadata(f"{where}: id is {type(named).__name__}, not text.", _HINT)
    a, b = (_statement(where, side, line.get(side)) for side in ("a", "b"))
    return Pair(id=str(number if named is None else named), a=a, b=b, theatre=theatre)


def _statement(where: str, side: str, given: Any) -> Article:
    if not isinstance(given, dict) or not isinstance(given.get("text"), str) or not given["text"].strip():
        raise BadMetadata(f"{where}: {side} has no text.", _HINT)
    about, problems = understand(given)
    if problems:
        raise BadMetadata(f"{where}: of {side}, {problems[0]}.", "Correct the line and run again.")
    text = given["text"].encode("utf-8", "replace")
    return Article(name=f"{where} {side}", raw=text, given=about)
