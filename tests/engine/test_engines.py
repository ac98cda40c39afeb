"""Every engine gives the results in the order of the shards, and outlives its workers."""

import math
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from fogline.engine import cluster, handing
from fogline.engine.cluster import RayEngine
from fogline.engine.handing import AHEAD, TRIES, WAITING, WAITS, Begun, Done
from fogline.engine.pool import PoolEngine
from fogline.engine.serial import SerialEngine
from fogline.errors import NoAnswer, NotText, UsageError
from fogline.model import Lost
from fogline.ports import Engine


@pytest.fixture(params=["serial", "pool", "ray"])
def engine(request: pytest.FixtureRequest) -> Engine:
    return _engine(request)


@pytest.fixture(params=["pool", "ray"])
def engine_of_workers(request: pytest.FixtureRequest) -> Engine:
    return _engine(request)


def _engine(request: pytest.FixtureRequest) -> Engine:
    if request.param == "ray":
        request.getfixturevalue("ray_here")
        return RayEngine(2)
    return PoolEngine(2) if request.param == "pool" else SerialEngine()


def square(number: int) -> int:
    return number * number


def refuse(number: int) -> int:
    raise NotText(f"{number}: not text", "Leave it out.")


def fatal_at(one: int, number: int) -> int:
    if number == one:
        os._exit(1)
    return number


def fatal_once(folder: Path, number: int) -> int:
    """Dies at the third shard, the first time."""
    if number == 3 and not (folder / "died").exists():
        (folder / "died").touch()
        os._exit(1)
    return number


def hang_at(one: int, number: int) -> int:
    """Never comes back from one number, nor lets anything else of its process run: a pattern that backtracks for ages."""
    if number == one:
        re.match(r"(a+)+$", "a" * 60 + "b")
    return number


def soon_at(one: int, number: int) -> float:
    """Limits the one that hangs: the others may take as long as a busy machine makes them."""
    return 0.2 if number == one else math.inf


def test_results_come_in_order_from_a_stream_of_shards(engine: Engine) -> None:
    assert list(engine.map(square, iter(range(9)))) == [n * n for n in range(9)]
    assert list(engine.map(square, iter(()))) == []


def test_an_error_comes_back_as_it_was_raised(engine: Engine) -> None:
    with pytest.raises(NotText, match="1: not text") as caught:
        list(engine.map(refuse, [1]))
    assert caught.value.hint == "Leave it out."


def test_a_shard_whose_worker_dies_is_tried_again(engine_of_workers: Engine, tmp_path: Path) -> None:
    assert list(engine_of_workers.map(partial(fatal_once, tmp_path), range(12))) == list(range(12))
    assert (tmp_path / "died").exists()


def test_a_shard_at_which_every_worker_dies_is_lost_alone(engine_of_workers: Engine) -> None:
    found = list(engine_of_workers.map(partial(fatal_at, 3), range(9)))
    assert found == [0, 1, 2, Lost(shard=3, deaths=TRIES), 4, 5, 6, 7, 8]


def test_a_shard_at_which_workers_hang_is_lost_alone(engine: Engine) -> None:
    found = list(engine.map(partial(hang_at, 3), range(9), partial(soon_at, 3)))
    tries = 1 if isinstance(engine, SerialEngine) else WAITS
    assert found == [0, 1, 2, Lost(shard=3, deaths=tries, waited=0.2), 4, 5, 6, 7, 8]
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


class _Absent:
    """A crew whose second worker never comes into being."""

    size = 2

    def __init__(self) -> None:
        self.given: list[list[int]] = [[], []]
        self.there = False

    def give(self, worker: int, shard: int) -> None:
        self.given[worker].append(shard)

    def told(self, seconds: float) -> list[tuple[int, Begun | Done]]:
        if not self.there:
            self.there = True
            return [(0, Begun())]
        return [(0, Done(self.given[0].pop(0)))] if self.given[0] else []

    def stop(self, worker: int) -> None:
        self.given[worker].clear()


def test_a_worker_that_never_starts_gives_its_shards_to_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing, "STARTING", 0.0)
    crew = _Absent()
    assert list(handing.hand_out(crew, range(9), None)) == list(range(9))


class _Nobody(_Absent):
    """A crew of workers none of whom comes into being."""

    def told(self, seconds: float) -> list[tuple[int, Begun | Done]]:
        return []


def test_where_no_worker_ever_starts_there_is_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing, "STARTING", 0.0)
    with pytest.raises(NoAnswer, match="No worker has come into being"):
        list(handing.hand_out(_Nobody(), range(9), None))


def test_shards_are_taken_only_as_workers_become_free() -> None:
    taken: list[int] = []

    def shards() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    results = PoolEngine(2).map(square, shards())
    assert next(results) == 0
    assert len(taken) <= 2 * (AHEAD + WAITING)
    results.close()  # type: ignore[attr-defined]  # the port promises an iterator; the pool gives a generator, to be left early


def test_without_ray_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(UsageError) as caught:
        RayEngine()
    assert "fogline[ray]" in caught.value.hint


def test_a_cluster_is_joined_from_outside(ray_door: str) -> None:
    joined = outside(ray_door)
    assert joined.stdout.split() == ["[4,", "3,", "2]", "[Lost(shard=1,", "deaths=3,", "waited=0.0)]"], joined.stderr


def test_workers_of_this_machine_wait_for_others_no_more_than_we_do() -> None:
    code = "import os; from fogline.engine.cluster import RayEngine; print(*RayEngine(1).map(os.nice, [0]), os.nice(0))"
    own = {name: value for name, value in os.environ.items() if name != "RAY_worker_niceness"}
    said = subprocess.run(
        [sys.executable, "-c", code], env=own, capture_output=True, text=True, check=True, timeout=300
    )
    assert len(set(said.stdout.split())) == 1


def outside(address: str) -> subprocess.CompletedProcess[str]:
    """A process that is not in the cluster gives it shards, one of which ends its workers."""
    code = "import os, sys; from fogline.engine.cluster import RayEngine; engine = RayEngine(1, sys.argv[1])\n"
    code += "print(list(engine.map(abs, [-4, -3, -2])), list(engine.map(os._exit, [1])))"
    command = [sys.executable, "-c", code, address.removeprefix("ray://")]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)


def test_a_cluster_that_falls_silent_ends_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "SILENCE", 0.1)
    monkeypatch.setattr(cluster, "LEAVING", 0.1)
    waiting = threading.Event()

    def never(*args: object, **options: object) -> None:
        waiting.wait(60)

    actor = SimpleNamespace(begin=SimpleNamespace(remote=object), run=SimpleNamespace(remote=lambda *given: object()))
    kind = SimpleNamespace(options=lambda **options: SimpleNamespace(remote=lambda: actor))
    silent = SimpleNamespace(put=lambda one: one, remote=lambda one: kind, wait=never, kill=never)
    silent.is_initialized, silent.cluster_resources = (lambda: True), (lambda: {"CPU": 2.0})
    monkeypatch.setitem(sys.modules, "ray", silent)
    with pytest.raises(NoAnswer, match="has said nothing"):
        list(RayEngine().map(square, range(9)))
    waiting.set()


LEAVES = """
import sys
from fogline.engine import cluster
cluster.LEAVING = 1.0
print(list(cluster.RayEngine(1, sys.argv[1]).map(abs, [-4])), flush=True)
sys.stdin.readline()
"""


def test_a_program_that_is_done_ends_though_the_cluster_hangs(ray_door: str) -> None:
    address = ray_door.removeprefix("ray://")
    port = address.rpartition(":")[2]
    command = [sys.executable, "-c", LEAVES, address]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout
        assert program.stdout.readline() == "[4]\n"
        below = psutil.Process().children(recursive=True)
        alive = (one for one in below if one.status() != psutil.STATUS_ZOMBIE)
        (server,) = [one for one in alive if one.cmdline()[-2:] == ["--port", port]]
        server.suspend()
        try:
            program.communicate("\n", timeout=30)
        finally:
            program.kill()
            server.resume()
    assert program.returncode == 0


@pytest.mark.parametrize("port", ["free", "nonsense"])
@pytest.mark.enable_socket
def test_an_address_that_does_not_answer_is_named(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("localhost", 0))
        number = taken.getsockname()[1]
    import ray

    monkeypatch.setattr(ray, "is_initialized", lambda: False)
    address = f"localhost:{number if port == 'free' else port}"
    with pytest.raises(NoAnswer, match=f"ray://{address}: no Ray cluster answers there"):
        RayEngine(address=address)
