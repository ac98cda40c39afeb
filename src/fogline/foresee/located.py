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
NAMED = re.compile(r"\w[\w .,'’‘ʼ`()-]{0,99}")
LARGEST = 256_000
"""Bytes of the largest file that is read."""


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


def text_of(path: Path) -> str:
    """The text of a file. Raises ``BadScenario`` where it cannot be read or is far too long."""
    try:
        if path.stat().st_size > LARGEST:
            raise BadScenario(f"{path}: longer than {LARGEST // 1000} kB.", "Name a file of scenarios or hypotheses.")
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadScenario(f"{path}: cannot be read ({error}).", "Name a TOML file.") from error


def slug(text: str) -> str:
    """A title as an id.

    >>> slug("Kupiansk in winter: who holds?")
    'kupiansk-in-winter-who-holds'
    """
    return "-".join(re.findall(r"[^\W_]+", text.lower()))


def identity(top: Table, title: str) -> str:
    """The id of a file: its own key, else its title as one. Raises ``BadScenario`` for an id that is none."""
    name = top.values.get("id", slug(title))
    if not isinstance(name, str) or not NAMED.fullmatch(name):
        raise top.wrong("id", f"{name!r} is no id.", "Write letters, digits, spaces and hyphens, at most 100.")
    return name


def parsed(name: str, text: str) -> tuple[Table, dict[str, list[Table]]]:
    """The top of a TOML text and its arrays of tables by dotted name, in the order of the text.

    ``name`` is what errors call it. Raises ``BadScenario`` where it is no TOML.
    """
    try:
        values = tomllib.loads(text)
    except RecursionError as error:
        raise BadScenario(f"{name}: no TOML (nested too deep).", "Write tables and lists plainly.") from error
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
