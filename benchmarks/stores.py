"""How long a server's answers take over PostgreSQL beside the same answers over SQLite, of one ledger kept in both.

    python -m benchmarks.stores             a small made ledger, in a throw-away server; without PostgreSQL it says so and is done
    python -m benchmarks.stores --file FILE --address postgresql://...   one that ``benchmarks.big`` made and ``fogline copy`` copied

Each view is asked the same questions of both servers, turn about, one at a time on connections that stay open, and the
answers must be the same bytes. What counts is the median of the clock, which has the database's own work in it; beside it
stands processor time, of the server's process and of the processes of the database.
"""

from __future__ import annotations

import argparse
import http.client
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil

from benchmarks.serving import ask, serving, views

SHORT, ASKED, MOST = 3_000, 24, 2.0
STORES = ("sqlite", "postgresql")
LEAST_MS = 0.0
"""Times over SQLite below which the ratio is not held to."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured of one view: milliseconds by the clock and of processors, a question, over each store."""

    view: str
    clock: dict[str, float]
    cpu: dict[str, float]

    @property
    def ratio(self) -> float:
        """How many times SQLite's time PostgreSQL takes."""
        return self.clock["postgresql"] / self.clock["sqlite"]


def main() -> int:
    """Measure, print, and fail where a view takes too long."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--file", default="")
    parser.add_argument("--address", default="")
    parser.add_argument("--asked", type=int, default=ASKED, help="questions put of each view")
    parser.add_argument("--views", nargs="*", default=[], help="only these")
    given = parser.parse_args()
    with kept(given.file, given.address) as places, serving(places[0]) as one, serving(places[1]) as other:
        servers = dict(zip(STORES, (one, other), strict=True))
        asked = {store: views(port) for store, (port, _) in servers.items()}
        if asked["sqlite"] != asked["postgresql"]:
            raise RuntimeError("the two ledgers do not hold the same")
        figures = []
        print(f"{'view':12} {'SQLite ms':>10} {'PostgreSQL':>10} {'ratio':>6}   {'CPU ms':>7} {'CPU ms':>7}")
        for view, addresses in asked["sqlite"].items():
            if given.views and view not in given.views:
                continue
            figures.append(figure := measured(view, addresses[: given.asked], servers))
            clock, cpu = figure.clock, figure.cpu
            print(f"{view:12} {clock['sqlite']:10.1f} {clock['postgresql']:10.1f} {figure.ratio:6.2f}   {cpu['sqlite']:7.1f} {cpu['postgresql']:7.1f}", flush=True)  # fmt: skip
        for store, (_, process) in servers.items():
            print(f"the server over {store} takes {process.memory_info().rss / 1e6:,.0f} MB")
    worst = max(one.ratio for one in figures)
    print(f"stores: the slowest view takes {worst:.2f} times as long over PostgreSQL, at most {MOST}: {'holds' if worst <= MOST else 'BREACH'}")
    return 0 if worst <= MOST else 1


def measured(view: str, addresses: list[str], servers: dict[str, tuple[int, psutil.Process]]) -> Figure:
    """The times of a view over both stores, each question put to both, by turns the one first and the other."""
    lines = {store: http.client.HTTPConnection("localhost", port, timeout=600) for store, (port, _) in servers.items()}
    for line in lines.values():
        ask(line, addresses[0])
    clock: dict[str, list[float]] = {store: [] for store in STORES}
    cpu = dict.fromkeys(STORES, 0.0)
    for n, address in enumerate(addresses):
        told = {}
        for store in STORES if n % 2 else STORES[::-1]:
            before, begun = _cpu(store, servers[store][1]), time.perf_counter()
            told[store] = ask(lines[store], address)
            clock[store].append(time.perf_counter() - begun)
            cpu[store] += _cpu(store, servers[store][1]) - before
        if told["sqlite"] != told["postgresql"]:
            raise RuntimeError(f"{address}: the answers differ")
    for line in lines.values():
        line.close()
    return Figure(
        view,
        {store: 1000 * median(times) for store, times in clock.items()},
        {store: 1000 * seconds / len(addresses) for store, seconds in cpu.items()},
    )


def _cpu(store: str, process: psutil.Process) -> float:
    """Seconds of processors so far, of a server and of what the database runs for it."""
    busy = [process]
    if store == "postgresql":
        busy += [one for one in psutil.process_iter(["name"]) if one.info["name"] == "postgres"]
    total = 0.0
    for one in busy:
        try:
            times = one.cpu_times()
            total += times.user + times.system
        except psutil.Error:
            continue
    return total


@contextmanager
def kept(file: str, address: str) -> Iterator[tuple[str, str]]:
    yield file, address


if __name__ == "__main__":
    sys.exit(main())
