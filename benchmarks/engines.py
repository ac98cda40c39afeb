"""Engines beside each other: the same shards through serial, pool and Ray, and the growth of the whole path.

    python -m benchmarks.engines                      as in ``make bench``
    python -m benchmarks.engines --reports 10000 --whole  ledgers through every engine, compared byte for byte
    python -m benchmarks.engines --growth 2000 20000

Ratios are of one run. A worker tells the processor seconds of each shard; the first half of them is left out, in which
models are loaded and caches filled. The writer's are its own. What is held to floors is what an engine makes of two cores, not
what the cores are like: processor seconds a document are compared with those of two processes that read side by side and know
nothing of each other, so that cores which share a cache, or are one core twice, slow both alike; and that is multiplied by the share
of their time in which workers had a shard to read. The clock is printed beside it: it tells what this machine did.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import psutil

from benchmarks import made
from benchmarks.again import at_best
from benchmarks.contents import digest
from fogline import bulk, flow
from fogline.config import Settings
from fogline.model import Article, Reading, Run
from fogline.ports import Engine
from fogline.reading import engine_of
from fogline.sources.reading import read
from fogline.store.folders import folder_at
from fogline.store.shards import load
from fogline.store.sqlite import SqliteLedger

ENGINES = ("serial", "pool", "ray")

LEAST = {"pool over serial": 1.8, "ray over pool": 0.85}
"""Documents in a time, on two cores: of a pool over serial, and of Ray, once running, over a pool."""

GROWTH = 1.15
"""A tenfold number of documents takes at most so many times tenfold."""

NOISE = 0.08
"""Granted on ratios of processor time: two processes on two cores that share a cache, and other users of the machine."""

MEMORY = 1.5e9
RUN = Run(extractor="measured", version="1", cleaner="1", theatre="ukraine")
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Shard:
    """What reading one shard took."""

    name: str
    worker: int
    documents: int
    processor: float
    begun: float
    ended: float
    memory: float


def main() -> int:
    """Measure, print, and fail where a ratio is under its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=240)
    parser.add_argument("--shard", type=int, default=12)
    parser.add_argument("--whole", action="store_true", help="whole ledgers, compared byte for byte")
    parser.add_argument("--growth", type=int, nargs=2, metavar=("FEW", "MANY"), default=None)
    parser.add_argument("--engine")
    given = parser.parse_args()
    if given.engine:
        measure = _grown if given.engine == "growth" else _whole if given.whole else _read
        print(json.dumps(measure(given)))
        return 0
    if given.growth:
        return growth(*given.growth)
    return ledgers(given) if given.whole else 0 if at_best(lambda: ratios(given)) else 1


def ratios(given: argparse.Namespace) -> bool:
    """Serial (twice at once), pool and Ray on the same shards, each in a process of its own, and the growth of the whole path."""
    sizes = ("--reports", given.reports, "--shard", given.shard)
    beside = _started("--engine", "serial", *sizes)
    few, many = given.reports // 13, given.reports * 10 // 13
    grown = _apart("--engine", "serial", *sizes, "--growth", few, many)  # by the one that has loaded the models already
    _told(beside)
    found = {"serial": grown, **{engine: _apart("--engine", engine, *sizes) for engine in ENGINES[1:]}}
    print(
        f"{'reading in bulk':20}{'documents/s':>12}{'ms of a core a document':>26}{'of it others':>14}{'at work':>9}{'peak MB':>9}"
    )
    for engine, row in found.items():
        spent = 1000 * (row["worker"] + row["others"])
        print(f"{engine:20}{row['rate']:12.1f}{spent:26.2f}{1000 * row['others']:14.2f}", end="")
        print(f"{row['busy']:9.2f}{row['memory'] / 1e6:9.0f}")
    cost = {engine: (row["worker"] + row["others"]) / row["busy"] for engine, row in found.items()}
    cost["serial"] *= found["serial"]["busy"]  # it has no one to wait for: what it does not read in, it writes
    clock = {engine: row["rate"] for engine, row in found.items()}
    ok = True
    for name, ratio, by_clock in (
        ("pool over serial", 2 * cost["serial"] / cost["pool"], clock["pool"] / clock["serial"]),
        ("ray over pool", cost["pool"] / cost["ray"], clock["ray"] / clock["pool"]),
    ):
        holds = ratio >= LEAST[name] - NOISE
        ok &= holds
        print(f"{name}: {ratio:.2f} of what the cores give, {by_clock:.2f} by the clock, floor {LEAST[name]}, noise {NOISE}: "
              f"{'holds' if holds else 'BREACH'}")  # fmt: skip
    highest = max(row["memory"] for row in found.values())
    print(
        f"memory of a process: {highest / 1e6:.0f} MB, at most {MEMORY / 1e6:.0f}: {'holds' if highest <= MEMORY else 'BREACH'}"
    )
    return bool(_grew(few, many, grown) and ok and highest <= MEMORY)


def growth(few: int, many: int) -> int:
    """Processor time of the whole path, one process, on ``few`` and on ``many`` made reports."""
    return 0 if _grew(few, many, _apart("--engine", "growth", "--growth", few, many)) else 1


def _grew(few: int, many: int, row: dict[str, Any]) -> bool:
    ratio = (row["many"] / many) / (row["few"] / few)
    holds = ratio <= GROWTH + NOISE
    print(f"whole path, {few:,} to {many:,} reports: {1000 * row['few'] / few:.2f} to {1000 * row['many'] / many:.2f} ms a "
          f"report, {ratio:.2f} times proportional, at most {GROWTH}, noise {NOISE}; peak {row['memory'] / 1e6:.0f} MB: "
          f"{'holds' if holds else 'BREACH'}")  # fmt: skip
    return holds and bool(row["memory"] <= MEMORY)


def ledgers(given: argparse.Namespace) -> int:
    """Whole ledgers through every engine: are they the same bytes?"""
    digests = set()
    for engine in ENGINES:
        row = _apart("--engine", engine, "--reports", given.reports, "--whole")
        digests.add(row["digest"])
        print(
            f"{engine:8}{row['seconds']:9.0f} s {row['processor']:9.0f} s of a core {row['claims']:9,} claims", end=" "
        )
        print(f"{row['memory'] / 1e6:6.0f} MB  {row['digest'][:16]}", flush=True)
    print("the same bytes" if len(digests) == 1 else "OTHER BYTES")
    return 0 if len(digests) == 1 else 1


def _apart(*arguments: object) -> dict[str, Any]:
    return _told(_started(*arguments))


def _started(*arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks.engines", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _told(started: subprocess.Popen[str]) -> dict[str, Any]:
    said, _ = started.communicate()
    if started.returncode:
        raise SystemExit(f"{started.args}: ended with {started.returncode}")
    told: dict[str, Any] = json.loads(said.strip().splitlines()[-1])
    return told


def read_timed(theatre: str, place: str, articles: tuple[Article, ...]) -> Shard:
    """Read a shard into its file, and tell what it took: what an engine runs here."""
    begun, spent = time.monotonic(), time.process_time()
    name = bulk.write_shard(theatre, place, articles)
    return Shard(name, os.getpid(), len(articles), time.process_time() - spent, begun, time.monotonic(), _peak())


def _read(given: argparse.Namespace) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as place:
        made.write_short(Path(place), given.reports, seed=1)
        settings = Settings(engine=given.engine, workers=1 if given.engine == "serial" else 2)
        found = measured(Path(place), engine_of(settings, 0), given.shard)
    return {**found, **_grown(given)} if given.growth else found


def measured(place: Path, engine: Engine, size: int) -> dict[str, Any]:
    """Rate, processor seconds a document and memory once every worker has loaded the models; ``size`` is that of a shard."""
    articles = [entry for entry in read([place / "made-000.jsonl"], 10**9) if isinstance(entry, Article)]
    folder = folder_at(f"{place}/shards")
    folder.names()
    shards = (tuple(articles[at : at + size]) for at in range(0, len(articles), size))
    told: list[Shard] = []
    others: list[float] = []
    with SqliteLedger(place / "ledger.sqlite") as ledger:
        for shard in engine.map(partial(read_timed, "ukraine", f"{place}/shards"), shards):
            assert isinstance(shard, Shard), "a worker died"
            told.append(shard)
            ledger.add(RUN, [one for one in load(folder, shard.name) if isinstance(one, Reading)], NOW)
            others.append(_others({one.worker for one in told}, sum(one.processor for one in told)))
    return _figures(told, others)


def _figures(told: list[Shard], others: list[float]) -> dict[str, Any]:
    """Of the later half of the shards: by then each worker has loaded the models and filled its caches."""
    half = len(told) // 2
    later = told[half:]
    documents = sum(shard.documents for shard in later)
    seconds = max(shard.ended for shard in later) - min(shard.begun for shard in later)
    return {
        "rate": documents / seconds,
        "worker": sum(shard.processor for shard in later) / documents,
        "others": (others[-1] - others[half - 1]) / documents,
        "busy": _busy(later),
        "memory": max(_peak(), *(shard.memory for shard in told)),
    }


def _busy(later: list[Shard]) -> float:
    """The share of the time between a worker's first and last shard in which it had one to read."""
    spent = there = 0.0
    for worker in {shard.worker for shard in later}:
        own = [shard for shard in later if shard.worker == worker]
        spent += sum(shard.ended - shard.begun for shard in own)
        there += max(shard.ended for shard in own) - min(shard.begun for shard in own)
    return spent / there


def _others(workers: set[int], read: float) -> float:
    """Processor seconds of all that is not reading: the writer, and what an engine runs beside the workers."""
    own = time.process_time() - (read if os.getpid() in workers else 0)
    for process in psutil.Process().children(recursive=True):
        try:
            own += 0 if process.pid in workers else sum(process.cpu_times()[:2])
        except psutil.Error:
            continue
    return own


def _grown(given: argparse.Namespace) -> dict[str, Any]:
    spent = []
    for count in (20, *given.growth):  # the first to load the models
        with tempfile.TemporaryDirectory() as place:
            made.write_short(Path(place), count, seed=1)
            begun = time.process_time()
            _build(Path(place), Settings(theatre="ukraine", engine="serial"))
            spent.append(time.process_time() - begun)
    return {"few": spent[1], "many": spent[2], "memory": _peak()}


def _whole(given: argparse.Namespace) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as place:
        made.write_short(Path(place), given.reports, seed=1)
        begun = time.monotonic()
        settings = Settings(theatre="ukraine", engine=given.engine, workers=2, shards=place + "/shards")
        summary = _build(Path(place), settings)
        seconds = time.monotonic() - begun
        with SqliteLedger(Path(place) / "ledger.sqlite", read_only=True) as ledger:
            told = {"seconds": seconds, "processor": sum(os.times()[:4]), "claims": summary.claims}
            return {**told, "digest": digest(ledger), "memory": _peak()}


def _build(place: Path, settings: Settings) -> flow.Summary:
    with SqliteLedger(place / "ledger.sqlite") as ledger:
        return flow.build([place / "made-000.jsonl"], ledger, settings, now=NOW)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1000.0


if __name__ == "__main__":
    sys.exit(main())
