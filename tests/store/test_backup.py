"""Backups: made while a build goes on, whole, checked, and back into a file or a database."""

from __future__ import annotations

import multiprocessing
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.contracts.readings import FIRST, NOON, conclusions, judgement, reading
from tests.store.places import KINDS, fill, opened, silent

from fogline.cli.main import run
from fogline.errors import LedgerError, NotALedger, UsageError
from fogline.store import differing, migrating, sqlite_file
from fogline.store.backup import backup, check, restore, rotated
from fogline.store.memory import MemoryLedger
from fogline.store.schema import APPLICATION_ID, LAYOUT

BATCH = 4


@pytest.mark.parametrize("to", KINDS)
@pytest.mark.parametrize("kind", KINDS)
def test_what_was_backed_up_comes_back_the_same(
    place: Callable[[str], str], kind: str, to: str, tmp_path: Path
) -> None:
    file = tmp_path / "kept.sqlite"
    one = place(kind)
    with opened(one) as ledger:
        fill(ledger)
        assert backup(ledger, file, silent) == file.stat().st_size > 0
    other = place(to)
    file.chmod(0o400)
    before = file.read_bytes()
    restore(file, other, silent)
    assert file.read_bytes() == before
    with opened(one, read_only=True) as ledger, opened(other) as back:
        assert differing.compared(ledger, back, silent).different == 0
        assert back.search("bridge 7") == ledger.search("bridge 7")
        assert back.within(48.0, 37.0, 48.1, 38.0)
        assert back.add(FIRST, [reading("later.txt", "Later.")], NOON) == 1
    assert not list(tmp_path.glob(".fogline-*"))


def building(place: str, started: object) -> None:
    """Adds batches, concluding after each, until it is stopped."""
    with opened(place) as ledger:
        for number in range(10_000):
            ledger.add(FIRST, [reading(f"{number}-{n}.txt", f"Sentence {number} {n}.") for n in range(BATCH)], NOON)
            if number % 5 == 0:
                ledger.conclude(conclusions(ledger.claims()))
            started.set()  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", KINDS)
def test_while_a_build_goes_on_a_backup_is_one_state_of_it(
    place: Callable[[str], str], kind: str, tmp_path: Path
) -> None:
    address = place(kind)
    with opened(address) as ledger:
        ledger.judge(judgement("first"))
    spawn = multiprocessing.get_context("spawn")
    started = spawn.Event()
    builder = spawn.Process(target=building, args=(address, started))
    builder.start()
    try:
        assert started.wait(60)
        sizes = []
        for number in range(3):
            file = tmp_path / f"kept-{number}.sqlite"
            with opened(address, read_only=True) as ledger:
                before = len(ledger.documents())
                backup(ledger, file, silent)
                after = len(ledger.documents())
            with opened(str(file), read_only=True) as kept:
                documents, claims = kept.documents(), kept.claims()
                assert before <= len(documents) <= after
                assert len(documents) % BATCH == 0
                assert {claim.document_id for claim in claims} == {document.id for document in documents}
                assert len(kept.search("sentence")) == len(claims)
                assert kept.judgements() == (judgement("first"),)
            sizes.append(len(documents))
        assert builder.is_alive()
        assert sizes == sorted(sizes)
    finally:
        builder.kill()
        builder.join()
        builder.close()


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_is_there_is_replaced(place: Callable[[str], str], kind: str, tmp_path: Path) -> None:
    file = tmp_path / "kept.sqlite"
    one, other = place("sqlite"), place(kind)
    with opened(one) as ledger:
        fill(ledger)
        backup(ledger, file, silent)
        with pytest.raises(LedgerError, match="is there already"):
            backup(ledger, file, silent)
    with opened(other) as ledger:
        ledger.judge(judgement("mine"))
    with pytest.raises(LedgerError, match="already"):
        restore(file, other, silent)
    with opened(other, read_only=True) as ledger:
        assert ledger.judgements() == (judgement("mine"),)
        assert ledger.runs() == ()


def test_a_backup_that_is_none_or_is_damaged_is_refused(place: Callable[[str], str], tmp_path: Path) -> None:
    with pytest.raises(NotALedger, match="no backup"):
        restore(tmp_path / "nothing.sqlite", place("sqlite"), silent)
    text = tmp_path / "text.sqlite"
    text.write_text("no database", "utf-8")
    with pytest.raises(NotALedger):
        restore(text, place("sqlite"), silent)
    file = tmp_path / "kept.sqlite"
    with opened(place("sqlite")) as ledger:
        fill(ledger)
        backup(ledger, file, silent)
    raw = bytearray(file.read_bytes())
    raw[8192 : len(raw) // 2] = b"\xff" * (len(raw) // 2 - 8192)
    file.write_bytes(raw)
    target = place("sqlite")
    with pytest.raises(LedgerError, match=r"damaged") as caught:
        restore(file, target, silent)
    assert "backup" in caught.value.hint
    assert not Path(target).exists()


def test_a_ledger_in_memory_has_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        backup(MemoryLedger(), tmp_path / "kept.sqlite", silent)


def test_a_backup_that_breaks_off_leaves_no_file(place: Callable[[str], str], tmp_path: Path) -> None:
    def break_off(stage: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    with opened(place("postgresql")) as ledger:
        fill(ledger)
        with pytest.raises(KeyboardInterrupt):
            backup(ledger, tmp_path / "kept.sqlite", break_off)
    assert [each.name for each in tmp_path.iterdir() if "kept" in each.name or each.name.startswith(".fogline")] == []


def test_a_backup_of_an_older_layout_is_brought_up_on_the_way(place: Callable[[str], str], tmp_path: Path) -> None:
    file = tmp_path / "old.sqlite"
    engine = sqlite_file.engine(file, "rwc", foreign_keys=False)
    with engine.connect() as plain:
        connection = plain.execution_options(fogline_writes=True)
        with connection.begin():
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
            migrating.migrate(connection, "0001")
    engine.dispose()
    check(file)
    target = place("sqlite")
    restore(file, target, silent)
    with closing(sqlite3.connect(target)) as plain:
        assert plain.execute("SELECT version_num FROM alembic_version").fetchone() == (LAYOUT,)
    with closing(sqlite3.connect(file)) as plain:
        assert plain.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)


def test_the_oldest_of_a_folder_go_and_others_stay(tmp_path: Path) -> None:
    days = [f"war-202511{day:02}T020000Z.sqlite" for day in range(1, 6)]
    beside = ["war-notes.sqlite", "other-20251101T020000Z.sqlite", "war.sqlite"]
    for name in days + beside:
        (tmp_path / name).touch()
    assert [each.name for each in rotated(tmp_path, "war", 2)] == days[:3]
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(days[3:] + beside)


def test_at_the_command_line(place: Callable[[str], str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    address = place("postgresql")
    with opened(address) as ledger:
        fill(ledger)
    assert run(["backup", str(folder), "--ledger", address, "--keep", "1"]) == 0
    (made,) = folder.iterdir()
    assert made.name.startswith("ledger_")
    again = place("sqlite")
    assert run(["restore", str(made), "--ledger", again]) == 0
    assert run(["verify", again, "--against", address]) == 0
    assert "hold the same" in capsys.readouterr().err
    assert run(["restore", str(made), "--ledger", again]) == 1
    assert "Hint: Move it away" in capsys.readouterr().err
    shutil.rmtree(folder)
    assert run(["backup", str(folder / "x.sqlite"), "--ledger", address]) == 1
    assert "There is no folder" in capsys.readouterr().err
