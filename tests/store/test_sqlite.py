"""What is particular to the ledger in a file: its tables, its readers, and other programs that open it."""

import json
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.exc import OperationalError
from tests.contracts.readings import FIRST, NOON, conclusions, judgement, reading

from fogline.store import migrating, sqlite_file
from fogline.store.schema import LAYOUT, metadata
from fogline.store.sqlite import SqliteLedger

ONE = reading("one.txt", "We hold Hrushivka.", "The bridge is gone.")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a ledger with everything in it is."""
    path = tmp_path / "ledger.sqlite"
    with SqliteLedger(path) as ledger:
        ledger.add(FIRST, [ONE], NOON)
        ledger.conclude(conclusions(ONE.claims))
        ledger.judge(judgement("a typing error"))
    return path


def test_the_migrations_make_the_tables_of_the_schema(path: Path) -> None:
    assert migrating.known_layouts()[-1] == LAYOUT
    made = sqlite_file.engine(path, "ro")
    with made.connect() as connection:
        ours = set(metadata.tables)
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, _: kind != "table" or name in ours, "compare_type": True},
        )
        assert compare_metadata(context, metadata) == []
    made.dispose()


def test_the_file_is_one_file_once_closed(path: Path) -> None:
    assert {file.name for file in path.parent.iterdir()} == {"ledger.sqlite", "ledger.sqlite.lock"}


def test_bytes_that_came_twice_are_kept_once(path: Path) -> None:
    with SqliteLedger(path) as ledger:
        ledger.add(FIRST, [reading("again.txt", "We hold Hrushivka.", "The bridge is gone.")], NOON)
    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("SELECT count(*) FROM contents").fetchone() == (1,)
        assert plain.execute("SELECT count(*) FROM articles").fetchone() == (2,)


def test_the_columns_say_what_the_claim_says(path: Path) -> None:
    asked = "kind, holder, speaker, side, outlet, polarity, certainty, modality, published, when_start, when_end"
    with closing(sqlite3.connect(path)) as plain:
        told = plain.execute(f'SELECT {asked}, quote, start, "end" FROM claims ORDER BY start').fetchone()
    assert told == (
        *("control", "SO", "General Elm", "SO", "Harbour Courier", "positive", "certain", "actual"),
        *("2025-11-19", "2025-11-18", "2025-11-18", "We hold Hrushivka.", 0, 18),
    )


def test_documents_are_findable_by_their_words(path: Path) -> None:
    with closing(sqlite3.connect(path)) as plain:
        found = (
            "SELECT name FROM documents_fts JOIN documents ON number = documents_fts.rowid WHERE documents_fts MATCH ?"
        )
        assert plain.execute(found, ("bridge",)).fetchall() == [("one.txt",)]


def test_a_reader_sees_the_old_conclusions_whole_while_new_ones_come(path: Path) -> None:
    old, new = conclusions(ONE.claims), conclusions(ONE.claims[:1], belief=0.5)
    stop = threading.Event()
    seen = []

    def look() -> None:
        with SqliteLedger(path, read_only=True) as reader:
            while not stop.is_set():
                seen.append(reader.conclusions())

    with SqliteLedger(path) as writer:
        looking = threading.Thread(target=look)
        looking.start()
        for _ in range(10):
            writer.conclude(new)
            writer.conclude(old)
        stop.set()
        looking.join()
        with writer._writing() as connection:
            connection.exec_driver_sql("DELETE FROM family_members")
            with SqliteLedger(path, read_only=True) as reader:
                assert reader.conclusions() == old
    assert seen
    assert all(one in (old, new) for one in seen)


def test_an_online_copy_is_a_ledger(path: Path) -> None:
    with SqliteLedger(path) as ledger, closing(sqlite3.connect(path)) as plain:
        before = ledger.claims()
        plain.execute("VACUUM INTO ?", (str(path.with_name("copy.sqlite")),))
    with SqliteLedger(path.with_name("copy.sqlite")) as copy:
        assert copy.claims() == before


@pytest.mark.skipif(find_spec("datasette") is None, reason="datasette is not installed")
@pytest.mark.filterwarnings("ignore")
def test_datasette_shows_the_ledger(path: Path) -> None:
    def get(page: str) -> str:
        command = [sys.executable, "-m", "datasette", "serve", "--get", page, str(path)]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    told = json.loads(get("/ledger/claims.json?_shape=objects&_search=bridge"))
    assert [row["quote"] for row in told["rows"]] == ["The bridge is gone."]
    assert "General Elm" in get("/ledger/claims")


def test_the_last_to_close_takes_the_side_files_away(path: Path) -> None:
    with SqliteLedger(path, read_only=True) as one:
        with SqliteLedger(path, read_only=True) as other:
            assert other.claims() == one.claims() == ONE.claims
        assert one.claims() == ONE.claims
    assert {file.name for file in path.parent.iterdir()} == {"ledger.sqlite", "ledger.sqlite.lock"}


def test_who_opened_it_to_read_cannot_write(path: Path) -> None:
    with (
        SqliteLedger(path, read_only=True) as ledger,
        ledger._reading() as connection,
        pytest.raises(OperationalError, match="readonly"),
    ):
        connection.exec_driver_sql("DELETE FROM claims")


def test_a_ledger_of_a_disk_that_may_not_be_written_can_be_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    with SqliteLedger(path, read_only=True) as ledger:
        assert ledger.claims() == ONE.claims
    assert {file.name for file in path.parent.iterdir()} == {"ledger.sqlite", "ledger.sqlite.lock"}
