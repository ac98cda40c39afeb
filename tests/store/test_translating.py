"""Every error of the database's libraries comes out as the ledger's own."""

import errno
import sqlite3
from pathlib import Path

import alembic.util
import pytest
import sqlalchemy.exc

from fogline.errors import LedgerBusy, LedgerError, LedgerFull, NotALedger
from fogline.store.translating import file_errors, foreign_errors

LEDGER = Path("/somewhere/ledger.sqlite")
CAUGHT = (sqlite3.Error, sqlite3.Warning, sqlalchemy.exc.SQLAlchemyError, alembic.util.CommandError)
FOREIGN = sorted(
    {
        kind
        for module in (sqlite3, sqlalchemy.exc, alembic.util)
        for kind in vars(module).values()
        if isinstance(kind, type)
        and issubclass(kind, Exception)
        and kind.__module__.startswith(("sqlite3", "sqlalchemy", "alembic"))
    },
    key=lambda kind: (kind.__module__, kind.__name__),
)
# What the libraries warn of, and mix-ins that no one raises, are no errors.
RAISED = [kind for kind in FOREIGN if kind is sqlite3.Warning or not issubclass(kind, Warning)]


def test_the_libraries_have_errors_to_translate() -> None:
    assert len(RAISED) > 40


def made(kind: type[Exception]) -> Exception:
    """An error of that class, as the library makes it."""
    if issubclass(kind, sqlalchemy.exc.DBAPIError):
        return kind("SELECT 1", {}, sqlite3.Error("it went wrong"))
    if issubclass(kind, sqlalchemy.exc.StatementError):
        return kind("it went wrong", "SELECT 1", {}, None)
    error = kind.__new__(kind)
    error.args = ("it went wrong",)
    return error


@pytest.mark.parametrize("kind", RAISED, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_every_class_lands_in_our_tree(kind: type[Exception]) -> None:
    error = made(kind)
    with pytest.raises(LedgerError, match=r"ledger\.sqlite") as caught, foreign_errors(LEDGER):
        raise error
    assert caught.value.hint
    assert caught.value.__cause__ is error


@pytest.mark.parametrize(
    ("code", "expected", "says"),
    [
        (sqlite3.SQLITE_FULL, LedgerFull, "disk is full"),
        (sqlite3.SQLITE_BUSY, LedgerBusy, "another program"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, LedgerBusy, "another program"),
        (sqlite3.SQLITE_LOCKED, LedgerBusy, "another program"),
        (sqlite3.SQLITE_NOTADB, NotALedger, "not a ledger"),
        (sqlite3.SQLITE_CORRUPT, LedgerError, "damaged"),
        (sqlite3.SQLITE_READONLY_DBMOVED, LedgerError, "cannot be written"),
        (sqlite3.SQLITE_CANTOPEN, LedgerError, "cannot be opened"),
        (sqlite3.SQLITE_IOERR_READ, LedgerError, "disk cannot be read"),
        (sqlite3.SQLITE_CONSTRAINT, LedgerError, "refused"),
    ],
)
def test_a_result_code_says_which(code: int, expected: type[LedgerError], says: str) -> None:
    origin = sqlite3.OperationalError("as SQLite puts it")
    origin.sqlite_errorcode = code
    wrapped = sqlalchemy.exc.OperationalError("INSERT", {}, origin)
    with pytest.raises(LedgerError, match=says) as caught, foreign_errors(LEDGER):
        raise wrapped
    assert type(caught.value) is expected
    assert "as SQLite puts it" in caught.value.message
    assert caught.value.hint


def test_a_missing_part_of_sqlite_is_named() -> None:
    origin = sqlite3.OperationalError("no such module: fts5")
    origin.sqlite_errorcode = sqlite3.SQLITE_ERROR
    with pytest.raises(LedgerError, match="fts5") as caught, foreign_errors(LEDGER):
        raise origin
    assert "RTREE" in caught.value.hint


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (errno.ENOSPC, LedgerFull),
        (errno.EACCES, LedgerError),
        (errno.EROFS, LedgerError),
        (errno.ENAMETOOLONG, LedgerError),
    ],
)
def test_the_file_system_is_translated_too(code: int, expected: type[LedgerError]) -> None:
    with pytest.raises(LedgerError, match=r"ledger\.sqlite") as caught, file_errors(LEDGER):
        raise OSError(code, "as the system puts it")
    assert type(caught.value) is expected
    assert caught.value.hint


def test_values_that_cannot_be_stored_are_named() -> None:
    with pytest.raises(LedgerError, match="half a character at position 2"), foreign_errors(LEDGER):
        "ab\udc80".encode()
    with pytest.raises(LedgerError, match="too large"), foreign_errors(LEDGER):
        raise OverflowError("Python int too large")


def test_what_is_ours_passes_untouched() -> None:
    for error in (LedgerBusy("busy", "wait"), KeyError("x")):
        with pytest.raises(type(error)) as caught, foreign_errors(LEDGER), file_errors(LEDGER):
            raise error
        assert caught.value is error
