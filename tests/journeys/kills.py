"""Kill workers, the writer and the server of a build at random moments: what comes out in the end must be the same bytes.

By hand, on more reports and with more deaths than the tests have time for:

    python -m tests.journeys.kills --kills 50 --reports 120
    python -m tests.journeys.kills --kills 50 --reports 64 --engine ray
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from benchmarks import made
from benchmarks.contents import digest
from tests import postgres_server, ray_here
from tests.journeys.conftest import NOW
from tests.journeys.forking import Forked

from fogline import bulk, flow
from fogline.config import Settings
from fogline.store.memory import MemoryLedger
from fogline.store.opening import open_ledger

ROOT = Path(__file__).parents[2]

SHARD = 8
"""Articles of a shard at least: small, so that few reports make many moments at which to die."""

PATIENCE = 600
"""Seconds after which a build that does not end is a failure."""


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Where a build is tried: its reports, ledger, engine, and the server that may die, if there is one."""

    reports: Path
    ledger: str
    shards: Path
    engine: str
    server: postgres_server.Cluster | None = None
    forks: bool = False
    """Whether builds are forks of this process, which has its models loaded, in the place of programs of their own."""


Build = subprocess.Popen[str] | Forked


@dataclass
class Toll:
    """Who was killed how often, and how often the build was started."""

    killed: Counter[str] = field(default_factory=Counter)
    started: int = 0


def wanted(reports: Path) -> str:
    """The digest of a ledger whose build nobody disturbs."""
    with MemoryLedger() as ledger:
        flow.build([reports], ledger, Settings(theatre="ukraine", engine="serial"), now=NOW)
        return digest(ledger)


def found(ledger: str) -> str:
    """The digest of what is kept."""
    opened = open_ledger(ledger, wait_seconds=5.0, read_only=True)
    try:
        return digest(opened)
    finally:
        opened.close()


def survive(stage: Stage, victims: Sequence[tuple[int, str]], toll: Toll) -> None:
    """Build, and kill each victim once that many shards are there; start again until a build comes to its end."""
    left = list(victims)
    deadline = time.monotonic() + PATIENCE
    while True:
        toll.started += 1
        build = _start(stage)
        try:
            while build.poll() is None:
                assert time.monotonic() < deadline, "the build does not come to an end"
                if left and _shards(stage) >= left[0][0] and _kill(left[0][1], build, stage):
                    toll.killed[left.pop(0)[1]] += 1
                time.sleep(0.005)
        finally:
            if build.poll() is None:
                build.kill()
            code = build.wait()
        if code == 0:
            return
        assert code in (-signal.SIGKILL, 1)  # killed, or the server went away under it
        assert code != 1 or stage.server, "what is said above ended the build"


def _shards(stage: Stage) -> int:
    return len(list(stage.shards.glob("*.parquet"))) if stage.shards.exists() else 0


def _kill(victim: str, build: Build, stage: Stage) -> bool:
    """Whether there was somebody to kill."""
    if victim == "server":
        assert stage.server
        stage.server.stop("immediate")
        stage.server.start()
        return True
    if victim == "writer":
        build.kill()
        build.wait()
        return True
    workers = _workers(build)
    if workers:
        os.kill(workers[0], signal.SIGKILL)
    return bool(workers)


def _workers(build: Build) -> list[int]:
    """The processes that read for a build, the busiest first: its own, or those of the Ray that this process has started."""
    found = []
    try:
        since = psutil.Process(build.pid).create_time()
        for process in psutil.Process().children(recursive=True):
            line = " ".join([process.name(), *process.cmdline()])
            own = isinstance(build, Forked) and process.ppid() == build.pid
            if (own or "spawn_main" in line or "ray::_Worker" in line) and process.create_time() >= since:
                found.append((sum(process.cpu_times()[:2]), process.pid))
    except psutil.Error:
        return []
    return [pid for _, pid in sorted(found, reverse=True)]


def start(
    reports: Path, ledger: str, shards: Path, engine: str, workers: int = 2, stderr: int | None = None
) -> subprocess.Popen[str]:
    """A build in a process of its own, in shards of at least ``SHARD`` articles; who gives a pipe for ``stderr`` reads it."""
    command = [sys.executable, "-m", "tests.journeys.kills", "--build", str(reports), "--workers", str(workers)]
    command += ["--ledger", ledger, "--shards", str(shards), "--engine", engine]
    return subprocess.Popen(command, cwd=ROOT, stderr=stderr, text=True)


def _start(stage: Stage) -> Build:
    given = (stage.reports, stage.ledger, stage.shards, stage.engine)
    return Forked(lambda: _build(*given)) if stage.forks else start(*given)


def _build(reports: Path, ledger: str, shards: Path, engine: str, workers: int = 2) -> int:
    bulk.LEAST = bulk.ONE_IN = SHARD
    opened = open_ledger(ledger, wait_seconds=PATIENCE)
    settings = Settings(theatre="ukraine", engine=engine, workers=workers, shards=str(shards))
    try:
        summary = flow.build([reports], opened, settings, now=NOW)
        assert not summary.failures, summary.failures
    finally:
        opened.close()
    return 0


def main() -> int:
    """Build time and again, each time with victims drawn by chance, until that many have died."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--reports", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", default="pool")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--build")
    parser.add_argument("--ledger")
    parser.add_argument("--shards")
    given = parser.parse_args()
    if given.build:
        return _build(Path(given.build), given.ledger, Path(given.shards), given.engine, given.workers)
    return _rounds(given)


def _rounds(given: argparse.Namespace) -> int:
    chance, toll, wrong = random.Random(given.seed), Toll(), 0
    with tempfile.TemporaryDirectory() as place, ExitStack() as stack:
        made.write_short(Path(place), given.reports, seed=given.seed)
        reports = Path(place) / "made-000.jsonl"
        undisturbed = wanted(reports)
        server = None if postgres_server.missing() else stack.enter_context(postgres_server.cluster())
        if given.engine == "ray":  # with more cores than workers: those of a dead writer go later
            stack.enter_context(ray_here.running(Path(place), 4))
        rounds = 0
        while toll.killed.total() < given.kills:
            rounds += 1
            engine = stack.enter_context(ray_here.door()) if given.engine == "ray" else given.engine
            stage = _stage(Path(place), rounds, reports, engine, server if rounds % 2 else None)
            kinds = ["worker", "worker", "writer", *(["server"] if stage.server else [])]
            most = given.reports // (2 * SHARD)
            victims = sorted((chance.randrange(most), chance.choice(kinds)) for _ in range(6))
            survive(stage, victims, toll)
            same = found(stage.ledger) == undisturbed
            wrong += not same
            print(
                f"round {rounds}: {'same bytes' if same else 'OTHER BYTES'}, killed so far {dict(toll.killed)}",
                flush=True,
            )
    print(f"{toll.killed.total()} kills, {toll.started} starts, {rounds} ledgers, {wrong} with other bytes")
    return 1 if wrong else 0


def _stage(place: Path, number: int, reports: Path, engine: str, server: postgres_server.Cluster | None) -> Stage:
    ledger = server.address(server.create()) if server else str(place / f"{number}.sqlite")
    return Stage(reports=reports, ledger=ledger, shards=place / f"shards-{number}", engine=engine, server=server)


if __name__ == "__main__":
    sys.exit(main())
