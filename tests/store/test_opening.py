"""What may be opened, and what is said of what may not."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.contracts.readings import FIRST, NOON, conclusions, reading

from fogline.errors import LedgerError, LedgerFull, NewerLedger, NotALedger, UnknownName
from fogline.model import Conclusions
from fogline.store import migrating, sqlite_file
from fogline.store.memory import MemoryLedger
from fogline.store.opening import open_ledger
from fogline.store.schema import LAYOUT
from fogline.store.sqlite import SqliteLedger

ONE = reading("one.txt", "We hold Hrushivka.")


def execute(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as plain:
        for statement in statements:
            plain.execute(statement)
        plain.commit()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a ledger with one reading is."""
    path = tmp_path / "ledger.sqlite"
    with SqliteLedger(path) as ledger:
        ledger.add(FIRST, [ONE], NOON)
    return path


def test_an_address_means_a_store(tmp_path: Path) -> None:
    assert isinstance(open_ledger("memory:"), MemoryLedger)
    for address in (str(tmp_path / "a.sqlite"), f"sqlite://{tmp_path / 'b.sqlite'}"):
        ledger = open_ledger(address)
        assert isinstance(ledger, SqliteLedger)
        ledger.close()
    with pytest.raises(UnknownName, match="marble"):
        open_ledger("marble://host/ledger")


@pytest.mark.parametrize("name", ["a b?c#d%20.sqlite", "леджер ʼ.sqlite", "'; --.sqlite"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    for _ in range(2):
        with SqliteLedger(tmp_path / name) as ledger:
            ledger.add(FIRST, [ONE], NOON)
    assert (tmp_path / name).exists()
    with SqliteLedger(tmp_path / name, read_only=True) as ledger:
        assert ledger.claims() == ONE.claims


def test_a_folder_is_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="is a folder") as caught:
        SqliteLedger(tmp_path)
    assert "ledger.sqlite" in caught.value.hint


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"no folder .*nowhere"):
        SqliteLedger(tmp_path / "nowhere" / "ledger.sqlite")


def test_reading_needs_a_ledger(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="no ledger") as caught:
        SqliteLedger(tmp_path / "ledger.sqlite", read_only=True)
    assert "fogline build" in caught.value.hint
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("raw", [b"just text\n", b"SQLite format 2\x00" * 9, bytes(range(256)) * 20])
@pytest.mark.parametrize("read_only", [True, False])
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, raw: bytes, read_only: bool) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(raw)
    with pytest.raises(NotALedger, match=r"notes\.txt is not a ledger"):
        SqliteLedger(path, read_only=read_only)
    assert path.read_bytes() == raw
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_only_begins_like_a_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken.sqlite"
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    with pytest.raises(LedgerError, match=r"broken\.sqlite"):
        SqliteLedger(path)


@pytest.mark.parametrize("statement", ["CREATE TABLE claims (id)", "PRAGMA application_id=7"])
@pytest.mark.parametrize("read_only", [True, False])
def test_the_database_of_another_program_is_left_alone(tmp_path: Path, statement: str, read_only: bool) -> None:
    path = tmp_path / "theirs.sqlite"
    execute(path, statement)
    before = path.read_bytes()
    with pytest.raises(NotALedger, match="not a ledger of fogline"):
        SqliteLedger(path, read_only=read_only)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_an_empty_file_becomes_a_ledger(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    execute(tmp_path / "bare", "PRAGMA journal_mode=WAL")
    for name in ("empty", "bare"):
        with SqliteLedger(tmp_path / name) as ledger:
            assert ledger.add(FIRST, [ONE], NOON) == 1


@pytest.mark.parametrize("read_only", [True, False])
def test_a_newer_ledger_is_refused_with_both_versions(path: Path, read_only: bool) -> None:
    execute(
        path,
        "UPDATE alembic_version SET version_num = '9001'",
        "UPDATE about SET value = '77.1' WHERE name = 'fogline'",
    )
    with pytest.raises(NewerLedger, match=rf"fogline 77\.1 \(layout 9001\).*layout {LAYOUT}") as caught:
        SqliteLedger(path, read_only=read_only)
    assert "77.1" in caught.value.hint


def older(path: Path) -> None:
    """Make a ledger of the first layout with one reading in it."""
    made = sqlite_file.engine(path, "rwc", foreign_keys=False)
    with made.begin() as connection:
        migrating.migrate(connection, "0001")
    made.dispose()
    execute(path, f"PRAGMA application_id={sqlite_file.APPLICATION_ID}")
    current = path.with_name("current")
    with SqliteLedger(current) as ledger:
        ledger.add(FIRST, [ONE], NOON)
    tables = ("contents", "articles", "documents", "runs", "readings", "claims", "points", "claim_places")
    execute(
        path, f"ATTACH '{current}' AS new", *(f"INSERT INTO main.{name} SELECT * FROM new.{name}" for name in tables)
    )


@pytest.mark.parametrize("read_only", [True, False])
def test_an_older_ledger_is_brought_up_to_date(tmp_path: Path, read_only: bool) -> None:
    path = tmp_path / "older.sqlite"
    older(path)
    with SqliteLedger(path, read_only=read_only) as ledger:
        assert ledger.claims() == ledger.search("hrushivka") == ledger.within(49, 37, 50, 38) == ONE.claims
    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("SELECT version_num FROM alembic_version").fetchone() == (LAYOUT,)


def test_a_migration_that_fails_leaves_the_older_ledger(tmp_path: Path) -> None:
    path = tmp_path / "older.sqlite"
    older(path)
    execute(path, "CREATE TABLE points_box (in_the_way)")
    with pytest.raises(LedgerError, match="points_box already exists"):
        SqliteLedger(path)
    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert plain.execute("SELECT count(*) FROM sqlite_master WHERE name = 'claims_fts'").fetchone() == (0,)


def test_a_ledger_opened_for_reading_is_not_written(path: Path) -> None:
    with SqliteLedger(path, read_only=True) as ledger, pytest.raises(LedgerError, match="for reading only"):
        ledger.conclude(Conclusions())


def test_a_closed_ledger_says_so(path: Path) -> None:
    ledger = SqliteLedger(path)
    ledger.close()
    with pytest.raises(LedgerError, match="was closed"):
        ledger.claims()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_no_permission_is_said_clearly(path: Path) -> None:
    path.chmod(0o400)
    path.parent.chmod(0o500)
    try:
        with SqliteLedger(path, read_only=True) as ledger:
            assert ledger.claims() == ONE.claims
        with pytest.raises(LedgerError, match="cannot be"):
            SqliteLedger(path)
    finally:
        path.parent.chmod(0o700)


def test_a_full_disk_loses_nothing_that_was_stored(path: Path) -> None:
    with SqliteLedger(path) as ledger:
        ledger.conclude(conclusions(ONE.claims))
        before = (ledger.claims(), ledger.documents(), ledger.conclusions())
        with ledger._reading() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 20}")
        many = [reading(f"{n}.txt", *(f"Sentence {m} of report {n}." for m in range(20))) for n in range(50)]
        with pytest.raises(LedgerFull, match="disk is full") as caught:
            ledger.add(FIRST, many, NOON)
        assert "run the same command again" in caught.value.hint
        assert (ledger.claims(), ledger.documents(), ledger.conclusions()) == before
    with SqliteLedger(path) as ledger:
        assert (ledger.claims(), ledger.documents(), ledger.conclusions()) == before
        assert ledger.add(FIRST, many, NOON) == 50
