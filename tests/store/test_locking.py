"""One writer at a time; the others wait, and then say for whom."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.contracts.readings import FIRST, NOON, reading

from fogline.errors import LedgerBusy
from fogline.store.locking import WriterLock
from fogline.store.sqlite import SqliteLedger

HOLD = """
import sys, time
from fogline.store.sqlite import SqliteLedger
ledger = SqliteLedger(sys.argv[1])
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


@pytest.fixture
def other(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the ledger for writing."""
    held = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True)
    assert held.stdout is not None
    assert held.stdout.readline() == "held\n"
    yield held
    held.kill()
    held.wait()
    held.stdout.close()


def test_a_second_writer_waits_and_then_says_who_holds_it(path: Path, other: subprocess.Popen[str]) -> None:
    told: list[str] = []
    began = time.monotonic()
    for _ in range(2):  # the first who waits must not wipe out the name for the second
        with pytest.raises(LedgerBusy, match=f"process {other.pid} of .* on .* since 20.*waited 0.3 s") as caught:
            SqliteLedger(path, wait_seconds=0.3, waiting=told.append)
    assert time.monotonic() - began >= 0.6
    assert "reading the ledger needs no waiting" in caught.value.hint
    assert told
    assert all(f"process {other.pid}" in line for line in told)


def test_readers_do_not_wait(path: Path, other: subprocess.Popen[str]) -> None:
    with SqliteLedger(path, wait_seconds=0.0, read_only=True) as reader:
        assert reader.claims() == ()


def test_a_killed_writer_holds_nothing(path: Path, other: subprocess.Popen[str]) -> None:
    other.send_signal(signal.SIGKILL)
    other.wait()
    with SqliteLedger(path, wait_seconds=0.0) as ledger:
        ledger.add(FIRST, [reading("a.txt", "We hold it.")], NOON)
        with pytest.raises(LedgerBusy, match=f"process {os.getpid()} "):
            SqliteLedger(path, wait_seconds=0.0)


def test_a_name_left_by_a_killed_writer_is_not_believed(path: Path, other: subprocess.Popen[str]) -> None:
    other.send_signal(signal.SIGKILL)
    other.wait()
    assert path.with_name("ledger.sqlite.writer").exists()
    lock = WriterLock(path)
    lock._lock.acquire(timeout=0)  # held by one who has not signed yet
    try:
        with pytest.raises(LedgerBusy, match="another process, which has not left its name"):
            WriterLock(path).acquire(0.0)
    finally:
        lock.release()


def test_a_writer_that_comes_free_is_followed(path: Path) -> None:
    first = SqliteLedger(path)

    def leave(_: str) -> None:
        first.close()

    with SqliteLedger(path, wait_seconds=20.0, waiting=leave) as second:
        assert second.claims() == ()
    assert not path.with_name("ledger.sqlite.writer").exists()


def test_one_ledger_under_two_names_has_one_lock(path: Path, tmp_path: Path) -> None:
    with SqliteLedger(path):
        (tmp_path / "link.sqlite").symlink_to(path)
        with pytest.raises(LedgerBusy):
            SqliteLedger(tmp_path / "link.sqlite", wait_seconds=0.0)


def test_closing_twice_does_no_harm(path: Path) -> None:
    ledger = SqliteLedger(path)
    ledger.close()
    ledger.close()
    SqliteLedger(path, wait_seconds=0.0).close()
