"""Tables (CSV, TSV): one row, one article."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from fogline.errors import BadMetadata, InputError
from fogline.model import Article, Failure
from fogline.sources.columns import COLUMNS, Columns, columns
from fogline.sources.making import made
from fogline.sources.metadata import decoded
from fogline.sources.opening import failure, load, shown

SUFFIXES = (".csv", ".tsv")
"""The endings that are read."""

LONGEST_CELL = 10_000_000
"""Characters of one cell: the library's own limit of 131,072 is less than some reports have."""

_HINT = f"Give it a column called text, or say in {COLUMNS} which one holds the text."


class TableSource:
    """Reads ``.csv`` and ``.tsv`` files of at most ``max_bytes`` with a first line of column names.

    An article is named by its URL, or by its line (``reports.csv:2``).
    """

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes

    def accepts(self, path: Path) -> bool:
        """Whether the file's ending is one of those, in either case."""
        return path.suffix.lower() in SUFFIXES

    def read(self, path: Path) -> Iterator[Article | Failure]:
        """The articles in the order of the rows; a broken row comes as a failure and the others go on."""
        name = shown(path.name)
        try:
            text = decoded(path, load(path, self._max_bytes))
            yield from _rows(name, text, columns(path, self._max_bytes))
        except InputError as error:
            yield failure(name, error)


def _rows(name: str, text: str, named: Columns) -> Iterator[Article | Failure]:
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    header = [column.strip() for column in next(reader, [])]
    wanted = named.names.get("text", "text")
    if wanted not in header:
        folded = [column.casefold() for column in header]
        if wanted not in folded:
            raise BadMetadata(f"{name}: no column holds the text ({', '.join(header)[:80]!r}).", _HINT)
        header = folded
    csv.field_size_limit(LONGEST_CELL)
    while True:
        line = reader.line_num + 1
        try:
            values = next(reader, None)
        except csv.Error as error:
            yield failure(f"{name}:{line}", BadMetadata(f"{name}:{line}: not a row of CSV ({error}).", _HINT))
            continue
        if values is None:
            return
        if any(value.strip() for value in values):
            row = named.row(dict(zip(header, values, strict=False)))
            yield from made(f"{name}:{line}", str(row.get("text") or ""), row)
