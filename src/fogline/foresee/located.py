"""TOML whose values know their lines, for errors that say where: ``tomllib`` tells lines of its own errors alone."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fogline.errors import BadScenario

HEADER = re.compile(r"^\s*\[\[?\s*([\w.\"-]+)\s*\]\]?")
KEY = re.compile(r"^\s*([\w-]+)\s*=")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a file: its values, and the lines of its keys and of its own head."""

    file: str
    values: dict[str, Any]
    lines: dict[str, int]
    line: int

    def wrong(self, key: str, problem: str, remedy: str) -> BadScenario:
        """The error about a key, or about the table where it has no such key."""
        return BadScenario(f"{self.file}, line {self.lines.get(key, self.line)}: {problem}", remedy)


def read(path: Path) -> tuple[Table, dict[str, list[Table]]]:
    """The top of a TOML file and its arrays of tables by dotted name, in the order of the file.

    Raises ``BadScenario`` where the file is not there or is no TOML.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadScenario(f"{path}: cannot be read ({error}).", "Name a TOML file.") from error
    return parsed(str(path), text)


def parsed(name: str, text: str) -> tuple[Table, dict[str, list[Table]]]:
    """The same of a text; ``name`` is what errors call it."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        told = re.sub(r" \(at line (\d+), column \d+\)", r"", str(error))
        line = re.search(r"line (\d+)", str(error))
        where = f", line {line[1]}" if line else ""
        raise BadScenario(f"{name}{where}: no TOML ({told}).", "Put this line right: key = value.") from error
    return _located(name, text, values)


def _located(file: str, text: str, values: dict[str, Any]) -> tuple[Table, dict[str, list[Table]]]:
    top: dict[str, int] = {}
    heads: dict[str, list[tuple[int, dict[str, int]]]] = {}
    lines = top
    for number, line in enumerate(text.splitlines(), start=1):
        if header := HEADER.match(line):
            lines = {}
            heads.setdefault(header[1].replace('"', ""), []).append((number, lines))
        elif key := KEY.match(line):
            lines.setdefault(key[1], number)
    arrays: dict[str, list[Table]] = {}
    seen: Counter[str] = Counter()

    def walk(prefix: str, value: dict[str, Any]) -> None:
        for name, inner in value.items():
            if not (isinstance(inner, list) and inner and all(isinstance(one, dict) for one in inner)):
                continue
            full = f"{prefix}{name}"
            for one in inner:
                at, own = heads.get(full, [(1, {})] * (seen[full] + 1))[seen[full]]
                seen[full] += 1
                arrays.setdefault(full, []).append(Table(file, one, own, at))
                walk(f"{full}.", one)

    walk("", values)
    return Table(file, values, top, 1), arrays
