"""``fogline doctor``: whether everything that fogline needs is there."""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum
from importlib import metadata
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
    """Check Python, the extras, the language model, theatre and gazetteer, SQLite, the ledger and its layout, the engines, free space.

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
        _tried("extras", _extras),
        _tried("language model", _model),
        _tried("theatre", lambda: _theatre(theatre)),
        _tried("gazetteer", lambda: _gazetteer(theatre)),
        _sqlite("full-text search (FTS5)", "CREATE VIRTUAL TABLE t USING fts5(words)"),
        _sqlite("map search (RTREE)", "CREATE VIRTUAL TABLE t USING rtree(id, south, north, west, east)"),
        *_ledger(ledger),
        _tried("engines", _engines),
        _room("free space", _folder(ledger), "put the ledger elsewhere with --ledger"),
        _room("free space for drafts", Path(tempfile.gettempdir()), "set TMPDIR to another folder"),
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
    from dataclasses import replace

    from fogline.config import load as load_settings
    from fogline.gazetteer.loading import load as gazetteer_of
    from fogline.theatres.loading import load

    own = load_settings().gazetteer
    told = f" with {own}" if own else ""
    return f"version {gazetteer_of(replace(load(name), gazetteer=own)).version}{told}"


def _sqlite(name: str, statement: str) -> Finding:
    try:
        with sqlite3.connect(":memory:") as connection:
            connection.execute(statement)
    except sqlite3.Error as error:
        return Finding(name, False, f"{error} (SQLite {sqlite3.sqlite_version})", "Use a Python with a full SQLite.")
    finally:
        connection.close()
    return Finding(name, True, f"SQLite {sqlite3.sqlite_version}")


def _extras() -> str:
    """Which optional parts are there, as the package itself declares them."""
    wanted: dict[str, list[str]] = {}
    for told in metadata.requires("fogline") or ():
        found = re.match(r"([\w.-]+).*extra == ['\"]([\w-]+)['\"]", told)
        if found:
            wanted.setdefault(found[2], []).append(found[1])
    there = [name for name, packages in sorted(wanted.items()) if all(map(_installed, packages))]
    missing = [name for name in sorted(wanted) if name not in there]
    more = f"; not installed: {', '.join(missing)} (pip install 'fogline[NAME]')" if missing else ""
    return f"installed: {', '.join(there) or 'none'}{more}"


def _installed(package: str) -> bool:
    try:
        metadata.version(package)
    except metadata.PackageNotFoundError:
        return False
    return True


def _ledger(place: str) -> tuple[Finding, ...]:
    """The ledger as it stands, and its layout: nothing is locked, waited for or changed."""
    from fogline.store.opening import shown
    from fogline.store.standing import standing

    if "://" not in place and not Path(place).exists():
        return (Finding("ledger", True, f"none at {place} yet"),)
    try:
        found = standing(place)
    except FoglineError as error:
        return (Finding("ledger", False, error.message, error.hint),)
    held = "".join(f", {many:,} {name}" for name, many in found.counts)
    written = f"; being written by {found.writer}" if found.writer else ""
    told = f"{shown(place)}: {found.store}, {found.size / 1e6:,.1f} MB{held}{written}"
    layout = Finding("layout", True, f"{found.layout}, the newest")
    if found.pending:
        layout = Finding(
            "layout",
            True,
            f"{found.layout or 'none'}; {found.pending} to go to {found.newest}",
            "The next command that opens the ledger brings it there, in one transaction. Back it up before.",
        )
    return (Finding("ledger", True, told), layout)


def _engines() -> str:
    """Where reading can run, and on what."""
    from fogline.registry import names

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return f"{', '.join(names('engine'))}; {cores} cores{_memory()}"


def _memory() -> str:
    if not hasattr(os, "sysconf") or "SC_PHYS_PAGES" not in os.sysconf_names:
        return ""
    return f", {os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 1e9:.1f} GB of memory"


def _folder(ledger: str) -> Path:
    # What is free on a database server cannot be seen from here: the folder at hand is looked at.
    folder = Path.cwd() if "://" in ledger else Path(ledger).absolute().parent
    while not folder.exists():
        folder = folder.parent
    return folder


def _room(name: str, folder: Path, remedy: str) -> Finding:
    free = shutil.disk_usage(folder).free
    well = free >= ROOM
    return Finding(name, well, f"{free / 1e9:.1f} GB free in {folder}", "" if well else f"Free some, or {remedy}.")
