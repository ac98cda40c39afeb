"""How fast a server answers about a made ledger: every list and place view, and full-text search, with eight clients at once.

    python -m benchmarks.serving            a small ledger, held to the ratio below
    python -m benchmarks.serving --ledger FILE|postgresql://...   one that ``benchmarks.big`` made: 1,000,000 claims

No question is put twice: each address has a number of its own, so that no remembered answer is measured; ``again`` is
asked once more, and is remembered. A client asks as soon as it was answered, unless ``--think`` lets it wait before. Beside
the views stands the smallest question that asks the ledger anything (``/v1/runs``): the ratio of processor time is what is
held to, since times on a shared machine say little. Milliseconds are printed, and so are the sizes of answers.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import psutil

CLIENTS, ASKED, SEED = 8, 40, 5
SHORT = 20_000
MOST = 25.0
"""The most processor time a page of a view may take over the smallest question: measured at 3 to 12 on 20,000 claims."""
PEER = "runs"
READY = "in memory"
"""What a server says once its workers answer."""
FOGLINE = "from fogline.cli.main import main; main()"


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured of one view."""

    view: str
    p50: float
    p95: float
    cpu: float
    size: float


def main() -> int:
    """Measure, print, and fail where a view takes too long beside the smallest question."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ledger", default="")
    parser.add_argument("--asked", type=int, default=ASKED, help="questions a client puts of each view")
    parser.add_argument("--think", type=float, default=0.0, help="seconds a client waits before each, on average")
    parser.add_argument("--workers", type=int, default=2, help="processes that answer beside the server's own")
    parser.add_argument("--only", nargs="*", default=(), help="these views alone")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ledger = given.ledger or str(Path(folder) / "made.sqlite")
        if not given.ledger:
            making = [sys.executable, "-m", "benchmarks.big", ledger, "--claims", str(SHORT)]
            subprocess.run(making, check=True, stdout=subprocess.DEVNULL)
        with serving(ledger, given.workers) as (port, process, seconds):
            some = {
                view: asked for view, asked in views(port).items() if view in (given.only or (view,)) or view == PEER
            }
            load = Load(port, process, given.asked, given.think)
            figures = [measured(load, view, asked) for view, asked in some.items()]
            figures.append(measured(load, "again", [some[figures[-1].view][0]], again=True))
            print(
                f"ready after {seconds:.1f} s; the server takes {_memory(process) / 1e6:,.0f} MB in all its processes"
            )
    peer = next(one for one in figures if one.view == PEER)
    print(f"{'view':12} {'p50 ms':>8} {'p95 ms':>8} {'CPU ms':>8} {'x runs':>7} {'KB':>7}")
    for one in figures:
        print(f"{one.view:12} {one.p50:8.1f} {one.p95:8.1f} {one.cpu:8.2f} {one.cpu / peer.cpu:7.1f} {one.size:7.1f}")
    worst = max(one.cpu / peer.cpu for one in figures)
    holds = bool(given.ledger) or worst <= MOST
    print(f"serving: the dearest view takes {worst:.1f} times the smallest question, at most {MOST}: {_word(holds)}")
    return 0 if holds else 1


def _word(holds: bool) -> str:
    return "holds" if holds else "BREACH"


def _every(process: psutil.Process) -> list[psutil.Process]:
    return [process, *process.children(recursive=True)]


def _memory(process: psutil.Process) -> int:
    """Bytes of the server's processes, what they share counted once (proportional set size)."""
    return sum(one.memory_full_info().pss for one in _every(process))


def _cpu(process: psutil.Process) -> float:
    return sum(one.cpu_times().user + one.cpu_times().system for one in _every(process))


@contextmanager
def serving(ledger: str, workers: int) -> Iterator[tuple[int, psutil.Process, float]]:
    """A server of the ledger in processes of its own, once they hold what they are asked by, and how long that took."""
    port = random.Random().randrange(20_000, 30_000)
    command = [sys.executable, "-c", FOGLINE, "serve", "--ledger", ledger, "--port", str(port), "--read-only"]
    begun = time.monotonic()
    server = subprocess.Popen([*command, "--workers", str(workers)], stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr is not None
        for line in server.stderr:
            if (READY if workers else "served at") in line:
                break
        else:
            raise SystemExit(f"{ledger}: the server ended before it answered")
        threading.Thread(target=server.stderr.read, daemon=True).start()  # a full pipe would hold it up
        for _ in range(600):
            time.sleep(0.1)
            try:
                ask(http.client.HTTPConnection("localhost", port, timeout=600), "/v1/matters?limit=1")
                break
            except ConnectionError:
                continue
        yield port, psutil.Process(server.pid), time.monotonic() - begun
    finally:
        server.terminate()
        server.wait()


def ask(connection: http.client.HTTPConnection, address: str) -> bytes:
    """What the server answers; raises ``RuntimeError`` where it does not find it."""
    connection.request("GET", address)
    answer = connection.getresponse()
    told = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{address}: {answer.status} {told[:200]!r}")
    return told


def views(port: int) -> dict[str, list[str]]:
    """The addresses of each view, with filters drawn from what the ledger holds."""
    chance = random.Random(SEED)
    connection = http.client.HTTPConnection("localhost", port, timeout=600)
    facets = json.loads(ask(connection, "/v1/facets"))
    features = json.loads(ask(connection, "/v1/places?limit=500"))["features"]
    names, weights = [one["properties"]["name"] for one in features], [one["properties"]["claims"] for one in features]
    rows = json.loads(ask(connection, "/v1/claims?limit=200"))["rows"]
    disputes = json.loads(ask(connection, "/v1/disputes?limit=100"))["rows"]
    words = [word for row in rows for word in row["quote"].split() if word.isalpha()]

    def filters() -> dict[str, str | int]:
        name = chance.choice(("kind", "side", "speaker", "outlet", "certainty", "geonameid", "known_by", "since"))
        if name == "geonameid":
            return {name: chance.choices([one["id"] for one in features], weights)[0]}
        if name in ("known_by", "since"):
            return {name: f"{chance.randrange(2022, 2026)}-0{chance.randrange(3, 10)}-15"}
        return {name: chance.choice(facets[name])["value"]}

    def many(path: str, asked: object = None, **more: str | int) -> list[str]:
        made = []
        for _ in range(CLIENTS * 20):
            own = dict(asked() if callable(asked) else {}) | more
            own.update(chance.choice(({}, filters())) if asked is filters else {})
            made.append(f"/v1/{path}?{urlencode(own)}")
        return made

    def place() -> dict[str, str]:
        return {"place": chance.choices(names, weights)[0]}

    def present() -> dict[str, str | int]:
        found = filters()
        return {} if "known_by" in found else found

    return {
        PEER: ["/v1/runs"],
        "claims": many("claims", filters),
        "claims 20": many("claims", filters, limit=20),
        "facets": many("facets", filters),
        "search": [f"/v1/search?{urlencode({'q': chance.choice(words)})}" for _ in range(160)],
        "search two": [f"/v1/search?{urlencode({'q': ' '.join(chance.sample(words, 2))})}" for _ in range(160)],
        "documents": many("documents", lambda: {"known_by": f"2024-0{chance.randrange(1, 10)}-11"}),
        "document": [f"/v1/documents/{row['document']['id']}" for row in rows],
        "claim": [f"/v1/claims/{row['id']}" for row in rows],
        "standing": [f"/v1/claims/{row['id']}/standing" for row in rows],
        "disputes": many("disputes", present),
        "dispute": [f"/v1/disputes/{row['id']}" for row in disputes],
        "matters": many("matters", present, limit=50),
        "matrix": many("matrix", lambda: {"geonameid": chance.choices([one["id"] for one in features], weights)[0]}),
        "sources": many("sources", lambda: {"side": chance.choice(("", "RU", "UA"))}),
        "places": many("places", lambda: {"bbox": f"{chance.uniform(22, 36):.2f},44,{chance.uniform(36, 40):.2f},52"}),
        "places 500": many("places", limit=500),
        "control": many("control", place),
        "changes": many("changes", place),
        "overview": ["/v1/overview"],
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Load:
    """Whom the clients ask, how many questions each puts of a view, and how many seconds it waits before one."""

    port: int
    process: psutil.Process
    asked: int
    think: float


def measured(load: Load, view: str, addresses: list[str], again: bool = False) -> Figure:
    """The times of a view with all clients asking at once, each question after the one before it was answered."""
    ask(http.client.HTTPConnection("localhost", load.port, timeout=600), addresses[0])
    before = _cpu(load.process)
    with ThreadPoolExecutor(CLIENTS) as clients:
        told = list(clients.map(lambda n: _client(load, addresses, n, again), range(CLIENTS)))
    cpu = _cpu(load.process) - before
    times = sorted(seconds for one in told for seconds, _ in one)
    sizes = [size for one in told for _, size in one]
    return Figure(
        view,
        p50=1000 * times[len(times) // 2],
        p95=1000 * times[int(len(times) * 0.95)],
        cpu=1000 * cpu / len(times),
        size=sum(sizes) / len(sizes) / 1000,
    )


def _client(load: Load, addresses: list[str], number: int, again: bool) -> list[tuple[float, int]]:
    connection = http.client.HTTPConnection("localhost", load.port, timeout=600)
    chance = random.Random(number)
    found = []
    for n in range(load.asked):
        time.sleep(2 * load.think * chance.random())
        address = addresses[(number * load.asked + n) % len(addresses)]
        own = "" if again else f"{'&' if '?' in address else '?'}asked={number}.{n}"
        begun = time.perf_counter()
        told = ask(connection, address + own)
        found.append((time.perf_counter() - begun, len(told)))
    connection.close()
    return found


if __name__ == "__main__":
    sys.exit(main())
