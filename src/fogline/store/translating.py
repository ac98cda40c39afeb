"""Errors of the database and of the file system, told in the ledger's own."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic.util import CommandError
from sqlalchemy import exc

from fogline.errors import LedgerBusy, LedgerError, LedgerFull, NotALedger
from fogline.store.postgres_errors import of_server

# SQLAlchemy 2.1 stands in for drivers with errors of a class of their own.
_EMULATED = getattr(exc, "EmulatedDBAPIException", exc.SQLAlchemyError)
_FOREIGN = (exc.SQLAlchemyError, _EMULATED, sqlite3.Error, sqlite3.Warning, CommandError)

_FULL_HINT = (
    "Free some space and run the same command again: what was stored before is safe, and only the rest is done."
)
_DAMAGED_HINT = "Restore a backup, or build the ledger again from the same reports."
_DEFECT_HINT = "Nothing of this step was stored. If it happens again, it is a defect of fogline: please report it."

_NO_SPACE = 1_000_000
"""Free bytes below which an input/output error of SQLite is taken for a full disk: its shared-memory file fails so."""


@contextmanager
def foreign_errors(path: Path | str) -> Iterator[None]:
    """Within this, what the database raises comes out as a ``LedgerError`` that names ``path``."""
    try:
        yield
    except _FOREIGN as error:
        raise translated(error, path) from error
    except UnicodeEncodeError as error:
        raise LedgerError(
            f"{path}: a text cannot be stored, because it holds half a character at position {error.start}.",
            "Decode the input with the right encoding.",
        ) from error
    except OverflowError as error:
        raise LedgerError(f"{path}: a number is too large to be stored ({error}).", _DEFECT_HINT) from error


@contextmanager
def file_errors(path: Path) -> Iterator[None]:
    """Within this, what the file system raises comes out as a ``LedgerError`` that names ``path``."""
    try:
        yield
    except OSError as error:
        raise _of_file_system(error, path) from error


def translated(error: Exception, path: Path | str) -> LedgerError:
    """The ledger's own error for one of SQLAlchemy's, Alembic's or ``sqlite3``'s."""
    origin = getattr(error, "orig", None) or error
    told = str(origin).splitlines()[0] if str(origin) else type(origin).__name__
    code = getattr(origin, "sqlite_errorcode", None)
    if not isinstance(path, Path):
        return of_server(
            getattr(origin, "sqlstate", None) or "", str(origin), path, isinstance(error, exc.OperationalError)
        )
    if code is None:
        return LedgerError(f"{path}: the database refused ({type(origin).__name__}: {told}).", _DEFECT_HINT)
    return _of_sqlite(code, told, path)


def _of_sqlite(code: int, told: str, path: Path) -> LedgerError:
    primary = code & 0xFF  # the rest of a result code says in which of its ways it went wrong
    if primary == sqlite3.SQLITE_FULL or (primary == sqlite3.SQLITE_IOERR and _is_full(path)):
        return LedgerFull(f"{path}: the disk is full ({told}).", _FULL_HINT)
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LedgerBusy(
            f"{path}: another program holds the file ({told}).", "Close it there, or try again when it is done."
        )
    if primary == sqlite3.SQLITE_NOTADB:
        return NotALedger(f"{path} is not a ledger ({told}).", "Give the file that `fogline build` wrote.")
    if primary == sqlite3.SQLITE_CORRUPT:
        return LedgerError(f"{path}: the file is damaged ({told}).", _DAMAGED_HINT)
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return LedgerError(f"{path} cannot be written ({told}).", "Get the right to write it, or copy it elsewhere.")
    if primary == sqlite3.SQLITE_CANTOPEN:
        return LedgerError(f"{path} cannot be opened ({told}).", "Check that it exists and that you may read it.")
    if primary == sqlite3.SQLITE_IOERR:
        return LedgerError(f"{path}: the disk cannot be read or written ({told}).", "Check the disk and try again.")
    if told.startswith("no such module"):
        return LedgerError(
            f"{path}: this Python's SQLite lacks a part that a ledger needs ({told}).",
            "Use a Python whose SQLite has FTS5 and RTREE, such as the one from python.org.",
        )
    return LedgerError(f"{path}: the database refused ({told}).", _DEFECT_HINT)


def _is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _NO_SPACE
    except OSError:
        return False


def _of_file_system(error: OSError, path: Path) -> LedgerError:
    told = error.strerror or str(error)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return LedgerFull(f"{path}: the disk is full ({told}).", _FULL_HINT)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        where = Path(error.filename) if error.filename else path
        return LedgerError(f"{path} cannot be used: {where} ({told}).", "Get the right to it, or choose another place.")
    return LedgerError(f"{path} cannot be used ({told}).", "Check the path and the disk.")
