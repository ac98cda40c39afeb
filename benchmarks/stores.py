"""How long a server's answers take over PostgreSQL beside the same answers over SQLite, of one ledger kept in both.

    python -m benchmarks.stores                                     a small made ledger, in a throw-away PostgreSQL
    python -m benchmarks.stores --file FILE --address postgresql://...   one that ``benchmarks.big`` made and ``fogline copy`` copied

Without PostgreSQL it says so and is done. Each view is asked the same questions of both servers, turn about, one at a time,
and the answers must be the same bytes. What is held to is processor time, of the server's process
and of the database's processes that work for it: others on the machine do not change it much. The clock's median stands beside it.
"""

from __future__ import annotations

import argparse
import http.client
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil
from tests import postgres_server

from benchmarks.serving import FOGLINE, ask, serving, views

SHORT, ASKED, WARMING, MOST = 3_000, 20, 6, 2.0
ONE, OTHER = STORES = ("SQLite", "PostgreSQL")
Processor = Callable[[], float]
"""Seconds of processors that a server and what it has working for it have taken so far."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server over a store: its port, and what it has cost so far."""

    port: int
    process: psutil.Process
    spent: Processor


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured of one view: milliseconds a question, by the clock and of processors, over each store."""

    view: str
    clock: dict[str, float]
    cpu: dict[str, float]

    @property
    def ratio(self) -> float:
        """How many times SQLite's processor time PostgreSQL takes."""
        return self.cpu[OTHER] / self.cpu[ONE]


def main() -> int:
    """Measure, print, and fail where a view takes too long."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--file", default="")
    parser.add_argument("--address", default="")
    parser.add_argument("--asked", type=int, default=ASKED, help="questions put of each view")
    parser.add_argument("--views", nargs="*", default=[], help="only these")
    given = parser.parse_args()
    if not given.address and (why := postgres_server.missing()):
        print(f"stores: skipped: {why}")
        return 0
    with ExitStack() as stack:
        file, address = (given.file, given.address) if given.address else stack.enter_context(made())
        servers = {ONE: stack.enter_context(served(file)), OTHER: stack.enter_context(served(address))}
        figures = list(compared(servers, given.asked, given.views))
        for store, server in servers.items():
            print(f"the server over {store} takes {server.process.memory_info().rss / 1e6:,.0f} MB")
    worst = max(figures, key=lambda one: one.ratio)
    word = "holds" if worst.ratio <= MOST else "BREACH"
    print(
        f"stores: {worst.view} takes {worst.ratio:.2f} times as long over PostgreSQL as over SQLite, at most {MOST}: {word}"
    )
    return 0 if worst.ratio <= MOST else 1


@contextmanager
def made() -> Iterator[tuple[str, str]]:
    """A small ledger in a file, and its copy in a PostgreSQL that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder, postgres_server.cluster() as cluster:
        file, address = str(Path(folder) / "made.sqlite"), cluster.address(cluster.create())
        for command in (["-m", "benchmarks.big", file, "--claims", str(SHORT)], ["-c", FOGLINE, "copy", file, address]):
            subprocess.run([sys.executable, *command], check=True, capture_output=True)
        yield file, address


@contextmanager
def served(ledger: str) -> Iterator[Server]:
    """A server of the ledger, once it holds what it is asked by."""
    with serving(ledger, workers=0) as (port, process, _):
        yield Server(port, process, lambda: sum(map(_spent, [process.pid, *_backends(ledger, process.pid)])))


def compared(servers: dict[str, Server], asked: int, only: list[str]) -> Iterator[Figure]:
    """The figures of each view, told as they come."""
    of_each = {store: views(server.port) for store, server in servers.items()}
    if of_each[ONE] != of_each[OTHER]:
        raise RuntimeError("the two ledgers do not hold the same")
    print(f"{'':12} {'clock':>10} {'ms':>10}   {'processor':>10} {'ms':>10}")
    print(f"{'view':12} {ONE:>10} {OTHER:>10}   {ONE:>10} {OTHER:>10} {'ratio':>6}")
    for view, addresses in of_each[ONE].items():
        if not only or view in only:
            figure = measured(view, addresses, servers, asked)
            told = [f"{figure.clock[store]:10.1f}" for store in STORES]
            told += ["", *(f"{figure.cpu[store]:10.2f}" for store in STORES), f"{figure.ratio:6.2f}"]
            print(f"{view:12} {' '.join(told)}", flush=True)
            yield figure


def measured(view: str, addresses: list[str], servers: dict[str, Server], asked: int) -> Figure:
    """The times of a view over both stores, each question put to both, by turns the one first and the other."""
    clock: dict[str, list[float]] = {store: [] for store in STORES}
    cpu: dict[str, list[float]] = {store: [] for store in STORES}
    for n in range(-WARMING, asked):
        address, told = addresses[n % len(addresses)], dict[str, bytes]()
        for store in STORES if n % 2 else STORES[::-1]:
            before, begun = servers[store].spent(), time.perf_counter()
            told[store] = ask(http.client.HTTPConnection("localhost", servers[store].port, timeout=600), address)
            clock[store].append(1000 * (time.perf_counter() - begun))
            cpu[store].append(1000 * (servers[store].spent() - before))
        if told[ONE] != told[OTHER]:
            raise RuntimeError(f"{address}: the answers differ")
    middle = {name: {s: median(times[s][WARMING:]) for s in STORES} for name, times in (("clock", clock), ("cpu", cpu))}
    return Figure(view, middle["clock"], middle["cpu"])


def _backends(ledger: str, pid: int) -> list[int]:
    """The processes of the database that work for a process of ours."""
    if "://" not in ledger:
        return []
    import psycopg

    asked = "SELECT pid FROM pg_stat_activity WHERE application_name LIKE %s"
    with psycopg.connect(ledger) as connection:
        return [number for (number,) in connection.execute(asked, (f"fogline, process {pid} on %",))]


def _spent(pid: int) -> float:
    """Seconds of processors that a process has taken, to the microsecond where the system tells it so."""
    if sys.platform == "linux":
        return time.clock_gettime(~pid << 3 | 2)  # CPUCLOCK_SCHED of another process, as clock_getcpuclockid(3) has it
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


if __name__ == "__main__":
    sys.exit(main())
