"""What is known of reports beforehand: a folder's ``meta.csv``, the fields of a JSON line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any
from unicodedata import normalize

from fogline.errors import BadMetadata, InputError
from fogline.model import Article, Failure, Given
from fogline.sources.opening import failure, load

METADATA = "meta.csv"
"""The file that speaks for the files beside it."""

FIELDS = tuple(f.name for f in fields(Given))

_HINT = f"Give it a first line with the columns name and any of {', '.join(FIELDS)}, as UTF-8."


@dataclass(frozen=True, slots=True)
class Table:
    """A folder's ``meta.csv``: what is given by name, and what is wrong with it."""

    given: Mapping[str, Given] = field(default_factory=lambda: MappingProxyType({}))
    failures: tuple[Failure, ...] = ()

    def apply(self, article: Article, path: Path) -> Article:
        """The article with what the table gives about it; a row for the article's own name wins over its file's."""
        given = article.given
        for name in (path.name, article.name):
            row = self.given.get(_key(name))
            given = given if row is None else _over(row, given)
        return article if given == article.given else replace(article, given=given)


def table(folder: Path, max_bytes: int) -> Table:
    """The ``meta.csv`` of a folder; an empty table where there is none.

    A file that cannot be understood is one failure and gives nothing; a row that names no file, or a value that cannot
    be used, is a failure of its own, and the rest holds.
    """
    path = folder / METADATA
    neighbours = _names(folder)
    if METADATA not in neighbours:
        return Table()
    try:
        rows = _rows(path, load(path, max_bytes))
    except InputError as error:
        return Table(failures=(failure(str(path), error),))
    given: dict[str, Given] = {}
    failures: list[Failure] = []
    for number, name, row in rows:
        here, problems = understand(row)
        if not _names_something(name, neighbours):
            problems = (f"there is no file {name!r} in this folder",)
        elif _key(name) in given:
            problems = (*problems, f"{name!r} has a row already, which is kept")
        else:
            given[_key(name)] = here
        failures += [
            failure(str(path), BadMetadata(f"{path}, line {number}: {problem}.", "Correct the line and run again."))
            for problem in problems
        ]
    return Table(MappingProxyType(given), tuple(failures))


def understand(row: Mapping[str, Any]) -> tuple[Given, tuple[str, ...]]:
    """What a row or a JSON line gives, and one phrase for each value that had to be left out.

    >>> understand({"outlet": " Valley Courier ", "published": "12 May"})[1]
    ("published '12 May' is not an ISO 8601 date",)
    """
    values: dict[str, str] = {}
    problems: list[str] = []
    for name in FIELDS:
        value = row.get(name)
        if value is None:
            continue
        if not isinstance(value, str):
            problems.append(f"{name} is {type(value).__name__}, not text")
            continue
        value = " ".join(value.split())
        if name == "published" and value and not (day := iso(value)):
            problems.append(f"published {value[:60]!r} is not an ISO 8601 date")
            continue
        values[name] = day if name == "published" and value else value
    return Given(**values), tuple(problems)


def iso(text: str) -> str:
    """The text itself where it is an ISO 8601 date, month, year or date-time; an RFC 5322 date as ISO; else nothing.

    >>> iso("2022-09-10T08:00:00Z"), iso("2022-09"), iso("Sat, 10 Sep 2022 08:00:00 +0300"), iso("yesterday")
    ('2022-09-10T08:00:00Z', '2022-09', '2022-09-10T08:00:00+03:00', '')
    """
    if re.fullmatch(r"\d{4}(-\d{2})?", text):
        year, _, month = text.partition("-")
        return text if _is_date(f"{year}-{month or '01'}-01") else ""
    if re.match(r"\d{4}-\d{2}-\d{2}", text):
        return text if _is_date(text) else ""
    try:
        return parsedate_to_datetime(text).isoformat() if "," in text else ""
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _rows(path: Path, raw: bytes) -> Iterator[tuple[int, str, Mapping[str, str]]]:
    text = decoded(path, raw)
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = [column.strip().casefold() for column in next(reader, [])]
        if "name" not in columns or not set(FIELDS) & set(columns):
            raise BadMetadata(f"{path}: its first line names no column we know ({head.strip()[:60]!r}).", _HINT)
        rows = [(reader.line_num, values) for values in reader if any(value.strip() for value in values)]
    except csv.Error as error:
        raise BadMetadata(f"{path}, line {reader.line_num}: it is not CSV ({error}).", _HINT) from error
    named = [(number, dict(zip(columns, values, strict=False))) for number, values in rows]
    return ((number, row.get("name", "").strip(), row) for number, row in named)


def decoded(path: Path, raw: bytes) -> str:
    """The text of a table in UTF-8, or UTF-16 with its mark; raises ``BadMetadata`` for anything else."""
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadMetadata(f"{path}: it is not UTF-8 text.", "Save it again as CSV UTF-8.") from error
    if "\0" in text:
        raise BadMetadata(f"{path}: it is not a text file.", _HINT)
    return text


def _names(folder: Path) -> frozenset[str]:
    try:
        return frozenset(_key(path.name) for path in folder.iterdir())
    except OSError:
        # A folder that cannot be listed can still have files that are named; nothing is known of them beforehand.
        return frozenset()


def _names_something(name: str, neighbours: frozenset[str]) -> bool:
    """Whether a row's name can be that of an article: a file here, a line of one (``reports.jsonl:3``), or a URL."""
    if "://" in name:
        return True
    stem, _, line = name.rpartition(":")
    return _key(name) in neighbours or (line.isdigit() and _key(stem) in neighbours)


def _key(name: str) -> str:
    # One file system writes "й" as one character, another as two.
    return normalize("NFC", name.strip())


def _over(strong: Given, weak: Given) -> Given:
    return Given(**{name: getattr(strong, name) or getattr(weak, name) for name in FIELDS})
