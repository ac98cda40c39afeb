"""A ledger as one file to put away, made while a build goes on, and back into a file or a database.

The file is a ledger of its own in SQLite, whichever database it came from: it can be looked into, verified and compared.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from fogline.errors import LedgerError, NotALedger
from fogline.ports import Ledger, Progress
from fogline.store import sqlite_file
from fogline.store.copying import copy, in_database
from fogline.store.opening import open_ledger
from fogline.store.sqlite import SqliteLedger
from fogline.store.translating import file_errors, foreign_errors

_NAME = "ledger.sqlite"


def backup(ledger: Ledger, file: Path, progress: Progress) -> int:
    """Write the ledger as it stands now into a new file; returns its size in bytes.

    The file is put in place whole, checked and on the disk, or not at all. Raises ``LedgerError`` where it is there already
    or cannot be written.
    """
    source = in_database(ledger)
    if file.exists():
        raise LedgerError(f"{file} is there already.", "Give another name, or a folder: then the name bears the time.")
    with file_errors(file), foreign_errors(file), _aside(file.parent) as folder:
        made = folder / _NAME
        if isinstance(source, SqliteLedger):
            progress("backing up", 0, 0)
            _vacuumed(source.path, made)
        else:
            with SqliteLedger(made) as target:
                copy(source, target, progress)
        progress("checking", 0, 0)
        check(made)
        _synced(made)
        made.replace(file)
        _synced(file.parent)
        return file.stat().st_size


def restore(file: Path, location: str, progress: Progress, wait_seconds: float = 30.0) -> None:
    """Bring a file that ``backup`` wrote back as the ledger at ``location``; the file is left as it is, and may be read-only.

    All or nothing. Raises ``NotALedger`` for a file that is none, ``LedgerError`` where it is damaged or where
    ``location`` holds something already.
    """
    if not file.is_file():
        raise NotALedger(f"There is no backup {file}.", "Give a file that `fogline backup` wrote.")
    progress("checking", 0, 0)
    check(file)
    into_file = "://" not in location
    target = Path(location).absolute()
    if into_file and target.exists():
        raise LedgerError(
            f"{target} is there already. Nothing was changed.", "Move it away, or restore to another name."
        )
    if into_file:
        sqlite_file.check_place(target, must_exist=False)
    with file_errors(target if into_file else file), _aside(target.parent if into_file else None) as folder:
        # A backup of an older layout is brought to the newest on the way: in a copy, never in what was put away.
        made = folder / _NAME
        shutil.copyfile(file, made)
        with SqliteLedger(made) as source:
            if not into_file:
                with _writing(location, wait_seconds) as other:
                    copy(source, other, progress)
        if into_file:
            _synced(made)
            made.replace(target)
            _synced(target.parent)


def check(file: Path) -> None:
    """Raise ``LedgerError`` for a file that is no ledger, or is damaged."""
    sqlite_file.check_place(file, must_exist=True)
    with foreign_errors(file):
        sqlite_file.check_application(file, read_only=True)
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as plain:
            (told,) = plain.execute("PRAGMA quick_check(1)").fetchone()
    if told != "ok":
        raise LedgerError(f"{file}: the file is damaged ({told}).", "Take an older backup.")


def rotated(folder: Path, stem: str, keep: int) -> list[Path]:
    """Remove all but the ``keep`` newest backups of that stem in the folder; returns those removed."""
    found = sorted(folder.glob(f"{stem}-{_TIME}.sqlite"))
    old = found[: max(len(found) - keep, 0)]
    for each in old:
        with file_errors(each):
            each.unlink()
    return old


_TIME = "[0-9]" * 8 + "T" + "[0-9]" * 6 + "Z"
"""A time in UTC, as it stands in a backup's name: names sort as time passes."""


@contextmanager
def _writing(location: str, wait_seconds: float) -> Iterator[Ledger]:
    ledger = open_ledger(location, wait_seconds=wait_seconds)
    try:
        yield ledger
    finally:
        ledger.close()


@contextmanager
def _aside(beside: Path | None) -> Iterator[Path]:
    """A folder to make a file in before it is put in place; gone afterwards."""
    if beside is not None and not beside.is_dir():
        raise LedgerError(f"There is no folder {beside}.", "Make the folder first.")
    folder = Path(tempfile.mkdtemp(prefix=".fogline-", dir=beside))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _vacuumed(source: Path, made: Path) -> None:
    """One state of the file, written anew without its gaps; who writes to it meanwhile does not wait."""
    with closing(sqlite3.connect(sqlite_file.address(source, "ro"), uri=True, isolation_level=None)) as plain:
        plain.execute("VACUUM INTO ?", (str(made),))


def _synced(path: Path) -> None:
    """What was written is on the disk before anyone relies on it."""
    with suppress(PermissionError):  # a folder cannot be opened on Windows
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
