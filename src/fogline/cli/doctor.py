"""``fogline doctor``: whether everything that fogline needs is there."""

from __future__ import annotations

import json
import platform
import shutil
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from fogline import __version__
from fogline.cli import options
from fogline.cli.console import emit, say, table
from fogline.errors import FoglineError

ROOM = 500_000_000
"""Free bytes below which a build may not fit."""

SUPPORTED = ((3, 11), (3, 14))
"""The Python versions it is tested on: from the first to before the second."""


class DoctorFormat(StrEnum):
    """How the findings are printed."""

    TABLE = "table"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is well, what was found, and what to do if not."""

    name: str
    well: bool
    found: str
    remedy: str = ""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor", epilog="Example: [bold]fogline doctor --ledger fogline.sqlite[/bold]")(doctor)


def doctor(
    ledger: options.Ledger = options.LEDGER,
    theatre: options.Theatre = None,
    form: Annotated[DoctorFormat, typer.Option("--format", help="How to print the findings.")] = DoctorFormat.TABLE,
) -> None:
    """Check Python, the language model, the gazetteer, the theatre, SQLite, the ledger and free space.

    Exit code 1 if something is not well, each with what to do.
    """
    found = examine(ledger, theatre or "ukraine")
    if form is DoctorFormat.JSON:
        emit([json.dumps([asdict(one) for one in found], ensure_ascii=False) + "\n"], None)
    else:
        rows = ((("ok" if one.well else "NOT WELL"), one.name, one.found, one.remedy) for one in found)
        emit([table(f"fogline {__version__}", ("state", "what", "found", "what to do"), rows, "")], None)
    ill = [one for one in found if not one.well]
    if ill:
        say(f"{len(ill)} of {len(found)} are not well.")
        raise typer.Exit(1)


def examine(ledger: str, theatre: str) -> tuple[Finding, ...]:
    """Every finding, in a fixed order."""
    return (
        _python(),
        _tried("language model", _model),
        _tried("theatre", lambda: _theatre(theatre)),
        _tried("gazetteer", lambda: _gazetteer(theatre)),
        _sqlite("full-text search (FTS5)", "CREATE VIRTUAL TABLE t USING fts5(words)"),
        _sqlite("map search (RTREE)", "CREATE VIRTUAL TABLE t USING rtree(id, south, north, west, east)"),
        _tried("ledger", lambda: _ledger(ledger)),
        _room(ledger),
    )


def _python() -> Finding:
    lowest, beyond = SUPPORTED
    well = lowest <= sys.version_info[:2] < beyond
    return Finding("Python", well, platform.python_version(), "" if well else "Use Python 3.11, 3.12 or 3.13.")


def _tried(name: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(name, True, look())
    except FoglineError as error:
        return Finding(name, False, error.message, error.hint)
    except Exception as error:  # whatever is broken, the other findings are still wanted
        return Finding(name, False, f"{type(error).__name__}: {error}", "Install fogline again.")


def _model() -> str:
    from fogline.extract.parse import pipeline

    meta = pipeline().meta
    return f"{meta['lang']}_{meta['name']} {meta['version']}"


def _theatre(name: str) -> str:
    from fogline.theatres.loading import load

    found = load(name)
    return f"{found.name} {found.version}: {len(found.sides)} sides, {len(found.actors)} people and organisations"


def _gazetteer(name: str) -> str:
    from fogline.gazetteer.loading import load as gazetteer_of
    from fogline.theatres.loading import load

    return f"version {gazetteer_of(load(name)).version}"


def _sqlite(name: str, statement: str) -> Finding:
    try:
        with sqlite3.connect(":memory:") as connection:
            connection.execute(statement)
    except sqlite3.Error as error:
        return Finding(name, False, f"{error} (SQLite {sqlite3.sqlite_version})", "Use a Python with a full SQLite.")
    finally:
        connection.close()
    return Finding(name, True, f"SQLite {sqlite3.sqlite_version}")


def _ledger(place: str) -> str:
    from fogline.cli.ledgers import reading
    from fogline.config import load
    from fogline.store.opening import shown

    if "://" not in place and not Path(place).exists():
        return f"none at {place} yet"
    with reading(place, load()) as opened:
        runs, documents = opened.runs(), opened.documents()
    last = f", last read by {runs[-1][0].extractor} {runs[-1][0].version}" if runs else ""
    return f"{shown(place)}: {len(documents)} documents{last}"


def _room(ledger: str) -> Finding:
    # What is free on a database server cannot be seen from here: the folder at hand is looked at.
    folder = Path.cwd() if "://" in ledger else Path(ledger).absolute().parent
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    well = free >= ROOM
    found = f"{free / 1e9:.1f} GB free in {folder}"
    return Finding("free space", well, found, "" if well else "Free some, or put the ledger elsewhere with --ledger.")
