"""Builds ledgers and kills the builder, over and over; run in a process of its own because it forks.

Usage: ``killing.py FOLDER KILLS SEED``. Prints one JSON line a ledger: how often its builder was killed, and what it
holds in the end.
"""

import json
import os
import random
import signal
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import connect

from tests.contracts.readings import FIRST, SECOND, conclusions, judgement, reading

from fogline.store import migrating  # noqa: F401  imported before the forks, so that these are quick
from fogline.store.encoding import to_json
from fogline.store.sqlite import SqliteLedger

NOON = datetime(2025, 11, 20, 12, tzinfo=UTC)
BATCHES, REPORTS, SENTENCES = 5, 4, 3
READINGS = [
    [
        reading(f"{b:02}-{n}.txt", *(f"Sentence {m} of report {b}-{n}." for m in range(SENTENCES)))
        for n in range(REPORTS)
    ]
    for b in range(BATCHES)
]


def build(path: Path) -> None:
    """What is killed: makes or reopens the ledger, adds what is missing, and concludes after every batch."""
    with SqliteLedger(path, wait_seconds=5) as ledger:
        for number, batch in enumerate(READINGS):
            run = SECOND if number % 4 == 3 else FIRST
            if not all(ledger.has(run, one.article.id) for one in batch):
                ledger.add(run, batch, NOON)
            ledger.conclude(conclusions(ledger.claims()[: SENTENCES * (number + 1)]))
            ledger.judge(judgement(f"batch {number}"))


def content(path: Path) -> list[str]:
    """All that the ledger says, as lines of JSON."""
    with SqliteLedger(path, wait_seconds=0) as ledger:
        runs = [to_json(run) for run, _ in ledger.runs()]
        parts = (ledger.documents(), ledger.claims(), (ledger.conclusions(),), ledger.judgements())
        found = ledger.search("sentence report")
        return [*runs, *(to_json(value) for values in parts for value in values), str(len(found))]


def check(path: Path) -> None:
    """After a kill the ledger opens, is whole, and holds no half of a batch."""
    with SqliteLedger(path, wait_seconds=0) as ledger:
        assert len(ledger.documents()) % REPORTS == 0, len(ledger.documents())
        assert len(ledger.claims()) == SENTENCES * len(ledger.documents())
        grades = len(ledger.conclusions().grades)
        assert grades % SENTENCES == 0, grades
        assert len(ledger.search("sentence")) == len(ledger.claims())
    with closing(connect(path)) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
        plain.execute("INSERT INTO claims_fts(claims_fts, rank) VALUES ('integrity-check', 1)")


def killed(path: Path, after: float) -> bool:
    """Whether the builder had to be killed; else it was done before."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            build(path)
            code = 0
        finally:
            os._exit(code)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.WEXITSTATUS(status) == 0, status
    return False


def tell(kills: int, path: Path) -> None:
    """Print a line on a ledger that got done."""
    sys.stdout.write(json.dumps([kills, content(path)]) + "\n")


def main(folder: Path, kills: int, seed: int) -> None:
    """Kill that many times; a ledger that got done is told, and the next is begun."""
    chance = random.Random(seed)
    whole = folder / "undisturbed.sqlite"
    began = time.monotonic()
    build(whole)
    took = time.monotonic() - began
    tell(0, whole)
    done = on_this = number = 0
    while done < kills or on_this:
        path = folder / f"{number}.sqlite"
        # Mostly early: each reopening finds part of the work done. At last the builder is let finish.
        after = chance.uniform(0, took * 0.6) if done < kills and on_this < 6 else took * 30
        if after < took and killed(path, after):
            done, on_this = done + 1, on_this + 1
            if path.exists():
                check(path)
            continue
        build(path)
        tell(on_this, path)
        on_this, number = 0, number + 1


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
