"""What stands in a theatre's files, read so that what is wrong is named: the file, the table in it, and the value."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources.abc import Traversable
from math import isfinite
from typing import Any

from fogline.errors import BadSettings

HINT = "See docs/theatres.md for a theatre's files."


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a TOML file or one row of a CSV file; ``where`` names it in what goes wrong.

    Every reading raises ``BadSettings`` for a value of the wrong type, and for one that is ``needed`` and not there.

    >>> Table("theatre.toml, [[sides]] 1", {"code": "RU"}).text("code")
    'RU'
    """

    where: str
    values: Mapping[str, Any]

    def text(self, name: str, *, needed: bool = False) -> str:
        """A string; empty where there is none."""
        found = self._value(name, needed)
        if found is None:
            return ""
        if isinstance(found, str):
            return found
        raise self._wrong(name, found, "a text in quotes")

    def texts(self, name: str, *, needed: bool = False) -> tuple[str, ...]:
        """A list of strings."""
        found = self._value(name, needed)
        if found is None:
            return ()
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            raise self._wrong(name, found, "a list of texts in quotes")
        if needed and not found:
            raise self._wrong(name, found, "a list with at least one text")
        return tuple(found)

    def day(self, name: str, *, needed: bool = False) -> date | None:
        """A day."""
        found = self._value(name, needed)
        if found is None or type(found) is date:
            return found
        raise self._wrong(name, found, "a day such as 2022-02-24")

    def chance(self, name: str) -> float:
        """A chance, which must be there."""
        found = self._value(name, needed=True)
        if _is_number(found) and 0 < found < 1:
            return float(found)
        raise self._wrong(name, found, "a number between 0 and 1")

    def numbers(self, name: str, count: int) -> tuple[float, ...] | None:
        """A list of so many numbers, or ``None``."""
        found = self._value(name, needed=False)
        if found is None:
            return None
        if not isinstance(found, list) or len(found) != count or not all(map(_is_number, found)):
            raise self._wrong(name, found, f"a list of {count} numbers")
        return tuple(map(float, found))

    def number(self, name: str) -> float | None:
        """A number written as text, as in a CSV cell; ``None`` where the cell is empty."""
        cell = self.text(name)
        try:
            number = float(cell) if cell else None
        except ValueError as error:
            raise self._wrong(name, cell, "a number") from error
        if number is not None and not isfinite(number):
            raise self._wrong(name, cell, "a number")
        return number

    def several(self, name: str, *, needed: bool = False) -> tuple[str, ...]:
        """The parts of a cell that bars keep apart."""
        parts = tuple(part.strip() for part in self.text(name, needed=needed).split("|") if part.strip())
        if needed and not parts:
            raise self._wrong(name, "", "at least one name")
        return parts

    def tables(self, name: str) -> Iterator[Table]:
        """The tables ``[[name]]``, counted from 1."""
        found = self._value(name, needed=False) or []
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise self._wrong(name, found, f"tables, each headed [[{name}]]")
        for number, one in enumerate(found, 1):
            yield Table(f"{self.where}, [[{name}]] {number}", one)

    def named(self, name: str) -> Iterator[tuple[str, Table]]:
        """The tables under ``[name]``, by their keys."""
        found = self._value(name, needed=False) or {}
        if not isinstance(found, dict) or not all(isinstance(one, dict) for one in found.values()):
            raise self._wrong(name, found, f"a table [{name}] of tables")
        for key, one in found.items():
            yield key, Table(f"{self.where}, [{name}] {key}", one)

    def _value(self, name: str, needed: bool) -> Any:
        found = self.values.get(name)
        if found is None and needed:
            raise BadSettings(f"{self.where}: {name!r} is missing.", HINT)
        return found

    def _wrong(self, name: str, found: object, wanted: str) -> BadSettings:
        return BadSettings(f"{self.where}: {name!r} is {found!r}, and must be {wanted}.", HINT)


def toml(path: Traversable) -> Table:
    """The whole of a TOML file; raises ``BadSettings`` for one that is none."""
    try:
        return Table(str(path), tomllib.loads(_text(path)))
    except tomllib.TOMLDecodeError as error:
        raise BadSettings(f"{path}: not TOML ({error}).", HINT) from error


def rows(path: Traversable) -> Iterator[Table]:
    """The rows of a CSV file, named by their lines; none where there is no such file."""
    if not path.is_file():
        return
    reader = csv.DictReader(io.StringIO(_text(path), newline=""), restkey="")
    try:
        for row in reader:
            where = f"{path}, line {reader.line_num}"
            if "" in row:
                raise BadSettings(f"{where}: more cells than the head has columns.", HINT)
            yield Table(where, row)
    except csv.Error as error:
        raise BadSettings(f"{path}: not CSV ({error}).", HINT) from error


def _text(path: Traversable) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettings(f"{path}: cannot be read as UTF-8 text ({error}).", HINT) from error


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
