"""Asking a ledger's file for many rows by name, and whether it was written to."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from benchmarks.big import AT, RUN, readings, world

from fogline.model import Asked
from fogline.store.opening import open_ledger
from fogline.store.sqlite import SqliteLedger
from fogline.store.standing import standing
from fogline.store.watching import Watched

COUNT = 300


def test_what_was_found_is_found_anew_only_after_a_write(tmp_path: Path) -> None:
    path = tmp_path / "one.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("CREATE TABLE numbers (n)")
        asked: list[int] = []
        watched = Watched(
            lambda: sqlite3.connect(path, check_same_thread=False),
            lambda: asked.append(1) or writer.execute("SELECT count(*) FROM numbers").fetchone()[0],
        )
        assert [watched.now(), watched.now(), watched.now()] == [0, 0, 0]
        assert len(asked) == 1
        for n in range(3):
            writer.execute("INSERT INTO numbers VALUES (?)", (n,))
            assert [watched.now(), watched.now()] == [n + 1, n + 1]
        assert len(asked) == 4
        watched.close()


def test_a_revision_follows_what_others_and_the_ledger_itself_write(tmp_path: Path) -> None:
    told = list(readings(world(COUNT), COUNT))
    path = tmp_path / "ledger.sqlite"
    with SqliteLedger(path) as own:
        own.add(RUN, told[:10], AT)
        with SqliteLedger(path, read_only=True) as other:
            seen = {own.revision(), other.revision()}
            assert len(seen) == 1
            own.add(RUN, told[10:20], AT)
            seen |= {own.revision(), other.revision()}
            assert len(seen) == 2
            other.rest()
            assert other.revision() in seen


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_rows_are_found_by_more_names_than_one_question_takes(kind: str, place: Callable[[str], str]) -> None:
    told = list(readings(world(COUNT), COUNT))
    with open_ledger(place(kind)) as ledger:
        ledger.add(RUN, told, AT)
        ids = [claim.id for claim in ledger.page(Asked(), limit=500).claims]
        names = [f"claim-{n}" for n in range(7_000)] + ids + ["", "it's", '"', "a\x00b"]
        found = ledger.claims_by_id(names)
        assert set(found) == set(ids)
        assert {one.id for one in ledger.bodies(names)} == set(ids)


WRITE = """
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as writer:
    writer.execute("UPDATE about SET value = value + 1 WHERE name = 'revision'")
writer.close()
"""


def test_who_looks_at_a_file_does_not_lose_sight_of_it(tmp_path: Path) -> None:
    """A reader that gave up its locks would go on with a write-ahead log that another process took away."""
    path = tmp_path / "ledger.sqlite"
    with SqliteLedger(path) as own:
        own.add(RUN, list(readings(world(COUNT), COUNT))[:5], AT)
    with SqliteLedger(path, read_only=True) as reader:
        seen = {reader.revision()}
        for turn in range(2):
            assert standing(str(path)).counts
            SqliteLedger(path, read_only=True).close()
            subprocess.run([sys.executable, "-c", WRITE, path], check=True)
            seen.add(reader.revision())
            assert len(seen) == turn + 2
